//! Fonts of a PDF: which characters their codes are (ISO 32000-1, 9.6, 9.7, 9.10).

use super::object::{PdfFile, PdfLexer, PdfToken, PdfValue};

/// The most stretches of codes of a font.
const MOST_RANGES: usize = 70_000;

/// What codes of a font are.
#[derive(Debug)]
pub(super) struct Font {
    /// How many bytes a code has.
    width: usize,
    ranges: Vec<Codes>,
    otherwise: UnmappedCode,
}

/// Codes that follow each other, and the characters of the first.
#[derive(Debug)]
struct Codes {
    first: u32,
    last: u32,
    to: String,
}

/// What a code is that no range has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnmappedCode {
    /// The character of this number, in the order of Latin-1.
    Latin,
    /// Two bytes of UTF-16.
    Utf16,
    /// One or two bytes of GBK.
    Gbk,
    /// A character of the collection Adobe-GB1, of which the first are those of ASCII.
    Gb1,
    /// Nobody knows.
    Unknown,
}

/// Glyphs by name that a number can have.
const NAMES: [(&str, char); 15] = [
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("space", ' '),
    ("hyphen", '-'),
    ("period", '.'),
    ("at", '@'),
    ("underscore", '_'),
];

impl Font {
    /// The font that a value describes, with its map to Unicode if it has one.
    pub(super) fn of(file: &PdfFile<'_>, value: &PdfValue, map: Option<&[u8]>) -> Self {
        let is_composite = value.get("Subtype").is_name("Type0");
        let encoding = file.follow(value.get("Encoding"));
        let mut font = Self {
            width: if is_composite { 2 } else { 1 },
            ranges: Vec::new(),
            otherwise: UnmappedCode::Unknown,
        };
        font.otherwise =
            if is_composite { composite(file, value, encoding) } else { simple(value, encoding, map) };
        font.differences(encoding.get("Differences").items());
        if let Some(map) = map {
            font.read(map);
        }
        font.ranges.sort_by_key(|codes| codes.first);
        font
    }

    /// Codes whose glyphs are named.
    fn differences(&mut self, items: &[PdfValue]) {
        let mut code = 0;
        for item in items.iter().take(1024) {
            match item {
                PdfValue::Number(number) => code = *number as u32,
                PdfValue::Name(name) => {
                    let character = str::from_utf8(name).ok().and_then(named);
                    if let Some(character) = character {
                        self.ranges.push(Codes { first: code, last: code, to: character.into() });
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }

    /// A map to Unicode (9.10.3).
    fn read(&mut self, map: &[u8]) {
        let mut lexer = PdfLexer { bytes: map, at: 0 };
        // What a map says comes before what names say.
        let mut texts: Vec<Vec<u8>> = Vec::new();
        let mut ranges = Vec::new();
        while let Some(token) = lexer.token() {
            match token {
                PdfToken::Text(text) if texts.len() < 3 * MOST_RANGES => texts.push(text),
                PdfToken::Open => list(&mut lexer, &mut texts, &mut ranges),
                PdfToken::Word(b"endcodespacerange") => {
                    self.width = texts.last().map_or(self.width, Vec::len).clamp(1, 2);
                    texts.clear();
                }
                PdfToken::Word(b"endbfchar") => {
                    ranges.extend(texts.as_chunks::<2>().0.iter().map(|[code, to]| codes(code, code, to)));
                    texts.clear();
                }
                PdfToken::Word(b"endbfrange") => {
                    ranges.extend(
                        texts.as_chunks::<3>().0.iter().map(|[first, last, to]| codes(first, last, to)),
                    );
                    texts.clear();
                }
                PdfToken::Word(b"beginbfrange" | b"beginbfchar" | b"begincodespacerange") => texts.clear(),
                _ => {}
            }
            if ranges.len() > MOST_RANGES {
                break;
            }
        }
        if !ranges.is_empty() {
            self.ranges = ranges;
        }
    }

    /// The characters of a string; those that nobody knows are counted.
    pub(super) fn characters(&self, bytes: &[u8], text: &mut String) -> usize {
        if self.otherwise == UnmappedCode::Gbk && self.ranges.is_empty() {
            text.push_str(&encoding_rs::GBK.decode_without_bom_handling(bytes).0);
            return 0;
        }
        bytes.chunks(self.width).map(|code| usize::from(!self.character(number(code), text))).sum()
    }

    /// Adds the character of a code, if somebody knows it.
    fn character(&self, code: u32, text: &mut String) -> bool {
        let behind = self.ranges.partition_point(|codes| codes.first <= code);
        let codes = behind.checked_sub(1).map(|at| &self.ranges[at]).filter(|codes| code <= codes.last);
        if let Some(codes) = codes {
            let mut last = codes.to.chars().next_back().map_or(0, u32::from);
            last += code - codes.first;
            let before = codes.to.len() - codes.to.chars().next_back().map_or(0, char::len_utf8);
            text.push_str(&codes.to[..before]);
            text.extend(char::from_u32(last));
            return true;
        }
        let character = match self.otherwise {
            UnmappedCode::Latin | UnmappedCode::Utf16 => char::from_u32(code),
            UnmappedCode::Gb1 if (1..=95).contains(&code) => char::from_u32(code + 0x1f),
            UnmappedCode::Gb1 if (814..=908).contains(&code) => char::from_u32(code - 814 + 0x20),
            // The others are Chinese.
            UnmappedCode::Gb1 => Some('□'),
            UnmappedCode::Unknown | UnmappedCode::Gbk => None,
        };
        text.push(character.unwrap_or('\u{fffd}'));
        character.is_some()
    }
}

/// What codes of a font of several bytes are without a map.
fn composite(file: &PdfFile<'_>, value: &PdfValue, encoding: &PdfValue) -> UnmappedCode {
    let name = encoding.name().map(String::from_utf8_lossy).unwrap_or_default();
    let inner = file
        .follow(value.get("DescendantFonts"))
        .items()
        .first()
        .map_or(&PdfValue::Other, |inner| file.follow(inner));
    let order = file.follow(inner.get("CIDSystemInfo")).get("Ordering");
    match &*name {
        name if name.contains("UCS2") || name.contains("UTF16") => UnmappedCode::Utf16,
        name if name.contains("GBK") || name.contains("GB-EUC") || name.contains("GBpc") => UnmappedCode::Gbk,
        _ if matches!(order, PdfValue::Text(order) if **order == *b"GB1") => UnmappedCode::Gb1,
        _ => UnmappedCode::Unknown,
    }
}

/// What codes of a font of one byte are without a map: a part of a font that its program numbered anew says
/// nothing of them.
fn simple(value: &PdfValue, encoding: &PdfValue, map: Option<&[u8]>) -> UnmappedCode {
    let name = value.get("BaseFont").name().unwrap_or_default();
    let is_part = name.get(6) == Some(&b'+');
    let is_told = encoding != &PdfValue::Other && encoding.get("Differences") == &PdfValue::Other;
    match () {
        () if map.is_some() || is_told || !is_part => UnmappedCode::Latin,
        () if value.get("Subtype").is_name("Type1") && encoding.get("Differences") != &PdfValue::Other => {
            UnmappedCode::Latin
        }
        () => UnmappedCode::Unknown,
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn codes(first: &[u8], last: &[u8], to: &[u8]) -> Codes {
    let to = encoding_rs::UTF_16BE.decode_without_bom_handling(&to[..to.len().min(16)]).0.into_owned();
    Codes { first: number(first), last: number(last), to }
}

/// A range whose characters are listed one by one.
fn list(lexer: &mut PdfLexer<'_>, texts: &mut Vec<Vec<u8>>, ranges: &mut Vec<Codes>) {
    let _ = texts.pop();
    let Some(first) = texts.pop() else { return };
    let mut code = number(&first);
    while let Some(PdfToken::Text(to)) = lexer.token() {
        let mut one = codes(&[], &[], &to);
        (one.first, one.last) = (code, code);
        ranges.push(one);
        code += 1;
        if ranges.len() > MOST_RANGES {
            break;
        }
    }
}

/// The character of a glyph's name.
fn named(name: &str) -> Option<char> {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => return Some(letter),
        _ if name.starts_with("uni") => {
            return char::from_u32(u32::from_str_radix(name.get(3..7)?, 16).ok()?);
        }
        _ => {}
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}
