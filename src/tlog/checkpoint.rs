//! A checkpoint: what the log says that it is, under its signature. Two that contradict each other are the proof that a
//! history was rewritten.
//!
//! Source: C2SP tlog-checkpoint.

use crate::diag::Words;
use crate::seal::{PublicKey, SecretKey};

use super::note::{LogKey, SignedNote};
use super::tree::{Hash, TreeHead};

/// A head of the log of `origin`, with the note that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log: its address without the scheme.
    pub origin: String,
    /// How many entries it has, and the hash over them.
    pub head: TreeHead,
    /// The note with all its signatures.
    pub note: SignedNote,
}

/// Why a checkpoint proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointDoubt {
    /// It is written as none.
    Form,
    /// The log's key did not sign it.
    Unsigned,
    /// The log's key did not sign this, although a signature says so.
    Forged,
}

impl CheckpointDoubt {
    /// What it says to people.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Form => Words::new("日志的检查点写法不对", "the log's checkpoint is not written as one"),
            Self::Unsigned => {
                Words::new("日志的检查点没有这把密钥的签名", "the log's checkpoint is not signed by this key")
            }
            Self::Forged => Words::new(
                "日志检查点的签名与内容不符：内容改动过",
                "the signature of the log's checkpoint is not of what it says: it was changed",
            ),
        }
    }
}

impl Checkpoint {
    /// The checkpoint that the log of `origin` signs; `None` where no key can have this name.
    #[must_use]
    pub fn signed(origin: &str, head: TreeHead, secret: &SecretKey) -> Option<Self> {
        let text = format!("{origin}\n{}\n{}\n", head.size, head.root);
        let signatures = vec![LogKey::sign(origin, secret, &text)];
        Self::read(&SignedNote { text, signatures }.written()).ok()
    }

    /// A checkpoint from its text, with whatever signatures it has.
    ///
    /// # Errors
    /// [`CheckpointDoubt::Form`].
    pub fn read(text: &str) -> Result<Self, CheckpointDoubt> {
        Self::taken(text).ok_or(CheckpointDoubt::Form)
    }

    fn taken(text: &str) -> Option<Self> {
        let note = SignedNote::read(text)?;
        let mut lines = note.text.lines();
        let origin = lines.next().filter(|origin| super::note::is_name(origin))?.to_owned();
        let (size, root) = (lines.next()?, Hash::read(lines.next()?)?);
        let head = TreeHead { size: size.parse().ok()?, root };
        let is_plain = head.size.to_string() == size;
        is_plain.then_some(Self { origin, head, note })
    }

    /// Whether the log's key signed it: under its origin, as all logs do.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, key: &PublicKey) -> Result<(), CheckpointDoubt> {
        let key = LogKey::of_log(&self.origin, *key);
        let mut own = self.note.signatures.iter().filter(|signature| key.is_of(signature)).peekable();
        match own.peek() {
            None => Err(CheckpointDoubt::Unsigned),
            Some(_) => own
                .all(|signature| key.key.verifies(self.note.text.as_bytes(), &signature.bytes))
                .then_some(())
                .ok_or(CheckpointDoubt::Forged),
        }
    }

    /// The text of it.
    #[must_use]
    pub fn text(&self) -> String {
        self.note.written()
    }
}
