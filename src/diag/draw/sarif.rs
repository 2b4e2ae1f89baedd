//! Diagnostics as a SARIF 2.1.0 log, the form in which code hosts take in findings.
//!
//! Columns are counted in code points, which is said in the log. Addresses of files are relative
//! URIs below the folder in which their reader stands, or below the site's where that is not in
//! it; the log says which folder it is.

use std::collections::BTreeSet;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::atlas::Atlas;
use super::json::document;
use super::{DrawingStyle, Language, PathReader, severity_name};
use crate::diag::{Diagnostic, Label, explain};
use crate::personal;
use crate::source::Span;

/// One log of one run.
pub(super) fn draw(diagnostics: &[Diagnostic], atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let language = style.language;
    let desk = Results { atlas, language, base: AddressBase::of(style.stand) };
    let codes: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results = diagnostics.iter().map(|diagnostic| {
        let mut result = desk.result(diagnostic);
        result["ruleIndex"] = json!(codes.binary_search(&diagnostic.code).ok());
        result
    });
    let results: Vec<Value> = results.collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, language)).collect();
    let mut log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "xiangwei",
                "version": env!("CARGO_PKG_VERSION"),
                "language": language.tag(),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    if !desk.base.folder.is_empty() {
        log["runs"][0]["originalUriBaseIds"] = json!({ ROOT: { "uri": desk.base.folder } });
    }
    document(&log)
}

/// The name that code hosts have for the folder that addresses are below.
const ROOT: &str = "%SRCROOT%";

/// The folder that addresses are below.
struct AddressBase {
    /// Its address; empty where it is not known.
    folder: String,
    /// What leads from it to the site's folder.
    way: Utf8PathBuf,
}

impl AddressBase {
    /// The folder in which the reader stands if the site is in it, else the site's.
    fn of(stand: PathReader<'_>) -> Self {
        let (here, way) = (Utf8Path::new(stand.folder), Utf8Path::new(stand.way));
        let is_inside = way.components().all(|part| matches!(part, Utf8Component::Normal(_)));
        let (folder, way) = match is_inside {
            true => (here.to_owned(), way.to_owned()),
            false => (plain(&here.join(way)), Utf8PathBuf::new()),
        };
        let folder = if folder.is_absolute() { format!("file://{}/", uri(&folder)) } else { String::new() };
        Self { folder, way }
    }
}

/// A path without `.` and `..`.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::ParentDir => {
                plain.pop();
            }
            Utf8Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// A code and its explanation.
fn rule(name: &str, language: Language) -> Value {
    match explain(name) {
        Some(code) => json!({
            "id": name,
            "shortDescription": { "text": code.title(language) },
            "fullDescription": { "text": code.text(language) },
            "help": { "text": code.text(language) },
        }),
        None => json!({ "id": name }),
    }
}

/// What results are made with.
struct Results<'a, 't> {
    atlas: &'a Atlas<'t>,
    language: Language,
    base: AddressBase,
}

impl Results<'_, '_> {
    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let mut location = self.location(&diagnostic.path, diagnostic.span);
        if let Some(here) = &diagnostic.here {
            location["message"] = json!({ "text": here.get(self.language) });
        }
        let mut result = json!({
            "ruleId": diagnostic.code,
            "level": severity_name(diagnostic),
            "message": { "text": self.message(diagnostic) },
            "locations": [location],
        });
        if !diagnostic.labels.is_empty() {
            let related = diagnostic.labels.iter().map(|label| self.related(label));
            result["relatedLocations"] = related.collect();
        }
        result
    }

    /// The message, and the help below it, since SARIF has no place of its own for advice.
    fn message(&self, diagnostic: &Diagnostic) -> String {
        let message = diagnostic.message.get(self.language);
        match &diagnostic.help {
            Some(help) => format!("{message}\n{}", help.get(self.language)),
            None => message.to_owned(),
        }
    }

    fn related(&self, label: &Label) -> Value {
        let mut location = self.location(&label.path, Some(label.span));
        location["message"] = json!({ "text": label.words.get(self.language) });
        location
    }

    fn location(&self, path: &Utf8Path, span: Option<Span>) -> Value {
        let mut physical = json!({ "artifactLocation": { "uri": uri(&self.base.way.join(&*personal::mask(path.as_str()))) } });
        if !self.base.folder.is_empty() {
            physical["artifactLocation"]["uriBaseId"] = json!(ROOT);
        }
        if let Some(place) = self.atlas.place(path, span) {
            physical["region"] = json!({
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            });
        }
        json!({ "physicalLocation": physical })
    }
}

/// What is escaped in an address of a file: all but what RFC 3986 leaves unreserved, and the slashes.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as a relative URI.
fn uri(path: &Utf8Path) -> String {
    utf8_percent_encode(path.as_str(), ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{PATH, TEXT, hint, mistake, remark, sources};
    use super::*;

    fn log(diagnostics: &[Diagnostic]) -> Value {
        let sources = sources(&[(PATH, TEXT)]);
        let atlas = Atlas::new(diagnostics, &sources);
        serde_json::from_str(&draw(diagnostics, &atlas, &DrawingStyle::default())).unwrap()
    }

    #[test]
    fn a_run_names_the_rules_that_were_broken() {
        let log = log(&[mistake(), remark(), mistake()]);
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["tool"]["driver"]["name"], "xiangwei");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), 2);
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
    }

    #[test]
    fn a_result_has_its_regions() {
        let log = log(&[mistake()]);
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["level"], "error");
        assert_eq!(result["message"]["text"], "`written` 应为日期\n用数字写明年、月、日");
        let location = &result["locations"][0];
        assert_eq!(
            location["physicalLocation"],
            json!({
                "artifactLocation": { "uri": PATH },
                "region": { "startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 17 },
            })
        );
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "这份报告");
    }

    #[test]
    fn addresses_are_below_a_folder_that_is_named() {
        let sources = sources(&[(PATH, TEXT)]);
        let diagnostics = [hint()];
        let atlas = Atlas::new(&diagnostics, &sources);
        for (way, folder, address) in [
            ("", "file:///%E5%B7%A5/a%20b/", PATH.to_owned()),
            ("site", "file:///%E5%B7%A5/a%20b/", format!("site/{PATH}")),
            ("../c", "file:///%E5%B7%A5/c/", PATH.to_owned()),
            ("/d/e", "file:///d/e/", PATH.to_owned()),
        ] {
            let style =
                DrawingStyle { stand: PathReader { folder: "/工/a b", way }, ..DrawingStyle::default() };
            let log: Value = serde_json::from_str(&draw(&diagnostics, &atlas, &style)).unwrap();
            let run = &log["runs"][0];
            assert_eq!(run["originalUriBaseIds"]["%SRCROOT%"]["uri"], folder, "{way}");
            let artifact = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
            assert_eq!(*artifact, json!({ "uri": address, "uriBaseId": "%SRCROOT%" }), "{way}");
        }
    }

    #[test]
    fn a_note_has_the_level_of_one() {
        assert_eq!(log(&[hint()])["runs"][0]["results"][0]["level"], "note");
    }

    #[test]
    fn a_file_without_a_text_has_no_region_and_an_escaped_address() {
        let log = log(&[remark()]);
        let physical = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(
            *physical,
            json!({ "artifactLocation": {
                "uri": "content/hefei/2024/%E5%90%8D%E5%8D%95%2C1.pdf"
            }})
        );
    }

    #[test]
    fn nothing_wrong_is_a_run_without_results() {
        assert_eq!(log(&[])["runs"][0]["results"], json!([]));
    }
}
