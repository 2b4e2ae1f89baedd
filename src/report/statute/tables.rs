//! Which figure each cell of the prescribed tables is, read by the labels around it: real tables have merged and
//! empty cells, torn heads and rows of subtotals.

use std::collections::BTreeMap;

use crate::config::INFO_ANNUAL_REPORT;
use crate::han::fold;
use crate::han::quantity::Quantity;
use crate::report::body::ReadBody;
use crate::report::evidence::{FigureMention, Passage};
use crate::report::matter::Matter;
use crate::statute::{RULES, TableLine, bare};

/// What a cell of a prescribed table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellStatement {
    /// A figure, be it zero.
    Number(Quantity),
    /// Nothing.
    Empty,
    /// A stroke, `/`: not applicable.
    Slash,
    /// A dash, `-`.
    Dash,
    /// Something else.
    Words,
}

impl CellStatement {
    fn read(text: &str) -> Self {
        let plain: String = fold::squeeze_str(text).chars().filter(|c| *c != ',').collect();
        match plain.as_str() {
            "" => return Self::Empty,
            "/" | "\\" => return Self::Slash,
            plain if plain.chars().all(|c| matches!(c, '-' | '—' | '–' | '－')) => return Self::Dash,
            _ => {}
        }
        let number = plain.trim_end_matches(['件', '份', '条', '元', '万', '项', '宗']);
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        number.parse().ok().filter(|_| is_number).map_or(Self::Words, Self::Number)
    }

    /// Whether it can stand where a figure is expected.
    fn is_value(self) -> bool {
        self != Self::Words
    }
}

/// A cell, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct StatuteCell {
    pub(super) said: CellStatement,
    pub(super) passage: usize,
    pub(super) at: (usize, usize),
}

/// The cells of the prescribed tables, by table, row and column: `requests/new/total`.
#[derive(Debug, Default)]
pub(in crate::report) struct StatuteTables {
    pub(super) cells: BTreeMap<String, StatuteCell>,
}

impl StatuteTables {
    /// The tables of a document; none where its kind has none.
    pub(in crate::report) fn of(matter: &Matter, body: &ReadBody) -> Self {
        let mut tables = Self::default();
        if matter.kind == INFO_ANNUAL_REPORT {
            for (number, passage) in body.passages.iter().enumerate() {
                if let Passage::Table { header, rows } = passage {
                    tables.take(number, &TextTable { header, rows });
                }
            }
        }
        tables
    }

    /// The cell of this name, `requests/new/total`.
    pub(super) fn get(&self, name: &str) -> Option<&StatuteCell> {
        self.cells.get(name)
    }

    /// The figure in the cell of this name.
    pub(in crate::report) fn number(&self, name: &str) -> Option<Quantity> {
        match self.get(name)?.said {
            CellStatement::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Where the cell of this name stands, as a mention of its figure.
    pub(in crate::report) fn mention(&self, name: &str, body: &ReadBody) -> Option<FigureMention> {
        let cell = self.get(name)?;
        let mut place =
            FigureMention { passage: cell.passage, cell: Some(cell.at), sentence: 0..0, figure: 0..0 };
        let length = body.text(&place).len();
        (place.sentence, place.figure) = (0..length, 0..length);
        Some(place)
    }

    fn take(&mut self, passage: usize, sheet: &TextTable<'_>) {
        let found = match () {
            () if sheet.says("自然人") && sheet.says("总计") => sheet.requests(),
            () if sheet.says("结果维持") && sheet.says("尚未审结") => sheet.appeals(),
            () => sheet.made(),
        };
        for (name, (row, column)) in found {
            let said = CellStatement::read(&sheet.rows[row][column]);
            // A figure is told once; what a second table says of it is not its evidence.
            self.cells.entry(name).or_insert(StatuteCell { said, passage, at: (row, column) });
        }
    }
}

/// A table of a text.
struct TextTable<'a> {
    header: &'a [String],
    rows: &'a [Vec<String>],
}

/// The name of a figure, and the row and column where it stands.
type PlacedFigure = (String, (usize, usize));

impl TextTable<'_> {
    fn says(&self, word: &str) -> bool {
        let is_so = |cell: &String| bare(cell).contains(word);
        self.header.iter().any(is_so) || self.rows.iter().flatten().any(is_so)
    }

    /// The columns of `table` by their labels, which stand above the row `below`.
    fn columns(&self, table: &str, below: usize) -> Vec<(&'static TableLine, usize)> {
        let mut labels: Vec<String> =
            self.header.iter().map(|label| bare(label.rsplit('／').next().unwrap_or_default())).collect();
        for row in &self.rows[..below] {
            labels.resize(labels.len().max(row.len()), String::new());
            for (label, cell) in labels
                .iter_mut()
                .zip(row)
                .filter(|(_, cell)| CellStatement::read(cell) == CellStatement::Words)
            {
                *label = bare(cell);
            }
        }
        let of_table = RULES.columns.iter().filter(|line| line.table == table);
        of_table
            .filter_map(|line| Some((line, labels.iter().position(|label| line.is_labelled(label))?)))
            .collect()
    }

    fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default().max(self.header.len())
    }

    /// Part three: rows of seven figures below two or three rows of labels.
    fn requests(&self) -> Vec<PlacedFigure> {
        let lines = || RULES.rows.iter().filter(|line| line.table == "requests");
        let is_first = |row: &Vec<String>| row.iter().any(|cell| bare(cell).contains("本年新收"));
        let Some(first) = self.rows.iter().position(is_first) else { return Vec::new() };
        let mut columns = self.columns("requests", first);
        let width = self.width();
        if columns.len() < 7 || columns.windows(2).any(|pair| pair[0].1 >= pair[1].1) {
            // Labels that were torn apart: the seven figures stand at the end of each row.
            let of_table = RULES.columns.iter().filter(|line| line.table == "requests");
            let Some(start) = width.checked_sub(7) else { return Vec::new() };
            columns = of_table.zip(start..).collect();
        }
        let (mut placed, mut group) = (Vec::new(), None);
        for (at, cells) in self.rows.iter().enumerate().skip(first) {
            // A row that lacks cells lacks those of its labels, which a merged one would have covered.
            let missing = width - cells.len();
            let Some(values) = columns[0].1.checked_sub(missing) else { continue };
            let labels: Vec<String> =
                cells[..values.min(cells.len())].iter().map(|cell| bare(cell)).collect();
            let Some(own) = labels.iter().rfind(|label| !label.is_empty()) else { continue };
            let named = |label: &String| lines().find(|line| line.is_labelled(label));
            group = labels.iter().rev().find_map(|label| named(label).and_then(group_of)).or(group);
            let id = match named(own) {
                Some(line) => line.id,
                None if own.contains("小计") => match group {
                    Some(group) => group,
                    None => continue,
                },
                None => continue,
            };
            for (column, place) in &columns {
                let place = place - missing;
                if cells.get(place).is_some_and(|cell| CellStatement::read(cell).is_value()) {
                    placed.push((format!("requests/{id}/{}", column.id), (at, place)));
                }
            }
        }
        placed
    }

    /// Part four: three groups of five figures, printed in one row.
    fn appeals(&self) -> Vec<PlacedFigure> {
        let of = |lines: &'static [TableLine]| lines.iter().filter(|line| line.table == "appeals");
        let is_told = |row: &&Vec<String>| {
            row.len() >= 15 && row.iter().rev().take(15).all(|cell| CellStatement::read(cell).is_value())
        };
        let told = self.rows.iter().filter(is_told);
        let Some(row) = told.max_by_key(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count())
        else {
            return Vec::new();
        };
        let at = self.rows.iter().position(|other| std::ptr::eq(other, row)).unwrap_or_default();
        let names = of(&RULES.rows).flat_map(|line| {
            of(&RULES.columns).map(move |column| format!("appeals/{}/{}", line.id, column.id))
        });
        names.zip(row.len() - 15..).map(|(name, place)| (name, (at, place))).collect()
    }

    /// Part two: small tables, each row of which begins with what it is about.
    fn made(&self) -> Vec<PlacedFigure> {
        let mut placed = Vec::new();
        for (at, cells) in self.rows.iter().enumerate() {
            let labels = cells.iter().enumerate().map(|(place, cell)| (place, bare(cell)));
            let mut labels = labels.filter(|(_, label)| !label.is_empty());
            let Some((_, label)) = labels.next() else { continue };
            let of_table = |line: &&TableLine| line.table == "made";
            let Some(line) = RULES.rows.iter().filter(of_table).find(|line| line.is_labelled(&label)) else {
                continue;
            };
            for (column, place) in self.columns("made", at) {
                if cells.get(place).is_some_and(|cell| CellStatement::read(cell).is_value()) {
                    placed.push((format!("made/{}/{}", line.id, column.id), (at, place)));
                }
            }
        }
        placed
    }
}

/// The group of a row: `refused` of `refused.3`, and of `refused` itself.
fn group_of(line: &'static TableLine) -> Option<&'static str> {
    let group = line.id.split_once('.').map_or(line.id, |(group, _)| group);
    RULES.rows.iter().any(|other| other.id.starts_with(&format!("{group}."))).then_some(group)
}
