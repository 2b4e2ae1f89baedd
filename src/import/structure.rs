//! What is what in a text: the title, what a portal has put around it, a letter or notice before it, the
//! signature below it, its headings. What is understood goes into [`ImportFacts`]; what stays is text.

mod ending;
mod headings;
mod portal;
mod title;
mod wrapper;

use super::facts::ImportFacts;
use super::parts::{PartRole, TextPart};
use crate::han::{is_han, ordinal};

/// A text that is being understood.
#[derive(Debug)]
pub(crate) struct TextInWork<'a> {
    /// The text that its parts are of.
    pub(crate) source: &'a str,
    /// Its parts.
    pub(crate) parts: Vec<TextPart>,
    /// What is known of it.
    pub(crate) facts: ImportFacts,
    /// Lines that look like a fact and could not be understood.
    pub(crate) doubtful: Vec<String>,
}

/// Understands a text that is not Markdown yet.
pub(crate) fn understand(work: &mut TextInWork<'_>) {
    portal::read(work);
    portal::page_numbers(work);
    title::read(work);
    wrapper::read(work);
    ending::read(work);
    title::name_issuer(&mut work.facts);
}

pub(crate) use headings::take_marks;

/// Decides which paragraphs are headings, and of which level.
pub(crate) fn headings(work: &mut TextInWork<'_>) {
    headings::set_headings(work);
}

impl TextInWork<'_> {
    /// What the part at `at` says, without spaces around it.
    fn said(&self, at: usize) -> String {
        let shown = self.parts[at].shown(self.source);
        shown.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}').to_owned()
    }

    /// The parts of which something is left, from the first on.
    fn live(&self) -> Vec<usize> {
        (0..self.parts.len()).filter(|at| !self.parts[*at].is_gone()).collect()
    }

    /// Whether the part at `at` is a paragraph.
    fn is_text(&self, at: usize) -> bool {
        matches!(
            self.parts[at].role,
            PartRole::Text | PartRole::Title | PartRole::Heading(_) | PartRole::Item(_)
        )
    }
}

/// Whether a paragraph is of the text itself, and not of what stands around it: an ordinal, or a sentence of
/// some length.
fn is_of_text(said: &str) -> bool {
    let sentence = said.contains('。') && said.chars().count() > 50;
    sentence || ordinal::read(said).is_some()
}

/// The endings of names of bodies that issue documents.
const BODIES: [&str; 26] = [
    "人民政府",
    "政府",
    "委员会",
    "委員會",
    "办公室",
    "辦公室",
    "办公厅",
    "辦公廳",
    "局",
    "厅",
    "廳",
    "委",
    "部",
    "院",
    "法院",
    "检察院",
    "检察院",
    "司",
    "处",
    "中心",
    "办事处",
    "领导小组",
    "領導小組",
    "管委会",
    "街道",
    "党委",
];

/// Whether `name` is the name of a body that issues documents.
fn is_body(name: &str) -> bool {
    let length = name.chars().count();
    let plain = |c: char| is_han(c) || matches!(c, '(' | ')' | '（' | '）' | '·');
    (3..=30).contains(&length) && name.chars().all(plain) && BODIES.iter().any(|end| name.ends_with(end))
}
