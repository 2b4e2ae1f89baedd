//! Records of a web archive, each packed by itself, so that a replay tool can read one from the middle of the file.
//!
//! Source: ISO 28500:2017 (WARC 1.1), and its annex on packing record by record.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::{BundleDetails, BundledFile, kind};
use crate::source::hex;

/// A packed record, and what an index says of it.
pub(super) struct PackedRecord {
    pub(super) bytes: Vec<u8>,
    pub(super) mime: String,
    pub(super) digest: String,
}

/// The first record, which says who made the file.
pub(super) fn first(about: &BundleDetails, name: &str) -> io::Result<Vec<u8>> {
    let (software, title) = (&about.software, one_line(&about.title));
    let body = format!(
        "software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nisPartOf: {title}\r\n"
    );
    let fields = [
        ("WARC-Type", "warcinfo".to_owned()),
        ("WARC-Filename", name.to_owned()),
        ("Content-Type", "application/warc-fields".to_owned()),
    ];
    record(about, &fields, &[body.as_bytes()])
}

/// The record of the answer that a server gives who is asked for the file at `url`.
pub(super) fn answer(about: &BundleDetails, url: &str, piece: &BundledFile) -> io::Result<PackedRecord> {
    let mime = kind(&piece.path);
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n\r\n", piece.bytes.len());
    let digest = digest(&[&piece.bytes]);
    let fields = [
        ("WARC-Type", "response".to_owned()),
        ("WARC-Target-URI", url.to_owned()),
        ("WARC-Payload-Digest", digest.clone()),
        ("Content-Type", "application/http; msgtype=response".to_owned()),
    ];
    let bytes = record(about, &fields, &[head.as_bytes(), &piece.bytes])?;
    Ok(PackedRecord { bytes, mime, digest })
}

fn record(about: &BundleDetails, fields: &[(&str, String)], block: &[&[u8]]) -> io::Result<Vec<u8>> {
    let length: usize = block.iter().map(|part| part.len()).sum();
    let mut head = "WARC/1.1\r\n".to_owned();
    let own = [
        ("WARC-Record-ID", format!("<urn:uuid:{}>", identity(about, fields, block))),
        ("WARC-Date", about.stamp()),
        ("WARC-Block-Digest", digest(block)),
        ("Content-Length", length.to_string()),
    ];
    for (name, value) in
        fields.iter().map(|(name, value)| (*name, value)).chain(own.iter().map(|(n, v)| (*n, v)))
    {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(head.as_bytes())?;
    block.iter().try_for_each(|part| packed.write_all(part))?;
    packed.write_all(b"\r\n\r\n")?;
    packed.finish()
}

pub(super) fn digest(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    parts.iter().for_each(|part| digest.update(part));
    format!("sha256:{}", hex(&digest.finalize()))
}

/// An id that is this record's alone and the same each time (RFC 9562, version 8).
fn identity(about: &BundleDetails, fields: &[(&str, String)], block: &[&[u8]]) -> String {
    let mut digest = Sha256::new_with_prefix(about.stamp());
    fields.iter().for_each(|(name, value)| digest.update(format!("{name}: {value}\n")));
    block.iter().for_each(|part| digest.update(part));
    let mut bytes: [u8; 32] = digest.finalize().into();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex(&bytes[..16]);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
