//! A site that gathers those of many offices: which of an office's files are read, what has to hold before anything of
//! them is believed, and how all offices become one archive. It opens no file and no connection; `remote::gather` does.
//!
//! An office's site is taken over as a whole or not at all, so that what is shown of it is what it published at some
//! time. What is wrong with one is a [`OfficeFault`] of its own and stops nobody else.

mod copy;
mod fault;
mod history;
mod merge;

use serde::{Deserialize, Serialize};

use crate::offices::OfficeStanding;
use crate::publications::Stamp;
use crate::site::FileDigest;

pub use copy::{
    LARGEST_MANIFEST, OfficeCopy, OfficeDocument, PlaceRow, copy, listed, listing, manifest, vouched,
};
pub use fault::OfficeFault;
pub use history::{checkpoint, follows, log_files};
pub use merge::{MergedOffices, counted, merge, office_findings, refused};

/// What became of asking an office.
#[derive(Debug)]
pub struct AskedOffice {
    /// What is shown of it; nothing where nothing can be.
    pub copy: Option<OfficeCopy>,
    /// When that was read.
    pub read: Option<Stamp>,
    /// Whether it is what the office publishes now.
    pub standing: OfficeStanding,
    /// Whether its signature was checked.
    pub is_signed: bool,
    /// What is wrong.
    pub faults: Vec<OfficeFault>,
}

/// What is remembered of an office from one run to the next: the copy that was last believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RememberedOffice {
    /// The address that it was read from.
    pub url: String,
    /// Its manifest, whose bytes are kept by this digest.
    pub manifest: FileDigest,
    /// The public key that had signed it, if one was asked for.
    pub key: Option<String>,
    /// When it was read.
    pub read: Stamp,
    /// The head of its log, where it has a signed one.
    pub checkpoint: Option<String>,
}
