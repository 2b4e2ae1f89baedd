//! Which section became which, one by one: by the sentences that both have, by their titles,
//! by their characters, and at last by the sections in them.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Group, Side, Status};
use crate::compare::grams::{Grams, Rarity};
use crate::compare::subsequence::common;
use crate::compare::text::{Section, Text};
use crate::han::key::key;

/// Likeness is counted in thousandths.
pub(super) const WHOLE: usize = 1000;
/// How alike two sections must be if sentences and titles speak for them.
const EVIDENT: usize = 600;
/// How alike they must be if only pairs of characters do.
const ALIKE: usize = 480;
/// What the same title is worth alone.
const TITLE: usize = 700;
/// What it is worth alone that all sections in one that stayed stand in the other.
const CHILDREN: usize = 600;
/// A sentence that stands everywhere says nothing; this many places are looked at.
pub(super) const MOST_PLACES: usize = 8;
/// Where sections would have to be compared by more pairs of characters than this, only those
/// are that stand at about the same place.
const MOST_WORK: usize = 4_000_000;
/// Sections that stand in more than these count for the nearest of them.
const DEEPEST: usize = 5;

/// Two sections, the earlier one first.
type Pair = (usize, usize);

/// Two texts, and the sections that were found to belong together so far.
pub(super) struct Pairing<'a> {
    texts: [&'a Text<'a>; 2],
    titles: [Vec<Grams>; 2],
    /// How rare pairs of characters are among the titles.
    rarity: Rarity,
    /// The pairs of characters of every section's own sentences, as soon as they are wanted.
    own: OnceCell<([Vec<Grams>; 2], Rarity)>,
    /// Those of single sentences, likewise.
    sentences: [Vec<OnceCell<Grams>>; 2],
    /// The sentences by what they say whatever their figures, each with its number.
    places: [Vec<(u64, usize)>; 2],
    partners: [Vec<Option<usize>>; 2],
}

impl<'a> Pairing<'a> {
    pub(super) fn new(before: &'a Text<'a>, after: &'a Text<'a>) -> Self {
        let titles = |text: &Text<'_>| -> Vec<Grams> {
            text.sections.iter().map(|section| Grams::of([section.title])).collect()
        };
        let places = |text: &Text<'_>| -> Vec<(u64, usize)> {
            let masked = text.sentences.iter().map(|sentence| sentence.key.masked);
            let mut places: Vec<_> = masked.zip(0..).collect();
            places.sort_unstable();
            places
        };
        let mut titles = [titles(before), titles(after)];
        Self {
            texts: [before, after],
            rarity: Rarity::weigh(&mut titles),
            titles,
            own: OnceCell::new(),
            sentences: [before, after].map(|text| vec![OnceCell::new(); text.sentences.len()]),
            places: [places(before), places(after)],
            partners: [vec![None; before.sections.len()], vec![None; after.sections.len()]],
        }
    }

    pub(super) fn text(&self, side: Side) -> &'a Text<'a> {
        self.texts[side as usize]
    }

    pub(super) fn pair(&mut self, before: usize, after: usize) {
        self.partners[0][before] = Some(after);
        self.partners[1][after] = Some(before);
    }

    pub(super) fn partner(&self, side: Side, at: usize) -> Option<usize> {
        self.partners[side as usize][at]
    }

    pub(super) fn partners(&self, side: Side) -> &[Option<usize>] {
        &self.partners[side as usize]
    }

    pub(super) fn alone(&self, side: Side) -> Vec<usize> {
        let partners = self.partners(side);
        (0..partners.len()).filter(|at| partners[*at].is_none()).collect()
    }

    /// The numbers of the sentences of one side that say this, whatever the figures; a few.
    pub(super) fn saying(&self, side: Side, masked: u64) -> impl Iterator<Item = usize> + '_ {
        let places = &self.places[side as usize];
        let first = places.partition_point(|(key, _)| *key < masked);
        let same = places[first..].iter().take_while(move |(key, _)| *key == masked);
        same.take(MOST_PLACES).map(|(_, at)| *at)
    }

    /// Pairs the sections that share sentences, and those whose titles are the same.
    pub(super) fn by_evidence(&mut self) {
        let mut candidates = self.shared();
        candidates.extend(self.same_titles().into_iter().map(|pair| (pair, 0)));
        candidates.sort_unstable();
        let scored = candidates.chunk_by(|(a, _), (b, _)| a == b).map(|same| {
            let (i, j) = same[0].0;
            let overlap = self.overlap((i, j), same.iter().map(|(_, bytes)| bytes).sum());
            (either(self.title(i, j) * TITLE / WHOLE, overlap), i, j)
        });
        let scored = scored.filter(|(score, ..)| *score >= EVIDENT / 2).collect();
        self.accept(scored, EVIDENT);
    }

    /// How much of two sections their common sentences make.
    fn overlap(&self, (i, j): Pair, shared: usize) -> usize {
        let (before, after) = (&self.texts[0].sections[i], &self.texts[1].sections[j]);
        let all = self.texts[0].len(before.whole.clone()) + self.texts[1].len(after.whole.clone());
        let overlap = (2 * WHOLE * shared / all.max(1)).min(WHOLE);
        // A heading over sections is less likely what a section with words of its own was.
        match before.own.is_empty() == after.own.is_empty() {
            true => overlap,
            false => overlap * 3 / 4,
        }
    }

    /// The bytes of each sentence that two sections share, sections within them included.
    fn shared(&self) -> Vec<(Pair, usize)> {
        let [before, after] = self.texts;
        let mut shared = Vec::with_capacity(4 * before.sentences.len());
        let mut seen = Vec::new();
        for sentence in &before.sentences {
            seen.clear();
            for at in self.saying(Side::After, sentence.key.masked) {
                let other = &after.sentences[at];
                for i in before.lineage(sentence.section).take(DEEPEST) {
                    for j in after.lineage(other.section).take(DEEPEST) {
                        seen.push(((i, j), sentence.text.len().min(other.text.len())));
                    }
                }
            }
            seen.sort_unstable();
            seen.dedup_by_key(|(pair, _)| *pair);
            shared.append(&mut seen);
        }
        shared
    }

    /// The pairs of sections whose titles are the same. Where a title stands more often, those
    /// in the same place among its like belong together.
    fn same_titles(&self) -> Vec<Pair> {
        let mut by_title: BTreeMap<&[u64], [Vec<usize>; 2]> = BTreeMap::new();
        for side in [0, 1] {
            for (at, title) in self.titles[side].iter().enumerate().filter(|(_, title)| title.len() > 0) {
                by_title.entry(title.as_slice()).or_default()[side].push(at);
            }
        }
        let mut pairs = Vec::new();
        for [before, after] in by_title.values() {
            match before.len() * after.len() <= 4 * MOST_PLACES {
                true => pairs.extend(before.iter().flat_map(|i| after.iter().map(|j| (*i, *j)))),
                false => pairs.extend(before.iter().copied().zip(after.iter().copied())),
            }
        }
        pairs
    }

    /// Pairs what is left by pairs of characters in title and text.
    pub(super) fn by_likeness(&mut self) {
        let (before, after) = (self.alone(Side::Before), self.alone(Side::After));
        if before.is_empty() || after.is_empty() {
            return;
        }
        let (own, rarity) = self.own();
        let reach = reach((&own[0], &before), (&own[1], &after));
        let mut scored = Vec::new();
        for (rank, i) in before.iter().enumerate() {
            let about = rank * after.len() / before.len();
            let from = about.saturating_sub(reach / 2).min(after.len());
            for j in after[from..].iter().take(reach) {
                let text = own[0][*i].akin(&own[1][*j], rarity);
                let score = either(self.title(*i, *j) * TITLE / WHOLE, text);
                scored.extend((score >= ALIKE / 2).then_some((score, *i, *j)));
            }
        }
        self.accept(scored, ALIKE);
    }

    /// The pairs of characters of every section's own sentences, and how rare each is.
    pub(super) fn own(&self) -> &([Vec<Grams>; 2], Rarity) {
        self.own.get_or_init(|| {
            let mut own = self.texts.map(own_grams);
            let rarity = Rarity::weigh(&mut own);
            (own, rarity)
        })
    }

    /// The pairs of characters of a sentence.
    pub(super) fn sentence(&self, side: Side, at: usize) -> &Grams {
        self.sentences[side as usize][at].get_or_init(|| Grams::of([self.text(side).sentences[at].text]))
    }

    /// Pairs the sections that are the same with all that is in them, whatever their figures,
    /// as long as they stand in the same order.
    pub(super) fn by_identity(&mut self) {
        let [before, after] = self.texts.map(identities);
        for (i, j) in common(before.into_iter(), after.into_iter()) {
            self.pair(i, j);
        }
    }

    /// Pairs sections by the sections in them, the innermost first.
    pub(super) fn by_children(&mut self) {
        let before = self.texts[0];
        let deepest = before.sections.iter().map(|section| section.depth).max().unwrap_or(0);
        for depth in (1..=deepest).rev() {
            let mut votes: BTreeMap<Pair, usize> = BTreeMap::new();
            for (child, section) in before.sections.iter().enumerate() {
                let parent = section.parent.filter(|at| before.sections[*at].depth == depth);
                let other = self.partners[0][child].and_then(|at| self.texts[1].sections[at].parent);
                if let (Some(i), Some(j)) = (parent, other)
                    && self.partners[0][i].is_none()
                    && self.partners[1][j].is_none()
                {
                    *votes.entry((i, j)).or_insert(0) += before.len(section.whole.clone());
                }
            }
            // Sections that are new or gone say nothing of where they stand; those that stayed do.
            let mut kept: [BTreeMap<usize, usize>; 2] = Default::default();
            for ((i, j), shared) in &votes {
                *kept[0].entry(*i).or_default() += shared;
                *kept[1].entry(*j).or_default() += shared;
            }
            let scored = votes.into_iter().map(|((i, j), shared)| {
                let share = WHOLE * shared / kept[0][&i].max(kept[1][&j]).max(1);
                (either(self.title(i, j) * TITLE / WHOLE, share * CHILDREN / WHOLE), i, j)
            });
            let scored = scored.collect();
            self.accept(scored, ALIKE);
        }
    }

    /// Pairs the best first, as long as they are good enough.
    fn accept(&mut self, scored: Vec<(usize, usize, usize)>, enough: usize) {
        let placed = scored.into_iter().map(|(score, i, j)| (score + self.place(i, j), i, j));
        let mut placed: Vec<_> = placed.filter(|(score, ..)| *score >= enough).collect();
        placed.sort_unstable_by_key(|(score, i, j)| (Reverse(*score), *i, *j));
        for (_, i, j) in placed {
            if self.partners[0][i].is_none() && self.partners[1][j].is_none() {
                self.pair(i, j);
            }
        }
    }

    pub(super) fn title_of(&self, side: Side, at: usize) -> &Grams {
        &self.titles[side as usize][at]
    }

    /// How alike two titles are.
    fn title(&self, i: usize, j: usize) -> usize {
        self.titles[0][i].akin(&self.titles[1][j], &self.rarity)
    }

    /// How alike the places of two sections are; this only tells like ones apart.
    fn place(&self, i: usize, j: usize) -> usize {
        let (before, after) = (&self.texts[0].sections[i], &self.texts[1].sections[j]);
        let depth = if before.depth == after.depth { 30 } else { 0 };
        let parents = match (before.parent, after.parent) {
            (None, None) => 30,
            (Some(i), Some(j)) if self.partners[0][i] == Some(j) => 60,
            (Some(i), Some(j)) => self.title(i, j) * 30 / WHOLE,
            _ => 0,
        };
        let rank = |at: usize, all: usize| WHOLE * at / all.max(1);
        let apart = rank(i, self.texts[0].sections.len()).abs_diff(rank(j, self.texts[1].sections.len()));
        depth + parents + 30 * (WHOLE - apart) / WHOLE
    }

    /// Every section in one group.
    pub(super) fn groups(
        &self,
        split: &BTreeMap<usize, Vec<usize>>,
        merged: &BTreeMap<usize, Vec<usize>>,
    ) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut taken = [vec![false; self.partners[0].len()], vec![false; self.partners[1].len()]];
        let mut take = |status, before: Vec<usize>, after: Vec<usize>| {
            let free = before.iter().all(|at| !taken[0][*at]);
            if free && after.iter().all(|at| !taken[1][*at]) {
                before.iter().for_each(|at| taken[0][*at] = true);
                after.iter().for_each(|at| taken[1][*at] = true);
                groups.push(Group { status, before, after });
            }
        };
        for (whole, pieces) in split {
            take(Status::Split, vec![*whole], with(pieces, self.partner(Side::Before, *whole)));
        }
        for (whole, pieces) in merged {
            take(Status::Merged, with(pieces, self.partner(Side::After, *whole)), vec![*whole]);
        }
        for (i, partner) in self.partners[0].iter().enumerate() {
            if let Some(j) = partner {
                take(Status::Matched, vec![i], vec![*j]);
            }
        }
        // What is in no group by now is gone, or is new.
        (0..self.partners[0].len()).for_each(|i| take(Status::Removed, vec![i], Vec::new()));
        (0..self.partners[1].len()).for_each(|j| take(Status::Added, Vec::new(), vec![j]));
        groups
    }
}

/// For every section a number that tells its title, its sentences and the sections in it.
fn identities(text: &Text<'_>) -> Vec<u64> {
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

/// The pairs of characters of every section's own sentences.
fn own_grams(text: &Text<'_>) -> Vec<Grams> {
    let own = |section: &Section<'_>| text.sentences[section.own.clone()].iter();
    text.sections.iter().map(|section| Grams::of(own(section).map(|sentence| sentence.text))).collect()
}

/// With how many sections each one is compared, so that the work stays bounded.
fn reach(before: (&[Grams], &[usize]), after: (&[Grams], &[usize])) -> usize {
    let size = |(grams, alone): (&[Grams], &[usize])| -> usize {
        alone.iter().map(|at| grams[*at].len()).sum::<usize>() / alone.len().max(1)
    };
    MOST_WORK / (before.1.len() * (1 + size(before) + size(after))).max(1)
}

fn with(pieces: &[usize], partner: Option<usize>) -> Vec<usize> {
    let all: BTreeSet<usize> = pieces.iter().copied().chain(partner).collect();
    all.into_iter().collect()
}

/// One of two signs is enough, and both together are more.
pub(super) fn either(a: usize, b: usize) -> usize {
    WHOLE - (WHOLE - a.min(WHOLE)) * (WHOLE - b.min(WHOLE)) / WHOLE
}
