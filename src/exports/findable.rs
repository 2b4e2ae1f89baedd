//! What search is given of each document: its text as it stands on the page, and what readers
//! narrow a search by.

use serde::Serialize;

use crate::archive::{Document, DocumentId};
use crate::ask::Ask;
use crate::config::Level;
use crate::pages;
pub use crate::report::plain::PlainBlock;
use crate::report::{Extent, OpenDocument, PublicationDay, PublicationStatus};
use crate::words;

/// What search lists a document with, and narrows a search by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its address without the base path; the whole one, where it stands on the site of an office.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The name of its place.
    pub place: String,
    /// The places it belongs to, by slug, from the topmost down to its own.
    pub places: Vec<String>,
    /// The year it covers.
    pub year: i16,
    /// Its kind, and the name of it.
    pub kind: (String, String),
    /// The level of its place, and the name of it.
    pub level: (String, String),
    /// How much of the original it is, where that is not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<&'static str>,
    /// The day it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its numbers, under which it is cited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<String>,
}

/// A document as search takes it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findable {
    /// What it is listed with.
    pub card: Card,
    /// What stands on its page beside its text and its card.
    pub lines: Vec<String>,
    /// Its words: those of the letter or notice around it, and its own.
    pub blocks: Vec<PlainBlock>,
}

/// What a document is found by as long as it is the same: all that its text and its card are
/// made from, but for the program. It costs a fraction of making the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Makings {
    /// What it is listed with.
    pub card: Card,
    /// The SHA-256 of its file. Its words come from nowhere else: what links lead to and which
    /// figures are marked is no text.
    pub source: [u8; 32],
}

/// A document that search can ask for, and by what search orders it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Its place in the archive.
    pub at: DocumentId,
    /// The year it covers.
    pub year: i16,
    /// The slug of its place.
    pub place: String,
    /// The day it was published.
    pub published: Option<String>,
    /// Its address without the base path.
    pub url: String,
}

impl Lead {
    /// Newest first, by year; then by day and address, so that no two are alike.
    #[must_use]
    pub fn rank(&self) -> impl Ord + '_ {
        (std::cmp::Reverse(self.year), &self.published, &self.url)
    }
}

/// Every document that readers should find, in the order of the archive.
#[must_use]
pub fn leads(ask: &Ask<'_>) -> Vec<Lead> {
    let public = |(_, report): &(DocumentId, &Document)| report.matter.status != PublicationStatus::Withdrawn;
    let lead = |(at, report): (DocumentId, &Document)| Lead {
        at,
        year: report.address.year.get(),
        place: report.address.place.clone(),
        published: day(&report.matter.published),
        url: report.route().to_string(),
    };
    ask.all().entries().filter(public).map(lead).collect()
}

/// The document at a place in the archive, as search takes it in.
#[must_use]
pub fn findable(ask: &Ask<'_>, at: DocumentId) -> Findable {
    let report = ask.text(at);
    Findable { card: card(ask, at), lines: lines(&report), blocks: pages::words_of(ask, &report) }
}

/// What the document at a place in the archive is made from, as far as search shows it.
#[must_use]
pub fn makings(ask: &Ask<'_>, at: DocumentId) -> Makings {
    Makings { card: card(ask, at), source: ask.source(at).sha256() }
}

/// What the document at a place in the archive is listed with.
fn card(ask: &Ask<'_>, at: DocumentId) -> Card {
    let report = ask.document(at);
    let matter = &report.matter;
    let lineage = ask.lineage(&report.address.place);
    let level = lineage.last().map_or(Level::Department, |place| place.level);
    let numbers = [&matter.document_number, &matter.index_number];
    let words = words::of(ask.config());
    Card {
        url: ask.reached(&report.route()),
        title: matter.title.value.clone(),
        place: ask.place_name(&report.address.place),
        places: lineage.into_iter().map(|place| place.slug.clone()).collect(),
        year: report.address.year.get(),
        kind: (matter.kind.clone(), ask.kind_name(&matter.kind)),
        level: (level.name().into(), words.level(level).into()),
        extent: Some(matter.extent).filter(|extent| !extent.is_full()).map(Extent::name),
        published: day(&matter.published),
        numbers: numbers.into_iter().flatten().map(|number| number.value.clone()).collect(),
        issuers: matter.issuers.clone(),
    }
}

/// The day a document was published.
fn day(published: &PublicationDay) -> Option<String> {
    match published {
        PublicationDay::On(moment) => Some(moment.date.to_string()),
        PublicationDay::Unknown => None,
    }
}

/// What a reader sees on the page of a document beside its text and what it is listed with, a line
/// for each.
fn lines(report: &OpenDocument<'_>) -> Vec<String> {
    let matter = &report.matter;
    let wrapper = matter.wrapper.as_ref().and_then(|wrapper| wrapper.title.as_ref());
    let headings =
        [pages::subtitle(report), wrapper.or(report.parsed.body.wrapper_heading.as_ref()).cloned()];
    let said = [matter.summary.clone(), matter.origin.clone()];
    let attachments = matter.attachments.iter().map(|attachment| attachment.title.clone());
    let corrections = matter.corrections.iter().map(|correction| correction.note.clone());
    headings
        .into_iter()
        .chain(said)
        .flatten()
        .chain(matter.subjects.iter().chain(&matter.keywords).cloned())
        .chain(attachments)
        .chain(corrections)
        .collect()
}
