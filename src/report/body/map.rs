//! Where the words of a passage stand in its source.

use std::ops::Range;

use crate::report::article::VerbatimRuns;
use crate::source::Span;

/// Where the text of a passage stands in the source.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Map {
    /// The section that the passage stands in.
    pub(in crate::report) section: Option<usize>,
    /// The runs of the prose, or those of every cell, row by row.
    pub(in crate::report) runs: Vec<Vec<VerbatimRuns>>,
}

impl Map {
    /// The span of `range`, which counts in the passage or in its cell; `None` where markup
    /// breaks it.
    pub(in crate::report) fn span(&self, cell: Option<(usize, usize)>, range: &Range<usize>) -> Option<Span> {
        let (row, column) = cell.unwrap_or((0, 0));
        self.runs.get(row)?.get(column)?.span(range)
    }

    /// Where the passage begins in the source.
    pub(in crate::report) fn start(&self) -> Option<u32> {
        self.runs.iter().flatten().find_map(|runs| runs.all().first()).map(|(_, span)| span.start)
    }

    /// Where the passage ends in the source.
    pub(in crate::report) fn end(&self) -> Option<u32> {
        self.runs.iter().flatten().filter_map(|runs| runs.all().last()).map(|(_, span)| span.end).max()
    }

    /// How many bytes of the prose stand before `end` in the source.
    pub(in crate::report) fn offset(&self, end: u32) -> usize {
        let runs = self.runs.iter().flatten().flat_map(|runs| runs.all());
        let before = runs.take_while(|(_, span)| span.start < end);
        before.last().map_or(0, |(at, span)| at + (span.end.min(end) - span.start) as usize)
    }
}
