//! Files of a site that an editor makes with the program's help: reports, logs, attachments. Each is whole in
//! its place or not there.

use std::fs;
use std::io::{self, Write};

use camino::Utf8Path;

use super::{Failure, door};

/// Puts `bytes` to `path` below the folder `site`. What stands there before is replaced in one step.
///
/// # Errors
///
/// Where a link leads out of the site, or the system refuses.
pub fn put(site: &Utf8Path, path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let whole = site.join(path);
    let folder = whole.parent().unwrap_or(site);
    let put = || {
        make_folder(site, folder)?;
        if fs::symlink_metadata(&whole).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::other("not a plain file"));
        }
        let mut file = tempfile::Builder::new().prefix(".xiangwei-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        readable(file.as_file())?;
        file.persist(&whole).map(|_| ()).map_err(|error| error.error)
    };
    put().map_err(Failure::write(&whole))
}

/// Makes `folder`, and holds that it is below `site` whatever links are on the way.
fn make_folder(site: &Utf8Path, folder: &Utf8Path) -> io::Result<()> {
    let site = site.canonicalize_utf8()?;
    let there = folder.ancestors().find(|above| above.exists()).unwrap_or(folder);
    if !there.canonicalize_utf8()?.starts_with(&site) {
        return Err(io::Error::other("a link leads out of the site"));
    }
    fs::create_dir_all(folder)
}

/// Lets others read a file as they read those that an editor writes: a temporary one is private.
pub(super) fn readable(file: &fs::File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// The bytes of the plain file at `path`, of which there are at most `most`.
///
/// # Errors
///
/// Where it is no plain file, or larger, or the system refuses.
pub fn get(path: &Utf8Path, most: u64) -> Result<Vec<u8>, Failure> {
    let read = || {
        let file = door::led_to(path)?;
        if file.metadata()?.len() > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::Read::take(file, most), &mut bytes)?;
        Ok(bytes)
    };
    read().map_err(Failure::read(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_put_below_the_site_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let site = Utf8Path::from_path(folder.path()).unwrap().join("site");
        fs::create_dir_all(&site).unwrap();
        put(&site, "content/a/2020.md".into(), b"x").unwrap();
        put(&site, "content/a/2020.md".into(), b"y").unwrap();
        assert_eq!(get(&site.join("content/a/2020.md"), 10).unwrap(), b"y");
        assert_eq!(fs::read_dir(site.join("content/a")).unwrap().count(), 1);
        assert!(get(&site.join("content/a/2020.md"), 0).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("..", site.join("content/out")).unwrap();
            fs::create_dir_all(site.join("in")).unwrap();
            assert!(put(&site, "content/out/../../b".into(), b"x").is_err());
            std::os::unix::fs::symlink(site.parent().unwrap(), site.join("up")).unwrap();
            assert!(put(&site, "up/b.md".into(), b"x").is_err());
        }
    }
}
