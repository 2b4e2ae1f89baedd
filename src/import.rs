//! From a file as a clerk has it to a report: Word, WPS, a saved page, plain text, the clipboard.
//!
//! ```text
//! bytes ─► sniff ─► reader (text, docx, html, clipboard) ─► Draft ─► structure ─► repair ─► write ─► Imported
//! ```
//!
//! A reader knows its format and nothing of reports; what comes behind it knows nothing of formats. Every
//! character of the source is accounted for: it stands in the text, became front matter, or was taken by a
//! rule that has a name. The log says which, and leads back to the source byte for byte.

mod docx;
mod draft;
mod html;
mod log;
mod refused;
mod rules;
mod text;
mod traced;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::config::{Config, KindId, Registry};
use crate::diag::Diagnostic;
use crate::report::Record;
use crate::route::{Address, Year};
use draft::{Block, Draft, Limits};
use traced::{Piece, Traced};

pub use log::{Change, Log, Origin, Outcome, Sums, Taken};
pub use refused::Refused;
pub use rules::{Deed, RULES, Rule, rule};

/// A file to import.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Its name, which decides nothing but whether a text is Markdown (`.md`).
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What it shall become.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The slug of its place.
    pub place: String,
    /// The year that it is about.
    pub year: Year,
    /// Its kind; `None` for the one that its title tells.
    pub kind: Option<KindId>,
    /// Its name among that year's documents; `None` for none (an annual report) or its kind's.
    pub slug: Option<String>,
    /// The rules that are switched off, by name.
    pub without: BTreeSet<String>,
    /// The settings of the site.
    pub config: &'a Config,
    /// The indicators of the site.
    pub registry: &'a Registry,
    /// The same place's document of the year before, whose indicators are looked for first.
    pub before: Option<&'a Record>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The path of the report, below the site's folder.
    pub path: Utf8PathBuf,
    /// The whole file.
    pub text: String,
    /// Files to be put beside it.
    pub attachments: Vec<Attached>,
    /// What was done.
    pub log: Log,
    /// Figures that the text tells and the registry knows.
    pub suggestions: Vec<Suggestion>,
    /// What an editor should know, at places of `text`.
    pub told: Vec<Diagnostic>,
}

/// A file to be put beside the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name, without a folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A figure that the text tells and the registry knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The indicator.
    pub id: String,
    /// What stands behind `id:` in the front matter, a value or a map.
    pub entry: String,
    /// The sentence that tells it.
    pub sentence: String,
}

/// Makes a report of a file.
///
/// # Errors
///
/// Says why it is not imported; [`Refused::diagnostic`] says it to people.
pub fn import(given: &Given<'_>, wanted: &Wanted<'_>) -> Result<Imported, Refused> {
    let limits = Limits::default();
    let (draft, format, encoding) = match given.bytes.starts_with(b"PK\x03\x04") {
        true => (docx::read(given.bytes, &limits)?, "docx", None),
        false if html::is_html(given.bytes) => {
            let page = html::read(given.bytes, &limits)?;
            (page.draft, "html", Some(page.encoding.to_owned()))
        }
        false => {
            let read = text::read(given.bytes, &limits)?;
            (read.draft, "text", Some(read.encoding.to_owned()))
        }
    };
    accounted(&draft)?;
    let traced = set(&draft);
    let address = Address { place: wanted.place.clone(), year: wanted.year, slug: wanted.slug.clone() };
    let origin = Origin {
        name: given.name.to_owned(),
        format: format.to_owned(),
        encoding,
        sha256: log::digest(given.bytes),
        ..Origin::default()
    };
    let log = Log::new(origin, &draft.text, &traced, false);
    Ok(Imported {
        path: path(&address),
        text: traced.shown(&draft.text),
        attachments: Vec::new(),
        log,
        suggestions: Vec::new(),
        told: Vec::new(),
    })
}

/// The path of a document below the site's folder.
fn path(address: &Address) -> Utf8PathBuf {
    let Address { place, year, slug } = address;
    match slug {
        Some(slug) => format!("content/{place}/{year}/{slug}.md").into(),
        None => format!("content/{place}/{year}.md").into(),
    }
}

fn accounted(draft: &Draft) -> Result<(), Refused> {
    draft.account().map_err(|hole| Refused::Unaccounted {
        text: draft.text.get(hole.at).unwrap_or_default().to_owned(),
        twice: hole.twice,
    })
}

/// The paragraphs of a draft as Markdown.
fn set(draft: &Draft) -> Traced {
    let mut told: Vec<(usize, Piece)> = Vec::new();
    for block in &draft.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        for at in paragraph.runs.iter().filter_map(|run| run.at.clone()) {
            told.push((at.start, Piece::Kept(at)));
        }
    }
    let asides = draft.asides.iter();
    told.extend(asides.map(|aside| (aside.at.start, Piece::Gone { at: aside.at.clone(), rule: aside.rule })));
    told.sort_by_key(|(start, _)| *start);
    let mut traced = Traced::default();
    for (_, piece) in told {
        let is_text = matches!(piece, Piece::Kept(_));
        traced.push(piece);
        if is_text {
            traced.make("\n\n", "paragraph");
        }
    }
    traced
}
