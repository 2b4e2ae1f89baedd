//! Figures as pictures: lines over the years, the small line of a table's row, the bar of a
//! table's row. One way for all, so that a gap, a bound and a rank look alike everywhere.
//!
//! The crates that were looked at do not know what has to be told apart here. `plotters` and
//! `charts-rs` write their colours into the picture and name no parts of it; `charming` needs a
//! browser to draw; `poloto` and `splot` can be styled by classes. None has bounds, links at
//! points, or a description for those who do not see. What is left after taking all this out
//! is a scale and some lines, which is what stands below.
//!
//! A picture is of one indicator by its type: there is no way to put two on one axis. The
//! script `chart.js` of the theme draws the same picture from the table below it when a
//! reader picks other places; a browser test holds that both are the same.

mod axis;
mod lines;
mod row;

use crate::ask::{Ask, IndicatorValue};
use crate::config::{Indicator, Measure};
use crate::interface::Texts;
use crate::report::{Qualifier, Quantity};
use crate::words;

pub(super) use lines::lines;
pub(super) use row::{bars, share_spark, spark};

/// How many lines can be told apart in one picture.
pub(super) const MOST_LINES: usize = 8;

/// A figure as a picture shows it.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) year: i16,
    /// The value, or the lower end of a range.
    pub(super) value: Quantity,
    /// The upper end of a range.
    pub(super) to: Option<Quantity>,
    pub(super) qualifier: Option<Qualifier>,
    /// The value in words, with its unit and the word that makes a bound of it.
    pub(super) text: String,
    /// The sentence that it comes from.
    pub(super) href: String,
}

/// The points of one place, one a year, oldest first. A year without one is a gap.
#[derive(Clone, Debug)]
pub(super) struct PlacePoints {
    pub(super) name: String,
    pub(super) points: Vec<Point>,
}

/// Places over years, of one indicator.
pub(super) struct IndicatorSeries<'a> {
    /// What the ids in the picture begin with; it is there once on the page.
    pub(super) id: &'a str,
    pub(super) indicator: &'a Indicator,
    /// Its name in the language of the page.
    pub(super) name: &'a str,
    pub(super) series: &'a [PlacePoints],
    /// What the interface says.
    pub(super) texts: &'a Texts,
}

impl Point {
    /// The value for pixels alone; of a range, its middle.
    fn height(&self) -> f64 {
        let low = self.value.nearest();
        self.to.map_or(low, |to| low + (to.nearest() - low) / 2.0)
    }

    /// The least and the most that it is said to be.
    fn ends(&self) -> [f64; 2] {
        [self.value, self.to.unwrap_or(self.value)].map(Quantity::nearest)
    }

    fn is_exact(&self) -> bool {
        self.qualifier.is_none() && self.to.is_none()
    }

    /// In which way it is not exact: the word that themes know it by.
    pub(super) fn bound(&self) -> Option<&'static str> {
        self.to.map(|_| "range").or_else(|| self.qualifier.map(side))
    }
}

impl Ask<'_> {
    /// A figure as pictures and tables show it.
    pub(super) fn point(&self, value: IndicatorValue<'_>, indicator: &Indicator) -> Point {
        let IndicatorValue { address, figure } = value;
        Point {
            year: address.year.get(),
            value: figure.amount.value,
            to: figure.amount.to,
            qualifier: figure.amount.qualifier,
            text: words::of(self.config()).texts().figure(&figure.amount, &indicator.sort()),
            href: format!("{}{}", self.href(&address.route()), figure.href()),
        }
    }
}

/// How the values of an indicator are laid out on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AxisLayout {
    /// An amount: from zero, or its length would lie.
    Amount,
    /// A share of a hundred.
    Share,
    /// A place in an order: the first on top.
    Rank,
}

impl AxisLayout {
    fn of(indicator: &Indicator) -> Self {
        match indicator.kind {
            Measure::Rank => Self::Rank,
            Measure::Ratio if matches!(indicator.unit.as_str(), "%" | "％") => Self::Share,
            _ => Self::Amount,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Share => "share",
            Self::Rank => "rank",
        }
    }
}

/// Where the true value lies that a bound speaks of: the word that themes know it by.
fn side(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::About => "about",
        Qualifier::AtLeast | Qualifier::MoreThan => "more",
        Qualifier::AtMost | Qualifier::LessThan => "less",
    }
}

/// A coordinate with one digit, the same in every language that draws.
fn pixel(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // There is no minus nought in a picture.
    (rounded + 0.0).to_string()
}

/// The lines through points: of exact neighbours, and of neighbours one of which is a bound.
/// Years that do not follow on one another are not joined.
fn strokes(points: &[Point], at: impl Fn(&Point) -> (f64, f64)) -> (String, String) {
    let mut paths = [String::new(), String::new()];
    let mut pens: [Option<i16>; 2] = [None, None];
    for pair in points.windows(2) {
        let [from, to] = pair else { continue };
        if to.year != from.year + 1 {
            continue;
        }
        let which = usize::from(!(from.is_exact() && to.is_exact()));
        let step = |letter, point: &Point| {
            let (x, y) = at(point);
            format!("{letter}{} {}", pixel(x), pixel(y))
        };
        if pens[which] != Some(from.year) {
            paths[which].push_str(&step('M', from));
        }
        paths[which].push_str(&step('L', to));
        pens[which] = Some(to.year);
    }
    let [line, loose] = paths;
    (line, loose)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::Direction;

    /// An indicator of a kind and unit.
    pub(super) fn indicator(kind: Measure, unit: &str) -> Indicator {
        Indicator {
            id: "a".into(),
            name: "办结<案件>".into(),
            name_en: None,
            unit: unit.into(),
            kind,
            direction: Direction::Neutral,
            group: None,
            aliases: Vec::new(),
            definition: None,
            cell: None,
        }
    }

    /// A point whose words are its value.
    pub(super) fn point(year: i16, value: &str, qualifier: Option<Qualifier>) -> Point {
        let href = format!("/a/{year}/#fig-a");
        Point { year, value: value.parse().unwrap(), to: None, qualifier, text: value.into(), href }
    }

    #[test]
    fn a_gap_breaks_the_line_and_a_bound_loosens_it() {
        let flat = |point: &Point| (f64::from(point.year - 2000), point.height());
        for (points, line, loose) in [
            (vec![point(2000, "1", None), point(2001, "2", None)], "M0 1L1 2", ""),
            (vec![point(2000, "1", None), point(2002, "2", None)], "", ""),
            (vec![point(2000, "1", None), point(2001, "2", Some(Qualifier::About))], "", "M0 1L1 2"),
            (
                vec![
                    point(2000, "1", None),
                    point(2001, "2", None),
                    point(2002, "3", Some(Qualifier::AtMost)),
                    point(2003, "4", None),
                    point(2004, "5", None),
                ],
                "M0 1L1 2M3 4L4 5",
                "M1 2L2 3L3 4",
            ),
            (vec![point(2000, "1", None)], "", ""),
        ] {
            assert_eq!(strokes(&points, flat), (line.to_owned(), loose.to_owned()));
        }
    }

    #[test]
    fn pixels_have_one_digit_and_no_minus_nought() {
        assert_eq!([pixel(1.25), pixel(3.0), pixel(-0.01), pixel(12.34)], ["1.3", "3", "0", "12.3"]);
    }
}
