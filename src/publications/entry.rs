//! One entry of the record, and the one way in which it is written: a line of JSON whose keys stand in
//! the order of the fields, without spaces, in UTF-8. These bytes, without the line's end, are what a
//! transparency log is built over.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::report::{Amount, Quantity};
use crate::route::Route;

/// What happened to one document with one publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicationEntry {
    /// Its number among all entries, from one, without gaps.
    pub number: u64,
    /// When it was published.
    pub time: Stamp,
    /// What happened.
    pub event: Event,
    /// The address of the document's page, from then on.
    pub address: Route,
    /// The address before, of a document that has moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Route>,
    /// The file among the sources, below the site's folder.
    pub path: Utf8PathBuf,
    /// The title.
    pub title: String,
    /// The kind.
    pub kind: String,
    /// The SHA-256 of the source text as it was published, `index.md` beside the page, in hexadecimal
    /// digits. Of a document that was withdrawn: of the text that stood there last.
    pub sha256: String,
    /// The SHA-256 of what readers read of it: titles and text without the rest of the front matter.
    pub words: String,
    /// 成文日期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Date>,
    /// 发布日期 as in front matter: `2020-03-20`, `2020-03-20 09:30`, `unknown`.
    pub published: String,
    /// The figures by the ids of their indicators.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, RecordedFigure>,
    /// The files that were published beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<AttachmentsDigest>,
    /// Old addresses that lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Route>,
    /// The corrections that its author declares, as far as no earlier entry has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<RecordedCorrection>,
    /// Why it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<RecordedWithdrawal>,
}

impl PublicationEntry {
    /// The entry as it is written, without the line's end.
    #[must_use]
    pub fn line(&self) -> String {
        serde_json::to_string(self).expect("an entry has no key that is not text")
    }

    /// The entry that `line` is, and nothing where it is written in another way.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok().filter(|entry: &Self| entry.line() == line)
    }
}

/// What can happen to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// It is there for the first time.
    Published,
    /// Its words, figures, dates or files are others.
    Corrected,
    /// What is said about it is another, and not what it says: keywords, summary, relations.
    Described,
    /// Its text is taken away; its address, title and digest stay.
    Withdrawn,
    /// It is there again after it was withdrawn or removed.
    Restored,
    /// It stands at another address, and the old one leads there.
    Moved,
    /// Nothing is at its address any more, and nothing says why.
    Removed,
    /// Its earlier texts are no longer kept, because of what was in them.
    Erased,
}

impl Event {
    /// Its name as it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Corrected => "corrected",
            Self::Described => "described",
            Self::Withdrawn => "withdrawn",
            Self::Restored => "restored",
            Self::Moved => "moved",
            Self::Removed => "removed",
            Self::Erased => "erased",
        }
    }

    /// Whether a text can be read at the address after it.
    #[must_use]
    pub fn stands(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::Removed | Self::Erased)
    }
}

/// A correction that an author declares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordedCorrection {
    /// When.
    pub date: Date,
    /// What.
    pub note: String,
}

/// What an author says of a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedWithdrawal {
    /// When, if that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Why, by the name of the reason in front matter, if that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was withdrawn, in a sentence, if that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
}

/// The files beside a document, told by number and digest: their names may say what their text says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentsDigest {
    /// How many.
    pub count: usize,
    /// The SHA-256 of lines `<SHA-256 of the file>  <name>`, in the order of the names.
    pub sha256: String,
}

/// A figure as it was told: a number alone where it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RecordedFigure {
    /// Exactly so much.
    Exact(Quantity),
    /// A bound, a range, or about so much.
    Otherwise(Amount),
}

impl From<Amount> for RecordedFigure {
    fn from(amount: Amount) -> Self {
        if amount.is_exact() { Self::Exact(amount.value) } else { Self::Otherwise(amount) }
    }
}

impl From<RecordedFigure> for Amount {
    fn from(told: RecordedFigure) -> Self {
        match told {
            RecordedFigure::Exact(value) => Self::exact(value),
            RecordedFigure::Otherwise(amount) => amount,
        }
    }
}

/// A moment by the clocks of China, in whole seconds: `2026-11-29T14:30:00+08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(DateTime);

const ZONE: &str = "+08:00";

impl Stamp {
    /// The moment at which clocks at +08:00 show `clock`.
    #[must_use]
    pub fn new(clock: DateTime) -> Self {
        Self(clock.with().subsec_nanosecond(0).build().unwrap_or(clock))
    }

    /// Reads `2026-11-29T14:30:00+08:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let clock = text.strip_suffix(ZONE)?.parse().ok().map(Self::new)?;
        (clock.to_string() == text).then_some(clock)
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        self.0.date()
    }

    /// The same moment by the clocks of Greenwich.
    #[must_use]
    pub fn utc(self) -> DateTime {
        self.0.saturating_sub(8.hours())
    }

    /// Day, hour and minute as readers see them: `2026-11-29 14:30`.
    #[must_use]
    pub fn label(self) -> String {
        format!("{} {:02}:{:02}", self.0.date(), self.0.hour(), self.0.minute())
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let time = self.0.time();
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}{ZONE}", self.0.date())
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no moment at +08:00"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_one_line_and_is_read_in_that_form_alone() {
        let line = r#"{"number":3,"time":"2026-11-29T14:30:00+08:00","event":"corrected","address":"/jiangmen/2019/","path":"content/jiangmen/2019.md","title":"“江门市”报告","kind":"annual-report","sha256":"ab","words":"cd","written":"2020-03-02","published":"2020-03-20 09:30","figures":{"closed":"745.0","exams":{"value":"100000","qualifier":"at-most"}},"files":{"count":1,"sha256":"ef"},"aliases":["/old.html"],"corrections":[{"date":"2020-05-06","note":"更正案件数"}]}"#;
        let entry = PublicationEntry::read(line).expect("it is an entry");
        assert_eq!(entry.event, Event::Corrected);
        assert_eq!(entry.time.label(), "2026-11-29 14:30");
        assert_eq!(entry.line(), line);
        assert_eq!(PublicationEntry::read(&line.replace("\":3", "\": 3")), None, "with a space");
        assert_eq!(PublicationEntry::read(&line.replace("+08:00", "Z")), None, "in another zone");
    }
}
