//! What a page may hold: an allow-list of elements, attributes and addresses, held against the tree
//! that a browser's own parser makes of the page. Nothing here looks at the text of a page: what a
//! browser does not see as markup is none.

// Each test target compiles this file for itself and uses a part of it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// The class of the elements that hold what an author wrote.
const PROSE: &str = "prose";

/// Elements of an author's text, each with the attributes that it may have besides `lang`.
const AUTHORS: [(&str, &str); 62] = [
    ("a", "href title class aria-label id"),
    ("abbr", "title"),
    ("b", "class"),
    ("bdi", ""),
    ("bdo", "dir"),
    ("blockquote", ""),
    ("br", ""),
    ("caption", ""),
    ("cite", ""),
    ("code", ""),
    ("data", "class id value"),
    ("dd", ""),
    ("del", ""),
    ("details", "open"),
    ("dfn", ""),
    ("div", "class role tabindex aria-label id"),
    ("dl", ""),
    ("dt", ""),
    ("em", ""),
    ("figcaption", ""),
    ("figure", ""),
    ("h2", "id class"),
    ("h3", "id class"),
    ("h4", "id class"),
    ("h5", "id class"),
    ("h6", "id class"),
    ("hr", ""),
    ("i", ""),
    ("img", "src alt title width height"),
    ("ins", ""),
    ("kbd", ""),
    ("li", "value"),
    ("mark", ""),
    ("ol", "start"),
    ("p", "id class data-stayed"),
    ("pre", ""),
    ("q", ""),
    ("rp", ""),
    ("rt", ""),
    ("ruby", ""),
    ("s", ""),
    ("samp", ""),
    ("section", ""),
    ("small", ""),
    ("span", "class data-o"),
    ("strike", ""),
    ("strong", ""),
    ("sub", ""),
    ("summary", ""),
    ("sup", "class id"),
    ("table", ""),
    ("tbody", ""),
    ("td", "class colspan rowspan headers scope"),
    ("tfoot", ""),
    ("th", "class colspan rowspan headers scope"),
    ("thead", ""),
    ("time", "datetime"),
    ("tr", ""),
    ("u", ""),
    ("ul", ""),
    ("var", ""),
    ("wbr", ""),
];

/// Classes that the program writes into an author's text.
const CLASSES: [&str; 17] = [
    "permalink",
    "head",
    "figure",
    "table",
    "footnote-definition",
    "footnote-reference",
    "footnote-definition-label",
    "footnote-back",
    "run-in",
    "inner-heading",
    "ordinal",
    "start",
    "center",
    "end",
    "level-1",
    "level-2",
    "level-3",
];

/// Elements that no page has at all.
const NEVER: [&str; 15] = [
    "applet",
    "audio",
    "canvas",
    "dialog",
    "embed",
    "frame",
    "frameset",
    "iframe",
    "marquee",
    "math",
    "object",
    "plaintext",
    "style",
    "video",
    "xmp",
];

/// Everything in `page` that the allow-list does not have, and every attribute that holds one of
/// `words`.
pub fn faults(page: &str, words: &[&str]) -> Vec<String> {
    let options = ParseOpts::default();
    let document = parse_document(RcDom::default(), options).one(page);
    let mut faults = Vec::new();
    let mut left = vec![(document.document, false)];
    while let Some((node, in_prose)) = left.pop() {
        let in_prose = look(&node, in_prose, words, &mut faults);
        left.extend(node.children.borrow().iter().map(|child| (child.clone(), in_prose)));
        if let NodeData::Element { template_contents, .. } = &node.data
            && let Some(contents) = template_contents.borrow().as_ref()
        {
            left.push((contents.clone(), in_prose));
        }
    }
    faults
}

/// Looks at one node; whether what is in it is an author's text.
fn look(node: &Handle, in_prose: bool, words: &[&str], faults: &mut Vec<String>) -> bool {
    if let NodeData::Text { contents } = &node.data {
        let control = |c: char| (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || c == '\u{fffe}';
        faults
            .extend(contents.borrow().chars().find(|c| control(*c)).map(|c| format!("the character {c:?}")));
        return in_prose;
    }
    let NodeData::Element { name, attrs, .. } = &node.data else {
        return in_prose;
    };
    let element = &*name.local;
    let attributes: Vec<(String, String)> =
        attrs.borrow().iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
    faults.extend(of_element(element, &attributes, in_prose));
    for (attribute, value) in &attributes {
        faults.extend(of_attribute(element, (attribute, value), words));
    }
    let classes = attributes.iter().find(|(name, _)| name == "class").map_or("", |(_, value)| value);
    in_prose || classes.split(' ').any(|class| class == PROSE)
}

fn of_element(element: &str, attributes: &[(String, String)], in_prose: bool) -> Vec<String> {
    let attribute =
        |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value);
    let mut faults = Vec::new();
    if NEVER.contains(&element) {
        faults.push(format!("<{element}>"));
    }
    let ours = attribute("src").is_some_and(|source| source.starts_with("/assets/"));
    if element == "script" && !ours && attribute("type") != Some("application/ld+json") {
        faults.push(format!("a script {attributes:?}"));
    }
    // It may say where links open, and not where they lead.
    if element == "base" && (attributes.len() != 1 || attribute("target") != Some("_blank")) {
        faults.push(format!("a base {attributes:?}"));
    }
    if element == "meta" && attribute("http-equiv").is_some_and(|name| name != "Content-Security-Policy") {
        faults.push(format!("a meta {attributes:?}"));
    }
    if !in_prose {
        return faults;
    }
    match AUTHORS.iter().find(|(name, _)| *name == element) {
        None => faults.push(format!("<{element}> in a text")),
        Some((_, allowed)) => faults.extend(
            attributes
                .iter()
                .filter(|(name, _)| name != "lang" && !allowed.split(' ').any(|allowed| allowed == name))
                .map(|(name, value)| format!("<{element} {name}={value:?}> in a text")),
        ),
    }
    let classes = attribute("class").into_iter().flat_map(|classes| classes.split(' '));
    faults.extend(
        classes
            .filter(|class| !CLASSES.contains(class) && *class != "level-4")
            .map(|class| format!("the class {class}")),
    );
    faults
}

fn of_attribute(element: &str, attribute: (&str, &str), words: &[&str]) -> Vec<String> {
    let (name, value) = attribute;
    let mut faults = Vec::new();
    if name.starts_with("on") || matches!(name, "style" | "srcdoc" | "formaction" | "ping" | "background") {
        faults.push(format!("<{element} {name}>"));
    }
    if matches!(name, "href" | "src" | "action" | "poster" | "xlink:href") && !is_address(value) {
        faults.push(format!("<{element} {name}={value:?}>"));
    }
    if name == "src" && (value.contains("//") || value.contains('\\')) {
        faults.push(format!("<{element} {name}={value:?}> loads from elsewhere"));
    }
    let lower = value.to_ascii_lowercase();
    let said = words.iter().filter(|word| lower.contains(*word));
    faults.extend(said.map(|word| format!("{word} in <{element} {name}={value:?}>")));
    faults
}

/// Whether a browser that follows this address stays with the schemes that pages may have. It
/// drops tabs, line ends, and control characters in front, before it looks for a scheme.
fn is_address(value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let bare = bare.trim_start_matches(|c: char| c <= ' ').to_ascii_lowercase();
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme);
    match scheme.filter(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))) {
        Some(scheme) => matches!(scheme, "http" | "https" | "mailto" | "tel"),
        None => !bare.starts_with("//") && !bare.starts_with("/\\"),
    }
}
