//! The registry of indicators: which figures are one thing over places and years, what they
//! are counted in, and by which words a sentence speaks of them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fields::REGISTRY;
use crate::beside::NumberSort;
use crate::diag::{Diagnosed, Label, Words, nearest};
use crate::han::fold::fold_str;
use crate::han::measure::Measure;
use crate::listing::{Idx, IdxList};
use crate::source::{Source, Span, Spanned};
use crate::statute;
use crate::yaml::names::{self, NamedValue, WrittenName};
use crate::yaml::{self, Fields, YamlNode};

/// An indicator by its place in a registry.
pub type IndicatorId = Idx<Indicator>;

/// All indicators by id, in the order of `indicators.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    indicators: IdxList<Indicator>,
    by_id: BTreeMap<String, IndicatorId>,
}

/// What is counted or measured, the same over places and years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Its name in front matter and in addresses.
    pub id: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// What it is counted in; empty for a bare number.
    pub unit: String,
    /// What sort of figure it is.
    pub kind: Measure,
    /// Which way is better.
    pub direction: Direction,
    /// The theme it belongs to.
    pub group: Option<String>,
    /// Other names, as they stand in sentences and tables.
    pub aliases: Vec<String>,
    /// What exactly is counted.
    pub definition: Option<String>,
    /// The cell of a prescribed table that tells it, `requests/new/total`: it needs no declaring then.
    pub cell: Option<String>,
}

impl Indicator {
    /// The sort of its numbers.
    pub(crate) fn sort(&self) -> NumberSort<'_> {
        NumberSort { measure: self.kind, unit: &self.unit, power: 0 }
    }

    /// The indicator as one of those that can be declared.
    fn known(&self) -> WrittenName<'_> {
        let names = std::iter::once(&self.name).chain(&self.name_en).chain(&self.aliases);
        WrittenName { name: &self.id, called: names.map(String::as_str).collect() }
    }
}

impl Measure {
    /// Its name in `indicators.yaml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&MEASURES, &self)
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    #[default]
    Neutral,
}

impl Direction {
    /// Its name in `indicators.yaml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&DIRECTIONS, &self)
    }
}

impl Registry {
    /// The registry in `indicators.yaml`.
    #[must_use]
    pub fn parse(source: &Source) -> Diagnosed<Registry> {
        let mut fields = match yaml::read(source, Span::new(0..source.text().len()), &REGISTRY) {
            Ok(fields) => fields,
            Err(diagnostic) => {
                return Diagnosed { value: Registry::default(), diagnostics: vec![*diagnostic] };
            }
        };
        let mut registry = Registry::default();
        let mut taken = TakenNames::default();
        for (id, node) in fields.rest() {
            if let Some((indicator, names)) = read(&mut fields, &id, node) {
                taken.take(&mut fields, &id.value, names);
                let place = registry.indicators.push(indicator);
                registry.by_id.insert(id.value, place);
            }
        }
        Diagnosed { value: registry, diagnostics: fields.finish() }
    }

    /// The indicator with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.by_id.get(id).map(|at| &self.indicators[*at])
    }

    /// The place of an indicator in the registry's order.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<IndicatorId> {
        self.by_id.get(id).copied()
    }

    /// The indicators by what they are called.
    pub(crate) fn known(&self) -> Vec<WrittenName<'_>> {
        self.indicators.iter().map(Indicator::known).collect()
    }

    /// All indicators, in the registry's order.
    #[must_use]
    pub fn all(&self) -> &IdxList<Indicator> {
        &self.indicators
    }
}

/// The names that indicators have so far, folded, and where.
#[derive(Default)]
struct TakenNames(BTreeMap<String, (String, Span)>);

impl TakenNames {
    /// Notes the names of the indicator `id`, and complains of those that another one has: no
    /// sentence could tell the two apart.
    fn take(&mut self, fields: &mut Fields<'_>, id: &str, names: Vec<Spanned<String>>) {
        for name in names {
            let folded = fold_str(&name.value);
            let Some((other, first)) = self.0.get(&folded) else {
                self.0.insert(folded, (id.to_owned(), name.span));
                continue;
            };
            if other == id {
                continue;
            }
            let said = &name.value;
            let words =
                Words::new(format!("`{other}` 已叫“{said}”"), format!("`{other}` is called {said} already"));
            let label = Label {
                path: fields.path().to_owned(),
                span: *first,
                words: Words::new("先用在这里", "first used here"),
            };
            let diagnostic = fields.error("registry/alias", name.span, words);
            diagnostic.labels.push(label);
            diagnostic.help = Some(Words::new(
                "一个名称只属于一项指标；口径不同的，换成看得出差别的名称，如“办结”与“受理”",
                "let a name belong to one indicator; where different things are counted, let the \
                 names show it, such as 办结 and 受理",
            ));
        }
    }
}

pub(super) const MEASURES: [NamedValue<Measure>; 8] = [
    NamedValue::new("flow", Measure::Flow, &["当年发生数", "当年数", "年内数", "发生数", "流量", "数量"]),
    NamedValue::new("stock", Measure::Stock, &["年末数", "期末数", "时点数", "存量"]),
    NamedValue::new("cumulative", Measure::Cumulative, &["累计数", "累计", "累积"]),
    NamedValue::new(
        "ratio",
        Measure::Ratio,
        &["比率", "比例", "百分比", "占比", "率", "percentage", "percent", "rate"],
    ),
    NamedValue::new("rank", Measure::Rank, &["名次", "排名", "位次", "ranking"]),
    NamedValue::new("amount", Measure::Amount, &["金额", "钱数", "money"]),
    NamedValue::new("duration", Measure::Duration, &["时长", "时间", "天数", "time"]),
    NamedValue::new("target", Measure::Target, &["目标", "目标值", "指标值", "goal"]),
];

pub(super) const DIRECTIONS: [NamedValue<Direction>; 3] = [
    NamedValue::new(
        "higher",
        Direction::Higher,
        &["越高越好", "数值大为好", "越大越好", "越多越好", "正向", "high", "up"],
    ),
    NamedValue::new(
        "lower",
        Direction::Lower,
        &["越低越好", "数值小为好", "越小越好", "越少越好", "逆向", "负向", "low", "down"],
    ),
    NamedValue::new("neutral", Direction::Neutral, &["不论高低", "无", "中性", "none"]),
];

/// An indicator, and its names as its author wrote them.
type NamedIndicator = (Indicator, Vec<Spanned<String>>);

fn read(fields: &mut Fields<'_>, id: &Spanned<String>, node: Spanned<YamlNode>) -> Option<NamedIndicator> {
    let good = crate::route::is_slug(&id.value.replace('_', "-"));
    if !good {
        let words = Words::new(
            "指标的编号应由小写字母、数字、下划线和连字符组成，以字母开头，最多 200 个字符",
            "an indicator's id must be lower-case letters, figures, underscores and hyphens, a letter first, 200 at most",
        );
        fields.error("matter/value", id.span, words).help = Some(Words::new(
            "如 `reconsideration_closed`；中文名称写在 `name` 里",
            "such as `reconsideration_closed`; write its name in Chinese as its `name`",
        ));
        return None;
    }
    fields.one(&id.value, node, &mut |inner| read_indicator(inner, &id.value))
}

fn read_indicator(fields: &mut Fields<'_>, id: &str) -> Option<NamedIndicator> {
    let name = fields.text("name");
    let kind = fields.choice("kind", &MEASURES);
    let aliases = fields.texts("aliases");
    if name.is_none() {
        let example = "`name: 办结行政复议案件`";
        fields.need("name", Words::new(format!("例如 {example}"), format!("such as {example}")));
    }
    let indicator = Indicator {
        id: id.to_owned(),
        name: name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
        name_en: fields.text("name_en").map(|name| name.value),
        unit: fields.text("unit").map(|unit| unit.value).unwrap_or_default(),
        kind: kind.map(|kind| kind.value).unwrap_or_default(),
        direction: fields.choice("direction", &DIRECTIONS).map(|found| found.value).unwrap_or_default(),
        group: fields.text("group").map(|group| group.value),
        aliases: aliases.iter().map(|alias| alias.value.clone()).collect(),
        definition: fields.text("definition").map(|text| text.value),
        cell: cell(fields),
    };
    let names = std::iter::once(name?).chain(aliases).collect();
    Some((indicator, names))
}

/// The cell of a prescribed table that tells an indicator.
fn cell(fields: &mut Fields<'_>) -> Option<String> {
    let cell = fields.text("cell")?;
    if statute::is_cell(&cell.value) {
        return Some(cell.value);
    }
    let words = Words::new(
        format!("规定的表格里没有 `{}` 这一格", cell.value),
        format!("no prescribed table has a cell `{}`", cell.value),
    );
    let known = statute::cells();
    let near = nearest(&cell.value, known.iter().map(String::as_str));
    fields.error("matter/value", cell.span, words).help = Some(match near {
        Some(near) => Words::new(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => Words::new(
            "写成 `表/行/列`，如 `requests/new/total`",
            "write `table/row/column`, such as `requests/new/total`",
        ),
    });
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_keep_their_order_and_are_found_by_id() {
        let text = "b_two: {name: 乙, unit: 件, kind: flow}\na_one: {name: 甲, kind: ratio, unit: \"%\", aliases: [甲率]}\n";
        let read = Registry::parse(&Source::new("indicators.yaml", text));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.all().first().unwrap().id, "b_two");
        assert_eq!(read.value.get("a_one").unwrap().aliases, ["甲率"]);
    }

    #[test]
    fn no_two_indicators_have_one_name() {
        let text = "a: {name: 办结, kind: flow, aliases: [办結, 结案]}\nb: {name: 受理, kind: flow, aliases: [結案]}\n";
        let read = Registry::parse(&Source::new("indicators.yaml", text));
        let codes: Vec<_> = read.diagnostics.iter().map(|d| (d.code, d.labels.len())).collect();
        assert_eq!(codes, [("registry/alias", 1)], "{:?}", read.diagnostics);
    }

    #[test]
    fn a_kind_need_not_be_said() {
        let read = Registry::parse(&Source::new("indicators.yaml", "a: {name: 甲, unit: 件}\n"));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.all().first().unwrap().kind, Measure::Flow);
    }

    #[test]
    fn the_manual_has_every_name() {
        names::assert_in_manual(&MEASURES);
        names::assert_in_manual(&DIRECTIONS);
    }

    #[test]
    fn a_kind_that_is_not_known_is_named_with_the_nearest() {
        let read = Registry::parse(&Source::new("indicators.yaml", "a: {name: 甲, kind: flows}\n"));
        assert_eq!(read.diagnostics[0].code, "matter/value");
        assert!(read.diagnostics[0].help.as_ref().unwrap().en.contains("flow"));
    }
}
