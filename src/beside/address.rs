//! The addresses of what a page of two documents shows: of a sentence by what it says, of a section by its
//! place in its document. They are no counters over the page, so that who shared a change finds it again after a
//! correction elsewhere, and a sentence has the same address in a comparison with any other year.

use std::collections::HashMap;

use crate::compare::{Section, Text};

/// How many characters are made of the words of a sentence. Of a thousand sentences two have the same in one
/// of sixty documents; the second then has a number.
const LENGTH: usize = 5;
/// Figures and letters that nobody takes for one another (Crockford's base 32).
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What tells the sentences of a text apart, in their order: `3kf9a`, and `3kf9a-2` for the second that says the
/// same. `changes.js` makes the same of the texts that it fetches.
pub(super) fn names(text: &Text<'_>) -> Vec<String> {
    let mut met: HashMap<String, usize> = HashMap::new();
    let name = |words: &str| {
        let name = name(words);
        let count = met.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { name } else { format!("{name}-{count}") }
    };
    text.sentences.iter().map(|sentence| sentence.text).map(name).collect()
}

/// What a sentence says as a few characters: FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>) of its UTF-8 in 32
/// bits, folded to the 25 that there is room for. It stands in addresses for good, so that it must never change.
fn name(words: &str) -> String {
    let hash =
        words.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mut rest = hash ^ (hash >> 25);
    let signs = (0..LENGTH).map(|_| {
        let sign = SIGNS[usize::try_from(rest % 32).unwrap_or_default()];
        rest /= 32;
        char::from(sign)
    });
    signs.collect()
}

/// The address of a sentence of the earlier text.
pub(super) fn before(name: &str) -> String {
    format!("b{name}")
}

/// The address of a sentence of the later text.
pub(super) fn after(name: &str) -> String {
    format!("s{name}")
}

/// The address of a part of the page: that of its section in the later document, else in the earlier one.
/// Anchors of documents stand on pages of earlier texts as well, so that it is none of these.
pub(super) fn part(old: Option<&Section<'_>>, new: Option<&Section<'_>>) -> String {
    let path = |section: &Section<'_>| match section.anchor {
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

    fn text(sentences: Vec<&'static str>) -> Text<'static> {
        Text::from_parts(&[("sec-1", 1, "一节", sentences)])
    }

    #[test]
    fn a_sentence_keeps_its_name_whatever_stands_around_it() {
        let alone = names(&text(vec!["办结745件。"]));
        let among = names(&text(vec!["学习。", "办结745件。", "办案。"]));
        assert_eq!(alone[0], among[1]);
        assert_ne!(among[0], among[2]);
        // Written into addresses that people keep.
        assert_eq!(name(""), "5c7sh");
        assert!(among.iter().flat_map(|name| name.bytes()).all(|sign| SIGNS.contains(&sign)));
    }

    #[test]
    fn what_is_said_twice_is_numbered() {
        let names = names(&text(vec!["办案。", "学习。", "办案。", "办案。"]));
        assert_eq!(names[2], format!("{}-2", names[0]));
        assert_eq!(names[3], format!("{}-3", names[0]));
    }

    #[test]
    fn a_part_is_named_by_its_section() {
        let section = |anchor| Section { anchor, ..Section::default() };
        let (old, new, lead) = (section("sec-1-5"), section("w-sec-2"), section(""));
        assert_eq!(part(Some(&old), Some(&new)), "p-w-sec-2");
        assert_eq!(part(Some(&old), None), "q-1-5");
        assert_eq!(part(Some(&lead), Some(&lead)), "p-0");
    }
}
