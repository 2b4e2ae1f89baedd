//! YAML as spanned values, so that every later check can point at the author's own words.
//!
//! The parser stops at its first complaint about syntax; everything above syntax (types,
//! unknown keys, missing fields) is judged here, value by value, so that one reading reports
//! all of it. Nothing outside this file knows which crate reads YAML.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml as serde_saphyr;

use crate::diag::{Diagnostic, Words, nearest};
use crate::source::{Source, Span, Spanned};

/// A YAML value with the places of everything in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
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
    List(Vec<Spanned<Node>>),
    /// A mapping, in the order it is written.
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
}

/// Reads the YAML at `span` of `source`: a mapping, or an empty one where there is nothing.
pub(crate) fn read(source: &Source, span: Span) -> Result<Fields<'_>, Box<Diagnostic>> {
    let text = source.slice(span);
    let read = serde_saphyr::from_str_with_options::<serde_saphyr::Spanned<Raw>>(text, options());
    let offset = span.start as usize;
    match read {
        Ok(value) => {
            let node = convert(value, text, offset);
            match node.value {
                Node::Map(entries) => Ok(Fields::new(source, entries, node.span)),
                Node::Null => Ok(Fields::new(source, Vec::new(), Span::new(offset..offset))),
                _ => Err(Box::new(not_a_mapping(source).at(node.span))),
            }
        }
        Err(error) if is_empty(text) => {
            drop(error);
            Ok(Fields::new(source, Vec::new(), Span::new(offset..offset)))
        }
        Err(error) => Err(Box::new(complaint(&error, source, span))),
    }
}

fn is_empty(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

fn not_a_mapping(source: &Source) -> Diagnostic {
    Diagnostic::error(
        "matter/type",
        source.path(),
        Words::new("这里应是“键: 值”的列表", "expected `key: value` lines here"),
    )
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

/// The parser's complaint at its place.
fn complaint(error: &serde_saphyr::Error, source: &Source, span: Span) -> Diagnostic {
    let at = error.location().and_then(|location| {
        let at = location.span();
        // What the scanner complains of has its place in characters alone.
        let start = match at.byte_offset() {
            Some(byte) => usize::try_from(byte).ok()?,
            None => byte_of(source.slice(span), at.offset()),
        };
        let length = at.byte_len().and_then(|len| usize::try_from(len).ok()).unwrap_or(0);
        Some(place(source.slice(span), start, start + length, span.start as usize))
    });
    let cause = match error {
        serde_saphyr::Error::AliasError { error, .. } => error.without_snippet(),
        other => other,
    };
    let diagnostic = worded(cause, source);
    match at {
        Some(at) => diagnostic.at(at),
        None => diagnostic.at(Span::new(span.start as usize..span.start as usize)),
    }
}

/// The byte at which the character after `characters` of them begins.
fn byte_of(text: &str, characters: u64) -> usize {
    let nth = usize::try_from(characters).unwrap_or(usize::MAX);
    text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at)
}

/// The parser's complaint in our words.
fn worded(cause: &serde_saphyr::Error, source: &Source) -> Diagnostic {
    match cause {
        serde_saphyr::Error::Budget { .. }
        | serde_saphyr::Error::AliasReplayLimitExceeded { .. }
        | serde_saphyr::Error::AliasExpansionLimitExceeded { .. }
        | serde_saphyr::Error::AliasReplayCounterOverflow { .. }
        | serde_saphyr::Error::AliasReplayStackDepthExceeded { .. } => Diagnostic::error(
            "yaml/budget",
            source.path(),
            Words::new(
                "这段 YAML 展开后过大，没有读取",
                "this YAML grows too large when it is expanded, so it is not read",
            ),
        )
        .help("不要用锚点（&）和别名（*）层层引用", "do not nest anchors (&) and aliases (*)"),
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => {
            let key = key.clone().unwrap_or_default();
            Diagnostic::error(
                "matter/duplicate-key",
                source.path(),
                Words::new(format!("`{key}` 写了两次"), format!("`{key}` is given twice")),
            )
            .help("删去其中一个", "remove one of the two")
        }
        other => {
            let said = clause(&other.to_string());
            Diagnostic::error(
                "yaml/syntax",
                source.path(),
                Words::new(format!("YAML 写法有误：{said}"), format!("this is not well-formed YAML: {said}")),
            )
            .help(
                "检查缩进、冒号后的空格和引号是否成对",
                "check the indentation, the space after each colon and the quotation marks",
            )
        }
    }
}

/// The first line of the parser's own words, without its place: ours is shown.
fn clause(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

/// A span within the cut text, on character boundaries, moved to its place in the source.
fn place(text: &str, start: usize, end: usize, offset: usize) -> Span {
    let start = crate::source::floor_boundary(text, start);
    let end = crate::source::floor_boundary(text, end).max(start);
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

fn convert(raw: serde_saphyr::Spanned<Raw>, text: &str, offset: usize) -> Spanned<Node> {
    let at = raw.referenced.span();
    let start = at.byte_offset().map_or(0, |at| at as usize);
    let end = start + at.byte_len().map_or(0, |len| len as usize);
    let span = place(text, start, end, offset);
    let written = text.get(start..end).unwrap_or_default();
    let node = match raw.value {
        Raw::Null => Node::Null,
        Raw::Plain => Node::Scalar { text: written.trim().to_owned(), quoted: false },
        Raw::Text(text) => Node::Scalar { quoted: written.starts_with(['"', '\'', '|', '>']), text },
        Raw::List(items) => Node::List(items.into_iter().map(|item| convert(item, text, offset)).collect()),
        Raw::Map(entries) => Node::Map(
            entries
                .into_iter()
                .map(|(key, value)| (convert_key(key, text, offset), convert(value, text, offset)))
                .collect(),
        ),
    };
    Spanned::new(node, span)
}

fn convert_key(key: serde_saphyr::Spanned<String>, text: &str, offset: usize) -> Spanned<String> {
    let at = key.referenced.span();
    let start = at.byte_offset().map_or(0, |at| at as usize);
    let end = start + at.byte_len().map_or(0, |len| len as usize);
    Spanned::new(key.value, place(text, start, end, offset))
}

/// The entries of a mapping, taken one by one by those who know what they mean. What nobody
/// took at the end is an unknown key.
pub(crate) struct Fields<'a> {
    source: &'a Source,
    entries: Vec<(Spanned<String>, Spanned<Node>)>,
    known: Vec<&'static str>,
    span: Span,
    /// Everything wrong so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    fn new(source: &'a Source, entries: Vec<(Spanned<String>, Spanned<Node>)>, span: Span) -> Self {
        Self { source, entries, known: Vec::new(), span, diagnostics: Vec::new() }
    }

    /// Where the mapping stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The file, below the site's folder.
    pub(crate) fn path(&self) -> &'a camino::Utf8Path {
        self.source.path()
    }

    /// Whether something was already said of `key`, so that it is not called missing as well.
    pub(crate) fn complained_of(&self, key: &str) -> bool {
        let name = format!("`{key}`");
        self.diagnostics.iter().any(|diagnostic| diagnostic.message.en.contains(&name))
    }

    /// Reads a mapping inside this one with the same source; its complaints come back with
    /// [`Fields::finish`].
    pub(crate) fn inner(&self, node: Spanned<Node>) -> Option<Fields<'a>> {
        match node.value {
            Node::Map(entries) => Some(Fields::new(self.source, entries, node.span)),
            _ => None,
        }
    }

    /// Takes the value of `key`, if it is there and not null.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Spanned<Node>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(name, _)| name.value == key)?;
        let (_, value) = self.entries.remove(at);
        (value.value != Node::Null).then_some(value)
    }

    /// Takes all that is left, for a mapping whose keys the author chooses.
    pub(crate) fn rest(&mut self) -> Vec<(Spanned<String>, Spanned<Node>)> {
        std::mem::take(&mut self.entries)
    }

    /// Complains of every key that nobody took, and gives all complaints back.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (key, _) in std::mem::take(&mut self.entries) {
            let diagnostic = self.unknown(&key);
            self.diagnostics.push(diagnostic);
        }
        self.diagnostics
    }

    fn unknown(&self, key: &Spanned<String>) -> Diagnostic {
        let name = &key.value;
        let diagnostic = Diagnostic::error(
            "matter/unknown-key",
            self.source.path(),
            Words::new(format!("不认识的键 `{name}`"), format!("unknown key `{name}`")),
        )
        .at(key.span);
        match nearest(name, self.known.iter().copied()) {
            Some(near) => {
                diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?"))
            }
            None => diagnostic.help(
                format!("这里可用的键：{}", self.known.join("、")),
                format!("the keys known here are: {}", self.known.join(", ")),
            ),
        }
    }

    /// Complains at `span`.
    pub(crate) fn error(&mut self, code: &'static str, span: Span, words: Words) -> &mut Diagnostic {
        let diagnostic = Diagnostic::error(code, self.source.path(), words).at(span);
        let at = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[at]
    }

    /// Complains that `key` is missing.
    pub(crate) fn missing(&mut self, key: &str) -> &mut Diagnostic {
        let span = Span::new(self.span.start as usize..self.span.start as usize);
        let words = Words::new(format!("缺少 `{key}`"), format!("`{key}` is missing"));
        self.error("matter/missing", span, words)
    }

    fn mistyped(&mut self, key: &str, span: Span, expected: (&str, &str)) {
        let words =
            Words::new(format!("`{key}` 应为{}", expected.0), format!("`{key}` must be {}", expected.1));
        self.error("matter/type", span, words);
    }

    /// The text of `key`, trimmed and not empty.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        self.as_text(key, node)
    }

    /// `node` as a text, or a complaint that `key` must be one.
    pub(crate) fn as_text(&mut self, key: &str, node: Spanned<Node>) -> Option<Spanned<String>> {
        match node.value {
            Node::Scalar { text, .. } if !text.trim().is_empty() => {
                Some(Spanned::new(text.trim().to_owned(), node.span))
            }
            _ => {
                self.mistyped(key, node.span, ("文字", "a text"));
                None
            }
        }
    }

    /// One text or a list of texts.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        match node.value {
            Node::List(items) => items.into_iter().filter_map(|item| self.as_text(key, item)).collect(),
            _ => self.as_text(key, node).into_iter().collect(),
        }
    }

    /// A switch.
    pub(crate) fn switch(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match &node.value {
            Node::Scalar { text, quoted: false } if text == "true" => Some(true),
            Node::Scalar { text, quoted: false } if text == "false" => Some(false),
            _ => {
                self.mistyped(key, node.span, ("true 或 false", "true or false"));
                None
            }
        }
    }

    /// A number as it is written: `94.60` keeps both its decimals.
    pub(crate) fn as_number(&mut self, key: &str, node: &Spanned<Node>) -> Option<Decimal> {
        let number = match &node.value {
            Node::Scalar { text, .. } => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.mistyped(key, node.span, ("数字", "a number"));
        }
        number
    }

    /// One of the `choices`, which are names and what they mean.
    pub(crate) fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Spanned::new(*choice, text.span));
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let said = &text.value;
        let words = Words::new(format!("`{key}` 不能是 `{said}`"), format!("`{key}` cannot be `{said}`"));
        let near = nearest(said, names.iter().copied()).map(str::to_owned);
        let diagnostic = self.error("matter/value", text.span, words);
        diagnostic.help = Some(match near {
            Some(near) => Words::new(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
            None => Words::new(
                format!("可选：{}", names.join("、")),
                format!("choose one of: {}", names.join(", ")),
            ),
        });
        None
    }

    /// A list of mappings, each read by `read`; anything else is complained of.
    pub(crate) fn each<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        let Node::List(items) = node.value else {
            self.mistyped(key, node.span, ("列表", "a list"));
            return Vec::new();
        };
        items.into_iter().filter_map(|item| self.one(key, item, &mut read)).collect()
    }

    /// A mapping, read by `read`; anything else is complained of.
    pub(crate) fn group<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        self.one(key, node, &mut read)
    }

    /// `node` as a mapping, read by `read`.
    pub(crate) fn one<T>(
        &mut self,
        key: &str,
        node: Spanned<Node>,
        read: &mut impl FnMut(&mut Fields<'a>) -> Option<T>,
    ) -> Option<T> {
        let span = node.span;
        let Some(mut fields) = self.inner(node) else {
            self.mistyped(key, span, ("“键: 值”的列表", "`key: value` lines"));
            return None;
        };
        let value = read(&mut fields);
        self.diagnostics.extend(fields.finish());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(source: &Source) -> Fields<'_> {
        read(source, Span::new(0..source.text().len())).unwrap()
    }

    #[test]
    fn values_keep_their_places_and_their_spelling() {
        let source = Source::new("a.md", "标题: 年报\nrate: 94.60\nwhen: 2020-03-02\n");
        let mut fields = fields(&source);
        let title = fields.text("标题").unwrap();
        assert_eq!((source.slice(title.span), title.value.as_str()), ("年报", "年报"));
        let rate = fields.take("rate").unwrap();
        assert_eq!(fields.as_number("rate", &rate).unwrap().to_string(), "94.60");
        let when = fields.text("when").unwrap();
        assert_eq!((source.slice(when.span), when.value.as_str()), ("2020-03-02", "2020-03-02"));
        assert!(fields.finish().is_empty());
    }

    #[test]
    fn every_mistake_of_a_mapping_is_reported_at_once() {
        let source = Source::new("a.md", "titel: x\non: perhaps\nlist: {a: 1}\n");
        let mut fields = fields(&source);
        fields.text("title");
        fields.switch("on");
        fields.each("list", |_| Some(()));
        let codes: Vec<_> = fields.finish().iter().map(|d| (d.code, d.span.unwrap().start)).collect();
        assert_eq!(codes, [("matter/type", 13), ("matter/type", 27), ("matter/unknown-key", 0)]);
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for at in 1..9 {
            let before = at - 1;
            let list = vec![format!("*a{before}"); 9].join(", ");
            text += &format!("a{at}: &a{at} [{list}]\n");
        }
        let source = Source::new("a.md", text);
        let all = Span::new(0..source.text().len());
        let complaint = read(&source, all).err().unwrap();
        assert_eq!(complaint.code, "yaml/budget", "{complaint:?}");
    }

    #[test]
    fn a_key_given_twice_is_named() {
        let source = Source::new("a.md", "a: 1\nb: 2\na: 3\n");
        let complaint = read(&source, Span::new(0..15)).err().unwrap();
        assert_eq!(complaint.code, "matter/duplicate-key");
        assert_eq!(source.position(complaint.span.unwrap().start as usize).0, 3);
    }

    #[test]
    fn nothing_is_an_empty_mapping() {
        let source = Source::new("a.md", "# only a comment\n");
        assert!(fields(&source).finish().is_empty());
    }
}
