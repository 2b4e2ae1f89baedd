//! Where the words of a text that was put together stand in its source.

use std::ops::Range;

use crate::source::Span;

/// Stretches of text that stand in the source byte for byte.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct VerbatimRuns(Vec<(usize, Span)>);

impl VerbatimRuns {
    /// What stands at `at` of the text stands at `span` in the source.
    pub(in crate::report) fn push(&mut self, at: usize, span: Span) {
        match self.0.last_mut() {
            Some((start, last)) if last.end == span.start && *start + last.range().len() == at => {
                last.end = span.end;
            }
            _ => self.0.push((at, span)),
        }
    }

    /// Where `range` of the text stands; `None` where it does not stand in one piece.
    pub(in crate::report) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let after = self.0.partition_point(|(start, _)| *start <= range.start);
        let (start, span) = self.0[..after].last()?;
        let offset = (span.start as usize).checked_sub(*start);
        let moved = |at: usize| offset.map_or(at - start + span.start as usize, |offset| at + offset);
        let found = Span::new(moved(range.start)..moved(range.end));
        (found.end <= span.end).then_some(found)
    }

    /// The stretches: where each begins in the text, and its place in the source.
    pub(in crate::report) fn all(&self) -> &[(usize, Span)] {
        &self.0
    }
}
