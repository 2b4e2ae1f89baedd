//! From nothing to a site: `init`, `new`, and the schemas by which editors help to write. The schemas
//! are held against the program itself: what it refuses for its shape, they refuse too.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test writes folders of its own")]

mod support;

use std::fs;
use std::process::{Command, Output};

use camino::Utf8Path;
use jsonschema::Validator;
use serde_json::{Value, json};
use support::{Folder, Project};
use xiangwei::archive;
use xiangwei::config::{Config, Registry, Sites};
use xiangwei::diag::{Diagnostic, Language};
use xiangwei::schema::{KeyedFile, schema};
use xiangwei::source::Source;

fn run(folder: &Utf8Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
    command.current_dir(folder).args(arguments).args(["--message-language", "en"]).output().unwrap()
}

fn words(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    text(&output.stdout) + &text(&output.stderr)
}

fn folder() -> Folder {
    Project::default().on_disk()
}

const WANTED: [(&str, &str); 6] = [
    ("--title", "江门市“法治政府”档案: 一"),
    ("--publisher", "江门市司法局"),
    ("--base-url", "https://www.example.org/fzzf/"),
    ("--place", "jiangmen"),
    ("--place-name", "江门市"),
    ("--level", "地级市"),
];

fn init(folder: &Utf8Path, but: &[(&str, &str)]) -> Output {
    let value = |name: &str| but.iter().chain(&WANTED).find(|(other, _)| *other == name).unwrap().1;
    let options = WANTED.iter().flat_map(|(name, _)| [*name, value(name)]);
    run(folder, &["init", "site"].into_iter().chain(options).collect::<Vec<_>>())
}

#[test]
fn a_new_site_is_clean_and_can_be_built_whatever_its_place_is() {
    for level in ["national", "省级", "prefecture", "county", "township"] {
        let folder = folder();
        let made = init(folder.path(), &[("--level", level)]);
        assert!(made.status.success(), "{}", words(&made));
        let site = folder.path().join("site");
        let checked = run(&site, &["check", "--strict"]);
        assert_eq!(words(&checked), "documents checked: 3\n", "{level}");
        if level == "prefecture" {
            let built = run(&site, &["build", "--strict"]);
            assert!(built.status.success(), "{}", words(&built));
            let report = fs::read_to_string(site.join("public/example/2024/index.html")).unwrap();
            for shown in ["虚构", "关于报送", "更正培训人数", "figures.csv", "fig-reconsideration_concluded"]
            {
                assert!(report.contains(shown), "{shown}");
            }
        }
    }
}

/// A department has nothing below it, so that an example cannot stand there: its own page has to wait
/// for its first document, and `check` says so.
#[test]
fn a_department_is_told_that_it_has_no_document_yet() {
    let folder = folder();
    assert!(init(folder.path(), &[("--level", "部门")]).status.success());
    let checked = run(&folder.path().join("site"), &["check", "--format", "short"]);
    let said = words(&checked);
    assert!(checked.status.success() && said.lines().count() == 2, "{said}");
    assert!(said.contains("place/empty"), "{said}");
}

#[test]
fn nothing_is_written_over() {
    let folder = folder();
    assert!(init(folder.path(), &[]).status.success());
    let again = init(folder.path(), &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(words(&again).contains("site.yaml is there already and is not overwritten"));
    let site = folder.path().join("other");
    fs::create_dir_all(site.join("content")).unwrap();
    fs::write(site.join("README.md"), "mine").unwrap();
    let options: Vec<&str> = WANTED.iter().flat_map(|(name, value)| [*name, *value]).collect();
    let beside = run(folder.path(), &[&["init", "other"], &options[..]].concat());
    assert_eq!(beside.status.code(), Some(2), "{}", words(&beside));
    assert_eq!(fs::read_to_string(site.join("README.md")).unwrap(), "mine");
    assert!(!site.join("site.yaml").exists(), "all or nothing");
}

#[test]
fn what_is_missing_or_wrong_is_named_by_its_option() {
    let folder = folder();
    let bare = run(folder.path(), &["init", "site", "--title", "档"]);
    assert_eq!(bare.status.code(), Some(2));
    let all = "--publisher, --base-url, --place, --place-name, --level must be given";
    assert!(words(&bare).contains(all), "{}", words(&bare));
    for (option, wrong) in [
        ("--base-url", "www.example.org"),
        ("--place", "江门"),
        ("--place", "search"),
        ("--place", "example"),
        ("--level", "大"),
        ("--title", " "),
    ] {
        let made = init(folder.path(), &[(option, wrong)]);
        assert!(words(&made).contains(&format!("{option}: ")), "{option} {wrong}: {}", words(&made));
    }
    assert!(!folder.path().join("site").exists());
}

#[test]
fn a_new_document_has_what_its_kind_needs_and_last_years_values() {
    let folder = Project::fixture("two-years").on_disk();
    let made = run(folder.path(), &["new", "jiangmen", "2031"]);
    assert!(made.status.success(), "{}", words(&made));
    let text = fs::read_to_string(folder.path().join("content/jiangmen/2031.md")).unwrap();
    insta::assert_snapshot!(text);
    let again = run(folder.path(), &["new", "jiangmen", "2031"]);
    assert!(words(&again).contains("is there already"), "{}", words(&again));
    let kinds = ["工作要点", "info-annual-report", "news", "解读", "normative-document", "duty-report"];
    for kind in kinds {
        let made = run(folder.path(), &["new", "jiangmen", "2031", "--kind", kind]);
        assert!(made.status.success(), "{kind} {}", words(&made));
    }
    let checked = run(folder.path(), &["check", "--format", "short"]);
    let said = words(&checked);
    let found: Vec<&str> = said.lines().filter(|line| line.contains("/2031")).collect();
    assert!(found.iter().all(|line| line.contains("matter/missing")), "{said}");
    let files = fs::read_dir(folder.path().join("content/jiangmen/2031")).unwrap().count();
    assert_eq!(files, kinds.len());
}

#[test]
fn a_new_document_makes_its_place() {
    let folder = Project::in_world("").on_disk();
    let bare = run(folder.path(), &["new", "enping", "2019"]);
    assert!(words(&bare).contains("--place-name, --level must be given"), "{}", words(&bare));
    let told = ["new", "enping", "2019", "--place-name", "恩平市", "--level", "县级市"];
    assert!(run(folder.path(), &told).status.success());
    let place = fs::read_to_string(folder.path().join("content/enping/_index.md")).unwrap();
    assert!(place.contains("name: 恩平市\nlevel: county\n"), "{place}");
    for wrong in [["new", "jiangmen", "20"], ["new", "Jiangmen", "2019"], ["new", "search", "2019"]] {
        assert_eq!(run(folder.path(), &wrong).status.code(), Some(2), "{wrong:?}");
    }
    let kind = run(folder.path(), &["new", "jiangmen", "2019", "--kind", "newz"]);
    assert!(words(&kind).contains("did you mean `news`?"), "{}", words(&kind));
}

#[test]
fn shells_and_man_learn_every_command() {
    let folder = folder();
    for shell in ["bash", "fish", "zsh", "elvish", "powershell"] {
        let said = words(&run(folder.path(), &["completions", shell]));
        assert!(["init", "serve", "allow-delete"].iter().all(|word| said.contains(word)), "{shell}");
    }
    let page = words(&run(folder.path(), &["man"]));
    assert!(page.starts_with(".") && page.contains(".SH NAME") && page.contains("xiangwei"), "{page}");
    assert!(words(&run(folder.path(), &["man", "new"])).contains("YEAR"));
}

fn validator(file: KeyedFile) -> Validator {
    let schema = schema(file, Language::Chinese);
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// YAML as editors see it.
fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn front_matter(text: &str) -> Value {
    let matter = text.strip_prefix("---\n").unwrap().split_once("\n---").unwrap().0;
    yaml(matter)
}

fn sort(path: &str) -> Option<KeyedFile> {
    match path {
        "site.yaml" => Some(KeyedFile::Site),
        "indicators.yaml" => Some(KeyedFile::Indicators),
        "sites.yaml" => Some(KeyedFile::Sites),
        path if path.ends_with("/_index.md") && path.matches('/').count() == 2 => Some(KeyedFile::Place),
        path if path.ends_with(".md") && path.matches('/').count() > 1 => Some(KeyedFile::Report),
        _ => None,
    }
}

#[test]
fn every_file_of_the_example_is_valid() {
    let validators = KeyedFile::ALL.map(|file| (file, validator(file)));
    let folder = folder();
    assert!(init(folder.path(), &[]).status.success());
    let made = Project::folder(&folder.path().join("site"));
    let mut seen = 0;
    for (path, bytes) in Project::example().files().iter().chain(made.files()) {
        let Some(file) = sort(path) else { continue };
        let text = String::from_utf8(bytes.clone()).unwrap();
        let value = if path.ends_with(".yaml") { yaml(&text) } else { front_matter(&text) };
        let (_, validator) = validators.iter().find(|(other, _)| *other == file).unwrap();
        let found: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{path}: {found:#?}");
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}

/// A file in which every key is given, and what the program says of one in its place.
struct Full {
    file: KeyedFile,
    path: &'static str,
    value: Value,
}

impl Full {
    /// What is wrong with the file by itself if `value` stands in it.
    fn errors(&self, value: &Value) -> Vec<Diagnostic> {
        let source = |text: String| Source::new(self.path, text);
        let matter = || format!("---\n{value}\n---\n\n## 一、甲\n");
        let found = match self.file {
            KeyedFile::Site => Config::parse(&source(value.to_string())).diagnostics,
            KeyedFile::Indicators => Registry::parse(&source(value.to_string())).diagnostics,
            KeyedFile::Sites => Sites::parse(&source(value.to_string())).diagnostics,
            _ => {
                archive::read(&source(matter()), (&Config::default(), &Registry::default()), Vec::new())
                    .diagnostics
            }
        };
        found.into_iter().filter(Diagnostic::is_error).collect()
    }
}

fn full() -> [Full; 5] {
    let site = json!({
        "title": "档", "base_url": "https://www.example.org/", "language": "zh-CN", "theme": "gongbao",
        "description": "一句", "publisher": {"name": "甲", "address": "乙", "phone": "1", "email": "a@b.cn"},
        "government_site": {
            "site_name": "甲", "site_domain": "b.cn", "site_id_code": "4407000001", "icp_record": "1",
            "police_record": "2", "party_government_icon": "/a/", "report_errors_url": "https://a.cn/",
        },
        "kinds": {"letter": {"name": "函", "name_en": "L", "column_type": "文"}},
        "index_number_pattern": "NN", "jump": 5, "search": true, "feeds": true, "open_data": false,
        "deadlines": [{
            "kind": "annual-report", "from_year": 2026, "due": "04-30", "day_after": "late", "levels": ["county"],
            "basis": "甲",
        }],
    });
    let indicators = json!({"reconsideration_closed": {
        "name": "办结", "name_en": "closed", "unit": "件", "kind": "flow", "direction": "higher", "group": "组",
        "aliases": ["结"], "definition": "甲",
    }});
    let sites = json!({"offices": [{
        "name": "jiangmen", "title": "甲", "title_en": "J", "url": "https://a.cn/", "folder": "../a",
        "public_key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", "under": "guangdong", "inner": false,
    }]});
    let place = json!({
        "name": "江门市", "name_en": "Jiangmen", "level": "prefecture", "code": "440700", "parent": "guangdong",
        "description": "句", "aliases": ["/jm/"], "invented": false,
    });
    let report = json!({
        "title": "江门市2019年报告", "kind": "work-plan", "issuer": ["江门市人民政府"], "index_number": "1",
        "document_number": "江府〔2020〕5号", "subjects": ["综合"], "written": "2020-03-02",
        "published": "2020-03-20 09:30", "validity": "in-force", "source": "甲", "summary": "句",
        "keywords": ["甲"], "status": "draft", "extent": "full", "language": "zh-Hans",
        "indicators": {"a": {"value": {"from": 1, "to": 2}, "qualifier": "about", "quote": "1", "basis": "text"}},
        "wrapper": {"role": "issuing-notice", "title": "通知", "text": "文"},
        "corrections": [{"date": "2020-05-06", "note": "甲"}], "attachments": [{"file": "a.pdf", "title": "甲"}],
        "relations": {
            "reports_on": ["/a/"], "replaces": ["/a/"], "interprets": ["/a/"], "related": ["/a/"],
            "answers": [{"task": "/a/#sec-1", "section": ["sec-1"]}],
        },
        "tasks": [{"section": "sec-1", "title": "甲", "responsible": ["乙"]}], "aliases": ["/old/"],
        "accept": [{"code": "text/zero", "at": "一", "reason": "原文如此"}],
    });
    [
        Full { file: KeyedFile::Site, path: "site.yaml", value: site },
        Full { file: KeyedFile::Indicators, path: "indicators.yaml", value: indicators },
        Full { file: KeyedFile::Sites, path: "sites.yaml", value: sites },
        Full { file: KeyedFile::Place, path: "content/jiangmen/_index.md", value: place },
        Full { file: KeyedFile::Report, path: "content/jiangmen/2019/plan.md", value: report },
    ]
}

/// The places of all values in a value, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let at = format!("{at}/{key}");
                found.push(at.clone());
                places(value, &at, found);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                let at = format!("{at}/{number}");
                found.push(at.clone());
                places(value, &at, found);
            }
        }
        _ => {}
    }
}

/// What the program says of the shape of a file, by its codes.
const OF_SHAPE: [&str; 4] = ["matter/type", "matter/missing", "matter/unknown-key", "matter/value"];

/// What it says of what only it can know: whether a number has as many figures as it must, which of two
/// is the larger, whether a kind is new, and where a file stands.
fn is_of_meaning(at: &str, code: &str) -> bool {
    let of = |ends: &[&str]| ends.iter().any(|end| at.ends_with(end));
    match code {
        "matter/value" => of(&["/index_number_pattern", "/site_id_code", "/value/from", "/value/to"]),
        "matter/missing" => of(&["/kind", "/kinds/letter", "/kinds/letter/name"]),
        _ => false,
    }
}

#[test]
fn the_schemas_refuse_what_the_program_refuses_for_its_shape() {
    let instead = [
        json!("文字"),
        json!(""),
        json!(5),
        json!(true),
        json!(null),
        json!([]),
        json!(["文字"]),
        json!([["文字"]]),
        json!([null]),
        json!({}),
        json!({"nobody": 1}),
        json!([{"nobody": 1}]),
    ];
    let (mut tried, mut refused, mut wrong) = (0, 0, Vec::new());
    for full in full() {
        let always: Vec<&str> = full.errors(&full.value).iter().map(|error| error.code).collect();
        let validator = validator(full.file);
        let found: Vec<String> = validator.iter_errors(&full.value).map(|error| error.to_string()).collect();
        assert!(found.is_empty(), "{found:#?}");
        let mut all = Vec::new();
        places(&full.value, "", &mut all);
        for at in &all {
            let mut values: Vec<Option<&Value>> = instead.iter().map(Some).collect();
            values.push(None);
            for value in values {
                let mut changed = full.value.clone();
                match value {
                    Some(value) => *changed.pointer_mut(at).unwrap() = value.clone(),
                    None => {
                        let (above, key) = at.rsplit_once('/').unwrap();
                        match changed.pointer_mut(above).unwrap() {
                            Value::Object(map) => drop(map.remove(key)),
                            _ => continue,
                        }
                    }
                }
                tried += 1;
                let errors = full.errors(&changed);
                let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
                let codes: Vec<&str> = codes.into_iter().filter(|code| !always.contains(code)).collect();
                let by_shape = codes.iter().any(|code| OF_SHAPE.contains(code) && !is_of_meaning(at, code));
                let is_valid = validator.is_valid(&changed);
                refused += usize::from(!is_valid);
                if by_shape && is_valid {
                    wrong.push(format!("{} {at} = {value:?}: only the program says {codes:?}", full.path));
                } else if !is_valid && codes.is_empty() {
                    wrong.push(format!("{} {at} = {value:?}: only the schema refuses", full.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 1000 && refused > 500, "{tried} {refused}");
}

#[test]
fn the_command_prints_the_schemas() {
    let folder = folder();
    let all: Value = serde_json::from_str(&words(&run(folder.path(), &["schema"]))).unwrap();
    for file in KeyedFile::ALL {
        let one = words(&run(folder.path(), &["schema", file.name()]));
        let one: Value = serde_json::from_str(&one).unwrap();
        assert_eq!(one, schema(file, Language::English));
        assert_eq!(all[file.name()], one);
    }
}
