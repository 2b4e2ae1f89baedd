//! Which heads have an ordinal. `2.6个渡口` may be an item or a figure: where a 1. stands before
//! it and a 3. behind, or where nothing else is second, it is an item.

use super::HeadParagraph;
use crate::han::ordinal::{OrdinalCertainty, OrdinalForm, PrintedOrdinal};

/// The ordinals of all heads.
pub(super) struct Ordinals {
    printed: Vec<Option<PrintedOrdinal>>,
    /// The numbers of each form in the order of the text, with the heads that they stand at.
    counted: [Vec<(usize, u16)>; OrdinalForm::ALL.len()],
}

impl Ordinals {
    /// Those of `heads`; at the one numbered `split` another text begins.
    pub(super) fn of(heads: &[HeadParagraph], split: usize) -> Self {
        let mut printed: Vec<Option<PrintedOrdinal>> = heads.iter().map(|head| head.printed).collect();
        let (wrapper, main) = printed.split_at_mut(split);
        decide(wrapper);
        decide(main);
        let mut counted = [const { Vec::new() }; OrdinalForm::ALL.len()];
        for (at, printed) in printed.iter().enumerate() {
            if let Some(printed) = printed {
                counted[printed.form as usize].push((at, printed.number));
            }
        }
        Self { printed, counted }
    }

    /// The ordinal of the head at `at`.
    pub(super) fn at(&self, at: usize) -> Option<PrintedOrdinal> {
        self.printed.get(at).copied().flatten()
    }

    /// The first head behind `at` with an ordinal of this form, and its number.
    pub(super) fn next(&self, form: OrdinalForm, at: usize) -> Option<(usize, u16)> {
        let counted = &self.counted[form as usize];
        counted.get(counted.partition_point(|(head, _)| *head <= at)).copied()
    }
}

/// The numbers of one form that come next.
#[derive(Clone, Copy, Default)]
struct OrdinalsAhead {
    sure: Option<u16>,
    any: Option<u16>,
}

/// Drops the candidates that the count around them does not need.
fn decide(printed: &mut [Option<PrintedOrdinal>]) {
    let ahead = ahead(printed);
    let mut last = [None; OrdinalForm::ALL.len()];
    for (printed, ahead) in printed.iter_mut().zip(ahead) {
        let Some(candidate) = *printed else {
            continue;
        };
        let last = &mut last[candidate.form as usize];
        match is_due(candidate, *last, ahead) {
            true => *last = Some(candidate.number),
            false => *printed = None,
        }
    }
}

/// For each head, what comes next of its own form.
fn ahead(printed: &[Option<PrintedOrdinal>]) -> Vec<OrdinalsAhead> {
    let mut next = [OrdinalsAhead::default(); OrdinalForm::ALL.len()];
    let mut all: Vec<OrdinalsAhead> = printed
        .iter()
        .rev()
        .map(|printed| {
            let Some(printed) = printed else {
                return OrdinalsAhead::default();
            };
            let next = &mut next[printed.form as usize];
            let ahead = *next;
            next.any = Some(printed.number);
            if printed.sure == OrdinalCertainty::Yes {
                next.sure = Some(printed.number);
            }
            ahead
        })
        .collect();
    all.reverse();
    all
}

/// Whether the count needs `candidate`, with the last number before it and what is ahead.
fn is_due(candidate: PrintedOrdinal, last: Option<u16>, ahead: OrdinalsAhead) -> bool {
    let number = candidate.number;
    let follows = match number {
        1 => last != Some(1),
        number => last == Some(number - 1),
    };
    let joins = |ahead: Option<u16>| ahead == number.checked_add(1);
    match candidate.sure {
        OrdinalCertainty::Yes => true,
        OrdinalCertainty::Countable => follows && ahead.sure != Some(number),
        OrdinalCertainty::Hardly => follows && joins(ahead.sure),
        OrdinalCertainty::Slip => follows && (joins(ahead.any) || (number > 1 && ahead.any != Some(number))),
    }
}
