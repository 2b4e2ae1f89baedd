//! The arithmetic of comparing two documents: which section became which, which sentences
//! stayed, and which figures changed.
//!
//! Nothing here knows of places, years or pages. Comparing the later with the earlier mirrors
//! comparing the earlier with the later, and a document compared with itself shows no change.

mod align;
mod counted;
mod figures;
mod grams;
mod letters;
mod nature;
mod reading;
mod runs;
mod sentences;
mod subject;
mod subsequence;
mod text;
mod units;
mod words;

pub use align::{Alignment, Group, Reason, Status, align, bridge};
pub use figures::{FigureChange, Told};
pub use sentences::{Change, Row, Shares};
pub(crate) use text::Head;
pub use text::{Section, Sentence, Text, Words};
pub use words::{Piece, words};

/// A figure of a sentence that counts or measures something.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    /// Where it stands in its sentence, without its unit.
    pub(crate) range: std::ops::Range<usize>,
    /// What is told, counted in units of `unit`.
    pub(crate) amount: crate::han::amount::Amount,
    /// Its unit.
    pub(crate) unit: String,
    /// What sort of number it is, as far as its sentence shows.
    pub(crate) measure: crate::han::measure::Measure,
}

/// The figures of a sentence that count or measure something, in order: no years, no numbers of documents,
/// no articles, no hotlines.
pub(crate) fn counted_in(sentence: &str) -> Vec<Counted> {
    let readings = reading::read(sentence, nature::Context::default()).into_iter();
    readings
        .map(|reading| Counted {
            range: reading.range,
            amount: reading.amount,
            unit: reading.unit,
            measure: reading.measure,
        })
        .collect()
}

/// Two documents side by side.
#[derive(Debug)]
pub struct Comparison {
    /// Which sections belong together, in the order of the later document; each removed one
    /// stands where it stood.
    pub alignment: Alignment,
    /// The sentences of each group of sections, in the same order.
    pub rows: Vec<Vec<Row>>,
    /// How much is new.
    pub shares: Shares,
}

/// Whether sections of both texts that belong together have one title.
#[must_use]
pub fn has_one_title(group: &Group, before: &Text<'_>, after: &Text<'_>) -> bool {
    align::has_one_title(group, (before, after))
}

/// Compares the earlier text with the later one.
#[must_use]
pub fn compare(before: &Text<'_>, after: &Text<'_>) -> Comparison {
    if before.is_behind(after) {
        // Ties are broken one way; looking from the same side always makes both ways mirrors.
        return Comparison::of(after, before).mirrored(before, after);
    }
    Comparison::of(before, after)
}

impl Comparison {
    fn of(before: &Text<'_>, after: &Text<'_>) -> Self {
        let alignment = align::of(before, after);
        let rows = sentences::rows(&alignment, before, after);
        Self::counted(alignment, rows)
    }

    fn counted(alignment: Alignment, rows: Vec<Vec<Row>>) -> Self {
        Self { alignment, shares: Shares::of(rows.iter().flatten()), rows }
    }

    /// What speaks for the sections of a group belonging together, the plainest first.
    #[must_use]
    pub fn reasons(&self, group: &Group, before: &Text<'_>, after: &Text<'_>) -> Vec<Reason> {
        align::reasons(group, (before, after))
    }

    /// The figures that changed between these two texts, in the order of the later one.
    #[must_use]
    pub fn figures(&self, before: &Text<'_>, after: &Text<'_>) -> Vec<FigureChange> {
        figures::changed(self.rows.iter().flatten(), (before, after))
    }

    /// The same comparison from the other side, `before` and `after` being that side's.
    fn mirrored(self, before: &Text<'_>, after: &Text<'_>) -> Self {
        let groups = self.alignment.groups.into_iter().map(Group::mirrored);
        let rows = self.rows.into_iter().map(|rows| rows.into_iter().map(Row::mirrored).collect());
        let mut both: Vec<(Group, Vec<Row>)> = groups.zip(rows).collect();
        align::arrange(&mut both, |(group, _)| group, (before, after));
        for (_, rows) in &mut both {
            sentences::arrange(rows);
        }
        let (groups, rows) = both.into_iter().unzip();
        Self::counted(Alignment { groups }, rows)
    }
}
