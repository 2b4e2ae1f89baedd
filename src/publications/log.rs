//! All entries together: what they say of each document, followed through its addresses.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::{Event, FOLDER, MOST, PublicationEntry};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::route::Route;
use crate::source::{Source, Sources, Span};

/// The record of a site.
#[derive(Clone, Debug, Default)]
pub struct PublicationLog {
    entries: Vec<PublicationEntry>,
    /// Which entries tell of the document that stands, or stood last, at an address, oldest first.
    chains: BTreeMap<Route, Vec<usize>>,
    /// Every address that was ever published, whatever was there.
    addresses: BTreeSet<Route>,
    /// The number of the last publication.
    last: u32,
    /// How many entries there were after each publication but the last.
    ends: Vec<u64>,
}

/// A text that stood at a document's address.
#[derive(Clone, Copy, Debug)]
pub struct TextVersion<'a> {
    /// Its number, from one, which its address has.
    pub number: usize,
    /// The entry with which it came.
    pub first: &'a PublicationEntry,
    /// The last entry that has the same words, and perhaps another front matter.
    pub last: &'a PublicationEntry,
}

/// What became of a document.
#[derive(Clone, Copy, Debug)]
pub struct DocumentStanding<'a> {
    /// The last entry about it.
    pub last: &'a PublicationEntry,
    /// Whether something is at its address: its text, or the page that says that it was withdrawn.
    pub is_there: bool,
    /// Whether its text is there.
    pub is_readable: bool,
    /// Whether its earlier texts are not to be kept any more.
    pub is_erased: bool,
}

impl PublicationLog {
    /// The record among `sources`, with a complaint about each line that is none of its entries.
    #[must_use]
    pub fn read(sources: &Sources) -> Diagnosed<Self> {
        let (mut log, mut diagnostics) = (Self::default(), Vec::new());
        for source in sources.texts_below(FOLDER.into()) {
            let Some(number) = publication(source.path()) else { continue };
            log.last = log.last.max(number);
            match source.path().extension() {
                Some("jsonl") => diagnostics.extend(log.take(source)),
                _ => log.addresses.extend(source.text().lines().filter_map(address)),
            }
        }
        Diagnosed { value: log, diagnostics }
    }

    /// Takes in the entries of one publication.
    fn take(&mut self, source: &Source) -> Option<Diagnostic> {
        let mut start = 0;
        for line in source.text().lines() {
            let span = Span::new(start..start + line.len());
            start += line.len() + 1;
            let next = self.entries.len() as u64 + 1;
            match PublicationEntry::read(line).filter(|entry| entry.number == next) {
                Some(entry) => {
                    if span.range().start == 0 && self.ends_before(&entry) {
                        self.ends.push(next - 1);
                    }
                    self.push(entry);
                }
                None => return Some(broken(source, span, next)),
            }
        }
        None
    }

    /// Whether a publication ended before the file that begins with this entry, although both are of one second: the
    /// file before has room for more.
    fn ends_before(&self, entry: &PublicationEntry) -> bool {
        let count = self.entries.len() as u64 - self.ends.last().copied().unwrap_or_default();
        self.entries.last().is_some_and(|last| last.time == entry.time && !count.is_multiple_of(MOST as u64))
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, entry: PublicationEntry) {
        let at = self.entries.len();
        if self.entries.last().is_some_and(|last| last.time != entry.time) {
            self.ends.push(at as u64);
        }
        let is_free = !self.standing_at(&entry.address).is_some_and(|standing| standing.is_readable);
        let from = entry.from.as_ref().and_then(|from| self.chains.remove(from));
        let here = self.chains.entry(entry.address.clone()).or_default();
        // Of two documents that became one, the first brings its history along.
        here.extend(from.filter(|_| is_free).into_iter().flatten());
        here.push(at);
        self.entries.push(entry);
    }

    /// Every entry, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[PublicationEntry] {
        &self.entries
    }

    /// How many entries there were after each publication but the last.
    #[must_use]
    pub fn sizes(&self) -> &[u64] {
        &self.ends
    }

    /// Whether nothing was ever published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The number of the last publication; nought before the first.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.last
    }

    /// The entries about the document at an address, and where it stood before, oldest first.
    pub fn of<'a>(&'a self, route: &Route) -> impl DoubleEndedIterator<Item = &'a PublicationEntry> {
        self.chains.get(route).into_iter().flatten().map(|at| &self.entries[*at])
    }

    /// What every document became that was ever published, by its last address.
    pub fn standing(&self) -> impl Iterator<Item = (&Route, DocumentStanding<'_>)> {
        self.chains.keys().filter_map(|route| Some((route, self.standing_at(route)?)))
    }

    /// What became of the document at an address.
    #[must_use]
    pub fn standing_at(&self, route: &Route) -> Option<DocumentStanding<'_>> {
        let last = self.of(route).last()?;
        let is_telling = |entry: &&PublicationEntry| entry.event != Event::Moved;
        let fate = self.of(route).rev().find(is_telling).map_or(Event::Published, |entry| entry.event);
        let is_readable = fate.stands();
        Some(DocumentStanding {
            last,
            is_there: fate != Event::Removed,
            is_readable,
            is_erased: fate == Event::Erased,
        })
    }

    /// Every address that was published, in the order of the alphabet.
    pub fn addresses(&self) -> impl Iterator<Item = &Route> {
        self.addresses.iter()
    }

    /// Whether something was published at an address.
    #[must_use]
    pub fn knows(&self, route: &Route) -> bool {
        self.addresses.contains(route)
    }

    /// The texts that stood at an address, oldest first, as far as they can still be read: none of a
    /// document that is withdrawn, and of one that was restored those since then.
    #[must_use]
    pub fn versions(&self, route: &Route) -> Vec<TextVersion<'_>> {
        self.texts(route).0
    }

    /// How many texts ever stood at an address, whether they can still be read or not.
    #[must_use]
    pub fn count(&self, route: &Route) -> usize {
        self.texts(route).1
    }

    fn texts(&self, route: &Route) -> (Vec<TextVersion<'_>>, usize) {
        let mut versions: Vec<TextVersion<'_>> = Vec::new();
        let (mut number, mut is_readable) = (0, true);
        for entry in self.of(route) {
            match (entry.event, versions.last_mut()) {
                (Event::Moved, None) if !is_readable => {}
                (event, _) if !event.stands() => {
                    is_readable = false;
                    versions.clear();
                }
                (_, Some(version)) if version.last.words == entry.words => version.last = entry,
                _ => {
                    is_readable = true;
                    number += 1;
                    versions.push(TextVersion { number, first: entry, last: entry });
                }
            }
        }
        (versions, number)
    }
}

/// The number of the publication that a file of the record is of.
fn publication(path: &Utf8Path) -> Option<u32> {
    let is_own = path.parent() == Some(Utf8Path::new(FOLDER));
    let is_known = matches!(path.extension(), Some("jsonl" | "addresses"));
    path.file_stem().filter(|_| is_own && is_known)?.parse().ok()
}

/// An address of this site, as a line names it.
fn address(line: &str) -> Option<Route> {
    let path = line.strip_prefix('/')?;
    match line.ends_with('/') {
        true => Route::of_output(format!("{path}index.html").as_str().into()),
        false => Route::file(path),
    }
}

fn broken(source: &Source, span: Span, next: u64) -> Diagnostic {
    let words = Words::new(
        format!("这一行不是第 {next} 条公开记录，或者被改动过"),
        format!("this line is not entry {next} of the record, or was changed"),
    );
    Diagnostic::error("change/record", source.path(), words).at(span).help(
        "公开记录只增加、不修改；从版本库取回这个文件",
        "entries are added and never changed; take this file back from your version control",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u64, event: &str, rest: &str, words: &str) -> String {
        format!(
            r#"{{"number":{number},"time":"2026-11-29T14:30:00+08:00","event":"{event}",{rest}"path":"content/a/2019.md","title":"甲","kind":"annual-report","sha256":"s{number}","words":"{words}","published":"unknown"}}"#
        )
    }

    fn log(lines: &[String]) -> Diagnosed<PublicationLog> {
        let source = Source::new("publications/0001.jsonl", lines.join("\n"));
        let addresses = Source::new("publications/0001.addresses", "/\n/a/2019/\n/a/2019/index.md\n");
        PublicationLog::read(&Sources::new(vec![source, addresses], vec![]))
    }

    #[test]
    fn a_document_is_followed_through_its_addresses() {
        let here = r#""address":"/a/2019/","#;
        let lines = [
            line(1, "published", here, "x"),
            line(2, "described", here, "x"),
            line(3, "moved", r#""address":"/b/2019/","from":"/a/2019/","#, "x"),
            line(4, "corrected", r#""address":"/b/2019/","#, "y"),
        ];
        let Diagnosed { value: log, diagnostics } = log(&lines);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let there = Route::page(["b", "2019"]);
        assert_eq!(log.of(&there).count(), 4);
        let versions: Vec<_> =
            log.versions(&there).iter().map(|version| (version.number, version.last.number)).collect();
        assert_eq!(versions, [(1, 3), (2, 4)]);
        assert!(log.knows(&Route::home()) && log.knows(&Route::page(["a", "2019"])));
        assert_eq!(log.addresses().count(), 3);
        assert_eq!(log.last(), 1);
    }

    #[test]
    fn two_publications_of_one_second_are_two() {
        let of = |count: usize| {
            let line = |number| line(number, "published", &format!(r#""address":"/a{number}/2019/","#), "x");
            let lines: Vec<String> = (1..=count as u64 + 2).map(line).collect();
            let file = |name: &str, lines: &[String]| Source::new(name, lines.join("\n"));
            let (first, second) = lines.split_at(count);
            let (second, third) = second.split_at(1);
            let files = vec![
                file("publications/0001.jsonl", first),
                file("publications/0003.jsonl", second),
                file("publications/0004.jsonl", third),
            ];
            let read = PublicationLog::read(&Sources::new(files, vec![]));
            assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
            read.value.sizes().to_vec()
        };
        assert_eq!(of(2), [2, 3]);
        // What is more than one file can hold goes on in the next.
        assert_eq!(of(MOST), [MOST as u64 + 1]);
    }

    #[test]
    fn a_line_that_was_changed_or_taken_out_is_told() {
        let here = r#""address":"/a/2019/","#;
        let lines = [line(1, "published", here, "x"), line(3, "corrected", here, "y")];
        let read = log(&lines);
        assert_eq!(read.value.entries().len(), 1);
        assert_eq!(read.diagnostics[0].code, "change/record");
    }
}
