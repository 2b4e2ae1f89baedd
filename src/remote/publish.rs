//! Carrying a plan out: file by file, several at once, each part after all of the one before is there.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};

use super::body::SentBody;
use super::lock::TargetLock;
use super::look::look;
use super::store::{SentObject, entry, put_own};
use super::{Patience, Store, TargetTrouble};
use crate::deliver::{
    FileToSend, Headers, JOURNAL, Plan, Removal, STATE, ServerFile, ServerSite, plan, takes_back,
};
use crate::disk::{Keepsake, ReplacedPublication};
use crate::site::{FileDigest, Manifest};
use crate::source::hex;

/// Where to, and as whom.
pub struct Publication<'a> {
    /// The target.
    pub store: &'a dyn Store,
    /// How often things are tried.
    pub patience: &'a Patience<'a>,
    /// What is kept on this computer.
    pub keepsake: &'a Keepsake,
    /// Who publishes.
    pub publisher: LockClaim<'a>,
    /// Whether any number of files may go.
    pub allow_delete: bool,
    /// Whether nothing of what goes is kept.
    pub forget: bool,
    /// The signature of the manifest, if there is a key.
    pub signature: Option<&'a str>,
    /// Is called with everything that is done.
    pub told: &'a (dyn Fn(PublishEvent<'_>) + Sync),
}

/// Who publishes, as those are told who find the lock.
#[derive(Clone, Copy, Debug)]
pub struct LockClaim<'a> {
    /// User and computer.
    pub owner: &'a str,
    /// The time, as RFC 3339 in UTC.
    pub since: &'a str,
    /// Whether somebody else's lock is taken.
    pub break_lock: bool,
}

/// A finished site on this computer.
#[derive(Clone, Copy, Debug)]
pub struct FinishedSite<'a> {
    /// The folder that it stands in.
    pub folder: &'a Utf8Path,
    /// Its files.
    pub manifest: &'a Manifest,
}

/// Something that was done.
#[derive(Clone, Copy, Debug)]
pub enum PublishEvent<'a> {
    /// It is known what has to be done.
    Planned(&'a Plan),
    /// A file was sent.
    Sent(&'a str),
    /// A file was removed.
    Removed(&'a str),
}

/// What a publication did.
#[derive(Clone, Debug)]
pub struct PublicationResult {
    /// What was planned, all of which was done.
    pub plan: Plan,
    /// Whether one can go back from here.
    pub returns: bool,
}

/// So many files are on their way at once.
const AT_ONCE: usize = 8;

/// What would be done to make the target this site.
///
/// # Errors
///
/// When the target cannot be read, or the site cannot be put there.
pub fn planned(
    store: &dyn Store,
    patience: &Patience<'_>,
    FinishedSite { folder, manifest }: FinishedSite<'_>,
    allow_delete: bool,
) -> Result<(ServerSite, Plan), TargetTrouble> {
    let there = look(store, manifest, patience)?;
    let is_same = |path: &str, listed: &ServerFile| {
        let Some(local) =
            manifest.get(path.into()).filter(|local| listed.size.is_none_or(|size| size == local.size))
        else {
            return false;
        };
        // Of what cannot be read it is not known, so that it is sent.
        match &listed.md5 {
            Some(md5) => {
                SentBody::of_file(&folder.join(path), local).is_ok_and(|body| hex(&body.md5) == *md5)
            }
            None => entry(store, path, patience).is_ok_and(|found| found.as_ref() == Some(local)),
        }
    };
    let plan = plan(manifest, &there, &is_same, allow_delete)?;
    Ok((there, plan))
}

/// Makes the target this site.
///
/// # Errors
///
/// When another publisher is at it, the target does not do as it is asked for good, or a file of the site is not what
/// the manifest says. The target is whole then, and the next publication goes on from there.
pub fn publish(
    publication: &Publication<'_>,
    site: FinishedSite<'_>,
) -> Result<PublicationResult, TargetTrouble> {
    publication.locked(|lock| {
        let manifest = site.manifest;
        let (there, plan) = planned(publication.store, publication.patience, site, publication.allow_delete)?;
        let from = |sending: &FileToSend| site.folder.join(&sending.path);
        let is_another = there.manifest != *manifest;
        let is_kept = !publication.forget
            && is_another
            && !there.manifest.files().is_empty()
            && !takes_back(&there.manifest, manifest);
        let keeping = is_kept.then(|| Keeping { before: &there.manifest, is_whole: AtomicBool::new(true) });
        if is_another && !is_kept {
            publication.keepsake.forget()?;
        }
        let carried = Delivery { plan: &plan, manifest, from: &from, keeping: keeping.as_ref() };
        publication.carry(lock, &carried)?;
        publication.vouch(is_another)?;
        match keeping {
            Some(Keeping { is_whole, .. }) if is_whole.load(Ordering::Relaxed) => {
                let before = ReplacedPublication { after: name(manifest), manifest: there.manifest };
                publication.keepsake.keep_before(&before)?;
            }
            Some(_) => publication.keepsake.forget()?,
            None => {}
        }
        let returns = publication.keepsake.before().is_some();
        Ok(PublicationResult { plan, returns })
    })
}

/// Makes the target the site that stood there before the last publication of this computer.
///
/// # Errors
///
/// As [`publish`], and when nothing is kept of the publication before or somebody else has published since.
pub fn roll_back(publication: &Publication<'_>) -> Result<PublicationResult, TargetTrouble> {
    publication.locked(|lock| {
        let before = publication.keepsake.before().ok_or_else(nothing_before)?;
        let there = look(publication.store, &before.manifest, publication.patience)?;
        if name(&there.manifest) != before.after || !there.journal.is_empty() {
            return Err(TargetTrouble::new(
                "目标上现在的网站不是本机最后一次发布的那个（别处又发布过，或上次发布没有完成），不能退回；请从来源重新发布",
                "the site at the target is not the one that this computer published last (somebody else has published since, or the \
                 last publication did not end), so that one cannot go back; publish again from the sources",
            ));
        }
        let plan = plan(&before.manifest, &there, &|_, _| false, true)?;
        let file = |sending: &FileToSend| publication.keepsake.file(&sending.entry);
        if let Some(lost) = plan.sendings().find(|sending| file(sending).is_none()) {
            let path = &lost.path;
            return Err(TargetTrouble::new(
                format!("没有留下 {path} 的旧内容，不能退回；请从来源重新发布"),
                format!("the old words of {path} were not kept, so that one cannot go back; publish again from the sources"),
            ));
        }
        let from = |sending: &FileToSend| file(sending).unwrap_or_default();
        let carried = Delivery { plan: &plan, manifest: &before.manifest, from: &from, keeping: None };
        publication.carry(lock, &carried)?;
        publication.vouch(true)?;
        publication.keepsake.forget()?;
        Ok(PublicationResult { plan, returns: false })
    })
}

fn nothing_before() -> TargetTrouble {
    TargetTrouble::new(
        "本机没有留下上一次发布的内容（只发布过一次，已经退回过，在别的电脑上发布的，或最后一次发布撤回或删除了文件），不能退回",
        "this computer keeps nothing of the publication before (there was but one, one has gone back already, another computer published, \
         or the last publication withdrew or removed documents), so that one cannot go back",
    )
}

/// What names a site.
fn name(manifest: &Manifest) -> String {
    FileDigest::of(manifest.json().as_bytes()).sha256
}

/// The site before, of which everything that goes is kept.
struct Keeping<'a> {
    before: &'a Manifest,
    /// Whether all of it could be kept.
    is_whole: AtomicBool,
}

/// What is carried to the target.
struct Delivery<'a> {
    plan: &'a Plan,
    /// The site that stands there afterwards.
    manifest: &'a Manifest,
    /// Where the bytes of a file are.
    from: &'a (dyn Fn(&FileToSend) -> Utf8PathBuf + Sync),
    /// What is kept of what goes, if anything is.
    keeping: Option<&'a Keeping<'a>>,
}

impl Publication<'_> {
    /// Does something while nobody else may.
    fn locked<T>(
        &self,
        work: impl FnOnce(&TargetLock<'_>) -> Result<T, TargetTrouble>,
    ) -> Result<T, TargetTrouble> {
        let lock = TargetLock::take(self.store, self.patience, self.publisher, self.keepsake)?;
        let done = self.patience.with(|| self.store.tidy()).and_then(|()| work(&lock));
        // The first trouble is the one to tell.
        let released = lock.release();
        let done = done?;
        released.map(|()| done)
    }

    fn carry(&self, lock: &TargetLock<'_>, carried: &Delivery<'_>) -> Result<(), TargetTrouble> {
        let Delivery { plan, manifest, keeping, .. } = *carried;
        (self.told)(PublishEvent::Planned(plan));
        if plan.is_empty() {
            return Ok(());
        }
        let note = |path: &str, bytes| put_own(self.store, path, bytes, self.patience);
        note(JOURNAL, plan.journal.json())?;
        self.store.settle()?;
        each(&plan.clear, &|removal| self.remove(removal, keeping))?;
        for wave in &plan.waves {
            each(wave, &|sending| self.send(sending, carried))?;
            self.store.settle()?;
        }
        note(STATE, plan.state.json())?;
        lock.is_held()?;
        note(Manifest::PATH, manifest.json().into_bytes())?;
        self.store.settle()?;
        each(&plan.remove, &|removal| self.remove(removal, keeping))?;
        self.store.settle()?;
        self.patience.with(|| self.store.remove(JOURNAL))
    }

    /// Puts the signature of the manifest beside it. One of another manifest would only tell that it is not of this one,
    /// so that it goes.
    fn vouch(&self, is_another: bool) -> Result<(), TargetTrouble> {
        match self.signature {
            Some(signature) => {
                put_own(self.store, Manifest::SIGNATURE, signature.as_bytes().to_vec(), self.patience)
            }
            None if is_another => self.patience.with(|| self.store.remove(Manifest::SIGNATURE)),
            None => Ok(()),
        }
    }

    fn send(&self, sending: &FileToSend, carried: &Delivery<'_>) -> Result<(), TargetTrouble> {
        let path = &sending.path;
        let body = SentBody::of_file(&(carried.from)(sending), &sending.entry)?;
        self.keep(path, Some(&sending.entry), carried.keeping)?;
        let sent = SentObject { body: &body, headers: Headers::of(path) };
        self.patience.with(|| self.store.write(path, &sent)).map_err(|trouble| trouble.with(path))?;
        (self.told)(PublishEvent::Sent(path));
        Ok(())
    }

    fn remove(&self, removal: &Removal, keeping: Option<&Keeping<'_>>) -> Result<(), TargetTrouble> {
        let path = &removal.path;
        self.keep(path, None, keeping)?;
        self.patience.with(|| self.store.remove(path)).map_err(|trouble| trouble.with(path))?;
        (self.told)(PublishEvent::Removed(path));
        Ok(())
    }

    /// Keeps what stands at `path` before something else does.
    fn keep(
        &self,
        path: &str,
        next: Option<&FileDigest>,
        keeping: Option<&Keeping<'_>>,
    ) -> Result<(), TargetTrouble> {
        let Some(keeping) = keeping else { return Ok(()) };
        let Some(entry) = keeping.before.files().get(path).filter(|entry| Some(*entry) != next) else {
            return Ok(());
        };
        let is_kept = self.patience.with(|| self.keepsake.keep(entry, |to| self.store.read(path, to)))?;
        if !is_kept {
            keeping.is_whole.store(false, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Does something with each of `all`, several at once, and stops at the first trouble.
pub(super) fn each<T: Sync>(
    all: &[T],
    work: &(dyn Fn(&T) -> Result<(), TargetTrouble> + Sync),
) -> Result<(), TargetTrouble> {
    let next = AtomicUsize::new(0);
    let trouble: Mutex<Option<TargetTrouble>> = Mutex::new(None);
    let run = || {
        while let Some(item) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(found) = work(item) {
                next.store(all.len(), Ordering::Relaxed);
                trouble.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(found);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(all.len()) {
            scope.spawn(run);
        }
    });
    match trouble.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(trouble) => Err(trouble),
        None => Ok(()),
    }
}
