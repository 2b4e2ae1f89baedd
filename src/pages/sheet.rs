//! A page without what stands around every page, and what several makers of pages need.

use crate::archive::DocumentId;
use crate::ask::Ask;
use crate::outline::ListParts;
use crate::route::Route;
use crate::view::{self, Content, SplitPart};
use crate::words;

/// A page without what stands around every page, which [`super::finish`] puts there.
pub(crate) struct PageSheet {
    pub(crate) heading: String,
    pub(crate) description: String,
    pub(crate) labels: Vec<view::PageLabel>,
    pub(crate) breadcrumbs: Vec<(String, Option<Route>)>,
    pub(crate) json_ld: Option<serde_json::Value>,
    pub(crate) feed: Option<String>,
    pub(crate) robots: Option<&'static str>,
    pub(crate) canonical: Option<Route>,
    pub(crate) content: Content,
}

impl PageSheet {
    pub(crate) fn new(heading: String, description: String, content: Content) -> Self {
        Self {
            heading,
            description,
            labels: Vec::new(),
            breadcrumbs: Vec::new(),
            json_ld: None,
            feed: None,
            robots: None,
            canonical: None,
            content,
        }
    }
}

/// The last step of the way is the page itself, and no link.
pub(super) fn unlink_last(breadcrumbs: &mut [(String, Option<Route>)]) {
    if let Some((_, route)) = breadcrumbs.last_mut() {
        *route = None;
    }
}

/// A list of places, or the part of it that lies below one of them: what stands at its head.
pub(super) struct PlaceList {
    pub(super) heading: String,
    pub(super) breadcrumbs: Vec<(String, Option<Route>)>,
}

impl PlaceList {
    /// The part below `root` of the list that is called `name` and stands at the address `slug`, or all of it.
    pub(super) fn part(ask: &Ask<'_>, (name, slug): (&str, &str), root: Option<&str>) -> Self {
        let home = words::of(ask.config()).home();
        let whole = (name.to_owned(), Some(Route::page([slug])));
        let part = root.map(|root| ask.part_name(root));
        let heading = part.as_ref().map_or(name.to_owned(), |part| format!("{name} · {part}"));
        let steps = [(home.to_owned(), Some(Route::home())), whole];
        let mut breadcrumbs: Vec<_> = steps.into_iter().chain(part.map(|part| (part, None))).collect();
        unlink_last(&mut breadcrumbs);
        Self { heading, breadcrumbs }
    }
}

/// The links to the parts of a list that is split, below the address `base`.
pub(super) fn split_parts(ask: &Ask<'_>, parts: &ListParts, base: &[&str]) -> Vec<SplitPart> {
    let part = |(name, reports): (&String, &Vec<DocumentId>)| SplitPart {
        title: ask.part_name(name),
        href: ask.href(&Route::page(base.iter().copied().chain([name.as_str()]))),
        count: reports.len(),
    };
    parts.groups.iter().map(part).collect()
}
