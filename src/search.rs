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

mod text;
mod token;

use rayon::prelude::*;
use serde::Serialize;

use crate::diag::Words;
use crate::han::fold;
use crate::plan::{Findable as Entry, Lead};

/// The folder of the search files on the site.
pub const FOLDER: &str = "pagefind";

/// How many bundles are built at a time. Pagefind takes about a gigabyte for each while it
/// builds, which bounds this, and not the number of processors.
const AT_ONCE: usize = 2;

/// Path and bytes of a file.
type File = (String, Vec<u8>);

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
}

/// The files of the search index with their paths below the site's folder, such as
/// `pagefind/pagefind.js`, sorted by path. `entry` makes the document at a place in the
/// archive when its bundle is built, so that never all of them are in memory. The same
/// documents give the same bytes in whatever order they come; without documents there are no
/// files, because an index of nothing does not load.
///
/// Withdrawn documents are the caller's to leave out. Runtimes of its own are started here, so
/// this must not be called from within an asynchronous task.
///
/// # Errors
/// When Pagefind cannot read a page or build an index.
pub fn index(leads: Vec<Lead>, entry: impl Fn(usize) -> Entry + Sync) -> Result<Vec<File>, Words> {
    let bundles = cut::bundles(leads);
    let mut files = Vec::new();
    for some in bundles.chunks(AT_ONCE) {
        let built: Result<Vec<_>, _> = some.par_iter().map(|bundle| bundle::files(bundle, &entry)).collect();
        files.extend(built?.into_iter().flatten());
    }
    if !files.is_empty() {
        files.push((format!("{FOLDER}/contents.json"), contents(&bundles)?));
    }
    files.sort();
    // Every bundle brings the engine, which is the same.
    files.dedup();
    Ok(files)
}

fn contents(bundles: &[cut::Bundle]) -> Result<Vec<u8>, Words> {
    let part = |bundle: &'_ cut::Bundle| {
        let years = bundle.leads.iter().map(|lead| lead.year);
        (years.clone().min().unwrap_or_default(), years.max().unwrap_or_default())
    };
    let bundles = bundles.iter().map(|bundle| {
        let (first, last) = part(bundle);
        Part { name: &bundle.name, first, last, count: bundle.leads.len() }
    });
    let contents = Contents { bundles: bundles.collect(), fold: fold::table().collect() };
    serde_json::to_vec(&contents).map_err(failed)
}

fn failed(why: impl std::fmt::Display) -> Words {
    Words::new(format!("无法建立搜索索引：{why}"), format!("the search index cannot be built: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: [(&str, i16); 3] = [("wuzhou", 2020), ("jiangmen", 2019), ("chibi", 2020)];

    fn entry(at: usize) -> Entry {
        let (place, year) = THREE[at];
        Entry {
            url: format!("/{place}/{year}/"),
            title: format!("{place}{year}年法治政府建设年度报告"),
            place: place.into(),
            year,
            html: format!("<h2 id=\"sec-1\">一、概况</h2>\n<p>{place}办理行政复议案件{year}件。</p>"),
            ..Entry::default()
        }
    }

    fn leads(order: &[usize]) -> Vec<Lead> {
        let lead = |at: &usize| Lead { at: *at, year: THREE[*at].1, place: THREE[*at].0.into() };
        order.iter().map(lead).collect()
    }

    #[test]
    fn the_index_has_what_the_browser_loads_and_nothing_else() {
        let files = index(leads(&[0, 1, 2]), entry).unwrap();
        let count = |ending: &str| files.iter().filter(|(path, _)| path.ends_with(ending)).count();
        assert_eq!(count("pagefind/pagefind.js") + count("pagefind/contents.json"), 2);
        assert_eq!(count("/pagefind-entry.json") + count("/wasm.unknown.pagefind") + count(".pf_meta"), 3);
        assert_eq!((count("/documents.json"), count(".pf_fragment"), count(".pf_filter")), (1, 0, 0));
        assert_eq!(files.iter().filter(|(path, _)| path.contains("/text/")).count(), 3);
        assert_eq!(files.len(), 9 + count(".pf_index"));
        assert!(files.iter().all(|(path, bytes)| path.starts_with("pagefind/") && !bytes.is_empty()));
        assert!(files.is_sorted());
    }

    #[test]
    fn the_same_documents_give_the_same_bytes_in_any_order() {
        let first = index(leads(&[0, 1, 2]), entry).unwrap();
        assert!(first == index(leads(&[2, 0, 1]), entry).unwrap());
        assert!(first != index(leads(&[0, 1]), entry).unwrap());
    }

    #[test]
    fn without_documents_there_are_no_files() {
        assert_eq!(index(Vec::new(), entry), Ok(Vec::new()));
    }
}
