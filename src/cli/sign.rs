//! What `publish --sign` signs: the head of the record, which is kept among the sources, and the manifest of the site.

use camino::Utf8Path;

use super::{Speech, Stop};
use crate::archive::Archive;
use crate::build::{self, Wishes};
use crate::config::BaseUrl;
use crate::diag::Words;
use crate::disk::{self, FolderReading};
use crate::proof;
use crate::publications::checkpoint_path;
use crate::seal::{Minisig, SecretKey};
use crate::site::Manifest;
use crate::tlog::Checkpoint;

/// Signs the head of the record of the site that was built to `output`, unless that is done already, and says whether it
/// did. What witnesses signed stays as long as there is nothing new.
pub(super) fn record(
    secret: &SecretKey,
    output: &Utf8Path,
    base: Option<BaseUrl>,
    voice: &Speech,
) -> Result<bool, Stop> {
    let site = voice.site()?;
    let FolderReading { read, .. } = disk::read_knowing(&site, disk::known(output))?;
    let (archive, _) = build::prepare(read.value, &Wishes { base, ..Wishes::default() }).value;
    let before = before(&archive)?;
    let is_signed = |before: &Checkpoint| {
        before.head == proof::tree(&archive.log).head()
            && before.origin == proof::origin(&archive.config.base)
            && before.check(&secret.public()).is_ok()
    };
    if archive.log.is_empty() || before.as_ref().is_some_and(is_signed) {
        return Ok(false);
    }
    let signed = proof::sign(&archive.log, &archive.config.base, secret, before.as_ref());
    let signed = signed.map_err(Stop::Failure)?;
    disk::put(&site, &checkpoint_path(), signed.text().as_bytes())?;
    let (origin, size) = (&signed.origin, signed.head.size);
    voice.say(&Words::new(
        format!("日志 {origin} 的 {size} 条记录已签名"),
        format!("the {size} entries of the log {origin} are signed"),
    ));
    Ok(true)
}

/// What was signed last.
fn before(archive: &Archive) -> Result<Option<Checkpoint>, Stop> {
    let source = archive.sources.text(&checkpoint_path());
    let read = source.map(|source| Checkpoint::read(source.text())).transpose();
    read.map_err(|doubt| Stop::Failure(doubt.words()))
}

/// The signature of the manifest, in the words of minisign's `.minisig` files.
pub(super) fn manifest(secret: &SecretKey, manifest: &Manifest) -> String {
    let (json, count) = (manifest.json(), manifest.files().len());
    Minisig::of(secret, json.as_bytes(), &format!("{} of {count} files", Manifest::PATH)).text()
}
