//! Imports on the command line: what is written, what stays as it is, and what is said.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::support::{Folder, Project};

/// A report as an office has it.
const REPORT: &str = "江门市人民政府2020年度法治政府建设情况报告\n来源：江门市司法局 发布时间：2021-01-25\n一、总体情况\n全年办结案件745件。\n江门市人民政府\n2021年1月20日\n";

/// The site into which is imported.
struct Office(Folder);

impl Office {
    fn new() -> Self {
        Self(Project::in_world("").on_disk())
    }

    fn with(self, path: &str, bytes: &[u8]) -> Self {
        self.0.write(path, bytes);
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
        command.arg("import").args(arguments).args(["--place", "jiangmen"]).current_dir(self.0.path());
        command.args(["--message-language", "en", "--site", "."]);
        command
    }

    /// What is said, and the exit code.
    fn import(&self, arguments: &[&str]) -> (i32, String) {
        said(&self.command(arguments).output().unwrap())
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    /// Every file below `content/`.
    fn content(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.0.path().join("content")) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                files.insert(entry.path().display().to_string(), fs::read(entry.path()).unwrap());
            }
        }
        files
    }
}

fn said(output: &Output) -> (i32, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn the_same_file_again_gives_the_same_bytes() {
    let word = super::word::word(REPORT).0;
    for (name, bytes) in [("2020.txt", REPORT.as_bytes()), ("2020.docx", &word)] {
        let (office, other) = (Office::new().with(name, bytes), Office::new().with(name, bytes));
        assert_eq!(office.import(&[name]).0, 0);
        let first = office.content();
        assert_eq!(office.import(&[name, "--force"]).0, 0);
        assert!(office.content() == first, "{name} with --force");
        assert_eq!(other.import(&[name]).0, 0);
        assert!(first.values().eq(other.content().values()), "{name} elsewhere");
    }
}

#[test]
fn what_the_editor_wrote_stays_when_the_source_comes_again() {
    let office = Office::new().with("2020.txt", REPORT.as_bytes());
    office.import(&["2020.txt"]);
    let report = office.read("content/jiangmen/2020.md");
    let edited = report.replacen("issuer:", "# 已核对\nsummary: 编者写的摘要。\nissuer:", 1);
    office.0.write("content/jiangmen/2020.md", edited.as_bytes());
    office.0.write("2020.txt", REPORT.replace("745件", "746件").as_bytes());

    let before = office.content();
    let (code, words) = office.import(&["2020.txt"]);
    assert!(code == 1 && words.contains("`--force` merges into it"), "{words}");
    assert!(office.content() == before, "nothing is written without --force");

    let (code, words) = office.import(&["2020.txt", "--force", "--dry-run"]);
    assert!(
        code == 0 && words.contains("-全年办结案件745件。\n") && words.contains("+全年办结案件746件。\n"),
        "{words}"
    );
    assert!(office.content() == before, "nothing is written with --dry-run");

    let (code, words) = office.import(&["2020.txt", "--force"]);
    assert_eq!(code, 0, "{words}");
    assert_eq!(office.read("content/jiangmen/2020.md"), edited.replace("745件", "746件"));
    let mut undo = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
    undo.args(["import", "--undo", "content/jiangmen/2020.import.json"]).current_dir(office.0.path());
    assert_eq!(undo.output().unwrap().stdout, office.read("2020.txt").as_bytes());
}

#[test]
fn a_text_that_was_edited_is_not_lost() {
    let office = Office::new().with("2020.txt", REPORT.as_bytes());
    office.import(&["2020.txt"]);
    let edited = office.read("content/jiangmen/2020.md").replace("全年办结", "全年共办结");
    office.0.write("content/jiangmen/2020.md", edited.as_bytes());
    let (code, words) = office.import(&["2020.txt", "--force"]);
    assert!(
        code == 0 && office.read("content/jiangmen/2020.md") == edited,
        "the source is the same: {words}"
    );

    office.0.write("2020.txt", REPORT.replace("745件", "746件").as_bytes());
    let before = office.content();
    let (code, words) = office.import(&["2020.txt", "--force"]);
    assert_eq!(code, 1);
    assert!(
        words.contains("keep the report that is there under another name, import, and compare"),
        "{words}"
    );
    assert!(office.content() == before);
}

#[test]
fn a_batch_goes_on_and_has_a_line_for_each_file() {
    let word = super::word::word(REPORT).0;
    let office = Office::new()
        .with("in/2015.txt", REPORT.as_bytes())
        .with("in/2016.docx", &word[..word.len() / 2])
        .with("in/2017.docx", &word)
        .with("in/2019.pdf", b"%PDF-1.7")
        .with("in/nodate.txt", REPORT.as_bytes())
        .with("in/~$2017.docx", b"owner");
    let (code, words) = office.import(&["in", "absent/2014.txt"]);
    assert_eq!(code, 1);
    let expected = [
        ("in/2015.txt: written to content/jiangmen/2015.md", true),
        ("in/2016.docx: not imported: ", false),
        ("in/2017.docx: written to content/jiangmen/2017.md", true),
        ("in/2019.pdf: not imported: ", false),
        ("in/nodate.txt: not imported: ", false),
        ("absent/2014.txt: not imported: ", false),
    ];
    for ((begins, written), line) in expected.iter().zip(words.lines()) {
        assert!(line.starts_with(begins), "{line}");
        let year: String = begins.chars().filter(char::is_ascii_digit).take(4).collect();
        let report = office.0.path().join(format!("content/jiangmen/{year}.md"));
        assert_eq!(report.exists(), *written, "{report}");
    }
    assert!(words.contains("files: 6, imported: 2, not imported: 4"), "{words}");
}

#[test]
fn standard_input_is_a_file_like_others() {
    let office = Office::new();
    let import = |bytes: &[u8], year: &[&str]| {
        let mut command = office.command(&["-"]);
        command.args(year).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        said(&child.wait_with_output().unwrap())
    };
    let (code, words) = import(REPORT.as_bytes(), &[]);
    assert!(code == 1 && words.contains("--year 2020"), "{words}");
    let (code, words) = import(REPORT.as_bytes(), &["--year", "2020"]);
    assert!(code == 0 && words.starts_with("-: written to content/jiangmen/2020.md"), "{words}");
    let (code, words) = import(&super::word::word(REPORT).0, &["--year", "2021"]);
    assert_eq!(code, 0, "{words}");
    assert_eq!(office.read("content/jiangmen/2020.md"), office.read("content/jiangmen/2021.md"));
}

/// A program that stands in for a converter: a script of its own on the `PATH`.
#[cfg(unix)]
fn converter(office: &Office, name: &str, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    office.0.write(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n").as_bytes());
    let bin = office.0.path().join("bin");
    fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    format!("{bin}:/usr/bin:/bin")
}

#[test]
#[cfg(unix)]
fn another_program_converts_what_is_not_read() {
    let office = Office::new()
        .with("2020.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        .with("2021.pdf", b"%PDF-1.7")
        .with("made.docx", &super::word::word(REPORT).0)
        // Lines of a page are put together, and the longest says how long a line is.
        .with("made.txt", REPORT.replace("全年办结", &"全面推进依法行政。".repeat(5)).as_bytes())
        .with("holes.txt", REPORT.replace("江门", "\u{e5e5}\u{fffd}").as_bytes());
    let import = |file: &str, path: &str| {
        said(&office.command(&[file, "--convert"]).env("PATH", path).output().unwrap())
    };
    let made = |name: &str| office.0.path().join(name).into_string();
    assert!(Path::new(&made("made.docx")).exists());

    let (code, words) = import("2020.doc", "/nowhere");
    assert!(code == 1 && words.contains("LibreOffice (soffice) is not on this computer"), "{words}");
    let path = converter(&office, "soffice", "exit 3");
    let (code, words) = import("2020.doc", &path);
    assert!(code == 1 && words.contains("could not convert it"), "{words}");
    let path = converter(&office, "soffice", "exit 0");
    let (code, words) = import("2020.doc", &path);
    assert!(code == 1 && words.contains("the conversion made no file"), "{words}");
    let path = converter(&office, "soffice", &format!("cp '{}' in.docx", made("made.docx")));
    let (code, words) = import("2020.doc", &path);
    assert!(code == 0 && words.contains("written to content/jiangmen/2020.md"), "{words}");

    // `pdftotext … in.pdf out.txt`
    let path = converter(&office, "pdftotext", &format!("cp '{}' out.txt", made("holes.txt")));
    let (code, words) = import("2021.pdf", &path);
    assert!(code == 1 && words.contains("error[import/glyphs]"), "letters without Unicode: {words}");
    assert!(!office.0.path().join("content/jiangmen/2021.md").exists());
    let path = converter(&office, "pdftotext", &format!("cp '{}' out.txt", made("made.txt")));
    let (code, words) = import("2021.pdf", &path);
    assert!(code == 0 && words.contains("written to content/jiangmen/2021.md"), "{words}");
}
