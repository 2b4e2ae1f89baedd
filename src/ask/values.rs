//! The figures of the archive by indicator. Only figures of one id are ever put side by side.

use std::collections::BTreeMap;

use super::{Ask, Question};
use crate::archive::DocumentId;
use crate::config::IndicatorId;
use crate::outline::{FigurePlace, ListParts};
use crate::report::{Figure, PublicationStatus, Record};
use crate::route::{Address, Year};

/// A figure and the address of the document that tells it; what else the document says is another
/// question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IndicatorValue<'a> {
    pub(crate) address: &'a Address,
    pub(crate) figure: &'a Figure,
}

/// A figure and the document that tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FigureInReport<'a> {
    pub(crate) report: &'a Record,
    pub(crate) figure: &'a Figure,
}

impl<'a> Ask<'a> {
    /// Every figure of the indicator at this place of the registry, by place, year and document.
    pub(crate) fn values(&self, indicator: IndicatorId) -> impl Iterator<Item = IndicatorValue<'a>> {
        self.note(|| Question::Values(self.registry().all()[indicator].id.clone()));
        self.outline.figures.of_indicator(indicator).iter().map(|at| self.value(at))
    }

    /// Every figure of the indicator, with all that the documents say that tell it.
    pub(crate) fn told(&self, indicator: IndicatorId) -> impl Iterator<Item = FigureInReport<'a>> {
        self.note(|| Question::Tellers(self.registry().all()[indicator].id.clone()));
        self.outline.figures.of_indicator(indicator).iter().map(|at| {
            let report = self.archive.reports[at.document].record();
            FigureInReport { report, figure: &report.figures[at.figure as usize] }
        })
    }

    fn value(&self, at: &FigurePlace) -> IndicatorValue<'a> {
        let report = self.archive.reports[at.document].record();
        IndicatorValue { address: &report.address, figure: &report.figures[at.figure as usize] }
    }

    /// One document of each place that tells the indicator, by their places in the archive.
    pub(crate) fn one_of_each_place(&self, indicator: IndicatorId) -> Vec<DocumentId> {
        self.note(|| Question::Values(self.registry().all()[indicator].id.clone()));
        self.outline.figures.one_of_each_place(self.archive, indicator)
    }

    /// The parts of an indicator whose places are too many for one page.
    pub(crate) fn parts_of_indicator(&self, indicator: IndicatorId) -> Option<&'a ListParts> {
        self.note(|| Question::Values(self.registry().all()[indicator].id.clone()));
        self.note(|| Question::Places);
        self.outline.figures.parts.get(&indicator)
    }

    /// The figures of the indicator that one place tells, by year and document.
    pub(crate) fn values_of(
        &self,
        indicator: IndicatorId,
        slug: &'a str,
    ) -> impl Iterator<Item = IndicatorValue<'a>> {
        self.note(|| Question::Values(self.registry().all()[indicator].id.clone()));
        let reports = &self.archive.reports;
        let place = |at: &FigurePlace| reports[at.document].address.place.as_str();
        let all = self.outline.figures.of_indicator(indicator);
        let start = all.partition_point(|at| place(at) < slug);
        all[start..].iter().take_while(move |at| place(at) == slug).map(|at| self.value(at))
    }

    /// The figures of some documents by indicator. What was withdrawn says nothing any more.
    pub(crate) fn values_in(&self, reports: &[&'a Record]) -> BTreeMap<IndicatorId, Vec<IndicatorValue<'a>>> {
        let mut values: BTreeMap<IndicatorId, Vec<IndicatorValue<'a>>> = BTreeMap::new();
        for report in reports.iter().filter(|report| report.matter.status != PublicationStatus::Withdrawn) {
            for figure in &report.figures {
                if let Some(indicator) = self.registry().position(&figure.indicator) {
                    values
                        .entry(indicator)
                        .or_default()
                        .push(IndicatorValue { address: &report.address, figure });
                }
            }
        }
        values
    }
}

/// One figure a place and year: the year's own report stands first and speaks for the year.
pub(crate) fn one_a_year<'a>(
    values: impl Iterator<Item = IndicatorValue<'a>>,
) -> BTreeMap<(&'a str, Year), IndicatorValue<'a>> {
    let mut years = BTreeMap::new();
    for value in values {
        let address = value.address;
        years.entry((address.place.as_str(), address.year)).or_insert(value);
    }
    years
}
