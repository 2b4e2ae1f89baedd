//! Figures as linked data: a schema.org `Dataset` with an `Observation` a row, in the rows' order,
//! and the places, indicators and documents that they speak of, each once.
//!
//! A bound is a bound here too: 近10万 has a `maxValue` and no `value`, so that nobody's program
//! takes it for an exact figure. What schema.org has no word for is named after the column.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::figures::{self, Row};
use super::table::Object;
use super::{FORMATS, File, Format, Slice};
use crate::config::Measure;
use crate::plan::{Plan, words};
use crate::report::Qualifier;
use crate::route::Route;

/// The whole graph of a slice, a node a line.
pub(super) fn draw(plan: &Plan<'_>, slice: &Slice, mut out: Vec<u8>) -> Vec<u8> {
    let rows: Vec<Row<'_>> = figures::rows(plan, slice).collect();
    let context = json!(["https://schema.org/", {"column": column_terms(plan)}]);
    out.extend(format!("{{\"@context\":{context},\n\"@graph\":[\n").bytes());
    let nodes = [dataset(plan, slice, &rows)].into_iter().chain(named(plan, &rows));
    for (at, node) in nodes.enumerate() {
        if at > 0 {
            out.extend(b",\n");
        }
        out.extend(node.to_string().bytes());
    }
    for row in &rows {
        out.extend(b",\n");
        observation(plan, row, &mut out);
    }
    out.extend(b"\n]}\n");
    out
}

/// Terms that schema.org has not are explained on the page of the data, column by column.
fn column_terms(plan: &Plan<'_>) -> Value {
    let page = plan.config().base.absolute(Route::page(["data"]).as_str());
    json!({"@id": format!("{page}#column-"), "@prefix": true})
}

/// The slice as a `Dataset`, and where its files are.
fn dataset(plan: &Plan<'_>, slice: &Slice, rows: &[Row<'_>]) -> Value {
    let words = words::of(plan.config().language);
    let years = rows.iter().map(|row| row.report.address.year);
    let coverage = match (years.clone().min(), years.max()) {
        (Some(first), Some(last)) if first < last => format!("{first}/{last}"),
        (first, _) => first.map(|year| year.to_string()).unwrap_or_default(),
    };
    let indicators: BTreeMap<&str, Value> =
        rows.iter().map(|row| (&*row.indicator.id, reference(&indicator_id(plan, row)))).collect();
    let about = plan.about(slice);
    let mut node = json!({
        "@type": "Dataset",
        "@id": id(plan, slice),
        "name": words.dataset(&about),
        "description": words.about_dataset(&about, rows.len()),
        "url": plan.config().base.absolute(Route::page(["data"]).as_str()),
        "inLanguage": "zh",
        "isAccessibleForFree": true,
        "temporalCoverage": coverage,
        "variableMeasured": indicators.into_values().collect::<Vec<_>>(),
        "distribution": distribution(plan, slice),
    });
    if let Some(name) = &plan.config().publisher.name {
        node["publisher"] = json!({"@type": "Organization", "name": name});
    }
    if *slice != Slice::Whole {
        node["isPartOf"] = reference(&id(plan, &Slice::Whole));
    }
    node
}

/// What names the `Dataset` of a slice.
fn id(plan: &Plan<'_>, slice: &Slice) -> String {
    address(plan, &File::Figures(slice.clone(), Format::JsonLd)) + "#dataset"
}

/// The whole address of a file.
fn address(plan: &Plan<'_>, file: &File) -> String {
    file.route().map(|route| plan.config().base.absolute(route.as_str())).unwrap_or_default()
}

fn distribution(plan: &Plan<'_>, slice: &Slice) -> Vec<Value> {
    let download = |format: Format| {
        let file = File::Figures(slice.clone(), format);
        json!({"@type": "DataDownload", "contentUrl": address(plan, &file), "encodingFormat": format.media()})
    };
    FORMATS.map(download).into()
}

fn reference(id: &str) -> Value {
    json!({"@id": id})
}

/// The places, indicators and documents of the rows, each once.
fn named(plan: &Plan<'_>, rows: &[Row<'_>]) -> Vec<Value> {
    let mut places = BTreeMap::new();
    let mut indicators = BTreeMap::new();
    let mut documents = BTreeMap::new();
    for row in rows {
        places.entry(&row.report.address.place).or_insert_with(|| place(plan, row));
        indicators.entry(&row.indicator.id).or_insert_with(|| indicator(plan, row));
        documents.entry(&row.report.address).or_insert_with(|| document(row));
    }
    places.into_values().chain(indicators.into_values()).chain(documents.into_values()).collect()
}

fn place(plan: &Plan<'_>, row: &Row<'_>) -> Value {
    let mut node = json!({
        "@type": if row.level() == "department" { "GovernmentOrganization" } else { "AdministrativeArea" },
        "@id": place_id(plan, row),
        "name": row.place_name(),
        "alternateName": row.report.address.place,
        "column:level": row.level(),
    });
    if let Some(code) = row.place.and_then(|place| place.code.as_ref()) {
        node["identifier"] = json!({"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": code});
    }
    node
}

fn indicator(plan: &Plan<'_>, row: &Row<'_>) -> Value {
    let indicator = row.indicator;
    let mut node = json!({
        "@type": "StatisticalVariable",
        "@id": indicator_id(plan, row),
        "identifier": indicator.id,
        "name": indicator.name,
        "column:indicator_kind": indicator.kind.name(),
    });
    if let Some(definition) = &indicator.definition {
        node["description"] = json!(definition);
    }
    node
}

fn document(row: &Row<'_>) -> Value {
    let matter = &row.report.matter;
    let mut node = json!({
        "@type": "Report",
        "@id": row.address,
        "name": matter.title.value,
        "url": row.address,
        "column:document_kind": matter.kind,
    });
    if let Some(date) = row.published() {
        node["datePublished"] = json!(date);
    }
    node
}

fn place_id(plan: &Plan<'_>, row: &Row<'_>) -> String {
    plan.config().base.absolute(Route::page([&row.report.address.place]).as_str())
}

fn indicator_id(plan: &Plan<'_>, row: &Row<'_>) -> String {
    plan.config().base.absolute(Route::page(["indicators", &row.indicator.id]).as_str())
}

/// A row as an `Observation`. There are many, so it is written without a tree in between.
fn observation(plan: &Plan<'_>, row: &Row<'_>, out: &mut Vec<u8>) {
    let mut node = Object::open(out);
    node.text("@type", "Observation");
    node.reference("observationAbout", &place_id(plan, row));
    node.reference("variableMeasured", &indicator_id(plan, row));
    node.text("observationDate", &row.report.address.year.to_string());
    if row.indicator.kind == Measure::Flow {
        node.text("observationPeriod", "P1Y");
    }
    node.number(value_term(row.figure.qualifier), row.figure.value);
    if let Some(qualifier) = row.qualifier() {
        node.text("column:qualifier", qualifier);
    }
    if !row.indicator.unit.is_empty() {
        node.text("unitText", &row.indicator.unit);
    }
    if !row.figure.sentence.is_empty() {
        node.text("description", &row.figure.sentence);
    }
    node.text("column:basis", row.basis());
    node.truth("column:preferred", row.preferred);
    node.reference("subjectOf", &row.address);
    node.text("url", &format!("{}{}", row.address, row.figure.href()));
    node.close();
}

/// Under which property the value stands: a bound is none but a bound.
fn value_term(qualifier: Option<Qualifier>) -> &'static str {
    match qualifier {
        None | Some(Qualifier::About) => "value",
        Some(Qualifier::AtLeast | Qualifier::MoreThan) => "minValue",
        Some(Qualifier::AtMost | Qualifier::LessThan) => "maxValue",
    }
}
