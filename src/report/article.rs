//! A text as it is read: the blocks and lines that a reader sees, each with its place in the source.
//!
//! The text is parsed once, Markdown and the author's own HTML together, and everything that is made
//! of it is made of this: its outline, links, passages for evidence, sentences, what search finds, and
//! the HTML of its pages. So these can see nothing but what the page shows, and the page has nothing
//! but what [`elements`] lists. An article is made anew from its source when somebody asks.

mod build;
mod elements;
mod emphasis;
mod limits;
mod rows;
mod runs;
mod tokens;

use pulldown_cmark::{CowStr, Options, Parser};

use crate::diag::Diagnostic;
use crate::source::{Source, Span};

pub(super) use elements::{Element, Quotation, Role};
pub(super) use runs::Runs;

/// A text as it is read.
#[derive(Debug, Default)]
pub(crate) struct Article<'a> {
    /// Its elements and words in their order. Each element that opens closes again.
    pub(super) pieces: Vec<Piece<'a>>,
    /// Its footnotes by the number of their label.
    pub(super) notes: Vec<Footnote>,
    /// What is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A part of an article.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// An element begins. Its span is all of it where it is Markdown, else its tag or the address in that.
    Open(Element<'a>, Span),
    /// The element that opened last ends.
    Close,
    /// An element without anything in it.
    Void(Element<'a>, Span),
    /// Words and where they stand, byte for byte unless they were written in another way.
    Text(CowStr<'a>, Span),
    /// A line ends in the source.
    Break,
}

/// A footnote by its label.
#[derive(Debug, Default)]
pub(super) struct Footnote {
    /// How often it is referred to.
    pub(super) references: usize,
}

/// What the program understands of Markdown beyond CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// Reads the text at `span`.
pub(crate) fn read(source: &Source, span: Span) -> Article<'_> {
    let text = source.slice(span);
    if let Some(at) = limits::too_deep(text) {
        let diagnostics = vec![limits::complain_of_depth(source, at.shifted(span.start as usize))];
        return Article { diagnostics, ..Article::default() };
    }
    let (parsed, muted) = limits::mute(text);
    let events = Parser::new_ext(&parsed, options()).into_offset_iter();
    let mut builder = build::Builder::new(source, (span, &parsed), muted);
    for (event, range) in emphasis::Paired::new(&parsed, events) {
        builder.event(event, range);
    }
    builder.finish()
}

/// Whether a line break between the two is no space: both sides are Han or its punctuation.
pub(super) fn joins(before: &str, after: &str) -> bool {
    let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}' || ('\u{2014}'..='\u{201d}').contains(&c));
    wide(before.chars().next_back()) && wide(after.chars().next())
}
