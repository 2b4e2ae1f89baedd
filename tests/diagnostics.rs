//! Every mistake that an author can make, and what the program says of it. `tests/broken/` has
//! one file a mistake: its first line names the codes that it must provoke, no more and no
//! less, and the snapshot beside it is what the author reads.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its fixtures")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;

use camino::Utf8PathBuf;
use rayon::prelude::*;
use support::{Checked, Project, root};
use xiangwei::diag::{CodeWeight, Language, Severity, codes, explain};

/// A file of `tests/broken/`.
struct Broken {
    name: String,
    codes: BTreeSet<String>,
    checked: Checked,
    text: String,
}

/// All of them, by name.
fn all() -> Vec<Broken> {
    let folder = root().join("tests/broken").read_dir_utf8().unwrap();
    let paths = folder.map(|entry| entry.unwrap().into_path());
    let mut paths: Vec<Utf8PathBuf> = paths.filter(|path| path.extension() == Some("txt")).collect();
    paths.sort();
    paths.into_par_iter().map(read).collect()
}

/// All of them, checked once for every test of this target.
static BROKEN: LazyLock<Vec<Broken>> = LazyLock::new(all);

fn read(path: Utf8PathBuf) -> Broken {
    let text = fs::read_to_string(&path).unwrap();
    let first = text.lines().next().unwrap_or_default();
    let (codes, _) = first.split_once(": ").unwrap_or_else(|| panic!("{path} begins with its codes"));
    Broken {
        name: path.file_stem().unwrap().to_owned(),
        codes: codes.split(", ").map(str::to_owned).collect(),
        checked: Project::in_world(&text).check(),
        text,
    }
}

#[test]
fn every_mistake_is_shown_to_its_author() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("broken");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut wrong = String::new();
    for broken in BROKEN.iter() {
        let frames = broken.checked.frames();
        let found: BTreeSet<String> = broken.checked.codes().into_iter().map(str::to_owned).collect();
        if found != broken.codes {
            let _ = writeln!(wrong, "{}: {found:?}, not {:?}\n{frames}", broken.name, broken.codes);
        }
        settings.set_description(broken.text.lines().next().unwrap_or_default());
        settings.bind(|| insta::assert_snapshot!(broken.name.clone(), frames));
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_mistake_is_said_in_chinese() {
    let lines: String =
        BROKEN.iter().map(|broken| format!("{}\n{}\n", broken.name, broken.checked.lines())).collect();
    insta::assert_snapshot!(lines);
    let severities = ["error[", "warning[", "note["];
    for line in lines.lines().filter(|line| severities.iter().any(|severity| line.contains(severity))) {
        let message = line.split("]: ").nth(1).unwrap_or_default();
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(message.contains(is_han), "not in Chinese: {line}");
    }
}

#[test]
fn a_caret_is_at_words_of_the_file() {
    for broken in BROKEN.iter() {
        let files = Project::in_world(&broken.text);
        for diagnostic in &broken.checked.diagnostics {
            let Some(span) = diagnostic.span else {
                continue;
            };
            let Some(bytes) = files.files().get(diagnostic.path.as_str()) else {
                continue;
            };
            let text = str::from_utf8(bytes).unwrap();
            assert!(
                text.get(span.range()).is_some(),
                "{}: {span:?} is not in {}",
                broken.name,
                diagnostic.path
            );
        }
    }
}

/// Codes that no text of a site can provoke, and where they are provoked instead.
const ELSEWHERE: [(&str, &str); 41] = [
    ("attachment/scanned", "tests/leaks.rs, since no text of a site is a scan"),
    ("change/future", "tests/history.rs, where a day is named"),
    ("coverage/missing", "tests/cli/coverage.md, where a day is named"),
    ("external/gone", "tests/external.rs, since other sites are asked on request alone"),
    ("external/moved", "tests/external.rs"),
    ("external/private", "tests/external.rs"),
    ("external/unreachable", "tests/external.rs"),
    ("file/encoding", "below, on disk"),
    ("file/kind", "below, on disk"),
    ("file/left-out", "src/disk/read.rs, since the door decides it"),
    ("file/name", "below, on disk"),
    ("file/symlink", "below, on disk"),
    ("file/too-large", "below, on disk"),
    ("file/unreadable", "src/disk/read.rs, where the tests know whether they run as root"),
    ("import/convert", "tests/import.rs, since no site holds what is imported"),
    ("import/damaged", "tests/import.rs, since no site holds what is imported"),
    ("import/empty", "tests/import.rs, since no site holds what is imported"),
    ("import/encrypted", "tests/import.rs, since no site holds what is imported"),
    ("import/format", "tests/import.rs, since no site holds what is imported"),
    ("import/glyphs", "tests/import.rs, since no site holds what is imported"),
    ("import/left-out", "tests/import.rs, since no site holds what is imported"),
    ("import/missing", "tests/import.rs, since no site holds what is imported"),
    ("import/slip", "tests/import.rs, since no site holds what is imported"),
    ("import/stopped", "tests/cli/import.md, where a report is there already"),
    ("import/too-large", "tests/import.rs, since no site holds what is imported"),
    ("import/unaccounted", "tests/import.rs, since no site holds what is imported"),
    ("office/digest", "tests/federation.rs, since no text of a site is an office"),
    ("office/document", "tests/federation.rs, since no text of a site is an office"),
    ("office/history", "tests/federation.rs, since no text of a site is an office"),
    ("office/nonsense", "tests/federation.rs, since no text of a site is an office"),
    ("office/place", "tests/federation.rs, since no text of a site is an office"),
    ("office/signature", "tests/federation.rs, since no text of a site is an office"),
    ("office/too-large", "tests/federation.rs, since no text of a site is an office"),
    ("office/unreachable", "tests/federation.rs, since no text of a site is an office"),
    ("personal/unreadable", "tests/leaks.rs, since no text of a site is a file that cannot be read"),
    ("personal/whereabouts", "tests/leaks.rs, since no text of a site is a photograph"),
    ("program/fault", "src/diag/guard.rs, since no text is known to provoke it"),
    ("route/gone", "tests/cli.rs, where a site was published before"),
    ("search/index", "never seen: it says that a file could not be packed"),
    ("site/absent", "below, without the usual world"),
    ("text/too-large", "below, since no fixture should be as long"),
];

#[test]
fn every_code_is_provoked() {
    let provoked: BTreeSet<String> = BROKEN.iter().flat_map(|broken| broken.codes.clone()).collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    for code in codes() {
        let here = provoked.contains(code.name);
        assert!(here != elsewhere.contains(code.name), "{} is provoked nowhere, or twice", code.name);
    }
    for code in provoked {
        assert!(xiangwei::diag::explain(&code).is_some(), "{code} is not explained");
    }
}

/// Makes an edit that a fixture names, with `\n` for the end of a line: the path, the old words and the new ones. A
/// file without old words is written, if it is not there.
fn mend(project: &mut Project, edit: &str) {
    if let Some(path) = edit.strip_prefix("drop ") {
        project.remove(path);
        return;
    }
    let parts: Vec<&str> = edit.trim_start_matches("mend ").split('`').collect();
    let [path, old, _, new, ..] = parts[..] else { panic!("not an edit: {edit}") };
    let path = path.trim().trim_end_matches(':');
    let (old, new) = (old.replace("\\n", "\n"), new.replace("\\n", "\n"));
    let bytes = project.files().get(path).filter(|_| !old.is_empty());
    let text = bytes.map(|bytes| str::from_utf8(bytes).unwrap().to_owned()).unwrap_or_default();
    assert!(text.contains(&old), "{path} has no {old}");
    project.edit(path, text.replacen(&old, &new, 1));
}

/// The edits that a fixture names, in the remark before its first file.
fn edits(broken: &Broken) -> impl Iterator<Item = &str> {
    let remark = broken.text.lines().take_while(|line| !line.starts_with("-- "));
    remark.filter(|line| line.starts_with("mend ") || line.starts_with("drop "))
}

/// A mistake that is mended as its fixture says (`mend PATH:`, then the old words and the new ones in backticks, or
/// `drop PATH`) is gone, and nothing else has come: the good example of a code is its broken one with an edit. Every
/// code has one, but for those that no text of a site can provoke ([`ELSEWHERE`]); their good examples are there.
#[test]
fn a_mistake_that_is_mended_is_gone() {
    let mendable: Vec<&Broken> = BROKEN.iter().filter(|broken| edits(broken).next().is_some()).collect();
    let wrong: Vec<String> = mendable
        .par_iter()
        .filter_map(|broken| {
            let mut project = Project::in_world(&broken.text);
            edits(broken).for_each(|edit| mend(&mut project, edit));
            let checked = project.check();
            let is_mended = checked.diagnostics.is_empty();
            (!is_mended).then(|| format!("{}\n{}", broken.name, checked.frames()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mended: BTreeSet<&str> =
        mendable.iter().flat_map(|broken| &broken.codes).map(String::as_str).collect();
    let is_elsewhere = |name: &&str| ELSEWHERE.iter().any(|(code, _)| code == name);
    let names = codes().into_iter().map(|code| code.name);
    let missing: Vec<&str> = names.filter(|name| !mended.contains(name) && !is_elsewhere(name)).collect();
    assert!(missing.is_empty(), "no good example: {missing:?}");
}

/// Lowers the errors of a fixture that can be lowered, and gives their codes.
fn lower(broken: &Broken) -> BTreeSet<String> {
    let is_open = |name: &&String| explain(name).is_some_and(|code| code.weight == CodeWeight::Error);
    let open: BTreeSet<String> = broken.codes.iter().filter(is_open).cloned().collect();
    if open.is_empty() {
        return open;
    }
    let mut project = Project::in_world(&broken.text);
    let site = str::from_utf8(&project.files()["site.yaml"]).unwrap().to_owned();
    let rule = |code: &String| format!("  - {{ code: {code}, level: warning, reason: 试 }}\n");
    let rules: String = open.iter().map(rule).collect();
    let checked = project.edit("site.yaml", format!("{site}checks:\n{rules}")).check();
    assert_eq!(checked.diagnostics.len(), broken.checked.diagnostics.len(), "{}", broken.name);
    for found in checked.diagnostics.iter().filter(|found| open.contains(found.code)) {
        assert_eq!(found.severity, Severity::Warning, "{}\n{}", broken.name, checked.frames());
    }
    open
}

/// An error that a site may lower is one with which the site can be made: with these findings as warnings nothing
/// else goes wrong, pages are drawn, and none of them is lost.
#[test]
fn errors_that_a_site_lowers_leave_a_whole_site() {
    let rest: Vec<&Broken> = BROKEN.iter().filter(|broken| !broken.text.contains("\nchecks:")).collect();
    let lowered: BTreeSet<String> = rest.par_iter().flat_map(|broken| lower(broken)).collect();
    let open =
        codes().into_iter().filter(|code| code.weight == CodeWeight::Error).map(|code| code.name.to_owned());
    let missed: Vec<String> = open.filter(|code| !lowered.contains(code)).collect();
    assert!(missed.is_empty(), "never lowered: {missed:?}");
}

#[test]
fn every_code_is_explained_in_print() {
    let mut text = String::new();
    for code in codes() {
        let _ = writeln!(
            text,
            "{}\n  {}\n  {}",
            code.name,
            code.title(Language::Chinese),
            code.title(Language::English)
        );
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_folder_without_settings_is_no_site() {
    let mut project = Project::in_world("");
    assert!(project.check().diagnostics.is_empty(), "{}", project.check().frames());
    project.remove("site.yaml");
    insta::assert_snapshot!(project.check().frames());
}

#[test]
fn a_text_of_too_many_parts_is_refused() {
    let mut project = Project::in_world("");
    let head = "---\ntitle: 报告\nissuer: 甲\npublished: 2020-03-20\n---\n";
    project.edit("content/jiangmen/2019.md", format!("{head}{}", "[](/)".repeat(20_001)));
    let checked = project.check();
    assert_eq!(checked.codes(), BTreeSet::from(["text/too-large"]));
    let help = checked.diagnostics[0].help.as_ref();
    assert!(help.is_some_and(|help| help.en.contains("split")));
}

#[test]
fn reports_of_other_encodings_name_them() {
    let folder = Project::in_world("").on_disk();
    let report = "---\ntitle: 江门市人民政府2019年度法治政府建设情况报告\n---\n一、概况\n";
    folder.write("content/jiangmen/2019.md", &encoding_rs::GBK.encode(report).0);
    let utf16: Vec<u8> = report.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("content/jiangmen/2020.md", &utf16);
    folder.write("content/jiangmen/2021.md", b"---\ntitle: \xE6\xB1\x9F\xE9\x97\xA8\xE5\xB8\x82\xFF\n---\n");
    folder.write("content/jiangmen/2022.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let checked = folder.check();
    assert_eq!(checked.codes(), BTreeSet::from(["file/encoding"]));
    insta::assert_snapshot!(checked.frames());
}

#[test]
fn of_a_place_beside_a_file_that_cannot_be_read_nothing_more_is_said() {
    let folder = Project::in_world("").on_disk();
    let place = "---\nname: 开平市\nlevel: county\n---\n";
    let report = "---\ntitle: 报告\nissuer: 开平市人民政府\npublished: 2020-03-20\n---\n一、概况\n";
    let gbk = |text: &'static str| encoding_rs::GBK.encode(text).0;
    folder.write("content/kaiping/_index.md", place.as_bytes());
    folder.write("content/kaiping/2019.md", &gbk(report));
    folder.write("content/heshan/_index.md", &gbk(place));
    folder.write("content/heshan/2019.md", report.as_bytes());
    let codes: Vec<_> = folder.check().diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["file/encoding", "file/encoding"]);
}

#[test]
fn a_text_of_two_hundred_megabytes_is_not_read() {
    let folder = Project::in_world("").on_disk();
    let file = fs::File::create(folder.path().join("content/jiangmen/2019.md")).unwrap();
    file.set_len(200 << 20).unwrap();
    let checked = folder.check();
    assert_eq!(checked.codes(), BTreeSet::from(["file/too-large"]));
    insta::assert_snapshot!(checked.frames());
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    use std::os::unix::fs::symlink;
    let secret = tempfile::NamedTempFile::with_suffix(".md").unwrap();
    let folder = Project::in_world("").on_disk();
    let content = folder.path().join("content/jiangmen");
    symlink(secret.path(), content.join("2019.md")).unwrap();
    symlink("/etc/passwd", content.join("2020.pdf")).unwrap();
    symlink("..", content.join("circle")).unwrap();
    symlink("self", content.join("self")).unwrap();
    symlink("nowhere.md", content.join("2021.md")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(content.join("2022.md")).status();
    assert!(pipe.is_ok_and(|status| status.success()));
    let checked = folder.check();
    assert_eq!(checked.codes(), BTreeSet::from(["file/kind", "file/symlink"]));
    insta::assert_snapshot!(checked.frames());
}

#[cfg(unix)]
#[test]
fn a_name_that_plays_tricks_is_refused() {
    let folder = Project::in_world("").on_disk();
    folder.write("content/jiangmen/2019\u{202e}dm.pdf", b"x");
    folder.write("content/jiangmen/2\x1b[2J.md", b"x");
    let checked = folder.check();
    assert_eq!(checked.codes(), BTreeSet::from(["file/name"]));
    let frames = checked.frames();
    assert!(!frames.contains(['\u{1b}', '\u{202e}']));
    insta::assert_snapshot!(frames);
}

#[test]
fn support_agrees_with_the_door() {
    for project in [Project::in_world(""), Project::example()] {
        let folder = project.on_disk();
        let read = xiangwei::disk::read(folder.path()).unwrap_or_else(|failure| panic!("{failure:?}"));
        let sources = project.sources();
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.blobs(), sources.blobs());
        let paths = |sources: &xiangwei::source::Sources| {
            sources.texts().iter().map(|text| text.path().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(paths(&read.value), paths(&sources));
    }
}
