//! The sections of a series followed over its documents: as a table where these are few, as lines
//! of presence where they are many.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bridges;
use crate::ask::Ask;
use crate::beside::{Basis, part_name, status};
use crate::compare::{ComparedText, Comparison, SectionGroup, SentenceRow};
use crate::report::Record;
use crate::view::{FollowedSection, PartName, Strip, ThemeCell, ThemeMark, ThemePeriod, Themes};

/// A theme that so many documents have lasts.
const LASTING: usize = 3;
/// Of so few documents, two that have a theme are enough.
const FEW_DOCUMENTS: usize = 4;
/// So many documents fit into a table, side by side.
const WIDEST: usize = 12;
/// So many bytes a page has for lines, and so many for their links to single years.
const ROOM: usize = 30_000;
/// What a line and a link take besides names and addresses.
const LINE: usize = 330;
const LINK: usize = 25;
/// A gap of more years than this is one slot wide.
const LONG_GAP: usize = 6;

/// A section of one of the documents.
type SectionOfDocument = (usize, usize);

/// The sections that became one another, followed over all documents: those that last, and how many
/// do not.
pub(super) fn themes(
    ask: &Ask<'_>,
    (documents, among): (&[&Record], usize),
    read: (&[ComparedText<'_>], &[Arc<Comparison>]),
) -> Themes {
    let (texts, found) = read;
    let lines = followed(texts, found);
    let least = if documents.len() > FEW_DOCUMENTS { LASTING } else { 2 };
    let (lasting, rest): (Vec<ThemeSections>, Vec<ThemeSections>) =
        lines.into_iter().partition(|line| line.lasts() >= least);
    let drawing = ThemeInputs {
        documents,
        texts,
        found,
        pages: documents.iter().map(|report| ask.href(&report.route())).collect(),
        slots: slots(documents),
    };
    match documents.len() > WIDEST {
        true => drawing.folded((lasting, rest.len()), ROOM / among.max(1)),
        false => Themes {
            folded: false,
            lines: lasting.iter().map(|line| drawing.whole(line)).collect(),
            rest: rest.iter().map(|line| drawing.filled(line)).collect(),
            others: 0,
            strip: None,
        },
    }
}

/// The lines of sections, in the order of the newest document.
fn followed(texts: &[ComparedText<'_>], found: &[Arc<Comparison>]) -> Vec<ThemeSections> {
    let mut roots = ThemeRoots::default();
    for (at, found) in found.iter().enumerate() {
        for (group, rows) in found.alignment.groups.iter().zip(&found.rows) {
            if let Some((before, after)) = main_link(group, rows, (&texts[at], &texts[at + 1])) {
                roots.join((at, before), (at + 1, after));
            }
        }
    }
    for (at, bridges) in bridges(texts, found).into_iter().enumerate() {
        bridges.into_iter().for_each(|(before, after)| roots.join((at, before), (at + 2, after)));
    }
    let mut rows: BTreeMap<SectionOfDocument, Vec<SectionOfDocument>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        for section in 1..text.sections.len() {
            rows.entry(roots.of((at, section))).or_default().push((at, section));
        }
    }
    order(&mut roots, texts).iter().filter_map(|root| rows.remove(root).map(ThemeSections)).collect()
}

/// The two sections of a group that continue each other most: what was split or merged goes on as its
/// largest part, or else themes would grow together over the years.
fn main_link(
    group: &SectionGroup,
    rows: &[SentenceRow],
    texts: (&ComparedText<'_>, &ComparedText<'_>),
) -> Option<(usize, usize)> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.elsewhere) {
        if let (Some(before), Some(after)) = (row.before, row.after) {
            let (before, after) = (&texts.0.sentences[before], &texts.1.sentences[after]);
            *shared.entry((before.section, after.section)).or_default() += after.text.len();
        }
    }
    let pairs = group.before.iter().flat_map(|before| group.after.iter().map(|after| (*before, *after)));
    pairs.max_by_key(|pair| {
        let title = texts.0.sections[pair.0].title == texts.1.sections[pair.1].title;
        (title, shared.get(pair).copied().unwrap_or_default(), Reverse(*pair))
    })
}

/// A theme: its sections, by document.
struct ThemeSections(Vec<SectionOfDocument>);

impl ThemeSections {
    /// How many documents have it.
    fn lasts(&self) -> usize {
        self.documents().len()
    }

    fn documents(&self) -> BTreeSet<usize> {
        self.0.iter().map(|(document, _)| *document).collect()
    }

    /// The section by which it is called: the first of the newest document that has it.
    fn name(&self) -> SectionOfDocument {
        self.0.iter().copied().max_by_key(|(at, section)| (*at, Reverse(*section))).unwrap_or_default()
    }
}

/// Where each document stands on a line of time: a slot a year; of a long gap, one slot.
fn slots(documents: &[&Record]) -> Vec<usize> {
    let mut slots = vec![0];
    for pair in documents.windows(2) {
        let step = usize::try_from(pair[1].address.year.get() - pair[0].address.year.get()).unwrap_or(1);
        let step = if step > LONG_GAP { 2 } else { step };
        slots.push(slots.last().map_or(0, |last| last + step));
    }
    slots
}

/// Takes so much of what room there is, if there is so much.
fn take(room: &mut usize, wanted: usize) -> bool {
    let left = room.checked_sub(wanted);
    *room = left.unwrap_or(*room);
    left.is_some()
}

/// What lines are drawn from.
struct ThemeInputs<'a> {
    documents: &'a [&'a Record],
    texts: &'a [ComparedText<'a>],
    found: &'a [Arc<Comparison>],
    /// The documents' pages.
    pages: Vec<String>,
    slots: Vec<usize>,
}

impl ThemeInputs<'_> {
    /// A cell a document.
    fn whole(&self, line: &ThemeSections) -> FollowedSection {
        let cells = (0..self.texts.len()).map(|at| self.cell(line, at)).collect();
        FollowedSection { cells, ..self.named(line) }
    }

    /// A cell for each document that has it.
    fn filled(&self, line: &ThemeSections) -> FollowedSection {
        let cells = line.documents().into_iter().map(|at| self.cell(line, at)).collect();
        FollowedSection { cells, ..self.named(line) }
    }

    fn named(&self, line: &ThemeSections) -> FollowedSection {
        let (at, section) = line.name();
        let named = &self.texts[at].sections[section];
        let documents = line.documents();
        let year = |at: Option<&usize>| at.map_or(0, |at| self.year(*at));
        FollowedSection {
            title: named.title.to_owned(),
            depth: named.depth,
            href: part_name(&self.pages[at], named).href,
            first: year(documents.first()),
            last: year(documents.last()),
            count: documents.len(),
            cells: Vec::new(),
            strip: None,
            periods: Vec::new(),
        }
    }

    fn year(&self, at: usize) -> i16 {
        self.documents[at].address.year.get()
    }

    fn cell(&self, line: &ThemeSections, at: usize) -> ThemeCell {
        let sections = || of_document(&line.0, at);
        ThemeCell {
            year: self.year(at),
            sections: sections()
                .map(|section| part_name(&self.pages[at], &self.texts[at].sections[section]))
                .collect::<Vec<PartName>>(),
            status: sections().next().and_then(|section| self.status(at, section)),
        }
    }

    /// What became of a section since the document before, as far as what is held can say that.
    fn status(&self, at: usize, section: usize) -> Option<&'static str> {
        let before = at.checked_sub(1)?;
        let groups = &self.found.get(before)?.alignment.groups;
        let group: &SectionGroup = groups.iter().find(|group| group.after.contains(&section))?;
        let says = match Basis::of([before, at].map(|at| self.documents[at].matter.extent)) {
            Basis::Whole => true,
            Basis::Verbatim => !group.before.is_empty(),
            Basis::Digest => false,
        };
        says.then(|| status(group.status))
    }

    /// A line of presence each, the longest ones first as long as there is room, and links to single
    /// years for as many.
    fn folded(&self, (lasting, mut others): (Vec<ThemeSections>, usize), room: usize) -> Themes {
        let mut ranks: Vec<usize> = (0..lasting.len()).collect();
        ranks.sort_by_key(|at| (Reverse(lasting[*at].lasts()), *at));
        let (mut of_lines, mut of_links) = (room, room);
        let mut lines: BTreeMap<usize, FollowedSection> = BTreeMap::new();
        for at in ranks {
            let mut theme = self.presence(&lasting[at]);
            if !take(&mut of_lines, LINE + theme.title.len() + theme.href.len()) {
                others += 1;
                continue;
            }
            let marks = theme.periods.iter().flat_map(|period| &period.marks);
            if !take(&mut of_links, marks.map(|mark| LINK + mark.href.len()).sum()) {
                theme.periods.clear();
            }
            lines.insert(at, theme);
        }
        Themes {
            folded: true,
            lines: lines.into_values().collect(),
            rest: Vec::new(),
            others,
            strip: Some(self.strip(&(0..self.documents.len()).collect())),
        }
    }

    fn presence(&self, line: &ThemeSections) -> FollowedSection {
        FollowedSection {
            strip: Some(self.strip(&line.documents())),
            periods: self.periods(line),
            ..self.named(line)
        }
    }

    /// The years of a line by decade, each a link to its first section.
    fn periods(&self, line: &ThemeSections) -> Vec<ThemePeriod> {
        let mut periods: Vec<ThemePeriod> = Vec::new();
        for at in line.documents() {
            let Some(section) = of_document(&line.0, at).next() else {
                continue;
            };
            let year = self.year(at);
            let href = part_name(&self.pages[at], &self.texts[at].sections[section]).href;
            let mark = ThemeMark { year, href };
            let decade = year.div_euclid(10) * 10;
            match periods.last_mut().filter(|last| last.decade == decade) {
                Some(last) => last.marks.push(mark),
                None => periods.push(ThemePeriod { decade, marks: vec![mark] }),
            }
        }
        periods
    }

    /// Where these documents stand on the line of time, those that are not whole told apart.
    fn strip(&self, documents: &BTreeSet<usize>) -> Strip {
        let (whole, partial): (Vec<usize>, Vec<usize>) =
            documents.iter().partition(|at| self.documents[**at].matter.extent.is_full());
        Strip {
            width: self.slots.last().map_or(0, |last| last + 1),
            whole: self.path(&whole),
            partial: self.path(&partial),
        }
    }

    fn path(&self, documents: &[usize]) -> String {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for slot in documents.iter().map(|at| self.slots[*at]) {
            match runs.last_mut() {
                Some((start, length)) if *start + *length == slot => *length += 1,
                _ => runs.push((slot, 1)),
            }
        }
        let path = |(start, length): (usize, usize)| format!("M{start} 0h{length}v1h-{length}z");
        runs.into_iter().map(path).collect()
    }
}

fn of_document(nodes: &[SectionOfDocument], at: usize) -> impl Iterator<Item = usize> + '_ {
    nodes.iter().filter(move |(document, _)| *document == at).map(|(_, section)| *section)
}

/// The themes in the order of the newest document; what only older ones have follows what it
/// followed there.
fn order(roots: &mut ThemeRoots, texts: &[ComparedText<'_>]) -> Vec<SectionOfDocument> {
    let mut order: Vec<SectionOfDocument> = Vec::new();
    for (at, text) in texts.iter().enumerate().rev() {
        let mut last = None;
        for section in 1..text.sections.len() {
            let root = roots.of((at, section));
            let place = order.iter().position(|other| *other == root).unwrap_or_else(|| {
                let place = last.map_or(0, |last: usize| last + 1);
                order.insert(place, root);
                place
            });
            last = Some(place);
        }
    }
    order
}

/// Which sections belong to one theme.
#[derive(Default)]
struct ThemeRoots(BTreeMap<SectionOfDocument, SectionOfDocument>);

impl ThemeRoots {
    fn of(&mut self, node: SectionOfDocument) -> SectionOfDocument {
        let mut root = node;
        while let Some(above) = self.0.get(&root) {
            root = *above;
        }
        if root != node {
            self.0.insert(node, root);
        }
        root
    }

    fn join(&mut self, a: SectionOfDocument, b: SectionOfDocument) {
        let (a, b) = (self.of(a), self.of(b));
        if a != b {
            self.0.insert(a.max(b), a.min(b));
        }
    }
}
