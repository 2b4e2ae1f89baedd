//! Where one is in an article that is gone through piece by piece: what of it belongs to the part that
//! is wanted, where sections begin, and what a line end of the source is worth. The HTML of a page and
//! the words that search is given of it both go by this, so that search finds what the page shows.

use std::collections::BTreeMap;

use super::article::{ArticleElement, ElementRole, joins};
use super::body::{Body, Section};
use crate::source::Span;

/// The way through an article.
pub(super) struct Flow<'a> {
    body: &'a Body,
    part: Span,
    sections: BTreeMap<u32, &'a Section>,
    /// Whether what comes belongs to the part.
    in_part: bool,
    /// The elements that are open.
    open: Vec<ElementRole>,
    containers: usize,
    /// How many elements within a line are open and written.
    inline: usize,
    /// Whether the head of a section is open.
    in_head: bool,
    break_pending: bool,
    last: Option<char>,
}

impl<'a> Flow<'a> {
    /// The way through the part of a text.
    pub(super) fn new(body: &'a Body, part: Span) -> Self {
        Self {
            body,
            part,
            sections: body.sections.iter().map(|section| (section.span.start, section)).collect(),
            in_part: false,
            open: Vec::new(),
            containers: 0,
            inline: 0,
            in_head: false,
            break_pending: false,
            last: None,
        }
    }

    /// Whether what stands at `place` is written: it belongs to the part, and is no title, which stands
    /// above the text.
    pub(super) fn is_written(&mut self, place: Span) -> bool {
        // What is implied has no place of its own.
        if place != Span::default() {
            self.in_part = (self.part.start..self.part.end).contains(&place.start);
        }
        let is_in = |title: &Span| title.start <= place.start && place.start < title.end;
        self.in_part && !self.body.titles.iter().any(is_in)
    }

    /// The section that an element begins: a heading, or a paragraph whose head runs in. What stands in a
    /// quotation, a list or a table begins none.
    pub(super) fn section(&self, element: &ArticleElement<'_>, place: Span) -> Option<&'a Section> {
        let can_begin =
            matches!(element.role, ElementRole::Heading(_) | ElementRole::Paragraph) && self.containers == 0;
        self.sections.get(&place.start).copied().filter(|_| can_begin)
    }

    /// The head of a section begins.
    pub(super) fn enter(&mut self) {
        self.in_head = true;
        self.restart();
    }

    /// An element opens, of whose beginning everything is written by now.
    pub(super) fn opened(&mut self, role: ElementRole) {
        self.containers += usize::from(role.contains());
        self.open.push(role);
    }

    /// The element that opened last ends, and if it was written its end is by now.
    pub(super) fn closed(&mut self, was_written: bool) {
        let Some(role) = self.open.pop() else {
            return;
        };
        self.containers -= usize::from(role.contains());
        if was_written {
            self.in_head &= !matches!(role, ElementRole::Heading(_) | ElementRole::Paragraph);
            self.inline -= usize::from(role.is_inline());
        }
        self.break_pending &= self.inline > 0 || self.in_head || self.in_line();
    }

    /// An element begins that is a block of its own.
    pub(super) fn block(&mut self) {
        self.break_pending = false;
    }

    /// An element begins within a line.
    pub(super) fn within(&mut self) {
        self.inline += 1;
    }

    /// Whether an element within a line is open.
    pub(super) fn is_within(&self) -> bool {
        self.inline > 0
    }

    /// What comes stands at the beginning of a line.
    pub(super) fn restart(&mut self) {
        (self.break_pending, self.last) = (false, None);
    }

    /// What comes stands behind nothing that a line end could part it from.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }

    /// A line of the source ends.
    pub(super) fn line_end(&mut self) {
        self.break_pending |= self.in_line();
    }

    /// Whether the last line end of the source is a space before `next`, which is written now.
    pub(super) fn breaks(&mut self, next: &str) -> bool {
        let mut buffer = [0; 4];
        let last = self.last.map(|last| &*last.encode_utf8(&mut buffer));
        std::mem::take(&mut self.break_pending) && last.is_some_and(|last| !joins(last, next))
    }

    /// These words are written.
    pub(super) fn wrote(&mut self, text: &str) {
        self.last = text.chars().next_back();
    }

    /// Whether a line of text is being written.
    fn in_line(&self) -> bool {
        self.in_part
            && !matches!(
                self.open.last(),
                None | Some(
                    ElementRole::Table
                        | ElementRole::Rows { .. }
                        | ElementRole::Row
                        | ElementRole::List
                        | ElementRole::Terms
                )
            )
    }
}
