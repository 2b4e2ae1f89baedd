//! Files that a command makes where it is told to, outside of any site: bundles, proofs, keys. Each is whole in its place
//! or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};

use camino::Utf8Path;

use super::{Failure, put};

/// Makes a folder, and those that it lies in, where they are not there.
///
/// # Errors
/// Where the system refuses.
pub fn folder(path: &Utf8Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(Failure::write(path))
}

/// Makes the file at `path` by `write`, in place of a plain file that may be there.
///
/// # Errors
/// Where something else is there, or the system or `write` refuses.
pub fn make_file(path: &Utf8Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    let make = || {
        if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::other("not a plain file"));
        }
        let mut file = tempfile::Builder::new().prefix(".xiangwei-").tempfile_in(folder)?;
        write(file.as_file_mut())?;
        file.as_file().sync_all()?;
        put::readable(file.as_file())?;
        file.persist(path).map(|_| ()).map_err(|error| error.error)
    };
    make().map_err(Failure::write(path))
}

/// Makes a new file that nobody else on this machine may read.
///
/// # Errors
/// Where something is there already, or the system refuses.
pub fn private(path: &Utf8Path, text: &str) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Exists { path: path.to_owned() },
        _ => Failure::write(path)(error),
    })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(Failure::write(path))
}
