//! Personal data that would be published: in texts, names of files, attachments and finished pages. What is a number
//! of a person is known by [`crate::personal`], and what an attachment holds by [`crate::attached`]; here it is said
//! what is wrong with it. A finding shows where something stands and a masked part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::archive::Archive;
use crate::ask::Planned;
use crate::attached::{self, AttachmentFinding, Examined, FoundInAttachment};
use crate::config::Config;
use crate::diag::{Diagnostic, Words};
use crate::outline::Subject;
use crate::personal::{self, Certainty, OwnNumbers, PersonalFinding, PersonalKind};
use crate::route::Route;
use crate::source::{Blob, Source, Span};

/// Of one text so many findings are told.
const MOST_OF_A_TEXT: usize = 200;

/// What a site gives as its own.
fn own(config: &Config) -> OwnNumbers {
    let publisher = &config.publisher;
    let texts = [publisher.phone.as_deref(), publisher.email.as_deref()];
    OwnNumbers::of(texts.into_iter().flatten())
}

/// What is personal in a text, front matter and remarks too, since the source is published.
#[must_use]
pub fn in_source(source: &Source, config: &Config) -> Vec<Diagnostic> {
    let mut found = personal::find_in_parts(source.text()).peekable();
    if found.peek().is_none() {
        return Vec::new();
    }
    let own = own(config);
    let strange = found.filter(|finding| !own.has(finding)).take(MOST_OF_A_TEXT);
    strange.map(|finding| of_finding(source.path(), &finding).at(Span::new(finding.place.clone()))).collect()
}

/// What is personal in settings and themes, and in the names of files, which become addresses.
pub(super) fn in_settings(archive: &Archive) -> Vec<Diagnostic> {
    let is_other = |path: &Utf8Path| !path.starts_with("content") && !path.starts_with("publications");
    let texts = archive.sources.texts().iter();
    let others = texts.clone().filter(|source| is_other(source.path()));
    let mut told: Vec<_> = others.flat_map(|source| in_source(source, &archive.config)).collect();
    let paths = texts.map(Source::path).chain(archive.sources.blobs().iter().map(|blob| &*blob.path));
    for path in paths {
        let found = personal::find(path.as_str());
        told.extend(found.iter().map(|finding| in_name(path, finding)));
    }
    told
}

fn in_name(path: &Utf8Path, finding: &PersonalFinding) -> Diagnostic {
    let (what, shown) = (called(finding.kind), finding.masked());
    let words = Words::new(
        format!("文件名里有{} {shown}，会成为网址", what.0),
        format!("the file's name, which becomes an address, has {} {shown}", what.1),
    );
    weighed(finding.certainty, path, words).help("改文件名", "rename the file")
}

/// A finding of this certainty.
fn weighed(certainty: Certainty, path: &Utf8Path, words: Words) -> Diagnostic {
    match certainty {
        Certainty::Certain => Diagnostic::error("personal/number", path, words),
        Certainty::Likely => Diagnostic::warning("personal/likely", path, words),
        Certainty::Possible => Diagnostic::note("personal/possible", path, words),
    }
}

fn of_finding(path: &Utf8Path, finding: &PersonalFinding) -> Diagnostic {
    let (what, shown) = (called(finding.kind), finding.masked());
    let words = Words::new(format!("这里有{} {shown}", what.0), format!("here is {} {shown}", what.1));
    weighed(finding.certainty, path, words).help(
        "删去，或者遮住中间几位（如 138****0000）；确须公开的，在 site.yaml 的 `checks` 里写明理由放行",
        "remove it or mask its middle (138****0000); if it must be published, allow it in `checks` of site.yaml with a reason",
    )
}

/// What something is called.
fn called(kind: PersonalKind) -> (&'static str, &'static str) {
    match kind {
        PersonalKind::Identity => ("身份证号码", "an identity number"),
        PersonalKind::OldIdentity => ("15 位身份证号码", "an identity number of 15 digits"),
        PersonalKind::Card => ("银行卡号", "a bank card's number"),
        PersonalKind::Mobile => ("手机号码", "a mobile number"),
        PersonalKind::Landline => ("固定电话", "a telephone number"),
        PersonalKind::Passport => ("护照号码", "a passport's number"),
        PersonalKind::Plate => ("车牌号码", "a number plate"),
        PersonalKind::Mail => ("个人邮箱", "a private mailbox"),
    }
}

/// Where the bytes of attachments come from, and what is known of some by their SHA-256.
pub struct Attachments<'a> {
    /// The bytes of a file; `None` where it cannot be read.
    pub bytes: &'a (dyn Fn(&Blob) -> Option<Vec<u8>> + Sync),
    /// What came of examining attachments before, as it was noted.
    pub noted: Option<Vec<u8>>,
}

impl Attachments<'_> {
    /// What is personal in the files that the site passes on, and the note of what came of examining each of them, which has no
    /// number.
    #[must_use]
    pub fn check(self, site: &Planned<'_>) -> (Vec<Diagnostic>, Vec<u8>) {
        let blobs = passed_on(site, &|_| true);
        let known = self.examine(&blobs);
        let mut told = Vec::new();
        let mut kept = BTreeMap::new();
        for blob in blobs {
            if let Some(examined) = known.get(&blob.sha256) {
                told.extend(examined.found.iter().map(|found| in_attachment(&blob.path, found)));
                kept.insert(blob.sha256.clone(), examined.clone());
            }
        }
        (told, postcard::to_allocvec(&kept).unwrap_or_default())
    }

    /// The note of what comes of examining those of them that `is_wanted` names.
    #[must_use]
    pub fn note(self, site: &Planned<'_>, is_wanted: &dyn Fn(&Utf8Path) -> bool) -> Vec<u8> {
        let examined = self.examine(&passed_on(site, is_wanted));
        postcard::to_allocvec(&examined).unwrap_or_default()
    }

    /// What comes of examining these files, by SHA-256, and what was known before.
    fn examine(self, blobs: &[&Blob]) -> BTreeMap<String, Examined> {
        let mut known = self.noted.map(|note| read_note(&note)).unwrap_or_default();
        let fresh: BTreeMap<&str, &Blob> = blobs
            .iter()
            .filter(|blob| !known.contains_key(&blob.sha256))
            .map(|blob| (blob.sha256.as_str(), *blob))
            .collect();
        let examine = |(sha256, blob): (&str, &Blob)| {
            let name = blob.path.file_name().unwrap_or_default();
            let examined =
                (self.bytes)(blob).map_or_else(attached::unread, |bytes| attached::examine(name, &bytes));
            (sha256.to_owned(), examined)
        };
        let examined: Vec<_> = fresh.into_par_iter().map(examine).collect();
        known.extend(examined);
        known
    }
}

fn read_note(note: &[u8]) -> BTreeMap<String, Examined> {
    postcard::from_bytes(note).unwrap_or_default()
}

/// One note of what several say of attachments.
#[must_use]
pub fn notes_together(notes: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let all: BTreeMap<String, Examined> = notes.into_iter().flat_map(|note| read_note(&note)).collect();
    postcard::to_allocvec(&all).unwrap_or_default()
}

/// The files that the site passes on, as far as `is_wanted` names them.
fn passed_on<'a>(site: &Planned<'a>, is_wanted: &dyn Fn(&Utf8Path) -> bool) -> Vec<&'a Blob> {
    let paths: BTreeSet<&Utf8Path> = site.outline.routes().filter_map(copied).collect();
    let blobs = site.archive.sources.blobs().iter().filter(|blob| is_wanted(&blob.path));
    blobs.filter(|blob| paths.contains(&*blob.path) || is_asset(&blob.path)).collect()
}

/// Whether a file is passed on with the look of the site.
fn is_asset(path: &Utf8Path) -> bool {
    ["static", "themes", "templates"].iter().any(|folder| path.starts_with(folder))
}

/// The path of the file of which there is a copy at an address.
fn copied<'a>((_, subject): (&'a Route, &'a Subject)) -> Option<&'a Utf8Path> {
    if let Subject::Copy(path) = subject { Some(path) } else { None }
}

fn in_attachment(path: &Utf8Path, found: &AttachmentFinding) -> Diagnostic {
    let count = found.count;
    let list = |language: fn(&Words) -> &str, comma: &str| {
        let first = found
            .first
            .iter()
            .map(|(place, shown)| format!("{} {shown}", language(place)).trim_end().to_owned());
        let more = if count > found.first.len() { "…" } else { "" };
        first.collect::<Vec<_>>().join(comma) + more
    };
    let (zh, en) = (list(|words| &words.zh, "；"), list(|words| &words.en, "; "));
    match found.what {
        FoundInAttachment::Number(kind, certainty) => {
            let what = called(kind);
            let words = Words::new(
                format!("附件里有{} {count} 处：{zh}", what.0),
                format!("the attachment has {}, {count} in all: {en}", what.1),
            );
            weighed(certainty, path, words).help(
                "在原件里删去或遮住，再换上新的附件；隐藏的行、列、工作表和修订也会被人看到",
                "remove or mask it in the original and attach that anew; hidden rows, columns, sheets and revisions are seen too",
            )
        }
        FoundInAttachment::Whereabouts => {
            let words = Words::new(format!("附件{zh}"), format!("the attachment is {en}"));
            Diagnostic::warning("personal/whereabouts", path, words).help(
                "另存为不带拍摄信息（EXIF）的照片",
                "save the photograph again without what the camera wrote (Exif)",
            )
        }
        FoundInAttachment::Scanned => {
            let words = Words::new(
                format!("附件的每一页都是图片，没有文字：{zh}；里面有没有个人信息也看不到"),
                format!(
                    "every page of the attachment is a picture without text, and whether something personal is on them is not known: {en}"
                ),
            );
            Diagnostic::warning("attachment/scanned", path, words).help(
                "换成由文稿直接导出的 PDF，或者识别文字以后再附上；只有扫描件的，请人看过之后在 site.yaml 的 `checks` 里放行",
                "attach the PDF that the office program writes, or one with its text recognized; if there is nothing else, have somebody look at it and allow it in `checks` of site.yaml",
            )
        }
        FoundInAttachment::Unread => {
            let words = Words::new(
                format!("附件有读不到的内容，不知道里面有没有个人信息：{zh}"),
                format!(
                    "something in the attachment cannot be read, and whether it is personal is not known: {en}"
                ),
            );
            Diagnostic::warning("personal/unreadable", path, words).help(
                "请人看过之后，在 site.yaml 的 `checks` 里写明理由放行；或者换成能够检索文字的文件",
                "have somebody look at it and allow it in `checks` of site.yaml with a reason; or attach a file whose text can be searched",
            )
        }
    }
}

/// What is personal in finished pages and in no source: numbers that only come together there. It is gathered
/// from many threads while pages are drawn, and told when all are.
pub struct PublishedNumbers {
    own: OwnNumbers,
    /// What sources have, gathered when a page has something.
    known: OnceLock<BTreeSet<String>>,
    /// Each number, with the first page in the order of addresses that has it.
    found: Mutex<BTreeMap<String, OnPage>>,
}

/// A number on a page.
struct OnPage {
    route: String,
    /// The file that the page is made of.
    path: Utf8PathBuf,
    finding: PersonalFinding,
}

impl PublishedNumbers {
    /// Nothing of the archive's site was looked at yet.
    #[must_use]
    pub fn of(archive: &Archive) -> Self {
        Self { own: own(&archive.config), known: OnceLock::new(), found: Mutex::default() }
    }

    /// Whether something in these bytes would have to be told by a source, for somebody who has not all of them.
    #[must_use]
    pub fn is_suspect(&self, bytes: &[u8]) -> bool {
        simdutf8::basic::from_utf8(bytes).is_ok_and(|text| self.doubtful(text).next().is_some())
    }

    /// What looks personal in a page, and is not the site's own.
    ///
    /// What only words near it tell ([`Certainty::Possible`]) is judged in the sources, where those words are:
    /// a page puts others beside it.
    fn doubtful(&self, text: &str) -> impl Iterator<Item = PersonalFinding> {
        let is_told =
            |finding: &PersonalFinding| finding.certainty != Certainty::Possible && !self.own.has(finding);
        personal::find(text).into_iter().filter(is_told)
    }

    /// Looks at the bytes at an address, made of the file at `path`; says whether something is personal there that
    /// no source has.
    pub fn look(&self, archive: &Archive, (route, path): (&Route, &Utf8Path), bytes: &[u8]) -> bool {
        let Ok(text) = simdutf8::basic::from_utf8(bytes) else { return false };
        let mut has_any = false;
        for finding in self.doubtful(text) {
            if self.known(archive).contains(finding.value()) {
                continue;
            }
            has_any = true;
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            let route = route.to_string();
            let is_first = found.get(finding.value()).is_none_or(|before| route < before.route);
            if is_first {
                found.insert(finding.value().to_owned(), OnPage { route, path: path.to_owned(), finding });
            }
        }
        has_any
    }

    /// What was found, each number once.
    #[must_use]
    pub fn told(self) -> Vec<Diagnostic> {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.values().map(on_page).collect()
    }

    /// What sources have, and is told there. The record of earlier texts is none: nobody looks through it.
    fn known(&self, archive: &Archive) -> &BTreeSet<String> {
        self.known.get_or_init(|| {
            let texts = archive.sources.texts().par_iter();
            let told = texts.filter(|source| !source.path().starts_with("publications"));
            let found = told.flat_map_iter(|source| personal::find(source.text()));
            found.map(|finding| finding.value().to_owned()).collect()
        })
    }
}

fn on_page(OnPage { route, path, finding }: &OnPage) -> Diagnostic {
    let (what, shown) = (called(finding.kind), finding.masked());
    let words = Words::new(
        format!("网页 {route} 上有{} {shown}，来源里看不出来", what.0),
        format!("the page {route} has {} {shown}, which no source shows", what.1),
    );
    weighed(finding.certainty, path, words).help(
        "它可能被标记隔开，由模板拼成，或者在以前发布的文本里；找到后删去或遮住",
        "markup may part it in the source, a template put it together, or a text have it that was published before; find it and remove or mask it",
    )
}
