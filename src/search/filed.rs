//! What all documents are ordered and narrowed by, apart from what is shown of them: in which order documents of
//! several bundles come, and the values of the filters, a column for each. A browser reads the order of the years that
//! it looks at, and the columns when it counts what filters would leave.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::pack::{Packs, hash, piece};
use super::{File, Sealed, failed, number, self_proving};
use crate::diag::Words;
use crate::exports::Card;

/// By what a document is ordered, and narrowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filed {
    year: i16,
    published: Option<String>,
    url: String,
    places: Vec<String>,
    kind: (String, String),
    level: (String, String),
    issuers: Vec<String>,
}

impl From<Card> for Filed {
    fn from(card: Card) -> Self {
        let Card { year, published, url, places, kind, level, issuers, .. } = card;
        Self { year, published, url, places, kind, level, issuers }
    }
}

impl Filed {
    /// The year that it covers.
    pub(super) fn year(&self) -> i16 {
        self.year
    }

    /// Newest first, by year; then by day and address.
    fn rank(&self) -> impl Ord + '_ {
        (std::cmp::Reverse(self.year), &self.published, &self.url)
    }

    /// Whether it is the own report of its place and year, whose address follows from these.
    fn is_main(&self) -> bool {
        self.places.last().is_some_and(|place| self.url == format!("/{place}/{}/", self.year))
    }
}

/// What the contents say of these files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filing {
    /// The file of columns.
    filters: String,
    /// The files of orders.
    orders: Vec<String>,
    /// How long the order is of each age, that is of bundles with years in common; 0 for a bundle by itself.
    ages: Vec<usize>,
}

/// The values of filters: of each kind in the order in which they are first met, and by their numbers of documents.
#[derive(Default, Serialize)]
struct Filters<'a> {
    /// The places that a document belongs to, from the topmost down.
    places: Vec<&'a [String]>,
    kinds: Vec<&'a (String, String)>,
    levels: Vec<&'a (String, String)>,
    issuers: Vec<&'a [String]>,
    /// The documents of each bundle.
    bundles: Vec<Columns<'a>>,
}

/// The documents of a bundle, in its order.
#[derive(Default, Serialize)]
struct Columns<'a> {
    place: Vec<usize>,
    kind: Vec<usize>,
    level: Vec<usize>,
    issuers: Vec<usize>,
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

/// The files of orders and columns of these bundles, newest first, in a folder.
pub(super) fn filed(bundles: &[Sealed], folder: &str) -> Result<(Filing, Vec<File>), Words> {
    let filters = self_proving(&filters(bundles))?;
    let mut orders = Packs::default();
    let mut lengths = Vec::new();
    for age in ages(bundles) {
        lengths.push(match age {
            [_] => 0,
            several => orders.put(&piece(&order(several)).map_err(failed)?).length,
        });
    }
    let (orders, mut files) = orders.shelved(folder);
    let name = hash(&filters);
    files.push((format!("{folder}/{name}.json"), filters));
    Ok((Filing { filters: name, orders, ages: lengths }, files))
}

/// Bundles that have years in common, which are read together: what is newest in them is only known of all.
fn ages(bundles: &[Sealed]) -> impl Iterator<Item = &[Sealed]> {
    bundles.chunk_by(|newer, older| newer.first() <= older.last())
}

/// Which bundle of an age each document is in, in their order. In its bundle it comes behind those before it.
fn order(age: &[Sealed]) -> Vec<u8> {
    let mut all: Vec<(&Filed, usize)> = Vec::new();
    for (part, sealed) in age.iter().enumerate() {
        all.extend(sealed.filed.iter().map(|filed| (filed, part)));
    }
    all.sort_by(|(one, _), (other, _)| one.rank().cmp(&other.rank()));
    let mut bytes = Vec::new();
    for (_, part) in all {
        number::write(&mut bytes, part);
    }
    bytes
}

fn filters(bundles: &[Sealed]) -> Filters<'_> {
    let mut filters = Filters::default();
    let (mut places, mut kinds) = (Numbered(HashMap::new()), Numbered(HashMap::new()));
    let (mut levels, mut issuers) = (Numbered(HashMap::new()), Numbered(HashMap::new()));
    for sealed in bundles {
        let mut columns = Columns::default();
        for (at, filed) in sealed.filed.iter().enumerate() {
            columns.place.push(places.of(&*filed.places, &mut filters.places));
            columns.kind.push(kinds.of(&filed.kind, &mut filters.kinds));
            columns.level.push(levels.of(&filed.level, &mut filters.levels));
            columns.issuers.push(issuers.of(&*filed.issuers, &mut filters.issuers));
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
        let filed = |(year, published, url): &(i16, &str, &str)| Filed {
            year: *year,
            published: (!published.is_empty()).then(|| (*published).to_owned()),
            url: (*url).to_owned(),
            places: vec!["gd".into(), url.split('/').nth(1).unwrap_or_default().to_owned()],
            ..Filed::default()
        };
        let bundle = Bundle { name: name.into(), leads: Vec::new() };
        Sealed { bundle, digest: String::new(), filed: documents.iter().map(filed).collect() }
    }

    fn bundles() -> [Sealed; 3] {
        [
            sealed("2020-part-2", &[(2020, "", "/b/2020/"), (2020, "2021-03-01", "/d/2020/")]),
            sealed("2020-part-1", &[(2020, "2021-02-01", "/a/2020/"), (2020, "2021-03-01", "/a/2020/plan/")]),
            sealed("2019", &[(2019, "", "/a/2019/")]),
        ]
    }

    #[test]
    fn documents_of_several_bundles_come_in_one_order() {
        let bundles = bundles();
        let ages: Vec<usize> = ages(&bundles).map(<[Sealed]>::len).collect();
        assert_eq!(ages, [2, 1]);
        assert_eq!(order(&bundles[..2]), [0, 1, 1, 0]);
    }

    #[test]
    fn what_documents_are_narrowed_by_stands_in_columns() {
        let bundles = bundles();
        let filters = serde_json::to_value(filters(&bundles)).unwrap();
        assert_eq!(filters["places"], serde_json::json!([["gd", "b"], ["gd", "d"], ["gd", "a"]]));
        assert_eq!(filters["bundles"][1]["place"], serde_json::json!([2, 2]));
        assert_eq!(filters["bundles"][1]["urls"], serde_json::json!({ "1": "/a/2020/plan/" }));
        let (filing, files) = filed(&bundles, "d").unwrap();
        assert_eq!((filing.ages.len(), filing.ages[1], files.len()), (2, 0, 2));
    }
}
