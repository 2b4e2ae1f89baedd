//! Until when which kind of document must be published: a table by the year that is covered,
//! since the rules have changed and will again.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{ANNUAL_REPORT, INFO_ANNUAL_REPORT, Kind, KindId, LEVELS, Level, unknown_kind};
use crate::diag::Words;
use crate::route::Year;
use crate::source::Spanned;
use crate::yaml::Fields;
use crate::yaml::names::NamedValue;

/// Until when a document of a kind must be published in the year after the one it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The kind.
    pub kind: KindId,
    /// The first year covered that this rule applies to.
    pub from_year: i16,
    /// The last day that is on time for certain: month and day.
    pub due: (i8, i8),
    /// Whether the wording of the rule leaves open if the day after is on time too: 4月1日之前
    /// may or may not count the first of April.
    pub day_after_in_question: bool,
    /// The levels that the rule binds; all of them where it names none.
    pub levels: Vec<Level>,
    /// Where the rule stands, in words.
    pub basis: Option<String>,
}

impl Deadline {
    /// The last day that is certainly on time for `year`. Where a year has no 29 February, the
    /// last day of that month.
    #[must_use]
    pub fn due_for(&self, year: Year) -> Option<Date> {
        let (month, day) = self.due;
        let first = Date::new(year.get() + 1, month, 1).ok()?;
        Date::new(year.get() + 1, month, day).ok().or_else(|| Some(first.last_of_month()))
    }

    /// Month and day of the day after, where it is in question.
    #[must_use]
    pub fn day_after(&self) -> Option<(i8, i8)> {
        let (month, day) = self.due;
        let due = Date::new(2001, month, day).or_else(|_| Date::new(2000, month, day)).ok()?;
        let after = due.tomorrow().ok().filter(|_| self.day_after_in_question)?;
        Some((after.month(), after.day()))
    }
}

/// The rule for a kind, a level and a year covered: the last of the table that applies.
#[must_use]
pub fn deadline<'a>(table: &'a [Deadline], kind: &str, who: (Level, Year)) -> Option<&'a Deadline> {
    let (level, year) = who;
    table.iter().rfind(|rule| {
        rule.kind == kind
            && rule.from_year <= year.get()
            && (rule.levels.is_empty() || rule.levels.contains(&level))
    })
}

/// The rules that hold without a word in `site.yaml`.
///
/// Reports on building a law-based government were due in the first quarter under the outline
/// for 2015 to 2020, which binds governments from the county up and their departments; 《法治政府
/// 建设与责任落实督察工作规定》 art. 24 says 4月1日之前 of all local governments since 2019. Reports on
/// disclosure are due by 31 March since 国务院令第492号.
pub(super) fn built_in() -> Vec<Deadline> {
    let rule = |kind: &str, from_year, basis: &str| Deadline {
        kind: kind.into(),
        from_year,
        due: (3, 31),
        day_after_in_question: false,
        levels: Vec::new(),
        basis: Some(basis.into()),
    };
    let outline = "《法治政府建设实施纲要（2015—2020年）》";
    let regulation = "《法治政府建设与责任落实督察工作规定》第二十四条";
    vec![
        Deadline {
            levels: vec![Level::Province, Level::Prefecture, Level::County, Level::Department],
            ..rule(ANNUAL_REPORT, 2015, outline)
        },
        Deadline {
            day_after_in_question: true,
            levels: vec![
                Level::Province,
                Level::Prefecture,
                Level::County,
                Level::Township,
                Level::Department,
            ],
            ..rule(ANNUAL_REPORT, 2019, regulation)
        },
        rule(INFO_ANNUAL_REPORT, 2008, "《中华人民共和国政府信息公开条例》"),
    ]
}

/// The rules of a site's own, by year. They stand behind the built-in ones, so that each holds
/// from its year on whatever is built in.
pub(super) fn read(fields: &mut Fields<'_>, kinds: &BTreeMap<KindId, Kind>) -> Vec<Deadline> {
    let mut rules = fields.each("deadlines", |inner| one(inner, kinds));
    rules.sort_by_key(|rule| rule.from_year);
    rules
}

/// Whether the day after the last day that is on time for certain is in question.
pub(super) const DAYS_AFTER: [NamedValue<bool>; 2] = [
    NamedValue::new("late", false, &["逾期", "迟", "晚"]),
    NamedValue::new("in-question", true, &["临界", "存疑", "有疑问"]),
];

fn one(fields: &mut Fields<'_>, kinds: &BTreeMap<KindId, Kind>) -> Option<Deadline> {
    let kind = fields.text("kind");
    let from = fields.text("from_year");
    let due = fields.text("due");
    for (key, given, example) in
        [("kind", &kind, ANNUAL_REPORT), ("from_year", &from, "2020"), ("due", &due, "03-31")]
    {
        if given.is_none() {
            let example = format!("`{key}: {example}`");
            fields.need(key, Words::new(format!("例如 {example}"), format!("such as {example}")));
        }
    }
    let day_after = fields.choice("day_after", &DAYS_AFTER);
    let levels = fields.texts("levels");
    let levels = levels.iter().filter_map(|name| fields.chosen("levels", name, &LEVELS)).collect();
    let basis = fields.text("basis").map(|basis| basis.value);
    let kind = kind.and_then(|kind| known_kind(fields, kind, kinds));
    let from_year = from.and_then(|from| first_year(fields, &from));
    let due = due.and_then(|due| month_day(fields, &due));
    let day_after_in_question = day_after.is_some_and(|day| day.value);
    Some(Deadline { kind: kind?, from_year: from_year?, due: due?, day_after_in_question, levels, basis })
}

fn known_kind(
    fields: &mut Fields<'_>,
    kind: Spanned<String>,
    kinds: &BTreeMap<KindId, Kind>,
) -> Option<KindId> {
    if kinds.contains_key(&kind.value) {
        return Some(kind.value);
    }
    unknown_kind(fields, &kind, kinds);
    None
}

fn first_year(fields: &mut Fields<'_>, from: &Spanned<String>) -> Option<i16> {
    let year = from.value.parse().ok();
    if year.is_none() {
        let words = Words::new("`from_year` 应是年份", "`from_year` must be a year");
        fields.error("matter/type", from.span, words).help =
            Some(Words::new("写成四位数字，如 2020", "write it with four figures, such as 2020"));
    }
    year
}

/// A day of every year; 29 February is one.
fn month_day(fields: &mut Fields<'_>, due: &Spanned<String>) -> Option<(i8, i8)> {
    let day = due.value.split_once('-').and_then(|(month, day)| {
        let date = Date::new(2000, month.parse().ok()?, day.parse().ok()?).ok()?;
        Some((date.month(), date.day()))
    });
    if day.is_none() {
        let words = Words::new("`due` 应是月和日", "`due` must be a month and a day");
        fields.error("date/format", due.span, words).help = Some(Words::new(
            "月和日各两位，如 03-31；核对这一天是否存在",
            "write them with two figures each, such as 03-31, and a day that there is",
        ));
    }
    day
}
