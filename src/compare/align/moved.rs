//! Which of the sections that stayed stand in another place than before.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{SectionGroup, SectionStatus};
use crate::compare::text::ComparedText;

/// Marks the sections that stand in another section than before, or in another order. What
/// stays is the heaviest run in order; what moves with the section around it has not moved.
pub(super) fn mark(groups: &mut [SectionGroup], before: &ComparedText<'_>, after: &ComparedText<'_>) {
    let mut of_before = vec![None; before.sections.len()];
    let mut of_after = vec![None; after.sections.len()];
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| is_kept(group)) {
        group.before.iter().for_each(|at| of_before[*at] = Some(number));
        group.after.iter().for_each(|at| of_after[*at] = Some(number));
    }
    let (homes, others) = (homes(before, &of_before), homes(after, &of_after));
    let mut siblings: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut moved = Vec::new();
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| is_kept(group)) {
        let home = homes[group.before[0]];
        match home == others[group.after[0]] {
            true => siblings.entry(home).or_default().push(number),
            false => moved.push(number),
        }
    }
    for mut numbers in siblings.into_values() {
        numbers.sort_by_key(|number| groups[*number].before[0]);
        let place = |number: &usize| {
            let group = &groups[*number];
            (group.after[0], 1 + before.len(before.sections[group.before[0]].whole.clone()))
        };
        let stays = heaviest_run(&numbers.iter().map(place).collect::<Vec<_>>());
        moved.extend(numbers.iter().zip(stays).filter(|(_, stays)| !stays).map(|(number, _)| *number));
    }
    for number in moved {
        if groups[number].status == SectionStatus::Matched {
            groups[number].status = SectionStatus::Moved;
        }
    }
}

fn is_kept(group: &SectionGroup) -> bool {
    !group.before.is_empty() && !group.after.is_empty()
}

/// For every section the group of the nearest section around it that has one.
fn homes(text: &ComparedText<'_>, groups: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut homes: Vec<Option<usize>> = Vec::with_capacity(groups.len());
    for section in &text.sections {
        homes.push(section.parent.and_then(|parent| groups[parent].or(homes[parent])));
    }
    homes
}

/// Of places with weights, whether each belongs to the heaviest run of rising ones.
fn heaviest_run(places: &[(usize, usize)]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_unstable_by_key(|at| places[*at].0);
    let mut rank = vec![0; places.len()];
    order.iter().enumerate().for_each(|(place, at)| rank[*at] = place + 1);
    // The heaviest run that ends at one of the first places, in a tree of partial maxima.
    let mut best = vec![(0, Reverse(usize::MAX)); places.len() + 1];
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, (_, weight)) in places.iter().enumerate() {
        let below = std::iter::successors(Some(rank[at] - 1), |place| Some(place & place.checked_sub(1)?));
        let (sum, last) = below.map(|place| best[place]).max().unwrap_or_default();
        runs.push((sum + weight, Some(last.0).filter(|last| *last != usize::MAX)));
        let mut place = rank[at];
        while let Some(here) = best.get_mut(place) {
            *here = (*here).max((sum + weight, Reverse(at)));
            place += place & place.wrapping_neg();
        }
    }
    let end = (0..runs.len()).max_by_key(|at| (runs[*at].0, Reverse(*at)));
    let mut stays = vec![false; places.len()];
    std::iter::successors(end, |at| runs[*at].1).for_each(|at| stays[at] = true);
    stays
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_heaviest_run_stays() {
        assert_eq!(heaviest_run(&[(5, 1), (1, 9), (2, 9)]), [false, true, true]);
        assert_eq!(heaviest_run(&[(5, 30), (1, 9), (2, 9)]), [true, false, false]);
        assert_eq!(heaviest_run(&[]), Vec::<bool>::new());
    }

    proptest! {
        #[test]
        fn no_run_is_heavier(weights in prop::collection::vec(1_usize..9, 1..8), seed in 0_usize..5040) {
            let mut places: Vec<usize> = (0..weights.len()).collect();
            let mut order = Vec::new();
            let mut seed = seed;
            while !places.is_empty() {
                order.push(places.remove(seed % places.len()));
                seed /= 2;
            }
            let places: Vec<(usize, usize)> = order.into_iter().zip(weights).collect();
            let run = |chosen: &[bool]| -> Option<usize> {
                let run: Vec<_> = places.iter().zip(chosen).filter(|(_, stays)| **stays).map(|(place, _)| *place).collect();
                run.is_sorted().then(|| run.iter().map(|(_, weight)| weight).sum())
            };
            let all = (0..1_usize << places.len()).filter_map(|bits| {
                run(&(0..places.len()).map(|at| bits >> at & 1 == 1).collect::<Vec<_>>())
            });
            prop_assert_eq!(run(&heaviest_run(&places)), all.max());
        }
    }
}
