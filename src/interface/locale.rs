//! Languages of an interface, by their tags.

use std::fmt::{self, Debug, Display};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The longest tag: `mon-Mong-CN` and the like.
const LONGEST: usize = 12;

/// A language that an interface is in: a BCP 47 tag of a language, with a script and a region where
/// it needs them, as `zh-CN`, `ug` or `mn-Mong`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    /// The tag, and zeros behind it.
    tag: [u8; LONGEST],
}

impl Locale {
    /// Chinese, simplified.
    pub const CHINESE: Self = Self::fixed("zh-CN");
    /// English.
    pub const ENGLISH: Self = Self::fixed("en");

    const fn fixed(text: &str) -> Self {
        let (bytes, mut tag, mut at) = (text.as_bytes(), [0; LONGEST], 0);
        while at < bytes.len() {
            tag[at] = bytes[at];
            at += 1;
        }
        Self { tag }
    }

    /// The language with this tag; nothing where it is none of this form, letter by letter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is = |part: &str, lengths: &[usize], first: fn(&u8) -> bool, rest: fn(&u8) -> bool| {
            let bytes = part.as_bytes();
            lengths.contains(&bytes.len()) && first(&bytes[0]) && bytes[1..].iter().all(rest)
        };
        let (small, great) = (u8::is_ascii_lowercase, u8::is_ascii_uppercase);
        let mut parts = text.split('-').peekable();
        let has_language = is(parts.next()?, &[2, 3], small, small);
        parts.next_if(|part| is(part, &[4], great, small));
        parts.next_if(|part| {
            is(part, &[2], great, great) || is(part, &[3], u8::is_ascii_digit, u8::is_ascii_digit)
        });
        (has_language && parts.next().is_none()).then(|| Self::fixed(text))
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        let length = self.tag.iter().position(|byte| *byte == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.tag[..length]).unwrap_or_default()
    }

    /// The language without script and region.
    fn language(&self) -> &str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// Whether it is Chinese, in whichever script.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        self.language() == "zh"
    }

    /// Whether it is English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.language() == "en"
    }

    /// `rtl` where it is written from right to left, and else `ltr`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        const LEFTWARDS: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
        match self.tag().split('-').nth(1).filter(|part| part.len() == 4) {
            Some("Arab" | "Hebr" | "Thaa") => "rtl",
            None if LEFTWARDS.contains(&self.language()) => "rtl",
            _ => "ltr",
        }
    }

    /// The first part of the addresses of what stands in this language beside a site's own.
    #[must_use]
    pub fn folder(&self) -> String {
        match *self {
            Self::CHINESE => "zh".to_owned(),
            _ => self.tag().to_ascii_lowercase(),
        }
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self::CHINESE
    }
}

impl Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::parse(&tag).ok_or_else(|| de::Error::custom("no tag of a language"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_language_and_maybe_a_script_and_a_region() {
        for tag in ["zh-CN", "en", "ug", "mn-Mong", "mn-Mong-CN", "fil", "es-419"] {
            assert_eq!(Locale::parse(tag).map(|locale| locale.to_string()).as_deref(), Some(tag));
        }
        for tag in ["", "e", "EN", "english", "zh_CN", "zh-cn", "zh-CN-Hans", "zh-", "en--", "日本", "../x"]
        {
            assert_eq!(Locale::parse(tag), None, "{tag}");
        }
        assert_eq!(Locale::parse("zh-CN"), Some(Locale::CHINESE));
    }

    #[test]
    fn a_language_has_a_folder_and_a_direction() {
        let of = |tag: &str| {
            let locale = Locale::parse(tag).unwrap();
            (locale.folder(), locale.direction())
        };
        assert_eq!(of("zh-CN"), ("zh".to_owned(), "ltr"));
        assert_eq!(of("mn-Mong"), ("mn-mong".to_owned(), "ltr"));
        assert_eq!(of("ug"), ("ug".to_owned(), "rtl"));
        assert_eq!(of("ug-Latn"), ("ug-latn".to_owned(), "ltr"));
        assert_eq!(of("kk-Arab-CN").1, "rtl");
    }
}
