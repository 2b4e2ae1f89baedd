//! Where to cut a row of names, so that one more or less of them moves few of the other cuts.

/// Whether a name is one of those, one in so many, at which a row is cut. It never changes for a name (FNV-1a).
pub(super) fn is_fit(name: &[u8], many: usize) -> bool {
    let mixed =
        name.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    ((mixed >> 8) as usize).is_multiple_of(many)
}
