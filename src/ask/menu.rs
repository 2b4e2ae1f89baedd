//! What the menu of every page leads to.

use serde::Serialize;

use crate::archive::Archive;
use crate::outline::{ANNUAL, Outline, offer};
use crate::route::{Route, Year};

/// The menu, which stands on every page, has no more plain pages than these.
const LONGEST: usize = 20;

/// What there is that every page leads to. It says little, so that few edits change it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Menu<'a> {
    pub(crate) newest_year: Option<Year>,
    pub(crate) annual_reports: bool,
    pub(crate) indicators: bool,
    pub(crate) coverage: bool,
    pub(crate) ancestry: bool,
    pub(crate) data: bool,
    pub(crate) log: bool,
    pub(crate) offices: bool,
    /// The plain pages by title and address.
    pub(crate) pages: Vec<(&'a str, Route)>,
}

impl<'a> Menu<'a> {
    pub(super) fn of(archive: &'a Archive, outline: &Outline) -> Self {
        let pages = archive.pages.iter().take(LONGEST);
        Self {
            newest_year: outline.lists.by_year.keys().next_back().copied(),
            annual_reports: outline.lists.by_kind.contains_key(ANNUAL),
            indicators: !outline.figures.by_indicator.is_empty(),
            coverage: !outline.ledger.is_empty(),
            ancestry: !outline.ancestry.is_empty(),
            data: offer::is_offered(archive),
            log: !archive.log.is_empty(),
            offices: !archive.offices.is_empty(),
            pages: pages.map(|page| (page.title.as_str(), page.leaf.route())).collect(),
        }
    }
}
