//! Where a sentence begins and ends.

use std::ops::Range;

const END: [char; 7] = ['。', '！', '？', '；', '!', '?', ';'];
const CLOSING: [char; 12] = ['”', '’', '」', '』', '》', ')', '）', ']', '】', '〕', '"', '\''];

/// The sentences of a text, in order, without the white space around them and without empty
/// ones. A sentence ends at an end mark, with the marks and closing quotes that follow it, or
/// at a line's end; within a title or a quotation it goes on.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut lines = TextLines { text, at: 0 };
    let mut line = Uncut::of(text, 0..0);
    std::iter::from_fn(move || {
        loop {
            match line.next_end() {
                Some(range) if text[range.clone()].trim().is_empty() => {}
                Some(range) => return Some(trimmed(text, range)),
                None => line = Uncut::of(text, lines.next()?),
            }
        }
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.end - piece.trim_start().len();
    start..start + piece.trim().len()
}

/// The lines of a text, as places in it.
struct TextLines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for TextLines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.as_bytes().get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = self.at..self.at + len;
        self.at = line.end + 1;
        Some(line)
    }
}

/// One line on its way to being cut.
struct Uncut<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Within 《》.
    title: PairedMarks,
    /// Within “” or 「」.
    quote: PairedMarks,
}

/// Whether a place lies between two marks of a pair.
#[derive(Clone, Copy, Default)]
struct PairedMarks {
    open: bool,
    /// The last closing mark of the line, once it was needed: what is never closed opens
    /// nothing, or one slip would make one sentence of a whole paragraph.
    last: Option<usize>,
}

impl<'a> Uncut<'a> {
    fn of(text: &'a str, range: Range<usize>) -> Self {
        let outside = PairedMarks::default();
        Self { text, at: range.start, end: range.end, title: outside, quote: outside }
    }

    /// The next sentence of the line, or what is left of it.
    fn next_end(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        while let Some(c) = self.next_mark() {
            let mark = self.at;
            self.at += c.len_utf8();
            let is_end = match c {
                '。' | '！' | '？' | '；' | '!' | '?' | ';' => !self.title.open && self.ends_at(mark),
                '.' => self.is_period(mark),
                _ => self.enter_or_leave(c, mark),
            };
            if is_end {
                break;
            }
        }
        (start < self.at).then_some(start..self.at)
    }

    /// Goes on to the next mark that may end a sentence, or open or close something.
    fn next_mark(&mut self) -> Option<char> {
        let bytes = &self.text.as_bytes()[..self.end];
        let mut at = self.at;
        while let Some(first) = bytes.get(at) {
            at += match first {
                // Han characters come first, since nearly all are such.
                0xe4..=0xe9 => 3,
                b'!' | b'.' | b';' | b'?' => break,
                0xe2 | 0xe3 | 0xef if is_wide_mark(&bytes[at..]) => break,
                0xe0..=0xef => 3,
                _ => 1,
            };
        }
        self.at = at;
        self.ahead()
    }

    /// Notices where titles and quotations begin and end. No sentence ends by that.
    fn enter_or_leave(&mut self, c: char, at: usize) -> bool {
        let rest = &self.text[at..self.end];
        match c {
            '《' => self.title.enter(at, || rest.rfind('》')),
            '“' | '「' => self.quote.enter(at, || rest.rfind(['”', '」'])),
            '》' => self.title.open = false,
            '”' | '」' => self.quote.open = false,
            _ => {}
        }
        false
    }

    /// Takes the marks and closing quotes behind an end mark in, and says whether the sentence
    /// ends with them.
    fn ends_at(&mut self, mark: usize) -> bool {
        let quoted = self.quote.open;
        while let Some(c) = self.ahead().filter(|c| END.contains(c) || CLOSING.contains(c)) {
            self.enter_or_leave(c, self.at);
            self.at += c.len_utf8();
        }
        // “办实事！”活动: after a quoted call the sentence goes on.
        let call =
            quoted && !self.text[mark..].starts_with(['。', '；']) && !self.text[..self.at].ends_with(END);
        let goes_on = call && self.ahead().is_some_and(char::is_alphanumeric);
        !self.quote.open && !goes_on && !self.is_within_word(mark)
    }

    fn ahead(&self) -> Option<char> {
        self.text[self.at..self.end].chars().next()
    }

    /// A mark between Latin letters stands in an address, `page?id=1`.
    fn is_within_word(&self, mark: usize) -> bool {
        let mut behind = self.text[mark..].chars().skip(1);
        self.text[..mark].ends_with(|c: char| c.is_ascii_alphabetic())
            && behind.next().is_some_and(|c| c.is_ascii_alphanumeric())
    }

    /// Whether the full stop at `mark` ends a sentence: in Latin text, before a space.
    fn is_period(&self, mark: usize) -> bool {
        let before = self.text[..mark].trim_end_matches(['"', '\'', ')', '%', '”', '’']);
        // `in 2019. Then` ends with a figure, while `1. 强化学习` begins with one.
        let figure = before.bytes().rev().take(8).take_while(u8::is_ascii_digit).count();
        let word = before[..before.len() - figure].trim_end_matches(' ');
        word.ends_with(|c: char| c.is_ascii_alphabetic()) && self.ahead().is_none_or(char::is_whitespace)
    }
}

/// Whether a text begins with one of 。《》「」, ！；？ and “”.
fn is_wide_mark(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xe3, 0x80, 0x82 | 0x8a..=0x8d, ..]
            | [0xef, 0xbc, 0x81 | 0x9b | 0x9f, ..]
            | [0xe2, 0x80, 0x9c | 0x9d, ..]
    )
}

impl PairedMarks {
    fn enter(&mut self, at: usize, last: impl FnOnce() -> Option<usize>) {
        let last = *self.last.get_or_insert_with(|| last().map_or(at, |found| at + found));
        self.open = at < last;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_at_a_mark_or_a_line_end() {
        for (text, expected) in [
            ("", vec![]),
            (" \u{3000}\n\r\n ", vec![]),
            ("办结745件。比上年多;好!真的?", vec!["办结745件。", "比上年多;", "好!", "真的?"]),
            ("一是甲；二是乙！三是丙？丁", vec!["一是甲；", "二是乙！", "三是丙？", "丁"]),
            ("标题\n  正文。 \r\n\u{3000}尾", vec!["标题", "正文。", "尾"]),
            ("真的？！是。。好", vec!["真的？！", "是。。", "好"]),
            ("甲,乙、丙:丁……戊", vec!["甲,乙、丙:丁……戊"]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn titles_and_quotations_hold_a_sentence_together() {
        for (text, expected) in [
            ("《行动起来！为了法治。》播出。好", vec!["《行动起来！为了法治。》播出。", "好"]),
            ("实现“一是快；二是准”的目标。好", vec!["实现“一是快；二是准”的目标。", "好"]),
            ("他说：“好。”又说", vec!["他说：“好。”", "又说"]),
            ("(见附件。)又说", vec!["(见附件。)", "又说"]),
            ("开展“办实事！”活动3场。好", vec!["开展“办实事！”活动3场。", "好"]),
            ("他说：「好！」\n又说", vec!["他说：「好！」", "又说"]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_never_closed_opens_nothing() {
        assert_eq!(of("“甲。乙。丙"), ["“甲。", "乙。", "丙"]);
        assert_eq!(of("《甲。乙”。丙"), ["《甲。", "乙”。", "丙"]);
        assert_eq!(of("”甲。》乙。“丙”。"), ["”甲。》", "乙。", "“丙”。"]);
    }

    #[test]
    fn a_full_stop_ends_latin_text_only() {
        for (text, expected) in [
            ("占94.6%。", vec!["占94.6%。"]),
            ("1. 强化学习", vec!["1. 强化学习"]),
            ("Cases fell in 2019. Then they rose.", vec!["Cases fell in 2019.", "Then they rose."]),
            ("It is (done). So there", vec!["It is (done).", "So there"]),
            ("见gov.cn/page?id=1。", vec!["见gov.cn/page?id=1。"]),
            ("3.5. 4", vec!["3.5. 4"]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_are_pieces_of_the_text_in_order(text in "[甲a1 　。！!?;；.“”「」《》()（）\n\r]{0,40}") {
            let mut end = 0;
            let mut kept = String::new();
            for range in sentences(&text) {
                prop_assert!(range.start >= end && range.start < range.end);
                end = range.end;
                prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
                kept.push_str(&text[range]);
            }
            let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&kept), solid(&text));
        }
    }
}
