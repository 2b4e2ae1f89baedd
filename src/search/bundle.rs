//! One bundle: an index, the table of its documents, their texts. The search page shows excerpts
//! from the texts that are written here, and asks of the index where words stand.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::lexicon::Lexicon;
use super::pack::{Known, Pack, Piece, gzip, hash, packs};
use super::{Entry, FOLDER, File, Sealed, failed, packed, self_proving, text, token};
use crate::diag::Words;
use crate::exports::{Block, Card};

/// What is read of a bundle before all else.
#[derive(Serialize)]
struct BundleHead<'a> {
    /// What it is made from ([`super::digest`]), by which the contents know it.
    digest: &'a str,
    /// Its documents, by whose places in this list the index knows them.
    documents: Vec<Listed>,
    /// The words in Latin letters, by which the last word of a query may be cut short.
    words: BTreeSet<String>,
    /// The files of the index, and the pieces in each.
    chunks: Vec<Known<packed::Chunk>>,
    /// The files of texts, and those of which documents stand in each.
    texts: Vec<Known<String>>,
}

/// A document as the search page lists it.
#[derive(Serialize)]
struct Listed {
    id: String,
    #[serde(flatten)]
    card: Card,
}

/// A document that was read.
struct ReadDocument {
    document: Listed,
    /// Its text in sections, from which excerpts are cut, packed.
    text: Vec<u8>,
    /// Its text as words are cut from it, block by block.
    folded: Vec<String>,
}

/// The files of a bundle, made of its documents in their order.
///
/// # Errors
/// When a file cannot be packed.
pub fn files(sealed: &Sealed, entries: Vec<Entry>) -> Result<Vec<File>, Words> {
    let folder = format!("{FOLDER}/{}", sealed.bundle.name);
    let read: Result<Vec<ReadDocument>, Words> = entries.into_par_iter().map(read).collect();
    let mut lexicon = Lexicon::default();
    let mut index = packed::Index::default();
    let mut documents = Vec::new();
    let mut texts = Vec::new();
    for ReadDocument { document, text, folded } in read? {
        texts.push(Piece { known: document.id.clone(), packed: text });
        index.add(&lexicon.read(&folded));
        documents.push(document);
    }
    let (names, words) = lexicon.close();
    let mut files = Vec::new();
    let chunks = shelved(packs(index.pack(&names).map_err(failed)?), &format!("{folder}/index"), &mut files);
    let texts = shelved(packs(texts), &format!("{folder}/text"), &mut files);
    let table = BundleHead { digest: &sealed.digest, documents, words, chunks, texts };
    files.push((format!("{folder}/documents.json"), self_proving(&table)?));
    Ok(files)
}

/// Puts packs among the files, in a folder, and says what is known of them.
fn shelved<T>(packs: Vec<Pack<T>>, folder: &str, files: &mut Vec<File>) -> Vec<Known<T>> {
    let shelve = |pack: Pack<T>| {
        files.push((format!("{folder}/{}.pack", pack.name()), pack.bytes));
        pack.known
    };
    packs.into_iter().map(shelve).collect()
}

fn read(entry: Entry) -> Result<ReadDocument, Words> {
    let blocks = text::blocks(&entry);
    let text = serde_json::to_vec(&sections(&blocks)).map_err(failed)?;
    // Two documents can have the same text, but not the same address.
    let id = hash(&[entry.card.url.as_bytes(), b"\n", &text].concat());
    let folded = blocks.iter().map(|block| token::folded(&block.text())).collect();
    let text = gzip(&text).map_err(failed)?;
    Ok(ReadDocument { document: Listed { id, card: entry.card }, text, folded })
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
