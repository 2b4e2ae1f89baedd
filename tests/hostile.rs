//! Texts of people who mean harm, or whose tools did it: many small ones from a table of constructs
//! and of places where each may stand. The program reads and builds them as a process of its own,
//! under limits of memory and time, and every page is held against an allow-list.

#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a test writes folders of its own and runs the program")]

#[path = "support/allowed.rs"]
mod allowed;
#[path = "hostile/constructs.rs"]
mod constructs;
#[path = "hostile/limited.rs"]
mod limited;
#[path = "hostile/shown.rs"]
mod shown;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use allowed::faults;
use constructs::{CONSTRUCTS, PLACES, WORDS};
use limited::Limited;
use support::Project;

/// The settings around the corpus.
const WORLD: &str = "\
-- site.yaml --
title: 档案
base_url: https://www.example.org/
-- indicators.yaml --
closed: { name: 办结案件, unit: 件, kind: flow }
";

/// A place with a page of its own for the construct `at`.
fn slug(at: usize) -> String {
    format!("case{at}")
}

/// Every file of the corpus: each construct at each place.
fn corpus() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (at, construct) in CONSTRUCTS.iter().enumerate() {
        for (number, place) in PLACES.iter().enumerate() {
            files.insert(place.path(&slug(at), number), place.file(construct));
        }
    }
    files
}

fn site(files: &BTreeMap<String, String>) -> Project {
    let mut project = Project::new(WORLD);
    for (path, text) in files {
        project.edit(path, text.as_bytes());
    }
    project
}

/// The files with an error, and the codes.
fn refused(project: &Project) -> BTreeMap<String, BTreeSet<String>> {
    let folder = project.on_disk();
    let ran = Limited::default().run(folder.path(), &["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a list of findings");
    let mut refused: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = found.as_array().or_else(|| found["diagnostics"].as_array()).expect("findings are a list");
    for finding in all.iter().filter(|finding| finding["severity"] == "error") {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        refused.entry(text("path")).or_default().insert(text("code"));
    }
    refused
}

#[test]
fn no_page_of_the_corpus_holds_what_is_not_allowed() {
    let mut files = corpus();
    assert!(files.len() > 300, "the corpus has {} files", files.len());
    let refused = refused(&site(&files));
    for path in refused.keys() {
        files.remove(path);
    }
    // A document needs its place.
    for at in 0..CONSTRUCTS.len() {
        let place = format!("content/{}/_index.md", slug(at));
        files.entry(place).or_insert_with(|| "---\nname: 某市\nlevel: prefecture\n---\n".into());
    }
    let folder = site(&files).on_disk();
    let ran = Limited::default().run(folder.path(), &["build", "--no-search"]);
    assert!(ran.succeeded, "{}{}", ran.stdout, ran.stderr);
    let mut pages = 0;
    let mut found = Vec::new();
    for (path, bytes) in Project::folder(&folder.path().join("public")).files() {
        if path.ends_with(".html") {
            pages += 1;
            let page = std::str::from_utf8(bytes).unwrap();
            found.extend(faults(page, &WORDS).into_iter().map(|fault| format!("{path}: {fault}")));
        }
    }
    assert!(pages > 300, "only {pages} pages were looked at");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The front matter of a report with one figure.
const CLAIM: &str =
    "---\ntitle: 报告\nissuer: 某局\npublished: 2020-03-20\nindicators: { closed: 99999 }\n---\n";

/// The page of a report with this text, and the codes of what is wrong with it.
fn read(matter: &str, text: &str) -> (String, BTreeSet<&'static str>) {
    let mut project = Project::new(WORLD);
    project.edit("content/a/_index.md", "---\nname: 某市\nlevel: prefecture\n---\n");
    project.edit("content/a/2019.md", format!("{matter}{text}"));
    let codes = project.check().codes();
    let page = match codes.iter().any(|code| code.starts_with("indicator/")) {
        true => String::new(),
        false => {
            String::from_utf8(project.site()[camino::Utf8Path::new("a/2019/index.html")].clone()).unwrap()
        }
    };
    (page, codes)
}

#[test]
fn only_a_tag_goes_and_it_is_told() {
    let matter = CLAIM.replace("indicators: { closed: 99999 }\n", "");
    for (text, expected) in [
        ("甲<script>run()</script>乙", "甲乙"),
        ("甲<script>乙\n\n丙", "甲乙丙"),
        ("甲\n\n<script>\n乙\n\n## 丙", "甲乙丙"),
        ("<SCRIPT>run()</SCRIPT>\n\n甲", "甲"),
        ("甲<style>乙</style>丙<style>丁", "甲丙丁"),
        ("甲<script>乙<script>run()</script>丙</script>丁", "甲乙丙丁"),
        ("甲<template>乙</template>丙<template>丁", "甲丙丁"),
        ("甲<title>乙</title>丙<title>丁", "甲乙丙丁"),
        ("甲<textarea>乙</textarea>丙\n\n<textarea>\n丁", "甲乙丙丁"),
        ("甲<xmp>乙</xmp>丙<noembed>丁</noembed>戊<noscript>己</noscript>", "甲乙丙丁戊己"),
        ("甲<iframe>乙</iframe>丙<plaintext>丁", "甲乙丙丁"),
        ("> <iframe>\n> 甲\n\n乙", "甲乙"),
        ("甲<svg><title>乙</title></svg>丙<math><mi>丁</mi></math>", "甲丙"),
        ("<table><tr><td><script>甲</td><td>乙</td></tr></table>丙", "甲乙丙"),
        ("甲<select><option>乙<option>丙</select>", "甲乙丙"),
    ] {
        let (page, codes) = read(&matter, text);
        let words: String = shown::words(&page).split_whitespace().collect();
        assert_eq!(words, expected, "{text}");
        assert!(codes.contains("html/removed"), "{text}: {codes:?}");
    }
}

#[test]
fn what_the_page_does_not_show_is_no_evidence_and_what_it_shows_is() {
    for (text, is_shown) in [
        ("全年办结案件99999件。", true),
        ("甲<template>全年办结案件99999件。</template>乙", false),
        ("甲<!-- 全年办结案件99999件。 -->乙", false),
        ("<!--\n全年办结案件99999件。\n-->\n\n乙", false),
        ("![全年办结案件99999件](/ \"全年办结案件99999件\")", false),
        ("# 办结案件99999件\n\n甲", false),
        ("甲<svg><title>办结案件99999件</title></svg><math><mn>办结案件99999件</mn></math>", false),
        ("<abbr title=\"办结案件99999件\">甲</abbr>", false),
        ("<p hidden>全年办结案件99999件。</p>", true),
        ("<div>全年办结案件99999件。</div>", true),
        ("<details><summary>甲</summary>全年办结案件99999件。</details>", true),
        ("全年办结案件<br>99999件，<b>其中</b>", true),
        ("全年办结<img src=\"/a/\">案件<u>99999</u>件。", true),
        ("<table><tr><td>办结案件（件）</td><td>99999</td></tr></table>", true),
        (
            "<table><tr><th rowspan=2>项目</th><th colspan=2>年度</th></tr><tr><th>2018年</th><th>2019年</th></tr>\
             <tr><td>办结案件</td><td>5</td><td>99999</td></tr></table>",
            true,
        ),
        ("<table><tr><td rowspan=2>办结案件</td><td>99999</td></tr><tr><td>5</td></tr></table>", true),
        ("<h2>一、办结案件99999件</h2>\n\n甲", true),
    ] {
        let (page, codes) = read(CLAIM, text);
        assert_eq!(!codes.contains("indicator/unsupported"), is_shown, "{text}: {codes:?}");
        if is_shown {
            assert!(
                page.contains("id=fig-closed") || text.contains("<br>") || text.contains("<u>"),
                "{text}: {page}"
            );
        }
    }
}

#[test]
fn html_of_an_author_makes_sections_like_markdown() {
    let (page, _) = read(
        &CLAIM.replace("indicators: { closed: 99999 }\n", ""),
        "<h2>一、做法</h2>\n\n<p>（一）<b>强化监督。</b>全年</p>\n\n**（二）提高质效**全年开会\n\n1.**建章立制。**共\n\n<div id=\"sec-1\" class=\"head\">甲</div>\n",
    );
    for anchor in ["sec-1", "sec-1-1", "sec-1-2", "sec-1-2-1"] {
        let count = |written: String| page.matches(&written).count();
        let is_own = count(format!(" id={anchor}>")) == 1;
        assert!(is_own && count(format!(" id=\"{anchor}\"")) == 0, "{anchor}: {page}");
    }
    assert!(page.contains("<b>（二）提高质效</b>全年开会"), "{page}");
    assert!(page.contains("<b>1.建章立制。</b>共"), "{page}");
}

/// Constructs that might take more than their share: what stands before, what is said again and again,
/// and what stands behind.
const GROWING: [(&str, &str, &str); 55] = [
    ("", "<div>", ""),
    ("", "<details>\n\n", ""),
    ("", "> ", "甲"),
    ("", "- ", "甲"),
    ("甲", "[^1]", "\n\n[^1]: 注\n"),
    ("", "甲[^1]\n\n[^1]: 注\n\n", ""),
    ("", "甲<br>", ""),
    ("|甲|乙|\n|--|--|\n", "|甲|1|\n", ""),
    ("|甲", "|甲", "|\n|--|\n|1|\n"),
    ("", "|", ""),
    ("", "![[", ""),
    ("", "[", ""),
    ("", "[甲][", ""),
    ("", "[甲]: /a/\n", ""),
    ("", "甲[乙](/a/)", ""),
    ("", "**甲。**乙", ""),
    ("", "**甲 ", ""),
    ("", "***甲*", ""),
    ("", "_甲", ""),
    ("", "\\", ""),
    ("", "`甲", ""),
    ("", "~~~\n", ""),
    ("", "\t甲\n", ""),
    ("", "甲\n", ""),
    ("", "<!--\n", ""),
    ("", "<div a=\"\n", ""),
    ("", "<script>", ""),
    ("", "<b>", ""),
    ("", "<a href=/b/>", ""),
    ("", "甲<svg>", ""),
    ("<table>", "<tr><td rowspan=9 colspan=9>1</td></tr>", "</table>"),
    ("<ul>", "<li>甲", ""),
    ("", "<p>甲", ""),
    ("", "</div>", ""),
    ("<div>", "&ldquo;", "</div>"),
    ("", "&", ""),
    ("", "## 一、甲\n\n乙\n\n", ""),
    ("", "（一）甲。乙\n\n", ""),
    ("", "全年办结案件12件。", ""),
    ("", "1,", ""),
    ("", "〇", ""),
    ("", "\u{fdfa}", ""),
    ("", "甲\u{200b}", ""),
    ("", "推(tuī)进", ""),
    ("", "《甲", ""),
    ("", "共30件，其中5件、", ""),
    ("", "合计5件，", ""),
    ("", "由3件增至5件，增长9%，", ""),
    ("", "占3件的5%。", ""),
    ("", "《行政复议法》根据行政复议法第三条，", ""),
    ("", "市政务服务和大数据管理局", ""),
    ("", "低保户户主张建国，", ""),
    ("低保名单：", "张建国、", ""),
    ("|低保户姓名|\n|--|\n", "|张建国|\n", ""),
    ("", "甲", ""),
];

/// A site whose one report has a text of about so many bytes.
fn grown((before, construct, behind): (&str, &str, &str), bytes: usize) -> Project {
    let text = format!("{before}{}{behind}", construct.repeat(bytes / construct.len()));
    let matter = CLAIM.replace("indicators: { closed: 99999 }\n", "");
    let mut project = Project::new(WORLD);
    project.edit("content/a/_index.md", "---\nname: 某市\nlevel: prefecture\n---\n");
    project.edit("content/a/2019.md", format!("{matter}{text}\n"));
    project
}

#[test]
fn no_construct_takes_more_than_its_share() {
    for growing in GROWING {
        let folder = grown(growing, 200_000).on_disk();
        let limited = Limited { kilobytes: 3 << 20, time: Duration::from_secs(60) };
        let ran = limited.run(folder.path(), &["build", "--no-search", "--format", "short"]);
        let mut codes = ran.stdout.lines().filter(|line| line.contains("error["));
        let expected = ["text/too-", "link/missing", "ordinal/repeated"];
        assert!(
            ran.succeeded || codes.all(|line| expected.iter().any(|code| line.contains(code))),
            "{growing:?}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
}

/// Counts instructions and not seconds, with Valgrind, which takes minutes: `scripts/slow.sh` runs it,
/// on the program that `XIANGWEI` names.
#[test]
#[ignore = "takes minutes, and Valgrind"]
fn work_grows_no_faster_than_a_text() {
    let mut fast = Vec::new();
    for growing in GROWING {
        let [once, twice, four_times] = [15_000, 30_000, 60_000].map(|bytes| counted(&grown(growing, bytes)));
        let ratio = (four_times - twice) / (twice - once);
        // A text that is refused costs next to nothing, and no ratio tells anything.
        if ratio > 2.5 && four_times > 1.2 * once {
            fast.push(format!("{growing:?} takes {ratio:.2} times the work when it doubles"));
        }
    }
    assert!(fast.is_empty(), "{}", fast.join("\n"));
}

/// The instructions of a check of a site.
fn counted(project: &Project) -> f64 {
    let folder = project.on_disk();
    let program = std::env::var("XIANGWEI").unwrap_or_else(|_| env!("CARGO_BIN_EXE_xiangwei").to_owned());
    let ran = std::process::Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", &program])
        .args(["build", "--no-search", "--quiet", "--format", "short", "--site", folder.path().as_str()])
        // A thread that waits for work counts as well.
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("Valgrind is installed");
    let told = String::from_utf8_lossy(&ran.stderr);
    let line = told
        .lines()
        .find(|line| line.contains("I") && line.contains("refs:"))
        .unwrap_or_else(|| panic!("{told}"));
    let digits: String =
        line.rsplit(':').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
