//! What can be at an address.

use camino::{Utf8Path, Utf8PathBuf};

use super::{answers, data};
use crate::archive::{Archive, DocumentId, PageId};
use crate::config::IndicatorId;
use crate::interface::Locale;
use crate::route::{Route, Year};
use crate::tlog::Tile;

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The home page.
    Home,
    /// A place, by slug.
    Place(String),
    /// A document, by its place in the archive.
    Report(DocumentId),
    /// A year, or one topmost place of a large year.
    Year(Year, Option<String>),
    /// A kind, or a year of a large kind, or one topmost place of a large year of it.
    Kind(String, Option<Year>, Option<String>),
    /// Two documents side by side, by their places in the archive.
    Pair(DocumentId, DocumentId),
    /// All years of a place, by slug.
    Years(String),
    /// The texts of a place and a kind, for comparing any two in the browser.
    Texts(String, String),
    /// Who has reported, or one topmost place of many.
    Coverage(Option<String>),
    /// How much is new in the annual reports, or in those of one topmost place of many.
    Ancestry(Option<String>),
    /// The registry of indicators.
    Indicators,
    /// An indicator by its place in the registry, or one topmost place of one that many have.
    Indicator(IndicatorId, Option<String>),
    /// The chart of an indicator, by its place in the registry, for the pages of others.
    Embed(IndicatorId),
    /// The search page.
    Search,
    /// The site map that people read.
    Contents,
    /// The offices whose documents a federated site gathers.
    Offices,
    /// A plain page, by its place in the archive.
    Page(PageId),
    /// The page for addresses where nothing is.
    NotFound,
    /// A page that leads on.
    Redirect(Route),
    /// The feed of the site, or of a place.
    Feed(Option<String>),
    /// How a feed looks in a browser, and what it says that a feed is.
    FeedStyle,
    /// The site map, or one part of it, from one.
    Sitemap(Option<usize>),
    /// What robots are told.
    Robots,
    /// What browsers are told that would search the site from their own box.
    OpenSearch,
    /// The names of all places, from which a reader picks one.
    PlaceNames,
    /// The page of the open data.
    Data,
    /// A file of open data.
    DataFile(data::OpenDataFile),
    /// The log of what was published: its newest entries, a year of it, or a part of a long one.
    Log(Option<(i16, Option<u64>)>),
    /// The feed of the log.
    LogFeed,
    /// A file of the log as others verify it: the signed head, or a tile.
    LogFile(Option<Tile>),
    /// An earlier text of a document, by its place in the archive, and which it is.
    Version(DocumentId, usize),
    /// A document that was published and is not there any more.
    Gone(Route),
    /// The source of a document.
    Markdown(DocumentId),
    /// A file that is passed on: its path below the site's folder.
    Copy(Utf8PathBuf),
    /// What stands elsewhere on the site in its own language, in another one.
    Translated(Box<Translation>),
}

/// What stands a second time in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The language that it is in here.
    pub language: Locale,
    /// Where it stands in the site's own.
    pub route: Route,
    /// What it is.
    pub subject: Subject,
}

impl Subject {
    /// What it is, in whichever language.
    pub(crate) fn itself(&self) -> &Self {
        match self {
            Self::Translated(translation) => &translation.subject,
            own => own,
        }
    }

    /// The slug of the place that it is of, where who draws it needs no texts but those of that place; nothing where
    /// it is about all places, or passed on as it is.
    pub(crate) fn of_place<'a>(
        &'a self,
        archive: &'a Archive,
        answers: &answers::AnswersByPlan,
    ) -> Option<&'a str> {
        let place = |at: DocumentId| archive.reports[at].address.place.as_str();
        match self {
            Self::Place(slug) | Self::Years(slug) | Self::Texts(slug, _) | Self::Feed(Some(slug)) => {
                Some(slug)
            }
            Self::Report(at) => Some(place(*at)).filter(|_| !answers::is_abroad(archive, answers, *at)),
            Self::Pair(at, _) | Self::Version(at, _) => Some(place(*at)),
            Self::DataFile(data::OpenDataFile::Figures(data::Slice::Place(slug), _)) => Some(slug),
            Self::Translated(translation) => translation.subject.of_place(archive, answers),
            Self::Home
            | Self::Year(..)
            | Self::Kind(..)
            | Self::Coverage(_)
            | Self::Ancestry(_)
            | Self::Indicators
            | Self::Indicator(..)
            | Self::Embed(_)
            | Self::Search
            | Self::Contents
            | Self::Offices
            | Self::Page(_)
            | Self::NotFound
            | Self::Redirect(_)
            | Self::Feed(None)
            | Self::FeedStyle
            | Self::Sitemap(_)
            | Self::Robots
            | Self::OpenSearch
            | Self::PlaceNames
            | Self::Data
            | Self::DataFile(
                data::OpenDataFile::Figures(..)
                | data::OpenDataFile::Linked
                | data::OpenDataFile::Register(..)
                | data::OpenDataFile::Package
                | data::OpenDataFile::Schema,
            )
            | Self::Log(_)
            | Self::LogFeed
            | Self::LogFile(_)
            | Self::Gone(_)
            | Self::Markdown(_)
            | Self::Copy(_) => None,
        }
    }

    /// What sort of thing it is, whatever it is about.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Place(_) => "place",
            Self::Report(_) => "report",
            Self::Year(..) => "year",
            Self::Kind(..) => "kind",
            Self::Pair(..) => "pair",
            Self::Years(_) => "years",
            Self::Texts(..) => "texts",
            Self::Coverage(_) => "coverage",
            Self::Ancestry(_) => "ancestry",
            Self::Indicators => "indicators",
            Self::Indicator(..) => "indicator",
            Self::Embed(_) => "embed",
            Self::Search => "search",
            Self::Page(_) => "page",
            Self::NotFound => "not-found",
            Self::Redirect(_) => "redirect",
            Self::Feed(_) => "feed",
            Self::FeedStyle => "feed-style",
            Self::Sitemap(_) => "sitemap",
            Self::Contents => "contents",
            Self::Offices => "offices",
            Self::Robots => "robots",
            Self::OpenSearch => "open-search",
            Self::PlaceNames => "place-names",
            Self::Data => "data",
            Self::DataFile(_) => "data-file",
            Self::Log(_) => "log",
            Self::LogFeed => "log-feed",
            Self::LogFile(_) => "log-file",
            Self::Version(..) => "version",
            Self::Gone(_) => "gone",
            Self::Markdown(_) => "markdown",
            Self::Copy(_) => "copy",
            Self::Translated(translation) => translation.subject.name(),
        }
    }
}

/// The file that an address comes from, for complaints.
pub(crate) fn origin(archive: &Archive, subject: &Subject) -> Utf8PathBuf {
    let of_place = |slug: &str| archive.places.get(slug).map(|place| place.path.clone());
    let path = match subject.itself() {
        Subject::Copy(path) => Some(path.clone()),
        Subject::Report(at) | Subject::Markdown(at) | Subject::Version(at, _) => {
            Some(archive.reports[*at].path.clone())
        }
        Subject::Page(at) => Some(archive.pages[*at].path.clone()),
        Subject::Place(slug) | Subject::Years(slug) | Subject::Texts(slug, _) => of_place(slug),
        Subject::Redirect(to) => {
            let report = archive.at(to).map(|report| report.path.clone());
            report.or_else(|| of_place(to.first()))
        }
        _ => None,
    };
    path.unwrap_or_else(|| "site.yaml".into())
}

/// The files that the page at an address is about, if it is about a few.
pub(crate) fn files_of<'a>(archive: &'a Archive, subject: &Subject) -> Vec<&'a Utf8Path> {
    let reports = |all: &[DocumentId]| all.iter().map(|at| &*archive.reports[*at].path).collect();
    match subject.itself() {
        Subject::Home => archive.home.iter().map(|page| &*page.path).collect(),
        Subject::Place(slug) => archive.places.get(slug).map(|place| &*place.path).into_iter().collect(),
        Subject::Report(at) | Subject::Markdown(at) | Subject::Version(at, _) => reports(&[*at]),
        Subject::Pair(one, other) => reports(&[*one, *other]),
        Subject::Page(at) => vec![&archive.pages[*at].path],
        Subject::Redirect(to) => archive.at(to).map(|report| &*report.path).into_iter().collect(),
        _ => Vec::new(),
    }
}
