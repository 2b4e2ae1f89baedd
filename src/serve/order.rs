//! What the threads that answer browsers and make search files ask of the site, and what they get.

use tokio::sync::oneshot;

use super::bar::BarReply;
use super::intake::{ImportTask, IntakeOutcome, UnwrittenDocument};
use super::places::{Choices, DocumentWhereabouts};
use super::press::{PageDigests, Reply};
use crate::archive::DocumentId;
use crate::config::Synonyms;
use crate::diag::Words;
use crate::exports::{Findable, Landmark, Lead, Makings};
use crate::route::Address;

/// What a page is asked of.
pub(super) enum PageOrder {
    /// What is at this path?
    Page(String, oneshot::Sender<AnswerPrint>),
    /// How is the page at this path, as JSON?
    State(String, oneshot::Sender<String>),
    /// What is the bar of the page at this path told?
    Bar(String, oneshot::Sender<Option<BarReply>>),
    /// Where is the document at this address, or where would it be?
    Where(Address, oneshot::Sender<DocumentWhereabouts>),
    /// What is a document that is made of this file?
    Import(Box<ImportTask>, oneshot::Sender<Result<IntakeOutcome, Words>>),
    /// What does a document that nothing is given for begin with?
    Blank(Box<UnwrittenDocument>, oneshot::Sender<Option<String>>),
    /// What is there to choose from where a document is put?
    Choices(oneshot::Sender<Choices>),
    /// What can be found in the archive of this number, if it still is that one?
    Leads(u64, oneshot::Sender<Option<Vec<Lead>>>),
    /// What can be found by name in the archive of this number, and which words mean the same?
    Landmarks(u64, oneshot::Sender<Option<(Vec<Landmark>, Synonyms)>>),
    /// What the document at a place in the archive of this number is made from?
    Makings(u64, DocumentId, oneshot::Sender<Option<Box<Makings>>>),
    /// The document at a place in the archive of this number, as search takes it in?
    Findable(u64, DocumentId, oneshot::Sender<Option<Box<Findable>>>),
    /// Look no longer at this site; there is a newer one.
    Stop,
}

/// An answer with its digests.
pub(super) struct AnswerPrint {
    pub(super) answer: Reply,
    pub(super) digests: PageDigests,
}
