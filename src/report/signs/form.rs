//! Signs of slips in wording: brackets without their other half, half-width punctuation between Chinese
//! characters, traditional characters among simplified ones, phrases set twice, names that must not be misspelt.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::sign::{Sign, SignPlaces};
use crate::han::is_han;
use crate::report::body::ReadBody;
use crate::report::evidence::Passage;
use crate::report::wordlist::WordList;
use crate::source::Source;

/// What the reader of a document's form is told of its site and its script.
#[derive(Clone, Copy, Default)]
pub(in crate::report) struct SignSetting<'a> {
    /// Names that must not be misspelt, of the site's own.
    pub(in crate::report) names: &'a [String],
    /// Whether the text is in traditional characters.
    pub(in crate::report) is_traditional: bool,
}

/// All of them in the paragraphs of a text, in which markup is gone.
pub(super) fn read(source: &Source, read: &ReadBody, manner: SignSetting<'_>, found: &mut SignPlaces) {
    let is_traditional = manner.is_traditional || is_mostly_traditional(read);
    let mut letters = Vec::new();
    for (passage, map) in read.passages.iter().zip(&read.maps) {
        let Passage::Prose { text } = passage else { continue };
        letters.clear();
        letters.extend(text.char_indices());
        let mut add = |sign, place: Range<usize>| {
            found.add_some(sign, map.span(None, &place).map(|span| span.range()));
        };
        unpaired(text, &letters).into_iter().for_each(|place| add(Sign::Unpaired, place));
        half_width(&letters).into_iter().for_each(|place| add(Sign::HalfWidth, place));
        repeated(&letters).into_iter().for_each(|place| add(Sign::Repeated, place));
        slips(text, manner.names).into_iter().for_each(|place| add(Sign::Slip, place));
        if !is_traditional {
            let places = letters.iter().filter(|(_, c)| is_traditional_form(*c));
            places.for_each(|(at, c)| add(Sign::Mixed, *at..at + c.len_utf8()));
        }
    }
    // What was lost may have been the other half.
    let is_damaged = [Sign::Damaged, Sign::Unresolved].iter().any(|sign| found.places.contains_key(sign));
    if is_damaged {
        found.places.remove(&Sign::Unpaired);
    }
    let bare = memmem::find_iter(source.text().as_bytes(), "![](").map(|at| at..at + "![](".len());
    bare.for_each(|place| found.add(Sign::Untold, place));
}

/// A character and where it stands.
type Letter = (usize, char);

/// Whether a text is in traditional characters as a whole, whatever its author says of it: of ten characters one at
/// least has no such form in a simplified text.
fn is_mostly_traditional(read: &ReadBody) -> bool {
    let prose = || {
        read.passages.iter().filter_map(|passage| match passage {
            Passage::Prose { text } => Some(text),
            Passage::Table { .. } => None,
        })
    };
    let traditional = prose().flat_map(|text| text.chars()).filter(|c| is_traditional_form(*c)).count();
    // Most texts have none, and need not be counted.
    traditional > 0 && traditional * 10 > prose().flat_map(|text| text.chars()).filter(|c| is_han(*c)).count()
}

/// Halves of pairs, the second of which closes the first. Round ones may be of either width.
const PAIRS: [(char, char); 7] =
    [('（', '）'), ('(', ')'), ('《', '》'), ('“', '”'), ('【', '】'), ('〔', '〕'), ('「', '」')];

/// The first mark of a paragraph that lacks its other half. A quotation that goes on in the next paragraph is not
/// closed in this one, and the bracket of an ordinal, `1）`, never opened.
fn unpaired(text: &str, letters: &[Letter]) -> Option<Range<usize>> {
    let kind = |c: char| PAIRS.iter().position(|(open, close)| c == *open || c == *close).map(|at| at.max(1));
    let mut open: Vec<Letter> = Vec::new();
    for (at, c) in letters.iter().copied().filter(|(_, c)| may_be_half(*c)) {
        let Some(own) = kind(c) else { continue };
        let place = at..at + c.len_utf8();
        if PAIRS.iter().any(|(first, _)| *first == c) {
            // Nobody quotes within a quotation with the same marks: this one was to close it.
            if c == '“' && open.iter().any(|(_, other)| *other == c) {
                return Some(place);
            }
            open.push((at, c));
            continue;
        }
        match open.last() {
            Some((_, other)) if kind(*other) == Some(own) => drop(open.pop()),
            None if own == 1 && is_ordinal(&text[..at]) => {}
            // A quotation that an earlier paragraph began.
            None if c == '”' => {}
            _ => return Some(place),
        }
    }
    let (at, c) = open.into_iter().find(|(_, c)| *c != '“')?;
    Some(at..at + c.len_utf8())
}

/// Whether a character may be a half of [`PAIRS`], as few are.
fn may_be_half(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | '“' | '”' | '\u{3008}'..='\u{301b}')
}

/// Whether what stands before a closing bracket is an ordinal, which needs none that opens.
fn is_ordinal(before: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_alphabetic() || c.is_numeric() || HAN_DIGITS.contains(c);
    let number = before.trim_end_matches(is_digit);
    let digits = before.len() - number.len();
    digits > 0 && digits <= 12 && number.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

/// Digits of ordinals in Chinese.
const HAN_DIGITS: &str = "〇一二三四五六七八九十百壹贰貳叁參肆伍陆陸柒捌玖拾";

/// Commas and the like of half width between Chinese characters.
fn half_width(letters: &[Letter]) -> Vec<Range<usize>> {
    let is_mark = |(_, c): &Letter| matches!(c, ',' | ';' | ':' | '?' | '!');
    let between = letters.windows(3).filter(|three| is_mark(&three[1]));
    let between = between.filter(|three| is_han(three[0].1) && is_han(three[2].1));
    between.map(|three| three[1].0..three[2].0).collect()
}

/// Phrases of four characters and more that are set twice. Shorter ones may be meant: 一批一批, 大力大力.
fn repeated(letters: &[Letter]) -> Vec<Range<usize>> {
    // Both of them are Chinese characters alone. Most stretches of these are too short.
    let stretches = letters.split(|(_, c)| !is_han(*c));
    stretches.filter(|stretch| stretch.len() >= 2 * SHORTEST_PHRASE).flat_map(repeated_in).collect()
}

/// In characters.
const SHORTEST_PHRASE: usize = 4;
const LONGEST_PHRASE: usize = 12;

/// The same in Chinese characters alone.
fn repeated_in(letters: &[Letter]) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at + 2 * SHORTEST_PHRASE <= letters.len() {
        let is_twice = |length: &usize| {
            let (first, second) = (&letters[at..at + length], &letters[at + length..at + 2 * length]);
            let is_same = first.iter().zip(second).all(|((_, a), (_, b))| a == b);
            is_same && first.iter().any(|(_, c)| *c != first[0].1)
        };
        let longest = ((letters.len() - at) / 2).min(LONGEST_PHRASE);
        match (SHORTEST_PHRASE..=longest).find(is_twice) {
            Some(length) => {
                let (last, c) = letters[at + 2 * length - 1];
                found.push(letters[at].0..last + c.len_utf8());
                at += 2 * length;
            }
            None => at += 1,
        }
    }
    found
}

/// Slips for which websites of governments have failed their inspection or been named in reports, and that are
/// no words in any other sense.
const SLIPS: [&str; 12] = [
    "攻府",
    "中共人民共和国",
    "中华人名共和国",
    "中华人民共国",
    "扫黑险恶",
    "扫黑出恶",
    "中国共产觉",
    "人民政俯",
    "人民正府",
    "习进平",
    "刁近平",
    "国务阮",
];

/// Whether words have a known slip, which is told as such.
pub(in crate::report) fn has_slip(words: &str) -> bool {
    KNOWN.is_in(words)
}

static KNOWN: WordList = WordList::new(&SLIPS);

/// Known slips, and words that are one character away from a name of the site's own.
fn slips(text: &str, names: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = KNOWN.places(text).collect();
    for name in names {
        found.extend(near(text, name));
    }
    found
}

/// Places that are a name but for one character, which is not its first: another place or person often begins
/// otherwise.
fn near(text: &str, name: &str) -> Vec<Range<usize>> {
    let name: Vec<char> = name.chars().collect();
    let Some(first) = name.first().filter(|_| name.len() >= 3) else { return Vec::new() };
    let starts = text.match_indices(*first).map(|(at, _)| at);
    starts
        .filter_map(|at| {
            let window: Vec<(usize, char)> = text[at..].char_indices().take(name.len()).collect();
            let (last, c) = *window.last().filter(|_| window.len() == name.len())?;
            let others = window.iter().zip(&name).filter(|((_, a), b)| a != *b).count();
            let is_han = window.iter().all(|(_, c)| is_han(*c));
            (others == 1 && is_han).then_some(at..at + last + c.len_utf8())
        })
        .collect()
}

/// Common characters that have another form in a text in simplified characters, and are none there.
const TRADITIONAL: &str = "國們這個來時會為對說發過學進動種長開關實現點樣應業經無與務書質設產機電計處報選數據辦園區縣門規範\
黨強責領導訴訟議調審執體監專權貫徹習總記認環優項員團織際場義難標準還題證據費稅農鄉鎮華廣東島灣寶層備繼續離類轉變讓圖\
輸賽網級統結給維構檢錄遲適達運連郵陽隊雙買賣貿資賬購車軍輕載較銀錢鐵銷鎖鋼聯聽職聲腦膽藝藥蘇衛術裝複覽觀";

fn is_traditional_form(c: char) -> bool {
    // Asked of every character of every text: a bit for each that there is.
    static FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut bits = vec![0; 0xa000 / 64];
        TRADITIONAL.chars().for_each(|c| bits[c as usize / 64] |= 1 << (c as usize % 64));
        bits
    });
    FORMS.get(c as usize / 64).is_some_and(|bits| bits >> (c as usize % 64) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<Letter> {
        text.char_indices().collect()
    }

    #[test]
    fn halves_are_told_from_others_at_once() {
        assert!(PAIRS.iter().all(|(open, close)| may_be_half(*open) && may_be_half(*close)));
    }

    fn words(text: &str, places: impl IntoIterator<Item = Range<usize>>) -> Vec<&str> {
        places.into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_mark_without_its_other_half_is_found() {
        for (text, mark) in [
            ("依据《行政复议法规定，全年办结", "《"),
            ("（一加强领导", "（"),
            ("开展“八五“普法", "“"),
            ("落实规定》要求", "》"),
            ("全面（推进【改革）", "）"),
        ] {
            assert_eq!(words(text, unpaired(text, &letters(text))), [mark], "{text}");
        }
        for text in [
            "《关于印发〈规定〉的通知》（国办发〔2021〕1号）",
            "1）加强领导；2）推进改革；⑧）办案；壹拾）结案",
            "（一)加强领导",
            "“坚持党的领导。",
            "推进改革。”",
            "《甲《乙》丙》",
        ] {
            assert_eq!(unpaired(text, &letters(text)), None, "{text}");
        }
    }

    #[test]
    fn traditional_characters_are_none_of_simplified_text() {
        for c in TRADITIONAL.chars() {
            assert!(is_han(c) && crate::han::fold::first(c) != c, "{c}");
        }
    }

    #[test]
    fn half_width_marks_are_found_between_chinese_characters_alone() {
        assert_eq!(
            words(
                "加强领导,推进改革:办结3,492件，见 a.b,c",
                half_width(&letters("加强领导,推进改革:办结3,492件，见 a.b,c"))
            ),
            [",", ":"]
        );
    }

    #[test]
    fn phrases_set_twice_are_found_and_words_that_double_are_not() {
        let text = "要持续加强持续加强党的领导";
        assert_eq!(words(text, repeated(&letters(text))), ["持续加强持续加强"]);
        for text in
            ["一批一批地办，一个一个地查，认认真真、清清楚楚", "哈哈哈哈哈哈哈哈", "学法用法、学法用法"]
        {
            assert!(repeated(&letters(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn names_one_character_off_are_found() {
        let names = ["江门市人民政府".to_owned(), "杜家毫".to_owned()];
        let text = "江门市人民攻府和江门市人民政府，江海区人民政府，杜家豪、杜家毫。";
        assert_eq!(words(text, slips(text, &names)), ["攻府", "江门市人民攻府", "杜家豪"]);
        let text = "国家攻府采购、政府";
        assert_eq!(words(text, slips(text, &[])), ["攻府"]);
    }
}
