//! What a sentence says, as two numbers: one for its words, one for its words whatever the
//! figures among them are. Sentences are compared by these, whatever their script and width.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::{DefaultHasher, Hasher};

use super::figure::{self, PrintedFigure};
use super::{fold, numeral, ordinal, qualifier};
use crate::scan;

/// What stands for a figure where its value does not matter.
const MASK: char = '#';

/// Two numbers that tell what a sentence says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SentenceKey {
    /// Equal where the words are.
    pub(crate) exact: u64,
    /// Equal where the words are, but for figures and the words that make bounds of them.
    pub(crate) masked: u64,
}

/// The key of a sentence.
pub(crate) fn key(sentence: &str) -> SentenceKey {
    thread_local! {
        static LATELY: RefCell<RecentKeys> = RefCell::new(RecentKeys::default());
    }
    LATELY.with_borrow_mut(|lately| lately.key(sentence))
}

/// The keys of sentences that were asked for lately. A report says most of what it said the year before, and
/// documents are read and drawn in their order.
struct RecentKeys(Vec<(Box<str>, SentenceKey)>);

/// So many sentences are kept, those of some documents, each at a place of its own.
const LATELY: usize = 1 << 10;
/// And none of more bytes.
const LONGEST_KEPT: usize = 512;

impl Default for RecentKeys {
    fn default() -> Self {
        Self(vec![(Box::default(), of("")); LATELY])
    }
}

impl RecentKeys {
    fn key(&mut self, sentence: &str) -> SentenceKey {
        if sentence.len() > LONGEST_KEPT {
            return of(sentence);
        }
        let (kept, key) = &mut self.0[Self::place(sentence)];
        if **kept != *sentence {
            (*kept, *key) = (sentence.into(), of(sentence));
        }
        *key
    }

    /// The place of a sentence among those that are kept.
    fn place(sentence: &str) -> usize {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let (eights, rest) = sentence.as_bytes().as_chunks::<8>();
        let mixed = |sum: u64, next: u64| (sum.rotate_left(5) ^ next).wrapping_mul(MIX);
        let sum = eights.iter().fold(0, |sum, eight| mixed(sum, u64::from_le_bytes(*eight)));
        let sum = rest.iter().fold(sum, |sum, byte| mixed(sum, u64::from(*byte)));
        (sum >> 32) as usize % LATELY
    }
}

/// The key of a sentence, worked out.
fn of(sentence: &str) -> SentenceKey {
    let folded = fold::squeeze_str(&parted(sentence));
    let said = unplaced(&folded);
    let figures = figure::figures(said);
    let exact = hash(said);
    // Most sentences have no figure, and are the same behind a mask.
    let masked = if figures.is_empty() { exact } else { hash(&masked_with(said, figures)) };
    SentenceKey { exact, masked }
}

/// The first number of a sentence's key, which takes less time than both.
pub(crate) fn exact(sentence: &str) -> u64 {
    hash(unplaced(&fold::squeeze_str(&parted(sentence))))
}

/// A sentence in which a pause between digits of half width stays one when it is folded: 745，200
/// are two figures, and would be one with the comma that parts thousands.
fn parted(sentence: &str) -> Cow<'_, str> {
    const PAUSE: &str = "，";
    let bytes = sentence.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let between = |at: &usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + PAUSE.len()));
    let mut parted = String::new();
    let mut from = 0;
    let is_pause = |[one, two, three]: [u8; 3]| (one == 0xef) & (two == 0xbc) & (three == 0x8c);
    for at in scan::places(bytes, is_pause).filter(between) {
        parted.push_str(&sentence[from..at]);
        parted.push('、');
        from = at + PAUSE.len();
    }
    match from {
        0 => Cow::Borrowed(sentence),
        _ => Cow::Owned(parted + &sentence[from..]),
    }
}

/// A folded sentence with a mask for every figure, and without the words that make bounds of
/// them: 近10万名 and 442余名 both are `#名`.
pub(crate) fn masked(folded: &str) -> String {
    masked_with(folded, figure::figures(folded))
}

/// The same of a sentence with these figures.
fn masked_with(folded: &str, figures: Vec<PrintedFigure>) -> String {
    let mut masked = String::with_capacity(folded.len());
    let mut at = 0;
    for figure in figures {
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
pub(crate) fn unplaced(folded: &str) -> &str {
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
    fn what_is_kept_is_what_is_worked_out() {
        let sentences: Vec<String> = (0..3 * LATELY).map(|at| format!("办结行政复议案件{at}件。")).collect();
        for sentence in sentences.iter().chain(&sentences[..10]).map(String::as_str).chain(["", "。"]) {
            assert_eq!(key(sentence), of(sentence), "{sentence}");
        }
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
