//! Keys and signatures: Ed25519 (RFC 8032), and the files of minisign in which offices keep keys and outsiders
//! find signatures. It knows bytes alone: neither where a key is kept, nor what is signed, nor where random
//! numbers come from.

mod key_file;
mod minisign;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

pub use key_file::{Costs, SecretKeyFile};
pub use minisign::{Minisig, SignatureTrouble};

/// The number by which minisign tells keys apart: eight bytes by chance, which prove nothing.
pub type KeyNumber = [u8; 8];

/// How many bytes by chance a new key takes: its seed and its number.
pub const CHANCE: usize = 40;

/// A key that signs. It is never printed and never among the sources of a site.
#[derive(Clone)]
pub struct SecretKey {
    seed: [u8; 32],
    public: PublicKey,
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the secret key of {:?}", self.public)
    }
}

impl SecretKey {
    /// The key of a seed (RFC 8032, section 5.1.5), under the number that minisign knows it by.
    #[must_use]
    pub fn new(seed: &[u8; 32], number: KeyNumber) -> Self {
        let bytes = pair(seed).public_key().as_ref().try_into().expect("a public key has 32 bytes");
        Self { seed: *seed, public: PublicKey { bytes, number: Some(number) } }
    }

    /// A new key of bytes that nobody can guess.
    #[must_use]
    pub fn by_chance(chance: &[u8; CHANCE]) -> Self {
        let (seed, number) = chance.split_at(32);
        let seed: &[u8; 32] = seed.try_into().expect("it is split there");
        Self::new(seed, number.try_into().expect("eight bytes are left"))
    }

    /// What others verify this key's signatures with.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The signature of `message`.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        pair(&self.seed).sign(message).as_ref().try_into().expect("a signature has 64 bytes")
    }

    fn number(&self) -> KeyNumber {
        self.public.number.unwrap_or_default()
    }
}

fn pair(seed: &[u8; 32]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).expect("every 32 bytes are a seed")
}

/// A key that verifies.
#[derive(Clone, Copy, Debug)]
pub struct PublicKey {
    bytes: [u8; 32],
    number: Option<KeyNumber>,
}

impl PartialEq for PublicKey {
    /// The number is a name and not a part of the key.
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl PublicKey {
    /// The key of 32 bytes. If these are none, it verifies nothing.
    #[must_use]
    pub fn of_bytes(bytes: [u8; 32]) -> Self {
        Self { bytes, number: None }
    }

    /// The 32 bytes of the key.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.bytes
    }

    /// Whether `signature` is this key's for `message`.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.bytes).verify(message, signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
    const VECTORS: [[&str; 4]; 3] = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ],
    ];

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn signatures_are_those_of_the_standard() {
        for [seed, public, message, signature] in VECTORS {
            let secret = SecretKey::new(&bytes(seed).try_into().unwrap(), [0; 8]);
            assert_eq!(secret.public().bytes().to_vec(), bytes(public));
            assert_eq!(secret.sign(&bytes(message)).to_vec(), bytes(signature));
            let public = PublicKey::of_bytes(bytes(public).try_into().unwrap());
            assert!(public.verifies(&bytes(message), &bytes(signature)));
            assert!(!public.verifies(b"another message", &bytes(signature)));
            assert!(!public.verifies(&bytes(message), &bytes(signature)[..63]));
        }
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = SecretKey::new(&[7; 32], [1; 8]);
        assert!(!format!("{secret:?}").contains("[7, 7"));
    }
}
