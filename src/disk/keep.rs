//! What a build takes over from the one before: files that the last manifest names and that are,
//! byte for byte, still what it says of them. Anything else is as good as not there.
//!
//! Another version of the program might have made other bytes of the same sources, so nothing is
//! taken over from it. Which version made a site is noted beside the output folder and not in it:
//! what is published says nothing of the program. Where the note is missing, all is made anew.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest, Sha256};

use super::believe::digest;
use super::known::KnownFiles;
use super::standing::StandingSite;
use super::write::{FileState, Occupant, Output, StagedFile, kind_at, workplace};
use super::{door, read_whole};
use crate::site::{FileDigest, Manifest, Rank};
use crate::source::hex;

/// A digest of everything that this program is built from (`build.rs`), so that nobody has to
/// remember to raise a number.
const PROGRAM: &str = env!("XIANGWEI_SEAL");

/// The file in the workplace that says which program made which site.
const NOTE: &str = "program";

/// The file in the workplace that says what the pages of which site were made from.
pub(super) const RECIPES: &str = "recipes";

/// The file in the workplace that has what came of reading the documents.
const READINGS: &str = "readings";

/// The file in the workplace that says what was read of the sources.
const SOURCES: &str = "sources";

/// What is noted of a site that this program made, which a digest names.
fn note(site: &str) -> String {
    format!("{PROGRAM} {site}\n")
}

/// Whether this very program made the site that a digest names, of which `work` is the workplace.
pub(super) fn is_own(work: &Utf8Path, site: &str) -> bool {
    read_whole(&work.join(NOTE)).is_ok_and(|bytes| bytes == note(site).as_bytes())
}

/// Whether this very program made the site of `manifest` in the output folder `root`.
#[must_use]
pub fn made_here(root: &Utf8Path, manifest: &Manifest) -> bool {
    workplace(root).is_some_and(|work| is_own(&work, &digest(manifest)))
}

/// What came of reading the documents that were last built into the output folder `dir`, as it was
/// noted by this very program; nothing where it is damaged.
#[must_use]
pub fn recalled(dir: &Utf8Path) -> Option<Vec<u8>> {
    noted(dir, READINGS)
}

/// What is known of the sources that were last built into the output folder `dir`, as it was noted
/// by this very program; nothing where it is damaged.
#[must_use]
pub fn known(dir: &Utf8Path) -> KnownFiles {
    noted(dir, SOURCES).map(|bytes| KnownFiles::read(&bytes)).unwrap_or_default()
}

/// What the note of this name says beside the output folder `dir`, if this very program wrote it.
pub(super) fn noted(dir: &Utf8Path, name: &str) -> Option<Vec<u8>> {
    let root = dir.canonicalize_utf8().ok()?;
    bound(&workplace(&root)?.join(name), PROGRAM)
}

/// The first line of a note that is bound to `what` it is of, and to all that it says.
fn head(what: &str, note: &[u8]) -> String {
    line(what, &FileDigest::of(note).sha256)
}

fn line(what: &str, sha256: &str) -> String {
    format!("{what} {sha256}\n")
}

/// A note that is digested while it is written.
struct DigestedNote {
    file: BufWriter<File>,
    hasher: Sha256,
}

impl Write for DigestedNote {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What the note at `path` says, if it is whole and of this.
pub(super) fn bound(path: &Utf8Path, what: &str) -> Option<Vec<u8>> {
    let mut bytes = read_whole(path).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')? + 1;
    let is_whole = bytes[..end] == *head(what, &bytes[end..]).as_bytes();
    is_whole.then(|| {
        bytes.drain(..end);
        bytes
    })
}

/// Writes a note at `path`. Without it the next build only takes longer, so nothing is said of one
/// that cannot be written.
fn bind(path: &Utf8Path, head: &str, note: &[u8]) {
    let _ = fs::remove_file(path);
    let write = |mut file: File| file.write_all(head.as_bytes()).and_then(|()| file.write_all(note));
    let _ = door::writable(path).and_then(write);
}

/// Writes a note that is bound to this program.
pub(super) fn bind_here(path: &Utf8Path, note: &[u8]) {
    let head = head(PROGRAM, note);
    if !begins(path, &head) {
        bind(path, &head, note);
    }
}

/// Whether the note at `path` begins like this.
fn begins(path: &Utf8Path, head: &str) -> bool {
    let mut first = vec![0; head.len()];
    let read = door::plain(path).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && first == head.as_bytes()
}

impl Output {
    /// Notes what came of reading the documents, as `write` gives it. Without it the next build only
    /// takes longer.
    pub fn keep_readings(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let path = self.work.join(READINGS);
        let _ = fs::remove_file(&path);
        let written = door::writable(&path).and_then(|file| {
            // The line that binds the note is as long as any of its kind, and comes when all is known.
            let mut to = DigestedNote { file: BufWriter::new(file), hasher: Sha256::new() };
            to.file.write_all(line(PROGRAM, &"0".repeat(64)).as_bytes())?;
            write(&mut to)?;
            let sha256 = hex(&to.hasher.finalize());
            to.file.seek(SeekFrom::Start(0))?;
            to.file.write_all(line(PROGRAM, &sha256).as_bytes())?;
            to.file.flush()
        });
        if written.is_err() {
            let _ = fs::remove_file(&path);
        }
    }

    /// Notes what is known of the sources. Without it the next build only takes longer.
    pub fn keep_known(&self, known: &KnownFiles) {
        bind_here(&self.work.join(SOURCES), &known.bytes());
    }

    /// Notes that this program made the site of `manifest`, which the digest `site` names, and what
    /// from. Without the notes the next build only takes longer, so nothing is said of one that cannot be written.
    pub(super) fn sign(&self, manifest: &Manifest, site: &str, recipes: &[u8]) {
        let (path, head) = (self.work.join(RECIPES), head(site, recipes));
        let is_known = self.before.is_own() && self.before.named() == site && self.is_noted();
        if is_known && begins(&path, &head) {
            return;
        }
        bind(&self.work.join(NOTE), "", note(site).as_bytes());
        bind(&path, &head, recipes);
        self.note_stats(manifest, site);
    }

    /// The site that is there.
    #[must_use]
    pub fn before(&self) -> &StandingSite {
        &self.before
    }

    /// What the last build wrote at `path`, if it was this very program.
    fn own(&self, path: &Utf8Path) -> Option<&FileDigest> {
        self.before.manifest().get(path).filter(|_| self.before.is_own())
    }

    /// Keeps a file that the last build wrote as a part of the new site, and says what it is;
    /// nothing if it is no longer what was written, or if another version of the program wrote it.
    #[must_use]
    pub fn keep_file(&self, path: &Utf8Path, rank: Rank) -> Option<FileDigest> {
        let entry = self.own(path)?;
        self.stands(path, entry).then(|| {
            self.note(StagedFile {
                path: path.to_owned(),
                rank,
                entry: entry.clone(),
                state: FileState::Same,
            })
        })
    }

    /// Whether the file at `path` is what the last build wrote: it is believed where the system
    /// says that nobody has changed it, and read where it does not.
    fn stands(&self, path: &Utf8Path, entry: &FileDigest) -> bool {
        let is_real = self.is_in_real_folder(path);
        let is_noted = || self.before.notes().hold(&self.root, path);
        is_real && (is_noted() || self.is_same_file(path, entry))
    }

    /// The bytes of a file of the last build, if they are still what it wrote.
    #[must_use]
    pub fn published(&self, path: &Utf8Path) -> Option<Vec<u8>> {
        let entry = self.own(path)?;
        let mut bytes = Vec::new();
        self.open_published(path, entry)?.read_to_end(&mut bytes).ok()?;
        (FileDigest::of(&bytes) == *entry).then_some(bytes)
    }

    /// Keeps everything that the last build wrote below `folder` as a part of the new site, and
    /// says what that is. If one file of it is no longer what was written, if nothing is there, or
    /// if another version of the program wrote it, nothing is kept.
    #[must_use]
    pub fn keep(&self, folder: &Utf8Path) -> Option<Vec<(Utf8PathBuf, FileDigest)>> {
        let files: Vec<_> = self.before.manifest().below(folder).collect();
        (!files.is_empty()).then(|| self.keep_these(files)).flatten()
    }

    /// Keeps the files at these paths likewise: all of them or none.
    #[must_use]
    pub fn keep_all(&self, paths: &[Utf8PathBuf]) -> Option<Vec<(Utf8PathBuf, FileDigest)>> {
        let file = |path: &'_ Utf8PathBuf| Some((path.clone(), self.before.manifest().get(path)?));
        let files: Vec<(Utf8PathBuf, &FileDigest)> = paths.iter().map(file).collect::<Option<_>>()?;
        self.keep_these(files.iter().map(|(path, entry)| (&**path, *entry)).collect())
    }

    fn keep_these(&self, files: Vec<(&Utf8Path, &FileDigest)>) -> Option<Vec<(Utf8PathBuf, FileDigest)>> {
        let stands = |(path, entry): &(&Utf8Path, &FileDigest)| self.stands(path, entry);
        if !self.before.is_own() || !files.iter().all(stands) {
            return None;
        }
        let kept = files.into_iter().map(|(path, entry)| (path.to_owned(), entry.clone()));
        Some(kept.inspect(|(path, entry)| self.keep_one(path, entry)).collect())
    }

    fn keep_one(&self, path: &Utf8Path, entry: &FileDigest) {
        let (path, entry) = (path.to_owned(), entry.clone());
        self.note(StagedFile { path, rank: Rank::Asset, entry, state: FileState::Same });
    }

    /// The file at `path`, if it has the size of `entry` and no symbolic link leads to it.
    fn open_published(&self, path: &Utf8Path, entry: &FileDigest) -> Option<std::fs::File> {
        let below = path.ancestors().skip(1).take_while(|above| !above.as_str().is_empty());
        let is = |path: &Utf8Path, kind| kind_at(&self.at(path.as_str())).ok().flatten() == Some(kind);
        let mut folders = below;
        if !is(path, Occupant::File) || !folders.all(|above| is(above, Occupant::Folder)) {
            return None;
        }
        self.open_sized(path, entry.size)
    }
}
