//! Real pairs of reports, of which two readers said independently which section continues which.
//! Their texts stay outside the project: `XIANGWEI_TRUTH` names the folder that holds them, with
//! the sources of a site in `site/` and the readings in `links/`. Without it nothing is judged,
//! and the test says so.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use xiangwei::compare::{ComparedText, compare};

use super::printed::read;
use super::truth::{Score, sections};

/// Two anchors, the earlier one first.
type Link = (String, String);

/// A pair of reports and how it was read.
struct Real {
    name: String,
    reading: Value,
    folder: PathBuf,
}

impl Real {
    /// All pairs in a folder.
    fn all(folder: &Path) -> Vec<Self> {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder.join("links")).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let real = |path: PathBuf| Self {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            reading: serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap(),
            folder: folder.to_owned(),
        };
        paths.into_iter().map(real).collect()
    }

    fn said(&self, name: &str) -> String {
        match &self.reading[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// The links that `counts` says yes to, by what either reader said of them.
    fn links(&self, counts: impl Fn(&str, &str) -> bool) -> BTreeSet<Link> {
        let text = |link: &Value, name: &str| link[name].as_str().unwrap().to_owned();
        let links = self.reading["links"].as_array().unwrap().iter();
        let links = links.filter(|link| counts(&text(link, "first"), &text(link, "second")));
        links.map(|link| (text(link, "before"), text(link, "after"))).collect()
    }

    /// Whether the readers looked at both sections.
    fn is_read(&self, link: &Link) -> bool {
        let lists =
            |name: &str, anchor: &str| self.reading[name].as_array().unwrap().iter().any(|one| one == anchor);
        lists("sections_before", &link.0) && lists("sections_after", &link.1)
    }

    /// A link that both are sure of is right, and one that either has at all is neither right
    /// nor wrong.
    fn score(&self) -> Score {
        let document = |year: &str| {
            let path = format!("content/{}/{}.md", self.said("place"), self.said(year));
            read(&path, std::fs::read_to_string(self.folder.join("site").join(&path)).unwrap())
        };
        let (old, new) = (document("before"), document("after"));
        let (before, after) = (
            ComparedText::of(&old.0, old.1.parsed().unwrap()),
            ComparedText::of(&new.0, new.1.parsed().unwrap()),
        );
        let entries = sections(&compare(&before, &after), &before, &after);
        let linked = entries.into_iter().map(|(_, before, after)| (before, after));
        let found: BTreeSet<Link> = linked.filter(|link| self.is_read(link)).collect();
        let sure = self.links(|first, second| first == "sure" && second == "sure");
        let drawn = self.links(|_, _| true);
        Score {
            right: found.intersection(&sure).count(),
            wrong: found.difference(&drawn).count(),
            missed: sure.difference(&found).count(),
        }
    }
}

#[test]
fn real_reports_are_told_truly() {
    let Some(folder) = std::env::var_os("XIANGWEI_TRUTH") else {
        println!("skipped: XIANGWEI_TRUTH names no folder with real pairs, so nothing was judged");
        return;
    };
    let mut all = Score::default();
    let mut told = String::new();
    let mut least = 1.0_f64;
    for real in Real::all(Path::new(&folder)) {
        let score = real.score();
        told += &format!("{}: F1 {:.2}, {score:?}\n", real.name, score.f1());
        least = least.min(score.f1());
        all.right += score.right;
        all.wrong += score.wrong;
        all.missed += score.missed;
    }
    told += &format!("all: F1 {:.3}, precision {:.3}, recall {:.3}", all.f1(), all.precision(), all.recall());
    println!("{told}");
    assert!(all.right > 0 && all.f1() >= 0.85 && all.precision() >= 0.93 && least >= 0.6, "{told}");
}
