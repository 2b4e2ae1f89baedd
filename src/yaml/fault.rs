//! Why a text is not YAML, said of the line that its author wrote. The parser knows where it
//! could not go on, which is often a line below the mistake; what is sought here is the mistake.

use std::ops::Range;

use serde_yaml::budget::BudgetBreach;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::localizer::ExternalMessageSource;
use serde_yaml::{DefaultMessageFormatter, Error, MessageFormatter};

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// A mistake of writing: its place in the text, and what to type.
pub(super) struct Fault {
    range: Range<usize>,
    message: Words,
    help: Words,
}

impl Fault {
    fn new(range: Range<usize>, message: Words, help: Words) -> Option<Self> {
        Some(Self { range, message, help })
    }

    /// What to type.
    pub(super) fn help(self) -> Words {
        self.help
    }
}

/// The parser's complaint about the YAML at `span`, in our words and at the mistake.
pub(super) fn complaint(error: &Error, source: &Source, span: Span) -> Diagnostic {
    let text = source.slice(span);
    let at = place_of(error, text).unwrap_or(0..0);
    let cause = match error {
        Error::AliasError { error, .. } => error.without_snippet(),
        other => other,
    };
    let (range, diagnostic) = match budget(cause, source) {
        Some(diagnostic) => (at, diagnostic),
        None => worded(cause, source, text, at),
    };
    diagnostic.at(super::place(text, range.start, range.end, span.start as usize))
}

/// Where the parser could not go on, in bytes.
fn place_of(error: &Error, text: &str) -> Option<Range<usize>> {
    let at = error.location()?.span();
    // What the scanner complains of has its place in characters alone.
    let start = match at.byte_offset() {
        Some(byte) => usize::try_from(byte).ok()?,
        None => byte_of(text, at.offset()),
    };
    let length = at.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let start = text.floor_char_boundary(start);
    Some(start..text.floor_char_boundary(start + length).max(start))
}

/// The byte at which the character after `characters` of them begins.
fn byte_of(text: &str, characters: u64) -> usize {
    let nth = usize::try_from(characters).unwrap_or(usize::MAX);
    text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at)
}

/// What there is too much of.
fn budget(cause: &Error, source: &Source) -> Option<Diagnostic> {
    let budget = |zh: &str, en: &str| Diagnostic::error("yaml/budget", source.path(), Words::new(zh, en));
    let deep = || {
        budget(
            "这里嵌套了三十多层，没有读取",
            "this is nested more than thirty levels deep, so it is not read",
        )
        .help(
            "多半是多打了括号，请删去；最多只需要三四层",
            "remove the brackets too many; three or four levels are enough",
        )
    };
    let large = || {
        budget("这段 YAML 过大，没有读取", "this YAML is too large, so it is not read")
            .help("长的文字写进正文，数据存成附件", "write long texts in the body, and attach data as a file")
    };
    Some(match cause {
        Error::Budget { breach: BudgetBreach::Documents { .. }, .. } => return None,
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => deep(),
        Error::Budget {
            breach:
                BudgetBreach::ScalarBytes { .. } | BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. },
            ..
        } => large(),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => budget(
            "这段 YAML 展开后过大，没有读取",
            "this YAML grows too large when it is expanded, so it is not read",
        )
        .help("不要用锚点（&）和别名（*）层层引用", "do not nest anchors (&) and aliases (*)"),
        other => match kind(other)? {
            ErrorKind::RecursionLimitExceeded => deep(),
            _ => return None,
        },
    })
}

/// What the parser calls the mistake, where it is one of syntax.
fn kind(error: &Error) -> Option<&ErrorKind> {
    let Error::ExternalMessage { source, .. } = error else {
        return None;
    };
    match source.as_ref() {
        ExternalMessageSource::Parser(error) => Some(error.kind()),
        _ => None,
    }
}

/// The parser's complaint in our words, and where it belongs.
fn worded(cause: &Error, source: &Source, text: &str, at: Range<usize>) -> (Range<usize>, Diagnostic) {
    if let Error::DuplicateMappingKey { key, .. } = cause {
        return (at, twice(key.as_deref().unwrap_or_default(), source));
    }
    let found = match cause {
        Error::Budget { .. } => second(at.clone()),
        other => find(text, at.start, kind(other)),
    };
    match found {
        Some(Fault { range, message, help }) => {
            let diagnostic = Diagnostic::error("yaml/syntax", source.path(), message);
            (range, diagnostic.help(help.zh, help.en))
        }
        None => (at, unknown(cause, source)),
    }
}

fn twice(key: &str, source: &Source) -> Diagnostic {
    let words = Words::new(format!("`{key}` 写了两次"), format!("`{key}` is given twice"));
    Diagnostic::error("matter/duplicate-key", source.path(), words).help(
        "删去其中一个；一项有几个值的，写成列表，如 [甲, 乙]",
        "remove one of the two; where a key has several values, make them a list such as [a, b]",
    )
}

/// A mistake that has no words of ours. In Chinese it is left at that: the parser speaks
/// English alone.
fn unknown(cause: &Error, source: &Source) -> Diagnostic {
    let said = DefaultMessageFormatter.format_message(cause);
    let words = Words::new("YAML 写法有误", format!("this is not well-formed YAML: {said}"));
    Diagnostic::error("yaml/syntax", source.path(), words).help(
        "检查缩进、冒号后的空格，以及引号和括号是否成对",
        "check the indentation, the space after each colon, the quotation marks and the brackets",
    )
}

fn second(at: Range<usize>) -> Option<Fault> {
    Fault::new(
        at,
        Words::new("这里又开始了一段 YAML", "a second piece of YAML begins here"),
        Words::new("删去分隔的一行（`---` 或 `...`）", "remove the line `---` or `...` that divides them"),
    )
}

/// The mistake behind what the parser met at byte `at`.
fn find(text: &str, at: usize, kind: Option<&ErrorKind>) -> Option<Fault> {
    use ErrorKind as K;
    let line = Line::at(text, at);
    let found = kind.and_then(|kind| match kind {
        K::SimpleKeyExpected | K::InvalidSimpleKey => line.slip().or_else(|| line.keyless()),
        K::MappingValueNotAllowed => colon(text, at),
        K::TabNotAllowed | K::TabInBlockIndentation | K::TabInIndentation | K::TabInPlainScalar => {
            tab(text, at)
        }
        K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent | K::DocumentIndicatorInQuotedScalar => {
            open_quote(text, at)
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => line.after_quote(at),
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape => escape(text, at),
        K::UnclosedFlowCollection { .. } => unclosed(text, at),
        K::MismatchedFlowCollectionEnd { open, close } => mismatched(at, *open, *close),
        K::MisplacedFlowCollectionEnd => line.sign(at).or_else(|| unopened(text, at)),
        K::InvalidColonPlacement
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofFlowSequence => open_bracket(text, at).and_then(|open| flow(text, open, at)),
        K::ExpectedBlockMappingKey => line.after_bracket(at).or_else(|| line.indent()),
        K::InvalidIndentation | K::ExpectedBlockSequenceEntry => line.indent(),
        K::UnexpectedCharacter { character } if character.is_control() => invisible(text, at),
        _ => None,
    });
    found.or_else(|| line.sign(at))
}

/// The mistake in a text that has no keys at all, such as full-width colons everywhere.
pub(super) fn of_text(text: &str) -> Option<Fault> {
    Line::at(text, text.len() - text.trim_start().len()).slip()
}

/// A line, and where it begins in the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    /// The line that holds the byte `at`.
    fn at(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let text = text[start..].split('\n').next().unwrap_or_default();
        Self { start, text: text.trim_end() }
    }

    /// The lines above it that hold something, the nearest first.
    fn above(self, text: &'t str) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        let lines = std::iter::from_fn(move || {
            let line = Self::at(text, start.checked_sub(1)?);
            start = line.start;
            Some(line)
        });
        lines.filter(|line| !matches!(line.text.trim_start().chars().next(), None | Some('#')))
    }

    /// Where its key begins, behind the indentation and the signs of a list.
    fn inner(self) -> usize {
        let mut rest = self.text.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        self.text.len() - rest.len()
    }

    /// What stands before the first colon and behind it, if that can be a key.
    fn halves(self) -> Option<(&'t str, char, &'t str)> {
        let inner = &self.text[self.inner()..];
        let colon = inner.find([':', '：'])?;
        let (key, rest) = inner.split_at(colon);
        let sign = rest.chars().next()?;
        let plain = !key.is_empty() && !key.contains([' ', '"', '\'', '[', '{', '#', '，', '。']);
        plain.then_some((key, sign, &rest[sign.len_utf8()..]))
    }

    /// The key and its value, where the line is written as it should be.
    fn entry(self) -> Option<(&'t str, &'t str)> {
        let (key, sign, value) = self.halves()?;
        (sign == ':' && (value.is_empty() || value.starts_with(' '))).then_some((key, value.trim()))
    }

    /// A colon that is not one to YAML.
    fn slip(self) -> Option<Fault> {
        if let Some(rest) = self.text.trim_start().strip_prefix('-')
            && !rest.starts_with([' ', '-'])
            && !rest.is_empty()
        {
            let dash = self.start + self.text.len() - rest.len() - 1;
            let words = Words::new("`-` 后面没有空格", "there is no space after `-`");
            return Fault::new(
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
        Fault::new(
            at..at + sign.len_utf8() + wide,
            words,
            Words::new(
                format!("写成 `{key}: {shown}`：半角冒号，后面一个空格"),
                format!("write `{key}: {shown}`, with a plain colon and a space after it"),
            ),
        )
    }

    fn keyless(self) -> Option<Fault> {
        Fault::new(
            self.start + self.inner()..self.start + self.text.len(),
            Words::new("这一行没有“键: ”", "this line has no `key:`"),
            Words::new(
                "写成 `键: 值`；如果是接着上一行的文字，就缩进两格",
                "write `key: value`, or indent it by two spaces if it goes on from the line above",
            ),
        )
    }

    fn indent(self) -> Option<Fault> {
        let end = self.start + self.text.len() - self.text.trim_start().len();
        Fault::new(
            self.start..end.max(self.start + 1),
            Words::new("这一行的缩进和上面对不上", "this line is not indented as those above it"),
            Words::new(
                "同一层的键从同一列开始；下一层缩进两个空格",
                "keys of one level begin in the same column; indent the next level by two spaces",
            ),
        )
    }

    /// A value that begins with a sign of YAML's own.
    fn sign(self, at: usize) -> Option<Fault> {
        let before = self.text.get(..at.checked_sub(self.start)?)?;
        let sign = self.text[before.len()..].chars().next()?;
        let first = before.trim_end().ends_with([':', '-', '[', '{', ',']);
        if !first || !"@`%*&!?|>-,]}".contains(sign) {
            return None;
        }
        Fault::new(
            at..at + sign.len_utf8(),
            Words::new(
                format!("值不能以 `{sign}` 开头"),
                format!("a value cannot begin with `{sign}` as it stands"),
            ),
            if sign == '-' { self.listed() } else { self.quoted() },
        )
    }

    /// The advice to write a list as one.
    fn listed(self) -> Words {
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
    fn after_quote(self, at: usize) -> Option<Fault> {
        let words = Words::new("引号结束之后还有文字", "text follows the closing quotation mark");
        let entry = self.entry().and_then(|(key, value)| Some((key, curly(short(value)?)?)));
        let help = match entry {
            Some((key, value)) => Words::new(
                format!("文字里的引号用“”：`{key}: {value}`"),
                format!("use “ and ” within a text: `{key}: {value}`"),
            ),
            None => self.quoted(),
        };
        Fault::new(at..self.start + self.text.len(), words, help)
    }

    /// Text behind a bracket that closes.
    fn after_bracket(self, at: usize) -> Option<Fault> {
        let before = self.text.get(..at.checked_sub(self.start)?)?.trim_end();
        let close = before.chars().next_back().filter(|c| matches!(c, ']' | '}'))?;
        let words =
            Words::new(format!("`{close}` 之后还有文字"), format!("text follows the closing `{close}`"));
        Fault::new(at..self.start + self.text.len(), words, self.quoted())
    }

    /// The advice to put its value in quotation marks, shown where that is short.
    fn quoted(self) -> Words {
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

fn is_word(c: char) -> bool {
    !matches!(c, ']' | '}')
}

/// A text with “ and ” in place of straight quotation marks, but for those around all of it.
fn curly(value: &str) -> Option<String> {
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
fn short(value: &str) -> Option<&str> {
    (!value.is_empty() && value.chars().count() <= 24 && !value.contains('`')).then_some(value)
}

/// A colon where the parser wants none: a second one in a value, or the right one of a line
/// whose neighbour above is wrong.
fn colon(text: &str, at: usize) -> Option<Fault> {
    if let Some(open) = open_bracket(text, at) {
        return flow(text, open, at);
    }
    let line = Line::at(text, at);
    let own = line.entry().map(|(key, _)| line.start + line.inner() + key.len());
    if own == Some(at) {
        let mut keyless = line.above(text).take_while(|above| above.entry().is_none());
        let nearest = line.above(text).next().filter(|above| above.entry().is_none());
        let slip = keyless.find_map(Line::slip);
        return slip.or_else(|| nearest.and_then(Line::keyless)).or_else(|| line.indent());
    }
    let words = Words::new("值里有半角冒号加空格", "the value holds a colon and a space");
    let mut fault = Fault::new(at..at + 1, words, line.quoted())?;
    fault.help.zh.push_str("，或改用全角冒号");
    fault.help.en.push_str(", or use a full-width colon in it");
    Some(fault)
}

/// The tab of the line's indentation, or the next one.
fn tab(text: &str, at: usize) -> Option<Fault> {
    let line = Line::at(text, at);
    let head = &line.text[..line.text.len() - line.text.trim_start().len()];
    let tab = match head.find('\t') {
        Some(tab) => line.start + tab,
        None => at + text[at..].find('\t')?,
    };
    let length = text[tab..].len() - text[tab..].trim_start_matches('\t').len();
    Fault::new(
        tab..tab + length,
        Words::new("缩进里有制表符", "a tab stands in the indentation"),
        Words::new("换成空格，每层两个", "put spaces in its place, two for each level"),
    )
}

/// The last quotation mark before `at` that opens and is not closed on its line.
fn open_quote(text: &str, at: usize) -> Option<Fault> {
    let line = Line::at(text, at);
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
    Fault::new(
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

fn escape(text: &str, at: usize) -> Option<Fault> {
    let slash = at + text[at..].find('\\')?;
    Fault::new(
        slash..slash + 1,
        Words::new(
            "双引号里的 `\\` 另有含义",
            "within double quotation marks a `\\` has a meaning of its own",
        ),
        Words::new("改用单引号", "use single quotation marks"),
    )
}

fn invisible(text: &str, at: usize) -> Option<Fault> {
    let length = text[at..].chars().next()?.len_utf8();
    Fault::new(
        at..at + length,
        Words::new("这里有一个看不见的控制字符", "there is an invisible control character here"),
        Words::new("删去它；看不见的话，把这一行重新输入", "delete it, or type the line anew"),
    )
}

/// The first bracket before `at` that opens a list or mapping and is not closed.
fn open_bracket(text: &str, at: usize) -> Option<usize> {
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
fn flow(text: &str, open: usize, at: usize) -> Option<Fault> {
    if Line::at(text, open).start != Line::at(text, at).start || at == text.len() {
        return unclosed(text, open);
    }
    if let Some(comma) = text[open..at].find('，') {
        let comma = open + comma;
        return Fault::new(
            comma..comma + '，'.len_utf8(),
            Words::new("括号里是全角逗号", "the comma in these brackets is a full-width one"),
            Words::new("写成半角逗号加空格 `, `", "write a plain comma and a space, `, `"),
        );
    }
    Fault::new(
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

fn unclosed(text: &str, open: usize) -> Option<Fault> {
    let bracket = text[open..].chars().next()?;
    let close = if bracket == '[' { ']' } else { '}' };
    let end = Line::at(text, open);
    Fault::new(
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

fn mismatched(at: usize, open: char, close: char) -> Option<Fault> {
    Fault::new(
        at..at + 1,
        Words::new(format!("`{open}` 用 `{close}` 结束了"), format!("this `{open}` is closed by `{close}`")),
        Words::new("方括号配方括号，花括号配花括号", "close `[` with `]`, and `{` with `}`"),
    )
}

fn unopened(text: &str, at: usize) -> Option<Fault> {
    let bracket = text[at..].chars().next()?;
    Fault::new(
        at..at + 1,
        Words::new(format!("多了一个 `{bracket}`"), format!("nothing opens this `{bracket}`")),
        Words::new("删去它，或给整个值加上引号", "remove it, or put the whole value in quotation marks"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of `text` in English, and the words it is said of.
    fn said(text: &str) -> (String, String) {
        let source = Source::new("a.md", text);
        let all = Span::new(0..text.len());
        let complaint =
            super::super::read(&source, all, super::super::keys::Keys::NONE).err().expect("this is no YAML");
        (complaint.message.en, source.slice(complaint.span.unwrap()).to_owned())
    }

    #[test]
    fn the_mistake_is_found_and_not_where_the_parser_stopped() {
        for (text, message, place) in [
            ("title：甲\nissuer: 乙\n", "the colon after `title` is a full-width one", "："),
            ("a: 1\ntitle:甲\nb: 2\n", "there is no space after `title:`", ":"),
            ("a:\u{3000}甲\nb: 2\n", "the space after `a:` is not a plain one", ":\u{3000}"),
            ("a:\n  b: 1\n\tc: 2\n", "a tab stands in the indentation", "\t"),
            ("a: \"甲\nb: 2\n", "this quotation mark is not closed", "\"甲"),
            ("a: [甲\nb: 2\n", "this `[` is not closed", "[甲"),
            ("a: 甲: 乙\n", "the value holds a colon and a space", ":"),
            ("a: @甲\n", "a value cannot begin with `@` as it stands", "@"),
            ("a: 1\n  b: 2\n", "this line is not indented as those above it", "  "),
            ("甲\nb: 2\n", "this line has no `key:`", "甲"),
            ("a: 1\n---\nb: 2\n", "a second piece of YAML begins here", "---"),
            ("a: {b: 1，c: 2}\n", "the comma in these brackets is a full-width one", "，"),
            ("a: \u{7}\n", "there is an invisible control character here", "\u{7}"),
        ] {
            assert_eq!(said(text), (message.to_owned(), place.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn what_has_no_words_of_ours_is_said_in_the_parsers() {
        let error = serde_yaml::from_str::<u16>("甲: 1").expect_err("a mapping is no number");
        let message = unknown(&error, &Source::new("a.md", "")).message.en;
        assert!(message.starts_with("this is not well-formed YAML: ") && message.len() > 40, "{message}");
        assert!(error.to_string().contains("line 1") && !message.contains("line 1"), "{message}");
    }

    #[test]
    fn too_much_is_told_from_too_deep() {
        assert!(said(&format!("a: {}\n", "甲".repeat(2 << 20))).0.contains("too large"));
        assert!(said(&format!("a: {}{}\n", "[".repeat(40), "]".repeat(40))).0.contains("nested"));
    }

    #[test]
    fn straight_quotation_marks_become_pairs() {
        assert_eq!(curly("\"放管服\"改革").as_deref(), Some("“放管服”改革"));
        assert_eq!(curly("\"推进\"放管服\"改革\"").as_deref(), Some("\"推进“放管服”改革\""));
        assert_eq!(curly("\"放管服改革"), None);
    }
}
