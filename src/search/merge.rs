//! What many sources tell of words, word by word: bundles that were put aside, and the table of an earlier build. Of none of
//! them more is in memory than is being looked at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Read};

use super::number;
use super::table::take_word;

/// How much of what was put aside is read at a time.
const SOME: usize = 64 * 1024;

/// What some bundles tell of their words, in the order of words and then of bundles.
pub(super) enum WordSource<'a> {
    /// A bundle, by its number.
    Bundle(usize, Reading),
    /// The pieces of a table, and under which number each bundle of it goes on, if it does.
    Table(Pieces<'a>, &'a [Option<usize>]),
}

impl<'a> WordSource<'a> {
    /// What the bundle with this number tells, as it was put aside.
    pub(super) fn of_bundle(number: usize, aside: Box<dyn Read + Send>) -> Self {
        Self::Bundle(number, Reading { from: aside, held: Vec::new(), at: 0, row: 0..0, is_over: false })
    }

    /// What a table has, of which the pieces come in their order.
    pub(super) fn of_table(
        pieces: impl Iterator<Item = io::Result<Vec<u8>>> + 'a,
        numbers: &'a [Option<usize>],
    ) -> Self {
        let pieces =
            Pieces { all: Box::new(pieces), piece: Vec::new(), at: 0, told: 0..0, bundle: 0, row: 0..0 };
        Self::Table(pieces, numbers)
    }

    /// Goes on to what comes next, puts the word of that into `word`, and gives the number of the bundle.
    fn next(&mut self, word: &mut Vec<u8>) -> io::Result<Option<usize>> {
        match self {
            Self::Bundle(number, reading) => Ok(reading.next(word)?.then_some(*number)),
            Self::Table(pieces, numbers) => loop {
                match pieces.next(word)? {
                    None => return Ok(None),
                    Some(bundle) => {
                        if let Some(number) = numbers.get(bundle).copied().flatten() {
                            return Ok(Some(number));
                        }
                    }
                }
            },
        }
    }

    /// What the bundle tells of the word.
    fn row(&self) -> &[u8] {
        match self {
            Self::Bundle(_, reading) => &reading.held[reading.row.clone()],
            Self::Table(pieces, _) => &pieces.piece[pieces.row.clone()],
        }
    }
}

/// Rows that are read from where they were put.
pub(super) struct Reading {
    from: Box<dyn Read + Send>,
    held: Vec<u8>,
    /// How much of what is held was looked at.
    at: usize,
    row: std::ops::Range<usize>,
    is_over: bool,
}

impl Reading {
    fn next(&mut self, word: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let mut rest = &self.held[self.at..];
            if let (Some(name), Some(row)) = (number::take_bytes(&mut rest), number::take_bytes(&mut rest)) {
                word.clear();
                word.extend_from_slice(name);
                self.at = self.held.len() - rest.len();
                self.row = self.at - row.len()..self.at;
                return Ok(true);
            }
            if self.is_over {
                let is_whole = self.at == self.held.len();
                return if is_whole { Ok(false) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
            self.held.drain(..std::mem::take(&mut self.at));
            let read = self.from.by_ref().take(SOME as u64).read_to_end(&mut self.held)?;
            self.is_over = read == 0;
        }
    }
}

/// The pieces of a table.
pub(super) struct Pieces<'a> {
    all: Box<dyn Iterator<Item = io::Result<Vec<u8>>> + 'a>,
    piece: Vec<u8>,
    /// How much of the piece was looked at, and what of the last word was not.
    at: usize,
    told: std::ops::Range<usize>,
    /// The number of the bundle that told last of that word.
    bundle: usize,
    row: std::ops::Range<usize>,
}

impl Pieces<'_> {
    /// Goes on to what the next bundle tells, of the word that `word` has or of the next, and gives its number there.
    fn next(&mut self, word: &mut Vec<u8>) -> io::Result<Option<usize>> {
        if self.told.is_empty() && self.at == self.piece.len() {
            match self.all.next() {
                None => return Ok(None),
                Some(piece) => (self.piece, self.at) = (piece?, 0),
            }
            word.clear();
        }
        self.step(word).map(Some).ok_or_else(|| io::Error::other("a table cannot be read"))
    }

    fn step(&mut self, word: &mut Vec<u8>) -> Option<usize> {
        if self.told.is_empty() {
            let mut rest = &self.piece[self.at..];
            take_word(&mut rest, word)?;
            let told = number::take_bytes(&mut rest)?;
            self.at = self.piece.len() - rest.len();
            self.told = self.at - told.len()..self.at;
            self.bundle = 0;
        }
        let mut rest = &self.piece[self.told.clone()];
        self.bundle += number::take(&mut rest)?;
        let row = number::take_bytes(&mut rest)?.len();
        self.told.start = self.told.end - rest.len();
        self.row = self.told.start - row..self.told.start;
        Some(self.bundle)
    }
}

/// What all sources tell, word by word.
pub(super) struct Merged<'a> {
    sources: Vec<WordSource<'a>>,
    /// The next word of each source that has one more, the bundle that tells it, the source.
    next: BinaryHeap<Reverse<(Vec<u8>, usize, usize)>>,
    word: Vec<u8>,
    told: Vec<u8>,
}

impl<'a> Merged<'a> {
    pub(super) fn of(sources: Vec<WordSource<'a>>) -> io::Result<Self> {
        let mut merged = Self { sources, next: BinaryHeap::new(), word: Vec::new(), told: Vec::new() };
        (0..merged.sources.len()).try_for_each(|source| merged.draw(Vec::new(), source))?;
        Ok(merged)
    }

    /// Has what comes next in a source wait for its turn; `word` is the one before it.
    fn draw(&mut self, mut word: Vec<u8>, source: usize) -> io::Result<()> {
        if let Some(bundle) = self.sources[source].next(&mut word)? {
            self.next.push(Reverse((word, bundle, source)));
        }
        Ok(())
    }

    /// The next word, with what every bundle that has it tells of it.
    pub(super) fn word(&mut self) -> io::Result<Option<(&[u8], &[u8])>> {
        let Some(Reverse((word, _, _))) = self.next.peek() else { return Ok(None) };
        self.word.clone_from(word);
        self.told.clear();
        let mut before = 0;
        while self.next.peek().is_some_and(|Reverse((word, _, _))| *word == self.word) {
            let Some(Reverse((word, bundle, source))) = self.next.pop() else { break };
            number::write(&mut self.told, bundle - before);
            number::write_bytes(&mut self.told, self.sources[source].row());
            before = bundle;
            self.draw(word, source)?;
        }
        Ok(Some((&self.word, &self.told)))
    }
}
