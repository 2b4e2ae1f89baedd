//! How slowly bytes may go by. A server that takes or gives a byte a second is never silent, and is as good as one that is.

use std::io::{self, Read};
use std::time::{Duration, Instant};

/// Bytes that are read for a request or of an answer, and trouble when they come too slowly.
pub(super) struct PacedBytes<R> {
    bytes: R,
    begun: Instant,
    done: u64,
    /// How long nothing may come.
    silence: Duration,
}

/// So many bytes have to go by in a second: a 32nd of what a poor line carries.
const SLOWEST: u64 = 1024;

impl<R: Read> PacedBytes<R> {
    /// `bytes`, of which none may come for so long.
    pub(super) fn new(bytes: R, silence: Duration) -> Self {
        Self { bytes, begun: Instant::now(), done: 0, silence }
    }
}

impl<R: Read> Read for PacedBytes<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let allowed = self.silence + Duration::from_secs(self.done / SLOWEST);
        if self.begun.elapsed() > allowed {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "slower than a kilobyte a second"));
        }
        let count = self.bytes.read(to)?;
        self.done += count as u64;
        Ok(count)
    }
}
