//! From documents to the files of the search index, all of it in memory.
//!
//! Everything about Pagefind stays in this room: what is asked of it, which of its files a site
//! needs, and the words that it is given in place of a document's own (`search/token.rs`).
//!
//! The archive is cut into bundles of whole years (`search/bundle.rs`), each an index of its
//! own, because an index is built whole and in memory: many small ones take less of it, can be
//! built side by side, and those of past years stay what they are.

mod bundle;
mod cut;
mod engine;
mod lexicon;
mod packed;
mod pinyin;
mod text;
mod token;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use bundle::files;
pub use cut::{Bundle, MOST, bundles};

use crate::diag::Words;
use crate::han::fold;
use crate::plan::{Findable as Entry, Makings};
use crate::site::hex;

/// The folder of the search files on the site.
pub const FOLDER: &str = "pagefind";

/// How many bundles should be built at a time, which bounds the memory that this takes.
pub const AT_ONCE: usize = 8;

/// Path and bytes of a file. The path is that of the site, such as `pagefind/pagefind.js`.
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
    bundles: Vec<Part<'a>>,
    /// Pairs of a traditional character and its simplified form.
    fold: String,
}

/// A bundle in the table of contents.
#[derive(Serialize)]
struct Part<'a> {
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

/// The digest of everything that the files of a bundle are made from: its documents in their
/// order, and the program. Bundles of one name and digest have the same files, byte for byte.
///
/// # Errors
/// When Pagefind does not yield its engine.
pub fn digest(name: &str, makings: impl IntoIterator<Item = Makings>) -> Result<String, Words> {
    let mut hasher = Sha256::new();
    hasher.update(&engine::engine()?.seal);
    hasher.update(serde_json::to_vec(name).map_err(failed)?);
    for made in makings {
        hasher.update(serde_json::to_vec(&made).map_err(failed)?);
    }
    Ok(hex(&hasher.finalize()))
}

/// The file where the search page begins to read.
#[must_use]
pub fn contents_path() -> String {
    format!("{FOLDER}/contents.json")
}

/// The files that all bundles have in common: the table of contents and the engine. Without
/// bundles there are none, because an index of nothing does not load.
///
/// # Errors
/// When Pagefind does not yield its engine.
pub fn common(bundles: &[Sealed]) -> Result<Vec<File>, Words> {
    if bundles.is_empty() {
        return Ok(Vec::new());
    }
    let part = |sealed: &'_ Sealed| {
        let years = sealed.bundle.leads.iter().map(|lead| lead.year);
        (years.clone().min().unwrap_or_default(), years.max().unwrap_or_default())
    };
    let parts = bundles.iter().map(|sealed| {
        let (first, last) = part(sealed);
        let Sealed { bundle: Bundle { name, leads }, digest } = sealed;
        Part { name, first, last, count: leads.len(), digest }
    });
    let contents = Contents { bundles: parts.collect(), fold: fold::table().collect() };
    let contents = serde_json::to_vec(&contents).map_err(failed)?;
    let engine = engine::engine()?.script.clone();
    Ok(vec![(contents_path(), contents), (format!("{FOLDER}/pagefind.js"), engine)])
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
    use crate::plan::{Card, Lead};

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
        let html = format!("<h2 id=\"sec-1\">一、概况</h2>\n<p>{place}办理行政复议案件{year}件。</p>");
        Entry { card: card(at), html }
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
        let mut made = files(&bundle.name, all().map(entry).collect()).unwrap();
        let digest = digest(&bundle.name, all().map(made_of)).unwrap();
        made.extend(common(&[Sealed { bundle, digest }]).unwrap());
        made.sort();
        made
    }

    #[test]
    fn the_index_has_what_the_browser_loads_and_nothing_else() {
        let files = index(&[0, 1, 2]);
        let count = |ending: &str| files.iter().filter(|(path, _)| path.ends_with(ending)).count();
        assert_eq!(count("pagefind/pagefind.js") + count("pagefind/contents.json"), 2);
        assert_eq!(count("/pagefind-entry.json") + count("/wasm.unknown.pagefind") + count(".pf_meta"), 3);
        assert_eq!((count("/documents.json"), count(".pf_fragment"), count(".pf_filter")), (1, 0, 0));
        assert_eq!(files.iter().filter(|(path, _)| path.contains("/text/")).count(), 3);
        assert_eq!(files.len(), 9 + count(".pf_index"));
        assert!(files.iter().all(|(path, bytes)| path.starts_with("pagefind/") && !bytes.is_empty()));
    }

    #[test]
    fn the_same_documents_give_the_same_bytes_in_any_order() {
        let first = index(&[0, 1, 2]);
        assert!(first == index(&[2, 0, 1]));
        assert!(first != index(&[0, 1]));
    }

    #[test]
    fn without_documents_there_are_no_files() {
        assert_eq!(common(&[]), Ok(Vec::new()));
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
        let contents = common(&[sealed]).unwrap().remove(0).1;
        assert_eq!(digests(&contents), BTreeMap::from([("2019-2020".into(), "ab".into())]));
        assert_eq!(digests(b"{\"bundles\":[{\"name\":\"2019\"}],\"fold\":\"\"}"), BTreeMap::new());
        assert_eq!(digests(b"\xff"), BTreeMap::new());
    }
}
