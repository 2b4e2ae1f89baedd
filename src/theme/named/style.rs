//! What a style sheet names: in `url(…)`, and the sheets that it imports.

use std::ops::Range;

use super::{NameInAsset, NameMeaning};

/// What a style sheet names, in the order in which it does.
pub(super) fn names(text: &str) -> Vec<NameInAsset> {
    let mut sheet = StyleReader { text, at: 0 };
    let mut names = Vec::new();
    let mut is_import = false;
    while let Some(piece) = sheet.next() {
        let range = match piece {
            StylePiece::Import => {
                is_import = true;
                continue;
            }
            StylePiece::Text(range) => is_import.then_some(range),
            StylePiece::Address(range) => Some(range),
            StylePiece::Other => None,
        };
        is_import = false;
        names.extend(range.map(|range| NameInAsset { range, says: NameMeaning::Address }));
    }
    names
}

/// A part of a style sheet.
enum StylePiece {
    /// `@import`.
    Import,
    /// A string, without its quotes.
    Text(Range<usize>),
    /// What stands in `url(…)`.
    Address(Range<usize>),
    /// A word or a sign.
    Other,
}

/// Reads a style sheet piece by piece.
struct StyleReader<'a> {
    text: &'a str,
    at: usize,
}

impl StyleReader<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Goes on to the next of these signs, past what is escaped, or to the end.
    fn find(&mut self, signs: &[u8]) {
        while let Some(&byte) = self.rest().first() {
            match byte {
                _ if signs.contains(&byte) => return,
                b'\\' => self.escape(),
                _ => self.at += 1,
            }
        }
    }

    /// Passes over a backslash and the character behind it.
    fn escape(&mut self) {
        self.at += 1;
        self.at += self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }

    /// Passes over spaces and comments.
    fn skip(&mut self) {
        loop {
            match self.rest() {
                [byte, ..] if byte.is_ascii_whitespace() => self.at += 1,
                [b'/', b'*', rest @ ..] => {
                    let end = rest.windows(2).position(|pair| pair == b"*/");
                    self.at = end.map_or(self.text.len(), |end| self.at + end + 4);
                }
                _ => return,
            }
        }
    }

    /// A string from its quote on; one that does not end on its line ends with it.
    fn string(&mut self, quote: u8) -> Range<usize> {
        self.at += 1;
        let start = self.at;
        self.find(&[quote, b'\n']);
        let end = self.at;
        self.at = (end + 1).min(self.text.len());
        start..end
    }

    /// What stands in `url(`, of which the bracket was passed.
    fn address(&mut self) -> Range<usize> {
        while self.rest().first().is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        if let Some(&quote @ (b'"' | b'\'')) = self.rest().first() {
            return self.string(quote);
        }
        let start = self.at;
        self.find(b")\n");
        let length = self.text.get(start..self.at).unwrap_or_default().trim_end().len();
        start..start + length
    }

    /// A word that begins here, in the letters that CSS is written in.
    fn word(&mut self) -> String {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_@".contains(byte) || !byte.is_ascii();
        let length = self.rest().iter().position(|byte| !is_part(byte)).unwrap_or(self.rest().len());
        self.at += length;
        self.text[self.at - length..self.at].to_ascii_lowercase()
    }

    fn next(&mut self) -> Option<StylePiece> {
        self.skip();
        let first = *self.rest().first()?;
        match first {
            b'"' | b'\'' => return Some(StylePiece::Text(self.string(first))),
            b'\\' => self.escape(),
            _ => {
                let word = self.word();
                if word == "@import" {
                    return Some(StylePiece::Import);
                }
                // A sign is no word.
                self.at += usize::from(word.is_empty());
                if word == "url" && self.rest().first() == Some(&b'(') {
                    self.at += 1;
                    return Some(StylePiece::Address(self.address()));
                }
            }
        }
        Some(StylePiece::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_imported_sheets_are_named() {
        let text = r#"@import "a.css"; @IMPORT url(b.css) screen;
            /* url(not.png) */ p::before { content: "url(not.png)"; background: URL( 'c d.png' ), url( e.png ) }
            @font-face { src: url("f.woff2") format("woff2"), local("not") } .curl(g.png) { mask: url(#h) }
            .a\"b { background: url(中.svg) }"#;
        let named: Vec<&str> = names(text).into_iter().map(|name| &text[name.range]).collect();
        assert_eq!(named, ["a.css", "b.css", "c d.png", "e.png", "f.woff2", "#h", "中.svg"]);
    }

    #[test]
    fn what_does_not_end_ends_with_its_line_or_the_sheet() {
        for text in ["url(", "url('", "'", "\"\\", "/*", "@import", "@import '", "url(a\\", "\\", "url(中\\"]
        {
            for name in names(text) {
                assert!(text.get(name.range.clone()).is_some(), "{text}: {name:?}");
            }
        }
        let text = "a { content: 'open\n} b { src: url(a.png) }";
        assert_eq!(names(text).len(), 1);
    }
}
