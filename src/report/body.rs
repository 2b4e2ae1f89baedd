//! The text of a document: its parts, its outline by printed ordinals, its links, and the
//! passages in which figures are sought.
//!
//! Nothing here is HTML. What is kept are places in the source, so that an archive of many
//! reports is little larger than their files; pages are written from the source when they
//! are asked for.

mod grid;
mod inline;
mod links;
mod map;
mod marks;
mod note;
mod outline;
mod walk;

use super::evidence::{FigureMention, Passage, row};
use super::matter::{Extent, Matter};
use super::prose::{self, OutlinedText, Prose};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::source::{Source, Span};
use grid::MOST_CELLS;

pub use links::{Link, LinkTarget, address};
pub(super) use map::Map;
use marks::ItemMarks;
pub(crate) use note::is_note;
pub use outline::Section;

/// The text of a document, as places in its source.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// All of the text, the main title and what stands before it too.
    pub whole: Span,
    /// The main text.
    pub main: Span,
    /// The titles in the text, which stand above it on the page.
    pub titles: Box<[Span]>,
    /// The main title as it stands in the text, if it does; it is not shown twice.
    pub heading: Option<String>,
    /// A letter or notice that stands in the text before the main title.
    pub wrapper: Option<Span>,
    /// The wrapper's own title, if it has one in the text.
    pub wrapper_heading: Option<String>,
    /// The sections, in the order of the text, the wrapper's first.
    pub sections: Vec<Section>,
    /// Links and pictures.
    pub links: Vec<Link>,
    /// The sentences of the main text.
    pub(crate) prose: Prose,
}

impl Body {
    /// The section with this anchor.
    #[must_use]
    pub fn section(&self, anchor: &str) -> Option<&Section> {
        self.sections.iter().find(|section| *section.anchor == *anchor)
    }
}

/// A body, and what is needed only until its figures are bound.
pub(crate) struct ReadBody {
    pub(crate) body: Body,
    pub(super) passages: Vec<Passage>,
    pub(super) maps: Vec<Map>,
    pub(super) marks: ItemMarks,
}

impl ReadBody {
    /// Where the figure at `place` stands in the source; `None` where markup breaks it.
    pub(super) fn span(&self, place: &FigureMention) -> Option<Span> {
        self.maps[place.passage].span(place.cell, &place.figure)
    }

    /// The text of the passage or the cell at `place`.
    pub(super) fn text(&self, place: &FigureMention) -> &str {
        match (&self.passages[place.passage], place.cell) {
            (Passage::Prose { text }, _) => text,
            (Passage::Table { rows, .. }, Some((row, column))) => &rows[row][column],
            (Passage::Table { .. }, None) => "",
        }
    }

    /// The sentence around `place`, or the row of the table.
    pub(super) fn sentence(&self, place: &FigureMention) -> String {
        match (&self.passages[place.passage], place.cell) {
            (Passage::Prose { text }, _) => text.get(place.sentence.clone()).unwrap_or_default().to_owned(),
            (Passage::Table { header, rows }, Some((at, _))) => row(header, &rows[at]),
            (Passage::Table { .. }, None) => String::new(),
        }
    }
}

/// Reads the Markdown at `span`.
pub(crate) fn read(source: &Source, span: Span, matter: Option<&Matter>) -> Diagnosed<ReadBody> {
    let mut walked = walk::walk(source, span);
    let mut diagnostics = std::mem::take(&mut walked.diagnostics);
    diagnostics.extend(limit(source, &mut walked));
    let mut parts = outline::parts(source, &walked.heads, (span, matter));
    diagnostics.append(&mut parts.odd);
    let (sections, ordinals) = outline::sections(source, &walked.heads, &parts);
    // Passages of a text leave gaps in its count.
    let gaps = matter.is_some_and(|matter| matter.extent == Extent::Excerpt);
    diagnostics.extend(ordinals.into_iter().filter(|found| !(gaps && found.code == "ordinal/skipped")));
    diagnostics.extend(hidden(source, &walked.hidden));
    if let Some(complaint) = matter.and_then(|matter| without_text(source, matter, &parts)) {
        diagnostics.push(complaint);
    }
    let titles = [parts.wrapper_heading, parts.heading].into_iter().flatten();
    let titles: Box<[Span]> = titles.map(|at| walked.heads[at].span).collect();
    walked.leave_out(&titles);
    for map in &mut walked.maps {
        map.section = section_at(&sections, map);
    }
    let outlined = OutlinedText { sections: &sections, passages: &walked.passages, maps: &walked.maps };
    let prose = prose::read(source, parts.main, &outlined);
    // What is kept for every report of an archive is kept without room to grow.
    walked.links.shrink_to_fit();
    let body = Body {
        whole: span,
        main: parts.main,
        titles,
        heading: parts.heading.map(|at| walked.heads[at].text.clone()),
        wrapper: parts.wrapper,
        wrapper_heading: parts.wrapper_heading.map(|at| walked.heads[at].text.clone()),
        sections,
        links: walked.links,
        prose,
    };
    let value = ReadBody { body, passages: walked.passages, maps: walked.maps, marks: walked.marks };
    Diagnosed { value, diagnostics }
}

/// The complaint about ordinals that make no sections, one for all of them.
fn hidden(source: &Source, places: &[Span]) -> Option<Diagnostic> {
    let words = match places.len() {
        0 => return None,
        1 => Words::new(
            "这一行以序号开头，却接在上一段里，不会成为小节",
            "this line begins with an ordinal but belongs to the paragraph before, so it is no section",
        ),
        count => Words::new(
            format!("有 {count} 行以序号开头，却接在上一段里，不会成为小节"),
            format!(
                "{count} lines begin with an ordinal but belong to the paragraph before, so they are no sections"
            ),
        ),
    };
    let complaint = Diagnostic::warning("ordinal/hidden", source.path(), words).at_all(places);
    Some(complaint.help("在每个序号前面空一行", "put an empty line before each"))
}

/// More sections or links than this are no report, and looking after them would take long.
const MOST_SECTIONS: usize = 10_000;
const MOST_LINKS: usize = 20_000;

/// Drops what is beyond any report, and says so.
fn limit(source: &Source, walked: &mut walk::Walked) -> Option<Diagnostic> {
    if walked.heads.len() <= MOST_SECTIONS && walked.links.len() <= MOST_LINKS && !walked.too_many_cells {
        return None;
    }
    walked.heads.truncate(MOST_SECTIONS);
    walked.links.truncate(MOST_LINKS);
    let words = Words::new(
        format!(
            "正文的小节多于 {MOST_SECTIONS} 个，或链接多于 {MOST_LINKS} 个，或表格的格子多于 {MOST_CELLS} 个"
        ),
        format!(
            "the text has more than {MOST_SECTIONS} sections, {MOST_LINKS} links or {MOST_CELLS} cells of tables"
        ),
    );
    Some(
        Diagnostic::error("text/too-large", source.path(), words)
            .help("拆成几份文件", "split it into several documents"),
    )
}

/// A wrapper must have its text somewhere.
fn without_text(source: &Source, matter: &Matter, parts: &outline::BodyParts) -> Option<Diagnostic> {
    let wrapper = matter.wrapper.as_ref()?;
    if wrapper.text.is_some() || parts.wrapper.is_some() {
        return None;
    }
    let words = Words::new("找不到呈报或印发文件的文字", "the covering letter or notice has no text");
    let diagnostic = Diagnostic::error("wrapper/absent", source.path(), words).at(wrapper.role.span);
    Some(diagnostic.help(
        "在 `wrapper` 里写 `text:`，或把它放在正文的一级标题（`# …`）之前",
        "give it a `text:`, or put it before a level-one heading (# …) in the body",
    ))
}

/// The last section that begins at or before the first word of a passage.
fn section_at(sections: &[Section], map: &Map) -> Option<usize> {
    let start = map.start()?;
    let after = sections.partition_point(|section| section.span.start <= start);
    after.checked_sub(1)
}
