//! Two documents side by side, as a page shows them: their sections, their sentences with what
//! changed in them, their figures, and how much is new.
//!
//! It is made of plain data and knows of no archive, so that a browser makes the same of any two
//! documents ([`mod@file`]; the crate in `wasm/` is this room and those above it that it needs).

mod address;
mod extent;
mod figures;
pub mod file;
mod markup;
mod rows;
mod tally;
mod view;
mod wording;

use std::collections::BTreeSet;

use crate::compare::{
    self, ComparedText, Comparison, MatchReason, SectionGroup, SectionStatus, SentenceChange, SentenceRow,
    TextSection,
};
use crate::han::amount::Amount;
use crate::han::measure::Measure;
use crate::interface::Texts;
use crate::route::encode;

pub use extent::Extent;
pub(crate) use tally::{Basis, percent};
pub use view::{
    Compared, ComparedSection, ComparisonOutcome, DateText, FigurePair, FigureRows, MatchEvidence, PartName,
    SectionName, SectionPair, ShareRow, Shares, SideBySide, ValueChange, YearSpan,
};
pub(crate) use wording::NumberSort;

/// A document as it is compared with another one.
#[derive(Debug)]
pub struct ComparedDocument<'a> {
    /// What is told of it.
    pub about: Compared,
    /// Its text.
    pub text: ComparedText<'a>,
    /// The figures that it declares, in order.
    pub declared: Vec<DeclaredFigure<'a>>,
}

/// A figure that a document declares.
#[derive(Clone, Debug)]
pub struct DeclaredFigure<'a> {
    /// What it is a figure of.
    pub indicator: CountedThing<'a>,
    /// What is declared.
    pub amount: Amount,
    /// The anchor of its section; empty where it has none.
    pub anchor: &'a str,
    /// Its place on the document's page as a link; empty where it has none.
    pub fragment: String,
    /// The sentence that tells it; nothing where that is none of the document's.
    pub sentence: Option<&'a str>,
}

/// What a figure is one of.
#[derive(Clone, Copy, Debug)]
pub struct CountedThing<'a> {
    /// The indicator's id.
    pub id: &'a str,
    /// Its name in the language of the interface.
    pub name: &'a str,
    /// What it is counted in.
    pub unit: &'a str,
    /// What sort of number it is.
    pub measure: Measure,
}

impl<'a> CountedThing<'a> {
    fn sort(self) -> NumberSort<'a> {
        NumberSort { measure: self.measure, unit: self.unit, power: 0 }
    }
}

/// What stands around two documents.
#[derive(Clone, Debug)]
pub struct PairSetting<'a> {
    /// The years of all documents of their series.
    pub years: Vec<i16>,
    /// The texts of the interface.
    pub texts: &'a Texts,
}

/// The years between two documents.
struct YearsBetween {
    /// Those that have no document.
    gaps: Vec<YearSpan>,
    /// How many have one.
    held: usize,
}

fn between(years: &[i16], (before, after): (i16, i16)) -> YearsBetween {
    let is_between = |year: &&i16| (before + 1..after).contains(*year);
    YearsBetween { gaps: gaps(years, (before, after)), held: years.iter().filter(is_between).count() }
}

/// The years between two that are none of `held`.
pub(crate) fn gaps(held: &[i16], (before, after): (i16, i16)) -> Vec<YearSpan> {
    let held: BTreeSet<i16> = held.iter().copied().collect();
    spans((before + 1..after).filter(|year| !held.contains(year)))
}

/// Rising years, those that follow one another as one span.
pub(crate) fn spans(years: impl Iterator<Item = i16>) -> Vec<YearSpan> {
    let mut spans: Vec<YearSpan> = Vec::new();
    for year in years {
        match spans.last_mut() {
            Some(last) if last.to + 1 == year => last.to = year,
            _ => spans.push(YearSpan { from: year, to: year }),
        }
    }
    spans
}

/// Two documents and what was found.
#[derive(Debug)]
pub struct ComparedPair<'a> {
    old: ComparedDocument<'a>,
    new: ComparedDocument<'a>,
    found: &'a Comparison,
    setting: PairSetting<'a>,
    basis: Basis,
    /// What tells the sentences of the earlier text apart in addresses.
    old_names: Vec<address::SentenceName>,
    /// What tells those of the later text apart.
    new_names: Vec<address::SentenceName>,
}

impl<'a> ComparedPair<'a> {
    /// An earlier and a later document, of which `found` was found.
    #[must_use]
    pub fn new(
        (old, new): (ComparedDocument<'a>, ComparedDocument<'a>),
        found: &'a Comparison,
        setting: PairSetting<'a>,
    ) -> Self {
        let basis = Basis::of([old.about.extent, new.about.extent]);
        let (old_names, new_names) = (address::names(&old.text), address::names(&new.text));
        Self { old, new, found, setting, basis, old_names, new_names }
    }

    /// What their page shows that is of these two alone.
    #[must_use]
    pub fn beside(&self) -> SideBySide {
        let between = between(&self.setting.years, (self.old.about.year, self.new.about.year));
        SideBySide {
            before: self.old.about.clone(),
            after: self.new.about.clone(),
            gaps: between.gaps,
            between: between.held,
            whole: self.basis == Basis::Whole,
            verbatim: self.basis != Basis::Digest,
            tally: self.basis.tally(self.found.rows.iter().flatten()),
            figures: rows::rows(&self.figures()),
            parts: self.parts(),
            before_only: self.alone(&self.old, |group| (&group.before, &group.after)),
            after_only: self.alone(&self.new, |group| (&group.after, &group.before)),
        }
    }

    /// What was found, in plain numbers.
    #[must_use]
    pub fn outcome(&self) -> ComparisonOutcome {
        let shares = self.found.shares;
        ComparisonOutcome {
            sections: self.found.alignment.groups.iter().flat_map(|group| self.sections(group)).collect(),
            figures: self.figures(),
            shares: (self.basis == Basis::Whole).then_some(Shares {
                same: shares.same,
                figures_only: shares.figures_only,
                reworded: shares.reworded,
                added: shares.added,
                removed: shares.removed,
            }),
        }
    }

    /// What became of a section. What is not held whole cannot say that something is new or gone, and
    /// the order of a digest is its editor's.
    fn status(&self, group: &SectionGroup) -> &'static str {
        match (self.basis, &group.before[..], &group.after[..]) {
            (Basis::Whole, ..) => status(group.status),
            (_, [], _) => "after-only",
            (_, _, []) => "before-only",
            (Basis::Digest, ..) => "matched",
            (Basis::Verbatim, ..) => status(group.status),
        }
    }

    /// A group as pairs. What stands before the first section is no section.
    fn sections(&self, group: &SectionGroup) -> Vec<SectionPair> {
        let name = |section: &TextSection<'_>| SectionName {
            anchor: section.anchor.to_owned(),
            title: section.title.to_owned(),
        };
        let before =
            |at: &usize| Some(name(&self.old.text.sections[*at])).filter(|name| !name.anchor.is_empty());
        let after =
            |at: &usize| Some(name(&self.new.text.sections[*at])).filter(|name| !name.anchor.is_empty());
        let status = self.status(group);
        let pair = |before, after, why| SectionPair { status, before, after, why };
        let both = |i: &usize, j: &usize| {
            let two = SectionGroup { status: group.status, before: vec![*i], after: vec![*j] };
            pair(before(i), after(j), self.why(&two))
        };
        let pairs = match (&group.before[..], &group.after[..]) {
            (before_all, []) => before_all.iter().map(|at| pair(before(at), None, Vec::new())).collect(),
            ([], after_all) => after_all.iter().map(|at| pair(None, after(at), Vec::new())).collect(),
            ([one], many) => many.iter().map(|at| both(one, at)).collect(),
            (many, [one, ..]) => many.iter().map(|at| both(at, one)).collect::<Vec<_>>(),
        };
        pairs.into_iter().filter(|pair| pair.before.is_some() || pair.after.is_some()).collect()
    }

    /// Whether the sections of a group need no other reason to belong together than their title.
    fn has_one_title(&self, group: &SectionGroup) -> bool {
        compare::has_one_title(group, &self.old.text, &self.new.text)
    }

    /// What speaks for the sections of a group belonging together.
    fn why(&self, group: &SectionGroup) -> Vec<MatchEvidence> {
        let told = |reason| match reason {
            MatchReason::Title => MatchEvidence { reason: "title", count: 1, words: Vec::new() },
            MatchReason::Sentences(count) => MatchEvidence { reason: "sentences", count, words: Vec::new() },
            MatchReason::Words(words) => MatchEvidence { reason: "words", count: words.len(), words },
        };
        self.found.reasons(group, &self.old.text, &self.new.text).into_iter().map(told).collect()
    }

    /// The parts of the page. What stands before the first section has no part if it is empty.
    fn parts(&self) -> Vec<ComparedSection> {
        let groups = self.found.alignment.groups.iter().zip(&self.found.rows);
        let parts = groups.map(|(group, rows)| self.part(group, rows));
        let is_shown = |part: &ComparedSection| match part.status {
            "lead" => !part.html.is_empty(),
            "before-only" | "after-only" => false,
            _ => true,
        };
        parts.filter(is_shown).collect()
    }

    /// The sections of one side that have none on the other, where that says nothing of them. `sides`
    /// gives a group's sections of this side and of the other.
    fn alone(
        &self,
        side: &ComparedDocument<'_>,
        sides: impl for<'g> Fn(&'g SectionGroup) -> (&'g Vec<usize>, &'g Vec<usize>),
    ) -> Vec<PartName> {
        if self.basis == Basis::Whole {
            return Vec::new();
        }
        let groups = self.found.alignment.groups.iter().map(sides);
        let mut alone: Vec<usize> =
            groups.filter(|(_, other)| other.is_empty()).flat_map(|(own, _)| own.iter().copied()).collect();
        alone.sort_unstable();
        let sections = alone.into_iter().map(|at| &side.text.sections[at]);
        sections
            .filter(|section| section.depth > 0)
            .map(|section| part_name(&side.about.href, section))
            .collect()
    }

    fn part(&self, group: &SectionGroup, rows: &[SentenceRow]) -> ComparedSection {
        let names = |side: &ComparedDocument<'_>, sections: &[usize]| -> Vec<PartName> {
            let real = sections.iter().map(|at| &side.text.sections[*at]).filter(|section| section.depth > 0);
            real.map(|section| part_name(&side.about.href, section)).collect()
        };
        let (before, after) = (names(&self.old, &group.before), names(&self.new, &group.after));
        let is_lead = before.is_empty() && after.is_empty();
        let same_name = match (&before[..], &after[..]) {
            ([a], [b]) => a.ordinal == b.ordinal && a.title == b.title,
            _ => false,
        };
        let new = group.after.first().map(|at| &self.new.text.sections[*at]);
        let old = group.before.first().map(|at| &self.old.text.sections[*at]);
        ComparedSection {
            id: address::part(old, new),
            status: if is_lead { "lead" } else { self.status(group) },
            depth: new.or(old).map_or(1, |section| section.depth.max(1)),
            same_name,
            svg: self.basis.bar(rows.iter()),
            changes: rows.iter().filter(|row| row.change != SentenceChange::Same || row.elsewhere).count(),
            why: if is_lead || self.has_one_title(group) { Vec::new() } else { self.why(group) },
            html: self.html(rows),
            before,
            after,
        }
    }

    fn html(&self, rows: &[SentenceRow]) -> String {
        let texts = self.setting.texts;
        let link = |side: &ComparedDocument<'_>, section: usize, key: &str| {
            let name = part_name(&side.about.href, &side.text.sections[section]);
            let mut html = format!("<a class=elsewhere href=\"{}\">", name.href);
            markup::escape(&mut html, &texts.say(key, &[("year", &side.about.year), ("title", &name.title)]));
            html.push_str("</a>");
            html
        };
        let said = markup::SentenceNotes {
            stayed: &|count| texts.say("script.told.stayed", &[("n", &count)]),
            before: &|section| link(&self.old, section, "script.told.moved_from"),
            after: &|section| link(&self.new, section, "script.told.moved_to"),
        };
        let both = (&self.old.text, &self.new.text);
        let sides = (
            markup::NamedText { text: &self.old.text, names: &self.old_names },
            markup::NamedText { text: &self.new.text, names: &self.new_names },
        );
        match self.basis {
            Basis::Whole => markup::rows(rows, sides, &said),
            Basis::Verbatim => markup::rows_held(rows, sides, &said),
            Basis::Digest => markup::apart(rows, both, (self.old.about.year, self.new.about.year)),
        }
    }
}

/// A section's name and its place on the document's page, which is at `page`.
pub(crate) fn part_name(page: &str, section: &TextSection<'_>) -> PartName {
    PartName {
        ordinal: section.ordinal.map(str::to_owned),
        title: section.title.to_owned(),
        href: section_href(page, section.anchor),
    }
}

/// The place of a section on the document's page, which is at `page`.
fn section_href(page: &str, anchor: &str) -> String {
    // Nearly all anchors are of letters that stand for themselves.
    let is_plain = anchor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match anchor {
        "" => page.to_owned(),
        anchor if is_plain => [page, "#", anchor].concat(),
        anchor => format!("{page}#{}", encode(anchor)),
    }
}

/// A status as programs read it.
pub(crate) fn status(status: SectionStatus) -> &'static str {
    match status {
        SectionStatus::Matched => "matched",
        SectionStatus::Moved => "moved",
        SectionStatus::Split => "split",
        SectionStatus::Merged => "merged",
        SectionStatus::Added => "added",
        SectionStatus::Removed => "removed",
        SectionStatus::Unmatched => "unmatched",
    }
}
