//! What can be taken of a key: a text, a list, a number, a switch, one of a few, a mapping or several.

use super::names::{self, NamedValue};
use super::{Fields, YamlNode};
use crate::diag::{Diagnostic, Words};
use crate::han::quantity::Quantity;
use crate::source::{Span, Spanned};

impl<'a> Fields<'a> {
    /// The text of `key`, trimmed and not empty. One that stands in “ and ” as a whole is told, since
    /// they are no quotation marks to YAML.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        let is_plain = matches!(node.value, YamlNode::Scalar { quoted: false, .. });
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
    pub(crate) fn as_text(&mut self, key: &str, node: Spanned<YamlNode>) -> Option<Spanned<String>> {
        match node.value {
            YamlNode::Scalar { text, .. } if !text.trim().is_empty() => {
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
    pub(crate) fn as_spaced(&mut self, key: &str, node: Spanned<YamlNode>) -> Option<Spanned<String>> {
        let spaced = match &node.value {
            YamlNode::Scalar { text, .. } => text.clone(),
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
            YamlNode::List(items) => (items, true),
            _ => (vec![node], false),
        };
        let mut texts = Vec::new();
        for item in items {
            let is_plain = matches!(item.value, YamlNode::Scalar { quoted: false, .. });
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
            YamlNode::Scalar { text, quoted: false } if text == "true" => Some(true),
            YamlNode::Scalar { text, quoted: false } if text == "false" => Some(false),
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
    pub(crate) fn as_number(&mut self, key: &str, node: &Spanned<YamlNode>) -> Option<Quantity> {
        let number = match &node.value {
            YamlNode::Scalar { text, .. } => text.parse().ok(),
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
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[NamedValue<T>],
    ) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        self.chosen(key, &text, choices).map(|value| Spanned::new(value, text.span))
    }

    /// The value that `said` names of the `choices` for `key`.
    pub(crate) fn chosen<T: Copy>(
        &mut self,
        key: &str,
        said: &Spanned<String>,
        choices: &[NamedValue<T>],
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
        let YamlNode::List(items) = node.value else {
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
        node: Spanned<YamlNode>,
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

/// What seems to be divided, as a list has it; shortened where it is long.
fn listed(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let list = Some(parts.join(", ")).filter(|list| list.chars().count() <= 40);
    list.unwrap_or_else(|| "…, …".to_owned())
}

/// What to type where a text is expected and `found` stands.
fn text_instead(key: &str, found: &YamlNode) -> Words {
    let first = match found {
        YamlNode::List(items) => items.first().map(|item| &item.value),
        _ => None,
    };
    match (found, first) {
        (_, Some(YamlNode::Scalar { text, .. })) => Words::new(
            format!("写成 `{key}: {text}`，不用方括号"),
            format!("write `{key}: {text}`, without brackets"),
        ),
        (YamlNode::Scalar { .. }, _) => {
            Words::new("填上内容，或删去这一行", "write what it is, or remove the line")
        }
        _ => Words::new(
            format!("写成 `{key}: 文字`，写在同一行；含有 `: ` 的，给整个值加上引号"),
            format!("write `{key}: text` on one line, in quotation marks if it holds `: `"),
        ),
    }
}
