//! The texts of the interface, by key, in the site's language. A higher layer's text takes
//! the place of a lower one's.

use std::collections::BTreeMap;

use super::Layer;
use super::unused::Named;
use crate::diag::{Diagnosed, Diagnostic, Language, Words, nearest};
use crate::source::{Source, Span, Spanned};
use crate::yaml;

/// The texts of the interface.
#[derive(Default)]
pub(super) struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The texts of `layers` in `language`.
    pub(super) fn read(
        layers: &[(String, Layer)],
        language: Language,
        named: &Named<'_>,
    ) -> Diagnosed<Texts> {
        let file = format!("{}.yaml", language.tag());
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for (at, source) in layers.iter().filter_map(|(_, layer)| layer.texts.get(&file)).enumerate() {
            match yaml::read(source, Span::new(0..source.text().len())) {
                Ok(mut fields) => {
                    for (key, node) in fields.rest() {
                        if at > 0 && !texts.contains_key(&key.value) && !named.has(&key.value) {
                            diagnostics.push(unused(source, &key, &texts));
                        }
                        let text = fields.as_text(&key.value, node);
                        texts.extend(text.map(|text| (key.value, text.value)));
                    }
                    diagnostics.extend(fields.finish());
                }
                Err(complaint) => diagnostics.push(*complaint),
            }
        }
        Diagnosed { value: Texts(texts), diagnostics }
    }

    /// All of them with their keys.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// The text of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}

/// A warning about a text that no page has.
fn unused(source: &Source, key: &Spanned<String>, known: &BTreeMap<String, String>) -> Diagnostic {
    let name = &key.value;
    let words = Words::new(format!("没有页面用到 `{name}` 这一句"), format!("no page has the text `{name}`"));
    let diagnostic = Diagnostic::warning("theme/unused", source.path(), words).at(key.span);
    match nearest(name, known.keys().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => diagnostic.help(
            format!("在模板里用 `{{{{ t(key=\"{name}\") }}}}` 显示它；不用就删去"),
            format!("show it in a template by `{{{{ t(key=\"{name}\") }}}}`, or remove it"),
        ),
    }
}
