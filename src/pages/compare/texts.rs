//! What a browser needs to compare any two years of a place: the sentences of every document
//! of one kind and the alignment of every two neighbours, as one file.
//!
//! Reports repeat themselves from year to year, so a sentence that several hold stands once.
//! The browser compares numbers; it need not know how text is folded.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::{bridges, pair};
use crate::ask::Ask;
use crate::compare::{Comparison, Nature, Reading, Text, readings};
use crate::config::Measure;
use crate::outline::comparable::pairs;
use crate::view::PairLink;
use crate::words::{self, Sort, Vocabulary};

/// The file.
#[derive(Serialize)]
struct File<'a> {
    /// Every sentence once, by number.
    sentences: Vec<&'a str>,
    /// The documents, oldest first.
    documents: Vec<Document<'a>>,
    /// How the sections of each two neighbours belong together.
    alignments: Vec<Vec<Group>>,
    /// For each three neighbours the sections that the one between them misses.
    bridges: Vec<Vec<(usize, usize)>>,
    /// What figures count, by number: in words, in what, and whether changes of it are points.
    counted: Vec<Counted>,
    /// The pairs that have a page of their own.
    pages: Vec<PairLink>,
}

#[derive(Serialize)]
struct Document<'a> {
    year: i16,
    title: &'a str,
    href: String,
    lang: &'static str,
    extent: &'static str,
    sections: Vec<Section<'a>>,
    /// For each sentence: its section, its number among the sentences, and two numbers that
    /// are equal where its words are, with and without its figures.
    lines: Vec<[usize; 4]>,
    /// The figures of the lines that tell some, by the numbers of the lines.
    figures: Vec<(usize, Vec<Figure>)>,
}

/// What a figure counts: its label, its unit, and whether it is a share.
#[derive(Serialize)]
struct Counted(String, String, bool);

/// A figure: the number of what it counts, and its words; where it is exact also its value, and by
/// how many powers of ten that is counted.
#[derive(Serialize)]
#[serde(untagged)]
enum Figure {
    Exact(usize, String, String, u32),
    Other(usize, String),
}

#[derive(Serialize)]
struct Section<'a> {
    anchor: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ordinal: Option<&'a str>,
    title: &'a str,
    depth: u8,
}

/// Sections of two neighbours that belong together, and what became of them.
#[derive(Serialize)]
struct Group(&'static str, Vec<usize>, Vec<usize>);

/// The documents of one place and kind as a file for the browser.
pub(crate) fn texts(ask: &Ask<'_>, place: &str, kind: &str) -> String {
    let series = ask.series(place, kind);
    let reports: Vec<_> = series.iter().map(|at| ask.document(*at)).collect();
    let texts: Vec<Text<'_>> = series.iter().map(|at| ask.compared_text(*at)).collect();
    let mut numbers = Numbers::default();
    let lines: Vec<_> = texts.iter().map(|text| numbers.lines(text)).collect();
    let mut naming =
        Naming { words: words::of(ask.config().language), numbers: HashMap::new(), counted: Vec::new() };
    let figures: Vec<_> = texts.iter().map(|text| naming.figures(text)).collect();
    let told = lines.into_iter().zip(figures);
    let documents = reports.iter().zip(&texts).zip(told).map(|((report, text), (lines, figures))| Document {
        year: report.address.year.get(),
        title: &report.matter.title.value,
        href: ask.href(&report.route()),
        lang: report.matter.script.tag(),
        extent: report.matter.extent.name(),
        sections: sections(text),
        lines,
        figures,
    });
    let documents = documents.collect();
    let found: Vec<Arc<Comparison>> = series.windows(2).map(|pair| ask.found(pair[0], pair[1])).collect();
    let bridges = bridges(&texts, &found);
    let told = |found: &Arc<Comparison>| {
        let groups = found.alignment.groups.iter().cloned();
        groups.map(|group| Group(pair::status(group.status), group.before, group.after)).collect()
    };
    let mut sentences = vec![""; numbers.texts.len()];
    for text in &texts {
        for sentence in &text.sentences {
            sentences[numbers.texts[sentence.text]] = sentence.text;
        }
    }
    let file = File {
        sentences,
        documents,
        alignments: found.iter().map(told).collect(),
        bridges,
        counted: naming.counted,
        pages: pairs(series).into_iter().map(|(before, after)| ask.pair_link(before, after)).collect(),
    };
    // Numbers and strings always have a form in JSON.
    serde_json::to_string(&file).unwrap_or_default()
}

fn sections<'a>(text: &Text<'a>) -> Vec<Section<'a>> {
    let section = |section: &crate::compare::Section<'a>| Section {
        anchor: section.anchor,
        ordinal: section.ordinal,
        title: section.title,
        depth: section.depth,
    };
    text.sections.iter().map(section).collect()
}

/// Small numbers for what figures count.
struct Naming {
    words: &'static Vocabulary,
    numbers: HashMap<Nature, usize>,
    counted: Vec<Counted>,
}

impl Naming {
    fn figures(&mut self, text: &Text<'_>) -> Vec<(usize, Vec<Figure>)> {
        let all = readings(text).into_iter();
        all.map(|(at, readings)| {
            let sentence = text.sentences[at].text;
            (at, readings.into_iter().map(|reading| self.figure(sentence, reading)).collect())
        })
        .collect()
    }

    fn figure(&mut self, sentence: &str, reading: Reading) -> Figure {
        let Reading { range, amount, power, unit, label, measure, nature } = reading;
        let said = (&sentence[range], &amount);
        let text = pair::told_text(self.words, said, (&unit, measure));
        let number = *self.numbers.entry(nature).or_insert_with(|| {
            let is_share = Sort { measure, unit: &unit, power }.is_share();
            self.counted.push(Counted(label, unit, is_share));
            self.counted.len() - 1
        });
        match amount.is_exact() && measure != Measure::Rank {
            true => Figure::Exact(number, text, amount.value.plain().to_string(), power),
            false => Figure::Other(number, text),
        }
    }
}

/// Small numbers for sentences and for what they say. They are given in the order of the text,
/// and never listed.
#[derive(Default)]
struct Numbers<'a> {
    texts: HashMap<&'a str, usize>,
    said: HashMap<u64, usize>,
}

impl<'a> Numbers<'a> {
    fn lines(&mut self, text: &Text<'a>) -> Vec<[usize; 4]> {
        let line = |sentence: &crate::compare::Sentence<'a>| {
            let next = self.texts.len();
            let number = *self.texts.entry(sentence.text).or_insert(next);
            let (exact, masked) = sentence.said();
            let mut said = |key: u64| {
                let next = self.said.len();
                *self.said.entry(key).or_insert(next)
            };
            [sentence.section, number, said(exact), said(masked)]
        };
        text.sentences.iter().map(line).collect()
    }
}
