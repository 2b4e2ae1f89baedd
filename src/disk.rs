//! The only door to files: it reads a site's folder and writes the finished site, and no other
//! room may do either. It knows bytes, names and digests, and nothing of what a report is.
//!
//! Reading ([`read()`]) never fails because of one bad file; each costs a diagnostic. Writing
//! ([`Output`]) never leaves half a site, whenever it is interrupted, and never touches a file
//! that an earlier build did not write.

#![allow(clippy::disallowed_methods, reason = "this is the door that the other rooms are asked to use")]

mod apart;
mod believe;
mod by_digest;
mod convert;
mod create;
mod door;
mod examined;
mod failure;
mod journal;
mod keep;
mod keepsake;
mod known;
mod lock;
mod made;
mod promote;
mod put;
mod read;
mod save;
pub mod spool;
mod standing;
mod stock;
mod write;

pub use apart::apart;
pub use convert::{Converted, convert};
pub use create::create;
pub use examined::{bytes, examined, keep_examined, keep_visited, visited};
pub(crate) use failure::reason;
pub use failure::{Failure, FileOperation};
pub use keep::{known, made_here, recalled};
pub use keepsake::{Keepsake, ReplacedPublication};
pub use known::{KnownFiles, SiteFolder};
pub use made::{folder, make_file, private};
pub use promote::Summary;
pub use put::{get, put};
pub use read::{
    FolderListing, FolderReading, FoundInFolder, MAX_FILE, MAX_TEXT, MOST_NAMES, everything, find_misnamed,
    find_site, list, look, look_knowing, open, read, read_knowing,
};
pub use save::{SaveFailure, SavedText, add, erase, save, saved_text};
pub use standing::{StandingSite, published};
pub use stock::Stock;
pub use write::Output;

use std::io::{self, Read, Write};

use camino::Utf8Path;
use sha2::{Digest, Sha256};

use crate::site::FileDigest;
use crate::source::hex;

/// The folder for what is not yet in its place; whatever is in it may be removed at any time
/// when no build is under way.
const STAGING: &str = "staging";

/// The size and the digest of what `from` yields, which is also copied to `to`. Files that are
/// passed on can be of any size, so they never stand in memory as a whole.
fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<FileDigest> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        size += count as u64;
    }
    Ok(FileDigest { sha256: hex(&hasher.finalize()), size })
}

/// The size and the digest of the file at `path`, which no link leads to.
fn entry_at(path: &Utf8Path) -> io::Result<FileDigest> {
    copy(&mut door::plain(path)?, &mut io::sink())
}

/// No manifest and no journal is longer, in bytes; the manifest of 100,000 reports has a tenth of
/// it.
const LONGEST_RECORD: u64 = 512 << 20;

/// What a manifest or a journal holds.
fn read_whole(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let file = door::plain(path)?;
    let size = file.metadata()?.len();
    if size > LONGEST_RECORD {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    // A size that is there from the start costs no copies while the bytes come.
    bytes.reserve_exact(usize::try_from(size).unwrap_or_default() + 1);
    file.take(LONGEST_RECORD).read_to_end(&mut bytes)?;
    Ok(bytes)
}
