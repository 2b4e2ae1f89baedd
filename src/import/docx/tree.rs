//! A part of a package as a tree of elements and texts.
//!
//! Elements are known by the vocabulary that they belong to and by their local name, so that it does
//! not matter which prefixes a writer chose, nor whether he wrote the transitional or the strict
//! namespaces. Attributes are known by their local name alone: no element that is read has two of one.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::fault;
use crate::import::refused::Refused;

/// The vocabulary of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, of either edition.
    Word,
    /// Markup compatibility: alternatives for other programs.
    Compatibility,
    /// Formulas.
    Math,
    /// Anything else: drawings, packages, what makers add.
    Other,
}

impl Space {
    fn of(namespace: &str) -> Self {
        match namespace {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            _ => Self::Other,
        }
    }
}

/// The most elements and texts of a part: 48 bytes each.
const MOST_NODES: usize = 2_000_000;

/// How deep elements nest at most. Word's own documents stay below 60.
const DEEPEST: usize = 256;

/// No node: the end of a chain.
const NONE: u32 = u32::MAX;

/// What stands at a place of the tree.
#[derive(Clone, Copy, Debug)]
enum XmlKind<'a> {
    Element { space: Space, name: &'a str, attributes: &'a str },
    Text(&'a str),
    Character(char),
}

#[derive(Clone, Copy, Debug)]
struct XmlNode<'a> {
    kind: XmlKind<'a>,
    /// The first within it.
    inner: u32,
    /// The next beside it.
    next: u32,
}

/// A part, read.
#[derive(Debug)]
pub(super) struct XmlTree<'a> {
    nodes: Vec<XmlNode<'a>>,
}

/// An element of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct XmlElement<'a> {
    tree: &'a XmlTree<'a>,
    at: u32,
    /// Its vocabulary.
    pub(super) space: Space,
    /// Its local name.
    pub(super) name: &'a str,
    attributes: &'a str,
}

/// What stands within an element.
#[derive(Clone, Copy, Debug)]
pub(super) enum XmlItem<'a> {
    Element(XmlElement<'a>),
    Text(&'a str),
    /// A character that is written as a reference: `&#x4e00;`.
    Character(char),
}

impl<'a> XmlTree<'a> {
    /// Reads `text`, the part of this name.
    ///
    /// # Errors
    ///
    /// What is no well-formed XML, declares a document type or entities, or goes beyond a limit.
    pub(super) fn read(text: &'a str, part: &str) -> Result<Self, Refused> {
        let most = memchr::memchr2_iter(b'<', b'&', text.as_bytes()).count() + 1;
        if most > 2 * MOST_NODES {
            return Err(fault::too_many_elements(part));
        }
        let mut growing =
            GrowingTree { nodes: Vec::with_capacity(most.min(MOST_NODES)), open: Vec::new(), part };
        let mut reader = NsReader::from_str(text);
        loop {
            let (space, event) = reader.read_resolved_event().map_err(|_| fault::malformed(part))?;
            let space = match space {
                ResolveResult::Bound(namespace) => Space::of(namespace.as_ref()),
                ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
            };
            match event {
                Event::Eof => break,
                event => growing.take(text, space, &event)?,
            }
        }
        match growing.open.is_empty() && !growing.nodes.is_empty() {
            true => Ok(Self { nodes: growing.nodes }),
            false => Err(fault::malformed(part)),
        }
    }

    /// The outermost element.
    pub(super) fn root(&'a self) -> Option<XmlElement<'a>> {
        self.items(0).find_map(|item| match item {
            XmlItem::Element(element) => Some(element),
            XmlItem::Text(_) | XmlItem::Character(_) => None,
        })
    }

    /// The items from the node `first` on.
    fn items(&'a self, first: u32) -> impl Iterator<Item = XmlItem<'a>> + use<'a> {
        let mut at = first;
        std::iter::from_fn(move || {
            let node = self.nodes.get(at as usize)?;
            let item = match node.kind {
                XmlKind::Element { space, name, attributes } => {
                    XmlItem::Element(XmlElement { tree: self, at, space, name, attributes })
                }
                XmlKind::Text(text) => XmlItem::Text(text),
                XmlKind::Character(character) => XmlItem::Character(character),
            };
            at = node.next;
            Some(item)
        })
    }
}

/// A tree while it is read.
struct GrowingTree<'a, 'p> {
    nodes: Vec<XmlNode<'a>>,
    /// The elements that are not closed: each with the last node within it.
    open: Vec<OpenXmlElement>,
    part: &'p str,
}

struct OpenXmlElement {
    element: u32,
    last: u32,
}

impl<'a> GrowingTree<'a, '_> {
    fn take(&mut self, text: &'a str, space: Space, event: &Event<'_>) -> Result<(), Refused> {
        match event {
            Event::Start(start) => {
                let at = self.add(self.element(text, space, start)?)?;
                if self.open.len() == DEEPEST {
                    return Err(fault::too_deep(self.part, DEEPEST));
                }
                self.open.push(OpenXmlElement { element: at, last: NONE });
            }
            Event::Empty(start) => {
                self.add(self.element(text, space, start)?)?;
            }
            Event::End(_) => {
                self.open.pop().ok_or_else(|| fault::malformed(self.part))?;
            }
            Event::Text(words) => {
                self.words(text, words)?;
            }
            Event::CData(words) => {
                self.words(text, words)?;
            }
            Event::GeneralRef(reference) => {
                let character = character(reference).ok_or_else(|| fault::entity(self.part))?;
                self.inside(XmlKind::Character(character))?;
            }
            Event::DocType(_) => return Err(fault::entity(self.part)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn element(&self, text: &'a str, space: Space, start: &BytesStart<'_>) -> Result<XmlKind<'a>, Refused> {
        let malformed = || fault::malformed(self.part);
        for attribute in start.attributes().with_checks(false) {
            attribute.map_err(|_| malformed())?;
        }
        let name = within(text, start.local_name().into_inner()).ok_or_else(malformed)?;
        let attributes = within(text, start.attributes_raw()).ok_or_else(malformed)?;
        Ok(XmlKind::Element { space, name, attributes })
    }

    fn words(&mut self, text: &'a str, words: &str) -> Result<(), Refused> {
        match within(text, words) {
            Some("") => Ok(()),
            Some(words) => self.inside(XmlKind::Text(words)),
            None => Err(fault::malformed(self.part)),
        }
    }

    /// Adds what may only stand in an element; white space may stand around it.
    fn inside(&mut self, kind: XmlKind<'a>) -> Result<(), Refused> {
        let blank =
            matches!(kind, XmlKind::Text(text) if text.trim_start_matches('\u{feff}').trim().is_empty());
        match self.open.is_empty() {
            true if blank => Ok(()),
            true => Err(fault::malformed(self.part)),
            false => self.add(kind).map(drop),
        }
    }

    /// Adds a node behind the last one of the innermost open element.
    fn add(&mut self, kind: XmlKind<'a>) -> Result<u32, Refused> {
        if self.nodes.len() == MOST_NODES {
            return Err(fault::too_many_elements(self.part));
        }
        let at = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        match self.open.last_mut() {
            // A second outermost element.
            None if at > 0 => return Err(fault::malformed(self.part)),
            None => {}
            Some(open) if open.last == NONE => {
                self.nodes[open.element as usize].inner = at;
                open.last = at;
            }
            Some(open) => {
                self.nodes[open.last as usize].next = at;
                open.last = at;
            }
        }
        self.nodes.push(XmlNode { kind, inner: NONE, next: NONE });
        Ok(at)
    }
}

/// `piece` as a stretch of `text`, which it is: events borrow from what they read, and do not say so.
fn within<'a>(text: &'a str, piece: &str) -> Option<&'a str> {
    let start = (piece.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    text.get(start..start + piece.len())
}

/// The character that a reference stands for; the five names of XML alone are known.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

impl<'a> XmlElement<'a> {
    /// Whether it is WordprocessingML's element of this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.space == Space::Word && self.name == name
    }

    /// Where it stands in its part: no other element has the same place.
    pub(super) fn place(&self) -> u32 {
        self.at
    }

    /// What stands within it.
    pub(super) fn items(self) -> impl Iterator<Item = XmlItem<'a>> + use<'a> {
        self.tree.items(self.tree.nodes[self.at as usize].inner)
    }

    /// The elements within it.
    pub(super) fn elements(self) -> impl Iterator<Item = XmlElement<'a>> + use<'a> {
        self.items().filter_map(|item| match item {
            XmlItem::Element(element) => Some(element),
            XmlItem::Text(_) | XmlItem::Character(_) => None,
        })
    }

    /// The first element of this name within it, whatever its vocabulary.
    pub(super) fn child(self, name: &str) -> Option<XmlElement<'a>> {
        self.elements().find(|element| element.name == name)
    }

    /// The value of the attribute of this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut attributes = Attributes::new(self.attributes, 0);
        let found = attributes.with_checks(false).flatten().find(|found| {
            let key = found.key;
            key.local_name().into_inner() == name && key.as_namespace_binding().is_none()
        })?;
        found.normalized_value(XmlVersion::Implicit1_0).ok()
    }

    /// The `val` of the element of this name within it.
    pub(super) fn value(self, name: &str) -> Option<Cow<'a, str>> {
        self.child(name)?.attribute("val")
    }

    /// The number that the `val` of the element of this name within it is.
    pub(super) fn number(self, name: &str) -> Option<u32> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether the property of this name is switched on (§17.17.4): by standing there, unless its value
    /// says no. `None` if it does not stand there.
    pub(super) fn switch(self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val");
        Some(!matches!(value.as_deref(), Some("0" | "false" | "off")))
    }

    /// All its text, that of the elements in it too, in order.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        self.text_into(&mut text);
        text
    }

    fn text_into(self, text: &mut String) {
        for item in self.items() {
            match item {
                XmlItem::Element(element) => element.text_into(text),
                XmlItem::Text(words) => text.push_str(words),
                XmlItem::Character(character) => text.push(character),
            }
        }
    }
}
