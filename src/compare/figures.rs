//! The figures that changed between two texts.
//!
//! Only what counts or measures something is a figure here: years and dates, the numbers of
//! documents and articles, hotlines and the figures in titles are none, however they change. Two
//! figures are held against each other if they count the same ([`super::reading::FigureNature`]).

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::OnceLock;

use super::nature::{self, Context};
use super::reading::{self, FigureNature, FigureReading};
use super::sentences::{SentenceChange, SentenceRow};
use super::text::ComparedText;
use crate::han::amount::Amount;
use crate::han::measure::Measure;

/// A figure in either form of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureChange {
    /// As the earlier sentence tells it.
    pub before: FigureSpot,
    /// As the later one does.
    pub after: FigureSpot,
    /// What it counts, in words.
    pub label: String,
    /// Its unit: `件`, `元`, `%`.
    pub unit: String,
    /// What sort of number it is, as far as its sentence shows.
    pub measure: Measure,
    /// By how many powers of ten both are counted: 12 for 万亿.
    pub power: u32,
}

/// A figure where it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureSpot {
    /// What is told.
    pub amount: Amount,
    /// The number of its sentence.
    pub sentence: usize,
    /// Where it stands in the sentence, without its unit.
    pub range: Range<usize>,
}

/// The figures that changed in these rows.
pub(super) fn changed<'a>(
    rows: impl Iterator<Item = &'a SentenceRow>,
    texts: (&ComparedText<'_>, &ComparedText<'_>),
) -> Vec<FigureChange> {
    let mut changes: Vec<FigureChange> =
        rows.filter(|row| row.counts()).flat_map(|row| of_row(row, texts)).collect();
    changes.sort_by_key(|change| (change.after.sentence, change.after.range.start));
    changes
}

/// The figures of a text by sentence, each read when somebody first asks.
#[derive(Debug)]
pub(super) struct SentenceFigures(Vec<(Context, OnceLock<Vec<FigureReading>>)>);

impl SentenceFigures {
    pub(super) fn of(text: &ComparedText<'_>) -> Self {
        Self(nature::contexts(text).into_iter().map(|context| (context, OnceLock::new())).collect())
    }

    /// The figures of a sentence of `text`, which these are of.
    pub(super) fn read(&self, text: &ComparedText<'_>, sentence: usize) -> &[FigureReading] {
        let (context, readings) = &self.0[sentence];
        let sentence = &text.sentences[sentence];
        readings.get_or_init(|| match sentence.is_row {
            true => reading::row(sentence.text, *context),
            false => reading::read(sentence.text, *context),
        })
    }
}

fn of_row(row: &SentenceRow, texts: (&ComparedText<'_>, &ComparedText<'_>)) -> Vec<FigureChange> {
    let (Some(before), Some(after), SentenceChange::Figures | SentenceChange::Reworded) =
        (row.before, row.after, row.change)
    else {
        return Vec::new();
    };
    let pairs = pairs(texts.0.figures(before), texts.1.figures(after)).into_iter();
    pairs.filter_map(|(old, new)| change((old, before), (new, after))).collect()
}

/// The figures that count the same, in the order of the earlier ones.
fn pairs<'r>(
    old: &'r [FigureReading],
    new: &'r [FigureReading],
) -> Vec<(&'r FigureReading, &'r FigureReading)> {
    let mut by_nature: HashMap<&FigureNature, VecDeque<&FigureReading>> = HashMap::new();
    for reading in new {
        by_nature.entry(&reading.nature).or_default().push_back(reading);
    }
    let same = |old: &'r FigureReading| Some((old, by_nature.get_mut(&old.nature)?.pop_front()?));
    old.iter().filter_map(same).collect()
}

fn change(
    (old, before): (&FigureReading, usize),
    (new, after): (&FigureReading, usize),
) -> Option<FigureChange> {
    if old.amount == new.amount {
        return None;
    }
    Some(FigureChange {
        power: old.power.min(new.power),
        before: FigureSpot { amount: old.amount, sentence: before, range: old.range.clone() },
        after: FigureSpot { amount: new.amount, sentence: after, range: new.range.clone() },
        label: new.label.clone(),
        unit: new.unit.clone(),
        measure: new.measure,
    })
}

#[cfg(test)]
mod tests {
    use super::super::compare;
    use super::*;

    fn changes(before: &'static str, after: &'static str) -> Vec<String> {
        let text = |sentence| ComparedText::from_parts(&[("a", 1, "一节", vec![sentence])]);
        let tell = |told: &FigureSpot| {
            let Amount { value, to, qualifier } = told.amount;
            let qualifier = qualifier.map(|qualifier| format!("{} ", qualifier.as_str())).unwrap_or_default();
            format!("{qualifier}{}{}", value.plain(), to.map(|to| format!("…{to}")).unwrap_or_default())
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
                "办结行政复议案件: 745 → 812 件 Flow",
            ),
            ("综合纠错率为40.02%。", "综合纠错率为43.50%。", "综合纠错率: 40.02 → 43.5 % Ratio"),
            (
                "组织近10万名公职人员考试。",
                "组织12万余名公职人员考试。",
                "组织公职人员考试: at-most 100000 → at-least 120000 名 Flow",
            ),
            ("综合评估位列全省第2。", "综合评估位列全省第1。", "综合评估位列全省: 2 → 1  Rank"),
            ("累计取消事项290项。", "累计取消事项310项。", "累计取消事项: 290 → 310 项 Cumulative"),
            ("平均办理时间为1日。", "平均办理时间为3日。", "平均办理时间: 1 → 3 日 Duration"),
            (
                "共开展普法宣传活动12场次。",
                "一年来共开展普法宣传活动30场次。",
                "共开展普法宣传活动: 12 → 30 场次 Flow",
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
            ("罚没金额1.2亿元。", "罚没金额9800万元。", "罚没金额: 120000000 → 98000000 元 Amount"),
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
                "力争网上可办率: at-least 95 → at-least 98 % Target",
            ),
            ("挽回损失20余万元。", "挽回损失35万元。", "挽回损失: at-least 200000 → 350000 元 Amount"),
            ("審結案件（745件）。", "審結案件（812件）。", "審結案件: 745 → 812 件 Flow"),
            ("公开信息3.5萬條。", "公开信息4.2萬條。", "公开信息: 35000 → 42000 条 Flow"),
        ] {
            assert_eq!(changes(before, after), [expected]);
        }
    }

    #[test]
    fn a_label_says_what_is_counted() {
        for (before, after, expected) in [
            (
                "出口总值628.06亿美元，增长6.6%。",
                "出口总值727.15亿美元，增长15.8%。",
                "出口总值: 62806000000 → 72715000000 美元 Amount|出口总值增长: 6.6 → 15.8 % Ratio",
            ),
            (
                "二氧化硫、氨氮排放量分别下降1%、2%。",
                "二氧化硫、氨氮排放量分别下降0.2%，3%。",
                "二氧化硫下降: 1 → 0.2 % Ratio|氨氮排放量下降: 2 → 3 % Ratio",
            ),
            (
                "发放补贴（含各区）300万元，占支出的5%。",
                "发放补贴（含各区）450万元，占支出的7%。",
                "发放补贴: 3000000 → 4500000 元 Amount|发放补贴占支出: 5 → 7 % Ratio",
            ),
            ("办理12件应诉案件。", "办理15件应诉案件，成效明显。", "办理应诉案件: 12 → 15 件 Flow"),
            (
                "开工5千套，建成三千套。",
                "开工6千套，建成四千套。",
                "开工: 5000 → 6000 套 Flow|建成: 3000 → 4000 套 Flow",
            ),
            ("增长目标为6%—6.5%。", "增长目标为5%至5.5%。", "增长目标: 6…6.5 → 5…5.5 % Target"),
            ("占比从38%下降到18%。", "占比从18%下降到8%。", "占比下降到: 18 → 8 % Ratio"),
            ("考评居全省第3。", "考评居全省首位。", "考评居全省: 3 → 1  Rank"),
            (
                "群众对执法满意的占八成。",
                "群众对执法满意的占九成以上，评价好。",
                "群众对执法满意的占: 80 → at-least 90 % Ratio",
            ),
        ] {
            assert_eq!(changes(before, after).join("|"), expected);
        }
    }

    #[test]
    fn what_counts_something_else_is_not_held_against_it() {
        for (before, after) in [
            ("城镇新增就业110万人。", "五年来，城镇新增就业577万人。"),
            ("城镇新增就业110万人。", "累计城镇新增就业577万人。"),
            ("城镇新增就业110万人。", "城镇新增就业年均120万人。"),
            ("上半年城镇新增就业60万人。", "全年城镇新增就业120万人。"),
            ("城镇新增就业110万人。", "力争城镇新增就业120万人。"),
            ("生产总值增长6%。", "生产总值下降1%。"),
            ("能耗下降5%。", "能耗下降到5%。"),
            ("生产总值增长6%。", "生产总值6万亿元。"),
            ("受理案件12件，办结10件。", "受理申请13件，办结11件。"),
            ("落实三项制度。", "落实四项制度。"),
            ("学习贯彻十一届三次全会精神。", "学习贯彻十一届四次全会精神。"),
            ("审结案件12件。", "审结案件12件次。"),
        ] {
            assert_eq!(changes(before, after), Vec::<String>::new(), "{before} {after}");
        }
        let text = |title, sentence| ComparedText::from_parts(&[("a", 1, title, vec![sentence])]);
        let (done, planned) = (text("工作回顾", "办结案件5件。"), text("下一步打算", "办结案件6件。"));
        assert_eq!(compare(&done, &planned).figures(&done, &planned), []);
    }

    #[test]
    fn a_row_is_called_by_both_its_heads() {
        let row = |text| {
            let mut of = ComparedText::from_parts(&[("a", 1, "一节", vec![text])]);
            of.sentences[0].is_row = true;
            of
        };
        let (before, after) = (
            row("指标：生产总值（亿元）；2019年：100；2018年：90；增长（%）：6.1；位次：3"),
            row("指标：生产总值（亿元）；2020年：110；2019年：100；增长（%）：5.9；位次：2"),
        );
        let found = compare(&before, &after).figures(&before, &after);
        let told: Vec<_> = found.iter().map(|change| format!("{} {}", change.label, change.unit)).collect();
        assert_eq!(
            told,
            ["生产总值 亿元", "生产总值：1年前 亿元", "生产总值：增长 %", "生产总值：位次 亿元"]
        );
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
