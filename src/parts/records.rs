//! What a part tells the others of its files and documents.

use std::io::{self, Read, Write};

use camino::Utf8PathBuf;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::ancestry::FirstSaying;
use crate::report::Record;
use crate::source::Blob;

/// What the files of a part are, and what others may tell of its documents.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Records {
    /// Its texts, by path.
    pub texts: Vec<PartText>,
    /// The files that it passes on, by path.
    pub blobs: Vec<Blob>,
}

/// A text that one part reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartText {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// The digest of its text.
    pub sha256: [u8; 32],
    /// What others may tell of it; nothing where it is no document, or one that cannot be read.
    pub record: Option<Box<Record>>,
    /// Whether it reads as it was published last.
    pub is_as_published: bool,
}

impl Records {
    /// The bytes that are given to others, packed: what documents tell is much the same from one to the next.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let bytes = postcard::to_allocvec(self).expect("records can be written down");
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&bytes).and_then(|()| packed.finish()).expect("memory takes all bytes")
    }

    /// What was given; nothing where it is damaged.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(&unpacked(bytes).ok()?).ok()
    }
}

fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut all)?;
    Ok(all)
}

/// What the documents of a part say, as numbers: a sentence is told once for each place. Documents are counted
/// in the order of the archive, those that are looked at alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartSayings {
    /// How many documents are looked at.
    pub documents: u32,
    /// What they say, by number.
    pub told: Vec<FirstSaying>,
}

/// The bytes of one number with its document.
const EACH: usize = 12;

impl PartSayings {
    /// The bytes that are given to others.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + self.told.len() * EACH);
        bytes.extend(self.documents.to_le_bytes());
        for FirstSaying { exact, voice } in &self.told {
            bytes.extend(exact.to_le_bytes());
            bytes.extend(voice.to_le_bytes());
        }
        bytes
    }

    /// What was given; nothing where it is damaged.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (documents, rest) = bytes.split_first_chunk::<4>()?;
        let documents = u32::from_le_bytes(*documents);
        let each = |bytes: &[u8]| {
            let (exact, voice) = bytes.split_first_chunk::<8>()?;
            let told = FirstSaying {
                exact: u64::from_le_bytes(*exact),
                voice: u32::from_le_bytes(voice.try_into().ok()?),
            };
            (told.voice < documents).then_some(told)
        };
        let told: Option<Vec<FirstSaying>> = rest.chunks(EACH).map(each).collect();
        Some(Self { documents, told: told? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let told = vec![FirstSaying { exact: 3, voice: 1 }, FirstSaying { exact: u64::MAX, voice: 0 }];
        let sayings = PartSayings { documents: 2, told };
        let bytes = sayings.bytes();
        assert_eq!(bytes.len(), 4 + 2 * EACH);
        assert_eq!(PartSayings::read(&bytes), Some(sayings));
        assert_eq!(PartSayings::read(&bytes[..bytes.len() - 1]), None);
        assert_eq!(PartSayings::read(&[]), None);
        // A document that is not there would be somebody else's.
        assert_eq!(
            PartSayings::read(
                &PartSayings { documents: 1, told: vec![FirstSaying { exact: 1, voice: 1 }] }.bytes()
            ),
            None
        );
    }
}
