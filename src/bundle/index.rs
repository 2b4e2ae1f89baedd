//! Where the record of an address is in the archive: a sorted list that is packed in blocks, and a list of the blocks.
//!
//! Source: CDXJ 0.1.0 as Webrecorder publishes it; keys are those of the Internet Archive's SURT.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use super::BundleDetails;
use super::record::digest;

/// How many lines are packed together.
const BLOCK: usize = 1024;

/// What is said of one record.
#[derive(Serialize)]
pub(super) struct RecordLine {
    pub(super) url: String,
    pub(super) mime: String,
    pub(super) status: &'static str,
    pub(super) digest: String,
    pub(super) length: String,
    pub(super) offset: String,
    pub(super) filename: &'static str,
}

/// The two files of an index.
pub(super) struct ArchiveIndex {
    /// The packed list.
    pub(super) list: Vec<u8>,
    /// Where its blocks begin.
    pub(super) blocks: Vec<u8>,
}

/// The index of `lines`. `list` is the name of the packed list.
pub(super) fn index(about: &BundleDetails, lines: &[RecordLine], list: &str) -> io::Result<ArchiveIndex> {
    let time: String = about.stamp().chars().filter(char::is_ascii_digit).take(14).collect();
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        rows.push(format!("{} {time} {}\n", key(&line.url), serde_json::to_string(line)?));
    }
    rows.sort();
    let mut index = ArchiveIndex { list: Vec::new(), blocks: Vec::new() };
    writeln!(index.blocks, r#"!meta 0 {{"format": "cdxj-gzip-1.0", "filename": "{list}"}}"#)?;
    for rows in rows.chunks(BLOCK) {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(rows.concat().as_bytes())?;
        let packed = packed.finish()?;
        let first = rows[0].split(" {").next().unwrap_or_default();
        let (offset, length, digest) = (index.list.len(), packed.len(), digest(&[&packed]));
        writeln!(
            index.blocks,
            r#"{first} {{"offset": {offset}, "length": {length}, "digest": "{digest}", "filename": "{list}"}}"#
        )?;
        index.list.extend(packed);
    }
    Ok(index)
}

/// The key of an address: the host from right to left, the path in lower case.
fn key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host: Vec<&str> = host.rsplit('.').collect();
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let path: Vec<u8> = percent_encoding::percent_decode_str(path).collect();
    let mut shown = String::new();
    for byte in path {
        match byte {
            b'#' | b'%' | ..=0x20 | 0x7f.. => shown.push_str(&format!("%{byte:02x}")),
            _ => shown.push(char::from(byte.to_ascii_lowercase())),
        }
    }
    format!("{}{port})/{}", host.join(","), shown.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_are_those_of_the_internet_archive() {
        // What its own program `surt` (0.3) answers.
        for (url, known) in [
            ("https://xiangwei.example/", "example,xiangwei)/"),
            ("https://www.example.gov.cn/fz/jiangmen/2019/", "cn,gov,example)/fz/jiangmen/2019"),
            ("https://x.cn/a/2019/%E9%99%84%E4%BB%B61.pdf", "cn,x)/a/2019/%e9%99%84%e4%bb%b61.pdf"),
            ("https://x.cn/A/b.MD", "cn,x)/a/b.md"),
            ("http://localhost:8080/a/", "localhost:8080)/a"),
            ("https://x.cn/a/b%20c%281%29.pdf", "cn,x)/a/b%20c(1).pdf"),
            ("https://x.cn/a/b%2Cc%3Bd%3D1.csv", "cn,x)/a/b,c;d=1.csv"),
            ("https://127.0.0.1/x/", "1,0,0,127)/x"),
        ] {
            assert_eq!(key(url), known, "{url}");
        }
    }
}
