//! Many findings of one sort: a few are shown as they are, and of the rest no more than where
//! they stand, so that one mistake made a thousand times does not bury another one.

use std::collections::BTreeMap;

use super::Detail;
use crate::diag::{Diagnostic, Severity};

/// Up to this many of a sort are all shown.
const FEW: usize = 5;
/// So many of them are shown where there are more.
const SHOWN: usize = 3;

/// Findings that differ in nothing but their places and words.
pub(super) struct AlikeFindings<'a> {
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    /// Those that are not shown.
    pub(super) rest: Vec<&'a Diagnostic>,
}

/// Findings as they are to be shown.
pub(super) struct FoldedFindings<'a> {
    /// Those that have frames, in the order given.
    pub(super) shown: Vec<&'a Diagnostic>,
    /// The others, errors first, by code.
    pub(super) sorts: Vec<AlikeFindings<'a>>,
}

/// Folds `diagnostics` as far as `detail` wishes.
pub(super) fn fold(diagnostics: &[Diagnostic], detail: Detail) -> FoldedFindings<'_> {
    let wanted = |diagnostic: &&Diagnostic| detail != Detail::Errors || diagnostic.is_error();
    let all: Vec<&Diagnostic> = diagnostics.iter().filter(wanted).collect();
    if detail == Detail::Whole {
        return FoldedFindings { shown: all, sorts: Vec::new() };
    }
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for diagnostic in &all {
        *counts.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
    }
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let mut rests: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
    let mut shown = Vec::new();
    for diagnostic in all {
        let sort = (diagnostic.severity, diagnostic.code);
        let before = seen.entry(sort).or_default();
        *before += 1;
        match *before > SHOWN && counts[&sort] > FEW {
            true => rests.entry(sort).or_default().push(diagnostic),
            false => shown.push(diagnostic),
        }
    }
    let sort = |((severity, code), rest)| AlikeFindings { severity, code, rest };
    FoldedFindings { shown, sorts: rests.into_iter().map(sort).collect() }
}
