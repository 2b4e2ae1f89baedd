//! YAML as spanned values, so that every later check can point at the author's own words.
//!
//! The parser stops at its first complaint about syntax; everything above syntax (types,
//! unknown keys, missing fields) is judged here, value by value, so that one reading reports
//! all of it. Nothing outside this file knows which crate reads YAML.

pub(crate) mod edit;
mod fault;
pub(crate) mod keys;
pub(crate) mod names;
mod plain;
mod scalar;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml as serde_saphyr;

use crate::diag::{Diagnostic, Words, nearest};
use crate::han::quantity::Quantity;
use crate::source::{Source, Span, Spanned, is_unprintable};
use keys::Keys;
use names::Choice;

pub(crate) use scalar::scalar;

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

impl Node {
    /// Takes what no text has a use for out of it, and notes where that was.
    fn cleanse(&mut self, span: Span, found: &mut Vec<Span>) {
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
fn end(node: &Spanned<Node>) -> u32 {
    let last = match &node.value {
        Node::Null | Node::Scalar { .. } => None,
        Node::List(items) => items.last(),
        Node::Map(entries) => entries.last().map(|(_, value)| value),
    };
    last.map_or(0, end).max(node.span.end)
}

fn cleanse(text: &mut String, span: Span, found: &mut Vec<Span>) {
    if text.contains(is_unprintable) {
        text.retain(|c| !is_unprintable(c));
        found.push(span);
    }
}

/// Reads the YAML at `span` of `source`: a mapping with these `keys`, or an empty one where there is
/// nothing.
pub(crate) fn read<'a>(
    source: &'a Source,
    span: Span,
    keys: &'static Keys,
) -> Result<Fields<'a>, Box<Diagnostic>> {
    let fields = |entries, span| Fields::new(source, keys, entries, span);
    let text = source.slice(span);
    let offset = span.start as usize;
    match plain::read(text, offset).map_or_else(|| whole(text, offset), Ok) {
        Ok(node) => match node.value {
            Node::Map(entries) => {
                let mut fields = fields(entries, node.span);
                // Characters that are not typed come from escapes such as `\x01`, if at all.
                if text.contains(|c: char| c == '\\' || is_unprintable(c)) {
                    fields.cleanse();
                }
                Ok(fields)
            }
            Node::Null => Ok(fields(Vec::new(), Span::new(offset..offset))),
            _ => Err(Box::new(not_a_mapping(source, &node))),
        },
        Err(error) if is_empty(text) => {
            drop(error);
            Ok(fields(Vec::new(), Span::new(offset..offset)))
        }
        Err(error) => Err(Box::new(fault::complaint(&error, source, span))),
    }
}

/// Whatever `text` is, by all the rules of YAML, with the places of everything in it moved by
/// `offset`.
fn whole(text: &str, offset: usize) -> Result<Spanned<Node>, serde_saphyr::Error> {
    let read = serde_saphyr::from_str_with_options::<serde_saphyr::Spanned<Raw>>(text, options());
    read.map(|value| convert(value, text, offset))
}

fn is_empty(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// The complaint of a text that is no mapping; without a single colon as YAML wants it, all its
/// lines are one value.
fn not_a_mapping(source: &Source, node: &Spanned<Node>) -> Diagnostic {
    let first = source.slice(node.span).lines().next().unwrap_or_default();
    let start = node.span.start as usize;
    let help = fault::of_text(first).map_or_else(
        || {
            Words::new(
                "每行写一个 `键: 值`，如 `title: 标题`",
                "write one `key: value` a line, such as `title: a title`",
            )
        },
        fault::Fault::help,
    );
    let words = Words::new("这里应是“键: 值”的列表", "expected `key: value` lines here");
    Diagnostic::error("matter/type", source.path(), words)
        .at(Span::new(start..start + first.len()))
        .help(help.zh, help.en)
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
fn place(text: &str, start: usize, end: usize, offset: usize) -> Span {
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

fn convert(raw: serde_saphyr::Spanned<Raw>, text: &str, offset: usize) -> Spanned<Node> {
    let (start, end) = extent(raw.referenced);
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

/// The entries of a mapping, taken one by one by those who know what they mean. What nobody
/// took at the end is an unknown key.
pub(crate) struct Fields<'a> {
    source: &'a Source,
    keys: &'static Keys,
    entries: Vec<(Spanned<String>, Spanned<Node>)>,
    /// The keys that somebody asked for, to hold readers to their table while the program is tested.
    asked: Asked,
    /// The keys that were taken, each with the extent of its entry.
    taken: Vec<Spanned<&'static str>>,
    /// The keys that are given without a value, and where.
    blank: Vec<Spanned<&'static str>>,
    span: Span,
    /// Everything wrong so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    fn new(
        source: &'a Source,
        keys: &'static Keys,
        entries: Vec<(Spanned<String>, Spanned<Node>)>,
        span: Span,
    ) -> Self {
        let (taken, blank, diagnostics) = (Vec::new(), Vec::new(), Vec::new());
        Self { source, keys, entries, asked: Asked::default(), taken, blank, span, diagnostics }
    }

    /// Takes out of all texts what no text has a use for, and says where it was. Whatever is made of
    /// a text later, page, feed or table, can rely on that.
    fn cleanse(&mut self) {
        let mut found = Vec::new();
        for (key, value) in &mut self.entries {
            cleanse(&mut key.value, key.span, &mut found);
            value.value.cleanse(value.span, &mut found);
        }
        for span in found {
            let words = Words::new(
                "这里有看不见的控制字符，已去掉",
                "there are invisible control characters here, which are left out",
            );
            self.diagnostics.push(
                Diagnostic::warning("text/control", self.source.path(), words).at(span).help(
                    "删去它们，对照原文看有没有丢字",
                    "remove them, and see by the original that no word is lost",
                ),
            );
        }
    }

    /// Where the mapping stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The file, below the site's folder.
    pub(crate) fn path(&self) -> &'a camino::Utf8Path {
        self.source.path()
    }

    /// Whether something was already said of what stands at `key`, so that it is not called missing
    /// as well.
    pub(crate) fn complained_of(&self, key: &str) -> bool {
        let entry = self.taken.iter().find(|taken| taken.value == key).map(|taken| taken.span);
        // What is missing altogether is told at the mapping's beginning, of which no word is meant.
        let mut told = self.diagnostics.iter().filter_map(|diagnostic| diagnostic.span);
        entry.is_some_and(|entry| {
            told.any(|span| span.start < span.end && entry.start <= span.start && span.end <= entry.end)
        })
    }

    /// Reads the mapping that stands at `key`; its complaints come back with [`Fields::finish`].
    fn inner(&self, key: &str, node: Spanned<Node>) -> Option<Fields<'a>> {
        match node.value {
            Node::Map(entries) => Some(Fields::new(self.source, self.keys.below(key), entries, node.span)),
            _ => None,
        }
    }

    /// Takes the value of `key`, if it is there and not null.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Spanned<Node>> {
        self.asked.note(key);
        let at = self.entries.iter().position(|(name, _)| name.value == key)?;
        let (name, value) = self.entries.remove(at);
        if value.value == Node::Null {
            self.blank.push(Spanned::new(key, name.span));
            return None;
        }
        let entry = Span { start: name.span.start, end: end(&value) };
        self.taken.push(Spanned::new(key, entry));
        Some(value)
    }

    /// Takes all that is left, for a mapping whose keys the author chooses.
    pub(crate) fn rest(&mut self) -> Vec<(Spanned<String>, Spanned<Node>)> {
        std::mem::take(&mut self.entries)
    }

    /// Complains of every key that nobody took, and gives all complaints back.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.asked.compare(self.keys);
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
        let known: Vec<&str> = self.keys.fields().iter().map(|field| field.key).collect();
        let meant = self.keys.called(name).or_else(|| nearest(name, known.iter().copied()));
        match (unglued(name), meant) {
            (Some((key, value)), _) => diagnostic.help(
                format!("写成 `{key}: {value}`：半角冒号，后面一个空格"),
                format!("write `{key}: {value}`, with a plain colon and a space after it"),
            ),
            (None, Some(key)) if !name.is_ascii() => {
                diagnostic.help(format!("这一项写作 `{key}`"), format!("this key is written `{key}`"))
            }
            (None, Some(near)) => {
                diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?"))
            }
            (None, None) => diagnostic.help(
                format!("这里可用的键：{}", known.join("、")),
                format!("the keys known here are: {}", known.join(", ")),
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

    /// Complains that `key` is missing, or is there without a value.
    pub(crate) fn missing(&mut self, key: &str) -> &mut Diagnostic {
        if let Some(at) = self.blank.iter().find(|blank| blank.value == key).map(|blank| blank.span) {
            let words = Words::new(format!("`{key}` 没有填写"), format!("`{key}` has no value"));
            return self.error("matter/missing", at, words);
        }
        let span = Span::new(self.span.start as usize..self.span.start as usize);
        let words = Words::new(format!("缺少 `{key}`"), format!("`{key}` is missing"));
        self.error("matter/missing", span, words)
    }

    /// Complains that `key` is missing, with advice, unless something else was said of it.
    pub(crate) fn need(&mut self, key: &str, help: Words) {
        let meant = |name: &str| {
            unglued(name).is_some_and(|(own, _)| own == key) || self.keys.called(name) == Some(key)
        };
        // A key that is there under another name is complained of as unknown, with the right name.
        if !self.entries.iter().any(|(name, _)| meant(&name.value)) && !self.complained_of(key) {
            self.missing(key).help = Some(help);
        }
    }

    fn mistyped(&mut self, key: &str, span: Span, expected: Words) -> &mut Diagnostic {
        let words =
            Words::new(format!("`{key}` 应为{}", expected.zh), format!("`{key}` must be {}", expected.en));
        self.error("matter/type", span, words)
    }

    /// The text of `key`, trimmed and not empty. One that stands in “ and ” as a whole is told, since
    /// they are no quotation marks to YAML.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        let is_plain = matches!(node.value, Node::Scalar { quoted: false, .. });
        let text = self.as_text(key, node)?;
        if let Some(inner) = within_marks(&text.value).filter(|_| is_plain) {
            let words = Words::new(
                format!("`{key}` 两端的引号会原样保留"),
                format!("the quotation marks around `{key}` stay a part of it"),
            );
            let diagnostic = Diagnostic::warning("matter/quotes", self.source.path(), words).at(text.span);
            self.diagnostics.push(diagnostic.help(
                format!("不是文字的一部分的，删去：`{key}: {inner}`；是的，外面再加半角引号"),
                format!("if they are none, remove them: `{key}: {inner}`; if they are, put straight ones around all"),
            ));
        }
        Some(text)
    }

    /// The text of `key`, which is copied from a document with all its marks.
    pub(crate) fn verbatim(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        self.as_text(key, node)
    }

    /// `node` as a text, or a complaint that `key` must be one.
    pub(crate) fn as_text(&mut self, key: &str, node: Spanned<Node>) -> Option<Spanned<String>> {
        match node.value {
            Node::Scalar { text, .. } if !text.trim().is_empty() => {
                Some(Spanned::new(text.trim().to_owned(), node.span))
            }
            other => {
                let help = text_instead(key, &other);
                self.mistyped(key, node.span, Words::new("文字", "a text")).help = Some(help);
                None
            }
        }
    }

    /// The same with the spaces around it, for what is put between others.
    pub(crate) fn as_spaced(&mut self, key: &str, node: Spanned<Node>) -> Option<Spanned<String>> {
        let spaced = match &node.value {
            Node::Scalar { text, .. } => text.clone(),
            _ => String::new(),
        };
        self.as_text(key, node).map(|text| text.map(|_| spaced))
    }

    /// One text or a list of texts.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        self.divided(key, &['，', '；'])
    }

    /// One name or a list of names, none of which has a comma in it.
    pub(crate) fn names(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        self.divided(key, &['，', '；', '、', ',', ';'])
    }

    /// One text or a list of texts. One that its author seems to have divided by a sign that divides
    /// nothing in YAML is told, unless it stands in quotation marks.
    fn divided(&mut self, key: &'static str, signs: &[char]) -> Vec<Spanned<String>> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        let (items, is_list) = match node.value {
            Node::List(items) => (items, true),
            _ => (vec![node], false),
        };
        let mut texts = Vec::new();
        for item in items {
            let is_plain = matches!(item.value, Node::Scalar { quoted: false, .. });
            let Some(text) = self.as_text(key, item) else { continue };
            if is_plain && text.value.trim_matches(signs).contains(signs) {
                let parts: Vec<&str> = text.value.split(signs).map(str::trim).collect();
                let list = listed(&parts);
                let form = if is_list { list } else { format!("{key}: [{list}]") };
                self.undivided(key, text.span, &form);
            }
            texts.push(text);
        }
        texts
    }

    /// The warning that what looks like several is one.
    fn undivided(&mut self, key: &str, span: Span, form: &str) {
        let words = Words::new(
            format!("`{key}` 的这几项没有分开，算作一项"),
            format!("these are not divided, and are one entry of `{key}`"),
        );
        let diagnostic = Diagnostic::warning("matter/comma", self.source.path(), words).at(span);
        self.diagnostics.push(diagnostic.help(
            format!("YAML 里用半角逗号加空格分开：`{form}`；确是一项的，给它加上引号"),
            format!(
                "only a comma and a space divide in YAML: `{form}`; if it is one, put it in quotation marks"
            ),
        ));
    }

    /// A switch.
    pub(crate) fn switch(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match &node.value {
            Node::Scalar { text, quoted: false } if text == "true" => Some(true),
            Node::Scalar { text, quoted: false } if text == "false" => Some(false),
            _ => {
                self.mistyped(key, node.span, Words::new(" true 或 false", "true or false")).help =
                    Some(Words::new(
                        format!("写成 `{key}: true`（是）或 `{key}: false`（否），不加引号"),
                        format!("write `{key}: true` or `{key}: false`, without quotation marks"),
                    ));
                None
            }
        }
    }

    /// A number as it is written: `94.60` keeps both its decimals.
    pub(crate) fn as_number(&mut self, key: &str, node: &Spanned<Node>) -> Option<Quantity> {
        let number = match &node.value {
            Node::Scalar { text, .. } => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.mistyped(key, node.span, Words::new("数字", "a number")).help = Some(Words::new(
                "只写数字，如 745 或 40.02，不带单位和千分位",
                "write figures alone, such as 745 or 40.02, without unit or separators",
            ));
        }
        number
    }

    /// The value that `key` names of the `choices`.
    pub(crate) fn choice<T: Copy>(&mut self, key: &'static str, choices: &[Choice<T>]) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        self.chosen(key, &text, choices).map(|value| Spanned::new(value, text.span))
    }

    /// The value that `said` names of the `choices` for `key`.
    pub(crate) fn chosen<T: Copy>(
        &mut self,
        key: &str,
        said: &Spanned<String>,
        choices: &[Choice<T>],
    ) -> Option<T> {
        let found = choices.iter().find(|choice| choice.name == said.value);
        if found.is_none() {
            let value = &said.value;
            let words =
                Words::new(format!("`{key}` 不能是 `{value}`"), format!("`{key}` cannot be `{value}`"));
            self.error("matter/value", said.span, words).help =
                Some(names::advice(value, &names::known(choices)));
        }
        found.map(|choice| choice.value)
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
            self.mistyped(key, node.span, Words::new("列表", "a list")).help = Some(Words::new(
                "每条以 `- ` 开头，各占一行；只有一条也一样",
                "begin each entry with `- ` on a line of its own, even where there is only one",
            ));
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
        let Some(mut fields) = self.inner(key, node) else {
            self.mistyped(key, span, Words::new("“键: 值”的列表", "`key: value` lines")).help = Some(
                Words::new(
                    "另起一行，缩进两个空格，每行写一个 `键: 值`；或写成 `{ 键: 值 }`",
                    "on lines below it, indented by two spaces, write one `key: value` each, or write `{ key: value }`",
                ),
            );
            return None;
        };
        let value = read(&mut fields);
        self.diagnostics.extend(fields.finish());
        value
    }
}

/// The keys that the reader of a mapping asked for. While the program is tested they are held against
/// the table, so that it says neither more nor less than the reader takes.
#[derive(Default)]
struct Asked {
    #[cfg(debug_assertions)]
    keys: std::collections::BTreeSet<&'static str>,
}

impl Asked {
    #[cfg(debug_assertions)]
    fn note(&mut self, key: &'static str) {
        self.keys.insert(key);
    }

    #[cfg(debug_assertions)]
    fn compare(&self, keys: &Keys) {
        let listed = keys.fields().iter().map(|field| field.key).collect();
        assert_eq!(self.keys, listed, "the reader of a mapping takes other keys than its table has");
    }

    #[cfg(not(debug_assertions))]
    fn note(&mut self, _: &'static str) {}

    #[cfg(not(debug_assertions))]
    fn compare(&self, _: &Keys) {}
}

/// What stands between marks of quotation that are none to YAML, if all of a text does.
fn within_marks(text: &str) -> Option<&str> {
    let pairs = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('＂', '＂'), ('”', '”'), ('“', '“')];
    let (open, close) = pairs.into_iter().find(|(open, close)| {
        text.starts_with(*open) && text.ends_with(*close) && text.chars().nth(1).is_some()
    })?;
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    let is_whole = !inner.contains(|c| pairs.iter().any(|(open, close)| c == *open || c == *close));
    (is_whole && !inner.trim().is_empty()).then_some(inner.trim())
}

/// Key and value where they are one word to YAML, as `role：x` and `role:x` are within brackets.
fn unglued(name: &str) -> Option<(&str, &str)> {
    let (key, value) = name.split_once(['：', ':'])?;
    Some((key, value.trim()))
}

/// What seems to be divided, as a list has it; shortened where it is long.
fn listed(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let list = Some(parts.join(", ")).filter(|list| list.chars().count() <= 40);
    list.unwrap_or_else(|| "…, …".to_owned())
}

/// What to type where a text is expected and `found` stands.
fn text_instead(key: &str, found: &Node) -> Words {
    let first = match found {
        Node::List(items) => items.first().map(|item| &item.value),
        _ => None,
    };
    match (found, first) {
        (_, Some(Node::Scalar { text, .. })) => Words::new(
            format!("写成 `{key}: {text}`，不用方括号"),
            format!("write `{key}: {text}`, without brackets"),
        ),
        (Node::Scalar { .. }, _) => {
            Words::new("填上内容，或删去这一行", "write what it is, or remove the line")
        }
        _ => Words::new(
            format!("写成 `{key}: 文字`，写在同一行；含有 `: ` 的，给整个值加上引号"),
            format!("write `{key}: text` on one line, in quotation marks if it holds `: `"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::keys::{Field, Said, Shape};
    use super::*;

    const fn key(key: &'static str) -> Field {
        Field::new(key, &[], Shape::Anything, Said::new("", ""))
    }

    macro_rules! keys {
        ($($key:literal),*) => {{
            const KEYS: Keys = Keys::Fixed(&[$(key($key)),*]);
            &KEYS
        }};
    }

    fn fields<'a>(source: &'a Source, keys: &'static Keys) -> Fields<'a> {
        read(source, Span::new(0..source.text().len()), keys).unwrap()
    }

    #[test]
    fn values_keep_their_places_and_their_spelling() {
        let source = Source::new("a.md", "标题: 年报\nrate: 94.60\nwhen: 2020-03-02\n");
        let mut fields = fields(&source, keys!["标题", "rate", "when"]);
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
        let mut fields = fields(&source, keys!["title", "on", "list"]);
        fields.text("title");
        fields.switch("on");
        fields.each("list", |_| Some(()));
        let codes: Vec<_> = fields.finish().iter().map(|d| (d.code, d.span.unwrap().start)).collect();
        assert_eq!(codes, [("matter/type", 13), ("matter/type", 27), ("matter/unknown-key", 0)]);
    }

    #[test]
    fn a_key_that_something_was_said_of_is_not_missing_as_well() {
        let source = Source::new("a.md", "on: perhaps\nempty:\nlist: [{on: 1}, 甲]\n");
        const INNER: Shape = Shape::Group(&Keys::Fixed(&[key("on")]));
        const LIST: Field = Field { shape: INNER, ..key("list") };
        const KEYS: Keys = Keys::Fixed(&[key("on"), key("empty"), LIST, key("none")]);
        let mut fields = fields(&source, &KEYS);
        let help = || Words::new("例", "an example");
        fields.switch("on");
        fields.text("empty");
        fields.each("list", |inner| inner.switch("on"));
        fields.text("none");
        for key in ["on", "empty", "list", "none"] {
            fields.need(key, help());
        }
        let told: Vec<_> = fields.finish().into_iter().map(|told| (told.code, told.message.en)).collect();
        let told: Vec<_> = told.iter().map(|(code, words)| (*code, words.as_str())).collect();
        assert_eq!(
            told,
            [
                ("matter/type", "`on` must be true or false"),
                ("matter/type", "`on` must be true or false"),
                ("matter/type", "`list` must be `key: value` lines"),
                ("matter/missing", "`empty` has no value"),
                ("matter/missing", "`none` is missing"),
            ]
        );
    }

    #[test]
    fn what_a_full_width_sign_divides_is_one_and_told() {
        for (text, help) in [
            ("k: [甲，乙]\n", Some("`甲, 乙`")),
            ("k: 甲、乙、丙\n", Some("`k: [甲, 乙, 丙]`")),
            ("k: 甲, 乙\n", Some("`k: [甲, 乙]`")),
            ("k:\n  - 甲；乙\n  - 丙\n", Some("`甲, 乙`")),
            ("k: '甲、乙'\n", None),
            ("k: [甲, 乙]\n", None),
            ("k: 甲，\n", None),
        ] {
            let source = Source::new("a.md", text);
            let mut fields = fields(&source, keys!["k"]);
            assert!(!fields.names("k").is_empty());
            let told = fields.finish();
            assert_eq!(told.len(), usize::from(help.is_some()), "{text}");
            for told in told {
                let said = told.help.unwrap().en;
                assert!(told.code == "matter/comma" && said.contains(help.unwrap()), "{text} {said}");
            }
        }
        let source = Source::new("a.md", "k: [工业、交通, 财政，金融]\n");
        let mut fields = fields(&source, keys!["k"]);
        assert_eq!(fields.texts("k").len(), 2);
        assert_eq!(fields.finish().len(), 1, "the names of subjects may have a 、");
    }

    #[test]
    fn marks_around_a_whole_text_are_told() {
        for (text, is_told) in [
            ("k: “年报”\n", true),
            ("k: 「年报」\n", true),
            ("k: ＂年报＂\n", true),
            ("k: '“年报”'\n", false),
            ("k: “十四五”规划\n", false),
            ("k: “一网”和“一门”\n", false),
            ("k: “”\n", false),
        ] {
            let source = Source::new("a.md", text);
            let mut fields = fields(&source, keys!["k"]);
            assert!(fields.text("k").is_some());
            let codes: Vec<_> = fields.finish().iter().map(|told| told.code).collect();
            assert_eq!(codes, if is_told { vec!["matter/quotes"] } else { vec![] }, "{text}");
        }
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
        let complaint = read(&source, all, Keys::NONE).err().unwrap();
        assert_eq!(complaint.code, "yaml/budget", "{complaint:?}");
    }

    #[test]
    fn a_key_given_twice_is_named() {
        let source = Source::new("a.md", "a: 1\nb: 2\na: 3\n");
        let complaint = read(&source, Span::new(0..15), Keys::NONE).err().unwrap();
        assert_eq!(complaint.code, "matter/duplicate-key");
        assert_eq!(source.position(complaint.span.unwrap().start as usize).0, 3);
    }

    #[test]
    fn nothing_is_an_empty_mapping() {
        let source = Source::new("a.md", "# only a comment\n");
        assert!(fields(&source, Keys::NONE).finish().is_empty());
    }
}
