//! What the interface of a site says, in each of its languages: texts by key, as the layers of a
//! theme have them, with holes for numbers and names. Which files they come from is not known
//! here, and neither is what they are said of. Browsers run this room too.

mod filled;
mod locale;
mod plural;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use locale::Locale;

/// The texts of the interface in one language, by key.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Texts {
    by_key: BTreeMap<String, String>,
    /// How counts are told apart; they are among the texts, below `plural.`.
    rules: plural::PluralRules,
}

impl From<BTreeMap<String, String>> for Texts {
    fn from(by_key: BTreeMap<String, String>) -> Self {
        Self { rules: plural::PluralRules::of(&by_key), by_key }
    }
}

impl From<Texts> for BTreeMap<String, String> {
    fn from(texts: Texts) -> Self {
        texts.by_key
    }
}

impl Texts {
    /// The text of `key`, as it is written down.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }

    /// The text of `key`; the key itself where there is none, which the theme has complained of.
    pub(crate) fn plain<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
    }

    /// The text of `key` with its holes filled.
    pub(crate) fn say(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let value = |name: &str| {
            let found = values.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.to_string())
        };
        self.filled(self.plain(key), value)
    }

    /// A text of these with its holes filled. Those without a value stay as they are, for scripts.
    pub(crate) fn filled(&self, text: &str, value: impl Fn(&str) -> Option<String>) -> String {
        filled::filled(text, &self.rules, value)
    }

    /// All of them with their keys.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_key.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// Those whose keys begin so, with what is needed to fill their holes.
    pub(crate) fn below(&self, prefix: &str) -> Self {
        let wanted = |key: &str| key.starts_with(prefix) || key.starts_with(plural::PREFIX);
        let own = self.all().filter(|(key, _)| wanted(key));
        own.map(|(key, text)| (key.to_owned(), text.to_owned())).collect::<BTreeMap<_, _>>().into()
    }

    /// Whether this is the key of a rule by which counts are told apart, which is not said to anybody.
    pub(crate) fn is_rule(key: &str) -> bool {
        key.starts_with(plural::PREFIX)
    }

    /// Whether that rule can be read.
    pub(crate) fn is_good_rule(key: &str, text: &str) -> bool {
        plural::is_rule(key, text)
    }
}

/// The texts of all languages of a site.
#[derive(Clone, Debug, Default)]
pub struct Phrasebook(Arc<BTreeMap<Locale, Texts>>);

impl Phrasebook {
    /// These texts.
    pub(crate) fn new(by_language: BTreeMap<Locale, Texts>) -> Self {
        Self(Arc::new(by_language))
    }

    /// The texts in a language; none where the site does not speak it.
    #[must_use]
    pub fn of(&self, language: Locale) -> &Texts {
        static NONE: std::sync::LazyLock<Texts> = std::sync::LazyLock::new(Texts::default);
        self.0.get(&language).unwrap_or(&NONE)
    }

    /// The languages, each with its texts.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Locale, &Texts)> {
        self.0.iter().map(|(language, texts)| (*language, texts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[(&str, &str)]) -> Texts {
        all.iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect::<BTreeMap<_, _>>()
            .into()
    }

    #[test]
    fn a_text_is_said_with_its_numbers_and_names() {
        let russian = texts(&[
            ("places", "{name}: {n} {n|one=место|few=места|other=мест}"),
            ("plural.one", "v = 0 and i % 10 = 1 and i % 100 != 11"),
            ("plural.few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"),
        ]);
        let said: Vec<String> =
            [1, 3, 5, 11, 22].iter().map(|n| russian.say("places", &[("name", &"А"), ("n", n)])).collect();
        assert_eq!(said, ["А: 1 место", "А: 3 места", "А: 5 мест", "А: 11 мест", "А: 22 места"]);
        assert_eq!(russian.say("absent", &[]), "absent");
    }

    #[test]
    fn a_part_of_the_texts_is_said_as_the_whole_says_it() {
        let french = texts(&[("told.a", "{n|lieu|lieux}"), ("skip", "x"), ("plural.one", "i = 0,1")]);
        let part = french.below("told.");
        assert_eq!(part.get("skip"), None);
        let json = serde_json::to_string(&part).unwrap();
        assert_eq!(json, "{\"plural.one\":\"i = 0,1\",\"told.a\":\"{n|lieu|lieux}\"}");
        let again: Texts = serde_json::from_str(&json).unwrap();
        assert_eq!(again.say("told.a", &[("n", &0)]), "lieu");
    }
}
