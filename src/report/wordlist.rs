//! Words that are looked for all at once, in one pass over a text.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// Some words.
pub(crate) struct WordList {
    words: &'static [&'static str],
    /// What finds them; made when it is asked first.
    finder: OnceLock<AhoCorasick>,
}

impl WordList {
    /// These words.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, finder: OnceLock::new() }
    }

    fn finder(&self) -> &AhoCorasick {
        self.finder
            .get_or_init(|| AhoCorasick::new(self.words).expect("a short list of words is no large machine"))
    }

    /// Whether a text has one of them.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.finder().is_match(text)
    }

    /// Where a text has them, from its beginning on; of words that overlap, the one that ends first.
    pub(crate) fn places<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        self.finder().find_iter(text).map(|found| found.range())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        static ENDS: WordList = WordList::new(&["局", "委员会"]);
        let text = "市财政局、市国资委员会";
        assert_eq!(ENDS.places(text).map(|place| &text[place]).collect::<Vec<_>>(), ["局", "委员会"]);
        assert!(ENDS.is_in("局") && !ENDS.is_in("委员") && !ENDS.is_in(""));
    }
}
