//! Opinions about the archive as a whole: do links lead anywhere, are attachments there and
//! of a kind that may be published, is everything said that the rules want said. Facts about
//! one file's syntax are found where the file is read.

mod coverage;
mod duplicates;
mod files;
mod links;
mod site;
mod text;

use crate::diag::Diagnostic;
use crate::plan::Plan;

/// Everything wrong with the planned site.
#[must_use]
pub fn check(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = links::check(plan);
    diagnostics.extend(coverage::check(plan));
    diagnostics.extend(files::check(plan));
    diagnostics.extend(site::check(plan.archive()));
    diagnostics.extend(text::check(plan.archive()));
    diagnostics.extend(duplicates::check(plan.archive()));
    diagnostics
}
