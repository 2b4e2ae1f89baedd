//! The parts of a zip archive, each unpacked in memory within a bound that the caller gives: an office file that is
//! imported and an attachment that is looked through are unpacked here alone.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// An archive whose parts are unpacked when they are asked for.
pub(crate) struct Zipped<'a>(ZipArchive<Cursor<&'a [u8]>>);

/// Why a part is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnreadablePart {
    /// It is damaged, encrypted, or packed in a way that is not read.
    Broken,
    /// It is longer than the bound.
    TooLong,
}

/// No room is made in advance for more bytes: the size that an archive states may be a lie.
const MOST_BELIEVED: usize = 1 << 20;

impl<'a> Zipped<'a> {
    /// The archive in these bytes; nothing where there is none.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        ZipArchive::new(Cursor::new(bytes)).ok().map(Self)
    }

    /// How many parts it has, folders among them.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The names of its parts in their order, as they are written.
    pub(crate) fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.0.file_names_raw()
    }

    /// Whether two parts have the same name.
    pub(crate) fn has_duplicate_names(&self) -> bool {
        self.0.has_duplicate_names()
    }

    /// The bytes of the part at this place, if they are no more than `most`.
    ///
    /// # Errors
    ///
    /// When it cannot be unpacked, or is longer.
    pub(crate) fn part(&mut self, at: usize, most: usize) -> Result<Vec<u8>, UnreadablePart> {
        let part = self.0.by_index(at).map_err(|_| UnreadablePart::Broken)?;
        let stated = usize::try_from(part.size()).unwrap_or(usize::MAX);
        let mut bytes = Vec::with_capacity(stated.min(most).min(MOST_BELIEVED));
        let beyond = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        // What counts is what comes out.
        part.take(beyond).read_to_end(&mut bytes).map_err(|_| UnreadablePart::Broken)?;
        if bytes.len() > most { Err(UnreadablePart::TooLong) } else { Ok(bytes) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn a_part_is_no_longer_than_its_bound_whatever_the_archive_states() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("a", SimpleFileOptions::default()).unwrap();
        writer.write_all(&[b'x'; 5000]).unwrap();
        let mut bytes = writer.finish().unwrap().into_inner();
        let mut zipped = Zipped::open(&bytes).unwrap();
        assert_eq!(zipped.part(0, 5000).map(|part| part.len()), Ok(5000));
        assert_eq!(zipped.part(0, 4999), Err(UnreadablePart::TooLong));
        assert_eq!(zipped.part(1, 5000), Err(UnreadablePart::Broken));
        // A lie about the size, in the list at the end.
        let at = bytes.windows(4).position(|at| at == b"PK\x01\x02").unwrap() + 24;
        bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes()[..]);
        let told = Zipped::open(&bytes).map(|mut zipped| zipped.part(0, 4999));
        assert!(told.is_none_or(|part| part.is_err()));
        assert!(Zipped::open(b"PK").is_none());
    }
}
