//! The words of an index in pieces of some kilobytes, each known by its content, so that a browser
//! reads those that hold the words of a query and can tell that it read them whole.
//!
//! A piece is a row of words in the order of their bytes. Each has its name and what is told of it,
//! both behind their lengths in bytes. All numbers take seven bits a byte, the lowest first, and
//! all but the last byte have the eighth bit set (LEB128).
//!
//! - Of a unit is told, for every document that has it: the step from the document before, and
//!   how often it stands there.
//! - Of a pair of units: the step from the document before, then the steps from place to place,
//!   the first of them from the place before the first, and at their end 0.

use std::io;

use rayon::prelude::*;
use serde::Serialize;

use super::lexicon::Said;
use super::pack::{Piece, gzip, hash};

/// How many bytes a piece should hold before it is packed: a browser reads one whole for each word.
const CHUNK: usize = 48 * 1024;

/// An index while documents are added to it.
#[derive(Default)]
pub(super) struct Index {
    /// The words by their numbers.
    words: Vec<Word>,
    documents: usize,
}

/// What is told of a word.
#[derive(Default)]
struct Word {
    /// What is told of all documents but for the end of the last.
    told: Vec<u8>,
    /// The last document that has it.
    document: usize,
    /// One more than the last place in this document, or 0 where no places are told.
    place: u32,
}

/// A word with its name.
type Named<'a> = (&'a str, &'a Word);

/// What is known of a piece of the index: the first word in it, and the name that it has by its content.
#[derive(Serialize)]
pub(super) struct Chunk(String, String);

impl Index {
    /// Adds a document.
    pub(super) fn add(&mut self, said: &Said) {
        let document = self.documents;
        self.documents += 1;
        let words = said.pairs.iter().chain(&said.units).map(|(word, _)| *word as usize + 1);
        self.words.resize_with(words.max().unwrap_or(0).max(self.words.len()), Word::default);
        for (word, place) in &said.pairs {
            self.words[*word as usize].stands(document, *place);
        }
        for (word, count) in &said.units {
            self.words[*word as usize].counts(document, *count);
        }
    }

    /// The pieces of the index, in the order of their words, which are called `names`.
    pub(super) fn pack(&self, names: &[String]) -> io::Result<Vec<Piece<Chunk>>> {
        let mut words: Vec<Named> = names.iter().map(String::as_str).zip(&self.words).collect();
        words.par_sort_unstable_by_key(|(name, _)| *name);
        parts(&words).into_par_iter().map(chunk).collect()
    }
}

impl Word {
    /// It stands at a place of a document; documents and places come in their order.
    fn stands(&mut self, document: usize, place: u32) {
        if self.place == 0 || self.document != document {
            self.end();
            self.step(document);
        }
        number(&mut self.told, u64::from(place + 1 - self.place));
        self.place = place + 1;
    }

    /// It stands in a document so many times.
    fn counts(&mut self, document: usize, count: u32) {
        self.step(document);
        number(&mut self.told, u64::from(count));
    }

    fn step(&mut self, document: usize) {
        number(&mut self.told, (document - self.document) as u64);
        self.document = document;
    }

    /// Ends the places of a document.
    fn end(&mut self) {
        if self.place > 0 {
            self.told.push(0);
            self.place = 0;
        }
    }

    /// All that is told of it.
    fn told(&self) -> impl Iterator<Item = u8> {
        self.told.iter().copied().chain((self.place > 0).then_some(0))
    }
}

/// The words in parts that make a piece each: a part ends with the word that fills it.
fn parts<'a>(words: &'a [Named<'a>]) -> Vec<&'a [Named<'a>]> {
    let mut size = 0;
    let parts = words.split_inclusive(|(name, word)| {
        size += name.len() + word.told.len();
        let is_full = size >= CHUNK;
        size *= usize::from(!is_full);
        is_full
    });
    parts.collect()
}

fn chunk(words: &[Named]) -> io::Result<Piece<Chunk>> {
    let mut bytes = Vec::with_capacity(CHUNK);
    for (name, word) in words {
        number(&mut bytes, name.len() as u64);
        bytes.extend_from_slice(name.as_bytes());
        number(&mut bytes, word.told().count() as u64);
        bytes.extend(word.told());
    }
    let first = words.first().map(|(name, _)| (*name).to_owned()).unwrap_or_default();
    Ok(Piece { known: Chunk(first, hash(&bytes)), packed: gzip(&bytes)? })
}

fn number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;
    use crate::search::lexicon::Lexicon;

    /// What is told of the words in some pieces.
    fn read(chunks: &[Piece<Chunk>]) -> BTreeMap<String, Vec<u8>> {
        let mut words = BTreeMap::new();
        for chunk in chunks {
            let mut bytes = Vec::new();
            GzDecoder::new(&*chunk.packed).read_to_end(&mut bytes).unwrap();
            assert_eq!(hash(&bytes), chunk.known.1);
            let mut rest = &*bytes;
            let mut first = None;
            while !rest.is_empty() {
                let [name, told] = [take(&mut rest), take(&mut rest)];
                let name = String::from_utf8(name).unwrap();
                first.get_or_insert_with(|| name.clone());
                words.insert(name, told);
            }
            assert_eq!(first.as_ref(), Some(&chunk.known.0));
        }
        words
    }

    fn take(rest: &mut &[u8]) -> Vec<u8> {
        let length = usize::try_from(next(rest)).unwrap();
        let (taken, after) = rest.split_at(length);
        *rest = after;
        taken.to_vec()
    }

    fn next(rest: &mut &[u8]) -> u64 {
        let end = rest.iter().position(|byte| byte & 0x80 == 0).unwrap();
        let (bytes, after) = rest.split_at(end + 1);
        *rest = after;
        bytes.iter().rev().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f))
    }

    fn numbers(mut told: &[u8]) -> Vec<u64> {
        let mut numbers = Vec::new();
        while !told.is_empty() {
            numbers.push(next(&mut told));
        }
        numbers
    }

    fn packed(documents: &[&[String]]) -> Vec<Piece<Chunk>> {
        let (mut lexicon, mut index) = (Lexicon::default(), Index::default());
        documents.iter().for_each(|blocks| index.add(&lexicon.read(blocks)));
        index.pack(&lexicon.close().0).unwrap()
    }

    #[test]
    fn a_word_tells_where_it_stands() {
        let none: &[String] = &[];
        let words =
            read(&packed(&[&["甲乙甲乙".into(), "甲乙".into()], none, &["乙".into()], &["丙甲乙".into()]]));
        let told: BTreeMap<_, _> = words.iter().map(|(name, told)| (name.as_str(), numbers(told))).collect();
        let expected = [
            ("丙", vec![3, 1]),
            ("丙 甲", vec![3, 1, 0]),
            ("乙", vec![0, 3, 2, 1, 1, 1]),
            ("乙 甲", vec![0, 2, 0]),
            ("甲", vec![0, 3, 3, 1]),
            ("甲 乙", vec![0, 1, 2, 3, 0, 3, 2, 0]),
        ];
        assert_eq!(told, expected.into());
    }

    #[test]
    fn many_words_stand_in_many_pieces_and_none_twice() {
        let text: String = (0..9000_u32).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
        let chunks = packed(&[&[text]]);
        assert!(chunks.len() > 2, "{}", chunks.len());
        assert!(chunks.windows(2).all(|two| two[0].known.0 < two[1].known.0));
        assert_eq!(read(&chunks).len(), 9000 + 8999);
    }

    #[test]
    fn numbers_take_as_few_bytes_as_hold_them() {
        for (value, expected) in
            [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (1 << 32, "8080808010")]
        {
            let mut bytes = Vec::new();
            number(&mut bytes, value);
            assert_eq!(crate::source::hex(&bytes), expected, "{value}");
            assert_eq!(numbers(&bytes), [value]);
        }
    }
}
