//! The documents of one place and kind as one file, from which a browser lays any two of them side
//! by side.
//!
//! Reports repeat themselves from year to year, so a sentence that several hold stands once.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::wording;
use super::{Compared, ComparedDocument, ComparedPair, CountedThing, DeclaredFigure, PairSetting};
use crate::compare::{ComparedText, SectionHead, TextSentence, compare};
use crate::han::amount::Amount;
use crate::han::measure::Measure;
use crate::interface::Texts;

/// The file.
#[derive(Debug, Deserialize, Serialize)]
pub struct PlaceTexts<'a> {
    /// By which texts of the interface figures and sentences are told.
    texts: Texts,
    /// Every sentence once, by number.
    sentences: Vec<Cow<'a, str>>,
    /// What figures are declared of, by number.
    indicators: Vec<FiledIndicator<'a>>,
    /// The documents, oldest first.
    documents: Vec<DocumentTexts<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
struct FiledIndicator<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    unit: Cow<'a, str>,
    measure: Measure,
}

#[derive(Debug, Deserialize, Serialize)]
struct DocumentTexts<'a> {
    about: Compared,
    /// Its sections in order, without what stands before the first one.
    sections: Vec<FiledSection<'a>>,
    /// Its sentences in order: for each the number of its section, 0 being what stands before the
    /// first one, and its number among the sentences.
    lines: Vec<(usize, usize)>,
    /// Which of these are rows of tables.
    rows: Vec<usize>,
    figures: Vec<FiledFigure<'a>>,
}

#[derive(Debug, Deserialize, Serialize)]
struct FiledSection<'a> {
    anchor: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ordinal: Option<Cow<'a, str>>,
    title: Cow<'a, str>,
    depth: u8,
}

/// A figure that a document declares.
#[derive(Debug, Deserialize, Serialize)]
struct FiledFigure<'a> {
    indicator: usize,
    amount: Amount,
    anchor: Cow<'a, str>,
    fragment: Cow<'a, str>,
    sentence: Option<usize>,
}

/// What the page of the documents of two years shows, the earlier one first, as JSON; nothing where
/// the file cannot be read or has no such documents.
#[must_use]
pub fn answer(file: &str, years: (i16, i16)) -> Option<String> {
    let file: PlaceTexts<'_> = serde_json::from_str(file).ok()?;
    let of = |year: i16| file.documents.iter().find(|entry| entry.about.year == year);
    let (before, after) = (file.document(of(years.0)?)?, file.document(of(years.1)?)?);
    let years = file.documents.iter().map(|entry| entry.about.year).collect();
    let found = compare(&before.text, &after.text);
    let pair = ComparedPair::new((before, after), &found, PairSetting { years, texts: &file.texts });
    serde_json::to_string(&pair.beside()).ok()
}

impl<'a> PlaceTexts<'a> {
    /// The file of these documents, oldest first.
    #[must_use]
    pub fn of(documents: &'a [ComparedDocument<'a>], texts: &Texts) -> Self {
        let mut numbers = SharedNumbers::default();
        let documents = documents.iter().map(|document| numbers.entry(document)).collect();
        let SharedNumbers { sentences, indicators, .. } = numbers;
        Self { texts: texts.below(wording::TEXTS), sentences, indicators, documents }
    }

    /// Its text.
    #[must_use]
    pub fn json(&self) -> String {
        // Numbers and strings always have a form in JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A document as it was before it was put into the file; nothing where a number leads nowhere.
    fn document<'f>(&'f self, entry: &'f DocumentTexts<'_>) -> Option<ComparedDocument<'f>> {
        let mut lines = Vec::with_capacity(entry.lines.len());
        for (section, number) in &entry.lines {
            let is_known = *section <= entry.sections.len();
            lines.push(TextSentence::new(self.sentences.get(*number).filter(|_| is_known)?, *section));
        }
        for at in &entry.rows {
            lines.get_mut(*at)?.is_row = true;
        }
        let declared = entry.figures.iter().map(|figure| self.declared(figure)).collect::<Option<_>>()?;
        let heads = entry.sections.iter().map(FiledSection::head);
        Some(ComparedDocument {
            about: entry.about.clone(),
            text: ComparedText::read(heads, lines),
            declared,
        })
    }

    fn declared<'f>(&'f self, figure: &'f FiledFigure<'_>) -> Option<DeclaredFigure<'f>> {
        let FiledIndicator { id, name, unit, measure } = self.indicators.get(figure.indicator)?;
        let sentence = match figure.sentence {
            Some(number) => Some(&**self.sentences.get(number)?),
            None => None,
        };
        Some(DeclaredFigure {
            indicator: CountedThing { id, name, unit, measure: *measure },
            amount: figure.amount,
            anchor: &figure.anchor,
            fragment: figure.fragment.to_string(),
            sentence,
        })
    }
}

impl FiledSection<'_> {
    fn head(&self) -> SectionHead<'_> {
        SectionHead {
            anchor: &self.anchor,
            ordinal: self.ordinal.as_deref(),
            title: &self.title,
            depth: self.depth,
        }
    }
}

/// Small numbers for what several documents have in common, in the order in which it is met.
#[derive(Default)]
struct SharedNumbers<'a> {
    sentences: Vec<Cow<'a, str>>,
    by_words: HashMap<&'a str, usize>,
    indicators: Vec<FiledIndicator<'a>>,
    by_id: HashMap<&'a str, usize>,
}

impl<'a> SharedNumbers<'a> {
    fn entry(&mut self, document: &'a ComparedDocument<'a>) -> DocumentTexts<'a> {
        let ComparedDocument { about, text, declared } = document;
        let sections = text.sections.iter().skip(1).map(|section| FiledSection {
            anchor: section.anchor.into(),
            ordinal: section.ordinal.map(Cow::from),
            title: section.title.into(),
            depth: section.depth,
        });
        let rows = text.sentences.iter().enumerate().filter(|(_, sentence)| sentence.is_row);
        DocumentTexts {
            about: about.clone(),
            sections: sections.collect(),
            rows: rows.map(|(at, _)| at).collect(),
            lines: text
                .sentences
                .iter()
                .map(|sentence| (sentence.section, self.sentence(sentence.text)))
                .collect(),
            figures: declared.iter().map(|figure| self.figure(figure)).collect(),
        }
    }

    fn sentence(&mut self, words: &'a str) -> usize {
        let next = self.sentences.len();
        let number = *self.by_words.entry(words).or_insert(next);
        if number == next {
            self.sentences.push(words.into());
        }
        number
    }

    fn figure(&mut self, figure: &'a DeclaredFigure<'a>) -> FiledFigure<'a> {
        let CountedThing { id, name, unit, measure } = figure.indicator;
        let next = self.indicators.len();
        let indicator = *self.by_id.entry(id).or_insert(next);
        if indicator == next {
            let (id, name, unit) = (id.into(), name.into(), unit.into());
            self.indicators.push(FiledIndicator { id, name, unit, measure });
        }
        FiledFigure {
            indicator,
            amount: figure.amount,
            anchor: figure.anchor.into(),
            fragment: (&*figure.fragment).into(),
            sentence: figure.sentence.map(|words| self.sentence(words)),
        }
    }
}
