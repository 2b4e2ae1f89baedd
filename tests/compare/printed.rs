//! The same reports printed as Markdown and read like any report: what is true of texts that
//! were put together here is true of files, with ordinals and run-in headings.

use std::fmt::Write as _;

use xiangwei::archive::{self, ContentFile, Document};
use xiangwei::compare::{ComparedText, compare};
use xiangwei::config::{Config, Registry};
use xiangwei::source::Source;

use super::report::Level;
use super::truth::{Pair, Written};

const ORDINALS: [&str; 14] =
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"];

/// The report as a file; chapters have headings, and sections in them begin their paragraphs.
fn printed(written: &Written) -> String {
    let mut out = "---\ntitle: 年度报告\nissuer: 某市人民政府\npublished: 2020-03-20\n---\n\n".to_owned();
    for (anchor, depth, title, body) in &written.0 {
        let number: usize = anchor.rsplit('-').next().and_then(|last| last.parse().ok()).unwrap_or(1);
        let ordinal = ORDINALS[number - 1];
        let _ = match depth {
            0 => Ok(()),
            1 => write!(out, "## {ordinal}、{title}\n\n"),
            2 if body.len() < 2 => write!(out, "### （{ordinal}）{title}\n\n"),
            2 => write!(out, "（{ordinal}）{title}。"),
            3 => write!(out, "{number}.{title}。"),
            _ => write!(out, "（{number}）{title}。"),
        };
        let _ = write!(out, "{}\n\n", body.concat());
    }
    out
}

/// A report as the program reads it.
pub(crate) fn read(path: &str, text: String) -> (Source, Document) {
    let source = Source::new(path, text);
    let registry = Registry::parse(&Source::new("indicators.yaml", "")).value;
    let entry = archive::read(&source, (&Config::default(), &registry), Vec::new()).value;
    let Some(ContentFile::Report(report)) = entry else { panic!("{path} is a report") };
    (source, *report)
}

/// The headings with their depths, and the sentences with their sections.
type Outline = (Vec<(u8, String)>, Vec<(usize, String)>);

fn outline(text: &ComparedText<'_>) -> Outline {
    let title = |section: &xiangwei::compare::TextSection<'_>| (section.depth, section.title.to_owned());
    let sentences = text.sentences.iter().map(|sentence| (sentence.section, sentence.text.to_owned()));
    (text.sections.iter().map(title).collect(), sentences.collect())
}

#[test]
fn a_printed_report_is_compared_as_it_was_composed() {
    let named = |written: &Written| written.0.iter().skip(1).all(|(_, _, title, _)| !title.is_empty());
    let pairs = (700..).map(|seed| Pair::new(seed, Level::Harsh));
    for pair in pairs.filter(|pair| named(&pair.before) && named(&pair.after)).take(12) {
        let before = read("content/a/2018.md", printed(&pair.before));
        let after = read("content/a/2019.md", printed(&pair.after));
        let (old, new) = (
            ComparedText::of(&before.0, before.1.parsed().unwrap()),
            ComparedText::of(&after.0, after.1.parsed().unwrap()),
        );
        let composed = (pair.before.text(), pair.after.text());
        assert_eq!(outline(&old), outline(&composed.0));
        assert_eq!(outline(&new), outline(&composed.1));
        let (found, expected) = (compare(&old, &new), compare(&composed.0, &composed.1));
        assert_eq!(found.shares, expected.shares);
        assert_eq!(found.alignment, expected.alignment);
    }
}
