//! Which documents can be compared over the years, and the addresses that do it.

use std::collections::BTreeMap;

use super::Subject;
use crate::archive::{Archive, DocumentId};
use crate::config::ANNUAL_REPORT;
use crate::report::PublicationStatus;
use crate::route::Route;

/// Kinds of which a place may publish any number a year. Two of them have nothing in common
/// but their kind.
const OCCASIONAL: [&str; 4] = ["news", "notice", "interpretation", "normative-document"];

/// The annual report of a place speaks for its year, and needs no kind in its addresses.
pub(crate) const ANNUAL: &str = ANNUAL_REPORT;

/// The documents of a place that are of one kind and come every year, by place and kind, each
/// oldest first.
pub(crate) type ComparableDocuments = BTreeMap<String, BTreeMap<String, Vec<DocumentId>>>;

/// Finds the documents that can be compared. Where a year has several of a kind, the one that
/// is named after it speaks for the year.
pub(super) fn index(archive: &Archive) -> ComparableDocuments {
    let mut all: BTreeMap<(&str, &str), BTreeMap<_, Vec<DocumentId>>> = BTreeMap::new();
    for (at, report) in archive.reports.entries() {
        let kind = report.matter.kind.as_str();
        if report.matter.status != PublicationStatus::Withdrawn
            && !OCCASIONAL.contains(&kind)
            && !archive.is_elsewhere(report)
        {
            let years = all.entry((&report.address.place, kind)).or_default();
            years.entry(report.address.year).or_default().push(at);
        }
    }
    let speaks = |kind: &str, reports: Vec<DocumentId>| match reports[..] {
        [one] => Some(one),
        _ => reports.into_iter().find(|at| {
            let slug = archive.reports[*at].address.slug.as_deref();
            slug.is_none_or(|slug| slug == kind)
        }),
    };
    let mut index = ComparableDocuments::new();
    for ((place, kind), years) in all {
        let speakers: Vec<DocumentId> =
            years.into_values().filter_map(|reports| speaks(kind, reports)).collect();
        if speakers.len() > 1 {
            index.entry(place.to_owned()).or_default().insert(kind.to_owned(), speakers);
        }
    }
    index
}

/// The pages of comparison, and the files from which a browser compares any two years.
pub(super) fn addresses(archive: &Archive, index: &ComparableDocuments) -> Vec<(Route, Subject)> {
    let mut addresses = Vec::new();
    for (place, kinds) in index {
        addresses.push((Route::page([place, "compare"]), Subject::Years(place.clone())));
        for (kind, reports) in kinds {
            let texts = texts_route(place, kind);
            addresses.extend(texts.map(|route| (route, Subject::Texts(place.clone(), kind.clone()))));
            for (before, after) in pairs(reports) {
                addresses.push((pair_route(archive, before, after), Subject::Pair(before, after)));
            }
        }
    }
    addresses
}

/// The folder of the comparisons of a place and a kind.
fn folder(place: &str, kind: &str) -> Route {
    match kind {
        ANNUAL => Route::page([place, "compare"]),
        kind => Route::page([place, "compare", kind]),
    }
}

/// The file of the texts of a place and a kind. It is packed, since years repeat each other.
pub(crate) fn texts_route(place: &str, kind: &str) -> Option<Route> {
    folder(place, kind).beside("texts.json.gz")
}

/// The page of two documents of one place and kind.
pub(crate) fn pair_route(archive: &Archive, before: DocumentId, after: DocumentId) -> Route {
    let (before, after) = (&archive.reports[before], &archive.reports[after]);
    let years = format!("{}-{}", before.address.year, after.address.year);
    folder(&before.address.place, &before.matter.kind).below(&format!("{years}/"))
}

/// The pairs that have a page: neighbours. The first and the last have none, since its address would be
/// another one every year and the old one lead nowhere; a browser compares any two years.
pub(crate) fn pairs<T: Copy>(reports: &[T]) -> impl Iterator<Item = (T, T)> {
    reports.windows(2).map(|pair| (pair[0], pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_have_a_page() {
        assert_eq!(pairs(&[1, 2, 5]).collect::<Vec<_>>(), [(1, 2), (2, 5)]);
        assert_eq!(pairs(&[1]).count(), 0);
    }
}
