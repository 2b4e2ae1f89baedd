//! Where sentences come from, as templates read it: on the page of a document, of a place, and on the
//! pages of all.

use serde::Serialize;

use super::{DateText, NamedLink, Spark};

/// How many sentences are of one origin.
#[derive(Clone, Debug, Serialize)]
pub struct OriginShare {
    /// `new`, `kept`, `figures` (kept with other figures) or `elsewhere` (stands earlier in a document of another place).
    pub origin: &'static str,
    /// How many sentences.
    pub count: usize,
    /// How many in a hundred, in words.
    pub percent: String,
}

/// Where the sentences of a document come from.
#[derive(Debug, Serialize)]
pub struct OriginsView {
    /// The origins that occur, new sentences first.
    pub shares: Vec<OriginShare>,
    /// How many different sentences these are.
    pub sentences: usize,
    /// How many besides are common to more than a third of the places.
    pub common: usize,
    /// How many besides are rows of tables, or little but quotations and titles.
    pub quoted: usize,
    /// Whether nothing of an earlier year of the place is held, so that nobody can tell what is kept.
    pub first: bool,
    /// The documents in which sentences stood first, a list an origin.
    pub lists: Vec<OriginList>,
    /// How many other documents there are besides; their sentences are marked `e`.
    pub more: usize,
}

/// The documents in which sentences of an origin stood first.
#[derive(Debug, Serialize)]
pub struct OriginList {
    /// `kept`, `figures` or `elsewhere`.
    pub origin: &'static str,
    /// The documents.
    pub rows: Vec<OriginRow>,
}

/// A document in which sentences stood first.
#[derive(Debug, Serialize)]
pub struct OriginRow {
    /// The mark that its sentences have in the text.
    pub mark: String,
    /// The year that the document covers.
    pub year: i16,
    /// The document.
    pub href: String,
    /// Its title, where it is not the year's own report.
    pub title: Option<String>,
    /// Its place, if that is another.
    pub place: Option<String>,
    /// When it was published, if that is another place's.
    pub published: Option<DateText>,
    /// How many sentences.
    pub count: usize,
}

/// How much is new in the annual reports of a place.
#[derive(Debug, Serialize)]
pub struct PlaceOrigins {
    /// A report a year, oldest first.
    pub years: Vec<OriginYear>,
    /// The shares of new sentences as a small line, where there are three or more.
    pub spark: Option<Spark>,
    /// The sections of the newest report, if it has some.
    pub sections: Vec<OriginSection>,
    /// The newest report.
    pub newest: Option<NamedLink>,
}

/// How much is new in a report.
#[derive(Debug, Serialize)]
pub struct OriginYear {
    /// The year.
    pub year: i16,
    /// The report; nothing where none is looked at.
    pub href: Option<String>,
    /// Whether nothing earlier is held, so that nobody can tell what is kept.
    pub first: bool,
    /// The share of new sentences in hundredths, as a decimal; nothing where that cannot be said.
    pub value: Option<String>,
    /// The origins that occur.
    pub shares: Vec<OriginShare>,
}

/// How much is new in a section.
#[derive(Debug, Serialize)]
pub struct OriginSection {
    /// The printed ordinal.
    pub ordinal: Option<String>,
    /// The title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// How many different sentences are judged.
    pub sentences: usize,
    /// The share of new sentences in hundredths, as a decimal.
    pub value: Option<String>,
    /// The origins that occur.
    pub shares: Vec<OriginShare>,
}

/// The table of all places and years, or a part of it.
#[derive(Debug, Serialize)]
pub struct AncestryPage {
    /// The place that a part of the page is about.
    pub place: Option<NamedLink>,
    /// The years, oldest first.
    pub years: Vec<i16>,
    /// All places together, a year.
    pub totals: Vec<OriginYear>,
    /// The places, each below the one that it belongs to.
    pub rows: Vec<AncestryRow>,
    /// Where the table is split, its parts.
    pub parts: Vec<AncestryPart>,
    /// The same as data, for every document: CSV and JSON, where the site offers data.
    pub files: Vec<NamedLink>,
}

/// The years of one place.
#[derive(Debug, Serialize)]
pub struct AncestryRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How deep it stands.
    pub depth: usize,
    /// A cell a year.
    pub cells: Vec<OriginYear>,
}

/// A part of a table that is split at permanent addresses.
#[derive(Debug, Serialize)]
pub struct AncestryPart {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many places it has.
    pub places: usize,
    /// All of them together, a year.
    pub totals: Vec<OriginYear>,
}
