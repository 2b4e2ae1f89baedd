//! Builds an article from the events of the parser: Markdown as it is, and the author's own HTML
//! element by element, so that every element closes where it must and none stands where a browser
//! would not leave it.

mod complaints;
mod gathered;
mod markup;
mod stack;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::elements::{ArticleElement, ElementRole, Quotation};
use super::pieces::{Article, ArticlePiece, Footnote};
use super::rows;
use crate::report::body::is_note;
use crate::scan;
use crate::source::{Source, Span};
use complaints::{no_table, of_removed, of_row};
use gathered::GatheredHtml;

/// What made an element, and so what may end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Maker {
    /// A tag of the author's.
    Author,
    /// Markdown, which ends it by this.
    Markdown(TagEnd),
    /// What stands in it needs it.
    Implied,
    /// Nothing is written: a paragraph of Markdown, whose text opens it when it comes.
    Paragraph(Option<Span>),
    /// Nothing is written, and what comes goes if the author's element ends.
    Unseen { diagnostics: usize, span: Span },
}

/// What made an element, and what its author calls it.
struct ElementOrigin {
    maker: Maker,
    name: String,
}

/// An element that is open.
struct OpenElement {
    role: ElementRole,
    /// What its author calls it.
    name: String,
    maker: Maker,
    /// How many pieces there were before it.
    from: usize,
}

impl OpenElement {
    /// Whether an author's tag cannot reach beyond it.
    fn is_bound(&self) -> bool {
        matches!(self.maker, Maker::Markdown(_)) && !self.role.is_inline()
    }
}

/// A picture whose words in its place are being read.
struct OpenPicture<'a> {
    element: ArticleElement<'a>,
    span: Span,
    alt: String,
    depth: usize,
}

/// A table of Markdown that is being read.
#[derive(Default)]
struct MarkdownTable {
    alignment: Vec<Alignment>,
    next: usize,
    row: Range<usize>,
}

/// A text: where it stands in its source, and as it was parsed, byte for byte as long.
pub(super) struct ParsedText<'p> {
    pub(super) span: Span,
    pub(super) text: &'p str,
}

/// An article that is being built.
pub(super) struct Builder<'a, 'p> {
    source: &'a Source,
    start: usize,
    parsed: &'p str,
    muted: Vec<Range<usize>>,
    article: Article<'a>,
    stack: Vec<OpenElement>,
    html: Option<GatheredHtml>,
    picture: Option<OpenPicture<'a>>,
    columns: MarkdownTable,
    labels: BTreeMap<String, u32>,
    removed: BTreeMap<String, Vec<Span>>,
    is_refused: bool,
}

impl<'a, 'p> Builder<'a, 'p> {
    /// A builder for a text of `source`, in which the parser took what is `muted` for no markup.
    pub(super) fn new(source: &'a Source, parsed: ParsedText<'p>, muted: Vec<Range<usize>>) -> Self {
        let mut builder = Self {
            source,
            start: parsed.span.start as usize,
            parsed: parsed.text,
            muted: Vec::new(),
            article: Article::default(),
            stack: Vec::new(),
            html: None,
            picture: None,
            columns: MarkdownTable::default(),
            labels: BTreeMap::new(),
            removed: BTreeMap::new(),
            is_refused: false,
        };
        for range in &muted {
            let tag: String = source.slice(builder.place(range)).trim_start_matches('<').to_owned();
            let name = tag.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
            let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
            let what = if is_tag { format!("<{}>", name.to_ascii_lowercase()) } else { format!("<{name}") };
            builder.tell(what, builder.place(range));
        }
        builder.muted = muted;
        builder
    }

    fn place(&self, range: &Range<usize>) -> Span {
        Span::new(range.clone()).shifted(self.start)
    }

    /// Takes in an event of the parser.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.is_refused || self.in_picture(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(words) => self.words(&words, &range),
            Event::Code(words) => self.code(&words, &range),
            Event::Html(html) => self.gather(&html, &range),
            Event::InlineHtml(html) => {
                let exact = *html == self.parsed[range.clone()];
                let mut laid = GatheredHtml::default();
                laid.push(&html, self.place(&range), exact);
                self.markup(&laid);
            }
            Event::FootnoteReference(label) => {
                self.phrase(self.place(&range));
                let label = self.label(&label);
                self.void(ArticleElement::new(ElementRole::Reference(label), "sup"), self.place(&range));
            }
            Event::SoftBreak => self.article.pieces.push(ArticlePiece::Break),
            Event::HardBreak => self.void(ArticleElement::new(ElementRole::Line, "br"), self.place(&range)),
            Event::Rule => {
                self.block();
                self.void(ArticleElement::new(ElementRole::Rule, "hr"), self.place(&range));
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let place = self.place(&range);
        let end = tag.to_end();
        match tag {
            Tag::Emphasis => self.line("em", end, place),
            Tag::Strong => self.line("strong", end, place),
            Tag::Strikethrough => self.line("del", end, place),
            Tag::Superscript => self.line("sup", end, place),
            Tag::Subscript => self.line("sub", end, place),
            Tag::Link { dest_url, title, .. } => {
                self.phrase(place);
                let link = ArticleElement::new(ElementRole::Link, "a").with("href", dest_url.into_string());
                let title = Some(title.into_string()).filter(|title| !title.is_empty());
                let link = title.into_iter().fold(link, |link, title| link.with("title", title));
                self.open(link, place, Maker::Markdown(end));
            }
            Tag::Image { dest_url, title, .. } => {
                self.phrase(place);
                let element =
                    ArticleElement::new(ElementRole::Picture, "img").with("src", dest_url.into_string());
                let title = Some(title.into_string()).filter(|title| !title.is_empty());
                let element = title.into_iter().fold(element, |picture, title| picture.with("title", title));
                self.picture = Some(OpenPicture { element, span: place, alt: String::new(), depth: 0 });
            }
            Tag::HtmlBlock => self.html = Some(GatheredHtml::default()),
            tag => self.start_block(tag, range),
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let place = self.place(&range);
        let end = tag.to_end();
        self.settle();
        if !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell) {
            self.block();
        }
        let element = match tag {
            Tag::Paragraph => {
                self.look_for_table(&range);
                let from = self.article.pieces.len();
                let maker = Maker::Paragraph(Some(place));
                self.stack.push(OpenElement {
                    role: ElementRole::Transparent,
                    name: String::new(),
                    maker,
                    from,
                });
                return;
            }
            Tag::Heading { level, .. } => ArticleElement::new(ElementRole::Heading(depth(level)), "h"),
            Tag::BlockQuote(kind) => ArticleElement::new(
                ElementRole::Quote(quotation(kind, self.source.slice(place))),
                "blockquote",
            ),
            Tag::CodeBlock(_) => ArticleElement::new(ElementRole::Code, "pre"),
            Tag::List(Some(first)) if first != 1 => {
                ArticleElement::new(ElementRole::List, "ol").with("start", first.to_string())
            }
            Tag::List(Some(_)) => ArticleElement::new(ElementRole::List, "ol"),
            Tag::List(None) => ArticleElement::new(ElementRole::List, "ul"),
            Tag::Item => ArticleElement::new(ElementRole::Item, "li"),
            Tag::FootnoteDefinition(label) => {
                ArticleElement::new(ElementRole::Note(self.label(&label)), "div")
            }
            Tag::DefinitionList => ArticleElement::new(ElementRole::Terms, "dl"),
            Tag::DefinitionListTitle => ArticleElement::new(ElementRole::Term, "dt"),
            Tag::DefinitionListDefinition => ArticleElement::new(ElementRole::Detail, "dd"),
            Tag::Table(alignment) => {
                self.columns = MarkdownTable { alignment, ..MarkdownTable::default() };
                ArticleElement::new(ElementRole::Table, "table")
            }
            Tag::TableHead => return self.start_head(place),
            Tag::TableRow => return self.start_row(range),
            Tag::TableCell => self.cell(),
            _ => ArticleElement::new(ElementRole::Transparent, ""),
        };
        self.open(element, place, Maker::Markdown(end));
    }

    fn start_head(&mut self, place: Span) {
        self.open(
            ArticleElement::new(ElementRole::Rows { head: true }, "thead"),
            place,
            Maker::Markdown(TagEnd::TableHead),
        );
        self.open(ArticleElement::new(ElementRole::Row, "tr"), place, Maker::Implied);
        self.columns.next = 0;
    }

    fn start_row(&mut self, range: Range<usize>) {
        let place = self.place(&range);
        if self.top() == Some(ElementRole::Table) {
            self.open(ArticleElement::new(ElementRole::Rows { head: false }, "tbody"), place, Maker::Implied);
        }
        self.open(ArticleElement::new(ElementRole::Row, "tr"), place, Maker::Markdown(TagEnd::TableRow));
        let fault = rows::fault(&self.parsed[range.clone()], self.columns.alignment.len());
        let complaint = fault.map(|fault| of_row(self.source, place, self.columns.alignment.len(), fault));
        self.article.diagnostics.extend(complaint);
        (self.columns.next, self.columns.row) = (0, range);
    }

    /// The next cell of a row of Markdown.
    fn cell(&mut self) -> ArticleElement<'a> {
        let alignment = self.columns.alignment.get(self.columns.next).copied().unwrap_or(Alignment::None);
        self.columns.next += 1;
        let head = self.stack.iter().rev().any(|entry| entry.role == ElementRole::Rows { head: true });
        let cell = ArticleElement::new(ElementRole::Cell { head }, if head { "th" } else { "td" });
        match alignment {
            Alignment::None => cell,
            Alignment::Left => cell.with("class", "start"),
            Alignment::Center => cell.with("class", "center"),
            Alignment::Right => cell.with("class", "end"),
        }
    }

    /// Adds what a row holds beyond the columns of its table, as it was typed.
    fn rest_of_row(&mut self) {
        let row = self.columns.row.clone();
        let cells = rows::cells(&self.parsed[row.clone()]);
        for cell in cells.into_iter().skip(self.columns.alignment.len()) {
            let range = row.start + cell.start..row.start + cell.end;
            let element = ArticleElement::new(ElementRole::Cell { head: false }, "td");
            self.open(element, self.place(&range), Maker::Implied);
            let parsed = self.parsed;
            self.words(&parsed[range.clone()], &range);
            self.pop();
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::HtmlBlock => {
                let laid = self.html.take().unwrap_or_default();
                self.markup(&laid);
                self.settle();
                self.end_line();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.end_markdown(tag)
            }
            TagEnd::Superscript | TagEnd::Subscript => self.end_markdown(tag),
            TagEnd::Paragraph => {
                self.settle();
                self.end_line();
                let scope = |entry: &OpenElement| matches!(entry.maker, Maker::Paragraph(_));
                if self.stack.last().is_some_and(scope) || self.has_scope() {
                    while self.stack.last().is_some_and(|entry| !scope(entry)) {
                        self.pop();
                    }
                    self.pop();
                }
            }
            TagEnd::TableRow => {
                self.settle();
                self.rest_of_row();
                self.end_markdown(tag);
            }
            tag => {
                self.settle();
                self.end_markdown(tag);
                let _ = range;
            }
        }
    }

    /// Whether a paragraph of Markdown is open in the innermost block of Markdown.
    fn has_scope(&self) -> bool {
        let found = self
            .stack
            .iter()
            .rev()
            .find(|entry| entry.is_bound() || matches!(entry.maker, Maker::Paragraph(_)));
        found.is_some_and(|entry| matches!(entry.maker, Maker::Paragraph(_)))
    }

    fn end_markdown(&mut self, end: TagEnd) {
        if let Some(at) = self.stack.iter().rposition(|entry| entry.maker == Maker::Markdown(end)) {
            while self.stack.len() > at {
                self.pop();
            }
        }
    }

    /// Begins words within a line.
    fn line(&mut self, name: &'static str, end: TagEnd, place: Span) {
        self.phrase(place);
        self.open(ArticleElement::new(ElementRole::Inline, name), place, Maker::Markdown(end));
    }

    fn code(&mut self, words: &str, range: &Range<usize>) {
        let place = self.place(range);
        self.phrase(place);
        self.open(ArticleElement::new(ElementRole::Inline, "code"), place, Maker::Implied);
        let inside =
            self.parsed[range.clone()].find(words).map(|at| range.start + at..range.start + at + words.len());
        let inside = inside.unwrap_or_else(|| range.clone());
        // What is shown as it is typed is shown with the marks that were not read.
        let muted = std::mem::take(&mut self.muted);
        self.words(words, &inside);
        self.muted = muted;
        self.pop();
    }

    /// Takes in words of the text that stand at `range`.
    fn words(&mut self, words: &str, range: &Range<usize>) {
        let in_code = self.top() == Some(ElementRole::Code);
        if words != &self.parsed[range.clone()] {
            self.push_words(CowStr::from(words.to_owned()), self.place(range));
            return;
        }
        let source = self.source;
        let mut at = range.start;
        let first = self.muted.partition_point(|muted| muted.end <= range.start);
        let muted: Vec<_> = self.muted[first..]
            .iter()
            .take_while(|muted| muted.start < range.end && !in_code)
            .cloned()
            .collect();
        for muted in muted {
            self.push_words(
                CowStr::Borrowed(source.slice(self.place(&(at..muted.start.max(at))))),
                self.place(&(at..muted.start.max(at))),
            );
            at = muted.end.min(range.end);
        }
        let rest = self.place(&(at..range.end));
        self.push_words(CowStr::Borrowed(source.slice(rest)), rest);
    }

    /// Adds words, without characters that no page should hold.
    fn push_words(&mut self, words: CowStr<'a>, place: Span) {
        let (words, place) = self.unindented(words, place);
        if words.is_empty() || (words.trim().is_empty() && !self.in_line()) {
            return;
        }
        self.phrase(place);
        if !scan::has(words.as_bytes(), may_be_control) {
            self.article.pieces.push(ArticlePiece::Text(words, place));
            return;
        }
        let exact = self.source.slice(place) == &*words;
        let mut at = 0;
        for part in words.split_inclusive(is_control) {
            let kept = part.trim_end_matches(is_control);
            let part_of = Span::new(at..at + kept.len()).shifted(place.start as usize);
            if !kept.is_empty() {
                let place = if exact { part_of } else { place };
                self.article.pieces.push(ArticlePiece::Text(CowStr::from(kept.to_owned()), place));
            }
            at += part.len();
        }
    }

    /// Words without the white space that they begin a line with: `　　` indents a paragraph in
    /// print and is no part of it.
    fn unindented(&self, words: CowStr<'a>, place: Span) -> (CowStr<'a>, Span) {
        let indent = words.len() - words.trim_start().len();
        if indent == 0 || !self.begins_line() {
            return (words, place);
        }
        let exact = self.source.slice(place) == &*words;
        let start = if exact { place.start + indent as u32 } else { place.start };
        let rest = match words {
            CowStr::Borrowed(words) => CowStr::Borrowed(&words[indent..]),
            words => CowStr::from(words[indent..].to_owned()),
        };
        (rest, Span { start, ..place })
    }

    /// Whether words that come now begin a line of a paragraph, a heading or an item.
    fn begins_line(&self) -> bool {
        let shown = |entry: &OpenElement| matches!(entry.role, ElementRole::Code | ElementRole::Cell { .. });
        let inline = |piece: &&ArticlePiece<'_>| matches!(piece, ArticlePiece::Open(element, _) if element.role.is_inline());
        let before = self.article.pieces.iter().rev().find(|piece| !inline(piece));
        let begins = match before {
            None | Some(ArticlePiece::Break) => true,
            Some(ArticlePiece::Open(element, _)) => !element.role.is_inline(),
            Some(ArticlePiece::Void(element, _)) => element.role == ElementRole::Line,
            Some(ArticlePiece::Close | ArticlePiece::Text(..)) => false,
        };
        (begins || !self.in_line()) && !self.stack.iter().any(shown)
    }

    fn gather(&mut self, html: &str, range: &Range<usize>) {
        let exact = html == &self.parsed[range.clone()];
        let place = self.place(range);
        self.html.get_or_insert_default().push(html, place, exact);
    }

    /// Whether an event belongs to a picture: its text is what stands in the picture's place.
    fn in_picture(&mut self, event: &Event<'_>) -> bool {
        let Some(picture) = &mut self.picture else {
            return false;
        };
        match event {
            Event::Start(Tag::Image { .. }) => picture.depth += 1,
            Event::End(TagEnd::Image) if picture.depth == 0 => {
                if let Some(OpenPicture { element, span, alt, .. }) = self.picture.take() {
                    let alt: String = alt.chars().filter(|c| !is_control(*c)).collect();
                    self.void(element.with("alt", alt), span);
                }
            }
            Event::End(TagEnd::Image) => picture.depth -= 1,
            Event::Text(words) | Event::Code(words) => picture.alt.push_str(words),
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
        true
    }

    /// The number of a footnote's label.
    fn label(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.labels.len()).unwrap_or(u32::MAX);
        *self.labels.entry(label.to_owned()).or_insert(next)
    }

    /// Complains of a paragraph that its author meant to be a table.
    fn look_for_table(&mut self, range: &Range<usize>) {
        let paragraph = &self.parsed[range.clone()];
        if !paragraph.contains("--") {
            return;
        }
        if let Some((at, head, ruler)) = rows::no_table(paragraph) {
            let place = self.place(&(range.start + at.start..range.start + at.end));
            self.article.diagnostics.push(no_table(self.source, place, head, ruler));
        }
    }

    /// Ends the article.
    pub(super) fn finish(mut self) -> Article<'a> {
        self.settle();
        while !self.stack.is_empty() {
            self.pop();
        }
        self.count_notes();
        for (what, mut places) in std::mem::take(&mut self.removed) {
            places.sort_unstable();
            self.article.diagnostics.push(of_removed(self.source, &what, &places));
        }
        self.article.diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        self.article
    }

    /// Counts how often the text refers to each note.
    fn count_notes(&mut self) {
        let mut notes: Vec<Footnote> = self.labels.iter().map(|_| Footnote::default()).collect();
        for piece in &self.article.pieces {
            if let ArticlePiece::Void(ArticleElement { role: ElementRole::Reference(label), .. }, _) = piece {
                notes[*label as usize].references += 1;
            }
        }
        self.article.notes = notes;
    }
}

/// Whether these bytes may be a control character, as they are in hardly any text.
fn may_be_control([one, two, three]: [u8; 3]) -> bool {
    let is_ascii = (one < 0x20) & (one != b'\n') & (one != b'\t');
    is_ascii
        | (one == 0x7f)
        | ((one == 0xc2) & (two < 0xa0))
        | ((one == 0xef) & (two == 0xbf) & (three >= 0xbe))
}

/// Characters that no page should hold.
fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn quotation(kind: Option<BlockQuoteKind>, markdown: &str) -> Quotation {
    match (kind, is_note(kind, markdown)) {
        (Some(_), true) => Quotation::Marked,
        (None, true) => Quotation::Note,
        (_, false) => Quotation::Plain,
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
