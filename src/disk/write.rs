//! Staging: every file of a site is written beside the output folder before the first one is
//! put into it, and only if the output folder does not hold the very same bytes already. What
//! happens afterwards is the room of `promote`.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::journal::PromotionJournal;
use super::lock::OutputLock;
use super::standing::StandingSite;
use super::{Failure, STAGING, copy, door, entry_at};
use crate::diag::Words;
use crate::route::Route;
use crate::site::{FileDigest, Manifest, Rank, unfit};
use crate::source::{Blob, Source, hex};

/// The output folder while a build writes to it. Dropping it without promoting leaves the
/// folder as it was.
#[derive(Debug)]
pub struct Output {
    pub(super) root: Utf8PathBuf,
    pub(super) work: Utf8PathBuf,
    /// The site that is there.
    pub(super) before: StandingSite,
    pub(super) journal: Option<PromotionJournal>,
    pub(super) staged: Mutex<Vec<StagedFile>>,
    folders: RwLock<BTreeMap<String, FolderState>>,
    changed: AtomicUsize,
    _lock: OutputLock,
}

/// A file of the new site, and what has to be done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StagedFile {
    pub(super) path: Utf8PathBuf,
    pub(super) rank: Rank,
    pub(super) entry: FileDigest,
    pub(super) state: FileState,
}

/// How a file of the new site compares with what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileState {
    /// The same bytes are there already.
    Same,
    /// Nothing of the kind is there.
    New(RoomForFile),
    /// Another version is there; the new one is staged under this number.
    Changed(usize),
}

/// Where a new file fits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RoomForFile {
    /// So many bytes of the path name the topmost folder that is missing, or the file itself.
    pub(super) top: usize,
    /// Whether something of ours has to go first: a file where the folder belongs, or a folder
    /// where the file belongs.
    pub(super) taken: bool,
}

/// What stands where a folder of the site belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FolderState {
    /// That folder, and no symbolic link on the way to it.
    Real,
    /// Nothing that may stay.
    Missing(RoomForFile),
}

impl Output {
    /// The output folder `dir`, for this process alone. It need not exist yet. While another
    /// build holds it this waits a few seconds, after it has called `waiting` with what to tell
    /// the user.
    pub fn open(dir: &Utf8Path, waiting: impl FnOnce(&Words)) -> Result<Self, Failure> {
        Self::open_seen(dir, StandingSite::default(), waiting)
    }

    /// The same where somebody has seen the site `before` in it. Where another one stands there by now, that is read.
    pub fn open_seen(
        dir: &Utf8Path,
        before: StandingSite,
        waiting: impl FnOnce(&Words),
    ) -> Result<Self, Failure> {
        let root = locate(dir)?;
        let work = made_workplace(&root)?;
        let lock = OutputLock::take(&work.join("lock"), &root, || waiting(&busy(&root)))?;
        // What a killed build left in staging is of no use: every build stages what it needs.
        sweep(&work.join(STAGING))?;
        Ok(Self {
            before: before.or_look_again(&root)?,
            journal: PromotionJournal::read(&work)?,
            staged: Mutex::default(),
            folders: RwLock::default(),
            changed: AtomicUsize::default(),
            root,
            work,
            _lock: lock,
        })
    }

    /// Stages a file of the new site, unless the same bytes stand in its place already. Many
    /// threads may stage at once.
    pub fn stage(&self, route: &Route, rank: Rank, bytes: &[u8]) -> Result<FileDigest, Failure> {
        let staged = self.stage_at(output_of(route)?, rank, bytes)?;
        Ok(self.note(staged))
    }

    /// Stages a copy of a text of the site's folder. It ranks as an asset.
    pub fn stage_text(&self, route: &Route, source: &Source) -> Result<FileDigest, Failure> {
        let bytes = source.text().as_bytes();
        let entry = FileDigest { sha256: hex(&source.sha256()), size: bytes.len() as u64 };
        let (path, rank) = (output_of(route)?, Rank::Asset);
        let state = self.put(&path, bytes)?;
        Ok(self.note(StagedFile { path, rank, entry, state }))
    }

    /// Stages a file that is passed on as it is: `blob`, which is at `source` on the disk. It
    /// ranks as an asset.
    pub fn stage_blob(&self, route: &Route, source: &Utf8Path, blob: &Blob) -> Result<FileDigest, Failure> {
        let path = output_of(route)?;
        let entry = FileDigest { sha256: blob.sha256.clone(), size: blob.size };
        let mut state = self.look(&path)?;
        if matches!(state, FileState::Changed(_)) && self.is_same_file(&path, &entry) {
            state = FileState::Same;
        }
        if let Some(mut to) = self.create(&path, state)? {
            let mut from = door::led_to(source).map_err(Failure::read(source))?;
            let copied = copy(&mut from, &mut to).map_err(Failure::write(&path))?;
            if copied != entry {
                return Err(Failure::Changed { path: blob.path.clone() });
            }
        }
        let rank = Rank::Asset;
        Ok(self.note(StagedFile { path, rank, entry, state }))
    }

    /// Stages a file without taking note of it.
    pub(super) fn stage_at(
        &self,
        path: Utf8PathBuf,
        rank: Rank,
        bytes: &[u8],
    ) -> Result<StagedFile, Failure> {
        let state = self.put(&path, bytes)?;
        Ok(StagedFile { path, rank, entry: FileDigest::of(bytes), state })
    }

    /// Writes bytes that belong at `path` into staging, unless they stand there already.
    fn put(&self, path: &Utf8Path, bytes: &[u8]) -> Result<FileState, Failure> {
        let state = self.look(path)?;
        if matches!(state, FileState::Changed(_)) && self.holds(path, bytes) {
            return Ok(FileState::Same);
        }
        if let Some(mut file) = self.create(path, state)? {
            file.write_all(bytes).map_err(Failure::write(path))?;
        }
        Ok(state)
    }

    /// Where `path` of the site is or will be; the empty path is the output folder.
    pub(super) fn at(&self, path: &str) -> Utf8PathBuf {
        match path {
            "" => self.root.clone(),
            path => self.root.join(path),
        }
    }

    /// Where `path` of the site is staged while nothing stands in its place; the empty path is
    /// the whole site.
    pub(super) fn staged_new(&self, path: &str) -> Utf8PathBuf {
        let site = self.work.join(STAGING).join("new");
        match path {
            "" => site,
            path => site.join(path),
        }
    }

    /// Where the new version of a file is staged. No folder holds very many of them, since
    /// several threads fill it.
    pub(super) fn staged_changed(&self, number: usize) -> Utf8PathBuf {
        self.work.join(STAGING).join(format!("changed/{}/{number}", number % 64))
    }

    /// Whether a file that stands at `path` and has this digest is certainly ours.
    pub(super) fn knows(&self, path: &Utf8Path, sha256: &str) -> bool {
        let published = self.before.manifest().get(path).is_some_and(|entry| entry.sha256 == sha256);
        let promised = || self.journal.as_ref().is_some_and(|journal| journal.knows(path, sha256));
        published || promised()
    }

    pub(super) fn note(&self, staged: StagedFile) -> FileDigest {
        let entry = staged.entry.clone();
        let mut all = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(staged);
        entry
    }

    /// What stands at `path`, before its bytes are compared.
    fn look(&self, path: &Utf8Path) -> Result<FileState, Failure> {
        if let FolderState::Missing(gap) = self.folder(parent(path.as_str()))? {
            return Ok(FileState::New(gap));
        }
        let top = path.as_str().len();
        let Some(kind) = kind_at(&self.at(path.as_str()))? else {
            return Ok(FileState::New(RoomForFile { top, taken: false }));
        };
        match kind {
            Occupant::File => self.claim(path).map(|()| self.next_version()),
            Occupant::Folder => {
                self.claim_below(path)?;
                Ok(FileState::New(RoomForFile { top, taken: true }))
            }
            Occupant::Link | Occupant::Other => Err(self.refusal(path.as_str(), kind)),
        }
    }

    fn next_version(&self) -> FileState {
        FileState::Changed(self.changed.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether `path` is in a folder of the site that no symbolic link leads to.
    pub(super) fn is_in_real_folder(&self, path: &Utf8Path) -> bool {
        matches!(self.folder(parent(path.as_str())), Ok(FolderState::Real))
    }

    /// What stands where the folder at `path` belongs; looked up once.
    fn folder(&self, path: &str) -> Result<FolderState, Failure> {
        let folders = self.folders.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = folders.get(path) {
            return Ok(*folder);
        }
        drop(folders);
        let folder = self.look_for_folder(path)?;
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.insert(path.to_owned(), folder);
        Ok(folder)
    }

    fn look_for_folder(&self, path: &str) -> Result<FolderState, Failure> {
        if !path.is_empty()
            && let missing @ FolderState::Missing(_) = self.folder(parent(path))?
        {
            return Ok(missing);
        }
        let missing = |taken| FolderState::Missing(RoomForFile { top: path.len(), taken });
        match kind_at(&self.at(path))? {
            None => Ok(missing(false)),
            Some(Occupant::Folder) => Ok(FolderState::Real),
            Some(Occupant::File) => self.claim_exactly(path.into()).map(|()| missing(true)),
            Some(kind) => Err(self.refusal(path, kind)),
        }
    }

    /// Makes sure that the file at `path` is ours to overwrite. What the manifest names is,
    /// whoever has edited it since; what only a journal names may never have been written, so
    /// that somebody else's file can stand there.
    fn claim(&self, path: &Utf8Path) -> Result<(), Failure> {
        // The manifest does not name itself; that it is ours was seen when it was read.
        match path == Manifest::PATH || self.before.manifest().get(path).is_some() {
            true => Ok(()),
            false => self.claim_exactly(path),
        }
    }

    /// Makes sure that the file at `path` holds bytes that an earlier build wrote there.
    fn claim_exactly(&self, path: &Utf8Path) -> Result<(), Failure> {
        let found = entry_at(&self.at(path.as_str()));
        match found.is_ok_and(|found| self.knows(path, &found.sha256)) {
            true => Ok(()),
            false => Err(self.refusal(path.as_str(), Occupant::File)),
        }
    }

    /// Makes sure that the folder at `path` holds nothing but files of ours.
    fn claim_below(&self, path: &Utf8Path) -> Result<(), Failure> {
        for entry in WalkDir::new(self.at(path.as_str())) {
            let entry = entry.map_err(|error| Failure::read(path)(error.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let below = entry.path().strip_prefix(&self.root).ok().and_then(Utf8Path::from_path);
            let is_file = entry.file_type().is_file();
            let file =
                below.filter(|_| is_file).ok_or_else(|| self.refusal(path.as_str(), Occupant::Other))?;
            self.claim_exactly(file)?;
        }
        Ok(())
    }

    fn refusal(&self, path: &str, kind: Occupant) -> Failure {
        let path = self.at(path);
        match kind {
            Occupant::Link => Failure::Link { path },
            Occupant::File | Occupant::Folder | Occupant::Other => Failure::Foreign { path },
        }
    }

    /// Whether the file at `path` holds these bytes. One that cannot be read holds others.
    fn holds(&self, path: &Utf8Path, bytes: &[u8]) -> bool {
        self.open_sized(path, bytes.len() as u64).is_some_and(|mut file| {
            let mut old = vec![0; bytes.len()];
            file.read_exact(&mut old).is_ok() && old == bytes
        })
    }

    /// Whether the file at `path` has this size and this digest.
    pub(super) fn is_same_file(&self, path: &Utf8Path, entry: &FileDigest) -> bool {
        let file = self.open_sized(path, entry.size);
        let found = file.map(|mut file| copy(&mut file, &mut io::sink()));
        found.is_some_and(|found| found.is_ok_and(|found| found == *entry))
    }

    pub(super) fn open_sized(&self, path: &Utf8Path, size: u64) -> Option<File> {
        let file = door::plain(&self.at(path.as_str())).ok()?;
        (file.metadata().ok()?.len() == size).then_some(file)
    }

    /// The staged file to write to, if there is anything to write.
    fn create(&self, path: &Utf8Path, state: FileState) -> Result<Option<File>, Failure> {
        let to = match state {
            FileState::Same => return Ok(None),
            FileState::New(_) => self.staged_new(path.as_str()),
            FileState::Changed(number) => self.staged_changed(number),
        };
        match create_below(&to) {
            Ok(file) => Ok(Some(file)),
            Err(error) if is_clash(&error) => Err(Failure::Twice { path: path.to_owned() }),
            Err(error) => Err(Failure::write(&to)(error)),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build, which tells why it cannot.
        let _ = sweep(&self.work.join(STAGING));
    }
}

/// What stands at a path, symbolic links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occupant {
    File,
    Folder,
    Link,
    Other,
}

/// What stands at `path`, if anything does. Below a file there is nothing.
pub(super) fn kind_at(path: &Utf8Path) -> Result<Option<Occupant>, Failure> {
    use io::ErrorKind::{NotADirectory, NotFound};
    let kind = match fs::symlink_metadata(path) {
        Ok(found) => found.file_type(),
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => return Ok(None),
        Err(error) => return Err(Failure::read(path)(error)),
    };
    Ok(Some(match () {
        () if kind.is_file() => Occupant::File,
        () if kind.is_dir() => Occupant::Folder,
        () if kind.is_symlink() => Occupant::Link,
        () => Occupant::Other,
    }))
}

/// The folder that `path` of the site is in; the output folder is the empty path.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn output_of(route: &Route) -> Result<Utf8PathBuf, Failure> {
    let path = route.output();
    match unfit(path.as_str()) {
        None => Ok(path),
        Some(_) => Err(Failure::Unfit { path }),
    }
}

/// Where the output folder really is. A user may have put it elsewhere by a symbolic link, and
/// staging has to be on the same file system.
fn locate(dir: &Utf8Path) -> Result<Utf8PathBuf, Failure> {
    if dir.is_dir() {
        return dir.canonicalize_utf8().map_err(Failure::read(dir));
    }
    if kind_at(dir)?.is_some() {
        return Err(Failure::Unfit { path: dir.to_owned() });
    }
    let unfit = || Failure::Unfit { path: dir.to_owned() };
    let name = dir.file_name().ok_or_else(unfit)?;
    let above = match dir.parent() {
        Some(above) if above != "" => above,
        _ => Utf8Path::new("."),
    };
    fs::create_dir_all(above).map_err(Failure::write(above))?;
    Ok(above.canonicalize_utf8().map_err(Failure::read(above))?.join(name))
}

/// Where everything of a site in the output folder `root` is that is not to be published.
pub(super) fn workplace(root: &Utf8Path) -> Option<Utf8PathBuf> {
    let name = root.file_name()?;
    Some(root.with_file_name(format!(".{name}.xiangwei")))
}

/// The folder beside the output folder for everything that is not to be published.
fn made_workplace(root: &Utf8Path) -> Result<Utf8PathBuf, Failure> {
    let work = workplace(root).ok_or_else(|| Failure::Unfit { path: root.to_owned() })?;
    match fs::create_dir(&work) {
        Ok(()) => return Ok(work),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(Failure::write(&work)(error)),
    }
    match kind_at(&work)? {
        Some(Occupant::Folder) => Ok(work),
        Some(Occupant::Link) => Err(Failure::Link { path: work }),
        _ => Err(Failure::Foreign { path: work }),
    }
}

fn busy(root: &Utf8Path) -> Words {
    Words::new(
        format!("另一个构建正在写入 {root}，等它结束"),
        format!("another build is writing to {root}; waiting for it"),
    )
}

fn sweep(staging: &Utf8Path) -> Result<(), Failure> {
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::remove(staging)(error)),
        _ => Ok(()),
    }
}

/// A new file, whose folders are made only if they are missing: most files come to a folder
/// that has one already.
fn create_below(path: &Utf8Path) -> io::Result<File> {
    let create = || OpenOptions::new().write(true).create_new(true).open(path);
    match (create(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            create()
        }
        (created, _) => created,
    }
}

/// Whether the system refused because a file stands where a folder belongs or the reverse,
/// which in a fresh folder can only be our own doing.
fn is_clash(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
    matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory)
}
