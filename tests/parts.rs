//! A build in parts, put together, is the build of one machine: the same bytes, the same complaints. Each part is a
//! process of its own, as on machines of their own.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes folders of its own")]

#[path = "support/deeds.rs"]
mod deeds;
#[path = "support/store.rs"]
mod store;
mod support;

use std::fs;
use std::process::{Child, Command, Output, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use deeds::{act, deeds};
use proptest::prelude::*;
use store::{Manner, Store};
use support::{Folder, Project};
use tempfile::TempDir;
use xiangwei::parts::Cut;

/// A place where parts meet, and where sites are built.
struct Yard(TempDir);

impl Yard {
    fn new() -> Self {
        // In memory where there is such a file system, since everything waits for the disk.
        Self(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap())
    }

    fn at(&self, name: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.0.path()).unwrap().join(name)
    }

    fn exchange(&self) -> String {
        self.at("exchange").into_string()
    }
}

fn command(site: &Utf8Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
    command.args(arguments).args(["--message-language", "en"]).current_dir(site);
    command.env("AWS_ACCESS_KEY_ID", "test-key").env("AWS_SECRET_ACCESS_KEY", "test-secret");
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "AWS_PROFILE", "AWS_REGION"] {
        command.env_remove(name);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(site: &Utf8Path, arguments: &[&str]) -> Output {
    command(site, arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn done(site: &Utf8Path, arguments: &[&str]) {
    let output = run(site, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
}

fn refused(site: &Utf8Path, arguments: &[&str], words: &str) {
    let output = run(site, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
    assert!(said(&output).contains(words), "{arguments:?}: {}", said(&output));
}

/// Starts one part of a build.
fn start(site: &Utf8Path, (part, of): (usize, usize), exchange: &str, more: &[&str]) -> Child {
    let share = format!("{part}/{of}");
    let arguments = [&["build", "--part", &share, "--exchange", exchange][..], more].concat();
    command(site, &arguments).spawn().unwrap()
}

/// Makes all parts side by side, and says what came of each.
fn parts(sites: &[&Utf8Path], exchange: &str, more: &[&str]) -> Vec<Output> {
    let count = sites.len();
    let begun: Vec<Child> =
        sites.iter().zip(1..).map(|(site, part)| start(site, (part, count), exchange, more)).collect();
    begun.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

/// Every file of a site, and how a site differs from another.
fn difference(one: &Utf8Path, other: &Utf8Path) -> Option<String> {
    let (one, other) = (Project::folder(one), Project::folder(other));
    let paths = one.files().keys().chain(other.files().keys());
    let differs = |path: &&String| one.files().get(*path) != other.files().get(*path);
    let mut differing: Vec<&String> = paths.filter(differs).collect();
    differing.dedup();
    (!differing.is_empty()).then(|| format!("{differing:?}"))
}

/// Sites that together have something of everything.
const SITES: [&str; 7] =
    ["across", "ancestry", "attachments", "coverage", "many-kinds", "open-data", "withdrawn-and-draft"];

fn cases() -> u32 {
    std::env::var("XIANGWEI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8)
}

/// A site with the places of another, in two languages, where a report of one place answers a plan of another and
/// sentences went from hand to hand.
fn project(name: &str) -> Project {
    let mut project = Project::fixture("ancestry");
    for (path, bytes) in Project::fixture("plan-and-report").files() {
        project.edit(path, bytes.clone());
    }
    for (path, bytes) in Project::fixture(name).files() {
        project.edit(path, bytes.clone());
    }
    let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
    project.edit("site.yaml", format!("{settings}languages: [zh-CN, en]\n"));
    let answering = String::from_utf8(project.files()["content/chibi/2019/index.md"].clone()).unwrap();
    let answering = answering.replace("task: work-plan.md", "task: /chibi/2019/work-plan/");
    project.edit("content/anhe/2022.md", answering.replace("2020-03-20", "2023-03-20"));
    project
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_put_together_are_the_site_of_one_machine(
        site in 0..SITES.len(), deeds in deeds(), count in 1usize..=5, drafts in any::<bool>(), gzip in any::<bool>(),
    ) {
        let mut project = project(SITES[site]);
        let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
        project.edit("site.yaml", format!("{settings}gzip: {gzip}\n"));
        deeds.iter().for_each(|deed| act(&mut project, deed));
        let (folder, yard) = (project.on_disk(), Yard::new());
        let (root, exchange) = (folder.path(), yard.exchange());
        let (one, many) = (yard.at("one"), yard.at("many"));
        let more: &[&str] = if drafts { &["--drafts"] } else { &[] };
        let with = |name: &'static str, output: &Utf8PathBuf, others: &[&str]| {
            let bundles = ["--search-bundle", "3", "--output", output.as_str()];
            run(root, &[&[name][..], others, more, &bundles].concat())
        };
        let whole = with("build", &one, &[]);
        let made = parts(&vec![root; count], &exchange, more);
        let joined = with("join", &many, &["--exchange", &exchange, "--wait", "0"]);
        prop_assert_eq!(whole.status.code(), joined.status.code(), "{}{}", said(&whole), said(&joined));
        prop_assert_eq!(
            String::from_utf8_lossy(&whole.stdout), String::from_utf8_lossy(&joined.stdout), "after {:?}", &deeds
        );
        if whole.status.success() {
            for output in &made {
                prop_assert!(output.status.success(), "{}", said(output));
            }
            prop_assert_eq!(difference(&one, &many), None);
        } else {
            prop_assert!(!many.exists(), "something was put in place");
        }
    }
}

/// A site with its record, whose documents have changed since they were published.
fn published() -> Project {
    let mut project = project("attachments");
    project.publish("2026-01-02T09:00:00+08:00");
    for path in ["content/anhe/2020.md", "content/linze/2021.md"] {
        let text = String::from_utf8(project.files()[path].clone()).unwrap();
        let corrected = "corrections: [{ date: 2026-01-03, note: 补上一句 }]\n---\n";
        let (matter, body) = text.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
        project.edit(path, format!("---\n{matter}{corrected}{body}\n又说了一句话。\n"));
    }
    project
}

/// The folder of one machine of a build, in which the texts that it has no part in are as long and say nothing.
fn blinded(project: &Project, (part, of): (usize, usize)) -> Folder {
    let sizes = project.files().iter().map(|(path, bytes)| (Utf8Path::new(path), bytes.len() as u64));
    let cut = Cut::of(sizes, of);
    let mut blind = project.clone();
    for (path, bytes) in project.files() {
        if cut.of_path(Utf8Path::new(path)).is_some_and(|of| of != part) {
            blind.edit(path, vec![b'x'; bytes.len()]);
        }
    }
    blind.on_disk()
}

#[test]
fn a_part_reads_the_texts_of_its_places_alone() {
    let (project, yard) = (published(), Yard::new());
    let (folder, exchange) = (project.on_disk(), yard.exchange());
    let machines: Vec<Folder> = (1..=3).map(|part| blinded(&project, (part, 3))).collect();
    let sites: Vec<&Utf8Path> = machines.iter().map(Folder::path).collect();
    for output in parts(&sites, &exchange, &[]) {
        assert!(output.status.success(), "{}", said(&output));
    }
    let (one, many) = (yard.at("one"), yard.at("many"));
    done(folder.path(), &["build", "--output", one.as_str()]);
    done(folder.path(), &["join", "--exchange", &exchange, "--output", many.as_str()]);
    assert_eq!(difference(&one, &many), None);
    // One that puts together needs all texts, since search finds their words.
    let other = yard.at("other");
    refused(
        sites[0],
        &["join", "--exchange", &exchange, "--output", other.as_str()],
        "changed during the build",
    );
    assert!(!other.exists());
}

#[test]
fn parts_come_one_after_the_other_and_again() {
    let (project, yard) = (project("across"), Yard::new());
    let (folder, exchange) = (project.on_disk(), yard.exchange());
    let root = folder.path();
    let many = yard.at("many");
    let join = ["join", "--exchange", &exchange, "--output", many.as_str(), "--wait", "0"];
    refused(root, &join, "no part is in the exchange");
    let share = |part: usize| format!("{part}/3");
    let make = |part: usize, more: &[&str]| {
        let share = share(part);
        run(root, &[&["build", "--part", &share, "--exchange", &exchange, "--wait", "0"][..], more].concat())
    };
    let first = make(1, &[]);
    assert_eq!(first.status.code(), Some(2));
    assert!(said(&first).contains("records of these parts are not there: 2, 3"), "{}", said(&first));
    refused(root, &join, "records of these parts are not there: 2, 3");
    for part in [2, 3] {
        assert!(make(part, &["--records"]).status.success());
    }
    for part in [1, 3, 1] {
        let made = make(part, &[]);
        assert!(made.status.success(), "{}", said(&made));
    }
    refused(root, &join, "pages of these parts are not there: 2");
    assert!(!many.exists());
    // Somebody who waits gets on as soon as the last part is there.
    let mut waiting =
        command(root, &["join", "--exchange", &exchange, "--wait", "60", "--output", many.as_str()]);
    let waiting = waiting.spawn().unwrap();
    assert!(make(2, &[]).status.success());
    let joined = waiting.wait_with_output().unwrap();
    assert!(joined.status.success(), "{}", said(&joined));
    done(root, &["build", "--output", yard.at("one").as_str()]);
    assert_eq!(difference(&yard.at("one"), &many), None);
    // And one machine goes on with it.
    done(root, &["build", "--output", many.as_str()]);
    assert_eq!(difference(&yard.at("one"), &many), None);
}

#[test]
fn who_has_something_else_is_refused() {
    let (project, yard) = (project("across"), Yard::new());
    let (folder, exchange) = (project.on_disk(), yard.exchange());
    let root = folder.path();
    let build = |share: &'static str| ["build", "--part", share, "--exchange", &exchange, "--wait", "0"];
    done(root, &[&build("1/2")[..], &["--records"]].concat());
    refused(root, &build("1/3"), "has 2 parts, and this one 3");
    refused(root, &[&build("2/2")[..], &["--drafts"]].concat(), "drafts=false");
    refused(root, &[&build("2/2")[..], &["--today", "2026-01-01"]].concat(), "today=2026-01-01");
    let with = |path: &str, text: &str| {
        let mut other = project.clone();
        let before = other.files()[path].clone();
        let after = String::from_utf8(before).unwrap().replacen("云河", text, 1);
        other.edit(path, after).on_disk()
    };
    refused(with("site.yaml", "河云").path(), &build("2/2"), "settings, themes");
    refused(with("content/yunhe/2020.md", "云河云河").path(), &build("2/2"), "names or sizes");
    // A text of the same length can be told by the part alone that reads it.
    let sizes = project.files().iter().map(|(path, bytes)| (Utf8Path::new(path), bytes.len() as u64));
    let part = Cut::of(sizes, 2).of_place("yunhe").unwrap();
    let share = format!("{part}/2");
    let again = ["build", "--part", &share, "--exchange", &exchange, "--wait", "0", "--records"];
    done(root, &again);
    let words = format!("part {part} was made before and came out otherwise");
    refused(with("content/yunhe/2020.md", "河云").path(), &again, &words);
    done(root, &again);
}

#[test]
fn what_is_damaged_is_named() {
    let (project, yard) = (project("across"), Yard::new());
    let (folder, exchange) = (project.on_disk(), yard.exchange());
    let root = folder.path();
    for output in parts(&[root, root], &exchange, &[]) {
        assert!(output.status.success(), "{}", said(&output));
    }
    let output = yard.at("many");
    let join = ["join", "--exchange", &exchange, "--output", output.as_str()];
    for name in ["part-1.records", "part-2.pages", "part-2.pages-00001"] {
        let path = yard.at("exchange").join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        refused(root, &join, &format!("{name} in the exchange is damaged"));
        fs::write(&path, bytes).unwrap();
    }
    assert!(!output.exists());
    done(root, &join);
}

#[test]
fn parts_can_meet_in_a_store() {
    let (folder, yard, store) = (project("ancestry").on_disk(), Yard::new(), Store::start(Manner::S3));
    let (root, exchange) = (folder.path(), store.target("exchange"));
    for output in parts(&[root, root], &exchange, &[]) {
        assert!(output.status.success(), "{}", said(&output));
    }
    let (one, many) = (yard.at("one"), yard.at("many"));
    done(root, &["build", "--output", one.as_str()]);
    done(root, &["join", "--exchange", &exchange, "--output", many.as_str()]);
    assert_eq!(difference(&one, &many), None);
    assert_eq!(store.wrong(), [""; 0]);
}
