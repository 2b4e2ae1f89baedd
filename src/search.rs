//! From documents to the files of the search index, all of it in memory.
//!
//! Everything about Pagefind stays in this room: what is asked of it, which of its files a site
//! needs, and the page that it is given to read in place of the document's own (`search/page.rs`).

mod page;

use std::cmp::Reverse;

use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;

use crate::diag::Words;
use crate::plan::Findable as Entry;

/// The folder of the search files on the site.
pub const FOLDER: &str = "pagefind";

/// The language that pages are indexed in, and by which the browser chooses an index. It is one
/// for all documents, because the browser loads one: texts in traditional characters or in
/// English would otherwise be lost to the search page.
const LANGUAGE: &str = "zh";

/// The files of the search index with their paths below the site's folder, such as
/// `pagefind/pagefind.js`, sorted by path. The same entries give the same bytes in whatever
/// order they come; without entries there are no files, because an index of nothing does not
/// load.
///
/// Withdrawn documents are the caller's to leave out. A runtime of its own is started here, so
/// this must not be called from within an asynchronous task.
///
/// # Errors
/// When Pagefind cannot read a page or build the index.
pub fn index(entries: impl IntoIterator<Item = Entry>) -> Result<Vec<(String, Vec<u8>)>, Words> {
    let pages = pages(entries);
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(failed)?;
    let files = runtime.block_on(build(pages))?;
    let mut files: Vec<_> = files.into_iter().filter_map(wanted).collect();
    files.sort();
    Ok(files)
}

/// Address and synthetic page of every entry. The order shows in the bytes of the index, and
/// hits that score alike come in it: newest first.
fn pages(entries: impl IntoIterator<Item = Entry>) -> Vec<(String, String)> {
    let page = |entry: Entry| (Reverse(entry.year), page::of(&entry), entry.url);
    let mut pages: Vec<_> = entries.into_iter().map(page).collect();
    pages.sort_by(|(year, page, url), other| (year, url, page).cmp(&(&other.0, &other.2, &other.1)));
    pages.into_iter().map(|(_, page, url)| (url, page)).collect()
}

async fn build(pages: Vec<(String, String)>) -> Result<Vec<SyntheticFile>, Words> {
    let config = PagefindServiceConfig::builder().force_language(LANGUAGE.to_owned()).build();
    let mut index = PagefindIndex::new(Some(config)).map_err(failed)?;
    for (url, page) in pages {
        index.add_html_file(None, Some(url), page).await.map_err(failed)?;
    }
    index.get_files().await.map_err(failed)
}

/// Path and bytes of a file that the search page loads; `None` for Pagefind's own interfaces,
/// which weigh more than its engine and which no theme of ours shows.
fn wanted(file: SyntheticFile) -> Option<(String, Vec<u8>)> {
    let name = file.filename.to_string_lossy().replace('\\', "/");
    let (_, kind) = name.rsplit_once('.')?;
    let data = matches!(kind, "pagefind" | "pf_meta" | "pf_index" | "pf_filter" | "pf_fragment");
    let engine = matches!(&*name, "pagefind.js" | "pagefind-worker.js" | "pagefind-entry.json");
    (data || engine).then(|| (format!("{FOLDER}/{name}"), file.contents))
}

fn failed(why: impl std::fmt::Display) -> Words {
    Words::new(format!("无法建立搜索索引：{why}"), format!("the search index cannot be built: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(place: &str, year: i16) -> Entry {
        Entry {
            url: format!("/{place}/{year}/"),
            title: format!("{place}{year}年法治政府建设年度报告"),
            place: place.into(),
            year,
            kind: "年度报告".into(),
            published: Some(format!("{}-03-20", year + 1)),
            filters: vec![("place", place.into()), ("year", year.to_string())],
            also: Vec::new(),
            html: format!("<h2 id=\"sec-1\">一、概况</h2>\n<p>{place}办理行政复议案件{year}件。</p>"),
        }
    }

    fn three() -> Vec<Entry> {
        vec![entry("wuzhou", 2020), entry("jiangmen", 2019), entry("chibi", 2020)]
    }

    #[test]
    fn the_index_has_what_the_browser_loads_and_nothing_else() {
        let files = index(three()).unwrap();
        let count = |ending: &str| files.iter().filter(|(path, _)| path.ends_with(ending)).count();
        assert_eq!(count("/pagefind.js") + count("/pagefind-worker.js") + count("/pagefind-entry.json"), 3);
        assert_eq!(count("/wasm.unknown.pagefind") + count(".pf_meta"), 2);
        assert_eq!((count(".pf_fragment"), count(".pf_filter")), (3, 2));
        assert_eq!(files.len(), 10 + count(".pf_index"), "{:?}", paths(&files));
        assert!(files.iter().all(|(path, bytes)| path.starts_with("pagefind/") && !bytes.is_empty()));
        assert!(files.is_sorted());
    }

    fn paths(files: &[(String, Vec<u8>)]) -> Vec<&str> {
        files.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn the_same_entries_give_the_same_bytes_in_any_order() {
        let first = index(three()).unwrap();
        assert_eq!(first, index(three()).unwrap());
        let mut turned = three();
        turned.reverse();
        assert!(first == index(turned).unwrap());
        assert!(first != index(three().into_iter().take(2)).unwrap());
    }

    #[test]
    fn newer_documents_come_first() {
        let urls: Vec<_> = pages(three()).into_iter().map(|(url, _)| url).collect();
        assert_eq!(urls, ["/chibi/2020/", "/wuzhou/2020/", "/jiangmen/2019/"]);
    }

    #[test]
    fn without_entries_there_are_no_files() {
        assert_eq!(index([]), Ok(Vec::new()));
    }
}
