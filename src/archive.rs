//! All files together: places and their hierarchy, documents by place and year, and what only
//! shows when they stand side by side, such as a number given twice.
//!
//! An archive holds the sources it was made from and everything a page can be about. It has
//! no notion of pages; that is the plan's.

mod assemble;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use camino::Utf8Path;

use crate::config::{Config, Registry};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::listing::{Idx, IdxList};
use crate::offices::Offices;
use crate::page::{self, Place, PlainPage};
use crate::publications::PublicationLog;
use crate::report::{self, Facts, OpenDocument, ParsedDocument, PublicationStatus, Record, Report};
use crate::route::{Address, Leaf, Misplaced, Route, Year};
use crate::source::{Source, Sources, Span, Spanned};

pub use assemble::{assemble, dismantle};

/// A document by its place in an archive.
pub type DocumentId = Idx<Document>;

/// A plain page by its place in an archive.
pub type PageId = Idx<PlainPage>;

/// Everything that a site's pages can be about.
#[derive(Debug, Default)]
pub struct Archive {
    /// The texts and files it was made from.
    pub sources: Sources,
    /// The site's settings.
    pub config: Config,
    /// The registry of indicators.
    pub registry: Registry,
    /// The places by slug.
    pub places: BTreeMap<String, Place>,
    /// The documents in the order of place, year and name; the year's own report first.
    pub reports: IdxList<Document>,
    /// The plain pages, by address.
    pub pages: IdxList<PlainPage>,
    /// The home page's text.
    pub home: Option<PlainPage>,
    /// What was published of it, and when.
    pub log: PublicationLog,
    /// The offices whose documents it gathers, where it is the archive of a federated site.
    pub offices: Offices,
    /// Which of the documents are those of each place. Pages about everything ask this for
    /// thousands of places, so it is looked up and not searched for.
    by_place: HashMap<String, Range<usize>>,
    /// The slugs of the places that belong to each place.
    children: BTreeMap<String, Vec<String>>,
    /// The addresses of drafts that are left out.
    drafts: BTreeSet<Route>,
    /// What was read and is in no other field: drafts that are left out, and whatever came
    /// second to an address.
    aside: Vec<ContentFile>,
    /// The parents that places name and cannot have, by the slug of the place.
    refused: Vec<(String, Spanned<String>)>,
}

impl Archive {
    /// The source at `path`, which an archived text came from.
    ///
    /// # Panics
    /// Never for a path of this archive: it holds the sources of all its texts.
    #[must_use]
    pub fn source(&self, path: &Utf8Path) -> &Source {
        self.sources.text(path).expect("an archive holds the sources of its texts")
    }

    /// The places that belong to `slug`, or the topmost ones.
    pub fn children(&self, slug: Option<&str>) -> impl Iterator<Item = &Place> {
        let slugs = self.children.get(slug.unwrap_or_default());
        slugs.into_iter().flatten().filter_map(|slug| self.places.get(slug))
    }

    /// The documents of a place, oldest year first.
    #[must_use]
    pub fn of_place(&self, slug: &str) -> &[Document] {
        self.by_place.get(slug).map_or(&[], |range| &(*self.reports)[range.clone()])
    }

    /// The documents of a place and a year.
    #[must_use]
    pub fn of_year(&self, slug: &str, year: Year) -> &[Document] {
        let all = self.of_place(slug);
        let start = all.partition_point(|report| report.address.year < year);
        let count = all[start..].partition_point(|report| report.address.year == year);
        &all[start..start + count]
    }

    /// The document at an address.
    #[must_use]
    pub fn at(&self, route: &Route) -> Option<&Document> {
        let Ok(Leaf::Report(address)) = Leaf::of(route.as_str().trim_matches('/').into()) else {
            return None;
        };
        self.document(&address)
    }

    /// The document with this address.
    #[must_use]
    pub fn document(&self, address: &Address) -> Option<&Document> {
        self.id_of(address).map(|id| &self.reports[id])
    }

    /// The place of the document with this address.
    #[must_use]
    pub fn id_of(&self, address: &Address) -> Option<DocumentId> {
        let number = self.reports.binary_search_by(|report| report.address.cmp(address)).ok()?;
        self.reports.id(number)
    }

    /// The document that who counts and knows no archive knows by this number.
    pub(crate) fn numbered(&self, number: usize) -> &Document {
        &(*self.reports)[number]
    }

    /// Puts a document and its text in the place of what the same file was before. The file must
    /// have a document here ([`Archive::of_file`]); where it has none, nothing happens.
    pub fn put(&mut self, text: Source, report: Document) {
        if let Some(at) = self.position(&report) {
            self.sources.swap(text);
            self.reports[at] = report;
        }
    }

    /// The document that stands here for the same file as `report`.
    #[must_use]
    pub fn of_file(&self, report: &Record) -> Option<&Document> {
        self.position(report).map(|at| &self.reports[at])
    }

    fn position(&self, report: &Record) -> Option<DocumentId> {
        self.id_of(&report.address).filter(|id| self.reports[*id].path == report.path)
    }

    /// A document of this archive, opened for reading.
    #[must_use]
    pub fn open<'a>(&'a self, document: &'a Document) -> OpenDocument<'a> {
        let source = self.source(&document.path);
        let settings = (&self.config, &self.registry);
        let marks = document.facts.get().map(|facts| &*facts.marks);
        let read = || Box::new(report::parse_again(source, (document, marks), settings).unwrap_or_default());
        OpenDocument { record: document, source, parsed: document.parsed.get_or_init(read) }
    }

    /// Lets go of the texts of documents and of what was found in them. Who asks for them again has
    /// them read again.
    pub fn shed(&mut self) {
        self.sources.shed();
        for document in &mut self.reports {
            document.parsed = OnceLock::new();
        }
    }

    /// What is asked of a document of this archive when all are looked at together.
    #[must_use]
    pub fn facts<'a>(&'a self, document: &'a Document) -> &'a Facts {
        document.facts.get_or_init(|| {
            let opened = self.open(document);
            let notable = opened.parsed.notable.clone();
            let notable = notable.or_else(|| report::notable_again(opened.source, document));
            Box::new(Facts::of(opened, notable.unwrap_or_default()))
        })
    }

    /// What was read and is not shown: drafts that are left out, and whatever came second to an address.
    #[must_use]
    pub fn aside(&self) -> &[ContentFile] {
        &self.aside
    }

    /// Whether a document has its page on the site of an office, and none here.
    #[must_use]
    pub fn is_elsewhere(&self, document: &Record) -> bool {
        !self.offices.is_empty() && self.offices.has(&document.route())
    }

    /// Whether a draft that is left out stands at `route`.
    #[must_use]
    pub fn is_draft(&self, route: &Route) -> bool {
        self.drafts.contains(route)
    }

    /// The places from the topmost one down to `slug`.
    #[must_use]
    pub fn lineage(&self, slug: &str) -> Vec<&Place> {
        let parent = |place: &&Place| self.places.get(place.parent.as_ref()?.value.as_str());
        let mut lineage: Vec<&Place> = std::iter::successors(self.places.get(slug), parent).collect();
        lineage.reverse();
        lineage
    }

    /// Whether a place is invented, or belongs to one that is.
    #[must_use]
    pub fn is_invented(&self, slug: &str) -> bool {
        let parent = |place: &&Place| self.places.get(place.parent.as_ref()?.value.as_str());
        std::iter::successors(self.places.get(slug), parent).any(|place| place.invented)
    }

    /// Whether a place has documents of its own or places with documents.
    #[must_use]
    pub fn is_empty(&self, slug: &str) -> bool {
        self.of_place(slug).is_empty() && self.children(Some(slug)).all(|child| self.is_empty(&child.slug))
    }

    /// The years that documents cover, oldest first.
    #[must_use]
    pub fn years(&self) -> BTreeSet<Year> {
        self.reports.iter().map(|report| report.address.year).collect()
    }
}

/// A document of an archive. What others may tell of it is there; its text is read when somebody
/// first asks for it ([`Archive::open`]).
#[derive(Clone, Debug)]
pub struct Document {
    record: Record,
    // Of most documents of a large archive neither is there for most of the time.
    parsed: OnceLock<Box<ParsedDocument>>,
    facts: OnceLock<Box<Facts>>,
    /// A digest of the record, once it was asked for.
    digest: OnceLock<u64>,
    /// Whether it reads as it was published last, where somebody else has read it and said so.
    as_published: Option<bool>,
}

impl From<Report> for Document {
    fn from(report: Report) -> Self {
        let parsed = OnceLock::from(Box::new(report.parsed));
        Self { parsed, ..Self::told(report.record, None) }
    }
}

impl Document {
    /// A document of which it is remembered what came of reading it. Its text is read when somebody
    /// asks for it.
    pub(crate) fn recalled(record: Record, facts: Facts, digest: u64) -> Self {
        let (facts, digest) = (OnceLock::from(Box::new(facts)), OnceLock::from(digest));
        Self { facts, digest, ..Self::told(record, None) }
    }

    /// A document that somebody else has read, of which is known what others may tell of it, and whether it reads
    /// as it was published last.
    pub(crate) fn told(record: Record, as_published: Option<bool>) -> Self {
        let (parsed, facts, digest) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { record, parsed, facts, digest, as_published }
    }

    /// Whether it reads as it was published last, where somebody else has said so.
    pub(crate) fn as_published(&self) -> Option<bool> {
        self.as_published
    }

    /// Takes from its text, which is `source`, what is asked of every document, and lets go of the
    /// rest until somebody asks for it.
    pub(crate) fn settle(&mut self, source: &Source) {
        if let Some(mut parsed) = self.parsed.take()
            && let Some(notable) = parsed.notable.take()
        {
            let opened = OpenDocument { record: &self.record, source, parsed: &parsed };
            self.facts.get_or_init(|| Box::new(Facts::of(opened, notable)));
        }
    }

    /// What its record is known by, which `digest` works out when somebody first asks.
    pub(crate) fn known_by(&self, digest: impl FnOnce(&Record) -> u64) -> u64 {
        *self.digest.get_or_init(|| digest(&self.record))
    }

    /// What others may tell of it.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What is found in its text, if somebody has read it.
    #[must_use]
    pub fn parsed(&self) -> Option<&ParsedDocument> {
        self.parsed.get().map(|parsed| &**parsed)
    }
}

impl Deref for Document {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

/// What a Markdown file below `content/` turned out to be.
#[derive(Debug)]
pub enum ContentFile {
    /// A document.
    Report(Box<Document>),
    /// A place.
    Place(Box<Place>),
    /// A plain page or the home page.
    Page(Box<PlainPage>),
}

impl ContentFile {
    /// The file that it was read from, below the site's folder.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        match self {
            Self::Report(report) => &report.path,
            Self::Place(place) => &place.path,
            Self::Page(page) => &page.path,
        }
    }
}

/// Reads one Markdown file below `content/`. What was `found` in its text before is told with what is wrong, but
/// for what its author accepts.
#[must_use]
pub fn read(
    source: &Source,
    settings: (&Config, &Registry),
    found: Vec<Diagnostic>,
) -> Diagnosed<Option<ContentFile>> {
    let below = source.path().strip_prefix("content").unwrap_or(source.path());
    let leaf = match Leaf::of(below) {
        Ok(leaf) => leaf,
        Err(why) => {
            let diagnostics = std::iter::once(misplaced(source, &why)).chain(found).collect();
            return Diagnosed { value: None, diagnostics };
        }
    };
    let mut read = match leaf {
        Leaf::Report(address) => return document(report::parse_with(source, address, settings, found)),
        Leaf::Place(slug) => wrap(page::parse_place(source, slug), ContentFile::Place),
        leaf => wrap(page::parse_page(source, leaf), ContentFile::Page),
    };
    read.diagnostics.extend(found);
    read
}

fn wrap<T>(
    read: Diagnosed<Option<T>>,
    entry: impl FnOnce(Box<T>) -> ContentFile,
) -> Diagnosed<Option<ContentFile>> {
    Diagnosed { value: read.value.map(|value| entry(Box::new(value))), diagnostics: read.diagnostics }
}

fn document(read: Diagnosed<Option<Report>>) -> Diagnosed<Option<ContentFile>> {
    let Diagnosed { value, diagnostics } = read;
    wrap(Diagnosed { value: value.map(Document::from), diagnostics }, ContentFile::Report)
}

fn misplaced(source: &Source, why: &Misplaced) -> Diagnostic {
    let error = |code, words| Diagnostic::error(code, source.path(), words).at(Span::default());
    match why {
        Misplaced::Reserved(name) => error(
            "route/reserved",
            Words::new(format!("`{name}` 是本站保留的名称"), format!("the site needs the name `{name}` for itself")),
        )
        .help("给文件夹或文件另起一个名称", "give the folder or file another name"),
        Misplaced::Slug(name) => error(
            "route/slug",
            Words::new(format!("`{name}` 不能作地址"), format!("`{name}` cannot be an address")),
        )
        .help(
            "以小写字母开头，后面是小写字母、数字和连字符，最多 200 个字符，如 jiangmen",
            "begin with a lower-case letter; lower-case letters, figures and hyphens follow, 200 at most, such as jiangmen",
        ),
        Misplaced::Year(name) => error(
            "route/year",
            Words::new(format!("`{name}` 不是年份"), format!("`{name}` is not a year")),
        )
        .help(
            "年度报告放在 content/<地方>/<年份>.md，其他文件放在 content/<地方>/<年份>/<名称>.md",
            "a year's report is content/<place>/<year>.md, other documents are content/<place>/<year>/<name>.md",
        ),
        Misplaced::Deep => error(
            "route/deep",
            Words::new("文件所在的层次太深，没有地址", "this file is too deep to have an address"),
        )
        .help(
            "最深是 content/<地方>/<年份>/<名称>/index.md",
            "the deepest is content/<place>/<year>/<name>/index.md",
        ),
    }
}

/// Whether a document is to be left out of the site.
fn is_left_out(report: &Record, drafts: bool) -> bool {
    report.matter.status == PublicationStatus::Draft && !drafts
}
