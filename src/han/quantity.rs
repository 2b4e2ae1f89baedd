//! A number as texts tell it: a decimal, so that 40.02 is 40.02. It has no operators: a report
//! may tell more digits than can be multiplied or divided, and what comes of that is `None`
//! and never a panic. No other file knows the crate of decimals.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::binary;

/// A number that a text tells. Two are equal where their values are: 94.6 is 94.60.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quantity(#[serde(with = "rust_decimal::serde::str")] Decimal);

impl Quantity {
    /// One.
    pub(crate) const ONE: Self = Self(Decimal::ONE);

    /// So many digits with the point before the last `scale` of them; `None` where there are more
    /// than a decimal holds.
    pub(crate) fn from_digits(digits: i128, scale: u32) -> Option<Self> {
        Decimal::try_from_i128_with_scale(digits, scale).ok().map(Self)
    }

    /// The sum, if it can be told.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left without `other`, if it can be told.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times `other`, if it can be told.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// How many hundredths of `whole` this is, to so many decimals, or to its first digit where it
    /// is less than that.
    pub(crate) fn hundredths(self, whole: Self, decimals: u32) -> Option<Self> {
        let hundred = Decimal::ONE_HUNDRED;
        let share = self.0.checked_mul(hundred).and_then(|times| times.checked_div(whole.0));
        // What is too large for a hundred times itself may still be divided.
        let share = share.or_else(|| self.0.checked_div(whole.0)?.checked_mul(hundred))?;
        let rounded = share.round_dp(decimals);
        let rounded = if rounded.is_zero() { share.round_sf(1)? } else { rounded };
        Some(Self(rounded.normalize()))
    }

    /// The same counted in a power of ten: 27600 is 2.76 in powers of 4. `None` where that has more
    /// digits than it can.
    pub(crate) fn counted_in(self, power: u32) -> Option<Self> {
        let plain = self.0.normalize();
        let scale = plain.scale().checked_add(power).filter(|scale| *scale <= Decimal::MAX_SCALE)?;
        Some(Self(Decimal::try_from_i128_with_scale(plain.mantissa(), scale).ok()?.normalize()))
    }

    /// The same below zero, or above it.
    pub(crate) fn negated(self) -> Self {
        Self(-self.0)
    }

    /// How far it is from zero.
    pub(crate) fn size(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether it is nought.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether nothing but zeros stands behind its point.
    pub(crate) fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The nearest number with so many decimals.
    pub(crate) fn rounded(self, decimals: u32) -> Self {
        Self(self.0.round_dp(decimals).normalize())
    }

    /// The least whole number that is not below it.
    pub(crate) fn ceiling(self) -> Self {
        Self(self.0.ceil())
    }

    /// The same without zeros at the end of its decimals.
    #[must_use]
    pub fn plain(self) -> Self {
        Self(self.0.normalize())
    }

    /// Its digits, the same however many zeros are written behind its point and whatever its
    /// sign is.
    pub(crate) fn digits(self) -> i128 {
        self.0.normalize().mantissa().abs()
    }

    /// The nearest binary number, for pixels and programs alone; numbers in words stay decimals.
    /// It is what a script reads from the digits, so that both get the same.
    #[must_use]
    pub fn nearest(self) -> f64 {
        binary::divided(self.0.mantissa(), self.0.scale())
            .unwrap_or_else(|| self.0.to_string().parse().unwrap_or_default())
    }
}

impl From<u64> for Quantity {
    fn from(number: u64) -> Self {
        Self(Decimal::from(number))
    }
}

impl FromStr for Quantity {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    proptest! {
        #[test]
        fn the_nearest_binary_number_is_the_one_that_is_read(digits in any::<i64>(), scale in 0_u32..28) {
            for digits in [i128::from(digits), i128::from(digits >> 20), i128::from(digits % 1000)] {
                let quantity = Quantity::from_digits(digits, scale).unwrap();
                prop_assert_eq!(quantity.nearest(), quantity.0.to_string().parse::<f64>().unwrap());
            }
        }
    }

    /// The largest number there is.
    const LARGEST: &str = "79228162514264337593543950335";

    #[test]
    fn shares_have_one_decimal_or_the_first_digit_that_says_something() {
        for (part, whole, share) in [
            ("67", "745", Some("9")),
            ("1", "3", Some("33.3")),
            ("1", "30000", Some("0.003")),
            ("-1", "8000", Some("-0.01")),
            (LARGEST, LARGEST, Some("100")),
            (LARGEST, "1", None),
            (LARGEST, "0.0000000000000000000000000001", None),
            ("1", "0", None),
        ] {
            assert_eq!(of(part).hundredths(of(whole), 1).map(|share| share.to_string()).as_deref(), share);
        }
    }

    #[test]
    fn what_is_too_large_is_none() {
        let largest = of(LARGEST);
        assert_eq!(largest.times(of("2")), None);
        assert_eq!(largest.plus(Quantity::ONE), None);
        assert_eq!(largest.negated().minus(Quantity::ONE), None);
        assert_eq!(Quantity::from_digits(i128::MAX, 0), None);
        assert_eq!(Quantity::from_digits(1, 29), None);
        assert!(!of("-0").is_negative());
    }

    proptest! {
        #[test]
        fn no_two_numbers_are_too_much(a in "-?[0-9]{1,28}", b in "-?[0-9]{0,3}\\.[0-9]{1,28}") {
            for (a, b) in [(&a, &b), (&b, &a), (&a, &a), (&b, &b)] {
                let (Ok(a), Ok(b)) = (a.parse::<Quantity>(), b.parse::<Quantity>()) else { continue };
                let _ = (a.plus(b), a.minus(b), a.times(b), a.hundredths(b, 1), a.counted_in(8), a.digits(), a.nearest());
                prop_assert_eq!(a.plain(), a);
                prop_assert_eq!(a.negated().size(), a.size());
            }
        }
    }
}
