//! What an answer is known by: a number that is another one where the answer is another one. Two
//! builds give the same number for the same answer, so that a page need not be made again while
//! every question that it asked still has the same number.

use std::io;
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::menu::Menu;
use super::{Planned, Question};
use crate::archive::{Archive, Document, DocumentId};
use crate::offices::{Office, OfficeStanding};
use crate::page::Place;
use crate::publications::Stamp;

/// The digest of an answer.
pub type Digest = u64;

/// What is digested once for all questions.
#[derive(Debug, Default)]
pub(super) struct SharedDigests {
    records: OnceLock<Vec<Digest>>,
}

impl Planned<'_> {
    /// The digest of the answer to a question.
    #[must_use]
    pub fn digest(&self, question: &Question) -> Digest {
        let (archive, outline) = (self.archive, self.outline);
        let lists = &outline.lists;
        match question {
            Question::Document(address) => digest(&self.archive.id_of(address).map(|at| self.record(at))),
            Question::Text(address) => {
                let document = archive.document(address);
                digest(&document.map(|document| (&document.path, archive.source(&document.path).sha256())))
            }
            Question::OfPlace(slug) => self.of_documents(archive.of_place(slug)),
            Question::OfYear(year) => self.of(lists.by_year.get(year)),
            Question::OfKind(kind, year) => {
                self.of(lists.kind_years.get(kind).and_then(|years| years.get(year)))
            }
            Question::All => digest(self.records()),
            Question::Values(id) => self.values(id),
            Question::Tellers(id) => self.tellers(id),
            Question::Place(slug) => digest(&PlaceSummary::of(archive, slug)),
            Question::PlaceText(slug) => {
                let place = archive.places.get(slug);
                digest(&place.map(|place| (&place.path, archive.source(&place.path).sha256())))
            }
            Question::Children(slug) => {
                let children = archive.children(slug.as_deref());
                digest(&children.map(|place| PlaceSummary::of(archive, &place.slug)).collect::<Vec<_>>())
            }
            Question::Places => {
                digest(&archive.places.keys().map(|slug| PlaceSummary::of(archive, slug)).collect::<Vec<_>>())
            }
            Question::Home => {
                digest(&archive.home.as_ref().map(|page| (&page.path, archive.source(&page.path).sha256())))
            }
            Question::Page(route) => {
                let page = archive.pages.iter().find(|page| page.leaf.route() == *route);
                digest(&page.map(|page| (&page.path, archive.source(&page.path).sha256())))
            }
            Question::Pages => {
                let texts = archive.pages.iter().map(|page| archive.source(&page.path).sha256());
                digest(&texts.collect::<Vec<_>>())
            }
            Question::Menu => digest(&Menu::of(archive, outline)),
            _ => self.digest_of_counts(question),
        }
    }

    /// The digest of an answer that is counted.
    fn digest_of_counts(&self, question: &Question) -> Digest {
        let (archive, outline) = (self.archive, self.outline);
        let lists = &outline.lists;
        match question {
            Question::Years => {
                digest(&lists.by_year.iter().map(|(year, all)| (year, all.len())).collect::<Vec<_>>())
            }
            Question::Kinds => {
                digest(&lists.by_kind.iter().map(|(kind, all)| (kind, all.len())).collect::<Vec<_>>())
            }
            Question::YearsOfKind(kind) => {
                let years = lists.kind_years.get(kind).into_iter().flatten();
                digest(&years.map(|(year, all)| (year, all.len())).collect::<Vec<_>>())
            }
            Question::Address(route) => digest(&outline.addresses.has(route)),
            Question::Addresses => {
                let known = outline.addresses.all();
                digest(&known.map(|(route, subject)| (route, subject.name())).collect::<Vec<_>>())
            }
            Question::Elsewhere(route) => digest(&archive.offices.address(route)),
            Question::Offices => {
                digest(&archive.offices.all.iter().map(OfficeSummary::of).collect::<Vec<_>>())
            }
            Question::Rows(slice) => digest(&outline.slices.get(slice)),
            Question::Slices => digest(&outline.slices.iter().collect::<Vec<_>>()),
            Question::Ledger => digest(&outline.ledger),
            Question::AncestryTable => digest(&outline.ancestry),
            Question::Origins(address) => self.digest_of_origins(address),
            Question::Newness(slug) => self.digest_of_newness(Some(slug)),
            Question::NewnessOfAll => self.digest_of_newness(None),
            Question::Seats(slug) => {
                let first = outline.ledger.tables.first();
                digest(&first.map(|table| (table.head(), table.below(slug))))
            }
            Question::Referrers(route) => {
                let referrers = outline.referrers.get(route).into_iter().flatten();
                let told = referrers.map(|referrer| (referrer.relation, self.record(referrer.document)));
                digest(&told.collect::<Vec<_>>())
            }
            Question::Answers(route) => {
                let answers = outline.answers.get(route).into_iter().flatten();
                let told = answers.map(|at| (self.record(at.document), at.answer));
                digest(&told.collect::<Vec<_>>())
            }
            Question::Log => self.digest_of_log(),
            Question::Past(route) => self.digest_of_past(route),
            Question::Blob(path) => {
                digest(&archive.sources.blob(path).map(|blob| (&blob.path, &blob.sha256, blob.size)))
            }
            _ => unreachable!("every other question was answered before"),
        }
    }

    fn records(&self) -> &[Digest] {
        self.digests.records.get_or_init(|| self.archive.reports.par_iter().map(of_record).collect())
    }

    fn record(&self, at: DocumentId) -> Digest {
        self.records()[at.number()]
    }

    fn of(&self, documents: Option<&Vec<DocumentId>>) -> Digest {
        digest(&documents.into_iter().flatten().map(|at| self.record(*at)).collect::<Vec<_>>())
    }

    /// The digest of documents that stand side by side in the archive.
    fn of_documents(&self, documents: &[Document]) -> Digest {
        let first =
            documents.first().and_then(|first| self.archive.id_of(&first.address)).map(DocumentId::number);
        let all = first.map_or(&[][..], |first| &self.records()[first..first + documents.len()]);
        digest(all)
    }

    /// The figures of an indicator with who tells them, whatever else these say.
    fn values(&self, id: &str) -> Digest {
        let archive = self.archive;
        let all = archive.registry.position(id).map(|at| self.outline.figures.of_indicator(at));
        let value = |at: &crate::outline::FigurePlace| {
            let document = &archive.reports[at.document];
            (&document.address, &document.figures[at.figure as usize])
        };
        digest(&all.into_iter().flatten().map(value).collect::<Vec<_>>())
    }

    fn tellers(&self, id: &str) -> Digest {
        let all = self.archive.registry.position(id).map(|at| self.outline.figures.of_indicator(at));
        digest(&all.into_iter().flatten().map(|at| self.record(at.document)).collect::<Vec<_>>())
    }
}

/// The digest of what others may tell of a document.
pub(crate) fn of_record(document: &Document) -> Digest {
    document.known_by(digest)
}

/// What others tell of a place.
#[derive(Serialize)]
struct PlaceSummary<'a> {
    /// The place and those that it belongs to.
    lineage: Vec<PlaceCard<'a>>,
    is_empty: bool,
    is_invented: bool,
    description: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceCard<'a> {
    slug: &'a str,
    name: &'a str,
    name_en: Option<&'a str>,
    level: &'static str,
    code: Option<&'a str>,
}

impl<'a> PlaceSummary<'a> {
    fn of(archive: &'a Archive, slug: &str) -> Self {
        let card = |place: &'a Place| PlaceCard {
            slug: &place.slug,
            name: &place.name.value,
            name_en: place.name_en.as_deref(),
            level: place.level.name(),
            code: place.code.as_deref(),
        };
        Self {
            lineage: archive.lineage(slug).into_iter().map(card).collect(),
            is_empty: archive.is_empty(slug),
            is_invented: archive.is_invented(slug),
            description: archive.places.get(slug).and_then(|place| place.description.as_deref()),
        }
    }
}

/// What is told of an office.
#[derive(Serialize)]
struct OfficeSummary<'a> {
    titles: (&'a str, &'a str, Option<&'a str>),
    url: String,
    read: Option<Stamp>,
    standing: OfficeStanding,
    is_signed: bool,
    documents: usize,
    troubles: Vec<(&'a str, &'a str)>,
}

impl<'a> OfficeSummary<'a> {
    fn of(office: &'a Office) -> Self {
        let Office { name, title, title_en, url, read, standing, is_signed, documents, troubles } = office;
        Self {
            titles: (name, title, title_en.as_deref()),
            url: url.absolute("/"),
            read: *read,
            standing: *standing,
            is_signed: *is_signed,
            documents: *documents,
            troubles: troubles.iter().map(|(_, words)| (&*words.zh, &*words.en)).collect(),
        }
    }
}

/// The digest of anything that can be written down.
pub(crate) fn digest(answer: &(impl Serialize + ?Sized)) -> Digest {
    let mut hasher = HashingWriter(Sha256::new());
    // Nothing is written anywhere, and answers have a form in JSON.
    serde_json::to_writer(&mut hasher, answer).expect("an answer can be written down");
    let whole = hasher.0.finalize();
    Digest::from_le_bytes(whole[..8].try_into().expect("a digest has more than eight bytes"))
}

struct HashingWriter(Sha256);

impl io::Write for HashingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
