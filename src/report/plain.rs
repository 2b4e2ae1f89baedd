//! A text as plain words, for those who look for some: what a reader reads on its page, and nothing that
//! stands beside that.

use super::article::{self, ArticleElement, ArticlePiece, ElementRole, Quotation};
use super::body::address;
use super::flow::Flow;
use super::html::HtmlSetting;
use crate::source::{Source, Span};

/// A heading, a cell, or the paragraphs of a section that follow each other: text that a phrase may
/// run through, and none beyond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainBlock {
    /// The anchor of the section that it stands in; empty before the first.
    pub section: String,
    /// Its paragraphs as they are read.
    pub paragraphs: Vec<String>,
}

impl PlainBlock {
    /// All that is read in it.
    #[must_use]
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// The part of `source` at `span` as blocks.
#[must_use]
pub fn read(source: &Source, span: Span, setting: &HtmlSetting<'_>) -> Vec<PlainBlock> {
    let article = article::read(source, setting.body.whole);
    let mut reader = PlainReader {
        source,
        setting,
        flow: Flow::new(setting.body, span),
        open: Vec::new(),
        beside: 0,
        blocks: Vec::new(),
        section: String::new(),
        text: String::new(),
        goes_on: false,
        ordinal_left: 0,
        is_behind_ordinal: false,
    };
    article.pieces.iter().for_each(|piece| reader.piece(piece));
    reader.end_paragraph();
    reader.blocks
}

struct PlainReader<'a> {
    source: &'a Source,
    setting: &'a HtmlSetting<'a>,
    flow: Flow<'a>,
    open: Vec<OpenPlainElement>,
    /// How many open elements stand beside the text.
    beside: usize,
    blocks: Vec<PlainBlock>,
    section: String,
    /// The text since the last paragraph ended.
    text: String,
    /// Whether that text goes on where the last block ended.
    goes_on: bool,
    /// How many bytes of a printed ordinal are still to come.
    ordinal_left: usize,
    /// Whether a printed ordinal has just been read.
    is_behind_ordinal: bool,
}

/// An element that is open.
struct OpenPlainElement {
    is_written: bool,
    end: ElementEnd,
}

/// What the end of an element is to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ElementEnd {
    /// Nothing.
    None,
    /// The end of what stands beside the text.
    Beside,
    /// The end of a paragraph.
    Paragraph,
    /// The end of a block.
    Block,
}

impl PlainReader<'_> {
    fn piece(&mut self, piece: &ArticlePiece<'_>) {
        match piece {
            ArticlePiece::Open(element, place) => self.start(element, *place),
            ArticlePiece::Close => self.end(),
            ArticlePiece::Void(element, place) => {
                if self.flow.is_written(*place) {
                    self.void(element);
                }
            }
            ArticlePiece::Text(text, place) => {
                if self.flow.is_written(*place) {
                    self.words(text);
                }
            }
            ArticlePiece::Break => self.flow.line_end(),
        }
    }

    fn start(&mut self, element: &ArticleElement<'_>, place: Span) {
        let is_written = self.flow.is_written(place);
        let end = if is_written { self.begin(element, place) } else { ElementEnd::None };
        self.flow.opened(element.role);
        self.open.push(OpenPlainElement { is_written, end });
    }

    /// Reads the beginning of an element; what its end will be.
    fn begin(&mut self, element: &ArticleElement<'_>, place: Span) -> ElementEnd {
        if element.role.is_inline() {
            return self.inline(element);
        }
        self.flow.block();
        self.flow.forget();
        if let Some(section) = self.flow.section(element, place) {
            self.flow.enter();
            let end = if section.heading.is_some() { ElementEnd::Block } else { ElementEnd::Paragraph };
            self.edge(end);
            self.section = section.anchor.to_string();
            self.ordinal_left = section.ordinal_len;
            return end;
        }
        let end = match element.role {
            ElementRole::Quote(whose) if whose != Quotation::Plain && self.beside == 0 => {
                self.beside += 1;
                return ElementEnd::Beside;
            }
            // A note ends what goes on before it, and what goes on behind it goes on with it.
            ElementRole::Note(_) => {
                self.edge(ElementEnd::Block);
                return ElementEnd::Paragraph;
            }
            ElementRole::Heading(_)
            | ElementRole::Paragraph
            | ElementRole::Quote(_)
            | ElementRole::List
            | ElementRole::Item => ElementEnd::Paragraph,
            ElementRole::Block if matches!(element.name, "div" | "section") => ElementEnd::Paragraph,
            _ => ElementEnd::Block,
        };
        self.edge(end);
        end
    }

    fn inline(&mut self, element: &ArticleElement<'_>) -> ElementEnd {
        self.space_before("");
        self.flow.within();
        // How a character is read stands beside it.
        if matches!(element.name, "rt" | "rp") {
            self.beside += 1;
            return ElementEnd::Beside;
        }
        ElementEnd::None
    }

    fn end(&mut self) {
        let Some(OpenPlainElement { is_written, end }) = self.open.pop() else {
            return;
        };
        match end {
            ElementEnd::None => {}
            ElementEnd::Beside => self.beside -= 1,
            end => self.edge(end),
        }
        self.flow.closed(is_written);
    }

    fn void(&mut self, element: &ArticleElement<'_>) {
        match element.role {
            // Its number stands beside the text, and so does a picture.
            ElementRole::Reference(_) => self.space_before(""),
            ElementRole::Picture => {
                let source = element.attribute("src").unwrap_or_default();
                let target = address(source, self.source.path());
                if self.setting.shows(&target, source) {
                    self.space_before("");
                }
            }
            ElementRole::Line => {
                self.space();
                self.flow.restart();
            }
            _ => self.edge(ElementEnd::Block),
        }
    }

    fn words(&mut self, text: &str) {
        self.space_before(text);
        self.flow.wrote(text);
        let (ordinal, rest) = text.split_at(text.floor_char_boundary(self.ordinal_left));
        if self.ordinal_left > 0 {
            self.ordinal_left = if ordinal.is_empty() { 0 } else { self.ordinal_left - ordinal.len() };
            self.push(ordinal.trim_start());
            self.is_behind_ordinal = true;
        }
        if rest.is_empty() {
            return;
        }
        // A figure right behind an ordinal is no part of it: 2.6个 in the second heading are six.
        if std::mem::take(&mut self.is_behind_ordinal) && rest.starts_with(|c: char| c.is_numeric()) {
            self.push(" ");
        }
        self.push(rest);
    }

    /// Reads what a line end of the source is worth before `next`.
    fn space_before(&mut self, next: &str) {
        if self.flow.breaks(next) {
            self.space();
        }
    }

    fn space(&mut self) {
        self.is_behind_ordinal = false;
        self.push(" ");
    }

    fn push(&mut self, text: &str) {
        if self.beside == 0 {
            self.text.push_str(text);
        }
    }

    /// Comes to where a paragraph or a block begins or ends.
    fn edge(&mut self, end: ElementEnd) {
        if self.beside == 0 {
            self.end_paragraph();
            self.goes_on &= end == ElementEnd::Paragraph;
        }
    }

    /// Ends a paragraph. Line ends of the source are no text.
    fn end_paragraph(&mut self) {
        (self.ordinal_left, self.is_behind_ordinal) = (0, false);
        let words: Vec<&str> = self.text.split_whitespace().collect();
        if !words.is_empty() {
            let text = words.join(" ");
            let last = self.blocks.last_mut().filter(|last| self.goes_on && last.section == self.section);
            match last {
                Some(last) => last.paragraphs.push(text),
                None => {
                    self.blocks.push(PlainBlock { section: self.section.clone(), paragraphs: vec![text] })
                }
            }
            self.goes_on = true;
        }
        self.text.clear();
    }
}
