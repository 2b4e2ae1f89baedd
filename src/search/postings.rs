//! The words of a bundle, which of its documents have each, how often, and where in them it stands.
//!
//! For the [tables](super::directory) a word is a row of bytes, in numbers as [`number`] writes them. It begins with a set of
//! documents: twice their number, and one more where a bit for each document of the bundle follows; else the step to each
//! from the one before follows; nothing, where the set has all. Then comes what is told of each of them:
//!
//! - of which documents have the word, nothing;
//! - of how often it stands there, only of documents where it stands more than once, how many times more than twice;
//! - of where it stands, for words of two to four units, the places. A place is the step from the sentence of the one before
//!   it, twice, and one more where another follows; and the number of the unit in its sentence.
//!
//! Each unit that another follows has one place in an index: that of the four units that begin there, or of so many
//! as its block has. What stands anywhere of two or three is the words that begin so, which stand together.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::directory::{TABLES, Telling};
use super::lexicon::{Run, Said, TextPlace};
use super::number;
use super::table::Rows;

/// How many words are put together at a time.
const SOME: usize = 2048;

/// An index while documents are added to it.
#[derive(Default)]
pub(super) struct Index {
    /// The words by their numbers.
    words: Vec<Word>,
    documents: u32,
}

/// What is known of a word: of a unit the documents that have it, each by its step from the one before, with how often;
/// of a pair the runs that begin with it, each behind the step to its document.
#[derive(Default)]
struct Word {
    bytes: Vec<u8>,
    /// The last document that has it.
    document: u32,
}

impl Word {
    fn put(&mut self, document: u32, numbers: &[u32]) {
        number::write(&mut self.bytes, (document - self.document) as usize);
        self.document = document;
        numbers.iter().for_each(|number| number::write(&mut self.bytes, *number as usize));
    }

    /// What was put into it, so many numbers behind each document.
    fn each<const N: usize>(&self) -> impl Iterator<Item = (u32, [u32; N])> {
        let mut rest = &*self.bytes;
        let mut document = 0;
        let mut next =
            move || number::take(&mut rest).map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        std::iter::from_fn(move || {
            document += next()?;
            let mut numbers = [0; N];
            for number in &mut numbers {
                *number = next()?;
            }
            Some((document, numbers))
        })
    }
}

impl Index {
    /// Adds a document.
    pub(super) fn add(&mut self, said: &Said) {
        let document = self.documents;
        self.documents += 1;
        let words = said.runs.iter().map(|run| run.pair).chain(said.units.iter().map(|(word, _)| *word));
        let most = words.max().map_or(0, |word| word as usize + 1);
        self.words.resize_with(most.max(self.words.len()), Word::default);
        for Run { pair, next, place } in &said.runs {
            let next = next.map_or(0, |next| next + 1);
            self.words[*pair as usize].put(document, &[next, place.sentence, place.unit]);
        }
        for (word, count) in &said.units {
            self.words[*word as usize].put(document, &[*count]);
        }
    }

    /// What its words tell, which are called `names`, in the order of these.
    pub(super) fn close(mut self, names: &[String]) -> Telling {
        self.words.resize_with(names.len(), Word::default);
        let mut order: Vec<u32> = (0..).take(names.len()).collect();
        order.par_sort_unstable_by(|one, other| names[*one as usize].cmp(&names[*other as usize]));
        let mut ranks = vec![0; names.len()];
        order.iter().zip(1..).for_each(|(word, rank)| ranks[*word as usize] = rank);
        let index = Ordered { index: &self, names, order: &order, ranks: &ranks };
        Telling::joined(order.par_chunks(SOME).map(|some| index.telling(some)).collect())
    }
}

/// An index with its words in their order.
struct Ordered<'a> {
    index: &'a Index,
    names: &'a [String],
    /// The words in the order of their names.
    order: &'a [u32],
    /// The place of each word in that order, counted from one.
    ranks: &'a [u32],
}

impl Ordered<'_> {
    fn telling(&self, words: &[u32]) -> Telling {
        let mut telling = Telling::default();
        for word in words {
            let (name, own) = (&*self.names[*word as usize], &self.index.words[*word as usize]);
            match name.starts_with(' ') {
                true => self.pair(name, own, &mut telling),
                false => {
                    let documents: Vec<(u32, u32)> =
                        own.each::<1>().map(|(document, [count])| (document, count)).collect();
                    self.said(name, &documents, &mut telling);
                }
            }
        }
        telling
    }

    /// Tells which documents have a word, and how often.
    fn said(&self, name: &str, documents: &[(u32, u32)], telling: &mut Telling) {
        let (mut all, mut often) = (Row::default(), Row::default());
        for (document, count) in documents {
            all.documents.push(*document);
            if let Some(more) = more(*count) {
                often.documents.push(*document);
                number::write(&mut often.rest, more);
            }
        }
        self.tell(name, &all, &mut telling.documents);
        self.tell(name, &often, &mut telling.counts);
    }

    fn tell(&self, name: &str, row: &Row, rows: &mut Rows) {
        if !row.documents.is_empty() {
            rows.add(name.as_bytes(), &row.written(self.index.documents));
        }
    }

    /// Tells of a pair, and of the runs that begin with it.
    fn pair(&self, name: &str, own: &Word, telling: &mut Telling) {
        let rank = |next: u32| next.checked_sub(1).map_or(0, |next| self.ranks[next as usize]);
        let mut runs: Vec<(u32, u32, TextPlace)> = own
            .each()
            .map(|(document, [next, sentence, unit])| (rank(next), document, TextPlace { sentence, unit }))
            .collect();
        let documents = runs.chunk_by(|(_, one, _), (_, other, _)| one == other);
        let documents: Vec<(u32, u32)> =
            documents.map(|own| (own[0].1, u32::try_from(own.len()).unwrap_or(u32::MAX))).collect();
        self.said(name, &documents, telling);
        // Those of one word stay in the order of documents and places.
        runs.sort_by_key(|(rank, _, _)| *rank);
        for same in runs.chunk_by(|(one, _, _), (other, _, _)| one == other) {
            let next = same[0].0.checked_sub(1).map_or("", |rank| {
                let word = self.order[rank as usize];
                &self.names[word as usize]
            });
            let mut row = Row::default();
            for own in same.chunk_by(|(_, one, _), (_, other, _)| one == other) {
                row.documents.push(own[0].1);
                let stands: Vec<TextPlace> = own.iter().map(|(_, _, place)| *place).collect();
                places(&mut row.rest, &stands);
            }
            self.tell(&format!("{name}{next}"), &row, &mut telling.places);
        }
    }
}

/// A row before it is written.
#[derive(Default)]
struct Row {
    /// The documents that it is of.
    documents: Vec<u32>,
    /// What it has of each of them, one behind the other.
    rest: Vec<u8>,
}

impl Row {
    /// The row in a bundle of so many documents.
    fn written(&self, all: u32) -> Vec<u8> {
        let mut row = Vec::new();
        set(&mut row, &self.documents, all);
        row.extend_from_slice(&self.rest);
        row
    }
}

/// The row of a word of which nothing is told but which of `all` documents have it.
pub(super) fn row(documents: &[u32], all: u32) -> Vec<u8> {
    let mut row = Vec::new();
    set(&mut row, documents, all);
    row
}

/// Writes which of `all` documents are in a set, in the shorter of the two ways.
fn set(row: &mut Vec<u8>, documents: &[u32], all: u32) {
    let mut steps = Vec::new();
    let mut before = 0;
    for document in documents {
        number::write(&mut steps, (document - before) as usize);
        before = *document;
    }
    let length = (all as usize).div_ceil(8);
    match documents.len() {
        many if many == all as usize => number::write(row, many << 1),
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

/// What a row has of a document in which a word stands so often; nothing where it stands there once.
fn more(count: u32) -> Option<usize> {
    count.checked_sub(2).map(|more| more as usize)
}

/// Writes the places of a word in a document.
fn places(rest: &mut Vec<u8>, stands: &[TextPlace]) {
    let mut sentence = 0;
    for (at, place) in stands.iter().enumerate() {
        let is_more = usize::from(at + 1 < stands.len());
        number::write(rest, ((place.sentence - sentence) as usize) << 1 | is_more);
        number::write(rest, place.unit as usize);
        sentence = place.sentence;
    }
}

/// What one document has of each word, table by table, as rows have it behind their sets.
pub(super) type Own = [BTreeMap<Vec<u8>, Vec<u8>>; TABLES];

/// What a document that says this has of each word; `names` are those of the words.
pub(super) fn own(said: &Said, names: &[String]) -> Own {
    let [mut documents, mut counts, mut places, filters] = Own::default();
    let mut often: BTreeMap<&str, u32> = BTreeMap::new();
    let mut stands: BTreeMap<String, Vec<TextPlace>> = BTreeMap::new();
    for Run { pair, next, place } in &said.runs {
        let pair = &*names[*pair as usize];
        *often.entry(pair).or_default() += 1;
        let next = next.map_or("", |next| &names[next as usize]);
        stands.entry(format!("{pair}{next}")).or_default().push(*place);
    }
    often.extend(said.units.iter().map(|(unit, count)| (&*names[*unit as usize], *count)));
    for (word, count) in often {
        documents.insert(word.as_bytes().to_vec(), Vec::new());
        if let Some(more) = more(count) {
            let mut rest = Vec::new();
            number::write(&mut rest, more);
            counts.insert(word.as_bytes().to_vec(), rest);
        }
    }
    for (word, stands) in stands {
        let mut rest = Vec::new();
        self::places(&mut rest, &stands);
        places.insert(word.into_bytes(), rest);
    }
    [documents, counts, places, filters]
}

/// The same with the values by which the document is narrowed.
pub(super) fn narrowed([documents, counts, places, _]: Own, values: Vec<String>) -> Own {
    let filters = values.into_iter().map(|value| (value.into_bytes(), Vec::new())).collect();
    [documents, counts, places, filters]
}

/// How much a row has of a document behind its set, by the table that it is in.
pub(super) type Length = fn(&[u8]) -> Option<usize>;

/// The lengths of what the rows of each table have.
pub(super) const LENGTHS: [Length; TABLES] = [nothing, one, all_places, nothing];

fn nothing(_: &[u8]) -> Option<usize> {
    Some(0)
}

fn one(rest: &[u8]) -> Option<usize> {
    let mut behind = rest;
    number::take(&mut behind)?;
    Some(rest.len() - behind.len())
}

fn all_places(rest: &[u8]) -> Option<usize> {
    let mut behind = rest;
    loop {
        let step = number::take(&mut behind)?;
        number::take(&mut behind)?;
        if step & 1 == 0 {
            return Some(rest.len() - behind.len());
        }
    }
}

/// What a row has to have of some documents, in their order; nothing of those that it is no longer of.
pub(super) type Change = Vec<(u32, Option<Vec<u8>>)>;

/// A row of a bundle of `all` documents after a change. There is none if no document is left; and an error says that
/// the row was none.
pub(super) fn changed(
    row: Option<&[u8]>,
    change: &Change,
    (all, length): (u32, Length),
) -> Result<Option<Vec<u8>>, NoRow> {
    let mut left = match row {
        Some(row) => parted(row, all, length).ok_or(NoRow)?,
        None => BTreeMap::new(),
    };
    for (document, own) in change {
        match own {
            Some(own) => left.insert(*document, own),
            None => left.remove(document),
        };
    }
    let mut row = Row::default();
    for (document, own) in left {
        row.documents.push(document);
        row.rest.extend_from_slice(own);
    }
    Ok((!row.documents.is_empty()).then(|| row.written(all)))
}

/// Bytes that are no row.
#[derive(Debug)]
pub(super) struct NoRow;

/// What a row has of each of its documents.
fn parted(row: &[u8], all: u32, length: Length) -> Option<BTreeMap<u32, &[u8]>> {
    let mut rest = row;
    let documents = take_set(&mut rest, all)?;
    let mut found = BTreeMap::new();
    for document in documents {
        let (own, behind) = rest.split_at_checked(length(rest)?)?;
        found.insert(document, own);
        rest = behind;
    }
    rest.is_empty().then_some(found)
}

/// Takes a set, as [`set`] writes it.
fn take_set(rest: &mut &[u8], all: u32) -> Option<Vec<u32>> {
    let head = number::take(rest)?;
    let many = head >> 1;
    if head & 1 == 1 {
        let (bits, behind) = rest.split_at_checked((all as usize).div_ceil(8))?;
        *rest = behind;
        let is_set = |document: &u32| bits[*document as usize / 8] & 1 << (document % 8) != 0;
        return Some((0..all).filter(is_set).collect());
    }
    if many == all as usize {
        return Some((0..all).collect());
    }
    let mut document = 0;
    let mut found = Vec::new();
    for _ in 0..many {
        document += u32::try_from(number::take(rest)?).ok()?;
        found.push(document);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::search::lexicon::Lexicon;

    /// What an index of some documents tells.
    fn told(documents: &[&[String]]) -> Telling {
        let (mut lexicon, mut index) = (Lexicon::default(), Index::default());
        documents.iter().for_each(|blocks| index.add(&lexicon.read(blocks)));
        index.close(&lexicon.close())
    }

    /// The rows by their words, as numbers.
    fn numbers(rows: &Rows) -> BTreeMap<String, Vec<usize>> {
        let told = |(name, mut row): (&[u8], &[u8])| {
            let numbers = std::iter::from_fn(|| number::take(&mut row)).collect();
            (String::from_utf8(name.to_vec()).unwrap(), numbers)
        };
        rows.iter().map(told).collect()
    }

    fn expected<const N: usize>(rows: [(&str, Vec<usize>); N]) -> BTreeMap<String, Vec<usize>> {
        rows.map(|(name, row)| (name.to_owned(), row)).into()
    }

    #[test]
    fn a_word_tells_its_documents_how_often_and_where_it_stands() {
        let none: &[String] = &[];
        let found = told(&[
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
        let documents = expected([
            ("丙", vec![2, 3]),
            (" 丙 甲", vec![2, 3]),
            // Bits for nine documents are shorter than three steps.
            ("乙", vec![7, 0b1101, 0]),
            (" 乙 甲", vec![2, 0]),
            ("甲", vec![4, 0, 3]),
            (" 甲 乙", vec![4, 0, 3]),
        ]);
        assert_eq!(numbers(&found.documents), documents);
        let counts = expected([("乙", vec![2, 0, 1]), ("甲", vec![2, 0, 1]), (" 甲 乙", vec![2, 0, 1])]);
        assert_eq!(numbers(&found.counts), counts);
        let places = expected([
            (" 丙 甲 乙", vec![2, 3, 0, 0]),
            (" 乙 甲 乙", vec![2, 0, 0, 1]),
            // At the end of the first block and in the second, a sentence later for each block.
            (" 甲 乙", vec![4, 0, 3, 1, 2, 16, 0, 0, 1]),
            (" 甲 乙 甲 乙", vec![2, 0, 0, 0]),
        ]);
        assert_eq!(numbers(&found.places), places);
    }

    #[test]
    fn rows_come_in_the_order_of_their_words() {
        let text = ["甲乙a甲乙ab甲乙。甲乙abc。乙ab a甲".into()];
        let found = told(&[&text]);
        for rows in [&found.documents, &found.counts, &found.places] {
            let words: Vec<&[u8]> = rows.iter().map(|(word, _)| word).collect();
            assert!(words.is_sorted_by(|one, next| one < next), "{words:?}");
        }
    }

    fn said(blocks: &[&str]) -> (Said, Vec<String>) {
        let mut lexicon = Lexicon::default();
        let said = lexicon.read(&blocks.iter().map(|block| (*block).to_owned()).collect::<Vec<_>>());
        (said, lexicon.close())
    }

    #[test]
    fn a_row_that_is_changed_is_that_of_the_changed_documents() {
        let texts = ["甲乙甲乙。丙", "", "乙乙。乙", "丙甲乙", "乙。", "甲"];
        let edited = ["甲乙。丙", "乙乙", "乙乙。乙", "", "甲乙甲乙甲乙甲", "甲"];
        let told = |texts: &[&str]| {
            let texts: Vec<[String; 1]> = texts.iter().map(|text| [(*text).to_owned()]).collect();
            self::told(&texts.iter().map(|text| &text[..]).collect::<Vec<_>>())
        };
        let rows = |telling: Telling| {
            [telling.documents, telling.counts, telling.places].map(|rows| {
                rows.iter().map(|(word, row)| (word.to_vec(), row.to_vec())).collect::<BTreeMap<_, _>>()
            })
        };
        let (mut before, after) = (rows(told(&texts)), rows(told(&edited)));
        for (document, (text, edited)) in (0..).zip(texts.iter().zip(&edited)) {
            let [old, new] = [text, edited].map(|text| {
                let (said, names) = said(&[text]);
                own(&said, &names)
            });
            for (table, ((old, new), length)) in old.iter().zip(&new).zip(LENGTHS).enumerate() {
                for word in old.keys().chain(new.keys()) {
                    let change = vec![(document, new.get(word).cloned())];
                    let row = before[table].remove(word);
                    let row = changed(row.as_deref(), &change, (6, length)).unwrap();
                    before[table].extend(row.map(|row| (word.clone(), row)));
                }
            }
        }
        assert!(before == after);
        assert!(changed(Some(&[4, 1]), &Vec::new(), (6, LENGTHS[0])).is_err());
    }
}
