//! The view of a document: what government sites show of one, and what ties it to its
//! neighbours in time and to the documents that it is about.

use camino::Utf8Path;

use super::view::{
    AllOfYear, AttachmentRow, Citation, Content, CorrectionRow, DocRow, Document, DocumentPlace, Download,
    FigureRow, KindName, Metadatum, Named, Neighbour, OutlineNode, RelationRow, WrapperView,
};
use super::words::{self, Vocabulary};
use super::{Made, Plan, labels, tasks};
use crate::config::Indicator;
use crate::report::body::{Section, Target};
use crate::report::html::{self, Setting};
use crate::report::matter::RELATIONS;
use crate::report::{Figure, Published, Report, Status};
use crate::route::Route;

/// The document `report` and everything around it.
pub(super) fn document(plan: &Plan<'_>, report: &Report) -> Made {
    let words = words::of(plan.config().language);
    let matter = &report.matter;
    let route = report.route();
    let url = plan.config().base.absolute(route.as_str());
    let place = plan.place_name(&report.address.place);
    let content = shown(plan, report, words);
    let description = matter.summary.clone().unwrap_or_else(|| format!("{place} {}", matter.title.value));
    Made {
        labels: labels::article(plan.config(), report, &url),
        breadcrumbs: breadcrumbs(plan, report),
        json_ld: Some(json_ld(plan, report, &place)),
        feed: plan.feed_of(&report.address.place),
        robots: (matter.status != Status::Published).then_some("noindex"),
        ..Made::new(matter.title.value.clone(), description, Content::Document(Box::new(content)))
    }
}

/// The document for machines; that it is invented where it is.
fn json_ld(plan: &Plan<'_>, report: &Report, place: &str) -> serde_json::Value {
    let mut value = labels::report(plan.config(), report, place);
    if plan.archive().is_invented(&report.address.place) {
        value["disambiguatingDescription"] = words::of(plan.config().language).no_real_document().into();
    }
    value
}

/// What the page shows. Of a withdrawn document its name and number stay, its text goes.
fn shown(plan: &Plan<'_>, report: &Report, words: &Vocabulary) -> Document {
    let matter = &report.matter;
    let withdrawn = matter.status == Status::Withdrawn;
    let text = match withdrawn {
        true => Text::default(),
        false => texts(plan, report),
    };
    Document {
        title: matter.title.value.clone(),
        subtitle: text.subtitle,
        place: plan.document_place(report, words),
        year: report.address.year.get(),
        kind: plan.kind(&matter.kind),
        lang: matter.script.tag(),
        status: words::status(matter.status),
        extent: matter.extent.name(),
        withdrawn,
        metadata: metadata(plan, report, words),
        summary: matter.summary.clone().filter(|_| !withdrawn),
        wrapper: text.wrapper,
        html: text.main,
        outline: text.outline,
        figures: text.figures,
        previous: neighbour(plan, report, Side::Before),
        next: neighbour(plan, report, Side::After),
        compare: plan.compared_with_last(report),
        siblings: siblings(plan, report),
        all_siblings: all_siblings(plan, report),
        citation: Citation {
            text: citation(plan, report),
            url: plan.config().base.absolute(report.route().as_str()),
        },
        source: text.source,
        attachments: text.attachments,
        corrections: corrections(report, words),
        relations: relations(plan, report),
        tasks: tasks::tasks(plan, report).filter(|_| !withdrawn),
        answers: if withdrawn { Vec::new() } else { tasks::answers(plan, report) },
    }
}

fn breadcrumbs(plan: &Plan<'_>, report: &Report) -> Vec<(String, Option<Route>)> {
    let mut crumbs = plan.crumbs_to_place(&report.address.place);
    let year = report.address.year;
    crumbs.push((
        words::of(plan.config().language).year(year),
        Some(Route::page(["years", &year.to_string()])),
    ));
    crumbs.push((report.matter.title.value.clone(), None));
    crumbs
}

/// The main title as it stands in the text, where it says something else than the document's.
pub(super) fn subtitle(report: &Report) -> Option<String> {
    let heading = report.body.heading.as_ref()?;
    let same =
        crate::han::fold::fold_str(heading.trim()) == crate::han::fold::fold_str(&report.matter.title.value);
    (!same).then(|| heading.trim().to_owned())
}

/// Everything of a document that can be read: the letter or notice around it and its text.
pub(super) fn texts_of(plan: &Plan<'_>, report: &Report) -> Vec<String> {
    let (main, wrapper) = bodies(plan, report);
    wrapper.map(|wrapper| wrapper.html).into_iter().chain([main]).collect()
}

/// What of a document can be read and taken away.
#[derive(Default)]
struct Text {
    subtitle: Option<String>,
    main: String,
    wrapper: Option<WrapperView>,
    outline: Vec<OutlineNode>,
    figures: Vec<FigureRow>,
    source: Option<Download>,
    attachments: Vec<AttachmentRow>,
}

fn texts(plan: &Plan<'_>, report: &Report) -> Text {
    let (main, wrapper) = bodies(plan, report);
    Text {
        subtitle: subtitle(report),
        main,
        wrapper,
        outline: outline(&report.body.sections),
        figures: plan.figures(report),
        source: download(plan, report),
        attachments: attachments(plan, report),
    }
}

/// The text and the letter or notice around it, as HTML.
fn bodies(plan: &Plan<'_>, report: &Report) -> (String, Option<WrapperView>) {
    let source = plan.archive().source(&report.path);
    let route = report.route();
    let resolve = |target: &Target, text: &str| plan.resolve((&route, report.folder()), target, text);
    let setting = Setting {
        body: &report.body,
        figures: &report.figures,
        title: &report.matter.title.value,
        prefix: "",
        note: words::of(plan.config().language).editors_note,
        resolve: &resolve,
    };
    // One page shows both texts, and each counts its footnotes from one.
    let around = Setting { prefix: html::AROUND, ..setting };
    let wrapper = report.matter.wrapper.as_ref();
    let in_front = wrapper
        .and_then(|wrapper| wrapper.text.as_ref())
        .map(|text| html::fragment(source, &text.value, &around));
    let in_body = report.body.wrapper.map(|span| html::render(source, span, &setting));
    let view = |html| WrapperView {
        role: wrapper.map_or("issuing-notice", |wrapper| wrapper.role.name()),
        title: wrapper
            .and_then(|wrapper| wrapper.title.clone())
            .or_else(|| report.body.wrapper_heading.clone()),
        html,
    };
    (html::render(source, report.body.main, &setting), in_front.or(in_body).map(view))
}

/// The table of metadata, in the order that the catalogues of government sites have.
fn metadata(plan: &Plan<'_>, report: &Report, words: &Vocabulary) -> Vec<Metadatum> {
    let matter = &report.matter;
    let list = |items: &[String]| (!items.is_empty()).then(|| words.list(items));
    let spanned =
        |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let kind = plan.kind(&matter.kind);
    let place = plan.document_place(report, words);
    let lines = [
        ("index_number", spanned(&matter.index_number), None),
        ("subjects", list(&matter.subjects), None),
        ("issuer", list(&matter.issuers), None),
        ("written", matter.written.map(|date| words.date(date).text), None),
        ("title", Some(matter.title.value.clone()), None),
        ("document_number", spanned(&matter.document_number), None),
        ("published", Some(words.published(matter.published).text), None),
        ("validity", matter.validity.map(|validity| words.validity(validity).to_owned()), None),
        ("source", matter.origin.clone(), None),
        ("place", Some(place.name), Some(place.href)),
        ("kind", Some(kind.name), Some(kind.href)),
        ("keywords", list(&matter.keywords), None),
    ];
    let line = |(key, value, href): (_, Option<String>, _)| Some(Metadatum { key, value: value?, href });
    lines.into_iter().filter_map(line).collect()
}

/// The sections nested in one another by their depth.
fn outline(sections: &[Section]) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    let mut at = 0;
    while at < sections.len() {
        let section = &sections[at];
        let inside = sections[at + 1..].iter().take_while(|next| next.depth > section.depth).count();
        nodes.push(OutlineNode {
            anchor: section.anchor.to_string(),
            href: format!("#{}", crate::config::encode(&section.anchor)),
            ordinal: section.ordinal.as_ref().map(ToString::to_string),
            title: section.title.to_string(),
            depth: section.depth,
            children: outline(&sections[at + 1..=at + inside]),
        });
        at += inside + 1;
    }
    nodes
}

enum Side {
    Before,
    After,
}

/// The document of the same kind and name of the nearest year on one side.
fn neighbour(plan: &Plan<'_>, report: &Report, side: Side) -> Option<Neighbour> {
    let all = plan.archive().of_place(&report.address.place);
    let year = report.address.year;
    let like = |other: &&Report| {
        other.matter.kind == report.matter.kind
            && (other.address.slug == report.address.slug || report.address.slug.is_some())
    };
    // Documents stand in the order of their years, so that the first like it is the nearest.
    let found = match side {
        Side::Before => all[..all.partition_point(|other| other.address.year < year)].iter().rev().find(like),
        Side::After => all[all.partition_point(|other| other.address.year <= year)..].iter().find(like),
    };
    found.map(|other| Neighbour {
        year: other.address.year.get(),
        href: plan.href(&other.route()),
        title: other.matter.title.value.clone(),
    })
}

/// So many documents of the year are shown on either side of one among very many.
const NEAREST: usize = 10;

/// The other documents of the year: the year's own report and the nearest others, since each of
/// thousands would else list all. The page of the place has every one.
fn siblings(plan: &Plan<'_>, report: &Report) -> Vec<DocRow> {
    let of_year = plan.archive().of_year(&report.address.place, report.address.year);
    let at = of_year.partition_point(|other| other.address < report.address);
    let near = at.saturating_sub(NEAREST)..of_year.len().min(at + NEAREST + 1);
    let own = of_year.first().filter(|own| near.start > 0 && own.address.slug.is_none());
    let others = own.into_iter().chain(&of_year[near]).filter(|other| other.address != report.address);
    others.map(|other| plan.row(other)).collect()
}

/// The page that has all documents of the year, where not all are shown.
fn all_siblings(plan: &Plan<'_>, report: &Report) -> Option<AllOfYear> {
    let count = plan.archive().of_year(&report.address.place, report.address.year).len() - 1;
    let href = plan.place_link(&report.address.place).href;
    (count > 2 * NEAREST).then_some(AllOfYear { count, href })
}

/// A citation after GB/T 7714: issuers, title, number, date. Where the page is not the whole of what
/// is cited, it says where that is and what the page is.
fn citation(plan: &Plan<'_>, report: &Report) -> String {
    let matter = &report.matter;
    let mut text = matter.issuers.join(",");
    if !text.is_empty() {
        text.push('.');
    }
    text.push_str(&matter.title.value);
    if let Some(number) = &matter.document_number {
        text.push(':');
        text.push_str(&number.value);
    }
    text.push_str("[R/OL].");
    if let Published::On(moment) = matter.published {
        text.push_str(&format!("({}).", moment.date));
    }
    let config = plan.config();
    let words = words::of(config.language);
    if let Some(through) = words.cited_through(matter.extent, labels::publisher(config)) {
        let origin = matter.origin.as_ref().map(|origin| format!("{origin}.")).unwrap_or_default();
        text.push_str(&format!("{origin}{through}"));
    }
    text
}

fn download(plan: &Plan<'_>, report: &Report) -> Option<Download> {
    let route = report.route().beside("index.md")?;
    let size = plan.archive().source(&report.path).text().len();
    Some(Download { href: plan.href(&route), size_text: words::size(size as u64) })
}

fn attachments(plan: &Plan<'_>, report: &Report) -> Vec<AttachmentRow> {
    let row = |file: &crate::report::matter::Attachment| {
        let blob = plan.archive().sources.blob(&file.path.value)?;
        let name = blob.path.strip_prefix(report.folder()).unwrap_or(&blob.path);
        Some(AttachmentRow {
            title: file.title.clone(),
            href: plan.href(&report.route().beside(name.as_str())?),
            file: file.file_name().to_owned(),
            size_text: words::size(blob.size),
            bytes: blob.size,
            sha256: blob.sha256.clone(),
            media: Utf8Path::new(file.file_name()).extension().unwrap_or_default().to_uppercase(),
        })
    };
    report.matter.attachments.iter().filter_map(row).collect()
}

fn corrections(report: &Report, words: &Vocabulary) -> Vec<CorrectionRow> {
    let row = |correction: &crate::report::matter::Correction| CorrectionRow {
        date: words.date(correction.date.value),
        note: correction.note.clone(),
    };
    report.matter.corrections.iter().map(row).collect()
}

/// What this document is about, and what is about it.
fn relations(plan: &Plan<'_>, report: &Report) -> Vec<RelationRow> {
    let row = |kind, other: &Report| RelationRow {
        kind,
        title: other.matter.title.value.clone(),
        href: plan.href(&other.route()),
    };
    let archive = plan.archive();
    let own = report.matter.relations.iter();
    let own = own.filter_map(|relation| Some(row(relation.kind, archive.at(&relation.target.value)?)));
    let mut rows: Vec<RelationRow> = own.collect();
    for (kind, at) in plan.outline.referrers.get(&report.route()).into_iter().flatten() {
        let reverse =
            RELATIONS.iter().find(|(name, _)| name == kind).map_or("related", |(_, reverse)| reverse);
        rows.push(row(reverse, &archive.reports[*at]));
    }
    rows
}

impl Plan<'_> {
    /// The name of a place; its slug where nothing describes it.
    pub(super) fn place_name(&self, slug: &str) -> String {
        let name = self.archive.places.get(slug).map_or(slug, |place| &place.name.value);
        match self.archive.is_invented(slug) {
            true => words::of(self.config().language).invented(name),
            false => name.to_owned(),
        }
    }

    pub(super) fn place_link(&self, slug: &str) -> Named {
        Named { name: self.place_name(slug), href: self.href(&Route::page([slug])) }
    }

    fn document_place(&self, report: &Report, words: &Vocabulary) -> DocumentPlace {
        let Named { name, href } = self.place_link(&report.address.place);
        let place = self.archive.places.get(&report.address.place);
        DocumentPlace { name, href, level_name: place.map_or("", |place| words.level(place.level)).into() }
    }

    pub(super) fn kind(&self, id: &str) -> KindName {
        KindName { id: id.to_owned(), name: self.kind_name(id), href: self.href(&Route::page(["kinds", id])) }
    }

    /// A document as a line of a list.
    pub(super) fn row(&self, report: &Report) -> DocRow {
        let matter = &report.matter;
        DocRow {
            title: matter.title.value.clone(),
            href: self.href(&report.route()),
            place: self.place_link(&report.address.place),
            year: report.address.year.get(),
            kind: self.kind(&matter.kind),
            published: words::of(self.config().language).published(matter.published),
            status: words::status(matter.status),
            extent: matter.extent.name(),
            invented: self.archive.is_invented(&report.address.place),
            summary: matter.summary.clone().filter(|_| matter.status != Status::Withdrawn),
        }
    }

    /// The feed of a place, where it has one.
    pub(super) fn feed_of(&self, slug: &str) -> Option<String> {
        let route = Route::page([slug]).beside("feed.xml")?;
        self.outline.subjects.contains_key(&route).then(|| self.href(&route))
    }

    /// The way from the home page to a place, that place with its address.
    pub(super) fn crumbs_to_place(&self, slug: &str) -> Vec<(String, Option<Route>)> {
        let home = (words::of(self.config().language).home.to_owned(), Some(Route::home()));
        let lineage = self.archive.lineage(slug).into_iter();
        let places = lineage.map(|place| (self.place_name(&place.slug), Some(Route::page([&place.slug]))));
        std::iter::once(home).chain(places).collect()
    }

    fn figures(&self, report: &Report) -> Vec<FigureRow> {
        let row = |figure: &Figure| {
            let indicator = self.archive.registry.get(&figure.indicator)?;
            Some(FigureRow {
                id: indicator.id.clone(),
                name: self.indicator_name(indicator),
                indicator_href: self.indicator_href(indicator),
                value: figure.amount.value.to_string(),
                text: words::of(self.config().language).value(figure, indicator),
                qualifier: figure.amount.qualifier.map(crate::report::Qualifier::as_str),
                href: figure.href(),
                sentence: figure.sentence.to_string(),
            })
        };
        report.figures.iter().filter_map(row).collect()
    }

    /// An indicator's name in the language of the interface.
    pub(super) fn indicator_name(&self, indicator: &Indicator) -> String {
        words::indicator_name(indicator, self.config().language).to_owned()
    }
}
