//! Which files of the finished site are believed to be as they were written, without reading them:
//! those whose size, times and inode are as they were noted, as `git` does. A change time cannot be
//! set by hand. A file that was changed in the very moment of noting is read.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::read_whole;
use super::write::Output;
use crate::site::{Entry, Manifest};

/// The file in the workplace that has the notes.
const NOTES: &str = "stats";

/// A file that changed within so many nanoseconds of the noting may have been changed after it: the
/// clocks of file systems are no finer than some milliseconds.
const MOMENT: i128 = 20_000_000;

/// What the system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stat {
    size: u64,
    modified: i64,
    changed: i64,
    inode: u64,
}

/// What was noted of the files of a site, and of which one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Notes {
    /// The digest of the site's manifest.
    manifest: String,
    files: BTreeMap<Utf8PathBuf, Stat>,
    /// When they were noted, in nanoseconds.
    #[serde(skip)]
    noted: i128,
}

impl Notes {
    /// The notes on the site of `manifest`; none where they are damaged or of another site.
    pub(super) fn read(work: &Utf8Path, manifest: &Manifest) -> Self {
        let path = work.join(NOTES);
        let notes = read_whole(&path).ok().and_then(|bytes| serde_json::from_slice::<Self>(&bytes).ok());
        let noted = fs::symlink_metadata(&path).ok().as_ref().and_then(stat);
        match (notes, noted) {
            (Some(notes), Some(stat)) if notes.manifest == digest(manifest) => {
                Self { noted: i128::from(stat.modified), ..notes }
            }
            _ => Self::default(),
        }
    }

    /// Whether the file at `path` of the site in `root` is as it was noted.
    pub(super) fn hold(&self, root: &Utf8Path, path: &Utf8Path) -> bool {
        let now = fs::symlink_metadata(root.join(path)).ok().filter(fs::Metadata::is_file);
        let now = now.as_ref().and_then(stat);
        let before = self.files.get(path);
        let is_older = |stat: &Stat| i128::from(stat.changed) + MOMENT < self.noted;
        before.is_some_and(|before| now == Some(*before) && is_older(before))
    }
}

impl Output {
    /// Believes nothing that was noted: every file of the site that is there is read.
    pub fn doubt(&mut self) {
        self.notes = Notes::default();
    }

    /// Whether the files of the site that is there are noted as they are.
    pub(super) fn is_noted(&self) -> bool {
        !self.notes.files.is_empty()
    }

    /// Notes what the system says of every file of the site of `manifest`, which is in its place.
    /// Where that cannot be written the next build only takes longer.
    pub(super) fn note_stats(&self, manifest: &Manifest) {
        let files: Vec<&Utf8PathBuf> = manifest.files().keys().collect();
        let noted = files.into_par_iter().filter_map(|path| {
            let found = fs::symlink_metadata(self.at(path.as_str())).ok()?;
            Some((path.clone(), stat(&found)?))
        });
        let notes = Notes { manifest: digest(manifest), files: noted.collect(), noted: 0 };
        let path = self.work.join(NOTES);
        let _ = fs::remove_file(&path);
        let _ = fs::write(&path, serde_json::to_vec(&notes).unwrap_or_default());
    }
}

/// What names the site of a manifest.
pub(super) fn digest(manifest: &Manifest) -> String {
    Entry::of(manifest.json().as_bytes()).sha256
}

/// What a system tells of a file; nothing where it has no change times or inodes.
#[cfg(unix)]
fn stat(found: &fs::Metadata) -> Option<Stat> {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
    Some(Stat {
        size: found.len(),
        modified: nanoseconds(found.mtime(), found.mtime_nsec())?,
        changed: nanoseconds(found.ctime(), found.ctime_nsec())?,
        inode: found.ino(),
    })
}

/// What a system tells of a file; nothing where it has no change times or inodes.
#[cfg(not(unix))]
fn stat(_: &fs::Metadata) -> Option<Stat> {
    None
}
