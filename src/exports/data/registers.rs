//! What figures refer to, as tables: the catalogue of documents, the places, the registry of
//! indicators. Each is keyed by the column of the same name in the table of figures.

use std::collections::BTreeSet;

use super::shared::{EXTENT, INVENTED, KIND, PLACE, PUBLISHED, TITLE, YEAR};
use super::table::{Cell, Column, Table, Type};
use super::{ancestry, records};
use crate::archive::Document;
use crate::ask::Ask;
use crate::config::Indicator;
use crate::outline::data::{Register, Slice};
use crate::page::Place;
use crate::report::{Published, Record, Status};
use crate::route::{Route, Year};
use crate::words;

/// The columns of the documents' catalogue.
pub(super) static DOCUMENTS: [Column; 27] = [
    Column::needed("address", Type::Address, "文件的固定网址", "The document's permanent address"),
    PLACE,
    Column::needed("place_name", Type::Text, "地方的名称", "The place's name"),
    YEAR,
    KIND,
    Column::needed("kind_name", Type::Text, "文种名称", "The kind's name"),
    TITLE,
    Column::needed(
        "status",
        Type::Text,
        "published 已发布、withdrawn 已撤回、draft 草稿；撤回的文件只列目录信息",
        "published, withdrawn or draft; of a withdrawn document only its metadata are given",
    ),
    Column::optional("issuers", Type::List, "发文机关，依原顺序", "Who issued it, in the order given"),
    Column::optional("index_number", Type::Text, "索引号", "The index number (索引号)"),
    Column::optional("document_number", Type::Text, "发文字号", "The document number (发文字号)"),
    Column::optional("subjects", Type::List, "主题分类", "The subjects (主题分类)"),
    Column::optional("written", Type::Date, "成文日期", "The day it was written (成文日期)"),
    PUBLISHED,
    Column::optional(
        "published_time",
        Type::Time,
        "发布时刻（北京时间），只在有记录时给出",
        "The time of day it was published, at +08:00, where it is known",
    ),
    Column::optional(
        "validity",
        Type::Text,
        "有效性：in-force 有效、expired 失效、repealed 废止、amended 已修改",
        "Validity: in-force, expired, repealed or amended",
    ),
    Column::optional("source", Type::Text, "信息来源", "Where it comes from (信息来源)"),
    Column::optional("summary", Type::Text, "内容提要", "The summary"),
    Column::optional("keywords", Type::List, "关键词", "Key words"),
    Column::needed(
        "language",
        Type::Text,
        "正文的文字：zh-Hans 简体、zh-Hant 繁体",
        "The script of the text: zh-Hans or zh-Hant",
    ),
    Column::optional("sections", Type::Whole, "章节数", "How many sections it has"),
    Column::optional("figures", Type::Whole, "指标数值数", "How many figures it gives"),
    Column::optional("attachments", Type::Whole, "附件数", "How many attachments it has"),
    Column::optional("corrected", Type::Date, "最近一次更正的日期", "The day of its last correction"),
    Column::optional("markdown", Type::Address, "源文件的网址", "The address of its source, in Markdown"),
    EXTENT,
    INVENTED,
];

/// The columns of the places.
pub(super) static PLACES: [Column; 12] = [
    PLACE,
    Column::needed("place_name", Type::Text, "名称", "The name"),
    Column::optional("name_en", Type::Text, "英文名称", "The name in English"),
    Column::needed(
        "level",
        Type::Text,
        "层级：national 国家级、province 省级、prefecture 地级、county 县级、township 乡级、department 部门",
        "The level: national, province, prefecture, county, township or department",
    ),
    Column::optional(
        "division_code",
        Type::Text,
        "行政区划代码（GB/T 2260）",
        "The division code (GB/T 2260)",
    ),
    Column::optional("parent", Type::Text, "上级地方", "The place that it belongs to"),
    Column::needed("documents", Type::Whole, "本站收录的文件数", "How many documents of its own are held"),
    Column::needed("figures", Type::Whole, "指标数值数", "How many figures they give"),
    Column::optional("first_year", Type::Year, "最早的年度", "The first year covered"),
    Column::optional("last_year", Type::Year, "最近的年度", "The last year covered"),
    Column::needed("address", Type::Address, "地方页面的网址", "The address of its page"),
    INVENTED,
];

/// The columns of the registry of indicators.
pub(super) static INDICATORS: [Column; 13] = [
    Column::needed("indicator", Type::Text, "指标的编号", "The indicator, by its id"),
    Column::needed("indicator_name", Type::Text, "名称", "The name"),
    Column::optional("name_en", Type::Text, "英文名称", "The name in English"),
    Column::needed(
        "indicator_kind",
        Type::Text,
        "类别：flow 全年数量、stock 年末存量、cumulative 累计、ratio 比率、rank 名次、amount 金额、duration \
         时长、target 目标",
        "What sort of figure it is: flow (during the year), stock (at its end), cumulative, ratio, rank, \
         amount, duration or target",
    ),
    Column::optional("unit", Type::Text, "单位", "The unit"),
    Column::needed(
        "direction",
        Type::Text,
        "higher 越高越好、lower 越低越好、neutral 无所谓好坏",
        "Which way is better: higher, lower or neutral",
    ),
    Column::optional("group", Type::Text, "分组", "The theme it belongs to"),
    Column::optional("aliases", Type::List, "别名", "Other names in sentences and tables"),
    Column::optional("definition", Type::Text, "定义", "What exactly is counted"),
    Column::needed("figures", Type::Whole, "数值数", "How many values it has"),
    Column::needed("places", Type::Whole, "有数值的地方数", "How many places have values"),
    Column::optional("first_year", Type::Year, "最早的年度", "The first year with a value"),
    Column::optional("last_year", Type::Year, "最近的年度", "The last year with a value"),
];

/// How many rows a register has.
pub(super) fn rows(ask: &Ask<'_>, register: Register) -> usize {
    match register {
        Register::Documents => ask.all().len(),
        Register::Records => records::own(ask).count(),
        Register::Places => inhabited(ask).count(),
        Register::Indicators => ask.registry().all().len(),
        Register::Ancestry => ask.ancestry_table().documents,
    }
}

/// The columns of a register.
pub(super) fn columns(register: Register) -> &'static [Column] {
    match register {
        Register::Documents => &DOCUMENTS,
        Register::Places => &PLACES,
        Register::Indicators => &INDICATORS,
        Register::Ancestry => &ancestry::COLUMNS,
        Register::Records => &records::COLUMNS,
    }
}

/// The catalogue: every document of the site, by place, year and name.
pub(super) fn documents<'a>(ask: &'a Ask<'_>) -> Table<27, impl Iterator<Item = [Cell<'a>; 27]>> {
    Table { columns: &DOCUMENTS, rows: ask.all().iter().map(|report| document(ask, report)) }
}

fn document<'a>(ask: &'a Ask<'_>, report: &'a Record) -> [Cell<'a>; 27] {
    let matter = &report.matter;
    let route = report.route();
    let whole = |route: &Route| ask.whole(route);
    // Of a withdrawn document its name and numbers stay, and its text goes.
    let stands = matter.status != Status::Withdrawn;
    let count = |count| if stands { Cell::Whole(count) } else { Cell::Empty };
    let place = ask.place(&report.address.place);
    let moment = match matter.published {
        Published::On(moment) => Some(moment),
        Published::Unknown => None,
    };
    let kind = ask.config().kinds.get(&matter.kind);
    let corrected = matter.corrections.iter().map(|correction| correction.date.value).max();
    let markdown = route.beside("index.md").filter(|_| stands);
    [
        Cell::made(Some(whole(&route))),
        Cell::text(Some(&report.address.place)),
        Cell::text(Some(place.map_or(&report.address.place, |place| &place.name.value))),
        Cell::Year(report.address.year),
        Cell::text(Some(&matter.kind)),
        Cell::text(Some(kind.map_or(&matter.kind, |kind| &kind.name))),
        Cell::text(Some(&matter.title.value)),
        Cell::text(Some(words::status(matter.status))),
        Cell::list(&matter.issuers),
        Cell::text(matter.index_number.as_ref().map(|number| number.value.as_str())),
        Cell::text(matter.document_number.as_ref().map(|number| number.value.as_str())),
        Cell::list(&matter.subjects),
        Cell::made(matter.written.map(|date| date.to_string())),
        Cell::made(moment.map(|moment| moment.date.to_string())),
        Cell::made(moment.and_then(|moment| moment.time).map(|time| time.strftime("%H:%M:%S").to_string())),
        Cell::text(matter.validity.map(|validity| validity.name())),
        Cell::text(matter.origin.as_deref()),
        Cell::text(matter.told_summary().map(String::as_str)),
        Cell::list(matter.told_keywords()),
        Cell::text(Some(matter.script.tag())),
        count(report.sections),
        count(report.figures.len()),
        count(matter.attachments.len()),
        Cell::made(corrected.map(|date| date.to_string())),
        Cell::made(markdown.as_ref().map(whole)),
        Cell::text(Some(matter.extent.name())),
        Cell::Truth(ask.is_invented(&report.address.place)),
    ]
}

/// Every place that has a page, by slug.
pub(super) fn places<'a>(ask: &'a Ask<'_>) -> Table<12, impl Iterator<Item = [Cell<'a>; 12]>> {
    Table { columns: &PLACES, rows: inhabited(ask).map(|place| described(ask, place)) }
}

/// The places with documents of their own, and those above them.
fn inhabited<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = &'a Place> {
    ask.places().filter(|place| !ask.is_empty(&place.slug))
}

fn described<'a>(ask: &'a Ask<'_>, place: &'a Place) -> [Cell<'a>; 12] {
    let reports = ask.of_place(&place.slug);
    let year = |report: Option<&Document>| report.map(|report| report.address.year);
    let figures = ask.rows_of(&Slice::Place(place.slug.clone()));
    [
        Cell::text(Some(&place.slug)),
        Cell::text(Some(&place.name.value)),
        Cell::text(place.name_en.as_deref()),
        Cell::text(Some(place.level.name())),
        Cell::text(place.code.as_deref()),
        Cell::text(place.parent.as_ref().map(|parent| parent.value.as_str())),
        Cell::Whole(reports.len()),
        Cell::Whole(figures.unwrap_or_default()),
        Cell::year(year(reports.first())),
        Cell::year(year(reports.last())),
        Cell::made(Some(ask.config().base.absolute(Route::page([&place.slug]).as_str()))),
        Cell::Truth(ask.is_invented(&place.slug)),
    ]
}

/// Every indicator of the registry, in its order.
pub(super) fn indicators<'a>(ask: &'a Ask<'_>) -> Table<13, impl Iterator<Item = [Cell<'a>; 13]>> {
    let all = ask.registry().all().iter().enumerate();
    Table { columns: &INDICATORS, rows: all.map(|(at, indicator)| defined(ask, at, indicator)) }
}

fn defined<'a>(ask: &'a Ask<'_>, at: usize, indicator: &'a Indicator) -> [Cell<'a>; 13] {
    let addresses = || ask.values(at).map(|value| value.address);
    let places: BTreeSet<&str> = addresses().map(|address| address.place.as_str()).collect();
    let years: BTreeSet<Year> = addresses().map(|address| address.year).collect();
    [
        Cell::text(Some(&indicator.id)),
        Cell::text(Some(&indicator.name)),
        Cell::text(indicator.name_en.as_deref()),
        Cell::text(Some(indicator.kind.name())),
        Cell::text(Some(&indicator.unit)),
        Cell::text(Some(indicator.direction.name())),
        Cell::text(indicator.group.as_deref()),
        Cell::list(&indicator.aliases),
        Cell::text(indicator.definition.as_deref()),
        Cell::Whole(addresses().count()),
        Cell::Whole(places.len()),
        Cell::year(years.first().copied()),
        Cell::year(years.last().copied()),
    ]
}
