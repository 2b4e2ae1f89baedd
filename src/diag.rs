//! The vocabulary of complaint: what is wrong, where, and what to type instead.
//!
//! A diagnostic is plain data. It knows a path and a span but no source text; drawing it is
//! the work of [`draw`], and its words stand ready in both languages.

mod codes;
pub mod draw;
mod guard;
mod language;

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::personal;
use crate::source::Span;

pub use codes::{Code, CodeWeight, codes, explain};
pub use guard::guarded;
pub use language::Language;

/// A sentence in the two languages that the program speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Words {
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
}

impl Words {
    /// A sentence in Chinese and in English. A personal number that it quotes is masked: what the
    /// program says ends up in logs and reports.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: masked(zh.into()), en: masked(en.into()) }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }
}

fn masked(sentence: String) -> String {
    match personal::mask(&sentence) {
        Cow::Borrowed(_) => sentence,
        Cow::Owned(masked) => masked,
    }
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is written while this stands.
    Error,
    /// The site is written; somebody should look. An error under `--strict`.
    Warning,
    /// Worth knowing.
    Note,
}

/// The most places that one diagnostic lists.
const MOST_PLACES: usize = 100;

/// A second place that belongs to a diagnostic, with a few words of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// The place in that file.
    pub span: Span,
    /// What is to be seen there.
    pub words: Words,
}

/// The name of a code, which is one of [`codes`].
pub(crate) type CodeName = &'static str;

/// The name of a code that was written down.
fn known_code<'de, D: Deserializer<'de>>(from: D) -> Result<CodeName, D::Error> {
    let name = String::deserialize(from)?;
    explain(&name).map(|code| code.name).ok_or_else(|| D::Error::custom("no code has this name"))
}

/// Something wrong, or worth a look, at a place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// The place in that file; `None` for the file as a whole.
    pub span: Option<Span>,
    /// How much it weighs.
    pub severity: Severity,
    /// Its name, `area/word`, one of [`codes`].
    #[serde(deserialize_with = "known_code")]
    pub code: CodeName,
    /// What is wrong, in one clause.
    pub message: Words,
    /// A few words right at the place.
    pub here: Option<Words>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to type or do.
    pub help: Option<Words>,
}

impl Diagnostic {
    /// An error with this code about the file at `path`.
    pub fn error(code: &'static str, path: impl Into<Utf8PathBuf>, message: Words) -> Self {
        Self::new(Severity::Error, code, path.into(), message)
    }

    /// A warning with this code about the file at `path`.
    pub fn warning(code: &'static str, path: impl Into<Utf8PathBuf>, message: Words) -> Self {
        Self::new(Severity::Warning, code, path.into(), message)
    }

    /// A finding with this code about the file at `path`, as heavy as the code is.
    pub(crate) fn of(code: &'static str, path: impl Into<Utf8PathBuf>, message: Words) -> Self {
        let severity = explain(code).map_or(Severity::Error, |known| known.weight.severity());
        Self::new(severity, code, path.into(), message)
    }

    /// A note with this code about the file at `path`. It never stops anything, not even under
    /// `--strict`.
    pub fn note(code: &'static str, path: impl Into<Utf8PathBuf>, message: Words) -> Self {
        Self::new(Severity::Note, code, path.into(), message)
    }

    fn new(severity: Severity, code: &'static str, path: Utf8PathBuf, message: Words) -> Self {
        debug_assert!(
            explain(code).is_some_and(|known| known.weight.severity() <= severity),
            "{code} is not in diag/codes.rs, or weighs less there"
        );
        Self { path, span: None, severity, code, message, here: None, labels: Vec::new(), help: None }
    }

    /// At this place in the file.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// At the first of these places, with the others as labels; beyond a hundred they are only
    /// counted, by whoever wrote the message.
    #[must_use]
    pub fn at_all(mut self, places: &[Span]) -> Self {
        self.span = places.first().copied();
        let others = places.iter().skip(1).take(MOST_PLACES - 1);
        let here = || Words::new("还有这里", "and here");
        let label = |span: &Span| Label { path: self.path.clone(), span: *span, words: here() };
        let labels: Vec<Label> = others.map(label).collect();
        self.labels.extend(labels);
        self
    }

    /// With a few words right at the place.
    #[must_use]
    pub fn here(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.here = Some(Words::new(zh, en));
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn label(mut self, path: &Utf8Path, span: Span, words: Words) -> Self {
        self.labels.push(Label { path: path.to_owned(), span, words });
        self
    }

    /// With advice: what to type or do.
    #[must_use]
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Words::new(zh, en));
        self
    }

    /// Whether the site cannot be written while this stands.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A value, and everything wrong with the text it came from.
#[derive(Clone, Debug)]
pub struct Diagnosed<T> {
    /// The value.
    pub value: T,
    /// Everything wrong, in the order it was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Diagnosed<T> {
    /// A value with nothing wrong.
    pub fn fine(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// The value; what is wrong goes to `all`.
    pub fn into(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// Sorts by path, place and code and drops repetitions, so that the order in which files
/// were read never shows.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.map_or((0, 0), |span| (span.start, span.end)), d.code);
        (&a.path, key(a), &a.message).cmp(&(&b.path, key(b), &b.message))
    });
    diagnostics.dedup();
}

/// The name in `known` that is nearest to `word`, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 4)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let known = ["published", "written", "issuer"];
        assert_eq!(nearest("publised", known), Some("published"));
        assert_eq!(nearest("isuer", known), Some("issuer"));
        assert_eq!(nearest("summary", known), None);
    }

    #[test]
    fn sorting_forgets_the_order_of_discovery() {
        let first = Diagnostic::error("yaml/syntax", "a.md", Words::new("甲", "a"));
        let second = Diagnostic::error("yaml/syntax", "b.md", Words::new("乙", "b"));
        let mut one = vec![second.clone(), first.clone(), second.clone()];
        sort(&mut one);
        assert_eq!(one, [first, second]);
    }
}
