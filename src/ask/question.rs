//! What can be asked of an archive. Whoever makes a page learns about the archive by these questions
//! alone, so that what a page was made from is known by what was asked.

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use crate::outline::data::Slice;
use crate::route::{Address, Route, Year};

/// A question; what it answers is said as it is digested, by [`super::Planned::digest`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// What the document at an address says of itself, or that there is none.
    Document(Address),
    /// The whole text of the document at an address.
    Text(Address),
    /// What the documents of a place say of themselves.
    OfPlace(String),
    /// What the documents of a year say of themselves.
    OfYear(Year),
    /// What the documents of a kind and a year say of themselves.
    OfKind(String, Year),
    /// What all documents say of themselves.
    All,
    /// The figures of an indicator, and who tells them.
    Values(String),
    /// What the documents that tell an indicator say of themselves.
    Tellers(String),
    /// What others tell of a place: its name, what it belongs to, whether it has documents.
    Place(String),
    /// The whole text of a place.
    PlaceText(String),
    /// The places that belong to a place, or the topmost ones.
    Children(Option<String>),
    /// Every place.
    Places,
    /// The text of the home page.
    Home,
    /// The text of a plain page.
    Page(Route),
    /// Every plain page.
    Pages,
    /// What the menu of every page leads to.
    Menu,
    /// The years that documents cover, and how many each has.
    Years,
    /// The kinds that documents are of, and how many each has.
    Kinds,
    /// How many documents of a kind each year has.
    YearsOfKind(String),
    /// Whether something stands at an address.
    Address(Route),
    /// Every address.
    Addresses,
    /// Where what is at an address stands, if that is the site of an office.
    Elsewhere(Route),
    /// What became of asking every office.
    Offices,
    /// How many rows of open data a slice has.
    Rows(Slice),
    /// How many rows of open data every slice has.
    Slices,
    /// The places and years of the tables of coverage.
    Ledger,
    /// The places and years whose annual reports are asked how much of them is new.
    AncestryTable,
    /// Where the sentences of the document at an address come from.
    Origins(Address),
    /// How many sentences of each document of a place come from where.
    Newness(String),
    /// How many sentences of every document come from where.
    NewnessOfAll,
    /// The places at and below one, in the first table of coverage.
    Seats(String),
    /// The documents that are about the one at an address.
    Referrers(Route),
    /// The answers to the plan at an address.
    Answers(Route),
    /// Everything that was ever published.
    Log,
    /// What was recorded of the document at an address, and which earlier texts it has.
    Past(Route),
    /// A file that is passed on.
    Blob(Utf8PathBuf),
}
