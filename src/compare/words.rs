//! What changed within a sentence, as phrases that a reader sees at once and not as confetti.

use std::collections::BTreeMap;
use std::ops::Range;

use imara_diff::Token;

use super::sentences::{common, gaps};
use crate::han::{figure, fold};

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

/// More units than these are no sentence; only its beginning and end are compared.
const MOST_UNITS: usize = 1200;
/// What stays between two changes is shown as kept from this many units on, or where it is
/// longer than the changes beside it.
const SHORTEST_KEPT: usize = 4;
/// A sentence of which less than this many thousandths stays was written anew.
const LEAST_KEPT: usize = 250;

/// Compares two sentences by units like words: a figure is one, a Latin word is one, a Han
/// character is one. Units that differ in script or width alone are the same.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<Piece> {
    let (left, right) = (units(before), units(after));
    let kept = kept((before, &left), (after, &right));
    let kept = cleaned(kept, (left.len(), right.len()));
    let most = left.len().max(right.len()).max(1);
    let kept = if 1000 * kept.len() / most < LEAST_KEPT { Vec::new() } else { kept };
    pieces(&kept, (&left, &right))
}

/// The units of a sentence.
fn units(text: &str) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut figures = figure::figures(text).into_iter().map(|figure| figure.range).peekable();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = match figures.next_if(|figure| figure.start <= at) {
            Some(figure) => figure.end,
            None => at + c.len_utf8(),
        };
        let word = |c: char| c.is_ascii_alphanumeric();
        let glued = word(c) && text[..at].ends_with(word) && end == at + 1;
        match units.last_mut().filter(|last| glued && last.end == at) {
            Some(last) => last.end = end,
            None => units.push(at..end),
        }
        at = end;
        while figures.next_if(|figure| figure.start < at).is_some() {}
    }
    units
}

/// The pairs of units that stay.
fn kept(before: (&str, &[Range<usize>]), after: (&str, &[Range<usize>])) -> Vec<(usize, usize)> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut token = |unit: &str| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(fold::fold_str(unit)).or_insert(next)
    };
    let left: Vec<Token> = before.1.iter().map(|unit| Token(token(&before.0[unit.clone()]))).collect();
    let right: Vec<Token> = after.1.iter().map(|unit| Token(token(&after.0[unit.clone()]))).collect();
    if left.len().max(right.len()) > MOST_UNITS {
        return ends(&left, &right);
    }
    common(&left, &right, u32::try_from(numbers.len()).unwrap_or(u32::MAX))
}

/// The pairs at the beginning and at the end that are the same.
fn ends(before: &[Token], after: &[Token]) -> Vec<(usize, usize)> {
    let first = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rest = before[first..].iter().rev().zip(after[first..].iter().rev());
    let last = rest.take_while(|(a, b)| a == b).count();
    let behind = (0..last).map(|at| (before.len() - last + at, after.len() - last + at));
    (0..first).map(|at| (at, at)).chain(behind).collect()
}

/// The pairs that stay without the crumbs: a unit or two between two changes tell nothing.
fn cleaned(kept: Vec<(usize, usize)>, ends: (usize, usize)) -> Vec<(usize, usize)> {
    let mut runs: Vec<Vec<(usize, usize)>> = Vec::new();
    for (i, j) in kept {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| *last == (i.wrapping_sub(1), j.wrapping_sub(1))) => {
                run.push((i, j));
            }
            _ => runs.push(vec![(i, j)]),
        }
    }
    let mut cleaned: Vec<(usize, usize)> = Vec::new();
    let starts: Vec<(usize, usize)> = runs.iter().map(|run| run[0]).chain([ends]).collect();
    for (number, run) in runs.iter().enumerate() {
        let behind = starts[number + 1];
        let before = cleaned.last().map_or((0, 0), |(i, j)| (i + 1, j + 1));
        let change = |from: (usize, usize), to: (usize, usize)| (to.0 - from.0).max(to.1 - from.1);
        let end = run[run.len() - 1];
        let (left, right) = (change(before, run[0]), change((end.0 + 1, end.1 + 1), behind));
        let crumb = left > 0 && right > 0 && run.len() < SHORTEST_KEPT && run.len() <= left.max(right);
        let single = left > 0 && right > 0 && run.len() == 1;
        if !crumb && !single {
            cleaned.extend(run);
        }
    }
    cleaned
}

/// The stretches that stay and those that changed, in order.
fn pieces(kept: &[(usize, usize)], units: (&[Range<usize>], &[Range<usize>])) -> Vec<Piece> {
    let bytes = |units: &[Range<usize>], range: Range<usize>| {
        let start = units.get(range.start).map_or(units.last().map_or(0, |unit| unit.end), |unit| unit.start);
        let end =
            range.end.checked_sub(1).filter(|_| !range.is_empty()).map_or(start, |last| units[last].end);
        start..end
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |before: Range<usize>, after: Range<usize>, changed: bool| {
        let piece =
            Piece { before: bytes(units.0, before.clone()), after: bytes(units.1, after.clone()), changed };
        match pieces.last_mut().filter(|last| last.changed == changed) {
            Some(last) => {
                last.before.end = piece.before.end;
                last.after.end = piece.after.end;
            }
            None => pieces.push(piece),
        }
    };
    let ends = (units.0.len(), units.1.len());
    let pairs = kept.iter().map(Some).chain([None]);
    for ((before, after), pair) in gaps(kept, ends).zip(pairs) {
        if !before.is_empty() || !after.is_empty() {
            push(before, after, true);
        }
        if let Some((i, j)) = pair {
            push(*i..i + 1, *j..j + 1, false);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces as a reader sees them: `共办结[-745-]{+812+}件`.
    fn told(before: &str, after: &str) -> String {
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
