//! Search files over several builds: a bundle is made anew when its documents changed and else
//! taken over from the output, and which of the two never shows in the bytes.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test looks behind the door")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use support::{Folder, Project};
use walkdir::WalkDir;
use xiangwei::ask::{Ask, Planned};
use xiangwei::build::{self, FileContent, SearchReuse, Wishes};
use xiangwei::disk::{self, Output};
use xiangwei::{exports, outline};

/// The blocks of the words of a report with this text: the section of each, and its paragraphs.
fn blocks(text: &str) -> Vec<(String, String)> {
    let head = "---\ntitle: 报告\nissuer: 江门市人民政府\npublished: 2020-03-20\n---\n";
    let mut project = Project::new(&format!("-- site.yaml --\n{SITE}"));
    project.edit("content/jiangmen/_index.md", "---\nname: 江门市\nlevel: prefecture\n---\n");
    project.edit("content/jiangmen/2019.md", format!("{head}{text}"));
    let archive = project.archive();
    let outline = outline::outline(&archive, true).value;
    let planned = Planned::new(&archive, &outline);
    let found = exports::findable(&Ask::of(&planned), archive.reports.id(0).unwrap());
    found.blocks.into_iter().map(|block| (block.section.clone(), block.text())).collect()
}

#[test]
fn words_know_their_section_and_nothing_that_stands_beside_them() {
    let text = "开头。\n\n## 一、题目\n\n办理**745**件[^1]。\n\n（一）强化**学习**。正文\n接着[1]\n\n\
                > 编者注：**不是**正文。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | <ruby>监<rp>(</rp><rt>jiān</rt><rp>)</rp>督</ruby> |\n\n\
                ![图](https://other.example/a.png)1 < 2 &amp;lt;\n\n[^1]: 注文。\n";
    let expected = [
        ("", "开头。"),
        ("sec-1", "一、题目"),
        ("sec-1", "办理745件。"),
        ("sec-1-1", "（一）强化学习。正文接着[1]"),
        ("sec-1-1", "甲"),
        ("sec-1-1", "乙"),
        ("sec-1-1", "丙"),
        ("sec-1-1", "监督"),
        ("sec-1-1", "1 < 2 &lt;"),
        ("sec-1-1", "注文。"),
    ];
    assert_eq!(blocks(text), expected.map(|(section, text)| (section.to_owned(), text.to_owned())));
}

#[test]
fn a_phrase_runs_over_whatever_only_looks_like_an_end() {
    for (text, expected) in [
        ("加强<br>监督\\\n检查", vec!["加强 监督 检查"]),
        ("加*强*监<font>督</font>", vec!["加强监督"]),
        ("加强\n\n监督", vec!["加强\n监督"]),
        ("- 加强\n- 监督\n\n检查", vec!["加强\n监督\n检查"]),
        ("前文\n\n| 甲 | 乙 |\n|---|---|\n\n后文\n\n---\n\n其余", vec!["前文", "甲", "乙", "后文", "其余"]),
        ("## 1.一江两岸\n\n## 2.6个项目\n", vec!["1.一江两岸", "2. 6个项目"]),
    ] {
        let found: Vec<String> = blocks(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, expected, "{text}");
    }
}

const SITE: &str = "title: 测试\nbase_url: https://example.gov.cn/\n";

fn report(year: i16, words: &str) -> String {
    format!(
        "---\ntitle: 江门市{year}年度法治政府建设情况报告\nissuer: 江门市人民政府\npublished: {}-03-20\n---\n一、总体情况\n\n{words}。\n",
        year + 1
    )
}

/// A site with one report for each of three years, each of which is a bundle.
fn folder() -> Folder {
    let mut files = vec![
        ("site.yaml".to_owned(), SITE.to_owned()),
        ("content/jiangmen/_index.md".to_owned(), "---\nname: 江门市\nlevel: prefecture\n---\n".to_owned()),
    ];
    let years = 2019..=2021;
    files.extend(years.map(|year| (path(year), report(year, "全年办结行政复议案件745件"))));
    let text: String = files.iter().map(|(path, text)| format!("-- {path} --\n{text}")).collect();
    Project::new(&text).on_disk()
}

fn path(year: i16) -> String {
    format!("content/jiangmen/{year}.md")
}

/// The names of the bundles that were made anew, of those that were taken over.
type Bundles = [BTreeSet<String>; 2];

/// Builds the site into `to`, in bundles of one document.
fn build(site: &Utf8Path, to: &Utf8Path) -> Bundles {
    build_in(site, to, 1).0
}

/// Builds the site into `to`, in bundles of at most so many documents; and whether the words of one were read anew.
fn build_in(site: &Utf8Path, to: &Utf8Path, most: usize) -> (Bundles, bool) {
    let mut diagnostics = Vec::new();
    let read = disk::read(site).unwrap();
    let (mut archive, theme) = build::prepare(read.value, &Wishes::default()).into(&mut diagnostics);
    assert!(!diagnostics.iter().any(xiangwei::diag::Diagnostic::is_error), "{diagnostics:?}");
    let outline = xiangwei::outline::outline(&archive, true).value;
    let output = Output::open(to, |_| ()).unwrap();
    let (made, kept) = (Mutex::default(), Mutex::default());
    let keep = |folder: &Utf8Path| {
        let files = output.keep(folder)?;
        // What is made of all bundles is none.
        if folder != "pagefind/directory" {
            note(&kept, &folder.join("cards/kept.pack"));
        }
        Some(files)
    };
    let is_read = AtomicBool::new(false);
    let aside = |bytes: Vec<u8>| -> Box<dyn Read + Send> {
        is_read.store(true, Ordering::Relaxed);
        Box::new(Cursor::new(bytes))
    };
    let searching = SearchReuse {
        most,
        read: &|path| output.published(path),
        keep: &keep,
        keep_all: &|paths| output.keep_all(paths),
        aside: &aside,
        ..SearchReuse::anew()
    };
    let site = build::make((&mut archive, &outline), &theme.unwrap(), &searching, &|route, rank, piece| {
        note(&made, &route.output());
        match piece {
            FileContent::Bytes(bytes) => output.stage(route, rank, bytes),
            FileContent::Text(source) => output.stage_text(route, source),
            FileContent::Copy(blob) => output.stage_blob(route, &site.join(&blob.path), blob),
        }
    });
    output.promote(&site.ok().unwrap().manifest, b"").unwrap();
    ([made.into_inner().unwrap(), kept.into_inner().unwrap()], is_read.into_inner())
}

fn note(bundles: &Mutex<BTreeSet<String>>, path: &Utf8Path) {
    let below = path.strip_prefix("pagefind").ok().and_then(|path| path.as_str().split_once("/cards/"));
    bundles.lock().unwrap().extend(below.map(|(name, _)| name.to_owned()));
}

/// Every file of a site.
fn site(root: &Utf8Path) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
    let files =
        WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = Utf8PathBuf::from_path_buf(entry.into_path()).unwrap();
        (path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap())
    };
    files.map(file).collect()
}

fn names<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

/// A new bundle over the old output must be what a build into nothing makes.
fn same_as_clean(folder: &Folder, public: &Utf8Path) {
    same_as_clean_in(folder, public, 1);
}

fn same_as_clean_in(folder: &Folder, public: &Utf8Path, most: usize) {
    let clean = folder.path().join("clean");
    assert_eq!(build_in(folder.path(), &clean, most).0[1], names([]));
    let (site, clean_site) = (site(public), site(&clean));
    let others: Vec<_> = site
        .keys()
        .chain(clean_site.keys())
        .filter(|path| site.get(*path) != clean_site.get(*path))
        .collect();
    assert!(others.is_empty(), "not as in a clean build: {others:?}");
    fs::remove_dir_all(clean).unwrap();
}

#[test]
fn what_did_not_change_is_taken_over_and_the_bytes_are_those_of_a_clean_build() {
    let folder = folder();
    let public = folder.path().join("public");
    assert_eq!(build(folder.path(), &public), [names(["2019", "2020", "2021"]), names([])]);
    assert_eq!(build(folder.path(), &public), [names([]), names(["2019", "2020", "2021"])]);
    same_as_clean(&folder, &public);

    folder.write(&path(2020), report(2020, "全年办结行政复议案件746件").as_bytes());
    assert_eq!(build(folder.path(), &public), [names(["2020"]), names(["2019", "2021"])]);
    same_as_clean(&folder, &public);

    // A new year, a year that goes, a name that stands in every document.
    folder.write(&path(2022), report(2022, "全年没有案件").as_bytes());
    fs::remove_file(folder.path().join(path(2019))).unwrap();
    assert_eq!(build(folder.path(), &public), [names(["2022"]), names(["2020", "2021"])]);
    same_as_clean(&folder, &public);
    folder.write("content/jiangmen/_index.md", "---\nname: 江门\nlevel: prefecture\n---\n".as_bytes());
    assert_eq!(build(folder.path(), &public), [names(["2020", "2021", "2022"]), names([])]);
    same_as_clean(&folder, &public);
}

/// A text that depends on a number, of words that many of them have and of some that few have.
fn words(seed: usize) -> String {
    let said =
        ["推进依法行政", "开展行政执法检查", "办结行政复议案件", "加强法治政府建设", "落实重大行政决策"];
    let sentence = |at: usize| {
        let (which, many) = ((seed * 7 + at * 3) % said.len(), seed * 13 + at);
        format!("{}{many}件，GDP增长{}.{}%", said[which], seed % 9, at % 10)
    };
    let sentences: Vec<String> = (0..12 + seed % 5).map(sentence).collect();
    format!(
        "{}\n\n| 甲 | 乙 |\n|---|---|\n| {seed} | 件 |\n\n## 二、其他\n\n第{seed}个地方",
        sentences.join("。")
    )
}

/// Where some documents have other words, no bundle is read anew, and the bytes are those of a clean build.
#[test]
fn an_index_of_which_some_documents_changed_is_amended() {
    let folder = folder();
    let public = folder.path().join("public");
    let years = 2001..=2018;
    let write = |year: i16, words: &str| folder.write(&path(year), report(year, words).as_bytes());
    years.clone().for_each(|year| write(year, &words(usize::try_from(year).unwrap())));
    let most = 7;
    assert!(build_in(folder.path(), &public, most).1);
    let of = |year: i16| words(usize::try_from(year).unwrap());
    let edits: [&dyn Fn(); 10] = [
        &|| write(2010, &of(2010).replace("检查", "检查和监督")),
        &|| write(2010, &of(2010)),
        &|| write(2010, &of(2010).replacen('，', "。又一句。", 1)),
        &|| write(2003, "什么也没有"),
        &|| write(2005, &of(3)),
        &|| folder.write(&path(2008), report(2008, &of(2008)).replace("年度法治", "年法治").as_bytes()),
        &|| [2001, 2007, 2018].iter().for_each(|year| write(*year, &of(*year + 1))),
        &|| write(2012, &format!("{}\n\n## 三、另有一节\n\n龘靐齉", of(2012))),
        &|| write(2012, &of(2012)),
        &|| years.clone().for_each(|year| write(year, &of(year))),
    ];
    for (at, edit) in edits.into_iter().enumerate() {
        edit();
        assert!(!build_in(folder.path(), &public, most).1, "{at}");
        same_as_clean_in(&folder, &public, most);
    }
    // What an amended index would be made from is no longer what was written.
    let damaged = first(&public.join("pagefind/directory/places"));
    fs::write(&damaged, "{}").unwrap();
    write(2010, "别的话");
    assert!(build_in(folder.path(), &public, most).1);
    // Nobody removes what somebody else wrote.
    if fs::read(&damaged).is_ok_and(|bytes| bytes == b"{}") {
        fs::remove_file(&damaged).unwrap();
    }
    same_as_clean_in(&folder, &public, most);
}

/// A digest has only a document's own file and what it is listed with, so nothing else may be able
/// to change what is searched: not where links lead, not what figures are bound to, not what
/// stands beside.
#[test]
fn what_stands_elsewhere_does_not_change_what_is_searched() {
    let folder = folder();
    let public = folder.path().join("public");
    let linked = "办结行政复议案件745件，见[去年的报告](../2019.md)和[附件](list.csv)[^1]\n\n[^1]: 另有说明";
    let figure = "published: 2021-03-20\nindicators: { closed: 745 }\n";
    let text = report(2020, linked).replace("published: 2021-03-20\n", figure);
    fs::remove_file(folder.path().join(path(2020))).unwrap();
    folder.write("content/jiangmen/2020/index.md", text.as_bytes());
    let registry = |name: &str| format!("closed: {{ name: {name}, unit: 件, kind: flow }}\n");
    folder.write("indicators.yaml", registry("办结行政复议案件").as_bytes());
    folder.write("content/jiangmen/2020/list.csv", "清单".as_bytes());
    build(folder.path(), &public);

    let root = folder.path();
    let elsewhere: [&dyn Fn(); 4] = [
        &|| folder.write("content/jiangmen/2020/list.csv", "更长的清单".as_bytes()),
        &|| folder.write("site.yaml", SITE.replace("example", "example.org").as_bytes()),
        &|| folder.write("indicators.yaml", registry("行政复议案件").as_bytes()),
        &|| folder.write(&path(2019), report(2019, "全年没有案件").as_bytes()),
    ];
    for change in elsewhere {
        change();
        let [made, _] = build(root, &public);
        assert!(!made.contains("2020"), "{made:?}");
        same_as_clean(&folder, &public);
    }
}

/// A file in a folder.
fn first(folder: &Utf8Path) -> std::path::PathBuf {
    fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn what_is_not_as_it_was_written_is_made_anew() {
    let damages: [fn(&Utf8Path); 4] = [
        |public| fs::write(first(&public.join("pagefind/2020/cards")), "{}").unwrap(),
        |public| fs::remove_file(first(&public.join("pagefind/2020/text"))).unwrap(),
        |public| {
            // As long as before.
            let path = first(&public.join("pagefind/2020/text"));
            let mut bytes = fs::read(&path).unwrap();
            bytes[100] ^= 1;
            fs::write(path, bytes).unwrap();
        },
        // A table of contents that claims what nobody wrote.
        |public| {
            let path = public.join("pagefind/contents.json");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, text.replace("2020", "2019")).unwrap();
        },
    ];
    for damage in damages {
        let folder = folder();
        let public = folder.path().join("public");
        build(folder.path(), &public);
        damage(&public);
        let [made, _] = build(folder.path(), &public);
        assert!(made.contains("2020"), "{made:?}");
        same_as_clean(&folder, &public);
    }
}

/// What is made of all bundles is made anew if a part of it is missing or damaged; the bundles are as they were.
#[test]
fn a_damaged_directory_is_made_anew() {
    let folder = folder();
    let public = folder.path().join("public");
    build(folder.path(), &public);
    let files = || -> Vec<_> {
        let files = WalkDir::new(public.join("pagefind/directory")).sort_by_file_name().into_iter();
        files.map(|file| file.unwrap().into_path()).filter(|path| path.is_file()).collect()
    };
    assert_eq!(files().len(), 8);
    for at in 0..8 {
        fs::write(&files()[at], "{}").unwrap();
        assert_eq!(build(folder.path(), &public)[1], names(["2019", "2020", "2021"]));
        same_as_clean(&folder, &public);
        fs::remove_file(&files()[at]).unwrap();
        folder.write(&path(2020), report(2020, &"又".repeat(at + 1)).as_bytes());
        assert_eq!(build(folder.path(), &public), [names(["2020"]), names(["2019", "2021"])]);
        same_as_clean(&folder, &public);
    }
}

/// Which program made a site is noted beside it. Another one makes everything anew, and nothing that
/// is published tells them apart.
#[test]
fn what_another_program_made_is_made_anew_and_published_as_the_same() {
    let folder = folder();
    let public = folder.path().join("public");
    build(folder.path(), &public);
    let before = site(&public);
    let note = folder.path().join(".public.xiangwei/program");
    let text = fs::read_to_string(&note).unwrap();
    let (program, _) = text.split_once(' ').unwrap();
    assert_eq!(program.len(), 64);
    for bytes in before.values() {
        assert!(memchr::memmem::find(bytes, program.as_bytes()).is_none());
    }
    for other in [text.replace(program, &"0".repeat(64)), String::new()] {
        fs::write(&note, other).unwrap();
        assert_eq!(build(folder.path(), &public), [names(["2019", "2020", "2021"]), names([])]);
        assert!(site(&public) == before);
    }
    assert_eq!(build(folder.path(), &public), [names([]), names(["2019", "2020", "2021"])]);
    fs::remove_file(&note).unwrap();
    assert_eq!(build(folder.path(), &public)[1], names([]));
    assert_eq!(build(folder.path(), &public)[0], names([]));
}
