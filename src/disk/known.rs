//! What the last build read of a site's folder. A file of which the system says that nobody has changed
//! it since is not read again before somebody asks for its words.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::Failure;
use super::believe::Stat;
use super::door::FolderRoot;
use super::read::whole_text;
use crate::encoding::text_of;
use crate::source::{Blob, FileNature, Source, TextShelf};

/// What a build has read of a site's folder.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFiles {
    /// The site's folder.
    site: Utf8PathBuf,
    files: BTreeMap<String, FileNote>,
}

/// A file that was read without complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileNote {
    stat: Stat,
    what: KnownContent,
}

/// What it turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum KnownContent {
    /// A text with this digest.
    Text([u8; 32]),
    /// A file that is passed on.
    Blob { size: u64, sha256: String, nature: FileNature },
}

impl KnownFiles {
    /// What is in a note of the workplace; nothing where it is damaged.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        postcard::from_bytes(bytes).unwrap_or_default()
    }

    /// The bytes that last.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// What was read of files of the site in the folder `site`.
    pub(super) fn of(site: &Utf8Path, files: impl Iterator<Item = (Utf8PathBuf, FileNote)>) -> Self {
        Self { site: site.to_owned(), files: files.map(|(path, note)| (path.into(), note)).collect() }
    }

    /// The same, if it is of the site in the folder `site`.
    pub(super) fn of_site(self, site: &Utf8Path) -> Self {
        if self.site == site { self } else { Self::default() }
    }

    /// What was read of the file at `path`, if the system says of it what it said then.
    pub(super) fn note(&self, path: &Utf8Path) -> Option<&FileNote> {
        let note = self.files.get(path.as_str())?;
        let now = std::fs::metadata(self.site.join(path)).ok().filter(std::fs::Metadata::is_file)?;
        (Stat::of(&now)? == note.stat).then_some(note)
    }
}

impl FileNote {
    /// The note on a text of which the system said this before it was read.
    pub(super) fn of_text(stat: Stat, text: &Source) -> Self {
        Self { stat, what: KnownContent::Text(text.sha256()) }
    }

    /// The note on a file that is passed on.
    pub(super) fn of_blob(stat: Stat, blob: &Blob) -> Self {
        let Blob { size, sha256, nature, .. } = blob.clone();
        Self { stat, what: KnownContent::Blob { size, sha256, nature } }
    }

    /// What the system said of it.
    pub(super) fn stat(&self) -> Stat {
        self.stat
    }

    /// The text at `path` that was noted.
    pub(super) fn text(&self, path: &Utf8Path, shelf: &Arc<SiteFolder>) -> Option<Source> {
        let KnownContent::Text(sha256) = self.what else { return None };
        Some(Source::known(path, sha256, Arc::clone(shelf) as Arc<dyn TextShelf>))
    }

    /// The file at `path` that was noted.
    pub(super) fn blob(&self, path: &Utf8Path) -> Option<Blob> {
        let KnownContent::Blob { size, sha256, nature } = self.what.clone() else { return None };
        Some(Blob { path: path.to_owned(), size, sha256, nature })
    }
}

/// A site's folder, from which texts are read again when somebody asks for their words.
pub struct SiteFolder {
    root: io::Result<FolderRoot>,
    /// A text that was no longer what it was known to be.
    changed: Mutex<Option<Utf8PathBuf>>,
}

impl std::fmt::Debug for SiteFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Folder")
    }
}

impl SiteFolder {
    pub(super) fn open(path: &Utf8Path) -> Self {
        Self { root: FolderRoot::open(path), changed: Mutex::default() }
    }

    pub(super) fn root(&self) -> io::Result<&FolderRoot> {
        self.root.as_ref().map_err(|error| io::Error::from(error.kind()))
    }

    /// Makes sure that every text that was read again was still what it was known to be.
    ///
    /// # Errors
    /// [`Failure::Changed`] with one that was not.
    pub fn is_steady(&self) -> Result<(), Failure> {
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.clone().map_or(Ok(()), |path| Err(Failure::Changed { path }))
    }

    fn text(&self, path: &Utf8Path) -> Option<String> {
        let bytes = whole_text(self.root().ok()?.file(path).ok()?).ok()?;
        text_of(&bytes).ok()
    }
}

impl TextShelf for SiteFolder {
    fn fetch(&self, path: &Utf8Path, sha256: [u8; 32]) -> String {
        let text = self.text(path).map(|text| Source::new(path, text)).filter(|text| text.sha256() == sha256);
        text.map(Source::into_text).unwrap_or_else(|| {
            *self.changed.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
            String::new()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::read_knowing;
    use super::*;

    #[test]
    fn a_text_that_changes_after_it_was_believed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir(site.join("content")).unwrap();
        let path = Utf8Path::new("content/index.md");
        fs::write(site.join(path), "一").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30));
        let known = read_knowing(site, KnownFiles::default()).unwrap().known;
        let again = read_knowing(site, KnownFiles::read(&known.bytes())).unwrap();
        assert!(again.known == known);
        let text = again.read.value.text(path).unwrap();
        assert_eq!(text.sha256(), Source::new(path, "一").sha256());
        assert!(again.folder.is_steady().is_ok());
        fs::write(site.join(path), "二").unwrap();
        assert_eq!(text.text(), "", "it was not read before");
        assert!(
            matches!(again.folder.is_steady(), Err(Failure::Changed { path: changed }) if changed == path)
        );
        let read = read_knowing(site, known).unwrap().read.value;
        assert_eq!(read.text(path).map(Source::text), Some("二"));
    }
}
