//! The scale of a picture: from where to where, with which marks. The rules are about truth.
//! An amount begins at zero; a share may show a part of the hundred, but never so small a part
//! that a small change looks large; a rank has the first on top.

use super::AxisLayout;
use crate::interface::Texts;

/// How many steps a scale has at most, or a little more.
const STEPS: f64 = 5.0;
/// The smallest part of the hundred that a picture of shares shows.
const SMALLEST_PART: f64 = 20.0;
/// A picture of ranks has at least so many places, so that a step of one is no leap.
const FEWEST_RANKS: f64 = 5.0;

/// A scale with its marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether small values stand on top.
    pub(super) is_reversed: bool,
    /// The marks: values, and how they are written.
    pub(super) ticks: Vec<(f64, String)>,
    /// By which words the marks are counted, as 万 in 万件.
    pub(super) counted: String,
}

/// A power of ten, and the word for it.
pub(super) type Scale<'a> = (i32, &'a str);

/// 1, 2 or 5 of a power of ten: the distance of two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct AxisStep {
    digit: i32,
    power: i32,
}

impl Axis {
    /// The scale for `values`.
    pub(super) fn of(layout: AxisLayout, values: &[f64], scales: &[Scale<'_>]) -> Self {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let whole = values.iter().all(|value| value.fract() == 0.0);
        match layout {
            AxisLayout::Rank => Self::ranks(low, high),
            AxisLayout::Share if low >= 0.0 && high <= 100.0 => Self::shares(low, high),
            _ => Self::amounts((low.min(0.0), high.max(0.0)), whole, scales),
        }
    }

    /// The whole hundred without marks, for a row of a table.
    pub(super) fn hundred() -> Self {
        Self { low: 0.0, high: 100.0, is_reversed: false, ticks: Vec::new(), counted: String::new() }
    }

    fn amounts((low, high): (f64, f64), whole: bool, scales: &[Scale<'_>]) -> Self {
        let high = if low == high { 1.0 } else { high };
        let step = AxisStep::above((high - low) / STEPS, whole);
        let (first, last) = (step.down_to(low), step.up_to(high));
        let (low, high) = (step.times(first), step.times(last));
        let (shift, counted) = scale(low.abs().max(high), scales);
        let tick = |count| (step.times(count), step.label(count, shift));
        Self { low, high, is_reversed: false, ticks: (first..=last).map(tick).collect(), counted }
    }

    /// At least twice the range of the values is shown, and at least a fifth of the hundred.
    fn shares(low: f64, high: f64) -> Self {
        let part = (2.0 * (high - low)).clamp(SMALLEST_PART, 100.0);
        let start = ((low + high - part) / 2.0).max(0.0).min(100.0 - part);
        let step = match part {
            part if part <= 30.0 => AxisStep { digit: 5, power: 0 },
            part if part <= 60.0 => AxisStep { digit: 1, power: 1 },
            _ => AxisStep { digit: 2, power: 1 },
        };
        let (first, last) = (step.down_to(start), step.up_to(start + part));
        let tick = |count| (step.times(count), step.label(count, 0));
        let (low, high) = (step.times(first), step.times(last));
        Self {
            low,
            high,
            is_reversed: false,
            ticks: (first..=last).map(tick).collect(),
            counted: String::new(),
        }
    }

    fn ranks(low: f64, high: f64) -> Self {
        let (low, high) = (low.min(1.0), high.max(FEWEST_RANKS));
        let step = AxisStep::above((high - low) / STEPS, true);
        let last = step.up_to(high);
        let marks = (1..=last).map(|count| (step.times(count), step.label(count, 0)));
        let mut ticks: Vec<_> = marks.filter(|(value, _)| *value > 1.0).collect();
        ticks.insert(0, (1.0, "1".to_owned()));
        Self { low, high: step.times(last), is_reversed: true, ticks, counted: String::new() }
    }

    /// How far up a value stands, from 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        if self.is_reversed { 1.0 - share } else { share }
    }

    /// Whether an axis that could begin at zero does not.
    pub(super) fn is_part(&self) -> bool {
        !self.is_reversed && self.low > 0.0
    }
}

impl AxisStep {
    /// The smallest step that is not below `least`; a whole number where values are whole.
    fn above(least: f64, whole: bool) -> Self {
        let first = if whole { 0 } else { -6 };
        let mut steps = (first..=30).flat_map(|power| [1, 2, 5].map(|digit| Self { digit, power }));
        steps.find(|step| step.times(1) >= least).unwrap_or(Self { digit: 5, power: 30 })
    }

    fn times(self, count: i32) -> f64 {
        let digits = f64::from(count * self.digit);
        let power = (0..self.power.abs()).fold(1.0, |power, _| power * 10.0);
        if self.power < 0 { digits / power } else { digits * power }
    }

    /// The highest count that is not above `value`, from zero downwards or upwards.
    fn down_to(self, value: f64) -> i32 {
        let mut count = 0;
        while self.times(count) > value {
            count -= 1;
        }
        while self.times(count + 1) <= value {
            count += 1;
        }
        count
    }

    /// The lowest count that is not below `value`.
    fn up_to(self, value: f64) -> i32 {
        let below = self.down_to(value);
        below + i32::from(self.times(below) < value)
    }

    /// So many steps as figures, the point moved by `shift`.
    fn label(self, count: i32, shift: i32) -> String {
        let (digits, power) = (count * self.digit, self.power - shift);
        let sign = if digits < 0 { "-" } else { "" };
        let digits = digits.unsigned_abs().to_string();
        let places = usize::try_from(power.abs()).unwrap_or_default();
        if digits == "0" || power >= 0 {
            let zeros = if digits == "0" { 0 } else { places };
            return format!("{sign}{digits}{}", "0".repeat(zeros));
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, part) = padded.split_at(padded.len() - places);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{part}")
    }
}

/// By which words the interface counts large numbers, the largest first: `4=万|8=亿`.
pub(super) fn scales(texts: &Texts) -> Vec<Scale<'_>> {
    let told = texts.plain("chart.scales").split('|').rev();
    let scale = |(power, word): (&str, _)| Some((power.parse().ok()?, word));
    told.filter_map(|told| told.split_once('=')).filter_map(scale).collect()
}

/// By which word the marks of a scale are counted that goes as far as `largest`, and by which power of ten. What
/// is below ten thousand is counted as it is.
fn scale(largest: f64, scales: &[Scale<'_>]) -> (i32, String) {
    let reaches = |power: i32| largest >= 10_f64.powi(power.max(4));
    let found = scales.iter().find(|(power, _)| reaches(*power));
    found.map_or((0, String::new()), |(power, word)| (*power, (*word).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: [Scale<'_>; 3] = [(12, "万亿"), (8, "亿"), (4, "万")];
    const ENGLISH: [Scale<'_>; 3] = [(9, "billion "), (6, "million "), (3, "thousand ")];

    fn labels(layout: AxisLayout, values: &[f64]) -> String {
        let axis = Axis::of(layout, values, &CHINESE);
        let ticks: Vec<String> = axis.ticks.into_iter().map(|(_, label)| label).collect();
        format!("{}{}", ticks.join(" "), axis.counted)
    }

    #[test]
    fn an_amount_begins_at_zero() {
        for (values, ticks) in [
            (&[745.0, 812.0][..], "0 200 400 600 800 1000"),
            (&[3.0], "0 1 2 3"),
            (&[0.0], "0 1"),
            (&[0.5, 1.2], "0 0.5 1 1.5"),
            (&[-4.0, 12.0], "-5 0 5 10 15"),
            (&[12_000.0], "0 0.5 1 1.5万"),
            (&[61_000.0], "0 2 4 6 8万"),
            (&[4_420_000.0], "0 100 200 300 400 500万"),
            (&[231_000_000.0], "0 0.5 1 1.5 2 2.5亿"),
            (&[7.9e28], "0 20000000000000000 40000000000000000 60000000000000000 80000000000000000万亿"),
        ] {
            assert_eq!(labels(AxisLayout::Amount, values), ticks, "{values:?}");
        }
    }

    #[test]
    fn a_share_shows_a_part_that_does_not_exaggerate() {
        for (values, ticks) in [
            (&[94.6, 96.9][..], "80 85 90 95 100"),
            (&[3.0, 10.0], "0 5 10 15 20"),
            (&[40.02, 43.5], "30 35 40 45 50 55"),
            (&[5.0, 95.0], "0 20 40 60 80 100"),
            (&[50.0, 75.0], "30 40 50 60 70 80 90"),
            (&[100.0], "80 85 90 95 100"),
        ] {
            assert_eq!(labels(AxisLayout::Share, values), ticks, "{values:?}");
        }
        let growth = Axis::of(AxisLayout::Share, &[-5.5, 36.0], &CHINESE);
        assert!(growth.low <= -5.5 && growth.share(0.0) > 0.0 && !growth.is_part());
        assert!(Axis::of(AxisLayout::Share, &[94.6, 96.9], &CHINESE).is_part());
    }

    #[test]
    fn the_first_of_a_rank_stands_on_top() {
        for (values, ticks) in
            [(&[1.0, 3.0][..], "1 2 3 4 5"), (&[2.0, 21.0], "1 5 10 15 20 25"), (&[5.0, 9.0], "1 2 4 6 8 10")]
        {
            assert_eq!(labels(AxisLayout::Rank, values), ticks, "{values:?}");
        }
        let axis = Axis::of(AxisLayout::Rank, &[2.0, 21.0], &CHINESE);
        assert_eq!((axis.share(1.0), axis.share(25.0)), (1.0, 0.0));
    }

    #[test]
    fn english_counts_by_thousands() {
        let axis = Axis::of(AxisLayout::Amount, &[61_000.0], &ENGLISH);
        assert_eq!((&*axis.counted, axis.ticks[1].1.as_str()), ("thousand ", "20"));
    }
}
