//! The views of indicators across places: the registry, one indicator over places and years,
//! and a year's figures over the places of one level. Only figures of one id ever stand in one
//! column or picture.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::chart::{self, IndicatorSeries, MOST_LINES, PlacePoints};
use super::sheet::{split_parts, unlink_last};
use super::{PageSheet, labels};
use crate::archive::DocumentId;
use crate::ask::{Ask, IndicatorValue, one_a_year};
use crate::config::{Indicator, IndicatorId, Measure};
use crate::outline::LONGEST_LIST;
use crate::outline::data::Slice;
use crate::page::{Level, Place};
use crate::report::Record;
use crate::route::{Route, Year};
use crate::view::{
    Bar, Chart, Content, Embed, FilterChoice, IndicatorEntry, IndicatorGroup, IndicatorPage, IndicatorPlace,
    IndicatorYear, Indicators, LookAlike, NamedLink, YearColumn, YearFigures, YearFiguresRow,
};
use crate::words;

/// How many columns the table of a level has; a reader finds the others by their links.
const MOST_COLUMNS: usize = 8;
/// An indicator of fewer places compares nothing.
const FEWEST_PLACES: usize = 2;

impl Ask<'_> {
    /// How many real places tell the indicator.
    fn real_places(&self, indicator: IndicatorId) -> usize {
        let documents = self.these(&self.one_of_each_place(indicator));
        documents.iter().filter(|report| !self.is_invented(&report.address.place)).count()
    }

    /// A figure of a year as a cell of a table; a gap where there is none.
    pub(super) fn indicator_year(
        &self,
        year: i16,
        value: Option<IndicatorValue<'_>>,
        indicator: &Indicator,
    ) -> IndicatorYear {
        let point = value.map(|value| self.point(value, indicator));
        IndicatorYear {
            year,
            value: point.as_ref().map(|point| point.value.to_string()),
            to: point.as_ref().and_then(|point| point.to).map(|to| to.to_string()),
            bound: point.as_ref().and_then(chart::Point::bound),
            text: point.as_ref().map(|point| point.text.clone()),
            href: point.map(|point| point.href),
            change: None,
        }
    }
}

/// A figure as search tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchFigure {
    /// The slug of its place.
    pub place: String,
    /// The name of its place.
    pub name: String,
    /// The year it is of.
    pub year: i16,
    /// Its value in words, with its unit.
    pub text: String,
    /// The address of the sentence that it comes from, without the base path; the whole one, where that stands on the
    /// site of an office.
    pub url: String,
}

/// The figures of an indicator, those of a place together, oldest first.
pub(crate) fn readings(ask: &Ask<'_>, at: IndicatorId) -> Vec<SearchFigure> {
    let sort = ask.registry().all()[at].sort();
    let reading = |((slug, year), value): ((&str, Year), IndicatorValue<'_>)| SearchFigure {
        place: slug.to_owned(),
        name: ask.place_name(slug),
        year: year.get(),
        text: words::of(ask.config()).texts().figure(&value.figure.amount, &sort),
        url: format!("{}{}", ask.reached(&value.address.route()), value.figure.href()),
    };
    one_a_year(ask.values(at)).into_iter().map(reading).collect()
}

/// The registry, by group.
pub(super) fn indicators(ask: &Ask<'_>) -> PageSheet {
    let words = words::of(ask.config());
    let mut groups: Vec<IndicatorGroup> = Vec::new();
    let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for (at, indicator) in ask.registry().all().entries() {
        let group = indicator.group.as_deref();
        let place = *places.entry(group).or_insert_with(|| {
            let name = group.map(str::to_owned);
            groups.push(IndicatorGroup { name, indicators: Vec::new(), without_values: Vec::new() });
            groups.len() - 1
        });
        match entry(ask, at, indicator) {
            Some(entry) => groups[place].indicators.push(entry),
            None => groups[place].without_values.push(ask.indicator_name(indicator)),
        }
    }
    let count = groups.iter().map(|group| group.indicators.len()).sum();
    let heading = words.indicators().to_owned();
    let description = words.about_indicators(count);
    PageSheet {
        labels: labels::column(&heading, &description, "数据发布"),
        breadcrumbs: vec![(words.home().to_owned(), Some(Route::home())), (heading.clone(), None)],
        ..PageSheet::new(heading, description, Content::Indicators(Indicators { groups, count }))
    }
}

/// An indicator as a line of the registry, if it has values.
fn entry(ask: &Ask<'_>, at: IndicatorId, indicator: &Indicator) -> Option<IndicatorEntry> {
    let words = words::of(ask.config());
    let years: BTreeSet<Year> = ask.values(at).map(|value| value.address.year).collect();
    let NamedLink { name, href } = ask.indicator_link(indicator);
    Some(IndicatorEntry {
        id: indicator.id.clone(),
        name,
        href,
        unit: indicator.unit.clone(),
        kind_name: words.measure(indicator.kind).to_owned(),
        direction_name: words.direction(indicator).map(str::to_owned),
        definition: indicator.definition.clone(),
        places: ask.real_places(at),
        first_year: years.first()?.get(),
        last_year: years.last()?.get(),
        years: years.len(),
    })
}

/// Within a level places stand by division code; those without one come last.
pub(super) fn code(place: Option<&Place>) -> &str {
    place.and_then(|place| place.code.as_deref()).unwrap_or("~")
}

/// A place and its values of one indicator.
struct PlaceValues<'a> {
    slug: &'a str,
    place: Option<&'a Place>,
    invented: bool,
    values: BTreeMap<Year, IndicatorValue<'a>>,
}

impl PlaceValues<'_> {
    fn level(&self) -> Level {
        self.place.map_or(Level::Department, |place| place.level)
    }

    /// The order of places in every list: real ones first, then by level, by division code, by slug.
    fn order(&self) -> (bool, Level, &str, &str) {
        (self.invented, self.level(), code(self.place), self.slug)
    }
}

/// One indicator over places and years, or the part of a large one that lies below `root`.
pub(super) fn indicator(ask: &Ask<'_>, at: IndicatorId, root: Option<&str>) -> Option<PageSheet> {
    let indicator = ask.registry().all().at(at)?;
    let places = places(ask, at, &documents(ask, at, root)?);
    let content = indicator_page(ask, (at, indicator), (&places, root));
    Some(framed(ask, indicator, (root, content)))
}

/// The chart of an indicator alone: what its page shows before a reader has chosen. It is no page for readers to
/// find.
pub(super) fn embed(ask: &Ask<'_>, at: IndicatorId) -> Option<PageSheet> {
    let indicator = ask.registry().all().at(at)?;
    let places = places(ask, at, &documents(ask, at, None)?);
    let NamedLink { name, href } = ask.indicator_link(indicator);
    let chart = picture(ask, indicator, (&places, &drawn_places(&places)));
    let description = words::of(ask.config()).about_indicator(&name, ask.real_places(at));
    let content = Content::Embed(Box::new(Embed { name: name.clone(), href, chart }));
    Some(PageSheet {
        labels: labels::column(&name, &description, "数据发布"),
        breadcrumbs: steps(ask, indicator),
        robots: Some("noindex"),
        ..PageSheet::new(name, description, content)
    })
}

/// One document of each place of an indicator's page, or of its part below `root`: of a large indicator those in no
/// part and of the highest levels.
fn documents(ask: &Ask<'_>, at: IndicatorId, root: Option<&str>) -> Option<Vec<DocumentId>> {
    let parts = ask.parts_of_indicator(at);
    Some(match (parts, root) {
        (Some(parts), Some(root)) => parts.groups.get(root)?.clone(),
        (Some(parts), None) => {
            let grouped = parts.groups.values().flatten().copied().collect();
            [parts.rest.clone(), highest(ask, grouped, LONGEST_LIST.saturating_sub(parts.rest.len()))]
                .concat()
        }
        (None, _) => ask.one_of_each_place(at),
    })
}

/// The documents of the highest levels, as many levels as there is room for.
fn highest(ask: &Ask<'_>, documents: Vec<DocumentId>, mut room: usize) -> Vec<DocumentId> {
    let mut levels: BTreeMap<Level, Vec<DocumentId>> = BTreeMap::new();
    for at in documents {
        let place = ask.place(ask.slug_of(at));
        levels.entry(place.map_or(Level::Department, |place| place.level)).or_default().push(at);
    }
    let mut highest = Vec::new();
    for documents in levels.into_values() {
        if documents.len() > room && !highest.is_empty() {
            break;
        }
        let taken = documents.len().min(room);
        highest.extend(documents.into_iter().take(taken));
        room -= taken;
    }
    highest
}

/// The places of these documents with their values, in the order of lists.
fn places<'a>(ask: &Ask<'a>, indicator: IndicatorId, documents: &[DocumentId]) -> Vec<PlaceValues<'a>> {
    let slugs = documents.iter().map(|at| ask.slug_of(*at));
    let of = |slug: &'a str| PlaceValues {
        slug,
        place: ask.place(slug),
        invented: ask.is_invented(slug),
        values: one_a_year(ask.values_of(indicator, slug))
            .into_iter()
            .map(|((_, year), value)| (year, value))
            .collect(),
    };
    let mut places: Vec<PlaceValues<'a>> = slugs.map(of).collect();
    places.sort_by(|a, b| a.order().cmp(&b.order()));
    places
}

fn indicator_page(
    ask: &Ask<'_>,
    (at, indicator): (IndicatorId, &Indicator),
    (places, root): (&[PlaceValues<'_>], Option<&str>),
) -> IndicatorPage {
    let words = words::of(ask.config());
    let drawn = drawn_places(places);
    let years: BTreeSet<Year> = places.iter().flat_map(|place| place.values.keys().copied()).collect();
    let bar_year = bar_year(places, indicator);
    let rows = rows(ask, indicator, (places, &years, &drawn));
    let NamedLink { name, href } = ask.indicator_link(indicator);
    IndicatorPage {
        id: indicator.id.clone(),
        unit: indicator.unit.clone(),
        kind: indicator.kind.name(),
        kind_name: words.measure(indicator.kind).to_owned(),
        direction_name: words.direction(indicator).map(str::to_owned),
        group: indicator.group.clone(),
        aliases: indicator.aliases.clone(),
        definition: indicator.definition.clone(),
        look_alikes: look_alikes(ask, indicator),
        years: years.into_iter().map(Year::get).collect(),
        places: ask.real_places(at),
        chart: picture(ask, indicator, (places, &drawn)).map(|chart| Chart {
            embed: ask.embed_address(indicator),
            part: root.map(str::to_owned),
            ..chart
        }),
        bar_year,
        levels: choices(&rows, |row| Some((row.level, &*row.level_name))),
        parents: choices(&rows, |row| row.parent.as_ref().map(|parent| (&*parent.id, &*parent.name))),
        rows,
        split: match (ask.parts_of_indicator(at), root) {
            (Some(parts), None) => split_parts(ask, parts, &["indicators", &indicator.id]),
            _ => Vec::new(),
        },
        downloads: ask.downloads(&Slice::Indicator(indicator.id.clone())),
        whole: root.map(|_| NamedLink { name: name.clone(), href }),
        name,
    }
}

/// What there is to choose from, each once, in the order of the table; nothing where there is
/// no choice, or where all places are seen at once.
fn choices<'a>(
    rows: &'a [IndicatorPlace],
    of: impl Fn(&'a IndicatorPlace) -> Option<(&'a str, &'a str)>,
) -> Vec<FilterChoice> {
    let mut seen = BTreeSet::new();
    let new = rows.iter().filter_map(of).filter(|(id, _)| seen.insert(*id));
    let choices: Vec<FilterChoice> =
        new.map(|(id, name)| FilterChoice { id: id.into(), name: name.into() }).collect();
    if choices.len() > 1 && rows.len() > MOST_LINES { choices } else { Vec::new() }
}

/// Other indicators of the same theme: a reader must not take one for another.
fn look_alikes(ask: &Ask<'_>, indicator: &Indicator) -> Vec<LookAlike> {
    let Some(group) = &indicator.group else {
        return Vec::new();
    };
    let all = ask.registry().all().iter();
    let others = all.filter(|other| other.group.as_ref() == Some(group) && other.id != indicator.id);
    let look_alike = |other: &Indicator| LookAlike {
        name: ask.indicator_name(other),
        href: ask.indicator_href(other),
        definition: other.definition.clone(),
    };
    others.map(look_alike).collect()
}

/// Which places are drawn before a reader has chosen: real ones, unless there are no others; those with most years; of more places
/// than can be told apart, those of one level, so that like stands beside like.
fn drawn_places(places: &[PlaceValues<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    if places.iter().any(|place| !place.invented) {
        order.retain(|at| !places[*at].invented);
    }
    if places.len() > MOST_LINES {
        let course = |level: Level| {
            let of_level = places.iter().filter(|place| place.level() == level);
            of_level.filter(|place| place.values.len() > 1).count()
        };
        let levels: BTreeSet<Level> = places.iter().map(PlaceValues::level).collect();
        let level = levels.into_iter().find(|level| course(*level) >= FEWEST_PLACES);
        order.retain(|at| level.is_none_or(|level| places[*at].level() == level));
    }
    order.sort_by_key(|at| (std::cmp::Reverse(places[*at].values.len()), *at));
    order.truncate(MOST_LINES);
    // Lines stand in the order of the table, whichever has more years.
    order.sort_unstable();
    order
}

/// The lines over the years, where a place has more than one.
fn picture(
    ask: &Ask<'_>,
    indicator: &Indicator,
    (places, drawn): (&[PlaceValues<'_>], &[usize]),
) -> Option<Chart> {
    if places.iter().all(|place| place.values.len() < 2) {
        return None;
    }
    let series = |at: &usize| PlacePoints {
        name: ask.place_name(places[*at].slug),
        points: places[*at].values.values().map(|value| ask.point(*value, indicator)).collect(),
    };
    let series: Vec<PlacePoints> = drawn.iter().map(series).collect();
    let (name, texts) = (ask.indicator_name(indicator), ask.config().texts());
    Some(chart::lines(&IndicatorSeries { id: "chart", indicator, name: &name, series: &series, texts }))
}

fn rows(
    ask: &Ask<'_>,
    indicator: &Indicator,
    (places, years, drawn): (&[PlaceValues<'_>], &BTreeSet<Year>, &[usize]),
) -> Vec<IndicatorPlace> {
    let words = words::of(ask.config());
    let mut bars = bars(ask, indicator, places);
    let row = |(at, place): (usize, &PlaceValues<'_>)| {
        let NamedLink { name, href } = ask.place_link(place.slug);
        let parent = place.place.and_then(|place| place.parent.as_ref());
        let cell = |year: &Year| ask.indicator_year(year.get(), place.values.get(year).copied(), indicator);
        IndicatorPlace {
            name,
            href,
            slug: place.slug.to_owned(),
            level: place.level().name(),
            level_name: words.level(place.level()).to_owned(),
            parent: parent
                .map(|parent| FilterChoice { id: parent.value.clone(), name: ask.place_name(&parent.value) }),
            drawn: drawn.contains(&at),
            years: years.iter().map(cell).collect(),
            bar: bars.remove(place.slug),
        }
    };
    places.iter().enumerate().map(row).collect()
}

/// The year of the bars of a table whose places have one value each: the one that most have, of equals the newest.
/// Values of other years have no bar, which would be held against these.
fn bar_year(places: &[PlaceValues<'_>], indicator: &Indicator) -> Option<i16> {
    if indicator.kind == Measure::Rank || places.iter().any(|place| place.values.len() != 1) {
        return None;
    }
    let mut counts: BTreeMap<Year, usize> = BTreeMap::new();
    for year in places.iter().flat_map(|place| place.values.keys()) {
        *counts.entry(*year).or_default() += 1;
    }
    let (year, count) = counts.into_iter().max_by_key(|(year, count)| (*count, *year))?;
    (count >= FEWEST_PLACES).then_some(year.get())
}

/// Those bars, by the slugs of their places.
fn bars<'p>(ask: &Ask<'_>, indicator: &Indicator, places: &[PlaceValues<'p>]) -> BTreeMap<&'p str, Bar> {
    let Some(of) = bar_year(places, indicator) else {
        return BTreeMap::new();
    };
    let value = |place: &PlaceValues<'p>| {
        let (_, value) = place.values.iter().find(|(year, _)| year.get() == of)?;
        Some((place.slug, ask.point(*value, indicator)))
    };
    let (slugs, points): (Vec<&str>, Vec<_>) = places.iter().filter_map(value).unzip();
    let drawn = slugs.into_iter().zip(chart::bars(&points, indicator));
    drawn.filter_map(|(slug, bar)| Some((slug, bar?))).collect()
}

/// The way from the home page to the page of an indicator.
fn steps(ask: &Ask<'_>, indicator: &Indicator) -> Vec<(String, Option<Route>)> {
    let words = words::of(ask.config());
    vec![
        (words.home().to_owned(), Some(Route::home())),
        (words.indicators().to_owned(), Some(Route::page(["indicators"]))),
        (ask.indicator_name(indicator), Some(Route::page(["indicators", &indicator.id]))),
    ]
}

/// What stands around the page of an indicator.
fn framed(ask: &Ask<'_>, indicator: &Indicator, (root, content): (Option<&str>, IndicatorPage)) -> PageSheet {
    let words = words::of(ask.config());
    let mut heading = content.name.clone();
    let mut breadcrumbs = steps(ask, indicator);
    match root {
        Some(root) => {
            heading = format!("{heading} · {}", ask.part_name(root));
            breadcrumbs.push((ask.part_name(root), None));
        }
        None => unlink_last(&mut breadcrumbs),
    }
    let count = if root.is_some() { content.rows.len() } else { content.places };
    let description = words.about_indicator(&heading, count);
    PageSheet {
        labels: labels::column(&heading, &description, "数据发布"),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Indicator(Box::new(content)))
    }
}

/// The figures of one level in a year: a row a place, a column an indicator that at least two
/// of the places have. `reports` are documents of that level and year.
pub(super) fn year_figures(ask: &Ask<'_>, reports: &[&Record]) -> Option<YearFigures> {
    let all = ask.registry().all();
    let by_indicator = ask.values_in(reports);
    let columns = columns(&by_indicator);
    if by_indicator.is_empty() {
        return None;
    }
    let others = by_indicator.keys().filter(|at| !columns.contains(at));
    let values: Vec<_> =
        columns.iter().map(|at| (&all[*at], one_a_year(by_indicator[at].iter().copied()))).collect();
    let known = |slug: &str| code(ask.place(slug));
    let places: BTreeSet<(&str, &str, Year)> = values
        .iter()
        .flat_map(|(_, values)| values.keys().map(|(slug, year)| (known(slug), *slug, *year)))
        .collect();
    let row = |(_, slug, year): (&str, &str, Year)| YearFiguresRow {
        place: ask.place_link(slug),
        values: values
            .iter()
            .map(|(indicator, values)| {
                ask.indicator_year(year.get(), values.get(&(slug, year)).copied(), indicator)
            })
            .collect(),
    };
    Some(YearFigures {
        columns: columns.iter().map(|at| column(ask, &all[*at])).collect(),
        rows: places.into_iter().map(row).collect(),
        others: others.map(|at| ask.indicator_link(&all[*at])).collect(),
    })
}

/// The indicators that most places have, in the order of the registry.
fn columns(by_indicator: &BTreeMap<IndicatorId, Vec<IndicatorValue<'_>>>) -> Vec<IndicatorId> {
    let places = |values: &[IndicatorValue<'_>]| {
        values.iter().map(|value| value.address.place.as_str()).collect::<BTreeSet<_>>().len()
    };
    let counted = by_indicator.iter().map(|(at, values)| (*at, places(values)));
    let mut shared: Vec<(IndicatorId, usize)> =
        counted.filter(|(_, places)| *places >= FEWEST_PLACES).collect();
    shared.sort_by_key(|(at, places)| (std::cmp::Reverse(*places), *at));
    shared.truncate(MOST_COLUMNS);
    let mut columns: Vec<IndicatorId> = shared.into_iter().map(|(at, _)| at).collect();
    columns.sort_unstable();
    columns
}

fn column(ask: &Ask<'_>, indicator: &Indicator) -> YearColumn {
    let NamedLink { name, href } = ask.indicator_link(indicator);
    YearColumn {
        id: indicator.id.clone(),
        name,
        unit: indicator.unit.clone(),
        href,
        first_order: if indicator.kind == Measure::Rank { "ascending" } else { "descending" },
    }
}
