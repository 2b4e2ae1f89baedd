//! What an editor is told after an import: what was not found, what was left out, what looks like a slip, and
//! all that `check` will say of the report.

use super::log::ImportLog;
use super::rules::{RULES, RuleEffect};
use super::{ImportedText, WantedDocument};
use crate::diag::{Diagnostic, Words};
use crate::han::is_han;
use crate::report;
use crate::route::Address;
use crate::source::{Source, Span};

/// What is known of an import.
pub(crate) struct ImportAccount<'a> {
    /// Where the report belongs.
    pub(crate) address: Address,
    /// What was wished.
    pub(crate) wanted: &'a WantedDocument<'a>,
    /// What was made.
    pub(crate) made: &'a ImportedText,
    /// What was done.
    pub(crate) log: &'a ImportLog,
}

/// Everything to be told of the report in `source`.
pub(crate) fn tell(source: &Source, known: &ImportAccount<'_>) -> Vec<Diagnostic> {
    let settings = (known.wanted.config, known.wanted.registry);
    let mut told = report::parse(source, known.address.clone(), settings).diagnostics;
    told.extend(missing(source, known));
    told.extend(doubtful(source, &known.made.doubtful));
    told.extend(left_out(source, known.log));
    told.extend(slips(source));
    crate::diag::sort(&mut told);
    told
}

/// What the source does not say of itself.
fn missing(source: &Source, known: &ImportAccount<'_>) -> Option<Diagnostic> {
    let facts = &known.made.facts;
    let keys = [
        (facts.title.is_none(), "标题（title）", "a title"),
        (facts.issuers.is_empty(), "发文机关（issuer）", "an issuer"),
        (facts.written.is_none(), "成文日期（written）", "the date when it was written"),
        (facts.published.is_none(), "发布日期（published）", "the date of publication"),
    ];
    let missing: Vec<_> = keys.into_iter().filter(|(missing, _, _)| *missing).collect();
    if missing.is_empty() || known.log.source.format == "markdown" {
        return None;
    }
    let zh: Vec<&str> = missing.iter().map(|(_, zh, _)| *zh).collect();
    let en: Vec<&str> = missing.iter().map(|(_, _, en)| *en).collect();
    let words = Words::new(
        format!("原文里没有找到{}", zh.join("、")),
        format!("the source does not have {}", en.join(", ")),
    );
    let complaint = Diagnostic::warning("import/missing", source.path(), words);
    Some(complaint.help(
        "对照原件或原网页，在元数据里补上；查不到的日期不要编造",
        "add it to the front matter from the original or its page; never make up a date",
    ))
}

/// Lines that look like a fact and are none.
fn doubtful(source: &Source, lines: &[String]) -> Option<Diagnostic> {
    if lines.is_empty() {
        return None;
    }
    let all = lines.join("；");
    let words = Words::new(
        format!("这些值看不懂，没有写入元数据：{all}"),
        format!("these values are not understood: {all}"),
    );
    let complaint = Diagnostic::warning("import/missing", source.path(), words);
    Some(complaint.help("对照原件，在元数据里补上", "add them to the front matter from the original"))
}

/// What was left out on purpose.
fn left_out(source: &Source, log: &ImportLog) -> Option<Diagnostic> {
    let rules =
        RULES.iter().filter(|rule| rule.deed == RuleEffect::LeavesOut && rule.name != "byte-order-mark");
    let taken: Vec<_> = rules.filter_map(|rule| Some((rule, log.characters.taken.get(rule.name)?))).collect();
    if taken.is_empty() {
        return None;
    }
    let zh: Vec<String> =
        taken.iter().map(|(rule, taken)| format!("{} {} 处", rule.words.0, taken.times)).collect();
    let en: Vec<String> =
        taken.iter().map(|(rule, taken)| format!("{}: {}", rule.words.1, taken.times)).collect();
    let words = Words::new(format!("略去了{}", zh.join("、")), format!("left out: {}", en.join("; ")));
    let note = Diagnostic::note("import/left-out", source.path(), words);
    Some(note.help(
        "日志里有略去的原文；不该略去的，从那里取回",
        "the log has what was left out; get back from it what should not have been",
    ))
}

/// The longest words that are looked for twice, in characters.
const LONGEST: usize = 12;

/// Words that stand twice, one right behind the other: 持续加强持续加强. Reduplication has fewer characters.
fn slips(source: &Source) -> Vec<Diagnostic> {
    let start = report::split(source).map_or(0, |(_, body)| body.range().start);
    let chars: Vec<(usize, char)> =
        source.text()[start..].char_indices().map(|(at, c)| (at + start, c)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match (4..=LONGEST).find(|length| is_twice(&chars[at..], *length)) {
            Some(length) => {
                let end = chars.get(at + 2 * length).map_or(source.text().len(), |(end, _)| *end);
                found.push(slip(source, chars[at].0..end));
                at += 2 * length;
            }
            None => at += 1,
        }
    }
    found
}

fn is_twice(chars: &[(usize, char)], length: usize) -> bool {
    let (Some(one), Some(two)) = (chars.get(..length), chars.get(length..2 * length)) else { return false };
    // 一步一步 and 越来越 are words of one or two characters that are said twice.
    let varied = one.iter().any(|(_, c)| *c != one[0].1) && one[0].1 != one[length / 2].1;
    varied && one.iter().zip(two).all(|((_, a), (_, b))| a == b && is_han(*a))
}

fn slip(source: &Source, at: std::ops::Range<usize>) -> Diagnostic {
    let said = &source.text()[at.clone()];
    let words = Words::new(
        format!("“{said}”重复，可能是原文的笔误"),
        format!("“{said}” stands twice, perhaps a slip of the issuer"),
    );
    let note = Diagnostic::note("import/slip", source.path(), words).at(Span::new(at));
    note.help("导入时照录；与制发单位核实", "it is kept as it stands; ask the issuing body")
}
