//! What the editor's bar on a document's page is told: whether the document is public, what it
//! could still say of itself, its figures with their sentences, what became of the figures of
//! the year before, and the page that compares the two.
//!
//! This is asked of the archive, and quickly, since an edit waits for it. What the finished
//! site says of the document is found out afterwards, by `since`, when the archive is not needed.

use serde::Serialize;

use super::press::{FindingManner, Reply, ShownSite};
use super::since::{CurrentVersion, PresentDocument, SincePublication};
use crate::archive;
use crate::build;
use crate::config::{Kind, KindNeed};
use crate::diag::Language;
use crate::form::value_on_one_line;
use crate::outline::Subject;
use crate::report::{Matter, PublicationStatus, Record};
use crate::route::{Address, Leaf, Route};
use crate::site::FileDigest;
use crate::view::{Content, DocumentView, FigureRow};

/// What is known of an open page without looking at the finished site.
pub(super) struct BarReply {
    bar: EditorBar,
    present: PresentDocument,
}

/// What the bar shows.
#[derive(Debug, Default, Serialize)]
pub(super) struct EditorBar {
    /// `published`, `draft`, `withdrawn`; `hidden` for a draft that is not shown; `absent`.
    status: &'static str,
    /// The link that opens the document in the editor; empty where there is none.
    editor: String,
    /// The document's address without the site's base, by which the desk knows it.
    route: String,
    /// What the front matter could still say.
    missing: Vec<MissingKey>,
    figures: Vec<BarFigure>,
    /// The year whose document declares the figures that this one does not.
    last: Option<i16>,
    dropped: Vec<BarFigure>,
    compare: Option<ComparedWith>,
    since: Option<SincePublication>,
}

/// A key of the front matter that is not given.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct MissingKey {
    key: &'static str,
    name: &'static str,
    /// How it is written, with `…` where its value stands: nothing in it could be taken for what
    /// is true of this document.
    form: &'static str,
    /// What the document of the year before has there.
    before: Option<String>,
}

/// A declared figure.
#[derive(Debug, Serialize)]
struct BarFigure {
    name: String,
    text: String,
    href: String,
    sentence: String,
}

/// The page that compares the document with the one before it.
#[derive(Debug, Serialize)]
struct ComparedWith {
    href: String,
    from: i16,
    to: i16,
}

/// What the bar of the page at `path` is told; `None` where no document is or could be.
pub(super) fn bar_reply(shown: &ShownSite<'_>, path: &str, manner: &FindingManner) -> Option<BarReply> {
    let route = shown.route(path)?;
    match shown.site().outline.subject(&route) {
        Some(Subject::Report(at)) => {
            let report = shown.site().archive.reports.at(*at)?;
            Some(BarReply { bar: of(shown, report, manner)?, present: present(shown, report, path, manner) })
        }
        Some(_) => None,
        None => absent(shown, route),
    }
}

impl BarReply {
    /// The whole of it as JSON, with what the finished site in the site's folder says; `null`
    /// where neither the archive nor the finished site has the document.
    pub(super) fn json(mut self, root: &camino::Utf8Path) -> String {
        let since = self.present.since(root);
        let is_nowhere = self.bar.status == "absent" && !matches!(since, SincePublication::Gone);
        self.bar.since = Some(since);
        let bar = Some(&self.bar).filter(|_| !is_nowhere);
        serde_json::to_string(&bar).unwrap_or_else(|_| "null".into())
    }
}

fn of(shown: &ShownSite<'_>, report: &Record, manner: &FindingManner) -> Option<EditorBar> {
    let document = document(shown, &report.route())?;
    let before = before(shown, &report.address, Some(&report.matter.kind));
    let is_public = report.matter.status != PublicationStatus::Withdrawn;
    let kind = shown.site().archive.config.kinds.get(&report.matter.kind);
    let missing = || missing(kind, &report.matter, before.map(|last| &last.matter), manner.language);
    let dropped = before.filter(|_| is_public).map(|last| dropped(shown, report, last)).unwrap_or_default();
    Some(EditorBar {
        status: document.status,
        editor: manner.link(&report.path, 1, 1),
        route: report.route().as_str().to_owned(),
        missing: if is_public { missing() } else { Vec::new() },
        figures: document.figures.into_iter().map(BarFigure::of).collect(),
        last: before.map(|last| last.address.year.get()),
        dropped,
        compare: document.compare.map(|pair| ComparedWith { href: pair.href, from: pair.from, to: pair.to }),
        since: None,
    })
}

/// An address at which no document is, though one may have been or be held back.
fn absent(shown: &ShownSite<'_>, route: Route) -> Option<BarReply> {
    if !could_be_document(&route) {
        return None;
    }
    let status = if shown.site().archive.is_draft(&route) { "hidden" } else { "absent" };
    let bar = EditorBar { status, ..EditorBar::default() };
    Some(BarReply { bar, present: PresentDocument { route, now: None } })
}

fn could_be_document(route: &Route) -> bool {
    let leaf = Leaf::of(route.as_str().trim_matches('/').into());
    route.is_page() && matches!(leaf, Ok(Leaf::Report(_)))
}

/// The document as the finished site would have it, to be held against what it has.
fn present(
    shown: &ShownSite<'_>,
    report: &archive::Document,
    path: &str,
    manner: &FindingManner,
) -> PresentDocument {
    let opened = shown.site().archive.open(report);
    let sections = opened.parsed.body.sections.iter();
    let now = CurrentVersion {
        source: opened.source.clone(),
        is_withdrawn: report.matter.status == PublicationStatus::Withdrawn,
        page: entry(shown.answer(path)),
        sections: sections.map(|section| (section.span.range().start, section.anchor.to_string())).collect(),
        manner: manner.clone(),
    };
    PresentDocument { route: report.route(), now: Some(now) }
}

/// What a page would be in the finished site; `None` where it cannot be drawn.
fn entry(page: Reply) -> Option<FileDigest> {
    match page {
        Reply::Bytes { bytes, .. } => Some(FileDigest::of(&bytes)),
        _ => None,
    }
}

fn document(shown: &ShownSite<'_>, route: &Route) -> Option<Box<DocumentView>> {
    match build::view(shown.site(), route)?.content {
        Content::Document(document) => Some(document),
        _ => None,
    }
}

/// The place's document of the same name, and of this kind where that is known, of the nearest year
/// before.
pub(super) fn before<'a>(
    shown: &ShownSite<'a>,
    address: &Address,
    kind: Option<&str>,
) -> Option<&'a archive::Document> {
    let all = shown.site().archive.of_place(&address.place).iter();
    all.filter(|other| {
        kind.is_none_or(|kind| other.matter.kind == kind) && other.address.slug == address.slug
    })
    .filter(|other| other.address.year < address.year && other.matter.status != PublicationStatus::Withdrawn)
    .max_by_key(|other| other.address.year)
}

/// The figures that the document before declares and this one does not, each linked to the
/// words that it has there.
fn dropped(shown: &ShownSite<'_>, report: &Record, last: &Record) -> Vec<BarFigure> {
    let declares = |id: &str| report.matter.indicators.iter().any(|declared| declared.id.value == id);
    let figures = document(shown, &last.route()).map(|document| document.figures).unwrap_or_default();
    let page = shown.site().archive.config.base.href(last.route().as_str());
    let dropped = figures.into_iter().filter(|figure| !declares(&figure.id)).map(BarFigure::of);
    dropped.map(|figure| BarFigure { href: format!("{page}{}", figure.href), ..figure }).collect()
}

impl BarFigure {
    fn of(row: FigureRow) -> Self {
        Self { name: row.name, text: row.text, href: row.href, sentence: row.sentence }
    }
}

/// A key of the front matter: its name in both languages, and the form of what stands there.
type MatterKey = (&'static str, (&'static str, &'static str), &'static str);

/// The keys that no kind must have and a reader is glad of, in the order of a page.
const KEYS: [MatterKey; 8] = [
    ("index_number", ("索引号", "index number"), "index_number: …"),
    ("subjects", ("主题分类", "subjects"), "subjects: […, …]"),
    ("written", ("成文日期", "date of writing"), "written: YYYY-MM-DD"),
    ("document_number", ("发文字号", "document number"), "document_number: …〔YYYY〕…号"),
    ("validity", ("有效性", "validity"), "validity: in-force | expired | repealed | amended"),
    ("source", ("信息来源", "source"), "source: …"),
    ("keywords", ("关键词", "keywords"), "keywords: […, …]"),
    ("summary", ("摘要", "summary"), "summary: …"),
];

/// What every document should say, whatever its kind.
const OF_ALL: [&str; 3] = ["source", "keywords", "summary"];

/// What a document that an authority issues should say as well; the catalogues of disclosure
/// have a line for each.
const OF_ISSUED: [&str; 2] = ["index_number", "written"];

/// The keys that are recommended for a document of this kind and not given: those of the kind,
/// and those that the place's document of the year before has.
fn missing(
    kind: Option<&Kind>,
    matter: &Matter,
    before: Option<&Matter>,
    language: Language,
) -> Vec<MissingKey> {
    let is_issued = kind.is_some_and(|kind| kind.needs.contains(&KindNeed::Issuer));
    let is_due = |key: &str| OF_ALL.contains(&key) || is_issued && OF_ISSUED.contains(&key);
    let mut missing = Vec::new();
    for (key, (zh, en), form) in KEYS {
        let before = before.and_then(|last| value_on_one_line(last, key));
        if value_on_one_line(matter, key).is_none() && (is_due(key) || before.is_some()) {
            let name = language.pick(zh, en);
            missing.push(MissingKey { key, name, form, before });
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Registry};
    use crate::report;
    use crate::source::Source;

    /// The keys that are worth adding to a document with this front matter, each with what the one
    /// before has there.
    fn keys(kind: &str, matter: &str, before: &str) -> Vec<String> {
        let config = Config::parse(&Source::new("site.yaml", "title: 档\nbase_url: https://a/\n")).value;
        let read = |year: &str, matter: &str| {
            let text =
                format!("---\ntitle: 文\nkind: {kind}\nissuer: 甲\npublished: {year}-03-20\n{matter}---\n");
            let Ok(Leaf::Report(address)) = Leaf::of(format!("a/{year}/b.md").as_str().into()) else {
                panic!("a path of a document");
            };
            let source = Source::new(format!("content/a/{year}/b.md"), text);
            report::parse(&source, address, (&config, &Registry::default())).value.unwrap().record.matter
        };
        let (now, last) = (read("2020", matter), read("2019", before));
        let missing = missing(config.kinds.get(kind), &now, Some(&last), Language::Chinese);
        let key =
            |field: &MissingKey| format!("{}{}", field.key, field.before.as_deref().unwrap_or_default());
        missing.iter().map(key).collect()
    }

    #[test]
    fn a_form_is_nobodys_value() {
        for (key, _, form) in KEYS {
            let value = form.strip_prefix(key).and_then(|rest| rest.strip_prefix(": ")).unwrap();
            let is_open = value.contains('…') || value.contains("YYYY") || value.contains(" | ");
            assert!(is_open && !value.contains(|c: char| c.is_ascii_digit()), "{form}");
        }
    }

    #[test]
    fn what_is_worth_adding_depends_on_the_kind_and_on_the_year_before() {
        let all = ["index_number", "written", "source", "keywords", "summary"];
        assert_eq!(keys("work-plan", "", ""), all);
        assert_eq!(keys("news", "source: 甲\n", ""), ["keywords", "summary"]);
        let before = "document_number: 江府〔2020〕5号\nsummary: 一句。\n";
        assert_eq!(
            keys("notice", "index_number: a\nwritten: 2020-03-02\n", before),
            ["document_number江府〔2020〕5号", "source", "keywords", "summary一句。"]
        );
        let given = "index_number: a\nwritten: 2020-03-02\nsource: 甲\nkeywords: [乙]\nsummary: 一句。\n";
        assert_eq!(keys("work-plan", given, ""), [""; 0]);
    }
}
