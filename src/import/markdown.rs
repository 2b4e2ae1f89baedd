//! Reads Markdown that is there already: its blocks, and within a paragraph the lines that begin with an
//! ordinal, which were meant to be paragraphs of their own.

use super::draft::{Block, Draft, OmittedStretch, Paragraph, ParagraphStyle, StyledRun};
use crate::han::{is_han, ordinal};

/// The blocks of `text`.
pub(crate) fn read(text: String) -> Draft {
    let mut reader = MarkdownReader { text: &text, draft: Draft::default(), open: None };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        reader.line(at, line);
        at += line.len();
    }
    reader.close();
    let mut draft = reader.draft;
    draft.text = text;
    draft
}

/// A block that is being read.
struct OpenDraftBlock {
    start: usize,
    /// Where its last line ends, without the line end.
    end: usize,
    style: ParagraphStyle,
    /// What closes it; `None` for an empty line.
    fence: Option<&'static str>,
}

struct MarkdownReader<'a> {
    text: &'a str,
    draft: Draft,
    open: Option<OpenDraftBlock>,
}

impl MarkdownReader<'_> {
    fn line(&mut self, at: usize, line: &str) {
        let words = line.trim_end_matches(['\n', '\r']);
        let end = at + words.len();
        if let Some(open) = &mut self.open
            && let Some(fence) = open.fence
        {
            open.end = end;
            let closes = words.trim_start().starts_with(fence) && at > open.start;
            self.aside(end..at + line.len());
            if closes {
                self.close();
            }
            return;
        }
        if words.trim().is_empty() {
            self.close();
            self.aside(at..at + line.len());
            return;
        }
        let begins = self.open.is_none() || is_heading(words) || self.was_heading() || self.is_hidden(words);
        if begins {
            self.close();
            let (style, fence) = style(words);
            self.open = Some(OpenDraftBlock { start: at, end, style, fence });
        } else if let Some(open) = &mut self.open {
            open.end = end;
            if is_rule(words) {
                open.style = ParagraphStyle::Markdown;
            }
        }
        self.draft.asides.extend(line_end(end..at + line.len()));
    }

    /// Whether the block so far is a heading, which ends with its line.
    fn was_heading(&self) -> bool {
        self.open.as_ref().is_some_and(|open| is_heading(&self.text[open.start..open.end]))
    }

    /// Whether a line within a paragraph begins with an ordinal, and so was meant as a paragraph.
    fn is_hidden(&self, words: &str) -> bool {
        self.open.as_ref().is_some_and(|open| open.style == ParagraphStyle::Body)
            && ordinal::read(words).is_some()
    }

    fn aside(&mut self, at: std::ops::Range<usize>) {
        self.draft.asides.extend(line_end(at));
    }

    /// Ends the open block. The line ends within it belong to it.
    fn close(&mut self) {
        let Some(OpenDraftBlock { start, end, style, .. }) = self.open.take() else { return };
        self.draft.asides.retain(|aside| aside.at.end <= start || aside.at.start >= end);
        let run = StyledRun {
            at: Some(start..end),
            text: self.text[start..end].to_owned(),
            ..StyledRun::default()
        };
        self.draft.blocks.push(Block::Paragraph(Paragraph { runs: vec![run], style }));
    }
}

fn line_end(at: std::ops::Range<usize>) -> Option<OmittedStretch> {
    (!at.is_empty()).then_some(OmittedStretch { at, rule: "line-end" })
}

fn is_heading(words: &str) -> bool {
    let words = words.trim_start();
    words.starts_with('#') && super::repair::heading_marks(words).is_some()
}

/// A line of nothing but `-`, `=` or `:` and bars, which makes a heading or a table of the one above.
fn is_rule(words: &str) -> bool {
    words.trim().chars().all(|c| matches!(c, '-' | '=' | ':' | '|' | ' '))
}

/// What a block is by its first line, and what ends it.
fn style(words: &str) -> (ParagraphStyle, Option<&'static str>) {
    let start = words.trim_start();
    let fence = ["```", "~~~"].into_iter().find(|fence| start.starts_with(fence));
    let item =
        start.starts_with("- ") || start.starts_with("* ") || start.starts_with("+ ") || is_numbered(start);
    let indented = words.starts_with("    ") && !has_han(words);
    match fence {
        Some(_) => (ParagraphStyle::Markdown, fence),
        None if start.starts_with(['|', '<', '>', ':']) || item || indented || is_rule(start) => {
            (ParagraphStyle::Markdown, None)
        }
        None => (ParagraphStyle::Body, None),
    }
}

fn is_numbered(start: &str) -> bool {
    let rest = start.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = start.len() - rest.len();
    (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn has_han(words: &str) -> bool {
    words.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_are_as_an_author_sees_them() {
        let text = "# 题\n一、甲\n（一）乙。丙\n丁\n\n| a |\n|---|\n| b |\n\n```\nx\n\ny\n```\n- z\n  w\n";
        let draft = read(text.into());
        assert_eq!(draft.account(), Ok(()));
        let blocks: Vec<(&str, ParagraphStyle)> = draft
            .paragraphs()
            .map(|paragraph| (paragraph.runs[0].text.as_str(), paragraph.style))
            .map(|(said, style)| (&text[text.find(said).unwrap()..][..said.len()], style))
            .collect();
        let (body, kept) = (ParagraphStyle::Body, ParagraphStyle::Markdown);
        assert_eq!(
            blocks,
            [
                ("# 题", body),
                ("一、甲", body),
                ("（一）乙。丙\n丁", body),
                ("| a |\n|---|\n| b |", kept),
                ("```\nx\n\ny\n```", kept),
                ("- z\n  w", kept),
            ]
        );
    }

    proptest! {
        #[test]
        fn every_character_is_told(text in "(#|# |一、|甲|\n|\n\n|```\n|```|[|]|- |    |\r\n|：|>){0,20}") {
            let draft = read(text.clone());
            prop_assert_eq!(draft.account(), Ok(()));
            prop_assert_eq!(draft.text, text);
        }
    }
}
