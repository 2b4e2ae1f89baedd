//! Figures against those of last year's report of the same place: what changed by as much as the report says, and
//! what jumped.

use crate::archive::{Archive, Document};
use crate::config::Measure;
use crate::diag::{Diagnostic, Words};
use crate::han::quantity::Quantity;
use crate::report::{ChangeUnit, Figure, PublicationStatus, YearlyChange};

/// Below this in both years a figure may become many times what it was, and says nothing by it.
const SMALL: u64 = 100;

/// A note about every figure that is not what last year's report makes it.
pub(super) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let is_told = |report: &&Document| report.matter.status != PublicationStatus::Withdrawn;
    let mut found = Vec::new();
    for report in archive.reports.iter().filter(is_told) {
        let last = report.address.year.last();
        let before: Vec<&Document> =
            archive.of_year(&report.address.place, last).iter().filter(is_told).collect();
        if before.is_empty() || report.figures.is_empty() {
            continue;
        }
        let steps = archive.facts(report).steps.iter();
        found.extend(steps.filter_map(|step| unlike(report, step, &before)));
        let alike: Vec<&Document> =
            before.into_iter().filter(|last| last.matter.kind == report.matter.kind).collect();
        found.extend(report.figures.iter().filter_map(|figure| jumped(archive, report, figure, &alike)));
    }
    found
}

/// The figures of an indicator in some documents, where they are told exactly.
fn exact_figures<'a>(
    before: &[&'a Document],
    indicator: &str,
) -> impl Iterator<Item = (&'a Document, Quantity)> {
    let of_one = |last: &'a Document| {
        let figure = last.figures.iter().find(|figure| figure.indicator == indicator)?;
        figure.amount.is_exact().then_some((last, figure.amount.value))
    };
    before.iter().filter_map(move |last| of_one(last)).collect::<Vec<_>>().into_iter()
}

/// A note where none of last year's figures gives the change that is told.
fn unlike(report: &Document, step: &YearlyChange, before: &[&Document]) -> Option<Diagnostic> {
    let all: Vec<_> = exact_figures(before, &step.indicator)
        .map(|(last, value)| (last, value, step.differs_from(value)))
        .collect();
    let (last, value, by) = match &*all {
        [(last, value, Some(by)), rest @ ..] if rest.iter().all(|(.., by)| by.is_some()) => (last, value, by),
        _ => return None,
    };
    let sign = if step.by == ChangeUnit::Percent { "%" } else { "" };
    let (said, value) = (step.change, value.plain());
    let words = Words::new(
        format!("比上年的变化写的是 {said}{sign}；上一年度的报告是 {value}，按它算是 {by}{sign}"),
        format!(
            "a change of {said}{sign} since last year is told; its report tells {value}, which gives {by}{sign}"
        ),
    );
    let note = Diagnostic::of("figure/last-year", &*report.path, words).help(
        format!("对照 {} 核对；口径不同的在指标里分开，原文如此的在 site.yaml 的 `checks` 里放行", last.path),
        format!("compare with {}; part the indicator if something else is counted, or allow it in `checks` of site.yaml", last.path),
    );
    Some(match step.place {
        Some(place) => note.at(place),
        None => note,
    })
}

/// A note where a figure is many times what it was, or a small part of it.
fn jumped(archive: &Archive, report: &Document, figure: &Figure, before: &[&Document]) -> Option<Diagnostic> {
    let indicator = archive.registry.get(&figure.indicator)?;
    if matches!(indicator.kind, Measure::Rank | Measure::Target) || !figure.amount.is_exact() {
        return None;
    }
    let (now, factor) = (figure.amount.value, archive.config.jump);
    let (last, was) = exact_figures(before, &figure.indicator).next()?;
    let (least, most) = (now.min(was), now.max(was));
    let is_jump = !least.is_zero() && !least.is_negative() && most >= SMALL.into();
    if !is_jump || least.times(factor).is_none_or(|bound| most < bound) {
        return None;
    }
    let (name, unit) = (&indicator.name, &indicator.unit);
    let (now, was) = (now.plain(), was.plain());
    let words = Words::new(
        format!("“{name}”是 {now}{unit}，上一年度是 {was}{unit}，相差 {factor} 倍以上"),
        format!("{name} is {now}, and was {was} the year before: {factor} times or more apart"),
    );
    let declared = report.matter.indicators.iter().find(|declared| declared.id.value == figure.indicator);
    let note = Diagnostic::of("figure/jump", &*report.path, words).help(
        format!("与 {} 核对单位和口径；确实如此的，在 site.yaml 的 `checks` 里放行", last.path),
        format!(
            "compare units and what is counted with {}; allow it in `checks` of site.yaml if it is so",
            last.path
        ),
    );
    Some(match declared {
        Some(declared) => note.at(declared.value.span),
        None => note,
    })
}
