//! The objects of a PDF, as they stand in the file (ISO 32000-1, 7.2, 7.3, 7.5.7).

use std::collections::{BTreeMap, BTreeSet};

/// The most values of all objects together, and how deep one nests.
const MOST_VALUES: usize = 1_500_000;
const DEEPEST: usize = 24;
/// The most objects within one object stream.
const MOST_PACKED: usize = 100_000;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PdfValue {
    /// A number, whose fraction nobody asks for.
    Number(f64),
    Name(Box<[u8]>),
    Text(Box<[u8]>),
    Reference(u32),
    List(Vec<PdfValue>),
    Keys(Vec<(Box<[u8]>, PdfValue)>),
    /// Nothing, a truth value, or a value that is not there.
    Other,
}

impl PdfValue {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> &PdfValue {
        self.entries().find(|(name, _)| *name == key.as_bytes()).map_or(&PdfValue::Other, |(_, value)| value)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&[u8], &PdfValue)> {
        let keys = if let Self::Keys(keys) = self { keys.as_slice() } else { &[] };
        keys.iter().map(|(name, value)| (&**name, value))
    }

    pub(super) fn items(&self) -> &[PdfValue] {
        if let Self::List(items) = self { items } else { &[] }
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if **own == *name.as_bytes())
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn reference(&self) -> Option<u32> {
        if let Self::Reference(at) = self { Some(*at) } else { None }
    }

    pub(super) fn number(&self) -> Option<usize> {
        if let Self::Number(number) = self { Some(*number as usize) } else { None }
    }

    /// Every string in it.
    pub(super) fn strings(&self, each: &mut impl FnMut(&[u8])) {
        match self {
            Self::Text(text) => each(text),
            Self::List(items) => items.iter().for_each(|item| item.strings(each)),
            Self::Keys(keys) => keys.iter().for_each(|(_, value)| value.strings(each)),
            _ => {}
        }
    }
}

/// An object, and its stream if it has one.
#[derive(Debug)]
pub(super) struct PdfObject<'a> {
    pub(super) value: PdfValue,
    pub(super) stream: Option<&'a [u8]>,
}

/// All objects of a file, in the order in which they stand there.
#[derive(Debug)]
pub(super) struct PdfFile<'a> {
    pub(super) objects: Vec<PdfObject<'a>>,
    /// The last object of each number.
    by_number: BTreeMap<u32, usize>,
    /// Whether all was read.
    pub(super) is_whole: bool,
}

impl<'a> PdfFile<'a> {
    /// The objects that stand openly in the file.
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        let mut file = Self { objects: Vec::new(), by_number: BTreeMap::new(), is_whole: true };
        let (mut values, mut from, mut has_ends) = (MOST_VALUES, 0, true);
        while let Some(at) = memchr::memmem::find(&bytes[from..], b"obj").map(|at| from + at) {
            from = at + 3;
            let Some(number) = number_before(&bytes[..at]) else { continue };
            let mut lexer = PdfLexer { bytes, at: from };
            let value = lexer.value(0, &mut values);
            from = lexer.at.max(from);
            let stream = (has_ends && lexer.word(b"stream")).then(|| stream(bytes, lexer.at, &value));
            let stream = stream.map(|stream| match stream {
                Some(stream) => stream,
                None => {
                    // None follows, so that nobody looks for one again.
                    has_ends = false;
                    &bytes[lexer.at..]
                }
            });
            from += stream.map_or(0, <[u8]>::len);
            file.add(number, value, stream);
            if values == 0 {
                file.is_whole = false;
                break;
            }
        }
        file
    }

    fn add(&mut self, number: u32, value: PdfValue, stream: Option<&'a [u8]>) {
        self.by_number.insert(number, self.objects.len());
        self.objects.push(PdfObject { value, stream });
    }

    /// Takes in the objects that stand in streams of objects.
    pub(super) fn unpack(&mut self, mut inflate: impl FnMut(&[u8]) -> Option<Vec<u8>>) {
        let mut values = MOST_VALUES;
        let packed: Vec<usize> = (0..self.objects.len())
            .filter(|at| self.objects[*at].value.get("Type").is_name("ObjStm"))
            .collect();
        for at in packed {
            let object = &self.objects[at];
            let Some(stream) = object.stream else { continue };
            let plain =
                if self.filters(&object.value).is_empty() { Some(stream.to_vec()) } else { inflate(stream) };
            let plain = plain.map(|plain| unpredicted(plain, object.value.get("DecodeParms")));
            let first = object.value.get("First").number();
            let count = object.value.get("N").number();
            let (Some(plain), Some(first), Some(count)) = (plain, first, count) else {
                self.is_whole = false;
                continue;
            };
            let mut head = PdfLexer { bytes: &plain, at: 0 };
            for _ in 0..count.min(MOST_PACKED) {
                let (Some(PdfToken::Number(number)), Some(PdfToken::Number(offset))) =
                    (head.token(), head.token())
                else {
                    break;
                };
                let mut lexer = PdfLexer { bytes: &plain, at: first.saturating_add(offset as usize) };
                let value = lexer.value(0, &mut values);
                self.add(number as u32, value, None);
            }
        }
        self.is_whole &= values > 0;
    }

    /// The last object of this number.
    pub(super) fn object(&self, number: u32) -> Option<&PdfObject<'a>> {
        self.objects.get(*self.by_number.get(&number)?)
    }

    /// Where the object that a value leads to stands among all.
    pub(super) fn at(&self, value: &PdfValue) -> Option<usize> {
        self.by_number.get(&value.reference()?).copied()
    }

    /// The value, or what it leads to.
    pub(super) fn follow<'b>(&'b self, value: &'b PdfValue) -> &'b PdfValue {
        match value {
            PdfValue::Reference(number) => {
                self.object(*number).map_or(&PdfValue::Other, |object| &object.value)
            }
            value => value,
        }
    }

    /// Where the objects that a value or a list of them leads to stand.
    pub(super) fn list(&self, value: &PdfValue) -> Vec<usize> {
        match self.follow(value) {
            PdfValue::List(items) => items.iter().filter_map(|item| self.at(item)).collect(),
            _ => self.at(value).into_iter().collect(),
        }
    }

    /// The names of the filters of a stream.
    pub(super) fn filters<'b>(&'b self, value: &'b PdfValue) -> Vec<&'b [u8]> {
        match self.follow(value.get("Filter")) {
            PdfValue::Name(name) => vec![name],
            list => list.items().iter().filter_map(PdfValue::name).collect(),
        }
    }

    /// The pages: in the order of their tree, then those that are in none.
    pub(super) fn pages(&self) -> Vec<usize> {
        let is = |at: &usize, kind: &str| self.objects[*at].value.get("Type").is_name(kind);
        let current: Vec<usize> = self.by_number.values().copied().collect();
        let roots = current
            .iter()
            .filter(|at| is(at, "Pages") && self.objects[**at].value.get("Parent") == &PdfValue::Other);
        let mut waiting: Vec<usize> = roots.copied().collect();
        let (mut seen, mut pages) = (BTreeSet::new(), Vec::new());
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            match is(&at, "Pages") {
                true => waiting.extend(self.list(self.objects[at].value.get("Kids")).into_iter().rev()),
                false => pages.push(at),
            }
        }
        let others = (0..self.objects.len()).filter(|at| is(at, "Page") && !seen.contains(at));
        pages.extend(others);
        pages
    }
}

/// The number of an object whose word `obj` follows.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let back = |bytes: &'_ [u8]| bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let tail = &bytes[bytes.len().saturating_sub(32)..];
    let tail = tail.trim_ascii_end();
    let generation = back(tail);
    let rest = &tail[..tail.len() - generation];
    let number = rest.trim_ascii_end();
    let digits = back(number);
    if generation == 0 || digits == 0 || number.len() == rest.len() {
        return None;
    }
    str::from_utf8(&number[number.len() - digits..]).ok()?.parse().ok()
}

/// The bytes of a stream that begins behind its word.
fn stream<'a>(bytes: &'a [u8], at: usize, value: &PdfValue) -> Option<&'a [u8]> {
    let start = match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([b'\n' | b'\r', ..]) => at + 1,
        _ => at,
    };
    let stated = value.get("Length").number().and_then(|length| start.checked_add(length));
    if let Some(end) = stated
        && bytes.get(end..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"endstream"))
    {
        return Some(&bytes[start..end]);
    }
    let length = memchr::memmem::find(bytes.get(start..)?, b"endstream")?;
    Some(&bytes[start..start + length])
}

/// A stream without the predictor of PNG, which tells each row by the one above (7.4.4.4).
fn unpredicted(bytes: Vec<u8>, parameters: &PdfValue) -> Vec<u8> {
    let number = |key: &str| parameters.get(key).number();
    let columns = number("Columns").unwrap_or(1).clamp(1, 1 << 16);
    if number("Predictor").unwrap_or(1) < 10 {
        return bytes;
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut above = vec![0u8; columns];
    for row in bytes.chunks(columns + 1) {
        let (kind, row) = row.split_first().unwrap_or((&0, &[]));
        let mut left = 0u8;
        for (at, byte) in row.iter().enumerate() {
            let guess = match kind {
                1 => left,
                2 => above[at],
                3 => u8::midpoint(left, above[at]),
                _ => 0,
            };
            left = byte.wrapping_add(guess);
            above[at] = left;
            plain.push(left);
        }
    }
    plain
}

/// What stands in hexadecimal digits.
pub(super) fn from_hex(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    let digits: Vec<u8> = bytes.iter().take_while(|byte| **byte != b'>').filter_map(digit).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// What stands in base 85 (7.4.3).
pub(super) fn from_85(bytes: &[u8]) -> Vec<u8> {
    let (mut plain, mut group) = (Vec::with_capacity(bytes.len()), Vec::with_capacity(5));
    let word = |group: &[u8]| {
        group.iter().fold(0u32, |word, digit| word.wrapping_mul(85).wrapping_add(u32::from(*digit)))
    };
    for byte in bytes.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => plain.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            plain.extend(word(&group).to_be_bytes());
            group.clear();
        }
    }
    let left = group.len();
    if left > 1 {
        group.resize(5, 84);
        plain.extend(&word(&group).to_be_bytes()[..left - 1]);
    }
    plain
}

/// A word of the language that PDF is written in.
#[derive(Debug)]
pub(super) enum PdfToken<'a> {
    Number(f64),
    Name(&'a [u8]),
    Text(Vec<u8>),
    Open,
    Close,
    OpenKeys,
    CloseKeys,
    Word(&'a [u8]),
}

/// Reads words.
pub(super) struct PdfLexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> PdfLexer<'a> {
    pub(super) fn token(&mut self) -> Option<PdfToken<'a>> {
        self.skip();
        let rest = self.bytes.get(self.at..)?;
        let (token, length) = match rest {
            [] => return None,
            [b'<', b'<', ..] => (PdfToken::OpenKeys, 2),
            [b'>', b'>', ..] => (PdfToken::CloseKeys, 2),
            [b'[', ..] => (PdfToken::Open, 1),
            [b']', ..] => (PdfToken::Close, 1),
            [b'<', ..] => {
                let end = memchr::memchr(b'>', rest).unwrap_or(rest.len() - 1);
                (PdfToken::Text(from_hex(&rest[1..end])), end + 1)
            }
            [b'(', ..] => return Some(PdfToken::Text(self.literal())),
            [b'/', name @ ..] => {
                let length = name.iter().take_while(|byte| is_regular(**byte)).count();
                (PdfToken::Name(&name[..length]), length + 1)
            }
            rest => {
                let length = rest.iter().take_while(|byte| is_regular(**byte)).count().max(1);
                let word = &rest[..length];
                let number =
                    str::from_utf8(word).ok().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
                match number.and_then(|number| number.parse().ok()) {
                    Some(number) => (PdfToken::Number(number), length),
                    None => (PdfToken::Word(word), length),
                }
            }
        };
        self.at += length;
        Some(token)
    }

    /// Passes over spaces and remarks.
    fn skip(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                byte if is_space(*byte) => self.at += 1,
                b'%' => {
                    let rest = &self.bytes[self.at..];
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                _ => break,
            }
        }
    }

    /// A string in brackets (7.3.4.2).
    fn literal(&mut self) -> Vec<u8> {
        let (mut text, mut depth) = (Vec::new(), 0);
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    if depth > 1 {
                        text.push(byte);
                    }
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    text.push(byte);
                }
                b'\\' => self.escaped(&mut text),
                byte => text.push(byte),
            }
        }
        text
    }

    fn escaped(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        let is_octal = |byte: &&u8| (b'0'..=b'7').contains(*byte);
        let digits = self.bytes[self.at..].iter().take(3).take_while(is_octal).count();
        if digits > 0 {
            let octal = &self.bytes[self.at..self.at + digits];
            text.push(octal.iter().fold(0u8, |code, digit| code.wrapping_mul(8).wrapping_add(digit - b'0')));
            self.at += digits;
            return;
        }
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'\r' | b'\n' => {}
            byte => text.push(byte),
        }
    }

    /// Whether this word comes next; then it is passed over.
    pub(super) fn word(&mut self, word: &[u8]) -> bool {
        self.skip();
        let is_next = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// A value; `left` counts down how many may still come.
    pub(super) fn value(&mut self, depth: usize, left: &mut usize) -> PdfValue {
        if *left == 0 {
            return PdfValue::Other;
        }
        *left -= 1;
        match self.token() {
            // The token is passed over all the same, so that a list comes to an end.
            _ if depth > DEEPEST => PdfValue::Other,
            Some(PdfToken::Number(number)) => self.reference(number).unwrap_or(PdfValue::Number(number)),
            Some(PdfToken::Name(name)) => PdfValue::Name(name.into()),
            Some(PdfToken::Text(text)) => PdfValue::Text(text.into()),
            Some(PdfToken::Open) => {
                let mut items = Vec::new();
                while *left > 0 && !self.ends(b"]") {
                    items.push(self.value(depth + 1, left));
                }
                PdfValue::List(items)
            }
            Some(PdfToken::OpenKeys) => {
                let mut keys = Vec::new();
                while *left > 0 && !self.ends(b">>") {
                    let Some(PdfToken::Name(name)) = self.token() else { continue };
                    keys.push((name.into(), self.value(depth + 1, left)));
                }
                PdfValue::Keys(keys)
            }
            _ => PdfValue::Other,
        }
    }

    /// Whether a list ends here, or the text does, or the object.
    fn ends(&mut self, mark: &[u8]) -> bool {
        self.skip();
        self.at >= self.bytes.len() || self.bytes[self.at..].starts_with(b"endobj") || self.word(mark)
    }

    /// The rest of `12 0 R`.
    fn reference(&mut self, number: f64) -> Option<PdfValue> {
        let start = self.at;
        if let (Some(PdfToken::Number(_)), Some(PdfToken::Word(b"R"))) = (self.token(), self.token()) {
            return Some(PdfValue::Reference(number as u32));
        }
        self.at = start;
        None
    }
}
