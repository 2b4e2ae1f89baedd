//! What a file is by its bytes, whatever its name says: what a browser would run, what a system
//! would start, and the formats in which governments publish. What a browser takes for a page is
//! judged after the MIME Sniffing Standard (<https://mimesniff.spec.whatwg.org/>, section 7.1), and
//! a little more widely, since not every browser keeps to it.

use serde::{Deserialize, Serialize};

/// So many bytes from the start of a file tell what it is.
pub const HEAD: usize = 4096;

/// A browser looks no further for a page in what a server gave no type.
const SNIFFED: usize = 1445;

/// What a file is by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileNature {
    /// A page, a picture with scripts or other markup that a browser could run.
    Markup,
    /// A program or a script that a system could start.
    Program,
    /// A picture or a document with markup in its head, to be taken for either.
    Both,
    /// PDF.
    Pdf,
    /// ZIP, and whatever is packed in it: OFD, docx, xlsx, odt and others.
    Zip,
    /// The container of older office programs, and of encrypted newer ones.
    Ole,
    /// RTF.
    Rtf,
    /// 7z.
    SevenZip,
    /// RAR.
    Rar,
    /// A picture that browsers show and that holds no scripts.
    Picture,
    /// MP3.
    Mp3,
    /// MP4.
    Mp4,
    /// Plain text, or nothing.
    Text,
    /// Something else.
    Other,
}

/// What scripts begin with. Other programs have bytes that no text has.
const SCRIPTS: [&[u8]; 3] = [b"#!", b"%!PS", b"@echo off"];

/// What formats begin with. Programs: Windows, Linux, macOS (in either order, and for several
/// machines, as Java's classes), WebAssembly, Android, Flash, help files and links of Windows,
/// scripts.
const STARTS: [(&[u8], FileNature); 34] = [
    (b"MZ", FileNature::Program),
    (b"ZM", FileNature::Program),
    (b"\x7fELF", FileNature::Program),
    (b"\xfe\xed\xfa\xce", FileNature::Program),
    (b"\xfe\xed\xfa\xcf", FileNature::Program),
    (b"\xce\xfa\xed\xfe", FileNature::Program),
    (b"\xcf\xfa\xed\xfe", FileNature::Program),
    (b"\xca\xfe\xba\xbe", FileNature::Program),
    (b"\0asm", FileNature::Program),
    (b"dex\n", FileNature::Program),
    (b"FWS", FileNature::Program),
    (b"CWS", FileNature::Program),
    (b"ZWS", FileNature::Program),
    (b"ITSF", FileNature::Program),
    (b"L\0\0\0\x01\x14\x02\0", FileNature::Program),
    (b"MSCF", FileNature::Program),
    (b"#!", FileNature::Program),
    (b"%!PS", FileNature::Program),
    (b"@echo off", FileNature::Program),
    (b"PK\x03\x04", FileNature::Zip),
    (b"PK\x05\x06", FileNature::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileNature::Ole),
    (b"{\\rtf", FileNature::Rtf),
    (b"7z\xbc\xaf\x27\x1c", FileNature::SevenZip),
    (b"Rar!\x1a\x07", FileNature::Rar),
    (b"\xff\xd8\xff", FileNature::Picture),
    (b"\x89PNG\r\n\x1a\n", FileNature::Picture),
    (b"GIF87a", FileNature::Picture),
    (b"GIF89a", FileNature::Picture),
    (b"ID3", FileNature::Mp3),
    (b"\xff\xfb", FileNature::Mp3),
    (b"\xff\xf3", FileNature::Mp3),
    (b"\xff\xf2", FileNature::Mp3),
    (b"%PDF-", FileNature::Pdf),
];

/// What makes a document of another format a page as well, wherever it stands in the head.
const HIDDEN: [&[u8]; 8] =
    [b"<script", b"<!doctype html", b"<html", b"<iframe", b"<svg", b"<object", b"<embed", b"<?php"];

impl FileNature {
    /// What a file is that begins with `head`, [`HEAD`] bytes or all that there are.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        let head = &head[..head.len().min(HEAD)];
        if is_markup(head) {
            return Self::Markup;
        }
        let nature = by_start(head);
        let is_both = matches!(nature, Self::Picture | Self::Pdf | Self::Mp3 | Self::Mp4 | Self::Rtf)
            && HIDDEN.iter().any(|mark| contains(&head[..head.len().min(SNIFFED)], mark));
        match nature {
            _ if is_both => Self::Both,
            Self::Zip if is_program_in_zip(head) => Self::Program,
            nature => nature,
        }
    }
}

fn by_start(head: &[u8]) -> FileNature {
    let lower = |length: usize| head.get(..length).map(<[u8]>::to_ascii_lowercase);
    let starts = |start: &[u8]| head.starts_with(start) || lower(start.len()).as_deref() == Some(start);
    if let Some((start, nature)) = STARTS.iter().find(|(start, _)| starts(start)) {
        let is_word = *nature == FileNature::Program && !SCRIPTS.contains(start) && is_text(head);
        return if is_word { FileNature::Text } else { *nature };
    }
    match () {
        () if head.get(4..8) == Some(b"ftyp") => FileNature::Mp4,
        () if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => FileNature::Picture,
        () if is_text(head) => FileNature::Text,
        () => FileNature::Other,
    }
}

/// Whether a browser that is not told otherwise takes it for a page: the first thing in it, mark
/// and spaces aside, is a tag, a comment or a declaration. NUL bytes are passed over, so that it
/// does not help to write in UTF-16.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.strip_prefix(b"\xff\xfe").or(head.strip_prefix(b"\xfe\xff")).unwrap_or(head);
    let mut bytes = head.iter().filter(|byte| **byte != 0).skip_while(|byte| byte.is_ascii_whitespace());
    let is_open = bytes.next() == Some(&b'<');
    is_open
        && bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'%'))
}

fn is_text(head: &[u8]) -> bool {
    let is_control = |byte: &u8| byte.is_ascii_control() && !byte.is_ascii_whitespace() && *byte != 0x1b;
    !head.iter().any(is_control)
}

/// Whether the first name in a ZIP is one that only programs for Java or Android begin with.
fn is_program_in_zip(head: &[u8]) -> bool {
    let Some(name) = head.get(30..) else { return false };
    [&b"META-INF/MANIFEST.MF"[..], b"AndroidManifest.xml", b"classes.dex"]
        .iter()
        .any(|first| name.starts_with(first))
        || (name.starts_with(b"META-INF/") && head.get(26) == Some(&9))
}

fn contains(head: &[u8], mark: &[u8]) -> bool {
    head.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_could_run_is_markup() {
        let files: [&[u8]; 14] = [
            b"<html><script>1</script>",
            b"<!DOCTYPE html>",
            b"  \r\n\t<SCRIPT>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='1'/>",
            b"<?xml version='1.0'?><svg/>",
            b"<?php 1",
            b"<% 1 %>",
            b"<!-- x --><p>",
            b"<b>%PDF-1.4",
            b"\xef\xbb\xbf<p>",
            b"\xef\xbb\xbf\n <html>",
            b"\xff\xfe<\0h\0t\0m\0l\0",
            b"\xfe\xff\0<\0h\0t\0m\0l",
            b"\0<p>",
        ];
        for file in files {
            assert_eq!(FileNature::of(file), FileNature::Markup, "{}", file.escape_ascii());
        }
        for file in [&b"MZ is a word"[..], b"a < b", b"", "<关于>".as_bytes(), b"< p>", b"1<script>"] {
            assert_eq!(FileNature::of(file), FileNature::Text, "{}", file.escape_ascii());
        }
    }

    #[test]
    fn a_document_that_is_a_page_as_well_is_both() {
        for file in [
            &b"GIF89a/*<script>*/=1"[..],
            b"%PDF-1.4\n<ScRiPt>1</script>",
            b"\xff\xd8\xff\xfe\0\x20<!doctype html>",
            b"\x89PNG\r\n\x1a\n<?php 1",
        ] {
            assert_eq!(FileNature::of(file), FileNature::Both, "{}", file.escape_ascii());
        }
        let mut late = b"%PDF-1.4\n".to_vec();
        late.resize(2000, b' ');
        late.extend(b"<script>");
        assert_eq!(FileNature::of(&late), FileNature::Pdf, "browsers do not look as far");
    }

    #[test]
    fn programs_and_formats_are_told_by_their_first_bytes() {
        let jar = |name: &[u8]| [b"PK\x03\x04", &[0; 22][..], &[9, 0, 0, 0], name].concat();
        for (file, nature) in [
            (&b"MZ\x90\0"[..], FileNature::Program),
            (b"\x7fELF\x02", FileNature::Program),
            (b"#!/bin/sh\n", FileNature::Program),
            (b"@ECHO OFF\r\n", FileNature::Program),
            (b"\xca\xfe\xba\xbe\0\0\0\x34", FileNature::Program),
            (&jar(b"META-INF/"), FileNature::Program),
            (&jar(b"META-INF/MANIFEST.MF"), FileNature::Program),
            (&jar(b"OFD.xml"), FileNature::Zip),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", FileNature::Pdf),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", FileNature::Ole),
            (b"{\\rtf1\\ansi", FileNature::Rtf),
            (b"RIFF\0\0\0\0WEBPVP8 ", FileNature::Picture),
            (b"\0\0\0\x18ftypisom", FileNature::Mp4),
            (b"\x01\x02\x03", FileNature::Other),
            ("年份,件数\n2019,745\n".as_bytes(), FileNature::Text),
            (b"\xc4\xea\xb7\xdd,1\n", FileNature::Text),
        ] {
            assert_eq!(FileNature::of(file), nature, "{}", file.escape_ascii());
        }
    }
}
