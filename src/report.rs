//! One file of the archive, read: what its author says of the document, and the document.
//!
//! A report knows its own file and nothing else: whether its place exists or its links lead
//! anywhere is for the archive to say. Reading never fails; what is wrong comes along.

mod accept;
mod arithmetic;
mod article;
mod bind;
mod bodies;
pub mod body;
mod compared;
mod document;
mod evidence;
mod facts;
mod flow;
pub mod html;
pub mod matter;
mod people;
mod pictured;
pub mod plain;
pub(crate) mod prose;
mod sayings;
pub(crate) mod signs;
mod split;
mod statute;
mod tasks;
mod wordlist;
mod write;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::config::{Config, Registry};
use crate::diag::{Diagnosed, Diagnostic};
use crate::route::Address;
use crate::source::{Source, Span};
pub(crate) use crate::yaml::scalar;

pub(crate) use accept::stands;
pub use arithmetic::{ChangeUnit, YearlyChange};
pub use bodies::{NamedBody, complain as variant, near};
pub use body::{Body, Link, Section};
pub use document::{Figure, Notable, OpenDocument, ParsedDocument, Record, Report};
pub use facts::Facts;
pub use matter::{Amount, Extent, Matter, PublicationDay, PublicationStatus, Qualifier, Quantity};
pub use people::{Person, PersonTraits};
pub use sayings::{Saying, Sayings};
pub(crate) use split::{no_matter, split};
pub use statute::CarriedRequests;

pub use tasks::PlanTask;
pub(crate) use write::Yaml;
pub use write::write;

/// Reads the document in `source`, which stands at `address`.
#[must_use]
pub fn parse(source: &Source, address: Address, settings: (&Config, &Registry)) -> Diagnosed<Option<Report>> {
    parse_with(source, address, settings, Vec::new())
}

/// Reads the document in `source`, in whose text others have `found` something that its author may accept.
#[must_use]
pub(crate) fn parse_with(
    source: &Source,
    address: Address,
    settings: (&Config, &Registry),
    found: Vec<Diagnostic>,
) -> Diagnosed<Option<Report>> {
    let (config, registry) = settings;
    let mut diagnostics = found;
    let Some((matter_span, body_span)) = split(source) else {
        diagnostics.push(no_matter(source));
        return Diagnosed { value: None, diagnostics };
    };
    let matter = matter::read(source, matter_span, matter::Surroundings { address: &address, config })
        .into(&mut diagnostics);
    let body = body::read(source, body_span, matter.as_ref()).into(&mut diagnostics);
    let Some(matter) = matter else {
        diagnostics
            .extend(signs::of_report(source, &body, &[], signs::SignSetting::default()).complaints(source));
        return Diagnosed { value: None, diagnostics };
    };
    let mut body = body;
    body.body.links.extend(wrapper_links(source, &matter).into(&mut diagnostics));
    let tables = statute::StatuteTables::of(&matter, &body);
    let parts = bind::Bindings { matter: &matter, body: &body, registry, tables: &tables };
    let bound = bind::bind(source, &parts, address.year.get()).into(&mut diagnostics);
    let tasks = tasks::read(source, &matter, &body).into(&mut diagnostics);
    diagnostics.extend(statute::judge(source, (&tables, &body), address.year.get()));
    diagnostics.extend(arithmetic::judge(source, &body));
    diagnostics.extend(pictured::judge(source, &matter, &body));
    let notable = notable(&matter, (&tables, &body));
    diagnostics.extend(bodies::judge(source, &notable.bodies));
    diagnostics.extend(bodies::issuers(source, &body, (&matter.issuers, &config.names)));
    let mut acceptance = accept::Acceptance::new(source, &matter, &body.body.sections);
    acceptance.sift(&mut diagnostics);
    let is_traditional = matter.script == matter::Script::Traditional;
    let manner = signs::SignSetting { names: &config.names, is_traditional };
    let mut signs = signs::of_report(source, &body, &acceptance.quoted(), manner);
    signs.sift(|code, place| acceptance.takes(code, Some(place)));
    diagnostics.extend(signs.complaints(source));
    diagnostics.extend(acceptance.unused());
    let (figures, marks) = bound.into_iter().map(|bound| (bound.figure, bound.span)).unzip();
    let record = Record {
        path: source.path().to_owned(),
        address,
        files: files(&matter, &body.body),
        sections: body.body.sections.len(),
        matter,
        figures,
    };
    let report =
        Report { record, parsed: ParsedDocument { body: body.body, marks, tasks, notable: Some(notable) } };
    Diagnosed { value: Some(report), diagnostics }
}

/// What is found in the text of a document whose record is known, which was read from the very same
/// text, for a page that shows it; nothing where that is not so. Where its figures are marked may be known as well.
pub(crate) fn parse_again(
    source: &Source,
    (record, marks): (&Record, Option<&[Option<Span>]>),
    (_, registry): (&Config, &Registry),
) -> Option<ParsedDocument> {
    let (_, body_span) = split(source)?;
    let matter = &record.matter;
    let mut read = body::read(source, body_span, Some(matter)).value;
    read.body.links.extend(wrapper_links(source, matter).value);
    let stands = |mark: &Option<Span>| mark.is_none_or(|span| source.text().get(span.range()).is_some());
    let marks = match marks.filter(|marks| marks.iter().all(stands)) {
        Some(marks) => marks.to_vec(),
        None => {
            let tables = statute::StatuteTables::of(matter, &read);
            let parts = bind::Bindings { matter, body: &read, registry, tables: &tables };
            let bound = bind::bind(source, &parts, record.address.year.get()).value;
            bound.into_iter().map(|bound| bound.span).collect()
        }
    };
    let tasks = tasks::read(source, matter, &read).value;
    Some(ParsedDocument { body: read.body, marks, tasks, notable: None })
}

/// What is notable in the text of a document whose record is known.
pub(crate) fn notable_again(source: &Source, Record { matter, .. }: &Record) -> Option<Notable> {
    let (_, body_span) = split(source)?;
    let read = body::read(source, body_span, Some(matter)).value;
    Some(notable(matter, (&statute::StatuteTables::of(matter, &read), &read)))
}

fn notable(matter: &Matter, (tables, read): (&statute::StatuteTables, &body::ReadBody)) -> Notable {
    Notable {
        carried: statute::CarriedRequests::of(tables, read),
        bodies: bodies::read(read),
        people: people::read(&matter.title.value, read),
    }
}

/// The files beside a document that are published with it.
fn files(matter: &Matter, body: &Body) -> Vec<Utf8PathBuf> {
    let declared = matter.attachments.iter().map(|file| &file.path.value);
    let linked = body.links.iter().filter_map(Link::file);
    let files: BTreeSet<&Utf8PathBuf> = declared.chain(linked).collect();
    files.into_iter().cloned().collect()
}

/// The links of a wrapper that stands in the front matter, and what is wrong with its text; each is
/// complained of there.
fn wrapper_links(source: &Source, matter: &Matter) -> Diagnosed<Vec<Link>> {
    let Some(text) = matter.wrapper.as_ref().and_then(|wrapper| wrapper.text.as_ref()) else {
        return Diagnosed::fine(Vec::new());
    };
    let alone = Source::new(source.path(), text.value.as_str());
    let read = body::read(&alone, Span::new(0..text.value.len()), None);
    // Its headings are no sections, and places in it are not those of the file.
    let counts = |diagnostic: &Diagnostic| !diagnostic.code.starts_with("ordinal/");
    let there = |diagnostic: Diagnostic| Diagnostic { labels: Vec::new(), ..diagnostic.at(text.span) };
    let diagnostics = read.diagnostics.into_iter().filter(counts).map(there);
    let links = read.value.body.links.into_iter().map(|link| Link { span: text.span, ..link });
    Diagnosed { value: links.collect(), diagnostics: diagnostics.collect() }
}
