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
mod pieces;
mod rows;
mod runs;
mod tokens;

use pulldown_cmark::{Options, Parser};

use crate::source::{Source, Span};
use build::{Builder, ParsedText};

pub(super) use elements::{ArticleElement, ElementRole, Quotation};
pub(crate) use pieces::Article;
pub(super) use pieces::{ArticlePiece, joins};
pub(super) use runs::VerbatimRuns;

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
    if let Some(refused) = limits::refused(source, span) {
        return Article { diagnostics: vec![refused], ..Article::default() };
    }
    let (parsed, muted) = limits::mute(text);
    let events = Parser::new_ext(&parsed, options()).into_offset_iter();
    let mut builder = Builder::new(source, ParsedText { span, text: &parsed }, muted);
    for (event, range) in emphasis::PairedEvents::new(&parsed, events) {
        builder.event(event, range);
    }
    builder.finish()
}
