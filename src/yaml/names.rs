//! Values that are chosen from a few by name, and what people call them: an author who writes
//! 县级市 or `Draft` is told what it is written as, the way keys in Chinese are.

use crate::diag::{Words, nearest};
use crate::han::fold::fold_str;

/// A value of those that a key can have: one table of these serves the reader of a file, its
/// messages and the manual.
#[derive(Clone, Copy, Debug)]
pub struct NamedValue<T: 'static> {
    /// How it is written.
    pub name: &'static str,
    /// What it stands for.
    pub value: T,
    /// What people call it; the first is shown beside the name where all choices are listed.
    pub called: &'static [&'static str],
}

impl<T> NamedValue<T> {
    pub(crate) const fn new(name: &'static str, value: T, called: &'static [&'static str]) -> Self {
        Self { name, value, called }
    }

    fn known(&self) -> WrittenName<'static> {
        WrittenName { name: self.name, called: self.called.to_vec() }
    }
}

/// The name that `value` is written as.
pub(crate) fn written<T: PartialEq>(choices: &[NamedValue<T>], value: &T) -> &'static str {
    choices.iter().find(|choice| choice.value == *value).map_or("", |choice| choice.name)
}

/// A name that can be written, and what people call the thing it names.
#[derive(Debug)]
pub(crate) struct WrittenName<'a> {
    pub(crate) name: &'a str,
    pub(crate) called: Vec<&'a str>,
}

/// What is known of these choices, whatever they stand for.
pub(crate) fn known<T>(choices: &[NamedValue<T>]) -> Vec<WrittenName<'static>> {
    choices.iter().map(NamedValue::known).collect()
}

/// What to write in the place of `said`: the name of what is called so, a near name, or any of
/// all.
pub(crate) fn advice(said: &str, known: &[WrittenName<'_>]) -> Words {
    meant(said, known).unwrap_or_else(|| choose(known))
}

/// The value that `said` is the name of, or that people call so.
pub(crate) fn named<T: Copy>(said: &str, choices: &[NamedValue<T>]) -> Option<T> {
    let name = called(said, &known(choices))?;
    choices.iter().find(|choice| choice.name == name).map(|choice| choice.value)
}

/// The name of what people call `said`.
pub(crate) fn called<'a>(said: &str, known: &[WrittenName<'a>]) -> Option<&'a str> {
    let plain = plain(said);
    let is_called = |known: &&WrittenName<'_>| {
        std::iter::once(&known.name).chain(&known.called).any(|other| self::plain(other) == plain)
    };
    known.iter().find(is_called).map(|known| known.name)
}

/// The name that `said` must mean, or may.
pub(crate) fn meant(said: &str, known: &[WrittenName<'_>]) -> Option<Words> {
    if let Some(name) = called(said, known) {
        return Some(Words::new(format!("写作 `{name}`"), format!("write `{name}`")));
    }
    let near = nearest(said, known.iter().map(|known| known.name))?;
    Some(Words::new(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")))
}

/// All that can be written, in Chinese with what each is called.
pub(crate) fn choose(known: &[WrittenName<'_>]) -> Words {
    let in_chinese = |known: &WrittenName<'_>| match known.called.first() {
        Some(called) => format!("{}（{called}）", known.name),
        None => known.name.to_owned(),
    };
    let zh: Vec<String> = known.iter().map(in_chinese).collect();
    let en: Vec<&str> = known.iter().map(|known| known.name).collect();
    Words::new(format!("可选：{}", zh.join("、")), format!("choose one of: {}", en.join(", ")))
}

/// A name as it is compared: script, width, capitals, and what joins its words, do not matter.
pub(super) fn plain(name: &str) -> String {
    let joins = |c: &char| !matches!(c, ' ' | '-' | '_' | '.' | '“' | '”' | '"' | '《' | '》');
    fold_str(name).to_lowercase().chars().filter(joins).collect()
}

/// Fails unless the manual tells how each of these is written and what it is called.
#[cfg(test)]
pub(crate) fn assert_in_manual<T>(choices: &[NamedValue<T>]) {
    let manual = include_str!("../../docs/content.md");
    for NamedValue { name, called, .. } in choices {
        let told = format!("`{name}` ({}", called[0]);
        let in_comment = format!("{name} ({}", called[0]);
        assert!(manual.contains(&told) || manual.contains(&in_comment), "{told} is not in docs/content.md");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [NamedValue<u8>; 2] =
        [NamedValue::new("in-force", 0, &["有效", "现行有效"]), NamedValue::new("repealed", 1, &["废止"])];

    fn advised(said: &str) -> String {
        advice(said, &known(&STATES)).zh
    }

    #[test]
    fn what_people_call_a_value_is_told_as_it_is_written() {
        for said in ["现行有效", "現行有效", "In force", "IN_FORCE", "inforce", "“有效”"] {
            assert_eq!(advised(said), "写作 `in-force`", "{said}");
        }
        assert_eq!(advised("in-forse"), "是不是想写 `in-force`？");
        assert_eq!(advised("也许"), "可选：in-force（有效）、repealed（废止）");
    }
}
