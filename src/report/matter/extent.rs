//! How much of the original a text is, and in whose words.

use crate::beside::Extent;
use crate::yaml::Fields;
use crate::yaml::names::{self, NamedValue};

/// Every extent with its name in front matter.
pub(super) const EXTENTS: [NamedValue<Extent>; 4] = [
    NamedValue::new("full", Extent::Full, &["全文", "完整", "全部"]),
    NamedValue::new("opening", Extent::Opening, &["开头", "开头部分", "开篇"]),
    NamedValue::new("excerpt", Extent::Excerpt, &["摘录", "节选", "节录", "选段"]),
    NamedValue::new("digest", Extent::Digest, &["摘编", "摘要", "改写", "编写"]),
];

impl Extent {
    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&EXTENTS, &self)
    }
}

/// The extent that front matter names; a whole text where it names none.
pub(super) fn read(fields: &mut Fields<'_>) -> Extent {
    fields.choice("extent", &EXTENTS).map(|found| found.value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_name() {
        names::assert_in_manual(&EXTENTS);
    }
}
