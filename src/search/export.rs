//! Documents for the search of a server, cut into our words: what such a server finds by a phrase of these is what a
//! plain search for a piece of text would find, as on the site itself. A server cuts at white space alone and
//! knows nothing of Chinese.

use serde::Serialize;

use super::{Entry, text, token};
use crate::exports::Card;

/// What stands between two units of a pair; no unit has more of it than itself.
const JOINT: char = '_';

/// A document as a server takes it in.
#[derive(Debug, Serialize)]
pub struct Exported {
    /// What it is known by: its address, without the base path.
    id: String,
    /// What it is listed with.
    #[serde(flatten)]
    card: Card,
    /// Its words, a text for each block: a phrase runs over nothing else. Every unit joined to the next.
    pairs: Vec<String>,
    /// Its units, likewise.
    units: Vec<String>,
}

/// A text as the words by which a server is asked for it, as one phrase.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Asked<'a> {
    /// The text.
    pub text: &'a str,
    /// The field that is asked: `pairs`, or `units` for a single one.
    pub field: &'static str,
    /// The phrase, its words parted by spaces.
    pub phrase: String,
}

/// A document as a server takes it in.
#[must_use]
pub fn exported(entry: Entry) -> Exported {
    let blocks: Vec<String> = text::blocks(&entry).iter().map(|block| token::folded(&block.text())).collect();
    let units: Vec<Vec<_>> = blocks.iter().map(|block| token::units(block)).collect();
    let joined = |words: &Vec<String>| words.join(" ");
    Exported {
        id: entry.card.url.clone(),
        card: entry.card,
        pairs: units
            .iter()
            .map(|units| pairs(units))
            .filter(|words| !words.is_empty())
            .map(|words| joined(&words))
            .collect(),
        units: units.iter().map(|units| units.join(" ")).filter(|words| !words.is_empty()).collect(),
    }
}

/// A text as a phrase that is asked for.
#[must_use]
pub fn asked(text: &str) -> Asked<'_> {
    let folded = token::folded(text);
    let units = token::units(&folded);
    match units.len() {
        0 | 1 => Asked { text, field: "units", phrase: units.concat() },
        _ => Asked { text, field: "pairs", phrase: pairs(&units).join(" ") },
    }
}

/// Every unit joined to the next.
fn pairs(units: &[std::borrow::Cow<'_, str>]) -> Vec<String> {
    units.windows(2).map(|two| format!("{}{JOINT}{}", two[0], two[1])).collect()
}

/// The settings of an index in Quickwit that takes these documents in.
pub const QUICKWIT: &str = include_str!("export/quickwit.yaml");

/// Those of one in OpenSearch or Elasticsearch.
pub const OPENSEARCH: &str = include_str!("export/opensearch.json");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::PlainBlock;

    #[test]
    fn a_document_is_cut_into_words_block_by_block() {
        let block = |text: &str| PlainBlock { section: String::new(), paragraphs: vec![text.into()] };
        let card = Card { url: "/a/2020/".into(), title: "行政".into(), ..Card::default() };
        let entry = Entry { card, lines: Vec::new(), blocks: vec![block("办结745件"), block("，")] };
        let found = serde_json::to_value(exported(entry)).unwrap();
        assert_eq!(found["pairs"], serde_json::json!(["行_政", "办_结 结_745 745_件"]));
        assert_eq!(found["units"], serde_json::json!(["行 政", "办 结 745 件", ","]));
        assert_eq!((&found["id"], &found["year"]), (&"/a/2020/".into(), &0.into()));
    }

    #[test]
    fn a_text_is_asked_for_as_one_phrase() {
        let of = |text: &str| {
            let Asked { field, phrase, .. } = asked(text);
            (field, phrase)
        };
        assert_eq!(of("行政復議"), ("pairs", "行_政 政_复 复_议".into()));
        assert_eq!(of("政"), ("units", "政".into()));
        assert_eq!(of(" "), ("units", String::new()));
    }
}
