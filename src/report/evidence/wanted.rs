//! How a declared figure may be told: the value in the multiples of its unit, the unit behind
//! it, the labels of its row or column, and the words that put a figure below zero.

use std::ops::Range;

use super::claim::Claim;
use crate::han::figure::PrintedFigure;
use crate::han::quantity::Quantity;
use crate::han::{fold, numeral, ordinal};

/// A value, or the ends of a range.
#[derive(Clone, Copy)]
pub(super) struct ValueEnds {
    pub(super) value: Quantity,
    pub(super) to: Option<Quantity>,
}

/// A claim, ready for comparing.
pub(super) struct WantedClaim {
    pub(super) ends: ValueEnds,
    /// The same in units of `unit`, without the 万 of 万元.
    pub(super) scaled: Option<ValueEnds>,
    pub(super) unit: String,
    /// The unit as a label has it in brackets, 万元.
    label_unit: String,
    pub(super) percent: bool,
    /// 名 or 位: 第二 will do.
    rank: bool,
    pub(super) names: Vec<String>,
    year: i16,
}

impl WantedClaim {
    /// Makes a claim ready.
    pub(super) fn of(claim: &Claim<'_>) -> Self {
        let folded = fold::squeeze_str(claim.unit);
        let (_, unit) = factor(&folded);
        Self {
            ends: ValueEnds { value: claim.value, to: claim.to },
            scaled: scaled(claim),
            unit: unit.to_owned(),
            label_unit: folded.clone(),
            percent: matches!(unit, "%" | "‰"),
            rank: matches!(unit, "名" | "位"),
            names: claim
                .names
                .iter()
                .map(|name| fold::squeeze_str(name))
                .filter(|name| !name.is_empty())
                .collect(),
            year: claim.year,
        }
    }

    /// The digits that a figure has which tells the value. The lower end of a range may be told
    /// without the 万 that stands behind the upper one.
    pub(super) fn digits(&self) -> impl Iterator<Item = i128> {
        let scaled = self.scaled.map(|ends| ends.value.digits());
        let bare = self.ends.to.map(|_| self.ends.value.digits());
        scaled.into_iter().chain(bare.filter(|bare| Some(*bare) != scaled))
    }

    /// The bytes of a figure with its unit, or `None` where another unit or none follows.
    pub(super) fn with_unit(&self, text: &str, figure: &PrintedFigure) -> Option<Range<usize>> {
        if self.percent || figure.percent {
            return (self.percent && figure.percent).then(|| figure.range.clone());
        }
        if figure.value.is_zero() && figure.han && says_nothing(&text[figure.range.end..]) {
            return Some(figure.range.clone());
        }
        self.as_rank(text, figure).or_else(|| {
            let gap = gap(&text[figure.range.end..]);
            let behind = &text[figure.range.end + gap..];
            let len = fold::prefix(behind, &self.unit)?;
            let whole = !is_longer_unit(&self.unit, &behind[len..]);
            let unit = if len == 0 { 0 } else { gap + len };
            whole.then_some(figure.range.start..figure.range.end + unit)
        })
    }

    /// 首位, 第二名, 第2位 and 第二 where no other word follows that it would count; and so 前三.
    fn as_rank(&self, text: &str, figure: &PrintedFigure) -> Option<Range<usize>> {
        if self.rank && text[figure.range.clone()].ends_with('位') {
            return Some(figure.range.clone());
        }
        let before = text[..figure.range.start].strip_suffix(['第', '前']).filter(|_| self.rank)?;
        let behind = text[figure.range.end..].chars().next();
        let end = match behind {
            Some(unit @ ('名' | '位')) => figure.range.end + unit.len_utf8(),
            Some('的' | '和' | '与' | '與' | '并' | '並' | '及' | '且') => figure.range.end,
            Some(c) if c.is_alphanumeric() => return None,
            _ => figure.range.end,
        };
        Some(before.len()..end)
    }

    /// Whether a folded label is one of the names.
    pub(super) fn is_label(&self, label: &str) -> bool {
        let is_name = |label: &str| {
            let bare = self.bare(label);
            self.names.iter().any(|name| label == name || bare == name)
        };
        is_name(label) || label.split('/').any(is_name)
    }

    /// Whether a folded label contains one of the names.
    pub(super) fn is_in_label(&self, label: &str) -> bool {
        self.names.iter().any(|name| label.contains(name.as_str()))
    }

    /// Whether a folded label stands for the year of the report.
    pub(super) fn is_this_year(&self, label: &str) -> bool {
        // A head may have several rows; the lowest counts.
        let label = self.bare(label.rsplit('/').next().unwrap_or(label));
        let year = self.year.to_string();
        let rest = label.strip_prefix(year.as_str());
        matches!(label, "本年" | "本年度" | "当年" | "今年") || matches!(rest, Some("" | "年" | "年度"))
    }

    /// A label without the ordinal before it and without its unit in brackets.
    fn bare<'b>(&self, label: &'b str) -> &'b str {
        let label = &label[ordinal::read(label).map_or(0, |printed| printed.len)..];
        let bracket = label.strip_suffix(')').and_then(|label| label.rsplit_once('('));
        match bracket {
            Some((bare, unit)) if self.is_own_unit(unit) => bare,
            _ => label,
        }
    }

    fn is_own_unit(&self, unit: &str) -> bool {
        unit.strip_prefix("单位:").unwrap_or(unit) == self.label_unit
    }
}

/// The value of a claim in units of its unit, without the 万 of 万元; `None` where it is too large.
pub(super) fn scaled(claim: &Claim<'_>) -> Option<ValueEnds> {
    let folded = fold::squeeze_str(claim.unit);
    let (factor, unit) = factor(&folded);
    // Shares of every sort are read in hundredths.
    let factor = if unit == "‰" { Quantity::from_digits(1, 1)? } else { Quantity::from(factor) };
    let to = match claim.to {
        Some(to) => Some(to.times(factor)?),
        None => None,
    };
    Some(ValueEnds { value: claim.value.times(factor)?, to })
}

/// Whether a text begins with what did not happen at all: 零发生.
fn says_nothing(behind: &str) -> bool {
    let folded = fold::fold_str(behind.get(..6).unwrap_or_default());
    matches!(
        folded.as_str(),
        "发生" | "新增" | "事故" | "败诉" | "上访" | "投诉" | "纠错" | "死亡" | "伤亡" | "积压"
    )
}

/// The multiplier that a folded unit begins with, 10000 for 万元, and the unit without it.
fn factor(unit: &str) -> (u64, &str) {
    let mut factor = 1_u64;
    let mut rest = unit;
    while let Some(c) = rest.chars().next().filter(|_| !rest.starts_with("百分")) {
        let size = numeral::size(c).filter(|size| *size >= 100);
        match size.and_then(|size| factor.checked_mul(size)) {
            Some(product) => factor = product,
            None => break,
        }
        rest = &rest[c.len_utf8()..];
    }
    (factor, rest)
}

/// The bytes of white space and of 余 or 多 between a figure and its unit.
fn gap(text: &str) -> usize {
    let space = |c: char| c.is_whitespace() && c != '\n';
    let rest = text.trim_start_matches(space);
    let rest = rest.strip_prefix(['余', '餘', '多']).unwrap_or(rest);
    text.len() - rest.trim_start_matches(space).len()
}

/// Whether a unit goes on behind its first character: 3人次 has no 3人, 5个百分点 no 5个.
fn is_longer_unit(unit: &str, rest: &str) -> bool {
    let longer = match unit {
        "个" => "百分点 月 工作日 自然日 小时 季度 星期 年",
        "分" => "钟 之 局",
        "部" => "门",
        "年" => "度 级",
        _ => "",
    };
    // 3件次 counts otherwise than 3件; but 3件,次年办结 without its comma does not.
    let is_times = rest.starts_with('次') && !rest.starts_with("次年") && !rest.starts_with("次日");
    let may_be_times = !unit.is_empty() && !unit.ends_with('次');
    (may_be_times && is_times) || longer.split_whitespace().any(|longer| fold::prefix(rest, longer).is_some())
}

/// Whether the last clause of a folded text speaks of a decline, and not of a rise after it or
/// of the level that the decline led to (下降至).
pub(super) fn says_decline(before: &str) -> bool {
    const BY: &str = "降幅 减幅 跌幅 负增长";
    const FALLEN: &str = "下降 降低 减少 下跌 回落 下滑 缩减 压减 压降 递减 降 减";
    const RISEN: &str = "增长 增加 上升 提高 提升 增幅";
    let clause = before.rsplit([',', ';', '。', '!', '?']).next();
    let clause = clause.unwrap_or_default();
    let end = |word: &str| Some(clause.rfind(word)? + word.len());
    let last = |words: &str| words.split_whitespace().filter_map(end).max();
    let (by, fallen, risen) = (last(BY), last(FALLEN), last(RISEN));
    let Some(fall) = by.max(fallen) else {
        return false;
    };
    let rest = clause[fall..].trim_start_matches('了');
    // 降幅为5% says by how much, 降为5% to what.
    let is_level = rest.starts_with(['至', '到']) || (fallen > by && rest.starts_with('为'));
    risen <= Some(fall) && !is_level
}
