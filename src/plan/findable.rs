//! What search is given of each document: its text as it stands on the page, and what readers
//! narrow a search by.

use super::{Plan, document};
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
    /// The name of its kind.
    pub kind: String,
    /// The day it was published.
    pub published: Option<String>,
    /// What readers narrow a search by: its places by slug from the topmost down, its year,
    /// its kind.
    pub filters: Vec<(&'static str, String)>,
    /// Numbers and names that should lead to it as well.
    pub also: Vec<String>,
    /// Its text as HTML.
    pub html: String,
}

impl Plan<'_> {
    /// Every document that readers should find, in the order of the archive.
    pub fn findable(&self) -> impl Iterator<Item = Findable> {
        let public = |report: &&Report| report.matter.status != Status::Withdrawn;
        self.archive.reports.iter().filter(public).map(|report| self.found(report))
    }

    fn found(&self, report: &Report) -> Findable {
        let matter = &report.matter;
        let lineage = self.archive.lineage(&report.address.place);
        let places = lineage.into_iter().map(|place| ("place", place.slug.clone()));
        let year = ("year", report.address.year.to_string());
        let kind = ("kind", matter.kind.clone());
        let numbers = [&matter.document_number, &matter.index_number];
        let numbers = numbers.into_iter().flatten().map(|number| number.value.clone());
        Findable {
            url: report.route().to_string(),
            title: matter.title.value.clone(),
            place: self.place_name(&report.address.place),
            year: report.address.year.get(),
            kind: self.kind_name(&matter.kind),
            published: match matter.published {
                Published::On(moment) => Some(moment.date.to_string()),
                Published::Unknown => None,
            },
            filters: places.chain([year, kind]).collect(),
            also: numbers.chain(matter.issuers.iter().cloned()).collect(),
            html: document::article(self, report),
        }
    }
}
