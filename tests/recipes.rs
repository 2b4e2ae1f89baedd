//! A build that makes only what changed gives what a clean build gives, after anything.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test edits a folder of its own")]

#[path = "support/deeds.rs"]
mod deeds;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use deeds::{act, deeds};
use proptest::prelude::*;
use support::{Folder, Project, Site};
use xiangwei::ask::Planned;
use xiangwei::build::{
    self, FileContent, MadeSite, Prepared, Recalled, Recipes, SearchReuse, SiteFiles, Wishes,
};
use xiangwei::check;
use xiangwei::diag::Diagnostic;
use xiangwei::outline;
use xiangwei::site::FileDigest;

/// A site that was made, with what it was made from.
#[derive(Clone, Default)]
struct Built {
    site: Site,
    recipes: Recipes,
    /// What came of reading the documents.
    readings: Vec<u8>,
    made: BTreeSet<String>,
    /// What is wrong, and does not stop a build.
    diagnostics: Vec<Diagnostic>,
}

/// Takes files of the last build over into a site.
struct Taking<'a> {
    before: Option<&'a Built>,
    site: &'a Mutex<Site>,
}

impl Taking<'_> {
    fn file(&self, path: &Utf8Path) -> Option<FileDigest> {
        let bytes = self.before?.site.get(path)?;
        self.site.lock().unwrap().insert(path.to_owned(), bytes.clone());
        Some(FileDigest::of(bytes))
    }

    /// All of these or none.
    fn all(&self, paths: &[Utf8PathBuf]) -> Option<SiteFiles> {
        let before = self.before.filter(|before| paths.iter().all(|path| before.site.contains_key(path)));
        before.and_then(|_| paths.iter().map(|path| Some((path.clone(), self.file(path)?))).collect())
    }

    fn folder(&self, folder: &Utf8Path) -> Option<SiteFiles> {
        let below = self.before?.site.keys().filter(|path| path.starts_with(folder));
        let below: Vec<Utf8PathBuf> = below.cloned().collect();
        (!below.is_empty()).then(|| self.all(&below)).flatten()
    }
}

/// Builds the site, taking over from `before` what it can; nothing where the sources have errors.
fn build(project: &Project, before: Option<&Built>) -> Option<Built> {
    let wishes = Wishes::default();
    let mut diagnostics = Vec::new();
    let sources = project.sources();
    let recalled = before.map(|before| Recalled::read(before.readings.clone(), &sources, &wishes));
    let prepared = build::prepare_recalling(sources, &wishes, recalled.unwrap_or_default());
    let Prepared { mut archive, theme, faults, recalled } = prepared.into(&mut diagnostics);
    let outline = outline::outline(&archive, true).into(&mut diagnostics);
    let planned = Planned::new(&archive, &outline);
    diagnostics.extend(check::check(&planned));
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let (site, made) = (Mutex::new(Site::new()), Mutex::new(BTreeSet::new()));
    let taking = Taking { before, site: &site };
    let earlier = SearchReuse {
        head: Recipes::head(&archive.sources, &wishes),
        recipes: before.map(|before| &before.recipes),
        keep_file: &|path, _| taking.file(path),
        keep: &|folder| taking.folder(folder),
        keep_all: &|paths| taking.all(paths),
        read: &|path| before?.site.get(path).cloned(),
        ..SearchReuse::anew()
    };
    let MadeSite { recipes, .. } =
        build::make((&mut archive, &outline), &theme.unwrap(), &earlier, &|route, _, piece| {
            let bytes = match piece {
                FileContent::Bytes(bytes) => bytes.to_vec(),
                FileContent::Text(source) => source.text().into(),
                FileContent::Copy(blob) => project.files()[blob.path.as_str()].clone(),
            };
            let entry = FileDigest::of(&bytes);
            made.lock().unwrap().insert(route.to_string());
            site.lock().unwrap().insert(route.output(), bytes);
            Ok::<_, ()>(entry)
        })
        .ok()?;
    let recipes = Recipes::read(&recipes.bytes()).expect("what was written down can be read");
    xiangwei::diag::sort(&mut diagnostics);
    let mut readings = Vec::new();
    recalled.write((&archive, &faults), &wishes, &mut readings).unwrap();
    Some(Built {
        site: site.into_inner().unwrap(),
        recipes,
        readings,
        made: made.into_inner().unwrap(),
        diagnostics,
    })
}

/// Sites that together have something of everything.
const SITES: [&str; 8] = [
    "across",
    "ancestry",
    "attachments",
    "compared",
    "coverage",
    "many-kinds",
    "open-data",
    "plan-and-report",
];

fn cases() -> u32 {
    std::env::var("XIANGWEI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_over_is_what_a_clean_build_makes(site in 0..SITES.len(), deeds in deeds()) {
        let mut project = Project::fixture(SITES[site]);
        // In a second language stand pages that ask the same, and whether others stand in it too.
        let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
        project.edit("site.yaml", format!("{settings}languages: [zh-CN, en]\n"));
        let mut built = build(&project, None).expect("the world has no errors");
        for deed in &deeds {
            act(&mut project, deed);
            let Some(clean) = build(&project, None) else { continue };
            built = build(&project, Some(&built)).expect("a clean build was made of the same");
            for (path, bytes) in &clean.site {
                prop_assert!(built.site.get(path) == Some(bytes), "{path} is another one after {deed:?}");
            }
            prop_assert_eq!(built.site.len(), clean.site.len());
            prop_assert!(built.recipes == clean.recipes, "recipes are others after {deed:?}");
            prop_assert_eq!(&built.diagnostics, &clean.diagnostics);
            prop_assert!(built.readings == clean.readings, "readings are others after {deed:?}");
        }
    }
}

#[test]
fn a_build_costs_what_changed() {
    let mut project = Project::fixture("across");
    let first = build(&project, None).expect("the world has no errors");
    // The contents of the search index are written each time, and what a sentence says stands in its tables.
    let is_common = |route: &str| {
        let is_of_names = route.starts_with("/pagefind/names/");
        route.starts_with("/assets/") || (route.starts_with("/pagefind/") && !is_of_names)
    };
    let pages = |built: &Built| -> Vec<String> {
        built.made.iter().filter(|route| !is_common(route)).cloned().collect()
    };
    let again = build(&project, Some(&first)).unwrap();
    assert_eq!(pages(&again), [""; 0], "nothing changed, so nothing is made");
    let path = "content/xiahe/2021.md".to_owned();
    let slug = path.split('/').nth(1).unwrap().to_owned();
    let text = String::from_utf8(project.files()[&path].clone()).unwrap();
    project.edit(&path, format!("{text}\n\n又说了一句话。\n"));
    let edited = build(&project, Some(&first)).unwrap();
    for route in pages(&edited) {
        assert!(route.starts_with(&format!("/{slug}/")), "{route} tells nothing of a sentence of {slug}");
    }
    assert!(edited.made.contains(&format!("/{slug}/2021/")), "{:?}", edited.made);
}

/// A page is made again when a sentence of it stood first somewhere else, and not because somebody else
/// says something.
#[test]
fn what_others_say_costs_those_who_say_it_later() {
    let mut project = Project::fixture("ancestry");
    let edit = |project: &mut Project, path: &str, old: &str, new: &str| {
        let text = String::from_utf8(project.files()[path].clone()).unwrap();
        assert!(text.contains(old), "{path}");
        project.edit(path, text.replacen(old, new, 1));
    };
    let first = build(&project, None).expect("the world has no errors");
    edit(
        &mut project,
        "content/beiyuan/2021.md",
        "建立涉企",
        "设立行政执法监督员二十名，参加重点领域联合检查。建立涉企",
    );
    let other = build(&project, Some(&first)).unwrap();
    let is_of_anhe = |route: &&String| route.starts_with("/anhe/");
    assert_eq!(other.made.iter().find(is_of_anhe), None, "nothing that it says stands there");
    assert!(
        other.made.contains("/ancestry/") && other.made.contains("/data/ancestry.csv"),
        "{:?}",
        other.made
    );
    edit(&mut project, "content/linze/2020.md", "推行包容审慎监管，编制轻微违法不予处罚事项清单。", "");
    let gone = build(&project, Some(&other)).unwrap();
    assert!(gone.made.contains("/anhe/2021/"), "a sentence of it is new now: {:?}", gone.made);
    assert!(!gone.made.contains("/anhe/2020/"), "it never said so");
}

fn run(folder: &Utf8Path, more: &[&str]) {
    let program = env!("CARGO_BIN_EXE_xiangwei");
    let done = Command::new(program).arg("build").args(more).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Every file of the finished site in `folder`.
fn finished(folder: &Utf8Path) -> Project {
    Project::folder(&folder.join("public"))
}

#[test]
fn what_somebody_changed_in_the_finished_site_is_made_whole() {
    let mut project = Project::fixture("attachments");
    let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
    project.edit("site.yaml", format!("{settings}gzip: true\n"));
    let folder: Folder = project.on_disk();
    let root = folder.path();
    run(root, &[]);
    let whole = finished(root);
    let copies = whole.files().keys().filter(|path| path.ends_with("index.html.gz"));
    assert!(copies.count() > 3, "texts have packed copies");
    let documents: Vec<_> = whole.files().keys().filter(|path| path.ends_with("2019/index.html")).collect();
    let changed = root.join("public").join(documents[0]);
    let text = fs::read_to_string(&changed).unwrap();
    // The same size, and a time of change that was set back.
    let times = fs::metadata(&changed).unwrap().modified().unwrap();
    fs::write(&changed, text.replacen("html", "htnl", 1)).unwrap();
    fs::File::options().write(true).open(&changed).unwrap().set_modified(times).unwrap();
    fs::remove_file(root.join("public/index.html")).unwrap();
    fs::remove_file(root.join("public/places.json.gz")).unwrap();
    fs::write(root.join("public").join(format!("{}.gz", documents[0])), "").unwrap();
    for more in [&[][..], &["--verify"]] {
        run(root, more);
        assert!(finished(root).files() == whole.files(), "with {more:?}");
    }
    for note in ["recipes", "stats", "program", "readings", "sources"] {
        let note = root.join(".public.xiangwei").join(note);
        let bytes = fs::read(&note).unwrap();
        fs::write(&note, &bytes[..bytes.len() / 2]).unwrap();
        run(root, &[]);
        assert!(finished(root).files() == whole.files(), "{note} was damaged");
    }
}
