//! What pages show of what was published before.

use serde::Serialize;

use super::{CorrectionRow, DateText, KindName, NamedLink, SideBySide, WrapperView, YearCount};

/// A text of a document, the one that stands or one that stood.
#[derive(Debug, Serialize)]
pub struct VersionRow {
    /// Its number, from one.
    pub number: usize,
    /// When it was published; nothing for a text that is not published yet.
    pub date: Option<DateText>,
    /// The corrections that were declared with it.
    pub corrections: Vec<CorrectionRow>,
    /// Its page; nothing for the text that stands.
    pub href: Option<String>,
    /// Whether this is the page.
    pub current: bool,
}

/// A place of an earlier text to which links may lead, and which the text that stands has not.
#[derive(Debug, Serialize)]
pub struct FormerPlace {
    /// Its anchor, without `#`.
    pub id: String,
    /// What stood there.
    pub title: String,
    /// The last version that has it.
    pub number: usize,
    /// The place in that version.
    pub href: String,
    /// The section that took its place, where one did.
    pub now: Option<NamedLink>,
}

/// What is said of a withdrawal.
#[derive(Debug, Serialize)]
pub struct WithdrawalView {
    /// When.
    pub date: Option<DateText>,
    /// Why, the key of its interface text below `withdrawal.`.
    pub reason: Option<String>,
    /// What was withdrawn.
    pub what: Option<String>,
}

/// The last change of a figure.
#[derive(Debug, Serialize)]
pub struct FigureRevision {
    /// When the figure that stands was published.
    pub date: DateText,
    /// The figure before, with its unit.
    pub before: String,
}

/// An earlier text of a document.
#[derive(Debug, Serialize)]
pub struct VersionPage {
    /// The document.
    pub document: NamedLink,
    /// Its place.
    pub place: NamedLink,
    /// Its kind.
    pub kind: KindName,
    /// Which text it is, from one.
    pub number: usize,
    /// When it was published.
    pub date: DateText,
    /// Its SHA-256.
    pub sha256: String,
    /// The BCP 47 tag of the text.
    pub lang: &'static str,
    /// The letter or notice around it.
    pub wrapper: Option<WrapperView>,
    /// The text.
    pub html: String,
    /// It and the text that stands now side by side.
    #[serde(flatten)]
    pub beside: SideBySide,
    /// All texts of the document, the newest first.
    pub versions: Vec<VersionRow>,
}

/// The log of what was published, or a part of it.
#[derive(Debug, Serialize)]
pub struct LogPage {
    /// The year; nothing on the page of the newest entries.
    pub year: Option<i16>,
    /// The entries, the newest first.
    pub entries: Vec<LogRow>,
    /// How many entries there are in all.
    pub total: usize,
    /// The years, newest first.
    pub years: Vec<YearCount>,
    /// The parts of a year that is too long for one page, newest first.
    pub parts: Vec<LogPart>,
}

/// A part of a long year of the log.
#[derive(Debug, Serialize)]
pub struct LogPart {
    /// The first number of an entry in it.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// Its page.
    pub href: String,
    /// Whether this is the page.
    pub current: bool,
}

/// An entry of the log.
#[derive(Debug, Serialize)]
pub struct LogRow {
    /// Its number.
    pub number: u64,
    /// When it was made.
    pub time: DateText,
    /// What happened, the key of its interface text below `event.`.
    pub event: &'static str,
    /// The document's title.
    pub title: String,
    /// The page at its address then, or where that has moved to.
    pub href: Option<String>,
    /// The address before, of one that has moved.
    pub from: Option<String>,
    /// The corrections that were declared.
    pub corrections: Vec<CorrectionRow>,
    /// What is said of its withdrawal.
    pub withdrawal: Option<WithdrawalView>,
    /// The SHA-256 of the text.
    pub sha256: String,
}

/// A document that was published and is not there any more.
#[derive(Debug, Serialize)]
pub struct GoneDocument {
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// When it was found to be gone; nothing where that is not published yet.
    pub date: Option<DateText>,
    /// The SHA-256 of the text that stood there last.
    pub sha256: String,
    /// The page above it.
    pub above: NamedLink,
}
