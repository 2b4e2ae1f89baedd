//! The figures that a text tells, each whole: 45 is not in 745, nor 19 in COVID19.

use std::ops::Range;

use super::numeral::{self, han_number};
use super::quantity::Quantity;
use super::{fold, is_letter};

/// More digits than these are no figure that a report tells, and fit no decimal.
const MOST_DIGITS: usize = 28;

/// What makes a share of the number behind it.
const SHARES: [(&str, ShareUnit); 3] = [
    ("百分之", ShareUnit::Hundredths),
    ("千分之", ShareUnit::Thousandths),
    ("万分之", ShareUnit::TenThousandths),
];

/// Words of which the first in an order is told; 第一位 is read as a numeral.
const FIRST: [&str; 2] = ["首位", "榜首"];
/// What stands before them where they tell an order, and not what somebody puts first.
const ORDERED: [&str; 9] = ["位居", "居", "位列", "名列", "排名", "列", "排", "位于", "登上"];

/// Words before a size without a digit (千亿) that make a number of it.
const BOUNDED: [&str; 9] = ["超过", "突破", "过", "超", "破", "逾", "近", "约", "上"];

/// In what a share is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShareUnit {
    Tenths,
    Hundredths,
    Thousandths,
    TenThousandths,
}

impl ShareUnit {
    /// So many of these, in hundredths.
    fn hundredths(self, count: Quantity) -> Option<Quantity> {
        let size = match self {
            Self::Tenths => Quantity::from(10),
            Self::Hundredths => return Some(count),
            Self::Thousandths => Quantity::from_digits(1, 1)?,
            Self::TenThousandths => Quantity::from_digits(1, 2)?,
        };
        count.times(size)
    }
}

/// A figure and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PrintedFigure {
    /// Its bytes: sign, digits, separators and decimals, the multiplier (`10万`, `20余万`) and
    /// the percent sign, or the 百分之 before it. A unit is not part of it, nor is 个百分点.
    pub(crate) range: Range<usize>,
    /// The value, multiplied out: `10万` is 100000, `40.02%` is 40.02, `九成` is 90.
    pub(crate) value: Quantity,
    /// Whether it is told as a share: in per cent, per mille, tenths or as a fraction.
    pub(crate) percent: bool,
    /// Whether it is told in Han numerals.
    pub(crate) han: bool,
    /// By how many powers of ten its multiplier counts: 4 for 万, 12 for 万亿.
    pub(crate) power: u32,
}

impl PrintedFigure {
    /// The same as a share.
    fn share(self, range: Range<usize>, value: Quantity) -> Self {
        Self { range, value, percent: true, power: 0, ..self }
    }

    /// The digits of its value ([`Quantity::digits`]).
    pub(crate) fn digits(&self) -> i128 {
        self.value.digits()
    }
}

/// The figures in digits, of half or full width, in order. A date's parts and the number of a
/// document are figures too; digits that are glued to Latin letters (`G20`, `5G`) or dotted
/// (`2.5.1`), an ordinal before a year (`1.2019年`), and numbers too long to mean anything, are
/// none. Thousands are parted by commas where all groups are of three; the pause `，` parts
/// numbers, unless everything is of full width.
pub(crate) fn figures(text: &str) -> Vec<PrintedFigure> {
    let mut lexer = FigureLexer::of(text);
    let mut figures = Vec::new();
    while let Some(start) = lexer.next_digit() {
        figures.extend(lexer.figure(start));
    }
    figures
}

/// The figures in digits and those in Han numerals (`三件`, `一百二十项`, `十余万`, `百分之四十`,
/// `九成`, `三分之二`, `突破千亿`, `居首位`), in the order in which they begin. Each kind is read as if
/// the other were words.
pub(crate) fn all_figures(text: &str) -> Vec<PrintedFigure> {
    figures_with(text, |_| true)
}

/// Those of all figures whose digits ([`PrintedFigure::digits`]) are wanted. A report tells hundreds of
/// figures, and what most of them are need not be found out.
pub(crate) fn figures_with(text: &str, is_wanted: impl Fn(i128) -> bool) -> Vec<PrintedFigure> {
    let mut lexer = FigureLexer::of(text);
    let mut figures = Vec::new();
    let (mut at, mut han_at) = (0, 0);
    while let Some(start) = next_start(text, at) {
        let is_digit = digit_at(text.as_bytes(), start).is_some();
        let mut next = start + if text.as_bytes()[start].is_ascii() { 1 } else { 3 };
        if is_digit && start >= lexer.at {
            match plain_digits(text, start).filter(|(digits, _)| !is_wanted(*digits)) {
                Some((_, end)) => (lexer.at, next) = (end, end),
                None => figures.extend(lexer.figure(start)),
            }
        } else if !is_digit && start >= han_at {
            let end = numeral_end(text, start);
            let plain = plain_numeral(text, start..end).filter(|digit| !is_wanted(*digit));
            let figure = if plain.is_none() { han_figure(text, start..end) } else { None };
            han_at = figure.as_ref().map_or(end, |figure| figure.range.end);
            figures.extend(figure);
        }
        at = next;
    }
    figures.extend(first_places(text));
    figures.retain(|figure| is_wanted(figure.digits()));
    figures.sort_by_key(|figure| figure.range.start);
    figures
}

/// What stands between the two ends of a range.
const UNTIL: [&str; 8] = ["—", "–", "-", "－", "~", "～", "至", "到"];

/// The upper end of the range that begins with `figure`, counted in `unit`: 6%—6.5%, 5件至10件.
pub(crate) fn upper_end(text: &str, figure: &PrintedFigure, unit: &str) -> Option<PrintedFigure> {
    let rest = until(&text[figure.range.end..], unit)?;
    let start = text.len() - rest.len();
    let mut lexer = FigureLexer { text, at: start, ungrouped: 0 };
    let upper = lexer.next_digit().filter(|at| *at == start).and_then(|at| lexer.figure(at))?;
    is_range(text, figure, &upper).then_some(upper)
}

/// The lower end of the range that ends with `figure`.
pub(crate) fn lower_end(text: &str, figure: &PrintedFigure, unit: &str) -> Option<PrintedFigure> {
    let from = text.floor_char_boundary(figure.range.start.saturating_sub(LONGEST_END));
    let near = &text[from..figure.range.start];
    if !UNTIL.iter().any(|mark| near.trim_end().ends_with(mark)) {
        return None;
    }
    let mut lower = figures(near).pop()?;
    let is_next = until(&near[lower.range.end..], unit).is_some_and(str::is_empty);
    lower.range = from + lower.range.start..from + lower.range.end;
    let lower = counted_as(lower, figure)?;
    (is_next && is_range(text, &lower, figure)).then_some(lower)
}

/// The lower end of a range as the upper one is counted: 3—5万.
pub(crate) fn counted_as(mut lower: PrintedFigure, upper: &PrintedFigure) -> Option<PrintedFigure> {
    if lower.power == 0 && upper.power > 0 {
        lower.value = (0..upper.power).try_fold(lower.value, |value, _| value.times(Quantity::from(10)))?;
    }
    Some(lower)
}

/// No end of a range takes more bytes with its unit.
const LONGEST_END: usize = 64;

/// What stands behind the mark that a range goes on with, and behind its unit before that.
fn until<'a>(rest: &'a str, unit: &str) -> Option<&'a str> {
    let bare = fold::prefix(rest, unit).map_or(rest, |len| &rest[len..]);
    let mark = |rest: &'a str| UNTIL.iter().find_map(|mark| rest.trim_start().strip_prefix(mark));
    mark(bare).or_else(|| mark(rest)).map(str::trim_start)
}

/// Whether two figures are the ends of a range, and not what something was and what it became:
/// 从5%至8%.
fn is_range(text: &str, lower: &PrintedFigure, upper: &PrintedFigure) -> bool {
    let counted = counted_as(lower.clone(), upper);
    let is_baseline = text[..lower.range.start].trim_end().ends_with(['从', '從', '由', '自']);
    let is_like = lower.percent == upper.percent || !lower.percent;
    is_like && !is_baseline && counted.is_some_and(|lower| lower.value < upper.value)
}

/// The digits of a number that is nothing but a few digits of half width, without what could
/// make another number of it, and where it ends.
fn plain_digits(text: &str, start: usize) -> Option<(i128, usize)> {
    let digits = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_digit());
    let (mut number, mut end) = (0_u64, start);
    for digit in digits {
        number = number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
        end += 1;
    }
    let goes_on = match text.as_bytes().get(end) {
        Some(b'.' | b',' | 0xef) => true,
        Some(byte) => !byte.is_ascii() && may_go_on(&text[end..]),
        None => false,
    };
    (end > start && !goes_on).then_some((number.into(), end))
}

/// The digit that a Han numeral is, without what could make another number of it.
fn plain_numeral(text: &str, numeral: Range<usize>) -> Option<i128> {
    let mut chars = text[numeral.clone()].chars();
    let digit = chars.next().and_then(numeral::digit).filter(|_| chars.next().is_none())?;
    let behind = &text[numeral.end..];
    let goes_on = behind.starts_with(['点', '點', '.', '．', '分']) || may_go_on(behind);
    (!goes_on).then_some(digit.into())
}

/// Where the next digit or Han numeral stands, at or behind `at`.
fn next_start(text: &str, at: usize) -> Option<usize> {
    let mut rest = text.as_bytes().get(at..)?;
    loop {
        rest = match rest {
            // Nearly all that stands in a report is of three bytes, and few are numerals.
            [first @ 0xe2..=0xe9, second, third, behind @ ..] => {
                if numeral::may_end([*second, *third]) && is_numeral([*first, *second, *third]) {
                    return Some(text.len() - rest.len());
                }
                behind
            }
            [b'0'..=b'9', ..] | [0xef, 0xbc, 0x90..=0x99, ..] => return Some(text.len() - rest.len()),
            [0xe0..=0xef, _, _, behind @ ..] | [_, behind @ ..] => behind,
            [] => return None,
        };
    }
}

/// Whether these bytes are a Han numeral.
fn is_numeral([first, second, third]: [u8; 3]) -> bool {
    let low = |byte: u8| u32::from(byte & 0x3f);
    let point = (u32::from(first & 0xf) << 12) | (low(second) << 6) | low(third);
    char::from_u32(point).is_some_and(numeral::is_numeral)
}

fn numeral_end(text: &str, start: usize) -> usize {
    text.len() - text[start..].trim_start_matches(numeral::is_numeral).len()
}

fn han_figure(text: &str, numeral: Range<usize>) -> Option<PrintedFigure> {
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

/// The words before a number that make a share of it.
fn share_before(before: &str) -> Option<(&'static str, ShareUnit)> {
    SHARES.into_iter().find(|(words, _)| before.ends_with(words))
}

/// The share that a number is by what stands behind it, and where that ends: `%`, `‰` and 成.
fn share_behind(text: &str, at: usize, value: Quantity) -> Option<(Quantity, usize)> {
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

/// The first place in an order, where words say that it is one.
fn first_places(text: &str) -> Vec<PrintedFigure> {
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

/// A text on its way from left to right.
struct FigureLexer<'a> {
    text: &'a str,
    at: usize,
    /// Up to here, commas were found not to part thousands.
    ungrouped: usize,
}

/// Digits with their separators and decimals.
struct DigitNumber {
    end: usize,
    value: Option<Quantity>,
}

impl<'a> FigureLexer<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0, ungrouped: 0 }
    }

    /// Where the next digit stands.
    fn next_digit(&self) -> Option<usize> {
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
    fn figure(&mut self, start: usize) -> Option<PrintedFigure> {
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

/// What multipliers amount to; `None` where that is too large.
#[derive(Clone, Copy)]
struct Factor {
    value: Option<Quantity>,
    power: u32,
}

/// The product of the multipliers at `at`, and where they end. A 余 or 多 before one belongs to
/// it: `20余万`.
fn multipliers(text: &str, at: usize) -> (Factor, usize) {
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
fn may_go_on(text: &str) -> bool {
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
fn digit_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
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

fn is_digit(c: char) -> bool {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Each figure as it stands, with its value as text.
    fn of(text: &str) -> Vec<(&str, String)> {
        figures(text).into_iter().map(|figure| shown(text, &figure)).collect()
    }

    fn han(text: &str) -> Vec<(&str, String)> {
        han_figures(text).into_iter().map(|figure| shown(text, &figure)).collect()
    }

    /// The figures in Han numerals, read by themselves.
    fn han_figures(text: &str) -> Vec<PrintedFigure> {
        let mut figures = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(numeral::is_numeral) {
            let start = at + found;
            at = numeral_end(text, start);
            if let Some(figure) = han_figure(text, start..at) {
                at = figure.range.end;
                figures.push(figure);
            }
        }
        figures
    }

    fn shown<'a>(text: &'a str, figure: &PrintedFigure) -> (&'a str, String) {
        let percent = if figure.percent { "%" } else { "" };
        (&text[figure.range.clone()], format!("{}{percent}", figure.value.plain()))
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<(&str, String)> =
            expected.iter().map(|(range, value)| (*range, (*value).to_owned())).collect();
        assert_eq!(of(text), expected, "{text}");
    }

    #[test]
    fn whole_figures_with_their_multipliers() {
        check("办结745件，占94.60%。", &[("745", "745"), ("94.60%", "94.6%")]);
        check("１２３４件，４０．０２％", &[("１２３４", "1234"), ("４０．０２％", "40.02%")]);
        check(
            "近10万名，442万余件，3.2亿元，5千人",
            &[("10万", "100000"), ("442万", "4420000"), ("3.2亿", "320000000"), ("5千", "5000")],
        );
        check("20余万人，30多名，1百多萬元", &[("20余万", "200000"), ("30", "30"), ("1百多萬", "1000000")]);
        check("3亿5000万元，1万5千人", &[("3亿5000万", "350000000"), ("1万5千", "15000")]);
        check("提高5.51个百分点、3百分点", &[("5.51", "5.51"), ("3", "3")]);
        check("百分之40.5，40.02 %", &[("百分之40.5", "40.5%"), ("40.02 %", "40.02%")]);
        check("〔2019〕07号", &[("2019", "2019"), ("07", "7")]);
        check("共745.", &[("745", "745")]);
    }

    #[test]
    fn commas_part_thousands_in_groups_of_three() {
        check("1,234,567件", &[("1,234,567", "1234567")]);
        check("１，２３４.5件", &[("１，２３４.5", "1234.5")]);
        check("1，234.5件", &[("1", "1"), ("234.5", "234.5")]);
        check("１，234件", &[("１", "1"), ("234", "234")]);
        check("12,34件", &[("12", "12"), ("34", "34")]);
        check("1234,567件", &[("1234", "1234"), ("567", "567")]);
        check("1,234,56件", &[("1", "1"), ("234", "234"), ("56", "56")]);
        check("1,234，5678件", &[("1,234", "1234"), ("5678", "5678")]);
        check("12,件", &[("12", "12")]);
    }

    #[test]
    fn marks_and_ordinals_before_a_figure_are_no_part_of_it() {
        check("总产值①18774亿元，②3%", &[("18774亿", "1877400000000"), ("3%", "3%")]);
        check("1.2019年完成，２．2020年", &[("2019", "2019"), ("2020", "2020")]);
        check("2.6个项目，1.2019件", &[("2.6", "2.6"), ("1.2019", "1.2019")]);
        check("50万千瓦，3千克，2千人", &[("50万", "500000"), ("3", "3"), ("2千", "2000")]);
    }

    #[test]
    fn shares_are_told_in_many_ways() {
        check("占9成，3‰，百分之5", &[("9成", "90%"), ("3‰", "0.3%"), ("百分之5", "5%")]);
        for (text, figure, value) in [
            ("九成以上的群众", "九成", "90%"),
            ("七成五", "七成五", "75%"),
            ("增长三．五四%", "三．五四%", "3.54%"),
            ("百分之四．五八", "百分之四．五八", "4.58%"),
            ("下降千分之三", "千分之三", "0.3%"),
            ("超过三分之二", "三分之二", "66.67%"),
            ("二百十七万吨", "二百十七万", "2170000"),
            ("突破千亿元", "千亿", "100000000000"),
            ("超过百名", "百", "100"),
        ] {
            assert_eq!(han(text), [(figure, value.to_owned())], "{text}");
        }
        for text in ["三成立", "一成不变", "百名律师", "千家万户", "数百亿元", "十分之十"]
        {
            let is_small = |figure: &PrintedFigure| !figure.percent && figure.value < 11.into();
            assert!(all_figures(text).iter().all(is_small), "{text}");
        }
    }

    #[test]
    fn the_first_place_is_a_figure_where_an_order_is_told() {
        let first = |text: &str| {
            let all = all_figures(text);
            all.iter().map(|figure| text[figure.range.clone()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(first("总分居全省首位，位列榜首"), ["首位", "榜首"]);
        assert_eq!(first("把安全放在首位"), Vec::<String>::new());
    }

    #[test]
    fn a_sign_is_one_only_where_no_figure_ends() {
        check("同比-5.51%", &[("-5.51%", "-5.51%")]);
        check("为－3件，−4件，+5件", &[("－3", "-3"), ("−4", "-4"), ("+5", "5")]);
        check("2017-2020年，5%-10%", &[("2017", "2017"), ("2020", "2020"), ("5%", "5%"), ("10%", "10%")]);
        check(
            "5月-8月，2019年－2020年，3万人-5万人",
            &[("5", "5"), ("8", "8"), ("2019", "2019"), ("2020", "2020"), ("3万", "30000"), ("5万", "50000")],
        );
    }

    #[test]
    fn what_is_part_of_a_name_is_no_figure() {
        for text in [
            "G20",
            "5G",
            "COVID19",
            "COVID-19",
            "2.5.1",
            "192.168.1.1",
            "Ｇ20",
            "A4纸",
            "v_2",
            "3D打印",
            "2019.12.31",
        ] {
            check(text, &[]);
        }
        check("营商环境4.0版", &[("4.0", "4")]);
    }

    #[test]
    fn hostile_digits_are_passed_by() {
        check(&format!("{}件，3件", "9".repeat(1_000_000)), &[("3", "3")]);
        check(&format!("0.{}件，3件", "9".repeat(1_000_000)), &[("3", "3")]);
        check(&format!("1{}件，3件", ",000".repeat(100_000)), &[("3", "3")]);
        check(&format!("1{}件", "万".repeat(100_000)), &[]);
        check(&format!("1{}件", ".1".repeat(100_000)), &[]);
        assert_eq!(figures(&format!("{}1,22", "1,222,".repeat(100_000))).len(), 200_002);
        assert_eq!(figures(&"1万".repeat(100_000)).len(), 100_000);
        assert_eq!(han_figures(&"九".repeat(1_000_000)), []);
    }

    #[test]
    fn han_numerals_are_figures_too() {
        let shown = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
            pairs.iter().map(|(range, value)| (*range, (*value).to_owned())).collect()
        };
        for (text, expected) in [
            ("三件，十二名，一百二十项", shown(&[("三", "3"), ("十二", "12"), ("一百二十", "120")])),
            (
                "百分之四十，百分之百，百分之九十四点六",
                shown(&[("百分之四十", "40%"), ("百分之百", "100%"), ("百分之九十四点六", "94.6%")]),
            ),
            ("十余万人，两千多名", shown(&[("十余万", "100000"), ("两千", "2000")])),
            ("三五件，百名律师千场讲座，10万人，七八百件", vec![]),
            ("三点建议", shown(&[("三", "3")])),
        ] {
            assert_eq!(han(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_kinds_are_read_as_if_alone(text in "[办件一二十百两廿分之点0-2０-２.,，% 　万亿余多。|G-]{0,40}") {
            let mut alone = figures(&text);
            alone.extend(han_figures(&text));
            alone.sort_by_key(|figure| figure.range.start);
            prop_assert_eq!(all_figures(&text), alone);
        }

        #[test]
        fn what_is_not_wanted_hides_nothing_that_is(
            text in "[办件一二十百两廿分之点0-2０-２.,，% 　万亿余多。|G-]{0,40}",
            wanted in proptest::collection::vec(0_i128..130, 0..4),
        ) {
            let mut expected = all_figures(&text);
            expected.retain(|figure| wanted.contains(&figure.digits()));
            prop_assert_eq!(figures_with(&text, |digits| wanted.contains(&digits)), expected);
        }

        #[test]
        fn figures_lie_on_characters_in_order(text in "[0-9０-９.．,，%％ -－万亿百千余多分之点一二三十〇aG件年）]{0,40}") {
            for figures in [figures(&text), han_figures(&text)] {
                let mut end = 0;
                for figure in figures {
                    prop_assert!(figure.range.start >= end && text.get(figure.range.clone()).is_some_and(|text| !text.is_empty()));
                    end = figure.range.end;
                }
            }
        }

        #[test]
        fn a_written_decimal_is_read(mantissa in 0_i64..1_000_000_000_000, scale in 0_u32..8) {
            let value = Quantity::from_digits(mantissa.into(), scale).unwrap();
            let text = format!("共{value}件");
            let found = figures(&text);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].value, value);
        }
    }
}
