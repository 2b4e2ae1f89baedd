//! What machines read of the whole site: feeds, the site map, what robots and browsers are told.

use super::{Addresses, Subject};
use crate::archive::{Archive, Document};
use crate::report::{PublicationDay, PublicationStatus, Record};
use crate::route::Route;

/// How many addresses a site map may hold (sitemaps.org 0.9).
pub(crate) const LARGEST_SITEMAP: usize = 50_000;

/// The file that says how feeds look.
pub(crate) const FEED_STYLE: &str = "feed.css";

/// The addresses of all but the site map.
pub(super) fn addresses(archive: &Archive, searchable: bool) -> Vec<(Route, Subject)> {
    let mut addresses = Vec::new();
    if archive.config.feeds {
        addresses.extend(Route::file("feed.xml").map(|route| (route, Subject::Feed(None))));
        addresses.extend(Route::file(FEED_STYLE).map(|route| (route, Subject::FeedStyle)));
        for slug in archive.places.keys().filter(|slug| has_news(archive.of_place(slug))) {
            let feed = Route::page([slug]).beside("feed.xml");
            addresses.extend(feed.map(|route| (route, Subject::Feed(Some(slug.clone())))));
        }
    }
    if !archive.places.is_empty() {
        addresses.extend(Route::file("places.json").map(|route| (route, Subject::PlaceNames)));
    }
    addresses.extend(Route::file("robots.txt").map(|route| (route, Subject::Robots)));
    if searchable {
        addresses.extend(Route::file("opensearch.xml").map(|route| (route, Subject::OpenSearch)));
    }
    addresses
}

/// Whether a feed of these documents would hold anything.
fn has_news(reports: &[Document]) -> bool {
    !newest(reports, 1).is_empty()
}

/// The `count` newest public documents whose date is known, newest first.
pub(crate) fn newest(reports: &[Document], count: usize) -> Vec<&Record> {
    let dated = |report: &&Record| {
        report.matter.status == PublicationStatus::Published
            && matches!(report.matter.published, PublicationDay::On(_))
    };
    let newer = |a: &&Record, b: &&Record| {
        b.matter.published.cmp(&a.matter.published).then_with(|| a.address.cmp(&b.address))
    };
    let mut reports: Vec<&Record> = reports.iter().map(Document::record).filter(dated).collect();
    // Of many thousand only a few are put in order.
    if count < reports.len() {
        reports.select_nth_unstable_by(count, newer);
        reports.truncate(count);
    }
    reports.sort_by(newer);
    reports
}

/// The files of the site map: one, or an index over parts where there are too many addresses.
pub(super) fn site_maps(archive: &Archive, addresses: &Addresses) -> Vec<(Route, Subject)> {
    let known = addresses.all().filter(|(_, subject)| is_known_to_robots(archive, subject));
    let parts = known.count().div_ceil(LARGEST_SITEMAP);
    let numbered = (1..=parts).filter(|_| parts > 1).map(|part| (map_name(Some(part)), Some(part)));
    let all = std::iter::once((map_name(None), None)).chain(numbered);
    all.filter_map(|(name, part)| Some((Route::file(&name)?, Subject::Sitemap(part)))).collect()
}

/// The file of the site map, or of one part of it.
pub(crate) fn map_name(part: Option<usize>) -> String {
    part.map_or_else(|| "sitemap.xml".to_owned(), |part| format!("sitemap-{part}.xml"))
}

/// Whether search engines should know what is at an address.
pub(crate) fn is_known_to_robots(archive: &Archive, subject: &Subject) -> bool {
    match subject.itself() {
        Subject::Report(at) => archive.reports[*at].matter.status == PublicationStatus::Published,
        Subject::Home
        | Subject::Place(_)
        | Subject::Year(..)
        | Subject::Kind(..)
        | Subject::Coverage(_)
        | Subject::Ancestry(_)
        | Subject::Indicators
        | Subject::Indicator(..)
        | Subject::Data
        | Subject::Contents
        | Subject::Offices
        | Subject::Log(_)
        | Subject::Pair(..)
        | Subject::Years(_)
        | Subject::Page(_) => true,
        _ => false,
    }
}
