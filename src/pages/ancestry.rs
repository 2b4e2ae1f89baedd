//! How much of a report is new, and where the rest stood first: what the page of a document and of a
//! place shows of it, and the pages of all places. What it goes by is said in [`crate::ancestry`].

use std::collections::BTreeMap;

use super::sheet::PlaceList;
use super::{PageSheet, labels};
use crate::ancestry::{SentenceOrigin, Tally};
use crate::ask::{Ask, DocumentOrigins, OriginCounts};
use crate::beside::percent;
use crate::outline::ancestry::speaks;
use crate::outline::data::{OpenDataFile, Register, TableFormat};
use crate::report::body::Section;
use crate::report::html::MarkedStretch;
use crate::report::prose::ReadSentence;
use crate::report::{OpenDocument, Record};
use crate::route::{Route, Year};
use crate::view::{
    AncestryPage, AncestryPart, AncestryRow, Content, NamedLink, OriginList, OriginRow, OriginSection,
    OriginShare, OriginYear, OriginsView, PlaceOrigins,
};
use crate::words;

/// So many documents of other places are named one by one, those with the most sentences.
const MOST_OTHERS: usize = 24;

/// A section with fewer sentences is not told by itself.
const LEAST_OF_SECTION: usize = 3;

/// What the page of a document shows, and the stretches of its text.
#[derive(Default)]
pub(super) struct MarkedDocument {
    pub(super) origins: Option<OriginsView>,
    pub(super) stretches: Vec<MarkedStretch>,
}

/// Where the sentences of a document come from; nothing of one that is not looked at, or alone.
pub(super) fn of_document(ask: &Ask<'_>, report: &OpenDocument<'_>) -> MarkedDocument {
    if !ask.menu().ancestry {
        return MarkedDocument::default();
    }
    let Some(derived) = ask.derived(report.record) else { return MarkedDocument::default() };
    let OriginCounts { tally, is_first, .. } = derived.counted;
    let rows = rows(ask, (report.record, &derived.origins));
    let mark = |origin: SentenceOrigin| match origin {
        // Nobody can tell what is new in the first.
        SentenceOrigin::New => (!is_first).then_some("n"),
        SentenceOrigin::Common | SentenceOrigin::Aside => None,
        other => Some(rows.marks.get(&key(other)).map_or("e", String::as_str)),
    };
    let stretches = stretches(report, &derived, mark);
    let origins = OriginsView {
        shares: shares(&tally),
        sentences: tally.judged(),
        common: tally.common,
        quoted: tally.aside,
        first: is_first,
        lists: rows.named,
        more: rows.more,
    };
    MarkedDocument { origins: (tally.judged() > 0).then_some(origins), stretches }
}

/// The documents in which sentences stood first.
struct OriginDocuments {
    named: Vec<OriginList>,
    /// The mark of each origin that is named.
    marks: BTreeMap<OriginOrder, String>,
    /// How many are not named.
    more: usize,
}

/// An origin in the order in which it is told, by its document: kept, with other figures, elsewhere.
type OriginOrder = (u8, usize);

fn key(origin: SentenceOrigin) -> OriginOrder {
    match origin {
        SentenceOrigin::Kept(document) => (0, document),
        SentenceOrigin::Figures(document) => (1, document),
        SentenceOrigin::Elsewhere(document) => (2, document),
        SentenceOrigin::New | SentenceOrigin::Common | SentenceOrigin::Aside => (3, 0),
    }
}

fn rows(ask: &Ask<'_>, (report, origins): (&Record, &[SentenceOrigin])) -> OriginDocuments {
    const NAMES: [(&str, char); 3] = [("kept", 'k'), ("figures", 'f'), ("elsewhere", 'e')];
    let mut counts: BTreeMap<OriginOrder, usize> = BTreeMap::new();
    for origin in
        origins.iter().map(|origin| key(*origin)).filter(|(sort, _)| usize::from(*sort) < NAMES.len())
    {
        *counts.entry(origin).or_default() += 1;
    }
    let mut others: Vec<(OriginOrder, usize)> =
        counts.iter().filter(|((sort, _), _)| *sort == 2).map(|(key, count)| (*key, *count)).collect();
    others.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
    let more = others.split_off(others.len().min(MOST_OTHERS)).len();
    let own = counts.iter().filter(|((sort, _), _)| *sort < 2).map(|(key, count)| (*key, *count));
    let mut rows = OriginDocuments { named: Vec::new(), marks: BTreeMap::new(), more };
    for (number, ((sort, document), count)) in own.chain(others).enumerate() {
        let (origin, letter) = NAMES[usize::from(sort)];
        let mark = format!("{letter}{}", number + 1);
        let first = ask.document_numbered(document);
        let is_other = first.address.place != report.address.place;
        if rows.named.last().is_none_or(|list| list.origin != origin) {
            rows.named.push(OriginList { origin, rows: Vec::new() });
        }
        let row = OriginRow {
            mark: mark.clone(),
            year: first.address.year.get(),
            href: ask.href(&first.route()),
            title: first.address.slug.is_some().then(|| first.matter.title.value.clone()),
            place: is_other.then(|| ask.place_name(&first.address.place)),
            published: is_other.then(|| words::of(ask.config()).published(first.matter.published)),
            count,
        };
        if let Some(list) = rows.named.last_mut() {
            list.rows.push(row);
        }
        rows.marks.insert((sort, document), mark);
    }
    rows
}

/// The stretches of a text whose sentences stand in it as they are read. Sentences side by side that come
/// from the same document are one stretch.
fn stretches<'m>(
    report: &OpenDocument<'_>,
    derived: &DocumentOrigins<'_>,
    mark: impl Fn(SentenceOrigin) -> Option<&'m str>,
) -> Vec<MarkedStretch> {
    let mut stretches: Vec<MarkedStretch> = Vec::new();
    for sentence in report.parsed.body.prose.sentences(report.source) {
        let origin = origin(derived, &sentence);
        let Some((span, mark)) = sentence.at.zip(origin.and_then(&mark)) else { continue };
        match stretches.last_mut() {
            Some(last) if last.span.end == span.start && &*last.mark == mark => last.span.end = span.end,
            _ => stretches.push(MarkedStretch { span, mark: mark.into() }),
        }
    }
    stretches
}

/// Where a sentence of the document comes from; nothing of a short one.
fn origin(derived: &DocumentOrigins<'_>, sentence: &ReadSentence<'_>) -> Option<SentenceOrigin> {
    let at = sentence.is_longer().then(|| derived.sayings.position(sentence.key.exact)).flatten()?;
    derived.origins.get(at).copied()
}

/// The origins that occur, new sentences first.
fn shares(tally: &Tally) -> Vec<OriginShare> {
    let all = tally.judged();
    let counts = [
        ("new", tally.new),
        ("kept", tally.kept),
        ("figures", tally.figures),
        ("elsewhere", tally.elsewhere),
    ];
    let share = |(origin, count)| OriginShare { origin, count, percent: percent(count, all) };
    counts.into_iter().filter(|(_, count)| *count > 0).map(share).collect()
}

/// The share of new sentences in hundredths with one decimal; nothing where there are none.
fn value(tally: &Tally) -> Option<String> {
    let tenths = (2000 * tally.new + tally.judged()).checked_div(2 * tally.judged())?;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

fn plus(one: Tally, other: &Tally) -> Tally {
    Tally {
        new: one.new + other.new,
        kept: one.kept + other.kept,
        figures: one.figures + other.figures,
        elsewhere: one.elsewhere + other.elsewhere,
        common: one.common + other.common,
        aside: one.aside + other.aside,
    }
}

/// The annual reports of a place by year; of several of a year, the year's own comes first and speaks.
fn annual<'a>(ask: &Ask<'a>, slug: &str) -> BTreeMap<Year, OriginCounts<'a>> {
    let mut years = BTreeMap::new();
    for counted in ask.counted(slug).into_iter().filter(|counted| speaks(counted.record)) {
        years.entry(counted.record.address.year).or_insert(counted);
    }
    years
}

fn year(ask: &Ask<'_>, year: Year, counted: Option<&OriginCounts<'_>>) -> OriginYear {
    let judged = counted.filter(|counted| !counted.is_first);
    OriginYear {
        year: year.get(),
        href: counted.map(|counted| ask.href(&counted.record.route())),
        first: counted.is_some_and(|counted| counted.is_first),
        value: judged.and_then(|counted| value(&counted.tally)),
        shares: counted.map(|counted| shares(&counted.tally)).unwrap_or_default(),
    }
}

/// How much is new in the annual reports of a place; nothing where that cannot be said of any.
pub(super) fn of_place(ask: &Ask<'_>, slug: &str) -> Option<PlaceOrigins> {
    let all = annual(ask, slug);
    let years: Vec<OriginYear> = all.iter().map(|(at, counted)| year(ask, *at, Some(counted))).collect();
    if years.iter().all(|year| year.value.is_none()) {
        return None;
    }
    let newest = all.values().next_back()?.record;
    let sections = ask.open(newest).map(|opened| sections(ask, &opened)).unwrap_or_default();
    Some(PlaceOrigins {
        spark: super::chart::share_spark(
            years.iter().filter_map(|year| Some((year.year, year.value.clone()?))),
        ),
        years,
        newest: Some(NamedLink { name: newest.matter.title.value.clone(), href: ask.href(&newest.route()) }),
        sections,
    })
}

/// The topmost sections of a report, each with all that is below it.
fn sections(ask: &Ask<'_>, report: &OpenDocument<'_>) -> Vec<OriginSection> {
    let Some(derived) = ask.derived(report.record) else { return Vec::new() };
    let all = &report.parsed.body.sections;
    let top = all.iter().filter(|section| !section.in_wrapper).map(|section| section.depth).min();
    let mut told: Vec<(&Section, BTreeMap<usize, SentenceOrigin>)> = Vec::new();
    let mut owners = Vec::with_capacity(all.len());
    for section in all {
        if Some(section.depth) == top && !section.in_wrapper {
            told.push((section, BTreeMap::new()));
        }
        owners.push(told.len().checked_sub(1));
    }
    for sentence in report.parsed.body.prose.sentences(report.source) {
        let owner = sentence.section.and_then(|at| owners.get(at).copied().flatten());
        let at = sentence.is_longer().then(|| derived.sayings.position(sentence.key.exact)).flatten();
        if let Some(((_, found), at)) = owner.and_then(|owner| told.get_mut(owner)).zip(at) {
            found.insert(at, derived.origins[at]);
        }
    }
    let section = |(section, found): (&Section, BTreeMap<usize, SentenceOrigin>)| {
        let mut tally = Tally::default();
        found.into_values().for_each(|origin| tally.add(origin));
        OriginSection {
            ordinal: section.ordinal.as_ref().map(ToString::to_string),
            title: section.title.to_string(),
            href: format!("{}#{}", ask.href(&report.route()), crate::route::encode(&section.anchor)),
            sentences: tally.judged(),
            value: value(&tally),
            shares: shares(&tally),
        }
    };
    told.into_iter().map(section).filter(|section| section.sentences >= LEAST_OF_SECTION).collect()
}

/// The page of all places, or the part of it that lies below `root`.
pub(super) fn ancestry(ask: &Ask<'_>, root: Option<&str>) -> Option<PageSheet> {
    ask.look();
    let table = ask.ancestry_table();
    let words = words::of(ask.config());
    let slugs: Option<&Vec<String>> = match root {
        Some(root) => Some(table.parts.groups.get(root)?),
        None => table.parts.is_split().then_some(&table.parts.rest),
    };
    let is_here = |slug: &String| slugs.is_none_or(|slugs| slugs.contains(slug));
    let seats = table.seats.iter().filter(|(slug, _)| is_here(slug));
    let rows: Vec<_> = seats.map(|(slug, depth)| row(ask, (slug, *depth))).collect();
    let parts =
        table.parts.groups.iter().filter(|_| root.is_none()).map(|(name, slugs)| part(ask, name, slugs));
    let all = || table.seats.iter().map(|(slug, _)| slug);
    let content = AncestryPage {
        place: root.filter(|root| ask.place(root).is_some()).map(|root| ask.place_link(root)),
        years: table.years.iter().map(|year| year.get()).collect(),
        totals: match root {
            Some(_) => totals(ask, slugs.into_iter().flatten()),
            None => totals(ask, all()),
        },
        rows,
        parts: parts.collect(),
        files: files(ask),
    };
    let PlaceList { heading, breadcrumbs } = PlaceList::part(ask, (words.ancestry(), "ancestry"), root);
    let description = words.about_ancestry((table.years.first()?.get(), table.years.last()?.get()));
    Some(PageSheet {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Ancestry(Box::new(content)))
    })
}

fn row(ask: &Ask<'_>, (slug, depth): (&str, usize)) -> AncestryRow {
    let told = annual(ask, slug);
    let years = ask.ancestry_table().years.iter();
    let NamedLink { name, href } = ask.place_link(slug);
    AncestryRow { name, href, depth, cells: years.map(|at| year(ask, *at, told.get(at))).collect() }
}

/// These places together, a year. Reports that nothing can be held against count in no share.
fn totals<'s>(ask: &Ask<'_>, slugs: impl Iterator<Item = &'s String>) -> Vec<OriginYear> {
    let mut sums: BTreeMap<Year, Tally> = BTreeMap::new();
    for slug in slugs {
        for (year, counted) in annual(ask, slug).into_iter().filter(|(_, counted)| !counted.is_first) {
            let sum = sums.entry(year).or_default();
            *sum = plus(*sum, &counted.tally);
        }
    }
    let total = |year: &Year| {
        let tally = sums.get(year).copied().unwrap_or_default();
        OriginYear {
            year: year.get(),
            href: None,
            first: false,
            value: value(&tally),
            shares: shares(&tally),
        }
    };
    ask.ancestry_table().years.iter().map(total).collect()
}

fn part(ask: &Ask<'_>, name: &str, slugs: &[String]) -> AncestryPart {
    AncestryPart {
        name: ask.part_name(name),
        href: ask.href(&Route::page(["ancestry", name])),
        places: slugs.len(),
        totals: totals(ask, slugs.iter()),
    }
}

/// The same as data.
fn files(ask: &Ask<'_>) -> Vec<NamedLink> {
    let files = [("CSV", TableFormat::Csv), ("JSON", TableFormat::Json)];
    let file = |(name, format): (&str, TableFormat)| {
        let route = OpenDataFile::Register(Register::Ancestry, format).route()?;
        ask.has(&route).then(|| NamedLink { name: name.to_owned(), href: ask.href(&route) })
    };
    files.into_iter().filter_map(file).collect()
}
