//! What sort of number a figure is.

use serde::{Deserialize, Serialize};

/// What sort of number a figure is; only like can be drawn with like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Counted during the year.
    #[default]
    Flow,
    /// Counted at the year's end.
    Stock,
    /// Counted since a beginning.
    Cumulative,
    /// A part of a whole, in per cent.
    Ratio,
    /// A place in an order.
    Rank,
    /// An amount of money.
    Amount,
    /// A length of time.
    Duration,
    /// A goal, not an achievement.
    Target,
}
