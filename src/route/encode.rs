//! Addresses as links write them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is escaped in an address: all but what RFC 3986 leaves unreserved, the slashes, and a few
/// signs that mean nothing in a path and read better as they are.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'(')
    .remove(b')')
    .remove(b'!')
    .remove(b'@');

/// Percent-encodes what may not stand in an address as it is, Han characters among it.
#[must_use]
pub fn encode(route: &str) -> String {
    utf8_percent_encode(route, ESCAPED).to_string()
}
