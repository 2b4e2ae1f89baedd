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

use crate::ask::Planned;
use crate::diag::Diagnostic;
use crate::history;

pub use personal::{Attachments, Published, in_source, notes_together};
pub use weigh::{Allowed, Met, Scales, Weighed, weigh, weigh_undrawn};

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
    let mut diagnostics = links::check(site, go_on);
    diagnostics.extend(history::changes(site.archive, site.outline));
    diagnostics.extend(log::check(site.archive));
    diagnostics.extend(coverage::check(site));
    diagnostics.extend(files::check(site));
    diagnostics.extend(paths::check(site));
    diagnostics.extend(site::check(site.archive));
    diagnostics.extend(years::check(site.archive));
    diagnostics.extend(figures::check(site.archive));
    diagnostics.extend(bodies::check(site.archive));
    diagnostics.extend(people::check(site.archive));
    diagnostics.extend(personal::in_settings(site.archive));
    diagnostics.extend(duplicates::check(site.archive, go_on));
    go_on().then_some(diagnostics)
}
