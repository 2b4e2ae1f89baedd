//! New files among the sources of a site: written all or not at all, and never over one that is there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::Failure;

/// Writes new files, each with its path below `folder`.
///
/// # Errors
/// Where one of them is there already, nothing is written; where the system refuses one, those
/// that were written before it are removed again.
pub fn create(folder: &Utf8Path, files: &[(Utf8PathBuf, String)]) -> Result<(), Failure> {
    let there = files.iter().map(|(path, _)| folder.join(path));
    if let Some(path) = there.into_iter().find(|path| fs::symlink_metadata(path).is_ok()) {
        return Err(Failure::Exists { path });
    }
    let mut made = CreatedFiles::default();
    for (path, text) in files {
        made.file(&folder.join(path), text)?;
    }
    made.is_whole = true;
    Ok(())
}

/// What was made so far, which goes again unless all of it is made.
#[derive(Default)]
struct CreatedFiles {
    folders: Vec<Utf8PathBuf>,
    files: Vec<Utf8PathBuf>,
    is_whole: bool,
}

impl CreatedFiles {
    fn file(&mut self, path: &Utf8Path, text: &str) -> Result<(), Failure> {
        if let Some(folder) = path.parent() {
            self.folder(folder)?;
        }
        let opened = OpenOptions::new().write(true).create_new(true).open(path);
        let mut file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::Exists { path: path.to_owned() },
            _ => Failure::write(path)(error),
        })?;
        self.files.push(path.to_owned());
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(Failure::write(path))
    }

    fn folder(&mut self, path: &Utf8Path) -> Result<(), Failure> {
        if path.as_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(above) = path.parent() {
            self.folder(above)?;
        }
        fs::create_dir(path).map_err(Failure::write(path))?;
        self.folders.push(path.to_owned());
        Ok(())
    }
}

impl Drop for CreatedFiles {
    fn drop(&mut self) {
        if self.is_whole {
            return;
        }
        // What cannot be removed stays; the failure that led here is told.
        for path in self.files.iter().rev() {
            let _ = fs::remove_file(path);
        }
        for path in self.folders.iter().rev() {
            let _ = fs::remove_dir(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over_and_nothing_is_left_half() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("a path in UTF-8");
        let file = |path: &str| (Utf8PathBuf::from(path), path.to_owned());
        create(root, &[file("a/b.md")]).expect("it is new");
        let again = create(root, &[file("c.md"), file("a/b.md")]);
        assert!(matches!(again, Err(Failure::Exists { path }) if path.ends_with("a/b.md")));
        assert!(!root.join("c.md").exists());
        let blocked = create(root, &[file("d/e.md"), file("a/b.md/f.md")]);
        assert!(blocked.is_err() && !root.join("d").exists());
    }
}
