//! Who has reported, and when: the tables of places and years on the pages of coverage, the
//! home page and those of places. What stands in a cell is judged by [`crate::coverage`]; here
//! is which places and years there are, and how often which judgement occurs.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{
    Content, Coverage, CoverageCell, CoveragePage, CoveragePart, CoveragePlace, CoverageRow, CoverageRule,
    CoverageTally, KindName, LevelName, Named,
};
use super::{LONGEST_LIST, Made, Plan, labels, lists, words};
use crate::config::{Deadline, LEVELS, Level, deadline};
use crate::coverage::{self, Standing, Today};
use crate::page::Place;
use crate::report::{Extent, Published, Report, Status};
use crate::route::{Route, Year};

/// A table on a page about something else has no more rows than this, as far as it can be cut.
const LARGEST_GLANCE: usize = 120;
/// The home page shows this many years, the newest.
const YEARS_AT_A_GLANCE: usize = 10;
/// The kind that the whole site is about; its table comes first, and has every place.
const ANNUAL: &str = "annual-report";

/// All tables of coverage: what no page counts again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    tables: Vec<Table>,
    /// Where there are more places than fit a page, the parts and their places.
    parts: BTreeMap<String, BTreeSet<String>>,
}

impl Ledger {
    pub(super) fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The places that have a page of their own below `/coverage/`.
    pub(super) fn roots(&self) -> Vec<String> {
        self.parts.keys().cloned().collect()
    }
}

/// The places and years of one kind that has a deadline.
#[derive(Debug, PartialEq, Eq)]
struct Table {
    kind: String,
    years: Vec<Year>,
    /// The places, each above those that belong to it.
    seats: Vec<Seat>,
    /// Where each place stands among the seats.
    at: BTreeMap<String, usize>,
    today: Today,
}

/// A place in a table, by slug, as an outline keeps it.
#[derive(Debug, PartialEq, Eq)]
struct Seat {
    slug: String,
    depth: usize,
    /// Whether it is to report, and not here for those below it only.
    reports: bool,
}

/// A place in a table, as it is looked at.
#[derive(Clone, Copy, Debug)]
struct Row<'a> {
    place: &'a Place,
    depth: usize,
    /// Whether it is to report, and not here for those below it only.
    reports: bool,
}

/// The tables of an archive: the annual reports first, then every other kind that has both a
/// deadline and documents.
pub(super) fn ledger(plan: &Plan<'_>) -> Ledger {
    let archive = plan.archive();
    let today = Today::new(plan.config().today, &archive.reports);
    let mut places = Vec::new();
    walk(plan, None, (0, &mut places));
    let ruled = |kind: &&String| plan.config().deadlines.iter().any(|rule| rule.kind == **kind);
    let mut kinds: Vec<&String> = plan.outline.by_kind.keys().filter(ruled).collect();
    kinds.sort_by_key(|kind| (*kind != ANNUAL, *kind));
    let tables: Vec<Table> =
        kinds.into_iter().filter_map(|kind| table(plan, (kind, &places), today)).collect();
    let seated: BTreeSet<&str> =
        tables.iter().flat_map(|table| &table.seats).map(|seat| seat.slug.as_str()).collect();
    let places: Vec<&str> = places.iter().map(|(place, _)| place.slug.as_str()).collect();
    let mut seated: Vec<&str> = places.into_iter().filter(|slug| seated.contains(slug)).collect();
    seated.sort_unstable();
    let parts = plan.split_by(&seated, |slug| slug).into_iter();
    let owned = |slugs: Vec<&str>| slugs.into_iter().map(str::to_owned).collect();
    Ledger { tables, parts: parts.map(|(root, slugs)| (root, owned(slugs))).collect() }
}

/// Every place in the order of the hierarchy.
fn walk<'a>(plan: &Plan<'a>, parent: Option<&str>, into: (usize, &mut Vec<(&'a Place, usize)>)) {
    let (depth, places) = into;
    for place in plan.archive().children(parent) {
        places.push((place, depth));
        walk(plan, Some(&place.slug), (depth + 1, places));
    }
}

/// The table of one kind; `None` where it would have no year.
fn table(plan: &Plan<'_>, of: (&str, &[(&Place, usize)]), today: Today) -> Option<Table> {
    let (kind, places) = of;
    let years = years(plan, kind, today);
    let documents = plan.outline.by_kind.get(kind)?;
    let told: BTreeSet<&str> =
        documents.iter().map(|at| plan.archive().reports[*at].address.place.as_str()).collect();
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    let mut seats: Vec<Seat> = Vec::new();
    // From the end, each place stands behind those that belong to it.
    for (place, depth) in places.iter().rev() {
        let reports = match kind {
            ANNUAL => is_to_report(plan, place),
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
    (!is_empty).then(|| Table { kind: kind.to_owned(), years, seats, at, today })
}

/// Whether a place is to report every year. One without documents of its own that others
/// belong to may be here for their sake; one that nothing belongs to is here for its own, and
/// if it has never reported, that is what the table is for.
fn is_to_report(plan: &Plan<'_>, place: &Place) -> bool {
    let archive = plan.archive();
    !archive.of_place(&place.slug).is_empty() || archive.children(Some(&place.slug)).next().is_none()
}

/// From the first year that anybody reported on to the last, or to the last that is over; but
/// no year that has neither reports nor a rule.
fn years(plan: &Plan<'_>, kind: &str, today: Today) -> Vec<Year> {
    let reports = plan.outline.by_kind.get(kind).into_iter().flatten().map(|at| &plan.archive().reports[*at]);
    let public = reports.filter(|report| report.matter.status != Status::Draft);
    let held: BTreeSet<Year> = public.map(|report| report.address.year).collect();
    let (Some(first), Some(last)) = (held.first(), held.last()) else {
        return Vec::new();
    };
    let last = match today {
        Today::Named(today) => Year::before(today).max(*last),
        _ => *last,
    };
    let table = &plan.config().deadlines;
    let is_ruled =
        |year: &Year| LEVELS.iter().any(|level| deadline(table, kind, (level.value, *year)).is_some());
    first.to(last).filter(|year| held.contains(year) || is_ruled(year)).collect()
}

/// The places of these seats.
fn rows<'a>(plan: &Plan<'a>, seats: &[Seat]) -> Vec<Row<'a>> {
    seats.iter().filter_map(|seat| row(plan, seat)).collect()
}

fn row<'a>(plan: &Plan<'a>, seat: &Seat) -> Option<Row<'a>> {
    let place = plan.archive().places.get(&seat.slug)?;
    Some(Row { place, depth: seat.depth, reports: seat.reports })
}

impl Table {
    /// The rule that bound a place in a year.
    fn rule<'a>(&self, plan: &Plan<'a>, place: &Place, year: Year) -> Option<&'a Deadline> {
        deadline(&plan.config().deadlines, &self.kind, (place.level, year))
    }

    /// How a place stands with a year, and its report if it has one. Of several, the first that
    /// is public speaks for the year.
    fn standing<'a>(&self, plan: &Plan<'a>, place: &Place, year: Year) -> (Standing, Option<&'a Report>) {
        let of_year = plan.archive().of_year(&place.slug, year);
        let with = |status| {
            of_year.iter().find(|report| report.matter.kind == self.kind && report.matter.status == status)
        };
        let report = with(Status::Published).or_else(|| with(Status::Withdrawn));
        (coverage::judge(report, (self.rule(plan, place, year), year), self.today), report)
    }

    /// A place and those below it.
    fn below(&self, slug: &str) -> &[Seat] {
        let Some(rest) = self.at.get(slug).and_then(|at| self.seats.get(*at..)) else {
            return &[];
        };
        let depth = rest.first().map_or(0, |seat| seat.depth);
        let count = rest.iter().skip(1).take_while(|seat| seat.depth > depth).count();
        rest.get(..=count).unwrap_or_default()
    }

    /// How many of these places stand how, a year. An invented one is nobody who has to report.
    fn totals(&self, plan: &Plan<'_>, rows: &[Row<'_>], years: &[Year]) -> Vec<CoverageTally> {
        let of_year = |year: &Year| {
            let mut tally = CoverageTally::default();
            let real = |row: &&Row<'_>| row.reports && !plan.archive().is_invented(&row.place.slug);
            for row in rows.iter().filter(real) {
                tally.add(self.standing(plan, row.place, *year).0);
            }
            tally
        };
        years.iter().map(of_year).collect()
    }

    /// These rows over these years as a page shows them.
    fn view(&self, plan: &Plan<'_>, rows: &[Row<'_>], years: &[Year]) -> Coverage {
        let words = words::of(plan.config().language);
        let top = rows.iter().map(|row| row.depth).min().unwrap_or(0);
        let mut seen = BTreeSet::new();
        let lines: Vec<CoverageRow> =
            rows.iter().map(|row| self.line(plan, row, (years, top, &mut seen))).collect();
        let partial = lines.iter().flat_map(|line| &line.cells).any(|cell| cell.extent.is_some());
        let reporting = rows.iter().filter(|row| row.reports);
        let levels: BTreeSet<Level> = reporting.map(|row| row.place.level).collect();
        let level = |level: Level| LevelName { id: level.name(), name: words.level(level) };
        Coverage {
            kind: KindName {
                id: self.kind.clone(),
                name: plan.kind_name(&self.kind),
                href: plan.href(&Route::page(["kinds", &self.kind])),
            },
            href: plan.href(&Route::page(["coverage"])),
            years: years.iter().map(|year| year.get()).collect(),
            rows: lines,
            parts: Vec::new(),
            totals: self.totals(plan, rows, years),
            levels: levels.into_iter().map(level).collect(),
            standings: names(&seen),
            partial,
            rules: self.rules(plan, years),
        }
    }

    /// One row, its depth counted from `top`.
    fn line(
        &self,
        plan: &Plan<'_>,
        row: &Row<'_>,
        over: (&[Year], usize, &mut BTreeSet<Standing>),
    ) -> CoverageRow {
        let (years, top, seen) = over;
        let place = row.place;
        let mut total = CoverageTally::default();
        let years = years.iter().filter(|_| row.reports);
        let cell = |year: &Year| {
            let (standing, report) = self.standing(plan, place, *year);
            total.add(standing);
            seen.insert(standing.kind());
            cell(plan, (*year, standing), report)
        };
        let cells: Vec<CoverageCell> = years.map(cell).collect();
        let has_page = !plan.archive().is_empty(&place.slug);
        CoverageRow {
            place: CoveragePlace {
                name: plan.place_name(&place.slug),
                href: has_page.then(|| plan.href(&Route::page([&place.slug]))),
                level: place.level.name(),
                depth: row.depth - top,
            },
            cells,
            total: row.reports.then_some(total),
        }
    }

    /// The rules that apply to anybody in one of these years.
    fn rules(&self, plan: &Plan<'_>, years: &[Year]) -> Vec<CoverageRule> {
        let table = &plan.config().deadlines;
        let applies = |rule: &&Deadline| {
            let holds = |year: &Year, level: Level| {
                deadline(table, &self.kind, (level, *year)).is_some_and(|found| std::ptr::eq(found, *rule))
            };
            years.iter().any(|year| LEVELS.iter().any(|level| holds(year, level.value)))
        };
        let words = words::of(plan.config().language);
        let rule = |rule: &Deadline| CoverageRule {
            from_year: rule.from_year,
            due: words.month_day(rule.due.0, rule.due.1),
            in_question: rule.day_after().map(|(month, day)| words.month_day(month, day)),
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
fn cell(plan: &Plan<'_>, judged: (Year, Standing), report: Option<&Report>) -> CoverageCell {
    let words = words::of(plan.config().language);
    let (year, standing) = judged;
    let date = |report: &Report| match report.matter.published {
        Published::On(moment) => Some(words.short_date(moment.date, year.get() + 1)),
        Published::Unknown => None,
    };
    CoverageCell {
        year: year.get(),
        standing: standing.name(),
        days: standing.days(),
        extent: report
            .map(|report| report.matter.extent)
            .filter(|extent| !extent.is_full())
            .map(Extent::name),
        href: report.map(|report| plan.href(&report.route())),
        date: report.and_then(date),
    }
}

/// The names of judgements, each once.
fn names(standings: &BTreeSet<Standing>) -> Vec<&'static str> {
    standings.iter().map(|standing| standing.name()).collect()
}

impl CoverageTally {
    fn add(&mut self, standing: Standing) {
        use Standing::{
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
/// The totals are those of all governments.
pub(super) fn at_a_glance(plan: &Plan<'_>) -> Option<Coverage> {
    let table = plan.outline.ledger.tables.first().filter(|table| table.kind == ANNUAL)?;
    let mut governments = rows(plan, &table.seats);
    governments.retain(|row| row.place.level != Level::Department);
    let mut rows = governments.clone();
    for lowest in [Level::Prefecture, Level::Province] {
        if rows.len() > LARGEST_GLANCE {
            rows.retain(|row| row.place.level <= lowest);
        }
    }
    rows.truncate(LONGEST_LIST);
    let years = &table.years[table.years.len().saturating_sub(YEARS_AT_A_GLANCE)..];
    let mut view = table.view(plan, &rows, years);
    view.totals = table.totals(plan, &governments, years);
    (!view.rows.is_empty()).then_some(view)
}

/// The table of a place and its own places, from the first year that one of them reported on.
pub(super) fn of_place(plan: &Plan<'_>, slug: &str) -> Option<Coverage> {
    let table = plan.outline.ledger.tables.first().filter(|table| table.kind == ANNUAL)?;
    let mut rows = rows(plan, table.below(slug));
    if rows.len() > LARGEST_GLANCE {
        let top = rows.first().map_or(0, |row| row.depth);
        rows.retain(|row| row.depth <= top + 1);
    }
    rows.truncate(LONGEST_LIST);
    let held = |year: &Year| rows.iter().any(|row| table.standing(plan, row.place, *year).1.is_some());
    let first = table.years.iter().position(held)?;
    (rows.len() > 1).then(|| table.view(plan, &rows, &table.years[first..]))
}

/// The page of coverage, or the part of it that lies below `root`.
pub(super) fn coverage(plan: &Plan<'_>, root: Option<&str>) -> Option<Made> {
    let words = words::of(plan.config().language);
    let first = plan.outline.ledger.tables.first()?;
    let tables = plan.outline.ledger.tables.iter().filter_map(|table| of_table(plan, table, root));
    let content = CoveragePage {
        place: root.map(|root| plan.place_link(root)),
        today: plan.config().today.map(|today| words.date(today)),
        tables: tables.collect(),
    };
    let mut heading = words.coverage.to_owned();
    let mut breadcrumbs = vec![
        (words.home.to_owned(), Some(Route::home())),
        (heading.clone(), Some(Route::page(["coverage"]))),
    ];
    if let Some(Named { name, .. }) = &content.place {
        heading = format!("{heading} · {name}");
        breadcrumbs.push((name.clone(), None));
    }
    lists::here(&mut breadcrumbs);
    let years = (first.years.first()?.get(), first.years.last()?.get());
    let description = words.about_coverage(&plan.kind_name(&first.kind), years);
    Some(Made {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..Made::new(heading, description, Content::Coverage(Box::new(content)))
    })
}

/// A table for the page of coverage: whole, its parts where it is split, or one of them.
fn of_table(plan: &Plan<'_>, table: &Table, root: Option<&str>) -> Option<Coverage> {
    let parts = &plan.outline.ledger.parts;
    // A part looks at its own places alone: there may be as many parts as places.
    let among = |slugs: &BTreeSet<String>| -> Vec<Row<'_>> {
        let at: BTreeSet<usize> = slugs.iter().filter_map(|slug| table.at.get(slug)).copied().collect();
        at.into_iter().filter_map(|at| row(plan, &table.seats[at])).collect()
    };
    let rows = match root {
        Some(root) => among(parts.get(root)?),
        None if parts.is_empty() => rows(plan, &table.seats),
        None => Vec::new(),
    };
    let mut view = table.view(plan, &rows, &table.years);
    if root.is_none() && !parts.is_empty() {
        view.totals = table.totals(plan, &self::rows(plan, &table.seats), &table.years);
        let part = |(slug, slugs): (&String, &BTreeSet<String>)| {
            let rows = among(slugs);
            CoveragePart {
                name: plan.place_name(slug),
                href: plan.href(&Route::page(["coverage", slug])),
                places: rows.iter().filter(|row| row.reports).count(),
                totals: table.totals(plan, &rows, &table.years),
            }
        };
        let mut parts: Vec<_> = parts.iter().collect();
        parts.sort_by_key(|(slug, _)| table.at.get(slug.as_str()));
        view.parts = parts.into_iter().map(part).filter(|part| part.places > 0).collect();
    }
    (!view.rows.is_empty() || !view.parts.is_empty()).then_some(view)
}

/// A report that was due and is not held.
#[derive(Clone, Copy, Debug)]
pub struct Overdue<'a> {
    /// Whose it is.
    pub place: &'a Place,
    /// Its kind.
    pub kind: &'a str,
    /// The year it is to cover.
    pub year: Year,
    /// The rule that asked for it.
    pub rule: &'a Deadline,
}

impl<'a> Plan<'a> {
    /// The reports on the last year that are overdue on the day that was named; none where
    /// nobody named one.
    pub fn overdue(&self) -> Vec<Overdue<'a>> {
        let mut overdue = Vec::new();
        for table in &self.outline.ledger.tables {
            let Today::Named(today) = table.today else {
                continue;
            };
            let year = Year::before(today);
            let real = |row: &Row<'_>| row.reports && !self.archive.is_invented(&row.place.slug);
            for Row { place, .. } in rows(self, &table.seats).into_iter().filter(real) {
                let missing = table.standing(self, place, year).0 == Standing::Missing;
                if let Some(rule) = table.rule(self, place, year).filter(|_| missing) {
                    overdue.push(Overdue { place, kind: &rule.kind, year, rule });
                }
            }
        }
        overdue
    }
}
