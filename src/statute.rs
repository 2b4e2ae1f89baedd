//! What the law prescribes for tables: the rows and columns of reports on disclosure
//! (政府信息公开工作年度报告) and what must hold between their figures. All of it stands in a table that lawyers can
//! read, `statute/rules.txt`; checks, messages, the manual and tests come from it.

use std::sync::LazyLock;

use crate::han::fold;

/// All rules, as they stand in the table.
pub(crate) static RULES: LazyLock<StatuteRules> =
    LazyLock::new(|| StatuteRules::read(include_str!("statute/rules.txt")));

/// Rows and columns of the tables, and what must hold between their figures.
#[derive(Debug, Default)]
pub(crate) struct StatuteRules {
    /// Rows, and groups of rows, by the table that they stand in.
    pub(crate) rows: Vec<TableLine>,
    /// Columns.
    pub(crate) columns: Vec<TableLine>,
    /// What must be equal in one table.
    pub(crate) sums: Vec<Equation>,
    /// What must be equal to what the year before says: a figure of this year, and one of the last.
    pub(crate) years: Vec<[&'static str; 2]>,
    /// Words behind which a sentence tells a figure of a table.
    pub(crate) told: Vec<FigureLead>,
    /// What a part must speak of when a figure is above zero.
    pub(crate) spoken: Vec<RequiredMention>,
    /// Titles of parts that cannot be empty.
    pub(crate) written: Vec<&'static str>,
}

/// A row or a column.
#[derive(Debug)]
pub(crate) struct TableLine {
    /// The table.
    pub(crate) table: &'static str,
    /// Its name within the table.
    pub(crate) id: &'static str,
    /// What it is called in messages.
    pub(crate) name: &'static str,
    /// What stands in its label.
    keys: Vec<LineKey>,
}

#[derive(Debug)]
struct LineKey {
    words: String,
    is_whole: bool,
}

/// Two sides that must be equal.
#[derive(Debug)]
pub(crate) struct Equation {
    pub(crate) table: &'static str,
    /// Whether its terms are rows, so that it holds in each column; else they are columns.
    pub(crate) by_column: bool,
    pub(crate) left: Vec<&'static str>,
    pub(crate) right: Vec<&'static str>,
}

/// Words behind which a sentence tells a figure.
#[derive(Debug)]
pub(crate) struct FigureLead {
    pub(crate) figure: &'static str,
    pub(crate) words: Vec<&'static str>,
}

/// What a part must speak of when a figure is above zero.
#[derive(Debug)]
pub(crate) struct RequiredMention {
    pub(crate) figure: &'static str,
    pub(crate) part: &'static str,
    pub(crate) words: Vec<&'static str>,
}

impl TableLine {
    /// Whether a label without punctuation is its own.
    pub(crate) fn is_labelled(&self, label: &str) -> bool {
        self.keys.iter().any(|key| match key.is_whole {
            true => label == key.words,
            false => label.contains(&key.words),
        })
    }
}

/// Whether a prescribed table has a cell of this name, `requests/new/total`.
pub(crate) fn is_cell(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let has =
        |lines: &[TableLine], id: &str| lines.iter().any(|line| line.table == parts[0] && line.id == id);
    matches!(&*parts, [_, row, column] if has(&RULES.rows, row) && has(&RULES.columns, column))
}

/// The names of all cells, `requests/new/total`.
pub(crate) fn cells() -> Vec<String> {
    let of_row = |row: &'static TableLine| {
        let columns = RULES.columns.iter().filter(|column| column.table == row.table);
        columns.map(|column| format!("{}/{}/{}", row.table, row.id, column.id))
    };
    RULES.rows.iter().flat_map(of_row).collect()
}

/// A label as labels are compared: folded, letters and figures alone.
pub(crate) fn bare(label: &str) -> String {
    fold::squeeze_str(label).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl StatuteRules {
    fn read(text: &'static str) -> Self {
        let mut rules = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let known = rules.take(&cells);
            debug_assert!(known, "no rule: {line}");
        }
        rules
    }

    /// Takes a line in; whether it is one.
    fn take(&mut self, cells: &[&'static str]) -> bool {
        let divided = |words: &'static str| words.split('、').collect::<Vec<_>>();
        match cells {
            ["行" | "组", path, name, keys] => self.rows.extend(line(path, name, keys)),
            ["列", path, name, keys] => self.columns.extend(line(path, name, keys)),
            ["等", table, way, sum] => {
                let Some((left, right)) = sum.split_once(" = ") else { return false };
                let terms = |side: &'static str| side.split(" + ").map(str::trim).collect();
                let by_column = *way == "每列";
                self.sums.push(Equation { table, by_column, left: terms(left), right: terms(right) });
            }
            ["年", now, before] => self.years.push([now, before]),
            ["文", figure, words] => self.told.push(FigureLead { figure, words: divided(words) }),
            ["说", figure, part, words] => {
                self.spoken.push(RequiredMention { figure, part, words: divided(words) });
            }
            ["写", titles] => self.written.extend(divided(titles)),
            _ => return false,
        }
        true
    }
}

fn line(path: &'static str, name: &'static str, keys: &'static str) -> Option<TableLine> {
    let (table, id) = path.split_once('/')?;
    let key = |key: &str| LineKey { is_whole: key.starts_with('='), words: bare(key) };
    Some(TableLine { table, id, name, keys: keys.split('、').map(key).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_a_rule_is_a_row_or_a_column_of_its_table() {
        let rules = &*RULES;
        let is_known = |lines: &[TableLine], table: &str, id: &str| {
            lines.iter().any(|line| line.table == table && line.id == id)
        };
        for sum in &rules.sums {
            let lines = if sum.by_column { &rules.rows } else { &rules.columns };
            for term in sum.left.iter().chain(&sum.right) {
                assert!(is_known(lines, sum.table, term.trim_end_matches(".*")), "{}/{term}", sum.table);
            }
        }
        let told = rules.told.iter().map(|told| told.figure);
        let spoken = rules.spoken.iter().map(|spoken| spoken.figure);
        for figure in rules.years.iter().flatten().copied().chain(told).chain(spoken) {
            let parts: Vec<&str> = figure.split('/').collect();
            assert!(is_known(&rules.rows, parts[0], parts[1]), "{figure}");
            assert!(is_known(&rules.columns, parts[0], parts[2]), "{figure}");
        }
        assert!(include_str!("statute/rules.txt").lines().count() <= 150, "a lawyer would not read more");
    }

    #[test]
    fn a_label_is_that_of_one_row_alone() {
        let rules = &*RULES;
        for (label, id) in [
            ("（一）予以公开", "open"),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "part"),
            ("（三）不予公开", "refused"),
            ("5．属于三类内部事务信息", "refused.5"),
            ("2.其他法律行政法规禁止公开", "refused.2"),
            ("2．重复申请", "declined.2"),
            ("4．无正当理由大量反复申请", "declined.4"),
            ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "otherwise.1"),
            ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "otherwise.2"),
            ("3．其他", "otherwise.3"),
            ("（七）总计", "total"),
            ("四、结转下年度继续办理", "left"),
        ] {
            let of = rules.rows.iter().filter(|row| row.table == "requests" && row.is_labelled(&bare(label)));
            assert_eq!(of.map(|row| row.id).collect::<Vec<_>>(), [id], "{label}");
        }
    }
}
