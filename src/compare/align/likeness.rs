//! How alike the sections of two texts are: by the pairs of characters in their titles and words,
//! where pairs that few sections have count for more. What is rare is counted among the sections
//! of the two texts alone, so that a comparison depends on nothing else.

use std::ops::Range;

use super::bags::{Bags, Term};
use super::role::Leaning;
use crate::compare::text::ComparedText;

/// What all sections of two texts have in common is looked at in so many single steps at most;
/// where that is not enough, the pairs that most sections have are left out.
const MOST_WORK: usize = 4_000_000;
/// A section is held against so many others at most: those most like it.
const MOST_LIKE: usize = 64;

/// How alike each two sections are, from 0 to 1, where there is anything to say.
pub(super) struct Likeness<'a> {
    /// For each earlier section the later ones, in order.
    pub(super) rows: Vec<Vec<(usize, f64)>>,
    /// Which way the sections of either text look.
    pub(super) leanings: [&'a [Leaning]; 2],
}

impl<'a> Likeness<'a> {
    pub(super) fn of(texts: [&'a ComparedText<'a>; 2]) -> Self {
        let bags = texts.map(ComparedText::bags);
        let leanings = texts.map(ComparedText::leanings);
        let mut shared = SharedPairs::of(bags[0], bags[1]);
        let rows = (0..bags[0].whole.len()).map(|section| shared.row(section, bags)).collect();
        Self { rows, leanings }
    }

    /// For each section of either text how much it is like anything of the other.
    pub(super) fn most(&self) -> [Vec<f64>; 2] {
        let mut most = [0, 1].map(|side: usize| vec![0.0_f64; self.leanings[side].len()]);
        for (i, row) in self.rows.iter().enumerate() {
            for (j, alike) in row {
                most[0][i] = most[0][i].max(*alike);
                most[1][*j] = most[1][*j].max(*alike);
            }
        }
        most
    }
}

/// A pair of characters in a bag: which of the later weights are those of the same pair, and what it weighs.
#[derive(Clone, Copy, Default)]
struct BagWeight {
    first: u32,
    behind: u32,
    weight: f64,
}

/// What the bags of two texts have in common.
struct SharedPairs {
    /// The pairs that stand in earlier bags, one bag after the other, and where those of each stand.
    before: Vec<BagWeight>,
    bags: Vec<Range<usize>>,
    /// The later bags that have a pair, one pair after the other, and what it weighs there.
    after: Vec<(u32, f64)>,
    /// How long each bag is: the root of the sum of the squares of what is in it.
    lengths: [Vec<f64>; 2],
    /// For each later bag what is being summed up for it; nothing in between.
    sums: Vec<f64>,
}

impl SharedPairs {
    fn of(before: &Bags, after: &Bags) -> Self {
        let most = most_common(before, after);
        let rarities = Rarity::all(before.whole.len() + after.whole.len());
        let mut shared = Self {
            before: vec![BagWeight::default(); before.terms.len()],
            bags: rooms(before),
            after: Vec::with_capacity(after.terms.len()),
            lengths: [vec![0.0; before.owners.len()], vec![0.0; after.owners.len()]],
            sums: vec![0.0; after.owners.len()],
        };
        for (old, new) in runs(before, after) {
            let rarity = rarities[before.own(old) + after.own(new)];
            let [old_lengths, new_lengths] = &mut shared.lengths;
            old.iter().for_each(|term| old_lengths[term.bag as usize] += rarity.square(term));
            new.iter().for_each(|term| new_lengths[term.bag as usize] += rarity.square(term));
            if !old.is_empty() && !new.is_empty() && old.len() * new.len() <= most {
                shared.share((old, new), rarity);
            }
        }
        shared.lengths.iter_mut().flatten().for_each(|length| *length = length.sqrt());
        shared
    }

    /// Notes a pair of characters that both texts have.
    fn share(&mut self, (old, new): (&[Term], &[Term]), rarity: Rarity) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let first = place(self.after.len());
        self.after.extend(new.iter().map(|term| (term.bag, rarity.root(term))));
        let behind = place(self.after.len());
        for term in old {
            let bag = &mut self.bags[term.bag as usize];
            self.before[bag.end] = BagWeight { first, behind, weight: rarity.root(term) };
            bag.end += 1;
        }
    }

    /// The later sections that an earlier one is most like: by their own words, or by all words
    /// in them.
    fn row(&mut self, section: usize, bags: [&Bags; 2]) -> Vec<(usize, f64)> {
        let whole = bags[0].whole[section];
        let mut found = Vec::new();
        for bag in [section, whole].into_iter().take(if whole == section { 1 } else { 2 }) {
            for (other, alike) in self.alike(bag) {
                let owner = bags[1].owners[other];
                // What stands in a section by itself is not held against all that is in another.
                let fits = if bag == whole { other == bags[1].whole[owner] } else { other == owner };
                found.extend((fits || whole == section).then_some((owner, alike)));
            }
        }
        found.sort_unstable_by(|a: &(usize, f64), b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        found.dedup_by_key(|(other, _)| *other);
        if found.len() > MOST_LIKE {
            found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(MOST_LIKE);
            found.sort_unstable_by_key(|(other, _)| *other);
        }
        found
    }

    /// The later bags that have anything in common with an earlier one, and how much.
    fn alike(&mut self, bag: usize) -> Vec<(usize, f64)> {
        let mut touched = Vec::new();
        for BagWeight { first, behind, weight } in &self.before[self.bags[bag].clone()] {
            for (other, theirs) in &self.after[*first as usize..*behind as usize] {
                let sum = &mut self.sums[*other as usize];
                if *sum == 0.0 {
                    touched.push(*other as usize);
                }
                *sum += weight * theirs;
            }
        }
        let length = self.lengths[0][bag];
        let alike = |other: usize| {
            let sum = std::mem::take(&mut self.sums[other]);
            (other, sum / (length * self.lengths[1][other]))
        };
        touched.into_iter().map(alike).collect()
    }
}

/// How rare a pair of characters is, by how many of the sections of both texts have it.
#[derive(Clone, Copy)]
struct Rarity {
    rarity: f64,
    root: f64,
}

impl Rarity {
    /// That of a pair for each number of sections, of which there are so many.
    fn all(sections: usize) -> Vec<Self> {
        let of = |often: usize| {
            let rarity = (sections as f64 / often.max(1) as f64).sqrt();
            Self { rarity, root: rarity.sqrt() }
        };
        (0..=sections).map(of).collect()
    }

    /// The square of what the pair weighs that stands so often in a bag. Only roots are taken, which
    /// are the same on every machine.
    fn square(self, term: &Term) -> f64 {
        f64::from(term.count) * self.rarity
    }

    /// What it weighs there: most stand there once.
    fn root(self, term: &Term) -> f64 {
        if term.count == 1 { self.root } else { self.square(term).sqrt() }
    }
}

/// For each bag a place with room for all its pairs, and nothing in it.
fn rooms(bags: &Bags) -> Vec<Range<usize>> {
    let mut sizes = vec![0; bags.owners.len()];
    bags.terms.iter().for_each(|term| sizes[term.bag as usize] += 1);
    let mut start = 0;
    let room = |size: usize| {
        let room = start..start;
        start += size;
        room
    };
    sizes.into_iter().map(room).collect()
}

/// Pairs of characters that stand together in more pairs of bags than this are left out.
fn most_common(before: &Bags, after: &Bags) -> usize {
    // A pair stands in so many of the later bags at most.
    if before.terms.len() * after.owners.len() <= MOST_WORK {
        return usize::MAX;
    }
    let work = || runs(before, after).map(|(old, new)| old.len() * new.len());
    if work().sum::<usize>() <= MOST_WORK {
        return usize::MAX;
    }
    let mut work: Vec<usize> = work().collect();
    work.sort_unstable();
    let mut sum = 0;
    let fits = work.iter().take_while(|work| {
        sum += **work;
        sum <= MOST_WORK
    });
    let fits = fits.count();
    work.get(fits).map_or(usize::MAX, |first| first.saturating_sub(1))
}

/// Each pair of characters with the bags of either text that it stands in.
fn runs<'a>(before: &'a Bags, after: &'a Bags) -> impl Iterator<Item = (&'a [Term], &'a [Term])> {
    let mut rest = [before.terms.as_slice(), after.terms.as_slice()];
    std::iter::from_fn(move || {
        let next = rest.iter().filter_map(|terms| terms.first()).map(|term| term.gram).min()?;
        let mut take = |side: usize| {
            let run = rest[side].iter().take_while(|term| term.gram == next).count();
            let (run, behind) = rest[side].split_at(run);
            rest[side] = behind;
            run
        };
        Some((take(0), take(1)))
    })
}
