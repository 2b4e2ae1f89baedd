//! A table of words over all bundles: what each bundle tells of a word stands together, so that a query reads a few
//! pieces however many bundles there are.
//!
//! A piece has a row of words in the order of their bytes: how many bytes a word shares with the one before it, the
//! others, and then what each bundle tells of it ([`postings`](super::postings)), behind the step from the bundle before.
//! Bundles are counted from the oldest, so that a new year moves none. Where a piece ends, and where a file of them, depends
//! on the words alone, as far as that can be, so that a change in one document leaves most of them as they are.
//!
//! Pages lead to the pieces: the first word of each, its length, and of those that begin a file the name of that. The contents
//! lead to the pages.

use std::collections::BTreeMap;
use std::io;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::fit::is_fit;
use super::merge::{Merged, WordSource};
use super::pack::{FULL, Packs, hash, opened, piece, take_name, write_name};
use super::postings::{self, Change, Length};
use super::{Fetch, File, Unmade, number};

/// A piece is closed at the next word that is fit for it once it has so many bytes, before it is packed.
const LEAST: usize = 8 * 1024;
/// And at any word once it has so many.
const MOST: usize = 32 * 1024;
/// One word of so many is fit to close a piece, or to begin a file.
const FIT: usize = 16;
/// How many pieces a page leads to.
const PAGE: usize = 512;
/// How many pieces are packed together, which bounds what is in memory.
const BATCH: usize = 256;

/// What a bundle tells of its words, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(Vec<u8>);

impl Rows {
    /// Adds a word, which comes behind all others.
    pub(super) fn add(&mut self, word: &[u8], row: &[u8]) {
        number::write_bytes(&mut self.0, word);
        number::write_bytes(&mut self.0, row);
    }

    /// The words, each with what is told of it.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || Some((number::take_bytes(&mut rest)?, number::take_bytes(&mut rest)?)))
    }

    /// These rows one behind the other, which is the order of their words.
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        let mut joined = Vec::with_capacity(parts.iter().map(|part| part.0.len()).sum());
        parts.into_iter().for_each(|part| joined.extend(part.0));
        Self(joined)
    }

    /// As bytes, to be put away.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// What the contents say of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Leading {
    /// The files of pages.
    tables: Vec<String>,
    /// The first word of each page, and its length in bytes.
    pages: Vec<(String, usize)>,
}

/// The table of what some sources tell, each of bundles of its own. Its files go to `put` as they are made, named below
/// `folder`.
pub(super) fn table<E>(
    sources: Vec<WordSource<'_>>,
    folder: &str,
    put: &mut dyn FnMut(File) -> Result<(), E>,
) -> Result<Leading, Unmade<E>> {
    let mut writer = Writer { folder, put, packs: Vec::new(), pack: Vec::new(), entries: Vec::new() };
    let mut chunks = Chunks { words: Merged::of(sources)?, chunk: Chunk::default() };
    loop {
        let some = chunks.by_ref().take(BATCH).collect::<io::Result<Vec<Chunk>>>()?;
        if some.is_empty() {
            return writer.close();
        }
        let packed: io::Result<Vec<Packed>> = some.into_par_iter().map(Packed::of).collect();
        packed?.into_iter().try_for_each(|packed| writer.add(packed))?;
    }
}

/// Where a piece stands, and the first word of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    word: Vec<u8>,
    pack: usize,
    from: usize,
    length: usize,
}

/// Puts pieces into files.
struct Writer<'a, E> {
    folder: &'a str,
    put: &'a mut dyn FnMut(File) -> Result<(), E>,
    /// The files that were written.
    packs: Vec<String>,
    /// The file that is being written.
    pack: Vec<u8>,
    entries: Vec<Entry>,
}

impl<E> Writer<'_, E> {
    fn add(&mut self, Packed { first, piece }: Packed) -> Result<(), Unmade<E>> {
        if is_full(self.pack.len(), &first) {
            self.shelve()?;
        }
        let (from, length) = (self.pack.len(), piece.len());
        self.entries.push(Entry { word: first, pack: self.packs.len(), from, length });
        self.pack.extend_from_slice(&piece);
        Ok(())
    }

    /// Ends a file.
    fn shelve(&mut self) -> Result<(), Unmade<E>> {
        let bytes = std::mem::take(&mut self.pack);
        let name = hash(&bytes);
        (self.put)((format!("{}/{name}.pack", self.folder), bytes)).map_err(Unmade::Put)?;
        self.packs.push(name);
        Ok(())
    }

    /// Ends the last file, and writes the pages.
    fn close(mut self) -> Result<Leading, Unmade<E>> {
        if !self.pack.is_empty() {
            self.shelve()?;
        }
        let (leading, files) = pages(&self.entries, &self.packs, self.folder)?;
        files.into_iter().try_for_each(self.put).map_err(Unmade::Put)?;
        Ok(leading)
    }
}

/// The pages that lead to pieces in files of these names, and what the contents say of them.
fn pages(entries: &[Entry], names: &[String], folder: &str) -> io::Result<(Leading, Vec<File>)> {
    let mut packs = Packs::default();
    let mut pages = Vec::new();
    for page in entries.chunks(PAGE) {
        let spot = packs.put(&piece(&paged(page, names))?);
        pages.push((String::from_utf8_lossy(&page[0].word).into_owned(), spot.length));
    }
    let (tables, files) = packs.shelved(folder);
    Ok((Leading { tables, pages }, files))
}

/// Whether a file of so many bytes is full when a piece comes that begins with a word.
fn is_full(length: usize, word: &[u8]) -> bool {
    length >= FULL || length >= FULL / 2 && is_fit(word, FIT)
}

/// What a page has: the file of the first piece, and where it stands there; and of each its first word, and its length twice,
/// and one more where it begins a file. Of those the name of the file follows, but for the first piece, of which it is known.
fn paged(page: &[Entry], names: &[String]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut before: Option<&Entry> = None;
    for entry in page {
        if before.is_none() {
            write_name(&mut bytes, &names[entry.pack]);
            number::write(&mut bytes, entry.from);
        }
        let is_first = before.is_some_and(|before| before.pack != entry.pack);
        name(&mut bytes, before.map_or(&[], |before| &before.word), &entry.word);
        number::write(&mut bytes, entry.length << 1 | usize::from(is_first));
        if is_first {
            write_name(&mut bytes, &names[entry.pack]);
        }
        before = Some(entry);
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
pub(super) fn take_word(rest: &mut &[u8], word: &mut Vec<u8>) -> Option<()> {
    word.truncate(number::take(rest)?);
    word.extend_from_slice(number::take_bytes(rest)?);
    Some(())
}

/// Words with what the bundles tell of them, as a piece has them.
#[derive(Default)]
struct Chunk {
    first: Vec<u8>,
    last: Vec<u8>,
    bytes: Vec<u8>,
}

impl Chunk {
    /// Adds a word; whether the piece ends with it.
    fn add(&mut self, word: &[u8], told: &[u8]) -> bool {
        if self.bytes.is_empty() {
            self.first = word.to_vec();
        }
        name(&mut self.bytes, &self.last, word);
        number::write_bytes(&mut self.bytes, told);
        self.last.clear();
        self.last.extend_from_slice(word);
        self.bytes.len() >= MOST || self.bytes.len() >= LEAST && is_fit(word, FIT)
    }
}

/// A piece, by its first word.
struct Packed {
    first: Vec<u8>,
    piece: Vec<u8>,
}

impl Packed {
    fn of(chunk: Chunk) -> io::Result<Self> {
        Ok(Self { piece: piece(&chunk.bytes)?, first: chunk.first })
    }
}

/// The words of some sources, in pieces.
struct Chunks<'a> {
    words: Merged<'a>,
    chunk: Chunk,
}

impl Iterator for Chunks<'_> {
    type Item = io::Result<Chunk>;

    fn next(&mut self) -> Option<io::Result<Chunk>> {
        loop {
            match self.words.word() {
                Ok(Some((word, told))) => {
                    if self.chunk.add(word, told) {
                        break;
                    }
                }
                Ok(None) if self.chunk.bytes.is_empty() => return None,
                Ok(None) => break,
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(std::mem::take(&mut self.chunk)))
    }
}

/// A table of the last build, which a new one is made of.
pub(super) struct FormerTable<'a> {
    /// Its files.
    packs: Vec<String>,
    entries: Vec<Entry>,
    /// Gives a file by its path, if it is as it was.
    read: Fetch<'a>,
}

impl<'a> FormerTable<'a> {
    /// The table in `folder` that the contents lead to; nothing if a page is not as it was.
    pub(super) fn of(leading: &Leading, folder: &str, read: Fetch<'a>) -> Option<Self> {
        let path = |name: &str| format!("{folder}/{name}.pack");
        let tables: Vec<Vec<u8>> =
            leading.tables.iter().map(|name| read(&path(name))).collect::<Option<_>>()?;
        let (mut entries, mut names) = (Vec::new(), Vec::new());
        let (mut pack, mut at) = (0, 0);
        for (_, length) in &leading.pages {
            enter(&opened(tables.get(pack)?.get(at..at + length)?)?, &mut entries, &mut names)?;
            (pack, at) = Packs::behind((pack, at), *length);
        }
        let packs = names.iter().map(|name| path(name)).collect();
        Some(Self { packs, entries, read })
    }

    /// Whether all of its files are as they were.
    pub(super) fn is_whole(&self) -> bool {
        self.packs.par_iter().all(|path| (self.read)(path).is_some())
    }

    /// What its pieces had before they were packed, in their order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        let mut opening = self.opening();
        (0..self.entries.len()).map(move |at| opening.piece(at).and_then(opened).ok_or_else(lost))
    }

    fn opening(&self) -> TablePieces<'_> {
        TablePieces { former: self, pack: None, bytes: Vec::new() }
    }
}

/// Takes pieces of a table out of its files. Those that are asked for one after the other stand side by side, so that the
/// last file is kept at hand.
struct TablePieces<'a> {
    former: &'a FormerTable<'a>,
    pack: Option<usize>,
    bytes: Vec<u8>,
}

impl TablePieces<'_> {
    /// The piece with this number, as it stands in its file; nothing if that is not as it was.
    fn piece(&mut self, at: usize) -> Option<&[u8]> {
        let FormerTable { packs, entries, read } = self.former;
        let Entry { pack, from, length, .. } = &entries[at];
        if self.pack != Some(*pack) {
            self.bytes = read(&packs[*pack])?;
            self.pack = Some(*pack);
        }
        self.bytes.get(*from..from + length)
    }
}

/// What has to change in the words of a table, by the bundles.
pub(super) type Changes = BTreeMap<Vec<u8>, BTreeMap<usize, Change>>;

/// How many documents a bundle has, by its number, and how long what a row has of each of them is.
pub(super) type RowForm<'a> = (&'a [u32], Length);

/// A table in which only some words changed.
#[derive(Debug)]
pub(super) struct AmendedTable {
    pub(super) leading: Leading,
    /// The files that are to be written.
    pub(super) made: Vec<File>,
    /// The paths of those that stay as they are.
    pub(super) kept: Vec<String>,
}

/// A part of a table: a piece that stays, by its number, or what stands in its place.
enum TablePart<T> {
    Kept(usize),
    Made(T),
}

impl FormerTable<'_> {
    /// The table after some changes, the same as if it were made anew. Nothing if a file that this takes is not as it was.
    pub(super) fn amended(
        &self,
        changes: &Changes,
        form: RowForm<'_>,
        folder: &str,
    ) -> Option<io::Result<AmendedTable>> {
        let chunks = self.rechunked(changes, form)?;
        let pack = |chunk: TablePart<Chunk>| match chunk {
            TablePart::Kept(at) => Ok(TablePart::Kept(at)),
            TablePart::Made(chunk) => Packed::of(chunk).map(TablePart::Made),
        };
        let pieces: io::Result<Vec<TablePart<Packed>>> = chunks.into_par_iter().map(pack).collect();
        match pieces {
            Ok(pieces) => self.repacked(&pieces, folder),
            Err(error) => Some(Err(error)),
        }
    }

    /// The pieces after some changes, before they are packed.
    fn rechunked(&self, changes: &Changes, form: RowForm<'_>) -> Option<Vec<TablePart<Chunk>>> {
        if self.entries.is_empty() {
            return None;
        }
        let mut found = Vec::new();
        let mut opening = self.opening();
        let mut changes = changes.iter().peekable();
        let mut at = 0;
        while let Some((word, _)) = changes.peek() {
            // The last piece that does not begin behind the word has it, or would have it.
            let has = self.entries.partition_point(|entry| entry.word <= **word).saturating_sub(1).max(at);
            found.extend((at..has).map(TablePart::Kept));
            at = has;
            let mut chunk = Chunk::default();
            // Where a piece ends at a place where one ended, all is as it was up to the next change.
            while at < self.entries.len() {
                let end = self.entries.get(at + 1).map(|next| &*next.word);
                let mut own = BTreeMap::new();
                while let Some((word, change)) =
                    changes.next_if(|(word, _)| end.is_none_or(|end| &***word < end))
                {
                    own.insert(&**word, change);
                }
                for (word, told) in told(&opened(opening.piece(at)?)?, &own, form)? {
                    if chunk.add(&word, &told) {
                        found.push(TablePart::Made(std::mem::take(&mut chunk)));
                    }
                }
                at += 1;
                if chunk.bytes.is_empty() {
                    break;
                }
            }
            if !chunk.bytes.is_empty() {
                found.push(TablePart::Made(chunk));
            }
        }
        found.extend((at..self.entries.len()).map(TablePart::Kept));
        Some(found)
    }

    /// These pieces in files; those that are as they were stay.
    fn repacked(&self, pieces: &[TablePart<Packed>], folder: &str) -> Option<io::Result<AmendedTable>> {
        let (mut entries, mut groups): (Vec<Entry>, Vec<Vec<&TablePart<Packed>>>) = Default::default();
        let mut length = 0;
        for piece in pieces {
            let (word, own) = match piece {
                TablePart::Kept(at) => (&self.entries[*at].word, self.entries[*at].length),
                TablePart::Made(Packed { first, piece }) => (first, piece.len()),
            };
            if groups.is_empty() || is_full(length, word) {
                groups.push(Vec::new());
                length = 0;
            }
            let pack = groups.len() - 1;
            groups[pack].push(piece);
            entries.push(Entry { word: word.clone(), pack, from: length, length: own });
            length += own;
        }
        let packs: Option<Vec<(String, Option<Vec<u8>>)>> =
            groups.par_iter().map(|pieces| self.pack(pieces, folder)).collect();
        let (mut names, mut made, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for (path, bytes) in packs? {
            names.push(named(&path));
            match bytes {
                Some(bytes) => made.push((path, bytes)),
                None => kept.push(path),
            }
        }
        let pages = pages(&entries, &names, folder).map(|(leading, files)| {
            made.extend(files);
            AmendedTable { leading, made, kept }
        });
        Some(pages)
    }

    /// A file of these pieces: its path, and its bytes unless it is there.
    fn pack(&self, pieces: &[&TablePart<Packed>], folder: &str) -> Option<(String, Option<Vec<u8>>)> {
        if let Some(pack) = self.same(pieces) {
            return Some((self.packs[pack].clone(), None));
        }
        let mut opening = self.opening();
        let mut bytes = Vec::new();
        for piece in pieces {
            bytes.extend_from_slice(match piece {
                TablePart::Made(Packed { piece, .. }) => piece,
                TablePart::Kept(at) => opening.piece(*at)?,
            });
        }
        Some((format!("{folder}/{}.pack", hash(&bytes)), Some(bytes)))
    }

    /// The file that has just these pieces, if there is one.
    fn same(&self, pieces: &[&TablePart<Packed>]) -> Option<usize> {
        let [TablePart::Kept(first), ..] = pieces else { return None };
        let Entry { pack, from: 0, .. } = self.entries[*first] else { return None };
        let are_there = pieces
            .iter()
            .zip(*first..)
            .all(|(piece, at)| matches!(piece, TablePart::Kept(own) if *own == at));
        let is_end = self.entries.get(first + pieces.len()).is_none_or(|next| next.pack != pack);
        let is_last = self.entries[first + pieces.len() - 1].pack == pack;
        (are_there && is_end && is_last).then_some(pack)
    }
}

/// The name of a file by its path.
fn named(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".pack").unwrap_or(name).to_owned()
}

/// The words of a piece with what bundles tell of each, after some changes.
fn told(
    chunk: &[u8],
    changes: &BTreeMap<&[u8], &BTreeMap<usize, Change>>,
    form: RowForm<'_>,
) -> Option<BTreeMap<Vec<u8>, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut word = Vec::new();
    let mut rest = chunk;
    while !rest.is_empty() {
        take_word(&mut rest, &mut word)?;
        found.insert(word.clone(), number::take_bytes(&mut rest)?.to_vec());
    }
    for (word, change) in changes {
        let before = found.remove(*word).unwrap_or_default();
        let after = changed_told(&before, change, form)?;
        if !after.is_empty() {
            found.insert(word.to_vec(), after);
        }
    }
    Some(found)
}

/// What bundles tell of a word after a change.
fn changed_told(
    told: &[u8],
    change: &BTreeMap<usize, Change>,
    (all, length): RowForm<'_>,
) -> Option<Vec<u8>> {
    let mut rows: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    let mut rest = told;
    let mut bundle = 0;
    while !rest.is_empty() {
        bundle += number::take(&mut rest)?;
        rows.insert(bundle, number::take_bytes(&mut rest)?.to_vec());
    }
    for (bundle, change) in change {
        let row = rows.remove(bundle);
        let row = postings::changed(row.as_deref(), change, (*all.get(*bundle)?, length)).ok()?;
        rows.extend(row.map(|row| (*bundle, row)));
    }
    let mut after = Vec::new();
    let mut before = 0;
    for (bundle, row) in rows {
        number::write(&mut after, bundle - before);
        number::write_bytes(&mut after, &row);
        before = bundle;
    }
    Some(after)
}

/// What is said of a file that is no longer as it was.
fn lost() -> io::Error {
    io::Error::other("a file of the last build has changed meanwhile")
}

/// Adds what a page leads to, and the names of the files that it names, to what the pages before it do.
fn enter(page: &[u8], entries: &mut Vec<Entry>, names: &mut Vec<String>) -> Option<()> {
    let mut rest = page;
    let first = take_name(&mut rest)?;
    if names.last() != Some(&first) {
        names.push(first);
    }
    let mut from = number::take(&mut rest)?;
    let mut word = Vec::new();
    while !rest.is_empty() {
        take_word(&mut rest, &mut word)?;
        let said = number::take(&mut rest)?;
        if said & 1 == 1 {
            names.push(take_name(&mut rest)?);
            from = 0;
        }
        let length = said >> 1;
        entries.push(Entry { word: word.clone(), pack: names.len() - 1, from, length });
        from += length;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

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

    fn source(number: usize, rows: &Rows) -> WordSource<'static> {
        WordSource::of_bundle(number, Box::new(io::Cursor::new(rows.clone().into_bytes())))
    }

    /// A table with its files, by their paths.
    fn made(sources: Vec<WordSource<'_>>) -> (Leading, BTreeMap<String, Vec<u8>>) {
        let mut files = BTreeMap::new();
        let leading = table::<Infallible>(sources, "d", &mut |(path, bytes)| {
            files.insert(path, bytes);
            Ok(())
        });
        (leading.ok().unwrap(), files)
    }

    #[test]
    fn a_table_of_another_and_of_new_bundles_is_that_of_all() {
        let bundles = [rows(0), rows(1), Rows::default(), rows(3), rows(4)];
        let all = |numbers: &[usize]| {
            numbers.iter().zip(0..).map(|(bundle, number)| source(number, &bundles[*bundle])).collect()
        };
        let (leading, files) = made(all(&[0, 1, 2, 3]));
        assert!(leading.pages.len() == 1 && files.len() >= 2);
        let read = |path: &str| files.get(path).cloned();
        let former = FormerTable::of(&leading, "d", &read).unwrap();
        assert!(former.is_whole());
        // The second is no more, and there is a new one between the others.
        let numbers = [Some(0), None, Some(1), Some(3)];
        let sources = vec![source(2, &bundles[4]), WordSource::of_table(former.pieces(), &numbers)];
        assert!(made(sources) == made(all(&[0, 2, 4, 3])));
        let broken = |path: &str| {
            let mut bytes = read(path)?;
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Some(bytes)
        };
        assert!(FormerTable::of(&leading, "d", &broken).is_none());
        assert!(FormerTable::of(&leading, "d", &|_| None).is_none());
    }

    /// What a word is told with: two documents of a bundle, and bytes that do not become less when they are packed.
    fn counted(seed: u32) -> Vec<u8> {
        let mut row = vec![4, 1, 3];
        let mut state = seed;
        for _ in 0..2 {
            let mut bytes = Vec::new();
            for _ in 0..60 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                number::write(&mut bytes, (state >> 10) as usize);
            }
            number::write(&mut row, bytes.len());
            row.extend(bytes);
        }
        row
    }

    /// How long what stands behind its own length is.
    fn length(rest: &[u8]) -> Option<usize> {
        let mut behind = rest;
        let own = number::take_bytes(&mut behind)?;
        Some(rest.len() - behind.len()).filter(|_| !own.is_empty())
    }

    #[test]
    fn a_table_that_is_amended_is_that_which_is_made_anew() {
        let word = |n: u32| format!(" {}", char::from_u32(0x4e00 + n).unwrap()).into_bytes();
        let rows: BTreeMap<Vec<u8>, Vec<u8>> = (0..9000).step_by(2).map(|n| (word(n), counted(n))).collect();
        let of = |rows: &BTreeMap<Vec<u8>, Vec<u8>>| {
            let mut all = Rows::default();
            rows.iter().for_each(|(word, row)| all.add(word, row));
            made(vec![source(0, &all)])
        };
        let (leading, files) = of(&rows);
        let read = |path: &str| files.get(path).cloned();
        let former = FormerTable::of(&leading, "d", &read).unwrap();
        assert!(former.packs.len() > 2, "{}", former.packs.len());
        let edits: [&[u32]; 6] = [&[], &[0], &[8998], &[8999], &[1, 777, 778, 4001, 4002, 4003], &[5000]];
        for (edit, words) in edits.into_iter().enumerate() {
            // A word that was there goes in one of its documents, or in both; another comes.
            let mut changes = Changes::new();
            let mut after = rows.clone();
            for n in words {
                let own = counted(n + 1)[3..].to_vec();
                let own = own[..length(&own).unwrap()].to_vec();
                let change = match (n % 2, edit) {
                    (0, 5) => vec![(1, None), (4, None)],
                    (0, _) => vec![(1, None)],
                    _ => vec![(2, Some(own))],
                };
                let row = after.remove(&word(*n));
                let row = postings::changed(row.as_deref(), &change, (9, length)).unwrap();
                after.extend(row.map(|row| (word(*n), row)));
                changes.insert(word(*n), BTreeMap::from([(0, change)]));
            }
            let amended = former.amended(&changes, (&[9], length), "d").unwrap().unwrap();
            let (anew, all) = of(&after);
            assert_eq!(amended.leading, anew, "{edit}");
            let kept = amended.kept.into_iter().map(|path| (path.clone(), files[&path].clone()));
            assert!(kept.chain(amended.made).collect::<BTreeMap<_, _>>() == all, "{edit}");
        }
        assert!(former.amended(&Changes::new(), (&[9], length), "d").unwrap().unwrap().made.len() < 2);
        let changes = Changes::from([(word(0), BTreeMap::from([(0, vec![(1, None)])]))]);
        let lost = |path: &str| read(path).filter(|_| *path != former.packs[0]);
        assert!(
            FormerTable::of(&leading, "d", &lost).unwrap().amended(&changes, (&[9], length), "d").is_none()
        );
    }

    #[test]
    fn a_word_more_leaves_most_pieces_as_they_are() {
        let all = |rows: &Rows| -> Vec<Vec<u8>> {
            let words = Merged::of(vec![source(0, rows)]).unwrap();
            Chunks { words, chunk: Chunk::default() }.map(|chunk| chunk.unwrap().bytes).collect()
        };
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
