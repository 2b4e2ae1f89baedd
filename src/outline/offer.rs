//! Which files of open data a site offers, and how many rows each has.

use std::collections::BTreeMap;

use super::Subject;
use super::ancestry::is_heard;
use super::data::{OpenDataFile, Register, Slice};
use super::figures::FigureIndex;
use crate::archive::Archive;
use crate::report::PublicationStatus;
use crate::route::Route;

/// How many rows each slice has that has any; none at all where a site offers no data.
pub(crate) type SliceCounts = BTreeMap<Slice, usize>;

/// Counts the rows of every slice.
pub(super) fn count(archive: &Archive, figures: &FigureIndex) -> SliceCounts {
    let mut counts = SliceCounts::new();
    if !is_offered(archive) {
        return counts;
    }
    for (indicator, values) in &figures.by_indicator {
        counts.insert(Slice::Indicator(archive.registry.all()[*indicator].id.clone()), values.len());
        *counts.entry(Slice::Whole).or_default() += values.len();
    }
    for report in archive.reports.iter().filter(|report| report.matter.status != PublicationStatus::Withdrawn)
    {
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
pub(crate) fn is_offered(archive: &Archive) -> bool {
    archive.config.open_data && !archive.reports.is_empty()
}

/// The registers that have rows.
pub(crate) fn registers(archive: &Archive) -> impl Iterator<Item = Register> {
    let has_rows = move |register: &Register| match register {
        Register::Documents | Register::Places => true,
        Register::Records => archive.reports.iter().any(|report| !archive.is_elsewhere(report)),
        Register::Indicators => !archive.registry.all().is_empty(),
        Register::Ancestry => archive.reports.iter().any(|report| is_heard(report)),
    };
    Register::ALL.into_iter().filter(has_rows)
}

/// Every file of open data.
pub(crate) fn files(archive: &Archive, slices: &SliceCounts) -> Vec<OpenDataFile> {
    if !is_offered(archive) {
        return Vec::new();
    }
    let mut files: Vec<OpenDataFile> = slices.keys().flat_map(OpenDataFile::of_slice).collect();
    for register in registers(archive) {
        files.extend(register.formats().iter().map(|format| OpenDataFile::Register(register, *format)));
    }
    files.push(OpenDataFile::Package);
    files.extend((!slices.is_empty()).then_some(OpenDataFile::Schema));
    files
}

/// The page of the data, and every file.
pub(super) fn addresses(archive: &Archive, slices: &SliceCounts) -> Vec<(Route, Subject)> {
    let page = is_offered(archive).then(|| (Route::page(["data"]), Subject::Data));
    let files = files(archive, slices).into_iter();
    let files = files.filter_map(|file| Some((file.route()?, Subject::DataFile(file))));
    page.into_iter().chain(files).collect()
}
