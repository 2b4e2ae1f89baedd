//! The view of `/data/`: which files there are, what their columns mean, how to cite them.

use jiff::civil::Date;

use super::linked::Scope;
use super::table::Column;
use super::{File, Format, Slice, figures, linked, registers, size_text};
use crate::page::Place;
use crate::plan::view::{Citation, Content, DataColumn, DataFile, DataPage, DataSlice, DataTable, Named};
use crate::plan::{LONGEST_LIST, Made, Plan, labels, words};
use crate::report::{Published, Status};
use crate::route::Route;

/// The page of the data.
pub(in crate::plan) fn page(plan: &Plan<'_>) -> Made {
    let words = words::of(plan.config().language);
    let rows = plan.outline.slices.get(&Slice::Whole).copied().unwrap_or_default();
    let updated = updated(plan);
    let content = DataPage {
        rows,
        tables: tables(plan),
        package: described(plan, "JSON", &File::Package),
        years: listed(plan, years(plan)),
        indicators: listed(plan, indicators(plan)),
        places: listed(plan, places(plan, None)),
        whereabouts: whereabouts(plan),
        updated: updated.map(|date| words.date(date)),
        citation: citation(plan, updated),
    };
    let description = words.about_dataset(&plan.about(&Slice::Whole), rows);
    let graph = (rows > 0).then(|| linked::dataset(plan, &Slice::Whole, &Scope::whole(plan)));
    Made {
        labels: labels::column(words.data, &description, "数据开放"),
        breadcrumbs: vec![(words.home.to_owned(), Some(Route::home())), (words.data.to_owned(), None)],
        json_ld: graph,
        ..Made::new(words.data.to_owned(), description, Content::Data(Box::new(content)))
    }
}

/// The tables that hold everything: the figures, and the registers beside them.
fn tables(plan: &Plan<'_>) -> Vec<DataTable> {
    let words = words::of(plan.config().language);
    let figures = plan.outline.slices.get(&Slice::Whole).map(|rows| {
        let [csv, json, linked] = File::of_slice(&Slice::Whole);
        let files = [("CSV", &csv), ("JSON", &json), ("JSON-LD", &linked)];
        DataTable {
            id: "figures",
            title: words.figures.to_owned(),
            rows: *rows,
            files: files.map(|(format, file)| described(plan, format, file)).into(),
            columns: columns(plan, "column", &figures::COLUMNS),
        }
    });
    let register = |register| {
        let files = [("CSV", Format::Csv), ("JSON", Format::Json)];
        let file = |(name, format)| described(plan, name, &File::Register(register, format));
        DataTable {
            id: register.name(),
            title: words.register(register).to_owned(),
            rows: registers::rows(plan, register),
            files: files.map(file).into(),
            columns: columns(plan, &format!("{}-column", register.name()), registers::columns(register)),
        }
    };
    figures.into_iter().chain(registers::present(plan).map(register)).collect()
}

fn described(plan: &Plan<'_>, format: &'static str, file: &File) -> DataFile {
    DataFile { format, href: plan.data_href(file), size_text: size_text(plan, file) }
}

fn columns(plan: &Plan<'_>, prefix: &str, columns: &[Column]) -> Vec<DataColumn> {
    let column = |column: &Column| DataColumn {
        anchor: format!("{prefix}-{}", column.name),
        name: column.name,
        kind: column.kind.name(),
        required: column.required,
        meaning: column.meaning(plan.config().language),
    };
    columns.iter().map(column).collect()
}

/// The years with figures, newest first.
fn years(plan: &Plan<'_>) -> Vec<Slice> {
    plan.outline.by_year.keys().rev().map(|year| Slice::Year(*year)).collect()
}

/// The indicators in the order of the registry, where like stands beside like.
fn indicators(plan: &Plan<'_>) -> Vec<Slice> {
    plan.archive().registry.all().iter().map(|indicator| Slice::Indicator(indicator.id.clone())).collect()
}

/// The places by hierarchy, below `parent`.
fn places(plan: &Plan<'_>, parent: Option<&str>) -> Vec<Slice> {
    let below = |place: &Place| {
        let own = Slice::Place(place.slug.clone());
        std::iter::once(own).chain(places(plan, Some(&place.slug))).collect::<Vec<_>>()
    };
    plan.archive().children(parent).flat_map(below).collect()
}

/// Those slices that have figures, with their files; none where they are too many for a page.
fn listed(plan: &Plan<'_>, slices: Vec<Slice>) -> Vec<DataSlice> {
    let row = |slice: &Slice| {
        let page = slice.page().filter(|route| plan.outline.subjects.contains_key(route));
        Some(DataSlice {
            title: plan.about(slice),
            href: page.map(|route| plan.href(&route)),
            downloads: plan.downloads(slice)?,
        })
    };
    let rows: Vec<DataSlice> = slices.iter().filter_map(row).collect();
    if rows.len() > LONGEST_LIST { Vec::new() } else { rows }
}

/// Where to look for a place's files, where there are too many places to list: the topmost.
fn whereabouts(plan: &Plan<'_>) -> Vec<Named> {
    let count = plan.outline.slices.keys().filter(|slice| matches!(slice, Slice::Place(_))).count();
    if count <= LONGEST_LIST {
        return Vec::new();
    }
    let topmost = plan.archive().children(None).filter(|place| !plan.archive().is_empty(&place.slug));
    topmost.map(|place| plan.place_link(&place.slug)).collect()
}

/// The day of the newest document or correction: no data are newer.
fn updated(plan: &Plan<'_>) -> Option<Date> {
    let public = |report: &&crate::report::Report| report.matter.status != Status::Draft;
    let dates = plan.archive().reports.iter().filter(public).flat_map(|report| {
        let published = match report.matter.published {
            Published::On(moment) => Some(moment.date),
            Published::Unknown => None,
        };
        let corrections = report.matter.corrections.iter().map(|correction| correction.date.value);
        published.into_iter().chain(corrections)
    });
    dates.max()
}

/// A citation of the data after GB/T 7714, where `DS` is a data set.
fn citation(plan: &Plan<'_>, updated: Option<Date>) -> Citation {
    let config = plan.config();
    let words = words::of(config.language);
    let publisher = config.publisher.name.as_ref().map(|name| format!("{name}.")).unwrap_or_default();
    let title = words.dataset(&plan.about(&Slice::Whole));
    let date = updated.map(|date| format!("({date}).")).unwrap_or_default();
    Citation {
        text: format!("{publisher}{title}[DS/OL].{date}"),
        url: config.base.absolute(Route::page(["data"]).as_str()),
    }
}
