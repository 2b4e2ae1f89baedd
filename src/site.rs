//! The finished site as paths and digests, never as all its bytes. The manifest answers what
//! to write, what to remove and what to send elsewhere, and it knows nothing of folders on
//! this machine: whoever holds two of them can tell the difference without opening a file.

use std::collections::BTreeMap;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::diag::Words;
use crate::route::{Leaf, Route};
use crate::source::hex;

/// The size and the digest of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// The SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
    /// The size in bytes.
    pub size: u64,
}

impl FileDigest {
    /// The entry of a file that holds `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: hex(&Sha256::digest(bytes)), size: bytes.len() as u64 }
    }
}

/// Every file of a finished site except the manifest's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    // By path as a text, which compares many times faster than a path does.
    files: BTreeMap<String, FileDigest>,
}

/// One step from one finished site to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteEdit<'a> {
    /// The file is new, or its bytes are.
    Write(&'a Utf8Path),
    /// The file is no longer part of the site.
    Remove(&'a Utf8Path),
}

impl Manifest {
    /// Where a site keeps its own manifest.
    pub const PATH: &'static str = "manifest.json";

    /// Where a site keeps the signature of its manifest, which is no more in the manifest than that is.
    pub const SIGNATURE: &'static str = "manifest.json.minisig";

    /// The files by their paths, in the order of these as texts.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, FileDigest> {
        &self.files
    }

    /// The files below `folder`, which are those whose paths begin with it.
    pub fn below(&self, folder: &Utf8Path) -> impl Iterator<Item = (&Utf8Path, &FileDigest)> {
        let folder = format!("{folder}/");
        let behind = self.files.range(folder.clone()..);
        let below = behind.take_while(move |(path, _)| path.starts_with(&folder));
        below.map(|(path, entry)| (Utf8Path::new(path), entry))
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &Utf8Path) -> Option<&FileDigest> {
        self.files.get(path.as_str())
    }

    /// The text that is published.
    #[must_use]
    pub fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("paths and digests are plain strings") + "\n"
    }

    /// A manifest from its text, or the reason why the text is none. A manifest may have come
    /// over a network, so a path that could lead out of the site's folder is refused here and
    /// is nobody's concern later.
    pub fn read(text: &str) -> Result<Self, Words> {
        let manifest: Self = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        match manifest.files.iter().find_map(|(path, entry)| objection(path, entry)) {
            Some(words) => Err(words),
            None => Ok(manifest),
        }
    }

    /// The steps that turn `from` into this site: writes in the order of their paths, then
    /// removals.
    pub fn edits<'a>(&'a self, from: &'a Self) -> impl Iterator<Item = SiteEdit<'a>> {
        let changed = |(path, entry): &(&'a String, &FileDigest)| from.files.get(*path) != Some(*entry);
        let writes = self.files.iter().filter(changed);
        let removals = from.files.keys().filter(|path| !self.files.contains_key(*path));
        let writes = writes.map(|(path, _)| SiteEdit::Write(path.as_ref()));
        writes.chain(removals.map(|path| SiteEdit::Remove(path.as_ref())))
    }
}

/// What becomes of the documents of a finished site when another takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Departures {
    /// How many documents were published.
    pub published: usize,
    /// The addresses at which nothing will be any more.
    pub gone: Vec<Route>,
}

impl Departures {
    /// The documents of `before` and those that do not stay, by the paths of their pages. An alias
    /// stays as an address, and so does a document that is withdrawn.
    pub fn of(before: &Manifest, stays: impl Fn(&Route) -> bool) -> Self {
        let pages = before.files.keys().filter_map(|path| Route::of_output(path.as_ref()));
        let is_document = |route: &Route| {
            let path = route.as_str().trim_matches('/');
            route.is_page() && matches!(Leaf::of(path.into()), Ok(Leaf::Report(_)))
        };
        let documents: Vec<Route> = pages.filter(is_document).collect();
        let published = documents.len();
        Self { published, gone: documents.into_iter().filter(|route| !stays(route)).collect() }
    }

    /// Whether so many documents go that it is more likely that a folder was moved or is not
    /// mounted: more than a third, and more than one.
    #[must_use]
    pub fn are_many(&self) -> bool {
        let everything = self.published > 0 && self.gone.len() == self.published;
        everything || (self.gone.len() > 1 && self.gone.len() * 3 > self.published)
    }
}

/// When a file goes into place. A page comes after everything that it links to, so that a
/// reader who comes in between never follows a link that dangles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// What pages are made with: styles, scripts, pictures, attachments.
    Asset,
    /// A document or a plain page.
    Document,
    /// A page or a file that leads to documents: a place, a year, a feed, the sitemap.
    List,
    /// The home page.
    Home,
}

impl FromIterator<(Utf8PathBuf, FileDigest)> for Manifest {
    fn from_iter<T: IntoIterator<Item = (Utf8PathBuf, FileDigest)>>(files: T) -> Self {
        Self { files: files.into_iter().map(|(path, entry)| (path.into(), entry)).collect() }
    }
}

/// Whether a file of a site can be at `path`: below the site's folder on every system, and
/// not in the place of the manifest.
pub(crate) fn is_output(path: &str) -> bool {
    let mut parts = Utf8Path::new(path).components();
    let below = parts.all(|part| matches!(part, Utf8Component::Normal(_)));
    let drive = path.as_bytes().get(1) == Some(&b':');
    let plain = !path.starts_with('/') && !path.chars().any(char::is_control);
    below && plain && !drive && path != Manifest::PATH && Route::file(path).is_some()
}

/// The longest name of a file or folder, in bytes, as most file systems have it.
pub const LONGEST_NAME: usize = 255;

/// The longest path of a file of a site, in bytes. The output folder comes before it, and systems
/// take some thousand bytes for both.
pub const LONGEST_PATH: usize = 800;

/// Why no build can put a file at `path`, if so.
pub(crate) fn unfit(path: &str) -> Option<Words> {
    let longest = path.split('/').map(str::len).max().unwrap_or_default();
    let (zh, en) = match path.split('/').next() {
        _ if longest > LONGEST_NAME => (
            format!("名称有 {longest} 个字节，最多 {LONGEST_NAME} 个（一个汉字三个）"),
            format!("its name has {longest} bytes, and a name has at most {LONGEST_NAME}"),
        ),
        _ if path.len() > LONGEST_PATH => (
            format!("路径有 {} 个字节，最多 {LONGEST_PATH} 个", path.len()),
            format!("its path has {} bytes, and a path has at most {LONGEST_PATH}", path.len()),
        ),
        Some(top) if top.eq_ignore_ascii_case(Manifest::PATH) => {
            let top = Manifest::PATH;
            (format!("{top} 是本站自己的清单"), format!("{top} is the site's own list of files"))
        }
        _ if !is_output(path) => ("不能作文件的路径".into(), "no file can have this path".into()),
        _ => return None,
    };
    Some(Words::new(zh, en))
}

/// Whether `text` is a SHA-256 as [`hex`] writes it.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn not_json(error: &serde_json::Error) -> Words {
    let (line, column) = (error.line(), error.column());
    Words::new(
        format!("第 {line} 行第 {column} 列起不是清单的写法"),
        format!("it is not written as a manifest from line {line}, column {column}"),
    )
}

fn objection(path: &str, entry: &FileDigest) -> Option<Words> {
    if !is_output(path) {
        return Some(Words::new(
            format!("路径 {path:?} 不能是网站里的文件"),
            format!("{path:?} cannot be a file of a site"),
        ));
    }
    (!is_sha256(&entry.sha256)).then(|| {
        Words::new(format!("{path} 的摘要不是 SHA-256"), format!("the digest of {path} is not a SHA-256"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let entry = |(path, text): &(&str, &str)| ((*path).into(), FileDigest::of(text.as_bytes()));
        files.iter().map(entry).collect()
    }

    fn with_path(path: &str) -> String {
        let path = serde_json::to_string(path).unwrap();
        let sha256 = "0".repeat(64);
        format!(r#"{{"files": {{{path}: {{"sha256": "{sha256}", "size": 1}}}}}}"#)
    }

    #[test]
    fn a_manifest_is_published_in_this_very_form() {
        insta::assert_snapshot!(manifest(&[("index.html", "abc")]).json(), @r#"
        {
          "files": {
            "index.html": {
              "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
              "size": 3
            }
          }
        }
        "#);
    }

    #[test]
    fn a_manifest_can_be_read_back() {
        let written = manifest(&[("index.html", "a"), ("a/附件 1.pdf", "b"), ("a-b", "c")]);
        assert_eq!(Manifest::read(&written.json()), Ok(written));
        assert_eq!(Manifest::read(r#"{"files": {}}"#), Ok(Manifest::default()));
    }

    #[test]
    fn a_hostile_path_is_refused() {
        let paths = [
            "../x",
            "/x",
            "a/../x",
            "./x",
            "a/./b",
            "a//b",
            "a/",
            "",
            "\\x",
            "..\\x",
            "C:\\x",
            "C:/x",
            "a\u{0}",
            "a\nb",
            "a\u{1b}[2J",
            "manifest.json",
            "/",
            "..",
        ];
        for path in paths {
            assert!(Manifest::read(&with_path(path)).is_err(), "{path:?}");
        }
        assert!(Manifest::read(&with_path("a/manifest.json")).is_ok());
    }

    #[test]
    fn what_is_not_a_manifest_is_refused() {
        let short = r#"{"files": {"a": {"sha256": "00", "size": 1}}}"#;
        let more = r#"{"files": {}, "name": "app"}"#;
        let upper = with_path("a").replace("000", "00A");
        for text in ["", "[]", "{}", "null", "\u{feff}{}", short, more, &upper, &"[".repeat(1000)] {
            assert!(Manifest::read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn documents_that_go_are_counted_by_their_pages() {
        let before = manifest(&[
            ("a/2019/index.html", "1"),
            ("a/2019/index.md", "1"),
            ("a/2019/note/index.html", "1"),
            ("a/2020/index.html", "1"),
            ("a/index.html", "1"),
            ("years/2019/index.html", "1"),
            ("kinds/notice/2019/index.html", "1"),
            ("a/compare/2020/index.html", "1"),
            ("index.html", "1"),
        ]);
        let found = Departures::of(&before, |route| route.as_str() != "/a/2019/note/");
        assert_eq!((found.published, found.gone), (3, vec![Route::page(["a", "2019", "note"])]));
    }

    #[test]
    fn a_third_of_the_documents_may_go_unasked() {
        let many = |published, gone| Departures { published, gone: vec![Route::home(); gone] }.are_many();
        assert!(!many(0, 0) && !many(9, 3) && !many(300, 100) && !many(2, 1) && !many(3, 0));
        assert!(many(1, 1) && many(2, 2) && many(5, 2) && many(9, 4) && many(300, 101));
    }

    fn some_manifest() -> impl Strategy<Value = Manifest> {
        let file = ("[a-c](/[a-c]){0,2}", "[xy]");
        proptest::collection::vec(file, 0..8).prop_map(|files| {
            let entry = |(path, text): (String, String)| (path.into(), FileDigest::of(text.as_bytes()));
            files.into_iter().map(entry).collect()
        })
    }

    proptest! {
        #[test]
        fn edits_turn_one_site_into_the_other(a in some_manifest(), b in some_manifest()) {
            let mut files = a.files.clone();
            for edit in b.edits(&a) {
                match edit {
                    SiteEdit::Write(path) => files.insert(path.to_string(), b.files[path.as_str()].clone()),
                    SiteEdit::Remove(path) => files.remove(path.as_str()),
                };
            }
            prop_assert_eq!(&files, &b.files);
            prop_assert_eq!(b.edits(&b).count(), 0);
        }

        #[test]
        fn reading_is_total(text in ".*") {
            let _ = Manifest::read(&text);
        }
    }
}
