//! The views that lead to documents: home, years, kinds, search; and the plain pages.

use std::collections::{BTreeMap, BTreeSet};

use super::indicators::code;
use super::sheet::{split_parts, unlink_last};
use super::{PageSheet, coverage, indicators, labels};
use crate::ask::Ask;
use crate::outline::data::Slice;
use crate::outline::{LONGEST_LIST, ListParts, newest};
use crate::page::{self, Level, Place};
use crate::report::{PublicationStatus, Record};
use crate::route::{Route, Year};
use crate::view::{
    ArchiveCounts, Content, DocRow, EmptyView, HomeView, KindCount, KindGroup, KindPage, PlaceNode,
    PlainView, Redirect, SearchView, SiteMapView, YearCount, YearLevel, YearLink, YearPage, YearPlace,
    YearRow,
};
use crate::words;

/// How many documents the home page shows as the newest.
const LATEST: usize = 12;

/// How many places are seen at a glance.
const FEW_PLACES: usize = 80;

/// How many places lie below others.
fn below(nodes: &[PlaceNode]) -> usize {
    nodes.iter().map(|node| node.places).sum()
}

/// The home page.
pub(super) fn home(ask: &Ask<'_>) -> PageSheet {
    let config = ask.config();
    let page = ask.home();
    let title = page.map(|page| page.title.clone()).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| config.title.clone());
    let places = ask.gazetteer();
    let content = HomeView {
        html: page.map(|page| ask.text_html(ask.page_text(page), &page.body, &title)).unwrap_or_default(),
        title,
        places_folded: places.len() + below(&places) > FEW_PLACES,
        places,
        latest: latest(ask),
        counts: counts(ask),
        years: years(ask),
        kinds: kinds(ask),
        coverage: coverage::at_a_glance(ask),
    };
    let description =
        page.and_then(|page| page.description.clone()).unwrap_or_else(|| config.description.clone());
    let name = words::of(config).home();
    PageSheet {
        labels: labels::column(&config.title, &nonempty(&description, &config.title), "首页"),
        breadcrumbs: vec![(name.to_owned(), None)],
        feed: config.feeds.then(|| config.base.href("/feed.xml")),
        ..PageSheet::new(config.title.clone(), description, Content::Home(Box::new(content)))
    }
}

/// How much there is of real places.
fn counts(ask: &Ask<'_>) -> ArchiveCounts {
    let mut places: BTreeMap<&str, bool> = BTreeMap::new();
    for report in ask.all() {
        let place = report.address.place.as_str();
        places.entry(place).or_insert_with(|| ask.is_described(place) && !ask.is_invented(place));
    }
    let reports = || ask.all().iter().filter(|report| places[report.address.place.as_str()]);
    ArchiveCounts {
        places: places.values().filter(|is_real| **is_real).count(),
        documents: reports().count(),
        years: reports().map(|report| report.address.year).collect::<BTreeSet<_>>().len(),
        figures: reports().map(|report| report.figures.len()).sum(),
    }
}

/// A label must say something.
fn nonempty(text: &str, instead: &str) -> String {
    let said = if text.is_empty() { instead } else { text };
    said.to_owned()
}

/// The newest documents whose date is known.
fn latest(ask: &Ask<'_>) -> Vec<DocRow> {
    newest(ask.all(), LATEST).into_iter().map(|report| ask.row(report)).collect()
}

fn years(ask: &Ask<'_>) -> Vec<YearCount> {
    let count = |(year, count): (Year, usize)| YearCount {
        year: year.get(),
        href: ask.href(&Route::page(["years", &year.to_string()])),
        count,
    };
    ask.years().into_iter().rev().map(count).collect()
}

fn kinds(ask: &Ask<'_>) -> Vec<KindCount> {
    let count = |(id, count): (&str, usize)| KindCount {
        id: id.to_owned(),
        name: ask.kind_name(id),
        href: ask.href(&Route::page(["kinds", id])),
        count,
    };
    ask.kinds().into_iter().map(count).collect()
}

/// A year: every place and what it published for it, or the part of a large year that lies
/// below `root`.
pub(super) fn year(ask: &Ask<'_>, year: Year, root: Option<&str>) -> PageSheet {
    let words = words::of(ask.config());
    let none = ListParts::default();
    let parts = ask.parts_of_year(year).unwrap_or(&none);
    let reports: Vec<&Record> = match root {
        Some(root) => ask.these(parts.groups.get(root).into_iter().flatten()),
        None if parts.is_split() => ask.these(&parts.rest),
        None => ask.of_year(year),
    };
    let years = ask.years();
    let link = |year: &Year| YearLink {
        year: year.get(),
        href: ask.href(&Route::page(["years", &year.to_string()])),
    };
    let before = years.range(..year).next_back();
    let after = years.range(year..).nth(1);
    let content = YearPage {
        year: year.get(),
        previous: before.map(|(year, _)| link(year)),
        next: after.map(|(year, _)| link(year)),
        levels: levels(ask, &reports),
        downloads: ask.downloads(&Slice::Year(year)),
        split: match root {
            None => split_parts(ask, parts, &["years", &year.to_string()]),
            Some(_) => Vec::new(),
        },
    };
    let mut breadcrumbs = vec![(words.home().to_owned(), Some(Route::home()))];
    breadcrumbs.push((words.year(year), Some(Route::page(["years", &year.to_string()]))));
    let mut heading = words.year(year);
    if let Some(root) = root {
        heading = format!("{heading} · {}", ask.part_name(root));
        breadcrumbs.push((ask.part_name(root), None));
    }
    unlink_last(&mut breadcrumbs);
    let count = if root.is_some() { reports.len() } else { years.get(&year).copied().unwrap_or_default() };
    let description = words.about_list(&heading, count);
    PageSheet {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Year(Box::new(content)))
    }
}

/// Documents by the level of their place and then by place.
fn levels<'a>(ask: &Ask<'a>, reports: &[&'a Record]) -> Vec<YearLevel> {
    let words = words::of(ask.config());
    let mut levels: BTreeMap<Level, Vec<&Record>> = BTreeMap::new();
    for report in reports {
        let place = ask.place(&report.address.place);
        levels.entry(place.map_or(Level::Department, |place| place.level)).or_default().push(report);
    }
    let level = |(level, reports): (Level, Vec<&'a Record>)| YearLevel {
        level: level.name(),
        level_name: words.level(level).into(),
        rows: level_rows(ask, &reports),
        figures: indicators::year_figures(ask, &reports),
    };
    levels.into_iter().map(level).collect()
}

/// The documents of one level by place.
fn level_rows(ask: &Ask<'_>, reports: &[&Record]) -> Vec<YearRow> {
    let mut rows: BTreeMap<(&str, &str), YearRow> = BTreeMap::new();
    for report in reports {
        let slug = report.address.place.as_str();
        let place = ask.place(slug);
        let row = rows.entry((code(place), slug)).or_insert_with(|| year_row(ask, slug, place));
        match report.address.slug {
            None => row.report = Some(ask.row(report)),
            Some(_) => row.others.push(ask.row(report)),
        }
    }
    rows.into_values().collect()
}

fn year_row(ask: &Ask<'_>, slug: &str, place: Option<&Place>) -> YearRow {
    let link = ask.place_link(slug);
    let parent = place.and_then(|place| place.parent.as_ref());
    YearRow {
        place: YearPlace {
            name: link.name,
            href: link.href,
            parent: parent.map(|parent| ask.place_link(&parent.value)),
        },
        report: None,
        others: Vec::new(),
    }
}

/// A kind of documents, or the part of a large one that `part` names.
pub(super) fn kind(ask: &Ask<'_>, id: &str, part: (Option<Year>, Option<&str>)) -> Option<PageSheet> {
    let (year, root) = part;
    let years = ask.years_of_kind(id);
    let none = ListParts::default();
    let parts = year.and_then(|year| ask.parts_of_kind(id, year)).unwrap_or(&none);
    let count = years.values().sum();
    let is_split = count > LONGEST_LIST;
    let groups = match (year, root) {
        (Some(year), Some(root)) => vec![group(ask, year, &ask.these(parts.groups.get(root)?))],
        (Some(year), None) if !parts.is_split() => vec![group(ask, year, &ask.of_kind(id, year))],
        (Some(year), None) if !parts.rest.is_empty() => vec![group(ask, year, &ask.these(&parts.rest))],
        (None, _) if !is_split => {
            let years = years.keys().rev();
            years.map(|year| group(ask, *year, &ask.of_kind(id, *year))).collect()
        }
        _ => Vec::new(),
    };
    let name = ask.kind_name(id);
    let of_years = |(year, count): (&Year, &usize)| YearCount {
        year: year.get(),
        href: ask.href(&Route::page(["kinds", id, &year.to_string()])),
        count: *count,
    };
    let content = KindPage {
        id: id.to_owned(),
        name: name.clone(),
        year: year.map(Year::get),
        groups,
        split: match is_split && year.is_none() {
            true => years.iter().rev().map(of_years).collect(),
            false => Vec::new(),
        },
        parts: match (year, root) {
            (Some(year), None) => split_parts(ask, parts, &["kinds", id, &year.to_string()]),
            _ => Vec::new(),
        },
    };
    Some(kind_page(ask, (id, name, count), part, content))
}

fn kind_page(
    ask: &Ask<'_>,
    kind: (&str, String, usize),
    part: (Option<Year>, Option<&str>),
    content: KindPage,
) -> PageSheet {
    let ((id, name, count), (year, root)) = (kind, part);
    let words = words::of(ask.config());
    let mut heading = name.clone();
    let mut breadcrumbs = vec![
        (words.home().to_owned(), Some(Route::home())),
        (name.clone(), Some(Route::page(["kinds", id]))),
    ];
    if let Some(year) = year {
        heading = format!("{heading} · {}", words.year(year));
        breadcrumbs.push((words.year(year), Some(Route::page(["kinds", id, &year.to_string()]))));
    }
    if let Some(root) = root {
        heading = format!("{heading} · {}", ask.part_name(root));
        breadcrumbs.push((ask.part_name(root), None));
    }
    unlink_last(&mut breadcrumbs);
    let description = words.about_list(&heading, count);
    let column_type = ask.config().kinds.get(id).map_or("信息公开目录", |kind| &kind.column_type);
    PageSheet {
        labels: labels::column(&name, &description, column_type),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Kind(Box::new(content)))
    }
}

fn group(ask: &Ask<'_>, year: Year, reports: &[&Record]) -> KindGroup {
    KindGroup {
        year: year.get(),
        href: Some(ask.href(&Route::page(["years", &year.to_string()]))),
        rows: reports.iter().map(|report| ask.row(report)).collect(),
    }
}

/// The search page.
pub(super) fn search(ask: &Ask<'_>) -> PageSheet {
    let config = ask.config();
    let words = words::of(config);
    let places = ask.gazetteer();
    let origins: BTreeSet<&str> = ask.offices().iter().map(|office| office.url.origin()).collect();
    let content = SearchView {
        examples: examples(ask),
        kinds: kinds(ask),
        years: years(ask),
        places_folded: places.len() + below(&places) > FEW_PLACES,
        places,
        bundle: ask.is_searchable().then(|| config.base.href("/pagefind/")),
        origins: origins.into_iter().map(str::to_owned).collect(),
        count: ask.all().iter().filter(|report| report.matter.status != PublicationStatus::Withdrawn).count(),
    };
    let description = words.about_list(&config.title, content.count);
    PageSheet {
        labels: labels::column(words.search(), &description, "信息公开目录"),
        breadcrumbs: vec![(words.home().to_owned(), Some(Route::home())), (words.search().to_owned(), None)],
        ..PageSheet::new(words.search().to_owned(), description, Content::Search(Box::new(content)))
    }
}

/// The site map that people read.
pub(super) fn contents(ask: &Ask<'_>) -> PageSheet {
    let words = words::of(ask.config());
    let places = ask.gazetteer();
    let content = SiteMapView {
        kinds: kinds(ask),
        years: years(ask),
        places_folded: places.len() + below(&places) > FEW_PLACES,
        places,
    };
    PageSheet {
        labels: labels::column(words.contents(), words.contents(), "信息公开目录"),
        breadcrumbs: vec![
            (words.home().to_owned(), Some(Route::home())),
            (words.contents().to_owned(), None),
        ],
        ..PageSheet::new(words.contents().to_owned(), words.contents().to_owned(), Content::Contents(content))
    }
}

/// Words to try: the indicators that most documents speak of.
fn examples(ask: &Ask<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for keyword in ask.all().iter().flat_map(|report| report.matter.told_keywords()) {
        *counts.entry(keyword).or_default() += 1;
    }
    let mut keywords: Vec<_> = counts.into_iter().collect();
    keywords.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    keywords.into_iter().take(4).map(|(keyword, _)| keyword.to_owned()).collect()
}

/// A plain page.
pub(super) fn plain(ask: &Ask<'_>, page: &page::PlainPage) -> PageSheet {
    let config = ask.config();
    let words = words::of(config);
    let description = page.description.clone().unwrap_or_else(|| page.title.clone());
    let content = PlainView {
        title: page.title.clone(),
        html: ask.text_html(ask.page_text(page), &page.body, &page.title),
    };
    PageSheet {
        labels: labels::column(&page.title, &description, "概况信息"),
        breadcrumbs: vec![(words.home().to_owned(), Some(Route::home())), (page.title.clone(), None)],
        ..PageSheet::new(page.title.clone(), description, Content::Plain(content))
    }
}

/// The page for addresses where nothing is.
pub(super) fn not_found(ask: &Ask<'_>) -> PageSheet {
    let heading = words::of(ask.config()).not_found().to_owned();
    PageSheet {
        labels: labels::column(&heading, &heading, "信息公开目录"),
        robots: Some("noindex"),
        ..PageSheet::new(heading.clone(), heading, Content::NotFound(EmptyView {}))
    }
}

/// A page that leads on.
pub(super) fn redirect(ask: &Ask<'_>, to: &Route) -> PageSheet {
    let title = ask.document_at(to).map(|report| report.matter.title.value.clone());
    // What belongs to a place and is no document: the place itself, its comparisons.
    let place = || ask.is_described(to.first()).then(|| ask.place_name(to.first()));
    let title = title.or_else(place).unwrap_or_else(|| ask.config().title.clone());
    let content = Redirect { href: ask.href(to), title: title.clone() };
    PageSheet {
        robots: Some("noindex"),
        canonical: Some(to.clone()),
        ..PageSheet::new(title.clone(), title, Content::Redirect(content))
    }
}
