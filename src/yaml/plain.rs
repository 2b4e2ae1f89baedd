//! YAML as nearly everybody writes it, read from the parser's events: mappings with plain keys,
//! lists and words. Anything else (anchors, tags, merged or repeated keys, a second document, a
//! mistake) is left to the whole reader, which takes twice as long and knows what to say of it.

use std::collections::BTreeSet;

use serde_yaml::granit_parser::{self, Event, Parser, ScalarStyle, StrInput};

use super::{YamlNode, place};
use crate::source::Spanned;

/// What is longer or deeper than this is counted by the whole reader, which has budgets.
const MOST_BYTES: usize = 32 << 10;
const MOST_DEPTH: usize = 8;

/// The value that `text` is, with the places of everything in it moved by `offset`; `None` where
/// that is for the whole reader to say.
pub(super) fn read(text: &str, offset: usize) -> Option<Spanned<YamlNode>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let mut options = granit_parser::Options::default();
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Events { parser, text, offset, depth: 0 };
    let starts = matches!(reader.event()?.0, Event::StreamStart)
        && matches!(reader.event()?.0, Event::DocumentStart(false, None));
    let first = starts.then(|| reader.event())??;
    let node = reader.node(first)?;
    let ends =
        matches!(reader.event()?.0, Event::DocumentEnd) && matches!(reader.event()?.0, Event::StreamEnd);
    ends.then_some(node)
}

/// A text on its way from its first event to its last.
struct Events<'a> {
    parser: Parser<'a, StrInput<'a>>,
    text: &'a str,
    offset: usize,
    depth: usize,
}

/// What the parser came to, and where.
type ParserStep<'a> = (Event<'a>, granit_parser::Span);

impl<'a> Events<'a> {
    fn event(&mut self) -> Option<ParserStep<'a>> {
        self.parser.next_event()?.ok()
    }

    /// The value that begins with `step`.
    fn node(&mut self, (event, at): ParserStep<'a>) -> Option<Spanned<YamlNode>> {
        let (start, end) = (at.start.byte_offset()?, at.end.byte_offset()?);
        let span = place(self.text, start, end, self.offset);
        self.depth += 1;
        let node = match event {
            _ if self.depth > MOST_DEPTH => return None,
            Event::Scalar(text, ScalarStyle::Plain, 0, None) if may_be_endless(&text) => return None,
            Event::Scalar(text, style, 0, None) => scalar(&text, style, self.text.get(start..end)?),
            Event::SequenceStart(_, 0, None) => self.list()?,
            Event::MappingStart(_, 0, None) => self.map()?,
            _ => return None,
        };
        self.depth -= 1;
        Some(Spanned::new(node, span))
    }

    fn list(&mut self) -> Option<YamlNode> {
        let mut items = Vec::new();
        loop {
            match self.event()? {
                (Event::SequenceEnd, _) => return Some(YamlNode::List(items)),
                first => items.push(self.node(first)?),
            }
        }
    }

    fn map(&mut self) -> Option<YamlNode> {
        let mut entries: Vec<(Spanned<String>, Spanned<YamlNode>)> = Vec::new();
        loop {
            let (key, at) = match self.event()? {
                (Event::MappingEnd, _) => break,
                (Event::Scalar(key, ScalarStyle::Plain, 0, None), at) if is_word(&key) => (key, at),
                _ => return None,
            };
            let span = place(self.text, at.start.byte_offset()?, at.end.byte_offset()?, self.offset);
            let first = self.event()?;
            entries.push((Spanned::new(key.into_owned(), span), self.node(first)?));
        }
        let keys: BTreeSet<&str> = entries.iter().map(|(key, _)| key.value.as_str()).collect();
        (keys.len() == entries.len()).then_some(YamlNode::Map(entries))
    }
}

/// Whether a plain key is a word for everybody: neither nothing nor a switch, a number or a mark.
fn is_word(key: &str) -> bool {
    let is_other = ["null", "true", "false"].iter().any(|other| key.eq_ignore_ascii_case(other));
    key.starts_with(char::is_alphabetic) && !is_other
}

/// Whether a word may be a number without an end, or not one at all, which YAML can write and no
/// front matter may hold: `.inf`, `1e999`.
fn may_be_endless(word: &str) -> bool {
    let number = word.trim_start_matches(['+', '-']);
    let long = number.len() > 300 || number.contains(['e', 'E']);
    number.starts_with('.') || (long && number.starts_with(|c: char| c.is_ascii_digit()))
}

/// A word, as it is `written`. Whether it is a number is for those to say who know what it means.
fn scalar(text: &str, style: ScalarStyle, written: &str) -> YamlNode {
    match (style, text) {
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => YamlNode::Null,
        _ => {
            let quoted = written.starts_with(['"', '\'', '|', '>']);
            YamlNode::Scalar { text: text.to_owned(), quoted }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parsed;
    use super::*;

    /// Both readings with all places, or `None` where one is left to the whole reader.
    fn both(text: &str) -> Option<(String, String)> {
        let plain = read(text, 7)?;
        let whole = parsed(text, 7).map_err(|error| error.to_string());
        Some((format!("{:?}", Ok::<_, String>(plain)), format!("{whole:?}")))
    }

    #[test]
    fn what_is_plain_is_read_as_by_the_whole_reader() {
        for text in [
            "title: 年报\nissuer: [甲, '乙', \"丙\\n\"]\nrate: 94.60\nno:\nnull: ~\n",
            "a: 1\nb:\n  - c: 0x10\n    d: true\n  -\n  - - e\nf: {g: , h: {}, i: []}\n",
            "a: |\n  甲\n  乙\nb: >-\n  丙\n  丁\nc: 戊\n  己\n# 附注\nd: 庚 # 注\n",
            "date: 2020-03-02\nsize: 1_000\nlong: 123456789012345678901234567890\n",
            "甲: 乙\n丙：丁: 戊\n",
        ] {
            let (plain, whole) = both(text).unwrap_or_default();
            assert_eq!(plain, whole, "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left() {
        for text in [
            "",
            "# 注\n",
            "a: 1\na: 2\n",
            "a: &b 1\nc: *b\n",
            "<<: {a: 1}\n",
            "a: !!str 1\n",
            "1: a\n",
            "true: a\n",
            "a: .inf\n",
            "a: -.NaN\n",
            "a: 1e999\n",
            "~: a\n",
            "'a': 1\n",
            "? [a]\n: b\n",
            "a: 1\n---\nb: 2\n",
            "%YAML 1.2\n---\na: 1\n",
            "a: [b\n",
            "a: b: c\n",
            "[[[[[[[[[[a]]]]]]]]]]",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_readers_agree(text in "([a-c甲1]{1,2}(: |:\n  |:\n  - |: \\[|: \\{|: '|: \"|: \\|\n  ){1}[a甲0-2~,.# \n'\"\\]\\}-]{0,8}\n){1,4}") {
            if let Some((plain, whole)) = both(&text) {
                prop_assert_eq!(plain, whole);
            }
        }

        #[test]
        fn both_readers_agree_on_anything(text in "[aeinf甲01 \n:,'\"#|>~{}\\[\\]&*!%?.x_+-]{0,24}") {
            if let Some((plain, whole)) = both(&text) {
                prop_assert_eq!(plain, whole);
            }
        }
    }
}
