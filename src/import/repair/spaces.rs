//! Spaces where Chinese has none: before a paragraph, behind it, two of them, behind an ordinal.

use crate::han::ordinal;
use crate::import::traced::Replacement;

/// White space that a typist uses to push text about.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2002}'..='\u{200a}')
}

/// The same, and line ends, which are left where nothing stands on a line any more.
fn is_blank(c: char) -> bool {
    is_space(c) || matches!(c, '\n' | '\r')
}

/// The spaces before a paragraph. In Markdown up to three plain ones mean nothing, and those of a list
/// or a note mean something.
pub(super) fn indents(text: &str, markdown: bool) -> Vec<Replacement> {
    let length = text.len() - text.trim_start_matches(is_blank).len();
    let plain = text[..length].len() < 4 && text[..length].chars().all(|c| c == ' ');
    match length {
        0 => Vec::new(),
        _ if markdown && plain => Vec::new(),
        _ => vec![Replacement { at: 0..length, put: String::new(), rule: "indent" }],
    }
}

/// The spaces behind a paragraph.
pub(super) fn trailing(text: &str) -> Vec<Replacement> {
    let end = text.trim_end_matches(is_blank).len();
    match end < text.len() {
        true => vec![Replacement { at: end..text.len(), put: String::new(), rule: "trailing-space" }],
        false => Vec::new(),
    }
}

/// Two spaces and more within a line: one is left, and none beside a mark of punctuation.
pub(super) fn doubled(text: &str) -> Vec<Replacement> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_space).map(|found| at + found) {
        let end = text.len() - text[start..].trim_start_matches(is_space).len();
        let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
        at = end;
        if text[start..end].chars().nth(1).is_none() || before.is_none_or(|c| c == '\n') {
            continue;
        }
        let mark = |c: Option<char>| c.is_none_or(|c| "，。、；：？！,;:?!“”‘’《》（）()〔〕".contains(c));
        let put = if mark(before) || mark(after) { "" } else { " " };
        edits.push(Replacement { at: start..end, put: put.to_owned(), rule: "doubled-space" });
    }
    edits
}

/// The space behind an ordinal, which would make a list of it in Markdown.
pub(super) fn behind_ordinal(text: &str) -> Vec<Replacement> {
    let marks = text.len() - text.trim_start_matches('#').trim_start_matches(' ').len();
    let Some(printed) = ordinal::read(&text[marks..]) else {
        return Vec::new();
    };
    let start = marks + printed.len;
    let end = text.len() - text[start..].trim_start_matches(is_space).len();
    // Before a figure the space keeps the two apart: `1. 2019年`.
    let figure = text[end..].starts_with(|c: char| c.is_ascii_digit());
    match end > start && end < text.len() && !figure {
        true => vec![Replacement { at: start..end, put: String::new(), rule: "ordinal-space" }],
        false => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, find: impl Fn(&str) -> Vec<Replacement>) -> String {
        let mut text = text.to_owned();
        for edit in find(&text.clone()).into_iter().rev() {
            text.replace_range(edit.at, &edit.put);
        }
        text
    }

    #[test]
    fn spaces_that_mean_nothing_go() {
        assert_eq!(mended("　　全年", |text| indents(text, false)), "全年");
        assert_eq!(mended("  - 甲", |text| indents(text, true)), "  - 甲");
        assert_eq!(mended("    甲", |text| indents(text, true)), "甲");
        assert_eq!(mended("全年 　", trailing), "全年");
        assert_eq!(mended("李  明　　和，  张 三", doubled), "李 明 和，张 三");
        for (text, bare) in [
            ("1. 加强", "1.加强"),
            ("一、 总体", "一、总体"),
            ("## （一） 甲", "## （一）甲"),
            ("1. 2019年", "1. 2019年"),
        ] {
            assert_eq!(mended(text, behind_ordinal), bare);
        }
    }
}
