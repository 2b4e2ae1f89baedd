//! How a site looks: layers of templates and assets. The default theme is in the program;
//! another theme is a layer over it, and a site's own `templates/` a layer over that. A layer
//! may hold one file.
//!
//! A template reads nothing but its view: the only functions are `asset`, which gives the
//! address of a file of the theme, and `t`, which gives a text of the interface.

mod assets;
mod budget;
mod faults;
mod installed;
mod named;
mod text;
mod unused;

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use camino::{Utf8Path, Utf8PathBuf};
use rust_embed::Embed;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::config::Config;
use crate::diag::{Diagnosed, Diagnostic, Words, nearest};
use crate::han::is_han;
use crate::interface::{Locale, Phrasebook, Texts};
use crate::route::is_slug;
use crate::source::{Source, Sources, Spanned, names_others};
use crate::yaml;
use crate::yaml::keys::{BothLanguages, KeyDescription, Keys, ValueShape};

use assets::AssetSource;
pub use assets::{Asset, AssetContent};

/// The name of the default theme, which every other one is a layer over.
pub const DEFAULT: &str = "gongbao";

/// The default theme as it is in the program.
#[derive(Embed)]
#[folder = "themes/gongbao"]
struct EmbeddedTheme;

/// Templates, assets and interface texts, ready to draw pages.
pub struct Theme {
    tera: Tera,
    /// Where templates are looked up, the site's own layer first.
    prefixes: Vec<String>,
    templates: Templates,
    /// What it was made from, for other settings.
    layers: Layers,
    assets: Vec<Asset>,
    /// What the interface says.
    phrasebook: Phrasebook,
}

/// What goes with templates, and depends on the settings too.
struct Fittings {
    texts: text::ReadTexts,
    assets: assets::Assets,
}

impl Fittings {
    /// The texts of the site's languages and the assets of all layers, with those that are made here:
    /// the texts that scripts say, and the web manifest.
    fn of(layers: &mut Layers, sources: &Sources, config: &Config) -> Diagnosed<Self> {
        let mut diagnostics = Vec::new();
        let mut texts = text::heard(layers, config).into(&mut diagnostics);
        let keys = text::ScriptedKeys::of(layers);
        texts.are_said_by(&keys);
        let scripted = AssetSource::Text(text::scripted(&texts.phrasebook, &keys));
        if let Some((_, lowest)) = layers.first_mut() {
            lowest.assets.insert(text::SCRIPTED_ASSET.to_owned(), scripted);
        }
        let mut assets = assets::Assets::of(layers, sources).into(&mut diagnostics);
        let manifest = AssetSource::Text(installed::manifest(&assets, config));
        assets.add(installed::ASSET, &manifest, sources);
        Diagnosed { value: Self { texts, assets }, diagnostics }
    }

    /// What is to be said of files and texts that nothing names.
    fn unused(&mut self, layers: &Layers) -> Vec<Diagnostic> {
        let named = unused::MentionedNames::of(layers, &self.assets);
        let texts = self.texts.unused(&named);
        unused::check(layers, &named).into_iter().chain(texts).collect()
    }
}

thread_local! {
    // A page is drawn on one thread from its beginning to its end, and the engine's functions know no page.
    static LANGUAGE: Cell<Locale> = const { Cell::new(Locale::CHINESE) };
}

/// Templates by the names that the engine has for them.
type Templates = BTreeMap<String, Source>;

/// The layers from the lowest to the site's own, each with the prefix of its templates.
type Layers = Vec<(String, Layer)>;

/// One layer of a theme: templates and texts by name, and where its assets are.
#[derive(Default)]
struct Layer {
    templates: BTreeMap<String, Source>,
    texts: BTreeMap<String, Source>,
    assets: BTreeMap<String, AssetSource>,
}

impl Theme {
    /// The theme that `config` names, with everything wrong in it.
    #[must_use]
    pub fn load(sources: &Sources, config: &Config) -> Diagnosed<Option<Theme>> {
        Self::renew(None, sources, config)
    }

    /// The same, from a theme that was loaded before: of its templates, only those are read again
    /// that are not as they were. If the new theme is broken, that one stays, under the settings of now.
    #[must_use]
    pub fn renew(mut last: Option<Theme>, sources: &Sources, config: &Config) -> Diagnosed<Option<Theme>> {
        let mut diagnostics = Vec::new();
        let mut layers = layers(sources, config).into(&mut diagnostics);
        let mut fittings = Fittings::of(&mut layers, sources, config).into(&mut diagnostics);
        diagnostics.extend(fittings.unused(&layers));
        let (prefixes, templates) = templates(&layers);
        let mut other = None;
        let theme = match &mut last {
            Some(theme) if theme.has_names(&prefixes, &templates) => theme,
            _ => other.insert(Theme::bare(prefixes)),
        };
        let complaints = theme.take_in(templates);
        let is_whole = complaints.is_empty();
        diagnostics.extend(complaints);
        if is_whole {
            theme.layers = layers;
            theme.fit(fittings, config);
            return Diagnosed { value: other.or(last), diagnostics };
        }
        if let Some(theme) = &mut last {
            // The settings are those of now, and what is wrong with the layers was told when they came.
            let fittings = Fittings::of(&mut theme.layers, sources, config).value;
            theme.fit(fittings, config);
        }
        Diagnosed { value: last, diagnostics }
    }

    /// Puts assets and texts in the place of those that are here.
    fn fit(&mut self, fittings: Fittings, config: &Config) {
        let address =
            |(name, asset): (&String, &Asset)| (name.clone(), config.base.href(asset.route.as_str()));
        let addresses = fittings.assets.by_name.iter().map(address).collect();
        functions(&mut self.tera, addresses, fittings.texts.phrasebook.clone());
        mark_languages(&mut self.tera);
        self.assets = fittings.assets.by_name.into_values().collect();
        self.phrasebook = fittings.texts.phrasebook;
    }

    /// A theme without templates. The names of our functions are there: templates are checked
    /// against them when they are loaded.
    fn bare(prefixes: Vec<String>) -> Self {
        let mut tera = Tera::new();
        functions(&mut tera, BTreeMap::new(), Phrasebook::default());
        mark_languages(&mut tera);
        let (templates, layers, assets) = (Templates::new(), Layers::new(), Vec::new());
        Self { tera, prefixes, templates, layers, assets, phrasebook: Phrasebook::default() }
    }

    /// Whether these templates could be put in the place of those that are here. The engine
    /// forgets no template.
    fn has_names(&self, prefixes: &[String], templates: &Templates) -> bool {
        self.prefixes == prefixes && self.templates.keys().eq(templates.keys())
    }

    /// Puts templates in the place of those that are here, unless something is wrong with them.
    fn take_in(&mut self, templates: Templates) -> Vec<Diagnostic> {
        let is_new = |(name, source): &(&String, &Source)| self.templates.get(*name) != Some(*source);
        let changed: Vec<_> = templates.iter().filter(is_new).collect();
        let complaints = faults::load(&mut self.tera, &self.prefixes, &changed, &templates);
        if complaints.is_empty() {
            self.templates = templates;
        }
        complaints
    }

    /// The files that pages need, by address.
    #[must_use]
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// What the interface says, in each language of the site.
    #[must_use]
    pub fn phrasebook(&self) -> &Phrasebook {
        &self.phrasebook
    }

    /// Draws the template `name` with `context`, in a language of the site.
    ///
    /// # Errors
    /// A diagnostic at the place in the template that cannot be drawn.
    pub(crate) fn draw(
        &self,
        name: &str,
        context: &tera::Context,
        language: Locale,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = budget::BoundedPage::new();
        budget::begin();
        LANGUAGE.set(language);
        match self.tera.render_to(name, context, &mut page) {
            Ok(()) => Ok(page.bytes),
            Err(_) if page.is_full => Err(Box::new(faults::of_long_page(name, &self.templates))),
            Err(error) => Err(Box::new(faults::of_page(&error, &self.templates))),
        }
    }
}

/// What the interface of a site says whose theme cannot be drawn with.
#[must_use]
pub fn phrasebook(sources: &Sources, config: &Config) -> Phrasebook {
    text::heard(&layers(sources, config).value, config).value.phrasebook
}

/// Where templates are looked up, the highest layer first, and the templates of all layers.
fn templates(layers: &[(String, Layer)]) -> (Vec<String>, Templates) {
    let prefixes = layers.iter().map(|(prefix, _)| prefix).filter(|prefix| !prefix.is_empty());
    let mut templates = Templates::new();
    for (prefix, layer) in layers {
        let named = |(name, source): (&String, &Source)| (format!("{prefix}{name}"), source.clone());
        templates.extend(layer.templates.iter().map(named));
    }
    (prefixes.rev().cloned().collect(), templates)
}

/// The layers of the theme that `config` names.
fn layers(sources: &Sources, config: &Config) -> Diagnosed<Layers> {
    let mut diagnostics = Vec::new();
    let working_copy = sources.texts_below(&folder(DEFAULT)).next().is_some();
    let lowest = if working_copy { in_folder(sources, &folder(DEFAULT)) } else { embedded() };
    let mut layers = vec![(format!("{DEFAULT}/"), lowest)];
    let theme = config.theme.value.as_str();
    if theme != DEFAULT {
        let folder = folder(theme);
        if is_slug(theme) && sources.texts_below(&folder).next().is_some() {
            diagnostics.extend(settings(sources, theme));
            layers.push((format!("{theme}/"), in_folder(sources, &folder)));
        } else {
            diagnostics.push(absent(&config.theme, sources));
        }
    }
    let mut own = Layer::default();
    for source in sources.texts_below("templates".into()) {
        own.add(source.path().strip_prefix("templates").unwrap_or(source.path()), source);
    }
    layers.push((String::new(), own));
    Diagnosed { value: layers, diagnostics }
}

fn folder(theme: &str) -> Utf8PathBuf {
    Utf8Path::new("themes").join(theme)
}

fn absent(theme: &Spanned<String>, sources: &Sources) -> Diagnostic {
    let name = theme.value.as_str();
    let words = Words::new(format!("没有 `{name}` 这个主题"), format!("there is no theme `{name}`"));
    let diagnostic = Diagnostic::error("theme/missing", "site.yaml", words).at(theme.span);
    let folders = sources.texts_below("themes".into()).filter_map(|text| text.path().components().nth(1));
    let known = folders.map(|folder| folder.as_str()).chain([DEFAULT]);
    match nearest(name, known) {
        Some(near) => diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
        None if is_slug(name) => diagnostic.help(
            format!("把它放在 themes/{name}/，或写 `theme: {DEFAULT}`"),
            format!("put it at themes/{name}/, or write `theme: {DEFAULT}`"),
        ),
        None => diagnostic.help(
            format!("写 themes/ 下的文件夹名，由小写字母、数字和连字符组成；或写 `theme: {DEFAULT}`"),
            format!(
                "name a folder below themes/, in lower-case letters, figures and hyphens, or write `theme: {DEFAULT}`"
            ),
        ),
    }
}

impl Layer {
    fn add(&mut self, name: &Utf8Path, source: &Source) {
        self.templates.insert(name.to_string(), source.clone());
    }
}

fn in_folder(sources: &Sources, folder: &Utf8Path) -> Layer {
    let mut layer = Layer::default();
    for source in sources.texts_below(folder) {
        let below = source.path().strip_prefix(folder).unwrap_or(source.path());
        match below.as_str().split_once('/') {
            Some(("templates", name)) => layer.add(name.into(), source),
            Some(("i18n", name)) => drop(layer.texts.insert(name.to_owned(), source.clone())),
            Some(("assets", name)) => {
                drop(layer.assets.insert(name.to_owned(), AssetSource::Text(source.clone())))
            }
            _ => {}
        }
    }
    for blob in sources.blobs() {
        if let Ok(name) = blob.path.strip_prefix(folder.join("assets")) {
            layer.assets.insert(name.to_string(), AssetSource::File(blob.path.clone()));
        }
    }
    layer
}

fn embedded() -> Layer {
    let mut layer = Layer::default();
    for path in EmbeddedTheme::iter().filter(|path| !is_hidden(path)) {
        let Some(file) = EmbeddedTheme::get(&path) else {
            continue;
        };
        let source = || Source::new(folder(DEFAULT).join(&*path), String::from_utf8_lossy(&file.data));
        match path.split_once('/') {
            Some(("templates", name)) => {
                layer.templates.insert(name.to_owned(), source());
            }
            Some(("i18n", name)) => {
                layer.texts.insert(name.to_owned(), source());
            }
            Some(("assets", name)) => {
                let content = match names_others(name.into()) {
                    true => AssetSource::Text(source()),
                    false => AssetSource::Bytes(file.data.as_ref().into()),
                };
                layer.assets.insert(name.to_owned(), content);
            }
            _ => {}
        }
    }
    layer
}

/// Whether a file, or a folder above it, is one that systems and editors hide.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.'))
}

/// What `theme.yaml` can say.
const SETTINGS: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "name",
        &["名称"],
        ValueShape::Text,
        BothLanguages::new("与文件夹同名", "that of the folder"),
    )
    .required(),
    KeyDescription::new("title", &["标题"], ValueShape::Text, BothLanguages::new("文字", "text")),
    KeyDescription::new("version", &["版本"], ValueShape::Text, BothLanguages::new("文字", "text")),
    KeyDescription::new(
        "options",
        &["选项"],
        ValueShape::Anything,
        BothLanguages::new("暂不使用", "not used yet"),
    ),
    KeyDescription::new(
        "minimum",
        &["最低版本"],
        ValueShape::Text,
        BothLanguages::new("程序的最低版本", "the oldest program that will do"),
    ),
]);

/// What `theme.yaml` says: it must name the theme, and no newer program than this.
fn settings(sources: &Sources, theme: &str) -> Vec<Diagnostic> {
    let path = folder(theme).join("theme.yaml");
    let Some(source) = sources.text(&path) else {
        let words = Words::new("主题缺少 theme.yaml", "the theme has no theme.yaml");
        let complaint = Diagnostic::error("theme/setting", path, words);
        return vec![complaint.help(format!("写上 `name: {theme}`"), format!("write `name: {theme}`"))];
    };
    let mut fields = match yaml::read(source, crate::source::Span::new(0..source.text().len()), &SETTINGS) {
        Ok(fields) => fields,
        Err(complaint) => return vec![*complaint],
    };
    let name = fields.text("name");
    fields.text("title");
    fields.text("version");
    fields.take("options");
    if name.as_ref().is_none_or(|name| name.value != theme) {
        let span = name.map_or(fields.span(), |name| name.span);
        let words = Words::new(
            format!("`name` 应与文件夹同名：{theme}"),
            format!("`name` must be that of the folder, {theme}"),
        );
        fields.error("theme/setting", span, words).help =
            Some(Words::new(format!("写成 `name: {theme}`"), format!("write `name: {theme}`")));
    }
    if let Some(minimum) = fields.text("minimum")
        && version(&minimum.value) > version(env!("CARGO_PKG_VERSION"))
    {
        let words = Words::new(
            format!("这个主题需要 xiangwei {} 以上", minimum.value),
            format!("this theme needs xiangwei {} or later", minimum.value),
        );
        fields.error("theme/setting", minimum.span, words).help = Some(Words::new(
            "升级程序，或换用较早版本的主题",
            "upgrade the program, or take an earlier version of the theme",
        ));
    }
    fields.finish()
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

/// Whether this is a template of the theme in the program, as it is there.
fn is_embedded(template: &Source) -> bool {
    let path = template.path().strip_prefix(folder(DEFAULT)).ok();
    let file = path.and_then(|path| EmbeddedTheme::get(path.as_str()));
    file.is_some_and(|file| *file.data == *template.text().as_bytes())
}

/// Gives templates `asset` and `t`, in the place of those that they may have had.
fn functions(tera: &mut Tera, assets: BTreeMap<String, String>, phrasebook: Phrasebook) {
    budget::install(tera);
    tera.register_function("asset", move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let path = arguments.must_get::<&str>("path")?;
        let known = || tera::Error::message(format!("the theme has no asset `{path}`"));
        assets.get(path).cloned().ok_or_else(known)
    });
    // Few texts have a place for a value, and every page has dozens of the others.
    let whole = |texts: &Texts| -> HashMap<String, Value> {
        let fixed = texts.all().filter(|(_, text)| !text.contains('{'));
        fixed.map(|(key, text)| (key.to_owned(), text.into())).collect()
    };
    let whole: BTreeMap<Locale, _> =
        phrasebook.all().map(|(language, texts)| (language, whole(texts))).collect();
    tera.register_function("t", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let key = arguments.must_get::<&str>("key")?;
        let unknown = || tera::Error::message(format!("the theme has no text `{key}`"));
        let language = LANGUAGE.get();
        if let Some(text) = whole.get(&language).and_then(|whole| whole.get(key)) {
            return Ok(text.clone());
        }
        let texts = phrasebook.of(language);
        let value = |name: &str| {
            arguments
                .iter()
                .find(|(known, _)| known.as_str() == Some(name))
                .map(|(_, value)| value.to_string())
        };
        Ok(texts.filled(texts.get(key).ok_or_else(unknown)?, value).into())
    });
}

/// Gives templates `lang`, which says of a name or title in Chinese, on a page in another language, that it is
/// Chinese (WCAG 2.2, 3.1.2), so that it is read aloud and set as such.
fn mark_languages(tera: &mut Tera) {
    let mark = Value::safe_string(" lang=\"zh\"");
    let none = Value::safe_string("");
    tera.register_function("lang", move |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let is_foreign = !LANGUAGE.get().is_chinese();
        let is_chinese =
            is_foreign && arguments.get::<&str>("of")?.is_some_and(|text| text.chars().any(is_han));
        Ok(if is_chinese { mark.clone() } else { none.clone() })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_theme_loads_from_the_program() {
        let theme = Theme::load(&Sources::default(), &Config::default());
        assert!(theme.diagnostics.is_empty(), "{:?}", theme.diagnostics);
        assert!(theme.value.unwrap().assets().iter().any(|asset| asset.route.as_str().ends_with(".css")));
    }

    /// Templates of a site's own, told as `name: text` a line, and the settings beside them.
    fn site(templates: &[&str], base: &str) -> (Sources, Config) {
        let named =
            |line: &&str| line.split_once(": ").map(|(name, text)| (name.to_owned(), text.to_owned()));
        let text = |(name, text): (String, String)| Source::new(format!("templates/{name}"), text);
        let texts = templates.iter().filter_map(named).map(text).collect();
        let mut config = Config::default();
        config.base = crate::config::BaseUrl::parse(base).unwrap();
        (Sources::new(texts, Vec::new()), config)
    }

    #[test]
    fn a_renewed_theme_is_the_theme_loaded_anew_and_the_last_good_one_while_it_is_broken() {
        let a = "a.html: {% include \"b.html\" %}{{ t(key=\"skip\") }}{{ asset(path=\"style.css\") }}";
        let (here, there) = ("https://a.cn/", "https://a.cn/b/");
        let steps: [(&[&str], &str); 10] = [
            (&[a, "b.html: 1"], here),
            (&[a, "b.html: 2"], here),
            (&[a, "b.html: {% if %}"], there),
            (&[a, "b.html: {{ unknown() }}"], there),
            (&[a, "b.html: 3", "parts/footer.html: {% if %}"], here),
            (&["a.html: {% if %}", "b.html: {% for %}"], here),
            (&[a, "b.html: 4"], there),
            (&[a], there),
            (&[a, "b.html: {% include \"a.html\" %}"], there),
            (&[a, "b.html: 5"], there),
        ];
        let (mut renewed, mut good) = (None, None);
        for (templates, base) in steps {
            let (sources, config) = site(templates, base);
            let draw = |theme: &Theme| theme.draw("a.html", &tera::Context::new(), Locale::CHINESE).unwrap();
            let anew = Theme::load(&sources, &config);
            let next = Theme::renew(renewed.take(), &sources, &config);
            assert_eq!(next.diagnostics, anew.diagnostics);
            let is_broken = next.diagnostics.iter().any(Diagnostic::is_error);
            assert_eq!(!is_broken, anew.value.is_some());
            if !is_broken {
                good = Some(templates);
            }
            // The last good templates, under the settings of now.
            let expected =
                Theme::load(&site(good.unwrap(), base).0, &config).value.as_ref().map(draw).unwrap();
            assert_eq!(next.value.as_ref().map(draw).unwrap(), expected, "{templates:?}");
            renewed = next.value;
        }
        let last = renewed.unwrap().draw("a.html", &tera::Context::new(), Locale::CHINESE).unwrap();
        assert!(last.starts_with("5跳到正文/b/assets/style.".as_bytes()));
    }
}
