//! Where and when every sentence of an archive was first said: whether a report says something new,
//! keeps what its place said in an earlier year, keeps it with other figures, or says what stands in
//! an earlier document of another place.
//!
//! Sentences are numbers here (`report::Sayings`); no two texts are held side by side. What is common
//! to all places is looked for in a table of the sentences that more than one place has, made a
//! part at a time of sorted numbers; what a place said itself is looked for among its own documents.
//! The work grows with the archive and not with its square, and what is kept is a few bytes for
//! every sentence that two places share. A property test holds all this against a comparison of every
//! sentence with every other.

mod firsts;
mod own;
mod shared;

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::report::{Saying, Sayings};
use firsts::Firsts;
use own::OwnSentences;

pub use shared::{FirstSaying, SentenceGathering, first_sayings};

/// A document whose sentences are looked at: a whole text that was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Its place in the archive.
    pub document: usize,
    /// The number of the place that it is of. Numbers rise with the documents.
    pub place: u32,
    /// The year that it covers. Of one place they rise with the documents.
    pub year: i16,
    /// The day that it was published, if somebody knows.
    pub day: Option<Date>,
    /// What the document is known by, whatever stands before it in the archive.
    pub id: u64,
}

impl Voice {
    /// Whether it spoke before another, as far as that is known: of an earlier year, or of the same year
    /// and published on an earlier day.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        let is_earlier_day = || self.day.zip(other.day).is_some_and(|(one, other)| one < other);
        self.year < other.year || (self.year == other.year && is_earlier_day())
    }
}

/// Where a sentence of a document comes from. Documents are named by their places in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceOrigin {
    /// It is not found earlier.
    New,
    /// Its place said so in an earlier year; here first.
    Kept(usize),
    /// Its place said so with other figures in an earlier year; here first.
    Figures(usize),
    /// It stands in an earlier document of another place; here first.
    Elsewhere(usize),
    /// More than a third of the places say so: nobody has it from anybody.
    Common,
    /// It is a row of a table, or little but titles and quotations.
    Aside,
}

/// How many sentences of a document come from where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Not found earlier.
    pub new: usize,
    /// Said by the place in an earlier year.
    pub kept: usize,
    /// Said by the place in an earlier year with other figures.
    pub figures: usize,
    /// Said earlier by another place.
    pub elsewhere: usize,
    /// Said by more than a third of the places.
    pub common: usize,
    /// Rows of tables, and what is little but titles and quotations.
    pub aside: usize,
}

impl Tally {
    /// Takes one more sentence in.
    pub fn add(&mut self, origin: SentenceOrigin) {
        let count = match origin {
            SentenceOrigin::New => &mut self.new,
            SentenceOrigin::Kept(_) => &mut self.kept,
            SentenceOrigin::Figures(_) => &mut self.figures,
            SentenceOrigin::Elsewhere(_) => &mut self.elsewhere,
            SentenceOrigin::Common => &mut self.common,
            SentenceOrigin::Aside => &mut self.aside,
        };
        *count += 1;
    }

    /// Those that shares are of: what is common and what is quoted is nobody's.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.new + self.kept + self.figures + self.elsewhere
    }
}

/// Gives what a document says, by its place in the archive.
pub type SayingsOf<'a> = dyn Fn(usize) -> &'a Sayings + Sync + 'a;

/// What is known of the sentences of an archive together.
#[derive(Debug, Default)]
pub struct Ancestry {
    voices: Vec<Voice>,
    firsts: Firsts,
    found: Vec<DocumentTally>,
}

/// What was found of one document.
#[derive(Clone, Copy, Debug, Default)]
struct DocumentTally {
    tally: Tally,
    /// Another number where the origin of one of its sentences is another.
    digest: u64,
}

impl Ancestry {
    /// Looks at the sentences of all documents, which come in the order of the archive.
    #[must_use]
    pub fn of(voices: Vec<Voice>, said: &SayingsOf<'_>) -> Self {
        let firsts = Firsts::of(&voices, said);
        let mut ancestry = Self { voices, firsts, found: Vec::new() };
        let places: Vec<&[Voice]> = ancestry.voices.chunk_by(|a, b| a.place == b.place).collect();
        let found = |voices: &&[Voice]| ancestry.of_place(voices, said);
        ancestry.found = places.par_iter().flat_map_iter(found).collect();
        ancestry
    }

    fn of_place(&self, voices: &[Voice], said: &SayingsOf<'_>) -> Vec<DocumentTally> {
        let own = OwnSentences::of(voices, said);
        let found = |voice: &Voice| {
            let mut found = DocumentTally::default();
            for saying in said(voice.document).all() {
                let origin = self.origin((voice, voices, &own), saying);
                found.tally.add(origin);
                // The order of the sentences is no part of it.
                found.digest = found.digest.wrapping_add(self.digest_of(saying.exact, origin));
            }
            found
        };
        voices.iter().map(found).collect()
    }

    /// Where one sentence comes from, for a voice among those of its place.
    fn origin(
        &self,
        (voice, voices, own): (&Voice, &[Voice], &OwnSentences),
        saying: Saying,
    ) -> SentenceOrigin {
        if !saying.is_own {
            return SentenceOrigin::Aside;
        }
        let shared = self.firsts.get(saying.exact);
        if shared.is_some_and(|shared| shared.is_common()) {
            return SentenceOrigin::Common;
        }
        let earlier = |at: u32| Some(voices.get(at as usize)?).filter(|first| first.year < voice.year);
        if let Some(first) = own.exact(saying.exact).and_then(earlier) {
            return SentenceOrigin::Kept(first.document);
        }
        if let Some(first) = saying.masked.and_then(|masked| own.masked(masked)).and_then(earlier) {
            return SentenceOrigin::Figures(first.document);
        }
        let first = shared.and_then(|shared| shared.of_other(voice.place, &self.voices));
        match first.filter(|first| first.is_before(voice)) {
            Some(first) => SentenceOrigin::Elsewhere(first.document),
            None => SentenceOrigin::New,
        }
    }

    fn digest_of(&self, exact: u64, origin: SentenceOrigin) -> u64 {
        let id = |document: usize| self.at(document).map_or(0, |at| self.voices[at].id);
        let (name, id) = match origin {
            SentenceOrigin::New => (0, 0),
            SentenceOrigin::Kept(document) => (1, id(document)),
            SentenceOrigin::Figures(document) => (2, id(document)),
            SentenceOrigin::Elsewhere(document) => (3, id(document)),
            SentenceOrigin::Common => (4, 0),
            SentenceOrigin::Aside => (5, 0),
        };
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(exact);
        hasher.write_u8(name);
        hasher.write_u64(id);
        hasher.finish()
    }

    fn at(&self, document: usize) -> Option<usize> {
        self.voices.binary_search_by_key(&document, |voice| voice.document).ok()
    }

    /// The voices of the place of one of them.
    fn place_of(&self, at: usize) -> Range<usize> {
        let place = self.voices[at].place;
        let start = self.voices.partition_point(|voice| voice.place < place);
        start..start + self.voices[start..].partition_point(|voice| voice.place == place)
    }

    /// Where each sentence of a document comes from, in the order of [`Sayings::all`]; nothing of one
    /// that is not looked at.
    #[must_use]
    pub fn origins(&self, document: usize, said: &SayingsOf<'_>) -> Option<Vec<SentenceOrigin>> {
        let at = self.at(document)?;
        let voices = &self.voices[self.place_of(at)];
        let own = OwnSentences::of(voices, said);
        let voice = &self.voices[at];
        Some(said(document).all().map(|saying| self.origin((voice, voices, &own), saying)).collect())
    }

    /// How many of its sentences come from where; nothing of a document that is not looked at.
    #[must_use]
    pub fn tally(&self, document: usize) -> Option<&Tally> {
        self.at(document).map(|at| &self.found[at].tally)
    }

    /// A number that is another one where a sentence of the document comes from elsewhere.
    #[must_use]
    pub fn digest(&self, document: usize) -> Option<u64> {
        self.at(document).map(|at| self.found[at].digest)
    }

    /// Whether no document of an earlier year of its place is looked at, so that nobody can tell what it
    /// keeps.
    #[must_use]
    pub fn is_first(&self, document: usize) -> bool {
        self.at(document).is_some_and(|at| self.voices[self.place_of(at).start].year == self.voices[at].year)
    }
}
