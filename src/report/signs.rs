//! Signs that a text is not what its author sees in the editor: letters that were damaged or
//! cannot be seen. Each sort is told once, with its places.

mod letters;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// A sort of sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Damaged,
    Pinyin,
    Unseen,
    Private,
    Doubled,
    Zero,
}

/// The signs of a text, by their sort.
#[derive(Default)]
pub(crate) struct Found {
    places: BTreeMap<Sign, Vec<Span>>,
}

/// The signs in the file at `source`, front matter and all; what stands in `except` is quoted.
pub(crate) fn of(source: &Source, except: &[Span]) -> Found {
    let mut found = Found::default();
    letters::read(source.text(), &mut found);
    let quoted = |place: &Span| except.iter().any(|span| span.start <= place.start && place.end <= span.end);
    for places in found.places.values_mut() {
        places.retain(|place| !quoted(place));
        places.sort_unstable();
    }
    found
}

impl Found {
    fn add(&mut self, sign: Sign, place: Range<usize>) {
        self.places.entry(sign).or_default().push(Span::new(place));
    }

    fn add_some(&mut self, sign: Sign, place: Option<Range<usize>>) {
        if let Some(place) = place {
            self.add(sign, place);
        }
    }

    /// Drops the places that `takes` takes.
    pub(super) fn sift(&mut self, mut takes: impl FnMut(&'static str, Span) -> bool) {
        for (sign, places) in &mut self.places {
            places.retain(|place| !takes(sign.said().code, *place));
        }
    }

    /// A warning of each sort.
    pub(crate) fn complaints(&self, source: &Source) -> Vec<Diagnostic> {
        let signs = self.places.iter().filter(|(_, places)| !places.is_empty());
        signs.map(|(sign, places)| sign.complain(source, places)).collect()
    }

    #[cfg(test)]
    fn places(&self, sign: Sign) -> Vec<Span> {
        let mut places = self.places.get(&sign).cloned().unwrap_or_default();
        places.sort_unstable();
        places
    }
}

/// What is said of a sort of sign: what it is and what to do, each in Chinese and in English.
struct Said {
    code: &'static str,
    what: (&'static str, &'static str),
    help: (&'static str, &'static str),
}

impl Sign {
    fn complain(self, source: &Source, places: &[Span]) -> Diagnostic {
        let Said { code, what, help } = self.said();
        let count = places.len();
        let words = match count {
            1 => Words::new(what.0, what.1),
            _ => Words::new(format!("{}，共 {count} 处", what.0), format!("{}, places: {count}", what.1)),
        };
        Diagnostic::warning(code, source.path(), words).at_all(places).help(help.0, help.1)
    }

    fn said(self) -> Said {
        let (code, what, help) = match self {
            Self::Damaged => (
                "text/damaged",
                ("这里的文字已损坏", "the text is damaged here"),
                ("对照原件补正", "mend it from the original"),
            ),
            Self::Pinyin => (
                "text/pinyin",
                ("文字里夹杂拼音", "pinyin is mixed into the text"),
                (
                    "转载网站插入的，删去括号和拼音；原文就标了读音的，用 `accept` 写明",
                    "if a copying site inserted it, remove the brackets and the pinyin; accept a reading that is printed so",
                ),
            ),
            Self::Unseen => (
                "text/unseen",
                ("这里有看不见的字符", "a character that nobody sees stands here"),
                (
                    "删去它：光标移到后面，按一次退格键",
                    "remove it: place the cursor behind it and press backspace once",
                ),
            ),
            Self::Private => (
                "text/private",
                (
                    "这个字符没有通用的含义，别的电脑上显示不出来",
                    "this character has no common meaning and shows on no other computer",
                ),
                ("对照原件，改用正式的字", "compare with the original and write the proper character"),
            ),
            Self::Doubled => {
                ("text/doubled", ("标点重复", "a punctuation mark is doubled"), ("只留一个", "leave one"))
            }
            _ => (
                "text/zero",
                ("年份里的零写法不一", "a zero in a year is not the usual one"),
                (
                    "汉字年份的零写作“〇”，阿拉伯数字的写作“0”",
                    "write 〇 in a year in Chinese numerals and 0 in one in digits",
                ),
            ),
        };
        Said { code, what, help }
    }
}
