//! What is asked of every document when all are looked at together: where its links lead, what can be
//! linked to in it, and what its sentences say, as numbers. It is small beside a text.

use serde::{Deserialize, Serialize};

use super::arithmetic::{YearlyChange, steps};
use super::body::Link;
use super::document::{Notable, OpenDocument};
use super::sayings::Sayings;
use crate::source::Span;

/// What is asked of a document when all are looked at together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Its links and pictures.
    pub links: Vec<Link>,
    /// The anchors of its sections.
    pub anchors: Vec<Box<str>>,
    /// The anchors of the tasks that it sets.
    pub tasks: Vec<Box<str>>,
    /// What its longer sentences say.
    pub sayings: Sayings,
    /// Where each figure of its record is marked ([`super::ParsedDocument::marks`]), so that who reads the text again for a
    /// page need not look for their words again.
    pub marks: Box<[Option<Span>]>,
    /// What its figures are since the year before, as their sentences say.
    pub steps: Vec<YearlyChange>,
    /// What else is held against other documents.
    pub notable: Notable,
}

impl Facts {
    /// The facts of a document in whose text this is notable.
    #[must_use]
    pub fn of(opened: OpenDocument<'_>, notable: Notable) -> Self {
        let OpenDocument { record, source, parsed } = opened;
        Self {
            links: parsed.body.links.clone(),
            anchors: parsed.body.sections.iter().map(|section| section.anchor.clone()).collect(),
            tasks: parsed.tasks.iter().map(|task| task.anchor.clone()).collect(),
            sayings: parsed.body.prose.sayings(source),
            marks: parsed.marks.as_slice().into(),
            steps: steps(&record.figures, parsed),
            notable,
        }
    }
}
