//! Figures in the words of a language, and by how much one is more than another.

use std::cmp::Ordering;
use std::fmt::Display;

use super::ValueChange;
use crate::han::amount::{Amount, AmountDifference};
use crate::han::measure::Measure;
use crate::han::qualifier::Qualifier;
use crate::han::quantity::Quantity;
use crate::interface::Texts;

/// What sort of numbers are held against each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberSort<'a> {
    pub(crate) measure: Measure,
    pub(crate) unit: &'a str,
    /// By how many powers of ten both are counted.
    pub(crate) power: u32,
}

impl NumberSort<'_> {
    /// Whether differences are points and not shares of themselves.
    fn is_share(&self) -> bool {
        self.measure == Measure::Ratio
            || matches!(self.unit, "%" | "％" | "‰" | "个百分点" | "百分点" | "個百分點")
    }

    /// A size as both numbers are counted, and the word for that.
    fn counted(&self, size: Quantity) -> (Quantity, &'static str) {
        const SIZES: [(u32, &str); 3] = [(12, "万亿"), (8, "亿"), (4, "万")];
        let word = SIZES.iter().find(|(power, _)| self.power == *power);
        let counted = word.and_then(|(power, word)| Some((size.counted_in(*power)?, *word)));
        counted.unwrap_or((size.plain(), ""))
    }
}

/// A figure as its sentence has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigureInSentence<'a> {
    /// The figure without its unit.
    pub(super) figure: &'a str,
    pub(super) unit: &'a str,
    pub(super) measure: Measure,
}

/// What the keys of the texts begin with by which figures are told, and comparisons.
pub(super) const TEXTS: &str = "script.told.";

impl Texts {
    /// A value with its unit, and with the word that makes a bound of it: a bound must not
    /// pass for an exact figure.
    pub(crate) fn figure(&self, amount: &Amount, sort: &NumberSort<'_>) -> String {
        let word = amount.qualifier.map_or("", |qualifier| self.qualifier(qualifier));
        format!("{word}{}", self.value(amount, sort))
    }

    fn qualifier(&self, qualifier: Qualifier) -> &str {
        self.plain(match qualifier {
            Qualifier::About => "script.told.about",
            Qualifier::AtLeast => "script.told.at-least",
            Qualifier::MoreThan => "script.told.more-than",
            Qualifier::AtMost => "script.told.at-most",
            Qualifier::LessThan => "script.told.less-than",
        })
    }

    /// A value with its unit; a rank as a place in an order.
    pub(crate) fn value(&self, amount: &Amount, sort: &NumberSort<'_>) -> String {
        let value = match amount.to {
            Some(to) => self.range(&amount.value, &to),
            None => amount.value.to_string(),
        };
        let value = format!("{value}{}", sort.unit);
        if sort.measure == Measure::Rank { self.say("script.told.rank", &[("rank", &value)]) } else { value }
    }

    fn range(&self, from: &dyn Display, to: &dyn Display) -> String {
        self.say("script.told.range", &[("from", from), ("to", to)])
    }

    /// A figure in words, as its sentence tells it.
    pub(super) fn told(&self, amount: &Amount, said: FigureInSentence<'_>) -> String {
        let FigureInSentence { figure, unit, measure } = said;
        // 20余万 says itself that it is a bound, and 九成 that it is a share.
        let qualifier = amount.qualifier.filter(|_| !figure.contains(['余', '餘', '多']));
        let is_whole = matches!(unit, "%" | "‰") && !figure.ends_with(|c: char| c.is_numeric());
        let value = format!("{figure}{}", if is_whole { "" } else { unit });
        let is_place = measure == Measure::Rank && !figure.ends_with('位');
        if is_place && qualifier == Some(Qualifier::AtMost) {
            return self.say("script.told.first", &[("rank", &value)]);
        }
        let value = if is_place { self.say("script.told.rank", &[("rank", &value)]) } else { value };
        format!("{}{value}", qualifier.map_or("", |qualifier| self.qualifier(qualifier)))
    }

    /// How a value changed: what can be said depends on what sort of number it is. Of bounds and
    /// ranges no more is told than they say, and nothing of what no decimal holds.
    pub(crate) fn change(&self, (before, after): (&Amount, &Amount), sort: &NumberSort<'_>) -> ValueChange {
        let step = after.since(before);
        let by = step.map(|step| step.by.cmp(&Quantity::default()));
        let by =
            by.or_else(|| (before.is_exact() && after.is_exact()).then(|| after.value.cmp(&before.value)));
        // A smaller number is a better place in an order.
        let trend = match (by, sort.measure == Measure::Rank) {
            (None, _) => "open",
            (Some(Ordering::Equal), _) => "level",
            (Some(Ordering::Greater), false) | (Some(Ordering::Less), true) => "up",
            _ => "down",
        };
        let is_relative = !sort.is_share() && sort.measure != Measure::Rank && trend != "level";
        let percent = step.filter(|step| is_relative && step.to.is_none());
        ValueChange {
            absolute: step.map(|step| self.difference(&step, sort, trend)),
            percent: percent.and_then(|step| {
                let share = step.by.size().hundredths(step.base.size(), 1)?;
                Some(format!("{}{}{share}%", self.exactness(&step), sign(step.by)))
            }),
            trend,
        }
    }

    /// A difference in its own unit.
    fn difference(&self, step: &AmountDifference, sort: &NumberSort<'_>, trend: &str) -> String {
        if trend == "level" {
            return self.plain("script.told.level").to_owned();
        }
        let counted = |by: Quantity| sort.counted(by.size());
        let size = match step.to.map(counted) {
            Some((to, _)) => self.range(&counted(step.by).0, &to),
            None => counted(step.by).0.to_string(),
        };
        let difference = match (sort.measure, trend) {
            (Measure::Rank, "up") => self.say("script.told.rank_up", &[("n", &size)]),
            (Measure::Rank, _) => self.say("script.told.rank_down", &[("n", &size)]),
            _ if sort.is_share() => {
                sign(step.by).to_owned() + &self.say("script.told.points", &[("n", &size)])
            }
            _ => format!("{}{size}{}{}", sign(step.by), counted(step.by).1, sort.unit),
        };
        format!("{}{difference}", self.exactness(step))
    }

    fn exactness(&self, step: &AmountDifference) -> &str {
        match step.qualifier {
            Some(Qualifier::About) => self.plain("script.told.about"),
            Some(_) => self.plain("script.told.least"),
            None => "",
        }
    }
}

/// The sign of a difference, as it is printed.
fn sign(by: Quantity) -> &'static str {
    if by.is_negative() { "−" } else { "+" }
}
