//! A secret key as minisign keeps it in a file: plain, or under a password that scrypt turns into a key as
//! slowly as the file says.
//!
//! Source: the manual of minisign, “Secret key format”; how slow, from libsodium's `crypto_pwhash_scryptsalsa208sha256`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use blake2::digest::consts::U32;
use blake2::{Blake2b, Digest};

use super::{KeyNumber, SecretKey};
use crate::diag::Words;

const COMMENT: &str = "untrusted comment: ";
const KIND: [u8; 2] = *b"Ed";
const PLAIN: [u8; 2] = [0; 2];
const SCRYPT: [u8; 2] = *b"Sc";
const CHECKED_BY: [u8; 2] = *b"B2";

/// What a password hides: number, key and check.
const HIDDEN: usize = 104;

/// How slow a password is to be tried, as libsodium counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// The number of operations.
    pub operations: u64,
    /// The bytes of memory.
    pub memory: u64,
}

impl Costs {
    /// What minisign asks for itself: one gibibyte and some seconds.
    pub const SENSITIVE: Self = Self { operations: 1 << 25, memory: 1 << 30 };

    /// The numbers that scrypt itself takes: the logarithm of N, and p. No file can ask for more memory than minisign's
    /// own, so that a hostile one costs no more than that.
    fn scrypt(self) -> Option<(u8, u32)> {
        const R: u64 = 8;
        let operations = self.operations.max(1 << 15);
        let is_bound_by_operations = operations < self.memory / 32;
        let most = match is_bound_by_operations {
            true => operations / (R * 4),
            false => self.memory / (R * 128),
        };
        let log_n = (1..63u8).find(|log| 1u64 << log > most / 2)?;
        let p = match is_bound_by_operations {
            true => 1,
            false => (((operations / 4) >> log_n).min(0x3fff_ffff) / R).max(1),
        };
        (self.memory <= Self::SENSITIVE.memory && p <= 64).then_some((log_n, u32::try_from(p).ok()?))
    }

    /// The stream that hides a key under `password`.
    fn stream(self, password: &str, salt: &[u8; 32]) -> Option<[u8; HIDDEN]> {
        let (log_n, p) = self.scrypt()?;
        let params = scrypt::Params::new(log_n, 8, p).ok()?;
        let mut stream = [0; HIDDEN];
        scrypt::scrypt(password.as_bytes(), salt, &params, &mut stream).ok()?;
        Some(stream)
    }
}

/// The text of a secret key's file, taken apart.
#[derive(Clone)]
pub struct SecretKeyFile {
    cover: Cover,
    hidden: [u8; HIDDEN],
}

#[derive(Clone, Copy)]
enum Cover {
    Plain,
    Password { salt: [u8; 32], costs: Costs },
}

impl SecretKeyFile {
    /// A secret key to be kept as it is: whoever has the file has the key.
    #[must_use]
    pub fn plain(secret: &SecretKey) -> Self {
        Self { cover: Cover::Plain, hidden: open(secret) }
    }

    /// A secret key to be kept under `password`, with 32 bytes by chance; `None` for costs beyond minisign's.
    #[must_use]
    pub fn under(secret: &SecretKey, password: &str, salt: [u8; 32], costs: Costs) -> Option<Self> {
        let hidden = crossed(open(secret), &costs.stream(password, &salt)?);
        Some(Self { cover: Cover::Password { salt, costs }, hidden })
    }

    /// Whether a password is asked for.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        matches!(self.cover, Cover::Password { .. })
    }

    /// The key, with the password that the file is kept under, if it is.
    ///
    /// # Errors
    /// When the password is missing or wrong, or the file is damaged.
    pub fn secret(&self, password: Option<&str>) -> Result<SecretKey, Words> {
        let opened = match (self.cover, password) {
            (Cover::Plain, _) => self.hidden,
            (Cover::Password { .. }, None) => {
                return Err(Words::new(
                    "这把密钥有口令，请给出口令",
                    "this key is kept under a password, which is missing",
                ));
            }
            (Cover::Password { salt, costs }, Some(password)) => {
                let stream = costs.stream(password, &salt).ok_or_else(damaged)?;
                crossed(self.hidden, &stream)
            }
        };
        closed(&opened).ok_or_else(|| match self.is_hidden() {
            true => Words::new(
                "密钥的口令不对，或密钥文件已损坏",
                "the key's password is wrong, or its file is damaged",
            ),
            false => damaged(),
        })
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let (kdf, salt, costs) = match self.cover {
            Cover::Plain => (PLAIN, [0; 32], Costs { operations: 0, memory: 0 }),
            Cover::Password { salt, costs } => (SCRYPT, salt, costs),
        };
        let (operations, memory) = (costs.operations.to_le_bytes(), costs.memory.to_le_bytes());
        let bytes = [&KIND[..], &kdf, &CHECKED_BY, &salt, &operations, &memory, &self.hidden].concat();
        let comment = if self.is_hidden() { "minisign encrypted secret key" } else { "minisign secret key" };
        format!("{COMMENT}{comment}\n{}\n", BASE64_STANDARD.encode(bytes))
    }

    /// A secret key's file from its text, or from the second line alone, as it fits into an environment variable.
    ///
    /// # Errors
    /// When the text is no secret key.
    pub fn read(text: &str) -> Result<Self, Words> {
        Self::taken(text).ok_or_else(|| {
            Words::new(
                "这不是 minisign 的私钥文件（用 xiangwei key 或 minisign -G 生成）",
                "this is no secret key of minisign's (make one with xiangwei key or minisign -G)",
            )
        })
    }

    fn taken(text: &str) -> Option<Self> {
        let mut lines = text.trim().lines().filter(|line| !line.starts_with(COMMENT.trim_end()));
        let bytes: [u8; 158] = BASE64_STANDARD.decode(lines.next()?.trim()).ok()?.try_into().ok()?;
        let number = |at: usize| bytes[at..at + 8].try_into().ok().map(u64::from_le_bytes);
        let cover = match [bytes[2], bytes[3]] {
            PLAIN => Cover::Plain,
            SCRYPT => Cover::Password {
                salt: bytes[6..38].try_into().ok()?,
                costs: Costs { operations: number(38)?, memory: number(46)? },
            },
            _ => return None,
        };
        let is_known = bytes[..2] == KIND && bytes[4..6] == CHECKED_BY && lines.next().is_none();
        is_known.then_some(Self { cover, hidden: bytes[54..].try_into().ok()? })
    }
}

fn damaged() -> Words {
    Words::new("密钥文件已损坏", "the key's file is damaged")
}

fn crossed(mut bytes: [u8; HIDDEN], stream: &[u8; HIDDEN]) -> [u8; HIDDEN] {
    bytes.iter_mut().zip(stream).for_each(|(byte, other)| *byte ^= other);
    bytes
}

/// A key with its number and its check.
fn open(secret: &SecretKey) -> [u8; HIDDEN] {
    let key = [secret.number().as_slice(), &secret.seed, &secret.public.bytes].concat();
    let mut opened = [0; HIDDEN];
    opened[..72].copy_from_slice(&key);
    opened[72..].copy_from_slice(&check(&key));
    opened
}

/// The key of what [`open`] gave; `None` where the check is not that of the key.
fn closed(opened: &[u8; HIDDEN]) -> Option<SecretKey> {
    let number: KeyNumber = opened[..8].try_into().ok()?;
    let secret = SecretKey::new(opened[8..40].try_into().ok()?, number);
    let is_whole = check(&opened[..72]) == opened[72..] && secret.public.bytes == opened[40..72];
    is_whole.then_some(secret)
}

fn check(key: &[u8]) -> [u8; 32] {
    Blake2b::<U32>::new().chain_update(KIND).chain_update(key).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As quick as scrypt gets.
    const QUICK: Costs = Costs { operations: 1 << 15, memory: 1 << 24 };

    #[test]
    fn a_kept_key_signs_as_before() {
        let secret = SecretKey::new(&[9; 32], *b"12345678");
        let plain = SecretKeyFile::read(&SecretKeyFile::plain(&secret).text()).unwrap();
        assert!(!plain.is_hidden());
        assert_eq!(plain.secret(None).unwrap().sign(b"x"), secret.sign(b"x"));
        let hidden = SecretKeyFile::under(&secret, "口令", [5; 32], QUICK).unwrap();
        let hidden = SecretKeyFile::read(&hidden.text()).unwrap();
        assert!(hidden.is_hidden() && hidden.secret(None).is_err() && hidden.secret(Some("口")).is_err());
        assert_eq!(hidden.secret(Some("口令")).unwrap().sign(b"x"), secret.sign(b"x"));
    }

    #[test]
    fn a_damaged_key_is_none() {
        let text = SecretKeyFile::plain(&SecretKey::new(&[9; 32], *b"12345678")).text();
        for at in 0..text.len() - 1 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let read = SecretKeyFile::read(std::str::from_utf8(&bytes).unwrap());
            // The comment, and the salt and costs of no password, are nobody's key.
            let line = at.saturating_sub(text.find('\n').unwrap() + 1);
            let counts = !(0..72).contains(&line) || line < 8;
            let is_comment = at <= text.find('\n').unwrap();
            assert!(is_comment || !counts || read.is_err() || read.unwrap().secret(None).is_err(), "{at}");
        }
    }

    #[test]
    fn a_file_cannot_ask_for_more_memory_than_minisign_does() {
        assert_eq!(Costs::SENSITIVE.scrypt(), Some((20, 1)));
        assert_eq!(Costs { operations: 1 << 25, memory: 1 << 40 }.scrypt(), None);
        assert_eq!(Costs { operations: u64::MAX, memory: 1 << 20 }.scrypt(), None);
    }
}
