//! The page of two documents.

use super::super::{PageSheet, labels};
use crate::archive::DocumentId;
use crate::ask::Ask;
use crate::beside::{ComparedPair, ComparisonOutcome, PairSetting};
use crate::compare::Comparison;
use crate::outline::comparable::pairs;
use crate::route::Route;
use crate::view::{CompareView, Content};
use crate::words;

/// The page of two documents, by their places in the archive.
pub(crate) fn pair(ask: &Ask<'_>, before: DocumentId, after: DocumentId) -> PageSheet {
    let found = ask.found(before, after);
    let beside = compared(ask, before, after, &found).beside();
    let report = ask.document(before);
    let words = words::of(ask.config());
    let (slug, kind) = (&report.address.place, &report.matter.kind);
    let years = (report.address.year, ask.document(after).address.year);
    let heading = words.compared(&ask.place_name(slug), &ask.kind_name(kind), years);
    let mut links: Vec<_> = pairs(ask.series(slug, kind)).map(|(a, b)| ask.pair_link(a, b)).collect();
    for link in &mut links {
        link.current = (link.from, link.to) == (years.0.get(), years.1.get());
    }
    let description = words.about_pair(&heading, &beside.tally);
    let content = CompareView {
        place: ask.place_link(slug),
        kind: ask.kind(kind),
        beside,
        pairs: links,
        all_years: ask.href(&Route::page([slug, "compare"])),
    };
    let mut breadcrumbs = ask.crumbs_to_place(slug);
    breadcrumbs.push((words.compare().to_owned(), Some(Route::page([slug, "compare"]))));
    breadcrumbs.push((format!("{}—{}", years.0, years.1), None));
    PageSheet {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Compare(Box::new(content)))
    }
}

/// What the comparison of two documents found, by their places in the archive.
pub(crate) fn outcome(ask: &Ask<'_>, before: DocumentId, after: DocumentId) -> ComparisonOutcome {
    compared(ask, before, after, &ask.found(before, after)).outcome()
}

fn compared<'f>(
    ask: &Ask<'f>,
    before: DocumentId,
    after: DocumentId,
    found: &'f Comparison,
) -> ComparedPair<'f> {
    let report = ask.document(before);
    let years = ask.years_of_series(ask.series(&report.address.place, &report.matter.kind));
    let documents = (ask.compared_document(before), ask.compared_document(after));
    ComparedPair::new(documents, found, PairSetting { years, texts: words::of(ask.config()).texts() })
}
