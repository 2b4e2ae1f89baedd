//! Why a text is not YAML, said of the line that its author wrote. The parser knows where it
//! could not go on, which is often a line below the mistake; what is sought here is the mistake.

mod line;
mod pairs;

use std::ops::Range;

use serde_yaml::budget::BudgetBreach;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::localizer::ExternalMessageSource;
use serde_yaml::{DefaultMessageFormatter, Error, MessageFormatter};

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};
use line::SourceLine;
use pairs::{escape, flow, mismatched, open_bracket, open_quote, unclosed, unopened};

/// A mistake of writing: its place in the text, and what to type.
pub(super) struct WritingFault {
    range: Range<usize>,
    message: Words,
    help: Words,
}

impl WritingFault {
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
        Some(WritingFault { range, message, help }) => {
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

fn second(at: Range<usize>) -> Option<WritingFault> {
    WritingFault::new(
        at,
        Words::new("这里又开始了一段 YAML", "a second piece of YAML begins here"),
        Words::new("删去分隔的一行（`---` 或 `...`）", "remove the line `---` or `...` that divides them"),
    )
}

/// The mistake behind what the parser met at byte `at`.
fn find(text: &str, at: usize, kind: Option<&ErrorKind>) -> Option<WritingFault> {
    use ErrorKind as K;
    let line = SourceLine::at(text, at);
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
pub(super) fn of_text(text: &str) -> Option<WritingFault> {
    SourceLine::at(text, text.len() - text.trim_start().len()).slip()
}

/// A colon where the parser wants none: a second one in a value, or the right one of a line
/// whose neighbour above is wrong.
fn colon(text: &str, at: usize) -> Option<WritingFault> {
    if let Some(open) = open_bracket(text, at) {
        return flow(text, open, at);
    }
    let line = SourceLine::at(text, at);
    let own = line.entry().map(|(key, _)| line.start + line.inner() + key.len());
    if own == Some(at) {
        let mut keyless = line.above(text).take_while(|above| above.entry().is_none());
        let nearest = line.above(text).next().filter(|above| above.entry().is_none());
        let slip = keyless.find_map(SourceLine::slip);
        return slip.or_else(|| nearest.and_then(SourceLine::keyless)).or_else(|| line.indent());
    }
    let words = Words::new("值里有半角冒号加空格", "the value holds a colon and a space");
    let mut fault = WritingFault::new(at..at + 1, words, line.quoted())?;
    fault.help.zh.push_str("，或改用全角冒号");
    fault.help.en.push_str(", or use a full-width colon in it");
    Some(fault)
}

/// The tab of the line's indentation, or the next one.
fn tab(text: &str, at: usize) -> Option<WritingFault> {
    let line = SourceLine::at(text, at);
    let head = &line.text[..line.text.len() - line.text.trim_start().len()];
    let tab = match head.find('\t') {
        Some(tab) => line.start + tab,
        None => at + text[at..].find('\t')?,
    };
    let length = text[tab..].len() - text[tab..].trim_start_matches('\t').len();
    WritingFault::new(
        tab..tab + length,
        Words::new("缩进里有制表符", "a tab stands in the indentation"),
        Words::new("换成空格，每层两个", "put spaces in its place, two for each level"),
    )
}

fn invisible(text: &str, at: usize) -> Option<WritingFault> {
    let length = text[at..].chars().next()?.len_utf8();
    WritingFault::new(
        at..at + length,
        Words::new("这里有一个看不见的控制字符", "there is an invisible control character here"),
        Words::new("删去它；看不见的话，把这一行重新输入", "delete it, or type the line anew"),
    )
}

#[cfg(test)]
mod tests {
    use super::line::curly;
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
