//! The text of one passage or cell: whether, and where, it tells what is claimed.

use std::cell::OnceCell;
use std::ops::Range;

use super::claim::FigureMention;
use super::wanted::{ValueEnds, WantedClaim, says_decline};
use crate::han::figure::{self, PrintedFigure};
use crate::han::fold::{self, Folded};
use crate::han::quantity::Quantity;
use crate::han::sentence;
use crate::han::unseen::VisibleText;

/// The text of a passage or of one cell. What is found out about it is found out when a claim
/// asks, since most passages hold no figure that anybody declares.
pub(super) struct EvidenceStretch<'a> {
    pub(super) passage: usize,
    pub(super) cell: Option<(usize, usize)>,
    /// The text as it stands in its passage.
    pub(super) text: &'a str,
    /// What is seen of it, where that is not all: places below count in this.
    seen: Option<VisibleText>,
    squeezed: OnceCell<Folded>,
    sentences: OnceCell<Vec<Range<usize>>>,
    figures: OnceCell<Vec<PrintedFigure>>,
}

/// A figure, or a range as one figure.
struct WholeFigure {
    figure: PrintedFigure,
    /// The upper end of a range.
    to: Option<Quantity>,
}

/// How many characters before a figure a word of decline is looked for.
const DECLINE_REACH: usize = 40;

impl<'a> EvidenceStretch<'a> {
    pub(super) fn of(text: &'a str, passage: usize, cell: Option<(usize, usize)>) -> Self {
        Self {
            passage,
            cell,
            text,
            seen: VisibleText::of(text),
            squeezed: OnceCell::new(),
            sentences: OnceCell::new(),
            figures: OnceCell::new(),
        }
    }

    /// What a reader sees of it.
    pub(super) fn words(&self) -> &str {
        self.seen.as_ref().map_or(self.text, |seen| &seen.text)
    }

    pub(super) fn squeezed(&self) -> &Folded {
        self.squeezed.get_or_init(|| fold::squeeze(self.words()))
    }

    fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentence::sentences(self.words()).collect())
    }

    fn figures(&self) -> &[PrintedFigure] {
        self.figures.get_or_init(|| figure::all_figures(self.words()))
    }

    /// The place of a figure that tells the value with its unit, in digits or in Han numerals.
    pub(super) fn tells(&self, figure: &PrintedFigure, wanted: &WantedClaim) -> Option<FigureMention> {
        // Without a unit behind it, 一 is a word far more often than a figure.
        let counts = !figure.han || !wanted.unit.is_empty();
        let whole = self.whole(figure, wanted)?;
        let equal = counts && self.is_equal(&whole, wanted.scaled, wanted);
        equal
            .then(|| wanted.with_unit(self.words(), &whole.figure))
            .flatten()
            .map(|figure| self.place(figure))
    }

    /// The value within quoted words: with its unit rather than without, in digits rather than
    /// in Han numerals, and then the first.
    pub(super) fn value_within(&self, quote: Range<usize>, wanted: &WantedClaim) -> Option<FigureMention> {
        let within = |range: &Range<usize>| {
            let cut = quote.end..range.end.max(quote.end);
            // A quote may end right before a percent sign.
            quote.contains(&range.start) && matches!(self.words()[cut].trim_start(), "" | "%" | "％" | "﹪")
        };
        let figures = self.figures().iter().filter(|figure| within(&figure.range));
        let equal = figures.filter_map(|figure| self.whole(figure, wanted)).filter(|whole| {
            self.is_equal(whole, wanted.scaled, wanted) || self.is_equal(whole, Some(wanted.ends), wanted)
        });
        let best = equal.min_by_key(|WholeFigure { figure, .. }| {
            (wanted.with_unit(self.words(), figure).is_none(), figure.han)
        })?;
        Some(self.found(&best.figure, wanted))
    }

    /// The value in a cell, where its unit may as well stand in the label.
    pub(super) fn tabled(&self, wanted: &WantedClaim) -> Option<FigureMention> {
        let figures = self.figures().iter().filter(|figure| !figure.han);
        let kindred = figures.filter(|figure| wanted.percent || !figure.percent);
        let mut whole = kindred.filter_map(|figure| self.whole(figure, wanted));
        let found = whole.find(|whole| {
            self.is_equal(whole, Some(wanted.ends), wanted) || self.is_equal(whole, wanted.scaled, wanted)
        })?;
        Some(self.found(&found.figure, wanted))
    }

    pub(super) fn has_digits(&self) -> bool {
        self.figures().iter().any(|figure| !figure.han)
    }

    fn found(&self, figure: &PrintedFigure, wanted: &WantedClaim) -> FigureMention {
        self.place(wanted.with_unit(self.words(), figure).unwrap_or_else(|| figure.range.clone()))
    }

    fn place(&self, figure: Range<usize>) -> FigureMention {
        let next = self.sentences().partition_point(|sentence| sentence.end <= figure.start);
        let sentence = self.sentences().get(next).filter(|sentence| sentence.start <= figure.start);
        let sentence =
            sentence.map_or(figure.clone(), |sentence| sentence.start..sentence.end.max(figure.end));
        let original = |range: Range<usize>| match &self.seen {
            Some(seen) => seen.original(range),
            None => range,
        };
        let (figure, sentence) = (original(figure), original(sentence));
        FigureMention { passage: self.passage, cell: self.cell, figure, sentence }
    }

    /// A figure with the upper end of the range that it begins; nothing for one that ends a range.
    fn whole(&self, figure: &PrintedFigure, wanted: &WantedClaim) -> Option<WholeFigure> {
        if figure::lower_end(self.words(), figure, &wanted.unit).is_some() {
            return None;
        }
        let upper = figure::upper_end(self.words(), figure, &wanted.unit);
        let mut figure = figure.clone();
        if let Some(upper) = &upper {
            figure = figure::counted_as(figure, upper)?;
            figure.range.end = upper.range.end;
            figure.percent = upper.percent;
        }
        Some(WholeFigure { figure, to: upper.map(|upper| upper.value) })
    }

    /// Whether a figure has the value; one below zero may be told with a word of decline.
    fn is_equal(&self, whole: &WholeFigure, ends: Option<ValueEnds>, wanted: &WantedClaim) -> bool {
        let (WholeFigure { figure, to }, Some(ends)) = (whole, ends) else { return false };
        if *to != ends.to {
            return false;
        }
        let value = ends.value;
        figure.value == value
            || (value.is_negative() && figure.value == value.negated() && self.declines(figure, wanted))
    }

    /// Whether the clause around a figure says that something declined by it.
    fn declines(&self, figure: &PrintedFigure, wanted: &WantedClaim) -> bool {
        let end = wanted.with_unit(self.words(), figure).map_or(figure.range.end, |range| range.end);
        let before = &self.words()[..figure.range.start];
        let from = before.char_indices().rev().nth(DECLINE_REACH).map_or(0, |(at, _)| at);
        let behind: String = self.words()[end..].chars().take(4).collect();
        says_decline(&fold::squeeze_str(&before[from..])) || fold::squeeze_str(&behind).starts_with("的降幅")
    }
}
