//! Open data: the figures of the archive, each with the sentence that it comes from, as files
//! that spreadsheets and programs read; the registers beside them; and what describes them.
//!
//! Every table is made once, as rows of typed cells, and drawn in each format from the same
//! rows. So no format can say more or less than another.

mod figures;
mod linked;
mod package;
mod page;
mod registers;
mod table;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Plan, view, words};
use crate::report::Status;
use crate::route::{Route, Year};
use table::MEMORY;

pub(super) use page::page;

/// A part of the figures that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// All of them.
    Whole,
    /// Those of a place, by slug, without those of the places that belong to it.
    Place(String),
    /// Those of a year.
    Year(Year),
    /// Those of an indicator, by id.
    Indicator(String),
}

/// A register: what figures refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// The documents' catalogue.
    Documents,
    /// The places.
    Places,
    /// The registry of indicators.
    Indicators,
}

/// A format that any table is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, as RFC 4180 has them.
    Csv,
    /// A list of JSON objects.
    Json,
}

/// A file of open data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// Figures.
    Figures(Slice, Format),
    /// Figures as linked data in the words of schema.org.
    Linked(Slice),
    /// A register.
    Register(Register, Format),
    /// What describes all tables, for programs: a Frictionless data package.
    Package,
    /// The columns of figures, which every resource of the package refers to.
    Schema,
}

impl Format {
    const ALL: [Self; 2] = [Self::Csv, Self::Json];

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl Register {
    const ALL: [Self; 3] = [Self::Documents, Self::Places, Self::Indicators];

    /// Its name in addresses and in the package.
    fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Places => "places",
            Self::Indicators => "indicators",
        }
    }
}

impl Slice {
    /// Its address below `/data/`, without the ending of a format.
    fn stem(&self) -> String {
        match self {
            Self::Whole => "figures".to_owned(),
            Self::Place(slug) => format!("places/{slug}"),
            Self::Year(year) => format!("years/{year}"),
            Self::Indicator(id) => format!("indicators/{id}"),
        }
    }

    /// The page that shows its figures.
    fn page(&self) -> Option<Route> {
        match self {
            Self::Whole => None,
            Self::Place(slug) => Some(Route::page([slug])),
            Self::Year(year) => Some(Route::page(["years", &year.to_string()])),
            Self::Indicator(id) => Some(Route::page(["indicators", id])),
        }
    }
}

impl File {
    /// Its address below `/data/`.
    fn path(&self) -> String {
        match self {
            Self::Figures(slice, format) => format!("{}.{}", slice.stem(), format.ending()),
            Self::Linked(slice) => format!("{}.jsonld", slice.stem()),
            Self::Register(register, format) => format!("{}.{}", register.name(), format.ending()),
            Self::Package => "datapackage.json".to_owned(),
            Self::Schema => "figures.schema.json".to_owned(),
        }
    }

    /// Its address.
    fn route(&self) -> Option<Route> {
        Route::file(&format!("data/{}", self.path()))
    }

    /// Its media type.
    fn media(&self) -> &'static str {
        match self {
            Self::Figures(_, Format::Csv) | Self::Register(_, Format::Csv) => "text/csv",
            Self::Linked(_) => "application/ld+json",
            _ => "application/json",
        }
    }

    /// A slice of figures in every format.
    fn of_slice(slice: &Slice) -> [Self; 3] {
        let [csv, json] = Format::ALL.map(|format| Self::Figures(slice.clone(), format));
        [csv, json, Self::Linked(slice.clone())]
    }
}

/// How many rows each slice has that has any; none at all where a site offers no data.
pub(super) type Counts = BTreeMap<Slice, usize>;

/// Counts the rows of every slice.
pub(super) fn count(plan: &Plan<'_>) -> Counts {
    let mut counts = Counts::new();
    if !is_offered(plan) {
        return counts;
    }
    let archive = plan.archive();
    for (indicator, values) in &plan.outline.by_indicator {
        counts.insert(Slice::Indicator(archive.registry.all()[*indicator].id.clone()), values.len());
        *counts.entry(Slice::Whole).or_default() += values.len();
    }
    for report in archive.reports.iter().filter(|report| report.matter.status != Status::Withdrawn) {
        let rows = report.figures.iter().filter(|figure| archive.registry.get(&figure.indicator).is_some());
        let rows = rows.count();
        let address = &report.address;
        for slice in [Slice::Place(address.place.clone()), Slice::Year(address.year)] {
            if rows > 0 {
                *counts.entry(slice).or_default() += rows;
            }
        }
    }
    counts
}

/// Whether the site offers data: it may not want to, or have nothing.
pub(super) fn is_offered(plan: &Plan<'_>) -> bool {
    plan.config().open_data && !plan.archive().reports.is_empty()
}

/// Every file of open data.
fn files(plan: &Plan<'_>) -> Vec<File> {
    if !is_offered(plan) {
        return Vec::new();
    }
    let mut files: Vec<File> = plan.outline.slices.keys().flat_map(File::of_slice).collect();
    for register in registers::present(plan) {
        files.extend(Format::ALL.map(|format| File::Register(register, format)));
    }
    files.push(File::Package);
    files.extend((!plan.outline.slices.is_empty()).then_some(File::Schema));
    files
}

/// Every file with its address.
pub(super) fn routes(plan: &Plan<'_>) -> Vec<(Route, File)> {
    files(plan).into_iter().filter_map(|file| Some((file.route()?, file))).collect()
}

/// What is in a file.
pub(super) fn text(plan: &Plan<'_>, file: &File) -> String {
    let mut out = Vec::with_capacity(rows(plan, file) * ROW);
    write(plan, (file, 1), &mut out);
    String::from_utf8(out).expect("only text was written")
}

/// About how many bytes a row takes in the format that needs most. Memory that is not written
/// to is never taken from the system, while memory that grows is there twice for a moment.
const ROW: usize = 1024;

/// How many rows of figures are in a file.
fn rows(plan: &Plan<'_>, file: &File) -> usize {
    match file {
        File::Figures(slice, _) | File::Linked(slice) => {
            plan.outline.slices.get(slice).copied().unwrap_or_default()
        }
        _ => 0,
    }
}

/// About how many rows of a file are drawn only to say how large it is.
const SAMPLE: usize = 4096;

/// How large a file is, in words; of a very large one about how large, after a part of its
/// documents.
fn size_text(plan: &Plan<'_>, file: &File) -> String {
    let mut length = Length(0);
    let step = rows(plan, file) / SAMPLE + 1;
    write(plan, (file, step), &mut length);
    match step {
        1 => words::size(length.0),
        step => format!("≈ {}", words::size(step as u64 * length.0)),
    }
}

/// Takes bytes and counts them.
struct Length(u64);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Draws a file, or the figures of one in so many documents, into `out`, which is memory.
fn write(plan: &Plan<'_>, part: (&File, usize), out: &mut impl Write) {
    let (file, step) = part;
    match file {
        File::Figures(slice, format) => figures::table(plan, slice, step).write(*format, out),
        File::Linked(slice) => linked::write(plan, slice, step, out),
        File::Register(Register::Documents, format) => registers::documents(plan).write(*format, out),
        File::Register(Register::Places, format) => registers::places(plan).write(*format, out),
        File::Register(Register::Indicators, format) => registers::indicators(plan).write(*format, out),
        File::Package => written(&package::package(plan), out),
        File::Schema => written(&package::figures(plan), out),
    }
}

fn written(value: &serde_json::Value, out: &mut impl Write) {
    serde_json::to_writer_pretty(&mut *out, value).expect(MEMORY);
    out.write_all(b"\n").expect(MEMORY);
}

impl Plan<'_> {
    /// Where the rows of a slice can be downloaded; `None` where there are none, or where the
    /// site offers no data.
    pub(super) fn downloads(&self, slice: &Slice) -> Option<view::Downloads> {
        let rows = *self.outline.slices.get(slice)?;
        let [csv, json, jsonld] = File::of_slice(slice).map(|file| self.data_href(&file));
        Some(view::Downloads {
            csv,
            json,
            jsonld,
            rows,
            about: format!("{}#fields", self.href(&Route::page(["data"]))),
        })
    }

    fn data_href(&self, file: &File) -> String {
        file.route().map(|route| self.href(&route)).unwrap_or_default()
    }

    /// The whole address of a file.
    fn data_address(&self, file: &File) -> String {
        file.route().map(|route| self.config().base.absolute(route.as_str())).unwrap_or_default()
    }

    /// What the figures of a slice are about: the site, a place, a year or an indicator.
    fn about(&self, slice: &Slice) -> String {
        match slice {
            Slice::Whole => self.config().title.clone(),
            Slice::Place(slug) => self.place_name(slug),
            Slice::Year(year) => words::of(self.config().language).year(*year),
            Slice::Indicator(id) => {
                let indicator = self.archive.registry.get(id);
                indicator.map(|indicator| self.indicator_name(indicator)).unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_an_address_of_its_own() {
        let year = Year::parse("2019").map(Slice::Year).expect("2019 is a year");
        let cases = [
            (File::Figures(Slice::Whole, Format::Csv), "/data/figures.csv"),
            (File::Figures(year, Format::Json), "/data/years/2019.json"),
            (File::Linked(Slice::Place("jiangmen".into())), "/data/places/jiangmen.jsonld"),
            (File::Figures(Slice::Indicator("a_b".into()), Format::Csv), "/data/indicators/a_b.csv"),
            (File::Register(Register::Indicators, Format::Csv), "/data/indicators.csv"),
            (File::Register(Register::Documents, Format::Json), "/data/documents.json"),
            (File::Package, "/data/datapackage.json"),
            (File::Schema, "/data/figures.schema.json"),
        ];
        for (file, expected) in cases {
            assert_eq!(file.route(), Route::file(expected), "{file:?}");
        }
    }
}
