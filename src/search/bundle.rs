//! One bundle: an index, the table of its documents, their texts. The search page shows excerpts
//! from the texts that are written here, and asks of the index nothing but ids.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::lexicon::Lexicon;
use super::{Entry, FOLDER, File, engine, failed, packed, text, token};
use crate::diag::Words;
use crate::plan::Card;

/// The documents of a bundle, in the order of their bundle.
#[derive(Serialize)]
struct Table {
    documents: Vec<Document>,
    /// The words in Latin letters, by which the last word of a query may be cut short.
    words: BTreeSet<String>,
}

/// A document as the search page lists it.
#[derive(Serialize)]
struct Document {
    id: String,
    #[serde(flatten)]
    card: Card,
}

/// A document that was read.
struct Read {
    document: Document,
    /// Its text in sections, from which excerpts are cut.
    text: Vec<u8>,
    /// Its text as words are cut from it, block by block.
    folded: Vec<String>,
}

/// The files of the bundle called `name`, made of its documents in their order.
///
/// # Errors
/// When Pagefind does not yield its engine.
pub fn files(name: &str, entries: Vec<Entry>) -> Result<Vec<File>, Words> {
    let engine = engine::engine()?;
    let folder = format!("{FOLDER}/{name}");
    let read: Result<Vec<Read>, Words> = entries.into_par_iter().map(read).collect();
    let mut lexicon = Lexicon::default();
    let mut index = packed::Index::default();
    let mut documents = Vec::new();
    let mut files = Vec::new();
    for Read { document, text, folded } in read? {
        files.push((format!("{folder}/text/{}.json", document.id), text));
        index.add(document.id.clone(), &lexicon.read(&folded));
        documents.push(document);
    }
    let (names, words) = lexicon.close();
    let packed = index.pack(&names, &engine.version).map_err(failed)?;
    let entry = engine.entry(&packed.hash, documents.len());
    let mut file = |name: &str, bytes| files.push((format!("{folder}/{name}"), bytes));
    file("documents.json", serde_json::to_vec(&Table { documents, words }).map_err(failed)?);
    file("pagefind-entry.json", serde_json::to_vec(&entry).map_err(failed)?);
    file("wasm.unknown.pagefind", engine.wasm.clone());
    packed.files.into_iter().for_each(|(name, bytes)| file(&name, bytes));
    Ok(files)
}

fn read(entry: Entry) -> Result<Read, Words> {
    let blocks = text::blocks(&entry);
    let text = serde_json::to_vec(&sections(&blocks)).map_err(failed)?;
    // Two documents can have the same text, but not the same address.
    let id = packed::hash(&[entry.card.url.as_bytes(), b"\n", &text].concat());
    let folded = blocks.iter().map(|block| token::folded(&block.text)).collect();
    Ok(Read { document: Document { id, card: entry.card }, text, folded })
}

/// The blocks by their sections, in order: what excerpts are cut from.
fn sections(blocks: &[text::Block]) -> Vec<(&str, Vec<&str>)> {
    let parts = blocks.chunk_by(|block, next| block.section == next.section);
    parts
        .map(|part| {
            (part.first().map_or("", |block| &block.section), part.iter().map(|block| &*block.text).collect())
        })
        .collect()
}
