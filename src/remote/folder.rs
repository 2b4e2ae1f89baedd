//! A folder as a target, such as the one that a web server of this computer shows. A file is written beside its
//! place, brought to the disk and renamed into it. No symbolic link in the folder is followed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use super::store::{SentObject, Store};
use super::{Patience, TargetTrouble};
use crate::deliver::{PRIVATE, ServerFile, ServerListing};

/// A folder of this computer.
pub(super) struct FolderTarget {
    root: Utf8PathBuf,
    /// Folders in which something was renamed that may not be on the disk yet.
    touched: Mutex<BTreeSet<Utf8PathBuf>>,
}

/// Where files are that are not whole yet, below the publisher's own folder.
const PARTS: &str = "parts";

impl FolderTarget {
    /// The folder at `path`, or where one can be made.
    pub(super) fn open(path: &Utf8Path) -> Result<Self, TargetTrouble> {
        let open = || {
            if !path.exists() {
                let above = path.parent().filter(|above| *above != "").unwrap_or(Utf8Path::new("."));
                let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
                return Ok(above.canonicalize_utf8()?.join(name));
            }
            let root = path.canonicalize_utf8()?;
            if root.is_dir() { Ok(root) } else { Err(io::ErrorKind::NotADirectory.into()) }
        };
        open().map(|root| Self { root, touched: Mutex::default() }).map_err(TargetTrouble::of(path))
    }

    /// Where the file is, if no link leads there.
    fn at(&self, path: &str) -> Result<Utf8PathBuf, TargetTrouble> {
        let mut at = self.root.clone();
        for part in path.split('/') {
            at.push(part);
            match fs::symlink_metadata(&at) {
                Ok(found) if found.is_symlink() => return Err(link(&at)),
                Ok(_) => {}
                Err(_) => break,
            }
        }
        Ok(self.root.join(path))
    }

    fn put(&self, to: &Utf8Path, from: &mut dyn io::Read) -> io::Result<()> {
        let mut part = self.part(from)?;
        let folder = to.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        part.as_file_mut().sync_data()?;
        part.persist(to).map_err(|error| error.error)?;
        self.touch(folder);
        Ok(())
    }

    /// A file that is not in its place yet.
    fn part(&self, from: &mut dyn io::Read) -> io::Result<tempfile::NamedTempFile> {
        let parts = self.root.join(PRIVATE).join(PARTS);
        fs::create_dir_all(&parts)?;
        let mut part = tempfile::Builder::new().tempfile_in(&parts)?;
        io::copy(from, &mut part)?;
        part.flush()?;
        readable(part.as_file())?;
        Ok(part)
    }

    fn touch(&self, folder: &Utf8Path) {
        let mut touched = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        touched.insert(folder.to_owned());
    }

    /// Removes folders that are empty, from `folder` upwards.
    fn prune(&self, folder: &Utf8Path) {
        for above in
            folder.ancestors().take_while(|above| above.starts_with(&self.root) && *above != self.root)
        {
            if fs::remove_dir(above).is_err() {
                return;
            }
        }
    }
}

impl Store for FolderTarget {
    fn read(&self, path: &str, to: &mut dyn Write) -> Result<bool, TargetTrouble> {
        let at = self.at(path)?;
        // A pipe would be waited for.
        if !at.is_file() {
            return Ok(false);
        }
        match File::open(&at) {
            Err(error) if is_absent(&error) => Ok(false),
            opened => opened
                .and_then(|mut file| io::copy(&mut file, to))
                .map(|_| true)
                .map_err(TargetTrouble::of(at)),
        }
    }

    fn write(&self, path: &str, sent: &SentObject<'_>) -> Result<(), TargetTrouble> {
        let at = self.at(path)?;
        if at.is_dir() {
            return Err(TargetTrouble::new(
                format!("{at} 是文件夹，占了网站文件的位置；请移走"),
                format!("{at} is a folder and stands where a file of the site belongs; move it away"),
            ));
        }
        sent.body.reader().and_then(|mut from| self.put(&at, &mut from)).map_err(TargetTrouble::of(at))
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<bool, TargetTrouble> {
        let at = self.at(path)?;
        let create = || {
            let part = self.part(&mut io::Cursor::new(bytes))?;
            part.as_file().sync_data()?;
            // Renaming would take the place of what is there.
            match part.persist_noclobber(&at) {
                Ok(_) => Ok(true),
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(refused) => Err(refused.error),
            }
        };
        create().map_err(|error| {
            // Whoever has just got the lock clears away what publishers before it left.
            let is_cleared = is_absent(&error);
            TargetTrouble { is_passing: is_cleared, ..TargetTrouble::of(at)(error) }
        })
    }

    fn remove(&self, path: &str) -> Result<(), TargetTrouble> {
        let at = self.at(path)?;
        match fs::remove_file(&at) {
            Err(error) if !is_absent(&error) => Err(TargetTrouble::of(at)(error)),
            _ => {
                let folder = at.parent().unwrap_or(&self.root);
                if !path.starts_with(PRIVATE) {
                    self.prune(folder);
                }
                Ok(())
            }
        }
    }

    fn list(&self, _wanted: &[&str], _patience: &Patience<'_>) -> Result<ServerListing, TargetTrouble> {
        let own = self.root.join(PRIVATE.trim_end_matches('/'));
        let mut listing = ServerListing::new();
        let walk = WalkDir::new(&self.root).into_iter().filter_entry(|entry| entry.path() != own);
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.io_error().is_some_and(is_absent) => continue,
                Err(error) => return Err(TargetTrouble::of(&self.root)(error.into())),
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let below = entry.path().strip_prefix(&self.root).ok().and_then(Utf8Path::from_path);
            // A name that is no text is nobody's but somebody else's.
            let Some(below) = below else { continue };
            let size = entry.metadata().ok().filter(|_| entry.file_type().is_file()).map(|found| found.len());
            let path = below.components().map(|part| part.as_str()).collect::<Vec<_>>().join("/");
            listing.insert(path, ServerFile { size: size.or(Some(u64::MAX)), md5: None });
        }
        Ok(listing)
    }

    fn tidy(&self) -> Result<(), TargetTrouble> {
        let parts = self.root.join(PRIVATE).join(PARTS);
        match fs::remove_dir_all(&parts) {
            // Another publisher has just come, and will be told to wait.
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            Err(error) if !is_absent(&error) => Err(TargetTrouble::of(parts)(error)),
            _ => Ok(()),
        }
    }

    fn settle(&self) -> Result<(), TargetTrouble> {
        let touched = std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner));
        // Only Unix can bring a folder to the disk.
        #[cfg(unix)]
        for folder in touched.iter().filter(|folder| folder.exists()) {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(TargetTrouble::of(folder))?;
        }
        #[cfg(not(unix))]
        drop(touched);
        Ok(())
    }

    fn is_tree(&self) -> bool {
        true
    }

    fn has_headers(&self) -> bool {
        false
    }
}

/// Lets the web server read a file; a temporary one is private.
fn readable(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

fn link(at: &Utf8Path) -> TargetTrouble {
    TargetTrouble::new(
        format!("{at} 是符号链接，不会跟随它写入；请把它移走"),
        format!("{at} is a symbolic link and is not followed; move it away"),
    )
}
