//! A copy of the site that works from a disk: each link leads to a file by its name, and pages are as they are without
//! scripts, since browsers run no modules and fetch nothing from `file:`. Everything can be read and reached; what a
//! script would add says that it needs one.

use std::io::{self, Seek, Write};

use percent_encoding::percent_decode_str;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{BundleDetails, BundledFile, not_written};
use crate::route::{Route, encode};

/// Attributes whose values are addresses.
const ADDRESSES: [&str; 4] = ["href", "src", "action", "poster"];

/// Files that only serve scripts, servers and other machines.
const LEFT_OUT: [&str; 4] = ["search/", "pagefind/", "robots.txt", "404.html"];

/// Writes the files of a finished site to `out` as a zip that works when it is unpacked.
///
/// # Errors
/// What `files` or `out` fails with.
pub fn offline<W: Write + Seek>(
    out: W,
    about: &BundleDetails,
    files: impl Iterator<Item = io::Result<BundledFile>>,
) -> io::Result<W> {
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(out);
    let folder = about.base.host();
    for piece in files {
        let BundledFile { path, bytes } = piece?;
        if is_left_out(&path) {
            continue;
        }
        let bytes = match std::str::from_utf8(&bytes) {
            Ok(html) if path.ends_with(".html") => page(html, &path, about).into_bytes(),
            _ => bytes,
        };
        zip.start_file(
            format!("{folder}/{path}"),
            packed.large_file(bytes.len() as u64 > u64::from(u32::MAX)),
        )
        .map_err(not_written)?;
        zip.write_all(&bytes)?;
    }
    zip.finish().map_err(not_written)
}

/// The index of a search is of no use where nothing may be fetched; its page is, since it lists what can be browsed.
fn is_left_out(path: &str) -> bool {
    path != "search/index.html" && LEFT_OUT.iter().any(|start| path.starts_with(start))
}

/// A page as it is without scripts, with links that name files. `path` is its own.
fn page(html: &str, path: &str, about: &BundleDetails) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag(rest);
        let (tag, behind) = rest.split_at(length);
        let name =
            tag[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
        match name {
            "script" => {
                let end = behind.find("</script>").map_or(behind.len(), |end| end + "</script>".len());
                // What tells other machines of the page, and runs nowhere.
                if tag.contains("application/ld+json") {
                    out.push_str(tag);
                    out.push_str(&behind[..end]);
                }
                rest = &behind[end..];
                continue;
            }
            "noscript" => {}
            _ if tag.starts_with("</noscript") || (name == "link" && tag.contains("modulepreload")) => {}
            _ => led(tag, path, about, &mut out),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// How long the tag or comment is that `html` begins with.
fn tag(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') if at > 1 => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// A tag with the addresses in it made to name files.
fn led(tag: &str, path: &str, about: &BundleDetails, out: &mut String) {
    let mut rest = tag;
    while let Some(at) = rest.find("=\"") {
        let (before, behind) = rest.split_at(at + 2);
        let end = behind.find('"').unwrap_or(behind.len());
        let (value, after) = behind.split_at(end);
        let name = before[..at].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        out.push_str(before);
        match value.split_once("; url=").filter(|_| name == "content") {
            Some((wait, target)) => out.push_str(&format!("{wait}; url={}", address(target, path, about))),
            None if ADDRESSES.contains(&name) => out.push_str(&address(value, path, about)),
            None => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
}

/// An address as it leads from the file at `path`; what leads off the site, or nowhere, stays.
fn address(value: &str, path: &str, about: &BundleDetails) -> String {
    let end = value.find(['?', '#']).unwrap_or(value.len());
    let (target, fragment) = value.split_at(end);
    let top = about.base.href("/");
    let Some(below) = target.strip_prefix(&top) else {
        let is_folder = target.ends_with('/') && !target.contains(':') && !target.starts_with('/');
        return if is_folder { format!("{target}index.html{fragment}") } else { value.to_owned() };
    };
    let Ok(below) = percent_decode_str(below).decode_utf8() else { return value.to_owned() };
    let route = match below.strip_suffix('/') {
        Some(folder) => Route::page(folder.split('/')),
        None if below.is_empty() => Route::home(),
        None => match Route::file(&below) {
            Some(route) => route,
            None => return value.to_owned(),
        },
    };
    let up = "../".repeat(path.matches('/').count());
    format!("{up}{}{fragment}", encode(route.output().as_str()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::config::BaseUrl;

    fn about(base: &str) -> BundleDetails {
        BundleDetails {
            base: BaseUrl::parse(base).unwrap(),
            title: "档案".into(),
            description: String::new(),
            published: date(2026, 3, 20).at(1, 30, 0, 0),
            software: "xiangwei".into(),
        }
    }

    #[test]
    fn links_name_files_from_where_they_stand() {
        let about = about("https://a.gov.cn/fzzf/");
        for (value, path, expected) in [
            ("/fzzf/", "index.html", "index.html"),
            ("/fzzf/a/2019/#sec-1", "a/2020/index.html", "../../a/2019/index.html#sec-1"),
            ("/fzzf/a/%E9%99%84.pdf", "a/2020/index.html", "../../a/%E9%99%84.pdf"),
            ("#sec-1", "a/2020/index.html", "#sec-1"),
            ("index.md", "a/2020/index.html", "index.md"),
            ("../", "a/2020/index.html", "../index.html"),
            ("https://b.example/x/", "index.html", "https://b.example/x/"),
            ("/elsewhere/", "index.html", "/elsewhere/"),
            ("mailto:a@b.cn", "index.html", "mailto:a@b.cn"),
        ] {
            assert_eq!(address(value, path, &about), expected, "{value}");
        }
    }

    #[test]
    fn a_page_has_no_scripts_and_shows_what_is_for_those_without() {
        let html = "<!-- 注 --><html class=\"no-js\"><script src=\"/assets/a.js\"></script><link rel=\"modulepreload\" href=\"/assets/b.js\"><script type=\"application/ld+json\">{\"a\":\"<b>\"}</script><noscript><meta http-equiv=\"refresh\" content=\"0; url=/a/\"></noscript><a class=\"x\" href=\"/a/\">甲</a>";
        assert_eq!(
            page(html, "b/index.html", &about("https://a.gov.cn/")),
            "<!-- 注 --><html class=\"no-js\"><script type=\"application/ld+json\">{\"a\":\"<b>\"}</script><meta http-equiv=\"refresh\" content=\"0; url=../a/index.html\"><a class=\"x\" href=\"../a/index.html\">甲</a>"
        );
    }
}
