//! The codes of diagnostics, each with a paragraph that explains it.
//!
//! A code says what sort of mistake something is, `area/word`, and stays the same while its
//! messages may be reworded. This room knows words only; who uses a code is not its business.

mod change;
mod documents;
mod external;
mod figure;
mod files;
mod form;
mod import;
mod office;
mod personal;
mod policy;
mod site;
mod statute;
mod text;

use super::{Language, Severity};

/// A sort of mistake: its name, and what `check --explain` says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its name, `area/word`, as it stands in the brackets of a finding.
    pub name: &'static str,
    /// How much a finding of it weighs.
    pub weight: CodeWeight,
    /// What it is, in one clause, in Chinese and in English.
    pub title: (&'static str, &'static str),
    /// A paragraph in Chinese and in English: what it means, why it matters, how to mend it.
    pub text: (&'static str, &'static str),
    /// The law or the technical standard that it stands on, with the clause, in Chinese and in English; `None`
    /// where it is this program's own rule.
    pub source: Option<(&'static str, &'static str)>,
}

/// How much a finding weighs, as long as a site does not say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeWeight {
    /// An error that no site can lower: something could not be read or must not be published, so that there
    /// would be no whole site.
    Fatal,
    /// An error that a site can lower, with a reason: a site could be made all the same.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
}

impl CodeWeight {
    /// The severity of a finding of this weight.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Fatal | Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

impl Code {
    /// The title in `language`.
    #[must_use]
    pub fn title(&self, language: Language) -> &'static str {
        language.pick(self.title.0, self.title.1)
    }

    /// The paragraph in `language`.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        language.pick(self.text.0, self.text.1)
    }

    /// What it stands on, in `language`.
    #[must_use]
    pub fn source(&self, language: Language) -> Option<&'static str> {
        self.source.map(|(zh, en)| language.pick(zh, en))
    }

    /// Whether `pattern` names it: its name, or its area with a star, `text/*`.
    #[must_use]
    pub fn is_named(&self, pattern: &str) -> bool {
        match pattern.strip_suffix("/*") {
            Some(area) => self.name.split_once('/').is_some_and(|(own, _)| own == area),
            None => self.name == pattern,
        }
    }
}

/// The codes by what they are about, each list by name.
const FAMILIES: [&[Code]; 13] = [
    change::CHANGE,
    documents::DOCUMENTS,
    external::EXTERNAL,
    figure::FIGURE,
    files::FILES,
    form::FORM,
    import::IMPORT,
    office::OFFICE,
    personal::PERSONAL,
    policy::POLICY,
    site::SITE,
    statute::STATUTE,
    text::TEXT,
];

/// Every code, by name.
#[must_use]
pub fn codes() -> Vec<&'static Code> {
    let mut all: Vec<&Code> = FAMILIES.into_iter().flatten().collect();
    all.sort_by_key(|code| code.name);
    all
}

/// The code of this name.
#[must_use]
pub fn explain(name: &str) -> Option<&'static Code> {
    FAMILIES.into_iter().flatten().find(|code| code.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_once_and_are_sorted_in_their_lists() {
        for pair in FAMILIES.iter().flat_map(|family| family.windows(2)) {
            assert!(pair[0].name < pair[1].name, "{} is out of order", pair[1].name);
        }
        for pair in codes().windows(2) {
            assert!(pair[0].name < pair[1].name, "{} stands twice", pair[1].name);
        }
    }

    #[test]
    fn a_name_is_an_area_and_a_word() {
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        };
        for code in codes() {
            let parts = code.name.split_once('/');
            assert!(
                parts.is_some_and(|(area, word)| is_word(area) && is_word(word)),
                "{} is not area/word",
                code.name
            );
        }
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for code in codes() {
            let name = code.name;
            assert!(code.title.0.contains(is_han), "{name} has no Chinese title");
            assert!(code.text.0.chars().count() > 40, "{name} is hardly explained in Chinese");
            assert!(code.text.0.ends_with('。'), "{name} does not end its Chinese paragraph");
            assert!(!code.title.1.is_empty(), "{name} has no English title");
            assert!(code.text.1.len() > 80, "{name} is hardly explained in English");
            assert!(code.text.1.ends_with('.'), "{name} does not end its English paragraph");
        }
    }

    #[test]
    fn what_a_code_stands_on_is_said_in_both_languages() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for code in codes() {
            let Some((zh, en)) = code.source else { continue };
            assert!(zh.chars().count() > 5 && en.len() > 5, "{}", code.name);
            assert!(en.is_ascii() || en.contains(is_han), "{}: {en}", code.name);
        }
    }

    #[test]
    fn a_star_names_an_area() {
        let code = explain("date/order").expect("the list has it");
        assert!(code.is_named("date/order") && code.is_named("date/*"));
        assert!(!code.is_named("date/orde") && !code.is_named("dat/*") && !code.is_named("*"));
    }

    #[test]
    fn a_code_is_found_by_its_name() {
        let code = explain("date/order").expect("the list has it");
        assert_eq!(code.title(Language::Chinese), "日期先后颠倒");
        assert_eq!(code.title(Language::English), "dates are in the wrong order");
        assert!(code.text(Language::English).starts_with("A date comes before"));
        assert_eq!(explain("date"), None);
        assert_eq!(explain(""), None);
    }
}
