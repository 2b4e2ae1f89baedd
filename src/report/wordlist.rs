//! Words that are looked for in every text, all of them at a time. Most texts have none.

use std::ops::Range;
use std::sync::OnceLock;

use crate::han::is_han;

/// Some words.
pub(crate) struct WordList {
    words: &'static [&'static str],
    marks: OnceLock<FirstLetters>,
}

/// A character of each word, by which it is found: its first letter.
struct FirstLetters {
    /// A bit for each of these that UTF-8 writes with three bytes at most. One that takes four is taken for another.
    bits: Box<[u64; 1024]>,
    /// For each word its mark, and how many bytes stand before that.
    marks: Vec<(char, usize)>,
}

impl FirstLetters {
    fn of(words: &[&str]) -> Self {
        let mark = |word: &&str| {
            let letter = word.char_indices().find(|(_, c)| is_han(*c)).or(word.char_indices().next());
            letter.map_or(('\0', 0), |(before, c)| (c, before))
        };
        let marks: Vec<(char, usize)> = words.iter().map(mark).collect();
        let mut bits = Box::new([0; 1024]);
        marks.iter().for_each(|(c, _)| bits[Self::place(*c)] |= 1 << (*c as usize & 0x3f));
        Self { bits, marks }
    }

    fn place(c: char) -> usize {
        c as usize >> 6 & 0x3ff
    }

    fn may_have(&self, c: char) -> bool {
        self.bits[Self::place(c)] >> (c as usize & 0x3f) & 1 == 1
    }
}

impl WordList {
    /// These words, of which none overlaps itself.
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, marks: OnceLock::new() }
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

    /// Each word by its number, with where the text has it, in the order of their marks.
    fn found<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, Range<usize>)> + use<'_, 't> {
        let marks = self.marks.get_or_init(|| FirstLetters::of(self.words));
        let marked = text.char_indices().filter(|(_, c)| marks.may_have(*c));
        marked.flat_map(move |(at, c)| {
            let own = marks.marks.iter().enumerate().filter(move |(_, (mark, _))| *mark == c);
            own.filter_map(move |(word, (_, before))| {
                let start = at.checked_sub(*before)?;
                let behind = start + self.words[word].len();
                (text.get(start..behind)? == self.words[word]).then_some((word, start..behind))
            })
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
        static BESIDE: WordList = WordList::new(&["，男，", "tel"]);
        let text = "男，张建国，男，电话 tel";
        assert_eq!(BESIDE.places(text).map(|place| &text[place]).collect::<Vec<_>>(), ["，男，", "tel"]);
    }
}
