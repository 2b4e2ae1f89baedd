//! One build at a time for one output folder. The lock is the system's own, so that it goes
//! with the process that holds it, however that process ends.

use std::fs::{File, TryLockError};
use std::thread;
use std::time::Duration;

use camino::Utf8Path;

use super::{Failure, door};

/// How often a build that waits looks again, and how many times.
const PAUSE: Duration = Duration::from_millis(50);
const LOOKS: usize = 100;

/// The right to write to one output folder; it ends when this is dropped.
///
/// The file itself stays behind. If it were removed, a build that waits for it and a build that
/// makes it anew could hold a lock each.
#[derive(Debug)]
pub(super) struct OutputLock {
    _file: File,
}

impl OutputLock {
    /// The lock at `path`, for writing to `output`. While another process holds it this waits
    /// a few seconds, after it has called `waiting` once.
    pub(super) fn take(path: &Utf8Path, output: &Utf8Path, waiting: impl FnOnce()) -> Result<Self, Failure> {
        let file = door::writable(path).map_err(Failure::lock(path))?;
        if !is_free(&file, path)? {
            waiting();
            wait(&file, path, output)?;
        }
        Ok(Self { _file: file })
    }
}

fn wait(file: &File, path: &Utf8Path, output: &Utf8Path) -> Result<(), Failure> {
    for _ in 0..LOOKS {
        thread::sleep(PAUSE);
        if is_free(file, path)? {
            return Ok(());
        }
    }
    Err(Failure::Busy { path: output.to_owned() })
}

/// Whether the lock was free; it is ours then.
fn is_free(file: &File, path: &Utf8Path) -> Result<bool, Failure> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(Failure::lock(path)(error)),
    }
}
