//! Where documents are and can be put: their files, and what there is to choose from.

use camino::Utf8PathBuf;
use serde::Serialize;

use super::press::{FindingManner, ShownSite};
use crate::form::{self, FormChoice};
use crate::route::Address;
use crate::source::Source;

/// Where a document is, or would be.
#[derive(Debug)]
pub(super) struct DocumentWhereabouts {
    /// Its file, below the site's folder.
    pub(super) path: Utf8PathBuf,
    /// Whether its place is there.
    pub(super) has_place: bool,
    /// The SHA-256 of the text that the preview has of it.
    pub(super) sha256: Option<[u8; 32]>,
}

/// What there is to choose from where a document is put.
#[derive(Debug, Serialize)]
pub(super) struct Choices {
    places: Vec<PlaceChosen>,
    kinds: Vec<FormChoice>,
    levels: Vec<FormChoice>,
    /// The addresses that are taken.
    taken: Vec<String>,
}

/// A place that can be chosen.
#[derive(Debug, Serialize)]
struct PlaceChosen {
    slug: String,
    name: String,
    /// How many places are above it.
    depth: usize,
}

impl Choices {
    /// What there is to choose from on this site, the places as they belong to each other.
    pub(super) fn of(shown: &ShownSite<'_>, manner: &FindingManner) -> Self {
        let archive = shown.site().archive;
        let mut places = Vec::new();
        let mut waiting: Vec<(&str, usize)> = Vec::new();
        let below =
            |slug: Option<&str>| archive.children(slug).map(|place| place.slug.as_str()).collect::<Vec<_>>();
        waiting.extend(below(None).into_iter().rev().map(|slug| (slug, 0)));
        while let Some((slug, depth)) = waiting.pop() {
            let name = archive.places.get(slug).map_or(slug, |place| place.name.as_str()).to_owned();
            places.push(PlaceChosen { slug: slug.to_owned(), name, depth });
            waiting.extend(below(Some(slug)).into_iter().rev().map(|child| (child, depth + 1)));
        }
        Self {
            places,
            kinds: form::kinds(&archive.config, manner.language),
            levels: form::levels(manner.language),
            taken: archive.reports.iter().map(|report| report.route().as_str().to_owned()).collect(),
        }
    }
}

impl DocumentWhereabouts {
    /// Where the document at `address` is, or would be.
    pub(super) fn of(shown: &ShownSite<'_>, address: &Address) -> Self {
        let name = address.route().as_str().trim_matches('/').to_owned();
        let paths = ["", "/index"].map(|end| Utf8PathBuf::from(format!("content/{name}{end}.md")));
        let found = paths.iter().find_map(|path| shown.source(path));
        let [plain, _] = paths;
        Self {
            path: found.map_or(plain, |found| found.path().to_owned()),
            has_place: shown.source(&place_file(&address.place)).is_some(),
            sha256: found.map(Source::sha256),
        }
    }
}

/// The file that describes a place.
pub(super) fn place_file(slug: &str) -> Utf8PathBuf {
    Utf8PathBuf::from(format!("content/{slug}/_index.md"))
}
