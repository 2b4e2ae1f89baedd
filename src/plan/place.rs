//! The view of a place: its documents by year, its figures over the years, its own places.

use std::collections::{BTreeMap, BTreeSet};

use super::data::Slice;
use super::view::{Content, IndicatorRow, IndicatorYear, Place, PlaceNode, PlaceYear};
use super::{Made, Plan, coverage, labels, spark, words};
use crate::page;
use crate::report::{Figure, Report, Status};
use crate::route::{Route, Year};

/// The place `slug` and everything it published.
pub(super) fn place(plan: &Plan<'_>, slug: &str) -> Option<Made> {
    let archive = plan.archive();
    let place = archive.places.get(slug)?;
    let words = words::of(plan.config().language);
    let reports = archive.of_place(slug);
    let name = &place.name.value;
    let (indicator_years, indicators) = series(plan, reports);
    let content = Place {
        name: name.clone(),
        name_en: place.name_en.clone(),
        level: place.level.name(),
        level_name: words.level(place.level).into(),
        code: place.code.clone(),
        parent: place.parent.as_ref().map(|parent| plan.place_link(&parent.value)),
        html: plan.text_html(&place.path, &place.body, name),
        children: plan.nodes(Some(slug), 0),
        years: years(plan, reports),
        gaps: gaps(reports),
        feed: plan.feed_of(slug),
        indicators,
        indicator_years,
        downloads: plan.downloads(&Slice::Place(slug.to_owned())),
        compare: plan.compared_years(slug),
        without_documents: reports.is_empty(),
        coverage: coverage::of_place(plan, slug),
    };
    let description = place.description.clone().unwrap_or_else(|| words.about_place(name, reports.len()));
    let mut breadcrumbs = plan.crumbs_to_place(slug);
    if let Some((_, route)) = breadcrumbs.last_mut() {
        *route = None;
    }
    let url = plan.config().base.absolute(Route::page([slug]).as_str());
    Some(Made {
        labels: labels::column(name, &description, "信息公开目录"),
        breadcrumbs,
        json_ld: Some(labels::organization(name, &url)),
        feed: content.feed.clone(),
        ..Made::new(name.clone(), description, Content::Place(Box::new(content)))
    })
}

/// The documents by year, newest first.
fn years(plan: &Plan<'_>, reports: &[Report]) -> Vec<PlaceYear> {
    let mut years: BTreeMap<Year, PlaceYear> = BTreeMap::new();
    for report in reports {
        let year = report.address.year;
        let entry = years.entry(year).or_insert_with(|| PlaceYear {
            year: year.get(),
            href: plan.href(&Route::page(["years", &year.to_string()])),
            report: None,
            others: Vec::new(),
        });
        match report.address.slug {
            None => entry.report = Some(plan.row(report)),
            Some(_) => entry.others.push(plan.row(report)),
        }
    }
    years.into_values().rev().collect()
}

/// The years between the first annual report and the last that have none.
fn gaps(reports: &[Report]) -> Vec<i16> {
    let annual = reports.iter().filter(|report| report.matter.kind == "annual-report");
    let years: BTreeSet<i16> = annual.map(|report| report.address.year.get()).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) => (*first..*last).filter(|year| !years.contains(year)).collect(),
        _ => Vec::new(),
    }
}

/// The figures of a place over the years: those years, and a row an indicator. A year without
/// a figure is a gap and never zero.
pub(super) fn series(plan: &Plan<'_>, reports: &[Report]) -> (Vec<i16>, Vec<IndicatorRow>) {
    let registry = &plan.archive().registry;
    let mut years = BTreeSet::new();
    let mut values: BTreeMap<usize, BTreeMap<i16, (&Report, &Figure)>> = BTreeMap::new();
    for report in reports.iter().filter(|report| report.matter.status != Status::Withdrawn) {
        for figure in &report.figures {
            let Some(at) = registry.position(&figure.indicator) else {
                continue;
            };
            let year = report.address.year.get();
            years.insert(year);
            // The year's own report comes first and speaks for the year.
            values.entry(at).or_default().entry(year).or_insert((report, figure));
        }
    }
    let years: Vec<i16> = years.into_iter().collect();
    let rows =
        values.into_iter().map(|(at, values)| row(plan, &registry.all()[at], (&years, &values))).collect();
    (years, rows)
}

fn row(
    plan: &Plan<'_>,
    indicator: &crate::config::Indicator,
    series: (&[i16], &BTreeMap<i16, (&Report, &Figure)>),
) -> IndicatorRow {
    let (years, values) = series;
    let words = words::of(plan.config().language);
    let text = |figure: &Figure| words.figure(figure, indicator);
    let mut last: Option<&Figure> = None;
    let cell = |year: &i16| {
        let found = values.get(year);
        let before = found.and_then(|(_, figure)| last.replace(figure));
        let change = before.zip(found).map(|(before, (_, after))| {
            let bounds = before.qualifier.is_some() || after.qualifier.is_some();
            words.change((before.value, after.value), (indicator.kind, &indicator.unit), bounds)
        });
        IndicatorYear {
            year: *year,
            change,
            text: found.map(|(_, figure)| text(figure)),
            href: found.map(|(report, figure)| format!("{}{}", plan.href(&report.route()), figure.href())),
        }
    };
    let points: Vec<_> =
        years.iter().map(|year| (*year, values.get(year).map(|(_, figure)| figure.value))).collect();
    IndicatorRow {
        id: indicator.id.clone(),
        name: plan.indicator_name(indicator),
        unit: indicator.unit.clone(),
        years: years.iter().map(cell).collect(),
        spark: spark::spark(&points, &indicator.unit),
    }
}

impl Plan<'_> {
    /// The places that belong to `parent`, with those that belong to them; empty ones are
    /// left out.
    pub(super) fn nodes(&self, parent: Option<&str>, depth: usize) -> Vec<PlaceNode> {
        let children = self.archive().children(parent);
        let children = children.filter(|place| !self.archive().is_empty(&place.slug));
        children.map(|place| self.node(place, depth)).collect()
    }

    fn node(&self, place: &page::Place, depth: usize) -> PlaceNode {
        let reports = self.archive().of_place(&place.slug);
        PlaceNode {
            name: place.name.value.clone(),
            href: self.href(&Route::page([&place.slug])),
            slug: place.slug.clone(),
            level: place.level.name(),
            level_name: words::of(self.config().language).level(place.level).into(),
            depth,
            documents: reports.len(),
            latest_year: reports.last().map(|report| report.address.year.get()),
            children: self.nodes(Some(&place.slug), depth + 1),
        }
    }
}
