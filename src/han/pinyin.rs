//! Pinyin in brackets, as copying sites put it behind characters: 推(tuī)进. It parts the words
//! that it stands in, so search reads a text without it, on both sides, an import takes it out, and a
//! check tells of it.
//!
//! `themes/gongbao/assets/search-words.js` has the same table and the same rule.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::is_han;
use crate::scan;

/// The syllables of pinyin: an initial, and the finals that it is written with. `v` is ü.
const SYLLABLES: [(&str, &str); 24] = [
    ("", "a ai an ang ao e ei en eng er o ou"),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v ve"),
    ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing o ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
];

/// The brackets that pinyin stands in, those that open and those that close.
const BRACKETS: [&str; 2] = ["([（［【〔〈〖〘〚", ")]）］】〕〉〗〙〛"];

/// The most characters that a syllable is written with, each mark counted.
const LONGEST: usize = 12;

/// `text` without the pinyin that stands in brackets behind a Han character.
pub(crate) fn without(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut copied = 0;
    for BracketedPinyin { at, .. } in readings(text) {
        kept.push_str(&text[copied..at.start]);
        copied = at.end;
    }
    match copied {
        0 => text.into(),
        _ => (kept + &text[copied..]).into(),
    }
}

/// So many readings in a text were put there by a program, even if none has its tone.
const MANY: usize = 5;

/// Where pinyin stands that was put there, and is no word in brackets such as (lan): it has its tone,
/// stands there twice, or the text is full of it.
pub(crate) fn inserted(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<BracketedPinyin> = readings(text).collect();
    if all.len() < MANY {
        all.retain(|reading| reading.is_sure);
    }
    all.into_iter().map(|reading| reading.at).collect()
}

/// The same in a part of a text that is or is not full of pinyin.
pub(crate) fn inserted_in(text: &str, full: bool) -> Vec<Range<usize>> {
    readings(text).filter(|reading| full || reading.is_sure).map(|reading| reading.at).collect()
}

/// Whether there is so much of it that a program put it there.
pub(crate) fn is_full(text: &str) -> bool {
    readings(text).nth(MANY - 1).is_some()
}

/// Pinyin in brackets behind a character.
struct BracketedPinyin {
    at: Range<usize>,
    /// Whether it has a tone or stands there twice.
    is_sure: bool,
}

/// All of it in a text.
fn readings(text: &str) -> impl Iterator<Item = BracketedPinyin> + '_ {
    let opens = |at: &usize| {
        text[*at..].starts_with(|c| BRACKETS[0].contains(c))
            && text[..*at].chars().next_back().is_some_and(is_han)
    };
    scan::places(text.as_bytes(), may_open).filter(opens).filter_map(|at| {
        let first = reading(&text[at..])?;
        let mut end = at + first;
        while let Some(length) = reading(&text[end..]) {
            end += length;
        }
        let is_sure = end > at + first || !text[at..end].chars().all(|c| c.is_ascii() || is_bracket(c));
        Some(BracketedPinyin { at: at..end, is_sure })
    })
}

/// Whether a bracket may open with these bytes: few other characters begin with any of them.
fn may_open([one, two, three]: [u8; 3]) -> bool {
    let is_wide = (one == 0xef) & (two == 0xbc) & ((three == 0x88) | (three == 0xbb));
    let is_mark = (one == 0xe3) & (two == 0x80) & (0x88..=0x9a).contains(&three);
    (one == b'(') | (one == b'[') | is_wide | is_mark
}

fn is_bracket(c: char) -> bool {
    BRACKETS.iter().any(|brackets| brackets.contains(c))
}

/// How many bytes at the start of `text` are pinyin in brackets.
fn reading(text: &str) -> Option<usize> {
    let open = text.chars().next().filter(|c| BRACKETS[0].contains(*c))?;
    let inner = &text[open.len_utf8()..];
    let (length, close) = inner.char_indices().take(LONGEST + 1).find(|(_, c)| BRACKETS[1].contains(*c))?;
    is_syllable(&inner[..length]).then_some(open.len_utf8() + length + close.len_utf8())
}

/// Whether `text` is one syllable in small letters. A single letter without its tone is rather
/// the number of an item, as in `(a)`.
pub(crate) fn is_syllable(text: &str) -> bool {
    static ALL: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let with = |(initial, finals): (&str, &'static str)| {
            let initial = initial.to_owned();
            finals.split(' ').map(move |end| format!("{initial}{end}"))
        };
        SYLLABLES.into_iter().flat_map(with).collect()
    });
    let mut letters = String::new();
    let mut tones = 0;
    for c in text.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{304}' | '\u{30c}' => tones += 1,
            '\u{308}' if letters.ends_with('u') => {
                letters.pop();
                letters.push('v');
            }
            'ɑ' => letters.push('a'),
            'ɡ' => letters.push('g'),
            c => letters.push(c),
        }
    }
    tones <= 1 && (letters.len() > 1 || tones == 1) && ALL.contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_behind_a_character_is_dropped() {
        for (text, bare) in [
            ("推(tuī)进", "推进"),
            ("政(zheng)(zheng)府", "政府"),
            ("建設（shè）〔shè〕【she】［she］", "建設"),
            ("習(xi\u{301})近(jìn)平", "習近平"),
            ("律(lǜ)，略(lüè)，女(nv)，安(ān)", "律，略，女，安"),
            ("阿(ā)行(hánɡ)豈(qǐ)𠀀(hē)", "阿行豈𠀀"),
        ] {
            assert_eq!(without(text), bare, "{text}");
        }
    }

    #[test]
    fn what_is_no_pinyin_stays() {
        for text in [
            "",
            "增加值(GDP)、里程(km)、手机(app)，第一项(a)",
            "(zheng)府与a(zheng)，政 (zheng)",
            "政(Zheng)府(FU)，政(zhengfu)府，政(zheng府，政()",
            "政(GDP)(zheng)，政(zhéng\u{301})，政(u\u{308})",
            "政(aaaaaaaaaaaaaaaaaaaaaaaaaaaaa)",
        ] {
            assert_eq!(without(text), text);
        }
        assert_eq!(without("政(zheng)(GDP)府(三)"), "政(GDP)府(三)");
    }

    #[test]
    fn pinyin_that_was_put_there_has_a_tone_stands_twice_or_is_everywhere() {
        let found = |text: &str| inserted(text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("推(tuī)进局域网(lan)，政(zheng)(zheng)府"), ["(tuī)", "(zheng)(zheng)"]);
        assert_eq!(found("推(tui)进(jin)政(zheng)府(fu)的（de）").len(), 5);
        assert!(found("局域网(lan)和广域网(wan)").is_empty());
    }

    #[test]
    fn brackets_begin_with_the_bytes_that_are_looked_for() {
        let is_found = |c: char| scan::has(c.encode_utf8(&mut [0; 4]).as_bytes(), may_open);
        assert!(BRACKETS[0].chars().all(is_found));
    }

    #[test]
    fn every_syllable_is_there_once() {
        let all: Vec<_> = SYLLABLES.iter().flat_map(|(_, finals)| finals.split(' ')).collect();
        assert_eq!(all.len(), 412);
        assert!(["zhuang", "er", "lve", "nue", "xiong"].into_iter().all(is_syllable));
        assert!(!["", "v", "ng", "bong", "zhv"].into_iter().any(is_syllable));
    }
}
