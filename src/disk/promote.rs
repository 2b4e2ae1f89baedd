//! Promotion: what was staged goes into place, step by step, in an order in which a build can
//! be killed between any two steps. The steps are worked out first, as plain values, and then
//! carried out; nothing is decided on the way.
//!
//! New files come first, since nothing links to them yet; then changed files, pages after what
//! they link to; then the manifest; removals last, when nothing links to those files any more.
//! Only where a file turns into a folder or a folder into a file must the old one go before the
//! new one comes, because both cannot be there at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::sync::PoisonError;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::journal::PromotionJournal;
use super::write::{FileState, Occupant, Output, RoomForFile, StagedFile, kind_at, parent};
use super::{Failure, entry_at};
use crate::site::Manifest;
use crate::site::Rank;

/// What a build changed in the output folder. The manifest itself is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many files are new or have new bytes.
    pub written: usize,
    /// How many files were right already.
    pub unchanged: usize,
    /// The files that were removed, in the order of their paths.
    pub removed: Vec<Utf8PathBuf>,
    /// Files that are no longer part of the site but were not removed, because somebody has
    /// changed or replaced them since they were written.
    pub left: Vec<Utf8PathBuf>,
}

/// One step of a promotion.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PromotionStep {
    /// Remove what is ours and stands in the way of what is new.
    Clear(Utf8PathBuf),
    /// Put a new file into place, or a new folder with everything in it.
    Place(Utf8PathBuf),
    /// Put the version with this number in the place of the old one.
    Replace(Utf8PathBuf, usize),
    /// Remove a file that is no longer part of the site, and its folder if that is empty then.
    Remove(Utf8PathBuf),
}

/// A promotion under way.
struct Promotion<'a> {
    output: &'a Output,
    journal: PromotionJournal,
    steps: Vec<PromotionStep>,
    summary: Summary,
    /// Folders that were seen to be folders since the promotion began.
    seen: BTreeSet<String>,
    /// What names the site.
    named: String,
}

impl Output {
    /// Makes the output folder the site of `manifest`, of which every file was staged, and
    /// notes what it was made from. If this fails or is killed, the next build finishes it.
    pub fn promote(self, manifest: &Manifest, recipes: &[u8]) -> Result<Summary, Failure> {
        self.promote_beside(manifest, recipes, |_| ())
    }

    /// The same while `other` is done beside it, to which it does not matter what stands in the output folder.
    pub fn promote_beside(
        self,
        manifest: &Manifest,
        recipes: &[u8],
        other: impl FnOnce(&Self) + Send,
    ) -> Result<Summary, Failure> {
        rayon::join(|| other(&self), || self.put_in_place(manifest, recipes)).1
    }

    fn put_in_place(&self, manifest: &Manifest, recipes: &[u8]) -> Result<Summary, Failure> {
        let mut promotion = Promotion::prepare(self, manifest)?;
        if promotion.steps.is_empty() && self.journal.is_none() {
            self.sign(manifest, &promotion.named, recipes);
            return Ok(promotion.summary);
        }
        promotion.begin()?;
        for step in std::mem::take(&mut promotion.steps) {
            promotion.take(&step)?;
        }
        let (summary, named) = promotion.end()?;
        self.sign(manifest, &named, recipes);
        Ok(summary)
    }

    /// Everything that was staged, in the order of its paths, if that is the site of `manifest`.
    fn staged_as(&self, manifest: &Manifest) -> Result<Vec<StagedFile>, Failure> {
        let mut all = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        let mut staged = std::mem::take(&mut *all);
        drop(all);
        staged.sort_unstable_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
        if let Some(pair) = staged.windows(2).find(|pair| pair[0].path == pair[1].path) {
            let path = pair[0].path.clone();
            return Err(Failure::Twice { path });
        }
        match first_difference(&staged, manifest) {
            Some(path) => Err(Failure::Unstaged { path }),
            None => Ok(staged),
        }
    }

    /// Paths that may hold a file of ours and are no longer part of the site.
    fn outdated(&self, manifest: &Manifest) -> Vec<Utf8PathBuf> {
        let published = self.before.manifest().files().keys().map(Utf8Path::new);
        let promised = self.journal.iter().flat_map(PromotionJournal::paths);
        let gone = published.chain(promised).filter(|path| manifest.get(path).is_none());
        let gone: BTreeSet<&Utf8Path> = gone.collect();
        gone.into_iter().map(Utf8Path::to_owned).collect()
    }
}

fn first_difference(staged: &[StagedFile], manifest: &Manifest) -> Option<Utf8PathBuf> {
    let mut listed = manifest.files().iter();
    for file in staged {
        match listed.next() {
            Some((path, entry)) if *path == file.path.as_str() && *entry == file.entry => {}
            _ => return Some(file.path.clone()),
        }
    }
    listed.next().map(|(path, _)| path.into())
}

/// The steps that put `files` and then `manifest` into place and remove what is `outdated`.
fn plan(files: &[StagedFile], manifest: &StagedFile, outdated: Vec<Utf8PathBuf>) -> Vec<PromotionStep> {
    let mut steps = placements(files);
    steps.extend(replacements(files));
    steps.extend(match manifest.state {
        FileState::Same => None,
        // The whole site is new, and the manifest comes with it.
        FileState::New(RoomForFile { top: 0, .. }) if !files.is_empty() => None,
        FileState::New(RoomForFile { top: 0, .. }) => Some(PromotionStep::Place(Utf8PathBuf::new())),
        FileState::New(_) => Some(PromotionStep::Place(manifest.path.clone())),
        FileState::Changed(number) => Some(PromotionStep::Replace(manifest.path.clone(), number)),
    });
    steps.extend(outdated.into_iter().map(PromotionStep::Remove));
    steps
}

/// New files and folders. Each topmost folder that is missing comes as a whole, as late as the
/// last of its files may come; what needs room made for it comes last.
fn placements(files: &[StagedFile]) -> Vec<PromotionStep> {
    let mut tops: BTreeMap<&str, (bool, Rank)> = BTreeMap::new();
    for file in files {
        if let FileState::New(gap) = file.state {
            let top = tops.entry(&file.path.as_str()[..gap.top]).or_insert((gap.taken, file.rank));
            top.1 = top.1.max(file.rank);
        }
    }
    let mut tops: Vec<_> = tops.into_iter().collect();
    tops.sort_by_key(|(_, order)| *order);
    let steps = tops.into_iter().flat_map(|(top, (taken, _))| {
        let clear = taken.then(|| PromotionStep::Clear(top.into()));
        clear.into_iter().chain([PromotionStep::Place(top.into())])
    });
    steps.collect()
}

/// Changed files, in the order of their ranks.
fn replacements(files: &[StagedFile]) -> Vec<PromotionStep> {
    let changed = |file: &StagedFile| match file.state {
        FileState::Changed(number) => Some((file.rank, PromotionStep::Replace(file.path.clone(), number))),
        FileState::Same | FileState::New(_) => None,
    };
    let mut steps: Vec<_> = files.iter().filter_map(changed).collect();
    steps.sort_by_key(|(rank, _)| *rank);
    steps.into_iter().map(|(_, step)| step).collect()
}

impl<'a> Promotion<'a> {
    /// A promotion whose steps are known, and nothing done yet.
    fn prepare(output: &'a Output, manifest: &Manifest) -> Result<Self, Failure> {
        let files = output.staged_as(manifest)?;
        let text = manifest.json();
        let own = output.stage_at(Manifest::PATH.into(), Rank::Home, text.as_bytes())?;
        let unchanged = files.iter().filter(|file| file.state == FileState::Same).count();
        Ok(Self {
            output,
            journal: PromotionJournal::plan(output.before.manifest(), output.journal.as_ref(), manifest),
            steps: plan(&files, &own, output.outdated(manifest)),
            summary: Summary { written: files.len() - unchanged, unchanged, ..Summary::default() },
            seen: BTreeSet::new(),
            named: own.entry.sha256,
        })
    }

    /// Makes known to a later build what this one is about to do.
    fn begin(&mut self) -> Result<(), Failure> {
        if let Some(earlier) = &self.output.journal {
            self.remove_parts(earlier)?;
        }
        self.journal.write(&self.output.work)
    }

    fn end(self) -> Result<(Summary, String), Failure> {
        PromotionJournal::remove(&self.output.work)?;
        Ok((self.summary, self.named))
    }

    fn take(&mut self, step: &PromotionStep) -> Result<(), Failure> {
        match step {
            PromotionStep::Clear(path) => self.clear(path),
            PromotionStep::Place(path) => self.place(path.as_str()),
            PromotionStep::Replace(path, number) => self.replace(path, *number),
            PromotionStep::Remove(path) => self.remove(path),
        }
    }

    fn clear(&mut self, path: &Utf8Path) -> Result<(), Failure> {
        self.enter(parent(path.as_str()))?;
        let top = self.output.at(path.as_str());
        for entry in WalkDir::new(&top).contents_first(true) {
            let entry = entry.map_err(|error| Failure::read(&top)(error.into()))?;
            let Some(found) = Utf8Path::from_path(entry.path()) else {
                continue;
            };
            if entry.file_type().is_dir() {
                // A folder that is not empty holds what is not ours; placing tells so.
                let _ = fs::remove_dir(found);
            } else if let Ok(file) = found.strip_prefix(&self.output.root) {
                self.remove_ours(file)?;
            }
        }
        Ok(())
    }

    fn place(&mut self, path: &str) -> Result<(), Failure> {
        let (from, to) = (self.output.staged_new(path), self.output.at(path));
        if !path.is_empty() {
            self.enter(parent(path))?;
        }
        if !from.is_dir() {
            return self.put(&from, &to, place_file);
        }
        use io::ErrorKind::{AlreadyExists, CrossesDevices, DirectoryNotEmpty, NotADirectory};
        match fs::rename(&from, &to) {
            Ok(()) => Ok(()),
            Err(error) => match error.kind() {
                AlreadyExists | CrossesDevices | DirectoryNotEmpty if !path.is_empty() => {
                    self.place_each(path)
                }
                AlreadyExists | DirectoryNotEmpty | NotADirectory => Err(Failure::Foreign { path: to }),
                _ => Err(Failure::write(&to)(error)),
            },
        }
    }

    /// Places the files of a new folder one by one: the folder is on another file system, or
    /// somebody has made a folder of that name in the meantime.
    fn place_each(&mut self, path: &str) -> Result<(), Failure> {
        let from = self.output.staged_new(path);
        for entry in WalkDir::new(&from).sort_by_file_name() {
            let entry = entry.map_err(|error| Failure::read(&from)(error.into()))?;
            let Some(found) = Utf8Path::from_path(entry.path()) else {
                continue;
            };
            let Ok(below) = found.strip_prefix(self.output.staged_new("")) else {
                continue;
            };
            let to = self.output.at(below.as_str());
            if !entry.file_type().is_dir() {
                self.enter(parent(below.as_str()))?;
                self.put(found, &to, place_file)?;
            } else if kind_at(&to)?.is_none() {
                fs::create_dir(&to).map_err(Failure::write(&to))?;
            }
        }
        Ok(())
    }

    fn replace(&mut self, path: &Utf8Path, number: usize) -> Result<(), Failure> {
        self.enter(parent(path.as_str()))?;
        let (from, to) = (self.output.staged_changed(number), self.output.at(path.as_str()));
        self.put(&from, &to, |from, to| fs::rename(from, to))
    }

    /// Puts a staged file into place by `put`, which works within one file system. From another
    /// one the file is copied beside its place first, so that it is never there by halves.
    fn put(
        &self,
        from: &Utf8Path,
        to: &Utf8Path,
        put: impl Fn(&Utf8Path, &Utf8Path) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let put_copy = || {
            let part = to.with_file_name(self.journal.part());
            let done = fs::copy(from, &part).and_then(|_| put(&part, to));
            // A file that was linked to its place still has its first name.
            let _ = fs::remove_file(&part);
            done
        };
        let done = match put(from, to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => put_copy(),
            done => done,
        };
        done.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
                Failure::Foreign { path: to.to_owned() }
            }
            _ => Failure::write(to)(error),
        })
    }

    fn remove(&mut self, path: &Utf8Path) -> Result<(), Failure> {
        let left = match self.enter(parent(path.as_str())) {
            Ok(()) => !self.remove_ours(path)?,
            Err(Failure::Link { .. }) => true,
            // Below a file there is nothing, and so there is nothing to remove.
            Err(Failure::Foreign { .. }) => false,
            Err(Failure::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => false,
            Err(failure) => return Err(failure),
        };
        match left {
            true => self.summary.left.push(path.to_owned()),
            false => self.remove_empty_folders(path),
        }
        Ok(())
    }

    /// Removes the file at `path` if it is as an earlier build wrote it; false if something
    /// else stands there. A folder there means that the file has made room for it.
    fn remove_ours(&mut self, path: &Utf8Path) -> Result<bool, Failure> {
        let file = self.output.at(path.as_str());
        match kind_at(&file)? {
            None | Some(Occupant::Folder) => return Ok(true),
            Some(Occupant::Link | Occupant::Other) => return Ok(false),
            Some(Occupant::File) => {}
        }
        let found = entry_at(&file).map_err(Failure::read(&file))?;
        let ours = self.output.knows(path, &found.sha256);
        if ours {
            fs::remove_file(&file).map_err(Failure::remove(&file))?;
            self.summary.removed.push(path.to_owned());
        }
        Ok(ours)
    }

    /// Removes the folders above `path` as long as they are empty, but never the output folder.
    fn remove_empty_folders(&mut self, path: &Utf8Path) {
        let mut folder = parent(path.as_str());
        while !folder.is_empty() {
            // The system refuses to remove a folder that is not empty, and that is the test. One
            // that is missing was removed by a build that was killed before it came to the next.
            match fs::remove_dir(self.output.at(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => break,
                _ => self.seen.remove(folder),
            };
            folder = parent(folder);
        }
    }

    /// Makes sure that the folder at `path` is a folder and that no symbolic link is on the way
    /// to it: somebody may have put one there while pages were staged.
    fn enter(&mut self, path: &str) -> Result<(), Failure> {
        if path.is_empty() || self.seen.contains(path) {
            return Ok(());
        }
        self.enter(parent(path))?;
        let folder = self.output.at(path);
        match kind_at(&folder)? {
            Some(Occupant::Folder) => {
                self.seen.insert(path.to_owned());
                Ok(())
            }
            Some(Occupant::Link) => Err(Failure::Link { path: folder }),
            Some(Occupant::File | Occupant::Other) => Err(Failure::Foreign { path: folder }),
            None => Err(Failure::write(&folder)(io::ErrorKind::NotFound.into())),
        }
    }

    /// Removes files that a killed build had begun to copy into place.
    fn remove_parts(&self, earlier: &PromotionJournal) -> Result<(), Failure> {
        let folders: BTreeSet<&str> = earlier.paths().map(|path| parent(path.as_str())).collect();
        for folder in folders {
            let part = self.output.at(folder).join(earlier.part());
            if kind_at(&part)? == Some(Occupant::File) {
                fs::remove_file(&part).map_err(Failure::remove(&part))?;
            }
        }
        Ok(())
    }
}

/// Puts a file where nothing stands. A link is made rather than the name changed, because a new
/// name would silently take the place of a file that somebody has put there in the meantime.
fn place_file(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    use io::ErrorKind::{AlreadyExists, CrossesDevices, StorageFull};
    match fs::hard_link(from, to) {
        Err(error) if matches!(error.kind(), AlreadyExists | CrossesDevices | StorageFull) => Err(error),
        // Some file systems have no links.
        Err(_) if fs::symlink_metadata(to).is_ok() => Err(AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
