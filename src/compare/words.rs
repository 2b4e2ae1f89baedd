//! What changed within a sentence, as phrases that a reader sees at once and not as confetti.
//!
//! Figures are taken for the same while two sentences are laid side by side, so that a figure
//! is held against the one that stands in its place, and not against the words there.

use std::ops::Range;

use super::runs;
use super::subsequence::gaps;
use super::units::{Kind, Unit, Words, units};
use crate::han::figure;

/// A stretch of a sentence in both its forms, as bytes of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Of the earlier sentence.
    pub before: Range<usize>,
    /// Of the later one.
    pub after: Range<usize>,
    /// Whether the two differ.
    pub changed: bool,
}

/// A sentence of which less than this many thousandths stays was written anew.
const LEAST_KEPT: usize = 250;

/// Compares two sentences by units like words: a figure is one, a Latin word is one, a Han
/// character is one. Units that differ in script or width alone are the same.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    figures_alone(before, after).unwrap_or_else(|| Beside::new(before, after).pieces())
}

/// The pieces of two sentences that are the same but for their figures, as most are that changed
/// at all; `None` where anything else differs.
fn figures_alone(before: &str, after: &str) -> Option<Vec<Piece>> {
    let (left, right) = (figure::figures(before), figure::figures(after));
    if left.len() != right.len() {
        return None;
    }
    let mut pieces = Vec::with_capacity(2 * left.len() + 1);
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((before.len()..before.len(), after.len()..after.len()));
    let figures = left.into_iter().zip(right).map(|(old, new)| (old.range, new.range));
    for (old, new) in figures.chain(ends) {
        if before[i..old.start] != after[j..new.start] {
            return None;
        }
        push(&mut pieces, Piece { before: i..old.start, after: j..new.start, changed: false });
        let changed = before[old.clone()] != after[new.clone()];
        (i, j) = (old.end, new.end);
        push(&mut pieces, Piece { before: old, after: new, changed });
    }
    Some(pieces)
}

/// Two sentences side by side.
struct Beside<'a> {
    texts: (&'a str, &'a str),
    before: Vec<Unit>,
    after: Vec<Unit>,
    /// The pairs of units that stay.
    kept: Vec<(usize, usize)>,
}

impl<'a> Beside<'a> {
    fn new(before: &'a str, after: &'a str) -> Self {
        let mut words = Words::default();
        let (left, right) = (units(before, &mut words), units(after, &mut words));
        // Ties are broken one way; looking from the same side makes both ways mirrors.
        let mut kept = match before <= after {
            true => runs::kept(&left, &right),
            false => runs::kept(&right, &left).into_iter().map(|(j, i)| (i, j)).collect(),
        };
        if 1000 * kept.len() / left.len().max(right.len()).max(1) < LEAST_KEPT {
            kept.clear();
        }
        Self { texts: (before, after), before: left, after: right, kept }
    }

    fn pieces(&self) -> Vec<Piece> {
        let ends = (self.before.len(), self.after.len());
        let pairs = self.kept.iter().map(Some).chain([None]);
        let mut pieces = Vec::new();
        for ((before, after), pair) in gaps(&self.kept, ends).zip(pairs) {
            if !before.is_empty() || !after.is_empty() {
                push(&mut pieces, self.piece(before, after, true));
            }
            if let Some((i, j)) = pair {
                push(&mut pieces, self.piece(*i..i + 1, *j..j + 1, self.differs(*i, *j)));
            }
        }
        pieces
    }

    /// Whether a pair that stays is of two figures that tell different things.
    fn differs(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.before[i], &self.after[j]);
        a.kind == Kind::Figure && self.texts.0[a.range.clone()] != self.texts.1[b.range.clone()]
    }

    fn piece(&self, before: Range<usize>, after: Range<usize>, changed: bool) -> Piece {
        Piece { before: bytes(&self.before, before), after: bytes(&self.after, after), changed }
    }
}

/// The bytes of units side by side; where there are none, the place before the next one.
fn bytes(units: &[Unit], range: Range<usize>) -> Range<usize> {
    let end = units.last().map_or(0, |unit| unit.range.end);
    let start = units.get(range.start).map_or(end, |unit| unit.range.start);
    match range.is_empty() {
        true => start..start,
        false => start..units[range.end - 1].range.end,
    }
}

/// Adds a piece, to the last one where both changed or both stayed.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    if piece.before.is_empty() && piece.after.is_empty() {
        return;
    }
    match pieces.last_mut().filter(|last| last.changed == piece.changed) {
        Some(last) => {
            last.before.end = piece.before.end;
            last.after.end = piece.after.end;
        }
        None => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces as a reader sees them: `共办结[-745-]{+812+}件`.
    pub(super) fn told(before: &str, after: &str) -> String {
        let tell = |piece: Piece| match piece.changed {
            false => after[piece.after].to_owned(),
            true => {
                let gone = Some(&before[piece.before]).filter(|text| !text.is_empty());
                let new = Some(&after[piece.after]).filter(|text| !text.is_empty());
                let gone = gone.map(|text| format!("[-{text}-]")).unwrap_or_default();
                gone + &new.map(|text| format!("{{+{text}+}}")).unwrap_or_default()
            }
        };
        words(before, after).into_iter().map(tell).collect()
    }

    #[test]
    fn readers_see_phrases() {
        for (before, after, expected) in [
            ("共办结745件。", "共办结812件。", "共办结[-745-]{+812+}件。"),
            ("纠错率为40.02%。", "纠错率为43.5%。", "纠错率为[-40.02%-]{+43.5%+}。"),
            ("组织旁听庭审活动。", "组织旁听庭审活动四次。", "组织旁听庭审活动{+四次+}。"),
            ("持续强化法治学习。", "不断加强法治学习。", "[-持续强化-]{+不断加强+}法治学习。"),
            ("辦結案件。", "办结案件。", "办结案件。"),
            ("甲乙丙丁", "戊己庚辛", "[-甲乙丙丁-]{+戊己庚辛+}"),
            ("", "新的。", "{+新的。+}"),
            ("", "", ""),
        ] {
            assert_eq!(told(before, after), expected);
        }
    }

    #[test]
    fn a_sentence_without_end_is_compared_at_its_ends() {
        let long = "法治".repeat(2000);
        let other = format!("甲{long}乙");
        assert_eq!(words(&other, &format!("甲{}乙", "建设".repeat(900))).len(), 1);
        assert_eq!(words(&long, &long).len(), 1);
    }

    proptest! {
        #[test]
        fn applying_the_difference_gives_the_later_sentence(
            before in "[甲乙丙丁745a%，。]{0,30}", after in "[甲乙丙丁745a%，。]{0,30}"
        ) {
            let pieces = words(&before, &after);
            let old: String = pieces.iter().map(|piece| &before[piece.before.clone()]).collect();
            prop_assert_eq!(&old, &before);
            let apply = |piece: &Piece| match piece.changed {
                false => before[piece.before.clone()].to_owned(),
                true => after[piece.after.clone()].to_owned(),
            };
            prop_assert_eq!(pieces.iter().map(apply).collect::<String>(), after);
        }
    }
}

#[cfg(test)]
mod read {
    #[test]
    #[ignore]
    fn show() {
        for line in std::fs::read_to_string("/tmp/pairs.txt").unwrap().lines() {
            if let Some((a, b)) = line.split_once('|') {
                println!("{}\n", super::tests::told(a, b));
            }
        }
    }
}
