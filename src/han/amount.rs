//! What a text tells with a number: a value, a bound, or a range; and by how much one is more
//! than another, as far as that can be said.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::qualifier::Qualifier;
use super::quantity::Quantity;

/// What a text tells with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Amount {
    /// The value, or the lower end of a range.
    pub value: Quantity,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Quantity>,
    /// How exact it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
}

/// By how much one amount is more than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AmountDifference {
    /// The difference, or the end of it that is nearer to nought; below zero for less.
    pub(crate) by: Quantity,
    /// The other end, where the difference is a range.
    pub(crate) to: Option<Quantity>,
    /// What the difference is measured by: the earlier value.
    pub(crate) base: Quantity,
    /// How exact it is: exact, about, or at least so much.
    pub(crate) qualifier: Option<Qualifier>,
}

impl Amount {
    /// An exact value.
    #[must_use]
    pub fn exact(value: Quantity) -> Self {
        Self { value, to: None, qualifier: None }
    }

    /// Whether it is told exactly.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.to.is_none() && self.qualifier.is_none()
    }

    /// The least and the most that it can be; nothing where there is no end.
    fn ends(&self) -> (Option<Quantity>, Option<Quantity>) {
        let (low, high) = (Some(self.value), Some(self.to.unwrap_or(self.value)));
        match self.qualifier.map(Qualifier::side) {
            Some(Ordering::Greater) => (low, None),
            Some(Ordering::Less) => (None, high),
            Some(Ordering::Equal) | None => (low, high),
        }
    }

    /// By how much this is more than `before`; nothing where that cannot be said: a bound and a
    /// bound on the same side have any difference.
    pub(crate) fn since(&self, before: &Self) -> Option<AmountDifference> {
        let is_about = |amount: &Self| amount.qualifier == Some(Qualifier::About);
        let ((low, high), (old_low, old_high)) = (self.ends(), before.ends());
        let difference = |a: Option<Quantity>, b: Option<Quantity>| a?.minus(b?);
        let (least, most) = (difference(low, old_high), difference(high, old_low));
        let is_rise = |least: &Quantity| !least.is_negative() && !least.is_zero();
        let (by, to, base) = match (least, most) {
            (Some(least), Some(most)) if least == most => (least, None, old_low?),
            (Some(least), Some(most)) if is_rise(&least) => (least, Some(most), old_high?),
            (Some(least), Some(most)) if most.is_negative() => (most, Some(least), old_low?),
            (Some(least), None) if is_rise(&least) => (least, None, old_high?),
            (None, Some(most)) if most.is_negative() => (most, None, old_low?),
            _ => return None,
        };
        // What the digits that there are cannot hold is no difference, nor is about as much as before.
        let is_lost = by.is_zero() && (self.value != before.value || is_about(self) || is_about(before));
        let has_open_end = least.is_none() || most.is_none();
        let qualifier = match is_about(self) || is_about(before) {
            true if has_open_end => return None,
            true => Some(Qualifier::About),
            false => has_open_end.then_some(Qualifier::AtLeast),
        };
        (!is_lost).then_some(AmountDifference { by, to, base, qualifier })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Amount {
        let (qualifier, rest) = match text.split_at(1) {
            ("~", rest) => (Some(Qualifier::About), rest),
            (">", rest) => (Some(Qualifier::MoreThan), rest),
            ("<", rest) => (Some(Qualifier::AtMost), rest),
            _ => (None, text),
        };
        let (value, to) = rest.split_once('…').map_or((rest, None), |(value, to)| (value, Some(to)));
        Amount { value: value.parse().unwrap(), to: to.map(|to| to.parse().unwrap()), qualifier }
    }

    #[test]
    fn a_difference_is_no_more_exact_than_what_it_is_of() {
        for (before, after, expected) in [
            ("745", "812", "67/745"),
            ("812", "745", "-67/812"),
            ("8638", ">10000", "at-least 1362/8638"),
            (">80", ">85", "-"),
            ("<745", ">812", "at-least 67/745"),
            (">812", "<745", "at-least -67/812"),
            ("745", "<812", "-"),
            (">900", "812", "at-least -88/900"),
            ("~7", "~6.5", "about -0.5/7"),
            ("~7", ">8", "-"),
            ("7", "~7", "-"),
            ("6…6.5", "7…8", "0.5…2/6.5"),
            ("7…8", "6…6.5", "-0.5…-2/7"),
            ("6…7", "6.5", "-"),
            ("6…7", "6…7", "-"),
            ("6…7", "8", "1…2/7"),
            ("0", "0", "0/0"),
            ("-79228162514264337593543950335", "79228162514264337593543950335", "-"),
        ] {
            let told = of(after).since(&of(before)).map_or("-".to_owned(), |step| {
                let qualifier = step.qualifier.map(|qualifier| format!("{} ", qualifier.as_str()));
                let to = step.to.map(|to| format!("…{to}"));
                format!(
                    "{}{}{}/{}",
                    qualifier.unwrap_or_default(),
                    step.by,
                    to.unwrap_or_default(),
                    step.base
                )
            });
            assert_eq!(told, expected, "{before} {after}");
        }
    }
}
