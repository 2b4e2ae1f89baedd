//! Saving one text of a site's `content/` folder, for an editor in a browser. It is written whole or
//! not at all, never over something that the editor has not seen, and never through a link.

use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};

use camino::Utf8Path;
use sha2::{Digest, Sha256};

use super::Failure;
use super::door::is_of_link;
use super::read::MAX_TEXT;
use crate::diag::Words;
use crate::encoding;
use crate::source::hex;

/// A text as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedText {
    /// The text, with plain line ends.
    pub text: String,
    /// The SHA-256 of the file's bytes, in hexadecimal digits.
    pub digest: String,
    manner: WritingManner,
}

/// How an editor has written a file, which stays so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct WritingManner {
    has_mark: bool,
    has_returns: bool,
}

/// Why a text was not saved.
#[derive(Debug)]
pub enum SaveFailure {
    /// The file is no longer what the editor began from; this is what it is now, or nothing.
    Changed(Option<SavedText>),
    /// The file that is there is no text.
    NotText(Words),
    /// The system refused, or a link stands on the way.
    Failed(Failure),
}

/// Two saves never look at one file at once.
static SAVING: Mutex<()> = Mutex::new(());

/// The text at `path` below the site's folder, of which no part is a link; `None` where there is
/// no such file.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn saved_text(root: &Utf8Path, path: &Utf8Path) -> Result<Option<SavedText>, SaveFailure> {
    let failed = |error| SaveFailure::Failed(refused(path, Failure::read(path), error));
    let bytes = match folder::Folder::of(root, path, false).and_then(|folder| folder.read()) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let text = encoding::text_of(&bytes).map_err(|not| SaveFailure::NotText(not.message))?;
    let manner = WritingManner {
        has_mark: bytes.starts_with(b"\xef\xbb\xbf"),
        has_returns: bytes.windows(2).any(|two| two == b"\r\n"),
    };
    Ok(Some(SavedText { text, digest: hex(&Sha256::digest(&bytes)), manner }))
}

/// Writes `text` to the file at `path` below the site's folder, as long as that still is what has
/// the digest `before`, or is not there where that is `None`; gives the new digest.
///
/// # Errors
/// When the file is another by now, or the system refuses.
pub fn save(
    root: &Utf8Path,
    path: &Utf8Path,
    text: &str,
    before: Option<&str>,
) -> Result<String, SaveFailure> {
    let _alone = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
    let now = saved_text(root, path)?;
    if now.as_ref().map(|now| now.digest.as_str()) != before {
        return Err(SaveFailure::Changed(now));
    }
    let bytes = now.as_ref().map(|now| now.manner).unwrap_or_default().written(text);
    let saved = folder::Folder::of(root, path, true).and_then(|folder| folder.write(&bytes, now.is_some()));
    match saved {
        Ok(()) => Ok(hex(&Sha256::digest(&bytes))),
        // Somebody made the file in the meantime.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(SaveFailure::Changed(saved_text(root, path)?))
        }
        Err(error) => Err(SaveFailure::Failed(refused(path, Failure::write(path), error))),
    }
}

/// Writes the file at `path` below the site's folder, where none may be yet: what was in a document
/// that is imported.
///
/// # Errors
/// When something else is there already, or the system refuses.
pub fn add(root: &Utf8Path, path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let _alone = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
    let put = folder::Folder::of(root, path, true).and_then(|folder| folder.write(bytes, false));
    let is_the_same = || {
        folder::Folder::of(root, path, false)
            .and_then(|folder| folder.read())
            .is_ok_and(|there| there == bytes)
    };
    match put {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_the_same() => Ok(()),
        put => put.map_err(|error| refused(path, Failure::write(path), error)),
    }
}

/// Takes the file at `path` below the site's folder away, if it is there: a text that must not be kept.
///
/// # Errors
/// When a link stands on the way, or the system refuses.
pub fn erase(root: &Utf8Path, path: &Utf8Path) -> Result<(), Failure> {
    let _alone = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
    match folder::Folder::of(root, path, false).and_then(|folder| folder.remove()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(refused(path, Failure::write(path), error))
        }
        _ => Ok(()),
    }
}

impl From<Failure> for SaveFailure {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl WritingManner {
    fn written(self, text: &str) -> Vec<u8> {
        let text = if self.has_returns { text.replace('\n', "\r\n") } else { text.to_owned() };
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        format!("{mark}{text}").into_bytes()
    }
}

fn refused(path: &Utf8Path, other: impl FnOnce(io::Error) -> Failure, error: io::Error) -> Failure {
    if is_of_link(&error) { Failure::Link { path: path.to_owned() } } else { other(error) }
}

/// All of a file, which is not longer than any text of a site.
fn read_text(file: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_TEXT { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Writes to a new file, so that the bytes are on the disk before the file gets its name.
fn fill(mut file: std::fs::File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
mod folder {
    use std::fs::File;
    use std::io;

    use camino::{Utf8Component, Utf8Path};
    use rustix::fd::OwnedFd;
    use rustix::fs::{
        AtFlags, CWD, Mode, OFlags, fchmod, fstat, linkat, mkdirat, openat, renameat, unlinkat,
    };

    /// The folder of a file, held open, so that what is done in it is done there.
    pub(super) struct Folder {
        folder: OwnedFd,
        name: String,
    }

    impl Folder {
        /// The folder of `path` below the folder `root`, reached through no link; made with all above it
        /// if that is wished.
        pub(super) fn of(root: &Utf8Path, path: &Utf8Path, make: bool) -> io::Result<Self> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let mut folder = openat(CWD, root.canonicalize_utf8()?.as_std_path(), flags, Mode::empty())?;
            let (above, name) = (path.parent(), path.file_name());
            let (Some(above), Some(name)) = (above, name) else {
                return Err(io::ErrorKind::InvalidInput.into());
            };
            for part in above.components() {
                let Utf8Component::Normal(part) = part else {
                    return Err(io::ErrorKind::InvalidInput.into());
                };
                if make
                    && let Err(error) = mkdirat(&folder, part, Mode::from_raw_mode(0o777))
                    && error != rustix::io::Errno::EXIST
                {
                    return Err(error.into());
                }
                folder = openat(&folder, part, flags | OFlags::NOFOLLOW, Mode::empty())?;
            }
            Ok(Self { folder, name: name.to_owned() })
        }

        fn open(&self) -> io::Result<File> {
            let flags =
                OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
            let file: File = openat(&self.folder, &*self.name, flags, Mode::empty())?.into();
            if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a plain file")) }
        }

        pub(super) fn read(&self) -> io::Result<Vec<u8>> {
            super::read_text(self.open()?)
        }

        pub(super) fn remove(&self) -> io::Result<()> {
            Ok(unlinkat(&self.folder, &*self.name, AtFlags::empty())?)
        }

        /// Puts a file with these bytes in the place of the one that is there, or where none is.
        pub(super) fn write(&self, bytes: &[u8], is_there: bool) -> io::Result<()> {
            let made = format!(".{}.{}.xiangwei", self.name, std::process::id());
            // What a killed process of the same number left behind.
            let _ = unlinkat(&self.folder, &*made, AtFlags::empty());
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let file = openat(&self.folder, &*made, flags, Mode::from_raw_mode(0o666))?;
            let done = self.finish(file, (&made, bytes), is_there);
            if done.is_err() || !is_there {
                let _ = unlinkat(&self.folder, &*made, AtFlags::empty());
            }
            done
        }

        fn finish(&self, file: OwnedFd, (made, bytes): (&str, &[u8]), is_there: bool) -> io::Result<()> {
            if is_there {
                fchmod(&file, Mode::from_raw_mode(fstat(self.open()?)?.st_mode))?;
            }
            super::fill(file.into(), bytes)?;
            match is_there {
                true => renameat(&self.folder, made, &self.folder, &*self.name)?,
                // Unlike a rename, a link is never made over what is there.
                false => linkat(&self.folder, made, &self.folder, &*self.name, AtFlags::empty())?,
            }
            Ok(())
        }
    }
}

#[cfg(not(unix))]
mod folder {
    use std::fs::{self, File, OpenOptions};
    use std::io;

    use camino::{Utf8Path, Utf8PathBuf};

    /// The folder of a file.
    pub(super) struct Folder {
        path: Utf8PathBuf,
    }

    impl Folder {
        /// The folder of `path` below the folder `root`, of which no part may be a link.
        pub(super) fn of(root: &Utf8Path, path: &Utf8Path, make: bool) -> io::Result<Self> {
            let root = root.canonicalize_utf8()?;
            let above = root.join(path.parent().ok_or(io::ErrorKind::InvalidInput)?);
            if make {
                fs::create_dir_all(&above)?;
            }
            match above.canonicalize_utf8()? == above {
                true => Ok(Self { path: root.join(path) }),
                false => Err(io::ErrorKind::NotADirectory.into()),
            }
        }

        pub(super) fn read(&self) -> io::Result<Vec<u8>> {
            let found = fs::symlink_metadata(&self.path)?;
            if found.is_file() {
                super::read_text(File::open(&self.path)?)
            } else {
                Err(io::ErrorKind::NotADirectory.into())
            }
        }

        pub(super) fn remove(&self) -> io::Result<()> {
            fs::remove_file(&self.path)
        }

        /// Puts a file with these bytes in the place of the one that is there, or where none is.
        pub(super) fn write(&self, bytes: &[u8], is_there: bool) -> io::Result<()> {
            let name = self.path.file_name().unwrap_or_default();
            let made = self.path.with_file_name(format!(".{name}.{}.xiangwei", std::process::id()));
            drop(fs::remove_file(&made));
            super::fill(OpenOptions::new().write(true).create_new(true).open(&made)?, bytes)?;
            let done =
                if is_there { fs::rename(&made, &self.path) } else { fs::hard_link(&made, &self.path) };
            if done.is_err() || !is_there {
                drop(fs::remove_file(&made));
            }
            done
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8PathBuf;

    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        fs::create_dir(root.join("content")).unwrap();
        (folder, root)
    }

    const PATH: &str = "content/a/2019.md";

    #[test]
    fn what_changed_meanwhile_is_not_written_over() {
        let (_folder, root) = folder();
        let first = save(&root, PATH.as_ref(), "一\n", None).unwrap();
        assert!(
            matches!(save(&root, PATH.as_ref(), "二\n", None), Err(SaveFailure::Changed(Some(held))) if held.text == "一\n")
        );
        let second = save(&root, PATH.as_ref(), "二\n", Some(&first)).unwrap();
        assert!(
            matches!(save(&root, PATH.as_ref(), "三\n", Some(&first)), Err(SaveFailure::Changed(Some(held))) if held.digest == second)
        );
        fs::remove_file(root.join(PATH)).unwrap();
        assert!(matches!(save(&root, PATH.as_ref(), "三\n", Some(&second)), Err(SaveFailure::Changed(None))));
        assert_eq!(fs::read_dir(root.join("content/a")).unwrap().count(), 0, "nothing is left behind");
    }

    #[test]
    fn a_file_stays_as_its_editor_writes_it() {
        let (_folder, root) = folder();
        fs::create_dir(root.join("content/a")).unwrap();
        fs::write(root.join(PATH), "\u{feff}一\r\n二\r\n").unwrap();
        let held = saved_text(&root, PATH.as_ref()).unwrap().unwrap();
        assert_eq!(held.text, "一\n二\n");
        save(&root, PATH.as_ref(), "一\n三\n", Some(&held.digest)).unwrap();
        assert_eq!(fs::read_to_string(root.join(PATH)).unwrap(), "\u{feff}一\r\n三\r\n");
    }

    #[test]
    #[cfg(unix)]
    fn no_link_is_written_through() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (folder, root) = folder();
        let outside = folder.path().join("outside.md");
        fs::write(&outside, "外\n").unwrap();
        fs::create_dir(root.join("content/a")).unwrap();
        symlink(&outside, root.join(PATH)).unwrap();
        symlink(folder.path(), root.join("content/b")).unwrap();
        for path in [PATH, "content/b/2019.md", "content/b/c/2019.md", "content/../x.md", "/etc/x.md"] {
            let saved = save(&root, path.as_ref(), "内\n", None);
            assert!(matches!(saved, Err(SaveFailure::Failed(_))), "{path} {saved:?}");
        }
        assert_eq!(fs::read_to_string(&outside).unwrap(), "外\n");
        assert!(!folder.path().join("2019.md").exists() && !folder.path().join("c").exists());
        fs::remove_file(root.join(PATH)).unwrap();
        let digest = save(&root, PATH.as_ref(), "内\n", None).unwrap();
        fs::set_permissions(root.join(PATH), fs::Permissions::from_mode(0o640)).unwrap();
        save(&root, PATH.as_ref(), "里\n", Some(&digest)).unwrap();
        assert_eq!(fs::metadata(root.join(PATH)).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
