//! The figures of the archive by indicator. Only figures of one id are ever put side by side.

use std::collections::BTreeMap;

use super::Plan;
use crate::report::{Figure, Report, Status};
use crate::route::Year;

/// A figure and the document that tells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    pub(super) report: &'a Report,
    pub(super) figure: &'a Figure,
}

/// Where the figures of every indicator stand in an archive: by the indicator's place in the
/// registry, the document's and the figure's own place.
pub(super) type Index = BTreeMap<usize, Vec<(u32, u32)>>;

/// The figures of each indicator, by place, year and document. What was withdrawn says nothing
/// any more.
pub(super) fn index(plan: &Plan<'_>) -> Index {
    let archive = plan.archive();
    let mut index = Index::new();
    let reports = archive.reports.iter().zip(0..);
    for (report, at) in reports.filter(|(report, _)| report.matter.status != Status::Withdrawn) {
        for (figure, which) in report.figures.iter().zip(0..) {
            if let Some(indicator) = archive.registry.position(&figure.indicator) {
                index.entry(indicator).or_default().push((at, which));
            }
        }
    }
    index
}

impl<'a> Plan<'a> {
    /// Every figure of the indicator at this place of the registry, by place, year and document.
    pub(super) fn values(&self, indicator: usize) -> impl Iterator<Item = Value<'a>> {
        let reports = &self.archive.reports;
        self.outline.by_indicator.get(&indicator).into_iter().flatten().map(|(at, which)| {
            let report = &reports[*at as usize];
            Value { report, figure: &report.figures[*which as usize] }
        })
    }

    /// The documents that tell the indicator, in the order of the archive.
    pub(super) fn documents_of(&self, indicator: usize) -> impl Iterator<Item = usize> {
        self.outline.by_indicator.get(&indicator).into_iter().flatten().map(|(at, _)| *at as usize)
    }

    /// The figures of the indicator that one place tells, by year and document.
    pub(super) fn values_of(&self, indicator: usize, slug: &'a str) -> impl Iterator<Item = Value<'a>> {
        let reports = &self.archive.reports;
        let place = |at: u32| reports[at as usize].address.place.as_str();
        let all = self.outline.by_indicator.get(&indicator).map_or(&[][..], Vec::as_slice);
        let start = all.partition_point(|(at, _)| place(*at) < slug);
        all[start..].iter().take_while(move |(at, _)| place(*at) == slug).map(|(at, which)| {
            let report = &reports[*at as usize];
            Value { report, figure: &report.figures[*which as usize] }
        })
    }

    /// The figures of some documents by indicator. What was withdrawn says nothing any more.
    pub(super) fn values_in(&self, reports: &[&'a Report]) -> BTreeMap<usize, Vec<Value<'a>>> {
        let mut values: BTreeMap<usize, Vec<Value<'a>>> = BTreeMap::new();
        for report in reports.iter().filter(|report| report.matter.status != Status::Withdrawn) {
            for figure in &report.figures {
                if let Some(indicator) = self.archive.registry.position(&figure.indicator) {
                    values.entry(indicator).or_default().push(Value { report, figure });
                }
            }
        }
        values
    }
}

/// One figure a place and year: the year's own report stands first and speaks for the year.
pub(super) fn one_a_year<'a>(
    values: impl Iterator<Item = Value<'a>>,
) -> BTreeMap<(&'a str, Year), Value<'a>> {
    let mut years = BTreeMap::new();
    for value in values {
        let address = &value.report.address;
        years.entry((address.place.as_str(), address.year)).or_insert(value);
    }
    years
}
