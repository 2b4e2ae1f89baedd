//! What comes in pairs and is left open: quotation marks, with what may stand between them, and brackets.

use super::WritingFault;
use super::line::{SourceLine, short};
use crate::diag::Words;

/// The last quotation mark before `at` that opens and is not closed on its line.
pub(super) fn open_quote(text: &str, at: usize) -> Option<WritingFault> {
    let line = SourceLine::at(text, at);
    let (line, quote) = std::iter::once(line)
        .chain(line.above(text))
        .find_map(|line| Some((line, Quotes::default().left_open(line.text)?)))?;
    let mark = &line.text[quote..=quote];
    let shown = line.entry().and_then(|(key, value)| Some((key, short(value)?)));
    let help = match shown.filter(|(_, value)| value.starts_with(mark)) {
        Some((key, value)) => Words::new(
            format!("写成 `{key}: {value}{mark}`，或删去开头的引号"),
            format!("write `{key}: {value}{mark}`, or remove the first quotation mark"),
        ),
        None => Words::new(
            format!("在值的末尾补上 {mark}，或删去开头的引号"),
            format!("put {mark} at the end of the value, or remove the first quotation mark"),
        ),
    };
    WritingFault::new(
        line.start + quote..line.start + line.text.len(),
        Words::new("引号没有结束", "this quotation mark is not closed"),
        help,
    )
}

/// Quotation marks as a scan of the text meets them.
#[derive(Default)]
struct Quotes {
    open: Option<char>,
    before: char,
}

impl Quotes {
    /// Whether `c` stands within quotation marks, its own among them.
    fn hold(&mut self, c: char) -> bool {
        let before = std::mem::replace(&mut self.before, c);
        match self.open {
            Some(mark) => {
                self.open = self.open.filter(|_| c != mark || before == '\\');
                true
            }
            None => {
                let opens = matches!(c, '"' | '\'') && matches!(before, '\0' | ' ' | '\n' | '[' | '{' | ',');
                self.open = opens.then_some(c);
                opens
            }
        }
    }

    /// Where the quotation mark stands that `line` opens and does not close.
    fn left_open(mut self, line: &str) -> Option<usize> {
        let mut start = None;
        for (at, c) in line.char_indices() {
            let was_open = self.open.is_some();
            self.hold(c);
            if self.open.is_some() && !was_open {
                start = Some(at);
            }
        }
        start.filter(|_| self.open.is_some())
    }
}

pub(super) fn escape(text: &str, at: usize) -> Option<WritingFault> {
    let slash = at + text[at..].find('\\')?;
    WritingFault::new(
        slash..slash + 1,
        Words::new(
            "双引号里的 `\\` 另有含义",
            "within double quotation marks a `\\` has a meaning of its own",
        ),
        Words::new("改用单引号", "use single quotation marks"),
    )
}

/// The first bracket before `at` that opens a list or mapping and is not closed.
pub(super) fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let mut quotes = Quotes::default();
    let mut open = Vec::new();
    let mut word = '\n';
    for (at, c) in text[..at].char_indices() {
        let quoted = quotes.hold(c);
        let begins = !open.is_empty() || matches!(word, ':' | '-' | '\n');
        match c {
            _ if quoted => {}
            '[' | '{' if begins => open.push(at),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
        if c != ' ' {
            word = c;
        }
    }
    open.first().copied()
}

/// A mistake between brackets: one is not closed on its line, or a comma is missing.
pub(super) fn flow(text: &str, open: usize, at: usize) -> Option<WritingFault> {
    if SourceLine::at(text, open).start != SourceLine::at(text, at).start || at == text.len() {
        return unclosed(text, open);
    }
    if let Some(comma) = text[open..at].find('，') {
        let comma = open + comma;
        return WritingFault::new(
            comma..comma + '，'.len_utf8(),
            Words::new("括号里是全角逗号", "the comma in these brackets is a full-width one"),
            Words::new("写成半角逗号加空格 `, `", "write a plain comma and a space, `, `"),
        );
    }
    WritingFault::new(
        at..at + text[at..].chars().next()?.len_utf8(),
        Words::new(
            "括号里少了逗号，或者冒号后面没有空格",
            "a comma is missing in these brackets, or a space after a colon",
        ),
        Words::new(
            "写成 `{ 键: 值, 键: 值 }` 或 `[值, 值]`，逗号用半角",
            "write `{ key: value, key: value }` or `[value, value]`",
        ),
    )
}

pub(super) fn unclosed(text: &str, open: usize) -> Option<WritingFault> {
    let bracket = text[open..].chars().next()?;
    let close = if bracket == '[' { ']' } else { '}' };
    let end = SourceLine::at(text, open);
    WritingFault::new(
        open..end.start + end.text.len(),
        Words::new(format!("`{bracket}` 没有结束"), format!("this `{bracket}` is not closed")),
        Words::new(
            format!("在末尾补上 `{close}`；如果括号是文字的一部分，给整个值加上引号"),
            format!(
                "put `{close}` at the end, or put the whole value in quotation marks if the bracket is a part of it"
            ),
        ),
    )
}

pub(super) fn mismatched(at: usize, open: char, close: char) -> Option<WritingFault> {
    WritingFault::new(
        at..at + 1,
        Words::new(format!("`{open}` 用 `{close}` 结束了"), format!("this `{open}` is closed by `{close}`")),
        Words::new("方括号配方括号，花括号配花括号", "close `[` with `]`, and `{` with `}`"),
    )
}

pub(super) fn unopened(text: &str, at: usize) -> Option<WritingFault> {
    let bracket = text[at..].chars().next()?;
    WritingFault::new(
        at..at + 1,
        Words::new(format!("多了一个 `{bracket}`"), format!("nothing opens this `{bracket}`")),
        Words::new("删去它，或给整个值加上引号", "remove it, or put the whole value in quotation marks"),
    )
}
