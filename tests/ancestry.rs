//! Where sentences come from, as it is counted, held against a comparison of every sentence of every
//! document with every other.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use xiangwei::ancestry::{
    Ancestry, FirstSaying, SentenceGathering, SentenceOrigin, Tally, Voice, first_sayings,
};
use xiangwei::report::{Saying, Sayings};

/// A document with what it says.
type Document = (Voice, Sayings);

/// Numbers that lie all over the range, as those of sentences do.
fn spread(number: u64) -> u64 {
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Sentences of few kinds, so that many documents share some. A third of them have figures, and three of these
/// say the same but for them.
fn saying() -> impl Strategy<Value = Saying> {
    (0_u64..40, 0_u8..8).prop_map(|(number, kind)| Saying {
        exact: spread(number + 1),
        masked: (number % 3 == 0).then(|| spread(1000 + number / 9)),
        is_own: kind > 0,
    })
}

/// A place's documents: the year, a day in the year after or none, and what is said.
fn place() -> impl Strategy<Value = Vec<(i16, Option<Date>, Sayings)>> {
    let day = proptest::option::of((1_i8..4).prop_map(|day| date(2020, 3, day)));
    let says = proptest::collection::vec(saying(), 0..12).prop_map(|all| all.into_iter().collect());
    proptest::collection::vec((2015_i16..2019, day, says), 0..5)
}

/// An archive: places by number, the documents of each oldest first; some documents are not looked at.
fn archive() -> impl Strategy<Value = Vec<Document>> {
    proptest::collection::vec(place(), 1..9).prop_map(|places| {
        let mut documents = Vec::new();
        for (mut own, place) in places.into_iter().zip(0..) {
            own.sort_by_key(|(year, ..)| *year);
            for (year, day, says) in own {
                // Every second place of the archive holds something else.
                let document = 2 * documents.len();
                let id = spread(document as u64);
                documents.push((Voice { document, place, year, day, id }, says));
            }
        }
        documents
    })
}

/// Where a sentence comes from, by looking at every sentence of every document.
fn by_comparison(all: &[Document], (voice, _): &Document, saying: Saying) -> SentenceOrigin {
    if !saying.is_own {
        return SentenceOrigin::Aside;
    }
    let has =
        |says: &Sayings, is_it: &dyn Fn(Saying) -> bool| says.all().any(|other| other.is_own && is_it(other));
    let exactly = |other: Saying| other.exact == saying.exact;
    let but_for_figures = |other: Saying| saying.masked.is_some() && other.masked == saying.masked;
    let mut places: Vec<u32> = all.iter().map(|(voice, _)| voice.place).collect();
    places.dedup();
    let having =
        places.iter().filter(|place| all.iter().any(|(v, says)| v.place == **place && has(says, &exactly)));
    let having = having.count();
    if having >= 4 && 3 * having > places.len() {
        return SentenceOrigin::Common;
    }
    let own = |is_it: &dyn Fn(Saying) -> bool| {
        let own = all.iter().filter(|(other, _)| other.place == voice.place);
        own.filter(|(_, says)| has(says, is_it)).map(|(other, _)| other).find(|other| other.year < voice.year)
    };
    if let Some(first) = own(&exactly) {
        return SentenceOrigin::Kept(first.document);
    }
    if let Some(first) = own(&but_for_figures) {
        return SentenceOrigin::Figures(first.document);
    }
    let others = all.iter().filter(|(other, says)| other.place != voice.place && has(says, &exactly));
    let earlier = others.map(|(other, _)| other).filter(|other| other.is_before(voice));
    let time = |other: &&Voice| (other.year, other.day.is_none(), other.day, other.document);
    earlier.min_by_key(time).map_or(SentenceOrigin::New, |first| SentenceOrigin::Elsewhere(first.document))
}

fn count(all: &[Document]) -> Ancestry {
    let said = |document: usize| &all[document / 2].1;
    Ancestry::of(all.iter().map(|(voice, _)| *voice).collect(), &said)
}

proptest! {
    #[test]
    fn what_is_counted_is_what_a_comparison_finds(all in archive()) {
        let ancestry = count(&all);
        let said = |document: usize| &all[document / 2].1;
        for document in &all {
            let (voice, says) = document;
            let expected: Vec<SentenceOrigin> = says.all().map(|saying| by_comparison(&all, document, saying)).collect();
            let mut tally = Tally::default();
            expected.iter().for_each(|origin| tally.add(*origin));
            prop_assert_eq!(ancestry.origins(voice.document, &said), Some(expected));
            prop_assert_eq!(ancestry.tally(voice.document), Some(&tally));
            let earlier = all.iter().any(|(other, _)| other.place == voice.place && other.year < voice.year);
            prop_assert_eq!(ancestry.is_first(voice.document), !earlier);
            prop_assert!(ancestry.origins(voice.document + 1, &said).is_none(), "nobody looked at that");
        }
    }

    /// Who has the sentences of some places alone, and of others what each tells of its own, finds the same of
    /// these, in whatever order others tell.
    #[test]
    fn what_is_told_in_parts_is_what_is_counted_together(all in archive(), count_of in 1_u32..4, turn in 0_u32..4) {
        let (ancestry, said) = (count(&all), |document: usize| &all[document / 2].1);
        let voices: Vec<Voice> = all.iter().map(|(voice, _)| *voice).collect();
        for own in 0..count_of {
            let is_own = |voice: &Voice| voice.place % count_of == own;
            let has_own = |document: usize| {
                assert!(is_own(&all[document / 2].0), "the sentences of others are not here");
                said(document)
            };
            let mut gathering = SentenceGathering::of(voices.clone(), &is_own, &has_own);
            for part in (0..count_of).map(|part| (part + turn) % count_of) {
                let numbers: Vec<usize> = (0..voices.len()).filter(|at| voices[*at].place % count_of == part).collect();
                let of_part: Vec<Voice> = numbers.iter().map(|at| voices[*at]).collect();
                let number = |told: FirstSaying| FirstSaying { voice: u32::try_from(numbers[told.voice as usize]).unwrap(), ..told };
                let told: Vec<FirstSaying> = first_sayings(&of_part, &said).into_iter().map(number).collect();
                gathering.take(&told);
            }
            let found = gathering.close(&is_own, &has_own);
            for (voice, _) in all.iter().filter(|(voice, _)| is_own(voice)) {
                let at = voice.document;
                prop_assert_eq!(found.origins(at, &has_own), ancestry.origins(at, &said));
                prop_assert_eq!(found.tally(at), ancestry.tally(at));
                prop_assert_eq!((found.digest(at), found.is_first(at)), (ancestry.digest(at), ancestry.is_first(at)));
            }
        }
    }

    /// A digest stays while the origins do, whatever else the archive holds, and goes with them.
    #[test]
    fn a_digest_tells_whether_a_sentence_comes_from_elsewhere(all in archive(), gone in any::<proptest::sample::Index>()) {
        prop_assume!(!all.is_empty());
        let mut fewer = all.clone();
        fewer.remove(gone.index(all.len()));
        for (at, (voice, _)) in fewer.iter_mut().enumerate() {
            voice.document = 2 * at;
        }
        let (before, after) = (count(&all), count(&fewer));
        let says = |all: &[Document], ancestry: &Ancestry, at: usize| {
            let said = |document: usize| &all[document / 2].1;
            let by_id = |origin: SentenceOrigin| match origin {
                SentenceOrigin::Kept(document) => (SentenceOrigin::Kept(0), all[document / 2].0.id),
                SentenceOrigin::Figures(document) => (SentenceOrigin::Figures(0), all[document / 2].0.id),
                SentenceOrigin::Elsewhere(document) => (SentenceOrigin::Elsewhere(0), all[document / 2].0.id),
                other => (other, 0),
            };
            let origins = ancestry.origins(2 * at, &said).into_iter().flatten();
            (origins.map(by_id).collect::<Vec<_>>(), ancestry.digest(2 * at))
        };
        for (at, (voice, _)) in fewer.iter().enumerate() {
            let was = all.iter().position(|(other, _)| other.id == voice.id).expect("it was there");
            let ((old, old_digest), (new, new_digest)) = (says(&all, &before, was), says(&fewer, &after, at));
            prop_assert_eq!(old == new, old_digest == new_digest);
        }
    }
}
