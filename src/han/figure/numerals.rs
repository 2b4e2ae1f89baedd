//! Figures in Han numerals: 三件, 十余万, 四十点二, 三分之二, 突破千亿, 居首位.

use std::ops::Range;

use super::PrintedFigure;
use super::digits::is_digit;
use super::multiplier::multipliers;
use super::share::{share_before, share_behind};
use crate::han::numeral::{self, han_number};
use crate::han::quantity::Quantity;

/// Words of which the first in an order is told; 第一位 is read as a numeral.
const FIRST: [&str; 2] = ["首位", "榜首"];

/// What stands before them where they tell an order, and not what somebody puts first.
const ORDERED: [&str; 9] = ["位居", "居", "位列", "名列", "排名", "列", "排", "位于", "登上"];

/// Words before a size without a digit (千亿) that make a number of it.
const BOUNDED: [&str; 9] = ["超过", "突破", "过", "超", "破", "逾", "近", "约", "上"];

pub(super) fn han_figure(text: &str, numeral: Range<usize>) -> Option<PrintedFigure> {
    let before = &text[..numeral.start];
    if before.ends_with(is_digit) {
        return None;
    }
    if let Some(fraction) = fraction(text, &numeral) {
        return Some(fraction);
    }
    let share = share_before(before);
    let whole = match &text[numeral.clone()] {
        "百" if share.is_some() => 100,
        words => han_number(words).or_else(|| bare_size(before, words))?,
    };
    let (value, end) = han_decimals(text, whole, numeral.end)?;
    let (factor, end) = multipliers(text, end);
    let value = value.times(factor.value?)?;
    let start = numeral.start - share.map_or(0, |(words, _)| words.len());
    let behind = share_behind(text, end, value);
    let power = factor.power + han_power(&text[numeral]);
    match (share, behind) {
        (Some((_, share)), _) => Some(PrintedFigure {
            range: start..end,
            value: share.hundredths(value)?,
            percent: true,
            han: true,
            power: 0,
        }),
        (None, Some((value, end))) => {
            Some(PrintedFigure { range: start..end, value, percent: true, han: true, power: 0 })
        }
        (None, None) => Some(PrintedFigure { range: start..end, value, percent: false, han: true, power }),
    }
}

pub(super) fn numeral_end(text: &str, start: usize) -> usize {
    text.len() - text[start..].trim_start_matches(numeral::is_numeral).len()
}

/// By how many powers of ten the last size of a numeral counts, if nothing stands behind it.
fn han_power(numeral: &str) -> u32 {
    let sizes = numeral.chars().rev().map_while(|c| numeral::size(c).filter(|size| *size >= 10_000));
    sizes.map(u64::ilog10).sum()
}

/// A size without a digit before it is a number where something makes a bound of it: 突破千亿.
fn bare_size(before: &str, words: &str) -> Option<u64> {
    let sizes = || words.chars().map(|c| numeral::size(c).filter(|size| *size >= 100));
    let is_bound = || BOUNDED.iter().any(|word| before.ends_with(word));
    let product = sizes().try_fold(1_u64, |product, size| product.checked_mul(size?));
    product.filter(|_| sizes().count() > 0 && is_bound())
}

/// 三分之二, in hundredths to two decimals.
fn fraction(text: &str, numeral: &Range<usize>) -> Option<PrintedFigure> {
    let whole = han_number(&text[numeral.clone()]).filter(|whole| (2..=100).contains(whole))?;
    let rest = text[numeral.end..].strip_prefix("分之")?;
    let start = text.len() - rest.len();
    let end = numeral_end(text, start);
    let part = han_number(&text[start..end]).filter(|part| *part < whole)?;
    let value = Quantity::from(part).hundredths(Quantity::from(whole), 2)?;
    Some(PrintedFigure { range: numeral.start..end, value, percent: true, han: true, power: 0 })
}

/// The digits behind a 点, or behind a point where they are in Han as well: 四十点二 is 40.2.
fn han_decimals(text: &str, whole: u64, end: usize) -> Option<(Quantity, usize)> {
    let mut value = Quantity::from(whole);
    let mut point = text[end..].chars();
    let rest = match point.next() {
        Some('点' | '點' | '.' | '．') => point.as_str(),
        _ => "",
    };
    let digits = rest.chars().map_while(numeral::digit);
    let count = digits.clone().count();
    for (digit, scale) in digits.zip(1..) {
        value = value.plus(Quantity::from_digits(digit.into(), scale)?)?;
    }
    let bytes = rest.chars().take(count).map(char::len_utf8).sum::<usize>();
    Some((value, if count == 0 { end } else { text.len() - rest.len() + bytes }))
}

/// The first place in an order, where words say that it is one.
pub(super) fn first_places(text: &str) -> Vec<PrintedFigure> {
    let mut found = Vec::new();
    if !text.contains('首') {
        return found;
    }
    for word in FIRST {
        let places = text.match_indices(word).map(|(at, _)| at).filter(|at| is_place(&text[..*at]));
        let figure = |at| PrintedFigure {
            range: at..at + word.len(),
            value: Quantity::ONE,
            percent: false,
            han: true,
            power: 0,
        };
        found.extend(places.map(figure));
    }
    found
}

/// Whether a text ends with words of an order, or with whom it is among: 居全省.
fn is_place(before: &str) -> bool {
    let among = before.char_indices().rev().take(7).map(|(at, _)| at).chain([before.len()]);
    among.into_iter().any(|at| ORDERED.iter().any(|word| before[..at].ends_with(word)))
}
