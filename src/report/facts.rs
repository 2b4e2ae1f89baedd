//! What is asked of every document when all are looked at together: where its links lead, what can be
//! linked to in it, and what its sentences say, as numbers. It is small beside a text.

use serde::{Deserialize, Serialize};

use super::arithmetic::{Step, steps};
use super::bodies::Named;
use super::body::Link;
use super::document::Opened;
use super::people::Person;
use super::sayings::Sayings;
use super::statute::Carried;

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
    /// What its figures are since the year before, as their sentences say.
    pub steps: Vec<Step>,
    /// The bodies that it tells.
    pub bodies: Vec<Named>,
    /// Persons whom it lists with something sensitive.
    pub people: Vec<Person>,
}

impl Facts {
    /// The facts of a document.
    #[must_use]
    pub fn of(opened: Opened<'_>) -> Self {
        let Opened { record, source, parsed } = opened;
        Self {
            links: parsed.body.links.clone(),
            anchors: parsed.body.sections.iter().map(|section| section.anchor.clone()).collect(),
            tasks: parsed.tasks.iter().map(|task| task.anchor.clone()).collect(),
            sayings: parsed.body.prose.sayings(source),
            carried: parsed.carried.clone(),
            bodies: parsed.bodies.clone(),
            people: parsed.people.clone(),
            steps: steps(&record.figures, parsed),
        }
    }
}
