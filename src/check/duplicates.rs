//! Documents that share most of their sentences, though they are of different places or years:
//! one may have been filed in the wrong place, or copied from a template with the name changed.
//!
//! Documents are told by what their sentences say, as numbers; no two texts are held side by side.
//! The work grows with the archive and not with its square.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::GoOn;
use crate::archive::{Archive, Document};
use crate::diag::{Diagnostic, Words};
use crate::report::{PublicationStatus, Record};

/// A document with fewer sentences than this says too little to be a copy of another.
const LEAST: usize = 20;
/// The share of sentences, in hundredths of the shorter document, that is worth a note.
const MOSTLY: usize = 60;
/// The same between documents of one place: from one year to the next a place rightly repeats
/// much, so that only what is hardly a new report is worth a note.
const MOSTLY_OWN: usize = 85;
/// A sentence that stands in the documents of more places than this is a form that all use.
const MOST_PLACES: usize = 32;
/// Each place is held against so many others that have a sentence; among copies of one another
/// that is enough for each to be found.
const WINDOW: usize = 4;
/// Sentences are held against each other in as many parts as this many bits tell apart, so that
/// the work can be given up between two of them.
const PARTS: u32 = 6;
/// So many notes are told one by one; more would hide everything else.
const MOST_NOTES: usize = 20;

/// A document with what its longer sentences say, each once, in order.
struct LongSentences<'a> {
    report: &'a Record,
    keys: &'a [u64],
}

/// Two documents by their numbers, and how many sentences they share.
#[derive(Clone, Copy)]
struct SharedSentences {
    earlier: usize,
    later: usize,
    shared: usize,
}

/// A note about every document that shares most of its sentences with an earlier one.
pub(super) fn check(archive: &Archive, go_on: GoOn<'_>) -> Vec<Diagnostic> {
    let reports = archive.reports.par_iter().take_any_while(|_| go_on());
    let told: Vec<LongSentences<'_>> = reports.filter_map(|report| tell(archive, report)).collect();
    let mut copies = of_one_place(&told, go_on);
    copies.extend(of_two_places(&told, go_on));
    let notes: Vec<Diagnostic> = best(copies, &told).iter().map(|copy| note(copy, &told)).collect();
    shortened(notes)
}

fn tell<'a>(archive: &'a Archive, report: &'a Document) -> Option<LongSentences<'a>> {
    if report.matter.status == PublicationStatus::Withdrawn {
        return None;
    }
    let keys = archive.facts(report).sayings.exact();
    (keys.len() >= LEAST).then_some(LongSentences { report, keys })
}

/// Documents of one place and kind with the last one before them. Documents of one year may
/// rightly repeat each other.
fn of_one_place(told: &[LongSentences<'_>], go_on: GoOn<'_>) -> Vec<SharedSentences> {
    let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut neighbours = Vec::new();
    for (at, LongSentences { report, .. }) in told.iter().enumerate() {
        let before = last.insert((&report.address.place, report.matter.kind.as_str()), at);
        let other_year = |before: &usize| told[*before].report.address.year != report.address.year;
        neighbours.extend(before.filter(other_year).map(|before| (before, at)));
    }
    let neighbours = neighbours.into_par_iter().take_any_while(|_| go_on());
    neighbours.filter_map(|(earlier, later)| copy(told, earlier, later, MOSTLY_OWN)).collect()
}

/// Documents of places that have enough sentences in common.
fn of_two_places(told: &[LongSentences<'_>], go_on: GoOn<'_>) -> Vec<SharedSentences> {
    let places: Vec<&[LongSentences<'_>]> =
        told.chunk_by(|a, b| a.report.address.place == b.report.address.place).collect();
    let mut starts = vec![0];
    starts.extend(places.iter().scan(0, |sum, place| {
        *sum += place.len();
        Some(*sum)
    }));
    let candidates: Vec<(usize, usize)> = alike(&places, go_on);
    let documents = |(a, b): (usize, usize)| -> Vec<SharedSentences> {
        let pairs = (starts[a]..starts[a + 1]).flat_map(|i| (starts[b]..starts[b + 1]).map(move |j| (i, j)));
        pairs.filter_map(|(earlier, later)| copy(told, earlier, later, MOSTLY)).collect()
    };
    candidates.into_par_iter().take_any_while(|_| go_on()).flat_map_iter(documents).collect()
}

/// The pairs of places that share as many rare sentences as two copies would at least.
fn alike(places: &[&[LongSentences<'_>]], go_on: GoOn<'_>) -> Vec<(usize, usize)> {
    let of_place = |place: &&[LongSentences<'_>]| -> Vec<u64> {
        let mut keys: Vec<u64> = place.iter().flat_map(|told| told.keys.iter().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    let keys: Vec<Vec<u64>> = places.par_iter().take_any_while(|_| go_on()).map(of_place).collect();
    let parts = (0..1 << PARTS).into_par_iter().take_any_while(|_| go_on());
    let pairs: Vec<Vec<(usize, usize)>> = parts.map(|part| pairs(&keys, part)).collect();
    let fewest = |place: usize| places[place].iter().map(|told| told.keys.len()).min().unwrap_or(0);
    // Some of their sentences may stand in too many places to be counted here.
    let enough = |(a, b): (usize, usize)| fewest(a).min(fewest(b)) * MOSTLY / 200;
    let step = (places.len() >> PARTS) + 1;
    let firsts = (0..1 << PARTS).into_par_iter().take_any_while(|_| go_on());
    let of_firsts = |number: usize| -> Vec<(usize, usize)> {
        let (from, to) = (number * step, (number + 1) * step);
        let within = |pairs: &Vec<(usize, usize)>| {
            let start = pairs.partition_point(|(first, _)| *first < from);
            let count = pairs[start..].partition_point(|(first, _)| *first < to);
            pairs[start..start + count].to_vec()
        };
        let mut own: Vec<(usize, usize)> = pairs.iter().flat_map(within).collect();
        own.sort_unstable();
        let same = own.chunk_by(PartialEq::eq);
        same.filter(|same| same.len() > enough(same[0])).map(|same| same[0]).collect()
    };
    firsts.flat_map_iter(of_firsts).collect()
}

/// The pairs of places that have a rare sentence in common, among the sentences whose numbers
/// begin with the bits of `part`: a pair for every such sentence, in order.
fn pairs(keys: &[Vec<u64>], part: u64) -> Vec<(usize, usize)> {
    let is_before = |key: &u64| key >> (u64::BITS - PARTS) < part;
    let is_in = |key: &&u64| *key >> (u64::BITS - PARTS) == part;
    let of_place = |(number, keys): (usize, &Vec<u64>)| -> Vec<(u64, usize)> {
        let from = keys.partition_point(is_before);
        keys[from..].iter().take_while(is_in).map(|key| (*key, number)).collect()
    };
    let mut entries: Vec<(u64, usize)> = keys.iter().enumerate().flat_map(of_place).collect();
    entries.sort_unstable();
    let mut pairs = Vec::new();
    for same in
        entries.chunk_by(|(a, _), (b, _)| a == b).filter(|same| (2..=MOST_PLACES).contains(&same.len()))
    {
        for (at, (_, a)) in same.iter().enumerate() {
            pairs.extend(same[at + 1..].iter().take(WINDOW).map(|(_, b)| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Two documents, if they share as many hundredths of the shorter one.
fn copy(told: &[LongSentences<'_>], earlier: usize, later: usize, enough: usize) -> Option<SharedSentences> {
    let (a, b) = (&told[earlier].keys, &told[later].keys);
    let shared = shared(a, b);
    (100 * shared >= enough * a.len().min(b.len())).then_some(SharedSentences { earlier, later, shared })
}

/// How many numbers two rising sequences have in common.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let mut rest = b;
    let is_there = |key: &&u64| {
        while let Some((first, behind)) = rest.split_first()
            && first < *key
        {
            rest = behind;
        }
        rest.first() == Some(*key)
    };
    a.iter().filter(is_there).count()
}

/// For every document the one that it shares most with, so that of many copies of one another
/// each is told once.
fn best(copies: Vec<SharedSentences>, told: &[LongSentences<'_>]) -> Vec<SharedSentences> {
    let mut best: BTreeMap<usize, SharedSentences> = BTreeMap::new();
    for copy in copies {
        let better = |other: &SharedSentences| percent(&copy, told) > percent(other, told);
        if best.get(&copy.later).is_none_or(better) {
            best.insert(copy.later, copy);
        }
    }
    best.into_values().collect()
}

fn percent(copy: &SharedSentences, told: &[LongSentences<'_>]) -> usize {
    100 * copy.shared / told[copy.earlier].keys.len().min(told[copy.later].keys.len()).max(1)
}

fn note(copy: &SharedSentences, told: &[LongSentences<'_>]) -> Diagnostic {
    let (earlier, later) = (told[copy.earlier].report, told[copy.later].report);
    let share = percent(copy, told);
    let words = Words::new(
        format!("与 {} 有 {share}% 的句子相同", earlier.path),
        format!("shares {share} % of its sentences with {}", earlier.path),
    );
    Diagnostic::note("text/duplicate", &*later.path, words).at(later.matter.title.span).help(
        "若是放错了地方或误用了他处的文本，请更换；确是如此，则不必处理",
        "if it was filed in the wrong place or copied by mistake, replace it; if not, leave it",
    )
}

/// The first notes; the last of many says how many more there are.
fn shortened(mut notes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Some(more) = notes.len().checked_sub(MOST_NOTES).filter(|more| *more > 0) else {
        return notes;
    };
    let next = notes[MOST_NOTES].path.clone();
    notes.truncate(MOST_NOTES);
    let words = Words::new(
        format!("这样的文件还有 {more} 份，自本文件起不再逐一列出"),
        format!("from here on such documents are not told one by one; there are {more} more"),
    );
    notes.push(Diagnostic::note("text/duplicate", next, words));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_rising_sequences_share_is_counted() {
        assert_eq!(shared(&[1, 3, 5, 9], &[2, 3, 9, 10]), 2);
        assert_eq!(shared(&[], &[1]), 0);
        assert_eq!(shared(&[4], &[]), 0);
    }

    #[test]
    fn many_notes_are_shortened() {
        let note =
            |at: usize| Diagnostic::note("text/duplicate", format!("{at}.md"), Words::new("相同", "same"));
        assert_eq!(shortened((0..MOST_NOTES).map(note).collect()).len(), MOST_NOTES);
        let notes = shortened((0..MOST_NOTES + 5).map(note).collect());
        assert_eq!((notes.len(), notes[MOST_NOTES].path.as_str()), (MOST_NOTES + 1, "20.md"));
    }
}
