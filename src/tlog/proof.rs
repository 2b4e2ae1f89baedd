//! The proof that an entry is in a log, as one text that needs no log: where the entry is, the way to the head, and the
//! signed head.
//!
//! Source: C2SP tlog-proof.

use super::checkpoint::Checkpoint;
use super::tree::{Hash, Inclusion};

const FIRST: &str = "c2sp.org/tlog-proof@v1";

/// No way in a tree is longer.
const LONGEST_WAY: usize = 64;

/// An entry's way to a signed head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// Where the entry is, and its way.
    pub inclusion: Inclusion,
    /// The head, as the log signed it.
    pub checkpoint: Checkpoint,
}

impl InclusionProof {
    /// The text of it.
    #[must_use]
    pub fn text(&self) -> String {
        let hashes = self.inclusion.hashes.iter().map(|hash| format!("{hash}\n"));
        let (index, hashes) = (self.inclusion.index, hashes.collect::<String>());
        format!("{FIRST}\nindex {index}\n{hashes}\n{}", self.checkpoint.text())
    }

    /// A proof from its text; `None` where it is none, or where it could be written in another way.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (above, checkpoint) = text.split_once("\n\n")?;
        let mut lines = above.lines();
        lines.next().filter(|first| *first == FIRST)?;
        let index = lines.next()?.strip_prefix("index ")?.parse().ok()?;
        let hashes: Option<Vec<Hash>> = lines.map(Hash::read).collect();
        let inclusion = Inclusion { index, hashes: hashes.filter(|way| way.len() <= LONGEST_WAY)? };
        let proof = Self { inclusion, checkpoint: Checkpoint::read(checkpoint).ok()? };
        (proof.text() == text).then_some(proof)
    }

    /// Whether `entry` is in the log with this head. Who signed the head is another question.
    #[must_use]
    pub fn leads(&self, entry: &[u8]) -> bool {
        self.inclusion.leads(Hash::of_entry(entry), &self.checkpoint.head)
    }
}
