//! What a reader found in a file, before anything is understood or mended.
//!
//! All readers (text, docx, HTML, clipboard) give back the same thing, and what comes behind them
//! knows nothing of their formats. The one law: **every byte of `text` is told exactly once**, by a
//! run, a label or an aside. Who holds it is [`Draft::account`], which is asked at every import.

use std::ops::Range;

/// A file as its reader found it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Every character of text that the file holds, its parts one after another.
    pub(crate) text: String,
    /// What the file prints, in reading order.
    pub(crate) blocks: Vec<Block>,
    /// What the reader left out on purpose, each with the rule that says why.
    pub(crate) asides: Vec<OmittedStretch>,
    /// Metadata that the file names as such.
    pub(crate) labels: Vec<MetadataLabel>,
    /// Pictures and embedded files, which become attachments.
    pub(crate) files: Vec<EmbeddedFile>,
}

/// A paragraph or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(DraftTable),
}

/// A paragraph: its words, and what the file says it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Its words, one after another.
    pub(crate) runs: Vec<StyledRun>,
    /// What the file says it is.
    pub(crate) style: ParagraphStyle,
}

/// What a file says a paragraph is. Whether that is true is seen from its words: in many files every
/// paragraph has the same style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ParagraphStyle {
    /// Text.
    #[default]
    Body,
    /// The document's title.
    Title,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A paragraph of the note with this number.
    Note(u32),
    /// A paragraph in a list that prints a bullet or nothing before it; how deep, from 1.
    Item(u8),
    /// Markdown already, to be kept as it is, line ends and all.
    Markdown,
}

/// Words that are set alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StyledRun {
    /// Where in [`Draft::text`] they stand. `None`: the file does not hold them, the word processor or
    /// the browser prints them, as it does an automatic ordinal. A line break within the paragraph is
    /// `\n`, with its place if `text` has a character for it.
    pub(crate) at: Option<Range<usize>>,
    /// The words; with `at`, the same as stand there.
    pub(crate) text: String,
    /// Whether they are bold.
    pub(crate) bold: bool,
    /// Where they lead.
    pub(crate) link: Option<String>,
    /// The number of the note that is called here.
    pub(crate) note: Option<u32>,
    /// The picture that stands here: a place in [`Draft::files`].
    pub(crate) picture: Option<usize>,
}

/// A table. A cell that spans several rows or columns stands where it begins; rows below leave it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DraftTable {
    /// Its rows, from the top.
    pub(crate) rows: Vec<DraftRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DraftRow {
    /// Its cells, from the left.
    pub(crate) cells: Vec<DraftCell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DraftCell {
    /// What stands in it. A table within a cell is given as its paragraphs.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// How many columns it spans, at least one.
    pub(crate) across: u16,
    /// How many rows it spans, at least one.
    pub(crate) down: u16,
    /// Whether it labels others.
    pub(crate) head: bool,
}

impl Default for DraftCell {
    fn default() -> Self {
        Self { paragraphs: Vec::new(), across: 1, down: 1, head: false }
    }
}

/// A stretch of the text that the reader left out on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OmittedStretch {
    /// Where it stands.
    pub(crate) at: Range<usize>,
    /// The rule that says why, one of `repair::rules`.
    pub(crate) rule: &'static str,
}

/// Metadata that a file names as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MetadataLabel {
    /// Where name and value stand, as one stretch of the text.
    pub(crate) at: Range<usize>,
    /// Its name, as the file has it (`ArticleTitle`, `索引号`).
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: String,
}

/// A picture or a file within the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmbeddedFile {
    /// Its name without a folder. Never trusted: it is made a plain one before anything is written.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// What it shows, if the file says.
    pub(crate) title: Option<String>,
}

/// How much a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Bytes of text, and of every packed part when it is unpacked.
    pub(crate) bytes: usize,
    /// Paragraphs, cells included.
    pub(crate) paragraphs: usize,
    /// How deep elements may nest.
    pub(crate) depth: usize,
    /// Bytes of all embedded files together.
    pub(crate) files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 << 20, paragraphs: 50_000, depth: 256, files: 96 << 20 }
    }
}

impl Draft {
    /// Every paragraph, those in cells too, in the order of the blocks.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(paragraph) => std::slice::from_ref(paragraph).iter().collect::<Vec<_>>(),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| &cell.paragraphs).collect()
            }
        })
    }

    /// Whether every byte of the text is told exactly once, and every run says what stands at its
    /// place.
    ///
    /// # Errors
    ///
    /// The first stretch of the text that nobody tells, that two tell, or that is told wrongly.
    pub(crate) fn account(&self) -> Result<(), Unaccounted> {
        let runs = self.paragraphs().flat_map(|paragraph| &paragraph.runs);
        let told = runs.filter_map(|run| Some((run.at.clone()?, Some(run.text.as_str()))));
        let aside = self.asides.iter().map(|aside| (aside.at.clone(), None));
        let labels = self.labels.iter().map(|label| (label.at.clone(), None));
        let mut all: Vec<_> = told.chain(aside).chain(labels).filter(|(at, _)| !at.is_empty()).collect();
        all.sort_by_key(|(at, _)| at.start);
        let mut end = 0;
        for (at, said) in all {
            if at.start != end {
                let (from, to) = (end.min(at.start), end.max(at.start));
                return Err(Unaccounted { at: from..to, twice: at.start < end });
            }
            let stands = self.text.get(at.clone());
            if stands.is_none() || said.is_some() && said != stands {
                return Err(Unaccounted { at, twice: false });
            }
            end = at.end;
        }
        match end == self.text.len() {
            true => Ok(()),
            false => Err(Unaccounted { at: end..self.text.len(), twice: false }),
        }
    }
}

/// A stretch of a file's text that no rule read, or that two did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unaccounted {
    /// Where it stands in [`Draft::text`].
    pub(crate) at: Range<usize>,
    /// Whether it is told twice.
    pub(crate) twice: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(at: Range<usize>, text: &str) -> Block {
        let run = StyledRun { at: Some(at), text: text.into(), ..StyledRun::default() };
        Block::Paragraph(Paragraph { runs: vec![run], style: ParagraphStyle::Body })
    }

    #[test]
    fn every_byte_is_told_once() {
        let aside = |at| vec![OmittedStretch { at, rule: "line-end" }];
        let draft = |blocks, asides| Draft { text: "甲\n乙".into(), blocks, asides, ..Draft::default() };
        let whole = draft(vec![run(0..3, "甲"), run(4..7, "乙")], aside(3..4));
        assert_eq!(whole.account(), Ok(()));
        let hole = draft(vec![run(0..3, "甲"), run(4..7, "乙")], vec![]);
        assert_eq!(hole.account(), Err(Unaccounted { at: 3..4, twice: false }));
        let twice = draft(vec![run(0..3, "甲"), run(0..3, "甲"), run(4..7, "乙")], aside(3..4));
        assert_eq!(twice.account(), Err(Unaccounted { at: 0..3, twice: true }));
        let wrong = draft(vec![run(0..3, "丙"), run(4..7, "乙")], aside(3..4));
        assert_eq!(wrong.account(), Err(Unaccounted { at: 0..3, twice: false }));
        let short = draft(vec![run(0..3, "甲")], aside(3..4));
        assert_eq!(short.account(), Err(Unaccounted { at: 4..7, twice: false }));
    }
}
