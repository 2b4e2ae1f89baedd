//! What came of reading every document, from one build to the next: what others may tell of it, what is
//! asked of all together, and what is wrong with it. A document whose text is the same is not read
//! again before somebody asks for its words.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::recipes::ground;
use super::{Wishes, is_setting};
use crate::archive::{Archive, ContentFile, Document};
use crate::ask::Digest;
use crate::ask::digest::of_record;
use crate::diag::{Diagnosed, Diagnostic};
use crate::report::{Facts, Record};
use crate::source::{Source, Sources};

/// What came of reading the documents of a site.
#[derive(Debug, Default)]
pub struct Recalled {
    /// The readings, each packed, one after the other.
    packed: Vec<u8>,
    reads: HashMap<String, KeptReading>,
}

/// Where the readings of documents are. It stands behind them, and its length behind it.
#[derive(Serialize, Deserialize)]
struct ReadingIndex {
    /// The digest of the settings, which decide what every file means.
    settings: Digest,
    reads: Vec<(String, KeptReading)>,
}

/// A document that was read.
#[derive(Debug, Serialize, Deserialize)]
struct KeptReading {
    /// The digest of its text.
    sha256: [u8; 32],
    /// The digest of its record.
    record: Digest,
    /// Where its [`DocumentReading`] is.
    packed: Range<usize>,
}

/// What came of reading a document.
#[derive(Serialize, Deserialize)]
struct DocumentReading {
    record: Record,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
}

/// So many documents are packed at a time, so that not all of them are in memory twice.
const AT_ONCE: usize = 512;

impl Recalled {
    /// What is in a file of the workplace, if it was read under these settings; nothing where it is
    /// damaged.
    #[must_use]
    pub fn read(bytes: Vec<u8>, sources: &Sources, wishes: &Wishes) -> Self {
        let contents = ReadingIndex::behind(&bytes);
        let contents = contents.filter(|contents| contents.settings == settings(sources, wishes));
        match contents {
            Some(ReadingIndex { reads, .. }) => Self { packed: bytes, reads: reads.into_iter().collect() },
            None => Self::default(),
        }
    }

    /// The same and what came of reading other documents.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let end = self.packed.len();
        let moved = |kept: KeptReading| KeptReading {
            packed: end + kept.packed.start..end + kept.packed.end,
            ..kept
        };
        self.packed.extend(other.packed);
        self.reads.extend(other.reads.into_iter().map(|(path, kept)| (path, moved(kept))));
        self
    }

    /// What came of reading `source`, if that was the same text.
    pub(super) fn of(&self, source: &Source) -> Option<Diagnosed<Option<ContentFile>>> {
        let kept = self.kept(source)?;
        let DocumentReading { record, facts, diagnostics } = postcard::from_bytes(self.packed(kept)?).ok()?;
        let document = Document::recalled(record, facts, kept.record);
        Some(Diagnosed { value: Some(ContentFile::Report(Box::new(document))), diagnostics })
    }

    fn kept(&self, source: &Source) -> Option<&KeptReading> {
        self.reads.get(source.path().as_str()).filter(|kept| kept.sha256 == source.sha256())
    }

    fn packed(&self, kept: &KeptReading) -> Option<&[u8]> {
        self.packed.get(kept.packed.clone())
    }

    /// Whether this is what came of reading the documents of an archive, and of no others.
    #[must_use]
    pub fn is_of(&self, archive: &Archive) -> bool {
        let is_kept = |document: &Document| self.kept(archive.source(&document.path)).is_some();
        archive.reports.len() == self.reads.len() && archive.reports.iter().all(is_kept)
    }

    /// Writes down what lasts of the documents of an archive, of whose files this is wrong. What is
    /// recalled is not packed again.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(
        &self,
        (archive, faults): (&Archive, &BTreeMap<String, Vec<Diagnostic>>),
        wishes: &Wishes,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        let pack = |document: &Document| match self.kept(archive.source(&document.path)) {
            Some(kept) => Ok(self.packed(kept).unwrap_or_default().into()),
            None => packed(document, archive, faults),
        };
        let mut contents = ReadingIndex { settings: settings(&archive.sources, wishes), reads: Vec::new() };
        let mut end = 0;
        for documents in archive.reports.chunks(AT_ONCE) {
            let all: Vec<io::Result<Box<[u8]>>> = documents.par_iter().map(pack).collect();
            for (document, packed) in documents.iter().zip(all) {
                let packed = packed?;
                to.write_all(&packed)?;
                let sha256 = archive.source(&document.path).sha256();
                let place = end..end + packed.len();
                end = place.end;
                let kept = KeptReading { sha256, record: of_record(document), packed: place };
                contents.reads.push((document.path.to_string(), kept));
            }
        }
        let contents = postcard::to_allocvec(&contents).map_err(io::Error::other)?;
        to.write_all(&contents)?;
        to.write_all(&(contents.len() as u64).to_le_bytes())
    }
}

/// What came of reading a document, packed.
fn packed(
    document: &Document,
    archive: &Archive,
    faults: &BTreeMap<String, Vec<Diagnostic>>,
) -> io::Result<Box<[u8]>> {
    let reading = DocumentReading {
        record: document.record().clone(),
        facts: archive.facts(document).clone(),
        diagnostics: faults.get(document.path.as_str()).cloned().unwrap_or_default(),
    };
    postcard::to_allocvec(&reading).map(Vec::into_boxed_slice).map_err(io::Error::other)
}

impl ReadingIndex {
    /// The contents that stand behind readings.
    fn behind(bytes: &[u8]) -> Option<Self> {
        let (before, length) = bytes.split_last_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        postcard::from_bytes(before.get(before.len().checked_sub(length)?..)?).ok()
    }
}

/// The digest of what decides how a document is read: the settings and the site's address. Whether drafts are pages,
/// which day it is and what is made of a document do not.
fn settings(sources: &Sources, wishes: &Wishes) -> Digest {
    ground(sources, &Wishes { base: wishes.base.clone(), ..Wishes::default() }, is_setting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{self, Prepared};
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
        let mut bytes = Vec::new();
        Recalled::default().write((&first.archive, &first.faults), &wishes, &mut bytes).unwrap();
        let recalled = Recalled::read(bytes.clone(), &sources, &wishes);
        let again = recalled.of(&sources.texts()[0]).expect("the text is the same").value;
        let Some(ContentFile::Report(document)) = again else { panic!("a document was read") };
        assert!(document.parsed().is_none(), "its text was read");
        assert_eq!(document.figures.len(), 2);
        assert_eq!(document.record(), first.archive.numbered(0).record());
        let Prepared { archive, recalled, faults, .. } = anew(recalled);
        assert!(recalled.is_of(&archive));
        let mut same = Vec::new();
        recalled.write((&archive, &faults), &wishes, &mut same).unwrap();
        assert!(same == bytes, "what is recalled is kept as it is");
        assert_eq!(archive.facts(archive.numbered(0)), first.archive.facts(first.archive.numbered(0)));
        assert!(archive.numbered(0).parsed().is_none(), "nobody asked for its text");
        let marks = |archive: &Archive| archive.open(archive.numbered(0)).parsed.marks.clone();
        assert!(marks(&archive).iter().all(Option::is_some), "its figures are marked");
        assert_eq!(marks(&archive), marks(&first.archive));
    }

    #[test]
    fn a_text_that_was_read_for_a_page_alone_tells_all_when_it_is_asked() {
        let text = format!("{MATTER}## 一、情况\n\n办结案件7.50件，新收案件3件，市司法行政管理局牵头。\n");
        let site = "title: 站\nbase_url: https://www.example.org/\n";
        let texts = vec![
            Source::new("content/jiangmen/2019.md", text),
            Source::new(
                "indicators.yaml",
                "closed: { name: 办结案件, unit: 件, kind: flow }\nopened: { name: 新收案件, unit: 件, kind: flow }",
            ),
            Source::new("site.yaml", site),
        ];
        let sources = Sources::new(texts, Vec::new());
        let prepared = || build::prepare(sources.clone(), &Wishes::default()).value.0;
        let (first, mut again) = (prepared(), prepared());
        let record = again.numbered(0).record().clone();
        let first_of_all = again.reports.id(0).unwrap();
        again.reports[first_of_all] = Document::told(record, None);
        let opened = again.open(again.numbered(0));
        assert!(opened.parsed.notable.is_none(), "no page asks for that");
        let facts = first.facts(first.numbered(0));
        assert_eq!(&*opened.parsed.marks, &*facts.marks);
        assert_eq!(again.facts(again.numbered(0)), facts);
        assert!(!facts.notable.bodies.is_empty());
    }
}
