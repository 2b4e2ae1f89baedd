//! A page as a browser's parser understands it, in one list of nodes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_document};

use crate::diag::Words;
use crate::import::draft::Limits;
use crate::import::refused::Refused;

/// The place of a node in its tree.
pub(super) type HtmlNodeId = usize;

/// A page.
#[derive(Debug, Default)]
pub(super) struct HtmlTree {
    nodes: Vec<HtmlNode>,
}

/// What stands at a place of a page.
#[derive(Debug)]
pub(super) enum HtmlData {
    /// The page, or a piece that was taken out of it.
    Root,
    /// An element.
    Element(HtmlElement),
    /// Characters.
    Text(String),
    /// A comment.
    Comment,
}

/// An element: its name and attributes.
#[derive(Debug)]
pub(super) struct HtmlElement {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

#[derive(Debug)]
struct HtmlNode {
    data: HtmlData,
    parent: Option<HtmlNodeId>,
    children: Vec<HtmlNodeId>,
}

/// How many nodes a page may have: a long report pasted from Word has a tenth of it.
const MOST_NODES: usize = 400_000;

/// How much is read before it is asked again whether a limit is passed. A page of tags that repeat
/// each other makes many nodes of few bytes.
const PIECE: usize = 4 << 10;

impl HtmlTree {
    /// Reads a page.
    ///
    /// # Errors
    /// Where it has more or deeper elements than any page.
    pub(super) fn read(text: &str, limits: &Limits) -> Result<Self, Refused> {
        let mut parser = parse_document(HtmlSink::new(), ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
            parser.process(StrTendril::from(piece));
            rest = behind;
            let sink = &parser.tokenizer.sink.sink;
            sink.within(limits)?;
        }
        let sink = parser.finish();
        sink.within(limits)?;
        Ok(sink.tree.into_inner())
    }

    pub(super) fn root(&self) -> HtmlNodeId {
        0
    }

    pub(super) fn data(&self, id: HtmlNodeId) -> &HtmlData {
        &self.nodes[id].data
    }

    pub(super) fn children(&self, id: HtmlNodeId) -> &[HtmlNodeId] {
        &self.nodes[id].children
    }

    pub(super) fn element(&self, id: HtmlNodeId) -> Option<&HtmlElement> {
        match &self.nodes[id].data {
            HtmlData::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The elements above a node, the nearest first.
    pub(super) fn above(&self, id: HtmlNodeId) -> impl Iterator<Item = HtmlNodeId> {
        std::iter::successors(self.nodes[id].parent, |id| self.nodes[*id].parent)
    }

    /// Every node below `id` and itself, in the order of the page.
    pub(super) fn all(&self, id: HtmlNodeId) -> impl Iterator<Item = HtmlNodeId> {
        let mut open = vec![id];
        std::iter::from_fn(move || {
            let id = open.pop()?;
            open.extend(self.nodes[id].children.iter().rev());
            Some(id)
        })
    }

    fn add(&mut self, data: HtmlData) -> HtmlNodeId {
        self.nodes.push(HtmlNode { data, parent: None, children: Vec::new() });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: HtmlNodeId) {
        if let Some(parent) = self.nodes[id].parent.take() {
            // What is moved mostly stands at the end.
            let at = self.nodes[parent].children.iter().rposition(|child| *child == id);
            if let Some(at) = at {
                self.nodes[parent].children.remove(at);
            }
        }
    }

    fn insert(&mut self, parent: HtmlNodeId, at: usize, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|before| self.nodes[parent].children[before]);
                if let Some(HtmlData::Text(stands)) = before.map(|before| &mut self.nodes[before].data) {
                    stands.push_str(&text);
                    return;
                }
                self.add(HtmlData::Text(text.to_string()))
            }
        };
        let at = at.min(self.nodes[parent].children.len());
        self.nodes[parent].children.insert(at, id);
        self.nodes[id].parent = Some(parent);
    }
}

impl HtmlElement {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Whether its style has this property with a value that begins so; both in lower case.
    pub(super) fn has_style(&self, property: &str, value: &str) -> bool {
        self.style(property).is_some_and(|found| found.starts_with(value))
    }

    /// The value of a property of its style, in lower case.
    pub(super) fn style(&self, property: &str) -> Option<String> {
        let declarations = self.get("style")?.split(';');
        let pairs = declarations.filter_map(|declaration| declaration.split_once(':'));
        let mut found = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
        found.next().map(|(_, value)| value.trim().to_ascii_lowercase())
    }
}

/// An element while the page is read: the parser asks for its name again and again.
#[derive(Clone)]
struct Handle {
    id: HtmlNodeId,
    name: Rc<QualName>,
}

struct HtmlSink {
    tree: RefCell<HtmlTree>,
    /// How deep the deepest element stands.
    depth: Cell<usize>,
    nameless: Rc<QualName>,
}

impl HtmlSink {
    fn new() -> Self {
        let mut tree = HtmlTree::default();
        tree.add(HtmlData::Root);
        let nameless = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Self { tree: RefCell::new(tree), depth: Cell::new(0), nameless }
    }

    fn within(&self, limits: &Limits) -> Result<(), Refused> {
        let nodes = self.tree.borrow().nodes.len();
        match () {
            () if nodes > MOST_NODES => Err(Refused::Limit(Words::new(
                format!("网页的元素超过 {MOST_NODES} 个"),
                format!("the page has more than {MOST_NODES} elements"),
            ))),
            () if self.depth.get() > limits.depth => {
                let most = limits.depth;
                Err(Refused::Limit(Words::new(
                    format!("网页的元素嵌套超过 {most} 层"),
                    format!("elements of the page nest more than {most} deep"),
                )))
            }
            () => Ok(()),
        }
    }

    fn handle(&self, data: HtmlData, name: Rc<QualName>) -> Handle {
        Handle { id: self.tree.borrow_mut().add(data), name }
    }

    fn put(&self, parent: HtmlNodeId, at: usize, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        tree.insert(parent, at, child);
        let depth = tree.above(parent).take(self.depth.get() + 1).count();
        self.depth.set(self.depth.get().max(depth));
    }
}

impl TreeSink for HtmlSink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let pair = |attribute: Attribute| (attribute.name.local.to_string(), attribute.value.to_string());
        let element = HtmlElement {
            name: name.local.to_string(),
            attributes: attributes.into_iter().map(pair).collect(),
        };
        self.handle(HtmlData::Element(element), Rc::new(name))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.handle(HtmlData::Comment, Rc::clone(&self.nameless))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.handle(HtmlData::Comment, Rc::clone(&self.nameless))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let end = self.tree.borrow().nodes[parent.id].children.len();
        self.put(parent.id, end, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().nodes[element.id].parent.is_some();
        match has_parent {
            true => self.append_before_sibling(element, child),
            false => self.append(before, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What a template holds is shown nowhere; it stays where it stands.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.tree.borrow_mut().detach(node.id);
        }
        let (parent, at) = {
            let tree = self.tree.borrow();
            let Some(parent) = tree.nodes[sibling.id].parent else { return };
            let at = tree.nodes[parent].children.iter().rposition(|id| *id == sibling.id);
            (parent, at.unwrap_or_default())
        };
        self.put(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let HtmlData::Element(element) = &mut tree.nodes[target.id].data {
            for attribute in attributes {
                let name = attribute.name.local.to_string();
                if element.get(&name).is_none() {
                    element.attributes.push((name, attribute.value.to_string()));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        let moved = std::mem::take(&mut tree.nodes[node.id].children);
        for child in &moved {
            tree.nodes[*child].parent = Some(new_parent.id);
        }
        tree.nodes[new_parent.id].children.extend(moved);
    }
}
