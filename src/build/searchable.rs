//! The files that pages are searched with: which bundles are taken over from an earlier build, and which are made anew.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use rayon::prelude::*;

use super::placing::Placing;
use super::{Earlier, Files, Obstacle, Piece, broken};
use crate::archive::Archive;
use crate::ask::{Ask, Planned};
use crate::diag::Words;
use crate::exports;
use crate::outline::Outline;
use crate::route::Route;
use crate::search::{self, Before, Bundle, Sealed, Stood};
use crate::site::Rank;

/// Makes the files that pages are searched with. They are packed, and nobody looks through them for what is
/// personal: all their words are of the articles, the names and the summaries that pages show, which were looked at. A bundle whose documents did not change is
/// taken over; no more bundles are in memory than are worked on at a time.
pub(super) fn files<F: Send>(
    (archive, outline): (&mut Archive, &Outline),
    earlier: &Earlier<'_>,
    placing: &Placing<'_, F>,
) -> Result<Files, Obstacle<F>> {
    let site = Planned::new(archive, outline);
    let sealed = sealed(&site, earlier.most).map_err(broken)?;
    let mut names =
        search::names(exports::landmarks(&Ask::of(&site)), &archive.config.synonyms).map_err(broken)?;
    let mut files = put(std::mem::take(&mut names.files), placing)?;
    let before = (earlier.read)(search::contents_path().as_ref());
    let before = before.filter(|_| placing.as_before(&search::contents_path()));
    let before = before.map(|contents| Before::read(&contents)).unwrap_or_default();
    let kept: Vec<Option<Files>> = sealed.iter().map(|sealed| keep(sealed, &before, earlier)).collect();
    // Where all is as it was, so is what was made of all.
    if before.is_of(&sealed)
        && kept.iter().all(Option::is_some)
        && let Some(shared) = (earlier.keep)(search::shared_folder().as_ref())
    {
        files.extend(kept.into_iter().flatten().flatten().chain(shared));
        files.extend(put(before.again(&sealed, &names).map_err(broken)?, placing)?);
        return Ok(files);
    }
    let mut rows = rows(&sealed, &kept, &before, earlier);
    let mut stood = Vec::new();
    let mut kept = kept.into_iter();
    for some in sealed.chunks(search::AT_ONCE) {
        archive.shed();
        let site = Planned::new(archive, outline);
        let make = |sealed: &Sealed| match rows.contains_key(&sealed.bundle.name) {
            true => Ok(None),
            false => bundle(&site, sealed).map(Some),
        };
        let made: Result<Vec<Option<search::Made>>, Words> = some.par_iter().map(make).collect();
        for ((sealed, kept), made) in some.iter().zip(kept.by_ref()).zip(made.map_err(broken)?) {
            let name = &sealed.bundle.name;
            let (own, one) = match made {
                Some(made) => (made.files, Stood { standing: made.standing, rows: made.rows }),
                None => {
                    let standing = before.standing(name).cloned().unwrap_or_default();
                    (Vec::new(), Stood { standing, rows: rows.remove(name).unwrap_or_default() })
                }
            };
            // Of a bundle that is kept only its words were to be known; its files are the same.
            files.extend(match kept {
                Some(kept) => kept,
                None => put(own, placing)?,
            });
            stood.push(one);
        }
    }
    files.extend(put(search::shared(&sealed, &stood, &names).map_err(broken)?, placing)?);
    Ok(files)
}

/// Takes over the files of a bundle whose documents are what they were.
fn keep(sealed: &Sealed, before: &Before, earlier: &Earlier<'_>) -> Option<Files> {
    let folder = Utf8Path::new(search::FOLDER).join(&sealed.bundle.name);
    (before.digest(&sealed.bundle.name) == Some(&*sealed.digest)).then(|| (earlier.keep)(&folder)).flatten()
}

/// What the words of the bundles tell whose files are kept; none where the directory is not as it was.
fn rows(
    sealed: &[Sealed],
    kept: &[Option<Files>],
    before: &Before,
    earlier: &Earlier<'_>,
) -> BTreeMap<String, search::Rows> {
    let is_kept = sealed.iter().zip(kept).filter(|(_, kept)| kept.is_some());
    let names: BTreeSet<&str> = is_kept.map(|(sealed, _)| &*sealed.bundle.name).collect();
    match names.is_empty() {
        true => BTreeMap::new(),
        false => before.rows(&names, |path| (earlier.read)(path.as_ref())).unwrap_or_default(),
    }
}

/// Makes the files of a bundle.
fn bundle(site: &Planned<'_>, sealed: &Sealed) -> Result<search::Made, Words> {
    let mut making = search::Making::default();
    for some in sealed.bundle.leads.chunks(search::SOME) {
        let leads = some.par_iter();
        making.add(leads.map(|lead| exports::findable(&Ask::of(site), lead.at)).collect())?;
    }
    making.close(&sealed.bundle.name)
}

/// The bundles of the archive, each with the digest of what it is made from.
fn sealed(site: &Planned<'_>, most: usize) -> Result<Vec<Sealed>, Words> {
    let seal = |bundle: Bundle| {
        let makings: Vec<_> =
            bundle.leads.iter().map(|lead| exports::makings(&Ask::of(site), lead.at)).collect();
        search::sealed(bundle, makings)
    };
    search::bundles(exports::leads(&Ask::of(site)), most).into_par_iter().map(seal).collect()
}

/// Hands search files to the sink.
fn put<F: Send>(made: Vec<search::File>, placing: &Placing<'_, F>) -> Result<Files, Obstacle<F>> {
    let file = |(path, bytes): search::File| {
        Some(placing.put(&Route::file(&path)?, Rank::Asset, Piece::Bytes(&bytes)))
    };
    let put: Result<Vec<Files>, _> = made.into_par_iter().filter_map(file).collect();
    Ok(put?.into_iter().flatten().collect())
}
