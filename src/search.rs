//! From documents to the files of the search index, all of it in memory.
//!
//! What is found is where words stand: a document is a row of units, and the index knows every
//! unit joined to the next (`search/token.rs`). A browser reads the pieces of files that hold the words of
//! a query, checks that they are what was written here, and needs no server.
//!
//! The archive is cut into bundles of whole years (`search/cut.rs`), each an index of its own,
//! because an index is built whole and in memory: those of past years stay what they are. One
//! directory leads to all of them (`search/directory.rs`), so that a query asks no bundle that cannot hold an answer.

mod amend;
mod bundle;
mod contents;
mod cut;
mod directory;
mod export;
mod filed;
mod fit;
mod lexicon;
mod merge;
mod names;
mod number;
mod pack;
mod postings;
mod table;
mod text;
mod token;

use serde::Serialize;
use sha2::{Digest, Sha256};

pub use amend::{AmendedIndex, Edits, Now, amended, edits};
pub use bundle::{Made, Making, Standing};
pub use contents::{Before, Stood, contents_path, shared, shared_folder};
pub use cut::{Bundle, MOST, bundles};
pub use directory::{Aside, FormerDirectory, TABLES, Telling};
pub use export::{Asked, Exported, OPENSEARCH, QUICKWIT, asked, exported};
pub use names::{Names, names, names_folder};

use crate::diag::Words;
use crate::exports::{Findable as Entry, Makings};
use crate::source::hex;
use filed::Filed;

/// The folder of the search files on the site.
pub const FOLDER: &str = "pagefind";

/// How many bundles should be built at a time, which bounds the memory that this takes.
pub const AT_ONCE: usize = 2;

/// How many documents a bundle should take in at a time, for the same reason.
pub const SOME: usize = 100;

/// The number of the form that the files of an index have, the cutting of texts into words included.
/// It is raised with every change after which the same documents give other bytes or are found by
/// other words; a test notices that. The browser reads this form alone (`search-index.js`).
pub const FORMAT: u32 = 10;

/// Path and bytes of a file. The path is that of the site, such as `pagefind/contents.json`.
pub type File = (String, Vec<u8>);

/// Gives a file of the last build by its path, if it is as it was.
pub type Fetch<'a> = &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync);

/// How many bytes there are of the digest of what a document is made from.
const MAKING: usize = 16;

/// Why files were not made.
#[derive(Debug)]
pub enum Unmade<E> {
    /// This cannot be written down.
    Why(Words),
    /// They could not be put anywhere.
    Put(E),
}

impl<E> From<Words> for Unmade<E> {
    fn from(words: Words) -> Self {
        Self::Why(words)
    }
}

impl<E> From<std::io::Error> for Unmade<E> {
    fn from(error: std::io::Error) -> Self {
        Self::Why(failed(error))
    }
}

/// A bundle with the digest of what its files are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The bundle.
    pub bundle: Bundle,
    /// The digest of everything that its files are made from.
    pub digest: String,
    /// The digest of what each of its documents is made from.
    makings: Vec<[u8; MAKING]>,
    /// By what its documents are narrowed.
    filed: Vec<Filed>,
}

impl Sealed {
    /// The addresses of its documents, in their order.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.filed.iter().map(Filed::url)
    }

    /// Its years, newest first, and how many documents there are of each.
    fn years(&self) -> Vec<(i16, usize)> {
        let years = self.filed.chunk_by(|one, next| one.year() == next.year());
        years.map(|year| (year[0].year(), year.len())).collect()
    }
}

/// A bundle with what its documents are made from, in their order. Made by one program, bundles of one name and
/// digest have the same files, byte for byte.
///
/// # Errors
/// When what documents are made from cannot be written down.
pub fn sealed(bundle: Bundle, makings: impl IntoIterator<Item = Makings>) -> Result<Sealed, Words> {
    let (mut digests, mut filed) = (Vec::new(), Vec::new());
    for made in makings {
        let mut digest = [0; MAKING];
        let whole = Sha256::digest(serde_json::to_vec(&made).map_err(failed)?);
        digest.copy_from_slice(&whole[..MAKING]);
        digests.push(digest);
        filed.push(Filed::from(made.card));
    }
    let mut hasher = Sha256::new();
    hasher.update(FORMAT.to_be_bytes());
    hasher.update(serde_json::to_vec(&bundle.name).map_err(failed)?);
    digests.iter().for_each(|digest| hasher.update(digest));
    Ok(Sealed { bundle, digest: hex(&hasher.finalize()), makings: digests, filed })
}

/// JSON that proves itself: its first member, `sum`, is the SHA-256 of all that comes behind it.
/// What reaches a browser cut short, or as the page of an error, is told from it by that.
fn self_proving(value: &impl Serialize) -> Result<Vec<u8>, Words> {
    let json = serde_json::to_vec(value).map_err(failed)?;
    let rest = &json[1..];
    let head = format!("{{\"sum\":\"{}\",", hex(&Sha256::digest(rest)));
    Ok([head.as_bytes(), rest].concat())
}

fn failed(why: impl std::fmt::Display) -> Words {
    Words::new(format!("无法建立搜索索引：{why}"), format!("the search index cannot be built: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::{Card, Lead, PlainBlock};

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
        let block = |text: String| PlainBlock { section: "sec-1".into(), paragraphs: vec![text] };
        let blocks = vec![block("一、概况".into()), block(format!("{place}办理行政复议案件{year}件。"))];
        Entry { card: card(at), lines: vec!["行政复议；法治".into()], blocks }
    }

    fn made_of(at: usize) -> Makings {
        Makings { card: card(at), source: [7; 32] }
    }

    fn only(order: &[usize]) -> Bundle {
        let lead = |at: &usize| Lead {
            at: crate::listing::Idx::in_test(*at),
            year: THREE[*at].1,
            place: THREE[*at].0.into(),
            published: None,
            url: card(*at).url,
        };
        bundles(order.iter().map(lead).collect(), MOST).remove(0)
    }

    fn put_aside(telling: Telling) -> Aside {
        telling
            .into_bytes()
            .map(|bytes| -> Box<dyn std::io::Read + Send> { Box::new(std::io::Cursor::new(bytes)) })
    }

    /// What is made of a bundle by itself.
    fn together(
        sealed: &[Sealed],
        stood: Stood,
        former: Option<(&Before, &FormerDirectory<'_>)>,
    ) -> Vec<File> {
        let mut files = Vec::new();
        let put = &mut |file| -> Result<(), std::convert::Infallible> {
            files.push(file);
            Ok(())
        };
        shared((sealed, vec![stood]), former, &Names::default(), put).unwrap();
        files
    }

    fn index(order: &[usize]) -> Vec<File> {
        let bundle = only(order);
        let all: Vec<usize> = bundle.leads.iter().map(|lead| lead.at.number()).collect();
        let mut making = Making::default();
        all.chunks(2).for_each(|some| making.add(some.iter().copied().map(entry).collect()).unwrap());
        let sealed = sealed(bundle, all.into_iter().map(made_of)).unwrap();
        let Made { mut files, standing, telling } = making.close(&sealed).unwrap();
        files.extend(together(&[sealed], Stood { standing, aside: Some(put_aside(telling)) }, None));
        files.sort();
        files
    }

    #[test]
    fn the_index_has_what_the_browser_loads_and_nothing_else() {
        let files = index(&[0, 1, 2]);
        let count = |part: &str| files.iter().filter(|(path, _)| path.contains(part)).count();
        assert_eq!((count("/cards/"), count("/text/"), count("contents.json")), (1, 1, 1));
        // Of each table words and what leads to them; and of the bundle what leads to its texts, and what they were made from.
        let tables = ["/documents/", "/counts/", "/places/", "/filters/"].map(count);
        assert_eq!((tables, count("/directory/"), files.len()), ([2; 4], 8, 13));
        assert!(files.iter().all(|(path, bytes)| path.starts_with("pagefind/") && !bytes.is_empty()));
    }

    /// The forms that an index ever had, with a digest of a small one.
    const EVER: [(u32, &str); 9] = [
        (2, "ba46f3c2b64f3e22e84ccfac182edd7c1b1199f9912b7baf8e30b766be6a3b35"),
        (3, "e97d10b47ac8aa85a55af38f24fbffd322e4478a943b8c2a43194e4acd9bb5e3"),
        (4, "4c24e4b9b4256e7ffadb8e03f8c05b4dad954f0d19dd06ad43ea1039cf6c4fa4"),
        (5, "41bfc1f3c2b30f24b4d52147a9939c3085fb8f29e62f21f450fd384745e5d461"),
        (6, "1eb19e80f611401213814bcfee9bd6d90dfa13315a7be0ae4a52b62c475769df"),
        (7, "f194e63ea6a4652b46a131b12cc66c1a9b528ef11ba3f4e41d51deb5041ad8bc"),
        (8, "728b1b5860777cd40bdba4ae976fec9f9dc501d8a0b5ead73d07e37e28307b83"),
        (9, "6726d9a4f7464345cab06d5ee50ba167b3866d73c87451dc270ef49158c66d33"),
        (10, "5f90fcaa2df86873d6b154d64957cc944635de4293661adaf383f5f95f0678ff"),
    ];

    #[test]
    fn what_gives_other_bytes_is_another_form() {
        let mut hasher = Sha256::new();
        let files = index(&[0, 1, 2]);
        // Which bytes gzip makes is not ours: pieces are opened, and what tells their names and lengths is left out.
        for (path, bytes) in &files {
            hasher.update(path.rsplit_once('/').map_or("", |(folder, _)| folder));
            if path.ends_with(".json") {
                hasher.update(without_names(bytes));
            }
        }
        let pack = |folder: &str| &files.iter().find(|(path, _)| path.contains(folder)).unwrap().1;
        hasher.update(pack::opened(pack("/cards/")).unwrap());
        let name = "2019-2020";
        let head = files.iter().find(|(path, _)| {
            path.starts_with(&format!("{FOLDER}/{name}/"))
                && path.split('/').count() == 3
                && path.ends_with(".pack")
        });
        let head: bundle::Head = serde_json::from_slice(&pack::opened(&head.unwrap().1).unwrap()).unwrap();
        for (path, from, length) in head.texts(name).unwrap() {
            hasher.update(pack::opened(&pack(&path)[from..from + length]).unwrap());
        }
        // The larger of the two is the piece of words, the other leads to it.
        for table in ["/documents/", "/counts/", "/places/", "/filters/"] {
            let table = files.iter().filter(|(path, _)| path.contains(table));
            hasher.update(table.map(|(_, bytes)| pack::opened(bytes).unwrap()).max_by_key(Vec::len).unwrap());
        }
        let (last, digest) = EVER[EVER.len() - 1];
        assert_eq!(
            (FORMAT, hex(&hasher.finalize()).as_str()),
            (last, digest),
            "the same documents give other files: raise FORMAT, and add it here with this digest"
        );
        assert!(EVER.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 != two[1].1));
    }

    /// A table of contents without what depends on how pieces are packed.
    fn without_names(json: &[u8]) -> Vec<u8> {
        let mut json: serde_json::Value = serde_json::from_slice(json).unwrap();
        for member in ["sum", "directory"] {
            json[member].take();
        }
        json["bundles"].as_array_mut().unwrap().iter_mut().for_each(|bundle| drop(bundle["head"].take()));
        serde_json::to_vec(&json).unwrap()
    }

    #[test]
    fn the_browser_reads_this_form() {
        let script = include_str!("../themes/gongbao/assets/search-index.js");
        assert!(script.contains(&format!("export const FORM = {FORMAT};")));
    }

    #[test]
    fn what_is_cut_short_no_longer_proves_itself() {
        let (_, bytes) = index(&[0]).into_iter().find(|(path, _)| path.ends_with("contents.json")).unwrap();
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
        let put = &mut |_| Err("there is a file");
        assert!(shared((&[], Vec::new()), None, &Names::default(), put).is_ok());
    }

    #[test]
    fn a_digest_tells_every_difference() {
        let changes: [fn(&mut Makings); 4] = [
            |made_of| made_of.source[31] ^= 1,
            |made_of| made_of.card.published = Some("2021-01-01".into()),
            |made_of| made_of.card.level.1.push('级'),
            |made_of| made_of.card.issuers.push("司法局".into()),
        ];
        let of = |name: &str, makings: [Makings; 2]| {
            sealed(Bundle { name: name.into(), leads: Vec::new() }, makings).unwrap().digest
        };
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
    fn what_stands_where_is_read_back_from_the_contents() {
        let files = index(&[0, 1, 2]);
        let read = |path: &str| files.iter().find(|(own, _)| own == path).map(|(_, bytes)| bytes.clone());
        let before = Before::read(&read(&contents_path()).unwrap(), &read);
        let bundle = only(&[0, 1, 2]);
        let makings: Vec<Makings> = bundle.leads.iter().map(|lead| made_of(lead.at.number())).collect();
        let name = bundle.name.clone();
        let sealed = [sealed(bundle, makings).unwrap()];
        assert_eq!(before.digest(&name), Some(&*sealed[0].digest));
        assert!(before.is_of(&sealed));
        let standing = before.standing(&name).unwrap().clone();
        let former = before.directory(&read).filter(FormerDirectory::is_whole).unwrap();
        let again = together(&sealed, Stood { standing, aside: None }, Some((&before, &former)));
        assert!(again.iter().all(|file| files.contains(file)) && again.len() == 9);
        assert_eq!(before.again(&sealed, &Names::default()).unwrap(), again[8..]);
        let lost = |path: &str| read(path).filter(|_| path.contains("/directory/"));
        assert!(!Before::read(&read(&contents_path()).unwrap(), &lost).is_of(&sealed));
        for nothing in [&b"{\"bundles\":[{\"name\":\"2019\"}],\"fold\":\"\"}"[..], b"\xff"] {
            let before = Before::read(nothing, &read);
            assert!(before.digest("2019").is_none() && !before.is_of(&sealed));
        }
    }
}
