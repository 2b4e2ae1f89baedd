//! What is wrong with a text that became an article all the same: HTML that is not published, and
//! rows and tables that are not what their author meant.

use crate::diag::{Diagnostic, Words};
use crate::report::article::rows::RowFault;
use crate::source::{Source, Span};

/// The warning that something of an author's HTML is not published.
pub(super) fn of_removed(source: &Source, what: &str, places: &[Span]) -> Diagnostic {
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
pub(super) fn of_row(source: &Source, place: Span, columns: usize, fault: RowFault) -> Diagnostic {
    let (code, words, help) = match fault {
        RowFault::Long { cells } => (
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
        RowFault::InCode => (
            "table/cells",
            Words::new("表格里，代码中的 `|` 也会分格", "in a table, a `|` in code parts cells as well"),
            ("写成 `\\|`", "write it as `\\|`"),
        ),
        RowFault::Doubled => (
            "table/cells",
            Words::new("`||` 之间是一个空格子", "between `||` there is an empty cell"),
            (
                "确为空格子的，写成 `| |`；否则删去一个 `|`",
                "write `| |` if it is meant to be empty; otherwise remove one `|`",
            ),
        ),
        RowFault::NoRow => (
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
pub(super) fn no_table(source: &Source, place: Span, head: usize, ruler: usize) -> Diagnostic {
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
