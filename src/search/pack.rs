//! Pieces of a bundle put together in files: a site of many small ones takes long to publish, and some hosts count
//! them. A browser asks for the bytes of one piece (`Range`, RFC 9110 §14), and proves that piece by itself.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::source::hex;

/// How many bytes a file may have before the next begins. A server that knows no parts of files sends all of it for
/// each piece, so that it stays small.
const FULL: usize = 512 * 1024;

/// How hard pieces are packed, of 9.
const EFFORT: u32 = 6;

/// What a browser knows of a piece, and its packed bytes.
pub(super) struct Piece<T> {
    pub(super) known: T,
    pub(super) packed: Vec<u8>,
}

/// What a browser knows of a file: its name, and its pieces with their lengths in bytes, in the order in which they
/// stand there.
#[derive(Serialize)]
pub(super) struct Known<T>(String, Vec<(T, usize)>);

/// A file of pieces.
pub(super) struct Pack<T> {
    pub(super) known: Known<T>,
    pub(super) bytes: Vec<u8>,
}

impl<T> Pack<T> {
    /// The name that it has by its bytes.
    pub(super) fn name(&self) -> &str {
        &self.known.0
    }
}

/// The files of some pieces, in their order.
pub(super) fn packs<T>(pieces: impl IntoIterator<Item = Piece<T>>) -> Vec<Pack<T>> {
    let mut packs: Vec<Pack<T>> = Vec::new();
    for Piece { known, packed } in pieces {
        let length = packed.len();
        match packs.last_mut().filter(|pack| pack.bytes.len() < FULL) {
            Some(pack) => {
                pack.bytes.extend_from_slice(&packed);
                pack.known.1.push((known, length));
            }
            None => packs.push(Pack { known: Known(String::new(), vec![(known, length)]), bytes: packed }),
        }
    }
    for pack in &mut packs {
        pack.known.0 = hash(&pack.bytes);
    }
    packs
}

/// The name of something by its content.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut name = hex(&Sha256::digest(bytes));
    name.truncate(16);
    name
}

/// The bytes of a piece, packed.
///
/// # Errors
/// When they cannot be packed.
pub(super) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(EFFORT));
    packed.write_all(bytes)?;
    packed.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_stands_where_the_lengths_before_it_end() {
        let pieces = (0..40_u8).map(|n| Piece { known: n, packed: vec![n; 40_000 + usize::from(n)] });
        let packs = packs(pieces);
        let mut next = 0;
        for pack in &packs {
            let mut from = 0;
            for (known, length) in &pack.known.1 {
                assert_eq!(*known, next);
                assert_eq!(pack.bytes[from..from + length], vec![next; 40_000 + usize::from(next)]);
                (from, next) = (from + length, next + 1);
            }
            assert_eq!((from, pack.name()), (pack.bytes.len(), &*hash(&pack.bytes)));
            assert!(from < FULL + 50_000);
        }
        assert_eq!((packs.len(), next), (3, 40));
    }
}
