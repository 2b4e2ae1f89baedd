//! The author's own HTML, element by element: what it opens and closes, what goes, and what the page
//! has instead.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::gathered::GatheredHtml;
use super::{Builder, ElementOrigin, Maker, OpenElement};
use crate::report::article::elements::{self, ArticleElement, ElementRole};
use crate::report::article::pieces::ArticlePiece;
use crate::report::article::tokens::{self, HtmlToken, reference};
use crate::report::body::{LinkTarget, address};
use crate::source::Span;

impl<'a> Builder<'a, '_> {
    pub(super) fn markup(&mut self, laid: &GatheredHtml) {
        for token in tokens::tokens(&laid.html) {
            if self.is_refused {
                return;
            }
            match token {
                HtmlToken::Text(range) => self.text(laid, range),
                HtmlToken::Open(tag) => self.open_tag(laid, &tag),
                HtmlToken::Close(name, end) => self.close_tag(&name, laid.span(&(end - 1..end)).end),
                HtmlToken::Unseen(range) => {
                    // A comment is meant to be seen by nobody.
                    if !laid.html[range.clone()].starts_with("<!--") {
                        let what: String = laid.html[range.clone()].chars().take(2).collect();
                        self.tell(what, laid.span(&range));
                    }
                }
            }
        }
    }

    /// Takes in text that stands between tags, line by line.
    pub(super) fn text(&mut self, laid: &GatheredHtml, range: Range<usize>) {
        let in_code = self.stack.iter().any(|entry| entry.role == ElementRole::Code);
        let mut at = range.start;
        let lines: Vec<&str> = laid.html[range.clone()].split_inclusive('\n').collect();
        for line in lines {
            // What stands around a line end is no text.
            let begins = at > range.start && !in_code;
            let words = if begins { line.trim_start() } else { line };
            let start = at + line.len() - words.len();
            let ends = words.ends_with('\n') && !in_code;
            let words = if ends { words.trim_end() } else { words };
            self.references(laid, start..start + words.len());
            at += line.len();
            if ends || (begins && words.is_empty()) {
                self.article.pieces.push(ArticlePiece::Break);
            }
        }
    }

    /// Takes in text with references to characters in it.
    pub(super) fn references(&mut self, laid: &GatheredHtml, range: Range<usize>) {
        let source = self.source;
        let mut at = range.start;
        let words = &laid.html[..range.end];
        while at < range.end {
            let next = words[at..].find('&').map_or(range.end, |found| at + found);
            let place = laid.span(&(at..next));
            let run = &words[at..next];
            let run = if source.slice(place) == run {
                CowStr::Borrowed(source.slice(place))
            } else {
                CowStr::from(run.to_owned())
            };
            self.push_words(run, place);
            if next == range.end {
                return;
            }
            let (character, length) = reference(&words[next..]).unwrap_or_else(|| ("&".to_owned(), 1));
            self.push_words(CowStr::from(character), laid.span(&(next..next + length)));
            at = next + length;
        }
    }

    pub(super) fn open_tag(&mut self, laid: &GatheredHtml, tag: &tokens::Tag<'_>) {
        let place = laid.span(&tag.range);
        let Some(known) = elements::find(&tag.name) else {
            self.open_unknown(tag, place);
            return;
        };
        let (element, gone) = known.element(&laid.html, tag);
        for name in gone {
            self.tell(name, place);
        }
        match known.role() {
            ElementRole::Transparent => {}
            ElementRole::Line => {
                self.phrase(place);
                self.void(element, place);
            }
            ElementRole::Rule => {
                if self.block() {
                    self.void(element, place);
                }
            }
            ElementRole::Picture => self.picture(laid, tag, element),
            ElementRole::Link => self.link(laid, tag, element),
            ElementRole::Inline => {
                if matches!(&*tag.name, "rt" | "rp")
                    && self.stack.last().is_some_and(|entry| matches!(&*entry.name, "rt" | "rp"))
                {
                    self.pop();
                }
                self.phrase(place);
                self.open_by(element, place, ElementOrigin { maker: Maker::Author, name: tag.name.clone() });
            }
            role => {
                if self.makes_room(role) {
                    self.open_by(
                        element,
                        place,
                        ElementOrigin { maker: Maker::Author, name: tag.name.clone() },
                    );
                } else {
                    self.article.pieces.push(ArticlePiece::Break);
                }
            }
        }
    }

    /// Ends what a browser ends where a block of the author's begins. Whether it may begin.
    pub(super) fn makes_room(&mut self, role: ElementRole) -> bool {
        use ElementRole::{Caption, Cell, Detail, Heading, Item, List, Row, Rows, Table, Term, Terms};
        let bound = self.stack.iter().rposition(OpenElement::is_bound).map_or(0, |at| at + 1);
        let last = |is: &dyn Fn(ElementRole) -> bool| {
            self.stack[bound..]
                .iter()
                .rposition(|entry| entry.maker == Maker::Author && is(entry.role))
                .map(|at| at + bound)
        };
        let table = last(&|role| role == Table);
        let within = |found: Option<usize>| found.filter(|at| table.is_none_or(|table| *at > table));
        let keep = match role {
            Row => within(last(&|role| matches!(role, Rows { .. }))).or(table).map(|at| at + 1),
            Cell { .. } => {
                let row =
                    self.stack[bound..].iter().rposition(|entry| entry.role == Row).map(|at| at + bound);
                within(row).or(within(last(&|role| matches!(role, Rows { .. })))).or(table).map(|at| at + 1)
            }
            Rows { .. } | Caption => table.map(|at| at + 1),
            Item => self.keep_in_list(bound, List, &[Item]),
            Term | Detail => self.keep_in_list(bound, Terms, &[Term, Detail]),
            _ => {
                let room = self.block();
                return room
                    && !(matches!(role, Heading(_))
                        && self.top().is_some_and(|role| matches!(role, Heading(_))));
            }
        };
        let Some(keep) = keep else {
            return false;
        };
        while self.stack.len() > keep {
            self.pop();
        }
        if matches!(role, Cell { .. }) && self.top() != Some(Row) {
            self.open(ArticleElement::new(Row, "tr"), Span::default(), Maker::Implied);
        }
        true
    }

    /// How much of the stack stays where an item of a list begins: up to its list.
    pub(super) fn keep_in_list(
        &self,
        bound: usize,
        list: ElementRole,
        items: &[ElementRole],
    ) -> Option<usize> {
        let is_end = |entry: &OpenElement| {
            entry.role == list
                || items.contains(&entry.role)
                || matches!(entry.role, ElementRole::Cell { .. } | ElementRole::Table)
        };
        let at = self.stack[bound..].iter().rposition(is_end)? + bound;
        match self.stack[at].role {
            role if role == list => Some(at + 1),
            role if items.contains(&role) => Some(at),
            _ => None,
        }
    }

    pub(super) fn open_unknown(&mut self, tag: &tokens::Tag<'_>, place: Span) {
        if !elements::UNSEEN.contains(&&*tag.name) {
            self.tell(format!("<{}>", tag.name), place);
            if elements::PARTING.contains(&&*tag.name) {
                self.article.pieces.push(ArticlePiece::Break);
            }
            return;
        }
        // The one before has no end of its own.
        let same =
            |entry: &OpenElement| matches!(entry.maker, Maker::Unseen { .. }) && entry.name == tag.name;
        if let Some(at) = self.stack.iter().rposition(same) {
            let entry = self.stack.remove(at);
            if let Maker::Unseen { span, .. } = entry.maker {
                self.tell(format!("<{}>", tag.name), span);
            }
        }
        let maker = Maker::Unseen { diagnostics: self.article.diagnostics.len(), span: place };
        let from = self.article.pieces.len();
        self.stack.push(OpenElement { role: ElementRole::Transparent, name: tag.name.clone(), maker, from });
    }

    pub(super) fn close_tag(&mut self, name: &str, end: u32) {
        for at in (0..self.stack.len()).rev() {
            let entry = &self.stack[at];
            match entry.maker {
                Maker::Unseen { diagnostics, span } => {
                    if entry.name == name {
                        self.article.pieces.truncate(entry.from);
                        self.article.diagnostics.truncate(diagnostics);
                        self.stack.truncate(at);
                        self.tell(format!("<{name}>"), Span { start: span.start, end: end.max(span.end) });
                    }
                    return;
                }
                Maker::Author if entry.name == name => {
                    while self.stack.len() > at {
                        self.pop();
                    }
                    return;
                }
                _ if entry.is_bound() => return,
                _ => {}
            }
        }
    }

    pub(super) fn link(&mut self, laid: &GatheredHtml, tag: &tokens::Tag<'_>, element: ArticleElement<'a>) {
        if self.stack.iter().any(|entry| entry.role == ElementRole::Link) {
            return;
        }
        let place = laid.span(&tag.range);
        let href = tag.attribute("href");
        let to = element.attribute("href").map(|href| address(href, self.source.path()));
        let element = match to {
            Some(LinkTarget::Forbidden) => {
                let href = element.attribute("href").unwrap_or_default();
                let what = href.split_once(':').map_or(href, |(scheme, _)| &href[..=scheme.len()]);
                let what: String = what.chars().take(20).collect();
                self.tell(what, place);
                ArticleElement::new(ElementRole::Inline, "span")
            }
            Some(_) => element,
            None => ArticleElement::new(ElementRole::Inline, "span"),
        };
        let place = match element.role {
            ElementRole::Link => href.map_or(place, |href| laid.span(&href)),
            _ => place,
        };
        self.phrase(place);
        self.open_by(element, place, ElementOrigin { maker: Maker::Author, name: tag.name.clone() });
    }

    pub(super) fn picture(
        &mut self,
        laid: &GatheredHtml,
        tag: &tokens::Tag<'_>,
        element: ArticleElement<'a>,
    ) {
        let place = laid.span(&tag.range);
        let to = element.attribute("src").map(|src| address(src, self.source.path()));
        match to {
            Some(LinkTarget::File(_) | LinkTarget::Inside { .. } | LinkTarget::Escaping) => {
                self.phrase(place);
                let place = tag.attribute("src").map_or(place, |src| laid.span(&src));
                let element =
                    if element.attribute("alt").is_some() { element } else { element.with("alt", "") };
                self.void(element, place);
            }
            _ => self.tell("<img>".into(), place),
        }
    }

    /// Notes that something of the author's HTML is not published.
    pub(super) fn tell(&mut self, what: String, span: Span) {
        self.removed.entry(what).or_default().push(span);
    }
}
