//! What figures refer to, as tables: the catalogue of documents, the places, the registry of
//! indicators. Each is keyed by the column of the same name in the table of figures.

use std::collections::BTreeSet;

use super::shared::{EXTENT, INVENTED, KIND, PLACE, PUBLISHED, TITLE, YEAR};
use super::table::{Column, DataValue, Type, TypedTable};
use super::{ancestry, records};
use crate::archive::Document;
use crate::ask::Ask;
use crate::config::{Indicator, IndicatorId};
use crate::outline::data::{Register, Slice};
use crate::page::Place;
use crate::report::{PublicationDay, PublicationStatus, Record};
use crate::route::{Route, Year};
use crate::words;

/// The columns of the documents' catalogue.
pub(super) static DOCUMENTS: [Column; 27] = [
    Column::needed("address", Type::Address, "column.documents.address"),
    PLACE,
    Column::needed("place_name", Type::Text, "column.documents.place_name"),
    YEAR,
    KIND,
    Column::needed("kind_name", Type::Text, "column.documents.kind_name"),
    TITLE,
    Column::needed("status", Type::Text, "column.documents.status"),
    Column::optional("issuers", Type::List, "column.documents.issuers"),
    Column::optional("index_number", Type::Text, "column.documents.index_number"),
    Column::optional("document_number", Type::Text, "column.documents.document_number"),
    Column::optional("subjects", Type::List, "column.documents.subjects"),
    Column::optional("written", Type::Date, "column.documents.written"),
    PUBLISHED,
    Column::optional("published_time", Type::Time, "column.documents.published_time"),
    Column::optional("validity", Type::Text, "column.documents.validity"),
    Column::optional("source", Type::Text, "column.documents.source"),
    Column::optional("summary", Type::Text, "column.documents.summary"),
    Column::optional("keywords", Type::List, "column.documents.keywords"),
    Column::needed("language", Type::Text, "column.documents.language"),
    Column::optional("sections", Type::Whole, "column.documents.sections"),
    Column::optional("figures", Type::Whole, "column.documents.figures"),
    Column::optional("attachments", Type::Whole, "column.documents.attachments"),
    Column::optional("corrected", Type::Date, "column.documents.corrected"),
    Column::optional("markdown", Type::Address, "column.documents.markdown"),
    EXTENT,
    INVENTED,
];

/// The columns of the places.
pub(super) static PLACES: [Column; 12] = [
    PLACE,
    Column::needed("place_name", Type::Text, "column.places.place_name"),
    Column::optional("name_en", Type::Text, "column.places.name_en"),
    Column::needed("level", Type::Text, "column.places.level"),
    Column::optional("division_code", Type::Text, "column.places.division_code"),
    Column::optional("parent", Type::Text, "column.places.parent"),
    Column::needed("documents", Type::Whole, "column.places.documents"),
    Column::needed("figures", Type::Whole, "column.places.figures"),
    Column::optional("first_year", Type::Year, "column.places.first_year"),
    Column::optional("last_year", Type::Year, "column.places.last_year"),
    Column::needed("address", Type::Address, "column.places.address"),
    INVENTED,
];

/// The columns of the registry of indicators.
pub(super) static INDICATORS: [Column; 13] = [
    Column::needed("indicator", Type::Text, "column.indicators.indicator"),
    Column::needed("indicator_name", Type::Text, "column.indicators.indicator_name"),
    Column::optional("name_en", Type::Text, "column.indicators.name_en"),
    Column::needed("indicator_kind", Type::Text, "column.indicators.indicator_kind"),
    Column::optional("unit", Type::Text, "column.indicators.unit"),
    Column::needed("direction", Type::Text, "column.indicators.direction"),
    Column::optional("group", Type::Text, "column.indicators.group"),
    Column::optional("aliases", Type::List, "column.indicators.aliases"),
    Column::optional("definition", Type::Text, "column.indicators.definition"),
    Column::needed("figures", Type::Whole, "column.indicators.figures"),
    Column::needed("places", Type::Whole, "column.indicators.places"),
    Column::optional("first_year", Type::Year, "column.indicators.first_year"),
    Column::optional("last_year", Type::Year, "column.indicators.last_year"),
];

/// How many rows a register has.
pub(super) fn rows(ask: &Ask<'_>, register: Register) -> usize {
    match register {
        Register::Documents => ask.all().len(),
        Register::Records => records::own(ask).count(),
        Register::Places => inhabited(ask).count(),
        Register::Indicators => ask.registry().all().len(),
        Register::Ancestry => ask.ancestry_table().documents,
    }
}

/// The columns of a register.
pub(super) fn columns(register: Register) -> &'static [Column] {
    match register {
        Register::Documents => &DOCUMENTS,
        Register::Places => &PLACES,
        Register::Indicators => &INDICATORS,
        Register::Ancestry => &ancestry::COLUMNS,
        Register::Records => &records::COLUMNS,
    }
}

/// The catalogue: every document of the site, by place, year and name, or one in `step` of them.
pub(super) fn documents<'a>(
    ask: &'a Ask<'_>,
    step: usize,
) -> TypedTable<27, impl Iterator<Item = [DataValue<'a>; 27]>> {
    let some = ask.all().iter().step_by(step);
    TypedTable { columns: &DOCUMENTS, rows: some.map(|report| document(ask, report)) }
}

fn document<'a>(ask: &'a Ask<'_>, report: &'a Record) -> [DataValue<'a>; 27] {
    let matter = &report.matter;
    let route = report.route();
    let whole = |route: &Route| ask.whole(route);
    // Of a withdrawn document its name and numbers stay, and its text goes.
    let stands = matter.status != PublicationStatus::Withdrawn;
    let count = |count| if stands { DataValue::Whole(count) } else { DataValue::Empty };
    let place = ask.place(&report.address.place);
    let moment = match matter.published {
        PublicationDay::On(moment) => Some(moment),
        PublicationDay::Unknown => None,
    };
    let kind = ask.config().kinds.get(&matter.kind);
    let corrected = matter.corrections.iter().map(|correction| correction.date.value).max();
    let markdown = route.beside("index.md").filter(|_| stands);
    [
        DataValue::made(Some(whole(&route))),
        DataValue::text(Some(&report.address.place)),
        DataValue::text(Some(place.map_or(&report.address.place, |place| &place.name.value))),
        DataValue::Year(report.address.year),
        DataValue::text(Some(&matter.kind)),
        DataValue::text(Some(kind.map_or(&matter.kind, |kind| &kind.name))),
        DataValue::text(Some(&matter.title.value)),
        DataValue::text(Some(words::status(matter.status))),
        DataValue::list(&matter.issuers),
        DataValue::text(matter.index_number.as_ref().map(|number| number.value.as_str())),
        DataValue::text(matter.document_number.as_ref().map(|number| number.value.as_str())),
        DataValue::list(&matter.subjects),
        DataValue::made(matter.written.map(|date| date.to_string())),
        DataValue::made(moment.map(|moment| moment.date.to_string())),
        DataValue::made(
            moment.and_then(|moment| moment.time).map(|time| time.strftime("%H:%M:%S").to_string()),
        ),
        DataValue::text(matter.validity.map(|validity| validity.name())),
        DataValue::text(matter.origin.as_deref()),
        DataValue::text(matter.told_summary().map(String::as_str)),
        DataValue::list(matter.told_keywords()),
        DataValue::text(Some(matter.script.tag())),
        count(report.sections),
        count(report.figures.len()),
        count(matter.attachments.len()),
        DataValue::made(corrected.map(|date| date.to_string())),
        DataValue::made(markdown.as_ref().map(whole)),
        DataValue::text(Some(matter.extent.name())),
        DataValue::Truth(ask.is_invented(&report.address.place)),
    ]
}

/// Every place that has a page, by slug, or one in `step` of them.
pub(super) fn places<'a>(
    ask: &'a Ask<'_>,
    step: usize,
) -> TypedTable<12, impl Iterator<Item = [DataValue<'a>; 12]>> {
    TypedTable { columns: &PLACES, rows: inhabited(ask).step_by(step).map(|place| described(ask, place)) }
}

/// The places with documents of their own, and those above them.
fn inhabited<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = &'a Place> {
    ask.places().filter(|place| !ask.is_empty(&place.slug))
}

fn described<'a>(ask: &'a Ask<'_>, place: &'a Place) -> [DataValue<'a>; 12] {
    let reports = ask.of_place(&place.slug);
    let year = |report: Option<&Document>| report.map(|report| report.address.year);
    let figures = ask.rows_of(&Slice::Place(place.slug.clone()));
    [
        DataValue::text(Some(&place.slug)),
        DataValue::text(Some(&place.name.value)),
        DataValue::text(place.name_en.as_deref()),
        DataValue::text(Some(place.level.name())),
        DataValue::text(place.code.as_deref()),
        DataValue::text(place.parent.as_ref().map(|parent| parent.value.as_str())),
        DataValue::Whole(reports.len()),
        DataValue::Whole(figures.unwrap_or_default()),
        DataValue::year(year(reports.first())),
        DataValue::year(year(reports.last())),
        DataValue::made(Some(ask.config().base.absolute(Route::page([&place.slug]).as_str()))),
        DataValue::Truth(ask.is_invented(&place.slug)),
    ]
}

/// Every indicator of the registry, in its order.
pub(super) fn indicators<'a>(ask: &'a Ask<'_>) -> TypedTable<13, impl Iterator<Item = [DataValue<'a>; 13]>> {
    let all = ask.registry().all().entries();
    TypedTable { columns: &INDICATORS, rows: all.map(|(at, indicator)| defined(ask, at, indicator)) }
}

fn defined<'a>(ask: &'a Ask<'_>, at: IndicatorId, indicator: &'a Indicator) -> [DataValue<'a>; 13] {
    let addresses = || ask.values(at).map(|value| value.address);
    let places: BTreeSet<&str> = addresses().map(|address| address.place.as_str()).collect();
    let years: BTreeSet<Year> = addresses().map(|address| address.year).collect();
    [
        DataValue::text(Some(&indicator.id)),
        DataValue::text(Some(&indicator.name)),
        DataValue::text(indicator.name_en.as_deref()),
        DataValue::text(Some(indicator.kind.name())),
        DataValue::text(Some(&indicator.unit)),
        DataValue::text(Some(indicator.direction.name())),
        DataValue::text(indicator.group.as_deref()),
        DataValue::list(&indicator.aliases),
        DataValue::text(indicator.definition.as_deref()),
        DataValue::Whole(addresses().count()),
        DataValue::Whole(places.len()),
        DataValue::year(years.first().copied()),
        DataValue::year(years.last().copied()),
    ]
}
