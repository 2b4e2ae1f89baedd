//! Reading a site's folder: which files belong to a site, and what each of them holds. One bad
//! file costs a diagnostic and never the others; nothing outside the folder is read, and
//! nothing that is not a plain file is opened, so that reading always ends.

mod parts;
mod reader;
mod survey;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::Failure;
use super::believe;
use super::door::FolderRoot;
use super::known::{KnownFiles, SiteFolder};
use crate::diag::Diagnosed;
use crate::source::Sources;
use parts::MISNAMED;
use reader::{KnownBefore, ReadingOutcome};
use survey::Survey;

pub(super) use parts::TOPS;
pub(super) use reader::whole_text;
pub use reader::{MAX_FILE, MAX_TEXT};
pub use survey::MOST_NAMES;

/// Everything that the site in the folder `root` is made from. It fails only if there is no
/// such folder.
pub fn read(root: &Utf8Path) -> Result<Diagnosed<Sources>, Failure> {
    Ok(look(root, &everything())?.read)
}

/// What was read of a site's folder by somebody who knows what was there before.
#[derive(Debug)]
pub struct FolderReading {
    /// The files, and what is wrong with them.
    pub read: Diagnosed<Sources>,
    /// The folder, from which texts are read when somebody asks for their words.
    pub folder: Arc<SiteFolder>,
    /// What is known of the files from now on.
    pub known: KnownFiles,
}

/// Of so many bytes of documents' texts a build need not read any twice. That of all of a large archive would be more
/// than anything else that a build has in memory at a time.
const ROOM: usize = 64 << 20;

/// The same as [`read()`], and a file of which it is known what it holds, and of which the system
/// says that nobody has changed it, is not read before somebody asks for its words. Of many texts not all are held.
pub fn read_knowing(root: &Utf8Path, known: KnownFiles) -> Result<FolderReading, Failure> {
    let survey = survey(root, &everything())?;
    let Survey { root, files, diagnostics, .. } = survey;
    let folder = Arc::new(SiteFolder::open(&root));
    let (known, moment) = (known.of_site(&root), believe::now(&root));
    let before = KnownBefore { folder: Arc::clone(&folder), known, moment, room: ROOM };
    let ReadingOutcome { read, notes } = reader::read(&before, files, diagnostics);
    Ok(FolderReading { read, folder, known: KnownFiles::of(&root, notes.into_iter()) })
}

/// The files of a site's folder, of which some are to be read.
pub struct FolderListing {
    survey: Survey,
}

/// What is in a site's folder, by names alone.
///
/// # Errors
/// If there is no such folder.
pub fn list(root: &Utf8Path) -> Result<FolderListing, Failure> {
    Ok(FolderListing { survey: survey(root, &everything())? })
}

impl FolderListing {
    /// The files with their sizes, in a fixed order. One that goes meanwhile has no byte.
    #[must_use]
    pub fn files(&self) -> Vec<(Utf8PathBuf, u64)> {
        let root = &self.survey.root;
        let size = |path: &Utf8Path| std::fs::metadata(root.join(path)).map_or(0, |found| found.len());
        let file = |path: &Utf8PathBuf| (path.clone(), size(path));
        self.survey.files.par_iter().map(|found| file(&found.path)).collect()
    }

    /// Reads the files that `is_wanted` names, and no other. Texts of documents are not held.
    #[must_use]
    pub fn read(self, is_wanted: impl Fn(&Utf8Path) -> bool) -> FolderReading {
        let Survey { root, mut files, diagnostics, .. } = self.survey;
        files.retain(|found| is_wanted(&found.path));
        let folder = Arc::new(SiteFolder::open(&root));
        let (folder_of_all, known) = (Arc::clone(&folder), KnownFiles::default());
        let before = KnownBefore { folder: folder_of_all, known, moment: None, room: 0 };
        FolderReading {
            read: reader::read(&before, files, diagnostics).read,
            folder,
            known: KnownFiles::default(),
        }
    }
}

/// What was found in a site's folder.
#[derive(Debug)]
pub struct FoundInFolder {
    /// The files, and what is wrong with them.
    pub read: Diagnosed<Sources>,
    /// Whether a symbolic link was seen. One file then has two paths, and whoever is told that
    /// one of them changed must look at everything.
    pub has_links: bool,
}

/// The same as [`read()`] for what is at and below some paths of the site's folder, whether they
/// are files, folders or no longer there.
pub fn look(root: &Utf8Path, paths: &BTreeSet<Utf8PathBuf>) -> Result<FoundInFolder, Failure> {
    look_at(root, paths, KnownFiles::default())
}

/// The same for everything in the folder. A file of which it is known what it holds, and of which the system says that
/// nobody has changed it, is not read before somebody asks for its words.
pub fn look_knowing(root: &Utf8Path, known: KnownFiles) -> Result<FoundInFolder, Failure> {
    look_at(root, &everything(), known)
}

fn look_at(
    root: &Utf8Path,
    paths: &BTreeSet<Utf8PathBuf>,
    known: KnownFiles,
) -> Result<FoundInFolder, Failure> {
    let Survey { root, files, diagnostics, has_links, .. } = survey(root, paths)?;
    let (folder, known) = (Arc::new(SiteFolder::open(&root)), known.of_site(&root));
    let before = KnownBefore { folder, known, moment: None, room: usize::MAX };
    Ok(FoundInFolder { read: reader::read(&before, files, diagnostics).read, has_links })
}

/// A walk through what is at and below some paths of the site's folder.
fn survey(root: &Utf8Path, paths: &BTreeSet<Utf8PathBuf>) -> Result<Survey, Failure> {
    let root = root.canonicalize_utf8().map_err(Failure::read(root))?;
    if !root.is_dir() {
        return Err(Failure::read(&root)(io::ErrorKind::NotADirectory.into()));
    }
    let mut survey = Survey::new(root);
    // A path below another one of them would be read twice.
    let is_covered = |path: &Utf8Path| path.ancestors().skip(1).any(|folder| paths.contains(folder));
    paths.iter().filter(|path| !is_covered(path)).for_each(|path| survey.walk(path.as_str()));
    Ok(survey)
}

/// The paths that together are everything a site is made from, and what is told of it.
#[must_use]
pub fn everything() -> BTreeSet<Utf8PathBuf> {
    TOPS.into_iter().chain(MISNAMED.map(|(name, _)| name)).map(Utf8PathBuf::from).collect()
}

/// Opens the file at `path` of the site in the folder `root`, unless that leads out of the
/// folder by now, with its size.
pub fn open(root: &Utf8Path, path: &Utf8Path) -> io::Result<(File, u64)> {
    let file = FolderRoot::open(root)?.file(path)?;
    let size = file.metadata()?.len();
    Ok((file, size))
}

/// The nearest folder that holds a site: `from` itself or one above it.
#[must_use]
pub fn find_site(from: &Utf8Path) -> Option<Utf8PathBuf> {
    let from = from.canonicalize_utf8().ok()?;
    let mut folders = from.ancestors();
    folders.find(|folder| folder.join("site.yaml").is_file()).map(Utf8Path::to_owned)
}

/// The nearest file that would make a site of its folder, had it the right name.
#[must_use]
pub fn find_misnamed(from: &Utf8Path) -> Option<Utf8PathBuf> {
    let from = from.canonicalize_utf8().ok()?;
    let names = || MISNAMED.iter().filter(|(_, right)| *right == "site.yaml").map(|(name, _)| *name);
    from.ancestors().flat_map(|folder| names().map(|name| folder.join(name))).find(|path| path.is_file())
}
