//! The figures of the archive by indicator. Only figures of one id are ever put side by side.

use std::collections::BTreeMap;

use super::Subject;
use super::lists::{ListParts, split};
use crate::archive::{Archive, DocumentId};
use crate::config::IndicatorId;
use crate::report::PublicationStatus;
use crate::route::Route;

/// The last segment of the address of a chart alone. No place is called so.
pub(crate) const EMBED: &str = "embed";

/// Where the figures of every indicator stand in an archive.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct FigureIndex {
    /// By the indicator's place in the registry, in the order of place, year and document.
    pub(crate) by_indicator: BTreeMap<IndicatorId, Vec<FigurePlace>>,
    /// Where the places of an indicator are too many for one page: its parts, each with one
    /// document a place.
    pub(crate) parts: BTreeMap<IndicatorId, ListParts>,
}

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FigurePlace {
    /// The document's place in the archive.
    pub(crate) document: DocumentId,
    /// The figure's place among those of the document.
    pub(crate) figure: u32,
}

impl FigureIndex {
    /// Finds the figures. What was withdrawn says nothing any more.
    pub(super) fn of(archive: &Archive) -> Self {
        let mut figures = Self::default();
        let reports = archive.reports.entries();
        for (document, report) in
            reports.filter(|(_, report)| report.matter.status != PublicationStatus::Withdrawn)
        {
            for (told, figure) in report.figures.iter().zip(0..) {
                if let Some(indicator) = archive.registry.position(&told.indicator) {
                    figures.by_indicator.entry(indicator).or_default().push(FigurePlace { document, figure });
                }
            }
        }
        for indicator in figures.by_indicator.keys() {
            let parts = split(archive, &figures.one_of_each_place(archive, *indicator));
            if parts.is_split() {
                figures.parts.insert(*indicator, parts);
            }
        }
        figures
    }

    /// The addresses of indicators: one for each that has values, one for its chart where a place has several
    /// years, and more where its places are too many.
    pub(super) fn addresses(&self, archive: &Archive) -> Vec<(Route, Subject)> {
        let registry = (Route::page(["indicators"]), Subject::Indicators);
        let mut addresses: Vec<_> = (!self.by_indicator.is_empty()).then_some(registry).into_iter().collect();
        for at in self.by_indicator.keys() {
            let id = archive.registry.all()[*at].id.as_str();
            addresses.push((Route::page(["indicators", id]), Subject::Indicator(*at, None)));
            if self.has_course(archive, *at) {
                addresses.push((Route::page(["indicators", id, EMBED]), Subject::Embed(*at)));
            }
            let part = |root: &String| {
                (Route::page(["indicators", id, root]), Subject::Indicator(*at, Some(root.clone())))
            };
            addresses.extend(self.parts.get(at).into_iter().flat_map(|parts| parts.groups.keys()).map(part));
        }
        addresses
    }

    /// Whether a place tells the indicator of several years, so that there is a line to draw.
    fn has_course(&self, archive: &Archive, indicator: IndicatorId) -> bool {
        let of = |at: &FigurePlace| &archive.reports[at.document].address;
        let follows = |two: &[FigurePlace]| matches!(two, [a, b] if of(a).place == of(b).place && of(a).year != of(b).year);
        self.of_indicator(indicator).windows(2).any(follows)
    }

    /// Where the figures of an indicator stand.
    pub(crate) fn of_indicator(&self, indicator: IndicatorId) -> &[FigurePlace] {
        self.by_indicator.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// One document of each place that tells the indicator.
    pub(crate) fn one_of_each_place(&self, archive: &Archive, indicator: IndicatorId) -> Vec<DocumentId> {
        let place = |at: DocumentId| &archive.reports[at].address.place;
        let mut documents: Vec<DocumentId> = Vec::new();
        for at in self.of_indicator(indicator).iter().map(|at| at.document) {
            if documents.last().is_none_or(|last| place(*last) != place(at)) {
                documents.push(at);
            }
        }
        documents
    }
}
