//! The log as static files: hashes in tiles of 256, entries in bundles of 256, each at a path that tells which it is.
//! A client reads a few of them and works out every proof itself.
//!
//! Source: C2SP tlog-tiles.

use std::collections::BTreeSet;

use super::tree::MerkleTree;

/// Where the checkpoint is, below the log.
pub const CHECKPOINT: &str = "checkpoint";

/// The longest entry, in bytes: its length is two bytes before it.
pub const LONGEST_ENTRY: usize = u16::MAX as usize;

/// How many hashes or entries a full tile has, as a power of two.
const HEIGHT: u32 = 8;
const WIDTH: u64 = 1 << HEIGHT;

/// One file of a log, or the first part of one that is not full yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// The level, from the entries up; `None` for a bundle of entries.
    level: Option<u32>,
    /// Which one of its level, from zero.
    index: u64,
    /// How many hashes or entries are in it.
    count: u64,
}

/// Every tile and every bundle of a log of `size` entries, and the parts of tiles that it ended with when it had each of
/// `sizes`, as long as a tile is not full.
#[must_use]
pub fn tiles(size: u64, sizes: &[u64]) -> BTreeSet<Tile> {
    let mut tiles = BTreeSet::new();
    for now in sizes.iter().copied().filter(|earlier| *earlier < size).chain([size]) {
        for level in 0..u64::BITS / HEIGHT {
            let width = now >> (HEIGHT * level);
            let first = if now == size { 0 } else { width / WIDTH };
            for index in first..width.div_ceil(WIDTH) {
                let count = (width - index * WIDTH).min(WIDTH);
                let is_overgrown = size >> (HEIGHT * level) >= (index + 1) * WIDTH;
                if count == WIDTH || !is_overgrown {
                    tiles.insert(Tile { level: Some(level), index, count });
                    tiles.extend((level == 0).then_some(Tile { level: None, index, count }));
                }
            }
        }
    }
    tiles
}

/// How many entries a log has at least in which a bundle of entries is at `path`; nothing where another file is.
#[must_use]
pub fn reaches(path: &str) -> Option<u64> {
    let name = path.strip_prefix("tile/entries/")?;
    let (index, count) = match name.split_once(".p/") {
        Some((index, count)) => (index, count.parse().ok()?),
        None => (name, WIDTH),
    };
    let digits: String = index.split('/').map(|part| part.trim_start_matches('x')).collect();
    digits.parse::<u64>().ok()?.checked_mul(WIDTH)?.checked_add(count)
}

impl Tile {
    /// Where it is, below the log.
    #[must_use]
    pub fn path(&self) -> String {
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let mut path = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            path = format!("x{:03}/{path}", rest % 1000);
            rest /= 1000;
        }
        match self.count {
            WIDTH => format!("tile/{level}/{path}"),
            count => format!("tile/{level}/{path}.p/{count}"),
        }
    }

    /// The tile that this one is the beginning of, once that is full.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { count: WIDTH, ..*self }
    }

    /// What is in it, of the bytes of [`Tile::whole`]; `None` where these are too few.
    #[must_use]
    pub fn beginning(&self, whole: &[u8]) -> Option<Vec<u8>> {
        let count = usize::try_from(self.count).ok()?;
        if self.level.is_some() {
            return whole.get(..count * 32).map(<[u8]>::to_vec);
        }
        let entries = entries(whole)?;
        let some = entries.get(..count)?;
        Some(some.iter().flat_map(|entry| bundled(entry.to_vec())).collect())
    }

    /// What is in it, of the log with these entries. `entry` gives the one at an index, of at most [`LONGEST_ENTRY`]
    /// bytes.
    pub fn bytes(&self, entry: impl Fn(u64) -> Vec<u8>) -> Vec<u8> {
        let first = self.index * WIDTH;
        let which = first..first + self.count;
        let Some(level) = self.level else {
            return which.flat_map(|index| bundled(entry(index))).collect();
        };
        let below = 1 << (HEIGHT * level);
        let over = |index: u64| {
            let mut tree = MerkleTree::default();
            (index * below..(index + 1) * below).for_each(|index| tree.push(&entry(index)));
            tree.head().root.0
        };
        which.flat_map(over).collect()
    }
}

/// An entry in a bundle: its length in two bytes, and itself.
fn bundled(entry: Vec<u8>) -> impl Iterator<Item = u8> {
    let length = u16::try_from(entry.len()).unwrap_or(u16::MAX);
    length.to_be_bytes().into_iter().chain(entry).take(2 + usize::from(length))
}

/// The entries of a bundle; `None` where it is none.
#[must_use]
pub fn entries(mut bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let (length, rest) = bundle.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bundle = rest;
    }
    Some(entries)
}

/// The bundles of a log of `size` entries, in order.
pub fn bundles(size: u64) -> impl Iterator<Item = Tile> {
    let bundle = move |index| Tile { level: None, index, count: (size - index * WIDTH).min(WIDTH) };
    (0..size.div_ceil(WIDTH)).map(bundle)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn some(index: u64) -> Vec<u8> {
        format!("entry {index}").into_bytes()
    }

    fn made(size: u64, sizes: &[u64]) -> BTreeMap<String, Vec<u8>> {
        tiles(size, sizes).into_iter().map(|tile| (tile.path(), tile.bytes(some))).collect()
    }

    #[test]
    fn paths_are_those_of_the_specification() {
        let path = |level, index, count| Tile { level, index, count }.path();
        assert_eq!(path(Some(0), 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(path(Some(5), 123_456_078, 2), "tile/5/x123/x456/078.p/2");
        assert_eq!(path(None, 0, 255), "tile/entries/000.p/255");
    }

    #[test]
    fn a_log_of_70000_has_the_tiles_that_the_specification_counts() {
        let made = made(70_000, &[]);
        let count = |start: &str| made.keys().filter(|path| path.starts_with(start)).count();
        assert_eq!((count("tile/0/"), count("tile/1/"), count("tile/2/")), (274, 2, 1));
        assert_eq!((made["tile/0/273.p/112"].len(), made["tile/1/001.p/17"].len()), (112 * 32, 17 * 32));
        assert_eq!((made["tile/2/000.p/1"].len(), made["tile/0/272"].len()), (32, 8192));
        assert_eq!(count("tile/entries/"), 274);
        assert_eq!(bundles(70_000).count(), 274);
        assert!(bundles(70_000).all(|tile| made.contains_key(&tile.path())));
    }

    #[test]
    fn a_log_of_256_has_one_tile_and_a_part_above_it() {
        let paths: Vec<String> = made(256, &[]).into_keys().collect();
        assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
        assert!(made(0, &[]).is_empty());
    }

    #[test]
    fn the_parts_of_earlier_checkpoints_stay_until_a_tile_is_full() {
        let paths: Vec<String> = made(300, &[3, 256, 290]).into_keys().collect();
        let of =
            |start: &str| paths.iter().filter(|path| path.starts_with(start)).cloned().collect::<Vec<_>>();
        assert_eq!(of("tile/0/"), ["tile/0/000", "tile/0/001.p/34", "tile/0/001.p/44"]);
        assert_eq!(of("tile/entries/").len(), 3);
    }

    #[test]
    fn a_bundle_gives_its_entries_back() {
        let made = made(300, &[]);
        let bundled: Vec<&[u8]> =
            bundles(300).flat_map(|tile| entries(&made[&tile.path()]).unwrap()).collect();
        assert_eq!(bundled, (0..300).map(some).collect::<Vec<_>>());
        let cut = &made["tile/entries/000"][..100];
        assert!((1..100).any(|end| entries(&cut[..end]).is_none()));
    }
}
