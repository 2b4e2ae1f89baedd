//! What lists are made of: places, kinds, years and documents by their names.

use serde::Serialize;

use super::DateText;

/// A link with words.
#[derive(Clone, Debug, Serialize)]
pub struct NamedLink {
    /// What it is called.
    pub name: String,
    /// Where it leads.
    pub href: String,
}

/// The page that has all documents of a place and a year.
#[derive(Clone, Debug, Serialize)]
pub struct AllOfYear {
    /// How many there are besides the one that is shown.
    pub count: usize,
    /// Where they are.
    pub href: String,
}

/// A kind's id and name.
#[derive(Clone, Debug, Serialize)]
pub struct KindName {
    /// Its name in front matter.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The list of its documents.
    pub href: String,
}

/// A document as a line of a list.
#[derive(Clone, Debug, Serialize)]
pub struct DocRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its place.
    pub place: NamedLink,
    /// The year it covers.
    pub year: i16,
    /// Its kind.
    pub kind: KindName,
    /// When it was published.
    pub published: DateText,
    /// `published`, `draft` or `withdrawn`.
    pub status: &'static str,
    /// How much of the original it is: `full`, `opening`, `excerpt` or `digest`.
    pub extent: &'static str,
    /// Whether its place is invented.
    pub invented: bool,
    /// Its summary.
    pub summary: Option<String>,
}

/// A place in the hierarchy.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceNode {
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
    /// How deep it stands, from 0.
    pub depth: usize,
    /// How many documents it has of its own.
    pub documents: usize,
    /// The newest year it has a document for.
    pub latest_year: Option<i16>,
    /// How many places below it have documents, shown here or not.
    pub places: usize,
    /// The places that belong to it; none where a page would show too many.
    pub children: Vec<PlaceNode>,
}

/// How much the archive holds.
#[derive(Debug, Serialize)]
pub struct ArchiveCounts {
    /// Places with documents.
    pub places: usize,
    /// Documents.
    pub documents: usize,
    /// Years.
    pub years: usize,
    /// Figures bound to their words.
    pub figures: usize,
}

/// A year with the number of its documents.
#[derive(Clone, Debug, Serialize)]
pub struct YearCount {
    /// The year.
    pub year: i16,
    /// Its page.
    pub href: String,
    /// How many documents.
    pub count: usize,
}

/// A kind with the number of its documents.
#[derive(Clone, Debug, Serialize)]
pub struct KindCount {
    /// Its name in front matter.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many documents.
    pub count: usize,
}

/// A part of a list that is split at permanent addresses.
#[derive(Clone, Debug, Serialize)]
pub struct SplitPart {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// How many documents it lists.
    pub count: usize,
}
