//! Figures as linked data: a schema.org `Dataset` with an `Observation` a row, in the rows' order,
//! and the places, indicators and documents that they speak of, each once.
//!
//! A bound is a bound here too: 近10万 has a `maxValue` and no `value`, so that nobody's program
//! takes it for an exact figure. What schema.org has no word for is named after the column.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::rc::Rc;

use serde_json::{Value, json};

use super::figures::{self, DocumentColumns, FigureRecord};
use super::table::{JsonLine, MEMORY};
use crate::ask::Ask;
use crate::config::{Indicator, Measure};
use crate::outline::data::{OpenDataFile, Slice};
use crate::report::{Amount, Qualifier};
use crate::route::{Address, Route, Year};
use crate::words;

/// Draws the graph, or that of one in `step` documents, a node a line.
pub(super) fn write(ask: &Ask<'_>, step: usize, out: &mut impl Write) {
    let rows: Vec<FigureRecord<'_>> = figures::rows(ask, &Slice::Whole, step).collect();
    let named = NamedThings::by(&rows);
    let base = SiteBase::of(ask);
    let context = json!(["https://schema.org/", {"@base": base.0, "column": column_terms()}]);
    write!(out, "{{\"@context\":{context},\n\"@graph\":[\n").expect(MEMORY);
    write!(out, "{}", dataset(ask)).expect(MEMORY);
    for node in named.nodes(&base) {
        write!(out, ",\n{node}").expect(MEMORY);
    }
    for row in &rows {
        out.write_all(b",\n").expect(MEMORY);
        observation(&base, row, out);
    }
    out.write_all(b"\n]}\n").expect(MEMORY);
}

/// Terms that schema.org has not are explained on the page of the data, column by column.
fn column_terms() -> Value {
    json!({"@id": "data/#column-", "@prefix": true})
}

/// The address of the site. A row names its place, its indicator and its document, and itself by its
/// sentence: from there on they are short.
struct SiteBase(String);

impl SiteBase {
    fn of(ask: &Ask<'_>) -> Self {
        Self(ask.config().base.absolute(Route::home().as_str()))
    }

    /// A whole address of the site as it is told from here.
    fn shortened<'t>(&self, address: &'t str) -> &'t str {
        address.strip_prefix(&self.0).unwrap_or(address)
    }

    fn document<'d>(&self, document: &'d DocumentColumns<'_>) -> &'d str {
        self.shortened(&document.address)
    }
}

/// What names a place.
fn place_id(document: &DocumentColumns<'_>) -> String {
    format!("{}/", document.report.address.place)
}

/// What names an indicator.
fn indicator_id(id: &str) -> String {
    format!("indicators/{id}/")
}

/// All figures as a `Dataset`, and where its files are.
pub(super) fn dataset(ask: &Ask<'_>) -> Value {
    let words = words::of(ask.config());
    let (mut years, mut indicators) = (BTreeSet::new(), BTreeSet::new());
    for slice in ask.slices().keys() {
        match slice {
            Slice::Year(year) => drop(years.insert(*year)),
            Slice::Indicator(id) => drop(indicators.insert(id.as_str())),
            Slice::Whole | Slice::Place(_) => {}
        }
    }
    let coverage = match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}/{last}"),
        (first, _) => first.map(Year::to_string).unwrap_or_default(),
    };
    let address = |path: &str| ask.config().base.absolute(&format!("/{path}"));
    let variables = indicators.iter().map(|id| json!({"@id": address(&indicator_id(id))}));
    let about = ask.about(&Slice::Whole);
    let rows = ask.rows_of(&Slice::Whole).unwrap_or_default();
    let mut node = json!({
        "@type": "Dataset",
        "@id": ask.data_address(&OpenDataFile::Linked) + "#dataset",
        "name": words.dataset(&about),
        "description": words.about_dataset(&about, rows),
        "url": address("data/"),
        "inLanguage": "zh",
        "isAccessibleForFree": true,
        "temporalCoverage": coverage,
        "variableMeasured": variables.collect::<Vec<_>>(),
        "distribution": distribution(ask),
    });
    if let Some(license) = &ask.config().license {
        node["license"] = json!(license.url);
    }
    if let Some(name) = &ask.config().publisher.name {
        node["publisher"] = json!({"@type": "Organization", "name": name});
    }
    node
}

fn distribution(ask: &Ask<'_>) -> Vec<Value> {
    let download = |file: OpenDataFile| {
        json!({
            "@type": "DataDownload",
            "contentUrl": ask.data_address(&file),
            "encodingFormat": file.media(),
        })
    };
    OpenDataFile::whole().map(download).into()
}

/// The places, indicators and documents that rows speak of, each once.
#[derive(Default)]
struct NamedThings<'a> {
    places: BTreeMap<&'a str, Rc<DocumentColumns<'a>>>,
    indicators: BTreeMap<&'a str, &'a Indicator>,
    documents: BTreeMap<&'a Address, Rc<DocumentColumns<'a>>>,
}

impl<'a> NamedThings<'a> {
    fn by(rows: &[FigureRecord<'a>]) -> Self {
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

    fn nodes(&self, base: &SiteBase) -> impl Iterator<Item = Value> {
        let places = self.places.values().map(|document| place(document));
        let indicators = self.indicators.values().map(|indicator| variable(indicator));
        places.chain(indicators).chain(self.documents.values().map(|document| report(base, document)))
    }
}

fn place(document: &DocumentColumns<'_>) -> Value {
    let level = document.level();
    let mut node = json!({
        "@type": if level == "department" { "GovernmentOrganization" } else { "AdministrativeArea" },
        "@id": place_id(document),
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

fn variable(indicator: &Indicator) -> Value {
    let mut node = json!({
        "@type": "StatisticalVariable",
        "@id": indicator_id(&indicator.id),
        "identifier": indicator.id,
        "name": indicator.name,
        "column:indicator_kind": indicator.kind.name(),
    });
    if let Some(definition) = &indicator.definition {
        node["description"] = json!(definition);
    }
    node
}

fn report(base: &SiteBase, document: &DocumentColumns<'_>) -> Value {
    let matter = &document.report.matter;
    let mut node = json!({
        "@type": "Report",
        "@id": base.document(document),
        "name": matter.title.value,
        "url": base.document(document),
        "column:document_kind": matter.kind,
        "column:extent": matter.extent.name(),
    });
    if let Some(date) = &document.published {
        node["datePublished"] = json!(date);
    }
    node
}

/// A row as an `Observation`. There are many, so it is written without a tree in between.
fn observation(base: &SiteBase, row: &FigureRecord<'_>, out: &mut impl Write) {
    let (document, indicator) = (&row.document, row.indicator);
    let mut node = JsonLine::open(out);
    node.text("@type", "Observation");
    node.reference("observationAbout", &place_id(document));
    node.reference("variableMeasured", &indicator_id(&indicator.id));
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
    node.reference("subjectOf", base.document(document));
    node.text("url", &format!("{}{}", base.document(document), row.figure.href()));
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
