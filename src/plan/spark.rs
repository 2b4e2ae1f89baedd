//! A small line of values over the years. It is broken at gaps, for a gap is not a value.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::view::{Spark, SparkPoint};

const WIDTH: u16 = 96;
const HEIGHT: u16 = 24;
const MARGIN: f64 = 3.0;

/// The values as a line, where there are three or more.
pub(super) fn spark(values: &[(i16, Option<Decimal>)], unit: &str) -> Option<Spark> {
    let known: Vec<(i16, Decimal)> =
        values.iter().filter_map(|(year, value)| Some((*year, (*value)?))).collect();
    let (first, last) = (known.first()?.0, known.last()?.0);
    if known.len() < 3 {
        return None;
    }
    let low = known.iter().map(|(_, value)| *value).min()?.to_f64()?;
    let high = known.iter().map(|(_, value)| *value).max()?.to_f64()?;
    let across = |year: i16| {
        MARGIN + (f64::from(WIDTH) - 2.0 * MARGIN) * f64::from(year - first) / f64::from(last - first)
    };
    let down = |value: Decimal| {
        let share = match high - low {
            range if range > 0.0 => (value.to_f64().unwrap_or(low) - low) / range,
            _ => 0.5,
        };
        f64::from(HEIGHT) - MARGIN - (f64::from(HEIGHT) - 2.0 * MARGIN) * share
    };
    let mut path = String::new();
    let mut before: Option<i16> = None;
    for (year, value) in &known {
        let step = if before == Some(year - 1) { 'L' } else { 'M' };
        path.push_str(&format!("{step}{:.1} {:.1}", across(*year), down(*value)));
        before = Some(*year);
    }
    let point = |(year, value): &(i16, Decimal)| SparkPoint {
        x: format!("{:.1}", across(*year)),
        y: format!("{:.1}", down(*value)),
        title: format!("{year}: {value}{unit}"),
    };
    let points: Vec<SparkPoint> = known.iter().map(point).collect();
    let title = points.iter().map(|point| point.title.as_str()).collect::<Vec<_>>().join("; ");
    Some(Spark { path, points, width: WIDTH, height: HEIGHT, title })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_breaks_the_line() {
        let values = [(2018, Some(1.into())), (2019, Some(3.into())), (2020, None), (2021, Some(2.into()))];
        let spark = spark(&values, "件").unwrap();
        assert_eq!(spark.path, "M3.0 21.0L33.0 3.0M93.0 12.0");
        assert_eq!(spark.points[2].title, "2021: 2件");
    }

    #[test]
    fn two_values_are_no_line() {
        assert!(spark(&[(2018, Some(1.into())), (2019, Some(3.into()))], "").is_none());
        assert!(spark(&[], "").is_none());
    }
}
