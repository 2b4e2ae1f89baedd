//! Files of a theme that nothing uses: most are named a letter off from the file that they were to
//! take the place of, and a page would stay as it was without a word.

use std::collections::BTreeSet;

use super::Layer;
use super::assets::Assets;
use crate::diag::{Diagnostic, Words, nearest};
use crate::interface::Locale;

/// What a theme names: everything that stands between two quotation marks in its templates, and more;
/// and what assets name each other.
pub(super) struct MentionedNames<'a> {
    words: BTreeSet<&'a str>,
    /// Whether a name is put together when a page is drawn, so that it is not known which are used.
    has_made_assets: bool,
}

impl<'a> MentionedNames<'a> {
    /// What the templates of `layers` name, and the assets.
    pub(super) fn of(layers: &'a [(String, Layer)], assets: &'a Assets) -> Self {
        let texts =
            || layers.iter().flat_map(|(_, layer)| layer.templates.values()).map(|source| source.text());
        let is_made = |call: &str| !call.trim_start().starts_with(['"', '\'']);
        Self {
            words: texts().flat_map(|text| text.split(['"', '\''])).chain(assets.named()).collect(),
            has_made_assets: texts().any(|text| text.split("asset(path=").skip(1).any(is_made)),
        }
    }

    /// Whether something names `name`, with or without a theme before it.
    pub(super) fn has(&self, name: &str) -> bool {
        let is_it = |word: &&str| word.strip_suffix(name).is_some_and(|theme| theme.ends_with('/'));
        self.words.contains(name) || self.words.iter().any(is_it)
    }
}

/// A warning about every file that nothing uses of the layers above the lowest one, which is the
/// program's own.
pub(super) fn check(layers: &[(String, Layer)], named: &MentionedNames<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, (_, layer)) in layers.iter().enumerate().skip(1) {
        let lower = || layers[..at].iter().map(|(_, layer)| layer);
        let templates: BTreeSet<&str> =
            lower().flat_map(|layer| layer.templates.keys()).map(String::as_str).collect();
        for (name, source) in &layer.templates {
            let has_parts = source.text().contains("component ");
            if !templates.contains(&**name) && !named.has(name) && !has_parts {
                found.push(complaint(source.path().as_str(), name, &templates));
            }
        }
        let texts: BTreeSet<&str> =
            lower().flat_map(|layer| layer.texts.keys()).map(String::as_str).collect();
        let strange = layer.texts.iter().filter(|(name, _)| !is_of_language(name));
        found.extend(strange.map(|(name, source)| complaint(source.path().as_str(), name, &texts)));
        let assets: BTreeSet<&str> =
            lower().flat_map(|layer| layer.assets.keys()).map(String::as_str).collect();
        let strange =
            layer.assets.iter().filter(|(name, _)| !assets.contains(name.as_str()) && !named.has(name));
        let strange = strange
            .filter(|_| !named.has_made_assets)
            .filter_map(|(name, asset)| Some((name, asset.path()?)));
        found.extend(strange.map(|(name, path)| complaint(path.as_str(), name, &assets)));
    }
    found
}

/// Whether a file of texts is named by a language: a theme may speak more of them than a site does.
fn is_of_language(name: &str) -> bool {
    name.strip_suffix(".yaml").is_some_and(|tag| Locale::parse(tag).is_some())
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn complaint(path: &str, name: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let words = Words::new("没有页面用到这个文件", "no page uses this file");
    let diagnostic = Diagnostic::warning("theme/unused", path, words);
    let last = |name: &str| name.rsplit('/').next().map(str::to_owned).unwrap_or_default();
    // Endings are alike in all, and would make far names near.
    let near = nearest(stem(name), known.iter().copied().map(stem));
    let near = near.and_then(|near| known.iter().copied().find(|known| stem(known) == near));
    match near.or_else(|| known.iter().copied().find(|known| last(known) == last(name))) {
        Some(near) => diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => diagnostic.help(
            "改成主题里已有的名称，或在模板里引用它；不用的请移走",
            "give it the name of a file of the theme, or name it in a template; take it away if it is not needed",
        ),
    }
}
