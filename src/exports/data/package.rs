//! The data described for programs: a Data Package of the Frictionless standard, version 2, with
//! a resource for every CSV file and for the records, and a Table Schema for every kind of table.

use serde_json::{Value, json};

use super::table::{Column, Type};
use super::{figures, registers};
use crate::ask::Ask;
use crate::outline::data::{OpenDataFile, Register, Slice, TableFormat};
use crate::route::Route;
use crate::words::{self, Vocabulary};

/// The version of the standard, by the address of its profile.
const PACKAGE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
/// The same of a table's schema.
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// The description of every CSV file.
pub(super) fn package(ask: &Ask<'_>) -> Value {
    let config = ask.config();
    let words = words::of(config);
    let about = ask.about(&Slice::Whole);
    let rows = ask.rows_of(&Slice::Whole).unwrap_or_default();
    let registers = ask.registers().map(|register| catalogue(ask, register));
    let slices = ask.slices().keys().map(|slice| resource(ask, slice));
    let mut package = json!({
        "$schema": PACKAGE,
        "name": name(config.base.host()),
        "id": ask.data_address(&OpenDataFile::Package),
        "title": words.dataset(&about),
        "description": words.about_dataset(&about, rows),
        "homepage": config.base.absolute(Route::page(["data"]).as_str()),
        "resources": slices.chain(registers).collect::<Vec<_>>(),
    });
    if let Some(publisher) = &config.publisher.name {
        package["contributors"] = json!([{"title": publisher, "roles": ["publisher"]}]);
    }
    if let Some(license) = &config.license {
        let mut told = json!({"path": license.url});
        if let Some(id) = &license.id {
            told["name"] = json!(id);
        }
        package["licenses"] = json!([told]);
    }
    package
}

/// A host as a package's name, which is made of small letters, figures, hyphens and dots.
fn name(host: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' };
    format!("{}-figures", host.to_ascii_lowercase().chars().map(plain).collect::<String>())
}

/// A file of rows, but for its schema.
fn table(name: &str, file: &OpenDataFile, title: &str) -> Value {
    let format = match file {
        OpenDataFile::Figures(_, format) | OpenDataFile::Register(_, format) => format.ending(),
        _ => TableFormat::Json.ending(),
    };
    json!({
        "name": name,
        "type": "table",
        "title": title,
        "path": file.path(),
        "format": format,
        "mediatype": file.media(),
        "encoding": "utf-8",
    })
}

/// A slice of the figures. All slices have the same columns, so they share a schema.
fn resource(ask: &Ask<'_>, slice: &Slice) -> Value {
    let name = match slice {
        Slice::Whole => "figures".to_owned(),
        Slice::Place(slug) => format!("figures-of-place-{slug}"),
        Slice::Year(year) => format!("figures-of-year-{year}"),
        Slice::Indicator(id) => format!("figures-of-indicator-{id}"),
    };
    let title = words::of(ask.config()).dataset(&ask.about(slice));
    let mut resource = table(&name, &OpenDataFile::Figures(slice.clone(), TableFormat::Csv), &title);
    resource["schema"] = json!(OpenDataFile::Schema.path());
    resource
}

/// A register with its schema.
fn catalogue(ask: &Ask<'_>, register: Register) -> Value {
    let words = words::of(ask.config());
    let title = words.register(register);
    let file = OpenDataFile::Register(register, register.formats()[0]);
    let mut resource = table(register.name(), &file, title);
    let keys: &[(&str, &str)] = match register {
        Register::Documents => &[("place", "places")],
        // An empty text names the very table that the key stands in.
        Register::Places => &[("parent", "")],
        Register::Indicators => &[],
        Register::Ancestry => &[("address", "documents"), ("place", "places")],
        Register::Records => &[("place", "places")],
    };
    let columns = registers::columns(register);
    resource["schema"] = schema(words, columns, (&[columns[0].name], keys));
    resource
}

/// The schema that all slices of the figures share.
pub(super) fn figures(ask: &Ask<'_>) -> Value {
    let keys = [("place", "places"), ("indicator", "indicators"), ("address", "documents")];
    schema(words::of(ask.config()), &figures::COLUMNS, (&["address", "indicator"], &keys))
}

/// The columns of a table, what names a row, and which columns name rows of other tables.
fn schema(words: Vocabulary<'_>, columns: &[Column], keys: (&[&str], &[(&str, &str)])) -> Value {
    let (primary, foreign) = keys;
    let foreign = foreign.iter().map(|(field, resource)| {
        let there = if *field == "parent" { "place" } else { field };
        json!({"fields": [field], "reference": {"resource": resource, "fields": [there]}})
    });
    let mut schema = json!({
        "$schema": SCHEMA,
        "fields": columns.iter().map(|column| field(words, column)).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": primary,
    });
    let foreign: Vec<Value> = foreign.collect();
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    schema
}

fn field(words: Vocabulary<'_>, column: &Column) -> Value {
    let kind = match column.kind {
        Type::Text | Type::Address => "string",
        Type::List => "list",
        Type::Number => "number",
        Type::Whole => "integer",
        Type::Year => "year",
        Type::Date => "date",
        Type::Time => "time",
        Type::Truth => "boolean",
    };
    let mut field = json!({"name": column.name, "type": kind, "description": words.column(column.meaning)});
    if column.kind == Type::Address {
        field["format"] = json!("uri");
    }
    if column.kind == Type::List {
        field["delimiter"] = json!("|");
    }
    if column.required {
        field["constraints"] = json!({"required": true});
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_host_makes_a_name() {
        for (host, expected) in [
            ("xiangwei.example", "xiangwei.example-figures"),
            ("[::1]", "---1--figures"),
            ("A_b", "a-b-figures"),
        ] {
            assert_eq!(name(host), expected);
        }
    }

    #[test]
    fn columns_become_typed_fields() {
        // Without a theme, a text is its key.
        let config = Config::default();
        let words = words::of(&config);
        let list = Column::optional("issuers", Type::List, "column.documents.issuers");
        let expected = json!({"name": "issuers", "type": "list", "delimiter": "|", "description": "column.documents.issuers"});
        assert_eq!(field(words, &list), expected);
        let address = Column::needed("address", Type::Address, "column.documents.address");
        let expected = json!({
            "name": "address", "type": "string", "format": "uri", "description": "column.documents.address",
            "constraints": {"required": true},
        });
        assert_eq!(field(words, &address), expected);
    }
}
