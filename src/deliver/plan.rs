//! From the site that is on a server to the one that is built: the steps, in their order.

use std::collections::{BTreeMap, BTreeSet};

use super::Headers;
use super::rank::{WAVES, is_named_by_content, wave};
use super::state::{PRIVATE, PublishJournal, TargetState, headers_of};
use crate::diag::Words;
use crate::site::{FileDigest, Manifest};

/// What a server says of one of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerFile {
    /// The size in bytes, where it is told.
    pub size: Option<u64>,
    /// The MD5 in hexadecimal digits, where it is told.
    pub md5: Option<String>,
}

/// The files below the target, ours and others', by path; without the publisher's own folder.
pub type ServerListing = BTreeMap<String, ServerFile>;

/// What stands on a server.
#[derive(Clone, Debug, Default)]
pub struct ServerSite {
    /// The manifest of the site that is there, an empty one where none is.
    pub manifest: Manifest,
    /// What was sent that the manifest does not tell.
    pub state: TargetState,
    /// What an interrupted publication may have done.
    pub journal: PublishJournal,
    /// The files that are there.
    pub listing: ServerListing,
    /// Whether a file cannot be where a folder is, as on a disk.
    pub is_tree: bool,
    /// Whether headers are kept with files.
    pub has_headers: bool,
}

/// Why a file is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SendCause {
    /// It is not there.
    New,
    /// It has other bytes.
    Changed,
    /// It is to be told with other headers.
    Headers,
    /// It should have been there.
    Lost,
    /// An interrupted publication may have sent it.
    Unsure,
}

/// A file that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileToSend {
    /// Where it goes.
    pub path: String,
    /// What it is.
    pub entry: FileDigest,
    /// Why it is sent.
    pub cause: SendCause,
}

/// A file of ours that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Where it stands.
    pub path: String,
    /// Everything that it can be.
    pub entries: Vec<FileDigest>,
}

/// The steps from one site to another.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Files of ours that stand where a folder has to be, or in a folder where a file has to be. They go first.
    pub clear: Vec<Removal>,
    /// What is sent; each part after all of the one before is there.
    pub waves: Vec<Vec<FileToSend>>,
    /// What is not part of the site any more and goes when the new manifest is there.
    pub remove: Vec<Removal>,
    /// What is not part of the site any more and stays, since somebody else has changed it.
    pub left: Vec<String>,
    /// How many files are right already.
    pub unchanged: usize,
    /// What is kept on the server while this is under way.
    pub journal: PublishJournal,
    /// What is kept there afterwards.
    pub state: TargetState,
    /// Whether the manifest, the state or the journal on the server is another.
    is_noted: bool,
}

/// Why no site can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryRefusal {
    /// Files stand there that the program did not send.
    Foreign(Vec<String>),
    /// More than a tenth of the files would go.
    TooMany {
        /// How many would go.
        gone: usize,
        /// Of how many.
        all: usize,
        /// Some of them.
        some: Vec<String>,
    },
    /// The site has files where the publisher keeps its own.
    Private(String),
}

/// So many files are named of many.
const EXAMPLES: usize = 5;
/// One file in so many may go unasked.
const SHARE: usize = 10;

impl Plan {
    /// Whether nothing has to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.is_noted && self.sendings().next().is_none() && self.removals().next().is_none()
    }

    /// All that is sent, in order.
    pub fn sendings(&self) -> impl Iterator<Item = &FileToSend> {
        self.waves.iter().flatten()
    }

    /// All that goes.
    pub fn removals(&self) -> impl Iterator<Item = &Removal> {
        self.clear.iter().chain(&self.remove)
    }
}

/// The steps that make what is `there` the site of `local`. `is_same` says whether a file that is listed is
/// certainly the one of this site; it is asked where no record tells.
///
/// # Errors
///
/// When that would touch what is not ours, or remove more than a tenth of the files without `allow_delete`.
pub fn plan(
    local: &Manifest,
    there: &ServerSite,
    is_same: &dyn Fn(&str, &ServerFile) -> bool,
    allow_delete: bool,
) -> Result<Plan, DeliveryRefusal> {
    if let Some(path) = local.files().keys().find(|path| path.starts_with(PRIVATE)) {
        return Err(DeliveryRefusal::Private(path.clone()));
    }
    let planning = PlanInputs { local, there, is_same, headers: headers_of(local) };
    planning.holds_foreign()?;
    let causes: Vec<(&String, &FileDigest, SendCause)> = local
        .files()
        .iter()
        .filter_map(|(path, entry)| planning.cause(path, entry).map(|cause| (path, entry, cause)))
        .collect();
    let state = planning.state();
    let (removals, left) = planning.removals(&state);
    guard(local, there, allow_delete)?;
    let journal = planning.journal(&causes, &removals);
    let (clear, remove) = removals.into_iter().partition(|removal| planning.is_in_the_way(&removal.path));
    let is_noted = local != &there.manifest || state != there.state || !there.journal.is_empty();
    let unchanged = local.files().len() - causes.len();
    Ok(Plan { clear, waves: waves(&causes), remove, left, unchanged, journal, state, is_noted })
}

/// What is planned from.
struct PlanInputs<'a> {
    local: &'a Manifest,
    there: &'a ServerSite,
    is_same: &'a dyn Fn(&str, &ServerFile) -> bool,
    /// The headers of the site that is built, by class.
    headers: BTreeMap<String, String>,
}

impl PlanInputs<'_> {
    /// Every file of ours that may be there, with what it can be.
    fn known(&self, path: &str) -> Vec<&FileDigest> {
        let ServerSite { manifest, state, journal, .. } = self.there;
        let published = manifest.files().get(path);
        published
            .into_iter()
            .chain(state.kept.get(path))
            .chain(journal.files.get(path).into_iter().flatten())
            .collect()
    }

    /// Refuses where a file belongs at a place that somebody else's has.
    fn holds_foreign(&self) -> Result<(), DeliveryRefusal> {
        let is_foreign = |path: &&String| {
            let listed = self.there.listing.get(*path);
            listed.is_some_and(|listed| self.known(path).is_empty() && !(self.is_same)(path, listed))
        };
        let mut foreign: Vec<String> = self.local.files().keys().filter(is_foreign).cloned().collect();
        if self.there.is_tree {
            let others = self.there.listing.keys().filter(|path| self.known(path).is_empty());
            let is_met = |path: &&String| self.is_in_the_way(path);
            foreign.extend(others.filter(is_met).cloned());
        }
        if foreign.is_empty() { Ok(()) } else { Err(DeliveryRefusal::Foreign(foreign)) }
    }

    /// Why the file has to be sent, if it has.
    fn cause(&self, path: &str, entry: &FileDigest) -> Option<SendCause> {
        let ServerSite { manifest, state, journal, listing, .. } = self.there;
        let published = manifest.files().get(path);
        let recorded = published.or_else(|| state.kept.get(path));
        let Some(listed) = listing.get(path) else {
            return Some(if recorded.is_some() { SendCause::Lost } else { SendCause::New });
        };
        if journal.files.contains_key(path) || recorded.is_none() {
            let is_told = !self.there.has_headers || self.is_told(path, recorded.is_some());
            return (!is_told || !(self.is_same)(path, listed)).then_some(SendCause::Unsure);
        }
        match recorded {
            Some(recorded) if recorded != entry => Some(SendCause::Changed),
            _ if listed.size.is_some_and(|size| size != entry.size) => Some(SendCause::Lost),
            _ => (self.there.has_headers && !self.has_headers(&state.headers, path))
                .then_some(SendCause::Headers),
        }
    }

    fn has_headers(&self, told: &BTreeMap<String, String>, path: &str) -> bool {
        let class = Headers::class(path);
        told.contains_key(&class) && told.get(&class) == self.headers.get(&class)
    }

    /// Whether a file that an interrupted publication may have sent has the headers of this one.
    fn is_told(&self, path: &str, is_recorded: bool) -> bool {
        let by_journal = self.has_headers(&self.there.journal.headers, path);
        by_journal && (!is_recorded || self.has_headers(&self.there.state.headers, path))
    }

    /// What is kept on the server when this site is there: of the site before, what its pages ask for.
    fn state(&self) -> TargetState {
        let ServerSite { manifest, state, .. } = self.there;
        let is_same_site = manifest == self.local;
        let before = if is_same_site { &state.kept } else { manifest.files() };
        let stays = |(path, _): &(&String, &FileDigest)| {
            is_named_by_content(path) && !self.local.files().contains_key(*path)
        };
        let kept = before.iter().filter(stays).map(|(path, entry)| (path.clone(), entry.clone())).collect();
        let headers = if self.there.has_headers { self.headers.clone() } else { BTreeMap::new() };
        TargetState { headers, kept }
    }

    /// What is ours and not part of the site any more: what goes, and what somebody else has changed.
    fn removals(&self, state: &TargetState) -> (Vec<Removal>, Vec<String>) {
        let ServerSite { manifest, state: before, journal, listing, .. } = self.there;
        let ours: BTreeSet<&String> =
            manifest.files().keys().chain(before.kept.keys()).chain(journal.files.keys()).collect();
        let (mut removals, mut left) = (Vec::new(), Vec::new());
        for path in ours {
            let is_part = self.local.files().contains_key(path) || state.kept.contains_key(path);
            let Some(listed) = listing.get(path).filter(|_| !is_part) else { continue };
            let entries: Vec<FileDigest> = self.known(path).into_iter().cloned().collect();
            match listed.size {
                Some(size) if entries.iter().all(|entry| entry.size != size) => left.push(path.clone()),
                _ => removals.push(Removal { path: path.clone(), entries }),
            }
        }
        (removals, left)
    }

    /// What may be on the server from now until the end.
    fn journal(&self, causes: &[(&String, &FileDigest, SendCause)], removals: &[Removal]) -> PublishJournal {
        let mut journal = self.there.journal.clone();
        if self.there.has_headers {
            journal.note_headers(&self.headers);
        }
        // When the new state is there and the old manifest still is, nobody else would know of these.
        for (path, entry) in &self.there.state.kept {
            journal.note(path, entry);
        }
        for (path, entry, _) in causes {
            self.known(path).into_iter().for_each(|known| journal.note(path, known));
            journal.note(path, entry);
        }
        for removal in removals {
            removal.entries.iter().for_each(|entry| journal.note(&removal.path, entry));
        }
        journal
    }

    /// Whether the file at `path` has to go before the site can be there.
    fn is_in_the_way(&self, path: &str) -> bool {
        let files = self.local.files();
        let below = format!("{path}/");
        let is_folder =
            || files.range(below.clone()..).next().is_some_and(|(next, _)| next.starts_with(&below));
        self.there.is_tree && (folders(path).any(|folder| files.contains_key(folder)) || is_folder())
    }
}

/// The folders that the file at `path` is in, the topmost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// New files, to which nothing links yet, before changed ones; of both, assets before documents before lists.
fn waves(causes: &[(&String, &FileDigest, SendCause)]) -> Vec<Vec<FileToSend>> {
    let mut waves: Vec<Vec<FileToSend>> = vec![Vec::new(); 2 * WAVES];
    for (path, entry, cause) in causes {
        let sending = FileToSend { path: (*path).clone(), entry: (*entry).clone(), cause: *cause };
        let is_there = !matches!(cause, SendCause::New | SendCause::Lost);
        waves[wave(path) + WAVES * usize::from(is_there)].push(sending);
    }
    waves.retain(|wave| !wave.is_empty());
    waves
}

/// Refuses to remove more than a tenth of what people can link to.
fn guard(local: &Manifest, there: &ServerSite, allow_delete: bool) -> Result<(), DeliveryRefusal> {
    let lasting: Vec<&String> =
        there.manifest.files().keys().filter(|path| !is_named_by_content(path)).collect();
    let gone: Vec<&&String> = lasting.iter().filter(|path| !local.files().contains_key(**path)).collect();
    if allow_delete || gone.len() * SHARE <= lasting.len() {
        return Ok(());
    }
    let some = gone.iter().take(EXAMPLES).map(|path| (**path).clone()).collect();
    Err(DeliveryRefusal::TooMany { gone: gone.len(), all: lasting.len(), some })
}

impl DeliveryRefusal {
    /// What stands in the way and what to do.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Foreign(paths) => {
                let some: Vec<&str> = paths.iter().take(EXAMPLES).map(String::as_str).collect();
                let count = paths.len();
                Words::new(
                    format!(
                        "目标里有 {count} 个不是本程序发布的文件，占了网站文件的位置（如 {}），因此没有发布；请先移走，或换一个位置",
                        some.join("、")
                    ),
                    format!(
                        "files at the target that this program did not publish stand where the site's own belong ({count}, such as {}), \
                         so nothing was published; move them away, or choose another place",
                        some.join(", ")
                    ),
                )
            }
            Self::TooMany { gone, all, some } => Words::new(
                format!(
                    "目标上的 {all} 个文件，这次发布会删除 {gone} 个（如 {}），因此没有发布；确实要删除的，加上 --allow-delete",
                    some.join("、")
                ),
                format!(
                    "this would remove {gone} of the {all} files at the target, such as {}, so nothing was published; if that is \
                     meant, add --allow-delete",
                    some.join(", ")
                ),
            ),
            Self::Private(path) => Words::new(
                format!("{PRIVATE} 是发布程序自己的文件夹，网站里不能有 {path}"),
                format!("{PRIVATE} belongs to the publisher, so that the site cannot have {path}"),
            ),
        }
    }
}

#[cfg(test)]
mod tests;
