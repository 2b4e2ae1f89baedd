//! A place: its documents by year, and its figures over the years.

use serde::Serialize;

use super::{Coverage, DocRow, Downloads, NamedLink, PlaceNode, PlaceOrigins, Spark, ValueChange, YearSpan};

/// A place.
#[derive(Debug, Serialize)]
pub struct PlaceView {
    /// Its name.
    pub name: String,
    /// Its name in the other language: in English where the interface is Chinese, and its own where that is
    /// not the one above.
    pub other_name: Option<String>,
    /// Its level's name in front matter.
    pub level: &'static str,
    /// What its level is called.
    pub level_name: String,
    /// Its division code.
    pub code: Option<String>,
    /// The place that it belongs to.
    pub parent: Option<NamedLink>,
    /// The introduction.
    pub html: String,
    /// The places that belong to it.
    pub children: Vec<PlaceNode>,
    /// Its documents by year, newest first.
    pub years: Vec<PlaceYear>,
    /// Its feed.
    pub feed: Option<String>,
    /// Its figures over the years.
    pub indicators: Vec<IndicatorRow>,
    /// The years of those figures, oldest first.
    pub indicator_years: Vec<i16>,
    /// Where those figures can be downloaded.
    pub downloads: Option<Downloads>,
    /// All its years side by side, where there is something to compare.
    pub compare: Option<String>,
    /// Whether only its children have documents.
    pub without_documents: bool,
    /// Which of its places reported when, itself first.
    pub coverage: Option<Coverage>,
    /// How much is new in its annual reports, where that can be said of one.
    pub origins: Option<PlaceOrigins>,
}

/// The documents of a place and a year.
#[derive(Debug, Serialize)]
pub struct PlaceYear {
    /// The year.
    pub year: i16,
    /// The year's page.
    pub href: String,
    /// The annual report.
    pub report: Option<DocRow>,
    /// Whether there is none, although there are earlier and later ones.
    pub missing: bool,
    /// All else.
    pub others: Vec<DocRow>,
    /// The years between this one and the next older one of the list that should have a report and
    /// have nothing, newest first; many in a row are one span.
    pub gaps: Vec<YearSpan>,
}

/// An indicator of a place over the years.
#[derive(Debug, Serialize)]
pub struct IndicatorRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The page that has the figures of other places.
    pub href: Option<String>,
    /// A value a year, gaps among them.
    pub years: Vec<IndicatorYear>,
    /// The values as a small line, where there are three or more.
    pub spark: Option<Spark>,
}

/// An indicator of a place in one year.
#[derive(Debug, Serialize)]
pub struct IndicatorYear {
    /// The year.
    pub year: i16,
    /// The value as a decimal; nothing for a gap.
    pub value: Option<String>,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Where the true value lies, where this is a bound: `more`, `less` or `about`; `range` where a
    /// range is told.
    pub bound: Option<&'static str>,
    /// The value with its unit and the word that makes a bound of it; nothing for a gap.
    pub text: Option<String>,
    /// The words that it comes from.
    pub href: Option<String>,
    /// The change since the last year that has a value.
    pub change: Option<ValueChange>,
}
