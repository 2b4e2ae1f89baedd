//! An index as Pagefind's engine reads it. It is written here and not by Pagefind's own indexer,
//! which reads pages of HTML, cuts words and keeps what it would show of a page: for words that
//! are cut already, and texts that we show ourselves, that is ten times the work. A test below
//! holds every byte against what that indexer makes of the same words.
//!
//! The form is CBOR, packed: for every word its pages, for every page the places of the word.
//! Numbers of pages and places are told as steps from the one before.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::site::hex;

/// What every file begins with once it is unpacked.
const SIGNATURE: &[u8] = b"pagefind_dcd";

/// How many places a file of the index should hold: a browser reads one whole for each word.
const CHUNK: usize = 20_000;

/// Announces, among the places of a word, the weight of a plain word.
const WEIGHT: i64 = -25;

/// An index while documents are added to it.
#[derive(Default)]
pub(super) struct Index {
    /// The words by their numbers.
    words: Vec<Word>,
    /// Id and length of each page.
    pages: Vec<(String, usize)>,
}

/// Where a word stands.
#[derive(Default)]
struct Word {
    /// The last page that has it.
    last: usize,
    pages: usize,
    /// How much of a chunk it takes.
    size: usize,
    /// Its pages as they are written.
    packed: Vec<u8>,
    /// How often it stands on the page that is being added.
    count: u32,
    /// How many of these places are written, and the last of them.
    written: u32,
    place: u32,
}

/// A word with its name.
type Named<'a> = (&'a str, &'a Word);

/// A finished index.
pub(super) struct Packed {
    /// What its files are found by.
    pub(super) hash: String,
    /// Its files by their names.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Words that stand in one file of the index.
struct Chunk {
    first: String,
    last: String,
    bytes: Vec<u8>,
}

impl Index {
    /// Adds a document by the numbers of its words in their order.
    pub(super) fn add(&mut self, id: String, words: &[u32]) {
        let page = self.pages.len();
        self.pages.push((id, words.len()));
        let most = words.iter().max().map_or(0, |word| *word as usize + 1);
        self.words.resize_with(self.words.len().max(most), Word::default);
        // How many places of a word there are is written before the first of them.
        for word in words {
            self.words[*word as usize].count += 1;
        }
        for (place, word) in (0..).zip(words) {
            self.words[*word as usize].add(page, place);
        }
    }

    /// The files of the index, as the engine of this version reads them. The words are called
    /// `names`, by their numbers.
    pub(super) fn pack(&self, names: &[String], version: &str) -> io::Result<Packed> {
        let mut words: Vec<Named> = names.iter().map(String::as_str).zip(&self.words).collect();
        words.par_sort_unstable_by_key(|(name, _)| *name);
        let parts = parts(&words);
        let mut chunks: Vec<Chunk> = parts.par_iter().map(|words| chunk(words)).collect();
        shorten(&mut chunks);
        let packed: io::Result<Vec<_>> =
            chunks.par_iter().map(|chunk| Ok((hash(&chunk.bytes), gzip(&chunk.bytes)?))).collect();
        let mut files = packed?;
        let meta = self.meta(version, chunks.iter().zip(files.iter().map(|(hash, _)| &**hash)));
        for (name, _) in &mut files {
            *name = format!("index/{name}.pf_index");
        }
        let hash = hash(&meta);
        files.push((format!("pagefind.{hash}.pf_meta"), gzip(&meta)?));
        Ok(Packed { hash, files })
    }

    /// What the engine reads first: the pages, and which file has which words.
    fn meta<'a>(
        &self,
        version: &str,
        chunks: impl ExactSizeIterator<Item = (&'a Chunk, &'a str)>,
    ) -> Vec<u8> {
        let mut bytes = Vec::new();
        array(&mut bytes, 6);
        text(&mut bytes, version);
        array(&mut bytes, self.pages.len());
        for (id, words) in &self.pages {
            array(&mut bytes, 3);
            text(&mut bytes, id);
            number(&mut bytes, *words);
            text(&mut bytes, "");
        }
        array(&mut bytes, chunks.len());
        for (chunk, hash) in chunks {
            array(&mut bytes, 3);
            [&*chunk.first, &*chunk.last, hash].into_iter().for_each(|name| text(&mut bytes, name));
        }
        // Filters, orders and fields, none of which we ask of it.
        (0..3).for_each(|_| array(&mut bytes, 0));
        bytes
    }
}

impl Word {
    /// Adds a place on a page; the places of a page come in their order.
    fn add(&mut self, page: usize, place: u32) {
        if self.written == 0 {
            self.open(page);
        }
        integer(&mut self.packed, i64::from(place - self.place));
        self.place = place;
        self.written += 1;
        if self.written == self.count {
            self.close();
        }
    }

    fn open(&mut self, page: usize) {
        let bytes = &mut self.packed;
        array(bytes, 3);
        number(bytes, page - self.last);
        array(bytes, self.count as usize + 1);
        integer(bytes, WEIGHT);
        self.last = page;
    }

    fn close(&mut self) {
        array(&mut self.packed, 0);
        self.pages += 1;
        self.size += self.count as usize + 2;
        (self.count, self.written, self.place) = (0, 0, 0);
    }
}

/// The words in parts that make a file each: a part ends with the word that fills it.
fn parts<'a>(words: &'a [Named<'a>]) -> Vec<&'a [Named<'a>]> {
    let mut size = 0;
    let parts = words.split_inclusive(|(_, word)| {
        size += word.size;
        let is_full = size >= CHUNK;
        size *= usize::from(!is_full);
        is_full
    });
    parts.collect()
}

/// A file of the index before it is packed.
fn chunk(words: &[Named]) -> Chunk {
    let mut bytes =
        Vec::with_capacity(words.iter().map(|(name, word)| word.packed.len() + name.len() + 6).sum());
    array(&mut bytes, 1);
    array(&mut bytes, words.len());
    for (name, word) in words {
        array(&mut bytes, 3);
        text(&mut bytes, name);
        array(&mut bytes, word.pages);
        bytes.extend_from_slice(&word.packed);
        array(&mut bytes, 0);
    }
    let name = |word: Option<&Named>| word.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
    Chunk { first: name(words.first()), last: name(words.last()), bytes }
}

/// Cuts the names of chunks down to what tells each from the next.
fn shorten(chunks: &mut [Chunk]) {
    for at in 1..chunks.len() {
        let (last, first) = (&chunks[at - 1].last, &chunks[at].first);
        let same = last.chars().zip(first.chars()).take_while(|(one, other)| one == other).count();
        let cut = |name: &str| name.chars().take(same + 1).collect::<String>();
        let (last, first) = (cut(last), cut(first));
        if last >= chunks[at - 1].first {
            chunks[at - 1].last = last;
        }
        chunks[at].first = first;
    }
}

/// The name of a file by its content.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut name = hex(&Sha256::digest(bytes));
    name.truncate(12);
    name
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(EFFORT));
    packed.write_all(SIGNATURE)?;
    packed.write_all(bytes)?;
    packed.finish()
}

/// How hard files are packed, of 9.
const EFFORT: u32 = 6;

// CBOR

fn array(bytes: &mut Vec<u8>, length: usize) {
    head(bytes, 4, length as u64);
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    head(bytes, 3, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

fn number(bytes: &mut Vec<u8>, number: usize) {
    head(bytes, 0, number as u64);
}

fn integer(bytes: &mut Vec<u8>, number: i64) {
    match u64::try_from(number) {
        Ok(number) => head(bytes, 0, number),
        Err(_) => head(bytes, 1, number.unsigned_abs() - 1),
    }
}

/// The kind of what follows, with a number in as few bytes as hold it.
fn head(bytes: &mut Vec<u8>, kind: u8, number: u64) {
    let be = number.to_be_bytes();
    let (code, length) = match number {
        0..=23 => (be[7], 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    bytes.push(kind << 5 | code);
    bytes.extend_from_slice(&be[8 - length..]);
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::io::Read;

    use flate2::read::GzDecoder;
    use pagefind::api::SyntheticFile;

    use super::*;
    use crate::search::engine;

    /// Pages enough for several chunks, with words that stand often, once, far apart.
    fn pages() -> Vec<(String, Vec<String>)> {
        let word = |page: usize, at: usize| match (page * 7 + at * at) % 11 {
            0 => "行政".to_owned(),
            1 => format!("政{}", at % 300),
            2 => format!("gdpꒀ{page}"),
            rest => format!("{rest}号{}", (at * page) % 900),
        };
        let page = |page: usize| (0..900).map(|at| word(page, at)).collect();
        (0..70).map(|at| (format!("/{at}/"), page(at))).collect()
    }

    fn unpacked(packed: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
        bytes.strip_prefix(SIGNATURE).unwrap().to_vec()
    }

    fn named(name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        text(&mut bytes, name);
        bytes
    }

    fn replaced(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
        let (old, new) = (named(old), named(new));
        let at = memchr::memmem::find(bytes, &old).unwrap();
        [&bytes[..at], &new, &bytes[at + old.len()..]].concat()
    }

    /// What Pagefind itself makes of the pages, unpacked, by the names of the files.
    fn theirs() -> BTreeMap<String, Vec<u8>> {
        let html = |words: &[String]| {
            format!("<html><body data-pagefind-body><p>{}</p></body></html>", words.join(" "))
        };
        let pages = pages().into_iter().map(|(url, words)| (url, html(&words))).collect();
        let packed = |file: &SyntheticFile| {
            let name = file.filename.file_name()?.to_str()?.to_owned();
            let is = [".pf_index", ".pf_meta", ".pf_fragment"].iter().any(|end| name.ends_with(end));
            is.then(|| (name, unpacked(&file.contents)))
        };
        engine::yielded(pages).unwrap().iter().filter_map(packed).collect()
    }

    fn stem(name: &str) -> &str {
        name.rsplit_once('.').unwrap().0
    }

    #[test]
    fn the_files_are_those_that_pagefind_makes_of_the_same_words() {
        let theirs = theirs();
        let of = |kind: &'static str| theirs.iter().filter(move |(name, _)| name.ends_with(kind));
        let id = |url: &str| {
            let url = format!("\"url\":\"{url}\"");
            let is = |bytes: &[u8]| memchr::memmem::find(bytes, url.as_bytes()).is_some();
            stem(of(".pf_fragment").find(|(_, bytes)| is(bytes)).unwrap().0).to_owned()
        };
        let mut index = Index::default();
        let names: Vec<String> = pages()
            .into_iter()
            .flat_map(|(_, words)| words)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .rev()
            .collect();
        let number =
            |word: &String| u32::try_from(names.iter().position(|name| name == word).unwrap()).unwrap();
        for (url, words) in pages() {
            index.add(id(&url), &words.iter().map(number).collect::<Vec<_>>());
        }
        let Packed { hash, files } = index.pack(&names, &engine::engine().unwrap().version).unwrap();
        let ours: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(name, bytes)| (name, unpacked(&bytes))).collect();
        let mut meta = of(".pf_meta").next().unwrap().1.clone();
        let mut chunks = BTreeSet::new();
        for (name, bytes) in of(".pf_index") {
            let ours = super::hash(bytes);
            meta = replaced(&meta, stem(name), &ours);
            chunks.insert((format!("index/{ours}.pf_index"), bytes.clone()));
        }
        assert!(chunks.len() > 3, "{}", chunks.len());
        let mine: BTreeSet<_> = ours.iter().filter(|(name, _)| name.starts_with("index/")).collect();
        assert!(mine == chunks.iter().map(|(name, bytes)| (name, bytes)).collect());
        assert!(ours[&format!("pagefind.{hash}.pf_meta")] == meta);
    }

    #[test]
    fn numbers_take_as_few_bytes_as_hold_them() {
        for (number, expected) in [
            (0, "00"),
            (23, "17"),
            (24, "1818"),
            (256, "190100"),
            (65_536, "1a00010000"),
            (1 << 32, "1b0000000100000000"),
            (-1, "20"),
            (-25, "3818"),
        ] {
            let mut bytes = Vec::new();
            integer(&mut bytes, number);
            assert_eq!(hex(&bytes), expected, "{number}");
        }
    }
}
