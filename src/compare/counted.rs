//! What a figure counts or measures, as far as the words beside it show: its unit, and what sort
//! of number it is. Years and dates, the numbers of documents and articles, hotlines and the
//! figures in titles count nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::letters::Letters;
use crate::han::figure::PrintedFigure;
use crate::han::fold;
use crate::han::measure::Measure;
use crate::han::quantity::Quantity;

/// What is counted or measured in. Ranks of things, as 3级, and times of day are no counts.
const UNITS: &str = "
    个百分点 百分点 平方公里 平方米 立方米 个工作日 工作日 个小时 小时 分钟 个月 公里 公顷 公斤 课时 学时
    立方米 千瓦时 人公里 吨公里 吨标准煤 千瓦 公里 美元 港元 欧元 英镑 日元 千克 番
    件次 人次 场次 批次 台次 车次 户次 家次 例次 条次 件 项 个 名 人 场 次 份 家 户 处 部 条 起 宗 元 天 日 年
    篇 期 支 所 辆 亩 吨 位 批 例 台 套 门 课 则 种 类 册 张 本 幅 块 栋 座 间 站 村 组 队 分 倍 轮 卷 字 节 讲
    班 对 段 米 艘 架 头 只 棵 股 款 笔 枚 幢 句 页 片 根";
/// The longest unit has so many characters.
const LONGEST_UNIT: usize = 4;

/// Numbers that are called and not counted.
const CALLED: [&str; 4] = ["热线", "政务", "平台", "公共"];
/// Words that tell a place in an order.
const RANKED: [&str; 10] = ["排名", "位列", "位居", "名列", "列", "居", "排", "全省", "全国", "全市"];
/// Words that tell how many there are, and not how many there were in a year.
const STOCK: [&str; 9] = ["现有", "在册", "在岗", "持证", "存量", "总数", "保有", "拥有", "年末"];
/// Words that tell what is meant to be.
const TARGET: [&str; 6] = ["力争", "目标", "计划", "不少于", "不低于", "不超过"];

/// The same words, each with its characters.
static STOCK_LETTERS: LazyLock<[(Letters, &str); 9]> = LazyLock::new(|| STOCK.map(Letters::beside));
static TARGET_LETTERS: LazyLock<[(Letters, &str); 6]> = LazyLock::new(|| TARGET.map(Letters::beside));

/// How many characters before a figure are read.
const REACH: usize = 24;
/// And how many behind it: a space, 余 and a unit.
const BEHIND: usize = LONGEST_UNIT + 2;

/// The words around a figure, folded.
pub(super) struct FigureSurroundings {
    /// The clause before it, or the end of a long one.
    before: String,
    /// The first words behind it.
    after: String,
    /// Whether it is the word for the first place in an order.
    is_first: bool,
    /// Whether it is told in thousandths.
    is_mille: bool,
}

impl FigureSurroundings {
    /// The words around the figure at `range`.
    pub(super) fn of(text: &str, range: &Range<usize>) -> Self {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let from = before.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(BEHIND).map_or(after.len(), |(at, _)| at);
        let mut near = fold::fold_str(&before[from..]);
        near.truncate(near.trim_end().len());
        let pause = near.rfind([',', ';', '。']);
        near.drain(..pause.map_or(0, |at| at + near[at..].chars().next().map_or(0, char::len_utf8)));
        Self {
            before: near,
            after: fold::fold_str(&after[..to]).trim_start().to_owned(),
            is_first: text[range.clone()].ends_with('位'),
            is_mille: text[range.clone()].ends_with('‰') || text[range.clone()].starts_with("千分之"),
        }
    }

    /// The unit of the figure; `None` where it counts nothing.
    pub(super) fn unit(&self, figure: &PrintedFigure) -> Option<&'static str> {
        if CALLED.iter().any(|word| self.after.starts_with(word)) {
            return None;
        }
        let before = self.before.as_str();
        if figure.percent {
            return Some(if self.is_mille { "‰" } else { "%" });
        }
        let rest = self.after.trim_start_matches(['余', '多']);
        let unit = unit(rest);
        match unit {
            // 首位: the figure is its own unit.
            _ if self.is_first => Some(""),
            _ if before.ends_with('前') && self.is_rank(unit) => Some(unit.unwrap_or_default()),
            Some(unit) if figure.han && !self.is_counted_in_words(figure, unit) => None,
            _ if self.is_date(rest, figure) => None,
            _ if before.ends_with('第') && self.is_rank(unit) => Some(unit.unwrap_or_default()),
            _ if before.ends_with('第') || rest.starts_with('号') => None,
            _ if before.ends_with('(') && rest.starts_with(')') => None,
            // A cell of a table says in its head what it counts.
            None if before.ends_with(':') && (rest.is_empty() || rest.starts_with(';')) => Some(""),
            unit => unit,
        }
    }

    /// What sort of number it is.
    pub(super) fn measure(&self, unit: &str) -> Measure {
        let letters = Letters::of(&self.before);
        let says = |words: &[(Letters, &str)]| {
            words.iter().any(|(needed, word)| letters.has(needed) && self.before.contains(word))
        };
        match unit {
            _ if self.is_first || self.before.ends_with('第') => Measure::Rank,
            _ if self.before.ends_with('前') && self.is_rank(Some(unit).filter(|unit| !unit.is_empty())) => {
                Measure::Rank
            }
            _ if says(&*TARGET_LETTERS) => Measure::Target,
            "%" | "‰" | "个百分点" | "百分点" => Measure::Ratio,
            "元" | "美元" | "港元" | "欧元" | "英镑" | "日元" => Measure::Amount,
            "天" | "日" | "小时" | "个小时" | "分钟" | "工作日" | "个工作日" | "个月" | "年" => {
                Measure::Duration
            }
            _ if self.before.contains("累计") => Measure::Cumulative,
            _ if says(&*STOCK_LETTERS) => Measure::Stock,
            _ => Measure::Flow,
        }
    }

    /// Years, months and days, times of day, and the first of two of them.
    fn is_date(&self, after: &str, figure: &PrintedFigure) -> bool {
        let before = self.before.as_str();
        let years = Quantity::from(1900)..Quantity::from(2100);
        let is_year = years.contains(&figure.value)
            && figure.value.is_whole()
            && after.starts_with(['年', '-', '至', '到', '/', '.']);
        let from = before.strip_suffix(['至', '到', '-', '、']);
        let is_day = after.starts_with('日')
            && (before.ends_with('月') || from.is_some_and(|from| from.ends_with(['日', '月'])));
        let is_minute = after.starts_with('分') && before.ends_with(['时', '点', ':']);
        is_year || is_day || is_minute || after.starts_with('月')
    }

    /// Whether a number in words counts: 一个 is an article, 三年 a name's, 五位一体 a name.
    fn is_counted_in_words(&self, figure: &PrintedFigure, unit: &str) -> bool {
        let is_few = figure.value <= Quantity::from(2);
        let is_time = matches!(unit, "年" | "天" | "日" | "个月" | "分" | "字" | "节" | "句" | "笔" | "头");
        let named = ["位一体", "次全会", "次全体", "次会议", "个方面", "项制度", "届", "个结合"];
        let is_name = named.iter().any(|name| self.after.starts_with(name)) || self.before.ends_with('第');
        (unit == "番" || !is_few) && !is_time && !is_name
    }

    /// 位列全省第2, and not 第2次会议.
    fn is_rank(&self, unit: Option<&str>) -> bool {
        let words = self.before.trim_end_matches(['第', '前']);
        matches!(unit, None | Some("位" | "名")) && RANKED.iter().any(|word| words.ends_with(word))
    }
}

/// The unit that a text begins with, the longest there is.
fn unit(text: &str) -> Option<&'static str> {
    // By their first characters, the longer ones of each first.
    static ALL: LazyLock<BTreeMap<char, Vec<&str>>> = LazyLock::new(|| {
        let mut all: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for unit in UNITS.split_whitespace() {
            unit.chars().next().into_iter().for_each(|first| all.entry(first).or_default().push(unit));
        }
        all.values_mut().for_each(|units| units.sort_by_key(|unit| Reverse(unit.len())));
        all
    });
    ALL.get(&text.chars().next()?)?.iter().copied().find(|unit| text.starts_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_is_read() {
        for (text, expected) in [
            ("个工作日内", Some("个工作日")),
            ("个百分点", Some("个百分点")),
            ("个单位", Some("个")),
            ("件次，", Some("件次")),
            ("件", Some("件")),
            ("级标准", None),
            ("", None),
        ] {
            assert_eq!(unit(text), expected, "{text}");
        }
    }

    #[test]
    fn no_unit_is_longer_than_is_read() {
        assert!(UNITS.split_whitespace().all(|unit| unit.chars().count() <= LONGEST_UNIT));
    }
}
