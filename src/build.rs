//! The order of the stages: sources, reports, archive, outline, pages, site. The only module that
//! knows it; every stage knows just the one before.

mod part;
mod placing;
mod recall;
mod recipes;
mod searchable;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::archive::{self, Archive, Document, Entry};
use crate::ask::{Ask, Asked, Digest, Planned};
use crate::check;
use crate::config::{self, BaseUrl, Config, Registry};
use crate::diag::{self, Diagnosed, Diagnostic, Words};
use crate::exports;
use crate::outline::{self, Outline, Subject};
use crate::pages;
use crate::render::render;
use crate::report::{self, Status};
use crate::route::Route;
use crate::search;
use crate::site::{self, Manifest, Rank};
use crate::source::{Blob, Source, Sources};
use crate::theme::{self, AssetContent, Theme};
use crate::view::{Outcome, View};
use placing::Placing;
use recipes::{Held, Noted, Numbers};

pub use part::{Brought, Hearing, Others, Own, draw_part, part_of, rank_at};
pub use placing::Copies;
pub use recall::Recalled;
pub use recipes::Recipes;

/// What the caller wishes besides what `site.yaml` says.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Drafts are pages as well.
    pub drafts: bool,
    /// Another address than `site.yaml` gives.
    pub base: Option<BaseUrl>,
    /// The day by which it is judged what is due.
    pub today: Option<Date>,
    /// No search files are made, and the search page says so.
    pub no_search: bool,
}

/// Reads everything: texts become an archive, the theme is loaded, and what is wrong with
/// either comes along.
#[must_use]
pub fn prepare(sources: Sources, wishes: &Wishes) -> Diagnosed<(Archive, Option<Theme>)> {
    let Diagnosed { value, diagnostics } = prepare_recalling(sources, wishes, Recalled::default());
    Diagnosed { value: (value.archive, value.theme), diagnostics }
}

/// A site's texts, read.
pub struct Prepared {
    /// The archive.
    pub archive: Archive,
    /// The theme, if it could be loaded.
    pub theme: Option<Theme>,
    /// What is wrong with each file by itself.
    pub faults: BTreeMap<String, Vec<Diagnostic>>,
    /// What was remembered, to be kept on.
    pub recalled: Recalled,
}

/// The same, and documents of which it is remembered what came of reading them are not read again.
#[must_use]
pub fn prepare_recalling(sources: Sources, wishes: &Wishes, recalled: Recalled) -> Diagnosed<Prepared> {
    let mut memo = Memo { recalled, is_lean: true, ..Memo::default() };
    let Diagnosed { value: archive, mut diagnostics } = memo.archive(sources, wishes);
    diagnostics.extend(memo.faults().cloned());
    let Memo { theme, faults, recalled, .. } = memo;
    Diagnosed { value: Prepared { archive, theme, faults, recalled }, diagnostics }
}

/// The settings of a site, from `site.yaml` and `indicators.yaml`.
#[must_use]
pub fn settings(sources: &Sources, wishes: &Wishes) -> Diagnosed<(Config, Registry)> {
    let mut diagnostics = Vec::new();
    let mut config = match sources.text("site.yaml".into()) {
        Some(source) => Config::parse(source).into(&mut diagnostics),
        None => {
            diagnostics.push(config::absent());
            Config::default()
        }
    };
    config.base = wishes.base.clone().unwrap_or(config.base);
    config.today = wishes.today;
    let registry = sources.text("indicators.yaml".into()).map(Registry::parse);
    let registry = registry.map(|registry| registry.into(&mut diagnostics)).unwrap_or_default();
    Diagnosed { value: (config, registry), diagnostics }
}

/// What is remembered between two builds in one process: what every file turned out to be, what
/// is wrong with each, and the theme. It must be told what changed ([`Memo::forget`]) and be
/// given back an archive before it makes another ([`Memo::keep`]); it never holds a file twice.
#[derive(Default)]
pub struct Memo {
    // By path as a text, which compares faster than a path does.
    files: BTreeMap<String, Read>,
    faults: BTreeMap<String, Vec<Diagnostic>>,
    settings_faults: Vec<Diagnostic>,
    theme: Option<Theme>,
    theme_faults: Vec<Diagnostic>,
    theme_is_known: bool,
    /// What came of reading documents in an earlier build.
    recalled: Recalled,
    /// What others tell of files that this machine does not read: of a document what is told of it, of anything
    /// else nothing.
    others: BTreeMap<String, Option<Box<Document>>>,
    /// Whether texts are let go once they are read: a page that shows one reads it again.
    is_lean: bool,
}

/// What came of reading a file.
enum Read {
    /// This, which no archive has.
    Here(Entry),
    /// Something that the archive has.
    Away,
    /// Nothing that an archive can have.
    Void,
}

/// Whether what is at `path` decides what every other file means.
#[must_use]
pub fn is_setting(path: &Utf8Path) -> bool {
    matches!(path.as_str(), "site.yaml" | "indicators.yaml")
}

/// Whether what is at `path` is part of a theme, and says nothing of any document.
#[must_use]
pub fn is_of_theme(path: &Utf8Path) -> bool {
    path.starts_with("themes") || path.starts_with("templates")
}

impl Memo {
    /// The archive of `sources`, read as far as it is not remembered, with what is wrong between
    /// its files. What is wrong with each file stays here ([`Memo::faults`]).
    #[must_use]
    pub fn archive(&mut self, sources: Sources, wishes: &Wishes) -> Diagnosed<Archive> {
        self.settings_faults.clear();
        let (mut config, registry) = settings(&sources, wishes).into(&mut self.settings_faults);
        self.see_theme(&sources, &mut config);
        let entries = self.entries(&sources, (&config, &registry));
        archive::assemble(sources, (config, registry), entries, wishes.drafts)
    }

    /// Remembers what came of reading documents in an earlier build, in place of what it was told before.
    pub fn recall(&mut self, recalled: Recalled) {
        self.recalled = recalled;
    }

    /// Believes what others tell of files, in place of reading them.
    pub fn believe(&mut self, others: BTreeMap<String, Option<Box<Document>>>) {
        self.others = others;
    }

    /// Loads the theme, unless it is remembered, and has the settings speak as it does. The last good one stands in
    /// for one that cannot be loaded.
    pub fn see_theme(&mut self, sources: &Sources, config: &mut Config) {
        if !self.theme_is_known {
            self.theme_faults.clear();
            let theme = Theme::renew(self.theme.take(), sources, config);
            self.theme = theme.into(&mut self.theme_faults);
            self.theme_is_known = true;
        }
        config.phrasebook = match &self.theme {
            Some(theme) => theme.phrasebook().clone(),
            None => theme::phrasebook(sources, config),
        };
    }

    /// The theme, if it could be loaded.
    #[must_use]
    pub fn theme(&self) -> Option<&Theme> {
        self.theme.as_ref()
    }

    /// What is wrong with the settings, the theme and each file by itself.
    pub fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.settings_faults.iter().chain(&self.theme_faults).chain(self.faults.values().flatten())
    }

    /// Forgets what was read from these files. Everything that is read depends on the settings,
    /// so a change of those leaves nothing.
    pub fn forget(&mut self, changed: &BTreeSet<Utf8PathBuf>) {
        let is_any = |is_so: fn(&Utf8Path) -> bool| changed.iter().any(|path| is_so(path));
        if is_any(is_setting) {
            self.files.clear();
            self.faults.clear();
        }
        if is_any(is_setting) || is_any(is_of_theme) {
            self.theme_is_known = false;
        }
        for path in changed {
            self.files.remove(path.as_str());
            self.faults.remove(path.as_str());
        }
    }

    /// Whether the file at `path` is remembered and had nothing wrong that `stops` a site.
    #[must_use]
    pub fn is_good(&self, path: &Utf8Path, stops: impl Fn(&[Diagnostic]) -> bool) -> bool {
        let is_something = !matches!(self.files.get(path.as_str()), None | Some(Read::Void));
        is_something && !self.faults.get(path.as_str()).is_some_and(|faults| stops(faults))
    }

    /// Remembers what came of reading a file that another way has read.
    pub fn learn(&mut self, path: &Utf8Path, read: Diagnosed<Option<Entry>>) {
        self.note(path, read.diagnostics, read.value.map_or(Read::Void, Read::Here));
    }

    /// Remembers what is wrong with a file that another way has read and put into the archive.
    pub fn learn_of(&mut self, path: &Utf8Path, diagnostics: Vec<Diagnostic>) {
        self.note(path, diagnostics, Read::Away);
    }

    fn note(&mut self, path: &Utf8Path, diagnostics: Vec<Diagnostic>, read: Read) {
        self.files.insert(path.as_str().to_owned(), read);
        if diagnostics.is_empty() {
            self.faults.remove(path.as_str());
        } else {
            self.faults.insert(path.as_str().to_owned(), diagnostics);
        }
    }

    /// Takes an archive back, and gives the sources.
    #[must_use]
    pub fn keep(&mut self, archive: Archive) -> Sources {
        let (sources, entries) = archive::dismantle(archive);
        for entry in entries {
            if let Some(read) = self.files.get_mut(entry.path().as_str()) {
                *read = Read::Here(entry);
            }
        }
        sources
    }

    /// Reads every Markdown file below `content/` that is not remembered, in parallel; the
    /// order of all is that of the paths.
    fn entries(&mut self, sources: &Sources, settings: (&Config, &Registry)) -> Vec<Entry> {
        let texts: Vec<_> = sources.texts_below("content".into()).collect();
        for (path, document) in std::mem::take(&mut self.others) {
            let read = document.map_or(Read::Void, |document| Read::Here(Entry::Report(document)));
            self.files.insert(path, read);
        }
        let is_known =
            |path: &Utf8Path| matches!(self.files.get(path.as_str()), Some(Read::Here(_) | Read::Void));
        let unknown: Vec<_> = texts.iter().filter(|source| !is_known(source.path())).collect();
        let is_lean = self.is_lean;
        let read_anew = |source: &Source| {
            // A text that is not held is not held afterwards.
            let own = if source.is_read() { None } else { Some(source.unread()) };
            let source = own.as_ref().unwrap_or(source);
            let mut read = read(source, settings);
            if let Some(Entry::Report(document)) = read.value.as_mut().filter(|_| is_lean) {
                document.settle(source);
            }
            read
        };
        let recall = |source: &Source| self.recalled.of(source).unwrap_or_else(|| read_anew(source));
        let read: Vec<_> = unknown.par_iter().map(|source| (source.path(), recall(source))).collect();
        for (path, read) in read {
            self.learn(path, read);
        }
        let mut entries = Vec::with_capacity(texts.len());
        for source in texts {
            let Some(read) = self.files.get_mut(source.path().as_str()) else { continue };
            if let Read::Here(_) = read
                && let Read::Here(entry) = std::mem::replace(read, Read::Away)
            {
                entries.push(entry);
            }
        }
        entries
    }
}

/// Reads one Markdown file below `content/`. One that the program cannot read for a fault of its
/// own is nothing, and told.
#[must_use]
pub fn read(source: &Source, settings: (&Config, &Registry)) -> Diagnosed<Option<Entry>> {
    let personal = check::in_source(source, settings.0);
    let read = diag::guarded(source.path(), || archive::read(source, settings, personal.clone()));
    let mut read = read.unwrap_or_else(|fault| {
        let diagnostics = std::iter::once(*fault).chain(personal).collect();
        Diagnosed { value: None, diagnostics }
    });
    if let Some(Entry::Report(document)) = &read.value
        && document.matter.status == Status::Withdrawn
    {
        // Its text goes out no more, and to take it back at once must need no other edit than to say so.
        let end = report::split(source).map_or(0, |(matter, _)| matter.range().end);
        let is_public = |found: &Diagnostic| found.span.is_some_and(|span| span.range().start < end);
        read.diagnostics.retain(|found| !found.code.starts_with("personal/") || is_public(found));
    }
    read
}

/// The content of one file of the finished site.
pub enum Piece<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// A copy of a text below the site's folder.
    Text(&'a Source),
    /// A copy of a file below the site's folder.
    Copy(&'a Blob),
}

/// Takes the pieces of a site as they are made, from many threads.
pub type Sink<'a, F> = dyn Fn(&Route, Rank, Piece<'_>) -> Result<site::Entry, F> + Sync + 'a;

/// Why a site could not be made.
#[derive(Debug)]
pub enum Obstacle<F> {
    /// Something in the sources; here it is.
    Diagnosed(Vec<Diagnostic>),
    /// The sink could not take a piece.
    Sink(F),
}

/// How the search files are made, and what of an earlier build can be taken over.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// The most documents of a bundle of the search index.
    pub most: usize,
    /// The digest of what every file is made from ([`Recipes::head`]).
    pub head: Digest,
    /// The recipes of the last build, if they are known.
    pub recipes: Option<&'a Recipes>,
    /// What other machines have made of this very site, which is not made again.
    pub brought: Option<&'a Brought>,
    /// Takes over a page or a file as it stands; `None` if it is no longer what the last build
    /// wrote.
    pub keep_file: &'a (dyn Fn(&Utf8Path, Rank) -> Option<site::Entry> + Sync),
    /// The bytes of a file of the last build, by its path, if they still are what it wrote.
    pub read: &'a (dyn Fn(&Utf8Path) -> Option<Vec<u8>> + Sync),
    /// Takes over, as it stands, all that the last build put into a folder; `None` if a single
    /// file there is no longer what it wrote.
    pub keep: &'a (dyn Fn(&Utf8Path) -> Option<Files> + Sync),
    /// Takes over the files at these paths likewise; all of them or none.
    pub keep_all: &'a (dyn Fn(&[Utf8PathBuf]) -> Option<Files> + Sync),
    /// Puts bytes aside until they are read, which memory need not hold.
    pub aside: &'a (dyn Fn(Vec<u8>) -> Box<dyn io::Read + Send> + Sync),
}

impl Earlier<'_> {
    /// Everything is made anew.
    #[must_use]
    pub fn anew() -> Self {
        Self {
            most: search::MOST,
            head: 0,
            recipes: None,
            brought: None,
            keep_file: &|_, _| None,
            read: &|_| None,
            keep: &|_| None,
            keep_all: &|_| None,
            aside: &|bytes| Box::new(io::Cursor::new(bytes)),
        }
    }
}

/// A file of a site, by its path.
pub type File = (Utf8PathBuf, site::Entry);

/// Files of a site by their paths.
pub type Files = Vec<File>;

/// A site that was made.
#[derive(Debug)]
pub struct Made {
    /// Its files.
    pub manifest: Manifest,
    /// What each page was made from.
    pub recipes: Recipes,
    /// What is personal in the pages that were made and in no source. Of such a page there is no recipe, so
    /// that it is made and looked at again.
    pub findings: Vec<Diagnostic>,
}

/// Makes every file of the site and hands each to `sink`, but for what is taken over from an
/// earlier build.
///
/// # Errors
/// Diagnostics for every page that a template could not draw, or the first failure of the
/// sink.
pub fn make<F: Send>(
    (archive, outline): (&mut Archive, &Outline),
    theme: &Theme,
    earlier: &Earlier<'_>,
    sink: &Sink<'_, F>,
) -> Result<Made, Obstacle<F>> {
    let held = earlier
        .recipes
        .and_then(|recipes| Held::against(&Planned::new(archive, outline), recipes, earlier.head));
    if held.is_none() {
        // Every document asks where its sentences come from, and all others would wait for the first.
        outline.origins.of(archive);
    }
    let numbers = Numbers::behind(held.as_ref());
    let is_brought = |route: &Route| earlier.brought.is_some_and(|brought| brought.has(route));
    let planned: Vec<(&Route, &Subject)> = outline.routes().filter(|(route, _)| !is_brought(route)).collect();
    let mut pages = Pages::default();
    let published = check::Published::of(archive);
    let placing = &Placing::new(sink, earlier, Copies::of(&archive.config, outline));
    for part in planned.chunks(AT_ONCE) {
        archive.shed();
        let site = &Planned::new(archive, outline);
        let taking =
            Taking { site, theme, placing, held: held.as_ref(), numbers: &numbers, published: &published };
        some_pages(&taking, part)?.into_iter().for_each(|made| pages.take(made));
    }
    let (mut files, noted) = pages.whole()?;
    files
        .extend(earlier.brought.into_iter().flat_map(|brought| brought.take((archive, outline), &published)));
    for asset in theme.assets() {
        let piece = match &asset.content {
            AssetContent::Bytes(bytes) => Piece::Bytes(bytes),
            AssetContent::File(path) => match archive.sources.blob(path) {
                Some(blob) => Piece::Copy(blob),
                None => continue,
            },
        };
        files.extend(placing.put(&asset.route, Rank::Asset, piece)?);
    }
    if outline.is_searchable() {
        files.extend(searchable::files((&mut *archive, outline), earlier, placing)?);
    }
    archive.shed();
    let site = &Planned::new(archive, outline);
    let recipes = recipes::written(site, earlier.head, (held.as_ref(), numbers), noted);
    Ok(Made { manifest: files.into_iter().collect(), recipes, findings: published.told() })
}

fn broken<F>(words: Words) -> Obstacle<F> {
    Obstacle::Diagnosed(vec![Diagnostic::error("search/index", "site.yaml", words)])
}

/// Of pages of one sort no more than these are drawn to see whether their template is fit.
const MOST_REHEARSED: usize = 32;

/// Draws the pages that `is_wanted` names, and throws them away; what is left is what is wrong with
/// them, and what is personal in them and in no source. A change of one document cannot break the template on
/// the page of another. Of a large site a part of each sort is drawn, spread over all of it: the templates are the same
/// for all, and a build draws every page before it writes one.
#[must_use]
pub fn rehearse(
    site: &Planned<'_>,
    theme: &Theme,
    is_wanted: &(dyn Fn(&Utf8Path) -> bool + Sync),
) -> Vec<Diagnostic> {
    let is_common = |path: &Utf8Path| is_setting(path) || is_of_theme(path);
    let texts = site.archive.sources.texts().iter().map(Source::path);
    let of_all = texts.clone().all(is_wanted) || texts.clone().any(|path| is_common(path) && is_wanted(path));
    let concerned = site.outline.routes().filter(|(_, subject)| {
        of_all || outline::files_of(site.archive, subject).iter().any(|path| is_wanted(path))
    });
    let concerned = some_of_each_sort(concerned.collect()).into_par_iter();
    let published = check::Published::of(site.archive);
    let drawn = concerned.filter_map(|(route, subject)| match draw(site, theme, (route, subject)) {
        Ok(Drawn::Bytes(bytes)) => {
            published.look(site.archive, (route, path_of(site.archive, subject)), &bytes);
            None
        }
        Ok(Drawn::Text(_) | Drawn::Copy(_)) => None,
        Err(complaint) => Some(*complaint),
    });
    let mut complaints: Vec<Diagnostic> = drawn.collect();
    complaints.extend(published.told());
    diag::sort(&mut complaints);
    complaints
}

/// Some addresses of each sort, the first among them.
fn some_of_each_sort<'a>(planned: Vec<(&'a Route, &'a Subject)>) -> Vec<(&'a Route, &'a Subject)> {
    let mut sorts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, subject) in &planned {
        *sorts.entry(subject.name()).or_default() += 1;
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let is_one = |(_, subject): &(&Route, &Subject)| {
        let (at, of) = (seen.entry(subject.name()).or_default(), sorts[subject.name()]);
        let before = *at * MOST_REHEARSED / of;
        *at += 1;
        of <= MOST_REHEARSED || *at == 1 || *at * MOST_REHEARSED / of > before
    };
    planned.into_iter().filter(is_one).collect()
}

/// What pages are made with, and what they are taken over from.
struct Taking<'a, 'b, F> {
    site: &'a Planned<'a>,
    theme: &'a Theme,
    placing: &'a Placing<'a, F>,
    held: Option<&'a Held<'a>>,
    numbers: &'a Numbers<'b>,
    published: &'a check::Published,
}

/// So many pages are made before the texts that they were made from are let go. Those of a place
/// stand side by side, so that few texts are read twice.
const AT_ONCE: usize = 4096;

/// The pages and files that were made so far, or what is in their way.
#[derive(Default)]
struct Pages {
    files: Files,
    noted: Vec<Noted>,
    complaints: Vec<Diagnostic>,
}

/// A page or file that was made, with its packed copy.
struct Finished {
    files: Files,
    /// What it asked; nothing where it has to be made again by the next build.
    noted: Option<Noted>,
}

/// A page that was made, or what is in its way.
type Page = Result<Finished, Vec<Diagnostic>>;

impl Pages {
    fn take(&mut self, made: Page) {
        match made {
            Ok(Finished { files, noted }) => {
                self.files.extend(files);
                self.noted.extend(noted);
            }
            Err(more) => self.complaints.extend(more),
        }
    }

    fn whole<F>(mut self) -> Result<(Files, Vec<Noted>), Obstacle<F>> {
        // One mistake in a template breaks many pages; it is said once.
        diag::sort(&mut self.complaints);
        match self.complaints.is_empty() {
            true => Ok((self.files, self.noted)),
            false => Err(Obstacle::Diagnosed(self.complaints)),
        }
    }
}

/// Makes the pages and files at some planned addresses, and notes what each asked.
fn some_pages<F: Send>(
    taking: &Taking<'_, '_, F>,
    planned: &[(&Route, &Subject)],
) -> Result<Vec<Page>, Obstacle<F>> {
    let page = |(route, subject): &(&Route, &Subject)| match one(taking, (route, subject)) {
        Ok(made) => Ok(Ok(made)),
        Err(Obstacle::Diagnosed(complaints)) => Ok(Err(complaints)),
        Err(failure) => Err(failure),
    };
    planned.par_iter().map(page).collect()
}

/// Takes a file over, or makes it.
fn one<F>(taking: &Taking<'_, '_, F>, planned: (&Route, &Subject)) -> Result<Finished, Obstacle<F>> {
    let (route, subject) = planned;
    let (path, rank) = (route.output(), rank(subject));
    let subject = recipes::subject(taking.site, subject);
    let is_fresh = taking.held.is_some_and(|held| held.is_fresh(path.as_str(), subject));
    let is_passed_on = matches!(planned.1, Subject::Copy(_));
    if is_fresh && let Some(files) = taking.placing.keep(&path, rank, is_passed_on)? {
        let noted = Some(Noted { path: path.as_str().into(), subject, asked: None });
        return Ok(Finished { files, noted });
    }
    let asked = Asked::default();
    let ask = Ask::noting(taking.site, &asked);
    let drawn = draw_by(&ask, taking.site.archive, taking.theme, planned);
    let drawn = drawn.map_err(|complaint| Obstacle::Diagnosed(vec![*complaint]))?;
    let mut is_strange = false;
    let piece = match &drawn {
        Drawn::Bytes(bytes) => {
            let archive = taking.site.archive;
            is_strange = taking.published.look(archive, (route, path_of(archive, planned.1)), bytes);
            Piece::Bytes(bytes)
        }
        Drawn::Text(source) => Piece::Text(source),
        Drawn::Copy(blob) => Piece::Copy(blob),
    };
    let files = taking.placing.put(route, rank, piece)?;
    let asked = Some(taking.numbers.of(asked.questions()));
    let noted = (!is_strange).then(|| Noted { path: path.as_str().into(), subject, asked });
    Ok(Finished { files, noted })
}

/// The content of what is at a planned address.
pub enum Drawn<'a> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of a text below the site's folder.
    Text(&'a Source),
    /// A copy of a file below the site's folder.
    Copy(&'a Blob),
}

/// Draws the page, or makes the file, that is at a planned address. `build` asks for every one
/// and the preview for the one that a browser asks for; there is no other way to make a page.
///
/// # Errors
/// A diagnostic where the theme's template cannot be drawn, or where the program itself fails.
pub fn draw<'a>(
    site: &'a Planned<'a>,
    theme: &Theme,
    planned: (&Route, &Subject),
) -> Result<Drawn<'a>, Box<Diagnostic>> {
    draw_by(&Ask::of(site), site.archive, theme, planned)
}

/// The same, from what `ask` answers.
fn draw_by<'a>(
    ask: &Ask<'a>,
    archive: &Archive,
    theme: &Theme,
    planned: (&Route, &Subject),
) -> Result<Drawn<'a>, Box<Diagnostic>> {
    let path = path_of(archive, planned.1);
    diag::guarded(path, || drawn(ask, theme, planned)).unwrap_or_else(|mut fault| {
        let Words { zh, en } = fault.message;
        let route = planned.0;
        fault.message =
            Words::new(format!("`{route}` 不能生成：{zh}"), format!("`{route}` cannot be made: {en}"));
        Err(fault)
    })
}

/// The file that is to blame for what is at an address.
fn path_of<'a>(archive: &'a Archive, subject: &Subject) -> &'a Utf8Path {
    match subject {
        Subject::Report(at) | Subject::Markdown(at) | Subject::Version(at, _) => &archive.reports[*at].path,
        _ => Utf8Path::new("site.yaml"),
    }
}

fn drawn<'a>(
    ask: &Ask<'a>,
    theme: &Theme,
    planned: (&Route, &Subject),
) -> Result<Drawn<'a>, Box<Diagnostic>> {
    let (ask, planned) = &itself(ask, planned);
    let (_, subject) = *planned;
    if let Subject::Copy(path) = subject
        && let Some(blob) = ask.blob(path)
    {
        return Ok(Drawn::Copy(blob));
    }
    if let Subject::Markdown(at) = subject {
        return Ok(Drawn::Text(ask.source(*at)));
    }
    let bytes = match view_of(ask, *planned) {
        Some(view) => render(theme, &view)?,
        None => exports::file(ask, subject).unwrap_or_default(),
    };
    Ok(Drawn::Bytes(bytes))
}

/// What the page at an address shows; `None` for an address without a page.
#[must_use]
pub fn view(site: &Planned<'_>, route: &Route) -> Option<View> {
    view_of(&Ask::of(site), (route, site.outline.subject(route)?))
}

/// What the comparison at an address found; `None` for an address without one.
#[must_use]
pub fn outcome(site: &Planned<'_>, route: &Route) -> Option<Outcome> {
    pages::outcome(&Ask::of(site), site.outline.subject(route)?)
}

/// What is at a planned address, as it stands in the site's own language, and whom to ask of it in
/// the language that it is wanted in.
fn itself<'a, 's>(ask: &Ask<'a>, planned: (&'s Route, &'s Subject)) -> (Ask<'a>, (&'s Route, &'s Subject)) {
    match planned {
        (_, Subject::Translated(translation)) => {
            (ask.speaking(translation.language), (&translation.route, &translation.subject))
        }
        own => (*ask, own),
    }
}

fn view_of(ask: &Ask<'_>, planned: (&Route, &Subject)) -> Option<View> {
    let (ask, (route, subject)) = &itself(ask, planned);
    pages::view(ask, route, subject).or_else(|| exports::view(ask, route, subject))
}

/// When a file is put in place: what others link to comes first.
#[must_use]
pub fn rank(subject: &Subject) -> Rank {
    match subject {
        Subject::Home => Rank::Home,
        Subject::Report(_) | Subject::Version(..) | Subject::Page(_) | Subject::NotFound => Rank::Document,
        Subject::Markdown(_) | Subject::Copy(_) | Subject::LogFile(Some(_)) => Rank::Asset,
        _ => Rank::List,
    }
}
