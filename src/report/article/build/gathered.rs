//! A piece of an author's HTML, put together from the lines that the parser gives.

use std::ops::Range;

use crate::report::article::runs::VerbatimRuns;
use crate::source::Span;

/// A piece of an author's HTML that is being gathered: its lines, without marks of quotations.
#[derive(Default)]
pub(super) struct GatheredHtml {
    pub(super) html: String,
    runs: VerbatimRuns,
    whole: Option<Span>,
}

impl GatheredHtml {
    pub(super) fn push(&mut self, html: &str, span: Span, exact: bool) {
        if exact {
            self.runs.push(self.html.len(), span);
        }
        self.html.push_str(html);
        let start = self.whole.map_or(span.start, |whole| whole.start);
        self.whole = Some(Span { start, end: span.end });
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.runs.span(range).or(self.whole).unwrap_or_default()
    }
}
