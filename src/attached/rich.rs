//! Formats that are read by what stands in them as text: RTF, and the older files of office programs, of which
//! only the stretches that are plain characters can be seen.

use super::{AttachmentReader, BOUNDS};
use crate::diag::Words;

/// The shortest stretch of characters that is looked at: a telephone has as many.
const SHORTEST: usize = 7;

/// Looks through an RTF: control words are left out, and characters that are written as numbers are read.
pub(super) fn read(reading: &mut AttachmentReader, bytes: &[u8]) {
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len().min(BOUNDS.part));
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at = control(bytes, at, &mut plain),
            b'{' | b'}' | b'\r' | b'\n' => {}
            byte => plain.push(*byte),
        }
    }
    // What is above ASCII is in the code page of the computer, and most of it written as `\u`.
    let text = encoding_rs::GB18030.decode_without_bom_handling(&plain).0;
    reading.text(&text, |_, _| Words::new("正文", "body"));
}

/// Reads what stands behind a backslash, and says where it ends.
fn control(bytes: &[u8], at: usize, plain: &mut Vec<u8>) -> usize {
    let length = |from: usize, is: fn(&u8) -> bool| bytes[from..].iter().take_while(|byte| is(byte)).count();
    if bytes.get(at) == Some(&b'\'') {
        let code = bytes.get(at + 1..at + 3).and_then(|code| str::from_utf8(code).ok());
        plain.extend(code.and_then(|code| u8::from_str_radix(code, 16).ok()));
        return (at + 3).min(bytes.len());
    }
    let word = at + length(at, u8::is_ascii_alphabetic);
    if word == at {
        return (at + 1).min(bytes.len());
    }
    let sign = usize::from(bytes.get(word) == Some(&b'-'));
    let end = word + sign + length(word + sign, u8::is_ascii_digit);
    match &bytes[at..word] {
        b"par" | b"line" | b"cell" | b"row" | b"tab" => plain.push(b'\n'),
        b"u" => {
            let number = str::from_utf8(&bytes[word..end]).ok().and_then(|number| number.parse::<i32>().ok());
            let c = number.and_then(|number| char::from_u32((number & 0xffff).cast_unsigned()));
            let encoded = c.map(String::from).unwrap_or_default();
            plain.extend_from_slice(&encoding_rs::GB18030.encode(&encoded).0);
            // One character stands in for it where a program cannot show it.
            return if bytes.get(end) == Some(&b'?') { end + 1 } else { end };
        }
        _ => {}
    }
    end + usize::from(bytes.get(end) == Some(&b' '))
}

/// Looks through stretches of plain characters, of one byte or of two.
pub(super) fn strings(reading: &mut AttachmentReader, bytes: &[u8]) {
    let place = || Words::new("文件的字节", "the bytes of the file");
    let is_plain = |byte: &u8| (0x20..0x7f).contains(byte);
    for stretch in bytes.split(|byte| !is_plain(byte)).filter(|stretch| stretch.len() >= SHORTEST) {
        let text = String::from_utf8_lossy(stretch);
        reading.text(&text, |_, _| place());
    }
    for start in [0, 1] {
        let (units, _) = bytes.get(start..).unwrap_or_default().as_chunks::<2>();
        let is_wide = |unit: &[u8; 2]| unit[1] == 0 && is_plain(&unit[0]);
        for stretch in units.split(|unit| !is_wide(unit)).filter(|stretch| stretch.len() >= SHORTEST) {
            let text: String = stretch.iter().map(|unit| char::from(unit[0])).collect();
            reading.text(&text, |_, _| place());
        }
    }
}
