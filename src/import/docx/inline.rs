//! What stands within a paragraph: runs and their signs, links, fields, changes, readings, drawings.

use super::fault;
use super::field;
use super::package::PartRelation;
use super::story::{InlineState, LinkedPart, NoteReference, OpenParagraph, StoryReader, content, push};
use super::styles::WordProperties;
use super::symbols;
use super::tree::{Space, XmlElement, XmlItem};
use crate::import::draft::{Paragraph, ParagraphStyle, StyledRun};
use crate::import::refused::Refused;

type InlineResult = Result<(), Refused>;

impl<'a> StoryReader<'a> {
    /// Reads what stands in a paragraph, or in what holds parts of one.
    pub(super) fn inline(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        for item in element.items() {
            match item {
                XmlItem::Element(inner) => self.stretch(inner, around, line)?,
                XmlItem::Text(text) => self.unknown(text),
                XmlItem::Character(character) => self.unknown(character.encode_utf8(&mut [0; 4])),
            }
        }
        Ok(())
    }

    fn stretch(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        match (element.space, element.name) {
            (Space::Word, "r") => self.run(element, around, line),
            (Space::Word, "hyperlink") => self.hyperlink(element, around, line),
            (Space::Word, "fldSimple") => self.simple_field(element, around, line),
            (Space::Word, "ins") => {
                self.said("docx-inserted", around);
                self.inline(element, around, line)
            }
            (Space::Word, "del") => self.inline(element, around.without("docx-deleted"), line),
            (Space::Word, "moveFrom") => self.inline(element, around.without("docx-moved"), line),
            (Space::Word, "moveTo" | "smartTag" | "customXml" | "dir" | "bdo") => {
                self.inline(element, around, line)
            }
            (Space::Word, "sdt") => match content(element) {
                Some((inner, true)) => self.inline(inner, around.without("docx-contents"), line),
                Some((inner, false)) => self.inline(inner, around, line),
                None => Ok(()),
            },
            (Space::Word, "subDoc") => {
                self.said("docx-outside", around);
                Ok(())
            }
            (Space::Compatibility, "AlternateContent") => match self.chosen(element) {
                Some(branch) => self.inline(branch, around, line),
                None => Ok(()),
            },
            (Space::Math, "oMath" | "oMathPara") => {
                self.formula(element, around, line);
                Ok(())
            }
            _ => {
                self.unread(element);
                Ok(())
            }
        }
    }

    fn hyperlink(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        let id = element.attribute("id");
        let relation = id.and_then(|id| self.relations.get(&*id)).filter(|relation| relation.outside);
        let Some(address) = relation.map(|relation| relation.target.clone()) else {
            return self.inline(element, around, line);
        };
        let before = line.runs.len();
        self.inline(element, around, line)?;
        // A run that began before the link may not go on into it, so that they are told apart by their link.
        for run in line.runs.iter_mut().skip(before) {
            run.link.get_or_insert_with(|| address.clone());
        }
        Ok(())
    }

    fn simple_field(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        let code = element.attribute("instr").unwrap_or_default();
        self.tale.fields.begin(None);
        self.tale.fields.code(&code);
        self.tale.fields.separate();
        let read = self.inline(element, around, line);
        self.tale.fields.end();
        read
    }

    fn run(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        let properties = element.child("rPr");
        let own = properties.map(WordProperties::read).unwrap_or_default();
        let style = properties.and_then(|properties| properties.value("rStyle"));
        let words = self.known.styles.words(own, style.as_deref(), line.styled);
        let around = InlineState { bold: words.bold == Some(true), ..around };
        match words.hidden {
            Some(true) => self.signs(element, around.without("docx-hidden"), line),
            _ => self.signs(element, around, line),
        }
    }

    /// Reads what stands in a run.
    fn signs(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        for item in element.items() {
            match item {
                XmlItem::Element(inner) => self.sign(inner, around, line)?,
                XmlItem::Text(text) => self.unknown(text),
                XmlItem::Character(character) => self.unknown(character.encode_utf8(&mut [0; 4])),
            }
        }
        Ok(())
    }

    fn sign(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        match (element.space, element.name) {
            (Space::Word, "t") => self.words(&text(element), around, line),
            (Space::Word, "delText") => self.words(&text(element), around.without("docx-deleted"), line),
            (Space::Word, "instrText" | "delInstrText") => self.code(element, around, line),
            (Space::Word, "tab" | "ptab") => self.words("\t", around, line),
            (Space::Word, "br") => self.line_break(element, around, line),
            (Space::Word, "cr") => self.words("\n", around, line),
            (Space::Word, "noBreakHyphen") => self.words("\u{2011}", around, line),
            (Space::Word, "softHyphen") => self.words("\u{ad}", around.without("docx-soft-hyphen"), line),
            (Space::Word, "sym") => self.symbol(element, around, line),
            (Space::Word, "fldChar") => return self.field(element, around, line),
            (Space::Word, "footnoteReference") => self.note("footnote", element, (around, line)),
            (Space::Word, "endnoteReference") => self.note("endnote", element, (around, line)),
            (Space::Word, "ruby") => return self.ruby(element, around, line),
            (Space::Word, "drawing" | "pict" | "object") => return self.drawn(element, around, line),
            (Space::Compatibility, "AlternateContent") => {
                return match self.chosen(element) {
                    Some(branch) => self.signs(branch, around, line),
                    None => Ok(()),
                };
            }
            _ => self.unread(element),
        }
        Ok(())
    }

    fn code(&mut self, element: XmlElement<'_>, around: InlineState<'_>, line: &mut OpenParagraph) {
        let code = element.text();
        self.tale.fields.code(&code);
        self.words(&code, around.without("docx-field-code"), line);
    }

    /// A line break within the paragraph. The end of a page or a column is one only between words.
    fn line_break(&mut self, element: XmlElement<'_>, around: InlineState<'_>, line: &mut OpenParagraph) {
        let of_page = matches!(element.attribute("type").as_deref(), Some("page" | "column"));
        if !of_page || !line.runs.is_empty() {
            self.words("\n", around, line);
        }
    }

    fn symbol(&mut self, element: XmlElement<'_>, around: InlineState<'_>, line: &mut OpenParagraph) {
        let font = element.attribute("font").unwrap_or_default();
        let code =
            element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
        let sign = symbols::sign(&font, code);
        if sign.is_none() {
            self.said("docx-symbol", around);
        }
        // A sign that nobody knows stays where it is, so that it is seen that one is missing.
        self.words(sign.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]), around, line);
    }

    fn field(
        &mut self,
        element: XmlElement<'_>,
        around: InlineState<'_>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") if self.tale.fields.depth() == field::DEEPEST => {
                return Err(fault::too_deep("w:fldChar", field::DEEPEST));
            }
            Some("begin") => {
                let ticked = element.child("ffData").and_then(|data| data.child("checkBox"));
                self.tale.fields.begin(
                    ticked.map(|box_| box_.switch("checked").or(box_.switch("default")).unwrap_or(false)),
                );
            }
            Some("separate") => self.tale.fields.separate(),
            Some("end") => {
                let printed = self.tale.fields.end();
                if around.aside.is_none() && self.tale.fields.hush().is_none() {
                    line.runs.extend(printed.map(|text| StyledRun {
                        text,
                        bold: around.bold,
                        ..StyledRun::default()
                    }));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn note(
        &mut self,
        kind: &'static str,
        element: XmlElement<'_>,
        (around, line): (InlineState<'_>, &mut OpenParagraph),
    ) {
        if around.aside.is_some() || self.tale.fields.hush().is_some() {
            return;
        }
        let note = NoteReference { kind, id: element.attribute("id").unwrap_or_default().into_owned() };
        let next = u32::try_from(self.notes.len() + 1).unwrap_or(u32::MAX);
        let number = *self.notes.entry(note).or_insert(next);
        line.runs.push(StyledRun { note: Some(number), bold: around.bold, ..StyledRun::default() });
    }

    /// Characters with their reading: the reading is left out.
    fn ruby(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        for inner in element.elements() {
            match inner.name {
                "rt" => self.inline(inner, around.without("docx-ruby"), line)?,
                "rubyBase" => self.inline(inner, around, line)?,
                _ => self.unread(inner),
            }
        }
        Ok(())
    }

    /// The letters of a formula in a row; how they are set is lost, and said.
    pub(super) fn formula(
        &mut self,
        element: XmlElement<'_>,
        around: InlineState<'_>,
        line: &mut OpenParagraph,
    ) {
        self.said("docx-formula", around);
        self.letters(element, around, line);
    }

    fn letters(&mut self, element: XmlElement<'_>, around: InlineState<'_>, line: &mut OpenParagraph) {
        for inner in element.elements() {
            match inner.name {
                "t" => self.words(&inner.text(), around, line),
                _ => self.letters(inner, around, line),
            }
        }
    }

    /// A drawing: its pictures, its text boxes, the files in it.
    fn drawn(
        &mut self,
        element: XmlElement<'a>,
        around: InlineState<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        let mut drawing = OpenDrawing { around, title: None };
        self.shapes(element, &mut drawing, line)
    }

    fn shapes(
        &mut self,
        element: XmlElement<'a>,
        drawing: &mut OpenDrawing<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        for item in element.items() {
            match item {
                XmlItem::Element(inner) => self.shape(inner, drawing, line)?,
                XmlItem::Text(text) => self.unknown(text),
                XmlItem::Character(character) => self.unknown(character.encode_utf8(&mut [0; 4])),
            }
        }
        Ok(())
    }

    fn shape(
        &mut self,
        element: XmlElement<'a>,
        drawing: &mut OpenDrawing<'a>,
        line: &mut OpenParagraph,
    ) -> InlineResult {
        let around = drawing.around;
        let said = |name: &str| element.attribute(name).filter(|words| !words.trim().is_empty());
        match (element.space, element.name) {
            (Space::Word, "txbxContent") => {
                let blocks = self.aside_story(element, around)?;
                line.after.extend(blocks);
            }
            (Space::Compatibility, "AlternateContent") => {
                if let Some(branch) = self.chosen(element) {
                    self.shapes(branch, drawing, line)?;
                }
            }
            (_, "docPr") => drawing.title = said("descr").or(said("title")).map(|title| title.into_owned()),
            (_, "blip") => self.picture(element.attribute("embed").as_deref(), drawing, line),
            (_, "imagedata") => self.picture(element.attribute("id").as_deref(), drawing, line),
            (_, "OLEObject") => self.embedded(element.attribute("id").as_deref(), drawing),
            // Where a drawing stands, written as text.
            (_, "posOffset" | "align" | "pctWidth" | "pctHeight" | "pctPosHOffset" | "pctPosVOffset") => {}
            (_, "chart") => self.said("docx-chart", around),
            (_, "relIds") => self.said("docx-diagram", around),
            (_, "textpath") => {
                self.boxed(&said("string").unwrap_or_default(), around, line);
            }
            (Space::Other, "txBody") => {
                for paragraph in element.elements().filter(|inner| inner.name == "p") {
                    self.boxed(&paragraph.text(), around, line);
                }
            }
            _ => self.shapes(element, drawing, line)?,
        }
        Ok(())
    }

    /// A line of text in a shape.
    fn boxed(&mut self, words: &str, around: InlineState<'_>, line: &mut OpenParagraph) {
        let mut own = OpenParagraph::default();
        self.words(words, around, &mut own);
        push(Paragraph { runs: own.runs, style: ParagraphStyle::Body }, &mut line.after);
    }

    fn picture(&mut self, id: Option<&str>, drawing: &OpenDrawing<'_>, line: &mut OpenParagraph) {
        let place = self.file(id, drawing);
        if place.is_some() {
            line.runs.push(StyledRun { picture: place, ..StyledRun::default() });
        }
    }

    /// A file that can be opened from the text; its picture stands for it there.
    fn embedded(&mut self, id: Option<&str>, drawing: &OpenDrawing<'_>) {
        if self.file(id, drawing).is_some() {
            self.said("docx-embedded", drawing.around);
        }
    }

    /// The place among the files of the one with the relationship `id`, if it is in the package.
    fn file(&mut self, id: Option<&str>, drawing: &OpenDrawing<'_>) -> Option<usize> {
        if drawing.around.aside.is_some() {
            return None;
        }
        let relation = self.relations.get(id?);
        if relation.is_some_and(|relation| relation.outside) {
            self.said("docx-outside", drawing.around);
            return None;
        }
        let held = |relation: &&PartRelation| self.known.parts.contains(&relation.target.to_lowercase());
        let Some(relation) = relation.filter(held) else {
            self.said("docx-missing", drawing.around);
            return None;
        };
        let part = relation.target.clone();
        let place = *self.places.entry(part.clone()).or_insert(self.files.len());
        if place == self.files.len() {
            self.files.push(LinkedPart { part, title: drawing.title.clone() });
        }
        Some(place)
    }
}

/// A drawing while it is read.
struct OpenDrawing<'a> {
    around: InlineState<'a>,
    /// What it shows, as its author says.
    title: Option<String>,
}

/// The text of `w:t`. White space at its ends counts only if the file says so; a line end is a space.
fn text(element: XmlElement<'_>) -> String {
    let text = element.text().replace("\r\n", " ").replace(['\n', '\r'], " ");
    match element.attribute("space").as_deref() {
        Some("preserve") => text,
        _ => text.trim_matches([' ', '\t']).to_owned(),
    }
}
