//! What the pages of comparison show.

use serde::Serialize;

use super::{DateText, Downloads, IndicatorRow, KindName, Named, YearSpan};

/// What a comparison found, in plain numbers, for people and programs alike. `inspect` tells it at
/// the top of the view; templates are not given it.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Every section of both documents: an entry a pair, and one for each that stands alone.
    pub sections: Vec<SectionPair>,
    /// The figures that changed, in the order of the later document.
    pub figures: Vec<FigurePair>,
    /// How much is new, as fractions of all sentences; nothing where one of the two is not a whole
    /// text.
    pub shares: Option<Shares>,
}

/// A section and what became of it.
#[derive(Debug, Serialize)]
pub struct SectionPair {
    /// `matched`, `moved`, `split`, `merged`, `added`, `removed`, or `unmatched` where it stands alone
    /// but is too much like something of the other document to be called new or gone; where one of the
    /// two is not a whole text, `after-only` and `before-only` in place of the last three.
    pub status: &'static str,
    /// The section of the earlier document.
    pub before: Option<SectionName>,
    /// The section of the later document.
    pub after: Option<SectionName>,
    /// What speaks for the two belonging together, the plainest first.
    pub why: Vec<Why>,
}

/// What speaks for sections belonging together.
#[derive(Clone, Debug, Serialize)]
pub struct Why {
    /// `title` for the same title, `sentences` for sentences that both have, or `words` for words
    /// that both have and few other sections.
    pub reason: &'static str,
    /// How many sentences or words.
    pub count: usize,
    /// The words.
    pub words: Vec<String>,
}

/// A section by name.
#[derive(Clone, Debug, Serialize)]
pub struct SectionName {
    /// Its anchor.
    pub anchor: String,
    /// Its title without the ordinal.
    pub title: String,
}

/// A figure that changed.
#[derive(Debug, Serialize)]
pub struct FigurePair {
    /// What it counts: the indicator's name where it is one, else the words before it.
    pub label: String,
    /// The indicator's id, where it is one.
    pub indicator: Option<String>,
    /// `flow`, `stock`, `cumulative`, `ratio`, `rank`, `amount`, `duration` or `target`.
    pub kind: &'static str,
    /// Its unit.
    pub unit: String,
    /// The value before.
    pub before: f64,
    /// The upper end before, where a range is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_to: Option<f64>,
    /// The value after.
    pub after: f64,
    /// The upper end after, where a range is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_to: Option<f64>,
    /// How exact the value before is.
    pub before_qualifier: Option<&'static str>,
    /// How exact the value after is.
    pub after_qualifier: Option<&'static str>,
    /// The anchor of its section before; empty where it stands before the first section.
    pub before_anchor: String,
    /// The anchor of its section after.
    pub after_anchor: String,
    /// The figure before in words.
    pub before_text: String,
    /// The figure after in words.
    pub after_text: String,
    /// The sentence that tells it before.
    pub before_href: String,
    /// The sentence that tells it after.
    pub after_href: String,
    /// Both sentences on this page, where it shows them.
    pub here: Option<String>,
    /// The change in words; `None` where it cannot be computed.
    pub change: Option<String>,
    /// The change in per cent in words, where that makes sense.
    pub percent: Option<String>,
    /// `up`, `down` or `level`; `open` where bounds leave it open.
    pub trend: &'static str,
}

/// How much is new: fractions of all sentences of both documents, a pair counting once.
#[derive(Clone, Debug, Serialize)]
pub struct Shares {
    /// Kept word for word.
    pub same: f64,
    /// Kept but for their figures.
    pub figures_only: f64,
    /// Reworded.
    pub reworded: f64,
    /// New.
    pub added: f64,
    /// Gone.
    pub removed: f64,
}

/// Two documents side by side.
#[derive(Debug, Serialize)]
pub struct Compare {
    /// Their place.
    pub place: Named,
    /// Their kind.
    pub kind: KindName,
    /// The earlier one.
    pub before: Compared,
    /// The later one.
    pub after: Compared,
    /// The years between them that have no document.
    pub gaps: Vec<YearSpan>,
    /// How many documents of the series stand between them.
    pub between: usize,
    /// Whether both are whole texts. Else what one says and the other does not is neither new nor
    /// gone, and there are no shares.
    pub whole: bool,
    /// Whether the words of both are those of their issuers, and so can be compared.
    pub verbatim: bool,
    /// How much is new, row by row; nothing where one of the two is not a whole text.
    pub tally: Vec<ShareRow>,
    /// The figures that changed, in the order of the later document.
    pub figures: FigureRows,
    /// The text by sections, in the order of the later document.
    pub parts: Vec<Part>,
    /// The sections that only the earlier document has, where one of the two is not a whole text; the
    /// parts leave them out.
    pub before_only: Vec<PartName>,
    /// The sections that only the later document has, likewise.
    pub after_only: Vec<PartName>,
    /// Every pair of years that has a page.
    pub pairs: Vec<PairLink>,
    /// All years of the place.
    pub all_years: String,
}

/// The figures that changed, as the rows of a table.
#[derive(Debug, Serialize)]
pub struct FigureRows {
    /// How many there are.
    pub count: usize,
    /// A `tr` a figure: in a `th` its name, with a link to both sentences on this page where it shows
    /// them; in each of two `td` the figure of a year, with a link to the sentence that tells it; in a
    /// `td` of the class `up`, `down`, `level` or `open` the change; and in a `td` the same in per cent.
    pub html: String,
}

/// A document that is compared.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// Its year.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The BCP 47 tag of its text.
    pub lang: &'static str,
    /// When it was published.
    pub published: DateText,
    /// How much of the original it is: `full`, `opening`, `excerpt` or `digest`.
    pub extent: &'static str,
    /// How many sentences it has.
    pub sentences: usize,
}

/// A share of the sentences.
#[derive(Clone, Debug, Serialize)]
pub struct ShareRow {
    /// `same`, `figures`, `reworded`, `added` or `removed`.
    pub change: &'static str,
    /// How many sentences.
    pub count: usize,
    /// How many in a hundred, in words.
    pub percent: String,
    /// Where its stretch of the bar begins, in hundredths of the bar.
    pub from: String,
    /// How long its stretch is, in hundredths of the bar.
    pub width: String,
}

/// A section with what became of its sentences.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Its place on the page.
    pub id: String,
    /// As in [`SectionPair::status`]; `lead` for what stands before the first section.
    pub status: &'static str,
    /// How deep it stands, from 1.
    pub depth: u8,
    /// Its sections in the earlier document.
    pub before: Vec<PartName>,
    /// Its sections in the later document.
    pub after: Vec<PartName>,
    /// Whether ordinal and title are what they were.
    pub same_name: bool,
    /// Its sentences by what became of them.
    pub tally: Vec<ShareRow>,
    /// How many of its sentences are not what they were.
    pub changes: usize,
    /// What speaks for its sections belonging together; nothing where they have one title.
    pub why: Vec<Why>,
    /// The sentences. What both share stands once in `p.same`; a pair that differs is a
    /// `div.pair` with both forms in one `p.a`, told apart by `del` and `ins`, and again in
    /// `p.b` for those who show the two side by side. Where one of the two is not a whole text, a
    /// sentence that only one of them has is a `div.pair.only`; and where the words of one are not its
    /// issuer's, both texts stand in a `div.apart`, with nothing said of what changed.
    pub html: String,
}

/// A section's name and where it is.
#[derive(Debug, Serialize)]
pub struct PartName {
    /// Its ordinal as it is printed.
    pub ordinal: Option<String>,
    /// Its title.
    pub title: String,
    /// The section on the document's page.
    pub href: String,
}

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

/// All years of a place.
#[derive(Debug, Serialize)]
pub struct Years {
    /// The place.
    pub place: Named,
    /// Its documents that can be compared, by kind.
    pub series: Vec<Series>,
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
pub struct Series {
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
    pub periods: Vec<Period>,
    /// The first and the last, where there are more than two.
    pub ends: Option<PairRow>,
    /// The sections over the years.
    pub themes: Themes,
    /// The texts and alignments for comparing any two years in the browser.
    pub texts: String,
}

/// Some years, with the pairs that end in them.
#[derive(Debug, Serialize)]
pub struct Period {
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
    pub lines: Vec<Theme>,
    /// Those that do not, where the documents are few; a cell for each document that has it.
    pub rest: Vec<Theme>,
    /// How many more there are that are not shown.
    pub others: usize,
    /// All documents on the line of time, where there are strips.
    pub strip: Option<Strip>,
}

/// A section that is followed over the years.
#[derive(Debug, Serialize)]
pub struct Theme {
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
    /// What became of it since the document before: as in [`SectionPair::status`]; nothing in
    /// the first document and in a gap.
    pub status: Option<&'static str>,
}
