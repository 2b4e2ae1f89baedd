//! The order of the stages: sources, reports, archive, plan, pages, site. The only module that
//! knows it; every stage knows just the one before.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::archive::{self, Archive, Entry};
use crate::config::{self, BaseUrl, Config, Registry};
use crate::diag::{self, Diagnosed, Diagnostic};
use crate::plan::{Plan, Subject};
use crate::render::render;
use crate::route::Route;
use crate::search;
use crate::site::{self, Manifest, Rank};
use crate::source::{Blob, Sources};
use crate::theme::{AssetContent, Theme};

/// What the caller wishes besides what `site.yaml` says.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Drafts are pages as well.
    pub drafts: bool,
    /// Another address than `site.yaml` gives.
    pub base: Option<BaseUrl>,
    /// The day by which it is judged what is due.
    pub today: Option<Date>,
}

/// Reads everything: texts become an archive, the theme is loaded, and what is wrong with
/// either comes along.
#[must_use]
pub fn prepare(sources: Sources, wishes: &Wishes) -> Diagnosed<(Archive, Option<Theme>)> {
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
    let theme = Theme::load(&sources, &config).into(&mut diagnostics);
    let entries = entries(&sources, (&config, &registry)).into(&mut diagnostics);
    let archive =
        archive::assemble(sources, (config, registry), entries, wishes.drafts).into(&mut diagnostics);
    Diagnosed { value: (archive, theme), diagnostics }
}

/// Reads every Markdown file below `content/`, in parallel; their order is that of the paths.
fn entries(sources: &Sources, settings: (&Config, &Registry)) -> Diagnosed<Vec<Entry>> {
    let texts: Vec<_> = sources.texts_below("content".into()).collect();
    let read: Vec<Diagnosed<Option<Entry>>> =
        texts.par_iter().map(|source| archive::read(source, settings)).collect();
    let mut diagnostics = Vec::new();
    let entries = read.into_iter().filter_map(|read| read.into(&mut diagnostics)).collect();
    Diagnosed { value: entries, diagnostics }
}

/// The content of one file of the finished site.
pub enum Piece<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
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

/// Makes every file of the site and hands each to `sink`; what is left is the manifest.
///
/// # Errors
/// Diagnostics for every page that a template could not draw, or the first failure of the
/// sink.
pub fn make<F: Send>(plan: &Plan<'_>, theme: &Theme, sink: &Sink<'_, F>) -> Result<Manifest, Obstacle<F>> {
    let mut files = pages(plan, theme, sink)?;
    for asset in theme.assets() {
        let taken = match &asset.content {
            AssetContent::Embedded(bytes) => sink(&asset.route, Rank::Asset, Piece::Bytes(bytes)),
            AssetContent::File(path) => match plan.archive().sources.blob(path) {
                Some(blob) => sink(&asset.route, Rank::Asset, Piece::Copy(blob)),
                None => continue,
            },
        };
        files.push((asset.route.output(), taken.map_err(Obstacle::Sink)?));
    }
    if plan.is_searchable() {
        files.extend(search_files(plan, sink)?);
    }
    Ok(files.into_iter().collect())
}

/// Makes the files that pages are searched with.
fn search_files<F>(plan: &Plan<'_>, sink: &Sink<'_, F>) -> Result<Files, Obstacle<F>> {
    let broken = |words| Obstacle::Diagnosed(vec![Diagnostic::error("search/index", "site.yaml", words)]);
    let found = search::index(plan.findable()).map_err(broken)?;
    let file = |(path, bytes): (String, Vec<u8>)| {
        let route = Route::file(&path)?;
        let taken = sink(&route, Rank::Asset, Piece::Bytes(&bytes));
        Some(taken.map(|entry| (route.output(), entry)).map_err(Obstacle::Sink))
    };
    found.into_iter().filter_map(file).collect()
}

type Files = Vec<(camino::Utf8PathBuf, site::Entry)>;

/// Makes every page and every file that is at a planned address.
fn pages<F: Send>(plan: &Plan<'_>, theme: &Theme, sink: &Sink<'_, F>) -> Result<Files, Obstacle<F>> {
    let planned: Vec<_> = plan.routes().collect();
    let made: Vec<_> = planned
        .par_iter()
        .map(|(route, subject)| Ok((route.output(), one(plan, theme, (route, subject), sink)?)))
        .collect();
    let mut files = Vec::with_capacity(made.len());
    let mut complaints = Vec::new();
    for result in made {
        match result {
            Ok(file) => files.push(file),
            Err(Obstacle::Diagnosed(more)) => complaints.extend(more),
            Err(failure) => return Err(failure),
        }
    }
    // One mistake in a template breaks many pages; it is said once.
    diag::sort(&mut complaints);
    if complaints.is_empty() { Ok(files) } else { Err(Obstacle::Diagnosed(complaints)) }
}

fn one<F>(
    plan: &Plan<'_>,
    theme: &Theme,
    planned: (&Route, &Subject),
    sink: &Sink<'_, F>,
) -> Result<site::Entry, Obstacle<F>> {
    let (route, subject) = planned;
    let rank = rank(subject);
    if let Subject::Copy(path) = subject
        && let Some(blob) = plan.archive().sources.blob(path)
    {
        return sink(route, rank, Piece::Copy(blob)).map_err(Obstacle::Sink);
    }
    if let Subject::Markdown(at) = subject {
        let report = &plan.archive().reports[*at];
        let text = plan.archive().source(&report.path).text();
        return sink(route, rank, Piece::Bytes(text.as_bytes())).map_err(Obstacle::Sink);
    }
    let bytes = match plan.view(route) {
        Some(view) => render(theme, &view).map_err(|complaint| Obstacle::Diagnosed(vec![*complaint]))?,
        None => plan.text(route).unwrap_or_default().into_bytes(),
    };
    sink(route, rank, Piece::Bytes(&bytes)).map_err(Obstacle::Sink)
}

/// When a file is put in place: what others link to comes first.
fn rank(subject: &Subject) -> Rank {
    match subject {
        Subject::Home => Rank::Home,
        Subject::Report(_) | Subject::Page(_) | Subject::NotFound => Rank::Document,
        Subject::Markdown(_) | Subject::Copy(_) => Rank::Asset,
        _ => Rank::List,
    }
}
