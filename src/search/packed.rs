//! The words of a bundle, which of its documents have each, and where in them it stands.
//!
//! For the [directory](super::directory) a word is a row of bytes, in numbers as [`number`] writes them:
//!
//! - twice the number of documents that have it, and one more where a bit for each document of the bundle follows;
//!   else the step to each from the one before follows; nothing, where all have it;
//! - twice the length of its list, and one more where the list stands elsewhere: then follow the number of the file
//!   and the first byte there, else the list itself.
//!
//! The list of a unit has, for each of these documents, how often it stands there. That of a pair of units has the steps
//! from place to place, the first of them from the place before the first, and 0 at the end of a document.
//!
//! A list that is longer than a few dozen bytes stands in the bundle's own files, as a piece: most queries need
//! which documents have a word, and few where it stands in them.

use std::io;

use super::File;
use super::directory::Rows;
use super::lexicon::Said;
use super::number;
use super::pack::{Packs, piece};

/// The most bytes of a list that stands beside the documents that it is of.
const BESIDE: usize = 96;

/// An index while documents are added to it.
#[derive(Default)]
pub(super) struct Index {
    /// The words by their numbers.
    words: Vec<Word>,
    documents: usize,
}

/// What is known of a word.
#[derive(Default)]
struct Word {
    /// The documents that have it.
    documents: Vec<u32>,
    /// Its list but for the end of the last document.
    list: Vec<u8>,
    /// One more than the last place in the last document, or 0 where no places are told.
    place: u32,
}

/// What a bundle gives to the directory, and the files that its words stand in.
pub(super) struct Indexed {
    pub(super) rows: Rows,
    /// The names of the files.
    pub(super) packs: Vec<String>,
    pub(super) files: Vec<File>,
}

impl Index {
    /// Adds a document.
    pub(super) fn add(&mut self, said: &Said) {
        let document = u32::try_from(self.documents).expect("a bundle has fewer documents");
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

    /// The rows of the words, which are called `names`, in the order of these; long lists in files of `folder`.
    pub(super) fn close(self, names: Vec<String>, folder: &str) -> io::Result<Indexed> {
        let mut words: Vec<(String, Word)> = names.into_iter().zip(self.words).collect();
        words.sort_unstable_by(|(name, _), (other, _)| name.cmp(other));
        let (mut rows, mut packs) = (Rows::default(), Packs::default());
        for (name, word) in words {
            rows.add(name.as_bytes(), &word.row(self.documents, &mut packs)?);
        }
        let (packs, files) = packs.shelved(folder);
        Ok(Indexed { rows, packs, files })
    }
}

impl Word {
    /// It stands at a place of a document; documents and places come in their order.
    fn stands(&mut self, document: u32, place: u32) {
        if self.place == 0 || self.documents.last() != Some(&document) {
            self.end();
            self.documents.push(document);
        }
        number::write(&mut self.list, (place + 1 - self.place) as usize);
        self.place = place + 1;
    }

    /// It stands in a document so many times.
    fn counts(&mut self, document: u32, count: u32) {
        self.documents.push(document);
        number::write(&mut self.list, count as usize);
    }

    /// Ends the places of a document.
    fn end(&mut self) {
        if self.place > 0 {
            self.list.push(0);
            self.place = 0;
        }
    }

    /// What the directory has of it, in a bundle of so many documents.
    fn row(mut self, all: usize, packs: &mut Packs) -> io::Result<Vec<u8>> {
        self.end();
        let mut row = Vec::new();
        set(&mut row, &self.documents, all);
        if self.list.len() <= BESIDE {
            number::write(&mut row, self.list.len() << 1);
            row.extend(self.list);
        } else {
            let spot = packs.put(&piece(&self.list)?);
            number::write(&mut row, spot.length << 1 | 1);
            number::write(&mut row, spot.pack);
            number::write(&mut row, spot.from);
        }
        Ok(row)
    }
}

/// Writes which of `all` documents are in a set, in the shorter of the two ways.
fn set(row: &mut Vec<u8>, documents: &[u32], all: usize) {
    let mut steps = Vec::new();
    let mut before = 0;
    for document in documents {
        number::write(&mut steps, (document - before) as usize);
        before = *document;
    }
    let length = all.div_ceil(8);
    match documents.len() {
        many if many == all => number::write(row, many << 1),
        many if steps.len() <= length => {
            number::write(row, many << 1);
            row.extend(steps);
        }
        many => {
            number::write(row, many << 1 | 1);
            let mut bits = vec![0_u8; length];
            for document in documents {
                bits[*document as usize / 8] |= 1 << (document % 8);
            }
            row.extend(bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::search::lexicon::Lexicon;
    use crate::search::pack::opened;

    /// An index of some documents.
    fn indexed(documents: &[&[String]]) -> Indexed {
        let (mut lexicon, mut index) = (Lexicon::default(), Index::default());
        documents.iter().for_each(|blocks| index.add(&lexicon.read(blocks)));
        index.close(lexicon.close(), "index").unwrap()
    }

    /// The rows by their words, as numbers.
    fn told(rows: &Rows) -> BTreeMap<String, Vec<usize>> {
        let told = |(name, mut row): (&[u8], &[u8])| {
            let numbers = std::iter::from_fn(|| number::take(&mut row)).collect();
            (String::from_utf8(name.to_vec()).unwrap(), numbers)
        };
        rows.iter().map(told).collect()
    }

    #[test]
    fn a_word_tells_its_documents_and_where_it_stands() {
        let none: &[String] = &[];
        let found = indexed(&[
            &["甲乙甲乙".into(), "甲乙".into()],
            none,
            &["乙".into()],
            &["丙甲乙".into()],
            none,
            none,
            none,
            none,
            none,
        ]);
        let expected = [
            ("丙", vec![2, 3, 2, 1]),
            (" 丙 甲", vec![2, 3, 4, 1, 0]),
            // Bits for nine documents are shorter than three steps.
            ("乙", vec![7, 0b1101, 0, 6, 3, 1, 1]),
            (" 乙 甲", vec![2, 0, 4, 2, 0]),
            ("甲", vec![4, 0, 3, 4, 3, 1]),
            (" 甲 乙", vec![4, 0, 3, 12, 1, 2, 3, 0, 2, 0]),
        ];
        assert!(found.files.is_empty());
        assert_eq!(told(&found.rows), expected.map(|(name, told)| (name.to_owned(), told)).into());
    }

    #[test]
    fn a_long_list_stands_in_a_file_and_the_row_leads_to_it() {
        let text = ["甲乙".repeat(200)];
        let found = indexed(&[&text, &text]);
        let rows = told(&found.rows);
        let [count, length, pack, from] = rows[" 甲 乙"][..] else { panic!("{rows:?}") };
        assert_eq!((count, length & 1, pack), (4, 1, 0), "all have it");
        let (path, bytes) = &found.files[0];
        assert_eq!(*path, format!("index/{}.pack", found.packs[0]));
        let list = opened(&bytes[from..from + (length >> 1)]).unwrap();
        let places: Vec<u8> = [1].into_iter().chain([2; 199]).chain([0]).collect();
        assert_eq!(list, places.repeat(2));
        assert_eq!(rows["甲"], [4, 8, 200, 200]);
    }
}
