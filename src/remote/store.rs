//! What is asked of every target.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::body::SentBody;
use super::bucket::Bucket;
use super::dav::Dav;
use super::folder::FolderTarget;
use super::{Patience, TargetTrouble};
use crate::deliver::{Headers, PublishTarget, ServerListing, Service};
use crate::site::FileDigest;
use crate::source::hex;

/// A place where a site is published. Paths are below it.
pub trait Store: Sync {
    /// Copies the file at `path` to `to`; whether there is one.
    fn read(&self, path: &str, to: &mut dyn Write) -> Result<bool, TargetTrouble>;

    /// Puts a file to `path`, whole or not at all, and makes sure that it is what was sent.
    #[doc(hidden)]
    fn write(&self, path: &str, body: &SentObject<'_>) -> Result<(), TargetTrouble>;

    /// Puts a file to `path` unless one is there; whether it was put.
    fn create(&self, path: &str, bytes: &[u8]) -> Result<bool, TargetTrouble>;

    /// Removes the file at `path`, if it is there.
    fn remove(&self, path: &str) -> Result<(), TargetTrouble>;

    /// Every file, but those of the publisher's own folder; `wanted` are those of which it has to be known whether they
    /// are there. Each part of the list is tried by itself.
    fn list(&self, wanted: &[&str], patience: &Patience<'_>) -> Result<ServerListing, TargetTrouble>;

    /// Removes what an interrupted publisher left that is nobody's file.
    fn tidy(&self) -> Result<(), TargetTrouble> {
        Ok(())
    }

    /// Makes sure that what was done lasts.
    fn settle(&self) -> Result<(), TargetTrouble> {
        Ok(())
    }

    /// Whether a file cannot be where a folder is.
    fn is_tree(&self) -> bool;

    /// Whether headers are kept with files.
    fn has_headers(&self) -> bool;
}

/// What is sent, and how the server is to tell it.
pub struct SentObject<'a> {
    pub(super) body: &'a SentBody,
    pub(super) headers: Headers,
}

/// The store at `target`.
///
/// # Errors
///
/// When too little is known of it, or there are no credentials for it.
pub fn open(target: &PublishTarget, patience: &Patience<'_>) -> Result<Box<dyn Store>, TargetTrouble> {
    Ok(match target {
        PublishTarget::Folder(path) => Box::new(FolderTarget::open(path)?),
        PublishTarget::Store(address) if address.service == Service::Dav => {
            Box::new(Dav::open(address, patience)?)
        }
        PublishTarget::Store(address) => Box::new(Bucket::open(address, patience)?),
    })
}

/// The bytes of the file at `path`, of which there are at most half a gibibyte; none where no file is.
///
/// # Errors
///
/// When the target cannot be read.
pub fn get(store: &dyn Store, path: &str, patience: &Patience<'_>) -> Result<Option<Vec<u8>>, TargetTrouble> {
    patience.with(|| {
        let mut bytes = CappedBuffer(Vec::new());
        Ok(store.read(path, &mut bytes)?.then_some(bytes.0))
    })
}

/// What the file at `path` is.
pub(super) fn entry(
    store: &dyn Store,
    path: &str,
    patience: &Patience<'_>,
) -> Result<Option<FileDigest>, TargetTrouble> {
    patience.with(|| {
        let mut digest = Digesting { hasher: Sha256::new(), size: 0 };
        let is_there = store.read(path, &mut digest)?;
        Ok(is_there.then(|| FileDigest { sha256: hex(&digest.hasher.finalize()), size: digest.size }))
    })
}

/// Puts bytes of the publisher's own to `path`.
pub(super) fn put_own(
    store: &dyn Store,
    path: &str,
    bytes: Vec<u8>,
    patience: &Patience<'_>,
) -> Result<(), TargetTrouble> {
    let body = SentBody::of(bytes);
    patience.with(|| store.write(path, &SentObject { body: &body, headers: Headers::of(path) }))
}

/// No manifest, state or journal is longer, in bytes.
const LONGEST: usize = 512 << 20;

struct CappedBuffer(Vec<u8>);

impl Write for CappedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Digesting {
    hasher: Sha256,
    size: u64,
}

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
