//! Which reader reads what.

use super::draft::{Draft, Limits};
use super::refused::Refused;
use super::sniff::{ImportFormat, sniff};
use super::text::LineLayout;
use super::{docx, html, markdown, text};

/// A file that was read.
#[derive(Clone, Debug)]
pub(crate) struct RecognizedFile {
    /// What it says.
    pub(crate) draft: Draft,
    /// What it is.
    pub(crate) format: ImportFormat,
    /// The encoding of its text, where it is one.
    pub(crate) encoding: Option<&'static str>,
}

/// Reads the file of this name, and holds that every character of its text is told. A text that is called
/// `.pdf` is what was taken from one. `tables` says whether lines that are parted by tabs make a table.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    tables: bool,
    limits: &Limits,
) -> Result<RecognizedFile, Refused> {
    let format = sniff(name, bytes)?;
    let read = match format {
        ImportFormat::Text => {
            let layout = LineLayout { tables, filled: name.to_ascii_lowercase().ends_with(".pdf") };
            let text = text::read(bytes, layout, limits)?;
            RecognizedFile { draft: text.draft, format, encoding: Some(text.encoding) }
        }
        ImportFormat::Markdown => {
            let text = text::decode(bytes, limits)?;
            RecognizedFile { draft: markdown::read(text.text), format, encoding: Some(text.encoding) }
        }
        ImportFormat::Docx => RecognizedFile { draft: docx::read(bytes, limits)?, format, encoding: None },
        ImportFormat::Html | ImportFormat::Clipboard => {
            let page = html::read(bytes, limits)?;
            RecognizedFile { draft: page.draft, format, encoding: Some(page.encoding) }
        }
    };
    accounted(&read.draft)?;
    Ok(read)
}

/// Holds that every character of a draft is told.
pub(crate) fn accounted(draft: &Draft) -> Result<(), Refused> {
    draft.account().map_err(|hole| Refused::Unaccounted {
        text: draft.text.get(hole.at).unwrap_or_default().to_owned(),
        twice: hole.twice,
    })
}
