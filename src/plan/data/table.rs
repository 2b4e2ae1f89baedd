//! Tables as typed cells, and the two plain formats that they are drawn in: CSV for spreadsheets
//! and JSON for programs. What a table is about is not known here.

use std::borrow::Cow;
use std::io::Write;

use rust_decimal::Decimal;

use crate::route::Year;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Words.
    Text,
    /// Several texts; in CSV with `|` between them.
    List,
    /// A whole address.
    Address,
    /// A decimal.
    Number,
    /// A count.
    Whole,
    /// A year.
    Year,
    /// A day, `2020-03-20`.
    Date,
    /// A time of day, `09:30:00`.
    Time,
    /// True or false.
    Truth,
}

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name, the same in every format.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) kind: Type,
    /// Whether every row has something in it.
    pub(super) required: bool,
    /// What it means, in Chinese and in English.
    pub(super) meaning: (&'static str, &'static str),
}

impl Column {
    /// A column in which every row has something.
    pub(super) const fn needed(name: &'static str, kind: Type, zh: &'static str, en: &'static str) -> Self {
        Self { name, kind, required: true, meaning: (zh, en) }
    }

    /// A column in which a row may have nothing.
    pub(super) const fn optional(name: &'static str, kind: Type, zh: &'static str, en: &'static str) -> Self {
        Self { name, kind, required: false, meaning: (zh, en) }
    }
}

/// What one row has in one column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text, a date, an address.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<&'a str>),
    /// A decimal, written as the report's author wrote it.
    Number(Decimal),
    /// A count.
    Whole(usize),
    /// A year.
    Year(Year),
    /// Whether something is so.
    Truth(bool),
}

impl<'a> Cell<'a> {
    /// A text that may be missing; an empty one says nothing either.
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// A text that was made for this cell.
    pub(super) fn made(text: Option<String>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(Cow::Owned(text)))
    }

    /// Several texts, or nothing.
    pub(super) fn list(texts: &'a [String]) -> Self {
        match texts {
            [] => Self::Empty,
            texts => Self::List(texts.iter().map(String::as_str).collect()),
        }
    }
}

/// The columns of a table, and its rows with a cell for each of them.
pub(super) struct Table<const N: usize, R> {
    /// The columns.
    pub(super) columns: &'static [Column; N],
    /// The rows, made as they are drawn.
    pub(super) rows: R,
}

/// Writing to memory cannot fail.
const MEMORY: &str = "writing to memory cannot fail";

impl<'a, const N: usize, R: Iterator<Item = [Cell<'a>; N]>> Table<N, R> {
    /// The table as CSV after RFC 4180, with a mark of UTF-8 in front, without which spreadsheet
    /// programs on Chinese Windows read it as GBK.
    pub(super) fn csv(self, mut out: Vec<u8>) -> Vec<u8> {
        out.extend("\u{feff}".bytes());
        let mut builder = csv::WriterBuilder::new();
        let mut writer = builder.terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(self.columns.iter().map(|column| column.name)).expect(MEMORY);
        for row in self.rows {
            for cell in &row {
                writer.write_field(&*field(cell)).expect(MEMORY);
            }
            writer.write_record(None::<&[u8]>).expect(MEMORY);
        }
        writer.into_inner().expect(MEMORY)
    }

    /// The table as a JSON list with an object a row, each on a line of its own.
    pub(super) fn json(self, mut out: Vec<u8>) -> Vec<u8> {
        let mut lead = "[\n";
        for row in self.rows {
            out.extend(lead.bytes());
            lead = ",\n";
            let mut object = Object::open(&mut out);
            for (column, cell) in self.columns.iter().zip(&row) {
                object.cell(column.name, cell);
            }
            object.close();
        }
        out.extend(b"\n]\n");
        out
    }
}

/// A cell as a field of CSV.
fn field<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => guarded(Cow::Borrowed(text)),
        Cell::List(texts) => guarded(Cow::Owned(texts.join("|"))),
        Cell::Number(value) => Cow::Owned(value.to_string()),
        Cell::Whole(value) => Cow::Owned(value.to_string()),
        Cell::Year(year) => Cow::Owned(year.to_string()),
        Cell::Truth(true) => Cow::Borrowed("true"),
        Cell::Truth(false) => Cow::Borrowed("false"),
    }
}

/// A text that a spreadsheet program does not take for a formula.
///
/// What reports say is not ours to trust, and `=HYPERLINK(…)` in a title would run on the
/// desk of whoever opens the file. So a text that begins like a formula gets an apostrophe
/// in front, which such programs read as "this is text". So does a text that begins with
/// an apostrophe itself: then a program that takes one apostrophe away from the front of a
/// text has exactly what the report says.
fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\'', '\t', '\r', '\n', '\0'];
    match text.starts_with('\'') || text.trim_start().starts_with(formula) || text.starts_with(formula) {
        true => Cow::Owned(format!("'{text}")),
        false => text,
    }
}

/// A JSON object being written on one line. Its keys are the program's own and need no escape.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    lead: u8,
}

impl<'o> Object<'o> {
    /// The beginning of an object.
    pub(super) fn open(out: &'o mut Vec<u8>) -> Self {
        Self { out, lead: b'{' }
    }

    /// The end of it.
    pub(super) fn close(self) {
        if self.lead == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }

    fn key(&mut self, key: &str) {
        self.out.push(self.lead);
        self.lead = b',';
        write!(self.out, "\"{key}\":").expect(MEMORY);
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        serde_json::to_writer(&mut *self.out, text).expect(MEMORY);
    }

    /// A number, digit for digit as the report has it.
    pub(super) fn number(&mut self, key: &str, value: Decimal) {
        self.key(key);
        write!(self.out, "{value}").expect(MEMORY);
    }

    /// True or false.
    pub(super) fn truth(&mut self, key: &str, truth: bool) {
        self.key(key);
        write!(self.out, "{truth}").expect(MEMORY);
    }

    /// Another object, which is named and nothing more.
    pub(super) fn reference(&mut self, key: &str, id: &str) {
        self.key(key);
        let mut inner = Object::open(&mut *self.out);
        inner.text("@id", id);
        inner.close();
    }

    /// Whatever a cell holds; nothing is `null`.
    pub(super) fn cell(&mut self, key: &str, cell: &Cell<'_>) {
        match cell {
            Cell::Text(text) => self.text(key, text),
            Cell::Number(value) => self.number(key, *value),
            Cell::Truth(truth) => self.truth(key, *truth),
            cell => {
                self.key(key);
                match cell {
                    Cell::List(texts) => serde_json::to_writer(&mut *self.out, texts).expect(MEMORY),
                    Cell::Whole(value) => write!(self.out, "{value}").expect(MEMORY),
                    Cell::Year(year) => write!(self.out, "{year}").expect(MEMORY),
                    _ => self.out.extend(b"null"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLUMNS: [Column; 3] = [
        Column::needed("title", Type::Text, "标题", "title"),
        Column::optional("names", Type::List, "名称", "names"),
        Column::needed("value", Type::Number, "数值", "value"),
    ];

    fn rows() -> Vec<[Cell<'static>; 3]> {
        let text = |text| Cell::text(Some(text));
        vec![
            [text("办结745件"), Cell::List(vec!["a", "b"]), Cell::Number(Decimal::new(9460, 2))],
            [text("“a”,\"b\"\nc"), Cell::Empty, Cell::Number(Decimal::new(-551, 2))],
            [text("=HYPERLINK(\"x\")"), Cell::Empty, Cell::Whole(3)],
        ]
    }

    #[test]
    fn csv_is_marked_quoted_and_safe_in_spreadsheets() {
        let csv = Table { columns: &COLUMNS, rows: rows().into_iter() }.csv(Vec::new());
        let expected = "\u{feff}title,names,value\r\n\
            办结745件,a|b,94.60\r\n\
            \"“a”,\"\"b\"\"\nc\",,-5.51\r\n\
            \"'=HYPERLINK(\"\"x\"\")\",,3\r\n";
        assert_eq!(String::from_utf8(csv).unwrap(), expected);
    }

    #[test]
    fn json_has_a_line_a_row_and_numbers_as_they_are() {
        let json = Table { columns: &COLUMNS, rows: rows().into_iter() }.json(Vec::new());
        let expected = "[\n\
            {\"title\":\"办结745件\",\"names\":[\"a\",\"b\"],\"value\":94.60},\n\
            {\"title\":\"“a”,\\\"b\\\"\\nc\",\"names\":null,\"value\":-5.51},\n\
            {\"title\":\"=HYPERLINK(\\\"x\\\")\",\"names\":null,\"value\":3}\n\
            ]\n";
        assert_eq!(String::from_utf8(json).unwrap(), expected);
    }

    #[test]
    fn an_apostrophe_keeps_formulas_out_and_can_be_taken_off_again() {
        let dangerous =
            ["=1+1", "+1", "-1", "@SUM", "\t=1", " =1", "＝1", "\u{3000}＝1", "'1", "'=1", "\n=1"];
        for text in dangerous {
            let safe = guarded(Cow::Borrowed(text));
            assert_eq!(safe.strip_prefix('\''), Some(text));
        }
        for text in ["", "745件", "江门市", "a=b", "—1", "“=1”"] {
            assert_eq!(guarded(Cow::Borrowed(text)), text);
        }
    }
}
