//! Word files for tests: a text as it is typed in an office, with its ordinals left to automatic numbering.

#![allow(unreachable_pub)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The levels of the list: 一、, (一) and 1., each with its format and what stands around the number.
const LEVELS: [(&str, &str, &str); 3] =
    [("chineseCounting", "", "、"), ("chineseCounting", "(", ")"), ("decimal", "", ".")];

/// A Word file of a paragraph for each line of `text`, and how many of their ordinals Word prints.
pub(super) fn word(text: &str) -> (Vec<u8>, usize) {
    let lines: Vec<Line<'_>> = text.lines().map(line).collect();
    let body = numbered(&lines).concat();
    let count = lines.iter().filter(|line| line.ordinal.is_some()).count();
    let numbering = numbering(&lines);
    let parts = [("document.xml", document(&body)), ("numbering.xml", numbering)];
    let parts = parts.each_ref().map(|(name, text)| (*name, text.as_str()));
    (packed(&parts, &related("list", "numbering", "numbering.xml")), count)
}

/// A Word file of a paragraph for each line of `text`, as it stands.
pub(super) fn typed(text: &str) -> Vec<u8> {
    with_picture(text, "")
}

/// The same, and below it a picture with this address, if it is not empty; the file does not hold it.
pub(super) fn with_picture(text: &str, target: &str) -> Vec<u8> {
    let lines: Vec<Line<'_>> = text.lines().map(|rest| Line { ordinal: None, rest }).collect();
    let body = numbered(&lines).concat();
    let picture = match target {
        "" => String::new(),
        _ => format!(
            "<w:p><w:r><w:drawing><blip xmlns:r=\"{OFFICE}\" r:embed=\"picture\"/></w:drawing></w:r></w:p>"
        ),
    };
    let document = document(&format!("{body}{picture}"));
    let pictures = Some(related("picture", "image", target)).filter(|_| !target.is_empty());
    packed(&[("document.xml", &document)], &pictures.unwrap_or_default())
}

fn document(body: &str) -> String {
    format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")
}

fn related(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

/// A package of the parts below `word/`, with the document's relationships.
fn packed(parts: &[(&str, &str)], own: &str) -> Vec<u8> {
    let relationships = |inside: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{inside}</Relationships>");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    };
    add("_rels/.rels", &relationships(&related("a", "officeDocument", "word/document.xml")));
    add("word/_rels/document.xml.rels", &relationships(own));
    parts.iter().for_each(|(name, text)| add(&format!("word/{name}"), text));
    archive.finish().unwrap().into_inner()
}

/// A line, its ordinal apart: its level and number.
struct Line<'a> {
    ordinal: Option<(usize, u32)>,
    rest: &'a str,
}

fn line(text: &str) -> Line<'_> {
    for (level, (format, before, after)) in LEVELS.iter().enumerate() {
        let parted = text.strip_prefix(before).and_then(|text| text.split_once(after));
        let number = |(sign, _): (&str, &str)| match *format {
            "decimal" => sign.parse().ok(),
            _ => counted(sign),
        };
        if let Some((number, (_, rest))) = parted.and_then(|parted| Some((number(parted)?, parted))) {
            return Line { ordinal: Some((level, number)), rest };
        }
    }
    Line { ordinal: None, rest: text }
}

/// The number that a Chinese one below a hundred is.
fn counted(sign: &str) -> Option<u32> {
    let ones = |sign: &str| match sign {
        "" => Some(0),
        _ => Some(u32::try_from("一二三四五六七八九".find(sign)? / 3).ok()? + 1),
    };
    match sign.split_once('十') {
        Some((tens, rest)) => Some(ones(tens)?.max(1) * 10 + ones(rest)?),
        None => ones(sign).filter(|number| *number > 0),
    }
}

/// The paragraphs, whose ordinals must follow one another as a list counts.
fn numbered(lines: &[Line<'_>]) -> Vec<String> {
    let runs_on = running_on(lines);
    let mut last = [0; LEVELS.len()];
    let paragraph = |line: &Line<'_>| {
        let mut properties = String::new();
        if let Some((level, number)) = line.ordinal {
            assert_eq!(number, last[level] + 1, "an ordinal out of order is typed, and no test of lists");
            last[level] = number;
            (level + 1..LEVELS.len()).filter(|below| !runs_on[*below]).for_each(|below| last[below] = 0);
            write!(
                properties,
                "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
            )
            .unwrap();
        }
        let text = line.rest.replace('&', "&amp;").replace('<', "&lt;");
        format!("<w:p>{properties}<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
    };
    lines.iter().map(paragraph).collect()
}

/// For each level whether it counts on through those above it: it begins once.
fn running_on(lines: &[Line<'_>]) -> [bool; LEVELS.len()] {
    let begins = |level| lines.iter().filter(|line| line.ordinal == Some((level, 1))).count();
    std::array::from_fn(|level| begins(level) <= 1)
}

/// A list of the levels that the lines have.
fn numbering(lines: &[Line<'_>]) -> String {
    let runs_on = running_on(lines);
    let level = |(at, (format, before, after)): (usize, &(&str, &str, &str))| {
        let restart = if runs_on[at] { "<w:lvlRestart w:val=\"0\"/>" } else { "" };
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{restart}\
             <w:suff w:val=\"nothing\"/><w:lvlText w:val=\"{before}%{}{after}\"/></w:lvl>",
            at + 1
        )
    };
    let levels: String = LEVELS.iter().enumerate().map(level).collect();
    format!(
        "<w:numbering xmlns:w=\"{WORD}\"><w:abstractNum w:abstractNumId=\"1\">{levels}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    )
}
