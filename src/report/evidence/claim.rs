//! What evidence is sought in and for: the passages of a text, the claims that front matter makes, and
//! where the words of one stand.

use std::ops::Range;

use crate::han::quantity::Quantity;

/// A part of a document as plain text, in the document's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// A paragraph, a heading, an item of a list.
    Prose {
        /// What is read, without any mark-up.
        text: String,
    },
    /// A table, cell by cell.
    Table {
        /// The cells of the header.
        header: Vec<String>,
        /// The rows below it.
        rows: Vec<Vec<String>>,
    },
}

/// A row of a table as words: each cell behind its column's head.
pub(in crate::report) fn row(header: &[String], cells: &[String]) -> String {
    let mut row = String::new();
    for (head, cell) in header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        let comma = if row.is_empty() { "" } else { "；" };
        let colon = if head.is_empty() { "" } else { "：" };
        [comma, head, colon, cell].iter().for_each(|words| row.push_str(words));
    }
    row
}

/// A figure that front matter declares, and how it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim<'a> {
    /// The value, in units of `unit`, or the lower end of a range.
    pub(crate) value: Quantity,
    /// The upper end of a range.
    pub(crate) to: Option<Quantity>,
    /// The words that the author says it comes from.
    pub(crate) quote: Option<&'a str>,
    /// The indicator's name and aliases.
    pub(crate) names: Vec<&'a str>,
    /// The registry's unit, `件`, `%`, `万元`; empty for none.
    pub(crate) unit: &'a str,
    /// The year that the report covers.
    pub(crate) year: i16,
}

/// Where a figure is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FigureMention {
    /// The passage's number, from 0.
    pub(crate) passage: usize,
    /// Row, without the header, and column, both from 0, where the passage is a table.
    pub(crate) cell: Option<(usize, usize)>,
    /// The figure, with its unit where that follows: bytes of the passage's or cell's text.
    pub(crate) figure: Range<usize>,
    /// The sentence around it: bytes of the same text.
    pub(crate) sentence: Range<usize>,
}

/// Why a figure has no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ClaimMiss {
    /// It is nowhere.
    Unsupported,
    /// It is at several places, and none of them is better than the others.
    Ambiguous(Vec<FigureMention>),
    /// The quoted words are not in the document.
    QuoteMissing,
    /// The quoted words are there more than once, so often.
    QuoteRepeated(usize),
    /// The quoted words are there and do not hold the value.
    QuoteWithoutValue,
}
