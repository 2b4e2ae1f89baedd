//! Which of the sections that are still alone are pieces of one: what a section was split
//! into, and what was merged into one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Side;
use super::pairing::{MOST_PLACES, Pairing, WHOLE, either};
use crate::compare::grams::Grams;
use crate::compare::text::Text;

/// How much of a piece must come from the section that it is a piece of.
const PIECE: usize = 500;
/// How much of it must come from there at least, if its title does.
const LEAST: usize = 200;
/// How much of a heading's sections must come from the heading that it is a piece of.
const HEADED: usize = 600;
/// How alike two sentences must be for one to be the other reworded.
const REWORDED: usize = 400;
/// Sections with more pairs of sentences than this are held against each other by what is the
/// same in them alone.
const MOST_PAIRS: usize = 2_500;

impl Pairing<'_> {
    /// The sections of one side that are still alone and whose text comes from a section of
    /// the other side, or whose sections do: by that section, its pieces.
    pub(super) fn pieces(&mut self, side: Side) -> BTreeMap<usize, Vec<usize>> {
        let mut pieces: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for piece in self.alone(side) {
            if let Some(whole) = self.piece_of(side, piece) {
                pieces.entry(whole).or_default().push(piece);
            }
        }
        // A section that became just one other is not split: it became that one.
        let single = |whole: &usize, pieces: &Vec<usize>| {
            (pieces.len() == 1 && self.partner(side.other(), *whole).is_none()).then_some(pieces[0])
        };
        let pairs: Vec<(usize, usize)> =
            pieces.iter().filter_map(|(whole, pieces)| Some((*whole, single(whole, pieces)?))).collect();
        for (whole, piece) in pairs {
            pieces.remove(&whole);
            match side {
                Side::After => self.pair(whole, piece),
                Side::Before => self.pair(piece, whole),
            }
        }
        pieces
    }

    /// The section of the other side that this one is a piece of.
    fn piece_of(&self, side: Side, piece: usize) -> Option<usize> {
        if self.text(side).sections[piece].own.is_empty() {
            return self.split_with_children(side, piece);
        }
        let score = |whole: usize| {
            let share = self.share(side, piece, whole);
            // A title that names a piece is a sign of its own, but none without any words.
            let named = if share >= LEAST { self.named(side, piece, whole) } else { 0 };
            (either(named / 2, share), Reverse(whole))
        };
        let best = self.near(side, piece).into_iter().map(score).max()?;
        (best.0 >= PIECE).then_some(best.1.0)
    }

    /// How much of the title of a section stands in the title of `whole` and not in the title
    /// of what else that became.
    fn named(&self, side: Side, piece: usize, whole: usize) -> usize {
        let title = self.title_of(side, piece);
        let within = |side: Side, at: usize| WHOLE * title.shared(self.title_of(side, at)) / title.len().max(1);
        let other = self.partner(side.other(), whole).map_or(0, |partner| within(side, partner));
        within(side.other(), whole).saturating_sub(other)
    }

    /// How much of a section stands in `whole` and in nothing else that `whole` became.
    fn share(&self, side: Side, piece: usize, whole: usize) -> usize {
        let (mine, theirs) = (self.text(side), self.text(side.other()));
        let own = mine.sections[piece].own.clone();
        let mut source = Sentences::of(theirs, theirs.sections[whole].own.clone());
        if let Some(partner) = self.partner(side.other(), whole) {
            let taken = Sentences::of(mine, mine.sections[partner].own.clone());
            source.taken_by(&taken);
        }
        let found = Sentences::of(mine, own.clone());
        WHOLE * found.bytes_in(&source) / mine.len(own).max(1)
    }

    /// Where the text of a section may have stood: where one of its sentences stands, with the
    /// sections before and after it, with the one that it stands in, or in one that is gone.
    fn near(&self, side: Side, at: usize) -> BTreeSet<usize> {
        let (text, other) = (self.text(side), self.text(side.other()));
        let partners = self.partners(side);
        let own = &text.sentences[text.sections[at].own.clone()];
        let mut near: BTreeSet<usize> = own
            .iter()
            .take(MOST_PAIRS)
            .flat_map(|sentence| self.saying(side.other(), sentence.key.masked))
            .map(|sentence| other.sentences[sentence].section)
            .collect();
        let before = partners[..at].iter().rev().flatten().take(2).copied();
        let behind = partners[at..].iter().flatten().take(2).copied();
        near.extend(before.chain(behind));
        near.extend(text.sections[at].parent.and_then(|parent| partners[parent]));
        let place = partners[..at].iter().rev().flatten().next().copied().unwrap_or(0);
        let around = place.saturating_sub(MOST_PLACES)..(place + MOST_PLACES).min(other.sections.len());
        near.extend(around.filter(|at| self.partner(side.other(), *at).is_none()));
        near.retain(|other| *other > 0 || at > 0);
        near
    }

    /// The section that most of the sections in `piece` come from, at least two of them.
    fn split_with_children(&self, side: Side, piece: usize) -> Option<usize> {
        let (text, other) = (self.text(side), self.text(side.other()));
        let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let children = text.sections.iter().enumerate().skip(piece + 1);
        let children = children.take_while(|(_, section)| section.depth > text.sections[piece].depth);
        for (child, section) in children.filter(|(_, section)| section.parent == Some(piece)) {
            if let Some(parent) = self.partner(side, child).and_then(|at| other.sections[at].parent) {
                let vote = votes.entry(parent).or_default();
                *vote = (vote.0 + text.len(section.whole.clone()), vote.1 + 1);
            }
        }
        // A heading put between a section and those in it is new, and splits nothing.
        votes.retain(|whole, (_, count)| {
            let partner = self.partner(side.other(), *whole);
            *count > 1 && partner.is_none_or(|partner| text.lineage(piece).all(|at| at != partner))
        });
        let (whole, (share, _)) = votes.into_iter().max_by_key(|(whole, (share, _))| (*share, Reverse(*whole)))?;
        (WHOLE * share / text.len(text.sections[piece].whole.clone()).max(1) >= HEADED).then_some(whole)
    }
}

/// The sentences of a section, to be found in those of another.
struct Sentences<'a> {
    text: &'a Text<'a>,
    range: Range<usize>,
    keys: BTreeSet<u64>,
    grams: Vec<Grams>,
}

impl<'a> Sentences<'a> {
    fn of(text: &'a Text<'a>, range: Range<usize>) -> Self {
        let sentences = &text.sentences[range.clone()];
        let keys = sentences.iter().map(|sentence| sentence.key.masked).collect();
        let grams = sentences.iter().map(|sentence| Grams::of([sentence.text])).collect();
        Self { text, range, keys, grams }
    }

    /// Leaves out what stands in `other` as well.
    fn taken_by(&mut self, other: &Self) {
        for (at, grams) in self.range.clone().zip(&mut self.grams) {
            let masked = self.text.sentences[at].key.masked;
            if other.has(masked, grams, self.keys.len()) {
                self.keys.remove(&masked);
                *grams = Grams::default();
            }
        }
    }

    fn has(&self, masked: u64, grams: &Grams, others: usize) -> bool {
        let few = self.grams.len() * others <= MOST_PAIRS;
        self.keys.contains(&masked) || (few && self.grams.iter().any(|other| other.alike(grams) >= REWORDED))
    }

    /// How many bytes of these sentences stand in `other` in these words or like ones.
    fn bytes_in(&self, other: &Self) -> usize {
        let sentences = &self.text.sentences[self.range.clone()];
        let found = sentences.iter().zip(&self.grams);
        let found = found.filter(|(sentence, grams)| other.has(sentence.key.masked, grams, self.grams.len()));
        found.map(|(sentence, _)| sentence.text.len()).sum()
    }
}
