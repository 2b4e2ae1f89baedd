//! The door to where a site is published: a folder, or a store that speaks HTTP. What has to be done there is
//! planned in [`crate::deliver`]; here it is looked at, locked, and carried out a file at a time.
//!
//! A store reads, writes whole files, makes a file only where none is, removes and lists. Nothing else is asked of it,
//! so that what Amazon's, Alibaba's and Tencent's stores do differently stays in one table (`bucket::ServiceManner`).

#![allow(
    clippy::disallowed_methods,
    reason = "this is one of the doors that the other rooms are asked to use"
)]

mod body;
mod bucket;
mod dav;
mod exchange;
mod folder;
mod gather;
mod lock;
mod look;
mod pace;
mod patience;
mod publish;
mod sign;
mod store;
mod trouble;
mod verify;
mod visit;
mod wire;
mod xml;

pub use exchange::{Exchange, Waiting};
pub use gather::{OfficeGathering, gather};
pub use look::look;
pub use patience::Patience;
pub use publish::{
    FinishedSite, LockClaim, Publication, PublicationResult, PublishEvent, planned, publish, roll_back,
};
pub use store::{Store, get, open};
pub use trouble::TargetTrouble;
pub use verify::{Differences, verify};
pub use visit::{Manners, visit};
