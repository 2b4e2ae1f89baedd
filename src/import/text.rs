//! Reads plain text: a paragraph each line, a table where lines are parted by tabs, and for the text of a
//! PDF, whose lines are those of the page, a paragraph for all lines that fill the page's width.

use std::ops::Range;

use super::draft::{
    Block, Draft, DraftCell, DraftRow, DraftTable, Limits, OmittedStretch, Paragraph, ParagraphStyle,
    StyledRun,
};
use super::refused::Refused;
use crate::encoding::{self, Decoded};
use crate::han::ordinal;

/// A text file, and the encoding that it was in.
#[derive(Clone, Debug)]
pub(crate) struct PlainTextFile {
    /// What it says.
    pub(crate) draft: Draft,
    /// The name of the encoding.
    pub(crate) encoding: &'static str,
}

/// How lines are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineLayout {
    /// Lines that are parted by tabs alike make a table.
    pub(crate) tables: bool,
    /// A line that fills the page's width goes on in the next.
    pub(crate) filled: bool,
}

/// Reads bytes in whatever encoding they look like.
pub(crate) fn read(bytes: &[u8], layout: LineLayout, limits: &Limits) -> Result<PlainTextFile, Refused> {
    let decoded = decode(bytes, limits)?;
    Ok(PlainTextFile { draft: lines(decoded.text, layout, limits)?, encoding: decoded.encoding })
}

/// The text that bytes are.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refused> {
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge);
    }
    encoding::decode(bytes)
        .map_err(|refusal| Refused::NotText { message: refusal.message, help: refusal.help })
}

/// A text by its lines.
fn lines(text: String, layout: LineLayout, limits: &Limits) -> Result<Draft, Refused> {
    let mut draft = Draft::default();
    let lines = cut(&text, &mut draft);
    if lines.len() > limits.paragraphs {
        return Err(Refused::TooLarge);
    }
    let full = lines.iter().map(|line| width(&text[line.clone()])).max().unwrap_or(0);
    let mut rest = &lines[..];
    while let Some(first) = rest.first() {
        let rows = if layout.tables { rows(&text, rest) } else { 0 };
        let count = match rows {
            0 if layout.filled => filled(&text, rest, full),
            0 => 1,
            rows => rows,
        };
        let block = match rows {
            0 => Block::Paragraph(paragraph(&text, &rest[..count])),
            _ => Block::Table(table(&text, &rest[..count], &mut draft.asides)),
        };
        debug_assert!(!first.is_empty());
        draft.blocks.push(block);
        rest = &rest[count..];
    }
    draft.text = text;
    Ok(draft)
}

/// The lines with words; all else is aside.
fn cut(text: &str, draft: &mut Draft) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    if text.starts_with('\u{feff}') {
        at = '\u{feff}'.len_utf8();
        draft.asides.push(OmittedStretch { at: 0..at, rule: "byte-order-mark" });
    }
    while at < text.len() {
        let rest = &text[at..];
        let end = rest.find(['\n', '\r', '\u{c}']).unwrap_or(rest.len());
        if !rest[..end].trim().is_empty() {
            lines.push(at..at + end);
        } else if end > 0 {
            draft.asides.push(OmittedStretch { at: at..at + end, rule: "line-end" });
        }
        let breaks = if rest[end..].starts_with("\r\n") { 2 } else { usize::from(end < rest.len()) };
        if breaks > 0 {
            draft.asides.push(OmittedStretch { at: at + end..at + end + breaks, rule: "line-end" });
        }
        at += end + breaks;
    }
    lines
}

fn run(text: &str, at: Range<usize>) -> StyledRun {
    StyledRun { text: text[at.clone()].to_owned(), at: Some(at), ..StyledRun::default() }
}

fn paragraph(text: &str, lines: &[Range<usize>]) -> Paragraph {
    Paragraph {
        runs: lines.iter().map(|line| run(text, line.clone())).collect(),
        style: ParagraphStyle::Body,
    }
}

/// How many lines at the start are rows of a table: parted by tabs into as many cells each.
fn rows(text: &str, lines: &[Range<usize>]) -> usize {
    let cells = |line: &Range<usize>| text[line.clone()].trim_end().split('\t').count();
    let width = lines.first().map_or(1, cells);
    let empty = |line: &Range<usize>| text[line.clone()].split('\t').all(|cell| cell.trim().is_empty());
    let count = lines.iter().take_while(|line| cells(line) == width && !empty(line)).count();
    if width >= 2 && count >= 2 { count } else { 0 }
}

fn table(text: &str, lines: &[Range<usize>], asides: &mut Vec<OmittedStretch>) -> DraftTable {
    let row = |line: &Range<usize>| {
        let end = line.start + text[line.clone()].trim_end().len();
        let mut cells = Vec::new();
        let mut start = line.start;
        for cell in text[line.start..end].split('\t') {
            let at = start..start + cell.len();
            let runs = if cell.is_empty() { Vec::new() } else { vec![run(text, at.clone())] };
            cells.push(DraftCell {
                paragraphs: vec![Paragraph { runs, style: ParagraphStyle::Body }],
                ..DraftCell::default()
            });
            start = at.end + 1;
            if at.end < end {
                asides.push(OmittedStretch { at: at.end..start, rule: "tab-table" });
            }
        }
        if end < line.end {
            asides.push(OmittedStretch { at: end..line.end, rule: "trailing-space" });
        }
        DraftRow { cells }
    };
    DraftTable { rows: lines.iter().map(row).collect() }
}

/// So many characters may be missing where a line is full: a word or a mark did not fit.
const SHORT: usize = 3;

/// How many lines at the start make one paragraph of a page whose full lines are `full` characters wide.
fn filled(text: &str, lines: &[Range<usize>], full: usize) -> usize {
    let goes_on = |pair: &[Range<usize>]| {
        let (line, next) = (&text[pair[0].clone()], &text[pair[1].clone()]);
        let begins =
            ordinal::read(next).is_some() || next.starts_with(['\u{3000}', '\t']) || next.starts_with("  ");
        full >= 20 && width(line) + SHORT * 2 >= full && !begins
    };
    1 + lines.windows(2).take_while(|pair| goes_on(pair)).count()
}

/// How wide a line is, in halves of a Han character.
fn width(line: &str) -> usize {
    line.trim().chars().map(|c| if c < '\u{2000}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_that_fill_the_page_go_on() {
        let text = "甲市报告\n全年办结行政复议案件七百四十\n五件。\n一、甲\n".to_owned();
        let draft = lines(text, LineLayout { tables: false, filled: true }, &Limits::default()).unwrap();
        let said: Vec<String> = draft
            .paragraphs()
            .map(|paragraph| paragraph.runs.iter().map(|run| &*run.text).collect())
            .collect();
        assert_eq!(said, ["甲市报告", "全年办结行政复议案件七百四十五件。", "一、甲"]);
    }

    proptest! {
        #[test]
        fn every_character_is_told(text in "\u{feff}?[一 \u{3000}\ta\r\n]{0,40}", filled in any::<bool>()) {
            let draft = lines(text.clone(), LineLayout { tables: true, filled }, &Limits::default()).unwrap();
            prop_assert_eq!(draft.account(), Ok(()));
            prop_assert_eq!(draft.text, text);
        }
    }
}
