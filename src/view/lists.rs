//! The home page, the lists of a year and of a kind, and the pages that are little else.

use serde::Serialize;

use super::{
    ArchiveCounts, Coverage, DocRow, Downloads, KindCount, NamedLink, PlaceNode, SplitPart, YearCount,
    YearFigures,
};

/// The home page.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// The heading.
    pub title: String,
    /// The introduction.
    pub html: String,
    /// The places by hierarchy, as deep as a page bears.
    pub places: Vec<PlaceNode>,
    /// Whether they are so many that they should be folded.
    pub places_folded: bool,
    /// The newest documents.
    pub latest: Vec<DocRow>,
    /// How much there is.
    pub counts: ArchiveCounts,
    /// The years, newest first.
    pub years: Vec<YearCount>,
    /// The kinds that have documents.
    pub kinds: Vec<KindCount>,
    /// Which place reported when, at a glance.
    pub coverage: Option<Coverage>,
}

/// A year.
#[derive(Debug, Serialize)]
pub struct YearPage {
    /// The year.
    pub year: i16,
    /// The year before that has documents.
    pub previous: Option<YearLink>,
    /// The year after that has documents.
    pub next: Option<YearLink>,
    /// The places by level.
    pub levels: Vec<YearLevel>,
    /// Where the list is split, its parts.
    pub split: Vec<SplitPart>,
    /// The year's figures to download.
    pub downloads: Option<Downloads>,
}

/// A year to go to.
#[derive(Debug, Serialize)]
pub struct YearLink {
    /// The year.
    pub year: i16,
    /// Its page.
    pub href: String,
}

/// The places of one level in a year.
#[derive(Debug, Serialize)]
pub struct YearLevel {
    /// The level's name in front matter.
    pub level: &'static str,
    /// What the level is called.
    pub level_name: String,
    /// The places.
    pub rows: Vec<YearRow>,
    /// Their figures, one beside another.
    pub figures: Option<YearFigures>,
}

/// A place in a year.
#[derive(Debug, Serialize)]
pub struct YearRow {
    /// The place.
    pub place: YearPlace,
    /// The annual report.
    pub report: Option<DocRow>,
    /// All else.
    pub others: Vec<DocRow>,
}

/// A place in the list of a year.
#[derive(Debug, Serialize)]
pub struct YearPlace {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The place that it belongs to.
    pub parent: Option<NamedLink>,
}

/// A kind of documents, or one year of a large kind.
#[derive(Debug, Serialize)]
pub struct KindPage {
    /// The kind's name in front matter.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The year, where the kind is split.
    pub year: Option<i16>,
    /// Its documents by year, newest first.
    pub groups: Vec<KindGroup>,
    /// Where the kind is split, its years.
    pub split: Vec<YearCount>,
    /// Where a year of it is split again, its topmost places.
    pub parts: Vec<SplitPart>,
}

/// The documents of a kind and a year.
#[derive(Debug, Serialize)]
pub struct KindGroup {
    /// The year.
    pub year: i16,
    /// The year's page.
    pub href: Option<String>,
    /// The documents.
    pub rows: Vec<DocRow>,
}

/// The search page.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// Words to try.
    pub examples: Vec<String>,
    /// The kinds that have documents.
    pub kinds: Vec<KindCount>,
    /// The years, newest first.
    pub years: Vec<YearCount>,
    /// The places by hierarchy, as deep as a page bears.
    pub places: Vec<PlaceNode>,
    /// Whether they are so many that they should be folded.
    pub places_folded: bool,
    /// Where the search files are; nothing where the site was built without them.
    pub bundle: Option<String>,
    /// The sites of offices to which results may lead, each by scheme and host; none but on a federated site.
    pub origins: Vec<String>,
    /// How many documents can be searched.
    pub count: usize,
}

/// The site map that people read: all lists of the site.
#[derive(Debug, Serialize)]
pub struct SiteMapView {
    /// The kinds that have documents.
    pub kinds: Vec<KindCount>,
    /// The years, newest first.
    pub years: Vec<YearCount>,
    /// The places by hierarchy, as deep as a page bears.
    pub places: Vec<PlaceNode>,
    /// Whether they are so many that they should be folded.
    pub places_folded: bool,
}

/// A plain page.
#[derive(Debug, Serialize)]
pub struct PlainView {
    /// Its title.
    pub title: String,
    /// Its text.
    pub html: String,
}

/// A page that leads on.
#[derive(Debug, Serialize)]
pub struct Redirect {
    /// Where to.
    pub href: String,
    /// What is there.
    pub title: String,
}
