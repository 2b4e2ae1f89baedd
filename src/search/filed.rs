//! What all documents are narrowed by, apart from what is shown of them: the values of the filters, a column for each. A
//! browser reads them when it counts what filters would leave.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::pack::hash;
use super::{File, Sealed, self_proving};
use crate::diag::Words;
use crate::exports::Card;

/// By what a document is narrowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filed {
    year: i16,
    url: String,
    places: Vec<String>,
    kind: (String, String),
    level: (String, String),
    issuers: Vec<String>,
}

impl From<Card> for Filed {
    fn from(card: Card) -> Self {
        let Card { year, url, places, kind, level, issuers, .. } = card;
        Self { year, url, places, kind, level, issuers }
    }
}

impl Filed {
    /// The year that it covers.
    pub(super) fn year(&self) -> i16 {
        self.year
    }

    /// Whether it is the own report of its place and year, whose address follows from these.
    fn is_main(&self) -> bool {
        self.places.last().is_some_and(|place| self.url == format!("/{place}/{}/", self.year))
    }
}

/// The values of filters: of each kind in the order in which they are first met, and by their numbers of documents.
#[derive(Default, Serialize)]
struct Filters<'a> {
    /// The places that a document belongs to, from the topmost down.
    places: Vec<&'a [String]>,
    kinds: Vec<&'a (String, String)>,
    levels: Vec<&'a (String, String)>,
    issuers: Vec<&'a [String]>,
    /// The level and the issuers that the first document of each place has, and so almost every other.
    usual: Vec<(usize, usize)>,
    /// The documents of each bundle.
    bundles: Vec<Columns<'a>>,
}

/// The documents of a bundle, in its order.
#[derive(Default, Serialize)]
struct Columns<'a> {
    place: Vec<usize>,
    kind: Vec<usize>,
    /// The levels of those that have another than is usual in their place.
    level: BTreeMap<usize, usize>,
    /// The issuers of those that have others.
    issuers: BTreeMap<usize, usize>,
    /// The addresses of those that are not the own report of their place and year.
    urls: BTreeMap<usize, &'a str>,
}

/// Values by the numbers under which they are written.
struct Numbered<'a, T: ?Sized>(HashMap<&'a T, usize>);

impl<'a, T: ?Sized + Eq + std::hash::Hash> Numbered<'a, T> {
    /// The number of a value, which is put among the others if it is new.
    fn of(&mut self, value: &'a T, all: &mut Vec<&'a T>) -> usize {
        *self.0.entry(value).or_insert_with(|| {
            all.push(value);
            all.len() - 1
        })
    }
}

/// The file of columns of these bundles, newest first, in a folder; and its name.
pub(super) fn filed(bundles: &[Sealed], folder: &str) -> Result<(String, File), Words> {
    let filters = self_proving(&filters(bundles))?;
    let name = hash(&filters);
    let path = format!("{folder}/{name}.json");
    Ok((name, (path, filters)))
}

fn filters(bundles: &[Sealed]) -> Filters<'_> {
    let mut filters = Filters::default();
    let (mut places, mut kinds) = (Numbered(HashMap::new()), Numbered(HashMap::new()));
    let (mut levels, mut issuers) = (Numbered(HashMap::new()), Numbered(HashMap::new()));
    for sealed in bundles {
        let mut columns = Columns::default();
        for (at, filed) in sealed.filed.iter().enumerate() {
            let place = places.of(&*filed.places, &mut filters.places);
            let level = levels.of(&filed.level, &mut filters.levels);
            let issuers = issuers.of(&*filed.issuers, &mut filters.issuers);
            if place == filters.usual.len() {
                filters.usual.push((level, issuers));
            }
            let usual = filters.usual[place];
            columns.place.push(place);
            columns.kind.push(kinds.of(&filed.kind, &mut filters.kinds));
            columns.level.extend((level != usual.0).then_some((at, level)));
            columns.issuers.extend((issuers != usual.1).then_some((at, issuers)));
            if !filed.is_main() {
                columns.urls.insert(at, &filed.url);
            }
        }
        filters.bundles.push(columns);
    }
    filters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Bundle;

    fn sealed(name: &str, documents: &[(i16, &str, &str)]) -> Sealed {
        let filed = |(year, issuer, url): &(i16, &str, &str)| Filed {
            year: *year,
            url: (*url).to_owned(),
            places: vec!["gd".into(), url.split('/').nth(1).unwrap_or_default().to_owned()],
            issuers: vec![(*issuer).to_owned()],
            ..Filed::default()
        };
        let bundle = Bundle { name: name.into(), leads: Vec::new() };
        Sealed {
            bundle,
            digest: String::new(),
            makings: Vec::new(),
            filed: documents.iter().map(filed).collect(),
        }
    }

    #[test]
    fn what_documents_are_narrowed_by_stands_in_columns() {
        let bundles = [
            sealed("2020-b", &[(2020, "乙", "/b/2020/"), (2020, "丁", "/d/2020/")]),
            sealed("2020-a", &[(2020, "甲", "/a/2020/"), (2020, "丁", "/a/2020/plan/")]),
            sealed("2019", &[(2019, "甲", "/a/2019/")]),
        ];
        let filters = serde_json::to_value(filters(&bundles)).unwrap();
        assert_eq!(filters["places"], serde_json::json!([["gd", "b"], ["gd", "d"], ["gd", "a"]]));
        assert_eq!(filters["usual"], serde_json::json!([[0, 0], [0, 1], [0, 2]]));
        let expected = serde_json::json!({
            "place": [2, 2], "kind": [0, 0], "level": {}, "issuers": { "1": 1 }, "urls": { "1": "/a/2020/plan/" },
        });
        assert_eq!(filters["bundles"][1], expected);
    }
}
