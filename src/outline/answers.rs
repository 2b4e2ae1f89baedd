//! What answers the tasks of every plan. Who answers which task is said in the report.

use std::collections::BTreeMap;

use crate::archive::{Archive, DocumentId};
use crate::report::PublicationStatus;
use crate::route::Route;

/// The answers to each plan, by its address.
pub(crate) type AnswersByPlan = BTreeMap<Route, Vec<AnswerPlace>>;

/// Where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AnswerPlace {
    /// The document's place in the archive.
    pub(crate) document: DocumentId,
    /// The answer's place among those of the document.
    pub(crate) answer: usize,
}

/// The answers of every document that is public.
pub(super) fn index(archive: &Archive) -> AnswersByPlan {
    let mut index = AnswersByPlan::new();
    let reports = archive.reports.entries();
    for (document, report) in
        reports.filter(|(_, report)| report.matter.status != PublicationStatus::Withdrawn)
    {
        for (answer, told) in report.matter.answers.iter().enumerate() {
            index.entry(told.plan.value.clone()).or_default().push(AnswerPlace { document, answer });
        }
    }
    index
}

/// Whether the page of a document shows words of documents of other places: of plans whose tasks it answers, or of
/// answers to its own.
pub(super) fn is_abroad(archive: &Archive, answers: &AnswersByPlan, document: DocumentId) -> bool {
    let report = &archive.reports[document];
    let place = report.address.place.as_str();
    let asks = report.matter.answers.iter().any(|answer| answer.plan.value.first() != place);
    let told = || answers.get(&report.route()).into_iter().flatten();
    asks || told().any(|at| archive.reports[at.document].address.place != place)
}
