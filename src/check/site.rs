//! What a government website must say of itself on every page.

use crate::archive::Archive;
use crate::diag::{Diagnostic, Words};

/// A warning about every page label and registration that a government site lacks
/// (国办发〔2017〕47号). Other sites need none.
pub(super) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let config = &archive.config;
    if !config.base.host().ends_with(".gov.cn") {
        return Vec::new();
    }
    let government = &config.government_site;
    let wanted = [
        ("site_name", government.site_name.is_some()),
        ("site_domain", government.site_domain.is_some()),
        ("site_id_code", government.site_id_code.is_some()),
        ("icp_record", government.icp_record.is_some()),
        ("police_record", government.police_record.is_some()),
        ("report_errors_url", government.report_errors_url.is_some()),
    ];
    let missing = wanted.iter().filter(|(_, there)| !there).map(|(key, _)| key);
    missing
        .map(|key| {
            let words = Words::new(
                format!("政府网站应有 `government_site.{key}`"),
                format!("a government site should have `government_site.{key}`"),
            );
            Diagnostic::warning("site/label", "site.yaml", words).help(
                "在 site.yaml 的 `government_site` 里写上",
                "write it below `government_site` in site.yaml",
            )
        })
        .collect()
}
