//! What was published before: the log, earlier texts of a document, and documents that are gone.

use std::collections::BTreeMap;

use super::compare::beside_former;
use super::reading::bodies;
use super::{PageSheet, labels};
use crate::archive::DocumentId;
use crate::ask::{Ask, FormerText};
use crate::outline::published::{LONGEST_LOG, log_part, log_parts, log_route, of_year, years};
use crate::publications::{Event, PublicationEntry, RecordedCorrection, Stamp};
use crate::report::{Amount, Figure, Record};
use crate::route::Route;
use crate::view::{
    Content, CorrectionRow, DateText, FigureRevision, FormerPlace, GoneDocument, LogPage, LogPart, LogRow,
    NamedLink, VersionPage, VersionRow, WithdrawalView, YearCount,
};
use crate::words::{self, Vocabulary};

/// So many entries stand on the first page of the log.
const NEWEST: usize = 100;

/// An earlier text of a document, by its place in the archive and its number.
pub(super) fn version(ask: &Ask<'_>, at: DocumentId, number: usize) -> Option<PageSheet> {
    let report = ask.document(at);
    let former = ask.former(report);
    let this = former.iter().find(|former| former.number == number)?;
    let words = words::of(ask.config());
    let opened = this.opened();
    let route = report.route();
    let (html, wrapper) = bodies(ask, &opened, &[]);
    let mut versions = versions(ask, report, &former);
    for row in &mut versions {
        row.current = row.number == number;
    }
    let heading = words.version(&report.matter.title.value, number);
    let description = words.about_version(&report.matter.title.value, number);
    let content = VersionPage {
        document: NamedLink { name: report.matter.title.value.clone(), href: ask.href(&route) },
        place: ask.place_link(&report.address.place),
        kind: ask.kind(&report.matter.kind),
        number,
        date: date(this.first.time, words),
        sha256: this.first.sha256.clone(),
        lang: opened.matter.script.tag(),
        wrapper,
        html,
        beside: beside_former(ask, at, this),
        versions,
    };
    let mut breadcrumbs = ask.crumbs_to_place(&report.address.place);
    breadcrumbs.push((report.matter.title.value.clone(), Some(route.clone())));
    breadcrumbs.push((words.version_number(number), None));
    Some(PageSheet {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        robots: Some("noindex"),
        canonical: Some(route),
        ..PageSheet::new(heading, description, Content::Version(Box::new(content)))
    })
}

/// The texts of a document, the newest first; nothing where there was only one.
pub(super) fn versions(ask: &Ask<'_>, report: &Record, former: &[FormerText<'_>]) -> Vec<VersionRow> {
    let words = words::of(ask.config());
    let Some(last) = former.last() else { return Vec::new() };
    let route = report.route();
    let past = ask.past(&route);
    let corrections = |first: &PublicationEntry, until: Option<&PublicationEntry>| {
        let own = past.iter().filter(|entry| {
            entry.number >= first.number && until.is_none_or(|until| entry.number < until.number)
        });
        own.flat_map(|entry| &entry.corrections).map(|note| correction(note, words)).collect()
    };
    let now = past.iter().find(|entry| entry.number > last.first.number && entry.words != last.first.words);
    let present = VersionRow {
        number: last.number + 1,
        date: now.map(|entry| date(entry.time, words)),
        corrections: now.map(|entry| corrections(entry, None)).unwrap_or_default(),
        href: None,
        current: false,
    };
    let nexts = former.iter().skip(1).map(|next| Some(next.first)).chain([now.copied()]);
    let earlier = former.iter().zip(nexts).map(|(former, next)| VersionRow {
        number: former.number,
        date: Some(date(former.first.time, words)),
        corrections: corrections(former.first, next),
        href: Some(ask.href(&version_route(&route, former.number))),
        current: false,
    });
    let mut rows: Vec<VersionRow> = earlier.chain([present]).collect();
    rows.reverse();
    rows
}

fn version_route(route: &Route, number: usize) -> Route {
    route.below(&format!("versions/{number}/"))
}

/// The places of earlier texts that the text of `at` has not, each as the last text has it.
pub(super) fn former_places(ask: &Ask<'_>, report: &Record, former: &[FormerText<'_>]) -> Vec<FormerPlace> {
    let mut places: BTreeMap<String, FormerPlace> = BTreeMap::new();
    for one in former {
        let page = ask.href(&version_route(&report.route(), one.number));
        let found = super::compare::former_sections(ask, report, one);
        for (anchor, title, now) in found {
            let href = format!("{page}#{}", crate::route::encode(&anchor));
            let place = FormerPlace { id: anchor.clone(), title, number: one.number, href, now };
            places.insert(anchor, place);
        }
        for figure in one.opened().record.figures.iter().filter(|figure| figure.is_marked) {
            let is_there = |own: &&Figure| own.is_marked && own.indicator == figure.indicator;
            let indicator = ask.registry().get(&figure.indicator);
            if let (None, Some(indicator)) = (report.figures.iter().find(is_there), indicator) {
                let (id, title) = (figure.fragment(), ask.indicator_name(indicator));
                let href = format!("{page}{}", figure.href());
                places.insert(id.clone(), FormerPlace { id, title, number: one.number, href, now: None });
            }
        }
    }
    places.into_values().collect()
}

/// The last change of a figure of a document, if it was published with another value before.
pub(super) fn figure_change(
    ask: &Ask<'_>,
    past: &[&PublicationEntry],
    figure: &Figure,
    text: impl Fn(&Amount) -> String,
) -> Option<FigureRevision> {
    let (mut last, mut change): (Option<Amount>, Option<(Stamp, Amount)>) = (None, None);
    for entry in past {
        let Some(told) = entry.figures.get(&figure.indicator) else { continue };
        let told = Amount::from(*told);
        if let Some(before) = last.filter(|before| *before != told) {
            change = Some((entry.time, before));
        }
        last = Some(told);
    }
    let (time, before) = change.filter(|_| last == Some(figure.amount))?;
    Some(FigureRevision { date: date(time, words::of(ask.config())), before: text(&before) })
}

/// What is said of a document's withdrawal.
pub(super) fn withdrawal(report: &Record, words: Vocabulary<'_>) -> Option<WithdrawalView> {
    let said = report.matter.withdrawal.as_ref()?;
    Some(WithdrawalView {
        date: Some(words.date(said.date.value)),
        reason: Some(said.reason.name().to_owned()),
        what: said.what.clone(),
    })
}

/// The log: its newest entries, or a year of it, or a part of a year.
pub(super) fn log(ask: &Ask<'_>, which: Option<(i16, Option<u64>)>) -> PageSheet {
    let words = words::of(ask.config());
    let log = ask.log();
    let entries: Vec<&PublicationEntry> = match which {
        None => log.entries().iter().rev().take(NEWEST).collect(),
        Some((year, part)) => {
            of_year(log, year).into_iter().rev().filter(|entry| is_in(entry, part)).collect()
        }
    };
    let parts = which.map(|(year, part)| parts(ask, year, part)).unwrap_or_default();
    let is_split = matches!(which, Some((_, None))) && !parts.is_empty();
    let rows = entries.into_iter().filter(|_| !is_split).map(|entry| row(ask, entry, words));
    let content = LogPage {
        year: which.map(|(year, _)| year),
        entries: rows.collect(),
        total: log.entries().len(),
        years: years(log).into_iter().rev().map(|year| year_count(ask, year)).collect(),
        parts,
    };
    let heading = match which {
        None => words.log().to_owned(),
        Some((year, _)) => words.log_of(year),
    };
    let mut breadcrumbs = vec![(words.home().to_owned(), Some(Route::home()))];
    if which.is_some() {
        breadcrumbs.push((words.log().to_owned(), Some(Route::page(["log"]))));
    }
    breadcrumbs.push((heading.clone(), None));
    PageSheet {
        labels: labels::column(&heading, words.about_log(), "信息公开目录"),
        breadcrumbs,
        feed: Route::file("log/feed.xml").filter(|_| ask.config().feeds).map(|route| ask.href(&route)),
        ..PageSheet::new(heading, words.about_log().to_owned(), Content::Log(Box::new(content)))
    }
}

fn is_in(entry: &PublicationEntry, part: Option<u64>) -> bool {
    part.is_none_or(|part| log_part(entry.number) == part)
}

fn parts(ask: &Ask<'_>, year: i16, here: Option<u64>) -> Vec<LogPart> {
    let parts = log_parts(of_year(ask.log(), year)).into_iter().rev();
    let part = |from| LogPart {
        from,
        to: (from + LONGEST_LOG - 1).min(ask.log().entries().len() as u64),
        href: ask.href(&log_route(year, Some(from))),
        current: here == Some(from),
    };
    parts.map(part).collect()
}

fn year_count(ask: &Ask<'_>, year: i16) -> YearCount {
    YearCount { year, href: ask.href(&log_route(year, None)), count: of_year(ask.log(), year).len() }
}

fn row(ask: &Ask<'_>, entry: &PublicationEntry, words: Vocabulary<'_>) -> LogRow {
    let said = entry.withdrawal.as_ref();
    LogRow {
        number: entry.number,
        time: DateText { iso: Some(entry.time.to_string()), text: entry.time.label() },
        event: entry.event.name(),
        title: entry.title.clone(),
        href: ask.has(&entry.address).then(|| ask.href(&entry.address)),
        from: entry.from.as_ref().map(Route::to_string),
        corrections: entry.corrections.iter().map(|note| correction(note, words)).collect(),
        withdrawal: said.map(|said| WithdrawalView {
            date: said.date.map(|date| words.date(date)),
            reason: said.reason.clone(),
            what: said.what.clone(),
        }),
        sha256: entry.sha256.clone(),
    }
}

fn correction(note: &RecordedCorrection, words: Vocabulary<'_>) -> CorrectionRow {
    CorrectionRow { date: words.date(note.date), note: note.note.clone() }
}

fn date(time: Stamp, words: Vocabulary<'_>) -> DateText {
    words.date(time.date())
}

/// A document that was published and is gone.
pub(super) fn gone_document(ask: &Ask<'_>, route: &Route) -> Option<PageSheet> {
    let words = words::of(ask.config());
    let past = ask.past(route);
    let last = past.last()?;
    let above = route.above().find(|above| ask.has(above)).unwrap_or_else(Route::home);
    let name = match above.first() {
        "" => words.home().to_owned(),
        slug => ask.place_name(slug),
    };
    let content = GoneDocument {
        title: last.title.clone(),
        kind: ask.kind_name(&last.kind),
        date: (last.event == Event::Removed).then(|| date(last.time, words)),
        sha256: last.sha256.clone(),
        above: NamedLink { name: name.clone(), href: ask.href(&above) },
    };
    Some(PageSheet {
        labels: labels::column(&last.title, &last.title, "信息公开目录"),
        breadcrumbs: vec![
            (words.home().to_owned(), Some(Route::home())),
            (name, Some(above)),
            (last.title.clone(), None),
        ],
        robots: Some("noindex"),
        ..PageSheet::new(last.title.clone(), last.title.clone(), Content::Gone(content))
    })
}
