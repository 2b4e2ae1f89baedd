//! The addresses of what a page of two documents shows: of a sentence by what it says, of a section by its
//! place in its document. They are no counters over the page, so that who shared a change finds it again after a
//! correction elsewhere, and a sentence has the same address in a comparison with any other year.

use std::collections::HashMap;
use std::fmt::Write;

use crate::compare::{ComparedText, TextSection};

/// How many characters are made of the words of a sentence. Of a thousand sentences two have the same in one
/// of sixty documents; the second then has a number.
const LENGTH: u32 = 5;
/// Figures and letters that nobody takes for one another (Crockford's base 32).
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What tells a sentence apart from others of its text in addresses: `3kf9a`, and `3kf9a-2` for the second that
/// says the same. `changes.js` makes the same of the texts that it fetches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SentenceName {
    /// What it says.
    said: u32,
    /// How many say that up to here.
    count: u32,
}

/// What stands before the name of a sentence of the earlier text.
pub(super) const BEFORE: char = 'b';
/// And before that of one of the later text.
pub(super) const AFTER: char = 's';

/// The names of the sentences of a text, in their order.
pub(super) fn names(text: &ComparedText<'_>) -> Vec<SentenceName> {
    let mut met: HashMap<u32, u32> = HashMap::with_capacity(text.sentences.len());
    let name = |said: &u32| {
        let count = met.entry(*said).or_insert(0);
        *count += 1;
        SentenceName { said: *said, count: *count }
    };
    text.said().iter().map(name).collect()
}

impl SentenceName {
    /// Writes the address of the sentence, which begins with [`BEFORE`] or [`AFTER`].
    pub(super) fn write(self, to: &mut String, side: char) {
        to.push(side);
        let sign = |at: u32| SIGNS[(self.said >> (5 * at)) as usize % SIGNS.len()];
        to.extend((0..LENGTH).map(|at| char::from(sign(at))));
        if self.count > 1 {
            // A string takes everything that is written to it.
            let _ = write!(to, "-{}", self.count);
        }
    }
}

/// The address of a part of the page: that of its section in the later document, else in the earlier one.
/// Anchors of documents stand on pages of earlier texts as well, so that it is none of these.
pub(super) fn part(old: Option<&TextSection<'_>>, new: Option<&TextSection<'_>>) -> String {
    let path = |section: &TextSection<'_>| match section.anchor {
        "" => "0".to_owned(),
        anchor => anchor.strip_prefix("sec-").unwrap_or(anchor).to_owned(),
    };
    match (old, new) {
        (_, Some(new)) => format!("p-{}", path(new)),
        (Some(old), None) => format!("q-{}", path(old)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sentences: Vec<&'static str>) -> ComparedText<'static> {
        ComparedText::from_parts(&[("sec-1", 1, "一节", sentences)])
    }

    fn told(sentences: Vec<&'static str>) -> Vec<String> {
        let told = |name: SentenceName| {
            let mut told = String::new();
            name.write(&mut told, AFTER);
            told
        };
        names(&text(sentences)).into_iter().map(told).collect()
    }

    #[test]
    fn a_sentence_keeps_its_name_whatever_stands_around_it() {
        let alone = told(vec!["办结745件。"]);
        let among = told(vec!["学习。", "办结745件。", "办案。"]);
        assert_eq!(alone[0], among[1]);
        assert_ne!(among[0], among[2]);
        // Written into addresses that people keep.
        assert_eq!(told(vec![""]), ["s5c7sh"]);
        assert!(among.iter().flat_map(|name| name.bytes().skip(1)).all(|sign| SIGNS.contains(&sign)));
    }

    #[test]
    fn what_is_said_twice_is_numbered() {
        let names = told(vec!["办案。", "学习。", "办案。", "办案。"]);
        assert_eq!(names[2], format!("{}-2", names[0]));
        assert_eq!(names[3], format!("{}-3", names[0]));
    }

    #[test]
    fn a_part_is_named_by_its_section() {
        let section = |anchor| TextSection { anchor, ..TextSection::default() };
        let (old, new, lead) = (section("sec-1-5"), section("w-sec-2"), section(""));
        assert_eq!(part(Some(&old), Some(&new)), "p-w-sec-2");
        assert_eq!(part(Some(&old), None), "q-1-5");
        assert_eq!(part(Some(&lead), Some(&lead)), "p-0");
    }
}
