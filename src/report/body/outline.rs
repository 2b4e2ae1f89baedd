//! The outline: which heads are sections, what their anchors are, and whether the printed
//! ordinals follow one another.
//!
//! An anchor is the path of *printed* ordinals, `sec-1-5-15`, whether the numbers restart in
//! every section or run on through the document, so that a citation stays good when text
//! moves. A level that is not printed is 0.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::walk::Head;
use crate::diag::{Diagnostic, Words};
use crate::han::fold;
use crate::han::ordinal;
use crate::report::matter::Matter;
use crate::source::{Source, Span};

/// A section of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its anchor, unique in the document.
    pub anchor: Box<str>,
    /// Its ordinal as it is printed.
    pub ordinal: Option<Box<str>>,
    /// Its title without the ordinal, up to the first full stop.
    pub title: Box<str>,
    /// The level of its ordinal by GB/T 9704 (一、 is 1), or of its heading.
    pub level: u8,
    /// How deep it stands in the outline, from 1.
    pub depth: u8,
    /// How deep it stands among headings, from 1; `None` for a paragraph with a run-in head.
    pub heading: Option<u8>,
    /// Where its heading or first paragraph stands in the source.
    pub span: Span,
    /// How many bytes of its text are the printed ordinal.
    pub ordinal_len: usize,
    /// Where in the source the run-in head ends; `None` if all of the paragraph is head.
    pub head_end: Option<u32>,
    /// Whether it belongs to the wrapper.
    pub in_wrapper: bool,
}

/// Which part of the text is what.
pub(super) struct Parts {
    pub(super) main: Span,
    pub(super) heading: Option<usize>,
    pub(super) wrapper: Option<Span>,
    pub(super) wrapper_heading: Option<usize>,
}

/// Finds the main title among the level-one headings without ordinals. What stands before it
/// is the wrapper.
pub(super) fn parts(source: &Source, heads: &[Head], whole: (Span, Option<&Matter>)) -> Parts {
    let (span, matter) = whole;
    let titles: Vec<usize> = (0..heads.len()).filter(|at| is_title(&heads[*at])).collect();
    let Some(main) = main_title(heads, &titles, matter) else {
        return Parts { main: span, heading: None, wrapper: None, wrapper_heading: None };
    };
    let head = heads[main].span;
    let before = Span { start: span.start, end: head.start };
    Parts {
        main: Span { start: head.end, end: span.end },
        heading: Some(main),
        wrapper: (!source.slice(before).trim().is_empty()).then_some(before),
        wrapper_heading: titles.first().copied().filter(|title| *title < main),
    }
}

fn is_title(head: &Head) -> bool {
    head.level == Some(1) && head.printed.is_none()
}

/// The heading that repeats the title; the second one where a wrapper has its own before it;
/// else the first.
fn main_title(heads: &[Head], titles: &[usize], matter: Option<&Matter>) -> Option<usize> {
    let wrapped =
        matter.and_then(|matter| matter.wrapper.as_ref()).is_some_and(|wrapper| wrapper.text.is_none());
    let title = matter.map(|matter| fold::fold_str(&matter.title.value));
    let repeats = |at: &&usize| Some(fold::fold_str(heads[**at].text.trim())) == title;
    let candidates = match (wrapped, titles) {
        (true, [_, rest @ ..]) if !rest.is_empty() => rest,
        _ => titles,
    };
    candidates.iter().find(repeats).or(candidates.first()).copied()
}

/// The sections, with a complaint about every ordinal that does not follow.
pub(super) fn sections(source: &Source, heads: &[Head], parts: &Parts) -> (Vec<Section>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut anchors = Anchors::default();
    let mut sections = Vec::new();
    let mut numbering = Numbering::default();
    let mut nesting = Nesting::default();
    for (at, head) in heads.iter().enumerate() {
        if Some(at) == parts.heading {
            (numbering, nesting) = Default::default();
        }
        if Some(at) == parts.heading || Some(at) == parts.wrapper_heading {
            continue;
        }
        let in_wrapper = parts.wrapper.is_some_and(|wrapper| head.span.start < wrapper.end);
        let prefix = if in_wrapper { "w-" } else { "" };
        if let Some(fault) = numbering.next(head) {
            diagnostics.push(fault.complain(source, head));
        }
        let anchor = numbering.anchor(head, prefix, &mut anchors);
        sections.push(nesting.section(head, anchor, in_wrapper));
    }
    sections.shrink_to_fit();
    (sections, diagnostics)
}

/// The ordinals printed so far.
#[derive(Default)]
struct Numbering {
    /// The printed number of each level on the way to here.
    path: [Option<Step>; 4],
    /// The last printed number of each level in the document.
    last: [Option<u16>; 4],
}

/// A printed number on the way to a section.
struct Step {
    number: u16,
    /// The number that should have been printed: one slip is one complaint, and what follows
    /// may go on from either.
    meant: u16,
    /// How it stands in anchors.
    name: String,
}

/// What is wrong with an ordinal, and which would have followed.
enum Fault {
    Repeated { number: u16 },
    Skipped { number: u16, expected: u16 },
}

impl Numbering {
    /// An ordinal is right if it follows the last one of its level, in its parent or in the
    /// document, or is one.
    fn next(&mut self, head: &Head) -> Option<Fault> {
        let printed = head.printed.as_ref()?;
        let (level, number) = (usize::from(printed.level) - 1, printed.number);
        let step = self.path[level].as_ref();
        let here = step.map(|step| step.number);
        let follows = |last: Option<u16>| last.is_some_and(|last| last.checked_add(1) == Some(number));
        let right = follows(here)
            || follows(step.map(|step| step.meant))
            || follows(self.last[level])
            || (number == 1 && here != Some(1));
        let expected = here.or(self.last[level]).map_or(1, |last| last.saturating_add(1));
        let fault = (!right).then(|| match here.or(self.last[level]) {
            Some(last) if number <= last => Fault::Repeated { number },
            _ => Fault::Skipped { number, expected },
        });
        let meant = if right { number } else { expected };
        self.path[level..].fill_with(|| None);
        self.path[level] = Some(Step { number, meant, name: number.to_string() });
        self.last[level] = Some(number);
        fault
    }

    /// The anchor of `head`, which [`Numbering::next`] has just seen. One that is taken gets
    /// `-b`, `-c` and so on.
    fn anchor(&mut self, head: &Head, prefix: &str, anchors: &mut Anchors) -> String {
        let mut anchor = prefix.to_owned();
        match &head.printed {
            Some(printed) => {
                anchor.push_str("sec");
                for step in &self.path[..usize::from(printed.level)] {
                    anchor.push('-');
                    anchor.push_str(step.as_ref().map_or("0", |step| &step.name));
                }
            }
            None => anchor.push_str(&text_anchor(&head.text)),
        }
        let suffix = anchors.take(&anchor);
        if let Some(step) = head.printed.as_ref().map(|printed| usize::from(printed.level) - 1)
            && let Some(step) = &mut self.path[step]
        {
            step.name.push_str(&suffix);
        }
        anchor.push_str(&suffix);
        anchor
    }
}

/// The anchors that are given, and how often each was asked for: a text may repeat one
/// heading thousands of times.
#[derive(Default)]
struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// What makes `base` an anchor of its own: nothing, `-b`, `-c` … `-z`, `-27` and so on.
    fn take(&mut self, base: &str) -> String {
        let Some(asked) = self.0.get(base) else {
            self.0.insert(base.to_owned(), 1);
            return String::new();
        };
        let mut asked = (*asked).max(1);
        let suffix = loop {
            asked += 1;
            let suffix = match asked {
                number @ ..=26 => format!("-{}", char::from(b'a' + u8::try_from(number - 1).unwrap_or(25))),
                number => format!("-{number}"),
            };
            let anchor = format!("{base}{suffix}");
            if let Entry::Vacant(free) = self.0.entry(anchor) {
                // Nobody has asked for this one itself.
                free.insert(0);
                break suffix;
            }
        };
        self.0.insert(base.to_owned(), asked);
        suffix
    }
}

impl Fault {
    fn complain(&self, source: &Source, head: &Head) -> Diagnostic {
        let level = head.printed.as_ref().map_or(1, |printed| printed.level);
        let write = |number| ordinal::write(level, number);
        let diagnostic = match self {
            Self::Repeated { number } => Diagnostic::error(
                "ordinal/repeated",
                source.path(),
                Words::new(
                    format!("序号“{}”重复", write(*number)),
                    format!("the ordinal {} is repeated", write(*number)),
                ),
            ),
            Self::Skipped { number, expected } => Diagnostic::error(
                "ordinal/skipped",
                source.path(),
                Words::new(
                    format!("序号“{}”不连续，前面应有“{}”", write(*number), write(*expected)),
                    format!(
                        "the ordinal {} does not follow: {} is missing",
                        write(*number),
                        write(*expected)
                    ),
                ),
            ),
        };
        let code = diagnostic.code;
        let (zh, en) = match level {
            // `1. 强化` with a space is a list to Markdown, and no section.
            3 => ("改正序号，“1.”后不留空格；", "mend it, and leave no space after `1.`; "),
            _ => ("改正序号；", "mend it; "),
        };
        diagnostic.at(head.start).help(
            format!("{zh}原文如此的，在元数据里写 `accept: [{{ code: {code}, reason: 原文如此 }}]`"),
            format!("{en}if it is printed so, write `accept: [{{ code: {code}, reason: as printed }}]`"),
        )
    }
}

/// An anchor from the words of an unnumbered heading. It never looks like one of the page's
/// own or like a path of ordinals.
fn text_anchor(text: &str) -> String {
    let mut anchor = String::new();
    for c in text.trim().chars().take(40) {
        match c {
            c if c.is_alphanumeric() => anchor.extend(c.to_lowercase()),
            _ if anchor.ends_with('-') || anchor.is_empty() => {}
            _ => anchor.push('-'),
        }
    }
    let anchor = anchor.trim_end_matches('-');
    let kept = ["sec-", "w-", "page-", "fn", "fig-"].iter().any(|prefix| anchor.starts_with(prefix));
    match anchor {
        "" => "section".into(),
        anchor if kept || anchor.is_ascii() => format!("h-{anchor}"),
        anchor => anchor.into(),
    }
}

/// How deep the sections stand in one another.
#[derive(Default)]
struct Nesting {
    outline: Vec<u8>,
    headings: Vec<u8>,
}

impl Nesting {
    fn section(&mut self, head: &Head, anchor: String, in_wrapper: bool) -> Section {
        let printed = head.printed.as_ref();
        let level = printed.map_or_else(
            || head.level.map_or(1, |level| level.saturating_sub(1).clamp(1, 4)),
            |printed| printed.level,
        );
        let is_heading = head.level.is_some() || head.head_end.is_none();
        let ordinal_len = printed.map_or(0, |printed| printed.len);
        let ordinal = head.text[..ordinal_len].trim();
        Section {
            anchor: anchor.into(),
            ordinal: (!ordinal.is_empty()).then(|| ordinal.into()),
            title: title(&head.text[ordinal_len..]).into(),
            level,
            depth: push(&mut self.outline, level),
            heading: is_heading.then(|| push(&mut self.headings, level)),
            span: head.span,
            ordinal_len,
            head_end: head.head_end,
            in_wrapper,
        }
    }
}

/// Steps out of what `level` ends and into it; how deep that is.
fn push(stack: &mut Vec<u8>, level: u8) -> u8 {
    while stack.last().is_some_and(|last| *last >= level) {
        stack.pop();
    }
    stack.push(level);
    u8::try_from(stack.len()).unwrap_or(4)
}

/// The title, up to the first full stop.
fn title(text: &str) -> String {
    let title = text.split('。').next().unwrap_or(text).trim();
    title.trim_end_matches([':', '：']).to_owned()
}
