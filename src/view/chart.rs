//! Figures as pictures, as templates show them.

use serde::Serialize;

/// The lines of several places over the years.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// The picture as SVG, safe to print as it is: all text in it is escaped.
    pub svg: String,
    /// What it shows.
    pub title: String,
    /// What it shows, for those who do not see it; it ends by leading to the table.
    pub description: String,
    /// What one has to know to read it: that the scale is a part of the hundred, that open
    /// marks are bounds, and so on.
    pub notes: Vec<String>,
    /// The indicator with its unit.
    pub name: String,
    /// The unit alone.
    pub unit: String,
    /// How the scale is made: `amount`, `share` or `rank`.
    pub layout: &'static str,
    /// The whole address of the page that is this chart alone, for the pages of others; nothing on that page.
    pub embed: Option<String>,
    /// The slug of the topmost place, where it shows a part of a large indicator.
    pub part: Option<String>,
}

/// Values as a small line.
#[derive(Debug, Serialize)]
pub struct Spark {
    /// The line as SVG path data; it is broken at gaps.
    pub path: String,
    /// The line to and from bounds, as SVG path data.
    pub loose: String,
    /// The points.
    pub points: Vec<SparkPoint>,
    /// The width in pixels.
    pub width: u16,
    /// The height in pixels.
    pub height: u16,
    /// The values in words.
    pub title: String,
}

/// A point of a small line.
#[derive(Debug, Serialize)]
pub struct SparkPoint {
    /// From the left, in pixels.
    pub x: String,
    /// From the top, in pixels.
    pub y: String,
    /// Year and value.
    pub title: String,
    /// Where the true value lies, where this is a bound: `more`, `less`, `about` or `range`.
    pub bound: Option<&'static str>,
}

/// One value among those of other rows, as a bar or a dot. The number beside it says the same.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// `bar` for an amount, `dot` for a share of the hundred.
    pub shape: &'static str,
    /// Where a bar begins, in pixels from the left.
    pub start: String,
    /// How long a bar is, in pixels.
    pub length: String,
    /// Where the value stands, in pixels from the left.
    pub end: String,
    /// The width of the whole in pixels.
    pub width: u16,
    /// Where the true value lies, where this is a bound: `more`, `less`, `about` or `range`.
    pub bound: Option<&'static str>,
}
