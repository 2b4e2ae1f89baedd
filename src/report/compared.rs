//! A report as it is compared.

use super::ParsedDocument;
use crate::compare::{ComparedText, SectionHead, TextSentence};
use crate::source::Source;

impl<'a> ComparedText<'a> {
    /// The main text of what was found in `source`. A letter or notice around it
    /// is not compared.
    #[must_use]
    pub fn of(source: &'a Source, parsed: &'a ParsedDocument) -> Self {
        let sections = parsed.body.sections.iter().filter(|section| !section.in_wrapper);
        let heads = sections.map(|section| SectionHead {
            anchor: &section.anchor,
            ordinal: section.ordinal.as_deref(),
            title: &section.title,
            depth: section.depth,
        });
        let skipped = parsed.body.sections.iter().filter(|section| section.in_wrapper).count();
        let lines = parsed.body.prose.sentences(source).map(|sentence| TextSentence {
            text: sentence.text,
            section: sentence.section.map_or(0, |at| (at + 1).saturating_sub(skipped)),
            is_row: sentence.is_row,
            key: sentence.key,
        });
        Self::read(heads, lines)
    }
}
