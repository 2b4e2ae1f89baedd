//! What is asked of every document when all are looked at together: where its links lead, what can be
//! linked to in it, and what its sentences say, as numbers. It is small beside a text.

use serde::{Deserialize, Serialize};

use super::body::Link;
use super::document::Parsed;
use super::sayings::Sayings;
use super::statute::Carried;
use crate::source::Source;

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
    /// What a report on disclosure takes over from the year before and leaves to the next.
    pub carried: Carried,
}

impl Facts {
    /// The facts of the document in `source`.
    #[must_use]
    pub fn of(source: &Source, parsed: &Parsed) -> Self {
        Self {
            links: parsed.body.links.clone(),
            anchors: parsed.body.sections.iter().map(|section| section.anchor.clone()).collect(),
            tasks: parsed.tasks.iter().map(|task| task.anchor.clone()).collect(),
            sayings: parsed.body.prose.sayings(source),
            carried: parsed.carried.clone(),
        }
    }
}
