//! Which reports are overdue on the day that was named.

use crate::diag::{Diagnostic, Words};
use crate::plan::{Overdue, Plan};

/// A note about every place whose report on the last year was due and is not held. It is no
/// warning: the place may well have published it elsewhere.
pub(super) fn check(plan: &Plan<'_>) -> Vec<Diagnostic> {
    plan.overdue().iter().map(of_place).collect()
}

fn of_place(overdue: &Overdue<'_>) -> Diagnostic {
    let Overdue { place, kind, year, rule } = overdue;
    let name = &place.name.value;
    let due = rule.due_for(*year).map(|due| due.to_string()).unwrap_or_default();
    let words = Words::new(
        format!("“{name}”{year}年度的 {kind} 期限已过（{due}），尚未收录"),
        format!("the {kind} of {name} on {year} was due on {due} and is not held"),
    );
    let path = format!("content/{}/{year}.md", place.slug);
    Diagnostic::note("coverage/missing", &*place.path, words).at(place.name.span).help(
        format!("已经公开的，收录为 {path}；尚未公开的，提醒发布"),
        format!("if it is public, add {path}; if it is not, remind those who are to publish it"),
    )
}
