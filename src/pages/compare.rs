//! Comparison over the years: which documents can be compared, and the pages that do it.

mod markup;
mod pair;
mod rows;
mod texts;
mod themes;
mod years;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::place;
use crate::ask::Ask;
use crate::compare::{Change, Comparison, Row, Text, bridge};
use crate::report::{Extent, Record};
use crate::route::Route;
use crate::view::{Compared, PairLink, ShareRow, YearSpan};
use crate::words;

pub(super) use pair::{outcome, pair};
pub(super) use texts::texts;
pub(super) use years::years;

impl<'a> Ask<'a> {
    /// The documents of one place and kind, oldest first.
    fn series(&self, place: &str, kind: &str) -> &'a [usize] {
        self.comparable(place).and_then(|kinds| kinds.get(kind)).map_or(&[], Vec::as_slice)
    }

    fn compared(&self, report: &Record, sentences: usize) -> Compared {
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
        let report = |at: usize| self.document(at);
        let series = self.series(&report(before).address.place, &report(before).matter.kind);
        let held: BTreeSet<i16> = series.iter().map(|at| report(*at).address.year.get()).collect();
        let between = report(before).address.year.get() + 1..report(after).address.year.get();
        place::spans(between.filter(|year| !held.contains(year)))
    }

    fn pair_link(&self, before: usize, after: usize) -> PairLink {
        let year = |at: usize| self.document(at).address.year.get();
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
    pub(super) fn of(before: &Record, after: &Record) -> Self {
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
