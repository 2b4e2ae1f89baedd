//! The plain text of one line or cell, with where its words stand in the source.

use std::ops::Range;

use crate::report::article::{VerbatimRuns, joins};
use crate::source::{Source, Span};

/// Plain text being gathered from the pieces of a line.
#[derive(Default)]
pub(super) struct Inline {
    pub(super) text: String,
    pub(super) runs: VerbatimRuns,
    pub(super) broken: bool,
    /// The first bytes that are bold, once they ended.
    pub(super) bold: Option<Range<usize>>,
}

impl Inline {
    pub(super) fn push(&mut self, text: &str, source: &Source, span: Span) {
        if std::mem::take(&mut self.broken) && !self.text.is_empty() && !joins(&self.text, text) {
            self.text.push(' ');
        }
        let at = self.text.len();
        self.text.push_str(text);
        if source.slice(span) == text {
            self.runs.push(at, span);
        }
    }
}
