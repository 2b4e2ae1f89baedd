//! Small packages, a rule each: what is read of them is drawn as text.

mod damaged;
mod ordinals;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::read;
use crate::import::draft::{Block, Draft, DraftCell, Limits, Paragraph, ParagraphStyle};
use crate::import::refused::Refused;
use crate::import::rules;

const TRANSITIONAL: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
    xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#;

const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A package in the making: its parts by name.
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    /// A document with this inside of its body, found as `word/document.xml`.
    fn of_body(body: &str) -> Self {
        Self::of_document(&format!("<w:document {TRANSITIONAL}><w:body>{body}</w:body></w:document>"))
    }

    fn of_document(document: &str) -> Self {
        let top = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="{RELATION}officeDocument" Target="/word/document.xml"/></Relationships>"#
        );
        Self(Vec::new()).with("_rels/.rels", &top).with("word/document.xml", document)
    }

    fn with(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), text.as_bytes().to_vec()));
        self
    }

    /// With relationships of the document: each an id, a kind, a target and, outside, a mode.
    fn related(self, relations: &[(&str, &str, &str)]) -> Self {
        let mut text = String::from(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
        );
        for (id, kind, target) in relations {
            let mode = if target.contains("://") { r#" TargetMode="External""# } else { "" };
            write!(text, r#"<Relationship Id="{id}" Type="{RELATION}{kind}" Target="{target}"{mode}/>"#)
                .unwrap();
        }
        self.with("word/_rels/document.xml.rels", &format!("{text}</Relationships>"))
    }

    fn word(self, part: &str, root: &str, inside: &str) -> Self {
        self.with(&format!("word/{part}.xml"), &format!("<w:{root} {TRANSITIONAL}>{inside}</w:{root}>"))
    }

    fn zipped(&self) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn read(&self) -> Result<Draft, Refused> {
        read(&self.zipped(), &Limits::default())
    }

    fn drawn(&self) -> String {
        let draft = self.read().unwrap();
        draft.account().unwrap();
        for aside in &draft.asides {
            assert!(rules::rule(aside.rule).is_some(), "{} is no rule", aside.rule);
        }
        drawn(&draft)
    }
}

/// The refusal in English.
fn refusal(parts: &Parts) -> String {
    match parts.read() {
        Err(Refused::Damaged(words) | Refused::Limit(words)) => words.en,
        other => panic!("{other:?}"),
    }
}

fn drawn(draft: &Draft) -> String {
    let mut out: Vec<String> = Vec::new();
    for block in &draft.blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(line(paragraph)),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<_> = row.cells.iter().map(cell).collect();
                    out.push(format!("| {} |", cells.join(" | ")));
                }
            }
        }
    }
    for aside in &draft.asides {
        out.push(format!("({}: {})", aside.rule, draft.text[aside.at.clone()].trim()));
    }
    out.join("\n")
}

fn line(paragraph: &Paragraph) -> String {
    let mut out = match paragraph.style {
        ParagraphStyle::Title => "title ".to_owned(),
        ParagraphStyle::Heading(level) => "#".repeat(level.into()) + " ",
        ParagraphStyle::Note(number) => format!("note {number}: "),
        ParagraphStyle::Item(depth) => format!("item {depth}: "),
        _ => String::new(),
    };
    for run in &paragraph.runs {
        let mut text = run.text.replace('\n', "⏎").replace('\t', "→");
        if run.at.is_none() && !text.is_empty() {
            text = format!("«{text}»");
        }
        if run.bold {
            text = format!("*{text}*");
        }
        if let Some(link) = &run.link {
            text = format!("[{text}]({link})");
        }
        out.push_str(&text);
        out.extend(run.note.map(|number| format!("^{number}")));
        out.extend(run.picture.map(|place| format!("!{place}")));
    }
    out
}

fn cell(cell: &DraftCell) -> String {
    let text: Vec<_> = cell.paragraphs.iter().map(line).collect();
    let span =
        if (cell.across, cell.down) == (1, 1) { "" } else { &format!("{}×{} ", cell.across, cell.down) };
    format!("{}{span}{}", if cell.head { "head " } else { "" }, text.join("/"))
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Bodies, and how they are drawn.
const READ: [(&str, &str); 31] = [
    // Text and signs.
    (
        r#"<w:p><w:r><w:t> 甲 </w:t><w:tab/><w:t xml:space="preserve"> 乙&#x4e00;&amp;</w:t><w:br/><w:cr/></w:r></w:p>"#,
        "甲→ 乙一&⏎⏎",
    ),
    (
        r#"<w:p><w:r><w:br w:type="page"/><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r></w:p>"#,
        "甲\u{2011}乙",
    ),
    (
        r#"<w:p><w:r><w:t>甲</w:t><w:softHyphen/><w:t>乙</w:t></w:r></w:p>"#,
        "甲乙\n(docx-soft-hyphen: \u{ad})",
    ),
    (
        r#"<w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="宋体" w:char="2460"/></w:r></w:p>"#,
        "☑①",
    ),
    (r#"<w:p><w:r><w:sym w:font="Wingdings" w:char="F000"/></w:r></w:p>"#, "\u{FFFD}\n(docx-symbol: )"),
    (
        r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>乙</w:t></w:r></w:p>"#,
        "*甲*乙",
    ),
    (
        r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>"#,
        "乙\n(docx-hidden: 甲)",
    ),
    // Headings.
    (r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"#, "## 甲"),
    // Containers.
    (
        r#"<w:p><w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p>"#,
        "甲乙",
    ),
    (r#"<w:sdt><w:sdtContent><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:sdtContent></w:sdt>"#, "甲"),
    (
        r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>"#,
        "\n(docx-contents: 目录)",
    ),
    // Changes.
    (
        r#"<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"#,
        "甲\n(docx-inserted: )\n(docx-deleted: 乙)",
    ),
    (
        r#"<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:r><w:t>乙</w:t></w:r><w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>"#,
        "乙甲\n(docx-moved: 甲)",
    ),
    (
        r#"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>"#,
        "甲乙",
    ),
    (
        r#"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>"#,
        "\n(docx-deleted: 甲)",
    ),
    // Fields.
    (
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \@ "yyyy" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2020</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>年</w:t></w:r></w:p>"#,
        "2020年\n(docx-field-code: DATE \\@ \"yyyy\")",
    ),
    (
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>7</w:t><w:fldChar w:fldCharType="end"/><w:instrText>=7</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>甲</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>"#,
        "甲\n(docx-field-code: IF PAGE7=7)",
    ),
    (
        r#"<w:p><w:fldSimple w:instr=" HYPERLINK &quot;https://a.cn/&quot; "><w:r><w:t>甲</w:t></w:r></w:fldSimple></w:p>"#,
        "[甲](https://a.cn/)",
    ),
    (
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>eq \o\ac(○,一)</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>"#,
        "«一»\n(docx-field-code: eq \\o\\ac(○,一))",
    ),
    // A table of contents, over two paragraphs.
    (
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>一、甲</w:t></w:r></w:p><w:p><w:r><w:t>二、乙</w:t><w:fldChar w:fldCharType="end"/><w:t>丙</w:t></w:r></w:p>"#,
        "丙\n(docx-field-code: TOC)\n(docx-contents: 一、甲二、乙)",
    ),
    // Readings.
    (
        r#"<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>xíng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>行</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"#,
        "行\n(docx-ruby: xíng)",
    ),
    // Formulas.
    (
        r#"<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></w:p>"#,
        "ab\n(docx-formula: )",
    ),
    // Text boxes, once.
    (
        r#"<w:p><w:r><w:t>甲</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
        "甲\n乙\n(docx-alternate: 乙)",
    ),
    (
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="neu"><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
        "乙\n(docx-alternate: 甲)",
    ),
    (
        r#"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape><v:shape><v:textpath string="丙"/></v:shape></w:pict></w:r></w:p>"#,
        "乙\n丙",
    ),
    // Tables.
    (
        r#"<w:tbl><w:tblGrid/><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"#,
        "| head 2×1 甲 |\n| 乙 |  |",
    ),
    (
        r#"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
        "| 1×2 甲 | 1 |\n| 2 |\n| 乙 | 3 |",
    ),
    (
        r#"<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
        "|  | 甲/乙 |\n(docx-deleted: 丙)",
    ),
    // Links.
    (
        r#"<w:p><w:hyperlink r:id="rId9"><w:r><w:t>甲</w:t></w:r></w:hyperlink><w:hyperlink w:anchor="x"><w:r><w:t>乙</w:t></w:r></w:hyperlink></w:p>"#,
        "[甲](https://a.cn/甲)乙",
    ),
    // Pictures and files: one, shown twice.
    (
        r#"<w:p><w:r><w:drawing><wp:inline><wp:positionH><wp:posOffset>12</wp:posOffset></wp:positionH><wp:docPr descr="徽"/><a:graphic><a:blip r:embed="rId8"/></a:graphic></wp:inline></w:drawing></w:r><w:r><w:pict><v:shape><v:imagedata r:id="rId8"/></v:shape></w:pict></w:r></w:p>"#,
        "!0!0",
    ),
    (
        r#"<w:p><w:r><w:object><v:shape><v:imagedata r:id="rId8"/></v:shape><o:OLEObject r:id="rId7"/></w:object></w:r></w:p>"#,
        "!0\n(docx-embedded: )",
    ),
];

#[test]
fn each_rule_reads_as_it_says() {
    let relations = [
        ("rId9", "hyperlink", "https://a.cn/甲"),
        ("rId8", "image", "media/1.png"),
        ("rId7", "package", "embeddings/1.xlsx"),
    ];
    for (body, expected) in READ {
        let parts = Parts::of_body(body)
            .related(&relations)
            .with("word/media/1.png", "P")
            .with("word/embeddings/1.xlsx", "X");
        assert_eq!(parts.drawn(), expected.trim_start_matches('\n'), "{body}");
    }
}

#[test]
fn files_come_with_their_names_and_titles() {
    let body = READ[29].0;
    let parts =
        Parts::of_body(body).related(&[("rId8", "image", "media/1.png")]).with("word/media/1.png", "P");
    let files = parts.read().unwrap().files;
    assert_eq!(files.len(), 1);
    assert_eq!(
        (files[0].name.as_str(), &*files[0].bytes, files[0].title.as_deref()),
        ("1.png", &b"P"[..], Some("徽"))
    );
}

#[test]
fn a_picture_that_is_missing_is_told_and_no_empty_file() {
    // The part of the picture is missing, and the relationship of the file that it stands for.
    let missing = Parts::of_body(READ[30].0).related(&[("rId8", "image", "media/1.png")]);
    assert_eq!(missing.drawn(), "(docx-missing: )\n(docx-missing: )");
    assert!(missing.read().unwrap().files.is_empty());
}

#[test]
fn text_that_no_rule_reads_is_a_hole_in_the_account() {
    for body in [
        "<w:p><w:new><w:t>甲</w:t></w:new></w:p>",
        "<w:p>甲</w:p>",
        "<w:new>甲</w:new>",
        "<w:p><w:r>&#x4e00;</w:r></w:p>",
        "<w:tbl><w:tr><w:new>甲</w:new></w:tr></w:tbl>",
        "<w:p><w:r><w:drawing><a:new>甲</a:new></w:drawing></w:r></w:p>",
        "<w:altChunk r:id='a'/>",
    ] {
        let parts =
            Parts::of_body(body).related(&[("a", "aFChunk", "a.html")]).with("word/a.html", "<p>甲</p>");
        assert!(parts.read().unwrap().account().is_err(), "{body}");
    }
    let unknown = Parts::of_body("").with("word/new.xml", "<new>甲</new>");
    assert!(unknown.read().unwrap().account().is_err());
}

#[test]
fn strict_files_are_read_as_the_others() {
    let strict = |text: &str| {
        let text = text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        );
        text.replace(RELATION, "http://purl.oclc.org/ooxml/officeDocument/relationships/")
    };
    let document = format!(
        "<x:document {TRANSITIONAL}><x:body><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>"
    )
    .replace("xmlns:w", "xmlns:x");
    let top = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="a" Type="{RELATION}officeDocument" Target="./文/正文.XML"/></Relationships>"#
    );
    let parts = Parts(Vec::new()).with("_rels/.rels", &strict(&top)).with("文/正文.xml", &strict(&document));
    assert_eq!(parts.drawn(), "甲");
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(document.encode_utf16().flat_map(u16::to_le_bytes));
    let parts = Parts(vec![("文/正文.xml".into(), wide)]).with("_rels/.rels", &top);
    assert_eq!(parts.drawn(), "甲");
}

#[test]
fn notes_stand_behind_the_text_and_are_numbered_as_they_are_called() {
    let body = r#"<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="5"/></w:r></w:p>"#;
    let foot = r#"<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>脚</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="6"><w:p><w:r><w:t>无</w:t></w:r></w:p></w:footnote>"#;
    let end = r#"<w:endnote w:id="2"><w:p><w:r><w:t>尾</w:t></w:r></w:p></w:endnote>"#;
    let parts = Parts::of_body(body)
        .word("footnotes", "footnotes", foot)
        .word("endnotes", "endnotes", end)
        .related(&[("a", "footnotes", "footnotes.xml"), ("b", "endnotes", "/word/endnotes.xml")]);
    assert_eq!(parts.drawn(), "甲^1^2\nnote 2: 脚\nnote 1: 尾\n(docx-note-not-called: 无)");
}

#[test]
fn parts_that_are_no_text_are_left_out_and_said() {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
        <Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>
        <Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>
        <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
    let parts = Parts::of_body(&p("甲"))
        .with("[Content_Types].xml", types)
        .word("header1", "hdr", &p("眉"))
        .word("comments", "comments", &p("注"))
        .word("settings", "settings", "<w:zoom/>")
        .with("docProps/core.xml", "<p><creator>张三</creator></p>")
        .with("customXml/item1.xml", "<s:d xmlns:s='x'>数</s:d>");
    assert_eq!(
        parts.drawn(),
        "甲\n(docx-custom-data: 数)\n(docx-properties: 张三)\n(docx-comment: 注)\n(docx-header: 眉)"
    );
}

#[test]
fn bold_and_headings_come_by_styles() {
    let styles = r#"<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的"/><w:basedOn w:val="1"/></w:style>
        <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="pool"/></w:style>
        <w:style w:type="paragraph" w:styleId="pool"><w:name w:val="heading 2"/><w:basedOn w:val="loop"/></w:style>
        <w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>"#;
    let styled = |style: &str, run: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle w:val="{run}"/></w:rPr><w:t>乙</w:t></w:r></w:p>"#
        )
    };
    let body = styled("mine", "s") + &styled("t", "s") + &styled("loop", "x") + &styled("none", "s");
    let parts =
        Parts::of_body(&body).word("styles", "styles", styles).related(&[("a", "styles", "styles.xml")]);
    assert_eq!(parts.drawn(), "# *甲*乙\ntitle 甲*乙*\n## 甲乙\n甲*乙*");
}

/// Levels of a list: 一、 with a tab stop, （一）, 第1条 and a bullet.
const LEVELS: &str = r#"<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="space"/><w:lvlText w:val="（%2）"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%3条"/></w:lvl>
    <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
    <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="hindiVowels"/><w:lvlText w:val="%5."/></w:lvl>
    <w:lvl w:ilvl="5"><w:start w:val="7"/><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/><w:lvlText w:val="%6"/></w:lvl>
    <w:lvl w:ilvl="6"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%7."/><w:rPr><w:vanish/></w:rPr></w:lvl>"#;

/// A paragraph in that list: its level, what stands in its properties behind, and within it.
fn item(level: u8, more: &str, inside: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>{more}</w:pPr>{inside}</w:p>"#
    )
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn ordinals_stand_where_they_are_printed() {
    let boxed = format!(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        item(0, "", &r("框")),
    );
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>";
    let body = [
        item(0, "", &r("甲")),
        item(1, "", &(r("乙") + &boxed)),
        item(2, "", &r("丙")),
        item(3, "", &r("丁")),
        item(4, "", &r("戊")),
        item(5, "", &r("A")),
        item(6, "", &r("己")),
        // An empty paragraph is counted, a hidden one is not.
        item(1, "", ""),
        item(1, "<w:rPr><w:vanish/></w:rPr>", hidden),
        // A heading that runs in: its end is hidden.
        item(0, "<w:rPr><w:vanish/><w:specVanish/></w:rPr>", &r("庚。")),
        p("辛"),
        item(0, "<w:rPr><w:del/></w:rPr>", &r("壬")),
        item(0, "", &r("癸")),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", item(0, "", &r("格"))),
        item(0, "", &r("末")),
    ];
    let numbering = format!(
        r#"<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#
    );
    let parts = Parts::of_body(&body.concat()).word("numbering", "numbering", &numbering).related(&[(
        "a",
        "numbering",
        "numbering.xml",
    )]);
    let expected = "«一、»甲\n«（一） »乙\n«一、»框\n«第1条\u{3000}»丙\nitem 4: 丁\n«1.»戊\n«007 »A\n己\n«（二）»\n\
        «二、»庚。辛\n«三、»壬癸\n| «四、»格 |\n«五、»末\n(docx-number-format: )\n(docx-hidden: 隐)";
    assert_eq!(parts.drawn(), expected);
    let long = numbering.replace("●", "").replace("%1、", &"一".repeat(300));
    let parts = Parts::of_body(&item(0, "", "")).word("numbering", "numbering", &long).related(&[(
        "a",
        "numbering",
        "numbering.xml",
    )]);
    assert_eq!(refusal(&parts), "an automatic ordinal is longer than 255 characters");
}

#[test]
fn hostile_packages_are_refused_with_their_limit() {
    let long = p(&"一".repeat(6 << 20));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    let many = p("一").repeat(100_000);
    let elements = "<w:b/>".repeat(2_100_000);
    for (body, limit) in [
        (long, "word/document.xml takes more than 16 MB when it is unpacked"),
        (deep, "elements of word/document.xml nest deeper than 256"),
        (many, "it has more than 50000 paragraphs"),
        (elements, "word/document.xml has more elements than any report"),
    ] {
        assert_eq!(refusal(&Parts::of_body(&body)), format!("{limit}"));
    }
    let named = |name: &str| Parts::of_body("").with(name, "");
    assert_eq!(
        refusal(&named("../../etc/passwd")),
        r#"the archive has a name that may not be there: "../../etc/passwd""#
    );
    assert_eq!(
        refusal(&named("WORD/document.xml")),
        r#"the archive has a name that may not be there: "WORD/document.xml""#
    );
    let crowd = (0..5_000).fold(Parts::of_body(""), |parts, at| parts.with(&format!("a/{at}"), ""));
    assert_eq!(refusal(&crowd), "the archive holds more than 4000 files");
    let laughs = r#"<!DOCTYPE w:document [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><w:document><w:body>&b;</w:body></w:document>"#;
    let declared = "word/document.xml declares a document type or entities, which no word processor writes";
    assert_eq!(refusal(&Parts::of_document(laughs)), declared);
    assert_eq!(refusal(&Parts::of_body("<w:p>&b;</w:p>")), declared);
    assert_eq!(refusal(&Parts::of_body("<w:p>")), "word/document.xml is no well-formed XML");
    assert_eq!(refusal(&Parts(Vec::new())), "the archive has no part that is a document");
    let Err(Refused::Damaged(words)) = read(b"PK\x03\x04 and nothing more", &Limits::default()) else {
        panic!("a torn archive is refused");
    };
    assert_eq!(words.en, "it is no whole .docx archive");
}
