//! A document as it is compared: its sections and their sentences, in order.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::align::{self, Bags, Leaning};
use super::figures::SentenceFigures;
use super::grams::Grams;
use super::reading::FigureReading;
use crate::han::key::{self, SentenceKey};

/// A document as it is compared.
#[derive(Clone, Debug)]
pub struct ComparedText<'a> {
    /// Its sections in order. The first is no section of the document: it holds what stands
    /// before them, and is there even where nothing does.
    pub sections: Vec<TextSection<'a>>,
    /// Its sentences in order.
    pub sentences: Vec<TextSentence<'a>>,
    /// How many bytes of words stand before each sentence, and in all.
    lengths: Vec<usize>,
    words: TextWords,
}

/// What is known of the words of a text, found when somebody first asks; copies of it find it once.
#[derive(Clone, Debug, Default)]
pub struct TextWords(Arc<WordKnowledge>);

#[derive(Debug, Default)]
struct WordKnowledge {
    bags: OnceLock<Bags>,
    figures: OnceLock<SentenceFigures>,
    grams: OnceLock<Vec<OnceLock<Grams>>>,
    leanings: OnceLock<Vec<Leaning>>,
    identities: OnceLock<Vec<u64>>,
    said: OnceLock<Vec<u32>>,
}

/// A section.
#[derive(Clone, Debug, Default)]
pub struct TextSection<'a> {
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

/// What is printed above a section, and where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SectionHead<'a> {
    /// Its anchor on the document's page.
    pub(crate) anchor: &'a str,
    /// Its ordinal as it is printed.
    pub(crate) ordinal: Option<&'a str>,
    /// Its title without the ordinal.
    pub(crate) title: &'a str,
    /// How deep it stands, from 1.
    pub(crate) depth: u8,
}

/// A sentence.
#[derive(Clone, Copy, Debug)]
pub struct TextSentence<'a> {
    /// Its words.
    pub text: &'a str,
    /// The number of its section.
    pub section: usize,
    /// Whether it is a row of a table, each cell behind its column's head.
    pub is_row: bool,
    pub(crate) key: SentenceKey,
}

impl<'a> TextSentence<'a> {
    /// A sentence of prose.
    pub(crate) fn new(text: &'a str, section: usize) -> Self {
        Self { text, section, is_row: false, key: key::key(text) }
    }
}

impl Default for ComparedText<'_> {
    /// A text of which nothing is known but that it begins.
    fn default() -> Self {
        Self {
            sections: vec![TextSection::default()],
            sentences: Vec::new(),
            lengths: vec![0],
            words: TextWords::default(),
        }
    }
}

impl<'a> ComparedText<'a> {
    /// A text from the heads of its sections and from its sentences, both in order.
    pub(crate) fn read(
        heads: impl IntoIterator<Item = SectionHead<'a>>,
        lines: impl IntoIterator<Item = TextSentence<'a>>,
    ) -> Self {
        let mut text = Self::default();
        heads.into_iter().for_each(|head| text.open(head));
        text.sentences.extend(lines);
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
                text.open(SectionHead { anchor, ordinal: None, title, depth: *depth });
            }
            let section = text.sections.len() - 1;
            text.sentences.extend(sentences.iter().map(|words| TextSentence::new(words, section)));
        }
        text.count();
        text
    }

    fn open(&mut self, SectionHead { anchor, ordinal, title, depth }: SectionHead<'a>) {
        // Only the last section and those that it stands in can be open still.
        let open = self.sections.len().checked_sub(1);
        let mut open = std::iter::successors(open, |at| self.sections[*at].parent);
        let parent = open.find(|at| self.sections[*at].depth < depth).filter(|at| *at > 0);
        self.sections.push(TextSection { anchor, ordinal, title, depth, parent, ..TextSection::default() });
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
    pub fn with(self, words: TextWords) -> Self {
        Self { words, ..self }
    }

    /// The pairs of characters in it.
    pub(super) fn bags(&self) -> &Bags {
        self.words.0.bags.get_or_init(|| Bags::of(self))
    }

    /// Which way its sections look.
    pub(super) fn leanings(&self) -> &[Leaning] {
        self.words.0.leanings.get_or_init(|| align::leanings(self, self.bags()))
    }

    /// What its sections are known by.
    pub(super) fn identities(&self) -> &[u64] {
        self.words.0.identities.get_or_init(|| align::identities(self))
    }

    /// The figures of a sentence.
    pub(super) fn figures(&self, sentence: usize) -> &[FigureReading] {
        self.words.0.figures.get_or_init(|| SentenceFigures::of(self)).read(self, sentence)
    }

    /// The pairs of characters of a sentence.
    pub(super) fn grams(&self, sentence: usize) -> &Grams {
        let all = self.words.0.grams.get_or_init(|| vec![OnceLock::new(); self.sentences.len()]);
        all[sentence].get_or_init(|| Grams::of(self.sentences[sentence].text))
    }

    /// What each sentence says as a number that stands in addresses.
    pub(crate) fn said(&self) -> &[u32] {
        let of = |sentence: &TextSentence<'_>| address_number(sentence.text);
        self.words.0.said.get_or_init(|| self.sentences.iter().map(of).collect())
    }

    /// How many bytes of words these sentences have.
    pub(super) fn len(&self, sentences: Range<usize>) -> usize {
        self.lengths[sentences.end] - self.lengths[sentences.start]
    }

    /// An order of texts by what they say, so that two of them can always be looked at from
    /// the same side.
    pub(super) fn is_behind(&self, other: &ComparedText<'_>) -> bool {
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

/// What a sentence says as a number: FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>) of its UTF-8 in 32 bits,
/// folded to 25. It stands in addresses for good, so that it must never change.
fn address_number(words: &str) -> u32 {
    let hash =
        words.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 25)) & 0x01ff_ffff
}
