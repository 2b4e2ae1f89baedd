//! Whether a browser compares as the program does. The file that browsers run is run here, in an
//! interpreter, and asked for any two years of invented places; it must answer what the program shows on
//! a page of these two. Of the example archive only a browser test does the same, for the pairs that have
//! a page (`tests/browser/compare.test.mjs`): an interpreter would take minutes for it.
//!
//! It is built by `scripts/wasm.sh`. Where this fails after a change in `src/han`, `src/compare` or
//! `src/beside`, it is to be built anew.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the theme")]

#[path = "beside/places.rs"]
mod places;
mod support;

use std::fs;

use serde_json::{Value, json};
use support::{Project, root, unpacked};
use wasmi::{Engine, Linker, Module, Store};
use xiangwei::ask::{Ask, Planned};
use xiangwei::beside::file;
use xiangwei::route::Route;
use xiangwei::{exports, outline};

/// What browsers run.
struct Browser {
    engine: Engine,
    module: Module,
}

impl Browser {
    fn open() -> Self {
        let engine = Engine::default();
        let code = fs::read(root().join("themes/gongbao/assets/compare.wasm")).unwrap();
        Self { module: Module::new(&engine, &code).unwrap(), engine }
    }

    /// What it says of two years of a file of texts, asked as `compare.js` asks.
    fn answer(&self, texts: &str, (from, to): (i16, i16)) -> Option<String> {
        let mut store = Store::new(&self.engine, ());
        let instance = Linker::new(&self.engine).instantiate_and_start(&mut store, &self.module).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let room = instance.get_typed_func::<u32, u32>(&store, "room").unwrap();
        let years = instance.get_typed_func::<(u32, u32, i32, i32), u32>(&store, "compare_years").unwrap();
        let bytes = u32::try_from(texts.len()).unwrap();
        let place = room.call(&mut store, bytes).unwrap();
        memory.write(&mut store, place as usize, texts.as_bytes()).unwrap();
        let answer = years.call(&mut store, (place, bytes, i32::from(from), i32::from(to))).unwrap() as usize;
        let mut length = [0; 4];
        memory.read(&store, answer, &mut length).unwrap();
        let mut told = vec![0; u32::from_le_bytes(length) as usize];
        memory.read(&store, answer + length.len(), &mut told).unwrap();
        Some(String::from_utf8(told).unwrap()).filter(|told| !told.is_empty())
    }
}

/// The documents of one place and kind.
struct Series {
    /// The folder of their comparison's pages.
    folder: Vec<String>,
    years: Vec<i16>,
    texts: String,
}

/// Every series of a site.
fn series(project: &Project) -> Vec<Series> {
    let archive = project.archive();
    let outline = outline::outline(&archive, false).value;
    let planned = Planned::new(&archive, &outline);
    let ask = Ask::of(&planned);
    let files = outline.routes().filter(|(route, _)| route.as_str().ends_with("/texts.json.gz"));
    let of_file = |(route, subject): (&Route, _)| {
        let texts = unpacked(&exports::file(&ask, subject).unwrap());
        let told: Value = serde_json::from_str(&texts).unwrap();
        let years = told["documents"].as_array().unwrap().iter();
        let years = years.map(|document| i16::try_from(document["about"]["year"].as_i64().unwrap()).unwrap());
        let folder = route.as_str().split('/').filter(|part| !part.is_empty() && *part != "texts.json.gz");
        Series { folder: folder.map(str::to_owned).collect(), years: years.collect(), texts }
    };
    files.map(of_file).collect()
}

/// What pages of two years show that is of these two alone, as far as the site has such pages.
fn pages(project: &Project, pairs: &[(Vec<String>, (i16, i16))]) -> Vec<Option<Value>> {
    let archive = project.archive();
    let outline = outline::outline(&archive, false).value;
    let planned = Planned::new(&archive, &outline);
    let page = |(folder, (from, to)): &(Vec<String>, (i16, i16))| {
        let years = format!("{from}-{to}");
        let route = Route::page(folder.iter().map(String::as_str).chain([years.as_str()]));
        let view = xiangwei::pages::view(&Ask::of(&planned), &route, outline.subject(&route)?)?;
        let mut view = serde_json::to_value(&view).unwrap()["compare"].take();
        for around in ["place", "kind", "pairs", "all_years"] {
            view.as_object_mut().unwrap().remove(around).unwrap();
        }
        Some(view)
    };
    pairs.iter().map(page).collect()
}

/// What places are called that hold two documents of another place and nothing else.
fn alias(place: &str, (from, to): (i16, i16)) -> String {
    format!("{place}-{from}-{to}")
}

/// A site with a place for every two years of a series, in which these two have a page.
fn apart(project: &Project, place: &str, years: &[i16]) -> Project {
    let own = format!("content/{place}/");
    let mut apart = project.clone();
    for (path, bytes) in project.files() {
        if let Some(name) = path.strip_prefix(&own) {
            let year = name.get(..4).and_then(|year| year.parse::<i16>().ok());
            for pair in pairs(years).filter(|pair| year.is_none_or(|year| year == pair.0 || year == pair.1)) {
                apart.edit(&format!("content/{}/{name}", alias(place, pair)), bytes.clone());
            }
        }
        if path.starts_with("content/") && path.matches('/').count() > 1 {
            apart.remove(path);
        }
    }
    apart
}

/// Every two years of a series, the earlier one first.
fn pairs(years: &[i16]) -> impl Iterator<Item = (i16, i16)> + '_ {
    years.iter().enumerate().flat_map(|(at, from)| years[at + 1..].iter().map(move |to| (*from, *to)))
}

/// What stands between two years depends on which others there are.
fn without_between(mut told: Value) -> Value {
    told["gaps"].take();
    told["between"].take();
    told
}

/// Holds the browser against the program for every two years of a site, and says how many those were.
fn hold(browser: &Browser, project: &Project) -> usize {
    let mut held = 0;
    for Series { folder, years, texts } in series(project) {
        let all: Vec<_> = pairs(&years).collect();
        let place = folder[0].as_str();
        let of_alias = |pair: &(i16, i16)| {
            let folder = [alias(place, *pair)].into_iter().chain(folder[1..].iter().cloned());
            (folder.collect::<Vec<_>>(), *pair)
        };
        let alone = pages(&apart(project, place, &years), &all.iter().map(of_alias).collect::<Vec<_>>());
        for (pair, alone) in all.into_iter().zip(alone) {
            let name = format!("{} {pair:?}", folder.join("/"));
            let told = browser.answer(&texts, pair).unwrap_or_else(|| panic!("{name}: no answer"));
            let told: Value = serde_json::from_str(&told).unwrap();
            let alone = alone.unwrap_or_else(|| panic!("{name}: two documents have a page")).to_string();
            let alone = alone.replace(&format!("/{}/", alias(place, pair)), &format!("/{place}/"));
            let alone = serde_json::from_str(&alone).unwrap();
            assert_eq!(without_between(told.clone()), without_between(alone), "{name}");
            let between = years.iter().filter(|year| (pair.0 + 1..pair.1).contains(*year)).count();
            assert_eq!(told["between"], json!(between), "{name}");
            let turned = (pair.1, pair.0);
            assert_eq!(browser.answer(&texts, turned), file::answer(&texts, turned), "{name}, turned round");
            held += 2;
        }
        let neighbours = years.windows(2).map(|pair| (pair[0], pair[1]));
        let with_page: Vec<_> = neighbours.map(|pair| (folder.clone(), pair)).collect();
        for ((_, pair), page) in with_page.iter().zip(pages(project, &with_page)) {
            let told: Value = serde_json::from_str(&browser.answer(&texts, *pair).unwrap()).unwrap();
            assert_eq!(Some(told), page, "{} {pair:?}", folder.join("/"));
        }
    }
    held
}

#[test]
fn a_browser_finds_what_the_program_finds() {
    let browser = Browser::open();
    let mut held = 0;
    for project in [places::project(), places::in_english(), Project::fixture("compared")] {
        held += hold(&browser, &project);
    }
    assert!(held >= 200, "only {held} pairs were held");
}

#[test]
fn what_cannot_be_compared_has_no_answer() {
    let browser = Browser::open();
    let series = series(&Project::fixture("compared"));
    let Series { years, texts, .. } = &series[0];
    for wrong in [(years[0], 1900), (1900, years[0])] {
        assert_eq!(browser.answer(texts, wrong), None);
    }
    let both = (years[0], years[1]);
    for broken in
        ["", "{", "[]", &texts[..texts.len() / 2], &texts.replace("\"lines\":[[", "\"lines\":[[99,99],[")]
    {
        assert_eq!(browser.answer(broken, both), None);
    }
    assert!(browser.answer(texts, both).is_some());
}

#[test]
fn both_lock_files_name_the_same_crates() {
    let packages = |path: &str| -> Vec<String> {
        let lock = fs::read_to_string(root().join(path)).unwrap();
        let named = lock.split("[[package]]").skip(1).filter(|package| package.contains("checksum"));
        named.map(|package| package.lines().skip(1).take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    let program = packages("Cargo.lock");
    for package in packages("wasm/Cargo.lock") {
        assert!(program.contains(&package), "{package}: run scripts/wasm.sh");
    }
}
