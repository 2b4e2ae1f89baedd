//! The site that stands in an output folder, as somebody saw it who does not hold the folder yet: to read its
//! manifest and what was noted of it takes a while, in which the next site can be judged.

use camino::{Utf8Path, Utf8PathBuf};

use super::believe::BelievedFiles;
use super::keep::{self, RECIPES, bound};
use super::write::{Occupant, kind_at, workplace};
use super::{Failure, read_whole};
use crate::diag::Words;
use crate::site::{FileDigest, Manifest};

/// The site that stands in an output folder, and what was noted of it.
#[derive(Debug, Default)]
pub struct StandingSite {
    manifest: Manifest,
    /// The digest of the file of its manifest, which names the site; nothing where no site is.
    named: String,
    /// Where everything is that was noted of it, if this very program made the site.
    work: Option<Utf8PathBuf>,
    notes: BelievedFiles,
}

impl StandingSite {
    /// The site in the output folder `dir`, which need not exist.
    ///
    /// # Errors
    /// Where something else stands in the place of its manifest.
    pub fn look(dir: &Utf8Path) -> Result<Self, Failure> {
        match dir.canonicalize_utf8() {
            Ok(root) => Self::of(&root, manifest_file(&root)?),
            Err(_) => Ok(Self::default()),
        }
    }

    /// The same where the site that stands in `root` is still this one, and otherwise the one that stands there by now.
    pub(super) fn or_look_again(self, root: &Utf8Path) -> Result<Self, Failure> {
        let file = manifest_file(root)?;
        let named = file.as_ref().map(|bytes| FileDigest::of(bytes).sha256).unwrap_or_default();
        if named == self.named { Ok(self) } else { Self::of(root, file) }
    }

    fn of(root: &Utf8Path, file: Option<Vec<u8>>) -> Result<Self, Failure> {
        let Some(bytes) = file else { return Ok(Self::default()) };
        let reason = |reason| Failure::NotOurs { path: root.join(Manifest::PATH), reason };
        let manifest = Manifest::read(&String::from_utf8_lossy(&bytes)).map_err(reason)?;
        let named = FileDigest::of(&bytes).sha256;
        let work = workplace(root).filter(|work| keep::is_own(work, &named));
        let notes = work.as_ref().map(|work| BelievedFiles::read(work, &named)).unwrap_or_default();
        Ok(Self { manifest, named, work, notes })
    }

    /// Its files; none where no site is.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What names it; nothing where no site is.
    #[must_use]
    pub fn named(&self) -> &str {
        &self.named
    }

    /// What its pages were made from, as it was noted; nothing where another program made it, or where the note is
    /// damaged or of another site.
    #[must_use]
    pub fn recipes(&self) -> Option<Vec<u8>> {
        bound(&self.work.as_ref()?.join(RECIPES), &self.named)
    }

    /// Whether this very program made it.
    pub(super) fn is_own(&self) -> bool {
        self.work.is_some()
    }

    /// What was noted of its files.
    pub(super) fn notes(&self) -> &BelievedFiles {
        &self.notes
    }

    /// Believes nothing that was noted of its files.
    pub(super) fn doubt(&mut self) {
        self.notes = BelievedFiles::default();
    }
}

/// The manifest of the site that was last built into the folder `dir`; an empty one if none was.
///
/// # Errors
/// Where something else stands in its place.
pub fn published(dir: &Utf8Path) -> Result<Manifest, Failure> {
    StandingSite::look(dir).map(|standing| standing.manifest)
}

/// What is in the file of the manifest of the site in `root`, if there is one.
fn manifest_file(root: &Utf8Path) -> Result<Option<Vec<u8>>, Failure> {
    let path = root.join(Manifest::PATH);
    match kind_at(&path)? {
        None => Ok(None),
        Some(Occupant::File) => read_whole(&path).map(Some).map_err(Failure::read(&path)),
        Some(_) => {
            let reason = Words::new("它不是文件", "it is not a file");
            Err(Failure::NotOurs { path, reason })
        }
    }
}
