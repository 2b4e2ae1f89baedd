//! A text of YAML as values with the places where they stand, before anybody knows what their keys mean. Only this
//! file and `fault` know which crate reads YAML.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml as serde_saphyr;

use crate::source::{Span, Spanned, is_unprintable};

/// A YAML value with the places of everything in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum YamlNode {
    /// Nothing, `null` or `~`.
    Null,
    /// A word, a number, a date: as it is written, and whether in quotation marks.
    Scalar {
        /// The text, without quotation marks.
        text: String,
        /// Whether it stood in quotation marks, or in a block, and so is certainly a text.
        quoted: bool,
    },
    /// A list.
    List(Vec<Spanned<YamlNode>>),
    /// A mapping, in the order it is written.
    Map(Vec<(Spanned<String>, Spanned<YamlNode>)>),
}

impl YamlNode {
    /// Takes what no text has a use for out of it, and notes where that was.
    pub(super) fn cleanse(&mut self, span: Span, found: &mut Vec<Span>) {
        match self {
            Self::Null => {}
            Self::Scalar { text, .. } => cleanse(text, span, found),
            Self::List(items) => items.iter_mut().for_each(|item| item.value.cleanse(item.span, found)),
            Self::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                cleanse(&mut key.value, key.span, found);
                value.value.cleanse(value.span, found);
            }),
        }
    }
}

/// Where a value ends; of a list or a mapping the parser tells the place where it begins.
pub(super) fn end(node: &Spanned<YamlNode>) -> u32 {
    let last = match &node.value {
        YamlNode::Null | YamlNode::Scalar { .. } => None,
        YamlNode::List(items) => items.last(),
        YamlNode::Map(entries) => entries.last().map(|(_, value)| value),
    };
    last.map_or(0, end).max(node.span.end)
}

pub(super) fn cleanse(text: &mut String, span: Span, found: &mut Vec<Span>) {
    if text.contains(is_unprintable) {
        text.retain(|c| !is_unprintable(c));
        found.push(span);
    }
}

/// Whatever `text` is, by all the rules of YAML, with the places of everything in it moved by
/// `offset`.
pub(super) fn parsed(text: &str, offset: usize) -> Result<Spanned<YamlNode>, serde_saphyr::Error> {
    let read = serde_saphyr::from_str_with_options::<serde_saphyr::Spanned<Raw>>(text, options());
    read.map(|value| convert(value, text, offset))
}

/// Budgets far above what a report needs and far below what would hurt.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 200_000,
            max_nodes: 100_000,
            max_depth: 32,
            max_documents: 1,
            max_aliases: 64,
            max_anchors: 64,
            max_total_scalar_bytes: 4 << 20,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 2_000,
            max_replay_stack_depth: 4,
            max_alias_expansions_per_anchor: 64,
        },
        with_snippet: false,
        emit_comments: false,
        strict_booleans: true,
    }
}

/// A span within the cut text, on character boundaries, moved to its place in the source.
pub(super) fn place(text: &str, start: usize, end: usize, offset: usize) -> Span {
    let start = text.floor_char_boundary(start);
    let end = text.floor_char_boundary(end).max(start);
    Span::new(start..end).shifted(offset)
}

/// What serde sees, before numbers are read again as they were written.
enum Raw {
    Null,
    Text(String),
    Plain,
    List(Vec<serde_saphyr::Spanned<Raw>>),
    Map(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

fn convert(raw: serde_saphyr::Spanned<Raw>, text: &str, offset: usize) -> Spanned<YamlNode> {
    let (start, end) = extent(raw.referenced);
    let span = place(text, start, end, offset);
    let written = text.get(start..end).unwrap_or_default();
    let node = match raw.value {
        Raw::Null => YamlNode::Null,
        Raw::Plain => YamlNode::Scalar { text: written.trim().to_owned(), quoted: false },
        Raw::Text(text) => YamlNode::Scalar { quoted: written.starts_with(['"', '\'', '|', '>']), text },
        Raw::List(items) => {
            YamlNode::List(items.into_iter().map(|item| convert(item, text, offset)).collect())
        }
        Raw::Map(entries) => YamlNode::Map(
            entries
                .into_iter()
                .map(|(key, value)| (convert_key(key, text, offset), convert(value, text, offset)))
                .collect(),
        ),
    };
    Spanned::new(node, span)
}

/// Where a value begins and ends in the text that was read.
fn extent(location: serde_saphyr::Location) -> (usize, usize) {
    let at = location.span();
    let start = at.byte_offset().map_or(0, |at| at as usize);
    (start, start + at.byte_len().map_or(0, |len| len as usize))
}

fn convert_key(key: serde_saphyr::Spanned<String>, text: &str, offset: usize) -> Spanned<String> {
    let (start, end) = extent(key.referenced);
    Spanned::new(key.value, place(text, start, end, offset))
}
