//! The directory: what all bundles tell of their words, in three tables, so that a query reads no more than it has to know.
//! Which documents have a unit or a pair of units, by which those bundles alone are opened that can hold an answer; how often
//! these stand there; and where runs of two to four units stand, by which longer phrases are followed. A fourth has by what
//! documents are narrowed.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};

use super::merge::WordSource;
use super::postings::LENGTHS;
use super::table::{self, Changes, Leading, Rows, table};
use super::{Fetch, File, Unmade};

/// What a bundle tells of its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Which of its documents have a unit or a pair.
    pub(super) documents: Rows,
    /// How often these stand there.
    pub(super) counts: Rows,
    /// Where what begins with a pair stands.
    pub(super) places: Rows,
    /// Which documents have a value of a filter.
    pub(super) filters: Rows,
}

impl Telling {
    /// What is told of words in parts, one behind the other.
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        let (mut documents, mut counts, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            documents.push(part.documents);
            counts.push(part.counts);
            places.push(part.places);
        }
        let [documents, counts, places] = [documents, counts, places].map(Rows::joined);
        Self { documents, counts, places, filters: Rows::default() }
    }

    /// As bytes for each table, to be put aside.
    #[must_use]
    pub fn into_bytes(self) -> [Vec<u8>; TABLES] {
        [self.documents, self.counts, self.places, self.filters].map(Rows::into_bytes)
    }
}

/// What a bundle told, to be read once more for each table.
pub type Aside = [Box<dyn Read + Send>; TABLES];

/// How many tables there are.
pub const TABLES: usize = 4;

/// Their folders.
const FOLDERS: [&str; TABLES] = ["documents", "counts", "places", "filters"];

/// What the contents say of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Directory {
    documents: Leading,
    counts: Leading,
    places: Leading,
    filters: Leading,
}

impl Directory {
    fn tables(&self) -> [&Leading; TABLES] {
        [&self.documents, &self.counts, &self.places, &self.filters]
    }
}

/// A directory of which only some words changed.
pub(super) struct AmendedDirectory {
    pub(super) directory: Directory,
    /// The files that are to be written.
    pub(super) made: Vec<File>,
    /// The paths of those that stay as they are.
    pub(super) kept: Vec<String>,
}

/// The directory of the last build.
pub struct FormerDirectory<'a>([table::FormerTable<'a>; TABLES]);

impl<'a> FormerDirectory<'a> {
    /// The directory below `folder`; `read` gives a file by its path, if it is as it was. Nothing if what leads to it is not.
    pub(super) fn of(directory: &'a Directory, folder: &str, read: Fetch<'a>) -> Option<Self> {
        let tables = directory.tables().into_iter().zip(FOLDERS);
        let tables: Vec<table::FormerTable<'a>> = tables
            .map(|(leading, name)| table::FormerTable::of(leading, &format!("{folder}/{name}"), read))
            .collect::<Option<_>>()?;
        Some(Self(tables.try_into().ok()?))
    }

    /// Whether all of its files are as they were.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.iter().all(table::FormerTable::is_whole)
    }

    /// The directory after some changes in each table, where bundles have so many documents, from the oldest on. Nothing if
    /// a file that this takes is not as it was.
    pub(super) fn amended(
        &self,
        changes: &[Changes; TABLES],
        all: &[u32],
        folder: &str,
    ) -> Option<io::Result<AmendedDirectory>> {
        let (mut made, mut kept) = (Vec::new(), Vec::new());
        let mut leadings = Vec::new();
        for (table, name) in (0..TABLES).zip(FOLDERS) {
            let form = (all, LENGTHS[table]);
            match self.0[table].amended(&changes[table], form, &format!("{folder}/{name}"))? {
                Err(error) => return Some(Err(error)),
                Ok(amended) => {
                    made.extend(amended.made);
                    kept.extend(amended.kept);
                    leadings.push(amended.leading);
                }
            }
        }
        let [documents, counts, places, filters] = leadings.try_into().ok()?;
        Some(Ok(AmendedDirectory { directory: Directory { documents, counts, places, filters }, made, kept }))
    }
}

/// The directory of what bundles tell. `asides` are those of bundles by their numbers, from the oldest on; what others tell
/// is in a former directory, which says after it under which number each bundle of it goes on. Its files go
/// to `put`, below `folder`.
pub(super) fn directory<E>(
    asides: Vec<(usize, Aside)>,
    former: Option<(&FormerDirectory<'_>, &[Option<usize>])>,
    folder: &str,
    put: &mut dyn FnMut(File) -> Result<(), E>,
) -> Result<Directory, Unmade<E>> {
    let mut sources: [Vec<WordSource<'_>>; TABLES] = Default::default();
    for (number, aside) in asides {
        for (sources, aside) in sources.iter_mut().zip(aside) {
            sources.push(WordSource::of_bundle(number, aside));
        }
    }
    if let Some((FormerDirectory(tables), numbers)) = former {
        for (sources, table) in sources.iter_mut().zip(tables) {
            sources.push(WordSource::of_table(table.pieces(), numbers));
        }
    }
    let [documents, counts, places, filters] = sources;
    let mut make = |sources, name: &str| table(sources, &format!("{folder}/{name}"), put);
    Ok(Directory {
        documents: make(documents, FOLDERS[0])?,
        counts: make(counts, FOLDERS[1])?,
        places: make(places, FOLDERS[2])?,
        filters: make(filters, FOLDERS[3])?,
    })
}
