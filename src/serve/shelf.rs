//! The search files of a preview. They are made behind it, a bundle at a time on one thread,
//! which asks for documents one by one and so gives way to every edit and request; what search
//! would do on many threads is done on that one too, so that the others stay free.
//!
//! When documents have changed, nothing is made anew before somebody searches; until it is
//! done, whoever asks where the index begins is told that it is being built. What is already
//! being searched goes on with the files that it began with. Bundles that the finished site has
//! are taken from there, so that little is to be made where a site was built before. What is made
//! lies on the disk and not in memory, where an index takes more than the archive itself.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Read;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, LockResult, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use camino::Utf8Path;
use tokio::sync::oneshot;

use super::finished::BuiltSite;
use super::order::PageOrder;
use crate::diag::Words;
use crate::disk::spool::{Spool, SpooledBytes};
use crate::exports::{Findable, Lead};
use crate::search::{self, Aside, Before, Bundle, Names, Sealed, Standing, Stood, Unmade};

/// So long nothing is edited, and there is time for making an index.
const REST: Duration = Duration::from_secs(1);

/// The search files, as far as they are made.
#[derive(Default)]
pub(super) struct SearchShelf {
    state: Mutex<ShelfState>,
    told: Condvar,
}

#[derive(Default)]
struct ShelfState {
    /// The number of the archive as it is now.
    archive: u64,
    /// The number of the archive that the files are made from.
    made: Option<u64>,
    /// Whether somebody searches.
    is_wanted: bool,
    is_over: bool,
    /// The files by their paths on the site.
    files: BTreeMap<String, ShelvedFile>,
    /// The finished site that some of them are taken from.
    finished: Option<Arc<BuiltSite>>,
    /// The bundles whose files are there.
    bundles: BTreeMap<String, BundleThere>,
}

/// A bundle whose files are there.
#[derive(Clone)]
struct BundleThere {
    /// The digest of what they were made from.
    digest: String,
    standing: Standing,
    /// What its words tell; nothing where the directory of the finished site has it.
    telling: Option<[SpooledBytes; search::TABLES]>,
}

/// Where a search file is.
#[derive(Clone)]
enum ShelvedFile {
    /// It was made here.
    Made(SpooledBytes),
    /// It is as the finished site has it.
    Finished,
}

/// What is at the path of a search file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ShelfAnswer {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing yet; it is being made.
    NotYet,
    /// Nothing.
    Nothing,
}

impl SearchShelf {
    /// There is another archive, with a higher number. The first one is made an index of though
    /// nobody searches yet.
    pub(super) fn renew(&self, archive: u64) {
        let mut state = self.lock();
        state.is_wanted |= state.archive == 0;
        state.archive = archive;
        self.told.notify_all();
    }

    /// No more files are needed.
    pub(super) fn end(&self) {
        self.lock().is_over = true;
        self.told.notify_all();
    }

    /// What is at `path` of the site, such as `pagefind/contents.json`.
    pub(super) fn find(&self, path: &str) -> ShelfAnswer {
        let mut state = self.lock();
        let is_new = state.made == Some(state.archive);
        match state.files.get(path).cloned() {
            Some(file) if is_new || path != search::contents_path() => {
                let finished = state.finished.clone();
                drop(state);
                self.bytes(path, file, finished)
            }
            None if is_new => ShelfAnswer::Nothing,
            _ => {
                state.is_wanted = true;
                self.told.notify_all();
                ShelfAnswer::NotYet
            }
        }
    }

    /// The bytes of a file. One that another build has replaced in the finished site, or that
    /// the disk does not give back, takes its bundle with it, which is then looked for again.
    fn bytes(&self, path: &str, file: ShelvedFile, finished: Option<Arc<BuiltSite>>) -> ShelfAnswer {
        let bytes = match file {
            ShelvedFile::Made(kept) => kept.bytes(),
            ShelvedFile::Finished => finished.and_then(|finished| finished.bytes(path.into())),
        };
        if let Some(bytes) = bytes {
            return ShelfAnswer::Bytes(bytes);
        }
        let mut state = self.lock();
        state.bundles.remove(bundle_of(path));
        state.made = None;
        state.is_wanted = true;
        self.told.notify_all();
        ShelfAnswer::NotYet
    }

    /// Makes files for as long as the preview of the site in `root` runs. `orders` leads to those
    /// who have the archive.
    pub(super) fn keep_up(&self, orders: &Sender<PageOrder>, root: &Utf8Path) {
        while let Some(archive) = self.wait() {
            // If the archive changes meanwhile, what was made is kept for the next time.
            if (Filler { shelf: self, orders, root, archive }).make().is_err() {
                // An index that cannot be made would fail again; the next archive may be better.
                let mut state = self.lock();
                state.made = Some(archive);
                state.files.clear();
                state.bundles.clear();
            }
        }
    }

    /// Waits until files are wanted and nobody has changed the archive for a while; the number
    /// of the archive, or nothing when the preview is over.
    fn wait(&self) -> Option<u64> {
        let mut state = self.lock();
        loop {
            state = unpoisoned(self.told.wait_while(state, |state| !state.is_over && !state.is_needed()));
            let archive = state.archive;
            let is_quiet = |state: &mut ShelfState| state.archive == archive && !state.is_over;
            let (next, rest) = unpoisoned(self.told.wait_timeout_while(state, REST, is_quiet));
            state = next;
            if state.is_over {
                return None;
            }
            if rest.timed_out() {
                return Some(archive);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, ShelfState> {
        unpoisoned(self.state.lock())
    }
}

impl ShelfState {
    /// Looks at another finished site. What was taken from the one before is to be found anew.
    fn look_at(&mut self, finished: Arc<BuiltSite>) {
        let Self { files, bundles, .. } = self;
        files.retain(|path, file| {
            let is_kept = matches!(file, ShelvedFile::Made(_));
            if !is_kept {
                bundles.remove(bundle_of(path));
            }
            is_kept
        });
        self.finished = Some(finished);
    }

    fn is_needed(&self) -> bool {
        self.is_wanted && self.made != Some(self.archive)
    }
}

/// What was waited for. Nobody panics while holding the lock: what is done under it is looking
/// up and putting away.
fn unpoisoned<T>(held: LockResult<T>) -> T {
    held.unwrap_or_else(PoisonError::into_inner)
}

/// The bundle that the file at `path` belongs to, by its name.
fn bundle_of(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// What the contents of the finished site say.
fn before(finished: &BuiltSite) -> Before {
    let read = |path: &str| finished.bytes(path.into());
    read(&search::contents_path()).map(|contents| Before::read(&contents, &read)).unwrap_or_default()
}

/// Whether all that a folder of the finished site had is there.
fn is_whole(finished: &BuiltSite, folder: &Utf8Path) -> bool {
    finished.below(folder).all(|path| finished.bytes(path).is_some())
}

/// Files that were made here and come and go together.
fn shelved_files(files: Vec<search::File>) -> Vec<(String, ShelvedFile)> {
    Spool::open().put_all(files).into_iter().map(|(path, kept)| (path, ShelvedFile::Made(kept))).collect()
}

/// What a bundle told, as it was put away.
fn aside(telling: &[SpooledBytes; search::TABLES]) -> Aside {
    telling.each_ref().map(|kept| -> Box<dyn Read + Send> { Box::new(kept.reader()) })
}

/// Makes the files of one archive.
struct Filler<'a> {
    shelf: &'a SearchShelf,
    orders: &'a Sender<PageOrder>,
    root: &'a Utf8Path,
    archive: u64,
}

impl Filler<'_> {
    /// Makes what is not made; nothing if the archive changed before the end.
    fn make(&self) -> Result<Option<()>, Words> {
        let Some(leads) = self.leads() else { return Ok(None) };
        let mut sealed = Vec::new();
        for bundle in search::bundles(leads, search::MOST) {
            let Some(one) = self.sealed(bundle)? else { return Ok(None) };
            sealed.push(one);
        }
        let is_made = |Sealed { bundle, digest, .. }: &Sealed| {
            self.shelf.lock().bundles.get(&bundle.name).is_some_and(|there| there.digest == *digest)
        };
        if !sealed.iter().all(is_made) {
            self.take_over(&sealed);
        }
        for one in &sealed {
            if !is_made(one) && self.build(one)?.is_none() {
                return Ok(None);
            }
        }
        self.finish(&sealed)
    }

    /// Takes over the bundles that the finished site has, each if it has the whole of it.
    fn take_over(&self, sealed: &[Sealed]) {
        let finished = BuiltSite::open(self.root).ok().flatten().filter(BuiltSite::is_own);
        let Some(finished) = finished else { return };
        let finished = Arc::new(finished);
        self.shelf.lock().look_at(Arc::clone(&finished));
        let before = before(&finished);
        if !is_whole(&finished, search::shared_folder().as_str().into()) {
            return;
        }
        for Sealed { bundle, digest, .. } in sealed {
            let folder = Utf8Path::new(search::FOLDER).join(&bundle.name);
            let is_same = before.digest(&bundle.name) == Some(digest);
            if let Some(standing) =
                before.standing(&bundle.name).filter(|_| is_same && is_whole(&finished, &folder))
            {
                let files = finished.below(&folder).map(|path| (path.to_string(), ShelvedFile::Finished));
                let there = BundleThere { digest: digest.clone(), standing: standing.clone(), telling: None };
                self.put_away(&bundle.name, there, files.collect());
            }
        }
    }

    /// Makes the files of a bundle and puts them away.
    fn build(&self, sealed: &Sealed) -> Result<Option<()>, Words> {
        let mut making = search::Making::default();
        for some in sealed.bundle.leads.chunks(search::SOME) {
            let entries: Option<Vec<Findable>> = some.iter().map(|lead| self.entry(lead)).collect();
            let Some(entries) = entries else { return Ok(None) };
            making.add(entries)?;
        }
        let name = &sealed.bundle.name;
        let search::Made { files, standing, telling } = making.close(sealed)?;
        let spool = Spool::open();
        let telling = telling.into_bytes().map(|bytes| spool.put(bytes));
        let there = BundleThere { digest: sealed.digest.clone(), standing, telling: Some(telling) };
        self.put_away(name, there, shelved_files(files));
        Ok(Some(()))
    }

    /// Puts the files of a bundle in the place of those that it had.
    fn put_away(&self, name: &str, there: BundleThere, files: Vec<(String, ShelvedFile)>) {
        let mut state = self.shelf.lock();
        let folder = format!("{}/{name}/", search::FOLDER);
        state.files.retain(|path, _| !path.starts_with(&folder));
        state.files.extend(files);
        state.bundles.insert(name.to_owned(), there);
    }

    /// Puts away what is made of all bundles, with the index of names, and forgets those that are no more. Nothing
    /// if the archive changed, or the finished site that bundles were taken from.
    fn finish(&self, sealed: &[Sealed]) -> Result<Option<()>, Words> {
        let Some((landmarks, synonyms)) = self.ask(|reply| PageOrder::Landmarks(self.archive, reply)) else {
            return Ok(None);
        };
        let names = search::names(landmarks, &synonyms, sealed)?;
        let Some(mut files) = self.shared(sealed, &names)? else {
            self.shelf.lock().bundles.clear();
            return Ok(None);
        };
        files.extend(shelved_files(names.files));
        let mut state = self.shelf.lock();
        if state.archive != self.archive {
            return Ok(None);
        }
        let is_there = |name: &str| sealed.iter().any(|sealed| sealed.bundle.name == name);
        state.bundles.retain(|name, _| is_there(name));
        state.files.retain(|path, _| is_there(bundle_of(path)));
        state.files.extend(files);
        state.made = Some(self.archive);
        state.is_wanted = false;
        Ok(Some(()))
    }

    /// What is made of all bundles; as the finished site has it, where it has all of them.
    fn shared(&self, sealed: &[Sealed], names: &Names) -> Result<Option<Vec<(String, ShelvedFile)>>, Words> {
        let (bundles, finished) = {
            let state = self.shelf.lock();
            (state.bundles.clone(), state.finished.clone())
        };
        let there: Option<Vec<&BundleThere>> =
            sealed.iter().map(|sealed| bundles.get(&sealed.bundle.name)).collect();
        let Some(there) = there else { return Ok(None) };
        let read = |path: &str| finished.as_ref()?.bytes(path.into());
        let before = finished.as_deref().map(before).unwrap_or_default();
        let is_finished = |there: &&&BundleThere| there.telling.is_none();
        let many = there.iter().filter(is_finished).count();
        let former =
            if many > 0 { before.directory(&read).filter(search::FormerDirectory::is_whole) } else { None };
        if many > 0 && former.is_none() {
            return Ok(None);
        }
        let folder = search::shared_folder();
        let folder = Utf8Path::new(&folder);
        let whole = finished.as_deref().filter(|finished| is_whole(finished, folder));
        if let Some(finished) = whole.filter(|_| many == sealed.len() && before.is_of(sealed)) {
            let files = finished.below(folder).map(|path| (path.to_string(), ShelvedFile::Finished));
            let mut files: Vec<_> = files.collect();
            files.extend(shelved_files(before.again(sealed, names)?));
            return Ok(Some(files));
        }
        let stand = |there: &BundleThere| Stood {
            standing: there.standing.clone(),
            aside: there.telling.as_ref().map(aside),
        };
        let stood = there.into_iter().map(stand).collect();
        let former = former.as_ref().map(|directory| (&before, directory));
        let spool = Spool::open();
        let mut files = Vec::new();
        let put = &mut |(path, bytes): search::File| -> Result<(), Infallible> {
            files.push((path, ShelvedFile::Made(spool.put(bytes))));
            Ok(())
        };
        match search::shared((sealed, stood), former, names, put) {
            Ok(()) => Ok(Some(files)),
            Err(Unmade::Why(words)) => Err(words),
            Err(Unmade::Put(never)) => match never {},
        }
    }

    /// A bundle with the digest of what its files are made from, one document after another; nothing
    /// if the archive changed meanwhile.
    fn sealed(&self, bundle: Bundle) -> Result<Option<Sealed>, Words> {
        let makings = bundle.leads.iter().map(|lead| {
            self.ask(|reply| PageOrder::Makings(self.archive, lead.at, reply)).map(|document| *document)
        });
        let Some(makings) = makings.collect::<Option<Vec<_>>>() else { return Ok(None) };
        search::sealed(bundle, makings).map(Some)
    }

    fn leads(&self) -> Option<Vec<Lead>> {
        self.ask(|reply| PageOrder::Leads(self.archive, reply))
    }

    fn entry(&self, lead: &Lead) -> Option<Findable> {
        self.ask(|reply| PageOrder::Findable(self.archive, lead.at, reply)).map(|entry| *entry)
    }

    /// Asks those who have the archive; nothing if it is another by now.
    fn ask<T>(&self, order: impl FnOnce(oneshot::Sender<Option<T>>) -> PageOrder) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.orders.send(order(reply)).ok()?;
        answer.blocking_recv().ok().flatten()
    }
}
