//! The finished site as a preview finds it, in the folder where a build puts it: the files that
//! its manifest names, as long as they are what the manifest says. Anything else there is not
//! believed.

use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use crate::disk;
use crate::site::{FileDigest, Manifest};

/// Where a build puts the site, unless it is told otherwise.
pub(super) const FOLDER: &str = "public";

/// No manifest is longer, in bytes; one of 100,000 reports has a tenth of it.
const LONGEST_MANIFEST: u64 = 512 << 20;

/// A site that was built.
pub(super) struct BuiltSite {
    folder: Utf8PathBuf,
    manifest: Manifest,
}

/// There is a manifest, and it is none.
#[derive(Debug)]
pub(super) struct DoubtfulManifest;

impl BuiltSite {
    /// The site that was last built in the site's folder `root`, if one was.
    pub(super) fn open(root: &Utf8Path) -> Result<Option<Self>, DoubtfulManifest> {
        let folder = root.join(FOLDER);
        let Some(manifest) = read(&folder, Manifest::PATH.into(), LONGEST_MANIFEST) else {
            return Ok(None);
        };
        let manifest = String::from_utf8(manifest).ok().and_then(|text| Manifest::read(&text).ok());
        manifest.map(|manifest| Some(Self { folder, manifest })).ok_or(DoubtfulManifest)
    }

    /// Whether this very program made it. Another version might have made other search files of
    /// the same documents.
    pub(super) fn is_own(&self) -> bool {
        disk::made_here(&self.folder, &self.manifest)
    }

    /// What the manifest says of a file.
    pub(super) fn entry(&self, path: &Utf8Path) -> Option<&FileDigest> {
        self.manifest.get(path)
    }

    /// The bytes of a file, if they are what the manifest says.
    pub(super) fn bytes(&self, path: &Utf8Path) -> Option<Vec<u8>> {
        let entry = self.entry(path)?;
        read(&self.folder, path, entry.size).filter(|bytes| FileDigest::of(bytes) == *entry)
    }

    /// The files below `folder`, by their paths.
    pub(super) fn below(&self, folder: &Utf8Path) -> impl Iterator<Item = &Utf8Path> {
        self.manifest.below(folder).map(|(path, _)| path)
    }
}

/// The bytes of a file of the finished site; `None` where it is not there, leads elsewhere or is
/// longer than it can be.
fn read(folder: &Utf8Path, path: &Utf8Path, most: u64) -> Option<Vec<u8>> {
    let (file, size) = disk::open(folder, path).ok()?;
    let mut bytes = Vec::new();
    let read = file.take(most.min(size) + 1).read_to_end(&mut bytes).ok()?;
    (read as u64 == size && size <= most).then_some(bytes)
}
