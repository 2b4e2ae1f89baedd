//! The sentences that more than one place has, each with the documents that said it first.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::{SayingsOf, Voice};

/// The numbers are sorted in parts of about so many, so that not all are in memory twice,
const FEW: usize = 1 << 17;

/// but in no more parts than this many bits tell apart: each looks into every document.
const MOST_BITS: u32 = 4;

/// What few places have in common may be a template that went from hand to hand; of so many it can
/// be said that all have it.
const LEAST_COMMON: usize = 4;

/// No voice.
const COMMON: u32 = u32::MAX;

/// A sentence that more than one place has.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    exact: u64,
    /// The voice that said it first; [`COMMON`] where so many places have it that this says nothing.
    first: u32,
    /// The first voice of another place than that.
    other: u32,
}

impl First {
    /// A sentence that so many of all places have, with who said it first and who did of other places.
    pub(super) fn of(exact: u64, (first, other): (u32, u32), (having, places): (usize, usize)) -> Self {
        match having >= LEAST_COMMON && 3 * having > places {
            true => Self { exact, first: COMMON, other: COMMON },
            false => Self { exact, first, other },
        }
    }

    /// Whether more than a third of the places have it.
    pub(super) fn is_common(self) -> bool {
        self.first == COMMON
    }

    /// The first voice of another place than `place`.
    pub(super) fn of_other(self, place: u32, voices: &[Voice]) -> Option<&Voice> {
        let first = voices.get(self.first as usize)?;
        if first.place == place { voices.get(self.other as usize) } else { Some(first) }
    }
}

/// All of them, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Firsts {
    all: Vec<First>,
    /// Where those begin whose numbers have the same first bits.
    starts: Vec<u32>,
    bits: u32,
}

impl Firsts {
    pub(super) fn of(voices: &[Voice], said: &SayingsOf<'_>) -> Self {
        let ranks = ranks(voices);
        let places = voices.chunk_by(|a, b| a.place == b.place).count();
        let all: usize = voices.par_iter().map(|voice| said(voice.document).exact().len()).sum();
        let bits = (all / FEW).max(1).ilog2().min(MOST_BITS);
        let parts = (0..1_u64 << bits).into_par_iter();
        let parts: Vec<Vec<First>> = parts
            .map(|part| {
                let entries = entries((part, bits), (voices, said));
                let same = entries.chunk_by(|a, b| a.exact == b.exact);
                same.filter_map(|same| first(same, (voices, &ranks), places)).collect()
            })
            .collect();
        let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        parts.into_iter().for_each(|part| all.extend(part));
        Self::sorted(all)
    }

    /// These, which come in the order of their numbers.
    pub(super) fn sorted(all: Vec<First>) -> Self {
        // About eight to a beginning.
        let bits = (all.len() / 8).max(1).ilog2();
        let starts = (0..=1_u64 << bits).map(|begin| {
            let before = |first: &First| beginning(first.exact, bits) < begin;
            number(all.partition_point(before))
        });
        Self { starts: starts.collect(), all, bits }
    }

    /// The sentence with this number, if more than one place has it.
    pub(super) fn get(&self, exact: u64) -> Option<First> {
        let begin = usize::try_from(beginning(exact, self.bits)).ok()?;
        let (from, to) = (*self.starts.get(begin)?, *self.starts.get(begin + 1)?);
        let some = self.all.get(from as usize..to as usize)?;
        some.binary_search_by_key(&exact, |first| first.exact).ok().map(|at| some[at])
    }
}

/// The first bits of a number.
fn beginning(exact: u64, bits: u32) -> u64 {
    exact.checked_shr(u64::BITS - bits).unwrap_or(0)
}

/// The rank of each voice in time. Of those of one year, those come last whose day nobody knows.
pub(super) fn ranks(voices: &[Voice]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..voices.len()).collect();
    order.sort_by_key(|at| {
        let Voice { year, day, .. } = voices[*at];
        (year, Reverse(day.is_some()), day, *at)
    });
    let mut ranks = vec![0; voices.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = number(rank);
    }
    ranks
}

/// A sentence and who says it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SentenceVoice {
    exact: u64,
    voice: u32,
}

/// The sentences whose numbers begin with the bits of a part, in order.
fn entries((part, bits): (u64, u32), (voices, said): (&[Voice], &SayingsOf<'_>)) -> Vec<SentenceVoice> {
    let mut entries = Vec::new();
    for (at, voice) in voices.iter().enumerate() {
        let sayings = said(voice.document);
        let own = sayings.own_within(|exact| beginning(exact, bits).cmp(&part));
        entries.extend(own.map(|exact| SentenceVoice { exact, voice: number(at) }));
    }
    entries.sort_unstable();
    entries
}

/// Who said a sentence first; nothing where one place alone has it.
fn first(same: &[SentenceVoice], (voices, ranks): (&[Voice], &[u32]), places: usize) -> Option<First> {
    let place = |entry: &SentenceVoice| voices[entry.voice as usize].place;
    if place(same.first()?) == place(same.last()?) {
        return None;
    }
    let exact = same.first()?.exact;
    // Voices stand by place, so that those of one stand side by side here as well.
    let having = same.chunk_by(|a, b| place(a) == place(b)).count();
    let rank = |entry: &&SentenceVoice| ranks[entry.voice as usize];
    let first = same.iter().min_by_key(rank)?;
    let other = same.iter().filter(|entry| place(entry) != place(first)).min_by_key(rank)?;
    Some(First::of(exact, (first.voice, other.voice), (having, places)))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(COMMON)
}
