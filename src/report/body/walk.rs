//! One walk over an article: headings and run-in heads, passages of plain text with their
//! places, links, and footnotes that are none.

use std::collections::BTreeSet;

use memchr::memmem;

use super::grid::{GridCell, GridRow, MOST_CELLS, grid};
use super::inline::Inline;
use super::links::{self, Link};
use super::map::Map;
use super::marks::{self, ItemMarks};
use crate::diag::{Diagnostic, Words};
use crate::han::ordinal::{self, PrintedOrdinal};
use crate::report::article::{self, Article, ArticleElement, ArticlePiece, ElementRole, Quotation};
use crate::report::evidence::Passage;
use crate::source::{Source, Span};

/// A heading, or a paragraph that begins with a printed ordinal.
#[derive(Debug)]
pub(super) struct HeadParagraph {
    /// Its Markdown level; `None` for a paragraph.
    pub(super) level: Option<u8>,
    /// Its whole text.
    pub(super) text: String,
    /// Its printed ordinal.
    pub(super) printed: Option<PrintedOrdinal>,
    /// Where it stands, the whole heading or paragraph.
    pub(super) span: Span,
    /// Where its first words stand: the ordinal, for complaints.
    pub(super) start: Span,
    /// Where, in the source, the head of a paragraph ends; `None` if all of it is head.
    pub(super) head_end: Option<u32>,
}

#[derive(Default)]
pub(super) struct Walked {
    pub(super) heads: Vec<HeadParagraph>,
    pub(super) passages: Vec<Passage>,
    pub(super) maps: Vec<Map>,
    pub(super) links: Vec<Link>,
    /// Ordinals at the start of a line within a paragraph, which make no sections.
    pub(super) hidden: Vec<Span>,
    pub(super) marks: ItemMarks,
    /// Whether a table was left out because all of them together are too large.
    pub(super) too_many_cells: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Walked {
    /// Leaves out the passages at `places`, which the page does not show in the text.
    pub(super) fn leave_out(&mut self, places: &[Span]) {
        let stays = |map: &Map| {
            map.start()
                .is_none_or(|start| !places.iter().any(|place| place.range().contains(&(start as usize))))
        };
        let stays: Vec<bool> = self.maps.iter().map(stays).collect();
        let mut left = stays.iter();
        self.passages.retain(|_| left.next().is_none_or(|stays| *stays));
        let mut left = stays.iter();
        self.maps.retain(|_| left.next().is_none_or(|stays| *stays));
    }
}

/// A table that is being read, and the words of the cell around it.
#[derive(Default)]
struct OpenTable {
    rows: Vec<GridRow>,
    in_header: bool,
    around: Option<Inline>,
    /// How wide and high the open cell is, and whether it labels others.
    cell: Option<(bool, usize, usize)>,
}

/// An element that is open.
struct OpenBlock {
    role: ElementRole,
    /// How long the line was where it began, if it is bold.
    bold: Option<usize>,
    /// Whether it says how a character is read.
    reads: bool,
}

struct Walk<'a> {
    source: &'a Source,
    article: &'a Article<'a>,
    out: Walked,
    /// The elements that are open.
    open: Vec<OpenBlock>,
    inline: Option<Inline>,
    block: Option<(Option<u8>, Span)>,
    containers: usize,
    /// The quotations that are open, and whether each is a note of the editor.
    quotations: Vec<bool>,
    tables: Vec<OpenTable>,
    /// How many elements are open that say how a character is read.
    readings: usize,
    cells: usize,
    noted: BTreeSet<u32>,
}

/// Walks over the text at `span`.
pub(super) fn walk(source: &Source, span: Span) -> Walked {
    let mut article = article::read(source, span);
    let diagnostics = std::mem::take(&mut article.diagnostics);
    let mut walk = Walk {
        source,
        article: &article,
        out: Walked { diagnostics, ..Walked::default() },
        open: Vec::new(),
        inline: None,
        block: None,
        containers: 0,
        quotations: Vec::new(),
        tables: Vec::new(),
        readings: 0,
        cells: 0,
        noted: BTreeSet::new(),
    };
    for piece in &article.pieces {
        walk.piece(piece);
    }
    walk.flush();
    walk.out.marks = marks::of(source, &article);
    walk.out
}

impl<'a> Walk<'a> {
    fn piece(&mut self, piece: &ArticlePiece<'_>) {
        match piece {
            ArticlePiece::Open(element, span) => self.start(element, *span),
            ArticlePiece::Close => self.end(),
            ArticlePiece::Void(element, span) => match element.role {
                ElementRole::Picture => self.link(element.attribute("src"), *span, true),
                ElementRole::Line => self.breaks(),
                ElementRole::Rule => self.flush(),
                _ => {}
            },
            ArticlePiece::Text(text, span) => self.text(text, *span),
            ArticlePiece::Break => self.breaks(),
        }
    }

    fn breaks(&mut self) {
        if let Some(inline) = &mut self.inline {
            inline.broken = true;
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.readings > 0 {
            return;
        }
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

    fn start(&mut self, element: &ArticleElement<'_>, span: Span) {
        let mut bold = None;
        match element.role {
            ElementRole::Heading(level) => self.line(Some(level), span),
            ElementRole::Paragraph => self.line(None, span),
            ElementRole::Link => self.link(element.attribute("href"), span, false),
            ElementRole::Inline => {
                self.readings += usize::from(is_reading(element.name));
                let length = self.inline.as_ref().map_or(0, |inline| inline.text.len());
                bold = matches!(element.name, "strong" | "b").then_some(length);
            }
            ElementRole::Table => {
                let around = self.in_cell().then(|| self.inline.take()).flatten();
                self.flush();
                self.containers += 1;
                self.tables.push(OpenTable { around, ..OpenTable::default() });
            }
            ElementRole::Rows { head } => self.with_table(|table| table.in_header = head),
            ElementRole::Row => self.with_table(|table| {
                table.rows.push(GridRow { head: table.in_header, ..GridRow::default() });
            }),
            ElementRole::Cell { head } => {
                let size = |name| element.number(name).unwrap_or(1).max(1);
                let cell = (head, size("colspan"), size("rowspan"));
                self.with_table(|table| table.cell = Some(cell));
                self.inline = Some(Inline::default());
            }
            role => {
                self.apart();
                self.containers += usize::from(role.contains());
                match role {
                    ElementRole::Quote(whose) => self.quotations.push(whose != Quotation::Plain),
                    ElementRole::Note(label) => self.note(label, span),
                    _ => {}
                }
            }
        }
        self.open.push(OpenBlock {
            role: element.role,
            bold,
            reads: element.role == ElementRole::Inline && is_reading(element.name),
        });
    }

    fn end(&mut self) {
        let Some(OpenBlock { role, bold, reads }) = self.open.pop() else {
            return;
        };
        self.readings -= usize::from(reads);
        match role {
            ElementRole::Heading(_) | ElementRole::Paragraph => self.apart(),
            ElementRole::Link | ElementRole::Rows { .. } | ElementRole::Row => {}
            ElementRole::Inline => {
                let Some(inline) = &mut self.inline else { return };
                if let Some(start) = bold {
                    let end = inline.text.len();
                    inline.bold.get_or_insert(start.min(end)..end);
                }
            }
            ElementRole::Cell { .. } => self.cell(),
            ElementRole::Table => {
                self.containers -= 1;
                self.finish_table();
            }
            role => {
                self.apart();
                self.containers -= usize::from(role.contains());
                if matches!(role, ElementRole::Quote(_)) {
                    self.quotations.pop();
                }
            }
        }
    }

    /// Whether what is read stands in a cell; all of a cell is one text.
    fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.cell.is_some())
    }

    /// Ends a text where something else begins or ends.
    fn apart(&mut self) {
        match self.in_cell() {
            true => self.breaks(),
            false => self.flush(),
        }
    }

    fn line(&mut self, level: Option<u8>, span: Span) {
        self.apart();
        if self.in_cell() {
            return;
        }
        // A heading inside a quotation or a list is a part of that, and no section.
        if self.containers == 0 {
            self.block = Some((level, span));
        }
        self.inline = Some(Inline::default());
    }

    fn link(&mut self, target: Option<&str>, span: Span, image: bool) {
        let Some(target) = target else {
            return;
        };
        self.out.links.push(Link {
            target: links::address(target, self.source.path()),
            text: target.to_owned(),
            span,
            image,
        });
    }

    fn with_table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn cell(&mut self) {
        let inline = self.inline.take().unwrap_or_default();
        self.look_for_notes(&inline);
        self.with_table(|table| {
            let (head, columns, rows) = table.cell.take().unwrap_or((false, 1, 1));
            let cell = GridCell { inline, head, columns, rows };
            match table.rows.last_mut() {
                Some(row) => row.cells.push(cell),
                None => table.rows.push(GridRow { cells: vec![cell], head: false }),
            }
        });
    }

    fn finish_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        self.inline = table.around;
        self.breaks();
        if self.is_noted() {
            return;
        }
        let room = MOST_CELLS.saturating_sub(self.cells);
        let Some(grid) = grid(table.rows, room) else {
            self.out.too_many_cells = true;
            return;
        };
        self.cells += grid.runs.iter().map(Vec::len).sum::<usize>();
        self.out.passages.push(grid.passage);
        self.out.maps.push(Map { section: None, runs: grid.runs });
    }

    /// Whether what is read now stands in a note of the editor, and so is no part of the text.
    fn is_noted(&self) -> bool {
        self.quotations.contains(&true)
    }

    /// Looks at a footnote: there is one for each label, and the text refers to it.
    fn note(&mut self, label: u32, span: Span) {
        let (code, words, help) =
            match (self.noted.insert(label), self.article.notes[label as usize].references) {
                (false, _) => (
                    "note/repeated",
                    Words::new("这个脚注的标记前面已经用过", "there is a footnote of this label before"),
                    ("换一个标记", "give it a label of its own"),
                ),
                (true, 0) => (
                    "note/unused",
                    Words::new("正文里没有引用这个脚注", "the text does not refer to this footnote"),
                    ("在正文里写上它的标记，或删去这个脚注", "put its label into the text, or remove it"),
                ),
                _ => return,
            };
        let end = self.source.slice(span).find("]:").map_or(span.end, |at| span.start + at as u32 + 2);
        let complaint = Diagnostic::warning(code, self.source.path(), words).at(Span { end, ..span });
        self.out.diagnostics.push(complaint.help(help.0, help.1));
    }

    /// Looks for `[^1]` that refers to no footnote, and so stands there as it is typed.
    fn look_for_notes(&mut self, inline: &Inline) {
        let in_code = self.open.iter().any(|opened| opened.role == ElementRole::Code);
        for at in memmem::find_iter(inline.text.as_bytes(), "[^").filter(|_| !in_code) {
            let label = inline.text[at + 2..].split([']', '[', ' ', '\n']).next().unwrap_or_default();
            let end = at + 2 + label.len();
            let rest = &inline.text[end..];
            let Some(place) =
                inline.runs.span(&(at..end + 1)).filter(|_| !label.is_empty() && rest.starts_with(']'))
            else {
                continue;
            };
            // One in code is shown on purpose; one before a colon was meant for a note itself.
            let before = &self.source.text()[..place.start as usize];
            if before.ends_with('`') || rest[1..].starts_with([':', '：']) {
                continue;
            }
            let words = Words::new(
                format!("没有 `[^{label}]` 这个脚注"),
                format!("there is no footnote `[^{label}]`"),
            );
            let complaint = Diagnostic::warning("note/missing", self.source.path(), words).at(place);
            self.out.diagnostics.push(complaint.help(
                format!("在文末另起一段写 `[^{label}]: …`"),
                format!("write `[^{label}]: …` as a paragraph of its own"),
            ));
        }
    }

    /// Ends the plain text that is being gathered: it is a passage, and perhaps a head.
    fn flush(&mut self) {
        let block = self.block.take();
        let Some(inline) = self.inline.take() else {
            return;
        };
        self.look_for_notes(&inline);
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
        let end = bold_end(inline, ordinal).or_else(|| head_end(&inline.text, ordinal));
        self.out.heads.push(HeadParagraph {
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

/// Whether an element says how a character is read, which is beside the text.
fn is_reading(name: &str) -> bool {
    matches!(name, "rt" | "rp")
}

/// Where a head ends that is bold from the ordinal on, before any full stop.
fn bold_end(inline: &Inline, ordinal: usize) -> Option<usize> {
    let bold = inline.bold.clone().filter(|bold| bold.start <= ordinal && bold.end > ordinal)?;
    let rest = &inline.text[bold.end..];
    let is_before = !inline.text[ordinal..bold.end].trim_end_matches('。').contains('。');
    (is_before && !rest.trim_matches(['。', '：', ':', ' ']).is_empty()).then_some(bold.end)
}

/// Where the head of a paragraph ends, after the first full stop; `None` if all is head.
fn head_end(text: &str, ordinal: usize) -> Option<usize> {
    let stop = text[ordinal..].find('。').map(|at| ordinal + at + '。'.len_utf8())?;
    (!text[stop..].trim().is_empty()).then_some(stop)
}
