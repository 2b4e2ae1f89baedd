//! Files of office programs, which are archives of markup: what their parts are called, and where in
//! a sheet, a page or a paragraph something stands.

use std::collections::{BTreeMap, BTreeSet};

use super::AttachmentReader;
use super::unpack::is_archive;
use crate::diag::Words;
use crate::encoding;
use crate::personal::{self, PersonalFinding};

/// So many texts of a workbook's table are looked for in its sheets.
const MOST_SHARED: usize = 10_000;

/// A sheet of a workbook.
#[derive(Clone, Debug)]
struct WorkbookSheet {
    name: String,
    is_hidden: bool,
}

/// What an archive is as a whole.
#[derive(Default)]
pub(super) struct OfficePackage {
    /// The sheets by the names of their parts.
    sheets: BTreeMap<String, WorkbookSheet>,
    /// What was found in the table of texts that cells share, by its number there.
    shared: BTreeMap<usize, Vec<PersonalFinding>>,
    /// Those of them that stand in a cell.
    shown: BTreeSet<usize>,
    /// Whether its texts are drawn with sheets, pages or slides, and not only packed together.
    is_document: bool,
}

impl OfficePackage {
    /// What an archive of files with these names is; `read` gives a file.
    pub(super) fn of(names: &[String], mut read: impl FnMut(usize) -> Vec<u8>) -> Self {
        let mut text = |name: &str| {
            let at = names.iter().position(|other| other.eq_ignore_ascii_case(name))?;
            encoding::decode(&read(at)).ok().map(|decoded| decoded.text)
        };
        let is_document =
            names.iter().any(|name| matches!(name.as_str(), "[Content_Types].xml" | "mimetype" | "OFD.xml"));
        let mut office = Self { is_document, ..Self::default() };
        if let (Some(book), Some(relations)) = (text("xl/workbook.xml"), text("xl/_rels/workbook.xml.rels")) {
            office.sheets = sheets(&book, &relations);
        }
        // Before the sheets, whatever the order in the archive.
        if let Some(table) = text("xl/sharedStrings.xml") {
            office.shared = shared(&table);
        }
        office
    }

    /// Looks through a part.
    pub(super) fn part(&mut self, reading: &mut AttachmentReader, name: &str, bytes: &[u8]) {
        let lower = name.to_lowercase();
        if lower.starts_with("xl/model/") || lower.ends_with(".data") && lower.contains("model") {
            return reading.blind("数据模型（Power Pivot）", "a data model (Power Pivot)");
        }
        if !self.is_document || is_archive(bytes) || !is_markup(&lower) {
            // Fonts, themes and drawings of programs hold no words.
            let is_dumb = self.is_document && !is_archive(bytes) && is_dumb(&lower);
            if !is_dumb {
                self.file(reading, name, bytes);
            }
            return;
        }
        let Ok(decoded) = encoding::decode(bytes) else {
            return reading.blind(&format!("{name}：不是文字"), &format!("{name}: no text"));
        };
        let text = decoded.text;
        match self.sheets.get(&lower) {
            Some(sheet) => {
                reading.text(&text, |text, at| cell(sheet, text, at));
                rounded(reading, sheet, &text);
                self.cells(reading, &lower, &text);
            }
            None if lower == "xl/sharedstrings.xml" => {}
            None => reading.text(&text, |text, at| in_part(&lower, text, at)),
        }
    }

    fn file(&self, reading: &mut AttachmentReader, name: &str, bytes: &[u8]) {
        let short: String = name.chars().take(80).collect();
        // An archive adds its own name to the way.
        if is_archive(bytes) {
            return reading.file(name, bytes);
        }
        reading.trail.push(short);
        reading.file(name, bytes);
        reading.trail.pop();
    }

    /// The cells of a sheet that show a text of the table in which something was found.
    fn cells(&mut self, reading: &mut AttachmentReader, part: &str, text: &str) {
        if self.shared.is_empty() {
            return;
        }
        let Some(sheet) = self.sheets.get(part) else { return };
        for at in memchr::memmem::find_iter(text.as_bytes(), "t=\"s\"") {
            let Some(number) = value_behind(text, at).and_then(|value| value.parse::<usize>().ok()) else {
                continue;
            };
            for finding in self.shared.get(&number).into_iter().flatten() {
                self.shown.insert(number);
                reading.found(finding, || cell(sheet, text, at));
            }
        }
    }

    /// What is in the table of texts and in no cell, as where a row was deleted.
    pub(super) fn end(&mut self, reading: &mut AttachmentReader) {
        for (number, findings) in &self.shared {
            if !self.shown.contains(number) {
                for finding in findings {
                    let zh = "共享字符串表（没有单元格引用）";
                    reading.found(finding, || Words::new(zh, "the table of shared texts, in no cell"));
                }
            }
        }
    }
}

fn is_markup(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") || name == "mimetype"
}

/// Parts that are made of no words.
fn is_dumb(name: &str) -> bool {
    [".odttf", ".fntdata", ".ttf", ".otf", ".emf", ".wmf", ".rdf", ".sig"]
        .iter()
        .any(|ending| name.ends_with(ending))
        || name.ends_with("printersettings1.bin")
        || name.contains("printersettings/")
}

/// The sheets of a workbook by the names of their parts.
fn sheets(book: &str, relations: &str) -> BTreeMap<String, WorkbookSheet> {
    let targets: BTreeMap<&str, String> = tags(relations, "Relationship")
        .filter_map(|tag| {
            let target = attribute(tag, "Target")?.trim_start_matches("/xl/").trim_start_matches("./");
            Some((attribute(tag, "Id")?, format!("xl/{}", target.to_lowercase())))
        })
        .collect();
    tags(book, "sheet")
        .filter_map(|tag| {
            let part = targets.get(attribute(tag, "id")?)?.clone();
            let name = attribute(tag, "name").unwrap_or_default().to_owned();
            let is_hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
            Some((part, WorkbookSheet { name, is_hidden }))
        })
        .collect()
}

/// What is found in the table of shared texts, by the number of the text.
fn shared(table: &str) -> BTreeMap<usize, Vec<PersonalFinding>> {
    let mut found: BTreeMap<usize, Vec<PersonalFinding>> = BTreeMap::new();
    let mut starts = memchr::memmem::find_iter(table.as_bytes(), "<si").map(|at| at + 3).peekable();
    let mut number = 0;
    for finding in personal::find_in_parts(table).take(MOST_SHARED) {
        while starts.next_if(|start| *start < finding.place.start).is_some() {
            number += 1;
        }
        found.entry(number.max(1) - 1).or_default().push(finding);
    }
    found
}

/// Where in a sheet a byte is.
fn cell(sheet: &WorkbookSheet, text: &str, at: usize) -> Words {
    let before = &text[..at];
    let tag = |name: &str| before.rfind(name).map(|start| tag_at(text, start));
    let place = tag("<c ").and_then(|tag| attribute(tag, "r")).unwrap_or_default();
    let (column, row) = place.split_at(place.find(|c: char| c.is_ascii_digit()).unwrap_or(place.len()));
    let number = column.bytes().fold(0usize, |number, letter| number * 26 + usize::from(letter & 0x1f));
    let is_row_hidden = tag("<row ").is_some_and(|tag| is_on(tag, "hidden"));
    let is_column_hidden = tags(text, "col").any(|tag| {
        let edge = |name| attribute(tag, name).and_then(|edge| edge.parse::<usize>().ok()).unwrap_or(0);
        is_on(tag, "hidden") && (edge("min")..=edge("max")).contains(&number)
    });
    let hidden = |is_hidden: bool| if is_hidden { ("（隐藏）", " (hidden)") } else { ("", "") };
    let (of_sheet, of_cell) = (hidden(sheet.is_hidden), hidden(is_row_hidden || is_column_hidden));
    Words::new(
        format!("工作表“{}”{}第 {row} 行第 {number} 列{}", sheet.name, of_sheet.0, of_cell.0),
        format!("sheet “{}”{}, row {row}, column {number}{}", sheet.name, of_sheet.1, of_cell.1),
    )
}

/// Numbers that a sheet keeps with 15 digits and a power, as programs do with long ones.
fn rounded(reading: &mut AttachmentReader, sheet: &WorkbookSheet, text: &str) {
    for end in memchr::memmem::find_iter(text.as_bytes(), "+17<").map(|at| at + 3) {
        let start = text[..end].rfind('>').map_or(end, |start| start + 1);
        if let Some(finding) = text.get(start..end).and_then(personal::find_rounded) {
            reading.found(&finding, || cell(sheet, text, start));
        }
    }
}

/// The text of the next `<v>` behind a place.
fn value_behind(text: &str, at: usize) -> Option<&str> {
    let behind = &text.as_bytes()[at..text.len().min(at + 200)];
    let start = at + memchr::memmem::find(behind, b"<v>")? + 3;
    let end = start + memchr::memchr(b'<', &text.as_bytes()[start..])?;
    text.get(start..end)
}

/// What a part is called, and where in it a byte is.
fn in_part(part: &str, text: &str, at: usize) -> Words {
    let before = &text[..at];
    let paragraph = count(before, "p");
    let number: String = part.chars().filter(char::is_ascii_digit).collect();
    let (zh, en) = match part {
        _ if part.ends_with("word/document.xml") || part == "content.xml" => {
            ("正文".to_owned(), "body".to_owned())
        }
        _ if part.contains("/header") => ("页眉".to_owned(), "header".to_owned()),
        _ if part.contains("/footer") => ("页脚".to_owned(), "footer".to_owned()),
        _ if part.contains("comment") => ("批注".to_owned(), "comments".to_owned()),
        _ if part.contains("footnotes") => ("脚注".to_owned(), "footnotes".to_owned()),
        _ if part.contains("endnotes") => ("尾注".to_owned(), "endnotes".to_owned()),
        _ if part.contains("notesslide") => {
            (format!("第 {number} 张幻灯片的备注"), format!("notes of slide {number}"))
        }
        _ if part.contains("slides/slide") => (format!("第 {number} 张幻灯片"), format!("slide {number}")),
        _ if part.starts_with("docprops") || part == "meta.xml" => {
            ("文件属性".to_owned(), "properties".to_owned())
        }
        _ if part.contains("pivotcache") => {
            ("数据透视表缓存".to_owned(), "cache of a pivot table".to_owned())
        }
        _ if part.contains("externallink") => {
            ("外部链接缓存".to_owned(), "cache of an external link".to_owned())
        }
        _ if part == "xl/workbook.xml" => {
            ("工作簿（名称定义）".to_owned(), "workbook (defined names)".to_owned())
        }
        _ if part.ends_with(".rels") => ("链接地址".to_owned(), "addresses of links".to_owned()),
        _ => (part.to_owned(), part.to_owned()),
    };
    let (state_zh, state_en) = state(before, text, at);
    let (zh_place, en_place) = match paragraph {
        0 => (String::new(), String::new()),
        paragraph => (format!("第 {paragraph} 段"), format!(", paragraph {paragraph}")),
    };
    Words::new(format!("{zh}{zh_place}{state_zh}"), format!("{en}{en_place}{state_en}"))
}

/// Whether a place is in deleted or hidden text.
fn state(before: &str, text: &str, at: usize) -> (&'static str, &'static str) {
    let is_after = |open: &str, close: &str| match (before.rfind(open), before.rfind(close)) {
        (Some(open), close) => close.is_none_or(|close| close < open),
        (None, _) => false,
    };
    if is_after("<w:del ", "</w:del>") || is_after("<text:deletion", "</text:deletion>") {
        return ("（已删除的修订）", " (deleted, tracked)");
    }
    let run = before.rfind("<w:r>").max(before.rfind("<w:r "));
    let is_hidden = run.is_some_and(|run| text[run..at].contains("<w:vanish"));
    if is_hidden { ("（隐藏文字）", " (hidden text)") } else { ("", "") }
}

/// How many elements of this local name are opened in a text.
fn count(text: &str, name: &str) -> usize {
    tags(text, name).count()
}

/// The tags that open elements of this local name.
fn tags<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(move |start| {
        let inside = &text.as_bytes()[start + 1..];
        let end = inside.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b':'))?;
        let full = &inside[..end];
        let local = full.rsplit(|byte| *byte == b':').next()?;
        (local == name.as_bytes()).then(|| tag_at(text, start))
    })
}

/// The tag that begins at `start`.
fn tag_at(text: &str, start: usize) -> &str {
    let end = memchr::memchr(b'>', &text.as_bytes()[start..]).map_or(text.len(), |end| start + end);
    &text[start..end]
}

/// The value of an attribute, by its local name.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = tag[from..].find(name).map(|at| from + at) {
        from = at + name.len();
        let is_start = tag[..at].ends_with([' ', ':', '\t', '\n', '\r']);
        let value = tag[from..].trim_start().strip_prefix('=').map(str::trim_start);
        if let (true, Some(value)) = (is_start, value) {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
    }
    None
}

fn is_on(tag: &str, name: &str) -> bool {
    matches!(attribute(tag, name), Some("1" | "true"))
}
