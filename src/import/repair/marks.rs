//! Marks that are rests of another program: `##一、`, `**一、甲**`, stray tags.

use std::ops::Range;

use crate::han::ordinal;
use crate::import::traced::Replacement;

/// The `#` that a line begins with, and the spaces behind them: the level, and how many bytes they are.
/// `None` where there are none, or more than six.
pub(crate) fn heading_marks(line: &str) -> Option<(u8, usize)> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    let words = rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
    // `#12345热线` and `#话题#` are no headings.
    let spaced = words.len() < rest.len();
    let is_heading =
        spaced || level > 1 || ordinal::read(words).is_some_and(|printed| printed.form.level() < 3);
    (is_heading && !words.is_empty()).then_some((level, line.len() - words.len()))
}

/// The space that a heading in Markdown has between its marks and its words.
pub(super) fn spaced(text: &str) -> Vec<Replacement> {
    let marks = heading_marks(text)
        .filter(|_| !text.contains('\n'))
        .map(|(level, length)| usize::from(level)..length);
    let marks = marks.filter(|marks| &text[marks.clone()] != " ");
    marks.map(|at| Replacement { at, put: " ".to_owned(), rule: "heading-mark" }).into_iter().collect()
}

/// The stars around all of a paragraph that begins with an ordinal: it is a heading, and no emphasis.
pub(super) fn bold_heading(text: &str) -> Vec<Replacement> {
    let inner = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    let Some(inner) = inner.filter(|inner| !inner.contains('*') && ordinal::read(inner).is_some()) else {
        return Vec::new();
    };
    let star = |at: Range<usize>| Replacement { at, put: String::new(), rule: "bold-heading" };
    vec![star(0..2), star(2 + inner.len()..text.len())]
}

/// The names of tags that are left in copied text.
const TAGS: [&str; 20] = [
    "a", "b", "br", "center", "div", "em", "font", "h1", "h2", "h3", "i", "img", "o:p", "p", "section",
    "span", "strong", "sub", "sup", "u",
];

/// Characters that are written as names in HTML.
const ENTITIES: [(&str, &str); 11] = [
    ("&nbsp;", " "),
    ("&ensp;", " "),
    ("&emsp;", " "),
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&mdash;", "—"),
    ("&middot;", "·"),
];

/// Whole tags and names of characters in what was meant as plain text.
pub(super) fn stray_tags(text: &str) -> Vec<Replacement> {
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['<', '&']).map(|found| at + found) {
        let rest = &text[start..];
        let (length, put) = match entity(rest) {
            Some((name, put)) => (name.len(), put),
            None => (tag(rest), ""),
        };
        if length > 0 {
            edits.push(Replacement { at: start..start + length, put: put.to_owned(), rule: "stray-tag" });
        }
        at = start + length.max(1);
    }
    edits
}

fn entity(text: &str) -> Option<(&'static str, &'static str)> {
    // One that names a mark of markup stays, or it would become one.
    ENTITIES
        .into_iter()
        .find(|(name, _)| text.starts_with(name))
        .filter(|(_, put)| !matches!(*put, "<" | "&"))
}

/// How many bytes at the start of `text` are a tag of those; no tag is longer than 400 bytes.
fn tag(text: &str) -> usize {
    let reach = &text[..text.floor_char_boundary(400)];
    let Some(end) = reach.find('>').filter(|end| !reach[1..*end].contains(['<', '\n'])) else {
        return 0;
    };
    let inner = text[1..end].trim_start_matches('/').trim_end_matches('/').trim();
    let name = inner.split([' ', '\t']).next().unwrap_or_default().to_ascii_lowercase();
    if TAGS.contains(&name.as_str()) { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_seen_with_and_without_their_space() {
        for (line, marks) in [
            ("## 一、甲", Some((2, 3))),
            ("##一、甲", Some((2, 2))),
            ("#一、甲", Some((1, 1))),
            ("# 甲", Some((1, 2))),
            ("#12345热线", None),
            ("####### 甲", None),
            ("##", None),
        ] {
            assert_eq!(heading_marks(line), marks, "{line}");
        }
    }

    #[test]
    fn stray_tags_go_and_comparisons_stay() {
        let mended = |text: &str| {
            let mut out = text.to_owned();
            for edit in stray_tags(text).into_iter().rev() {
                out.replace_range(edit.at, &edit.put);
            }
            out
        };
        assert_eq!(mended("<p style=\"a\">甲</p>&nbsp;乙<br/>"), "甲 乙");
        assert_eq!(mended("a<b，5<6>3，<甲>，&lt;p>"), "a<b，5<6>3，<甲>，&lt;p>");
    }
}
