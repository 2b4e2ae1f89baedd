//! The site's own record of what was published: the folder `publications/` of its sources, as entries
//! that are only ever added to. This room knows how an entry is written and read, and what all of
//! them say together of a document; it does not know what stands on the site now.
//!
//! `publications/0001.jsonl` and others hold one entry a line, those of one publication in one file, which
//! is made once and never written to again. `0002.addresses` and others name the addresses that were new with
//! a publication, one a line; the numbers of both run on. `texts/<SHA-256>.md` are the texts as they were published.

mod entry;
mod log;

use camino::Utf8PathBuf;
use sha2::{Digest, Sha256};

use crate::report::{Matter, split};
use crate::source::{Source, hex};

pub use entry::{
    AttachmentsDigest, Event, PublicationEntry, RecordedCorrection, RecordedFigure, RecordedWithdrawal, Stamp,
};
pub use log::{DocumentStanding, PublicationLog, TextVersion};

/// The folder of the record, below the site's folder.
pub const FOLDER: &str = "publications";

/// The most entries of one file, so that none comes near to the largest text that is read.
pub const MOST: usize = 10_000;

/// Where the text with this SHA-256, in hexadecimal digits, is kept.
#[must_use]
pub fn text_path(sha256: &str) -> Utf8PathBuf {
    format!("{FOLDER}/texts/{sha256}.md").into()
}

/// Where the head of the record is kept, under the publisher's signature and those of witnesses.
#[must_use]
pub fn checkpoint_path() -> Utf8PathBuf {
    format!("{FOLDER}/checkpoint").into()
}

/// The SHA-256 of what readers read of a document, in hexadecimal digits: its title, title and text of
/// a wrapper in its front matter, and its text.
#[must_use]
pub fn words(source: &Source, matter: &Matter) -> String {
    let body = split(source).map_or("", |(_, body)| source.slice(body));
    let wrapper = matter.wrapper.as_ref();
    let around = wrapper.and_then(|wrapper| wrapper.title.as_deref()).unwrap_or_default();
    let within = wrapper.and_then(|wrapper| wrapper.text.as_ref()).map_or("", |text| &text.value);
    let mut hasher = Sha256::new();
    for part in [&matter.title.value, around, within, body] {
        hasher.update(part.trim());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}
