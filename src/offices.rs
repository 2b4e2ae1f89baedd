//! The offices that a federated site gathers: what became of asking each, and which documents stand on whose site. A
//! site that gathers nobody has none of them. It does not know how offices are asked, nor what a document says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use crate::config::BaseUrl;
use crate::diag::Words;
use crate::publications::Stamp;
use crate::route::Route;

/// The offices of a federated site, in the order in which it names them.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    /// Each of them.
    pub all: Vec<Office>,
    /// The documents that stand on the site of an office, by their addresses here.
    documents: HashMap<Route, DocumentOffice>,
    /// The files that are theirs.
    files: BTreeSet<Utf8PathBuf>,
}

/// Where a document stands.
#[derive(Clone, Debug)]
struct DocumentOffice {
    /// Which office's it is.
    office: usize,
    /// Its address there, where it is another one than here.
    there: Option<Route>,
}

/// An office, and what became of asking it.
#[derive(Clone, Debug)]
pub struct Office {
    /// By which it is told apart from others.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it is called in English, where it is called something there.
    pub title_en: Option<String>,
    /// Where its site stands.
    pub url: BaseUrl,
    /// When what is shown of it was read; nothing where nothing is shown.
    pub read: Option<Stamp>,
    /// Whether what is shown is what it publishes now, as far as anybody knows.
    pub standing: OfficeStanding,
    /// Whether the signature of what is shown was checked.
    pub is_signed: bool,
    /// How many of its documents are shown.
    pub documents: usize,
    /// What is wrong, each with its code.
    pub troubles: Vec<(&'static str, Words)>,
}

/// How what is shown of an office stands with what it publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfficeStanding {
    /// It was read just now, or nothing has changed since.
    Current,
    /// What was read before is shown, since what stands there now cannot be.
    Earlier,
    /// Nothing is shown.
    Absent,
}

impl OfficeStanding {
    /// Its name, the key of its interface text below `offices.standing.`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Earlier => "earlier",
            Self::Absent => "absent",
        }
    }
}

impl Offices {
    /// These offices, none of whose documents is known yet.
    #[must_use]
    pub fn new(all: Vec<Office>) -> Self {
        Self { all, ..Self::default() }
    }

    /// Whether there are none, so that the site is like any other.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many of them are not shown as they are now.
    #[must_use]
    pub fn troubled(&self) -> usize {
        self.all.iter().filter(|office| office.standing != OfficeStanding::Current).count()
    }

    /// Says that the document at `here` stands at `there` on the site of the office at this place of the list.
    pub fn add(&mut self, here: Route, office: usize, there: Route) {
        let there = (there != here).then_some(there);
        self.documents.insert(here, DocumentOffice { office, there });
    }

    /// Whether the document at `route` stands on the site of an office.
    #[must_use]
    pub fn has(&self, route: &Route) -> bool {
        self.documents.contains_key(route)
    }

    /// Says that the file at `path` is an office's.
    pub fn add_file(&mut self, path: Utf8PathBuf) {
        self.files.insert(path);
    }

    /// Whether the file at `path` is an office's, and not one of the site's own.
    #[must_use]
    pub fn is_file(&self, path: &Utf8Path) -> bool {
        self.files.contains(path)
    }

    /// Takes a document away, and says whose it was.
    pub fn remove(&mut self, route: &Route) -> Option<usize> {
        self.documents.remove(route).map(|stand| stand.office)
    }

    /// The documents that stand on the sites of offices, by their addresses here, each with whose it is.
    #[must_use]
    pub fn documents(&self) -> BTreeMap<&Route, usize> {
        self.documents.iter().map(|(route, stand)| (route, stand.office)).collect()
    }

    /// The whole address of what is at `route`, or beside the document there, if it stands on the site of an office.
    #[must_use]
    pub fn address(&self, route: &Route) -> Option<String> {
        if self.documents.is_empty() {
            return None;
        }
        let page = if route.is_page() { route.clone() } else { route.above().next()? };
        let stand = self.documents.get(&page)?;
        let beside = route.as_str().strip_prefix(page.as_str())?;
        let there = stand.there.as_ref().unwrap_or(&page);
        Some(self.all.get(stand.office)?.url.absolute(&format!("{there}{beside}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(url: &str) -> Office {
        Office {
            name: "a".into(),
            title: "甲".into(),
            title_en: None,
            url: BaseUrl::parse(url).unwrap(),
            read: None,
            standing: OfficeStanding::Absent,
            is_signed: false,
            documents: 0,
            troubles: Vec::new(),
        }
    }

    #[test]
    fn a_document_is_addressed_where_it_stands() {
        let mut offices = Offices::new(vec![office("https://a.example/x/"), office("https://b.example/")]);
        offices.add(Route::page(["a", "2020"]), 0, Route::page(["a", "2020"]));
        offices.add(Route::page(["b-a", "2020"]), 1, Route::page(["a", "2020"]));
        let at = |route: Route| offices.address(&route);
        assert_eq!(at(Route::page(["a", "2020"])).as_deref(), Some("https://a.example/x/a/2020/"));
        let source = Route::page(["b-a", "2020"]).beside("index.md").unwrap();
        assert_eq!(at(source).as_deref(), Some("https://b.example/a/2020/index.md"));
        assert_eq!(at(Route::page(["a"])), None);
        assert_eq!(at(Route::page(["a", "2021"])), None);
        assert!(Offices::default().address(&Route::page(["a", "2020"])).is_none());
    }
}
