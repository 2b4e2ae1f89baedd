//! Files that are passed on: sources, attachments, and what the site keeps in `static/`.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::archive::{Archive, DocumentId};
use crate::report::{Link, PublicationStatus};
use crate::route::Route;

/// A file that is passed on, with its address.
pub(super) enum PassedFile {
    /// The source of the document at a place of the archive.
    Source(Route, DocumentId),
    /// A file that stands beside a text and belongs to it.
    Beside(Route, Utf8PathBuf),
    /// A file of `static/`.
    Static(Route, Utf8PathBuf),
}

/// Every file that is passed on, those of `static/` last.
pub(super) fn files(archive: &Archive) -> Vec<PassedFile> {
    let mut files = Vec::new();
    let reports = archive.reports.entries();
    let public = reports.filter(|(_, report)| report.matter.status != PublicationStatus::Withdrawn);
    for (at, report) in public.filter(|(_, report)| !archive.is_elsewhere(report)) {
        let route = report.route();
        files.extend(route.beside("index.md").map(|route| PassedFile::Source(route, at)));
        files.extend(files_beside(
            archive,
            &route,
            report.folder(),
            report.files.iter().map(Utf8PathBuf::as_path),
        ));
    }
    let pages = archive.pages.iter().chain(&archive.home);
    let pages = pages.map(|page| (page.leaf.route(), &page.path, &page.body));
    let places = archive.places.values();
    let places = places.map(|place| (Route::page([&place.slug]), &place.path, &place.body));
    for (route, path, body) in pages.chain(places) {
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        files.extend(files_beside(archive, &route, folder, linked(&body.links)));
    }
    let kept = archive.sources.blobs().iter().filter_map(|blob| {
        let path = blob.path.strip_prefix("static").ok()?;
        Some(PassedFile::Static(Route::of_output(path)?, blob.path.clone()))
    });
    files.extend(kept);
    files
}

/// Files beside a text, as far as they are there.
fn files_beside<'a>(
    archive: &Archive,
    route: &Route,
    folder: &Utf8Path,
    files: impl IntoIterator<Item = &'a Utf8Path>,
) -> Vec<PassedFile> {
    let passed = |file: &Utf8Path| {
        let name = file.strip_prefix(folder).unwrap_or(file);
        let blob = archive.sources.blob(file)?;
        Some(PassedFile::Beside(route.beside(name.as_str())?, blob.path.clone()))
    };
    files.into_iter().filter_map(passed).collect()
}

/// The files that these links lead to, in order, each once.
fn linked(links: &[Link]) -> BTreeSet<&Utf8Path> {
    links.iter().filter_map(Link::file).map(Utf8PathBuf::as_path).collect()
}
