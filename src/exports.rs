//! What machines read: open data, feeds, the site map, what search is given of each document.

mod data;
mod feeds;
mod findable;
mod landmark;
mod spelled;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::ask::Ask;
use crate::outline::Subject;
use crate::pages;
use crate::publications::PublicationEntry;
use crate::route::Route;
use crate::tlog::Tile;
use crate::view::View;

pub use crate::pages::SearchFigure;
pub use findable::{Card, Findable, Lead, Makings, PlainBlock, findable, leads, makings};
pub use landmark::{Landmark, LandmarkSort, TranslatedLandmark, landmarks};

/// The view of the page of the open data, where `subject` is that.
#[must_use]
pub fn view(ask: &Ask<'_>, route: &Route, subject: &Subject) -> Option<View> {
    let is_data = *subject == Subject::Data;
    is_data.then(|| pages::finish(ask, (route, subject), data::page(ask)))
}

/// The file that is at an address and is no page: a feed, a site map; `None` where `subject` is
/// something else.
#[must_use]
pub fn file(ask: &Ask<'_>, subject: &Subject) -> Option<Vec<u8>> {
    match subject {
        Subject::LogFile(Some(tile)) => Some(tiled(ask, *tile)),
        Subject::Texts(place, kind) => Some(packed(pages::texts(ask, place, kind).as_bytes())),
        _ => text(ask, subject).map(String::into_bytes),
    }
}

fn text(ask: &Ask<'_>, subject: &Subject) -> Option<String> {
    match subject {
        Subject::Feed(place) => Some(feeds::feed(ask, place.as_deref())),
        Subject::LogFeed => Some(feeds::log(ask)),
        Subject::FeedStyle => Some(feeds::style(ask)),
        Subject::LogFile(None) => ask.checkpoint().map(|source| source.text().to_owned()),
        Subject::Sitemap(part) => Some(feeds::sitemap(ask, *part)),
        Subject::Robots => Some(feeds::robots(ask)),
        Subject::OpenSearch => Some(feeds::open_search(ask)),
        Subject::PlaceNames => Some(landmark::place_names(ask)),
        Subject::DataFile(file) => Some(data::text(ask, file)),
        _ => None,
    }
}

/// A tile of the log, whose entries are lines of the record.
fn tiled(ask: &Ask<'_>, tile: Tile) -> Vec<u8> {
    let entries = ask.log().entries();
    let line = |index: u64| {
        usize::try_from(index).ok().and_then(|index| entries.get(index)).map(PublicationEntry::line)
    };
    tile.bytes(|index| line(index).unwrap_or_default().into_bytes())
}

/// A text packed (gzip), the same bytes on every machine.
pub(crate) fn packed(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::default());
    packed.write_all(text).and_then(|()| packed.finish()).expect("memory takes all bytes")
}
