//! Reads saved pages and what word processors put into the clipboard, as a browser would. Of a portal's
//! page the text is found; what the page says of it becomes labels; menus, scripts and the rest are told
//! as asides.

mod article;
mod labels;
mod nature;
mod set;
#[cfg(test)]
mod tests;
mod tree;

use encoding_rs::{Encoding, GB18030, GBK};

use super::draft::{Draft, Limits};
use super::refused::Refused;
use crate::diag::Words;
use crate::encoding;
use tree::HtmlTree;

/// A page, and the encoding that it was in.
#[derive(Clone, Debug)]
pub(crate) struct HtmlPage {
    /// What it says.
    pub(crate) draft: Draft,
    /// The name of the encoding.
    pub(crate) encoding: &'static str,
}

/// Reads a page, saved or from the clipboard.
///
/// # Errors
/// Where it is no text, holds none, or passes a limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<HtmlPage, Refused> {
    if bytes.len() > limits.bytes {
        let most = limits.bytes >> 20;
        return Err(Refused::Limit(Words::new(
            format!("超过 {most} MiB"),
            format!("it is larger than {most} MiB"),
        )));
    }
    let decoded = decoded(bytes)?;
    let page = without_header(&decoded.text);
    let tree = HtmlTree::read(page, limits)?;
    let article = match is_chosen(page) {
        true => tree.root(),
        false => article::find(&tree),
    };
    let draft = set::draft_of(&tree, article, limits)?;
    match draft.blocks.is_empty() {
        true => Err(Refused::Empty),
        false => Ok(HtmlPage { draft, encoding: decoded.encoding }),
    }
}

/// Whether bytes look like a page, or like one from the clipboard.
pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let start: Vec<u8> =
        bytes.iter().take(4096).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let start = String::from_utf8_lossy(&start);
    let plain = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    let begins = ["<!doctype html", "<html", "<head", "<body", "<meta", "<!--startfragment", "<?xml"];
    let has = ["<html", "<body", "<p>", "<p ", "<div", "<table", "<span"];
    match plain.starts_with("version:") && plain.contains("starthtml:") {
        true => true,
        false if plain.starts_with("<?xml") => plain.contains("<html"),
        false => {
            begins.iter().any(|tag| plain.starts_with(tag))
                || plain.starts_with('<') && has.iter().any(|tag| plain.contains(tag))
        }
    }
}

/// The text of a page: UTF-8 where it is that, else what the page says that it is in, else what it looks
/// like.
fn decoded(bytes: &[u8]) -> Result<encoding::Decoded, Refused> {
    if std::str::from_utf8(bytes).is_err()
        && let Some(named) = named(bytes)
    {
        // What calls itself GB2312 mostly has characters that only the largest of its family has.
        let named = if named == GBK { GB18030 } else { named };
        let (text, _, has_errors) = named.decode(bytes);
        if !has_errors {
            return Ok(encoding::Decoded { text: text.into_owned(), encoding: named.name() });
        }
    }
    encoding::decode(bytes)
        .map_err(|refusal| Refused::NotText { message: refusal.message, help: refusal.help })
}

/// The encoding that the first lines of a page name.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let start: String = bytes.iter().take(4096).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let (_, behind) = start.split_once("charset=")?;
    let name: String = behind
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(name.as_bytes())
}

/// A page from the clipboard of Windows without the lines before it, which say where its parts stand.
fn without_header(text: &str) -> &str {
    let is_header = text.starts_with("Version:") && text.contains("StartHTML:");
    match text.find('<').filter(|_| is_header) {
        Some(start) => &text[start..],
        None => text,
    }
}

/// Whether somebody chose all that a page holds: from the clipboard, or written by a word processor.
fn is_chosen(page: &str) -> bool {
    let start: String = page.chars().take(4096).collect::<String>().to_ascii_lowercase();
    let signs =
        ["urn:schemas-microsoft-com:office:office", "content=\"microsoft word", "content=word.document"];
    page.contains("<!--StartFragment") || signs.iter().any(|sign| start.contains(sign))
}
