//! The figures that a text tells, each whole: 45 is not in 745, nor 19 in COVID19.

mod digits;
mod multiplier;
mod numerals;
mod range;
mod share;

use std::ops::Range;

use digits::{FigureLexer, digit_at};
use multiplier::may_go_on;
use numerals::{first_places, han_figure, numeral_end};
pub(crate) use range::{counted_as, lower_end, upper_end};

use super::numeral;
use super::quantity::Quantity;

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
