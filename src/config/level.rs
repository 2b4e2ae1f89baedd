//! The levels of those who report. Settings name them as well as places, so they are at home
//! here.

use serde::Serialize;

/// The level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 省级.
    Province,
    /// 地级.
    Prefecture,
    /// 县级.
    County,
    /// 乡级.
    Township,
    /// A department, which reports for itself.
    Department,
}

impl Level {
    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        LEVELS.iter().find(|(_, level)| *level == self).map_or("", |(name, _)| name)
    }
}

/// All levels, the highest first.
pub const LEVELS: [(&str, Level); 5] = [
    ("province", Level::Province),
    ("prefecture", Level::Prefecture),
    ("county", Level::County),
    ("township", Level::Township),
    ("department", Level::Department),
];
