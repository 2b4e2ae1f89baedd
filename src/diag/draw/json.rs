//! Diagnostics as one JSON list, for programs that show them in their own way.

use std::borrow::Cow;

use serde::Serialize;

use super::atlas::{Atlas, Region};
use super::visible::visible_json;
use super::{Language, severity_name};
use crate::diag::{Diagnostic, Label, Words};
use crate::personal;
use crate::source::Span;

/// One list with everything that is known of each diagnostic.
pub(super) fn draw(diagnostics: &[Diagnostic], atlas: &Atlas<'_>, language: Language) -> String {
    let entries = diagnostics.iter().map(|diagnostic| JsonDiagnostic::new(diagnostic, atlas, language));
    document(&entries.collect::<Vec<_>>())
}

/// `value` as a JSON document that is safe to show in a terminal.
pub(super) fn document(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("texts, numbers and lists always have a JSON form");
    visible_json(&json) + "\n"
}

/// One diagnostic; the names of the fields are the format.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    path: Cow<'a, str>,
    #[serde(flatten)]
    at: JsonRange,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    here: Option<&'a str>,
    help: Option<&'a str>,
    labels: Vec<LabelEntry<'a>>,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    path: Cow<'a, str>,
    #[serde(flatten)]
    at: JsonRange,
    message: &'a str,
}

/// Lines and columns from one, columns in characters, ends behind the last one; and bytes.
#[derive(Default, Serialize)]
struct JsonRange {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    start: Option<u32>,
    end: Option<u32>,
}

impl JsonRange {
    fn new(place: Option<Region>, span: Option<Span>) -> Self {
        Self {
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end_line: place.map(|place| place.end_line),
            end_column: place.map(|place| place.end_column),
            start: span.map(|span| span.start),
            end: span.map(|span| span.end),
        }
    }
}

impl<'a> JsonDiagnostic<'a> {
    fn new(diagnostic: &'a Diagnostic, atlas: &Atlas<'_>, language: Language) -> Self {
        let said = |words: &'a Option<Words>| words.as_ref().map(|words| words.get(language));
        let labels = diagnostic.labels.iter().map(|label| LabelEntry::new(label, atlas, language));
        Self {
            path: personal::mask(diagnostic.path.as_str()),
            at: JsonRange::new(atlas.place(&diagnostic.path, diagnostic.span), diagnostic.span),
            severity: severity_name(diagnostic),
            code: diagnostic.code,
            message: diagnostic.message.get(language),
            here: said(&diagnostic.here),
            help: said(&diagnostic.help),
            labels: labels.collect(),
        }
    }
}

impl<'a> LabelEntry<'a> {
    fn new(label: &'a Label, atlas: &Atlas<'_>, language: Language) -> Self {
        Self {
            path: personal::mask(label.path.as_str()),
            at: JsonRange::new(atlas.place(&label.path, Some(label.span)), Some(label.span)),
            message: label.words.get(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{PATH, TEXT, hint, mistake, remark, sources};
    use super::*;
    use serde_json::{Value, json};

    fn drawn(diagnostics: &[Diagnostic], language: Language) -> String {
        let sources = sources(&[(PATH, TEXT)]);
        draw(diagnostics, &Atlas::new(diagnostics, &sources), language)
    }

    #[test]
    fn an_entry_has_everything_in_bytes_and_in_lines() {
        let text = drawn(&[mistake(), remark()], Language::English);
        let list: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            list[0],
            json!({
                "path": PATH,
                "line": 3, "column": 10, "end_line": 3, "end_column": 17,
                "start": 27, "end": 48,
                "severity": "error",
                "code": "date/format",
                "message": "`written` must be a date",
                "here": "expected a date such as 2024-03-02",
                "help": "write year, month and day in digits",
                "labels": [{
                    "path": PATH,
                    "line": 2, "column": 8, "end_line": 2, "end_column": 10,
                    "start": 11, "end": 17,
                    "message": "this report"
                }]
            })
        );
        assert_eq!(list[1]["line"], Value::Null);
        assert_eq!(list[1]["severity"], "warning");
    }

    #[test]
    fn a_note_is_called_one() {
        let list: Value = serde_json::from_str(&drawn(&[hint()], Language::English)).unwrap();
        assert_eq!((&list[0]["severity"], &list[0]["line"]), (&json!("note"), &json!(3)));
    }

    #[test]
    fn messages_are_in_the_language_asked_for() {
        assert!(drawn(&[mistake()], Language::Chinese).contains("`written` 应为日期"));
    }

    #[test]
    fn nothing_wrong_is_an_empty_list() {
        assert_eq!(drawn(&[], Language::English), "[]\n");
    }
}
