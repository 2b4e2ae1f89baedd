//! What is personal in the bytes of an attachment, with the place in words that an editor can follow, and
//! where the gate is blind: what is encrypted, scanned, packed too deep or in a format that only its own
//! program reads.
//!
//! A hostile file costs no more than its bounds ([`AttachmentLimits`]): what comes out of an archive or a stream is counted,
//! not what it says of itself. Markup is not built up as a tree: numbers are looked for in the text as it
//! stands, tags seen through, and the place is worked out where something was found. So hidden rows, deleted
//! text, comments, properties and caches of pivot tables are read like everything else.

mod office;
mod pdf;
mod picture;
mod rich;
mod unpack;

use serde::{Deserialize, Serialize};

use crate::diag::Words;
use crate::encoding;
use crate::personal::{self, Certainty, PersonalFinding, PersonalKind};
use crate::source::FileNature;

/// What is read of an attachment at most.
pub struct AttachmentLimits {
    /// Bytes of one part that are unpacked.
    pub part: usize,
    /// Bytes of all parts together.
    pub all: usize,
    /// Parts of all archives together.
    pub parts: usize,
    /// Archives within archives.
    pub depth: usize,
}

/// The bounds of every attachment: below 300 MB of memory and ten seconds on any machine of today.
pub const BOUNDS: AttachmentLimits =
    AttachmentLimits { part: 48 << 20, all: 256 << 20, parts: 20_000, depth: 4 };

/// Of one sort in one attachment so many are kept, and the others counted.
const MOST_KEPT: usize = 5;

/// In one attachment so many are looked at: it is a list of people, whoever else is on it.
const MOST_FOUND: usize = 50_000;

/// Something personal in an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFinding {
    /// What it is.
    pub what: FoundInAttachment,
    /// The first of them: where each stands, and what may be shown of it.
    pub first: Vec<(Words, String)>,
    /// How many there are.
    pub count: usize,
}

/// What can be found in an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FoundInAttachment {
    /// A number or a mailbox.
    Number(PersonalKind, Certainty),
    /// The place where a photograph was taken.
    Whereabouts,
    /// Something that could not be read.
    Unread,
    /// Pages that are pictures, and no page with words.
    Scanned,
}

/// What came of reading an attachment. It holds no number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    /// Everything found, by what it is.
    pub found: Vec<AttachmentFinding>,
}

impl Examined {
    fn add(&mut self, what: FoundInAttachment, place: impl FnOnce() -> Words, shown: String) {
        let at = self.found.binary_search_by_key(&what, |found| found.what);
        let at = at.unwrap_or_else(|at| {
            self.found.insert(at, AttachmentFinding { what, first: Vec::new(), count: 0 });
            at
        });
        let found = &mut self.found[at];
        found.count += 1;
        if found.first.len() < MOST_KEPT {
            found.first.push((place(), shown));
        }
    }
}

/// Looks through the bytes of the attachment of this name.
#[must_use]
pub fn examine(name: &str, bytes: &[u8]) -> Examined {
    let mut reading = AttachmentReader {
        examined: Examined::default(),
        unpacked: 0,
        parts: 0,
        count: 0,
        depth: 0,
        trail: Vec::new(),
    };
    reading.file(name, bytes);
    reading.examined
}

/// What is said of an attachment whose bytes cannot be had.
#[must_use]
pub fn unread() -> Examined {
    let mut examined = Examined::default();
    let place = || Words::new("文件过大或者无法打开", "too large, or it cannot be opened");
    examined.add(FoundInAttachment::Unread, place, String::new());
    examined
}

/// An attachment while it is read.
struct AttachmentReader {
    examined: Examined,
    /// Bytes that were unpacked so far.
    unpacked: usize,
    /// Parts that were unpacked so far.
    parts: usize,
    /// Numbers that were found so far.
    count: usize,
    depth: usize,
    /// The names of the archives that one is in.
    trail: Vec<String>,
}

impl AttachmentReader {
    /// A file of any kind, by its bytes.
    fn file(&mut self, name: &str, bytes: &[u8]) {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        match FileNature::of(bytes) {
            FileNature::Zip => self.archive(name, bytes),
            FileNature::Pdf | FileNature::Both if bytes.starts_with(b"%PDF") => pdf::read(self, bytes),
            FileNature::Picture | FileNature::Both => picture::read(self, bytes),
            FileNature::Rtf => rich::read(self, bytes),
            FileNature::Ole => {
                rich::strings(self, bytes);
                self.blind(
                    "旧式或加密的 Office 文件（doc、xls、ppt）",
                    "an Office file of the old kind, or encrypted",
                );
            }
            FileNature::SevenZip | FileNature::Rar => {
                self.blind("7z 或 RAR 压缩包，无法打开", "an archive of 7z or RAR, which is not opened");
            }
            FileNature::Mp3 | FileNature::Mp4 => {}
            _ if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") => picture::read(self, bytes),
            _ => self.plain(&ending, bytes),
        }
    }

    /// A text in whatever encoding.
    fn plain(&mut self, ending: &str, bytes: &[u8]) {
        match encoding::decode(bytes) {
            Ok(decoded) => self.text(&decoded.text, line),
            Err(_) if matches!(ending, "txt" | "csv" | "html" | "htm" | "xml" | "json" | "md" | "rels") => {
                rich::strings(self, bytes);
                self.blind("文字编码无法识别", "a text in an unknown encoding");
            }
            Err(_) if matches!(ending, "ofd" | "docx" | "xlsx" | "pptx" | "pdf" | "zip") => {
                self.blind("文件已损坏或不是所称的格式", "damaged, or not of the kind that its name says");
            }
            Err(_) => {}
        }
    }

    /// What is personal in a text; `place` says where a byte of it is.
    fn text(&mut self, text: &str, place: impl Fn(&str, usize) -> Words) {
        if self.count > MOST_FOUND {
            return;
        }
        for finding in personal::find_in_parts(text) {
            if self.count == MOST_FOUND {
                self.count += 1;
                return self.blind("号码过多，没有读完", "more numbers than are read of an attachment");
            }
            self.found(&finding, || place(text, finding.place.start));
        }
    }

    fn found(&mut self, finding: &PersonalFinding, place: impl FnOnce() -> Words) {
        self.count += 1;
        let trail = &self.trail;
        let place = || within(trail, place());
        self.examined.add(
            FoundInAttachment::Number(finding.kind, finding.certainty),
            place,
            finding.masked(),
        );
    }

    /// Notes that something here cannot be read.
    fn blind(&mut self, zh: &str, en: &str) {
        let trail = &self.trail;
        self.examined.add(FoundInAttachment::Unread, || within(trail, Words::new(zh, en)), String::new());
    }

    /// Notes that a document consists of pictures alone.
    fn scanned(&mut self, zh: &str, en: &str) {
        let trail = &self.trail;
        self.examined.add(FoundInAttachment::Scanned, || within(trail, Words::new(zh, en)), String::new());
    }

    /// Notes where a photograph was taken.
    fn whereabouts(&mut self, zh: &str, en: &str) {
        let trail = &self.trail;
        self.examined.add(
            FoundInAttachment::Whereabouts,
            || within(trail, Words::new(zh, en)),
            String::new(),
        );
    }
}

/// A place in the files that archives name.
fn within(trail: &[String], place: Words) -> Words {
    match trail.is_empty() {
        true => place,
        false => Words::new(
            format!("{} 内：{}", trail.join(" › "), place.zh),
            format!("in {}: {}", trail.join(" › "), place.en),
        ),
    }
}

/// A line of a text.
fn line(text: &str, at: usize) -> Words {
    let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1;
    Words::new(format!("第 {line} 行"), format!("line {line}"))
}

#[cfg(test)]
mod tests;
