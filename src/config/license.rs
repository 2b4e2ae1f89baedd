//! Under which licence a site's documents and figures may be used, as its office says.

use serde::Serialize;

use super::base;
use crate::diag::Words;
use crate::yaml::Fields;

/// A licence that others can look up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct License {
    /// Its name in the list of SPDX, such as `CC-BY-4.0`, where it has one.
    pub id: Option<String>,
    /// Where it stands.
    pub url: String,
}

impl License {
    /// What it is called: its name, or else its address.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.url)
    }
}

/// Reads `license`: a name of the list of SPDX, or an address.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<License> {
    let text = fields.text("license")?;
    let said = text.value.as_str();
    let is_id = !said.is_empty()
        && said.starts_with(|c: char| c.is_ascii_alphanumeric())
        && said.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+'));
    if is_id {
        return Some(License {
            id: Some(said.to_owned()),
            url: format!("https://spdx.org/licenses/{said}.html"),
        });
    }
    if base::absolute_address(said).is_ok() {
        return Some(License { id: None, url: said.to_owned() });
    }
    let words = Words::new(
        "`license` 应是 SPDX 列表里的名称，或者网址",
        "`license` must be a name of the list of SPDX, or an address",
    );
    fields.error("matter/value", text.span, words).help = Some(Words::new(
        "例如 `license: CC-BY-4.0`，名称见 https://spdx.org/licenses/",
        "such as `license: CC-BY-4.0`; for names see https://spdx.org/licenses/",
    ));
    None
}
