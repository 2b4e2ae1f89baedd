//! Putting the files together, and noticing what is wrong between them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::iter::successors;
use std::ops::Range;

use camino::Utf8PathBuf;

use super::{Archive, ContentFile, Document, is_left_out};
use crate::config::{Config, Registry};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::page::{Level, Place};
use crate::publications::PublicationLog;
use crate::route::{Leaf, Route};
use crate::source::{Sources, Span};

/// Puts all entries together, with drafts if `drafts`.
#[must_use]
pub fn assemble(
    sources: Sources,
    settings: (Config, Registry),
    entries: Vec<ContentFile>,
    drafts: bool,
) -> Diagnosed<Archive> {
    let (config, registry) = settings;
    let Diagnosed { value: log, diagnostics: mut complaints } = PublicationLog::read(&sources);
    let mut archive = Archive { sources, config, registry, log, ..Archive::default() };
    archive.reports.reserve_exact(entries.len());
    let mut found = FiledRoutes::default();
    for entry in entries {
        found.file(&mut archive, entry, drafts);
    }
    archive.reports.sort_by(|a, b| a.address.cmp(&b.address));
    archive.by_place = by_place(&archive.reports);
    let mut diagnostics = found.diagnostics;
    diagnostics.append(&mut complaints);
    diagnostics.extend(places(&mut archive));
    diagnostics.extend(index_numbers(&archive.reports));
    Diagnosed { value: archive, diagnostics }
}

/// Which documents are those of each place, by its slug.
fn by_place(reports: &[Document]) -> HashMap<String, Range<usize>> {
    let mut end = 0;
    let of_one = reports.chunk_by(|report, next| report.address.place == next.address.place);
    let range = |reports: &[Document]| {
        let start = end;
        end += reports.len();
        (reports[0].address.place.clone(), start..end)
    };
    of_one.map(range).collect()
}

/// Takes an archive apart into what [`assemble`] was given, so that a file that stays as it is
/// need not be read twice. The entries come in no order.
#[must_use]
pub fn dismantle(archive: Archive) -> (Sources, Vec<ContentFile>) {
    let Archive { sources, mut places, reports, pages, home, aside, refused, .. } = archive;
    for (slug, parent) in refused {
        if let Some(place) = places.get_mut(&slug) {
            place.parent = Some(parent);
        }
    }
    let mut entries = aside;
    entries.extend(reports.into_iter().map(|report| ContentFile::Report(Box::new(report))));
    entries.extend(places.into_values().map(|place| ContentFile::Place(Box::new(place))));
    entries.extend(pages.into_iter().chain(home).map(|page| ContentFile::Page(Box::new(page))));
    (sources, entries)
}

/// What was filed so far, by address.
#[derive(Default)]
struct FiledRoutes {
    routes: BTreeMap<Route, Utf8PathBuf>,
    diagnostics: Vec<Diagnostic>,
}

impl FiledRoutes {
    fn file(&mut self, archive: &mut Archive, entry: ContentFile, drafts: bool) {
        let (route, path) = match &entry {
            ContentFile::Report(report) => (report.route(), report.path.clone()),
            ContentFile::Place(place) => (Route::page([&place.slug]), place.path.clone()),
            ContentFile::Page(page) => (page.leaf.route(), page.path.clone()),
        };
        if let Some(first) = self.routes.get(&route) {
            self.diagnostics.push(duplicate(&route, first, &path));
            archive.aside.push(entry);
            return;
        }
        self.routes.insert(route.clone(), path);
        match entry {
            ContentFile::Report(report) if is_left_out(&report, drafts) => {
                archive.drafts.insert(route);
                archive.aside.push(ContentFile::Report(report));
            }
            ContentFile::Report(report) => drop(archive.reports.push(*report)),
            ContentFile::Place(place) => {
                archive.places.insert(place.slug.clone(), *place);
            }
            ContentFile::Page(page) if page.leaf == Leaf::Home => archive.home = Some(*page),
            ContentFile::Page(page) => drop(archive.pages.push(*page)),
        }
    }
}

fn duplicate(route: &Route, first: &Utf8PathBuf, second: &Utf8PathBuf) -> Diagnostic {
    let (first, second) = (first.min(second), first.max(second));
    Diagnostic::error(
        "route/duplicate",
        second,
        Words::new(
            format!("与 {first} 是同一个地址 {route}"),
            format!("this has the same address {route} as {first}"),
        ),
    )
    .at(Span::default())
    .help("删去或改名其中一个", "remove or rename one of the two")
}

/// Links places to their parents, and complains of places that are missing or misplaced.
fn places(archive: &mut Archive) -> Vec<Diagnostic> {
    let mut diagnostics = missing(archive);
    diagnostics.extend(codes(archive));
    let mut orphans = Vec::new();
    for place in archive.places.values() {
        let guess = orphans.len() < MOST_GUESSED;
        if let Err(complaint) = parent(place, &archive.places, guess) {
            diagnostics.push(*complaint);
            orphans.push(place.slug.clone());
        }
    }
    for slug in orphans {
        let parent = archive.places.get_mut(&slug).and_then(|place| place.parent.take());
        archive.refused.extend(parent.map(|parent| (slug, parent)));
    }
    let standing = standing_codes(&archive.places);
    let mut children: BTreeMap<String, Vec<&Place>> = BTreeMap::new();
    for place in archive.places.values() {
        let parent = place.parent.as_ref().map(|parent| parent.value.clone()).unwrap_or_default();
        children.entry(parent).or_default().push(place);
    }
    archive.children = children
        .into_iter()
        .map(|(parent, mut places)| {
            places.sort_by_key(|place| {
                let code = standing.get(place.slug.as_str()).copied().unwrap_or("~");
                (place.level, code, place.slug.as_str())
            });
            (parent, places.into_iter().map(|place| place.slug.clone()).collect())
        })
        .collect();
    let empty =
        archive.places.values().filter(|place| archive.is_empty(&place.slug) && !has_texts(archive, place));
    diagnostics.extend(empty.map(|place| {
        Diagnostic::warning(
            "place/empty",
            &*place.path,
            Words::new(
                format!("“{}”还没有文件，不会有页面", place.name.value),
                format!("{} has no documents yet, so it gets no page", place.name.value),
            ),
        )
        .at(place.name.span)
        .help(
            format!("写第一份报告 content/{0}/年份.md，或移走文件夹 content/{0}/", place.slug),
            format!(
                "write its first report, content/{0}/YEAR.md, or take the folder content/{0}/ away",
                place.slug
            ),
        )
    }));
    diagnostics
}

/// The codes by which places stand in lists: a place's own, or the least of those below it, so that a
/// province without one stands where it belongs and not behind the others.
fn standing_codes(places: &BTreeMap<String, Place>) -> BTreeMap<&str, &str> {
    let over = |place: &Place| places.get(&place.parent.as_ref()?.value);
    let mut standing: BTreeMap<&str, &str> = BTreeMap::new();
    for place in places.values() {
        let Some(code) = place.code.as_deref() else { continue };
        standing.insert(&place.slug, code);
        let above = successors(over(place), |above| over(above));
        for above in above.take_while(|above| above.code.is_none()) {
            let least = standing.entry(&above.slug).or_insert(code);
            *least = code.min(*least);
        }
    }
    standing
}

/// Whether a place, or one below it, has files that are left out or that something else is said of.
fn has_texts(archive: &Archive, place: &Place) -> bool {
    let folder = Utf8PathBuf::from("content").join(&place.slug);
    archive.sources.has_more_below(&folder, &place.path)
        || archive.children(Some(&place.slug)).any(|child| has_texts(archive, child))
}

/// A division code belongs to one place; the first in the order of slugs has it.
fn codes(archive: &Archive) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for place in archive.places.values() {
        let Some(code) = place.code.as_deref() else {
            continue;
        };
        let Some(other) = first.get(code) else {
            first.insert(code, place);
            continue;
        };
        let name = &other.name.value;
        let words = Words::new(
            format!("“{name}”已用了区划代码 {code}"),
            format!("{name} has the division code {code} already"),
        );
        let here = |place: &Place| code_span(archive, place).unwrap_or(place.name.span);
        diagnostics.push(
            Diagnostic::error("place/code", &*place.path, words)
                .at(here(place))
                .label(&other.path, here(other), Words::new("已用在这里", "first used here"))
                .help(
                    "按 GB/T 2260 核对两处；没有代码的地方不写 `code`",
                    "check both by GB/T 2260; leave `code` out where a place has none",
                ),
        );
    }
    diagnostics
}

/// Where a place's code stands in its file. A place keeps the code alone, and this is asked for
/// only where one is wrong.
fn code_span(archive: &Archive, place: &Place) -> Option<Span> {
    let source = archive.sources.text(&place.path)?;
    let code = place.code.as_deref()?;
    let line = source.text().find("\ncode:")? + "\ncode:".len();
    let at = line + source.text()[line..].find(code)?;
    Some(Span::new(at..at + code.len()))
}

/// A document's place must be there.
fn missing(archive: &Archive) -> Vec<Diagnostic> {
    let used: BTreeSet<&str> = archive.reports.iter().map(|report| report.address.place.as_str()).collect();
    used.into_iter()
        .filter(|slug| !archive.places.contains_key(*slug))
        .map(|slug| (slug, format!("content/{slug}/_index.md")))
        // A file that is there and broken has its own complaints; they say enough.
        .filter(|(_, path)| archive.sources.text(path.as_str().into()).is_none())
        .filter(|(_, path)| !archive.sources.is_unread(path.as_str().into()))
        .map(|(slug, path)| {
            let words = Words::new(
                format!("没有 `{slug}` 这个地方的说明文件"),
                format!("the place `{slug}` is not described"),
            );
            Diagnostic::error("place/missing", path, words).help(
                "新建这个文件，元数据里至少写 `name:` 和 `level:`",
                "write this file, with `name:` and `level:` in its front matter at least",
            )
        })
        .collect()
}

/// A guess looks at every place, so that no more complaints than these say what may have been meant.
const MOST_GUESSED: usize = 50;

/// The parent of `place` must be there, at a higher level; so there can be no circle.
fn parent(place: &Place, places: &BTreeMap<String, Place>, guess: bool) -> Result<(), Box<Diagnostic>> {
    let Some(slug) = &place.parent else {
        return Ok(());
    };
    let error = |code, words| Diagnostic::error(code, &*place.path, words).at(slug.span);
    let Some(parent) = places.get(&slug.value) else {
        let words = Words::new(
            format!("没有 `{}` 这个地方", slug.value),
            format!("there is no place `{}`", slug.value),
        );
        let complaint = error("place/parent", words);
        let named = places.values().filter(|_| guess).find(|place| place.name.value == slug.value);
        let near = named.map(|place| place.slug.as_str());
        let near = near.or_else(|| {
            crate::diag::nearest(&slug.value, places.keys().filter(|_| guess).map(String::as_str))
        });
        return Err(Box::new(match near {
            Some(near) => complaint.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
            None if crate::route::is_slug(&slug.value) => complaint.help(
                format!("先写 content/{}/_index.md", slug.value),
                format!("write content/{}/_index.md first", slug.value),
            ),
            None => complaint.help(
                "写上级地方在 content/ 下的文件夹名，如 `parent: guangdong`",
                "name the folder of the place above it, such as `parent: guangdong`",
            ),
        }));
    };
    if parent.slug == place.slug {
        let words = Words::new(
            format!("“{}”不能是自己的上级", place.name.value),
            format!("{} cannot be its own parent", place.name.value),
        );
        return Err(Box::new(error("place/level", words).help(
            "写上级地方的文件夹名；最高一级的地方不写 `parent`",
            "name the folder of the place above it, or leave `parent` out where there is none",
        )));
    }
    if parent.level >= place.level || parent.level == Level::Department {
        let words = Words::new(
            format!("“{}”的级别不高于“{}”", parent.name.value, place.name.value),
            format!("{} is not of a higher level than {}", parent.name.value, place.name.value),
        );
        return Err(Box::new(
            error("place/level", words).help("核对两处的 `level`", "check the `level` of both"),
        ));
    }
    Ok(())
}

/// An index number names one document only.
fn index_numbers(reports: &[Document]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Document> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for report in reports {
        let Some(number) = &report.matter.index_number else {
            continue;
        };
        let Some(other) = first.get(number.value.as_str()) else {
            first.insert(&number.value, report);
            continue;
        };
        let span = other.matter.index_number.as_ref().map_or(Span::default(), |number| number.span);
        let words = Words::new(
            format!("索引号 {} 用了两次", number.value),
            format!("the index number {} is used twice", number.value),
        );
        diagnostics.push(
            Diagnostic::error("number/duplicate", &*report.path, words)
                .at(number.span)
                .label(&other.path, span, Words::new("已用在这里", "first used here"))
                .help("一个索引号只对应一份文件", "an index number belongs to one document"),
        );
    }
    diagnostics
}
