//! The figures of a row of a table, each called by the heads of its row and its column.

use super::{FigureNature, FigureReading, Simplified};
use crate::compare::nature::Context;
use crate::compare::subject;
use crate::han::amount::Amount;
use crate::han::figure;
use crate::han::measure::Measure;
use crate::han::qualifier::qualifier;
use crate::han::{fold, is_letter, numeral};

/// The figures of a row of a table, whose cells stand behind their columns' heads. A figure is
/// called by the head of its row and by that of its column.
pub(in super::super) fn row(row: &str, context: Context) -> Vec<FigureReading> {
    let simple = Simplified::of(row);
    let text = &*simple.text;
    let mut end = 0;
    let cell = |cell| {
        end += str::len(cell);
        let read = HeadedCell::of(cell, end);
        end += '；'.len_utf8();
        read
    };
    let cells: Vec<HeadedCell<'_>> = text.split('；').map(cell).collect();
    let Some(name) = cells.iter().find(|cell| cell.is_name()) else {
        return Vec::new();
    };
    let table = TableRow {
        simple: &simple,
        name: name.text,
        unit: cells.iter().find(|cell| cell.is_unit()).map_or("", |cell| cell.text),
        year: cells.iter().filter_map(|cell| year(cell.head)).max(),
        context,
    };
    cells
        .iter()
        .filter(|cell| !cell.is_name() && !cell.is_unit())
        .filter_map(|cell| table.reading(cell))
        .collect()
}

/// What a row tells of all its cells.
struct TableRow<'a> {
    simple: &'a Simplified<'a>,
    name: &'a str,
    unit: &'a str,
    /// The latest year that a column is of.
    year: Option<u16>,
    context: Context,
}

impl TableRow<'_> {
    fn reading(&self, cell: &HeadedCell<'_>) -> Option<FigureReading> {
        let figure = figure::figures(cell.text).into_iter().next()?;
        let told = cell.text[figure.range.end..].trim();
        let units = [told, bracketed(cell.head), bracketed(self.name), self.unit];
        let unit = units.into_iter().map(str::trim).find(|unit| !unit.is_empty()).unwrap_or_default();
        let is_share = figure.percent || unit.ends_with(['%', '％']);
        let unit = if is_share { "%" } else { unit };
        let (name, column) = (without_unit(self.name), self.column(cell));
        let is_plain = matches!(column.as_str(), "" | "本年" | "数量" | "数值" | "数" | "指标值" | "合计");
        let start = cell.at + figure.range.start;
        Some(FigureReading {
            range: start..start + figure.range.len(),
            amount: Amount { qualifier: qualifier("", told), ..Amount::exact(figure.value) },
            power: figure.power,
            unit: unit.to_owned(),
            label: self.simple.restored(&if is_plain {
                name.to_owned()
            } else {
                format!("{name}：{column}")
            }),
            measure: if is_share { Measure::Ratio } else { Measure::Flow },
            nature: FigureNature {
                said: format!("{}|{}", subject::label_key(name), fold::squeeze_str(&column)),
                unit: fold::squeeze_str(unit),
                period: self.context.period,
                stance: self.context.stance.unwrap_or_default(),
                is_rank: false,
            },
        })
    }

    /// The head of a column; that of a year as how far it is from the latest one.
    fn column(&self, cell: &HeadedCell<'_>) -> String {
        match (year(cell.head), self.year) {
            (Some(year), Some(last)) if year == last => "本年".to_owned(),
            (Some(year), Some(last)) => format!("{}年前", last.saturating_sub(year)),
            _ => without_unit(cell.head).to_owned(),
        }
    }
}

/// A cell of a row, with its column's head.
struct HeadedCell<'a> {
    head: &'a str,
    text: &'a str,
    /// Where the text begins in the row.
    at: usize,
}

impl<'a> HeadedCell<'a> {
    /// The cell that ends at `end` of its row.
    fn of(cell: &'a str, end: usize) -> Self {
        let (head, text) = cell.split_once('：').unwrap_or(("", cell));
        Self { head: head.trim(), text, at: end - text.len() }
    }

    fn is_unit(&self) -> bool {
        matches!(self.head, "单位" | "计量单位" | "單位")
    }

    /// Whether it has words that can name a row, and no figure with its unit.
    fn is_name(&self) -> bool {
        let is_word = |c: char| is_letter(c) && !numeral::is_numeral(c);
        let begins = figure::figures(self.text).first().map(|figure| figure.range.start);
        let is_figure = begins.is_some_and(|start| self.text[..start].trim().is_empty());
        !is_figure && !self.is_unit() && self.text.chars().any(is_word)
    }
}

/// The year that a head names.
fn year(head: &str) -> Option<u16> {
    let digits = head.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_year = matches!(head[4..].split(['（', '(']).next()?, "" | "年" | "年度");
    digits.parse().ok().filter(|_| is_year)
}

/// The unit that a head has in brackets: 数量（件）, 增长（%）, （单位：万元）.
fn bracketed(head: &str) -> &str {
    let inside = head.trim_end().strip_suffix(['）', ')']).and_then(|head| head.rsplit_once(['（', '(']));
    let unit = inside.map_or("", |(_, unit)| unit);
    unit.strip_prefix("单位：").or_else(|| unit.strip_prefix("单位:")).unwrap_or(unit)
}

/// A head without the unit in brackets.
fn without_unit(head: &str) -> &str {
    match bracketed(head) {
        "" => head.trim(),
        _ => head.rsplit_once(['（', '(']).map_or(head, |(bare, _)| bare).trim(),
    }
}
