//! A text under signatures, each with the name of who signed and a short id of the key.
//!
//! Source: C2SP signed-note.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::diag::Words;
use crate::seal::{PublicKey, SecretKey};

/// What a signature line begins with: a dash and a space.
const DASH: &str = "— ";

/// More signatures than anybody needs; a note with more is refused.
const MOST_SIGNATURES: usize = 64;

/// What sort of signature a key makes, as the first byte of the key says.
const ED25519: u8 = 1;
pub(super) const COSIGNATURE: u8 = 4;

/// A text, and who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    /// What is signed: whole lines.
    pub text: String,
    /// The signatures, verified or not.
    pub signatures: Vec<Signature>,
}

/// One line below a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Whose it is, as it says.
    pub name: String,
    /// Which of their keys it is of.
    pub id: [u8; 4],
    /// The signature itself.
    pub bytes: Vec<u8>,
}

impl SignedNote {
    /// A note from its text; `None` where it is none, or where it could be written in another way.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (body, below) = text.rsplit_once("\n\n")?;
        let signatures: Option<Vec<Signature>> = below.lines().map(Signature::read).collect();
        let note = Self { text: format!("{body}\n"), signatures: signatures? };
        let is_sound = !note.signatures.is_empty()
            && note.signatures.len() <= MOST_SIGNATURES
            && !text.chars().any(|c| c < ' ' && c != '\n');
        (is_sound && note.written() == text).then_some(note)
    }

    /// The text with its signatures.
    #[must_use]
    pub fn written(&self) -> String {
        let lines = self.signatures.iter().map(Signature::line);
        format!("{}\n{}", self.text, lines.collect::<String>())
    }
}

impl Signature {
    fn read(line: &str) -> Option<Self> {
        let (name, rest) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = BASE64_STANDARD.decode(rest).ok()?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        let is_named = is_name(name) && !bytes.is_empty();
        is_named.then(|| Self { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
    }

    fn line(&self) -> String {
        let bytes = [&self.id[..], &self.bytes].concat();
        format!("{DASH}{} {}\n", self.name, BASE64_STANDARD.encode(bytes))
    }
}

/// Whether a key can have this name.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

/// A key with the name under which it signs: of a log (`0x01`), or of a witness (`0x04`).
#[derive(Clone, Debug, PartialEq)]
pub struct LogKey {
    /// The name.
    pub name: String,
    /// The key.
    pub key: PublicKey,
    kind: u8,
}

impl LogKey {
    /// The key with which a log signs under `name`, which is its origin.
    #[must_use]
    pub fn of_log(name: &str, key: PublicKey) -> Self {
        Self { name: name.to_owned(), key, kind: ED25519 }
    }

    /// The key with which a witness signs under `name`.
    #[must_use]
    pub fn of_witness(name: &str, key: PublicKey) -> Self {
        Self { name: name.to_owned(), key, kind: COSIGNATURE }
    }

    /// Whether it is a witness's key.
    #[must_use]
    pub fn is_witness(&self) -> bool {
        self.kind == COSIGNATURE
    }

    /// The short id of the key, under this name.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let text = [self.name.as_bytes(), b"\n", &[self.kind], &self.key.bytes()].concat();
        let digest: [u8; 32] = Sha256::digest(text).into();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    /// Whether `signature` says that it is by this key.
    pub(super) fn is_of(&self, signature: &Signature) -> bool {
        signature.name == self.name && signature.id == self.id()
    }

    /// The signature of a log's note.
    pub(super) fn sign(name: &str, secret: &SecretKey, text: &str) -> Signature {
        let key = Self::of_log(name, secret.public());
        Signature { name: key.name.clone(), id: key.id(), bytes: secret.sign(text.as_bytes()).to_vec() }
    }

    /// The key as it is handed on: `name+id+base64`.
    #[must_use]
    pub fn written(&self) -> String {
        let key = [&[self.kind][..], &self.key.bytes()].concat();
        format!("{}+{}+{}", self.name, crate::source::hex(&self.id()), BASE64_STANDARD.encode(key))
    }

    /// A key as it is handed on.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '+');
        let (name, _, key) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes: [u8; 33] = BASE64_STANDARD.decode(key).ok()?.try_into().ok()?;
        let (kind, key) = bytes.split_first()?;
        let key = PublicKey::of_bytes(key.try_into().ok()?);
        let key = Self { name: name.to_owned(), key, kind: *kind };
        let is_known = is_name(name) && matches!(*kind, ED25519 | COSIGNATURE);
        (is_known && key.written() == text).then_some(key)
    }
}

/// A public key as people hand it on: the text of minisign's `.pub` file, its second line alone, or a key with a name
/// (`name+id+base64`).
///
/// # Errors
/// When `text` is none of them.
pub fn public_key(text: &str) -> Result<PublicKey, Words> {
    let text = text.trim();
    let named = || LogKey::read(text).map(|key| key.key);
    PublicKey::of_minisign(text).or_else(named).ok_or_else(|| {
        Words::new(
            "这不是公钥：应为 minisign 的公钥（以 RW 开头的一行），或“名称+编号+base64”",
            "this is no public key: it should be minisign's, a line that begins with RW, or name+id+base64",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys and notes of Go's own tests (`sumdb/note`).
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const SEED: &str = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const BY_PETER: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const BY_ENOCH: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    #[test]
    fn a_note_is_signed_as_go_signs_it() {
        let seed: [u8; 32] = BASE64_STANDARD.decode(SEED).unwrap().try_into().unwrap();
        let signature = LogKey::sign("PeterNeumann", &SecretKey::new(&seed, [0; 8]), TEXT);
        let note = SignedNote { text: TEXT.into(), signatures: vec![signature] };
        assert_eq!(note.written(), format!("{TEXT}\n{BY_PETER}"));
        let key = LogKey::read(PETER).unwrap();
        assert_eq!(key.written(), PETER);
        let read = SignedNote::read(&format!("{TEXT}\n{BY_ENOCH}{BY_PETER}")).unwrap();
        let own: Vec<_> = read.signatures.iter().filter(|signature| key.is_of(signature)).collect();
        assert_eq!(own.len(), 1);
        assert!(key.key.verifies(read.text.as_bytes(), &own[0].bytes));
    }

    #[test]
    fn a_mangled_key_is_none() {
        for from in 0..PETER.len() {
            for to in from + 1..=PETER.len() {
                assert!((from, to) == (0, PETER.len()) || LogKey::read(&PETER[from..to]).is_none());
            }
            let mut bytes = PETER.as_bytes().to_vec();
            bytes[from] += 1;
            assert!(LogKey::read(&String::from_utf8_lossy(&bytes)).is_none(), "{from}");
        }
        let unknown = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        assert!(LogKey::read(unknown).is_none());
    }

    #[test]
    fn what_is_no_note_is_refused() {
        let whole = format!("{TEXT}\n{BY_PETER}");
        for text in [
            TEXT.to_owned(),
            format!("{TEXT}\n"),
            whole[..whole.len() - 1].to_owned(),
            format!("\u{1}{whole}"),
            whole.replace("PeterNeumann", "Peter Neumann"),
            format!("{whole}Unexpected line.\n"),
            format!("{TEXT}\n{}", BY_PETER.repeat(MOST_SIGNATURES + 1)),
            whole.replace('\n', "\r\n"),
        ] {
            assert_eq!(SignedNote::read(&text), None, "{text:?}");
        }
        assert!(SignedNote::read(&whole).is_some());
    }

    #[test]
    fn a_public_key_is_taken_in_every_form() {
        let minisign = "untrusted comment: minisign public key E7620F1842B4E81F\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n";
        assert_eq!(public_key(minisign), public_key(minisign.lines().nth(1).unwrap()));
        assert!(public_key(PETER).is_ok() && public_key("RWQ").is_err() && public_key("").is_err());
    }
}
