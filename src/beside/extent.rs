//! How much of the original a text is, and in whose words.

use serde::{Deserialize, Serialize};

/// How much of the original document a text is. Only a whole text can tell by what it does not
/// say that something was not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

impl Extent {
    /// All of them, the whole text first.
    pub const ALL: [Self; 4] = [Self::Full, Self::Opening, Self::Excerpt, Self::Digest];

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
