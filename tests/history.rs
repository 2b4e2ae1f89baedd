//! What was published stays: an archive lives through ten years of publications, and after each no
//! address, no section and no entry is lost, and nothing that was withdrawn is found.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads what it has built")]

mod support;

#[path = "history/life.rs"]
mod life;
#[path = "history/reader.rs"]
mod reader;

use std::collections::BTreeSet;

use camino::Utf8Path;
use life::{Life, Size};
use reader::Reader;
use support::Project;
use xiangwei::build::Wishes;
use xiangwei::config::BaseUrl;
use xiangwei::diag::{Diagnostic, Severity};
use xiangwei::proof;
use xiangwei::publications::{Event, PublicationLog};
use xiangwei::seal::SecretKey;
use xiangwei::site::{self, Manifest};
use xiangwei::tlog::Checkpoint;

/// The record of a site; nothing may be wrong with it. Whatever else vouches for the record is asked here
/// as well.
fn verified(project: &Project) -> PublicationLog {
    let read = PublicationLog::read(&project.sources());
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value
}

/// Signs the head of the record, which no earlier head may contradict, and keeps it among the sources.
fn signed(life: &mut Life, heads: &mut Vec<Checkpoint>) {
    let (log, key) = (verified(&life.project), SecretKey::new(&[7; 32], *b"a number"));
    let base = BaseUrl::parse("https://www.example.org/").unwrap();
    let head = proof::sign(&log, &base, &key, heads.last()).expect("the record goes on from what was signed");
    assert!(heads.iter().all(|before| proof::is_of(&proof::tree(&log), &before.head)));
    life.project.edit("publications/checkpoint", head.text());
    heads.push(head);
}

/// Whether the site's own files prove its log, and the log the texts on the site.
fn audited(life: &Life) {
    let site = life.site();
    let manifest: Manifest =
        site.iter().map(|(path, bytes)| (path.clone(), site::FileDigest::of(bytes))).collect();
    let file = |path: &str| site.get(Utf8Path::new(&format!("log/{path}"))).cloned();
    let head = Checkpoint::read(std::str::from_utf8(&file("checkpoint").unwrap()).unwrap()).unwrap();
    proof::audit(&head, &manifest, &file).unwrap();
}

/// Lives through ten years.
fn live(size: Size) -> usize {
    let mut life = Life::begin(size);
    let mut reader = Reader::default();
    let (mut record, mut heads) = (verified(&life.project), Vec::new());
    for year in 0..10 {
        life.year(year);
        let kept = life.records();
        let added = life.project.publish(&format!("{}-04-01T09:00:00+08:00", 2016 + year));
        let again = life.project.appendix("2030-01-01T09:00:00+08:00");
        assert!(again.is_empty(), "a second time adds {again:?}");
        for (path, bytes) in kept {
            assert!(life.project.files().get(&path) == Some(&bytes), "{path} was written to");
        }
        let now = verified(&life.project);
        assert_eq!(&now.entries()[..record.entries().len()], record.entries(), "entries are only added");
        assert_eq!(now.entries()[record.entries().len()..], added);
        record = now;
        signed(&mut life, &mut heads);
        life.build();
        audited(&life);
        reader.visit(&life);
    }
    reader.known()
}

#[test]
fn ten_years_lose_nothing() {
    let addresses = live(Size { places: 4, notices: 1 });
    assert!(addresses > 300, "{addresses} addresses are few");
}

#[test]
#[ignore = "takes minutes; scripts/slow.sh runs it"]
fn ten_years_of_two_thousand_addresses_lose_nothing() {
    let addresses = live(Size { places: 16, notices: 2 });
    assert!(addresses > 2000, "{addresses} addresses are few");
}

const SITE: &str = "\
-- content/jiangmen/2019/index.md --
---
title: 江门市2019年度报告
issuer: 江门市人民政府
published: 2020-03-20
summary: 概要里的朱雀门内。
keywords: [朱雀门内]
indicators: { reconsideration_closed: { value: 745, quote: 朱雀门内办结行政复议案件745件 } }
attachments: [{ file: 名册.csv, title: 朱雀门内名册 }]
MATTER---
## 一、概况

全年在朱雀门内办结行政复议案件745件。

## 朱雀门内的说明

见[名册](名册.csv)。
-- content/jiangmen/2019/名册.csv --
朱雀门内,1
-- content/jiangmen/2020.md --
---
title: 江门市2020年度报告
issuer: 江门市人民政府
published: 2021-03-20
---
## 一、概况

全年办结行政复议案件800件。
";

/// The files that hold the words, packed or not.
fn holders<'a>(files: impl Iterator<Item = (&'a str, &'a Vec<u8>)>) -> Vec<String> {
    let words = "朱雀门内".as_bytes();
    let pinyin: BTreeSet<&[u8]> = BTreeSet::from([words, "%E6%9C%B1%E9%9B%80%E9%97%A8%E5%86%85".as_bytes()]);
    let has = |bytes: &[u8]| pinyin.iter().any(|word| bytes.windows(word.len()).any(|at| at == *word));
    let holds = |(path, bytes): &(&str, &Vec<u8>)| {
        let is_packed = bytes.starts_with(&[0x1f, 0x8b]);
        path.contains("朱雀门内") || has(bytes) || is_packed && has(unpacked_bytes(bytes).as_slice())
    };
    files.filter(holds).map(|(path, _)| path.to_owned()).collect()
}

fn unpacked_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut all).unwrap();
    all
}

fn of_site(project: &Project) -> Vec<String> {
    let (site, _) = project.make(project.sources(), &Wishes::default(), true);
    holders(site.iter().map(|(path, bytes)| (path.as_str(), bytes)))
}

fn of_record(project: &Project) -> Vec<String> {
    let files = project.files().iter().filter(|(path, _)| path.starts_with("publications/"));
    holders(files.map(|(path, bytes)| (path.as_str(), bytes)))
}

#[test]
fn what_is_withdrawn_is_nowhere() {
    let text = |matter: &str| SITE.replace("MATTER", matter);
    let mut project = Project::in_world(&text(""));
    project.publish("2020-03-20T09:00:00+08:00");
    let corrected = text("corrections: [{ date: 2020-05-06, note: 更正 }]\n").replace("一、概况", "一、总况");
    project.edit(
        "content/jiangmen/2019/index.md",
        Project::new(&corrected).files()["content/jiangmen/2019/index.md"].clone(),
    );
    project.publish("2020-05-06T09:00:00+08:00");
    let before = of_site(&project);
    for needed in [
        "jiangmen/2019/index.html",
        "jiangmen/2019/versions/1/index.html",
        "jiangmen/2019/index.md",
        "jiangmen/2019/名册.csv",
    ] {
        assert!(before.iter().any(|path| path == needed), "{needed} has the words before: {before:?}");
    }
    assert!(
        before.iter().any(|path| path.starts_with("search/") || path.starts_with("pagefind/")),
        "{before:?}"
    );
    assert_eq!(of_record(&project).len(), 2, "two texts are kept: {:?}", of_record(&project));
    for (reason, kept) in [("error", 2), ("personal-data", 0)] {
        let mut withdrawn = project.clone();
        let matter = format!(
            "status: withdrawn\nwithdrawal: {{ date: 2020-06-01, reason: {reason}, what: 另行公布 }}\n"
        );
        withdrawn.edit(
            "content/jiangmen/2019/index.md",
            Project::new(&text(&matter)).files()["content/jiangmen/2019/index.md"].clone(),
        );
        assert_eq!(of_site(&withdrawn), [""; 0], "before it is published");
        withdrawn.publish("2020-06-01T09:00:00+08:00");
        assert_eq!(of_site(&withdrawn), [""; 0]);
        assert_eq!(of_record(&withdrawn).len(), kept, "{reason}");
        let site = withdrawn.site();
        let page = String::from_utf8(site["jiangmen/2019/index.html".as_ref() as &camino::Utf8Path].clone())
            .unwrap();
        let digest = verified(&project)
            .entries()
            .iter()
            .rev()
            .find(|entry| entry.address.as_str() == "/jiangmen/2019/")
            .unwrap()
            .sha256
            .clone();
        assert!(
            page.contains("江门市2019年度报告") && page.contains(&digest) && page.contains("另行公布"),
            "{page}"
        );
        let codes = withdrawn.check().codes();
        assert!(codes.iter().all(|code| *code == "attachment/unlisted"), "{}", withdrawn.check().frames());
    }
}

/// A document that tells of a person is taken back at once: what links to it, what lies beside it and what is wrong in
/// its own text need not be mended before.
#[test]
fn to_withdraw_is_one_edit() {
    let (path, linking) = ("content/jiangmen/2019/index.md", "content/jiangmen/2020.md");
    let mut project = Project::in_world(&SITE.replace("MATTER", ""));
    let text = |project: &Project, path: &str| String::from_utf8(project.files()[path].clone()).unwrap();
    let links = "\n见[名册](/jiangmen/2019/名册.csv)、[概况](2019/index.md#sec-1)、[来源](/jiangmen/2019/index.md)。\n";
    project.edit(linking, text(&project, linking) + links);
    project.publish("2020-03-20T09:00:00+08:00");
    assert!(project.check().codes().is_empty(), "{}", project.check().frames());
    // That it has to be taken back is seen by what is wrong with it now.
    let seen =
        format!("{}\n当事人的身份证号码是440703199003071235。见[附图](图.png)。\n", text(&project, path));
    project.edit(path, seen.as_str()).remove("content/jiangmen/2019/名册.csv");
    let wrong = project.check().codes();
    assert!(wrong.contains("personal/number") && wrong.contains("attachment/missing"), "{wrong:?}");
    let said = seen.replacen("---\n", "---\nwithdrawal: { date: 2020-06-01, reason: personal-data }\n", 1);
    project.edit(path, said);
    let checked = project.check();
    assert_eq!(checked.codes(), BTreeSet::from(["link/withdrawn"]), "{}", checked.frames());
    assert!(
        checked.diagnostics.iter().all(|found| found.severity == Severity::Note && *found.path == *linking)
    );
    assert_eq!(checked.diagnostics.len(), 3);
    let page = String::from_utf8(project.site()[Utf8Path::new("jiangmen/2020/index.html")].clone()).unwrap();
    assert!(page.contains("<a href=\"/jiangmen/2019/\">名册</a>"), "{page}");
    assert!(page.contains("<a href=\"/jiangmen/2019/\">来源</a>") && !page.contains("名册.csv"));
    // What its front matter says goes out still.
    let (matter, number) = (text(&project, path), "440703199003071235");
    project
        .edit(path, matter.replace("title: 江门市2019年度报告", &format!("title: 江门市{number}年度报告")));
    assert!(project.check().codes().contains("personal/number"));
}

#[test]
fn what_changes_without_a_word_is_told() {
    let mut project = Project::in_world(&SITE.replace("MATTER", ""));
    project.publish("2020-03-20T09:00:00+08:00");
    let path = "content/jiangmen/2019/index.md";
    let text = String::from_utf8(project.files()[path].clone()).unwrap();
    let codes = |change: &dyn Fn(&mut Project)| {
        let mut changed = project.clone();
        change(&mut changed);
        changed.check().codes().into_iter().collect::<Vec<_>>()
    };
    let edited = |from: &str, to: &str| {
        let text = text.replace(from, to);
        codes(&move |project: &mut Project| {
            project.edit(path, text.as_str());
        })
    };
    assert_eq!(edited("一、概况", "一、概述"), ["change/text"]);
    assert_eq!(edited("745", "746"), ["change/figure"]);
    assert_eq!(edited("2020-03-20", "2020-03-21"), ["change/date"]);
    assert_eq!(edited("keywords: [朱雀门内]", "keywords: [门]"), [""; 0], "what is said about it may change");
    assert_eq!(
        codes(&|project| {
            project.edit("content/jiangmen/2019/名册.csv", "甲,1\n");
        }),
        ["change/attachment"]
    );
    let said = text
        .replace("745", "746")
        .replace("summary", "corrections: [{ date: 2020-05-06, note: 更正件数 }]\nsummary");
    assert_eq!(
        codes(&|project| {
            project.edit(path, said.as_str());
        }),
        [""; 0]
    );
    assert_eq!(
        codes(&|project| {
            project.remove("content/jiangmen/2018.md");
        }),
        ["change/gone"]
    );
    assert!(edited("summary", "status: withdrawn\nsummary").contains(&"change/withdrawal"));
}

#[test]
fn a_day_that_has_not_come_is_told_where_a_day_is_named() {
    let project = Project::in_world("");
    let on = |today: &str| {
        let wishes = Wishes { today: Some(today.parse().unwrap()), ..Wishes::default() };
        let (archive, _) = xiangwei::build::prepare(project.sources(), &wishes).value;
        let outline = xiangwei::outline::outline(&archive, false).value;
        let found = xiangwei::history::changes(&archive, &outline);
        found.iter().map(|found: &Diagnostic| found.code).collect::<Vec<_>>()
    };
    assert_eq!(on("2019-03-19"), ["change/future"]);
    assert_eq!(on("2019-03-20"), [""; 0]);
}

#[test]
fn a_publication_that_was_broken_off_adds_the_rest() {
    let project = Project::in_world(&SITE.replace("MATTER", ""));
    let when = "2020-03-20T09:00:00+08:00";
    let mut whole = project.clone();
    whole.publish(when);
    let files = project.appendix(when).files;
    assert!(files.len() > 3, "{files:?}");
    for done in 0..files.len() {
        let mut broken_off = project.clone();
        for (path, text) in &files[..done] {
            broken_off.edit(path.as_str(), text.as_str());
        }
        broken_off.publish(when);
        assert!(broken_off.files() == whole.files(), "after {done} files");
    }
}

#[test]
fn of_two_publishers_one_stops() {
    let folder = Project::in_world("").on_disk();
    let file = |when: &str| {
        let files = Project::in_world("").appendix(when).files;
        files.into_iter().find(|(path, _)| path.extension() == Some("jsonl")).unwrap()
    };
    let ((path, first), (_, second)) = (file("2020-03-20T09:00:00+08:00"), file("2020-03-20T09:00:01+08:00"));
    let add = |text: &str| xiangwei::disk::add(folder.path(), &path, text.as_bytes());
    assert!(add(&first).is_ok() && add(&first).is_ok(), "the same may be there");
    assert!(add(&second).is_err(), "another entry of the same number may not");
    assert_eq!(std::fs::read_to_string(folder.path().join(&path)).unwrap(), first);
}

/// Every event is one that the ten years have seen.
#[test]
fn everything_happens_in_ten_years() {
    let mut life = Life::begin(Size { places: 4, notices: 1 });
    let mut seen = BTreeSet::new();
    for year in 0..10 {
        life.year(year);
        let added = life.project.publish(&format!("{}-04-01T09:00:00+08:00", 2016 + year));
        seen.extend(added.into_iter().map(|entry| entry.event));
    }
    use Event::{Corrected, Described, Erased, Moved, Published, Restored, Withdrawn};
    assert_eq!(seen, BTreeSet::from([Published, Corrected, Described, Withdrawn, Restored, Moved, Erased]));
}
