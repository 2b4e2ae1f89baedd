//! From a draft to parts that know where their words come from: paragraphs and tables in reading order,
//! with all that was left out between them.

use std::ops::Range;

use super::attached;
use super::draft::{Block, Draft, DraftCell, DraftTable, Paragraph, ParagraphStyle, StyledRun};
use super::traced::{Traced, TracedPiece};

/// A part of a text that is being made.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextPart {
    /// What was left out before it.
    pub(crate) before: Traced,
    /// What it says.
    pub(crate) body: Traced,
    /// What it is.
    pub(crate) role: PartRole,
}

/// What a part is.
#[derive(Clone, Debug, Default)]
pub(crate) enum PartRole {
    /// A paragraph.
    #[default]
    Text,
    /// The document's title, says the file.
    Title,
    /// A heading of this level.
    Heading(u8),
    /// The text of a note; its number.
    Note(u32),
    /// An item of a list; how deep.
    Item(u8),
    /// A table; its body is empty.
    Table(Vec<Vec<CellPart>>),
    /// Markdown already, to be kept as it is.
    Markdown,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub(crate) struct CellPart {
    /// Its paragraphs.
    pub(crate) texts: Vec<Traced>,
    /// How many columns it spans.
    pub(crate) across: u16,
    /// How many rows.
    pub(crate) down: u16,
    /// Whether it labels others.
    pub(crate) head: bool,
}

/// A text in parts, and what was left out behind the last.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextParts {
    /// Its parts, in reading order.
    pub(crate) parts: Vec<TextPart>,
    /// What was left out at the end.
    pub(crate) tail: Traced,
}

impl TextPart {
    /// A part that says `body`.
    fn new(role: PartRole) -> Self {
        Self { role, ..Self::default() }
    }

    /// What it says, given the source. A table says nothing.
    pub(crate) fn shown(&self, source: &str) -> String {
        self.body.shown(source)
    }

    /// Whether nothing of it is left.
    pub(crate) fn is_gone(&self) -> bool {
        let gone = self.body.pieces().iter().all(|piece| matches!(piece, TracedPiece::Gone { .. }));
        gone && !matches!(self.role, PartRole::Table(_))
    }

    /// Every text of it, those of cells too.
    pub(crate) fn texts(&mut self) -> Vec<&mut Traced> {
        match &mut self.role {
            PartRole::Table(rows) => {
                rows.iter_mut().flatten().flat_map(|cell| cell.texts.iter_mut()).collect()
            }
            _ => vec![&mut self.body],
        }
    }

    /// Leaves all of it out by `rule`.
    pub(crate) fn leave_out(&mut self, rule: &'static str) {
        let role = std::mem::take(&mut self.role);
        if let PartRole::Table(rows) = role {
            for text in rows.into_iter().flatten().flat_map(|cell| cell.texts) {
                self.body.append(text);
            }
        }
        self.body = std::mem::take(&mut self.body).without(rule);
    }
}

/// The parts of a draft. Every byte of its text is in one of them, kept or gone. A line that ends within a
/// paragraph ends a part, unless the text is Markdown, where it means nothing.
pub(crate) fn parts(draft: &Draft, markdown: bool) -> TextParts {
    let mut gather = Gather {
        draft,
        markdown,
        names: attached::names(&draft.files),
        asides: asides(draft),
        next: 0,
        moved: moved(draft),
        out: TextParts::default(),
    };
    for block in &draft.blocks {
        match block {
            Block::Paragraph(paragraph) => gather.paragraph(paragraph),
            Block::Table(table) => gather.table(table),
        }
    }
    gather.finish()
}

/// What is not shown where it stands: asides, labels and moved runs, in the order of the source.
fn asides(draft: &Draft) -> Vec<(Range<usize>, &'static str)> {
    let asides = draft.asides.iter().map(|aside| (aside.at.clone(), aside.rule));
    let labels = draft.labels.iter().map(|label| (label.at.clone(), "label"));
    let moved = moved(draft).into_iter().map(|at| (at, "moved"));
    let mut all: Vec<_> = asides.chain(labels).chain(moved).filter(|(at, _)| !at.is_empty()).collect();
    all.sort_by_key(|(at, _)| at.start);
    all
}

/// The runs that are not read in the order in which they stand, such as the text of a note: as few as
/// can be, so that all others follow one another.
fn moved(draft: &Draft) -> Vec<Range<usize>> {
    let runs = draft.paragraphs().flat_map(|paragraph| &paragraph.runs);
    let all: Vec<Range<usize>> = runs.filter_map(|run| run.at.clone()).filter(|at| !at.is_empty()).collect();
    let stays = longest_rise(&all.iter().map(|at| at.start).collect::<Vec<_>>());
    let mut moved: Vec<_> =
        all.into_iter().zip(stays).filter(|(_, stays)| !stays).map(|(at, _)| at).collect();
    moved.sort_by_key(|at| at.start);
    moved
}

/// For each number whether it belongs to the longest sequence that rises.
fn longest_rise(numbers: &[usize]) -> Vec<bool> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(number) = at {
        stays[number] = true;
        at = before[number];
    }
    stays
}

struct Gather<'a> {
    draft: &'a Draft,
    markdown: bool,
    /// The names of the files in it.
    names: Vec<String>,
    asides: Vec<(Range<usize>, &'static str)>,
    /// The first of the asides that is not told yet.
    next: usize,
    moved: Vec<Range<usize>>,
    out: TextParts,
}

impl Gather<'_> {
    /// What is left out before `start` and was not told yet.
    fn left_out(&mut self, start: usize) -> Traced {
        let mut gone = Traced::default();
        while let Some((at, rule)) = self.asides.get(self.next).filter(|(at, _)| at.start < start) {
            gone.push(TracedPiece::Gone { at: at.clone(), rule });
            self.next += 1;
        }
        gone
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let role = match paragraph.style {
            ParagraphStyle::Body => PartRole::Text,
            ParagraphStyle::Title => PartRole::Title,
            ParagraphStyle::Heading(level) => PartRole::Heading(level),
            ParagraphStyle::Note(number) => PartRole::Note(number),
            ParagraphStyle::Item(depth) => PartRole::Item(depth),
            ParagraphStyle::Markdown => PartRole::Markdown,
        };
        let whole = self.markdown || matches!(role, PartRole::Markdown);
        for text in self.texts(&paragraph.runs, whole) {
            let mut part = TextPart::new(role.clone());
            (part.before, part.body) = text;
            self.out.parts.push(part);
        }
    }

    /// The texts that runs make, one for each line unless they are one `whole`, each with what is left out
    /// before it.
    fn texts(&mut self, runs: &[StyledRun], whole: bool) -> Vec<(Traced, Traced)> {
        let mut texts = vec![(Traced::default(), Traced::default())];
        let bold = if whole { 0 } else { bold_head(runs) };
        for (number, run) in runs.iter().enumerate() {
            if number == 0 && bold > 0 {
                last(&mut texts).make("**", "bold");
            }
            self.run(run, whole, &mut texts);
            if number + 1 == bold {
                last(&mut texts).make("**", "bold");
            }
        }
        texts
    }

    fn run(&mut self, run: &StyledRun, whole: bool, texts: &mut Vec<(Traced, Traced)>) {
        let link = run.link.as_deref().and_then(address).filter(|_| !run.text.trim().is_empty());
        if link.is_some() {
            last(texts).make("[", "link");
        }
        let lines = run.text.split_inclusive('\n');
        let mut from = 0;
        for line in lines {
            let words = if whole { line } else { line.trim_end_matches('\n') };
            self.words(run, from..from + words.len(), texts);
            if words.len() < line.len() {
                self.line_end(run, from + words.len()..from + line.len(), texts);
            }
            from += line.len();
        }
        if let Some(link) = link {
            last(texts).make(format!("]({link})"), "link");
        }
        if let Some(note) = run.note {
            last(texts).make(format!("[^{note}]"), "note");
        }
        if let Some((at, file)) = run.picture.and_then(|at| Some((at, self.draft.files.get(at)?))) {
            let title = file.title.as_deref().unwrap_or_default().replace(['[', ']', '\n'], " ");
            last(texts).make(format!("![{}]({})", title.trim(), self.names[at]), "picture");
        }
    }

    /// Adds a part of a run's words.
    fn words(&mut self, run: &StyledRun, part: Range<usize>, texts: &mut [(Traced, Traced)]) {
        let Some(at) = run.at.clone().filter(|at| !at.is_empty()) else {
            // The number at which a note is called says the same as the label that is put there.
            if run.note.is_none() {
                last(texts).make(&run.text[part], "numbering");
            }
            return;
        };
        if self.moved.binary_search_by_key(&at.start, |moved| moved.start).is_ok() {
            last(texts).make(&run.text[part], "moved");
            return;
        }
        let gone = self.left_out(at.start);
        if let Some((before, body)) = texts.last_mut() {
            if body.pieces().is_empty() { before.append(gone) } else { body.append(gone) }
        }
        let range = at.start + part.start..at.start + part.end;
        last(texts).push(match run.note {
            Some(_) => TracedPiece::Gone { at: range, rule: "note" },
            None => TracedPiece::Kept(range),
        });
    }

    /// A line ends within a run, and a part with it.
    fn line_end(&mut self, run: &StyledRun, part: Range<usize>, texts: &mut Vec<(Traced, Traced)>) {
        let mut before = Traced::default();
        if let Some(at) = run.at.clone().filter(|at| !at.is_empty()) {
            let is_moved = self.moved.binary_search_by_key(&at.start, |moved| moved.start).is_ok();
            if !is_moved {
                before.append(self.left_out(at.start));
                let at = at.start + part.start..at.start + part.end;
                before.push(TracedPiece::Gone { at, rule: "line-end" });
            }
        }
        texts.push((before, Traced::default()));
    }

    fn table(&mut self, table: &DraftTable) {
        let mut part = TextPart::default();
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let cells = row.cells.iter().map(|cell| self.cell(cell));
            rows.push(cells.collect());
        }
        part.role = PartRole::Table(rows);
        self.out.parts.push(part);
    }

    fn cell(&mut self, cell: &DraftCell) -> CellPart {
        let mut texts = Vec::new();
        for paragraph in &cell.paragraphs {
            for (mut before, body) in self.texts(&paragraph.runs, false) {
                before.append(body);
                texts.push(before);
            }
        }
        CellPart { texts, across: cell.across.max(1), down: cell.down.max(1), head: cell.head }
    }

    fn finish(mut self) -> TextParts {
        self.out.tail = self.left_out(usize::MAX);
        self.out
    }
}

/// The text that is being made.
fn last(texts: &mut [(Traced, Traced)]) -> &mut Traced {
    match texts {
        [.., (_, body)] => body,
        [] => unreachable!("there is always a text"),
    }
}

/// How many runs at the start of a paragraph are bold and make its head: it begins with an ordinal, and
/// what follows is not bold.
fn bold_head(runs: &[StyledRun]) -> usize {
    let bold = runs.iter().take_while(|run| run.bold && run.note.is_none() && run.link.is_none()).count();
    let head: String = runs[..bold].iter().map(|run| run.text.as_str()).collect();
    let rest: String = runs[bold..].iter().map(|run| run.text.as_str()).collect();
    let is_head = crate::han::ordinal::read(&head).is_some_and(|printed| printed.len < head.trim_end().len());
    let plain = !head.contains(['*', '\n']) && head.trim() == head;
    if is_head && plain && !rest.trim().is_empty() { bold } else { 0 }
}

/// An address that a link may have, as it is written in Markdown.
fn address(link: &str) -> Option<String> {
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
    let plain =
        !link.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\'));
    (known && plain).then(|| if link.contains(['(', ')']) { format!("<{link}>") } else { link.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_can_be_are_moved() {
        assert_eq!(longest_rise(&[0, 90, 10, 20, 5, 30]), [true, false, true, true, false, true]);
        assert!(longest_rise(&[]).is_empty());
    }
}
