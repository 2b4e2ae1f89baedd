//! Pairs of reports with the truth about them, and how far a comparison is from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use xiangwei::compare::{ComparedText, Comparison, FigureChange, SectionStatus, SentenceChange};
use xiangwei::report::Quantity;

use super::random::Random;
use super::report::{self, Level, Node};
use super::sentence::Sentence;

/// A report as it is compared: anchors, depths, titles and sentences.
#[derive(Clone, Debug)]
pub(crate) struct Written(pub(crate) Vec<(String, u8, String, Vec<String>)>);

/// Two reports and the truth about them.
pub(crate) struct Pair {
    pub(crate) before: Written,
    pub(crate) after: Written,
    pub(crate) truth: Truth,
}

/// What became of the sections and sentences of a report.
#[derive(Default)]
pub(crate) struct Truth {
    /// Each entry with its status, by the anchors of both sides.
    pub(crate) sections: BTreeSet<Entry>,
    /// The kinds of sentences counted: same, figures, reworded, added, removed.
    pub(crate) counts: [usize; 5],
    /// The figures that changed.
    pub(crate) figures: BTreeSet<Changed>,
    /// Those that stand in sentences whose clauses changed places: they may be told or not.
    pub(crate) loose: BTreeSet<Changed>,
}

/// A status, and an anchor before and after; empty where there is none.
pub(crate) type Entry = (SectionStatus, String, String);

/// The numbers of both sentences, and both values with their qualifiers.
pub(crate) type Changed = (usize, usize, Told, Told);

pub(crate) type Told = (Quantity, Option<String>);

impl Written {
    fn of(root: &Node) -> Self {
        let mut written = Self(Vec::new());
        written.write(root, ("sec", 0));
        written
    }

    fn write(&mut self, node: &Node, place: (&str, u8)) {
        let (anchor, depth) = place;
        let end = |at: usize| if at % 3 == 1 && at + 1 < node.body.len() { '；' } else { '。' };
        let text = |(at, sentence): (usize, &Sentence)| format!("{}{}", sentence.text(), end(at));
        let body = node.body.iter().enumerate().map(text).collect();
        self.0.push((anchor.to_owned(), depth, node.title.clone(), body));
        for (child, number) in node.children.iter().zip(1..) {
            self.write(child, (&format!("{anchor}-{number}"), depth + 1));
        }
    }

    pub(crate) fn text(&self) -> ComparedText<'_> {
        let parts = self.0.iter().map(|(anchor, depth, title, body)| {
            (anchor.as_str(), *depth, title.as_str(), body.iter().map(String::as_str).collect())
        });
        ComparedText::from_parts(&parts.collect::<Vec<_>>())
    }

    /// The anchors of the sections, the text before the first one included.
    fn anchors(&self) -> Vec<String> {
        self.0.iter().map(|(anchor, ..)| anchor.clone()).collect()
    }

    /// The report in traditional characters.
    pub(crate) fn traditional(&mut self) {
        let table: BTreeMap<char, char> =
            simplified().iter().map(|(traditional, simplified)| (*simplified, *traditional)).collect();
        let convert =
            |text: &mut String| *text = text.chars().map(|c| *table.get(&c).unwrap_or(&c)).collect();
        for (_, _, title, body) in &mut self.0 {
            convert(title);
            body.iter_mut().for_each(convert);
        }
    }
}

/// Simplified characters by their traditional forms.
pub(crate) fn simplified() -> &'static BTreeMap<char, char> {
    static TABLE: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
        include_str!("../../src/han/simplified.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| Some((line.chars().next()?, line.chars().nth(1)?)))
            .collect()
    });
    &TABLE
}

impl Pair {
    /// The pair of a seed. Where nobody could tell which of two sections moved past the other,
    /// the years are drawn again.
    pub(crate) fn new(seed: u64, level: Level) -> Self {
        let mut random = Random::new(seed);
        let (before, after) = loop {
            let (before, spare) = report::draw(&mut random);
            let mut after = report::turn(&before, &spare, level, &mut random);
            if settle_moves(&before, &mut after) {
                break (before, after);
            }
        };
        let (mut earlier, mut later) = (Written::of(&before), Written::of(&after));
        if random.happens(100) {
            later.traditional();
        }
        let mut truth = Truth::default();
        truth.sections(&after, (&earlier.anchors(), &later.anchors()));
        truth.sentences(&before, &after);
        if random.happens(300) {
            std::mem::swap(&mut earlier, &mut later);
            truth = truth.mirrored();
        }
        Self { before: earlier, after: later, truth }
    }
}

fn nodes(root: &Node) -> Vec<&Node> {
    std::iter::once(root).chain(root.children.iter().flat_map(nodes)).collect()
}

fn sentences(root: &Node) -> Vec<&Sentence> {
    nodes(root).into_iter().flat_map(|node| &node.body).collect()
}

/// A section and the one that it stands in, by their numbers.
fn parents(root: &Node) -> Vec<Option<usize>> {
    fn visit(node: &Node, parent: Option<usize>, parents: &mut Vec<Option<usize>>) {
        let number = parents.len();
        parents.push(parent);
        node.children.iter().for_each(|child| visit(child, Some(number), parents));
    }
    let mut parents = Vec::new();
    visit(root, None, &mut parents);
    parents
}

/// Makes sure that what was put elsewhere also stands elsewhere after all that was done around
/// it; whether everybody would say that it moved, and not the others.
fn settle_moves(before: &Node, after: &mut Node) -> bool {
    let (old, new) = (nodes(before), nodes(after));
    let (above_old, above_new) = (parents(before), parents(after));
    let up = |parents: &[Option<usize>], at: usize, stays: &dyn Fn(usize) -> bool| {
        std::iter::successors(parents[at], |at| parents[*at]).find(|at| stays(*at))
    };
    let now = |from: usize| new.iter().position(|node| node.from.contains(&from));
    let home_old = |from: usize| up(&above_old, from, &|at| now(at).is_some()).and_then(now);
    let home_new = |at: usize| up(&above_new, at, &|at| !new[at].from.is_empty());
    let (mut back, mut is_clear) = (Vec::new(), true);
    for (at, node) in new.iter().enumerate().filter(|(_, node)| node.moved) {
        let from = node.from[0];
        if home_old(from) != home_new(at) {
            continue;
        }
        let passed = new.iter().enumerate().filter(|(other, sibling)| {
            let kept = !sibling.from.is_empty() && *other != at && !sibling.moved;
            kept && home_new(*other) == home_new(at)
                && home_old(sibling.from[0]) == home_old(from)
                && (sibling.from[0] < from) != (*other < at)
        });
        let weights = passed
            .fold((0, 0), |(a, b), (_, sibling)| (a + old[sibling.from[0]].bytes(), b + sibling.bytes()));
        match weights {
            (0, 0) => back.push(at),
            (a, b) => is_clear &= 2 * a > 3 * old[from].bytes() && 2 * b > 3 * node.bytes(),
        }
    }
    let mut number = 0;
    after.visit(&mut |node| {
        node.moved &= !back.contains(&number);
        number += 1;
    });
    is_clear
}

impl Truth {
    fn sections(&mut self, after: &Node, anchors: (&[String], &[String])) {
        let (old, new) = anchors;
        let nodes = nodes(after);
        let mut pieces = vec![0; old.len()];
        nodes.iter().flat_map(|node| &node.from).for_each(|from| pieces[*from] += 1);
        for (node, anchor) in nodes.iter().zip(new).skip(1) {
            let status = match node.from.as_slice() {
                [] => SectionStatus::Added,
                [from] if pieces[*from] > 1 => SectionStatus::Split,
                [_] if node.moved => SectionStatus::Moved,
                [_] => SectionStatus::Matched,
                _ => SectionStatus::Merged,
            };
            let entry = |from: &str| (status, from.to_owned(), anchor.clone());
            self.sections.extend(node.from.iter().map(|from| entry(&old[*from])));
            if node.from.is_empty() {
                self.sections.insert(entry(""));
            }
        }
        let gone = old.iter().zip(&pieces).skip(1).filter(|(_, pieces)| **pieces == 0);
        self.sections.extend(gone.map(|(anchor, _)| (SectionStatus::Removed, anchor.clone(), String::new())));
    }

    fn sentences(&mut self, before: &Node, after: &Node) {
        let (old, new) = (sentences(before), sentences(after));
        let mut kept = vec![false; old.len()];
        for (at, sentence) in new.iter().enumerate() {
            let Some(from) = sentence.from else {
                self.counts[SentenceChange::Added as usize] += 1;
                continue;
            };
            kept[from] = true;
            let change = match sentence.says(old[from]) {
                true if sentence.text() == old[from].text() => SentenceChange::Same,
                true => SentenceChange::Figures,
                false => SentenceChange::Reworded,
            };
            self.counts[change as usize] += 1;
            let loose = change == SentenceChange::Reworded && !in_order(old[from], sentence);
            let told = |figure: &super::sentence::Figure| (figure.value, figure.qualifier.map(str::to_owned));
            for (a, b) in old[from].changed(sentence) {
                let figures = if loose { &mut self.loose } else { &mut self.figures };
                figures.insert((from, at, told(a), told(b)));
            }
        }
        self.counts[SentenceChange::Removed as usize] = kept.iter().filter(|kept| !**kept).count();
    }

    fn mirrored(self) -> Self {
        let entry = |(status, before, after): Entry| {
            let status = match status {
                SectionStatus::Added => SectionStatus::Removed,
                SectionStatus::Removed => SectionStatus::Added,
                SectionStatus::Split => SectionStatus::Merged,
                SectionStatus::Merged => SectionStatus::Split,
                same => same,
            };
            (status, after, before)
        };
        let figure = |(from, at, old, new): Changed| (at, from, new, old);
        let [same, figures, reworded, added, removed] = self.counts;
        Self {
            sections: self.sections.into_iter().map(entry).collect(),
            counts: [same, figures, reworded, removed, added],
            figures: self.figures.into_iter().map(figure).collect(),
            loose: self.loose.into_iter().map(figure).collect(),
        }
    }

    /// The five shares.
    pub(crate) fn shares(&self) -> [f64; 5] {
        let all = self.counts.iter().sum::<usize>().max(1);
        self.counts.map(|count| count as f64 / all as f64)
    }
}

/// Whether the clauses that both sentences have stand in the same order.
fn in_order(before: &Sentence, after: &Sentence) -> bool {
    let both = |a: &Sentence, b: &Sentence| -> Vec<&'static str> {
        let patterns: Vec<&str> = b.clauses.iter().map(|clause| clause.pattern).collect();
        a.clauses.iter().map(|clause| clause.pattern).filter(|pattern| patterns.contains(pattern)).collect()
    };
    both(before, after) == both(after, before)
}

/// The sections of a comparison in the form of the truth.
pub(crate) fn sections(
    found: &Comparison,
    before: &ComparedText<'_>,
    after: &ComparedText<'_>,
) -> BTreeSet<Entry> {
    let mut entries = BTreeSet::new();
    for group in found.alignment.groups.iter().filter(|group| group.before != [0]) {
        let anchor = |text: &ComparedText<'_>, at: &usize| text.sections[*at].anchor.to_owned();
        for i in &group.before {
            for j in &group.after {
                entries.insert((group.status, anchor(before, i), anchor(after, j)));
            }
            if group.after.is_empty() {
                entries.insert((group.status, anchor(before, i), String::new()));
            }
        }
        if group.before.is_empty() {
            let new = group.after.iter().map(|j| (group.status, String::new(), anchor(after, j)));
            entries.extend(new);
        }
    }
    entries
}

/// The figures of a comparison in the form of the truth.
pub(crate) fn figures(changes: &[FigureChange]) -> BTreeSet<Changed> {
    let told = |told: &xiangwei::compare::FigureSpot| {
        (told.amount.value, told.amount.qualifier.map(|qualifier| qualifier.as_str().to_owned()))
    };
    changes
        .iter()
        .map(|change| {
            (change.before.sentence, change.after.sentence, told(&change.before), told(&change.after))
        })
        .collect()
}

/// How many were found rightly, wrongly, and not at all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Score {
    pub(crate) fn count<T: Ord>(&mut self, found: &BTreeSet<T>, truth: &BTreeSet<T>) {
        self.right += found.intersection(truth).count();
        self.wrong += found.difference(truth).count();
        self.missed += truth.difference(found).count();
    }

    pub(crate) fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    pub(crate) fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    pub(crate) fn f1(self) -> f64 {
        2.0 * self.right as f64 / (2 * self.right + self.wrong + self.missed).max(1) as f64
    }
}
