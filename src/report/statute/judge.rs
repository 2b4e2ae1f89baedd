//! What does not agree in the prescribed tables, or between them and the text, by the table of rules. It is said
//! that two figures differ, never which of them is wrong.

use std::ops::Range;

use super::tables::{CellStatement, StatuteCell, StatuteTables};
use crate::diag::{Diagnostic, Words};
use crate::han::quantity::Quantity;
use crate::han::sentence::sentences;
use crate::report::body::{ReadBody, Section};
use crate::report::evidence::Passage;
use crate::source::{Source, Span};
use crate::statute::{Equation, FigureLead, RULES, RequiredMention, TableLine};

/// Everything that does not agree in a document whose kind has prescribed tables.
pub(in crate::report) fn judge(
    source: &Source,
    (tables, body): (&StatuteTables, &ReadBody),
    year: i16,
) -> Vec<Diagnostic> {
    let ledger = JudgedTables { source, body, tables };
    if tables.cells.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Diagnostic> = RULES.sums.iter().flat_map(|sum| ledger.sums(sum)).collect();
    found.extend(RULES.told.iter().flat_map(|told| ledger.told(told, year)));
    found.extend(RULES.spoken.iter().filter_map(|spoken| ledger.unspoken(spoken)));
    found.extend(ledger.unwritten());
    found
}

/// The tables of a document, and where their cells stand.
struct JudgedTables<'a> {
    source: &'a Source,
    body: &'a ReadBody,
    tables: &'a StatuteTables,
}

/// One side of an equation, worked out.
struct EquationSide<'a> {
    total: Quantity,
    /// Whether a cell says no figure: empty, a stroke, a dash.
    is_open: bool,
    cells: Vec<&'a StatuteCell>,
    formula: String,
}

impl EquationSide<'_> {
    /// Whether the sides differ whatever the cells without figures stand for.
    fn differs(&self, other: &Self) -> bool {
        match (self.is_open, other.is_open) {
            (false, false) => self.total != other.total,
            (true, false) => self.total > other.total,
            (false, true) => self.total < other.total,
            (true, true) => false,
        }
    }
}

impl JudgedTables<'_> {
    fn sums(&self, sum: &Equation) -> Vec<Diagnostic> {
        let across: &[TableLine] = if sum.by_column { &RULES.columns } else { &RULES.rows };
        let across = across.iter().filter(|line| line.table == sum.table);
        across.filter_map(|line| self.unequal(sum, line)).collect()
    }

    /// A complaint where the equation does not hold in one column or row.
    fn unequal(&self, sum: &Equation, across: &TableLine) -> Option<Diagnostic> {
        let left = self.side(sum, &sum.left, across)?;
        let right = self.side(sum, &sum.right, across)?;
        if !left.differs(&right) {
            return None;
        }
        let (name, side) = (across.name, if sum.by_column { "列" } else { "行" });
        let words = Words::new(
            format!(
                "“{name}”一{side}：{}是 {}，{}是 {}，两边不等",
                left.formula, left.total, right.formula, right.total
            ),
            format!(
                "{name}: {} makes {}, and {} makes {}",
                left.formula, left.total, right.formula, right.total
            ),
        );
        let first = left.cells.first().copied();
        let complaint = Diagnostic::of("info/sum", self.source.path(), words);
        Some(self.at(complaint, first).help(
            "对照原表核对各格；原文如此的，用 `accept` 注明",
            "compare the cells with the original; if it is printed so, say it with `accept`",
        ))
    }

    /// One side of an equation; `None` where the table lacks a cell that it needs.
    fn side(&self, sum: &Equation, terms: &[&'static str], across: &TableLine) -> Option<EquationSide<'_>> {
        let mut side = EquationSide {
            total: Quantity::from(0),
            is_open: false,
            cells: Vec::new(),
            formula: String::new(),
        };
        for term in terms {
            let lines = if sum.by_column { &RULES.rows } else { &RULES.columns };
            let of_term = |line: &&TableLine| {
                line.table == sum.table
                    && match term.strip_suffix(".*") {
                        Some(group) => line.id.strip_prefix(group).is_some_and(|rest| rest.starts_with('.')),
                        None => line.id == *term,
                    }
            };
            for line in lines.iter().filter(of_term) {
                let (row, column) = if sum.by_column { (line.id, across.id) } else { (across.id, line.id) };
                let cell = self.tables.get(&format!("{}/{row}/{column}", sum.table))?;
                match cell.said {
                    CellStatement::Number(number) => side.total = side.total.plus(number)?,
                    _ => side.is_open = true,
                }
                side.cells.push(cell);
            }
            let name = lines
                .iter()
                .find(|line| line.table == sum.table && line.id == term.strip_suffix(".*").unwrap_or(term))?;
            let separator = if side.formula.is_empty() { "" } else { "＋" };
            let each = if term.ends_with(".*") { "各行" } else { "" };
            side.formula = format!("{}{separator}{}{each}", side.formula, name.name);
        }
        (!side.cells.is_empty()).then_some(side)
    }

    /// Sentences that tell another figure than the table.
    fn told(&self, told: &FigureLead, year: i16) -> Vec<Diagnostic> {
        let Some(cell) = self.tables.get(told.figure) else { return Vec::new() };
        let CellStatement::Number(number) = cell.said else { return Vec::new() };
        let mut found = Vec::new();
        for (at, passage) in self.body.passages.iter().enumerate() {
            let Passage::Prose { text } = passage else { continue };
            for sentence in sentences(text) {
                let Some((said, range)) = told_in(&text[sentence.clone()], told, year) else { continue };
                if said == number {
                    continue;
                }
                let range = sentence.start + range.start..sentence.start + range.end;
                let words = Words::new(
                    format!("文字写 {said}，表里是 {number}"),
                    format!("the text says {said}, and the table {number}"),
                );
                let complaint = Diagnostic::of("info/narrative", self.source.path(), words);
                let complaint = match self.body.maps[at].span(None, &range) {
                    Some(span) => complaint.at(span),
                    None => complaint,
                };
                let complaint = match self.span(cell) {
                    Some(span) => {
                        complaint.label(self.source.path(), span, Words::new("表里这一格", "the table"))
                    }
                    None => complaint,
                };
                found.push(complaint.help(
                    "对照原文核对两处；范围不同的（如只算本级），在文字里写明",
                    "compare both with the original; where they count different things, let the text say so",
                ));
            }
        }
        found
    }

    /// A figure above zero of which a part says nothing.
    fn unspoken(&self, spoken: &RequiredMention) -> Option<Diagnostic> {
        let number = self.tables.number(spoken.figure).filter(|number| !number.is_zero())?;
        let section = self.part(spoken.part)?;
        let text = self.text_of(section);
        if spoken.words.iter().any(|word| text.contains(word)) {
            return None;
        }
        let words = Words::new(
            format!("表里的收费金额是 {number}，“{}”里没有提到收费", section.title),
            format!("the table says fees of {number}, and “{}” says nothing of fees", section.title),
        );
        let complaint = Diagnostic::of("info/fees", self.source.path(), words).at(self.heading(section));
        let complaint = match self.tables.get(spoken.figure).and_then(|cell| self.span(cell)) {
            Some(span) => complaint.label(self.source.path(), span, Words::new("表里这一格", "the table")),
            None => complaint,
        };
        Some(complaint.help(
            "写明收取信息处理费的情况，没有收取的也写明",
            "say what was charged for information, or that nothing was",
        ))
    }

    /// Parts that must not be empty and are.
    fn unwritten(&self) -> Vec<Diagnostic> {
        let parts = RULES.written.iter().filter_map(|title| self.part(title));
        let mut found: Vec<Diagnostic> = parts
            .filter(|section| is_nothing(self.text_of(section)))
            .map(|section| {
                let words = Words::new(
                    format!("“{}”没有内容", section.title),
                    format!("there is nothing in “{}”", section.title),
                );
                Diagnostic::of("info/empty", self.source.path(), words).at(self.heading(section)).help(
                    "写明存在的问题和改进情况；原文确实没有的，用 `accept` 注明",
                    "say what is wrong and what is done about it; if the original says nothing, say so with `accept`",
                )
            })
            .collect();
        found.dedup();
        found
    }

    /// The part of the first level whose title has these words.
    fn part(&self, title: &str) -> Option<&Section> {
        let sections = self.body.body.sections.iter();
        sections.filter(|section| section.level == 1).find(|section| section.title.contains(title))
    }

    fn heading(&self, section: &Section) -> Span {
        let end = section.head_end.unwrap_or(section.span.end);
        Span { start: section.span.start, end }
    }

    /// The source of a part behind its heading.
    fn text_of(&self, section: &Section) -> &str {
        let start = section.head_end.unwrap_or(section.span.end);
        let after = |other: &&Section| other.level <= section.level && other.span.start > section.span.start;
        let next = self.body.body.sections.iter().find(after);
        let end = next.map_or(self.body.body.main.end, |next| next.span.start);
        self.source.text().get(start as usize..end as usize).unwrap_or_default()
    }

    fn span(&self, cell: &StatuteCell) -> Option<Span> {
        let length = match &self.body.passages[cell.passage] {
            Passage::Table { rows, .. } => rows[cell.at.0][cell.at.1].len(),
            Passage::Prose { .. } => 0,
        };
        self.body.maps[cell.passage].span(Some(cell.at), &(0..length))
    }

    fn at(&self, complaint: Diagnostic, cell: Option<&StatuteCell>) -> Diagnostic {
        match cell.and_then(|cell| self.span(cell)) {
            Some(span) => complaint.at(span),
            None => complaint,
        }
    }
}

/// Words that narrow what a sentence counts, so that its figure is another than the table's.
const NARROWER: [&str; 21] = [
    "本级",
    "各区",
    "各县",
    "区县",
    "县区",
    "街道",
    "乡镇",
    "其中",
    "季度",
    "月份",
    "网上",
    "网络",
    "信函",
    "当面",
    "邮件",
    "现场",
    "传真",
    "部门",
    "单位收到",
    "平台",
    "渠道",
];

/// The figure that a sentence tells behind these words, and where the words and the figure stand in it.
fn told_in(sentence: &str, told: &FigureLead, year: i16) -> Option<(Quantity, Range<usize>)> {
    let (start, word) = told.words.iter().find_map(|word| Some((sentence.find(word)?, word)))?;
    let behind = &sentence[start + word.len()..];
    let lead = behind.trim_start_matches(['共', '计', '为', '是', '约', '：', ':', '（', '总', '了', ' ']);
    let length = lead.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(lead.len());
    let number = lead[..length].replace(',', "").parse().ok()?;
    let unit = lead[length..].trim_start().chars().next()?;
    let is_counted = matches!(unit, '件' | '份' | '条' | '宗' | '项') && sentence.contains("信息公开申请");
    let is_whole = !NARROWER.iter().any(|word| sentence.contains(word));
    let other_year = sentence.match_indices('年').any(|(at, _)| {
        let digits = sentence[..at].len().checked_sub(4).and_then(|from| sentence.get(from..at));
        digits.and_then(|digits| digits.parse::<i16>().ok()).is_some_and(|told| told != year)
    });
    let end = start + word.len() + (behind.len() - lead.len()) + length;
    (is_counted && is_whole && !other_year).then_some((number, start..end))
}

/// Whether a part says nothing, or just that there is nothing.
fn is_nothing(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(plain.as_str(), "" | "无" | "暂无" | "没有")
}
