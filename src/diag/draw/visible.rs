//! Characters that would act instead of being seen, written out.
//!
//! A report may hold an escape sequence that clears the screen, or a mark that turns the
//! direction of writing. Neither may reach a terminal, and an author who looks for a hidden
//! character wants to see it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` on one line, with every hidden character as its number: `\u{1b}`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_hidden) {
        Cow::Owned(text.chars().fold(String::with_capacity(text.len() + 16), push))
    } else {
        Cow::Borrowed(text)
    }
}

fn push(mut seen: String, c: char) -> String {
    match c {
        '\n' => seen.push_str("\\n"),
        '\r' => seen.push_str("\\r"),
        '\t' => seen.push_str("    "),
        c if is_hidden(c) => seen.extend(c.escape_unicode()),
        c => seen.push(c),
    }
    seen
}

/// `json`, a JSON text of ours, with every hidden character within its strings as JSON writes
/// it. Line ends stay, since between the strings they are our own and within them they are
/// escaped already.
pub(super) fn visible_json(json: &str) -> String {
    let mut seen = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string never fails.
                let _ = write!(seen, "\\u{unit:04x}");
            }
        } else {
            seen.push(c);
        }
    }
    seen
}

/// Whether `c` moves, turns or hides what is shown: control characters, marks of direction
/// and of zero width, separators of lines, tags, and code points that are no characters.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_pass_as_they_are() {
        assert!(matches!(visible("法治政府 2024 😀"), Cow::Borrowed("法治政府 2024 😀")));
    }

    #[test]
    fn what_would_act_is_written_out() {
        assert_eq!(visible("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(visible("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(visible("publi\u{200b}shed"), "publi\\u{200b}shed");
        assert_eq!(visible("一\r\n二\t三"), "一\\r\\n二    三");
        assert_eq!(visible("\u{202e}付"), "\\u{202e}付");
    }

    #[test]
    fn json_stays_the_same_value() {
        let words = "a\u{1b}\u{9b}\u{202e}\u{e0041}二\n\"";
        let json = serde_json::to_string_pretty(&[words]).unwrap();
        let seen = visible_json(&json);
        assert!(!seen.contains(|c| is_hidden(c) && c != '\n'));
        assert_eq!(serde_json::from_str::<Vec<String>>(&seen).unwrap(), [words]);
    }
}
