//! A text as HTML: written from its source when a page asks for it, with the anchors of its
//! sections and its figures marked where they stand.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CowStr, Event, Parser, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::body::{Body, Section, Target, address, is_note, joins, options};
use super::{Figure, clean};
use crate::source::{Source, Span};

/// Gives the final address of a link; `None` where there must be none.
pub type Resolve<'a> = dyn Fn(&Target, &str) -> Option<String> + 'a;

/// What a text is written with besides its source.
pub struct Setting<'a> {
    /// The outline and the links.
    pub body: &'a Body,
    /// The figures to mark.
    pub figures: &'a [Figure],
    /// What a table is called that stands in no section.
    pub title: &'a str,
    /// What the ids of footnotes begin with, where one page shows two texts.
    pub prefix: &'a str,
    /// What a note of the editor is called that does not say so in its own words.
    pub note: &'a str,
    /// The final addresses of links.
    pub resolve: &'a Resolve<'a>,
}

/// The part of `source` at `span` as HTML. The whole text is read for each of its parts: a
/// reference or a note may stand in one and be used in another.
#[must_use]
pub fn render(source: &Source, span: Span, setting: &Setting<'_>) -> String {
    let whole = setting.body.whole;
    let mut writer = Writer::new(source, setting);
    for (event, range) in Parser::new_ext(source.slice(whole), options()).into_offset_iter() {
        let place = Span::new(range).shifted(whole.start as usize);
        if (span.start..span.end).contains(&place.start) {
            writer.event(event, place);
        }
    }
    writer.finish(span.range().len())
}

/// A short text of front matter as HTML; its headings are no sections.
#[must_use]
pub fn fragment(source: &Source, text: &str, setting: &Setting<'_>) -> String {
    let alone = Source::new(source.path(), text);
    let setting = Setting {
        body: &Body { whole: Span::new(0..text.len()), ..Body::default() },
        figures: &[],
        title: setting.title,
        prefix: setting.prefix,
        note: setting.note,
        resolve: setting.resolve,
    };
    render(&alone, setting.body.whole, &setting)
}

struct Writer<'a> {
    source: &'a Source,
    setting: &'a Setting<'a>,
    sections: BTreeMap<u32, &'a Section>,
    marks: Vec<(Span, &'a Figure)>,
    events: Vec<Event<'a>>,
    section: Option<&'a Section>,
    open: Option<Open<'a>>,
    skipping: bool,
    containers: usize,
    /// The quotations that are open, and whether each is a note of the editor.
    quotations: Vec<bool>,
    inline: usize,
    tables: usize,
    columns: Columns,
    break_pending: bool,
    last_text: String,
    footnotes: Vec<String>,
}

/// The columns of the table that is being written.
#[derive(Default)]
struct Columns {
    alignment: Vec<Alignment>,
    next: usize,
    in_head: bool,
}

impl Columns {
    /// The beginning of the next cell. Alignment is a class: the pages' policy forbids styles
    /// in the text.
    fn cell(&mut self) -> String {
        let alignment = self.alignment.get(self.next).copied().unwrap_or(Alignment::None);
        self.next += 1;
        let name = self.name();
        match alignment {
            Alignment::None => format!("<{name}>"),
            Alignment::Left => format!("<{name} class=\"start\">"),
            Alignment::Center => format!("<{name} class=\"center\">"),
            Alignment::Right => format!("<{name} class=\"end\">"),
        }
    }

    fn name(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}

/// A heading or a paragraph with a run-in head that is being written.
struct Open<'a> {
    section: &'a Section,
    ordinal_left: usize,
    in_head: bool,
}

impl<'a> Writer<'a> {
    fn new(source: &'a Source, setting: &'a Setting<'a>) -> Self {
        let sections = setting.body.sections.iter().map(|section| (section.span.start, section)).collect();
        let mut marks: Vec<_> =
            setting.figures.iter().filter_map(|figure| figure.span.map(|span| (span, figure))).collect();
        marks.sort_by_key(|(span, _)| *span);
        Self {
            source,
            setting,
            sections,
            marks,
            events: Vec::new(),
            section: None,
            open: None,
            skipping: false,
            containers: 0,
            quotations: Vec::new(),
            inline: 0,
            tables: 0,
            columns: Columns::default(),
            break_pending: false,
            last_text: String::new(),
            footnotes: Vec::new(),
        }
    }

    fn finish(self, length: usize) -> String {
        let mut html = String::with_capacity(length + length / 4);
        pulldown_cmark::html::push_html(&mut html, self.events.into_iter());
        let mut ids: BTreeSet<String> =
            self.sections.values().map(|section| section.anchor.to_string()).collect();
        ids.extend(self.marks.iter().map(|(_, figure)| figure.fragment()));
        for number in 1..=self.footnotes.len() {
            let prefix = self.setting.prefix;
            ids.extend([format!("{prefix}fn-{number}"), format!("{prefix}fnref-{number}")]);
        }
        let path = self.source.path();
        let resolve = |target: &str| (self.setting.resolve)(&address(target, path), target);
        clean::finish(&clean::clean(&html, &ids), self.setting.title, &resolve)
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        if self.skipping {
            self.skipping = !matches!(event, Event::End(TagEnd::Heading(_)));
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, span),
            Event::SoftBreak => self.break_pending = true,
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            other => {
                self.breaks("");
                self.events.push(other);
            }
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        let section = (self.containers == 0).then(|| self.sections.get(&span.start).copied()).flatten();
        match (tag, section) {
            (Tag::Heading { .. } | Tag::Paragraph, Some(section)) => self.open(section),
            (Tag::Heading { .. }, None) if self.containers == 0 => self.skipping = true,
            (Tag::Heading { .. }, None) => self.html("<p class=\"inner-heading\"><strong>"),
            (Tag::Link { dest_url, title, .. }, _) => self.link(&dest_url, &title),
            (Tag::Image { dest_url, title, link_type, id }, _) => {
                self.events.push(Event::Start(Tag::Image { dest_url, title, link_type, id }));
            }
            (Tag::Table(alignment), _) => self.table(alignment),
            (Tag::TableHead, _) => self.row(true),
            (Tag::TableRow, _) => self.row(false),
            (Tag::TableCell, _) => {
                let cell = self.columns.cell();
                self.html(cell);
            }
            (Tag::FootnoteDefinition(name), _) => self.footnote(&name),
            (Tag::BlockQuote(kind), _) => {
                self.containers += 1;
                self.quotations.push(is_note(kind, self.source.slice(span)));
                let label = if kind.is_some() { self.note_label() } else { String::new() };
                let note = format!("<aside class=\"editors-note\">\n{label}");
                self.quotation(Event::Start(Tag::BlockQuote(None)), note);
            }
            (tag, _) => {
                match tag {
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                        self.breaks("");
                        self.inline += 1;
                    }
                    Tag::Paragraph => {}
                    _ => self.containers += 1,
                }
                self.events.push(Event::Start(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph if self.open.is_some() => self.close(),
            TagEnd::Heading(_) => self.html("</strong></p>\n"),
            TagEnd::Link => {
                self.inline -= 1;
                self.html("</a>");
                self.end_head_after_inline(0);
            }
            TagEnd::Table => {
                self.containers -= 1;
                self.events.push(Event::Html("</tbody></table>\n</div>\n".into()));
            }
            TagEnd::TableHead => self.html("</tr></thead>\n<tbody>\n"),
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.html(format!("</{}>", self.columns.name())),
            TagEnd::BlockQuote(_) => {
                self.containers -= 1;
                self.quotation(Event::End(TagEnd::BlockQuote(None)), "</aside>\n".into());
                self.quotations.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.containers -= 1;
                self.events.push(Event::Html("</div>\n".into()));
            }
            tag => {
                match tag {
                    TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline -= 1,
                    TagEnd::Paragraph | TagEnd::Image => {}
                    _ => self.containers -= 1,
                }
                self.events.push(Event::End(tag));
            }
        }
        self.break_pending &= self.inline > 0 || self.open.is_some();
    }

    /// Begins a section: a heading, or a paragraph whose head runs in.
    fn open(&mut self, section: &'a Section) {
        let Section { anchor, level, .. } = section;
        let begin = match section.heading {
            Some(depth) => format!("<h{} id=\"{anchor}\" class=\"level-{level}\">", depth.min(5) + 1),
            None => format!("<p id=\"{anchor}\" class=\"run-in level-{level}\"><b class=\"head\">"),
        };
        self.events.push(Event::Html(begin.into()));
        if section.ordinal_len > 0 {
            self.html("<span class=\"ordinal\">");
        }
        self.section = Some(section);
        self.break_pending = false;
        self.last_text.clear();
        self.open =
            Some(Open { section, ordinal_left: section.ordinal_len, in_head: section.heading.is_none() });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        if open.ordinal_left > 0 {
            self.html("</span>");
        }
        if open.in_head {
            self.html("</b>");
        }
        let Section { anchor, title, .. } = open.section;
        let mut label = String::new();
        push_escaped(&mut label, title);
        self.html(format!("<a class=\"permalink\" href=\"#{anchor}\" aria-label=\"§ {label}\">§</a>"));
        let end = match open.section.heading {
            Some(depth) => format!("</h{}>\n", depth.min(5) + 1),
            None => "</p>\n".to_owned(),
        };
        self.events.push(Event::Html(end.into()));
    }

    /// Writes what a line break in the source is worth before `next`.
    fn breaks(&mut self, next: &str) {
        if std::mem::take(&mut self.break_pending) && !joins(&self.last_text, next) {
            self.events.push(Event::SoftBreak);
        }
    }

    fn text(&mut self, text: CowStr<'a>, span: Span) {
        self.breaks(&text);
        self.last_text.clear();
        self.last_text.extend(text.chars().next_back());
        let rest = self.ordinal(text, span);
        let Some((text, span)) = rest else {
            return;
        };
        match self.source.slice(span) == &*text {
            true => self.pieces(&text, span),
            false => self.events.push(Event::Text(text)),
        }
        self.end_head_after_inline(span.end);
    }

    /// Writes what of `text` belongs to the printed ordinal; what is left comes back.
    fn ordinal(&mut self, text: CowStr<'a>, span: Span) -> Option<(CowStr<'a>, Span)> {
        let left = match &mut self.open {
            Some(open) if open.ordinal_left > 0 => open,
            _ => return Some((text, span)),
        };
        let take = crate::source::floor_boundary(&text, left.ordinal_left);
        left.ordinal_left -= take;
        let done = left.ordinal_left == 0 || take == 0;
        left.ordinal_left = if done { 0 } else { left.ordinal_left };
        self.events.push(Event::Text(text[..take].trim_start().to_owned().into()));
        if done {
            self.html("</span>");
        }
        let start = (span.start as usize + take).min(span.end as usize);
        let rest = Span::new(start..span.end as usize);
        (take < text.len()).then(|| (text[take..].to_owned().into(), rest))
    }

    /// Writes a text that stands in the source as it is, with its figures marked and, at the
    /// end of a run-in head, the head ended.
    fn pieces(&mut self, text: &str, span: Span) {
        let mut at = span.start;
        let piece = |from: u32, to: u32| {
            let range = (from - span.start) as usize..(to - span.start) as usize;
            Event::Text(text.get(range).unwrap_or_default().to_owned().into())
        };
        for (cut, html) in self.cuts(span) {
            if cut > at {
                self.events.push(piece(at, cut));
            }
            self.html(html);
            at = cut;
        }
        if at < span.end {
            self.events.push(piece(at, span.end));
        }
    }

    /// The places in `span` where something begins or ends, in their order.
    fn cuts(&mut self, span: Span) -> Vec<(u32, String)> {
        let mut cuts = Vec::new();
        let first = self.marks.partition_point(|(mark, _)| mark.end <= span.start);
        for (mark, figure) in self.marks[first..].iter().take_while(|(mark, _)| mark.start < span.end) {
            if mark.start >= span.start {
                let (id, value) = (figure.fragment(), figure.value);
                cuts.push((mark.start, format!("<data class=\"figure\" id=\"{id}\" value=\"{value}\">")));
            }
            if mark.end <= span.end {
                cuts.push((mark.end, "</data>".to_owned()));
            }
        }
        if self.inline == 0
            && let Some(open) = &mut self.open
            && let Some(end) = open.section.head_end
            && open.in_head
            && (span.start..=span.end).contains(&end)
        {
            open.in_head = false;
            let place = cuts.partition_point(|(cut, _)| *cut < end);
            let place = place
                + cuts[place..].iter().take_while(|(cut, html)| *cut == end && html == "</data>").count();
            cuts.insert(place, (end, "</b>".to_owned()));
        }
        cuts
    }

    /// Ends a run-in head whose full stop stood inside emphasis, once that is closed.
    fn end_head_after_inline(&mut self, at: u32) {
        let Some(open) = &mut self.open else {
            return;
        };
        let reached = open.section.head_end.is_some_and(|end| at >= end);
        if open.in_head && reached && self.inline == 0 {
            open.in_head = false;
            self.html("</b>");
        }
    }

    fn link(&mut self, target: &str, title: &str) {
        self.breaks("");
        self.inline += 1;
        // Links stay as they are written until all of the text is cleaned.
        let mut html = String::from("<a href=\"");
        push_escaped(&mut html, target);
        html.push('"');
        if !title.is_empty() {
            html.push_str(" title=\"");
            push_escaped(&mut html, title);
            html.push('"');
        }
        html.push('>');
        self.html(html);
    }

    /// A table scrolls by itself on a narrow screen, so it is a region with a name.
    fn table(&mut self, alignment: Vec<Alignment>) {
        self.containers += 1;
        self.tables += 1;
        let name = self.section.map_or(self.setting.title, |section| &section.title);
        let mut html = String::from("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        push_escaped(&mut html, &format!("{name} ({})", self.tables));
        html.push_str("\">\n<table>");
        self.columns = Columns { alignment, ..Columns::default() };
        self.events.push(Event::Html(html.into()));
    }

    fn row(&mut self, in_head: bool) {
        (self.columns.next, self.columns.in_head) = (0, in_head);
        self.html(if in_head { "<thead><tr>" } else { "<tr>" });
    }

    /// Writes where a quotation begins or ends, or what stands for that where it is a note of the
    /// editor. A note within a note is a quotation.
    fn quotation(&mut self, plain: Event<'a>, note: String) {
        let (own, around) = self.quotations.split_last().unwrap_or((&false, &[]));
        let is_outermost = *own && !around.contains(&true);
        self.events.push(if is_outermost { Event::Html(note.into()) } else { plain });
    }

    /// What a note begins with that is marked by a sign alone.
    fn note_label(&self) -> String {
        let mut html = String::from("<p class=\"label\">");
        push_escaped(&mut html, self.setting.note);
        html + "</p>\n"
    }

    fn footnote_number(&mut self, name: &str) -> (usize, bool) {
        match self.footnotes.iter().position(|known| known == name) {
            Some(at) => (at + 1, false),
            None => {
                self.footnotes.push(name.to_owned());
                (self.footnotes.len(), true)
            }
        }
    }

    fn footnote_reference(&mut self, name: &str) {
        let (number, first) = self.footnote_number(name);
        let prefix = self.setting.prefix;
        let id = if first { format!(" id=\"{prefix}fnref-{number}\"") } else { String::new() };
        self.html(format!(
            "<sup class=\"footnote-reference\"{id}><a href=\"#{prefix}fn-{number}\">{number}</a></sup>"
        ));
    }

    fn footnote(&mut self, name: &str) {
        self.containers += 1;
        let (number, _) = self.footnote_number(name);
        let prefix = self.setting.prefix;
        let html = format!(
            "<div class=\"footnote-definition\" id=\"{prefix}fn-{number}\"><sup class=\"footnote-definition-label\">{number}</sup>\n"
        );
        self.events.push(Event::Html(html.into()));
    }
}

fn push_escaped(html: &mut String, text: &str) {
    escape_html(&mut *html, text).expect("writing to a string cannot fail");
}
