//! A text as HTML: written from its source when a page asks for it, with the anchors of its
//! sections and its figures marked where they stand. Every tag here is one of the list of
//! `report::article` or of this file, and every other word is escaped.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Figure;
use super::article::{self, Article, ArticleElement, ArticlePiece, ElementRole, Quotation};
use super::body::{Body, LinkTarget, Section, address};
use super::flow::Flow;
use crate::source::{Source, Span};

/// Gives the final address of a link; `None` where there must be none.
pub type Resolve<'a> = dyn Fn(&LinkTarget, &str) -> Option<String> + 'a;

/// A stretch of a text that is marked: one sentence, or some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedStretch {
    /// Where it stands in the source.
    pub span: Span,
    /// What it is marked with, a word of small letters and figures.
    pub mark: Box<str>,
}

/// What a text is written with besides its source.
pub struct HtmlSetting<'a> {
    /// The outline and the links.
    pub body: &'a Body,
    /// The figures to mark.
    pub figures: &'a [Figure],
    /// Where each of them stands.
    pub marks: &'a [Option<Span>],
    /// Stretches that are marked as what they are, in order; none is within another.
    pub stretches: &'a [MarkedStretch],
    /// What a table is called that stands in no section.
    pub title: &'a str,
    /// What the ids of footnotes begin with, where one page shows two texts.
    pub prefix: &'a str,
    /// What a note of the editor is called that does not say so in its own words.
    pub note: &'a str,
    /// The final addresses of links.
    pub resolve: &'a Resolve<'a>,
}

impl HtmlSetting<'_> {
    /// Where a picture is, if it is shown: one of another site is not.
    fn picture(&self, target: &LinkTarget, source: &str) -> Option<String> {
        (self.resolve)(target, source).filter(|_| *target != LinkTarget::Outside)
    }

    /// Whether a picture is shown.
    pub(super) fn shows(&self, target: &LinkTarget, source: &str) -> bool {
        self.picture(target, source).is_some()
    }
}

/// The part of `source` at `span` as HTML. The whole text is read for each of its parts: a
/// reference or a note may stand in one and be used in another.
#[must_use]
pub fn render(source: &Source, span: Span, setting: &HtmlSetting<'_>) -> String {
    let article = article::read(source, setting.body.whole);
    let mut writer = HtmlWriter::new(source, (&article, span), setting);
    for piece in &article.pieces {
        writer.piece(piece);
    }
    writer.out
}

/// A short text of front matter, read by `read`; its headings are no sections.
#[must_use]
pub fn fragment<T>(
    source: &Source,
    text: &str,
    (setting, read): (&HtmlSetting<'_>, impl Fn(&Source, Span, &HtmlSetting<'_>) -> T),
) -> T {
    let alone = Source::new(source.path(), text);
    let setting = HtmlSetting {
        body: &Body { whole: Span::new(0..text.len()), ..Body::default() },
        figures: &[],
        marks: &[],
        stretches: &[],
        title: setting.title,
        prefix: setting.prefix,
        note: setting.note,
        resolve: setting.resolve,
    };
    read(&alone, setting.body.whole, &setting)
}

struct HtmlWriter<'a> {
    source: &'a Source,
    setting: &'a HtmlSetting<'a>,
    article: &'a Article<'a>,
    flow: Flow<'a>,
    out: String,
    marks: Vec<(Span, &'a Figure)>,
    /// What the words are marked with that were written last, as far as no tag came after them.
    stretch: Option<&'a str>,
    section: Option<&'a Section>,
    open: Option<OpenPassage<'a>>,
    stack: Vec<OpenTag>,
    tables: OpenTables,
    notes: WrittenFootnotes,
}

/// An element that is open.
struct OpenTag {
    role: ElementRole,
    /// What ends it; `None` if it is not written, and nothing that is in it either.
    end: Option<String>,
}

/// How many tables there are, and how many are open.
#[derive(Default)]
struct OpenTables {
    count: usize,
    depth: usize,
    in_head: bool,
}

/// The footnotes of a text.
#[derive(Default)]
struct WrittenFootnotes {
    /// What stands before the number of each in ids, and its number.
    numbers: BTreeMap<u32, (String, usize)>,
    /// How often each was referred to.
    references: BTreeMap<u32, usize>,
    /// Those that were written.
    written: BTreeSet<u32>,
}

impl WrittenFootnotes {
    /// The notes numbered in the order in which the text refers to them, those of the letter or notice
    /// before it by themselves; those that nothing refers to come last.
    fn of(article: &Article<'_>, setting: &HtmlSetting<'_>) -> Self {
        let mut notes = Self::default();
        let mut next = [1, 1];
        let referred = |piece: &ArticlePiece<'_>| match piece {
            ArticlePiece::Void(ArticleElement { role: ElementRole::Reference(label), .. }, place) => {
                Some((*label, *place))
            }
            _ => None,
        };
        let written = |piece: &ArticlePiece<'_>| match piece {
            ArticlePiece::Open(ArticleElement { role: ElementRole::Note(label), .. }, place) => {
                Some((*label, *place))
            }
            _ => None,
        };
        let all = article.pieces.iter().filter_map(referred).chain(article.pieces.iter().filter_map(written));
        for (label, place) in all {
            let around =
                setting.body.wrapper.is_some_and(|wrapper| wrapper.range().contains(&(place.start as usize)));
            notes.numbers.entry(label).or_insert_with(|| {
                let next = &mut next[usize::from(around)];
                *next += 1;
                (if around { AROUND } else { setting.prefix }.to_owned(), *next - 1)
            });
        }
        notes
    }
}

/// What the ids of a letter or notice begin with that stands before the text.
pub const AROUND: &str = "w-";

/// What stands before words that belong to no stretch, where they follow on one.
const END_OF_STRETCH: &str = "<!---->";

/// A heading or a paragraph with a run-in head that is being written.
struct OpenPassage<'a> {
    section: &'a Section,
    ordinal_left: usize,
    in_head: bool,
    /// Up to where its text was written.
    reached: u32,
}

impl<'a> HtmlWriter<'a> {
    fn new(source: &'a Source, text: (&'a Article<'a>, Span), setting: &'a HtmlSetting<'a>) -> Self {
        let (article, part) = text;
        let mut marks: Vec<_> = setting
            .figures
            .iter()
            .zip(setting.marks)
            .filter_map(|(figure, mark)| Some(((*mark)?, figure)))
            .collect();
        marks.sort_by_key(|(span, _)| *span);
        Self {
            source,
            setting,
            article,
            flow: Flow::new(setting.body, part),
            out: String::with_capacity(part.range().len() + part.range().len() / 4),
            marks,
            stretch: None,
            section: None,
            open: None,
            stack: Vec::new(),
            tables: OpenTables::default(),
            notes: WrittenFootnotes::of(article, setting),
        }
    }

    fn piece(&mut self, piece: &ArticlePiece<'_>) {
        match piece {
            ArticlePiece::Open(element, span) => self.start(element, *span),
            ArticlePiece::Close => self.end(),
            ArticlePiece::Void(element, span) => self.void(element, *span),
            ArticlePiece::Text(text, span) => {
                if self.flow.is_written(*span) {
                    self.text(text, *span);
                }
            }
            ArticlePiece::Break => self.flow.line_end(),
        }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn escaped(&mut self, text: &str) {
        push_escaped(&mut self.out, text);
    }

    fn start(&mut self, element: &ArticleElement<'_>, span: Span) {
        let role = element.role;
        let end = self.flow.is_written(span).then(|| self.begin(element, span));
        self.flow.opened(role);
        self.stack.push(OpenTag { role, end });
    }

    /// Writes the beginning of an element; what will end it.
    fn begin(&mut self, element: &ArticleElement<'_>, span: Span) -> String {
        self.stretch = None;
        if !element.role.is_inline() {
            self.flow.block();
        }
        if let Some(section) = self.flow.section(element, span) {
            return self.open_section(section);
        }
        match element.role {
            ElementRole::Heading(_) => self.plain("<p class=\"inner-heading\"><strong>", "</strong></p>\n"),
            ElementRole::Paragraph => self.tag(element, "</p>\n"),
            ElementRole::Quote(whose) => self.quotation(element, whose),
            ElementRole::Table => self.table(element),
            ElementRole::Rows { head } => self.rows(element, head),
            ElementRole::Row => {
                let end = if self.tables.in_head { "</tr>" } else { "</tr>\n" };
                self.plain("<tr>", end)
            }
            ElementRole::Cell { .. } => {
                self.flow.forget();
                let end = format!("</{}>", element.name);
                self.tag(element, &end)
            }
            ElementRole::Code if element.name == "pre" => self.plain("<pre><code>", "</code></pre>\n"),
            ElementRole::Note(label) => self.note(label),
            ElementRole::Link => self.link(element),
            ElementRole::Inline => self.words(element),
            ElementRole::List | ElementRole::Terms => {
                let end = format!("</{}>\n", element.name);
                let end = self.tag(element, &end);
                self.push("\n");
                end
            }
            _ => {
                let end = format!("</{}>\n", element.name);
                self.tag(element, &end)
            }
        }
    }

    fn plain(&mut self, begin: &str, end: &str) -> String {
        self.push(begin);
        self.flow.forget();
        end.to_owned()
    }

    /// Writes a tag with the attributes that the list allows; what will end it.
    fn tag(&mut self, element: &ArticleElement<'_>, end: &str) -> String {
        self.push("<");
        self.push(element.name);
        for (name, value) in element.attributes().iter().filter(|(name, _)| !matches!(*name, "href" | "src"))
        {
            self.push(" ");
            self.push(name);
            self.push("=");
            self.push(&attribute_value(value));
        }
        self.push(">");
        if !element.role.is_inline() {
            self.flow.forget();
        }
        end.to_owned()
    }

    fn end(&mut self) {
        let Some(OpenTag { role, end }) = self.stack.pop() else {
            return;
        };
        let was_written = end.is_some();
        if let Some(end) = end {
            match role {
                ElementRole::Heading(_) | ElementRole::Paragraph => self.close_section(),
                ElementRole::Table => self.tables.depth -= 1,
                _ => {}
            }
            self.push(&end);
            self.stretch = None;
        }
        self.flow.closed(was_written);
        if was_written && role.is_inline() {
            self.end_head_after_inline(0);
        }
    }

    /// Begins a section: a heading, or a paragraph whose head runs in.
    fn open_section(&mut self, section: &'a Section) -> String {
        let anchor = attribute_value(&section.anchor);
        let (begin, end) = match section.heading.map(|depth| depth.min(5) + 1) {
            Some(depth) => (format!("<h{depth} id={anchor}>"), format!("</h{depth}>\n")),
            None => (format!("<p id={anchor}><b>"), "</p>\n".into()),
        };
        self.push(&begin);
        self.section = Some(section);
        self.flow.enter();
        let in_head = section.heading.is_none();
        self.open = Some(OpenPassage { section, ordinal_left: section.ordinal_len, in_head, reached: 0 });
        end
    }

    fn close_section(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        if open.in_head {
            self.push("</b>");
        }
    }

    /// Writes what a line break in the source is worth before `next`.
    fn breaks(&mut self, next: &str) {
        if self.flow.breaks(next) {
            self.push("\n");
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        self.breaks(text);
        self.flow.wrote(text);
        let taken = self.ordinal(text);
        let rest = &text[taken..];
        if rest.is_empty() {
            return;
        }
        match self.source.slice(span) == text {
            true => self.stretches(rest, Span { start: span.start + taken as u32, end: span.end }),
            false => {
                self.end_stretch_before(span.start);
                self.words_of(rest);
            }
        }
        self.end_head_after_inline(span.end);
    }

    fn words_of(&mut self, text: &str) {
        // Writing to a string cannot fail.
        let _ = escape_html_body_text(&mut self.out, text);
    }

    /// Writes what of `text` belongs to the printed ordinal; how long that is.
    fn ordinal(&mut self, text: &str) -> usize {
        let Some(open) = self.open.as_mut().filter(|open| open.ordinal_left > 0) else {
            return 0;
        };
        let take = text.floor_char_boundary(open.ordinal_left);
        open.ordinal_left = if take == 0 { 0 } else { open.ordinal_left - take };
        // A page has many; only those of the largest headings are set apart.
        let is_set_apart = open.section.heading == Some(1);
        self.push(if is_set_apart { "<span class=ordinal>" } else { "" });
        self.words_of(text[..take].trim_start());
        self.push(if is_set_apart { "</span>" } else { "" });
        take
    }

    /// Writes a text that stands in the source as it is, with its stretches marked as far as they are
    /// in it: what is broken by markup is marked in pieces.
    fn stretches(&mut self, text: &str, span: Span) {
        let all = self.setting.stretches;
        let first = all.partition_point(|stretch| stretch.span.end <= span.start);
        let mut at = span.start;
        let slice = |from: u32, to: u32| {
            text.get((from - span.start) as usize..(to - span.start) as usize).unwrap_or_default()
        };
        for stretch in all[first..].iter().take_while(|stretch| stretch.span.start < span.end) {
            let (start, end) = (stretch.span.start.max(at), stretch.span.end.min(span.end));
            self.marked(None, slice(at, start), Span { start: at, end: start });
            // A head ends by itself, and so within nothing that begins in it.
            let is_marked = self.open.as_ref().is_none_or(|open| !open.in_head);
            self.marked(is_marked.then_some(&*stretch.mark), slice(start, end), Span { start, end });
            at = end;
        }
        self.marked(None, slice(at, span.end), Span { start: at, end: span.end });
    }

    /// Writes a text behind the mark of its stretch, which is a comment: a page has hundreds, and only a script shows
    /// them. A stretch goes up to the next comment or tag, so that nothing has to end it but where words follow that
    /// belong to none.
    fn marked(&mut self, mark: Option<&'a str>, text: &str, span: Span) {
        if span.start == span.end {
            return;
        }
        match mark {
            _ if mark == self.stretch => {}
            Some(mark) => self.push(&format!("<!--{mark}-->")),
            None => self.push(END_OF_STRETCH),
        }
        self.stretch = mark;
        self.pieces(text, span);
    }

    /// Ends the stretch that is open, unless what stands at `place` belongs to it as well.
    fn end_stretch_before(&mut self, place: u32) {
        let all = self.setting.stretches;
        let next = all.get(all.partition_point(|stretch| stretch.span.end <= place));
        let goes_on = next.is_some_and(|stretch| stretch.span.start <= place);
        if !goes_on && self.stretch.take().is_some() {
            self.push(END_OF_STRETCH);
        }
    }

    /// Writes a text that stands in the source as it is, with its figures marked and, at the
    /// end of a run-in head, the head ended.
    fn pieces(&mut self, text: &str, span: Span) {
        if span.start == span.end {
            return;
        }
        let mut at = span.start;
        let first = self.marks.partition_point(|(mark, _)| mark.end <= span.start);
        let end = self.head_end(span);
        let marks: Vec<_> =
            self.marks[first..].iter().take_while(|(mark, _)| mark.start < span.end).copied().collect();
        let slice = |from: u32, to: u32| {
            text.get((from - span.start) as usize..(to - span.start) as usize).unwrap_or_default()
        };
        for (mark, figure) in marks {
            let start = mark.start.max(at);
            self.up_to(slice(at, start), (start, end));
            let stop = mark.end.min(span.end);
            self.push("<data class=figure");
            if mark.start >= span.start {
                self.push(&format!(" id={}", attribute_value(&figure.fragment())));
            }
            self.push(&format!(" value={}>", figure.amount.value));
            self.words_of(slice(start, stop));
            self.push("</data>");
            at = stop;
        }
        self.up_to(slice(at, span.end), (span.end, end));
    }

    /// Writes the text before a figure; the head may end in it.
    fn up_to(&mut self, text: &str, ends: (u32, Option<u32>)) {
        let (at, head) = ends;
        let start = at as usize - text.len();
        match head.map(|head| head as usize).filter(|head| (start..=at as usize).contains(head)) {
            Some(head) => {
                self.words_of(text.get(..head - start).unwrap_or_default());
                self.end_head();
                self.words_of(text.get(head - start..).unwrap_or_default());
            }
            None => self.words_of(text),
        }
    }

    /// Where in `span` the run-in head ends, if it can end there.
    fn head_end(&self, span: Span) -> Option<u32> {
        let open = self.open.as_ref().filter(|open| open.in_head && !self.flow.is_within())?;
        open.section.head_end.filter(|end| (span.start..=span.end).contains(end))
    }

    fn end_head(&mut self) {
        if let Some(open) = self.open.as_mut().filter(|open| open.in_head) {
            open.in_head = false;
            self.push("</b>");
            self.stretch = None;
        }
    }

    /// Ends a run-in head whose full stop stood inside emphasis, once that is closed.
    fn end_head_after_inline(&mut self, at: u32) {
        let is_within = self.flow.is_within();
        let Some(open) = &mut self.open else {
            return;
        };
        open.reached = open.reached.max(at);
        let reached = open.section.head_end.is_some_and(|end| open.reached >= end);
        if reached && !is_within {
            self.end_head();
        }
    }

    /// Writes words within a line. A head is bold as it is.
    fn words(&mut self, element: &ArticleElement<'_>) -> String {
        self.breaks("");
        self.flow.within();
        let is_bold = matches!(element.name, "strong" | "b");
        let in_head = self.open.as_ref().is_some_and(|open| open.in_head || open.section.heading.is_some());
        if is_bold && in_head {
            return String::new();
        }
        let end = format!("</{}>", element.name);
        self.tag(element, &end)
    }

    fn link(&mut self, element: &ArticleElement<'_>) -> String {
        self.breaks("");
        self.flow.within();
        self.push("<a");
        let target = element.attribute("href").unwrap_or_default();
        if let Some(to) = (self.setting.resolve)(&address(target, self.source.path()), target) {
            self.push(" href=\"");
            self.escaped(&to);
            self.push("\"");
        }
        if let Some(title) = element.attribute("title") {
            self.push(" title=\"");
            self.escaped(title);
            self.push("\"");
        }
        self.push(">");
        "</a>".into()
    }

    fn void(&mut self, element: &ArticleElement<'_>, span: Span) {
        let is_written = self.flow.is_written(span);
        if let ElementRole::Reference(label) = element.role {
            return self.reference(label, is_written);
        }
        if !is_written {
            return;
        }
        self.stretch = None;
        match element.role {
            ElementRole::Picture => self.picture(element),
            ElementRole::Line => {
                self.push("<br>\n");
                self.flow.restart();
            }
            _ => self.push("<hr>\n"),
        }
    }

    /// Writes a picture; one that shows nothing is none.
    fn picture(&mut self, element: &ArticleElement<'_>) {
        let source = element.attribute("src").unwrap_or_default();
        let target = address(source, self.source.path());
        if let Some(to) = self.setting.picture(&target, source) {
            self.breaks("");
            self.push("<img src=\"");
            self.escaped(&to);
            self.push("\"");
            for (name, value) in element.attributes().iter().filter(|(name, _)| *name != "src") {
                self.push(&format!(" {name}=\""));
                self.escaped(value);
                self.push("\"");
            }
            self.push(">");
        }
    }

    /// A table scrolls by itself on a narrow screen, so it is a region with a name.
    fn table(&mut self, element: &ArticleElement<'_>) -> String {
        self.tables.depth += 1;
        self.tables.in_head = false;
        if self.tables.depth > 1 {
            return self.tag(element, "</table>\n");
        }
        self.tables.count += 1;
        let name = self.section.map_or(self.setting.title, |section| &section.title);
        let name = format!("{name} ({})", self.tables.count);
        self.push("<div class=table role=region tabindex=0 aria-label=\"");
        self.escaped(&name);
        self.push("\">\n");
        self.tag(element, "</table>\n</div>\n")
    }

    fn rows(&mut self, element: &ArticleElement<'_>, head: bool) -> String {
        self.tables.in_head = head;
        match head {
            true => self.tag(element, "</thead>\n"),
            false => {
                let end = self.tag(element, &format!("</{}>", element.name));
                self.push("\n");
                end
            }
        }
    }

    /// Writes where a quotation begins, or what stands for that where it is a note of the editor. A
    /// note within a note is a quotation.
    fn quotation(&mut self, element: &ArticleElement<'_>, whose: Quotation) -> String {
        let within = self
            .stack
            .iter()
            .any(|opened| matches!(opened.role, ElementRole::Quote(whose) if whose != Quotation::Plain));
        if whose == Quotation::Plain || within {
            let end = self.tag(element, "</blockquote>\n");
            self.push("\n");
            return end;
        }
        self.push("<aside class=\"editors-note\">\n");
        if whose == Quotation::Marked {
            self.push("<p class=\"label\">");
            let label = self.setting.note;
            self.words_of(label);
            self.push("</p>\n");
        }
        "</aside>\n".into()
    }

    /// Writes the place of a footnote in the text. It is counted where it is not written, too.
    fn reference(&mut self, label: u32, is_written: bool) {
        let times = self.notes.references.entry(label).or_default();
        *times += 1;
        let times = *times;
        let id = self.back(label, times);
        if is_written {
            let (prefix, number) = &self.notes.numbers[&label];
            let html = format!(
                "<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#{prefix}fn-{number}\">{number}</a></sup>"
            );
            self.breaks("");
            self.push(&html);
            self.stretch = None;
        }
    }

    /// The id of the place where a footnote is referred to for the `times`th time.
    fn back(&self, label: u32, times: usize) -> String {
        let (prefix, number) = &self.notes.numbers[&label];
        match times {
            1 => format!("{prefix}fnref-{number}"),
            times => format!("{prefix}fnref-{number}-{times}"),
        }
    }

    /// Writes the beginning of a footnote. It ends with the ways back to where the text refers to it;
    /// one whose label was used before has none.
    fn note(&mut self, label: u32) -> String {
        let (prefix, number) = &self.notes.numbers[&label];
        let is_first = self.notes.written.insert(label);
        let id = if is_first { format!(" id=\"{prefix}fn-{number}\"") } else { String::new() };
        let html = format!(
            "<div class=\"footnote-definition\"{id}><sup class=\"footnote-definition-label\">{number}</sup>\n"
        );
        self.push(&html);
        let references = if is_first { self.article.notes[label as usize].references } else { 0 };
        let back = (1..=references).map(|times| {
            let sign = if times == 1 { "↩".to_owned() } else { format!("↩{times}") };
            format!("<a class=\"footnote-back\" href=\"#{}\">{sign}</a>\n", self.back(label, times))
        });
        back.collect::<String>() + "</div>\n"
    }
}

fn push_escaped(html: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = escape_html(&mut *html, text);
}

/// The value of an attribute: with quotation marks, unless all of it is letters, figures, hyphens and underscores.
/// A page has hundreds of these.
fn attribute_value(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    push_escaped(&mut quoted, text);
    quoted + "\""
}
