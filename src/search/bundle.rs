//! One bundle: its words, what its documents are listed with, their texts. The search page shows excerpts
//! from the texts that are written here, and asks of the directory where words stand.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::directory::Telling;
use super::filed;
use super::lexicon::Lexicon;
use super::pack::{Packs, hash, opened, piece};
use super::{Entry, FOLDER, Fetch, File, Sealed, failed, postings, text, token};
use crate::diag::Words;
use crate::exports::{Card, PlainBlock};

/// How many documents are listed in one piece: a page of results is read with one or two.
pub(super) const LISTED: usize = 16;

/// A bundle while documents are added to it, which come in its order.
#[derive(Default)]
pub struct Making {
    lexicon: Lexicon,
    index: postings::Index,
    cards: Vec<Card>,
    texts: BundleTexts,
}

/// The texts of a bundle, one behind the other.
#[derive(Default)]
pub(super) struct BundleTexts {
    packs: Packs,
    /// How long each is.
    lengths: Vec<usize>,
}

impl BundleTexts {
    /// Puts the text of the next document, as a piece, behind those that are there.
    pub(super) fn put(&mut self, piece: &[u8]) {
        self.lengths.push(self.packs.put(piece).length);
    }
}

/// The files of a bundle, and what is to be known of it.
#[derive(Debug)]
pub struct Made {
    /// The files.
    pub files: Vec<File>,
    /// What the contents say of them.
    pub standing: Standing,
    /// What its words tell, for the directory.
    pub telling: Telling,
}

/// What the contents say of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The file that says where its things stand.
    head: String,
}

impl Standing {
    /// Where the things of the bundle of this name stand; nothing if that is not as it was.
    pub(super) fn head(&self, name: &str, read: Fetch<'_>) -> Option<Head> {
        serde_json::from_slice(&opened(&read(&head_path(name, &self.head))?)?).ok()
    }
}

/// Where the things of a bundle stand.
#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    /// The digest of everything that the files of the bundle are made from, for the next build.
    pub(super) digest: String,
    /// The files of what its documents are listed with.
    cards: Vec<String>,
    /// How long each piece in these is, some documents in each.
    listed: Vec<usize>,
    /// The files of their texts.
    texts: Vec<String>,
    /// How long each text is.
    lengths: Vec<usize>,
}

impl Head {
    /// Where its documents' texts stand: the path of the file, the first byte, how many.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<(String, usize, usize)>> {
        let path = |pack: &String| format!("{FOLDER}/{name}/text/{pack}.pack");
        spots(&self.texts, &self.lengths, path)
    }

    /// Where what they are listed with stands, a piece for some documents each.
    pub(super) fn cards(&self, name: &str) -> Option<Vec<(String, usize, usize)>> {
        let path = |pack: &String| format!("{FOLDER}/{name}/cards/{pack}.pack");
        spots(&self.cards, &self.listed, path)
    }
}

/// Where pieces of these lengths stand in a row of files.
fn spots(
    packs: &[String],
    lengths: &[usize],
    path: impl Fn(&String) -> String,
) -> Option<Vec<(String, usize, usize)>> {
    let mut at = (0, 0);
    let spot = |length: &usize| {
        let (pack, from) = at;
        at = Packs::behind(at, *length);
        Some((path(packs.get(pack)?), from, *length))
    };
    lengths.iter().map(spot).collect()
}

fn head_path(name: &str, head: &str) -> String {
    format!("{FOLDER}/{name}/{head}.pack")
}

/// A document that was read.
struct ReadDocument {
    card: Card,
    /// Its text in sections, from which excerpts are cut, as a piece.
    text: Vec<u8>,
    /// Its text as words are cut from it, block by block.
    folded: Vec<String>,
}

impl Making {
    /// Takes some more documents in.
    ///
    /// # Errors
    /// When a text cannot be packed.
    pub fn add(&mut self, entries: Vec<Entry>) -> Result<(), Words> {
        let read: Result<Vec<ReadDocument>, Words> = entries.into_par_iter().map(read).collect();
        for ReadDocument { card, text, folded } in read? {
            self.index.add(&self.lexicon.read(&folded));
            self.cards.push(card);
            self.texts.put(&text);
        }
        Ok(())
    }

    /// The files of a bundle of these documents.
    ///
    /// # Errors
    /// When a file cannot be packed.
    pub fn close(self, sealed: &Sealed) -> Result<Made, Words> {
        let mut telling = self.index.close(&self.lexicon.close());
        telling.filters = filed::rows(&sealed.filed);
        let (files, standing) = shelved(sealed, &self.cards, self.texts)?;
        Ok(Made { files, standing, telling })
    }
}

/// The files of the texts of a bundle, of what its documents are listed with, and of what these were made from.
pub(super) fn shelved(
    sealed: &Sealed,
    cards: &[Card],
    texts: BundleTexts,
) -> Result<(Vec<File>, Standing), Words> {
    let name = &sealed.bundle.name;
    let (mut pieces, mut listed) = (Packs::default(), Vec::new());
    for some in cards.chunks(LISTED) {
        listed.push(pieces.put(&written(&some)?).length);
    }
    let (cards, mut files) = pieces.shelved(&format!("{FOLDER}/{name}/cards"));
    let BundleTexts { packs, lengths } = texts;
    let (texts, more) = packs.shelved(&format!("{FOLDER}/{name}/text"));
    let head = written(&Head { digest: sealed.digest.clone(), cards, listed, texts, lengths })?;
    let standing = Standing { head: hash(&head) };
    files.extend(more);
    files.push((head_path(name, &standing.head), head));
    files.push((makings_path(name), sealed.makings.concat()));
    Ok((files, standing))
}

/// A value as a piece.
fn written(value: &impl Serialize) -> Result<Vec<u8>, Words> {
    piece(&serde_json::to_vec(value).map_err(failed)?).map_err(failed)
}

/// The file that says what the documents of a bundle were made from, by which the next build knows those that are others.
pub(super) fn makings_path(name: &str) -> String {
    format!("{FOLDER}/{name}/makings.bin")
}

/// The text of a document as a piece, and as words are cut from it, block by block.
pub(super) fn text(entry: &Entry) -> Result<(Vec<u8>, Vec<String>), Words> {
    let blocks = text::blocks(entry);
    // With its address, so that nobody takes it for the text of another.
    let text = written(&(&entry.card.url, sections(&blocks)))?;
    let folded = blocks.iter().map(|block| token::folded(&block.text())).collect();
    Ok((text, folded))
}

/// The text of the document at an address as words are cut from it, read back from a piece.
pub(super) fn folded(piece: &[u8], url: &str) -> Option<Vec<String>> {
    type Sections = Vec<(String, Vec<Vec<String>>)>;
    let (own, sections): (String, Sections) = serde_json::from_slice(&opened(piece)?).ok()?;
    let blocks = sections.into_iter().flat_map(|(_, blocks)| blocks);
    let folded = |paragraphs| token::folded(&PlainBlock { section: String::new(), paragraphs }.text());
    (own == url).then(|| blocks.map(folded).collect())
}

fn read(entry: Entry) -> Result<ReadDocument, Words> {
    let (text, folded) = text(&entry)?;
    Ok(ReadDocument { card: entry.card, text, folded })
}

/// A section by its id, and its blocks by their paragraphs.
type SectionBlocks<'a> = (&'a str, Vec<&'a [String]>);

/// The blocks by their sections, in order: what excerpts are cut from.
fn sections(blocks: &[PlainBlock]) -> Vec<SectionBlocks<'_>> {
    let parts = blocks.chunk_by(|block, next| block.section == next.section);
    parts
        .map(|part| {
            (
                part.first().map_or("", |block| &block.section),
                part.iter().map(|block| &*block.paragraphs).collect(),
            )
        })
        .collect()
}
