//! Two documents side by side.

use std::sync::Arc;

use super::super::{Made, labels};
use super::{Basis, markup, rows};
use crate::ask::Ask;
use crate::compare::{
    self, Change, Comparison, FigureChange, Group, Reason, Row, Section, Status, Text, Told,
};
use crate::config::{Indicator, Measure, encode};
use crate::outline::comparable::pairs;
use crate::report::{Amount, Figure, Quantity, Record};
use crate::route::Route;
use crate::view::{
    Compare, Content, FigurePair, Outcome, Part, PartName, SectionName, SectionPair, Shares, Why,
};
use crate::words;
use crate::words::{Sort, Vocabulary};

/// The page of two documents, by their places in the archive.
pub(crate) fn pair(ask: &Ask<'_>, before: usize, after: usize) -> Made {
    let pair = Pair::new(ask, before, after);
    let words = words::of(ask.config().language);
    let (slug, kind) = (&pair.old.report.address.place, &pair.old.report.matter.kind);
    let years = (pair.old.report.address.year, pair.new.report.address.year);
    let name = ask.place_name(slug);
    let heading = words.compared(&name, &ask.kind_name(kind), years);
    let mut links: Vec<_> =
        pairs(ask.series(slug, kind)).into_iter().map(|(a, b)| ask.pair_link(a, b)).collect();
    for link in &mut links {
        link.current = (link.from, link.to) == (years.0.get(), years.1.get());
    }
    let content = Compare {
        place: ask.place_link(slug),
        kind: ask.kind(kind),
        before: ask.compared(pair.old.report, pair.old.text.sentences.len()),
        after: ask.compared(pair.new.report, pair.new.text.sentences.len()),
        gaps: ask.gaps(before, after),
        between: held_between(ask.series(slug, kind), (before, after)),
        whole: pair.basis == Basis::Whole,
        verbatim: pair.basis != Basis::Digest,
        tally: pair.basis.tally(pair.found.rows.iter().flatten()),
        figures: rows::rows(&pair.figures()),
        parts: pair.parts(),
        before_only: pair.alone(&pair.old, |group| (&group.before, &group.after)),
        after_only: pair.alone(&pair.new, |group| (&group.after, &group.before)),
        pairs: links,
        all_years: ask.href(&Route::page([slug, "compare"])),
    };
    let mut breadcrumbs = ask.crumbs_to_place(slug);
    breadcrumbs.push((words.compare.to_owned(), Some(Route::page([slug, "compare"]))));
    breadcrumbs.push((format!("{}—{}", years.0, years.1), None));
    let description = words.about_pair(&heading, &content.tally);
    Made {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..Made::new(heading, description, Content::Compare(Box::new(content)))
    }
}

/// What the comparison of two documents found, by their places in the archive.
pub(crate) fn outcome(ask: &Ask<'_>, before: usize, after: usize) -> Outcome {
    Pair::new(ask, before, after).outcome()
}

/// How many documents of a series stand between two of them.
fn held_between(series: &[usize], (before, after): (usize, usize)) -> usize {
    series.iter().filter(|at| (before + 1..after).contains(at)).count()
}

/// A document and its text.
struct Side<'a> {
    report: &'a Record,
    text: Text<'a>,
    /// Its page, to which many links lead.
    href: String,
}

struct Pair<'p, 'a> {
    ask: &'p Ask<'a>,
    old: Side<'a>,
    new: Side<'a>,
    found: Arc<Comparison>,
    basis: Basis,
}

impl<'p, 'a> Pair<'p, 'a> {
    fn new(ask: &'p Ask<'a>, before: usize, after: usize) -> Self {
        let side = |at: usize| {
            let report = ask.document(at);
            Side { report, text: ask.compared_text(at), href: ask.href(&report.route()) }
        };
        let (old, new) = (side(before), side(after));
        let found = ask.found(before, after);
        let basis = Basis::of(old.report, new.report);
        Self { ask, old, new, found, basis }
    }

    fn outcome(&self) -> Outcome {
        let shares = self.found.shares;
        Outcome {
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
    fn status(&self, group: &Group) -> &'static str {
        match (self.basis, &group.before[..], &group.after[..]) {
            (Basis::Whole, ..) => status(group.status),
            (_, [], _) => "after-only",
            (_, _, []) => "before-only",
            (Basis::Digest, ..) => "matched",
            (Basis::Verbatim, ..) => status(group.status),
        }
    }

    /// A group as pairs. What stands before the first section is no section.
    fn sections(&self, group: &Group) -> Vec<SectionPair> {
        let name = |section: &Section<'_>| SectionName {
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
            let two = Group { status: group.status, before: vec![*i], after: vec![*j] };
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
    fn has_one_title(&self, group: &Group) -> bool {
        compare::has_one_title(group, &self.old.text, &self.new.text)
    }

    /// What speaks for the sections of a group belonging together.
    fn why(&self, group: &Group) -> Vec<Why> {
        let told = |reason| match reason {
            Reason::Title => Why { reason: "title", count: 1, words: Vec::new() },
            Reason::Sentences(count) => Why { reason: "sentences", count, words: Vec::new() },
            Reason::Words(words) => Why { reason: "words", count: words.len(), words },
        };
        self.found.reasons(group, &self.old.text, &self.new.text).into_iter().map(told).collect()
    }

    /// The parts of the page. What stands before the first section has no part if it is empty.
    fn parts(&self) -> Vec<Part> {
        let groups = self.found.alignment.groups.iter().zip(&self.found.rows).enumerate();
        let parts = groups.map(|(number, (group, rows))| self.part(number, group, rows));
        let is_shown = |part: &Part| match part.status {
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
        side: &Side<'_>,
        sides: impl for<'g> Fn(&'g Group) -> (&'g Vec<usize>, &'g Vec<usize>),
    ) -> Vec<PartName> {
        if self.basis == Basis::Whole {
            return Vec::new();
        }
        let groups = self.found.alignment.groups.iter().map(sides);
        let mut alone: Vec<usize> =
            groups.filter(|(_, other)| other.is_empty()).flat_map(|(own, _)| own.iter().copied()).collect();
        alone.sort_unstable();
        let sections = alone.into_iter().map(|at| &side.text.sections[at]);
        sections.filter(|section| section.depth > 0).map(|section| part_name(&side.href, section)).collect()
    }

    fn part(&self, number: usize, group: &Group, rows: &[Row]) -> Part {
        let names = |side: &Side<'_>, sections: &[usize]| -> Vec<PartName> {
            let real = sections.iter().map(|at| &side.text.sections[*at]).filter(|section| section.depth > 0);
            real.map(|section| part_name(&side.href, section)).collect()
        };
        let (before, after) = (names(&self.old, &group.before), names(&self.new, &group.after));
        let is_lead = before.is_empty() && after.is_empty();
        let same_name = match (&before[..], &after[..]) {
            ([a], [b]) => a.ordinal == b.ordinal && a.title == b.title,
            _ => false,
        };
        let new = group.after.first().map(|at| self.new.text.sections[*at].depth);
        let old = group.before.first().map(|at| self.old.text.sections[*at].depth);
        Part {
            id: format!("p{number}"),
            status: if is_lead { "lead" } else { self.status(group) },
            depth: new.or(old).unwrap_or(1).max(1),
            same_name,
            tally: self.basis.tally(rows.iter()),
            changes: rows.iter().filter(|row| row.change != Change::Same || row.elsewhere).count(),
            why: if is_lead || self.has_one_title(group) { Vec::new() } else { self.why(group) },
            html: self.html(rows),
            before,
            after,
        }
    }

    fn html(&self, rows: &[Row]) -> String {
        let words = words::of(self.ask.config().language);
        let link = |side: &Side<'_>, section: usize, said: &str| {
            let name = part_name(&side.href, &side.text.sections[section]);
            let mut html = format!("<a class=\"elsewhere\" href=\"{}\">", name.href);
            markup::escape(&mut html, &words.elsewhere(said, &name.title, side.report.address.year));
            html.push_str("</a>");
            html
        };
        let elsewhere = markup::Elsewhere {
            before: &|section| link(&self.old, section, words.came_from),
            after: &|section| link(&self.new, section, words.went_to),
        };
        let texts = (&self.old.text, &self.new.text);
        let years = (self.old.report.address.year, self.new.report.address.year);
        match self.basis {
            Basis::Whole => markup::rows(rows, texts, &elsewhere),
            Basis::Verbatim => markup::rows_held(rows, texts, &elsewhere),
            Basis::Digest => markup::apart(rows, texts, years),
        }
    }

    /// The figures that changed: those that the sentences show, then declared ones that no two
    /// sentences show. Sentences that are not their issuers' show none.
    fn figures(&self) -> Vec<FigurePair> {
        let mut shown: Vec<FigurePair> = Vec::new();
        let mut told = Vec::new();
        let found = match self.basis {
            Basis::Digest => Vec::new(),
            _ => self.found.figures(&self.old.text, &self.new.text),
        };
        for change in &found {
            let pair = self.figure(change);
            told.extend(pair.indicator.clone());
            shown.push(pair);
        }
        for old in self.old.report.figures.iter().filter(|figure| !told.contains(&figure.indicator)) {
            let new = self.new.report.figures.iter().find(|figure| figure.indicator == old.indicator);
            shown.extend(new.and_then(|new| self.declared(old, new)));
        }
        shown
    }

    fn figure(&self, change: &FigureChange) -> FigurePair {
        let words = words::of(self.ask.config().language);
        let (old, old_figure) = self.place(&self.old, &change.before);
        let (new, new_figure) = self.place(&self.new, &change.after);
        let indicator = old_figure.zip(new_figure).filter(|(old, new)| old.indicator == new.indicator);
        let indicator = indicator.and_then(|(old, _)| self.ask.registry().get(&old.indicator));
        let label = match indicator {
            Some(indicator) => self.ask.indicator_name(indicator),
            None => change.label.clone(),
        };
        let text = |side: &Side<'_>, told: &Told| {
            let said = &side.text.sentences[told.sentence].text[told.range.clone()];
            told_text(words, (said, &told.amount), (&change.unit, change.measure))
        };
        let here = Row {
            change: Change::Figures,
            before: None,
            after: Some(change.after.sentence),
            elsewhere: false,
            is_origin: false,
        };
        FigurePair {
            label,
            indicator: indicator.map(|indicator| indicator.id.clone()),
            kind: indicator.map_or(change.measure, |indicator| indicator.kind).name(),
            unit: change.unit.clone(),
            before_anchor: old.0,
            after_anchor: new.0,
            before_href: old.1,
            after_href: new.1,
            before_text: text(&self.old, &change.before),
            after_text: text(&self.new, &change.after),
            here: Some(format!("#{}", markup::anchor(&here))),
            ..self.changed(
                (&change.before.amount, &change.after.amount),
                &Sort { measure: change.measure, unit: &change.unit, power: change.power },
            )
        }
    }

    /// A figure that both documents declare, in sentences that have nothing in common.
    fn declared(&self, old: &Figure, new: &Figure) -> Option<FigurePair> {
        let indicator: &Indicator = self.ask.registry().get(&old.indicator)?;
        if old.amount == new.amount {
            return None;
        }
        let words = words::of(self.ask.config().language);
        let anchor = |figure: &Figure| figure.anchor.as_deref().unwrap_or_default().to_owned();
        let href = |side: &Side<'_>, figure: &Figure| format!("{}{}", side.href, figure.href());
        Some(FigurePair {
            label: self.ask.indicator_name(indicator),
            indicator: Some(indicator.id.clone()),
            kind: indicator.kind.name(),
            unit: indicator.unit.clone(),
            before_anchor: anchor(old),
            after_anchor: anchor(new),
            before_href: href(&self.old, old),
            after_href: href(&self.new, new),
            before_text: words.figure(old, indicator),
            after_text: words.figure(new, indicator),
            here: None,
            ..self.changed((&old.amount, &new.amount), &Sort::of(indicator))
        })
    }

    /// What can be said of two values alone.
    fn changed(&self, (before, after): (&Amount, &Amount), sort: &Sort<'_>) -> FigurePair {
        let words = words::of(self.ask.config().language);
        let change = words.change((before, after), sort);
        FigurePair {
            label: String::new(),
            indicator: None,
            kind: sort.measure.name(),
            unit: sort.unit.to_owned(),
            before: before.value.nearest(),
            before_to: before.to.map(Quantity::nearest),
            after: after.value.nearest(),
            after_to: after.to.map(Quantity::nearest),
            before_qualifier: before.qualifier.map(|qualifier| qualifier.as_str()),
            after_qualifier: after.qualifier.map(|qualifier| qualifier.as_str()),
            before_anchor: String::new(),
            after_anchor: String::new(),
            before_text: String::new(),
            after_text: String::new(),
            before_href: String::new(),
            after_href: String::new(),
            here: None,
            change: change.absolute,
            percent: change.percent,
            trend: change.trend,
        }
    }

    /// The anchor and the link of a figure, and the declared figure that it is.
    fn place(&self, side: &Side<'a>, told: &Told) -> ((String, String), Option<&'a Figure>) {
        let sentence = &side.text.sentences[told.sentence];
        let anchor = side.text.sections[sentence.section].anchor;
        let is_it =
            |figure: &&Figure| figure.amount.value == told.amount.value && *figure.sentence == *sentence.text;
        let figure = side.report.figures.iter().find(is_it);
        let fragment = match figure {
            Some(figure) => figure.href(),
            None if anchor.is_empty() => String::new(),
            None => format!("#{}", encode(anchor)),
        };
        ((anchor.to_owned(), format!("{}{fragment}", side.href)), figure)
    }
}

/// A figure in words, as its sentence tells it.
pub(super) fn told_text(
    words: &Vocabulary,
    (said, amount): (&str, &Amount),
    (unit, measure): (&str, Measure),
) -> String {
    // 20余万 says itself that it is a bound, and 九成 that it is a share.
    let qualifier = amount.qualifier.filter(|_| !said.contains(['余', '餘', '多']));
    let is_whole = matches!(unit, "%" | "‰") && !said.ends_with(|c: char| c.is_numeric());
    words.told(qualifier, (said, if is_whole { "" } else { unit }), measure == Measure::Rank)
}

/// A section's name and its place on the document's page, which is at `page`.
pub(super) fn part_name(page: &str, section: &Section<'_>) -> PartName {
    let fragment = match section.anchor {
        "" => String::new(),
        anchor => format!("#{}", encode(anchor)),
    };
    PartName {
        ordinal: section.ordinal.map(str::to_owned),
        title: section.title.to_owned(),
        href: format!("{page}{fragment}"),
    }
}

/// A status as programs read it.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Matched => "matched",
        Status::Moved => "moved",
        Status::Split => "split",
        Status::Merged => "merged",
        Status::Added => "added",
        Status::Removed => "removed",
        Status::Unmatched => "unmatched",
    }
}
