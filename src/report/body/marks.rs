//! Where a text is shown as it is typed, and where it has lists with numbers.

use crate::report::article::{Article, ArticlePiece, ElementRole};
use crate::source::{Source, Span};

/// Such places, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct ItemMarks {
    /// Code, within a line or as a block.
    pub(crate) code: Vec<CodeText>,
    /// The items of ordered lists that stand in nothing else.
    pub(crate) items: Vec<Span>,
}

/// Text that is shown as it is typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeText {
    pub(crate) span: Span,
    /// Whether nothing but its indentation makes it so.
    pub(crate) indented: bool,
}

/// An element that is open.
struct OpenMark {
    role: ElementRole,
    /// The code that it is, by its place among all.
    code: Option<usize>,
    is_ordered: bool,
}

/// Those of an article.
pub(super) fn of(source: &Source, article: &Article<'_>) -> ItemMarks {
    let mut marks = ItemMarks::default();
    let mut open: Vec<OpenMark> = Vec::new();
    let mut containers = 0;
    for piece in &article.pieces {
        match piece {
            ArticlePiece::Open(element, span) => {
                let in_list = containers == 1 && open.last().is_some_and(|above| above.is_ordered);
                if element.role == ElementRole::Item && in_list && source.slice(*span).starts_with(is_digit) {
                    marks.items.push(*span);
                }
                containers += usize::from(element.role.contains());
                let is_code =
                    element.role == ElementRole::Code || matches!(element.name, "code" | "kbd" | "samp");
                let code = is_code.then(|| {
                    let indented = element.role == ElementRole::Code && is_indented(source.slice(*span));
                    marks.code.push(CodeText { span: *span, indented });
                    marks.code.len() - 1
                });
                open.push(OpenMark { role: element.role, code, is_ordered: element.name == "ol" });
            }
            ArticlePiece::Close => {
                let role = open.pop().map(|open| open.role);
                containers -= usize::from(role.is_some_and(ElementRole::contains));
            }
            ArticlePiece::Text(_, span) => {
                // The span of an author's own tag ends with the tag.
                for code in open.iter().filter_map(|open| open.code) {
                    let code = &mut marks.code[code].span;
                    code.end = code.end.max(span.end);
                }
            }
            ArticlePiece::Void(..) | ArticlePiece::Break => {}
        }
    }
    marks
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a block of code begins with its first word, and not with marks or a tag.
fn is_indented(block: &str) -> bool {
    !block.trim_start().starts_with(['`', '~', '<'])
}
