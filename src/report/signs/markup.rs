//! Rests of Markdown that a reader would see: marks that make nothing because something stands
//! too near, too far or in full width.

use super::sign::{Sign, SignPlaces};
use crate::han::{is_han, ordinal};
use crate::report::body::{Map, ReadBody};
use crate::report::evidence::Passage;
use crate::scan;
use crate::source::{Source, Span};

/// All of them in a text that was read. What stands in code between marks of its own is meant.
pub(super) fn read(source: &Source, read: &ReadBody, found: &mut SignPlaces) {
    let passages = read.passages.iter().zip(&read.maps);
    for (passage, map) in passages.filter(|(_, map)| !is_code(read, map)) {
        match passage {
            Passage::Prose { text } => {
                inline(text, &VisiblePiece { source, read, map, cell: None }, found);
                lines(source, map, found);
            }
            Passage::Table { rows, .. } => {
                let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
                    cells.iter().enumerate().map(move |(column, text)| ((row, column), text))
                });
                cells.for_each(|(cell, text)| {
                    inline(text, &VisiblePiece { source, read, map, cell: Some(cell) }, found)
                });
            }
        }
    }
    for block in read.marks.code.iter().filter(|block| block.indented) {
        let text = source.slice(block.span);
        let line = text.trim_end().lines().next().unwrap_or_default();
        if text.contains(is_han) {
            let start = block.span.range().start + line.len() - line.trim_start().len();
            found.add(Sign::Indented, start..start + line.trim_start().len());
        }
    }
}

/// The items of ordered lists, which were meant as sections where the text has printed ordinals or
/// where a head runs in.
pub(super) fn items(source: &Source, read: &ReadBody, found: &mut SignPlaces) {
    let printed = read.body.sections.iter().any(|section| section.ordinal.is_some());
    let runs_in = |item: &&Span| {
        let line = source.slice(**item).lines().next().unwrap_or_default();
        line.split_once('。').is_some_and(|(_, rest)| !rest.trim().is_empty())
    };
    if printed || read.marks.items.iter().any(|item| runs_in(&item)) {
        for item in &read.marks.items {
            let text = source.slice(*item);
            let mark = text.find([' ', '\t']).unwrap_or(text.len());
            found.add(Sign::List, item.range().start..item.range().start + mark);
        }
    }
}

fn is_code(read: &ReadBody, map: &Map) -> bool {
    map.start().is_none_or(|start| is_in_code(read, start))
}

/// Whether what stands at `place` is shown as it is typed.
fn is_in_code(read: &ReadBody, place: u32) -> bool {
    let code = &read.marks.code;
    let after = code.partition_point(|code| code.span.start <= place);
    after.checked_sub(1).is_some_and(|at| place < code[at].span.end)
}

/// A printed text and where it stands.
struct VisiblePiece<'a> {
    source: &'a Source,
    read: &'a ReadBody,
    map: &'a Map,
    cell: Option<(usize, usize)>,
}

impl VisiblePiece<'_> {
    /// Notes what is printed at `range`, unless its author escaped it or set it as code.
    fn note(&self, sign: Sign, range: std::ops::Range<usize>, found: &mut SignPlaces) {
        let Some(span) = self.map.span(self.cell, &range) else {
            return;
        };
        let escaped = self.source.text()[..span.range().start].ends_with('\\');
        if !escaped && !is_in_code(self.read, span.start) {
            found.add(sign, span.range());
        }
    }
}

/// Looks for marks within a line.
fn inline(text: &str, printed: &VisiblePiece<'_>, found: &mut SignPlaces) {
    let bytes = text.as_bytes();
    let mut marks = scan::places(bytes, may_be_mark);
    while let Some(start) = marks.next() {
        let (sign, end) = match bytes[start] {
            mark @ (b'*' | b'~') => stroke(text, start, mark),
            b'=' => highlight(text, start),
            b']' | 0xef => link(text, start),
            b'&' => entity(text, start),
            _ => escape(text, start),
        };
        if let Some(sign) = sign {
            printed.note(sign, start..end, found);
        }
        marks.go_to(end.max(start + 1));
    }
}

/// Whether these bytes begin what is looked at closely. The last are ］.
fn may_be_mark([one, two, three]: [u8; 3]) -> bool {
    let is_plain =
        (one == b'*') | (one == b'~') | (one == b'=') | (one == b']') | (one == b'&') | (one == b'\\');
    is_plain | ((one == 0xef) & (two == 0xbc) & (three == 0xbd))
}

/// `**` or `~~`. More of them, or between figures, hide something: 138****1234.
fn stroke(text: &str, start: usize, mark: u8) -> (Option<Sign>, usize) {
    let length = text.as_bytes()[start..].iter().take_while(|byte| **byte == mark).count();
    let end = start + length;
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let hides = digit(text[..start].chars().next_back()) && digit(text[end..].chars().next());
    ((length == 2 && !hides).then_some(Sign::Emphasis), end)
}

/// `==words==`, which other programs set off.
fn highlight(text: &str, start: usize) -> (Option<Sign>, usize) {
    let length = text.as_bytes()[start..].iter().take_while(|byte| **byte == b'=').count();
    let end = start + length;
    let inner = ahead(text, end).find("==").filter(|inner| *inner > 0);
    let Some(inner) = inner.filter(|_| length == 2 && !text[end..].starts_with(' ')) else {
        return (None, end);
    };
    (Some(Sign::Emphasis), end + inner + 2)
}

/// `](`, `]（` or `］（` behind words and before an address.
fn link(text: &str, start: usize) -> (Option<Sign>, usize) {
    let Some(rest) = text[start..].strip_prefix([']', '］']) else {
        return (None, start);
    };
    let bracket = text.len() - rest.len();
    let before = behind(text, start);
    if before.rfind("[^").is_some_and(|open| !before[open..].contains(']')) {
        let colon = rest.starts_with('：');
        return (colon.then_some(Sign::Note), bracket + if colon { 3 } else { 0 });
    }
    let Some(target) = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(['(', '（']) else {
        return (None, bracket);
    };
    let end = text.len() - target.len();
    let target = ahead(target, 0);
    let inner = target[..target.find([')', '）']).unwrap_or(0)].trim();
    let ending = inner.rsplit_once('.').is_some_and(|(_, ending)| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let address =
        inner.starts_with(['/', '#']) || inner.contains("://") || inner.starts_with("mailto:") || ending;
    let opens = before.contains(['[', '［']);
    ((opens && address).then_some(Sign::Link), end)
}

/// How far is looked for the other end of something: no address is longer, and a text of nothing
/// but brackets is not read again and again.
const REACH: usize = 400;

fn ahead(text: &str, at: usize) -> &str {
    &text[at..text.floor_char_boundary(at + REACH)]
}

fn behind(text: &str, at: usize) -> &str {
    &text[text.floor_char_boundary(at.saturating_sub(REACH))..at]
}

/// Names of characters that copied pages leave behind.
const ENTITIES: [&str; 17] = [
    "nbsp", "ensp", "emsp", "thinsp", "ldquo", "rdquo", "lsquo", "rsquo", "mdash", "ndash", "hellip",
    "middot", "amp", "lt", "gt", "quot", "bull",
];

/// `&nbsp` that is no character any more.
fn entity(text: &str, start: usize) -> (Option<Sign>, usize) {
    let rest = &text[start + 1..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
    let (name, behind) = rest.split_at(length);
    let number = name.strip_prefix('#').is_some_and(|digits| {
        let digits = digits.trim_start_matches(['x', 'X']);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && behind.starts_with(';')
    });
    let end = start + 1 + length + usize::from(behind.starts_with(';'));
    ((number || ENTITIES.contains(&name)).then_some(Sign::Escape), end)
}

/// A `\` that escapes nothing, since what stands behind it needs no escape.
fn escape(text: &str, start: usize) -> (Option<Sign>, usize) {
    let plain = text[start + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    ((!plain).then_some(Sign::Escape), start + 1)
}

/// Looks at the beginnings and the shapes of lines.
fn lines(source: &Source, map: &Map, found: &mut SignPlaces) {
    let (Some(start), Some(end)) = (map.start(), map.end()) else {
        return;
    };
    let mut at = start as usize;
    let mut tabs: Option<std::ops::Range<usize>> = None;
    for line in source.slice(Span { start, end }).split_inclusive('\n') {
        let trimmed = line.trim();
        let place = at + line.len() - line.trim_start().len();
        let place = place..place + trimmed.len();
        at += line.len();
        if let Some(length) = heading(trimmed) {
            found.add(Sign::Heading, place.start..place.start + length);
        } else if is_rule_of_table(trimmed) {
            found.add(Sign::Table, place);
        } else if trimmed.contains('\t') {
            // Two lines of cells make a table.
            if let Some(first) = tabs.replace(place.clone()) {
                found.add(Sign::Table, first);
                found.add(Sign::Table, place);
            }
        }
    }
}

/// The marks of a line that was meant as a heading: `##一、` or `＃＃ 三、`.
fn heading(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(['#', '＃']);
    let marks = &line[..line.len() - rest.len()];
    let count = marks.chars().count();
    let words = rest.trim_start_matches([' ', '\u{3000}']);
    let meant = count > 1 || (count == 1 && ordinal::candidate(words).is_some());
    (meant && count <= 6 && !words.is_empty()).then_some(marks.len())
}

/// Whether a line is the one below the head of a table, in marks of other widths: `|———|`.
fn is_rule_of_table(line: &str) -> bool {
    let mark = |c: char| {
        matches!(c, '|' | '｜' | ':' | '：' | '-' | '—' | '－' | '–' | '─' | '―' | ' ' | '\u{3000}')
    };
    let dashes = ['-', '—', '－', '–', '─', '―'];
    !line.is_ascii() && line.contains(['|', '｜']) && line.contains(dashes) && line.chars().all(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::body;

    /// What is told of a text, as `sign: words`.
    fn told(text: &str) -> Vec<String> {
        let source = Source::new("content/jiangmen/2019.md", text);
        let read = body::read(&source, Span::new(0..text.len()), None).value;
        let found = super::super::of_report(&source, &read, &[], super::super::form::SignSetting::default());
        let all =
            found.places.iter().flat_map(|(sign, places)| places.iter().map(move |place| (sign, place)));
        all.map(|(sign, place)| format!("{sign:?}: {}", source.slice(*place))).collect()
    }

    #[test]
    fn rests_of_markdown_are_told() {
        for (text, expected) in [
            ("##一、概况", "Heading: ##"),
            ("＃＃ 三、打算", "Heading: ＃＃"),
            ("全年平稳。\n##二、打算", "Heading: ##"),
            ("全年**平稳", "Emphasis: **"),
            ("全年~~平稳", "Emphasis: ~~"),
            ("全年==平稳==。", "Emphasis: ==平稳=="),
            ("见[附表]（/jiangmen/2018/）。", "Link: ]（"),
            ("见［附表］（fb.pdf）。", "Link: ］（"),
            ("![图](图 1.png)", "Link: ]("),
            ("[^4]：含上年结转。", "Note: ]："),
            ("全年平稳\\（一）", "Escape: \\"),
            ("全年&nbsp平稳", "Escape: &nbsp"),
            ("一、概况\n\n1. 加强学习\n2. 加强宣传", "List: 1."),
            ("1. 加强学习。全年开展8次。", "List: 1."),
            ("    全年平稳。", "Indented: 全年平稳。"),
            ("概况\n\n\t全年平稳。", "Indented: 全年平稳。"),
            ("| 甲 | 乙 |\n|———|———|\n| 1 | 2 |", "Table: |———|———|"),
            ("甲\t乙\n1\t2", "Table: 甲\t乙"),
        ] {
            assert!(told(text).contains(&expected.to_owned()), "{text:?} {:?}", told(text));
        }
    }

    #[test]
    fn what_is_meant_is_not_told() {
        for text in [
            "## 一、概况\n\n**全年**平稳，~~上年~~。",
            "电话138****1234，`**`与`##一`。",
            "\\*\\*全年\\*\\*平稳。",
            "[附表](fb.pdf)（见第3页）。【注】（略）[甲]（乙）",
            "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
            "```\n##一、\n| 甲 |———|\n```",
            "第1名 & 第2名，A&B。",
            "办理流程：\n\n1. 申请\n2. 受理",
            "- 甲\n\n    乙",
            "#标签 与 1==1",
            "正文[^1]。\n\n[^1]: 注。",
        ] {
            assert!(told(text).is_empty(), "{text:?} {:?}", told(text));
        }
    }

    #[test]
    fn a_text_of_nothing_but_brackets_is_read_once() {
        // Quadratic work on so many would not end.
        let many = 200_000;
        for text in ["]", "](", "[^", "==", "&a", "**"] {
            let _ = told(&text.repeat(many));
        }
    }
}
