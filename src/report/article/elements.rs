//! What a text may be made of: the one list of elements and attributes that reach a page, with what
//! each means. Whatever is not in it is not written.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::tokens::{Tag, plain};

/// What an element means to those who read a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum ElementRole {
    /// A heading, with its level.
    Heading(u8),
    Paragraph,
    /// A quotation.
    Quote(Quotation),
    List,
    Item,
    Terms,
    Term,
    Detail,
    Table,
    Caption,
    /// Rows of a table; whether they are its head.
    Rows {
        head: bool,
    },
    Row,
    /// A cell; whether it labels others.
    Cell {
        head: bool,
    },
    /// A block without a meaning of its own, in which text stands as it does outside.
    Block,
    /// Text that is shown as it is typed.
    Code,
    /// A footnote, with the number of its label.
    Note(u32),
    Link,
    /// Words within a line.
    Inline,
    /// The place of a footnote in the text, with the number of its label.
    Reference(u32),
    Picture,
    Rule,
    /// The end of a line.
    Line,
    /// Nothing: only what is in it counts.
    Transparent,
}

/// Whose words a quotation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Quotation {
    /// Those of somebody else.
    Plain,
    /// The editor's, who says so in them.
    Note,
    /// The editor's, marked by a sign alone.
    Marked,
}

impl ElementRole {
    /// Whether what stands in it is a part of it, so that a heading there is no section.
    pub(in crate::report) fn contains(self) -> bool {
        use ElementRole::{
            Caption, Cell, Code, Detail, Item, List, Note, Quote, Row, Rows, Table, Term, Terms,
        };
        matches!(
            self,
            Quote(_)
                | List
                | Item
                | Terms
                | Term
                | Detail
                | Table
                | Caption
                | Rows { .. }
                | Row
                | Cell { .. }
        ) || matches!(self, Code | Note(_))
    }

    /// Whether it stands within a line of text.
    pub(in crate::report) fn is_inline(self) -> bool {
        matches!(self, Self::Link | Self::Inline)
    }

    /// Whether it is or may hold a line of text, and no blocks.
    pub(super) fn is_phrase(self) -> bool {
        self.is_inline() || matches!(self, Self::Paragraph | Self::Heading(_))
    }
}

/// An element of a text.
#[derive(Clone, Debug)]
pub(in crate::report) struct ArticleElement<'a> {
    pub(in crate::report) role: ElementRole,
    /// What it is called in HTML.
    pub(in crate::report) name: &'static str,
    /// What the list allows of its attributes.
    attributes: Option<Box<KeptAttributes<'a>>>,
}

type KeptAttributes<'a> = Vec<(&'static str, CowStr<'a>)>;

impl<'a> ArticleElement<'a> {
    pub(super) fn new(role: ElementRole, name: &'static str) -> Self {
        Self { role, name, attributes: None }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<CowStr<'a>>) -> Self {
        self.attributes.get_or_insert_default().push((name, value.into()));
        self
    }

    pub(in crate::report) fn attributes(&self) -> &[(&'static str, CowStr<'a>)] {
        self.attributes.as_deref().map_or(&[], Vec::as_slice)
    }

    pub(in crate::report) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// A number among its attributes.
    pub(in crate::report) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.parse().ok()
    }
}

/// An element that an author may write.
pub(super) struct AllowedElement {
    /// What its author calls it.
    called: &'static str,
    /// What it is written as.
    name: &'static str,
    role: ElementRole,
    /// Its attributes besides `lang`.
    attributes: &'static [&'static str],
}

const fn known(
    called: &'static str,
    name: &'static str,
    role: ElementRole,
    attributes: &'static [&'static str],
) -> AllowedElement {
    AllowedElement { called, name, role, attributes }
}

const fn inline(name: &'static str) -> AllowedElement {
    known(name, name, ElementRole::Inline, &[])
}

const fn block(called: &'static str) -> AllowedElement {
    known(called, "div", ElementRole::Block, &[])
}

const CELL: &[&str] = &["colspan", "rowspan", "scope", "align"];

/// The list. Landmarks and other frames of a page are the site's alone and become plain blocks.
const KNOWN: [AllowedElement; 76] = [
    known("a", "a", ElementRole::Link, &["href", "title"]),
    known("abbr", "abbr", ElementRole::Inline, &["title"]),
    known("acronym", "abbr", ElementRole::Inline, &["title"]),
    block("address"),
    block("article"),
    block("aside"),
    inline("b"),
    inline("bdi"),
    known("bdo", "bdo", ElementRole::Inline, &["dir"]),
    known("blockquote", "blockquote", ElementRole::Quote(Quotation::Plain), &[]),
    known("br", "br", ElementRole::Line, &[]),
    known("caption", "caption", ElementRole::Caption, &[]),
    block("center"),
    inline("cite"),
    inline("code"),
    known("col", "", ElementRole::Transparent, &[]),
    known("colgroup", "", ElementRole::Transparent, &[]),
    known("data", "span", ElementRole::Inline, &[]),
    known("dd", "dd", ElementRole::Detail, &[]),
    inline("del"),
    known("details", "details", ElementRole::Block, &["open"]),
    inline("dfn"),
    block("div"),
    known("dl", "dl", ElementRole::Terms, &[]),
    known("dt", "dt", ElementRole::Term, &[]),
    inline("em"),
    known("figcaption", "figcaption", ElementRole::Block, &[]),
    known("figure", "figure", ElementRole::Block, &[]),
    block("footer"),
    known("h1", "h1", ElementRole::Heading(1), &[]),
    known("h2", "h2", ElementRole::Heading(2), &[]),
    known("h3", "h3", ElementRole::Heading(3), &[]),
    known("h4", "h4", ElementRole::Heading(4), &[]),
    known("h5", "h5", ElementRole::Heading(5), &[]),
    known("h6", "h6", ElementRole::Heading(6), &[]),
    block("header"),
    block("hgroup"),
    known("hr", "hr", ElementRole::Rule, &[]),
    inline("i"),
    known("img", "img", ElementRole::Picture, &["src", "alt", "title", "width", "height"]),
    inline("ins"),
    inline("kbd"),
    known("li", "li", ElementRole::Item, &["value"]),
    block("main"),
    inline("mark"),
    block("nav"),
    known("ol", "ol", ElementRole::List, &["start"]),
    known("p", "p", ElementRole::Paragraph, &[]),
    known("pre", "pre", ElementRole::Code, &[]),
    inline("q"),
    inline("rp"),
    inline("rt"),
    inline("ruby"),
    inline("s"),
    inline("samp"),
    known("section", "section", ElementRole::Block, &[]),
    inline("small"),
    inline("span"),
    known("strike", "s", ElementRole::Inline, &[]),
    inline("strong"),
    inline("sub"),
    known("summary", "summary", ElementRole::Block, &[]),
    inline("sup"),
    known("table", "table", ElementRole::Table, &[]),
    known("tbody", "tbody", ElementRole::Rows { head: false }, &[]),
    known("td", "td", ElementRole::Cell { head: false }, CELL),
    known("tfoot", "tfoot", ElementRole::Rows { head: false }, &[]),
    known("th", "th", ElementRole::Cell { head: true }, CELL),
    known("thead", "thead", ElementRole::Rows { head: true }, &[]),
    known("time", "time", ElementRole::Inline, &["datetime"]),
    known("tr", "tr", ElementRole::Row, &[]),
    known("tt", "code", ElementRole::Inline, &[]),
    inline("u"),
    known("ul", "ul", ElementRole::List, &[]),
    inline("var"),
    known("wbr", "", ElementRole::Transparent, &[]),
];

/// What the list says of an element.
pub(super) fn find(name: &str) -> Option<&'static AllowedElement> {
    KNOWN.binary_search_by(|known| known.called.cmp(name)).ok().map(|at| &KNOWN[at])
}

/// Elements that go with what is in them, since no browser shows that as text.
pub(super) const UNSEEN: [&str; 5] = ["math", "script", "style", "svg", "template"];

/// Elements that are not in the list and part the words on both sides of them.
pub(super) const PARTING: [&str; 12] = [
    "body", "dialog", "fieldset", "form", "head", "html", "legend", "menu", "optgroup", "option", "select",
    "title",
];

/// Attributes that go without a word: they say how something looks, or how a browser goes about it.
const QUIET: [&str; 32] = [
    "align",
    "alink",
    "axis",
    "bgcolor",
    "border",
    "bordercolor",
    "cellpadding",
    "cellspacing",
    "char",
    "charoff",
    "cite",
    "class",
    "clear",
    "color",
    "compact",
    "decoding",
    "dir",
    "face",
    "frame",
    "headers",
    "height",
    "hreflang",
    "lang",
    "loading",
    "nowrap",
    "rel",
    "rules",
    "size",
    "target",
    "type",
    "valign",
    "width",
];

impl AllowedElement {
    pub(super) fn role(&self) -> ElementRole {
        self.role
    }

    /// The element that `tag`, a part of `html`, begins, and the attributes that do not come along.
    pub(super) fn element<'a>(&self, html: &str, tag: &Tag<'_>) -> (ArticleElement<'a>, Vec<String>) {
        let mut element = ArticleElement::new(self.role, self.name);
        let mut gone = Vec::new();
        for (name, value) in &tag.attributes {
            let name = name.to_ascii_lowercase();
            let allowed = self.attributes.iter().chain(&["lang"]).find(|allowed| **allowed == name);
            let value = allowed.and_then(|allowed| checked(allowed, html, value));
            match (allowed, value) {
                (Some(allowed), Some((written, value))) if element.attribute(written).is_none() => {
                    debug_assert!(*allowed != "id");
                    element = element.with(written, value);
                }
                _ if QUIET.contains(&&*name) || name.starts_with("xml") => {}
                (None, _) => gone.push(name),
                _ => {}
            }
        }
        (element, gone)
    }
}

/// What an attribute is written as, and its value, if it may be that.
fn checked(name: &'static str, html: &str, value: &Range<usize>) -> Option<(&'static str, String)> {
    let value = plain(&html[value.clone()]);
    let value: String = value.chars().filter(|c| !c.is_control()).collect();
    let short = value.trim();
    let is_number = |most: i64| short.parse::<i64>().is_ok_and(|number| number.abs() <= most);
    let written = match name {
        "align" => ("class", alignment(short)?.to_owned()),
        "open" => ("open", String::new()),
        "colspan" | "rowspan" => {
            (name, short.parse::<u16>().ok().filter(|span| *span > 1)?.min(MOST_MERGED).to_string())
        }
        "start" | "value" => (name, is_number(999_999).then(|| short.to_owned())?),
        "width" | "height" => {
            (name, (is_number(9_999) && !short.starts_with(['-', '+'])).then(|| short.to_owned())?)
        }
        "scope" => (name, ["row", "col", "rowgroup", "colgroup"].contains(&short).then(|| short.to_owned())?),
        "dir" => (name, ["ltr", "rtl", "auto"].contains(&short).then(|| short.to_owned())?),
        "lang" => (name, is_made_of(short, "-").then(|| short.to_owned())?),
        "datetime" => (name, is_made_of(short, "-:.+ ").then(|| short.to_owned())?),
        "href" | "src" => (name, short.to_owned()),
        _ => (name, value),
    };
    Some(written)
}

/// A cell is merged from no more rows or columns than this.
const MOST_MERGED: u16 = 1000;

fn is_made_of(value: &str, marks: &str) -> bool {
    (1..=35).contains(&value.len()) && value.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
}

/// Alignment is a class: the pages' policy forbids styles in the text.
fn alignment(value: &str) -> Option<&'static str> {
    match value.to_ascii_lowercase().as_str() {
        "left" => Some("start"),
        "center" | "middle" => Some("center"),
        "right" => Some("end"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_and_has_no_frames() {
        assert!(KNOWN.is_sorted_by(|a, b| a.called < b.called));
        for name in ["script", "style", "iframe", "form", "object", "base", "meta", "link"] {
            assert!(find(name).is_none() && KNOWN.iter().all(|known| known.name != name), "{name}");
        }
        assert!(
            KNOWN
                .iter()
                .all(|known| !known.attributes.contains(&"id") && !known.attributes.contains(&"class"))
        );
    }
}
