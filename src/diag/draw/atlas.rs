//! Where a byte stands, as people count: lines and columns, both from one.
//!
//! Each source is read once and remembered by its line starts and by how many characters lie
//! before every block, so that a thousand findings in one huge line cost no more than a
//! thousand findings in a thousand lines.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use camino::Utf8Path;

use crate::diag::Diagnostic;
use crate::personal;
use crate::source::{Source, Sources, Span};

/// The texts that some diagnostics are about, each with its lines once somebody looks at it: of many findings only
/// some are drawn.
pub(super) struct Atlas<'a>(BTreeMap<&'a Utf8Path, SourceLines<'a>>);

struct SourceLines<'a> {
    source: &'a Source,
    lines: OnceCell<LineIndex<'a>>,
}

impl<'a> Atlas<'a> {
    /// The charts of every text in which a diagnostic or one of its labels has a place.
    pub(super) fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Self {
        let mut charts = BTreeMap::new();
        for path in diagnostics.iter().flat_map(placed_paths) {
            if let Some(source) = sources.text(path) {
                charts.entry(path).or_insert_with(|| SourceLines { source, lines: OnceCell::new() });
            }
        }
        Self(charts)
    }

    /// The chart of the text at `path`, if it is one.
    pub(super) fn chart(&self, path: &Utf8Path) -> Option<&LineIndex<'a>> {
        self.0.get(path).map(|chart| chart.lines.get_or_init(|| LineIndex::new(chart.source)))
    }

    /// The place of `span` in the text at `path`; `None` where there is no span or no text.
    pub(super) fn place(&self, path: &Utf8Path, span: Option<Span>) -> Option<Region> {
        Some(self.chart(path)?.place(span?))
    }
}

fn placed_paths(diagnostic: &Diagnostic) -> impl Iterator<Item = &Utf8Path> {
    let own = diagnostic.span.map(|_| diagnostic.path.as_path());
    let others = diagnostic.labels.iter().map(|label| label.path.as_path());
    own.into_iter().chain(others)
}

/// A place as people count it, lines and columns from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    /// The column after the last character.
    pub(super) end_column: usize,
}

/// One text and where its lines begin.
pub(super) struct LineIndex<'a> {
    /// The text, with its personal numbers masked and every byte in its place.
    text: Cow<'a, str>,
    line_starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes, and in the whole text.
    chars_before: Vec<usize>,
}

/// Small enough to count through for every finding, and large enough that a chart is far
/// smaller than its text.
const BLOCK: usize = 4096;

impl<'a> LineIndex<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let text = personal::mask(source.text());
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut chars = 0;
        let counted = text.as_bytes().chunks(BLOCK).map(|block| {
            chars += count_chars(block);
            chars
        });
        let chars_before = std::iter::once(0).chain(counted).collect();
        let line_starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, line_starts, chars_before }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// `span` within the text and on character boundaries, whatever it was.
    pub(super) fn clamp(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start as usize);
        start..self.text.floor_char_boundary(span.end as usize).max(start)
    }

    /// The place of `span`.
    pub(super) fn place(&self, span: Span) -> Region {
        let range = self.clamp(span);
        let (line, column) = self.position(range.start);
        let (end_line, end_column) = self.position(range.end);
        Region { line, column, end_line, end_column }
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.line_of(offset);
        let before = self.chars_to(offset) - self.chars_to(self.line_starts[line]);
        (line + 1, before + 1)
    }

    /// How many characters begin before `offset`.
    fn chars_to(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.chars_before[block] + count_chars(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The line that `offset` is in, from zero.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }

    /// The bytes of a line that is counted from zero, without its end.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let start = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let end = end.max(start);
        let returns = self.text[start..end].ends_with('\r');
        start..end - usize::from(returns)
    }
}

/// The characters that begin in `bytes`: all bytes but the later ones of a character.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let source = Source::new("a.md", "标题\r\n正文a\n");
        let chart = LineIndex::new(&source);
        let place = chart.place(Span::new(3..14));
        assert_eq!(place, Region { line: 1, column: 2, end_line: 2, end_column: 3 });
        assert_eq!(chart.position(source.text().len()), (3, 1));
        assert_eq!(chart.line(0), 0..6);
        assert_eq!(chart.line(1), 8..15);
        assert_eq!(chart.line(2), 16..16);
        assert_eq!(chart.line(9), 16..16);
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let source = Source::new("a.md", "报告");
        let chart = LineIndex::new(&source);
        let end = Region { line: 1, column: 3, end_line: 1, end_column: 3 };
        assert_eq!(chart.place(Span { start: 90, end: 8 }), end);
        assert_eq!(chart.clamp(Span::new(1..5)), 0..3);
        let empty = Source::new("b.md", "");
        let chart = LineIndex::new(&empty);
        assert_eq!(chart.position(0), (1, 1));
    }

    #[test]
    fn many_places_in_one_huge_line_are_found_at_once() {
        let source = Source::new("a.md", "法治".repeat(1 << 20));
        let chart = LineIndex::new(&source);
        let columns = (0..1 << 20).step_by(64).map(|at| chart.position(at * 6).1);
        assert!(columns.enumerate().all(|(i, column)| column == i * 128 + 1));
    }

    proptest! {
        #[test]
        fn a_chart_agrees_with_counting(text in "(?s:[报a\n\r]{0,40})", copies in 1usize..300) {
            let source = Source::new("a.md", text.repeat(copies));
            let chart = LineIndex::new(&source);
            for offset in (0..=source.text().len()).step_by(97) {
                let offset = source.text().floor_char_boundary(offset);
                prop_assert_eq!(chart.position(offset), source.position(offset));
            }
        }
    }
}
