//! Which part of a file a browser wants (RFC 9110, 14.2): a film is only played from its middle where
//! parts are answered.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What is asked of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum WantedRange {
    /// All of it.
    Whole,
    /// These of its bytes; at least one.
    Part(Range<u64>),
    /// Bytes that it does not have.
    Nothing,
}

impl WantedRange {
    /// What a `GET` with these headers wants of a file of `size` bytes that is known by `tag`. Several
    /// parts at once, other units and what is no range are not answered in parts, which the standard
    /// leaves to servers; nor is a part of what is another file by now (`If-Range`).
    pub(super) fn of(headers: &HeaderMap, size: u64, tag: &str) -> Self {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        match (text(header::RANGE), text(header::IF_RANGE)) {
            (Some(range), condition) if condition.is_none_or(|known| known == tag) => Self::read(range, size),
            _ => Self::Whole,
        }
    }

    fn read(range: &str, size: u64) -> Self {
        let spans = range.split_once('=').filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes"));
        let Some((first, last)) = spans.and_then(|(_, span)| span.trim().split_once('-')) else {
            return Self::Whole;
        };
        let end = |last: u64| last.saturating_add(1).min(size);
        let part = match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..end(last),
            (Some(first), None) if last.is_empty() => first..size,
            (None, Some(length)) if first.is_empty() => size.saturating_sub(length)..size,
            _ => return Self::Whole,
        };
        if part.is_empty() { Self::Nothing } else { Self::Part(part) }
    }
}

/// A number of bytes; `None` for anything but digits. One that is too large is more than any file has.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_range_is_a_part_and_anything_odd_is_the_whole() {
        let part = |first, end| WantedRange::Part(first..end);
        for (range, expected) in [
            ("bytes=0-0", part(0, 1)),
            ("bytes=10-19", part(10, 20)),
            ("Bytes = 90-", part(90, 100)),
            ("bytes=90-400", part(90, 100)),
            ("bytes=0-99999999999999999999999", part(0, 100)),
            ("bytes=-7", part(93, 100)),
            ("bytes=-400", part(0, 100)),
            ("bytes=100-", WantedRange::Nothing),
            ("bytes=99999999999999999999999-", WantedRange::Nothing),
            ("bytes=-0", WantedRange::Nothing),
            ("bytes=20-10", WantedRange::Whole),
            ("bytes=-", WantedRange::Whole),
            ("bytes=+1-2", WantedRange::Whole),
            ("bytes=1-2, 5-6", WantedRange::Whole),
            ("lines=1-2", WantedRange::Whole),
            ("", WantedRange::Whole),
        ] {
            assert_eq!(WantedRange::read(range, 100), expected, "{range}");
        }
        assert_eq!(WantedRange::read("bytes=0-", 0), WantedRange::Nothing);
    }
}
