//! Numbers of bank cards: an issuer's prefix, a length that it has, and the Luhn digit (GB/T 17552,
//! ISO/IEC 7812-1, annex B).

use std::ops::RangeInclusive;

use super::identity::{is_credit_code, tens};
use super::run::{DigitRun, GroupedNumber};
use super::seen::DigitGap;
use super::{Certainty, PersonalFinding, PersonalKind};

/// An issuer's numbers.
struct Issuer {
    /// The first four digits.
    first: RangeInclusive<u32>,
    /// How many there are.
    lengths: &'static [usize],
    /// Whether all of them are of China's own scheme, and so of people and offices here.
    is_own: bool,
}

const fn issuer(first: RangeInclusive<u32>, lengths: &'static [usize], is_own: bool) -> Issuer {
    Issuer { first, lengths, is_own }
}

/// Issuers whose cards people here have: China UnionPay and the cards that banks gave out before it; Visa,
/// Mastercard, JCB.
const ISSUERS: [Issuer; 10] = [
    issuer(6200..=6299, &[16, 17, 18, 19], true),
    issuer(8100..=8171, &[16, 17, 18, 19], true),
    // Peony and Golden Spike cards of the Industrial and Commercial Bank.
    issuer(9558..=9558, &[16, 19], true),
    // Pacific cards of the Bank of Communications.
    issuer(6014..=6014, &[17], true),
    issuer(4055..=4055, &[17], true),
    // Dragon cards of the Construction Bank.
    issuer(4367..=4367, &[16, 19], true),
    issuer(4000..=4999, &[16], false),
    issuer(5100..=5599, &[16], false),
    issuer(2221..=2720, &[16], false),
    issuer(3528..=3589, &[16], false),
];

/// Words that say that a number is a card's.
const WORDS: [&str; 7] = ["卡号", "银行卡", "账号", "账户", "帐号", "信用卡", "储蓄卡"];

/// The cards in a run.
pub(super) fn find(run: &DigitRun<'_>, found: &mut Vec<PersonalFinding>) {
    found.extend(
        run.numbers(16..=19, &[DigitGap::Space, DigitGap::Hyphen, DigitGap::Line])
            .filter_map(|number| card(&number)),
    );
}

fn card(number: &GroupedNumber<'_, '_>) -> Option<PersonalFinding> {
    let digits: Vec<u32> = number.digits().iter().map(|digit| u32::from(digit.value)).collect();
    let first = tens(&digits[..4]);
    let is_of = |issuer: &&Issuer| issuer.first.contains(&first) && issuer.lengths.contains(&digits.len());
    let issuer = ISSUERS.iter().find(is_of)?;
    let is_free = number.stands_free() && number.x().is_none() && !has_dot(number);
    if !is_luhn(&digits) || !is_free || !is_grouped(&number.shape()) || is_credit_code(&digits) {
        return None;
    }
    let is_called = number.is_called(&WORDS, 60);
    // Figures of neighbouring cells: in a table of amounts some go together at every turn.
    let is_over_cells = number.gaps().any(|gap| gap == DigitGap::Line) && !is_called;
    if is_over_cells && [number.gap_before(), number.gap_after()].contains(&Some(DigitGap::Line)) {
        return None;
    }
    let (reads_otherwise, is_in_fours) = (is_like_a_document(&digits), number.shape().len() > 1);
    let certainty = match () {
        () if is_called => Certainty::Certain,
        () if issuer.is_own && !reads_otherwise && !number.is_part() => Certainty::Certain,
        () if issuer.is_own => Certainty::Likely,
        () if reads_otherwise || number.is_part() => return None,
        () if is_in_fours => Certainty::Certain,
        () => Certainty::Likely,
    };
    Some(PersonalFinding {
        kind: PersonalKind::Card,
        certainty,
        place: number.place(),
        value: number.value(),
    })
}

fn has_dot(number: &GroupedNumber<'_, '_>) -> bool {
    [number.gap_before(), number.gap_after()].contains(&Some(DigitGap::Dot))
}

/// Whether groups are as people write cards: whole, in fours, digit by digit, or broken once at a line's end.
fn is_grouped(shape: &[usize]) -> bool {
    let (last, others) = shape.split_last().unwrap_or((&0, &[]));
    let are = |count: usize| others.iter().all(|group| *group == count);
    others.len() <= 1 || (are(4) && *last <= 4) || (are(1) && *last == 1) || (are(6) && *last <= 13)
}

/// Whether a number reads as a division and a year, as the numbers of files and cases do.
fn is_like_a_document(digits: &[u32]) -> bool {
    let is_year = |from: usize| (1980..2040).contains(&tens(&digits[from..from + 4]));
    is_prefecture(&digits[..4])
        && (is_year(4) || (is_year(6) && matches!(tens(&digits[4..6]), 0..=40 | 81..=99)))
}

/// Whether four digits can be a prefecture of today (GB/T 2260). Gansu, whose numbers begin as most cards
/// do, is known more closely.
fn is_prefecture(digits: &[u32]) -> bool {
    match (tens(&digits[..2]), tens(&digits[2..4])) {
        (62, prefecture) => matches!(prefecture, 1..=12 | 29 | 30),
        (11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65, prefecture) => {
            matches!(prefecture, 0..=34 | 40..=43 | 51..=53 | 90)
        }
        _ => false,
    }
}

/// Whether the last digit is the one that the others ask for.
fn is_luhn(digits: &[u32]) -> bool {
    let doubled = |(at, digit): (usize, &u32)| match at % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
    sum.is_multiple_of(10)
}
