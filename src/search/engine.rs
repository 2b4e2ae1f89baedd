//! What every bundle has from Pagefind in common: the script that reads an index, and a seal that
//! tells one version of this program from another.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::{bundle, failed};
use crate::diag::Words;

/// The sources that decide what is made of a document. Bundles of another version are never
/// kept, and nobody has to remember to raise a number.
const MAKERS: [&str; 8] = [
    include_str!("bundle.rs"),
    include_str!("engine.rs"),
    include_str!("pinyin.rs"),
    include_str!("text.rs"),
    include_str!("token.rs"),
    include_str!("../han/fold.rs"),
    include_str!("../han/simplified.txt"),
    env!("CARGO_PKG_VERSION"),
];

/// The engine, as Pagefind yields it with every index.
pub(super) struct Engine {
    /// The script that the browser loads.
    pub(super) script: Vec<u8>,
    /// A digest of that script, which names its version, and of the makers.
    pub(super) seal: Vec<u8>,
}

/// The engine; it is asked for once.
pub(super) fn engine() -> Result<&'static Engine, Words> {
    static ENGINE: OnceLock<Result<Engine, Words>> = OnceLock::new();
    ENGINE.get_or_init(load).as_ref().map_err(Words::clone)
}

fn load() -> Result<Engine, Words> {
    let files = bundle::index(Vec::new())?;
    let script = files.into_iter().find(|file| file.filename.to_string_lossy() == "pagefind.js");
    let script = script.ok_or_else(|| failed("there is no pagefind.js"))?.contents;
    let mut hasher = Sha256::new();
    hasher.update(&script);
    for source in MAKERS {
        hasher.update(source);
    }
    Ok(Engine { script, seal: hasher.finalize().to_vec() })
}
