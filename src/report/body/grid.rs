//! A table as a grid: cells that are merged from several stand in each row and column that they label.

use super::inline::Inline;
use crate::report::article::VerbatimRuns;
use crate::report::evidence::Passage;

/// A cell as it is written.
pub(super) struct GridCell {
    pub(super) inline: Inline,
    pub(super) head: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A row as it is written.
#[derive(Default)]
pub(super) struct GridRow {
    pub(super) cells: Vec<GridCell>,
    pub(super) head: bool,
}

/// A cell of the grid, and whether it only repeats one that is merged.
#[derive(Clone, Default)]
struct FilledCell {
    text: String,
    runs: VerbatimRuns,
    head: bool,
    repeats: bool,
}

/// A table as a passage, with where its cells stand.
pub(super) struct Grid {
    pub(super) passage: Passage,
    pub(super) runs: Vec<Vec<VerbatimRuns>>,
}

/// More cells than this no grid of one text has.
pub(super) const MOST_CELLS: usize = 200_000;

/// The grid that the rows make; `None` where it has more than `room` cells.
pub(super) fn grid(rows: Vec<GridRow>, room: usize) -> Option<Grid> {
    let heads: Vec<bool> = rows
        .iter()
        .map(|row| row.head || (!row.cells.is_empty() && row.cells.iter().all(|cell| cell.head)))
        .collect();
    let high = rows.first().map_or(1, |row| row.cells.iter().map(|cell| cell.rows).max().unwrap_or(1));
    let fields = fields(rows, room)?;
    let mut head = heads.iter().take_while(|head| **head).count();
    if head == 0 && fields.len() > high && fields[0].len() > 1 {
        let tells = fields[..high].iter().flatten().any(|field| is_number(&field.text));
        head = if tells { 0 } else { high };
    }
    let width = fields.iter().map(Vec::len).max().unwrap_or_default();
    let header = (0..width).map(|column| label(&fields[..head], column)).collect();
    let body = &fields[head..];
    Some(Grid {
        runs: body.iter().map(|row| row.iter().map(|field| field.runs.clone()).collect()).collect(),
        passage: Passage::Table {
            header,
            rows: body.iter().map(|row| row.iter().map(|field| field.text.clone()).collect()).collect(),
        },
    })
}

/// What stands between the words of two rows of a head.
const LEVEL: &str = "／";

/// The words above a column, of all rows that the head has.
fn label(head: &[Vec<FilledCell>], column: usize) -> String {
    let mut label = String::new();
    for field in head.iter().filter_map(|row| row.get(column)) {
        if !field.text.is_empty() && !label.ends_with(field.text.as_str()) {
            if !label.is_empty() {
                label.push_str(LEVEL);
            }
            label.push_str(&field.text);
        }
    }
    label
}

/// A cell that reaches over columns and rows.
struct SpanningCell {
    field: FilledCell,
    columns: usize,
    rows: usize,
}

/// What comes down from the rows above in one column, and through how many rows it still goes.
#[derive(Default)]
struct HangingCell {
    rows: usize,
    field: FilledCell,
}

/// The rows with each merged cell at all of its places.
fn fields(rows: Vec<GridRow>, room: usize) -> Option<Vec<Vec<FilledCell>>> {
    let mut fields: Vec<Vec<FilledCell>> = Vec::with_capacity(rows.len());
    let mut down: Vec<HangingCell> = Vec::new();
    let mut count = 0;
    for row in rows {
        let mut line: Vec<FilledCell> = Vec::new();
        for cell in row.cells {
            go_down(&mut down, &mut line, false);
            let field = FilledCell {
                text: cell.inline.text,
                runs: cell.inline.runs,
                head: cell.head,
                repeats: false,
            };
            count += cell.columns;
            if count > room {
                return None;
            }
            place(&mut down, &mut line, SpanningCell { field, columns: cell.columns, rows: cell.rows });
        }
        go_down(&mut down, &mut line, true);
        count += line.iter().filter(|field| field.repeats).count();
        fields.push(line);
    }
    (count <= room).then_some(fields)
}

/// Fills the columns that cells from above reach into, up to the next free one or to the end.
fn go_down(down: &mut [HangingCell], line: &mut Vec<FilledCell>, to_the_end: bool) {
    let end = match to_the_end {
        true => down.iter().rposition(|hanging| hanging.rows > 0).map_or(0, |last| last + 1),
        false => down.len(),
    };
    while line.len() < end {
        match &mut down[line.len()] {
            HangingCell { rows: 0, .. } if !to_the_end => return,
            HangingCell { rows: 0, .. } => line.push(FilledCell::default()),
            HangingCell { rows, field } => {
                *rows -= 1;
                line.push(field.clone());
            }
        }
    }
}

/// Puts a cell into its row, and what of it goes on to the right and down.
fn place(down: &mut Vec<HangingCell>, line: &mut Vec<FilledCell>, cell: SpanningCell) {
    let SpanningCell { field, columns, rows } = cell;
    let again = match field.head || is_label(&field.text) {
        true => FilledCell {
            text: field.text.clone(),
            runs: VerbatimRuns::default(),
            head: field.head,
            repeats: true,
        },
        false => FilledCell { repeats: true, ..FilledCell::default() },
    };
    for column in 0..columns.max(1) {
        let at = line.len();
        if rows > 1 {
            down.resize_with(down.len().max(at + 1), Default::default);
            down[at] = HangingCell { rows: rows - 1, field: again.clone() };
        }
        line.push(if column == 0 { field.clone() } else { again.clone() });
    }
}

/// Whether a cell says what others are about. One that tells a figure does not, unless that is a year.
fn is_label(text: &str) -> bool {
    is_year(text) || !text.chars().any(|c| c.is_numeric() && c < '\u{2e80}' || ('０'..='９').contains(&c))
}

/// Whether a cell holds nothing but a figure.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic) && !is_year(text)
}

fn is_year(text: &str) -> bool {
    let bare = text.trim().trim_end_matches('度').trim_end_matches('年');
    bare.len() == 4
        && (bare.starts_with("19") || bare.starts_with("20"))
        && bare.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table from lines of cells; `甲^2` is two columns wide, `甲_2` two rows high.
    fn of(text: &str, heads: usize) -> String {
        let cell = |text: &str| {
            let (words, columns) = text.split_once('^').unwrap_or((text, "1"));
            let (words, rows) = words.split_once('_').unwrap_or((words, "1"));
            let inline = Inline { text: words.to_owned(), ..Inline::default() };
            GridCell { inline, head: false, columns: columns.parse().unwrap(), rows: rows.parse().unwrap() }
        };
        let row = |(at, line): (usize, &str)| GridRow {
            cells: line.split(' ').map(cell).collect(),
            head: at < heads,
        };
        let grid = grid(text.lines().enumerate().map(row).collect(), 100).unwrap();
        let Passage::Table { header, rows } = grid.passage else { unreachable!() };
        rows.iter().fold(header.join(" "), |all, row| format!("{all}\n{}", row.join(" ")))
    }

    #[test]
    fn merged_labels_stand_at_all_their_places() {
        assert_eq!(of("项_2 案件^2\n受理 办结\n复议 7 5", 0), "项 案件／受理 案件／办结\n复议 7 5");
        assert_eq!(
            of("地区 项目 数\n市本级_2 受理 7\n办结 5", 1),
            "地区 项目 数\n市本级 受理 7\n市本级 办结 5"
        );
        assert_eq!(of("项 年 数\n甲 2019年_2 7_2\n乙", 1), "项 年 数\n甲 2019年 7\n乙 2019年 ");
    }

    #[test]
    fn a_head_that_is_not_marked_is_the_first_row_unless_it_tells_figures() {
        assert_eq!(of("项 数\n甲 7", 0), "项 数\n甲 7");
        assert_eq!(of("甲 7\n乙 8", 0), " \n甲 7\n乙 8");
    }

    #[test]
    fn a_grid_has_room_for_so_many_cells() {
        let cell = |_| GridCell { inline: Inline::default(), head: false, columns: 40, rows: 1 };
        let rows = vec![GridRow { cells: (0..3).map(cell).collect(), head: false }];
        assert!(grid(rows, 100).is_none());
    }
}
