//! The pairs of characters of a text, by section.

use crate::compare::grams;
use crate::compare::text::Text;

/// A title says as much as so many repetitions of it in the text.
const TITLE: u32 = 2;
/// Sections that stand in more than these count for the nearest of them.
const DEEPEST: usize = 5;

/// A pair of characters in one of the bags of a text, and how often it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) gram: u64,
    pub(super) bag: u32,
    pub(super) count: u32,
}

/// The pairs of characters of a text by section. Every section has a bag for its own words, and
/// each that others stand in has one more for all of them together.
#[derive(Clone, Debug)]
pub(super) struct Bags {
    /// In the order of their pairs of characters.
    pub(super) terms: Vec<Term>,
    /// For each section the bag of all that is in it; its own bag has its own number.
    pub(super) whole: Vec<usize>,
    /// For each bag its section.
    pub(super) owners: Vec<usize>,
}

impl Bags {
    pub(super) fn of(text: &Text<'_>) -> Self {
        let sections = text.sections.len();
        let numbers: Vec<usize> = (0..sections).collect();
        let mut bags = Self { terms: Vec::new(), whole: numbers.clone(), owners: numbers };
        for parent in text.sections.iter().filter_map(|section| section.parent) {
            if bags.whole[parent] < sections {
                bags.whole[parent] = bags.owners.len();
                bags.owners.push(parent);
            }
        }
        (1..sections).for_each(|section| bags.fill(text, section));
        bags.terms.sort_unstable();
        bags.terms.dedup_by(|next, kept| {
            let same = (next.gram, next.bag) == (kept.gram, kept.bag);
            kept.count += if same { next.count } else { 0 };
            same
        });
        bags
    }

    /// Counts the words of a section, for itself and for those that it stands in.
    fn fill(&mut self, text: &Text<'_>, section: usize) {
        let mut all = Vec::new();
        grams::each(text.sections[section].title, |gram| all.push((gram, TITLE)));
        for sentence in &text.sentences[text.sections[section].own.clone()] {
            grams::each(sentence.text, |gram| all.push((gram, 1)));
        }
        all.sort_unstable();
        let same = all.chunk_by(|a, b| a.0 == b.0);
        let counted: Vec<(u64, u32)> =
            same.map(|same| (same[0].0, same.iter().map(|(_, count)| count).sum())).collect();
        let around = text.lineage(section).take(DEEPEST).map(|at| self.whole[at]);
        let around = around.filter(|bag| *bag != section);
        for bag in std::iter::once(section).chain(around).collect::<Vec<_>>() {
            let bag = u32::try_from(bag).unwrap_or(u32::MAX);
            self.terms.extend(counted.iter().map(|(gram, count)| Term { gram: *gram, bag, count: *count }));
        }
    }

    /// The bags that a pair of characters stands in.
    pub(super) fn with(&self, gram: u64) -> &[Term] {
        let first = self.terms.partition_point(|term| term.gram < gram);
        let count = self.terms[first..].iter().take_while(|term| term.gram == gram).count();
        &self.terms[first..first + count]
    }

    /// How many of these are of single sections.
    pub(super) fn own(&self, terms: &[Term]) -> usize {
        terms.iter().filter(|term| (term.bag as usize) < self.whole.len()).count()
    }
}
