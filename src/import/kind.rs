//! What sort of document a title tells of.

use crate::config::{ANNUAL_REPORT, INFO_ANNUAL_REPORT, WORK_PLAN};

/// The kind of the document with this title.
pub(crate) fn of_title(title: Option<&str>) -> &'static str {
    let title = title.map(crate::han::fold::fold_str).unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match () {
        () if has(&["信息公开工作年度报告", "信息公开年度报告", "信息公开工作报告"]) => {
            INFO_ANNUAL_REPORT
        }
        () if has(&["工作要点", "工作计划", "工作安排", "重点工作任务"]) => WORK_PLAN,
        () if has(&["述法"]) => "duty-report",
        () => ANNUAL_REPORT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_the_kind() {
        for (title, kind) in [
            ("甲市2020年法治政府建设情况报告", ANNUAL_REPORT),
            ("甲市2020年依法行政工作要点", WORK_PLAN),
            ("甲市2020年政府信息公开工作年度報告", INFO_ANNUAL_REPORT),
            ("甲局主要负责人2020年度述法报告", "duty-report"),
        ] {
            assert_eq!(of_title(Some(title)), kind);
        }
    }
}
