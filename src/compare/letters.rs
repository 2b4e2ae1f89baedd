//! Which characters a text can have, as one number: whether one of a hundred words stands in a short
//! text is told for nearly all of them without looking at the text again.

/// The characters of a text. One that is not among these is not in the text; one that is may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters(u64);

impl Letters {
    /// The characters of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |letters, c| letters | bit(c)))
    }

    /// The last characters of some words.
    pub(super) fn of_ends(words: &[&str]) -> Self {
        Self(words.iter().filter_map(|word| word.chars().next_back()).fold(0, |letters, c| letters | bit(c)))
    }

    /// The first characters of some words.
    pub(super) fn of_starts(words: &[&str]) -> Self {
        Self(words.iter().filter_map(|word| word.chars().next()).fold(0, |letters, c| letters | bit(c)))
    }

    /// A word with its characters.
    pub(super) fn beside(word: &str) -> (Self, &str) {
        (Self::of(word), word)
    }

    /// These and others.
    pub(super) fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether a word of these characters can stand in the text.
    pub(super) fn has(self, word: &Self) -> bool {
        word.0 & !self.0 == 0
    }

    /// Whether the first character of a text can be among these.
    pub(super) fn has_first(self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.0 & bit(c) != 0)
    }

    /// Whether the last character of a text can be among these.
    pub(super) fn has_last(self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.0 & bit(c) != 0)
    }
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c).wrapping_mul(0x9e37_79b1) >> 26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_text_is_missed() {
        let text = "全年办结行政复议案件745件";
        let letters = Letters::of(text);
        for (from, _) in text.char_indices() {
            assert!(letters.has(&Letters::of(&text[from..])));
        }
        assert!(Letters::of_ends(&["办结", "案件"]).has_last(text) && !letters.has(&Letters::of("齉龘")));
    }
}
