//! Attachments with a text at one place of theirs, as the programs of offices write them.

#![allow(unreachable_pub, clippy::unwrap_used)]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::write::SimpleFileOptions;

/// An archive of these files.
pub fn zip<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A way to hide a text in a file: what it is called, the file's name, and the file.
pub type Place = (&'static str, &'static str, fn(&str) -> Vec<u8>);

/// Every place in attachments that can be read.
pub const PLACES: [Place; 36] = [
    ("docx: body", "a.docx", |t| docx("word/document.xml", &format!("<w:p><w:r><w:t>{t}</w:t></w:r></w:p>"))),
    ("docx: parted runs", "a.docx", |t| docx("word/document.xml", &parted(t))),
    ("docx: hidden", "a.docx", |t| {
        docx("word/document.xml", &format!("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{t}</w:t></w:r></w:p>"))
    }),
    ("docx: deleted", "a.docx", |t| {
        let deleted = format!("<w:p><w:del w:id=\"1\"><w:r><w:delText>{t}</w:delText></w:r></w:del></w:p>");
        docx("word/document.xml", &deleted)
    }),
    ("docx: comment", "a.docx", |t| {
        docx("word/comments.xml", &format!("<w:p><w:r><w:t>{t}</w:t></w:r></w:p>"))
    }),
    ("docx: footnote", "a.docx", |t| docx("word/footnotes.xml", &format!("<w:p><w:t>{t}</w:t></w:p>"))),
    ("docx: header", "a.docx", |t| docx("word/header1.xml", &format!("<w:p><w:t>{t}</w:t></w:p>"))),
    ("docx: field", "a.docx", |t| docx("word/document.xml", &format!("<w:instrText>{t}</w:instrText>"))),
    ("docx: properties", "a.docx", |t| docx("docProps/core.xml", &format!("<dc:title>{t}</dc:title>"))),
    ("docx: own properties", "a.docx", |t| {
        docx("docProps/custom.xml", &format!("<vt:lpwstr>{t}</vt:lpwstr>"))
    }),
    ("docx: custom data", "a.docx", |t| docx("customXml/item1.xml", &format!("<a>{t}</a>"))),
    ("docx: link", "a.docx", |t| {
        docx("word/_rels/document.xml.rels", &format!("<Relationship Id=\"r\" Target=\"http://a/ {t}\"/>"))
    }),
    ("docx: embedded workbook", "a.docx", |t| {
        packed("word/document.xml", [("word/embeddings/b.xlsx", xlsx(Cell::Shared, t))])
    }),
    ("xlsx: shared text", "a.xlsx", |t| xlsx(Cell::Shared, t)),
    ("xlsx: text in no cell", "a.xlsx", |t| xlsx(Cell::Unused, t)),
    ("xlsx: inline text", "a.xlsx", |t| xlsx(Cell::Inline, t)),
    ("xlsx: hidden sheet", "a.xlsx", |t| xlsx(Cell::HiddenSheet, t)),
    ("xlsx: hidden row", "a.xlsx", |t| xlsx(Cell::HiddenRow, t)),
    ("xlsx: hidden column", "a.xlsx", |t| xlsx(Cell::HiddenColumn, t)),
    ("xlsx: formula", "a.xlsx", |t| xlsx(Cell::Formula, t)),
    ("xlsx: comment", "a.xlsx", |t| book("xl/comments1.xml", &format!("<comment><t>{t}</t></comment>"))),
    ("xlsx: drawing", "a.xlsx", |t| book("xl/drawings/drawing1.xml", &format!("<a:t>{t}</a:t>"))),
    ("xlsx: pivot cache", "a.xlsx", |t| {
        book("xl/pivotCache/pivotCacheDefinition1.xml", &format!("<s v=\"{t}\"/>"))
    }),
    ("xlsx: link cache", "a.xlsx", |t| book("xl/externalLinks/externalLink1.xml", &format!("<v>{t}</v>"))),
    ("xlsx: defined name", "a.xlsx", |t| {
        book(
            "xl/workbook.xml",
            &format!("<definedNames><definedName name=\"n\">{t}</definedName></definedNames>"),
        )
    }),
    ("pptx: slide", "a.pptx", |t| {
        packed(
            "ppt/slides/slide1.xml",
            [("ppt/slides/slide2.xml", xml(&format!("<a:p><a:t>{t}</a:t></a:p>")))],
        )
    }),
    ("pptx: notes", "a.pptx", |t| {
        packed("ppt/presentation.xml", [("ppt/notesSlides/notesSlide1.xml", xml(&format!("<a:t>{t}</a:t>")))])
    }),
    ("odt: body", "a.odt", |t| odf(&format!("<text:p>{t}</text:p>"))),
    ("odt: deleted", "a.odt", |t| odf(&format!("<text:deletion><text:p>{t}</text:p></text:deletion>"))),
    ("ods: collapsed row", "a.ods", |t| {
        odf(&format!(
            "<table:table-row table:visibility=\"collapse\"><table:table-cell><text:p>{t}</text:p></table:table-cell></table:table-row>"
        ))
    }),
    ("csv in GBK", "a.csv", |t| encoding_rs::GBK.encode(&format!("姓名,证件\n张三,{t}\n")).0.into_owned()),
    ("csv in UTF-16", "a.csv", |t| {
        std::iter::once(0xfeff)
            .chain(format!("姓名\t{t}\n").encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    }),
    ("html", "a.html", |t| format!("<p>张三<b>，</b>{t}</p><!-- 完 -->").into_bytes()),
    ("rtf", "a.rtf", |t| format!("{{\\rtf1\\ansi {}\\par}}", rtf(t)).into_bytes()),
    ("zip in zip in zip", "a.zip", |t| {
        let inner = zip([("清单.txt", format!("张三 {t}").into_bytes())]);
        zip([("外.zip", zip([("内.zip", inner)]))])
    }),
    ("pdf", "a.pdf", pdf),
];

fn xml(inner: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><root>{inner}</root>").into_bytes()
}

/// Each character in a run of its own.
fn parted(text: &str) -> String {
    let run = |c: char| format!("<w:r w:rsidR=\"00A77427\"><w:rPr><w:b/></w:rPr><w:t>{c}</w:t></w:r>");
    format!("<w:p>{}</w:p>", text.chars().map(run).collect::<String>())
}

fn packed<'a>(main: &'a str, others: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let head = [("[Content_Types].xml", xml("")), (main, xml(""))];
    zip(head.into_iter().chain(others))
}

fn docx(part: &str, inner: &str) -> Vec<u8> {
    match part {
        "word/document.xml" => zip([("[Content_Types].xml", xml("")), (part, xml(inner))]),
        part => packed("word/document.xml", [(part, xml(inner))]),
    }
}

fn odf(inner: &str) -> Vec<u8> {
    zip([("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()), ("content.xml", xml(inner))])
}

/// Where in a sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Shared,
    Unused,
    Inline,
    HiddenSheet,
    HiddenRow,
    HiddenColumn,
    Formula,
}

fn xlsx(cell: Cell, text: &str) -> Vec<u8> {
    let is = |other: Cell, yes: &'static str| if cell == other { yes } else { "" };
    let content = match cell {
        Cell::Shared | Cell::HiddenSheet => "<c r=\"B2\" t=\"s\"><v>1</v></c>".to_owned(),
        Cell::Unused => "<c r=\"B2\" t=\"s\"><v>0</v></c>".to_owned(),
        Cell::Formula => format!("<c r=\"B2\" t=\"str\"><f>\"{text}\"</f></c>"),
        _ => format!("<c r=\"B2\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let sheet = format!(
        "<cols><col min=\"2\" max=\"2\"{}/></cols><sheetData><row r=\"2\"{}>{content}</row></sheetData>",
        is(Cell::HiddenColumn, " hidden=\"1\""),
        is(Cell::HiddenRow, " hidden=\"1\""),
    );
    let text = if matches!(cell, Cell::Shared | Cell::HiddenSheet | Cell::Unused) { text } else { "无" };
    let strings = format!("<si><t>姓名</t></si><si><t>{text}</t></si>");
    let state = is(Cell::HiddenSheet, " state=\"veryHidden\"");
    workbook(&sheet, &strings, &format!("<sheets><sheet name=\"名单\"{state} r:id=\"r1\"/></sheets>"), None)
}

/// A workbook with a part besides its sheet, or with this in its own.
fn book(part: &str, inner: &str) -> Vec<u8> {
    let sheets = "<sheets><sheet name=\"名单\" r:id=\"r1\"/></sheets>";
    match part {
        "xl/workbook.xml" => workbook("", "", &format!("{sheets}{inner}"), None),
        part => workbook("", "", sheets, Some((part, inner))),
    }
}

fn workbook(sheet: &str, strings: &str, book: &str, other: Option<(&str, &str)>) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", xml("")),
        ("xl/workbook.xml", xml(book)),
        ("xl/_rels/workbook.xml.rels", xml("<Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>")),
        ("xl/worksheets/sheet1.xml", xml(sheet)),
        ("xl/sharedStrings.xml", xml(strings)),
    ];
    zip(parts.into_iter().chain(other.map(|(part, inner)| (part, xml(inner)))))
}

/// A sheet whose cell has a number, as it is stored.
pub fn numeric(number: &str) -> Vec<u8> {
    let sheet = format!("<sheetData><row r=\"2\"><c r=\"B2\"><v>{number}</v></c></row></sheetData>");
    workbook(&sheet, "", "<sheets><sheet name=\"名单\" r:id=\"r1\"/></sheets>", None)
}

fn rtf(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{}?", u32::from(c)) }).collect()
}

/// A page with an own font of two bytes a glyph that says which letters they are.
pub fn pdf(text: &str) -> Vec<u8> {
    let codes: String = text.encode_utf16().map(|unit| format!("{:04X}", unit ^ 0x1111)).collect();
    let maps: String = text
        .encode_utf16()
        .map(|unit| format!("1 beginbfchar <{:04X}> <{unit:04X}> endbfchar\n", unit ^ 0x1111))
        .collect();
    let map = format!("begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}endcmap");
    let content = format!("BT /F1 12 Tf 72 700 Td <{codes}> Tj ET");
    let mut file = b"%PDF-1.5\n".to_vec();
    for (number, object) in [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    ]
    .iter()
    .enumerate()
    {
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    stream(&mut file, 4, content.as_bytes());
    file.extend(
        b"5 0 obj\n<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R >>\nendobj\n",
    );
    stream(&mut file, 6, map.as_bytes());
    file.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    file
}

fn stream(file: &mut Vec<u8>, number: usize, content: &[u8]) {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(content).unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("{number} 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
    file.extend(head.bytes());
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\n");
}

/// A PDF of so many pages that are pictures, and of one with words if there are some.
pub fn scan(pages: usize, text: Option<&str>) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let all = pages + usize::from(text.is_some());
    let kids: String = (0..all).map(|page| format!("{} 0 R ", page + 10)).collect();
    file.extend(format!("1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {all} >>\nendobj\n").bytes());
    file.extend(b"3 0 obj\n<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream\nendobj\n");
    file.extend(b"4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n");
    for page in 0..all {
        file.extend(format!("{} 0 obj\n<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /XObject << /I 3 0 R >> /Font << /F1 4 0 R >> >> >>\nendobj\n", page + 10, page + 1000).bytes());
        let words =
            text.filter(|_| page == pages).map(|text| format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET"));
        stream(&mut file, page + 1000, words.as_deref().unwrap_or("q 100 0 0 100 0 0 cm /I Do Q").as_bytes());
    }
    file.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    file
}
