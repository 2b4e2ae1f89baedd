//! What a federated site has read of the sites of offices: files by their digests, and of each office a note which of
//! them make up the copy that was last believed. It lies beside the output folder, and whatever is damaged or gone in it
//! is read anew.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use super::Failure;
use super::by_digest::{ByDigest, put_note};
use super::door;
use super::lock::OutputLock;
use super::write::workplace;
use crate::diag::Words;
use crate::site::FileDigest;
use crate::source::{TextShelf, hex};

/// What is kept of offices beside an output folder; for this process alone.
#[derive(Debug)]
pub struct Stock {
    root: Utf8PathBuf,
    files: ByDigest,
    /// A text that was not what its name says when it was read.
    damaged: Mutex<Option<Utf8PathBuf>>,
    _lock: OutputLock,
}

/// No longer note is read, in bytes.
const LONGEST_NOTE: u64 = 1 << 20;

/// The ending of the notes.
const NOTE: &str = ".json";

impl Stock {
    /// What is kept beside the output folder `output`, which is made if it is not there. While another process has it,
    /// this waits some seconds.
    ///
    /// # Errors
    ///
    /// When another process has it, or the system refuses.
    pub fn open(output: &Utf8Path, waiting: impl FnOnce(&Words)) -> Result<Self, Failure> {
        fs::create_dir_all(output).map_err(Failure::write(output))?;
        let output = output.canonicalize_utf8().map_err(Failure::read(output))?;
        let work = workplace(&output).ok_or_else(|| Failure::Unfit { path: output.clone() })?;
        let root = work.join("offices");
        fs::create_dir_all(&root).map_err(Failure::write(&root))?;
        let words = || {
            waiting(&Words::new(
                "本机另一个程序正在汇总到同一处，等它结束",
                "another program of this computer is gathering offices for the same folder; waiting for it",
            ));
        };
        let lock = OutputLock::take(&root.join("lock"), &output, words)?;
        Ok(Self { files: ByDigest::new(root.join("files")), root, damaged: Mutex::default(), _lock: lock })
    }

    /// Whether a file of this name and size is kept; whether it is what its name says shows when it is read.
    #[must_use]
    pub fn has(&self, entry: &FileDigest) -> bool {
        self.files.seems_kept(entry)
    }

    /// The bytes of a file, if it is kept and is what its name says.
    #[must_use]
    pub fn get(&self, entry: &FileDigest) -> Option<Vec<u8>> {
        let bytes = super::get(&self.root.join("files").join(&entry.sha256), entry.size).ok()?;
        (FileDigest::of(&bytes) == *entry).then_some(bytes)
    }

    /// Keeps a file.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn keep(&self, entry: &FileDigest, bytes: &[u8]) -> Result<(), Failure> {
        // One of the same size is damaged: else nobody had read it again.
        self.files.remove(&entry.sha256);
        let folder = &self.root;
        let write =
            |file: &mut dyn Write| file.write_all(bytes).map_err(Failure::write(folder)).map(|()| true);
        self.files.keep(entry, write).map(|_| ())
    }

    /// What was noted of the office with this name.
    #[must_use]
    pub fn note(&self, name: &str) -> Option<Vec<u8>> {
        super::get(&self.root.join(format!("{name}{NOTE}")), LONGEST_NOTE).ok()
    }

    /// Notes something of the office with this name, in one step.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn keep_note(&self, name: &str, note: &[u8]) -> Result<(), Failure> {
        put_note(&self.root.join(format!("{name}{NOTE}")), note)
    }

    /// Removes what was noted of the office with this name.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn forget_note(&self, name: &str) -> Result<(), Failure> {
        let path = self.root.join(format!("{name}{NOTE}"));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::remove(&path)(error)),
            _ => Ok(()),
        }
    }

    /// Removes the notes of all offices but those with these names, and all files but those with these digests.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn tidy(&self, names: &BTreeSet<&str>, digests: &BTreeSet<&str>) -> Result<(), Failure> {
        for file in self.root.read_dir_utf8().into_iter().flatten().flatten() {
            let is_old = file.file_name().strip_suffix(NOTE).is_some_and(|name| !names.contains(name));
            if is_old {
                fs::remove_file(file.path()).map_err(Failure::remove(file.path()))?;
            }
        }
        self.files.retain(digests)
    }

    /// Makes sure that every text that was read was what its name says. One that was not is gone, so that the next run
    /// reads it anew.
    ///
    /// # Errors
    ///
    /// [`Failure::Changed`] with one that was not.
    pub fn is_steady(&self) -> Result<(), Failure> {
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        damaged.clone().map_or(Ok(()), |path| Err(Failure::Changed { path }))
    }

    fn text(&self, sha256: &str) -> Option<String> {
        let file = door::plain(&self.root.join("files").join(sha256)).ok()?;
        let bytes = super::read::whole_text(file).ok()?;
        (FileDigest::of(&bytes).sha256 == sha256).then(|| String::from_utf8(bytes).ok()).flatten()
    }
}

impl TextShelf for Stock {
    fn fetch(&self, path: &Utf8Path, sha256: [u8; 32]) -> String {
        let sha256 = hex(&sha256);
        self.text(&sha256).unwrap_or_else(|| {
            self.files.remove(&sha256);
            *self.damaged.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
            String::new()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_its_name_says_or_gone() {
        let folder = tempfile::tempdir().unwrap();
        let output = Utf8Path::from_path(folder.path()).unwrap().join("public");
        let stock = Stock::open(&output, |_| ()).unwrap();
        let entry = FileDigest::of("一".as_bytes());
        assert!(!stock.has(&entry) && stock.get(&entry).is_none());
        stock.keep(&entry, "一".as_bytes()).unwrap();
        assert_eq!(stock.get(&entry).as_deref(), Some("一".as_bytes()));
        let sha256 = crate::source::sha256_of(&entry.sha256).unwrap();
        assert_eq!(stock.fetch("content/a/2020/index.md".into(), sha256), "一");
        assert!(stock.is_steady().is_ok());
        fs::write(stock.root.join("files").join(&entry.sha256), "二").unwrap();
        assert!(stock.has(&entry) && stock.get(&entry).is_none());
        assert_eq!(stock.fetch("content/a/2020/index.md".into(), sha256), "");
        assert!(stock.is_steady().is_err() && !stock.has(&entry));
        stock.keep(&entry, "一".as_bytes()).unwrap();
        stock.keep_note("a", b"{}").unwrap();
        stock.keep_note("b", b"{}").unwrap();
        stock.tidy(&BTreeSet::from(["a"]), &BTreeSet::new()).unwrap();
        assert!(stock.note("a").is_some() && stock.note("b").is_none() && !stock.has(&entry));
    }
}
