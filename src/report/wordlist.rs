//! Words that are looked for in every text, all of them at a time. Most texts have none.

use std::ops::Range;
use std::sync::OnceLock;

/// Some words.
pub(crate) struct WordList {
    words: &'static [&'static str],
    ends: OnceLock<Ends>,
}

/// The last characters of words, a bit for each of those that UTF-8 writes with three bytes at most. One that takes
/// four is taken for another.
struct Ends(Box<[u64; 1024]>);

impl Ends {
    fn of(words: &[&str]) -> Self {
        let mut bits = Box::new([0; 1024]);
        for c in words.iter().filter_map(|word| word.chars().next_back()) {
            bits[c as usize >> 6 & 0x3ff] |= 1 << (c as usize & 0x3f);
        }
        Self(bits)
    }

    fn has(&self, c: char) -> bool {
        self.0[c as usize >> 6 & 0x3ff] >> (c as usize & 0x3f) & 1 == 1
    }
}

impl WordList {
    /// These words, of which none overlaps itself.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, ends: OnceLock::new() }
    }

    /// Whether a text has one of them.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }

    /// Where a text has them, a word after the other.
    pub(crate) fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> + use<> {
        let mut found: Vec<(usize, Range<usize>)> = self.found(text).collect();
        found.sort_by_key(|(word, _)| *word);
        found.into_iter().map(|(_, place)| place)
    }

    /// Each word by its number, with where the text has it, in the order of their ends.
    fn found<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, Range<usize>)> + use<'_, 't> {
        let ends = self.ends.get_or_init(|| Ends::of(self.words));
        let ends = text.char_indices().filter(|(_, c)| ends.has(*c)).map(|(at, c)| at + c.len_utf8());
        ends.flat_map(move |end| {
            let ending = move |(_, word): &(usize, &&str)| text[..end].ends_with(**word);
            self.words.iter().enumerate().filter(ending).map(move |(at, word)| (at, end - word.len()..end))
        })
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
