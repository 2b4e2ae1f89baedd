//! Measures every stage of a build by itself and the whole, on invented archives of three
//! sizes: `cargo bench`, or `cargo bench -- parse` for one of them. A stage's input is made
//! before its clock starts. Search is left out, as its own crate takes nearly all of its time.

mod archive;
mod worst;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use divan::Bencher;
use rayon::prelude::*;

use xiangwei::archive::{Archive, ContentFile, assemble as assemble_entries, read as read_entry};
use xiangwei::ask::Planned;
use xiangwei::build::{self, FileContent, MadeSite, SearchReuse, Wishes};
use xiangwei::check::check as check_site;
use xiangwei::compare::{ComparedText, compare as compare_texts};
use xiangwei::config::{Config, Registry};
use xiangwei::disk::{self, Output};
use xiangwei::outline::{Outline, outline as outline_of};
use xiangwei::render::render;
use xiangwei::route::Route;
use xiangwei::site::Manifest;
use xiangwei::site::Rank;
use xiangwei::source::Sources;
use xiangwei::theme::Theme;

/// How many reports the archives have.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn read(bencher: Bencher<'_, '_>, reports: usize) {
    let folder = folder(reports);
    bencher.bench(|| sources(&folder));
}

#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn parse(bencher: Bencher<'_, '_>, reports: usize) {
    let sources = sources(&folder(reports));
    let settings = settings(&sources);
    bencher.bench(|| entries(&sources, &settings));
}

#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn assemble(bencher: Bencher<'_, '_>, reports: usize) {
    let folder = folder(reports);
    let input = || {
        let sources = sources(&folder);
        let settings = settings(&sources);
        let entries = entries(&sources, &settings);
        (sources, settings, entries)
    };
    bencher
        .with_inputs(input)
        .bench_values(|(sources, settings, entries)| assemble_entries(sources, settings, entries, false));
}

#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn plan(bencher: Bencher<'_, '_>, reports: usize) {
    let (archive, _) = prepared(&folder(reports));
    bencher.bench(|| outline_of(&archive, false));
}

#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn check(bencher: Bencher<'_, '_>, reports: usize) {
    let (archive, _) = prepared(&folder(reports));
    let outline = outline_of(&archive, false).value;
    let site = Planned::new(&archive, &outline);
    bencher.bench(|| check_site(&site));
}

/// What every page shows, without how it looks.
#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn view(bencher: Bencher<'_, '_>, reports: usize) {
    let (archive, _) = prepared(&folder(reports));
    let outline = outline_of(&archive, false).value;
    let site = Planned::new(&archive, &outline);
    let routes = routes(&outline);
    bencher.bench(|| routes.par_iter().for_each(|route| drop(divan::black_box(build::view(&site, route)))));
}

/// One report with the next year's, of about 7,000 characters each; every call another pair.
#[divan::bench(sample_size = 9, sample_count = 100)]
fn compare(bencher: Bencher<'_, '_>) {
    let (archive, _) = prepared(&folder(1_000));
    let opened = archive.reports.iter().map(|report| archive.open(report));
    let texts: Vec<ComparedText<'_>> =
        opened.map(|report| ComparedText::of(report.source, report.parsed)).collect();
    let places: Vec<&str> = archive.reports.iter().map(|report| report.address.place.as_str()).collect();
    let same_place = |at: &usize| places[*at] == places[at + 1];
    let pairs: Vec<usize> = (0..texts.len() - 1).filter(same_place).collect();
    let next = AtomicUsize::new(0);
    let pair = || pairs[next.fetch_add(1, Ordering::Relaxed) % pairs.len()];
    bencher.with_inputs(pair).bench_values(|at| compare_texts(&texts[at], &texts[at + 1]));
}

/// Two texts of a megabyte that nobody would write.
#[divan::bench(args = worst::ALL, sample_size = 1, sample_count = 3)]
fn compare_worst(bencher: Bencher<'_, '_>, hard: worst::Hard) {
    let (before, after) = (worst::Worst::new(hard, 1), worst::Worst::new(hard, 2));
    let (before, after) = (before.text(), after.text());
    bencher.bench(|| compare_texts(&before, &after));
}

/// Every page, from the archive to its text; what this takes more than `view` is drawing.
#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn draw(bencher: Bencher<'_, '_>, reports: usize) {
    let (archive, theme) = prepared(&folder(reports));
    let outline = outline_of(&archive, false).value;
    let site = Planned::new(&archive, &outline);
    let routes = routes(&outline);
    bencher.bench(|| routes.par_iter().for_each(|route| drop(divan::black_box(page(&site, &theme, route)))));
}

/// Staging and promoting pages that are drawn already, into a folder that is not there yet.
#[divan::bench(args = SIZES, sample_size = 1, max_time = 15)]
fn write(bencher: Bencher<'_, '_>, reports: usize) {
    let (archive, theme) = prepared(&folder(reports));
    let outline = outline_of(&archive, false).value;
    let site = Planned::new(&archive, &outline);
    let draw = |route| Some((route, page(&site, &theme, route)?));
    let routes = routes(&outline);
    let pages: Vec<_> = routes.par_iter().copied().filter_map(draw).collect();
    bencher.with_inputs(Fresh::new).bench_refs(|fresh| {
        let output = open(&fresh.0);
        let stage = |(route, page): &(&Route, Vec<u8>)| {
            let entry = output.stage(route, Rank::Document, page).expect("there is room for the pages");
            (route.output(), entry)
        };
        let manifest: Manifest = pages.par_iter().map(stage).collect::<Vec<_>>().into_iter().collect();
        output.promote(&manifest, b"").expect("the folder is new")
    });
}

/// What `xiangwei build --no-search` does, into a folder that is not there yet.
#[divan::bench(args = SIZES, sample_size = 1, max_time = 30)]
fn whole(bencher: Bencher<'_, '_>, reports: usize) {
    let folder = folder(reports);
    bencher.with_inputs(Fresh::new).bench_refs(|fresh| {
        let (mut archive, theme) = prepared(&folder);
        let outline = outline_of(&archive, false).value;
        divan::black_box(check_site(&Planned::new(&archive, &outline)));
        let output = open(&fresh.0);
        let made =
            build::make((&mut archive, &outline), &theme, &SearchReuse::anew(), &|route, rank, piece| {
                match piece {
                    FileContent::Bytes(bytes) => output.stage(route, rank, bytes),
                    FileContent::Text(source) => output.stage_text(route, source),
                    FileContent::Copy(blob) => output.stage_blob(route, &folder.join(&blob.path), blob),
                }
            });
        let Ok(MadeSite { manifest, .. }) = made else { panic!("the archive has no mistakes") };
        output.promote(&manifest, b"").expect("the folder is new")
    });
}

/// The folder of an archive, which is written the first time that it is asked for.
fn folder(reports: usize) -> Utf8PathBuf {
    static WRITTEN: Mutex<BTreeSet<usize>> = Mutex::new(BTreeSet::new());
    let folder = scratch().join(format!("archive-{reports}"));
    if WRITTEN.lock().expect("no bench panics while it writes").insert(reports) {
        remove(&folder);
        let size = archive::Size::new(reports, None).expect("there are names for so many places");
        archive::write(folder.as_std_path(), size).expect("there is room for an archive");
    }
    folder
}

/// Where cargo wants benches to put what they need.
fn scratch() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_TARGET_TMPDIR"))
}

#[allow(clippy::disallowed_methods, reason = "a bench clears away what it made, outside the program")]
fn remove(folder: &Utf8Path) {
    // Nothing to remove is as good as removed; anything else shows when the folder is written.
    let _ = std::fs::remove_dir_all(folder);
}

/// A folder for an output, with nothing in it. It is removed when the clock has stopped.
struct Fresh(Utf8PathBuf);

impl Fresh {
    fn new() -> Self {
        let folder = scratch().join("fresh");
        remove(&folder);
        Self(folder.join("public"))
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        remove(&scratch().join("fresh"));
    }
}

fn open(output: &Utf8Path) -> Output {
    Output::open(output, |_| ()).expect("the folder is new")
}

fn sources(folder: &Utf8Path) -> Sources {
    disk::read(folder).expect("the archive was just written").value
}

fn settings(sources: &Sources) -> (Config, Registry) {
    let text = |path: &str| sources.text(path.into()).expect("an archive has its settings");
    (Config::parse(text("site.yaml")).value, Registry::parse(text("indicators.yaml")).value)
}

fn entries(sources: &Sources, settings: &(Config, Registry)) -> Vec<ContentFile> {
    let texts: Vec<_> = sources.texts_below("content".into()).collect();
    let read = |source: &&_| read_entry(source, (&settings.0, &settings.1), Vec::new()).value;
    texts.par_iter().filter_map(read).collect()
}

/// The archive in `folder` and its theme, without a mistake in either.
fn prepared(folder: &Utf8Path) -> (Archive, Theme) {
    let prepared = build::prepare(sources(folder), &Wishes::default());
    assert!(prepared.diagnostics.is_empty(), "{:#?}", prepared.diagnostics);
    let (archive, theme) = prepared.value;
    (archive, theme.expect("the built-in theme is whole"))
}

/// The addresses that have a page.
fn routes(outline: &Outline) -> Vec<&Route> {
    outline.routes().map(|(route, _)| route).collect()
}

fn page(site: &Planned<'_>, theme: &Theme, route: &Route) -> Option<Vec<u8>> {
    Some(render(theme, &build::view(site, route)?).expect("the built-in theme is whole"))
}
