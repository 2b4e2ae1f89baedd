//! The levels of those who report. Settings name them as well as places, so they are at home
//! here.

use serde::Serialize;

use crate::yaml::names::{self, NamedValue};

/// The level of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 国家级: the State Council.
    National,
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
        names::written(&LEVELS, &self)
    }
}

/// All levels, the highest first.
pub const LEVELS: [NamedValue<Level>; 6] = [
    NamedValue::new("national", Level::National, &["国家级", "国家", "中央", "中央级", "全国", "central"]),
    NamedValue::new(
        "province",
        Level::Province,
        &["省级", "省", "自治区", "直辖市", "省级政府", "省、自治区、直辖市"],
    ),
    NamedValue::new(
        "prefecture",
        Level::Prefecture,
        &[
            "地级",
            "地级市",
            "地市级",
            "市级",
            "市",
            "设区的市",
            "设区市",
            "副省级",
            "副省级市",
            "自治州",
            "州",
            "盟",
            "地区",
            "city",
            "municipality",
        ],
    ),
    NamedValue::new(
        "county",
        Level::County,
        &[
            "县级",
            "县",
            "县级市",
            "区",
            "区级",
            "市辖区",
            "区县",
            "区县级",
            "自治县",
            "旗",
            "自治旗",
            "林区",
            "特区",
            "district",
        ],
    ),
    NamedValue::new(
        "township",
        Level::Township,
        &[
            "乡级",
            "乡",
            "镇",
            "乡镇",
            "乡镇级",
            "镇级",
            "街道",
            "街道办",
            "街道办事处",
            "民族乡",
            "苏木",
            "town",
            "subdistrict",
        ],
    ),
    NamedValue::new(
        "department",
        Level::Department,
        &[
            "部门",
            "部门级",
            "政府部门",
            "工作部门",
            "职能部门",
            "单位",
            "机关",
            "局",
            "委员会",
            "bureau",
            "agency",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_name() {
        names::assert_in_manual(&LEVELS);
    }
}
