//! Where sentences come from. The answers are counted over all documents, when somebody first asks.

use super::digest::digest;
use super::{Ask, Digest, Planned, Question};
use crate::ancestry::{Ancestry, SentenceOrigin, Tally};
use crate::archive::DocumentId;
use crate::outline::ancestry::{AncestryTable, FEW};
use crate::report::{Record, Sayings};
use crate::route::Address;

/// How many sentences of a document come from where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OriginCounts<'a> {
    pub(crate) record: &'a Record,
    pub(crate) tally: Tally,
    /// Whether nothing earlier of its place is there to hold it against.
    pub(crate) is_first: bool,
}

/// The sentences of a document, and where each comes from.
#[derive(Clone, Debug)]
pub(crate) struct DocumentOrigins<'a> {
    pub(crate) counted: OriginCounts<'a>,
    pub(crate) sayings: &'a Sayings,
    /// In the order of the sayings.
    pub(crate) origins: Vec<SentenceOrigin>,
}

impl<'a> Ask<'a> {
    /// What is known of all sentences together; nothing where somebody in a hurry would have to wait.
    fn ancestry(&self) -> Option<&'a Ancestry> {
        let origins = &self.outline.origins;
        match self.is_hasty && self.archive.reports.len() > FEW {
            true => origins.known(),
            false => Some(origins.of(self.archive)),
        }
    }

    /// Where the sentences of a document come from, which another answer named.
    pub(crate) fn derived(&self, record: &Record) -> Option<DocumentOrigins<'a>> {
        self.note(|| Question::Origins(record.address.clone()));
        let ancestry = self.ancestry()?;
        let archive = self.archive;
        let at = archive.id_of(&record.address)?;
        let said = |document: usize| &archive.facts(archive.numbered(document)).sayings;
        let origins = ancestry.origins(at.number(), &said)?;
        // Counted anew, since a text may be another one than when all were looked at.
        let mut tally = Tally::default();
        origins.iter().for_each(|origin| tally.add(*origin));
        let counted = OriginCounts {
            record: archive.reports[at].record(),
            tally,
            is_first: ancestry.is_first(at.number()),
        };
        Some(DocumentOrigins { counted, sayings: said(at.number()), origins })
    }

    /// How many sentences of each document of a place come from where, oldest first.
    pub(crate) fn counted(&self, slug: &str) -> Vec<OriginCounts<'a>> {
        self.note(|| Question::Newness(slug.to_owned()));
        let documents = self.of_place(slug);
        let first =
            documents.first().and_then(|first| self.archive.id_of(&first.address).map(DocumentId::number));
        let (Some(ancestry), Some(first)) = (self.ancestry(), first) else { return Vec::new() };
        documents.iter().zip(first..).filter_map(|(report, at)| counted(ancestry, report, at)).collect()
    }

    /// The same of every document, whoever is in a hurry.
    pub(crate) fn counted_of_all(&self) -> Vec<OriginCounts<'a>> {
        self.note(|| Question::NewnessOfAll);
        let ancestry = self.outline.origins.of(self.archive);
        self.all().iter().enumerate().filter_map(|(at, report)| counted(ancestry, report, at)).collect()
    }

    /// Waits until all sentences are looked at, for a page that shows nothing else.
    pub(crate) fn look(&self) {
        self.outline.origins.of(self.archive);
    }

    /// The places and years whose annual reports are looked at.
    pub(crate) fn ancestry_table(&self) -> &'a AncestryTable {
        self.note(|| Question::AncestryTable);
        &self.outline.ancestry
    }
}

fn counted<'a>(ancestry: &Ancestry, record: &'a Record, at: usize) -> Option<OriginCounts<'a>> {
    Some(OriginCounts { record, tally: *ancestry.tally(at)?, is_first: ancestry.is_first(at) })
}

impl Planned<'_> {
    /// The digest of where the sentences of a document come from.
    pub(super) fn digest_of_origins(&self, address: &Address) -> Digest {
        let ancestry = self.outline.origins.of(self.archive);
        let at = self.archive.id_of(address).map(DocumentId::number);
        digest(&at.map(|at| (ancestry.digest(at), ancestry.is_first(at))))
    }

    /// The digest of how many come from where, of a place or of all.
    pub(super) fn digest_of_newness(&self, slug: Option<&str>) -> Digest {
        let ancestry = self.outline.origins.of(self.archive);
        let documents = slug.map_or(&*self.archive.reports, |slug| self.archive.of_place(slug));
        let first = documents
            .first()
            .and_then(|first| self.archive.id_of(&first.address).map(DocumentId::number))
            .unwrap_or(0);
        let told = documents.iter().zip(first..).filter_map(|(report, at)| counted(ancestry, report, at));
        let told = told.map(|counted| (&counted.record.address, counted.tally, counted.is_first));
        digest(&told.collect::<Vec<_>>())
    }
}
