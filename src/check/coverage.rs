//! Which reports are overdue on the day that was named.

use crate::ask::Planned;
use crate::config::Kind;
use crate::diag::{Diagnostic, Words};
use crate::outline::{Overdue, overdue};

/// A note about every place whose report on the last year was due and is not held. It is no
/// warning: the place may well have published it elsewhere.
pub(super) fn check(site: &Planned<'_>) -> Vec<Diagnostic> {
    let kinds = &site.archive.config.kinds;
    overdue(site.archive, &site.outline.ledger)
        .iter()
        .filter_map(|overdue| Some(of_place(overdue, kinds.get(overdue.kind)?)))
        .collect()
}

fn of_place(overdue: &Overdue<'_>, kind: &Kind) -> Diagnostic {
    let Overdue { place, year, rule, .. } = overdue;
    let name = &place.name.value;
    let due = rule.due_for(*year).map(|due| due.to_string()).unwrap_or_default();
    let words = Words::new(
        format!("“{name}”{year}年度的{}期限已过（{due}），尚未收录", kind.name),
        format!("{} of {name} for {year} was due on {due} and is not held", kind.name_en),
    );
    Diagnostic::note("coverage/missing", &*place.path, words).at(place.name.span).help(
        "已经公开的，请收录；尚未公开的，提醒发布",
        "if it is public, add it; if it is not, remind those who are to publish it",
    )
}
