//! What a build takes over from the one before: files that the last manifest names and that are,
//! byte for byte, still what it says of them. Anything else is as good as not there.

use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use super::write::{Kind, Output, Staged, State, kind_at};
use crate::site::{Entry, Rank};

impl Output {
    /// The bytes of a file of the last build, if they are still what it wrote.
    #[must_use]
    pub fn published(&self, path: &Utf8Path) -> Option<Vec<u8>> {
        let entry = self.before.get(path)?;
        let mut bytes = Vec::new();
        self.open_published(path, entry)?.read_to_end(&mut bytes).ok()?;
        (Entry::of(&bytes) == *entry).then_some(bytes)
    }

    /// Keeps everything that the last build wrote below `folder` as a part of the new site, and
    /// says what that is. If one file of it is no longer what was written, or nothing is there,
    /// nothing is kept.
    #[must_use]
    pub fn keep(&self, folder: &Utf8Path) -> Option<Vec<(Utf8PathBuf, Entry)>> {
        let behind = self.before.files().range(folder.to_owned()..);
        let files: Vec<_> = behind.take_while(|(path, _)| path.starts_with(folder)).collect();
        let stands = |(path, entry): &(&Utf8PathBuf, &Entry)| {
            self.open_published(path, entry).is_some() && self.is_same_file(path, entry)
        };
        if files.is_empty() || !files.iter().all(stands) {
            return None;
        }
        let kept = files.into_iter().map(|(path, entry)| (path.clone(), entry.clone()));
        Some(kept.inspect(|(path, entry)| self.keep_one(path, entry)).collect())
    }

    fn keep_one(&self, path: &Utf8Path, entry: &Entry) {
        let (path, entry) = (path.to_owned(), entry.clone());
        self.note(Staged { path, rank: Rank::Asset, entry, state: State::Same });
    }

    /// The file at `path`, if it has the size of `entry` and no symbolic link leads to it.
    fn open_published(&self, path: &Utf8Path, entry: &Entry) -> Option<std::fs::File> {
        let below = path.ancestors().skip(1).take_while(|above| !above.as_str().is_empty());
        let is = |path: &Utf8Path, kind| kind_at(&self.at(path.as_str())).ok().flatten() == Some(kind);
        let mut folders = below;
        if !is(path, Kind::File) || !folders.all(|above| is(above, Kind::Folder)) {
            return None;
        }
        self.open_sized(path, entry.size)
    }
}
