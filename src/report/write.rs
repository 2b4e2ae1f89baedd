//! Writing a document back as its author would: front matter in a fixed order, then the text.
//! What is written reads back as the same document.

use std::fmt::{Display, Write};

use super::matter::{Attachment, DeclaredValue, Matter, PublicationDay, PublicationStatus, Script, Validity};
use super::{Record, matter};
use crate::source::Source;
use crate::yaml::scalar;

/// The document `report`, whose file is `source`, as the text of a file.
#[must_use]
pub fn write(report: &Record, source: &Source) -> String {
    let body = super::split(source).map_or("", |(_, body)| source.slice(body));
    format!("---\n{}---\n{body}", front_matter(report))
}

/// Lines of front matter. Writing to a string cannot fail, so the results are not looked at.
#[derive(Debug, Default)]
pub(crate) struct Yaml(pub(crate) String);

impl Yaml {
    /// A key with its value.
    pub(crate) fn line(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key}: {}", scalar(value));
    }

    /// A key with its value, if there is one.
    pub(crate) fn maybe(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.line(key, value);
        }
    }

    /// A value that cannot be misread.
    pub(crate) fn bare(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            let _ = writeln!(self.0, "{key}: {value}");
        }
    }

    /// A key with a list, if it has anything.
    pub(crate) fn list<'a>(&mut self, key: &str, values: impl IntoIterator<Item = &'a str>) {
        let values: Vec<String> = values.into_iter().map(scalar).collect();
        if !values.is_empty() {
            let _ = writeln!(self.0, "{key}: [{}]", values.join(", "));
        }
    }

    /// A key with entries, each on a line of its own.
    pub(crate) fn items(&mut self, key: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            let _ = writeln!(self.0, "{key}:");
        }
        for item in items {
            let _ = writeln!(self.0, "  {item}");
        }
    }
}

/// Every key that the document has, in the order of the table of keys.
fn front_matter(report: &Record) -> String {
    let mut yaml = Yaml(String::new());
    for field in matter::MATTER.fields() {
        entry(&mut yaml, field.key, report);
    }
    yaml.0
}

fn entry(yaml: &mut Yaml, key: &str, report: &Record) {
    let matter = &report.matter;
    match key {
        "title" => yaml.line(key, &matter.title.value),
        "kind" => yaml.line(key, &matter.kind),
        "issuer" => yaml.list(key, matter.issuers.iter().map(String::as_str)),
        "index_number" => yaml.maybe(key, matter.index_number.as_ref().map(|number| &number.value)),
        "document_number" => yaml.maybe(key, matter.document_number.as_ref().map(|number| &number.value)),
        "subjects" => yaml.list(key, matter.subjects.iter().map(String::as_str)),
        "written" => yaml.bare(key, matter.written),
        "published" => yaml.bare(key, published(matter)),
        "validity" => yaml.bare(key, matter.validity.map(Validity::name)),
        "source" => yaml.maybe(key, matter.origin.as_ref()),
        "summary" => yaml.maybe(key, matter.summary.as_ref()),
        "keywords" => yaml.list(key, matter.keywords.iter().map(String::as_str)),
        "status" => {
            let status = Some(matter.status).filter(|status| *status != PublicationStatus::Published);
            yaml.bare(key, status.map(PublicationStatus::name));
        }
        "withdrawal" => yaml.items(key, matter.withdrawal.iter().flat_map(withdrawal)),
        "extent" => yaml.bare(key, (!matter.extent.is_full()).then(|| matter.extent.name())),
        "language" => {
            yaml.bare(key, (matter.script == Script::Traditional).then(|| matter.script.tag()));
        }
        "indicators" => yaml.items(key, matter.indicators.iter().map(indicator)),
        "wrapper" => yaml.items(key, matter.wrapper.iter().flat_map(wrapper)),
        "corrections" => yaml.items(key, matter.corrections.iter().map(correction)),
        "attachments" => yaml.items(key, matter.attachments.iter().map(|file| attachment(file, report))),
        "relations" => yaml.items(key, relations(matter)),
        "tasks" => yaml.items(key, matter.tasks.iter().map(task)),
        "aliases" => yaml.list(key, matter.aliases.iter().map(|alias| alias.value.as_str())),
        "accept" => yaml.items(key, matter.accept.iter().map(accepted)),
        _ => {}
    }
}

fn published(matter: &Matter) -> Option<String> {
    match (matter.published, matter.dated) {
        (PublicationDay::On(moment), _) => Some(moment.written()),
        (PublicationDay::Unknown, true) => Some("unknown".to_owned()),
        (PublicationDay::Unknown, false) => None,
    }
}

fn correction(found: &matter::Correction) -> String {
    format!("- {{ date: {}, note: {} }}", found.date.value, scalar(&found.note))
}

fn withdrawal(found: &matter::Withdrawal) -> Vec<String> {
    let mut lines = vec![format!("date: {}", found.date.value), format!("reason: {}", found.reason.name())];
    lines.extend(found.what.as_ref().map(|what| format!("what: {}", scalar(what))));
    lines
}

fn accepted(found: &matter::AcceptedSlip) -> String {
    let at = found.at.iter().map(|at| format!("at: {}, ", scalar(&at.value))).collect::<String>();
    format!("- {{ code: {}, {at}reason: {} }}", found.code.value, scalar(&found.reason))
}

fn indicator(declared: &DeclaredValue) -> String {
    let (id, value) = (&declared.id.value, declared.value.value);
    let value = match declared.to {
        Some(to) => format!("{{ from: {value}, to: {to} }}"),
        None => value.to_string(),
    };
    let mut parts = vec![format!("value: {value}")];
    parts.extend(declared.qualifier.map(|qualifier| format!("qualifier: {}", qualifier.as_str())));
    parts.extend(declared.quote.as_ref().map(|quote| format!("quote: {}", scalar(&quote.value))));
    parts.extend(declared.from_attachment.then(|| "basis: attachment".to_owned()));
    match parts.len() {
        1 if declared.to.is_none() => format!("{id}: {value}"),
        _ => format!("{id}: {{ {} }}", parts.join(", ")),
    }
}

fn wrapper(wrapper: &matter::Wrapper) -> Vec<String> {
    let mut lines = vec![format!("role: {}", wrapper.role.name())];
    lines.extend(wrapper.title.as_ref().map(|title| format!("title: {}", scalar(title))));
    lines.extend(wrapper.text.as_ref().map(|text| format!("text: {}", scalar(&text.value))));
    lines
}

fn attachment(file: &Attachment, report: &Record) -> String {
    let name = file.path.value.strip_prefix(report.folder()).unwrap_or(&file.path.value);
    format!("- {{ file: {}, title: {} }}", scalar(name.as_str()), scalar(&file.title))
}

fn task(task: &matter::DeclaredTask) -> String {
    let mut parts = vec![format!("section: {}", scalar(&task.section.value))];
    parts.extend(task.title.as_ref().map(|title| format!("title: {}", scalar(title))));
    let names: Vec<String> = task.responsible.iter().map(|name| scalar(name)).collect();
    parts.extend((!names.is_empty()).then(|| format!("responsible: [{}]", names.join(", "))));
    format!("- {{ {} }}", parts.join(", "))
}

/// A line a kind of relation, in the order of the kinds, and one an answer.
fn relations(matter: &Matter) -> Vec<String> {
    let line = |kind: &str| {
        let of_kind = matter.relations.iter().filter(|relation| relation.kind == kind);
        let targets: Vec<String> = of_kind.map(|relation| scalar(relation.target.value.as_str())).collect();
        (!targets.is_empty()).then(|| format!("{kind}: [{}]", targets.join(", ")))
    };
    let mut lines: Vec<String> = matter::RELATIONS.iter().filter_map(|(kind, _)| line(kind)).collect();
    let answer = |answer: &matter::TaskAnswer| {
        let task = scalar(&format!("{}#{}", answer.plan.value, answer.task));
        let sections: Vec<String> = answer.sections.iter().map(|section| scalar(&section.value)).collect();
        format!("  - {{ task: {task}, section: [{}] }}", sections.join(", "))
    };
    lines.extend((!matter.answers.is_empty()).then(|| "answers:".to_owned()));
    lines.extend(matter.answers.iter().map(answer));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Registry};
    use crate::route::Leaf;

    const WHOLE: &str = r##"---
title: "2019: 报告 # 与其他"
kind: annual-report
issuer: [甲市人民政府, "乙, 市"]
index_number: "11346509/2019-1796041"
document_number: 赤政发〔2019〕7号
written: 2020-03-02
published: 2020-03-20 09:30:00
subjects: [综合政务]
validity: in-force
source: "true"
summary: "一句：话"
keywords: ["no", 法治]
status: withdrawn
withdrawal:
  date: 2021-03-01
  reason: personal-data
  what: 正文误列了住址。
extent: digest
language: zh-Hant
indicators: { closed: 745 }
wrapper:
  role: covering-letter
  text: "一\n\n二"
corrections:
  - { date: 2020-05-06, note: "更正: 第二部分" }
attachments: [{ file: 一.pdf }]
tasks:
  - { section: sec-2, title: 甲项, responsible: [市司法局, "市政府办公室（法制科）"] }
  - { section: "#sec-2" }
relations:
  reports_on: [/a/2019/plan/]
  answers:
    - { task: "/a/2019/plan/#sec-1-2", section: [sec-2] }
    - { task: plan.md#sec-1-3, section: sec-2 }
aliases: [/old/1.html]
accept:
  - { code: ordinal/skipped, at: "sec-2", reason: 原文如此 }
  - { code: ordinal/repeated, reason: 原文如此 }
---
## 二、甲

## 三、乙

## 三、丙

正文办结745件。
"##;

    fn registry() -> Registry {
        Registry::parse(&Source::new("indicators.yaml", "closed: { name: 办结, unit: 件 }\n")).value
    }

    fn parse(source: &Source) -> super::super::Report {
        let leaf = Leaf::of("a/2019/index.md".into()).unwrap();
        let Leaf::Report(address) = leaf else { panic!("a report") };
        let read = crate::report::parse(source, address, (&Config::default(), &registry()));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.value.unwrap()
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_document() {
        let source = Source::new("content/a/2019/index.md", WHOLE);
        let report = parse(&source);
        let written = Source::new("content/a/2019/index.md", write(&report, &source));
        assert_eq!(parse(&written).matter, report.matter);
        assert_eq!(write(&parse(&written), &written), written.text());
        let keys = written.text().lines().filter_map(|line| line.split_once(':'));
        let keys: Vec<&str> = keys.map(|(key, _)| key).filter(|key| !key.contains(' ')).collect();
        let table: Vec<&str> = matter::MATTER.fields().iter().map(|field| field.key).collect();
        assert_eq!(keys, table, "every key is written, in the order of the table");
    }
}
