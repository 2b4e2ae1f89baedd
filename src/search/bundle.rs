//! One bundle: an index, the table of its documents, their texts. The search page shows excerpts
//! from the texts that are written here, and asks of the index nothing but ids.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Entry, FOLDER, File, engine, failed, packed, text, token};
use crate::diag::Words;

/// The documents of a bundle, in the order of their bundle.
#[derive(Default, Serialize)]
struct Table {
    documents: Vec<Document>,
    /// The words in Latin letters, by which the last word of a query may be cut short.
    words: BTreeSet<String>,
}

/// A document as the search page lists it.
#[derive(Serialize)]
struct Document {
    id: String,
    url: String,
    title: String,
    place: String,
    places: Vec<String>,
    year: i16,
    kind: (String, String),
    level: (String, String),
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    issuers: Vec<String>,
}

/// The files of the bundle called `name`, made of its documents in their order.
///
/// # Errors
/// When Pagefind does not yield its engine.
pub fn files(name: &str, entries: impl IntoIterator<Item = Entry>) -> Result<Vec<File>, Words> {
    let engine = engine::engine()?;
    let folder = format!("{FOLDER}/{name}");
    let mut index = packed::Index::default();
    let mut table = Table::default();
    let mut files = Vec::new();
    for entry in entries {
        let blocks = text::blocks(&entry);
        let text = serde_json::to_vec(&sections(&blocks)).map_err(failed)?;
        // Two documents can have the same text, but not the same address.
        let id = packed::hash(&[entry.url.as_bytes(), b"\n", &text].concat());
        files.push((format!("{folder}/text/{id}.json"), text));
        index.add(id.clone(), words(&blocks, &mut table.words));
        table.documents.push(document(id, entry));
    }
    let packed = index.pack(&engine.version).map_err(failed)?;
    let entry = engine.entry(&packed.hash, table.documents.len());
    let mut file = |name: &str, bytes| files.push((format!("{folder}/{name}"), bytes));
    file("documents.json", serde_json::to_vec(&table).map_err(failed)?);
    file("pagefind-entry.json", serde_json::to_vec(&entry).map_err(failed)?);
    file("wasm.unknown.pagefind", engine.wasm.clone());
    packed.files.into_iter().for_each(|(name, bytes)| file(&name, bytes));
    Ok(files)
}

fn document(id: String, entry: Entry) -> Document {
    let Entry { url, title, place, year, kind, level, places, published, numbers, issuers, html: _ } = entry;
    Document { id, url, title, place, places, year, kind, level, published, numbers, issuers }
}

/// The words that stand for a document: every unit of every block joined to the next, and after
/// them every unit once by itself, for queries of one unit.
fn words(blocks: &[text::Block], latin: &mut BTreeSet<String>) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut singles = BTreeSet::new();
    for block in blocks {
        let units = token::units(&block.text);
        words.extend(token::pairs(&units));
        singles.extend(units);
    }
    for unit in singles {
        words.push(token::single(&unit));
        if token::is_latin(&unit) {
            latin.insert(unit);
        }
    }
    words.into_iter()
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
