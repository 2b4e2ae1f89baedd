//! Tables (ECMA-376 part 1, §17.4): rows of cells on a grid, where a cell may span columns and rows.

use std::collections::BTreeMap;

use super::fault;
use super::story::{InlineState, StoryReader, content};
use super::tree::{Space, XmlElement};
use crate::import::draft::{Block, DraftCell, DraftRow, DraftTable, Paragraph};
use crate::import::refused::Refused;

/// The most cells of all tables together.
const MOST_CELLS: usize = 100_000;

/// The most columns of the grid. Word's own limit is 63.
const MOST_COLUMNS: u32 = 1_000;

/// A table while it is read.
#[derive(Default)]
struct GrowingTable {
    rows: Vec<DraftRow>,
    /// The cells that span rows and may go on: by their first column, as places in `rows`.
    open: BTreeMap<u32, (usize, usize)>,
}

impl<'a> StoryReader<'a> {
    /// Reads a table.
    pub(super) fn table(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        out: &mut Vec<Block>,
    ) -> Result<(), Refused> {
        let mut table = GrowingTable::default();
        self.rows(element, around, &mut table)?;
        let rows: Vec<DraftRow> = table.rows.into_iter().filter(|row| !row.cells.is_empty()).collect();
        if !rows.is_empty() {
            out.push(Block::Table(DraftTable { rows }));
        }
        Ok(())
    }

    fn rows(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        table: &mut GrowingTable,
    ) -> Result<(), Refused> {
        for inner in element.elements() {
            match (inner.space, inner.name) {
                (Space::Word, "tr") => self.row(inner, around, table)?,
                (Space::Word, "sdt") => {
                    if let Some((inner, _)) = content(inner) {
                        self.rows(inner, around, table)?;
                    }
                }
                (Space::Word, "customXml" | "ins" | "moveTo") => self.rows(inner, around, table)?,
                (Space::Word, "del") => self.rows(inner, around.without("docx-deleted"), table)?,
                (Space::Word, "moveFrom") => self.rows(inner, around.without("docx-moved"), table)?,
                _ => self.unread(inner),
            }
        }
        Ok(())
    }

    fn row(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        table: &mut GrowingTable,
    ) -> Result<(), Refused> {
        let properties = element.child("trPr");
        let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
        let around = match () {
            () if has("del") => around.without("docx-deleted"),
            () if properties.and_then(|it| it.switch("hidden")) == Some(true) => {
                around.without("docx-hidden")
            }
            () => around,
        };
        if has("ins") {
            self.said("docx-inserted", around);
        }
        let head = properties.and_then(|properties| properties.switch("tblHeader")) == Some(true);
        let before = properties.and_then(|properties| properties.number("gridBefore")).unwrap_or(0);
        let mut row = OpenRow { row: DraftRow::default(), column: 0, head, at: table.rows.len() };
        if before > 0 {
            row.add(DraftCell { across: span(before), head, ..DraftCell::default() });
        }
        self.cells(element, around, (&mut row, table))?;
        if around.aside.is_none() {
            table.rows.push(row.row);
        }
        Ok(())
    }

    fn cells(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        (row, table): (&mut OpenRow, &mut GrowingTable),
    ) -> Result<(), Refused> {
        for inner in element.elements() {
            match (inner.space, inner.name) {
                (Space::Word, "tc") => self.cell(inner, around, (row, table))?,
                (Space::Word, "sdt") => {
                    if let Some((inner, _)) = content(inner) {
                        self.cells(inner, around, (row, table))?;
                    }
                }
                (Space::Word, "customXml") => self.cells(inner, around, (row, table))?,
                _ => self.unread(inner),
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        (row, table): (&mut OpenRow, &mut GrowingTable),
    ) -> Result<(), Refused> {
        self.cells += 1;
        if self.cells > MOST_CELLS {
            return Err(fault::too_many_cells(MOST_CELLS));
        }
        let properties = element.child("tcPr");
        let around = match properties.is_some_and(|properties| properties.child("cellDel").is_some()) {
            true => around.without("docx-deleted"),
            false => around,
        };
        let paragraphs = flat(self.contained(element, around)?);
        if around.aside.is_some() {
            return Ok(());
        }
        let across = properties.and_then(|properties| properties.number("gridSpan")).unwrap_or(1);
        let cell = DraftCell { paragraphs, across: span(across), down: 1, head: row.head };
        let goes_on = |name: &str| {
            let merged = properties?.child(name)?;
            Some(merged.attribute("val").as_deref() != Some("restart"))
        };
        match (goes_on("hMerge"), goes_on("vMerge")) {
            (Some(true), _) if row.widen(&cell) => {}
            (_, Some(true)) if table.deepen(row, &cell) => {}
            (_, merged) => {
                let begins = (row.column, (row.at, row.row.cells.len()));
                table.open.remove(&row.column);
                table.open.extend(merged.map(|_| begins));
                row.add(cell);
            }
        }
        Ok(())
    }
}

/// A row while it is read.
struct OpenRow {
    row: DraftRow,
    /// The column of the grid where the next cell begins.
    column: u32,
    head: bool,
    /// Which row of the table it is.
    at: usize,
}

impl OpenRow {
    fn add(&mut self, cell: DraftCell) {
        self.column += u32::from(cell.across);
        self.row.cells.push(cell);
    }

    /// Adds a cell to the one before it, as older files join them.
    fn widen(&mut self, cell: &DraftCell) -> bool {
        let Some(last) = self.row.cells.last_mut() else {
            return false;
        };
        last.across = last.across.saturating_add(cell.across);
        last.paragraphs.extend(cell.paragraphs.iter().cloned());
        self.column += u32::from(cell.across);
        true
    }
}

impl GrowingTable {
    /// Adds a cell to the one above it that spans rows. Whether there is one.
    fn deepen(&mut self, row: &mut OpenRow, cell: &DraftCell) -> bool {
        let Some((above, place)) = self.open.get(&row.column).copied() else {
            return false;
        };
        let Some(above) = self.rows.get_mut(above).and_then(|row| row.cells.get_mut(place)) else {
            return false;
        };
        above.down = above.down.saturating_add(1);
        above.paragraphs.extend(cell.paragraphs.iter().cloned());
        row.column += u32::from(cell.across);
        true
    }
}

fn span(columns: u32) -> u16 {
    u16::try_from(columns.clamp(1, MOST_COLUMNS)).unwrap_or(1)
}

/// The paragraphs of blocks, those of tables cell by cell.
fn flat(blocks: Vec<Block>) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => paragraphs.push(paragraph),
            Block::Table(table) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                paragraphs.extend(cells.flat_map(|cell| cell.paragraphs));
            }
        }
    }
    paragraphs
}
