//! What is wrong within one line: a slip of sign or indent, an entry without a key, marks that hide what is meant.

use super::WritingFault;
use crate::diag::Words;

/// A line, and where it begins in the text.
#[derive(Clone, Copy)]
pub(super) struct SourceLine<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl<'t> SourceLine<'t> {
    /// The line that holds the byte `at`.
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let text = text[start..].split('\n').next().unwrap_or_default();
        Self { start, text: text.trim_end() }
    }

    /// The lines above it that hold something, the nearest first.
    pub(super) fn above(self, text: &'t str) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        let lines = std::iter::from_fn(move || {
            let line = Self::at(text, start.checked_sub(1)?);
            start = line.start;
            Some(line)
        });
        lines.filter(|line| !matches!(line.text.trim_start().chars().next(), None | Some('#')))
    }

    /// Where its key begins, behind the indentation and the signs of a list.
    pub(super) fn inner(self) -> usize {
        let mut rest = self.text.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        self.text.len() - rest.len()
    }

    /// What stands before the first colon and behind it, if that can be a key.
    pub(super) fn halves(self) -> Option<(&'t str, char, &'t str)> {
        let inner = &self.text[self.inner()..];
        let colon = inner.find([':', '：'])?;
        let (key, rest) = inner.split_at(colon);
        let sign = rest.chars().next()?;
        let plain = !key.is_empty() && !key.contains([' ', '"', '\'', '[', '{', '#', '，', '。']);
        plain.then_some((key, sign, &rest[sign.len_utf8()..]))
    }

    /// The key and its value, where the line is written as it should be.
    pub(super) fn entry(self) -> Option<(&'t str, &'t str)> {
        let (key, sign, value) = self.halves()?;
        (sign == ':' && (value.is_empty() || value.starts_with(' '))).then_some((key, value.trim()))
    }

    /// A colon that is not one to YAML.
    pub(super) fn slip(self) -> Option<WritingFault> {
        if let Some(rest) = self.text.trim_start().strip_prefix('-')
            && !rest.starts_with([' ', '-'])
            && !rest.is_empty()
        {
            let dash = self.start + self.text.len() - rest.len() - 1;
            let words = Words::new("`-` 后面没有空格", "there is no space after `-`");
            return WritingFault::new(
                dash..dash + 1,
                words,
                Words::new(format!("写成 `- {rest}`"), format!("write `- {rest}`")),
            );
        }
        let (key, sign, value) = self.halves()?;
        let next = value.chars().next();
        let words = match (sign, next) {
            ('：', _) => Words::new(
                format!("`{key}` 后面是全角冒号"),
                format!("the colon after `{key}` is a full-width one"),
            ),
            (_, Some(' ' | '/')) | (_, None) => return None,
            (_, Some(blank)) if blank.is_whitespace() => Words::new(
                format!("`{key}:` 后面不是半角空格"),
                format!("the space after `{key}:` is not a plain one"),
            ),
            _ => Words::new(format!("`{key}:` 后面没有空格"), format!("there is no space after `{key}:`")),
        };
        let at = self.start + self.inner() + key.len();
        let wide = next.filter(|next| sign == ':' && next.is_whitespace()).map_or(0, char::len_utf8);
        let shown = short(value.trim()).unwrap_or("…");
        WritingFault::new(
            at..at + sign.len_utf8() + wide,
            words,
            Words::new(
                format!("写成 `{key}: {shown}`：半角冒号，后面一个空格"),
                format!("write `{key}: {shown}`, with a plain colon and a space after it"),
            ),
        )
    }

    pub(super) fn keyless(self) -> Option<WritingFault> {
        WritingFault::new(
            self.start + self.inner()..self.start + self.text.len(),
            Words::new("这一行没有“键: ”", "this line has no `key:`"),
            Words::new(
                "写成 `键: 值`；如果是接着上一行的文字，就缩进两格",
                "write `key: value`, or indent it by two spaces if it goes on from the line above",
            ),
        )
    }

    pub(super) fn indent(self) -> Option<WritingFault> {
        let end = self.start + self.text.len() - self.text.trim_start().len();
        WritingFault::new(
            self.start..end.max(self.start + 1),
            Words::new("这一行的缩进和上面对不上", "this line is not indented as those above it"),
            Words::new(
                "同一层的键从同一列开始；下一层缩进两个空格",
                "keys of one level begin in the same column; indent the next level by two spaces",
            ),
        )
    }

    /// A value that begins with a sign of YAML's own.
    pub(super) fn sign(self, at: usize) -> Option<WritingFault> {
        let before = self.text.get(..at.checked_sub(self.start)?)?;
        let sign = self.text[before.len()..].chars().next()?;
        let first = before.trim_end().ends_with([':', '-', '[', '{', ',']);
        if !first || !"@`%*&!?|>-,]}".contains(sign) {
            return None;
        }
        WritingFault::new(
            at..at + sign.len_utf8(),
            Words::new(
                format!("值不能以 `{sign}` 开头"),
                format!("a value cannot begin with `{sign}` as it stands"),
            ),
            if sign == '-' { self.listed() } else { self.quoted() },
        )
    }

    /// The advice to write a list as one.
    pub(super) fn listed(self) -> Words {
        let entry = self.entry().and_then(|(key, value)| Some((key, short(value)?.strip_prefix("- ")?)));
        match entry {
            Some((key, item)) => Words::new(
                format!("写成 `{key}: [{item}]`，或把每一条另起一行写"),
                format!("write `{key}: [{item}]`, or each entry on a line of its own below"),
            ),
            None => self.quoted(),
        }
    }

    /// Text behind a quotation mark that closes.
    pub(super) fn after_quote(self, at: usize) -> Option<WritingFault> {
        let words = Words::new("引号结束之后还有文字", "text follows the closing quotation mark");
        let entry = self.entry().and_then(|(key, value)| Some((key, curly(short(value)?)?)));
        let help = match entry {
            Some((key, value)) => Words::new(
                format!("文字里的引号用“”：`{key}: {value}`"),
                format!("use “ and ” within a text: `{key}: {value}`"),
            ),
            None => self.quoted(),
        };
        WritingFault::new(at..self.start + self.text.len(), words, help)
    }

    /// Text behind a bracket that closes.
    pub(super) fn after_bracket(self, at: usize) -> Option<WritingFault> {
        let before = self.text.get(..at.checked_sub(self.start)?)?.trim_end();
        let close = before.chars().next_back().filter(|c| matches!(c, ']' | '}'))?;
        let words =
            Words::new(format!("`{close}` 之后还有文字"), format!("text follows the closing `{close}`"));
        WritingFault::new(at..self.start + self.text.len(), words, self.quoted())
    }

    /// The advice to put its value in quotation marks, shown where that is short.
    pub(super) fn quoted(self) -> Words {
        let entry = self.entry().and_then(|(key, value)| Some((key, short(value)?)));
        let mark = |value: &str| ['"', '\''].into_iter().find(|mark| !value.contains([*mark, '\\']));
        let outside = entry.filter(|(_, value)| !value.starts_with(['[', '{']) || value.ends_with(is_word));
        match outside.and_then(|(key, value)| Some((key, value, mark(value)?))) {
            Some((key, value, mark)) => Words::new(
                format!("给整个值加上引号：`{key}: {mark}{value}{mark}`"),
                format!("put the whole value in quotation marks: `{key}: {mark}{value}{mark}`"),
            ),
            None => Words::new("给整个值加上引号", "put the whole value in quotation marks"),
        }
    }
}

pub(super) fn is_word(c: char) -> bool {
    !matches!(c, ']' | '}')
}

/// A text with “ and ” in place of straight quotation marks, but for those around all of it.
pub(super) fn curly(value: &str) -> Option<String> {
    let marks = value.matches('"').count();
    let around = value.ends_with('"') && marks > 2;
    if !marks.is_multiple_of(2) || !value.starts_with('"') {
        return None;
    }
    let text = if around { &value[1..value.len() - 1] } else { value };
    let mut parts = text.split('"');
    let mut curly = parts.next().unwrap_or_default().to_owned();
    for (nth, part) in parts.enumerate() {
        curly.push(if nth % 2 == 0 { '“' } else { '”' });
        curly.push_str(part);
    }
    Some(if around { format!("\"{curly}\"") } else { curly })
}

/// A value that is short enough to be shown in advice.
pub(super) fn short(value: &str) -> Option<&str> {
    (!value.is_empty() && value.chars().count() <= 24 && !value.contains('`')).then_some(value)
}
