//! What a page says around its text, and in its head: labels, the printed title, and lines that are told as asides.

use super::super::labels::{OutsideLine, is_label};
use super::super::nature::{is_block, is_furniture, is_title, seen_if_short, seen_text, unseen};
use super::super::tree::{HtmlData, HtmlElement, HtmlNodeId};
use super::{Setter, WordSetting, one_line, whole_line};
use crate::import::draft::MetadataLabel;

/// Where a line outside of the text stands.
#[derive(Clone, Copy)]
pub(super) struct OutsidePlace {
    pub(super) rule: &'static str,
    pub(super) row: Option<HtmlNodeId>,
}

impl Setter<'_> {
    /// The labels that the page has for machines (国办发〔2017〕47号 names them), and its title.
    pub(super) fn head(&mut self, root: HtmlNodeId) {
        let tree = self.tree;
        for id in tree.all(root) {
            let Some(element) = tree.element(id) else { continue };
            let (name, value) = match element.name.as_str() {
                "meta" => {
                    (element.get("name").unwrap_or_default(), element.get("content").unwrap_or_default())
                }
                "title" => ("title", ""),
                _ => continue,
            };
            let value = if element.name == "title" { seen_text(tree, id) } else { value.to_owned() };
            let value = one_line(&value);
            if !value.is_empty() && !name.is_empty() && is_told(name) {
                let at = self.add(&format!("{name}：{value}"));
                self.draft.labels.push(MetadataLabel { at, name: name.to_owned(), value });
                self.end_line();
            }
        }
    }

    /// What stands around the text.
    pub(super) fn outside(&mut self, id: HtmlNodeId, place: OutsidePlace) {
        let tree = self.tree;
        if id == self.article {
            self.line(place);
            self.inside(id, &WordSetting::default());
            self.paragraph();
            return;
        }
        match tree.data(id) {
            HtmlData::Text(text) => self.outside_words(text),
            HtmlData::Comment => {}
            HtmlData::Root => tree.children(id).iter().for_each(|child| self.outside(*child, place)),
            HtmlData::Element(element) => self.outside_element(id, element, place),
        }
    }

    fn outside_element(&mut self, id: HtmlNodeId, element: &HtmlElement, place: OutsidePlace) {
        let tree = self.tree;
        if matches!(element.name.as_str(), "title" | "meta") {
            return;
        }
        let holds_article = tree.above(self.article).any(|above| above == id);
        if let Some(rule) = unseen(element).filter(|_| !holds_article) {
            self.line(place);
            self.aside(&whole_line(tree, id), rule);
            return;
        }
        if is_title(element)
            && !holds_article
            && let Some(title) = seen_if_short(tree, id)
        {
            self.line(place);
            self.title(&one_line(&title), place);
            return;
        }
        let is_line = is_block(element) || element.name == "br";
        let place = OutsidePlace {
            rule: if is_furniture(element) && !holds_article { "html-navigation" } else { place.rule },
            row: if matches!(element.name.as_str(), "tr" | "li" | "dl") { Some(id) } else { place.row },
        };
        if is_line {
            self.line(place);
        }
        self.edges.push(self.draft.text.len());
        tree.children(id).iter().for_each(|child| self.outside(*child, place));
        if is_line {
            self.line(place);
        }
    }

    /// The title as the page prints it above the text.
    fn title(&mut self, value: &str, place: OutsidePlace) {
        let is_new = !value.is_empty() && self.draft.labels.iter().all(|label| label.name != "标题");
        match is_new && !is_label(value) && value.chars().count() >= 6 {
            true => {
                let at = self.add(value);
                self.draft.labels.push(MetadataLabel {
                    at,
                    name: "标题".to_owned(),
                    value: value.to_owned(),
                });
                self.end_line();
            }
            false => {
                self.outside_words(value);
                self.line(place);
            }
        }
    }

    pub(super) fn outside_words(&mut self, text: &str) {
        for (number, word) in text.split_ascii_whitespace().enumerate() {
            let begins = text.starts_with(|c: char| c.is_ascii_whitespace());
            let start = self.draft.text.len();
            if self.started.is_some() && (number > 0 || begins) && !self.draft.text.ends_with(' ') {
                self.draft.text.push(' ');
            }
            self.started.get_or_insert(start);
            self.draft.text.push_str(word);
        }
        if text.ends_with(|c: char| c.is_ascii_whitespace()) && self.started.is_some() {
            self.draft.text.push(' ');
        }
    }

    pub(super) fn line(&mut self, place: OutsidePlace) {
        self.tell_line(place);
        self.edges.clear();
    }

    fn tell_line(&mut self, place: OutsidePlace) {
        if let Some(start) = self.started.take() {
            let OutsidePlace { rule, row } = place;
            self.draft.text.push('\n');
            let edges = self.edges.iter().filter_map(|at| at.checked_sub(start)).collect();
            self.lines.push(OutsideLine { at: start..self.draft.text.len(), rule, edges, row });
        }
    }
}

/// Whether a label in the head of a page tells something of the document.
fn is_told(name: &str) -> bool {
    const TECHNICAL: [&str; 14] = [
        "viewport",
        "generator",
        "renderer",
        "robots",
        "progid",
        "originator",
        "referrer",
        "theme-color",
        "format-detection",
        "apple-mobile-web-app-capable",
        "applicable-device",
        "csrf-token",
        "csrf-param",
        "handheldfriendly",
    ];
    !TECHNICAL.contains(&name.to_ascii_lowercase().as_str())
}
