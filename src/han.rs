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
