//! Indicators across places, as templates show them.

use serde::Serialize;

use super::{Bar, Chart, Downloads, IndicatorYear, NamedLink, SplitPart};

/// The registry: all indicators by group.
#[derive(Debug, Serialize)]
pub struct Indicators {
    /// The groups, in the registry's order.
    pub groups: Vec<IndicatorGroup>,
    /// How many indicators have values.
    pub count: usize,
}

/// The indicators of one theme.
#[derive(Debug, Serialize)]
pub struct IndicatorGroup {
    /// What the theme is called, if it has a name.
    pub name: Option<String>,
    /// Those that have values.
    pub indicators: Vec<IndicatorEntry>,
    /// The names of those that have none.
    pub without_values: Vec<String>,
}

/// An indicator in the list of all.
#[derive(Debug, Serialize)]
pub struct IndicatorEntry {
    /// Its name in front matter.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What it is counted in.
    pub unit: String,
    /// What sort of figure it is, in words.
    pub kind_name: String,
    /// Which way is better, in words; nothing where neither is.
    pub direction_name: Option<String>,
    /// What exactly is counted.
    pub definition: Option<String>,
    /// How many places have values.
    pub places: usize,
    /// The first year with a value.
    pub first_year: i16,
    /// The last year with a value.
    pub last_year: i16,
    /// How many years have values.
    pub years: usize,
}

/// One indicator over places and years, or the part of a large one that lies below a place.
#[derive(Debug, Serialize)]
pub struct IndicatorPage {
    /// Its name in front matter.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// What sort of figure it is: `flow`, `stock`, `cumulative`, `ratio`, `rank`, `amount`,
    /// `duration` or `target`.
    pub kind: &'static str,
    /// The same in words.
    pub kind_name: String,
    /// Which way is better, in words; nothing where neither is.
    pub direction_name: Option<String>,
    /// The theme it belongs to.
    pub group: Option<String>,
    /// Other names, as they stand in reports.
    pub aliases: Vec<String>,
    /// What exactly is counted.
    pub definition: Option<String>,
    /// Other indicators of the same theme, which count something else.
    pub look_alikes: Vec<LookAlike>,
    /// The years of the table, oldest first.
    pub years: Vec<i16>,
    /// The places of the table.
    pub rows: Vec<IndicatorPlace>,
    /// How many places have values, on all parts of the page together.
    pub places: usize,
    /// The lines over the years, where a place of the table has more than one year.
    pub chart: Option<Chart>,
    /// The year of the bars in the table's rows, where there are any. A bar is as long as another one only for
    /// figures of one year.
    pub bar_year: Option<i16>,
    /// The levels of the places, where there are several to choose from.
    pub levels: Vec<FilterChoice>,
    /// The places that those of the table belong to, where there are several to choose from.
    pub parents: Vec<FilterChoice>,
    /// Where the places are too many for one page, its parts.
    pub split: Vec<SplitPart>,
    /// Of a part, the page of the whole.
    pub whole: Option<NamedLink>,
    /// The indicator's figures to download, of all places and years.
    pub downloads: Option<Downloads>,
}

/// The chart of an indicator alone, for the pages of others.
#[derive(Debug, Serialize)]
pub struct Embed {
    /// What the indicator is called.
    pub name: String,
    /// The page of the indicator.
    pub href: String,
    /// Its lines over the years.
    pub chart: Option<Chart>,
}

/// Another indicator of the same theme.
#[derive(Debug, Serialize)]
pub struct LookAlike {
    /// What it is called.
    pub name: String,
    /// Its page, where it has values.
    pub href: Option<String>,
    /// What exactly it counts.
    pub definition: Option<String>,
}

/// Something to narrow a table by.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FilterChoice {
    /// Its name in addresses.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// A place with the values of one indicator.
#[derive(Debug, Serialize)]
pub struct IndicatorPlace {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its slug.
    pub slug: String,
    /// Its level's name in front matter.
    pub level: &'static str,
    /// What its level is called.
    pub level_name: String,
    /// The place that it belongs to.
    pub parent: Option<FilterChoice>,
    /// Whether the chart shows it before a reader has chosen.
    pub drawn: bool,
    /// A value a year, gaps among them.
    pub years: Vec<IndicatorYear>,
    /// The only value among those of the other places, where no place has more than one and this is of the year of
    /// the bars.
    pub bar: Option<Bar>,
}

/// The places of one level with their values of one year.
#[derive(Debug, Serialize)]
pub struct YearFigures {
    /// The indicators that most of the places have.
    pub columns: Vec<YearColumn>,
    /// The places.
    pub rows: Vec<YearFiguresRow>,
    /// The other indicators that places of this level have.
    pub others: Vec<NamedLink>,
}

/// An indicator at the head of a column.
#[derive(Debug, Serialize)]
pub struct YearColumn {
    /// Its name in front matter.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// Its page.
    pub href: String,
    /// Which order a reader wants first: `ascending` for a rank, else `descending`.
    pub first_order: &'static str,
}

/// A place with its values of one year.
#[derive(Debug, Serialize)]
pub struct YearFiguresRow {
    /// The place.
    pub place: NamedLink,
    /// A value a column, gaps among them.
    pub values: Vec<IndicatorYear>,
}
