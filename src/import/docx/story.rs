//! A story read in order: paragraphs and tables of the body, of a note, of a text box.
//!
//! Every text that is met is written down once, in [`Draft::text`]: as a run, as an aside with the rule
//! that leaves it out, or as neither where no rule knows what it is, so that the account shows it.

use std::collections::{BTreeMap, BTreeSet};

use super::fault;
use super::field::OpenFields;
use super::numbering::{Counters, NumberedLists, Ordinal, OrdinalGap};
use super::package::PartRelation;
use super::styles::{NumberingReference, Styles, WordProperties};
use super::tree::{Space, XmlElement, XmlItem};
use crate::han::is_han;
use crate::import::draft::{Block, Draft, Limits, OmittedStretch, Paragraph, ParagraphStyle, StyledRun};
use crate::import::refused::Refused;

/// What the whole document says, whichever part of it is read.
#[derive(Clone, Copy)]
pub(super) struct DocxSetting<'a> {
    pub(super) styles: &'a Styles,
    pub(super) lists: &'a NumberedLists,
    pub(super) limits: &'a Limits,
    /// The names of the package's parts, in lower case.
    pub(super) parts: &'a BTreeSet<String>,
}

/// A document as far as it is read.
pub(super) struct StoryReader<'a> {
    pub(super) known: DocxSetting<'a>,
    pub(super) draft: Draft,
    /// The relationships of the part that is read, by their ids.
    pub(super) relations: BTreeMap<String, PartRelation>,
    /// The files that stand in the text, in order.
    pub(super) files: Vec<LinkedPart>,
    /// Their places, by the names of their parts.
    pub(super) places: BTreeMap<String, usize>,
    /// The parts of other formats that the text takes in whole. Nothing here reads them.
    pub(super) chunks: Vec<String>,
    /// The numbers of the notes that were called, in the order of the calls.
    pub(super) notes: BTreeMap<NoteReference, u32>,
    pub(super) tale: StoryProgress,
    pub(super) cells: usize,
    paragraphs: usize,
}

/// A part that is shown in the text or comes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkedPart {
    pub(super) part: String,
    pub(super) title: Option<String>,
}

/// A note, by its kind and its id there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NoteReference {
    pub(super) kind: &'static str,
    pub(super) id: String,
}

/// What goes on from paragraph to paragraph within one story.
#[derive(Default)]
pub(super) struct StoryProgress {
    counters: Counters,
    pub(super) fields: OpenFields,
    carried: ParagraphRemainder,
}

/// What a paragraph without an end of its own gives to the next one.
#[derive(Default)]
struct ParagraphRemainder {
    runs: Vec<StyledRun>,
    /// Whether its ordinal has been printed: its end is hidden, and was not deleted.
    counted: bool,
}

/// What holds around a place in the text.
#[derive(Clone, Copy, Default)]
pub(super) struct InlineState<'a> {
    /// The rule by which all of it is left out.
    pub(super) aside: Option<&'static str>,
    /// Where it leads.
    pub(super) link: Option<&'a str>,
    /// Whether it is bold.
    pub(super) bold: bool,
}

impl InlineState<'_> {
    /// The same, left out by `rule` unless it is left out already.
    pub(super) fn without(self, rule: &'static str) -> Self {
        Self { aside: self.aside.or(Some(rule)), ..self }
    }
}

/// A paragraph while it is read.
#[derive(Default)]
pub(super) struct OpenParagraph {
    pub(super) runs: Vec<StyledRun>,
    /// What stands behind it: the text boxes that are fixed to it.
    pub(super) after: Vec<Block>,
    /// What its styles say of its words.
    pub(super) styled: WordProperties,
}

impl<'a> StoryReader<'a> {
    pub(super) fn new(known: DocxSetting<'a>) -> Self {
        Self {
            known,
            draft: Draft::default(),
            relations: BTreeMap::new(),
            files: Vec::new(),
            places: BTreeMap::new(),
            chunks: Vec::new(),
            notes: BTreeMap::new(),
            tale: StoryProgress::default(),
            cells: 0,
            paragraphs: 0,
        }
    }

    /// Reads a story of its own within the one that is read: a text box, a note.
    pub(super) fn aside_story(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
    ) -> Result<Vec<Block>, Refused> {
        let outer = std::mem::take(&mut self.tale);
        let blocks = self.contained(element, around);
        self.tale = outer;
        blocks
    }

    /// Reads what stands in `element` by itself: the body, a cell.
    pub(super) fn contained(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
    ) -> Result<Vec<Block>, Refused> {
        let outer = std::mem::take(&mut self.tale.carried);
        let mut blocks = Vec::new();
        self.blocks(element, around, &mut blocks)?;
        let last = std::mem::replace(&mut self.tale.carried, outer);
        push(Paragraph { runs: last.runs, style: ParagraphStyle::Body }, &mut blocks);
        Ok(blocks)
    }

    /// Reads the paragraphs and tables in `element`.
    fn blocks(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        out: &mut Vec<Block>,
    ) -> Result<(), Refused> {
        for item in element.items() {
            match item {
                XmlItem::Element(inner) => self.block(inner, around, out)?,
                XmlItem::Text(text) => self.unknown(text),
                XmlItem::Character(character) => self.unknown(character.encode_utf8(&mut [0; 4])),
            }
        }
        Ok(())
    }

    fn block(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        out: &mut Vec<Block>,
    ) -> Result<(), Refused> {
        match (element.space, element.name) {
            (Space::Word, "p") => self.paragraph(element, around, out),
            (Space::Word, "tbl") => self.table(element, around, out),
            (Space::Word, "sdt") => match content(element) {
                Some((inner, true)) => self.blocks(inner, around.without("docx-contents"), out),
                Some((inner, false)) => self.blocks(inner, around, out),
                None => Ok(()),
            },
            (Space::Word, "customXml" | "moveTo") => self.blocks(element, around, out),
            (Space::Word, "ins") => {
                self.said("docx-inserted", around);
                self.blocks(element, around, out)
            }
            (Space::Word, "del") => self.blocks(element, around.without("docx-deleted"), out),
            (Space::Word, "moveFrom") => self.blocks(element, around.without("docx-moved"), out),
            (Space::Word, "altChunk") => {
                let relation = element.attribute("id").and_then(|id| self.relations.get(&*id));
                self.chunks.extend(relation.map(|relation| relation.target.clone()));
                Ok(())
            }
            (Space::Compatibility, "AlternateContent") => match self.chosen(element) {
                Some(branch) => self.blocks(branch, around, out),
                None => Ok(()),
            },
            (Space::Math, "oMathPara" | "oMath") => {
                let mut line = OpenParagraph::default();
                self.formula(element, around, &mut line);
                push(Paragraph { runs: line.runs, style: ParagraphStyle::Body }, out);
                Ok(())
            }
            _ => {
                self.unread(element);
                Ok(())
            }
        }
    }

    fn paragraph(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        out: &mut Vec<Block>,
    ) -> Result<(), Refused> {
        self.paragraphs += 1;
        if self.paragraphs > self.known.limits.paragraphs {
            return Err(fault::too_many_paragraphs(self.known.limits.paragraphs));
        }
        let traits = ParagraphTraits::read(element, self.known.styles);
        let ParagraphRemainder { runs, counted } = std::mem::take(&mut self.tale.carried);
        let before = runs.len();
        let mut line =
            OpenParagraph { runs, after: Vec::new(), styled: self.known.styles.said(&traits.styles) };
        self.inline(element, around, &mut line)?;
        let OpenParagraph { mut runs, after, .. } = line;
        let end = match around.aside {
            Some(_) => ParagraphEnd::Gone,
            None => traits.end,
        };
        let silent = end == ParagraphEnd::Gone || end == ParagraphEnd::Hidden && runs.len() == before;
        let ordinal = if silent { None } else { self.ordinal(&traits)? };
        let style = traits.kind(self.known.styles, ordinal.as_ref());
        if let Some(ordinal) = ordinal {
            self.print(&ordinal, &mut runs, if counted { before } else { 0 });
        }
        match end {
            ParagraphEnd::Stands => push(Paragraph { runs, style }, out),
            ParagraphEnd::Gone | ParagraphEnd::Hidden => {
                self.tale.carried = ParagraphRemainder { runs, counted: counted || !silent };
            }
        }
        out.extend(after);
        Ok(())
    }

    /// What is printed before the paragraph with these traits.
    fn ordinal(&mut self, traits: &ParagraphTraits<'_>) -> Result<Option<Ordinal>, Refused> {
        let DocxSetting { styles, lists, .. } = self.known;
        let Some(place) = lists.place(traits.numbering, traits.style.as_deref(), styles) else {
            return Ok(None);
        };
        self.tale.counters.count(place, lists)
    }

    /// Sets an ordinal before the run at `place`.
    fn print(&mut self, ordinal: &Ordinal, runs: &mut Vec<StyledRun>, place: usize) {
        if !ordinal.known {
            self.said("docx-number-format", InlineState::default());
        }
        if ordinal.text.is_empty() {
            return;
        }
        let next = runs.get(place);
        let first = next.and_then(|run| run.text.chars().next());
        let text = format!("{}{}", ordinal.text, gap(ordinal, first));
        let bold = next.is_some_and(|run| run.bold);
        runs.insert(place, StyledRun { text, bold, ..StyledRun::default() });
    }

    /// Writes down words that were met in the text.
    pub(super) fn words(&mut self, words: &str, around: InlineState<'_>, line: &mut OpenParagraph) {
        if words.is_empty() {
            return;
        }
        let start = self.draft.text.len();
        self.draft.text.push_str(words);
        let at = start..self.draft.text.len();
        if let Some(rule) = around.aside.or(self.tale.fields.hush()) {
            return self.leave_out(OmittedStretch { at, rule });
        }
        let link = around.link.or(self.tale.fields.link());
        match line.runs.last_mut() {
            Some(last)
                if last.at.as_ref().is_some_and(|last| last.end == start)
                    && last.bold == around.bold
                    && last.link.as_deref() == link =>
            {
                last.text.push_str(words);
                last.at = last.at.as_ref().map(|last| last.start..at.end);
            }
            _ => line.runs.push(StyledRun {
                at: Some(at),
                text: words.to_owned(),
                bold: around.bold,
                link: link.map(str::to_owned),
                ..StyledRun::default()
            }),
        }
    }

    /// Leaves out a stretch of the text, as one with the stretch before it if the rule is the same.
    fn leave_out(&mut self, aside: OmittedStretch) {
        match self.draft.asides.last_mut() {
            Some(last) if last.rule == aside.rule && last.at.end == aside.at.start && !last.at.is_empty() => {
                last.at.end = aside.at.end;
            }
            _ => self.draft.asides.push(aside),
        }
    }

    /// Says that something stands here that is no text, unless all around it is left out.
    pub(super) fn said(&mut self, rule: &'static str, around: InlineState<'_>) {
        let here = self.draft.text.len();
        if around.aside.is_none() && self.tale.fields.hush().is_none() {
            self.draft.asides.push(OmittedStretch { at: here..here, rule });
        }
    }

    /// Leaves out all text of an element by a rule.
    pub(super) fn skip(&mut self, element: XmlElement<'_>, rule: &'static str) {
        let text = element.text();
        if !text.trim().is_empty() {
            let start = self.draft.text.len();
            self.draft.text.push_str(&text);
            self.leave_out(OmittedStretch { at: start..self.draft.text.len(), rule });
        }
    }

    /// Writes down the text of an element that no rule reads: the account will show it.
    pub(super) fn unread(&mut self, element: XmlElement<'_>) {
        self.unknown(&element.text());
    }

    /// Writes down text that stands where no rule reads any.
    pub(super) fn unknown(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.draft.text.push_str(text);
        }
    }

    /// The branch of alternatives that Word would take; the others say the same again.
    pub(super) fn chosen(&mut self, element: XmlElement<'a>) -> Option<XmlElement<'a>> {
        let understood = |choice: &XmlElement<'_>| {
            let needs = choice.attribute("Requires").unwrap_or_default();
            choice.name == "Choice" && needs.split_whitespace().all(|prefix| UNDERSTOOD.contains(&prefix))
        };
        let taken = element.elements().find(understood);
        let taken = taken.or_else(|| element.child("Fallback"));
        let at = taken.map(|taken| taken.place());
        for other in element.elements().filter(|other| Some(other.place()) != at) {
            self.skip(other, "docx-alternate");
        }
        taken
    }
}

/// The vocabularies that a choice may need: shapes and text boxes, and what Word added to its own.
const UNDERSTOOD: [&str; 14] = [
    "wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16cid", "w16se", "w16cex", "w16du", "w16sdtdh",
    "wne", "a14",
];

/// What stands within a content control, and whether it is a table of contents.
pub(super) fn content(element: XmlElement<'_>) -> Option<(XmlElement<'_>, bool)> {
    let inner = element.child("sdtContent")?;
    let properties = element.child("sdtPr");
    let part = properties.and_then(|properties| {
        let part = properties.child("docPartObj").or_else(|| properties.child("docPartList"))?;
        part.value("docPartGallery")
    });
    Some((inner, part.as_deref() == Some("Table of Contents")))
}

/// What its properties say of a paragraph.
struct ParagraphTraits<'a> {
    style: Option<String>,
    styles: Vec<&'a str>,
    numbering: NumberingReference,
    outline: Option<u32>,
    end: ParagraphEnd,
}

/// The end of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ParagraphEnd {
    Stands,
    /// It was deleted: the next paragraph goes on here.
    Gone,
    /// It is hidden: the next paragraph goes on in the same line.
    Hidden,
}

impl<'a> ParagraphTraits<'a> {
    fn read(paragraph: XmlElement<'a>, styles: &'a Styles) -> Self {
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|properties| properties.value("pStyle"));
        let mark = properties.and_then(|properties| properties.child("rPr"));
        let end = match mark {
            Some(mark) if mark.child("del").is_some() || mark.child("moveFrom").is_some() => {
                ParagraphEnd::Gone
            }
            Some(mark) if mark.switch("vanish") == Some(true) => ParagraphEnd::Hidden,
            _ => ParagraphEnd::Stands,
        };
        Self {
            styles: styles.chain(style.as_deref()),
            style: style.map(|style| style.into_owned()),
            numbering: properties.map(NumberingReference::read).unwrap_or_default(),
            outline: properties.and_then(|properties| properties.number("outlineLvl")),
            end,
        }
    }

    /// What the paragraph is.
    fn kind(&self, styles: &Styles, ordinal: Option<&Ordinal>) -> ParagraphStyle {
        match (styles.kind(self.outline, &self.styles), ordinal) {
            (ParagraphStyle::Body, Some(ordinal)) if ordinal.bullet => ParagraphStyle::Item(ordinal.depth),
            (kind, _) => kind,
        }
    }
}

/// What stands between an ordinal and the character behind it. A tab stop is layout and no character, but
/// it keeps apart what would otherwise run together: letters, and the Han characters of 第一条.
fn gap(ordinal: &Ordinal, next: Option<char>) -> &'static str {
    let (Some(last), Some(next)) = (ordinal.text.chars().last(), next) else {
        return "";
    };
    match ordinal.gap {
        OrdinalGap::Nothing => "",
        _ if next.is_whitespace() => "",
        OrdinalGap::Space => " ",
        OrdinalGap::Tab if next.is_ascii_alphanumeric() => " ",
        OrdinalGap::Tab if last.is_ascii_alphanumeric() => " ",
        OrdinalGap::Tab if is_han(last) && is_han(next) => "\u{3000}",
        OrdinalGap::Tab => "",
    }
}

/// Adds a paragraph with words in it.
pub(super) fn push(paragraph: Paragraph, out: &mut Vec<Block>) {
    if !paragraph.runs.is_empty() {
        out.push(Block::Paragraph(paragraph));
    }
}
