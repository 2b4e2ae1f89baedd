//! Tables as typed cells, and the two plain formats that they are drawn in: CSV for spreadsheets
//! and JSON for programs. What a table is about is not known here.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write;

use crate::outline::data::TableFormat;
use crate::report::Quantity;
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

impl Type {
    /// Its name, the key of its interface text below `data.type.`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Address => "address",
            Self::Number => "number",
            Self::Whole => "whole",
            Self::Year => "year",
            Self::Date => "date",
            Self::Time => "time",
            Self::Truth => "truth",
        }
    }
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
    /// The key of the text that says what it means.
    pub(super) meaning: &'static str,
}

impl Column {
    /// A column in which every row has something.
    pub(super) const fn needed(name: &'static str, kind: Type, meaning: &'static str) -> Self {
        Self { name, kind, required: true, meaning }
    }

    /// A column in which a row may have nothing.
    pub(super) const fn optional(name: &'static str, kind: Type, meaning: &'static str) -> Self {
        Self { name, kind, required: false, meaning }
    }
}

/// What one row has in one column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DataValue<'a> {
    /// Nothing.
    Empty,
    /// A text, a date, an address.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// A decimal, written as the report's author wrote it.
    Number(Quantity),
    /// A count.
    Whole(usize),
    /// A year.
    Year(Year),
    /// Whether something is so.
    Truth(bool),
}

impl<'a> DataValue<'a> {
    /// A text that may be missing; an empty one says nothing either.
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// A text that was made for this cell.
    pub(super) fn made(text: Option<String>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(Cow::Owned(text)))
    }

    /// A year, or nothing.
    pub(super) fn year(year: Option<Year>) -> Self {
        year.map_or(Self::Empty, Self::Year)
    }

    /// Several texts, or nothing.
    pub(super) fn list(texts: &'a [String]) -> Self {
        match texts {
            [] => Self::Empty,
            texts => Self::List(texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect()),
        }
    }
}

/// The columns of a table, and its rows with a cell for each of them.
pub(super) struct TypedTable<const N: usize, R> {
    /// The columns.
    pub(super) columns: &'static [Column; N],
    /// The rows, made as they are drawn.
    pub(super) rows: R,
}

/// Why writing is not expected to fail: everything is drawn into memory or merely counted.
pub(super) const MEMORY: &str = "writing to memory cannot fail";

impl<'a, const N: usize, R: Iterator<Item = [DataValue<'a>; N]>> TypedTable<N, R> {
    /// Draws the table into `out`.
    pub(super) fn write(self, format: TableFormat, out: &mut impl Write) {
        match format {
            TableFormat::Csv => self.csv(out),
            TableFormat::Json => self.json(out),
            TableFormat::Lines => self.lines(out),
        }
    }

    /// The table as CSV after RFC 4180, with a mark of UTF-8 in front, without which spreadsheet
    /// programs on Chinese Windows read it as GBK.
    fn csv(self, out: &mut impl Write) {
        out.write_all("\u{feff}".as_bytes()).expect(MEMORY);
        let mut builder = csv::WriterBuilder::new();
        let mut writer = builder.terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(self.columns.iter().map(|column| column.name)).expect(MEMORY);
        for row in self.rows {
            for cell in &row {
                writer.write_field(&*field(cell)).expect(MEMORY);
            }
            writer.write_record(None::<&[u8]>).expect(MEMORY);
        }
        writer.flush().expect(MEMORY);
    }

    /// The table as a JSON list with an object a row, each on a line of its own.
    fn json(self, out: &mut impl Write) {
        let mut lead = "[\n";
        for row in self.rows {
            out.write_all(lead.as_bytes()).expect(MEMORY);
            lead = ",\n";
            object(self.columns, &row, out);
        }
        // Without rows nothing was opened yet.
        let end = if lead == "[\n" { "[]\n" } else { "\n]\n" };
        out.write_all(end.as_bytes()).expect(MEMORY);
    }

    /// The table as a JSON object a line, which can be read without holding all of it.
    fn lines(self, out: &mut impl Write) {
        for row in self.rows {
            object(self.columns, &row, out);
            out.write_all(b"\n").expect(MEMORY);
        }
    }
}

/// A row as a JSON object.
fn object(columns: &[Column], row: &[DataValue<'_>], out: &mut impl Write) {
    let mut object = JsonLine::open(out);
    for (column, cell) in columns.iter().zip(row) {
        object.cell(column.name, cell);
    }
    object.close();
}

/// A cell as a field of CSV.
fn field<'c>(cell: &'c DataValue<'_>) -> Cow<'c, str> {
    match cell {
        DataValue::Empty => Cow::Borrowed(""),
        DataValue::Text(text) => guarded(Cow::Borrowed(text)),
        DataValue::List(texts) => guarded(Cow::Owned(texts.join("|"))),
        DataValue::Number(value) => Cow::Owned(value.to_string()),
        DataValue::Whole(value) => Cow::Owned(value.to_string()),
        DataValue::Year(year) => Cow::Owned(year.to_string()),
        DataValue::Truth(true) => Cow::Borrowed("true"),
        DataValue::Truth(false) => Cow::Borrowed("false"),
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
pub(super) struct JsonLine<'o, W: Write> {
    out: &'o mut W,
    lead: &'static str,
}

impl<'o, W: Write> JsonLine<'o, W> {
    /// The beginning of an object.
    pub(super) fn open(out: &'o mut W) -> Self {
        Self { out, lead: "{" }
    }

    /// The end of an object that has something in it.
    pub(super) fn close(self) {
        self.out.write_all(b"}").expect(MEMORY);
    }

    fn key(&mut self, key: &str) {
        for part in [self.lead, "\"", key, "\":"] {
            self.out.write_all(part.as_bytes()).expect(MEMORY);
        }
        self.lead = ",";
    }

    /// What is JSON already: a number, a truth.
    fn bare(&mut self, key: &str, value: impl Display) {
        self.key(key);
        write!(self.out, "{value}").expect(MEMORY);
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        serde_json::to_writer(&mut *self.out, text).expect(MEMORY);
    }

    /// A number, digit for digit as the report has it.
    pub(super) fn number(&mut self, key: &str, value: Quantity) {
        self.bare(key, value);
    }

    /// True or false.
    pub(super) fn truth(&mut self, key: &str, truth: bool) {
        self.bare(key, truth);
    }

    /// Another object, which is named and nothing more.
    pub(super) fn reference(&mut self, key: &str, id: &str) {
        self.key(key);
        let mut inner = JsonLine::open(&mut *self.out);
        inner.text("@id", id);
        inner.close();
    }

    /// Whatever a cell holds; nothing is `null`.
    fn cell(&mut self, key: &str, cell: &DataValue<'_>) {
        match cell {
            DataValue::Empty => self.bare(key, "null"),
            DataValue::Text(text) => self.text(key, text),
            DataValue::List(texts) => {
                self.key(key);
                serde_json::to_writer(&mut *self.out, texts).expect(MEMORY);
            }
            DataValue::Number(value) => self.number(key, *value),
            DataValue::Whole(value) => self.bare(key, value),
            DataValue::Year(year) => self.bare(key, year),
            DataValue::Truth(truth) => self.truth(key, *truth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLUMNS: [Column; 3] = [
        Column::needed("title", Type::Text, ""),
        Column::optional("names", Type::List, ""),
        Column::needed("value", Type::Number, ""),
    ];

    fn rows() -> Vec<[DataValue<'static>; 3]> {
        let text = |text| DataValue::text(Some(text));
        vec![
            [
                text("办结745件"),
                DataValue::List(vec!["a".into(), "b".into()]),
                DataValue::Number(Quantity::from_digits(9460, 2).unwrap()),
            ],
            [
                text("“a”,\"b\"\nc"),
                DataValue::Empty,
                DataValue::Number(Quantity::from_digits(-551, 2).unwrap()),
            ],
            [text("=HYPERLINK(\"x\")"), DataValue::Empty, DataValue::Whole(3)],
        ]
    }

    fn drawn(format: TableFormat, rows: Vec<[DataValue<'static>; 3]>) -> String {
        let mut out = Vec::new();
        TypedTable { columns: &COLUMNS, rows: rows.into_iter() }.write(format, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_is_marked_quoted_and_safe_in_spreadsheets() {
        let expected = "\u{feff}title,names,value\r\n\
            办结745件,a|b,94.60\r\n\
            \"“a”,\"\"b\"\"\nc\",,-5.51\r\n\
            \"'=HYPERLINK(\"\"x\"\")\",,3\r\n";
        assert_eq!(drawn(TableFormat::Csv, rows()), expected);
    }

    #[test]
    fn json_has_a_line_a_row_and_numbers_as_they_are() {
        let expected = "[\n\
            {\"title\":\"办结745件\",\"names\":[\"a\",\"b\"],\"value\":94.60},\n\
            {\"title\":\"“a”,\\\"b\\\"\\nc\",\"names\":null,\"value\":-5.51},\n\
            {\"title\":\"=HYPERLINK(\\\"x\\\")\",\"names\":null,\"value\":3}\n\
            ]\n";
        assert_eq!(drawn(TableFormat::Json, rows()), expected);
        assert_eq!(drawn(TableFormat::Json, Vec::new()), "[]\n");
        let lines = drawn(TableFormat::Lines, rows());
        assert_eq!(format!("[\n{}\n]\n", lines.trim_end().replace('\n', ",\n")), expected);
        assert_eq!(drawn(TableFormat::Lines, Vec::new()), "");
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
