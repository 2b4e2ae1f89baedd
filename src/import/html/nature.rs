//! What elements are, by their names and by what pages call them.

use super::tree::{HtmlData, HtmlElement, HtmlNodeId, HtmlTree};

/// Elements that no reader sees as text, and the rule that leaves each out.
const UNSEEN: [(&str, &[&str]); 4] = [
    ("html-script", &["script", "noscript", "template", "xml", "o:officedocumentsettings"]),
    ("html-style", &["style"]),
    ("html-control", &["select", "option", "datalist", "button", "textarea", "input", "progress"]),
    ("html-embedded", &["svg", "math", "iframe", "object", "video", "audio", "canvas", "map", "applet"]),
];

/// Elements that begin a line of their own.
const BLOCKS: [&str; 43] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ucapcontent",
    "ul",
];

/// Elements that hold parts of a page rather than words.
const HOLDERS: [&str; 17] = [
    "html",
    "body",
    "div",
    "section",
    "article",
    "main",
    "form",
    "center",
    "table",
    "tbody",
    "tr",
    "td",
    "fieldset",
    "ucapcontent",
    "dl",
    "dd",
    "figure",
];

/// Words in classes and ids that portals call what stands around the text by.
const AROUND: [&str; 22] = [
    "menu",
    "foot",
    "footer",
    "header",
    "top",
    "position",
    "location",
    "xgxw",
    "side",
    "sidebar",
    "aside",
    "banner",
    "login",
    "search",
    "pagination",
    "ad",
    "comment",
    "hot",
    "link",
    "links",
    "friend",
    "accessible",
];

/// Words that they call by what is no text, be it around the text or in the middle of it.
const BUTTONS: [&str; 16] = [
    "nav",
    "crumb",
    "crumbs",
    "breadcrumb",
    "share",
    "bdsharebuttonbox",
    "related",
    "relate",
    "copyright",
    "tool",
    "tools",
    "toolbar",
    "qrcode",
    "ewm",
    "print",
    "fontsize",
];

/// Words in classes and ids that portals call the text by.
const ARTICLE: [&str; 27] = [
    "zoom",
    "trs_editor",
    "trs_ueditor",
    "ueditor",
    "ucap",
    "ucapcontent",
    "pages_content",
    "article",
    "articlecontent",
    "content",
    "contents",
    "context",
    "con",
    "text",
    "txt",
    "wzcon",
    "zwxl",
    "xxgk",
    "newscontent",
    "detail",
    "details",
    "maintext",
    "main",
    "body",
    "newstext",
    "zhengwen",
    "bt",
];

/// The rule that leaves an element out wherever it stands.
pub(super) fn unseen(element: &HtmlElement) -> Option<&'static str> {
    let by_name = UNSEEN.iter().find(|(_, names)| names.contains(&element.name.as_str()));
    let is_hidden = element.get("hidden").is_some()
        || element.has_style("display", "none")
        || element.has_style("visibility", "hidden")
        || element.has_style("mso-hide", "all");
    by_name.map(|(rule, _)| *rule).or(is_hidden.then_some("html-hidden"))
}

pub(super) fn is_block(element: &HtmlElement) -> bool {
    BLOCKS.contains(&element.name.as_str())
}

pub(super) fn is_holder(element: &HtmlElement) -> bool {
    HOLDERS.contains(&element.name.as_str())
}

/// Whether pages call it something that is no text, or HTML does.
pub(super) fn is_furniture(element: &HtmlElement) -> bool {
    matches!(element.name.as_str(), "nav" | "footer" | "aside" | "header")
        || words(element).any(|word| AROUND.contains(&word.as_str()) || BUTTONS.contains(&word.as_str()))
}

/// Whether pages call it something that is no text even in the middle of one.
pub(super) fn is_button(element: &HtmlElement) -> bool {
    element.name == "nav" || words(element).any(|word| BUTTONS.contains(&word.as_str()))
}

/// Whether pages call it the text.
pub(super) fn is_article(element: &HtmlElement) -> bool {
    matches!(element.name.as_str(), "article" | "main" | "ucapcontent")
        || words(element).any(|word| ARTICLE.contains(&word.as_str()))
}

/// Whether pages call it the title.
pub(super) fn is_title(element: &HtmlElement) -> bool {
    matches!(element.name.as_str(), "h1" | "ucaptitle")
        || words(element).any(|word| matches!(word.as_str(), "title" | "bt" | "biaoti" | "articletitle"))
}

/// The words of its id and classes, in lower case; those that are joined by hyphens both joined and
/// apart.
fn words(element: &HtmlElement) -> impl Iterator<Item = String> {
    let named = ["id", "class"].into_iter().filter_map(|name| element.get(name));
    let whole = named.flat_map(str::split_ascii_whitespace).map(str::to_ascii_lowercase);
    whole.flat_map(|word| {
        let parts: Vec<String> = word.split(['-', '_']).map(str::to_owned).collect();
        std::iter::once(word).chain(parts)
    })
}

/// The characters below an element that a reader may see.
pub(super) fn seen_text(tree: &HtmlTree, id: HtmlNodeId) -> String {
    let mut text = String::new();
    gather(tree, id, &mut text, &mut { usize::MAX });
    text
}

/// The same of an element that has few of them and few elements; `None` of any other.
pub(super) fn seen_if_short(tree: &HtmlTree, id: HtmlNodeId) -> Option<String> {
    let (mut text, mut left) = (String::new(), 200);
    gather(tree, id, &mut text, &mut left);
    let is_short = left > 0 && text.chars().filter(|c| !c.is_whitespace()).count() <= 200;
    is_short.then_some(text)
}

/// Visits as many nodes as are `left`.
fn gather(tree: &HtmlTree, id: HtmlNodeId, text: &mut String, left: &mut usize) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    match tree.data(id) {
        HtmlData::Text(own) => text.push_str(own),
        HtmlData::Element(element) if unseen(element).is_some() => {}
        _ => tree.children(id).iter().for_each(|child| gather(tree, *child, text, left)),
    }
}
