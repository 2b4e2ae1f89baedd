//! What a publication adds to the record. It is found by holding the site against what the record says
//! of it, so that a publication that was broken off and is made again adds nothing twice, and one of
//! an unchanged site adds nothing.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use super::state;
use crate::archive::{Archive, Document};
use crate::outline::published::is_of_record;
use crate::outline::{Outline, Subject};
use crate::publications::{
    DocumentStanding, Event, FOLDER, MOST, PublicationEntry, PublicationLog, RecordedCorrection, Stamp,
    text_path,
};
use crate::report::PublicationStatus;
use crate::route::Route;
use crate::source::hex;

/// What is added to the record of a site, and what is taken from it.
#[derive(Debug, Default, PartialEq)]
pub struct Appendix {
    /// The entries, in their order.
    pub entries: Vec<PublicationEntry>,
    /// New files below the site's folder, in the order in which they are to be made: the texts first, so
    /// that an entry never names one that is not there.
    pub files: Vec<(Utf8PathBuf, String)>,
    /// Texts that are not to be kept any more, because of what is in them.
    pub erased: Vec<Utf8PathBuf>,
    /// Lists of addresses without the names of files that are not to be kept.
    pub rewritten: Vec<(Utf8PathBuf, String)>,
}

impl Appendix {
    /// Whether the record stays as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is added to the record when a site is published at this moment. Drafts are not published, even
/// where the archive shows them.
#[must_use]
pub fn append((archive, outline): (&Archive, &Outline), when: Stamp) -> Appendix {
    let ledger = PublicationMoment { archive, when, moves: moves(archive, outline) };
    let public = archive.reports.iter().filter(|document| document.matter.status != PublicationStatus::Draft);
    let mut entries: Vec<PublicationEntry> = public.flat_map(|document| ledger.of(document)).collect();
    entries.extend(removal_entries(archive, outline, when));
    let first = archive.log.entries().len() as u64 + 1;
    for (number, entry) in (first..).zip(&mut entries) {
        entry.number = number;
    }
    let mut log = archive.log.clone();
    entries.iter().cloned().for_each(|entry| log.push(entry));
    let erased = erased(&log);
    let mut files = texts(archive, &entries, &erased);
    files.extend(publications(archive, outline, &entries));
    let gone = erased.into_iter().filter(|path| archive.sources.text(path).is_some()).collect();
    Appendix { entries, files, erased: gone, rewritten: without_names(archive, &log) }
}

/// Old addresses of documents that lead to another document now, by the address that they lead to.
pub(super) fn moves<'a>(
    archive: &'a Archive,
    outline: &Outline,
) -> BTreeMap<Route, Vec<DocumentStanding<'a>>> {
    let mut moves: BTreeMap<Route, Vec<DocumentStanding<'_>>> = BTreeMap::new();
    for (old, standing) in archive.log.standing().filter(|(_, standing)| standing.is_there) {
        if let Some(Subject::Redirect(new)) = outline.subject(old)
            && archive.at(new).is_some_and(|document| document.matter.status != PublicationStatus::Draft)
        {
            moves.entry(new.clone()).or_default().push(standing);
        }
    }
    moves
}

/// Entries about documents of which nothing is left.
fn removal_entries(archive: &Archive, outline: &Outline, when: Stamp) -> Vec<PublicationEntry> {
    let is_gone = |route: &Route| match outline.subject(route) {
        Some(Subject::Report(at)) => archive.reports[*at].matter.status == PublicationStatus::Draft,
        Some(Subject::Redirect(to)) => archive.at(to).is_none(),
        _ => true,
    };
    let there = archive.log.standing().filter(|(_, standing)| standing.is_there);
    let gone = there.filter(|(route, _)| is_gone(route));
    gone.map(|(_, standing)| PublicationEntry { event: Event::Removed, ..again(standing.last, when) })
        .collect()
}

/// The last entry about a document once more, with nothing that was news then.
fn again(last: &PublicationEntry, time: Stamp) -> PublicationEntry {
    PublicationEntry { time, from: None, corrections: Vec::new(), withdrawal: None, ..last.clone() }
}

/// What documents are held against.
struct PublicationMoment<'a> {
    archive: &'a Archive,
    when: Stamp,
    moves: BTreeMap<Route, Vec<DocumentStanding<'a>>>,
}

impl PublicationMoment<'_> {
    /// The entries about a document.
    fn of(&self, document: &Document) -> Vec<PublicationEntry> {
        let route = document.route();
        let here = self.archive.log.standing_at(&route);
        let came = self.moves.get(&route).map_or(&[][..], Vec::as_slice);
        // What stands at the address is its own past, and else that of what came first.
        let before = here.filter(|here| here.is_there).or_else(|| came.first().copied()).or(here);
        let moved = came.iter().filter_map(|from| Some(self.moved(document, from.last, before?.last)));
        let mut entries: Vec<PublicationEntry> = moved.collect();
        entries.extend(self.news(document, before));
        entries
    }

    /// Where two documents became one, both tell of the text of the one whose past goes on.
    fn moved(
        &self,
        document: &Document,
        from: &PublicationEntry,
        before: &PublicationEntry,
    ) -> PublicationEntry {
        let (address, path) = (document.route(), document.path.clone());
        let from = Some(from.address.clone());
        PublicationEntry { event: Event::Moved, address, from, path, ..again(before, self.when) }
    }

    /// What is new of a document that was so `before`.
    fn news(&self, document: &Document, before: Option<DocumentStanding<'_>>) -> Vec<PublicationEntry> {
        if document.matter.status == PublicationStatus::Withdrawn {
            return self.withdrawn(document, before);
        }
        if before.is_some_and(|before| before.is_readable && is_same(self.archive, document, before.last)) {
            return Vec::new();
        }
        let mut now = state::entry(self.archive, document, self.when);
        if let Some(before) = before {
            let known = noted(&self.archive.log, before.last);
            now.corrections.retain(|note| !known.contains(note));
            now.event = match before.is_readable {
                false => Event::Restored,
                true if says_the_same(before.last, &now) => Event::Described,
                true => Event::Corrected,
            };
        }
        vec![now]
    }

    fn withdrawn(&self, document: &Document, before: Option<DocumentStanding<'_>>) -> Vec<PublicationEntry> {
        let mut now = state::entry(self.archive, document, self.when);
        now.corrections.clear();
        if let Some(before) = before {
            // The text that stood there is what was withdrawn, and not what was made of its file.
            let PublicationEntry { sha256, words, written, published, .. } = before.last.clone();
            now = PublicationEntry { sha256, words, written, published, ..now };
        }
        let is_told = |before: DocumentStanding<'_>| {
            let chain = self.archive.log.of(&before.last.address);
            let last = chain.rev().find(|entry| entry.event == Event::Withdrawn);
            last.is_some_and(|last| last.withdrawal == now.withdrawal)
        };
        let is_withdrawn = before.is_some_and(|before| before.is_there && !before.is_readable);
        let is_erased = before.is_some_and(|before| before.is_erased);
        let erases = document.matter.withdrawal.as_ref().is_some_and(|said| said.reason.erases());
        let erasure = (erases && !is_erased).then(|| PublicationEntry {
            event: Event::Erased,
            withdrawal: None,
            ..now.clone()
        });
        let is_new = !(is_erased || is_withdrawn && before.is_some_and(is_told));
        is_new.then_some(now).into_iter().chain(erasure).collect()
    }
}

/// Whether a document is exactly what the record says.
fn is_same(archive: &Archive, document: &Document, last: &PublicationEntry) -> bool {
    last.sha256 == hex(&archive.source(&document.path).sha256())
        && last.files == state::attached(archive, document)
}

/// Whether two entries tell the same to readers.
fn says_the_same(one: &PublicationEntry, other: &PublicationEntry) -> bool {
    let key = |entry: &PublicationEntry| (entry.words.clone(), entry.figures.clone(), entry.files.clone());
    let dates = |entry: &PublicationEntry| (entry.written, entry.published.clone());
    key(one) == key(other) && dates(one) == dates(other)
}

/// Every correction that was told of a document, of which this is the last entry.
pub(super) fn noted(log: &PublicationLog, last: &PublicationEntry) -> BTreeSet<RecordedCorrection> {
    log.of(&last.address).flat_map(|entry| &entry.corrections).cloned().collect()
}

/// The texts that are published with these entries and not kept yet.
fn texts(
    archive: &Archive,
    entries: &[PublicationEntry],
    erased: &BTreeSet<Utf8PathBuf>,
) -> Vec<(Utf8PathBuf, String)> {
    let mut texts = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.event.stands() && entry.event != Event::Moved) {
        let path = text_path(&entry.sha256);
        if archive.sources.text(&path).is_none() && !erased.contains(&path) {
            texts.insert(path, archive.source(&entry.path).text().to_owned());
        }
    }
    texts.into_iter().collect()
}

/// The files that hold the entries, and the addresses that are new.
fn publications(
    archive: &Archive,
    outline: &Outline,
    entries: &[PublicationEntry],
) -> Vec<(Utf8PathBuf, String)> {
    let mut number = archive.log.last();
    let mut file = |ending: &str, lines: String| {
        number += 1;
        (Utf8PathBuf::from(format!("{FOLDER}/{number:04}.{ending}")), lines)
    };
    let lines =
        |entries: &[PublicationEntry]| entries.iter().map(|entry| entry.line() + "\n").collect::<String>();
    let mut files: Vec<_> = entries.chunks(MOST).map(|some| file("jsonl", lines(some))).collect();
    let lasting = outline.routes().map(|(route, _)| route).filter(|route| !is_of_record(route));
    let new = lasting.filter(|route| !archive.log.knows(route));
    let addresses: String = new.map(|route| format!("{route}\n")).collect();
    if !addresses.is_empty() {
        files.push(file("addresses", addresses));
    }
    files
}

/// The texts of documents that are erased, as far as no other document needs them.
fn erased(log: &PublicationLog) -> BTreeSet<Utf8PathBuf> {
    let digests = |is_erased: bool| {
        let chains = log.standing().filter(move |(_, standing)| standing.is_erased == is_erased);
        chains.flat_map(|(route, _)| log.of(route)).map(|entry| entry.sha256.as_str())
    };
    let mut gone: BTreeSet<&str> = digests(true).collect();
    if !gone.is_empty() {
        digests(false).for_each(|digest| {
            gone.remove(digest);
        });
    }
    gone.into_iter().map(text_path).collect()
}

/// The lists of addresses that name files beside documents that are erased, without those.
fn without_names(archive: &Archive, log: &PublicationLog) -> Vec<(Utf8PathBuf, String)> {
    let erased: Vec<&Route> = log.standing().filter(|(_, at)| at.is_erased).map(|(route, _)| route).collect();
    let is_of_another = |line: &str, name: &str| match name.split_once('/') {
        Some((folder, rest)) if !rest.is_empty() => {
            let above = &line[..line.len() - name.len()];
            archive
                .log
                .addresses()
                .any(|route| route.as_str().strip_prefix(above) == Some(&format!("{folder}/")))
        }
        _ => false,
    };
    let is_named = |line: &&str| {
        let below = erased.iter().filter_map(|route| line.strip_prefix(route.as_str()));
        // What lies in the folder of another document is that document's.
        let below = below.filter(|name| !is_of_another(line, name));
        below
            .into_iter()
            .any(|name: &str| !name.is_empty() && !name.ends_with('/') && !name.ends_with("index.md"))
    };
    let lists = archive
        .sources
        .texts_below(FOLDER.into())
        .filter(|text| text.path().extension() == Some("addresses"));
    let lists = lists.filter(|text| !erased.is_empty() && text.text().lines().any(|line| is_named(&line)));
    lists
        .map(|text| {
            let kept = text.text().lines().filter(|line| !is_named(line));
            (text.path().to_owned(), kept.map(|line| format!("{line}\n")).collect())
        })
        .collect()
}
