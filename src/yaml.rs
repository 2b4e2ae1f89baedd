//! YAML as spanned values, so that every later check can point at the author's own words.
//!
//! The parser stops at its first complaint about syntax; everything above syntax (types,
//! unknown keys, missing fields) is judged here, value by value, so that one reading reports
//! all of it. Nothing outside this room knows which crate reads YAML.

pub(crate) mod edit;
mod fault;
pub(crate) mod keys;
pub(crate) mod names;
mod node;
mod plain;
mod scalar;
mod values;

use crate::diag::{Diagnostic, Words, nearest};
use crate::source::{Source, Span, Spanned, is_unprintable};
use keys::Keys;
use node::{cleanse, end, parsed, place};

pub(crate) use node::YamlNode;
pub(crate) use scalar::scalar;

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
    match plain::read(text, offset).map_or_else(|| parsed(text, offset), Ok) {
        Ok(node) => match node.value {
            YamlNode::Map(entries) => {
                let mut fields = fields(entries, node.span);
                // Characters that are not typed come from escapes such as `\x01`, if at all.
                if text.contains(|c: char| c == '\\' || is_unprintable(c)) {
                    fields.cleanse();
                }
                Ok(fields)
            }
            YamlNode::Null => Ok(fields(Vec::new(), Span::new(offset..offset))),
            _ => Err(Box::new(not_a_mapping(source, &node))),
        },
        Err(error) if is_empty(text) => {
            drop(error);
            Ok(fields(Vec::new(), Span::new(offset..offset)))
        }
        Err(error) => Err(Box::new(fault::complaint(&error, source, span))),
    }
}

fn is_empty(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// The complaint of a text that is no mapping; without a single colon as YAML wants it, all its
/// lines are one value.
fn not_a_mapping(source: &Source, node: &Spanned<YamlNode>) -> Diagnostic {
    let first = source.slice(node.span).lines().next().unwrap_or_default();
    let start = node.span.start as usize;
    let help = fault::of_text(first).map_or_else(
        || {
            Words::new(
                "每行写一个 `键: 值`，如 `title: 标题`",
                "write one `key: value` a line, such as `title: a title`",
            )
        },
        fault::WritingFault::help,
    );
    let words = Words::new("这里应是“键: 值”的列表", "expected `key: value` lines here");
    Diagnostic::error("matter/type", source.path(), words)
        .at(Span::new(start..start + first.len()))
        .help(help.zh, help.en)
}

/// The entries of a mapping, taken one by one by those who know what they mean. What nobody
/// took at the end is an unknown key.
pub(crate) struct Fields<'a> {
    source: &'a Source,
    keys: &'static Keys,
    entries: Vec<(Spanned<String>, Spanned<YamlNode>)>,
    /// The keys that somebody asked for, to hold readers to their table while the program is tested.
    asked: AskedKeys,
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
        entries: Vec<(Spanned<String>, Spanned<YamlNode>)>,
        span: Span,
    ) -> Self {
        let (taken, blank, diagnostics) = (Vec::new(), Vec::new(), Vec::new());
        Self { source, keys, entries, asked: AskedKeys::default(), taken, blank, span, diagnostics }
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
    fn inner(&self, key: &str, node: Spanned<YamlNode>) -> Option<Fields<'a>> {
        match node.value {
            YamlNode::Map(entries) => {
                Some(Fields::new(self.source, self.keys.below(key), entries, node.span))
            }
            _ => None,
        }
    }

    /// Takes the value of `key`, if it is there and not null.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Spanned<YamlNode>> {
        self.asked.note(key);
        let at = self.entries.iter().position(|(name, _)| name.value == key)?;
        let (name, value) = self.entries.remove(at);
        if value.value == YamlNode::Null {
            self.blank.push(Spanned::new(key, name.span));
            return None;
        }
        let entry = Span { start: name.span.start, end: end(&value) };
        self.taken.push(Spanned::new(key, entry));
        Some(value)
    }

    /// Takes all that is left, for a mapping whose keys the author chooses.
    pub(crate) fn rest(&mut self) -> Vec<(Spanned<String>, Spanned<YamlNode>)> {
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
}

/// The keys that the reader of a mapping asked for. While the program is tested they are held against
/// the table, so that it says neither more nor less than the reader takes.
#[derive(Default)]
struct AskedKeys {
    #[cfg(debug_assertions)]
    keys: std::collections::BTreeSet<&'static str>,
}

impl AskedKeys {
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

/// Key and value where they are one word to YAML, as `role：x` and `role:x` are within brackets.
fn unglued(name: &str) -> Option<(&str, &str)> {
    let (key, value) = name.split_once(['：', ':'])?;
    Some((key, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::keys::{BothLanguages, KeyDescription, ValueShape};
    use super::*;

    const fn key(key: &'static str) -> KeyDescription {
        KeyDescription::new(key, &[], ValueShape::Anything, BothLanguages::new("", ""))
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
        const INNER: ValueShape = ValueShape::Group(&Keys::Fixed(&[key("on")]));
        const LIST: KeyDescription = KeyDescription { shape: INNER, ..key("list") };
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
