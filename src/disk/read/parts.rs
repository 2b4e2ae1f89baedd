//! Which files belong to a site, by their paths, and what each is to it.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::diag::{Diagnostic, Words};
use crate::source::{names_others, sha256_of};

/// What there can be at the top of a site's folder that a site is made from.
pub(in crate::disk) const TOPS: [&str; 7] =
    ["site.yaml", "indicators.yaml", "content", "publications", "templates", "themes", "static"];

/// Files that are near to one of those by their names, and are not read: the ending is another, or an
/// editor has added one that its system does not show.
pub(super) const MISNAMED: [(&str, &str); 6] = [
    ("site.yml", "site.yaml"),
    ("site.yaml.txt", "site.yaml"),
    ("site.yml.txt", "site.yaml"),
    ("indicators.yml", "indicators.yaml"),
    ("indicators.yaml.txt", "indicators.yaml"),
    ("indicators.yml.txt", "indicators.yaml"),
];

/// What a file is to a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileRole {
    Text,
    Blob,
}

/// A file that is to be read, below the site's folder.
pub(super) struct CandidateFile {
    pub(super) path: Utf8PathBuf,
    pub(super) role: FileRole,
    /// The file itself, where a link is on the way to it.
    pub(super) real: Option<Utf8PathBuf>,
}

/// What the file at `path` is to the site, if anything.
pub(super) fn role(path: &Utf8Path) -> Option<FileRole> {
    let mut parts = path.components().map(|part| part.as_str());
    match (parts.next()?, parts.next(), parts.next()) {
        ("site.yaml" | "indicators.yaml", None, None) => Some(FileRole::Text),
        ("content", Some(_), _) if path.extension() == Some("md") => Some(FileRole::Text),
        ("content" | "static", Some(_), _) => Some(FileRole::Blob),
        ("publications", Some(_), None) if matches!(path.extension(), Some("jsonl" | "addresses")) => {
            Some(FileRole::Text)
        }
        ("publications", Some("checkpoint"), None) => Some(FileRole::Text),
        ("publications", Some("texts"), Some(_)) if named(path).is_some() => Some(FileRole::Text),
        ("templates", Some(_), _) => Some(FileRole::Text),
        ("themes", Some(_), Some("theme.yaml")) if parts.next().is_none() => Some(FileRole::Text),
        ("themes", Some(_), Some("templates" | "i18n")) if parts.next().is_some() => Some(FileRole::Text),
        ("themes", Some(_), Some("assets")) if parts.next().is_some() => {
            Some(if names_others(path) { FileRole::Text } else { FileRole::Blob })
        }
        _ => None,
    }
}

/// The SHA-256 after which an earlier text is named, if `path` is of one. It says what the text says, and
/// whoever asks for its words finds out whether that is so.
pub(super) fn named(path: &Utf8Path) -> Option<[u8; 32]> {
    let name = path.strip_prefix("publications/texts").ok()?.as_str();
    sha256_of(name.strip_suffix(".md")?)
}

/// Whether `path` is in a part of a theme's folder that no site is made from, such as its
/// documentation or what its author's tools have put there.
pub(super) fn is_elsewhere(path: &Utf8Path) -> bool {
    let mut parts = path.components().map(|part| part.as_str());
    let (top, part) = (parts.next(), parts.nth(1));
    let known = |part| matches!(part, "theme.yaml" | "templates" | "i18n" | "assets");
    top == Some("themes") && part.is_some_and(|part| !known(part))
}

/// Whether `path` is passed over without a word: it is hidden, or some program has left it. In
/// `static/`, where everything else is published, a word is said ([`is_left_out`]).
pub(super) fn is_ignored(path: &Utf8Path) -> bool {
    let is_hidden = |name: &str| name.starts_with('.') || is_left_over(name);
    !path.starts_with("static") && names(path).any(is_hidden)
}

/// Hidden files that are published from `static/`, since servers and hosts look for them: RFC 8615,
/// and files by which a host is told how to serve a site.
const MEANT: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];

/// Whether `path` in `static/` is not published although it is there: nobody means a repository, a
/// file of secrets or a program's own files to be public.
pub(super) fn is_left_out(path: &Utf8Path) -> bool {
    let is_hidden = |name: &str| name.starts_with('.') && !MEANT.contains(&name);
    let backup = |name: &str| [".bak", ".orig", ".rej", ".tmp"].iter().any(|end| name.ends_with(end));
    let is_any = |name: &str| is_hidden(name) || is_left_over(name) || backup(&name.to_ascii_lowercase());
    path.starts_with("static") && names(path).any(is_any)
}

fn names(path: &Utf8Path) -> impl Iterator<Item = &str> {
    path.components().filter_map(|part| match part {
        Utf8Component::Normal(name) => Some(name),
        _ => None,
    })
}

pub(super) fn left_out(path: Utf8PathBuf) -> Diagnostic {
    let words = Words::new(
        "隐藏文件或其他程序留下的文件，不会发布",
        "it is hidden or was left by some program, and is not published",
    );
    Diagnostic::warning("file/left-out", path, words).help(
        "移出 static/；要发布的，换一个不以点开头的名称",
        "take it out of static/; if it is meant for the public, give it a name without the dot",
    )
}

/// Whether an editor or a desktop has left a file of this name behind.
fn is_left_over(name: &str) -> bool {
    let emacs = name.starts_with(".#") || (name.starts_with('#') && name.ends_with('#'));
    let vim = name.starts_with('.') && (name.ends_with(".swp") || name.ends_with(".swo"));
    let backup = name.ends_with('~') || name.ends_with(".swp");
    let office = name.starts_with("~$") || (name.starts_with("~WRL") && name.ends_with(".tmp"));
    let known = [".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"];
    emacs || vim || backup || office || known.contains(&&*name.to_ascii_lowercase())
}

/// The name that the settings at `path` should have, if it has another.
pub(super) fn right_name(path: &Utf8Path) -> Option<&'static str> {
    let mut parts = path.components().map(|part| part.as_str());
    if let (Some("themes"), Some(_), Some("theme.yml" | "theme.yaml.txt"), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    {
        return Some("theme.yaml");
    }
    MISNAMED.iter().find(|(name, _)| path == *name).map(|(_, right)| *right)
}

/// The warning about settings of another name; `is_there` says whether a file of the right name is
/// beside them.
pub(super) fn misnamed(path: Utf8PathBuf, right: &str, is_there: bool) -> Diagnostic {
    let words = Words::new(
        format!("不叫 {right}，这个文件没有读取"),
        format!("its name is not {right}, so this file is not read"),
    );
    let diagnostic = Diagnostic::warning("file/unread", path, words);
    match is_there {
        false => diagnostic.help(format!("改名为 {right}"), format!("rename it to {right}")),
        true => diagnostic.help(
            format!("旁边已有 {right}：把还用得着的内容移进去，删去这个文件"),
            format!(
                "there is a {right} beside it: move what is still needed into that, and remove this file"
            ),
        ),
    }
}
