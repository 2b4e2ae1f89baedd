//! An article: its elements and words in their order, each with its place in the source.

use pulldown_cmark::CowStr;

use super::elements::ArticleElement;
use crate::diag::Diagnostic;
use crate::source::Span;

/// A text as it is read.
#[derive(Debug, Default)]
pub(crate) struct Article<'a> {
    /// Its elements and words in their order. Each element that opens closes again.
    pub(in crate::report) pieces: Vec<ArticlePiece<'a>>,
    /// Its footnotes by the number of their label.
    pub(in crate::report) notes: Vec<Footnote>,
    /// What is wrong with it.
    pub(in crate::report) diagnostics: Vec<Diagnostic>,
}

/// A part of an article.
#[derive(Clone, Debug)]
pub(in crate::report) enum ArticlePiece<'a> {
    /// An element begins. Its span is all of it where it is Markdown, else its tag or the address in that.
    Open(ArticleElement<'a>, Span),
    /// The element that opened last ends.
    Close,
    /// An element without anything in it.
    Void(ArticleElement<'a>, Span),
    /// Words and where they stand, byte for byte unless they were written in another way.
    Text(CowStr<'a>, Span),
    /// A line ends in the source.
    Break,
}

/// A footnote by its label.
#[derive(Debug, Default)]
pub(in crate::report) struct Footnote {
    /// How often it is referred to.
    pub(in crate::report) references: usize,
}

/// Whether a line break between the two is no space: both sides are Han or its punctuation.
pub(in crate::report) fn joins(before: &str, after: &str) -> bool {
    let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}' || ('\u{2014}'..='\u{201d}').contains(&c));
    wide(before.chars().next_back()) && wide(after.chars().next())
}
