//! Ordinals as they are printed before headings and paragraphs: `一、`, `(一)`, `1.` and `(1)`,
//! in half or full width, with `壹、` above and `1)` below them. What merely begins with a number
//! (`2019年`, `2.5亿`, `一是`) has none. Whether `2.6个项目` is an item that begins with a figure
//! or a figure itself cannot be told from it alone; those who know what stands around it ask
//! for candidates.

use super::numeral::{self, han_number, han_numeral};

/// The largest number that an ordinal has; beyond it stands a year or a figure.
const LARGEST: u16 = 999;

/// How an ordinal is printed. The order is the one in which the forms commonly contain one
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OrdinalForm {
    /// `壹、`.
    Formal,
    /// `一、`.
    Han,
    /// `(一)`.
    HanBracketed,
    /// `1.`.
    Digit,
    /// `(1)`.
    Bracketed,
    /// `1)`.
    HalfBracketed,
}

impl OrdinalForm {
    /// All forms, the outermost first.
    pub(crate) const ALL: [Self; 6] =
        [Self::Formal, Self::Han, Self::HanBracketed, Self::Digit, Self::Bracketed, Self::HalfBracketed];

    /// The level that GB/T 9704 gives it; `壹、` and `1)`, which it does not know, share the
    /// nearest one.
    pub(crate) fn level(self) -> u8 {
        match self {
            Self::Formal | Self::Han => 1,
            Self::HanBracketed => 2,
            Self::Digit => 3,
            Self::Bracketed | Self::HalfBracketed => 4,
        }
    }
}

/// An ordinal at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedOrdinal {
    /// How it is printed.
    pub(crate) form: OrdinalForm,
    /// The number itself.
    pub(crate) number: u16,
    /// Its bytes in the original text, with the spaces before it and without those behind it.
    pub(crate) len: usize,
    /// Whether it is one whatever stands around it, and if not, what speaks for it.
    pub(crate) sure: OrdinalCertainty,
}

/// How sure it is that an ordinal is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrdinalCertainty {
    /// It is one.
    Yes,
    /// `2.6个`: an ordinal before a figure, since nothing has 2.6 of what is counted whole.
    Countable,
    /// `2.6亿`, `一、二审`: more likely none, unless the count has a gap there.
    Hardly,
    /// `3，` or `三。`: a slip for `3.` or `三、` where a third is due.
    Slip,
}

/// The ordinal that a text begins with, if that is sure whatever stands around it. Spaces of
/// every width may stand before and in it.
pub(crate) fn read(text: &str) -> Option<PrintedOrdinal> {
    candidate(text).filter(|printed| printed.sure == OrdinalCertainty::Yes)
}

/// The ordinal that a text may begin with.
pub(crate) fn candidate(text: &str) -> Option<PrintedOrdinal> {
    let start = text.trim_start_matches(is_gap);
    let ordinal = composed(start).or_else(|| bracketed(start)).or_else(|| marked(start))?;
    Some(PrintedOrdinal { len: ordinal.len + text.len() - start.len(), ..ordinal })
}

/// The canonical form of an ordinal: `一、`, `(一)`, `1.`, `(1)`.
pub(crate) fn write(form: OrdinalForm, number: u16) -> String {
    match form {
        OrdinalForm::Formal => format!("{}、", formal(&han_numeral(number))),
        OrdinalForm::Han => format!("{}、", han_numeral(number)),
        OrdinalForm::HanBracketed => format!("({})", han_numeral(number)),
        OrdinalForm::Digit => format!("{number}."),
        OrdinalForm::Bracketed => format!("({number})"),
        OrdinalForm::HalfBracketed => format!("{number})"),
    }
}

/// An ordinal that is one character: `㈠`, `⑴`, `⒈`.
fn composed(text: &str) -> Option<PrintedOrdinal> {
    let c = text.chars().next()?;
    let (form, first) = match c {
        '㈠'..='㈩' => (OrdinalForm::HanBracketed, '㈠'),
        '⒈'..='⒛' => (OrdinalForm::Digit, '⒈'),
        '⑴'..='⒇' => (OrdinalForm::Bracketed, '⑴'),
        _ => return None,
    };
    let number = u16::try_from(c as u32 - first as u32 + 1).ok()?;
    let len = c.len_utf8() + pause(&text[c.len_utf8()..]);
    Some(PrintedOrdinal { form, number, len, sure: OrdinalCertainty::Yes })
}

/// `(一)` or `(1)`; a 、 that follows belongs to it.
fn bracketed(text: &str) -> Option<PrintedOrdinal> {
    let inner = text.strip_prefix(['(', '（'])?.trim_start_matches(is_gap);
    let LeadingNumber { number, script, rest } = numbered(inner)?;
    let rest = rest.trim_start_matches(is_gap).strip_prefix([')', '）'])?;
    let form = match script {
        NumeralStyle::Digits => OrdinalForm::Bracketed,
        NumeralStyle::Han => OrdinalForm::HanBracketed,
        NumeralStyle::Formal => return None,
    };
    Some(PrintedOrdinal {
        form,
        number,
        len: text.len() - rest.len() + pause(rest),
        sure: OrdinalCertainty::Yes,
    })
}

/// `壹、`, `一、`, `1.` or `1)`.
fn marked(text: &str) -> Option<PrintedOrdinal> {
    let LeadingNumber { number, script, rest } = numbered(text)?;
    let rest = rest.trim_start_matches(is_gap);
    let mark = rest.chars().next()?;
    let rest = &rest[mark.len_utf8()..];
    let len = text.len() - rest.len();
    let (form, sure) = match (script, mark) {
        (NumeralStyle::Formal, '、' | '.' | '．') => (OrdinalForm::Formal, Some(OrdinalCertainty::Yes)),
        (NumeralStyle::Han, _) => (OrdinalForm::Han, before_words(number, mark, rest)),
        (NumeralStyle::Digits, ')' | '）') => (OrdinalForm::HalfBracketed, Some(OrdinalCertainty::Yes)),
        (NumeralStyle::Digits, _) => (OrdinalForm::Digit, before_digits(number, mark, rest)),
        (NumeralStyle::Formal, _) => return None,
    };
    Some(PrintedOrdinal { form, number, len, sure: sure? })
}

/// A number at the start of a text, and what follows it.
struct LeadingNumber<'a> {
    number: u16,
    script: NumeralStyle,
    rest: &'a str,
}

/// In which figures a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumeralStyle {
    /// `12`.
    Digits,
    /// `十二`.
    Han,
    /// `拾贰`.
    Formal,
}

fn numbered(text: &str) -> Option<LeadingNumber<'_>> {
    let rest = text.trim_start_matches(is_digit);
    let digits = &text[..text.len() - rest.len()];
    if !digits.is_empty() {
        return Some(LeadingNumber { number: in_digits(digits)?, script: NumeralStyle::Digits, rest });
    }
    let rest = text.trim_start_matches(is_ordinal_numeral);
    let numeral = &text[..text.len() - rest.len()];
    if numeral.is_empty() {
        return in_formal(text);
    }
    let number = u16::try_from(han_number(numeral)?).ok()?;
    // `一二三、` enumerates; of what is spelled digit by digit, only `一〇三、` numbers.
    let enumerates = number > 9 && numeral.chars().all(|c| numeral::digit(c).is_some_and(|digit| digit > 0));
    let numbers = (1..=LARGEST).contains(&number) && !enumerates;
    numbers.then_some(LeadingNumber { number, script: NumeralStyle::Han, rest })
}

fn in_digits(digits: &str) -> Option<u16> {
    let short = digits.chars().count() <= 3;
    let value = |c: char| u16::try_from(u32::from(c) & 0xf).unwrap_or(0);
    let digits = digits.chars().take(3).map(value);
    let number = digits.fold(0, |number, digit| number * 10 + digit);
    (short && number > 0).then_some(number)
}

/// Numerals as they stand on cheques, and the plain ones.
const FORMAL: [(char, char); 17] = [
    ('壹', '一'),
    ('贰', '二'),
    ('貳', '二'),
    ('叁', '三'),
    ('叄', '三'),
    ('參', '三'),
    ('肆', '四'),
    ('伍', '五'),
    ('陆', '六'),
    ('陸', '六'),
    ('柒', '七'),
    ('捌', '八'),
    ('玖', '九'),
    ('拾', '十'),
    ('佰', '百'),
    ('仟', '千'),
    ('零', '零'),
];

fn in_formal(text: &str) -> Option<LeadingNumber<'_>> {
    let plain = |c: char| FORMAL.iter().find(|(formal, _)| *formal == c).map(|(_, plain)| *plain);
    let rest = text.trim_start_matches(|c| plain(c).is_some());
    let length = Some(text.len() - rest.len()).filter(|length| *length > 0)?;
    // No number up to 999 has more characters, and a longer text need not be read.
    let numeral: String = text[..length].chars().filter_map(plain).take(6).collect();
    let number = u16::try_from(han_number(&numeral)?).ok()?;
    let whole = text[..length].chars().nth(6).is_none() && (1..=LARGEST).contains(&number);
    whole.then_some(LeadingNumber { number, script: NumeralStyle::Formal, rest })
}

fn formal(numeral: &str) -> String {
    let formal = |c: char| FORMAL.iter().find(|(_, plain)| *plain == c).map_or(c, |(formal, _)| *formal);
    numeral.chars().map(formal).collect()
}

/// Whether a Han numeral before `mark` and `rest` is an ordinal. `一、二审案件` speaks of two
/// instances, `一.五` of one and a half.
fn before_words(number: u16, mark: char, rest: &str) -> Option<OrdinalCertainty> {
    let after = rest.trim_start_matches(is_ordinal_numeral);
    let next = han_number(&rest[..rest.len() - after.len()]);
    match mark {
        '、' if next == Some(u64::from(number) + 1) && after.starts_with(COUNTED_IN_ROWS) => {
            Some(OrdinalCertainty::Hardly)
        }
        '、' => Some(OrdinalCertainty::Yes),
        '.' | '．' => next.is_none().then_some(OrdinalCertainty::Yes),
        '，' | ',' | '。' | '：' | '﹒' | '·' => next.is_none().then_some(OrdinalCertainty::Slip),
        _ => None,
    }
}

/// What is told of two neighbours at once: the first and second instance, lines 3 and 4.
const COUNTED_IN_ROWS: [char; 24] = [
    '审', '審', '线', '線', '级', '級', '类', '類', '档', '檔', '期', '季', '月', '日', '号', '號', '楼',
    '樓', '层', '層', '产', '產', '年', '把',
];

/// Whether digits before `mark` and `rest` are an ordinal: `1.2019年` is an item that begins with
/// a year, since no figure has that form, and `1、13所` one that begins with a figure.
fn before_digits(number: u16, mark: char, rest: &str) -> Option<OrdinalCertainty> {
    let after = rest.trim_start_matches(is_digit);
    let next = &rest[..rest.len() - after.len()];
    match mark {
        '、' | '.' | '．' if next.is_empty() || begins_with_year(next, after) => {
            Some(OrdinalCertainty::Yes)
        }
        '、' => {
            let neighbour = in_digits(next) == Some(number + 1);
            let in_a_row = neighbour || after.starts_with(COUNTED_IN_ROWS) || after.starts_with('、');
            Some(if in_a_row { OrdinalCertainty::Hardly } else { OrdinalCertainty::Yes })
        }
        '.' | '．' if after.starts_with(['.', '．']) => None,
        '.' | '．' if is_counted_whole(after) => Some(OrdinalCertainty::Countable),
        '.' | '．' => Some(OrdinalCertainty::Hardly),
        '。' | '，' | ',' | '：' | '﹒' | '·' => next.is_empty().then_some(OrdinalCertainty::Slip),
        _ => None,
    }
}

fn begins_with_year(digits: &str, after: &str) -> bool {
    let goes_on = after.starts_with(['年', '-', '—', '–', '－', '～', '~', '至']);
    digits.chars().count() == 4 && goes_on
}

/// Whether what stands behind a figure is counted in whole numbers only.
fn is_counted_whole(after: &str) -> bool {
    let after = after.trim_start_matches(['余', '餘', '多', '几', '幾']);
    let whole = [
        '个', '個', '家', '所', '件', '名', '人', '项', '項', '次', '条', '條', '位', '座', '部', '户', '戶',
        '宗', '起', '场', '場', '篇', '份', '册', '冊', '处', '處', '支', '批', '台', '辆', '輛', '期', '类',
        '類', '种', '種', '大', '县', '縣', '市', '镇', '鎮', '村', '月', '日', '号', '號',
    ];
    let share = ["个百分点", "個百分點", "个小时", "個小時", "个月", "個月", "人次/", "台套"];
    after.starts_with(whole) && !share.iter().any(|share| after.starts_with(share))
}

/// The bytes of a mark that follows a closed ordinal and says nothing.
fn pause(rest: &str) -> usize {
    let mark = rest.chars().next().filter(|c| matches!(c, '、' | '.' | '．'));
    let behind = |mark: &char| !rest[mark.len_utf8()..].starts_with(is_digit);
    mark.filter(behind).map_or(0, char::len_utf8)
}

/// White space, and what has no width: neither keeps a reader from seeing an ordinal.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
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
        read(text).map(|printed| (printed.form.level(), printed.number, &text[..printed.len]))
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
            ("壹、总体", (1, 1, "壹、")),
            ("拾贰、其他", (1, 12, "拾贰、")),
            ("1、13所中学", (3, 1, "1、")),
            ("1.2019—2021年", (3, 1, "1.")),
            ("2)强化", (4, 2, "2)")),
            ("３）强化", (4, 3, "３）")),
            ("（四）.强化", (2, 4, "（四）.")),
        ] {
            assert_eq!(of(text), Some(ordinal), "{text}");
        }
    }

    #[test]
    fn spaces_within_an_ordinal_are_no_matter() {
        for (text, ordinal) in [
            ("1 .强化", (3, 1, "1 .")),
            ("１ ．强化", (3, 1, "１ ．")),
            ("二 、强化", (1, 2, "二 、")),
            ("（ 三 ）强化", (2, 3, "（ 三 ）")),
            ("( 4 )强化", (4, 4, "( 4 )")),
            ("\u{feff}五\u{200b}、强化", (1, 5, "\u{feff}五\u{200b}、")),
        ] {
            assert_eq!(of(text), Some(ordinal), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_figure_is_a_candidate() {
        for (text, number, sure) in [
            ("2.6个渡口", 2, OrdinalCertainty::Countable),
            ("3.12所学校", 3, OrdinalCertainty::Countable),
            ("2.6亿元", 2, OrdinalCertainty::Hardly),
            ("1.5个百分点", 1, OrdinalCertainty::Hardly),
            ("1、2月份", 1, OrdinalCertainty::Hardly),
            ("4、5、6号", 4, OrdinalCertainty::Hardly),
            ("一、二审案件", 1, OrdinalCertainty::Hardly),
            ("三、四季度", 3, OrdinalCertainty::Hardly),
            ("3，强化", 3, OrdinalCertainty::Slip),
            ("三。强化", 3, OrdinalCertainty::Slip),
        ] {
            let printed = candidate(text).unwrap();
            assert_eq!((printed.number, printed.sure), (number, sure), "{text}");
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["1.2.3", "1,200件", "一.五", "三，五", "2019年", "1—2月"] {
            assert_eq!(candidate(text), None, "{text}");
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
        assert_eq!(read(&"玖".repeat(1_000_000)), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            form in prop::sample::select(OrdinalForm::ALL.to_vec()),
            number in 1_u16..=999,
            rest in "[办件a 。]{0,4}",
        ) {
            let ordinal = write(form, number);
            let printed = PrintedOrdinal { form, number, len: ordinal.len(), sure: OrdinalCertainty::Yes };
            prop_assert_eq!(read(&format!("{ordinal}{rest}")), Some(printed));
        }

        #[test]
        fn an_ordinal_ends_on_a_character(text in "[ 　(（)）一二三十百廿〇壹拾零0-9０-９.．、，年审㈠⒈]{0,12}") {
            if let Some(printed) = candidate(&text) {
                prop_assert!(text.is_char_boundary(printed.len));
                prop_assert!((1..=999).contains(&printed.number));
            }
        }
    }
}
