//! What has to be done so that a finished site stands on a server: pure, from two manifests and what is
//! known of the server. Nothing here opens a file or a connection; `remote` carries a plan out.
//!
//! The order is such that a reader who comes in the middle never meets a link that leads nowhere, whenever the
//! publisher is killed: new files first (nothing links to them yet), then changed ones from assets to the home
//! page, then the manifest, and removals last. Styles and scripts that a page of the site before asks for stay
//! for one publication longer.

mod headers;
mod plan;
mod rank;
mod state;
mod target;

pub use headers::Headers;
pub use plan::{
    DeliveryRefusal, FileToSend, Plan, Removal, SendCause, ServerFile, ServerListing, ServerSite, plan,
};
pub use rank::{is_named_by_content, takes_back};
pub use state::{JOURNAL, LOCK, LockHolder, PRIVATE, PublishJournal, STATE, TargetState};
pub use target::{PublishTarget, Service, StoreLocation};
