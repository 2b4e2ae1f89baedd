//! The view of `/data/`: which files there are, what their columns mean, how to cite them.

use jiff::civil::Date;

use super::table::Column;
use super::{figures, linked, registers, size_text};
use crate::archive::Document;
use crate::ask::Ask;
use crate::outline::LONGEST_LIST;
use crate::outline::data::{OpenDataFile, Slice, TableFormat};
use crate::page::Place;
use crate::pages::{PageSheet, labels};
use crate::report::{PublicationDay, PublicationStatus};
use crate::route::Route;
use crate::view::{Citation, Content, DataColumn, DataFile, DataPage, DataSlice, DataTable, NamedLink};
use crate::words;

/// The page of the data.
pub(crate) fn page(ask: &Ask<'_>) -> PageSheet {
    let words = words::of(ask.config());
    let rows = ask.rows_of(&Slice::Whole).unwrap_or_default();
    let updated = updated(ask);
    let content = DataPage {
        rows,
        tables: tables(ask),
        package: described(ask, "JSON", &OpenDataFile::Package),
        years: listed(ask, years(ask)),
        indicators: listed(ask, indicators(ask)),
        places: listed(ask, places(ask, None)),
        whereabouts: whereabouts(ask),
        updated: updated.map(|date| words.date(date)),
        citation: citation(ask, updated),
    };
    let description = words.about_dataset(&ask.about(&Slice::Whole), rows);
    let graph = (rows > 0).then(|| linked::dataset(ask));
    PageSheet {
        labels: labels::column(words.data(), &description, "数据开放"),
        breadcrumbs: vec![(words.home().to_owned(), Some(Route::home())), (words.data().to_owned(), None)],
        json_ld: graph,
        ..PageSheet::new(words.data().to_owned(), description, Content::Data(Box::new(content)))
    }
}

/// The tables that hold everything: the figures, and the registers beside them.
fn tables(ask: &Ask<'_>) -> Vec<DataTable> {
    let words = words::of(ask.config());
    let figures = ask.rows_of(&Slice::Whole).map(|rows| {
        let [csv, json, linked] = OpenDataFile::whole();
        let files = [("CSV", &csv), ("JSON", &json), ("JSON-LD", &linked)];
        DataTable {
            id: "figures",
            title: words.figures().to_owned(),
            rows,
            files: files.map(|(format, file)| described(ask, format, file)).into(),
            columns: columns(ask, "column", &figures::COLUMNS),
        }
    });
    let register = |register| {
        let file =
            |format: &TableFormat| described(ask, format.name(), &OpenDataFile::Register(register, *format));
        DataTable {
            id: register.name(),
            title: words.register(register).to_owned(),
            rows: registers::rows(ask, register),
            files: register.formats().iter().map(file).collect(),
            columns: columns(ask, &format!("{}-column", register.name()), registers::columns(register)),
        }
    };
    figures.into_iter().chain(ask.registers().map(register)).collect()
}

fn described(ask: &Ask<'_>, format: &'static str, file: &OpenDataFile) -> DataFile {
    DataFile { format, href: ask.data_href(file), size_text: size_text(ask, file) }
}

fn columns(ask: &Ask<'_>, prefix: &str, columns: &[Column]) -> Vec<DataColumn> {
    let column = |column: &Column| DataColumn {
        anchor: format!("{prefix}-{}", column.name),
        name: column.name,
        kind: column.kind.name(),
        required: column.required,
        meaning: words::of(ask.config()).column(column.meaning).to_owned(),
    };
    columns.iter().map(column).collect()
}

/// The years with figures, newest first.
fn years(ask: &Ask<'_>) -> Vec<Slice> {
    ask.years().into_keys().rev().map(Slice::Year).collect()
}

/// The indicators in the order of the registry, where like stands beside like.
fn indicators(ask: &Ask<'_>) -> Vec<Slice> {
    ask.registry().all().iter().map(|indicator| Slice::Indicator(indicator.id.clone())).collect()
}

/// The places by hierarchy, below `parent`.
fn places(ask: &Ask<'_>, parent: Option<&str>) -> Vec<Slice> {
    let below = |place: &Place| {
        let own = Slice::Place(place.slug.clone());
        std::iter::once(own).chain(places(ask, Some(&place.slug))).collect::<Vec<_>>()
    };
    ask.children(parent).into_iter().flat_map(below).collect()
}

/// Those slices that have figures, with their files; none where they are too many for a page.
fn listed(ask: &Ask<'_>, slices: Vec<Slice>) -> Vec<DataSlice> {
    let row = |slice: &Slice| {
        let page = slice.page().filter(|route| ask.has(route));
        Some(DataSlice {
            title: ask.about(slice),
            href: page.map(|route| ask.href(&route)),
            downloads: ask.downloads(slice)?,
        })
    };
    let rows: Vec<DataSlice> = slices.iter().filter_map(row).collect();
    if rows.len() > LONGEST_LIST { Vec::new() } else { rows }
}

/// Where to look for a place's files, where there are too many places to list: the topmost.
fn whereabouts(ask: &Ask<'_>) -> Vec<NamedLink> {
    let count = ask.slices().keys().filter(|slice| matches!(slice, Slice::Place(_))).count();
    if count <= LONGEST_LIST {
        return Vec::new();
    }
    let topmost = ask.children(None).into_iter().filter(|place| !ask.is_empty(&place.slug));
    topmost.map(|place| ask.place_link(&place.slug)).collect()
}

/// The day of the newest document or correction: no data are newer.
fn updated(ask: &Ask<'_>) -> Option<Date> {
    let public = |report: &&Document| report.matter.status != PublicationStatus::Draft;
    let dates = ask.all().iter().filter(public).flat_map(|report| {
        let published = match report.matter.published {
            PublicationDay::On(moment) => Some(moment.date),
            PublicationDay::Unknown => None,
        };
        let corrections = report.matter.corrections.iter().map(|correction| correction.date.value);
        published.into_iter().chain(corrections)
    });
    dates.max()
}

/// A citation of the data after GB/T 7714, where `DS` is a data set.
fn citation(ask: &Ask<'_>, updated: Option<Date>) -> Citation {
    let config = ask.config();
    let words = words::of(config);
    let publisher = config.publisher.name.as_ref().map(|name| format!("{name}.")).unwrap_or_default();
    let title = words.dataset(&ask.about(&Slice::Whole));
    let date = updated.map(|date| format!("({date}).")).unwrap_or_default();
    Citation {
        text: format!("{publisher}{title}[DS/OL].{date}"),
        url: config.base.absolute(Route::page(["data"]).as_str()),
    }
}
