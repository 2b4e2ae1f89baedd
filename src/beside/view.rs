//! What a page shows of two documents side by side. It is a part of the contract with themes.

use serde::{Deserialize, Serialize};

use super::Extent;
use crate::han::measure::Measure;

/// What a comparison found, in plain numbers, for people and programs alike. `inspect` tells it at
/// the top of the view; templates are not given it.
#[derive(Debug, Serialize)]
pub struct ComparisonOutcome {
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
    pub why: Vec<MatchEvidence>,
}

/// What speaks for sections belonging together.
#[derive(Clone, Debug, Serialize)]
pub struct MatchEvidence {
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
    pub kind: Measure,
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
pub struct SideBySide {
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
    pub parts: Vec<ComparedSection>,
    /// The sections that only the earlier document has, where one of the two is not a whole text; the
    /// parts leave them out.
    pub before_only: Vec<PartName>,
    /// The sections that only the later document has, likewise.
    pub after_only: Vec<PartName>,
}

/// The figures that changed, as the rows of a table.
#[derive(Debug, Serialize)]
pub struct FigureRows {
    /// How many there are.
    pub count: usize,
    /// A `tr` a figure, with an id of `f-` and the indicator where it is one: in a `th` its name, with a link to both
    /// sentences on this page where it shows them; in each of two `td` the figure of a year, with a link where its
    /// report marks it; in a `td` of the class `up`, `down`, `level` or `open` the change; and in a `td` the same in
    /// per cent. Rows and cells have no end tags, which HTML lets go.
    pub html: String,
}

/// A document that is compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Compared {
    /// Its year.
    pub year: i16,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The BCP 47 tag of its text.
    pub lang: String,
    /// When it was published.
    pub published: DateText,
    /// How much of the original it is: `full`, `opening`, `excerpt` or `digest`.
    pub extent: Extent,
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
pub struct ComparedSection {
    /// Its place on the page: `p-` and the path of its section in the later document, or `q-` and that in the
    /// earlier one.
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
    /// Its sentences by what became of them, as a bar: an `svg` of the class `bar` with a `rect` of the class
    /// `figures`, `reworded`, `added` or `removed` for each share of them that is not what it was, which begins at its
    /// `x` and ends where the next one begins. Nothing where one of the two is not a whole text.
    pub svg: String,
    /// How many of its sentences are not what they were.
    pub changes: usize,
    /// What speaks for its sections belonging together; nothing where they have one title.
    pub why: Vec<MatchEvidence>,
    /// The sentences. For those that both share stands how many they are, in a `p` whose `data-stayed` is
    /// the number of the first in the later document, from 0, a hyphen, and that of the one behind the last; a few short
    /// ones stand there themselves, in a `p` without an id. Any other sentence is a `p` of the class `figures`, `reworded`, `added`, `removed` or `moved`, with both forms told apart by `del` and
    /// `ins`; its id is made of what it says: it begins with `b` where it stands in the earlier document alone, and
    /// with `s` in all other cases. Where one of the two is not a whole text, a sentence that only one of them has is of
    /// the class `only`; and where the words of one are not its issuer's, both texts stand in a
    /// `div.apart`, with nothing said of what changed.
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

/// A date as people and machines read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DateText {
    /// `2020-03-20`; nothing where the date is not known.
    pub iso: Option<String>,
    /// `2020年3月20日` or `发布日期不详`.
    pub text: String,
}

/// Years that follow one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearSpan {
    /// The first.
    pub from: i16,
    /// The last, which may be the first.
    pub to: i16,
}

/// The change of a value.
#[derive(Debug, Serialize)]
pub struct ValueChange {
    /// In its own unit, in words; `None` where it cannot be computed.
    pub absolute: Option<String>,
    /// In per cent, in words, where that makes sense.
    pub percent: Option<String>,
    /// `up`, `down` or `level`; `open` where bounds leave it open.
    pub trend: &'static str,
}
