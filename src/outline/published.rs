//! The addresses that come of what was published before: the log, earlier versions of documents, and
//! the addresses at which nothing stands any more. No address that was ever published is left
//! without an answer, as far as a page can give one.

use std::collections::BTreeSet;

use super::{Addresses, Subject};
use crate::archive::{Archive, Document};
use crate::publications::{PublicationEntry, PublicationLog, TextVersion, checkpoint_path, text_path, words};
use crate::report::{PublicationStatus, Record};
use crate::route::Route;
use crate::source::{Source, hex};
use crate::tlog;

/// So many entries stand on one page of the log; a year that has more is split at fixed numbers, so that
/// an entry stays on its page.
pub(crate) const LONGEST_LOG: u64 = 500;

/// The pages of the log and its feed, and the earlier versions of documents.
pub(super) fn addresses(archive: &Archive) -> Vec<(Route, Subject)> {
    let mut addresses = log(archive);
    for (at, document) in archive.reports.entries() {
        let earlier = earlier(archive, document);
        let versions = earlier.iter().map(|version| version.number);
        addresses
            .extend(versions.map(|number| (version_route(document, number), Subject::Version(at, number))));
    }
    addresses
}

fn log(archive: &Archive) -> Vec<(Route, Subject)> {
    let mut addresses = Vec::new();
    if archive.log.is_empty() {
        return addresses;
    }
    addresses.push((Route::page(["log"]), Subject::Log(None)));
    let feed = Route::file("log/feed.xml").filter(|_| archive.config.feeds);
    addresses.extend(feed.map(|route| (route, Subject::LogFeed)));
    addresses.extend(files(archive));
    for year in years(&archive.log) {
        addresses.push((log_route(year, None), Subject::Log(Some((year, None)))));
        let parts = log_parts(of_year(&archive.log, year));
        addresses.extend(
            parts
                .into_iter()
                .map(|part| (log_route(year, Some(part)), Subject::Log(Some((year, Some(part)))))),
        );
    }
    addresses
}

/// The files by which others verify the log (C2SP tlog-tiles): tiles, and the head of the log once it is signed.
fn files(archive: &Archive) -> Vec<(Route, Subject)> {
    let head = archive.sources.text(&checkpoint_path()).map(|_| (tlog::CHECKPOINT.to_owned(), None));
    let tiles = tlog::tiles(archive.log.entries().len() as u64, archive.log.sizes());
    let files = tiles.into_iter().map(|tile| (tile.path(), Some(tile))).chain(head);
    files
        .filter_map(|(path, tile)| Some((Route::file(&format!("log/{path}"))?, Subject::LogFile(tile))))
        .collect()
}

/// Whether what stands at an address is made of the record, so that the record need not name it.
pub(crate) fn is_of_record(route: &Route) -> bool {
    route.first() == "log" || route.as_str().contains("/versions/")
}

/// The years in which something was published, oldest first.
pub(crate) fn years(log: &PublicationLog) -> BTreeSet<i16> {
    log.entries().iter().map(|entry| entry.time.date().year()).collect()
}

/// The entries of a year. Their numbers rise, and so do their times.
pub(crate) fn of_year(log: &PublicationLog, year: i16) -> Vec<&PublicationEntry> {
    log.entries().iter().filter(|entry| entry.time.date().year() == year).collect()
}

/// The parts of a year of the log that is too long for one page, by the first number that each can have.
pub(crate) fn log_parts(entries: Vec<&PublicationEntry>) -> BTreeSet<u64> {
    let is_long = entries.len() as u64 > LONGEST_LOG;
    entries.into_iter().filter(|_| is_long).map(|entry| log_part(entry.number)).collect()
}

/// The first number of the part that an entry is in.
pub(crate) fn log_part(number: u64) -> u64 {
    number.saturating_sub(1) / LONGEST_LOG * LONGEST_LOG + 1
}

/// The page of a year of the log, or of a part of it.
pub(crate) fn log_route(year: i16, part: Option<u64>) -> Route {
    let steps = ["log".to_owned(), year.to_string()].into_iter();
    Route::page(steps.chain(part.map(|part| part.to_string())))
}

/// The texts that stood at a document's address and are others than the one that stands there now,
/// oldest first, as far as they are kept.
pub(crate) fn earlier<'a>(archive: &'a Archive, document: &Document) -> Vec<TextVersion<'a>> {
    if archive.log.is_empty() || document.matter.status != PublicationStatus::Published {
        return Vec::new();
    }
    let mut versions = archive.log.versions(&document.route());
    if stands_as_published(archive, document) {
        versions.pop();
    }
    versions.retain(|version| archive.sources.text(&text_path(&version.last.sha256)).is_some());
    versions
}

/// Whether a document of an archive reads as the last text that was published at its address.
pub(crate) fn stands_as_published(archive: &Archive, document: &Document) -> bool {
    let read = || is_as_published(&archive.log, document, archive.source(&document.path));
    document.as_published().unwrap_or_else(read)
}

/// Whether a document reads as the last text that was published at its address.
#[must_use]
pub fn is_as_published(log: &PublicationLog, record: &Record, source: &Source) -> bool {
    log.versions(&record.route()).last().is_some_and(|version| {
        version.last.sha256 == hex(&source.sha256()) || version.last.words == words(source, &record.matter)
    })
}

/// The page of an earlier version of a document.
pub(crate) fn version_route(document: &Record, number: usize) -> Route {
    document.route().below(&format!("versions/{number}/"))
}

/// Gives an answer to every address that was published and has none, and says which were lost: nothing
/// says where what stood there has gone.
pub(super) fn lead_back(archive: &Archive, addresses: &mut Addresses) -> BTreeSet<Route> {
    let mut lost = BTreeSet::new();
    let documents = archive.log.standing().filter(|(route, _)| !addresses.has(route));
    let documents: Vec<Route> = documents.map(|(route, _)| route.clone()).collect();
    for route in documents {
        addresses.settle_if_free(route.clone(), Subject::Gone(route));
    }
    for (old, new) in former_versions(archive, addresses) {
        addresses.settle_if_free(old, Subject::Redirect(new));
    }
    let unanswered = archive.log.addresses().filter(|route| !addresses.has(route));
    for route in unanswered.cloned().collect::<Vec<_>>() {
        match carried(addresses, &route) {
            Some(subject) => {
                addresses.settle_if_free(route, subject);
            }
            None => {
                if let Some(above) = route.is_page().then(|| above(addresses, &route)).flatten() {
                    addresses.settle_if_free(route.clone(), Subject::Redirect(above));
                }
                lost.insert(route);
            }
        }
    }
    lost
}

/// The addresses that earlier texts of documents had, and what they lead to: the same text where the
/// document stands now, or the document.
fn former_versions(archive: &Archive, addresses: &Addresses) -> Vec<(Route, Route)> {
    let mut led = Vec::new();
    for (route, _) in archive.log.standing() {
        let count = archive.log.count(route);
        let places: BTreeSet<&Route> =
            archive.log.of(route).map(|entry| &entry.address).filter(|_| count > 1).collect();
        for number in 1..count {
            let version = |place: &Route| place.below(&format!("versions/{number}/"));
            let now = Some(version(route)).filter(|now| addresses.has(now)).unwrap_or_else(|| route.clone());
            led.extend(places.iter().map(|place| (version(place), now.clone())));
        }
    }
    led
}

/// What stands at `route` because a page above it has moved, with all that was below.
fn carried(addresses: &Addresses, route: &Route) -> Option<Subject> {
    route.above().find_map(|above| {
        let Some(Subject::Redirect(new)) = addresses.get(&above) else { return None };
        let there = new.below(route.as_str().strip_prefix(above.as_str())?);
        match addresses.get(&there)? {
            Subject::Redirect(to) => Some(Subject::Redirect(to.clone())),
            _ if route.is_page() => Some(Subject::Redirect(there)),
            Subject::Gone(_) => None,
            file => Some(file.clone()),
        }
    })
}

/// The nearest page above `route`, or where that has moved to.
fn above(addresses: &Addresses, route: &Route) -> Option<Route> {
    route.above().find_map(|above| match addresses.get(&above)? {
        Subject::Redirect(to) => Some(to.clone()),
        Subject::Gone(_) | Subject::NotFound => None,
        _ => Some(above),
    })
}
