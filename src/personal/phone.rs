//! Telephone numbers: mobile ones, and those of lines with their area code. Hotlines (12345, 400, 800
//! and others) have neither form.

use super::identity::reads_as_day;
use super::run::{DigitRun, GroupedNumber};
use super::seen::DigitGap;
use super::{Certainty, PersonalFinding, PersonalKind};

/// Words that say that a number is a telephone's.
const WORDS: [&str; 12] =
    ["电话", "電話", "手机", "传真", "座机", "联系", "热线", "拨打", "致电", "Tel", "tel", "Phone"];
/// Words that say that it is an office's, which is there to be called.
const OFFICE: [&str; 22] = [
    "传真",
    "办公",
    "单位",
    "咨询",
    "投诉",
    "举报",
    "监督",
    "服务",
    "值班",
    "热线",
    "总机",
    "地址",
    "机构",
    "受理",
    "政府",
    "局",
    "厅",
    "委员会",
    "网站",
    "主办",
    "邮编",
    "编码",
];
/// What stands behind an amount.
const UNITS: [&str; 24] = [
    "元",
    "万元",
    "亿元",
    "美元",
    "港元",
    "欧元",
    "万",
    "亿",
    "吨",
    "千瓦",
    "立方",
    "平方",
    "公里",
    "米",
    "人次",
    "人民币",
    "件",
    "户",
    "亩",
    "%",
    "‰",
    "千克",
    "公斤",
    "度",
];
/// What stands before one.
const CURRENCIES: [char; 5] = ['¥', '￥', '$', '＄', '€'];

/// The telephones in a run.
pub(super) fn find(run: &DigitRun<'_>, found: &mut Vec<PersonalFinding>) {
    let gaps = [DigitGap::Space, DigitGap::Hyphen, DigitGap::Bracket, DigitGap::Dot];
    found.extend(run.numbers(11..=15, &gaps).filter_map(|number| mobile(&number)));
    found.extend(run.numbers(10..=14, &gaps[..3]).filter_map(|number| landline(&number)));
}

fn values(number: &GroupedNumber<'_, '_>) -> Vec<u32> {
    number.digits().iter().map(|digit| u32::from(digit.value)).collect()
}

/// A mobile number, with or without the country's code.
fn mobile(number: &GroupedNumber<'_, '_>) -> Option<PersonalFinding> {
    let (digits, shape) = (values(number), number.shape());
    let code = digits.len() - 11;
    let is_coded = match &digits[..code] {
        [] => true,
        [8, 6] => shape[0] == 2 || number.before(4).ends_with('+'),
        [0, 0, 8, 6] => true,
        _ => false,
    };
    let is_mobile = digits[code] == 1 && (3..=9).contains(&digits[code + 1]);
    let is_row = shape.len() > 1 && number.is_in_row() && !number.is_called(&WORDS, 60);
    if !is_coded || !is_mobile || is_row || !is_grouped(&shape, code) || !is_alone(number) {
        return None;
    }
    let place = number.digits()[code..][0].start..number.place().end;
    let value = number.value().split_off(code);
    Some(PersonalFinding { kind: PersonalKind::Mobile, certainty: Certainty::Likely, place, value })
}

/// Whether groups are as people write mobile numbers: whole, 3-4-4, digit by digit; behind a code or
/// without one.
fn is_grouped(shape: &[usize], code: usize) -> bool {
    let groups = match shape {
        [first, rest @ ..] if *first == code && code > 0 => rest,
        shape => shape,
    };
    match groups {
        [_] | [3, 4, 4] => true,
        [first, 4, 4] => *first == code + 3,
        [3, 8] | [7, 4] => true,
        groups => groups.len() == 11,
    }
}

/// Whether nothing says that the number is a part of another one, or an amount.
fn is_alone(number: &GroupedNumber<'_, '_>) -> bool {
    let before = number.before(16).trim_end();
    let behind = number.behind().trim_start();
    let is_amount = before.ends_with(CURRENCIES) || UNITS.iter().any(|unit| behind.starts_with(unit));
    number.stands_free() && !number.is_part() && !is_amount && number.x().is_none()
}

/// The number of a line, with its area code.
fn landline(number: &GroupedNumber<'_, '_>) -> Option<PersonalFinding> {
    let (digits, shape) = (values(number), number.shape());
    let area = area(&digits)?;
    let local = &digits[area..];
    let is_local = (7..=8).contains(&local.len()) && (2..=9).contains(&local[0]) && !reads_as_day(local);
    let parts: Vec<DigitGap> = number.gaps().collect();
    let is_split = match shape.as_slice() {
        [_] => false,
        [first, _] => *first == area,
        [first, _, last] => *first == area && *last == 4,
        _ => return None,
    };
    let is_marked = is_split && matches!(parts.first(), Some(DigitGap::Hyphen | DigitGap::Bracket));
    let is_one = is_marked || number.is_called(&WORDS, 60);
    if !is_local || !is_one || (shape.len() > 1 && !is_split) || !is_alone_line(number) {
        return None;
    }
    (!number.is_called(&OFFICE, 75)).then(|| PersonalFinding {
        kind: PersonalKind::Landline,
        certainty: Certainty::Possible,
        place: number.place(),
        value: number.value(),
    })
}

/// Behind the number of a line an extension may stand.
fn is_alone_line(number: &GroupedNumber<'_, '_>) -> bool {
    let is_part = matches!(number.gap_before(), Some(DigitGap::Hyphen | DigitGap::Dot))
        || number.gap_after() == Some(DigitGap::Dot);
    number.stands_free() && !is_part
}

/// How many digits an area code has: 010, 020 to 029, 0310 to 0999.
fn area(digits: &[u32]) -> Option<usize> {
    match digits[..4] {
        [0, 1, 0, _] | [0, 2, _, _] => Some(3),
        [0, 3..=9, _, _] => Some(4),
        _ => None,
    }
}
