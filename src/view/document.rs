//! A document with what stands around its text.

use serde::Serialize;

use super::{
    AllOfYear, AnsweredPlan, DateText, DocRow, FigureRevision, FormerPlace, KindName, OriginsView, PairLink,
    Tasks, VersionRow, WithdrawalView,
};

/// A document.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// Its title.
    pub title: String,
    /// The title of the text within a notice or letter, where it differs.
    pub subtitle: Option<String>,
    /// Its place.
    pub place: DocumentPlace,
    /// The year it covers.
    pub year: i16,
    /// Its kind.
    pub kind: KindName,
    /// The BCP 47 tag of its text.
    pub lang: &'static str,
    /// `published`, `draft` or `withdrawn`.
    pub status: &'static str,
    /// How much of the original it is: `full`, `opening`, `excerpt` or `digest`.
    pub extent: &'static str,
    /// Whether it was withdrawn, and its text is gone.
    pub withdrawn: bool,
    /// What is said of the withdrawal.
    pub withdrawal: Option<WithdrawalView>,
    /// The SHA-256 of the text that was withdrawn, where the log has it.
    pub digest: Option<String>,
    /// The metadata as government sites show it.
    pub metadata: Vec<Metadatum>,
    /// Its summary.
    pub summary: Option<String>,
    /// The letter or notice around it.
    pub wrapper: Option<WrapperView>,
    /// The text.
    pub html: String,
    /// The outline.
    pub outline: Vec<OutlineNode>,
    /// The figures.
    pub figures: Vec<FigureRow>,
    /// The same kind's document of the year before.
    pub previous: Option<Neighbour>,
    /// The same kind's document of the year after.
    pub next: Option<Neighbour>,
    /// The page that compares it with the one before.
    pub compare: Option<PairLink>,
    /// Where its sentences come from, where it is a whole text that was published.
    pub origins: Option<OriginsView>,
    /// Other documents of the year, the nearest where there are very many.
    pub siblings: Vec<DocRow>,
    /// Where all of them are, if these are not all.
    pub all_siblings: Option<AllOfYear>,
    /// How to cite it.
    pub citation: Citation,
    /// The source to download.
    pub source: Option<Download>,
    /// The files that belong to it.
    pub attachments: Vec<AttachmentRow>,
    /// What was corrected.
    pub corrections: Vec<CorrectionRow>,
    /// Its texts, the newest first, where it was published with another one before.
    pub versions: Vec<VersionRow>,
    /// Places of earlier texts to which links may lead, and which this text has not.
    pub former: Vec<FormerPlace>,
    /// The documents it is about and those about it.
    pub relations: Vec<RelationRow>,
    /// The tasks that it sets, where it is a plan that sets some.
    pub tasks: Option<Tasks>,
    /// The plans of which it answers tasks.
    pub answers: Vec<AnsweredPlan>,
}

/// The place of a document.
#[derive(Debug, Serialize)]
pub struct DocumentPlace {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What its level is called.
    pub level_name: String,
}

/// A line of the metadata table.
#[derive(Debug, Serialize)]
pub struct Metadatum {
    /// What it is, the key of its interface text below `meta.`.
    pub key: &'static str,
    /// What it says.
    pub value: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// A letter or notice around a text.
#[derive(Debug, Serialize)]
pub struct WrapperView {
    /// `covering-letter` or `issuing-notice`.
    pub role: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub html: String,
}

/// A section of the outline.
#[derive(Debug, Serialize)]
pub struct OutlineNode {
    /// Its anchor.
    pub anchor: String,
    /// The link to it.
    pub href: String,
    /// Its printed ordinal.
    pub ordinal: Option<String>,
    /// Its title.
    pub title: String,
    /// How deep it stands, from 1.
    pub depth: u8,
    /// The sections in it.
    pub children: Vec<OutlineNode>,
}

/// A figure of a document.
#[derive(Debug, Serialize)]
pub struct FigureRow {
    /// The indicator's id.
    pub id: String,
    /// The indicator's name.
    pub name: String,
    /// The page that has the figures of other places and years.
    pub indicator_href: Option<String>,
    /// The value as a decimal.
    pub value: String,
    /// The value with its unit.
    pub text: String,
    /// How exact it is.
    pub qualifier: Option<&'static str>,
    /// The words it comes from; empty for one that stands in an attachment.
    pub href: String,
    /// The sentence.
    pub sentence: String,
    /// When it last changed, if it was published with another value before.
    pub changed: Option<FigureRevision>,
}

/// The same kind's document of another year.
#[derive(Debug, Serialize)]
pub struct Neighbour {
    /// The year.
    pub year: i16,
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
}

/// How to cite a document.
#[derive(Debug, Serialize)]
pub struct Citation {
    /// The citation without the address.
    pub text: String,
    /// The address.
    pub url: String,
}

/// A file to download.
#[derive(Debug, Serialize)]
pub struct Download {
    /// Where it is.
    pub href: String,
    /// How large it is, in words.
    pub size_text: String,
}

/// A file that belongs to a document.
#[derive(Debug, Serialize)]
pub struct AttachmentRow {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Its name.
    pub file: String,
    /// How large it is, in words.
    pub size_text: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// Its format by its name's ending, in capital letters.
    pub media: String,
}

/// A correction.
#[derive(Debug, Serialize)]
pub struct CorrectionRow {
    /// When.
    pub date: DateText,
    /// What.
    pub note: String,
}

/// A document that this one is about, or that is about this one.
#[derive(Debug, Serialize)]
pub struct RelationRow {
    /// How, the key of its interface text below `relation.`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
}
