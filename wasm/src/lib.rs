//! The program's own comparison for a browser: the rooms `scan`, `han`, `compare`, `interface` and
//! `beside` of the program, as they are, behind two functions that WebAssembly can export.
//!
//! A text is handed over in memory that [`room`] gives out. [`compare_years`] takes a file of texts
//! (`texts.json`, see `beside::file`) with two years, and leaves an answer, which begins with its
//! own length. `scripts/wasm.sh` builds this into the theme.

#![allow(dead_code, unused_imports, reason = "the program uses more of these rooms than a browser does")]

#[path = "../../src"]
mod program {
    pub(crate) mod beside;
    pub(crate) mod compare;
    pub(crate) mod han;
    pub(crate) mod interface;
    pub(crate) mod scan;

    pub(crate) mod route {
        mod encode;

        pub(crate) use encode::encode;
    }
}

use program::{beside, compare, han, interface, route, scan};

/// How many bytes tell the length of an answer.
const PREFIX: usize = 4;

/// Room for a text of so many bytes, which [`compare_years`] takes back.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; bytes].into_boxed_slice()).cast()
}

/// What the page of the documents of two years of a file shows, the earlier one first: the place of
/// an answer, its length as four bytes (little-endian) and then as JSON. It is empty where the file
/// cannot be read or lacks one of the two.
///
/// # Safety
/// `file` and `bytes` are a place and the size that [`room`] gave it out with, filled since, and not
/// handed over before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn compare_years(file: *mut u8, bytes: usize, from: i32, to: i32) -> *const u8 {
    // SAFETY: the caller promises that this is what `room` made, whole and its own no longer.
    let file = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(file, bytes)) };
    let years = i16::try_from(from).ok().zip(i16::try_from(to).ok());
    let told = years.and_then(|years| beside::file::answer(std::str::from_utf8(&file).ok()?, years));
    let told = told.unwrap_or_default();
    let mut answer = Vec::with_capacity(PREFIX + told.len());
    answer.extend_from_slice(&u32::try_from(told.len()).unwrap_or_default().to_le_bytes());
    answer.extend_from_slice(told.as_bytes());
    // The page reads it and lets go of the whole memory.
    Box::leak(answer.into_boxed_slice()).as_ptr()
}
