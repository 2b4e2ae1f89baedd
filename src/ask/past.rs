//! What was published before: the log, what became of a document, and the texts that stood in its
//! place.

use super::{Ask, Digest, Planned, Question, digest::digest};
use crate::archive::Archive;
use crate::outline::published;
use crate::publications::{PublicationEntry, PublicationLog, checkpoint_path, text_path};
use crate::report::{self, OpenDocument, Record, Report};
use crate::route::Route;
use crate::source::Source;

/// A text that stood at a document's address before.
pub(crate) struct FormerText<'a> {
    /// Which it is, from one.
    pub(crate) number: usize,
    /// The entry with which it came.
    pub(crate) first: &'a PublicationEntry,
    source: Source,
    report: Report,
}

impl FormerText<'_> {
    /// The text, opened for reading.
    pub(crate) fn opened(&self) -> OpenDocument<'_> {
        let Report { record, parsed } = &self.report;
        OpenDocument { record, source: &self.source, parsed }
    }
}

impl<'a> Ask<'a> {
    /// Everything that was ever published.
    pub(crate) fn log(&self) -> &'a PublicationLog {
        self.note(|| Question::Log);
        &self.archive.log
    }

    /// The head of the log under its signatures.
    pub(crate) fn checkpoint(&self) -> Option<&'a Source> {
        self.note(|| Question::Log);
        self.archive.sources.text(&checkpoint_path())
    }

    /// What was recorded of the document that stands, or stood, at an address, oldest first.
    pub(crate) fn past(&self, route: &Route) -> Vec<&'a PublicationEntry> {
        self.note(|| Question::Past(route.clone()));
        self.archive.log.of(route).collect()
    }

    /// The texts that stood in the place of a document before, oldest first, read as they were
    /// published.
    pub(crate) fn former(&self, record: &Record) -> Vec<FormerText<'a>> {
        self.note(|| Question::Past(record.route()));
        let Some(document) = self.archive.document(&record.address) else { return Vec::new() };
        let earlier = published::earlier(self.archive, document);
        let read = |version: &crate::publications::TextVersion<'a>| {
            let kept = self.archive.sources.text(&text_path(&version.last.sha256))?;
            // Its links lead to what stands beside the document.
            let source = Source::new(record.path.clone(), kept.text());
            let settings = (self.config(), self.registry());
            let report = report::parse(&source, record.address.clone(), settings).value?;
            Some(FormerText { number: version.number, first: version.first, source, report })
        };
        earlier.iter().filter_map(read).collect()
    }
}

impl Planned<'_> {
    /// The digest of all that was published.
    pub(super) fn digest_of_log(&self) -> Digest {
        let lines: Vec<String> = self.archive.log.entries().iter().map(PublicationEntry::line).collect();
        digest(&(lines, self.archive.sources.text(&checkpoint_path()).map(Source::sha256)))
    }

    /// The digest of what was recorded of the document at an address, and of its earlier texts.
    pub(super) fn digest_of_past(&self, route: &Route) -> Digest {
        let lines: Vec<String> = self.archive.log.of(route).map(PublicationEntry::line).collect();
        digest(&(lines, earlier(self.archive, route)))
    }
}

/// The earlier texts of the document at an address, by number and digest.
fn earlier(archive: &Archive, route: &Route) -> Vec<(usize, String)> {
    let document = archive.at(route);
    let versions = document.map(|document| published::earlier(archive, document)).unwrap_or_default();
    versions.into_iter().map(|version| (version.number, version.last.sha256.clone())).collect()
}
