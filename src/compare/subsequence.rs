//! What two sequences have in common, in order.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

/// The pairs of places that a difference of two sequences leaves alone: a longest common
/// subsequence, as far as it is found in bounded time.
pub(super) fn common(
    before: impl Iterator<Item = u64>,
    after: impl Iterator<Item = u64>,
) -> Vec<(usize, usize)> {
    let (before, after): (Vec<u64>, Vec<u64>) = (before.collect(), after.collect());
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    // The crate counts by token, so tokens are numbered without gaps.
    let mut items = before.clone();
    items.sort_unstable();
    items.dedup();
    let number =
        |item: &u64| u32::try_from(items.binary_search(item).unwrap_or(items.len())).unwrap_or(u32::MAX);
    let left: Vec<Token> = before.iter().map(|item| Token(number(item))).collect();
    // What the one sequence does not have is all alike to it.
    let right: Vec<Token> = after.iter().map(|item| Token(number(item))).collect();
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Myers, &left, &right, u32::try_from(items.len() + 1).unwrap_or(u32::MAX));
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let kept = (0..left.len()).filter(|at| !diff.is_removed(place(*at)));
    kept.zip((0..right.len()).filter(|at| !diff.is_added(place(*at)))).collect()
}

/// The ranges that `pairs` leave between them, and behind the last one.
pub(super) fn gaps(
    pairs: &[(usize, usize)],
    ends: (usize, usize),
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
    let starts = std::iter::once((0, 0)).chain(pairs.iter().map(|(i, j)| (i + 1, j + 1)));
    starts.zip(pairs.iter().copied().chain([ends])).map(|((i, j), (at, other))| (i..at, j..other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_have_is_paired_in_order() {
        for (before, after, expected) in [
            (vec![5, 6, 7], vec![5, 7], vec![(0, 0), (2, 1)]),
            (vec![u64::MAX, 1], vec![2, u64::MAX], vec![(0, 1)]),
            (vec![1, 2], vec![3, 4], vec![]),
            (vec![], vec![3], vec![]),
        ] {
            assert_eq!(common(before.into_iter(), after.into_iter()), expected);
        }
    }

    #[test]
    fn gaps_lie_between_pairs() {
        let gaps: Vec<_> = gaps(&[(1, 0), (2, 3)], (4, 4)).collect();
        assert_eq!(gaps, [(0..1, 0..0), (2..2, 1..3), (3..4, 4..4)]);
    }
}
