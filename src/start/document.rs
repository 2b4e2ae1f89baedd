//! A document to be filled in: the keys that its kind needs, with what is known already, and last
//! year's values beside the empty ones.

use std::fmt::Write;

use super::NewFile;
use crate::archive::{Archive, Document};
use crate::config::{ANNUAL_REPORT, INFO_ANNUAL_REPORT, Kind, KindNeed, Registry, WORK_PLAN};
use crate::report::{Amount, Record, Section, scalar};
use crate::route::Year;

/// A document to be made.
pub struct BlankDocument<'a> {
    /// The folder of its place.
    pub place: &'a str,
    /// The name of its place.
    pub place_name: &'a str,
    /// The year that it is about.
    pub year: Year,
    /// The id of its kind.
    pub kind_id: &'a str,
    /// Its kind.
    pub kind: &'a Kind,
    /// Its file's name below the year, where it is not the place's own report.
    pub name: Option<&'a str>,
    /// The registry of the site.
    pub registry: &'a Registry,
    /// The newest earlier document of the same place and kind.
    pub earlier: Option<EarlierDocument<'a>>,
    /// Whether it begins as a draft, which is not published before its author says so.
    pub is_draft: bool,
}

/// A document of an earlier year.
pub struct EarlierDocument<'a> {
    /// What its author says of it.
    pub record: &'a Record,
    /// Its sections of the first level, with their ordinals.
    pub heads: Vec<String>,
}

impl<'a> EarlierDocument<'a> {
    /// The newest document of the place and the kind before `year`.
    #[must_use]
    pub fn of(archive: &'a Archive, place: &str, year: Year, kind: &str) -> Option<Self> {
        let of_kind = |document: &&Document| document.matter.kind == kind && document.address.year < year;
        let documents = archive.of_place(place).iter().filter(of_kind);
        let newest = documents.max_by_key(|document| document.address.year)?;
        let opened = archive.open(newest);
        let sections = opened.parsed.body.sections.iter();
        let top =
            sections.filter(|section| section.depth == 1 && section.heading.is_some() && !section.in_wrapper);
        let head = |section: &Section| {
            format!("{}{}", section.ordinal.as_deref().unwrap_or_default(), section.title)
        };
        Some(Self { record: newest.record(), heads: top.map(head).collect() })
    }
}

/// The file of a document, to be filled in.
#[must_use]
pub fn blank(blank: &BlankDocument<'_>) -> NewFile {
    let (place, year) = (blank.place, blank.year);
    let path = match blank.name {
        None => format!("content/{place}/{year}.md"),
        Some(name) => format!("content/{place}/{year}/{name}.md"),
    };
    let mut text = String::from("---\n# 文件会原样公开，“#”后面的说明也在其中；写完后可以删去。\n");
    matter(&mut text, blank);
    figures(&mut text, blank);
    if blank.is_draft {
        text.push_str("# 写完、检查过以后删去下一行，才会发布。\nstatus: draft\n");
    }
    text.push_str("---\n\n");
    body(&mut text, blank);
    NewFile::new(path, text)
}

/// A line of front matter; one without a value is for the author to fill in. Writing to a string cannot
/// fail, so the results are not looked at.
fn line(text: &mut String, key: &str, value: Option<&str>, hint: &str) {
    let value = value.map(|value| format!(" {}", scalar(value))).unwrap_or_default();
    let hint = if hint.is_empty() { String::new() } else { format!(" # {hint}") };
    let _ = writeln!(text, "{key}:{value}{hint}");
}

fn matter(text: &mut String, blank: &BlankDocument<'_>) {
    let last = blank.earlier.as_ref().map(|earlier| &earlier.record.matter);
    line(text, "title", Some(&title(blank)), "照原文核对");
    if blank.name.is_some() {
        line(text, "kind", Some(blank.kind_id), &blank.kind.name);
    }
    let needs = |need| blank.kind.needs.contains(&need);
    if needs(KindNeed::Issuer) {
        let issuers = last.map(|last| last.issuers.as_slice()).unwrap_or_default();
        match issuers {
            [] => line(text, "issuer", None, "发文机关"),
            [one] => line(text, "issuer", Some(one), ""),
            several => {
                let names: Vec<String> = several.iter().map(|name| scalar(name)).collect();
                let _ = writeln!(text, "issuer: [{}]", names.join(", "));
            }
        }
    }
    let number = last.and_then(|last| last.document_number.as_ref());
    let number = number.map_or("江府〔2020〕5号", |number| number.value.as_str());
    if needs(KindNeed::DocumentNumber) {
        line(text, "document_number", None, &format!("发文字号，如 {number}"));
    } else {
        let _ = writeln!(text, "# document_number: {number}");
    }
    let _ = writeln!(text, "# written: {}-03-02 # 成文日期", blank.year.get() + 1);
    line(text, "published", None, &format!("发布日期，如 {}-03-20", blank.year.get() + 1));
    if needs(KindNeed::Validity) {
        line(text, "validity", Some("in-force"), "有效性");
    }
    let source = last.and_then(|last| last.origin.as_deref());
    match (needs(KindNeed::Origin), source) {
        (true, source) => line(text, "source", source, "信息来源"),
        (false, Some(source)) => line(text, "source", Some(source), "信息来源"),
        (false, None) => text.push_str("# source: 信息来源\n"),
    }
    if needs(KindNeed::Relation) {
        let _ = writeln!(
            text,
            "relations: # 所解读的文件的地址，如 {{ interprets: /{}/{}/ }}",
            blank.place, blank.year
        );
    }
}

/// The title as such documents have it.
fn title(blank: &BlankDocument<'_>) -> String {
    let (name, year) = (blank.place_name, blank.year);
    match blank.kind_id {
        ANNUAL_REPORT => format!("{name}{year}年法治政府建设年度报告"),
        WORK_PLAN => format!("{name}{year}年法治政府建设工作要点"),
        INFO_ANNUAL_REPORT => format!("{name}{year}年政府信息公开工作年度报告"),
        _ => format!("{name}{year}年{}", blank.kind.name),
    }
}

/// Last year's figures as comments, each to be given its new value.
fn figures(text: &mut String, blank: &BlankDocument<'_>) {
    let Some(earlier) = &blank.earlier else {
        return;
    };
    let declared = &earlier.record.matter.indicators;
    if declared.is_empty() {
        return;
    }
    let before = earlier.record.address.year;
    let _ = writeln!(text, "# {before}年登记的数字。正文里有的，换成{}年的数，删去行首的 #。", blank.year);
    text.push_str("# indicators:\n");
    for declared in declared {
        let id = declared.id.value.as_str();
        let indicator = blank.registry.get(id);
        let called = indicator.map_or_else(String::new, |found| match found.unit.as_str() {
            "" => format!(" # {}", found.name),
            unit => format!(" # {}（{unit}）", found.name),
        });
        let _ = writeln!(text, "#   {id}: {}{called}", value(declared.amount()));
    }
}

/// A value as front matter has it.
fn value(amount: Amount) -> String {
    let value = match amount.to {
        Some(to) => format!("{{ from: {}, to: {to} }}", amount.value),
        None => amount.value.to_string(),
    };
    match amount.qualifier {
        Some(qualifier) => format!("{{ value: {value}, qualifier: {} }}", qualifier.as_str()),
        None if amount.to.is_some() => format!("{{ value: {value} }}"),
        None => value,
    }
}

fn body(text: &mut String, blank: &BlankDocument<'_>) {
    let heads = blank.earlier.as_ref().map(|earlier| earlier.heads.as_slice()).unwrap_or_default();
    let usual: &[&str] = match blank.kind_id {
        ANNUAL_REPORT => &["一、主要做法和成效", "二、存在的问题", "三、下一步打算"],
        WORK_PLAN => &["一、总体要求", "二、重点任务", "三、组织实施"],
        INFO_ANNUAL_REPORT => &[
            "一、总体情况",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
        ],
        _ => &[],
    };
    if heads.is_empty() {
        usual.iter().for_each(|head| {
            let _ = writeln!(text, "## {head}\n");
        });
    } else {
        heads.iter().for_each(|head| {
            let _ = writeln!(text, "## {head}\n");
        });
    }
    if heads.is_empty() && usual.is_empty() {
        text.push_str("正文写在这里。\n");
    }
}
