//! Persons who are listed in several documents, each of which tells something else of them: small leaks add up.

use std::collections::BTreeMap;

use crate::archive::{Archive, Document, DocumentId};
use crate::diag::{Diagnostic, Words};
use crate::report::{Person, PersonTraits, PublicationStatus};

/// A list is held against so many earlier ones that have a name.
const MOST_LISTS: usize = 16;
/// So many pairs of documents are told.
const MOST_NOTES: usize = 50;

/// What two documents tell of the same persons.
struct SharedPersons<'a> {
    first: &'a Person,
    count: usize,
    told: PersonTraits,
}

/// A note about every two documents of a place, or of a place and one that it belongs to, of which each tells
/// something of the same persons that the other does not.
pub(super) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let mut lists: BTreeMap<u64, Vec<(DocumentId, &Person)>> = BTreeMap::new();
    let public =
        archive.reports.entries().filter(|(_, report)| report.matter.status != PublicationStatus::Withdrawn);
    for (number, report) in public {
        for person in &archive.facts(report).notable.people {
            lists.entry(person.name).or_default().push((number, person));
        }
    }
    let mut pairs: BTreeMap<(DocumentId, DocumentId), SharedPersons<'_>> = BTreeMap::new();
    for named in lists.values().filter(|named| named.len() > 1) {
        for (at, (later, person)) in named.iter().enumerate().skip(1) {
            let earlier = named[..at].iter().rev().take(MOST_LISTS);
            let mut adding = earlier.filter(|(number, other)| number != later && adds(person, other));
            let related = |(number, _): &&(DocumentId, &Person)| is_related(archive, *number, *later);
            if let Some((number, other)) = adding.find(related) {
                let told = person.told.with(other.told);
                let new = || SharedPersons { first: person, count: 0, told: PersonTraits::default() };
                let shared = pairs.entry((*later, *number)).or_insert_with(new);
                shared.count += 1;
                shared.told = shared.told.with(told);
                if person.place < shared.first.place {
                    shared.first = person;
                }
            }
        }
    }
    pairs
        .iter()
        .take(MOST_NOTES)
        .map(|((later, earlier), shared)| {
            note((&archive.reports[*later], &archive.reports[*earlier]), shared)
        })
        .collect()
}

/// Whether each of two lists tells something that the other does not.
fn adds(one: &Person, other: &Person) -> bool {
    let both = one.told.with(other.told);
    both != one.told && both != other.told
}

/// Whether two documents are of one place, or of a place and one above it. The same name elsewhere is another person.
fn is_related(archive: &Archive, one: DocumentId, other: DocumentId) -> bool {
    let (one, other) = (&archive.reports[one].address.place, &archive.reports[other].address.place);
    let is_below = |low: &str, high: &str| archive.lineage(low).iter().any(|place| place.slug == high);
    one == other || is_below(one, other) || is_below(other, one)
}

fn note((later, earlier): (&Document, &Document), shared: &SharedPersons<'_>) -> Diagnostic {
    let SharedPersons { first, count, told } = shared;
    let (surname, told) = (first.surname, told.called());
    let words = Words::new(
        format!(
            "这里列出的人有 {count} 名（如{surname}某）也列在 {} 里，两份合起来能知道：{}",
            earlier.path, told.zh
        ),
        format!(
            "persons listed here who are listed in {} too: {count} (such as {surname}某); both together tell: {}",
            earlier.path, told.en
        ),
    );
    let note = Diagnostic::of("personal/gathered", &*later.path, words).help(
        "两份都遮住名字的一部分（如张某某），或者撤下其中一份；不是同一人的，在 site.yaml 的 `checks` 里放行",
        "mask a part of the names in both (张某某) or withdraw one; allow it in `checks` of site.yaml if they are others",
    );
    match first.place {
        Some(place) => note.at(place),
        None => note,
    }
}
