//! Runs of digits: groups that stand so near to each other that they may be one number, and the
//! numbers that whole groups make. A number never begins or ends within a group, so that a part of
//! a longer number is none.

use std::ops::{Range, RangeInclusive};

use super::seen::{self, DigitGap, SeenCharacter};
use crate::scan::{self, Places};

/// The most characters between two groups of a run.
const WIDEST_GAP: usize = 8;
/// The most tags between them: a table's cell of an office program is a dozen.
const MOST_TAGS: usize = 40;
/// No number is longer, in digits; of a longer group no digit is kept.
const LONGEST: usize = 40;
/// A run of fewer digits has nothing in it: a passport has seven.
const LEAST: usize = 7;
/// A longer run is read in parts that overlap by [`OVERLAP`] groups.
const MOST_GROUPS: usize = 4096;
/// More groups make no number.
const OVERLAP: usize = 24;

/// A digit and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    pub(super) value: u8,
    pub(super) start: usize,
    end: usize,
}

/// Digits without anything between them that a reader sees.
#[derive(Clone, Debug)]
struct DigitGroup {
    /// Which of the run's digits.
    digits: Range<usize>,
    /// How many there are in the text.
    count: usize,
    /// Where the first stands.
    start: usize,
    /// What stands before it.
    gap: Option<DigitGap>,
    /// Where an X right behind it ends.
    x: Option<usize>,
}

/// Groups of digits near each other.
pub(super) struct DigitRun<'t> {
    pub(super) text: &'t str,
    digits: Vec<Digit>,
    groups: Vec<DigitGroup>,
    end: usize,
    /// Tags that were seen through and that hold digits themselves.
    through: Vec<Range<usize>>,
}

/// All runs of a text.
pub(super) struct DigitRuns<'t, F> {
    text: &'t str,
    at: usize,
    stop: usize,
    /// Where digits may stand.
    digits: Places<'t, F>,
    later: Vec<Range<usize>>,
    /// Room of runs that were too short, for the next.
    room: (Vec<Digit>, Vec<DigitGroup>),
}

/// The runs of a text.
pub(super) fn runs(text: &str) -> DigitRuns<'_, impl Fn([u8; 3]) -> bool> {
    let digits = scan::places(text.as_bytes(), may_be_digit);
    DigitRuns { text, at: 0, stop: text.len(), digits, later: Vec::new(), room: <_>::default() }
}

impl<F: Fn([u8; 3]) -> bool> DigitRuns<'_, F> {
    /// Where the next digit stands.
    fn next_digit(&mut self) -> Option<usize> {
        self.digits.go_to(self.at);
        let text = &self.text[..self.stop];
        self.digits.by_ref().take_while(|at| *at < self.stop).find(|at| is_digit(text, *at))
    }
}

impl<'t, F: Fn([u8; 3]) -> bool> Iterator for DigitRuns<'t, F> {
    type Item = DigitRun<'t>;

    fn next(&mut self) -> Option<DigitRun<'t>> {
        loop {
            let Some(start) = self.next_digit() else {
                let tag = self.later.pop()?;
                (self.at, self.stop) = (tag.start, tag.end);
                continue;
            };
            let text = &self.text[..self.stop];
            if let Some(end) = end_of_few(text.as_bytes(), start) {
                self.at = end;
                continue;
            }
            let mut run = DigitRun::at(text, start, std::mem::take(&mut self.room));
            self.at = run.resume();
            self.later.append(&mut run.through);
            // Behind a tag that was read by itself there is nothing more to read.
            run.text = self.text;
            if run.digits.len() >= LEAST {
                return Some(run);
            }
            self.room = (run.digits, run.groups);
            self.room.0.clear();
            self.room.1.clear();
        }
    }
}

/// So many bytes behind digits are looked at for more of them.
const AHEAD: usize = 256;

/// Where digits end that are too few with all that may belong to them, as nearly all of a page. It is told by bytes
/// alone, and where they leave a doubt, nothing is told: what [`seen::look`] takes for anything but another
/// character begins with none of other bytes than these.
fn end_of_few(bytes: &[u8], start: usize) -> Option<usize> {
    let digits = |at: usize| bytes[at..].iter().take(LEAST).take_while(|byte| byte.is_ascii_digit()).count();
    let leads_on =
        |byte: u8| matches!(byte, b'&' | b'x' | b'X' | 0xc2 | 0xc3 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..);
    let end = start + digits(start);
    let (mut at, mut count) = (end, end - start);
    while 0 < count && count < LEAST && at - start < AHEAD {
        match bytes.get(at).copied() {
            Some(b'0'..=b'9') => {
                let more = digits(at);
                (at, count) = (at + more, count + more);
            }
            Some(9..=13 | b' ' | b'-' | b')' | b'.') => at += 1,
            Some(b'<') => match seen::tag_length(&bytes[at..]) {
                Some(length) => at += length,
                None => return Some(end),
            },
            Some(byte) if leads_on(byte) => return None,
            _ => return Some(end),
        }
    }
    None
}

/// Whether a digit may begin with these bytes, be it plain, wide or a reference. Marks of punctuation have full
/// width too, and begin as wide digits do.
fn may_be_digit([one, two, three]: [u8; 3]) -> bool {
    let is_wide = (one == 0xef) & (two == 0xbc) & (three.wrapping_sub(0x90) < 10);
    (one.wrapping_sub(b'0') < 10) | is_wide | ((one == b'&') & (two == b'#'))
}

/// Whether a digit begins at `at`.
fn is_digit(text: &str, at: usize) -> bool {
    // Of others than references only those that are digits were found.
    text.as_bytes()[at] != b'&' || matches!(seen::look(&text[at..]), Some((SeenCharacter::Digit(_), _)))
}

impl<'t> DigitRun<'t> {
    /// The run that begins with the digit at `start`.
    fn at(text: &'t str, start: usize, (digits, groups): (Vec<Digit>, Vec<DigitGroup>)) -> Self {
        let mut run = Self { text, digits, groups, end: start, through: Vec::new() };
        let (mut at, mut gap) = (start, None);
        while run.groups.len() < MOST_GROUPS {
            at = run.group(at, gap);
            match run.bridge(at) {
                Some((wide, next)) => (at, gap) = (next, Some(wide)),
                None => break,
            }
        }
        run.end = at;
        run
    }

    /// Takes in the group at `at`, and says where it ends.
    fn group(&mut self, start: usize, gap: Option<DigitGap>) -> usize {
        let first = self.digits.len();
        let (mut at, mut end, mut count, mut x) = (start, start, 0, None);
        while let Some((seen, length)) = look(self.text, at) {
            let next = at + length;
            match seen {
                SeenCharacter::Digit(value) => {
                    count += 1;
                    end = next;
                    if count <= LONGEST {
                        self.digits.push(Digit { value, start: at, end: next });
                    }
                }
                SeenCharacter::Nothing => self.pass(at..next),
                SeenCharacter::X if is_check(count, &self.text[next..]) => {
                    x = Some(next);
                    end = next;
                    break;
                }
                _ => break,
            }
            at = next;
        }
        self.groups.push(DigitGroup { digits: first..self.digits.len(), count, start, gap, x });
        end
    }

    /// What leads from the end of a group to the next digit, if they are near: also past a last X by itself.
    fn bridge(&mut self, from: usize) -> Option<(DigitGap, usize)> {
        if self.groups.last().is_some_and(|group| group.x.is_some()) {
            return None;
        }
        let (mut at, mut widest, mut marks) = (from, None, 0);
        let mut characters = 0;
        for _ in 0..MOST_TAGS {
            let (seen, length) = seen::look(&self.text[at..])?;
            let is_tag = self.text[at..].starts_with('<');
            characters += usize::from(!is_tag);
            if characters > WIDEST_GAP {
                return None;
            }
            match seen {
                SeenCharacter::Digit(_) => return Some((widest?, at)),
                SeenCharacter::X if widest.is_some() && !begins_with_word(&self.text[at + length..]) => {
                    self.groups.last_mut()?.x = Some(at + length);
                    return None;
                }
                SeenCharacter::Nothing => self.pass(at..at + length),
                SeenCharacter::Gap(gap) => {
                    marks += usize::from(gap != DigitGap::Space && gap != DigitGap::Line);
                    if is_tag {
                        self.pass(at..at + length);
                    }
                    widest = widest.max(Some(gap));
                }
                SeenCharacter::X | SeenCharacter::Other(_) => return None,
            }
            if marks > 1 && widest != Some(DigitGap::Bracket) {
                return None;
            }
            at += length;
        }
        None
    }

    /// Notes a tag that was seen through, if it has digits of its own.
    fn pass(&mut self, tag: Range<usize>) {
        if tag.len() > 4 && self.text.as_bytes()[tag.clone()].iter().any(u8::is_ascii_digit) {
            self.through.push(tag.start + 1..tag.end);
        }
    }

    /// Where to look for the next run.
    fn resume(&self) -> usize {
        match self.groups.len() {
            MOST_GROUPS => self.groups[MOST_GROUPS - OVERLAP].start,
            _ => self.end,
        }
    }

    /// Every number of so many digits that whole groups make with nothing but these gaps between them.
    pub(super) fn numbers<'r>(
        &'r self,
        counts: RangeInclusive<usize>,
        gaps: &'r [DigitGap],
    ) -> impl Iterator<Item = GroupedNumber<'r, 't>> {
        (0..self.groups.len()).flat_map(move |first| self.numbers_from(first, counts.clone(), gaps))
    }

    fn numbers_from<'r>(
        &'r self,
        first: usize,
        counts: RangeInclusive<usize>,
        gaps: &'r [DigitGap],
    ) -> impl Iterator<Item = GroupedNumber<'r, 't>> {
        let (least, most) = counts.into_inner();
        let mut count = 0;
        let groups = self.groups[first..].iter().enumerate();
        let near = groups.map_while(move |(at, group)| {
            let is_joined = at == 0 || group.gap.is_some_and(|gap| gaps.contains(&gap));
            count += group.count;
            (is_joined && count <= most).then_some((first + at, count))
        });
        let whole = near.filter(move |(_, count)| *count >= least);
        whole.map(move |(last, _)| GroupedNumber { run: self, groups: first..last + 1 })
    }
}

/// What is seen at a place; a plain digit at once.
#[inline]
fn look(text: &str, at: usize) -> Option<(SeenCharacter, usize)> {
    match text.as_bytes().get(at)? {
        digit @ b'0'..=b'9' => Some((SeenCharacter::Digit(digit - b'0'), 1)),
        _ => seen::look(&text[at..]),
    }
}

/// Whether an X behind so many digits, with this text behind it, is their check character.
fn is_check(count: usize, behind: &str) -> bool {
    let is_whole = count == 17 && !behind.starts_with(|c: char| c.is_ascii_digit());
    is_whole || !begins_with_word(behind)
}

/// Whether a letter or a digit stands there: an X before it is one of a word.
fn begins_with_word(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Whole groups as one number.
pub(super) struct GroupedNumber<'r, 't> {
    run: &'r DigitRun<'t>,
    groups: Range<usize>,
}

impl<'t> GroupedNumber<'_, 't> {
    fn groups(&self) -> &[DigitGroup] {
        &self.run.groups[self.groups.clone()]
    }

    /// Its digits.
    pub(super) fn digits(&self) -> &[Digit] {
        let groups = self.groups();
        &self.run.digits[groups[0].digits.start..groups[groups.len() - 1].digits.end]
    }

    /// Its digits as a text.
    pub(super) fn value(&self) -> String {
        self.digits().iter().map(|digit| char::from(b'0' + digit.value)).collect()
    }

    /// How many digits each group has.
    pub(super) fn shape(&self) -> Vec<usize> {
        self.groups().iter().map(|group| group.count).collect()
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Range<usize> {
        let digits = self.digits();
        digits[0].start..digits[digits.len() - 1].end
    }

    /// Where an X behind it ends.
    pub(super) fn x(&self) -> Option<usize> {
        self.groups().last().and_then(|group| group.x)
    }

    /// What stands between its groups.
    pub(super) fn gaps(&self) -> impl Iterator<Item = DigitGap> {
        self.groups().iter().skip(1).filter_map(|group| group.gap)
    }

    /// What parts it from the digits before it, if some are near.
    pub(super) fn gap_before(&self) -> Option<DigitGap> {
        self.groups()[0].gap
    }

    /// What parts it from the digits behind it, if some are near.
    pub(super) fn gap_after(&self) -> Option<DigitGap> {
        self.run.groups.get(self.groups.end).and_then(|group| group.gap)
    }

    /// Whether spaces part it from other figures, as in the row of a table that was copied as text, and those are
    /// neither an ordinal nor another number of three, four and four digits.
    pub(super) fn is_in_row(&self) -> bool {
        let (groups, first) = (&self.run.groups, self.groups.start);
        let is_foreign_before = self.gap_before() == Some(DigitGap::Space)
            && match groups[first - 1].count {
                4 => false,
                1 | 2 => first > 1,
                _ => true,
            };
        let behind = groups.get(self.groups.end).filter(|group| group.gap == Some(DigitGap::Space));
        let is_like_it = |group: &DigitGroup| {
            let digits = &self.run.digits[group.digits.clone()];
            digits.len() == 3 && digits[0].value == 1 && digits[1].value >= 3
        };
        is_foreign_before || behind.is_some_and(|group| !is_like_it(group))
    }

    /// The text before it, as far as this many bytes.
    pub(super) fn before(&self, bytes: usize) -> &'t str {
        let end = self.place().start;
        &self.run.text[self.run.text.floor_char_boundary(end.saturating_sub(bytes))..end]
    }

    /// The text behind it.
    pub(super) fn behind(&self) -> &'t str {
        &self.run.text[self.x().unwrap_or(self.place().end)..]
    }

    /// Whether one of `words` stands within this many bytes before it.
    pub(super) fn is_called(&self, words: &[&str], bytes: usize) -> bool {
        let before = self.before(bytes);
        words.iter().any(|word| before.contains(word))
    }

    /// Whether no letter touches it, but for a word such as `tel` that says what it is, and no decimal
    /// point or sign of a longer number.
    pub(super) fn stands_free(&self) -> bool {
        let before = self.before(12);
        let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let label = before[word.len()..].to_ascii_lowercase();
        let is_label = label.is_empty()
            || LABELS.contains(&&*label) && !word.ends_with(|c: char| c.is_ascii_digit() || c == '_');
        let behind = self.behind();
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '%' | '％' | '‰');
        is_label && !before.ends_with(['_', '\\']) && !behind.starts_with(is_word)
    }

    /// Whether it is a part of a longer number that hyphens or dots make.
    pub(super) fn is_part(&self) -> bool {
        [self.gap_before(), self.gap_after()]
            .into_iter()
            .flatten()
            .any(|gap| matches!(gap, DigitGap::Hyphen | DigitGap::Dot))
    }
}

/// Words that may touch a number and say what it is.
const LABELS: [&str; 22] = [
    "tel", "phone", "mobile", "mob", "cell", "call", "ph", "dh", "sj", "sjh", "lxdh", "wx", "vx", "wechat",
    "weixin", "qq", "id", "card", "no", "passport", "sfz", "v",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_wherever_they_stand() {
        for length in 0..70 {
            let before = "甲a".repeat(length);
            for digit in ["7", "７", "&#55;"] {
                let text = format!("{}{digit}乙", &before[..before.floor_char_boundary(length)]);
                assert_eq!(runs(&text).next_digit(), text.find(digit), "{text}");
            }
            assert_eq!(runs(&before).next_digit(), None);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_told_to_be_few_is_few(
            text in "[0-9]{1,4}(<td>|</a>|<b a=1>| |-|\\)|\\.|\n|x|X|&#49;|１|年|，|<|>|<!--1-->|[0-9]{1,4}){0,12}"
        ) {
            let run = DigitRun::at(&text, 0, <_>::default());
            proptest::prop_assert!(end_of_few(text.as_bytes(), 0).is_none() || run.digits.len() < LEAST);
        }
    }

    /// That digits are few is told by the byte behind them: no character that leads on begins with another.
    #[test]
    fn what_may_lead_on_is_known_by_its_first_byte() {
        let others = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| !c.is_ascii_digit());
        for c in others {
            let text = format!("2019{c}345");
            let leads_on = !matches!(seen::look(&text[4..]), Some((SeenCharacter::Other(_), _)));
            assert!(!leads_on || end_of_few(text.as_bytes(), 0).is_none(), "{:x}", u32::from(c));
        }
        for (text, end) in [
            ("2019年", Some(4)),
            ("2019", Some(4)),
            ("1234567", None),
            ("123</del><ins>456</ins>件", Some(3)),
            ("123</del><ins>4567</ins>件", None),
            ("123 <td>45-6\n78年", None),
            ("123 <1", Some(3)),
            ("123<!-- 4 -->5", Some(3)),
            ("123<!-- 4 -->5678", None),
            ("12，345", None),
        ] {
            assert_eq!(end_of_few(text.as_bytes(), 0), end, "{text}");
        }
    }
}
