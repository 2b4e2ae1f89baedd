//! Signs of slips in how laws are named: a title that runs on over the end of a sentence or takes in an article, and
//! a law without 《》 where the same document sets it in them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sign::{Sign, SignPlaces};
use crate::han::is_han;
use crate::report::body::ReadBody;
use crate::report::evidence::Passage;
use crate::scan;

/// Words with which the names of laws end.
const LAWS: [&str; 6] = ["法", "条例", "规定", "办法", "细则", "规则"];
/// Of one document so many laws are looked for.
const MOST_LAWS: usize = 24;
/// Words right before a law on which something rests.
const RESTS_ON: [&str; 6] = ["根据", "依据", "依照", "按照", "违反", "遵照"];
/// Words behind the name of a law that make another name of it.
const GOES_ON: [&str; 12] =
    ["实施", "解释", "施行", "修正", "修订", "条例", "规定", "办法", "细则", "草案", "释义", "司法"];

/// All of them in the paragraphs of a text.
pub(super) fn read(read: &ReadBody, found: &mut SignPlaces) {
    let prose = || {
        read.passages.iter().zip(&read.maps).filter_map(|(passage, map)| match passage {
            Passage::Prose { text } => Some((text, map)),
            Passage::Table { .. } => None,
        })
    };
    let mut laws = BTreeSet::new();
    for (text, map) in prose() {
        for place in titles(text) {
            laws.extend(law(&text[place.clone()]).filter(|_| laws.len() < MOST_LAWS));
            if let Some(slip) = runs_on(text, &place) {
                found.add_some(Sign::Title, map.span(None, &slip).map(|span| span.range()));
            }
        }
    }
    if laws.is_empty() {
        return;
    }
    let may_rest = |text: &str| text.contains('条') || RESTS_ON.iter().any(|word| text.contains(word));
    for (text, map) in prose().filter(|(text, _)| may_rest(text)) {
        for place in unmarked(text, &laws) {
            found.add_some(Sign::Unmarked, map.span(None, &place).map(|span| span.range()));
        }
    }
}

/// What stands in the outermost 《》 of a text.
fn titles(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    let is_mark =
        |[one, two, three]: [u8; 3]| (one == 0xe3) & (two == 0x80) & ((three == 0x8a) | (three == 0x8b));
    for at in scan::places(text.as_bytes(), is_mark) {
        let mark = &text[at..at + '《'.len_utf8()];
        match mark {
            "《" => {
                if depth == 0 {
                    start = at + mark.len();
                }
                depth += 1;
            }
            _ if depth == 1 => {
                found.push(start..at);
                depth = 0;
            }
            _ => depth = depth.saturating_sub(1),
        }
    }
    found
}

/// Where a title goes on over the end of a sentence, or takes in an article of the law: it was to end before.
fn runs_on(text: &str, place: &Range<usize>) -> Option<Range<usize>> {
    let title = &text[place.clone()];
    if let Some(end) = title.find('。').filter(|end| end + '。'.len_utf8() < title.len()) {
        return Some(place.start - '《'.len_utf8()..place.start + end);
    }
    let inner = title.trim_end_matches(['条', '款', '项']);
    let (name, article) = inner.rsplit_once('第')?;
    let is_number = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百千".contains(c);
    let is_article = inner.len() < title.len() && !article.is_empty() && article.chars().all(is_number);
    let is_law = LAWS.iter().any(|end| name.trim_end().ends_with(end));
    (is_article && is_law).then_some(place.start + name.len()..place.end)
}

/// The name of a law as others name it, without that of the state and without remarks.
fn law(title: &str) -> Option<String> {
    let name = title.split(['（', '(']).next().unwrap_or_default().trim();
    let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
    let is_law = LAWS.iter().any(|end| name.ends_with(end)) && name.chars().all(is_han);
    (is_law && (4..=30).contains(&name.chars().count())).then(|| name.to_owned())
}

/// Where a law of `laws` stands without marks, and something rests on it or an article of it is named.
fn unmarked(text: &str, laws: &BTreeSet<String>) -> Vec<Range<usize>> {
    let within = quoted(text);
    let is_within = |at: usize| {
        within.binary_search_by(|place| {
            if place.end <= at {
                std::cmp::Ordering::Less
            } else if place.start > at {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
    };
    let mut found = Vec::new();
    for law in laws {
        for (at, name) in text.match_indices(law.as_str()) {
            let end = at + name.len();
            let (before, behind) = (text[..at].trim_end_matches("中华人民共和国"), &text[end..]);
            let rests = RESTS_ON.iter().any(|word| before.ends_with(word));
            let is_cited = behind.trim_start_matches(' ').starts_with('第') && has_article(behind);
            let is_other = GOES_ON.iter().any(|word| behind.starts_with(word));
            if (rests || is_cited) && !is_other && is_within(at).is_err() {
                found.push(at..end);
            }
        }
    }
    found.sort_unstable_by_key(|place| place.start);
    found.dedup_by(|second, first| second.start < first.end);
    found
}

/// Whether a text begins with an article: 第三条, 第12条.
fn has_article(text: &str) -> bool {
    let near: String = text.trim_start_matches(' ').chars().take(8).collect();
    near.contains('条')
}

/// What stands within marks of titles and quotations, in order.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut open): (Vec<Range<usize>>, Option<(usize, char)>) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('《' | '“' | '〈' | '「', None) => open = Some((at, closing(c))),
            (c, Some((start, close))) if c == close => {
                found.push(start..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn closing(open: char) -> char {
    match open {
        '《' => '》',
        '“' => '”',
        '〈' => '〉',
        _ => '」',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(text: &str) -> Vec<&str> {
        titles(text).iter().filter_map(|place| runs_on(text, place)).map(|place| &text[place]).collect()
    }

    #[test]
    fn a_title_that_runs_on_is_found() {
        assert_eq!(slips("依据《行政复议法办理案件。贯彻落实规定》，改进工作。"), ["《行政复议法办理案件"]);
        assert_eq!(slips("依据《行政复议法第三十条》，以及《行政处罚法 第5条》。"), ["第三十条", "第5条"]);
        for text in [
            "播出《行动起来！为了法治。》和《关于〈行政复议法〉第三条的解释》。",
            "《国务院令第711号》《中华人民共和国行政复议法》第三条",
            "未闭合《行政复议法。又一句。",
        ] {
            assert!(slips(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_law_without_marks_is_found_where_something_rests_on_it() {
        let laws = BTreeSet::from([law("中华人民共和国行政复议法（2023年修订）").unwrap()]);
        let of = |text: &'static str| {
            unmarked(text, &laws).into_iter().map(|place| &text[place]).collect::<Vec<_>>()
        };
        assert_eq!(of("根据中华人民共和国行政复议法，依照行政复议法第三条"), ["行政复议法"; 2]);
        for text in [
            "根据《行政复议法》和“行政复议法”第三条",
            "宣传行政复议法，实施新修订的行政复议法",
            "依照行政复议法实施条例",
        ] {
            assert!(of(text).is_empty(), "{text}");
        }
    }
}
