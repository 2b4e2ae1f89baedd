//! What became more or less: from a base that the sentence states (1262件，比2017年的824件增长53.16%; 由61%提高到88%),
//! or since the year before (同比增长7.7%), which is for last year's report to say.

use serde::{Deserialize, Serialize};

use super::counts::{NumberRange, ToldCount, before, between, counts_of, is_label};
use super::finding::ArithmeticFinding;
use crate::diag::Words;
use crate::han::quantity::Quantity;
use crate::report::document::{Figure, ParsedDocument};
use crate::source::Span;

/// Words of more, and of less, right before how much.
const MORE: [&str; 16] = [
    "增长",
    "增加",
    "上升",
    "提高",
    "提升",
    "上涨",
    "增幅为",
    "增幅达",
    "增幅",
    "涨幅为",
    "增长了",
    "增加了",
    "上升了",
    "提高了",
    "增",
    "多",
];
const LESS: [&str; 13] = [
    "下降",
    "减少",
    "降低",
    "回落",
    "降幅为",
    "降幅达",
    "降幅",
    "下降了",
    "减少了",
    "降低了",
    "减",
    "降",
    "少",
];
/// Words for what something became.
const UNTIL: [&str; 26] = [
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "上升到",
    "上升至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "扩大到",
    "上涨到",
    "增至",
    "升至",
    "增到",
    "减少到",
    "减少至",
    "下降到",
    "下降至",
    "降低到",
    "降低至",
    "降至",
    "降到",
    "减至",
    "减到",
    "变为",
];
/// Words for the year before.
const LAST_YEAR: [&str; 16] = [
    "同比",
    "同比净",
    "比上年",
    "较上年",
    "比上年度",
    "较上年度",
    "比上一年",
    "较上一年",
    "比上一年度",
    "较上一年度",
    "比去年",
    "较去年",
    "比上年同期",
    "较上年同期",
    "比去年同期",
    "较去年同期",
];

/// In what a change is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeUnit {
    /// In hundredths of what was before.
    Percent,
    /// In the unit of the figure itself, percentage points of a rate among them.
    Itself,
}

/// What a report says of a figure since the year before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearlyChange {
    /// The indicator.
    pub indicator: Box<str>,
    /// The figure itself: the least and the most that it can be.
    now: (Quantity, Quantity),
    /// By how much it changed, below zero for less.
    pub change: Quantity,
    /// The least and the most that can have been written so.
    written: (Quantity, Quantity),
    /// In what that is told.
    pub by: ChangeUnit,
    /// Where the figure stands.
    pub place: Option<Span>,
}

impl YearlyChange {
    /// What the change is from a figure of last year's report, where the report says otherwise.
    #[must_use]
    pub fn differs_from(&self, last: Quantity) -> Option<Quantity> {
        let now = NumberRange { low: Some(self.now.0), high: Some(self.now.1) };
        let said = NumberRange { low: Some(self.written.0), high: Some(self.written.1) };
        let decimals = self.change.to_string().split_once('.').map_or(0, |(_, rest)| rest.len());
        let decimals = u32::try_from(decimals).ok()?;
        let before = NumberRange::rounded(last);
        if !change(now, before, self.by)?.is_apart(said) {
            return None;
        }
        let middle = NumberRange::exactly(self.now.0.plus(self.now.1)?.times(Quantity::from_digits(5, 1)?)?);
        let found = change(middle, NumberRange::exactly(last), self.by)?.low?;
        Some(found.rounded(decimals + 1))
    }
}

/// By how much `now` is more than `before`; nothing where that cannot be said.
fn change(now: NumberRange, before: NumberRange, by: ChangeUnit) -> Option<NumberRange> {
    match by {
        ChangeUnit::Itself => Some(now.minus(before)),
        ChangeUnit::Percent => {
            let hundred = NumberRange::exactly(100.into());
            before.low.filter(|low| !low.is_zero() && !low.is_negative())?;
            Some(now.hundredths(before).minus(hundred))
        }
    }
}

/// How a change is told behind a figure.
struct StatedChange {
    is_less: bool,
    by: ChangeUnit,
}

impl StatedChange {
    /// The change `by` of a figure, with these words before it.
    fn of(words: &str, of: &ToldCount, by: &ToldCount) -> Option<Self> {
        let is_less = match (MORE.contains(&words), LESS.contains(&words)) {
            (true, _) => false,
            (_, true) => true,
            _ => return None,
        };
        let by = match &*by.unit {
            "个百分点" | "百分点" if of.is_share() => ChangeUnit::Itself,
            "%" if of.is_share() => return None,
            "%" => ChangeUnit::Percent,
            unit if unit == of.unit => ChangeUnit::Itself,
            _ => return None,
        };
        Some(Self { is_less, by })
    }

    /// What is written of it.
    fn written(&self, told: &ToldCount) -> NumberRange {
        let NumberRange { low, high } = told.written();
        match self.is_less {
            false => NumberRange { low, high },
            true => NumberRange { low: high.map(Quantity::negated), high: low.map(Quantity::negated) },
        }
    }
}

/// The words of a change without the mark before them and without words for the year before.
fn bare(gap: &str) -> (&str, bool) {
    let words = gap.trim_start_matches(['，', ',', '、', '（', '(']);
    let mut since: Vec<&str> = LAST_YEAR.iter().filter_map(|word| words.strip_prefix(word)).collect();
    since.sort_unstable_by_key(|rest| rest.len());
    match since.first() {
        Some(rest) => (rest, true),
        None => (words, false),
    }
}

/// Whether a sentence may tell that something became more or less.
pub(super) fn may_tell(sentence: &str) -> bool {
    sentence.contains(['增', '减', '升', '降', '提', '涨', '落', '多', '少'])
}

/// What cannot be worked out of what a sentence says of more and less, from a base that it states.
pub(super) fn unfounded(text: &str, told: &[ToldCount]) -> Vec<ArithmeticFinding> {
    let triples = (2..told.len()).filter_map(|at| {
        let (first, second, by) = (&told[at - 2], &told[at - 1], &told[at]);
        let (now, base, words) = match stated(text, told, at)? {
            BasePosition::Behind => (first, second, between(text, second, by)),
            BasePosition::Before => (second, first, bare(between(text, second, by)).0),
        };
        let said = StatedChange::of(words, now, by).filter(|_| now.unit == base.unit && by.is_plain)?;
        finding(now, base, (by, &said))
    });
    triples.collect()
}

/// Where a base stands to its figure.
enum BasePosition {
    /// 1262件，比2017年的824件.
    Behind,
    /// 由824件增至1262件.
    Before,
}

/// Whether the two counts before `at` are a figure and its base.
fn stated(text: &str, told: &[ToldCount], at: usize) -> Option<BasePosition> {
    let gap = between(text, &told[at - 2], &told[at - 1]);
    let words = gap.trim_start_matches(['，', ',', '（', '(']);
    let words = words.strip_prefix("同").unwrap_or(words);
    if words.starts_with(['比', '较']) && is_label(words, 16) {
        return Some(BasePosition::Behind);
    }
    let from = before(text, told, at - 2);
    let is_from =
        from.rsplit(['从', '由']).next().is_some_and(|rest| rest.len() < from.len() && is_label(rest, 12));
    (is_from && UNTIL.contains(&gap)).then_some(BasePosition::Before)
}

fn finding(
    now: &ToldCount,
    base: &ToldCount,
    (by, said): (&ToldCount, &StatedChange),
) -> Option<ArithmeticFinding> {
    let found = change(now.bounds, base.bounds, said.by)?;
    if !found.is_apart(said.written(by)) {
        return None;
    }
    let exact = change(NumberRange::exactly(now.value), NumberRange::exactly(base.value), said.by)?.low?;
    let decimals = by.value.to_string().split_once('.').map_or(0, |(_, rest)| rest.len());
    let exact = exact.rounded(u32::try_from(decimals).ok()? + 1);
    let unit = &by.unit;
    let (from, to) =
        (format!("{}{}", base.value.plain(), base.unit), format!("{}{}", now.value.plain(), now.unit));
    let sign = if said.is_less { "-" } else { "" };
    let words = Words::new(
        format!("从 {from}到 {to}，变化是 {exact}{unit}，写的是 {sign}{}{unit}", by.value),
        format!("from {from} to {to} is {exact} {unit}, and {sign}{} is given", by.value),
    );
    Some(ArithmeticFinding { code: "figure/growth", at: by.range.clone(), words })
}

/// What the sentences of figures say of them since the year before.
pub(in crate::report) fn steps(figures: &[Figure], parsed: &ParsedDocument) -> Vec<YearlyChange> {
    let marks = parsed.marks.iter().copied().chain(std::iter::repeat(None));
    figures.iter().zip(marks).filter_map(|(figure, place)| step(figure, place)).collect()
}

fn step(figure: &Figure, place: Option<Span>) -> Option<YearlyChange> {
    let sentence = &*figure.sentence;
    let may_tell = figure.amount.is_exact() && LAST_YEAR.iter().any(|word| sentence.contains(word));
    if !may_tell {
        return None;
    }
    let all = counts_of(sentence);
    let mut found = (1..all.len()).filter_map(|at| {
        let (now, by) = (&all[at - 1], &all[at]);
        let (words, is_since) = bare(between(sentence, now, by));
        let is_it = is_since && now.is_plain && by.is_plain && now.value == figure.amount.value;
        let change = StatedChange::of(words, now, by).filter(|_| is_it)?;
        let written = change.written(by);
        let value = if change.is_less { by.value.negated() } else { by.value };
        Some(YearlyChange {
            indicator: figure.indicator.as_str().into(),
            now: (now.bounds.low?, now.bounds.high?),
            change: value,
            written: (written.low?, written.high?),
            by: change.by,
            place,
        })
    });
    let first = found.next();
    first.filter(|_| found.next().is_none())
}
