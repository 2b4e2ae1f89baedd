//! The view of a document: what government sites show of one, and what ties it to its
//! neighbours in time and to the documents that it is about.

use camino::Utf8Path;

use super::ancestry::{self, MarkedDocument};
use super::reading::{bodies, subtitle};
use super::{PageSheet, labels, past, tasks};
use crate::archive;
use crate::ask::Ask;
use crate::report::body::Section;
use crate::report::matter::RELATIONS;
use crate::report::{Amount, Figure, OpenDocument, PublicationDay, PublicationStatus, Record};
use crate::route::Route;
use crate::view::{
    AllOfYear, AttachmentRow, Citation, Content, CorrectionRow, DocRow, DocumentPlace, DocumentView,
    Download, FigureRow, Metadatum, NamedLink, Neighbour, OriginsView, OutlineNode, RelationRow, WrapperView,
};
use crate::words::{self, Vocabulary};

/// The document `report` and everything around it.
pub(super) fn document(ask: &Ask<'_>, report: &OpenDocument<'_>) -> PageSheet {
    let words = words::of(ask.config());
    let matter = &report.matter;
    let route = report.route();
    let url = ask.config().base.absolute(route.as_str());
    let place = ask.place_name(&report.address.place);
    let content = shown(ask, report, words);
    let description =
        matter.told_summary().cloned().unwrap_or_else(|| format!("{place} {}", matter.title.value));
    PageSheet {
        labels: labels::article(ask.config(), report, &url),
        breadcrumbs: breadcrumbs(ask, report),
        json_ld: Some(json_ld(ask, report, &place)),
        feed: ask.feed_of(&report.address.place),
        robots: (matter.status != PublicationStatus::Published).then_some("noindex"),
        ..PageSheet::new(matter.title.value.clone(), description, Content::Document(Box::new(content)))
    }
}

/// The document for machines; that it is invented where it is.
fn json_ld(ask: &Ask<'_>, report: &Record, place: &str) -> serde_json::Value {
    let mut value = labels::report(ask.config(), report, place);
    if ask.is_invented(&report.address.place) {
        value["disambiguatingDescription"] = words::of(ask.config()).no_real_document().into();
    }
    value
}

/// What the page shows. Of a withdrawn document its name and number stay, its text goes.
fn shown(ask: &Ask<'_>, report: &OpenDocument<'_>, words: Vocabulary<'_>) -> DocumentView {
    let matter = &report.matter;
    let withdrawn = matter.status == PublicationStatus::Withdrawn;
    let former = if withdrawn { Vec::new() } else { ask.former(report) };
    let text = match withdrawn {
        true => DocumentText::default(),
        false => texts(ask, report),
    };
    DocumentView {
        title: matter.title.value.clone(),
        subtitle: text.subtitle,
        place: ask.document_place(report, words),
        year: report.address.year.get(),
        kind: ask.kind(&matter.kind),
        lang: matter.script.tag(),
        status: words::status(matter.status),
        extent: matter.extent.name(),
        withdrawn,
        withdrawal: past::withdrawal(report, words).filter(|_| withdrawn),
        digest: digest(ask, report).filter(|_| withdrawn),
        metadata: metadata(ask, report, words),
        summary: matter.told_summary().cloned(),
        wrapper: text.wrapper,
        html: text.main,
        outline: text.outline,
        figures: text.figures,
        previous: neighbour(ask, report, NeighbourSide::Before),
        next: neighbour(ask, report, NeighbourSide::After),
        compare: ask.compared_with_last(report),
        origins: text.origins,
        siblings: siblings(ask, report),
        all_siblings: all_siblings(ask, report),
        citation: Citation {
            text: citation(ask, report),
            url: ask.config().base.absolute(report.route().as_str()),
        },
        source: text.source,
        attachments: text.attachments,
        corrections: corrections(report, words),
        versions: past::versions(ask, report, &former),
        former: past::former_places(ask, report, &former),
        relations: relations(ask, report),
        tasks: tasks::tasks(ask, report).filter(|_| !withdrawn),
        answers: if withdrawn { Vec::new() } else { tasks::answers(ask, report) },
    }
}

/// The SHA-256 of the text that was published last.
fn digest(ask: &Ask<'_>, report: &Record) -> Option<String> {
    ask.past(&report.route()).last().map(|entry| entry.sha256.clone())
}

fn breadcrumbs(ask: &Ask<'_>, report: &Record) -> Vec<(String, Option<Route>)> {
    let mut crumbs = ask.crumbs_to_place(&report.address.place);
    let year = report.address.year;
    crumbs.push((words::of(ask.config()).year(year), Some(Route::page(["years", &year.to_string()]))));
    crumbs.push((report.matter.title.value.clone(), None));
    crumbs
}

/// What of a document can be read and taken away.
#[derive(Default)]
struct DocumentText {
    subtitle: Option<String>,
    main: String,
    origins: Option<OriginsView>,
    wrapper: Option<WrapperView>,
    outline: Vec<OutlineNode>,
    figures: Vec<FigureRow>,
    source: Option<Download>,
    attachments: Vec<AttachmentRow>,
}

fn texts(ask: &Ask<'_>, report: &OpenDocument<'_>) -> DocumentText {
    let MarkedDocument { origins, stretches } = ancestry::of_document(ask, report);
    let (main, wrapper) = bodies(ask, report, &stretches);
    DocumentText {
        subtitle: subtitle(report),
        main,
        origins,
        wrapper,
        outline: outline(&report.parsed.body.sections),
        figures: ask.figures(report),
        source: download(ask, report),
        attachments: attachments(ask, report),
    }
}

/// The table of metadata, in the order that the catalogues of government sites have.
fn metadata(ask: &Ask<'_>, report: &Record, words: Vocabulary<'_>) -> Vec<Metadatum> {
    let matter = &report.matter;
    let list = |items: &[String]| (!items.is_empty()).then(|| words.list(items));
    let spanned =
        |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let kind = ask.kind(&matter.kind);
    let place = ask.document_place(report, words);
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
        ("keywords", list(matter.told_keywords()), None),
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
            href: format!("#{}", crate::route::encode(&section.anchor)),
            ordinal: section.ordinal.as_ref().map(ToString::to_string),
            title: section.title.to_string(),
            depth: section.depth,
            children: outline(&sections[at + 1..=at + inside]),
        });
        at += inside + 1;
    }
    nodes
}

enum NeighbourSide {
    Before,
    After,
}

/// The document of the same kind and name of the nearest year on one side.
fn neighbour(ask: &Ask<'_>, report: &Record, side: NeighbourSide) -> Option<Neighbour> {
    let all = ask.of_place(&report.address.place);
    let year = report.address.year;
    let like = |other: &&archive::Document| {
        other.matter.kind == report.matter.kind
            && (other.address.slug == report.address.slug || report.address.slug.is_some())
    };
    // Documents stand in the order of their years, so that the first like it is the nearest.
    let found = match side {
        NeighbourSide::Before => {
            all[..all.partition_point(|other| other.address.year < year)].iter().rev().find(like)
        }
        NeighbourSide::After => {
            all[all.partition_point(|other| other.address.year <= year)..].iter().find(like)
        }
    };
    found.map(|other| Neighbour {
        year: other.address.year.get(),
        href: ask.href(&other.route()),
        title: other.matter.title.value.clone(),
    })
}

/// So many documents of the year are shown on either side of one among very many.
const NEAREST: usize = 10;

/// The other documents of the year: the year's own report and the nearest others, since each of
/// thousands would else list all. The page of the place has every one.
fn siblings(ask: &Ask<'_>, report: &Record) -> Vec<DocRow> {
    let of_year = ask.of_place_and_year(&report.address.place, report.address.year);
    let at = of_year.partition_point(|other| other.address < report.address);
    let near = at.saturating_sub(NEAREST)..of_year.len().min(at + NEAREST + 1);
    let own = of_year.first().filter(|own| near.start > 0 && own.address.slug.is_none());
    let others = own.into_iter().chain(&of_year[near]).filter(|other| other.address != report.address);
    others.map(|other| ask.row(other)).collect()
}

/// The page that has all documents of the year, where not all are shown.
fn all_siblings(ask: &Ask<'_>, report: &Record) -> Option<AllOfYear> {
    let count = ask.of_place_and_year(&report.address.place, report.address.year).len() - 1;
    let href = ask.place_link(&report.address.place).href;
    (count > 2 * NEAREST).then_some(AllOfYear { count, href })
}

/// A citation after GB/T 7714: issuers, title, number, date. Where the page is not the whole of what
/// is cited, it says where that is and what the page is.
fn citation(ask: &Ask<'_>, report: &Record) -> String {
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
    if let PublicationDay::On(moment) = matter.published {
        text.push_str(&format!("({}).", moment.date));
    }
    let config = ask.config();
    let words = words::of(config);
    if let Some(through) = words.cited_through(matter.extent, labels::publisher(config)) {
        let origin = matter.origin.as_ref().map(|origin| format!("{origin}.")).unwrap_or_default();
        text.push_str(&format!("{origin}{through}"));
    }
    text
}

fn download(ask: &Ask<'_>, report: &OpenDocument<'_>) -> Option<Download> {
    let route = report.route().beside("index.md")?;
    let size = report.source.text().len();
    Some(Download { href: ask.href(&route), size_text: words::size(size as u64) })
}

fn attachments(ask: &Ask<'_>, report: &Record) -> Vec<AttachmentRow> {
    let row = |file: &crate::report::matter::Attachment| {
        let blob = ask.blob(&file.path.value)?;
        let name = blob.path.strip_prefix(report.folder()).unwrap_or(&blob.path);
        Some(AttachmentRow {
            title: file.title.clone(),
            href: ask.href(&report.route().beside(name.as_str())?),
            file: file.file_name().to_owned(),
            size_text: words::size(blob.size),
            bytes: blob.size,
            sha256: blob.sha256.clone(),
            media: Utf8Path::new(file.file_name()).extension().unwrap_or_default().to_uppercase(),
        })
    };
    report.matter.attachments.iter().filter_map(row).collect()
}

fn corrections(report: &Record, words: Vocabulary<'_>) -> Vec<CorrectionRow> {
    let row = |correction: &crate::report::matter::Correction| CorrectionRow {
        date: words.date(correction.date.value),
        note: correction.note.clone(),
    };
    report.matter.corrections.iter().map(row).collect()
}

/// What this document is about, and what is about it.
fn relations(ask: &Ask<'_>, report: &Record) -> Vec<RelationRow> {
    let row = |kind, other: &Record| RelationRow {
        kind,
        title: other.matter.title.value.clone(),
        href: ask.href(&other.route()),
    };
    let own = report.matter.relations.iter();
    let own = own.filter_map(|relation| Some(row(relation.kind, ask.document_at(&relation.target.value)?)));
    let mut rows: Vec<RelationRow> = own.collect();
    for referrer in ask.referrers(&report.route()) {
        let known = RELATIONS.iter().find(|(name, _)| *name == referrer.relation);
        let reverse = known.map_or("related", |(_, reverse)| reverse);
        rows.push(row(reverse, ask.document(referrer.document)));
    }
    rows
}

impl Ask<'_> {
    fn document_place(&self, report: &Record, words: Vocabulary<'_>) -> DocumentPlace {
        let NamedLink { name, href } = self.place_link(&report.address.place);
        let place = self.place(&report.address.place);
        DocumentPlace { name, href, level_name: place.map_or("", |place| words.level(place.level)).into() }
    }

    fn figures(&self, report: &Record) -> Vec<FigureRow> {
        let past = self.past(&report.route());
        let row = |figure: &Figure| {
            let indicator = self.registry().get(&figure.indicator)?;
            let text = |amount: &Amount| words::of(self.config()).texts().value(amount, &indicator.sort());
            Some(FigureRow {
                id: indicator.id.clone(),
                name: self.indicator_name(indicator),
                indicator_href: self.indicator_href(indicator),
                value: figure.amount.value.to_string(),
                text: text(&figure.amount),
                qualifier: figure.amount.qualifier.map(crate::report::Qualifier::as_str),
                href: figure.href(),
                sentence: figure.sentence.to_string(),
                changed: past::figure_change(self, &past, figure, text),
            })
        };
        report.figures.iter().filter_map(row).collect()
    }
}
