//! What the publisher keeps on the server beside the site: what it sent with which headers, what it is about to
//! do, and who is at it. All of it names paths and digests of public files, and nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Headers;
use crate::diag::Words;
use crate::site::{FileDigest, Manifest, is_output, is_sha256};

/// The folder on a server that belongs to the publisher. No page links to it.
pub const PRIVATE: &str = ".xiangwei/";
/// Where it is kept what was sent.
pub const STATE: &str = ".xiangwei/state.json";
/// Where it is kept what is about to be done.
pub const JOURNAL: &str = ".xiangwei/journal.json";
/// What only one publisher can make.
pub const LOCK: &str = ".xiangwei/lock";

/// What was sent that the manifest does not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetState {
    /// The headers that files were sent with, by their class.
    pub headers: BTreeMap<String, String>,
    /// Files of the publication before that its pages still ask for.
    pub kept: BTreeMap<String, FileDigest>,
}

/// What a publication that did not end may have done: every path that may hold a file of ours although the manifest
/// does not say so, with all that it can hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishJournal {
    /// The headers that files were sent with.
    pub headers: BTreeMap<String, String>,
    /// The files, and every content that they may have.
    pub files: BTreeMap<String, Vec<FileDigest>>,
}

/// Who publishes, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockHolder {
    /// User and computer.
    pub owner: String,
    /// When the publication began, as RFC 3339 in UTC.
    pub since: String,
    /// A random number that tells this publication from all others.
    pub token: String,
}

impl TargetState {
    /// The state as it is kept.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        written(self)
    }

    /// A state from its text.
    ///
    /// # Errors
    ///
    /// When it is none, or names a path outside of the site.
    pub fn read(bytes: &[u8]) -> Result<Self, Words> {
        let state: Self = parsed(bytes)?;
        sound(state.kept.iter())?;
        Ok(state)
    }
}

impl PublishJournal {
    /// The journal as it is kept.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        written(self)
    }

    /// A journal from its text.
    ///
    /// # Errors
    ///
    /// When it is none, or names a path outside of the site.
    pub fn read(bytes: &[u8]) -> Result<Self, Words> {
        let journal: Self = parsed(bytes)?;
        sound(
            journal.files.iter().flat_map(|(path, entries)| entries.iter().map(move |entry| (path, entry))),
        )?;
        Ok(journal)
    }

    /// Takes note that the file at `path` may be `entry` soon, or still is.
    pub(super) fn note(&mut self, path: &str, entry: &FileDigest) {
        let entries = self.files.entry(path.to_owned()).or_default();
        if !entries.contains(entry) {
            entries.push(entry.clone());
        }
    }

    /// Takes note of the headers that files are sent with. Of a class that two publications sent with different
    /// ones nothing is known.
    pub(super) fn note_headers(&mut self, headers: &BTreeMap<String, String>) {
        if self.files.is_empty() {
            self.headers.clone_from(headers);
        } else {
            self.headers.retain(|class, line| headers.get(class) == Some(line));
        }
    }

    /// Whether nothing was left undone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl LockHolder {
    /// The lock as it is kept.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        written(self)
    }

    /// Whoever holds the lock, as its text says; one that says nothing is held by somebody unknown.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let unknown = || Self { owner: "?".into(), since: "?".into(), token: String::new() };
        let plain = |held: &Self| !format!("{}{}", held.owner, held.since).contains(char::is_control);
        serde_json::from_slice(bytes).ok().filter(plain).unwrap_or_else(unknown)
    }

    /// Why a second publisher stops, and what to do.
    #[must_use]
    pub fn words(&self) -> Words {
        let Self { owner, since, .. } = self;
        Words::new(
            format!(
                "{owner} 从 {since} 起正在向这里发布，因此没有发布。等它结束再试；确知它已经中断（如停电、断网、被关闭）的，加上 --break-lock 接着发布"
            ),
            format!(
                "{owner} has been publishing here since {since}, so nothing was published. Try again when that is done; \
                 if it is certain that it was interrupted (power, network, closed), add --break-lock to go on from there"
            ),
        )
    }
}

/// The headers of all `manifest`'s files, by class.
pub(super) fn headers_of(manifest: &Manifest) -> BTreeMap<String, String> {
    manifest.files().keys().map(|path| (Headers::class(path), Headers::of(path).line())).collect()
}

fn written(value: &impl Serialize) -> Vec<u8> {
    let text = serde_json::to_string_pretty(value);
    (text.expect("paths and digests are plain strings") + "\n").into_bytes()
}

fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Words> {
    serde_json::from_slice(bytes)
        .map_err(|error| Words::new(format!("写法不对（{error}）"), format!("it cannot be read ({error})")))
}

/// Holds that what came over a network names files of a site alone.
fn sound<'a>(files: impl Iterator<Item = (&'a String, &'a FileDigest)>) -> Result<(), Words> {
    for (path, entry) in files {
        if !is_output(path) || !is_sha256(&entry.sha256) {
            return Err(Words::new(
                format!("{path:?} 不能是网站里的文件"),
                format!("{path:?} cannot be a file of a site"),
            ));
        }
    }
    Ok(())
}
