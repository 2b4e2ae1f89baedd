//! Bytes as text. A text of a site is UTF-8; anything else is refused, with the name of what it
//! looks like, because office programs still save in encodings that their users never chose. What is
//! imported may be in any of these, and is read as what it looks like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::diag::Words;

/// Why bytes are not a text, from which byte on, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotText {
    pub(crate) offset: usize,
    pub(crate) message: Words,
    pub(crate) help: Words,
}

/// The text that `bytes` are in UTF-8. A byte order mark is dropped and every line ends with a
/// line feed alone, so that a page does not depend on the editor its report was written with.
pub(crate) fn text_of(bytes: &[u8]) -> Result<String, NotText> {
    if let Some(looks) = LooksLike::by_mark(bytes) {
        return Err(looks.refusal(bytes, 0));
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => match memchr::memchr(0, bytes) {
            Some(offset) => Err(LooksLike::of_nul(bytes).refusal(bytes, offset)),
            None => Ok(normal(text)),
        },
        Err(error) => {
            let offset = error.valid_up_to();
            Err(LooksLike::of(bytes, offset).refusal(bytes, offset))
        }
    }
}

/// A text, and the encoding that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text with every character of the file, its byte order mark and line ends too.
    pub(crate) text: String,
    /// The name of the encoding.
    pub(crate) encoding: &'static str,
}

/// The text that `bytes` are in whatever encoding they look like: UTF-8, GB18030, Big5 or UTF-16.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    let refusal = match text_of(bytes) {
        Ok(_) => return Ok(read_as(UTF_8, bytes)),
        Err(refusal) => refusal,
    };
    match looks(bytes, refusal.offset) {
        LooksLike::Encoded(GBK_NAME) => Ok(read_as(GB18030, bytes)),
        LooksLike::Encoded(name) => match Encoding::for_label(name.as_bytes()) {
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE || reads(encoding, bytes) => {
                Ok(read_as(encoding, bytes))
            }
            _ => Err(refusal),
        },
        LooksLike::Damaged | LooksLike::Binary => Err(refusal),
    }
}

/// What bytes look like that are not UTF-8 from `offset` on.
fn looks(bytes: &[u8], offset: usize) -> LooksLike {
    LooksLike::by_mark(bytes).unwrap_or_else(|| LooksLike::of(bytes, offset))
}

/// A byte order mark is kept, as the character that it is.
fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    Decoded { text, encoding: encoding.name() }
}

/// The bytes of `text` in the encoding of this name; `None` where it cannot hold the text.
pub(crate) fn encode(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let utf_16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect();
    match Encoding::for_label(encoding.as_bytes())? {
        found if found == UTF_16LE => Some(utf_16(u16::to_le_bytes)),
        found if found == UTF_16BE => Some(utf_16(u16::to_be_bytes)),
        found => {
            let (bytes, _, lossy) = found.encode(text);
            (!lossy).then(|| bytes.into_owned())
        }
    }
}

fn normal(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n").replace('\r', "\n"),
        None => text.to_owned(),
    }
}

/// What bytes that are not a text look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LooksLike {
    /// Another encoding: its name, as `iconv` and editors know it.
    Encoded(&'static str),
    /// UTF-8 in which some bytes are damaged.
    Damaged,
    /// No text of any kind.
    Binary,
}

impl LooksLike {
    /// By a byte order mark that is not of UTF-8.
    fn by_mark(bytes: &[u8]) -> Option<Self> {
        let marks: [(&[u8], _); 4] = [
            (b"\xFF\xFE\0\0", "UTF-32LE"),
            (b"\0\0\xFE\xFF", "UTF-32BE"),
            (b"\xFF\xFE", "UTF-16LE"),
            (b"\xFE\xFF", "UTF-16BE"),
        ];
        let mark = marks.into_iter().find(|(mark, _)| bytes.starts_with(mark));
        mark.map(|(_, name)| Self::Encoded(name))
    }

    /// By the first byte that is not UTF-8, at `offset`, and everything else.
    fn of(bytes: &[u8], offset: usize) -> Self {
        if bytes.contains(&0) {
            return Self::of_nul(bytes);
        }
        // A text in another encoding hardly begins with three characters that are three bytes
        // of UTF-8 each by chance.
        let wide = |byte: &&u8| (0xE0..=0xEF).contains(*byte);
        if bytes[..offset].iter().filter(wide).count() >= 3 {
            return Self::Damaged;
        }
        guess(bytes).map_or(Self::Damaged, Self::Encoded)
    }

    /// By where NUL bytes are: in UTF-16 without a mark, line feeds and spaces have theirs all
    /// on the same side.
    fn of_nul(bytes: &[u8]) -> Self {
        let nul_after = |c: u8| bytes.chunks_exact(2).filter(|pair| **pair == [c, 0]).count();
        let nul_before = |c: u8| bytes.chunks_exact(2).filter(|pair| **pair == [0, c]).count();
        let little = nul_after(b'\n') + nul_after(b' ') + nul_after(b'-');
        let big = nul_before(b'\n') + nul_before(b' ') + nul_before(b'-');
        match bytes.len().is_multiple_of(2) {
            true if little > 0 && big == 0 => Self::Encoded("UTF-16LE"),
            true if big > 0 && little == 0 => Self::Encoded("UTF-16BE"),
            _ => Self::Binary,
        }
    }

    fn refusal(self, bytes: &[u8], offset: usize) -> NotText {
        let (line, column) = position(&bytes[..offset]);
        let (zh, en) = match self {
            Self::Encoded(name) => (format!("看起来是 {name} 编码"), format!("it looks like {name}")),
            Self::Damaged => ("这里的字节已损坏".into(), "the bytes here are damaged".into()),
            Self::Binary => ("它不是文本文件".into(), "it is not a text file".into()),
        };
        NotText {
            offset,
            message: Words::new(
                format!("文件不是 UTF-8 文本（第 {line} 行第 {column} 列）：{zh}"),
                format!("the file is not UTF-8 text (line {line}, column {column}): {en}"),
            ),
            help: self.help(),
        }
    }

    fn help(self) -> Words {
        match self {
            Self::Encoded(name) => {
                // What calls itself GBK is often GB18030, which reads both.
                let from = if name == GBK_NAME { "GB18030" } else { name };
                Words::new(
                    format!("在编辑器里另存为 UTF-8，或运行 `iconv -f {from} -t UTF-8 旧文件 > 新文件`"),
                    format!("save it as UTF-8 in your editor, or run `iconv -f {from} -t UTF-8 OLD > NEW`"),
                )
            }
            Self::Damaged => Words::new(
                "从原件把这一处重新录入，并以 UTF-8 保存",
                "type this place again from the original and save it as UTF-8",
            ),
            Self::Binary => Words::new(
                "检查文件是否放错了位置；文本应以 UTF-8 保存",
                "check whether the file is where it belongs; save texts as UTF-8",
            ),
        }
    }
}

const GBK_NAME: &str = "GBK/GB18030";

/// The name of the encoding in which `bytes` can be read without an error and look like text.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(None, Utf8Detection::Deny);
    // What the detector takes for a Korean or a Western text because it is short is Chinese
    // more often than not, so those encodings are tried first.
    let candidates = match likely == GBK || likely == BIG5 {
        true => [likely, GB18030, BIG5],
        false => [GB18030, BIG5, likely],
    };
    let found = candidates.into_iter().find(|encoding| reads(encoding, bytes))?;
    match found == GBK || found == GB18030 {
        true => Some(GBK_NAME),
        false => Some(found.name()),
    }
}

fn reads(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// Line and column after `before`, both from one. Bytes that are no characters count as one
/// each, as an editor shows them.
fn position(before: &[u8]) -> (usize, usize) {
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let column = String::from_utf8_lossy(&before[start..]).chars().count();
    (lines + 1, column + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REPORT: &str = "---\ntitle: 江门市人民政府2019年度法治政府建设情况报告\n---\n\
        一、法治政府建设推进情况\n全年共办结行政复议案件745件，综合纠错率为40.02%。\n";
    const TRADITIONAL: &str = "---\ntitle: 香港特別行政區法治政府建設情況報告\n---\n\
        一、依法行政推進情況\n全年辦結行政覆議案件七百四十五件，綜合糾錯率為百分之四十。\n";

    fn refused(bytes: &[u8]) -> NotText {
        text_of(bytes).unwrap_err()
    }

    fn utf16(text: &str, unit: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn marks_and_line_ends_of_editors_do_not_show() {
        let text = |bytes: &[u8]| text_of(bytes).unwrap();
        assert_eq!(text(b"\xEF\xBB\xBFa\r\nb\rc\r\r\n"), "a\nb\nc\n\n");
        assert_eq!(text("江门\n".as_bytes()), "江门\n");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn the_encodings_of_office_computers_are_named() {
        let gbk = GBK.encode(REPORT).0;
        let found = refused(&gbk);
        assert_eq!(found.offset, "---\ntitle: ".len());
        assert_eq!(
            found.message.en,
            "the file is not UTF-8 text (line 2, column 8): it looks like GBK/GB18030"
        );
        assert!(found.help.zh.contains("iconv -f GB18030 -t UTF-8"));
        assert!(refused(&BIG5.encode(TRADITIONAL).0).message.zh.contains("Big5"));
        assert!(refused(&GBK.encode("简短").0).message.zh.contains("GBK"));
        assert!(refused(&GB18030.encode("一㐀二").0).message.zh.contains("GB18030"));
    }

    #[test]
    fn utf_16_is_named_with_and_without_a_mark() {
        let little = utf16(REPORT, u16::to_le_bytes);
        let big = utf16(REPORT, u16::to_be_bytes);
        assert!(refused(&little).message.en.contains("UTF-16LE"));
        assert!(refused(&big).message.en.contains("UTF-16BE"));
        assert!(refused(&[b"\xFF\xFE", &little[..]].concat()).message.en.contains("UTF-16LE"));
        assert!(refused(&[b"\xFE\xFF", &big[..]].concat()).message.en.contains("UTF-16BE"));
    }

    #[test]
    fn a_damaged_byte_is_not_taken_for_another_encoding() {
        let mut bytes = REPORT.as_bytes().to_vec();
        let at = REPORT.find("745").unwrap();
        bytes[at] = 0xC3;
        let found = refused(&bytes);
        assert_eq!(found.offset, at);
        assert!(found.message.en.contains("damaged"));
    }

    #[test]
    fn a_nul_byte_is_never_text() {
        let found = refused(b"abc\0def");
        assert_eq!(found.offset, 3);
        assert!(found.message.en.contains("not a text file"));
    }

    #[test]
    fn a_text_is_read_in_what_it_looks_like_and_written_back() {
        let mark = "\u{feff}".to_owned() + REPORT;
        let files: [(&str, Vec<u8>, &str); 7] = [
            (REPORT, REPORT.into(), "UTF-8"),
            (&mark, mark.clone().into(), "UTF-8"),
            (REPORT, GB18030.encode(REPORT).0.into_owned(), "gb18030"),
            (TRADITIONAL, BIG5.encode(TRADITIONAL).0.into_owned(), "Big5"),
            (&mark, utf16(&mark, u16::to_le_bytes), "UTF-16LE"),
            (REPORT, utf16(REPORT, u16::to_le_bytes), "UTF-16LE"),
            (REPORT, utf16(REPORT, u16::to_be_bytes), "UTF-16BE"),
        ];
        for (text, bytes, encoding) in files {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
            assert_eq!(encode(text, encoding), Some(bytes), "{encoding}");
        }
        assert!(decode(b"abc\0def").is_err());
        assert_eq!(encode("㐀", "Big5"), None);
    }

    proptest! {
        #[test]
        fn decoding_is_total(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            match text_of(&bytes) {
                Ok(text) => prop_assert!(!text.contains(['\r', '\0'])),
                Err(refusal) => prop_assert!(refusal.offset < bytes.len()),
            }
        }

        #[test]
        fn what_was_text_stays_text(text in "[^\r\0\u{feff}]*") {
            prop_assert_eq!(text_of(text.as_bytes()), Ok(text));
        }
    }
}
