//! In which order files go into place, as far as their paths tell.

use camino::Utf8Path;

use crate::route::{Leaf, Route};
use crate::site::{Manifest, Rank};

/// The ranks in which files are sent, each after all of the one before is there.
pub(super) const WAVES: usize = 5;

/// The wave of the file at `path`: assets and attachments, data, documents, lists, the home page.
pub(super) fn wave(path: &str) -> usize {
    let rank = rank(path);
    match rank {
        Rank::Asset if path.starts_with("data/") => 1,
        Rank::Asset => 0,
        Rank::Document => 2,
        Rank::List => 3,
        Rank::Home => 4,
    }
}

/// When the file at `path` goes into place, by its path alone.
fn rank(path: &str) -> Rank {
    let below = Utf8Path::new(path);
    let is_page = below.file_name() == Some("index.html");
    let route = Route::of_output(below).filter(|_| is_page);
    match route {
        None if path == "404.html" => Rank::Document,
        None if is_list(below) => Rank::List,
        None => Rank::Asset,
        Some(_) if path == "index.html" => Rank::Home,
        Some(route) => {
            let leaf = Leaf::of(route.as_str().trim_matches('/').into());
            if matches!(leaf, Ok(Leaf::Report(_))) { Rank::Document } else { Rank::List }
        }
    }
}

/// Whether a file that is no page of its own folder leads to documents: feeds, the site map, aliases.
fn is_list(path: &Utf8Path) -> bool {
    let is_map = path.as_str().starts_with("sitemap");
    matches!(path.extension(), Some("html"))
        || matches!(path.file_name(), Some("feed.xml" | "robots.txt"))
        || is_map
}

/// Whether the name of a file tells its content, so that another content has another name: assets of the theme
/// (`style.1a2b3c4d.css`) and parts of the search index. Such a file is never fetched again by a browser.
#[must_use]
pub fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str, least: usize| {
        part.len() >= least && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    match path.split('/').next() {
        // `hashed` of the theme's assets writes eight digits before the ending.
        Some("assets") => name.rsplit('.').nth(1).is_some_and(|part| part.len() == 8 && is_hash(part, 8)),
        Some("pagefind") => name.split(['.', '_', '-']).any(|part| is_hash(part, 7)),
        _ => false,
    }
}

/// Whether a publication takes something back: a document that is withdrawn loses its source, one that is deleted all
/// of it, and an attachment may go since it should never have been there. None of it may come again unasked.
#[must_use]
pub fn takes_back(before: &Manifest, after: &Manifest) -> bool {
    let is_of_office = |path: &String| rank(path) == Rank::Asset && !is_made_by_program(path);
    before.files().keys().any(|path| is_of_office(path) && !after.files().contains_key(path))
}

fn is_made_by_program(path: &str) -> bool {
    // A tile of the log is replaced by a longer one of another name.
    ["assets/", "pagefind/", "data/", "log/"].iter().any(|folder| path.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_to_comes_before_what_links() {
        let order = [
            "assets/style.1a2b3c4d.css",
            "data/documents.csv",
            "jiangmen/2019/index.html",
            "jiangmen/index.html",
            "index.html",
        ];
        assert_eq!(order.map(wave), [0, 1, 2, 3, 4]);
        assert_eq!(
            ["jiangmen/2019/附件1.pdf", "jiangmen/2019/note/index.html", "404.html"].map(wave),
            [0, 2, 2]
        );
        assert_eq!(
            ["sitemap.xml", "jiangmen/feed.xml", "zwgk/post_123.html", "about/index.html"].map(wave),
            [3; 4]
        );
    }

    #[test]
    fn what_an_office_takes_back_is_told_from_what_the_program_makes_anew() {
        let manifest = |paths: &[&str]| -> Manifest {
            paths.iter().map(|path| ((*path).into(), crate::site::FileDigest::of(b""))).collect()
        };
        let after = manifest(&["a/2019/index.html"]);
        let takes = |path: &str| takes_back(&manifest(&["a/2019/index.html", path]), &after);
        assert!(takes("a/2019/index.md") && takes("a/2019/附件1.pdf"));
        assert!(
            !takes("assets/a.01234567.css") && !takes("pagefind/x.json") && !takes("years/2019/index.html")
        );
        assert!(!takes("data/years/2019.csv") && !takes("log/tile/0/000.p/2") && !takes("a/2019/index.html"));
    }

    #[test]
    fn a_name_that_tells_its_content_is_known() {
        for path in [
            "assets/fonts/a.0123abcd.woff2",
            "pagefind/2019/0123456789abcdef.pack",
            "pagefind/zh_1a2b3c4.pf_index",
        ] {
            assert!(is_named_by_content(path), "{path}");
        }
        for path in
            ["assets/style.css", "pagefind/contents.json", "a/2019/0123456789abcdef.pdf", "index.html"]
        {
            assert!(!is_named_by_content(path), "{path}");
        }
    }
}
