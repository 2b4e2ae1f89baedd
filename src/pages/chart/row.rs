//! Pictures that stand in a row of a table: the small line of the years, and the bar of one
//! value among those of other rows. They are drawn by the same scales as the large picture.

use super::axis::Axis;
use super::{AxisLayout, Point, strokes};
use crate::config::Indicator;
use crate::view::{Bar, Spark, SparkPoint};

const WIDTH: u16 = 96;
const HEIGHT: u16 = 24;
const MARGIN: f64 = 3.0;
/// More points than these cannot be told apart on a small line: it is drawn from the first to the
/// last, and only these two are points.
const CROWDED: usize = 12;
/// Fewer points are no course.
const FEWEST: usize = 3;

/// The points as a small line, where there are three or more.
pub(crate) fn spark(points: &[Point], indicator: &Indicator) -> Option<Spark> {
    let values: Vec<f64> = points.iter().flat_map(Point::ends).collect();
    small(points, || Axis::of(AxisLayout::of(indicator), &values, &[]))
}

/// Shares of a hundred by year as a small line, where there are three or more.
pub(crate) fn share_spark(shares: impl Iterator<Item = (i16, String)>) -> Option<Spark> {
    let point = |(year, share): (i16, String)| {
        let (value, text) = (share.parse().ok()?, format!("{share}%"));
        Some(Point { year, value, to: None, qualifier: None, text, href: String::new() })
    };
    small(&shares.filter_map(point).collect::<Vec<_>>(), Axis::hundred)
}

fn small(points: &[Point], axis: impl FnOnce() -> Axis) -> Option<Spark> {
    let (first, last) = (points.first()?.year, points.last()?.year);
    if points.len() < FEWEST {
        return None;
    }
    let axis = axis();
    let (width, height) = (f64::from(WIDTH) - 2.0 * MARGIN, f64::from(HEIGHT) - 2.0 * MARGIN);
    let at = |point: &Point| {
        let across = f64::from(point.year - first) / f64::from(last - first);
        (MARGIN + width * across, MARGIN + height * (1.0 - axis.share(point.height())))
    };
    let (path, loose) = strokes(points, at);
    let drawn = |point: &Point| {
        let (x, y) = at(point);
        let title = format!("{}: {}", point.year, point.text);
        SparkPoint { x: super::pixel(x), y: super::pixel(y), title, bound: point.bound() }
    };
    let is_crowded = points.len() > CROWDED;
    let ends = points.iter().take(1).chain(points.last());
    let points: Vec<SparkPoint> =
        if is_crowded { ends.map(drawn).collect() } else { points.iter().map(drawn).collect() };
    let between = if is_crowded { " … " } else { "; " };
    let title = points.iter().map(|point| point.title.as_str()).collect::<Vec<_>>().join(between);
    Some(Spark { path, loose, points, width: WIDTH, height: HEIGHT, title })
}

/// Values beside one another, each as long as it is large; a share as a dot on the hundred.
/// A rank is read as the number that it is, and has no bar.
pub(crate) fn bars(points: &[Point], indicator: &Indicator) -> Vec<Option<Bar>> {
    let layout = AxisLayout::of(indicator);
    let values: Vec<f64> = points.iter().flat_map(Point::ends).collect();
    if layout == AxisLayout::Rank || values.is_empty() {
        return points.iter().map(|_| None).collect();
    }
    let of_hundred = layout == AxisLayout::Share && values.iter().all(|value| (0.0..=100.0).contains(value));
    let axis = match of_hundred {
        true => Axis::hundred(),
        false => Axis::of(AxisLayout::Amount, &values, &[]),
    };
    let across = |value: f64| MARGIN + (f64::from(WIDTH) - 2.0 * MARGIN) * axis.share(value);
    let bar = |point: &Point| {
        let (zero, end) = (across(0.0), across(point.height()));
        Bar {
            shape: if of_hundred { "dot" } else { "bar" },
            start: super::pixel(zero.min(end)),
            length: super::pixel((end - zero).abs()),
            end: super::pixel(end),
            width: WIDTH,
            bound: point.bound(),
        }
    };
    points.iter().map(bar).map(Some).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{indicator, point};
    use super::*;
    use crate::config::Measure;
    use crate::report::Qualifier;

    #[test]
    fn a_small_line_is_broken_at_gaps_and_begins_at_zero() {
        let points = [
            point(2018, "5", None),
            point(2019, "10", None),
            point(2021, "10", None),
            point(2022, "5", Some(Qualifier::AtLeast)),
        ];
        let spark = spark(&points, &indicator(Measure::Flow, "件")).unwrap();
        assert_eq!(spark.path, "M3 12L25.5 3");
        assert_eq!(spark.loose, "M70.5 3L93 12");
        assert_eq!(spark.points[2].title, "2021: 10");
        assert_eq!(spark.points[3].bound, Some("more"));
    }

    #[test]
    fn the_first_of_a_rank_is_on_top_of_a_small_line() {
        let points = [point(2018, "5", None), point(2019, "1", None), point(2020, "3", None)];
        let spark = spark(&points, &indicator(Measure::Rank, "名")).unwrap();
        assert_eq!(spark.path, "M3 21L48 3L93 12");
    }

    #[test]
    fn two_values_are_no_course() {
        let points = [point(2018, "5", None), point(2019, "1", None)];
        assert!(spark(&points, &indicator(Measure::Flow, "件")).is_none());
        assert!(spark(&[], &indicator(Measure::Flow, "件")).is_none());
    }

    #[test]
    fn an_amount_is_a_length_a_share_a_dot_and_a_rank_a_number() {
        let points = [point(2020, "50", None), point(2020, "100", Some(Qualifier::About))];
        let drawn =
            |kind, unit| bars(&points, &indicator(kind, unit)).into_iter().flatten().collect::<Vec<_>>();
        let amounts = drawn(Measure::Flow, "件");
        assert_eq!((amounts[0].shape, &*amounts[0].start, &*amounts[0].length), ("bar", "3", "45"));
        assert_eq!(amounts[1].bound, Some("about"));
        let shares = drawn(Measure::Ratio, "%");
        assert_eq!((shares[0].shape, &*shares[0].end), ("dot", "48"));
        assert!(drawn(Measure::Rank, "名").is_empty());
    }
}
