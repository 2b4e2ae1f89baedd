//! What an import did to a text: where every character of the source went, and the way back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::rules::{RuleEffect, rule};
use super::traced::{Traced, TracedPiece};
use crate::diag::Words;
use crate::encoding;
use crate::source::hex;

/// What an import did, as it stands in `<name>.import.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLog {
    /// The program that wrote it.
    pub program: String,
    /// Where the text came from.
    pub source: TextOrigin,
    /// The text that came of it.
    pub result: ImportOutcome,
    /// Where the characters of the source went; the sum of all is `source.characters`.
    pub characters: Sums,
    /// Every change, in the order of the source.
    pub changes: Vec<TextChange>,
}

/// Where a text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextOrigin {
    /// The file's name.
    pub name: String,
    /// What it is: `text`, `docx`, `html`, `clipboard`, `markdown`.
    pub format: String,
    /// The encoding of its text, where it is a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// The SHA-256 of its text in UTF-8.
    pub text_sha256: String,
    /// How many characters the text has.
    pub characters: usize,
}

/// The text that came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOutcome {
    /// The front matter that was written before the text, without the lines around it; empty where the
    /// changes lead to the whole file.
    pub front_matter: String,
    /// The SHA-256 of the text that the changes lead to.
    pub sha256: String,
}

/// How many characters went where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// They stand in the text as they stood.
    pub kept: usize,
    /// They became front matter.
    pub front_matter: usize,
    /// They were taken away or replaced, by rule.
    pub taken: BTreeMap<String, RuleTally>,
}

/// What a rule took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTally {
    /// How often.
    pub times: usize,
    /// How many characters.
    pub characters: usize,
}

/// A change of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// Where in the source's text, in bytes of UTF-8.
    pub at: usize,
    /// What stood there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was: String,
    /// What stands there now.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub now: String,
    /// The rule that changed it.
    pub rule: String,
}

impl ImportLog {
    /// The log of how `source` became what `traced` shows.
    pub(crate) fn new(mut origin: TextOrigin, source: &str, traced: &Traced, front_matter: String) -> Self {
        origin.text_sha256 = digest(source.as_bytes());
        origin.characters = source.chars().count();
        let changes = changes(source, traced);
        let sha256 = digest(traced.shown(source).as_bytes());
        Self {
            program: crate::config::GENERATOR.to_owned(),
            characters: sums(&changes, origin.characters),
            source: origin,
            result: ImportOutcome { front_matter, sha256 },
            changes,
        }
    }

    /// Adds what `rule` left out at `at` and what has no characters, such as a picture that is elsewhere.
    pub(crate) fn mark(&mut self, at: usize, rule: &str) {
        let behind = self.changes.partition_point(|change| change.at <= at);
        let end = |change: &TextChange| change.at + change.was.len();
        let at = behind.checked_sub(1).map_or(at, |last| at.max(end(&self.changes[last])));
        self.changes.insert(behind, change(at, "", "", rule));
        self.characters.taken.entry(rule.to_owned()).or_default().times += 1;
    }

    /// Whether the characters that went somewhere are those of the source.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let taken: usize = self.characters.taken.values().map(|taken| taken.characters).sum();
        self.characters.kept + self.characters.front_matter + taken == self.source.characters
    }

    /// As JSON, a change a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let head = serde_json::to_string_pretty(&ImportLog { changes: Vec::new(), ..self.clone() });
        let line = |change: &TextChange| serde_json::to_string(change).unwrap_or_default();
        let lines: Vec<String> = self.changes.iter().map(|change| format!("    {}", line(change))).collect();
        let changes = match lines.is_empty() {
            true => "[]".to_owned(),
            false => format!("[\n{}\n  ]", lines.join(",\n")),
        };
        let head = head.unwrap_or_default();
        format!("{}\"changes\": {changes}\n}}\n", head.trim_end_matches("\"changes\": []\n}"))
    }

    /// Reads what [`ImportLog::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The source's text, given the text that came of it.
    ///
    /// # Errors
    ///
    /// Why there is no way back: the text was changed since, or the log was.
    pub fn undo(&self, result: &str) -> Result<String, Words> {
        if digest(result.as_bytes()) != self.result.sha256 {
            return Err(Words::new(
                "正文在导入之后改动过，不能逐字还原；先取回导入时的正文（如从版本库）",
                "the text was changed after it was imported, so the source cannot be given back; get the text as \
                 it was imported first, such as from version control",
            ));
        }
        let source =
            self.walk_back(result).filter(|source| digest(source.as_bytes()) == self.source.text_sha256);
        source.ok_or_else(|| {
            Words::new("日志已损坏，不能还原", "the log is damaged, so that nothing can be undone")
        })
    }

    fn walk_back(&self, result: &str) -> Option<String> {
        let mut source = String::with_capacity(result.len());
        let mut rest = result;
        for change in &self.changes {
            let kept = rest.get(..change.at.checked_sub(source.len())?)?;
            source.push_str(kept);
            rest = rest[kept.len()..].strip_prefix(change.now.as_str())?;
            source.push_str(&change.was);
        }
        source.push_str(rest);
        Some(source)
    }

    /// The bytes of the file that `text`, its source's text, was read from: in its own encoding, where it
    /// was a text; `None` where it was not.
    #[must_use]
    pub fn file(&self, text: &str) -> Option<Vec<u8>> {
        let bytes = encoding::encode(text, self.source.encoding.as_deref()?)?;
        (digest(&bytes) == self.source.sha256).then_some(bytes)
    }
}

/// The SHA-256 of `bytes`, in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The changes, each as large as one rule did it at one place.
fn changes(source: &str, traced: &Traced) -> Vec<TextChange> {
    let mut changes: Vec<TextChange> = Vec::new();
    // Where in the source the next piece stands, and whether the last change ends right here.
    let mut at = 0;
    let mut open = false;
    for piece in traced.pieces() {
        match piece {
            TracedPiece::Kept(range) => {
                at = range.end;
                open = false;
            }
            TracedPiece::Gone { at: range, rule } => {
                let was = &source[range.clone()];
                match changes.last_mut().filter(|last| open && last.rule == *rule && last.was.is_empty()) {
                    Some(last) => last.was = was.to_owned(),
                    None => changes.push(change(range.start, was, "", rule)),
                }
                at = range.end;
                open = true;
            }
            TracedPiece::Made { text, rule } => {
                match changes.last_mut().filter(|last| open && last.rule == *rule && last.now.is_empty()) {
                    Some(last) => last.now.clone_from(text),
                    None => changes.push(change(at, "", text, rule)),
                }
                open = true;
            }
        }
    }
    changes
}

fn change(at: usize, was: &str, now: &str, rule: &str) -> TextChange {
    TextChange { at, was: was.to_owned(), now: now.to_owned(), rule: rule.to_owned() }
}

fn sums(changes: &[TextChange], all: usize) -> Sums {
    let mut sums = Sums { kept: all, ..Sums::default() };
    for change in changes {
        let characters = change.was.chars().count();
        sums.kept = sums.kept.saturating_sub(characters);
        if rule(&change.rule).is_some_and(|rule| rule.deed == RuleEffect::Matter) {
            sums.front_matter += characters;
        } else {
            let taken = sums.taken.entry(change.rule.clone()).or_default();
            taken.times += 1;
            taken.characters += characters;
        }
    }
    sums
}
