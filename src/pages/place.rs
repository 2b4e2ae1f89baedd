//! The view of a place: its documents by year, its figures over the years, its own places.

use std::collections::{BTreeMap, BTreeSet};

use super::{PageSheet, ancestry, chart, coverage, labels};
use crate::archive::Document;
use crate::ask::{Ask, IndicatorValue, one_a_year};
use crate::beside::spans;
use crate::config::{ANNUAL_REPORT, Indicator};
use crate::outline::data::Slice;
use crate::page;
use crate::route::{Route, Year};
use crate::view::{Content, IndicatorRow, IndicatorYear, PlaceNode, PlaceView, PlaceYear, YearSpan};
use crate::words;

/// The place `slug` and everything it published.
pub(super) fn place(ask: &Ask<'_>, slug: &str) -> Option<PageSheet> {
    let place = ask.place(slug)?;
    let words = words::of(ask.config());
    let reports = ask.of_place(slug);
    let name = &ask.place_name(slug);
    let (indicator_years, indicators) = series(ask, reports);
    let content = PlaceView {
        name: name.clone(),
        other_name: place.other_name(ask.config().language).map(str::to_owned),
        level: place.level.name(),
        level_name: words.level(place.level).into(),
        code: place.code.clone(),
        parent: place.parent.as_ref().map(|parent| ask.place_link(&parent.value)),
        html: ask.text_html(ask.place_text(place), &place.body, name),
        children: ask.nodes(Some(slug), 0),
        years: years(ask, reports),
        feed: ask.feed_of(slug),
        indicators,
        indicator_years,
        downloads: ask.downloads(&Slice::Place(slug.to_owned())),
        compare: ask.compared_years(slug),
        without_documents: reports.is_empty(),
        coverage: coverage::of_place(ask, slug),
        origins: ancestry::of_place(ask, slug),
    };
    let description = place.description.clone().unwrap_or_else(|| words.about_place(name, reports.len()));
    let mut breadcrumbs = ask.crumbs_to_place(slug);
    if let Some((_, route)) = breadcrumbs.last_mut() {
        *route = None;
    }
    let url = ask.config().base.absolute(Route::page([slug]).as_str());
    Some(PageSheet {
        labels: labels::column(name, &description, "信息公开目录"),
        breadcrumbs,
        json_ld: Some(labels::organization(name, &url)),
        feed: content.feed.clone(),
        ..PageSheet::new(name.clone(), description, Content::Place(Box::new(content)))
    })
}

/// The documents by year, newest first.
fn years(ask: &Ask<'_>, reports: &[Document]) -> Vec<PlaceYear> {
    let mut years: BTreeMap<Year, PlaceYear> = BTreeMap::new();
    for report in reports {
        let year = report.address.year;
        let entry = years.entry(year).or_insert_with(|| PlaceYear {
            year: year.get(),
            href: ask.href(&Route::page(["years", &year.to_string()])),
            report: None,
            missing: false,
            others: Vec::new(),
            gaps: Vec::new(),
        });
        match report.address.slug {
            None => entry.report = Some(ask.row(report)),
            Some(_) => entry.others.push(ask.row(report)),
        }
    }
    let missing = missing(reports);
    let mut years: Vec<PlaceYear> = years.into_values().rev().collect();
    for at in 0..years.len() {
        let year = years[at].year;
        let older = years.get(at + 1).map_or(i16::MIN, |older| older.year);
        years[at].missing = years[at].report.is_none() && missing.contains(&year);
        years[at].gaps = gaps(missing.iter().copied().filter(|gap| (older + 1..year).contains(gap)));
    }
    years
}

/// So many missing years in a row are told one by one; more are one line.
const FEW_YEARS: i16 = 5;

/// Missing years for a list whose newest is on top.
fn gaps(years: impl Iterator<Item = i16>) -> Vec<YearSpan> {
    let one_by_one = |span: YearSpan| match span.to - span.from < FEW_YEARS {
        true => (span.from..=span.to).map(|year| YearSpan { from: year, to: year }).collect(),
        false => vec![span],
    };
    let mut gaps: Vec<YearSpan> = spans(years).into_iter().flat_map(one_by_one).collect();
    gaps.reverse();
    gaps
}

/// The years between the first annual report and the last that have none.
fn missing(reports: &[Document]) -> Vec<i16> {
    let annual = reports.iter().filter(|report| report.matter.kind == ANNUAL_REPORT);
    let years: BTreeSet<i16> = annual.map(|report| report.address.year.get()).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) => (*first..*last).filter(|year| !years.contains(year)).collect(),
        _ => Vec::new(),
    }
}

/// The figures of a place over the years: those years, and a row an indicator. A year without
/// a figure is a gap and never zero.
pub(super) fn series(ask: &Ask<'_>, reports: &[Document]) -> (Vec<i16>, Vec<IndicatorRow>) {
    let all = ask.registry().all();
    let values = ask.values_in(&reports.iter().map(Document::record).collect::<Vec<_>>());
    let years: BTreeSet<Year> = values.values().flatten().map(|value| value.address.year).collect();
    let years: Vec<Year> = years.into_iter().collect();
    let rows = values.into_iter().map(|(at, values)| row(ask, &all[at], (&years, values))).collect();
    (years.into_iter().map(Year::get).collect(), rows)
}

fn row(
    ask: &Ask<'_>,
    indicator: &Indicator,
    (years, values): (&[Year], Vec<IndicatorValue<'_>>),
) -> IndicatorRow {
    let values: BTreeMap<Year, IndicatorValue<'_>> =
        one_a_year(values.into_iter()).into_iter().map(|((_, year), value)| (year, value)).collect();
    let words = words::of(ask.config());
    let mut last: Option<IndicatorValue<'_>> = None;
    let cell = |year: &Year| {
        let value = values.get(year).copied();
        let before = value.and_then(|value| last.replace(value));
        let change = before.zip(value).map(|(before, after)| {
            words.texts().change((&before.figure.amount, &after.figure.amount), &indicator.sort())
        });
        IndicatorYear { change, ..ask.indicator_year(year.get(), value, indicator) }
    };
    let points: Vec<_> = values.values().map(|value| ask.point(*value, indicator)).collect();
    IndicatorRow {
        id: indicator.id.clone(),
        name: ask.indicator_name(indicator),
        unit: indicator.unit.clone(),
        href: ask.indicator_href(indicator),
        years: years.iter().map(cell).collect(),
        spark: chart::spark(&points, indicator),
    }
}

/// How many places a page lists; the rest is reached through the places over them.
const MOST_PLACES: usize = 300;

/// How deep places are nested at all; no hierarchy is deeper.
const DEEPEST: usize = 16;

impl Ask<'_> {
    /// The places by hierarchy, as deep as a page bears; empty ones are left out.
    pub(super) fn gazetteer(&self) -> Vec<PlaceNode> {
        let mut nodes = self.nodes(None, 0);
        let deepest = (1..DEEPEST).take_while(|depth| count(&nodes, *depth) <= MOST_PLACES).last();
        prune(&mut nodes, deepest.unwrap_or(0));
        nodes
    }

    /// The places that belong to `parent`, with those that belong to them; empty ones are
    /// left out.
    pub(super) fn nodes(&self, parent: Option<&str>, depth: usize) -> Vec<PlaceNode> {
        let children = self.children(parent).into_iter();
        let children = children.filter(|place| !self.is_empty(&place.slug));
        children.map(|place| self.node(place, depth)).collect()
    }

    fn node(&self, place: &page::Place, depth: usize) -> PlaceNode {
        let reports = self.of_place(&place.slug);
        let children = self.nodes(Some(&place.slug), depth + 1);
        PlaceNode {
            name: self.place_name(&place.slug),
            href: self.href(&Route::page([&place.slug])),
            slug: place.slug.clone(),
            level: place.level.name(),
            level_name: words::of(self.config()).level(place.level).into(),
            depth,
            documents: reports.len(),
            latest_year: reports.last().map(|report| report.address.year.get()),
            places: children
                .iter()
                .map(|child: &PlaceNode| child.places + usize::from(child.documents > 0))
                .sum(),
            children,
        }
    }
}

/// How many places stand no deeper than `deepest`.
fn count(nodes: &[PlaceNode], deepest: usize) -> usize {
    let below = |node: &PlaceNode| if node.depth < deepest { count(&node.children, deepest) } else { 0 };
    nodes.iter().map(|node| 1 + below(node)).sum()
}

/// Leaves out what stands deeper than `deepest`.
fn prune(nodes: &mut [PlaceNode], deepest: usize) {
    for node in nodes {
        if node.depth < deepest {
            prune(&mut node.children, deepest);
        } else {
            node.children.clear();
        }
    }
}
