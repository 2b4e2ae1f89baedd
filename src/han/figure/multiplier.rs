//! What stands behind a number and multiplies it: 10万, 20余万, 3万亿.

use crate::han::numeral;
use crate::han::quantity::Quantity;

/// What multipliers amount to; `None` where that is too large.
#[derive(Clone, Copy)]
pub(super) struct Factor {
    pub(super) value: Option<Quantity>,
    pub(super) power: u32,
}

/// The product of the multipliers at `at`, and where they end. A 余 or 多 before one belongs to
/// it: `20余万`.
pub(super) fn multipliers(text: &str, at: usize) -> (Factor, usize) {
    let mut factor = Factor { value: Some(Quantity::ONE), power: 0 };
    let mut end = at;
    while let Some((size, len)) = multiplier(&text[end..]) {
        factor.value = factor.value.and_then(|factor| factor.times(Quantity::from(size)));
        factor.power = factor.power.saturating_add(size.ilog10());
        end += len;
    }
    (factor, end)
}

/// Whether a text begins with a character by which the number before it may be another one.
pub(super) fn may_go_on(text: &str) -> bool {
    text.starts_with(|c| is_more_or_less(c) || matches!(c, '成' | '‰') || numeral::size(c).is_some())
}

fn multiplier(text: &str) -> Option<(u64, usize)> {
    let rest = text.strip_prefix(is_more_or_less).unwrap_or(text);
    let c = rest.chars().next()?;
    let size = numeral::size(c).filter(|size| *size >= 100)?;
    let behind = &rest[c.len_utf8()..];
    // 3百分点, 2百分之一, 50千瓦: the 百 or 千 is the unit's own.
    let is_own = match size {
        100 => behind.starts_with('分'),
        1_000 => behind.starts_with(['瓦', '克', '米', '卡', '伏', '分', '帕', '赫']),
        _ => false,
    };
    (!is_own).then(|| (size, text.len() - behind.len()))
}

/// What may stand between a number and a multiplier.
fn is_more_or_less(c: char) -> bool {
    matches!(c, '余' | '餘' | '多' | '几' | '幾')
}
