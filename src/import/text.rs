//! Reads plain text: a paragraph each line.

use super::draft::{Aside, Block, Draft, Limits, Paragraph, Run, Style};
use super::refused::Refused;
use crate::encoding;

/// A text file, and the encoding that it was in.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// What it says.
    pub(crate) draft: Draft,
    /// The name of the encoding.
    pub(crate) encoding: &'static str,
}

/// Reads bytes in whatever encoding they look like.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Refused> {
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge);
    }
    let decoded = encoding::decode(bytes)
        .map_err(|refusal| Refused::NotText { message: refusal.message, help: refusal.help })?;
    Ok(Text { draft: lines(decoded.text, limits)?, encoding: decoded.encoding })
}

/// A text whose lines are paragraphs.
pub(crate) fn lines(text: String, limits: &Limits) -> Result<Draft, Refused> {
    let mut draft = Draft::default();
    let mut at = 0;
    if text.starts_with('\u{feff}') {
        at = '\u{feff}'.len_utf8();
        draft.asides.push(Aside { at: 0..at, rule: "byte-order-mark" });
    }
    while at < text.len() {
        let rest = &text[at..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        if !rest[..end].trim().is_empty() {
            let run = Run { at: Some(at..at + end), text: rest[..end].to_owned(), ..Run::default() };
            draft.blocks.push(Block::Paragraph(Paragraph { runs: vec![run], style: Style::Body }));
        } else if end > 0 {
            draft.asides.push(Aside { at: at..at + end, rule: "line-end" });
        }
        let breaks = if rest[end..].starts_with("\r\n") { 2 } else { usize::from(end < rest.len()) };
        if breaks > 0 {
            draft.asides.push(Aside { at: at + end..at + end + breaks, rule: "line-end" });
        }
        at += end + breaks;
        if draft.blocks.len() > limits.paragraphs {
            return Err(Refused::TooLarge);
        }
    }
    draft.text = text;
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_character_is_told(text in "\u{feff}?[一 \u{3000}a\r\n]{0,40}") {
            let draft = lines(text.clone(), &Limits::default()).unwrap();
            prop_assert_eq!(draft.account(), Ok(()));
            prop_assert_eq!(draft.text, text);
        }
    }
}
