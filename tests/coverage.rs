//! Who has reported, and when: what the pages say of it, on a day that is named and without
//! one, and how the tables are split where there are many places.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its fixtures")]

mod support;

use std::fmt::Write as _;

use serde_json::Value;
use support::Project;
use xiangwei::ask::Planned;
use xiangwei::build::{self, Wishes};
use xiangwei::check;
use xiangwei::diag::Severity;

/// What is at `address` on a site that is judged on `today`.
fn view(project: &Project, address: &str, today: Option<&str>) -> Option<Value> {
    let wishes = Wishes { today: today.map(|day| day.parse().unwrap()), ..Wishes::default() };
    let archive = build::prepare(project.sources(), &wishes).value.0;
    let outline = xiangwei::outline::outline(&archive, false).value;
    let planned = Planned::new(&archive, &outline);
    let route = outline.routes().map(|(route, _)| route).find(|route| route.as_str() == address)?;
    serde_json::to_value(xiangwei::build::view(&planned, route)?).ok()
}

/// A table with a line a place: its depth, its name, and how it stands with each year.
fn lines(table: &Value) -> String {
    let years: Vec<String> = list(&table["years"]).iter().map(|year| year.to_string()).collect();
    let mut text = format!("{}\n", years.join(" "));
    for row in list(&table["rows"]) {
        let indent = "  ".repeat(usize::try_from(row["place"]["depth"].as_u64().unwrap()).unwrap());
        let cells: Vec<String> = list(&row["cells"]).iter().map(cell).collect();
        let _ = writeln!(text, "{indent}{}: {}", row["place"]["name"].as_str().unwrap(), cells.join(" "));
    }
    let total = |tally: &Value| {
        format!("{}/{} {}/{}", tally["held"], tally["expected"], tally["on_time"], tally["judged"])
    };
    let totals: Vec<String> = list(&table["totals"]).iter().map(total).collect();
    let _ = writeln!(text, "= {}", totals.join(", "));
    text
}

fn cell(cell: &Value) -> String {
    let standing = cell["standing"].as_str().unwrap();
    let linked = if cell["href"].is_null() { "" } else { "*" };
    match cell["days"].as_i64() {
        Some(days) => format!("{standing}{days}{linked}"),
        None => format!("{standing}{linked}"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn tables(view: &Value) -> String {
    list(&view["coverage"]["tables"]).iter().map(lines).collect()
}

#[test]
fn without_a_day_the_archive_judges_what_its_dates_show() {
    let project = Project::fixture("coverage");
    insta::assert_snapshot!(tables(&view(&project, "/coverage/", None).unwrap()));
}

#[test]
fn on_a_day_that_is_named_everything_is_judged() {
    let project = Project::fixture("coverage");
    insta::assert_snapshot!(tables(&view(&project, "/coverage/", Some("2023-04-01")).unwrap()));
    let later = view(&project, "/coverage/", Some("2023-04-02")).unwrap();
    assert!(
        tables(&later).contains("恩平市: missing missing missing missing missing\n"),
        "{}",
        tables(&later)
    );
}

#[test]
fn the_home_page_and_the_places_say_the_same() {
    let project = Project::fixture("coverage");
    let home = view(&project, "/", Some("2023-04-01")).unwrap();
    insta::assert_snapshot!(lines(&home["home"]["coverage"]));
    let place = view(&project, "/taishan/", Some("2023-04-01")).unwrap();
    insta::assert_snapshot!(lines(&place["place"]["coverage"]));
    let without = view(&project, "/taishan-haiyan/", None).unwrap();
    assert!(without["place"]["coverage"].is_null(), "a place without places of its own has no table");
}

#[test]
fn a_site_without_reports_that_are_due_has_no_such_page() {
    let mut project = Project::in_world("");
    project.remove("content/jiangmen/2018.md");
    let news = "---\ntitle: 动态\nkind: news\nsource: 司法局\npublished: 2019-03-20\n---\n一、概况\n";
    project.edit("content/jiangmen/2018/news.md", news);
    assert!(view(&project, "/coverage/", Some("2026-01-01")).is_none());
    let home = view(&project, "/", None).unwrap();
    assert!(home["home"]["coverage"].is_null());
    let nav: Vec<&Value> = list(&home["site"]["nav"]).iter().map(|item| &item["href"]).collect();
    assert!(!nav.contains(&&Value::from("/coverage/")), "{nav:?}");
}

#[test]
fn overdue_reports_are_noted_on_a_day_that_is_named_and_stop_nothing() {
    let project = Project::fixture("coverage");
    let notes = |today: Option<&str>| {
        let wishes = Wishes { today: today.map(|day| day.parse().unwrap()), ..Wishes::default() };
        let archive = build::prepare(project.sources(), &wishes).value.0;
        let outline = xiangwei::outline::outline(&archive, false).value;
        let planned = Planned::new(&archive, &outline);
        let found = check::check(&planned).into_iter().filter(|found| found.code == "coverage/missing");
        let found = found.map(|found| {
            assert_eq!(found.severity, Severity::Note);
            found.path.to_string()
        });
        found.collect::<Vec<_>>()
    };
    assert_eq!(notes(None), [""; 0]);
    let disclosure = "content/taishan/_index.md";
    assert_eq!(
        notes(Some("2023-04-01")),
        [disclosure],
        "the first of April is in question for one kind only"
    );
    assert_eq!(notes(Some("2021-05-01")).len(), 3, "two places did report, one of them late");
    assert_eq!(notes(Some("2023-04-02")).len(), 6, "a draft is none, and one report is of another kind");
}

/// A province of `cities` cities with `counties` counties each, and one report.
fn province(cities: usize, counties: usize) -> Project {
    let mut project = Project::new("-- site.yaml --\ntitle: 档案\nbase_url: https://www.example.org/\n");
    let place = |name: &str, level: &str, parent: &str| {
        let parent = if parent.is_empty() { String::new() } else { format!("parent: {parent}\n") };
        format!("---\nname: {name}\nlevel: {level}\n{parent}---\n")
    };
    for province in ["yue", "gui"] {
        project.edit(&format!("content/{province}/_index.md"), place(province, "province", ""));
        for city in 0..cities {
            let slug = format!("{province}-{city}");
            project.edit(&format!("content/{slug}/_index.md"), place(&slug, "prefecture", province));
            for county in 0..counties {
                let below = format!("{slug}-{county}");
                project.edit(&format!("content/{below}/_index.md"), place(&below, "county", &slug));
                let report = "---\ntitle: 报告\nissuer: 甲\npublished: 2020-03-20\n---\n一、概况\n";
                project.edit(&format!("content/{below}/2019.md"), report);
            }
        }
    }
    project
}

#[test]
fn many_places_are_split_by_the_topmost_and_none_is_lost() {
    let project = province(20, 15);
    let whole = view(&project, "/coverage/", None).unwrap();
    let table = &whole["coverage"]["tables"][0];
    assert_eq!(list(&table["rows"]).len(), 0);
    assert_eq!(lines(table), "2019\n= 600/600 600/600\n");
    let parts: Vec<String> = list(&table["parts"])
        .iter()
        .map(|part| format!("{} {} {}", part["href"], part["places"], part["totals"][0]["held"]))
        .collect();
    assert_eq!(parts, ["\"/coverage/gui/\" 300 300", "\"/coverage/yue/\" 300 300"]);
    let part = view(&project, "/coverage/yue/", None).unwrap();
    let rows = &part["coverage"]["tables"][0]["rows"];
    assert_eq!(list(rows).len(), 1 + 20 + 300);
    assert_eq!((&rows[0]["place"]["depth"], &rows[2]["place"]["depth"]), (&Value::from(0), &Value::from(2)));
    assert!(rows[0]["total"].is_null(), "a place without reports of its own stands over its places");
    let home = view(&project, "/", None).unwrap();
    assert_eq!(list(&home["home"]["coverage"]["rows"]).len(), 42, "at a glance, the higher levels");
    assert_eq!(home["home"]["coverage"]["totals"][0]["held"], 600);
}
