//! Who is to report, and on which years: the places and years of the tables of coverage, and which
//! of them are too many for one page. What stands in a cell is judged by [`crate::coverage`].

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::lists::{DocumentLists, ListParts, split_by};
use super::{ANNUAL, Subject};
use crate::archive::{Archive, Document};
use crate::config::{Deadline, LEVELS, deadline};
use crate::coverage::{self, ReportStanding, Today};
use crate::page::Place;
use crate::report::{PublicationStatus, Record};
use crate::route::{Route, Year};

/// All tables of coverage: what no page counts again.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CoverageLedger {
    pub(crate) tables: Vec<CoverageTable>,
    /// Where there are more places than fit a page, the parts and their places.
    pub(crate) parts: ListParts<String>,
}

impl CoverageLedger {
    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The page of coverage and its parts.
    pub(super) fn addresses(&self) -> Vec<(Route, Subject)> {
        let page = (!self.is_empty()).then(|| (Route::page(["coverage"]), Subject::Coverage(None)));
        let part = |root: &String| (Route::page(["coverage", root]), Subject::Coverage(Some(root.clone())));
        page.into_iter().chain(self.parts.groups.keys().map(part)).collect()
    }
}

/// The places and years of one kind that has a deadline.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct CoverageTable {
    pub(crate) kind: String,
    pub(crate) years: Vec<Year>,
    /// The places, each above those that belong to it.
    pub(crate) seats: Vec<Seat>,
    /// Where each place stands among the seats.
    pub(crate) at: BTreeMap<String, usize>,
    today: Today,
}

/// A place in a table, by slug, as an outline keeps it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Seat {
    pub(crate) slug: String,
    pub(crate) depth: usize,
    /// Whether it is to report, and not here for those below it only.
    pub(crate) reports: bool,
}

/// The tables of an archive: the annual reports first, then every other kind that has both a
/// deadline and documents.
pub(super) fn ledger(archive: &Archive, lists: &DocumentLists) -> CoverageLedger {
    let today = Today::new(archive.config.today, &archive.reports);
    let mut places = Vec::new();
    walk(archive, None, (0, &mut places));
    let ruled = |kind: &&String| archive.config.deadlines.iter().any(|rule| rule.kind == **kind);
    let mut kinds: Vec<&String> = lists.by_kind.keys().filter(ruled).collect();
    kinds.sort_by_key(|kind| (*kind != ANNUAL, *kind));
    let tables: Vec<CoverageTable> =
        kinds.into_iter().filter_map(|kind| table((archive, lists), (kind, &places), today)).collect();
    let seated: BTreeSet<&str> =
        tables.iter().flat_map(|table| &table.seats).map(|seat| seat.slug.as_str()).collect();
    let places: Vec<&str> = places.iter().map(|(place, _)| place.slug.as_str()).collect();
    let mut seated: Vec<&str> = places.into_iter().filter(|slug| seated.contains(slug)).collect();
    seated.sort_unstable();
    let ListParts { groups, rest } = split_by(archive, &seated, |slug| slug);
    let owned = |slugs: Vec<&str>| slugs.into_iter().map(str::to_owned).collect();
    let groups = groups.into_iter().map(|(root, slugs)| (root, owned(slugs))).collect();
    CoverageLedger { tables, parts: ListParts { groups, rest: owned(rest) } }
}

/// Every place in the order of the hierarchy.
pub(super) fn walk<'a>(
    archive: &'a Archive,
    parent: Option<&str>,
    into: (usize, &mut Vec<(&'a Place, usize)>),
) {
    let (depth, places) = into;
    for place in archive.children(parent) {
        places.push((place, depth));
        walk(archive, Some(&place.slug), (depth + 1, places));
    }
}

/// The table of one kind; `None` where it would have no year.
fn table(
    (archive, lists): (&Archive, &DocumentLists),
    of: (&str, &[(&Place, usize)]),
    today: Today,
) -> Option<CoverageTable> {
    let (kind, places) = of;
    let years = years((archive, lists), kind, today);
    let documents = lists.by_kind.get(kind)?;
    let told: BTreeSet<&str> =
        documents.iter().map(|at| archive.reports[*at].address.place.as_str()).collect();
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    let mut seats: Vec<Seat> = Vec::new();
    // From the end, each place stands behind those that belong to it.
    for (place, depth) in places.iter().rev() {
        let reports = match kind {
            ANNUAL => is_to_report(archive, place),
            _ => told.contains(place.slug.as_str()),
        };
        if reports || needed.contains(place.slug.as_str()) {
            needed.extend(place.parent.as_ref().map(|parent| parent.value.as_str()));
            seats.push(Seat { slug: place.slug.clone(), depth: *depth, reports });
        }
    }
    seats.reverse();
    let at = seats.iter().enumerate().map(|(at, seat)| (seat.slug.clone(), at)).collect();
    let is_empty = years.is_empty() || seats.is_empty();
    (!is_empty).then(|| CoverageTable { kind: kind.to_owned(), years, seats, at, today })
}

/// Whether a place is to report every year. One without documents of its own that others
/// belong to may be here for their sake; one that nothing belongs to is here for its own, and
/// if it has never reported, that is what the table is for.
fn is_to_report(archive: &Archive, place: &Place) -> bool {
    !archive.of_place(&place.slug).is_empty() || archive.children(Some(&place.slug)).next().is_none()
}

/// From the first year that anybody reported on to the last, or to the last that is over; but
/// no year that has neither reports nor a rule.
fn years((archive, lists): (&Archive, &DocumentLists), kind: &str, today: Today) -> Vec<Year> {
    let reports = lists.by_kind.get(kind).into_iter().flatten().map(|at| &archive.reports[*at]);
    let public = reports.filter(|report| report.matter.status != PublicationStatus::Draft);
    let held: BTreeSet<Year> = public.map(|report| report.address.year).collect();
    let (Some(first), Some(last)) = (held.first(), held.last()) else {
        return Vec::new();
    };
    let last = match today {
        Today::Named(today) => Year::before(today).max(*last),
        _ => *last,
    };
    let table = &archive.config.deadlines;
    let is_ruled =
        |year: &Year| LEVELS.iter().any(|level| deadline(table, kind, (level.value, *year)).is_some());
    first.to(last).filter(|year| held.contains(year) || is_ruled(year)).collect()
}

impl CoverageTable {
    /// The rule that bound a place in a year.
    pub(crate) fn rule<'a>(&self, rules: &'a [Deadline], place: &Place, year: Year) -> Option<&'a Deadline> {
        deadline(rules, &self.kind, (place.level, year))
    }

    /// The report that speaks for a place and a year, among its documents of that year. Of several,
    /// the first that is public does.
    pub(crate) fn report<'a>(&self, of_year: &'a [Document]) -> Option<&'a Record> {
        let with = |status| {
            of_year.iter().find(|report| report.matter.kind == self.kind && report.matter.status == status)
        };
        with(PublicationStatus::Published)
            .or_else(|| with(PublicationStatus::Withdrawn))
            .map(Document::record)
    }

    /// How a place stands with a year that `report` speaks for.
    pub(crate) fn standing(
        &self,
        rule: Option<&Deadline>,
        year: Year,
        report: Option<&Record>,
    ) -> ReportStanding {
        coverage::judge(report, (rule, year), self.today)
    }

    /// The table without its places.
    pub(crate) fn head(&self) -> (&str, &[Year], Today) {
        (&self.kind, &self.years, self.today)
    }

    /// A place and those below it.
    pub(crate) fn below(&self, slug: &str) -> &[Seat] {
        let Some(rest) = self.at.get(slug).and_then(|at| self.seats.get(*at..)) else {
            return &[];
        };
        let depth = rest.first().map_or(0, |seat| seat.depth);
        let count = rest.iter().skip(1).take_while(|seat| seat.depth > depth).count();
        rest.get(..=count).unwrap_or_default()
    }
}

/// A report that was due and is not held.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Overdue<'a> {
    /// Whose it is.
    pub place: &'a Place,
    /// Its kind.
    pub kind: &'a str,
    /// The year it is to cover.
    pub year: Year,
    /// The rule that asked for it.
    pub rule: &'a Deadline,
}

/// The reports on the last year that are overdue on the day that was named; none where nobody
/// named one.
#[must_use]
pub(crate) fn overdue<'a>(archive: &'a Archive, ledger: &CoverageLedger) -> Vec<Overdue<'a>> {
    let mut overdue = Vec::new();
    for table in &ledger.tables {
        let Today::Named(today) = table.today else {
            continue;
        };
        let year = Year::before(today);
        let real = |seat: &&Seat| seat.reports && !archive.is_invented(&seat.slug);
        for place in table.seats.iter().filter(real).filter_map(|seat| archive.places.get(&seat.slug)) {
            let rule = table.rule(&archive.config.deadlines, place, year);
            let report = table.report(archive.of_year(&place.slug, year));
            let missing = table.standing(rule, year, report) == ReportStanding::Missing;
            if let Some(rule) = rule.filter(|_| missing) {
                overdue.push(Overdue { place, kind: &rule.kind, year, rule });
            }
        }
    }
    overdue
}
