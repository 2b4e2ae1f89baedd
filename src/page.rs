//! Texts that are not documents: places, plain pages, the home page's introduction. Like a
//! report, each knows its own file alone.

mod fields;

use camino::Utf8PathBuf;

use crate::diag::{Diagnosed, Words};
use crate::interface::Locale;
use crate::report::body::{self, Body};
use crate::report::matter::aliases;
use crate::report::{no_matter, split};
use crate::route::{Leaf, Route};
use crate::source::{Source, Spanned};
use crate::yaml::keys::Keys;
use crate::yaml::names::{choose, known};
use crate::yaml::{self, Fields};

pub use crate::config::{LEVELS, Level};
pub(crate) use fields::{PAGE, PLACE};

/// A plain page, or the home page's text.
#[derive(Clone, Debug)]
pub struct PlainPage {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// Which page it is.
    pub leaf: Leaf,
    /// Its title; empty for a home page without one.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// Its text.
    pub body: Body,
}

/// A place that reports: a government at some level, or a department of one.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: Spanned<String>,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Its level.
    pub level: Level,
    /// Its division code (GB/T 2260), if it has one.
    pub code: Option<String>,
    /// The place that it belongs to.
    pub parent: Option<Spanned<String>>,
    /// Whether it is invented, to show what a site can do: it must never pass for a real one.
    pub invented: bool,
    /// One sentence about it.
    pub description: Option<String>,
    /// Addresses at which it stood, with all that stands below them.
    pub aliases: Vec<Spanned<Route>>,
    /// Its introduction.
    pub body: Body,
}

/// Reads the plain page or home page in `source`.
#[must_use]
pub fn parse_page(source: &Source, leaf: Leaf) -> Diagnosed<Option<PlainPage>> {
    parse(source, &PAGE, |fields, path, body| {
        let title = fields.text("title").map(|title| title.value);
        let description = fields.text("description").map(|text| text.value);
        if title.is_none() && leaf != Leaf::Home {
            fields.missing("title").help = Some(Words::new("写上页面的标题", "write the page's title"));
        }
        Some(PlainPage { path, leaf, title: title.unwrap_or_default(), description, body })
    })
}

impl Place {
    /// Its name for readers of `language`: in English where it has one there, its own otherwise.
    #[must_use]
    pub fn name_in(&self, language: Locale) -> &str {
        let english = self.name_en.as_deref().filter(|_| language.is_english());
        english.unwrap_or(&self.name.value)
    }

    /// Its name beside that one, if it has two.
    #[must_use]
    pub fn other_name(&self, language: Locale) -> Option<&str> {
        let english = self.name_en.as_deref()?;
        Some(if language.is_english() { &self.name.value } else { english })
    }
}

/// Reads the place in `source`.
#[must_use]
pub fn parse_place(source: &Source, slug: String) -> Diagnosed<Option<Place>> {
    parse(source, &PLACE, |fields, path, body| {
        let name = fields.text("name");
        let name_en = fields.text("name_en").map(|name| name.value);
        let level = fields.choice("level", &LEVELS);
        let code = code(fields);
        let parent = fields.text("parent");
        let invented = fields.switch("invented").unwrap_or_default();
        let description = fields.text("description").map(|text| text.value);
        let aliases = aliases(fields);
        if name.is_none() {
            fields.missing("name").help =
                Some(Words::new("写上地方的全称，如江门市", "write the place's whole name"));
        }
        if level.is_none() && !fields.complained_of("level") {
            fields.missing("level").help = Some(choose(&known(&LEVELS)));
        }
        Some(Place {
            path,
            slug,
            name: name?,
            name_en,
            level: level?.value,
            code,
            parent,
            invented,
            description,
            aliases,
            body,
        })
    })
}

/// Front matter read by `read`, and the body after it.
fn parse<T>(
    source: &Source,
    keys: &'static Keys,
    read: impl FnOnce(&mut Fields<'_>, Utf8PathBuf, Body) -> Option<T>,
) -> Diagnosed<Option<T>> {
    let Some((matter, text)) = split(source) else {
        return Diagnosed { value: None, diagnostics: vec![no_matter(source)] };
    };
    let mut fields = match yaml::read(source, matter, keys) {
        Ok(fields) => fields,
        Err(diagnostic) => {
            return Diagnosed { value: None, diagnostics: vec![*diagnostic] };
        }
    };
    let mut diagnostics = Vec::new();
    let text = body::read(source, text, None).into(&mut diagnostics);
    diagnostics.extend(crate::report::signs::of_text(source, &text).complaints(source));
    let value = read(&mut fields, source.path().to_owned(), text.body);
    let mut all = fields.finish();
    all.append(&mut diagnostics);
    Diagnosed { value, diagnostics: all }
}

/// A division code: six figures, nine for a township, twelve for a village.
fn code(fields: &mut Fields<'_>) -> Option<String> {
    let code = fields.text("code")?;
    let good = matches!(code.value.len(), 6 | 9 | 12) && code.value.bytes().all(|byte| byte.is_ascii_digit());
    if !good {
        let words = Words::new("区划代码应是 6、9 或 12 位数字", "a division code has 6, 9 or 12 figures");
        fields.error("place/code", code.span, words).help = Some(Words::new(
            "按 GB/T 2260，如 `code: \"440700\"`",
            "by GB/T 2260, such as `code: \"440700\"`",
        ));
    }
    good.then_some(code.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_name_and_a_level() {
        let good = Source::new(
            "content/a/_index.md",
            "---\nname: 江门市\nlevel: prefecture\ncode: 440700\n---\n介绍\n",
        );
        let read = parse_place(&good, "a".into());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.unwrap().code.as_deref(), Some("440700"));
        let bad = Source::new("content/a/_index.md", "---\nnome: 江门市\nlevel: city\ncode: 4407\n---\n");
        let codes: Vec<_> = parse_place(&bad, "a".into()).diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["matter/value", "place/code", "matter/missing", "matter/unknown-key"]);
    }
}
