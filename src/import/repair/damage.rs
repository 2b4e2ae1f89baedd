//! Damage that nobody can mend without the original: it is marked in the text, and `check` calls every mark
//! an error until a person has resolved it.

use crate::import::traced::Replacement;
use crate::report::signs;

/// The rule that marks.
pub(super) const RULE: &str = "damaged";

/// The marks around what is lost.
pub(super) fn marked(text: &str) -> Vec<Replacement> {
    let lost = signs::lost(text);
    let mark = |at: usize, put: &str| Replacement { at: at..at, put: put.to_owned(), rule: RULE };
    lost.into_iter()
        .flat_map(|at| [mark(at.start, signs::UNRESOLVED.0), mark(at.end, signs::UNRESOLVED.1)])
        .collect()
}
