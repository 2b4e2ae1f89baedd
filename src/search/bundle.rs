//! One bundle: its words, what its documents are listed with, their texts. The search page shows excerpts
//! from the texts that are written here, and asks of the index where words stand.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::directory::Rows;
use super::lexicon::Lexicon;
use super::pack::{Packs, Spot, piece};
use super::{Entry, FOLDER, File, failed, packed, text, token};
use crate::diag::Words;
use crate::exports::{Block, Card};

/// How many documents are listed in one piece: a page of results is read with one or two.
const LISTED: usize = 16;

/// A bundle while documents are added to it, which come in its order.
#[derive(Default)]
pub struct Making {
    lexicon: Lexicon,
    index: packed::Index,
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
    pub rows: Rows,
}

/// Where things of a bundle stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The files of long lists of its words.
    packs: Vec<String>,
    /// The files of what its documents are listed with.
    cards: Vec<String>,
    /// How long each piece in these is, some documents in each.
    listed: Vec<usize>,
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

    /// The files of the bundle that is called `name`.
    ///
    /// # Errors
    /// When a file cannot be packed.
    pub fn close(self, name: &str) -> Result<Made, Words> {
        let folder = |what: &str| format!("{FOLDER}/{name}/{what}");
        let packed::Indexed { rows, packs, mut files } =
            self.index.close(self.lexicon.close(), &folder("index")).map_err(failed)?;
        let (texts, more) = self.texts.shelved(&folder("text"));
        files.extend(more);
        let (mut cards, mut listed) = (Packs::default(), Vec::new());
        for some in self.cards.chunks(LISTED) {
            let some: Vec<Listed> = some
                .iter()
                .map(|(card, spot)| Listed { card, text: (&*texts[spot.pack], spot.from, spot.length) })
                .collect();
            let piece = piece(&serde_json::to_vec(&some).map_err(failed)?).map_err(failed)?;
            listed.push(cards.put(&piece).length);
        }
        let (cards, more) = cards.shelved(&folder("cards"));
        files.extend(more);
        Ok(Made { files, standing: Standing { packs, cards, listed }, rows })
    }
}

fn read(entry: Entry) -> Result<ReadDocument, Words> {
    let blocks = text::blocks(&entry);
    // With its address, so that nobody takes it for the text of another.
    let text = serde_json::to_vec(&(&entry.card.url, sections(&blocks))).map_err(failed)?;
    let folded = blocks.iter().map(|block| token::folded(&block.text())).collect();
    Ok(ReadDocument { card: entry.card, text: piece(&text).map_err(failed)?, folded })
}

/// A section by its id, and its blocks by their paragraphs.
type Part<'a> = (&'a str, Vec<&'a [String]>);

/// The blocks by their sections, in order: what excerpts are cut from.
fn sections(blocks: &[Block]) -> Vec<Part<'_>> {
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
