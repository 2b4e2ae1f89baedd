//! From text to the words that Pagefind is given, so that what it finds is what a plain search
//! for a piece of text would find. `themes/gongbao/assets/search-worker.js` does the same in the
//! browser; `tests/browser/vectors.json` holds the two together.
//!
//! A text is a row of units: a figure, a word in Latin letters, or any other single character,
//! marks among them. White space parts units and is none. Pagefind is given every unit joined
//! to the next, so that a phrase of such pairs is found exactly where its units follow each
//! other, and nowhere else.

use super::pinyin;
use crate::han::fold::fold_str;

/// What no unit is: it closes every block, so that no phrase reaches into the next.
const END: char = '\u{a481}';

/// Stands between two units that would otherwise run into one, such as two Latin words.
const SEAM: char = '\u{a480}';

/// The letters that other characters are written in, because Pagefind drops marks and takes
/// accents off: two for each, from the first of the syllables of Yi.
const FIRST: u32 = 0xa000;

/// How many of those letters there are.
const LETTERS: u32 = 1024;

/// A text as its units are cut from: folded, and without pinyin in brackets.
pub(super) fn folded(text: &str) -> String {
    fold_str(&pinyin::without(text))
}

/// The units of a folded text.
pub(super) fn units(folded: &str) -> Vec<&str> {
    let mut units = Vec::with_capacity(folded.len() / 3);
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => figure(rest),
            'a'..='z' => rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (unit, after) = rest.split_at(length);
        if !first.is_whitespace() && !is_invisible(first) {
            units.push(unit);
        }
        rest = after;
    }
    units
}

/// How long the figure is that `text` begins with: digits, with their decimals and parted by
/// commas into thousands.
fn figure(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    let may_be_parted = end <= 3;
    while may_be_parted && bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Whether a unit is a word in Latin letters.
pub(super) fn is_latin(unit: &str) -> bool {
    unit.starts_with(|c: char| c.is_ascii_lowercase())
}

/// A unit joined to the next, or to the end of its block.
pub(super) fn pair(unit: &str, next: Option<&str>) -> String {
    let mut word = single(unit);
    match next {
        Some(next) => {
            if unit.ends_with(|c: char| c.is_ascii()) && next.starts_with(|c: char| c.is_ascii_alphanumeric())
            {
                word.push(SEAM);
            }
            next.chars().for_each(|c| push(&mut word, c));
        }
        None => word.push(END),
    }
    word
}

/// A unit alone.
pub(super) fn single(unit: &str) -> String {
    let mut word = String::with_capacity(unit.len() * 3);
    unit.chars().for_each(|c| push(&mut word, c));
    word
}

/// Writes a character so that Pagefind keeps it: as it is, or in two letters.
fn push(word: &mut String, c: char) {
    let code = u32::from(c);
    match c {
        '0'..='9' | 'a'..='z' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => word.push(c),
        _ => word.extend(
            [code / LETTERS, code % LETTERS].into_iter().filter_map(|part| char::from_u32(FIRST + part)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(serde::Deserialize)]
    struct Vector {
        text: String,
        units: Vec<String>,
        pairs: Vec<String>,
    }

    #[test]
    fn the_browser_and_the_builder_read_alike() {
        let vectors: Vec<Vector> =
            serde_json::from_str(include_str!("../../tests/browser/vectors.json")).unwrap();
        assert!(vectors.len() >= 20);
        for vector in vectors {
            let folded = folded(&vector.text);
            let units = units(&folded);
            assert_eq!(units, vector.units, "{}", vector.text);
            let pairs = units.iter().enumerate().map(|(at, unit)| pair(unit, units.get(at + 1).copied()));
            assert_eq!(pairs.collect::<Vec<_>>(), vector.pairs, "{}", vector.text);
        }
    }

    #[test]
    fn figures_and_latin_words_stay_whole() {
        for (text, expected) in [
            ("综合纠错率40.02％", vec!["综", "合", "纠", "错", "率", "40.02", "%"]),
            ("赤政發〔2019〕7號", vec!["赤", "政", "发", "(", "2019", ")", "7", "号"]),
            ("1,234,567件，12,34", vec!["1,234,567", "件", ",", "12", ",", "34"]),
            ("2.5.1 GDP　Rule of law", vec!["2.5.1", "gdp", "rule", "of", "law"]),
            ("2019.", vec!["2019", "."]),
            ("2019,2020", vec!["2019", ",", "2020"]),
        ] {
            assert_eq!(units(&folded(text)), expected, "{text}");
        }
    }

    #[test]
    fn different_units_never_make_the_same_word() {
        let words = [pair("rule", Some("of")), single("ruleof"), pair("12", Some("345")), single("12345")];
        for (at, word) in words.iter().enumerate() {
            assert!(!words[at + 1..].contains(word), "{word}");
            assert!(word.chars().all(char::is_alphanumeric), "{word}");
        }
    }

    proptest! {
        /// What is cut out of a text between two units is found in it, unit for unit.
        #[test]
        fn a_piece_of_a_text_is_a_piece_of_its_units(
            parts in prop::collection::vec("[一-五門]((（mén）){0,2}|[(]men[)]|，|[0-9]{1,4}件|[(]GDP[)])?", 1..12), from in 0..12usize, to in 0..12usize
        ) {
            let (from, to) = (from.min(parts.len()), to.min(parts.len()));
            let (piece, whole) = (folded(&parts[from.min(to)..to.max(from)].concat()), folded(&parts.concat()));
            let (piece, whole) = (units(&piece), units(&whole));
            prop_assert!(piece.is_empty() || whole.windows(piece.len()).any(|window| window == piece));
        }
    }
}
