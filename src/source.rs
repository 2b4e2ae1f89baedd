//! The texts of one build: every file that is read as words, and places within them.
//!
//! A source is named by its path below the site's folder and never by where that folder
//! stands, so that nothing that is made from it can depend on the machine.

mod nature;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

pub use nature::{FileNature, HEAD};

/// A text of the site's folder: a report, a place, a setting, a template.
#[derive(Clone)]
pub struct Source {
    path: Utf8PathBuf,
    /// The text, once it was read.
    text: OnceLock<String>,
    /// The digest of the text, once it was asked for. A preview asks for those of all texts again
    /// and again, while one of them changes.
    sha256: OnceLock<[u8; 32]>,
    /// Where the text can be read again, if somewhere.
    shelf: Option<Arc<dyn TextShelf>>,
}

/// Where texts stand that need not be in memory, because it is known what they say.
pub trait TextShelf: Send + Sync {
    /// The text at `path`, which has this SHA-256. Where it has another by now, the shelf takes
    /// note of that and gives an empty text: nothing that is made of it may be kept.
    fn fetch(&self, path: &Utf8Path, sha256: [u8; 32]) -> String;
}

/// Equal as path and text; the rest follows from these.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text() == other.text() && self.is_lost() == other.is_lost()
    }
}

impl Eq for Source {}

impl Source {
    /// A source from its path below the site's folder and its whole text.
    #[must_use]
    pub fn new(path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Self {
        let text = OnceLock::from(text.into());
        Self { path: path.into(), text, sha256: OnceLock::new(), shelf: None }
    }

    /// A source of which it is known what it says. It is read when somebody asks for its words.
    #[must_use]
    pub fn known(path: impl Into<Utf8PathBuf>, sha256: [u8; 32], shelf: Arc<dyn TextShelf>) -> Self {
        Self { path: path.into(), text: OnceLock::new(), sha256: OnceLock::from(sha256), shelf: Some(shelf) }
    }

    /// The same source, of which it is known where it can be read again.
    #[must_use]
    pub fn on(self, shelf: Arc<dyn TextShelf>) -> Self {
        Self { shelf: Some(shelf), ..self }
    }

    /// The path below the site's folder, with `/` between its parts.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| match &self.shelf {
            Some(shelf) => shelf.fetch(&self.path, self.sha256()),
            None => String::new(),
        })
    }

    /// The same source without its text, if it can be read again: that is done when somebody asks for its words.
    #[must_use]
    pub fn unread(&self) -> Self {
        match &self.shelf {
            Some(shelf) => Self::known(self.path.clone(), self.sha256(), Arc::clone(shelf)),
            None => self.clone(),
        }
    }

    /// Whether its text is in memory.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.text.get().is_some()
    }

    /// Whether the text was no longer there as it is known when somebody asked for its words: it is empty then.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.text().is_empty() && self.sha256() != <[u8; 32]>::from(Sha256::digest(""))
    }

    /// Lets go of the text, if it can be read again.
    fn shed(&mut self) {
        if self.shelf.is_some() && self.text.get().is_some() {
            let _ = self.sha256();
            self.text = OnceLock::new();
        }
    }

    /// The text alone.
    #[must_use]
    pub fn into_text(self) -> String {
        let _ = self.text();
        self.text.into_inner().unwrap_or_default()
    }

    /// The SHA-256 of the text.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        *self.sha256.get_or_init(|| Sha256::digest(self.text()).into())
    }

    /// The words at `span`; empty where the span is not of this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset, both from one, the column in characters.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.text()[..self.text().floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({}, {:?} bytes)", self.path, self.text.get().map(String::len))
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

/// The bytes of a SHA-256 that [`hex`] wrote.
pub(crate) fn sha256_of(text: &str) -> Option<[u8; 32]> {
    let value = |digit: u8| char::from(digit).to_digit(16).filter(|_| !digit.is_ascii_uppercase());
    let mut bytes = [0; 32];
    let pairs = text.as_bytes().chunks_exact(2);
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        *byte = u8::try_from(value(pair[0])? * 16 + value(pair[1])?).ok()?;
    }
    Some(bytes)
}

/// Whether no text has a use for `c`: control characters but for tabs and line ends, and the two
/// that are no characters. XML cannot hold most of them, and no reader sees any.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether a file of a theme's assets is read as text, since it may name others: a script, a style
/// sheet.
#[must_use]
pub fn names_others(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("js" | "mjs" | "css"))
}

/// A range of bytes in a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Sources are below 4 GiB (`disk` refuses far smaller ones).
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: byte(range.start), end: byte(range.end) }
    }

    /// The byte range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// This span moved by `offset` bytes, for a text that was cut from a larger one.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset..self.end as usize + offset)
    }
}

/// A value and where its author wrote it. Equal as the value alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its source.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.value), self.span)
    }

    /// The same place with the value borrowed.
    pub fn as_ref(&self) -> Spanned<&T> {
        Spanned::new(&self.value, self.span)
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file that is passed on as it is and never read as text: an attachment, a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// The path below the site's folder.
    pub path: Utf8PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
    /// What it is by its bytes.
    pub nature: FileNature,
}

/// Everything a site is made from: texts, and files that are passed on, each sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: Vec<Source>,
    blobs: Vec<Blob>,
    unread: BTreeSet<Utf8PathBuf>,
}

impl Sources {
    /// Sources in the order of their paths, whatever order they come in.
    #[must_use]
    pub fn new(mut texts: Vec<Source>, mut blobs: Vec<Blob>) -> Self {
        texts.sort_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
        blobs.sort_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
        Self { texts, blobs, unread: BTreeSet::new() }
    }

    /// The same, and these files are there and could not be read, of which something was said
    /// already.
    #[must_use]
    pub fn beside(self, unread: BTreeSet<Utf8PathBuf>) -> Self {
        Self { unread, ..self }
    }

    /// The same with more texts and files.
    #[must_use]
    pub fn with(mut self, texts: Vec<Source>, blobs: Vec<Blob>) -> Self {
        self.texts.extend(texts);
        self.blobs.extend(blobs);
        Self::new(self.texts, self.blobs).beside(self.unread)
    }

    /// Whether the file at `path` is there and could not be read.
    #[must_use]
    pub fn is_unread(&self, path: &Utf8Path) -> bool {
        self.unread.contains(path)
    }

    /// Whether something stands below `folder` besides the text at `path`, be it read or not.
    #[must_use]
    pub fn has_more_below(&self, folder: &Utf8Path, path: &Utf8Path) -> bool {
        let blobs = ranges(&self.blobs, folder, |blob| &blob.path);
        self.texts_below(folder).any(|text| text.path != path)
            || blobs.into_iter().any(|range| !range.is_empty())
            || self.unread.range(folder.to_owned()..).next().is_some_and(|unread| unread.starts_with(folder))
    }

    /// All texts, sorted by path.
    #[must_use]
    pub fn texts(&self) -> &[Source] {
        &self.texts
    }

    /// All files that are passed on, sorted by path.
    #[must_use]
    pub fn blobs(&self) -> &[Blob] {
        &self.blobs
    }

    /// The text at `path`.
    #[must_use]
    pub fn text(&self, path: &Utf8Path) -> Option<&Source> {
        let at = self.texts.binary_search_by(|text| text.path.as_str().cmp(path.as_str()));
        at.ok().map(|at| &self.texts[at])
    }

    /// The file at `path`.
    #[must_use]
    pub fn blob(&self, path: &Utf8Path) -> Option<&Blob> {
        let path = path.as_str();
        let at = |path: &str| {
            let at = self.blobs.binary_search_by(|blob| blob.path.as_str().cmp(path));
            at.ok().map(|at| &self.blobs[at])
        };
        at(path).or_else(|| {
            // A name is the same in either form of Unicode: a system may keep another one than
            // an author types.
            let other = !path.is_ascii();
            other.then(|| at(&path.nfc().to_string()).or_else(|| at(&path.nfd().to_string()))).flatten()
        })
    }

    /// Takes in more texts, none of whose paths are there.
    pub fn add(&mut self, texts: Vec<Source>) {
        self.texts.extend(texts);
        self.texts.sort_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
    }

    /// Lets go of texts that can be read again.
    pub fn shed(&mut self) {
        self.texts.iter_mut().for_each(Source::shed);
    }

    /// Which texts and files would come, go or have another content if `fresh` were in place of
    /// everything at and below the paths `below`. It looks at few: a preview asks this for one
    /// file of many thousand.
    #[must_use]
    pub fn changes(&self, below: &BTreeSet<Utf8PathBuf>, fresh: &Self) -> BTreeSet<Utf8PathBuf> {
        // Gathered first, since a set is made faster of many at once.
        let mut changed = Vec::new();
        for path in below {
            let texts = ranges(&self.texts, path, |text| &text.path).into_iter().flatten();
            let gone = texts.map(|at| &self.texts[at]).filter(|old| fresh.text(&old.path) != Some(old));
            changed.extend(gone.map(|old| old.path.clone()));
            let blobs = ranges(&self.blobs, path, |blob| &blob.path).into_iter().flatten();
            let gone = blobs.map(|at| &self.blobs[at]).filter(|old| fresh.blob(&old.path) != Some(old));
            changed.extend(gone.map(|old| old.path.clone()));
        }
        let texts = fresh.texts.iter().filter(|text| self.text(&text.path) != Some(text));
        let blobs = fresh.blobs.iter().filter(|blob| self.blob(&blob.path) != Some(blob));
        changed.extend(texts.map(|text| text.path.clone()).chain(blobs.map(|blob| blob.path.clone())));
        changed.into_iter().collect()
    }

    /// Puts `fresh` in place of everything at and below the paths `below`.
    pub fn replace(&mut self, below: &BTreeSet<Utf8PathBuf>, fresh: Self) {
        for path in below {
            for range in ranges(&self.texts, path, |text| &text.path) {
                self.texts.drain(range);
            }
            for range in ranges(&self.blobs, path, |blob| &blob.path) {
                self.blobs.drain(range);
            }
        }
        self.unread.retain(|unread| !below.iter().any(|path| unread.starts_with(path)));
        self.unread.extend(fresh.unread);
        self.texts.extend(fresh.texts);
        self.blobs.extend(fresh.blobs);
        self.texts.sort_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
        self.blobs.sort_by(|a, b| a.path.as_str().cmp(b.path.as_str()));
    }

    /// Puts `text` in the place of the text of the same path and gives that one, if there is one.
    pub fn swap(&mut self, text: Source) -> Option<Source> {
        match self.texts.binary_search_by(|other| other.path.as_str().cmp(text.path.as_str())) {
            Ok(at) => Some(std::mem::replace(&mut self.texts[at], text)),
            Err(at) => {
                self.texts.insert(at, text);
                None
            }
        }
    }

    /// The texts below `folder`, sorted by path.
    pub fn texts_below<'a>(&'a self, folder: &'a Utf8Path) -> impl Iterator<Item = &'a Source> {
        let start = self.texts.partition_point(|text| text.path.as_str() < folder.as_str());
        let below = self.texts[start..].iter();
        below
            .take_while(move |text| text.path.as_str().starts_with(folder.as_str()))
            .filter(move |text| text.path.starts_with(folder))
    }
}

/// Where in a list that is sorted by path what is below `path` stands, and before it what is at
/// `path` itself; the later one comes first, so that both can be taken out in this order.
fn ranges<T>(items: &[T], path: &Utf8Path, path_of: impl Fn(&T) -> &Utf8PathBuf) -> [Range<usize>; 2] {
    let folder = format!("{path}/");
    let start = items.partition_point(|item| path_of(item).as_str() < folder.as_str());
    let count = items[start..].partition_point(|item| path_of(item).as_str().starts_with(&folder));
    let own = items.binary_search_by(|item| path_of(item).as_str().cmp(path.as_str()));
    [start..start + count, own.map_or(0..0, |at| at..at + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let source = Source::new("a.md", "标题\n正文a\n");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(3), (1, 2));
        assert_eq!(source.position(7), (2, 1));
        assert_eq!(source.position(13), (2, 3));
        assert_eq!(source.position(999), (3, 1));
    }

    #[test]
    fn a_text_tells_its_digest_and_stays_equal() {
        let (source, same) = (Source::new("a.md", "abc"), Source::new("a.md", "abc"));
        assert_eq!(source.sha256()[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert!(source == same && same.sha256() == source.sha256());
    }

    #[test]
    fn sources_are_found_by_path_whatever_their_order() {
        let sources = Sources::new(vec![Source::new("b", "2"), Source::new("a", "1")], vec![]);
        assert_eq!(sources.text("b".into()).map(Source::text), Some("2"));
        assert_eq!(sources.texts()[0].path(), "a");
    }

    #[test]
    fn a_name_is_the_same_in_either_form() {
        let blob =
            |path: &str| Blob { path: path.into(), size: 0, sha256: String::new(), nature: FileNature::Text };
        let (composed, apart) = ("c/\u{e9}.pdf", "c/e\u{301}.pdf");
        for (there, asked) in [(composed, apart), (apart, composed)] {
            let sources = Sources::new(vec![], vec![blob(there)]);
            assert_eq!(sources.blob(asked.into()).map(|blob| blob.path.as_str()), Some(there));
        }
        let both = Sources::new(vec![], vec![blob(composed), blob(apart)]);
        assert_eq!(both.blob(apart.into()).map(|blob| blob.path.as_str()), Some(apart));
    }

    #[test]
    fn what_is_replaced_is_told_by_content() {
        let text = |path: &str, text: &str| Source::new(path, text);
        let mut sources = Sources::new(
            vec![text("c/a/1", "x"), text("c/a/2", "x"), text("c/ab", "x"), text("s", "x")],
            vec![],
        );
        let mut replace = |below: &[&str], fresh: Vec<Source>| {
            let below = below.iter().map(Utf8PathBuf::from).collect();
            let fresh = Sources::new(fresh, vec![]);
            let changed = sources.changes(&below, &fresh);
            sources.replace(&below, fresh);
            changed.into_iter().map(Utf8PathBuf::into_string).collect::<Vec<_>>()
        };
        let fresh = vec![text("c/a/1", "x"), text("c/a/2", "y"), text("c/a/3", "z")];
        assert_eq!(replace(&["c/a"], fresh), ["c/a/2", "c/a/3"]);
        assert_eq!(replace(&["c/a/1", "s"], Vec::new()), ["c/a/1", "s"]);
        let left: Vec<_> = sources.texts().iter().map(|text| text.path().as_str()).collect();
        assert_eq!(left, ["c/a/2", "c/a/3", "c/ab"]);
    }

    #[test]
    fn a_moved_value_is_the_same_value() {
        let here = Spanned::new(1, Span::new(0..1));
        let there = Spanned::new(1, Span::new(5..6));
        assert_eq!(here, there);
    }
}
