//! One walk over the Markdown: headings and run-in heads, passages of plain text with their
//! places, and links.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::links::{self, Link, Target};
use super::note::is_note;
use super::{Map, Runs};
use crate::diag::Diagnostic;
use crate::han::ordinal::{self, Printed};
use crate::report::clean;
use crate::report::evidence::Passage;
use crate::report::tags::tags;
use crate::source::{Source, Span};

/// What the program understands of Markdown beyond CommonMark.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// A heading, or a paragraph that begins with a printed ordinal.
#[derive(Debug)]
pub(super) struct Head {
    /// Its Markdown level; `None` for a paragraph.
    pub(super) level: Option<u8>,
    /// Its whole text.
    pub(super) text: String,
    /// Its printed ordinal.
    pub(super) printed: Option<Printed>,
    /// Where it stands, the whole heading or paragraph.
    pub(super) span: Span,
    /// Where its first words stand: the ordinal, for complaints.
    pub(super) start: Span,
    /// Where, in the source, the head of a paragraph ends; `None` if all of it is head.
    pub(super) head_end: Option<u32>,
}

#[derive(Default)]
pub(super) struct Walked {
    pub(super) heads: Vec<Head>,
    pub(super) passages: Vec<Passage>,
    pub(super) maps: Vec<Map>,
    pub(super) links: Vec<Link>,
    /// Ordinals at the start of a line within a paragraph, which make no sections.
    pub(super) hidden: Vec<Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Plain text being gathered from inline events.
#[derive(Default)]
struct Inline {
    text: String,
    runs: Runs,
    broken: bool,
}

impl Inline {
    fn push(&mut self, text: &str, source: &Source, span: Span) {
        if std::mem::take(&mut self.broken) && !joins(&self.text, text) {
            self.text.push(' ');
        }
        let at = self.text.len();
        self.text.push_str(text);
        if source.slice(span) == text {
            self.runs.push(at, span);
        }
    }
}

/// Whether a line break between the two is no space: both sides are Han or its punctuation.
pub(crate) fn joins(before: &str, after: &str) -> bool {
    let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}' || ('\u{2014}'..='\u{201d}').contains(&c));
    wide(before.chars().next_back()) && wide(after.chars().next())
}

struct Walk<'a> {
    source: &'a Source,
    out: Walked,
    inline: Option<Inline>,
    block: Option<(Option<u8>, Span)>,
    containers: usize,
    /// The quotations that are open, and whether each is a note of the editor.
    quotations: Vec<bool>,
    table: Option<Table>,
}

#[derive(Default)]
struct Table {
    header: Vec<Inline>,
    rows: Vec<Vec<Inline>>,
    in_header: bool,
}

/// Walks over the Markdown at `span`.
pub(super) fn walk(source: &Source, span: Span) -> Walked {
    let text = source.slice(span);
    let mut walk = Walk {
        source,
        out: Walked::default(),
        inline: None,
        block: None,
        containers: 0,
        quotations: Vec::new(),
        table: None,
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        walk.event(event, Span::new(range).shifted(span.start as usize));
    }
    walk.flush();
    walk.out
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text, span),
            Event::SoftBreak | Event::HardBreak => {
                if let Some(inline) = &mut self.inline {
                    inline.broken = true;
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw_links(&html, span);
                self.out.diagnostics.extend(clean::removed(self.source, &html, span));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let source = self.source;
        let hidden = self.hidden(text, span);
        self.out.hidden.extend(hidden);
        self.inline.get_or_insert_default().push(text, source, span);
    }

    /// A line inside a paragraph that begins with an ordinal was meant to be a section. Text
    /// that is pasted without empty lines is full of them.
    fn hidden(&self, text: &str, span: Span) -> Option<Span> {
        let broken = self.inline.as_ref().is_some_and(|inline| inline.broken);
        let paragraph = matches!(self.block, Some((None, _)));
        let printed = (broken && paragraph).then(|| ordinal::read(text))??;
        // Code stands between marks of its own.
        let start = span.start as usize + self.source.slice(span).find(&text[..printed.len])?;
        Some(Span::new(start..start + printed.len))
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.open(Some(depth(*level)), span),
            Tag::Paragraph => self.open(None, span),
            Tag::Table(_) => {
                self.flush();
                self.containers += 1;
                self.table = Some(Table::default());
            }
            Tag::TableHead => self.with_table(|table| table.in_header = true),
            Tag::TableRow => self.with_table(|table| table.rows.push(Vec::new())),
            Tag::TableCell => self.inline = Some(Inline::default()),
            Tag::Link { dest_url, .. } => self.link(dest_url, span, false),
            Tag::Image { dest_url, .. } => self.link(dest_url, span, true),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => {
                self.flush();
                self.containers += 1;
                if let Tag::BlockQuote(kind) = tag {
                    self.quotations.push(is_note(*kind, self.source.slice(span)));
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph => self.flush(),
            TagEnd::TableHead => self.with_table(|table| table.in_header = false),
            TagEnd::TableCell => self.cell(),
            TagEnd::Table => {
                self.containers -= 1;
                self.finish_table();
            }
            TagEnd::TableRow
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            _ => {
                self.flush();
                self.containers -= 1;
                if matches!(tag, TagEnd::BlockQuote(_)) {
                    self.quotations.pop();
                }
            }
        }
    }

    fn open(&mut self, level: Option<u8>, span: Span) {
        self.flush();
        // A heading inside a quotation or a list is a part of that, and no section.
        if self.containers == 0 {
            self.block = Some((level, span));
        }
        self.inline = Some(Inline::default());
    }

    fn link(&mut self, target: &CowStr<'_>, span: Span, image: bool) {
        self.out.links.push(Link {
            target: links::address(target, self.source.path()),
            text: target.to_string(),
            span,
            image,
        });
    }

    /// The links of an author's own HTML that stay when it is cleaned.
    fn raw_links(&mut self, html: &str, span: Span) {
        for tag in tags(html).iter().filter(|tag| !tag.closes) {
            let Some(address) = tag.address() else {
                continue;
            };
            let place = Span::new(address.clone()).shifted(span.start as usize);
            match links::address(&html[address.clone()], self.source.path()) {
                Target::Outside | Target::Forbidden => {}
                _ => self.link(&CowStr::Borrowed(&html[address]), place, tag.name == "img"),
            }
        }
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = &mut self.table {
            change(table);
        }
    }

    fn cell(&mut self) {
        let cell = self.inline.take().unwrap_or_default();
        self.with_table(|table| match (table.in_header, table.rows.last_mut()) {
            (false, Some(row)) => row.push(cell),
            _ => table.header.push(cell),
        });
    }

    fn finish_table(&mut self) {
        let Some(table) = self.table.take().filter(|_| !self.is_noted()) else {
            return;
        };
        let texts = |cells: &[Inline]| cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
        let runs = |cells: Vec<Inline>| cells.into_iter().map(|cell| cell.runs).collect::<Vec<_>>();
        self.out.passages.push(Passage::Table {
            header: texts(&table.header),
            rows: table.rows.iter().map(|row| texts(row)).collect(),
        });
        let runs = table.rows.into_iter().map(runs).collect();
        self.out.maps.push(Map { section: None, runs });
    }

    /// Whether what is read now stands in a note of the editor, and so is no part of the text.
    fn is_noted(&self) -> bool {
        self.quotations.contains(&true)
    }

    /// Ends the plain text that is being gathered: it is a passage, and perhaps a head.
    fn flush(&mut self) {
        let block = self.block.take();
        let Some(inline) = self.inline.take() else {
            return;
        };
        if let Some((level, span)) = block {
            self.head(&inline, level, span);
        }
        if !inline.text.trim().is_empty() && !self.is_noted() {
            self.out.passages.push(Passage::Prose { text: inline.text });
            let runs = vec![vec![inline.runs]];
            self.out.maps.push(Map { section: None, runs });
        }
    }

    fn head(&mut self, inline: &Inline, level: Option<u8>, span: Span) {
        let printed = ordinal::candidate(&inline.text);
        if level.is_none() && printed.is_none() {
            return;
        }
        let ordinal = printed.as_ref().map_or(0, |printed| printed.len);
        let first = inline.runs.span(&(0..ordinal.max(1))).unwrap_or(span);
        let end = head_end(&inline.text, ordinal);
        self.out.heads.push(Head {
            level,
            printed,
            span,
            start: first,
            head_end: end
                .and_then(|end| inline.runs.span(&(end - 1..end)))
                .map(|last| last.end)
                .filter(|_| level.is_none()),
            text: inline.text.clone(),
        });
    }
}

/// Where the head of a paragraph ends, after the first full stop; `None` if all is head.
fn head_end(text: &str, ordinal: usize) -> Option<usize> {
    let stop = text[ordinal..].find('。').map(|at| ordinal + at + '。'.len_utf8())?;
    (!text[stop..].trim().is_empty()).then_some(stop)
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
