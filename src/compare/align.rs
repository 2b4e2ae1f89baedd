//! Which section of the one document became which of the other. Headings and text both count;
//! numbers do not.
//!
//! Sections that are the same come first. All others are compared by what they say: which pairs of
//! characters they have in common, and how rare those are. What was found decides in the end
//! whether a section moved, for order is hardly evidence of its own.

mod bags;
mod evidence;
mod likeness;
mod linking;
mod moved;
mod role;

use std::collections::BTreeSet;

use likeness::Likeness;
use linking::Linking;

pub(super) use bags::Bags;
pub use evidence::MatchReason;
pub(super) use evidence::{has_one_title, reasons};
pub(super) use linking::identities;
pub(super) use role::{Leaning, leanings};

use super::text::ComparedText;

/// What became of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionStatus {
    /// It is there, in its place.
    Matched,
    /// It is there, elsewhere.
    Moved,
    /// It became several.
    Split,
    /// Several became one.
    Merged,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands alone, but is too much like something of the other text to be called new or gone.
    Unmatched,
}

/// Sections that belong together, by their numbers in either text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionGroup {
    /// What became of them.
    pub status: SectionStatus,
    /// Those of the earlier text.
    pub before: Vec<usize>,
    /// Those of the later text.
    pub after: Vec<usize>,
}

impl SectionGroup {
    /// The same group from the other side.
    pub(super) fn mirrored(self) -> Self {
        let status = match self.status {
            SectionStatus::Split => SectionStatus::Merged,
            SectionStatus::Merged => SectionStatus::Split,
            SectionStatus::Added => SectionStatus::Removed,
            SectionStatus::Removed => SectionStatus::Added,
            same => same,
        };
        Self { status, before: self.after, after: self.before }
    }
}

/// Every section of two texts, each in exactly one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The groups in the order of the later text; each removed section stands where it stood.
    pub groups: Vec<SectionGroup>,
}

/// Aligns the sections of two texts, the earlier one first.
#[must_use]
pub fn align(before: &ComparedText<'_>, after: &ComparedText<'_>) -> Alignment {
    if !before.is_behind(after) {
        return of(before, after);
    }
    let mut groups: Vec<SectionGroup> =
        of(after, before).groups.into_iter().map(SectionGroup::mirrored).collect();
    arrange(&mut groups, |group| group, (before, after));
    Alignment { groups }
}

/// Sections that a text between two others misses: of those that end there and those that begin
/// behind it, the ones that belong together.
#[must_use]
pub fn bridge(texts: [&ComparedText<'_>; 3], found: [&Alignment; 2]) -> Vec<(usize, usize)> {
    let ends = |group: &&SectionGroup| group.after.is_empty();
    let begins = |group: &&SectionGroup| group.before.is_empty();
    let ended: BTreeSet<usize> = found[0].groups.iter().filter(ends).map(|group| group.before[0]).collect();
    let begun: BTreeSet<usize> = found[1].groups.iter().filter(begins).map(|group| group.after[0]).collect();
    if ended.is_empty() || begun.is_empty() {
        return Vec::new();
    }
    let groups = align(texts[0], texts[2]).groups;
    let pairs = groups
        .iter()
        .flat_map(|group| group.before.iter().flat_map(|i| group.after.iter().map(move |j| (*i, *j))));
    pairs.filter(|(i, j)| ended.contains(i) && begun.contains(j)).collect()
}

/// Aligns two texts from this side, whichever it is.
pub(super) fn of(before: &ComparedText<'_>, after: &ComparedText<'_>) -> Alignment {
    let likeness = Likeness::of([before, after]);
    let mut linking = Linking::new(&likeness, [before, after]);
    linking.link((0, 0));
    linking.by_identity();
    linking.by_likeness();
    let mut groups = linking.groups();
    moved::mark(&mut groups, before, after);
    arrange(&mut groups, |group| group, (before, after));
    Alignment { groups }
}

/// Puts groups into the order of the later text. What was removed follows what it followed,
/// with the sections that belong there.
pub(super) fn arrange<T>(
    groups: &mut [T],
    group: impl Fn(&T) -> &SectionGroup,
    texts: (&ComparedText<'_>, &ComparedText<'_>),
) {
    let (before, after) = texts;
    let mut home = vec![None; before.sections.len()];
    for group in groups.iter().map(&group).filter(|group| group.status != SectionStatus::Moved) {
        for at in &group.before {
            home[*at] = group.after.iter().min().copied();
        }
    }
    let mut last = 0;
    for home in &mut home {
        last = home.unwrap_or(last);
        *home = Some(last);
    }
    groups.sort_by_key(|item| {
        let group = group(item);
        let first = group.before.iter().min().copied().unwrap_or(0);
        match group.after.iter().min() {
            Some(at) => (*at, 0, first),
            None => (end_of(after, home[first].unwrap_or(0), before.sections[first].depth), 1, first),
        }
    });
}

/// The last section behind `at` that stands deeper than `depth`, without a break.
fn end_of(text: &ComparedText<'_>, at: usize, depth: u8) -> usize {
    let behind = text.sections.iter().skip(at + 1);
    at + behind.take_while(|section| section.depth > depth).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Part<'a> = (&'a str, u8, &'a str, Vec<&'a str>);

    /// The alignment as words: `matched a=b`.
    fn told(before: &[Part<'_>], after: &[Part<'_>]) -> Vec<String> {
        let (before, after) = (ComparedText::from_parts(before), ComparedText::from_parts(after));
        let names = |text: &ComparedText<'_>, at: &[usize]| {
            at.iter().map(|at| text.sections[*at].anchor.to_owned()).collect::<Vec<_>>().join("+")
        };
        let groups = align(&before, &after).groups;
        let told = groups.iter().filter(|group| group.before != [0]);
        told.map(|group| {
            format!("{:?} {}={}", group.status, names(&before, &group.before), names(&after, &group.after))
        })
        .collect()
    }

    const LEARN: &str = "全年组织领导干部学法培训班十二期，旁听庭审四次。";
    const DECIDE: &str = "重大行政决策全部经过合法性审查和集体讨论决定。";
    const ENFORCE: &str = "推行行政执法三项制度，统一文书格式和音像记录标准。";
    const RECONSIDER: &str = "新收行政复议申请后当天登记，简易案件十五日内办结。";

    #[test]
    fn equal_text_under_other_numbers_and_titles_is_matched() {
        let before = [("a", 1, "加强学习", vec![LEARN]), ("b", 1, "规范执法", vec![ENFORCE])];
        let after = [("x", 1, "抓住关键少数", vec![LEARN]), ("y", 1, "规范执法", vec![ENFORCE])];
        assert_eq!(told(&before, &after), ["Matched a=x", "Matched b=y"]);
    }

    #[test]
    fn the_same_title_is_a_match_whatever_the_text() {
        let before = [("a", 1, "依法决策", vec![DECIDE])];
        let after = [("x", 1, "依法决策", vec!["选聘法律顾问三十名，全程参与论证。"])];
        assert_eq!(told(&before, &after), ["Matched a=x"]);
    }

    #[test]
    fn what_stands_in_another_order_has_moved_and_its_sections_with_it() {
        let chapter = [("a", 1, "措施", vec![LEARN, DECIDE]), ("a1", 2, "执法", vec![ENFORCE])];
        let last = ("b", 1, "复议", vec![RECONSIDER]);
        let before = [chapter[0].clone(), chapter[1].clone(), last.clone()];
        let after = [last, chapter[0].clone(), chapter[1].clone()];
        assert_eq!(told(&before, &after), ["Moved b=b", "Matched a=a", "Matched a1=a1"]);
    }

    #[test]
    fn a_section_can_become_two_and_two_can_become_one() {
        let one = [("a", 1, "决策和执法", vec![DECIDE, ENFORCE]), ("b", 1, "学习", vec![LEARN])];
        let two = [
            ("x", 1, "决策和执法", vec![DECIDE]),
            ("y", 1, "执法规范", vec![ENFORCE]),
            ("z", 1, "学习", vec![LEARN]),
        ];
        assert_eq!(told(&one, &two), ["Split a=x+y", "Matched b=z"]);
        assert_eq!(told(&two, &one), ["Merged x+y=a", "Matched z=b"]);
    }

    #[test]
    fn a_plan_does_not_continue_a_review() {
        let review = "圆满完成执法证换发，取得明显成效，文书合格率同比上升。";
        let plan = "继续抓好执法证换发，力争文书合格率上升，确保取得成效。";
        let before = [("a", 1, "工作回顾", vec![LEARN]), ("a1", 2, "执法证换发", vec![review])];
        let after = [("x", 1, "工作安排", vec![RECONSIDER]), ("x1", 2, "执法证换发", vec![plan])];
        let both = [before.clone(), after.clone()].concat();
        assert_eq!(told(&before, &both)[1], "Matched a1=a1");
        assert!(told(&after, &both).contains(&"Matched x1=x1".to_owned()));
    }

    #[test]
    fn what_resembles_something_is_neither_new_nor_gone() {
        let before = [("a", 1, "学习", vec![LEARN]), ("b", 1, "执法", vec![ENFORCE])];
        let like = "开展行政执法三项制度宣传，执法文书另行规定。";
        let after = [before[0].clone(), before[1].clone(), ("y", 1, "其他", vec![like])];
        assert_eq!(told(&before, &after), ["Matched a=a", "Matched b=b", "Unmatched =y"]);
    }

    #[test]
    fn what_a_text_misses_is_found_behind_it() {
        let all = [("a", 1, "学习", vec![LEARN]), ("b", 1, "复议", vec![RECONSIDER])];
        let (before, between) = (ComparedText::from_parts(&all), ComparedText::from_parts(&all[..1]));
        let found = [align(&before, &between), align(&between, &before)];
        assert_eq!(bridge([&before, &between, &before], [&found[0], &found[1]]), [(2, 2)]);
    }

    #[test]
    fn what_has_no_like_is_added_or_removed() {
        let before = [("a", 1, "学习", vec![LEARN]), ("b", 1, "复议", vec![RECONSIDER])];
        let after = [("x", 1, "学习", vec![LEARN]), ("y", 1, "执法", vec![ENFORCE])];
        assert_eq!(told(&before, &after), ["Matched a=x", "Removed b=", "Added =y"]);
    }
}
