//! What the preview has before it: the site's files as they are now, each in its last good
//! state, and what is remembered of having read them.
//!
//! A file that turns out to be broken keeps the text that it had when it was last good, so that
//! every page shows what a build of the good texts would write; its mistakes are shown beside.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::press::Shown;
use crate::archive::{self, Entry};
use crate::build::{self, Memo, Wishes};
use crate::config::{self, Config, Registry};
use crate::diag::{self, Diagnosed, Diagnostic};
use crate::disk::{self, Failure};
use crate::plan;
use crate::source::{Source, Sources};

/// The files of a site in their last good state, and what is wrong with newer ones.
pub struct Desk {
    root: Utf8PathBuf,
    wishes: Wishes,
    memo: Memo,
    sources: Sources,
    broken: BTreeMap<Utf8PathBuf, Broken>,
    unread: Vec<Diagnostic>,
    has_links: bool,
}

/// A text with errors, in place of which an older one is shown.
struct Broken {
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
            sources: Sources::default(),
            broken: BTreeMap::new(),
            unread: Vec::new(),
            has_links: false,
        };
        desk.take_in(&disk::everything())?;
        Ok(desk)
    }

    /// Reads again what is at and below these paths of the site's folder; whether anything is
    /// not as it was.
    ///
    /// # Errors
    /// When the site's folder is gone.
    pub fn take_in(&mut self, paths: &BTreeSet<Utf8PathBuf>) -> Result<bool, Failure> {
        // Under two names a file is only found by looking everywhere.
        let is_setting = |path: &Utf8PathBuf| matches!(path.as_str(), "site.yaml" | "indicators.yaml");
        // Settings decide what every file means, those held back among them.
        let is_vast = self.has_links || paths.iter().any(is_setting);
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
            let older = self.sources.text(&path).filter(|_| fresh.text(&path).is_none());
            older.cloned().into_iter().for_each(|older| drop(fresh.swap(older)));
        }
        let settings = self.judge_settings(&mut fresh, &is_below);
        let learnt = self.judge(&mut fresh, &settings);
        let changed = self.sources.replace(&paths, fresh);
        self.memo.forget(&changed);
        for (path, read) in learnt {
            self.memo.learn(path, read);
        }
        Ok(!changed.is_empty() || before != (self.unread.clone(), self.broken_texts()))
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
        let mut both = Vec::new();
        for path in ["site.yaml", "indicators.yaml"].map(Utf8Path::new) {
            let newer = fresh.text(path).filter(|_| is_below(path));
            let older = self.sources.text(path);
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
    fn judge(&mut self, fresh: &mut Sources, settings: &(Config, Registry)) -> Vec<Learnt> {
        let content = fresh.texts_below("content".into());
        let changed: Vec<Source> = content
            .filter(|text| self.sources.text(text.path()).is_some_and(|older| older != *text))
            .cloned()
            .collect();
        let settings = (&settings.0, &settings.1);
        let read: Vec<_> = changed.par_iter().map(|text| archive::read(text, settings)).collect();
        let mut learnt = Vec::new();
        for (text, read) in changed.into_iter().zip(read) {
            let is_broken = read.diagnostics.iter().any(Diagnostic::is_error);
            match self.sources.text(text.path()).filter(|_| is_broken).cloned() {
                Some(older) if self.memo.is_good(text.path()) => self.hold(fresh, older, read.diagnostics),
                _ => learnt.push((text.path().to_owned(), read)),
            }
        }
        learnt
    }

    /// Puts the older text in the place of a broken one.
    fn hold(&mut self, fresh: &mut Sources, older: Source, diagnostics: Vec<Diagnostic>) {
        let path = older.path().to_owned();
        if let Some(text) = fresh.swap(older) {
            self.broken.insert(path, Broken { text, diagnostics });
        }
    }

    /// Shows the site as it is now to `look`, with everything that is wrong.
    pub fn show<R>(&mut self, look: impl FnOnce(&Shown<'_>) -> R) -> R {
        let mut diagnostics = Vec::new();
        let sources = std::mem::take(&mut self.sources);
        let (archive, theme) = self.memo.prepare(sources, &self.wishes).into(&mut diagnostics);
        let seen = {
            let planned = plan::plan(&archive, true).into(&mut diagnostics);
            // Of a broken file, its own mistakes count and not those of the text in its place.
            diagnostics.retain(|diagnostic| !self.broken.contains_key(&diagnostic.path));
            diagnostics.extend(self.broken.values().flat_map(|broken| broken.diagnostics.iter().cloned()));
            diagnostics.extend(self.unread.iter().cloned());
            diag::sort(&mut diagnostics);
            let broken = Sources::new(self.broken_texts(), Vec::new());
            look(&Shown::new(&planned, theme.as_ref(), (diagnostics, broken)))
        };
        self.sources = self.memo.keep(archive, theme);
        seen
    }
}

/// A file, and what came of reading it.
type Learnt = (Utf8PathBuf, Diagnosed<Option<Entry>>);
