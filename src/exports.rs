//! What machines read: open data, feeds, the site map, what search is given of each document.

mod data;
mod feeds;
mod findable;
mod landmark;

use crate::ask::Ask;
use crate::outline::Subject;
use crate::pages;
use crate::route::Route;
use crate::view::View;

pub use findable::{Card, Findable, Lead, Makings, findable, leads, makings};
pub use landmark::{Landmark, landmarks};

/// The view of the page of the open data, where `subject` is that.
#[must_use]
pub fn view(ask: &Ask<'_>, route: &Route, subject: &Subject) -> Option<View> {
    let is_data = *subject == Subject::Data;
    is_data.then(|| pages::finish(ask, (route, subject), data::page(ask)))
}

/// The file made of text that is at an address and is no page: a feed, a site map; `None` where
/// `subject` is something else.
#[must_use]
pub fn text(ask: &Ask<'_>, subject: &Subject) -> Option<String> {
    match subject {
        Subject::Feed(place) => Some(feeds::feed(ask, place.as_deref())),
        Subject::Sitemap(part) => Some(feeds::sitemap(ask, *part)),
        Subject::Robots => Some(feeds::robots(ask)),
        Subject::OpenSearch => Some(feeds::open_search(ask)),
        Subject::Texts(place, kind) => Some(pages::texts(ask, place, kind)),
        Subject::DataFile(file) => Some(data::text(ask, file)),
        _ => None,
    }
}
