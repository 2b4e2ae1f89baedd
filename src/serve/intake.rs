//! What a new document on the desk begins with: what an import makes of a file that was dropped there, as
//! the page shows it, or a document to be filled in. Nothing is written before somebody saves.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::bar;
use super::press::{FindingManner, ShownSite};
use crate::diag::Words;
use crate::form;
use crate::import::{self, FileToImport, ImportedDocument, WantedDocument};
use crate::report::Record;
use crate::route::{Address, Route};
use crate::source::{Blob, FileNature, HEAD, hex};
use crate::start::{self, BlankDocument, EarlierDocument};

/// A file and what it shall become.
pub(super) struct ImportTask {
    /// Where the document belongs.
    pub(super) address: Address,
    /// Its kind.
    pub(super) kind: String,
    /// The file's name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// A document that nothing is given for.
pub(super) struct UnwrittenDocument {
    /// Where it belongs.
    pub(super) address: Address,
    /// Its kind.
    pub(super) kind: String,
    /// The name of its place, where that is to be made.
    pub(super) place: Option<String>,
}

/// What came of a file.
pub(super) struct IntakeOutcome {
    pub(super) imported: ImportedDocument,
    pub(super) told: ImportReply,
}

/// What the page is told of an import.
#[derive(Debug, Serialize)]
pub(super) struct ImportReply {
    suggestions: Vec<OfferedFigure>,
    changes: Vec<RuleChanges>,
    /// What an editor should know.
    notes: Vec<String>,
    /// The pictures by name, as addresses that hold them, since they stand nowhere yet.
    pictures: BTreeMap<String, String>,
}

/// A file that was in the one that is imported and goes beside the document, as far as its page needs to
/// know it before it is written. The page keeps this and gives it back.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtractedFile {
    name: String,
    size: u64,
    sha256: String,
    /// Its first bytes, by which it is known what it is.
    head: Vec<u8>,
}

impl ExtractedFile {
    /// What is told of a file with these bytes.
    pub(super) fn of(file: &import::NewAttachment) -> Self {
        let head = file.bytes[..file.bytes.len().min(HEAD)].to_vec();
        let sha256 = hex(&Sha256::digest(&file.bytes));
        Self { name: file.name.clone(), size: file.bytes.len() as u64, sha256, head }
    }

    /// The file as it would stand in `folder`; `None` for a name that leads elsewhere.
    pub(super) fn blob(&self, folder: &Utf8Path) -> Option<Blob> {
        let is_plain = Route::file(&self.name).is_some() && !self.name.contains('/');
        is_plain.then(|| Blob {
            path: folder.join(&self.name),
            size: self.size,
            sha256: self.sha256.clone(),
            nature: FileNature::of(&self.head),
        })
    }
}

/// A figure that somebody may accept.
#[derive(Debug, Serialize)]
struct OfferedFigure {
    id: String,
    name: String,
    value: String,
    /// What is written into the front matter.
    entry: String,
    sentence: String,
    /// What of the sentence is to be marked.
    mark: String,
}

/// What a rule has done.
#[derive(Debug, Serialize)]
struct RuleChanges {
    rule: String,
    count: usize,
    /// Its first change, before and after.
    example: String,
}

/// Reads the file.
///
/// # Errors
/// Why it is not imported, and what to do.
pub(super) fn import(
    shown: &ShownSite<'_>,
    task: &ImportTask,
    manner: &FindingManner,
) -> Result<IntakeOutcome, Words> {
    let archive = shown.site().archive;
    let before: Option<&Record> =
        bar::before(shown, &task.address, Some(&task.kind)).map(|before| before.record());
    let address = &task.address;
    let wanted = WantedDocument {
        kind: Some(task.kind.clone()),
        slug: address.slug.clone(),
        before,
        ..WantedDocument::new(&address.place, address.year, &archive.config, &archive.registry)
    };
    let given = FileToImport { name: &task.name, bytes: &task.bytes };
    let imported = import::import(&given, &wanted).map_err(|refused| {
        let told = refused.diagnostic(task.name.as_str().into());
        let help = told.help.unwrap_or_else(|| Words::new("", ""));
        Words::new(format!("{}。{}", told.message.zh, help.zh), format!("{}. {}", told.message.en, help.en))
    })?;
    Ok(IntakeOutcome { told: ImportReply::of(shown, &imported, manner), imported })
}

/// The text of a document to be filled in, as `xiangwei new` begins it; `None` where the site has no such
/// kind. It is on the desk, where its page is looked at before it is saved, and so it is no draft.
pub(super) fn blank(shown: &ShownSite<'_>, unwritten: &UnwrittenDocument) -> Option<String> {
    let UnwrittenDocument { address, kind, place } = unwritten;
    let archive = shown.site().archive;
    let known = archive.places.get(&address.place).map(|place| place.name.value.as_str());
    let blank = start::blank(&BlankDocument {
        place: &address.place,
        place_name: known.or(place.as_deref()).unwrap_or_default(),
        year: address.year,
        kind_id: kind,
        kind: archive.config.kinds.get(kind)?,
        name: address.slug.as_deref(),
        registry: &archive.registry,
        earlier: EarlierDocument::of(archive, &address.place, address.year, kind),
        is_draft: false,
    });
    Some(blank.text)
}

impl ImportReply {
    /// What is told of `imported`.
    fn of(shown: &ShownSite<'_>, imported: &ImportedDocument, manner: &FindingManner) -> Self {
        let registry = &shown.site().archive.registry;
        let offered = |found: &import::Suggestion| {
            let (value, quote) = form::figure(&found.entry);
            let indicator = registry.get(&found.id);
            let unit = indicator.map_or("", |indicator| indicator.unit.as_str());
            OfferedFigure {
                id: found.id.clone(),
                name: indicator.map_or_else(|| found.id.clone(), |indicator| indicator.name.clone()),
                mark: quote.filter(|quote| found.sentence.contains(quote)).unwrap_or_else(|| value.clone()),
                value: format!("{value}{unit}"),
                entry: found.entry.clone(),
                sentence: found.sentence.clone(),
            }
        };
        Self {
            suggestions: imported.suggestions.iter().map(offered).collect(),
            changes: changes(imported, manner),
            notes: notes(imported, manner),
            pictures: imported.attachments.iter().filter_map(picture).collect(),
        }
    }
}

/// What an editor should know of the import itself; what is wrong with the text is told beside the form.
fn notes(imported: &ImportedDocument, manner: &FindingManner) -> Vec<String> {
    let own = imported.told.iter().filter(|told| told.code.starts_with("import/"));
    own.map(|told| told.message.get(manner.language).to_owned()).collect()
}

/// The name of a picture, and an address that holds it; `None` for files of other kinds.
fn picture(file: &import::NewAttachment) -> Option<(String, String)> {
    let (_, ending) = file.name.rsplit_once('.')?;
    let kind = match ending.to_ascii_lowercase().as_str() {
        "png" => "png",
        "jpg" | "jpeg" => "jpeg",
        "gif" => "gif",
        "webp" => "webp",
        _ => return None,
    };
    let data = BASE64_STANDARD.encode(&file.bytes);
    Some((file.name.clone(), format!("data:image/{kind};base64,{data}")))
}

/// What each rule has done, the most frequent first.
fn changes(imported: &ImportedDocument, manner: &FindingManner) -> Vec<RuleChanges> {
    let mut by_rule: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for change in &imported.log.changes {
        // What has no characters, such as a picture that is not in the file, has no example either.
        let nothing = change.was.is_empty() && change.now.is_empty();
        let shown = || format!("{} → {}", short(&change.was), short(&change.now));
        let example = || if nothing { String::new() } else { shown() };
        by_rule.entry(&change.rule).or_insert_with(|| (0, example())).0 += 1;
    }
    let words = |name: &str| {
        import::rule(name)
            .map_or_else(|| name.to_owned(), |rule| rule.words().get(manner.language).to_owned())
    };
    let mut all: Vec<RuleChanges> = by_rule
        .into_iter()
        .map(|(name, (count, example))| RuleChanges { rule: words(name), count, example })
        .collect();
    all.sort_by_key(|changed| std::cmp::Reverse(changed.count));
    all
}

/// The beginning of a text, with signs for what nobody sees; `∅` for nothing.
fn short(text: &str) -> String {
    let shown: String = text.chars().take(24).map(|c| if c.is_whitespace() { '␣' } else { c }).collect();
    let more = if text.chars().nth(24).is_some() { "…" } else { "" };
    if shown.is_empty() { "∅".to_owned() } else { format!("{shown}{more}") }
}
