//! Where the search page begins to read, and what is made of all bundles together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bundle::Standing;
use super::directory::{Leading, Rows, directory, recovered};
use super::filed::{Filing, filed};
use super::names::Names;
use super::{FOLDER, FORMAT, File, Sealed, failed, self_proving};
use crate::diag::Words;
use crate::han::fold;

/// The folder of what is made of all bundles together, in that of all search files.
const SHARED: &str = "directory";

/// What the search page reads first: the bundles, newest first, and how characters fold.
#[derive(Serialize)]
struct Contents<'a> {
    format: u32,
    bundles: Vec<BundleEntry<'a>>,
    #[serde(flatten)]
    shared: &'a Shared,
    /// The digest of the files by which places, indicators and pages are found; empty without any.
    names: &'a str,
    /// With which two characters names of places begin.
    begins: &'a str,
    /// Pairs of a traditional character and its simplified form.
    fold: String,
}

/// A bundle in the table of contents.
#[derive(Serialize)]
struct BundleEntry<'a> {
    name: &'a str,
    /// Its years, newest first, and how many documents there are of each.
    years: Vec<(i16, usize)>,
    digest: &'a str,
    #[serde(flatten)]
    standing: &'a Standing,
}

/// What leads to what is made of all bundles together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shared {
    directory: Leading,
    filing: Filing,
}

/// A bundle whose files are there.
#[derive(Debug)]
pub struct Stood {
    /// What the contents say of them.
    pub standing: Standing,
    /// What its words tell.
    pub rows: Rows,
}

/// The contents of an earlier build.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Before {
    bundles: Vec<BundleBefore>,
    #[serde(flatten)]
    shared: Shared,
}

/// A bundle of an earlier build.
#[derive(Clone, Debug, Deserialize)]
struct BundleBefore {
    name: String,
    digest: String,
    #[serde(flatten)]
    standing: Standing,
}

impl Before {
    /// What some contents say; nothing is known of any bundle where they are of another form.
    #[must_use]
    pub fn read(contents: &[u8]) -> Self {
        serde_json::from_slice(contents).unwrap_or_default()
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

    fn named(&self, name: &str) -> Option<&BundleBefore> {
        self.bundles.iter().find(|bundle| bundle.name == name)
    }

    /// Whether its bundles were made from the same as these, and are as many.
    #[must_use]
    pub fn is_of(&self, bundles: &[Sealed]) -> bool {
        let digests = |bundle: &BundleBefore| bundle.digest.clone();
        self.bundles.iter().map(digests).eq(bundles.iter().map(|sealed| sealed.digest.clone()))
    }

    /// What the words of the bundles of these names tell, read back from its directory by `read`, which gives a file
    /// by its path. Nothing if a part of it is not as it was.
    pub fn rows(
        &self,
        names: &BTreeSet<&str>,
        read: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> Option<BTreeMap<String, Rows>> {
        let oldest_first = self.bundles.iter().rev().enumerate();
        let wanted = oldest_first.filter(|(_, bundle)| names.contains(&*bundle.name));
        let wanted = wanted.map(|(at, bundle)| (at, bundle.name.clone())).collect();
        let folder = shared_folder();
        recovered(&self.shared.directory, &wanted, |name| read(&format!("{folder}/{name}.pack")))
    }

    /// The table of contents of the same bundles, with an index of [`names`](super::names()).
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn again(&self, bundles: &[Sealed], names: &Names) -> Result<Vec<File>, Words> {
        let standing: Vec<&Standing> = self.bundles.iter().map(|bundle| &bundle.standing).collect();
        Ok(vec![contents((bundles, &standing), &self.shared, names)?])
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

/// What is made of all bundles together, newest first: the directory of their words, orders and filters, and the table
/// of contents, with an index of [`names`](super::names()). Without bundles there is none.
///
/// # Errors
/// When a file cannot be packed.
pub fn shared(bundles: &[Sealed], stood: &[Stood], names: &Names) -> Result<Vec<File>, Words> {
    if bundles.is_empty() {
        return Ok(Vec::new());
    }
    let folder = shared_folder();
    let rows: Vec<&Rows> = stood.iter().rev().map(|stood| &stood.rows).collect();
    let (leading, mut files) = directory(&rows, &folder).map_err(failed)?;
    let (filing, more) = filed(bundles, &folder)?;
    files.extend(more);
    let standing: Vec<&Standing> = stood.iter().map(|stood| &stood.standing).collect();
    files.push(contents((bundles, &standing), &Shared { directory: leading, filing }, names)?);
    Ok(files)
}

fn contents<'a>(
    (bundles, standing): (&'a [Sealed], &[&'a Standing]),
    shared: &'a Shared,
    names: &'a Names,
) -> Result<File, Words> {
    let entry = |sealed: &'a Sealed, standing: &'a Standing| BundleEntry {
        name: &sealed.bundle.name,
        years: sealed.years(),
        digest: &sealed.digest,
        standing,
    };
    let bundles = bundles.iter().zip(standing).map(|(sealed, standing)| entry(sealed, standing)).collect();
    let contents = Contents {
        format: FORMAT,
        bundles,
        shared,
        names: &names.digest,
        begins: &names.begins,
        fold: fold::table().collect(),
    };
    Ok((contents_path(), self_proving(&contents)?))
}
