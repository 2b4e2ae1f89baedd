//! The rules by which the text of a file becomes that of a report. Each has a name, under which the log
//! tells what it did; those that mend can be switched off by it.

use crate::diag::Words;

/// What a rule does with the characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// It mends damage, and can be switched off.
    Mends,
    /// It puts what it takes into the front matter.
    Matter,
    /// It leaves out what is no part of the document.
    LeavesOut,
    /// It sets the text as Markdown: line ends, marks of headings and tables.
    Sets,
}

/// A rule: its name, and what it does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in logs and at `--without`.
    pub name: &'static str,
    /// What it does with what it takes.
    pub deed: Deed,
    /// What it does, in Chinese and in English.
    pub words: (&'static str, &'static str),
}

impl Rule {
    const fn new(name: &'static str, deed: Deed, zh: &'static str, en: &'static str) -> Self {
        Self { name, deed, words: (zh, en) }
    }

    /// What it does.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::new(self.words.0, self.words.1)
    }
}

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

use Deed::{LeavesOut, Matter, Mends, Sets};

/// Every rule. Readers add theirs here.
pub const RULES: &[Rule] = &[
    Rule::new("byte-order-mark", LeavesOut, "文件开头的字节顺序标记", "a byte order mark"),
    Rule::new("line-end", Sets, "行末与空行", "line ends and empty lines"),
    Rule::new("paragraph", Sets, "段落之间空一行", "an empty line between paragraphs"),
];
