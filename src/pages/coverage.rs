//! Who has reported, and when: the tables of places and years on the pages of coverage, the
//! home page and those of places. What stands in a cell is judged by [`crate::coverage`]; here
//! is which places and years there are, and how often which judgement occurs.

use std::collections::BTreeSet;

use super::sheet::PlaceList;
use super::{PageSheet, labels};
use crate::ask::Ask;
use crate::config::{Deadline, LEVELS, Level, deadline};
use crate::coverage::ReportStanding;
use crate::outline::ledger::{CoverageTable, Seat};
use crate::outline::{ANNUAL, LONGEST_LIST};
use crate::page::Place;
use crate::report::{Extent, PublicationDay, Record};
use crate::route::{Route, Year};
use crate::view::{
    Content, Coverage, CoverageCell, CoveragePage, CoveragePart, CoveragePlace, CoverageRow, CoverageRule,
    CoverageTally, KindName, LevelName,
};
use crate::words;

/// A table on a page about something else has no more rows than this, as far as it can be cut.
const LARGEST_GLANCE: usize = 120;
/// The home page shows this many years, the newest.
const YEARS_AT_A_GLANCE: usize = 10;

/// A place in a table, as it is looked at.
#[derive(Clone, Copy, Debug)]
struct PlaceReports<'a> {
    place: &'a Place,
    depth: usize,
    /// Whether it is to report, and not here for those below it only.
    reports: bool,
}

/// The places of these seats.
fn rows<'a>(ask: &Ask<'a>, seats: &[Seat]) -> Vec<PlaceReports<'a>> {
    seats.iter().filter_map(|seat| row(ask, seat)).collect()
}

fn row<'a>(ask: &Ask<'a>, seat: &Seat) -> Option<PlaceReports<'a>> {
    let place = ask.place(&seat.slug)?;
    Some(PlaceReports { place, depth: seat.depth, reports: seat.reports })
}

/// A table of coverage as pages show it.
#[derive(Clone, Copy)]
struct ShownCoverage<'s, 'a> {
    ask: &'s Ask<'a>,
    table: &'a CoverageTable,
}

impl<'a> ShownCoverage<'_, 'a> {
    /// How a place stands with a year, and its report if it has one.
    fn standing(&self, place: &Place, year: Year) -> (ReportStanding, Option<&'a Record>) {
        let report = self.table.report(self.ask.of_place_and_year(&place.slug, year));
        let rule = self.table.rule(&self.ask.config().deadlines, place, year);
        (self.table.standing(rule, year, report), report)
    }

    /// How many of these places stand how, a year, and how many places that is.
    fn count(&self, view: &mut Coverage, rows: &[PlaceReports<'a>], years: &[Year]) {
        view.totals = self.totals(rows, years);
        view.population = self.counted(rows).count();
    }

    /// Those that are counted. An invented one is nobody who has to report.
    fn counted<'r>(&self, rows: &'r [PlaceReports<'a>]) -> impl Iterator<Item = &'r PlaceReports<'a>> {
        rows.iter().filter(|row| row.reports && !self.ask.is_invented(&row.place.slug))
    }

    fn totals(&self, rows: &[PlaceReports<'a>], years: &[Year]) -> Vec<CoverageTally> {
        let of_year = |year: &Year| {
            let mut tally = CoverageTally::default();
            for row in self.counted(rows) {
                tally.add(self.standing(row.place, *year).0);
            }
            tally
        };
        years.iter().map(of_year).collect()
    }

    /// These rows over these years as a page shows them.
    fn view(&self, rows: &[PlaceReports<'a>], years: &[Year]) -> Coverage {
        let words = words::of(self.ask.config());
        let top = rows.iter().map(|row| row.depth).min().unwrap_or(0);
        let mut seen = BTreeSet::new();
        let lines: Vec<CoverageRow> =
            rows.iter().map(|row| self.line(row, (years, top, &mut seen))).collect();
        let partial = lines.iter().flat_map(|line| &line.cells).any(|cell| cell.extent.is_some());
        let reporting = rows.iter().filter(|row| row.reports);
        let levels: BTreeSet<Level> = reporting.map(|row| row.place.level).collect();
        let level = |level: Level| LevelName { id: level.name(), name: words.level(level).to_owned() };
        let mut view = Coverage {
            kind: KindName {
                id: self.table.kind.clone(),
                name: self.ask.kind_name(&self.table.kind),
                href: self.ask.href(&Route::page(["kinds", &self.table.kind])),
            },
            href: self.ask.href(&Route::page(["coverage"])),
            years: years.iter().map(|year| year.get()).collect(),
            rows: lines,
            parts: Vec::new(),
            totals: Vec::new(),
            population: 0,
            levels: levels.into_iter().map(level).collect(),
            standings: names(&seen),
            partial,
            rules: self.rules(years),
        };
        self.count(&mut view, rows, years);
        view
    }

    /// One row, its depth counted from `top`.
    fn line(
        &self,
        row: &PlaceReports<'_>,
        over: (&[Year], usize, &mut BTreeSet<ReportStanding>),
    ) -> CoverageRow {
        let (years, top, seen) = over;
        let place = row.place;
        let mut total = CoverageTally::default();
        let years = years.iter().filter(|_| row.reports);
        let cell = |year: &Year| {
            let (standing, report) = self.standing(place, *year);
            total.add(standing);
            seen.insert(standing.kind());
            cell(self.ask, (*year, standing), report)
        };
        let cells: Vec<CoverageCell> = years.map(cell).collect();
        let has_page = !self.ask.is_empty(&place.slug);
        CoverageRow {
            place: CoveragePlace {
                name: self.ask.place_name(&place.slug),
                href: has_page.then(|| self.ask.href(&Route::page([&place.slug]))),
                level: place.level.name(),
                depth: row.depth - top,
            },
            cells,
            total: row.reports.then_some(total),
        }
    }

    /// The rules that apply to anybody in one of these years.
    fn rules(&self, years: &[Year]) -> Vec<CoverageRule> {
        let table = &self.ask.config().deadlines;
        let applies = |rule: &&Deadline| {
            let holds = |year: &Year, level: Level| {
                deadline(table, &self.table.kind, (level, *year))
                    .is_some_and(|found| std::ptr::eq(found, *rule))
            };
            years.iter().any(|year| LEVELS.iter().any(|level| holds(year, level.value)))
        };
        let words = words::of(self.ask.config());
        let rule = |rule: &Deadline| CoverageRule {
            from_year: rule.from_year,
            due: words.month_day(rule.due),
            in_question: rule.day_after().map(|day| words.month_day(day)),
            // What holds for all but the national level holds for all who report.
            levels: (!rule.levels.is_empty() && rule.levels.len() < LEVELS.len() - 1).then(|| {
                let names = rule.levels.iter().map(|level| words.level(*level).to_owned());
                words.list(&names.collect::<Vec<_>>())
            }),
            basis: rule.basis.clone(),
        };
        let mut rules: Vec<&Deadline> = table.iter().filter(applies).collect();
        rules.sort_by_key(|rule| rule.from_year);
        rules.into_iter().map(rule).collect()
    }
}

/// A place and a year as a page shows them.
fn cell(ask: &Ask<'_>, judged: (Year, ReportStanding), report: Option<&Record>) -> CoverageCell {
    let words = words::of(ask.config());
    let (year, standing) = judged;
    let date = |report: &Record| match report.matter.published {
        PublicationDay::On(moment) => Some(words.short_date(moment.date, year.get() + 1)),
        PublicationDay::Unknown => None,
    };
    CoverageCell {
        year: year.get(),
        standing: standing.name(),
        days: standing.days(),
        extent: report
            .map(|report| report.matter.extent)
            .filter(|extent| !extent.is_full())
            .map(Extent::name),
        href: report.map(|report| ask.href(&report.route())),
        date: report.and_then(date),
    }
}

/// The names of judgements, each once.
fn names(standings: &BTreeSet<ReportStanding>) -> Vec<&'static str> {
    standings.iter().map(|standing| standing.name()).collect()
}

impl CoverageTally {
    fn add(&mut self, standing: ReportStanding) {
        use ReportStanding::{
            DateUnknown, Late, Missing, NoDeadline, NotExpected, NotYetDue, OnTheDay, OnTime, Unjudged,
            Withdrawn,
        };
        let (expected, held) = match standing {
            OnTime | OnTheDay | Late(_) | DateUnknown | NoDeadline => (1, 1),
            Withdrawn | Missing | NotYetDue | Unjudged => (1, 0),
            NotExpected => (0, 0),
        };
        self.expected += expected;
        self.held += held;
        self.judged += usize::from(matches!(standing, OnTime | OnTheDay | Late(_)));
        self.on_time += usize::from(standing == OnTime);
        self.on_the_day += usize::from(standing == OnTheDay);
        self.late += usize::from(matches!(standing, Late(_)));
        self.missing += usize::from(standing == Missing);
    }
}

/// The table of the annual reports for the home page: governments only, the newest years, and
/// where there are many places the higher levels. A department reports beside its government.
/// The totals are those of all that have to report, as on the page of coverage.
pub(super) fn at_a_glance(ask: &Ask<'_>) -> Option<Coverage> {
    let table = ask.ledger().tables.first().filter(|table| table.kind == ANNUAL)?;
    let shown = ShownCoverage { ask, table };
    let all = rows(ask, &table.seats);
    let mut rows = all.clone();
    rows.retain(|row| row.place.level != Level::Department);
    for lowest in [Level::Prefecture, Level::Province] {
        if rows.len() > LARGEST_GLANCE {
            rows.retain(|row| row.place.level <= lowest);
        }
    }
    rows.truncate(LONGEST_LIST);
    let years = &table.years[table.years.len().saturating_sub(YEARS_AT_A_GLANCE)..];
    let mut view = shown.view(&rows, years);
    shown.count(&mut view, &all, years);
    (!view.rows.is_empty()).then_some(view)
}

/// The table of a place and its own places, from the first year that one of them reported on.
pub(super) fn of_place(ask: &Ask<'_>, slug: &str) -> Option<Coverage> {
    let (table, seats) = ask.seats_below(slug)?;
    let shown = ShownCoverage { ask, table };
    let mut rows = rows(ask, seats);
    if rows.len() > LARGEST_GLANCE {
        let top = rows.first().map_or(0, |row| row.depth);
        rows.retain(|row| row.depth <= top + 1);
    }
    rows.truncate(LONGEST_LIST);
    let held = |year: &Year| rows.iter().any(|row| shown.standing(row.place, *year).1.is_some());
    let first = table.years.iter().position(held)?;
    (rows.len() > 1).then(|| shown.view(&rows, &table.years[first..]))
}

/// The page of coverage, or the part of it that lies below `root`.
pub(super) fn coverage(ask: &Ask<'_>, root: Option<&str>) -> Option<PageSheet> {
    let words = words::of(ask.config());
    let first = ask.ledger().tables.first()?;
    let tables = ask.ledger().tables.iter().filter_map(|table| of_table(ask, table, root));
    let content = CoveragePage {
        place: root.filter(|root| ask.place(root).is_some()).map(|root| ask.place_link(root)),
        today: ask.config().today.map(|today| words.date(today)),
        tables: tables.collect(),
    };
    let PlaceList { heading, breadcrumbs } = PlaceList::part(ask, (words.coverage(), "coverage"), root);
    let years = (first.years.first()?.get(), first.years.last()?.get());
    let description = words.about_coverage(&ask.kind_name(&first.kind), years);
    Some(PageSheet {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Coverage(Box::new(content)))
    })
}

/// A table for the page of coverage: whole, its parts where it is split, or one of them.
fn of_table<'a>(ask: &Ask<'a>, table: &'a CoverageTable, root: Option<&str>) -> Option<Coverage> {
    let parts = &ask.ledger().parts;
    let shown = ShownCoverage { ask, table };
    // A part looks at its own places alone: there may be as many parts as places.
    let among = |slugs: &[String]| -> Vec<PlaceReports<'a>> {
        let at: BTreeSet<usize> = slugs.iter().filter_map(|slug| table.at.get(slug)).copied().collect();
        at.into_iter().filter_map(|at| row(ask, &table.seats[at])).collect()
    };
    let rows = match root {
        Some(root) => among(parts.groups.get(root)?),
        None if parts.is_split() => among(&parts.rest),
        None => rows(ask, &table.seats),
    };
    let mut view = shown.view(&rows, &table.years);
    if root.is_none() && parts.is_split() {
        shown.count(&mut view, &self::rows(ask, &table.seats), &table.years);
        let part = |(slug, slugs): (&String, &Vec<String>)| {
            let rows = among(slugs);
            CoveragePart {
                name: ask.part_name(slug),
                href: ask.href(&Route::page(["coverage", slug])),
                places: rows.iter().filter(|row| row.reports).count(),
                totals: shown.totals(&rows, &table.years),
            }
        };
        let mut parts: Vec<_> = parts.groups.iter().collect();
        parts.sort_by_key(|(slug, _)| table.at.get(slug.as_str()));
        view.parts = parts.into_iter().map(part).filter(|part| part.places > 0).collect();
    }
    (!view.rows.is_empty() || !view.parts.is_empty()).then_some(view)
}
