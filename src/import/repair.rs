//! What is mended in a text, each kind of damage by a rule of its own, and what cannot be mended for
//! certain and is marked.

mod damage;
mod furniture;
mod marks;
mod punctuation;
mod spaces;

use std::collections::BTreeSet;

use super::parts::{PartRole, TextPart};
use super::traced::{Replacement, Traced};
use crate::han::{pinyin, unseen};
use crate::report::signs;
use crate::source::is_unprintable;

pub(crate) use furniture::is_page_number;
pub(crate) use marks::heading_marks;

/// How a text is mended.
#[derive(Clone, Debug)]
pub(crate) struct Mending<'a> {
    /// The text that all is kept of.
    pub(crate) source: &'a str,
    /// The rules that are switched off.
    pub(crate) without: &'a BTreeSet<String>,
    /// Whether the source is full of pinyin.
    pub(crate) pinyin: bool,
    /// Whether tags in it are its author's own and stay.
    pub(crate) markdown: bool,
}

/// A rule: what it changes in a text.
type Finder = fn(&str, &Mending<'_>) -> Vec<Replacement>;

/// No text needs as many rounds.
const ROUNDS: usize = 8;

/// What is mended before anything is understood: characters that hide others.
const FIRST: [(&str, Finder); 4] = [
    ("pinyin", |text, mending| replacements("pinyin", pinyin::inserted_in(text, mending.pinyin))),
    ("unseen", |text, _| replacements("unseen", unseen::unseen(text))),
    ("control", |text, _| each(text, "control", |c| is_unprintable(c).then_some(""))),
    ("stray-tag", |text, mending| if mending.markdown { Vec::new() } else { marks::stray_tags(text) }),
];

/// What is mended when it is known what is text: spaces first, since they part what belongs together.
const THEN: [(&str, Finder); 10] = [
    ("no-break-space", |text, _| each(text, "no-break-space", |c| (c == '\u{a0}').then_some(" "))),
    ("indent", |text, mending| spaces::indents(text, mending.markdown)),
    ("trailing-space", |text, _| spaces::trailing(text)),
    ("tab", |text, _| each(text, "tab", |c| (c == '\t').then_some(" "))),
    ("doubled-space", |text, _| spaces::doubled(text)),
    ("heading-mark", |text, mending| if mending.markdown { marks::spaced(text) } else { Vec::new() }),
    ("bold-heading", |text, _| marks::bold_heading(text)),
    ("ordinal-space", |text, _| spaces::behind_ordinal(text)),
    (damage::RULE, |text, _| damage::marked(text)),
    ("half-width", |text, _| punctuation::full_width(text)),
];

impl Mending<'_> {
    /// Mends what hides characters, in every part.
    pub(crate) fn first(&self, parts: &mut [TextPart]) {
        self.all(&FIRST, parts);
    }

    /// Mends the rest, and once more what becomes visible by that.
    pub(crate) fn then(&self, parts: &mut [TextPart]) {
        for _ in 0..ROUNDS {
            if !self.all(&THEN, parts) {
                break;
            }
        }
    }

    /// Whether anything was changed.
    fn all(&self, rules: &[(&str, Finder)], parts: &mut [TextPart]) -> bool {
        let mut changed = false;
        let rules = rules.iter().filter(|(name, _)| !self.without.contains(*name));
        let rules: Vec<_> = rules.collect();
        for part in parts.iter_mut().filter(|part| !matches!(part.role, PartRole::Markdown)) {
            for text in part.texts() {
                for (_, find) in &rules {
                    changed |= self.apply(*find, text);
                }
            }
        }
        changed
    }

    fn apply(&self, find: Finder, text: &mut Traced) -> bool {
        let shown = text.shown(self.source);
        let mut edits = find(&shown, self);
        // What is marked as damaged stays as it is until a person has looked at it.
        let marked = signs::unresolved(&shown);
        edits.retain(|edit| !marked.iter().any(|mark| mark.start < edit.at.end && edit.at.start < mark.end));
        text.edit(&edits);
        !edits.is_empty()
    }
}

/// Edits that take something away.
fn replacements(rule: &'static str, places: Vec<std::ops::Range<usize>>) -> Vec<Replacement> {
    places.into_iter().map(|at| Replacement { at, put: String::new(), rule }).collect()
}

/// Edits of single characters.
fn each(text: &str, rule: &'static str, put: impl Fn(char) -> Option<&'static str>) -> Vec<Replacement> {
    let edit = |(at, c): (usize, char)| {
        Some(Replacement { at: at..at + c.len_utf8(), put: put(c)?.to_owned(), rule })
    };
    text.char_indices().filter_map(edit).collect()
}
