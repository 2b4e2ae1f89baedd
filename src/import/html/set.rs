//! Walks over a page and tells everything that it says: what is text as paragraphs and tables, what is
//! metadata as labels, and the rest as asides.

mod outside;

use super::labels::{self, OutsideLine, is_label, is_said};
use super::nature::{is_block, is_button, seen_if_short, seen_text, unseen};
use super::tree::{HtmlData, HtmlElement, HtmlNodeId, HtmlTree};
use crate::diag::Words;
use crate::han::fold::fold_str;
use crate::import::draft::{
    Block, Draft, DraftCell, DraftRow, DraftTable, Limits, OmittedStretch, Paragraph, ParagraphStyle,
    StyledRun,
};
use crate::import::refused::Refused;
use outside::OutsidePlace;

/// A page, told.
pub(super) fn draft_of(tree: &HtmlTree, article: HtmlNodeId, limits: &Limits) -> Result<Draft, Refused> {
    let mut setter = Setter::new(tree, article, limits);
    setter.head(tree.root());
    setter.outside(tree.root(), OutsidePlace { rule: "html-furniture", row: None });
    setter.line(OutsidePlace { rule: "html-furniture", row: None });
    setter.paragraph();
    if setter.paragraphs > limits.paragraphs {
        let most = limits.paragraphs;
        return Err(Refused::Limit(Words::new(
            format!("段落和单元格超过 {most} 个"),
            format!("it has more than {most} paragraphs and cells"),
        )));
    }
    labels::tell(&mut setter.draft, &setter.lines);
    Ok(setter.draft)
}

/// How long a paragraph is, at least, that is text and no title or line of a catalogue.
const ENOUGH: usize = 60;

/// How words are set.
#[derive(Clone, Default)]
struct WordSetting {
    bold: bool,
    link: Option<String>,
    style: ParagraphStyle,
    /// How deep in lists.
    lists: u8,
}

struct Setter<'t> {
    tree: &'t HtmlTree,
    article: HtmlNodeId,
    /// Where the blocks go: those of the page, or the paragraphs of an open cell.
    draft: Draft,
    cells: Vec<Vec<Paragraph>>,
    open: Paragraph,
    /// White space that comes before the next word, if one does, and whether lines end in it.
    gap: Option<bool>,
    /// Where the open line outside of the text begins.
    started: Option<usize>,
    /// Where elements begin in it.
    edges: Vec<usize>,
    /// Whether a paragraph of the text stands already.
    has_text: bool,
    lines: Vec<OutsideLine>,
    paragraphs: usize,
    most: usize,
}

impl<'t> Setter<'t> {
    fn new(tree: &'t HtmlTree, article: HtmlNodeId, limits: &Limits) -> Self {
        Self {
            tree,
            article,
            draft: Draft::default(),
            cells: Vec::new(),
            open: Paragraph::default(),
            gap: None,
            started: None,
            edges: Vec::new(),
            has_text: false,
            lines: Vec::new(),
            paragraphs: 0,
            most: limits.paragraphs,
        }
    }

    fn add(&mut self, text: &str) -> std::ops::Range<usize> {
        let start = self.draft.text.len();
        self.draft.text.push_str(text);
        start..self.draft.text.len()
    }

    /// Ends the line in the text of the page; a page itself has no lines.
    fn end_line(&mut self) {
        let at = self.add("\n");
        self.draft.asides.push(OmittedStretch { at, rule: "line-end" });
    }

    fn aside(&mut self, text: &str, rule: &'static str) {
        let text = text.trim();
        if !text.is_empty() {
            let at = self.add(text);
            self.draft.asides.push(OmittedStretch { at, rule });
            self.end_line();
        }
    }

    /// The text, or a part of it.
    fn inside(&mut self, id: HtmlNodeId, manner: &WordSetting) {
        let tree = self.tree;
        if self.paragraphs > self.most {
            return;
        }
        match tree.data(id) {
            HtmlData::Text(text) => self.words(text, manner),
            HtmlData::Comment => {}
            HtmlData::Root => self.children(id, manner),
            HtmlData::Element(element) => self.element(id, element, manner),
        }
    }

    fn children(&mut self, id: HtmlNodeId, manner: &WordSetting) {
        self.tree.children(id).iter().for_each(|child| self.inside(*child, manner));
    }

    fn element(&mut self, id: HtmlNodeId, element: &HtmlElement, manner: &WordSetting) {
        let tree = self.tree;
        if let Some(rule) = self.left_out(id, element) {
            // An ordinal and what pads it stand within a paragraph.
            if is_block(element) {
                self.paragraph();
            }
            let at = self.add(&whole_line(tree, id));
            if !at.is_empty() {
                self.draft.asides.push(OmittedStretch { at, rule });
            }
            return;
        }
        if !self.has_text && is_block(element) && self.is_catalogue(id) {
            self.paragraph();
            let place = OutsidePlace { rule: "html-furniture", row: Some(id) };
            tree.children(id).iter().for_each(|child| self.outside(*child, place));
            return self.line(place);
        }
        if let Some(number) = note_called(element) {
            return self.note(id, number);
        }
        match element.name.as_str() {
            "br" => self.line_break(),
            "img" => self.picture(element),
            "meta" | "title" | "link" => {}
            "table" => self.table(id, manner),
            "ol" | "ul" => self.list(id, element, manner),
            _ if is_block(element) => {
                self.paragraph();
                self.children(id, &block_manner(element, manner));
                self.paragraph();
            }
            _ => self.children(id, &inline_manner(element, manner)),
        }
    }

    /// Whether an element above the text says what catalogues say: 索引号：…, 发布日期：…
    fn is_catalogue(&self, id: HtmlNodeId) -> bool {
        id != self.article && seen_if_short(self.tree, id).is_some_and(|text| is_said(&one_line(&text)))
    }

    /// The rule that leaves an element of the text out.
    fn left_out(&self, id: HtmlNodeId, element: &HtmlElement) -> Option<&'static str> {
        if let Some(rule) = unseen(element) {
            return Some(rule);
        }
        if is_bullet(self.tree, id) {
            return Some("html-bullet");
        }
        if is_padding(self.tree, id, element) {
            return Some("html-ordinal-gap");
        }
        if element.name == "del" || element.has_style("mso-element", "comment") {
            return Some(if element.name == "del" { "html-deleted" } else { "html-comment" });
        }
        if !is_block(element) || id == self.article {
            return None;
        }
        let text = seen_if_short(self.tree, id)?;
        (is_button(element) || says_buttons(&fold_str(&text))).then_some("html-furniture")
    }

    /// The number of a note, in the text or before the note itself: the report has its own.
    fn note(&mut self, id: HtmlNodeId, number: Option<u32>) {
        let at = self.add(&whole_line(self.tree, id));
        self.draft.asides.push(OmittedStretch { at, rule: "html-note-number" });
        if number.is_some() {
            self.open.runs.push(StyledRun { note: number, ..StyledRun::default() });
        }
    }

    fn words(&mut self, text: &str, manner: &WordSetting) {
        let mut rest = text;
        while !rest.is_empty() {
            let space = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            if space > 0 {
                let has_line = rest[..space].contains(['\n', '\r']);
                self.gap = Some(self.gap.unwrap_or_default() || has_line);
                rest = &rest[space..];
                continue;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            self.word(&rest[..end], manner);
            rest = &rest[end..];
        }
    }

    /// Words without white space that collapses, and before them what is left of such.
    fn word(&mut self, word: &str, manner: &WordSetting) {
        let last = self.open.runs.last().and_then(|run| run.text.chars().next_back());
        let is_wide = |c: char| c >= '\u{2e80}';
        if let (Some(has_line), Some(before)) = (self.gap.take(), last) {
            let joins = has_line && is_wide(before) && word.chars().next().is_some_and(is_wide);
            if !joins && before != '\n' {
                self.run(" ", manner);
            }
        }
        self.run(word, manner);
    }

    fn run(&mut self, text: &str, manner: &WordSetting) {
        let at = self.add(text);
        if self.open.runs.is_empty() {
            self.open.style = manner.style;
        }
        match self.open.runs.last_mut() {
            Some(last)
                if last.at.as_ref().is_some_and(|before| before.end == at.start)
                    && (last.bold, &last.link) == (manner.bold, &manner.link) =>
            {
                last.text.push_str(text);
                last.at = last.at.take().map(|before| before.start..at.end);
            }
            _ => self.open.runs.push(StyledRun {
                at: Some(at),
                text: text.to_owned(),
                bold: manner.bold,
                link: manner.link.clone(),
                ..StyledRun::default()
            }),
        }
    }

    /// One break is one within the paragraph; a second one right after it begins another.
    fn line_break(&mut self) {
        self.gap = None;
        match self.open.runs.last() {
            Some(last) if last.text == "\n" => self.paragraph(),
            Some(_) => self.open.runs.push(StyledRun { text: "\n".to_owned(), ..StyledRun::default() }),
            None => {}
        }
    }

    /// A picture of another file is not in this one: what is known of it is told.
    fn picture(&mut self, element: &HtmlElement) {
        let told = ["alt", "title", "src"].into_iter().filter_map(|name| element.get(name));
        let told = told.map(|value| one_line(value).chars().take(200).collect::<String>());
        let told = told.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ");
        if !told.is_empty() {
            let at = self.add(&told);
            self.draft.asides.push(OmittedStretch { at, rule: "html-picture" });
        }
    }

    /// Ends the open paragraph; one that shows nothing is none.
    fn paragraph(&mut self) {
        self.gap = None;
        let mut open = std::mem::take(&mut self.open);
        while open.runs.last().is_some_and(|run| run.at.is_none() && run.text == "\n") {
            open.runs.pop();
        }
        let is_blank = |run: &StyledRun| run.text.trim().is_empty();
        if open.runs.is_empty() {
            return;
        }
        if open.runs.iter().all(is_blank) {
            let blank = open.runs.into_iter().filter_map(|run| run.at);
            self.draft.asides.extend(blank.map(|at| OmittedStretch { at, rule: "html-space" }));
        } else {
            self.paragraphs += 1;
            let length: usize = open.runs.iter().map(|run| run.text.chars().count()).sum();
            self.has_text |= length >= ENOUGH;
            match self.cells.last_mut() {
                Some(cell) => cell.push(open),
                None => self.draft.blocks.push(Block::Paragraph(open)),
            }
        }
        self.end_line();
    }

    /// A list: browsers print numbers before the entries of one that counts.
    fn list(&mut self, id: HtmlNodeId, element: &HtmlElement, manner: &WordSetting) {
        let tree = self.tree;
        self.paragraph();
        let lists = manner.lists.saturating_add(1);
        let counts = element.name == "ol"
            && !element.has_style("list-style", "none")
            && !element.has_style("list-style-type", "none");
        let mut number: i64 = element.get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        for child in tree.children(id) {
            let Some(entry) = tree.element(*child).filter(|entry| entry.name == "li") else {
                self.inside(*child, &WordSetting { lists, ..manner.clone() });
                continue;
            };
            number = entry.get("value").and_then(|value| value.trim().parse().ok()).unwrap_or(number);
            if counts {
                let printed = printed(number, element.get("type").unwrap_or("1"));
                self.open.style = ParagraphStyle::Item(lists);
                self.open.runs.push(StyledRun { text: printed, ..StyledRun::default() });
            }
            self.children(
                *child,
                &WordSetting { lists, style: ParagraphStyle::Item(lists), ..manner.clone() },
            );
            self.paragraph();
            number = number.saturating_add(1);
        }
    }

    /// A table; one that only lays the page out is read as the text in it, one of metadata as labels.
    fn table(&mut self, id: HtmlNodeId, manner: &WordSetting) {
        let rows = rows(self.tree, id);
        self.paragraph();
        if is_metadata(self.tree, &rows) {
            for (number, row) in rows.iter().enumerate() {
                let place =
                    OutsidePlace { rule: "html-furniture", row: Some(id.saturating_mul(1000) + number) };
                for cell in row {
                    self.outside_words(&seen_text(self.tree, *cell));
                    self.line(place);
                }
            }
            return;
        }
        let is_layout = rows.iter().all(|row| row.len() <= 1) || holds_table(self.tree, &rows);
        if is_layout || !self.cells.is_empty() {
            for cell in rows.iter().flatten() {
                self.children(*cell, manner);
                self.paragraph();
            }
            return;
        }
        let mut table = DraftTable::default();
        for row in rows {
            let cells = row.into_iter().map(|cell| self.cell(cell, manner)).collect();
            table.rows.push(DraftRow { cells });
        }
        self.draft.blocks.push(Block::Table(table));
    }

    fn cell(&mut self, id: HtmlNodeId, manner: &WordSetting) -> DraftCell {
        self.paragraphs += 1;
        self.cells.push(Vec::new());
        self.children(id, manner);
        self.paragraph();
        let paragraphs = self.cells.pop().unwrap_or_default();
        let element = self.tree.element(id);
        let span = |name: &str| {
            let given = element.and_then(|element| element.get(name)?.trim().parse::<u16>().ok());
            given.unwrap_or(1).clamp(1, 1000)
        };
        let head = element.is_some_and(|element| element.name == "th");
        DraftCell { paragraphs, across: span("colspan"), down: span("rowspan"), head }
    }
}

/// Everything that stands below a node, seen or not, on one line.
fn whole_line(tree: &HtmlTree, id: HtmlNodeId) -> String {
    let text: String = tree
        .all(id)
        .filter_map(|id| match tree.data(id) {
            HtmlData::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    one_line(&text)
}

fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// What browsers print before the entry `number` of a list of this type.
fn printed(number: i64, of_type: &str) -> String {
    let letter = |first: u8| {
        let at = u8::try_from(number - 1).ok().filter(|at| *at < 26);
        at.map(|at| char::from(first + at).to_string())
    };
    let said = match of_type {
        "a" => letter(b'a'),
        "A" => letter(b'A'),
        _ => None,
    };
    format!("{}. ", said.unwrap_or_else(|| number.to_string()))
}

fn block_manner(element: &HtmlElement, manner: &WordSetting) -> WordSetting {
    let style = match element.name.as_str() {
        "h1" => ParagraphStyle::Heading(1),
        "h2" => ParagraphStyle::Heading(2),
        "h3" => ParagraphStyle::Heading(3),
        "h4" => ParagraphStyle::Heading(4),
        "h5" => ParagraphStyle::Heading(5),
        "h6" => ParagraphStyle::Heading(6),
        _ if element.get("class").is_some_and(|class| class.eq_ignore_ascii_case("msotitle")) => {
            ParagraphStyle::Title
        }
        _ => note_of(element).map_or(manner.style, ParagraphStyle::Note),
    };
    WordSetting { style, ..inline_manner(element, manner) }
}

fn inline_manner(element: &HtmlElement, manner: &WordSetting) -> WordSetting {
    let weight = element.style("font-weight");
    let bold = match weight.as_deref() {
        Some("normal" | "400") => false,
        Some(weight) => weight.starts_with("bold") || weight.parse::<u16>().is_ok_and(|weight| weight >= 600),
        None => manner.bold || matches!(element.name.as_str(), "b" | "strong"),
    };
    let href = element.get("href").filter(|_| element.name == "a").map(str::trim);
    let is_whole = |href: &&str| {
        let start: String = href.chars().take(12).collect::<String>().to_ascii_lowercase();
        !href.is_empty()
            && !href.starts_with('#')
            && !["javascript:", "data:", "file:", "about:"].iter().any(|bad| start.starts_with(bad))
    };
    let link = href.filter(is_whole).map(str::to_owned).or_else(|| manner.link.clone());
    WordSetting { bold, link, ..manner.clone() }
}

/// Whether a span only pads an ordinal of Word: seven points of Times New Roman, spaces alone.
fn is_padding(tree: &HtmlTree, id: HtmlNodeId, element: &HtmlElement) -> bool {
    element.name == "span"
        && tree.above(id).take(2).any(|above| is_ordinal(tree, above))
        && seen_text(tree, id).trim().is_empty()
}

/// Whether an element holds an ordinal that Word or WPS made.
fn is_ordinal(tree: &HtmlTree, id: HtmlNodeId) -> bool {
    tree.element(id).is_some_and(|element| element.has_style("mso-list", "ignore"))
}

/// Whether an element is a bullet that Word drew with a letter of a font of signs.
fn is_bullet(tree: &HtmlTree, id: HtmlNodeId) -> bool {
    let has_signs = |id: HtmlNodeId| {
        let family = tree.element(id).and_then(|element| element.style("font-family"));
        family.is_some_and(|family| family.contains("wingdings") || family.contains("symbol"))
    };
    is_ordinal(tree, id) && (has_signs(id) || tree.above(id).take(2).any(has_signs))
}

/// The number of the note that a link of Word calls, or that stands before the note that it leads back
/// from: `Some(None)`.
fn note_called(element: &HtmlElement) -> Option<Option<u32>> {
    let id = element.style("mso-footnote-id").or_else(|| element.style("mso-endnote-id"))?;
    let is_back = element.get("href").is_some_and(|href| href.contains("ref"));
    let number = id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    Some(number.filter(|_| !is_back))
}

/// The number of the note that an element holds.
fn note_of(element: &HtmlElement) -> Option<u32> {
    let is_note = element.has_style("mso-element", "footnote") || element.has_style("mso-element", "endnote");
    let id = element.get("id").filter(|_| is_note)?;
    id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// Whether a line is a button of a portal, spaces and brackets aside.
fn says_buttons(text: &str) -> bool {
    const BUTTONS: [&str; 25] = [
        "打印",
        "打印本页",
        "关闭",
        "关闭窗口",
        "关闭本页",
        "返回顶部",
        "分享到",
        "分享",
        "收藏",
        "扫一扫在手机打开当前页",
        "扫一扫手机打开当前页",
        "字体大中小",
        "大中小",
        "上一篇",
        "下一篇",
        "我要纠错",
        "政府网站找错",
        "加入收藏",
        "打印此文",
        "打印本文",
        "打印页面",
        "关闭此页",
        "关闭页面",
        "返回",
        "点击打印",
    ];
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut rest = plain.as_str();
    while !rest.is_empty() {
        let Some(button) =
            BUTTONS.iter().filter(|button| rest.starts_with(**button)).max_by_key(|button| button.len())
        else {
            return false;
        };
        rest = &rest[button.len()..];
    }
    !plain.is_empty()
}

/// The cells of a table, row by row; those of tables within it are not among them.
fn rows(tree: &HtmlTree, table: HtmlNodeId) -> Vec<Vec<HtmlNodeId>> {
    let mut rows = Vec::new();
    let name = |id: HtmlNodeId| tree.element(id).map_or("", |element| element.name.as_str());
    let mut open: Vec<HtmlNodeId> = tree.children(table).iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        match name(id) {
            "tr" => {
                rows.push(
                    tree.children(id).iter().copied().filter(|id| matches!(name(*id), "td" | "th")).collect(),
                );
            }
            "caption" => rows.push(vec![id]),
            _ => open.extend(tree.children(id).iter().rev()),
        }
    }
    rows
}

fn holds_table(tree: &HtmlTree, rows: &[Vec<HtmlNodeId>]) -> bool {
    let is_table = |id: HtmlNodeId| tree.element(id).is_some_and(|element| element.name == "table");
    rows.iter().flatten().any(|cell| tree.all(*cell).any(is_table))
}

/// Whether a table holds metadata: two names at least, and a name in every row.
fn is_metadata(tree: &HtmlTree, rows: &[Vec<HtmlNodeId>]) -> bool {
    let names = |row: &Vec<HtmlNodeId>| {
        row.iter().filter(|cell| is_label(&one_line(&seen_text(tree, **cell)))).count()
    };
    let count: usize = rows.iter().take(40).map(names).sum();
    count >= 2 && rows.len() <= 40 && rows.iter().all(|row| names(row) > 0)
}
