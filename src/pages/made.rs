//! What the makers of views make.

use crate::route::Route;
use crate::view::{self, Content};

/// What the makers of views make; [`finish`] puts the page around it.
pub(crate) struct Made {
    pub(crate) heading: String,
    pub(crate) description: String,
    pub(crate) labels: Vec<view::Label>,
    pub(crate) breadcrumbs: Vec<(String, Option<Route>)>,
    pub(crate) json_ld: Option<serde_json::Value>,
    pub(crate) feed: Option<String>,
    pub(crate) robots: Option<&'static str>,
    pub(crate) canonical: Option<Route>,
    pub(crate) content: Content,
}

impl Made {
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
pub(super) fn here(breadcrumbs: &mut [(String, Option<Route>)]) {
    if let Some((_, route)) = breadcrumbs.last_mut() {
        *route = None;
    }
}
