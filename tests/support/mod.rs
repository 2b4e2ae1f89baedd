//! A site for a test: from one string or from a folder of `tests/sites/`, in memory or on disk,
//! checked and built through the same functions as on the command line.
//!
//! A test that is one string shows its whole world. The files in it are separated by lines
//! `-- path --`; what stands before the first one is a remark.

// Each test target compiles this file for itself and uses a part of it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a test reads its fixtures and writes folders of its own")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;
use xiangwei::archive::Archive;
use xiangwei::ask::Planned;
use xiangwei::build::{self, BuildObstacle, FileContent, SearchReuse, Wishes};
use xiangwei::diag::draw::{self, Detail, DiagnosticFormat, DrawingStyle};
use xiangwei::diag::{Diagnostic, Language};
use xiangwei::history::{self, Appendix};
use xiangwei::outline::Outline;
use xiangwei::site::{FileDigest, Manifest};
use xiangwei::source::{Blob, FileNature, Source, Sources, names_others};
use xiangwei::theme::Theme;
use xiangwei::{check, disk, publications};

/// The finished site: every file by its path.
pub type Site = BTreeMap<Utf8PathBuf, Vec<u8>>;

/// The least that a report needs around it: settings, a registry, a place and a good report.
const WORLD: &str = "\
-- site.yaml --
title: 江门市法治政府建设档案
base_url: https://www.example.org/
-- indicators.yaml --
reconsideration_closed:
  name: 办结行政复议案件
  unit: 件
  kind: flow
  aliases: [行政复议办结]
reconsideration_corrected_rate: { name: 综合纠错率, unit: \"%\", kind: ratio }
-- content/jiangmen/_index.md --
---
name: 江门市
level: prefecture
---
-- content/jiangmen/2018.md --
---
title: 江门市人民政府2018年度法治政府建设情况报告
issuer: 江门市人民政府
published: 2019-03-20
---
一、全年办结行政复议案件512件。
";

/// The files of a site, by path.
#[derive(Clone, Debug, Default)]
pub struct Project {
    files: BTreeMap<String, Vec<u8>>,
}

impl Project {
    /// The files in `text`.
    pub fn new(text: &str) -> Self {
        let mut project = Self::default();
        let mut path = None;
        for line in text.split_inclusive('\n') {
            match separator(line) {
                Some(name) => {
                    project.files.insert(name.to_owned(), Vec::new());
                    path = Some(name.to_owned());
                }
                None => {
                    let file = path.as_ref().and_then(|path| project.files.get_mut(path));
                    file.into_iter().for_each(|file| file.extend(line.bytes()));
                }
            }
        }
        project
    }

    /// The files in `text`, and whatever of the least that a report needs is not among them.
    pub fn in_world(text: &str) -> Self {
        let mut project = Self::new(WORLD);
        project.files.extend(Self::new(text).files);
        project
    }

    /// The files below `folder`.
    pub fn folder(folder: &Utf8Path) -> Self {
        let mut project = Self::default();
        project.gather(folder, folder);
        project
    }

    /// The fixture `tests/sites/<name>`.
    pub fn fixture(name: &str) -> Self {
        Self::folder(&root().join("tests/sites").join(name))
    }

    /// The example archive that the program comes with.
    pub fn example() -> Self {
        let mut project = Self::default();
        for top in ["content", "templates", "static"] {
            project.gather(&root(), &root().join(top));
        }
        for file in ["site.yaml", "indicators.yaml"] {
            project.edit(file, fs::read(root().join(file)).unwrap());
        }
        project
    }

    fn gather(&mut self, root: &Utf8Path, folder: &Utf8Path) {
        for entry in folder.read_dir_utf8().into_iter().flatten().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => self.gather(root, entry.path()),
                false => {
                    let path = entry.path().strip_prefix(root).unwrap().to_string();
                    self.files.insert(path, fs::read(entry.path()).unwrap());
                }
            }
        }
    }

    /// Writes the file at `path` anew.
    pub fn edit(&mut self, path: &str, content: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }

    /// Takes the file at `path` away.
    pub fn remove(&mut self, path: &str) -> &mut Self {
        assert!(self.files.remove(path).is_some(), "there is no {path} to remove");
        self
    }

    /// The files, by path.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// What `disk::read` would make of these files, without a disk.
    pub fn sources(&self) -> Sources {
        let (texts, blobs): (Vec<_>, Vec<_>) = self.files.iter().partition(|(path, _)| is_text(path));
        let text =
            |(path, bytes): (&String, &Vec<u8>)| Source::new(path, String::from_utf8(bytes.clone()).unwrap());
        let blob = |(path, bytes): (&String, &Vec<u8>)| {
            let entry = FileDigest::of(bytes);
            Blob { path: path.into(), size: entry.size, sha256: entry.sha256, nature: FileNature::of(bytes) }
        };
        Sources::new(texts.into_iter().map(text).collect(), blobs.into_iter().map(blob).collect())
    }

    /// The site's folder in a new temporary one, which goes when the value does.
    pub fn on_disk(&self) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, bytes) in &self.files {
            folder.write(path, bytes);
        }
        folder
    }

    /// Everything wrong with the site, as `check` finds it.
    pub fn check(&self) -> Checked {
        Checked::of(self.sources(), Vec::new())
    }

    /// The finished site; the test fails if anything is wrong with the sources.
    pub fn site(&self) -> Site {
        self.site_with(&Wishes::default())
    }

    /// The finished site, made as the caller wishes.
    pub fn site_with(&self, wishes: &Wishes) -> Site {
        let (site, manifest) = self.make(self.sources(), wishes, false);
        for (path, bytes) in &site {
            assert_eq!(manifest.get(path), Some(&FileDigest::of(bytes)), "{path}");
        }
        assert_eq!(manifest.files().len(), site.len(), "two pieces of the site have one address");
        site
    }

    /// The finished site with its manifest, from these files as `sources` has them.
    pub fn make(&self, sources: Sources, wishes: &Wishes, searchable: bool) -> (Site, Manifest) {
        let mut diagnostics = Vec::new();
        let (mut archive, theme) = build::prepare(sources, wishes).into(&mut diagnostics);
        let outline = xiangwei::outline::outline(&archive, searchable).into(&mut diagnostics);
        let planned = Planned::new(&archive, &outline);
        diagnostics.extend(check::check(&planned));
        diagnostics.retain(Diagnostic::is_error);
        assert!(diagnostics.is_empty(), "{}", drawn(&diagnostics, &archive.sources, DrawingStyle::default()));
        self.pieces((&mut archive, &outline), &theme.expect("a theme without errors is there"))
    }

    fn pieces(&self, (archive, outline): (&mut Archive, &Outline), theme: &Theme) -> (Site, Manifest) {
        let site = Mutex::new(Site::new());
        let made = build::make((archive, outline), theme, &SearchReuse::anew(), &|route, _, piece| {
            let bytes = match piece {
                FileContent::Bytes(bytes) => bytes.to_vec(),
                FileContent::Text(source) => source.text().into(),
                FileContent::Copy(blob) => self.files[blob.path.as_str()].clone(),
            };
            let entry = FileDigest::of(&bytes);
            let before = site.lock().unwrap().insert(route.output(), bytes);
            assert!(before.is_none(), "{} is written twice", route.output());
            Ok::<_, ()>(entry)
        });
        match made {
            Ok(made) => (site.into_inner().unwrap(), made.manifest),
            Err(BuildObstacle::Diagnosed(found)) => {
                panic!("{}", drawn(&found, &archive.sources, DrawingStyle::default()))
            }
            Err(BuildObstacle::Sink(())) => unreachable!("this sink takes everything"),
        }
    }

    /// Adds to the record of the site what a publication at this moment adds to it.
    pub fn publish(&mut self, when: &str) -> Vec<publications::PublicationEntry> {
        let Appendix { entries, files, erased, rewritten } = self.appendix(when);
        for (path, text) in files {
            let before = self.files.insert(path.to_string(), text.into_bytes());
            assert!(before.is_none(), "{path} was there already");
        }
        for path in erased {
            self.remove(path.as_str());
        }
        self.files.extend(rewritten.into_iter().map(|(path, text)| (path.to_string(), text.into_bytes())));
        entries
    }

    /// What a publication at this moment would add to the record.
    pub fn appendix(&self, when: &str) -> Appendix {
        let archive = self.archive();
        let outline = xiangwei::outline::outline(&archive, false).value;
        let when = publications::Stamp::parse(when).expect("a moment at +08:00");
        history::append((&archive, &outline), when)
    }

    /// The archive of the site, whatever is wrong with it.
    pub fn archive(&self) -> Archive {
        build::prepare(self.sources(), &Wishes::default()).value.0
    }
}

/// A site's folder on disk.
pub struct Folder(TempDir);

impl Folder {
    /// Where it is.
    pub fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).expect("temporary folders have plain names")
    }

    /// Writes a file below it.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Everything wrong with the site in it, what is wrong with its files among it.
    pub fn check(&self) -> Checked {
        let read = disk::read(self.path()).unwrap_or_else(|failure| panic!("{failure:?}"));
        Checked::of(read.value, read.diagnostics)
    }
}

/// Everything wrong with a site, and the sources to draw it over.
pub struct Checked {
    /// In the order in which it is shown.
    pub diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl Checked {
    /// Goes the way of `check`: every page is drawn as well.
    fn of(sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Self {
        let (mut archive, theme) = build::prepare(sources, &Wishes::default()).into(&mut diagnostics);
        let outline = xiangwei::outline::outline(&archive, false).into(&mut diagnostics);
        let planned = Planned::new(&archive, &outline);
        diagnostics.extend(check::check(&planned));
        let forget = |_: &_, _, _: FileContent<'_>| Ok::<_, ()>(FileDigest::of(b""));
        if let Some(theme) = &theme {
            match build::make((&mut archive, &outline), theme, &SearchReuse::anew(), &forget) {
                Ok(made) => diagnostics.extend(made.findings),
                Err(BuildObstacle::Diagnosed(more)) => diagnostics.extend(more),
                Err(BuildObstacle::Sink(())) => unreachable!("this sink takes everything"),
            }
        }
        let diagnostics = check::weigh(&archive, diagnostics).told;
        Self { diagnostics, sources: archive.sources }
    }

    /// In English, as frames and without colour.
    pub fn frames(&self) -> String {
        let style =
            DrawingStyle { language: Language::English, detail: Detail::Whole, ..DrawingStyle::default() };
        drawn(&self.diagnostics, &self.sources, style)
    }

    /// In Chinese, one line each.
    pub fn lines(&self) -> String {
        let style = DrawingStyle {
            format: DiagnosticFormat::Short,
            language: Language::Chinese,
            ..DrawingStyle::default()
        };
        drawn(&self.diagnostics, &self.sources, style)
    }

    /// The codes, each once.
    pub fn codes(&self) -> BTreeSet<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }
}

fn drawn(diagnostics: &[Diagnostic], sources: &Sources, style: DrawingStyle<'_>) -> String {
    draw::draw(diagnostics, sources, &style)
}

/// The text of a packed file.
pub fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

/// The folder of the project.
pub fn root() -> Utf8PathBuf {
    Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn separator(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")
}

/// Whether the file at `path` is read as text; `support_agrees_with_the_door` holds this to
/// what `disk` does.
fn is_text(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["content", ..] => path.ends_with(".md"),
        ["themes", _, "assets", ..] => names_others(path.into()),
        ["static", ..] => false,
        _ => true,
    }
}
