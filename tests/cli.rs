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

/// The program with an end of it at a device that takes nothing.
#[cfg(target_os = "linux")]
fn to_full_device(folder: &Folder, arguments: &[&str], (out, err): (bool, bool)) -> Output {
    let full = || std::process::Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let mut command = xiangwei(folder, arguments);
    command.stdout(if out { full() } else { std::process::Stdio::piped() });
    command.stderr(if err { full() } else { std::process::Stdio::piped() });
    command.spawn().unwrap().wait_with_output().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_said_is_no_panic_and_no_success() {
    let folder = Project::fixture("two-years").on_disk();
    let results: [&[&str]; 6] = [
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "--explain", "file/kind"],
        &["inspect", "/jiangmen/"],
        &["build", "--format", "json", "--no-search"],
        &["help", "build"],
    ];
    for arguments in results {
        let arguments = if arguments[0] == "help" { &["--help"][..] } else { arguments };
        let output = to_full_device(&folder, arguments, (true, false));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", words(&output));
        assert!(words(&output).contains("the disk is full"), "{arguments:?}: {}", words(&output));
    }
    assert!(!folder.path().join("public").exists(), "nothing is published that nobody was told of");
    for arguments in [&["check"][..], &["build", "--no-search"], &["inspect", "/nowhere/"], &["chekc"]] {
        let output = to_full_device(&folder, arguments, (false, true));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
    assert!(folder.path().join("public/index.html").exists());
}

#[test]
fn a_reader_who_has_seen_enough_does_not_change_what_is_done() {
    let folder = Project::fixture("two-years").on_disk();
    let run = |arguments: &[&str]| {
        let mut command = xiangwei(&folder, arguments);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        child.wait().unwrap().code()
    };
    assert_eq!(run(&["build", "--no-search", "--verbose"]), Some(0));
    assert!(folder.path().join("public/index.html").exists());
    assert_eq!(run(&["inspect", "/jiangmen/2019/"]), Some(0));
    assert_eq!(run(&["check", "--help"]), Some(0));
    folder.write("content/jiangmen/2020.md", b"---\ntitle: [\n---\n");
    assert_eq!(run(&["check"]), Some(1));
}

#[test]
fn a_build_does_not_write_among_its_sources() {
    let folder = Project::fixture("two-years").on_disk();
    let before = tree(folder.path());
    let out = |path: &str| folder.path().join(path).into_string();
    for path in
        [out("content"), out(""), out("content/jiangmen"), out("public/../content/x"), out("templates")]
    {
        let output = run(&folder, &["build", "--no-search", "--output", path.as_str()]);
        assert_eq!(output.status.code(), Some(2), "{path}: {}", words(&output));
        assert!(words(&output).contains("overlap"), "{path}: {}", words(&output));
    }
    assert!(before == tree(folder.path()), "nothing was written");
}

/// A site of six documents that was built once.
fn published() -> Folder {
    let mut project = Project::fixture("two-years");
    for year in 2010..2014 {
        let text = format!(
            "---\ntitle: 江门市{year}年法治政府建设情况报告\nissuer: 江门市人民政府\npublished: {}-03-01\n---\n\n全年收到来信{year}封。\n",
            year + 1
        );
        project.edit(&format!("content/jiangmen/{year}.md"), text);
    }
    let folder = project.on_disk();
    let output = run(&folder, &["build", "--no-search"]);
    assert!(output.status.success(), "{}", words(&output));
    folder
}

#[test]
fn a_build_that_would_remove_much_of_what_is_published_asks_first() {
    let folder = published();
    let before = tree(&folder.path().join("public"));
    fs::rename(folder.path().join("content"), folder.path().join("content.bak")).unwrap();
    let output = run(&folder, &["build", "--no-search"]);
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    assert!(words(&output).contains("--allow-delete") && words(&output).contains("6 of the 6"));
    assert!(before == tree(&folder.path().join("public")), "the site is as it was");
    let output = run(&folder, &["build", "--no-search", "--allow-delete", "--strict"]);
    assert!(output.status.success(), "{}", words(&output));
    assert!(words(&output).contains("note[route/gone]"), "{}", words(&output));
    assert!(!folder.path().join("public/jiangmen/2010/index.html").exists());
}

#[test]
fn a_document_that_goes_is_told_unless_its_address_stays() {
    let folder = published();
    let moved = folder.path().join("content/jiangmen/2010.md");
    let text = fs::read_to_string(&moved).unwrap();
    fs::remove_file(&moved).unwrap();
    let gone = || {
        let output = run(&folder, &["build", "--no-search", "--strict", "--format", "short"]);
        let told = words(&output).lines().filter(|line| line.contains("route/gone")).count();
        (output.status.code(), told)
    };
    assert_eq!(gone(), (Some(1), 1), "a warning is an error under --strict");
    assert!(folder.path().join("public/jiangmen/2010/index.html").exists());
    let renamed = text.replace("issuer:", "aliases: [/jiangmen/2010/]\nissuer:").replace("2010", "2009");
    folder
        .write("content/jiangmen/2009.md", renamed.replace("/jiangmen/2009/", "/jiangmen/2010/").as_bytes());
    assert_eq!(gone(), (Some(0), 0), "an alias keeps the address");
    let second = folder.path().join("content/jiangmen/2011.md");
    let text = fs::read_to_string(&second).unwrap();
    fs::write(&second, text.replace("issuer:", "status: withdrawn\nissuer:")).unwrap();
    assert_eq!(gone(), (Some(0), 0), "what is withdrawn keeps its page");
}

#[test]
fn what_build_refuses_check_refuses() {
    let long = "zwgk-".repeat(60);
    let deep = "zwgk/".repeat(400);
    let alias = |alias: &str| {
        format!(
            "---\ntitle: 江门市2017年法治政府建设情况报告\nissuer: 江门市人民政府\npublished: 2018-03-01\naliases: [{alias:?}]\n---\n\n全年收到来信17封。\n"
        )
    };
    let asset = format!("themes/plain/assets/{}.css", "a".repeat(249));
    let cases: [(&str, String); 9] = [
        (&asset, "a {}".into()),
        ("content/jiangmen/2017.md", alias(&format!("/{long}/"))),
        ("content/jiangmen/2017.md", alias(&format!("/a/{long}.html"))),
        ("content/jiangmen/2017.md", alias(&format!("/{deep}"))),
        ("content/jiangmen/2017.md", alias("/manifest.json/a/")),
        ("content/jiangmen/2017.md", alias("/Manifest.JSON/a.html")),
        ("static/manifest.json/a", "x".into()),
        ("static/robots.txt/a", "x".into()),
        ("static/C:a", "x".into()),
    ];
    for (path, text) in cases {
        let mut project = Project::fixture("two-years");
        if path == asset {
            project
                .edit("themes/plain/theme.yaml", "name: plain\n")
                .edit("themes/plain/templates/x.html", "");
            project.edit("site.yaml", "title: 档案\nbase_url: https://www.example.org/\ntheme: plain\n");
        }
        let folder = project.edit(path, text).on_disk();
        let (check, build) = (run(&folder, &["check"]), run(&folder, &["build", "--no-search"]));
        assert_eq!(check.status.code(), Some(1), "{path}: {}", words(&check));
        assert_eq!(build.status.code(), Some(1), "{path}: {}", words(&build));
        assert!(words(&check).contains(path), "{}", words(&check));
    }
}

#[test]
fn a_path_that_is_checked_draws_its_own_pages_and_a_template_all() {
    let mut project = Project::fixture("two-years");
    project.edit("templates/document.html", "{{ document.no_such_field }}");
    let folder = project.on_disk();
    let check = |path: &str| {
        let output = run(&folder, &["check", folder.path().join(path).as_str()]);
        (output.status.code(), words(&output).contains("template/render"))
    };
    assert_eq!(check("templates/document.html"), (Some(1), true));
    assert_eq!(check("templates"), (Some(1), true));
    assert!(!check("site.yaml").1, "it is no mistake of the settings");
    assert_eq!(check("content/jiangmen/2019.md").0, Some(0));
    project.edit("templates/document.html", "{% if document.year == 2019 %}{{ document.no }}{% endif %}");
    folder.write("templates/document.html", &project.files()["templates/document.html"]);
    assert_eq!(check("templates/document.html"), (Some(1), true), "every page is drawn with it");
}
