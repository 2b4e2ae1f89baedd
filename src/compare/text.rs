//! A document as it is compared: its sections and their sentences, in order.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::align::Bags;
use super::figures::Figures;
use super::reading::Reading;
use crate::han::key::{self, Key};
use crate::report::{self, Parsed};
use crate::source::Source;

/// A document as it is compared.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// Its sections in order. The first is no section of the document: it holds what stands
    /// before them, and is there even where nothing does.
    pub sections: Vec<Section<'a>>,
    /// Its sentences in order.
    pub sentences: Vec<Sentence<'a>>,
    /// How many bytes of words stand before each sentence, and in all.
    lengths: Vec<usize>,
    words: Words,
}

/// What is known of the words of a text, found when somebody first asks; copies of it find it once.
#[derive(Clone, Debug, Default)]
pub struct Words(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    bags: OnceLock<Bags>,
    figures: OnceLock<Figures>,
}

/// A section.
#[derive(Clone, Debug, Default)]
pub struct Section<'a> {
    /// Its anchor on the document's page; empty for what stands before the first section.
    pub anchor: &'a str,
    /// Its ordinal as it is printed.
    pub ordinal: Option<&'a str>,
    /// Its title without the ordinal.
    pub title: &'a str,
    /// How deep it stands, from 1; 0 for what stands before the first section.
    pub depth: u8,
    /// The section that it stands in.
    pub parent: Option<usize>,
    /// Its own sentences.
    pub own: Range<usize>,
    /// Its sentences and those of the sections in it.
    pub whole: Range<usize>,
}

/// A sentence.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// Its words.
    pub text: &'a str,
    /// The number of its section.
    pub section: usize,
    /// Whether it is a row of a table, each cell behind its column's head.
    pub is_row: bool,
    pub(super) key: Key,
}

impl Sentence<'_> {
    /// What it says as two numbers: equal where the words are, and equal where the words are but
    /// for their figures.
    #[must_use]
    pub fn said(&self) -> (u64, u64) {
        (self.key.exact, self.key.masked)
    }
}

impl Default for Text<'_> {
    /// A text of which nothing is known but that it begins.
    fn default() -> Self {
        Self {
            sections: vec![Section::default()],
            sentences: Vec::new(),
            lengths: vec![0],
            words: Words::default(),
        }
    }
}

impl<'a> Text<'a> {
    /// The main text of what was found in `source`. A letter or notice around it
    /// is not compared.
    #[must_use]
    pub fn of(source: &'a Source, parsed: &'a Parsed) -> Self {
        let sections: Vec<&report::Section> =
            parsed.body.sections.iter().filter(|section| !section.in_wrapper).collect();
        let skipped = parsed.body.sections.len() - sections.len();
        let mut text = Self::default();
        for section in sections {
            text.open(&section.anchor, section.ordinal.as_deref(), (&section.title, section.depth));
        }
        for sentence in parsed.body.prose.sentences(source) {
            let section = sentence.section.map_or(0, |at| (at + 1).saturating_sub(skipped));
            text.sentences.push(Sentence {
                text: sentence.text,
                section,
                is_row: sentence.is_row,
                key: sentence.key,
            });
        }
        text.count();
        text
    }

    /// A text from its sections, each with the path of its depth, its title and its sentences;
    /// what has depth 0 stands before the first section.
    #[must_use]
    pub fn from_parts(parts: &[(&'a str, u8, &'a str, Vec<&'a str>)]) -> Self {
        let mut text = Self::default();
        for (anchor, depth, title, sentences) in parts {
            if *depth > 0 {
                text.open(anchor, None, (title, *depth));
            }
            let section = text.sections.len() - 1;
            let sentence =
                |words: &&'a str| Sentence { text: words, section, is_row: false, key: key::key(words) };
            text.sentences.extend(sentences.iter().map(sentence));
        }
        text.count();
        text
    }

    fn open(&mut self, anchor: &'a str, ordinal: Option<&'a str>, title: (&'a str, u8)) {
        let (title, depth) = title;
        // Only the last section and those that it stands in can be open still.
        let open = self.sections.len().checked_sub(1);
        let mut open = std::iter::successors(open, |at| self.sections[*at].parent);
        let parent = open.find(|at| self.sections[*at].depth < depth).filter(|at| *at > 0);
        self.sections.push(Section { anchor, ordinal, title, depth, parent, ..Section::default() });
    }

    /// Counts which sentences belong to which section. They stand in the order of sections.
    fn count(&mut self) {
        let mut sum = 0;
        self.lengths = vec![sum];
        self.lengths.extend(self.sentences.iter().map(|sentence| {
            sum += sentence.text.len();
            sum
        }));
        for at in 0..self.sections.len() {
            let start = self.sentences.partition_point(|sentence| sentence.section < at);
            let own = self.sentences[start..].partition_point(|sentence| sentence.section == at);
            self.sections[at].own = start..start + own;
            self.sections[at].whole = start..start + own;
        }
        for at in (0..self.sections.len()).rev() {
            let end = self.sections[at].whole.end;
            if let Some(parent) = self.sections[at].parent {
                let whole = &mut self.sections[parent].whole;
                whole.end = whole.end.max(end);
            }
        }
    }

    /// A section and those that it stands in, from itself upwards.
    pub(super) fn lineage(&self, section: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(section), |at| self.sections[*at].parent)
    }

    /// The same text with what was found of its words before.
    #[must_use]
    pub fn with(self, words: Words) -> Self {
        Self { words, ..self }
    }

    /// The pairs of characters in it.
    pub(super) fn bags(&self) -> &Bags {
        self.words.0.bags.get_or_init(|| Bags::of(self))
    }

    /// The figures of a sentence.
    pub(super) fn figures(&self, sentence: usize) -> &[Reading] {
        self.words.0.figures.get_or_init(|| Figures::of(self)).read(self, sentence)
    }

    /// How many bytes of words these sentences have.
    pub(super) fn len(&self, sentences: Range<usize>) -> usize {
        self.lengths[sentences.end] - self.lengths[sentences.start]
    }

    /// An order of texts by what they say, so that two of them can always be looked at from
    /// the same side.
    pub(super) fn is_behind(&self, other: &Text<'_>) -> bool {
        let said = self.sentences.iter().map(|sentence| sentence.key.exact);
        let heads = self.sections.iter().map(|section| (section.anchor, section.title, section.depth));
        let words = self.sentences.iter().map(|sentence| sentence.text);
        said.cmp(other.sentences.iter().map(|sentence| sentence.key.exact))
            .then_with(|| {
                heads.cmp(other.sections.iter().map(|section| (section.anchor, section.title, section.depth)))
            })
            .then_with(|| words.cmp(other.sentences.iter().map(|sentence| sentence.text)))
            .is_gt()
    }
}
