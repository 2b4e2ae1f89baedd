//! What documents are narrowed and ordered by, apart from their words, as rows of a table like those of words: each value of
//! each filter with the documents that have it. A browser reads the rows of what is asked for, and all of them only
//! where it counts what every filter would leave (`search-filters.js`).
//!
//! - `own PLACE`: the documents of a place itself, and `below PLACE`: those of the places below it;
//! - `kind ID NAME` and `level ID NAME`, each with what it is called; `issuer NAME`;
//! - `main`: the own reports of a place and a year.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::postings::row;
use super::table::Rows;
use crate::exports::Card;

/// By what a document is narrowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Filed {
    year: i16,
    url: String,
    places: Vec<String>,
    kind: (String, String),
    level: (String, String),
    #[serde(default)]
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

    /// Its address.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The values that it has, as the table calls them, each once.
    pub(super) fn values(&self) -> Vec<String> {
        let mut values = Vec::new();
        if let Some((own, over)) = self.places.split_last() {
            values.push(format!("own {own}"));
            values.extend(over.iter().map(|place| format!("below {place}")));
        }
        values.push(format!("kind {} {}", self.kind.0, self.kind.1));
        values.push(format!("level {} {}", self.level.0, self.level.1));
        values.extend(self.issuers.iter().map(|issuer| format!("issuer {issuer}")));
        values.extend(self.is_main().then(|| "main".to_owned()));
        values.sort();
        values.dedup();
        values
    }

    /// Whether it is the own report of a place and a year, which its address tells.
    fn is_main(&self) -> bool {
        let mut parts = self.url.rsplit('/');
        let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.next() == Some("")
            && parts.next().is_some_and(is_year)
            && parts.next().is_some_and(|place| !place.is_empty())
    }
}

/// What a bundle of these documents tells of the values.
pub(super) fn rows(documents: &[Filed]) -> Rows {
    let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, filed) in (0..).zip(documents) {
        for value in filed.values() {
            found.entry(value).or_default().push(number);
        }
    }
    let mut rows = Rows::default();
    let all = u32::try_from(documents.len()).unwrap_or(u32::MAX);
    found.into_iter().for_each(|(value, documents)| rows.add(value.as_bytes(), &row(&documents, all)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::number;

    fn filed(issuer: &str, url: &str) -> Filed {
        let place = url.split('/').nth(1).unwrap_or_default();
        Filed {
            url: url.to_owned(),
            places: vec!["gd".into(), place.to_owned()],
            kind: ("plan".into(), "计划".into()),
            level: ("city".into(), "市".into()),
            issuers: vec![issuer.to_owned(), issuer.to_owned()],
            ..Filed::default()
        }
    }

    #[test]
    fn every_value_has_the_documents_that_have_it() {
        let documents = [filed("乙", "/b/2020/"), filed("乙", "/b/2020/plan/"), filed("甲", "/a/2020/")];
        let rows = rows(&documents);
        let told = |(value, mut row): (&[u8], &[u8])| {
            let numbers = std::iter::from_fn(|| number::take(&mut row)).collect();
            (String::from_utf8(value.to_vec()).unwrap(), numbers)
        };
        let expected: [(&str, Vec<usize>); 8] = [
            ("below gd", vec![6]),
            ("issuer 乙", vec![5, 0b11]),
            ("issuer 甲", vec![2, 2]),
            ("kind plan 计划", vec![6]),
            ("level city 市", vec![6]),
            ("main", vec![5, 0b101]),
            ("own a", vec![2, 2]),
            ("own b", vec![5, 0b11]),
        ];
        let found: Vec<(String, Vec<usize>)> = rows.iter().map(told).collect();
        assert_eq!(found, expected.map(|(value, row)| (value.to_owned(), row)));
    }

    #[test]
    fn the_own_report_of_a_year_is_told_by_its_address() {
        let is_main = |url: &str| Filed { url: url.into(), ..Filed::default() }.is_main();
        assert!(is_main("/jiangmen/2019/") && is_main("https://a.example/sub/jiangmen/2019/"));
        assert!(!is_main("/jiangmen/2019/plan/") && !is_main("/jiangmen/plan-2019/") && !is_main("/2019/"));
    }

    #[test]
    fn it_is_read_back_from_what_a_document_is_listed_with() {
        let card =
            Card { url: "/a/2020/".into(), issuers: vec!["甲".into()], year: 2020, ..Card::default() };
        let bare = Card { issuers: Vec::new(), ..card.clone() };
        for card in [card, bare] {
            let written = serde_json::to_vec(&card).unwrap();
            assert_eq!(serde_json::from_slice::<Filed>(&written).unwrap(), Filed::from(card));
        }
    }
}
