//! Figures in digits, of half or full width, with their separators, decimals and multipliers.

use std::ops::Range;

use super::PrintedFigure;
use super::multiplier::{Factor, multipliers};
use super::share::{share_before, share_behind};
use crate::han::is_letter;
use crate::han::quantity::Quantity;

/// More digits than these are no figure that a report tells, and fit no decimal.
const MOST_DIGITS: usize = 28;

/// A text on its way from left to right.
pub(super) struct FigureLexer<'a> {
    text: &'a str,
    /// What was read ends here.
    pub(super) at: usize,
    /// Up to here, commas were found not to part thousands.
    ungrouped: usize,
}

/// Digits with their separators and decimals.
struct DigitNumber {
    end: usize,
    value: Option<Quantity>,
}

impl<'a> FigureLexer<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self::from(text, 0)
    }

    /// Reads on from `at`.
    pub(super) fn from(text: &'a str, at: usize) -> Self {
        Self { text, at, ungrouped: 0 }
    }

    /// Where the next digit stands.
    pub(super) fn next_digit(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            match bytes.get(at)? {
                b'0'..=b'9' => return Some(at),
                0xef if digit_at(bytes, at).is_some() => return Some(at),
                // Nearly all that stands in a report is of three bytes.
                0xe0..=0xef => at += 3,
                _ => at += 1,
            }
        }
    }

    /// The figure that begins with the digit at `start`, if what stands there is one.
    pub(super) fn figure(&mut self, start: usize) -> Option<PrintedFigure> {
        let number = self.number(start);
        self.at = number.end;
        let before = &self.text[..start];
        if is_glued_before(before) || self.text[number.end..].starts_with(is_latin) {
            return None;
        }
        let Factored { value, end, power } = self.multiplied(&number);
        self.at = end;
        let mut figure =
            PrintedFigure { range: start..end, value: value?, percent: false, han: false, power };
        match (share_before(before), share_behind(self.text, end, figure.value)) {
            (Some((words, share)), behind) => {
                let end = behind.map_or(end, |(_, end)| end);
                let value = share.hundredths(figure.value)?;
                figure = figure.share(start - words.len()..end, value);
            }
            (None, Some((value, end))) => figure = figure.share(start..end, value),
            (None, None) => {}
        }
        self.at = figure.range.end;
        let (start, negative) = sign_before(&self.text[..figure.range.start]);
        figure.range.start = start;
        figure.value = if negative { figure.value.negated() } else { figure.value };
        Some(figure)
    }

    /// The number that begins with the digit at `start`.
    fn number(&mut self, start: usize) -> DigitNumber {
        let whole = self.whole_end(start);
        let end = self.decimals_end(whole);
        if self.is_ordinal(start..whole, whole..end) {
            return DigitNumber { end: whole, value: None };
        }
        let mut dotted_end = self.decimals_end(end);
        if dotted_end == end {
            return DigitNumber { end, value: self.decimal(start..whole, whole..end) };
        }
        // 2.5.1 is no number.
        loop {
            let end = dotted_end;
            dotted_end = self.decimals_end(end);
            if dotted_end == end {
                return DigitNumber { end, value: None };
            }
        }
    }

    /// Whether a number is no decimal but an ordinal before a year: 1.2019年.
    fn is_ordinal(&self, whole: Range<usize>, decimals: Range<usize>) -> bool {
        let values = |range: Range<usize>| self.text[range].chars().filter_map(digit_value);
        let is_year =
            values(decimals.clone()).take(5).count() == 4 && self.text[decimals.end..].starts_with('年');
        let year = values(decimals).take(4).fold(0, |year, digit| year * 10 + digit);
        is_year && values(whole).take(3).count() <= 2 && (1900..2100).contains(&year)
    }

    /// Where the whole part ends, thousands parted by commas included.
    fn whole_end(&mut self, start: usize) -> usize {
        let first = digits_end(self.text, start);
        let is_wide = self.text[start..first].starts_with(is_wide_digit);
        let comma = if is_wide { '，' } else { ',' };
        let comma = Some(comma).filter(|comma| self.text[first..].starts_with(*comma));
        let count = self.text[start..first].chars().count();
        match comma {
            Some(comma) if start >= self.ungrouped && count <= 3 => self.groups_end(first, comma),
            _ => first,
        }
    }

    /// Where groups of three end that follow the digits before `first`; right there, where one
    /// of the groups has more digits or fewer.
    fn groups_end(&mut self, first: usize, comma: char) -> usize {
        let mut at = first;
        let mut in_threes = true;
        while let Some(rest) = self.text[at..].strip_prefix(comma).filter(|rest| rest.starts_with(is_digit)) {
            let start = self.text.len() - rest.len();
            at = digits_end(self.text, start);
            in_threes &= self.text[start..at].chars().count() == 3
                && rest.starts_with(is_wide_digit) == (comma == '，');
        }
        if in_threes {
            return at;
        }
        self.ungrouped = at;
        first
    }

    /// Where a point and the digits behind it end, if both are there.
    fn decimals_end(&self, at: usize) -> usize {
        let rest = self.text[at..].strip_prefix(['.', '．']);
        match rest.filter(|rest| rest.starts_with(is_digit)) {
            Some(rest) => digits_end(self.text, self.text.len() - rest.len()),
            None => at,
        }
    }

    fn decimal(&self, whole: Range<usize>, decimals: Range<usize>) -> Option<Quantity> {
        let values = |range: Range<usize>| self.text[range].chars().filter_map(digit_value);
        let scale = values(decimals.clone()).take(MOST_DIGITS + 1).count();
        let mut mantissa = 0_i128;
        for (n, digit) in values(whole).chain(values(decimals)).enumerate() {
            if n == MOST_DIGITS {
                return None;
            }
            mantissa = mantissa * 10 + digit;
        }
        Quantity::from_digits(mantissa, u32::try_from(scale).ok()?)
    }

    /// The number with its multipliers, and with the smaller numbers joined to it: `3亿5000万`.
    fn multiplied(&mut self, number: &DigitNumber) -> Factored {
        let (factor, mut end) = multipliers(self.text, number.end);
        if end == number.end {
            return Factored { value: number.value, end, power: 0 };
        }
        let product = |number: &DigitNumber, factor: Factor| number.value?.times(factor.value?);
        let mut value = product(number, factor);
        let mut last = factor;
        while last.value > Some(Quantity::ONE) && self.text[end..].starts_with(is_digit) {
            let next = self.number(end);
            let (factor, next_end) = multipliers(self.text, next.end);
            let Some(part) = product(&next, factor).filter(|part| Some(*part) < last.value) else {
                break;
            };
            value = value.and_then(|value| value.plus(part));
            last = factor;
            end = next_end;
        }
        Factored { value, end, power: last.power }
    }
}

/// A number multiplied out, where it ends, and the power of ten of its last multiplier.
struct Factored {
    value: Option<Quantity>,
    end: usize,
    power: u32,
}

/// Where the sign before a number begins, or the number itself, and whether it is a minus. A
/// dash between two figures (`2017-2020`, `5月-8月`) is none.
fn sign_before(before: &str) -> (usize, bool) {
    let Some(sign) = before.chars().next_back().filter(|c| is_sign(*c)) else {
        return (before.len(), false);
    };
    let unsigned = &before[..before.len() - sign.len_utf8()];
    let mut behind = unsigned.chars().rev();
    let last = behind.next();
    let closes =
        last.is_some_and(|c| is_digit(c) || is_sign(c) || matches!(c, '%' | '％' | ')' | '）' | '—' | '–'));
    let unit =
        last.is_some_and(is_word) && behind.take(2).take_while(|c| is_word(*c) || is_digit(*c)).any(is_digit);
    match closes || unit {
        true => (before.len(), false),
        false => (unsigned.len(), !matches!(sign, '+' | '＋')),
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '－' | '−' | '+' | '＋')
}

/// `G20`, `COVID-19`, `v_2`: the digits are part of a name.
fn is_glued_before(before: &str) -> bool {
    let before = before.strip_suffix(['-', '_', '－']).unwrap_or(before);
    before.ends_with(is_latin)
}

fn digits_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while let Some((_, len)) = digit_at(bytes, end) {
        end += len;
    }
    end
}

/// The digit at a byte and how many bytes it takes.
pub(super) fn digit_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match bytes.get(at..)? {
        [digit @ b'0'..=b'9', ..] => Some((digit - b'0', 1)),
        [0xef, 0xbc, digit @ 0x90..=0x99, ..] => Some((digit - 0x90, 3)),
        _ => None,
    }
}

fn digit_value(c: char) -> Option<i128> {
    is_digit(c).then(|| i128::from(u32::from(c) & 0xf))
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

pub(super) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn is_latin(c: char) -> bool {
    // Whether a Han character is a letter takes long to find out, and is of no interest.
    c.is_ascii_alphabetic() || ((c < '\u{2e80}' || matches!(c, '\u{ff21}'..='\u{ff5a}')) && c.is_alphabetic())
}

/// A Han character, as far as a unit may be written with it.
fn is_word(c: char) -> bool {
    is_letter(c) && !is_latin(c)
}
