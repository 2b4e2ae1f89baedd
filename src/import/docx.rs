//! Reads `.docx`, as Word and WPS write it (ECMA-376, in its transitional and its strict edition).
//!
//! ```text
//!  bytes ─► package ─► tree ─┬─► styles ─┐
//!                            ├─► numbering ─► story (inline, table, field) ─► Draft
//!                            └─► rest: what is no text of the document
//! ```
//!
//! What is read is the text as it is printed: with the ordinals of automatic numbering, with changes
//! accepted, without instructions of fields, hidden words, headers and comments. Each of those is left out
//! by a rule that says so.

mod fault;
mod field;
mod formats;
mod inline;
mod numbering;
mod package;
mod rest;
mod story;
mod styles;
mod symbols;
mod table;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::BTreeMap;

use self::numbering::Lists;
use self::package::{Package, Relation};
use self::story::{Around, File, Known, Note, Reader};
use self::styles::Styles;
use self::tree::{Element, Tree};
use super::draft::{Block, Draft, Embedded, Limits, Style};
use super::refused::Refused;

/// Reads the file with these bytes.
///
/// # Errors
///
/// What is no such file, is broken, or goes beyond a limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Refused> {
    let mut package = Package::open(bytes, limits)?;
    let Document { mut draft, files, chunks } = document(&mut package, limits)?;
    for file in files {
        let bytes = package.bytes(&file.part)?.unwrap_or_default();
        let name = file.part.rsplit('/').next().unwrap_or_default().to_owned();
        draft.files.push(Embedded { name, bytes, title: file.title });
    }
    for chunk in chunks {
        let bytes = package.bytes(&chunk)?.unwrap_or_default();
        draft.text.push_str(&String::from_utf8_lossy(&bytes));
    }
    rest::read(&mut package, &mut draft)?;
    Ok(draft)
}

/// What was read of the parts that are the document's text.
struct Document {
    draft: Draft,
    /// The files that stand in it, which are not unpacked yet.
    files: Vec<File>,
    /// The parts of other formats that it takes in.
    chunks: Vec<String>,
}

fn document(package: &mut Package<'_>, limits: &Limits) -> Result<Document, Refused> {
    let top = package.relations("")?;
    let document = top.iter().find(|relation| relation.kind == "officeDocument");
    let name = document.map(|relation| relation.target.clone()).ok_or_else(fault::no_document)?;
    let text = package.text(&name)?.ok_or_else(fault::no_document)?;
    let relations = package.relations(&name)?;
    let styles = part(package, &relations, "styles")?.read(Styles::read)?;
    let lists = part(package, &relations, "numbering")?.read(|root| Lists::read(root, &styles))?;
    let notes = [part(package, &relations, "footnotes")?, part(package, &relations, "endnotes")?];
    let trees = notes.iter().map(Part::tree).collect::<Result<Vec<_>, _>>()?;

    let tree = Tree::read(&text, &name)?;
    let parts = package.names();
    let mut reader = Reader::new(Known { styles: &styles, lists: &lists, limits, parts: &parts });
    reader.relations = by_id(relations);
    let body = tree.root().and_then(|root| root.child("body")).ok_or_else(fault::no_document)?;
    let mut blocks = reader.contained(body, Around::default())?;
    for (part, tree) in notes.iter().zip(&trees) {
        if let Some(root) = tree.as_ref().and_then(Tree::root) {
            reader.relations = by_id(package.relations(&part.name)?);
            reader.notes_of(root, &mut blocks)?;
        }
    }
    let Reader { mut draft, files, chunks, .. } = reader;
    draft.blocks = blocks;
    Ok(Document { draft, files, chunks })
}

/// A part of the document that may be missing.
#[derive(Default)]
struct Part {
    name: String,
    text: Option<String>,
}

/// The part that a document has by a relationship of this kind.
fn part(package: &mut Package<'_>, relations: &[Relation], kind: &str) -> Result<Part, Refused> {
    let Some(relation) = relations.iter().find(|relation| relation.kind == kind && !relation.outside) else {
        return Ok(Part::default());
    };
    let name = relation.target.clone();
    Ok(Part { text: package.text(&name)?, name })
}

impl Part {
    fn tree(&self) -> Result<Option<Tree<'_>>, Refused> {
        self.text.as_deref().map(|text| Tree::read(text, &self.name)).transpose()
    }

    fn read<T: Default>(&self, read: impl FnOnce(Element<'_>) -> T) -> Result<T, Refused> {
        let tree = self.tree()?;
        Ok(tree.as_ref().and_then(Tree::root).map(read).unwrap_or_default())
    }
}

fn by_id(relations: Vec<Relation>) -> BTreeMap<String, Relation> {
    relations.into_iter().map(|relation| (relation.id.clone(), relation)).collect()
}

impl<'a> Reader<'a> {
    /// Reads the notes of a part: those that were called, behind the text, and the others as left out.
    fn notes_of(&mut self, root: Element<'a>, blocks: &mut Vec<Block>) -> Result<(), Refused> {
        for element in root.elements() {
            let id = element.attribute("id").unwrap_or_default().into_owned();
            let kind = if element.name == "endnote" { "endnote" } else { "footnote" };
            let number = self.notes.get(&Note { kind, id }).copied();
            let around = match number {
                Some(_) => Around::default(),
                None => Around::default().without("docx-note-not-called"),
            };
            let mut read = self.aside_story(element, around)?;
            if let Some(number) = number {
                read.iter_mut().for_each(|block| of_note(block, number));
            }
            blocks.append(&mut read);
        }
        Ok(())
    }
}

/// Says that a paragraph belongs to a note.
fn of_note(block: &mut Block, number: u32) {
    if let Block::Paragraph(paragraph) = block {
        paragraph.style = Style::Note(number);
    }
}
