//! One page, when it is asked for: what is at an address of the archive as it is now, and what
//! is wrong with the file that it comes from.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::ask::Ask;
use crate::ask::Planned;
use crate::build::{self, DrawnContent};
use crate::check::{self, GoOn, Scales};
use crate::config::Synonyms;
use crate::diag::draw::{self, DiagnosticFormat, DrawingStyle};
use crate::diag::{Diagnostic, Language, Severity, Words};
use crate::exports::{self, Landmark, Lead};
use crate::outline::Subject;
use crate::outline::ancestry::{AncestryOnDemand, FEW};
use crate::route::{Leaf, Route};
use crate::search;
use crate::source::{Source, Sources, hex};
use crate::theme::{AssetContent, Theme};

/// More mistakes than these are counted, not shown: nobody reads them in a page.
const MOST_MISTAKES: usize = 12;

/// So many mistakes of other files are shown.
const MOST_OTHERS: usize = 5;

/// A site that is shown: every address can be asked for.
pub struct ShownSite<'a> {
    site: &'a Planned<'a>,
    theme: Option<&'a Theme>,
    diagnostics: Vec<Diagnostic>,
    /// What the site says of findings, as far as it met those in `diagnostics`.
    scales: Scales<'a>,
    findings: OnceLock<Vec<Diagnostic>>,
    /// Where sentences come from, found by a look at the archive as a whole.
    origins: OnceLock<AncestryOnDemand>,
    broken: Sources,
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// These bytes, just as a build writes them.
    Bytes {
        /// The address, whose ending tells the kind.
        route: Route,
        /// The content.
        bytes: Vec<u8>,
        /// Whether it is a page of the theme, to which the preview may add.
        is_page: bool,
    },
    /// Nothing is here; this is what is said instead.
    Missing(Vec<u8>),
    /// The page cannot be drawn; this is what is said instead.
    Broken(Vec<u8>),
    /// A file below the site's folder.
    File {
        /// The address, whose ending tells the kind.
        route: Route,
        /// The path below the site's folder.
        path: Utf8PathBuf,
    },
    /// A search file, by its path on the site; those are no part of a plan.
    Search(String),
    /// What is meant is at this address.
    Moved(String),
}

impl<'a> ShownSite<'a> {
    /// The site that is planned, with everything that is wrong; `broken` has the texts that
    /// others stand in for.
    pub(super) fn new(
        site: &'a Planned<'a>,
        theme: Option<&'a Theme>,
        diagnostics: Vec<Diagnostic>,
        broken: Sources,
    ) -> Self {
        let mut scales = Scales::of(site.archive);
        let diagnostics = scales.weigh(diagnostics).told;
        Self { site, theme, diagnostics, scales, findings: OnceLock::new(), origins: OnceLock::new(), broken }
    }

    /// The same with what a look at the archive as a whole has found already.
    pub(super) fn found(self, findings: Option<Vec<Diagnostic>>) -> Self {
        let findings = findings.map(OnceLock::from).unwrap_or_default();
        Self { findings, ..self }
    }

    /// What a look at the archive as a whole has found, if there was one: what is wrong, and where
    /// sentences come from.
    pub(super) fn into_findings(self) -> (Option<Vec<Diagnostic>>, Option<AncestryOnDemand>) {
        (self.findings.into_inner(), self.origins.into_inner())
    }

    /// Everything that is wrong as far as it is known.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().chain(self.findings.get().into_iter().flatten())
    }

    /// Looks at the archive as a whole, which takes longer than an edit should, as long as
    /// `go_on` says; whether it came to the end. What it finds in a text that stands in for a
    /// broken one is left out.
    pub fn check(&self, go_on: GoOn<'_>) -> bool {
        // What the last build knew was not read so far. An older text stands in for one that is broken, so all
        // are held from now on.
        self.site.archive.sources.texts().par_iter().take_any_while(|_| go_on()).for_each(|text| {
            let _ = text.text();
        });
        let Some(mut found) = check::check_while(self.site, go_on) else {
            return false;
        };
        found.retain(|finding| self.broken.text(&finding.path).is_none());
        let mut scales = self.scales.clone();
        let mut found = scales.weigh(found);
        let unused = scales.weigh(scales.unused());
        found.extend(unused);
        if self.site.archive.reports.len() > FEW {
            self.origins.get_or_init(|| AncestryOnDemand::found(self.site.archive));
        }
        self.findings.set(found.told).is_ok()
    }

    /// Whether the archive has been looked at as a whole.
    pub(super) fn is_checked(&self) -> bool {
        self.findings.get().is_some()
    }

    /// What could not be read.
    pub(super) fn unreadable(&self) -> BTreeSet<Utf8PathBuf> {
        let unread = self.diagnostics.iter().filter(|diagnostic| diagnostic.code == "file/unreadable");
        unread.map(|diagnostic| diagnostic.path.clone()).collect()
    }

    /// The site as it is planned.
    #[must_use]
    pub fn site(&self) -> &'a Planned<'a> {
        self.site
    }

    /// Every document that can be found; none on a site without search.
    pub(super) fn leads(&self) -> Vec<Lead> {
        if self.site.outline.is_searchable() { exports::leads(&Ask::of(self.site)) } else { Vec::new() }
    }

    /// What can be found by name, and which words mean the same.
    pub(super) fn landmarks(&self) -> (Vec<Landmark>, Synonyms) {
        (exports::landmarks(&Ask::of(self.site)), self.site.archive.config.synonyms.clone())
    }

    /// The link of the home page.
    #[must_use]
    pub fn home(&self) -> String {
        self.site.archive.config.base.href("/")
    }

    /// The address on the site that the path of a request means.
    pub(super) fn route(&self, path: &str) -> Option<Route> {
        let below = path.strip_prefix(self.site.archive.config.base.path())?;
        match below {
            "/" => Some(Route::home()),
            below => {
                let output = below.strip_prefix('/')?;
                let route = Route::of_output(output.trim_end_matches('/').into())?;
                Some(if output.ends_with('/') { Route::page([&route.as_str()[1..]]) } else { route })
            }
        }
    }

    /// What is at the path of a request, which is no longer percent-encoded.
    #[must_use]
    pub fn answer(&self, path: &str) -> Reply {
        let base = &self.site.archive.config.base;
        if base.path() != "" && (path == "/" || path == base.path()) {
            return Reply::Moved(self.home());
        }
        let Some(route) = self.route(path) else {
            return self.missing();
        };
        if let Some(subject) = self.site.outline.subject(&route) {
            return self.draw(&route, subject);
        }
        if let Some(asset) =
            self.theme.and_then(|theme| theme.assets().iter().find(|asset| asset.route == route))
        {
            return match &asset.content {
                AssetContent::Bytes(bytes) => Reply::Bytes { route, bytes: bytes.to_vec(), is_page: false },
                AssetContent::File(path) => Reply::File { route, path: path.clone() },
            };
        }
        let output = route.as_str().trim_start_matches('/');
        if self.site.outline.is_searchable() && output.split('/').next() == Some(search::FOLDER) {
            return Reply::Search(output.to_owned());
        }
        let page = Route::page([&route.as_str()[1..]]);
        if !route.is_page() && self.site.outline.subject(&page).is_some() {
            return Reply::Moved(base.href(page.as_str()));
        }
        match self.mistakes_at(&route).is_empty() {
            true => self.missing(),
            false => self.excuse(&self.mistakes_at(&route)),
        }
    }

    fn draw(&self, route: &Route, subject: &Subject) -> Reply {
        let Some(theme) = self.theme else {
            return self.excuse(&self.diagnostics().filter(|d| d.is_error()).collect::<Vec<_>>());
        };
        let is_html = route.is_page() || route.as_str().ends_with(".html");
        let is_page = is_html && !matches!(subject, Subject::Redirect(_) | Subject::Copy(_));
        match build::draw(self.site, theme, (route, subject)) {
            Ok(DrawnContent::Bytes(bytes)) => Reply::Bytes { route: route.clone(), bytes, is_page },
            Ok(DrawnContent::Text(source)) => {
                Reply::Bytes { route: route.clone(), bytes: source.text().into(), is_page }
            }
            Ok(DrawnContent::Copy(blob)) => Reply::File { route: route.clone(), path: blob.path.clone() },
            Err(complaint) => self.excuse(&[&complaint]),
        }
    }

    /// The site's own page for addresses where nothing is.
    fn missing(&self) -> Reply {
        let page = Route::file("404.html")
            .and_then(|route| Some((self.site.outline.subject(&route)?, route.clone())));
        let drawn = page.zip(self.theme).map(|((subject, route), _)| self.draw(&route, subject));
        match drawn {
            Some(Reply::Bytes { bytes, .. }) => Reply::Missing(bytes),
            Some(other) => other,
            None => Reply::Missing(Vec::new()),
        }
    }

    /// A page that has nothing but the frames of what is wrong.
    fn excuse(&self, mistakes: &[&Diagnostic]) -> Reply {
        let frames: String =
            mistakes.iter().map(|mistake| self.frame(mistake, Language::Chinese) + "\n").collect();
        let mut text = String::new();
        // Writing into a text cannot fail.
        let _ = pulldown_cmark_escape::escape_html(&mut text, &frames);
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>xiangwei</title>\n</head>\n<body>\n<main>\n<h1>这一页现在不能生成 This page cannot be drawn</h1>\n<pre>{text}</pre>\n</main>\n</body>\n</html>\n"
        );
        Reply::Broken(page.into_bytes())
    }

    /// What is wrong with the file that the page at `route` comes from.
    fn mistakes_at(&self, route: &Route) -> Vec<&Diagnostic> {
        self.diagnostics().filter(|diagnostic| is_about(&diagnostic.path, route)).collect()
    }

    /// The text at `path`, be it shown or held back.
    pub(super) fn source(&self, path: &Utf8Path) -> Option<&Source> {
        self.broken.text(path).or_else(|| self.site.archive.sources.text(path))
    }

    /// A diagnostic drawn over the texts that it is about, without the line that counts them.
    fn frame(&self, diagnostic: &Diagnostic, language: Language) -> String {
        let mut paths: Vec<&Utf8Path> = diagnostic.labels.iter().map(|label| &*label.path).collect();
        paths.push(&diagnostic.path);
        paths.sort_unstable();
        paths.dedup();
        let texts = paths.into_iter().filter_map(|path| self.source(path)).cloned().collect();
        let style = DrawingStyle { format: DiagnosticFormat::Frame, language, ..DrawingStyle::default() };
        let drawn = draw::draw(std::slice::from_ref(diagnostic), &Sources::new(texts, Vec::new()), &style);
        let frame = drawn.trim_end().rsplit_once('\n').map_or(&*drawn, |(frame, _)| frame);
        frame.trim_end().to_owned()
    }

    /// All that is wrong, as the terminal shows it: a few frames, and how many there are.
    pub(super) fn digest(&self, language: Language) -> Option<Words> {
        let errors: Vec<_> = self.diagnostics().filter(|diagnostic| diagnostic.is_error()).collect();
        if errors.is_empty() {
            return None;
        }
        let frames: Vec<_> = errors.iter().take(3).map(|error| self.frame(error, language)).collect();
        let frames = frames.join("\n\n");
        let count = errors.len();
        Some(Words::new(
            format!("{frames}\n\n共 {count} 处错误；预览保留最后正确的内容"),
            format!("{frames}\n\n{count} errors; the preview keeps what was last good"),
        ))
    }

    /// What an open page is told of itself: the digest of its bytes, and what is wrong.
    pub(super) fn state(&self, path: &str, manner: &FindingManner) -> PageState {
        let answer = self.answer(path);
        let digests = self.digests(&answer);
        let route = self.route(path);
        let mut mistakes: Vec<&Diagnostic> = Vec::new();
        let is_own =
            |diagnostic: &Diagnostic| route.as_ref().is_some_and(|route| is_about(&diagnostic.path, route));
        let weighs = |diagnostic: &Diagnostic| is_own(diagnostic) || is_shared(&diagnostic.path);
        mistakes.extend(self.diagnostics().filter(|diagnostic| weighs(diagnostic)));
        mistakes.sort_by_key(|diagnostic| diagnostic.severity);
        let others = || self.diagnostics().filter(|diagnostic| diagnostic.is_error() && !weighs(diagnostic));
        let mut shown: Vec<ShownMistake> =
            mistakes.iter().take(MOST_MISTAKES).map(|diagnostic| self.mistake(diagnostic, manner)).collect();
        if let Reply::Broken(_) = answer
            && let Some(complaint) = self.complaint(path)
        {
            shown.insert(0, self.mistake(&complaint, manner));
        }
        PageState {
            digests,
            mistakes: shown,
            elsewhere: others().count(),
            others: others().take(MOST_OTHERS).map(|diagnostic| self.mistake(diagnostic, manner)).collect(),
            is_checked: self.is_checked(),
        }
    }

    /// Why the theme's template cannot draw the page at this path.
    fn complaint(&self, path: &str) -> Option<Diagnostic> {
        let route = self.route(path)?;
        let subject = self.site.outline.subject(&route)?;
        build::draw(self.site, self.theme?, (&route, subject)).err().map(|complaint| *complaint)
    }

    fn mistake(&self, diagnostic: &Diagnostic, manner: &FindingManner) -> ShownMistake {
        let start = diagnostic.span.map_or(0, |span| span.range().start);
        let (line, column) = self.source(&diagnostic.path).map_or((1, 1), |source| source.position(start));
        let link = manner.link(&diagnostic.path, line, column);
        ShownMistake {
            is_error: diagnostic.severity == Severity::Error,
            code: diagnostic.code,
            place: format!("{}:{line}:{column}", diagnostic.path),
            message: diagnostic.message.get(manner.language).to_owned(),
            help: diagnostic.help.as_ref().map(|help| help.get(manner.language).to_owned()),
            // The hint is read on a phone as well, where a frame is wider than the window.
            frame: self.frame(&Diagnostic { help: None, ..diagnostic.clone() }, manner.language),
            link,
        }
    }

    /// The digests of an answer; none of a file, which no open page asks for.
    pub(super) fn digests(&self, answer: &Reply) -> PageDigests {
        let bytes = match answer {
            Reply::Bytes { bytes, .. } | Reply::Missing(bytes) | Reply::Broken(bytes) => bytes,
            Reply::File { .. } | Reply::Search(_) | Reply::Moved(_) => {
                return PageDigests::default();
            }
        };
        let text = String::from_utf8_lossy(bytes);
        let mut content = text.into_owned();
        let assets = self.theme.map(Theme::assets).unwrap_or_default();
        let base = &self.site.archive.config.base;
        for style in assets.iter().filter(|asset| asset.route.as_str().ends_with(".css")) {
            let href = base.href(style.route.as_str());
            if content.contains(&href) {
                content = content.replace(&href, "");
            }
        }
        let pictures = self.pictures(&content);
        PageDigests { digest: hex(&Sha256::digest(bytes)), content: hex(&Sha256::digest(content)), pictures }
    }

    /// A digest of the files that stand in a page: pictures, films and what else is named by `src`.
    /// Their addresses stay when they are overwritten, and so do the page's own bytes.
    fn pictures(&self, page: &str) -> String {
        let named = page.split(" src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let blobs = named.filter_map(|href| {
            let path = percent_encoding::percent_decode_str(href).decode_utf8().ok()?;
            let route = self.route(&path)?;
            match build::draw(self.site, self.theme?, (&route, self.site.outline.subject(&route)?)) {
                Ok(DrawnContent::Copy(blob)) => Some(blob.sha256.as_str()),
                _ => None,
            }
        });
        let digests: Vec<&str> = blobs.collect();
        if digests.is_empty() { String::new() } else { hex(&Sha256::digest(digests.concat())) }
    }
}

/// How mistakes are told.
#[derive(Clone, Debug)]
pub struct FindingManner {
    /// The site's folder.
    pub root: Utf8PathBuf,
    /// The language of messages.
    pub language: Language,
    /// The link that opens an editor, with `{path}`, `{line}` and `{column}`.
    pub editor: String,
}

impl FindingManner {
    /// The link that opens the editor at a place of a file of the site.
    pub(super) fn link(&self, path: &Utf8Path, line: usize, column: usize) -> String {
        self.editor
            .replace("{path}", &crate::route::encode(self.root.join(path).as_str()))
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
    }
}

/// By what an open page knows whether it is still as it was.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageDigests {
    /// Of its bytes.
    pub(super) digest: String,
    /// Of its bytes apart from the addresses of style sheets, which can be swapped in an open page.
    pub(super) content: String,
    /// Of the pictures that stand in it; empty if there is none.
    pub(super) pictures: String,
}

/// What an open page is told of itself.
#[derive(Debug, Serialize)]
pub(super) struct PageState {
    #[serde(flatten)]
    digests: PageDigests,
    mistakes: Vec<ShownMistake>,
    elsewhere: usize,
    others: Vec<ShownMistake>,
    is_checked: bool,
}

/// Something wrong, ready to be shown in a page.
#[derive(Debug, Serialize)]
struct ShownMistake {
    is_error: bool,
    code: &'static str,
    place: String,
    message: String,
    help: Option<String>,
    frame: String,
    link: String,
}

/// Whether the page at `route` comes from the file at `path`.
fn is_about(path: &Utf8Path, route: &Route) -> bool {
    let below = path.strip_prefix("content").ok();
    below.and_then(|below| Leaf::of(below).ok()).is_some_and(|leaf| leaf.route() == *route)
}

/// Whether every page depends on the file at `path`.
fn is_shared(path: &Utf8Path) -> bool {
    !path.starts_with("content") && !path.starts_with("static")
}
