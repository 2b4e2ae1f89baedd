//! The text of a report: whatever it is, it is read and written as HTML without a panic, its
//! sections stand in it, and no script of its author reaches the page.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xiangwei::archive::{self, ContentFile};
use xiangwei::config::{Config, Registry};
use xiangwei::report::html::{self, HtmlSetting};
use xiangwei::source::Source;

const MATTER: &str = "title: 报告\nissuer: 江门市人民政府\npublished: 2020-03-20\n\
    indicators: { closed: 745, rate: { value: 40.02, quote: 纠错率为40.02% } }\n";

const REGISTRY: &str = "closed: { name: 办结案件, unit: 件, kind: flow }\n\
    rate: { name: 纠错率, unit: \"%\", kind: ratio }\n";

fuzz_target!(|text: &str| {
    let registry = Registry::parse(&Source::new("indicators.yaml", REGISTRY)).value;
    let source = Source::new("content/jiangmen/2019.md", format!("---\n{MATTER}---\n{text}"));
    let read = archive::read(&source, (&Config::default(), &registry));
    let Some(ContentFile::Report(report)) = read.value else {
        panic!("front matter that is good makes a report");
    };
    let parsed = report.parsed().expect("it was just read");
    for section in &parsed.body.sections {
        assert!(source.text().get(section.span.range()).is_some(), "{section:?} is not in the text");
    }
    let setting = HtmlSetting {
        body: &parsed.body,
        figures: &report.figures,
        marks: &parsed.marks,
        title: "报告",
        prefix: "",
        note: "编者注",
        resolve: &|_, text| Some(text.to_owned()),
    };
    for span in parsed.body.wrapper.iter().chain([&parsed.body.main]) {
        let html = html::render(&source, *span, &setting);
        assert!(!html.to_ascii_lowercase().contains("<script"), "a script reaches the page");
    }
});
