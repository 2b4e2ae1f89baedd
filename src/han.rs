//! Chinese text as text: what a reader takes for the same words, where a sentence ends, which
//! ordinal is printed before a heading, and which figures are told. It knows nothing of files,
//! reports or diagnostics.

pub(crate) mod amount;
mod binary;
pub(crate) mod figure;
pub(crate) mod fold;
pub(crate) mod key;
pub(crate) mod measure;
pub(crate) mod numeral;
pub(crate) mod ordinal;
pub(crate) mod pinyin;
pub(crate) mod qualifier;
pub(crate) mod quantity;
pub(crate) mod sentence;
pub(crate) mod unseen;

/// Whether `c` is a letter of any script. Nearly every character of a report is Chinese, and those are told at once.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => true,
        // Marks of sentences.
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff20}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether `c` is a Chinese character: a unified or compatibility ideograph of Unicode, or 〇, which numerals are
/// written with.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c}");
        }
    }
}
