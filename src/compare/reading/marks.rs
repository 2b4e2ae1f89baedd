//! Where the clauses of a sentence part, and what stands in its titles, quotations and brackets.

use std::ops::Range;

/// The marks of a sentence: where clauses part, and what stands in titles and brackets.
pub(super) struct SentenceMarks {
    /// Where clauses end, with the lengths of the marks.
    pauses: Vec<(usize, usize)>,
    /// Titles in 《》.
    titles: Vec<Range<usize>>,
    /// Quotations in “”.
    quotes: Vec<Range<usize>>,
    /// What stands in round brackets, with the brackets.
    pub(super) brackets: Vec<Range<usize>>,
}

impl SentenceMarks {
    pub(super) fn of(text: &str) -> Self {
        let mut marks =
            Self { pauses: Vec::new(), titles: Vec::new(), quotes: Vec::new(), brackets: Vec::new() };
        let (mut title, mut quote, mut bracket) = (None, None, None);
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let close = |open: &mut Option<usize>, into: &mut Vec<Range<usize>>| {
                into.extend(open.take().map(|start| start..end));
            };
            match c {
                '《' => title = title.or(Some(at)),
                '》' => close(&mut title, &mut marks.titles),
                '“' => quote = quote.or(Some(at)),
                '”' => close(&mut quote, &mut marks.quotes),
                '（' | '(' => bracket = bracket.or(Some(at)),
                '）' | ')' => close(&mut bracket, &mut marks.brackets),
                '，' | '；' | '。' | '：' | '！' | '？' | ';' | ':' | '!' | '?' => {
                    marks.pauses.push((at, end - at))
                }
                ',' if !is_between_digits(text, at) => marks.pauses.push((at, 1)),
                _ => {}
            }
        }
        marks
    }

    /// Whether a place lies in a title, or, as for words, in a quotation.
    pub(super) fn is_named(&self, at: usize, is_word: bool) -> bool {
        within(&self.titles, at) || (is_word && within(&self.quotes, at))
    }

    /// Where the last clause of a stretch begins, and where the one before it does.
    pub(super) fn clauses(&self, stretch: &Range<usize>) -> (usize, usize) {
        let to = self.pauses.partition_point(|(at, _)| *at < stretch.end);
        let mut found = self.pauses[..to].iter().rev().take_while(|(at, _)| *at >= stretch.start);
        let mut open =
            found.by_ref().filter(|(at, _)| !within(&self.titles, *at) && !within(&self.quotes, *at));
        let begin = |pause: Option<&(usize, usize)>| pause.map_or(stretch.start, |(at, len)| at + len);
        (begin(open.next()), begin(open.next()))
    }
}

fn is_between_digits(text: &str, at: usize) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    is_digit(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_digit(bytes.get(at + 1))
}

/// Whether a place lies in one of these ranges, which are in order.
fn within(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}
