//! One bundle: its words, what its documents are listed with, their texts. The search page shows excerpts
//! from the texts that are written here, and asks of the directory where words stand.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::directory::Telling;
use super::lexicon::Lexicon;
use super::pack::{Packs, Spot, opened, piece};
use super::{Entry, FOLDER, File, Sealed, failed, postings, text, token};
use crate::diag::Words;
use crate::exports::{Card, PlainBlock};

/// How many documents are listed in one piece: a page of results is read with one or two.
const LISTED: usize = 16;

/// A bundle while documents are added to it, which come in its order.
#[derive(Default)]
pub struct Making {
    lexicon: Lexicon,
    index: postings::Index,
    cards: Vec<(Card, Spot)>,
    texts: Packs,
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

/// Where things of a bundle stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The files of what its documents are listed with.
    pub(super) cards: Vec<String>,
    /// How long each piece in these is, some documents in each.
    pub(super) listed: Vec<usize>,
}

/// A document as the search page lists it.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    card: &'a Card,
    /// Where its text stands: the file, the first byte, how many.
    text: (&'a str, usize, usize),
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
            self.cards.push((card, self.texts.put(&text)));
        }
        Ok(())
    }

    /// The files of a bundle of these documents.
    ///
    /// # Errors
    /// When a file cannot be packed.
    pub fn close(self, sealed: &Sealed) -> Result<Made, Words> {
        let telling = self.index.close(&self.lexicon.close());
        let (files, standing) = shelved(sealed, self.cards, self.texts)?;
        Ok(Made { files, standing, telling })
    }
}

/// The files of the texts of a bundle, of what its documents are listed with, and of what these were made from.
pub(super) fn shelved(
    sealed: &Sealed,
    cards: Vec<(Card, Spot)>,
    texts: Packs,
) -> Result<(Vec<File>, Standing), Words> {
    let folder = format!("{FOLDER}/{}", sealed.bundle.name);
    let (texts, mut files) = texts.shelved(&format!("{folder}/text"));
    let (mut pieces, mut listed) = (Packs::default(), Vec::new());
    for some in cards.chunks(LISTED) {
        let some: Vec<Listed> = some
            .iter()
            .map(|(card, spot)| Listed { card, text: (&*texts[spot.pack], spot.from, spot.length) })
            .collect();
        let piece = piece(&serde_json::to_vec(&some).map_err(failed)?).map_err(failed)?;
        listed.push(pieces.put(&piece).length);
    }
    let (cards, more) = pieces.shelved(&format!("{folder}/cards"));
    files.extend(more);
    files.push((makings_path(&sealed.bundle.name), sealed.makings.concat()));
    Ok((files, Standing { cards, listed }))
}

/// The file that says what the documents of a bundle were made from, by which the next build knows those that are others.
pub(super) fn makings_path(name: &str) -> String {
    format!("{FOLDER}/{name}/makings.bin")
}

/// The text of a document as a piece, and as words are cut from it, block by block.
pub(super) fn text(entry: &Entry) -> Result<(Vec<u8>, Vec<String>), Words> {
    let blocks = text::blocks(entry);
    // With its address, so that nobody takes it for the text of another.
    let text = serde_json::to_vec(&(&entry.card.url, sections(&blocks))).map_err(failed)?;
    let folded = blocks.iter().map(|block| token::folded(&block.text())).collect();
    Ok((piece(&text).map_err(failed)?, folded))
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
type Part<'a> = (&'a str, Vec<&'a [String]>);

/// The blocks by their sections, in order: what excerpts are cut from.
fn sections(blocks: &[PlainBlock]) -> Vec<Part<'_>> {
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
