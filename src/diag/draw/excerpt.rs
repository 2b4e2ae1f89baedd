//! The few words of a source that a frame shows.
//!
//! A paragraph of a report is one line, and a line can be the whole file; so a long line is
//! cut to the surroundings of its marks. What is left knows where every byte went.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::atlas::LineIndex;
use super::visible::visible;

/// A line up to this width, in terminal columns, is shown whole.
const WHOLE: usize = 120;
/// In a longer line, this many columns are shown on either side of each end of a mark.
const AROUND: usize = 28;
/// A mark over more lines than this is shown by its first line.
const TALLEST: usize = 6;
/// Stands for what was left out.
const CUT: char = '…';

/// Some lines of a text, cut to what a terminal can show, without hidden characters.
pub(super) struct Excerpt {
    /// The words shown.
    pub(super) text: String,
    /// The number of the first line, from one.
    pub(super) first_line: usize,
    pieces: Vec<KeptRun>,
}

/// A run of bytes that was kept, and where it went.
struct KeptRun {
    source: Range<usize>,
    shown: Range<usize>,
}

/// The part of `range` that a frame can point at: without the line end it may end with, and
/// of a tall one the first line.
pub(super) fn pointable(chart: &LineIndex<'_>, range: Range<usize>) -> Range<usize> {
    let marked = &chart.text()[range.clone()];
    let end = range.start + marked.trim_end_matches(['\n', '\r']).len();
    let (first, last) = (chart.line_of(range.start), chart.line_of(end));
    if last - first < TALLEST {
        range.start..end
    } else {
        range.start..chart.line(first).end.max(range.start)
    }
}

impl Excerpt {
    /// The lines of the text that hold `marks`, which are pointable and near to each other.
    pub(super) fn new(chart: &LineIndex<'_>, marks: &[Range<usize>]) -> Self {
        let ends = || marks.iter().flat_map(|mark| [mark.start, mark.end]);
        let first = ends().min().map_or(0, |at| chart.line_of(at));
        let last = ends().max().map_or(0, |at| chart.line_of(at));
        let mut excerpt = Self { text: String::new(), first_line: first + 1, pieces: Vec::new() };
        for number in first..=last {
            if number > first {
                excerpt.text.push('\n');
            }
            let line = chart.line(number);
            let here = ends().filter(|at| line.start <= *at && *at <= line.end);
            excerpt.show(chart.text(), &line, &kept_ranges(chart.text(), &line, here));
        }
        excerpt
    }

    /// Adds a line, of which these parts are kept.
    fn show(&mut self, text: &str, line: &Range<usize>, kept: &[Range<usize>]) {
        let mut shown_to = line.start;
        for part in kept {
            if part.start > shown_to {
                self.text.push(CUT);
            }
            let start = self.text.len();
            self.text.push_str(&visible(&text[part.clone()]));
            self.pieces.push(KeptRun { source: part.clone(), shown: start..self.text.len() });
            shown_to = part.end;
        }
        if shown_to < line.end {
            self.text.push(CUT);
        }
    }

    /// Where a mark's byte offset went in the words shown.
    pub(super) fn locate(&self, chart: &LineIndex<'_>, offset: usize) -> usize {
        let behind = self.pieces.partition_point(|piece| piece.source.start <= offset);
        let Some(piece) = behind.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 0;
        };
        let reached = offset.min(piece.source.end);
        let before = visible(&chart.text()[piece.source.start..reached]).len();
        (piece.shown.start + before).min(piece.shown.end)
    }
}

/// The parts of a line to keep: all of it, or what lies around the `ends` of marks in it, or
/// its beginning where there are none.
fn kept_ranges(text: &str, line: &Range<usize>, ends: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    if reach(text[line.clone()].chars(), WHOLE) == line.len() {
        return vec![line.clone()];
    }
    let mut ends: Vec<usize> = ends.collect();
    ends.sort_unstable();
    if ends.is_empty() {
        ends.push(line.start);
    }
    let mut kept: Vec<Range<usize>> = Vec::new();
    for end in ends {
        let before = reach(text[line.start..end].chars().rev(), AROUND);
        let after = reach(text[end..line.end].chars(), AROUND);
        match kept.last_mut() {
            Some(last) if last.end >= end - before => last.end = last.end.max(end + after),
            _ => kept.push(end - before..end + after),
        }
    }
    kept
}

/// How many bytes of these characters fit into `columns`. A character without a width counts
/// too, or a line of nothing but accents would never end.
fn reach(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut width = 0;
    characters
        .take_while(|c| {
            width += visible(c.encode_utf8(&mut [0; 4])).width().max(1);
            width <= columns
        })
        .map(char::len_utf8)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn excerpt(text: &str, marks: &[(usize, usize)]) -> (Excerpt, Vec<String>) {
        let source = Source::new("a.md", text);
        let chart = LineIndex::new(&source);
        let marks: Vec<_> = marks.iter().map(|(start, end)| *start..*end).collect();
        let excerpt = Excerpt::new(&chart, &marks);
        let shown = marks.iter().map(|mark| {
            let (start, end) = (excerpt.locate(&chart, mark.start), excerpt.locate(&chart, mark.end));
            excerpt.text[start..end].to_owned()
        });
        let shown = shown.collect();
        (excerpt, shown)
    }

    #[test]
    fn short_lines_are_shown_whole() {
        let (excerpt, shown) = excerpt("一\n二三\n四\n", &[(4, 10)]);
        assert_eq!((excerpt.text.as_str(), excerpt.first_line), ("二三", 2));
        assert_eq!(shown, ["二三"]);
    }

    #[test]
    fn a_long_line_is_cut_around_its_marks() {
        let text = format!("{}甲乙{}丙{}", "前".repeat(4000), "中".repeat(4000), "后".repeat(4000));
        let (first, second) = ((12_000, 12_006), (24_006, 24_009));
        let (excerpt, shown) = excerpt(&text, &[first, second]);
        assert_eq!(shown, ["甲乙", "丙"]);
        let sides = (14, 14);
        let expected = format!(
            "…{}甲乙{}…{}丙{}…",
            "前".repeat(sides.0),
            "中".repeat(sides.1),
            "中".repeat(sides.0),
            "后".repeat(sides.1)
        );
        assert_eq!(excerpt.text, expected);
    }

    #[test]
    fn a_long_mark_keeps_its_head_and_its_tail() {
        let text = format!("甲{}乙", "字".repeat(100_000));
        let (excerpt, shown) = excerpt(&text, &[(0, text.len())]);
        assert_eq!(shown[0], excerpt.text);
        assert!(excerpt.text.starts_with("甲字") && excerpt.text.ends_with("字乙"));
        assert!(excerpt.text.width() < 2 * AROUND + 2);
    }

    #[test]
    fn a_line_of_accents_is_cut_too() {
        let (excerpt, _) = excerpt(&"\u{301}".repeat(100_000), &[(90_000, 90_002)]);
        assert!(excerpt.text.len() < 1000);
    }

    #[test]
    fn hidden_characters_are_written_out_and_marks_stay_right() {
        let (excerpt, shown) = excerpt("a\u{1b}[2J\tpubli\u{200b}shed", &[(1, 2), (6, 18)]);
        assert_eq!(excerpt.text, "a\\u{1b}[2J    publi\\u{200b}shed");
        assert_eq!(shown, ["\\u{1b}", "publi\\u{200b}shed"]);
    }

    #[test]
    fn a_mark_over_lines_ends_before_its_line_end() {
        let source = Source::new("a.md", "一\n二\r\n三\n\n\n\n\n\n九\n");
        let chart = LineIndex::new(&source);
        assert_eq!(pointable(&chart, 0..9), 0..7);
        assert_eq!(pointable(&chart, 0..source.text().len()), 0..3);
        assert_eq!(pointable(&chart, 3..4), 3..3);
        let (excerpt, shown) = excerpt(source.text(), &[(0, 7)]);
        assert_eq!((excerpt.text.as_str(), shown[0].as_str()), ("一\n二", "一\n二"));
    }
}
