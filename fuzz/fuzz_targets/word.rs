//! A Word file: whatever its parts are, importing it ends in a report or in a reason, without a panic.
//!
//! An archive that is changed at a place is mostly no archive any more. So the parts come as a text, each
//! behind a line `-- name --`, and are packed here; what begins as an archive is taken as it is.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use xiangwei::config::{Config, Registry};
use xiangwei::import::{FileToImport, WantedDocument, import};
use xiangwei::route::Year;
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const PARTS: [&str; 6] = ["document", "styles", "numbering", "footnotes", "header1", "comments"];

fuzz_target!(|bytes: &[u8]| {
    let packed = match str::from_utf8(bytes) {
        Ok(text) if text.starts_with("-- ") => packed(text),
        _ => bytes.to_vec(),
    };
    let (config, registry) = (Config::default(), Registry::default());
    let year = Year::parse("2019").expect("2019 is a year of reports");
    let wanted = WantedDocument::new("jiangmen", year, &config, &registry);
    let _ = import(&FileToImport { name: "报告.docx", bytes: &packed }, &wanted);
});

/// The archive of the parts in `text`, with the relationships that lead to them.
fn packed(text: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut add = |name: &str, text: &str| {
        archive.start_file(name, stored).expect("names differ");
        archive.write_all(text.as_bytes()).expect("memory takes all");
    };
    let mut relations = String::new();
    for part in PARTS {
        let rest = text.split_once(&format!("-- {part} --\n")).map(|(_, rest)| rest);
        if let Some(text) = rest.map(|rest| rest.split("\n-- ").next().unwrap_or_default()) {
            add(&format!("word/{part}.xml"), text);
            let kind = part.trim_end_matches('1');
            relations += &format!("<Relationship Id=\"{part}\" Type=\"{OFFICE}/{kind}\" Target=\"{part}.xml\"/>");
        }
    }
    let all = |inside: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{inside}</Relationships>");
    add("word/_rels/document.xml.rels", &all(&relations));
    let top = format!("<Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
    add("_rels/.rels", &all(&top));
    archive.finish().expect("memory takes all").into_inner()
}
