//! What the page of the open data shows, and where rows can be downloaded beside a table or
//! a chart.

use serde::Serialize;

use super::{Citation, DateText, NamedLink};

/// Where rows of figures can be downloaded.
#[derive(Clone, Debug, Serialize)]
pub struct Downloads {
    /// The rows for spreadsheets. What is there for programs holds all figures of the site.
    pub csv: String,
    /// How many rows there are.
    pub rows: usize,
    /// Where the columns are explained.
    pub about: String,
}

/// The page of the open data.
#[derive(Debug, Serialize)]
pub struct DataPage {
    /// How many figures there are in all.
    pub rows: usize,
    /// The tables that hold everything: the figures, where there are any, and the registers
    /// beside them.
    pub tables: Vec<DataTable>,
    /// The description of all tables for programs.
    pub package: DataFile,
    /// The figures by year.
    pub years: Vec<DataSlice>,
    /// The figures by indicator.
    pub indicators: Vec<DataSlice>,
    /// The figures by place; empty where there are too many places for a page.
    pub places: Vec<DataSlice>,
    /// Where there are too many, the topmost places: every place's page has its files.
    pub whereabouts: Vec<NamedLink>,
    /// The day of the newest document or correction.
    pub updated: Option<DateText>,
    /// How to cite the data.
    pub citation: Citation,
}

/// A table of the open data.
#[derive(Debug, Serialize)]
pub struct DataTable {
    /// `figures`, `documents`, `places` or `indicators`.
    pub id: &'static str,
    /// What it is called.
    pub title: String,
    /// How many rows it has.
    pub rows: usize,
    /// The same rows in each format.
    pub files: Vec<DataFile>,
    /// What its columns mean.
    pub columns: Vec<DataColumn>,
}

/// A file of the open data.
#[derive(Debug, Serialize)]
pub struct DataFile {
    /// Its format.
    pub format: &'static str,
    /// Where it is.
    pub href: String,
    /// How large it is, in words.
    pub size_text: String,
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub struct DataColumn {
    /// Its anchor on the page.
    pub anchor: String,
    /// Its name, the same in every format.
    pub name: &'static str,
    /// What it holds, the key of its interface text below `data.type.`.
    pub kind: &'static str,
    /// Whether every row has something in it.
    pub required: bool,
    /// What it means.
    pub meaning: String,
}

/// A part of the figures that can be downloaded by itself.
#[derive(Debug, Serialize)]
pub struct DataSlice {
    /// The year, indicator or place.
    pub title: String,
    /// Its page, where it has one.
    pub href: Option<String>,
    /// Its file.
    pub downloads: Downloads,
}
