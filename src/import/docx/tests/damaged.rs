//! Files that were damaged: whatever of them is changed, they are read or refused, and nothing is told twice.

use std::path::PathBuf;

use proptest::prelude::*;

use super::ordinals::{folder, package};
use super::read;
use crate::import::draft::Limits;

/// What a changed file may have instead of some of its text.
const PIECES: [&str; 16] = [
    "",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:p>",
    "</w:p>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "w:val=\"4294967295\"",
    "w:val=\"-1\"",
    "%9%1",
    "<mc:AlternateContent>",
    "&#x0;",
    "<w:vMerge/>",
    "<w:rPr><w:del/></w:rPr>",
    "一",
];

/// A file that has every construct once, and two of those with lists.
fn seeds() -> [String; 3] {
    #[allow(clippy::disallowed_methods, reason = "a test reads its cases")]
    let case = |path: PathBuf| std::fs::read_to_string(path).unwrap();
    ["everything.txt", "ordinals/case-01.txt", "ordinals/case-06.txt"].map(|name| case(folder().join(name)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_file_is_read_or_refused(
        seed in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, 0..PIECES.len()), 1..6),
    ) {
        let mut text: Vec<char> = seeds()[seed].chars().collect();
        for (at, length, piece) in changes {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, PIECES[piece].chars());
        }
        let text: String = text.into_iter().collect();
        if let Ok(draft) = read(&package(&text).zipped(), &Limits::default()) {
            // What is told is never told twice; what no rule reads may be left over.
            prop_assert!(draft.account().err().is_none_or(|hole| !hole.twice));
        }
    }

    #[test]
    fn a_changed_archive_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = package(&seeds()[0]).zipped();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, &Limits::default());
    }
}
