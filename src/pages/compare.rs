//! Comparison over the years: which documents can be compared, and the pages that do it.

mod former;
mod pair;
mod texts;
mod themes;
mod years;

use std::sync::Arc;

use crate::archive::DocumentId;
use crate::ask::Ask;
use crate::beside::{self, Compared, ComparedDocument, CountedThing, DeclaredFigure, YearSpan};
use crate::compare::{ComparedText, Comparison, bridge};
use crate::report::{Figure, Record};
use crate::route::Route;
use crate::view::PairLink;
use crate::words;

pub(super) use former::{beside_former, former_sections};
pub(super) use pair::{outcome, pair};
pub(super) use texts::texts;
pub(super) use years::years;

impl<'a> Ask<'a> {
    /// The documents of one place and kind, oldest first.
    fn series(&self, place: &str, kind: &str) -> &'a [DocumentId] {
        self.comparable(place).and_then(|kinds| kinds.get(kind)).map_or(&[], Vec::as_slice)
    }

    /// A document as it is compared, with all that is told of it and declared in it, by its place in
    /// the archive.
    fn compared_document(&self, at: DocumentId) -> ComparedDocument<'a> {
        self.compared_as(self.document(at), self.compared_text(at))
    }

    /// A document with this text as it is compared.
    fn compared_as<'f>(&self, report: &'f Record, text: ComparedText<'f>) -> ComparedDocument<'f>
    where
        'a: 'f,
    {
        let about = self.compared(report, text.sentences.len());
        let declared = report.figures.iter().filter_map(|figure| self.declared(figure)).collect();
        ComparedDocument { about, text, declared }
    }

    fn declared<'f>(&self, figure: &'f Figure) -> Option<DeclaredFigure<'f>>
    where
        'a: 'f,
    {
        let indicator = self.registry().get(&figure.indicator)?;
        Some(DeclaredFigure {
            indicator: CountedThing {
                id: &indicator.id,
                name: words::indicator_name(indicator, self.config().language),
                unit: &indicator.unit,
                measure: indicator.kind,
            },
            amount: figure.amount,
            anchor: figure.anchor.as_deref().unwrap_or_default(),
            fragment: figure.href(),
            sentence: Some(&figure.sentence),
        })
    }

    fn compared(&self, report: &Record, sentences: usize) -> Compared {
        Compared {
            year: report.address.year.get(),
            title: report.matter.title.value.clone(),
            href: self.href(&report.route()),
            lang: report.matter.script.tag().to_owned(),
            published: words::of(self.config()).published(report.matter.published),
            extent: report.matter.extent,
            sentences,
        }
    }

    fn years_of_series(&self, series: &[DocumentId]) -> Vec<i16> {
        series.iter().map(|at| self.document(*at).address.year.get()).collect()
    }

    /// The years between two documents that have none of their kind.
    fn gaps(&self, before: DocumentId, after: DocumentId) -> Vec<YearSpan> {
        let report = |at: DocumentId| self.document(at);
        let series = self.series(&report(before).address.place, &report(before).matter.kind);
        let years = (report(before).address.year.get(), report(after).address.year.get());
        beside::gaps(&self.years_of_series(series), years)
    }

    fn pair_link(&self, before: DocumentId, after: DocumentId) -> PairLink {
        let year = |at: DocumentId| self.document(at).address.year.get();
        PairLink {
            from: year(before),
            to: year(after),
            href: self.href(&self.pair_route(before, after)),
            gaps: self.gaps(before, after),
            current: false,
        }
    }

    /// The page of all years of a place.
    pub(super) fn compared_years(&self, place: &str) -> Option<String> {
        let route = Route::page([place, "compare"]);
        self.has(&route).then(|| self.href(&route))
    }

    /// The page that compares this document with the one before it.
    pub(super) fn compared_with_last(&self, report: &Record) -> Option<PairLink> {
        let series = self.series(&report.address.place, &report.matter.kind);
        let own = series.iter().position(|at| self.document(*at).address == report.address)?;
        Some(self.pair_link(*series.get(own.checked_sub(1)?)?, series[own]))
    }
}

/// For each three neighbours the sections that the one between them misses.
fn bridges(texts: &[ComparedText<'_>], found: &[Arc<Comparison>]) -> Vec<Vec<(usize, usize)>> {
    let three = texts.windows(3).zip(found.windows(2));
    three
        .map(|(texts, found)| {
            bridge([&texts[0], &texts[1], &texts[2]], [&found[0].alignment, &found[1].alignment])
        })
        .collect()
}
