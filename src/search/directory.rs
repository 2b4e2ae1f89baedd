//! The directory: one table for all bundles that tells which documents have a word, so that a query reads a few
//! pieces however many bundles there are, and opens those bundles alone that can hold an answer.
//!
//! A piece has a row of words in the order of their bytes: how many bytes a word shares with the one before it, the
//! others, and then what each bundle tells of it ([`packed`](super::packed)), behind the step from the bundle before.
//! Bundles are counted from the oldest, so that a new year moves none. Where a piece ends depends on the
//! words alone, as far as that can be, so that a change in one document leaves most pieces as they are.
//!
//! Tables lead to the pieces: the first word of each, and its length. The contents lead to the tables.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::io;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::pack::{FULL, Packs, opened, piece};
use super::{File, number};

/// A piece is closed at the next word that is fit for it once it has so many bytes, before it is packed.
const LEAST: usize = 8 * 1024;
/// And at any word once it has so many.
const MOST: usize = 32 * 1024;
/// One word of so many is fit to close a piece.
const FIT: u32 = 16;
/// How many pieces a table leads to.
const TABLE: usize = 512;
/// How many pieces are packed together, which bounds what is in memory.
const BATCH: usize = 256;

/// What a bundle tells of its words, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(Vec<u8>);

impl Rows {
    /// Adds a word, which comes behind all others.
    pub(super) fn add(&mut self, word: &[u8], row: &[u8]) {
        number::write_bytes(&mut self.0, word);
        number::write_bytes(&mut self.0, row);
    }

    /// The words, each with what is told of it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || Some((number::take_bytes(&mut rest)?, number::take_bytes(&mut rest)?)))
    }

    /// As bytes, to be put away.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// What was put away.
    #[must_use]
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// What the contents say of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Leading {
    /// The files of pieces.
    packs: Vec<String>,
    /// The files of tables.
    tables: Vec<String>,
    /// The first word of each table, and its length in bytes.
    pages: Vec<(String, usize)>,
}

/// The directory of what all bundles tell, the oldest first, with its files in `folder`.
pub(super) fn directory(bundles: &[&Rows], folder: &str) -> io::Result<(Leading, Vec<File>)> {
    let (mut packs, mut tables) = (Packs::default(), Packs::default());
    let mut table = Vec::new();
    let mut pages = Vec::new();
    let mut chunks = Chunks::of(bundles);
    loop {
        let some: Vec<Chunk> = chunks.by_ref().take(BATCH).collect();
        if some.is_empty() {
            break;
        }
        let packed: io::Result<Vec<_>> =
            some.into_par_iter().map(|Chunk { first, bytes }| Ok((first, piece(&bytes)?))).collect();
        for (first, piece) in packed? {
            let spot = packs.put(&piece);
            table.push((first, spot));
        }
    }
    for page in table.chunks(TABLE) {
        let spot = tables.put(&piece(&entries(page))?);
        pages.push((String::from_utf8_lossy(&page[0].0).into_owned(), spot.length));
    }
    let (packs, mut files) = packs.shelved(folder);
    let (tables, more) = tables.shelved(folder);
    files.extend(more);
    Ok((Leading { packs, tables, pages }, files))
}

/// What a table has: where the first piece stands, and of each its first word and its length.
fn entries(page: &[(Vec<u8>, super::pack::Spot)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut before: &[u8] = &[];
    if let Some((_, first)) = page.first() {
        number::write(&mut bytes, first.pack);
        number::write(&mut bytes, first.from);
    }
    for (word, spot) in page {
        name(&mut bytes, before, word);
        number::write(&mut bytes, spot.length);
        before = word;
    }
    bytes
}

/// Writes a word by what it shares with the one before it, and what it does not.
fn name(bytes: &mut Vec<u8>, before: &[u8], word: &[u8]) {
    let shared = before.iter().zip(word).take_while(|(one, other)| one == other).count();
    number::write(bytes, shared);
    number::write_bytes(bytes, &word[shared..]);
}

/// Takes a word that was written behind `word`, in its place.
fn take_name(rest: &mut &[u8], word: &mut Vec<u8>) -> Option<()> {
    word.truncate(number::take(rest)?);
    word.extend_from_slice(number::take_bytes(rest)?);
    Some(())
}

/// Words with what the bundles tell of them.
struct Chunk {
    first: Vec<u8>,
    bytes: Vec<u8>,
}

/// A word, the number of a bundle, and what that tells of it.
type Told<'a> = (&'a [u8], usize, &'a [u8]);

/// The words of a bundle that were not looked at yet.
type Rest<'a> = Box<dyn Iterator<Item = (&'a [u8], &'a [u8])> + 'a>;

/// The words of some bundles, in pieces.
struct Chunks<'a> {
    /// The next word of each bundle that has one more.
    next: BinaryHeap<Reverse<Told<'a>>>,
    rest: Vec<Rest<'a>>,
}

impl<'a> Chunks<'a> {
    fn of(bundles: &[&'a Rows]) -> Self {
        let rest = bundles.iter().map(|rows| Box::new(rows.iter()) as Rest<'a>).collect();
        let mut chunks = Self { next: BinaryHeap::new(), rest };
        (0..bundles.len()).for_each(|bundle| chunks.draw(bundle));
        chunks
    }

    /// Has the next word of a bundle wait for its turn.
    fn draw(&mut self, bundle: usize) {
        let word = self.rest[bundle].next();
        self.next.extend(word.map(|(word, row)| Reverse((word, bundle, row))));
    }

    /// The next word, with what every bundle that has it tells of it.
    fn word(&mut self) -> Option<(&'a [u8], Vec<u8>)> {
        let Reverse((word, _, _)) = *self.next.peek()?;
        let mut told = Vec::new();
        let mut before = 0;
        while let Some(Reverse((_, bundle, row))) =
            self.next.peek().copied().filter(|Reverse(next)| next.0 == word)
        {
            self.next.pop();
            number::write(&mut told, bundle - before);
            number::write_bytes(&mut told, row);
            before = bundle;
            self.draw(bundle);
        }
        Some((word, told))
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let mut chunk: Option<Chunk> = None;
        let mut before: &[u8] = &[];
        while let Some((word, told)) = self.word() {
            let Chunk { bytes, .. } =
                chunk.get_or_insert_with(|| Chunk { first: word.to_vec(), bytes: Vec::new() });
            name(bytes, before, word);
            number::write_bytes(bytes, &told);
            before = word;
            if bytes.len() >= MOST || bytes.len() >= LEAST && is_fit(word) {
                break;
            }
        }
        chunk
    }
}

/// Whether a word is fit to close a piece, which never changes for it (FNV-1a).
fn is_fit(word: &[u8]) -> bool {
    let mixed =
        word.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (mixed >> 8).is_multiple_of(FIT)
}

/// What bundles told, read back from a directory that was written: those with the numbers that `wanted` has, under the
/// names that it has for them. `read` gives a file of the directory. Nothing if a part of it is not as it was.
pub(super) fn recovered(
    leading: &Leading,
    wanted: &BTreeMap<usize, String>,
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Option<BTreeMap<String, Rows>> {
    let mut found: BTreeMap<String, Rows> =
        wanted.values().map(|name| (name.clone(), Rows::default())).collect();
    let tables: Vec<Vec<u8>> = leading.tables.iter().map(|name| read(name)).collect::<Option<_>>()?;
    let mut at = (0, 0);
    let mut open = (usize::MAX, Vec::new());
    for (_, length) in &leading.pages {
        let page = opened(tables.get(at.0)?.get(at.1..at.1 + length)?)?;
        at = behind(at, *length);
        let mut rest = &*page;
        let (mut pack, mut from) = (number::take(&mut rest)?, number::take(&mut rest)?);
        let mut word = Vec::new();
        while !rest.is_empty() {
            take_name(&mut rest, &mut word)?;
            let length = number::take(&mut rest)?;
            if open.0 != pack {
                open = (pack, read(leading.packs.get(pack)?)?);
            }
            give(&opened(open.1.get(from..from + length)?)?, wanted, &mut found)?;
            (pack, from) = behind((pack, from), length);
        }
    }
    Some(found)
}

/// Where the piece behind one stands.
fn behind((pack, from): (usize, usize), length: usize) -> (usize, usize) {
    if from + length >= FULL { (pack + 1, 0) } else { (pack, from + length) }
}

/// Gives the words of a piece back to the bundles.
fn give(chunk: &[u8], wanted: &BTreeMap<usize, String>, found: &mut BTreeMap<String, Rows>) -> Option<()> {
    let mut rest = chunk;
    let mut word = Vec::new();
    while !rest.is_empty() {
        take_name(&mut rest, &mut word)?;
        let mut told = number::take_bytes(&mut rest)?;
        let mut bundle = 0;
        while !told.is_empty() {
            bundle += number::take(&mut told)?;
            let row = number::take_bytes(&mut told)?;
            if let Some(rows) = wanted.get(&bundle).and_then(|name| found.get_mut(name)) {
                rows.add(&word, row);
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that are told by a bundle, some by several.
    fn rows(bundle: usize) -> Rows {
        let mut words: Vec<String> = (0..9000_u32)
            .filter(|n| n % 3 == 0 || *n as usize % 7 == bundle)
            .filter_map(|n| Some(format!(" {}", char::from_u32(0x4e00 + n)?)))
            .collect();
        words.sort();
        let mut rows = Rows::default();
        words.iter().for_each(|word| rows.add(word.as_bytes(), format!("{bundle}{word}").as_bytes()));
        rows
    }

    fn files(files: Vec<File>) -> BTreeMap<String, Vec<u8>> {
        files.into_iter().map(|(path, bytes)| (path.rsplit('/').next().unwrap().to_owned(), bytes)).collect()
    }

    #[test]
    fn what_bundles_tell_is_read_back_from_the_directory() {
        let bundles = [rows(0), rows(1), Rows::default(), rows(3)];
        let (leading, made) = directory(&bundles.each_ref(), "d").unwrap();
        assert!(leading.pages.len() == 1 && made.len() >= 2);
        let made = files(made);
        let read = |name: &str| made.get(&format!("{name}.pack")).cloned();
        let wanted = BTreeMap::from([(0, "old".to_owned()), (2, "none".to_owned()), (3, "new".to_owned())]);
        let found = recovered(&leading, &wanted, read).unwrap();
        assert!(found["old"] == bundles[0] && found["none"] == bundles[2] && found["new"] == bundles[3]);
        let broken = |name: &str| {
            let mut bytes = read(name)?;
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Some(bytes)
        };
        assert_eq!(recovered(&leading, &wanted, broken), None);
        assert_eq!(recovered(&leading, &wanted, |_| None), None);
    }

    #[test]
    fn a_word_more_leaves_most_pieces_as_they_are() {
        let all = |rows: &Rows| -> Vec<Vec<u8>> { Chunks::of(&[rows]).map(|chunk| chunk.bytes).collect() };
        let before = rows(1);
        let mut after = Rows::default();
        for (n, (word, row)) in before.iter().enumerate() {
            after.add(word, row);
            if n == 700 {
                after.add(&[word, b"x"].concat(), row);
            }
        }
        let (before, after) = (all(&before), all(&after));
        let changed = after.iter().filter(|chunk| !before.contains(chunk)).count();
        assert!(before.len() > 4 && changed <= 2, "{changed} of {}", before.len());
    }
}
