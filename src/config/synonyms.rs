//! Words of the field that mean the same to whoever searches: a citizen says 民告官 where a report
//! says 行政诉讼. Search takes one for the other only where nothing holds what was typed.

use crate::diag::Words;
use crate::yaml::{Fields, YamlNode};

/// Words that mean the same, in groups.
pub type Synonyms = Vec<Vec<String>>;

/// What every site knows. Names of indicators and kinds are not here; those have their own.
const BUILT_IN: [&[&str]; 12] = [
    &["依法行政", "法治政府"],
    &["政务公开", "信息公开", "政府信息公开"],
    &["依申请公开", "申请公开", "信息公开申请"],
    &["行政诉讼", "民告官", "行政应诉"],
    &["行政复议", "复议"],
    &["负责人出庭", "首长出庭", "出庭应诉"],
    &["规范性文件", "红头文件"],
    &["合法性审查", "合法性审核", "法制审核"],
    &["放管服", "简政放权"],
    &["执法人员", "执法队伍"],
    &["普法", "法治宣传", "法制宣传"],
    &["法律援助", "法援"],
];

/// The groups that every site has.
pub(super) fn built_in() -> Synonyms {
    BUILT_IN.iter().map(|group| group.iter().map(|word| (*word).to_owned()).collect()).collect()
}

/// Reads `synonyms:`: a word, and what else it is called. A word that a group has already brings
/// its others into that group.
pub(super) fn read(fields: &mut Fields<'_>, synonyms: &mut Synonyms) {
    let added = fields.group("synonyms", |inner| {
        let entries = inner.rest();
        let mut added = Vec::new();
        for (word, node) in entries {
            let items = match node.value {
                YamlNode::List(items) => items,
                _ => vec![node],
            };
            let others = items.into_iter().filter_map(|item| inner.as_text(&word.value, item));
            let others: Vec<String> = others.map(|other| other.value).collect();
            if others.is_empty() && !inner.complained_of(&word.value) {
                let words = Words::new("没有写出同义的词", "no word of the same meaning is given");
                inner.error("matter/value", word.span, words).help = Some(Words::new(
                    "例如 `synonyms: { 民告官: [行政诉讼] }`",
                    "such as `synonyms: { 民告官: [行政诉讼] }`",
                ));
            }
            added.push((word.value, others));
        }
        Some(added)
    });
    for (word, others) in added.unwrap_or_default() {
        let known = synonyms.iter_mut().find(|group| group.contains(&word));
        match known {
            Some(group) => group.extend(others),
            None => synonyms.push(std::iter::once(word).chain(others).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use crate::source::Source;

    #[test]
    fn a_site_adds_words_to_a_group_and_groups_of_its_own() {
        let text = "title: 档\nbase_url: https://a/\nsynonyms:\n  民告官: [告政府]\n  枫桥经验: 枫桥\n";
        let read = Config::parse(&Source::new("site.yaml", text));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let of = |word: &str| {
            let has = |group: &&Vec<String>| group.iter().any(|one| one == word);
            read.value.synonyms.iter().find(has).cloned().unwrap_or_default()
        };
        assert!(of("告政府").contains(&"行政诉讼".to_owned()), "{:?}", of("告政府"));
        assert_eq!(of("枫桥"), ["枫桥经验", "枫桥"]);
    }

    #[test]
    fn no_word_stands_in_two_groups() {
        let mut words: Vec<String> = super::built_in().concat();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
