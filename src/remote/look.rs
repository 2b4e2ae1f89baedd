//! What stands at a target.

use super::store::get;
use super::{Patience, Store, TargetTrouble};
use crate::deliver::{JOURNAL, PublishJournal, STATE, ServerSite, TargetState};
use crate::site::Manifest;

/// What stands at the target; of the files of `local` it is known in any case whether they are there.
///
/// # Errors
///
/// When the target cannot be read, or holds a manifest that is none.
pub fn look(
    store: &dyn Store,
    local: &Manifest,
    patience: &Patience<'_>,
) -> Result<ServerSite, TargetTrouble> {
    let read = |path: &str| get(store, path, patience);
    let damaged = |path: &str, words: crate::diag::Words| {
        TargetTrouble::new(
            format!("目标上的 {path} 不是本程序写的（{}）；请把它移走", words.zh),
            format!("{path} at the target was not written by this program ({}); move it away", words.en),
        )
    };
    let manifest = match read(Manifest::PATH)? {
        Some(bytes) => Manifest::read(&String::from_utf8_lossy(&bytes))
            .map_err(|words| damaged(Manifest::PATH, words))?,
        None => Manifest::default(),
    };
    let state = read(STATE)?.map(|bytes| TargetState::read(&bytes).map_err(|words| damaged(STATE, words)));
    let journal =
        read(JOURNAL)?.map(|bytes| PublishJournal::read(&bytes).map_err(|words| damaged(JOURNAL, words)));
    let (state, journal) = (state.transpose()?.unwrap_or_default(), journal.transpose()?.unwrap_or_default());
    let wanted: Vec<&str> = [manifest.files(), local.files(), &state.kept]
        .into_iter()
        .flat_map(|files| files.keys().map(String::as_str))
        .chain(journal.files.keys().map(String::as_str))
        .collect();
    let mut listing = store.list(&wanted, patience)?;
    listing.remove(Manifest::PATH);
    listing.remove(Manifest::SIGNATURE);
    Ok(ServerSite {
        manifest,
        state,
        journal,
        listing,
        is_tree: store.is_tree(),
        has_headers: store.has_headers(),
    })
}
