//! The large picture: the lines of several places over the years, as SVG. Colours, dashes and
//! faces are the theme's, by class; what stands here is geometry and words.
//!
//! The picture itself is an image with a title and a description. The points lie over it as
//! links to their sentences. They are no stops of the keyboard, for the table below has the
//! same links; the theme's script makes them one stop with arrow keys.

use std::collections::BTreeSet;
use std::fmt::Display;

use pulldown_cmark_escape::escape_html;

use super::axis::{self, Axis};
use super::{AxisLayout, IndicatorSeries, MOST_LINES, PlacePoints, Point, pixel, side, strokes};
use crate::interface::Texts;
use crate::report::Qualifier;
use crate::view::Chart;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 288.0;
/// Between the edge of the field and the first year.
const INSET: f64 = 16.0;
/// The size of letters, and how much wider than high one that is not Han is taken to be.
const LETTER: f64 = 13.0;
const LATIN: f64 = 0.56;
/// The longest name beside a line; a longer one is shortened.
const LONGEST_NAME: f64 = 11.0;
/// What stands between a line's end and its name: the lead and the mark.
const LEAD: f64 = 44.0;
/// The least distance of two names.
const NAME_STEP: f64 = 18.0;
/// The least distance of two years.
const YEAR_STEP: f64 = 40.0;

/// The marks by which lines are told apart without colour.
const MARKS: [&str; MOST_LINES] = [
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4H4V4H-4z",
    "M0-5.5L5 3.5H-5z",
    "M0-5.5L5.5 0L0 5.5L-5.5 0z",
    "M0 5.5L-5-3.5H5z",
    "M-2-5.5H2V-2H5.5V2H2V5.5H-2V2H-5.5V-2H-2z",
    "M-6-2.5H6V2.5H-6z",
    "M-2.5-6H2.5V6H-2.5z",
];

/// Where in the picture a year and a value stand.
struct PlotArea {
    axis: Axis,
    from: i16,
    to: i16,
    right: f64,
}

/// The picture, with what it says in words.
pub(crate) fn lines(picture: &IndicatorSeries<'_>) -> Chart {
    let texts = picture.texts;
    let layout = AxisLayout::of(picture.indicator);
    let series = &picture.series[..picture.series.len().min(MOST_LINES)];
    let field = PlotArea::of(picture, series);
    let years = match field.from == field.to {
        true => field.from.to_string(),
        false => format!("{}{}{}", field.from, texts.plain("chart.until"), field.to),
    };
    let name = picture.name();
    let title = texts.say("chart.title", &[("name", &name), ("years", &years)]);
    let notes = notes(series, layout, (&field.axis, texts));
    let description = description(series, &notes, (&field.axis, texts));
    let mut svg = Svg::default();
    svg.open(&format!("svg class=\"lines\" width=\"{}rem\" height=\"{}rem\"", WIDTH / 16.0, HEIGHT / 16.0));
    svg.attribute("viewBox", &format!("0 0 {WIDTH} {HEIGHT}"));
    svg.image(picture.id, (&title, &description));
    svg.frame(&field, &picture.heading(&field.axis.counted));
    svg.courses(&field, series);
    svg.names(&field, series);
    svg.0.push_str("</svg>");
    svg.points(&field, series, texts);
    svg.0.push_str("</svg>");
    let unit = picture.indicator.unit.clone();
    Chart {
        svg: svg.0,
        title,
        description,
        notes,
        name,
        unit,
        layout: layout.name(),
        embed: None,
        part: None,
    }
}

impl IndicatorSeries<'_> {
    /// The indicator's name with its unit.
    fn name(&self) -> String {
        match self.indicator.unit.as_str() {
            "" => self.name.to_owned(),
            unit => self.texts.say("chart.named", &[("name", &self.name), ("unit", &unit)]),
        }
    }

    /// What stands over the scale: what is counted, and in what.
    fn heading(&self, counted: &str) -> String {
        match AxisLayout::of(self.indicator) {
            AxisLayout::Rank => self.texts.plain("chart.rank_heading").to_owned(),
            _ => format!("{counted}{}", self.indicator.unit),
        }
    }
}

/// What a reader has to know to take the picture for what it is.
fn notes(series: &[PlacePoints], layout: AxisLayout, (axis, texts): (&Axis, &Texts)) -> Vec<String> {
    let points = || series.iter().flat_map(|series| &series.points);
    let gap = |pair: &[Point]| matches!(pair, [from, to] if to.year > from.year + 1);
    let has_gap = series.iter().any(|series| series.points.windows(2).any(gap));
    let (low, high) = (super::pixel(axis.low), super::pixel(axis.high));
    let part = texts.say("chart.part", &[("low", &low), ("high", &high)]);
    let note = |key: &'static str| texts.plain(key).to_owned();
    let all = [
        (layout == AxisLayout::Rank, note("chart.rank")),
        (axis.is_part(), part),
        (has_gap, note("chart.gaps")),
        (points().any(|point| !point.is_exact()), note("chart.bounds")),
    ];
    all.into_iter().filter_map(|(holds, note)| holds.then_some(note)).collect()
}

fn description(series: &[PlacePoints], notes: &[String], (axis, texts): (&Axis, &Texts)) -> String {
    let names: Vec<&str> = series.iter().map(|series| series.name.as_str()).collect();
    let places = names.join(texts.plain("comma"));
    let mut text = texts.say("chart.about", &[("count", &names.len()), ("places", &places)]);
    if axis.low == 0.0 && !axis.is_reversed {
        text.push_str(texts.plain("chart.from_zero"));
    }
    text.extend(notes.iter().map(String::as_str));
    text.push_str(texts.plain("chart.table"));
    text
}

impl PlotArea {
    fn of(picture: &IndicatorSeries<'_>, series: &[PlacePoints]) -> Self {
        let points = || series.iter().flat_map(|series| &series.points);
        let years: BTreeSet<i16> = points().map(|point| point.year).collect();
        let values: Vec<f64> = points().flat_map(Point::ends).collect();
        let names = series.iter().map(|series| width(&shortened(&series.name)));
        Self {
            axis: Axis::of(AxisLayout::of(picture.indicator), &values, &axis::scales(picture.texts)),
            from: years.first().copied().unwrap_or_default(),
            to: years.last().copied().unwrap_or_default(),
            right: WIDTH - LEAD - LETTER * names.fold(0.0, f64::max),
        }
    }

    fn x(&self, year: i16) -> f64 {
        let (first, last) = (LEFT + INSET, self.right - INSET);
        match self.to - self.from {
            0 => (first + last) / 2.0,
            years => first + (last - first) * f64::from(year - self.from) / f64::from(years),
        }
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * self.axis.share(value)
    }

    fn at(&self, point: &Point) -> (f64, f64) {
        (self.x(point.year), self.y(point.height()))
    }

    /// A bar from one end of a range to the other, as seen from its middle.
    fn range(&self, point: &Point) -> String {
        let [from, to] = point.ends().map(|end| pixel(self.y(end) - self.y(point.height())));
        format!("M-4 {from}H4M0 {from}V{to}M-4 {to}H4")
    }

    /// Every how many years one is written, so that they do not run into one another.
    fn year_step(&self) -> i16 {
        let room = self.right - LEFT - 2.0 * INSET;
        let fits = |step: &i16| f64::from(self.to - self.from) * YEAR_STEP <= room * f64::from(*step);
        (1..=1000).find(fits).unwrap_or(1000)
    }
}

/// How wide a text is, in letters.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { LATIN } else { 1.0 }).sum()
}

/// A name as it fits beside a line.
fn shortened(name: &str) -> String {
    if width(name) <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut short = String::new();
    for c in name.chars() {
        if width(&short) + 2.0 > LONGEST_NAME {
            break;
        }
        short.push(c);
    }
    short + "…"
}

/// The heights of names whose lines end at `wanted`: in that order, none upon another.
fn apart(wanted: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut heights = wanted.to_vec();
    let mut above = f64::NEG_INFINITY;
    for at in &order {
        heights[*at] = heights[*at].max(above + NAME_STEP);
        above = heights[*at];
    }
    let mut below = BOTTOM + NAME_STEP;
    for at in order.iter().rev() {
        heights[*at] = heights[*at].min(below - NAME_STEP);
        below = heights[*at];
    }
    heights
}

/// The picture as it is written.
#[derive(Default)]
struct Svg(String);

impl Svg {
    fn open(&mut self, tag: &str) {
        self.0.push('<');
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// Adds an attribute to the tag that was opened last.
    fn attribute(&mut self, name: &str, value: &str) {
        self.0.pop();
        self.0.push_str(&format!(" {name}=\"{value}\">"));
    }

    /// An element with text in it, which may be anybody's.
    fn text(&mut self, tag: &str, text: &str) {
        self.open(tag);
        escape_html(&mut self.0, text).expect("writing to a string cannot fail");
        let name = tag.split(' ').next().unwrap_or(tag);
        self.0.push_str(&format!("</{name}>"));
    }

    fn path(&mut self, class: &str, path: &str) {
        if !path.is_empty() {
            self.0.push_str(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
        }
    }

    fn image(&mut self, id: &str, (title, description): (&str, &str)) {
        self.open(&format!("svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\""));
        self.text(&format!("title id=\"{id}-title\""), title);
        self.text(&format!("desc id=\"{id}-desc\""), description);
    }

    /// The scale, its marks across the field, and the years.
    fn frame(&mut self, field: &PlotArea, heading: &str) {
        let mut grid = String::new();
        for (value, label) in &field.axis.ticks {
            let y = field.y(*value);
            grid.push_str(&format!("M{LEFT} {}H{}", pixel(y), pixel(field.right)));
            let place = format!("x=\"{}\" y=\"{}\"", LEFT - 10.0, pixel(y + 4.5));
            self.text(&format!("text class=\"mark-value\" {place} text-anchor=\"end\""), label);
        }
        self.path("grid", &grid);
        self.text("text class=\"mark-unit\" x=\"4\" y=\"16\"", heading);
        let step = field.year_step();
        for year in (field.from..=field.to).filter(|year| (field.to - year) % step == 0) {
            let place = format!("x=\"{}\" y=\"{}\"", pixel(field.x(year)), BOTTOM + 24.0);
            self.text(&format!("text class=\"mark-year\" {place} text-anchor=\"middle\""), &year.to_string());
        }
    }

    fn courses(&mut self, field: &PlotArea, series: &[PlacePoints]) {
        for (number, series) in series.iter().enumerate() {
            let (line, loose) = strokes(&series.points, |point| field.at(point));
            self.open(&format!("g class=\"s{}\"", number + 1));
            self.path("line", &line);
            self.path("loose", &loose);
            self.0.push_str("</g>");
        }
    }

    /// The names beside the field, each with its mark, near the height where its line ends. Only
    /// a line that runs to the edge has a lead to its name: across the field a lead would pass
    /// for values.
    fn names(&mut self, field: &PlotArea, series: &[PlacePoints]) {
        let ends: Vec<(f64, f64)> =
            series.iter().filter_map(|series| series.points.last()).map(|point| field.at(point)).collect();
        let heights = apart(&ends.iter().map(|(_, y)| *y).collect::<Vec<_>>());
        for (number, (series, ((x, y), height))) in series.iter().zip(ends.iter().zip(&heights)).enumerate() {
            let start = field.right + 20.0;
            self.open(&format!("g class=\"s{}\"", number + 1));
            if series.points.last().is_some_and(|point| point.year == field.to) {
                self.lead((*x, *y), (field.right, *height));
            }
            let place = format!("translate({} {})", pixel(start + 6.0), pixel(*height));
            self.0.push_str(&format!("<path class=\"mark\" transform=\"{place}\" d=\"{}\"/>", MARKS[number]));
            let place = format!("x=\"{}\" y=\"{}\"", pixel(start + 18.0), pixel(height + 4.5));
            self.text(&format!("text class=\"name\" {place}"), &shortened(&series.name));
            self.0.push_str("</g>");
        }
    }

    fn lead(&mut self, (x, y): (f64, f64), (right, height): (f64, f64)) {
        let (from, to) = (pixel(x + 8.0), pixel(right + 14.0));
        self.path("lead", &format!("M{from} {}L{} {}H{to}", pixel(y), pixel(right - 4.0), pixel(height)));
    }

    fn points(&mut self, field: &PlotArea, series: &[PlacePoints], texts: &Texts) {
        self.open("g class=\"points\" aria-hidden=\"true\"");
        for (number, series) in series.iter().enumerate() {
            for point in &series.points {
                self.open(&format!("a class=\"s{}\" href=\"", number + 1));
                self.0.pop();
                escape_html(&mut self.0, &point.href).expect("writing to a string cannot fail");
                self.0.push_str("\" tabindex=\"-1\">");
                let told: [(&str, &dyn Display); 3] =
                    [("place", &series.name), ("year", &point.year), ("value", &point.text)];
                self.text("title", &texts.say("chart.point", &told));
                let (x, y) = field.at(point);
                self.open(&format!("g transform=\"translate({} {})\"", pixel(x), pixel(y)));
                self.mark(point, MARKS[number], field);
                self.0.push_str("</g></a>");
            }
        }
        self.0.push_str("</g>");
    }

    /// A point: full where the value is exact, open where it is a bound, with an arrow to the
    /// side where the true value lies, or a whisker to both; on a bar where it is a range.
    fn mark(&mut self, point: &Point, mark: &str, field: &PlotArea) {
        self.0.push_str("<circle class=\"reach\" r=\"10\"/>");
        let whisker = match (point.to, point.qualifier) {
            (Some(_), _) => field.range(point),
            (None, Some(qualifier)) => whisker(qualifier, field.axis.is_reversed).to_owned(),
            (None, None) => return self.path("mark", mark),
        };
        self.path("whisker", &whisker);
        self.path("mark open", mark);
    }
}

/// An arrow to where the true value lies, up or down as the scale runs; for a value that is
/// somewhere near, a whisker to both sides.
fn whisker(qualifier: Qualifier, is_reversed: bool) -> &'static str {
    match (side(qualifier), is_reversed) {
        ("about", _) => "M0-6V-13M-4-13H4M0 6V13M-4 13H4",
        ("more", false) | ("less", true) => "M0-6V-20M-4-15L0-20L4-15",
        _ => "M0 6V20M-4 15L0 20L4 15",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{indicator, point};
    use super::*;
    use crate::config::Measure;
    use crate::words::chinese;

    fn drawn(kind: (Measure, &str), series: Vec<(&str, Vec<Point>)>) -> Chart {
        let series: Vec<PlacePoints> =
            series.into_iter().map(|(name, points)| PlacePoints { name: name.into(), points }).collect();
        let indicator = indicator(kind.0, kind.1);
        let (config, name) = (chinese(), &*indicator.name);
        lines(&IndicatorSeries {
            id: "c",
            indicator: &indicator,
            name,
            series: &series,
            texts: config.texts(),
        })
    }

    #[test]
    fn an_image_has_a_title_and_a_description_and_nobody_writes_into_it() {
        let hostile = "<甲>&\"市";
        let chart = drawn(
            (Measure::Flow, "件"),
            vec![(hostile, vec![point(2019, "745", None), point(2020, "812", None)])],
        );
        for part in [
            "<svg class=\"lines\" width=\"47.5rem\" height=\"20rem\" viewBox=\"0 0 760 320\">",
            "<svg role=\"img\" aria-labelledby=\"c-title c-desc\"><title id=\"c-title\">办结&lt;案件&gt;（件），2019—2020年</title>",
            "<text class=\"name\" x=\"698.9\" y=\"94.4\">&lt;甲&gt;&amp;&quot;市</text>",
            "href=\"/a/2019/#fig-a\" tabindex=\"-1\"><title>&lt;甲&gt;&amp;&quot;市2019年：745</title>",
        ] {
            assert!(chart.svg.contains(part), "{part}\n{}", chart.svg);
        }
        assert!(!chart.svg.contains("<甲>") && !chart.svg.contains("style"));
        assert!(chart.description.contains("纵轴从零起"));
        assert!(chart.notes.is_empty(), "{:?}", chart.notes);
    }

    #[test]
    fn an_amount_stands_on_zero_and_a_gap_is_told() {
        let points = vec![point(2018, "500", None), point(2020, "1000", None)];
        let chart = drawn((Measure::Flow, "件"), vec![("甲", points)]);
        assert!(chart.svg.contains("M56 288H703"), "{}", chart.svg);
        assert!(chart.svg.contains("translate(72 166)") && chart.svg.contains("translate(687 44)"));
        assert!(!chart.svg.contains("class=\"line\""));
        assert!(chart.notes[0].contains("断开"), "{:?}", chart.notes);
    }

    #[test]
    fn a_bound_is_open_and_points_to_its_side() {
        for (kind, qualifier, arrow) in [
            (Measure::Flow, Qualifier::MoreThan, "M0-6V-20"),
            (Measure::Flow, Qualifier::AtMost, "M0 6V20"),
            (Measure::Flow, Qualifier::About, "M0-6V-13M-4-13H4M0 6V13"),
            // At most the fifth is the fifth or better, and better stands above.
            (Measure::Rank, Qualifier::AtMost, "M0-6V-20"),
        ] {
            let points = vec![point(2019, "5", None), point(2020, "5", Some(qualifier))];
            let chart = drawn((kind, "名"), vec![("甲", points)]);
            let part = format!("<path class=\"whisker\" d=\"{arrow}");
            assert_eq!(chart.svg.matches(&part).count(), 1, "{qualifier:?} {}", chart.svg);
            assert_eq!(chart.svg.matches("class=\"mark open\"").count(), 1);
            assert!(chart.svg.contains("class=\"loose\"") && !chart.svg.contains("class=\"line\""));
            assert!(chart.notes.iter().any(|note| note.contains("空心")));
        }
    }

    #[test]
    fn a_range_is_a_bar_between_its_ends() {
        let range = Point { to: "10".parse().ok(), ..point(2020, "5", None) };
        let chart = drawn((Measure::Flow, "件"), vec![("甲", vec![point(2019, "0", None), range])]);
        let bar = "<path class=\"whisker\" d=\"M-4 61H4M0 61V-61M-4 -61H4\"/><path class=\"mark open\"";
        assert!(chart.svg.contains(bar) && chart.svg.contains("class=\"loose\""), "{}", chart.svg);
    }

    #[test]
    fn a_rank_has_the_first_on_top_and_a_part_of_the_hundred_is_said() {
        let points = || vec![point(2019, "1", None), point(2020, "5", None)];
        let chart = drawn((Measure::Rank, "名"), vec![("甲", points())]);
        assert!(chart.svg.contains("translate(72 44)") && chart.svg.contains("translate(687 288)"));
        assert!(chart.notes[0].contains("第1"), "{:?}", chart.notes);
        let points = vec![point(2019, "94.6", None), point(2020, "96.9", None)];
        let chart = drawn((Measure::Ratio, "%"), vec![("甲", points)]);
        assert_eq!(chart.notes, ["纵轴只画80%到100%，不从零起。"]);
    }

    #[test]
    fn there_are_eight_lines_at_most_and_names_stand_apart() {
        let series = (0..9).map(|_| ("深圳市深汕特别合作区管委会", vec![point(2020, "0", None)])).collect();
        let chart = drawn((Measure::Flow, "件"), series);
        assert!(chart.svg.contains("class=\"s8\"") && !chart.svg.contains("class=\"s9\""));
        assert!(chart.svg.contains("深圳市深汕特别合作区…"), "{}", chart.svg);
        let heights = apart(&[288.0; 8]);
        assert!(heights.windows(2).all(|pair| pair[0] - pair[1] == -NAME_STEP), "{heights:?}");
        assert_eq!(heights[7], 288.0);
        assert_eq!(apart(&[50.0, 200.0, 48.0]), [66.0, 200.0, 48.0]);
    }
}
