//! Why sections belong together, for people who ask.

use std::cmp::Reverse;

use super::SectionGroup;
use crate::compare::grams;
use crate::compare::text::ComparedText;
use crate::han::key;

/// Words that are named stand in a fifth of the sections at most.
const RARE: usize = 5;
/// So many words are named.
const MOST_NAMED: usize = 4;
/// A word is longer than one character and no sentence.
const LONGEST: usize = 12;

/// What speaks for sections belonging together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchReason {
    /// They have the same title.
    Title,
    /// They have so many sentences in common, whatever the figures.
    Sentences(usize),
    /// Both have these words, which few other sections have.
    Words(Vec<String>),
}

/// What speaks for the sections of a group belonging together, the plainest first.
pub(in super::super) fn reasons(
    group: &SectionGroup,
    texts: (&ComparedText<'_>, &ComparedText<'_>),
) -> Vec<MatchReason> {
    if group.before.is_empty() || group.after.is_empty() {
        return Vec::new();
    }
    let sentences = Some(shared(group, texts)).filter(|same| *same > 0);
    let words = Some(words(group, texts)).filter(|words| !words.is_empty());
    let title = has_one_title(group, texts).then_some(MatchReason::Title);
    title
        .into_iter()
        .chain(sentences.map(MatchReason::Sentences))
        .chain(words.map(MatchReason::Words))
        .collect()
}

/// Whether sections of both texts have the same title.
pub(in super::super) fn has_one_title(
    group: &SectionGroup,
    (before, after): (&ComparedText<'_>, &ComparedText<'_>),
) -> bool {
    let is_one = |one: &str, other: &str| one == other || key::exact(one) == key::exact(other);
    let titled = |j: &usize| {
        let title = after.sections[*j].title;
        !title.is_empty() && group.before.iter().any(|i| is_one(before.sections[*i].title, title))
    };
    group.after.iter().any(titled)
}

/// How many sentences both have, whatever the figures.
fn shared(group: &SectionGroup, (before, after): (&ComparedText<'_>, &ComparedText<'_>)) -> usize {
    let said = |text: &ComparedText<'_>, sections: &[usize]| -> Vec<u64> {
        let own = sections.iter().flat_map(|at| text.sections[*at].own.clone());
        let mut said: Vec<u64> = own.map(|at| text.sentences[at].key.masked).collect();
        said.sort_unstable();
        said.dedup();
        said
    };
    let earlier = said(before, &group.before);
    said(after, &group.after).iter().filter(|key| earlier.binary_search(key).is_ok()).count()
}

/// The rarest words of the later sections that the earlier ones have too.
fn words(group: &SectionGroup, texts: (&ComparedText<'_>, &ComparedText<'_>)) -> Vec<String> {
    let after = texts.1;
    let weigh = |gram: u32| weigh(gram, &group.before, texts);
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
fn weigh(gram: u32, before: &[usize], texts: (&ComparedText<'_>, &ComparedText<'_>)) -> Option<usize> {
    let (earlier, later) = (texts.0.bags(), texts.1.bags());
    let (old, new) = (earlier.with(gram), later.with(gram));
    let sections = earlier.whole.len() + later.whole.len();
    let often = earlier.own(old) + later.own(new);
    let is_rare = RARE * often <= sections.max(2 * RARE);
    let here = old.iter().any(|term| before.contains(&earlier.owners[term.bag as usize]));
    here.then_some(if is_rare { sections / often.max(1) } else { 0 })
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
        let (before, after) = (ComparedText::from_parts(&before), ComparedText::from_parts(&after));
        let found = compare(&before, &after);
        let group = found.alignment.groups.iter().find(|group| group.before == [1]).expect("it is there");
        assert_eq!(group.after, [1]);
        let told = reasons(group, (&before, &after));
        let words = vec!["巡河发现问题".to_owned(), "泵站淤泥".to_owned()];
        assert_eq!(told, [MatchReason::Sentences(1), MatchReason::Words(words)]);
        let same = found.alignment.groups.iter().find(|group| group.before == [2]).expect("it is there");
        assert_eq!(reasons(same, (&before, &after))[..2], [MatchReason::Title, MatchReason::Sentences(1)]);
    }
}
