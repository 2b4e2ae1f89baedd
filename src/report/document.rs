//! A document as it was read, and the figures that it tells.

use camino::{Utf8Path, Utf8PathBuf};

use super::body::Body;
use super::matter::{Amount, Matter};
use super::tasks::Task;
use crate::route::{Address, Route};
use crate::source::Span;

/// A document of a place and a year.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// Place, year and name, from the path.
    pub address: Address,
    /// What its author says of it.
    pub matter: Matter,
    /// The text, as places in the source.
    pub body: Body,
    /// Its figures, each bound to its words, in the order of the registry.
    pub figures: Vec<Figure>,
    /// The tasks that it sets, in the order of the text or as they are declared.
    pub tasks: Vec<Task>,
}

/// A declared value and the words that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The indicator.
    pub indicator: String,
    /// What is declared: a value, a bound or a range.
    pub amount: Amount,
    /// Where figure and unit stand in the source; `None` where they come from an attachment
    /// or are broken by markup.
    pub span: Option<Span>,
    /// The anchor of the section, if the words stand in one.
    pub anchor: Option<Box<str>>,
    /// The sentence, or the row of the table.
    pub sentence: Box<str>,
}

impl Figure {
    /// The place on the page to link to.
    #[must_use]
    pub fn fragment(&self) -> String {
        match (&self.span, &self.anchor) {
            (Some(_), _) => format!("fig-{}", self.indicator),
            (None, Some(anchor)) => anchor.to_string(),
            (None, None) => String::new(),
        }
    }
}

impl Figure {
    /// The same place as a link on the document's page; empty where there is none.
    #[must_use]
    pub fn href(&self) -> String {
        match self.fragment() {
            fragment if fragment.is_empty() => fragment,
            fragment => format!("#{}", crate::config::encode(&fragment)),
        }
    }
}

impl Report {
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
