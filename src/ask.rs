//! The only way to learn about an archive: by asking. A view is made of answers alone, so that the
//! questions of a page tell all that it was made from.

pub(crate) mod digest;
mod menu;
mod names;
mod origins;
mod past;
mod question;
mod recent;
mod values;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use crate::archive::{Archive, Document, DocumentId, PageId};
use crate::config::{Config, Registry};
use crate::interface::Locale;
use crate::listing::IdxList;
use crate::offices::Office;
use crate::outline::data::{Register, Slice};
use crate::outline::ledger::{CoverageLedger, CoverageTable, Seat};
use crate::outline::{self, ANNUAL, ListParts, Outline, Referrer, Subject, offer};
use crate::page::{Place, PlainPage};
use crate::report::{OpenDocument, Record};
use crate::route::{Route, Year};
use crate::source::{Blob, Source};

pub use digest::Digest;
pub(crate) use menu::Menu;
pub(crate) use origins::{DocumentOrigins, OriginCounts};
pub(crate) use past::FormerText;
pub use question::Question;
pub(crate) use values::{FigureInReport, IndicatorValue, one_a_year};

/// A site that is planned: an archive and its outline.
#[derive(Debug)]
pub struct Planned<'a> {
    /// Everything that its pages can be about.
    pub archive: &'a Archive,
    /// Every address, and what is counted once.
    pub outline: &'a Outline,
    /// The settings as they are for pages in each other language of the site.
    translated: Vec<Config>,
    kept: recent::RecentAnswers,
    digests: digest::SharedDigests,
    /// Whether nobody is to wait for what is counted over all texts.
    is_hasty: bool,
}

impl<'a> Planned<'a> {
    /// An archive with its outline.
    #[must_use]
    pub fn new(archive: &'a Archive, outline: &'a Outline) -> Self {
        let config = &archive.config;
        let translated = config.other_languages().map(|language| config.speaking(language)).collect();
        let (kept, digests) = (recent::RecentAnswers::default(), digest::SharedDigests::default());
        Self { archive, outline, translated, kept, digests, is_hasty: false }
    }

    /// The same for somebody who waits for a page and will ask again: what takes a look at every text of
    /// a large archive is left out until somebody has looked.
    #[must_use]
    pub fn hasty(archive: &'a Archive, outline: &'a Outline) -> Self {
        Self { is_hasty: true, ..Self::new(archive, outline) }
    }
}

/// Who answers questions about a planned site.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    archive: &'a Archive,
    outline: &'a Outline,
    /// The settings, with the interface in the language of the page.
    config: &'a Config,
    translated: &'a [Config],
    kept: &'a recent::RecentAnswers,
    is_hasty: bool,
    asked: Option<&'a QuestionLog>,
}

/// What was asked, in order.
#[derive(Debug, Default)]
pub struct QuestionLog(RefCell<Vec<Question>>);

impl QuestionLog {
    /// The questions, each once.
    #[must_use]
    pub fn questions(self) -> BTreeSet<Question> {
        self.0.into_inner().into_iter().collect()
    }
}

impl<'a> Ask<'a> {
    /// Asks a planned site.
    #[must_use]
    pub fn of(site: &'a Planned<'a>) -> Self {
        let Planned { archive, outline, translated, kept, is_hasty, .. } = site;
        let config = &archive.config;
        Self { archive, outline, config, translated, kept, is_hasty: *is_hasty, asked: None }
    }

    /// Asks a planned site, and writes down what was asked.
    #[must_use]
    pub fn noting(site: &'a Planned<'a>, asked: &'a QuestionLog) -> Self {
        Self { asked: Some(asked), ..Self::of(site) }
    }

    /// The same with the interface in another language of the site.
    pub(crate) fn speaking(self, language: Locale) -> Self {
        let config = self.translated.iter().find(|config| config.language == language);
        Self { config: config.unwrap_or(&self.archive.config), ..self }
    }

    /// The languages of the site's interface, its own first.
    pub(crate) fn languages(&self) -> impl Iterator<Item = Locale> + use<'a> {
        std::iter::once(&self.archive.config).chain(self.translated).map(|config| config.language)
    }

    /// The whole address of what is at `route`, if it stands on the site of an office that this site gathers.
    pub(crate) fn elsewhere(&self, route: &Route) -> Option<String> {
        if self.archive.offices.is_empty() {
            return None;
        }
        self.note(|| Question::Elsewhere(route.clone()));
        self.archive.offices.address(route)
    }

    /// The offices that this site gathers.
    pub(crate) fn offices(&self) -> &'a [Office] {
        self.note(|| Question::Offices);
        &self.archive.offices.all
    }

    /// Where what stands at `route` in the site's own language stands in this one: not everything stands
    /// in every language.
    pub(crate) fn standing_in(&self, language: Locale, route: &Route) -> Option<Route> {
        if language == self.archive.config.language {
            return Some(route.clone());
        }
        Some(route.translated(language)).filter(|translated| self.has(translated))
    }

    fn note(&self, question: impl FnOnce() -> Question) {
        if let Some(QuestionLog(asked)) = self.asked {
            asked.borrow_mut().push(question());
        }
    }

    /// The settings of the site. They are no question: where they are others, everything is.
    pub(crate) fn config(&self) -> &'a Config {
        self.config
    }

    /// The registry of indicators. It is no question either.
    pub(crate) fn registry(&self) -> &'a Registry {
        &self.archive.registry
    }

    /// The document at this place of the archive.
    pub(crate) fn document(&self, at: DocumentId) -> &'a Record {
        let report = &self.archive.reports[at];
        self.note(|| Question::Document(report.address.clone()));
        report
    }

    /// The document that who counts sentences knows by this number.
    pub(crate) fn document_numbered(&self, number: usize) -> &'a Record {
        let report = self.archive.numbered(number);
        self.note(|| Question::Document(report.address.clone()));
        report
    }

    /// The document at an address.
    pub(crate) fn document_at(&self, route: &Route) -> Option<&'a Record> {
        self.note(|| Question::Address(route.clone()));
        let report = self.archive.at(route)?;
        self.note(|| Question::Document(report.address.clone()));
        Some(report)
    }

    /// A document opened for reading, which another answer named.
    pub(crate) fn open(&self, record: &Record) -> Option<OpenDocument<'a>> {
        self.note(|| Question::Text(record.address.clone()));
        self.archive.document(&record.address).map(|document| self.archive.open(document))
    }

    /// The source of the document at this place of the archive, as it is.
    pub(crate) fn source(&self, at: DocumentId) -> &'a Source {
        let document = &self.archive.reports[at];
        self.note(|| Question::Text(document.address.clone()));
        self.archive.source(&document.path)
    }

    /// The document at this place of the archive, opened for reading.
    pub(crate) fn text(&self, at: DocumentId) -> OpenDocument<'a> {
        let document = &self.archive.reports[at];
        self.note(|| Question::Text(document.address.clone()));
        self.archive.open(document)
    }

    /// The documents of a place, oldest year first.
    pub(crate) fn of_place(&self, slug: &str) -> &'a [Document] {
        self.note(|| Question::OfPlace(slug.to_owned()));
        self.archive.of_place(slug)
    }

    /// The documents of a place and a year.
    pub(crate) fn of_place_and_year(&self, slug: &str, year: Year) -> &'a [Document] {
        self.note(|| Question::OfPlace(slug.to_owned()));
        self.archive.of_year(slug, year)
    }

    /// Every document, in the order of the archive.
    pub(crate) fn all(&self) -> &'a IdxList<Document> {
        self.note(|| Question::All);
        &self.archive.reports
    }

    /// The years that documents cover, and how many documents each has.
    pub(crate) fn years(&self) -> BTreeMap<Year, usize> {
        self.note(|| Question::Years);
        self.outline.lists.by_year.iter().map(|(year, all)| (*year, all.len())).collect()
    }

    /// The documents of a year.
    pub(crate) fn of_year(&self, year: Year) -> Vec<&'a Record> {
        self.note(|| Question::OfYear(year));
        self.these(self.outline.lists.by_year.get(&year).into_iter().flatten())
    }

    /// The parts of a year that is split, by place.
    pub(crate) fn parts_of_year(&self, year: Year) -> Option<&'a ListParts> {
        self.note(|| Question::OfYear(year));
        self.note(|| Question::Places);
        self.outline.lists.year_parts.get(&year)
    }

    /// The kinds that documents are of, and how many documents each has.
    pub(crate) fn kinds(&self) -> BTreeMap<&'a str, usize> {
        self.note(|| Question::Kinds);
        self.outline.lists.by_kind.iter().map(|(kind, all)| (kind.as_str(), all.len())).collect()
    }

    /// How many documents of a kind each year has.
    pub(crate) fn years_of_kind(&self, kind: &str) -> BTreeMap<Year, usize> {
        self.note(|| Question::YearsOfKind(kind.to_owned()));
        let years = self.outline.lists.kind_years.get(kind).into_iter().flatten();
        years.map(|(year, all)| (*year, all.len())).collect()
    }

    /// The documents of a kind and a year.
    pub(crate) fn of_kind(&self, kind: &str, year: Year) -> Vec<&'a Record> {
        self.note(|| Question::OfKind(kind.to_owned(), year));
        let years = self.outline.lists.kind_years.get(kind);
        self.these(years.and_then(|years| years.get(&year)).into_iter().flatten())
    }

    /// The parts of a year of a kind that is split, by place.
    pub(crate) fn parts_of_kind(&self, kind: &str, year: Year) -> Option<&'a ListParts> {
        self.note(|| Question::OfKind(kind.to_owned(), year));
        self.note(|| Question::Places);
        self.outline.lists.kind_parts.get(&(kind.to_owned(), year))
    }

    /// The documents at these places of the archive, which another answer named and asked for.
    pub(crate) fn these<'i>(&self, at: impl IntoIterator<Item = &'i DocumentId>) -> Vec<&'a Record> {
        at.into_iter().map(|at| self.archive.reports[*at].record()).collect()
    }

    /// The place of the document at this place of the archive, which another answer named.
    pub(crate) fn slug_of(&self, at: DocumentId) -> &'a str {
        &self.archive.reports[at].address.place
    }

    /// What others tell of a place.
    pub(crate) fn place(&self, slug: &str) -> Option<&'a Place> {
        self.note(|| Question::Place(slug.to_owned()));
        self.archive.places.get(slug)
    }

    /// The whole text of a place.
    pub(crate) fn place_text(&self, place: &Place) -> &'a Source {
        self.note(|| Question::PlaceText(place.slug.clone()));
        self.archive.source(&place.path)
    }

    /// Whether there is a place of this name.
    pub(crate) fn is_described(&self, slug: &str) -> bool {
        self.place(slug).is_some()
    }

    /// Whether a place is invented, or belongs to one that is.
    pub(crate) fn is_invented(&self, slug: &str) -> bool {
        self.note(|| Question::Place(slug.to_owned()));
        self.archive.is_invented(slug)
    }

    /// Whether a place has neither documents of its own nor places with documents.
    pub(crate) fn is_empty(&self, slug: &str) -> bool {
        self.note(|| Question::Place(slug.to_owned()));
        self.archive.is_empty(slug)
    }

    /// The places from the topmost one down to `slug`.
    pub(crate) fn lineage(&self, slug: &str) -> Vec<&'a Place> {
        self.note(|| Question::Place(slug.to_owned()));
        self.archive.lineage(slug)
    }

    /// The places that belong to a place, or the topmost ones, and what others tell of each.
    pub(crate) fn children(&self, slug: Option<&str>) -> Vec<&'a Place> {
        self.note(|| Question::Children(slug.map(str::to_owned)));
        self.archive.children(slug).collect()
    }

    /// Every place, by slug, and what others tell of each.
    pub(crate) fn places(&self) -> impl Iterator<Item = &'a Place> {
        self.note(|| Question::Places);
        self.archive.places.values()
    }

    /// The home page's text.
    pub(crate) fn home(&self) -> Option<&'a PlainPage> {
        self.note(|| Question::Home);
        self.archive.home.as_ref()
    }

    /// The plain page at this place of the archive.
    pub(crate) fn page(&self, at: PageId) -> &'a PlainPage {
        let page = &self.archive.pages[at];
        self.note(|| Question::Page(page.leaf.route()));
        page
    }

    /// The source of a page's text, which whoever holds the page has asked for.
    pub(crate) fn page_text(&self, page: &PlainPage) -> &'a Source {
        self.archive.source(&page.path)
    }

    /// Every plain page.
    pub(crate) fn pages(&self) -> &'a [PlainPage] {
        self.note(|| Question::Pages);
        &self.archive.pages
    }

    /// What the menu of every page leads to.
    pub(crate) fn menu(&self) -> Menu<'a> {
        self.note(|| Question::Menu);
        Menu::of(self.archive, self.outline)
    }

    /// Whether something is at an address.
    pub(crate) fn has(&self, route: &Route) -> bool {
        self.note(|| Question::Address(route.clone()));
        self.outline.addresses.has(route)
    }

    /// Every address, with what is there, and what all documents say of themselves.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&'a Route, &'a Subject)> {
        self.note(|| Question::Addresses);
        self.note(|| Question::All);
        self.outline.addresses.all()
    }

    /// Whether search engines should know what is at an address that was asked for.
    pub(crate) fn is_known_to_robots(&self, subject: &Subject) -> bool {
        outline::is_known_to_robots(self.archive, subject)
    }

    /// Whether pages can be searched.
    pub(crate) fn is_searchable(&self) -> bool {
        self.outline.searchable
    }

    /// How many rows of open data a slice has, if it has any.
    pub(crate) fn rows_of(&self, slice: &Slice) -> Option<usize> {
        self.note(|| Question::Rows(slice.clone()));
        self.outline.slices.get(slice).copied()
    }

    /// How many rows of open data each slice has that has any.
    pub(crate) fn slices(&self) -> &'a offer::SliceCounts {
        self.note(|| Question::Slices);
        &self.outline.slices
    }

    /// The registers that have rows.
    pub(crate) fn registers(&self) -> impl Iterator<Item = Register> {
        offer::registers(self.archive)
    }

    /// The tables of coverage.
    pub(crate) fn ledger(&self) -> &'a CoverageLedger {
        self.note(|| Question::Ledger);
        &self.outline.ledger
    }

    /// The table of annual reports, and the places in it at and below `slug`.
    pub(crate) fn seats_below(&self, slug: &str) -> Option<(&'a CoverageTable, &'a [Seat])> {
        self.note(|| Question::Seats(slug.to_owned()));
        let table = self.outline.ledger.tables.first().filter(|table| table.kind == ANNUAL)?;
        Some((table, table.below(slug)))
    }

    /// The kinds of documents of a place that can be compared, each oldest first.
    pub(crate) fn comparable(&self, slug: &str) -> Option<&'a BTreeMap<String, Vec<DocumentId>>> {
        self.note(|| Question::OfPlace(slug.to_owned()));
        self.outline.comparable.get(slug)
    }

    /// The page of two documents of one place and kind, which another answer named.
    pub(crate) fn pair_route(&self, before: DocumentId, after: DocumentId) -> Route {
        outline::comparable::pair_route(self.archive, before, after)
    }

    /// The documents that are about the one at an address.
    pub(crate) fn referrers(&self, route: &Route) -> &'a [Referrer] {
        self.note(|| Question::Referrers(route.clone()));
        self.outline.referrers.get(route).map_or(&[], Vec::as_slice)
    }

    /// The answers to the plan at an address.
    pub(crate) fn answers(&self, route: &Route) -> &'a [outline::Answered] {
        self.note(|| Question::Answers(route.clone()));
        self.outline.answers.get(route).map_or(&[], Vec::as_slice)
    }

    /// A file that is passed on.
    pub(crate) fn blob(&self, path: &Utf8Path) -> Option<&'a Blob> {
        self.note(|| Question::Blob(path.to_owned()));
        self.archive.sources.blob(path)
    }
}
