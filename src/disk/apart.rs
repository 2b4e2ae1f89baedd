//! The finished site and what it is made from keep apart: a build that wrote among its sources
//! would read its own pages the next time, and take the place of what somebody wrote.

use std::fs;
use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::Failure;
use super::read::TOPS;

/// Refuses an output folder that is, holds or lies in something that the site in the folder `site`
/// is made from, by whatever links and dots it is named.
pub fn apart(site: &Utf8Path, output: &Utf8Path) -> Result<(), Failure> {
    let root = site.canonicalize_utf8().map_err(Failure::read(site))?;
    let output = real(output).map_err(Failure::read(output))?;
    let tops = TOPS.iter().map(|top| root.join(top));
    let tops = tops.flat_map(|top| [top.canonicalize_utf8().unwrap_or_else(|_| top.clone()), top]);
    let mut sources = std::iter::once(root.clone()).chain(tops);
    let is_in_the_way =
        |source: &Utf8PathBuf| source.starts_with(&output) || (*source != root && output.starts_with(source));
    match sources.find(is_in_the_way) {
        Some(source) => Err(Failure::AmongSources { path: output, source }),
        None => Ok(()),
    }
}

/// Where `path` leads, as far as it is there; what is not there yet is as it is written.
fn real(path: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let mut real = match path.is_absolute() {
        true => Utf8PathBuf::new(),
        false => Utf8PathBuf::from_path_buf(std::env::current_dir()?)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidFilename))?,
    };
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => drop(real.pop()),
            part => real.push(part.as_str()),
        }
        if let Ok(found) = fs::canonicalize(&real)
            && let Ok(found) = Utf8PathBuf::from_path_buf(found)
        {
            real = found;
        }
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap().join("site");
        for path in ["content/a", "themes/x", "static", "dist/old"] {
            fs::create_dir_all(root.join(path)).unwrap();
        }
        fs::write(root.join("site.yaml"), "").unwrap();
        (folder, root)
    }

    #[test]
    fn an_output_folder_is_no_folder_of_sources() {
        let (_folder, root) = site();
        let refused =
            |path: &str| matches!(apart(&root, &root.join(path)), Err(Failure::AmongSources { .. }));
        for path in [
            "",
            ".",
            "..",
            "../..",
            "content",
            "content/",
            "content/a",
            "content/new/deep",
            "themes/x",
            "themes",
            "static/x",
            "templates",
            "templates/x",
            "dist/../content",
            "new/../content/x",
            "site.yaml",
            "content/../../site",
        ] {
            assert!(refused(path), "{path}");
        }
        for path in
            ["public", "dist", "dist/old", "content/../public", "contents", "../public", "content.bak"]
        {
            assert!(!refused(path), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_hide_no_folder_of_sources() {
        use std::os::unix::fs::symlink;
        let (_folder, root) = site();
        symlink("content", root.join("out")).unwrap();
        symlink(root.join("static"), root.with_file_name("elsewhere")).unwrap();
        symlink(&root, root.with_file_name("same")).unwrap();
        fs::create_dir(root.join("texts")).unwrap();
        symlink("texts", root.join("templates")).unwrap();
        for path in ["out", "out/new", "../elsewhere", "../same", "../same/content/b", "texts", "texts/x"] {
            let refused = apart(&root, &root.join(path));
            assert!(matches!(refused, Err(Failure::AmongSources { .. })), "{path}");
        }
        assert!(apart(&root.with_file_name("same"), &root.join("public")).is_ok());
        assert!(apart(&root.with_file_name("same"), &root.join("content")).is_err());
    }
}
