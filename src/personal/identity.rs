//! Citizens' identity numbers after GB 11643-1999, and those of 15 digits before it.

use super::run::{DigitRun, GroupedNumber};
use super::seen::DigitGap;
use super::{Certainty, PersonalFinding, PersonalKind};

/// The weight of each of the first 17 digits (GB 11643-1999, 4.2; ISO 7064, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character for each remainder.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// The first two digits of divisions (GB/T 2260), and those on permits for residents of Hong Kong, Macao and
/// Taiwan.
const PROVINCES: [u32; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
];
/// The years in which somebody with a number can be born.
const YEARS: std::ops::RangeInclusive<u32> = 1880..=2049;
/// What may stand between the digits of a number: its check character guards it.
const GAPS: [DigitGap; 4] = [DigitGap::Space, DigitGap::Hyphen, DigitGap::Dot, DigitGap::Line];
/// Words that say that a number is somebody's identity.
const WORDS: [&str; 9] =
    ["身份证", "身份號", "身份号", "公民身份", "证件号", "證件號", "居民证", "身份證", "ID card"];
/// Words that say that a number is an organisation's.
const ORGANISATION: [&str; 4] = ["信用代码", "信用代碼", "机构代码", "Credit Code"];

/// The identity numbers in a run.
pub(super) fn find(run: &DigitRun<'_>, found: &mut Vec<PersonalFinding>) {
    found.extend(run.numbers(17..=18, &GAPS).filter_map(|number| of_18(&number)));
    found.extend(run.numbers(15..=15, &GAPS[..2]).filter_map(|number| of_15(&number)));
}

fn of_18(number: &GroupedNumber<'_, '_>) -> Option<PersonalFinding> {
    let digits: Vec<u32> = number.digits().iter().map(|digit| u32::from(digit.value)).collect();
    let end = match digits.len() {
        18 => number.place().end,
        _ => number.x()?,
    };
    let is_valid =
        is_division(&digits) && is_date(tens(&digits[6..10]), &digits[10..14]) && is_checked(&digits);
    let is_other = is_valid && number.is_called(&ORGANISATION, 60) && is_credit_code(&digits);
    (is_valid && !is_other).then(|| PersonalFinding {
        kind: PersonalKind::Identity,
        certainty: Certainty::Certain,
        place: number.place().start..end,
        value: number.value() + if digits.len() == 17 { "X" } else { "" },
    })
}

/// An identity number whose last digits a spreadsheet has rounded off.
pub(super) fn rounded(number: &str) -> Option<PersonalFinding> {
    let (digits, power) = number.trim().split_once(['E', 'e'])?;
    let is_whole = power.trim_start_matches('+') == "17";
    let digits: String = digits.chars().filter(|c| *c != '.').collect();
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let is_one = is_whole
        && values.len() == digits.len()
        && (14..=18).contains(&values.len())
        && is_division(&values)
        && is_date(tens(&values[6..10]), &values[10..14]);
    is_one.then(|| PersonalFinding {
        kind: PersonalKind::Identity,
        certainty: Certainty::Likely,
        place: 0..number.len(),
        value: format!("{digits:0<18}"),
    })
}

/// Whether the first six digits can be a division: those of today and of all years before are too many
/// to be listed, but every one has a province and, within it, a place.
fn is_division(digits: &[u32]) -> bool {
    let province = tens(&digits[..2]);
    let is_abroad = (81..=83).contains(&province);
    PROVINCES.contains(&province)
        && is_abroad == (tens(&digits[2..6]) == 0)
        && (is_abroad || tens(&digits[2..4]) != 0)
}

fn is_checked(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let last = digits.get(17).map_or('X', |digit| char::from_digit(*digit, 10).unwrap_or_default());
    CHECKS[sum as usize % 11] == last
}

/// Whether digits are a credit code of an organisation (GB 32100-2015, 4: digits in place of letters, weights
/// of powers of 3, MOD 31).
pub(super) fn is_credit_code(digits: &[u32]) -> bool {
    let weight = |at: u32| (0..at).fold(1, |weight, _| weight * 3 % 31);
    let sum: u32 = digits.iter().take(17).zip(0..).map(|(digit, at)| digit * weight(at)).sum();
    digits.len() == 18
        && (31 - sum % 31) % 31 == digits[17]
        && matches!(tens(&digits[..2]), 11..=19 | 51..=59 | 91..=93)
}

/// Whether four digits are a month and a day of that year.
fn is_date(year: u32, day: &[u32]) -> bool {
    let (month, day) = (tens(&day[..2]), tens(&day[2..4]));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    YEARS.contains(&year) && (1..=last).contains(&day)
}

/// Digits as a number.
pub(super) fn tens(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + digit)
}

/// Whether eight digits read as a day.
pub(super) fn reads_as_day(digits: &[u32]) -> bool {
    digits.len() == 8 && is_date(tens(&digits[..4]), &digits[4..])
}

/// A number of 15 digits has no check digit: words near it say what it is, and without them it must be
/// like one in all else.
fn of_15(number: &GroupedNumber<'_, '_>) -> Option<PersonalFinding> {
    let digits: Vec<u32> = number.digits().iter().map(|digit| u32::from(digit.value)).collect();
    let is_one = is_division(&digits) && is_date(1900 + tens(&digits[6..8]), &digits[8..12]);
    if !is_one || number.is_part() || number.x().is_some() || !number.stands_free() {
        return None;
    }
    let is_called = number.is_called(&WORDS, 90);
    let is_whole = number.gaps().next().is_none();
    let is_likely = is_whole && is_common(&digits) && !is_licence(&digits);
    (is_called || is_likely).then(|| PersonalFinding {
        kind: PersonalKind::OldIdentity,
        certainty: if is_called { Certainty::Likely } else { Certainty::Possible },
        place: number.place(),
        value: number.value(),
    })
}

/// Whether a division is of a city or prefecture that any province has: 01 to 20, or 21 to 34 as prefectures
/// were numbered; and within it a district, a county or a city.
fn is_common(digits: &[u32]) -> bool {
    let (prefecture, county) = (tens(&digits[2..4]), tens(&digits[4..6]));
    (1..=34).contains(&prefecture) && (1..=40).contains(&county)
}

/// Whether 15 digits are the number of a business licence with its check digit (GS 15-2006; ISO 7064,
/// MOD 11,10).
fn is_licence(digits: &[u32]) -> bool {
    let product = digits[..14].iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + digits[14]) % 10 == 1
}
