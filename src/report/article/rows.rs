//! The rows of Markdown tables as their authors typed them: what they hold beyond the columns of the
//! table, and signs that a line became a row, or did not, against its author's will.

use std::ops::Range;

/// The cells of a row, without the spaces around them. A `\|` is a character.
pub(super) fn cells(row: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let line = row.trim_end();
    let mut start = line.len() - line.trim_start().len();
    start += usize::from(line[start..].starts_with('|'));
    while start <= line.len() {
        let end = next_bar(line, start);
        let is_rest = end.is_none() && line[start..].trim().is_empty() && !cells.is_empty();
        if !is_rest {
            cells.push(trimmed(line, start..end.unwrap_or(line.len())));
        }
        match end {
            Some(end) => start = end + 1,
            None => break,
        }
    }
    cells
}

/// The next `|` that parts cells.
fn next_bar(line: &str, from: usize) -> Option<usize> {
    let mut escaped = false;
    line.bytes().enumerate().skip(from).find_map(|(at, byte)| {
        let bar = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        bar.then_some(at)
    })
}

fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let words = &line[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// What may be wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFault {
    /// It has more cells than the head of its table.
    Long { cells: usize },
    /// A `|` stands in code, and parts two cells all the same.
    InCode,
    /// Two `|` stand side by side.
    Doubled,
    /// It is a line of text right below the table.
    NoRow,
}

/// What is wrong with a row of a table of so many columns.
pub(super) fn fault(row: &str, columns: usize) -> Option<RowFault> {
    let found = cells(row);
    let split = |cell: &Range<usize>| row[cell.clone()].matches('`').count() % 2 == 1;
    if found.len() > 1 && found.iter().filter(|cell| split(cell)).count() > 1 {
        return Some(RowFault::InCode);
    }
    if found.len() > columns {
        return Some(RowFault::Long { cells: found.len() });
    }
    if columns > 1 && next_bar(row, 0).is_none() {
        return Some(RowFault::NoRow);
    }
    let doubled = row.match_indices("||").any(|(at, _)| !row[..at].ends_with('\\'));
    doubled.then_some(RowFault::Doubled)
}

/// Where a paragraph holds a line like `|---|---|` that has made no table, and how many columns that
/// has and the line above it.
pub(super) fn no_table(paragraph: &str) -> Option<(Range<usize>, usize, usize)> {
    let mut before = "";
    let mut start = 0;
    for line in paragraph.split_inclusive('\n') {
        let words = line.trim();
        if is_ruler(words) && before.contains('|') {
            let at = start + line.len() - line.trim_start().len();
            return Some((at..at + words.len(), cells(before).len(), cells(words).len()));
        }
        before = words;
        start += line.len();
    }
    None
}

/// Whether a line is what stands below the head of a table.
fn is_ruler(line: &str) -> bool {
    line.contains('|')
        && line.contains("--")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_these_cells() {
        let seen = |row: &str| cells(row).into_iter().map(|cell| row[cell].to_owned()).collect::<Vec<_>>();
        assert_eq!(seen("| 甲 | 乙 |"), ["甲", "乙"]);
        assert_eq!(seen("甲|乙|\n"), ["甲", "乙"]);
        assert_eq!(seen("|甲||丙\\|丁| "), ["甲", "", "丙\\|丁"]);
        assert_eq!(seen("|"), [""]);
    }

    #[test]
    fn a_row_that_is_none_is_told() {
        let table = [
            ("| 甲 | 乙 |", None),
            ("| 甲 |", None),
            ("| 甲 | 乙 | 3 |", Some(RowFault::Long { cells: 3 })),
            ("| `甲|乙` |", Some(RowFault::InCode)),
            ("| `甲\\|乙` | 2 |", None),
            ("| 甲 ||", Some(RowFault::Doubled)),
            ("全年开会2次。", Some(RowFault::NoRow)),
        ];
        for (row, expected) in table {
            assert_eq!(fault(row, 2), expected, "{row}");
        }
    }

    #[test]
    fn a_table_without_its_head_is_told() {
        let text = "前文\n| 甲 | 乙 |\n|--|--|--|\n| 1 | 2 |";
        let (range, head, ruler) = no_table(text).unwrap();
        assert_eq!((&text[range], head, ruler), ("|--|--|--|", 2, 3));
        assert!(no_table("甲|乙\n丙|丁").is_none());
    }
}
