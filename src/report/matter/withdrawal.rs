//! What front matter says of a withdrawal: when, why, and what.

use super::values::{Matter, PublicationStatus, REASONS, Withdrawal};
use super::{PublicationDay, dates};
use crate::diag::Words;
use crate::yaml::Fields;
use crate::yaml::names::{choose, known};

/// Reads `withdrawal`.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<Withdrawal> {
    fields.group("withdrawal", |inner| {
        let date = dates::day(inner, "date");
        let reason = inner.choice("reason", &REASONS);
        let what = inner.text("what").map(|what| what.value);
        if date.is_none() {
            inner.need("date", Words::new("写上撤回的日期", "write the day of the withdrawal"));
        }
        if reason.is_none() {
            inner.need("reason", choose(&known(&REASONS)));
        }
        Some(Withdrawal { date: date?, reason: reason?.value, what })
    })
}

/// Complains of a withdrawal of what is not withdrawn, or was not yet published.
pub(super) fn check(fields: &mut Fields<'_>, matter: &Matter) {
    let Some(withdrawal) = &matter.withdrawal else { return };
    let span = withdrawal.date.span;
    if matter.status != PublicationStatus::Withdrawn {
        let words = Words::new(
            "文件没有撤回，却写了 `withdrawal`",
            "`withdrawal` stands in a document that is not withdrawn",
        );
        fields.error("matter/value", span, words).help = Some(Words::new(
            "撤回的，删去 `status` 或写成 `status: withdrawn`；没有撤回的，删去 `withdrawal`",
            "if it is withdrawn, remove `status` or write `status: withdrawn`; else remove `withdrawal`",
        ));
    }
    if matches!(matter.published, PublicationDay::On(published) if withdrawal.date.value < published.date) {
        let words = Words::new("撤回日期早于发布日期", "it is withdrawn before it is published");
        fields.error("date/order", span, words).help = Some(Words::new("核对两个日期", "check both dates"));
    }
}
