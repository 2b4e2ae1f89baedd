//! Numbers that take seven bits a byte, the lowest first; all but the last byte have the eighth bit set (LEB128).
//! `search-directory.js` reads the same.

/// Writes a number.
pub(super) fn write(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Writes bytes behind their number.
pub(super) fn write_bytes(bytes: &mut Vec<u8>, more: &[u8]) {
    write(bytes, more.len());
    bytes.extend_from_slice(more);
}

/// Takes a number from the beginning of some bytes; nothing if there is none.
pub(super) fn take(rest: &mut &[u8]) -> Option<usize> {
    let end = rest.iter().position(|byte| byte & 0x80 == 0)?;
    let (bytes, after) = rest.split_at(end + 1);
    *rest = after;
    let added =
        |number: usize, byte: &u8| number.checked_mul(128).map(|number| number | usize::from(byte & 0x7f));
    bytes.iter().rev().try_fold(0, added)
}

/// Takes as many bytes as the number before them says.
pub(super) fn take_bytes<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take(rest)?;
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_few_bytes_as_hold_them() {
        for (value, expected) in
            [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (1 << 32, "8080808010")]
        {
            let mut bytes = Vec::new();
            write(&mut bytes, value);
            assert_eq!(crate::source::hex(&bytes), expected, "{value}");
            assert_eq!(take(&mut &*bytes), Some(value));
        }
        assert_eq!(take(&mut &[0x80][..]), None);
    }
}
