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
mod support;

use std::collections::{BTreeMap, BTreeSet};

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
