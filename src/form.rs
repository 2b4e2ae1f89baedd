//! A document as a form shows it: its front matter field by field, with what is wrong beside each, and
//! its file's text after somebody has filled in some of it. A form is a way to look at a text, and the
//! text is all that there is: nothing that a form does not show gets lost.

mod fields;
mod text;

use std::collections::BTreeMap;

use camino::Utf8Path;
use serde::Serialize;

use crate::config::{Config, Kind, KindNeed};
use crate::diag::{Diagnostic, Language, Severity};
use crate::report::matter::{self, Matter};
use crate::report::split;
use crate::source::{Source, Span};
use crate::yaml::edit::{self, ValueAtKey};
use crate::yaml::names::NamedValue;
use fields::{FIELDS, FieldInput, FieldTemplate};

pub use fields::Filled;
pub use text::{AcceptedFigure, FormChanges, FormPlace, MatterAndBody, changed, parts};

/// What a form for a document shows.
#[derive(Debug, Serialize)]
pub struct Form {
    fields: Vec<FormField>,
    findings: Vec<FormFinding>,
}

/// A field with what stands in it.
#[derive(Debug, Serialize)]
struct FormField {
    key: &'static str,
    name: &'static str,
    way: FieldInput,
    example: &'static str,
    value: Filled,
    choices: Vec<FormChoice>,
    is_needed: bool,
    /// Whether more stands there than the field could show.
    is_more: bool,
    /// What the document of the year before has there.
    before: Option<String>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormChoice {
    /// How it is written.
    pub name: String,
    /// What people call it.
    pub called: String,
}

/// Something wrong, or worth a look, where an editor sees it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FormFinding {
    is_error: bool,
    code: &'static str,
    message: String,
    help: Option<String>,
    line: usize,
    /// The field that it belongs to.
    field: Option<String>,
    /// The place in the text below the front matter, in UTF-16 units, as scripts count.
    range: Option<[usize; 2]>,
}

/// What a form is made for.
#[derive(Clone, Copy)]
pub struct FormSetting<'a> {
    /// The file that the text is of.
    pub path: &'a Utf8Path,
    /// Whether the file must say its kind, since its name does not.
    pub is_named: bool,
    /// The site's settings.
    pub config: &'a Config,
    /// What the document of the year before says.
    pub before: Option<&'a Matter>,
    /// The language of names and messages.
    pub language: Language,
}

/// The form for `text`, of which `diagnostics` tell what is wrong.
#[must_use]
pub fn form(text: &str, around: FormSetting<'_>, diagnostics: &[&Diagnostic]) -> Form {
    let source = Source::new(around.path, text);
    let matter = parts(text).matter;
    let said: BTreeMap<String, ValueAtKey> =
        edit::values_by_key(&matter).unwrap_or_default().into_iter().collect();
    let kind = match said.get("kind") {
        Some(ValueAtKey::Text(kind)) => around.config.kinds.get(kind),
        _ => around.config.kinds.get(crate::config::ANNUAL_REPORT),
    };
    let field = |known: &FieldTemplate| {
        let said = said.get(known.key).unwrap_or(&ValueAtKey::Nothing);
        FormField {
            key: known.key,
            name: around.language.pick(known.name.0, known.name.1),
            way: known.way,
            example: known.example,
            value: Filled::of(said),
            choices: choices(known.key, around),
            is_needed: is_needed(known.key, kind, around.is_named),
            is_more: *said == ValueAtKey::More,
            before: around.before.and_then(|before| self::value_on_one_line(before, known.key)),
        }
    };
    let findings = diagnostics.iter().map(|diagnostic| finding(&source, diagnostic, around.language));
    Form { fields: FIELDS.iter().map(field).collect(), findings: findings.collect() }
}

impl Form {
    /// Whether nothing is so wrong that the site could not be built.
    #[must_use]
    pub fn is_good(&self) -> bool {
        !self.findings.iter().any(|finding| finding.is_error)
    }
}

fn is_needed(key: &str, kind: Option<&Kind>, is_named: bool) -> bool {
    let needs = |need| kind.is_some_and(|kind| kind.needs.contains(&need));
    match key {
        "title" => true,
        "kind" => is_named,
        "issuer" => needs(KindNeed::Issuer),
        "published" => needs(KindNeed::Published),
        "source" => needs(KindNeed::Origin),
        "document_number" => needs(KindNeed::DocumentNumber),
        "validity" => needs(KindNeed::Validity),
        _ => false,
    }
}

fn choices(key: &str, around: FormSetting<'_>) -> Vec<FormChoice> {
    match key {
        "kind" => kinds(around.config, around.language),
        "validity" => chosen(&matter::VALIDITIES, around.language),
        _ => Vec::new(),
    }
}

/// The kinds of documents of a site.
#[must_use]
pub fn kinds(config: &Config, language: Language) -> Vec<FormChoice> {
    let chosen = |(id, kind): (&String, &Kind)| FormChoice {
        name: id.clone(),
        called: language.pick(&kind.name, &kind.name_en).to_owned(),
    };
    config.kinds.iter().map(chosen).collect()
}

/// The levels of places.
#[must_use]
pub fn levels(language: Language) -> Vec<FormChoice> {
    chosen(&crate::config::LEVELS, language)
}

fn chosen<T>(choices: &[NamedValue<T>], language: Language) -> Vec<FormChoice> {
    let called = |choice: &NamedValue<T>| {
        let zh = choice.called.first().copied().unwrap_or(choice.name);
        language.pick(zh, choice.name).to_owned()
    };
    choices.iter().map(|choice| FormChoice { name: choice.name.into(), called: called(choice) }).collect()
}

fn finding(source: &Source, diagnostic: &Diagnostic, language: Language) -> FormFinding {
    let is_own = diagnostic.path == source.path();
    let span = diagnostic.span.filter(|_| is_own);
    let start = span.map_or(0, |span| span.range().start);
    FormFinding {
        is_error: diagnostic.severity == Severity::Error,
        code: diagnostic.code,
        message: diagnostic.message.get(language).to_owned(),
        help: diagnostic.help.as_ref().map(|help| help.get(language).to_owned()),
        line: source.position(start).0,
        field: field_of(source, diagnostic).filter(|_| is_own),
        range: span.and_then(|span| range(source, span)),
    }
}

/// The key that a diagnostic is about: the one on whose lines it points, or the one that it misses.
fn field_of(source: &Source, diagnostic: &Diagnostic) -> Option<String> {
    let (matter, _) = split(source)?;
    let span = diagnostic.span?;
    if diagnostic.code == "matter/missing" && span.start == span.end {
        return diagnostic.message.en.split('`').nth(1).map(str::to_owned);
    }
    let at = span.range().start.checked_sub(matter.range().start)?;
    (span.start < matter.end).then(|| edit::key_at(source.slice(matter), at))?
}

/// A place in the body, as a script counts.
fn range(source: &Source, span: Span) -> Option<[usize; 2]> {
    let body = split(source).map_or(0, |(_, body)| body.range().start);
    let (start, end) = (span.range().start.checked_sub(body)?, span.range().end.checked_sub(body)?);
    let text = source.text().get(body..)?;
    let units = |at: usize| text.get(..at).map(|before| before.encode_utf16().count());
    Some([units(start)?, units(end)?])
}

/// The value in a figure's entry, and the words that it is found by.
#[must_use]
pub fn figure(entry: &str) -> (String, Option<String>) {
    let said = edit::values_by_key(entry).unwrap_or_default();
    let text = |key: &str| match said.iter().find(|(name, _)| name == key) {
        Some((_, ValueAtKey::Text(text))) => Some(text.clone()),
        _ => None,
    };
    (text("value").unwrap_or_else(|| entry.to_owned()), text("quote"))
}

/// What a document says at a key, on one line.
#[must_use]
pub fn value_on_one_line(matter: &Matter, key: &str) -> Option<String> {
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join("、"));
    match key {
        "issuer" => list(&matter.issuers),
        "index_number" => matter.index_number.as_ref().map(|text| text.value.clone()),
        "subjects" => list(&matter.subjects),
        "written" => matter.written.map(|day| day.to_string()),
        "document_number" => matter.document_number.as_ref().map(|text| text.value.clone()),
        "validity" => matter.validity.map(|validity| validity.name().to_owned()),
        "source" => matter.origin.clone(),
        "keywords" => list(&matter.keywords),
        "summary" => matter.summary.clone(),
        "title" => Some(matter.title.value.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Registry;
    use crate::report;
    use crate::route::Leaf;

    const TEXT: &str =
        "---\n# 年报\ntitle: 年报 # 题\npublished: 2020-02-30\nextra: 1\n---\n## 一、总体😀\n\n见[甲](b\n";

    fn set(key: &str, filled: Filled) -> FormChanges {
        FormChanges { set: BTreeMap::from([(key.to_owned(), filled)]), ..FormChanges::default() }
    }

    /// The form of a text, with what reading it by itself finds.
    fn of(text: &str) -> Form {
        let config = Config::parse(&Source::new("site.yaml", "title: 档\nbase_url: https://a/\n")).value;
        let source = Source::new("content/a/2019.md", text);
        let Ok(Leaf::Report(address)) = Leaf::of("a/2019.md".into()) else { panic!("a path of a document") };
        let read = report::parse(&source, address, (&config, &Registry::default()));
        let around = FormSetting {
            path: source.path(),
            is_named: false,
            config: &config,
            before: None,
            language: Language::English,
        };
        form(text, around, &read.diagnostics.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_is_wrong_stands_beside_its_field() {
        let form = of(TEXT);
        let beside: Vec<_> = form.findings.iter().map(|found| (found.code, found.field.as_deref())).collect();
        assert!(!form.is_good());
        assert!(beside.contains(&("matter/missing", Some("issuer"))), "{beside:?}");
        assert!(beside.contains(&("matter/unknown-key", Some("extra"))), "{beside:?}");
        assert!(
            beside.iter().any(|(code, field)| code.starts_with("date/") && *field == Some("published")),
            "{beside:?}"
        );
        assert!(form.fields.iter().any(|field| field.key == "issuer" && field.is_needed));
    }

    #[test]
    fn what_is_not_changed_stays() {
        assert_eq!(changed(TEXT, &FormChanges::default()), (TEXT.into(), vec![]));
        let filled = Filled::Text(" 2020-03-20 ".into());
        assert_eq!(changed(TEXT, &set("published", filled)).0, TEXT.replace("02-30", "03-20"));
        let filled = Filled::Text("2020年3月20日".into());
        assert_eq!(changed(TEXT, &set("published", filled)).0, TEXT.replace("02-30", "03-20"));
        let body = FormChanges { body: Some("新\n".into()), ..FormChanges::default() };
        assert_eq!(parts(&changed(TEXT, &body).0), MatterAndBody { body: "新\n".into(), ..parts(TEXT) });
        assert_eq!(changed(TEXT, &set("extra", Filled::Nothing(()))).0, TEXT, "a form changes what it shows");
        let bare = changed("正文\n", &set("title", Filled::Text("年报".into())));
        assert_eq!(bare.0, "---\ntitle: 年报\n---\n正文\n");
        let refused = changed("---\n{title: 甲}\n---\n", &set("title", Filled::Text("乙".into())));
        assert_eq!(refused, ("---\n{title: 甲}\n---\n".into(), vec!["title".to_owned()]));
    }

    #[test]
    fn a_figure_is_accepted_with_its_sentence() {
        let figure =
            AcceptedFigure { id: "closed".into(), entry: "{ value: 745, quote: 办结745件 }".into() };
        let changes = FormChanges { figures: vec![figure], ..FormChanges::default() };
        let (text, refused) = changed(TEXT, &changes);
        assert!(
            refused.is_empty()
                && text.contains("\nindicators:\n  closed: { value: 745, quote: 办结745件 }\nextra"),
            "{text}"
        );
    }

    #[test]
    fn an_offer_of_an_import_goes_when_it_is_accepted() {
        let offers = "# 原文里有这些数字\n# indicators:\n#   # 办结745件。\n#   closed: 745\n#   # 6期。\n#   trainings: 6\n";
        let text = format!("---\ntitle: 年报\n{offers}---\n");
        let figure = AcceptedFigure { id: "closed".into(), entry: "745".into() };
        let changes = FormChanges { figures: vec![figure], ..FormChanges::default() };
        let matter = parts(&changed(&text, &changes).0).matter;
        assert!(
            matter.contains("\nindicators:\n  closed: 745\n") && matter.contains("#   trainings: 6\n"),
            "{matter}"
        );
        assert!(!matter.contains("#   closed") && !matter.contains("办结"), "{matter}");
        assert_eq!(
            super::figure("{ value: 40.02, quote: 率40.02% }"),
            ("40.02".into(), Some("率40.02%".into()))
        );
        assert_eq!(super::figure("745"), ("745".into(), None));
    }

    #[test]
    fn a_place_is_written_as_its_author_would() {
        let place =
            FormPlace { name: "赤壁市: 甲".into(), level: "county".into(), parent: Some(" ".into()) };
        assert_eq!(place.written(), "---\nname: \"赤壁市: 甲\"\nlevel: county\n---\n");
    }

    #[test]
    fn places_in_the_body_are_counted_as_scripts_count() {
        let source = Source::new("a.md", TEXT);
        let at = TEXT.find('见').unwrap();
        assert_eq!(range(&source, Span::new(at..at + 3)), Some([11, 12]));
        assert_eq!(range(&source, Span::new(4..5)), None);
    }
}
