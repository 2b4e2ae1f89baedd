//! Being told by the system that files changed. It tells in many small pieces, so that a
//! moment of quiet is awaited; what was told are the paths to be read again, and where the
//! system lost count, everything.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diag::Words;
use crate::disk;

/// No news for so long, and an editor is done with saving.
const QUIET: Duration = Duration::from_millis(6);

/// So many times the quiet is awaited while news keep coming; then what there is is shown.
const PATIENCE: usize = 2_000;

/// Watches the folders that a site is made from.
pub(super) struct Watch {
    root: Utf8PathBuf,
    watcher: RecommendedWatcher,
    watched: BTreeSet<Utf8PathBuf>,
}

/// What wakes the preview.
pub(super) enum Signal {
    /// The system told something.
    File(notify::Result<Event>),
    /// The archive has been looked at as a whole.
    Checked,
    /// Somebody wants to see a text that is not saved.
    Sketched,
    /// The preview is to end.
    End,
}

/// Why the waiting is over.
pub(super) enum WakeReason {
    /// These paths below the site's folder are to be read again.
    Changed(BTreeSet<Utf8PathBuf>),
    /// Nothing was told for as long as was asked.
    Idle,
    /// The archive has been looked at as a whole.
    Checked,
    /// Somebody wants to see a text that is not saved. It may be told by nothing but the waiting
    /// itself, where files changed in the same moment.
    Sketched,
    /// The preview is to end.
    End,
}

impl Watch {
    /// Watches the site in `root`, a folder's true path, and sends what the system tells.
    pub(super) fn start(root: &Utf8Path, signals: Sender<Signal>) -> Result<Self, Words> {
        // Nobody listens any longer once the preview has ended.
        let tell = move |event| drop(signals.send(Signal::File(event)));
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(tell, config).map_err(|error| failed(&error))?;
        watcher.watch(root.as_std_path(), RecursiveMode::NonRecursive).map_err(|error| failed(&error))?;
        let mut watch = Self { root: root.to_owned(), watcher, watched: BTreeSet::new() };
        watch.renew()?;
        Ok(watch)
    }

    /// Watches the folders that have come, and forgets those that have gone.
    fn renew(&mut self) -> Result<(), Words> {
        for top in disk::everything() {
            let folder = self.root.join(&top);
            match folder.is_dir() && !folder.is_symlink() {
                true if !self.watched.contains(&top) => {
                    let watched = self.watcher.watch(folder.as_std_path(), RecursiveMode::Recursive);
                    watched.map_err(|error| failed(&error))?;
                    self.watched.insert(top);
                }
                false => drop(self.watched.remove(&top)),
                true => {}
            }
        }
        Ok(())
    }

    /// Waits until files changed; with `most`, no longer than that while nothing is told.
    pub(super) fn wait(&mut self, signals: &Receiver<Signal>, most: Option<Duration>) -> WakeReason {
        let mut paths = BTreeSet::new();
        while paths.is_empty() {
            let told = match most {
                Some(most) => signals.recv_timeout(most),
                None => signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match told {
                Ok(Signal::Checked) => return WakeReason::Checked,
                Ok(Signal::Sketched) => return WakeReason::Sketched,
                Ok(signal) => {
                    if self.note(signal, &mut paths).is_none() {
                        return WakeReason::End;
                    }
                }
                Err(RecvTimeoutError::Timeout) => return WakeReason::Idle,
                Err(RecvTimeoutError::Disconnected) => return WakeReason::End,
            }
        }
        self.gather(signals, paths).map_or(WakeReason::End, WakeReason::Changed)
    }

    /// The paths and those that are told before it is quiet; `None` when the preview is to end.
    fn gather(
        &mut self,
        signals: &Receiver<Signal>,
        mut paths: BTreeSet<Utf8PathBuf>,
    ) -> Option<BTreeSet<Utf8PathBuf>> {
        for _ in 0..PATIENCE {
            let Ok(signal) = signals.recv_timeout(QUIET) else { break };
            self.note(signal, &mut paths)?;
        }
        if paths.iter().any(|path| path.components().count() == 1) && self.renew().is_err() {
            return Some(disk::everything());
        }
        Some(paths)
    }

    /// Adds what a signal tells to the paths; `None` for the signal to end.
    fn note(&self, signal: Signal, paths: &mut BTreeSet<Utf8PathBuf>) -> Option<()> {
        match signal {
            Signal::End => return None,
            Signal::File(Ok(event)) if event.need_rescan() => paths.extend(disk::everything()),
            Signal::File(Ok(event)) if is_change(&event.kind) => {
                for path in event.paths {
                    let below = Utf8PathBuf::from_path_buf(path).ok();
                    let below =
                        below.and_then(|path| path.strip_prefix(&self.root).map(Utf8Path::to_owned).ok());
                    match below {
                        Some(below) => paths.extend(Some(below).filter(|below| is_ours(below))),
                        // A name that is not UTF-8 is complained of when everything is read.
                        None => paths.extend(disk::everything()),
                    }
                }
            }
            Signal::File(Ok(_)) | Signal::Checked | Signal::Sketched => {}
            Signal::File(Err(_)) => paths.extend(disk::everything()),
        }
        Some(())
    }
}

/// Whether a site can be made from what is at `path`.
fn is_ours(path: &Utf8Path) -> bool {
    path.components().next().is_some_and(|top| disk::everything().contains(Utf8Path::new(top.as_str())))
}

/// Whether an event tells of a change. Reading a file is told as well, and we read.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

fn failed(error: &notify::Error) -> Words {
    match error.kind {
        // Linux counts the folders that are watched, a few thousand on old systems.
        ErrorKind::MaxFilesWatch => Words::new(
            "文件夹太多，系统不肯全部监视；以管理员身份运行 sysctl fs.inotify.max_user_watches=1048576 后再试",
            "the system will not watch so many folders; as root run sysctl fs.inotify.max_user_watches=1048576, then try again",
        ),
        _ => Words::new(format!("无法监视文件夹：{error}"), format!("the folder cannot be watched: {error}")),
    }
}
