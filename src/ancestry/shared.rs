//! The same as a look at all sentences together, by somebody who has the sentences of some places alone: what
//! others say comes in a part at a time, as numbers, and of each sentence of one's own it is kept how many places
//! have it and who said it first. Memory grows with one's own sentences.

use std::ops::Range;

use super::firsts::{First, Firsts, ranks};
use super::{Ancestry, DocumentTally, SayingsOf, Voice};

/// A sentence of a place, and the first of its voices that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FirstSaying {
    /// The number of the sentence.
    pub exact: u64,
    /// The number of the voice.
    pub voice: u32,
}

/// What the voices of some places say in their own words, each sentence once a place, in the order of the numbers.
/// Voices are numbered as they stand here.
#[must_use]
pub fn first_sayings(voices: &[Voice], said: &SayingsOf<'_>) -> Vec<FirstSaying> {
    let ranks = ranks(voices);
    let mut all: Vec<FirstSaying> = Vec::new();
    for place in places(voices) {
        let mut own: Vec<FirstSaying> = Vec::new();
        for voice in place {
            let number = u32::try_from(voice).unwrap_or(u32::MAX);
            let sayings = said(voices[voice].document).all().filter(|saying| saying.is_own);
            own.extend(sayings.map(|saying| FirstSaying { exact: saying.exact, voice: number }));
        }
        own.sort_unstable_by_key(|told| (told.exact, ranks[told.voice as usize]));
        own.dedup_by_key(|told| told.exact);
        all.extend(own);
    }
    all.sort_unstable();
    all
}

/// The voices of each place.
fn places(voices: &[Voice]) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    voices.chunk_by(|a, b| a.place == b.place).map(move |place| {
        let start = end;
        end += place.len();
        start..end
    })
}

/// A sentence of one's own, and who else has it, as far as others have told.
#[derive(Clone, Copy, Debug)]
struct MetSentence {
    exact: u64,
    /// How many places have it.
    places: usize,
    /// Who said it first, and who did of other places; [`NOBODY`] before somebody is known.
    first: u32,
    other: u32,
}

const NOBODY: u32 = u32::MAX;

/// What is known so far of the sentences of some places among those of all.
pub struct SentenceGathering {
    voices: Vec<Voice>,
    ranks: Vec<u32>,
    met: Vec<MetSentence>,
}

impl SentenceGathering {
    /// Nothing is known yet of the sentences of the voices that `is_own` names. `voices` are all, in the order of
    /// the archive.
    #[must_use]
    pub fn of(voices: Vec<Voice>, is_own: &dyn Fn(&Voice) -> bool, said: &SayingsOf<'_>) -> Self {
        let own = voices.iter().filter(|voice| is_own(voice));
        let sayings = own.flat_map(|voice| said(voice.document).all()).filter(|saying| saying.is_own);
        let mut exact: Vec<u64> = sayings.map(|saying| saying.exact).collect();
        exact.sort_unstable();
        exact.dedup();
        let met =
            exact.into_iter().map(|exact| MetSentence { exact, places: 0, first: NOBODY, other: NOBODY });
        Self { ranks: ranks(&voices), met: met.collect(), voices }
    }

    /// All voices.
    #[must_use]
    pub fn voices(&self) -> &[Voice] {
        &self.voices
    }

    /// Takes in what the voices of other places, or one's own, say; no place tells a sentence twice. Voices are
    /// numbered as `of` was given them.
    pub fn take(&mut self, told: &[FirstSaying]) {
        let mut rest = told;
        for met in &mut self.met {
            let start = rest.partition_point(|told| told.exact < met.exact);
            let count = rest[start..].partition_point(|told| told.exact == met.exact);
            for FirstSaying { voice, .. } in &rest[start..start + count] {
                met.add(*voice, &self.ranks);
            }
            rest = &rest[start + count..];
        }
    }

    /// Where the sentences of the voices that `is_own` names come from, once everybody has told.
    #[must_use]
    pub fn close(self, is_own: &dyn Fn(&Voice) -> bool, said: &SayingsOf<'_>) -> Ancestry {
        let Self { voices, met, .. } = self;
        let places = places(&voices).count();
        let shared = met.into_iter().filter(|met| met.places > 1);
        let all = shared.map(|met| First::of(met.exact, (met.first, met.other), (met.places, places)));
        let mut ancestry = Ancestry { firsts: Firsts::sorted(all.collect()), voices, found: Vec::new() };
        let of_place = |place: &[Voice]| match place.first().is_some_and(is_own) {
            true => ancestry.of_place(place, said),
            // Nobody here asks of these.
            false => vec![DocumentTally::default(); place.len()],
        };
        let found = ancestry.voices.chunk_by(|a, b| a.place == b.place).flat_map(of_place).collect();
        ancestry.found = found;
        ancestry
    }
}

impl MetSentence {
    /// One more place has it, of which this voice said it first.
    fn add(&mut self, voice: u32, ranks: &[u32]) {
        let rank = |voice: u32| ranks.get(voice as usize).copied().unwrap_or(NOBODY);
        self.places += 1;
        if self.first == NOBODY || rank(voice) < rank(self.first) {
            (self.first, self.other) = (voice, self.first);
        } else if self.other == NOBODY || rank(voice) < rank(self.other) {
            self.other = voice;
        }
    }
}
