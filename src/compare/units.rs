//! The units of a sentence as words are told apart: a Han character, a Latin word, a figure
//! with what makes a bound of it, a mark.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::han::{figure, fold, qualifier};

/// A unit of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its bytes; those of a figure with the words that make a bound of it.
    pub(super) range: Range<usize>,
    /// The figure alone, where the unit is one.
    pub(super) figure: Option<Range<usize>>,
    /// What sort of unit it is.
    pub(super) kind: Kind,
    /// Equal for units that say the same. All figures have one of two tokens.
    pub(super) token: u32,
}

/// What sort of unit something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character of Han or of another script that does not part words.
    Han,
    /// A word of letters, or a character that folds to several.
    Word,
    /// A figure.
    Figure,
    /// A mark that parts clauses.
    Pause,
    /// Any other mark, or a space.
    Mark,
}

/// Figures, and figures in per cent. No character has these numbers, and no word either.
const FIGURE: [u32; 2] = [0x0011_0000, 0x0011_0001];

/// The tokens of words, by what they fold to. Two sentences that are compared share them.
#[derive(Debug, Default)]
pub(super) struct Words(BTreeMap<String, u32>);

impl Words {
    fn token(&mut self, folded: String) -> u32 {
        let next = FIGURE[1].saturating_add(1 + u32::try_from(self.0.len()).unwrap_or(u32::MAX / 2));
        *self.0.entry(folded).or_insert(next)
    }
}

/// The units of a sentence, in order and without gaps.
pub(super) fn units(text: &str, words: &mut Words) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len() / 3 + 1);
    let mut at = 0;
    for figure in figure::figures(text) {
        let range = bound(text, &figure.range);
        plain(text, at..range.start.max(at), (&mut units, words));
        let token = FIGURE[usize::from(figure.percent)];
        at = range.end;
        let range = range.start.max(units.last().map_or(0, |unit: &Unit| unit.range.end))..range.end;
        units.push(Unit { range, figure: Some(figure.range), kind: Kind::Figure, token });
    }
    plain(text, at..text.len(), (&mut units, words));
    units
}

/// A figure with the qualifier before it and the 余 behind it.
fn bound(text: &str, figure: &Range<usize>) -> Range<usize> {
    let before = &text[..figure.start];
    let tail = before.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let folded = fold::fold_str(&before[tail..]);
    let said = folded[..qualifier::before(&folded)].chars().count();
    let start = before[tail..].char_indices().nth(said).map_or(figure.start, |(at, _)| tail + at);
    let rest = &text[figure.end..];
    let behind = rest.strip_prefix(['余', '餘', '多']).unwrap_or(rest);
    start..text.len() - behind.len()
}

/// The units of a stretch without figures.
fn plain(text: &str, range: Range<usize>, into: (&mut Vec<Unit>, &mut Words)) {
    let (units, words) = into;
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        let rest = &text[at..range.end];
        let word = rest.len() - rest.trim_start_matches(is_letter).len();
        let len = word.max(c.len_utf8());
        let mut folded = fold::fold_char(c);
        let (token, kind) = match (folded.next(), folded.next()) {
            (Some(one), None) if len == c.len_utf8() => (u32::from(one), kind(one)),
            _ => (words.token(fold::fold_str(&rest[..len])), Kind::Word),
        };
        units.push(Unit { range: at..at + len, figure: None, kind, token });
        at += len;
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn kind(folded: char) -> Kind {
    match folded {
        ',' | '。' | ';' | ':' | '、' | '!' | '?' | '(' | ')' => Kind::Pause,
        c if c.is_alphanumeric() => Kind::Han,
        _ => Kind::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        let units = units(text, &mut Words::default());
        units.into_iter().map(|unit| &text[unit.range]).collect()
    }

    #[test]
    fn figures_bounds_and_words_are_one_unit_each() {
        for (text, expected) in [
            ("办结745件。", vec!["办", "结", "745", "件", "。"]),
            ("组织近10万名", vec!["组", "织", "近10万", "名"]),
            ("超過12萬餘名", vec!["超過12萬餘", "名"]),
            ("占40.02%", vec!["占", "40.02%"]),
            ("用APP办事", vec!["用", "APP", "办", "事"]),
            ("㈠G20峰会", vec!["㈠", "G20", "峰", "会"]),
            ("不少于3近5", vec!["不少于3", "近5"]),
            ("", vec![]),
        ] {
            assert_eq!(told(text), expected);
        }
    }

    #[test]
    fn what_says_the_same_has_the_same_token() {
        let mut words = Words::default();
        let tokens = |text: &str, words: &mut Words| -> Vec<u32> {
            units(text, words).into_iter().map(|unit| unit.token).collect()
        };
        assert_eq!(tokens("辦結７件，ＡＰＰ", &mut words), tokens("办结812余件,app", &mut words));
        assert_ne!(tokens("7%", &mut words), tokens("7", &mut words));
    }
}
