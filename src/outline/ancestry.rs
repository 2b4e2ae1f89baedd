//! Whose sentences are looked at together, and the table of what is new in the annual reports: its
//! places and years, and the parts of a long one.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use super::ledger::walk;
use super::lists::{ListParts, split_by};
use super::{ANNUAL, Subject};
use crate::ancestry::{Ancestry, Voice};
use crate::archive::Archive;
use crate::report::{PublicationDay, PublicationStatus, Record};
use crate::route::{Route, Year};

/// Who is in a hurry looks at the sentences of so many documents at once, and at those of more only if
/// somebody did before.
pub(crate) const FEW: usize = 500;

/// Whether the sentences of a document are looked at: a draft is not published, what was withdrawn says
/// nothing any more, and what is missing of a text that is not whole is not known.
pub(crate) fn is_heard(record: &Record) -> bool {
    record.matter.status == PublicationStatus::Published && record.matter.extent.is_full()
}

/// The annual report of a place that speaks for a year, among the documents of that year.
pub(crate) fn speaks(record: &Record) -> bool {
    is_heard(record) && record.matter.kind == ANNUAL
}

/// The places and years whose annual reports are looked at.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AncestryTable {
    pub(crate) years: BTreeSet<Year>,
    /// The slugs of the places, each behind the one that it belongs to, and how deep it stands.
    pub(crate) seats: Vec<(String, usize)>,
    /// Where there are more places than fit a page, the parts and their places.
    pub(crate) parts: ListParts<String>,
    /// How many documents of any kind are looked at.
    pub(crate) documents: usize,
}

impl AncestryTable {
    pub(super) fn of(archive: &Archive) -> Self {
        let (mut years, mut told) = (BTreeSet::new(), BTreeSet::new());
        for report in archive.reports.iter().filter(|report| speaks(report)) {
            years.insert(report.address.year);
            told.insert(report.address.place.as_str());
        }
        let mut places = Vec::new();
        walk(archive, None, (0, &mut places));
        let seated = places.iter().filter(|(place, _)| told.contains(place.slug.as_str()));
        let seats: Vec<_> = seated.map(|(place, depth)| (place.slug.clone(), *depth)).collect();
        let mut slugs: Vec<&str> = seats.iter().map(|(slug, _)| slug.as_str()).collect();
        slugs.sort_unstable();
        let ListParts { groups, rest } = split_by(archive, &slugs, |slug| slug);
        let owned = |slugs: Vec<&str>| slugs.into_iter().map(str::to_owned).collect();
        let groups: BTreeMap<_, _> = groups.into_iter().map(|(root, slugs)| (root, owned(slugs))).collect();
        let parts = ListParts { groups, rest: owned(rest) };
        Self {
            years,
            seats,
            parts,
            documents: archive.reports.iter().filter(|report| is_heard(report)).count(),
        }
    }

    /// Whether there is anything to tell: one report alone comes from nowhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents < 2 || self.seats.is_empty()
    }

    /// The page of the table and its parts.
    pub(super) fn addresses(&self) -> Vec<(Route, Subject)> {
        let page = (!self.is_empty()).then(|| (Route::page(["ancestry"]), Subject::Ancestry(None)));
        let part = |root: &String| (Route::page(["ancestry", root]), Subject::Ancestry(Some(root.clone())));
        page.into_iter().chain(self.parts.groups.keys().map(part)).collect()
    }
}

/// Where all sentences come from, found when somebody first asks. It is made of the texts of an
/// archive, and so the same wherever the archive is.
#[derive(Debug, Default)]
pub(crate) struct AncestryOnDemand(OnceLock<Ancestry>);

impl PartialEq for AncestryOnDemand {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for AncestryOnDemand {}

impl From<Ancestry> for AncestryOnDemand {
    fn from(found: Ancestry) -> Self {
        Self(OnceLock::from(found))
    }
}

impl AncestryOnDemand {
    /// The same found at once.
    pub(crate) fn found(archive: &Archive) -> Self {
        look(archive).into()
    }

    /// Where the sentences of `archive` come from.
    pub(crate) fn of(&self, archive: &Archive) -> &Ancestry {
        self.0.get_or_init(|| look(archive))
    }

    /// The same if somebody has asked before.
    pub(crate) fn known(&self) -> Option<&Ancestry> {
        self.0.get()
    }
}

fn look(archive: &Archive) -> Ancestry {
    // Of documents that are still to be cut into sentences, many are cut at a time.
    archive.reports.par_iter().filter(|report| is_heard(report)).for_each(|report| _ = archive.facts(report));
    Ancestry::of(voices(archive), &|document| &archive.facts(archive.numbered(document)).sayings)
}

/// The documents whose sentences are looked at, in the order of the archive.
pub(crate) fn voices(archive: &Archive) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let mut before = None;
    for (document, report) in archive.reports.entries().filter(|(_, report)| is_heard(report)) {
        let slug = report.address.place.as_str();
        let last = voices.last().map_or(0, |voice| voice.place);
        let is_other = before.replace(slug).is_some_and(|before| before != slug);
        let mut hasher = DefaultHasher::new();
        report.address.hash(&mut hasher);
        voices.push(Voice {
            document: document.number(),
            place: last + u32::from(is_other),
            year: report.address.year.get(),
            day: match report.matter.published {
                PublicationDay::On(moment) => Some(moment.date),
                PublicationDay::Unknown => None,
            },
            id: hasher.finish(),
        });
    }
    voices
}
