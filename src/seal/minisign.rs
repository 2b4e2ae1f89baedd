//! What minisign gives to outsiders: public keys and detached signatures, each a few lines of text with a
//! comment. The comment in the third line of a signature is signed as well.
//!
//! Source: the manual of minisign, “Signature format” and “Public key format”.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use blake2::{Blake2b512, Digest};

use super::{KeyNumber, PublicKey, SecretKey};
use crate::diag::Words;

const UNTRUSTED: &str = "untrusted comment: ";
const TRUSTED: &str = "trusted comment: ";

/// The key and the signature of a message as it is.
const PURE: [u8; 2] = *b"Ed";

/// A signature of the BLAKE2b-512 of a message, which is what minisign makes today.
const HASHED: [u8; 2] = *b"ED";

/// The text of a `.minisig` file, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minisig {
    is_hashed: bool,
    number: KeyNumber,
    signature: [u8; 64],
    /// What the signer says of the file, under the second signature.
    pub comment: String,
    both: [u8; 64],
}

/// Why a signature proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureTrouble {
    /// The text is not what minisign writes.
    Form,
    /// Another key signed it.
    OtherKey,
    /// The file is not the one that was signed.
    OtherFile,
    /// The comment is not the one that was signed.
    OtherComment,
}

impl SignatureTrouble {
    /// What it says to people.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Form => {
                Words::new("不是 minisign 的签名文件", "this is no signature as minisign writes it")
            }
            Self::OtherKey => Words::new("是用另一把密钥签的", "another key signed it"),
            Self::OtherFile => Words::new(
                "签名与文件不符：文件改动过，或密钥不对",
                "the signature is not of this file: it was changed, or another key signed it",
            ),
            Self::OtherComment => {
                Words::new("签名中的说明改动过", "the comment in the signature was changed")
            }
        }
    }
}

impl Minisig {
    /// The signature of `message` by `secret`, with what the signer says of it: one line.
    #[must_use]
    pub fn of(secret: &SecretKey, message: &[u8], comment: &str) -> Self {
        let comment: String = comment.chars().filter(|c| !c.is_control()).collect();
        let signature = secret.sign(&Blake2b512::digest(message));
        let both = secret.sign(&[&signature[..], comment.as_bytes()].concat());
        Self { is_hashed: true, number: secret.number(), signature, comment, both }
    }

    /// Whether it is of `message`, and by `key`.
    ///
    /// # Errors
    /// What is the trouble if not.
    pub fn check(&self, key: &PublicKey, message: &[u8]) -> Result<(), SignatureTrouble> {
        let hashed = self.is_hashed.then(|| Blake2b512::digest(message));
        let signed = hashed.as_ref().map_or(message, |hashed| hashed.as_slice());
        let both = [&self.signature[..], self.comment.as_bytes()].concat();
        match () {
            () if key.number.is_some_and(|number| number != self.number) => Err(SignatureTrouble::OtherKey),
            () if !key.verifies(signed, &self.signature) => Err(SignatureTrouble::OtherFile),
            () if !key.verifies(&both, &self.both) => Err(SignatureTrouble::OtherComment),
            () => Ok(()),
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let kind = if self.is_hashed { HASHED } else { PURE };
        let first = BASE64_STANDARD.encode([&kind[..], &self.number, &self.signature].concat());
        let both = BASE64_STANDARD.encode(self.both);
        let number = shown(self.number);
        let comment = &self.comment;
        format!("{UNTRUSTED}signature from the key {number}\n{first}\n{TRUSTED}{comment}\n{both}\n")
    }

    /// A signature from the text of its file.
    ///
    /// # Errors
    /// [`SignatureTrouble::Form`].
    pub fn read(text: &str) -> Result<Self, SignatureTrouble> {
        Self::taken(text).ok_or(SignatureTrouble::Form)
    }

    fn taken(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        lines.next()?.strip_prefix(UNTRUSTED.trim_end())?;
        let first: [u8; 74] = BASE64_STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let comment = lines.next()?.strip_prefix(TRUSTED)?.to_owned();
        let both = BASE64_STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let is_hashed = match [first[0], first[1]] {
            HASHED => true,
            PURE => false,
            _ => return None,
        };
        let number = first[2..10].try_into().ok()?;
        let signature = first[10..].try_into().ok()?;
        Some(Self { is_hashed, number, signature, comment, both }).filter(|_| lines.next().is_none())
    }
}

impl PublicKey {
    /// The key in the text of minisign's `.pub` file, or in its second line alone.
    #[must_use]
    pub fn of_minisign(text: &str) -> Option<Self> {
        let mut lines = text.trim().lines().filter(|line| !line.starts_with(UNTRUSTED.trim_end()));
        let bytes: [u8; 42] = BASE64_STANDARD.decode(lines.next()?.trim()).ok()?.try_into().ok()?;
        let (kind, rest) = bytes.split_at(2);
        let (number, key) = rest.split_at(8);
        let (bytes, number) = (key.try_into().ok()?, number.try_into().ok());
        Some(Self { bytes, number }).filter(|_| kind == PURE && lines.next().is_none())
    }

    /// The text of minisign's `.pub` file.
    #[must_use]
    pub fn minisign(&self) -> String {
        let number = self.number.unwrap_or_default();
        let line = BASE64_STANDARD.encode([&PURE[..], &number, &self.bytes].concat());
        format!("{UNTRUSTED}minisign public key {}\n{line}\n", shown(number))
    }
}

/// A number as minisign prints it.
fn shown(number: KeyNumber) -> String {
    format!("{:016X}", u64::from_le_bytes(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the manual of minisign, and a signature by it: of the letters `test`, from the test of the crate
    /// `minisign-verify`.
    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    const SIGNED: &str = "untrusted comment: signature from minisign secret key
RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
trusted comment: timestamp:1556193335\tfile:test
y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==
";

    #[test]
    fn a_signature_of_the_program_minisign_is_understood() {
        let key = PublicKey::of_minisign(KEY).unwrap();
        let signature = Minisig::read(SIGNED).unwrap();
        assert_eq!(signature.check(&key, b"test"), Ok(()));
        assert_eq!(signature.check(&key, b"Test"), Err(SignatureTrouble::OtherFile));
        let comment = SIGNED.replace("1556193335", "1556193336");
        assert_eq!(
            Minisig::read(&comment).unwrap().check(&key, b"test"),
            Err(SignatureTrouble::OtherComment)
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let secret = SecretKey::new(&[3; 32], *b"number 1");
        let public = PublicKey::of_minisign(&secret.public().minisign()).unwrap();
        assert_eq!(public.minisign(), secret.public().minisign());
        let signature = Minisig::of(&secret, b"a file", "publication 3\nof\tten");
        assert_eq!(signature.comment, "publication 3often");
        let again = Minisig::read(&signature.text()).unwrap();
        assert_eq!(again, signature);
        assert_eq!(again.check(&public, b"a file"), Ok(()));
        let other = SecretKey::new(&[4; 32], *b"number 2").public();
        assert_eq!(again.check(&other, b"a file"), Err(SignatureTrouble::OtherKey));
    }

    #[test]
    fn what_is_cut_short_is_no_signature() {
        for end in 0..SIGNED.len() - 1 {
            assert_eq!(Minisig::read(&SIGNED[..end]), Err(SignatureTrouble::Form), "{end}");
        }
        assert_eq!(Minisig::read(&format!("{SIGNED}more\n")), Err(SignatureTrouble::Form));
    }
}
