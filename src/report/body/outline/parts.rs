//! Which part of a text is what: its main title, and the letter or notice around it.

use super::HeadParagraph;
use crate::diag::{Diagnostic, Words};
use crate::han::fold;
use crate::han::ordinal::OrdinalCertainty;
use crate::report::matter::Matter;
use crate::source::{Source, Span};

/// Which part of the text is what.
pub(in super::super) struct BodyParts {
    pub(in super::super) main: Span,
    pub(in super::super) heading: Option<usize>,
    pub(in super::super) wrapper: Option<Span>,
    pub(in super::super) wrapper_heading: Option<usize>,
    /// What is odd about the headings of level one.
    pub(in super::super) odd: Vec<Diagnostic>,
}

/// Finds the main title among the level-one headings without ordinals. What stands before it is
/// the wrapper, if the author declares one: a heading alone makes a notice of no report.
pub(in super::super) fn parts(
    source: &Source,
    heads: &[HeadParagraph],
    whole: (Span, Option<&Matter>),
) -> BodyParts {
    let (span, matter) = whole;
    let titles: Vec<usize> = (0..heads.len()).filter(|at| is_title(&heads[*at])).collect();
    let declared =
        matter.and_then(|matter| matter.wrapper.as_ref()).is_some_and(|wrapper| wrapper.text.is_none());
    let before = |at: usize| Span { start: span.start, end: heads[at].span.start };
    let is_first = |at: usize| source.slice(before(at)).trim().is_empty();
    let repeats = |at: &&usize| matter.is_some_and(|matter| says(&heads[**at], &matter.title.value));
    let main = match declared {
        true => wrapped_title(&titles, repeats),
        false => titles.iter().find(repeats).or(titles.first().filter(|at| is_first(**at))).copied(),
    };
    let odd = match declared {
        true => Vec::new(),
        false => {
            let late = main.filter(|at| !is_first(*at));
            let others = titles.iter().copied().filter(|at| main != Some(*at));
            late.map(|at| late_title(source, &heads[at]))
                .into_iter()
                .chain(others.map(|at| other_title(source, &heads[at])))
                .collect()
        }
    };
    let Some(main) = main else {
        return BodyParts { main: span, heading: None, wrapper: None, wrapper_heading: None, odd };
    };
    let wrapper = (declared && !is_first(main)).then(|| before(main));
    // What stands before a title and is no wrapper belongs to the text.
    let start = if wrapper.is_some() || is_first(main) { heads[main].span.end } else { span.start };
    BodyParts {
        main: Span { start, end: span.end },
        heading: Some(main),
        wrapper,
        wrapper_heading: titles.first().copied().filter(|title| wrapper.is_some() && *title < main),
        odd,
    }
}

fn is_title(head: &HeadParagraph) -> bool {
    head.level == Some(1) && head.printed.is_none_or(|printed| printed.sure != OrdinalCertainty::Yes)
}

fn says(head: &HeadParagraph, title: &str) -> bool {
    fold::squeeze_str(&head.text) == fold::squeeze_str(title)
}

/// The heading that repeats the title; the second one where a wrapper has its own before it;
/// else the first.
fn wrapped_title(titles: &[usize], repeats: impl Fn(&&usize) -> bool) -> Option<usize> {
    let candidates = match titles {
        [_, rest @ ..] if !rest.is_empty() => rest,
        _ => titles,
    };
    candidates.iter().find(repeats).or(candidates.first()).copied()
}

/// The warning that text stands before the title.
fn late_title(source: &Source, head: &HeadParagraph) -> Diagnostic {
    let words = Words::new("标题前面还有文字", "text stands before the title");
    of_title(source, head, words).help(
        "前面的文字如果是呈报或印发的文件，在元数据里写 `wrapper: { role: issuing-notice }`；不是的，移到标题后面",
        "if it is a letter or notice around the text, write `wrapper: { role: issuing-notice }` in the front matter; if not, move it below the title",
    )
}

/// The warning about a heading of level one that stands among the text.
fn other_title(source: &Source, head: &HeadParagraph) -> Diagnostic {
    let words = Words::new(
        "一级标题是全文的标题，这里只能算一节",
        "a level-one heading is the title of the whole text; here it can only be a section",
    );
    let underlined = !source.slice(head.span).trim_start().starts_with('#');
    match underlined {
        true => of_title(source, head, words).help(
            "`===` 或 `---` 把上一行变成了标题：不是标题的，在它前面空一行或删去；是一节的，写成 `## …`",
            "the line of `===` makes a heading of the line above: if it is none, put an empty line between or remove it; if it is a section, write `## …`",
        ),
        false => of_title(source, head, words).help(
            "附件等各节写成 `## …`；前面的文字如果是呈报或印发的文件，在元数据里写 `wrapper`",
            "write `## …` for an annex or any other section; if what stands before is a letter or notice around the text, say `wrapper` in the front matter",
        ),
    }
}

/// A warning at the first line of a heading.
fn of_title(source: &Source, head: &HeadParagraph, words: Words) -> Diagnostic {
    let line = source.slice(head.span).lines().next().unwrap_or_default().trim_end().len();
    let start = head.span.range().start;
    Diagnostic::warning("heading/title", source.path(), words).at(Span::new(start..start + line))
}
