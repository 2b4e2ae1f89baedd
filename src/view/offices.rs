//! What the page of the offices shows, whose documents a federated site gathers.

use serde::Serialize;

use super::DateText;

/// The offices whose documents a federated site gathers.
#[derive(Debug, Serialize)]
pub struct OfficesPage {
    /// How many of their documents are shown.
    pub documents: usize,
    /// How many of them are shown as they were before, or not at all.
    pub troubled: usize,
    /// Each of them, in the order in which the site names them.
    pub offices: Vec<OfficeRow>,
}

/// An office, and what became of asking it.
#[derive(Debug, Serialize)]
pub struct OfficeRow {
    /// Its name in the list of offices; its anchor on the page is `office-` and this.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Where its site stands.
    pub href: String,
    /// `current`, `earlier` or `absent`: whether what is shown is what it publishes now.
    pub standing: &'static str,
    /// When the manifest was read of what is shown; nothing where nothing is shown.
    pub read: Option<DateText>,
    /// How many of its documents are shown.
    pub documents: usize,
    /// Whether the signature of what is shown was checked.
    pub signed: bool,
    /// What is wrong, in words.
    pub troubles: Vec<String>,
}
