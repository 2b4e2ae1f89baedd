//! A walk through a site's folder: what is there, and what of it cannot be taken in.

use std::collections::HashMap;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::{DirEntry, WalkDir};

use super::parts::{
    CandidateFile, FileRole, is_elsewhere, is_ignored, is_left_out, left_out, misnamed, right_name, role,
};
use super::reader::unreadable;
use crate::diag::{Diagnostic, Words};

/// So many names, by links, a folder or a text may have besides its own. Links to folders of links
/// would else multiply without end.
pub const MOST_NAMES: usize = 8;

/// A walk through a site's folder.
pub(super) struct Survey {
    pub(super) root: Utf8PathBuf,
    pub(super) files: Vec<CandidateFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) has_links: bool,
    /// How often what was reached by links was met, by its true path.
    names: HashMap<Utf8PathBuf, usize>,
}

impl Survey {
    pub(super) fn new(root: Utf8PathBuf) -> Self {
        let (files, diagnostics, names) = (Vec::new(), Vec::new(), HashMap::new());
        Self { root, files, diagnostics, has_links: false, names }
    }

    pub(super) fn walk(&mut self, top: &str) {
        let walk = WalkDir::new(self.root.join(top)).follow_links(true);
        let mut walk = walk.sort_by_file_name().into_iter();
        while let Some(step) = walk.next() {
            match step {
                Ok(entry) => {
                    if !self.visit(&entry) && entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Err(error) => self.excuse(&error),
            }
        }
    }

    /// Takes note of what the walk came to; false if nothing below it is of interest.
    fn visit(&mut self, entry: &DirEntry) -> bool {
        let path = shown(&self.root, entry.path());
        if let Some(right) = right_name(&path) {
            let is_there = self.root.join(path.with_file_name(right)).is_file();
            self.diagnostics.push(misnamed(path, right, is_there));
            return false;
        }
        if is_ignored(&path) || is_elsewhere(&path) {
            return false;
        }
        if is_left_out(&path) {
            self.diagnostics.push(left_out(path));
            return false;
        }
        self.has_links |= entry.path_is_symlink();
        let objection = name_objection(entry).or_else(|| self.link_objection(entry));
        let objection = objection.or_else(|| kind_objection(entry));
        let real = self.real(entry).filter(|_| objection.is_none());
        let is_read_again = entry.file_type().is_dir() || role(&path) == Some(FileRole::Text);
        let objection = objection.or_else(|| self.count(real.as_deref().filter(|_| is_read_again)?));
        if let Some((code, message)) = objection {
            self.diagnostics.push(Diagnostic::error(code, path, message));
            return false;
        }
        if !entry.file_type().is_dir()
            && let Some(role) = role(&path)
        {
            self.files.push(CandidateFile { path, role, real });
        }
        true
    }

    /// The path of what a link leads to, or of what is below such a place. As long as no link was
    /// seen there is none on the way.
    fn real(&self, entry: &DirEntry) -> Option<Utf8PathBuf> {
        let real = self.has_links.then(|| fs::canonicalize(entry.path()).ok()).flatten()?;
        let real = Utf8PathBuf::from_path_buf(real).ok()?;
        (real != entry.path()).then(|| real.strip_prefix(&self.root).map(Utf8Path::to_owned).ok())?
    }

    /// Counts a name of what is at `real`; the objection to one too many.
    fn count(&mut self, real: &Utf8Path) -> Option<Objection> {
        let names = self.names.entry(real.to_owned()).or_default();
        *names += 1;
        (*names > MOST_NAMES).then(|| {
            let words = Words::new(
                format!("已有 {MOST_NAMES} 个符号链接通向 {real}，不再跟随"),
                format!("{MOST_NAMES} links lead to {real} already, and no more are followed"),
            );
            ("file/symlink", words)
        })
    }

    /// Whether a link leads out of the site's folder.
    fn link_objection(&self, entry: &DirEntry) -> Option<Objection> {
        if !entry.path_is_symlink() {
            return None;
        }
        let inside = fs::canonicalize(entry.path()).is_ok_and(|to| to.starts_with(&self.root));
        (!inside).then(|| {
            let words = Words::new(
                "符号链接指向网站文件夹之外，不会读取",
                "the symbolic link leads out of the site's folder and is not followed",
            );
            ("file/symlink", words)
        })
    }

    /// Notes why the walk could not go on at some place.
    fn excuse(&mut self, error: &walkdir::Error) {
        let Some(at) = error.path() else { return };
        let path = shown(&self.root, at);
        let is_link = at.is_symlink();
        let missing = error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound);
        // An editor's lock can be a link that leads nowhere, and every file at the top of a
        // site's folder may be missing; whoever needs it says so.
        let is_nothing = is_ignored(&path) || is_elsewhere(&path) || is_left_out(&path);
        if is_nothing || (missing && !is_link) {
            return;
        }
        self.diagnostics.push(match (error.loop_ancestor(), error.io_error()) {
            (None, Some(error)) if !is_link => unreadable(&path, error),
            (Some(_), _) => broken_link(path, "指回上级文件夹", "leads back to a folder above it"),
            _ => broken_link(path, "指向的文件不存在或无法到达", "leads nowhere"),
        });
    }
}

/// The path below the site's folder as it can be shown: a name that is not UTF-8 or that would
/// play tricks on a terminal has replacement characters instead.
fn shown(root: &Utf8Path, path: &std::path::Path) -> Utf8PathBuf {
    let below = path.strip_prefix(root).unwrap_or(path);
    let text = below.to_string_lossy().replace(is_trick, "\u{fffd}");
    match std::path::MAIN_SEPARATOR {
        '/' => text.into(),
        separator => text.replace(separator, "/").into(),
    }
}

/// Whether a character moves the cursor or turns the direction of writing.
pub(super) fn is_trick(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A code and what is wrong.
type Objection = (&'static str, Words);

fn name_objection(entry: &DirEntry) -> Option<Objection> {
    let words = match entry.file_name().to_str() {
        None => Words::new("文件名不是 UTF-8", "the file's name is not UTF-8"),
        Some(name) if name.contains(is_trick) => {
            Words::new("文件名含有控制字符", "the file's name contains control characters")
        }
        Some(name) if name.contains('\\') => {
            Words::new("文件名含有反斜杠", "the file's name contains a backslash")
        }
        Some(_) => return None,
    };
    Some(("file/name", words))
}

fn kind_objection(entry: &DirEntry) -> Option<Objection> {
    let kind = entry.file_type();
    (!kind.is_file() && !kind.is_dir()).then(|| {
        let words = Words::new(
            "不是普通文件（管道、套接字或设备），不会读取",
            "not a plain file but a pipe, a socket or a device; it is not read",
        );
        ("file/kind", words)
    })
}

fn broken_link(path: Utf8PathBuf, zh: &str, en: &str) -> Diagnostic {
    let words = Words::new(format!("符号链接{zh}"), format!("the symbolic link {en}"));
    Diagnostic::error("file/symlink", path, words)
}
