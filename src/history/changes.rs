//! What is another than it was published, and nothing says why: words, figures, dates and files without
//! a correction, addresses that lead nowhere, withdrawals without a reason.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::append::{moves, noted};
use super::state;
use crate::archive::{Archive, Document};
use crate::diag::{Diagnostic, Words};
use crate::outline::{Outline, Subject};
use crate::publications::{DocumentStanding, PublicationEntry, RecordedCorrection, RecordedFigure, Stamp};
use crate::report::{PublicationDay, PublicationStatus};
use crate::route::{Leaf, Route};
use crate::source::{Span, hex};

/// Everything that changed since the last publication without a word. What is as it was published is
/// told by its digest alone, and is not read.
#[must_use]
pub fn changes(archive: &Archive, outline: &Outline) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> =
        archive.reports.iter().filter_map(|found| future(archive, found)).collect();
    if archive.log.is_empty() {
        return found;
    }
    let moves = moves(archive, outline);
    for document in
        archive.reports.iter().filter(|document| document.matter.status != PublicationStatus::Draft)
    {
        let route = document.route();
        let here = archive.log.standing_at(&route).filter(|here| here.is_there);
        let before = here.or_else(|| moves.get(&route)?.first().copied());
        if let Some(before) = before.filter(|before| before.is_readable) {
            found.extend(of_document(archive, document, before));
        }
    }
    found.extend(removals(archive, outline));
    found.extend(lost(archive, outline));
    found
}

/// A document that says that it is published on a day that has not come.
fn future(archive: &Archive, document: &Document) -> Option<Diagnostic> {
    let today = archive.config.today?;
    let PublicationDay::On(moment) = document.matter.published else { return None };
    let is_public = document.matter.status == PublicationStatus::Published;
    (is_public && moment.date > today).then(|| {
        let words = Words::new(
            format!("发布日期 {} 还没有到", moment.date),
            format!("its date of publication, {}, has not come", moment.date),
        );
        Diagnostic::warning("change/future", &*document.path, words).at(document.matter.title.span).help(
            "核对 `published`；还不能公开的，写 `status: draft`",
            "check `published`; set `status: draft` if it is not yet to be public",
        )
    })
}

fn of_document(archive: &Archive, document: &Document, before: DocumentStanding<'_>) -> Vec<Diagnostic> {
    let last = before.last;
    if document.matter.status == PublicationStatus::Withdrawn {
        return document.matter.withdrawal.is_none().then(|| unexplained(document)).into_iter().collect();
    }
    let is_same_text = last.sha256 == hex(&archive.source(&document.path).sha256());
    if is_same_text && last.files == state::attached(archive, document) {
        return Vec::new();
    }
    let now = state::entry(archive, document, last.time);
    let known: BTreeSet<RecordedCorrection> = noted(&archive.log, last);
    if now.corrections.iter().any(|note| !known.contains(note)) {
        return Vec::new();
    }
    let mut found = figures(document, last, &now);
    if found.is_empty() && last.words != now.words {
        found.push(unsaid(document, last.time, "change/text", ("正文或标题", "its title or text")));
    }
    if (last.written, &last.published) != (now.written, &now.published) {
        found.push(unsaid(document, last.time, "change/date", ("成文日期或发布日期", "a date of it")));
    }
    if last.files != now.files {
        found.push(unsaid(document, last.time, "change/attachment", ("附件", "a file beside it")));
    }
    found
}

/// Figures that were published with another value, or are no longer declared.
fn figures(document: &Document, last: &PublicationEntry, now: &PublicationEntry) -> Vec<Diagnostic> {
    let others = last.figures.iter().filter(|(id, told)| now.figures.get(*id) != Some(told));
    let complaint = |(id, _): (&String, &RecordedFigure)| {
        let declared = document.matter.indicators.iter().find(|declared| declared.id.value == *id);
        let span = declared.map_or(document.matter.title.span, |declared| declared.id.span);
        let (zh, en) = (format!("数据 `{id}` "), format!("its figure `{id}`"));
        unsaid(document, last.time, "change/figure", (&zh, &en)).at(span)
    };
    others.map(complaint).collect()
}

fn unsaid(document: &Document, time: Stamp, code: &'static str, (zh, en): (&str, &str)) -> Diagnostic {
    let words = Words::new(
        format!("{zh}与 {} 公布的不同，没有更正说明", time.label()),
        format!("{en} is another than was published on {}, and no correction says so", time.label()),
    );
    Diagnostic::warning(code, &*document.path, words).at(document.matter.title.span).help(
        "在 `corrections` 里加一条，写明日期和更正了什么；不该改的，改回原样",
        "add an entry to `corrections` with the day and what was corrected, or change it back",
    )
}

fn unexplained(document: &Document) -> Diagnostic {
    let words = Words::new("撤回没有说明日期和原因", "its withdrawal says neither when nor why");
    Diagnostic::warning("change/withdrawal", &*document.path, words).at(document.matter.title.span).help(
        "写上 `withdrawal: { date: 2021-03-01, reason: error }`；含个人信息的，`reason` 写 `personal-data`，旧文本一并清除",
        "write `withdrawal: { date: 2021-03-01, reason: error }`; with the reason `personal-data` earlier texts are erased, too",
    )
}

/// Documents that were published and are nowhere; those of a place that is gone are told at once.
fn removals(archive: &Archive, outline: &Outline) -> Vec<Diagnostic> {
    let is_gone = |route: &Route| match outline.subject(route) {
        Some(Subject::Gone(_)) => true,
        Some(Subject::Report(at)) => archive.reports[*at].matter.status == PublicationStatus::Draft,
        _ => false,
    };
    let mut of_places: BTreeMap<&str, Vec<DocumentStanding<'_>>> = BTreeMap::new();
    for (route, standing) in archive.log.standing().filter(|(route, at)| at.is_there && is_gone(route)) {
        of_places.entry(route.first()).or_default().push(standing);
    }
    let mut found = Vec::new();
    for (slug, all) in of_places {
        match archive.places.contains_key(slug) {
            true => found.extend(all.into_iter().map(|standing| document_gone(standing.last))),
            false => found.push(place_gone(slug, all.len())),
        }
    }
    found
}

fn document_gone(last: &PublicationEntry) -> Diagnostic {
    let words = Words::new(
        format!("{} 曾经公布，现在没有了", last.address),
        format!("{} was published, and nothing is there now", last.address),
    );
    Diagnostic::warning("change/gone", &*last.path, words).help(
        "改了地址的，在新文件的 `aliases` 里写上旧地址；撤回的，保留文件，写 `status: withdrawn` 和 `withdrawal`",
        "if it has moved, list the old address in the `aliases` of the new file; if it is withdrawn, keep the file with `status: withdrawn` and `withdrawal`",
    )
}

fn place_gone(slug: &str, count: usize) -> Diagnostic {
    let words = Words::new(
        format!("/{slug}/ 下曾经公布的 {count} 份文件都没有了"),
        format!("none of the {count} documents is there that were published below /{slug}/"),
    );
    let path = Utf8PathBuf::from(format!("content/{slug}/_index.md"));
    Diagnostic::warning("change/gone", path, words).help(
        format!("地方改名或合并的，在新地方的 _index.md 里写 `aliases: [/{slug}/]`，它下面的一切都会随之转到新地址"),
        format!("if the place was renamed or merged, write `aliases: [/{slug}/]` in the _index.md of the new one: all that was below leads on with it"),
    )
}

/// Pages and files that somebody made, were published, and are nowhere. What the program makes of other
/// things, such as lists and comparisons, comes and goes with them and leads on.
fn lost(archive: &Archive, outline: &Outline) -> Vec<Diagnostic> {
    let is_own = |route: &&Route| {
        let path = route.as_str().trim_matches('/');
        match (route.is_page(), Leaf::of(path.into())) {
            (true, Ok(Leaf::Page(slug))) => archive.log.standing().all(|(other, _)| other.first() != slug),
            (true, _) => false,
            (false, _) => !is_made((archive, outline), route),
        }
    };
    outline.lost.iter().filter(is_own).map(|route| address_lost(archive, route)).collect()
}

/// Whether a file at an address was made by the program, or goes with a document that is withdrawn or
/// told of elsewhere.
fn is_made((archive, outline): (&Archive, &Outline), route: &Route) -> bool {
    let path = Utf8Path::new(route.as_str());
    let first = route.first();
    let is_ours = matches!(first, "data" | "assets" | "pagefind" | "log" | "search");
    let name = path.file_name().unwrap_or_default();
    let is_named =
        matches!(name, "feed.xml" | "texts.json.gz" | "index.md" | "robots.txt" | "opensearch.xml")
            || name.starts_with("sitemap");
    let goes_with = |above: Route| {
        let now = match outline.subject(&above) {
            Some(Subject::Redirect(to)) => to,
            _ => &above,
        };
        match archive.at(now) {
            Some(document) => document.matter.status == PublicationStatus::Withdrawn,
            None => archive.log.standing_at(now).is_some(),
        }
    };
    is_ours || is_named || route.above().next().is_some_and(goes_with)
}

fn address_lost(archive: &Archive, route: &Route) -> Diagnostic {
    let (zh, en) = match route.is_page() {
        true => ("页面", "page"),
        false => ("文件", "file"),
    };
    let words = Words::new(
        format!("{zh} {route} 曾经公布，现在没有了"),
        format!("the {en} {route} was published, and nothing is there now"),
    );
    let path = match route.is_page() {
        true => format!("content/{}.md", route.as_str().trim_matches('/')),
        false if archive.places.contains_key(route.first()) => format!("content{route}"),
        false => format!("static{route}"),
    };
    Diagnostic::warning("change/gone", path, words).at(Span::default()).help(
        "放回去；换了名称的，让旧地址转到新页面（`aliases`），或把旧名称的文件也留着",
        "put it back; if its name is another, let the old address lead on (`aliases`) or keep the file under its old name as well",
    )
}
