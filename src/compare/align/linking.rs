//! Which sections belong together: those that are the same, and of the others each with what it is
//! most like, and with what it is nearly as much like, as seen from both sides.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::likeness::Likeness;
use super::{SectionGroup, SectionStatus};
use crate::compare::subsequence::common;
use crate::compare::text::ComparedText;
use crate::han::key::key;

/// What a review and a plan lose for not being the same.
const ROLE: f64 = 0.6;
/// What a section loses against one that others stand in.
const LEAF: f64 = 0.3;
/// What the first section of a text loses against the last one.
const PLACE: f64 = 0.1;
/// What two sections lose that stand in such as have nothing to do with each other.
const AROUND: f64 = 0.3;
/// So alike are any two sections by chance.
const CHANCE: f64 = 0.02;
/// How near two sections must come to what either is most like.
const NEAR: f64 = 0.75;
/// How alike they must be in any case.
const LEAST: f64 = 0.1;
/// A section is new or gone for certain if it is less like anything of the other text than this
/// share of what sections that belong together are like each other.
const STRANGE: f64 = 0.3;

/// Two sections, the earlier one first.
type SectionNumbers = (usize, usize);

/// Two sections and what speaks for them.
#[derive(Clone, Copy)]
struct ScoredPair {
    pair: SectionNumbers,
    strength: f64,
}

/// The sections of two texts, and those that were found to belong together so far.
pub(super) struct Linking<'a> {
    texts: [&'a ComparedText<'a>; 2],
    likeness: &'a Likeness<'a>,
    /// For each section of either text those that it belongs to. Of two sections that belong
    /// together one has no other.
    partners: [Vec<Vec<usize>>; 2],
}

impl<'a> Linking<'a> {
    pub(super) fn new(likeness: &'a Likeness<'a>, texts: [&'a ComparedText<'a>; 2]) -> Self {
        Self { texts, likeness, partners: texts.map(|text| vec![Vec::new(); text.sections.len()]) }
    }

    pub(super) fn link(&mut self, (i, j): SectionNumbers) {
        self.partners[0][i].push(j);
        self.partners[1][j].push(i);
    }

    fn is_alone(&self, (i, j): SectionNumbers) -> bool {
        self.partners[0][i].is_empty() && self.partners[1][j].is_empty()
    }

    /// Links the sections that are the same with all that is in them, whatever their figures,
    /// as long as they stand in the same order.
    pub(super) fn by_identity(&mut self) {
        let [before, after] = self.texts.map(ComparedText::identities);
        for pair in common(before.iter().copied(), after.iter().copied()) {
            if self.is_alone(pair) {
                self.link(pair);
            }
        }
    }

    /// Links the sections that are alike.
    pub(super) fn by_likeness(&mut self) {
        let candidates = self.in_context(&self.candidates());
        let best = self.best(&candidates);
        let near = |candidate: &ScoredPair| {
            let (i, j) = candidate.pair;
            let share = |best: f64| candidate.strength / (best + CHANCE);
            (share(best[0][i]) * share(best[1][j])).sqrt()
        };
        let strong = candidates.iter().filter(|candidate| candidate.strength >= LEAST);
        let mut near: Vec<_> = strong
            .map(|candidate| (near(candidate), candidate.pair))
            .filter(|(near, _)| *near >= NEAR)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let fixed = self.partners.clone();
        for (_, (i, j)) in near {
            if fixed[0][i].is_empty() && fixed[1][j].is_empty() && self.fits((i, j)) {
                self.link((i, j));
            }
        }
    }

    /// Whether one of the two has no partner yet, and those of the other have no other.
    fn fits(&self, (i, j): SectionNumbers) -> bool {
        let [before, after] = &self.partners;
        match (&before[i][..], &after[j][..]) {
            ([], []) => true,
            (many, []) => many.iter().all(|at| after[*at].len() == 1),
            ([], many) => many.iter().all(|at| before[*at].len() == 1),
            _ => false,
        }
    }

    /// What speaks for each two sections by themselves.
    fn candidates(&self) -> Vec<ScoredPair> {
        let heads = self.texts.map(heads);
        let sizes = self.texts.map(|text| text.sections.len().max(1) as f64);
        let rows = self.likeness.rows.iter().enumerate();
        let pairs = rows.flat_map(|(i, row)| row.iter().map(move |(j, alike)| ((i, *j), *alike)));
        pairs
            .filter(|((i, j), _)| *i > 0 && *j > 0)
            .map(|(pair, alike)| {
                let (i, j) = pair;
                let [earlier, later] = &self.likeness.leanings;
                let role = (earlier[i] - later[j]).abs() / 2.0;
                let leaf = if heads[0][i] == heads[1][j] { 0.0 } else { LEAF };
                let place = (i as f64 / sizes[0] - j as f64 / sizes[1]).abs();
                let strength = alike * (1.0 - ROLE * role) * (1.0 - leaf) * (1.0 - PLACE * place);
                ScoredPair { pair, strength }
            })
            .collect()
    }

    /// The same, where what the sections stand in counts as well.
    fn in_context(&self, candidates: &[ScoredPair]) -> Vec<ScoredPair> {
        let best = self.best(candidates);
        // In the order of the earlier sections; each of those has few.
        let first = |i: usize| candidates.partition_point(|candidate| candidate.pair.0 < i);
        let firsts: Vec<usize> = (0..=self.texts[0].sections.len()).map(first).collect();
        let around = |(i, j): SectionNumbers| -> f64 {
            match (self.texts[0].sections[i].parent, self.texts[1].sections[j].parent) {
                (None, None) => 1.0,
                (Some(i), Some(j)) => {
                    let row = &candidates[firsts[i]..firsts[i + 1]];
                    let at = row.binary_search_by_key(&j, |candidate| candidate.pair.1);
                    let strength = at.map_or(0.0, |at| row[at].strength);
                    let most = best[0][i].max(best[1][j]);
                    if most > 0.0 { strength / most } else { 0.0 }
                }
                _ => 0.5,
            }
        };
        let with = |candidate: &ScoredPair| {
            let strength = candidate.strength * (1.0 - AROUND * (1.0 - around(candidate.pair)));
            ScoredPair { strength, ..*candidate }
        };
        candidates.iter().map(with).collect()
    }

    /// For each section of either text what speaks for its best partner.
    fn best(&self, candidates: &[ScoredPair]) -> [Vec<f64>; 2] {
        let mut best = self.texts.map(|text| vec![0.0_f64; text.sections.len()]);
        for ScoredPair { pair: (i, j), strength } in candidates {
            best[0][*i] = best[0][*i].max(*strength);
            best[1][*j] = best[1][*j].max(*strength);
        }
        best
    }

    /// Every section in one group.
    pub(super) fn groups(&self) -> Vec<SectionGroup> {
        let [before, after] = &self.partners;
        let (most, strange) = (self.likeness.most(), self.strange());
        let alone = |status, most: f64| if most < strange { status } else { SectionStatus::Unmatched };
        let mut groups = Vec::new();
        let mut add = |status, before: Vec<usize>, after: Vec<usize>| {
            groups.push(SectionGroup { status, before, after });
        };
        for (i, partners) in before.iter().enumerate() {
            match partners[..] {
                [] => add(alone(SectionStatus::Removed, most[0][i]), vec![i], Vec::new()),
                [j] if after[j].len() > 1 => {}
                [j] => add(SectionStatus::Matched, vec![i], vec![j]),
                _ => add(SectionStatus::Split, vec![i], sorted(partners)),
            }
        }
        for (j, partners) in after.iter().enumerate() {
            match partners[..] {
                [] => add(alone(SectionStatus::Added, most[1][j]), Vec::new(), vec![j]),
                [_] => {}
                _ => add(SectionStatus::Merged, sorted(partners), vec![j]),
            }
        }
        groups
    }

    /// What is less like anything of the other text than this is new, or gone: a part of what the
    /// sections that belong together are like each other, the one in the middle of them.
    fn strange(&self) -> f64 {
        let rows = self.likeness.rows.iter().zip(&self.partners[0]);
        let linked = |(row, partners): (&'a Vec<(usize, f64)>, &Vec<usize>)| {
            let alike = |partner: &usize| Some(row[row.binary_search_by_key(partner, |(j, _)| *j).ok()?].1);
            partners.iter().filter_map(alike).max_by(f64::total_cmp)
        };
        let mut linked: Vec<f64> = rows.filter_map(linked).collect();
        linked.sort_unstable_by(f64::total_cmp);
        linked.get(linked.len() / 2).map_or(LEAST, |middle| STRANGE * middle)
    }
}

fn sorted(sections: &[usize]) -> Vec<usize> {
    let mut sections = sections.to_vec();
    sections.sort_unstable();
    sections
}

/// Whether others stand in a section, for all of them.
fn heads(text: &ComparedText<'_>) -> Vec<bool> {
    let mut heads = vec![false; text.sections.len()];
    text.sections.iter().filter_map(|section| section.parent).for_each(|parent| heads[parent] = true);
    heads
}

/// For every section a number that tells its title, its sentences and the sections in it.
pub(in super::super) fn identities(text: &ComparedText<'_>) -> Vec<u64> {
    let mut hashers: Vec<DefaultHasher> = Vec::with_capacity(text.sections.len());
    for section in &text.sections {
        let mut hasher = DefaultHasher::new();
        key(section.title).exact.hash(&mut hasher);
        section.depth.hash(&mut hasher);
        text.sentences[section.own.clone()].iter().for_each(|sentence| sentence.key.masked.hash(&mut hasher));
        hashers.push(hasher);
    }
    for at in (0..hashers.len()).rev() {
        if let Some(parent) = text.sections[at].parent {
            let inner = hashers[at].finish();
            inner.hash(&mut hashers[parent]);
        }
    }
    hashers.into_iter().map(|hasher| hasher.finish()).collect()
}
