//! What can be written in the files of a site, for programs and for people: JSON Schemas, by which
//! editors complete keys and underline mistakes while one types, and the tables of the manual. Both
//! are drawn from the tables by which the files are read.

use serde_json::{Map, Value, json};

use crate::config::{self, Config, Kind};
use crate::diag::Language;
use crate::page;
use crate::report::matter::{self, RELATIONS};
use crate::yaml::keys::{KeyDescription, Keys, ValueShape};
use crate::yaml::names::WrittenName;

/// A sort of file with keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyedFile {
    /// `site.yaml`.
    Site,
    /// The front matter of a document.
    Report,
    /// The front matter of a place, `_index.md`.
    Place,
    /// `indicators.yaml`.
    Indicators,
    /// `sites.yaml`.
    Sites,
}

impl KeyedFile {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Site, Self::Report, Self::Place, Self::Indicators, Self::Sites];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Report => "report",
            Self::Place => "place",
            Self::Indicators => "indicators",
            Self::Sites => "sites",
        }
    }

    fn keys(self) -> &'static Keys {
        match self {
            Self::Site => &config::SITE,
            Self::Report => &matter::MATTER,
            Self::Place => &page::PLACE,
            Self::Indicators => &config::REGISTRY,
            Self::Sites => &config::SITES,
        }
    }

    fn title(self, language: Language) -> &'static str {
        match self {
            Self::Site => language.pick("象魏：site.yaml", "xiangwei: site.yaml"),
            Self::Report => language.pick("象魏：文件的元数据", "xiangwei: front matter of a document"),
            Self::Place => language.pick("象魏：地方的元数据", "xiangwei: front matter of a place"),
            Self::Indicators => language.pick("象魏：indicators.yaml", "xiangwei: indicators.yaml"),
            Self::Sites => language.pick("象魏：sites.yaml", "xiangwei: sites.yaml"),
        }
    }
}

/// The JSON Schema (2020-12) of a file, with descriptions in this language. It refuses whatever the
/// program refuses for its shape; what a value means (whether a place is there, whether a day exists)
/// only `check` can tell.
#[must_use]
pub fn schema(file: KeyedFile, language: Language) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!(file.title(language)));
    schema.extend(mapping(file.keys(), language));
    if file == KeyedFile::Report {
        let kinds = Config::default().kinds;
        let needs: Vec<Value> = kinds.iter().map(|(id, kind)| needs(id, kind)).collect();
        schema.insert("allOf".into(), json!(needs));
    }
    if file == KeyedFile::Indicators {
        schema.insert("type".into(), json!(["object", "null"]));
    }
    Value::Object(schema)
}

/// A mapping with these keys.
fn mapping(keys: &Keys, language: Language) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    match keys {
        Keys::Fixed(fields) => {
            let property = |field: &KeyDescription| (field.key.to_owned(), property(field, language));
            let required = fields.iter().filter(|field| field.is_required).map(|field| field.key);
            schema.insert("properties".into(), Value::Object(fields.iter().map(property).collect()));
            schema.insert("required".into(), required.collect());
            schema.insert("additionalProperties".into(), json!(false));
        }
        Keys::Chosen { pattern, shape } => {
            schema.insert("propertyNames".into(), json!({ "pattern": pattern }));
            schema.insert("additionalProperties".into(), shaped(shape, language));
        }
    }
    schema
}

/// What stands behind a key. One that is not required may be there without a value.
fn property(field: &KeyDescription, language: Language) -> Value {
    let shape = shaped(&field.shape, language);
    let shape = match field.is_required {
        // An empty list is nothing.
        true => json!({ "allOf": [shape, { "minItems": 1 }] }),
        false => json!({ "anyOf": [shape, { "type": "null" }] }),
    };
    let mut told = Map::new();
    told.extend(field.called.first().map(|called| ("title".to_owned(), json!(called))));
    told.insert("description".into(), json!(description(field, language)));
    if let Value::Object(shape) = shape {
        told.extend(shape);
    }
    Value::Object(told)
}

/// What the manual says of a key, without its links, and an example.
fn description(field: &KeyDescription, language: Language) -> String {
    let takes = without_links(field.takes.get(language));
    match field.example {
        "" => takes,
        example => format!("{takes}{}`{example}`", language.pick("。例如 ", ". Such as ")),
    }
}

/// `text` with the words of each link in the place of the link.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, (words, after))) =
        rest.split_once('[').and_then(|(before, after)| Some((before, after.split_once("](")?)))
    {
        plain.push_str(before);
        plain.push_str(words);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

fn shaped(shape: &ValueShape, language: Language) -> Value {
    match shape {
        ValueShape::Text => json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" }),
        ValueShape::Like(pattern) => json!({ "type": "string", "pattern": pattern }),
        ValueShape::Digits(pattern) => json!({ "type": ["string", "integer"], "pattern": pattern }),
        ValueShape::Number => {
            json!({ "type": ["number", "string"], "pattern": "^\\s*[-+]?[0-9]*\\.?[0-9]+\\s*$" })
        }
        ValueShape::Switch => json!({ "type": "boolean" }),
        ValueShape::OneOf(known) => choice(&known()),
        ValueShape::OneOfOrOwn(known, pattern) => {
            json!({ "anyOf": [choice(&known()), { "type": "string", "pattern": pattern }] })
        }
        ValueShape::Many(shape) => {
            let one = shaped(shape, language);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        ValueShape::List(shape) => json!({ "type": "array", "items": shaped(shape, language) }),
        ValueShape::Group(keys) => Value::Object(mapping(keys, language)),
        ValueShape::Either(one, other) => {
            json!({ "anyOf": [shaped(one, language), shaped(other, language)] })
        }
        ValueShape::Anything => json!(true),
    }
}

/// Names to choose from. Editors show beside each what it is called, which is no part of the standard.
fn choice(known: &[WrittenName<'static>]) -> Value {
    let names: Vec<&str> = known.iter().map(|known| known.name).collect();
    let called: Vec<&str> =
        known.iter().map(|known| known.called.first().copied().unwrap_or_default()).collect();
    json!({ "enum": names, "enumDescriptions": called })
}

/// What a document of this kind must have besides.
fn needs(id: &str, kind: &Kind) -> Value {
    let keys: Vec<&str> = kind.needs.iter().map(|need| need.key()).collect();
    let given = |key: &&str| {
        let filled = match *key {
            "relations" => {
                let one = |(name, _): &(&str, &str)| json!({ "required": [name], "properties": { *name: neither_null_nor_empty() } });
                json!({ "anyOf": RELATIONS.iter().map(one).collect::<Vec<_>>() })
            }
            _ => neither_null_nor_empty(),
        };
        ((*key).to_owned(), filled)
    };
    let filled: Map<String, Value> = keys.iter().map(given).collect();
    let is_kind = match id {
        // What says no kind is an annual report.
        config::ANNUAL_REPORT => json!({ "properties": { "kind": { "enum": [id, null] } } }),
        _ => json!({ "properties": { "kind": { "const": id } }, "required": ["kind"] }),
    };
    json!({ "if": is_kind, "then": { "required": keys, "properties": filled } })
}

/// Neither without a value nor with an empty list.
fn neither_null_nor_empty() -> Value {
    json!({ "not": { "enum": [null, []] } })
}

/// The table of a file's keys in the manual, as Markdown.
#[must_use]
pub fn manual(file: KeyedFile, language: Language) -> String {
    let keys = match file {
        KeyedFile::Indicators => &config::INDICATOR,
        KeyedFile::Sites => &config::MEMBER,
        other => other.keys(),
    };
    let mut columns = vec![language.pick("键", "key"), language.pick("怎样写", "what it takes")];
    match file {
        KeyedFile::Report => {
            columns.extend([language.pick("例", "example"), language.pick("显示在哪里", "where it shows")])
        }
        KeyedFile::Site | KeyedFile::Sites => columns.push(language.pick("不写时", "if not given")),
        KeyedFile::Place | KeyedFile::Indicators => {}
    }
    let mut table = row(&columns);
    table.push_str(&format!("|{}\n", "---|".repeat(columns.len())));
    for field in keys.fields() {
        let key = format!("`{}`", field.key);
        let example = format!("`{}`", field.example);
        let mut cells = vec![key.as_str(), field.takes.get(language)];
        match file {
            KeyedFile::Report => cells.extend([example.as_str(), field.effect.get(language)]),
            KeyedFile::Site | KeyedFile::Sites => cells.push(field.effect.get(language)),
            KeyedFile::Place | KeyedFile::Indicators => {}
        }
        table.push_str(&row(&cells));
    }
    table
}

fn row(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_the_words_of_its_links() {
        assert_eq!(without_links("a [kind](#kinds); see [this](x)."), "a kind; see this.");
        assert_eq!(without_links("[甲, 乙]"), "[甲, 乙]");
    }

    /// Every key has a Chinese name, says what it takes in both languages, and no two keys of a
    /// mapping are called the same.
    #[test]
    fn every_key_is_told() {
        fn look(keys: &Keys) {
            if let Keys::Chosen { shape, .. } = keys {
                return of_shape(shape);
            }
            let mut names = std::collections::BTreeSet::new();
            for field in keys.fields() {
                assert!(!field.called.is_empty() && !field.takes.zh.is_empty(), "{}", field.key);
                assert!(!field.takes.en.is_empty(), "{}", field.key);
                assert!(field.called.iter().all(|name| names.insert(*name)), "{}", field.key);
                of_shape(&field.shape);
            }
        }
        fn of_shape(shape: &ValueShape) {
            match shape {
                ValueShape::Group(keys) => look(keys),
                ValueShape::Many(one) | ValueShape::List(one) => of_shape(one),
                ValueShape::Either(one, other) => [one, other].into_iter().for_each(|shape| of_shape(shape)),
                _ => {}
            }
        }
        KeyedFile::ALL.iter().for_each(|file| look(file.keys()));
    }
}
