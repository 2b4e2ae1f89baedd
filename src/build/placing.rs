//! How a file gets into a site: it is handed to the sink or taken over from the last build and, where the site wants
//! that, with a packed copy of each text beside it, for web servers that send such a copy as it is (`gzip_static` of
//! nginx, `precompressed` of Caddy).

use camino::{Utf8Path, Utf8PathBuf};

use super::{BuildObstacle, FileContent, FileSink, SearchReuse, SiteFile, SiteFiles};
use crate::config::Config;
use crate::exports::packed;
use crate::outline::Outline;
use crate::route::Route;
use crate::site::Rank;

/// The packed copies of the texts of a site, if it has any.
#[derive(Clone, Copy)]
pub struct Copies<'a> {
    outline: Option<&'a Outline>,
}

impl<'a> Copies<'a> {
    /// Those that the settings want for the site at these addresses.
    #[must_use]
    pub fn of(config: &Config, outline: &'a Outline) -> Self {
        Self { outline: config.gzip.then_some(outline) }
    }

    /// Where the packed copy of the file at `path` stands, if it has one: an author's own file keeps its place.
    fn beside(self, path: &Utf8Path) -> Option<Route> {
        let outline = self.outline.filter(|_| is_text(path))?;
        Route::file(copy_path(path).as_str()).filter(|route| outline.subject(route).is_none())
    }

    /// The packed copy of the file at `path`, and where it stands.
    #[must_use]
    pub fn copy(self, path: &Utf8Path, bytes: &[u8]) -> Option<(Route, Vec<u8>)> {
        self.beside(path).map(|route| (route, packed(bytes)))
    }
}

/// What files get into a site with.
pub(super) struct Placing<'a, F> {
    sink: &'a FileSink<'a, F>,
    earlier: &'a SearchReuse<'a>,
    copies: Copies<'a>,
}

impl<'a, F> Placing<'a, F> {
    pub(super) fn new(sink: &'a FileSink<'a, F>, earlier: &'a SearchReuse<'a>, copies: Copies<'a>) -> Self {
        Self { sink, earlier, copies }
    }

    /// Hands a piece to the sink, and its packed copy.
    pub(super) fn put(
        &self,
        route: &Route,
        rank: Rank,
        piece: FileContent<'_>,
    ) -> Result<SiteFiles, BuildObstacle<F>> {
        let path = route.output();
        let copy = match &piece {
            FileContent::Bytes(bytes) => self.copy(&path, rank, bytes)?,
            FileContent::Text(source) => self.copy(&path, Rank::Asset, source.text().as_bytes())?,
            // An author's own file, which is passed on as it is.
            FileContent::Copy(_) => None,
        };
        let entry = (self.sink)(route, rank, piece).map_err(BuildObstacle::Sink)?;
        Ok(std::iter::once((path, entry)).chain(copy).collect())
    }

    /// Takes a file over as it stands, and its packed copy, which one that is passed on has not; `None` if it is no
    /// longer what the last build wrote.
    pub(super) fn keep(
        &self,
        path: &Utf8Path,
        rank: Rank,
        is_passed_on: bool,
    ) -> Result<Option<SiteFiles>, BuildObstacle<F>> {
        let Some(entry) = (self.earlier.keep_file)(path, rank) else { return Ok(None) };
        let mut files = vec![(path.to_owned(), entry)];
        if let Some(copy) = self.copies.beside(path).filter(|_| !is_passed_on) {
            let copy = copy.output();
            match (self.earlier.keep_file)(&copy, rank) {
                Some(entry) => files.push((copy, entry)),
                None => {
                    let bytes = (self.earlier.read)(path).unwrap_or_default();
                    files.extend(self.copy(path, rank, &bytes)?);
                }
            }
        }
        Ok(Some(files))
    }

    /// Whether the last build made packed copies where this one does, told by those of one file: then what is in a
    /// folder can be taken over as a whole.
    pub(super) fn as_before(&self, path: &str) -> bool {
        let was = (self.earlier.read)(&copy_path(Utf8Path::new(path))).is_some();
        was == self.copies.outline.is_some()
    }

    /// Hands the packed copy of a text to the sink.
    fn copy(&self, path: &Utf8Path, rank: Rank, bytes: &[u8]) -> Result<Option<SiteFile>, BuildObstacle<F>> {
        let Some((route, packed)) = self.copies.copy(path, bytes) else { return Ok(None) };
        let entry = (self.sink)(&route, rank, FileContent::Bytes(&packed)).map_err(BuildObstacle::Sink)?;
        Ok(Some((route.output(), entry)))
    }
}

fn copy_path(path: &Utf8Path) -> Utf8PathBuf {
    format!("{path}.gz").into()
}

/// Whether the file at `path` is a text by its ending, and not packed already.
fn is_text(path: &Utf8Path) -> bool {
    const ENDINGS: [&str; 14] = [
        "css",
        "csv",
        "html",
        "js",
        "json",
        "jsonld",
        "md",
        "mjs",
        "ndjson",
        "svg",
        "txt",
        "wasm",
        "webmanifest",
        "xml",
    ];
    path.extension().is_some_and(|ending| ENDINGS.contains(&ending))
}
