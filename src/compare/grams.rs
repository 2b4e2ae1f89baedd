//! Pairs of neighbouring characters: how alike two texts are, whatever their sentences are.

use crate::han::{fold, key};

/// The pairs of neighbouring characters of a text, each once, in order. Figures and the names
/// of laws count as nothing: every report cites the same ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grams {
    pairs: Vec<u64>,
    /// What they weigh together, once that is known.
    weight: usize,
}

impl Grams {
    /// The pairs of these texts; none across the end of one.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut grams = Vec::new();
        for text in texts {
            let folded = fold::squeeze_str(text);
            let masked = key::masked(key::said(&folded));
            let mut before = None;
            let mut named = false;
            for c in masked.chars() {
                named = (named || c == '《') && c != '》';
                let counts = is_letter(c) && !named;
                if let (Some(before), true) = (before, counts) {
                    grams.push(u64::from(u32::from(before)) << 32 | u64::from(u32::from(c)));
                }
                before = counts.then_some(c);
            }
        }
        grams.sort_unstable();
        grams.dedup();
        let weight = grams.len();
        Self { pairs: grams, weight }
    }

    pub(super) fn as_slice(&self) -> &[u64] {
        &self.pairs
    }

    pub(super) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// How many pairs both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        self.common(other).count()
    }

    /// How alike the two are, in thousandths.
    pub(super) fn alike(&self, other: &Self) -> usize {
        2000 * self.shared(other) / (self.len() + other.len()).max(1)
    }

    /// How alike the two are, in thousandths, where rare pairs count for more. Both were
    /// weighed by the same measure.
    pub(super) fn akin(&self, other: &Self, rarity: &Rarity) -> usize {
        let both: usize = self.common(other).map(|gram| rarity.weight(gram)).sum();
        2000 * both / (self.weight + other.weight).max(1)
    }

    fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u64> + 'a {
        let mut rest = other.pairs.as_slice();
        self.pairs.iter().copied().filter(move |gram| {
            while let Some((first, behind)) = rest.split_first()
                && first < gram
            {
                rest = behind;
            }
            rest.first() == Some(gram)
        })
    }
}

/// How rare pairs of characters are among many texts. What stands in all of them, as 行政 does
/// in every section of a report, tells little.
pub(super) struct Rarity {
    /// In how many texts a pair stands, or one that shares its place here: an estimate, which
    /// is never too low.
    counts: Vec<u16>,
    texts: usize,
}

/// So many places for counts are enough: reports have some thousands of different pairs.
const MOST_PLACES: usize = 1 << 14;

impl Rarity {
    /// Weighs all these by how rare their pairs are among them.
    pub(super) fn weigh(sides: &mut [Vec<Grams>; 2]) -> Self {
        let pairs = sides.iter().flatten().map(Grams::len).sum::<usize>();
        let places = (2 * pairs).next_power_of_two().clamp(256, MOST_PLACES);
        let mut rarity = Self { counts: vec![0; places], texts: 0 };
        for text in sides.iter().flatten() {
            rarity.texts += 1;
            for gram in &text.pairs {
                let count = &mut rarity.counts[place(*gram, places)];
                *count = count.saturating_add(1);
            }
        }
        for text in sides.iter_mut().flatten() {
            text.weight = text.pairs.iter().map(|gram| rarity.weight(*gram)).sum();
        }
        rarity
    }

    /// 1 for what stands everywhere, and one more each time that it stands half as often.
    fn weight(&self, gram: u64) -> usize {
        let often = usize::from(self.counts[place(gram, self.counts.len())]).max(1);
        (self.texts / often).max(1).ilog2() as usize + 1
    }
}

/// The place of a pair among so many, a power of two.
fn place(gram: u64, places: usize) -> usize {
    // The high bits of a product with a large odd number are well mixed.
    (gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as usize & (places - 1)
}

/// Nearly every letter of a report is a Han character, and those are told at once.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}') || c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_law_names_and_scripts_make_no_difference() {
        let grams = |text| Grams::of([text]);
        assert_eq!(grams("落实《行政处罚法》，办结745件"), grams("落實《民法典》，辦結9件"));
        assert_eq!(grams("强化学习").alike(&grams("强化学习")), 1000);
        assert_eq!(grams("强化学习").alike(&grams("规范执法")), 0);
        assert_eq!(grams("强化学习").alike(&grams("")), 0);
    }

    #[test]
    fn what_stands_everywhere_counts_for_less() {
        let all = ["法治建设学习", "法治建设执法", "法治建设复议", "法治建设学法"];
        let mut sides = [all.map(|text| Grams::of([text])).to_vec(), Vec::new()];
        let rarity = Rarity::weigh(&mut sides);
        let (learn, enforce) = (&sides[0][0], &sides[0][1]);
        assert!(learn.akin(enforce, &rarity) < learn.alike(enforce));
        assert_eq!(learn.akin(learn, &rarity), 1000);
    }
}
