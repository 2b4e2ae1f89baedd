//! The counts of a sentence, each with how exact it is.

use std::cmp::Ordering;
use std::ops::Range;

use crate::compare::{CountedFigure, counted_in};
use crate::han::amount::Amount;
use crate::han::figure::figures;
use crate::han::measure::Measure;
use crate::han::qualifier::Qualifier;
use crate::han::quantity::Quantity;

/// A sentence with more bytes or figures than this tells no sum that anybody could follow.
const LONGEST: usize = 6_000;
const MOST: usize = 120;

/// Between what a number can be; no end where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberRange {
    pub(super) low: Option<Quantity>,
    pub(super) high: Option<Quantity>,
}

impl NumberRange {
    /// Nothing but this.
    pub(super) fn exactly(value: Quantity) -> Self {
        Self { low: Some(value), high: Some(value) }
    }

    /// A value that may have been rounded where it ends with zeros, 98000.
    pub(super) fn rounded(value: Quantity) -> Self {
        let zeros = value.plain().to_string().bytes().rev().take_while(|byte| *byte == b'0').count();
        let power = u32::try_from(zeros).ok().filter(|zeros| *zeros >= 3);
        power.and_then(ten).map_or(Self::exactly(value), |step| Self::exactly(value).within(half(step)))
    }

    /// As much more and less.
    pub(super) fn within(self, by: Option<Quantity>) -> Self {
        Self {
            low: self.low.zip(by).and_then(|(low, by)| low.minus(by)),
            high: self.high.zip(by).and_then(|(high, by)| high.plus(by)),
        }
    }

    /// Both together.
    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |a: Option<Quantity>, b: Option<Quantity>| a?.plus(b?);
        Self { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    /// What is left of this without another.
    pub(super) fn minus(self, other: Self) -> Self {
        let rest = |a: Option<Quantity>, b: Option<Quantity>| a?.minus(b?);
        Self { low: rest(self.low, other.high), high: rest(self.high, other.low) }
    }

    /// How many hundredths of `whole` it is; both are not below zero.
    pub(super) fn hundredths(self, whole: Self) -> Self {
        let share = |part: Option<Quantity>, whole: Option<Quantity>| {
            part?.hundredths(whole.filter(|whole| !whole.is_zero() && !whole.is_negative())?, 9)
        };
        Self { low: share(self.low, whole.high), high: share(self.high, whole.low) }
    }

    /// Whether all of this is above all of `other`.
    pub(super) fn is_above(self, other: Self) -> bool {
        self.low.zip(other.high).is_some_and(|(low, high)| low > high)
    }

    /// Whether they cannot be the same.
    pub(super) fn is_apart(self, other: Self) -> bool {
        self.is_above(other) || other.is_above(self)
    }
}

fn ten(power: u32) -> Option<Quantity> {
    Quantity::from_digits(10_i128.checked_pow(power)?, 0)
}

fn half(step: Quantity) -> Option<Quantity> {
    step.times(Quantity::from_digits(5, 1)?)
}

/// A count of a sentence.
#[derive(Clone, Debug)]
pub(super) struct ToldCount {
    /// Its digits.
    pub(super) range: Range<usize>,
    /// Where it ends with its unit.
    pub(super) end: usize,
    pub(super) value: Quantity,
    pub(super) unit: String,
    /// Between what it can be.
    pub(super) bounds: NumberRange,
    /// What its last digit counts, where it can have been rounded: 1000 for 9.8万.
    pub(super) step: Option<Quantity>,
    /// Whether it is told as it is: no bound, no range, not about.
    pub(super) is_plain: bool,
}

impl ToldCount {
    fn of(text: &str, counted: CountedFigure) -> Self {
        let CountedFigure { range, amount, unit, .. } = counted;
        let is_share = matches!(&*unit, "%" | "‰");
        let step = step(&text[range.clone()], is_share);
        let value = amount.value;
        let mut bounds = NumberRange { low: Some(value), high: Some(amount.to.unwrap_or(value)) };
        if let Some(step) = step {
            bounds = bounds.within(half(step));
        }
        match amount.qualifier.map(Qualifier::side) {
            Some(Ordering::Equal) => bounds = NumberRange { low: None, high: None },
            Some(Ordering::Less) => bounds.low = None,
            Some(Ordering::Greater) => bounds.high = None,
            None => {}
        }
        let end = end_of_unit(text, range.end, &unit);
        Self { end, value, unit, bounds, step, is_plain: amount.is_exact(), range }
    }

    /// Whether it counts things one by one.
    pub(super) fn is_count(&self) -> bool {
        self.is_plain && self.step.is_none() && self.value.is_whole() && !self.is_share()
    }

    /// Whether it is in hundredths.
    pub(super) fn is_share(&self) -> bool {
        self.unit == "%"
    }

    /// The numbers that its author can have rounded or cut off to this one.
    pub(super) fn written(&self) -> NumberRange {
        let most = self.step.map_or(Some(self.value), |step| self.value.plus(step));
        NumberRange { low: self.bounds.low, high: most }
    }
}

/// What the last digit of a written number counts: `9.8万` is told in thousands.
fn step(written: &str, is_share: bool) -> Option<Quantity> {
    let plain = written.trim_end_matches(['%', '％', '﹪', ' ']);
    let decimals = plain
        .split_once(['.', '．'])
        .map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
    let power: u32 = plain
        .chars()
        .rev()
        .map_while(|c| match c {
            '余' | '多' => Some(0),
            '万' | '萬' => Some(4),
            '亿' | '億' => Some(8),
            '千' => Some(3),
            '百' => Some(2),
            _ => None,
        })
        .sum();
    if decimals == 0 && power == 0 && !is_share {
        return None;
    }
    let decimals = u32::try_from(decimals).ok()?;
    match power.checked_sub(decimals) {
        Some(zeros) => ten(zeros),
        None => Quantity::from_digits(1, decimals - power),
    }
}

fn end_of_unit(text: &str, at: usize, unit: &str) -> usize {
    let rest = &text[at..];
    let bare = rest.trim_start_matches(['余', '多', ' ', '\u{a0}']);
    if bare.starts_with(unit) { text.len() - bare.len() + unit.len() } else { at }
}

/// The counts of a sentence, in order; none of one that is too long for anybody to follow.
pub(super) fn counts_of(sentence: &str) -> Vec<ToldCount> {
    if sentence.len() > LONGEST {
        return Vec::new();
    }
    let all = counted_in(sentence);
    if all.len() > MOST {
        return Vec::new();
    }
    let (mut told, mut end) = (Vec::with_capacity(all.len()), 0);
    for counted in all {
        let gap = end..counted.range.start;
        told.extend(baseline(sentence, gap, &counted.unit));
        told.push(ToldCount::of(sentence, counted));
        end = told.last().map_or(end, |last: &ToldCount| last.end);
    }
    told
}

/// What something was before it became the next count, 从1301亿元增加到, which as a figure of its own counts nothing.
fn baseline(sentence: &str, gap: Range<usize>, unit: &str) -> Option<ToldCount> {
    let words = sentence.get(gap.clone())?;
    let from = words.rfind(['从', '由'])? + '从'.len_utf8();
    let figure = figures(&words[from..]).into_iter().next().filter(|figure| figure.range.start == 0)?;
    let start = gap.start + from;
    let range = start..start + figure.range.end;
    let is_counted = figure.percent == (unit == "%");
    let behind = &sentence[range.end..];
    let is_plain =
        is_counted && !behind.starts_with(['余', '多']) && (figure.percent || behind.starts_with(unit));
    let amount = Amount::exact(figure.value);
    is_plain.then(|| {
        ToldCount::of(
            sentence,
            CountedFigure { range, amount, unit: unit.to_owned(), measure: Measure::default() },
        )
    })
}

/// The words between two of them.
pub(super) fn between<'t>(text: &'t str, first: &ToldCount, second: &ToldCount) -> &'t str {
    text.get(first.end..second.range.start).unwrap_or_default()
}

/// The words before one of them, behind the one before it.
pub(super) fn before<'t>(text: &'t str, all: &[ToldCount], at: usize) -> &'t str {
    let start = at.checked_sub(1).map_or(0, |last| all[last].end);
    text.get(start..all[at].range.start).unwrap_or_default()
}

/// Marks that part what stands beside each other.
pub(super) const MARKS: [char; 16] =
    ['，', ',', '、', '；', ';', '：', ':', '（', '）', '(', ')', '。', '！', '？', '—', '\n'];

/// Whether words have no mark among them and are no more than `most` characters.
pub(super) fn is_label(words: &str, most: usize) -> bool {
    !words.contains(MARKS) && words.chars().count() <= most
}
