//! The pairs of characters of a text, by section.

use crate::compare::grams;
use crate::compare::text::ComparedText;

/// A title says as much as so many repetitions of it in the text.
const TITLE: u32 = 2;
/// Sections that stand in more than these count for the nearest of them.
const DEEPEST: usize = 5;

/// A pair of characters in one of the bags of a text, and how often it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Term {
    pub(super) gram: u32,
    pub(super) bag: u32,
    pub(super) count: u32,
}

/// The pairs of characters of a text by section. Every section has a bag for its own words, and
/// each that others stand in has one more for all of them together.
#[derive(Clone, Debug)]
pub(in super::super) struct Bags {
    /// In the order of their pairs of characters.
    pub(super) terms: Vec<Term>,
    /// For each section the bag of all that is in it; its own bag has its own number.
    pub(super) whole: Vec<usize>,
    /// For each bag its section.
    pub(super) owners: Vec<usize>,
}

impl Bags {
    pub(in super::super) fn of(text: &ComparedText<'_>) -> Self {
        let sections = text.sections.len();
        let numbers: Vec<usize> = (0..sections).collect();
        let mut bags = Self { terms: Vec::new(), whole: numbers.clone(), owners: numbers };
        for parent in text.sections.iter().filter_map(|section| section.parent) {
            if bags.whole[parent] < sections {
                bags.whole[parent] = bags.owners.len();
                bags.owners.push(parent);
            }
        }
        bags.count(&occurrences(text), &bags_around(text, &bags.whole));
        bags
    }

    /// Counts the words of each section, for itself and for those that it stands in.
    fn count(&mut self, occurrences: &[u64], around: &[Vec<usize>]) {
        let mut counts = vec![0; self.owners.len()];
        let mut touched = Vec::new();
        for same in occurrences.chunk_by(|a, b| a >> 32 == b >> 32) {
            let gram = upper(same[0]);
            for again in same.chunk_by(|a, b| a == b) {
                let (bag, count) = (lower(again[0]), u32::try_from(again.len()).unwrap_or(u32::MAX));
                self.terms.push(Term { gram, bag, count });
                for whole in &around[bag as usize] {
                    if counts[*whole] == 0 {
                        touched.push(*whole);
                    }
                    counts[*whole] += count;
                }
            }
            self.terms.extend(touched.drain(..).map(|bag| {
                let count = std::mem::take(&mut counts[bag]);
                Term { gram, bag: u32::try_from(bag).unwrap_or(u32::MAX), count }
            }));
        }
    }

    /// The bags that a pair of characters stands in.
    pub(super) fn with(&self, gram: u32) -> &[Term] {
        let first = self.terms.partition_point(|term| term.gram < gram);
        let count = self.terms[first..].iter().take_while(|term| term.gram == gram).count();
        &self.terms[first..first + count]
    }

    /// How many of these are of single sections.
    pub(super) fn own(&self, terms: &[Term]) -> usize {
        terms.iter().filter(|term| (term.bag as usize) < self.whole.len()).count()
    }
}

/// Every pair of characters with the section that it stands in, as one number each, in order.
fn occurrences(text: &ComparedText<'_>) -> Vec<u64> {
    let mut all = Vec::with_capacity(text.len(0..text.sentences.len()) / 3 * 5 / 4);
    for (number, section) in (0_u64..).zip(&text.sections).skip(1) {
        for _ in 0..TITLE {
            grams::roughly(section.title, |gram| all.push(u64::from(gram) << 32 | number));
        }
        for sentence in &text.sentences[section.own.clone()] {
            grams::roughly(sentence.text, |gram| all.push(u64::from(gram) << 32 | number));
        }
    }
    by_gram(all)
}

/// How many bits are looked at in one step of sorting.
const DIGIT: u32 = 11;

/// The same numbers by their upper halves, in as many steps as those have digits; what is equal in
/// these stays in its order. A text has some ten thousand, and to hold them against each other takes
/// ten times as long.
fn by_gram(mut numbers: Vec<u64>) -> Vec<u64> {
    let mut sorted = vec![0; numbers.len()];
    for shift in [32, 32 + DIGIT, 32 + 2 * DIGIT] {
        let digit = |number: u64| (number >> shift) as usize & ((1 << DIGIT) - 1);
        let mut places = [0_usize; 1 << DIGIT];
        numbers.iter().for_each(|number| places[digit(*number)] += 1);
        let mut sum = 0;
        for place in &mut places {
            sum += std::mem::replace(place, sum);
        }
        for number in &numbers {
            let place = &mut places[digit(*number)];
            sorted[*place] = *number;
            *place += 1;
        }
        std::mem::swap(&mut numbers, &mut sorted);
    }
    numbers
}

/// For each section the bags for all words of those that it stands in.
fn bags_around(text: &ComparedText<'_>, whole: &[usize]) -> Vec<Vec<usize>> {
    let around = |section: usize| {
        let bags = text.lineage(section).take(DEEPEST).map(|at| whole[at]);
        bags.filter(|bag| *bag != section).collect()
    };
    (0..text.sections.len()).map(around).collect()
}

/// The two halves of a number.
fn upper(number: u64) -> u32 {
    u32::try_from(number >> 32).unwrap_or(u32::MAX)
}

fn lower(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_sorted_by_gram_and_then_as_they_stood(
            mut grams in prop::collection::vec(any::<u32>(), 0..300), some in 0_usize..4
        ) {
            // Sections come in their order, and a gram stands in several.
            grams.extend_from_within(..grams.len().min(some));
            let numbers: Vec<u64> = (0..).zip(&grams).map(|(at, gram)| u64::from(*gram) << 32 | at).collect();
            let mut expected = numbers.clone();
            expected.sort_unstable();
            prop_assert_eq!(by_gram(numbers), expected);
        }
    }
}
