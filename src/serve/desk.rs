//! What the preview has before it: the archive of the site's files as they are now, each in its
//! last good state, and what is remembered of having read them.
//!
//! An edit reads one file again. If nothing changed that is counted over all documents, the new
//! document takes the place of the old one and that is all; otherwise the archive is taken apart
//! and put together again, of documents that are already read.
//!
//! A file that turns out to be broken keeps the text that it had when it was last good, so that
//! every page shows what a build of the good texts would write; its mistakes are shown beside.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::finished::FOLDER;
use super::press::ShownSite;
use crate::archive::{Archive, ContentFile};
use crate::ask::Planned;
use crate::build::{self, Memo, Recalled, Wishes};
use crate::check::Scales;
use crate::config::{self, Config, Registry};
use crate::diag::{self, Diagnosed, Diagnostic};
use crate::disk::{self, Failure};
use crate::outline::ancestry::{AncestryOnDemand, FEW};
use crate::outline::{self, Outline, counts_alike, is_as_published};
use crate::source::{Source, Sources};

/// The archive of a site's files in their last good state, and what is wrong with newer ones.
pub struct Desk {
    root: Utf8PathBuf,
    wishes: Wishes,
    memo: Memo,
    archive: Archive,
    outline: Outline,
    between: Vec<Diagnostic>,
    broken: BTreeMap<Utf8PathBuf, BrokenText>,
    unread: Vec<Diagnostic>,
    has_links: bool,
    /// What a look at the archive as a whole has found, as long as the archive is that one.
    findings: Option<Vec<Diagnostic>>,
}

/// A text with errors, in place of which an older one is shown.
struct BrokenText {
    text: Source,
    diagnostics: Vec<Diagnostic>,
}

impl Desk {
    /// Reads the site in the folder `root`.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn open(root: &Utf8Path, wishes: Wishes) -> Result<Self, Failure> {
        let mut desk = Self {
            root: root.to_owned(),
            wishes,
            memo: Memo::default(),
            archive: Archive::default(),
            outline: Outline::default(),
            between: Vec::new(),
            broken: BTreeMap::new(),
            unread: Vec::new(),
            has_links: false,
            findings: None,
        };
        // No file has an older text that could stand in for it, so there is nothing to judge.
        let paths = disk::everything();
        // What the last build has read need not be read and found out again before it is asked for.
        let built = root.join(FOLDER);
        let look = disk::look_knowing(root, disk::known(&built))?;
        desk.has_links = look.has_links;
        let sources = look.read.into(&mut desk.unread);
        let readings = disk::recalled(&built);
        let recalled = readings.map(|bytes| Recalled::read(bytes, &sources, &desk.wishes));
        desk.memo.recall(recalled.unwrap_or_default());
        desk.assemble(&paths, sources, Vec::new());
        desk.memo.recall(Recalled::default());
        Ok(desk)
    }

    /// Reads again what is at and below these paths of the site's folder; whether anything is
    /// not as it was.
    ///
    /// # Errors
    /// When the site's folder is gone.
    pub fn take_in(&mut self, paths: &BTreeSet<Utf8PathBuf>) -> Result<bool, Failure> {
        // Settings decide what every file means, those held back among them; and under two names
        // a file is only found by looking everywhere.
        let is_vast = self.has_links || paths.iter().any(|path| build::is_setting(path));
        let paths = if is_vast { disk::everything() } else { paths.clone() };
        let look = disk::look(&self.root, &paths)?;
        self.has_links |= look.has_links;
        let Diagnosed { value: mut fresh, diagnostics } = look.read;
        let is_below = |path: &Utf8Path| path.ancestors().any(|folder| paths.contains(folder));
        let before = (self.unread.clone(), self.broken_texts());
        self.unread.retain(|diagnostic| !is_below(&diagnostic.path));
        self.broken.retain(|path, _| !is_below(path));
        let unreadable: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.path.clone()).collect();
        self.unread.extend(diagnostics);
        // A text that cannot be read is as good as broken: the older one stays.
        for path in unreadable {
            let older = self.archive.sources.text(&path).filter(|_| fresh.text(&path).is_none());
            older.cloned().into_iter().for_each(|older| drop(fresh.swap(older)));
        }
        let settings = self.judge_settings(&mut fresh, &is_below);
        let learnt = self.judge(&mut fresh, &settings);
        let is_changed = self.renew(&paths, fresh, learnt);
        let is_changed = is_changed || before != (self.unread.clone(), self.broken_texts());
        self.findings = self.findings.take().filter(|_| !is_changed);
        Ok(is_changed)
    }

    /// Puts what was read in the place of what was there; whether anything is not as it was.
    fn renew(&mut self, paths: &BTreeSet<Utf8PathBuf>, fresh: Sources, learnt: Vec<LearntText>) -> bool {
        let changed = self.archive.sources.changes(paths, &fresh);
        self.memo.forget(&changed);
        if changed.iter().all(|path| build::is_of_theme(path)) {
            if !changed.is_empty() {
                self.archive.sources.replace(paths, fresh);
                self.memo.see_theme(&self.archive.sources, &mut self.archive.config);
            }
        } else if changed.len() == learnt.len() && learnt.iter().all(|(text, read)| self.is_alike(text, read))
        {
            for (text, read) in learnt {
                self.memo.learn_of(text.path(), read.diagnostics);
                if let Some(ContentFile::Report(report)) = read.value {
                    self.archive.put(text, *report);
                }
            }
            // Of a large archive, what was found before the edit stands until all is looked at again.
            if self.archive.reports.len() <= FEW {
                self.outline.origins = AncestryOnDemand::default();
            }
        } else {
            self.assemble(paths, fresh, learnt);
        }
        !changed.is_empty()
    }

    /// Whether a document can be put in the place of what it was before, and nothing else in the
    /// archive and its outline is another for it.
    fn is_alike(&self, text: &Source, read: &Diagnosed<Option<ContentFile>>) -> bool {
        let Some(ContentFile::Report(after)) = &read.value else { return false };
        let names = |diagnostic: &Diagnostic| {
            let labels = diagnostic.labels.iter().map(|label| &label.path);
            labels.chain([&diagnostic.path]).any(|path| path == text.path())
        };
        let Some(before) = self.archive.of_file(after) else { return false };
        let log = &self.archive.log;
        // A text that is no longer the published one makes an earlier version of that.
        let was_published = is_as_published(log, before, self.archive.source(&before.path));
        let is_alike = was_published == is_as_published(log, after, text);
        is_alike && counts_alike(before, after) && !self.between.iter().any(names)
    }

    /// Takes the archive apart and puts it together with what was read.
    fn assemble(&mut self, paths: &BTreeSet<Utf8PathBuf>, fresh: Sources, learnt: Vec<LearntText>) {
        let mut sources = self.memo.keep(std::mem::take(&mut self.archive));
        sources.replace(paths, fresh);
        for (text, read) in learnt {
            self.memo.learn(text.path(), read);
        }
        self.between.clear();
        self.archive = self.memo.archive(sources, &self.wishes).into(&mut self.between);
        self.outline = outline::outline(&self.archive, !self.wishes.no_search).into(&mut self.between);
    }

    fn broken_texts(&self) -> Vec<Source> {
        self.broken.values().map(|broken| broken.text.clone()).collect()
    }

    /// Holds settings with errors back, and gives those that hold.
    fn judge_settings(
        &mut self,
        fresh: &mut Sources,
        is_below: &dyn Fn(&Utf8Path) -> bool,
    ) -> (Config, Registry) {
        let files = ["site.yaml", "indicators.yaml"].map(Utf8Path::new);
        if !files.iter().any(|path| is_below(path)) {
            return (self.archive.config.clone(), self.archive.registry.clone());
        }
        let mut both = Vec::new();
        for path in files {
            let newer = fresh.text(path).filter(|_| is_below(path));
            let older = self.archive.sources.text(path);
            let Some(newer) = newer else {
                let is_needed = path == "site.yaml";
                if let Some(older) = older.filter(|_| is_needed || !is_below(path)) {
                    both.push(older.clone());
                    if is_below(path) {
                        fresh.swap(older.clone());
                        self.unread.push(config::absent());
                    }
                }
                continue;
            };
            let diagnostics = match path.as_str() {
                "site.yaml" => Config::parse(newer).diagnostics,
                _ => Registry::parse(newer).diagnostics,
            };
            match older.filter(|_| diagnostics.iter().any(Diagnostic::is_error)).cloned() {
                Some(older) => {
                    both.push(older.clone());
                    self.hold(fresh, older, diagnostics);
                }
                None => both.push(newer.clone()),
            }
        }
        build::settings(&Sources::new(both, Vec::new()), &self.wishes).value
    }

    /// Reads the texts that have changed and holds back those with errors; gives what came of
    /// reading the others.
    fn judge(&mut self, fresh: &mut Sources, settings: &(Config, Registry)) -> Vec<LearntText> {
        let content = fresh.texts_below("content".into());
        let changed: Vec<Source> = content
            .filter(|text| self.archive.sources.text(text.path()).is_some_and(|older| older != *text))
            .cloned()
            .collect();
        let checks = &settings.0.checks;
        let settings = (&settings.0, &settings.1);
        let read: Vec<_> = changed.par_iter().map(|text| build::read(text, settings)).collect();
        let mut learnt = Vec::new();
        for (text, read) in changed.into_iter().zip(read) {
            let stops = |text: &Source, found: &[Diagnostic]| {
                let sources = Sources::new(vec![text.clone()], Vec::new());
                Scales::new(checks, &sources).weigh(found.to_vec()).has_errors()
            };
            let is_broken = stops(&text, &read.diagnostics);
            match self
                .archive
                .sources
                .text(text.path())
                .filter(|older| is_broken && !older.is_lost())
                .cloned()
            {
                Some(older) if self.memo.is_good(text.path(), |found| stops(&older, found)) => {
                    self.hold(fresh, older, read.diagnostics)
                }
                _ => learnt.push((text, read)),
            }
        }
        learnt
    }

    /// Puts the older text in the place of a broken one.
    fn hold(&mut self, fresh: &mut Sources, older: Source, diagnostics: Vec<Diagnostic>) {
        let path = older.path().to_owned();
        if let Some(text) = fresh.swap(older) {
            self.broken.insert(path, BrokenText { text, diagnostics });
        }
    }

    /// Shows the site as it is now to `look`, with everything that is wrong.
    pub fn show<R>(&mut self, look: impl FnOnce(&ShownSite<'_>) -> R) -> R {
        let known = self.memo.faults().chain(&self.between);
        // Of a broken file, its own mistakes count and not those of the text in its place.
        let known = known.filter(|diagnostic| !self.broken.contains_key(&diagnostic.path));
        let held = self.broken.values().flat_map(|broken| &broken.diagnostics);
        let mut diagnostics: Vec<_> = known.chain(held).chain(&self.unread).cloned().collect();
        diag::sort(&mut diagnostics);
        let broken = Sources::new(self.broken_texts(), Vec::new());
        let site = Planned::hasty(&self.archive, &self.outline);
        let shown = ShownSite::new(&site, self.memo.theme(), diagnostics, broken).found(self.findings.take());
        let seen = look(&shown);
        let (findings, origins) = shown.into_findings();
        self.findings = findings;
        origins.into_iter().for_each(|origins| self.outline.origins = origins);
        seen
    }

    /// Shows the site to `look` as it would be with these texts in it, be they good or not; then it
    /// is as it was.
    pub(super) fn sketch<R>(&mut self, texts: Sources, look: impl FnOnce(&ShownSite<'_>) -> R) -> R {
        let named = texts.texts().iter().map(Source::path);
        let beside = texts.blobs().iter().map(|blob| &*blob.path);
        let paths: BTreeSet<_> = named.chain(beside).map(Utf8Path::to_owned).collect();
        let sources = &self.archive.sources;
        let before = Sources::new(
            paths.iter().filter_map(|path| sources.text(path)).cloned().collect(),
            paths.iter().filter_map(|path| sources.blob(path)).cloned().collect(),
        );
        let (held, kept): (BTreeMap<_, _>, _) =
            std::mem::take(&mut self.broken).into_iter().partition(|(path, _)| paths.contains(path));
        self.broken = kept;
        let findings = self.findings.take();
        let origins = std::mem::take(&mut self.outline.origins);
        self.lay(&paths, texts);
        let seen = self.show(look);
        self.lay(&paths, before);
        self.broken.extend(held);
        self.findings = findings;
        self.outline.origins = origins;
        seen
    }

    /// Puts these texts in the place of those at the paths, without judging them.
    fn lay(&mut self, paths: &BTreeSet<Utf8PathBuf>, fresh: Sources) {
        let settings = (self.archive.config.clone(), self.archive.registry.clone());
        let is_other = |text: &&Source| self.archive.sources.text(text.path()) != Some(text);
        let others: Vec<Source> = fresh.texts().iter().filter(is_other).cloned().collect();
        let read = |text: Source| (text.clone(), build::read(&text, (&settings.0, &settings.1)));
        let learnt = others.into_iter().map(read).collect();
        self.renew(paths, fresh, learnt);
    }
}

/// A text, and what came of reading it.
type LearntText = (Source, Diagnosed<Option<ContentFile>>);
