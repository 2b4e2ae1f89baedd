//! The keys of places and of plain pages.

use crate::config::LEVELS;
use crate::yaml::keys::{BothLanguages, KeyDescription, Keys, TEXTS, ValueShape};
use crate::yaml::names::known;

/// The keys of a place.
pub(crate) const PLACE: Keys = Keys::Fixed(&[
    KeyDescription::new("name", &["名称", "名字", "地名"], ValueShape::Text, BothLanguages::new("文字，必填", "text, required"))
        .required()
        .such_as("name: 江门市"),
    KeyDescription::new("name_en", &["英文名", "英文名称"], ValueShape::Text, BothLanguages::new("文字", "text"))
        .such_as("name_en: Jiangmen"),
    KeyDescription::new(
        "level",
        &["级别", "层级", "行政级别"],
        ValueShape::OneOf(|| known(&LEVELS)),
        BothLanguages::new(
            "`national`（国家级：国务院）、`province`（省级）、`prefecture`（地级）、`county`（县级）、`township`（乡级）\
             或 `department`（部门），必填",
            "`national` (国家级: 国务院), `province` (省级), `prefecture` (地级), `county` (县级), `township` (乡级) or \
             `department` (部门), required",
        ),
    )
    .required()
    .such_as("level: prefecture"),
    KeyDescription::new(
        "code",
        &["区划代码", "代码", "行政区划代码"],
        ValueShape::Digits("^([0-9]{6}|[0-9]{9}|[0-9]{12})$"),
        BothLanguages::new(
            "GB/T 2260 的区划代码，6、9 或 12 位数字；没有就不写",
            "division code of GB/T 2260: 6, 9 or 12 digits; leave it out where there is none",
        ),
    )
    .such_as("code: \"440700\""),
    KeyDescription::new(
        "parent",
        &["上级", "上级地方", "所属"],
        ValueShape::Text,
        BothLanguages::new(
            "上级地方的文件夹名；上级的级别必须更高",
            "the folder name of the place that it belongs to; its level must be higher",
        ),
    )
    .such_as("parent: guangdong"),
    KeyDescription::new(
        "description",
        &["描述", "简介", "说明"],
        ValueShape::Text,
        BothLanguages::new("一句话，给搜索引擎和页面标签用", "one sentence, for search engines and page labels"),
    )
    .such_as("description: 江门市人民政府的法治政府建设年度报告。"),
    KeyDescription::new(
        "aliases",
        &["旧地址", "别名"],
        TEXTS,
        BothLanguages::new(
            "这个地方的一个旧地址或列表，[连同原来在它下面的一切](#发布之后)",
            "one old address of the place or a list, [with all that stood below it](#after-publication)",
        ),
    )
    .such_as("aliases: [/jm/]"),
    KeyDescription::new(
        "invented",
        &["虚构", "虚构示例"],
        ValueShape::Switch,
        BothLanguages::new(
            "不存在的地方写 `true`；`false`（不写即是）",
            "`true` for a place that does not exist, `false` (as if not given)",
        ),
    )
    .such_as("invented: true"),
]);

/// The keys of a plain page that has a title.
pub(crate) const PAGE: Keys = Keys::Fixed(&[
    KeyDescription::new("title", &["标题", "名称"], ValueShape::Text, BothLanguages::new("文字", "text"))
        .required()
        .such_as("title: 关于本站"),
    KeyDescription::new(
        "description",
        &["描述", "简介", "说明"],
        ValueShape::Text,
        BothLanguages::new("一句话", "one sentence"),
    )
    .such_as("description: 本站收录什么。"),
]);
