//! The two languages that the program speaks, in its messages as on the pages of a site.

use serde::{Deserialize, Serialize};

/// A language of messages and of a site's interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Language {
    /// Chinese, simplified.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The first part of the addresses of what stands in this language beside a site's own.
    #[must_use]
    pub fn folder(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// What is said in this language, of two.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }
}
