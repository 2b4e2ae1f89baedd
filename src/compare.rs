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

pub use align::{Alignment, MatchReason, SectionGroup, SectionStatus, align, bridge};
pub use figures::{FigureChange, FigureSpot};
pub use sentences::{SentenceChange, SentenceRow, SentenceShares};
pub(crate) use text::SectionHead;
pub use text::{ComparedText, TextSection, TextSentence, TextWords};
pub use words::{SentencePiece, words};

/// A figure of a sentence that counts or measures something.
#[derive(Clone, Debug)]
pub(crate) struct CountedFigure {
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
pub(crate) fn counted_in(sentence: &str) -> Vec<CountedFigure> {
    let readings = reading::read(sentence, nature::Context::default()).into_iter();
    readings
        .map(|reading| CountedFigure {
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
    pub rows: Vec<Vec<SentenceRow>>,
    /// How much is new.
    pub shares: SentenceShares,
}

/// Whether sections of both texts that belong together have one title.
#[must_use]
pub fn has_one_title(group: &SectionGroup, before: &ComparedText<'_>, after: &ComparedText<'_>) -> bool {
    align::has_one_title(group, (before, after))
}

/// Compares the earlier text with the later one.
#[must_use]
pub fn compare(before: &ComparedText<'_>, after: &ComparedText<'_>) -> Comparison {
    if before.is_behind(after) {
        // Ties are broken one way; looking from the same side always makes both ways mirrors.
        return Comparison::of(after, before).mirrored(before, after);
    }
    Comparison::of(before, after)
}

impl Comparison {
    fn of(before: &ComparedText<'_>, after: &ComparedText<'_>) -> Self {
        let alignment = align::of(before, after);
        let rows = sentences::rows(&alignment, before, after);
        Self::counted(alignment, rows)
    }

    fn counted(alignment: Alignment, rows: Vec<Vec<SentenceRow>>) -> Self {
        Self { alignment, shares: SentenceShares::of(rows.iter().flatten()), rows }
    }

    /// What speaks for the sections of a group belonging together, the plainest first.
    #[must_use]
    pub fn reasons(
        &self,
        group: &SectionGroup,
        before: &ComparedText<'_>,
        after: &ComparedText<'_>,
    ) -> Vec<MatchReason> {
        align::reasons(group, (before, after))
    }

    /// The figures that changed between these two texts, in the order of the later one.
    #[must_use]
    pub fn figures(&self, before: &ComparedText<'_>, after: &ComparedText<'_>) -> Vec<FigureChange> {
        figures::changed(self.rows.iter().flatten(), (before, after))
    }

    /// The same comparison from the other side, `before` and `after` being that side's.
    fn mirrored(self, before: &ComparedText<'_>, after: &ComparedText<'_>) -> Self {
        let groups = self.alignment.groups.into_iter().map(SectionGroup::mirrored);
        let rows = self.rows.into_iter().map(|rows| rows.into_iter().map(SentenceRow::mirrored).collect());
        let mut both: Vec<(SectionGroup, Vec<SentenceRow>)> = groups.zip(rows).collect();
        align::arrange(&mut both, |(group, _)| group, (before, after));
        for (_, rows) in &mut both {
            sentences::arrange(rows);
        }
        let (groups, rows) = both.into_iter().unzip();
        Self::counted(Alignment { groups }, rows)
    }
}
