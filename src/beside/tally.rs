//! What two documents can be compared in, and their sentences counted by what became of them.

use super::{Extent, ShareRow};
use crate::compare::{Change, Row};

/// What two documents can be compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Both are whole texts: what one says and the other does not is new or gone.
    Whole,
    /// Both are in the words of their issuers, but not whole: what one says and the other does not
    /// may be in the rest of it.
    Verbatim,
    /// The words of one are not its issuer's: sections and figures can be compared, and no wording.
    Digest,
}

impl Basis {
    pub(crate) fn of(extents: [Extent; 2]) -> Self {
        match extents {
            [Extent::Full, Extent::Full] => Self::Whole,
            _ if extents.into_iter().all(Extent::is_verbatim) => Self::Verbatim,
            _ => Self::Digest,
        }
    }

    /// How much is new among these rows; nothing where that cannot be said.
    pub(crate) fn tally<'r>(self, rows: impl Iterator<Item = &'r Row>) -> Vec<ShareRow> {
        if self == Self::Whole { tally(rows) } else { Vec::new() }
    }
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
            percent: percent(count, all),
            from: hundredths(from),
            width: hundredths(count),
        });
        from += count;
    }
    tally
}

/// A part of a whole in hundredths, in words. What there is of it is more than nothing.
pub(crate) fn percent(count: usize, all: usize) -> String {
    match (200 * count + all) / (2 * all) {
        0 => "<1%".to_owned(),
        percent => format!("{percent}%"),
    }
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
