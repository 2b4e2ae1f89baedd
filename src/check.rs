//! Opinions about the archive as a whole: do links lead anywhere, are attachments there and
//! of a kind that may be published, is everything said that the rules want said. Facts about
//! one file's syntax are found where the file is read.

mod bodies;
mod coverage;
mod duplicates;
pub mod external;
mod figures;
mod files;
mod links;
mod log;
mod paths;
mod people;
mod personal;
mod site;
mod strays;
mod weigh;
mod years;

use rayon::prelude::*;

use crate::ask::Planned;
use crate::diag::Diagnostic;
use crate::history;

pub use personal::{Attachments, PublishedNumbers, in_source, notes_together};
pub use weigh::{AllowedFinding, MetAllowances, Scales, WeighedFindings, weigh, weigh_undrawn};

/// Asked again and again while an archive is looked at: whether to go on.
pub type GoOn<'a> = &'a (dyn Fn() -> bool + Sync);

/// Everything wrong with the planned site.
#[must_use]
pub fn check(site: &Planned<'_>) -> Vec<Diagnostic> {
    check_while(site, &|| true).unwrap_or_default()
}

/// Everything wrong with the planned site; `None` where `go_on` said no before the end. It is
/// asked so often that no edit has to wait for a large archive to be looked at.
#[must_use]
pub fn check_while(site: &Planned<'_>, go_on: GoOn<'_>) -> Option<Vec<Diagnostic>> {
    let archive = site.archive;
    // Some look at one thing after the other, and others beside each other.
    let checks: [&(dyn Fn() -> Vec<Diagnostic> + Sync); 13] = [
        &|| links::check(site, go_on),
        &|| history::changes(archive, site.outline),
        &|| log::check(archive).into_iter().collect(),
        &|| coverage::check(site),
        &|| files::check(site),
        &|| paths::check(site),
        &|| site::check(archive),
        &|| years::check(archive),
        &|| figures::check(archive),
        &|| bodies::check(archive),
        &|| people::check(archive),
        &|| personal::in_settings(archive),
        &|| duplicates::check(archive, go_on),
    ];
    let found: Vec<Vec<Diagnostic>> = checks.par_iter().with_max_len(1).map(|check| check()).collect();
    let diagnostics = found.into_iter().flatten().collect();
    go_on().then_some(diagnostics)
}
