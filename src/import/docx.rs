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

use self::numbering::NumberedLists;
use self::package::{DocxPackage, PartRelation};
use self::story::{DocxSetting, InlineState, LinkedPart, NoteReference, StoryReader};
use self::styles::Styles;
use self::tree::{XmlElement, XmlTree};
use super::draft::{Block, Draft, EmbeddedFile, Limits, ParagraphStyle};
use super::refused::Refused;

/// Reads the file with these bytes.
///
/// # Errors
///
/// What is no such file, is broken, or goes beyond a limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Refused> {
    let mut package = DocxPackage::open(bytes, limits)?;
    let DocxText { mut draft, files, chunks } = document(&mut package, limits)?;
    for file in files {
        let bytes = package.bytes(&file.part)?.unwrap_or_default();
        let name = file.part.rsplit('/').next().unwrap_or_default().to_owned();
        draft.files.push(EmbeddedFile { name, bytes, title: file.title });
    }
    for chunk in chunks {
        let bytes = package.bytes(&chunk)?.unwrap_or_default();
        draft.text.push_str(&String::from_utf8_lossy(&bytes));
    }
    rest::read(&mut package, &mut draft)?;
    Ok(draft)
}

/// What was read of the parts that are the document's text.
struct DocxText {
    draft: Draft,
    /// The files that stand in it, which are not unpacked yet.
    files: Vec<LinkedPart>,
    /// The parts of other formats that it takes in.
    chunks: Vec<String>,
}

fn document(package: &mut DocxPackage<'_>, limits: &Limits) -> Result<DocxText, Refused> {
    let top = package.relations("")?;
    let document = top.iter().find(|relation| relation.kind == "officeDocument");
    let name = document.map(|relation| relation.target.clone()).ok_or_else(fault::no_document)?;
    let text = package.text(&name)?.ok_or_else(fault::no_document)?;
    let relations = package.relations(&name)?;
    let styles = part(package, &relations, "styles")?.read(Styles::read)?;
    let lists = part(package, &relations, "numbering")?.read(|root| NumberedLists::read(root, &styles))?;
    let notes = [part(package, &relations, "footnotes")?, part(package, &relations, "endnotes")?];
    let trees = notes.iter().map(DocxPart::tree).collect::<Result<Vec<_>, _>>()?;

    let tree = XmlTree::read(&text, &name)?;
    let parts = package.names();
    let mut reader = StoryReader::new(DocxSetting { styles: &styles, lists: &lists, limits, parts: &parts });
    reader.relations = by_id(relations);
    let body = tree.root().and_then(|root| root.child("body")).ok_or_else(fault::no_document)?;
    let mut blocks = reader.contained(body, InlineState::default())?;
    for (part, tree) in notes.iter().zip(&trees) {
        if let Some(root) = tree.as_ref().and_then(XmlTree::root) {
            reader.relations = by_id(package.relations(&part.name)?);
            reader.notes_of(root, &mut blocks)?;
        }
    }
    let StoryReader { mut draft, files, chunks, .. } = reader;
    draft.blocks = blocks;
    Ok(DocxText { draft, files, chunks })
}

/// A part of the document that may be missing.
#[derive(Default)]
struct DocxPart {
    name: String,
    text: Option<String>,
}

/// The part that a document has by a relationship of this kind.
fn part(package: &mut DocxPackage<'_>, relations: &[PartRelation], kind: &str) -> Result<DocxPart, Refused> {
    let Some(relation) = relations.iter().find(|relation| relation.kind == kind && !relation.outside) else {
        return Ok(DocxPart::default());
    };
    let name = relation.target.clone();
    Ok(DocxPart { text: package.text(&name)?, name })
}

impl DocxPart {
    fn tree(&self) -> Result<Option<XmlTree<'_>>, Refused> {
        self.text.as_deref().map(|text| XmlTree::read(text, &self.name)).transpose()
    }

    fn read<T: Default>(&self, read: impl FnOnce(XmlElement<'_>) -> T) -> Result<T, Refused> {
        let tree = self.tree()?;
        Ok(tree.as_ref().and_then(XmlTree::root).map(read).unwrap_or_default())
    }
}

fn by_id(relations: Vec<PartRelation>) -> BTreeMap<String, PartRelation> {
    relations.into_iter().map(|relation| (relation.id.clone(), relation)).collect()
}

impl<'a> StoryReader<'a> {
    /// Reads the notes of a part: those that were called, behind the text, and the others as left out.
    fn notes_of(&mut self, root: XmlElement<'a>, blocks: &mut Vec<Block>) -> Result<(), Refused> {
        for element in root.elements() {
            let id = element.attribute("id").unwrap_or_default().into_owned();
            let kind = if element.name == "endnote" { "endnote" } else { "footnote" };
            let number = self.notes.get(&NoteReference { kind, id }).copied();
            let around = match number {
                Some(_) => InlineState::default(),
                None => InlineState::default().without("docx-note-not-called"),
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
        paragraph.style = ParagraphStyle::Note(number);
    }
}
