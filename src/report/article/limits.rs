//! What is looked at before a text is parsed: how deep it is nested, and marks that would take all
//! of the text behind them for something else, and how many marks it has.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// Quotations, lists, boxes and the like stand in one another no deeper than this.
pub(super) const DEEPEST: usize = 100;

/// Why the text at `span` is not parsed, if it is not.
pub(super) fn refused(source: &Source, span: Span) -> Option<Diagnostic> {
    let text = source.slice(span);
    if too_many_marks(text) {
        return Some(complain_of_marks(source));
    }
    too_deep(text).map(|at| complain_of_depth(source, at.shifted(span.start as usize)))
}

/// The first line on which more than [`DEEPEST`] quotations and lists begin.
fn too_deep(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > DEEPEST && depth(line) > DEEPEST {
            return Some(Span::new(start..start + line.trim_end().len().min(20)));
        }
        start += line.len();
    }
    None
}

/// How many quotations and items of lists begin on a line.
fn depth(line: &str) -> usize {
    let mut depth = 0;
    let mut rest = line.trim_start();
    while let Some(length) = marker(rest) {
        // A line of stars or hyphens is a rule.
        if rest.starts_with(['-', '*']) && is_rule(rest) {
            break;
        }
        depth += 1;
        rest = rest[length..].trim_start();
        if depth > DEEPEST {
            break;
        }
    }
    depth
}

fn is_rule(line: &str) -> bool {
    let mark = line.chars().next().unwrap_or(' ');
    line.trim_end().ends_with(mark) && line.chars().all(|c| c == mark || c.is_whitespace())
}

/// How long the marker of a quotation or an item is that a line begins with.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let (length, marks) = match line.as_bytes().get(digits)? {
        b'>' if digits == 0 => return Some(1),
        b'-' | b'+' | b'*' if digits == 0 => (1, 1),
        b'.' | b')' if digits > 0 => (digits + 1, 1),
        _ => (0, 0),
    };
    (marks > 0 && line[length..].starts_with(|c: char| c.is_whitespace())).then_some(length)
}

/// The complaint about text that is nested too deep.
pub(super) fn complain_of_depth(source: &Source, at: Span) -> Diagnostic {
    let words = Words::new(
        format!("引用、列表等层层嵌套，超过 {DEEPEST} 层"),
        format!("quotations, lists and the like stand in one another, more than {DEEPEST} deep"),
    );
    Diagnostic::error("text/too-deep", source.path(), words)
        .at(at)
        .help("减少嵌套的层数", "nest them less deep")
}

/// Signs of Markdown and HTML, and lines, that a text may have. What is kept of a text while it is read
/// grows with these, up to a thousand bytes for each.
const MOST_MARKS: usize = 500_000;

/// Whether a text has more than [`MOST_MARKS`].
fn too_many_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    // No byte counts twice, so that few texts need be looked through.
    if bytes.len() <= MOST_MARKS {
        return false;
    }
    let numbers = bytes.windows(3).filter(|near| matches!(near, [b'0'..=b'9', b'.' | b')', b' ' | b'\t']));
    bytes.iter().filter(|byte| is_mark(**byte)).chain(numbers.map(|near| &near[1])).nth(MOST_MARKS).is_some()
}

/// Whether a byte may begin or end something that is more than words.
fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b'\n'
            | b'*'
            | b'_'
            | b'~'
            | b'['
            | b']'
            | b'!'
            | b'<'
            | b'>'
            | b'&'
            | b'`'
            | b'\\'
            | b'|'
            | b'-'
            | b'+'
    )
}

fn complain_of_marks(source: &Source) -> Diagnostic {
    let words = Words::new(
        format!("正文的行和标记合起来多于 {MOST_MARKS} 个"),
        format!("the text has more than {MOST_MARKS} lines and marks"),
    );
    Diagnostic::error("text/too-large", source.path(), words)
        .help("拆成几份文件", "split it into several documents")
}

/// What takes the place of a byte that is not to be read.
const MUTE: u8 = 0x1a;

/// Marks at the start of a line that take everything up to their end for something else than text,
/// and what that end is.
const TAKING: [(&str, &str); 8] = [
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("<!--", "-->"),
    ("<![CDATA[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
];

/// `text` without the marks that have no end: with them the rest of the text would not be read as
/// text. The marks are blanked out byte for byte; where they stood comes along.
pub(super) fn mute(text: &str) -> (Cow<'_, str>, Vec<Range<usize>>) {
    let mut muted: Vec<Range<usize>> = Vec::new();
    let mut ends: Vec<Option<usize>> = Vec::new();
    let mut seen = 0;
    for at in memchr_iter(b'<', text.as_bytes()) {
        // Only the first of a line can begin it.
        let line = memchr::memrchr(b'\n', &text.as_bytes()[seen..at]).map(|end| seen + end + 1);
        let line = line.or_else(|| (seen == 0).then_some(0));
        seen = at + 1;
        let Some(line) = line else {
            continue;
        };
        let Some(kind) = TAKING.iter().position(|(mark, _)| starts_with(&text[at..], mark)) else {
            continue;
        };
        if ends.is_empty() {
            ends = TAKING.iter().map(|(_, end)| last(text, end)).collect();
        }
        if ends[kind].is_none_or(|end| end < at) && begins_line(&text[line..at]) {
            let mark = TAKING[kind].0;
            let line = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let is_tag = mark.ends_with(|c: char| c.is_ascii_alphabetic());
            let tag = is_tag.then(|| text[at..line].find('>')).flatten().map(|end| at + end + 1);
            muted.push(at..tag.unwrap_or(at + mark.len()));
        }
    }
    let shouted = shouted(text);
    if muted.is_empty() && shouted.is_empty() {
        return (Cow::Borrowed(text), muted);
    }
    let mut bytes = text.as_bytes().to_vec();
    for range in &muted {
        bytes[range.clone()].fill(MUTE);
    }
    for range in shouted {
        bytes[range].make_ascii_lowercase();
    }
    // Whole characters were blanked out.
    (String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned), muted)
}

/// Ends in capital letters, which the parser does not know for what they are.
fn shouted(text: &str) -> Vec<Range<usize>> {
    let ends = TAKING.iter().map(|(_, end)| *end).filter(|end| end.starts_with("</"));
    let whole =
        |at: usize| ends.clone().find(|end| starts_with(&text[at..], end)).map(|end| at..at + end.len());
    let found = memmem::find_iter(text.as_bytes(), "</").filter_map(whole);
    found.filter(|range| text[range.clone()].contains(|c: char| c.is_ascii_uppercase())).collect()
}

fn starts_with(text: &str, mark: &str) -> bool {
    text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
}

/// Where `end` stands last, in letters of either case.
fn last(text: &str, end: &str) -> Option<usize> {
    if !end.starts_with("</") {
        return memmem::rfind(text.as_bytes(), end.as_bytes());
    }
    text.rmatch_indices("</").map(|(at, _)| at).find(|at| starts_with(&text[*at..], end))
}

/// Whether nothing but marks of quotations, lists and notes stands before something on its line.
fn begins_line(before: &str) -> bool {
    let before = before.trim_start();
    let before = match before.strip_prefix("[^") {
        Some(note) => note.split_once("]:").map_or(before, |(_, rest)| rest),
        None => before,
    };
    before.bytes().all(|byte| {
        matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b':' | b'0'..=b'9')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_without_an_end_is_not_read() {
        let muted = |text: &str| mute(text).0.replace('\u{1a}', "·");
        assert_eq!(muted("甲\n\n<script src=a>乙\n"), "甲\n\n··············乙\n");
        assert_eq!(muted("> <!-- 乙\n\n丙 <!-- 丁"), "> ···· 乙\n\n丙 <!-- 丁");
        assert_eq!(muted("<style>\n</STYLE>\n\n<PRE>乙\n</pre"), "<style>\n</style>\n\n·····乙\n</pre");
        assert_eq!(muted("[^1]: <?乙"), "[^1]: ··乙");
        for text in ["<script>a</script>", "<!-- a -->", "<b>", "a < b", "<!DOCTYPE a>"] {
            assert_eq!(muted(text), text);
        }
    }

    #[test]
    fn depth_is_counted_before_anything_is_parsed() {
        assert!(too_deep(&">".repeat(DEEPEST)).is_none());
        assert!(too_deep(&">".repeat(1_000_000)).is_some());
        assert!(too_deep(&format!("甲\n{}乙", "> - 1. + ".repeat(30))).is_some());
        assert!(too_deep(&"- ".repeat(1_000)).is_none());
        assert!(too_deep(&"* ".repeat(1_000)).is_none());
        assert!(too_deep(&format!("{}甲", "- ".repeat(1_000))).is_some());
    }

    #[test]
    fn marks_and_lines_are_counted_before_anything_is_parsed() {
        for mark in ["*", "甲\n", "[", "<p>", "1. ", "|", "1)\t"] {
            assert!(too_many_marks(&mark.repeat(MOST_MARKS + 1)), "{mark}");
        }
        // A million figures are no marks.
        assert!(!too_many_marks(&"增长1.5%，".repeat(1_000_000)));
        assert!(!too_many_marks(&"\n".repeat(MOST_MARKS)));
    }
}
