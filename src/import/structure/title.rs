//! The title: on one line or several, twice, in quotation marks, or not there.

use super::{TextInWork, is_body};
use crate::han::{fold, ordinal};
use crate::import::facts::{self, ImportFacts};
use crate::import::parts::PartRole;

/// The last words of titles.
const ENDS: [&str; 36] = [
    "报告",
    "報告",
    "要点",
    "要點",
    "通知",
    "意见",
    "意見",
    "决定",
    "決定",
    "方案",
    "办法",
    "辦法",
    "规定",
    "規定",
    "公告",
    "通告",
    "通报",
    "通報",
    "函",
    "规划",
    "規劃",
    "计划",
    "計劃",
    "情况",
    "情況",
    "总结",
    "總結",
    "细则",
    "細則",
    "年报",
    "年報",
    "白皮书",
    "安排",
    "解读",
    "纪要",
    "批复",
];

/// Takes the title above the text.
pub(super) fn read(work: &mut TextInWork<'_>) {
    let live = work.live();
    let mut at = 0;
    let mut title: Option<String> = None;
    while at < live.len() {
        let said = work.said(live[at]);
        if facts::is_document_number(&said) {
            work.facts.learn(facts::Fact::DocumentNumber, &said);
            work.parts[live[at]].leave_out("document-number");
            at += 1;
            continue;
        }
        let Some(found) = at_lines(work, &live[at..], title.as_deref()) else { break };
        if title.is_some() && introduces(work, &live[at + found.lines..]) {
            // The notice's own title, above its text.
            break;
        }
        let rule = if title.is_none() { "title" } else { "title-repeated" };
        let places = &live[at..at + found.lines];
        places.iter().for_each(|place| work.parts[*place].leave_out(rule));
        title.get_or_insert(found.text);
        at += found.lines;
    }
    if let Some(title) = title {
        work.facts.title.get_or_insert(title);
    }
}

/// A title, and how many lines it takes.
pub(super) struct TitleLines {
    pub(super) text: String,
    pub(super) lines: usize,
}

/// The title that the parts at `places` begin with; behind one that is `known`, only the same again.
pub(super) fn at_lines(work: &TextInWork<'_>, places: &[usize], known: Option<&str>) -> Option<TitleLines> {
    let lines: Vec<String> = places.iter().take(4).map(|at| work.said(*at)).collect();
    let mut joined = String::new();
    for (number, line) in lines.iter().enumerate() {
        let here = places[number];
        let named = matches!(work.parts[here].role, PartRole::Title | PartRole::Heading(1));
        if !work.is_text(here) || !is_line(line) {
            return None;
        }
        // Lines of Latin words need a space between them, and Chinese none.
        let spaced = joined.ends_with(|c: char| c.is_ascii_alphabetic())
            && line.starts_with(|c: char| c.is_ascii_alphabetic());
        joined.push_str(if spaced { " " } else { "" });
        joined.push_str(line);
        let goes_on = lines.get(number + 1).is_some_and(|next| next.starts_with('的') && is_line(next));
        let found = || TitleLines { text: bare(&joined), lines: number + 1 };
        match known {
            Some(known) if is_same(&joined, known) => return Some(found()),
            None if (is_whole(&joined) || named && number == 0) && !goes_on => return Some(found()),
            _ => {}
        }
    }
    None
}

/// Whether a line can be a part of a title.
fn is_line(line: &str) -> bool {
    let length = line.chars().count();
    let ends = line.ends_with(['：', ':', '，', ',', '、', '。', '；', '！', '.']);
    let number = facts::is_document_number(line) || facts::is_day(line);
    (2..=60).contains(&length)
        && !ends
        && !number
        && !line.contains(['。', '；', '\n', '|'])
        && ordinal::read(line).is_none()
}

/// Whether a text ends as titles do, and its marks of quotation are pairs.
fn is_whole(text: &str) -> bool {
    let bare = bare(text);
    let stem = bare.trim_end_matches(['》', '”', '）', ')', '〉']);
    let stem = stem.strip_suffix("（摘要").or(stem.strip_suffix("（试行")).unwrap_or(stem);
    let pairs = [('《', '》'), ('“', '”'), ('（', '）')];
    let balanced =
        pairs.iter().all(|(open, close)| text.matches(*open).count() == text.matches(*close).count());
    balanced && bare.chars().count() >= 6 && ENDS.iter().any(|end| stem.ends_with(end))
}

/// A title without the marks around all of it.
fn bare(text: &str) -> String {
    for (open, close) in [('《', '》'), ('“', '”'), ('「', '」'), ('"', '"')] {
        let inner = text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains(open) && !inner.contains(close)) {
            return inner.to_owned();
        }
    }
    text.to_owned()
}

/// Whether two titles are the same, or one of them has the issuer before it.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (fold::squeeze_str(&bare(one)), fold::squeeze_str(&bare(other)));
    let (long, short) = if one.len() >= other.len() { (&one, &other) } else { (&other, &one) };
    long == short || (short.len() * 3 >= long.len() * 2 && long.ends_with(short.as_str()))
}

/// Whether what follows addresses somebody, as a notice does below its own title.
fn introduces(work: &TextInWork<'_>, places: &[usize]) -> bool {
    let addresses = |at: &usize| work.said(*at).ends_with(['：', ':']);
    places.first().is_some_and(addresses) && super::wrapper::find(work, places).is_some()
}

/// Names the issuer whom the title begins with, where nothing else does: 甲市人民政府关于…, 甲市人民政府2020年….
pub(super) fn name_issuer(facts: &mut ImportFacts) {
    let Some(title) = facts.title.as_deref().filter(|_| facts.issuers.is_empty()) else { return };
    let end = title
        .find("关于")
        .or_else(|| title.find("關於"))
        .or_else(|| title.find(|c: char| c.is_ascii_digit()));
    let name = end.map(|end| title[..end].trim()).filter(|name| is_body(name));
    facts.issuers.extend(name.map(str::to_owned));
}
