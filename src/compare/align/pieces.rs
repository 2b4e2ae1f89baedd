//! Which of the sections that are still alone are pieces of one: what a section was split
//! into, and what was merged into one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Side;
use super::pairing::{MOST_PLACES, Pairing, WHOLE, either};
use crate::compare::grams::Grams;
use crate::compare::text::{Sentence, Text};

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
        let own = |text: &Text<'_>, at: usize| text.sections[at].own.clone();
        let other = self.partner(side.other(), whole).map_or(0..0, |partner| own(mine, partner));
        let source = own(theirs, whole);
        let range = own(mine, piece);
        let few = source.len() * (range.len() + other.len()) <= MOST_PAIRS;
        let sentences = |text: &Text<'_>, range: Range<usize>| Sentences::of(text, range, few);
        let source = sentences(theirs, source);
        let taken = sentences(mine, other).likeness(&source);
        let mut found = 0;
        for (sentence, likeness) in mine.sentences[range.clone()].iter().zip(sentences(mine, range.clone()).table(&source)) {
            let comes = likeness.iter().zip(&taken).any(|(here, there)| *here >= REWORDED && here > there);
            found += if comes { sentence.text.len() } else { 0 };
        }
        WHOLE * found / mine.len(range).max(1)
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
struct Sentences {
    keys: Vec<u64>,
    /// Empty where there are too many to be held against each other.
    grams: Vec<Grams>,
}

impl Sentences {
    fn of(text: &Text<'_>, range: Range<usize>, few: bool) -> Self {
        let sentences = &text.sentences[range];
        let keys = sentences.iter().map(|sentence| sentence.key.masked).collect();
        let grams = |sentence: &Sentence<'_>| if few { Grams::of([sentence.text]) } else { Grams::default() };
        Self { keys, grams: sentences.iter().map(grams).collect() }
    }

    /// How alike each of these sentences is to each of the others.
    fn table(&self, others: &Self) -> impl Iterator<Item = Vec<usize>> {
        self.keys.iter().zip(&self.grams).map(|(key, grams)| {
            let others = others.keys.iter().zip(&others.grams);
            others.map(|(other, theirs)| if key == other { WHOLE } else { grams.alike(theirs) }).collect()
        })
    }

    /// How alike each of the others is to the one of these that is most like it.
    fn likeness(&self, others: &Self) -> Vec<usize> {
        let mut most = vec![0; others.keys.len()];
        for row in self.table(others) {
            most.iter_mut().zip(row).for_each(|(most, alike)| *most = alike.max(*most));
        }
        most
    }
}
