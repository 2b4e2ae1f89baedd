//! What is personal does not go out: numbers planted wherever a site can hold one are found, what only looks like
//! one is none, nothing that the program says shows one, and what the gate stops does not reach a server.

#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a test writes folders of its own and runs the program")]

#[path = "leaks/files.rs"]
mod files;
#[path = "leaks/hostile.rs"]
mod hostile;
#[path = "leaks/numbers.rs"]
mod numbers;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

use camino::Utf8Path;
use files::PLACES;
use numbers::{CHECKED, DECOYS, Dice};
use support::{Folder, Project, root};
use xiangwei::attached::{Examined, FoundInAttachment, examine};
use xiangwei::build::{Wishes, settings};
use xiangwei::check::in_source;
use xiangwei::personal::{self, Certainty, PersonalKind};
use xiangwei::source::Source;

/// How often every place is planted: with those of sources more than a thousand numbers in all.
const TIMES: usize = 24;

/// Places in texts of a site: the file, and what stands around the number.
const TEXTS: [(&str, &str); 10] = [
    ("content/jiangmen/2019.md", "---\ntitle: 报告\n---\n一、当事人张某（#）不服。\n"),
    ("content/jiangmen/2019.md", "---\ntitle: 报告\nsummary: 张某 #\n---\n正文\n"),
    ("content/jiangmen/2019.md", "---\ntitle: 报告 # 核对：#\n---\n正文\n"),
    ("content/jiangmen/2019.md", "---\ntitle: 报告\n---\n甲<!-- 校对 # -->乙\n"),
    ("content/jiangmen/2019.md", "---\ntitle: 报告\n---\n| 姓名 | 证件 |\n|---|---|\n| 张三 | # |\n"),
    ("content/jiangmen/2019.md", "---\ntitle: 报告\n---\n[材料](https://a.example/?id=#&x=1)\n"),
    ("content/jiangmen/_index.md", "---\nname: 江门市\nintro: 联系 #\n---\n"),
    ("site.yaml", "title: 档案\npublisher: { name: 司法局 } # #\n"),
    ("indicators.yaml", "closed: { name: 办结 } # #\n"),
    ("templates/base.html", "<footer>#</footer>\n"),
];

/// How many numbers of this kind are certain in an attachment.
fn certain(examined: &Examined, kind: PersonalKind) -> usize {
    let is_it = |what: &FoundInAttachment| *what == FoundInAttachment::Number(kind, Certainty::Certain);
    examined.found.iter().filter(|found| is_it(&found.what)).map(|found| found.count).sum()
}

/// Numbers with a check digit are found wherever they stand, each once, and shown without their middle.
#[test]
fn every_checked_number_is_found_in_every_place() {
    let (mut dice, mut planted, mut missed) = (Dice(1), 0, Vec::new());
    let kinds = [PersonalKind::Identity, PersonalKind::Card];
    let config = settings(&Project::in_world("").sources(), &Wishes::default()).value.0;
    for time in 0..TIMES {
        let (make, kind) = (CHECKED[time % 2], kinds[time % 2]);
        for (place, name, file) in PLACES {
            let number = make(&mut dice);
            let examined = examine(name, &file(&number));
            planted += 1;
            if certain(&examined, kind) != 1 || format!("{examined:?}").contains(&number) {
                missed.push(format!("{place}: {kind:?} {number}: {examined:?}"));
            }
        }
        for (path, text) in TEXTS {
            let number = make(&mut dice);
            let text = match text.rfind('#') {
                Some(at) => format!("{}{number}{}", &text[..at], &text[at + 1..]),
                None => text.to_owned(),
            };
            let found = in_source(&Source::new(path, text.clone()), &config);
            planted += 1;
            let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
            if codes != ["personal/number"] || format!("{found:?}").contains(&number) {
                missed.push(format!("{path}: {kind:?} in {text:?}: {codes:?}"));
            }
        }
    }
    assert!(planted > 1_000, "{planted}");
    assert!(
        missed.is_empty(),
        "{} of {planted} missed:\n{}",
        missed.len(),
        missed[..missed.len().min(12)].join("\n")
    );
}

/// A number that a sheet has rounded is told as what it is: the division and the day of birth are still there.
#[test]
fn a_rounded_identity_number_is_told() {
    let mut dice = Dice(2);
    for _ in 0..50 {
        let number = numbers::identity(&mut dice);
        let digits = &number[..15];
        let stored = format!("{}.{}E+17", &digits[..1], digits[1..].trim_end_matches('0'));
        let examined = examine("a.xlsx", &files::numeric(&stored));
        let is_told = examined
            .found
            .iter()
            .any(|found| matches!(found.what, FoundInAttachment::Number(PersonalKind::Identity, _)));
        assert!(is_told, "{stored}: {examined:?}");
    }
}

/// At most one in a thousand of what only looks like a number of a person is taken for one.
#[test]
fn what_only_looks_like_a_number_is_none() {
    let (mut dice, count) = (Dice(3), 20_000);
    let mut alarms = Vec::new();
    for at in 0..count {
        let text = format!("据统计，{}，以上。", DECOYS[at % DECOYS.len()](&mut dice));
        let found = personal::find(&text);
        if !found.is_empty() {
            alarms.push(format!("{text} {found:?}"));
        }
    }
    let some = alarms[..alarms.len().min(40)].join("\n");
    assert!(alarms.len() * 1_000 <= count, "{} of {count}:\n{some}", alarms.len());
}

/// What a site gives as its own is nobody's.
#[test]
fn the_publisher_may_be_called() {
    let site = "-- site.yaml --\ntitle: 档案\nbase_url: https://www.example.org/\npublisher: { name: 司法局, phone: \"13800138000\", email: sfj@163.com }\n-- content/jiangmen/2018.md --\n---\ntitle: 江门市人民政府2018年度法治政府建设情况报告\nissuer: 江门市人民政府\npublished: 2019-03-20\n---\n一、电话 138 0013 8000，邮箱 sfj@163.com，家里 13800138001。\n";
    let found = Project::in_world(site).check();
    let lines = found.lines();
    assert_eq!(lines.matches("personal/").count(), 1, "{lines}");
    assert!(lines.contains("138****8001"), "{lines}");
}

/// Files that programs of others wrote (`tests/leaks/generate.py`).
#[test]
fn files_of_other_programs_are_read() {
    let mut told = String::new();
    let folder = root().join("tests/leaks/files");
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().unwrap().to_str().unwrap();
        told.push_str(&format!("{name}\n"));
        for found in examine(name, &fs::read(&path).unwrap()).found {
            told.push_str(&format!("  {:?}: {}\n", found.what, found.count));
            for (place, shown) in found.first {
                told.push_str(&format!("    {} {shown}\n", place.zh));
            }
        }
    }
    insta::assert_snapshot!(told);
}

/// The program, on a site's folder.
fn program(root: &Utf8Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xiangwei"))
        .args(["--site", root.as_str()])
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// A report with these lines of front matter and this text.
fn report(matter: &str, text: &str) -> String {
    format!(
        "---\ntitle: 江门市人民政府2019年度法治政府建设情况报告\nissuer: 江门市人民政府\npublished: 2020-03-20\n{matter}---\n{text}\n"
    )
}

/// A site with a number of every kind at every place; and the numbers.
fn leaky() -> (Folder, Vec<String>) {
    let mut dice = Dice(4);
    let makes = [
        numbers::identity,
        numbers::card,
        numbers::mobile,
        numbers::mailbox,
        numbers::plate,
        numbers::passport,
    ];
    let mut all = Vec::new();
    let mut some = || {
        let made = makes.map(|make| make(&mut dice));
        all.extend(made.iter().cloned());
        let [identity, card, mobile, mailbox, plate, passport] = made;
        format!("身份证 {identity}，卡号 {card}，手机 {mobile}，{mailbox}，{plate}，护照 {passport}")
    };
    let mut project = Project::in_world("");
    let world = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
    project.edit("site.yaml", format!("{world}# {}\n", some()));
    project.edit(
        "content/jiangmen/_index.md",
        format!("---\nname: 江门市\nlevel: prefecture\n---\n{}\n", some()),
    );
    let attachments: String = PLACES
        .iter()
        .enumerate()
        .map(|(at, (_, name, _))| format!("  - {{ file: {at}-{name} }}\n"))
        .collect();
    let matter = format!("summary: {}\n# {}\nattachments:\n{attachments}", some(), some());
    project.edit(
        "content/jiangmen/2019/index.md",
        report(&matter, &format!("一、{}\n\n<!-- {} -->", some(), some())),
    );
    for (at, (_, name, file)) in PLACES.iter().enumerate() {
        project.edit(&format!("content/jiangmen/2019/{at}-{name}"), file(&some()));
    }
    let photograph = fs::read(root().join("tests/leaks/files/pillow.jpg")).unwrap();
    project.edit("themes/own/assets/d.jpg", &*photograph);
    project.edit("static/b.jpg", photograph).edit("static/c.pdf", "%PDF-1.4\ntrailer << /Encrypt 1 0 R >>");
    project.edit("static/a.txt", some());
    project.edit("static/13800138000.txt", "甲");
    all.push("13800138000".to_owned());
    (project.on_disk(), all)
}

/// Nothing that the program says shows a number, in whatever form it says it; and it speaks of every file.
#[test]
fn no_form_of_the_report_shows_a_number() {
    let (folder, all) = leaky();
    for format in ["frame", "short", "json", "sarif", "github"] {
        for language in ["en", "zh"] {
            let told = said(&program(
                folder.path(),
                &["check", "--verbose", "--format", format, "--message-language", language],
            ));
            let shown: Vec<&String> = all.iter().filter(|number| told.contains(&***number)).collect();
            assert!(shown.is_empty(), "{format}: {shown:?}\n{told}");
            for (at, place) in PLACES.iter().enumerate() {
                let is_told = told.contains(&format!("/{at}-a."));
                assert!(is_told, "{format} says nothing of {}\n{told}", place.0);
            }
            for code in ["number", "likely", "unreadable", "whereabouts"] {
                assert!(
                    told.contains(&format!("personal/{code}")),
                    "{format} has no personal/{code}\n{told}"
                );
            }
            for path in
                ["site.yaml", "jiangmen/_index.md", "2019/index.md", "a.txt", "8000.txt", "assets/d.jpg"]
            {
                assert!(told.contains(path), "{format} says nothing of {path}\n{told}");
            }
        }
    }
}

/// The number of a person in a workbook stops a publication before anything is sent, and so does one that only a
/// page has; with a reason it may go.
#[test]
fn what_the_gate_stops_reaches_no_server() {
    let number = numbers::identity(&mut Dice(5));
    let (there, site) = (tempfile::tempdir().unwrap(), Project::fixture("attachments"));
    let target = Utf8Path::from_path(there.path()).unwrap().join("www");
    let is_empty = || fs::read_dir(&target).map_or(true, |mut files| files.next().is_none());
    let refused = |folder: &Folder, code: &str| {
        let output = program(folder.path(), &["publish", target.as_str(), "--message-language", "en"]);
        let told = said(&output);
        assert!(!output.status.success() && told.contains(code) && !told.contains(&number), "{told}");
        assert!(is_empty(), "something was sent");
    };
    let workbook = files::PLACES.iter().find(|(place, ..)| *place == "xlsx: hidden sheet").unwrap();
    let mut with_workbook = site.clone();
    let index = String::from_utf8(site.files()["content/jiangmen/2019/index.md"].clone()).unwrap();
    let index = index.replace("attachments:\n", "attachments:\n  - { file: 名单.xlsx, title: 名单 }\n");
    with_workbook
        .edit("content/jiangmen/2019/index.md", index)
        .edit("content/jiangmen/2019/名单.xlsx", workbook.2(&number));
    refused(&with_workbook.on_disk(), "personal/number");
    // Only the page has it whole.
    let (first, last) = number.split_at(9);
    let template =
        format!("{{% set first = \"{first}\" %}}{{% set last = \"{last}\" %}}<p>{{{{ first ~ last }}}}</p>");
    let mut with_page = site.clone();
    with_page.edit("templates/parts/footer.html", template);
    let folder = with_page.on_disk();
    refused(&folder, "personal/number");
    assert!(!folder.path().join("public/index.html").exists());
    // With a reason it may.
    let settings = String::from_utf8(site.files()["site.yaml"].clone()).unwrap();
    let allowed = "  - { code: personal/number, allow: content/jiangmen/2019/名单.xlsx, reason: 试 }\n";
    with_workbook.edit("site.yaml", format!("{settings}{allowed}"));
    let output = program(with_workbook.on_disk().path(), &["publish", target.as_str()]);
    assert!(output.status.success() && !is_empty(), "{}", said(&output));
}

/// A page with something likely is looked at by every build, though nothing has changed since the last.
#[test]
fn a_page_that_is_taken_over_was_looked_at() {
    let mut site = Project::fixture("attachments");
    site.edit(
        "templates/parts/footer.html",
        "{% set first = \"1380013\" %}<p>电话 {{ first ~ \"8000\" }}</p>",
    );
    let folder = site.on_disk();
    for _ in 0..2 {
        let output = program(folder.path(), &["build"]);
        assert!(output.status.success() && said(&output).contains("personal/likely"), "{}", said(&output));
    }
    let output = program(folder.path(), &["build", "--strict"]);
    assert!(!output.status.success(), "{}", said(&output));
    site.edit("templates/parts/footer.html", "<p>电话 138****8000</p>");
    let clean = program(site.on_disk().path(), &["build", "--strict"]);
    assert!(clean.status.success(), "{}", said(&clean));
}

/// What an office's own words excuse in a source is not told of a page, where those words stand elsewhere.
#[test]
fn a_telephone_of_an_office_is_excused_on_pages_too() {
    let table = "一、概况\n\n| 单位 | 电话 |\n|---|---|\n| 江门市司法局办公室 | 0750-3278000 |\n";
    let checked =
        Project::in_world(&format!("-- content/jiangmen/2019.md --\n{}", report("", table))).check();
    assert!(!checked.lines().contains("personal/"), "{}", checked.lines());
}

/// The files of the search are packed, and the gate does not unpack them: all their words stand on pages, so a remark
/// in a source is in none.
#[test]
fn the_search_has_the_words_of_pages_alone() {
    let mut dice = Dice(6);
    let (shown, remark) = (numbers::mobile(&mut dice), numbers::mobile(&mut dice));
    let text = format!("一、联系\n\n张某电话 {shown}。\n\n<!-- 校对 {remark} -->\n");
    let site = Project::in_world(&format!(
        "-- content/jiangmen/2019.md --\n{}",
        report(&format!("# {remark}\n"), &text)
    ));
    let (site, _) = site.make(site.sources(), &Wishes::default(), true);
    let pages: String = site
        .iter()
        .filter(|(path, _)| path.extension() == Some("html"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    let values = |text: &str| -> BTreeSet<String> {
        personal::find(text).iter().map(|found| found.value().to_owned()).collect()
    };
    let on_pages = values(&pages);
    let mut in_search = BTreeSet::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("pagefind")) {
        let plain = if bytes.starts_with(&[0x1f, 0x8b]) { unpacked_bytes(bytes) } else { bytes.clone() };
        let text = String::from_utf8_lossy(&plain);
        assert!(!text.contains(&remark), "{path}");
        in_search.extend(values(&text));
    }
    assert!(in_search.contains(&shown), "no file of the search has {shown}: {in_search:?}");
    assert!(in_search.is_subset(&on_pages), "{in_search:?} {on_pages:?}");
}

fn unpacked_bytes(bytes: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

/// An attachment of pictures alone says so once, and not again that it cannot be read; one of which some pages have
/// words is one that can be read in part.
#[test]
fn an_attachment_that_is_a_scan_says_so_once() {
    let mut project = Project::in_world("");
    for (name, file) in [
        ("scan.pdf", files::scan(3, None)),
        ("part.pdf", files::scan(2, Some("Report on the rule of law of the year"))),
        ("text.pdf", files::scan(0, Some("Report on the rule of law of the year"))),
    ] {
        project.edit(&format!("static/{name}"), file);
    }
    let output =
        program(project.on_disk().path(), &["check", "--format", "short", "--message-language", "en"]);
    let told = said(&output);
    let of = |name: &str| {
        told.lines().filter(|line| line.contains(&format!("static/{name}:"))).collect::<Vec<_>>()
    };
    assert!(
        matches!(&*of("scan.pdf"), [line] if line.contains("attachment/scanned") && line.contains("pages: 3")),
        "{told}"
    );
    assert!(matches!(&*of("part.pdf"), [line] if line.contains("personal/unreadable")), "{told}");
    assert!(of("text.pdf").is_empty(), "{told}");
}
