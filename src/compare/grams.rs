//! Pairs of neighbouring characters: how alike two texts are, whatever their sentences are.

use crate::han::{fold, is_letter, key};

/// The pairs of neighbouring characters of a text, each once, in order. Figures and the names
/// of laws count as nothing: every report cites the same ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grams(Vec<u32>);

impl Grams {
    /// The pairs of this text.
    pub(super) fn of(text: &str) -> Self {
        let mut grams = Vec::new();
        each(text, |gram| grams.push(gram));
        grams.sort_unstable();
        grams.dedup();
        Self(grams)
    }

    /// How many pairs both have.
    fn shared(&self, other: &Self) -> usize {
        let mut rest = other.0.as_slice();
        let both = self.0.iter().filter(|gram| {
            while let Some((first, behind)) = rest.split_first()
                && first < *gram
            {
                rest = behind;
            }
            rest.first() == Some(*gram)
        });
        both.count()
    }

    /// How alike the two are, in thousandths, if that is no less than `least`.
    pub(super) fn at_least(&self, least: usize, other: &Self) -> Option<usize> {
        let alike = |shared: usize| 2000 * shared / (self.0.len() + other.0.len()).max(1);
        // No more can be shared than the shorter one has, which tells most of two without looking.
        if alike(self.0.len().min(other.0.len())) < least {
            return None;
        }
        Some(alike(self.shared(other))).filter(|alike| *alike >= least)
    }
}

/// Sees every pair of neighbouring characters of a sentence, as often as it stands there.
fn each(text: &str, see: impl FnMut(u32)) {
    let folded = fold::squeeze_str(text);
    let masked = key::masked(key::unplaced(&folded));
    pairs(masked.chars(), see);
}

/// The same, not so exact where characters fold to several, or figures are written in words. It
/// takes a third of the time, and among all the words of a section that makes no difference.
pub(super) fn roughly(text: &str, see: impl FnMut(u32)) {
    let letter = |c: char| match c {
        '\u{4e00}'..='\u{9fff}' => Some(fold::first(c)),
        c if c.is_ascii() => {
            Some(c.to_ascii_lowercase()).filter(|c| !c.is_ascii_whitespace() && *c != '\u{b}')
        }
        c => Some(c).filter(|c| !c.is_whitespace()).map(fold::first),
    };
    pairs(text.chars().filter_map(letter), see);
}

#[inline]
fn pairs(letters: impl Iterator<Item = char>, mut see: impl FnMut(u32)) {
    let mut before = None;
    let mut named = false;
    for c in letters {
        named = (named || c == '《') && c != '》';
        let counts = counts(c) && !named;
        if let (Some(before), true) = (before, counts) {
            see(gram(before, c));
        }
        before = counts.then_some(c);
    }
}

/// Sees the longest stretches of a text in which every pair of characters weighs something, as
/// they are written, with the sum of what they weigh. A pair at either end that weighs nothing
/// belongs to a stretch all the same: it mostly completes a word.
pub(super) fn runs(text: &str, weigh: impl Fn(u32) -> Option<usize>, mut see: impl FnMut(&str, usize)) {
    let letter = |(at, c): (usize, char)| (at, Some(fold::first(c)).filter(|c| counts(*c)));
    let letters: Vec<(usize, Option<char>)> = text.char_indices().map(letter).collect();
    let pair = |pair: &[(usize, Option<char>)]| weigh(gram(pair[0].1?, pair[1].1?));
    let weights: Vec<Option<usize>> = letters.windows(2).map(pair).collect();
    let weighs = |weight: &Option<usize>| weight.is_some_and(|weight| weight > 0);
    let mut from = 0;
    for run in weights.chunk_by(|a, b| weighs(a) == weighs(b)) {
        let behind = from + run.len();
        if weighs(&run[0]) {
            let first = from - usize::from(from > 0 && weights[from - 1].is_some());
            let last = behind + 1 + usize::from(weights.get(behind).is_some_and(Option::is_some));
            let end = letters.get(last).map_or(text.len(), |(at, _)| *at);
            see(&text[letters[first].0..end], run.iter().flatten().sum());
        }
        from = behind;
    }
}

/// Two characters as one number. Of a rare one beyond the first plane that is only a part, which
/// another may share.
pub(super) fn gram(first: char, second: char) -> u32 {
    u32::from(first) << 16 | u32::from(second) & 0xffff
}

/// Whether a character counts. The signs between the first two blocks of Han characters do as well.
fn counts(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}') || is_letter(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_law_names_and_scripts_make_no_difference() {
        assert_eq!(Grams::of("落实《行政处罚法》，办结745件"), Grams::of("落實《民法典》，辦結9件"));
        assert_eq!(Grams::of("强化学习").at_least(1000, &Grams::of("强化学习")), Some(1000));
        assert_eq!(Grams::of("强化学习").at_least(1, &Grams::of("规范执法")), None);
        assert_eq!(Grams::of("强化学习").at_least(1, &Grams::of("")), None);
    }

    #[test]
    fn a_stretch_ends_with_whole_words() {
        let shared = Grams::of("推行行政审批告知承诺制").0;
        let common = gram('行', '政');
        let weigh = |gram| shared.binary_search(&gram).is_ok().then_some(usize::from(gram != common));
        let mut found = Vec::new();
        runs("深化行政審批改革；推进承诺制，", weigh, |run, weight| {
            found.push((run.to_owned(), weight))
        });
        assert_eq!(found, [("行政審批".to_owned(), 2), ("承诺制".to_owned(), 2)]);
    }
}
