//! Files of open data by what they hold, and their addresses.

use serde::{Deserialize, Serialize};

use crate::route::{Route, Year};

/// A part of the figures that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// How many sentences of each document come from where.
    Ancestry,
    /// What others may count of each document, for a site that gathers those of many offices.
    Records,
}

/// The version of the schema of the records. Whoever reads them refuses another one, so that it is raised only when
/// a row means something else.
pub(crate) const RECORDS_SCHEMA: usize = 1;

/// A format that any table is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values, as RFC 4180 has them.
    Csv,
    /// A list of JSON objects.
    Json,
    /// A JSON object a line.
    Lines,
}

/// A file of open data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenDataFile {
    /// Figures.
    Figures(Slice, TableFormat),
    /// All figures as linked data in the words of schema.org.
    Linked,
    /// A register.
    Register(Register, TableFormat),
    /// What describes all tables, for programs: a Frictionless data package.
    Package,
    /// The columns of figures, which every resource of the package refers to.
    Schema,
}

impl TableFormat {
    /// Those that people and programs are offered.
    pub(crate) const BOTH: [Self; 2] = [Self::Csv, Self::Json];

    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Lines => "ndjson",
        }
    }

    /// Its media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Lines => "application/x-ndjson",
        }
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Lines => "NDJSON",
        }
    }
}

impl Register {
    pub(crate) const ALL: [Self; 5] =
        [Self::Documents, Self::Places, Self::Indicators, Self::Ancestry, Self::Records];

    /// The formats that it is there in. Records are for programs that read them a line at a time.
    pub(crate) fn formats(self) -> &'static [TableFormat] {
        match self {
            Self::Records => &[TableFormat::Lines],
            _ => &TableFormat::BOTH,
        }
    }

    /// Its name in addresses and in the package.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Places => "places",
            Self::Indicators => "indicators",
            Self::Ancestry => "ancestry",
            Self::Records => "records",
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
    pub(crate) fn page(&self) -> Option<Route> {
        match self {
            Self::Whole => None,
            Self::Place(slug) => Some(Route::page([slug])),
            Self::Year(year) => Some(Route::page(["years", &year.to_string()])),
            Self::Indicator(id) => Some(Route::page(["indicators", id])),
        }
    }
}

impl OpenDataFile {
    /// Its address below `/data/`.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Figures(slice, format) => format!("{}.{}", slice.stem(), format.ending()),
            Self::Linked => format!("{}.jsonld", Slice::Whole.stem()),
            Self::Register(register, format) => format!("{}.{}", register.name(), format.ending()),
            Self::Package => "datapackage.json".to_owned(),
            Self::Schema => "figures.schema.json".to_owned(),
        }
    }

    /// Its address.
    pub(crate) fn route(&self) -> Option<Route> {
        Route::file(&format!("data/{}", self.path()))
    }

    /// Its media type.
    pub(crate) fn media(&self) -> &'static str {
        match self {
            Self::Figures(_, format) | Self::Register(_, format) => format.media(),
            Self::Linked => "application/ld+json",
            _ => "application/json",
        }
    }

    /// All figures, in every format.
    pub(crate) fn whole() -> [Self; 3] {
        let [csv, json] = TableFormat::BOTH.map(|format| Self::Figures(Slice::Whole, format));
        [csv, json, Self::Linked]
    }

    /// The files of a slice. A part of the figures is there for those who look at it in a spreadsheet;
    /// programs choose rows of the whole as easily, and a figure need not stand in twelve files.
    pub(crate) fn of_slice(slice: &Slice) -> Vec<Self> {
        match slice {
            Slice::Whole => Self::whole().into(),
            part => vec![Self::Figures(part.clone(), TableFormat::Csv)],
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
            (OpenDataFile::Figures(Slice::Whole, TableFormat::Csv), "/data/figures.csv"),
            (OpenDataFile::Figures(year, TableFormat::Csv), "/data/years/2019.csv"),
            (OpenDataFile::Linked, "/data/figures.jsonld"),
            (
                OpenDataFile::Figures(Slice::Indicator("a_b".into()), TableFormat::Csv),
                "/data/indicators/a_b.csv",
            ),
            (OpenDataFile::Register(Register::Indicators, TableFormat::Csv), "/data/indicators.csv"),
            (OpenDataFile::Register(Register::Documents, TableFormat::Json), "/data/documents.json"),
            (OpenDataFile::Register(Register::Records, TableFormat::Lines), "/data/records.ndjson"),
            (OpenDataFile::Package, "/data/datapackage.json"),
            (OpenDataFile::Schema, "/data/figures.schema.json"),
        ];
        for (file, expected) in cases {
            assert_eq!(file.route(), Route::file(expected), "{file:?}");
        }
    }
}
