//! The figures that a text tells, each whole: 45 is not in 745, nor 19 in COVID19.

use std::ops::Range;

use super::numeral::{self, han_number};
use super::quantity::Quantity;

/// More digits than these are no figure that a report tells, and fit no decimal.
const MOST_DIGITS: usize = 28;

/// What turns the number before or behind it into a share of a hundred.
const PERCENT: &str = "百分之";

/// A figure and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Its bytes: sign, digits, separators and decimals, the multiplier (`10万`, `20余万`) and
    /// the percent sign, or the 百分之 before it. A unit is not part of it, nor is 个百分点.
    pub(crate) range: Range<usize>,
    /// The value, multiplied out: `10万` is 100000, `40.02%` is 40.02.
    pub(crate) value: Quantity,
    /// Whether it is told as a percentage.
    pub(crate) percent: bool,
    /// Whether it is told in Han numerals.
    pub(crate) han: bool,
}

impl Figure {
    /// The digits of its value ([`Quantity::digits`]).
    pub(crate) fn digits(&self) -> i128 {
        self.value.digits()
    }
}

/// The figures in digits, of half or full width, in order. A date's parts and the number of a
/// document are figures too; digits that are glued to Latin letters (`G20`, `5G`) or dotted
/// (`2.5.1`), and numbers too long to mean anything, are none.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let mut lexer = Lexer::of(text);
    let mut figures = Vec::new();
    while let Some(start) = lexer.next_digit() {
        figures.extend(lexer.figure(start));
    }
    figures
}

/// The figures in digits and those in Han numerals (`三件`, `一百二十项`, `十余万`, `百分之四十`), in
/// the order in which they begin. Each kind is read as if the other were words.
pub(crate) fn all_figures(text: &str) -> Vec<Figure> {
    figures_with(text, |_| true)
}

/// Those of all figures whose digits ([`Figure::digits`]) are wanted. A report tells hundreds of
/// figures, and what most of them are need not be found out.
pub(crate) fn figures_with(text: &str, is_wanted: impl Fn(i128) -> bool) -> Vec<Figure> {
    let mut lexer = Lexer::of(text);
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
    figures.retain(|figure| is_wanted(figure.digits()));
    figures.sort_by_key(|figure| figure.range.start);
    figures
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
        Some(byte) => !byte.is_ascii() && may_multiply(&text[end..]),
        None => false,
    };
    (end > start && !goes_on).then_some((number.into(), end))
}

/// The digit that a Han numeral is, without what could make another number of it.
fn plain_numeral(text: &str, numeral: Range<usize>) -> Option<i128> {
    let mut chars = text[numeral.clone()].chars();
    let digit = chars.next().and_then(numeral::digit).filter(|_| chars.next().is_none())?;
    let behind = &text[numeral.end..];
    let goes_on = behind.starts_with(['点', '點']) || may_multiply(behind);
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

fn han_figure(text: &str, numeral: Range<usize>) -> Option<Figure> {
    let before = &text[..numeral.start];
    let percent = before.ends_with(PERCENT);
    let whole = match &text[numeral.clone()] {
        "百" if percent => 100,
        numeral => han_number(numeral)?,
    };
    let (value, end) = han_decimals(text, whole, numeral.end)?;
    let (factor, end) = multipliers(text, end);
    let start = numeral.start - if percent { PERCENT.len() } else { 0 };
    let glued = before.ends_with(is_digit);
    let value = value.times(factor?)?;
    (!glued).then_some(Figure { range: start..end, value, percent, han: true })
}

/// The digits behind a 点: 四十点二 is 40.2.
fn han_decimals(text: &str, whole: u64, end: usize) -> Option<(Quantity, usize)> {
    let mut value = Quantity::from(whole);
    let rest = text[end..].strip_prefix(['点', '點']).unwrap_or_default();
    let digits = rest.chars().map_while(numeral::digit);
    let count = digits.clone().count();
    for (digit, scale) in digits.zip(1..) {
        value = value.plus(Quantity::from_digits(digit.into(), scale)?)?;
    }
    let bytes = rest.chars().take(count).map(char::len_utf8).sum::<usize>();
    Some((value, if count == 0 { end } else { end + '点'.len_utf8() + bytes }))
}

/// A text on its way from left to right.
struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Up to here, commas were found not to part thousands.
    ungrouped: usize,
}

/// Digits with their separators and decimals.
struct Number {
    end: usize,
    value: Option<Quantity>,
}

impl<'a> Lexer<'a> {
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
    fn figure(&mut self, start: usize) -> Option<Figure> {
        let number = self.number(start);
        self.at = number.end;
        let before = &self.text[..start];
        if is_glued_before(before) || self.text[number.end..].starts_with(is_latin) {
            return None;
        }
        let (value, end) = self.multiplied(&number);
        self.at = end;
        let (percent, end) = percent_behind(self.text, end);
        let (start, negative) = sign_before(before);
        let counted = before.ends_with(PERCENT);
        let start = if counted { start - PERCENT.len() } else { start };
        let value = if negative { value?.negated() } else { value? };
        self.at = end;
        Some(Figure { range: start..end, value, percent: percent || counted, han: false })
    }

    /// The number that begins with the digit at `start`.
    fn number(&mut self, start: usize) -> Number {
        let whole = self.whole_end(start);
        let end = self.decimals_end(whole);
        let mut dotted_end = self.decimals_end(end);
        if dotted_end == end {
            return Number { end, value: self.decimal(start..whole, whole..end) };
        }
        // 2.5.1 is no number.
        loop {
            let end = dotted_end;
            dotted_end = self.decimals_end(end);
            if dotted_end == end {
                return Number { end, value: None };
            }
        }
    }

    /// Where the whole part ends, thousands parted by commas included.
    fn whole_end(&mut self, start: usize) -> usize {
        let first = digits_end(self.text, start);
        let comma = self.text[first..].chars().next().filter(|c| matches!(c, ',' | '，'));
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
            in_threes &= self.text[start..at].chars().count() == 3;
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
    fn multiplied(&mut self, number: &Number) -> (Option<Quantity>, usize) {
        let (factor, mut end) = multipliers(self.text, number.end);
        if end == number.end {
            return (number.value, end);
        }
        let mut value = number.value.zip(factor).and_then(|(value, factor)| value.times(factor));
        let mut last = factor.unwrap_or(Quantity::ONE);
        while last > Quantity::ONE && self.text[end..].starts_with(is_digit) {
            let next = self.number(end);
            let (factor, next_end) = multipliers(self.text, next.end);
            let part = next.value.zip(factor).and_then(|(value, factor)| value.times(factor));
            let Some(part) = part.filter(|part| *part < last) else {
                break;
            };
            value = value.and_then(|value| value.plus(part));
            last = factor.unwrap_or(Quantity::ONE);
            end = next_end;
        }
        (value, end)
    }
}

/// The product of the multipliers at `at`, `None` where it is too large, and where they end. A
/// 余 or 多 before one belongs to it: `20余万`.
fn multipliers(text: &str, at: usize) -> (Option<Quantity>, usize) {
    let mut factor = Some(Quantity::ONE);
    let mut end = at;
    while let Some((size, len)) = multiplier(&text[end..]) {
        factor = factor.and_then(|factor| factor.times(Quantity::from(size)));
        end += len;
    }
    (factor, end)
}

/// Whether a text begins with a character that a multiplier may begin with.
fn may_multiply(text: &str) -> bool {
    text.starts_with(|c| is_more_or_less(c) || numeral::size(c).is_some())
}

fn multiplier(text: &str) -> Option<(u64, usize)> {
    let rest = text.strip_prefix(is_more_or_less).unwrap_or(text);
    let c = rest.chars().next()?;
    let size = numeral::size(c).filter(|size| *size >= 100)?;
    let behind = &rest[c.len_utf8()..];
    // 3百分点, 2百分之一: the 百 is the unit's own.
    (size != 100 || !behind.starts_with('分')).then(|| (size, text.len() - behind.len()))
}

/// What may stand between a number and a multiplier.
fn is_more_or_less(c: char) -> bool {
    matches!(c, '余' | '餘' | '多' | '几' | '幾')
}

/// Whether a percent sign stands at `at`, or a space behind it, and where it ends.
fn percent_behind(text: &str, at: usize) -> (bool, usize) {
    let rest = &text[at..];
    let sign = rest.strip_prefix([' ', '\u{a0}', '\u{3000}']).unwrap_or(rest);
    match sign.strip_prefix(['%', '％', '﹪']) {
        Some(behind) => (true, text.len() - behind.len()),
        None => (false, at),
    }
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

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn is_latin(c: char) -> bool {
    // Whether a Han character is a letter takes long to find out, and is of no interest.
    c.is_ascii_alphabetic() || ((c < '\u{2e80}' || matches!(c, '\u{ff21}'..='\u{ff5a}')) && c.is_alphabetic())
}

/// A Han character, as far as a unit may be written with it.
fn is_word(c: char) -> bool {
    c.is_alphabetic() && !is_latin(c)
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
    fn han_figures(text: &str) -> Vec<Figure> {
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

    fn shown<'a>(text: &'a str, figure: &Figure) -> (&'a str, String) {
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
        check("1，234.5件", &[("1，234.5", "1234.5")]);
        check("12,34件", &[("12", "12"), ("34", "34")]);
        check("1234,567件", &[("1234", "1234"), ("567", "567")]);
        check("1,234,56件", &[("1", "1"), ("234", "234"), ("56", "56")]);
        check("1,234，5678件", &[("1,234", "1234"), ("5678", "5678")]);
        check("12,件", &[("12", "12")]);
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
