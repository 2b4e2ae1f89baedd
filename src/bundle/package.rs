//! A web archive in one file (WACZ): the answers of the site, their index, the list of its pages, and a description
//! that names each of these with its digest, under the publisher's signature if there is a key.
//!
//! Source: WACZ 1.1.1. Its own form of signatures (WACZ-Auth 0.1.0) knows ECDSA keys and certificates of web servers
//! alone; the signature here is minisign's, of the same description, beside its digest.

use std::io::{self, Cursor, Read, Seek, Write};

use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::index::{ArchiveIndex, RecordLine, index};
use super::record::{self, digest};
use super::{BundleDetails, BundledFile, not_written, title};
use crate::diag::Words;
use crate::route::Route;
use crate::seal::{Minisig, PublicKey, SecretKey};

/// The name of the description.
pub const PACKAGE: &str = "datapackage.json";

/// The name of what vouches for the description.
pub const DIGEST: &str = "datapackage-digest.json";

const ARCHIVE: &str = "archive/data.warc.gz";
const LIST: &str = "index.cdx.gz";

/// The longest description that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// From this size on a file of an archive needs wider numbers, in bytes.
const LARGE: u64 = 3 << 30;

#[derive(Serialize, Deserialize)]
struct PackageDescription {
    profile: String,
    wacz_version: String,
    title: String,
    description: String,
    created: String,
    software: String,
    #[serde(rename = "mainPageUrl")]
    main_page: String,
    #[serde(rename = "mainPageDate")]
    main_date: String,
    resources: Vec<Resource>,
}

#[derive(Serialize, Deserialize)]
struct Resource {
    name: String,
    path: String,
    hash: String,
    bytes: u64,
}

/// What vouches for the description.
#[derive(Serialize, Deserialize)]
struct VouchedDescription {
    path: String,
    hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minisign: Option<String>,
}

#[derive(Serialize)]
struct ArchivedPage<'a> {
    id: String,
    url: &'a str,
    ts: &'a str,
    title: &'a str,
}

/// Writes the files of a finished site to `out`, of `size` bytes in all, as a web archive.
///
/// # Errors
/// What `files` or `out` fails with.
pub fn wacz<W: Write + Seek>(
    out: W,
    about: &BundleDetails,
    files: (u64, impl Iterator<Item = io::Result<BundledFile>>),
    secret: Option<&SecretKey>,
) -> io::Result<W> {
    let (size, files) = files;
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(out);
    zip.start_file(ARCHIVE, stored.large_file(size > LARGE)).map_err(not_written)?;
    let mut archive = CountingWriter::new(&mut zip);
    let taken = take(about, &mut archive, files)?;
    let mut resources = vec![archive.resource(ARCHIVE)];
    let ArchiveIndex { list, blocks } = index(about, &taken.lines, LIST)?;
    let rest = [
        (format!("indexes/{LIST}"), list, stored),
        ("indexes/index.idx".to_owned(), blocks, stored),
        ("pages/pages.jsonl".to_owned(), taken.pages, packed),
    ];
    for (path, bytes, how) in rest {
        zip.start_file(&*path, how).map_err(not_written)?;
        zip.write_all(&bytes)?;
        resources.push(resource(&path, bytes.len() as u64, digest(&[&bytes])));
    }
    let package = serde_json::to_string_pretty(&described(about, resources))? + "\n";
    let vouched = VouchedDescription {
        path: PACKAGE.into(),
        hash: digest(&[package.as_bytes()]),
        minisign: secret.map(|secret| signature(about, secret, package.as_bytes())),
    };
    for (path, text) in [(PACKAGE, package), (DIGEST, serde_json::to_string_pretty(&vouched)? + "\n")] {
        zip.start_file(path, packed).map_err(not_written)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish().map_err(not_written)
}

fn described(about: &BundleDetails, resources: Vec<Resource>) -> PackageDescription {
    PackageDescription {
        profile: "data-package".into(),
        wacz_version: "1.1.1".into(),
        title: about.title.clone(),
        description: about.description.clone(),
        created: about.stamp(),
        software: about.software.clone(),
        main_page: about.base.absolute("/"),
        main_date: about.stamp(),
        resources,
    }
}

fn signature(about: &BundleDetails, secret: &SecretKey, package: &[u8]) -> String {
    let comment = format!("{PACKAGE} of {}, {}", about.base.absolute("/"), about.stamp());
    Minisig::of(secret, package, &comment).text()
}

/// What is known of the answers once they are written.
#[derive(Default)]
struct WrittenAnswers {
    lines: Vec<RecordLine>,
    pages: Vec<u8>,
}

/// Writes one record for each file.
fn take<W: Write>(
    about: &BundleDetails,
    archive: &mut CountingWriter<W>,
    files: impl Iterator<Item = io::Result<BundledFile>>,
) -> io::Result<WrittenAnswers> {
    let mut taken = WrittenAnswers::default();
    writeln!(taken.pages, r#"{{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}}"#)?;
    archive.write_all(&record::first(about, "data.warc.gz")?)?;
    for piece in files {
        let piece = piece?;
        let Some(route) = Route::of_output(piece.path.as_str().into()) else { continue };
        let url = about.base.absolute(route.as_str());
        let packed = record::answer(about, &url, &piece)?;
        if let Some(title) = page(&route, &piece) {
            let page = ArchivedPage { id: hex_of(&url), url: &url, ts: &about.stamp(), title: &title };
            writeln!(taken.pages, "{}", serde_json::to_string(&page)?)?;
        }
        taken.lines.push(RecordLine {
            url,
            mime: packed.mime.split(';').next().unwrap_or_default().to_owned(),
            status: "200",
            digest: packed.digest,
            length: packed.bytes.len().to_string(),
            offset: archive.count.to_string(),
            filename: "data.warc.gz",
        });
        archive.write_all(&packed.bytes)?;
    }
    Ok(taken)
}

fn hex_of(url: &str) -> String {
    digest(&[url.as_bytes()])["sha256:".len()..][..12].to_owned()
}

/// The title of what readers would call a page: not of one that leads on.
fn page(route: &Route, piece: &BundledFile) -> Option<String> {
    let html = std::str::from_utf8(&piece.bytes).ok().filter(|_| route.is_page())?;
    let leads_on = ["http-equiv=refresh", "http-equiv=\"refresh\""].iter().any(|tag| html.contains(tag));
    title(html).filter(|_| !leads_on)
}

fn resource(path: &str, bytes: u64, hash: String) -> Resource {
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    Resource { name, path: path.to_owned(), hash, bytes }
}

/// Counts and digests what is written through it.
struct CountingWriter<W> {
    inner: W,
    count: u64,
    digest: sha2::Sha256,
}

impl<W: Write> CountingWriter<W> {
    fn new(inner: W) -> Self {
        Self { inner, count: 0, digest: sha2::Digest::new() }
    }

    fn resource(self, path: &str) -> Resource {
        let hash = crate::source::hex(&sha2::Digest::finalize(self.digest));
        resource(path, self.count, format!("sha256:{hash}"))
    }
}

impl<W: Write> Write for CountingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        sha2::Digest::update(&mut self.digest, &bytes[..count]);
        self.count += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// What a web archive turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedArchive {
    /// The address of the site in it.
    pub main: String,
    /// When it was published, as it says.
    pub created: String,
    /// How many files it describes.
    pub files: usize,
    /// Whether the key signed it; `None` where no key was given.
    pub is_signed: Option<bool>,
}

/// Whether the web archive in `from` is what its description says, and signed by `key` if one is given.
///
/// # Errors
/// What is wrong with it.
pub fn opened(from: impl Read + Seek, key: Option<&PublicKey>) -> Result<OpenedArchive, Words> {
    let mut zip = ZipArchive::new(from).map_err(|error| {
        Words::new(
            format!("这不是网页存档（WACZ）：{error}"),
            format!("this is no web archive (WACZ): {error}"),
        )
    })?;
    let package = text(&mut zip, PACKAGE)?;
    let vouched: VouchedDescription = parsed(DIGEST, &text(&mut zip, DIGEST)?)?;
    if vouched.path != PACKAGE || vouched.hash != digest(&[package.as_bytes()]) {
        return Err(changed(PACKAGE));
    }
    let is_signed = key.map(|key| {
        let signature = vouched.minisign.as_deref().and_then(|text| Minisig::read(text).ok());
        signature.is_some_and(|signature| signature.check(key, package.as_bytes()).is_ok())
    });
    let described: PackageDescription = parsed(PACKAGE, &package)?;
    for resource in &described.resources {
        let mut counted = CountingWriter::new(io::sink());
        let mut file = zip.by_name(&resource.path).map_err(|_| missing(&resource.path))?;
        io::copy(&mut file, &mut counted).map_err(|_| changed(&resource.path))?;
        let found = counted.resource(&resource.path);
        if (found.bytes, &found.hash) != (resource.bytes, &resource.hash) {
            return Err(changed(&resource.path));
        }
    }
    let known = |name: &str| {
        [PACKAGE, DIGEST].contains(&name) || described.resources.iter().any(|resource| resource.path == name)
    };
    let mut names = zip.file_names().map(|name| name.map(std::borrow::Cow::into_owned).unwrap_or_default());
    if let Some(name) = names.find(|name| !known(name)) {
        return Err(Words::new(
            format!("存档里多出一个没有登记的文件 {name:?}"),
            format!("the archive holds a file that it does not list, {name:?}"),
        ));
    }
    let (files, created) = (described.resources.len(), described.created);
    Ok(OpenedArchive { main: described.main_page, created, files, is_signed })
}

fn text(zip: &mut ZipArchive<impl Read + Seek>, path: &str) -> Result<String, Words> {
    let file = zip.by_name(path).map_err(|_| missing(path))?;
    let mut text = Cursor::new(Vec::new());
    io::copy(&mut file.take(LONGEST), &mut text).map_err(|_| changed(path))?;
    String::from_utf8(text.into_inner()).map_err(|_| changed(path))
}

fn parsed<T: for<'de> Deserialize<'de>>(path: &str, text: &str) -> Result<T, Words> {
    serde_json::from_str(text).map_err(|_| changed(path))
}

fn missing(path: &str) -> Words {
    Words::new(format!("存档里缺 {path}"), format!("the archive lacks {path}"))
}

fn changed(path: &str) -> Words {
    Words::new(
        format!("存档里的 {path} 与登记的摘要不符：文件改动过，或不完整"),
        format!("{path} in the archive is not what its digest says: it was changed, or is not whole"),
    )
}
