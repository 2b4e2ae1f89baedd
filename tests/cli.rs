//! Sessions on a console: `tests/cli/*.md` are run by trycmd and are the manual's examples as
//! well. What no session can show stands below.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test writes folders of its own")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use support::{Folder, Project};

#[test]
fn sessions_go_like_this() {
    trycmd::TestCases::new()
        .env("LC_ALL", "en_US.UTF-8")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .case("tests/cli/*.md");
}

fn xiangwei(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
    command.args(arguments).args(["--site", folder.path().as_str(), "--message-language", "en"]);
    command
}

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    xiangwei(folder, arguments).output().unwrap()
}

fn words(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    text(&output.stdout) + &text(&output.stderr)
}

/// Every file below `folder`.
fn tree(folder: &Utf8Path) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in folder.read_dir_utf8().into_iter().flatten().map(Result::unwrap) {
        let path = entry.path();
        match entry.file_type().unwrap().is_dir() {
            true => files.extend(tree(path)),
            false => {
                files.insert(path.to_owned(), fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn a_build_on_disk_is_the_site_in_memory() {
    for name in ["attachments", "many-kinds", "override-theme", "sub-path"] {
        let project = Project::fixture(name);
        let folder = project.on_disk();
        let output = run(&folder, &["build", "--no-search"]);
        assert!(output.status.success(), "{}", words(&output));
        let public = folder.path().join("public");
        let below =
            |(path, bytes): (Utf8PathBuf, Vec<u8>)| (path.strip_prefix(&public).unwrap().to_owned(), bytes);
        let mut written: BTreeMap<_, _> = tree(&public).into_iter().map(below).collect();
        assert!(written.remove(Utf8Path::new("manifest.json")).is_some());
        let (site, _) = project.make(project.sources(), &Default::default(), false);
        let names = |site: &BTreeMap<Utf8PathBuf, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&written), names(&site));
        assert!(written == site, "{name} is not the same on disk");
    }
}

#[test]
fn an_error_leaves_the_last_good_site_as_it_was() {
    let folder = Project::fixture("two-years").on_disk();
    assert!(run(&folder, &["build", "--no-search"]).status.success());
    let before = tree(&folder.path().join("public"));
    folder.write("content/jiangmen/2019.md", b"---\ntitle: [\n---\n");
    folder.write("content/jiangmen/2020.md", "---\ntitle: 甲\n---\n".as_bytes());
    let output = run(&folder, &["build", "--no-search"]);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(before == tree(&folder.path().join("public")));
}

#[test]
fn a_template_that_fails_on_one_page_writes_no_page() {
    let folder = Project::fixture("two-years").on_disk();
    assert!(run(&folder, &["build", "--no-search"]).status.success());
    let before = tree(&folder.path().join("public"));
    folder.write("templates/place.html", b"{{ place.no_such_field }}");
    for command in ["check", "build"] {
        let output = run(&folder, &[command]);
        assert_eq!(output.status.code(), Some(1), "{}", words(&output));
        assert!(words(&output).contains("error[template/render]"), "{}", words(&output));
    }
    assert!(before == tree(&folder.path().join("public")));
}

#[test]
fn what_check_finds_clean_can_be_built() {
    let mut project = Project::fixture("withdrawn-and-draft");
    let text = "---\ntitle: 江门市2019年工作要点\nkind: work-plan\nissuer: 江门市人民政府\npublished: 2019-02-01\n---\n见[报告](/jiangmen/2020/)。\n";
    project.edit("content/jiangmen/2019/work-plan.md", text);
    let folder = project.on_disk();
    let (check, build) = (run(&folder, &["check"]), run(&folder, &["build", "--no-search"]));
    assert_eq!(
        check.status.code(),
        build.status.code(),
        "check said:\n{}\nbuild said:\n{}",
        words(&check),
        words(&build)
    );
}

#[test]
fn two_builds_at_once_leave_one_whole_site() {
    let folder = Project::fixture("many-kinds").on_disk();
    let alone = run(&folder, &["build", "--no-search", "--output", folder.path().join("alone").as_str()]);
    assert!(alone.status.success(), "{}", words(&alone));
    let start = || xiangwei(&folder, &["build", "--no-search"]).spawn().unwrap();
    let running: Vec<_> = (0..4).map(|_| start()).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 2)), "{output:?}");
    }
    let below = |name: &str| {
        let root = folder.path().join(name);
        let strip =
            |(path, bytes): (Utf8PathBuf, Vec<u8>)| (path.strip_prefix(&root).unwrap().to_owned(), bytes);
        tree(&root).into_iter().map(strip).collect::<BTreeMap<_, _>>()
    };
    assert!(below("alone") == below("public"), "two builds at once made another site");
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = Project::in_world("-- content/jiangmen/2019.md --\nx\n").on_disk();
    let mut child = xiangwei(&folder, &["check"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!words(&output).contains("panicked"), "{}", words(&output));
}

#[test]
fn the_clock_the_zone_and_the_language_do_not_show() {
    let folder = Project::fixture("withdrawn-and-draft").on_disk();
    let build = |to: &str, environment: [(&str, &str); 3]| {
        let to = folder.path().join(to);
        let mut command = xiangwei(&folder, &["build", "--no-search", "--output", to.as_str()]);
        let output = command.envs(environment).output().unwrap();
        assert!(output.status.success(), "{}", words(&output));
        let strip =
            |(path, bytes): (Utf8PathBuf, Vec<u8>)| (path.strip_prefix(&to).unwrap().to_owned(), bytes);
        tree(&to).into_iter().map(strip).collect::<BTreeMap<_, _>>()
    };
    let here = build("one", [("TZ", "Asia/Shanghai"), ("LC_ALL", "zh_CN.UTF-8"), ("SOURCE_DATE_EPOCH", "0")]);
    let there =
        build("two", [("TZ", "America/Los_Angeles"), ("LC_ALL", "C"), ("SOURCE_DATE_EPOCH", "4102444800")]);
    assert!(here == there);
}
