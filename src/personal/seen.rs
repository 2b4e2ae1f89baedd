//! Characters as a reader sees them: digits of any width, what parts the digits of a number, and what
//! nobody sees at all, markup included.

/// What a reader sees at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SeenCharacter {
    /// A digit.
    Digit(u8),
    /// The check character of an identity number.
    X,
    /// Nothing: zero width, a tag within a line.
    Nothing,
    /// Something between digits that belong together.
    Gap(DigitGap),
    /// Anything else.
    Other(char),
}

/// What stands between digits that may belong together, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DigitGap {
    /// Spaces of any width.
    Space,
    /// A hyphen or a dash.
    Hyphen,
    /// A closing bracket, as behind an area code.
    Bracket,
    /// A dot, which may be that of a decimal.
    Dot,
    /// The end of a line, of a table's cell or of a paragraph.
    Line,
}

/// The longest tag that is seen through, in bytes.
const LONGEST_TAG: usize = 1024;

/// Elements within a line, by their local names, of pages and of the files of office programs: the digits
/// on both sides of their tags stand side by side. All others part what they stand between.
const INLINE: [&str; 52] = [
    "a",
    "b",
    "i",
    "u",
    "s",
    "em",
    "strong",
    "span",
    "font",
    "mark",
    "sub",
    "sup",
    "small",
    "big",
    "wbr",
    "code",
    "bdi",
    "bdo",
    "abbr",
    "cite",
    "q",
    "r",
    "t",
    "rPr",
    "rFonts",
    "sz",
    "szCs",
    "bCs",
    "iCs",
    "color",
    "lang",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "rStyle",
    "kern",
    "highlight",
    "noProof",
    "hyperlink",
    "latin",
    "ea",
    "cs",
    "solidFill",
    "srgbClr",
    "schemeClr",
    "rFont",
    "family",
    "charset",
    "scheme",
    "lastRenderedPageBreak",
    "effectLst",
    "vanish",
];

/// What is seen at the start of `text`, and how many bytes that takes.
pub(super) fn look(text: &str) -> Option<(SeenCharacter, usize)> {
    let c = text.chars().next()?;
    let seen = match c {
        // Most of a text, and none of the others.
        '\u{4000}'..='\u{9fff}' => SeenCharacter::Other(c),
        '<' => return Some(tag(text).unwrap_or((SeenCharacter::Other(c), 1))),
        '&' => return Some(reference(text).unwrap_or((SeenCharacter::Other(c), 1))),
        c => of(c),
    };
    Some((seen, c.len_utf8()))
}

/// What a character is seen as.
#[inline]
fn of(c: char) -> SeenCharacter {
    match c {
        '0'..='9' => SeenCharacter::Digit(c as u8 - b'0'),
        '０'..='９' => SeenCharacter::Digit(folded(c) as u8 - b'0'),
        'x' | 'X' | 'ｘ' | 'Ｘ' | '×' => SeenCharacter::X,
        ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            SeenCharacter::Gap(DigitGap::Space)
        }
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '－' => {
            SeenCharacter::Gap(DigitGap::Hyphen)
        }
        ')' | '）' => SeenCharacter::Gap(DigitGap::Bracket),
        '.' | '·' | '•' | '‧' | '・' | '．' => SeenCharacter::Gap(DigitGap::Dot),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            SeenCharacter::Gap(DigitGap::Line)
        }
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{200b}'..='\u{200f}' => {
            SeenCharacter::Nothing
        }
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' => SeenCharacter::Nothing,
        '\u{e0000}'..='\u{e01ef}' => SeenCharacter::Nothing,
        c => SeenCharacter::Other(c),
    }
}

/// How long a tag or a comment is at the start of a text in bytes.
pub(super) fn tag_length(text: &[u8]) -> Option<usize> {
    let inside = &text[1..text.len().min(LONGEST_TAG)];
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    if !name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'!') {
        return None;
    }
    let end = match name.starts_with(b"!--") {
        true => memchr::memmem::find(inside, b"-->")? + 2,
        false => memchr::memchr(b'>', inside)?,
    };
    Some(end + 2)
}

/// A tag or a comment at the start of `text`.
fn tag(text: &str) -> Option<(SeenCharacter, usize)> {
    let whole = tag_length(text.as_bytes())?;
    let inside = &text.as_bytes()[1..whole];
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let length = |name: &[u8]| name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let prefix = length(name);
    let local = if name.get(prefix) == Some(&b':') { &name[prefix + 1..] } else { name };
    let local = &local[..length(local)];
    let is_inline = name.starts_with(b"!--") || is_inline(local);
    let seen = if is_inline { SeenCharacter::Nothing } else { SeenCharacter::Gap(DigitGap::Line) };
    Some((seen, whole))
}

/// Whether an element stands within a line. Pages have a tag for every few words, and hardly one has a name
/// that begins like one of these and is as long.
fn is_inline(name: &[u8]) -> bool {
    let may_be = name.first().is_some_and(|first| {
        let letters = LETTERS.get(name.len()).copied().unwrap_or_default();
        first.is_ascii_alphabetic() && letters >> (first & 0x1f) & 1 == 1
    });
    may_be && INLINE.iter().any(|inline| inline.as_bytes().eq_ignore_ascii_case(name))
}

/// For each length of a name the letters with which one of [`INLINE`] begins, a bit each.
const LETTERS: [u32; 24] = {
    let mut letters = [0; 24];
    let mut at = 0;
    while at < INLINE.len() {
        let name = INLINE[at].as_bytes();
        letters[name.len()] |= 1 << (name[0] & 0x1f);
        at += 1;
    }
    letters
};

/// A character reference at the start of `text`: `&#49;`, `&#x31;`, `&nbsp;`.
fn reference(text: &str) -> Option<(SeenCharacter, usize)> {
    let inside = &text.as_bytes()[1..text.len().min(12)];
    let end = memchr::memchr(b';', inside)?;
    let name = text.get(1..=end)?;
    let number = name.strip_prefix('#');
    let c = match number.map(|number| number.strip_prefix(['x', 'X']).ok_or(number)) {
        Some(Ok(hex)) => char::from_u32(u32::from_str_radix(hex, 16).ok()?)?,
        Some(Err(decimal)) => char::from_u32(decimal.parse().ok()?)?,
        None => match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" | "numsp" => ' ',
            "shy" | "zwnj" | "zwj" => '\u{200b}',
            "hyphen" | "dash" | "ndash" | "mdash" | "minus" => '-',
            "middot" | "period" => '.',
            _ => return None,
        },
    };
    Some((of(c), end + 2))
}

/// A character with full width as the plain one.
pub(super) fn folded(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Whether `c` begins the plates of a province.
pub(super) fn is_province(c: char) -> bool {
    "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新".contains(c)
}
