//! The sentences of a document's main text, each with its section and what it says as two
//! numbers. Reports are compared by these, sentence by sentence, without reading Markdown again.
//!
//! Where the text stands is noted when a report is read. It is cut into sentences, and these are
//! read, when somebody first asks for them: most of the reports of a preview are never compared.

use std::sync::OnceLock;

use super::body::{Map, Section};
use super::evidence::{Passage, row};
use super::sayings::{LONGER, Saying, Sayings};
use crate::han::key::{self, SentenceKey};
use crate::han::sentence::sentences;
use crate::source::{Source, Span};

/// The sentences of a text, as places in its source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prose {
    pieces: Box<[Stored]>,
    /// The words of sentences that do not stand in the source as they are read: broken by markup
    /// or set in the cells of a table.
    set: Box<str>,
    /// What the pieces are made of, once it was asked for.
    lines: OnceLock<Box<[ProseSentence]>>,
}

/// One sentence, or a paragraph that is to be cut into sentences.
#[derive(Clone, Debug)]
struct Stored {
    section: u32,
    words: Wording,
    shape: ProseShape,
}

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ProseShape {
    /// Sentences that are still to be told apart.
    Paragraph,
    /// One sentence.
    Sentence,
    /// A row of a table.
    Row,
}

/// A sentence. Archives hold a million of them, so they are small.
#[derive(Clone, Debug)]
struct ProseSentence {
    section: u32,
    words: Wording,
    is_row: bool,
    key: SentenceKey,
}

#[derive(Clone, Copy, Debug)]
enum Wording {
    /// These bytes of the source.
    At(Span),
    /// These bytes of what is set.
    Set(Span),
}

/// Before the first section.
const NO_SECTION: u32 = u32::MAX;

/// A sentence as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReadSentence<'a> {
    /// Its section among those of the body; `None` before the first one.
    pub(crate) section: Option<usize>,
    /// Its words.
    pub(crate) text: &'a str,
    /// Whether it is a row of a table.
    pub(crate) is_row: bool,
    /// What it says.
    pub(crate) key: SentenceKey,
    /// Where it stands in the source, if it stands there as it is read.
    pub(crate) at: Option<Span>,
}

impl ReadSentence<'_> {
    /// Whether it is long enough to be looked for in other documents.
    pub(crate) fn is_longer(&self) -> bool {
        self.text.len() >= LONGER
    }
}

impl Prose {
    /// The sentences in order; `source` is the one that they were read from.
    pub(crate) fn sentences<'a>(&'a self, source: &'a Source) -> impl Iterator<Item = ReadSentence<'a>> {
        self.lines(source).iter().map(move |line| ReadSentence {
            section: (line.section != NO_SECTION).then_some(line.section as usize),
            text: self.text(source, line.words),
            is_row: line.is_row,
            key: line.key,
            at: match line.words {
                Wording::At(span) => Some(span),
                Wording::Set(_) => None,
            },
        })
    }

    fn text<'a>(&'a self, source: &'a Source, words: Wording) -> &'a str {
        match words {
            Wording::At(span) => source.slice(span),
            Wording::Set(span) => &self.set[span.range()],
        }
    }

    fn lines(&self, source: &Source) -> &[ProseSentence] {
        self.lines.get_or_init(|| {
            let mut lines = Vec::new();
            self.cut(source, |piece, words| {
                let key = key::key(self.text(source, words));
                lines.push(ProseSentence {
                    section: piece.section,
                    words,
                    is_row: piece.shape == ProseShape::Row,
                    key,
                });
            });
            lines.into()
        })
    }

    /// What the longer sentences say.
    pub(crate) fn sayings(&self, source: &Source) -> Sayings {
        let mut sayings = Vec::new();
        self.cut(source, |piece, words| {
            let text = Some(self.text(source, words)).filter(|text| text.len() >= LONGER);
            sayings.extend(text.map(|text| Saying::of(text, piece.shape == ProseShape::Row)));
        });
        sayings.into_iter().collect()
    }

    /// Gives every sentence with the piece that it belongs to.
    fn cut(&self, source: &Source, mut take: impl FnMut(&Stored, Wording)) {
        for piece in &self.pieces {
            match piece.words {
                Wording::At(span) if piece.shape == ProseShape::Paragraph => {
                    sentences(source.slice(span)).for_each(|range| {
                        take(piece, Wording::At(Span::new(range).shifted(span.start as usize)));
                    });
                }
                words => take(piece, words),
            }
        }
    }
}

/// A text as it was read: its sections, and its passages with the places of their words.
pub(super) struct OutlinedText<'a> {
    pub(super) sections: &'a [Section],
    pub(super) passages: &'a [Passage],
    /// The places of each passage.
    pub(super) maps: &'a [Map],
}

/// The sentences of the passages that stand in the main text. Headings are no sentences.
pub(super) fn read(source: &Source, main: Span, outlined: &OutlinedText<'_>) -> Prose {
    let OutlinedText { sections, passages, maps } = outlined;
    let mut gathered = ProseGathering { source, section: NO_SECTION, pieces: Vec::new(), set: String::new() };
    for (passage, map) in passages.iter().zip(*maps) {
        let Some(start) = map.start().filter(|start| *start >= main.start) else {
            continue;
        };
        let section = map.section.filter(|at| !sections[*at].in_wrapper);
        let head = section.map(|at| &sections[at]).filter(|section| start < section.span.end);
        let from = match head {
            None => 0,
            Some(Section { heading: None, head_end: Some(end), .. }) => map.offset(*end),
            Some(_) => continue,
        };
        let section = section.and_then(|at| u32::try_from(at).ok());
        gathered.section = section.unwrap_or(NO_SECTION);
        match passage {
            Passage::Prose { text } => gathered.prose(text, from, map),
            Passage::Table { header, rows } => {
                rows.iter().for_each(|cells| gathered.set(&row(header, cells), ProseShape::Row));
            }
        }
    }
    Prose { pieces: gathered.pieces.into(), set: gathered.set.into(), ..Prose::default() }
}

/// The sentences met so far.
struct ProseGathering<'a> {
    source: &'a Source,
    /// The section of the passage that is being read.
    section: u32,
    pieces: Vec<Stored>,
    set: String,
}

impl ProseGathering<'_> {
    /// Takes the sentences of `text` that stand behind `from`.
    fn prose(&mut self, text: &str, from: usize, map: &Map) {
        let section = self.section;
        let rest = text.get(from..).unwrap_or_default();
        if let Some(span) = self.place(map, from, rest) {
            self.pieces.push(Stored { section, words: Wording::At(span), shape: ProseShape::Paragraph });
            return;
        }
        for range in sentences(rest) {
            match self.place(map, from + range.start, &rest[range.clone()]) {
                Some(span) => {
                    self.pieces.push(Stored {
                        section,
                        words: Wording::At(span),
                        shape: ProseShape::Sentence,
                    });
                }
                None => self.set(&rest[range], ProseShape::Sentence),
            }
        }
    }

    /// Where the words at `at` of a passage stand in the source, if they stand there as they are.
    fn place(&self, map: &Map, at: usize, words: &str) -> Option<Span> {
        map.span(None, &(at..at + words.len())).filter(|span| self.source.slice(*span) == words)
    }

    /// Takes a sentence that does not stand in the source as it is read.
    fn set(&mut self, sentence: &str, shape: ProseShape) {
        let start = self.set.len();
        self.set.push_str(sentence);
        let words = Wording::Set(Span::new(start..self.set.len()));
        self.pieces.push(Stored { section: self.section, words, shape });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::body;

    /// The sentences with the anchors of their sections.
    fn of(text: &str) -> Vec<(String, String)> {
        let source = Source::new("content/a/2019.md", text);
        let body = body::read(&source, Span::new(0..text.len()), None).value.body;
        let anchor = |at: Option<usize>| at.map(|at| body.sections[at].anchor.to_string());
        let sentences = body.prose.sentences(&source);
        sentences.map(|found| (anchor(found.section).unwrap_or_default(), found.text.to_owned())).collect()
    }

    #[test]
    fn a_sentence_belongs_to_the_section_above_it() {
        let text = "# 报告\n\n引言。\n\n## 一、成效\n\n> 引文。\n\n办结745件。又\n办**一**件。\n\n1.学习。开会。\n\n- 一项；\n\n> 编者注：不是正文。\n>\n> | 甲 | 乙 |\n> |--|--|\n> | 1 | 2 |\n\n> 又引。\n";
        let expected = [
            ("", "引言。"),
            ("sec-1", "引文。"),
            ("sec-1", "办结745件。"),
            ("sec-1", "又办一件。"),
            ("sec-1-0-1", "开会。"),
            ("sec-1-0-1", "一项；"),
            ("sec-1-0-1", "又引。"),
        ];
        assert_eq!(of(text), expected.map(|(anchor, text)| (anchor.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_row_of_a_table_is_a_sentence() {
        let read = of("正文。\n\n| 项 | 数 |\n|--|--|\n| 甲 | 1 |\n");
        assert_eq!(
            read.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
            ["正文。", "项：甲；数：1"]
        );
    }

    #[test]
    fn what_the_longer_sentences_say_is_told_once() {
        let long = "建立健全重大行政决策公众参与机制。";
        let text = format!("一、{long}\n\n短句。{long}二是{long}\n\n推进行政执法公示制度全面落实到位。\n");
        let source = Source::new("content/a/2019.md", text.as_str());
        let body = body::read(&source, Span::new(0..text.len()), None).value.body;
        let sentences = body.prose.sentences(&source).filter(|found| found.text.len() >= LONGER);
        let mut keys: Vec<u64> = sentences.map(|found| found.key.exact).collect();
        assert_eq!(keys.len(), 3);
        keys.sort_unstable();
        keys.dedup();
        assert_eq!((body.prose.sayings(&source).exact(), keys.len()), (&*keys, 2));
    }

    proptest! {
        #[test]
        fn what_is_cut_late_is_cut_as_a_whole(
            text in proptest::collection::vec("[甲乙。；“”《》*_`<&a! \n]{0,24}", 0..4)
        ) {
            let text = text.join("\n\n");
            let source = Source::new("content/a/2019.md", text.as_str());
            let read = body::read(&source, Span::new(0..text.len()), None).value;
            let mut expected = Vec::new();
            for (passage, map) in read.passages.iter().zip(&read.maps) {
                if let (Passage::Prose { text }, Some(_)) = (passage, map.start()) {
                    expected.extend(sentences(text).map(|range| text[range].to_owned()));
                }
            }
            let cut: Vec<String> = read.body.prose.sentences(&source).map(|found| found.text.to_owned()).collect();
            prop_assert_eq!(cut, expected);
        }
    }
}
