//! Which files are believed to be as they were, without reading them: those whose size, times and
//! inode are as they were noted, as `git` does. A change time cannot be set by hand. A file that was
//! changed in the very moment of noting is read.

use std::collections::BTreeMap;
use std::fs;

use camino::Utf8Path;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::read_whole;
use super::write::Output;
use crate::site::{FileDigest, Manifest};

/// The file in the workplace that has the notes on the finished site.
const NOTES: &str = "stats";

/// A file that changed within so many nanoseconds of the noting may have been changed after it: the
/// clocks of file systems are no finer than some milliseconds.
const MOMENT: i64 = 20_000_000;

/// What the system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stat {
    size: u64,
    modified: i64,
    changed: i64,
    inode: u64,
}

impl Stat {
    /// What the system says of the file at `path` itself, if it is a plain one.
    fn at(path: &Utf8Path) -> Option<Self> {
        let found = fs::symlink_metadata(path).ok()?;
        Self::of(&found).filter(|_| found.is_file())
    }

    /// What a system tells of a file; nothing where it has no change times or inodes.
    #[cfg(unix)]
    pub(super) fn of(found: &fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        Some(Self {
            size: found.len(),
            modified: nanoseconds(found.mtime(), found.mtime_nsec())?,
            changed: nanoseconds(found.ctime(), found.ctime_nsec())?,
            inode: found.ino(),
        })
    }

    /// What a system tells of a file; nothing where it has no change times or inodes.
    #[cfg(not(unix))]
    pub(super) fn of(_: &fs::Metadata) -> Option<Self> {
        None
    }

    /// Whether the file was last changed so long before a moment that a change after it shows.
    pub(super) fn is_before(&self, moment: i64) -> bool {
        self.changed.saturating_add(MOMENT) < moment
    }
}

/// What time it is now, in nanoseconds, for the file system that `folder` is on, or at least for this
/// system; nothing where neither tells. A file without a name is made for that.
pub(super) fn now(folder: &Utf8Path) -> Option<i64> {
    let file = tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile()).ok()?;
    Stat::of(&file.metadata().ok()?).map(|stat| stat.modified)
}

/// What was noted of the files of a site, and of which one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct BelievedFiles {
    /// The digest of the site's manifest.
    manifest: String,
    files: BTreeMap<String, Stat>,
    /// When they were noted, in nanoseconds.
    #[serde(skip)]
    noted: i64,
}

impl BelievedFiles {
    /// The notes on the site of the manifest with this digest; none where they are damaged or of
    /// another site.
    pub(super) fn read(work: &Utf8Path, manifest: &str) -> Self {
        let path = work.join(NOTES);
        let notes = read_whole(&path).ok().and_then(|bytes| postcard::from_bytes::<Self>(&bytes).ok());
        match (notes, Stat::at(&path)) {
            (Some(notes), Some(stat)) if notes.manifest == manifest => Self { noted: stat.modified, ..notes },
            _ => Self::default(),
        }
    }

    /// Whether the file at `path` of the site in `root` is as it was noted.
    pub(super) fn hold(&self, root: &Utf8Path, path: &Utf8Path) -> bool {
        let before = self.files.get(path.as_str()).filter(|stat| stat.is_before(self.noted));
        before.is_some_and(|before| Stat::at(&root.join(path)) == Some(*before))
    }
}

impl Output {
    /// Believes nothing that was noted: every file of the site that is there is read.
    pub fn doubt(&mut self) {
        self.before.doubt();
    }

    /// Whether the files of the site that is there are noted as they are.
    pub(super) fn is_noted(&self) -> bool {
        !self.before.notes().files.is_empty()
    }

    /// Notes what the system says of every file of the site of `manifest`, which is in its place and
    /// has this digest. Where that cannot be written the next build only takes longer.
    pub(super) fn note_stats(&self, manifest: &Manifest, digest: &str) {
        let files: Vec<&String> = manifest.files().keys().collect();
        let noted = files.into_par_iter().filter_map(|path| Some((path.clone(), Stat::at(&self.at(path))?)));
        let notes = BelievedFiles { manifest: digest.to_owned(), files: noted.collect(), noted: 0 };
        let path = self.work.join(NOTES);
        let _ = fs::remove_file(&path);
        let _ = fs::write(&path, postcard::to_allocvec(&notes).unwrap_or_default());
    }
}

/// What names the site of a manifest.
pub(super) fn digest(manifest: &Manifest) -> String {
    FileDigest::of(manifest.json().as_bytes()).sha256
}
