//! Sets parts as Markdown: marks of headings, empty lines between paragraphs, tables, and escapes before
//! what Markdown would take for marks.

use super::parts::{CellPart, PartRole, TextPart, TextParts};
use super::traced::{Replacement, Traced, TracedPiece};

/// Sets the parts of `source` one below the other. Between the parts of what is `markdown` already the
/// empty lines stay as they are.
pub(crate) fn markdown_of(source: &str, parts: TextParts, markdown: bool) -> Traced {
    let mut out = Traced::default();
    let mut gap = Traced::default();
    let mut is_first = true;
    for mut part in parts.parts {
        gap.append(std::mem::take(&mut part.before));
        if part.is_gone() {
            gap.append(part.body);
            continue;
        }
        let wanted = match (is_first, markdown) {
            (true, _) => PartGap::None,
            (false, true) => PartGap::AsItIs,
            (false, false) => PartGap::EmptyLine,
        };
        out.append(between(source, std::mem::take(&mut gap), wanted));
        out.append(body(source, part, markdown));
        is_first = false;
    }
    gap.append(parts.tail);
    let end = if is_first { PartGap::None } else { PartGap::LineEnd };
    out.append(between(source, gap, end));
    out
}

/// What shall stand between two parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartGap {
    None,
    LineEnd,
    EmptyLine,
    AsItIs,
}

/// Everything that was left out between two parts, and what stands there instead. Line ends that are
/// right already are kept.
fn between(source: &str, gone: Traced, wanted: PartGap) -> Traced {
    let ends = |piece: &TracedPiece| matches!(piece, TracedPiece::Gone { rule: "line-end", .. });
    let place = |piece: &TracedPiece| match piece {
        TracedPiece::Gone { at, .. } | TracedPiece::Kept(at) => Some(at.clone()),
        TracedPiece::Made { .. } => None,
    };
    let stands: String =
        gone.pieces().iter().filter_map(place).map(|at| source.get(at).unwrap_or_default()).collect();
    let only_ends = gone.pieces().iter().all(ends);
    let put = match wanted {
        PartGap::None => "",
        PartGap::LineEnd => "\n",
        PartGap::EmptyLine => "\n\n",
        PartGap::AsItIs if only_ends && stands.contains('\n') && !stands.contains('\r') => stands.as_str(),
        PartGap::AsItIs => "\n\n",
    };
    let mut out = Traced::default();
    if only_ends && stands == put {
        gone.pieces().iter().filter_map(place).for_each(|at| out.push(TracedPiece::Kept(at)));
        return out;
    }
    out.make(put, "line-end");
    out.append(gone);
    out
}

fn body(source: &str, part: TextPart, markdown: bool) -> Traced {
    let TextPart { mut body, role, .. } = part;
    if markdown {
        return body;
    }
    let before = match &role {
        PartRole::Heading(level) => format!("{} ", "#".repeat(usize::from(*level))),
        PartRole::Item(depth) => format!("{}- ", "  ".repeat(usize::from(depth.saturating_sub(1)))),
        PartRole::Note(number) => format!("[^{number}]: "),
        PartRole::Text | PartRole::Title | PartRole::Table(_) | PartRole::Markdown => String::new(),
    };
    match role {
        PartRole::Table(rows) => return table(source, rows),
        PartRole::Markdown => return body,
        _ => body.edit(&escapes(&body.shown(source))),
    }
    let rule = match before.starts_with('#') {
        true => "heading",
        false => "paragraph",
    };
    let mut out = Traced::default();
    out.make(before, rule);
    out.append(body);
    out
}

/// A backslash before each mark that Markdown would act on and nobody meant.
fn escapes(text: &str) -> Vec<Replacement> {
    let mut places = Vec::new();
    for (at, c) in text.char_indices() {
        let (before, rest) = (&text[..at], &text[at..]);
        let acts = match c {
            '*' => hides(text, at),
            '<' => rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '`' => true,
            '~' => rest.starts_with("~~") || before.ends_with('~'),
            '>' | ':' => before.is_empty(),
            '[' => before.is_empty() && rest.contains("]:") && !rest.starts_with("[^"),
            '.' | ')' => {
                let digits =
                    (1..=9).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_digit());
                digits && rest[1..].starts_with([' ', '\t'])
            }
            _ => false,
        };
        let slashes = before.len() - before.trim_end_matches('\\').len();
        if acts && slashes.is_multiple_of(2) {
            places.push(Replacement { at: at..at, put: "\\".to_owned(), rule: "escape" });
        }
    }
    places
}

/// Whether the star at `at` belongs to some that hide figures, as in 138****1234, or that stand alone.
fn hides(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches('*');
    let after = text[at..].trim_start_matches('*');
    let length = text.len() - before.len() - after.len();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    length != 2 || digit(before.chars().next_back()) || digit(after.chars().next())
}

/// A table: in Markdown where every cell stands alone, else as HTML.
fn table(source: &str, rows: Vec<Vec<CellPart>>) -> Traced {
    let width = rows.first().map_or(0, Vec::len);
    let plain = rows.iter().all(|row| row.len() == width)
        && rows.iter().flatten().all(|cell| cell.across == 1 && cell.down == 1);
    match plain && width > 0 && rows.len() > 1 {
        true => in_markdown(source, rows),
        false => in_html(source, rows),
    }
}

const TABLE: &str = "table";

fn in_markdown(source: &str, rows: Vec<Vec<CellPart>>) -> Traced {
    let mut out = Traced::default();
    let last = rows.len() - 1;
    for (number, row) in rows.into_iter().enumerate() {
        let width = row.len();
        out.make("| ", TABLE);
        for (column, cell) in row.into_iter().enumerate() {
            let escape = |text: &str| {
                let mut edits = escapes(text);
                edits.extend(replaced(text, '|', "\\|"));
                edits.sort_by_key(|edit| edit.at.start);
                edits
            };
            out.append(cell_text(source, cell, escape));
            out.make(if column + 1 < width { " | " } else { " |" }, TABLE);
        }
        if number == 0 {
            out.make(format!("\n|{}", " --- |".repeat(width)), TABLE);
        }
        if number < last {
            out.make("\n", TABLE);
        }
    }
    out
}

fn in_html(source: &str, rows: Vec<Vec<CellPart>>) -> Traced {
    let mut out = Traced::default();
    out.make("<table>\n", TABLE);
    for row in rows {
        out.make("<tr>", TABLE);
        for cell in row {
            let name = if cell.head { "th" } else { "td" };
            let span =
                |name: &str, size: u16| if size > 1 { format!(" {name}=\"{size}\"") } else { String::new() };
            let (across, down) = (span("colspan", cell.across), span("rowspan", cell.down));
            out.make(format!("<{name}{across}{down}>"), TABLE);
            let escape = |text: &str| {
                let mut edits = replaced(text, '<', "&lt;");
                edits.extend(replaced(text, '&', "&amp;"));
                edits.sort_by_key(|edit| edit.at.start);
                edits
            };
            out.append(cell_text(source, cell, escape));
            out.make(format!("</{name}>"), TABLE);
        }
        out.make("</tr>\n", TABLE);
    }
    out.make("</table>", TABLE);
    out
}

/// The paragraphs of a cell on one line.
fn cell_text(source: &str, cell: CellPart, escape: impl Fn(&str) -> Vec<Replacement>) -> Traced {
    let mut out = Traced::default();
    let mut is_first = true;
    for mut text in cell.texts {
        let shown = text.shown(source);
        if !shown.trim().is_empty() {
            out.make(if is_first { "" } else { "<br>" }, TABLE);
            is_first = false;
        }
        text.edit(&escape(&shown));
        out.append(text);
    }
    out
}

fn replaced(text: &str, c: char, put: &str) -> Vec<Replacement> {
    let edit = |(at, found): (usize, &str)| Replacement {
        at: at..at + found.len(),
        put: put.to_owned(),
        rule: "escape",
    };
    let escaped = |at: usize| c == '|' && text[..at].ends_with('\\');
    text.match_indices(c).filter(|(at, _)| !escaped(*at)).map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = text.to_owned();
        for edit in escapes(text).into_iter().rev() {
            out.replace_range(edit.at, &edit.put);
        }
        out
    }

    #[test]
    fn marks_that_nobody_meant_are_escaped_once() {
        for (text, set) in [
            ("电话138****1234和139****5678", "电话138\\*\\*\\*\\*1234和139\\*\\*\\*\\*5678"),
            ("**加强领导。**全年", "**加强领导。**全年"),
            ("a<b，<甲>，`x`", "a\\<b，<甲>，\\`x\\`"),
            ("1. 2019年", "1\\. 2019年"),
            ("> 甲", "\\> 甲"),
        ] {
            assert_eq!(escaped(text), set);
            assert_eq!(escaped(set), set, "twice");
        }
    }
}
