//! What a plan asked for and what a report says of it. Who answers which task is said in the
//! report; here both sides of it are shown.

use std::collections::BTreeSet;

use crate::archive::Document;
use crate::ask::Ask;
use crate::config::ANNUAL_REPORT;
use crate::outline::Answered;
use crate::report::matter::TaskAnswer;
use crate::report::{OpenDocument, PlanTask, PublicationStatus, Record, Section};
use crate::route::Route;
use crate::view::{AnswerRow, AnsweredPlan, NamedLink, TaskLink, TaskRow, Tasks};

/// The tasks that `report` sets, with what answers them; nothing where it sets none.
pub(super) fn tasks(ask: &Ask<'_>, report: &OpenDocument<'_>) -> Option<Tasks> {
    if report.parsed.tasks.is_empty() {
        return None;
    }
    let answers = ask.answers(&report.route());
    let rows: Vec<TaskRow> =
        report.parsed.tasks.iter().map(|task| row(ask, (report, task), answers)).collect();
    Some(Tasks {
        report: annual(ask, report),
        compared: !answers.is_empty(),
        answered: rows.iter().filter(|row| !row.answers.is_empty()).count(),
        rows,
    })
}

fn row(ask: &Ask<'_>, of: (&Record, &PlanTask), answers: &[Answered]) -> TaskRow {
    let (report, task) = of;
    let mut links = Vec::new();
    let mut seen = BTreeSet::new();
    for Answered { document, answer } in answers {
        let other = ask.text(*document);
        let answer = &other.matter.answers[*answer];
        let sections = answer.sections.iter().filter(|_| answer.task == *task.anchor);
        for section in sections.filter_map(|anchor| other.parsed.body.section(&anchor.value)) {
            if seen.insert((document, &section.anchor)) {
                let year = other.address.year.get();
                let year = (year != report.address.year.get()).then_some(year);
                links.push(TaskLink { year, ..link(&ask.href(&other.route()), section) });
            }
        }
    }
    TaskRow {
        href: format!("#{}", crate::route::encode(&task.anchor)),
        ordinal: task.ordinal.as_ref().map(ToString::to_string),
        title: task.title.to_string(),
        responsible: task.responsible.clone(),
        answers: links,
    }
}

/// A section as a link; `page` is the address of its document, or nothing on that page itself.
fn link(page: &str, section: &Section) -> TaskLink {
    TaskLink {
        href: format!("{page}#{}", crate::route::encode(&section.anchor)),
        ordinal: section.ordinal.as_ref().map(ToString::to_string),
        title: section.title.trim_end_matches('。').to_owned(),
        year: None,
    }
}

/// The annual report of the same place and year.
fn annual(ask: &Ask<'_>, report: &Record) -> Option<NamedLink> {
    let of_year = ask.of_place_and_year(&report.address.place, report.address.year);
    let public = |found: &&Document| {
        found.matter.kind == ANNUAL_REPORT && found.matter.status == PublicationStatus::Published
    };
    let found = of_year.iter().find(public)?;
    Some(NamedLink { name: found.matter.title.value.clone(), href: ask.href(&found.route()) })
}

/// The tasks that `report` answers, by plan, in the order in which it says so.
pub(super) fn answers(ask: &Ask<'_>, report: &OpenDocument<'_>) -> Vec<AnsweredPlan> {
    let mut plans: Vec<(&Route, AnsweredPlan)> = Vec::new();
    for answer in &report.matter.answers {
        let route = &answer.plan.value;
        let Some(other) =
            ask.document_at(route).filter(|other| other.matter.status != PublicationStatus::Withdrawn)
        else {
            continue;
        };
        let Some(row) = answered(ask, (other, report), answer) else {
            continue;
        };
        match plans.iter_mut().find(|(known, _)| *known == route) {
            Some((_, answered)) => answered.rows.push(row),
            None => {
                let named = NamedLink { name: other.matter.title.value.clone(), href: ask.href(route) };
                plans.push((route, AnsweredPlan { plan: named, rows: vec![row] }));
            }
        }
    }
    plans.into_iter().map(|(_, answered)| answered).collect()
}

/// A task of the first document that the second one answers.
fn answered(ask: &Ask<'_>, of: (&Record, &OpenDocument<'_>), answer: &TaskAnswer) -> Option<AnswerRow> {
    let (other, report) = of;
    let other = ask.open(other)?;
    let task = other.parsed.tasks.iter().find(|task| *task.anchor == *answer.task)?;
    let sections = answer.sections.iter().filter_map(|anchor| report.parsed.body.section(&anchor.value));
    let year = other.address.year.get();
    Some(AnswerRow {
        task: TaskLink {
            href: format!("{}#{}", ask.href(&other.route()), crate::route::encode(&task.anchor)),
            ordinal: task.ordinal.as_ref().map(ToString::to_string),
            title: task.title.to_string(),
            year: (year != report.address.year.get()).then_some(year),
        },
        sections: sections.map(|section| link("", section)).collect(),
    })
}
