//! What the manual and the front pages claim is tried: their examples are read by the program, and
//! what they say of keys, kinds and names is what it does.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the project's own texts")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{Checked, Project, root};
use xiangwei::diag::{Code, CodeWeight, Language, codes};
use xiangwei::report::matter::ACCEPTABLE;
use xiangwei::schema::{self, KeyedFile};

/// A block of code in a text of ours.
struct Block {
    /// The heading that it stands below.
    heading: String,
    /// The path that the lines before it name, if they name one.
    path: Option<String>,
    language: String,
    text: String,
}

/// The blocks of a text, in their order.
fn blocks(text: &str) -> Vec<Block> {
    let (mut blocks, mut heading, mut path) = (Vec::new(), String::new(), None);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```").filter(|language| !language.is_empty()) {
            let text: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            blocks.push(Block {
                heading: heading.clone(),
                path: path.take(),
                language: language.to_owned(),
                text: text.join("\n") + "\n",
            });
        } else if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_owned();
        } else if !line.is_empty() {
            let named = line.split('`').nth(1).filter(|name| line.starts_with('`') && name.contains('.'));
            path = named.map(str::to_owned);
        }
    }
    blocks
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The lines of the table below a heading of the manual, as cells.
fn table(heading: &str) -> Vec<Vec<String>> {
    let manual = read("docs/content.md");
    let section = manual.split(&format!("## {heading}\n")).nth(1).unwrap();
    let rows =
        section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    rows.skip(2).map(cells).collect()
}

/// The headings of the manual below which the keys of a file are told.
const TABLES: [(KeyedFile, &str, &str); 4] = [
    (KeyedFile::Report, "Front matter, key by key", "元数据，逐项说明"),
    (KeyedFile::Place, "Places", "地方"),
    (KeyedFile::Site, "site.yaml", "site.yaml"),
    (KeyedFile::Indicators, "indicators.yaml", "indicators.yaml"),
];

/// The same for what is told on a page of its own.
const OF_FEDERATION: (KeyedFile, &str, &str) =
    (KeyedFile::Sites, "The keys of an office", "每一家可以写的键");

/// The manual for editors, in Chinese.
const IN_CHINESE: &str = "docs/zh-CN/content.md";

/// What each code means, what it weighs and what it stands on.
fn codes_in_chinese() -> String {
    let row = |code: &Code| {
        let mark = match code.weight {
            CodeWeight::Fatal => "错误，不能调低",
            CodeWeight::Error => "错误",
            CodeWeight::Warning => "警告",
            CodeWeight::Note => "说明",
        };
        let source = code.source(Language::Chinese).unwrap_or_default();
        format!("| `{}` | {mark} | {} | {source} |\n", code.name, code.title(Language::Chinese))
    };
    "| 代码 | 轻重 | 含义 | 依据 |\n|---|---|---|---|\n".to_owned()
        + &codes().into_iter().map(row).collect::<String>()
}

/// The code in the first cell of a row of “Every code”, with the mark of what it weighs.
fn marked(code: &Code) -> String {
    let mark = match code.weight {
        CodeWeight::Fatal => " *f*",
        CodeWeight::Error => "",
        CodeWeight::Warning => " *w*",
        CodeWeight::Note => " *n*",
    };
    format!("`{}`{mark}", code.name)
}

/// What codes stand on that do not stand on this program alone.
fn sources_in_english() -> String {
    let row = |code: &Code| Some(format!("| `{}` | {} |\n", code.name, code.source(Language::English)?));
    "| code | source |\n|---|---|\n".to_owned() + &codes().into_iter().filter_map(row).collect::<String>()
}

/// The manual in English with the marks of codes as they weigh.
fn with_marks(text: &str) -> String {
    let marked = |line: &str| {
        let code = line.strip_prefix("| `").and_then(|rest| rest.split('`').next());
        let code = code.and_then(xiangwei::diag::explain);
        let rest = line.split_once(" | ").map(|(_, rest)| rest);
        code.zip(rest).map_or(line.to_owned(), |(code, rest)| format!("| {} | {rest}", marked(code)))
    };
    let (before, behind) = text.split_once("\n## Every code\n").expect("a heading of the manual");
    let (table, sources) = behind.split_once("\n## What codes").expect("a heading behind it");
    let lines: Vec<String> = table.lines().map(marked).collect();
    let table = lines.join("\n");
    format!("{before}\n## Every code\n{table}\n\n## What codes{sources}")
}

/// A text with the table below a heading as it should be.
fn with_table(text: &str, heading: &str, table: &str) -> String {
    let (before, section) = text.split_once(&format!("\n## {heading}\n")).expect("a heading of the manual");
    let start = section.find("\n|").expect("a table below it") + 1;
    let length: usize =
        section[start..].split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    let (told, behind) = (&section[..start], &section[start + length..]);
    format!("{before}\n## {heading}\n{told}{table}{behind}")
}

/// The manual's tables of keys are drawn from those by which the program reads. `INSTA_UPDATE=always`
/// writes them anew.
#[test]
fn the_tables_of_keys_are_those_that_the_program_reads_by() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut stale = Vec::new();
    let mut hold = |path: &'static str, right: &dyn Fn(&str) -> String| {
        let text = read(path);
        let right = right(&text);
        if update {
            fs::write(root().join(path), &right).unwrap();
        }
        stale.extend((text != right).then_some(path));
    };
    let with_keys = |text: &str, (file, en, zh): (KeyedFile, &str, &str), language: Language| {
        with_table(text, language.pick(zh, en), &schema::manual(file, language))
    };
    hold("docs/content.md", &|text| {
        let keys =
            TABLES.iter().fold(text.to_owned(), |text, table| with_keys(&text, *table, Language::English));
        with_table(&with_marks(&keys), "What codes stand on", &sources_in_english())
    });
    hold(IN_CHINESE, &|text| {
        let keys =
            TABLES.iter().fold(text.to_owned(), |text, table| with_keys(&text, *table, Language::Chinese));
        with_table(&keys, "全部代码", &codes_in_chinese())
    });
    hold("docs/federation.md", &|text| with_keys(text, OF_FEDERATION, Language::English));
    hold("docs/zh-CN/federation.md", &|text| with_keys(text, OF_FEDERATION, Language::Chinese));
    assert!(stale.is_empty(), "the tables of {stale:?} are not those of the program; see INSTA_UPDATE");
}

#[test]
fn every_code_has_its_row() {
    let rows = table("Every code");
    let told: Vec<&str> = rows.iter().map(|row| quoted(&row[0])[0]).collect();
    assert_eq!(told, codes().into_iter().map(|code| code.name).collect::<Vec<_>>());
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// A report that has this in its front matter, checked in a world of its own.
fn with_matter(fragment: &str) -> Checked {
    let has = |key: &str| fragment.lines().any(|line| line.starts_with(&format!("{key}:")));
    let usual =
        [("title", "江门市人民政府2019年工作"), ("issuer", "江门市人民政府"), ("published", "2020-03-20")];
    let lines = usual.iter().filter(|(key, _)| !has(key)).map(|(key, value)| format!("{key}: {value}\n"));
    let matter: String = lines.collect();
    let text = format!("---\n{matter}{fragment}\n---\n\n## 一、概况\n");
    Project::in_world("").edit("content/jiangmen/2019/index.md", text).check()
}

/// Whether a finding is about how something is written, and not about what stands elsewhere.
fn is_of_form(code: &str) -> bool {
    ["matter/", "yaml/", "date/format", "number/", "accept/unknown", "check/unknown", "check/fixed"]
        .iter()
        .any(|area| code.starts_with(area))
}

fn assert_well_formed(fragment: &str, checked: &Checked) {
    let wrong = checked.codes().into_iter().filter(|code| is_of_form(code)).count();
    assert_eq!(wrong, 0, "{fragment}\n{}", checked.frames());
}

#[test]
fn the_report_in_twenty_lines_is_a_site() {
    for page in ["README.md", "README.zh-CN.md"] {
        let mut project = Project::default();
        for block in blocks(&read(page)) {
            if let Some(path) = block.path.filter(|_| matches!(&*block.language, "yaml" | "markdown")) {
                project.edit(&path, block.text);
            }
        }
        assert_eq!(project.files().len(), 4, "{page}");
        let checked = project.check();
        assert!(checked.diagnostics.is_empty(), "{page}\n{}", checked.frames());
    }
}

#[test]
fn every_example_of_the_manual_is_read() {
    let (mut tried, site) = (0, "title: 档\nbase_url: https://www.example.org/\n");
    for block in blocks(&read("docs/content.md")).into_iter().chain(blocks(&read(IN_CHINESE))) {
        let text = &block.text;
        let mut project = Project::in_world("");
        project.edit("content/guangdong/_index.md", "---\nname: 广东省\nlevel: province\n---\n");
        let checked = match (&*block.heading, &*block.language) {
            ("A report" | "一份报告", "markdown") => {
                project.edit("content/jiangmen/2019.md", &**text).check()
            }
            ("Places" | "地方", "markdown") => project.edit("content/jiangmen/_index.md", &**text).check(),
            ("site.yaml", "yaml") if text.contains("base_url") => project.edit("site.yaml", &**text).check(),
            (
                "site.yaml" | "Two languages" | "两种语言" | "Deadlines" | "期限" | "Checks" | "检查"
                | "Personal data" | "个人信息",
                "yaml",
            ) => project.edit("site.yaml", format!("{site}{text}")).check(),
            ("indicators.yaml" | "Tables of reports on disclosure" | "信息公开年报的表格", "yaml") => {
                project.edit("indicators.yaml", &**text).check()
            }
            (_, "yaml") => with_matter(text),
            _ => continue,
        };
        tried += 1;
        assert_well_formed(text, &checked);
    }
    assert!(tried >= 20, "only {tried} examples are found");
}

#[test]
fn every_key_has_an_example_that_is_read() {
    let rows = table("Front matter, key by key");
    assert!(rows.len() > 20);
    for row in rows {
        let key = quoted(&row[0])[0];
        let example = quoted(&row[2])[0];
        let fragment = if key == "tasks" { format!("tasks:\n  {example}") } else { example.to_owned() };
        assert!(fragment.starts_with(key), "{row:?}");
        assert_well_formed(&fragment, &with_matter(&fragment));
    }
}

#[test]
fn each_kind_needs_what_the_manual_says() {
    let rows = table("What each kind needs");
    assert_eq!(rows.len(), 9);
    for row in rows {
        let kind = quoted(&row[0])[0];
        let text = format!("---\ntitle: 文\nkind: {kind}\n---\n\n正文。\n");
        let checked = Project::in_world("").edit("content/jiangmen/2019/name.md", text).check();
        let missing = checked.diagnostics.iter().filter(|found| found.code == "matter/missing");
        let missing: BTreeSet<&str> =
            missing.filter_map(|found| found.message.en.split('`').nth(1)).collect();
        assert_eq!(missing, quoted(&row[2]).into_iter().collect(), "{kind}");
        let told = format!("---\ntitle: 文\nkind: {}\n---\n\n正文。\n", row[1]);
        let checked = Project::in_world("").edit("content/jiangmen/2019/name.md", told).check();
        let help =
            checked.diagnostics.iter().find(|found| found.code == "matter/value").unwrap().help.as_ref();
        assert_eq!(help.unwrap().en, format!("write `{kind}`"));
    }
}

#[test]
fn what_can_be_accepted_and_what_is_reserved_are_those_that_are_named() {
    let manual = read("docs/content.md");
    let sentence =
        |start: &str, end: &str| manual.split(start).nth(1).unwrap().split(end).next().unwrap().to_owned();
    let accepted = sentence("These can be accepted: ", ". ");
    assert_eq!(quoted(&accepted), ACCEPTABLE);
    for name in quoted(&sentence("refused anywhere: ", " (except")) {
        let path = format!("content/{name}/2019.md");
        let checked = Project::in_world("").edit(&path, "---\ntitle: 文\n---\n").check();
        assert_eq!(checked.codes(), BTreeSet::from(["route/reserved"]), "{name}");
    }
}

#[test]
fn the_files_that_contributors_are_sent_to_are_there() {
    let text = read("CONTRIBUTING.md");
    let is_ours = |name: &&str| name.contains('/') && root().join(name.split('/').next().unwrap()).exists();
    let named: BTreeSet<&str> = quoted(&text).into_iter().filter(is_ours).collect();
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|name| !root().join(name).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_contributors_are_to_look_for_in_a_file_is_in_it() {
    let text = read("CONTRIBUTING.md").replace("\n   ", " ");
    let steps = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).map(quoted);
    let mut seen = 0;
    for step in steps.filter(|step| step.first().is_some_and(|file| file.ends_with(".rs"))) {
        let file = read(step[0]);
        for name in step.iter().filter(|name| name.chars().all(char::is_alphabetic)) {
            assert!(file.contains(name), "{} has no {name}", step[0]);
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}
