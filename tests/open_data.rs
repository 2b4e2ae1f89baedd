//! What is true of the open data of every site: each format has the same rows in the same
//! order, every slice holds what it should and nothing else, and no report can do harm in a
//! spreadsheet or a page.
//!
//! Files are read back here as a researcher's program would read them, without the code that
//! wrote them. Whether the data package is one, `scripts/validate-data.sh` asks its standard's
//! own validator.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its fixtures")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use support::{Project, Site, root};
use url::Url;
use xiangwei::build::Wishes;

/// A row as texts by column; nothing is an empty text.
type Row = BTreeMap<String, String>;

fn fixture() -> Site {
    Project::fixture("open-data").site()
}

fn sites() -> Vec<(String, Site)> {
    let folder = root().join("tests/sites").read_dir_utf8().unwrap();
    let fixture = |name: String| (name.clone(), Project::fixture(&name).site());
    let fixtures = folder.map(|entry| fixture(entry.unwrap().file_name().to_owned()));
    fixtures.chain([("example".to_owned(), Project::example().site())]).collect()
}

fn text<'s>(site: &'s Site, path: &str) -> &'s str {
    str::from_utf8(site.get(Utf8Path::new(path)).unwrap_or_else(|| panic!("there is no {path}"))).unwrap()
}

/// The rows of a CSV file, by the rules that `/data/` explains.
fn csv_rows(text: &str) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8 stands in front");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let plain = |field: &str| field.strip_prefix('\'').unwrap_or(field).to_owned();
    let row = |record: csv::StringRecord| {
        names.iter().zip(&record).map(|(name, field)| (name.to_owned(), plain(field))).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

fn json_rows(text: &str) -> Vec<Row> {
    let rows: Vec<serde_json::Map<String, Value>> = serde_json::from_str(text).unwrap();
    rows.iter().map(|row| row.iter().map(|(name, value)| (name.clone(), words(value))).collect()).collect()
}

/// The rows of linked data: observations, and what the nodes that they name say.
fn linked_rows(text: &str) -> Vec<Row> {
    let document: Value = serde_json::from_str(text).unwrap();
    let graph = document["@graph"].as_array().unwrap();
    let base = Url::parse(document["@context"][1]["@base"].as_str().unwrap()).unwrap();
    let named: BTreeMap<&str, &Value> =
        graph.iter().filter_map(|node| Some((node["@id"].as_str()?, node))).collect();
    let is_row = |node: &&Value| node["@type"] == "Observation";
    graph.iter().filter(is_row).map(|node| linked_row(node, &named, &base)).collect()
}

fn linked_row(node: &Value, named: &BTreeMap<&str, &Value>, base: &Url) -> Row {
    let follow = |key: &str| named[node[key]["@id"].as_str().unwrap()];
    let (place, indicator, report) =
        (follow("observationAbout"), follow("variableMeasured"), follow("subjectOf"));
    let values = ["value", "minValue", "maxValue"].map(|key| &node[key]);
    let value = values.into_iter().find(|value| !value.is_null()).unwrap();
    // A lower bound alone is no range.
    let to = if node["minValue"].is_null() { &Value::Null } else { &node["maxValue"] };
    let (address, anchor) =
        node["url"].as_str().unwrap().split_once('#').unwrap_or_else(|| (node["url"].as_str().unwrap(), ""));
    assert_eq!((&report["@id"], &report["url"]), (&json!(address), &json!(address)));
    let address = json!(base.join(address).unwrap().as_str());
    let cells = [
        ("place", &place["alternateName"]),
        ("place_name", &place["name"]),
        ("division_code", &place["identifier"]["value"]),
        ("level", &place["column:level"]),
        ("year", &node["observationDate"]),
        ("indicator", &indicator["identifier"]),
        ("indicator_name", &indicator["name"]),
        ("indicator_kind", &indicator["column:indicator_kind"]),
        ("unit", &node["unitText"]),
        ("value", value),
        ("value_to", to),
        ("qualifier", &node["column:qualifier"]),
        ("basis", &node["column:basis"]),
        ("preferred", &node["column:preferred"]),
        ("sentence", &node["description"]),
        ("title", &report["name"]),
        ("document_kind", &report["column:document_kind"]),
        ("published", &report["datePublished"]),
        ("address", &address),
        ("extent", &report["column:extent"]),
        ("invented", &place["column:invented"]),
    ];
    let mut row: Row = cells.iter().map(|(name, value)| ((*name).to_owned(), words(value))).collect();
    row.insert("anchor".into(), anchor.to_owned());
    row
}

/// Values are compared as numbers, since a program reads 94.60 as 94.6.
fn normal(mut rows: Vec<Row>) -> Vec<Row> {
    for name in ["value", "value_to"] {
        for value in rows.iter_mut().filter_map(|row| row.get_mut(name)).filter(|value| !value.is_empty()) {
            *value = value.parse::<Decimal>().unwrap().normalize().to_string();
        }
    }
    rows
}

fn stems(site: &Site) -> Vec<Utf8PathBuf> {
    let is_csv = |path: &&Utf8PathBuf| path.starts_with("data") && path.extension() == Some("csv");
    site.keys().filter(is_csv).map(|path| path.with_extension("")).collect()
}

#[test]
fn every_format_has_the_same_rows_in_the_same_order() {
    let mut seen = 0;
    for (name, site) in sites() {
        for stem in stems(&site) {
            let [csv, json, jsonld] = ["csv", "json", "jsonld"].map(|ending| stem.with_extension(ending));
            let rows = normal(csv_rows(text(&site, csv.as_str())));
            assert!(!rows.is_empty(), "{name}: {csv} has no rows");
            // A part of the figures is there in one format.
            let is_part = stem.components().count() > 2;
            assert_eq!(site.contains_key(&json), !is_part, "{name}: {json}");
            if !is_part {
                assert_eq!(rows, normal(json_rows(text(&site, json.as_str()))), "{name}: {json}");
            }
            if site.contains_key(&jsonld) {
                assert_eq!(rows, normal(linked_rows(text(&site, jsonld.as_str()))), "{name}: {jsonld}");
                seen += rows.len();
            }
        }
    }
    assert!(seen > 400, "only {seen} rows were compared");
}

#[test]
fn slices_share_the_whole_among_them() {
    for (name, site) in sites() {
        if !site.contains_key(Utf8Path::new("data/figures.csv")) {
            continue;
        }
        let whole = csv_rows(text(&site, "data/figures.csv"));
        for (folder, column) in [("places", "place"), ("years", "year"), ("indicators", "indicator")] {
            let keys: BTreeSet<&String> = whole.iter().map(|row| &row[column]).collect();
            for key in &keys {
                let own: Vec<&Row> = whole.iter().filter(|row| row[column] == **key).collect();
                let slice = csv_rows(text(&site, &format!("data/{folder}/{key}.csv")));
                assert_eq!(slice.iter().collect::<Vec<_>>(), own, "{name}: {folder} {key}");
            }
            let files = stems(&site).iter().filter(|stem| stem.starts_with(format!("data/{folder}"))).count();
            assert_eq!(files, keys.len() + 1 - usize::from(folder == "years"), "{name}: {folder}");
        }
    }
}

#[test]
fn every_line_of_csv_ends_with_carriage_return_and_line_feed() {
    let site = fixture();
    let is_csv = |path: &&Utf8PathBuf| path.starts_with("data") && path.extension() == Some("csv");
    for path in site.keys().filter(is_csv) {
        let text = text(&site, path.as_str());
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{path}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{path}");
        assert_eq!(text.matches('\u{feff}').count(), 1, "{path}");
    }
}

#[test]
fn no_cell_of_a_text_begins_like_a_formula() {
    let site = fixture();
    for stem in stems(&site) {
        let text = text(&site, stem.with_extension("csv").as_str()).trim_start_matches('\u{feff}');
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            for field in &record.unwrap() {
                let is_number = field.parse::<Decimal>().is_ok();
                assert!(is_number || !field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{stem}: {field}");
            }
        }
    }
}

#[test]
fn rows_say_what_the_reports_say() {
    let rows = csv_rows(text(&fixture(), "data/places/jiangmen.csv"));
    let find = |year: &str, indicator: &str| {
        let matches = |row: &&Row| row["year"] == year && row["indicator"] == indicator;
        rows.iter().filter(matches).collect::<Vec<_>>()
    };
    let [closed] = find("2018", "reconsideration_closed")[..] else { panic!("one row") };
    assert_eq!(closed["value"], "512");
    assert_eq!(closed["sentence"], "全年办结行政复议案件512件，综合纠错率为40.10%，他说：“\"好\",很好”。");
    assert_eq!(closed["address"], "https://www.example.org/fzzf/jiangmen/2018/");
    assert_eq!(closed["anchor"], "fig-reconsideration_closed");
    assert!(closed["title"].starts_with("=HYPERLINK(\"https"), "{}", closed["title"]);
    let [bound] = find("2018", "exam_participants")[..] else { panic!("one row") };
    assert_eq!((&*bound["value"], &*bound["qualifier"]), ("100000", "at-most"));
    let [attached] = find("2018", "lists_published")[..] else { panic!("one row") };
    assert_eq!((&*attached["basis"], &*attached["sentence"], &*attached["anchor"]), ("attachment", "", ""));
    let both: Vec<_> = find("2019", "reconsideration_closed").iter().map(|row| &row["preferred"]).collect();
    assert_eq!(both, ["true", "false"], "the year's own report speaks for the year");
    assert_eq!(find("2019", "reconsideration_corrected_rate")[0]["preferred"], "true");
    assert!(text(&fixture(), "data/figures.json").contains("\"value\":40.10,"), "digit for digit");
}

#[test]
fn a_bound_is_no_exact_value_in_linked_data() {
    let site = fixture();
    let document: Value = serde_json::from_str(text(&site, "data/figures.jsonld")).unwrap();
    let bound = |qualifier: &str| {
        let graph = document["@graph"].as_array().unwrap();
        graph.iter().find(|node| node["column:qualifier"] == qualifier).unwrap()
    };
    for (qualifier, term) in
        [("at-most", "maxValue"), ("more-than", "minValue"), ("at-least", "minValue"), ("about", "value")]
    {
        let node = bound(qualifier);
        for other in ["value", "minValue", "maxValue"] {
            assert_eq!(node[other].is_null(), other != term, "{qualifier}: {other}");
        }
    }
}

#[test]
fn withdrawn_and_draft_documents_give_no_figures() {
    let site = fixture();
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("data")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("111件") && !text.contains("222件"), "{path}");
        assert!(!text.contains("这份摘要"), "{path} has the summary of a withdrawn document");
        assert!(!text.contains("草稿）"), "{path} has a draft");
    }
    let documents = csv_rows(text(&site, "data/documents.csv"));
    let withdrawn: Vec<&Row> = documents.iter().filter(|row| row["status"] == "withdrawn").collect();
    assert_eq!(withdrawn.len(), 1);
    for gone in ["summary", "sections", "figures", "attachments", "markdown"] {
        assert_eq!(withdrawn[0][gone], "", "{gone}");
    }
    let drafts = Project::fixture("open-data").site_with(&Wishes { drafts: true, ..Wishes::default() });
    assert!(text(&drafts, "data/figures.csv").contains("222件"), "a preview shows drafts");
}

#[test]
fn the_switch_turns_everything_off() {
    let mut project = Project::fixture("open-data");
    let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
    project.edit("site.yaml", settings + "open_data: false\n");
    let site = project.site();
    assert!(!site.keys().any(|path| path.starts_with("data")));
    for (path, bytes) in site.iter().filter(|(path, _)| path.extension() == Some("html")) {
        assert!(!String::from_utf8_lossy(bytes).contains("/data/"), "{path} leads to data");
    }
}

#[test]
fn the_page_of_the_data_leads_to_every_file() {
    let site = fixture();
    let page = text(&site, "data/index.html");
    for path in site.keys().filter(|path| path.starts_with("data") && path.as_str() != "data/index.html") {
        let is_schema = path.as_str() == "data/figures.schema.json";
        assert!(is_schema || page.contains(&format!("\"/fzzf/{path}\"")), "nothing leads to {path}");
    }
    assert!(!page.contains("<script>alert"), "a title is no script");
    let place = text(&site, "jiangmen/index.html");
    assert!(place.contains("\"/fzzf/data/places/jiangmen.csv\""), "beside the table");
}

#[test]
fn the_package_names_every_csv_file_and_the_records() {
    let site = fixture();
    let package: Value = serde_json::from_str(text(&site, "data/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let paths: BTreeSet<String> =
        resources.iter().map(|resource| format!("data/{}", resource["path"].as_str().unwrap())).collect();
    let files = stems(&site).into_iter().map(|stem| stem.with_extension("csv").to_string());
    let files: BTreeSet<String> = files.chain(["data/records.ndjson".to_owned()]).collect();
    assert_eq!(paths, files);
    assert!(package.get("licenses").is_none(), "a licence is the publisher's to give");
}

#[test]
fn columns_of_the_package_are_those_of_the_files() {
    let site = fixture();
    let package: Value = serde_json::from_str(text(&site, "data/datapackage.json")).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let schema = match &resource["schema"] {
            Value::String(path) => serde_json::from_str(text(&site, &format!("data/{path}"))).unwrap(),
            inline => inline.clone(),
        };
        let fields = schema["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        let csv = text(&site, &format!("data/{}", resource["path"].as_str().unwrap()));
        if resource["format"] == "ndjson" {
            continue;
        }
        assert_eq!(csv.trim_start_matches('\u{feff}').lines().next().unwrap(), names.join(","));
    }
}

/// What a federated site counts: a line a document, small, with what the package says of it, and the way to its source.
#[test]
fn a_record_is_a_line_and_leads_to_the_source() {
    let site = fixture();
    let package: Value = serde_json::from_str(text(&site, "data/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let resource = resources.iter().find(|resource| resource["name"] == "records").unwrap();
    let fields = resource["schema"]["fields"].as_array().unwrap();
    let names: BTreeSet<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    let documents: Vec<Value> = serde_json::from_str(text(&site, "data/documents.json")).unwrap();
    let records: Vec<&str> = text(&site, "data/records.ndjson").lines().collect();
    assert_eq!(records.len(), documents.len());
    for (line, document) in records.iter().zip(&documents) {
        assert!(line.len() < 600, "{} bytes: {line}", line.len());
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(record.as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>(), names);
        assert_eq!(record["schema"], 1);
        let path = record["path"].as_str().unwrap();
        assert_eq!(document["address"], format!("https://www.example.org/fzzf/{path}"));
        for key in ["place", "year", "title", "status", "published", "figures", "extent", "invented"] {
            assert_eq!(record[key], document[key], "{key} of {path}");
        }
        match record["source"].as_str() {
            Some(source) => assert!(site.contains_key(Utf8Path::new(source)), "{source}"),
            None => assert_eq!(record["status"], "withdrawn"),
        }
    }
}

/// A province with more counties than a page lists, each with more figures than one.
fn large() -> Project {
    let mut project = Project::new(
        "-- site.yaml --\ntitle: 档案\nbase_url: https://www.example.org/\n\
         -- content/sheng/_index.md --\n---\nname: 某省\nlevel: province\n---\n",
    );
    let ids: Vec<String> = (1..=9).map(|n| format!("figure_{n}")).collect();
    let registry: String = ids
        .iter()
        .zip(1..)
        .map(|(id, n)| format!("{id}: {{ name: 指标{n}号, unit: 件, kind: flow }}\n"))
        .collect();
    project.edit("indicators.yaml", registry);
    for place in 0..510 {
        let folder = format!("content/xian-{place}");
        let about = format!("---\nname: 第{place}县\nlevel: county\nparent: sheng\n---\n");
        project.edit(&format!("{folder}/_index.md"), about);
        let claims: String =
            ids.iter().zip(1..).map(|(id, n)| format!("  {id}: {}\n", place * 10 + n)).collect();
        let words: String = (1..10).map(|n| format!("指标{n}号{}件。\n\n", place * 10 + n)).collect();
        let report = format!(
            "---\ntitle: 第{place}县2019年度报告\nissuer: 第{place}县人民政府\npublished: 2020-03-20\n\
             indicators:\n{claims}---\n{words}"
        );
        project.edit(&format!("{folder}/2019.md"), report);
    }
    project
}

#[test]
fn where_places_are_too_many_the_page_leads_to_the_topmost() {
    let site = large().site();
    let page = text(&site, "data/index.html");
    assert_eq!(csv_rows(text(&site, "data/figures.csv")).len(), 4590);
    assert!(!page.contains("/data/places/xian-1.csv") && page.contains("\"/sheng/\""));
    assert!(page.contains("/data/indicators/figure_9.csv") && page.contains("/data/years/2019.csv"));
    assert!(text(&site, "xian-7/index.html").contains("\"/data/places/xian-7.csv\""));
    assert!(page.len() < 1_000_000);
}

#[test]
fn the_size_of_a_very_large_file_is_told_roughly_and_not_far_off() {
    let site = large().site();
    let page = text(&site, "data/index.html");
    for ending in ["csv", "json", "jsonld"] {
        let bytes = site[Utf8Path::new(&format!("data/figures.{ending}"))].len() as f64;
        let told = page.split_once(&format!("href=\"/data/figures.{ending}\"")).unwrap().1;
        let told = told.split_once("≈ ").unwrap().1.split_once('<').unwrap().0;
        let (number, unit) = told.split_once(' ').unwrap();
        let unit = if unit == "MB" { 1_048_576.0 } else { 1024.0 };
        let told = number.parse::<f64>().unwrap() * unit;
        assert!((told / bytes - 1.0).abs() < 0.06, "{ending}: {told} is told, {bytes} it is");
    }
}
