//! Pages of portals and of clipboards, told as one reads them: `tests/import/html/`.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;

use super::{is_html, read};
use crate::config::{Config, Registry};
use crate::import::draft::{Block, Draft, Limits, Paragraph, ParagraphStyle};
use crate::import::refused::Refused;
use crate::import::{FileToImport, WantedDocument, import};
use crate::route::Year;

/// A draft as a person would note it down.
fn noted(draft: &Draft) -> String {
    let mut noted = String::new();
    for label in &draft.labels {
        let _ = writeln!(noted, "{} = {}", label.name, label.value);
    }
    for block in &draft.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let _ = writeln!(noted, "{}", told(paragraph));
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let text: Vec<String> = cell.paragraphs.iter().map(told).collect();
                        let span = if cell.across + cell.down > 2 {
                            format!(" {}×{}", cell.across, cell.down)
                        } else {
                            String::new()
                        };
                        format!("{}{}{span}", if cell.head { "^" } else { "" }, text.join(" / "))
                    });
                    let _ = writeln!(noted, "| {} |", cells.collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    let mut asides: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for aside in draft.asides.iter().filter(|aside| aside.rule != "line-end") {
        asides.entry(aside.rule).or_default().push(draft.text[aside.at.clone()].trim_matches('\n'));
    }
    for (rule, texts) in asides {
        let _ = writeln!(noted, "- {rule}: {}", texts.join(" ¦ "));
    }
    noted
}

fn told(paragraph: &Paragraph) -> String {
    let style = match paragraph.style {
        ParagraphStyle::Body => String::new(),
        other => format!("({other:?}) "),
    };
    let runs = paragraph.runs.iter().map(|run| {
        let text = run.text.replace('\n', "↵").replace('\u{a0}', "␣");
        let text = if run.at.is_none() && !run.text.trim().is_empty() { format!("<{text}>") } else { text };
        let text = if run.bold { format!("**{text}**") } else { text };
        let text = run.link.as_ref().map_or(text.clone(), |link| format!("[{text}]({link})"));
        run.note.map_or(text.clone(), |note| format!("{text}[^{note}]"))
    });
    style + &runs.collect::<String>()
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn pages_are_told_like_this() {
    insta::glob!("../../../tests/import/html", "*.html", |path| {
        let bytes = std::fs::read(path).expect("a fixture");
        assert!(is_html(&bytes), "{}", path.display());
        let page = read(&bytes, &Limits::default()).expect("a page with text");
        assert_eq!(page.draft.account(), Ok(()), "{}", path.display());
        insta::assert_snapshot!(format!("{}\n{}", page.encoding, noted(&page.draft)));
    });
}

/// What a page says of its document stands in the front matter of the report.
#[test]
fn a_page_becomes_a_report() {
    let page = include_bytes!("../../../tests/import/html/1-labels-and-ucap.html");
    let (config, registry) = (Config::default(), Registry::default());
    let wanted = WantedDocument::new("yunling", Year::parse("2019").expect("a year"), &config, &registry);
    let imported = import(&FileToImport { name: "a.html", bytes: page }, &wanted).expect("a report");
    for told in [
        "title: 云岭市人民政府2019年法治政府建设年度报告\n",
        "issuer: [云岭市人民政府]\n",
        "index_number: \"11440700/2020-00123\"\n",
        "document_number: 云府〔2020〕5号\n",
        "written: 2020-03-02\n",
        "published: 2020-03-20 09:30",
        "keywords: [法治政府, 年度报告]\n",
        "rowspan=\"2\"",
        "全年办结行政复议案件745件",
    ] {
        assert!(imported.text.contains(told), "{told}\n{}", imported.text);
    }
    for left_out in ["统计代码", "分享到", "当前位置", "浏览次数"] {
        assert!(!imported.text.contains(left_out), "{left_out}\n{}", imported.text);
    }
}

fn refusal(page: &str) -> String {
    match read(page.as_bytes(), &Limits::default()) {
        Err(Refused::Limit(words)) => words.en,
        other => format!("{other:?}").chars().take(200).collect(),
    }
}

#[test]
fn pages_that_mean_harm_end_with_the_limit_that_they_pass() {
    let deep = "elements of the page nest more than 256 deep";
    let many = "the page has more than 400000 elements";
    assert_eq!(refusal(&"<div>".repeat(1_000_000)), deep);
    assert_eq!(refusal(&"<table><tr><td>".repeat(10_000)), deep);
    assert_eq!(refusal(&"<b><p>".repeat(100_000)), many);
    assert_eq!(refusal(&"<p>甲</p>".repeat(300_000)), many);
    assert_eq!(refusal(&"<br>".repeat(1_000_000)), many);
    let formats: String = (0..200).map(|number| format!("<b id={number}>")).collect();
    let long = "it has more than 50000 paragraphs and cells";
    let repeated = refusal(&format!("<p>{formats}{}", "<p>甲".repeat(100_000)));
    assert!([deep, many, long].contains(&repeated.as_str()), "{repeated}");
    assert_eq!(refusal(&"<p>甲".repeat(60_000)), long);
    assert_eq!(refusal(&"甲".repeat(6 << 20)), "it is larger than 16 MiB");
    assert_eq!(refusal("<html><body><script>甲</script></body></html>"), "Err(Empty)");
}

proptest! {
    /// Whatever a page holds, every character that is read of it is told once.
    #[test]
    fn every_character_is_told(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        let page = parts.concat();
        if let Ok(told) = read(page.as_bytes(), &Limits::default()) {
            prop_assert_eq!(told.draft.account(), Ok(()), "{}", page);
        }
    }
}

const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "甲。",
    " ",
    "\n",
    "a b",
    "&nbsp;",
    "<br>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td rowspan=2>",
    "</table>",
    "<th>",
    "索引号：1",
    "来源",
    "：",
    "<div class=nav>",
    "</div>",
    "<div id=zoom>",
    "<ol><li>",
    "</ol>",
    "<script>x</script>",
    "<style>y</style>",
    "<a href=/x>",
    "</a>",
    "<img alt=图>",
    "<h1>标题文字六字</h1>",
    "<title>题</title>",
    "<meta name=ArticleTitle content=题>",
    "<span style='mso-list:Ignore'>",
    "</span>",
    "<select>",
    "<template>",
    "</template>",
    "<svg>",
    "<!-- 注 -->",
    "<frameset>",
    "<del>",
    "<p hidden>",
    "<dl><dt>",
    "<a style='mso-footnote-id:ftn1' href=#_ftn1>[1]</a>",
    "【打印】",
];
