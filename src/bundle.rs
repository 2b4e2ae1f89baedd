//! The finished site as one file for those who keep it: a web archive that every replay tool opens ([`wacz`]), and a
//! copy that works from a disk without a server ([`offline`]). It knows paths and bytes of a finished site, and neither
//! folders on this machine nor what a report is. The same site gives the same bytes: every date in a bundle is that of
//! the publication.

mod index;
mod offline;
mod package;
mod record;

use std::io;

use jiff::civil::DateTime;

use crate::config::BaseUrl;

pub use offline::offline;
pub use package::{DIGEST, OpenedArchive, PACKAGE, opened, wacz};

/// What is said of a bundle as a whole.
#[derive(Clone, Debug)]
pub struct BundleDetails {
    /// Where the site stands.
    pub base: BaseUrl,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// When it was published, in UTC.
    pub published: DateTime,
    /// The program and its version.
    pub software: String,
}

impl BundleDetails {
    /// The moment as standards of the web write it.
    fn stamp(&self) -> String {
        format!("{}Z", self.published)
    }
}

/// One file of the finished site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledFile {
    /// Its path, as the manifest names it.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The kind of a file by its name's ending. Whatever a site has in text is UTF-8.
fn kind(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let name = kind.essence_str();
    let is_text = name.starts_with("text/") || name.ends_with("json") || name.ends_with("javascript");
    if is_text { format!("{name}; charset=utf-8") } else { name.to_owned() }
}

/// What a page calls itself in its head.
fn title(html: &str) -> Option<String> {
    let (_, behind) = html.split_once("<title>")?;
    let (title, _) = behind.split_once("</title>")?;
    let plain =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    Some(plain.iter().fold(title.trim().to_owned(), |text, (entity, sign)| text.replace(entity, sign)))
}

fn not_written(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}
