//! Who has reported, and when, as templates read it: one table, on the pages of coverage, the
//! home page and those of places.

use serde::Serialize;

use super::{DateText, KindName, NamedLink};

/// The page of coverage, or a part of it where it is split.
#[derive(Debug, Serialize)]
pub struct CoveragePage {
    /// The place that a part of the page is about.
    pub place: Option<NamedLink>,
    /// The day by which is judged, if one was named.
    pub today: Option<DateText>,
    /// A table a kind that has a deadline, the annual reports first.
    pub tables: Vec<Coverage>,
}

/// Which place reported when for which year, for one kind of report.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// The kind.
    pub kind: KindName,
    /// The page that shows all of it.
    pub href: String,
    /// The years, oldest first.
    pub years: Vec<i16>,
    /// The places, the topmost first, each above those that belong to it.
    pub rows: Vec<CoverageRow>,
    /// Where the table is split, its parts.
    pub parts: Vec<CoveragePart>,
    /// How many stand how, a year.
    pub totals: Vec<CoverageTally>,
    /// How many places and departments these are: those that have to report, invented ones left out.
    pub population: usize,
    /// The levels that have rows.
    pub levels: Vec<LevelName>,
    /// The judgements that occur, by their names, in the order in which they are explained.
    pub standings: Vec<&'static str>,
    /// Whether some of the reports are not held whole.
    pub partial: bool,
    /// The rules that these years were judged by.
    pub rules: Vec<CoverageRule>,
}

/// A level's id and name.
#[derive(Debug, Serialize)]
pub struct LevelName {
    /// Its name in front matter.
    pub id: &'static str,
    /// What it is called.
    pub name: String,
}

/// The years of one place.
#[derive(Debug, Serialize)]
pub struct CoverageRow {
    /// The place.
    pub place: CoveragePlace,
    /// A cell a year; none for a place that is here for those below it only.
    pub cells: Vec<CoverageCell>,
    /// How many of its years stand how; nothing where it has no cells.
    pub total: Option<CoverageTally>,
}

/// A place in the table of years.
#[derive(Debug, Serialize)]
pub struct CoveragePlace {
    /// Its name.
    pub name: String,
    /// Its page, if it has one.
    pub href: Option<String>,
    /// Its level's name in front matter.
    pub level: &'static str,
    /// How deep it stands.
    pub depth: usize,
}

/// A place and a year.
#[derive(Debug, Serialize)]
pub struct CoverageCell {
    /// The year.
    pub year: i16,
    /// How the place stands: `on-time`, `on-the-day`, `late`, `date-unknown`, `no-deadline`,
    /// `withdrawn`, `missing`, `not-yet-due`, `unjudged` or `not-expected`.
    pub standing: &'static str,
    /// How many days late, for `late`.
    pub days: Option<i32>,
    /// How much of the report is held, where that is not all: as in [`DocRow::extent`](super::DocRow).
    pub extent: Option<&'static str>,
    /// The report, if one is held.
    pub href: Option<String>,
    /// Its date of publication, short: without the year where that is the one after the year
    /// covered.
    pub date: Option<String>,
}

/// A part of a table that is split at permanent addresses.
#[derive(Debug, Serialize)]
pub struct CoveragePart {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many places it has.
    pub places: usize,
    /// How many of them stand how, a year.
    pub totals: Vec<CoverageTally>,
}

/// How many stand how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CoverageTally {
    /// Reports that are held or asked for by a rule.
    pub expected: usize,
    /// Reports that are held.
    pub held: usize,
    /// Reports whose date and deadline are known.
    pub judged: usize,
    /// Published on time.
    pub on_time: usize,
    /// Published on the day in question.
    pub on_the_day: usize,
    /// Published late.
    pub late: usize,
    /// Due, and not held.
    pub missing: usize,
}

/// A rule that says until when.
#[derive(Debug, Serialize)]
pub struct CoverageRule {
    /// The first year that it applies to.
    pub from_year: i16,
    /// The last day on time, in the year after the one covered: `3月31日`.
    pub due: String,
    /// The day after it, where the rule leaves open whether that is on time: `4月1日`.
    pub in_question: Option<String>,
    /// The levels it binds; nothing for all.
    pub levels: Option<String>,
    /// Where it stands.
    pub basis: Option<String>,
}
