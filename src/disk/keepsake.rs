//! What is kept on this computer of a site that was published: the files that a publication replaced or removed, so
//! that one can go back, and the marks by which a publisher knows locks of its own that was killed. It lies beside the
//! output folder and never on the server, where what was taken back must not stay.

use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::by_digest::{ByDigest, put_note};
use super::lock::OutputLock;
use super::write::workplace;
use super::{Failure, read_whole};
use crate::diag::Words;
use crate::site::{FileDigest, Manifest};

/// What is kept of one target; for this process alone.
#[derive(Debug)]
pub struct Keepsake {
    root: Utf8PathBuf,
    files: ByDigest,
    _lock: OutputLock,
}

/// The publication before the one that stands at a target.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplacedPublication {
    /// The SHA-256 of the manifest that stands there.
    pub after: String,
    /// The site before.
    pub manifest: Manifest,
}

const TOKENS: &str = "tokens";
const BEFORE: &str = "before.json";
const FILES: &str = "files";
/// No list of tokens is longer, in bytes.
const LONGEST: u64 = 64 << 10;

impl Keepsake {
    /// What is kept beside the output folder `output` of the target that `name` names. While another publisher of this
    /// computer has it, this waits some seconds.
    ///
    /// # Errors
    ///
    /// When another publisher has it, or the system refuses.
    pub fn open(output: &Utf8Path, name: &str, waiting: impl FnOnce(&Words)) -> Result<Self, Failure> {
        let output = output.canonicalize_utf8().map_err(Failure::read(output))?;
        let work = workplace(&output).ok_or_else(|| Failure::Unfit { path: output.clone() })?;
        let root = work.join("published").join(&FileDigest::of(name.as_bytes()).sha256[..16]);
        fs::create_dir_all(&root).map_err(Failure::write(&root))?;
        let words = || {
            waiting(&Words::new(
                "本机另一个程序正在向同一处发布，等它结束",
                "another program of this computer is publishing to the same place; waiting for it",
            ));
        };
        let lock = OutputLock::take(&root.join("lock"), name.into(), words)?;
        Ok(Self { files: ByDigest::new(root.join(FILES)), root, _lock: lock })
    }

    /// The tokens of publishers of this computer that did not end as they should.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        let bytes = super::get(&self.root.join(TOKENS), LONGEST).unwrap_or_default();
        String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
    }

    /// Keeps these tokens.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn keep_tokens(&self, tokens: &[String]) -> Result<(), Failure> {
        self.put(TOKENS, (tokens.join("\n") + "\n").as_bytes())
    }

    /// The publication before, if one can go back to it.
    #[must_use]
    pub fn before(&self) -> Option<ReplacedPublication> {
        serde_json::from_slice(&read_whole(&self.root.join(BEFORE)).ok()?).ok()
    }

    /// Keeps that `before` can be gone back to, and of files what it needs alone.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn keep_before(&self, before: &ReplacedPublication) -> Result<(), Failure> {
        let text = serde_json::to_vec(before).expect("paths and digests are plain strings");
        self.put(BEFORE, &text)?;
        let needed = before.manifest.files().values().map(|entry| &*entry.sha256).collect();
        self.files.retain(&needed)
    }

    /// Forgets the publication before, with all of its files.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn forget(&self) -> Result<(), Failure> {
        let before = self.root.join(BEFORE);
        match fs::remove_file(&before) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::remove(&before)(error));
            }
            _ => {}
        }
        self.files.forget()
    }

    /// Where the file with this digest is, if it is kept.
    #[must_use]
    pub fn file(&self, entry: &FileDigest) -> Option<Utf8PathBuf> {
        self.files.file(entry)
    }

    /// Keeps the file `entry`, which `write` gives; whether it was that file.
    ///
    /// # Errors
    ///
    /// When the system refuses; what `write` says otherwise.
    pub fn keep<E: From<Failure>>(
        &self,
        entry: &FileDigest,
        write: impl FnOnce(&mut dyn Write) -> Result<bool, E>,
    ) -> Result<bool, E> {
        self.files.keep(entry, write)
    }

    /// Puts a note in one step.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        put_note(&self.root.join(name), bytes)
    }
}
