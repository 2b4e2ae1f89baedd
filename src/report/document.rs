//! A document as it was read, and the figures that it tells.

use std::ops::Deref;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::bodies::NamedBody;
use super::body::Body;
use super::matter::{Amount, Matter};
use super::people::Person;
use super::statute::CarriedRequests;
use super::tasks::PlanTask;
use crate::route::{Address, Route};
use crate::source::{Source, Span};

/// A document of a place and a year: what others may tell of it, and what is found in its text.
#[derive(Clone, Debug)]
pub struct Report {
    /// What others may tell of it.
    pub record: Record,
    /// What is found in its text.
    pub parsed: ParsedDocument,
}

/// What others may tell of a document without reading its text. An edit of the text that is none of
/// a figure, a link to a file or a section leaves it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// Place, year and name, from the path.
    pub address: Address,
    /// What its author says of it.
    pub matter: Matter,
    /// Its figures, each bound to its words, in the order of the registry.
    pub figures: Vec<Figure>,
    /// The files beside it that are published with it, in order, each once.
    pub files: Vec<Utf8PathBuf>,
    /// How many sections its text has.
    pub sections: usize,
}

/// What is found in the text of a document, as places in its source.
#[derive(Clone, Debug, Default)]
pub struct ParsedDocument {
    /// The text.
    pub body: Body,
    /// Where figure and unit of each figure of the record stand; `None` where they come from an
    /// attachment or are broken by markup, or stand where another is marked.
    pub marks: Vec<Option<Span>>,
    /// The tasks that it sets, in the order of the text or as they are declared.
    pub tasks: Vec<PlanTask>,
    /// What no page of its own shows of it; nothing where it was read for a page alone.
    pub notable: Option<Notable>,
}

/// What is found in the text of a document to be held against others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Notable {
    /// What a report on disclosure takes over from the year before and leaves to the next.
    pub carried: CarriedRequests,
    /// The bodies that it tells.
    pub bodies: Vec<NamedBody>,
    /// Persons whom it lists with something sensitive.
    pub people: Vec<Person>,
}

/// A document that is open for reading.
#[derive(Clone, Copy, Debug)]
pub struct OpenDocument<'a> {
    /// What others may tell of it.
    pub record: &'a Record,
    /// Its source.
    pub source: &'a Source,
    /// What is found in its text.
    pub parsed: &'a ParsedDocument,
}

impl Deref for Report {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

impl Deref for OpenDocument<'_> {
    type Target = Record;

    fn deref(&self) -> &Record {
        self.record
    }
}

/// A declared value and the words that it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The indicator.
    pub indicator: String,
    /// What is declared: a value, a bound or a range.
    #[serde(with = "whole")]
    pub amount: Amount,
    /// Whether it is marked where it stands on the page of its document.
    pub is_marked: bool,
    /// The anchor of the section, if the words stand in one.
    pub anchor: Option<Box<str>>,
    /// The sentence, or the row of the table.
    pub sentence: Box<str>,
}

impl Figure {
    /// The place on the page to link to.
    #[must_use]
    pub fn fragment(&self) -> String {
        match (self.is_marked, &self.anchor) {
            (true, _) => format!("fig-{}", self.indicator),
            (false, Some(anchor)) => anchor.to_string(),
            (false, None) => String::new(),
        }
    }

    /// The same place as a link on the document's page; empty where there is none.
    #[must_use]
    pub fn href(&self) -> String {
        match self.fragment() {
            fragment if fragment.is_empty() => fragment,
            fragment => format!("#{}", crate::route::encode(&fragment)),
        }
    }
}

impl Record {
    /// The address of its page.
    #[must_use]
    pub fn route(&self) -> Route {
        self.address.route()
    }

    /// The folder of its file, where its attachments are.
    #[must_use]
    pub fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }
}

/// An amount with what it has not: in a form without names nothing can be left out.
mod whole {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::super::matter::{Amount, Qualifier, Quantity};

    pub(super) fn serialize<S: Serializer>(amount: &Amount, to: S) -> Result<S::Ok, S::Error> {
        (amount.value, amount.to, amount.qualifier).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        let (value, to, qualifier) = <(Quantity, Option<Quantity>, Option<Qualifier>)>::deserialize(from)?;
        Ok(Amount { value, to, qualifier })
    }
}
