//! The figures that changed between two forms of a sentence.
//!
//! Only what counts or measures something is a figure here: years and dates, the numbers of
//! documents and articles, hotlines and the figures in titles are none, however they change.

use std::ops::Range;

use super::clauses;
use super::counted::Around;
use super::sentences::{Change, Row};
use super::text::Text;
use crate::config::Measure;
use crate::han::figure::{self, Figure};
use crate::han::qualifier::{self, qualifier};
use crate::report::{Qualifier, Quantity};
use crate::source::floor_boundary;

/// A figure in either form of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureChange {
    /// As the earlier sentence tells it.
    pub before: Told,
    /// As the later one does.
    pub after: Told,
    /// What it counts, in the words before it.
    pub label: String,
    /// Its unit: `件`, `元`, `%`.
    pub unit: &'static str,
    /// What sort of number it is, as far as its sentence shows.
    pub measure: Measure,
}

/// A figure where it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The value.
    pub value: Quantity,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// The number of its sentence.
    pub sentence: usize,
    /// Where it stands in the sentence.
    pub range: Range<usize>,
}

/// The figures that changed in these rows.
pub(super) fn changed<'a>(
    rows: impl Iterator<Item = &'a Row>,
    texts: (&Text<'_>, &Text<'_>),
) -> Vec<FigureChange> {
    let rows = rows.filter(|row| row.counts());
    let mut changes: Vec<FigureChange> = rows.flat_map(|row| of_row(row, texts)).collect();
    changes.sort_by_key(|change| (change.after.sentence, change.after.range.start));
    changes
}

fn of_row(row: &Row, texts: (&Text<'_>, &Text<'_>)) -> Vec<FigureChange> {
    let (Some(before), Some(after)) = (row.before, row.after) else {
        return Vec::new();
    };
    let (old, new) = (texts.0.sentences[before].text, texts.1.sentences[after].text);
    let pairs = match row.change {
        Change::Figures => in_place(old, new),
        Change::Reworded => clauses::figures(old, new),
        _ => Vec::new(),
    };
    pairs.into_iter().filter_map(|(a, b)| change((old, before, &a), (new, after, &b))).collect()
}

/// The figures of two sentences that differ in nothing else, one by one.
fn in_place(before: &str, after: &str) -> Vec<(Figure, Figure)> {
    let (left, right) = (figure::figures(before), figure::figures(after));
    match left.len() == right.len() {
        true => left.into_iter().zip(right).collect(),
        false => Vec::new(),
    }
}

/// A sentence, its number, and a figure in it.
type Place<'a> = (&'a str, usize, &'a Figure);

fn change(before: Place<'_>, after: Place<'_>) -> Option<FigureChange> {
    // Most figures that changed stand in sentences that did not: their words are read once.
    let alike = near(before) == near(after);
    if alike && before.2.value == after.2.value {
        return None;
    }
    let new_words = Around::of(after.0, &after.2.range);
    let other = new_words.unit(after.2)?;
    let unit = match alike {
        true => new_words.unit(before.2)?,
        false => Around::of(before.0, &before.2.range).unit(before.2)?,
    };
    let new = beside(after);
    let old = if alike { new } else { beside(before) };
    let (old, new) = (told(before, old), told(after, new));
    if unit != other || (old.value == new.value && old.qualifier == new.qualifier) {
        return None;
    }
    let label = label(&after.0[..after.2.range.start]);
    Some(FigureChange { label, measure: new_words.measure(unit), before: old, after: new, unit })
}

/// As many bytes beside a figure as its words are ever read in.
const NEAR: usize = 96;

/// What stands near a figure, before and behind it.
fn near<'a>((text, _, figure): Place<'a>) -> (&'a str, &'a str) {
    let from = floor_boundary(text, figure.range.start.saturating_sub(NEAR));
    let to = floor_boundary(text, figure.range.end + NEAR);
    (&text[from..figure.range.start], &text[figure.range.end..to])
}

/// What the words beside a figure make of it.
fn beside((text, _, figure): Place<'_>) -> Option<Qualifier> {
    qualifier(&text[..figure.range.start], &text[figure.range.end..])
}

fn told((text, sentence, figure): Place<'_>, beside: Option<Qualifier>) -> Told {
    let range = figure.range.clone();
    // 20余万: the word stands within the figure.
    let within = text[range.clone()].contains(['余', '餘', '多']).then_some(Qualifier::AtLeast);
    Told { value: figure.value, qualifier: beside.or(within), sentence, range }
}

/// Marks that part one clause from the next.
const PAUSES: [char; 11] = ['，', '。', '；', '：', '、', ',', ';', ':', '（', '(', ')'];
/// A label is no longer than this many characters.
const LONGEST_LABEL: usize = 24;

/// The words before a figure that say what it counts.
fn label(before: &str) -> String {
    let words = before[..qualifier::before(before.trim_end())].trim_end_matches(['第', '（', '(']);
    let mut from = 0;
    for (at, c) in words.char_indices().rev() {
        let said = words[at + c.len_utf8()..].trim();
        // A clause that says too little is read with the one before it.
        if PAUSES.contains(&c) && said.chars().count() >= 3 {
            from = at + c.len_utf8();
            break;
        }
    }
    let said = words[from..].trim().trim_end_matches(['（', '(']);
    let skip = said.chars().count().saturating_sub(LONGEST_LABEL);
    let cut = said.char_indices().nth(skip).map_or(0, |(at, _)| at);
    match skip {
        0 => said.to_owned(),
        _ => format!("…{}", &said[cut..]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare;
    use super::*;

    fn changes(before: &'static str, after: &'static str) -> Vec<String> {
        let text = |sentence| Text::from_parts(&[("a", 1, "一节", vec![sentence])]);
        let tell = |told: &Told| {
            let qualifier =
                told.qualifier.map(|qualifier| format!("{} ", qualifier.as_str())).unwrap_or_default();
            format!("{qualifier}{}", told.value)
        };
        let (before, after) = (text(before), text(after));
        let found = compare(&before, &after).figures(&before, &after);
        let line = |change: &FigureChange| {
            let (old, new) = (tell(&change.before), tell(&change.after));
            format!("{}: {old} → {new} {} {:?}", change.label, change.unit, change.measure)
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn what_counts_is_told_with_its_words_and_unit() {
        for (before, after, expected) in [
            (
                "全年办结行政复议案件745件。",
                "全年办结行政复议案件812件。",
                "全年办结行政复议案件: 745 → 812 件 Flow",
            ),
            ("综合纠错率为40.02%。", "综合纠错率为43.50%。", "综合纠错率为: 40.02 → 43.50 % Ratio"),
            (
                "组织近10万名公职人员考试。",
                "组织12万余名公职人员考试。",
                "组织: at-most 100000 → at-least 120000 名 Flow",
            ),
            ("综合评估位列全省第2。", "综合评估位列全省第1。", "综合评估位列全省: 2 → 1  Rank"),
            ("累计取消事项290项。", "累计取消事项310项。", "累计取消事项: 290 → 310 项 Cumulative"),
            ("平均办理时间为1日。", "平均办理时间为3日。", "平均办理时间为: 1 → 3 日 Duration"),
            (
                "共开展普法宣传活动12场次。",
                "一年来共开展普法宣传活动30场次。",
                "一年来共开展普法宣传活动: 12 → 30 场次 Flow",
            ),
        ] {
            assert_eq!(changes(before, after), [expected]);
        }
    }

    #[test]
    fn every_sort_of_number_is_told_as_what_it_is() {
        for (before, after, expected) in [
            ("年末持证人员６８７８名。", "年末持证人员7012名。", "年末持证人员: 6878 → 7012 名 Stock"),
            ("现有公职律师120人。", "现有公职律师156人。", "现有公职律师: 120 → 156 人 Stock"),
            ("罚没金额1.2亿元。", "罚没金额9800万元。", "罚没金额: 120000000.0 → 98000000 元 Amount"),
            (
                "办理时限压缩30个工作日。",
                "办理时限压缩12个工作日。",
                "办理时限压缩: 30 → 12 个工作日 Duration",
            ),
            ("比上年提高2.1个百分点。", "比上年提高1.32个百分点。", "比上年提高: 2.1 → 1.32 个百分点 Ratio"),
            (
                "每年专题学法不少于4次。",
                "每年专题学法不少于6次。",
                "每年专题学法: at-least 4 → at-least 6 次 Target",
            ),
            (
                "力争网上可办率达95%以上。",
                "力争网上可办率达98%以上。",
                "力争网上可办率达: at-least 95 → at-least 98 % Target",
            ),
            ("挽回损失20余万元。", "挽回损失35万元。", "挽回损失: at-least 200000 → 350000 元 Amount"),
            ("審結案件（745件）。", "審結案件（812件）。", "審結案件: 745 → 812 件 Flow"),
            ("公开信息3.5萬條。", "公开信息4.2萬條。", "公开信息: 35000.0 → 42000.0 条 Flow"),
        ] {
            assert_eq!(changes(before, after), [expected]);
        }
    }

    #[test]
    fn what_counts_nothing_is_no_figure() {
        for (before, after) in [
            ("2019年7月6日印发。", "2020年8月9日印发。"),
            ("7月6日至9日召开。", "8月2日至5日召开。"),
            ("２０１９年以来稳步推进。", "２０２０年以来稳步推进。"),
            ("上午9时30分开庭。", "上午10时15分开庭。"),
            ("印发文件（赤政发〔2019〕7号）。", "印发文件（赤政发〔2020〕9号）。"),
            ("召开第16次常务会议。", "召开第23次常务会议。"),
            ("召开第2批集中学习会。", "召开第3批集中学习会。"),
            ("实施《行动方案3件事》。", "实施《行动方案5件事》。"),
            ("用好12345热线。", "用好12348热线。"),
            ("用好12345政务服务便民热线。", "用好12348公共法律服务热线。"),
            ("拨打110报警。", "拨打119报警。"),
            ("联系电话0750-3271234。", "联系电话0750-3275678。"),
            ("索引号11440700/2019-00123。", "索引号11440700/2020-00456。"),
            ("推广4G应用。", "推广5G应用。"),
            ("营商环境4.0改革。", "营商环境5.0改革。"),
            ("推行24证合一。", "推行32证合一。"),
            ("推行“1+5+N”模式。", "推行“1+6+N”模式。"),
            ("落实《条例》第3条。", "落实《条例》第5条。"),
            ("2018-2020年规划。", "2021-2025年规划。"),
            ("开展“3·15”活动。", "开展“6·26”活动。"),
            ("达到3级标准。", "达到4级标准。"),
            ("执行GB/T 9704-2012标准。", "执行GB/T 33476-2016标准。"),
            ("详见附件1。", "详见附件2。"),
            ("（1）推进公开。", "（2）推进公开。"),
            ("1.推进公开。", "2.推进公开。"),
        ] {
            assert_eq!(changes(before, after), Vec::<String>::new(), "{before}");
        }
    }
}
