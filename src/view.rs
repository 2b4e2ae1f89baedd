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
mod document;
mod indicators;
mod lists;
mod offices;
mod past;
mod place;
mod rows;
mod tasks;

use serde::Serialize;

use crate::config::{GovernmentSite, License, Publisher};
use crate::interface::Locale;

pub use crate::beside::{
    Compared, ComparedSection, ComparisonOutcome, DateText, FigurePair, FigureRows, MatchEvidence, PartName,
    SectionName, SectionPair, ShareRow, Shares, SideBySide, ValueChange, YearSpan,
};
pub use ancestry::{
    AncestryPage, AncestryPart, AncestryRow, OriginList, OriginRow, OriginSection, OriginShare, OriginYear,
    OriginsView, PlaceOrigins,
};
pub use chart::{Bar, Chart, Spark, SparkPoint};
pub use compare::{
    CompareView, DocumentSeries, FollowedSection, PairLink, PairRow, PairedYears, Strip, ThemeCell,
    ThemeMark, ThemePeriod, Themes, YearsView,
};
pub use coverage::{
    Coverage, CoverageCell, CoveragePage, CoveragePart, CoveragePlace, CoverageRow, CoverageRule,
    CoverageTally, LevelName,
};
pub use data::{DataColumn, DataFile, DataPage, DataSlice, DataTable, Downloads};
pub use document::{
    AttachmentRow, Citation, CorrectionRow, DocumentPlace, DocumentView, Download, FigureRow, Metadatum,
    Neighbour, OutlineNode, RelationRow, WrapperView,
};
pub use indicators::{
    Embed, FilterChoice, IndicatorEntry, IndicatorGroup, IndicatorPage, IndicatorPlace, Indicators,
    LookAlike, YearColumn, YearFigures, YearFiguresRow,
};
pub use lists::{
    HomeView, KindGroup, KindPage, PlainView, Redirect, SearchView, SiteMapView, YearLevel, YearLink,
    YearPage, YearPlace, YearRow,
};
pub use offices::{OfficeRow, OfficesPage};
pub use past::{
    FigureRevision, FormerPlace, GoneDocument, LogPage, LogPart, LogRow, VersionPage, VersionRow,
    WithdrawalView,
};
pub use place::{IndicatorRow, IndicatorYear, PlaceView, PlaceYear};
pub use rows::{
    AllOfYear, ArchiveCounts, DocRow, KindCount, KindName, NamedLink, PlaceNode, SplitPart, YearCount,
};
pub use tasks::{AnswerRow, AnsweredPlan, TaskLink, TaskRow, Tasks};

/// A page: what every page has, and what its template shows.
#[derive(Debug, Serialize)]
pub struct View {
    /// The site, the same on every page.
    pub site: Site,
    /// This page.
    pub page: PageFrame,
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
pub struct PageFrame {
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
    /// The page labels of 国办发〔2017〕47号, and what is shown of the page where its address is shared.
    pub labels: Vec<PageLabel>,
    /// The way from the home page to here; the last has no address.
    pub breadcrumbs: Vec<Crumb>,
    /// Structured data, ready to stand in a script element.
    pub json_ld: Option<String>,
}

/// A page label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageLabel {
    /// Its name, such as `ArticleTitle`.
    pub name: Option<&'static str>,
    /// What it is called where an address is shared, such as `og:title`.
    pub property: Option<&'static str>,
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
    Home(Box<HomeView>),
    /// A place.
    Place(Box<PlaceView>),
    /// A document.
    Document(Box<DocumentView>),
    /// A year.
    Year(Box<YearPage>),
    /// A kind of documents.
    Kind(Box<KindPage>),
    /// Two documents side by side.
    Compare(Box<CompareView>),
    /// All years of a place.
    Years(Box<YearsView>),
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
    Search(Box<SearchView>),
    /// The site map that people read.
    Contents(SiteMapView),
    /// The offices whose documents a federated site gathers.
    Offices(OfficesPage),
    /// The page of the open data.
    Data(Box<DataPage>),
    /// An earlier text of a document.
    Version(Box<VersionPage>),
    /// The log of what was published.
    Log(Box<LogPage>),
    /// A document that was published and is gone.
    Gone(GoneDocument),
    /// A plain page.
    Plain(PlainView),
    /// The page for addresses where nothing is.
    NotFound(EmptyView),
    /// A page that leads on.
    Redirect(Redirect),
}

/// Nothing of its own.
#[derive(Debug, Serialize)]
pub struct EmptyView {}
