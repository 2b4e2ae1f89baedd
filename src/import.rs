//! From a file as a clerk has it to a report: Word, WPS, a saved page, plain text, the clipboard.
//!
//! ```text
//! bytes ─► sniff ─► reader (text, docx, html, clipboard) ─► Draft ─► structure ─► repair ─► write ─► Imported
//! ```
//!
//! A reader knows its format and nothing of reports; what comes behind it knows nothing of formats. Every
//! character of the source is accounted for: it stands in the text, became front matter, or was taken by a
//! rule that has a name. The log says which, and leads back to the source byte for byte.

mod attached;
mod docx;
mod draft;
mod facts;
mod html;
mod kind;
mod log;
mod markdown;
mod merge;
mod parts;
mod read;
mod refused;
mod repair;
mod rules;
mod set;
mod sniff;
mod structure;
mod suggest;
mod tell;
mod text;
mod traced;
mod write;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::config::{Config, KindId, Registry};
use crate::diag::Diagnostic;
use crate::han::pinyin;
use crate::report::{self, Record};
use crate::route::{Address, Year};
use crate::source::Source;
use draft::{Draft, Limits};
use facts::ImportFacts;
use parts::TextParts;
use read::RecognizedFile;
use repair::Mending;
use sniff::ImportFormat;
use structure::TextInWork;
use traced::{Traced, TracedPiece};

pub use log::{ImportLog, ImportOutcome, RuleTally, Sums, TextChange, TextOrigin};
pub use merge::merge;
pub use refused::Refused;
pub use rules::{RULES, Rule, RuleEffect, rule};

/// A file to import.
#[derive(Clone, Copy, Debug)]
pub struct FileToImport<'a> {
    /// Its name, which decides nothing but whether a text is Markdown (`.md`).
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What it shall become.
#[derive(Clone, Debug)]
pub struct WantedDocument<'a> {
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

impl<'a> WantedDocument<'a> {
    /// The document of a place and a year, by the settings of its site; the rest is told by the file.
    #[must_use]
    pub fn new(place: &str, year: Year, config: &'a Config, registry: &'a Registry) -> Self {
        Self {
            place: place.into(),
            year,
            kind: None,
            slug: None,
            without: BTreeSet::new(),
            config,
            registry,
            before: None,
        }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct ImportedDocument {
    /// The path of the report, below the site's folder.
    pub path: Utf8PathBuf,
    /// The whole file.
    pub text: String,
    /// Files to be put beside it.
    pub attachments: Vec<NewAttachment>,
    /// What was done.
    pub log: ImportLog,
    /// Figures that the text tells and the registry knows.
    pub suggestions: Vec<Suggestion>,
    /// What an editor should know, at places of `text`.
    pub told: Vec<Diagnostic>,
}

/// A file to be put beside the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
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
pub fn import(given: &FileToImport<'_>, wanted: &WantedDocument<'_>) -> Result<ImportedDocument, Refused> {
    let tables = !wanted.without.contains("tab-table");
    let read = read::read(given.name, given.bytes, tables, &Limits::default())?;
    if read.draft.text.trim().is_empty() && read.draft.files.is_empty() {
        return Err(Refused::Empty);
    }
    if read.format == ImportFormat::Markdown
        && report::split(&Source::new("", read.draft.text.as_str())).is_some()
    {
        return reimport(given, wanted);
    }
    let made = make(&read, &wanted.without);
    let body = made.body.shown(&read.draft.text);
    let kind = wanted.kind.clone().unwrap_or_else(|| kind::of_title(made.facts.title.as_deref()).into());
    let attachments = attachments(&read.draft);
    let address = address(wanted, &kind);
    let path = path(&address, !attachments.is_empty());
    let suggestions = suggest::suggest(&body, wanted);
    let offered: Vec<String> = offered(&attachments, &body);
    let around = write::DocumentAdditions { kind: &kind, files: &offered, suggestions: &suggestions };
    let front = write::front_matter(&made.facts, &around);
    let origin = origin(given, &read);
    let mut log = ImportLog::new(origin, &read.draft.text, &made.body, front.clone());
    for aside in read.draft.asides.iter().filter(|aside| aside.at.is_empty()) {
        log.mark(aside.at.start, aside.rule);
    }
    if !log.adds_up() {
        return Err(Refused::Unaccounted { text: read.draft.text, twice: false });
    }
    let text = format!("---\n{front}---\n{body}");
    let source = Source::new(path.clone(), text);
    let told = tell::tell(&source, &tell::ImportAccount { address, wanted, made: &made, log: &log });
    Ok(ImportedDocument { path, text: source.text().to_owned(), attachments, log, suggestions, told })
}

/// Makes a report of one: it is mended, and its front matter stays as it is.
fn reimport(given: &FileToImport<'_>, wanted: &WantedDocument<'_>) -> Result<ImportedDocument, Refused> {
    let MendedReport { text, log } = mend(given, &wanted.without)?;
    let kind = wanted.kind.clone().unwrap_or_else(|| crate::config::ANNUAL_REPORT.into());
    let address = address(wanted, &kind);
    let path = path(&address, false);
    let source = Source::new(path.clone(), text);
    let made = ImportedText { body: Traced::default(), facts: ImportFacts::default(), doubtful: Vec::new() };
    let told = tell::tell(&source, &tell::ImportAccount { address, wanted, made: &made, log: &log });
    let text = source.text().to_owned();
    Ok(ImportedDocument { path, text, attachments: Vec::new(), log, suggestions: Vec::new(), told })
}

/// Whether all letters of a text that was taken from a PDF have a meaning.
///
/// # Errors
///
/// That some have none: where they stood are holes, in names above all.
pub fn legible(bytes: &[u8]) -> Result<(), Refused> {
    let text = String::from_utf8_lossy(bytes);
    let lost = |c: &char| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    match text.chars().filter(lost).count() {
        0 => Ok(()),
        count => Err(Refused::Glyphs { count }),
    }
}

/// A text that was made, and what is known of it.
#[derive(Debug)]
struct ImportedText {
    body: Traced,
    facts: ImportFacts,
    /// Lines that look like a fact and could not be understood.
    doubtful: Vec<String>,
}

/// No text needs as many rounds until nothing is left to mend.
const ROUNDS: usize = 8;

/// Makes the text of a report of what was read, and mends it as long as there is anything to mend, so that
/// to import it again changes nothing.
fn make(read: &RecognizedFile, without: &BTreeSet<String>) -> ImportedText {
    let source = read.draft.text.as_str();
    let mut made = make_once(read, without);
    for _ in 0..ROUNDS {
        let shown = made.body.shown(source);
        let draft = markdown::read(shown.clone());
        let again =
            make_once(&RecognizedFile { draft, format: ImportFormat::Markdown, encoding: None }, without)
                .body;
        if again.shown(&shown) == shown {
            break;
        }
        made.body.edit(&again.edits());
    }
    made
}

/// One round of it.
fn make_once(read: &RecognizedFile, without: &BTreeSet<String>) -> ImportedText {
    let source = read.draft.text.as_str();
    let markdown = read.format == ImportFormat::Markdown;
    let TextParts { parts, tail } = parts::parts(&read.draft, markdown);
    let mending = Mending { source, without, pinyin: pinyin::is_full(source), markdown };
    let mut work = TextInWork { source, parts, facts: ImportFacts::default(), doubtful: Vec::new() };
    mending.first(&mut work.parts);
    if !markdown {
        structure::take_marks(&mut work);
        structure::understand(&mut work);
    }
    for label in &read.draft.labels {
        if let Some(fact) = facts::named(&label.name) {
            work.facts.learn(fact, &label.value);
        }
    }
    mending.then(&mut work.parts);
    if !markdown {
        structure::headings(&mut work);
    }
    work.facts.traditional = facts::is_traditional(source);
    let body = set::markdown_of(source, TextParts { parts: work.parts, tail }, markdown);
    ImportedText { body, facts: work.facts, doubtful: work.doubtful }
}

fn origin(given: &FileToImport<'_>, read: &RecognizedFile) -> TextOrigin {
    TextOrigin {
        name: given.name.to_owned(),
        format: read.format.name().to_owned(),
        encoding: read.encoding.map(str::to_owned),
        sha256: log::digest(given.bytes),
        ..TextOrigin::default()
    }
}

/// Where the document belongs: its own name among those of the year, where it is not the annual report.
fn address(wanted: &WantedDocument<'_>, kind: &str) -> Address {
    let slug =
        wanted.slug.clone().or_else(|| (kind != crate::config::ANNUAL_REPORT).then(|| kind.to_owned()));
    Address { place: wanted.place.clone(), year: wanted.year, slug }
}

/// The path of a document below the site's folder, in a folder of its own if `files` stand beside it.
fn path(address: &Address, files: bool) -> Utf8PathBuf {
    let Address { place, year, slug } = address;
    let stem = match slug {
        Some(slug) => format!("content/{place}/{year}/{slug}"),
        None => format!("content/{place}/{year}"),
    };
    Utf8PathBuf::from(if files { format!("{stem}/index.md") } else { format!("{stem}.md") })
}

/// The files of a draft under plain names.
fn attachments(draft: &Draft) -> Vec<NewAttachment> {
    let names = attached::names(&draft.files).into_iter();
    names.zip(&draft.files).map(|(name, file)| NewAttachment { name, bytes: file.bytes.clone() }).collect()
}

/// The files that the text does not show, which are offered below it.
fn offered(attachments: &[NewAttachment], body: &str) -> Vec<String> {
    let shown = |name: &str| body.contains(&format!("]({name})"));
    attachments.iter().map(|file| file.name.clone()).filter(|name| !shown(name)).collect()
}

/// A report that was mended where it stands.
#[derive(Clone, Debug)]
pub struct MendedReport {
    /// The whole file.
    pub text: String,
    /// What was done.
    pub log: ImportLog,
}

/// Mends the text of the report of this name, by the rules that import mends by; its front matter stays as
/// it is.
///
/// # Errors
///
/// Says why the file cannot be read.
pub fn mend(given: &FileToImport<'_>, without: &BTreeSet<String>) -> Result<MendedReport, Refused> {
    let decoded = text::decode(given.bytes, &Limits::default())?;
    let whole = Source::new(given.name, decoded.text);
    let start = report::split(&whole).map_or(0, |(_, body)| body.range().start);
    let draft = markdown::read(whole.text()[start..].to_owned());
    read::accounted(&draft)?;
    let read = RecognizedFile { draft, format: ImportFormat::Markdown, encoding: Some(decoded.encoding) };
    let mut traced = Traced::default();
    traced.push(TracedPiece::Kept(0..start));
    traced.append(make(&read, without).body.shifted(start));
    let log = ImportLog::new(origin(given, &read), whole.text(), &traced, String::new());
    Ok(MendedReport { text: traced.shown(whole.text()), log })
}
