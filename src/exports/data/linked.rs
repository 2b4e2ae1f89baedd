//! Figures as linked data: a schema.org `Dataset` with an `Observation` a row, in the rows' order,
//! and the places, indicators and documents that they speak of, each once.
//!
//! A bound is a bound here too: 近10万 has a `maxValue` and no `value`, so that nobody's program
//! takes it for an exact figure. What schema.org has no word for is named after the column.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::rc::Rc;

use serde_json::{Value, json};

use super::figures::{self, Document, Row};
use super::table::{MEMORY, Object};
use crate::ask::Ask;
use crate::config::{Indicator, Measure};
use crate::outline::data::{File, Slice};
use crate::report::{Amount, Qualifier};
use crate::route::{Address, Route, Year};
use crate::words;

/// Draws the graph of a slice, or of one in `step` of its documents, a node a line.
pub(super) fn write(ask: &Ask<'_>, slice: &Slice, step: usize, out: &mut impl Write) {
    let rows: Vec<Row<'_>> = figures::rows(ask, slice, step).collect();
    let named = Named::by(&rows);
    let context = json!(["https://schema.org/", {"column": column_terms(ask)}]);
    write!(out, "{{\"@context\":{context},\n\"@graph\":[\n").expect(MEMORY);
    write!(out, "{}", dataset(ask, slice, &named.scope())).expect(MEMORY);
    for node in named.nodes(ask) {
        write!(out, ",\n{node}").expect(MEMORY);
    }
    for row in &rows {
        out.write_all(b",\n").expect(MEMORY);
        observation(ask, row, out);
    }
    out.write_all(b"\n]}\n").expect(MEMORY);
}

/// Terms that schema.org has not are explained on the page of the data, column by column.
fn column_terms(ask: &Ask<'_>) -> Value {
    let page = ask.config().base.absolute(Route::page(["data"]).as_str());
    json!({"@id": format!("{page}#column-"), "@prefix": true})
}

/// What figures are about as a whole.
pub(super) struct Scope<'a> {
    years: BTreeSet<Year>,
    indicators: BTreeSet<&'a str>,
}

impl<'a> Scope<'a> {
    /// The scope of all figures, as it was counted.
    pub(super) fn whole(ask: &'a Ask<'_>) -> Self {
        let year = |slice: &Slice| if let Slice::Year(year) = slice { Some(*year) } else { None };
        let indicator =
            |slice: &'a Slice| if let Slice::Indicator(id) = slice { Some(id.as_str()) } else { None };
        Self {
            years: ask.slices().keys().filter_map(year).collect(),
            indicators: ask.slices().keys().filter_map(indicator).collect(),
        }
    }
}

/// A slice as a `Dataset`, and where its files are.
pub(super) fn dataset(ask: &Ask<'_>, slice: &Slice, scope: &Scope<'_>) -> Value {
    let words = words::of(ask.config().language);
    let coverage = match (scope.years.first(), scope.years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}/{last}"),
        (first, _) => first.map(Year::to_string).unwrap_or_default(),
    };
    let variables = scope.indicators.iter().map(|id| reference(&indicator_id(ask, id)));
    let about = ask.about(slice);
    let rows = ask.rows_of(slice).unwrap_or_default();
    let mut node = json!({
        "@type": "Dataset",
        "@id": id(ask, slice),
        "name": words.dataset(&about),
        "description": words.about_dataset(&about, rows),
        "url": ask.config().base.absolute(Route::page(["data"]).as_str()),
        "inLanguage": "zh",
        "isAccessibleForFree": true,
        "temporalCoverage": coverage,
        "variableMeasured": variables.collect::<Vec<_>>(),
        "distribution": distribution(ask, slice),
    });
    if let Some(name) = &ask.config().publisher.name {
        node["publisher"] = json!({"@type": "Organization", "name": name});
    }
    if *slice != Slice::Whole {
        node["isPartOf"] = reference(&id(ask, &Slice::Whole));
    }
    node
}

/// What names the `Dataset` of a slice.
fn id(ask: &Ask<'_>, slice: &Slice) -> String {
    ask.data_address(&File::Linked(slice.clone())) + "#dataset"
}

fn distribution(ask: &Ask<'_>, slice: &Slice) -> Vec<Value> {
    let download = |file: File| {
        json!({
            "@type": "DataDownload",
            "contentUrl": ask.data_address(&file),
            "encodingFormat": file.media(),
        })
    };
    File::of_slice(slice).map(download).into()
}

fn reference(id: &str) -> Value {
    json!({"@id": id})
}

/// The places, indicators and documents that rows speak of, each once.
#[derive(Default)]
struct Named<'a> {
    places: BTreeMap<&'a str, Rc<Document<'a>>>,
    indicators: BTreeMap<&'a str, &'a Indicator>,
    documents: BTreeMap<&'a Address, Rc<Document<'a>>>,
}

impl<'a> Named<'a> {
    fn by(rows: &[Row<'a>]) -> Self {
        let mut named = Self::default();
        let mut last = None;
        for row in rows {
            named.indicators.insert(&row.indicator.id, row.indicator);
            if last.replace(&row.document).is_none_or(|last| !Rc::ptr_eq(last, &row.document)) {
                let address = &row.document.report.address;
                named.places.entry(&address.place).or_insert_with(|| Rc::clone(&row.document));
                named.documents.insert(address, Rc::clone(&row.document));
            }
        }
        named
    }

    fn scope(&self) -> Scope<'a> {
        Scope {
            years: self.documents.keys().map(|address| address.year).collect(),
            indicators: self.indicators.keys().copied().collect(),
        }
    }

    fn nodes(&self, ask: &Ask<'_>) -> impl Iterator<Item = Value> {
        let places = self.places.values().map(|document| place(ask, document));
        let indicators = self.indicators.values().map(|indicator| variable(ask, indicator));
        places.chain(indicators).chain(self.documents.values().map(|document| report(document)))
    }
}

fn place(ask: &Ask<'_>, document: &Document<'_>) -> Value {
    let level = document.level();
    let mut node = json!({
        "@type": if level == "department" { "GovernmentOrganization" } else { "AdministrativeArea" },
        "@id": place_id(ask, document),
        "name": document.place_name(),
        "alternateName": document.report.address.place,
        "column:level": level,
        "column:invented": document.invented,
    });
    if let Some(code) = document.place.and_then(|place| place.code.as_ref()) {
        node["identifier"] = json!({"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": code});
    }
    node
}

fn variable(ask: &Ask<'_>, indicator: &Indicator) -> Value {
    let mut node = json!({
        "@type": "StatisticalVariable",
        "@id": indicator_id(ask, &indicator.id),
        "identifier": indicator.id,
        "name": indicator.name,
        "column:indicator_kind": indicator.kind.name(),
    });
    if let Some(definition) = &indicator.definition {
        node["description"] = json!(definition);
    }
    node
}

fn report(document: &Document<'_>) -> Value {
    let matter = &document.report.matter;
    let mut node = json!({
        "@type": "Report",
        "@id": document.address,
        "name": matter.title.value,
        "url": document.address,
        "column:document_kind": matter.kind,
        "column:extent": matter.extent.name(),
    });
    if let Some(date) = &document.published {
        node["datePublished"] = json!(date);
    }
    node
}

fn place_id(ask: &Ask<'_>, document: &Document<'_>) -> String {
    ask.config().base.absolute(Route::page([&document.report.address.place]).as_str())
}

fn indicator_id(ask: &Ask<'_>, id: &str) -> String {
    ask.config().base.absolute(Route::page(["indicators", id]).as_str())
}

/// A row as an `Observation`. There are many, so it is written without a tree in between.
fn observation(ask: &Ask<'_>, row: &Row<'_>, out: &mut impl Write) {
    let (document, indicator) = (&row.document, row.indicator);
    let mut node = Object::open(out);
    node.text("@type", "Observation");
    node.reference("observationAbout", &place_id(ask, document));
    node.reference("variableMeasured", &indicator_id(ask, &indicator.id));
    node.text("observationDate", &document.report.address.year.to_string());
    if indicator.kind == Measure::Flow {
        node.text("observationPeriod", "P1Y");
    }
    match row.figure.amount {
        Amount { value, to: Some(to), .. } => {
            node.number("minValue", value);
            node.number("maxValue", to);
        }
        Amount { value, qualifier, .. } => node.number(value_term(qualifier), value),
    }
    if let Some(qualifier) = row.qualifier() {
        node.text("column:qualifier", qualifier);
    }
    if !indicator.unit.is_empty() {
        node.text("unitText", &indicator.unit);
    }
    if !row.figure.sentence.is_empty() {
        node.text("description", &row.figure.sentence);
    }
    node.text("column:basis", row.basis());
    node.truth("column:preferred", row.preferred);
    node.reference("subjectOf", &document.address);
    node.text("url", &format!("{}{}", document.address, row.figure.href()));
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
