//! One bundle: an index that Pagefind builds, the table of its documents, their texts.
//!
//! Pagefind keeps for every document what it would show of it, but what it was given are our
//! words and no text. Of these files only the document's id is taken; the search page shows
//! excerpts from the texts that are written here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use flate2::read::GzDecoder;
use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;
use serde::{Deserialize, Serialize};

use super::{Entry, FOLDER, File, failed, text, token};
use crate::diag::Words;

/// The language of no language: Pagefind then neither cuts words apart nor takes off endings.
const LANGUAGE: &str = "zxx";

/// What every file of Pagefind begins with once it is unpacked.
const SIGNATURE: &[u8] = b"pagefind_dcd";

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

/// What is read of a fragment.
#[derive(Deserialize)]
struct Fragment {
    url: String,
}

/// The files of the bundle called `name`, made of its documents in their order. Runtimes of its
/// own are started here, so this must not be called from within an asynchronous task.
///
/// # Errors
/// When Pagefind cannot read a page or build an index.
pub fn files(name: &str, entries: impl IntoIterator<Item = Entry>) -> Result<Vec<File>, Words> {
    let mut words = BTreeSet::new();
    let mut pages = Vec::new();
    let mut listed = Vec::new();
    for entry in entries {
        let blocks = text::blocks(&entry);
        pages.push((entry.url.clone(), page(&blocks, &mut words)));
        listed.push((entry, serde_json::to_vec(&sections(&blocks)).map_err(failed)?));
    }
    let made = index(pages)?;
    let ids = ids(&made)?;
    let folder = format!("{FOLDER}/{name}");
    let mut files: Vec<File> = made.into_iter().filter_map(|file| wanted(file, &folder)).collect();
    let mut documents = Vec::with_capacity(listed.len());
    for (entry, text) in listed {
        let id = ids.get(&entry.url).ok_or_else(|| failed(format!("{} is not in it", entry.url)))?;
        files.push((format!("{folder}/text/{id}.json"), text));
        documents.push(document(id.clone(), entry));
    }
    let table = Table { documents, words };
    files.push((format!("{folder}/documents.json"), serde_json::to_vec(&table).map_err(failed)?));
    Ok(files)
}

/// Everything that Pagefind makes of these addresses and pages.
pub(super) fn index(pages: Vec<(String, String)>) -> Result<Vec<SyntheticFile>, Words> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(failed)?;
    runtime.block_on(build(pages))
}

fn document(id: String, entry: Entry) -> Document {
    let Entry { url, title, place, year, kind, level, places, published, numbers, issuers, html: _ } = entry;
    Document { id, url, title, place, places, year, kind, level, published, numbers, issuers }
}

/// The page that Pagefind reads: every unit of every block joined to the next, and after them
/// every unit once by itself, for queries of one unit.
fn page(blocks: &[text::Block], words: &mut BTreeSet<String>) -> String {
    let mut page = String::from("<html><body data-pagefind-body><p>");
    let mut singles = BTreeSet::new();
    for block in blocks {
        let units = token::units(&block.text);
        for pair in token::pairs(&units) {
            page.push_str(&pair);
            page.push(' ');
        }
        singles.extend(units);
    }
    for unit in singles {
        page.push_str(&token::single(&unit));
        page.push(' ');
        if token::is_latin(&unit) {
            words.insert(unit);
        }
    }
    page.push_str("</p></body></html>");
    page
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

async fn build(pages: Vec<(String, String)>) -> Result<Vec<SyntheticFile>, Words> {
    let config = PagefindServiceConfig::builder().force_language(LANGUAGE.to_owned()).build();
    let mut index = PagefindIndex::new(Some(config)).map_err(failed)?;
    for (url, page) in pages {
        index.add_html_file(None, Some(url), page).await.map_err(failed)?;
    }
    index.get_files().await.map_err(failed)
}

/// The ids by which Pagefind calls the documents, by their addresses.
fn ids(made: &[SyntheticFile]) -> Result<BTreeMap<String, String>, Words> {
    let fragment = |file: &SyntheticFile| {
        let name = file.filename.file_name()?.to_str()?;
        Some((name.strip_suffix(".pf_fragment")?.to_owned(), unpacked(&file.contents)))
    };
    let id = |(id, bytes): (String, Result<Vec<u8>, Words>)| {
        let fragment: Fragment = serde_json::from_slice(&bytes?).map_err(failed)?;
        Ok((fragment.url, id))
    };
    made.iter().filter_map(fragment).map(id).collect()
}

fn unpacked(packed: &[u8]) -> Result<Vec<u8>, Words> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.strip_prefix(SIGNATURE) {
        Some(content) => Ok(content.to_vec()),
        None => Err(failed("a file of Pagefind begins otherwise")),
    }
}

/// Path and bytes of a file that the search page loads of a bundle; `None` for the engine, which
/// all have in common, for Pagefind's own interfaces, which no theme of ours shows, and for the
/// fragments, which hold our words and no text.
fn wanted(file: SyntheticFile, folder: &str) -> Option<File> {
    let name = file.filename.to_string_lossy().replace('\\', "/");
    let (_, kind) = name.rsplit_once('.')?;
    let data = matches!(kind, "pagefind" | "pf_meta" | "pf_index") || name == "pagefind-entry.json";
    data.then(|| (format!("{folder}/{name}"), file.contents))
}
