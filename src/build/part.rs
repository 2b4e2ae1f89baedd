//! A part of a build, where many machines make one site: what is read, told and drawn by a machine that has the
//! texts of some places and of all others what they tell ([`crate::parts`]).

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use super::{
    BuildObstacle, DrawnContent, Memo, Prepared, Recalled, SiteFiles, Wishes, draw_by, path_of, rank,
};
use crate::ancestry::{self, SentenceGathering};
use crate::archive::{Archive, ContentFile, Document};
use crate::ask::{Ask, Planned};
use crate::check;
use crate::diag::{self, Diagnosed, Diagnostic};
use crate::outline::{self, Outline, Subject};
use crate::parts::{Cut, PackedPage, PartSayings, PartText, Records};
use crate::report;
use crate::route::Route;
use crate::site;
use crate::source::{Blob, Source, Sources, TextShelf};
use crate::theme::Theme;

/// What a machine has read: the texts of its places, and what all machines read.
pub struct OwnTexts {
    memo: Memo,
    archive: Archive,
    wishes: Wishes,
}

impl OwnTexts {
    /// Reads these sources. Documents of which it is remembered what came of reading them are not read again.
    #[must_use]
    pub fn read(sources: Sources, wishes: &Wishes, recalled: Recalled) -> Self {
        let mut memo = Memo::lean(recalled);
        // What is missing between these files may be among those of others.
        let archive = memo.archive(sources, wishes).value;
        Self { memo, archive, wishes: wishes.clone() }
    }

    /// What the files that `is_own` names are, and what others may tell of the documents among them.
    #[must_use]
    pub fn records(&self, is_own: impl Fn(&Utf8Path) -> bool) -> Records {
        let sources = &self.archive.sources;
        let aside = self.archive.aside().iter().filter_map(|entry| match entry {
            ContentFile::Report(document) => Some(&**document),
            _ => None,
        });
        let documents: HashMap<&Utf8Path, &Document> =
            self.archive.reports.iter().chain(aside).map(|document| (&*document.path, document)).collect();
        let text = |source: &Source| {
            let document = documents.get(source.path());
            PartText {
                path: source.path().to_owned(),
                sha256: source.sha256(),
                record: document.map(|document| Box::new(document.record().clone())),
                is_as_published: document.is_some_and(|document| self.stands(document)),
            }
        };
        Records {
            texts: sources.texts().iter().filter(|source| is_own(source.path())).map(text).collect(),
            blobs: sources.blobs().iter().filter(|blob| is_own(&blob.path)).cloned().collect(),
        }
    }

    /// Whether a document reads as it was published last.
    fn stands(&self, document: &Document) -> bool {
        !self.archive.log.is_empty() && outline::published::stands_as_published(&self.archive, document)
    }

    /// What its documents say, as numbers.
    #[must_use]
    pub fn sayings(&self) -> PartSayings {
        let voices = outline::ancestry::voices(&self.archive);
        let documents = u32::try_from(voices.len()).unwrap_or(u32::MAX);
        PartSayings { documents, told: ancestry::first_sayings(&voices, &sayings_by_place(&self.archive)) }
    }

    /// Writes down what came of reading its documents.
    ///
    /// # Errors
    /// What the writer says.
    pub fn readings(&self, to: &mut dyn Write) -> io::Result<()> {
        self.memo.recalled.write((&self.archive, &self.memo.faults), &self.wishes, to)
    }

    /// The whole archive, with what others tell of the files that they read, and what is wrong between all of
    /// them. What is wrong with its own files comes along.
    #[must_use]
    pub fn among(self, others: OthersFiles) -> Diagnosed<Prepared> {
        let Self { mut memo, archive, wishes } = self;
        let OthersFiles { texts, blobs, documents, .. } = others;
        let sources = memo.keep(archive).with(texts, blobs);
        memo.believe(documents);
        let Diagnosed { value: archive, mut diagnostics } = memo.archive(sources, &wishes);
        diagnostics.extend(memo.faults().cloned());
        let Memo { theme, faults, recalled, .. } = memo;
        Diagnosed { value: Prepared { archive, theme, faults, recalled }, diagnostics }
    }
}

fn sayings_by_place<'a>(archive: &'a Archive) -> impl Fn(usize) -> &'a report::Sayings + Sync + 'a {
    |document| &archive.facts(archive.numbered(document)).sayings
}

/// What other machines tell of the files that they read.
pub struct OthersFiles {
    texts: Vec<Source>,
    blobs: Vec<Blob>,
    documents: BTreeMap<String, Option<Box<Document>>>,
    shelf: Arc<dyn TextShelf>,
}

impl OthersFiles {
    /// Nothing was told yet. Texts stand on this shelf, for who needs the words of one.
    #[must_use]
    pub fn on(shelf: Arc<dyn TextShelf>) -> Self {
        Self { texts: Vec::new(), blobs: Vec::new(), documents: BTreeMap::new(), shelf }
    }

    /// Takes in what another machine tells.
    pub fn take(&mut self, records: Records) {
        for PartText { path, sha256, record, is_as_published } in records.texts {
            self.texts.push(Source::known(path.clone(), sha256, Arc::clone(&self.shelf)));
            let document = record.map(|record| Box::new(Document::told(*record, Some(is_as_published))));
            self.documents.insert(path.into(), document);
        }
        self.blobs.extend(records.blobs);
    }

    /// All sources: these beside the files that were read here.
    #[must_use]
    pub fn beside(self, read: Sources) -> Sources {
        read.with(self.texts, self.blobs)
    }
}

/// What the sentences of a part have in common with those of all others, told a part at a time.
pub struct SharedSayings<'a> {
    archive: &'a Archive,
    cut: &'a Cut,
    part: usize,
    gathering: SentenceGathering,
}

impl<'a> SharedSayings<'a> {
    /// Nobody has told yet.
    #[must_use]
    pub fn of(archive: &'a Archive, cut: &'a Cut, part: usize) -> Self {
        let voices = outline::ancestry::voices(archive);
        let is_own = |voice: &ancestry::Voice| of_part(archive, cut, voice) == Some(part);
        let gathering = SentenceGathering::of(voices, &is_own, &sayings_by_place(archive));
        Self { archive, cut, part, gathering }
    }

    /// Takes in what the documents of a part say; whether it is of this archive.
    pub fn take(&mut self, part: usize, sayings: PartSayings) -> bool {
        let of_this =
            |(voice, _): &(&ancestry::Voice, u32)| of_part(self.archive, self.cut, voice) == Some(part);
        let numbers: Vec<u32> =
            self.gathering.voices().iter().zip(0..).filter(of_this).map(|(_, number)| number).collect();
        if numbers.len() != sayings.documents as usize {
            return false;
        }
        let mut told = sayings.told;
        for told in &mut told {
            told.voice = numbers[told.voice as usize];
        }
        self.gathering.take(&told);
        true
    }

    /// Puts what is known into the outline of the archive.
    pub fn tell(self, outline: &mut Outline) {
        let Self { archive, cut, part, gathering } = self;
        let is_own = |voice: &ancestry::Voice| of_part(archive, cut, voice) == Some(part);
        outline.origins = gathering.close(&is_own, &sayings_by_place(archive)).into();
    }
}

fn of_part(archive: &Archive, cut: &Cut, voice: &ancestry::Voice) -> Option<usize> {
    cut.of_place(&archive.numbered(voice.document).address.place)
}

/// The part that draws what is at an address; nothing where that is made when all are put together.
#[must_use]
pub fn part_of((archive, outline): (&Archive, &Outline), cut: &Cut, subject: &Subject) -> Option<usize> {
    cut.of_place(outline.place_of(archive, subject)?)
}

/// So many pages are drawn at a time, and in memory together.
const AT_ONCE: usize = 256;
/// So many times this is done before texts are let go.
const ROUNDS: usize = 8;

/// Draws the pages of a part in the order of their addresses, and hands each to `take`.
///
/// # Errors
/// Diagnostics for every page that a template could not draw, or the first failure of `take`.
pub fn draw_part<F>(
    (archive, outline): (&mut Archive, &Outline),
    theme: &Theme,
    (cut, part): (&Cut, usize),
    take: &mut dyn FnMut(PackedPage) -> Result<(), F>,
) -> Result<(), BuildObstacle<F>> {
    let is_own = |subject: &Subject| part_of((archive, outline), cut, subject) == Some(part);
    let planned: Vec<(&Route, &Subject)> = outline.routes().filter(|(_, subject)| is_own(subject)).collect();
    let published = check::PublishedNumbers::of(archive);
    let mut complaints: Vec<Diagnostic> = Vec::new();
    for some in planned.chunks(AT_ONCE * ROUNDS) {
        archive.shed();
        let site = &Planned::new(archive, outline);
        for few in some.chunks(AT_ONCE) {
            let drawn: Vec<_> =
                few.par_iter().map(|planned| page(site, theme, *planned, &published)).collect();
            for page in drawn {
                match page {
                    Ok(page) if complaints.is_empty() => take(page).map_err(BuildObstacle::Sink)?,
                    Ok(_) => {}
                    Err(complaint) => complaints.push(*complaint),
                }
            }
        }
    }
    diag::sort(&mut complaints);
    if complaints.is_empty() { Ok(()) } else { Err(BuildObstacle::Diagnosed(complaints)) }
}

fn page(
    site: &Planned<'_>,
    theme: &Theme,
    planned: (&Route, &Subject),
    published: &check::PublishedNumbers,
) -> Result<PackedPage, Box<Diagnostic>> {
    let bytes = match draw_by(&Ask::of(site), site.archive, theme, planned)? {
        DrawnContent::Bytes(bytes) => bytes,
        DrawnContent::Text(source) => source.text().as_bytes().to_vec(),
        DrawnContent::Copy(_) => unreachable!("what is passed on is of no part"),
    };
    Ok(PackedPage { route: planned.0.clone(), is_suspect: published.is_suspect(&bytes), bytes })
}

/// What other machines have made of a site.
#[derive(Debug, Default)]
pub struct OthersWork {
    /// The files, by address.
    files: BTreeMap<Route, site::FileDigest>,
    /// Pages with something that a source has to tell.
    suspects: Vec<(Route, Vec<u8>)>,
}

impl OthersWork {
    /// Takes note of a page that is in its place; `entry` says what it is.
    pub fn note(&mut self, page: PackedPage, entry: site::FileDigest) {
        let PackedPage { route, is_suspect, bytes } = page;
        if is_suspect {
            self.suspects.push((route.clone(), bytes));
        }
        self.files.insert(route, entry);
    }

    /// Takes note of a packed copy that is in its place.
    pub fn note_copy(&mut self, route: Route, entry: site::FileDigest) {
        self.files.insert(route, entry);
    }

    pub(super) fn has(&self, route: &Route) -> bool {
        self.files.contains_key(route)
    }

    /// The files, after what is suspect was looked at.
    pub(super) fn take(
        &self,
        (archive, outline): (&Archive, &Outline),
        published: &check::PublishedNumbers,
    ) -> SiteFiles {
        for (route, bytes) in &self.suspects {
            if let Some(subject) = outline.subject(route) {
                published.look(archive, (route, path_of(archive, subject)), bytes);
            }
        }
        self.files.iter().map(|(route, entry)| (route.output(), entry.clone())).collect()
    }
}

/// The rank of what is at an address of the planned site; nothing where nothing is there.
#[must_use]
pub fn rank_at(outline: &Outline, route: &Route) -> Option<site::Rank> {
    outline.subject(route).map(rank)
}
