//! Whether a target holds the site that its manifest tells, every byte of it.

use std::sync::Mutex;

use super::publish::each;
use super::store::entry;
use super::{Patience, Store, TargetTrouble, look};
use crate::site::Manifest;

/// How a target differs from its own manifest; paths in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// How many files the manifest names.
    pub files: usize,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that the manifest does not name, and that are not kept for pages of the site before.
    pub extra: Vec<String>,
    /// Whether a publication began and did not end.
    pub is_unfinished: bool,
}

impl Differences {
    /// Whether the target is what its manifest tells.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.extra.is_empty() && !self.is_unfinished
    }
}

/// Reads every file of the target and holds it against the target's manifest; `told` is called for each.
///
/// # Errors
///
/// When the target cannot be read, or no site is there.
pub fn verify(
    store: &dyn Store,
    patience: &Patience<'_>,
    told: &(dyn Fn() + Sync),
) -> Result<Differences, TargetTrouble> {
    let there = look(store, &Manifest::default(), patience)?;
    let files: Vec<_> = there.manifest.files().iter().collect();
    if files.is_empty() {
        return Err(TargetTrouble::new(
            "那里没有 manifest.json，不是本程序发布的网站",
            "there is no manifest.json, so that it is no site of this program",
        ));
    }
    let found = Mutex::new(Differences {
        files: files.len(),
        is_unfinished: !there.journal.is_empty(),
        ..Differences::default()
    });
    each(&files, &|(path, expected)| {
        let there = entry(store, path, patience).map_err(|trouble| trouble.with(path))?;
        let mut found = found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match there {
            None => found.missing.push((*path).clone()),
            Some(there) if there != **expected => found.changed.push((*path).clone()),
            Some(_) => {}
        }
        told();
        Ok(())
    })?;
    let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let is_known =
        |path: &&String| there.manifest.files().contains_key(*path) || there.state.kept.contains_key(*path);
    found.extra = there.listing.keys().filter(|path| !is_known(path)).cloned().collect();
    found.missing.sort();
    found.changed.sort();
    Ok(found)
}
