//! Saying things, where somebody listens. A reader who has seen enough closes the pipe, and that
//! is no failure, as with every tool of Unix; a device that is full is one. Whatever happens,
//! nothing here panics: the macros that print would, after a site has been published.

use std::io::{self, Write};
use std::sync::OnceLock;

use super::Stop;
use crate::diag::Words;
use crate::disk;

/// Whether what is said can be written.
#[derive(Debug, Default)]
pub(super) struct Mouth {
    /// Why something that is not a result could not be said.
    unheard: OnceLock<io::ErrorKind>,
}

impl Mouth {
    /// Writes a result to standard output.
    pub(super) fn print(&self, text: &str) -> Result<(), Stop> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes a result that may be no text in UTF-8.
    pub(super) fn print_bytes(&self, bytes: &[u8]) -> Result<(), Stop> {
        heard(write(io::stdout().lock(), bytes)).map_err(|error| Stop::Failure(unwritten(&error)))
    }

    /// Writes a line of talk to standard error. It holds nothing up that it cannot be written;
    /// the exit code tells.
    pub(super) fn say(&self, line: &str) {
        if let Err(error) = heard(write(io::stderr().lock(), format!("{line}\n").as_bytes())) {
            // The first reason is as good as any other.
            let _ = self.unheard.set(error.kind());
        }
    }

    /// Whether something could not be said.
    pub(super) fn is_unheard(&self) -> bool {
        self.unheard.get().is_some()
    }
}

fn write(mut to: impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes)?;
    to.flush()
}

/// What was written, where a reader who went away has heard enough.
pub(super) fn heard(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Why standard output cannot be written to.
pub(super) fn unwritten(error: &io::Error) -> Words {
    let why = disk::reason(error);
    Words::new(
        format!("无法写到标准输出：{}", why.zh),
        format!("standard output cannot be written to: {}", why.en),
    )
}
