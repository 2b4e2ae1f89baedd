//! What goes from one year's report on disclosure into the next: requests left in one are those taken over in
//! the other.

use crate::archive::Archive;
use crate::config::INFO_ANNUAL_REPORT;
use crate::diag::{Diagnostic, Words};
use crate::report::PublicationStatus;

/// A warning about every report that takes over another number than the report of the year before leaves. One that
/// is withdrawn says nothing any more.
pub(super) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let reports = archive.reports.iter().filter(|report| report.matter.kind == INFO_ANNUAL_REPORT);
    let reports: Vec<_> =
        reports.filter(|report| report.matter.status != PublicationStatus::Withdrawn).collect();
    // Documents stand by place and year.
    let pairs = reports.windows(2).filter(|pair| {
        let (before, after) = (&pair[0].address, &pair[1].address);
        before.place == after.place && before.year.get() + 1 == after.year.get()
    });
    pairs
        .filter_map(|pair| {
            let (before, after) = (pair[0], pair[1]);
            let carried = &archive.facts(after).notable.carried;
            let (now, span, last) = carried.differs_from(&archive.facts(before).notable.carried)?;
            let words = Words::new(
                format!("上年结转是 {now}，而上一年度的报告结转下年度是 {last}"),
                format!("taken over from the year before: {now}; its report leaves {last}"),
            );
            let complaint = Diagnostic::of("info/carried", &*after.path, words).help(
                format!("对照 {} 核对；原表如此的，在 site.yaml 的 `checks` 里放行并写明理由", before.path),
                format!("compare with {}; if both are printed so, allow it in `checks` of site.yaml with the reason", before.path),
            );
            Some(match span {
                Some(span) => complaint.at(span),
                None => complaint,
            })
        })
        .collect()
}
