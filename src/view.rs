//! The contract with themes: what a template can read, and all that it can read. When
//! something here changes, the theme guide and the changelog change with it.
//!
//! Every `href` is final, with the site's base path. Fields named `html`, `svg` and `json_ld`
//! are safe to print as they are; all else is escaped by the template.

mod ancestry;
mod chart;
mod compare;
mod coverage;
mod data;
mod indicators;
mod offices;
mod past;
mod tasks;

use serde::Serialize;

use crate::config::{GovernmentSite, License, Publisher};
use crate::interface::Locale;

pub use crate::beside::{
    Beside, Compared, DateText, FigurePair, FigureRows, Outcome, Part, PartName, SectionName, SectionPair,
    ShareRow, Shares, ValueChange, Why, YearSpan,
};
pub use ancestry::{
    AncestryPage, AncestryPart, AncestryRow, OriginRow, OriginSection, OriginShare, OriginYear, Origins,
    PlaceOrigins,
};
pub use chart::{Bar, Chart, Spark, SparkPoint};
pub use compare::{
    Compare, PairLink, PairRow, Period, Series, Strip, Theme, ThemeCell, ThemeMark, ThemePeriod, Themes,
    Years,
};
pub use coverage::{
    Coverage, CoverageCell, CoveragePage, CoveragePart, CoveragePlace, CoverageRow, CoverageRule,
    CoverageTally, LevelName,
};
pub use data::{DataColumn, DataFile, DataPage, DataSlice, DataTable, Downloads};
pub use indicators::{
    Choice, Embed, IndicatorEntry, IndicatorGroup, IndicatorPage, IndicatorPlace, Indicators, LookAlike,
    YearColumn, YearFigures, YearFiguresRow,
};
pub use offices::{OfficeRow, OfficesPage};
pub use past::{
    FigureChange, FormerPlace, Gone, LogPage, LogPart, LogRow, VersionPage, VersionRow, Withdrawal,
};
pub use tasks::{AnswerRow, AnsweredPlan, TaskLink, TaskRow, Tasks};

/// A page: what every page has, and what its template shows.
#[derive(Debug, Serialize)]
pub struct View {
    /// The site, the same on every page.
    pub site: Site,
    /// This page.
    pub page: Page,
    /// What its template shows, under the template's name.
    #[serde(flatten)]
    pub content: Content,
}

/// The site, the same on every page but for the mark of where the reader is.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The language of the interface.
    pub language: Locale,
    /// `rtl` where that is written from right to left, else `ltr`
    pub direction: &'static str,
    /// The home page.
    pub home: String,
    /// The search page, where there is one.
    pub search: Option<String>,
    /// The description by which browsers search the site from their own box.
    pub open_search: Option<String>,
    /// The site's feed, where there is one.
    pub feed: Option<String>,
    /// The page of the open data, where there is any.
    pub data: Option<String>,
    /// The page of where sentences come from, where there are documents to hold against each other.
    pub ancestry: Option<String>,
    /// The log of what was published, once something was.
    pub log: Option<String>,
    /// The languages of the interface, where there are several.
    pub languages: Vec<LanguageLink>,
    /// The site map that people read, where there is anything to list.
    pub contents: Option<String>,
    /// The site map for machines.
    pub sitemap: String,
    /// What made the page.
    pub generator: &'static str,
    /// The main ways into the site.
    pub nav: Vec<NavItem>,
    /// Who publishes.
    pub publisher: Publisher,
    /// The registrations.
    pub government_site: GovernmentSite,
    /// Where the site's addresses begin: scheme and host, `https://www.example.gov.cn`.
    pub origin: String,
    /// The licence of documents and figures, where the site names one.
    pub license: Option<License>,
}

/// A language of the interface, and where it is spoken.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    /// The language as BCP 47 names it.
    pub tag: String,
    /// What it calls itself; where this page does not stand in it, what stands there.
    pub name: String,
    /// This page in that language, or the nearest above it that stands in it.
    pub href: String,
    /// The whole address of this page in that language; nothing where it does not stand in it.
    pub alternate: Option<String>,
    /// Whether it is that of this page.
    pub current: bool,
}

/// A way into the site.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether the reader is there.
    pub current: bool,
}

/// What every page has of its own.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The template's name without its ending.
    pub template: &'static str,
    /// The whole title, with the site's.
    pub title: String,
    /// The heading.
    pub heading: String,
    /// One sentence about the page.
    pub description: String,
    /// The address without the base path.
    pub address: String,
    /// The whole address.
    pub canonical: String,
    /// Where a reader reports an error of this page: a letter with its address, or what the site names for it.
    pub report_error: Option<String>,
    /// The page's own feed.
    pub feed: Option<String>,
    /// Whether it is about a place that is invented, and so about no real document.
    pub invented: bool,
    /// What robots are told, `noindex` or nothing.
    pub robots: Option<&'static str>,
    /// The page labels of 国办发〔2017〕47号.
    pub labels: Vec<Label>,
    /// The way from the home page to here; the last has no address.
    pub breadcrumbs: Vec<Crumb>,
    /// Structured data, ready to stand in a script element.
    pub json_ld: Option<String>,
}

/// A page label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Its name, such as `ArticleTitle`.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}

/// A step on the way to a page.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// What it is called.
    pub title: String,
    /// Where it leads; nothing for the page itself.
    pub href: Option<String>,
}

/// What a template shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// The home page.
    Home(Box<Home>),
    /// A place.
    Place(Box<Place>),
    /// A document.
    Document(Box<Document>),
    /// A year.
    Year(Box<YearPage>),
    /// A kind of documents.
    Kind(Box<KindPage>),
    /// Two documents side by side.
    Compare(Box<Compare>),
    /// All years of a place.
    Years(Box<Years>),
    /// Who has reported, and when.
    Coverage(Box<CoveragePage>),
    /// How much is new in annual reports.
    Ancestry(Box<AncestryPage>),
    /// The registry of indicators.
    Indicators(Indicators),
    /// One indicator.
    Indicator(Box<IndicatorPage>),
    /// The chart of an indicator alone.
    Embed(Box<Embed>),
    /// The search page.
    Search(Box<Search>),
    /// The site map that people read.
    Contents(Contents),
    /// The offices whose documents a federated site gathers.
    Offices(OfficesPage),
    /// The page of the open data.
    Data(Box<DataPage>),
    /// An earlier text of a document.
    Version(Box<VersionPage>),
    /// The log of what was published.
    Log(Box<LogPage>),
    /// A document that was published and is gone.
    Gone(Gone),
    /// A plain page.
    Plain(Plain),
    /// The page for addresses where nothing is.
    NotFound(Empty),
    /// A page that leads on.
    Redirect(Redirect),
}

/// Nothing of its own.
#[derive(Debug, Serialize)]
pub struct Empty {}

/// A link with words.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
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
    pub place: Named,
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
pub struct Counts {
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

/// The home page.
#[derive(Debug, Serialize)]
pub struct Home {
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
    pub counts: Counts,
    /// The years, newest first.
    pub years: Vec<YearCount>,
    /// The kinds that have documents.
    pub kinds: Vec<KindCount>,
    /// Which place reported when, at a glance.
    pub coverage: Option<Coverage>,
}

/// A place.
#[derive(Debug, Serialize)]
pub struct Place {
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
    pub parent: Option<Named>,
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

/// A document.
#[derive(Debug, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The title of the text within a notice or letter, where it differs.
    pub subtitle: Option<String>,
    /// Its place.
    pub place: DocumentPlace,
    /// The year it covers.
    pub year: i16,
    /// Its kind.
    pub kind: KindName,
    /// The BCP 47 tag of its text.
    pub lang: &'static str,
    /// `published`, `draft` or `withdrawn`.
    pub status: &'static str,
    /// How much of the original it is: `full`, `opening`, `excerpt` or `digest`.
    pub extent: &'static str,
    /// Whether it was withdrawn, and its text is gone.
    pub withdrawn: bool,
    /// What is said of the withdrawal.
    pub withdrawal: Option<Withdrawal>,
    /// The SHA-256 of the text that was withdrawn, where the log has it.
    pub digest: Option<String>,
    /// The metadata as government sites show it.
    pub metadata: Vec<Metadatum>,
    /// Its summary.
    pub summary: Option<String>,
    /// The letter or notice around it.
    pub wrapper: Option<WrapperView>,
    /// The text.
    pub html: String,
    /// The outline.
    pub outline: Vec<OutlineNode>,
    /// The figures.
    pub figures: Vec<FigureRow>,
    /// The same kind's document of the year before.
    pub previous: Option<Neighbour>,
    /// The same kind's document of the year after.
    pub next: Option<Neighbour>,
    /// The page that compares it with the one before.
    pub compare: Option<PairLink>,
    /// Where its sentences come from, where it is a whole text that was published.
    pub origins: Option<Origins>,
    /// Other documents of the year, the nearest where there are very many.
    pub siblings: Vec<DocRow>,
    /// Where all of them are, if these are not all.
    pub all_siblings: Option<AllOfYear>,
    /// How to cite it.
    pub citation: Citation,
    /// The source to download.
    pub source: Option<Download>,
    /// The files that belong to it.
    pub attachments: Vec<AttachmentRow>,
    /// What was corrected.
    pub corrections: Vec<CorrectionRow>,
    /// Its texts, the newest first, where it was published with another one before.
    pub versions: Vec<VersionRow>,
    /// Places of earlier texts to which links may lead, and which this text has not.
    pub former: Vec<FormerPlace>,
    /// The documents it is about and those about it.
    pub relations: Vec<RelationRow>,
    /// The tasks that it sets, where it is a plan that sets some.
    pub tasks: Option<Tasks>,
    /// The plans of which it answers tasks.
    pub answers: Vec<AnsweredPlan>,
}

/// The place of a document.
#[derive(Debug, Serialize)]
pub struct DocumentPlace {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What its level is called.
    pub level_name: String,
}

/// A line of the metadata table.
#[derive(Debug, Serialize)]
pub struct Metadatum {
    /// What it is, the key of its interface text below `meta.`.
    pub key: &'static str,
    /// What it says.
    pub value: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// A letter or notice around a text.
#[derive(Debug, Serialize)]
pub struct WrapperView {
    /// `covering-letter` or `issuing-notice`.
    pub role: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub html: String,
}

/// A section of the outline.
#[derive(Debug, Serialize)]
pub struct OutlineNode {
    /// Its anchor.
    pub anchor: String,
    /// The link to it.
    pub href: String,
    /// Its printed ordinal.
    pub ordinal: Option<String>,
    /// Its title.
    pub title: String,
    /// How deep it stands, from 1.
    pub depth: u8,
    /// The sections in it.
    pub children: Vec<OutlineNode>,
}

/// A figure of a document.
#[derive(Debug, Serialize)]
pub struct FigureRow {
    /// The indicator's id.
    pub id: String,
    /// The indicator's name.
    pub name: String,
    /// The page that has the figures of other places and years.
    pub indicator_href: Option<String>,
    /// The value as a decimal.
    pub value: String,
    /// The value with its unit.
    pub text: String,
    /// How exact it is.
    pub qualifier: Option<&'static str>,
    /// The words it comes from; empty for one that stands in an attachment.
    pub href: String,
    /// The sentence.
    pub sentence: String,
    /// When it last changed, if it was published with another value before.
    pub changed: Option<FigureChange>,
}

/// The same kind's document of another year.
#[derive(Debug, Serialize)]
pub struct Neighbour {
    /// The year.
    pub year: i16,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
}

/// How to cite a document.
#[derive(Debug, Serialize)]
pub struct Citation {
    /// The citation without the address.
    pub text: String,
    /// The address.
    pub url: String,
}

/// A file to download.
#[derive(Debug, Serialize)]
pub struct Download {
    /// Where it is.
    pub href: String,
    /// How large it is, in words.
    pub size_text: String,
}

/// A file that belongs to a document.
#[derive(Debug, Serialize)]
pub struct AttachmentRow {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Its name.
    pub file: String,
    /// How large it is, in words.
    pub size_text: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Its format by its name's ending, in capital letters.
    pub media: String,
}

/// A correction.
#[derive(Debug, Serialize)]
pub struct CorrectionRow {
    /// When.
    pub date: DateText,
    /// What.
    pub note: String,
}

/// A document that this one is about, or that is about this one.
#[derive(Debug, Serialize)]
pub struct RelationRow {
    /// How, the key of its interface text below `relation.`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
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
    pub parent: Option<Named>,
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
pub struct Search {
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
pub struct Contents {
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
pub struct Plain {
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
