//! The Merkle tree over the entries of a log, and what follows from it: the root of each size, and proofs of two
//! kinds. One says that an entry is in the tree, the other that an older tree is the beginning of a newer one.
//!
//! Source: RFC 6962, section 2.1 (how trees and proofs are made); RFC 9162, sections 2.1.3.2 and 2.1.4.2 (how proofs
//! are verified).

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// A SHA-256 in the tree: of an entry, or of two hashes below.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    /// As checkpoints and proofs write it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Hash {
    /// The hash of an entry.
    #[must_use]
    pub fn of_entry(entry: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
    }

    /// The hash of what two hashes stand for.
    #[must_use]
    pub fn of_both(left: Self, right: Self) -> Self {
        Self(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
    }

    /// A hash as it is written, in the one way that it is written.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let hash = Self(BASE64_STANDARD.decode(text).ok()?.try_into().ok()?);
        (hash.to_string() == text).then_some(hash)
    }
}

/// What a tree is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// How many entries it has.
    pub size: u64,
    /// The hash of all of them.
    pub root: Hash,
}

/// The tree over the entries of a log: every subtree that is full, level by level.
#[derive(Clone, Debug, Default)]
pub struct MerkleTree {
    // `levels[k][i]` is over the entries from i·2^k to (i+1)·2^k.
    levels: Vec<Vec<Hash>>,
}

impl<'a> FromIterator<&'a [u8]> for MerkleTree {
    fn from_iter<T: IntoIterator<Item = &'a [u8]>>(entries: T) -> Self {
        let mut tree = Self::default();
        entries.into_iter().for_each(|entry| tree.push(entry));
        tree
    }
}

impl MerkleTree {
    /// Appends an entry.
    pub fn push(&mut self, entry: &[u8]) {
        let mut hash = Hash::of_entry(entry);
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let row = &mut self.levels[level];
            row.push(hash);
            match row.as_slice() {
                [.., left, right] if row.len().is_multiple_of(2) => hash = Hash::of_both(*left, *right),
                _ => return,
            }
        }
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// What the whole tree is known by.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size(), root: self.over(0, self.size()) }
    }

    /// What it was known by when it had `size` entries; `None` if it never had so many.
    #[must_use]
    pub fn head_at(&self, size: u64) -> Option<TreeHead> {
        (size <= self.size()).then(|| TreeHead { size, root: self.over(0, size) })
    }

    /// The hash over the `index`-th full subtree of 2^`level` entries.
    fn full(&self, level: usize, index: u64) -> Option<Hash> {
        self.levels.get(level)?.get(usize::try_from(index).ok()?).copied()
    }

    /// The hash over the entries from `start` to `end`, which is one that some tree has: MTH(D[start:end]).
    fn over(&self, start: u64, end: u64) -> Hash {
        let count = end - start;
        match count {
            0 => Hash(Sha256::digest([]).into()),
            _ if count.is_power_of_two() && start.is_multiple_of(count) => {
                let level = count.trailing_zeros() as usize;
                self.full(level, start / count).expect("a full subtree within the tree is kept")
            }
            _ => {
                let half = split(count);
                Hash::of_both(self.over(start, start + half), self.over(start + half, end))
            }
        }
    }

    /// The proof that the entry at `index` is in the tree of the first `size` entries; `None` if it is not.
    #[must_use]
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Inclusion> {
        if index >= size || size > self.size() {
            return None;
        }
        let (mut start, mut end) = (0, size);
        let mut hashes = Vec::new();
        while end - start > 1 {
            let half = start + split(end - start);
            let other;
            (start, end, other) = match index < half {
                true => (start, half, self.over(half, end)),
                false => (half, end, self.over(start, half)),
            };
            hashes.push(other);
        }
        hashes.reverse();
        Some(Inclusion { index, hashes })
    }

    /// The proof that the tree of the first `old` entries is the beginning of that of the first `new`; `None` where
    /// one of them is not there, or the old one is empty, which proves nothing.
    #[must_use]
    pub fn consistency(&self, old: u64, new: u64) -> Option<Consistency> {
        if old == 0 || old > new || new > self.size() {
            return None;
        }
        let (mut start, mut end) = (0, new);
        let mut hashes = Vec::new();
        // The old tree's own hash is known to whoever verifies as long as the way has kept to the left.
        while end != old {
            let half = start + split(end - start);
            let other;
            (start, end, other) = match old <= half {
                true => (start, half, self.over(half, end)),
                false => (half, end, self.over(start, half)),
            };
            hashes.push(other);
        }
        if start > 0 {
            hashes.push(self.over(start, end));
        }
        hashes.reverse();
        Some(Consistency { hashes })
    }
}

/// The largest power of two below `count`, which is at least two.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The proof that an entry is in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// Which entry, from zero.
    pub index: u64,
    /// The hashes beside its way up, from the entry's own neighbour on.
    pub hashes: Vec<Hash>,
}

impl Inclusion {
    /// Whether it leads from `entry`, the hash of an entry, to `head`.
    #[must_use]
    pub fn leads(&self, entry: Hash, head: &TreeHead) -> bool {
        if self.index >= head.size {
            return false;
        }
        let (mut at, mut last, mut hash) = (self.index, head.size - 1, entry);
        for other in &self.hashes {
            if last == 0 {
                return false;
            }
            let is_right = at % 2 == 1 || at == last;
            hash = if is_right { Hash::of_both(*other, hash) } else { Hash::of_both(hash, *other) };
            if is_right {
                // A hash without a neighbour goes up as it is.
                let up = at.trailing_zeros().min(63);
                (at, last) = (at >> up, last >> up);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        last == 0 && hash == head.root
    }
}

/// The proof that one tree is the beginning of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// The hashes that both trees are put together from, in the order of RFC 6962.
    pub hashes: Vec<Hash>,
}

impl Consistency {
    /// Whether it leads from the head `old` to `new`.
    #[must_use]
    pub fn leads(&self, old: &TreeHead, new: &TreeHead) -> bool {
        if old.size == new.size {
            return old.size > 0 && self.hashes.is_empty() && old.root == new.root;
        }
        if old.size == 0 || old.size > new.size {
            return false;
        }
        let known = old.size.is_power_of_two().then_some(old.root);
        let mut hashes = known.into_iter().chain(self.hashes.iter().copied());
        let Some(first) = hashes.next() else { return false };
        let up = (old.size - 1).trailing_ones();
        let (mut at, mut last) = ((old.size - 1) >> up, (new.size - 1) >> up);
        let (mut before, mut after) = (first, first);
        for other in hashes {
            if last == 0 {
                return false;
            }
            if at % 2 == 1 || at == last {
                (before, after) = (Hash::of_both(other, before), Hash::of_both(other, after));
                let up = at.trailing_zeros().min(63);
                (at, last) = (at >> up, last >> up);
            } else {
                after = Hash::of_both(after, other);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        last == 0 && before == old.root && after == new.root
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::hex;

    /// The entries of Certificate Transparency's own tests, and the roots of the trees of the first of them.
    const ENTRIES: [&[u8]; 8] =
        [b"", b"\x00", b"\x10", b" !", b"01", b"@ABC", b"PQRSTUVW", b"`abcdefghijklmno"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn shown(hashes: &[Hash]) -> Vec<String> {
        hashes.iter().map(|hash| hex(&hash.0)).collect()
    }

    #[test]
    fn hashes_and_roots_are_those_of_certificate_transparency() {
        let node = |left: &[u8], right: &[u8]| Sha256::digest([b"\x01", left, right].concat());
        let known = "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb";
        assert_eq!(hex(&node(b"N123", b"N456")), known, "the other program's own vector for a node");
        let known = "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56";
        assert_eq!(hex(&Hash::of_entry(b"L123456").0), known);
        let tree: MerkleTree = ENTRIES.into_iter().collect();
        for (size, root) in ROOTS.iter().enumerate() {
            assert_eq!(hex(&tree.head_at(size as u64).unwrap().root.0), *root, "{size}");
        }
        assert_eq!(tree.head_at(9), None);
    }

    #[test]
    fn proofs_are_those_of_certificate_transparency() {
        let tree: MerkleTree = ENTRIES.into_iter().collect();
        let inclusion = tree.inclusion(5, 8).unwrap();
        assert_eq!(
            shown(&inclusion.hashes),
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(shown(&tree.inclusion(2, 3).unwrap().hashes), [ROOTS[2]]);
        assert_eq!(
            shown(&tree.consistency(6, 8).unwrap().hashes),
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(
            shown(&tree.consistency(2, 5).unwrap().hashes),
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        );
    }
}
