//! A document as the record would tell of it now.

use sha2::{Digest, Sha256};

use crate::archive::{Archive, Document};
use crate::publications::{
    AttachmentsDigest, Event, PublicationEntry, RecordedCorrection, RecordedFigure, RecordedWithdrawal,
    Stamp, words,
};
use crate::report::{PublicationDay, PublicationStatus};
use crate::source::hex;

/// An entry about a document as it is now, as if nothing was recorded before.
pub(super) fn entry(archive: &Archive, document: &Document, time: Stamp) -> PublicationEntry {
    let matter = &document.matter;
    let source = archive.source(&document.path);
    let is_there = matter.status != PublicationStatus::Withdrawn;
    let figures = document.figures.iter().filter(|_| is_there);
    let corrections = matter.corrections.iter();
    PublicationEntry {
        number: 0,
        time,
        event: if is_there { Event::Published } else { Event::Withdrawn },
        address: document.route(),
        from: None,
        path: document.path.clone(),
        title: matter.title.value.clone(),
        kind: matter.kind.clone(),
        sha256: hex(&source.sha256()),
        words: words(source, matter),
        written: matter.written,
        published: published(matter.published),
        figures: figures
            .map(|figure| (figure.indicator.clone(), RecordedFigure::from(figure.amount)))
            .collect(),
        files: attached(archive, document).filter(|_| is_there),
        aliases: matter.aliases.iter().map(|alias| alias.value.clone()).collect(),
        corrections: corrections
            .map(|found| RecordedCorrection { date: found.date.value, note: found.note.clone() })
            .collect(),
        withdrawal: (!is_there).then(|| withdrawn(document)),
    }
}

/// 发布日期 as the record has it.
pub(super) fn published(published: PublicationDay) -> String {
    match published {
        PublicationDay::On(moment) => moment.written(),
        PublicationDay::Unknown => "unknown".to_owned(),
    }
}

/// What is said of a document's withdrawal.
pub(super) fn withdrawn(document: &Document) -> RecordedWithdrawal {
    let said = document.matter.withdrawal.as_ref();
    RecordedWithdrawal {
        date: said.map(|said| said.date.value),
        reason: said.map(|said| said.reason.name().to_owned()),
        what: said.and_then(|said| said.what.clone()),
    }
}

/// The files that are published beside a document, if there are any.
pub(super) fn attached(archive: &Archive, document: &Document) -> Option<AttachmentsDigest> {
    let (mut count, mut hasher) = (0, Sha256::new());
    for blob in document.files.iter().filter_map(|path| archive.sources.blob(path)) {
        let name = blob.path.strip_prefix(document.folder()).unwrap_or(&blob.path);
        hasher.update(format!("{}  {name}\n", blob.sha256));
        count += 1;
    }
    (count > 0).then(|| AttachmentsDigest { count, sha256: hex(&hasher.finalize()) })
}
