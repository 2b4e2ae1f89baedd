//! The views that lead to documents: home, years, kinds, search; and the plain pages.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{
    Content, Counts, DocRow, Empty, Home, KindCount, KindGroup, KindPage, Plain, Redirect, Search, SplitPart,
    YearCount, YearLevel, YearLink, YearPage, YearPlace, YearRow,
};
use super::{LONGEST_LIST, Made, Plan, coverage, data, indicators, labels, words};
use crate::page::{self, Level, Place};
use crate::report::{Published, Report, Status};
use crate::route::{Route, Year};

/// How many documents the home page shows as the newest.
const LATEST: usize = 12;

/// The home page.
pub(super) fn home(plan: &Plan<'_>) -> Made {
    let archive = plan.archive();
    let config = plan.config();
    let page = archive.home.as_ref();
    let title = page.map(|page| page.title.clone()).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| config.title.clone());
    let content = Home {
        html: page.map(|page| plan.text_html(&page.path, &page.body, &title)).unwrap_or_default(),
        title,
        places: plan.nodes(None, 0),
        latest: latest(plan),
        counts: counts(plan),
        years: years(plan),
        kinds: kinds(plan),
        coverage: coverage::at_a_glance(plan),
    };
    let description =
        page.and_then(|page| page.description.clone()).unwrap_or_else(|| config.description.clone());
    let name = words::of(config.language).home;
    Made {
        labels: labels::column(&config.title, &nonempty(&description, &config.title), "首页"),
        breadcrumbs: vec![(name.to_owned(), None)],
        feed: config.feeds.then(|| config.base.href("/feed.xml")),
        ..Made::new(config.title.clone(), description, Content::Home(Box::new(content)))
    }
}

/// How much there is of real places.
fn counts(plan: &Plan<'_>) -> Counts {
    let archive = plan.archive();
    let places = archive.places.keys().filter(|slug| !archive.of_place(slug).is_empty());
    let real: Vec<&[Report]> =
        places.filter(|slug| !archive.is_invented(slug)).map(|slug| archive.of_place(slug)).collect();
    let reports = || real.iter().copied().flatten();
    Counts {
        places: real.len(),
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
fn latest(plan: &Plan<'_>) -> Vec<DocRow> {
    newest(&plan.archive().reports, LATEST).into_iter().map(|report| plan.row(report)).collect()
}

/// The `count` newest public documents whose date is known, newest first.
pub(super) fn newest(reports: &[Report], count: usize) -> Vec<&Report> {
    let dated = |report: &&Report| {
        report.matter.status == Status::Published && matches!(report.matter.published, Published::On(_))
    };
    let newer = |a: &&Report, b: &&Report| {
        b.matter.published.cmp(&a.matter.published).then_with(|| a.address.cmp(&b.address))
    };
    let mut reports: Vec<&Report> = reports.iter().filter(dated).collect();
    // Of many thousand only a few are put in order.
    if count < reports.len() {
        reports.select_nth_unstable_by(count, newer);
        reports.truncate(count);
    }
    reports.sort_by(newer);
    reports
}

fn years(plan: &Plan<'_>) -> Vec<YearCount> {
    let count = |(year, reports): (&Year, &Vec<usize>)| YearCount {
        year: year.get(),
        href: plan.href(&Route::page(["years", &year.to_string()])),
        count: reports.len(),
    };
    plan.outline.by_year.iter().rev().map(count).collect()
}

fn kinds(plan: &Plan<'_>) -> Vec<KindCount> {
    let count = |(id, reports): (&String, &Vec<usize>)| KindCount {
        id: id.clone(),
        name: plan.kind_name(id),
        href: plan.href(&Route::page(["kinds", id])),
        count: reports.len(),
    };
    plan.outline.by_kind.iter().map(count).collect()
}

/// A year: every place and what it published for it, or the part of a large year that lies
/// below `root`.
pub(super) fn year(plan: &Plan<'_>, year: Year, root: Option<&str>) -> Made {
    let words = words::of(plan.config().language);
    let all = &plan.outline.by_year[&year];
    let parts = &plan.outline.splits.years[&year];
    let rows: &[usize] = match root {
        Some(root) => parts.get(root).map_or(&[], |part| part.as_slice()),
        None if parts.is_empty() => all,
        None => &[],
    };
    let reports: Vec<&Report> = rows.iter().map(|at| &plan.archive().reports[*at]).collect();
    let link = |year: &Year| YearLink {
        year: year.get(),
        href: plan.href(&Route::page(["years", &year.to_string()])),
    };
    let before = plan.outline.by_year.range(..year).next_back();
    let after = plan.outline.by_year.range(year..).nth(1);
    let content = YearPage {
        year: year.get(),
        previous: before.map(|(year, _)| link(year)),
        next: after.map(|(year, _)| link(year)),
        levels: levels(plan, &reports),
        downloads: plan.downloads(&data::Slice::Year(year)),
        split: match root {
            None => split_parts(plan, parts, &["years", &year.to_string()]),
            Some(_) => Vec::new(),
        },
    };
    let mut breadcrumbs = vec![(words.home.to_owned(), Some(Route::home()))];
    breadcrumbs.push((words.year(year), Some(Route::page(["years", &year.to_string()]))));
    let mut heading = words.year(year);
    if let Some(root) = root {
        heading = format!("{heading} · {}", plan.place_name(root));
        breadcrumbs.push((plan.place_name(root), None));
    }
    here(&mut breadcrumbs);
    let count = if root.is_some() { rows.len() } else { all.len() };
    let description = words.about_list(&heading, count);
    Made {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..Made::new(heading, description, Content::Year(Box::new(content)))
    }
}

/// The last step of the way is the page itself, and no link.
pub(super) fn here(breadcrumbs: &mut [(String, Option<Route>)]) {
    if let Some((_, route)) = breadcrumbs.last_mut() {
        *route = None;
    }
}

/// The links to the parts of a list that is split by places, below the address `base`.
fn split_parts(plan: &Plan<'_>, parts: &BTreeMap<String, Vec<usize>>, base: &[&str]) -> Vec<SplitPart> {
    let part = |(slug, reports): (&String, &Vec<usize>)| SplitPart {
        title: plan.place_name(slug),
        href: plan.href(&Route::page(base.iter().copied().chain([slug.as_str()]))),
        count: reports.len(),
    };
    parts.iter().map(part).collect()
}

/// Documents by the level of their place and then by place.
fn levels<'a>(plan: &Plan<'a>, reports: &[&'a Report]) -> Vec<YearLevel> {
    let words = words::of(plan.config().language);
    let archive = plan.archive();
    let mut levels: BTreeMap<Level, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        let place = archive.places.get(&report.address.place);
        levels.entry(place.map_or(Level::Department, |place| place.level)).or_default().push(report);
    }
    let level = |(level, reports): (Level, Vec<&'a Report>)| YearLevel {
        level: level.name(),
        level_name: words.level(level).into(),
        rows: level_rows(plan, &reports),
        figures: indicators::year_figures(plan, &reports),
    };
    levels.into_iter().map(level).collect()
}

/// The documents of one level by place.
fn level_rows(plan: &Plan<'_>, reports: &[&Report]) -> Vec<YearRow> {
    let archive = plan.archive();
    let mut rows: BTreeMap<(&str, &str), YearRow> = BTreeMap::new();
    for report in reports {
        let slug = report.address.place.as_str();
        let place = archive.places.get(slug);
        let row = rows.entry((code(place), slug)).or_insert_with(|| year_row(plan, slug, place));
        match report.address.slug {
            None => row.report = Some(plan.row(report)),
            Some(_) => row.others.push(plan.row(report)),
        }
    }
    rows.into_values().collect()
}

/// Within a level places stand by division code; those without one come last.
pub(super) fn code(place: Option<&Place>) -> &str {
    place.and_then(|place| place.code.as_deref()).unwrap_or("~")
}

fn year_row(plan: &Plan<'_>, slug: &str, place: Option<&Place>) -> YearRow {
    let link = plan.place_link(slug);
    let parent = place.and_then(|place| place.parent.as_ref());
    YearRow {
        place: YearPlace {
            name: link.name,
            href: link.href,
            parent: parent.map(|parent| plan.place_link(&parent.value)),
        },
        report: None,
        others: Vec::new(),
    }
}

/// A kind of documents, or the part of a large one that `part` names.
pub(super) fn kind(plan: &Plan<'_>, id: &str, part: (Option<Year>, Option<&str>)) -> Option<Made> {
    let (year, root) = part;
    let all = plan.outline.by_kind.get(id)?;
    let years = plan.outline.splits.kinds.get(id)?;
    let of_year = year.and_then(|year| years.get(&year)).map_or(&[][..], Vec::as_slice);
    let none = BTreeMap::new();
    let parts = year.and_then(|year| plan.outline.splits.kind_years.get(&(id.to_owned(), year)));
    let parts = parts.unwrap_or(&none);
    let is_split = all.len() > LONGEST_LIST;
    let groups = match (year, root) {
        (Some(year), Some(root)) => vec![group(plan, year, parts.get(root)?)],
        (Some(year), None) if parts.is_empty() => vec![group(plan, year, of_year)],
        (None, _) if !is_split => {
            let years = years.iter().rev();
            years.map(|(year, reports)| group(plan, *year, reports)).collect()
        }
        _ => Vec::new(),
    };
    let name = plan.kind_name(id);
    let of_years = |(year, reports): (&Year, &Vec<usize>)| YearCount {
        year: year.get(),
        href: plan.href(&Route::page(["kinds", id, &year.to_string()])),
        count: reports.len(),
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
            (Some(year), None) => split_parts(plan, parts, &["kinds", id, &year.to_string()]),
            _ => Vec::new(),
        },
    };
    Some(kind_page(plan, (id, name, all.len()), part, content))
}

fn kind_page(
    plan: &Plan<'_>,
    kind: (&str, String, usize),
    part: (Option<Year>, Option<&str>),
    content: KindPage,
) -> Made {
    let ((id, name, count), (year, root)) = (kind, part);
    let words = words::of(plan.config().language);
    let mut heading = name.clone();
    let mut breadcrumbs =
        vec![(words.home.to_owned(), Some(Route::home())), (name.clone(), Some(Route::page(["kinds", id])))];
    if let Some(year) = year {
        heading = format!("{heading} · {}", words.year(year));
        breadcrumbs.push((words.year(year), Some(Route::page(["kinds", id, &year.to_string()]))));
    }
    if let Some(root) = root {
        heading = format!("{heading} · {}", plan.place_name(root));
        breadcrumbs.push((plan.place_name(root), None));
    }
    here(&mut breadcrumbs);
    let description = words.about_list(&heading, count);
    let column_type = plan.config().kinds.get(id).map_or("信息公开目录", |kind| &kind.column_type);
    Made {
        labels: labels::column(&name, &description, column_type),
        breadcrumbs,
        ..Made::new(heading, description, Content::Kind(Box::new(content)))
    }
}

fn group(plan: &Plan<'_>, year: Year, reports: &[usize]) -> KindGroup {
    let reports = reports.iter().map(|at| &plan.archive().reports[*at]);
    KindGroup {
        year: year.get(),
        href: Some(plan.href(&Route::page(["years", &year.to_string()]))),
        rows: reports.map(|report| plan.row(report)).collect(),
    }
}

/// The search page.
pub(super) fn search(plan: &Plan<'_>) -> Made {
    let config = plan.config();
    let words = words::of(config.language);
    let content = Search {
        examples: examples(plan),
        kinds: kinds(plan),
        years: years(plan),
        places: plan.nodes(None, 0),
        bundle: plan.outline.searchable.then(|| config.base.href("/pagefind/")),
        count: plan
            .archive()
            .reports
            .iter()
            .filter(|report| report.matter.status != Status::Withdrawn)
            .count(),
    };
    let description = words.about_list(&config.title, content.count);
    Made {
        labels: labels::column(words.search, &description, "信息公开目录"),
        breadcrumbs: vec![(words.home.to_owned(), Some(Route::home())), (words.search.to_owned(), None)],
        ..Made::new(words.search.to_owned(), description, Content::Search(Box::new(content)))
    }
}

/// Words to try: the indicators that most documents speak of.
fn examples(plan: &Plan<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for keyword in plan.archive().reports.iter().flat_map(|report| &report.matter.keywords) {
        *counts.entry(keyword).or_default() += 1;
    }
    let mut keywords: Vec<_> = counts.into_iter().collect();
    keywords.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    keywords.into_iter().take(4).map(|(keyword, _)| keyword.to_owned()).collect()
}

/// A plain page.
pub(super) fn plain(plan: &Plan<'_>, page: &page::Page) -> Made {
    let config = plan.config();
    let words = words::of(config.language);
    let description = page.description.clone().unwrap_or_else(|| page.title.clone());
    let content =
        Plain { title: page.title.clone(), html: plan.text_html(&page.path, &page.body, &page.title) };
    Made {
        labels: labels::column(&page.title, &description, "概况信息"),
        breadcrumbs: vec![(words.home.to_owned(), Some(Route::home())), (page.title.clone(), None)],
        ..Made::new(page.title.clone(), description, Content::Plain(content))
    }
}

/// The page for addresses where nothing is.
pub(super) fn not_found(plan: &Plan<'_>) -> Made {
    let heading = words::of(plan.config().language).not_found.to_owned();
    Made {
        labels: labels::column(&heading, &heading, "信息公开目录"),
        robots: Some("noindex"),
        ..Made::new(heading.clone(), heading, Content::NotFound(Empty {}))
    }
}

/// A page that leads on.
pub(super) fn redirect(plan: &Plan<'_>, to: &Route) -> Made {
    let title = plan.archive().at(to).map(|report| report.matter.title.value.clone());
    // What belongs to a place and is no document: the place itself, its comparisons.
    let title = title.unwrap_or_else(|| plan.place_name(to.first()));
    let content = Redirect { href: plan.href(to), title: title.clone() };
    Made {
        robots: Some("noindex"),
        canonical: Some(to.clone()),
        ..Made::new(title.clone(), title, Content::Redirect(content))
    }
}
