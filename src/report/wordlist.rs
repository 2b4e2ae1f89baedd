//! Words that are looked for in every text. What finds them is made once: most texts have none, and to get ready
//! takes longer than to look.

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem::Finder;

/// Some words.
pub(crate) struct WordList {
    words: &'static [&'static str],
    finders: OnceLock<Vec<Finder<'static>>>,
}

impl WordList {
    /// These words.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, finders: OnceLock::new() }
    }

    fn finders(&self) -> &[Finder<'static>] {
        self.finders.get_or_init(|| self.words.iter().map(Finder::new).collect())
    }

    /// Whether a text has one of them.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.finders().iter().any(|finder| finder.find(text.as_bytes()).is_some())
    }

    /// Where a text has them, a word after the other.
    pub(crate) fn places<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        let of_word = move |finder: &Finder<'static>| {
            let length = finder.needle().len();
            finder.find_iter(text.as_bytes()).map(|at| at..at + length).collect::<Vec<_>>()
        };
        self.finders().iter().flat_map(of_word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        static ENDS: WordList = WordList::new(&["局", "委员会"]);
        let text = "市国资委员会、市财政局、局";
        assert_eq!(ENDS.places(text).map(|place| &text[place]).collect::<Vec<_>>(), ["局", "局", "委员会"]);
        assert!(ENDS.is_in("局") && !ENDS.is_in("委员") && !ENDS.is_in(""));
    }
}
