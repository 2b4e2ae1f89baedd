//! Metadata that a page prints around its text: 索引号, 发文机关, 发布日期 and the like, in tables, in lists
//! or several on a line.

use std::ops::Range;

use crate::import::draft::{Draft, MetadataLabel, OmittedStretch};
use crate::import::facts::{self, Fact};

/// A line outside of the text: where it stands, and the rule that leaves it out unless it is a label.
#[derive(Clone, Debug)]
pub(super) struct OutsideLine {
    pub(super) at: Range<usize>,
    pub(super) rule: &'static str,
    /// Where elements begin in it, as far from its beginning: there a word begins, too.
    pub(super) edges: Vec<usize>,
    /// The row of a table or the entry of a list that it stands in, if any.
    pub(super) row: Option<usize>,
}

/// Tells every line once: as labels, and as asides what is none.
pub(super) fn tell(draft: &mut Draft, lines: &[OutsideLine]) {
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let found = labels_in(&draft.text[line.at.clone()], &line.edges);
        if found.is_empty() {
            draft.asides.push(OmittedStretch { at: line.at.clone(), rule: line.rule });
            at += 1;
            continue;
        }
        at += told_count(draft, &lines[at..], &found);
    }
}

/// A name of metadata in a line: where it stands, and where its value begins.
struct LabelInLine {
    at: usize,
    name: String,
    value: usize,
}

/// Tells the labels of the first line, and gives back how many lines were told: a name at its end has its
/// value in the next line of the same row.
fn told_count(draft: &mut Draft, lines: &[OutsideLine], found: &[LabelInLine]) -> usize {
    let line = &lines[0];
    let (start, end) = (line.at.start, line.at.end);
    if found[0].at > 0 {
        draft.asides.push(OmittedStretch { at: start..start + found[0].at, rule: line.rule });
    }
    for (number, name) in found.iter().enumerate() {
        let until = found.get(number + 1).map_or(end, |next| start + next.at);
        let value = clean(&draft.text[start + name.value..until]);
        let is_last = number + 1 == found.len();
        let next = lines
            .get(1)
            .filter(|next| value.is_empty() && is_last && next.row == line.row && line.row.is_some());
        let next = next.filter(|next| {
            next.at.start == end && self::labels_in(&draft.text[next.at.clone()], &next.edges).is_empty()
        });
        let (until, value) = match next {
            Some(next) => (next.at.end, clean(&draft.text[next.at.clone()])),
            None => (until, value),
        };
        let at = start + name.at..until;
        match value.is_empty() {
            true => draft.asides.push(OmittedStretch { at, rule: line.rule }),
            false => draft.labels.push(MetadataLabel { at, name: name.name.clone(), value }),
        }
        if next.is_some() {
            return 2;
        }
    }
    1
}

/// A value without the brackets and spaces around it.
fn clean(value: &str) -> String {
    let value = value.trim();
    // Buttons stand in brackets behind a value.
    let end = value.find('【').filter(|at| *at > 0).unwrap_or(value.len());
    let value = &value[..end];
    value
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '[' | ']' | '【' | '】'))
        .to_owned()
}

/// Whether a line is made of labels alone, as the cells of a table of metadata are.
pub(super) fn is_label(line: &str) -> bool {
    labels_in(line, &[]).first().is_some_and(|first| first.at == 0)
}

/// Whether a line says something that catalogues say, by a name and a colon at its beginning.
pub(super) fn is_said(line: &str) -> bool {
    let line = line.trim();
    labels_in(line, &[]).first().is_some_and(|first| {
        first.at == 0
            && first.value < line.len()
            && facts::named(&first.name).is_some_and(|fact| fact != Fact::Furniture)
    })
}

/// Every name of metadata in a line that a colon follows, or that is all of the line.
fn labels_in(line: &str, edges: &[usize]) -> Vec<LabelInLine> {
    let mut found: Vec<LabelInLine> = Vec::new();
    let mut from = 0;
    for (colon, sign) in line.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        if colon < from {
            continue;
        }
        if let Some((at, name)) = name_before(&line[from..colon], |at| edges.contains(&(from + at))) {
            found.push(LabelInLine { at: from + at, name, value: colon + sign.len_utf8() });
            from = colon + sign.len_utf8();
        }
    }
    if found.is_empty()
        && let Some((at, name)) = name_before(line, |_| false)
        && line[..at].trim().is_empty()
    {
        found.push(LabelInLine { at: 0, name, value: line.len() });
    }
    found
}

/// The longest name of metadata at the end of `text`, spaces in it aside, and where it begins. What stands
/// before it must not be a word that it is a part of.
fn name_before(text: &str, begins: impl Fn(usize) -> bool) -> Option<(usize, String)> {
    let mut name = String::new();
    let mut best = None;
    for (at, c) in text.char_indices().rev() {
        if c.is_whitespace() || matches!(c, '【' | '[' | ']' | '】') {
            continue;
        }
        name.insert(0, c);
        if name.chars().count() > 8 {
            break;
        }
        if is_name(&name) {
            best = Some((at, name.clone()));
        }
    }
    let (at, name) = best?;
    let before = text[..at].chars().next_back();
    (before.is_none_or(|c| !c.is_alphanumeric()) || begins(at)).then_some((at, name))
}

fn is_name(name: &str) -> bool {
    facts::named(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> (Vec<(String, String)>, usize) {
        let mut draft = Draft::default();
        let mut all = Vec::new();
        for line in lines {
            let start = draft.text.len();
            draft.text.push_str(line);
            all.push(OutsideLine {
                at: start..draft.text.len(),
                rule: "html-furniture",
                edges: Vec::new(),
                row: Some(0),
            });
        }
        tell(&mut draft, &all);
        assert_eq!(draft.account(), Ok(()));
        let labels = draft.labels.into_iter().map(|label| (label.name, label.value));
        (labels.collect(), draft.asides.len())
    }

    #[test]
    fn several_labels_of_a_line_are_told_apart() {
        let (labels, _) =
            told(&["发布时间：2020-03-20 09:30 来源：市司法局 浏览次数：12 字体：【大 中 小】", "首页"]);
        let labels: Vec<(&str, &str)> = labels.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(
            labels,
            [
                ("发布时间", "2020-03-20 09:30"),
                ("来源", "市司法局"),
                ("浏览次数", "12"),
                ("字体", "大 中 小"),
            ]
        );
    }

    #[test]
    fn a_name_has_its_value_in_the_next_cell_and_spaces_in_it_do_not_count() {
        let (labels, asides) =
            told(&["索 引 号：", "11440700/2020-1", "发文机关", "市政府", "成文日期:", "主题词:"]);
        let labels: Vec<(&str, &str)> = labels.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(labels, [("索引号", "11440700/2020-1"), ("发文机关", "市政府")]);
        assert_eq!(asides, 2);
    }

    #[test]
    fn a_word_that_ends_like_a_name_is_none() {
        assert!(labels_in("我市主要情况说明标题党：不提倡", &[]).is_empty());
        assert!(labels_in("相关链接", &[]).is_empty() && labels_in("市司法局来源：网络", &[]).is_empty());
    }
}
