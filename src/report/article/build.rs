//! Builds an article from the events of the parser: Markdown as it is, and the author's own HTML
//! element by element, so that every element closes where it must and none stands where a browser
//! would not leave it.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::elements::{self, Element, Quotation, Role};
use super::limits::{self, DEEPEST};
use super::rows;
use super::runs::Runs;
use super::tokens::{self, Token, reference};
use super::{Article, Footnote, Piece};
use crate::diag::{Diagnostic, Words};
use crate::report::body::{Target, address, is_note};
use crate::source::{Source, Span};

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

/// An element that is open.
struct OpenElement {
    role: Role,
    /// What its author calls it.
    name: String,
    maker: Maker,
    /// How many pieces there were before it.
    from: usize,
}

/// A piece of an author's HTML that is being gathered: its lines, without marks of quotations.
#[derive(Default)]
struct Laid {
    html: String,
    runs: Runs,
    whole: Option<Span>,
}

impl Laid {
    fn push(&mut self, html: &str, span: Span, exact: bool) {
        if exact {
            self.runs.push(self.html.len(), span);
        }
        self.html.push_str(html);
        let start = self.whole.map_or(span.start, |whole| whole.start);
        self.whole = Some(Span { start, end: span.end });
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.runs.span(range).or(self.whole).unwrap_or_default()
    }
}

/// A picture whose words in its place are being read.
struct Picture<'a> {
    element: Element<'a>,
    span: Span,
    alt: String,
    depth: usize,
}

/// A table of Markdown that is being read.
#[derive(Default)]
struct Columns {
    alignment: Vec<Alignment>,
    next: usize,
    row: Range<usize>,
}

/// An article that is being built.
pub(super) struct Builder<'a, 'p> {
    source: &'a Source,
    start: usize,
    parsed: &'p str,
    muted: Vec<Range<usize>>,
    article: Article<'a>,
    stack: Vec<OpenElement>,
    html: Option<Laid>,
    picture: Option<Picture<'a>>,
    columns: Columns,
    labels: BTreeMap<String, u32>,
    removed: BTreeMap<String, Vec<Span>>,
    is_refused: bool,
}

impl<'a, 'p> Builder<'a, 'p> {
    /// A builder for the text of `source` that begins at the span, and as it was parsed.
    pub(super) fn new(source: &'a Source, text: (Span, &'p str), muted: Vec<Range<usize>>) -> Self {
        let (span, parsed) = text;
        let mut builder = Self {
            source,
            start: span.start as usize,
            parsed,
            muted: Vec::new(),
            article: Article::default(),
            stack: Vec::new(),
            html: None,
            picture: None,
            columns: Columns::default(),
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
                let mut laid = Laid::default();
                laid.push(&html, self.place(&range), exact);
                self.markup(&laid);
            }
            Event::FootnoteReference(label) => {
                self.phrase(self.place(&range));
                let label = self.label(&label);
                self.void(Element::new(Role::Reference(label), "sup"), self.place(&range));
            }
            Event::SoftBreak => self.article.pieces.push(Piece::Break),
            Event::HardBreak => self.void(Element::new(Role::Line, "br"), self.place(&range)),
            Event::Rule => {
                self.block();
                self.void(Element::new(Role::Rule, "hr"), self.place(&range));
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
                let link = Element::new(Role::Link, "a").with("href", dest_url.into_string());
                let title = Some(title.into_string()).filter(|title| !title.is_empty());
                let link = title.into_iter().fold(link, |link, title| link.with("title", title));
                self.open(link, place, Maker::Markdown(end));
            }
            Tag::Image { dest_url, title, .. } => {
                self.phrase(place);
                let element = Element::new(Role::Picture, "img").with("src", dest_url.into_string());
                let title = Some(title.into_string()).filter(|title| !title.is_empty());
                let element = title.into_iter().fold(element, |picture, title| picture.with("title", title));
                self.picture = Some(Picture { element, span: place, alt: String::new(), depth: 0 });
            }
            Tag::HtmlBlock => self.html = Some(Laid::default()),
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
                self.stack.push(OpenElement { role: Role::Transparent, name: String::new(), maker, from });
                return;
            }
            Tag::Heading { level, .. } => Element::new(Role::Heading(depth(level)), "h"),
            Tag::BlockQuote(kind) => {
                Element::new(Role::Quote(quotation(kind, self.source.slice(place))), "blockquote")
            }
            Tag::CodeBlock(_) => Element::new(Role::Code, "pre"),
            Tag::List(Some(first)) if first != 1 => {
                Element::new(Role::List, "ol").with("start", first.to_string())
            }
            Tag::List(Some(_)) => Element::new(Role::List, "ol"),
            Tag::List(None) => Element::new(Role::List, "ul"),
            Tag::Item => Element::new(Role::Item, "li"),
            Tag::FootnoteDefinition(label) => Element::new(Role::Note(self.label(&label)), "div"),
            Tag::DefinitionList => Element::new(Role::Terms, "dl"),
            Tag::DefinitionListTitle => Element::new(Role::Term, "dt"),
            Tag::DefinitionListDefinition => Element::new(Role::Detail, "dd"),
            Tag::Table(alignment) => {
                self.columns = Columns { alignment, ..Columns::default() };
                Element::new(Role::Table, "table")
            }
            Tag::TableHead => return self.start_head(place),
            Tag::TableRow => return self.start_row(range),
            Tag::TableCell => self.cell(),
            _ => Element::new(Role::Transparent, ""),
        };
        self.open(element, place, Maker::Markdown(end));
    }

    fn start_head(&mut self, place: Span) {
        self.open(
            Element::new(Role::Rows { head: true }, "thead"),
            place,
            Maker::Markdown(TagEnd::TableHead),
        );
        self.open(Element::new(Role::Row, "tr"), place, Maker::Implied);
        self.columns.next = 0;
    }

    fn start_row(&mut self, range: Range<usize>) {
        let place = self.place(&range);
        if self.top() == Some(Role::Table) {
            self.open(Element::new(Role::Rows { head: false }, "tbody"), place, Maker::Implied);
        }
        self.open(Element::new(Role::Row, "tr"), place, Maker::Markdown(TagEnd::TableRow));
        let fault = rows::fault(&self.parsed[range.clone()], self.columns.alignment.len());
        let complaint = fault.map(|fault| of_row(self.source, (place, self.columns.alignment.len()), fault));
        self.article.diagnostics.extend(complaint);
        (self.columns.next, self.columns.row) = (0, range);
    }

    /// The next cell of a row of Markdown.
    fn cell(&mut self) -> Element<'a> {
        let alignment = self.columns.alignment.get(self.columns.next).copied().unwrap_or(Alignment::None);
        self.columns.next += 1;
        let head = self.stack.iter().rev().any(|entry| entry.role == Role::Rows { head: true });
        let cell = Element::new(Role::Cell { head }, if head { "th" } else { "td" });
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
            let element = Element::new(Role::Cell { head: false }, "td");
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
            .find(|entry| is_bound(entry) || matches!(entry.maker, Maker::Paragraph(_)));
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
        self.open(Element::new(Role::Inline, name), place, Maker::Markdown(end));
    }

    fn code(&mut self, words: &str, range: &Range<usize>) {
        let place = self.place(range);
        self.phrase(place);
        self.open(Element::new(Role::Inline, "code"), place, Maker::Implied);
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
        let in_code = self.top() == Some(Role::Code);
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
        if !words.contains(is_control) {
            self.article.pieces.push(Piece::Text(words, place));
            return;
        }
        let exact = self.source.slice(place) == &*words;
        let mut at = 0;
        for part in words.split_inclusive(is_control) {
            let kept = part.trim_end_matches(is_control);
            let part_of = Span::new(at..at + kept.len()).shifted(place.start as usize);
            if !kept.is_empty() {
                let place = if exact { part_of } else { place };
                self.article.pieces.push(Piece::Text(CowStr::from(kept.to_owned()), place));
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
        let shown = |entry: &OpenElement| matches!(entry.role, Role::Code | Role::Cell { .. });
        let inline =
            |piece: &&Piece<'_>| matches!(piece, Piece::Open(element, _) if element.role.is_inline());
        let before = self.article.pieces.iter().rev().find(|piece| !inline(piece));
        let begins = match before {
            None | Some(Piece::Break) => true,
            Some(Piece::Open(element, _)) => !element.role.is_inline(),
            Some(Piece::Void(element, _)) => element.role == Role::Line,
            Some(Piece::Close | Piece::Text(..)) => false,
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
                if let Some(Picture { element, span, alt, .. }) = self.picture.take() {
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
            if let Piece::Void(Element { role: Role::Reference(label), .. }, _) = piece {
                notes[*label as usize].references += 1;
            }
        }
        self.article.notes = notes;
    }
}

/// The elements that are open.
impl<'a> Builder<'a, '_> {
    /// The innermost element that says what may stand here.
    fn top(&self) -> Option<Role> {
        let says = |entry: &&OpenElement| !matches!(entry.maker, Maker::Unseen { .. });
        self.stack.iter().rev().find(says).map(|entry| entry.role)
    }

    /// Whether a line of text is open.
    fn in_line(&self) -> bool {
        self.top().is_some_and(|role| {
            role.is_phrase() || matches!(role, Role::Code | Role::Item | Role::Cell { .. })
        })
    }

    fn open(&mut self, element: Element<'a>, place: Span, maker: Maker) {
        self.open_as(element, place, (maker, String::new()));
    }

    fn open_as(&mut self, element: Element<'a>, place: Span, by: (Maker, String)) {
        let (maker, name) = by;
        if self.stack.len() >= DEEPEST {
            if !self.is_refused {
                self.article.diagnostics.push(limits::complain_of_depth(self.source, place));
            }
            self.is_refused = true;
            return;
        }
        self.stack.push(OpenElement { role: element.role, name, maker, from: self.article.pieces.len() });
        self.article.pieces.push(Piece::Open(element, place));
    }

    fn void(&mut self, element: Element<'a>, place: Span) {
        self.article.pieces.push(Piece::Void(element, place));
    }

    /// Ends the innermost element. One that holds nothing was none, if nobody would see it.
    fn pop(&mut self) {
        let Some(entry) = self.stack.pop() else {
            return;
        };
        match entry.maker {
            Maker::Paragraph(_) => {}
            Maker::Unseen { span, .. } => self.tell(format!("<{}>", entry.name), span),
            _ if self.article.pieces.len() == entry.from + 1 && is_vain(entry.role) => {
                self.article.pieces.pop();
            }
            _ => self.article.pieces.push(Piece::Close),
        }
    }

    /// What came behind a tag that takes its content along, and that has no end: it stays.
    fn settle(&mut self) {
        for at in (0..self.stack.len()).rev() {
            if let Maker::Unseen { span, .. } = self.stack[at].maker {
                let entry = self.stack.remove(at);
                self.tell(format!("<{}>", entry.name), span);
            }
        }
    }

    /// Makes room for a block: ends the line that is open, and opens a cell where only cells may
    /// stand. Whether there is room.
    fn block(&mut self) -> bool {
        self.end_line();
        if self.top().is_some_and(Role::is_phrase) {
            return false;
        }
        self.flow();
        true
    }

    /// Ends what is open of a line of text.
    fn end_line(&mut self) {
        let ends = |entry: &OpenElement| match entry.maker {
            Maker::Unseen { .. } | Maker::Paragraph(_) => false,
            Maker::Markdown(_) => entry.role.is_inline(),
            Maker::Author | Maker::Implied => entry.role.is_phrase(),
        };
        while self.stack.last().is_some_and(ends) {
            self.pop();
        }
    }

    /// Opens a cell where only rows or cells may stand.
    fn flow(&mut self) {
        let place = Span::default();
        if matches!(self.top(), Some(Role::Table | Role::Rows { .. })) {
            self.open(Element::new(Role::Row, "tr"), place, Maker::Implied);
        }
        if self.top() == Some(Role::Row) {
            self.open(Element::new(Role::Cell { head: false }, "td"), place, Maker::Implied);
        }
    }

    /// Makes room for words: where only blocks may stand, they are a paragraph.
    fn phrase(&mut self, place: Span) {
        self.flow();
        let scope = self.stack.iter_mut().rev().find(|entry| !matches!(entry.maker, Maker::Unseen { .. }));
        let place = match scope {
            None => place,
            Some(OpenElement { maker: Maker::Paragraph(own), .. }) => own.take().unwrap_or(place),
            Some(OpenElement { role: Role::Quote(_) | Role::Note(_), maker: Maker::Markdown(_), .. }) => {
                place
            }
            Some(_) => return,
        };
        self.open(Element::new(Role::Paragraph, "p"), place, Maker::Implied);
    }
}

/// The author's own HTML.
impl<'a> Builder<'a, '_> {
    fn markup(&mut self, laid: &Laid) {
        for token in tokens::tokens(&laid.html) {
            if self.is_refused {
                return;
            }
            match token {
                Token::Text(range) => self.text(laid, range),
                Token::Open(tag) => self.open_tag(laid, &tag),
                Token::Close(name, end) => self.close_tag(&name, laid.span(&(end - 1..end)).end),
                Token::Unseen(range) => {
                    // A comment is meant to be seen by nobody.
                    if !laid.html[range.clone()].starts_with("<!--") {
                        let what: String = laid.html[range.clone()].chars().take(2).collect();
                        self.tell(what, laid.span(&range));
                    }
                }
            }
        }
    }

    /// Takes in text that stands between tags, line by line.
    fn text(&mut self, laid: &Laid, range: Range<usize>) {
        let in_code = self.stack.iter().any(|entry| entry.role == Role::Code);
        let mut at = range.start;
        let lines: Vec<&str> = laid.html[range.clone()].split_inclusive('\n').collect();
        for line in lines {
            // What stands around a line end is no text.
            let begins = at > range.start && !in_code;
            let words = if begins { line.trim_start() } else { line };
            let start = at + line.len() - words.len();
            let ends = words.ends_with('\n') && !in_code;
            let words = if ends { words.trim_end() } else { words };
            self.references(laid, start..start + words.len());
            at += line.len();
            if ends || (begins && words.is_empty()) {
                self.article.pieces.push(Piece::Break);
            }
        }
    }

    /// Takes in text with references to characters in it.
    fn references(&mut self, laid: &Laid, range: Range<usize>) {
        let source = self.source;
        let mut at = range.start;
        let words = &laid.html[..range.end];
        while at < range.end {
            let next = words[at..].find('&').map_or(range.end, |found| at + found);
            let place = laid.span(&(at..next));
            let run = &words[at..next];
            let run = if source.slice(place) == run {
                CowStr::Borrowed(source.slice(place))
            } else {
                CowStr::from(run.to_owned())
            };
            self.push_words(run, place);
            if next == range.end {
                return;
            }
            let (character, length) = reference(&words[next..]).unwrap_or_else(|| ("&".to_owned(), 1));
            self.push_words(CowStr::from(character), laid.span(&(next..next + length)));
            at = next + length;
        }
    }

    fn open_tag(&mut self, laid: &Laid, tag: &tokens::Tag<'_>) {
        let place = laid.span(&tag.range);
        let Some(known) = elements::find(&tag.name) else {
            self.open_unknown(tag, place);
            return;
        };
        let (element, gone) = known.element(&laid.html, tag);
        for name in gone {
            self.tell(name, place);
        }
        match known.role() {
            Role::Transparent => {}
            Role::Line => {
                self.phrase(place);
                self.void(element, place);
            }
            Role::Rule => {
                if self.block() {
                    self.void(element, place);
                }
            }
            Role::Picture => self.picture(laid, tag, element),
            Role::Link => self.link(laid, tag, element),
            Role::Inline => {
                if matches!(&*tag.name, "rt" | "rp")
                    && self.stack.last().is_some_and(|entry| matches!(&*entry.name, "rt" | "rp"))
                {
                    self.pop();
                }
                self.phrase(place);
                self.open_as(element, place, (Maker::Author, tag.name.clone()));
            }
            role => {
                if self.makes_room(role) {
                    self.open_as(element, place, (Maker::Author, tag.name.clone()));
                } else {
                    self.article.pieces.push(Piece::Break);
                }
            }
        }
    }

    /// Ends what a browser ends where a block of the author's begins. Whether it may begin.
    fn makes_room(&mut self, role: Role) -> bool {
        use Role::{Caption, Cell, Detail, Heading, Item, List, Row, Rows, Table, Term, Terms};
        let bound = self.stack.iter().rposition(is_bound).map_or(0, |at| at + 1);
        let last = |is: &dyn Fn(Role) -> bool| {
            self.stack[bound..]
                .iter()
                .rposition(|entry| entry.maker == Maker::Author && is(entry.role))
                .map(|at| at + bound)
        };
        let table = last(&|role| role == Table);
        let within = |found: Option<usize>| found.filter(|at| table.is_none_or(|table| *at > table));
        let keep = match role {
            Row => within(last(&|role| matches!(role, Rows { .. }))).or(table).map(|at| at + 1),
            Cell { .. } => {
                let row =
                    self.stack[bound..].iter().rposition(|entry| entry.role == Row).map(|at| at + bound);
                within(row).or(within(last(&|role| matches!(role, Rows { .. })))).or(table).map(|at| at + 1)
            }
            Rows { .. } | Caption => table.map(|at| at + 1),
            Item => self.keep_in_list(bound, List, &[Item]),
            Term | Detail => self.keep_in_list(bound, Terms, &[Term, Detail]),
            _ => {
                let room = self.block();
                return room
                    && !(matches!(role, Heading(_))
                        && self.top().is_some_and(|role| matches!(role, Heading(_))));
            }
        };
        let Some(keep) = keep else {
            return false;
        };
        while self.stack.len() > keep {
            self.pop();
        }
        if matches!(role, Cell { .. }) && self.top() != Some(Row) {
            self.open(Element::new(Row, "tr"), Span::default(), Maker::Implied);
        }
        true
    }

    /// How much of the stack stays where an item of a list begins: up to its list.
    fn keep_in_list(&self, bound: usize, list: Role, items: &[Role]) -> Option<usize> {
        let is_end = |entry: &OpenElement| {
            entry.role == list
                || items.contains(&entry.role)
                || matches!(entry.role, Role::Cell { .. } | Role::Table)
        };
        let at = self.stack[bound..].iter().rposition(is_end)? + bound;
        match self.stack[at].role {
            role if role == list => Some(at + 1),
            role if items.contains(&role) => Some(at),
            _ => None,
        }
    }

    fn open_unknown(&mut self, tag: &tokens::Tag<'_>, place: Span) {
        if !elements::UNSEEN.contains(&&*tag.name) {
            self.tell(format!("<{}>", tag.name), place);
            if elements::PARTING.contains(&&*tag.name) {
                self.article.pieces.push(Piece::Break);
            }
            return;
        }
        // The one before has no end of its own.
        let same =
            |entry: &OpenElement| matches!(entry.maker, Maker::Unseen { .. }) && entry.name == tag.name;
        if let Some(at) = self.stack.iter().rposition(same) {
            let entry = self.stack.remove(at);
            if let Maker::Unseen { span, .. } = entry.maker {
                self.tell(format!("<{}>", tag.name), span);
            }
        }
        let maker = Maker::Unseen { diagnostics: self.article.diagnostics.len(), span: place };
        let from = self.article.pieces.len();
        self.stack.push(OpenElement { role: Role::Transparent, name: tag.name.clone(), maker, from });
    }

    fn close_tag(&mut self, name: &str, end: u32) {
        for at in (0..self.stack.len()).rev() {
            let entry = &self.stack[at];
            match entry.maker {
                Maker::Unseen { diagnostics, span } => {
                    if entry.name == name {
                        self.article.pieces.truncate(entry.from);
                        self.article.diagnostics.truncate(diagnostics);
                        self.stack.truncate(at);
                        self.tell(format!("<{name}>"), Span { start: span.start, end: end.max(span.end) });
                    }
                    return;
                }
                Maker::Author if entry.name == name => {
                    while self.stack.len() > at {
                        self.pop();
                    }
                    return;
                }
                _ if is_bound(entry) => return,
                _ => {}
            }
        }
    }

    fn link(&mut self, laid: &Laid, tag: &tokens::Tag<'_>, element: Element<'a>) {
        if self.stack.iter().any(|entry| entry.role == Role::Link) {
            return;
        }
        let place = laid.span(&tag.range);
        let href = tag.attribute("href");
        let to = element.attribute("href").map(|href| address(href, self.source.path()));
        let element = match to {
            Some(Target::Forbidden) => {
                let href = element.attribute("href").unwrap_or_default();
                let what = href.split_once(':').map_or(href, |(scheme, _)| &href[..=scheme.len()]);
                let what: String = what.chars().take(20).collect();
                self.tell(what, place);
                Element::new(Role::Inline, "span")
            }
            Some(_) => element,
            None => Element::new(Role::Inline, "span"),
        };
        let place = match element.role {
            Role::Link => href.map_or(place, |href| laid.span(&href)),
            _ => place,
        };
        self.phrase(place);
        self.open_as(element, place, (Maker::Author, tag.name.clone()));
    }

    fn picture(&mut self, laid: &Laid, tag: &tokens::Tag<'_>, element: Element<'a>) {
        let place = laid.span(&tag.range);
        let to = element.attribute("src").map(|src| address(src, self.source.path()));
        match to {
            Some(Target::File(_) | Target::Inside { .. } | Target::Escaping) => {
                self.phrase(place);
                let place = tag.attribute("src").map_or(place, |src| laid.span(&src));
                let element =
                    if element.attribute("alt").is_some() { element } else { element.with("alt", "") };
                self.void(element, place);
            }
            _ => self.tell("<img>".into(), place),
        }
    }

    /// Notes that something of the author's HTML is not published.
    fn tell(&mut self, what: String, span: Span) {
        self.removed.entry(what).or_default().push(span);
    }

    /// Complains of a paragraph that its author meant to be a table.
    fn look_for_table(&mut self, range: &Range<usize>) {
        let paragraph = &self.parsed[range.clone()];
        if !paragraph.contains("--") {
            return;
        }
        if let Some((at, head, ruler)) = rows::no_table(paragraph) {
            let place = self.place(&(range.start + at.start..range.start + at.end));
            self.article.diagnostics.push(no_table(self.source, place, (head, ruler)));
        }
    }
}

/// Whether nobody sees an element that holds nothing.
fn is_vain(role: Role) -> bool {
    matches!(role, Role::Inline | Role::Paragraph)
}

/// Whether an author's tag cannot reach beyond an element.
fn is_bound(entry: &OpenElement) -> bool {
    matches!(entry.maker, Maker::Markdown(_)) && !entry.role.is_inline()
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

/// The warning that something of an author's HTML is not published.
fn of_removed(source: &Source, what: &str, places: &[Span]) -> Diagnostic {
    let words = match places.len() {
        1 => Words::new(
            format!("HTML 中的 `{what}` 不会发布"),
            format!("`{what}` in this HTML is not published"),
        ),
        count => Words::new(
            format!("HTML 中的 `{what}` 不会发布，共 {count} 处"),
            format!("`{what}` in this HTML is not published, places: {count}"),
        ),
    };
    Diagnostic::warning("html/removed", source.path(), words).at_all(places).help(
        "报告里只保留文字、表格和图片；样式由主题决定",
        "a report keeps its text, tables and pictures; the theme decides how they look",
    )
}

/// The warning about a row of a table.
fn of_row(source: &Source, row: (Span, usize), fault: rows::RowFault) -> Diagnostic {
    let (place, columns) = row;
    let (code, words, help) = match fault {
        rows::RowFault::Long { cells } => (
            "table/cells",
            Words::new(
                format!("这一行有 {cells} 格，表头只有 {columns} 格"),
                format!("this row has {cells} cells, and the head of the table has {columns}"),
            ),
            (
                "补齐表头，或删去多出的 `|`；文字里的 `|` 写成 `\\|`",
                "complete the head, or remove the `|` that are too many; in text, write `\\|`",
            ),
        ),
        rows::RowFault::InCode => (
            "table/cells",
            Words::new("表格里，代码中的 `|` 也会分格", "in a table, a `|` in code parts cells as well"),
            ("写成 `\\|`", "write it as `\\|`"),
        ),
        rows::RowFault::Doubled => (
            "table/cells",
            Words::new("`||` 之间是一个空格子", "between `||` there is an empty cell"),
            (
                "确为空格子的，写成 `| |`；否则删去一个 `|`",
                "write `| |` if it is meant to be empty; otherwise remove one `|`",
            ),
        ),
        rows::RowFault::NoRow => (
            "table/paragraph",
            Words::new(
                "这一行紧接在表格下面，成了表格的一行",
                "this line stands right below a table and has become a row of it",
            ),
            ("在它前面空一行", "put an empty line before it"),
        ),
    };
    Diagnostic::warning(code, source.path(), words).at(place).help(help.0, help.1)
}

/// The warning about a table that is none.
fn no_table(source: &Source, place: Span, columns: (usize, usize)) -> Diagnostic {
    let (head, ruler) = columns;
    let words = match head == ruler {
        true => Words::new("这里没有成为表格", "this has not become a table"),
        false => Words::new(
            format!("表头有 {head} 格，下面一行有 {ruler} 格，所以没有成为表格"),
            format!("the head has {head} cells and the line below it {ruler}, so this is no table"),
        ),
    };
    Diagnostic::warning("table/head", source.path(), words).at(place).help(
        "表头与 `|---|` 一行的格数要相同，表格前面空一行",
        "give the head and the line `|---|` as many cells, and put an empty line before the table",
    )
}
