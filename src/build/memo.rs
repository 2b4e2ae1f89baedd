//! From texts to an archive, and what is remembered between two builds in one process, so that a file is read when
//! it changed and not again.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{Recalled, Wishes};
use crate::archive::{self, Archive, ContentFile, Document};
use crate::check;
use crate::config::{self, Config, Registry};
use crate::diag::{self, Diagnosed, Diagnostic};
use crate::report::{self, PublicationStatus};
use crate::source::{Source, Sources};
use crate::theme::{self, Theme};

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
    let mut memo = Memo::lean(recalled);
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
    files: BTreeMap<String, FileReading>,
    pub(super) faults: BTreeMap<String, Vec<Diagnostic>>,
    settings_faults: Vec<Diagnostic>,
    pub(super) theme: Option<Theme>,
    theme_faults: Vec<Diagnostic>,
    theme_is_known: bool,
    /// What came of reading documents in an earlier build.
    pub(super) recalled: Recalled,
    /// What others tell of files that this machine does not read: of a document what is told of it, of anything
    /// else nothing.
    others: BTreeMap<String, Option<Box<Document>>>,
    /// Whether texts are let go once they are read: a page that shows one reads it again.
    is_lean: bool,
}

/// What came of reading a file.
enum FileReading {
    /// This, which no archive has.
    Unfiled(ContentFile),
    /// Something that the archive has.
    InArchive,
    /// Nothing that an archive can have.
    Nothing,
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
    /// One that lets texts go once they are read, and knows what came of reading documents in an earlier build.
    pub(super) fn lean(recalled: Recalled) -> Self {
        Self { recalled, is_lean: true, ..Self::default() }
    }

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
        let is_something = !matches!(self.files.get(path.as_str()), None | Some(FileReading::Nothing));
        is_something && !self.faults.get(path.as_str()).is_some_and(|faults| stops(faults))
    }

    /// Remembers what came of reading a file that another way has read.
    pub fn learn(&mut self, path: &Utf8Path, read: Diagnosed<Option<ContentFile>>) {
        self.note(path, read.diagnostics, read.value.map_or(FileReading::Nothing, FileReading::Unfiled));
    }

    /// Remembers what is wrong with a file that another way has read and put into the archive.
    pub fn learn_of(&mut self, path: &Utf8Path, diagnostics: Vec<Diagnostic>) {
        self.note(path, diagnostics, FileReading::InArchive);
    }

    fn note(&mut self, path: &Utf8Path, diagnostics: Vec<Diagnostic>, read: FileReading) {
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
                *read = FileReading::Unfiled(entry);
            }
        }
        sources
    }

    /// Reads every Markdown file below `content/` that is not remembered, in parallel; the
    /// order of all is that of the paths.
    fn entries(&mut self, sources: &Sources, settings: (&Config, &Registry)) -> Vec<ContentFile> {
        let texts: Vec<_> = sources.texts_below("content".into()).collect();
        for (path, document) in std::mem::take(&mut self.others) {
            let read = document
                .map_or(FileReading::Nothing, |document| FileReading::Unfiled(ContentFile::Report(document)));
            self.files.insert(path, read);
        }
        let is_known = |path: &Utf8Path| {
            matches!(self.files.get(path.as_str()), Some(FileReading::Unfiled(_) | FileReading::Nothing))
        };
        let unknown: Vec<_> = texts.iter().filter(|source| !is_known(source.path())).collect();
        let is_lean = self.is_lean;
        let read_anew = |source: &Source| {
            // A text that is not held is not held afterwards.
            let own = if source.is_read() { None } else { Some(source.unread()) };
            let source = own.as_ref().unwrap_or(source);
            let mut read = read(source, settings);
            if let Some(ContentFile::Report(document)) = read.value.as_mut().filter(|_| is_lean) {
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
            if let FileReading::Unfiled(_) = read
                && let FileReading::Unfiled(entry) = std::mem::replace(read, FileReading::InArchive)
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
pub fn read(source: &Source, settings: (&Config, &Registry)) -> Diagnosed<Option<ContentFile>> {
    let personal = check::in_source(source, settings.0);
    let read = diag::guarded(source.path(), || archive::read(source, settings, personal.clone()));
    let mut read = read.unwrap_or_else(|fault| {
        let diagnostics = std::iter::once(*fault).chain(personal).collect();
        Diagnosed { value: None, diagnostics }
    });
    if let Some(ContentFile::Report(document)) = &read.value
        && document.matter.status == PublicationStatus::Withdrawn
    {
        // Its text goes out no more, and to take it back at once must need no other edit than to say so.
        let end = report::split(source).map_or(0, |(matter, _)| matter.range().end);
        let is_public = |found: &Diagnostic| found.span.is_some_and(|span| span.range().start < end);
        read.diagnostics.retain(|found| !found.code.starts_with("personal/") || is_public(found));
    }
    read
}
