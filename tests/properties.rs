//! What is true of every text and every site, tried on many that nobody would write.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its fixtures")]

#[path = "support/html.rs"]
mod html;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use camino::Utf8PathBuf;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::{Project, root};
use xiangwei::archive::{self, ContentFile, Document};
use xiangwei::ask::Planned;
use xiangwei::build::{self, Wishes};
use xiangwei::config::{Config, Registry};
use xiangwei::diag::Diagnostic;
use xiangwei::outline::Subject;
use xiangwei::report;
use xiangwei::site::{Manifest, SiteEdit};
use xiangwei::source::{Source, Sources, Span};

/// Few enough that all properties together take some seconds, unless `PROPTEST_CASES` asks for
/// more.
fn cases(count: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let count = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { count };
    ProptestConfig { cases: count, failure_persistence: None, ..asked }
}

/// Reports that are read without a fault, to be damaged.
static REPORTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let is_report =
        |(path, _): &(&String, &Vec<u8>)| path.starts_with("content/") && path.matches('/').count() > 1;
    let sites = ["markup", "wrapper", "joint-issuers", "many-kinds", "attachments"].map(Project::fixture);
    let example = Project::example();
    let all = sites.iter().chain([&example]).flat_map(|project| project.files().iter());
    all.filter(is_report).filter_map(|(_, bytes)| String::from_utf8(bytes.clone()).ok()).collect()
});

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let text = fs::read_to_string(root().join("indicators.yaml")).unwrap();
    Registry::parse(&Source::new("indicators.yaml", text)).value
});

/// Pieces that mean something to one of the readers.
const PIECES: [&str; 60] = [
    "---\n",
    "---",
    "\n",
    "\n\n",
    "\r",
    "\t",
    " ",
    "title: ",
    "kind: ",
    "issuer: [",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|\n",
    "&a ",
    "*a ",
    "? ",
    "- ",
    "indicators:\n  reconsideration_closed: ",
    "{ value: 745, quote: ",
    "written: ",
    "published: 2020-03-20",
    "wrapper: { role: issuing-notice }\n",
    "745件",
    "40.02%",
    "10万",
    "约",
    "近",
    "１２",
    "一、",
    "（一）",
    "(二)",
    "1.",
    "（1）",
    "二十一、",
    "# ",
    "## ",
    "### ",
    "。",
    "；",
    "| a | b |\n|--|--|\n| 1 | 2 |\n",
    "[^1]",
    "[^1]: 注\n",
    "[甲](",
    "/jiangmen/2019/#sec-1)",
    "![图](a.png)",
    "<p style=\"x\">",
    "<script>",
    "</",
    "&amp;",
    "\u{200d}",
    "e\u{301}",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "𠮷",
    "🀄",
    "法治政府建设",
];

/// A text of pieces and of anything.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => select(&PIECES[..]).prop_map(str::to_owned), 1 => "(?s:.{0,8})"];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Damage {
    Insert(Index, &'static str),
    Remove(Index, usize),
    Copy(Index, usize, Index),
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), select(&PIECES[..])).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        3 => (at(), 1usize..12).prop_map(|(at, count)| Damage::Remove(at, count)),
        2 => (at(), 1usize..80, at()).prop_map(|(from, count, to)| Damage::Copy(from, count, to)),
        1 => at().prop_map(Damage::Cut),
    ]
}

impl Damage {
    fn apply(&self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let length = chars.len() + 1;
        let end = |at: usize, count: usize| (at + count).min(length - 1);
        match self {
            Self::Insert(at, piece) => drop(chars.splice(at.index(length)..at.index(length), piece.chars())),
            Self::Remove(at, count) => drop(chars.drain(at.index(length)..end(at.index(length), *count))),
            Self::Copy(from, count, to) => {
                let from = from.index(length);
                let copied: Vec<char> = chars[from..end(from, *count)].to_vec();
                chars.splice(to.index(length)..to.index(length), copied);
            }
            Self::Cut(at) => chars.truncate(at.index(length)),
        }
        chars.into_iter().collect()
    }
}

/// A good report with some damage.
fn damaged() -> impl Strategy<Value = String> {
    let report = any::<Index>().prop_map(|at| REPORTS[at.index(REPORTS.len())].clone());
    (report, proptest::collection::vec(damage(), 0..6))
        .prop_map(|(report, damages)| damages.iter().fold(report, |text, damage| damage.apply(&text)))
}

fn assert_inside(source: &Source, span: Span, what: &str) -> Result<(), TestCaseError> {
    let there = source.text().get(span.range()).is_some();
    prop_assert!(there, "{what} at {span:?} is not on characters of {} bytes", source.text().len());
    Ok(())
}

fn assert_complaints(source: &Source, diagnostics: &[Diagnostic]) -> Result<(), TestCaseError> {
    for diagnostic in diagnostics {
        prop_assert_eq!(&diagnostic.path, source.path());
        prop_assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
        if let Some(span) = diagnostic.span {
            assert_inside(source, span, diagnostic.code)?;
        }
        for label in diagnostic.labels.iter().filter(|label| label.path == *source.path()) {
            assert_inside(source, label.span, "a label")?;
        }
    }
    Ok(())
}

fn assert_report(source: &Source, report: &Document) -> Result<(), TestCaseError> {
    let parsed = report.parsed().expect("it was just read");
    let body = &parsed.body;
    assert_inside(source, body.main, "the main text")?;
    for span in body.wrapper.iter().chain(body.sections.iter().map(|section| &section.span)) {
        assert_inside(source, *span, "a part")?;
    }
    for link in &body.links {
        assert_inside(source, link.span, "a link")?;
    }
    let mut anchors = std::collections::BTreeSet::new();
    for section in &body.sections {
        prop_assert!(anchors.insert(&section.anchor), "two sections are #{}", section.anchor);
        prop_assert!(!section.anchor.is_empty() && !section.anchor.contains(char::is_whitespace));
    }
    prop_assert_eq!(parsed.marks.len(), report.figures.len());
    for span in parsed.marks.iter().flatten() {
        assert_inside(source, *span, "a figure")?;
    }
    Ok(())
}

fn read_everywhere(text: &str) -> Result<(), TestCaseError> {
    let config = Config::default();
    for path in [
        "content/jiangmen/2019.md",
        "content/jiangmen/2019/work-plan.md",
        "content/jiangmen/_index.md",
        "content/guide.md",
        "content/_index.md",
    ] {
        let source = Source::new(path, text);
        let read = archive::read(&source, (&config, &REGISTRY), Vec::new());
        assert_complaints(&source, &read.diagnostics)?;
        match &read.value {
            Some(ContentFile::Report(report)) => assert_report(&source, report)?,
            // A file that is not there in the archive must have been complained of.
            None => prop_assert!(
                read.diagnostics.iter().any(Diagnostic::is_error),
                "{path} is lost without a word"
            ),
            _ => {}
        }
    }
    let settings = Source::new("site.yaml", text);
    assert_complaints(&settings, &Config::parse(&settings).diagnostics)?;
    let registry = Source::new("indicators.yaml", text);
    assert_complaints(&registry, &Registry::parse(&registry).diagnostics)
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn reading_is_total(text in text()) {
        read_everywhere(&text)?;
    }

    #[test]
    fn reading_is_total_with_front_matter(matter in text(), body in text()) {
        let head = "title: 报告\nissuer: 江门市人民政府\npublished: 2020-03-20\n";
        read_everywhere(&format!("---\n{head}---\n{body}"))?;
        read_everywhere(&format!("---\n{head}{matter}\n---\n{body}"))?;
    }

    #[test]
    fn reading_damaged_reports_is_total(text in damaged()) {
        read_everywhere(&text)?;
    }

    #[test]
    fn applying_the_edits_of_two_sites_turns_one_into_the_other(
        from in proptest::collection::btree_map("[a-d]/[a-d]", 0u8..3, 0..8),
        to in proptest::collection::btree_map("[a-d]/[a-d]", 0u8..3, 0..8),
    ) {
        let manifest = |site: &BTreeMap<String, u8>| -> Manifest {
            site.iter().map(|(path, byte)| (Utf8PathBuf::from(path), xiangwei::site::FileDigest::of(&[*byte]))).collect()
        };
        let mut site = from.clone();
        for edit in manifest(&to).edits(&manifest(&from)) {
            match edit {
                SiteEdit::Write(path) => drop(site.insert(path.to_string(), to[path.as_str()])),
                SiteEdit::Remove(path) => drop(site.remove(path.as_str())),
            }
        }
        prop_assert_eq!(site, to);
    }
}

proptest! {
    #![proptest_config(cases(30))]

    /// Whatever is in the text, its page can be drawn, holds no script of its author, and no
    /// link that nobody complained of leads nowhere.
    #[test]
    fn every_page_can_be_drawn_and_is_clean(text in prop_oneof![damaged(), text().prop_map(|body| {
        format!("---\ntitle: 报告\nissuer: 江门市人民政府\npublished: 2020-03-20\n---\n{body}")
    })]) {
        let mut project = Project::in_world("");
        project.edit("content/jiangmen/2019.md", text);
        let archive = project.archive();
        let outline = xiangwei::outline::outline(&archive, false).value;
        let planned = Planned::new(&archive, &outline);
        let theme = xiangwei::theme::Theme::load(&archive.sources, &archive.config).value.expect("the theme is whole");
        for (route, _) in outline.routes() {
            if let Some(view) = xiangwei::build::view(&planned, route) {
                let page = xiangwei::render::render(&theme, &view);
                let page = page.map_err(|complaint| TestCaseError::fail(complaint.message.en))?;
                let page = String::from_utf8(page).expect("a page is text");
                prop_assert_eq!(page.matches("<script").count(), page.matches("<script src=\"/assets/").count()
                    + page.matches("<script type=module src=\"/assets/").count()
                    + page.matches("<script type=\"application/ld+json\">").count());
            }
        }
    }

}

/// Figures that are hard to compute with, and words that make something of them.
const FIGURES: [&str; 24] = [
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "9999999999999999999999999999",
    "100000000000亿亿",
    "1亿亿万",
    "七亿亿",
    "0",
    "-0.00",
    "745",
    "812.5",
    "40.02%",
    "百分之四十",
    "近",
    "超过",
    "约",
    "不少于",
    "余",
    "件",
    "万元",
    "，同比增长",
    "，比上年下降",
    "全年办结行政复议案件",
    "。",
];

fn told() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&FIGURES[..]), 1..12).prop_map(|words| words.concat())
}

/// Every page of a site with these two years, made one by one.
fn draw_two(before: &str, after: &str) -> Result<(), TestCaseError> {
    let mut project = Project::in_world("");
    project.remove("content/jiangmen/2018.md");
    for (year, text) in [(2019, before), (2020, after)] {
        project.edit(&format!("content/jiangmen/{year}.md"), text);
    }
    let (archive, theme) = build::prepare(project.sources(), &Wishes::default()).value;
    let (outline, theme) =
        (xiangwei::outline::outline(&archive, false).value, theme.expect("the theme is whole"));
    let planned = Planned::new(&archive, &outline);
    for planned_at in outline.routes() {
        let drawn = build::draw(&planned, &theme, planned_at);
        drawn.map_err(|complaint| TestCaseError::fail(format!("{complaint:?}\n{before}\n{after}")))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(20))]

    /// Two years of a report, damaged each in its own way, and all that is made of both.
    #[test]
    fn every_page_of_two_years_can_be_drawn(
        report in any::<Index>(),
        damages in [0, 1].map(|_| proptest::collection::vec(damage(), 0..8)),
    ) {
        let report = &REPORTS[report.index(REPORTS.len())];
        let damaged = damages.map(|damages| damages.iter().fold(report.clone(), |text, damage| damage.apply(&text)));
        draw_two(&damaged[0], &damaged[1])?;
    }

    /// Two years that tell the same with figures that nobody can compute with.
    #[test]
    fn every_page_of_two_figures_can_be_drawn(sentences in [told(), told()], values in ["-?[0-9]{1,28}", "[0-9]{0,2}\\.[0-9]{1,26}"]) {
        let [before, after] = [0, 1].map(|at| {
            let matter = "title: 报告\nissuer: 江门市人民政府\npublished: 2021-03-20\n";
            let value = &values[at];
            format!(
                "---\n{matter}indicators: {{ reconsideration_closed: {{ value: {value}, basis: attachment }} }}\n---\n\
                 一、全年办结行政复议案件{}件。\n", sentences[at],
            )
        });
        draw_two(&before, &after)?;
    }
}

proptest! {
    #![proptest_config(cases(12))]

    /// Files in any order, one thread or four: the same bytes, the search files among them.
    #[test]
    fn neither_order_nor_threads_show(seed in any::<u64>(), threads in select(vec![1usize, 2, 4])) {
        static FIRST: LazyLock<(Project, support::Site)> = LazyLock::new(|| {
            let project = Project::fixture("many-kinds");
            let site = project.make(project.sources(), &Wishes::default(), true).0;
            (project, site)
        });
        let (project, first) = &*FIRST;
        let sources = project.sources();
        let (mut texts, mut blobs) = (sources.texts().to_vec(), sources.blobs().to_vec());
        shuffle(&mut texts, seed);
        shuffle(&mut blobs, seed);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let site = pool.install(|| project.make(Sources::new(texts, blobs), &Wishes::default(), true).0);
        prop_assert!(first == &site, "the site differs with {threads} threads and seed {seed}");
    }
}

/// Links, right ones and wrong ones, in all the ways that Markdown has.
const LINKS: [&str; 24] = [
    "[甲](/jiangmen/2018/)",
    "[乙](/jiangmen/2018/#sec-1)",
    "[丙](/jiangmen/2018/#sec-9)",
    "[丁](2018.md)",
    "[戊](../jiangmen/2018.md#sec-1)",
    "[己](/jiangmen/)",
    "[庚](/years/2018/)",
    "[辛](/kinds/annual-report/)",
    "[壬](/nowhere/)",
    "[癸](#sec-1)",
    "[子](#sec-2)",
    "[丑](/)",
    "[寅](a.pdf)",
    "![卯](b.png)",
    "</jiangmen/2018/>",
    "[辰][1]",
    "\n\n[1]: /jiangmen/2017/\n\n",
    "[^1]",
    "\n\n[^1]: 见[巳](/feed.xml)\n\n",
    "\n\n一、午\n\n",
    "\n\n## 二、未[申](/jiangmen/2019/#sec-1)\n\n",
    "[酉](/jiangmen/2019/index.md)",
    "[戌](/search)",
    "\n\n| [亥](/sitemap.xml) |\n|--|\n\n",
];

proptest! {
    #![proptest_config(cases(150))]

    /// A link that leads nowhere is complained of; where nobody complains, all lead somewhere.
    #[test]
    fn every_link_leads_somewhere_or_is_diagnosed(
        links in proptest::collection::vec(select(&LINKS[..]), 1..4),
        letter in proptest::option::of(select(&LINKS[..])),
    ) {
        let letter = letter.map(|link| format!("wrapper: {{ role: covering-letter, text: {} }}\n", serde_json::Value::from(link)));
        let letter = letter.unwrap_or_default();
        let accept = "accept: [{ code: ordinal/repeated, reason: 原文如此 }, { code: ordinal/skipped, reason: 原文如此 }]\n";
        let text = format!("---\ntitle: 报告\nissuer: 甲\npublished: 2020-03-20\n{accept}{letter}---\n{}\n", links.concat());
        let mut project = Project::in_world("");
        project.edit("content/jiangmen/2019.md", text.clone());
        let archive = project.archive();
        let outline = xiangwei::outline::outline(&archive, false).value;
        let planned = Planned::new(&archive, &outline);
        if xiangwei::check::check(&planned).iter().any(Diagnostic::is_error) {
            return Ok(());
        }
        let site = project.site();
        let page = |path: &str| html::tags(str::from_utf8(&site[camino::Utf8Path::new(path)]).unwrap());
        for tag in page("jiangmen/2019/index.html") {
            let Some(link) = tag.get("href").or(tag.get("src")).filter(|link| link.starts_with(['/', '#'])) else { continue };
            let (address, anchor) = link.split_once('#').map_or((link, None), |(address, anchor)| (address, Some(anchor)));
            let address = if address.is_empty() { "/jiangmen/2019/" } else { address };
            let file = format!("{}{}", &address[1..], if address.ends_with('/') { "index.html" } else { "" });
            prop_assert!(site.contains_key(camino::Utf8Path::new(&file)), "{link} leads nowhere, in\n{text}");
            if let Some(anchor) = anchor {
                let anchor = html::decode(anchor);
                prop_assert!(page(&file).iter().any(|tag| tag.get("id") == Some(anchor.as_str())), "{link} has no anchor, in\n{text}");
            }
        }
    }
}

/// Turns the order around as `seed` says.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for at in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(at, usize::try_from(seed >> 33).unwrap_or_default() % (at + 1));
    }
}

#[test]
fn another_folder_makes_the_same_site() {
    let project = Project::fixture("attachments");
    let make = || {
        let folder = project.on_disk();
        let read = xiangwei::disk::read(folder.path()).unwrap_or_else(|failure| panic!("{failure:?}"));
        project.make(read.value, &Wishes::default(), false)
    };
    let ((one, first), (two, second)) = (make(), make());
    assert!(one == two && first == second);
    assert_eq!(first.json(), second.json());
}

#[test]
fn each_report_is_planned_exactly_once() {
    for project in
        [Project::example(), Project::fixture("withdrawn-and-draft"), Project::fixture("many-kinds")]
    {
        for drafts in [false, true] {
            let (archive, _) =
                build::prepare(project.sources(), &Wishes { drafts, ..Wishes::default() }).value;
            let outline = xiangwei::outline::outline(&archive, true).value;
            let mut times = vec![0; archive.reports.len()];
            for (route, subject) in outline.routes() {
                if let Subject::Report(at) = subject {
                    times[at.number()] += 1;
                    assert_eq!(&archive.reports[*at].route(), route);
                }
            }
            assert!(times.iter().all(|count| *count == 1), "{times:?}");
        }
    }
}

#[test]
fn each_address_has_one_writer_and_one_file() {
    for project in
        [Project::example(), Project::fixture("attachments"), Project::fixture("withdrawn-and-draft")]
    {
        let archive = project.archive();
        let outline = xiangwei::outline::outline(&archive, true).value;
        let mut outputs = BTreeMap::new();
        for (route, _) in outline.routes() {
            let before = outputs.insert(route.output(), route);
            assert!(before.is_none(), "{route} and {before:?} are one file");
        }
    }
}

/// `text` in quotation marks, every character but the plainest as an escape of YAML, so that
/// any text at all can be said.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let escape = |c: char| {
        if plain(c) { c.to_string() } else { format!("\\U{:08X}", u32::from(c)) }
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// A document as it would be read from `text`.
fn parse(path: &str, text: &str) -> Option<Document> {
    match archive::read(&Source::new(path, text), (&Config::default(), &REGISTRY), Vec::new()).value? {
        ContentFile::Report(report) => Some(*report),
        _ => None,
    }
}

fn assert_identity(path: &str, text: &str) -> Result<(), TestCaseError> {
    let source = Source::new(path, text);
    let Some(report) = parse(path, text) else {
        return Ok(());
    };
    let written = report::write(&report, &source);
    let again =
        parse(path, &written).ok_or_else(|| TestCaseError::fail(format!("this is no report:\n{written}")))?;
    prop_assert_eq!(&again.matter, &report.matter, "{}", written);
    prop_assert_eq!(again.figures.len(), report.figures.len());
    let sections = |report: &Document| {
        report
            .parsed()
            .expect("it was just read")
            .body
            .sections
            .iter()
            .map(|section| section.anchor.clone())
            .collect::<Vec<_>>()
    };
    prop_assert_eq!(sections(&again), sections(&report));
    let twice = report::write(&again, &Source::new(path, written.as_str()));
    prop_assert_eq!(twice, written, "what was written is written otherwise the second time");
    Ok(())
}

#[test]
fn writing_and_reading_is_the_identity_on_every_example() {
    for project in [
        Project::example(),
        Project::fixture("many-kinds"),
        Project::fixture("wrapper"),
        Project::fixture("joint-issuers"),
    ] {
        for (path, bytes) in project.files().iter().filter(|(path, _)| path.starts_with("content/")) {
            if let Ok(text) = str::from_utf8(bytes)
                && let Err(error) = assert_identity(path, text)
            {
                panic!("{path}: {error}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn writing_and_reading_is_the_identity(
        title in "[^\\s\\p{C}].{0,20}", source in ".{0,12}", keywords in proptest::collection::vec("[^\\p{C}]{1,8}", 0..4),
        body in text(), letter in "(?s:.{1,30})", note in "\\PC{1,20}", value in -9999i64..9999, decimals in 0u32..3,
    ) {
        let matter = format!(
            "title: {}\nissuer: [甲, {}]\npublished: 2020-03-20T01:30:05Z\nsource: {}\nkeywords: [{}]\nstatus: withdrawn\nlanguage: zh-Hant\n\
             indicators:\n  reconsideration_cases_handled: {{ value: {}, basis: attachment, qualifier: about }}\n\
             wrapper: {{ role: covering-letter, title: {}, text: {} }}\ncorrections: [{{ date: 2020-05-06, note: {} }}]\n\
             relations: {{ related: [/a/2019/, ../b/2020.md], replaces: /c/2019/x/ }}\naliases: [/old/1.html, /old/]\n",
            quoted(&title), quoted(&source), quoted(&source), keywords.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "),
            format_args!("{}.{}", value, "5".repeat(decimals as usize + 1)), quoted(&note), quoted(&letter), quoted(&note),
        );
        assert_identity("content/jiangmen/2019.md", &format!("---\n{matter}---\n{body}"))?;
    }

    #[test]
    fn writing_and_reading_damaged_reports_is_the_identity(text in damaged()) {
        assert_identity("content/jiangmen/2019.md", &text)?;
    }
}

/// Two years with these values of an indicator of a kind, and these sentences.
fn two_years(kind: &str, values: [&str; 2], sentences: [&str; 2]) -> support::Site {
    let mut project = Project::in_world(&format!(
        "-- indicators.yaml --\nmuch: {{ name: 甲项, unit: \"%\", kind: {kind} }}\n"
    ));
    project.remove("content/jiangmen/2018.md");
    for ((year, value), sentence) in [2019, 2020].into_iter().zip(values).zip(sentences) {
        let text = format!(
            "---\ntitle: 报告\nissuer: 江门市人民政府\npublished: {}-03-20\n\
             indicators: {{ much: {{ value: \"{value}\", basis: attachment }} }}\n---\n一、{sentence}\n",
            year + 1
        );
        project.edit(&format!("content/jiangmen/{year}.md"), text);
    }
    project.site()
}

#[test]
fn what_cannot_be_computed_with_is_shown_without_a_change() {
    let (largest, least) = ("79228162514264337593543950335", "-79228162514264337593543950335");
    let kinds = ["flow", "stock", "cumulative", "ratio", "rank", "amount", "duration", "target"];
    let sentences = ["调解纠纷2件。", "调解纠纷100000000000亿亿件。"];
    for kind in kinds {
        for values in [[least, largest], [largest, least], [largest, "0.0000000000000000000000000001"]] {
            let site = two_years(kind, values, sentences);
            let page = str::from_utf8(&site[camino::Utf8Path::new("jiangmen/compare/2019-2020/index.html")])
                .unwrap();
            assert!(page.contains("100000000000亿亿件"), "{kind} {values:?}");
            if !values.contains(&"0.0000000000000000000000000001") {
                assert!(page.contains("<td>—<td>—"));
            }
        }
    }
}
