//! The texts of the interface, by key, in each language of a site. A higher layer's text takes
//! the place of a lower one's, and a theme may speak a language that the default one does not. What
//! it does not say there stands in another language, so that no page is written by half; and is told.

use std::collections::{BTreeMap, BTreeSet};

use super::assets::AssetSource;
use super::unused::MentionedNames;
use super::{DEFAULT, Layer, folder};
use crate::config::Config;
use crate::diag::{Diagnosed, Diagnostic, Words, nearest};
use crate::interface::{Locale, Phrasebook, Texts};
use crate::source::{Source, Span};
use crate::yaml;
use crate::yaml::keys::{Keys, ValueShape};

/// A text a key, and the keys are whatever templates name.
const TEXTS: Keys = Keys::Chosen { pattern: "", shape: &ValueShape::Text };

/// What the keys of texts begin with that scripts alone say, or the comparison that runs in the browser.
const SCRIPTED: &str = "script.";

/// The asset that has what scripts say. No page has it: it is fetched once for all pages.
pub(super) const SCRIPTED_ASSET: &str = "words.js";

/// The texts that scripts say: those whose keys stand in one between quotation marks, those whose keys begin as one
/// that a script puts together, and those that are theirs by name.
pub(super) struct ScriptedKeys<'a> {
    whole: BTreeSet<&'a str>,
    beginnings: BTreeSet<&'a str>,
}

impl<'a> ScriptedKeys<'a> {
    /// What the scripts of all layers name.
    pub(super) fn of(layers: &'a [(String, Layer)]) -> Self {
        let assets = layers.iter().flat_map(|(_, layer)| &layer.assets);
        let scripts = assets.filter(|(name, _)| name.ends_with(".js")).filter_map(|(_, asset)| match asset {
            AssetSource::Text(source) => Some(source.text()),
            AssetSource::Bytes(_) | AssetSource::File(_) => None,
        });
        let words: BTreeSet<&str> = scripts.flat_map(|text| text.split(['"', '\'', '`'])).collect();
        let begun = words.iter().filter_map(|word| word.split_once("${")).map(|(beginning, _)| beginning);
        let beginnings = begun.filter(|beginning| beginning.ends_with('.')).collect();
        Self { whole: words, beginnings }
    }

    fn has(&self, key: &str) -> bool {
        let begins = |beginning: &&str| key.starts_with(*beginning);
        Texts::is_rule(key)
            || key.starts_with(SCRIPTED)
            || self.whole.contains(key)
            || self.beginnings.iter().any(begins)
    }
}

/// What came of reading the texts of all layers.
#[derive(Default)]
pub(super) struct ReadTexts {
    pub(super) phrasebook: Phrasebook,
    /// The keys that a higher layer adds, each with what is to be said of it where nothing names it.
    added: Vec<(String, Diagnostic)>,
}

impl ReadTexts {
    /// What is to be said of texts that nothing names.
    pub(super) fn unused(&mut self, named: &MentionedNames<'_>) -> Vec<Diagnostic> {
        let added = std::mem::take(&mut self.added).into_iter();
        added.filter(|(key, _)| !named.has(key)).map(|(_, complaint)| complaint).collect()
    }

    /// Nothing is to be said of those that scripts say.
    pub(super) fn are_said_by(&mut self, scripted: &ScriptedKeys<'_>) {
        self.added.retain(|(key, _)| !scripted.has(key));
    }
}

/// The texts that one layer has in one language.
struct LayerTexts<'a> {
    /// The layer, from the lowest.
    layer: usize,
    source: &'a Source,
    texts: BTreeMap<String, ThemeText>,
}

/// A text, and where its key stands.
struct ThemeText {
    text: String,
    span: Span,
}

/// The texts of the site's languages, with everything wrong in them.
pub(super) fn heard(layers: &[(String, Layer)], config: &Config) -> Diagnosed<ReadTexts> {
    let mut diagnostics = Vec::new();
    let basis = read(layers, basis(layers, config)).into(&mut Vec::new());
    let known = TextBasis { layers, basis: &basis };
    let mut heard = ReadTexts::default();
    let mut by_language: BTreeMap<Locale, Texts> = BTreeMap::new();
    for language in config.all_languages() {
        let files = read(layers, language).into(&mut diagnostics);
        if files.is_empty() {
            diagnostics.push(unspoken(layers, config, language));
        }
        for file in files.iter().filter(|file| file.layer > 0) {
            diagnostics.extend(file.texts.iter().filter_map(|(key, text)| misruled(file, (key, text))));
            heard.added.extend(known.added(file, &files));
        }
        diagnostics.extend(known.lacking(&files, language));
        let texts = basis.iter().chain(&files).flat_map(|file| &file.texts);
        let texts = texts.filter(|(key, _)| !Texts::is_rule(key) || files.iter().any(|file| file.has(key)));
        let texts: BTreeMap<_, _> = texts.map(|(key, text)| (key.clone(), text.text.clone())).collect();
        by_language.insert(language, texts.into());
    }
    heard.phrasebook = Phrasebook::new(by_language);
    Diagnosed { value: heard, diagnostics }
}

fn file_name(language: Locale) -> String {
    format!("{language}.yaml")
}

/// The language in which stands what another one lacks: the first of the site's that the default theme speaks.
fn basis(layers: &[(String, Layer)], config: &Config) -> Locale {
    let lowest = layers.first().map(|(_, lowest)| lowest);
    let speaks =
        |language: &Locale| lowest.is_some_and(|lowest| lowest.texts.contains_key(&file_name(*language)));
    config.all_languages().find(speaks).unwrap_or_default()
}

/// The texts of all layers in a language, from the lowest.
fn read(layers: &[(String, Layer)], language: Locale) -> Diagnosed<Vec<LayerTexts<'_>>> {
    let mut all = Diagnosed { value: Vec::new(), diagnostics: Vec::new() };
    let name = file_name(language);
    let sources =
        layers.iter().enumerate().filter_map(|(at, (_, layer))| Some((at, layer.texts.get(&name)?)));
    for (layer, source) in sources {
        match yaml::read(source, Span::new(0..source.text().len()), &TEXTS) {
            Ok(mut fields) => {
                let mut texts = BTreeMap::new();
                for (key, node) in fields.rest() {
                    let text = fields.as_spaced(&key.value, node);
                    texts
                        .extend(text.map(|text| (key.value, ThemeText { text: text.value, span: key.span })));
                }
                all.diagnostics.extend(fields.finish());
                all.value.push(LayerTexts { layer, source, texts });
            }
            Err(complaint) => all.diagnostics.push(*complaint),
        }
    }
    all
}

impl LayerTexts<'_> {
    fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }
}

/// What texts are held against.
struct TextBasis<'a> {
    layers: &'a [(String, Layer)],
    /// The texts of the language in which stands what others lack.
    basis: &'a [LayerTexts<'a>],
}

impl TextBasis<'_> {
    /// The keys that a file above the lowest layer adds: no layer below has them in this language or in the other.
    fn added(&self, file: &LayerTexts<'_>, files: &[LayerTexts<'_>]) -> Vec<(String, Diagnostic)> {
        let all = || files.iter().chain(self.basis);
        let is_known = |key: &str| all().any(|other| other.layer < file.layer && other.has(key));
        let keys = || all().filter(|other| other.layer < file.layer).flat_map(|other| other.texts.keys());
        let added = file.texts.iter().filter(|(key, _)| !Texts::is_rule(key) && !is_known(key));
        added.map(|(key, text)| (key.clone(), unused(file.source, (key, text.span), keys()))).collect()
    }

    /// What is said in the other language alone. Of a language that is not there at all one complaint is enough.
    fn lacking(&self, files: &[LayerTexts<'_>], language: Locale) -> Vec<Diagnostic> {
        let Some(last) = files.last() else {
            return Vec::new();
        };
        let lacks = |key: &str| !Texts::is_rule(key) && !files.iter().any(|file| file.has(key));
        let mut lacking: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for file in self.basis {
            let texts = file.texts.iter().filter(|(key, _)| lacks(key));
            lacking.extend(texts.map(|(key, text)| (key.as_str(), (file.layer, text.text.as_str()))));
        }
        let told = |(key, (layer, text)): (&str, (usize, &str))| {
            let (theme, _) = &self.layers[last.layer.max(layer)];
            let path = folder(theme.trim_end_matches('/')).join("i18n").join(file_name(language));
            let words = Words::new(
                format!("`{language}` 没有 `{key}` 这一句"),
                format!("`{language}` lacks the text `{key}`"),
            );
            Diagnostic::of("theme/text", path, words).help(
                format!("写上 `{key}: …`；没有它，页面上是 `{text}`"),
                format!("write `{key}: …`; without it, pages have `{text}`"),
            )
        };
        lacking.into_iter().map(told).collect()
    }
}

/// A complaint about a rule for counts that cannot be read.
fn misruled(file: &LayerTexts<'_>, (key, text): (&str, &ThemeText)) -> Option<Diagnostic> {
    if !Texts::is_rule(key) || Texts::is_good_rule(key, &text.text) {
        return None;
    }
    let words = Words::new(
        format!("`{key}` 不是区分数量形式的规则"),
        format!("`{key}` is no rule by which counts are told apart"),
    );
    Some(Diagnostic::of("theme/text", file.source.path(), words).at(text.span).help(
        "照 CLDR 的写法，如 `plural.one: i = 0,1`；可写的有 zero、one、two、few、many",
        "write it as CLDR does, such as `plural.one: i = 0,1`, for zero, one, two, few or many",
    ))
}

/// That no layer of the theme speaks a language of the site.
fn unspoken(layers: &[(String, Layer)], config: &Config, language: Locale) -> Diagnostic {
    let theme = &config.theme.value;
    let words = Words::new(
        format!("主题没有 `{language}` 的文字"),
        format!("the theme has no texts in `{language}`"),
    );
    let said = config.languages.iter().find(|said| said.value == language);
    let diagnostic = Diagnostic::of("theme/language", "site.yaml", words);
    let diagnostic = match said {
        Some(said) => diagnostic.at(said.span),
        None => diagnostic,
    };
    let names = layers.iter().flat_map(|(_, layer)| layer.texts.keys());
    let known: BTreeSet<&str> = names.filter_map(|name| name.strip_suffix(".yaml")).collect();
    if let Some(near) = nearest(language.tag(), known.iter().copied()) {
        return diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?"));
    }
    let known: Vec<String> = known.into_iter().map(|tag| format!("`{tag}`")).collect();
    let (zh, en) = (known.join("、"), known.join(", "));
    // Of the default theme no single file can be written: a folder of its name stands in its place.
    match theme.as_str() {
        DEFAULT => diagnostic.help(
            format!("已有的语言是 {zh}；其他的写在自己的主题里，如 themes/名称/i18n/{language}.yaml，再写 `theme: 名称`"),
            format!("it speaks {en}; for another one make a theme with i18n/{language}.yaml, and name it by `theme`"),
        ),
        theme => diagnostic.help(
            format!("写上 themes/{theme}/i18n/{language}.yaml；已有的语言是 {zh}"),
            format!("write themes/{theme}/i18n/{language}.yaml; it speaks {en}"),
        ),
    }
}

/// The texts that scripts say, as the module that they import. Where a site has several languages, it
/// gives those of the page.
pub(super) fn scripted(phrasebook: &Phrasebook, keys: &ScriptedKeys<'_>) -> Source {
    let own = |texts: &Texts| -> BTreeMap<String, String> {
        let scripted = texts.all().filter(|(key, _)| keys.has(key));
        scripted.map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
    };
    let all: Vec<(Locale, BTreeMap<String, String>)> =
        phrasebook.all().map(|(language, texts)| (language, own(texts))).collect();
    // Texts always have a form in JSON.
    let module = match &all[..] {
        [(_, texts)] => serde_json::to_string(texts).unwrap_or_default(),
        several => {
            let all: BTreeMap<&str, _> =
                several.iter().map(|(language, texts)| (language.tag(), texts)).collect();
            format!("({})[document.documentElement.lang]", serde_json::to_string(&all).unwrap_or_default())
        }
    };
    Source::new(SCRIPTED_ASSET, format!("export default {module};\n"))
}

/// A warning about a text that no page has.
fn unused<'k>(
    source: &Source,
    (name, span): (&str, Span),
    known: impl Iterator<Item = &'k String>,
) -> Diagnostic {
    let words = Words::new(format!("没有页面用到 `{name}` 这一句"), format!("no page has the text `{name}`"));
    let diagnostic = Diagnostic::warning("theme/unused", source.path(), words).at(span);
    match nearest(name, known.map(String::as_str)) {
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
    use crate::source::Spanned;

    /// Layers of a theme, each with its texts in a language.
    fn layers(language: &str, texts: &[&str]) -> Vec<(String, Layer)> {
        let layer = |(at, text): (usize, &&str)| {
            let file = format!("{language}.yaml");
            let source = Source::new(format!("themes/{at}/i18n/{file}"), *text);
            (format!("{at}/"), Layer { texts: [(file, source)].into(), ..Layer::default() })
        };
        texts.iter().enumerate().map(layer).collect()
    }

    /// The settings of a site in these languages, which stand in `site.yaml` from here on.
    fn speaking(languages: &[&str]) -> Config {
        let locale = |tag: &&str| Spanned::new(Locale::parse(tag).unwrap(), Span::new(4..6));
        let mut config = Config::default();
        config.languages = languages.iter().map(locale).collect();
        config.language = config.languages[0].value;
        config
    }

    #[test]
    fn a_text_keeps_the_spaces_that_part_it_from_others() {
        let heard = heard(&layers("en", &["comma: ', '\nplus: \" + \"\n"]), &speaking(&["en"])).value;
        let texts = heard.phrasebook.of(Locale::ENGLISH);
        assert_eq!((texts.get("comma"), texts.get("plus")), (Some(", "), Some(" + ")));
    }

    #[test]
    fn scripts_import_their_texts_as_the_highest_layer_has_them() {
        let layers = layers(
            "en",
            &["comma: ', '\nscript.next: Next\nscript.last: Last\n", "script.next: On \"{n}\"\n"],
        );
        assert_eq!(
            scripted(&heard(&layers, &speaking(&["en"])).value.phrasebook, &ScriptedKeys::of(&layers)).text(),
            "export default {\"script.last\":\"Last\",\"script.next\":\"On \\\"{n}\\\"\"};\n"
        );
    }

    #[test]
    fn scripts_get_the_texts_that_they_name() {
        let mut layers =
            layers("en", &["comma: ', '\nsort.by: By\nsort.up: Up\nkind.a: A\nkind.b: B\nskip: Skip\n"]);
        let script =
            Source::new("themes/0/assets/a.js", "say('comma') + say(\"sort.by\") + say(`kind.${kind}`)");
        layers[0].1.assets.insert("a.js".to_owned(), AssetSource::Text(script));
        let keys = ScriptedKeys::of(&layers);
        let said =
            ["comma", "sort.by", "sort.up", "kind.a", "kind.b", "skip", "script.x"].map(|key| keys.has(key));
        assert_eq!(said, [true, true, false, true, true, false, true]);
    }

    #[test]
    fn what_a_language_lacks_is_said_in_another_and_told() {
        let mut layers = layers("zh-CN", &["skip: 跳到正文\ncount: \"{n}份\"\n"]);
        let path = "themes/hong/i18n/ja.yaml";
        let source = Source::new(path, "count: \"{n}件\"\nskipp: 本文へ\nplural.one: 1\n");
        layers.push((
            "hong/".into(),
            Layer { texts: [("ja.yaml".to_owned(), source)].into(), ..Layer::default() },
        ));
        let japanese = Locale::parse("ja").unwrap();
        let heard = heard(&layers, &speaking(&["zh-CN", "ja"]));
        let told: Vec<_> =
            heard.diagnostics.iter().map(|told| (told.path.as_str(), told.code, &*told.message.en)).collect();
        assert_eq!(
            told,
            [
                (path, "theme/text", "`plural.one` is no rule by which counts are told apart"),
                (path, "theme/text", "`ja` lacks the text `skip`"),
            ]
        );
        let texts = heard.value.phrasebook.of(japanese);
        assert_eq!((texts.get("skip"), texts.get("count")), (Some("跳到正文"), Some("{n}件")));
        assert_eq!(heard.value.added.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), ["skipp"]);
    }

    #[test]
    fn a_language_that_no_layer_speaks_is_told() {
        let config = speaking(&["fr"]);
        let heard = heard(&layers("zh-CN", &["skip: 跳到正文\n"]), &config);
        let [told] = &heard.diagnostics[..] else { panic!("{:?}", heard.diagnostics) };
        assert_eq!(
            (told.path.as_str(), told.code, told.span),
            ("site.yaml", "theme/language", Some(Span::new(4..6)))
        );
        assert_eq!(heard.value.phrasebook.of(config.language).get("skip"), Some("跳到正文"));
    }
}
