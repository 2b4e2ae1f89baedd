//! Every address of the site, and what was counted once so that nobody counts it again.
//!
//! Each family of addresses is told by the module that knows it: documents and lists, comparisons,
//! indicators, open data, what machines read, files that are passed on, old addresses that lead on.
//! None looks at what another has claimed; where two claim one address, [`Addresses`] says so.
//!
//! An outline names documents by their places in the archive and holds nothing of them. So it
//! stays true of an archive in which a document was edited, as long as nothing changed that
//! others count ([`counts_alike`]); a preview need not look at ten thousand documents because
//! a word of one is another.

mod addresses;
mod aliases;
pub(crate) mod ancestry;
mod answers;
pub(crate) mod comparable;
mod counted;
pub mod data;
mod figures;
mod files;
pub(crate) mod ledger;
mod lists;
mod machines;
pub(crate) mod offer;
pub(crate) mod published;
mod subject;
mod translations;

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::{Archive, DocumentId};
use crate::diag::Diagnosed;
use crate::route::Route;

pub use addresses::Addresses;
pub(crate) use answers::AnswerPlace as Answered;
pub(crate) use comparable::ANNUAL;
pub use counted::counts_alike;
pub(crate) use figures::{EMBED, FigurePlace};
pub(crate) use ledger::{Overdue, overdue};
pub(crate) use lists::{LONGEST_LIST, ListParts};
pub(crate) use machines::{FEED_STYLE, LARGEST_SITEMAP, is_known_to_robots, map_name, newest};
pub use published::is_as_published;
pub use subject::Subject;
pub(crate) use subject::{files_of, origin};

/// Every address of a site with what is there, and what was counted over all documents.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub(crate) addresses: Addresses,
    pub(crate) lists: lists::DocumentLists,
    pub(crate) figures: figures::FigureIndex,
    pub(crate) comparable: comparable::ComparableDocuments,
    pub(crate) slices: offer::SliceCounts,
    pub(crate) ledger: ledger::CoverageLedger,
    /// The table of what is new in the annual reports.
    pub(crate) ancestry: ancestry::AncestryTable,
    /// Where sentences come from, once somebody has asked.
    pub(crate) origins: ancestry::AncestryOnDemand,
    pub(crate) answers: answers::AnswersByPlan,
    pub(crate) referrers: BTreeMap<Route, Vec<Referrer>>,
    pub(crate) searchable: bool,
    /// The addresses that were published and say no longer where what stood there has gone.
    pub(crate) lost: BTreeSet<Route>,
}

/// A document that says in its front matter that it is about another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Referrer {
    /// How it is about the other.
    pub(crate) relation: &'static str,
    /// Its place in the archive.
    pub(crate) document: DocumentId,
}

/// Plans the site: its addresses, with a complaint about every two things at one address.
/// `searchable` says whether search files are to be made.
#[must_use]
pub fn outline(archive: &Archive, searchable: bool) -> Diagnosed<Outline> {
    let of_lists = || {
        let lists = lists::DocumentLists::of(archive);
        let ledger = ledger::ledger(archive, &lists);
        (lists, ledger)
    };
    let of_figures = || {
        let figures = figures::FigureIndex::of(archive);
        let slices = offer::count(archive, &figures);
        (figures, slices)
    };
    let of_places = || (comparable::index(archive), ancestry::AncestryTable::of(archive));
    let ((lists, ledger), ((figures, slices), (comparable, ancestry))) =
        rayon::join(of_lists, || rayon::join(of_figures, of_places));
    let mut outline = Outline {
        comparable,
        slices,
        ledger,
        ancestry,
        origins: ancestry::AncestryOnDemand::default(),
        answers: answers::index(archive),
        referrers: referrers(archive),
        searchable: searchable && archive.config.search,
        addresses: Addresses::default(),
        lost: BTreeSet::new(),
        lists,
        figures,
    };
    let mut addresses = Addresses::default();
    let made = outline.made(archive);
    let translated = translations::translations(archive, &made);
    addresses.settle(translated.value);
    addresses.settle(made);
    let maps = machines::site_maps(archive, &addresses);
    addresses.settle(maps);
    let mut diagnostics = translated.diagnostics;
    diagnostics.extend(addresses.pass_on(files::files(archive)));
    diagnostics.extend(aliases::lead_on(archive, &mut addresses));
    outline.lost = published::lead_back(archive, &mut addresses);
    diagnostics.extend(addresses.folders_in_the_way(archive));
    outline.addresses = addresses;
    Diagnosed { value: outline, diagnostics }
}

/// The documents that are about each address.
fn referrers(archive: &Archive) -> BTreeMap<Route, Vec<Referrer>> {
    let mut referrers: BTreeMap<Route, Vec<Referrer>> = BTreeMap::new();
    for (document, report) in archive.reports.entries() {
        for relation in &report.matter.relations {
            let referrer = Referrer { relation: relation.kind, document };
            referrers.entry(relation.target.value.clone()).or_default().push(referrer);
        }
    }
    referrers
}

impl Outline {
    /// Every address, in the order of the alphabet.
    pub fn routes(&self) -> impl Iterator<Item = (&Route, &Subject)> {
        self.addresses.all()
    }

    /// What is at `route`.
    #[must_use]
    pub fn subject(&self, route: &Route) -> Option<&Subject> {
        self.addresses.get(route)
    }

    /// The slug of the place that something at an address is of; nothing where who makes it needs texts of many
    /// places, or none.
    pub(crate) fn place_of<'a>(&self, archive: &'a Archive, subject: &'a Subject) -> Option<&'a str> {
        subject.of_place(archive, &self.answers)
    }

    /// Whether pages can be searched.
    #[must_use]
    pub fn is_searchable(&self) -> bool {
        self.searchable
    }

    /// The addresses that the program makes something of.
    fn made(&self, archive: &Archive) -> Vec<(Route, Subject)> {
        let mut made = self.common(archive);
        made.extend(self.lists.addresses());
        made.extend(self.ledger.addresses());
        made.extend(self.ancestry.addresses());
        made.extend(comparable::addresses(archive, &self.comparable));
        made.extend(self.figures.addresses(archive));
        made.extend(offer::addresses(archive, &self.slices));
        made.extend(machines::addresses(archive, self.searchable));
        made.extend(published::addresses(archive));
        made
    }

    /// Home, places, documents, plain pages, search.
    fn common(&self, archive: &Archive) -> Vec<(Route, Subject)> {
        let places = archive.places.keys().filter(|slug| !archive.is_empty(slug));
        let places = places.map(|slug| (Route::page([slug]), Subject::Place(slug.clone())));
        let reports = archive.reports.entries();
        let reports = reports.filter(|(_, report)| !archive.is_elsewhere(report));
        let reports = reports.map(|(at, report)| (report.route(), Subject::Report(at)));
        let pages = archive.pages.entries();
        let pages = pages.map(|(at, page)| (page.leaf.route(), Subject::Page(at)));
        let not_found = Route::file("404.html").map(|route| (route, Subject::NotFound));
        let search = archive.config.search.then(|| (Route::page(["search"]), Subject::Search));
        let home = (Route::home(), Subject::Home);
        let offices = (!archive.offices.is_empty()).then(|| (Route::page(["offices"]), Subject::Offices));
        let contents = (!archive.reports.is_empty()).then(|| (Route::page(["sitemap"]), Subject::Contents));
        std::iter::once(home)
            .chain(contents)
            .chain(offices)
            .chain(places)
            .chain(reports)
            .chain(pages)
            .chain(not_found)
            .chain(search)
            .collect()
    }
}
