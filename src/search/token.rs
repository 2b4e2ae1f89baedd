//! From text to the words of an index, so that what it finds is what a plain search for a piece
//! of text would find. `themes/gongbao/assets/search-words.js` does the same in the browser;
//! `tests/browser/vectors.json` holds the two together.
//!
//! A text is a row of units: a figure, a word in Latin letters, or any other single character,
//! marks among them. White space parts units and is none. The index knows every unit joined to
//! the next, so that a phrase of such pairs is found exactly where its units follow each other,
//! and nowhere else.

use std::borrow::Cow;

use crate::han::fold::fold_str;
use crate::han::pinyin;

/// A text as its units are cut from: folded, without pinyin in brackets, and with spaces where
/// folding would glue to a figure what is no part of it.
pub(super) fn folded(text: &str) -> String {
    fold_str(&parted(&pinyin::without(text)))
}

/// Parts figures from raised and circled ones, from fractions, and from a comma of Chinese: ①18774
/// is not 118774, and 745，200 are two.
fn parted(text: &str) -> Cow<'_, str> {
    let mut parted = String::new();
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        let behind = at + c.len_utf8();
        let [before, after] = match c {
            _ if is_mark(c) => [" ", " "],
            '，' if is_pause(&text[..at], &text[behind..]) => ["", " "],
            _ => continue,
        };
        parted.extend([&text[copied..at], before, &text[at..behind], after]);
        copied = behind;
    }
    match copied {
        0 => text.into(),
        _ => (parted + &text[copied..]).into(),
    }
}

/// Whether a comma of Chinese is one. Only where all is of full width it parts thousands.
fn is_pause(before: &str, behind: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit()) || behind.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a character folds to figures and is no part of one.
fn is_mark(c: char) -> bool {
    matches!(c,
        '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{209f}' | '\u{2150}'..='\u{2189}'
        | '\u{2460}'..='\u{249b}' | '\u{24ea}' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32cb}'
        | '\u{3358}'..='\u{3370}' | '\u{33e0}'..='\u{33fe}' | '\u{1f100}'..='\u{1f10a}')
}

/// The units of a folded text. Figures have no commas in them.
pub(super) fn units(folded: &str) -> Vec<Cow<'_, str>> {
    let mut units = Vec::with_capacity(folded.len() / 3);
    let mut at = 0;
    while let Some(first) = folded[at..].chars().next() {
        let rest = &folded[at..];
        let length = match first {
            '0'..='9' => figure(folded, at),
            'a'..='z' => rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let unit = &rest[..length];
        if first.is_ascii_digit() && unit.contains(',') {
            units.push(unit.replace(',', "").into());
        } else if !first.is_whitespace() {
            units.push(unit.into());
        }
        at += length;
    }
    units
}

/// How long the figure is that begins at `start`: digits, with decimals, and with commas where
/// these part all of it into thousands. One or two digits and a dot before 2019年 are an ordinal,
/// and that year not their decimals. `han::figure` reads figures by the same rules.
fn figure(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = start + digits(start);
    let mut end = first;
    let is_behind_comma =
        text[..start].strip_suffix(',').is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()));
    if first - start <= 3 && !is_behind_comma {
        while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            end += 4;
        }
        if bytes.get(end) == Some(&b',') && digits(end + 1) > 0 {
            end = first;
        }
    }
    if end - start <= 2 && text[end..].strip_prefix('.').is_some_and(begins_with_year) {
        return end - start;
    }
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end - start
}

fn begins_with_year(text: &str) -> bool {
    let is_century = ["19", "20"].iter().any(|century| text.starts_with(century));
    let year = text.char_indices().take_while(|(_, c)| c.is_ascii_digit()).count();
    is_century && year == 4 && text[year..].starts_with('年')
}

/// The word for a unit and the next; no unit has a space in it. By the space before it, pairs come apart from units
/// in the order of words, so that units that begin alike stand together.
pub(super) fn pair(unit: &str, next: &str) -> String {
    format!(" {unit} {next}")
}

/// What a unit is called behind a pair, where it is the last of its block.
pub(super) fn last(unit: &str) -> String {
    format!(" {unit}")
}

/// Whether a sentence ends with a unit. `search-held.js` has the same, since it follows phrases over the ends of sentences.
pub(super) fn ends_sentence(unit: &str) -> bool {
    matches!(unit, "。" | ";" | "!" | "?")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(serde::Deserialize)]
    struct Vector {
        text: String,
        units: Vec<String>,
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
        }
    }

    #[test]
    fn figures_and_latin_words_stay_whole() {
        for (text, expected) in [
            ("综合纠错率40.02％", vec!["综", "合", "纠", "错", "率", "40.02", "%"]),
            ("赤政發〔2019〕7號", vec!["赤", "政", "发", "(", "2019", ")", "7", "号"]),
            ("1,234,567件，12,34", vec!["1234567", "件", ",", "12", ",", "34"]),
            (
                "1,23,456,789与1,234,5678",
                vec!["1", ",", "23", ",", "456", ",", "789", "与", "1", ",", "234", ",", "5678"],
            ),
            ("745，200件，６，１７５亿元", vec!["745", ",", "200", "件", ",", "6175", "亿", "元"]),
            (
                "总产值①18774亿元，面积20²",
                vec!["总", "产", "值", "1", "18774", "亿", "元", ",", "面", "积", "20", "2"],
            ),
            ("1.2019年2.50倍", vec!["1", ".", "2019", "年", "2.50", "倍"]),
            ("745，２００件", vec!["745", ",", "200", "件"]),
            ("第100.2019年", vec!["第", "100.2019", "年"]),
            ("73. 63%", vec!["73", ".", "63", "%"]),
            ("7\u{200b}45\u{fe0f}件", vec!["745", "件"]),
            ("2.5.1 GDP　Rule of law", vec!["2.5.1", "gdp", "rule", "of", "law"]),
            ("2019.", vec!["2019", "."]),
            ("2019,2020", vec!["2019", ",", "2020"]),
        ] {
            assert_eq!(units(&folded(text)), expected, "{text}");
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
