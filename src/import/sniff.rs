//! What a file is by its bytes, whatever its name says.

use super::html;
use super::refused::Refused;
use crate::source::{FileNature, HEAD};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportFormat {
    /// A Word file, or what WPS writes.
    Docx,
    /// A saved page.
    Html,
    /// Rich text from the clipboard.
    Clipboard,
    /// Text.
    Text,
    /// Markdown.
    Markdown,
}

impl ImportFormat {
    /// Its name in logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Clipboard => "clipboard",
            Self::Text => "text",
            Self::Markdown => "markdown",
        }
    }
}

/// The format of a file with this name and these bytes.
///
/// # Errors
///
/// That it is of a format which is not read, and what to do.
pub(crate) fn sniff(name: &str, bytes: &[u8]) -> Result<ImportFormat, Refused> {
    let head = &bytes[..bytes.len().min(HEAD)];
    match FileNature::of(head) {
        FileNature::Zip => packed(bytes),
        FileNature::Ole => Err(ole(bytes)),
        FileNature::Rtf => Err(Refused::Convert("RTF")),
        FileNature::Pdf => Err(Refused::Convert("PDF")),
        FileNature::Program => Err(Refused::Format("program")),
        FileNature::Picture => Err(Refused::Format("picture")),
        FileNature::SevenZip | FileNature::Rar => Err(Refused::Format("archive")),
        FileNature::Mp3 | FileNature::Mp4 => Err(Refused::Format("media")),
        FileNature::Markup | FileNature::Both | FileNature::Text | FileNature::Other => written(name, bytes),
    }
}

/// A text of some kind.
fn written(name: &str, bytes: &[u8]) -> Result<ImportFormat, Refused> {
    let is_markdown = name.to_ascii_lowercase().ends_with(".md") || bytes.starts_with(b"---\n");
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let signs = ["starthtml:", "urn:schemas-microsoft-com:office", "mso-", "<!--startfragment"];
    match () {
        () if is_markdown => Ok(ImportFormat::Markdown),
        () if html::is_html(bytes) && signs.iter().any(|sign| head.contains(sign)) => {
            Ok(ImportFormat::Clipboard)
        }
        () if html::is_html(bytes) => Ok(ImportFormat::Html),
        () => Ok(ImportFormat::Text),
    }
}

/// What a ZIP file is by the names of its parts, which stand in it unpacked.
fn packed(bytes: &[u8]) -> Result<ImportFormat, Refused> {
    let has = |name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    match () {
        () if has("word/document.xml") || has("word/") => Ok(ImportFormat::Docx),
        () if has("OFD.xml") => Err(Refused::Convert("OFD")),
        () if has("mimetypeapplication/vnd.oasis.opendocument") => Err(Refused::Convert("ODT")),
        () if has("xl/") => Err(Refused::Format("spreadsheet")),
        () if has("ppt/") => Err(Refused::Format("slides")),
        // The name of the main part is free: a reader that opens the package knows better.
        () if has("[Content_Types].xml") => Ok(ImportFormat::Docx),
        () => Err(Refused::Format("archive")),
    }
}

/// An older office file, or a newer one with a password. Names in it are UTF-16.
fn ole(bytes: &[u8]) -> Refused {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let has = |name: &str| memchr::memmem::find(bytes, &wide(name)).is_some();
    match () {
        () if has("EncryptedPackage") => Refused::Encrypted,
        () if has("WordDocument") => Refused::Convert("DOC"),
        () if has("Workbook") => Refused::Format("spreadsheet"),
        () if has("PowerPoint") => Refused::Format("slides"),
        () => Refused::Convert("WPS"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let of = |bytes: &[u8]| sniff("x", bytes);
        assert_eq!(of("甲\n".as_bytes()), Ok(ImportFormat::Text));
        assert_eq!(of(b"\xef\xbb\xbf<!DOCTYPE html><p>x"), Ok(ImportFormat::Html));
        assert_eq!(
            of(b"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">"),
            Ok(ImportFormat::Clipboard)
        );
        assert_eq!(of(b"<p class=MsoNormal style='mso-list:l0'>x</p>"), Ok(ImportFormat::Clipboard));
        assert_eq!(of(b"Version:0.9\r\nStartHTML:00\r\n<html>"), Ok(ImportFormat::Clipboard));
        assert_eq!(of(b"---\ntitle: x\n---\n"), Ok(ImportFormat::Markdown));
        assert_eq!(sniff("a.md", b"x"), Ok(ImportFormat::Markdown));
        assert_eq!(of(b"%PDF-1.7"), Err(Refused::Convert("PDF")));
        assert_eq!(of(b"{\\rtf1"), Err(Refused::Convert("RTF")));
        assert_eq!(of(b"PK\x03\x04..word/document.xml"), Ok(ImportFormat::Docx));
        assert_eq!(of(b"PK\x03\x04..OFD.xml"), Err(Refused::Convert("OFD")));
        assert_eq!(of(b"\x89PNG\r\n\x1a\n"), Err(Refused::Format("picture")));
        let mut doc = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        doc.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(of(&doc), Err(Refused::Convert("DOC")));
    }
}
