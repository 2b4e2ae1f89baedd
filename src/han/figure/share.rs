//! Numbers that are told as shares: 40%, 3‰, 百分之四十, 九成.

use crate::han::numeral;
use crate::han::quantity::Quantity;

/// What makes a share of the number behind it.
const SHARES: [(&str, ShareUnit); 3] = [
    ("百分之", ShareUnit::Hundredths),
    ("千分之", ShareUnit::Thousandths),
    ("万分之", ShareUnit::TenThousandths),
];

/// In what a share is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShareUnit {
    Tenths,
    Hundredths,
    Thousandths,
    TenThousandths,
}

impl ShareUnit {
    /// So many of these, in hundredths.
    pub(super) fn hundredths(self, count: Quantity) -> Option<Quantity> {
        let size = match self {
            Self::Tenths => Quantity::from(10),
            Self::Hundredths => return Some(count),
            Self::Thousandths => Quantity::from_digits(1, 1)?,
            Self::TenThousandths => Quantity::from_digits(1, 2)?,
        };
        count.times(size)
    }
}

/// The words before a number that make a share of it.
pub(super) fn share_before(before: &str) -> Option<(&'static str, ShareUnit)> {
    SHARES.into_iter().find(|(words, _)| before.ends_with(words))
}

/// The share that a number is by what stands behind it, and where that ends: `%`, `‰` and 成.
pub(super) fn share_behind(text: &str, at: usize, value: Quantity) -> Option<(Quantity, usize)> {
    let rest = &text[at..];
    if let Some(behind) = rest.strip_prefix('成') {
        return tenths(behind, value).map(|(value, len)| (value, text.len() - behind.len() + len));
    }
    let sign = rest.strip_prefix([' ', '\u{a0}', '\u{3000}']).unwrap_or(rest);
    let share = match sign.chars().next()? {
        '%' | '％' | '﹪' => ShareUnit::Hundredths,
        '‰' => ShareUnit::Thousandths,
        _ => return None,
    };
    let behind = text.len() - sign.len() + sign.chars().next().map_or(0, char::len_utf8);
    Some((share.hundredths(value)?, behind))
}

/// 九成 and 九成五, but not the 成 of 三成立.
fn tenths(behind: &str, value: Quantity) -> Option<(Quantity, usize)> {
    const OTHER: &str = "立为為果员員功效本交绩績就熟都长長人家分品不型批像套因";
    let is_share = Quantity::ONE <= value && value <= Quantity::from(10);
    let next = behind.chars().next();
    if !is_share || next.is_some_and(|next| OTHER.contains(next)) {
        return None;
    }
    let value = ShareUnit::Tenths.hundredths(value)?;
    let half = next.and_then(|next| if next == '半' { Some(5) } else { numeral::digit(next) });
    match (half, next) {
        (Some(half), Some(next)) => Some((value.plus(Quantity::from(half))?, next.len_utf8())),
        _ => Some((value, 0)),
    }
}
