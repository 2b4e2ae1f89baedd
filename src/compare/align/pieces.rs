//! Which of the sections that are still alone are pieces of one: what a section was split
//! into, and what was merged into one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::pairing::{MOST_PLACES, Pairing, WHOLE, either};

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
        let partners = self.partners(side).iter().enumerate();
        let paired: Vec<(usize, usize)> =
            partners.filter_map(|(at, partner)| Some((at, (*partner)?))).collect();
        for piece in self.alone(side) {
            if let Some(whole) = self.piece_of(side, piece, &paired) {
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
    fn piece_of(&self, side: Side, piece: usize, paired: &[(usize, usize)]) -> Option<usize> {
        if self.text(side).sections[piece].own.is_empty() {
            return self.split_with_children(side, piece);
        }
        let score = |whole: usize| {
            let share = self.share(side, piece, whole);
            // A title that names a piece is a sign of its own, but none without any words.
            let named = if share >= LEAST { self.named(side, piece, whole) } else { 0 };
            (either(named / 2, share), Reverse(whole))
        };
        let (own, _) = self.own();
        let mine = &own[side as usize][piece];
        // What has hardly a pair of characters in common has no sentence in common.
        let near = self
            .near(side, piece, paired)
            .into_iter()
            .filter(|whole| WHOLE * mine.shared(&own[side.other() as usize][*whole]) >= LEAST * mine.len());
        let best = near.map(score).max()?;
        (best.0 >= PIECE).then_some(best.1.0)
    }

    /// How much of the title of a section stands in the title of `whole` and not in the title
    /// of what else that became.
    fn named(&self, side: Side, piece: usize, whole: usize) -> usize {
        let title = self.title_of(side, piece);
        let within =
            |side: Side, at: usize| WHOLE * title.shared(self.title_of(side, at)) / title.len().max(1);
        let other = self.partner(side.other(), whole).map_or(0, |partner| within(side, partner));
        within(side.other(), whole).saturating_sub(other)
    }

    /// How much of a section stands in `whole` and in nothing else that `whole` became.
    fn share(&self, side: Side, piece: usize, whole: usize) -> usize {
        let (mine, theirs) = (self.text(side), self.text(side.other()));
        let range = mine.sections[piece].own.clone();
        let source = theirs.sections[whole].own.clone();
        let other =
            self.partner(side.other(), whole).map_or(0..0, |partner| mine.sections[partner].own.clone());
        let few = source.len() * (range.len() + other.len()) <= MOST_PAIRS;
        let alike = |at: usize, source: usize| match mine.sentences[at].key.masked
            == theirs.sentences[source].key.masked
        {
            true => WHOLE,
            false if few => self.sentence(side, at).alike(self.sentence(side.other(), source)),
            false => 0,
        };
        let taken: Vec<usize> =
            source.clone().map(|to| other.clone().map(|at| alike(at, to)).max().unwrap_or(0)).collect();
        let comes = |at: &usize| {
            source.clone().zip(&taken).any(|(to, taken)| {
                let alike = alike(*at, to);
                alike >= REWORDED && alike > *taken
            })
        };
        let found: usize = range.clone().filter(comes).map(|at| mine.sentences[at].text.len()).sum();
        WHOLE * found / mine.len(range).max(1)
    }

    /// Where the text of a section may have stood: where one of its sentences stands, with the
    /// sections before and after it, with the one that it stands in, or in one that is gone.
    fn near(&self, side: Side, at: usize, paired: &[(usize, usize)]) -> BTreeSet<usize> {
        let (text, other) = (self.text(side), self.text(side.other()));
        let own = &text.sentences[text.sections[at].own.clone()];
        let mut near: BTreeSet<usize> = own
            .iter()
            .take(MOST_PAIRS)
            .flat_map(|sentence| self.saying(side.other(), sentence.key.masked))
            .map(|sentence| other.sentences[sentence].section)
            .collect();
        let behind = paired.partition_point(|(paired, _)| *paired < at);
        let beside = &paired[behind.saturating_sub(2)..(behind + 2).min(paired.len())];
        near.extend(beside.iter().map(|(_, partner)| *partner));
        near.extend(text.sections[at].parent.and_then(|parent| self.partner(side, parent)));
        let place = behind.checked_sub(1).map_or(0, |last| paired[last].1);
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
        let (whole, (share, _)) =
            votes.into_iter().max_by_key(|(whole, (share, _))| (*share, Reverse(*whole)))?;
        (WHOLE * share / text.len(text.sections[piece].whole.clone()).max(1) >= HEADED).then_some(whole)
    }
}
