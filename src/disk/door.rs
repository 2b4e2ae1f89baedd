//! Opening files. A file is opened once and judged by what was opened: between a look at a path
//! and the opening of it, somebody can put a link or a pipe there. So nothing that is not a plain
//! file is waited for, and below a site's folder no link is followed that was not looked at.

use std::fs::{File, OpenOptions};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// Opens the plain file at `path` to read it, unless the path's last part is a link.
pub(super) fn plain(path: &Utf8Path) -> io::Result<File> {
    only_plain(cautious(OpenOptions::new().read(true), true).open(path)?)
}

/// Opens the plain file that `path` leads to, whatever links are on the way. Whoever asks knows
/// the digest of what is to be read.
pub(super) fn led_to(path: &Utf8Path) -> io::Result<File> {
    only_plain(cautious(OpenOptions::new().read(true), false).open(path)?)
}

/// Opens the plain file at `path` to write to it, and makes it if there is none.
pub(super) fn writable(path: &Utf8Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    only_plain(cautious(options.write(true).create(true).truncate(false), true).open(path)?)
}

/// The same options, and that no pipe is waited for.
fn cautious(options: &mut OpenOptions, is_end: bool) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags =
            OFlags::NONBLOCK | OFlags::NOCTTY | if is_end { OFlags::NOFOLLOW } else { OFlags::empty() };
        // The flags are few bits, and none is the highest.
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    #[cfg(not(unix))]
    let _ = is_end;
    options
}

fn only_plain(file: File) -> io::Result<File> {
    match file.metadata()?.file_type() {
        kind if kind.is_file() => Ok(file),
        kind if kind.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        _ => Err(not_plain()),
    }
}

fn not_plain() -> io::Error {
    io::Error::other("not a plain file")
}

/// A site's folder, held open, so that what is opened below it is below it.
pub(super) struct FolderRoot {
    path: Utf8PathBuf,
    #[cfg(unix)]
    folder: rustix::fd::OwnedFd,
}

impl FolderRoot {
    /// Holds the folder at `path` open.
    pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
        let path = path.canonicalize_utf8()?;
        #[cfg(unix)]
        let folder = unix::folder(rustix::fs::CWD, path.as_str())?;
        Ok(Self {
            path,
            #[cfg(unix)]
            folder,
        })
    }

    /// Opens the plain file at `path` below the folder. A link is followed as long as it leads to a
    /// place below the folder, and that place is opened without following any.
    pub(super) fn file(&self, path: &Utf8Path) -> io::Result<File> {
        match self.below(path) {
            Err(error) if is_of_link(&error) => self.below(&self.real(path)?),
            opened => opened,
        }
    }

    /// Where `path` leads, below the folder.
    fn real(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        let real = self.path.join(path).canonicalize_utf8()?;
        let below = real.strip_prefix(&self.path).map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(below.to_owned())
    }

    #[cfg(unix)]
    fn below(&self, path: &Utf8Path) -> io::Result<File> {
        only_plain(unix::file(&self.folder, path)?)
    }

    #[cfg(not(unix))]
    fn below(&self, path: &Utf8Path) -> io::Result<File> {
        let real = self.real(path)?;
        let file = only_plain(File::open(self.path.join(&real))?)?;
        match self.real(path)? == real {
            true => Ok(file),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// Whether a file could not be opened since a link is on the way to it, or something that is no
/// folder where a folder was expected.
pub(super) fn is_of_link(error: &io::Error) -> bool {
    #[cfg(unix)]
    let is_link = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    let is_link = false;
    is_link || error.kind() == io::ErrorKind::NotADirectory
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;

    use camino::{Utf8Component, Utf8Path};
    use rustix::fd::{AsFd, OwnedFd};
    use rustix::fs::{Mode, OFlags, openat};

    /// Opens the folder `name` of `above`.
    pub(super) fn folder(above: impl AsFd, name: &str) -> io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(openat(above, name, flags, Mode::empty())?)
    }

    /// Opens the file at `path` below the folder `root`, a part at a time and no link followed.
    pub(super) fn file(root: &OwnedFd, path: &Utf8Path) -> io::Result<File> {
        let mut above: Option<OwnedFd> = None;
        let mut parts = path.components().peekable();
        while let Some(part) = parts.next() {
            let Utf8Component::Normal(name) = part else { break };
            let at = above.as_ref().unwrap_or(root);
            if parts.peek().is_some() {
                above = Some(folder(at, name)?);
                continue;
            }
            let flags =
                OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
            return Ok(openat(at, name, flags, Mode::empty())?.into());
        }
        Err(io::ErrorKind::NotFound.into())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    use super::*;

    struct Parent {
        _folder: tempfile::TempDir,
        site: Utf8PathBuf,
    }

    fn place() -> Parent {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8Path::from_path(folder.path()).unwrap().join("site");
        fs::create_dir_all(site.join("a/b")).unwrap();
        fs::write(site.join("a/b/inside"), "inside").unwrap();
        fs::write(site.with_file_name("outside"), "outside").unwrap();
        Parent { _folder: folder, site }
    }

    fn pipe(path: &Utf8Path) {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.is_ok_and(|status| status.success()));
    }

    #[test]
    fn a_file_is_opened_through_links_that_stay() {
        let place = place();
        symlink("b/inside", place.site.join("a/link")).unwrap();
        symlink("a", place.site.join("folder")).unwrap();
        symlink("../outside", place.site.join("out")).unwrap();
        symlink("..", place.site.join("above")).unwrap();
        let root = FolderRoot::open(&place.site).unwrap();
        let text = |path: &str| {
            let mut text = String::new();
            root.file(path.into())?.read_to_string(&mut text)?;
            Ok::<_, io::Error>(text)
        };
        for path in ["a/b/inside", "a/link", "folder/b/inside", "folder/link"] {
            assert_eq!(text(path).unwrap(), "inside", "{path}");
        }
        for path in
            ["out", "above/outside", "../outside", "a/../../outside", "a", "", "/etc/passwd", "a/b/inside/x"]
        {
            assert!(text(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_folder_that_turns_into_a_link_is_not_followed() {
        let place = place();
        let root = FolderRoot::open(&place.site).unwrap();
        let real = root.real("a/b/inside".into()).unwrap();
        fs::create_dir(place.site.with_file_name("b")).unwrap();
        fs::write(place.site.with_file_name("b").join("inside"), "outside").unwrap();
        fs::remove_dir_all(place.site.join("a")).unwrap();
        symlink("..", place.site.join("a")).unwrap();
        assert!(root.below(&real).is_err() && root.file("a/b/inside".into()).is_err());
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let place = place();
        pipe(&place.site.join("pipe"));
        let path = place.site.join("pipe");
        assert!(plain(&path).is_err() && led_to(&path).is_err() && writable(&path).is_err());
        assert!(FolderRoot::open(&place.site).unwrap().file("pipe".into()).is_err());
        assert!(plain(&place.site).is_err() && writable(&place.site).is_err());
        symlink("a/b/inside", place.site.join("link")).unwrap();
        assert!(plain(&place.site.join("link")).is_err() && writable(&place.site.join("link")).is_err());
        assert!(led_to(&place.site.join("link")).is_ok());
    }
}
