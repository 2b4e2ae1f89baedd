//! The figures that changed between two forms of a sentence.
//!
//! Only what counts or measures something is a figure here: years and dates, the numbers of
//! documents and articles, hotlines and the figures in titles are none, however they change.

use std::ops::Range;

use rust_decimal::Decimal;

use super::clauses;
use super::sentences::{Change, Row};
use super::text::Text;
use crate::config::Measure;
use crate::han::figure::{self, Figure};
use crate::han::fold;
use crate::han::qualifier::{self, qualifier};
use crate::report::Qualifier;

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
    pub value: Decimal,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// The number of its sentence.
    pub sentence: usize,
    /// Where it stands in the sentence.
    pub range: Range<usize>,
}

/// What is counted or measured in; longer ones first where one begins with another.
const UNITS: [&str; 84] = [
    "个百分点",
    "百分点",
    "平方公里",
    "平方米",
    "个工作日",
    "工作日",
    "个小时",
    "小时",
    "分钟",
    "件次",
    "人次",
    "场次",
    "公里",
    "公顷",
    "公斤",
    "个月",
    "件",
    "项",
    "个",
    "名",
    "人",
    "场",
    "次",
    "份",
    "家",
    "户",
    "处",
    "部",
    "条",
    "起",
    "宗",
    "元",
    "天",
    "日",
    "年",
    "篇",
    "期",
    "支",
    "所",
    "辆",
    "亩",
    "吨",
    "位",
    "批",
    "例",
    "台",
    "套",
    "门",
    "课",
    "则",
    "种",
    "类",
    "册",
    "张",
    "本",
    "幅",
    "块",
    "栋",
    "座",
    "间",
    "站",
    "点",
    "村",
    "组",
    "队",
    "分",
    "倍",
    "级",
    "轮",
    "卷",
    "字",
    "节",
    "讲",
    "班",
    "对",
    "段",
    "米",
    "艘",
    "架",
    "头",
    "只",
    "棵",
    "股",
    "款",
];

/// Numbers that are called and not counted.
const CALLED: [&str; 4] = ["热线", "政务", "平台", "公共"];

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
    let (old_words, new_words) = (Around::of(before), Around::of(after));
    let (unit, other) = (old_words.unit(before.2)?, new_words.unit(after.2)?);
    let (old, new) = (told(before), told(after));
    if unit != other || (old.value == new.value && old.qualifier == new.qualifier) {
        return None;
    }
    let label = label(&after.0[..after.2.range.start]);
    Some(FigureChange { label, measure: new_words.measure(unit), before: old, after: new, unit })
}

fn told((text, sentence, figure): Place<'_>) -> Told {
    let range = figure.range.clone();
    // 20余万: the word stands within the figure.
    let within = text[range.clone()].contains(['余', '餘', '多']).then_some(Qualifier::AtLeast);
    let beside = qualifier(&text[..range.start], &text[range.end..]);
    Told { value: figure.value, qualifier: beside.or(within), sentence, range }
}

/// The words around a figure, folded.
struct Around {
    /// The clause before it, or the end of a long one.
    before: String,
    /// The first words behind it.
    after: String,
    /// Whether it stands within the name of a law or a document.
    is_titled: bool,
}

/// How many characters of a clause before a figure are read.
const REACH: usize = 24;

impl Around {
    fn of((text, _, figure): Place<'_>) -> Self {
        let (before, after) = (&text[..figure.range.start], &text[figure.range.end..]);
        let from = before.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(REACH).map_or(after.len(), |(at, _)| at);
        let before_folded = fold::fold_str(&before[from..]);
        let clause = before_folded.rfind([',', ';', '。']).map_or(0, |at| at + 1);
        Self {
            before: before_folded[clause..].trim_end().trim_start_matches('。').to_owned(),
            after: fold::fold_str(&after[..to]).trim_start().to_owned(),
            is_titled: is_titled(before),
        }
    }

    /// The unit of the figure; `None` where it counts nothing.
    fn unit(&self, figure: &Figure) -> Option<&'static str> {
        if self.is_titled || CALLED.iter().any(|word| self.after.starts_with(word)) {
            return None;
        }
        if figure.percent {
            return Some("%");
        }
        let before = self.before.as_str();
        let rest = self.after.trim_start_matches(['余', '多']);
        let unit = UNITS.iter().find(|unit| rest.starts_with(**unit)).copied();
        match unit {
            _ if is_date(before, rest, figure) => None,
            _ if before.ends_with('第') && is_rank(before, unit) => Some(unit.unwrap_or_default()),
            _ if before.ends_with('第') || rest.starts_with('号') => None,
            _ if before.ends_with('(') && rest.starts_with(')') => None,
            // A cell of a table says in its head what it counts.
            None if before.ends_with(':') && (rest.is_empty() || rest.starts_with(';')) => Some(""),
            unit => unit,
        }
    }

    /// What sort of number it is.
    fn measure(&self, unit: &str) -> Measure {
        match unit {
            "%" => Measure::Ratio,
            _ if self.before.ends_with('第') => Measure::Rank,
            "元" => Measure::Amount,
            "天" | "日" | "小时" | "个小时" | "分钟" | "工作日" | "个工作日" | "个月" | "年" => {
                Measure::Duration
            }
            _ if self.before.contains("累计") => Measure::Cumulative,
            _ => Measure::Flow,
        }
    }
}

/// Whether a text breaks off within the name of a law or a document.
fn is_titled(before: &str) -> bool {
    before.rfind('《') > before.rfind('》')
}

/// Years, months and days, and the first of two years.
fn is_date(before: &str, after: &str, figure: &Figure) -> bool {
    let is_year = figure.range.len() == 4
        && figure.value >= Decimal::from(1900)
        && figure.value < Decimal::from(2100)
        && after.starts_with(['年', '-', '—', '–', '至', '到', '/', '.']);
    let is_day = after.starts_with('日') && before.ends_with('月');
    is_year || is_day || after.starts_with('月')
}

/// 位列全省第2, and not 第2次会议.
fn is_rank(before: &str, unit: Option<&str>) -> bool {
    let ranked = ["排名", "位列", "位居", "名列", "列", "居", "排", "全省", "全国", "全市"];
    let words = before.trim_end_matches('第');
    matches!(unit, None | Some("位" | "名")) && ranked.iter().any(|word| words.ends_with(word))
}

/// Marks that part one clause from the next.
const PAUSES: [char; 11] = ['，', '。', '；', '：', '、', ',', ';', ':', '（', '(', ')'];
/// A label is no longer than this many characters.
const LONGEST_LABEL: usize = 24;

/// The words before a figure that say what it counts.
fn label(before: &str) -> String {
    let words = before[..qualifier::before(before.trim_end())].trim_end_matches('第');
    let mut from = 0;
    for (at, c) in words.char_indices().rev() {
        let said = words[at + c.len_utf8()..].trim();
        // A clause that says too little is read with the one before it.
        if PAUSES.contains(&c) && said.chars().count() >= 3 {
            from = at + c.len_utf8();
            break;
        }
    }
    let said = words[from..].trim();
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
    fn what_counts_nothing_is_no_figure() {
        for (before, after) in [
            ("2019年7月6日印发。", "2020年8月9日印发。"),
            ("印发文件（赤政发〔2019〕7号）。", "印发文件（赤政发〔2020〕9号）。"),
            ("召开第16次常务会议。", "召开第23次常务会议。"),
            ("实施《行动方案3件事》。", "实施《行动方案5件事》。"),
            ("用好12345热线。", "用好12348热线。"),
            ("营商环境4.0改革。", "营商环境5.0改革。"),
            ("落实《条例》第3条。", "落实《条例》第5条。"),
            ("2018-2020年规划。", "2021-2025年规划。"),
        ] {
            assert_eq!(changes(before, after), Vec::<String>::new(), "{before}");
        }
    }
}
