//! The invented places: provinces, each with nine prefectures of ten counties.

use super::phrases::{FIRST, SECOND};

/// How many places there can be: every name once plain and once with each point of the compass.
pub(crate) const MOST: usize = FIRST.len() * SECOND.len() * COMPASS.len();

const COMPASS: [(&str, &str); 9] = [
    ("", ""),
    ("东", "dong-"),
    ("南", "nan-"),
    ("西", "xi-"),
    ("北", "bei-"),
    ("东南", "dongnan-"),
    ("西南", "xinan-"),
    ("西北", "xibei-"),
    ("东北", "dongbei-"),
];

/// Places of a province, itself among them.
const PROVINCE: usize = 100;

/// Places of a prefecture, itself among them.
const PREFECTURE: usize = 11;

/// So many provinces have division codes, from 71 to 99; those after them have none, since a
/// code belongs to one place.
const CODED: usize = 29;

/// A place by its number; everything about it follows from that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place(pub(crate) usize);

/// How high a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// 省.
    Province,
    /// 地级市.
    Prefecture,
    /// 县、区.
    County,
}

impl Place {
    /// Its level.
    pub(crate) fn level(self) -> Level {
        match self.0 % PROVINCE {
            0 => Level::Province,
            within if within % PREFECTURE == 1 => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// The place that it belongs to.
    pub(crate) fn parent(self) -> Option<Place> {
        let within = self.0 % PROVINCE;
        match self.level() {
            Level::Province => None,
            Level::Prefecture => Some(Place(self.0 - within)),
            Level::County => Some(Place(self.0 - (within - 1) % PREFECTURE)),
        }
    }

    /// Its address.
    pub(crate) fn slug(self) -> String {
        let [compass, first, second] = self.syllables();
        format!("{}{}{}", compass.1, first.1, second.1)
    }

    /// Its whole name.
    pub(crate) fn name(self) -> String {
        let kind = match (self.level(), self.0 % 3) {
            (Level::Province, _) => "省",
            (Level::Prefecture, _) => "市",
            (Level::County, 0) => "区",
            (Level::County, _) => "县",
        };
        format!("{}{kind}", self.short())
    }

    /// Its name without what it is.
    pub(crate) fn short(self) -> String {
        self.syllables().map(|(han, _)| han).concat()
    }

    /// A division code in the form of GB/T 2260, at 71 and beyond, where no mainland place has one.
    pub(crate) fn code(self) -> String {
        let within = self.0 % PROVINCE;
        let (prefecture, county) = match within {
            0 => (0, 0),
            _ => ((within - 1) / PREFECTURE + 1, (within - 1) % PREFECTURE),
        };
        format!("{:02}{prefecture:02}{county:02}", 71 + self.0 / PROVINCE % CODED)
    }

    /// The place's `_index.md`.
    pub(crate) fn text(self) -> String {
        let level = match self.level() {
            Level::Province => "province",
            Level::Prefecture => "prefecture",
            Level::County => "county",
        };
        let parent = self.parent().map(|parent| format!("parent: {}\n", parent.slug())).unwrap_or_default();
        let code = match self.0 / PROVINCE < CODED {
            true => format!("code: \"{}\"\n", self.code()),
            false => String::new(),
        };
        let name = self.name();
        format!(
            "---\nname: {name}\nlevel: {level}\n{code}{parent}---\n\n\
             {name}是为测量速度而虚构的地方，收录其历年法治政府建设年度报告。\n"
        )
    }

    /// The parts of its name. Neighbours in number have both parts different, so that a list of
    /// places looks like one.
    fn syllables(self) -> [(&'static str, &'static str); 3] {
        let names = FIRST.len() * SECOND.len();
        let name = self.0 % names * 7 % names;
        let second = SECOND[(name / FIRST.len() + name) % SECOND.len()];
        [COMPASS[self.0 / names], FIRST[name % FIRST.len()], second]
    }
}
