//! How much of the original a text is, and in whose words.
use serde::{Deserialize, Serialize};

use crate::yaml::Fields;
use crate::yaml::names::{self, Choice};

/// How much of the original document a text is. Only a whole text can tell by what it does not
/// say that something was not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Extent {
    /// All of it, word for word.
    #[default]
    Full,
    /// Its beginning, word for word.
    Opening,
    /// Passages of it, word for word.
    Excerpt,
    /// What it says, in the words of whoever publishes this site.
    Digest,
}

/// Every extent with its name in front matter.
const EXTENTS: [Choice<Extent>; 4] = [
    Choice::new("full", Extent::Full, &["全文", "完整", "全部"]),
    Choice::new("opening", Extent::Opening, &["开头", "开头部分", "开篇"]),
    Choice::new("excerpt", Extent::Excerpt, &["摘录", "节选", "节录", "选段"]),
    Choice::new("digest", Extent::Digest, &["摘编", "摘要", "改写", "编写"]),
];

impl Extent {
    /// All of them, the whole text first.
    pub const ALL: [Self; 4] = [Self::Full, Self::Opening, Self::Excerpt, Self::Digest];

    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&EXTENTS, &self)
    }

    /// Whether what the text does not say is not in the original either.
    #[must_use]
    pub fn is_full(self) -> bool {
        self == Self::Full
    }

    /// Whether the words are the issuer's own.
    #[must_use]
    pub fn is_verbatim(self) -> bool {
        self != Self::Digest
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
