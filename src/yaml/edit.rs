//! Changing one key of a mapping in place. Its author's comments, the order of keys and the way all
//! else is written stay, byte for byte: only the lines of that key are others afterwards.
//!
//! What comes out is read again before it is given away, so that an edit is either right or not made.

use super::{Spanned, YamlNode, is_empty, parsed, plain, scalar};

/// What stands at a key, as a form shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ValueAtKey {
    /// A text, a number or a date.
    Text(String),
    /// A list of those.
    List(Vec<String>),
    /// Nothing: the key is not there, or has no value.
    Nothing,
    /// More than a form has room for.
    More,
}

impl ValueAtKey {
    fn of(node: &YamlNode) -> Self {
        match node {
            YamlNode::Null => Self::Nothing,
            YamlNode::Scalar { text, .. } => Self::Text(text.clone()),
            YamlNode::List(items) => {
                let texts = items.iter().map(|item| match &item.value {
                    YamlNode::Scalar { text, .. } => Some(text.clone()),
                    _ => None,
                });
                texts.collect::<Option<_>>().map_or(Self::More, Self::List)
            }
            YamlNode::Map(_) => Self::More,
        }
    }

    /// Whether both say the same; a list of one is its only item.
    fn is_like(&self, other: &Self) -> bool {
        fn parts(said: &ValueAtKey) -> Option<&[String]> {
            match said {
                ValueAtKey::Text(text) => Some(std::slice::from_ref(text)),
                ValueAtKey::List(items) => Some(items),
                ValueAtKey::Nothing => Some(&[]),
                ValueAtKey::More => None,
            }
        }
        parts(self).is_some_and(|own| Some(own) == parts(other))
    }

    /// The value as it is written on one line.
    fn written(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(word(text)),
            Self::List(items) => match &items[..] {
                [] => None,
                [one] => Some(word(one)),
                items => {
                    Some(format!("[{}]", items.iter().map(|item| word(item)).collect::<Vec<_>>().join(", ")))
                }
            },
            Self::Nothing | Self::More => None,
        }
    }
}

/// A text as YAML, and a date or a moment without quotation marks, as everybody writes them.
fn word(text: &str) -> String {
    let is_day = |day: &str| {
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = day.split('-').collect();
        matches!(parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
    };
    let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let is_time = time.is_empty()
        || time.strip_prefix(' ').is_some_and(|time| {
            !time.is_empty() && time.bytes().all(|b| b.is_ascii_digit() || b == b':') && !time.ends_with(':')
        });
    if is_day(day) && is_time { text.to_owned() } else { scalar(text) }
}

/// The entries of the mapping that `text` is; `None` where it is none.
fn entries(text: &str) -> Option<Vec<KeyedNode>> {
    let node = plain::read(text, 0).map_or_else(|| parsed(text, 0).ok(), Some);
    match node.map(|node| node.value) {
        Some(YamlNode::Map(entries)) => Some(entries),
        Some(YamlNode::Null) => Some(Vec::new()),
        None if is_empty(text) => Some(Vec::new()),
        _ => None,
    }
}

type KeyedNode = (Spanned<String>, Spanned<YamlNode>);

/// What stands at each key of the mapping that `text` is; `None` where it is none.
pub(crate) fn values_by_key(text: &str) -> Option<Vec<(String, ValueAtKey)>> {
    Some(entries(text)?.into_iter().map(|(key, value)| (key.value, ValueAtKey::of(&value.value))).collect())
}

/// The key on whose lines the byte at `at` of the mapping `text` stands.
pub(crate) fn key_at(text: &str, at: usize) -> Option<String> {
    let entries = entries(text)?;
    let found = entries.iter().rev().find(|(key, _)| line_start(text, key.span.start as usize) <= at);
    found.map(|(key, _)| key.value.clone())
}

/// The mapping `text` with `values_by_key` at `key`. A key that was not there comes after those that stand
/// before it in `order`. `None` where this cannot be done on the lines of this key alone, as in a
/// mapping that is written in braces.
pub(crate) fn with_value(text: &str, key: &str, said: &ValueAtKey, order: &[&str]) -> Option<String> {
    let before = entries(text)?;
    let own = before.iter().find(|(name, _)| name.value == key);
    let has = own.map_or(ValueAtKey::Nothing, |(_, value)| ValueAtKey::of(&value.value));
    if has.is_like(said) && (own.is_none() || *said != ValueAtKey::Nothing) {
        return Some(text.to_owned());
    }
    let edited = match own {
        Some(entry) => replaced(text, entry, said)?,
        None => inserted(text, &before, &line(key, said)?, (order_of(order, key), order))?,
    };
    let is_right = |edited: &String| is_right(&before, edited, key, said);
    Some(edited).filter(is_right).or_else(|| emptied(text, own?, said).filter(is_right))
}

/// `text` with an entry that has no value any more, where its lines cannot go: a comment behind them
/// would become the last line of the text that stands before.
fn emptied(text: &str, (name, value): &KeyedNode, said: &ValueAtKey) -> Option<String> {
    let lines = lines_of(text, name, value)?;
    said.written().is_none().then(|| splice(text, lines.start..lines.end, &format!("{}:\n", name.value)))
}

/// The mapping `text` with one more entry in the mapping at `key`: `id: value`, whose value is
/// YAML already. `None` where there is such an entry, or where it cannot be added in place.
pub(crate) fn add(text: &str, key: &str, (id, value): (&str, &str), order: &[&str]) -> Option<String> {
    let before = entries(text)?;
    let own = before.iter().find(|(name, _)| name.value == key);
    let edited = match own {
        None => {
            inserted(text, &before, &format!("{key}:\n  {id}: {value}\n"), (order_of(order, key), order))?
        }
        Some((name, node)) => match &node.value {
            YamlNode::Map(inner) if inner.iter().any(|(known, _)| known.value == id) => return None,
            YamlNode::Map(inner) => appended(text, (name, node), inner, &format!("{id}: {value}"))?,
            YamlNode::Null => {
                let lines = lines_of(text, name, node)?;
                let head = text[lines.start..lines.close].trim_end();
                let tail = &text[lines.close..lines.end];
                let end = if tail.ends_with('\n') { "" } else { "\n" };
                splice(text, lines.start..lines.end, &format!("{head}{tail}{end}  {id}: {value}\n"))
            }
            _ => return None,
        },
    };
    let after = entries(&edited)?;
    let others = |entries: &[KeyedNode]| -> Vec<_> {
        entries.iter().filter(|(name, _)| name.value != key).cloned().collect()
    };
    let (_, now) = after.iter().find(|(name, _)| name.value == key)?;
    let YamlNode::Map(now) = &now.value else { return None };
    let earlier: &[KeyedNode] = match own.map(|(_, node)| &node.value) {
        Some(YamlNode::Map(inner)) => inner,
        _ => &[],
    };
    let is_right = others(&before) == others(&after)
        && now.len() == earlier.len() + 1
        && now[..earlier.len()] == *earlier;
    (is_right && now.last().is_some_and(|(name, _)| name.value == id)).then_some(edited)
}

/// One more entry at the end of an inner mapping, in the way that it is written.
fn appended(
    text: &str,
    (name, node): (&Spanned<String>, &Spanned<YamlNode>),
    inner: &[KeyedNode],
    entry: &str,
) -> Option<String> {
    let lines = lines_of(text, name, node)?;
    if text[node.span.start as usize..].starts_with('{') {
        let brace = lines.close - 1;
        let before = text[..brace].trim_end().len();
        let comma = if inner.is_empty() || text[..before].ends_with(',') { " " } else { ", " };
        let space = if text[before..brace].contains('\n') { return None } else { " " };
        return Some(splice(text, before..brace, &format!("{comma}{entry}{space}")));
    }
    let first = inner.first()?.0.span.start as usize;
    let indent = &text[line_start(text, first)..first];
    let end = if text[..lines.end].ends_with('\n') { "" } else { "\n" };
    indent.trim().is_empty().then(|| splice(text, lines.end..lines.end, &format!("{end}{indent}{entry}\n")))
}

fn is_right(before: &[KeyedNode], edited: &str, key: &str, said: &ValueAtKey) -> bool {
    let Some(after) = entries(edited) else { return false };
    let others = |entries: &[KeyedNode]| -> Vec<_> {
        entries.iter().filter(|(name, _)| name.value != key).cloned().collect()
    };
    let now = after.iter().find(|(name, _)| name.value == key).map(|(_, value)| ValueAtKey::of(&value.value));
    others(before) == others(&after) && now.unwrap_or(ValueAtKey::Nothing).is_like(said)
}

fn line(key: &str, said: &ValueAtKey) -> Option<String> {
    Some(format!("{key}: {}\n", said.written()?))
}

fn order_of(order: &[&str], key: &str) -> usize {
    order.iter().position(|name| *name == key).unwrap_or(order.len())
}

/// `text` with `line` after the last entry that stands before `rank` in `order`.
fn inserted(
    text: &str,
    entries: &[KeyedNode],
    line: &str,
    (rank, order): (usize, &[&str]),
) -> Option<String> {
    let last = entries.iter().rev().find(|(name, _)| order_of(order, &name.value) < rank);
    let at = match (last, entries.first()) {
        (Some((name, value)), _) => lines_of(text, name, value)?.end,
        (None, Some((name, _))) => line_start(text, name.span.start as usize),
        (None, None) => text.len(),
    };
    let end = if at == 0 || text[..at].ends_with('\n') { "" } else { "\n" };
    Some(splice(text, at..at, &format!("{end}{line}")))
}

/// `text` with another value in an entry's own style, or without the entry.
fn replaced(text: &str, (name, value): &KeyedNode, said: &ValueAtKey) -> Option<String> {
    let lines = lines_of(text, name, value)?;
    if let (YamlNode::List(items), ValueAtKey::List(wanted)) = (&value.value, said)
        && text[value.span.start as usize..].starts_with('-')
        && !wanted.is_empty()
    {
        return Some(splice(text, lines.start..lines.end, &listed(text, (name, &lines), items, wanted)?));
    }
    let Some(written) = said.written() else {
        return Some(splice(text, lines.start..lines.end, ""));
    };
    // What follows on the line is a comment and stays where it is.
    Some(splice(text, name.span.end as usize..lines.close, &format!(": {written}{}", lines.gap(text))))
}

/// A list with a line for each item. Items that stay keep their lines, with the comments on them.
fn listed(
    text: &str,
    (name, lines): (&Spanned<String>, &EntryLines),
    items: &[Spanned<YamlNode>],
    wanted: &[String],
) -> Option<String> {
    let dash = |item: &Spanned<YamlNode>| {
        text[..item.span.start as usize].rfind('-').filter(|at| *at > name.span.end as usize)
    };
    let starts: Vec<usize> =
        items.iter().map(|item| dash(item).map(|at| line_start(text, at))).collect::<Option<_>>()?;
    let first = dash(items.first()?)?;
    let indent = &text[*starts.first()?..first];
    let mut out = text[lines.start..*starts.first()?].to_owned();
    for item in wanted {
        let known = items
            .iter()
            .position(|known| matches!(&known.value, YamlNode::Scalar { text, .. } if text == item));
        match known {
            Some(at) => {
                let end = starts.get(at + 1).copied().unwrap_or(lines.end);
                out.push_str(&text[starts[at]..end]);
                if !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            None => out.push_str(&format!("{indent}- {}\n", word(item))),
        }
    }
    Some(out)
}

/// The lines of an entry.
struct EntryLines {
    /// Where the first one begins.
    start: usize,
    /// Where the value ends.
    close: usize,
    /// Where the last one ends, with its line end.
    end: usize,
}

impl EntryLines {
    /// What must stand between another value and what follows the old one on its line.
    fn gap(&self, text: &str) -> &'static str {
        if self.close > 0 && text[..self.close].ends_with('\n') { "\n" } else { "" }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// The lines of an entry that has them for itself, but for a comment.
fn lines_of(text: &str, name: &Spanned<String>, value: &Spanned<YamlNode>) -> Option<EntryLines> {
    let at = name.span.start as usize;
    let start = line_start(text, at);
    if !text[start..at].trim().is_empty() {
        return None;
    }
    let colon = name.span.end as usize + text[name.span.end as usize..].find(':')? + 1;
    let close = close(text, value, colon)?.max(colon);
    let rest = &text[close..];
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let is_closed = text[..close].ends_with('\n');
    let is_own =
        is_closed || rest[..length].trim().is_empty() || rest[..length].trim_start().starts_with('#');
    is_own.then_some(EntryLines { start, close, end: if is_closed { close } else { close + length } })
}

/// Where a value ends, its brackets included; the parser tells of a list or a mapping only where it
/// begins. `at` is where nothing would end.
fn close(text: &str, value: &Spanned<YamlNode>, at: usize) -> Option<usize> {
    let start = value.span.start as usize;
    let last = match &value.value {
        YamlNode::Null => return Some(at),
        YamlNode::Scalar { .. } => return Some(value.span.end as usize),
        YamlNode::List(items) => items.last().map(|item| close(text, item, start + 1)),
        YamlNode::Map(entries) => {
            entries.last().map(|(name, item)| close(text, item, name.span.end as usize))
        }
    };
    let last = last.unwrap_or(Some(start + 1))?;
    let end = match text[start..].chars().next()? {
        '[' => ']',
        '{' => '}',
        _ => return Some(last),
    };
    let mut at = last;
    loop {
        let rest = text.get(at..)?;
        match rest.chars().next()? {
            c if c == end => return Some(at + 1),
            ',' | ':' | ' ' | '\t' | '\n' => at += 1,
            '#' => at += rest.find('\n')?,
            _ => return None,
        }
    }
}

fn splice(text: &str, range: std::ops::Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..range.start], &text[range.end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ORDER: [&str; 6] = ["title", "kind", "issuer", "written", "published", "summary"];

    fn text(said: &str) -> ValueAtKey {
        ValueAtKey::Text(said.into())
    }

    fn list(items: &[&str]) -> ValueAtKey {
        ValueAtKey::List(items.iter().map(|item| (*item).into()).collect())
    }

    #[test]
    fn comments_order_and_spelling_stay() {
        let matter = "# 头\ntitle: '年报' # 题\n\n# 机关\nissuer:\n  - 甲 # 一\n  # 二\n  - '乙'\nsummary: |\n  一\n  二\n# 尾\n";
        let cases = [
            ("title", text("计划"), matter.replace("'年报'", "计划")),
            ("title", text("年报"), matter.into()),
            (
                "issuer",
                list(&["乙", "丙"]),
                matter.replace("  - 甲 # 一\n  # 二\n", "").replace("- '乙'\n", "- '乙'\n  - 丙\n"),
            ),
            (
                "issuer",
                text("丁"),
                matter.replace("issuer:\n  - 甲 # 一\n  # 二\n  - '乙'\n", "issuer: 丁\n"),
            ),
            ("summary", text("三"), matter.replace("summary: |\n  一\n  二\n", "summary: 三\n")),
            ("summary", ValueAtKey::Nothing, matter.replace("summary: |\n  一\n  二\n", "")),
            ("written", text("2020-03-02"), matter.replace("summary", "written: 2020-03-02\nsummary")),
            (
                "published",
                text("2020-03-20 09:30"),
                matter.replace("summary", "published: 2020-03-20 09:30\nsummary"),
            ),
            ("kind", text("a: b"), matter.replace("\n\n# 机关", "\nkind: \"a: b\"\n\n# 机关")),
        ];
        for (key, said, expected) in cases {
            assert_eq!(with_value(matter, key, &said, &ORDER).as_deref(), Some(&*expected), "{key} {said:?}");
        }
    }

    #[test]
    fn brackets_and_blanks_are_understood() {
        let cases = [
            ("issuer: [甲, [], \"乙]\" ] # 注\n", "issuer", text("丙"), None),
            (
                "issuer: [甲, \"乙]\" ] # 注\nkind: a\n",
                "issuer",
                text("丙"),
                Some("issuer: 丙 # 注\nkind: a\n"),
            ),
            ("issuer: [\n  甲, # 一\n  乙\n]\nkind: a", "issuer", list(&["甲"]), Some("issuer: 甲\nkind: a")),
            ("title:\nkind: a\n", "title", text("b"), Some("title: b\nkind: a\n")),
            ("title: # 待填\nkind: a\n", "title", text("b"), Some("title: b # 待填\nkind: a\n")),
            ("title: 年\n", "title", ValueAtKey::Nothing, Some("")),
            (
                "issuer: |\n  甲\ntitle: 年\n  # 注\n",
                "title",
                ValueAtKey::Nothing,
                Some("issuer: |\n  甲\ntitle:\n  # 注\n"),
            ),
            ("", "title", text("年"), Some("title: 年\n")),
            ("# 空\n", "title", text("年"), Some("# 空\ntitle: 年\n")),
            ("{title: 年}\n", "title", text("报"), None),
            ("title: [\n", "title", text("报"), None),
            ("title: &a 年\nkind: *a\n", "title", text("报"), None),
        ];
        for (matter, key, said, expected) in cases {
            let found = with_value(matter, key, &said, &ORDER);
            if expected.is_some() || found.is_some() {
                let is_said = found.as_deref().and_then(super::values_by_key).is_some_and(|now| {
                    now.iter()
                        .find(|(name, _)| name == key)
                        .map_or(ValueAtKey::Nothing, |(_, said)| said.clone())
                        .is_like(&said)
                });
                assert!(is_said, "{matter} {found:?}");
            }
            if let Some(expected) = expected {
                assert_eq!(found.as_deref(), Some(expected), "{matter}");
            }
        }
    }

    #[test]
    fn an_entry_is_added_in_the_way_that_the_others_are_written() {
        let cases = [
            ("title: 年\n", Some("title: 年\nindicators:\n  b: 2\n")),
            ("indicators:\n    a: 1 # 一\n# 尾\n", Some("indicators:\n    a: 1 # 一\n    b: 2\n# 尾\n")),
            ("indicators: { a: 1 }\n", Some("indicators: { a: 1, b: 2 }\n")),
            ("indicators: {} # 无\n", Some("indicators: { b: 2 } # 无\n")),
            ("indicators: # 无\ntitle: 年\n", Some("indicators: # 无\n  b: 2\ntitle: 年\n")),
            (
                "indicators:\n  a:\n    value: 1\n    quote: 甲1\n",
                Some("indicators:\n  a:\n    value: 1\n    quote: 甲1\n  b: 2\n"),
            ),
            ("indicators: { b: 1 }\n", None),
            ("indicators: 甲\n", None),
        ];
        for (matter, expected) in cases {
            assert_eq!(add(matter, "indicators", ("b", "2"), &ORDER).as_deref(), expected, "{matter}");
        }
    }

    #[test]
    fn a_place_has_its_key() {
        let matter = "title: 年\nissuer:\n  - 甲\n";
        let key = |at: &str| key_at(matter, matter.find(at).unwrap());
        assert_eq!((key("年").as_deref(), key("甲").as_deref()), (Some("title"), Some("issuer")));
        assert_eq!(key_at("# 注\ntitle: 年\n", 0), None);
    }

    /// An entry as its author may have written it, with a key in the place of `K`.
    fn written() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("K: 甲\n".to_owned()),
            Just("K: '甲 # 乙' # 注\n".to_owned()),
            Just("K:\n".to_owned()),
            Just("K: # 无\n".to_owned()),
            Just("K: [甲, \"乙]\"] # 注\n".to_owned()),
            Just("K: [\n  甲, # 一\n  乙 ]\n".to_owned()),
            Just("K:\n  - 甲 # 一\n  # 二\n  - '乙'\n".to_owned()),
            Just("K:\n- 甲\n- 乙\n".to_owned()),
            Just("K: |\n  一\n\n  二\n".to_owned()),
            Just("K: >-\n  一\n  二\n\n".to_owned()),
            Just("K: 一\n  二\n".to_owned()),
            Just("K: { a: 1, b: [2, {c: 3}] }\n".to_owned()),
            Just("K:\n  a: 1\n  b:\n    - c: 2\n      d: 3 # 注\n".to_owned()),
            Just("K: \"甲\\n乙\"\n".to_owned()),
            Just("K: 2020-03-02\n".to_owned()),
        ]
    }

    fn matter() -> impl Strategy<Value = String> {
        let between = prop_oneof![Just(""), Just("# 注\n"), Just("\n"), Just("\n  # 注\n\n")];
        proptest::collection::vec((between, written()), 0..6).prop_map(|entries| {
            let entry = |(at, (between, entry)): (usize, (&str, String))| {
                format!("{between}{}", entry.replacen('K', ORDER[at], 1))
            };
            entries.into_iter().enumerate().map(entry).collect()
        })
    }

    fn wished() -> impl Strategy<Value = ValueAtKey> {
        let word = "[a-z甲乙丙0-9 :#'\"\\[\\]{}&*|>,、。%@`!?\n\t-]{1,8}";
        prop_oneof![
            word.prop_map(ValueAtKey::Text),
            proptest::collection::vec(word, 1..4).prop_map(ValueAtKey::List),
            Just(ValueAtKey::Nothing),
        ]
    }

    proptest! {
        /// What is asked is there afterwards, everything else says what it said, and no line is
        /// another but those of the key.
        #[test]
        fn an_edit_changes_the_lines_of_its_key_alone(matter in matter(), at in 0..ORDER.len(), wish in wished()) {
            let key = ORDER[at];
            let edited = with_value(&matter, key, &wish, &ORDER);
            prop_assert!(edited.is_some(), "refused: {matter:?} {key} {wish:?}");
            let edited = edited.unwrap_or_default();
            let now = values_by_key(&edited).unwrap();
            let own = now.iter().find(|(name, _)| name == key).map_or(ValueAtKey::Nothing, |(_, said)| said.clone());
            prop_assert!(own.is_like(&wish));
            let others = |all: &[(String, ValueAtKey)]| -> Vec<_> { all.iter().filter(|(name, _)| name != key).cloned().collect() };
            prop_assert_eq!(others(&values_by_key(&matter).unwrap()), others(&now));
            // What stands before the first other byte and after the last one is without the key's lines.
            let lines = |text: &str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
            let (old, new) = (lines(&matter), lines(&edited));
            let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
            let most = old.len().min(new.len()) - head;
            let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
            let gone = old[head..old.len() - tail].concat();
            let entries = entries(&matter).unwrap();
            let extent = entries.iter().find(|(name, _)| name.value == key).map_or(0..0, |(name, value)| {
                let lines = lines_of(&matter, name, value).unwrap();
                lines.start..lines.end
            });
            let start: usize = old[..head].iter().map(String::len).sum();
            prop_assert!(gone.is_empty() || extent.start <= start && start + gone.len() <= extent.end, "{gone:?}");
        }
    }
}
