//! Something that cannot be worked out.

use std::ops::Range;

use crate::diag::Words;

/// Something that cannot be worked out in a sentence.
pub(super) struct ArithmeticFinding {
    pub(super) code: &'static str,
    /// Where it stands in its sentence.
    pub(super) at: Range<usize>,
    pub(super) words: Words,
}
