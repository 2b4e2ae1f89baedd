//! The pages that a part has drawn, many to a file: a store takes a few large files better than many small ones.

use serde::{Deserialize, Serialize};

use super::FileHash;
use crate::route::Route;

/// A file of pages is closed once it has so many bytes.
const FULL: usize = 16 << 20;

/// A page that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedPage {
    /// Its address.
    pub route: Route,
    /// Whether something in it looks like a number of a person: who has all sources says whether one of them
    /// tells it.
    pub is_suspect: bool,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What stands behind the bytes of the pages of a file. Its length stands behind it.
#[derive(Serialize, Deserialize)]
struct PageHead {
    route: Route,
    is_suspect: bool,
    length: usize,
}

/// Pages that are being packed.
#[derive(Default)]
pub struct PagePacker {
    heads: Vec<PageHead>,
    bytes: Vec<u8>,
}

impl PagePacker {
    /// Takes a page; gives a file that is full with it.
    pub fn put(&mut self, page: &PackedPage) -> Option<Vec<u8>> {
        self.heads.push(PageHead {
            route: page.route.clone(),
            is_suspect: page.is_suspect,
            length: page.bytes.len(),
        });
        self.bytes.extend(&page.bytes);
        (self.bytes.len() >= FULL).then(|| std::mem::take(self).file())
    }

    /// The last file, if a page is in it.
    #[must_use]
    pub fn close(self) -> Option<Vec<u8>> {
        (!self.heads.is_empty()).then(|| self.file())
    }

    fn file(self) -> Vec<u8> {
        let Self { heads, mut bytes } = self;
        let heads = postcard::to_allocvec(&heads).expect("addresses and numbers can be written down");
        bytes.extend(&heads);
        bytes.extend((heads.len() as u64).to_le_bytes());
        bytes
    }
}

/// The pages of a file; nothing where it is damaged.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<Vec<PackedPage>> {
    let (before, length) = bytes.split_last_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (mut rest, heads) = before.split_at_checked(before.len().checked_sub(length)?)?;
    let heads: Vec<PageHead> = postcard::from_bytes(heads).ok()?;
    let mut pages = Vec::with_capacity(heads.len());
    for PageHead { route, is_suspect, length } in heads {
        let (own, behind) = rest.split_at_checked(length)?;
        pages.push(PackedPage { route, is_suspect, bytes: own.to_vec() });
        rest = behind;
    }
    rest.is_empty().then_some(pages)
}

/// Which files hold the pages of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackIndex {
    /// What proves the records of each part, from which the pages were made.
    pub records: Vec<FileHash>,
    /// What proves each file of pages.
    pub packs: Vec<FileHash>,
}

impl PackIndex {
    /// The bytes that are given to others.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("digests can be written down")
    }

    /// What was given; nothing where it is damaged.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_out_as_they_went_in() {
        let page = |path: &str, bytes: &[u8]| PackedPage {
            route: Route::page([path]),
            is_suspect: bytes.is_empty(),
            bytes: bytes.to_vec(),
        };
        let pages = [page("a", b"one"), page("b", b""), page("c", &vec![7; FULL]), page("d", b"last")];
        let mut packer = PagePacker::default();
        let mut files: Vec<Vec<u8>> = pages.iter().filter_map(|page| packer.put(page)).collect();
        files.extend(packer.close());
        assert_eq!(files.len(), 2);
        let out: Vec<PackedPage> = files.iter().flat_map(|file| unpack(file).unwrap()).collect();
        assert_eq!(out, pages);
        assert!(PagePacker::default().close().is_none());
        for end in [0, 7, files[1].len() - 1] {
            assert_eq!(unpack(&files[1][..end]), None);
        }
    }
}
