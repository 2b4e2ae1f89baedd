//! Reading a site's folder: which files belong to a site, and what each of them holds. One bad
//! file costs a diagnostic and never the others; nothing outside the folder is read, and
//! nothing that is not a plain file is opened, so that reading always ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::sync::OnceLock;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::door::Root;
use super::encoding::text_of;
use super::failure::reason;
use super::{Failure, copy};
use crate::diag::{self, Diagnosed, Diagnostic, Words};
use crate::source::{Blob, HEAD, Nature, Source, Sources, Span, names_others};

/// The largest text that is read: 16 MiB, several times the longest report of a province.
pub const MAX_TEXT: u64 = 16 << 20;

/// The largest file that is passed on: 512 MiB, several hours of a meeting on video. A file that
/// claims to be larger costs nothing to make and minutes to read.
pub const MAX_FILE: u64 = 512 << 20;

/// So many names, by links, a folder or a text may have besides its own. Links to folders of links
/// would else multiply without end.
pub const MOST_NAMES: usize = 8;

/// What there can be at the top of a site's folder that a site is made from.
pub(super) const TOPS: [&str; 6] =
    ["site.yaml", "indicators.yaml", "content", "templates", "themes", "static"];

/// Everything that the site in the folder `root` is made from. It fails only if there is no
/// such folder.
pub fn read(root: &Utf8Path) -> Result<Diagnosed<Sources>, Failure> {
    Ok(look(root, &everything())?.read)
}

/// What was found in a site's folder.
#[derive(Debug)]
pub struct Look {
    /// The files, and what is wrong with them.
    pub read: Diagnosed<Sources>,
    /// Whether a symbolic link was seen. One file then has two paths, and whoever is told that
    /// one of them changed must look at everything.
    pub has_links: bool,
}

/// The same as [`read()`] for what is at and below some paths of the site's folder, whether they
/// are files, folders or no longer there.
pub fn look(root: &Utf8Path, paths: &BTreeSet<Utf8PathBuf>) -> Result<Look, Failure> {
    let root = root.canonicalize_utf8().map_err(Failure::read(root))?;
    if !root.is_dir() {
        return Err(Failure::read(&root)(io::ErrorKind::NotADirectory.into()));
    }
    let mut survey = Survey::new(root);
    // A path below another one of them would be read twice.
    let is_covered = |path: &Utf8Path| path.ancestors().skip(1).any(|folder| paths.contains(folder));
    paths.iter().filter(|path| !is_covered(path)).for_each(|path| survey.walk(path.as_str()));
    let has_links = survey.has_links;
    Ok(Look { read: survey.read(), has_links })
}

/// The paths that together are everything a site is made from.
#[must_use]
pub fn everything() -> BTreeSet<Utf8PathBuf> {
    TOPS.iter().map(Utf8PathBuf::from).collect()
}

/// Opens the file at `path` of the site in the folder `root`, unless that leads out of the
/// folder by now, with its size.
pub fn open(root: &Utf8Path, path: &Utf8Path) -> io::Result<(File, u64)> {
    let file = Root::open(root)?.file(path)?;
    let size = file.metadata()?.len();
    Ok((file, size))
}

/// The nearest folder that holds a site: `from` itself or one above it.
#[must_use]
pub fn find_site(from: &Utf8Path) -> Option<Utf8PathBuf> {
    let from = from.canonicalize_utf8().ok()?;
    let mut folders = from.ancestors();
    folders.find(|folder| folder.join("site.yaml").is_file()).map(Utf8Path::to_owned)
}

/// What a file is to a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Text,
    Blob,
}

/// A file that is to be read, below the site's folder.
struct Found {
    path: Utf8PathBuf,
    role: Role,
    /// The file itself, where a link is on the way to it.
    real: Option<Utf8PathBuf>,
}

/// A file that was read.
enum Item {
    Text(Source),
    Blob(Blob),
}

/// A walk through a site's folder.
struct Survey {
    root: Utf8PathBuf,
    files: Vec<Found>,
    diagnostics: Vec<Diagnostic>,
    has_links: bool,
    /// How often what was reached by links was met, by its true path.
    names: HashMap<Utf8PathBuf, usize>,
}

impl Survey {
    fn new(root: Utf8PathBuf) -> Self {
        let (files, diagnostics, names) = (Vec::new(), Vec::new(), HashMap::new());
        Self { root, files, diagnostics, has_links: false, names }
    }

    fn walk(&mut self, top: &str) {
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
        let is_read_again = entry.file_type().is_dir() || role(&path) == Some(Role::Text);
        let objection = objection.or_else(|| self.count(real.as_deref().filter(|_| is_read_again)?));
        if let Some((code, message)) = objection {
            self.diagnostics.push(Diagnostic::error(code, path, message));
            return false;
        }
        if !entry.file_type().is_dir()
            && let Some(role) = role(&path)
        {
            self.files.push(Found { path, role, real });
        }
        true
    }

    /// The path of what a link leads to, or of what is below such a place. As long as no link was
    /// seen there is none on the way.
    fn real(&self, entry: &DirEntry) -> Option<Utf8PathBuf> {
        let real = fs::canonicalize(entry.path()).ok().filter(|_| self.has_links)?;
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

    /// Reads what was found, on all threads; the result does not show in what order.
    fn read(self) -> Diagnosed<Sources> {
        let (mut texts, mut blobs, mut diagnostics) = (Vec::new(), Vec::new(), self.diagnostics);
        let root = Root::open(&self.root);
        let reader = Reader { root, linked: linked(&self.files) };
        let read = self.files.into_par_iter().map(|found| reader.read(found));
        let read: Vec<Result<Item, Box<Diagnostic>>> = read.collect();
        for item in read {
            match item {
                Ok(Item::Text(text)) => texts.push(text),
                Ok(Item::Blob(blob)) => blobs.push(blob),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        diag::sort(&mut diagnostics);
        let unread = diagnostics.iter().map(|diagnostic| diagnostic.path.clone()).collect();
        Diagnosed { value: Sources::new(texts, blobs).beside(unread), diagnostics }
    }
}

/// A file that is passed on and has several names, as far as it was read.
type Linked = OnceLock<Result<Blob, Box<Diagnostic>>>;

/// The files that are passed on and that links lead to, by their true paths. Each is read once,
/// however many links there are.
fn linked(files: &[Found]) -> BTreeMap<Utf8PathBuf, Linked> {
    let blobs = files.iter().filter(|found| found.role == Role::Blob);
    blobs.filter_map(|found| Some((found.real.clone()?, Linked::new()))).collect()
}

/// What reads files.
struct Reader {
    root: io::Result<Root>,
    linked: BTreeMap<Utf8PathBuf, Linked>,
}

impl Reader {
    fn read(&self, found: Found) -> Result<Item, Box<Diagnostic>> {
        let Found { path, role, real } = found;
        match (role, real.and_then(|real| self.linked.get(&real))) {
            (Role::Text, _) => self.text(path).map(Item::Text),
            (Role::Blob, None) => self.blob(path).map(Item::Blob),
            (Role::Blob, Some(linked)) => match linked.get_or_init(|| self.blob(path.clone())) {
                Ok(blob) => Ok(Item::Blob(Blob { path, ..blob.clone() })),
                Err(complaint) => Err(Box::new(Diagnostic { path, ..(**complaint).clone() })),
            },
        }
    }

    /// The file at `path`, opened once for all that is asked of it.
    fn open(&self, path: &Utf8Path) -> Result<(File, u64), Box<Diagnostic>> {
        let open = || {
            let root = self.root.as_ref().map_err(|error| io::Error::from(error.kind()))?;
            let file = root.file(path)?;
            let size = file.metadata()?.len();
            Ok((file, size))
        };
        open().map_err(|error| unreadable(path, &error).into())
    }

    fn blob(&self, path: Utf8PathBuf) -> Result<Blob, Box<Diagnostic>> {
        let (file, size) = self.open(&path)?;
        if size > MAX_FILE {
            return Err(too_large(path, size, MAX_FILE).into());
        }
        let mut head = Head(Vec::with_capacity(HEAD));
        // A file that grows while it is read is not read for ever.
        let entry = copy(&mut file.take(MAX_FILE), &mut head).map_err(|error| unreadable(&path, &error))?;
        Ok(Blob { path, size: entry.size, sha256: entry.sha256, nature: Nature::of(&head.0) })
    }

    fn text(&self, path: Utf8PathBuf) -> Result<Source, Box<Diagnostic>> {
        let (file, size) = self.open(&path)?;
        let bytes = match bytes_of(file, size).map_err(|error| unreadable(&path, &error))? {
            Bytes::All(bytes) => bytes,
            Bytes::TooMany(size) => return Err(too_large(path, size, MAX_TEXT).into()),
        };
        text_of(&bytes).map(|text| Source::new(&path, text)).map_err(|refusal| {
            let place = Span::new(refusal.offset..refusal.offset + 1);
            let error = Diagnostic::error("file/encoding", path, refusal.message);
            Box::new(error.at(place).help(refusal.help.zh, refusal.help.en))
        })
    }
}

/// Keeps the first bytes of what is written to it.
struct Head(Vec<u8>);

impl Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = HEAD.saturating_sub(self.0.len());
        self.0.extend_from_slice(&bytes[..room.min(bytes.len())]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a text's file holds.
enum Bytes {
    All(Vec<u8>),
    TooMany(u64),
}

/// The bytes of a file, and never many more than a text may have, even if it grows meanwhile.
fn bytes_of(mut file: File, size: u64) -> io::Result<Bytes> {
    if size > MAX_TEXT {
        return Ok(Bytes::TooMany(size));
    }
    let room = usize::try_from(size).unwrap_or_default() + 1;
    let mut bytes = Vec::with_capacity(room);
    (&mut file).take(MAX_TEXT + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    match size > MAX_TEXT {
        true => Ok(Bytes::TooMany(size)),
        false => Ok(Bytes::All(bytes)),
    }
}

/// What the file at `path` is to the site, if anything.
fn role(path: &Utf8Path) -> Option<Role> {
    let mut parts = path.components().map(|part| part.as_str());
    match (parts.next()?, parts.next(), parts.next()) {
        ("site.yaml" | "indicators.yaml", None, None) => Some(Role::Text),
        ("content", Some(_), _) if path.extension() == Some("md") => Some(Role::Text),
        ("content" | "static", Some(_), _) => Some(Role::Blob),
        ("templates", Some(_), _) => Some(Role::Text),
        ("themes", Some(_), Some("theme.yaml")) if parts.next().is_none() => Some(Role::Text),
        ("themes", Some(_), Some("templates" | "i18n")) if parts.next().is_some() => Some(Role::Text),
        ("themes", Some(_), Some("assets")) if parts.next().is_some() => {
            Some(if names_others(path) { Role::Text } else { Role::Blob })
        }
        _ => None,
    }
}

/// Whether `path` is in a part of a theme's folder that no site is made from, such as its
/// documentation or what its author's tools have put there.
fn is_elsewhere(path: &Utf8Path) -> bool {
    let mut parts = path.components().map(|part| part.as_str());
    let (top, part) = (parts.next(), parts.nth(1));
    let known = |part| matches!(part, "theme.yaml" | "templates" | "i18n" | "assets");
    top == Some("themes") && part.is_some_and(|part| !known(part))
}

/// Whether `path` is passed over without a word: it is hidden, or some program has left it. In
/// `static/`, where everything else is published, a word is said ([`is_left_out`]).
fn is_ignored(path: &Utf8Path) -> bool {
    let is_hidden = |name: &str| name.starts_with('.') || is_left_over(name);
    !path.starts_with("static") && names(path).any(is_hidden)
}

/// Hidden files that are published from `static/`, since servers and hosts look for them: RFC 8615,
/// and files by which a host is told how to serve a site.
const MEANT: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];

/// Whether `path` in `static/` is not published although it is there: nobody means a repository, a
/// file of secrets or a program's own files to be public.
fn is_left_out(path: &Utf8Path) -> bool {
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

fn left_out(path: Utf8PathBuf) -> Diagnostic {
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
fn is_trick(c: char) -> bool {
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

fn unreadable(path: &Utf8Path, error: &io::Error) -> Diagnostic {
    let why = reason(error);
    let words = Words::new(format!("无法读取：{}", why.zh), format!("it cannot be read: {}", why.en));
    Diagnostic::error("file/unreadable", path, words)
}

fn too_large(path: Utf8PathBuf, size: u64, most: u64) -> Diagnostic {
    let (size, limit) = (size.div_ceil(1 << 20), most >> 20);
    if most == MAX_FILE {
        let words = Words::new(
            format!("文件有 {size} MiB，附件和其他文件最多 {limit} MiB"),
            format!("the file has {size} MiB, and one that is passed on at most {limit} MiB"),
        );
        return Diagnostic::error("file/too-large", path, words).help(
            "压缩或分成几个文件；很大的视频放在别处，给出链接",
            "compress it or make several of it; keep large videos elsewhere and link to them",
        );
    }
    let words = Words::new(
        format!("文件有 {size} MiB，文本最多 {limit} MiB"),
        format!("the file has {size} MiB and a text at most {limit} MiB"),
    );
    let error = Diagnostic::error("file/too-large", path, words);
    error.help(
        "图片和数据另存为附件，不要嵌在正文里",
        "keep pictures and tables of data as attachments, not inside the text",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site(tempfile::TempDir);

    impl Site {
        fn new(files: &[(&str, &str)]) -> Self {
            let site = Self(tempfile::tempdir().unwrap());
            for (path, text) in files {
                site.write(path, text.as_bytes());
            }
            site
        }

        fn root(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }

        fn write(&self, path: &str, bytes: &[u8]) {
            let path = self.root().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }

        fn read(&self) -> Diagnosed<Sources> {
            read(self.root()).unwrap()
        }

        fn texts(&self) -> Vec<String> {
            self.read().value.texts().iter().map(|text| text.path().to_string()).collect()
        }

        fn blobs(&self) -> Vec<String> {
            self.read().value.blobs().iter().map(|blob| blob.path.to_string()).collect()
        }

        fn complaints(&self) -> Vec<(&'static str, String)> {
            let complaints = self.read().diagnostics.into_iter();
            complaints.map(|d| (d.code, d.path.into_string())).collect()
        }
    }

    #[test]
    fn the_files_of_a_site_are_found_by_their_places() {
        let site = Site::new(&[
            ("site.yaml", ""),
            ("indicators.yaml", ""),
            ("README.md", ""),
            ("public/index.html", ""),
            ("content/_index.md", ""),
            ("content/jiangmen/2019/index.md", ""),
            ("content/jiangmen/2019/附件1.pdf", ""),
            ("templates/parts/page.html", ""),
            ("themes/plain/theme.yaml", ""),
            ("themes/plain/README.md", ""),
            ("themes/plain/templates/base.html", ""),
            ("themes/plain/i18n/en.yaml", ""),
            ("themes/plain/assets/style.css", ""),
            ("themes/plain/assets/site.js", ""),
            ("themes/plain/assets/logo.svg", ""),
            ("themes/plain/assets/theme.yaml", ""),
            ("static/.well-known/security.txt", ""),
        ]);
        assert_eq!(
            site.texts(),
            [
                "content/_index.md",
                "content/jiangmen/2019/index.md",
                "indicators.yaml",
                "site.yaml",
                "templates/parts/page.html",
                "themes/plain/assets/site.js",
                "themes/plain/assets/style.css",
                "themes/plain/i18n/en.yaml",
                "themes/plain/templates/base.html",
                "themes/plain/theme.yaml",
            ]
        );
        assert_eq!(
            site.blobs(),
            [
                "content/jiangmen/2019/附件1.pdf",
                "static/.well-known/security.txt",
                "themes/plain/assets/logo.svg",
                "themes/plain/assets/theme.yaml",
            ]
        );
        assert_eq!(site.complaints(), []);
    }

    #[test]
    fn what_editors_leave_behind_is_no_content() {
        let site = Site::new(&[
            ("content/a/2019.md~", ""),
            ("content/a/.2019.md.swp", ""),
            ("content/a/#2019.md#", ""),
            ("content/a/~$附件.docx", ""),
            ("content/a/Thumbs.db", ""),
            ("content/.obsidian/app.json", ""),
            ("templates/page.html~", ""),
        ]);
        assert_eq!(site.texts(), [""; 0]);
        assert_eq!(site.blobs(), [""; 0]);
    }

    #[test]
    fn a_blob_has_the_digest_that_others_compute() {
        let site = Site::new(&[("content/a/b.pdf", "abc")]);
        let sources = site.read().value;
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sources.blobs()[0].sha256, sha256);
        assert_eq!(sources.blobs()[0].size, 3);
    }

    #[test]
    fn one_bad_text_costs_only_itself() {
        let site = Site::new(&[("content/a/2019.md", "好\r\n")]);
        site.write("content/a/2020.md", b"title: \xBD\xAD\xC3\xC5\xCA\xD0");
        let read = site.read();
        assert_eq!(read.value.texts().len(), 1);
        assert_eq!(read.value.texts()[0].text(), "好\n");
        assert_eq!(site.complaints(), [("file/encoding", "content/a/2020.md".into())]);
        assert_eq!(read.diagnostics[0].span, Some(Span::new(7..8)));
    }

    #[test]
    fn a_huge_text_is_not_read() {
        let site = Site::new(&[("content/a/2019.md", "")]);
        let path = site.root().join("content/a/2019.md");
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_len(MAX_TEXT).unwrap();
        assert_eq!(site.complaints()[0].0, "file/encoding", "NUL bytes, all of them");
        file.set_len(200 << 30).unwrap();
        assert_eq!(site.complaints(), [("file/too-large", "content/a/2019.md".into())]);
    }

    #[test]
    fn a_file_of_nothing_but_holes_is_not_read() {
        let site = Site::new(&[("static/a.mp4", ""), ("content/a/b.pdf", ""), ("themes/x/assets/c.png", "")]);
        for path in ["static/a.mp4", "content/a/b.pdf", "themes/x/assets/c.png"] {
            let file = fs::File::options().write(true).open(site.root().join(path)).unwrap();
            file.set_len(300 << 30).unwrap();
        }
        assert_eq!(site.blobs(), [""; 0]);
        let codes: Vec<_> = site.complaints().into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["file/too-large"; 3]);
    }

    #[test]
    fn what_nobody_means_to_publish_is_left_out_of_static_and_told() {
        let site = Site::new(&[
            ("static/.git/config", ""),
            ("static/.git/HEAD", ""),
            ("static/.env", ""),
            ("static/.public.xiangwei/journal.json", ""),
            ("static/a/.DS_Store", ""),
            ("static/a/thumbs.DB", ""),
            ("static/~WRL0001.tmp", ""),
            ("static/~$letter.docx", ""),
            ("static/old.sql.bak", ""),
            ("static/index.php~", ""),
            ("static/.well-known/.secret", ""),
            ("static/.well-known/security.txt", ""),
            ("static/.nojekyll", ""),
            ("static/a/logo.png", ""),
        ]);
        assert_eq!(
            site.blobs(),
            ["static/.nojekyll", "static/.well-known/security.txt", "static/a/logo.png"]
        );
        let told = site.complaints();
        assert!(told.iter().all(|(code, _)| *code == "file/left-out"), "{told:?}");
        let paths: Vec<_> = told.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "static/.env",
                "static/.git",
                "static/.public.xiangwei",
                "static/.well-known/.secret",
                "static/a/.DS_Store",
                "static/a/thumbs.DB",
                "static/index.php~",
                "static/old.sql.bak",
                "static/~$letter.docx",
                "static/~WRL0001.tmp",
            ]
        );
    }

    #[test]
    fn a_site_is_found_from_any_folder_below() {
        let site = Site::new(&[("site.yaml", ""), ("content/a/2019.md", "")]);
        let root = site.root().canonicalize_utf8().unwrap();
        assert_eq!(find_site(&site.root().join("content/a")), Some(root.clone()));
        assert_eq!(find_site(&site.root().join("content/a/../..")), Some(root));
        assert_eq!(find_site(&site.root().join("nowhere")), None);
    }

    #[test]
    fn without_a_folder_there_is_nothing_to_read() {
        let site = Site::new(&[("site.yaml", "")]);
        assert!(read(&site.root().join("nowhere")).is_err());
        assert!(read(&site.root().join("site.yaml")).is_err());
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;

        #[test]
        fn links_are_followed_inside_the_folder_alone() {
            let outside = Site::new(&[("2018.md", ""), ("sub/2017.md", "")]);
            let site = Site::new(&[("content/a/2019.md", "")]);
            let link = |to: &Utf8Path, at: &str| symlink(to, site.root().join(at)).unwrap();
            link("2019.md".into(), "content/a/2020.md");
            link("a".into(), "content/b");
            link(&outside.root().join("2018.md"), "content/a/2018.md");
            link(&outside.root().join("sub"), "content/c");
            link(".".into(), "content/a/loop");
            link("self".into(), "content/a/self");
            link("gone.md".into(), "content/a/gone.md");
            link("nobody@host:1".into(), "content/a/.#2019.md");
            link(outside.root(), "static");
            assert_eq!(
                site.texts(),
                ["content/a/2019.md", "content/a/2020.md", "content/b/2019.md", "content/b/2020.md"]
            );
            assert_eq!(site.blobs(), [""; 0]);
            let complaints = site.complaints();
            assert!(complaints.iter().all(|(code, _)| *code == "file/symlink"), "{complaints:?}");
            let paths: Vec<_> = complaints.iter().map(|(_, path)| path.as_str()).collect();
            assert_eq!(
                paths,
                [
                    "content/a/2018.md",
                    "content/a/gone.md",
                    "content/a/loop",
                    "content/a/self",
                    "content/b/2018.md",
                    "content/b/gone.md",
                    "content/b/loop",
                    "content/b/self",
                    "content/c",
                    "static",
                ]
            );
        }

        #[test]
        fn folders_of_links_to_folders_are_walked_a_few_times_and_told() {
            let site = Site::new(&[("content/f00/2019.md", "")]);
            // Each folder has ten links to the one before it: ten to the twelfth ways to the first.
            for step in 1..12 {
                let folder = site.root().join(format!("content/f{step:02}"));
                fs::create_dir(&folder).unwrap();
                for link in 0..10 {
                    symlink(format!("../f{:02}", step - 1), folder.join(format!("l{link}"))).unwrap();
                }
            }
            let look = look(site.root(), &everything()).unwrap();
            let count = look.read.value.texts().len();
            assert!((1..=1 + MOST_NAMES).contains(&count), "{count}");
            let told = look.read.diagnostics;
            assert!(told.iter().all(|told| told.code == "file/symlink") && !told.is_empty());
            assert!(told.len() <= 12 * 10 * (MOST_NAMES + 1), "{}", told.len());
        }

        #[test]
        fn a_file_of_many_names_is_passed_on_under_each_and_read_once() {
            let site = Site::new(&[("static/logo.png", "abc")]);
            for link in 0..30 {
                symlink("logo.png", site.root().join(format!("static/l{link:02}.png"))).unwrap();
            }
            let sources = site.read().value;
            assert_eq!(sources.blobs().len(), 31);
            assert!(sources.blobs().iter().all(|blob| blob.sha256 == sources.blobs()[0].sha256));
        }

        #[test]
        fn a_pipe_does_not_hold_up_the_build() {
            let site = Site::new(&[("content/a/2019.md", "")]);
            let made = |path: &str| {
                let mut mkfifo = std::process::Command::new("mkfifo");
                mkfifo.arg(site.root().join(path)).status().is_ok_and(|status| status.success())
            };
            assert!(made("content/a/2020.md") && made("content/a/b.pdf"));
            symlink("2020.md", site.root().join("content/a/2021.md")).unwrap();
            let socket = site.root().join("content/a/s.md");
            let _socket = std::os::unix::net::UnixListener::bind(socket).unwrap();
            symlink("/dev/zero", site.root().join("content/a/zero.md")).unwrap();
            let codes: Vec<_> = site.complaints().into_iter().map(|(code, _)| code).collect();
            assert_eq!(codes, ["file/kind", "file/kind", "file/kind", "file/kind", "file/symlink"]);
            assert_eq!(site.texts(), ["content/a/2019.md"]);
        }

        #[test]
        fn names_that_no_address_can_have_are_refused() {
            let site = Site::new(&[("content/a/2019.md", "")]);
            let folder = site.root().join("content/a");
            for name in [&b"\xFF.md"[..], b"1\n.md", b"2\x1b[2J.md", b"3\\.pdf", "4\u{202e}.md".as_bytes()] {
                fs::write(folder.as_std_path().join(OsStr::from_bytes(name)), "").unwrap();
            }
            let complaints = site.complaints();
            assert_eq!(complaints.len(), 5);
            for (code, path) in complaints {
                assert_eq!(code, "file/name");
                assert!(!path.chars().any(is_trick), "{path:?}");
            }
        }

        #[test]
        #[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
        fn what_may_not_be_read_is_named() {
            use std::os::unix::fs::PermissionsExt;
            let site = Site::new(&[("content/a/2019.md", ""), ("content/b/2019.md", "")]);
            for path in ["content/a/2019.md", "content/b"] {
                let closed = fs::Permissions::from_mode(0o000);
                fs::set_permissions(site.root().join(path), closed).unwrap();
            }
            let complaints = site.complaints();
            let open = fs::Permissions::from_mode(0o755);
            fs::set_permissions(site.root().join("content/b"), open).unwrap();
            if complaints.is_empty() {
                println!("skipped: whoever runs this test may read every file");
                return;
            }
            let unreadable = |path: &str| ("file/unreadable", path.to_owned());
            assert_eq!(complaints, [unreadable("content/a/2019.md"), unreadable("content/b")]);
        }
    }
}
