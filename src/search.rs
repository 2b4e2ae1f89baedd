//! From documents to the files of the search index, all of it in memory.
//!
//! What is found is where words stand: a document is a row of units, and the index knows every
//! unit joined to the next (`search/token.rs`). A browser reads the files that hold the words of
//! a query, checks that they are what was written here, and needs no server.
//!
//! The archive is cut into bundles of whole years (`search/cut.rs`), each an index of its own,
//! because an index is built whole and in memory: many small ones take less of it, can be built
//! side by side, and those of past years stay what they are.

mod bundle;
mod cut;
mod lexicon;
mod names;
mod pack;
mod packed;
mod text;
mod token;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use bundle::files;
pub use cut::{Bundle, MOST, bundles};
pub use names::{Names, names};

use crate::diag::Words;
use crate::exports::{Findable as Entry, Makings};
use crate::han::fold;
use crate::source::hex;

/// The folder of the search files on the site.
pub const FOLDER: &str = "pagefind";

/// How many bundles should be built at a time, which bounds the memory that this takes.
pub const AT_ONCE: usize = 8;

/// The number of the form that the files of an index have, the cutting of texts into words included.
/// It is raised with every change after which the same documents give other bytes or are found by
/// other words; a test notices that.
pub const FORMAT: u32 = 6;

/// Path and bytes of a file. The path is that of the site, such as `pagefind/contents.json`.
pub type File = (String, Vec<u8>);

/// A bundle with the digest of what its files are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The bundle.
    pub bundle: Bundle,
    /// Its [`digest`].
    pub digest: String,
}

/// What the search page reads first: the bundles, newest first, and how characters fold.
#[derive(Serialize)]
struct Contents<'a> {
    format: u32,
    bundles: Vec<BundleEntry<'a>>,
    /// The digest of the files by which places, indicators and pages are found; empty without any.
    names: &'a str,
    /// Pairs of a traditional character and its simplified form.
    fold: String,
}

/// A bundle in the table of contents.
#[derive(Serialize)]
struct BundleEntry<'a> {
    name: &'a str,
    first: i16,
    last: i16,
    count: usize,
    digest: &'a str,
}

/// What is read of the contents of an earlier build.
#[derive(Deserialize)]
struct Earlier {
    bundles: Vec<EarlierPart>,
}

/// A bundle of an earlier build.
#[derive(Deserialize)]
struct EarlierPart {
    name: String,
    digest: String,
}

/// The digest of everything that the files of a bundle are made from: the form of an index, and
/// its documents in their order. Made by one program, bundles of one name and digest have the
/// same files, byte for byte.
///
/// # Errors
/// When what documents are made from cannot be written down.
pub fn digest(name: &str, makings: impl IntoIterator<Item = Makings>) -> Result<String, Words> {
    let mut hasher = Sha256::new();
    hasher.update(FORMAT.to_be_bytes());
    hasher.update(serde_json::to_vec(name).map_err(failed)?);
    for made in makings {
        hasher.update(serde_json::to_vec(&made).map_err(failed)?);
    }
    Ok(hex(&hasher.finalize()))
}

/// JSON that proves itself: its first member, `sum`, is the SHA-256 of all that comes behind it.
/// What reaches a browser cut short, or as the page of an error, is told from it by that.
fn self_proving(value: &impl Serialize) -> Result<Vec<u8>, Words> {
    let json = serde_json::to_vec(value).map_err(failed)?;
    let rest = &json[1..];
    let head = format!("{{\"sum\":\"{}\",", hex(&Sha256::digest(rest)));
    Ok([head.as_bytes(), rest].concat())
}

/// The file where the search page begins to read.
#[must_use]
pub fn contents_path() -> String {
    format!("{FOLDER}/contents.json")
}

/// The table of contents of bundles, and of an index of [`names()`] with its digest. Without bundles
/// there is none.
///
/// # Errors
/// When it cannot be written down.
pub fn contents(bundles: &[Sealed], names: &str) -> Result<Option<File>, Words> {
    if bundles.is_empty() {
        return Ok(None);
    }
    let part = |sealed: &'_ Sealed| {
        let years = sealed.bundle.leads.iter().map(|lead| lead.year);
        (years.clone().min().unwrap_or_default(), years.max().unwrap_or_default())
    };
    let parts = bundles.iter().map(|sealed| {
        let (first, last) = part(sealed);
        let Sealed { bundle: Bundle { name, leads }, digest } = sealed;
        BundleEntry { name, first, last, count: leads.len(), digest }
    });
    let contents =
        Contents { format: FORMAT, bundles: parts.collect(), names, fold: fold::table().collect() };
    Ok(Some((contents_path(), self_proving(&contents)?)))
}

/// The digests of the bundles of an earlier build by their names, as its table of contents has
/// them; none where that says nothing of the kind.
#[must_use]
pub fn digests(contents: &[u8]) -> BTreeMap<String, String> {
    let earlier: Option<Earlier> = serde_json::from_slice(contents).ok();
    let bundles = earlier.into_iter().flat_map(|earlier| earlier.bundles);
    bundles.map(|part| (part.name, part.digest)).collect()
}

fn failed(why: impl std::fmt::Display) -> Words {
    Words::new(format!("无法建立搜索索引：{why}"), format!("the search index cannot be built: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::{Block, Card, Lead};

    const THREE: [(&str, i16); 3] = [("wuzhou", 2020), ("jiangmen", 2019), ("chibi", 2020)];

    fn card(at: usize) -> Card {
        let (place, year) = THREE[at];
        Card {
            url: format!("/{place}/{year}/"),
            title: format!("{place}{year}年法治政府建设年度报告"),
            place: place.into(),
            year,
            ..Card::default()
        }
    }

    fn entry(at: usize) -> Entry {
        let (place, year) = THREE[at];
        let block = |text: String| Block { section: "sec-1".into(), paragraphs: vec![text] };
        let blocks = vec![block("一、概况".into()), block(format!("{place}办理行政复议案件{year}件。"))];
        Entry { card: card(at), lines: vec!["行政复议；法治".into()], blocks }
    }

    fn made_of(at: usize) -> Makings {
        Makings { card: card(at), source: [7; 32] }
    }

    fn only(order: &[usize]) -> Bundle {
        let lead = |at: &usize| Lead { at: *at, year: THREE[*at].1, place: THREE[*at].0.into() };
        bundles(order.iter().map(lead).collect(), MOST).remove(0)
    }

    fn index(order: &[usize]) -> Vec<File> {
        let bundle = only(order);
        let all = || bundle.leads.iter().map(|lead| lead.at);
        let (entries, digest) =
            (all().map(entry).collect(), digest(&bundle.name, all().map(made_of)).unwrap());
        let sealed = Sealed { bundle, digest };
        let mut made = files(&sealed, entries).unwrap();
        made.extend(contents(&[sealed], "").unwrap());
        made.sort();
        made
    }

    #[test]
    fn the_index_has_what_the_browser_loads_and_nothing_else() {
        let files = index(&[0, 1, 2]);
        let count = |ending: &str| files.iter().filter(|(path, _)| path.ends_with(ending)).count();
        assert_eq!((count("pagefind/contents.json"), count("/documents.json")), (1, 1));
        // All that a small bundle has stands in two files.
        assert_eq!((count(".pack"), files.len()), (2, 4));
        assert!(files.iter().all(|(path, bytes)| path.starts_with("pagefind/") && !bytes.is_empty()));
    }

    /// The forms that an index ever had, with a digest of a small one.
    const EVER: [(u32, &str); 5] = [
        (2, "ba46f3c2b64f3e22e84ccfac182edd7c1b1199f9912b7baf8e30b766be6a3b35"),
        (3, "e97d10b47ac8aa85a55af38f24fbffd322e4478a943b8c2a43194e4acd9bb5e3"),
        (4, "4c24e4b9b4256e7ffadb8e03f8c05b4dad954f0d19dd06ad43ea1039cf6c4fa4"),
        (5, "41bfc1f3c2b30f24b4d52147a9939c3085fb8f29e62f21f450fd384745e5d461"),
        (6, "1eb19e80f611401213814bcfee9bd6d90dfa13315a7be0ae4a52b62c475769df"),
    ];

    #[test]
    fn what_gives_other_bytes_is_another_form() {
        let mut hasher = Sha256::new();
        // Which bytes gzip makes is not ours; the table of documents tells what is packed.
        for (path, bytes) in index(&[0, 1, 2]).into_iter().filter(|(path, _)| !path.ends_with(".pack")) {
            hasher.update(&path);
            hasher.update(if path.ends_with("/documents.json") { unpacked(&bytes) } else { bytes });
        }
        let (last, digest) = EVER[EVER.len() - 1];
        assert_eq!(
            (FORMAT, hex(&hasher.finalize()).as_str()),
            (last, digest),
            "the same documents give other files: raise FORMAT, and add it here with this digest"
        );
        assert!(EVER.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 != two[1].1));
    }

    /// A table of documents without what depends on how pieces are packed: names of files, lengths, the digest.
    fn unpacked(table: &[u8]) -> Vec<u8> {
        let mut table: serde_json::Value = serde_json::from_slice(table).unwrap();
        table["sum"].take();
        for folder in ["chunks", "texts"] {
            for pack in table[folder].as_array_mut().unwrap() {
                pack[0].take();
                pack[1]
                    .as_array_mut()
                    .unwrap()
                    .iter_mut()
                    .for_each(|piece| piece[1] = serde_json::Value::Null);
            }
        }
        serde_json::to_vec(&table).unwrap()
    }

    #[test]
    fn what_is_cut_short_no_longer_proves_itself() {
        let (_, bytes) = index(&[0]).into_iter().find(|(path, _)| path.ends_with("documents.json")).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let proves = |text: &str| {
            let sum = text.get(8..72).unwrap_or_default();
            text.starts_with("{\"sum\":\"") && hex(&Sha256::digest(&text.as_bytes()[74..])) == sum
        };
        assert!(proves(&text));
        assert!(!proves(&text[..text.len() - 1]) && !proves(&text.replace("2020", "2021")));
    }

    #[test]
    fn the_same_documents_give_the_same_bytes_in_any_order() {
        let first = index(&[0, 1, 2]);
        assert!(first == index(&[2, 0, 1]));
        assert!(first != index(&[0, 1]));
    }

    #[test]
    fn without_documents_there_are_no_files() {
        assert_eq!(contents(&[], ""), Ok(None));
    }

    #[test]
    fn a_digest_tells_every_difference() {
        let changes: [fn(&mut Makings); 4] = [
            |made_of| made_of.source[31] ^= 1,
            |made_of| made_of.card.published = Some("2021-01-01".into()),
            |made_of| made_of.card.level.1.push('级'),
            |made_of| made_of.card.issuers.push("司法局".into()),
        ];
        let of = |name: &str, makings: [Makings; 2]| digest(name, makings).unwrap();
        let mut seen = std::collections::BTreeSet::from([
            of("2020", [made_of(0), made_of(2)]),
            of("2020", [made_of(2), made_of(0)]),
            of("2019", [made_of(0), made_of(2)]),
        ]);
        for change in changes {
            let mut changed = made_of(2);
            change(&mut changed);
            seen.insert(of("2020", [made_of(0), changed]));
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.contains(&of("2020", [made_of(0), made_of(2)])));
    }

    #[test]
    fn digests_are_read_back_from_the_contents() {
        let bundle = only(&[0, 1, 2]);
        let sealed = Sealed { bundle, digest: "ab".into() };
        let (_, contents) = contents(&[sealed], "").unwrap().unwrap();
        assert_eq!(digests(&contents), BTreeMap::from([("2019-2020".into(), "ab".into())]));
        assert_eq!(digests(b"{\"bundles\":[{\"name\":\"2019\"}],\"fold\":\"\"}"), BTreeMap::new());
        assert_eq!(digests(b"\xff"), BTreeMap::new());
    }
}
