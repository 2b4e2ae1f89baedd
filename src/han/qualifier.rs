//! Words that make a bound or a rough number of a figure: 近10万, 442万余, 不少于4次.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::fold::{fold_char, fold_str};
use super::is_letter;

/// How many characters beside a figure are read.
const REACH: usize = 8;

/// In which way a figure is not exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    /// 约, 大约, 左右: somewhere near.
    About,
    /// 余, 多, 至少, 以上: this or more.
    AtLeast,
    /// 超过, 突破, 逾: more than this.
    MoreThan,
    /// 近, 不超过, 以内: this or less.
    AtMost,
    /// 不足, 不到: less than this.
    LessThan,
}

/// Words before a figure. Longer ones come first, since 不超过 ends with 超过.
const BEFORE: [(&str, Option<Qualifier>); 34] = [
    ("不超过", Some(Qualifier::AtMost)),
    ("不高于", Some(Qualifier::AtMost)),
    ("不多于", Some(Qualifier::AtMost)),
    ("不大于", Some(Qualifier::AtMost)),
    ("不少于", Some(Qualifier::AtLeast)),
    ("不低于", Some(Qualifier::AtLeast)),
    ("不小于", Some(Qualifier::AtLeast)),
    ("至少", Some(Qualifier::AtLeast)),
    ("最少", Some(Qualifier::AtLeast)),
    ("至多", Some(Qualifier::AtMost)),
    ("最多", Some(Qualifier::AtMost)),
    ("超过", Some(Qualifier::MoreThan)),
    ("突破", Some(Qualifier::MoreThan)),
    ("超出", Some(Qualifier::MoreThan)),
    ("多于", Some(Qualifier::MoreThan)),
    ("大于", Some(Qualifier::MoreThan)),
    ("高于", Some(Qualifier::MoreThan)),
    ("少于", Some(Qualifier::LessThan)),
    ("低于", Some(Qualifier::LessThan)),
    ("小于", Some(Qualifier::LessThan)),
    ("不足", Some(Qualifier::LessThan)),
    ("不到", Some(Qualifier::LessThan)),
    ("未满", Some(Qualifier::LessThan)),
    ("大约", Some(Qualifier::About)),
    ("大概", Some(Qualifier::About)),
    ("最近", None),
    ("附近", None),
    ("邻近", None),
    ("将近", Some(Qualifier::AtMost)),
    ("接近", Some(Qualifier::AtMost)),
    ("近", Some(Qualifier::AtMost)),
    ("约", Some(Qualifier::About)),
    ("超", Some(Qualifier::MoreThan)),
    ("逾", Some(Qualifier::MoreThan)),
];

/// Words that stand right behind a figure or behind its unit.
const BEHIND: [(&str, Qualifier); 7] = [
    ("左右", Qualifier::About),
    ("上下", Qualifier::About),
    ("以上", Qualifier::AtLeast),
    ("以下", Qualifier::AtMost),
    ("以内", Qualifier::AtMost),
    ("之内", Qualifier::AtMost),
    ("之多", Qualifier::AtLeast),
];

impl Qualifier {
    /// Where the exact figure lies: below (`Less`), about there (`Equal`) or above.
    pub(crate) fn side(self) -> Ordering {
        match self {
            Self::LessThan | Self::AtMost => Ordering::Less,
            Self::About => Ordering::Equal,
            Self::AtLeast | Self::MoreThan => Ordering::Greater,
        }
    }

    /// The word that front matter has for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::MoreThan => "more-than",
            Self::AtMost => "at-most",
            Self::LessThan => "less-than",
        }
    }
}

/// What the words around a figure say about it, from the text that ends where the figure
/// begins and the text that begins where it ends. 累计 qualifies nothing.
pub(crate) fn qualifier(before: &str, after: &str) -> Option<Qualifier> {
    if !may_qualify(before, after) {
        return None;
    }
    let from = before.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(REACH).map_or(after.len(), |(at, _)| at);
    let (before, after) = (fold_str(&before[from..]), fold_str(&after[..to]));
    said_before(&before, &after).or_else(|| said_behind(&after))
}

/// Whether a character is the last one of words before a figure, or of those between them and it.
fn is_last(c: char) -> bool {
    is_end(c) || matches!(c, '有' | '为' | '达' | '了' | '共')
}

/// The last characters of [`BEFORE`].
pub(crate) const ENDS: &str = "过于少多破出足到满约概近超逾";

/// Whether a character is one of these.
fn is_end(c: char) -> bool {
    matches!(
        c,
        '过' | '于' | '少' | '多' | '破' | '出' | '足' | '到' | '满' | '约' | '概' | '近' | '超' | '逾'
    )
}

/// Whether it is the first one of words behind it.
fn is_first(c: char) -> bool {
    matches!(c, '余' | '多' | '左' | '上' | '以' | '之')
}

/// Whether the characters beside a figure can belong to such words. Most figures are exact, and
/// that is told without reading on.
fn may_qualify(before: &str, after: &str) -> bool {
    before.trim_end().chars().next_back().is_some_and(|c| fold_char(c).any(is_last))
        || after.chars().take(REACH).any(|c| fold_char(c).any(is_first))
}

fn said_before(before: &str, after: &str) -> Option<Qualifier> {
    let mut before = before.trim_end();
    loop {
        if let Some((word, qualifier)) = BEFORE.iter().find(|(word, _)| before.ends_with(word)) {
            // 近3年 is the last three years, and not three at the most.
            let period = *word == "近"
                && after.trim_start().starts_with(['年', '个', '日', '天', '月'])
                && !after.starts_with("个百");
            return qualifier.filter(|_| !period || is_count(after));
        }
        // 约有10名, 超过了10件.
        before = before.strip_suffix(['有', '为', '达', '到', '了', '共'])?;
    }
}

/// 近3个月 is a period, 近300个单位 counts.
fn is_count(after: &str) -> bool {
    let rest = after.trim_start().strip_prefix('个');
    rest.is_some_and(|rest| !rest.starts_with(['月', '季', '年']) && !rest.starts_with("工作日"))
}

/// Where the words before a figure end, without those that qualify it: `组织近` is `组织`.
pub(crate) fn before(text: &str) -> usize {
    // Most texts end with the last character of none of these.
    let may_be = text.chars().next_back().is_some_and(is_end);
    let word = BEFORE.iter().filter(|_| may_be).find(|(word, _)| text.ends_with(word));
    text.len() - word.map_or(0, |(word, _)| word.len())
}

fn said_behind(after: &str) -> Option<Qualifier> {
    let after = after.trim_start();
    if after.starts_with(['余', '多']) {
        return Some(Qualifier::AtLeast);
    }
    let beside = after.split(|c: char| !is_letter(c) && c != '%').next().unwrap_or_default();
    let first = BEHIND.iter().filter_map(|(word, qualifier)| Some((beside.find(word)?, *qualifier)));
    first.min_by_key(|(at, _)| *at).map(|(_, qualifier)| qualifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_figure_qualify_it() {
        for (before, after, expected) in [
            ("近", "名公职人员", Some("at-most")),
            ("约", "名公职人员", Some("about")),
            ("大约有", "名", Some("about")),
            ("約", "名", Some("about")),
            ("", "左右", Some("about")),
            ("", "人上下。", Some("about")),
            ("", "余件", Some("at-least")),
            ("", "餘件", Some("at-least")),
            ("", " 多名", Some("at-least")),
            ("超", "件", Some("more-than")),
            ("超過", "件", Some("more-than")),
            ("突破了", "件", Some("more-than")),
            ("每年不少于", "次", Some("at-least")),
            ("不低于", "", Some("at-least")),
            ("至少", "次", Some("at-least")),
            ("", "件以上", Some("at-least")),
            ("不超过", "日", Some("at-most")),
            ("不高于", "", Some("at-most")),
            ("", "日以内", Some("at-most")),
            ("", "%以下", Some("at-most")),
            ("不足", "件", Some("less-than")),
            ("不到", "件", Some("less-than")),
            ("近", "个单位", Some("at-most")),
            ("近", "个百分点", Some("at-most")),
            ("累计", "件", None),
            ("办结", "件", None),
            ("近", "年来", None),
            ("近", "个月", None),
            ("最近", "次", None),
            ("", "件，以上各项", None),
            ("", "", None),
        ] {
            assert_eq!(qualifier(before, after).map(Qualifier::as_str), expected, "{before}…{after}");
        }
    }

    #[test]
    fn longer_words_come_first() {
        for (n, (word, _)) in BEFORE.iter().enumerate() {
            assert!(
                BEFORE[..n].iter().all(|(earlier, _)| !word.ends_with(earlier)),
                "{word} is never reached"
            );
        }
    }

    #[test]
    fn every_word_is_noticed_by_its_end() {
        for (word, _) in BEFORE {
            assert!(may_qualify(word, ""), "{word}");
            assert!(may_qualify(&format!("{word} "), ""), "{word}");
        }
        for (word, _) in BEHIND {
            assert!(may_qualify("", word) && may_qualify("", &format!("名{word}")), "{word}");
        }
        assert!(!may_qualify("办结", "件案件。"));
        assert!(BEFORE.iter().all(|(word, _)| word.ends_with(is_end)) && ENDS.chars().all(is_end));
        assert_eq!(ENDS.chars().count(), ('\0'..=char::MAX).filter(|c| is_end(*c)).count());
    }

    #[test]
    fn only_what_is_near_is_read() {
        let far = "约".to_owned() + &"甲".repeat(1_000_000);
        assert_eq!(qualifier(&far, &far.chars().rev().collect::<String>()), None);
    }
}
