//! What a sentence says, as two numbers: one for its words, one for its words whatever the
//! figures among them are. Sentences are compared by these, whatever their script and width.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher};

use super::{figure, fold, numeral, ordinal, qualifier};

/// What stands for a figure where its value does not matter.
const MASK: char = '#';

/// Two numbers that tell what a sentence says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    /// Equal where the words are.
    pub(crate) exact: u64,
    /// Equal where the words are, but for figures and the words that make bounds of them.
    pub(crate) masked: u64,
}

/// The key of a sentence.
pub(crate) fn key(sentence: &str) -> Key {
    let folded = fold::squeeze_str(&parted(sentence));
    let said = said(&folded);
    Key { exact: hash(said), masked: hash(&masked(said)) }
}

/// The first number of a sentence's key, which takes less time than both.
pub(crate) fn exact(sentence: &str) -> u64 {
    hash(said(&fold::squeeze_str(&parted(sentence))))
}

/// A sentence in which a pause between digits of half width stays one when it is folded: 745，200
/// are two figures, and would be one with the comma that parts thousands.
fn parted(sentence: &str) -> Cow<'_, str> {
    const PAUSE: char = '，';
    let bytes = sentence.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let between = |at: &usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + PAUSE.len_utf8()));
    let mut parted = String::new();
    let mut from = 0;
    for at in sentence.match_indices(PAUSE).map(|(at, _)| at).filter(between) {
        parted.push_str(&sentence[from..at]);
        parted.push('、');
        from = at + PAUSE.len_utf8();
    }
    match from {
        0 => Cow::Borrowed(sentence),
        _ => Cow::Owned(parted + &sentence[from..]),
    }
}

/// A folded sentence with a mask for every figure, and without the words that make bounds of
/// them: 近10万名 and 442余名 both are `#名`.
pub(crate) fn masked(folded: &str) -> String {
    let mut masked = String::with_capacity(folded.len());
    let mut at = 0;
    for figure in figure::figures(folded) {
        masked.push_str(&folded[at..figure.range.start]);
        masked.truncate(qualifier::before(&masked));
        masked.push(MASK);
        if figure.percent {
            masked.push('%');
        }
        let rest = &folded[figure.range.end..];
        at = folded.len() - rest.strip_prefix(['余', '多']).unwrap_or(rest).len();
    }
    masked.push_str(&folded[at..]);
    masked
}

/// A folded sentence without what only places it among others: the ordinal or 一是 before it
/// and the mark at its end.
pub(crate) fn said(folded: &str) -> &str {
    let text = folded.trim_end_matches(['。', ';', '!', '?', ',', '、', ':', '.']);
    let text = ordinal::read(text).map_or(text, |printed| &text[printed.len..]);
    let counted = text.trim_start_matches(numeral::is_numeral);
    match counted.strip_prefix('是') {
        Some(rest) if counted.len() < text.len() => rest.trim_start_matches([',', ':']),
        _ => text,
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_width_place_and_end_make_no_difference() {
        for (a, b) in [
            ("办结行政复议案件745件。", "辦結行政復議案件７４５件；"),
            ("一是强化学习；", "二是强化学习。"),
            ("（1）强化 学习", "(2)强化学习。"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        assert_ne!(key("强化学习。").exact, key("强化培训。").exact);
    }

    #[test]
    fn figures_and_bounds_are_masked_and_nothing_else() {
        for (a, b) in [
            ("办结745件。", "办结812件。"),
            ("综合纠错率为40.02%。", "综合纠错率为43.5％。"),
            ("组织近10万名公职人员参加。", "组织12万余名公职人员参加。"),
        ] {
            assert_eq!(key(a).masked, key(b).masked, "{a} {b}");
            assert_ne!(key(a).exact, key(b).exact, "{a} {b}");
        }
        assert_eq!(key("分别为745，200件").masked, key("分别为81、35件").masked);
        for (a, b) in [("办结745件。", "办结745项。"), ("占40%。", "占40。"), ("办结5件。", "办结件。")]
        {
            assert_ne!(key(a).masked, key(b).masked, "{a} {b}");
        }
    }

    #[test]
    fn a_character_that_folds_to_many_costs_what_it_folds_to() {
        let text = "\u{fdfa}".repeat(100_000);
        assert_eq!(key(&text), key(&text));
        assert_eq!(fold::squeeze(&text).original(0..1), 0..3);
    }
}
