//! Open data: the figures of the archive, each with the sentence that it comes from, as files
//! that spreadsheets and programs read; and what describes them.
//!
//! Every table is made once, as rows of typed cells, and drawn in each format from the same
//! rows. So no format can say more or less than another.

mod figures;
mod linked;
mod table;

use std::collections::BTreeMap;

use super::{Plan, view, words};
use crate::report::Status;
use crate::route::{Route, Year};

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

/// A format that rows are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated values, as RFC 4180 has them.
    Csv,
    /// A list of JSON objects.
    Json,
    /// Linked data in the words of schema.org.
    JsonLd,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLd => "jsonld",
        }
    }

    /// Its media type.
    fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::JsonLd => "application/ld+json",
        }
    }
}

/// A file of open data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// Figures.
    Figures(Slice, Format),
}

/// The formats of figures.
const FORMATS: [Format; 3] = [Format::Csv, Format::Json, Format::JsonLd];

impl File {
    /// Its address: the base address of the data is `/data/`.
    fn route(&self) -> Option<Route> {
        let path = match self {
            Self::Figures(slice, format) => format!("{}.{}", slice.stem(), format.ending()),
        };
        Route::file(&format!("data/{path}"))
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
}

/// How many rows each slice has that has any; none at all where a site offers no data.
pub(super) type Counts = BTreeMap<Slice, usize>;

/// Counts the rows of every slice.
pub(super) fn count(plan: &Plan<'_>) -> Counts {
    let mut counts = Counts::new();
    if !plan.config().open_data {
        return counts;
    }
    let archive = plan.archive();
    for report in archive.reports.iter().filter(|report| report.matter.status != Status::Withdrawn) {
        let known = report.figures.iter().filter(|figure| archive.registry.get(&figure.indicator).is_some());
        let rows = known.count();
        if rows > 0 {
            let address = &report.address;
            let slices = [Slice::Whole, Slice::Place(address.place.clone()), Slice::Year(address.year)];
            for slice in slices {
                *counts.entry(slice).or_default() += rows;
            }
        }
    }
    for (indicator, values) in &plan.by_indicator {
        counts.insert(Slice::Indicator(archive.registry.all()[*indicator].id.clone()), values.len());
    }
    counts
}

/// Every file of open data.
pub(super) fn files(plan: &Plan<'_>) -> Vec<File> {
    let slices = plan.slices.keys();
    let figures = slices.flat_map(|slice| FORMATS.map(|format| File::Figures(slice.clone(), format)));
    figures.collect()
}

/// Every file with its address.
pub(super) fn routes(plan: &Plan<'_>) -> Vec<(Route, File)> {
    files(plan).into_iter().filter_map(|file| Some((file.route()?, file))).collect()
}

/// What is in a file.
pub(super) fn text(plan: &Plan<'_>, file: &File) -> String {
    match file {
        File::Figures(slice, Format::JsonLd) => written(linked::draw(plan, slice, room(plan, slice))),
        File::Figures(slice, Format::Json) => written(figures::table(plan, slice).json(room(plan, slice))),
        File::Figures(slice, Format::Csv) => written(figures::table(plan, slice).csv(room(plan, slice))),
    }
}

/// About how many bytes a row of figures takes in the format that needs most.
const ROW: usize = 1024;

/// Memory for the rows of a slice. What is not written to is never taken from the system,
/// while memory that grows is copied, and for a moment there twice.
fn room(plan: &Plan<'_>, slice: &Slice) -> Vec<u8> {
    Vec::with_capacity(plan.slices.get(slice).map_or(0, |rows| rows * ROW))
}

fn written(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("only text was written")
}

impl Plan<'_> {
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

    /// Where the rows of a slice can be downloaded; `None` where there are none, or where the
    /// site offers no data.
    pub(super) fn downloads(&self, slice: &Slice) -> Option<view::Downloads> {
        let rows = *self.slices.get(slice)?;
        let href = |format| Some(self.href(&File::Figures(slice.clone(), format).route()?));
        Some(view::Downloads {
            csv: href(Format::Csv)?,
            json: href(Format::Json)?,
            jsonld: href(Format::JsonLd)?,
            rows,
        })
    }
}
