//! Which units two sentences have in common, told in as few and as long stretches as tell most
//! of it: a stretch that stays is worth its units and costs the reader a break.

use super::subsequence::common;
use super::units::{TokenKind, Unit};

/// What a stretch that stays costs when there is a change before it.
const BREAK: i32 = 6;
/// What is given back for a stretch that begins or ends where a clause does.
const CLAUSE: i32 = 1;
/// What it costs to cut a word in two.
const CUT: i32 = 3;
/// More pairs of units than this are not weighed one by one.
const MOST_PAIRS: usize = 250_000;
/// More units than these are no sentence; only its beginning and end are compared.
const MOST_UNITS: usize = 4_000;

/// The pairs of units that stay, in order.
pub(super) fn kept_units(before: &[Unit], after: &[Unit]) -> Vec<(usize, usize)> {
    // The mark at the end says nothing of what changed before it.
    let is_end = |(a, b): &(&Unit, &Unit)| a.kind == TokenKind::Pause && a.token == b.token;
    let marks = before.iter().rev().zip(after.iter().rev()).take_while(is_end).count();
    let (left, right) = (before.len() - marks, after.len() - marks);
    let mut kept = inner(&before[..left], &after[..right]);
    kept.extend((0..marks).map(|at| (left + at, right + at)));
    kept
}

fn inner(before: &[Unit], after: &[Unit]) -> Vec<(usize, usize)> {
    let most = before.len().max(after.len());
    match before.len() * after.len() {
        0 => Vec::new(),
        pairs if pairs <= MOST_PAIRS => PathSums::new(before, after).pairs(),
        _ if most <= MOST_UNITS => cleaned(common(tokens(before), tokens(after)), (before, after)),
        _ => ends(before, after),
    }
}

fn tokens(units: &[Unit]) -> impl Iterator<Item = u64> + '_ {
    units.iter().map(|unit| unit.token.into())
}

/// What it is worth to a reader that a unit stays.
fn worth(unit: &Unit) -> i32 {
    match unit.kind {
        TokenKind::Han => 2,
        TokenKind::Word | TokenKind::Figure => 4,
        TokenKind::Pause | TokenKind::Mark => 1,
        TokenKind::Space => 0,
    }
}

/// Whether one clause ends and another begins at `at`.
fn is_border(units: &[Unit], at: usize) -> bool {
    let is_pause = |at: usize| units.get(at).is_none_or(|unit| unit.kind == TokenKind::Pause);
    at == 0 || is_pause(at) || is_pause(at - 1)
}

/// What it costs to begin or end a stretch at these places, beside the break itself.
fn border(before: &[Unit], after: &[Unit], (i, j): (usize, usize)) -> i32 {
    let cuts = |units: &[Unit], at: usize| units.get(at).is_some_and(|unit| unit.goes_on);
    match is_border(before, i) && is_border(after, j) {
        true => -CLAUSE,
        false if cuts(before, i) || cuts(after, j) => CUT,
        false => 0,
    }
}

/// What a stretch costs that begins with this pair.
fn opening(before: &[Unit], after: &[Unit], (i, j): (usize, usize)) -> i32 {
    match (i, j) {
        (0, 0) => BREAK / 2,
        _ => BREAK + border(before, after, (i, j)),
    }
}

/// What is given back for a stretch that ends before this pair.
fn closing(before: &[Unit], after: &[Unit], (i, j): (usize, usize)) -> i32 {
    match (i == before.len(), j == after.len()) {
        (true, true) => BREAK / 2,
        _ => -border(before, after, (i, j)),
    }
}

/// No sum of worths is as low.
const NEVER: i32 = i32::MIN / 2;

/// How the best way to a pair of places came there.
#[derive(Clone, Copy, Default)]
struct PathStep {
    /// The pair before this one stays as well.
    goes_on: bool,
    /// Outside of a stretch: whether one ended here, or which sentence was passed along.
    outside: Outside,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Outside {
    #[default]
    Start,
    Before,
    After,
    Ended,
}

/// The sums of all ways to lay one sentence beside the other.
struct PathSums<'a> {
    before: &'a [Unit],
    after: &'a [Unit],
    steps: Vec<PathStep>,
}

impl<'a> PathSums<'a> {
    fn new(before: &'a [Unit], after: &'a [Unit]) -> Self {
        let width = after.len() + 1;
        let mut weighed =
            Self { before, after, steps: vec![PathStep::default(); (before.len() + 1) * width] };
        // The best sums that end inside of a stretch and outside of one, by places.
        let (mut inside, mut outside) = (vec![NEVER; width], vec![0; width]);
        for j in 1..width {
            weighed.steps[j].outside = Outside::After;
        }
        for i in 1..=before.len() {
            let (mut corner_in, mut corner_out) = (inside[0], outside[0]);
            (inside[0], weighed.steps[i * width].outside) = (NEVER, Outside::Before);
            for j in 1..width {
                let above = (inside[j], outside[j]);
                let (sum, goes_on) = weighed.pair((i - 1, j - 1), (corner_in, corner_out));
                (corner_in, corner_out) = above;
                let closed = sum + closing(before, after, (i, j));
                let (best, way) = [(outside[j - 1], Outside::After), (closed, Outside::Ended)]
                    .into_iter()
                    .fold((above.1, Outside::Before), |best, next| if next.0 > best.0 { next } else { best });
                (inside[j], outside[j]) = (sum, best);
                weighed.steps[i * width + j] = PathStep { goes_on, outside: way };
            }
        }
        weighed
    }

    /// The sum where this pair stays, and whether the pair before it does.
    fn pair(&self, pair: (usize, usize), corner: (i32, i32)) -> (i32, bool) {
        let (i, j) = pair;
        let (inside, outside) = corner;
        if self.before[i].token != self.after[j].token {
            return (NEVER, false);
        }
        let opened = outside - opening(self.before, self.after, pair);
        // Of two ways that are worth the same, what is new is told as early as it can be, with
        // the words before it that stand behind it again: 建成[公共法律服务中心、]公共法律服务站.
        (inside.max(opened) + worth(&self.before[i]), inside >= opened)
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        let width = self.after.len() + 1;
        let (mut i, mut j) = (self.before.len(), self.after.len());
        let mut pairs = Vec::new();
        loop {
            match self.steps[i * width + j].outside {
                Outside::Start => break,
                Outside::Before => i -= 1,
                Outside::After => j -= 1,
                Outside::Ended => loop {
                    let goes_on = self.steps[i * width + j].goes_on;
                    (i, j) = (i - 1, j - 1);
                    pairs.push((i, j));
                    if !goes_on {
                        break;
                    }
                },
            }
        }
        pairs.reverse();
        pairs
    }
}

/// The stretches that are worth their cost.
fn cleaned(kept: Vec<(usize, usize)>, units: (&[Unit], &[Unit])) -> Vec<(usize, usize)> {
    let goes_on = |a: &(usize, usize), b: &(usize, usize)| (a.0 + 1, a.1 + 1) == *b;
    let is_worth = |run: &&[(usize, usize)]| {
        let (first, last) = (run[0], run[run.len() - 1]);
        let cost = opening(units.0, units.1, first);
        let back = closing(units.0, units.1, (last.0 + 1, last.1 + 1));
        run.iter().map(|(i, _)| worth(&units.0[*i])).sum::<i32>() + back > cost
    };
    kept.chunk_by(goes_on).filter(is_worth).flatten().copied().collect()
}

/// The pairs at the beginning and at the end that are the same.
fn ends(before: &[Unit], after: &[Unit]) -> Vec<(usize, usize)> {
    let first = before.iter().zip(after).take_while(|(a, b)| a.token == b.token).count();
    let rest = before[first..].iter().rev().zip(after[first..].iter().rev());
    let last = rest.take_while(|(a, b)| a.token == b.token).count();
    let behind = (0..last).map(|at| (before.len() - last + at, after.len() - last + at));
    (0..first).map(|at| (at, at)).chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::super::units::{TokenFolds, units};
    use super::*;

    /// The units of the earlier sentence that stay, with a bar where a stretch ends.
    fn told(before: &str, after: &str) -> String {
        let mut words = TokenFolds::default();
        let (left, right) = (units(before, &mut words), units(after, &mut words));
        let pairs = kept_units(&left, &right);
        let runs = pairs.chunk_by(|a, b| (a.0 + 1, a.1 + 1) == *b);
        let text = |run: &[(usize, usize)]| -> String {
            run.iter().map(|(i, _)| &before[left[*i].range.clone()]).collect()
        };
        runs.map(text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn long_stretches_stay_and_crumbs_do_not() {
        for (before, after, expected) in [
            ("办结案件。", "办结案件。", "办结案件。"),
            ("强化学习，办结745件。", "规范执法，办结812件。", "，办结745件。"),
            ("甲的乙的丙", "丁的戊的己", ""),
            ("持续强化法治学习。", "不断加强法治学习。", "法治学习。"),
            ("", "甲", ""),
        ] {
            assert_eq!(told(before, after), expected, "{before} {after}");
        }
    }

    #[test]
    fn very_long_sentences_are_compared_at_their_ends() {
        let long = "法治".repeat(3000);
        assert_eq!(told(&format!("甲{long}乙"), &format!("甲{}乙", "建设".repeat(2500))), "甲|乙");
        assert_eq!(told(&long, &long), long);
    }
}
