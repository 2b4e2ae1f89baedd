//! What a server says of a file: its type and how long a browser may keep it.

use camino::Utf8Path;

use super::rank::is_named_by_content;

/// The headers with which a file is stored, where a server keeps headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`, with the character set of texts that the program wrote.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: &'static str,
}

/// A file whose name tells its content never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A page is asked for again after a minute, so that a correction is seen.
const SHORT: &str = "public, max-age=60";
/// What tells which files belong together is asked for every time.
const NEVER: &str = "no-cache";

impl Headers {
    /// The headers of the file at `path`.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let cache_control = match path {
            _ if is_named_by_content(path) => FOR_EVER,
            _ if path.starts_with("pagefind/") || path.starts_with(super::PRIVATE) => NEVER,
            "manifest.json" => NEVER,
            _ => SHORT,
        };
        Self { content_type: content_type(path), cache_control }
    }

    /// The files that have the same headers as the one at `path` by any table of headers: those of the same
    /// ending in the same part of a site. A server's state tells headers by class.
    #[must_use]
    pub fn class(path: &str) -> String {
        let part = match () {
            () if is_named_by_content(path) => "#",
            () if path.starts_with("pagefind/") => "?",
            () if is_our_text(path) => "=",
            () => "",
        };
        format!("{part}{}", ending(path))
    }

    /// The headers in one line, by which they are compared.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} | {}", self.content_type, self.cache_control)
    }
}

fn ending(path: &str) -> String {
    Utf8Path::new(path).extension().unwrap_or_default().to_ascii_lowercase()
}

fn content_type(path: &str) -> String {
    let utf8 = |kind: &str| format!("{kind}; charset=utf-8");
    match &*ending(path) {
        "html" | "htm" => utf8("text/html"),
        "css" => utf8("text/css"),
        "js" | "mjs" => utf8("text/javascript"),
        "md" => utf8("text/markdown"),
        "xml" => utf8("application/xml"),
        "svg" => utf8("image/svg+xml"),
        "json" => "application/json".into(),
        "jsonld" => "application/ld+json".into(),
        "ndjson" => "application/x-ndjson".into(),
        "webmanifest" => "application/manifest+json".into(),
        "csv" if is_our_text(path) => utf8("text/csv"),
        "txt" if is_our_text(path) => utf8("text/plain"),
        "csv" => "text/csv".into(),
        "txt" => "text/plain".into(),
        _ => mime_guess::from_path(path).first_or_octet_stream().essence_str().to_owned(),
    }
}

/// Whether a plain text was written by the program and is UTF-8; an attachment may be in any encoding, and a browser
/// that is told nothing looks for itself.
fn is_our_text(path: &str) -> bool {
    path.starts_with("data/") || path.starts_with(".well-known/") || !path.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_path() {
        let told = |path| Headers::of(path).line();
        assert_eq!(told("a/2019/index.html"), "text/html; charset=utf-8 | public, max-age=60");
        assert_eq!(
            told("assets/x.0123abcd.js"),
            "text/javascript; charset=utf-8 | public, max-age=31536000, immutable"
        );
        assert_eq!(told("assets/x.0123abcd.wasm"), "application/wasm | public, max-age=31536000, immutable");
        assert_eq!(told("a/2019/附件1.pdf"), "application/pdf | public, max-age=60");
        assert_eq!(told("a/2019/名单.csv"), "text/csv | public, max-age=60");
        assert_eq!(told("data/figures.csv"), "text/csv; charset=utf-8 | public, max-age=60");
        assert_eq!(told("pagefind/contents.json"), "application/json | no-cache");
    }

    #[test]
    fn files_of_one_class_have_the_same_headers() {
        let paths = [
            "index.html",
            "a/index.html",
            "assets/a.0123abcd.css",
            "assets/b.css",
            "data/a.csv",
            "a/b.csv",
            "robots.txt",
            "a/n.txt",
            "pagefind/a.json",
            "pagefind/0123456789abcdef",
            "a/2019/index.md",
            "feed.xml",
            "manifest.json",
        ];
        for one in paths {
            for other in paths {
                // The manifest is sent every time, so that no class is asked for it.
                if Headers::class(one) == Headers::class(other) && ![one, other].contains(&"manifest.json") {
                    assert_eq!(Headers::of(one), Headers::of(other), "{one} {other}");
                }
            }
        }
    }
}
