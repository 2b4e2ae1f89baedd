//! Folding of script and width: texts that a reader takes for the same become the same bytes.
//!
//! Traditional characters become simplified ones, characters of which one is used for the other
//! (着 and 著, 账 and 帐) become one, full-width forms half-width, capitals small
//! letters, every bracket a round one, every dash a hyphen and every quotation mark a straight
//! one. The other way, from simplified to traditional, would be a guess and is never taken.

mod simplified;

use std::ops::Range;

use simplified::{pairs, simplified, table_of_pairs};
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A folded text that remembers where everything in it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    /// The text after folding.
    pub(crate) text: String,
    /// Where folding changed a length, in order. Between two seams the original and the folded
    /// text run side by side, byte for byte.
    seams: Vec<Seam>,
}

/// A piece that took another number of bytes, or of characters, when it was folded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seam {
    folded: Range<usize>,
    original: Range<usize>,
}

impl Folded {
    /// The bytes of the original that folded to `range`. A range that cuts through a piece
    /// which folded as one (the `一` of `㈠`) is widened to the whole piece.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_start(range.start);
        start..self.original_end(range.end).max(start)
    }

    fn original_start(&self, at: usize) -> usize {
        let next = self.seams.partition_point(|seam| seam.folded.end <= at);
        match self.seams.get(next) {
            Some(seam) if seam.folded.start <= at => seam.original.start,
            _ => self.beyond(next, at),
        }
    }

    fn original_end(&self, at: usize) -> usize {
        let next = self.seams.partition_point(|seam| seam.folded.start < at);
        match next.checked_sub(1).map(|last| &self.seams[last]) {
            Some(seam) if at <= seam.folded.end => seam.original.end,
            _ => self.beyond(next, at),
        }
    }

    /// The original of a place in the plain stretch before the seam numbered `next`.
    fn beyond(&self, next: usize, at: usize) -> usize {
        match next.checked_sub(1).map(|last| &self.seams[last]) {
            Some(seam) => seam.original.end + (at - seam.folded.end),
            None => at,
        }
    }
}

/// Folds a text and keeps the way back. White space is left out, line ends too: for comparing
/// words that may be set with gaps.
pub(crate) fn squeeze(text: &str) -> Folded {
    FoldingText::of(text, |c| !is_blank(c)).with_way_back()
}

/// Folds a text for a caller that needs no way back. Spaces of every width become plain ones.
pub(crate) fn fold_str(text: &str) -> String {
    FoldingText::of(text, |_| true).text()
}

/// The same as [`squeeze`] for a caller that needs no way back.
pub(crate) fn squeeze_str(text: &str) -> String {
    FoldingText::of(text, |c| !is_blank(c)).text()
}

/// Pairs of a character and the one that it folds to, one behind the other: for those who fold
/// where this module cannot be.
pub(crate) fn table() -> impl Iterator<Item = char> {
    pairs().flat_map(|(c, _)| [c, simplified(c)])
}

/// The characters that `c` folds to when it stands alone; most fold to one.
pub(crate) fn fold_char(c: char) -> FoldedChar {
    let one = simple(c);
    let more: Vec<char> = match one {
        Some(_) => Vec::new(),
        None => fully(std::iter::once(c)).collect(),
    };
    FoldedChar { one, more: more.into_iter() }
}

/// The first of the characters that `c` folds to.
#[inline]
pub(crate) fn first(c: char) -> char {
    simple(c).or_else(|| fully(std::iter::once(c)).next()).unwrap_or(c)
}

/// What one character folds to, in order.
#[derive(Clone, Debug)]
pub(crate) struct FoldedChar {
    one: Option<char>,
    more: std::vec::IntoIter<char>,
}

impl Iterator for FoldedChar {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        self.one.take().or_else(|| self.more.next())
    }
}

/// How many bytes at the start of `text` fold to `folded`, or `None` where it begins otherwise.
pub(crate) fn prefix(text: &str, folded: &str) -> Option<usize> {
    let mut wanted = folded.chars();
    for (at, c) in text.char_indices() {
        if wanted.as_str().is_empty() {
            return Some(at);
        }
        if !fold_char(c).all(|c| wanted.next() == Some(c)) {
            return None;
        }
    }
    wanted.as_str().is_empty().then_some(text.len())
}

/// A text on its way to being folded. What stays as it is gets copied in whole stretches.
struct FoldingText<'a> {
    source: &'a str,
    copied: usize,
    keep: fn(char) -> bool,
    text: String,
    /// The way back, where somebody wants it.
    seams: Option<Vec<Seam>>,
}

impl<'a> FoldingText<'a> {
    fn of(source: &'a str, keep: fn(char) -> bool) -> Self {
        Self { source, copied: 0, keep, text: String::with_capacity(source.len()), seams: None }
    }

    fn with_way_back(mut self) -> Folded {
        self.seams = Some(Vec::new());
        self.fold();
        Folded { text: self.text, seams: self.seams.unwrap_or_default() }
    }

    fn text(mut self) -> String {
        self.fold();
        self.text
    }

    fn fold(&mut self) {
        let table = table_of_pairs();
        let mut at = 0;
        loop {
            let stretch = at;
            at = table.steady_end(self.source, stretch);
            let Some(c) = self.source[at..].chars().next() else {
                break;
            };
            at = match at > stretch && is_joined(self.source, at) {
                // What is set on a character that stays folds together with it.
                true => self.piece(self.source[..at].char_indices().next_back().map_or(at, |(at, _)| at), at),
                false => self.character(c, at),
            };
        }
        self.copy_until(self.source.len());
    }

    /// Folds the character at `at`, with those that are set on it; where they end.
    fn character(&mut self, c: char, at: usize) -> usize {
        let next = at + c.len_utf8();
        match simple(c).filter(|_| !is_joined(self.source, next)) {
            Some(folded) if folded == c && (self.keep)(c) => next,
            Some(folded) => {
                self.replace(at..next, Some(folded).filter(|c| (self.keep)(*c)));
                next
            }
            None => self.piece(at, next),
        }
    }

    /// Folds the piece that begins at `start` and whose first character ends at `next`, or whose
    /// second one begins there; where it ends.
    fn piece(&mut self, start: usize, next: usize) -> usize {
        let end = piece_end(self.source, next);
        self.replace_piece(start..end);
        end
    }

    fn copy_until(&mut self, end: usize) {
        self.text.push_str(&self.source[self.copied..end]);
        self.copied = end;
    }

    /// Puts one character or none where the original had one.
    fn replace(&mut self, original: Range<usize>, c: Option<char>) {
        self.copy_until(original.start);
        self.copied = original.end;
        let start = self.text.len();
        if let Some(c) = c {
            self.text.push(c);
        }
        let folded = start..self.text.len();
        // One for one, and as long: the way back is a plain step, with no seam.
        if folded.len() != original.len() {
            self.seam(folded, original);
        }
    }

    /// Puts what a piece folds to in its place.
    fn replace_piece(&mut self, original: Range<usize>) {
        self.copy_until(original.start);
        self.copied = original.end;
        let start = self.text.len();
        let piece = fully(self.source[original.clone()].chars());
        self.text.extend(piece.filter(|c| (self.keep)(*c)));
        self.seam(start..self.text.len(), original);
    }

    fn seam(&mut self, folded: Range<usize>, original: Range<usize>) {
        if let Some(seams) = &mut self.seams {
            seams.push(Seam { folded, original });
        }
    }
}

/// A character and the marks set on it, by all the rules of compatibility and case. What is not
/// seen is left out first, so that it parts no mark from its character.
fn fully(piece: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let lower = piece.filter(|c| !is_unseen(*c)).nfkc().flat_map(char::to_lowercase);
    // A small letter may join with a mark that its capital could not join with, as in J and a
    // caron, so that the normal form is taken once more.
    lower.nfkc().map(plain)
}

/// The fold of a character for which one step does, or `None` for those that need the rules.
#[inline]
fn simple(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(plain_ascii(c.to_ascii_lowercase())),
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2f7ff}' | '\u{30000}'..='\u{323af}' => {
            Some(simplified(c))
        }
        '\u{3001}'..='\u{3029}' | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{201d}' => Some(plain(c)),
        '\u{ff01}'..='\u{ff5e}' => Some(plain_ascii(half(c).to_ascii_lowercase())),
        '\u{a0}' | '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// The half-width form of a full-width letter, figure or mark.
fn half(c: char) -> char {
    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
}

/// One form for every bracket, dash and quotation mark, and the simplified form of the rest.
fn plain(c: char) -> char {
    match c {
        '【' | '〔' | '〈' | '〖' | '〘' | '〚' => '(',
        '】' | '〕' | '〉' | '〗' | '〙' | '〛' => ')',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '“' | '”' | '„' | '‟' | '「' | '」' | '〝' | '〞' | '〟' => '"',
        '‘' | '’' | '‚' | '‛' | '『' | '』' => '\'',
        '\0'..='\x7f' => plain_ascii(c),
        _ => simplified(c),
    }
}

fn plain_ascii(c: char) -> char {
    match c {
        '[' => '(',
        ']' => ')',
        _ => c,
    }
}

/// Whether the character at `at` is set on the one before it.
fn is_joined(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        // Latin letters, and the Han characters: by far the most of what stands in a report.
        None | Some(..=0xc1 | 0xc3..=0xcb | 0xe4..=0xe9) => false,
        Some(_) => text[at..].chars().next().is_some_and(is_joining),
    }
}

fn is_joining(c: char) -> bool {
    match c {
        _ if is_unseen(c) => true,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3029}' | '\u{ff01}'..='\u{ff9d}' => false,
        _ => {
            let mut first = None;
            decompose_compatible(c, |part| first = first.or(Some(part)));
            first.is_some_and(|first| {
                canonical_combining_class(first) != 0
                    || is_nfkc_quick(std::iter::once(first)) == IsNormalized::Maybe
            })
        }
    }
}

/// Where the piece ends whose first character ends at `at`.
fn piece_end(text: &str, mut at: usize) -> usize {
    while is_joined(text, at) {
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    at
}

fn is_blank(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{2028}'..='\u{2029}')
}

/// Whether a character is not seen by itself: the soft hyphen, joiners and marks of direction,
/// variation selectors, fillers (Unicode's `Default_Ignorable_Code_Point`). What they stand in
/// reads as if they were not there.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::simplified::{PAIRS, VARIANTS};
    use super::*;

    fn fold(text: &str) -> Folded {
        FoldingText::of(text, |_| true).with_way_back()
    }

    #[test]
    fn script_width_case_and_marks_fold() {
        for (text, folded) in [
            ("", ""),
            ("江門市2019年度法治政府建設報告", "江门市2019年度法治政府建设报告"),
            ("赤政发〔2019〕7号", "赤政发(2019)7号"),
            ("赤政发［２０１９］７号", "赤政发(2019)7号"),
            ("[1]【2】（三）〈四〉《五》", "(1)(2)(三)(四)《五》"),
            ("2017—2020，2017–2020，2017－2020", "2017-2020,2017-2020,2017-2020"),
            ("“放管服”与「放管服」，‘一门’", "\"放管服\"与\"放管服\",'一门'"),
            ("ＡBc％；：！？", "abc%;:!?"),
            ("文\u{a0}号\u{3000}名 称\u{2003}。", "文 号 名 称 。"),
            ("㈠①⒈½…ﬁ", "(一)11.1⁄2...fi"),
            ("É e\u{301} J\u{30c} ｶﾞ 각", "é é ǰ ガ 각"),
            ("後 乾 為爲 說説 薴", "后 干 为为 说说 苎"),
            ("𠁞𫍙", "𠀾𫍙"),
            ("行\u{200e}政\u{fe00}复\u{ad}议\u{e0100}7\u{200b}45", "行政复议745"),
            ("\u{feff}e\u{200d}\u{301}", "é"),
        ] {
            assert_eq!(fold_str(text), folded, "{text}");
        }
    }

    #[test]
    fn squeezing_leaves_gaps_out() {
        let folded = squeeze("文       号:\n　赤\u{200b}政\u{feff}发 ");
        assert_eq!(folded.text, "文号:赤政发");
    }

    #[test]
    fn the_way_back_is_exact() {
        let text = "甲（1）…㈠É江門 745　件";
        for folded in [fold(text), squeeze(text)] {
            for (found, original) in [
                ("(1)", "（1）"),
                ("1", "1"),
                ("..", "…"),
                ("一", "㈠"),
                ("江门", "江門"),
                ("45", "45"),
                ("件", "件"),
                (")...(", "）…㈠"),
            ] {
                let at = folded.text.find(found).unwrap();
                let range = folded.original(at..at + found.len());
                assert_eq!(&text[range], original, "{found}");
            }
            assert_eq!(folded.original(0..folded.text.len()), 0..text.len());
        }
        let folded = squeeze(text);
        let at = folded.text.find("745件").unwrap();
        assert_eq!(&text[folded.original(at..at + 3)], "745");
        assert_eq!(&text[folded.original(at + 3..at + 6)], "件");
        assert_eq!(&text[folded.original(at..at + 6)], "745　件");
    }

    #[test]
    fn a_prefix_is_measured_in_the_original() {
        assert_eq!(prefix("個百分點。", "个百分点"), Some(12));
        assert_eq!(prefix("％", "%"), Some(3));
        assert_eq!(prefix("件", ""), Some(0));
        assert_eq!(prefix("件", "件次"), None);
        assert_eq!(prefix("…", ".."), None);
    }

    #[test]
    fn one_character_alone() {
        assert_eq!(fold_char('門').collect::<String>(), "门");
        assert_eq!(fold_char('㈠').collect::<String>(), "(一)");
    }

    #[test]
    fn the_tables_are_whole() {
        let lines = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
        assert!(lines(PAIRS).count() > 3_000 && lines(VARIANTS).count() > 1_000);
        assert!(lines(PAIRS).all(|line| line.chars().count() == 2));
        let mut seen = std::collections::BTreeSet::new();
        for class in lines(VARIANTS) {
            assert!(class.chars().count() > 1, "{class}");
            assert!(class.chars().all(|c| seen.insert(c)), "{class} has what another class has");
        }
        for (c, other) in pairs() {
            assert_eq!(simplified(c), simplified(other), "{c} {other}");
            assert_eq!(simplified(simplified(c)), simplified(c), "{c} leads to another pair");
        }
    }

    #[test]
    fn variants_that_are_used_for_each_other_fold_to_one() {
        for class in [
            "着著",
            "卫衛衞",
            "了瞭",
            "划劃画畫",
            "复複復覆",
            "借藉",
            "家傢",
            "账賬帐帳",
            "只隻祇衹",
            "什甚",
            "台臺檯颱",
            "里裏裡",
            "为為爲",
            "群羣",
            "峰峯",
            "么麼麽",
            "秘祕",
            "才纔",
            "床牀",
            "众眾衆",
            "核覈",
            "具俱",
            "座坐",
            "启啟啓",
            "污汙汚",
        ] {
            let folded: std::collections::BTreeSet<char> = class.chars().map(simplified).collect();
            assert_eq!(folded.len(), 1, "{class}");
        }
        for (text, same) in [
            ("围绕民生着力解决", "圍繞民生著力解決"),
            ("事事有着落", "事事有著落"),
            ("批覆与答覆", "批復与答复"),
            ("了解计划", "瞭解計畫"),
            ("借助家具", "藉助傢俱"),
            ("为什么", "為甚麼"),
            ("财务账簿", "財務帳簿"),
        ] {
            assert_eq!(fold_str(text), fold_str(same), "{text}");
        }
    }

    /// Words that are near each other in writing and not in meaning; and the pairs that have become
    /// one in reports, each looked at: they are one word in two spellings, or nobody confuses them.
    #[test]
    fn words_that_mean_different_things_stay_apart() {
        for (word, other) in [
            ("锻炼", "锻链"),
            ("破坏", "破坯"),
            ("部分", "部份"),
            ("身分", "身份"),
            ("必须", "必需"),
            ("权力", "权利"),
            ("制定", "制订"),
            ("截止", "截至"),
            ("作出", "做出"),
        ] {
            assert_ne!(fold_str(word), fold_str(other), "{word} {other}");
        }
        let reviewed = [
            ("划入", "画入"),
            ("具备", "俱备"),
            ("坐落", "座落"),
            ("对象", "对像"),
            ("划上句号", "画上句号"),
        ];
        for (word, other) in reviewed {
            assert_eq!(fold_str(word), fold_str(other), "{word} {other}");
        }
    }

    #[test]
    fn every_character_folds_once_for_all() {
        // Beyond lie private characters; between, the syllables of Korean and Han characters.
        for c in ('\0'..='\u{33ff}').chain('\u{d700}'..='\u{1ffff}') {
            let once: String = fold_char(c).collect();
            assert_eq!(fold_str(&once), once, "{c:?}");
            assert_eq!(fold_str(c.encode_utf8(&mut [0; 4])), once, "{c:?}");
        }
    }

    /// Texts in which marks, jamo, widths and Han characters meet.
    fn text() -> impl Strategy<Value = String> {
        let mixed = "[\u{300}-\u{345}\u{3131}-\u{3140}\u{1100}-\u{11ff}가-갠ｦ-ﾟＡ-Ｚ㈠-㈩件門（）〔〕—“” 　\na-zJ0-9…\u{feff}]{0,24}";
        prop_oneof![any::<String>(), mixed.prop_map(String::from)]
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in text()) {
            let once = fold_str(&text);
            prop_assert_eq!(fold_str(&once), once);
        }

        #[test]
        fn the_way_back_lies_on_characters(text in text()) {
            for way in [fold, squeeze] {
                let folded = way(&text);
                let places: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).chain([folded.text.len()]).collect();
                for (n, start) in places.iter().enumerate() {
                    for end in &places[n..] {
                        let range = folded.original(*start..*end);
                        prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
                        prop_assert!(way(&text[range]).text.contains(&folded.text[*start..*end]));
                    }
                }
            }
        }
    }
}
