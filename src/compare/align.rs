//! Which section of the one document became which of the other. Headings and text both count;
//! numbers do not.
//!
//! Cheap evidence comes first: sentences that both documents have, and titles that are the
//! same. Only sections that this leaves alone are compared by pairs of characters. What was
//! found decides in the end whether a section moved, for order is no evidence of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::grams::Grams;
use super::text::Text;

/// What became of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
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
}

/// Sections that belong together, by their numbers in either text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What became of them.
    pub status: Status,
    /// Those of the earlier text.
    pub before: Vec<usize>,
    /// Those of the later text.
    pub after: Vec<usize>,
}

impl Group {
    /// The same group from the other side.
    pub(super) fn mirrored(self) -> Self {
        let status = match self.status {
            Status::Split => Status::Merged,
            Status::Merged => Status::Split,
            Status::Added => Status::Removed,
            Status::Removed => Status::Added,
            same => same,
        };
        Self { status, before: self.after, after: self.before }
    }
}

/// Every section of two texts, each in exactly one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The groups in the order of the later text; each removed section stands where it stood.
    pub groups: Vec<Group>,
}

/// Aligns the sections of two texts, the earlier one first.
#[must_use]
pub fn align(before: &Text<'_>, after: &Text<'_>) -> Alignment {
    if !before.is_behind(after) {
        return of(before, after);
    }
    let mut groups: Vec<Group> = of(after, before).groups.into_iter().map(Group::mirrored).collect();
    arrange(&mut groups, |group| group, before.sections.len());
    Alignment { groups }
}

/// Aligns two texts from this side, whichever it is.
pub(super) fn of(before: &Text<'_>, after: &Text<'_>) -> Alignment {
    let mut pairing = Pairing::new(before, after);
    pairing.pair(0, 0);
    pairing.by_evidence();
    pairing.by_likeness();
    pairing.by_children();
    let split = pairing.pieces(Side::After);
    let merged = pairing.pieces(Side::Before);
    let mut groups = pairing.groups(&split, &merged);
    mark_moved(&mut groups, before, after);
    arrange(&mut groups, |group| group, before.sections.len());
    Alignment { groups }
}

/// Puts groups into the order of the later text. What was removed follows what it followed.
pub(super) fn arrange<T>(groups: &mut [T], group: impl Fn(&T) -> &Group, before: usize) {
    let mut home = vec![None; before];
    for group in groups.iter().map(&group).filter(|group| group.status != Status::Moved) {
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
            None => (home[first].unwrap_or(0), 1, first),
        }
    });
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// Likeness is counted in thousandths.
const WHOLE: usize = 1000;
/// How alike two sections must be if sentences and titles speak for them.
const EVIDENT: usize = 600;
/// How alike they must be if only pairs of characters do.
const ALIKE: usize = 480;
/// How much of a piece must come from the section that it is a piece of.
const PIECE: usize = 600;
/// And how much of it must be missing from what else became of that section.
const MISSING: usize = 350;
/// A sentence that stands everywhere says nothing; this many places are looked at.
const MOST_PLACES: usize = 8;
/// More pairs of sections than this are not compared by their characters, but only those that
/// stand at about the same place.
const MOST_PAIRS: usize = 100_000;

struct Pairing<'a> {
    before: &'a Text<'a>,
    after: &'a Text<'a>,
    titles: [Vec<Grams>; 2],
    grams: [BTreeMap<usize, Rc<Grams>>; 2],
    partners: [Vec<Option<usize>>; 2],
}

impl<'a> Pairing<'a> {
    fn new(before: &'a Text<'a>, after: &'a Text<'a>) -> Self {
        let titles = |text: &Text<'_>| -> Vec<Grams> {
            text.sections.iter().map(|section| Grams::of([section.title])).collect()
        };
        Self {
            before,
            after,
            titles: [titles(before), titles(after)],
            grams: [BTreeMap::new(), BTreeMap::new()],
            partners: [vec![None; before.sections.len()], vec![None; after.sections.len()]],
        }
    }

    fn text(&self, side: Side) -> &'a Text<'a> {
        match side {
            Side::Before => self.before,
            Side::After => self.after,
        }
    }

    fn pair(&mut self, before: usize, after: usize) {
        self.partners[0][before] = Some(after);
        self.partners[1][after] = Some(before);
    }

    fn partner(&self, side: Side, at: usize) -> Option<usize> {
        self.partners[side as usize][at]
    }

    fn alone(&self, side: Side) -> Vec<usize> {
        let partners = &self.partners[side as usize];
        (0..partners.len()).filter(|at| partners[*at].is_none()).collect()
    }

    /// Pairs the sections that share sentences, and those whose titles are the same.
    fn by_evidence(&mut self) {
        let mut candidates = self.shared();
        for pair in self.same_titles() {
            candidates.entry(pair).or_insert(0);
        }
        let scored = candidates.into_iter().map(|((i, j), shared)| {
            let lens = self.before.len(self.before.sections[i].whole.clone())
                + self.after.len(self.after.sections[j].whole.clone());
            let overlap = (2 * WHOLE * shared / lens.max(1)).min(WHOLE);
            (either(self.title(i, j) * 3 / 4, overlap), i, j)
        });
        let scored: Vec<_> = scored.filter(|(score, ..)| *score >= EVIDENT / 2).collect();
        self.accept(scored, EVIDENT);
    }

    /// How many bytes of words each two sections share, sections within them included.
    fn shared(&self) -> BTreeMap<(usize, usize), usize> {
        let mut places: Vec<(u64, usize)> =
            self.after.sentences.iter().zip(0..).map(|(sentence, at)| (sentence.key.masked, at)).collect();
        places.sort_unstable();
        let mut shared = BTreeMap::new();
        for sentence in &self.before.sentences {
            let masked = sentence.key.masked;
            let first = places.partition_point(|(key, _)| *key < masked);
            let same = places[first..].iter().take_while(|(key, _)| *key == masked);
            let mut seen = BTreeSet::new();
            for (_, at) in same.take(MOST_PLACES) {
                let other = &self.after.sentences[*at];
                for i in self.before.lineage(sentence.section) {
                    for j in self.after.lineage(other.section) {
                        if seen.insert((i, j)) {
                            *shared.entry((i, j)).or_insert(0) += sentence.text.len().min(other.text.len());
                        }
                    }
                }
            }
        }
        shared
    }

    /// The pairs of sections whose titles are the same. Where a title stands more often, those
    /// in the same place among its like belong together.
    fn same_titles(&self) -> Vec<(usize, usize)> {
        let mut by_title: BTreeMap<&[u64], [Vec<usize>; 2]> = BTreeMap::new();
        for side in [0, 1] {
            for (at, title) in self.titles[side].iter().enumerate().filter(|(_, title)| title.len() > 0) {
                by_title.entry(title.as_slice()).or_default()[side].push(at);
            }
        }
        let mut pairs = Vec::new();
        for [before, after] in by_title.values() {
            match before.len() * after.len() <= 4 * MOST_PLACES {
                true => pairs.extend(before.iter().flat_map(|i| after.iter().map(|j| (*i, *j)))),
                false => pairs.extend(before.iter().copied().zip(after.iter().copied())),
            }
        }
        pairs
    }

    /// Pairs what is left by pairs of characters in title and text.
    fn by_likeness(&mut self) {
        let (before, after) = (self.alone(Side::Before), self.alone(Side::After));
        let reach = (MOST_PAIRS / before.len().max(1)).max(1);
        let mut scored = Vec::new();
        for (rank, i) in before.iter().enumerate() {
            let about = rank * after.len() / before.len().max(1);
            let from = about.saturating_sub(reach / 2).min(after.len());
            for j in after[from..].iter().take(reach) {
                let text = self.own(Side::Before, *i).alike(&self.own(Side::After, *j));
                scored.push((either(self.title(*i, *j) * 3 / 4, text), *i, *j));
            }
        }
        scored.retain(|(score, ..)| *score >= ALIKE / 2);
        self.accept(scored, ALIKE);
    }

    /// The pairs of characters of a section's own sentences.
    fn own(&mut self, side: Side, at: usize) -> Rc<Grams> {
        let text = self.text(side);
        let own = &text.sentences[text.sections[at].own.clone()];
        let made = || Rc::new(Grams::of(own.iter().map(|sentence| sentence.text)));
        Rc::clone(self.grams[side as usize].entry(at).or_insert_with(made))
    }

    /// Pairs sections by the sections in them, the innermost first.
    fn by_children(&mut self) {
        let deepest = self.before.sections.iter().map(|section| section.depth).max().unwrap_or(0);
        for depth in (1..=deepest).rev() {
            let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for (child, section) in self.before.sections.iter().enumerate() {
                let parent = section.parent.filter(|at| self.before.sections[*at].depth == depth);
                let other = self.partners[0][child].and_then(|at| self.after.sections[at].parent);
                if let (Some(i), Some(j)) = (parent, other)
                    && self.partners[0][i].is_none()
                    && self.partners[1][j].is_none()
                {
                    *votes.entry((i, j)).or_insert(0) += self.before.len(section.whole.clone());
                }
            }
            let scored = votes.into_iter().map(|((i, j), shared)| {
                let len = self.before.len(self.before.sections[i].whole.clone()).max(1);
                (either(self.title(i, j) * 3 / 4, (WHOLE * shared / len).min(WHOLE)), i, j)
            });
            let scored = scored.collect();
            self.accept(scored, ALIKE);
        }
    }

    /// Pairs the best first, as long as they are good enough.
    fn accept(&mut self, scored: Vec<(usize, usize, usize)>, enough: usize) {
        let placed = scored.into_iter().map(|(score, i, j)| (score + self.place(i, j), i, j));
        let mut placed: Vec<_> = placed.filter(|(score, ..)| *score >= enough).collect();
        placed.sort_unstable_by_key(|(score, i, j)| (Reverse(*score), *i, *j));
        for (_, i, j) in placed {
            if self.partners[0][i].is_none() && self.partners[1][j].is_none() {
                self.pair(i, j);
            }
        }
    }

    /// How alike two titles are.
    fn title(&self, i: usize, j: usize) -> usize {
        self.titles[0][i].alike(&self.titles[1][j])
    }

    /// How alike the places of two sections are; this only tells like ones apart.
    fn place(&self, i: usize, j: usize) -> usize {
        let (before, after) = (&self.before.sections[i], &self.after.sections[j]);
        let depth = if before.depth == after.depth { 30 } else { 0 };
        let parents = match (before.parent, after.parent) {
            (None, None) => 30,
            (Some(i), Some(j)) if self.partners[0][i] == Some(j) => 60,
            (Some(i), Some(j)) => self.title(i, j) * 30 / WHOLE,
            _ => 0,
        };
        let rank = |at: usize, all: usize| WHOLE * at / all.max(1);
        let apart = rank(i, self.before.sections.len()).abs_diff(rank(j, self.after.sections.len()));
        depth + parents + 30 * (WHOLE - apart) / WHOLE
    }

    /// The sections of one side that are still alone and whose text comes from a section of
    /// the other side, or whose sections do: by that section, its pieces.
    fn pieces(&mut self, side: Side) -> BTreeMap<usize, Vec<usize>> {
        let mut pieces: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for piece in self.alone(side) {
            if let Some(whole) = self.piece_of(side, piece) {
                pieces.entry(whole).or_default().push(piece);
            }
        }
        // A section that became just one other is not split: it became that one.
        let single = |whole: &usize, pieces: &Vec<usize>| {
            (pieces.len() == 1 && self.partner(side.other(), *whole).is_none()).then_some(pieces[0])
        };
        let pairs: Vec<(usize, usize)> =
            pieces.iter().filter_map(|(whole, pieces)| Some((*whole, single(whole, pieces)?))).collect();
        for (whole, piece) in pairs {
            pieces.remove(&whole);
            match side {
                Side::After => self.pair(whole, piece),
                Side::Before => self.pair(piece, whole),
            }
        }
        pieces
    }

    /// The section of the other side that this one is a piece of.
    fn piece_of(&mut self, side: Side, piece: usize) -> Option<usize> {
        let text = self.text(side);
        if text.sections[piece].own.is_empty() {
            return self.split_with_children(side, piece);
        }
        let own = self.own(side, piece);
        let mut best = None;
        for whole in self.near(side, piece) {
            let source = self.own(side.other(), whole);
            let rest = match self.partner(side.other(), whole) {
                Some(partner) => self.own(side, partner),
                None => Rc::default(),
            };
            let shared = WHOLE * own.shared(&source) / own.len().max(1);
            let missing = WHOLE * own.shared(&source.without(&rest)) / own.len().max(1);
            if shared >= PIECE && missing >= MISSING && best.is_none_or(|(most, _)| missing > most) {
                best = Some((missing, whole));
            }
        }
        best.map(|(_, whole)| whole)
    }

    /// Where the text of a section may have stood: with the sections before and after it, with
    /// the one that it stands in, or in one that is gone.
    fn near(&self, side: Side, at: usize) -> BTreeSet<usize> {
        let text = self.text(side);
        let partners = &self.partners[side as usize];
        let before = partners[..at].iter().rev().flatten().take(2);
        let behind = partners[at..].iter().flatten().take(2);
        let above = text.sections[at].parent.and_then(|parent| partners[parent]);
        let place = partners[..at].iter().rev().flatten().next().copied().unwrap_or(0);
        let gone = self.partners[side.other() as usize].iter().enumerate();
        let gone = gone.filter(|(other, partner)| partner.is_none() && other.abs_diff(place) <= MOST_PLACES);
        let near = before.chain(behind).copied().chain(above).chain(gone.map(|(other, _)| other));
        near.filter(|other| *other > 0 || at > 0).collect()
    }

    /// The section that most of the sections in `piece` come from.
    fn split_with_children(&self, side: Side, piece: usize) -> Option<usize> {
        let (text, other) = (self.text(side), self.text(side.other()));
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for (child, section) in text.sections.iter().enumerate() {
            if section.parent == Some(piece)
                && let Some(parent) = self.partner(side, child).and_then(|at| other.sections[at].parent)
            {
                *votes.entry(parent).or_insert(0) += text.len(section.whole.clone());
            }
        }
        // A heading put between a section and those in it is new, and splits nothing.
        votes.retain(|whole, _| {
            let partner = self.partner(side.other(), *whole);
            partner.is_none_or(|partner| text.lineage(piece).all(|at| at != partner))
        });
        let (whole, share) = votes.into_iter().max_by_key(|(whole, share)| (*share, Reverse(*whole)))?;
        (WHOLE * share / text.len(text.sections[piece].whole.clone()).max(1) >= PIECE).then_some(whole)
    }

    /// Every section in one group.
    fn groups(
        &self,
        split: &BTreeMap<usize, Vec<usize>>,
        merged: &BTreeMap<usize, Vec<usize>>,
    ) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut taken = [BTreeSet::new(), BTreeSet::new()];
        let mut take = |status, before: Vec<usize>, after: Vec<usize>| {
            let free = before.iter().all(|at| !taken[0].contains(at));
            if free && after.iter().all(|at| !taken[1].contains(at)) {
                taken[0].extend(before.iter().copied());
                taken[1].extend(after.iter().copied());
                groups.push(Group { status, before, after });
            }
        };
        for (whole, pieces) in split {
            take(Status::Split, vec![*whole], with(pieces, self.partner(Side::Before, *whole)));
        }
        for (whole, pieces) in merged {
            take(Status::Merged, with(pieces, self.partner(Side::After, *whole)), vec![*whole]);
        }
        for (i, partner) in self.partners[0].iter().enumerate() {
            if let Some(j) = partner {
                take(Status::Matched, vec![i], vec![*j]);
            }
        }
        // What is in no group by now is gone, or is new.
        (0..self.partners[0].len()).for_each(|i| take(Status::Removed, vec![i], Vec::new()));
        (0..self.partners[1].len()).for_each(|j| take(Status::Added, Vec::new(), vec![j]));
        groups
    }
}

fn with(pieces: &[usize], partner: Option<usize>) -> Vec<usize> {
    let all: BTreeSet<usize> = pieces.iter().copied().chain(partner).collect();
    all.into_iter().collect()
}

/// One of two signs is enough, and both together are more.
fn either(a: usize, b: usize) -> usize {
    WHOLE - (WHOLE - a.min(WHOLE)) * (WHOLE - b.min(WHOLE)) / WHOLE
}

/// Marks the sections that stand in another section than before, or in another order. What
/// stays is the heaviest run in order; what moves with the section around it has not moved.
fn mark_moved(groups: &mut [Group], before: &Text<'_>, after: &Text<'_>) {
    let mut of_before = vec![None; before.sections.len()];
    let mut of_after = vec![None; after.sections.len()];
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| is_kept(group)) {
        group.before.iter().for_each(|at| of_before[*at] = Some(number));
        group.after.iter().for_each(|at| of_after[*at] = Some(number));
    }
    let around = |text: &Text<'_>, groups: &[Option<usize>], at: usize| {
        text.lineage(at).skip(1).find_map(|at| groups[at])
    };
    let mut siblings: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut moved = Vec::new();
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| is_kept(group)) {
        let home = around(before, &of_before, group.before[0]);
        match home == around(after, &of_after, group.after[0]) {
            true => siblings.entry(home).or_default().push(number),
            false => moved.push(number),
        }
    }
    for mut numbers in siblings.into_values() {
        numbers.sort_by_key(|number| groups[*number].before[0]);
        let places: Vec<(usize, usize)> = numbers
            .iter()
            .map(|number| {
                let group = &groups[*number];
                let len = before.len(before.sections[group.before[0]].whole.clone());
                (group.after[0], 1 + len)
            })
            .collect();
        let kept = heaviest_run(&places);
        moved.extend((0..numbers.len()).filter(|at| !kept.contains(at)).map(|at| numbers[at]));
    }
    for number in moved {
        if groups[number].status == Status::Matched {
            groups[number].status = Status::Moved;
        }
    }
}

fn is_kept(group: &Group) -> bool {
    !group.before.is_empty() && !group.after.is_empty()
}

/// The heaviest run of rising places, as indexes of `(place, weight)`.
fn heaviest_run(places: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, (place, weight)) in places.iter().enumerate() {
        let before = (0..at).filter(|other| places[*other].0 < *place);
        let last = before.max_by_key(|other| (best[*other].0, Reverse(*other)));
        best.push((weight + last.map_or(0, |last| best[last].0), last));
    }
    let end = (0..best.len()).max_by_key(|at| (best[*at].0, Reverse(*at)));
    std::iter::successors(end, |at| best[*at].1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Part<'a> = (&'a str, u8, &'a str, Vec<&'a str>);

    /// The alignment as words: `matched a=b`.
    fn told(before: &[Part<'_>], after: &[Part<'_>]) -> Vec<String> {
        let (before, after) = (Text::from_parts(before), Text::from_parts(after));
        let names = |text: &Text<'_>, at: &[usize]| {
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
    fn what_has_no_like_is_added_or_removed() {
        let before = [("a", 1, "学习", vec![LEARN]), ("b", 1, "复议", vec![RECONSIDER])];
        let after = [("x", 1, "学习", vec![LEARN]), ("y", 1, "执法", vec![ENFORCE])];
        assert_eq!(told(&before, &after), ["Matched a=x", "Removed b=", "Added =y"]);
    }

    #[test]
    fn the_heaviest_run_stays() {
        assert_eq!(heaviest_run(&[(5, 1), (1, 9), (2, 9)]), BTreeSet::from([1, 2]));
        assert_eq!(heaviest_run(&[]), BTreeSet::new());
    }
}
