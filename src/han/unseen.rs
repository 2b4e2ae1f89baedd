//! Characters that nobody sees and that part words and figures all the same: joiners, soft
//! hyphens, marks of direction, variation selectors. In Arabic, Mongolian or Tibetan letters and
//! in pictures they have a task; beside Han characters, figures and Latin letters they came from a
//! copied page.

use std::ops::Range;

use crate::scan;

/// Whether nothing is to be seen of a character itself.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// Whether a character may begin with these bytes that nobody sees. Punctuation of full width and quotation marks
/// begin with one of the same bytes, and stand in every sentence.
fn may_be_unseen([one, two, three]: [u8; 3]) -> bool {
    let is_other = (one == 0xc2) | (one == 0xcd) | (one == 0xd8) | (one == 0xe1);
    let is_joiner = (two == 0x80) & ((three.wrapping_sub(0x8b) < 5) | (three.wrapping_sub(0xaa) < 5));
    let is_general = (one == 0xe2) & (is_joiner | (two == 0x81));
    is_other | is_general | ((one == 0xef) & ((two == 0xb8) | (two == 0xbb)))
}

/// Where unseen characters stand beside what they have no task in, each run of them once.
pub(crate) fn unseen(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in scan::places(text.as_bytes(), may_be_unseen) {
        let Some(c) = text[at..].chars().next().filter(|c| is_unseen(*c)) else {
            continue;
        };
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => found.push(at..end),
        }
    }
    found.retain(|range| parts(text, range));
    found
}

/// Whether what stands before or behind is written without such characters.
fn parts(text: &str, range: &Range<usize>) -> bool {
    let plain = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{3001}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}'))
    };
    plain(text[..range.start].chars().next_back()) || plain(text[range.end..].chars().next())
}

/// A text without its unseen characters, and the way back.
#[derive(Clone, Debug)]
pub(crate) struct VisibleText {
    /// What is seen.
    pub(crate) text: String,
    /// Where something was left out, in what is seen, and how much was until there.
    gaps: Vec<(usize, usize)>,
}

impl VisibleText {
    /// `None` for a text with nothing to leave out, as most are.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let unseen = unseen(text);
        let (mut seen, mut at, mut left_out) = (String::new(), 0, 0);
        let mut gaps = Vec::with_capacity(unseen.len());
        for range in unseen {
            seen.push_str(&text[at..range.start]);
            left_out += range.len();
            gaps.push((seen.len(), left_out));
            at = range.end;
        }
        seen.push_str(&text[at..]);
        (!gaps.is_empty()).then_some(Self { text: seen, gaps })
    }

    /// Where `range` stands in the original, with what is not seen between its ends.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let before = |at: usize, count: usize| count.checked_sub(1).map_or(at, |last| at + self.gaps[last].1);
        let start = self.gaps.partition_point(|(gap, _)| *gap <= range.start);
        let end = self.gaps.partition_point(|(gap, _)| *gap < range.end);
        let start = before(range.start, start);
        start..before(range.end, end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_unseen_begins_with_the_bytes_that_are_looked_for() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_unseen(*c)) {
            assert!(scan::has(c.encode_utf8(&mut [0; 4]).as_bytes(), may_be_unseen), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn what_parts_words_is_found_and_what_joins_letters_is_not() {
        for (text, count) in [
            ("办结7\u{200b}45件", 1),
            ("\u{feff}全年\u{ad}共\u{2060}\u{200e}计", 3),
            ("甲\u{fe00}乙", 1),
            ("ئۇي\u{200c}غۇر", 0),
            ("👨\u{200d}👩", 0),
            ("☎\u{fe0f}", 0),
            ("全年", 0),
        ] {
            assert_eq!(unseen(text).len(), count, "{text:?}");
        }
    }

    #[test]
    fn the_way_back_holds_what_is_not_seen() {
        let text = "办\u{200b}结7\u{200b}\u{200c}45件";
        let seen = VisibleText::of(text).unwrap();
        assert_eq!(seen.text, "办结745件");
        let at = seen.text.find("745").unwrap();
        assert_eq!(&text[seen.original(at..at + 3)], "7\u{200b}\u{200c}45");
        assert!(VisibleText::of("办结745件").is_none());
    }

    proptest! {
        #[test]
        fn the_way_back_lies_on_characters(text in "[办7\u{200b}\u{feff}a。]{0,12}") {
            if let Some(seen) = VisibleText::of(&text) {
                let places: Vec<usize> = seen.text.char_indices().map(|(at, _)| at).chain([seen.text.len()]).collect();
                for (n, start) in places.iter().enumerate() {
                    for end in &places[n..] {
                        let original = text.get(seen.original(*start..*end));
                        let original = original.map(|text| text.replace(is_unseen, ""));
                        prop_assert_eq!(original.as_deref(), Some(&seen.text[*start..*end]));
                    }
                }
            }
        }
    }
}
