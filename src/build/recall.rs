//! What came of reading every document, from one build to the next: what others may tell of it, what is
//! asked of all together, and what is wrong with it. A document whose text is the same is not read
//! again before somebody asks for its words.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::recipes::ground;
use super::{Wishes, is_setting};
use crate::archive::{Archive, Document, Entry};
use crate::ask::Digest;
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
    ground(sources, wishes, is_setting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build;
    use crate::source::Source;

    const MATTER: &str = "---\ntitle: 报告\nissuer: [甲, 乙]\npublished: 2020-03-20 08:30:00\nwritten: 2020-03-01\n\
        index_number: 1/2020-1\nsummary: 概要\nkeywords: [复议]\nindicators: { closed: 7.50, opened: 3 }\n\
        relations: { related: /jiangmen/2018/ }\ncorrections: [{ date: 2020-04-01, note: 更正 }]\n\
        attachments: [{ file: 附件.pdf, title: 附件 }]\naliases: [/old.html]\nvalidity: in-force\n---\n";

    #[test]
    fn what_was_read_lasts_whole() {
        let text = format!(
            "{MATTER}## 一、情况\n\n办结案件7.50件，新收案件3件，见[附件](附件.pdf)和[上年](/jiangmen/2018/#sec-1)。\n"
        );
        let texts = vec![
            Source::new("content/jiangmen/2019.md", text),
            Source::new(
                "indicators.yaml",
                "closed: { name: 办结案件, unit: 件, kind: flow }\nopened: { name: 新收案件, unit: 件, kind: flow }",
            ),
            Source::new("site.yaml", "title: 站\nbase_url: https://www.example.org/\n"),
        ];
        let (sources, wishes) = (Sources::new(texts, Vec::new()), Wishes::default());
        let anew = |recalled| build::prepare_recalling(sources.clone(), &wishes, recalled).value;
        let first = anew(Recalled::default());
        let bytes = Recalled::bytes(&first.archive, &first.faults, &wishes);
        let recalled = Recalled::read(&bytes, &sources, &wishes);
        let again = recalled.of(&sources.texts()[0]).expect("the text is the same").value;
        let Some(Entry::Report(document)) = again else { panic!("a document was read") };
        assert!(document.parsed().is_none(), "its text was read");
        assert_eq!(document.figures.len(), 2);
        assert_eq!(document.record(), first.archive.reports[0].record());
        let archive = anew(recalled).archive;
        assert_eq!(archive.facts(&archive.reports[0]), first.archive.facts(&first.archive.reports[0]));
        assert!(archive.reports[0].parsed().is_none(), "nobody asked for its text");
    }
}
