//! Signs in the letters of a file: pinyin and lost bytes, characters that nobody sees or that have
//! no meaning, marks set twice, years with a wrong zero. Front matter is looked through as well:
//! a title and an issuer stand on every list.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::sign::{Sign, SignPlaces};
use crate::han::{is_han, numeral, pinyin, unseen};
use crate::scan;

/// All of them in `text`. Every text is looked through, so only rare bytes are looked at closely.
pub(super) fn read(text: &str, found: &mut SignPlaces) {
    damage(text, found);
    pinyin::inserted(text).into_iter().for_each(|place| found.add(Sign::Pinyin, place));
    unseen::unseen(text).into_iter().for_each(|place| found.add(Sign::Unseen, place));
    private(text, found);
    doubled(text, found);
    zeros(text, found);
}

/// Lost characters, and marks that an import has put around them.
fn damage(text: &str, found: &mut SignPlaces) {
    let marked = unresolved(text);
    for place in lost(text) {
        found.add(Sign::Damaged, place);
    }
    marked.into_iter().for_each(|place| found.add(Sign::Unresolved, place));
}

/// What stands before and behind damage that a person has to resolve.
pub(crate) const UNRESOLVED: (&str, &str) = ("【待核：", "】");

/// The marks of damage, and what stands in them. The damage itself may hold anything but their end.
pub(crate) fn unresolved(text: &str) -> Vec<Range<usize>> {
    let marked = memmem::find_iter(text.as_bytes(), UNRESOLVED.0).map(|start| {
        let inner = &text[start..text.floor_char_boundary(start + FAR)];
        start
            ..inner
                .find(UNRESOLVED.1)
                .map_or(start + UNRESOLVED.0.len(), |end| start + end + UNRESOLVED.1.len())
    });
    marked.collect()
}

/// No damage is longer, in bytes.
const FAR: usize = 400;

/// Where characters were lost for certain: what stands there cannot be mended without the original. What
/// is marked already is left out.
pub(crate) fn lost(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> =
        memmem::find_iter(text.as_bytes(), "\u{fffd}").map(|at| at..at + 3).collect();
    all.extend(memmem::find_iter(text.as_bytes(), "锟斤拷").map(|at| at..at + 9));
    all.extend(memchr_iter(b'>', text.as_bytes()).filter_map(|at| remains(text, at + 1)));
    all.extend(
        memchr_iter(b'?', text.as_bytes()).filter_map(|at| shifted(text, at).or_else(|| instead(text, at))),
    );
    all.sort_unstable_by_key(|place| (place.start, place.end));
    let marked = unresolved(text);
    let mut lost: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for place in all {
        let is_marked = marked.iter().any(|mark| mark.start <= place.start && place.end <= mark.end);
        match lost.last_mut() {
            _ if is_marked => {}
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => lost.push(place),
        }
    }
    lost
}

/// What a broken tag leaves.
const REMAINS: [&str; 5] = ["/span>", "/p>", "/div>", "/td>", "/font>"];

/// The rest of a broken tag that ends at `end`. A whole tag is an author's own HTML, which is looked after
/// elsewhere.
fn remains(text: &str, end: usize) -> Option<Range<usize>> {
    let before = &text[..end];
    let rest = REMAINS.iter().find(|rest| before.ends_with(*rest))?;
    let start = end - rest.len();
    (!before[..start].ends_with('<')).then_some(start..end)
}

/// Bytes of GBK that lost the first of two and were read from the second on: `?fàn)I造`, `?guī)臁?/span>`. The
/// syllable was put there by a copying site before the bytes were lost, so what stood at the question mark
/// was the character and the bracket before it; what follows is wrong up to the last letter among it.
fn shifted(text: &str, at: usize) -> Option<Range<usize>> {
    let inner = &text[at + 1..];
    let length = inner.find([')', '）']).filter(|length| (1..=12).contains(length))?;
    pinyin::is_syllable(&inner[..length]).then_some(())?;
    let close = inner[length..].chars().next()?.len_utf8();
    let start = at + 1 + length + close;
    let mut end = start;
    for (offset, c) in text[start..].char_indices().take(12) {
        let letter =
            c.is_ascii_uppercase() || ('\u{3100}'..='\u{312f}').contains(&c) || matches!(c, '?' | '/');
        match c {
            _ if letter => end = start + offset + 1,
            c if c.is_ascii_lowercase() || c == '>' => end = start + offset + 1,
            _ if is_han(c) => {}
            _ => break,
        }
    }
    Some(at..text.ceil_char_boundary(end))
}

/// A question mark between two characters that no question ends with: it stands for one that was lost.
fn instead(text: &str, at: usize) -> Option<Range<usize>> {
    const ASKS: [&str; 20] = [
        "吗",
        "嗎",
        "呢",
        "么",
        "麼",
        "如何",
        "怎",
        "为何",
        "為何",
        "哪",
        "谁",
        "誰",
        "几",
        "幾",
        "是否",
        "多少",
        "何",
        "能否",
        "有没有",
        "是不是",
    ];
    let han = |c: Option<char>| c.is_some_and(is_han);
    let before = &text[..at];
    let alone = han(before.chars().next_back()) && han(text[at + 1..].chars().next());
    let far = &before[before.ceil_char_boundary(at.saturating_sub(180))..];
    let clause = far.rsplit(['。', '？', '！', '?', '!', '\n']).next().unwrap_or_default();
    (alone && !ASKS.iter().any(|word| clause.contains(word))).then_some(at..at + 1)
}

/// Characters of the private use areas, which every font draws as it likes, or not at all.
fn private(text: &str, found: &mut SignPlaces) {
    // Punctuation of full width begins as some of them do, and goes on in another way.
    let may_be = |[one, two, _]: [u8; 3]| {
        (one == 0xee) | (one == 0xf3) | (one == 0xf4) | ((one == 0xef) & (two <= 0xa3))
    };
    for at in scan::places(text.as_bytes(), may_be) {
        let Some(c) = text[at..].chars().next() else {
            continue;
        };
        if matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}') {
            found.add(Sign::Private, at..at + c.len_utf8());
        }
    }
}

/// Marks of punctuation of which one was meant: ，， or 。，.
fn doubled(text: &str, found: &mut SignPlaces) {
    let mut run: Option<Range<usize>> = None;
    for at in scan::places(text.as_bytes(), is_pause) {
        match &mut run {
            Some(run) if run.end == at => run.end = at + 3,
            _ => found.add_some(Sign::Doubled, run.replace(at..at + 3).filter(|run| run.len() > 3)),
        }
    }
    found.add_some(Sign::Doubled, run.filter(|run| run.len() > 3));
}

/// Whether these bytes are one of 、。，：；.
fn is_pause([one, two, three]: [u8; 3]) -> bool {
    let is_mark = (one == 0xe3) & (two == 0x80) & ((three == 0x81) | (three == 0x82));
    let is_wide = (one == 0xef) & (two == 0xbc) & ((three == 0x8c) | (three == 0x9a) | (three == 0x9b));
    is_mark | is_wide
}

/// Years that are spelled with another zero than 〇: 二○二○年, 二零二零年, 2O20年.
fn zeros(text: &str, found: &mut SignPlaces) {
    for at in memmem::find_iter(text.as_bytes(), "年") {
        if let Some(start) = misspelled_year(&text[..at]) {
            found.add(Sign::Zero, start..at);
        }
    }
}

/// Where the four digits begin that `before` ends with, if one of them is a wrong zero.
fn misspelled_year(before: &str) -> Option<usize> {
    let (start, _) = before.char_indices().rev().nth(3)?;
    let year = &before[start..];
    let round = |c: char| matches!(c, '○' | '◯' | 'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о');
    let han_zero = |c: char| c == '零' || c.is_ascii_digit() || round(c);
    let spelled = |digit: &dyn Fn(char) -> bool, zero: &dyn Fn(char) -> bool| {
        year.chars().all(|c| digit(c) || zero(c)) && year.chars().any(zero)
    };
    let in_han = year.starts_with(['一', '二'])
        && spelled(&|c| numeral::digit(c).is_some_and(|digit| digit > 0) || c == '〇', &han_zero);
    let in_digits =
        year.starts_with(['1', '2']) && spelled(&|c| c.is_ascii_digit(), &|c| round(c) || c == '〇');
    let whole = !before[..start].ends_with(|c: char| c.is_ascii_digit() || numeral::is_numeral(c));
    ((in_han || in_digits) && whole).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found of a sign.
    fn found(text: &str, sign: Sign) -> Vec<&str> {
        let mut found = SignPlaces::default();
        read(text, &mut found);
        let mut places = found.places.remove(&sign).unwrap_or_default();
        places.sort_unstable();
        places.iter().map(|place| &text[place.range()]).collect()
    }

    #[test]
    fn pinyin_behind_a_character_is_seen_and_words_are_not() {
        assert_eq!(found("推(tuī)进建設（shè）的(GDP)与(app)，(三)", Sign::Pinyin), ["(tuī)", "（shè）"]);
        assert!(found("(一)手机(app) (tuī)", Sign::Pinyin).is_empty());
    }

    #[test]
    fn lost_bytes_and_broken_tags_are_seen_and_whole_tags_are_not() {
        assert_eq!(found("專家?guī)臁?/span>某\u{fffd}局", Sign::Damaged), ["?guī)臁?/span>", "\u{fffd}"]);
        assert_eq!(found("法律顧?wèn)I造，朱?基说，如何办理?请看", Sign::Damaged), ["?wèn)I", "?"]);
        let marked = "專家【待核：?guī)臁?/span>】某";
        assert!(found(marked, Sign::Damaged).is_empty());
        assert_eq!(found(marked, Sign::Unresolved), ["【待核：?guī)臁?/span>】"]);
        assert!(found("<span>x</span> a > b", Sign::Damaged).is_empty());
    }

    #[test]
    fn marks_set_twice_and_letters_without_meaning_are_seen() {
        assert_eq!(found("甲，，乙。。。丙；，丁、戊。己", Sign::Doubled), ["，，", "。。。", "；，"]);
        assert!(found("甲……乙——丙。”，丁！", Sign::Doubled).is_empty());
        assert_eq!(found("办\u{e5e5}件\u{f0001}", Sign::Private).len(), 2);
    }

    #[test]
    fn years_have_one_zero() {
        for text in ["二○一九年", "二零二零年", "二O二一年", "2O20年", "20〇8年", "二0一九年"]
        {
            assert_eq!(found(text, Sign::Zero), [text.trim_end_matches('年')], "{text}");
        }
        for text in ["二〇一九年", "2019年", "一百零三年", "零年", "二十年", "第二零一零二年"]
        {
            assert!(found(text, Sign::Zero).is_empty(), "{text}");
        }
    }
}
