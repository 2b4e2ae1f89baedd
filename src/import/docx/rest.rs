//! The parts of a package that are no text of the document: what is in them is left out, and said. A part
//! with text that no rule knows stays unaccounted for.

use std::collections::BTreeMap;

use super::package::DocxPackage;
use super::tree::{XmlElement, XmlItem, XmlTree};
use crate::import::draft::{Draft, OmittedStretch};
use crate::import::refused::Refused;

/// What the parts of a package are.
#[derive(Default)]
struct PartTypes {
    /// By name, in lower case and with a slash before it.
    parts: BTreeMap<String, String>,
    /// By the ending of the name.
    endings: BTreeMap<String, String>,
}

const TYPES: &str = "[Content_Types].xml";

/// Writes down the text of all parts that nobody has read.
///
/// # Errors
///
/// A part that is broken or too large.
pub(super) fn read(package: &mut DocxPackage<'_>, draft: &mut Draft) -> Result<(), Refused> {
    let types = types(package)?;
    for name in package.unread() {
        let Some(text) = package.text(&name)? else {
            continue;
        };
        let tree = XmlTree::read(&text, &name)?;
        let start = draft.text.len();
        if let Some(root) = tree.root() {
            gather(root, &mut draft.text);
        }
        let at = start..draft.text.len();
        if let Some(rule) = rule(&name, types.of(&name)).filter(|_| !at.is_empty()) {
            draft.asides.push(OmittedStretch { at, rule });
        }
    }
    Ok(())
}

fn types(package: &mut DocxPackage<'_>) -> Result<PartTypes, Refused> {
    let mut types = PartTypes::default();
    let Some(text) = package.text(TYPES)? else {
        return Ok(types);
    };
    let tree = XmlTree::read(&text, TYPES)?;
    for element in tree.root().into_iter().flat_map(|root| root.elements()) {
        let Some(kind) = element.attribute("ContentType") else {
            continue;
        };
        if let Some(name) = element.attribute("PartName") {
            types.parts.insert(name.to_lowercase(), kind.to_lowercase());
        } else if let Some(ending) = element.attribute("Extension") {
            types.endings.insert(ending.to_lowercase(), kind.to_lowercase());
        }
    }
    Ok(types)
}

impl PartTypes {
    fn of(&self, name: &str) -> &str {
        let ending = name.rsplit('.').next().unwrap_or_default();
        let kind = self.parts.get(&format!("/{name}")).or_else(|| self.endings.get(ending));
        kind.map_or("", String::as_str)
    }
}

/// The rule that leaves out a part of this name and type.
fn rule(name: &str, kind: &str) -> Option<&'static str> {
    const BY_TYPE: [(&str, &str); 12] = [
        ("glossary", "docx-building-blocks"),
        ("wordprocessingml.header+xml", "docx-header"),
        ("wordprocessingml.footer+xml", "docx-header"),
        ("comments", "docx-comment"),
        ("core-properties", "docx-properties"),
        ("extended-properties", "docx-properties"),
        ("custom-properties", "docx-properties"),
        ("chart", "docx-chart"),
        ("diagram", "docx-diagram"),
        ("digital-signature", "docx-signature"),
        ("inkml", "docx-ink"),
        ("customxml", "docx-custom-data"),
    ];
    let by_type = BY_TYPE.iter().find(|(word, _)| kind.contains(word)).map(|(_, rule)| *rule);
    let by_folder = || match name.split('/').next() {
        Some("customxml") => Some("docx-custom-data"),
        Some("docprops") => Some("docx-properties"),
        _ => None,
    };
    by_type.or_else(by_folder)
}

/// Adds the text of an element line by line, without white space that only sets the file.
fn gather(element: XmlElement<'_>, out: &mut String) {
    let mut word = String::new();
    for item in element.items() {
        match item {
            XmlItem::Text(text) => word.push_str(text),
            XmlItem::Character(character) => word.push(character),
            XmlItem::Element(inner) => {
                end(&mut word, out);
                gather(inner, out);
            }
        }
    }
    end(&mut word, out);
}

fn end(word: &mut String, out: &mut String) {
    if !word.trim().is_empty() {
        out.push_str(word.trim());
        out.push('\n');
    }
    word.clear();
}
