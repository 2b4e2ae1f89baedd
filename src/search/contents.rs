//! Where the search page begins to read, and what is made of all bundles together.

use serde::{Deserialize, Serialize};

use super::bundle::Standing;
use super::directory::{Aside, Directory, FormerDirectory, directory};
use super::names::Names;
use super::table::Leading;
use super::{FOLDER, FORMAT, Fetch, File, Sealed, Unmade, self_proving};
use crate::diag::Words;
use crate::han::fold;

/// The folder of what is made of all bundles together, in that of all search files.
const SHARED: &str = "directory";

/// What the search page reads first: the bundles, newest first, and how characters fold.
#[derive(Serialize)]
struct Contents<'a> {
    format: u32,
    bundles: Vec<BundleEntry<'a>>,
    directory: &'a Directory,
    /// The digest of the files by which places, indicators and pages are found; empty without any.
    names: &'a str,
    /// With which two characters names of places begin, and what leads to the places by their names.
    begins: &'a str,
    called: &'a Leading,
    /// Pairs of a traditional character and its simplified form.
    fold: String,
}

/// A bundle in the table of contents.
#[derive(Serialize)]
struct BundleEntry<'a> {
    name: &'a str,
    /// Its years, newest first, and how many documents there are of each.
    years: Vec<(i16, usize)>,
    #[serde(flatten)]
    standing: &'a Standing,
}

/// A bundle whose files are there.
pub struct Stood {
    /// What the contents say of them.
    pub standing: Standing,
    /// What its words tell; nothing where the directory of the last build has it.
    pub aside: Option<Aside>,
}

/// The contents of an earlier build.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Before {
    bundles: Vec<BundleBefore>,
    directory: Directory,
    names: String,
    begins: String,
    called: Leading,
}

/// A bundle of an earlier build.
#[derive(Clone, Debug, Deserialize)]
struct BundleBefore {
    name: String,
    /// The digest of what it was made from, which its own file has; empty where that is not as it was.
    #[serde(skip)]
    digest: String,
    #[serde(flatten)]
    standing: Standing,
}

impl Before {
    /// What some contents say; nothing is known of any bundle where they are of another form. `read` gives a file by its path,
    /// if it is as it was.
    #[must_use]
    pub fn read(contents: &[u8], read: Fetch<'_>) -> Self {
        let mut before: Self = serde_json::from_slice(contents).unwrap_or_default();
        for BundleBefore { name, digest, standing } in &mut before.bundles {
            *digest = standing.head(name, read).map(|head| head.digest).unwrap_or_default();
        }
        before
    }

    /// What they say of the index of names, if there was one.
    #[must_use]
    pub fn names(&self) -> Option<Names> {
        let names = || Names {
            files: Vec::new(),
            digest: self.names.clone(),
            begins: self.begins.clone(),
            called: self.called.clone(),
        };
        (!self.names.is_empty()).then(names)
    }

    /// The digest of what the bundle of this name was made from.
    #[must_use]
    pub fn digest(&self, name: &str) -> Option<&str> {
        self.named(name).map(|bundle| &*bundle.digest)
    }

    /// What they say of the bundle of this name.
    #[must_use]
    pub fn standing(&self, name: &str) -> Option<&Standing> {
        self.named(name).map(|bundle| &bundle.standing)
    }

    /// The bundle of this name, as it is kept.
    #[must_use]
    pub fn stood(&self, name: &str) -> Stood {
        Stood { standing: self.standing(name).cloned().unwrap_or_default(), aside: None }
    }

    fn named(&self, name: &str) -> Option<&BundleBefore> {
        self.bundles.iter().find(|bundle| bundle.name == name)
    }

    /// Whether its bundles were made from the same as these, and are as many.
    #[must_use]
    pub fn is_of(&self, bundles: &[Sealed]) -> bool {
        self.sealed().map(|(_, digest)| digest).eq(bundles.iter().map(|sealed| &*sealed.digest))
    }

    /// Its bundles, newest first: the name of each, and the digest of what it was made from.
    pub(super) fn sealed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.bundles.iter().map(|bundle| (&*bundle.name, &*bundle.digest))
    }

    /// What they say of each.
    pub(super) fn standings(&self) -> impl Iterator<Item = &Standing> {
        self.bundles.iter().map(|bundle| &bundle.standing)
    }

    /// Its directory; `read` gives a file by its path, if it is as it was. Nothing if what leads to it is not.
    pub fn directory<'a>(&'a self, read: Fetch<'a>) -> Option<FormerDirectory<'a>> {
        FormerDirectory::of(&self.directory, &shared_folder(), read)
    }

    /// Under which number each of its bundles that `stay` goes on among these, from the oldest on.
    fn numbers(&self, bundles: &[Sealed], stays: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
        let number = |before: &BundleBefore| {
            let at = bundles.iter().position(|sealed| sealed.bundle.name == before.name)?;
            stays(at).then(|| bundles.len() - 1 - at)
        };
        self.bundles.iter().rev().map(number).collect()
    }

    /// The table of contents of the same bundles, with an index of [`names`](super::names()).
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn again(&self, bundles: &[Sealed], names: &Names) -> Result<Vec<File>, Words> {
        let standing: Vec<&Standing> = self.standings().collect();
        Ok(vec![written((bundles, &standing), &self.directory, names)?])
    }
}

/// The file where the search page begins to read.
#[must_use]
pub fn contents_path() -> String {
    format!("{FOLDER}/contents.json")
}

/// The folder of what is made of all bundles together.
#[must_use]
pub fn shared_folder() -> String {
    format!("{FOLDER}/{SHARED}")
}

/// Makes what is made of all bundles together, newest first: the directory of their words, and the table of contents, with an index of [`names`](super::names()). `former` is the directory of the last build, which has what some
/// bundles tell. Without bundles there is none of this. The files go to `put`.
///
/// # Errors
/// When a file cannot be made, and what `put` says.
pub fn shared<E>(
    (bundles, stood): (&[Sealed], Vec<Stood>),
    former: Option<(&Before, &FormerDirectory<'_>)>,
    names: &Names,
    put: &mut dyn FnMut(File) -> Result<(), E>,
) -> Result<(), Unmade<E>> {
    if bundles.is_empty() {
        return Ok(());
    }
    let folder = shared_folder();
    let numbers = former.map(|(before, _)| before.numbers(bundles, |at| stood[at].aside.is_none()));
    let former = former.map(|(_, directory)| directory).zip(numbers.as_deref());
    let (mut standing, mut asides) = (Vec::new(), Vec::new());
    for (stood, number) in stood.into_iter().zip((0..bundles.len()).rev()) {
        asides.extend(stood.aside.map(|aside| (number, aside)));
        standing.push(stood.standing);
    }
    let directory = directory(asides, former, &folder, put)?;
    put(contents((bundles, &standing), &directory, names)?).map_err(Unmade::Put)
}

/// The table of contents of these bundles and of their directory.
pub(super) fn contents(
    (bundles, standing): (&[Sealed], &[Standing]),
    directory: &Directory,
    names: &Names,
) -> Result<File, Words> {
    let standing: Vec<&Standing> = standing.iter().collect();
    written((bundles, &standing), directory, names)
}

fn written<'a>(
    (bundles, standing): (&'a [Sealed], &[&'a Standing]),
    directory: &'a Directory,
    names: &'a Names,
) -> Result<File, Words> {
    let entry = |sealed: &'a Sealed, standing: &'a Standing| BundleEntry {
        name: &sealed.bundle.name,
        years: sealed.years(),
        standing,
    };
    let bundles = bundles.iter().zip(standing).map(|(sealed, standing)| entry(sealed, standing)).collect();
    let contents = Contents {
        format: FORMAT,
        bundles,
        directory,
        names: &names.digest,
        begins: &names.begins,
        called: &names.called,
        fold: fold::table().collect(),
    };
    Ok((contents_path(), self_proving(&contents)?))
}
