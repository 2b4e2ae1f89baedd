//! The order of the stages: sources, reports, archive, outline, pages, site. The only module that
//! knows it; every stage knows just the one before.

mod content;
mod memo;
mod part;
mod placing;
mod recall;
mod recipes;
mod searchable;

use std::collections::BTreeMap;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::archive::Archive;
use crate::ask::{Ask, Digest, Planned, QuestionLog};
use crate::check;
use crate::config::BaseUrl;
use crate::diag::{self, Diagnostic, Words};
use crate::outline::{self, Outline, Subject};
use crate::route::Route;
use crate::search;
use crate::site::{self, Manifest, Rank};
use crate::source::{Blob, Source};
use crate::theme::{AssetContent, Theme};
use content::{draw_by, path_of};
use placing::Placing;
use recipes::{NotedQuestions, RecipeBook, SiteBasis};
use searchable::SearchFiles;

pub use content::{DrawnContent, draw, outcome, view};
pub use memo::{Memo, Prepared, is_of_theme, is_setting, prepare, prepare_recalling, read, settings};
pub use part::{OthersFiles, OthersWork, OwnTexts, SharedSayings, draw_part, part_of, rank_at};
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

/// The content of one file of the finished site.
pub enum FileContent<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// A copy of a text below the site's folder.
    Text(&'a Source),
    /// A copy of a file below the site's folder.
    Copy(&'a Blob),
}

/// Takes the pieces of a site as they are made, from many threads.
pub type FileSink<'a, F> = dyn Fn(&Route, Rank, FileContent<'_>) -> Result<site::FileDigest, F> + Sync + 'a;

/// Why a site could not be made.
#[derive(Debug)]
pub enum BuildObstacle<F> {
    /// Something in the sources; here it is.
    Diagnosed(Vec<Diagnostic>),
    /// The sink could not take a piece.
    Sink(F),
}

/// How the search files are made, and what of an earlier build can be taken over.
#[derive(Clone, Copy)]
pub struct SearchReuse<'a> {
    /// The most documents of a bundle of the search index.
    pub most: usize,
    /// The digest of what every file is made from ([`Recipes::head`]).
    pub head: Digest,
    /// The recipes of the last build, if they are known.
    pub recipes: Option<&'a Recipes>,
    /// What other machines have made of this very site, which is not made again.
    pub brought: Option<&'a OthersWork>,
    /// Takes over a page or a file as it stands; `None` if it is no longer what the last build
    /// wrote.
    pub keep_file: &'a (dyn Fn(&Utf8Path, Rank) -> Option<site::FileDigest> + Sync),
    /// The bytes of a file of the last build, by its path, if they still are what it wrote.
    pub read: &'a (dyn Fn(&Utf8Path) -> Option<Vec<u8>> + Sync),
    /// Takes over, as it stands, all that the last build put into a folder; `None` if a single
    /// file there is no longer what it wrote.
    pub keep: &'a (dyn Fn(&Utf8Path) -> Option<SiteFiles> + Sync),
    /// Takes over the files at these paths likewise; all of them or none.
    pub keep_all: &'a (dyn Fn(&[Utf8PathBuf]) -> Option<SiteFiles> + Sync),
    /// Puts bytes aside until they are read, which memory need not hold.
    pub aside: &'a (dyn Fn(Vec<u8>) -> Box<dyn io::Read + Send> + Sync),
}

impl SearchReuse<'_> {
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
pub type SiteFile = (Utf8PathBuf, site::FileDigest);

/// Files of a site by their paths.
pub type SiteFiles = Vec<SiteFile>;

/// A site that was made.
#[derive(Debug)]
pub struct MadeSite {
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
    earlier: &SearchReuse<'_>,
    sink: &FileSink<'_, F>,
) -> Result<MadeSite, BuildObstacle<F>> {
    let basis = SiteBasis::of(archive, earlier.head);
    if !earlier.recipes.is_some_and(|recipes| recipes.are_of(basis)) {
        // Every document asks where its sentences come from, and all others would wait for the first.
        outline.origins.of(archive);
    }
    let book = RecipeBook::of(&Planned::new(archive, outline), earlier.recipes, basis);
    let is_brought = |route: &Route| earlier.brought.is_some_and(|brought| brought.has(route));
    let planned: Vec<(&Route, &Subject)> = outline.routes().filter(|(route, _)| !is_brought(route)).collect();
    let mut pages = PagesSoFar::default();
    let published = check::PublishedNumbers::of(archive);
    let placing = &Placing::new(sink, earlier, Copies::of(&archive.config, outline));
    for part in planned.chunks(AT_ONCE) {
        archive.shed();
        let site = &Planned::new(archive, outline);
        let taking = DrawingInputs { site, theme, placing, book: &book, published: &published };
        some_pages(&taking, part)?.into_iter().for_each(|made| pages.take(made));
    }
    let (mut files, mut noted) = pages.whole()?;
    files
        .extend(earlier.brought.into_iter().flat_map(|brought| brought.take((archive, outline), &published)));
    for asset in theme.assets() {
        let piece = match &asset.content {
            AssetContent::Bytes(bytes) => FileContent::Bytes(bytes),
            AssetContent::File(path) => match archive.sources.blob(path) {
                Some(blob) => FileContent::Copy(blob),
                None => continue,
            },
        };
        files.extend(placing.put(&asset.route, Rank::Asset, piece)?);
    }
    if outline.is_searchable() {
        let SearchFiles { own, of_names } =
            searchable::files((&mut *archive, outline), earlier, (placing, &book))?;
        files.extend(own);
        noted.push(of_names);
    }
    archive.shed();
    let site = &Planned::new(archive, outline);
    let recipes = book.written(site, noted);
    Ok(MadeSite { manifest: files.into_iter().collect(), recipes, findings: published.told() })
}

fn broken<F>(words: Words) -> BuildObstacle<F> {
    BuildObstacle::Diagnosed(vec![Diagnostic::error("search/index", "site.yaml", words)])
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
    let published = check::PublishedNumbers::of(site.archive);
    let drawn = concerned.filter_map(|(route, subject)| match draw(site, theme, (route, subject)) {
        Ok(DrawnContent::Bytes(bytes)) => {
            published.look(site.archive, (route, path_of(site.archive, subject)), &bytes);
            None
        }
        Ok(DrawnContent::Text(_) | DrawnContent::Copy(_)) => None,
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
struct DrawingInputs<'a, 'b, F> {
    site: &'a Planned<'a>,
    theme: &'a Theme,
    placing: &'a Placing<'a, F>,
    book: &'a RecipeBook<'b>,
    published: &'a check::PublishedNumbers,
}

/// So many pages are made before the texts that they were made from are let go. Those of a place
/// stand side by side, so that few texts are read twice.
const AT_ONCE: usize = 4096;

/// The pages and files that were made so far, or what is in their way.
#[derive(Default)]
struct PagesSoFar {
    files: SiteFiles,
    noted: Vec<NotedQuestions>,
    complaints: Vec<Diagnostic>,
}

/// A page or file that was made, with its packed copy.
struct FinishedPage {
    files: SiteFiles,
    /// What it asked; nothing where it has to be made again by the next build.
    noted: Option<NotedQuestions>,
}

/// A page that was made, or what is in its way.
type MadePage = Result<FinishedPage, Vec<Diagnostic>>;

impl PagesSoFar {
    fn take(&mut self, made: MadePage) {
        match made {
            Ok(FinishedPage { files, noted }) => {
                self.files.extend(files);
                self.noted.extend(noted);
            }
            Err(more) => self.complaints.extend(more),
        }
    }

    fn whole<F>(mut self) -> Result<(SiteFiles, Vec<NotedQuestions>), BuildObstacle<F>> {
        // One mistake in a template breaks many pages; it is said once.
        diag::sort(&mut self.complaints);
        match self.complaints.is_empty() {
            true => Ok((self.files, self.noted)),
            false => Err(BuildObstacle::Diagnosed(self.complaints)),
        }
    }
}

/// Makes the pages and files at some planned addresses, and notes what each asked.
fn some_pages<F: Send>(
    taking: &DrawingInputs<'_, '_, F>,
    planned: &[(&Route, &Subject)],
) -> Result<Vec<MadePage>, BuildObstacle<F>> {
    let page = |(route, subject): &(&Route, &Subject)| match one(taking, (route, subject)) {
        Ok(made) => Ok(Ok(made)),
        Err(BuildObstacle::Diagnosed(complaints)) => Ok(Err(complaints)),
        Err(failure) => Err(failure),
    };
    planned.par_iter().map(page).collect()
}

/// Takes a file over, or makes it.
fn one<F>(
    taking: &DrawingInputs<'_, '_, F>,
    planned: (&Route, &Subject),
) -> Result<FinishedPage, BuildObstacle<F>> {
    let (route, subject) = planned;
    let (path, rank) = (route.output(), rank(subject));
    let subject = recipes::subject(taking.site, subject);
    let is_fresh = taking.book.is_fresh(path.as_str(), subject);
    let is_passed_on = matches!(planned.1, Subject::Copy(_));
    if is_fresh && let Some(files) = taking.placing.keep(&path, rank, is_passed_on)? {
        let noted = NotedQuestions::as_before(path.as_str(), subject);
        return Ok(FinishedPage { files, noted: Some(noted) });
    }
    let asked = QuestionLog::default();
    let ask = Ask::noting(taking.site, &asked);
    let drawn = draw_by(&ask, taking.site.archive, taking.theme, planned);
    let drawn = drawn.map_err(|complaint| BuildObstacle::Diagnosed(vec![*complaint]))?;
    let mut is_strange = false;
    let piece = match &drawn {
        DrawnContent::Bytes(bytes) => {
            let archive = taking.site.archive;
            is_strange = taking.published.look(archive, (route, path_of(archive, planned.1)), bytes);
            FileContent::Bytes(bytes)
        }
        DrawnContent::Text(source) => FileContent::Text(source),
        DrawnContent::Copy(blob) => FileContent::Copy(blob),
    };
    let files = taking.placing.put(route, rank, piece)?;
    let noted = (!is_strange).then(|| taking.book.note(path.as_str(), subject, asked));
    Ok(FinishedPage { files, noted })
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
