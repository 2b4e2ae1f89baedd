//! Ordinals as they are printed before headings and paragraphs: `一、`, `(一)`, `1.` and `(1)`,
//! in half or full width. What merely begins with a number (`2019年`, `2.5亿`, `一是`) has none.

use super::numeral::{self, han_number, han_numeral};

/// The largest number that an ordinal has; beyond it stands a year or a figure.
const LARGEST: u16 = 999;

/// An ordinal at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The level that its form stands for: 1 for `一、`, 2 for `(一)`, 3 for `1.`, 4 for `(1)`.
    pub(crate) level: u8,
    /// The number itself.
    pub(crate) number: u16,
    /// Its bytes in the original text, with the spaces before it and without those behind it.
    pub(crate) len: usize,
}

/// The ordinal that a text begins with. Spaces of every width may stand before it.
pub(crate) fn read(text: &str) -> Option<Printed> {
    let start = text.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']);
    let ordinal = composed(start).or_else(|| bracketed(start)).or_else(|| dotted(start))?;
    Some(Printed { len: ordinal.len + text.len() - start.len(), ..ordinal })
}

/// The canonical form of an ordinal: `一、`, `(一)`, `1.`, `(1)`.
pub(crate) fn write(level: u8, number: u16) -> String {
    match level {
        1 => format!("{}、", han_numeral(number)),
        2 => format!("({})", han_numeral(number)),
        3 => format!("{number}."),
        _ => format!("({number})"),
    }
}

/// An ordinal that is one character: `㈠`, `⑴`, `⒈`.
fn composed(text: &str) -> Option<Printed> {
    let c = text.chars().next()?;
    let (level, first) = match c {
        '㈠'..='㈩' => (2, '㈠'),
        '⒈'..='⒛' => (3, '⒈'),
        '⑴'..='⒇' => (4, '⑴'),
        _ => return None,
    };
    let number = u16::try_from(c as u32 - first as u32 + 1).ok()?;
    Some(Printed { level, number, len: c.len_utf8() + pause(&text[c.len_utf8()..]) })
}

/// `(一)` or `(1)`; a 、 that follows belongs to it.
fn bracketed(text: &str) -> Option<Printed> {
    let inner = text.strip_prefix(['(', '（'])?;
    let (number, han, rest) = numbered(inner)?;
    let rest = rest.strip_prefix([')', '）'])?;
    let level = if han { 2 } else { 4 };
    Some(Printed { level, number, len: text.len() - rest.len() + pause(rest) })
}

/// `一、` or `1.`.
fn dotted(text: &str) -> Option<Printed> {
    let (number, han, rest) = numbered(text)?;
    let dot = rest.chars().next().filter(|c| matches!(c, '、' | '.' | '．'))?;
    let rest = &rest[dot.len_utf8()..];
    let is_ordinal = match han {
        true => !goes_on(number, dot, rest),
        false => !rest.starts_with(is_digit) || begins_with_year(rest),
    };
    let level = if han { 1 } else { 3 };
    is_ordinal.then_some(Printed { level, number, len: text.len() - rest.len() })
}

/// The number that a text begins with, whether in Han numerals, and what follows it.
fn numbered(text: &str) -> Option<(u16, bool, &str)> {
    let rest = text.trim_start_matches(is_digit);
    let digits = &text[..text.len() - rest.len()];
    if !digits.is_empty() {
        return Some((in_digits(digits)?, false, rest));
    }
    let rest = text.trim_start_matches(is_ordinal_numeral);
    let numeral = &text[..text.len() - rest.len()];
    let number = u16::try_from(han_number(numeral)?).ok()?;
    // `一二三、` enumerates; of what is spelled digit by digit, only `一〇三、` numbers.
    let enumerates = number > 9 && numeral.chars().all(|c| numeral::digit(c).is_some_and(|digit| digit > 0));
    let numbers = (1..=LARGEST).contains(&number) && !enumerates;
    numbers.then_some((number, true, rest))
}

fn in_digits(digits: &str) -> Option<u16> {
    let short = digits.chars().count() <= 3;
    let value = |c: char| u16::try_from(u32::from(c) & 0xf).unwrap_or(0);
    let digits = digits.chars().take(3).map(value);
    let number = digits.fold(0, |number, digit| number * 10 + digit);
    (short && number > 0).then_some(number)
}

/// `一、二审案件` speaks of two instances, `一.五` of one and a half: no ordinal ends there.
fn goes_on(number: u16, dot: char, rest: &str) -> bool {
    let after = rest.trim_start_matches(is_ordinal_numeral);
    let next = han_number(&rest[..rest.len() - after.len()]);
    match dot {
        '、' => {
            next == Some(u64::from(number) + 1)
                && after.starts_with(['审', '審', '线', '線', '级', '級', '类', '類', '档', '檔', '期'])
        }
        _ => next.is_some(),
    }
}

/// `1.2019年` is an item that begins with a year: no figure has that form.
fn begins_with_year(text: &str) -> bool {
    let rest = text.trim_start_matches(is_digit);
    rest.starts_with('年') && text.chars().take_while(|c| is_digit(*c)).count() == 4
}

/// The bytes of a 、 that follows a closed ordinal.
fn pause(rest: &str) -> usize {
    if rest.starts_with('、') { '、'.len_utf8() } else { 0 }
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn is_ordinal_numeral(c: char) -> bool {
    numeral::is_numeral(c) && !matches!(c, '两' | '兩' | '千' | '万' | '萬' | '亿' | '億')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Option<(u8, u16, &str)> {
        read(text).map(|printed| (printed.level, printed.number, &text[..printed.len]))
    }

    #[test]
    fn all_four_forms_in_both_widths() {
        for (text, ordinal) in [
            ("一、主要措施", (1, 1, "一、")),
            ("二十八、其他", (1, 28, "二十八、")),
            ("一百零三、其他", (1, 103, "一百零三、")),
            ("廿一、其他", (1, 21, "廿一、")),
            ("一〇三、其他", (1, 103, "一〇三、")),
            ("一.总体", (1, 1, "一.")),
            ("一． 总体", (1, 1, "一．")),
            ("(一)依法履职", (2, 1, "(一)")),
            ("（十一）、规范执法", (2, 11, "（十一）、")),
            ("（二十)混用", (2, 20, "（二十)")),
            ("㈢监督", (2, 3, "㈢")),
            ("1.强化学习。", (3, 1, "1.")),
            ("１．强化学习", (3, 1, "１．")),
            ("23、强化学习", (3, 23, "23、")),
            ("999. 强化学习", (3, 999, "999.")),
            ("1.2019年以来", (3, 1, "1.")),
            ("⒉强化", (3, 2, "⒉")),
            ("(1)强化", (4, 1, "(1)")),
            ("（１２）强化", (4, 12, "（１２）")),
            ("⑵强化", (4, 2, "⑵")),
            ("一、一年来", (1, 1, "一、")),
            ("二、三项制度全面推行", (1, 2, "二、")),
            ("一、", (1, 1, "一、")),
        ] {
            assert_eq!(of(text), Some(ordinal), "{text}");
        }
    }

    #[test]
    fn spaces_before_an_ordinal_count() {
        assert_eq!(of("  一、总体"), Some((1, 1, "  一、")));
        assert_eq!(of("\u{3000}\u{a0}（一）总体"), Some((2, 1, "\u{3000}\u{a0}（一）")));
    }

    #[test]
    fn a_number_is_not_an_ordinal() {
        for text in [
            "",
            "一是加强",
            "第一、强化",
            "2019年",
            "12345热线",
            "1日",
            "2.5亿元",
            "3.15",
            "３．１５",
            "1.2.3",
            "0.",
            "(0)",
            "1000.",
            "(2019)7号",
            "(一",
            "(一是)",
            "()",
            "一",
            "1",
            "一、二审案件",
            "三五、其他",
            "一二三、其他",
            "千、",
            "两、",
            "一.五",
            "①强化",
            "〔2019〕7号",
            "1年、2年",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_number_is_passed_by() {
        assert_eq!(read(&"9".repeat(1_000_000)), None);
        assert_eq!(read(&"九".repeat(1_000_000)), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(level in 1_u8..=4, number in 1_u16..=999, rest in "[办件a 。]{0,4}") {
            let ordinal = write(level, number);
            let printed = Printed { level, number, len: ordinal.len() };
            prop_assert_eq!(read(&format!("{ordinal}{rest}")), Some(printed));
        }

        #[test]
        fn an_ordinal_ends_on_a_character(text in "[ 　(（)）一二三十百廿〇0-9０-９.．、年审㈠⒈]{0,12}") {
            if let Some(printed) = read(&text) {
                prop_assert!(text.is_char_boundary(printed.len));
                prop_assert!((1..=4).contains(&printed.level) && (1..=999).contains(&printed.number));
            }
        }
    }
}
