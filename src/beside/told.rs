//! Figures in the words of a language, and by how much one is more than another.

use std::cmp::Ordering;

use super::ValueChange;
use crate::diag::Language;
use crate::han::amount::{Amount, Step};
use crate::han::measure::Measure;
use crate::han::qualifier::Qualifier;
use crate::han::quantity::Quantity;

/// What sort of numbers are held against each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sort<'a> {
    pub(crate) measure: Measure,
    pub(crate) unit: &'a str,
    /// By how many powers of ten both are counted.
    pub(crate) power: u32,
}

impl Sort<'_> {
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
pub(super) struct Said<'a> {
    /// The figure without its unit.
    pub(super) figure: &'a str,
    pub(super) unit: &'a str,
    pub(super) measure: Measure,
}

impl Language {
    /// A value with its unit, and with the word that makes a bound of it: a bound must not
    /// pass for an exact figure.
    pub(crate) fn figure(self, amount: &Amount, sort: &Sort<'_>) -> String {
        let word = amount.qualifier.map_or("", |qualifier| self.qualifier(qualifier));
        format!("{word}{}", self.value(amount, sort))
    }

    fn qualifier(self, qualifier: Qualifier) -> &'static str {
        match qualifier {
            Qualifier::About => self.pick("约", "about "),
            Qualifier::AtLeast => self.pick("不少于", "≥ "),
            Qualifier::MoreThan => self.pick("超过", "> "),
            Qualifier::AtMost => self.pick("不超过", "≤ "),
            Qualifier::LessThan => self.pick("不到", "< "),
        }
    }

    /// A value with its unit; a rank as a place in an order.
    pub(crate) fn value(self, amount: &Amount, sort: &Sort<'_>) -> String {
        let Amount { value, to, .. } = amount;
        let order = if (sort.measure, self) == (Measure::Rank, Self::Chinese) { "第" } else { "" };
        let to = to.map(|to| format!("{}{to}", self.pick("至", " to "))).unwrap_or_default();
        format!("{order}{value}{to}{}", sort.unit)
    }

    /// A figure in words, as its sentence tells it.
    pub(super) fn told(self, amount: &Amount, said: Said<'_>) -> String {
        let Said { figure, unit, measure } = said;
        // 20余万 says itself that it is a bound, and 九成 that it is a share.
        let qualifier = amount.qualifier.filter(|_| !figure.contains(['余', '餘', '多']));
        let is_whole = matches!(unit, "%" | "‰") && !figure.ends_with(|c: char| c.is_numeric());
        let unit = if is_whole { "" } else { unit };
        let is_place = (measure, self) == (Measure::Rank, Self::Chinese) && !figure.ends_with('位');
        if is_place && qualifier == Some(Qualifier::AtMost) {
            return format!("前{figure}{unit}");
        }
        let order = if is_place { "第" } else { "" };
        format!("{}{order}{figure}{unit}", qualifier.map_or("", |qualifier| self.qualifier(qualifier)))
    }

    /// How a value changed: what can be said depends on what sort of number it is. Of bounds and
    /// ranges no more is told than they say, and nothing of what no decimal holds.
    pub(crate) fn change(self, (before, after): (&Amount, &Amount), sort: &Sort<'_>) -> ValueChange {
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
    fn difference(self, step: &Step, sort: &Sort<'_>, trend: &str) -> String {
        if trend == "level" {
            return self.pick("持平", "unchanged").to_owned();
        }
        let counted = |by: Quantity| sort.counted(by.size());
        let size = match step.to.map(counted) {
            Some((to, _)) => format!("{}{}{to}", counted(step.by).0, self.pick("至", " to ")),
            None => counted(step.by).0.to_string(),
        };
        let exactness = self.exactness(step);
        match (sort.measure, trend) {
            (Measure::Rank, "up") => {
                exactness.to_owned() + &self.pick("上升{}位", "up {}").replace("{}", &size)
            }
            (Measure::Rank, _) => {
                exactness.to_owned() + &self.pick("下降{}位", "down {}").replace("{}", &size)
            }
            _ if sort.is_share() => {
                format!("{exactness}{}{size}{}", sign(step.by), self.pick("个百分点", " points"))
            }
            _ => format!("{exactness}{}{size}{}{}", sign(step.by), counted(step.by).1, sort.unit),
        }
    }

    fn exactness(self, step: &Step) -> &'static str {
        match step.qualifier {
            Some(Qualifier::About) => self.pick("约", "about "),
            Some(_) => self.pick("至少", "at least "),
            None => "",
        }
    }
}

/// The sign of a difference, as it is printed.
fn sign(by: Quantity) -> &'static str {
    if by.is_negative() { "−" } else { "+" }
}
