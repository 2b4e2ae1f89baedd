//! All years of a place: its figures, its sections, and how much was new in each.

use std::collections::BTreeMap;

use super::super::view::{Content, IndicatorRow, PairRow, PartName, Series, Theme, ThemeCell, Years};
use super::super::{Made, Plan, data, labels, place, words};
use super::{pair, pairs, tally};
use crate::compare::{Comparison, Group, Text, compare};
use crate::report::Report;

/// The page of all years of the place `slug`.
pub(in crate::plan) fn years(plan: &Plan<'_>, slug: &str) -> Made {
    let words = words::of(plan.config().language);
    let (indicator_years, indicators) = place::series(plan, plan.archive().of_place(slug));
    let several = |row: &IndicatorRow| row.years.iter().filter(|year| year.text.is_some()).count() > 1;
    let (indicators, single) = indicators.into_iter().partition(several);
    let mut series: Vec<(&String, &Vec<usize>)> =
        plan.outline.comparable.get(slug).into_iter().flatten().collect();
    // The annual report comes first, whatever other kinds are called.
    series.sort_by_key(|(kind, _)| (*kind != super::ANNUAL, *kind));
    let content = Years {
        place: plan.place_link(slug),
        series: series.into_iter().map(|(kind, reports)| of_kind(plan, (slug, kind), reports)).collect(),
        indicators,
        single,
        indicator_years,
        downloads: plan.downloads(&data::Slice::Place(slug.to_owned())),
    };
    let heading = words.all_years(&plan.place_name(slug));
    let description = words.about_years(&heading);
    let mut breadcrumbs = plan.crumbs_to_place(slug);
    breadcrumbs.push((words.compare.to_owned(), None));
    Made {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..Made::new(heading, description, Content::Years(Box::new(content)))
    }
}

fn of_kind(plan: &Plan<'_>, series: (&str, &str), reports: &[usize]) -> Series {
    let (slug, kind) = series;
    let documents: Vec<&Report> = reports.iter().map(|at| &plan.archive().reports[*at]).collect();
    let texts: Vec<Text<'_>> = documents.iter().map(|report| plan.compared_text(report)).collect();
    let found: Vec<Comparison> = texts.windows(2).map(|pair| compare(&pair[0], &pair[1])).collect();
    let ends = (texts.len() > 2).then(|| compare(&texts[0], &texts[texts.len() - 1]));
    let rows = pairs(reports).into_iter().zip(found.iter().chain(&ends)).enumerate();
    let years: Vec<i16> = documents.iter().map(|report| report.address.year.get()).collect();
    let gaps = years.windows(2).flat_map(|pair| pair[0] + 1..pair[1]).collect();
    let texts_file = plan.beside_pairs(slug, kind, "texts.json");
    Series {
        kind: plan.kind(kind),
        pairs: rows
            .map(|(number, ((before, after), found))| PairRow {
                pair: plan.pair_link(before, after),
                tally: tally(found.rows.iter().flatten()),
                neighbours: number < texts.len() - 1,
            })
            .collect(),
        themes: themes(plan, &documents, (&texts, &found)),
        documents: documents
            .iter()
            .zip(&texts)
            .map(|(report, text)| plan.compared(report, text.sentences.len()))
            .collect(),
        gaps,
        texts: texts_file.map(|route| plan.href(&route)).unwrap_or_default(),
    }
}

/// A section of one of the documents.
type Node = (usize, usize);

/// The sections that became one another, followed over all documents.
fn themes(plan: &Plan<'_>, documents: &[&Report], read: (&[Text<'_>], &[Comparison])) -> Vec<Theme> {
    let (texts, found) = read;
    let pages: Vec<String> = documents.iter().map(|report| plan.href(&report.route())).collect();
    let mut roots = Roots::default();
    for (at, found) in found.iter().enumerate() {
        for group in &found.alignment.groups {
            let before = group.before.iter().map(|section| (at, *section));
            let after = group.after.iter().map(|section| (at + 1, *section));
            let nodes: Vec<Node> = before.chain(after).collect();
            nodes.windows(2).for_each(|pair| roots.join(pair[0], pair[1]));
        }
    }
    let mut rows: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        for section in 1..text.sections.len() {
            rows.entry(roots.of((at, section))).or_default().push((at, section));
        }
    }
    let order = order(&mut roots, texts);
    let theme = |root: &Node| {
        let nodes = rows.get(root)?;
        let (at, section) = nodes.iter().max_by_key(|(at, section)| (*at, std::cmp::Reverse(*section)))?;
        let named = &texts[*at].sections[*section];
        let cell = |at: usize| ThemeCell {
            year: documents[at].address.year.get(),
            sections: of_document(nodes, at)
                .map(|section| pair::part_name(&pages[at], &texts[at].sections[section]))
                .collect::<Vec<PartName>>(),
            status: of_document(nodes, at).next().and_then(|section| {
                let groups = &found.get(at.checked_sub(1)?)?.alignment.groups;
                let group: &Group = groups.iter().find(|group| group.after.contains(&section))?;
                Some(pair::status(group.status))
            }),
        };
        let cells = (0..texts.len()).map(cell).collect();
        Some(Theme { title: named.title.to_owned(), depth: named.depth, cells })
    };
    order.iter().filter_map(theme).collect()
}

fn of_document(nodes: &[Node], at: usize) -> impl Iterator<Item = usize> + '_ {
    nodes.iter().filter(move |(document, _)| *document == at).map(|(_, section)| *section)
}

/// The themes in the order of the newest document; what only older ones have follows what it
/// followed there.
fn order(roots: &mut Roots, texts: &[Text<'_>]) -> Vec<Node> {
    let mut order: Vec<Node> = Vec::new();
    for (at, text) in texts.iter().enumerate().rev() {
        let mut last = None;
        for section in 1..text.sections.len() {
            let root = roots.of((at, section));
            let place = order.iter().position(|other| *other == root).unwrap_or_else(|| {
                let place = last.map_or(0, |last: usize| last + 1);
                order.insert(place, root);
                place
            });
            last = Some(place);
        }
    }
    order
}

/// Which sections belong to one theme.
#[derive(Default)]
struct Roots(BTreeMap<Node, Node>);

impl Roots {
    fn of(&mut self, node: Node) -> Node {
        let mut root = node;
        while let Some(above) = self.0.get(&root) {
            root = *above;
        }
        if root != node {
            self.0.insert(node, root);
        }
        root
    }

    fn join(&mut self, a: Node, b: Node) {
        let (a, b) = (self.of(a), self.of(b));
        if a != b {
            self.0.insert(a.max(b), a.min(b));
        }
    }
}
