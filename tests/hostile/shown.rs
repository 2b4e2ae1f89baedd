//! What a reader sees of a page, as a browser's parser has it.

#![allow(unreachable_pub, clippy::unwrap_used)]

use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The words of the texts on a page, without marks beside them.
pub fn words(page: &str) -> String {
    let document = parse_document(RcDom::default(), Default::default()).one(page).document;
    let mut out = String::new();
    gather(&document, false, &mut out);
    out
}

fn gather(node: &Handle, in_prose: bool, out: &mut String) {
    match &node.data {
        NodeData::Text { contents } if in_prose => out.push_str(&contents.borrow()),
        NodeData::Element { name, attrs, .. } => {
            let attrs = attrs.borrow();
            let classes = attrs.iter().find(|one| &*one.name.local == "class").map_or("", |one| &one.value);
            if matches!(&*name.local, "script" | "style" | "template") || classes == "permalink" {
                return;
            }
            let in_prose = in_prose || classes.split(' ').any(|class| class == "prose");
            node.children.borrow().iter().for_each(|child| gather(child, in_prose, out));
        }
        _ => node.children.borrow().iter().for_each(|child| gather(child, in_prose, out)),
    }
}
