//! What every bundle has from Pagefind in common: the engine that reads an index, and a seal that
//! tells one version of this program from another.

use std::sync::OnceLock;

use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::failed;
use crate::diag::Words;

/// The language of no language: Pagefind then neither cuts words apart nor takes off endings.
const LANGUAGE: &str = "zxx";

/// A digest of everything that this program is built from (`build.rs`). Bundles of another
/// version are never kept, and nobody has to remember to raise a number.
const PROGRAM: &str = env!("XIANGWEI_SEAL");

/// The engine, as Pagefind yields it with every index.
pub(super) struct Engine {
    /// The script that the browser loads.
    pub(super) script: Vec<u8>,
    /// What the script runs.
    pub(super) wasm: Vec<u8>,
    /// Pagefind's version.
    pub(super) version: String,
    /// What an index says of itself, but of no language yet.
    entry: Value,
    /// A digest of the engine and of the program.
    pub(super) seal: Vec<u8>,
}

impl Engine {
    /// What an index of `pages` pages, which is found by `hash`, says of itself.
    pub(super) fn entry(&self, hash: &str, pages: usize) -> Value {
        let mut entry = self.entry.clone();
        entry["languages"] = serde_json::json!({
            LANGUAGE: { "hash": hash, "wasm": null, "page_count": pages },
        });
        entry
    }
}

/// The engine; it is asked for once.
pub(super) fn engine() -> Result<&'static Engine, Words> {
    static ENGINE: OnceLock<Result<Engine, Words>> = OnceLock::new();
    ENGINE.get_or_init(load).as_ref().map_err(Words::clone)
}

fn load() -> Result<Engine, Words> {
    let files = yielded(Vec::new())?;
    let file = |name: &str| {
        let found = files.iter().find(|file| file.filename.to_string_lossy() == name);
        found.map(|file| file.contents.clone()).ok_or_else(|| failed(format!("there is no {name}")))
    };
    let (script, wasm) = (file("pagefind.js")?, file("wasm.unknown.pagefind")?);
    let entry = file("pagefind-entry.json")?;
    let mut hasher = Sha256::new();
    [&script, &wasm, &entry].into_iter().for_each(|bytes| hasher.update(bytes));
    hasher.update(PROGRAM);
    let entry: Value = serde_json::from_slice(&entry).map_err(failed)?;
    let version = entry["version"].as_str().unwrap_or_default().to_owned();
    Ok(Engine { script, wasm, version, entry, seal: hasher.finalize().to_vec() })
}

/// Everything that Pagefind makes of some addresses and their pages. A runtime is started here,
/// so this must not be called from within an asynchronous task.
pub(super) fn yielded(pages: Vec<(String, String)>) -> Result<Vec<SyntheticFile>, Words> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(failed)?;
    runtime.block_on(async {
        let config = PagefindServiceConfig::builder().force_language(LANGUAGE.to_owned()).build();
        let mut index = PagefindIndex::new(Some(config)).map_err(failed)?;
        for (url, page) in pages {
            index.add_html_file(None, Some(url), page).await.map_err(failed)?;
        }
        index.get_files().await.map_err(failed)
    })
}
