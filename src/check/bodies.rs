//! Bodies that the documents of one place spell in two ways.

use std::collections::BTreeMap;

use crate::archive::{Archive, Document};
use crate::diag::Diagnostic;
use crate::report::{NamedBody, PublicationStatus, near, variant};

/// A name is the usual one where so many documents of the place tell it.
const USUAL: usize = 2;

/// A name as the documents of a place tell it.
struct BodyName<'a> {
    first: &'a Document,
    named: &'a NamedBody,
    /// The documents that tell it, by number.
    documents: Vec<usize>,
}

/// A warning about each name that one document of a place tells, where others tell one that is nearly the same.
/// What one document spells in two ways is told when it is read.
pub(super) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let places = archive.reports.chunk_by(|one, other| one.address.place == other.address.place);
    places.flat_map(|documents| of_place(archive, documents)).collect()
}

fn of_place(archive: &Archive, documents: &[Document]) -> Vec<Diagnostic> {
    let mut told: BTreeMap<&str, BodyName<'_>> = BTreeMap::new();
    let public = documents
        .iter()
        .enumerate()
        .filter(|(_, report)| report.matter.status != PublicationStatus::Withdrawn);
    for (number, report) in public {
        for named in &archive.facts(report).notable.bodies {
            let new = || BodyName { first: report, named, documents: Vec::new() };
            told.entry(&named.name).or_insert_with(new).documents.push(number);
        }
    }
    let told: Vec<BodyName<'_>> = told.into_values().collect();
    let names: Vec<&str> = told.iter().map(|told| &*told.named.name).collect();
    let complaint = |(one, other): (usize, usize)| {
        let (one, other) = (&told[one], &told[other]);
        let (rare, usual) =
            if one.documents.len() < other.documents.len() { (one, other) } else { (other, one) };
        let is_apart = rare.documents.iter().all(|number| !usual.documents.contains(number));
        let is_slip = rare.documents.len() == 1 && usual.documents.len() >= USUAL && is_apart;
        is_slip.then(|| {
            let usual_at = usual.first;
            let words = crate::diag::Words::new("另一处写法", "the other spelling");
            let warning = variant(&rare.first.path, rare.named, usual.named);
            match usual.named.place {
                Some(place) => warning.label(&usual_at.path, place, words),
                None => warning,
            }
        })
    };
    near(&names).into_iter().filter_map(complaint).collect()
}
