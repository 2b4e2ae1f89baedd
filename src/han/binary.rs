//! Decimals as binary numbers.

/// The nearest binary number to `digits` with so many of them behind the point, where both the digits and the power of
/// ten that divides them are whole numbers that a binary number holds: what comes of dividing those is the nearest one.
pub(super) fn divided(digits: i128, behind: u32) -> Option<f64> {
    const HELD: i128 = 1 << f64::MANTISSA_DIGITS;
    /// Ten to this power is the last that a binary number holds.
    const MOST: u32 = 22;
    let digits = Some(digits).filter(|digits| *digits != 0 && (-HELD..=HELD).contains(digits))?;
    let power =
        Some(behind).filter(|behind| *behind <= MOST).and_then(|behind| 10_u128.checked_pow(behind))?;
    Some(digits as f64 / power as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_divided_is_what_is_read() {
        for (digits, behind, text) in
            [(7363, 2, "73.63"), (1, 1, "0.1"), (-745, 0, "-745"), (1, 22, "0.0000000000000000000001")]
        {
            assert_eq!(divided(digits, behind), text.parse().ok(), "{text}");
        }
        assert_eq!((divided(1, 23), divided(i128::MAX, 2), divided(0, 1)), (None, None, None));
    }
}
