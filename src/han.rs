//! Chinese text as text: what a reader takes for the same words, where a sentence ends, which
//! ordinal is printed before a heading, and which figures are told. It knows nothing of files,
//! reports or diagnostics.

pub(crate) mod amount;
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

/// Whether `c` is a Chinese character: a unified or compatibility ideograph of Unicode, or 〇, which numerals are
/// written with.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}
