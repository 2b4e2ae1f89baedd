//! The texts of the interface, by key, in the site's language. A higher layer's text takes
//! the place of a lower one's.

use std::collections::BTreeMap;

use super::Layer;
use super::unused::Named;
use crate::diag::{Diagnosed, Diagnostic, Language, Words, nearest};
use crate::source::{Source, Span, Spanned};
use crate::yaml;
use crate::yaml::keys::{Keys, Shape};

/// A text a key, and the keys are whatever templates name.
const TEXTS: Keys = Keys::Chosen { pattern: "", shape: &Shape::Text };

/// What the keys of texts begin with that scripts alone say. No page has them: they are an asset, which is fetched
/// once for all pages.
const SCRIPTED: &str = "script.";

/// The asset that has them.
pub(super) const SCRIPTED_ASSET: &str = "words.js";

/// The texts of the interface.
#[derive(Default)]
pub(super) struct Texts {
    by_key: BTreeMap<String, String>,
    /// The keys that a higher layer adds, each with what is to be said of it where nothing names it.
    added: Vec<(String, Diagnostic)>,
}

impl Texts {
    /// The texts of `layers` in `language`.
    pub(super) fn read(layers: &[(String, Layer)], language: Language) -> Diagnosed<Texts> {
        let file = format!("{}.yaml", language.tag());
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        let mut added = Vec::new();
        let mut diagnostics = Vec::new();
        for (at, source) in layers.iter().filter_map(|(_, layer)| layer.texts.get(&file)).enumerate() {
            match yaml::read(source, Span::new(0..source.text().len()), &TEXTS) {
                Ok(mut fields) => {
                    for (key, node) in fields.rest() {
                        if at > 0 && !texts.contains_key(&key.value) {
                            added.push((key.value.clone(), unused(source, &key, &texts)));
                        }
                        let text = fields.as_spaced(&key.value, node);
                        texts.extend(text.map(|text| (key.value, text.value)));
                    }
                    diagnostics.extend(fields.finish());
                }
                Err(complaint) => diagnostics.push(*complaint),
            }
        }
        Diagnosed { value: Texts { by_key: texts, added }, diagnostics }
    }

    /// What is to be said of those that nothing names.
    pub(super) fn unused(&mut self, named: &Named<'_>) -> Vec<Diagnostic> {
        let added = std::mem::take(&mut self.added).into_iter();
        let is_used = |key: &str| named.has(key) || key.starts_with(SCRIPTED);
        added.filter(|(key, _)| !is_used(key)).map(|(_, complaint)| complaint).collect()
    }

    /// All of them with their keys.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_key.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// The text of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }
}

/// The texts that scripts alone say, as the module that they import. Where a site has several languages, it
/// gives those of the page.
pub(super) fn scripted(spoken: &[(Language, &Texts)]) -> Source {
    let own = |texts: &Texts| -> BTreeMap<String, String> {
        let scripted = texts.by_key.iter().filter(|(key, _)| key.starts_with(SCRIPTED));
        scripted.map(|(key, text)| (key.clone(), text.clone())).collect()
    };
    // Texts always have a form in JSON.
    let module = match spoken {
        [(_, texts)] => serde_json::to_string(&own(texts)).unwrap_or_default(),
        several => {
            let all: BTreeMap<&str, _> =
                several.iter().map(|(language, texts)| (language.tag(), own(texts))).collect();
            format!("({})[document.documentElement.lang]", serde_json::to_string(&all).unwrap_or_default())
        }
    };
    Source::new(SCRIPTED_ASSET, format!("export default {module};\n"))
}

/// A text with its holes filled: `{n}` by the value of that name, `{n|place|places}` by the first of the two if
/// that is one, and else by the second. Holes without a value stay as they are, for scripts, which fill them by
/// the same rules (`fill` in common.js).
pub(super) fn filled(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find('}') {
        let (start, hole) = match rest[..end].rfind('{') {
            Some(start) => (start, &rest[start + 1..end]),
            None => (end, ""),
        };
        filled += &rest[..start];
        match said(hole, &value) {
            Some(said) => filled += &said,
            None => filled += &rest[start..=end],
        }
        rest = &rest[end + 1..];
    }
    filled + rest
}

/// What stands in the place of a hole.
fn said(hole: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let Some((name, forms)) = hole.split_once('|') else {
        return value(hole);
    };
    let (one, other) = forms.split_once('|').filter(|(_, other)| !other.contains('|'))?;
    value(name).map(|value| if value == "1" { one } else { other }.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_as_the_scripts_fill_them() {
        let cases: Vec<(String, BTreeMap<String, serde_json::Value>, String)> =
            serde_json::from_str(include_str!("../../tests/browser/holes.json")).unwrap();
        for (text, values, wanted) in cases {
            let value = |name: &str| match values.get(name)? {
                serde_json::Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            };
            assert_eq!(filled(&text, value), wanted, "{text}");
        }
    }

    #[test]
    fn a_text_keeps_the_spaces_that_part_it_from_others() {
        let source = Source::new("themes/a/i18n/en.yaml", "comma: ', '\nplus: \" + \"\n");
        let layer = Layer { texts: [("en.yaml".to_owned(), source)].into(), ..Layer::default() };
        let texts = Texts::read(&[(String::new(), layer)], crate::diag::Language::English).value;
        assert_eq!((texts.get("comma"), texts.get("plus")), (Some(", "), Some(" + ")));
    }

    #[test]
    fn scripts_import_their_texts_as_the_highest_layer_has_them() {
        let layer = |text: &str| {
            let source = Source::new("themes/a/i18n/en.yaml", text);
            (String::new(), Layer { texts: [("en.yaml".to_owned(), source)].into(), ..Layer::default() })
        };
        let layers = [
            layer("comma: ', '\nscript.next: Next\nscript.last: Last\n"),
            layer("script.next: On \"{n}\"\n"),
        ];
        let texts = Texts::read(&layers, crate::diag::Language::English).value;
        assert_eq!(
            scripted(&[(crate::diag::Language::English, &texts)]).text(),
            "export default {\"script.last\":\"Last\",\"script.next\":\"On \\\"{n}\\\"\"};\n"
        );
    }
}
