//! Why sections belong together, for people who ask.

use std::cmp::Reverse;

use super::Group;
use super::bags::Bags;
use crate::compare::grams;
use crate::compare::text::Text;
use crate::han::key::key;

/// Words that are named stand in a fifth of the sections at most.
const RARE: usize = 5;
/// So many words are named.
const MOST_NAMED: usize = 4;
/// A word is longer than one character and no sentence.
const LONGEST: usize = 12;

/// What speaks for sections belonging together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// They have the same title.
    Title,
    /// They have so many sentences in common, whatever the figures.
    Sentences(usize),
    /// Both have these words, which few other sections have.
    Words(Vec<String>),
}

/// What is known of the words of two texts.
#[derive(Clone, Debug)]
pub(in crate::compare) struct Evidence {
    bags: [Bags; 2],
}

impl Evidence {
    pub(super) fn new(bags: [Bags; 2]) -> Self {
        Self { bags }
    }

    /// The same from the other side.
    pub(in crate::compare) fn mirrored(self) -> Self {
        let [before, after] = self.bags;
        Self { bags: [after, before] }
    }

    /// What speaks for these sections belonging together, the plainest first.
    pub(in crate::compare) fn reasons(&self, group: &Group, texts: (&Text<'_>, &Text<'_>)) -> Vec<Reason> {
        let (before, after) = texts;
        let mut reasons = Vec::new();
        if group.before.is_empty() || group.after.is_empty() {
            return reasons;
        }
        let title = |text: &Text<'_>, at: usize| key(text.sections[at].title).exact;
        let titled = |j: &usize| {
            let named = !after.sections[*j].title.is_empty();
            named && group.before.iter().any(|i| title(before, *i) == title(after, *j))
        };
        if group.after.iter().any(titled) {
            reasons.push(Reason::Title);
        }
        let said = |text: &Text<'_>, sections: &[usize]| -> Vec<u64> {
            let own = sections.iter().flat_map(|at| text.sections[*at].own.clone());
            let mut said: Vec<u64> = own.map(|at| text.sentences[at].key.masked).collect();
            said.sort_unstable();
            said.dedup();
            said
        };
        let earlier = said(before, &group.before);
        let same = said(after, &group.after).iter().filter(|key| earlier.binary_search(key).is_ok()).count();
        if same > 0 {
            reasons.push(Reason::Sentences(same));
        }
        let words = self.words(group, after);
        if !words.is_empty() {
            reasons.push(Reason::Words(words));
        }
        reasons
    }

    /// The rarest words of the later sections that the earlier ones have too.
    fn words(&self, group: &Group, after: &Text<'_>) -> Vec<String> {
        let weigh = |gram: u32| self.weigh(gram, &group.before);
        let mut found: Vec<(Reverse<usize>, String)> = Vec::new();
        for section in group.after.iter().map(|at| &after.sections[*at]) {
            let sentences = after.sentences[section.whole.clone()].iter().map(|sentence| sentence.text);
            for text in std::iter::once(section.title).chain(sentences) {
                grams::runs(text, weigh, |word, weight| {
                    let length = word.chars().count();
                    if (2..=LONGEST).contains(&length) {
                        found.push((Reverse(weight), word.to_owned()));
                    }
                });
            }
        }
        found.sort();
        let mut words: Vec<String> = Vec::new();
        for (_, word) in found {
            let told = words.iter().any(|told| told.contains(&word) || word.contains(told));
            if words.len() < MOST_NAMED && !told {
                words.push(word);
            }
        }
        words
    }

    /// What a pair of characters says for these earlier sections, if they have it: nothing if many
    /// sections do.
    fn weigh(&self, gram: u32, before: &[usize]) -> Option<usize> {
        let [earlier, later] = &self.bags;
        let (old, new) = (earlier.with(gram), later.with(gram));
        let sections = earlier.whole.len() + later.whole.len();
        let often = earlier.own(old) + later.own(new);
        let is_rare = RARE * often <= sections.max(2 * RARE);
        let here = old.iter().any(|term| before.contains(&earlier.owners[term.bag as usize]));
        here.then_some(if is_rare { sections / often.max(1) } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;

    #[test]
    fn sections_say_what_speaks_for_them() {
        let others = ["加强学习培训。", "落实责任分工。", "公开办事指南。", "清理证明材料。"];
        let rest = others.map(|other| ("r", 1, "其他", vec![other]));
        let with = |title, sentences| [vec![("a", 1, title, sentences)], rest.to_vec()].concat();
        let before = with("河道治理", vec!["清除泵站淤泥三处。", "巡河发现问题5个。"]);
        let after = with("水更清", vec!["泵站淤泥及时外运。", "巡河发现问题9个。"]);
        let (before, after) = (Text::from_parts(&before), Text::from_parts(&after));
        let found = compare(&before, &after);
        let group = found.alignment.groups.iter().find(|group| group.before == [1]).expect("it is there");
        assert_eq!(group.after, [1]);
        let told = found.reasons(group, &before, &after);
        let words = vec!["巡河发现问题".to_owned(), "泵站淤泥".to_owned()];
        assert_eq!(told, [Reason::Sentences(1), Reason::Words(words)]);
        let same = found.alignment.groups.iter().find(|group| group.before == [2]).expect("it is there");
        assert_eq!(found.reasons(same, &before, &after)[..2], [Reason::Title, Reason::Sentences(1)]);
    }
}
