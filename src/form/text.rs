//! The text of a file after somebody has filled in some of it. What nobody changed stays byte for byte.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fields::{FIELDS, Filled, order};
use crate::report::split;
use crate::source::Source;
use crate::yaml::edit;

/// A figure that somebody accepts: an entry of `indicators`.
#[derive(Clone, Debug, Deserialize)]
pub struct AcceptedFigure {
    /// The indicator.
    pub id: String,
    /// What is written there, as YAML on one line.
    pub entry: String,
}

/// What an editor has done to a text since it was last put together.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FormChanges {
    /// The front matter as a whole, where it was edited as YAML.
    pub matter: Option<String>,
    /// The text below the front matter.
    pub body: Option<String>,
    /// What was filled in, by key.
    pub set: BTreeMap<String, Filled>,
    /// Figures that were accepted.
    pub figures: Vec<AcceptedFigure>,
}

impl FormChanges {
    /// The same with plain line ends, whatever the browser's system has.
    #[must_use]
    pub fn plain(mut self) -> Self {
        for text in [&mut self.matter, &mut self.body].into_iter().flatten() {
            *text = text.replace("\r\n", "\n");
        }
        self
    }
}

/// A place that is made together with its first document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormPlace {
    /// What it is called.
    pub name: String,
    /// Its level, as it is written.
    pub level: String,
    /// The slug of the place that it belongs to.
    #[serde(default)]
    pub parent: Option<String>,
}

impl FormPlace {
    /// The text of its file.
    #[must_use]
    pub fn written(&self) -> String {
        let given =
            [("name", Some(&self.name)), ("level", Some(&self.level)), ("parent", self.parent.as_ref())];
        let said = |text: &String| Filled::Text(text.clone()).said();
        let matter = given.into_iter().filter_map(|(key, text)| Some((key, said(text?))));
        let matter = matter.fold(String::new(), |matter, (key, said)| {
            edit::with_value(&matter, key, &said, &["name", "level", "parent"]).unwrap_or(matter)
        });
        format!("---\n{matter}---\n")
    }
}

/// A text in its two parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatterAndBody {
    /// The front matter.
    pub matter: String,
    /// The text below it.
    pub body: String,
}

/// The parts of a file's text; one without front matter is all body.
#[must_use]
pub fn parts(text: &str) -> MatterAndBody {
    let source = Source::new("", text);
    match split(&source) {
        Some((matter, body)) => {
            MatterAndBody { matter: source.slice(matter).into(), body: source.slice(body).into() }
        }
        None => MatterAndBody { matter: String::new(), body: text.into() },
    }
}

/// `text` with the changes in it, and the keys that could not be changed in place. What is not
/// changed stays byte for byte.
#[must_use]
pub fn changed(text: &str, changes: &FormChanges) -> (String, Vec<String>) {
    let before = parts(text);
    let mut matter = changes.matter.clone().unwrap_or_else(|| before.matter.clone());
    if !matter.is_empty() && !matter.ends_with('\n') {
        matter.push('\n');
    }
    let (order, mut refused) = (order(), Vec::new());
    let mut keep = |key: &str, edited: Option<String>, matter: &mut String| match edited {
        Some(edited) => *matter = edited,
        None => refused.push(key.to_owned()),
    };
    for (key, filled) in &changes.set {
        if let Some(field) = FIELDS.iter().find(|field| field.key == key) {
            let edited = edit::with_value(&matter, key, &field.meant(filled), &order);
            keep(key, edited, &mut matter);
        }
    }
    for figure in &changes.figures {
        let edited = edit::add(&matter, "indicators", (&figure.id, &figure.entry), &order);
        let edited = edited.map(|matter| without_offer(&matter, figure));
        keep(&figure.id, edited, &mut matter);
    }
    let body = changes.body.as_deref().unwrap_or(&before.body);
    (joined(text, &before, (&matter, body)), refused)
}

/// Front matter without the comment in which an import has offered a figure that is accepted now.
fn without_offer(matter: &str, figure: &AcceptedFigure) -> String {
    let offer = format!("#   {}: {}", figure.id, figure.entry);
    let lines: Vec<&str> = matter.split_inclusive('\n').collect();
    let Some(at) = lines.iter().position(|line| line.trim_end() == offer) else { return matter.to_owned() };
    let first = at - usize::from(at > 0 && lines[at - 1].starts_with("#   # "));
    lines[..first].iter().chain(&lines[at + 1..]).copied().collect()
}

/// `text` with other parts in the place of its own.
fn joined(text: &str, before: &MatterAndBody, (matter, body): (&str, &str)) -> String {
    match before.matter == matter && before.body == body {
        true => text.to_owned(),
        false => format!("---\n{matter}---\n{body}"),
    }
}
