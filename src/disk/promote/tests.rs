//! A promotion is a list of steps, so every place where a build can be killed is a prefix of
//! that list. These tests stop there, look at what a reader would find, and build again.

use super::*;
use crate::site::FileDigest;
use proptest::prelude::*;

type Files = BTreeMap<String, String>;

fn files(pairs: &[(&str, &str)]) -> Files {
    pairs.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect()
}

fn rank(path: &str) -> Rank {
    match path {
        "index.html" => Rank::Home,
        path if path.starts_with("years/") => Rank::List,
        path if path.ends_with(".html") => Rank::Document,
        _ => Rank::Asset,
    }
}

/// A folder with an output folder in it.
struct Desk {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Desk {
    fn new() -> Self {
        // In memory where there is such a file system, since every journal waits for the disk.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        Self { root: root.join("public"), _folder: folder }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn stage(&self, site: &Files) -> Result<(Output, Manifest), Failure> {
        let output = Output::open(&self.root, |_| ())?;
        let stage = |(path, text): (&String, &String)| {
            let route = crate::route::Route::file(path).unwrap();
            let entry = output.stage(&route, rank(path), text.as_bytes())?;
            Ok((path.into(), entry))
        };
        let manifest = site.iter().map(stage).collect::<Result<_, Failure>>()?;
        Ok((output, manifest))
    }

    fn build(&self, site: &Files) -> Result<Summary, Failure> {
        let (output, manifest) = self.stage(site)?;
        output.promote(&manifest, b"")
    }

    /// A build that is killed somewhere: `0` before the journal is in place, `1` right after
    /// that, and so on, until all steps are done and only the journal has not gone.
    fn build_killed(&self, site: &Files, when: usize) {
        let (output, manifest) = self.stage(site).unwrap();
        let mut promotion = Promotion::prepare(&output, &manifest).unwrap();
        let steps = std::mem::take(&mut promotion.steps);
        let work = output.work.clone();
        if let Some(done) = (when % (steps.len() + 2)).checked_sub(1) {
            promotion.begin().unwrap();
            for step in &steps[..done] {
                promotion.take(step).unwrap();
            }
        }
        drop(promotion);
        drop(output);
        // A process that is killed does not tidy up either.
        fs::create_dir_all(work.join("staging/new/a")).unwrap();
        fs::write(work.join("staging/new/a/index.html"), "half a pa").unwrap();
        fs::write(work.join("staging/journal.json"), "{\"part\"").unwrap();
    }

    /// Every file in the output folder, and every empty folder.
    fn found(&self) -> Files {
        let mut found = Files::new();
        if !self.root.exists() {
            return found;
        }
        for entry in WalkDir::new(&self.root).min_depth(1) {
            let entry = entry.unwrap();
            let path = Utf8Path::from_path(entry.path()).unwrap();
            let name = path.strip_prefix(&self.root).unwrap().to_string();
            if entry.file_type().is_file() {
                found.insert(name, fs::read_to_string(path).unwrap());
            } else if entry.file_type().is_dir() && fs::read_dir(path).unwrap().count() == 0 {
                found.insert(name, "an empty folder".into());
            }
        }
        found
    }
}

fn manifest_of(site: &Files) -> Manifest {
    let entry = |(path, text): (&String, &String)| (path.into(), FileDigest::of(text.as_bytes()));
    site.iter().map(entry).collect()
}

/// What a clean build leaves.
fn finished(site: &Files, foreign: &Files) -> Files {
    let mut all: Files = site.clone();
    all.extend(foreign.clone());
    all.insert(Manifest::PATH.into(), manifest_of(site).json());
    all
}

/// A page's links are its words.
fn dangling(found: &Files) -> Vec<String> {
    let mut seen = BTreeSet::from(["index.html"]);
    let mut open: Vec<&str> = seen.iter().copied().filter(|home| found.contains_key(*home)).collect();
    let mut dangling = Vec::new();
    while let Some(page) = open.pop() {
        for link in found[page].split_whitespace().filter(|word| word.contains('.')) {
            if !found.contains_key(link) {
                dangling.push(format!("{page} -> {link}"));
            } else if seen.insert(link) {
                open.push(link);
            }
        }
    }
    dangling
}

#[test]
fn new_comes_before_changed_and_removals_come_last() {
    let desk = Desk::new();
    let pages = ["index.html", "years/2019/index.html", "a/2019/index.html"];
    let old: Vec<_> = pages.iter().map(|path| (*path, "1")).chain([("old.css", "1")]).collect();
    desk.build(&files(&old)).unwrap();
    let new: Vec<_> = pages.iter().map(|path| (*path, "2")).collect();
    let more = [("a/2020/index.html", "2"), ("a/2020/b.pdf", "2"), ("new.css", "2")];
    let (output, manifest) = desk.stage(&files(&[&new[..], &more].concat())).unwrap();
    let promotion = Promotion::prepare(&output, &manifest).unwrap();
    let shown: Vec<String> = promotion
        .steps
        .iter()
        .map(|step| match step {
            PromotionStep::Clear(path) => format!("clear {path}"),
            PromotionStep::Place(path) => format!("place {path}"),
            PromotionStep::Replace(path, _) => format!("replace {path}"),
            PromotionStep::Remove(path) => format!("remove {path}"),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "place new.css",
            "place a/2020",
            "replace a/2019/index.html",
            "replace years/2019/index.html",
            "replace index.html",
            "replace manifest.json",
            "remove old.css",
        ]
    );
}

#[test]
fn a_first_site_appears_as_a_whole() {
    let desk = Desk::new();
    let (output, manifest) = desk.stage(&files(&[("index.html", "1"), ("a/b.css", "1")])).unwrap();
    let promotion = Promotion::prepare(&output, &manifest).unwrap();
    assert_eq!(promotion.steps, [PromotionStep::Place("".into())]);
}

#[test]
fn an_empty_site_has_a_manifest_too() {
    let desk = Desk::new();
    desk.build(&Files::new()).unwrap();
    assert_eq!(desk.found(), finished(&Files::new(), &Files::new()));
}

#[test]
fn a_file_and_a_folder_take_each_others_place() {
    let desk = Desk::new();
    let one = files(&[("a", "1"), ("b/c", "1"), ("b/d/e", "1")]);
    let two = files(&[("a/b", "2"), ("a/c/d", "2"), ("b", "2")]);
    for site in [&one, &two, &one] {
        desk.build(site).unwrap();
        assert_eq!(desk.found(), finished(site, &Files::new()));
    }
}

#[test]
fn no_room_is_made_where_somebody_has_put_a_file() {
    let (file, folder) = (files(&[("a", "1")]), files(&[("a/b", "1")]));
    for (before, after, path) in [(&file, &folder, "a"), (&folder, &file, "a/c"), (&folder, &file, "a/b")] {
        let desk = Desk::new();
        desk.build(before).unwrap();
        desk.write(path, "somebody's");
        let found = desk.found();
        assert!(matches!(desk.build(after), Err(Failure::Foreign { .. })), "{path}");
        assert_eq!(desk.found(), found);
    }
}

#[test]
fn a_promise_of_a_killed_build_gives_no_right_to_a_strangers_file() {
    let desk = Desk::new();
    desk.build(&files(&[("index.html", "1")])).unwrap();
    let next = files(&[("index.html", "1"), ("a/b", "1")]);
    desk.build_killed(&next, 1);
    desk.write("a/b", "somebody's");
    assert!(matches!(desk.build(&next), Err(Failure::Foreign { .. })));
    let summary = desk.build(&files(&[("index.html", "1")])).unwrap();
    assert_eq!(summary.left, ["a/b"]);
    assert_eq!(desk.found()["a/b"], "somebody's");
}

#[test]
fn somebody_elses_file_is_not_replaced_even_if_it_comes_during_the_build() {
    let desk = Desk::new();
    desk.build(&files(&[("index.html", "1")])).unwrap();
    let site = files(&[("index.html", "2"), ("a.css", "2"), ("b/c.css", "2")]);
    for path in ["a.css", "b/c.css"] {
        let (output, manifest) = desk.stage(&site).unwrap();
        desk.write(path, "somebody's");
        assert!(matches!(output.promote(&manifest, b""), Err(Failure::Foreign { .. })), "{path}");
        assert_eq!(desk.found()[path], "somebody's");
        assert_eq!(desk.found()["index.html"], "1");
        fs::remove_file(desk.root.join(path)).unwrap();
    }
    desk.build(&site).unwrap();
    assert_eq!(desk.found(), finished(&site, &Files::new()));
}

#[test]
fn a_folder_that_comes_during_the_build_is_shared() {
    let desk = Desk::new();
    desk.build(&files(&[("index.html", "1")])).unwrap();
    let site = files(&[("index.html", "1"), ("b/c.css", "2"), ("b/d/e.css", "2")]);
    let (output, manifest) = desk.stage(&site).unwrap();
    desk.write("b/d/notes.txt", "somebody's");
    output.promote(&manifest, b"").unwrap();
    assert_eq!(desk.found(), finished(&site, &files(&[("b/d/notes.txt", "somebody's")])));
}

#[cfg(unix)]
#[test]
fn a_link_that_comes_during_the_build_is_not_followed() {
    let desk = Desk::new();
    let site = |text| files(&[("a/b.html", text), ("index.html", text)]);
    desk.build(&site("1")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let (output, manifest) = desk.stage(&site("2")).unwrap();
    fs::remove_dir_all(desk.root.join("a")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), desk.root.join("a")).unwrap();
    assert!(matches!(output.promote(&manifest, b""), Err(Failure::Link { .. })));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_half_copied_file_of_a_killed_build_is_removed() {
    let desk = Desk::new();
    desk.build(&files(&[("index.html", "1")])).unwrap();
    let next = files(&[("index.html", "1"), ("a/b", "1"), ("a/c", "1")]);
    desk.build_killed(&next, 2);
    let work = desk.root.with_file_name(".public.xiangwei");
    let journal = PromotionJournal::read(&work).unwrap().unwrap();
    desk.write(&format!("a/{}", journal.part()), "half a fi");
    desk.build(&next).unwrap();
    assert_eq!(desk.found(), finished(&next, &Files::new()));
}

/// A site whose pages link to one another: the home page to lists, a list to documents, a
/// document to its attachment, to its neighbour and to the style. Each file's text names its
/// version, so that half a file cannot pass for a whole one.
fn linked_site() -> impl Strategy<Value = Files> {
    let document = ("[a-c]/20(19|20)", 0..3_u8);
    let documents = proptest::collection::btree_map(document.0, document.1, 0..5);
    (documents, 0..3_u8).prop_map(|(documents, style)| {
        let css = format!("assets/style.{style}.css");
        let mut files = Files::from([(css.clone(), format!("css-{style} end"))]);
        let mut lists: BTreeMap<String, String> = BTreeMap::new();
        let mut neighbour = String::new();
        for (document, version) in documents {
            let (page, pdf) = (format!("{document}/index.html"), format!("{document}/{version}.pdf"));
            files.insert(pdf.clone(), format!("pdf-{version} end"));
            files.insert(page.clone(), format!("page-{version} {pdf} {css} {neighbour} end"));
            let list = lists.entry(format!("years/{}/index.html", &document[2..])).or_default();
            list.push_str(&format!("{page} "));
            neighbour = page;
        }
        let home = lists.keys().map(|list| format!("{list} ")).collect::<String>();
        files.insert("index.html".into(), format!("home-{style} {css} {home} end"));
        files.extend(lists.into_iter().map(|(path, links)| (path, format!("list {links} end"))));
        files
    })
}

/// A site whose files want the places of another one's folders.
fn clashing_site() -> impl Strategy<Value = Files> {
    proptest::collection::btree_map("[ab](/[ab]){0,2}", "[12]", 0..5).prop_map(|files| {
        let is_folder = |path: &str| files.keys().any(|other| other.starts_with(&format!("{path}/")));
        files.clone().into_iter().filter(|(path, _)| !is_folder(path)).collect()
    })
}

fn killed_builds(site: impl Strategy<Value = Files>) -> impl Strategy<Value = Vec<(Files, usize)>> {
    proptest::collection::vec((site, 0..40_usize), 1..5)
}

/// A last clean build after killed ones leaves the site and nothing else.
fn ends_clean(desk: &Desk, last: &Files, foreign: &Files) -> Result<(), TestCaseError> {
    let summary = desk.build(last).unwrap();
    prop_assert_eq!(summary.left, [""; 0]);
    prop_assert_eq!(desk.found(), finished(last, foreign));
    let again = desk.build(last).unwrap();
    prop_assert_eq!((again.written, again.removed.len()), (0, 0));
    let work = desk.root.with_file_name(".public.xiangwei");
    let kept: Vec<_> = fs::read_dir(work).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let lasting = ["lock", "program", "readings", "recipes", "stats"];
    prop_assert!(kept.iter().all(|name| lasting.iter().any(|known| name == known)), "{:?}", kept);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_build_can_be_killed_anywhere(
        builds in killed_builds(linked_site()),
        last in linked_site(),
        has_foreign in any::<bool>(),
    ) {
        let desk = Desk::new();
        let mut foreign = Files::new();
        if has_foreign {
            foreign = files(&[(".gitignore", "*"), ("a/2019/notes.txt", "somebody's")]);
            foreign.iter().for_each(|(path, text)| desk.write(path, text));
        }
        let mut versions: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
        for (site, when) in &builds {
            site.iter().for_each(|(path, text)| { versions.entry(path).or_default().insert(text); });
            desk.build_killed(site, *when);
            let found = desk.found();
            prop_assert_eq!(dangling(&found), [""; 0]);
            for (path, text) in &found {
                let whole = versions.get(path).is_some_and(|texts| texts.contains(text));
                let own = path == Manifest::PATH && Manifest::read(text).is_ok();
                prop_assert!(whole || own || foreign.get(path) == Some(text), "{path}: {text}");
            }
        }
        ends_clean(&desk, &last, &foreign)?;
    }

    #[test]
    fn sources_changed_back_after_a_kill_give_the_old_site(
        before in linked_site(),
        after in linked_site(),
        when in 0..40_usize,
    ) {
        let desk = Desk::new();
        desk.build(&before).unwrap();
        desk.build_killed(&after, when);
        ends_clean(&desk, &before, &Files::new())?;
    }

    #[test]
    fn files_and_folders_may_change_places_in_killed_builds(
        builds in killed_builds(clashing_site()),
        last in clashing_site(),
    ) {
        let desk = Desk::new();
        builds.iter().for_each(|(site, when)| desk.build_killed(site, *when));
        ends_clean(&desk, &last, &Files::new())?;
    }
}
