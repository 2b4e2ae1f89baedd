//! Comparison over the years: which documents can be compared, and the pages that do it.

mod kept;
mod markup;
mod pair;
mod texts;
mod themes;
mod years;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::view::{Compared, PairLink, ShareRow, YearSpan};
use super::{Plan, Subject, place, words};
use crate::compare::{Change, Comparison, Row, Text, bridge};
use crate::report::{Extent, Report, Status};
use crate::route::Route;

pub(super) use kept::Kept;
pub(super) use pair::pair;
pub(super) use texts::texts;
pub(super) use years::years;

/// Kinds of which a place may publish any number a year. Two of them have nothing in common
/// but their kind.
const OCCASIONAL: [&str; 4] = ["news", "notice", "interpretation", "normative-document"];

/// The annual report of a place speaks for its year, and needs no kind in its addresses.
const ANNUAL: &str = "annual-report";

/// The documents of a place that are of one kind and come every year, by place and kind, each
/// oldest first.
pub(super) type Index = BTreeMap<String, BTreeMap<String, Vec<usize>>>;

/// Finds the documents that can be compared. Where a year has several of a kind, the one that
/// is named after it speaks for the year.
pub(super) fn index(plan: &Plan<'_>) -> Index {
    let mut all: BTreeMap<(&str, &str), BTreeMap<_, Vec<usize>>> = BTreeMap::new();
    for (at, report) in plan.archive.reports.iter().enumerate() {
        let kind = report.matter.kind.as_str();
        if report.matter.status != Status::Withdrawn && !OCCASIONAL.contains(&kind) {
            let years = all.entry((&report.address.place, kind)).or_default();
            years.entry(report.address.year).or_default().push(at);
        }
    }
    let speaks = |kind: &str, reports: Vec<usize>| match reports[..] {
        [one] => Some(one),
        _ => reports.into_iter().find(|at| {
            let slug = plan.archive.reports[*at].address.slug.as_deref();
            slug.is_none_or(|slug| slug == kind)
        }),
    };
    let mut index = Index::new();
    for ((place, kind), years) in all {
        let speakers: Vec<usize> = years.into_values().filter_map(|reports| speaks(kind, reports)).collect();
        if speakers.len() > 1 {
            index.entry(place.to_owned()).or_default().insert(kind.to_owned(), speakers);
        }
    }
    index
}

impl<'a> Plan<'a> {
    /// The pages of comparison.
    pub(super) fn add_comparisons(&mut self) {
        let mut planned = Vec::new();
        for (place, kinds) in &self.outline.comparable {
            planned.push((Route::page([place, "compare"]), Subject::Years(place.clone())));
            for (kind, reports) in kinds {
                let texts = self.beside_pairs(place, kind, "texts.json");
                planned.extend(texts.map(|route| (route, Subject::Texts(place.clone(), kind.clone()))));
                for (before, after) in pairs(reports) {
                    planned.push((self.pair_route(before, after), Subject::Pair(before, after)));
                }
            }
        }
        self.outline.subjects.extend(planned);
    }

    /// A file beside the pages of pairs.
    fn beside_pairs(&self, place: &str, kind: &str, name: &str) -> Option<Route> {
        let folder = match kind {
            ANNUAL => Route::page([place, "compare"]),
            kind => Route::page([place, "compare", kind]),
        };
        folder.beside(name)
    }

    /// The page of two documents of one place and kind.
    fn pair_route(&self, before: usize, after: usize) -> Route {
        let (before, after) = (&self.archive.reports[before], &self.archive.reports[after]);
        let place = before.address.place.as_str();
        let years = format!("{}-{}", before.address.year, after.address.year);
        match before.matter.kind.as_str() {
            ANNUAL => Route::page([place, "compare", &years]),
            kind => Route::page([place, "compare", kind, &years]),
        }
    }

    /// The documents of one place and kind, oldest first.
    fn series(&self, place: &str, kind: &str) -> &[usize] {
        self.outline.comparable.get(place).and_then(|kinds| kinds.get(kind)).map_or(&[], Vec::as_slice)
    }

    fn compared(&self, report: &Report, sentences: usize) -> Compared {
        Compared {
            year: report.address.year.get(),
            title: report.matter.title.value.clone(),
            href: self.href(&report.route()),
            lang: report.matter.script.tag(),
            published: words::of(self.config().language).published(report.matter.published),
            extent: report.matter.extent.name(),
            sentences,
        }
    }

    /// The years between two documents that have none of their kind.
    fn gaps(&self, before: usize, after: usize) -> Vec<YearSpan> {
        let report = |at: usize| &self.archive.reports[at];
        let series = self.series(&report(before).address.place, &report(before).matter.kind);
        let held: BTreeSet<i16> = series.iter().map(|at| report(*at).address.year.get()).collect();
        let between = report(before).address.year.get() + 1..report(after).address.year.get();
        place::spans(between.filter(|year| !held.contains(year)))
    }

    fn pair_link(&self, before: usize, after: usize) -> PairLink {
        let year = |at: usize| self.archive.reports[at].address.year.get();
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
        self.outline.subjects.contains_key(&route).then(|| self.href(&route))
    }

    /// The page that compares this document with the one before it.
    pub(super) fn compared_with_last(&self, report: &Report) -> Option<PairLink> {
        let series = self.series(&report.address.place, &report.matter.kind);
        let own = series.iter().position(|at| self.archive.reports[*at].address == report.address)?;
        Some(self.pair_link(*series.get(own.checked_sub(1)?)?, series[own]))
    }
}

/// The pairs that have a page: neighbours, and the first and the last.
fn pairs(reports: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = reports.windows(2).map(|pair| (pair[0], pair[1])).collect();
    if let [first, _, .., last] = reports[..] {
        pairs.push((first, last));
    }
    pairs
}

/// What two documents can be compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// Both are whole texts: what one says and the other does not is new or gone.
    Whole,
    /// Both are in the words of their issuers, but not whole: what one says and the other does not
    /// may be in the rest of it.
    Verbatim,
    /// The words of one are not its issuer's: sections and figures can be compared, and no wording.
    Digest,
}

impl Basis {
    pub(super) fn of(before: &Report, after: &Report) -> Self {
        let extents = [before.matter.extent, after.matter.extent];
        match extents {
            [Extent::Full, Extent::Full] => Self::Whole,
            _ if extents.into_iter().all(Extent::is_verbatim) => Self::Verbatim,
            _ => Self::Digest,
        }
    }

    /// How much is new among these rows; nothing where that cannot be said.
    fn tally<'r>(self, rows: impl Iterator<Item = &'r Row>) -> Vec<ShareRow> {
        if self == Self::Whole { tally(rows) } else { Vec::new() }
    }
}

/// For each three neighbours the sections that the one between them misses.
fn bridges(texts: &[Text<'_>], found: &[Arc<Comparison>]) -> Vec<Vec<(usize, usize)>> {
    let three = texts.windows(3).zip(found.windows(2));
    three
        .map(|(texts, found)| {
            bridge([&texts[0], &texts[1], &texts[2]], [&found[0].alignment, &found[1].alignment])
        })
        .collect()
}

/// What becomes of sentences, in the order that readers are told.
const CHANGES: [(Change, &str); 5] = [
    (Change::Same, "same"),
    (Change::Figures, "figures"),
    (Change::Reworded, "reworded"),
    (Change::Added, "added"),
    (Change::Removed, "removed"),
];

/// The sentences counted by what became of them, a pair once; a bar of a hundred is divided
/// among those that there are.
fn tally<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<ShareRow> {
    let mut counts = [0_usize; 5];
    for row in rows.filter(|row| row.counts()) {
        counts[row.change as usize] += 1;
    }
    let all = counts.iter().sum::<usize>();
    let mut from = 0;
    let mut tally = Vec::new();
    for (change, name) in CHANGES {
        let count = counts[change as usize];
        if count == 0 {
            continue;
        }
        let hundredths = |count: usize| format!("{}.{:02}", 100 * count / all, 10_000 * count / all % 100);
        tally.push(ShareRow {
            change: name,
            count,
            percent: match (200 * count + all) / (2 * all) {
                0 => "<1%".to_owned(),
                percent => format!("{percent}%"),
            },
            from: hundredths(from),
            width: hundredths(count),
        });
        from += count;
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_have_a_page_and_so_have_the_first_and_the_last() {
        assert_eq!(pairs(&[1, 2]), [(1, 2)]);
        assert_eq!(pairs(&[1, 2, 5]), [(1, 2), (2, 5), (1, 5)]);
        assert_eq!(pairs(&[1]), []);
    }

    #[test]
    fn a_bar_of_a_hundred_is_divided_among_what_there_is() {
        let row =
            |change| Row { change, before: Some(0), after: Some(0), elsewhere: false, is_origin: false };
        let rows = [row(Change::Same), row(Change::Same), row(Change::Added)];
        let told: Vec<_> =
            tally(rows.iter()).into_iter().map(|row| (row.change, row.percent, row.from)).collect();
        let expected = [("same", "67%", "0.00"), ("added", "33%", "66.66")];
        assert_eq!(told, expected.map(|(change, percent, from)| (change, percent.into(), from.into())));
    }
}
