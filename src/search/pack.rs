//! Pieces put together in files: a site of many small ones takes long to publish, and some hosts count
//! them. A browser asks for the bytes of one piece, or of several that stand near each other (`Range`, RFC 9110 §14).
//!
//! A piece proves itself: it begins with a digest of all behind that, and a byte that says whether what follows
//! is packed (gzip). So whoever leads to a piece need only say where it stands.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::File;
use crate::source::hex;

/// How many bytes a file may have before the next begins. A server that knows no parts of files sends all of it for
/// each piece, so that it stays small.
pub(super) const FULL: usize = 512 * 1024;

/// How hard pieces are packed, of 9.
const EFFORT: u32 = 6;

/// How many bytes of its digest a piece begins with.
pub(super) const PROOF: usize = 8;

/// What is shorter is not packed: it would hardly become less.
const WORTH_PACKING: usize = 160;

/// How many bytes of a digest name a file, in hexadecimal digits.
const NAME: usize = 6;

/// Where a piece stands among the files of a row of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The number of the file.
    pub(super) pack: usize,
    /// The first byte there.
    pub(super) from: usize,
    /// How many bytes.
    pub(super) length: usize,
}

/// Files of pieces, in the order in which they come.
#[derive(Default)]
pub(super) struct Packs(Vec<Vec<u8>>);

impl Packs {
    /// Puts a piece behind those that are there. A file ends with the piece that fills it.
    pub(super) fn put(&mut self, piece: &[u8]) -> Spot {
        if self.0.last().is_none_or(|pack| pack.len() >= FULL) {
            self.0.push(Vec::new());
        }
        let pack = self.0.len() - 1;
        let from = self.0[pack].len();
        self.0[pack].extend_from_slice(piece);
        Spot { pack, from, length: piece.len() }
    }

    /// Where the piece behind one stands that is of such a length.
    pub(super) fn behind((pack, from): (usize, usize), length: usize) -> (usize, usize) {
        if from + length >= FULL { (pack + 1, 0) } else { (pack, from + length) }
    }

    /// The names of the files by their content, and the files in a folder.
    pub(super) fn shelved(self, folder: &str) -> (Vec<String>, Vec<File>) {
        let files = self.0.into_iter().map(|bytes| {
            let name = hash(&bytes);
            (name.clone(), (format!("{folder}/{name}.pack"), bytes))
        });
        files.unzip()
    }
}

/// The name of something by its content.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..NAME])
}

/// Writes the name of a file as the bytes that its digits stand for.
pub(super) fn write_name(bytes: &mut Vec<u8>, name: &str) {
    let digits = name.as_bytes().as_chunks::<2>().0.iter();
    bytes.extend(digits.filter_map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()));
}

/// Takes the name of a file from the beginning of some bytes; nothing if there is none.
pub(super) fn take_name(rest: &mut &[u8]) -> Option<String> {
    let (name, after) = rest.split_at_checked(NAME)?;
    *rest = after;
    Some(hex(name))
}

/// A piece of these bytes.
///
/// # Errors
/// When they cannot be packed.
pub(super) fn piece(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let packed = if bytes.len() < WORTH_PACKING { None } else { Some(gzip(bytes)?) };
    let packed = packed.filter(|packed| packed.len() < bytes.len());
    let (mark, content) = packed.as_deref().map_or((0, bytes), |packed| (1, packed));
    let mut piece = vec![0; PROOF];
    piece.push(mark);
    piece.extend_from_slice(content);
    let digest = Sha256::digest(&piece[PROOF..]);
    piece[..PROOF].copy_from_slice(&digest[..PROOF]);
    Ok(piece)
}

/// The bytes that a piece was made of; nothing if it is not whole.
pub(super) fn opened(piece: &[u8]) -> Option<Vec<u8>> {
    let (proof, rest) = piece.split_at_checked(PROOF)?;
    let is_whole = Sha256::digest(rest).starts_with(proof);
    match rest.split_first().filter(|_| is_whole)? {
        (0, content) => Some(content.to_vec()),
        (_, content) => {
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut flate2::read::GzDecoder::new(content), &mut bytes).ok()?;
            Some(bytes)
        }
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(EFFORT));
    packed.write_all(bytes)?;
    packed.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_stands_where_it_is_said_to() {
        let bytes = |n: u8| vec![n; 40_000 + usize::from(n)];
        let mut packs = Packs::default();
        let spots: Vec<Spot> = (0..40).map(|n| packs.put(&bytes(n))).collect();
        let (names, files) = packs.shelved("folder");
        assert_eq!(files.len(), 3);
        for (n, Spot { pack, from, length }) in (0..40).zip(spots) {
            assert_eq!(files[pack].1[from..from + length], bytes(n));
        }
        for (name, (path, bytes)) in names.iter().zip(&files) {
            assert_eq!((*path).clone(), format!("folder/{}.pack", hash(bytes)));
            assert_eq!(*name, hash(bytes));
            assert!(bytes.len() < FULL + 50_000);
        }
    }

    #[test]
    fn a_name_takes_half_as_many_bytes_as_it_has_digits() {
        let name = hash(b"some");
        let mut bytes = Vec::new();
        write_name(&mut bytes, &name);
        assert_eq!((name.len(), bytes.len()), (2 * NAME, NAME));
        let mut rest = &*bytes;
        assert_eq!(take_name(&mut rest), Some(name));
        assert_eq!(take_name(&mut rest), None);
    }

    #[test]
    fn a_piece_proves_itself_packed_or_not() {
        for bytes in [&b"few"[..], &[7; 5000], b""] {
            let piece = piece(bytes).unwrap();
            assert_eq!(opened(&piece).as_deref(), Some(bytes));
            assert!(piece.len() < 100);
            for at in 0..piece.len() {
                let mut broken = piece.clone();
                broken[at] ^= 1;
                assert_eq!(opened(&broken), None, "{at}");
            }
            assert_eq!(opened(&piece[..piece.len() - 1]), None);
        }
    }
}
