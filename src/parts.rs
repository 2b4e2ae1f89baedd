//! What many machines must agree upon that build one site together: which part makes what ([`Cut`]), what all
//! have to have the same ([`Seal`]), and the files by which they tell each other. A part reads the texts of its
//! places, says of them what others may count ([`Records`], [`FirstSaying`](crate::ancestry::FirstSaying)), learns the same of
//! the others', and draws the pages of its places ([`PagePacker`]); what is about all places is made by whoever puts
//! the parts together.
//!
//! Every file proves itself by a digest and is put in place whole, so that none is ever half read, and its name
//! says what it is: a part that is made again gives the same files, or is refused.

mod cut;
mod pack;
mod records;
mod refusal;
mod seal;

use sha2::{Digest, Sha256};

pub use cut::{BuildShare, Cut, place_of};
pub use pack::{PackIndex, PackedPage, PagePacker, unpack};
pub use records::{PartSayings, PartText, Records};
pub use refusal::JoinRefusal;
pub use seal::Seal;

/// The number of the form that these files have. Files of another form are of another program as well.
const FORMAT: u32 = 1;

/// A sort of file that a part gives the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartFileSort {
    /// What its files are, and what others may tell of its documents.
    Records,
    /// What its documents say, as numbers.
    Sayings,
    /// What came of reading its documents, for who looks at all of them together.
    Readings,
    /// What came of looking through its attachments.
    Attachments,
    /// Which files hold its pages, and what they were made from. It comes last.
    Pages,
}

impl PartFileSort {
    /// The name of the file of a part, which is counted from one.
    #[must_use]
    pub fn name(self, part: usize) -> String {
        let sort = match self {
            Self::Records => "records",
            Self::Sayings => "sayings",
            Self::Readings => "readings",
            Self::Attachments => "attachments",
            Self::Pages => "pages",
        };
        format!("part-{part}.{sort}")
    }
}

/// The name of one of the files that hold the pages of a part, both counted from one.
#[must_use]
pub fn pack_name(part: usize, number: usize) -> String {
    format!("part-{part}.pages-{number:05}")
}

/// A digest of the bytes of a file.
pub type FileHash = [u8; 32];

/// The bytes of a file that proves itself, and what proves it.
#[must_use]
pub fn proved(mut bytes: Vec<u8>) -> (Vec<u8>, FileHash) {
    let sum: FileHash = Sha256::digest(&bytes).into();
    bytes.extend(sum);
    (bytes, sum)
}

/// What is in a file that proves itself, and what proves it; nothing where it is damaged.
#[must_use]
pub fn opened(mut bytes: Vec<u8>) -> Option<(Vec<u8>, FileHash)> {
    let end = bytes.len().checked_sub(32)?;
    let sum: FileHash = bytes.split_off(end).try_into().ok()?;
    let found: FileHash = Sha256::digest(&bytes).into();
    (found == sum).then_some((bytes, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_cut_short_or_changed_does_not_prove_itself() {
        let (bytes, sum) = proved(b"words".to_vec());
        assert_eq!(opened(bytes.clone()), Some((b"words".to_vec(), sum)));
        assert_eq!(opened(bytes[..bytes.len() - 1].to_vec()), None);
        assert_eq!(opened(Vec::new()), None);
        let mut changed = bytes;
        changed[0] ^= 1;
        assert_eq!(opened(changed), None);
    }

    #[test]
    fn no_two_files_have_one_name() {
        let sorts = [
            PartFileSort::Records,
            PartFileSort::Sayings,
            PartFileSort::Readings,
            PartFileSort::Attachments,
            PartFileSort::Pages,
        ];
        let parts = || [1, 2, 11];
        let packs = parts().into_iter().flat_map(|part| [1, 2].map(|number| pack_name(part, number)));
        let names: Vec<String> =
            parts().into_iter().flat_map(|part| sorts.map(|sort| sort.name(part))).chain(packs).collect();
        let each: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(each.len(), names.len());
    }
}
