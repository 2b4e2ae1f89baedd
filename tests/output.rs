//! Writing a site, seen from outside: what stands in the output folder after builds that end,
//! that are refused, that are killed, that run at once and that run out of space.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test of the door to files looks behind it, and says what it skips"
)]

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use xiangwei::disk::{Failure, Output, Summary};
use xiangwei::route::Route;
use xiangwei::site::{FileDigest, Manifest, Rank};
use xiangwei::source::{Blob, FileNature};

type Files = BTreeMap<String, String>;

/// Where a child process of this test finds what to do.
const FOLDER: &str = "XIANGWEI_TEST_FOLDER";
const TASK: &str = "XIANGWEI_TEST_TASK";

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

fn stage(output: &Output, site: &Files) -> Result<Manifest, Failure> {
    let stage = |(path, text): (&String, &String)| {
        let route = Route::file(path).unwrap();
        Ok((path.into(), output.stage(&route, rank(path), text.as_bytes())?))
    };
    site.iter().map(stage).collect()
}

fn build(root: &Utf8Path, site: &Files) -> Result<Summary, Failure> {
    let output = Output::open(root, |_| ())?;
    let manifest = stage(&output, site)?;
    output.promote(&manifest, b"")
}

/// An output folder in a folder of its own.
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

    fn with(site: &Files) -> Self {
        let desk = Self::new();
        desk.build(site).unwrap();
        desk
    }

    fn build(&self, site: &Files) -> Result<Summary, Failure> {
        build(&self.root, site)
    }

    fn at(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    /// What stays beside the output folder.
    fn beside(&self) -> Vec<String> {
        let work = self.root.with_file_name(".public.xiangwei");
        let names = fs::read_dir(work).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn child(&self, task: &str) -> Command {
        let mut child = Command::new(std::env::current_exe().unwrap());
        self.prepare(&mut child, task);
        child.args(["--exact", "child", "--ignored"]);
        child
    }

    fn prepare(&self, child: &mut Command, task: &str) {
        child.env(FOLDER, &self.root).env(TASK, task);
        child.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    }
}

/// Every file below `root`, and every empty folder.
fn found(root: &Utf8Path) -> Files {
    let mut all = Files::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = folder.read_dir_utf8() else {
            continue;
        };
        let entries: Vec<_> = entries.map(|entry| entry.unwrap().into_path()).collect();
        if entries.is_empty() && folder != root {
            all.insert(folder.strip_prefix(root).unwrap().to_string(), "an empty folder".into());
        }
        for path in entries {
            match path.symlink_metadata().unwrap() {
                found if found.is_dir() => open.push(path),
                found if found.is_symlink() => {
                    let to = path.read_link_utf8().unwrap();
                    all.insert(path.strip_prefix(root).unwrap().to_string(), format!("-> {to}"));
                }
                _ => {
                    let text = fs::read_to_string(&path).unwrap();
                    all.insert(path.strip_prefix(root).unwrap().to_string(), text);
                }
            }
        }
    }
    all
}

/// What a clean build of `site` leaves.
fn finished(site: &Files) -> Files {
    let entry = |(path, text): (&String, &String)| (path.into(), FileDigest::of(text.as_bytes()));
    let manifest: Manifest = site.iter().map(entry).collect();
    let mut all = site.clone();
    all.insert(Manifest::PATH.into(), manifest.json());
    all
}

/// What stays beside a finished site for the next build.
const KEPT: [&str; 4] = ["lock", "program", "recipes", "stats"];

#[test]
fn a_site_is_what_was_staged_and_its_manifest() {
    let one = files(&[("index.html", "1"), ("a/2019/index.html", "1"), ("a/2019/附件 1.pdf", "1")]);
    let two = files(&[("index.html", "2"), ("b/2020/index.html", "1"), ("a/2019/附件 1.pdf", "1")]);
    let desk = Desk::with(&one);
    assert_eq!(found(&desk.root), finished(&one));
    let summary = desk.build(&two).unwrap();
    assert_eq!(found(&desk.root), finished(&two));
    assert_eq!((summary.written, summary.unchanged, summary.removed.len()), (2, 1, 1));
    assert_eq!(summary.left, [""; 0]);
    assert_eq!(desk.beside(), KEPT);
}

#[test]
fn a_build_with_nothing_changed_writes_nothing() {
    let site = files(&[("index.html", "1"), ("a/2019/index.html", "1"), ("empty", "")]);
    let desk = Desk::with(&site);
    let times = || {
        let mut paths: Vec<_> = finished(&site).into_keys().collect();
        paths.extend(["".into(), "a".into(), "a/2019".into()]);
        let time = |path: &String| fs::metadata(desk.at(path)).unwrap().modified().unwrap();
        paths.iter().map(time).collect::<Vec<_>>()
    };
    let before = times();
    std::thread::sleep(Duration::from_millis(20));
    let summary = desk.build(&site).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed.len()), (0, 3, 0));
    assert_eq!(times(), before);
}

#[test]
fn what_somebody_did_to_the_files_of_a_site_is_put_right() {
    let site = files(&[("index.html", "1"), ("a/b", "11"), ("c/d", "1")]);
    let desk = Desk::with(&site);
    desk.write("index.html", "edited");
    desk.write("a/b", "22");
    fs::remove_dir_all(desk.at("c")).unwrap();
    let summary = desk.build(&site).unwrap();
    assert_eq!(found(&desk.root), finished(&site));
    assert_eq!(summary.written, 3);
}

#[test]
fn a_foreign_file_is_never_touched() {
    let desk = Desk::new();
    desk.write(".gitignore", "*");
    desk.write("a/notes.txt", "somebody's");
    let one = files(&[("index.html", "1"), ("a/b", "1")]);
    let two = files(&[("index.html", "1")]);
    for site in [&one, &two, &one] {
        desk.build(site).unwrap();
        let mut all = finished(site);
        all.extend(files(&[(".gitignore", "*"), ("a/notes.txt", "somebody's")]));
        assert_eq!(found(&desk.root), all);
    }
}

#[test]
fn a_foreign_file_in_the_way_is_refused_before_anything_is_written() {
    let site = files(&[("index.html", "1"), ("a/b", "1"), ("c", "1")]);
    for foreign in ["index.html", "a/b", "a", "c/d"] {
        let desk = Desk::new();
        desk.write(foreign, "1");
        let refused = desk.build(&site).unwrap_err();
        let Failure::Foreign { path } = &refused else { panic!("{refused}") };
        assert!(desk.at(foreign).starts_with(path), "{path}");
        assert_eq!(found(&desk.root), files(&[(foreign, "1")]));
        assert_eq!(desk.beside(), ["lock"]);
    }
}

#[test]
fn a_file_that_somebody_replaced_is_left_when_it_would_be_removed() {
    let desk = Desk::with(&files(&[("index.html", "1"), ("a/b", "1"), ("c", "1")]));
    desk.write("a/b", "somebody's");
    let summary = desk.build(&files(&[("index.html", "1")])).unwrap();
    assert_eq!(summary.left, ["a/b"]);
    assert_eq!(summary.removed.len(), 1);
    assert_eq!(found(&desk.root)["a/b"], "somebody's");
    assert!(desk.build(&files(&[("a/b", "1")])).is_err());
}

#[test]
fn a_manifest_that_is_not_ours_is_refused() {
    let hostile = r#"{"files": {"../x": {"sha256": "", "size": 0}}}"#;
    for text in [r#"{"name": "an app"}"#, "", hostile] {
        let desk = Desk::new();
        desk.write("manifest.json", text);
        let refused = desk.build(&files(&[("index.html", "1")])).unwrap_err();
        assert!(matches!(refused, Failure::NotOurs { .. }), "{refused}");
        assert_eq!(found(&desk.root), files(&[("manifest.json", text)]));
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_a_folder_or_a_device_is_not_waited_for() {
    use std::os::unix::fs::symlink;
    let pipe = |path: &Utf8Path| {
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.is_ok_and(|status| status.success()));
    };
    let folder = |path: &Utf8Path| fs::create_dir(path).unwrap();
    let device = |path: &Utf8Path| symlink("/dev/zero", path).unwrap();
    let makers: [&dyn Fn(&Utf8Path); 3] = [&pipe, &folder, &device];
    let site = files(&[("index.html", "1")]);
    for make in makers {
        for place in [".public.xiangwei/journal.json", ".public.xiangwei/lock", "public/manifest.json"] {
            let desk = Desk::with(&files(&[("a", "1")]));
            let path = desk.root.with_file_name(place);
            let _ = fs::remove_file(&path);
            make(&path);
            let (done, ended) = std::sync::mpsc::channel();
            let root = desk.root.clone();
            let site = site.clone();
            std::thread::spawn(move || done.send(build(&root, &site).map_err(|failure| failure.to_string())));
            let ended = ended.recv_timeout(Duration::from_secs(10));
            assert!(ended.as_ref().is_ok_and(Result::is_err), "{place}: {ended:?}");
            assert_eq!(fs::read_to_string(desk.at("a")).unwrap(), "1");
        }
    }
}

#[test]
fn a_manifest_of_nothing_but_holes_is_not_read() {
    let desk = Desk::with(&files(&[("a", "1")]));
    let manifest = fs::File::options().write(true).open(desk.at("manifest.json")).unwrap();
    manifest.set_len(200 << 30).unwrap();
    assert!(matches!(desk.build(&files(&[("a", "2")])), Err(Failure::Io { .. })));
}

#[test]
fn dropping_leaves_everything_as_it_was() {
    let desk = Desk::with(&files(&[("index.html", "1")]));
    let before = found(&desk.root);
    let output = Output::open(&desk.root, |_| ()).unwrap();
    stage(&output, &files(&[("index.html", "2"), ("a/b", "2")])).unwrap();
    drop(output);
    assert_eq!(found(&desk.root), before);
    assert_eq!(desk.beside(), KEPT);
    let never = Desk::new();
    drop(Output::open(&never.root, |_| ()).unwrap());
    assert!(!never.root.exists());
}

#[test]
fn a_file_has_one_writer() {
    let desk = Desk::new();
    let stage_twice = |first: &str, second: &str| {
        let output = Output::open(&desk.root, |_| ()).unwrap();
        let stage = |path: &str| output.stage(&Route::file(path).unwrap(), Rank::Asset, b"1");
        let first = stage(first)?;
        stage(second)?;
        output.promote(&[("a".into(), first)].into_iter().collect(), b"")
    };
    for second in ["a", "a/b"] {
        let refused = stage_twice("a", second).unwrap_err();
        assert!(matches!(refused, Failure::Twice { .. }), "{refused}");
    }
    desk.build(&files(&[("a", "1")])).unwrap();
    assert!(matches!(stage_twice("a", "a"), Err(Failure::Twice { .. })));
    assert!(matches!(stage_twice("a", "b"), Err(Failure::Unstaged { .. })));
    assert!(matches!(stage_twice("a", "manifest.json"), Err(Failure::Unfit { .. })));
}

#[test]
fn a_manifest_names_exactly_what_was_staged() {
    let desk = Desk::new();
    let output = Output::open(&desk.root, |_| ()).unwrap();
    let manifest = stage(&output, &files(&[("a", "1")])).unwrap();
    let files = manifest.files().clone().into_iter().map(|(path, entry)| (path.into(), entry));
    let more = files.chain([("b".into(), FileDigest::of(b""))]);
    assert!(matches!(output.promote(&more.collect(), b""), Err(Failure::Unstaged { path }) if path == "b"));
    assert!(!desk.root.exists());
}

#[test]
fn no_page_leaves_the_output_folder() {
    let desk = Desk::new();
    let output = Output::open(&desk.root, |_| ()).unwrap();
    for route in [Route::page(["..", "x"]), Route::page(["a", "..", "..", "x"]), Route::page(["/x"])] {
        assert!(matches!(output.stage(&route, Rank::Document, b""), Err(Failure::Unfit { .. })));
    }
    for dir in ["/", ""] {
        assert!(Output::open(dir.into(), |_| ()).is_err(), "{dir:?}");
    }
}

#[test]
fn many_threads_may_stage_at_once() {
    let desk = Desk::new();
    let site: Files = (0..500).map(|n| (format!("p{}/{n}/index.html", n % 7), format!("{n}"))).collect();
    for round in 0..3 {
        let output = Output::open(&desk.root, |_| ()).unwrap();
        let site: Files = site.iter().map(|(path, text)| (path.clone(), format!("{text} {round}"))).collect();
        let (left, right): (Files, Files) =
            site.clone().into_iter().partition(|(path, _)| path.as_str() < "p3/5");
        let manifests = std::thread::scope(|scope| {
            let left = scope.spawn(|| stage(&output, &left).unwrap());
            let right = stage(&output, &right).unwrap();
            [left.join().unwrap(), right]
        });
        let files = manifests.iter().flat_map(|part| part.files().clone());
        let manifest = files.map(|(path, entry)| (path.into(), entry)).collect();
        output.promote(&manifest, b"").unwrap();
        assert_eq!(found(&desk.root), finished(&site));
    }
}

#[test]
fn a_file_that_is_passed_on_is_copied_and_checked() {
    let desk = Desk::new();
    let source = desk.root.with_file_name("附件.pdf");
    let (route, text) = (Route::file("a/附件.pdf").unwrap(), "pdf ".repeat(100_000));
    let entry = FileDigest::of(text.as_bytes());
    let blob = Blob {
        path: "content/附件.pdf".into(),
        size: entry.size,
        sha256: entry.sha256,
        nature: FileNature::Other,
    };
    let build = || {
        let output = Output::open(&desk.root, |_| ()).unwrap();
        let entry = output.stage_blob(&route, &source, &blob)?;
        output.promote(&[(route.output(), entry)].into_iter().collect(), b"")
    };
    fs::write(&source, &text).unwrap();
    assert_eq!(build().unwrap().written, 1);
    assert_eq!(found(&desk.root), finished(&files(&[("a/附件.pdf", &text)])));
    assert_eq!(build().unwrap().unchanged, 1);
    desk.write("a/附件.pdf", &text.replace('p', "q"));
    assert_eq!(build().unwrap().written, 1);
    fs::remove_file(desk.at("a/附件.pdf")).unwrap();
    for changed in [text.replace('p', "q"), text[1..].into(), text.clone() + "x"] {
        fs::write(&source, changed).unwrap();
        let refused = build().unwrap_err();
        assert!(matches!(refused, Failure::Changed { path } if path == blob.path));
    }
}

#[test]
fn a_second_build_waits_and_tells_so() {
    let desk = Desk::new();
    let first = Output::open(&desk.root, |_| ()).unwrap();
    let manifest = stage(&first, &files(&[("index.html", "1")])).unwrap();
    let second = std::thread::spawn({
        let root = desk.root.clone();
        move || {
            let mut told = Vec::new();
            let output = Output::open(&root, |words| told.push(words.en.clone())).unwrap();
            let manifest = stage(&output, &files(&[("index.html", "2")])).unwrap();
            output.promote(&manifest, b"").unwrap();
            told
        }
    });
    std::thread::sleep(Duration::from_millis(300));
    assert!(!second.is_finished());
    first.promote(&manifest, b"").unwrap();
    let told = second.join().unwrap();
    assert!(told.len() == 1 && told[0].contains("waiting"), "{told:?}");
    assert_eq!(found(&desk.root), finished(&files(&[("index.html", "2")])));
}

#[test]
fn a_second_build_does_not_wait_for_ever() {
    let desk = Desk::new();
    let first = Output::open(&desk.root, |_| ()).unwrap();
    let refused = Output::open(&desk.root, |_| ()).unwrap_err();
    assert!(matches!(refused, Failure::Busy { .. }), "{refused}");
    drop(first);
    Output::open(&desk.root, |_| ()).unwrap();
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_is_not_followed_out_of_the_output_folder() {
        for (at, path) in [("a", "a/b"), ("a", "a/b/c"), ("index.html", "index.html"), ("a/b", "a/b")] {
            let elsewhere = tempfile::tempdir().unwrap();
            let desk = Desk::new();
            fs::create_dir_all(desk.at(at).parent().unwrap()).unwrap();
            symlink(elsewhere.path(), desk.at(at)).unwrap();
            let refused = desk.build(&files(&[(path, "1")])).unwrap_err();
            assert!(matches!(refused, Failure::Link { .. }), "{refused}");
            assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn nothing_is_removed_through_a_link() {
        let desk = Desk::with(&files(&[("index.html", "1"), ("a/b", "1")]));
        let elsewhere = tempfile::tempdir().unwrap();
        let theirs = elsewhere.path().join("b");
        fs::write(&theirs, "1").unwrap();
        fs::remove_dir_all(desk.at("a")).unwrap();
        symlink(elsewhere.path(), desk.at("a")).unwrap();
        let summary = desk.build(&files(&[("index.html", "1")])).unwrap();
        assert_eq!(summary.left, ["a/b"]);
        assert!(theirs.exists() && desk.at("a").is_symlink());
    }

    #[test]
    fn the_output_folder_itself_may_be_elsewhere() {
        let desk = Desk::new();
        let real = desk.root.with_file_name("real");
        fs::create_dir(&real).unwrap();
        symlink(&real, &desk.root).unwrap();
        let site = files(&[("index.html", "1"), ("a/b", "1")]);
        desk.build(&site).unwrap();
        assert_eq!(found(&real), finished(&site));
        assert!(desk.root.is_symlink());
    }

    #[test]
    fn a_link_in_the_place_of_the_manifest_or_the_workplace_is_refused() {
        let site = files(&[("index.html", "1")]);
        let desk = Desk::new();
        fs::create_dir(&desk.root).unwrap();
        symlink("/nowhere", desk.at("manifest.json")).unwrap();
        assert!(matches!(desk.build(&site), Err(Failure::NotOurs { .. })));
        let desk = Desk::new();
        let elsewhere = tempfile::tempdir().unwrap();
        symlink(elsewhere.path(), desk.root.with_file_name(".public.xiangwei")).unwrap();
        assert!(matches!(desk.build(&site), Err(Failure::Link { .. })));
    }
}

/// Two sites that differ in every way: files added, changed, removed, a folder that goes, a
/// folder that comes, and a file that becomes a folder and back if `clashing`.
fn versions(clashing: bool) -> [Files; 2] {
    let site = |version: &str| {
        let mut site = Files::from([
            (format!("assets/style.{version}.css"), format!("css {version} end")),
            ("assets/logo.svg".into(), format!("svg {version} end")),
            ("index.html".into(), format!("home years/2019/index.html p{version}/index.html end")),
            (
                "years/2019/index.html".into(),
                format!("{version} a/2019/index.html a/{version}/index.html end"),
            ),
            ("a/2019/index.html".into(), format!("a/2019/{version}.pdf assets/style.{version}.css end")),
            (format!("a/2019/{version}.pdf"), format!("pdf {version} end")),
            (format!("a/{version}/index.html"), "assets/logo.svg end".into()),
            (format!("p{version}/index.html"), format!("p{version}/x/index.html end")),
            (format!("p{version}/x/index.html"), "index.html end".into()),
            (format!("deep/{version}/er/picture.svg"), format!("svg {version} end")),
        ]);
        if clashing {
            let path = if version == "one" { "old" } else { "old/index.html" };
            site.insert(path.into(), format!("old {version} end"));
        }
        site
    };
    [site("one"), site("two")]
}

/// Every file is one of the two versions, and the home page leads to nothing that is missing.
fn assert_wholesome(found: &Files, versions: &[Files; 2]) {
    for (path, text) in found {
        let whole = versions.iter().any(|site| finished(site).get(path) == Some(text));
        assert!(whole || text == "an empty folder" || path.ends_with(".part"), "{path}: {text:?}");
    }
    let mut seen: Vec<&str> = found.keys().map(String::as_str).filter(|path| *path == "index.html").collect();
    let mut next = 0;
    while let Some(page) = seen.get(next).copied() {
        for link in found[page].split_whitespace().filter(|word| word.contains('.')) {
            assert!(found.contains_key(link), "{page} links to {link}");
            if !seen.contains(&link) {
                seen.push(link);
            }
        }
        next += 1;
    }
}

/// Not a test: what a child process of the tests does.
#[test]
#[ignore = "run by other tests"]
fn child() {
    let (Ok(root), Ok(task)) = (std::env::var(FOLDER), std::env::var(TASK)) else {
        return;
    };
    let [one, two] = versions(task.ends_with("clashing"));
    match task.as_str() {
        "for ever" => loop {
            build(root.as_str().into(), &two).unwrap();
            build(root.as_str().into(), &one).unwrap();
        },
        "large" => assert!(build(root.as_str().into(), &large()).is_ok()),
        _ => assert!(build(root.as_str().into(), &two).is_ok()),
    }
}

#[test]
fn a_build_that_is_killed_at_any_time_is_finished_by_the_next_one() {
    let versions = versions(false);
    let desk = Desk::with(&versions[0]);
    for round in 0..30_u64 {
        let mut child = desk.child("for ever").spawn().unwrap();
        // Times that have nothing to do with how long a step takes.
        std::thread::sleep(Duration::from_micros(8_000 + round * 7_919 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_wholesome(&found(&desk.root), &versions);
        if round % 3 == 0 {
            let site = &versions[usize::from(round % 2 == 0)];
            desk.build(site).unwrap();
            assert_eq!(found(&desk.root), finished(site));
        }
    }
}

/// The system calls by which a build changes what is in a folder or begins to.
///
/// Which of two names a call has depends on the machine; a question mark tells `strace` so.
const CALLS: [&str; 12] = [
    "openat",
    "write",
    "fdatasync",
    "?mkdir",
    "?mkdirat",
    "?rename",
    "?renameat",
    "?link",
    "?linkat",
    "?unlink",
    "?rmdir",
    "unlinkat",
];

/// When a build is killed: at the system call of this name and number, before it does anything.
#[derive(Clone, Copy, Debug)]
struct Moment(&'static str, usize);

/// Kills a build; false if it came to its end before that moment.
fn killed_at(desk: &Desk, task: &str, Moment(call, n): Moment) -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o", "/dev/null", &format!("--inject={call}:signal=KILL:when={n}")]);
    strace.arg(std::env::current_exe().unwrap());
    strace.args(["--exact", "child", "--ignored", "--test-threads=1"]);
    desk.prepare(&mut strace, task);
    !strace.status().unwrap().success()
}

fn has_strace() -> bool {
    let found = Command::new("strace").arg("-V").output().is_ok_and(|found| found.status.success());
    if !found {
        println!("skipped: killing a build at a certain system call needs `strace`");
    }
    found
}

/// Kills builds of the second version at every call of every kind. `check` looks at what is
/// there then, and the next build, of either version, has to put it right.
fn kill_at_every_call(task: &str, versions: &[Files; 2], check: impl Fn(&Files)) {
    let mut kills = 0;
    for call in CALLS {
        kills += (1..).take_while(|n| kill_at(Moment(call, *n), task, versions, &check)).count();
    }
    assert!(kills > 40, "a build makes more calls than {kills}");
}

fn kill_at(moment: Moment, task: &str, [one, two]: &[Files; 2], check: &impl Fn(&Files)) -> bool {
    let mut killed = false;
    for last in [one, two] {
        let desk = Desk::with(one);
        killed = killed_at(&desk, task, moment);
        check(&found(&desk.root));
        let summary = desk.build(last).unwrap();
        assert_eq!(summary.left, [""; 0]);
        assert_eq!(found(&desk.root), finished(last), "killed at {moment:?}");
        assert_eq!(desk.beside(), KEPT);
    }
    killed
}

#[test]
fn a_build_can_be_killed_between_any_two_system_calls() {
    if has_strace() {
        let versions = versions(false);
        kill_at_every_call("once", &versions, |found| assert_wholesome(found, &versions));
    }
}

#[test]
fn a_build_in_which_files_become_folders_can_be_killed_too() {
    if has_strace() {
        // While a file makes room for a folder, links to it dangle for a moment.
        kill_at_every_call("once clashing", &versions(true), |_| ());
    }
}

/// A site that does not fit into little space.
fn large() -> Files {
    let mut site = versions(false)[1].clone();
    site.insert("large.pdf".into(), "x".repeat(4 << 20));
    site
}

#[cfg(unix)]
#[test]
fn a_build_that_may_not_write_so_much_leaves_the_old_site() {
    let [one, _] = versions(false);
    let desk = Desk::with(&one);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 1024; exec \"$0\" \"$@\""]);
    shell.arg(std::env::current_exe().unwrap()).args(["--exact", "child", "--ignored"]);
    desk.prepare(&mut shell, "large");
    assert!(!shell.status().unwrap().success());
    assert_eq!(found(&desk.root), finished(&one));
    desk.build(&large()).unwrap();
    assert_eq!(found(&desk.root), finished(&large()));
}

/// A file system of its own for a test, if this user may have one.
struct Mount(Utf8PathBuf);

impl Mount {
    fn new(at: &Utf8Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "none", at.as_str()]);
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        if !mounted {
            println!("skipped: this user may not mount a file system");
        }
        mounted.then(|| Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let folder = Desk::new();
    let Some(mount) = Mount::new(&folder.root, "1m") else {
        return;
    };
    let root = mount.0.join("public");
    let [one, two] = versions(false);
    build(&root, &one).unwrap();
    let refused = build(&root, &large()).unwrap_err();
    assert!(refused.words().zh.ends_with("磁盘已满"), "{refused}");
    assert_eq!(found(&root), finished(&one));
    build(&root, &two).unwrap();
    assert_eq!(found(&root), finished(&two));
}

#[cfg(target_os = "linux")]
#[test]
fn the_output_folder_may_be_a_file_system_of_its_own() {
    let desk = Desk::new();
    let Some(_mount) = Mount::new(&desk.root, "8m") else {
        return;
    };
    let [one, two] = versions(true);
    for site in [&one, &two, &large(), &one] {
        desk.build(site).unwrap();
        assert_eq!(found(&desk.root), finished(site));
    }
    let mut small = one;
    small.retain(|path, _| path.ends_with("l"));
    let Some(_inner) = Mount::new(&desk.at("years"), "1m") else {
        return;
    };
    assert!(desk.build(&small).is_ok(), "another file system inside the output folder");
    assert_eq!(found(&desk.root), finished(&small));
}

#[cfg(target_os = "linux")]
#[test]
fn copying_to_another_file_system_can_be_killed() {
    if !has_strace() {
        return;
    }
    let versions = versions(false);
    for moment in CALLS.iter().flat_map(|call| (1..40).step_by(3).map(|n| Moment(call, n))) {
        let desk = Desk::new();
        let Some(_mount) = Mount::new(&desk.root, "8m") else {
            return;
        };
        desk.build(&versions[0]).unwrap();
        killed_at(&desk, "once", moment);
        assert_wholesome(&found(&desk.root), &versions);
        desk.build(&versions[0]).unwrap();
        assert_eq!(found(&desk.root), finished(&versions[0]), "killed at {moment:?}");
    }
}
