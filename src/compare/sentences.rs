//! Which sentence became which: first those that say the same, then those that differ in their
//! figures alone, then those that were reworded. What is left is new or gone, unless it stands
//! word for word under another heading.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::align::Alignment;
use super::grams::Grams;
use super::subsequence::common;
use super::text::ComparedText;

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceChange {
    /// Kept word for word.
    Same,
    /// Kept but for its figures.
    Figures,
    /// Reworded.
    Reworded,
    /// New.
    Added,
    /// Gone.
    Removed,
}

/// A sentence of either text or of both, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceRow {
    /// What became of it.
    pub change: SentenceChange,
    /// The sentence of the earlier text.
    pub before: Option<usize>,
    /// The sentence of the later text.
    pub after: Option<usize>,
    /// Whether the two stand under different headings, or in another order. Such a pair has a
    /// row in either place, and counts once.
    pub elsewhere: bool,
    /// Whether this row stands where the earlier sentence stood.
    pub is_origin: bool,
}

impl SentenceRow {
    fn new(change: SentenceChange, before: Option<usize>, after: Option<usize>) -> Self {
        Self { change, before, after, elsewhere: false, is_origin: false }
    }

    /// The two rows of a pair that stands in two places: where it stood, and where it stands.
    fn moved((change, before, after): (SentenceChange, Option<usize>, Option<usize>)) -> [Self; 2] {
        let row = Self { elsewhere: true, ..Self::new(change, before, after) };
        [Self { is_origin: true, ..row }, row]
    }

    /// The same row from the other side.
    pub(super) fn mirrored(self) -> Self {
        let change = match self.change {
            SentenceChange::Added => SentenceChange::Removed,
            SentenceChange::Removed => SentenceChange::Added,
            same => same,
        };
        let is_origin = self.elsewhere && !self.is_origin;
        Self { change, before: self.after, after: self.before, is_origin, ..self }
    }

    /// Whether the row counts: a pair that stands in two places counts in the later one.
    #[must_use]
    pub fn counts(&self) -> bool {
        !self.is_origin
    }
}

/// How much is new, as fractions of all sentences of both texts, a pair counting once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SentenceShares {
    /// Kept word for word.
    pub same: f64,
    /// Kept but for their figures.
    pub figures_only: f64,
    /// Reworded.
    pub reworded: f64,
    /// New.
    pub added: f64,
    /// Gone.
    pub removed: f64,
}

impl SentenceShares {
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a SentenceRow>) -> Self {
        let mut counts = [0_u32; 5];
        for row in rows.filter(|row| row.counts()) {
            counts[row.change as usize] += 1;
        }
        let all = f64::from(counts.iter().sum::<u32>().max(1));
        let [same, figures_only, reworded, added, removed] = counts.map(|count| f64::from(count) / all);
        Self { same, figures_only, reworded, added, removed }
    }
}

/// The sentences of every group, in the order of the groups.
pub(super) fn rows(
    alignment: &Alignment,
    before: &ComparedText<'_>,
    after: &ComparedText<'_>,
) -> Vec<Vec<SentenceRow>> {
    let own = |text: &ComparedText<'_>, sections: &[usize]| -> Vec<usize> {
        sections.iter().flat_map(|at| text.sections[*at].own.clone()).collect()
    };
    let groups = alignment.groups.iter();
    let mut rows: Vec<Vec<SentenceRow>> = groups
        .map(|group| {
            SentencePairs::new(before, after).rows(&own(before, &group.before), &own(after, &group.after))
        })
        .collect();
    find_elsewhere(&mut rows, before, after);
    rows.iter_mut().for_each(|rows| find_reordered(rows, before, after));
    rows
}

/// Puts what is gone before what is new wherever the two stand together.
pub(super) fn arrange(rows: &mut [SentenceRow]) {
    let stays = |row: &SentenceRow| row.before.is_some() && row.after.is_some() && !row.elsewhere;
    for run in rows.chunk_by_mut(|a, b| !stays(a) && !stays(b)) {
        run.sort_by_key(|row| row.change != SentenceChange::Removed && !row.is_origin);
    }
}

/// A block with more pairs of sentences than this is not searched for reworded ones.
const LARGEST_BLOCK: usize = 250_000;
/// How alike two sentences must be, in thousandths, for one to be the other reworded.
const REWORDED: usize = 480;
/// How alike they must be if they also stand in another order.
const REORDERED: usize = 600;
/// More pairs of sentences than this are not looked through for reordered ones.
const MOST_REORDERED: usize = 10_000;
/// A sentence shorter than this in bytes is not looked for under other headings.
const SHORTEST_MOVE: usize = 24;

struct SentencePairs<'a> {
    before: &'a ComparedText<'a>,
    after: &'a ComparedText<'a>,
    rows: Vec<SentenceRow>,
}

impl<'a> SentencePairs<'a> {
    fn new(before: &'a ComparedText<'a>, after: &'a ComparedText<'a>) -> Self {
        Self { before, after, rows: Vec::new() }
    }

    fn rows(mut self, before: &[usize], after: &[usize]) -> Vec<SentenceRow> {
        self.exact(before, after);
        self.rows
    }

    fn exact(&mut self, before: &[usize], after: &[usize]) {
        let key = |text: &ComparedText<'_>, at: &usize| text.sentences[*at].key.exact;
        let kept =
            common(before.iter().map(|at| key(self.before, at)), after.iter().map(|at| key(self.after, at)));
        self.between(before, after, (kept, SentenceChange::Same));
    }

    fn masked(&mut self, before: &[usize], after: &[usize]) {
        let key = |text: &ComparedText<'_>, at: &usize| text.sentences[*at].key.masked;
        let kept =
            common(before.iter().map(|at| key(self.before, at)), after.iter().map(|at| key(self.after, at)));
        self.between(before, after, (kept, SentenceChange::Figures));
    }

    /// Notes the pairs of `found`, and looks closer at what lies between them.
    fn between(&mut self, before: &[usize], after: &[usize], found: (Vec<(usize, usize)>, SentenceChange)) {
        let (kept, change) = found;
        let (mut i, mut j) = (0, 0);
        for (at, other) in kept.into_iter().chain([(before.len(), after.len())]) {
            let gap = (&before[i..at], &after[j..other]);
            match change {
                _ if gap.0.is_empty() || gap.1.is_empty() => self.unpaired(gap.0, gap.1),
                SentenceChange::Same => self.masked(gap.0, gap.1),
                _ => self.reworded(gap.0, gap.1),
            }
            if let (Some(before), Some(after)) = (before.get(at), after.get(other)) {
                self.rows.push(SentenceRow::new(change, Some(*before), Some(*after)));
            }
            (i, j) = (at + 1, other + 1);
        }
    }

    fn unpaired(&mut self, before: &[usize], after: &[usize]) {
        self.rows.extend(before.iter().map(|at| SentenceRow::new(SentenceChange::Removed, Some(*at), None)));
        self.rows.extend(after.iter().map(|at| SentenceRow::new(SentenceChange::Added, None, Some(*at))));
    }

    /// Pairs sentences by their characters, in order, so that the sum of likeness is highest.
    fn reworded(&mut self, before: &[usize], after: &[usize]) {
        if before.len() * after.len() > LARGEST_BLOCK {
            return self.unpaired(before, after);
        }
        let left: Vec<&Grams> = before.iter().map(|at| self.before.grams(*at)).collect();
        let right: Vec<&Grams> = after.iter().map(|at| self.after.grams(*at)).collect();
        let alike = |i: usize, j: usize| left[i].at_least(REWORDED, right[j]);
        let (mut i, mut j) = (0, 0);
        for (at, other) in heaviest_pairs((before.len(), after.len()), alike) {
            self.unpaired(&before[i..at], &after[j..other]);
            self.rows.push(SentenceRow::new(SentenceChange::Reworded, Some(before[at]), Some(after[other])));
            (i, j) = (at + 1, other + 1);
        }
        self.unpaired(&before[i..], &after[j..]);
    }
}

/// The pairs of rising places whose weights sum up highest; what has no weight is no pair.
fn heaviest_pairs(
    size: (usize, usize),
    weight: impl Fn(usize, usize) -> Option<usize>,
) -> Vec<(usize, usize)> {
    let (rows, columns) = size;
    let width = columns + 1;
    let mut best = vec![0_usize; (rows + 1) * width];
    let mut weights = vec![0_usize; rows * columns];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let own = weight(i, j).unwrap_or(0);
            weights[i * columns + j] = own;
            let paired = if own > 0 { own + best[(i + 1) * width + j + 1] } else { 0 };
            best[i * width + j] = paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < rows && j < columns {
        let (own, here) = (weights[i * columns + j], best[i * width + j]);
        if own > 0 && here == own + best[(i + 1) * width + j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Finds sentences of a section that were reworded and stand in another order as well.
fn find_reordered(rows: &mut [SentenceRow], before: &ComparedText<'_>, after: &ComparedText<'_>) {
    let of = |change: SentenceChange| -> Vec<usize> {
        (0..rows.len()).filter(|at| rows[*at].change == change).collect()
    };
    let (gone, new) = (of(SentenceChange::Removed), of(SentenceChange::Added));
    if gone.is_empty() || new.is_empty() || gone.len() * new.len() > MOST_REORDERED {
        return;
    }
    let left: Vec<&Grams> = gone.iter().filter_map(|at| Some(before.grams(rows[*at].before?))).collect();
    let right: Vec<&Grams> = new.iter().filter_map(|at| Some(after.grams(rows[*at].after?))).collect();
    let mut pairs: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
    for (i, from) in left.iter().enumerate() {
        let alike = |(j, to): (usize, &&Grams)| Some((Reverse(from.at_least(REORDERED, to)?), i, j));
        pairs.extend(right.iter().enumerate().filter_map(alike));
    }
    pairs.sort_unstable();
    for (_, i, j) in pairs {
        let (from, to) = (gone[i], new[j]);
        if rows[from].after.is_none() && rows[to].before.is_none() {
            set_elsewhere((SentenceChange::Reworded, rows[from].before, rows[to].after), rows, (from, to));
        }
    }
}

/// Notes a pair where either sentence stands.
fn set_elsewhere(
    pair: (SentenceChange, Option<usize>, Option<usize>),
    rows: &mut [SentenceRow],
    places: (usize, usize),
) {
    [rows[places.0], rows[places.1]] = SentenceRow::moved(pair);
}

/// Finds sentences that left one section for another: first word for word, then but for their
/// figures.
fn find_elsewhere(rows: &mut [Vec<SentenceRow>], before: &ComparedText<'_>, after: &ComparedText<'_>) {
    for change in [SentenceChange::Same, SentenceChange::Figures] {
        let key = |text: &ComparedText<'_>, at: usize| match change {
            SentenceChange::Same => text.sentences[at].key.exact,
            _ => text.sentences[at].key.masked,
        };
        let mut gone: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
        for (group, rows) in rows.iter().enumerate() {
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.change == SentenceChange::Removed)
            {
                if let Some(sentence) =
                    row.before.filter(|at| before.sentences[*at].text.len() >= SHORTEST_MOVE)
                {
                    gone.entry(key(before, sentence)).or_default().push((group, at));
                }
            }
        }
        gone.values_mut().for_each(|places| places.reverse());
        for group in 0..rows.len() {
            for at in 0..rows[group].len() {
                let row = rows[group][at];
                let (SentenceChange::Added, Some(sentence)) = (row.change, row.after) else {
                    continue;
                };
                let Some((from, place)) = gone.get_mut(&key(after, sentence)).and_then(Vec::pop) else {
                    continue;
                };
                let pair = (change, rows[from][place].before, row.after);
                [rows[from][place], rows[group][at]] = SentenceRow::moved(pair);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Comparison, compare};
    use super::*;

    fn compared(before: &[&'static str], after: &[&'static str]) -> Comparison {
        let text =
            |sentences: &[&'static str]| ComparedText::from_parts(&[("a", 1, "一节", sentences.to_vec())]);
        compare(&text(before), &text(after))
    }

    fn told(before: &[&'static str], after: &[&'static str]) -> Vec<String> {
        let rows = compared(before, after).rows.concat();
        rows.iter().map(|row| format!("{:?} {:?} {:?}", row.change, row.before, row.after)).collect()
    }

    #[test]
    fn a_sentence_is_the_same_changed_in_figures_reworded_new_or_gone() {
        let before = ["强化学习。", "办结复议案件745件。", "组织旁听庭审活动。", "本年清理文件。"];
        let after =
            ["強化學習。", "办结复议案件812件。", "组织旁听庭审活动四次。", "建成调解中心并投入使用。"];
        assert_eq!(
            told(&before, &after),
            [
                "Same Some(0) Some(0)",
                "Figures Some(1) Some(1)",
                "Reworded Some(2) Some(2)",
                "Removed Some(3) None",
                "Added None Some(3)"
            ]
        );
    }

    #[test]
    fn shares_count_a_pair_once() {
        let shares = compared(&["甲甲甲。", "乙乙乙。"], &["甲甲甲。", "丙丙丙。"]).shares;
        assert!((shares.same - 1.0 / 3.0).abs() < 1e-9 && (shares.added - shares.removed).abs() < 1e-9);
        assert_eq!(compared(&[], &[]).shares, SentenceShares::default());
    }

    #[test]
    fn a_sentence_under_another_heading_is_found_there() {
        let sentence = "推行行政执法三项制度，统一文书格式。";
        let enforce = "全年开展跨部门联合检查，减少入企次数，规范裁量基准并逐条公布。";
        let reconsider = "简易案件当月办结，疑难案件全部听证，调解贯穿办案始终。";
        let before = ComparedText::from_parts(&[
            ("a", 1, "执法", vec![sentence, enforce]),
            ("b", 1, "复议", vec![reconsider]),
        ]);
        let after = ComparedText::from_parts(&[
            ("a", 1, "执法", vec![enforce]),
            ("b", 1, "复议", vec![reconsider, sentence]),
        ]);
        for (before, after) in [(&before, &after), (&after, &before)] {
            let compared = compare(before, after);
            let moved: Vec<&SentenceRow> =
                compared.rows.iter().flatten().filter(|row| row.elsewhere).collect();
            assert_eq!(moved.len(), 2);
            assert!(moved.iter().all(|row| row.change == SentenceChange::Same && row.before != row.after));
            assert!((compared.shares.same - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn what_stands_in_another_order_is_found_there() {
        let (learn, decide) = ("全年组织领导干部学法培训班十二期。", "重大行政决策全部经过合法性审查。");
        let reworded = "重大行政决策全部经过合法性审查和集体讨论。";
        let other = "简易案件当月办结，疑难案件全部听证。";
        for (last, change) in [(decide, SentenceChange::Same), (reworded, SentenceChange::Reworded)] {
            let rows = compared(&[decide, learn, other], &[learn, other, last]).rows.concat();
            let moved: Vec<&SentenceRow> = rows.iter().filter(|row| row.elsewhere).collect();
            assert_eq!(moved.len(), 2);
            assert!(moved.iter().all(|row| row.change == change), "{rows:?}");
        }
    }

    #[test]
    fn the_heaviest_pairs_rise() {
        let weights = [[0, 5], [3, 0]];
        let weight = |i: usize, j: usize| Some(weights[i][j]).filter(|weight| *weight > 0);
        assert_eq!(heaviest_pairs((2, 2), weight), [(0, 1)]);
    }
}
