//! A log that cannot be rewritten unseen: a Merkle tree over entries, the heads that a key signs of it, and proofs.
//! The log is static files in the form that others read as well (C2SP tlog-tiles, signed-note, tlog-checkpoint,
//! tlog-cosignature and tlog-proof). It knows entries as bytes, and neither what they say nor where they are kept.

mod checkpoint;
mod note;
mod proof;
mod tiles;
mod tree;
mod witness;

pub use checkpoint::{Checkpoint, CheckpointDoubt};
pub use note::{LogKey, Signature, SignedNote, public_key};
pub use proof::InclusionProof;
pub use tiles::{CHECKPOINT, LONGEST_ENTRY, Tile, bundles, entries, reaches, tiles};
pub use tree::{Consistency, Hash, Inclusion, MerkleTree, TreeHead};
pub use witness::{Cosigned, Witness};
