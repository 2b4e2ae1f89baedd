//! What came of reading every document, from one build to the next: what others may tell of it, what is
//! asked of all together, and what is wrong with it. A document whose text is the same is not read
//! again before somebody asks for its words.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Wishes, is_setting};
use crate::archive::{Archive, Document, Entry};
use crate::ask::Digest;
use crate::ask::digest::digest;
use crate::diag::{Diagnosed, Diagnostic};
use crate::report::{Facts, Record};
use crate::source::{Source, Sources};

/// What came of reading the documents of a site.
#[derive(Debug, Default)]
pub struct Recalled {
    reads: HashMap<String, Kept>,
}

/// The documents as they last, each to be unpacked when its text is the same.
#[derive(Serialize, Deserialize)]
struct Lasting {
    /// The digest of the settings, which decide what every file means.
    settings: Digest,
    reads: Vec<(String, Kept)>,
}

/// A document that was read.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// The digest of its text.
    sha256: [u8; 32],
    /// A [`Reading`], packed.
    packed: Vec<u8>,
}

/// What came of reading a document.
#[derive(Serialize, Deserialize)]
struct Reading {
    record: Record,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
}

impl Recalled {
    /// What is in a file of the workplace, if it was read under these settings; nothing where it is
    /// damaged.
    #[must_use]
    pub fn read(bytes: &[u8], sources: &Sources, wishes: &Wishes) -> Self {
        let lasting = postcard::from_bytes::<Lasting>(bytes).ok();
        let lasting = lasting.filter(|lasting| lasting.settings == settings(sources, wishes));
        Self { reads: lasting.map(|lasting| lasting.reads.into_iter().collect()).unwrap_or_default() }
    }

    /// What came of reading `source`, if that was the same text.
    pub(super) fn of(&self, source: &Source) -> Option<Diagnosed<Option<Entry>>> {
        let kept = self.reads.get(source.path().as_str()).filter(|kept| kept.sha256 == source.sha256())?;
        let Reading { record, facts, diagnostics } = postcard::from_bytes(&kept.packed).ok()?;
        let document = Document::recalled(record, facts);
        Some(Diagnosed { value: Some(Entry::Report(Box::new(document))), diagnostics })
    }

    /// The bytes that last of the documents of an archive, of whose files this is wrong.
    #[must_use]
    pub fn bytes(archive: &Archive, faults: &BTreeMap<String, Vec<Diagnostic>>, wishes: &Wishes) -> Vec<u8> {
        let kept = |document: &Document| {
            let source = archive.source(&document.path);
            let reading = Reading {
                record: document.record().clone(),
                facts: archive.facts(document).clone(),
                diagnostics: faults.get(document.path.as_str()).cloned().unwrap_or_default(),
            };
            let packed = postcard::to_allocvec(&reading).ok()?;
            Some((document.path.to_string(), Kept { sha256: source.sha256(), packed }))
        };
        let reads = archive.reports.par_iter().filter_map(kept).collect();
        let lasting = Lasting { settings: settings(&archive.sources, wishes), reads };
        postcard::to_allocvec(&lasting).unwrap_or_default()
    }
}

fn settings(sources: &Sources, wishes: &Wishes) -> Digest {
    let texts = sources.texts().iter().filter(|text| is_setting(text.path()));
    digest(&(texts.map(|text| (text.path(), text.sha256())).collect::<Vec<_>>(), format!("{wishes:?}")))
}
