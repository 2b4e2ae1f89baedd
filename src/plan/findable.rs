//! What search is given of each document: its text as it stands on the page, and what readers
//! narrow a search by.

use super::{Plan, document, words};
use crate::config::Level;
use crate::report::{Published, Report, Status};

/// A document as search takes it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findable {
    /// Its address without the base path.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The name of its place.
    pub place: String,
    /// The year it covers.
    pub year: i16,
    /// Its kind, and the name of it.
    pub kind: (String, String),
    /// The level of its place, and the name of it.
    pub level: (String, String),
    /// The places it belongs to, by slug, from the topmost down to its own.
    pub places: Vec<String>,
    /// The day it was published.
    pub published: Option<String>,
    /// Its numbers, under which it is cited.
    pub numbers: Vec<String>,
    /// Who issued it.
    pub issuers: Vec<String>,
    /// Its text as HTML.
    pub html: String,
}

/// A document that search can ask for, and by what search orders it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Its place in the archive.
    pub at: usize,
    /// The year it covers.
    pub year: i16,
    /// The slug of its place.
    pub place: String,
}

impl Plan<'_> {
    /// Every document that readers should find, in the order of the archive.
    #[must_use]
    pub fn leads(&self) -> Vec<Lead> {
        let public = |(_, report): &(usize, &Report)| report.matter.status != Status::Withdrawn;
        let lead = |(at, report): (usize, &Report)| Lead {
            at,
            year: report.address.year.get(),
            place: report.address.place.clone(),
        };
        self.archive.reports.iter().enumerate().filter(public).map(lead).collect()
    }

    /// The document at a place in the archive, as search takes it in.
    #[must_use]
    pub fn findable(&self, at: usize) -> Findable {
        let report = &self.archive.reports[at];
        let matter = &report.matter;
        let lineage = self.archive.lineage(&report.address.place);
        let level = lineage.last().map_or(Level::Department, |place| place.level);
        let numbers = [&matter.document_number, &matter.index_number];
        let words = words::of(self.config().language);
        Findable {
            url: report.route().to_string(),
            title: matter.title.value.clone(),
            place: self.place_name(&report.address.place),
            year: report.address.year.get(),
            kind: (matter.kind.clone(), self.kind_name(&matter.kind)),
            level: (level.name().into(), words.level(level).into()),
            places: lineage.into_iter().map(|place| place.slug.clone()).collect(),
            published: match matter.published {
                Published::On(moment) => Some(moment.date.to_string()),
                Published::Unknown => None,
            },
            numbers: numbers.into_iter().flatten().map(|number| number.value.clone()).collect(),
            issuers: matter.issuers.clone(),
            html: document::article(self, report),
        }
    }
}
