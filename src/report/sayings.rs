//! What the longer sentences of a document say, as numbers. All that is asked of the words of every
//! document together is asked of these: which documents are copies of others, and where a sentence
//! was said before.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::han::key::{self, SentenceKey};
use crate::han::{is_han, is_letter};

/// A sentence with fewer bytes than this, twelve Han characters, stands in many documents.
pub(super) const LONGER: usize = 36;

/// A sentence with fewer letters of its own, outside titles and quotations, says little but what it
/// quotes.
const LEAST_OWN: usize = 12;

/// One sentence as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// Equal where the words are.
    pub exact: u64,
    /// Equal where the words are but for the figures among them; nothing where it has no figures.
    pub masked: Option<u64>,
    /// Whether it is in its author's words: no row of a table, and more than titles and quotations.
    pub is_own: bool,
}

impl Saying {
    /// What `sentence` says.
    pub(super) fn of(sentence: &str, is_row: bool) -> Self {
        let SentenceKey { exact, masked } = key::key(sentence);
        Self {
            exact,
            masked: (masked != exact).then_some(masked),
            is_own: !is_row && own_letters(sentence) >= LEAST_OWN,
        }
    }
}

/// What the longer sentences of a document say, each once, in the order of the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sayings {
    exact: Box<[u64]>,
    /// Those with figures.
    figured: Box<[Figured]>,
    /// The places of those that are not in their author's words.
    aside: Box<[u32]>,
}

/// A sentence with figures, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Figured {
    at: u32,
    masked: u64,
}

impl FromIterator<Saying> for Sayings {
    fn from_iter<I: IntoIterator<Item = Saying>>(sayings: I) -> Self {
        let mut all: Vec<Saying> = sayings.into_iter().collect();
        // Of two that say the same, the one in its author's words counts.
        all.sort_unstable_by_key(|saying| (saying.exact, !saying.is_own));
        all.dedup_by_key(|saying| saying.exact);
        let numbered = || all.iter().zip(0..);
        let figured = numbered().filter_map(|(saying, at)| Some(Figured { at, masked: saying.masked? }));
        Self {
            exact: all.iter().map(|saying| saying.exact).collect(),
            figured: figured.collect(),
            aside: numbered().filter(|(saying, _)| !saying.is_own).map(|(_, at)| at).collect(),
        }
    }
}

impl Sayings {
    /// The first number of each, rising.
    #[must_use]
    pub fn exact(&self) -> &[u64] {
        &self.exact
    }

    /// All of them, in the order of their first numbers.
    pub fn all(&self) -> impl Iterator<Item = Saying> {
        let mut figured = self.figured.iter().peekable();
        let mut aside = self.aside.iter().peekable();
        self.exact.iter().zip(0..).map(move |(exact, at)| Saying {
            exact: *exact,
            masked: figured.next_if(|figured| figured.at == at).map(|figured| figured.masked),
            is_own: aside.next_if(|aside| **aside == at).is_none(),
        })
    }

    /// The first numbers of those in their author's words that `within` finds equal, which must
    /// rise with the numbers.
    pub fn own_within(&self, within: impl Fn(u64) -> Ordering) -> impl Iterator<Item = u64> {
        let start = self.exact.partition_point(|exact| within(*exact) == Ordering::Less);
        let count = self.exact[start..].partition_point(|exact| within(*exact) == Ordering::Equal);
        let aside = self.aside.partition_point(|aside| (*aside as usize) < start);
        let mut aside = self.aside[aside..].iter().peekable();
        let is_own = move |at: &usize| aside.next_if(|aside| **aside as usize == *at).is_none();
        (start..start + count).filter(is_own).map(|at| self.exact[at])
    }

    /// The place of the one whose first number this is.
    #[must_use]
    pub fn position(&self, exact: u64) -> Option<usize> {
        self.exact.binary_search(&exact).ok()
    }
}

/// How many letters and figures of a sentence stand outside titles 《》 and quotations, counted no further than to
/// [`LEAST_OWN`]. What opens and never closes is taken as if it did not open.
fn own_letters(sentence: &str) -> usize {
    let mut own = 0;
    let mut rest = sentence.chars();
    while own < LEAST_OWN
        && let Some(c) = rest.next()
    {
        let closing = match c {
            '《' => '》',
            '“' => '”',
            '「' => '」',
            c => {
                own += usize::from(is_han(c) || is_letter(c) || c.is_numeric());
                continue;
            }
        };
        let within = rest.as_str();
        if let Some(end) = within.find(closing) {
            rest = within[end..].chars();
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_quotes_is_told_apart() {
        for (sentence, own) in [
            ("《中华人民共和国行政处罚法》、《中华人民共和国行政许可法》等法律。", 3),
            ("“行政机关应当依法公开政府信息，做到应公开尽公开。”", 0),
            ("贯彻《法治政府建设实施纲要》，办结复议案件745件。", 12),
            ("《法治政府建设", 6),
        ] {
            assert_eq!(own_letters(sentence), own, "{sentence}");
        }
        assert!(!Saying::of("项目：办结行政复议案件；数量：七百四十五件", true).is_own);
    }

    #[test]
    fn each_is_told_once_and_its_authors_words_count() {
        let saying = |exact, masked, is_own| Saying { exact, masked, is_own };
        let told =
            [saying(9, None, false), saying(3, Some(7), true), saying(9, None, true), saying(5, None, false)];
        let sayings: Sayings = told.into_iter().collect();
        let expected = [saying(3, Some(7), true), saying(5, None, false), saying(9, None, true)];
        assert_eq!(sayings.all().collect::<Vec<_>>(), expected);
        assert_eq!((sayings.position(5), sayings.position(4)), (Some(1), None));
    }
}
