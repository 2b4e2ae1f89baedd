//! The elements that are open: which may stand in which, what each needs around it, and what ends it.

use super::{Builder, ElementOrigin, Maker, OpenElement};
use crate::report::article::elements::{ArticleElement, ElementRole};
use crate::report::article::limits::{self, DEEPEST};
use crate::report::article::pieces::ArticlePiece;
use crate::source::Span;

impl<'a> Builder<'a, '_> {
    /// The innermost element that says what may stand here.
    pub(super) fn top(&self) -> Option<ElementRole> {
        let says = |entry: &&OpenElement| !matches!(entry.maker, Maker::Unseen { .. });
        self.stack.iter().rev().find(says).map(|entry| entry.role)
    }

    /// Whether a line of text is open.
    pub(super) fn in_line(&self) -> bool {
        self.top().is_some_and(|role| {
            role.is_phrase()
                || matches!(role, ElementRole::Code | ElementRole::Item | ElementRole::Cell { .. })
        })
    }

    pub(super) fn open(&mut self, element: ArticleElement<'a>, place: Span, maker: Maker) {
        self.open_by(element, place, ElementOrigin { maker, name: String::new() });
    }

    /// Opens an element that its author calls by a name of their own.
    pub(super) fn open_by(&mut self, element: ArticleElement<'a>, place: Span, by: ElementOrigin) {
        let ElementOrigin { maker, name } = by;
        if self.stack.len() >= DEEPEST {
            if !self.is_refused {
                self.article.diagnostics.push(limits::complain_of_depth(self.source, place));
            }
            self.is_refused = true;
            return;
        }
        self.stack.push(OpenElement { role: element.role, name, maker, from: self.article.pieces.len() });
        self.article.pieces.push(ArticlePiece::Open(element, place));
    }

    pub(super) fn void(&mut self, element: ArticleElement<'a>, place: Span) {
        self.article.pieces.push(ArticlePiece::Void(element, place));
    }

    /// Ends the innermost element. One that holds nothing was none, if nobody would see it.
    pub(super) fn pop(&mut self) {
        let Some(entry) = self.stack.pop() else {
            return;
        };
        match entry.maker {
            Maker::Paragraph(_) => {}
            Maker::Unseen { span, .. } => self.tell(format!("<{}>", entry.name), span),
            _ if self.article.pieces.len() == entry.from + 1 && is_vain(entry.role) => {
                self.article.pieces.pop();
            }
            _ => self.article.pieces.push(ArticlePiece::Close),
        }
    }

    /// What came behind a tag that takes its content along, and that has no end: it stays.
    pub(super) fn settle(&mut self) {
        for at in (0..self.stack.len()).rev() {
            if let Maker::Unseen { span, .. } = self.stack[at].maker {
                let entry = self.stack.remove(at);
                self.tell(format!("<{}>", entry.name), span);
            }
        }
    }

    /// Makes room for a block: ends the line that is open, and opens a cell where only cells may
    /// stand. Whether there is room.
    pub(super) fn block(&mut self) -> bool {
        self.end_line();
        if self.top().is_some_and(ElementRole::is_phrase) {
            return false;
        }
        self.flow();
        true
    }

    /// Ends what is open of a line of text.
    pub(super) fn end_line(&mut self) {
        let ends = |entry: &OpenElement| match entry.maker {
            Maker::Unseen { .. } | Maker::Paragraph(_) => false,
            Maker::Markdown(_) => entry.role.is_inline(),
            Maker::Author | Maker::Implied => entry.role.is_phrase(),
        };
        while self.stack.last().is_some_and(ends) {
            self.pop();
        }
    }

    /// Opens a cell where only rows or cells may stand.
    pub(super) fn flow(&mut self) {
        let place = Span::default();
        if matches!(self.top(), Some(ElementRole::Table | ElementRole::Rows { .. })) {
            self.open(ArticleElement::new(ElementRole::Row, "tr"), place, Maker::Implied);
        }
        if self.top() == Some(ElementRole::Row) {
            self.open(ArticleElement::new(ElementRole::Cell { head: false }, "td"), place, Maker::Implied);
        }
    }

    /// Makes room for words: where only blocks may stand, they are a paragraph.
    pub(super) fn phrase(&mut self, place: Span) {
        self.flow();
        let scope = self.stack.iter_mut().rev().find(|entry| !matches!(entry.maker, Maker::Unseen { .. }));
        let place = match scope {
            None => place,
            Some(OpenElement { maker: Maker::Paragraph(own), .. }) => own.take().unwrap_or(place),
            Some(OpenElement {
                role: ElementRole::Quote(_) | ElementRole::Note(_),
                maker: Maker::Markdown(_),
                ..
            }) => place,
            Some(_) => return,
        };
        self.open(ArticleElement::new(ElementRole::Paragraph, "p"), place, Maker::Implied);
    }
}

/// Whether nobody sees an element that holds nothing.
fn is_vain(role: ElementRole) -> bool {
    matches!(role, ElementRole::Inline | ElementRole::Paragraph)
}
