//! What two documents can be compared in, and their sentences counted by what became of them.

use std::fmt::Write;

use super::{Extent, ShareRow};
use crate::compare::{SentenceChange, SentenceRow};

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
    pub(crate) fn tally<'r>(self, rows: impl Iterator<Item = &'r SentenceRow>) -> Vec<ShareRow> {
        if self == Self::Whole { tally(rows) } else { Vec::new() }
    }

    /// The same as a bar; nothing where that cannot be said.
    pub(super) fn bar<'r>(self, rows: impl Iterator<Item = &'r SentenceRow>) -> String {
        let counts = SentenceCounts::of(rows);
        if self == Self::Whole && counts.all() > 0 { counts.bar() } else { String::new() }
    }
}

/// What becomes of sentences, in the order that readers are told.
const CHANGES: [(SentenceChange, &str); 5] = [
    (SentenceChange::Same, "same"),
    (SentenceChange::Figures, "figures"),
    (SentenceChange::Reworded, "reworded"),
    (SentenceChange::Added, "added"),
    (SentenceChange::Removed, "removed"),
];

/// Sentences by what became of them, a pair once.
struct SentenceCounts([usize; 5]);

impl SentenceCounts {
    fn of<'r>(rows: impl Iterator<Item = &'r SentenceRow>) -> Self {
        let mut counts = [0; 5];
        rows.filter(|row| row.counts()).for_each(|row| counts[row.change as usize] += 1);
        Self(counts)
    }

    fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// Each change that there is with how often, and how many sentences come before.
    fn stretches(&self) -> impl Iterator<Item = (&'static str, usize, usize)> + '_ {
        let mut from = 0;
        let counted = CHANGES.into_iter().map(|(change, name)| (name, self.0[change as usize]));
        counted.filter(|(_, count)| *count > 0).map(move |(name, count)| {
            from += count;
            (name, count, from - count)
        })
    }

    /// A bar of a hundred, divided among these; its ground is what stayed. A page has one for each section, so that it
    /// has no more than it takes.
    fn bar(&self) -> String {
        let mut bar = String::from("<svg class=bar aria-hidden=true>");
        for (change, _, from) in self.stretches().filter(|(change, ..)| *change != "same") {
            bar.extend(["<rect class=", change]);
            if from > 0 {
                // A string takes everything that is written to it.
                let _ = write!(bar, " x={}%", 100 * from / self.all());
            }
            bar.push_str(" />");
        }
        bar.push_str("</svg>");
        bar
    }
}

/// A part of a whole in hundredths, with two decimals.
struct Hundredths(usize, usize);

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(count, all) = self;
        write!(f, "{}.{:02}", 100 * count / all, 10_000 * count / all % 100)
    }
}

/// The sentences counted by what became of them; a bar of a hundred is divided among those that there are.
fn tally<'r>(rows: impl Iterator<Item = &'r SentenceRow>) -> Vec<ShareRow> {
    let counts = SentenceCounts::of(rows);
    let all = counts.all();
    let row = |(change, count, from)| ShareRow {
        change,
        count,
        percent: percent(count, all),
        from: Hundredths(from, all).to_string(),
        width: Hundredths(count, all).to_string(),
    };
    counts.stretches().map(row).collect()
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
        let row = |change| SentenceRow {
            change,
            before: Some(0),
            after: Some(0),
            elsewhere: false,
            is_origin: false,
        };
        let rows = [row(SentenceChange::Same), row(SentenceChange::Same), row(SentenceChange::Added)];
        let told: Vec<_> =
            tally(rows.iter()).into_iter().map(|row| (row.change, row.percent, row.from)).collect();
        let expected = [("same", "67%", "0.00"), ("added", "33%", "66.66")];
        assert_eq!(told, expected.map(|(change, percent, from)| (change, percent.into(), from.into())));
        let bar = "<svg class=bar aria-hidden=true><rect class=added x=66% /></svg>";
        assert_eq!(
            (Basis::Whole.bar(rows.iter()), Basis::Verbatim.bar(rows.iter())),
            (bar.into(), String::new())
        );
        assert_eq!(
            Basis::Whole.bar(rows[2..].iter()),
            "<svg class=bar aria-hidden=true><rect class=added /></svg>"
        );
    }
}
