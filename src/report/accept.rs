//! What an author accepts as it is printed: slips of the issuer, by their code, in the whole
//! document or at one place of it.

use super::body::Section;
use super::matter::{AcceptedSlip, Matter};
use crate::diag::{Diagnostic, Words};
use crate::han::fold;
use crate::source::{Source, Span};

/// The acceptances of a document while its findings go by.
pub(super) struct Acceptance<'a> {
    source: &'a Source,
    sections: &'a [Section],
    entries: Vec<Acceptable<'a>>,
}

struct Acceptable<'a> {
    accepted: &'a AcceptedSlip,
    used: bool,
}

impl<'a> Acceptance<'a> {
    /// Those of `matter`.
    pub(super) fn new(source: &'a Source, matter: &'a Matter, sections: &'a [Section]) -> Self {
        let entries = matter.accept.iter().map(|accepted| Acceptable { accepted, used: false });
        Self { source, sections, entries: entries.collect() }
    }

    /// Where the acceptances quote what they accept, which is no fault there.
    pub(super) fn quoted(&self) -> Vec<Span> {
        self.entries.iter().filter_map(|entry| entry.accepted.at.as_ref()).map(|at| at.span).collect()
    }

    /// Drops what is accepted, and what is found in the very words that accept it.
    pub(super) fn sift(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        if !self.entries.is_empty() {
            diagnostics.retain(|found| !self.is_quoted(found) && !self.takes(found.code, found.span));
        }
    }

    fn is_quoted(&self, found: &Diagnostic) -> bool {
        let quotes = |accepted: &AcceptedSlip, place: Span| {
            let quote = accepted.at.as_ref().filter(|_| accepted.code.value == found.code);
            quote.is_some_and(|quote| quote.span.start <= place.start && place.end <= quote.span.end)
        };
        found.span.is_some_and(|place| self.entries.iter().any(|entry| quotes(entry.accepted, place)))
    }

    /// Whether a finding is accepted. One that is accepted for a place is accepted once, so that
    /// a second slip of the sort is told.
    pub(super) fn takes(&mut self, code: &str, span: Option<Span>) -> bool {
        let (source, sections) = (self.source, self.sections);
        let is_about = |at: &str, place| is_about(source, sections, at, place);
        let mut of_code = self.entries.iter_mut().filter(|entry| entry.accepted.code.value == code);
        let taken = of_code.find(|entry| match &entry.accepted.at {
            None => true,
            Some(at) => !entry.used && span.is_some_and(|span| is_about(&at.value, span)),
        });
        taken.map(|entry| entry.used = true).is_some()
    }

    /// A warning about every acceptance that accepts nothing.
    pub(super) fn unused(self) -> Vec<Diagnostic> {
        let unused = self.entries.iter().filter(|entry| !entry.used).map(|entry| entry.accepted);
        unused.map(|accepted| complain(self.source, accepted)).collect()
    }
}

fn complain(source: &Source, accepted: &AcceptedSlip) -> Diagnostic {
    let code = &accepted.code.value;
    let (words, span) = match &accepted.at {
        None => (
            Words::new(format!("没有需要接受的 `{code}`"), format!("there is no `{code}` to accept")),
            accepted.code.span,
        ),
        Some(at) => (
            Words::new(
                format!("“{}”那里没有需要接受的 `{code}`", at.value),
                format!("there is no `{code}` to accept at {}", at.value),
            ),
            at.span,
        ),
    };
    Diagnostic::warning("accept/unused", source.path(), words)
        .at(span)
        .help("删去这一条", "remove this entry")
}

/// Whether `at` names the place: the anchor of its section, or words that stand there.
fn is_about(source: &Source, sections: &[Section], at: &str, place: Span) -> bool {
    let before = sections.partition_point(|section| section.span.start <= place.start);
    let section = before.checked_sub(1).map(|section| &sections[section]);
    let anchor = at.strip_prefix('#').unwrap_or(at);
    section.is_some_and(|section| *section.anchor == *anchor) || stands(at, place, source.text())
}

/// Whether the words stand at the place, script and white space aside: they share a character.
pub(crate) fn stands(words: &str, place: Span, text: &str) -> bool {
    let place = place.range();
    let reach = 4 * words.len() + 64;
    let start = text.floor_char_boundary(place.start.saturating_sub(reach));
    let around = &text[start..text.floor_char_boundary(place.end + reach)];
    let (words, around) = (fold::squeeze_str(words), fold::squeeze(around));
    let found = around.text.match_indices(&words).map(|(at, _)| around.original(at..at + words.len()));
    let mut found = found.map(|range| range.start + start..range.end + start);
    !words.is_empty() && found.any(|range| range.start < place.end && place.start < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start..start + words.len())
    }

    #[test]
    fn words_name_the_place_that_they_touch() {
        let text = "甲（一）学法。乙（一）用法。";
        let first = at(text, "（一）");
        for words in ["（一）", "(一)学法", "甲（一）", "(一) 學法"] {
            assert!(stands(words, first, text), "{words}");
        }
        for words in ["（一）用法", "乙", "学法", ""] {
            assert!(!stands(words, first, text), "{words}");
        }
    }
}
