//! Passports and number plates: letters and digits with a form of their own, and no check digit.

use super::identity::reads_as_day;
use super::run::DigitRun;
use super::seen;
use super::{Certainty, PersonalFinding, PersonalKind};
use crate::scan;

/// Words that say that a number is a passport's or a permit's to travel.
const WORDS: [&str; 4] = ["护照", "護照", "通行证", "assport"];

/// The passports whose digits a run begins with.
pub(super) fn find(run: &DigitRun<'_>, found: &mut Vec<PersonalFinding>) {
    found.extend(run.numbers(7..=8, &[]).filter_map(|number| {
        let digits: Vec<u32> = number.digits().iter().map(|digit| u32::from(digit.value)).collect();
        let before = number.before(12);
        let letters = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let rest = &before[..before.len() - letters];
        let letters = before[rest.len()..].to_ascii_uppercase();
        let is_open = |text: &str| {
            !text.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '-' | '#'))
        };
        let is_whole = number.x().is_none()
            && !number.is_part()
            && number.gap_before().is_none()
            && !number.behind().starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/'));
        let form = form(&letters, digits.len())?;
        let is_called = number.is_called(&WORDS, 60);
        let is_likely = is_called || (form == PassportLetters::Own && !reads_as_day(&digits));
        (is_likely && is_whole && is_open(rest)).then(|| PersonalFinding {
            kind: PersonalKind::Passport,
            certainty: if is_called { Certainty::Likely } else { Certainty::Possible },
            place: number.place().start - letters.len()..number.place().end,
            value: letters + &number.value(),
        })
    }));
}

/// How sure the letters of a passport are.
#[derive(PartialEq, Eq)]
enum PassportLetters {
    /// Nothing else has it.
    Own,
    /// Other numbers have it too; words must say what it is.
    Common,
}

/// The form of a passport: E and eight digits or another letter and seven (ordinary ones since 2012 and 2017), G and
/// eight (before), D, S and P with seven or eight (diplomatic, service, public affairs), and those of Hong Kong,
/// Macao and permits to travel.
fn form(letters: &str, digits: usize) -> Option<PassportLetters> {
    match (letters.as_bytes(), digits) {
        ([b'E'], 8) | ([b'E', b'A'..=b'H' | b'J'..=b'N' | b'P'..=b'Z'], 7) => Some(PassportLetters::Own),
        ([b'G' | b'H' | b'M' | b'C' | b'W' | b'K'], 8) => Some(PassportLetters::Common),
        ([b'D' | b'S' | b'P'], 7 | 8) | ([b'D' | b'S' | b'P', b'E'], 7) => Some(PassportLetters::Common),
        ([b'C' | b'M', b'A'..=b'Z'], 7) => Some(PassportLetters::Common),
        _ => None,
    }
}

/// The number plates in a text (GA 36-2018): a province, a letter, and five characters, or six of an
/// electric vehicle, of which most are digits. Plates of police and offices end in a Chinese character and are
/// nobody's own.
pub(super) fn find_plates(text: &str, found: &mut Vec<PersonalFinding>) {
    let behind_other = |[before, letter, _]: [u8; 3]| (before >= 0x80) & (letter.wrapping_sub(b'A') < 26);
    for letter in scan::places(text.as_bytes(), behind_other).map(|before| before + 1) {
        let province = text[..letter].chars().next_back().filter(|c| seen::is_province(*c));
        if let Some(province) = province
            && let Some((value, end)) = plate(&text[letter..])
        {
            let place = letter - province.len_utf8()..letter + end;
            let value = format!("{province}{value}");
            found.push(PersonalFinding {
                kind: PersonalKind::Plate,
                certainty: Certainty::Likely,
                place,
                value,
            });
        }
    }
}

/// What follows the province, and where it ends.
fn plate(text: &str) -> Option<(String, usize)> {
    let is_mark = |c: char| matches!(c, 'A'..='H' | 'J'..='N' | 'P'..='Z' | '0'..='9');
    let is_own = |c: char| is_mark(c) && c.is_ascii_uppercase();
    let mut value = String::from(text.chars().next().filter(|c| is_own(*c))?);
    let mut end = 1;
    for c in text[1..].chars() {
        match c {
            '·' | '•' | '・' | ' ' | '-' if value.len() == 1 && end < 5 => {}
            c if is_mark(c) && value.len() < 8 => value.push(c),
            c if c.is_ascii_alphanumeric() || is_of_office(c) => return None,
            _ => break,
        }
        end += c.len_utf8();
    }
    let marks = &value[1..];
    let letters = marks.chars().filter(char::is_ascii_uppercase).count();
    let is_electric = marks.len() == 6
        && (marks.starts_with(['D', 'F', 'A', 'B', 'C', 'E'])
            || marks.ends_with(['D', 'F', 'A', 'B', 'C', 'E']));
    let is_one = letters <= 2 && (marks.len() == 5 || is_electric);
    (is_one && !(letters == 0 && text[1..].starts_with('-'))).then_some((value, end))
}

/// Whether a plate that ends so is one of an office, a school of driving or the border.
fn is_of_office(c: char) -> bool {
    matches!(c, '警' | '学' | '领' | '使' | '港' | '澳' | '试' | '超' | '应')
}
