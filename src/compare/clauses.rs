//! Which figures two wordings of a sentence both tell. A figure is held against another only if
//! the clauses around them say the same: 办结745件 and 受理812件 count different things, however
//! alike the sentences are.

use std::ops::Range;

use crate::han::figure::{self, Figure};
use crate::han::{fold, key};

/// Words that can come and go without a clause saying anything else, as they are folded.
const SOFT: [&str; 37] = [
    "今年以来",
    "一年来",
    "本年度",
    "年度内",
    "进一步",
    "全年",
    "年内",
    "今年",
    "当年",
    "总共",
    "一共",
    "共计",
    "合计",
    "累计共",
    "先后",
    "深入",
    "扎实",
    "持续",
    "不断",
    "积极",
    "认真",
    "切实",
    "着力",
    "大力",
    "有效",
    "有序",
    "稳步",
    "及时",
    "真正",
    "研究",
    "显着",
    "明显",
    "同时",
    "共有",
    "已经",
    "共",
    "已",
];

/// Words of which one can stand for another, each with what stands for all of them.
const ALIKE: [(&str, &str); 28] = [
    ("举办", "开展"),
    ("举行", "开展"),
    ("组织", "开展"),
    ("实施", "开展"),
    ("进行", "开展"),
    ("安排", "开展"),
    ("强化", "加强"),
    ("推动", "推进"),
    ("构建", "建立"),
    ("设立", "建立"),
    ("成立", "建立"),
    ("建成", "建立"),
    ("选聘", "聘请"),
    ("聘任", "聘请"),
    ("健全", "完善"),
    ("提高", "提升"),
    ("达到", "为"),
    ("达", "为"),
    ("我市", "全市"),
    ("我县", "全县"),
    ("我区", "全区"),
    ("我省", "全省"),
    ("查办", "查处"),
    ("公布", "公开"),
    ("特邀", "邀请"),
    ("制订", "制定"),
    ("从严", "严格"),
    ("上升", "增长"),
];

/// A clause that begins with these, as they are folded, and says little more is about what was said before it.
const LEANING: [&str; 25] = [
    "其中", "同比", "环比", "比", "较", "占", "分别", "平均", "涉及", "涉案", "参加", "参训", "参与", "惠及",
    "复盖", "发放", "合格", "满意", "优秀", "办结", "完成", "整改", "排名", "位列", "得分",
];
/// A clause with fewer characters than this is always about what was said before it.
const SHORTEST: usize = 5;
/// One that leans on what was said before it does so up to this many.
const LONGEST_LEANING: usize = 9;

/// A clause of a sentence.
struct Clause {
    figures: Vec<Figure>,
    /// What it says, whatever its figures are.
    said: String,
    /// Whether only the clause before it says what its figures count.
    leans: bool,
}

/// The figures that two wordings of a sentence both tell, pair by pair, whether or not they
/// have changed.
pub(super) fn figures(before: &str, after: &str) -> Vec<(Figure, Figure)> {
    let (old, new) = (clauses(before), clauses(after));
    let mut taken = vec![false; new.len()];
    let mut pairs = Vec::new();
    for (i, clause) in old.iter().enumerate().filter(|(_, clause)| !clause.figures.is_empty()) {
        let same = |j: &usize| !taken[*j] && is_same((&old, i), (&new, *j));
        if let Some(j) = (0..new.len()).find(same) {
            taken[j] = true;
            pairs.extend(clause.figures.iter().cloned().zip(new[j].figures.iter().cloned()));
        }
    }
    pairs
}

/// Whether two clauses say the same, and where they lean on others, whether those do.
fn is_same(before: (&[Clause], usize), after: (&[Clause], usize)) -> bool {
    let (i, j) = (before.1, after.1);
    let (old, new) = (&before.0[i], &after.0[j]);
    let same = old.said == new.said && old.figures.len() == new.figures.len();
    match (same, old.leans, i.checked_sub(1), j.checked_sub(1)) {
        (true, true, Some(i), Some(j)) => is_same((before.0, i), (after.0, j)),
        (true, true, None, None) | (true, false, ..) => true,
        _ => false,
    }
}

fn clauses(text: &str) -> Vec<Clause> {
    let figures = figure::figures(text);
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['，', '；', '。', '：', '！', ',', ';', ':']) {
        // A comma between thousands parts no clauses.
        if figures.iter().all(|figure| !(figure.range.start..figure.range.end).contains(&at)) {
            clauses.extend(Clause::of(text, start..at, &figures));
            start = at + mark.len();
        }
    }
    clauses.extend(Clause::of(text, start..text.len(), &figures));
    clauses
}

impl Clause {
    /// The clause at `range`; none where nothing stands there.
    fn of(text: &str, range: Range<usize>, figures: &[Figure]) -> Option<Self> {
        let folded = fold::squeeze_str(&text[range.clone()]);
        let masked = key::masked(key::said(&folded));
        let count = masked.chars().filter(|c| c.is_alphabetic()).count();
        let leaning = count < LONGEST_LEANING && LEANING.iter().any(|word| masked.starts_with(word));
        let within = |figure: &&Figure| range.start <= figure.range.start && figure.range.end <= range.end;
        let figures = figures.iter().filter(within).cloned().collect();
        let said = plain(masked);
        (!said.is_empty()).then_some(Self { figures, said, leans: count < SHORTEST || leaning })
    }
}

/// The words that count, each in one form.
fn plain(masked: String) -> String {
    let dropped = SOFT.iter().fold(masked, |said, word| match said.contains(word) {
        true => said.replace(word, ""),
        false => said,
    });
    ALIKE.iter().fold(dropped, |said, (word, other)| match said.contains(word) {
        true => said.replace(word, other),
        false => said,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_looked_for_in_folded_text_are_folded() {
        let alike = ALIKE.iter().flat_map(|(word, other)| [*word, *other]);
        for word in SOFT.into_iter().chain(LEANING).chain(alike) {
            assert_eq!(fold::squeeze_str(word), word);
        }
    }

    fn told(before: &str, after: &str) -> String {
        let pairs = figures(before, after);
        let told =
            pairs.iter().map(|(a, b)| format!("{}→{}", &before[a.range.clone()], &after[b.range.clone()]));
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn figures_of_clauses_that_say_the_same_are_held_against_each_other() {
        for (before, after, expected) in [
            ("共开展宣传活动12场次。", "一年来举办宣传活动30场次，反响良好。", "12→30"),
            ("强化监督，查处违法案件3492宗。", "加大力度，查办违法案件3604宗，曝光一批。", "3492→3604"),
            (
                "审结行政复议案件745件，其中维持500件。",
                "审结行政复议案件812件，其中维持610件，成效明显。",
                "745→812 500→610",
            ),
            ("調解矛盾糾紛８件。", "调解矛盾纠纷9件，", "８→9"),
            ("收入1,200万元，增长5%。", "收入1,300万元，上升6%。", "1,200万→1,300万 5%→6%"),
        ] {
            assert_eq!(told(before, after), expected);
        }
    }

    #[test]
    fn what_counts_something_else_is_not() {
        for (before, after) in [
            ("全年共办结行政复议案件745件。", "全年共受理行政复议案件812件。"),
            ("审结行政复议案件745件，其中维持500件。", "审结行政诉讼案件12件，其中维持8件。"),
            ("受理申请12件。", "不予受理申请3件。"),
            ("取消证明事项195项。", "累计取消证明事项290项。"),
            ("举办培训5场，参加1200人次。", "举办讲座8场，参加300人次。"),
            ("全市网上可办率85%。", "市直网上可办率77%。"),
            ("市委书记批示9次。", "市委书记、市长分别批示15次、21次。"),
            ("一审败诉5件。", "二审败诉3件。"),
        ] {
            assert_eq!(told(before, after), "", "{before} {after}");
        }
    }
}
