//! Imports of whole files: what stands in them, what the log says, and the way back.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads files")]

#[path = "import/command.rs"]
mod command;
mod support;
#[path = "import/word.rs"]
mod word;

use std::collections::BTreeSet;

use proptest::prelude::*;
use xiangwei::config::{Config, Registry};
use xiangwei::import::{FileToImport, ImportedDocument, Refused, WantedDocument, import, mend};
use xiangwei::report::{self, Report};
use xiangwei::route::{Leaf, Year};
use xiangwei::source::Source;

/// The settings of a site without settings.
struct Site {
    config: Config,
    registry: Registry,
}

impl Site {
    fn new(indicators: &str) -> Self {
        let registry = Registry::parse(&Source::new("indicators.yaml", indicators));
        assert!(registry.diagnostics.is_empty(), "{:?}", registry.diagnostics);
        Self { config: Config::default(), registry: registry.value }
    }

    fn wanted(&self, year: &str, without: &[&str]) -> WantedDocument<'_> {
        WantedDocument {
            without: without.iter().map(|name| (*name).to_owned()).collect(),
            ..WantedDocument::new("jia", Year::parse(year).unwrap(), &self.config, &self.registry)
        }
    }
}

fn imported(name: &str, bytes: &[u8], year: &str) -> ImportedDocument {
    let site = Site::new("");
    let imported = import(&FileToImport { name, bytes }, &site.wanted(year, &[])).unwrap();
    holds(&imported, bytes);
    imported
}

/// What must hold of every import of a text: its sum, and the way back.
fn holds(imported: &ImportedDocument, bytes: &[u8]) {
    assert!(imported.log.adds_up(), "{:?}", imported.log.characters);
    let source = imported.log.undo(body(&imported.text)).unwrap();
    if imported.log.source.encoding.is_some() {
        assert_eq!(imported.log.file(&source).as_deref(), Some(bytes), "the source's bytes come back");
    }
    let json = imported.log.to_json();
    assert_eq!(xiangwei::import::ImportLog::from_json(&json).as_ref(), Ok(&imported.log));
}

/// The text behind the front matter.
fn body(text: &str) -> &str {
    let start = text.find("\n---\n").map_or(0, |at| at + 5);
    &text[start..]
}

fn front(text: &str) -> &str {
    text[4..].split("\n---\n").next().unwrap()
}

fn parsed(imported: &ImportedDocument) -> Option<Report> {
    let site = Site::new("");
    let source = Source::new(imported.path.clone(), imported.text.clone());
    let path = imported.path.strip_prefix("content").unwrap();
    let Ok(Leaf::Report(address)) = Leaf::of(path) else { panic!("{path} is no report") };
    report::parse(&source, address, (&site.config, &site.registry)).value
}

/// How many sections have an ordinal of this level.
fn sections(report: &Report, level: u8) -> Vec<&str> {
    let sections = report.parsed.body.sections.iter().filter(|section| !section.in_wrapper);
    sections
        .filter(|section| section.level == level)
        .filter_map(|section| section.ordinal.as_deref())
        .collect()
}

fn codes(imported: &ImportedDocument) -> Vec<&str> {
    imported.told.iter().map(|told| told.code).collect()
}

/// The real documents, where their folder is named; they are not ours to pass on.
#[allow(clippy::print_stderr, reason = "who runs the test is told that it proves less")]
fn sample(name: &str) -> Option<Vec<u8>> {
    let Ok(folder) = std::env::var("XIANGWEI_SAMPLES") else {
        eprintln!("XIANGWEI_SAMPLES names no folder, so {name} is not imported");
        return None;
    };
    let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(name)).unwrap();
    Some(std::fs::read(file).unwrap())
}

#[test]
fn a_real_report_full_of_pinyin() {
    let Some(bytes) = sample("000") else { return };
    let imported = imported("000.txt", &bytes, "2019");
    let taken = &imported.log.characters.taken;
    assert_eq!(taken["pinyin"].times, 776);
    assert!(!taken.contains_key("title"));
    let text = body(&imported.text);
    assert_eq!(text.matches("【待核：").count(), 4, "damaged spots");
    let toned = text.matches(['ā', 'á', 'ǎ', 'à', 'è', 'ī', 'í', 'ì', 'ù', 'ū']).count();
    let marked: usize =
        text.split("【待核：").skip(1).filter_map(|part| part.split('】').next()).map(str::len).sum();
    assert!(toned <= 4 && marked < 80, "{toned} {marked}");
    let missing = imported.told.iter().find(|told| told.code == "import/missing").unwrap();
    assert!(
        missing.message.zh.contains("标题")
            && missing.message.zh.contains("日期")
            && missing.message.zh.contains("发文机关")
    );
    assert!(codes(&imported).contains(&"text/unresolved"), "{:?}", codes(&imported));
    assert!(front(&imported.text).contains("language: zh-Hant"));
    let text = imported.text.replacen("---\n", "---\ntitle: 甲\n", 1);
    let report = parsed(&ImportedDocument { text, ..imported }).unwrap();
    let third: Vec<String> = (1..=23).map(|number| format!("{number}.")).collect();
    assert_eq!(sections(&report, 3), third, "23 third-level items running on");
    assert_eq!(sections(&report, 1).len(), 2);
    assert_eq!(sections(&report, 2).len(), 13);
}

#[test]
fn a_real_report_of_a_township() {
    let Some(bytes) = sample("001") else { return };
    let imported = imported("001.txt", &bytes, "2022");
    let report = parsed(&imported).unwrap();
    assert!(report.matter.title.value.ends_with("2022年法治政府建设情况的报告"));
    assert_eq!(body(&imported.text).matches(&report.matter.title.value).count(), 0, "one title");
    assert_eq!(sections(&report, 1).len(), 10);
    assert_eq!(sections(&report, 2).len(), 27);
    assert_eq!(report.matter.issuers.len(), 1);
    assert!(codes(&imported).contains(&"import/slip"), "{:?}", codes(&imported));
}

#[test]
fn a_real_plan_in_a_notice() {
    let Some(bytes) = sample("003") else { return };
    let imported = imported("003.txt", &bytes, "2019");
    let report = parsed(&imported).unwrap();
    let matter = &report.matter;
    assert_eq!(matter.kind, "work-plan");
    assert_eq!(matter.index_number.as_ref().unwrap().value, "11346509/2019-1796041");
    assert_eq!(matter.document_number.as_ref().unwrap().value, "赤政发〔2019〕7号");
    assert_eq!(matter.subjects, ["国家安全", "其他"]);
    assert_eq!(matter.issuers, ["赤壁市人民政府"]);
    assert_eq!(matter.written.unwrap().to_string(), "2019-07-05");
    assert!(
        imported.text.contains("\npublished: 2019-07-06\n")
            && imported.text.contains("\nvalidity: in-force\n")
    );
    assert!(matter.title.value.starts_with("关于印发") && matter.title.value.ends_with("的通知"));
    assert!(imported.text.contains("wrapper:\n  role: issuing-notice"));
    let section_text = &report.parsed.body;
    assert!(section_text.wrapper.is_some() && section_text.heading.as_ref().unwrap().ends_with("工作要点"));
    assert_eq!(sections(&report, 1).len(), 9);
    assert_eq!(sections(&report, 2).len(), 28, "28 items running on");
    assert_eq!(report.parsed.tasks.len(), 28);
    assert!(report.parsed.tasks.iter().all(|task| !task.responsible.is_empty()), "28 responsible units");
    assert!(!imported.told.iter().any(|told| told.is_error()), "{:?}", imported.told);
}

/// What a text makes when it is typed into Word, which prints its ordinals.
fn typed_in_word(text: &str, year: &str, ordinals: usize) {
    let (word, count) = word::word(text);
    assert_eq!(count, ordinals, "ordinals that Word prints");
    let (word, text) = (imported("a.docx", &word, year), imported("a.txt", text.as_bytes(), year));
    let held = word.log.undo(body(&word.text)).unwrap();
    assert!(!held.lines().any(|line| line.starts_with("一、")), "the file has them as numbers alone");
    same_lines(&word.text, &text.text);
    let told =
        |imported: &ImportedDocument| codes(imported).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(told(&word), told(&text));
}

/// Two texts are the same; if not, the first lines that differ are shown.
fn same_lines(one: &str, other: &str) {
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    assert_eq!(differs, None);
    assert_eq!(one.len(), other.len());
}

#[test]
fn real_documents_are_the_same_with_automatic_numbering() {
    for (name, year, ordinals) in [("000", "2019", 38), ("001", "2022", 37), ("003", "2019", 37)] {
        let Some(bytes) = sample(name) else { return };
        typed_in_word(std::str::from_utf8(&bytes).unwrap(), year, ordinals);
    }
}

#[test]
fn a_picture_that_is_not_in_the_file_is_told() {
    let text = "甲市2020年度法治政府建设情况报告\n一、甲\n乙。\n";
    for (target, rule) in
        [("media/1.png", "docx-missing"), ("https://a.cn/1.png\" TargetMode=\"External", "docx-outside")]
    {
        let imported = imported("a.docx", &word::with_picture(text, target), "2020");
        assert_eq!(imported.log.characters.taken.get(rule).map(|taken| taken.times), Some(1), "{rule}");
        assert!(imported.log.changes.iter().any(|change| change.rule == rule));
        assert!(codes(&imported).contains(&"import/left-out"), "{:?}", codes(&imported));
        assert!(imported.attachments.is_empty() && imported.path == "content/jia/2020.md");
    }
}

#[test]
fn a_plan_is_the_same_with_automatic_numbering() {
    typed_in_word(&PLAN.replace("\r\n", "\n"), "2020", 5);
}

/// A plan in a notice, as a portal shows it, written for this test.
const PLAN: &str = "首页 > 政务公开 > 文件\r\n关于印发甲县2020年法治建设工作要点的通知\r\n\
索引号 : 123456/2020-0001 文       号 : 甲政发[2020]3号\r\n主题分类: 司法;其他\u{a0}\u{a0}发文机关: 甲县人民政府\r\n\
名       称: 关于印发甲县2020年法治建设工作要点的通知 发布日期: 2020年3月6日\r\n有效性: 有效 成文日期: 二〇二〇年三月二日\r\n\
来源：甲县司法局 浏览次数：- 【字体：大 中 小】\r\n甲政发[2020]3号\r\n县人民政府关于印发甲县2020年\r\n法治建设工作要点的通知\r\n\
各乡镇人民政府:\r\n　　《甲县2020年法治建设工作要点》已经县政府同意,现印发给你们,请认真执行。\r\n甲县人民政府\r\n2020年3月2日\r\n\
甲县2020年法治建设工作要点\r\n　　为推进法治建设,制定本要点。\r\n一、加强学习\r\n(一)组织培训。全年培训不少于2次。(责任单位:县司法局、县人社局)\r\n\
(二)严格考核。考核结果公开。(责任单位:县司法局)\r\n二、规范执法\r\n(三)公示结果。及时公示。(责任单位:县司法局)\r\n— 2 —\r\n【打印】【关闭】\r\n";

#[test]
fn a_plan_in_a_notice_from_a_portal() {
    let imported = imported("a.txt", PLAN.as_bytes(), "2020");
    insta::assert_snapshot!(imported.text);
    let report = parsed(&imported).unwrap();
    assert_eq!(report.parsed.tasks.len(), 3);
    insta::assert_snapshot!("log of a plan", imported.log.to_json());
}

#[test]
fn a_text_is_read_in_four_encodings() {
    let text = "甲县人民政府2020年度法治政府建设情况报告\n一、总体情况\n全年办结案件1,234件。\n甲县人民政府\n2021年1月20日\n";
    let utf_16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let traditional = "甲縣人民政府2020年度法治政府建設情況報告\n一、總體情況\n全年辦結案件1,234件。\n甲縣人民政府\n2021年1月20日\n";
    let (big, _, _) = encoding_rs::BIG5.encode(traditional);
    let one = imported("a.txt", text.as_bytes(), "2020");
    assert_eq!(imported("a.txt", &gb, "2020").text, one.text);
    assert_eq!(imported("a.txt", &utf_16, "2020").text, one.text);
    let other = imported("a.txt", &big, "2020");
    assert!(front(&other.text).contains("language: zh-Hant") && other.text.contains("## 一、總體情況"));
    assert!(
        front(&one.text).contains("written: 2021-01-20")
            && front(&one.text).contains("issuer: [甲县人民政府]")
    );
}

#[test]
fn damage_is_mended_by_rules_with_names() {
    let text = "甲市2020年度法治政府建设情况报告\n##一、推(tuī)进(jìn)\u{200b}工作\n\u{3000}\u{3000}全年  办件1件,其中<span>乙</span>。\n**二、结(jie)(jie)果**\n    丙\u{a0}丁。\n朱?基\u{fffd}等。\n- 3 -\n甲\t乙\t丙\n1\t2\t3\n";
    let imported = imported("a.txt", text.as_bytes(), "2020");
    insta::assert_snapshot!(imported.text);
    let site = Site::new("");
    let all = [
        "pinyin",
        "unseen",
        "indent",
        "doubled-space",
        "half-width",
        "stray-tag",
        "no-break-space",
        "bold-heading",
        "tab-table",
    ];
    let bare =
        import(&FileToImport { name: "a.txt", bytes: text.as_bytes() }, &site.wanted("2020", &all)).unwrap();
    holds(&bare, text.as_bytes());
    let done: BTreeSet<&str> = bare.log.changes.iter().map(|change| change.rule.as_str()).collect();
    assert!(all.iter().all(|rule| !done.contains(rule)), "{done:?}");
    assert!(body(&bare.text).contains("推(tuī)进(jìn)\u{200b}工作"));
}

#[test]
fn news_have_their_questions_as_headings() {
    let text =
        "《甲市法治建设办法》政策解读\n为什么要制定办法？\n为了规范工作。\n办法有哪些内容？\n共有三章。\n";
    let imported = imported("a.txt", text.as_bytes(), "2020");
    assert!(
        imported.text.contains("## 为什么要制定办法？\n\n为了")
            && imported.text.contains("## 办法有哪些内容？")
    );
    assert!(front(&imported.text).contains("title: "));
}

#[test]
fn titles_in_every_form() {
    for (text, title) in [
        ("“甲市2020年法治政府建设情况报告”\n一、甲\n乙。\n", "甲市2020年法治政府建设情况报告"),
        (
            "甲市人民政府\n关于2020年法治政府建设情况\n的报告\n一、甲\n乙。\n",
            "甲市人民政府关于2020年法治政府建设情况的报告",
        ),
        (
            "甲市2020年法治政府建设情况报告\n甲市2020年法治政府建设情况报告\n一、甲\n乙。\n",
            "甲市2020年法治政府建设情况报告",
        ),
    ] {
        let imported = imported("a.txt", text.as_bytes(), "2020");
        assert_eq!(parsed(&imported).unwrap().matter.title.value, title);
        assert_eq!(body(&imported.text), "## 一、甲\n\n乙。\n");
    }
}

#[test]
fn figures_are_suggested_and_hold() {
    let site = Site::new(
        "reviewed:\n  name: 办结行政复议案件\n  unit: 件\n  kind: flow\n  aliases: [行政复议案件]\nrate:\n  name: 纠错率\n  unit: \"%\"\n  kind: ratio\nexam:\n  name: 在线考试\n  unit: 人\n  kind: flow\n",
    );
    let text = "甲市2020年度法治政府建设情况报告\n一、甲\n全年办结行政复议案件745件，综合纠错率40.02%。近10万人参加在线考试。\n";
    let imported =
        import(&FileToImport { name: "a.txt", bytes: text.as_bytes() }, &site.wanted("2020", &[])).unwrap();
    insta::assert_snapshot!(front(&imported.text));
    // Accepted, they are borne out.
    let accepted = imported.text.replace("# indicators:\n", "indicators:\n").replace("\n#   ", "\n  ");
    let source = Source::new("content/jia/2020.md", accepted);
    let Ok(Leaf::Report(address)) = Leaf::of("jia/2020.md".into()) else { panic!() };
    let read = report::parse(&source, address, (&site.config, &site.registry));
    assert!(
        read.diagnostics.iter().all(|found| !found.code.starts_with("indicator/")),
        "{:?}",
        read.diagnostics
    );
    assert_eq!(read.value.unwrap().figures.len(), imported.suggestions.len());
}

#[test]
fn what_is_no_document_is_refused_and_says_what_to_do() {
    let site = Site::new("");
    for (bytes, code) in [
        (&b""[..], "import/empty"),
        (b"\n \n", "import/empty"),
        (b"%PDF-1.7", "import/convert"),
        (b"\x89PNG\r\n\x1a\n0000", "import/format"),
        (b"abc\0\0\x01def", "import/format"),
        (b"PK\x03\x04word/document.xml", "import/damaged"),
    ] {
        let refused = import(&FileToImport { name: "a", bytes }, &site.wanted("2020", &[])).unwrap_err();
        let told = refused.diagnostic("a".into());
        assert_eq!(told.code, code);
        assert!(told.help.is_some());
    }
    assert!(matches!(
        import(&FileToImport { name: "a", bytes: b"{\\rtf1 x}" }, &site.wanted("2020", &[])),
        Err(Refused::Convert("RTF"))
    ));
}

/// Indicators that the plan and the report below name.
const INDICATORS: &str = "trained:\n  name: 组织培训\n  unit: 次\n  kind: flow\n  aliases: [全年培训]\nclosed:\n  name: 办结案件\n  unit: 件\n  kind: flow\n";

/// A report with what makes values that YAML could take for something else.
const VALUES: &str = "索引号：0x1F 发布机构：甲县: 人民政府\n主题分类：其他;#法治;null 有效性：有效\n名称：“甲县”2020年: 报告 # 一 发布日期：2020年3月6日\n关键词：是;no;1e3\n\
内容概述：- 甲，乙“丙”: 丁\n成文日期：2020-13-45\n一、总体情况\n全年办结案件1,234件。\n甲\t乙\n1\t2\n二、下一步\n（一）{甲}。[乙]。\n";

/// The texts of the tests, by names that say what they are.
fn fixtures() -> [(&'static str, &'static str); 8] {
    [
        ("plan.txt", PLAN),
        ("values.txt", VALUES),
        ("1.html", include_str!("import/html/1-labels-and-ucap.html")),
        ("2.html", include_str!("import/html/2-trs.html")),
        ("4.html", include_str!("import/html/4-list-of-metadata.html")),
        ("5.html", include_str!("import/html/5-saved-app.html")),
        ("6.html", include_str!("import/html/6-divs-and-no-names.html")),
        ("word.html", include_str!("import/html/word-clipboard.html")),
    ]
}

/// What an import wrote is read, written and read again as the same report.
fn written_again(imported: &ImportedDocument) -> Result<(), TestCaseError> {
    let titled = front(&imported.text).starts_with("title:");
    let text =
        if titled { imported.text.clone() } else { imported.text.replacen("---\n", "---\ntitle: 甲\n", 1) };
    let site = Site::new(INDICATORS);
    let Ok(Leaf::Report(address)) = Leaf::of(imported.path.strip_prefix("content").unwrap()) else {
        return Err(TestCaseError::fail(format!("{} is no report", imported.path)));
    };
    let read = |source: &Source| report::parse(source, address.clone(), (&site.config, &site.registry));
    let first = Source::new(imported.path.clone(), text);
    let parsed = read(&first);
    let Some(one) = parsed.value else {
        return Err(TestCaseError::fail(format!("{:?}\n{}", parsed.diagnostics, first.text())));
    };
    let matter =
        |code: &str| (code.starts_with("matter/") || code.starts_with("yaml/")) && code != "matter/missing";
    let wrong: Vec<_> =
        parsed.diagnostics.iter().filter(|found| found.is_error() && matter(found.code)).collect();
    prop_assert!(wrong.is_empty(), "{wrong:?}\n{}", first.text());
    let second = Source::new(imported.path.clone(), report::write(&one, &first));
    let plain =
        |text: &str| front(text).lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    prop_assert_eq!(plain(second.text()), plain(first.text()));
    prop_assert_eq!(body(second.text()), body(first.text()));
    let again = read(&second).value.unwrap();
    prop_assert_eq!(report::write(&again, &second), second.text());
    Ok(())
}

/// Texts with everything in them that rules look for.
fn any_text() -> impl Strategy<Value = String> {
    let some = |of: &[&str]| prop::sample::select(of.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    let piece = prop_oneof![
        4 => "[甲乙丙国務習法治]{1,6}",
        2 => some(&["一、", "（二）", "(三)", "1.", "2. ", "①", "##", "# ", "**", "*", "_", "`", "~~", "|", "<b>", "</p>", "&nbsp;", "<x", "\\", "[1]:", "](", "[^1]", "> ", "- ", "```", "---", "----", "===", ": ", "\u{fffd}", "?", "?guī)", "/span>"]),
        2 => some(&[",", ";", ":", "。", "？", "(", ")", "（", "）", "“", "”", "《", "》", "……"]),
        2 => some(&[" ", "  ", "\t", "\u{3000}", "\u{a0}", "\u{200b}", "\u{feff}", "\u{1}", "\r"]),
        2 => some(&["(xí)", "(zheng)", "（shè）", "2020年", "745件", "40.02%", "索引号:", "发布日期：2020-01-02", "报告", "的通知", "2020年3月2日", "人民政府"]),
        3 => some(&["\n", "\n\n", "\r\n", "\n    "]),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_goes_somewhere_and_comes_back(text in any_text()) {
        let site = Site::new("");
        let Ok(imported) = import(&FileToImport { name: "a.txt", bytes: text.as_bytes() }, &site.wanted("2020", &[])) else {
            return Ok(());
        };
        holds(&imported, text.as_bytes());
        // What was imported is mended already.
        let again = mend(&FileToImport { name: "a.md", bytes: imported.text.as_bytes() }, &BTreeSet::new()).unwrap();
        prop_assert_eq!(&again.text, &imported.text);
        // And the text alone, imported again, is the same text.
        let once_more = import(&FileToImport { name: "a.md", bytes: body(&imported.text).as_bytes() }, &site.wanted("2020", &[]));
        if let Ok(once_more) = once_more {
            prop_assert_eq!(body(&once_more.text), body(&imported.text));
        }
    }

    #[test]
    fn mending_is_undone(text in any_text()) {
        let Ok(mended) = mend(&FileToImport { name: "a.md", bytes: text.as_bytes() }, &BTreeSet::new()) else { return Ok(()) };
        prop_assert!(mended.log.adds_up());
        let source = mended.log.undo(&mended.text).unwrap();
        prop_assert_eq!(mended.log.file(&source).unwrap(), text.as_bytes());
        let again = mend(&FileToImport { name: "a.md", bytes: mended.text.as_bytes() }, &BTreeSet::new()).unwrap();
        prop_assert_eq!(again.text, mended.text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages and texts of the tests, lines of which are missing.
    #[test]
    fn what_is_written_reads_as_it_was_meant(
        which in 0..fixtures().len(),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let (name, text) = fixtures()[which];
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in gone {
            lines.remove(at.index(lines.len()));
        }
        let text = lines.concat();
        let word = word::typed(&text);
        for (name, bytes) in [(name, text.as_bytes()), ("a.docx", &word)] {
            let site = Site::new(INDICATORS);
            let Ok(imported) = import(&FileToImport { name, bytes }, &site.wanted("2020", &[])) else { continue };
            written_again(&imported)?;
        }
    }
}
