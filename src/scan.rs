//! Where in a text bytes stand that somebody looks for. Nearly all of a text is something else, and that is told
//! for many bytes at a time.

/// So many bytes are looked at together.
const BLOCK: usize = 32;
/// So many bytes of a character are looked at.
const WIDTH: usize = 3;

/// The places in some bytes at which `may` takes a byte and the two behind it for the beginning of what is looked
/// for; behind the last byte there are zeros. `may` should have no branch: `&` and `|`, and no `&&`.
#[inline]
pub(crate) fn places<F: Fn([u8; WIDTH]) -> bool>(bytes: &[u8], may: F) -> Places<'_, F> {
    let all = bits(bytes, 0, &may);
    Places { bytes, may, start: 0, all, rest: all }
}

/// Whether `may` takes any place of some bytes for that.
#[inline]
pub(crate) fn has(bytes: &[u8], may: impl Fn([u8; WIDTH]) -> bool) -> bool {
    places(bytes, may).next().is_some()
}

/// Places in some bytes, in order.
#[derive(Clone)]
pub(crate) struct Places<'b, F> {
    bytes: &'b [u8],
    may: F,
    /// Where the bytes begin that were looked at last.
    start: usize,
    /// A bit for each of them that is a place, the first byte's being the lowest.
    all: u32,
    /// Those that were not given yet.
    rest: u32,
}

impl<F: Fn([u8; WIDTH]) -> bool> Places<'_, F> {
    /// Goes on at `at`, wherever that is.
    #[inline]
    pub(crate) fn go_to(&mut self, at: usize) {
        match at.checked_sub(self.start).filter(|ahead| *ahead < BLOCK) {
            Some(ahead) => self.rest = self.all & u32::MAX << ahead,
            None => self.look_at(at),
        }
    }

    #[inline]
    fn look_at(&mut self, start: usize) {
        self.start = start;
        self.all = bits(self.bytes, start, &self.may);
        self.rest = self.all;
    }
}

impl<F: Fn([u8; WIDTH]) -> bool> Iterator for Places<'_, F> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            let behind = self.start + BLOCK;
            if behind >= self.bytes.len() {
                return None;
            }
            self.look_at(behind);
        }
        let place = self.start + self.rest.trailing_zeros() as usize;
        self.rest &= self.rest - 1;
        Some(place)
    }
}

/// A bit for each place among the bytes from `start` on that `may` takes.
#[inline]
fn bits(bytes: &[u8], start: usize, may: &impl Fn([u8; WIDTH]) -> bool) -> u32 {
    let rest = bytes.get(start..).unwrap_or_default();
    if let Some(block) = rest.first_chunk() {
        return packed(&flags(block, may));
    }
    let mut last = [0; BLOCK + WIDTH - 1];
    let count = rest.len().min(last.len());
    last[..count].copy_from_slice(&rest[..count]);
    let bits = packed(&flags(&last, may));
    if count < BLOCK { bits & !(u32::MAX << count) } else { bits }
}

/// Which of the first bytes `may` takes.
#[inline]
fn flags(block: &[u8; BLOCK + WIDTH - 1], may: &impl Fn([u8; WIDTH]) -> bool) -> [u8; BLOCK] {
    let mut flags = [0; BLOCK];
    for (at, flag) in flags.iter_mut().enumerate() {
        *flag = u8::from(may([block[at], block[at + 1], block[at + 2]]));
    }
    flags
}

/// Bytes of 0 and 1 as bits.
#[inline]
fn packed(flags: &[u8; BLOCK]) -> u32 {
    let (eights, _) = flags.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        // This number puts each of eight bytes above all others, side by side.
        let byte = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        (bits << 8) | byte as u32
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_brackets([one, two, _]: [u8; 3]) -> bool {
        (one == b'(') | ((one == b'[') & (two == b']'))
    }

    fn slowly(bytes: &[u8], from: usize) -> Vec<usize> {
        let is_place =
            |at: &usize| is_brackets([bytes[*at], bytes.get(at + 1).copied().unwrap_or_default(), 0]);
        (from..bytes.len()).filter(is_place).collect()
    }

    proptest! {
        #[test]
        fn every_place_is_found_once_and_from_anywhere(text in "[(\\[\\]甲a ]{0,100}", from in 0_usize..110) {
            let bytes = text.as_bytes();
            prop_assert_eq!(places(bytes, is_brackets).collect::<Vec<_>>(), slowly(bytes, 0));
            prop_assert_eq!(has(bytes, is_brackets), !slowly(bytes, 0).is_empty());
            let mut behind = places(bytes, is_brackets);
            let _ = behind.next();
            behind.go_to(from);
            prop_assert_eq!(behind.collect::<Vec<_>>(), slowly(bytes, from));
        }
    }
}
