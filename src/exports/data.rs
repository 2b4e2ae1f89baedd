//! Open data: the figures of the archive, each with the sentence that it comes from, as files
//! that spreadsheets and programs read; the registers beside them; and what describes them.
//!
//! Every table is made once, as rows of typed cells, and drawn in each format from the same
//! rows. So no format can say more or less than another.

mod ancestry;
mod figures;
mod linked;
mod package;
mod page;
mod records;
mod registers;
mod shared;
mod table;

use std::io::{self, Write};

use crate::ask::Ask;
use crate::outline::data::{OpenDataFile, Register, Slice};
use crate::words;
use table::MEMORY;

pub(crate) use page::page;

/// What is in a file.
pub(super) fn text(ask: &Ask<'_>, file: &OpenDataFile) -> String {
    let mut out = Vec::with_capacity(rows(ask, file) * ROW);
    write(ask, (file, 1), &mut out);
    String::from_utf8(out).expect("only text was written")
}

/// About how many bytes a row takes in the format that needs most. Memory that is not written
/// to is never taken from the system, while memory that grows is there twice for a moment.
const ROW: usize = 1024;

/// How many rows of a table are in a file.
fn rows(ask: &Ask<'_>, file: &OpenDataFile) -> usize {
    match file {
        OpenDataFile::Figures(slice, _) => ask.rows_of(slice).unwrap_or_default(),
        OpenDataFile::Linked => ask.rows_of(&Slice::Whole).unwrap_or_default(),
        OpenDataFile::Register(register, _) => registers::rows(ask, *register),
        OpenDataFile::Package | OpenDataFile::Schema => 0,
    }
}

/// About how many rows of a file are drawn only to say how large it is.
const SAMPLE: usize = 4096;

/// How large a file is, in words; of a very large one about how large, after a part of its
/// documents.
fn size_text(ask: &Ask<'_>, file: &OpenDataFile) -> String {
    let mut length = ByteCounter(0);
    let step = rows(ask, file) / SAMPLE + 1;
    write(ask, (file, step), &mut length);
    match step {
        1 => words::size(length.0),
        step => format!("≈ {}", words::size(step as u64 * length.0)),
    }
}

/// Takes bytes and counts them.
struct ByteCounter(u64);

impl Write for ByteCounter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Draws a file, or what one in so many documents or places has of it, into `out`, which is memory.
fn write(ask: &Ask<'_>, part: (&OpenDataFile, usize), out: &mut impl Write) {
    let (file, step) = part;
    match file {
        OpenDataFile::Figures(slice, format) => figures::table(ask, slice, step).write(*format, out),
        OpenDataFile::Linked => linked::write(ask, step, out),
        OpenDataFile::Register(Register::Documents, format) => {
            registers::documents(ask, step).write(*format, out)
        }
        OpenDataFile::Register(Register::Places, format) => registers::places(ask, step).write(*format, out),
        OpenDataFile::Register(Register::Indicators, format) => {
            registers::indicators(ask).write(*format, out)
        }
        OpenDataFile::Register(Register::Ancestry, format) => ancestry::table(ask, step).write(*format, out),
        OpenDataFile::Register(Register::Records, format) => records::table(ask, step).write(*format, out),
        OpenDataFile::Package => written(&package::package(ask), out),
        OpenDataFile::Schema => written(&package::figures(ask), out),
    }
}

fn written(value: &serde_json::Value, out: &mut impl Write) {
    serde_json::to_writer_pretty(&mut *out, value).expect(MEMORY);
    out.write_all(b"\n").expect(MEMORY);
}
