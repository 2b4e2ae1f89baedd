//! Two figures that are the ends of a range: 6%—6.5%, 5件至10件.

use super::digits::FigureLexer;
use super::{PrintedFigure, figures};
use crate::han::fold;
use crate::han::quantity::Quantity;

/// What stands between the two ends of a range.
const UNTIL: [&str; 8] = ["—", "–", "-", "－", "~", "～", "至", "到"];

/// The upper end of the range that begins with `figure`, counted in `unit`: 6%—6.5%, 5件至10件.
pub(crate) fn upper_end(text: &str, figure: &PrintedFigure, unit: &str) -> Option<PrintedFigure> {
    let rest = until(&text[figure.range.end..], unit)?;
    let start = text.len() - rest.len();
    let mut lexer = FigureLexer::from(text, start);
    let upper = lexer.next_digit().filter(|at| *at == start).and_then(|at| lexer.figure(at))?;
    is_range(text, figure, &upper).then_some(upper)
}

/// The lower end of the range that ends with `figure`.
pub(crate) fn lower_end(text: &str, figure: &PrintedFigure, unit: &str) -> Option<PrintedFigure> {
    let from = text.floor_char_boundary(figure.range.start.saturating_sub(LONGEST_END));
    let near = &text[from..figure.range.start];
    if !UNTIL.iter().any(|mark| near.trim_end().ends_with(mark)) {
        return None;
    }
    let mut lower = figures(near).pop()?;
    let is_next = until(&near[lower.range.end..], unit).is_some_and(str::is_empty);
    lower.range = from + lower.range.start..from + lower.range.end;
    let lower = counted_as(lower, figure)?;
    (is_next && is_range(text, &lower, figure)).then_some(lower)
}

/// The lower end of a range as the upper one is counted: 3—5万.
pub(crate) fn counted_as(mut lower: PrintedFigure, upper: &PrintedFigure) -> Option<PrintedFigure> {
    if lower.power == 0 && upper.power > 0 {
        lower.value = (0..upper.power).try_fold(lower.value, |value, _| value.times(Quantity::from(10)))?;
    }
    Some(lower)
}

/// No end of a range takes more bytes with its unit.
const LONGEST_END: usize = 64;

/// What stands behind the mark that a range goes on with, and behind its unit before that.
fn until<'a>(rest: &'a str, unit: &str) -> Option<&'a str> {
    let bare = fold::prefix(rest, unit).map_or(rest, |len| &rest[len..]);
    let mark = |rest: &'a str| UNTIL.iter().find_map(|mark| rest.trim_start().strip_prefix(mark));
    mark(bare).or_else(|| mark(rest)).map(str::trim_start)
}

/// Whether two figures are the ends of a range, and not what something was and what it became:
/// 从5%至8%.
fn is_range(text: &str, lower: &PrintedFigure, upper: &PrintedFigure) -> bool {
    let counted = counted_as(lower.clone(), upper);
    let is_baseline = text[..lower.range.start].trim_end().ends_with(['从', '從', '由', '自']);
    let is_like = lower.percent == upper.percent || !lower.percent;
    is_like && !is_baseline && counted.is_some_and(|lower| lower.value < upper.value)
}
