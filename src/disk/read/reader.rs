//! Reading the files of a site, each by itself and on all threads: texts are decoded, and of everything
//! else size and digest are taken.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::parts::{CandidateFile, FileRole, named};
use crate::diag::{self, Diagnosed, Diagnostic, Words};
use crate::disk::believe::Stat;
use crate::disk::copy;
use crate::disk::failure::reason;
use crate::disk::known::{FileNote, KnownFiles, SiteFolder};
use crate::encoding::text_of;
use crate::source::{Blob, FileNature, HEAD, Source, Sources, Span, TextShelf};

/// The largest text that is read: 16 MiB, several times the longest report of a province.
pub const MAX_TEXT: u64 = 16 << 20;

/// The largest file that is passed on: 512 MiB, several hours of a meeting on video. A file that
/// claims to be larger costs nothing to make and minutes to read.
pub const MAX_FILE: u64 = 512 << 20;

/// A file that was read, with what the system said of it before.
enum ReadFile {
    Text(Source, Option<Stat>),
    Blob(Blob, Option<Stat>),
}

impl ReadFile {
    /// What is to be noted of it; nothing of a file that was changed about the `moment` of reading.
    fn note(&self, moment: i64) -> Option<(Utf8PathBuf, FileNote)> {
        let is_before = |stat: &Stat| stat.is_before(moment);
        match self {
            Self::Text(text, stat) => {
                let stat = stat.filter(is_before)?;
                Some((text.path().to_owned(), FileNote::of_text(stat, text)))
            }
            Self::Blob(blob, stat) => {
                Some((blob.path.clone(), FileNote::of_blob(stat.filter(is_before)?, blob)))
            }
        }
    }
}

/// What is known of files before they are read.
pub(super) struct KnownBefore {
    /// The site's folder, held open.
    pub(super) folder: Arc<SiteFolder>,
    /// What was read of it by another build.
    pub(super) known: KnownFiles,
    /// When reading began, where notes are to be taken.
    pub(super) moment: Option<i64>,
    /// So many bytes of documents' texts stay in memory; others are let go at once, and read again by who asks for
    /// their words.
    pub(super) room: usize,
}

/// What came of reading, and what is to be noted of it.
pub(super) struct ReadingOutcome {
    pub(super) read: Diagnosed<Sources>,
    pub(super) notes: Vec<(Utf8PathBuf, FileNote)>,
}

/// Reads what was found in a folder, on all threads; the result does not show in what order.
/// `diagnostics` are what is wrong with other files there.
pub(super) fn read(
    before: &KnownBefore,
    files: Vec<CandidateFile>,
    mut diagnostics: Vec<Diagnostic>,
) -> ReadingOutcome {
    let (mut texts, mut blobs) = (Vec::new(), Vec::new());
    let reader = FileReader { before, taken: AtomicUsize::new(0), linked: linked(&files) };
    let noted = |found| {
        let read = reader.read(found);
        let note = read.as_ref().ok().and_then(|read| read.note(before.moment?));
        (read, note)
    };
    let read: Vec<(Result<ReadFile, Box<Diagnostic>>, _)> = files.into_par_iter().map(noted).collect();
    let mut notes = Vec::with_capacity(read.len());
    for (item, note) in read {
        notes.extend(note);
        match item {
            Ok(ReadFile::Text(text, _)) => texts.push(text),
            Ok(ReadFile::Blob(blob, _)) => blobs.push(blob),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    diag::sort(&mut diagnostics);
    let unread = diagnostics.iter().map(|diagnostic| diagnostic.path.clone()).collect();
    ReadingOutcome {
        read: Diagnosed { value: Sources::new(texts, blobs).beside(unread), diagnostics },
        notes,
    }
}

/// A file that is passed on and has several names, as far as it was read.
type Linked = OnceLock<Result<(Blob, Option<Stat>), Box<Diagnostic>>>;

/// The files that are passed on and that links lead to, by their true paths. Each is read once,
/// however many links there are.
fn linked(files: &[CandidateFile]) -> BTreeMap<Utf8PathBuf, Linked> {
    let blobs = files.iter().filter(|found| found.role == FileRole::Blob);
    blobs.filter_map(|found| Some((found.real.clone()?, Linked::new()))).collect()
}

/// What reads files.
struct FileReader<'a> {
    before: &'a KnownBefore,
    /// So many bytes of documents' texts were read.
    taken: AtomicUsize,
    linked: BTreeMap<Utf8PathBuf, Linked>,
}

impl FileReader<'_> {
    fn read(&self, found: CandidateFile) -> Result<ReadFile, Box<Diagnostic>> {
        let CandidateFile { path, role, real } = found;
        if let Some(known) = self.known(&path, role) {
            return Ok(known);
        }
        match (role, real.and_then(|real| self.linked.get(&real))) {
            (FileRole::Text, _) => self.text(path).map(|(text, stat)| ReadFile::Text(text, stat)),
            (FileRole::Blob, None) => self.blob(path).map(|(blob, stat)| ReadFile::Blob(blob, stat)),
            (FileRole::Blob, Some(linked)) => match linked.get_or_init(|| self.blob(path.clone())) {
                Ok((blob, stat)) => Ok(ReadFile::Blob(Blob { path, ..blob.clone() }, *stat)),
                Err(complaint) => Err(Box::new(Diagnostic { path, ..(**complaint).clone() })),
            },
        }
    }

    /// What is at `path`, if it is known without reading it.
    fn known(&self, path: &Utf8Path, role: FileRole) -> Option<ReadFile> {
        if let Some(sha256) = named(path) {
            let folder = Arc::clone(&self.before.folder) as Arc<dyn TextShelf>;
            return Some(ReadFile::Text(Source::known(path, sha256, folder), None));
        }
        let note = self.before.known.note(path)?;
        let stat = Some(note.stat());
        match role {
            FileRole::Text => Some(ReadFile::Text(note.text(path, &self.before.folder)?, stat)),
            FileRole::Blob => Some(ReadFile::Blob(note.blob(path)?, stat)),
        }
    }

    /// The file at `path`, opened once for all that is asked of it.
    fn open(&self, path: &Utf8Path) -> Result<(File, Metadata), Box<Diagnostic>> {
        let open = || {
            let file = self.before.folder.root()?.file(path)?;
            let found = file.metadata()?;
            Ok((file, found))
        };
        open().map_err(|error| unreadable(path, &error).into())
    }

    fn blob(&self, path: Utf8PathBuf) -> Result<(Blob, Option<Stat>), Box<Diagnostic>> {
        let (file, found) = self.open(&path)?;
        if found.len() > MAX_FILE {
            return Err(too_large(path, found.len(), MAX_FILE).into());
        }
        let mut head = FirstBytes(Vec::with_capacity(HEAD));
        // A file that grows while it is read is not read for ever.
        let entry = copy(&mut file.take(MAX_FILE), &mut head).map_err(|error| unreadable(&path, &error))?;
        let blob = Blob { path, size: entry.size, sha256: entry.sha256, nature: FileNature::of(&head.0) };
        Ok((blob, Stat::of(&found)))
    }

    fn text(&self, path: Utf8PathBuf) -> Result<(Source, Option<Stat>), Box<Diagnostic>> {
        let (file, found) = self.open(&path)?;
        let bytes = match bytes_of(file, found.len()).map_err(|error| unreadable(&path, &error))? {
            TextBytes::All(bytes) => bytes,
            TextBytes::TooMany(size) => return Err(too_large(path, size, MAX_TEXT).into()),
        };
        let source = |text: String| {
            let is_of_all = !path.starts_with("content");
            let stays = is_of_all || self.taken.fetch_add(text.len(), Ordering::Relaxed) < self.before.room;
            let folder = Arc::clone(&self.before.folder) as Arc<dyn TextShelf>;
            let source = Source::new(&path, text).on(folder);
            (if stays { source } else { source.unread() }, Stat::of(&found))
        };
        text_of(&bytes).map(source).map_err(|refusal| {
            let place = Span::new(refusal.offset..refusal.offset + 1);
            let error = Diagnostic::error("file/encoding", path, refusal.message);
            Box::new(error.at(place).help(refusal.help.zh, refusal.help.en))
        })
    }
}

/// Keeps the first bytes of what is written to it.
struct FirstBytes(Vec<u8>);

impl Write for FirstBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = HEAD.saturating_sub(self.0.len());
        self.0.extend_from_slice(&bytes[..room.min(bytes.len())]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes of a text that was read before.
pub(in crate::disk) fn whole_text(file: File) -> io::Result<Vec<u8>> {
    let size = file.metadata()?.len();
    match bytes_of(file, size)? {
        TextBytes::All(bytes) => Ok(bytes),
        TextBytes::TooMany(_) => Err(io::ErrorKind::FileTooLarge.into()),
    }
}

/// What a text's file holds.
enum TextBytes {
    All(Vec<u8>),
    TooMany(u64),
}

/// The bytes of a file, and never many more than a text may have, even if it grows meanwhile.
fn bytes_of(mut file: File, size: u64) -> io::Result<TextBytes> {
    if size > MAX_TEXT {
        return Ok(TextBytes::TooMany(size));
    }
    let room = usize::try_from(size).unwrap_or_default() + 1;
    let mut bytes = Vec::with_capacity(room);
    (&mut file).take(MAX_TEXT + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    match size > MAX_TEXT {
        true => Ok(TextBytes::TooMany(size)),
        false => Ok(TextBytes::All(bytes)),
    }
}

pub(super) fn unreadable(path: &Utf8Path, error: &io::Error) -> Diagnostic {
    let why = reason(error);
    let words = Words::new(format!("无法读取：{}", why.zh), format!("it cannot be read: {}", why.en));
    Diagnostic::error("file/unreadable", path, words)
}

fn too_large(path: Utf8PathBuf, size: u64, most: u64) -> Diagnostic {
    let (size, limit) = (size.div_ceil(1 << 20), most >> 20);
    if most == MAX_FILE {
        let words = Words::new(
            format!("文件有 {size} MiB，附件和其他文件最多 {limit} MiB"),
            format!("the file has {size} MiB, and one that is passed on at most {limit} MiB"),
        );
        return Diagnostic::error("file/too-large", path, words).help(
            "压缩或分成几个文件；很大的视频放在别处，给出链接",
            "compress it or make several of it; keep large videos elsewhere and link to them",
        );
    }
    let words = Words::new(
        format!("文件有 {size} MiB，文本最多 {limit} MiB"),
        format!("the file has {size} MiB and a text at most {limit} MiB"),
    );
    let error = Diagnostic::error("file/too-large", path, words);
    error.help(
        "图片和数据另存为附件，不要嵌在正文里",
        "keep pictures and tables of data as attachments, not inside the text",
    )
}
