//! What a check found out and the next one need not: what attachments hold, by their digests, and what came of asking
//! other sites. Without these notes a check only takes longer.

use std::io::Read;

use camino::Utf8Path;

use super::keep::{bind_here, noted};
use super::read::open;
use super::write::workplace;

/// The file in the workplace that says what came of examining attachments.
const ATTACHMENTS: &str = "attachments";

/// The file in the workplace that says what came of asking other sites.
const VISITS: &str = "visits";

/// No larger attachment is examined, in bytes: it stands in memory as a whole.
const LARGEST: u64 = 96 << 20;

/// The bytes of the file at `path` below the site's folder `site`; nothing where it cannot be read, or is too large
/// to be examined.
#[must_use]
pub fn bytes(site: &Utf8Path, path: &Utf8Path) -> Option<Vec<u8>> {
    let (file, size) = open(site, path).ok()?;
    if size > LARGEST {
        return None;
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()?);
    file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LARGEST).then_some(bytes)
}

/// What was noted of attachments beside the output folder `dir` by this very program.
#[must_use]
pub fn examined(dir: &Utf8Path) -> Option<Vec<u8>> {
    noted(dir, ATTACHMENTS)
}

/// Notes it, where a build has made a workplace.
pub fn keep_examined(dir: &Utf8Path, note: &[u8]) {
    keep(dir, ATTACHMENTS, note);
}

/// What was noted of other sites beside the output folder `dir` by this very program.
#[must_use]
pub fn visited(dir: &Utf8Path) -> Option<Vec<u8>> {
    noted(dir, VISITS)
}

/// Notes it, where a build has made a workplace.
pub fn keep_visited(dir: &Utf8Path, note: &[u8]) {
    keep(dir, VISITS, note);
}

fn keep(dir: &Utf8Path, name: &str, note: &[u8]) {
    let work = dir.canonicalize_utf8().ok().and_then(|root| workplace(&root));
    if let Some(work) = work.filter(|work| work.is_dir()) {
        bind_here(&work.join(name), note);
    }
}
