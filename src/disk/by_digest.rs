//! Files that are kept by their SHA-256, each whole or not there.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, copy, door, entry_at};
use crate::site::FileDigest;

/// Puts a note to `path` in one step.
pub(super) fn put_note(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let put = || {
        let mut file =
            tempfile::Builder::new().prefix(".part-").tempfile_in(path.parent().unwrap_or(path))?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map(|_| ()).map_err(|error| error.error)
    };
    put().map_err(Failure::write(path))
}

/// A folder of files that are named by their digests.
#[derive(Debug)]
pub(super) struct ByDigest {
    folder: Utf8PathBuf,
}

impl ByDigest {
    pub(super) fn new(folder: Utf8PathBuf) -> Self {
        Self { folder }
    }

    /// Where the file with this digest is, if it is kept.
    pub(super) fn file(&self, entry: &FileDigest) -> Option<Utf8PathBuf> {
        let path = self.folder.join(&entry.sha256);
        entry_at(&path).is_ok_and(|found| found == *entry).then_some(path)
    }

    /// Whether a file of this name and size is kept. Whoever reads it finds out whether it is the right one.
    pub(super) fn seems_kept(&self, entry: &FileDigest) -> bool {
        let found = fs::symlink_metadata(self.folder.join(&entry.sha256));
        found.is_ok_and(|found| found.is_file() && found.len() == entry.size)
    }

    /// Keeps the file `entry`, which `write` gives; whether it was that file.
    pub(super) fn keep<E: From<Failure>>(
        &self,
        entry: &FileDigest,
        write: impl FnOnce(&mut dyn Write) -> Result<bool, E>,
    ) -> Result<bool, E> {
        if self.file(entry).is_some() {
            return Ok(true);
        }
        let folder = &self.folder;
        let failed = |error| E::from(Failure::write(folder)(error));
        fs::create_dir_all(folder).map_err(failed)?;
        let mut file = tempfile::Builder::new().prefix(".part-").tempfile_in(folder).map_err(failed)?;
        if !write(&mut file)? {
            return Ok(false);
        }
        file.flush().map_err(failed)?;
        let mut written = door::plain(Utf8Path::from_path(file.path()).unwrap_or(folder)).map_err(failed)?;
        if copy(&mut written, &mut io::sink()).map_err(failed)? != *entry {
            return Ok(false);
        }
        file.persist(folder.join(&entry.sha256)).map_err(|error| failed(error.error))?;
        Ok(true)
    }

    /// Removes the file with this digest.
    pub(super) fn remove(&self, sha256: &str) {
        // What cannot be removed is found to be another file whenever it is read.
        let _ = fs::remove_file(self.folder.join(sha256));
    }

    /// Removes all files but those with these digests.
    pub(super) fn retain(&self, needed: &BTreeSet<&str>) -> Result<(), Failure> {
        let files = self.folder.read_dir_utf8().into_iter().flatten().flatten();
        for file in files.filter(|file| !needed.contains(file.file_name())) {
            fs::remove_file(file.path()).map_err(Failure::remove(file.path()))?;
        }
        Ok(())
    }

    /// Removes the folder.
    pub(super) fn forget(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Failure::remove(&self.folder)(error))
            }
            _ => Ok(()),
        }
    }
}
