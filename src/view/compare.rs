//! What the pages of comparison show.

use serde::Serialize;

use super::{
    Compared, Downloads, IndicatorRow, KindName, NamedLink, PartName, ShareRow, SideBySide, YearSpan,
};

/// A pair of years that has a page.
#[derive(Clone, Debug, Serialize)]
pub struct PairLink {
    /// The earlier year.
    pub from: i16,
    /// The later year.
    pub to: i16,
    /// The page.
    pub href: String,
    /// The years between them that have no document.
    pub gaps: Vec<YearSpan>,
    /// Whether this is the page.
    pub current: bool,
}

/// Two documents of a place.
#[derive(Debug, Serialize)]
pub struct CompareView {
    /// Their place.
    pub place: NamedLink,
    /// Their kind.
    pub kind: KindName,
    /// What the two are side by side.
    #[serde(flatten)]
    pub beside: SideBySide,
    /// Every pair of years that has a page.
    pub pairs: Vec<PairLink>,
    /// All years of the place.
    pub all_years: String,
}

/// All years of a place.
#[derive(Debug, Serialize)]
pub struct YearsView {
    /// The place.
    pub place: NamedLink,
    /// Its documents that can be compared, by kind.
    pub series: Vec<DocumentSeries>,
    /// Its indicators that have values for several years, of which some are among those below.
    pub indicators: Vec<IndicatorRow>,
    /// Its indicators that have a value for one year only, or none for these years, each with its last
    /// value.
    pub single: Vec<IndicatorRow>,
    /// The years of those figures, oldest first; of many, the newest.
    pub indicator_years: Vec<i16>,
    /// The same figures to take away.
    pub downloads: Option<Downloads>,
}

/// The documents of one kind over the years.
#[derive(Debug, Serialize)]
pub struct DocumentSeries {
    /// The kind.
    pub kind: KindName,
    /// The documents, oldest first.
    pub documents: Vec<Compared>,
    /// The years between the first and the last that have none.
    pub gaps: Vec<YearSpan>,
    /// Whether any of the pairs has shares.
    pub shares: bool,
    /// The pairs of neighbours, with how much is new: in one list where they are few, else by the
    /// decade of the later year, the newest first.
    pub periods: Vec<PairedYears>,
    /// The sections over the years.
    pub themes: Themes,
    /// The texts and alignments for comparing any two years in the browser.
    pub texts: String,
}

/// Some years, with the pairs that end in them.
#[derive(Debug, Serialize)]
pub struct PairedYears {
    /// The first of the years.
    pub from: i16,
    /// The last.
    pub to: i16,
    /// The pairs.
    pub pairs: Vec<PairRow>,
}

/// A pair of years and how much is new.
#[derive(Debug, Serialize)]
pub struct PairRow {
    /// The pair.
    pub pair: PairLink,
    /// Whether both are whole texts.
    pub whole: bool,
    /// How much is new; nothing where one of the two is not a whole text.
    pub tally: Vec<ShareRow>,
}

/// The sections of a series that are followed over the years.
#[derive(Debug, Serialize)]
pub struct Themes {
    /// Whether the documents are too many for a table; each line then has a strip.
    pub folded: bool,
    /// Those that last: that three documents have, or two of a short series.
    pub lines: Vec<FollowedSection>,
    /// Those that do not, where the documents are few; a cell for each document that has it.
    pub rest: Vec<FollowedSection>,
    /// How many more there are that are not shown.
    pub others: usize,
    /// All documents on the line of time, where there are strips.
    pub strip: Option<Strip>,
}

/// A section that is followed over the years.
#[derive(Debug, Serialize)]
pub struct FollowedSection {
    /// Its title in the newest document that has it.
    pub title: String,
    /// How deep it stands there.
    pub depth: u8,
    /// Where it stands there.
    pub href: String,
    /// The first year that has it.
    pub first: i16,
    /// The last year that has it.
    pub last: i16,
    /// How many documents have it.
    pub count: usize,
    /// A cell a document, where these are few.
    pub cells: Vec<ThemeCell>,
    /// The years that have it, drawn, where the documents are many.
    pub strip: Option<Strip>,
    /// The same with links, by decade; nothing where there is no room for so many.
    pub periods: Vec<ThemePeriod>,
}

/// Documents on a line of time, one unit wide and high each, for a view box of that size.
#[derive(Debug, Serialize)]
pub struct Strip {
    /// How wide the line is.
    pub width: usize,
    /// The documents that are whole, as SVG path data.
    pub whole: String,
    /// Those that are not.
    pub partial: String,
}

/// The years of a decade that have a theme.
#[derive(Debug, Serialize)]
pub struct ThemePeriod {
    /// The first year of the decade.
    pub decade: i16,
    /// The years.
    pub marks: Vec<ThemeMark>,
}

/// A year that has a theme.
#[derive(Debug, Serialize)]
pub struct ThemeMark {
    /// The year.
    pub year: i16,
    /// The section.
    pub href: String,
}

/// A section in one year; without sections it is a gap.
#[derive(Debug, Serialize)]
pub struct ThemeCell {
    /// The year.
    pub year: i16,
    /// The sections; more than one where a section was split.
    pub sections: Vec<PartName>,
    /// What became of it since the document before: as in [`crate::view::SectionPair::status`]; nothing in
    /// the first document and in a gap.
    pub status: Option<&'static str>,
}
