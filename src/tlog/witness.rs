//! A second party's signature: that it saw this head, on this day, and none before that contradicts it.
//!
//! Source: C2SP tlog-cosignature, the Ed25519 form.

use crate::seal::SecretKey;

use super::checkpoint::Checkpoint;
use super::note::{LogKey, Signature, is_name};

/// A second party that signs checkpoints.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Its name: an address without the scheme.
    pub name: String,
    /// Its key, which no log has.
    pub secret: SecretKey,
}

/// Who saw a checkpoint, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// The name of the witness.
    pub name: String,
    /// The second, counted from 1970.
    pub time: i64,
}

impl Witness {
    /// The key by which others verify what it signs.
    #[must_use]
    pub fn key(&self) -> LogKey {
        LogKey::of_witness(&self.name, self.secret.public())
    }

    /// The checkpoint with this witness's signature of the second `time`, in place of an older one of its own.
    /// Whether the checkpoint contradicts another is for the caller to know. `None` where no key can have such a name.
    #[must_use]
    pub fn cosign(&self, checkpoint: &Checkpoint, time: i64) -> Option<Checkpoint> {
        let key = Some(self.key()).filter(|key| is_name(&key.name))?;
        let signature = self.secret.sign(message(&checkpoint.note.text, time).as_bytes());
        let bytes = [&time.to_be_bytes()[..], &signature].concat();
        let mut cosigned = checkpoint.clone();
        cosigned.note.signatures.retain(|signature| !key.is_of(signature));
        cosigned.note.signatures.push(Signature { name: key.name.clone(), id: key.id(), bytes });
        Some(cosigned)
    }
}

impl Checkpoint {
    /// When the witness with this key saw the checkpoint; `None` where it did not sign it.
    #[must_use]
    pub fn cosigned(&self, key: &LogKey) -> Option<Cosigned> {
        let own = self.note.signatures.iter().find(|signature| key.is_of(signature))?;
        let (time, signature) = own.bytes.split_first_chunk::<8>()?;
        let time = i64::try_from(u64::from_be_bytes(*time)).ok()?;
        let is_signed = key.key.verifies(message(&self.note.text, time).as_bytes(), signature);
        (key.is_witness() && is_signed).then(|| Cosigned { name: key.name.clone(), time })
    }
}

fn message(text: &str, time: i64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlog::MerkleTree;

    fn checkpoint() -> (Checkpoint, SecretKey) {
        let secret = SecretKey::new(&[1; 32], [1; 8]);
        let tree: MerkleTree = [b"one".as_slice(), b"two"].into_iter().collect();
        (Checkpoint::signed("example.gov.cn/log", tree.head(), &secret).unwrap(), secret)
    }

    #[test]
    fn a_witness_signs_beside_the_log() {
        let (checkpoint, secret) = checkpoint();
        let witness = Witness { name: "archive.example".into(), secret: SecretKey::new(&[2; 32], [2; 8]) };
        let both = Checkpoint::read(&witness.cosign(&checkpoint, 1_679_315_147).unwrap().text()).unwrap();
        assert_eq!(both.check(&secret.public()), Ok(()));
        let seen = both.cosigned(&witness.key()).unwrap();
        assert_eq!((&*seen.name, seen.time), ("archive.example", 1_679_315_147));
        let again = witness.cosign(&both, 1_679_315_148).unwrap();
        assert_eq!(again.note.signatures.len(), 2);
        assert_eq!(again.cosigned(&witness.key()).unwrap().time, 1_679_315_148);
        assert_eq!(checkpoint.cosigned(&witness.key()), None);
    }

    #[test]
    fn neither_another_day_nor_another_head_is_cosigned() {
        let (checkpoint, _) = checkpoint();
        let witness = Witness { name: "archive.example".into(), secret: SecretKey::new(&[2; 32], [2; 8]) };
        let mut cosigned = witness.cosign(&checkpoint, 1_679_315_147).unwrap();
        let mut other = cosigned.clone();
        other.note.signatures[1].bytes[7] ^= 1;
        assert_eq!(other.cosigned(&witness.key()), None);
        cosigned.note.text = cosigned.note.text.replace("\n2\n", "\n3\n");
        assert_eq!(cosigned.cosigned(&witness.key()), None);
    }
}
