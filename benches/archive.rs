//! Invented archives to measure with: places in their hierarchy, and for each a series of
//! annual reports of about 7,000 Han characters, of which two neighbours share most sentences.
//!
//! The same size gives the same files, byte for byte, on every machine: neither the clock nor
//! anything else from outside is asked. The text is composed of a few hundred phrases, so it
//! is more uniform than real reports and compresses better; its structure is theirs.

mod phrases;
mod place;
mod random;
mod report;

use std::fmt::Write as _;
use std::path::Path;

use phrases::{Indicator, TOPICS};
use place::Place;
use report::Series;

#[allow(unused_imports, reason = "each target that has this module uses a part of it")]
pub(crate) use random::Random;

/// The last year that is reported on.
const LAST_YEAR: usize = 2024;

/// The years of a place unless it is said otherwise.
const YEARS: usize = 10;

/// How large an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    reports: usize,
    places: usize,
}

impl Size {
    /// An archive of so many reports, ten years for each place unless the number of `places`
    /// is given; `None` if there are not so many names or reports, or if a place would need
    /// more years than can be.
    pub(crate) fn new(reports: usize, places: Option<usize>) -> Option<Self> {
        let places = places.unwrap_or(reports.div_ceil(YEARS));
        let size = Self { reports, places };
        let possible = (1..=place::MOST.min(reports)).contains(&places) && size.years() <= 60;
        possible.then_some(size)
    }

    /// The years of a place.
    fn years(self) -> usize {
        self.reports.div_ceil(self.places)
    }

    /// The years that the place with number `at` reports on; the last places have one less
    /// where the reports do not come out even.
    fn years_of(self, at: usize) -> std::ops::RangeInclusive<usize> {
        let short = self.years() * self.places - self.reports;
        let missing = usize::from(at + short >= self.places);
        LAST_YEAR + 1 + missing - self.years()..=LAST_YEAR
    }
}

/// Every file of the archive, path and text, made one by one as they are asked for.
pub(crate) fn files(size: Size) -> impl Iterator<Item = (String, String)> {
    let settings = [("site.yaml".to_owned(), SITE.to_owned()), ("indicators.yaml".to_owned(), indicators())];
    settings.into_iter().chain((0..size.places).flat_map(move |at| of_place(Place(at), size)))
}

/// Writes the archive into `folder`.
///
/// # Errors
/// If a folder or file cannot be made.
#[allow(clippy::disallowed_methods, reason = "an archive to measure with is made outside the program")]
pub(crate) fn write(folder: &Path, size: Size) -> std::io::Result<()> {
    for (path, text) in files(size) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn of_place(place: Place, size: Size) -> impl Iterator<Item = (String, String)> {
    let folder = format!("content/{}", place.slug());
    let index = (format!("{folder}/_index.md"), place.text());
    let years = size.years_of(place.0);
    let reports = Series::new(place, years.clone()).zip(years);
    let reports = reports.map(move |(text, year)| (format!("{folder}/{year}.md"), text));
    std::iter::once(index).chain(reports)
}

const SITE: &str = "\
title: 法治政府建设年度报告测速档案
base_url: https://bench.example/
description: 为测量速度而虚构的档案，其中的地方和数字都不是真的。
publisher:
  name: 测速档案（虚构）
government_site:
  site_name: 测速档案（虚构）
  site_domain: bench.example
  site_id_code: \"0000000000\"
";

/// The indicators of all themes, in their order.
fn all() -> impl Iterator<Item = &'static Indicator> {
    TOPICS.iter().flat_map(|topic| topic.indicators)
}

fn indicators() -> String {
    let mut out = String::new();
    for indicator in all() {
        let Indicator { id, name, name_en, unit, kind, .. } = indicator;
        // Writing to a string cannot fail, so there is nothing to do about it here.
        let _ = write!(
            out,
            "{id}:\n  name: {name}\n  name_en: {name_en}\n  unit: \"{unit}\"\n  kind: {kind}\n  direction: neutral\n\n"
        );
    }
    out
}
