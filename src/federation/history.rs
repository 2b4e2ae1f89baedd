//! Whether an office has rewritten what it published: the head of its log must go on from the one that was seen last.

use super::{OfficeFault, copy};
use crate::diag::Words;
use crate::proof;
use crate::seal::PublicKey;
use crate::site::{FileDigest, Manifest};
use crate::tlog::{self, Checkpoint};

/// Where the head of a site's log is.
const CHECKPOINT: &str = "log/checkpoint";

/// No longer head is read, in bytes.
const LARGEST_CHECKPOINT: u64 = 64 << 10;

/// No larger bundle of entries is read, in bytes: 256 entries and their lengths.
const LARGEST_BUNDLE: u64 = 256 * (tlog::LONGEST_ENTRY as u64 + 2);

/// Where the head of an office's log is, if it has a signed one. One that had a log cannot be without it.
///
/// # Errors
/// When it is no longer there.
pub fn checkpoint(
    manifest: &Manifest,
    before: Option<&str>,
) -> Result<Option<(String, FileDigest)>, OfficeFault> {
    let entry = copy::listed(manifest, CHECKPOINT, LARGEST_CHECKPOINT)?;
    if entry.is_none() && before.is_some() {
        return Err(OfficeFault::history(&Words::new(
            "以前有签名的公开记录，现在没有了：历史被改写过",
            "it had a signed log and has none any more: history was rewritten",
        )));
    }
    Ok(entry.map(|entry| (CHECKPOINT.to_owned(), entry)))
}

/// The files in which the entries of the log with the head `now` are, each with its entry in the manifest.
///
/// # Errors
/// When the head is none, its signature is not of `key`, or a file is missing.
pub fn log_files(
    manifest: &Manifest,
    now: &str,
    key: Option<&PublicKey>,
) -> Result<Vec<(String, FileDigest)>, OfficeFault> {
    let head = read(now)?;
    if let Some(key) = key {
        head.check(key).map_err(|doubt| OfficeFault::signature(&doubt.words()))?;
    }
    let mut files = Vec::new();
    for tile in tlog::bundles(head.head.size) {
        let paths = [tile.path(), tile.whole().path()].map(|path| format!("log/{path}"));
        let mut found = None;
        for path in paths {
            found = found.or(copy::listed(manifest, &path, LARGEST_BUNDLE)?.map(|entry| (path, entry)));
        }
        files.push(found.ok_or_else(|| lacks(&tile.path()))?);
    }
    Ok(files)
}

/// Whether the log with the head `now` is whole and goes on from `before`. `file` gives the files of the log.
///
/// # Errors
/// When it does not.
pub fn follows(
    now: &str,
    before: Option<&str>,
    file: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<(), OfficeFault> {
    let ledger = proof::entries(&read(now)?.head, file).map_err(|why| OfficeFault::history(&why))?;
    let Some(before) = before else { return Ok(()) };
    let before = read(before)?;
    match proof::is_of(&ledger.tree, &before.head) {
        true => Ok(()),
        false => Err(OfficeFault::history(&proof::rewritten(&before))),
    }
}

fn read(text: &str) -> Result<Checkpoint, OfficeFault> {
    Checkpoint::read(text).map_err(|doubt| {
        let Words { zh, en } = doubt.words();
        OfficeFault::nonsense(CHECKPOINT, zh, en)
    })
}

fn lacks(path: &str) -> OfficeFault {
    OfficeFault::nonsense(&format!("log/{path}"), "清单里没有", "the manifest has none")
}
