//! What a stream of signs shows as text (ISO 32000-1, 9.4): strings in the order in which they are shown,
//! parted where the pen was moved.

use std::rc::Rc;

use super::Fonts;
use super::font::Font;
use super::object::{PdfLexer, PdfToken};

/// Moved back by more than this, in thousandths of the font's size, there is a space between two glyphs.
const SPACE: f64 = 220.0;

/// The text that is shown.
#[derive(Default)]
pub(super) struct ShownText {
    pub(super) text: String,
    /// Glyphs of which nobody knows the character.
    pub(super) unknown: usize,
}

/// What the operators have so far.
#[derive(Default)]
struct PdfPen {
    shown: ShownText,
    font: Option<Rc<Font>>,
    line: f64,
}

/// The text of a stream, with these fonts.
pub(super) fn shown(content: &[u8], fonts: &Fonts) -> ShownText {
    let mut lexer = PdfLexer { bytes: content, at: 0 };
    let (mut pen, mut operands) = (PdfPen::default(), Vec::new());
    while let Some(token) = lexer.token() {
        match token {
            PdfToken::Word(b"ID") => {
                // The bytes of a picture within the stream.
                let rest = &content[lexer.at..];
                lexer.at += memchr::memmem::find(rest, b"EI").map_or(rest.len(), |at| at + 2);
                operands.clear();
            }
            PdfToken::Word(word) => {
                pen.obey(word, &operands, fonts);
                operands.clear();
            }
            operand if operands.len() < 10_000 => operands.push(operand),
            _ => operands.clear(),
        }
    }
    pen.shown
}

impl PdfPen {
    fn obey(&mut self, word: &[u8], operands: &[PdfToken<'_>], fonts: &Fonts) {
        let number = |at: usize| match operands.get(at) {
            Some(PdfToken::Number(number)) => *number,
            _ => 0.0,
        };
        match word {
            b"Tf" => {
                if let Some(PdfToken::Name(name)) = operands.first() {
                    self.font = fonts.get(*name).map(Rc::clone);
                }
            }
            b"Tj" | b"TJ" => self.strings(operands),
            b"'" | b"\"" => {
                self.shown.text.push('\n');
                self.strings(operands);
            }
            b"Td" | b"TD" => self.part(number(1) != 0.0),
            b"T*" => self.part(true),
            b"Tm" => {
                let is_other = (number(5) - self.line).abs() > 1.0;
                self.line = number(5);
                self.part(is_other);
            }
            b"ET" => self.part(false),
            _ => {}
        }
    }

    fn part(&mut self, is_line: bool) {
        if !self.shown.text.is_empty() && !self.shown.text.ends_with(['\n', ' ']) {
            self.shown.text.push(if is_line { '\n' } else { ' ' });
        }
    }

    fn strings(&mut self, operands: &[PdfToken<'_>]) {
        for operand in operands {
            match operand {
                PdfToken::Text(bytes) => self.string(bytes),
                PdfToken::Number(moved) if *moved < -SPACE => self.shown.text.push(' '),
                _ => {}
            }
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        match &self.font {
            Some(font) => self.shown.unknown += font.characters(bytes, &mut self.shown.text),
            None => self.shown.text.extend(bytes.iter().map(|byte| char::from(*byte))),
        }
    }
}
