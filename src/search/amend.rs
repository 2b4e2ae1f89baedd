//! An index in which only some documents have other words, made out of the last one: what a document said is read back from its
//! text, and of all tables those pieces are made anew that have a word which came, went or moved. The bytes are those
//! of an index that is made from nothing (`tests/search.rs`).

use std::collections::BTreeMap;

use super::bundle::{BundleTexts, LISTED, Standing, folded, makings_path, shelved, text};
use super::contents::{Before, contents, shared_folder};
use super::directory::{FormerDirectory, TABLES};
use super::filed::Filed;
use super::lexicon::Lexicon;
use super::names::Names;
use super::pack::opened;
use super::postings::{Own, narrowed, own};
use super::table::Changes;
use super::{Entry, Fetch, File, MAKING, Sealed, failed};
use crate::archive::DocumentId;
use crate::diag::Words;
use crate::exports::Card;

/// Of more documents an index is not amended: to make their bundles anew takes no longer.
const FEW: usize = 64;

/// Documents that are other than they were, by the bundles that have them: the place of each among the bundles, and the places of
/// its documents among its own.
#[derive(Debug)]
pub struct Edits(BTreeMap<usize, Vec<usize>>);

/// Which documents are others than when an index was made, if it has the same bundles of as many documents and these are few.
#[must_use]
pub fn edits(before: &Before, bundles: &[Sealed], read: Fetch<'_>) -> Option<Edits> {
    let mut found = BTreeMap::new();
    for (at, (name, digest)) in before.sealed().enumerate() {
        let sealed = bundles.get(at).filter(|sealed| sealed.bundle.name == name)?;
        if sealed.digest == digest {
            continue;
        }
        let makings = read(&makings_path(name))?;
        let (makings, rest) = makings.as_chunks::<MAKING>();
        if makings.len() != sealed.makings.len() || !rest.is_empty() {
            return None;
        }
        let both = makings.iter().zip(&sealed.makings).enumerate();
        let others: Vec<usize> =
            both.filter(|(_, (old, new))| old != new).map(|(document, _)| document).collect();
        found.insert(at, others);
    }
    let is_few =
        found.values().map(Vec::len).sum::<usize>() <= FEW && before.sealed().count() == bundles.len();
    is_few.then_some(Edits(found))
}

impl Edits {
    /// Whether a document of a bundle is another, by the place of that among the bundles.
    #[must_use]
    pub fn touch(&self, bundle: usize) -> bool {
        self.0.contains_key(&bundle)
    }
}

/// The files of an amended index, apart from those of bundles that stay.
#[derive(Debug, Default)]
pub struct AmendedIndex {
    /// Those that are to be written.
    pub made: Vec<File>,
    /// The paths of those that stay as they are.
    pub kept: Vec<String>,
}

/// A document of a bundle as it is now.
pub trait Now: Sync {
    /// What it is listed with, by its place in the archive.
    fn card(&self, at: DocumentId) -> Card;
    /// All of it.
    fn entry(&self, at: DocumentId) -> Entry;
}

/// An index in which these documents are others, made out of the last one. Nothing if a file that this takes is not as it was.
///
/// # Errors
/// When a file cannot be packed.
pub fn amended(
    before: &Before,
    (bundles, Edits(edits)): (&[Sealed], &Edits),
    (now, names): (&dyn Now, &Names),
    read: Fetch<'_>,
) -> Option<Result<AmendedIndex, Words>> {
    let former = before.directory(read)?;
    let mut standing: Vec<Standing> = before.standings().cloned().collect();
    let mut amended = AmendedIndex::default();
    let mut changes: [Changes; TABLES] = Default::default();
    for (at, documents) in edits {
        let sealed = &bundles[*at];
        let rewriting = Rewriting { sealed, standing: &standing[*at], now, read };
        let (files, stands, said) = match rewriting.rewritten(documents)? {
            Ok(rewritten) => rewritten,
            Err(words) => return Some(Err(words)),
        };
        amended.made.extend(files);
        standing[*at] = stands;
        for (document, [old, new]) in said {
            note(&mut changes, (bundles.len() - 1 - at, document), &old, &new);
        }
    }
    let whole = all_together((&former, &changes), (bundles, &standing), names, &mut amended)?;
    Some(whole.map(|()| amended))
}

/// Amends what is made of all bundles.
fn all_together(
    (former, changes): (&FormerDirectory<'_>, &[Changes; TABLES]),
    (bundles, standing): (&[Sealed], &[Standing]),
    names: &Names,
    amended: &mut AmendedIndex,
) -> Option<Result<(), Words>> {
    let folder = shared_folder();
    let all: Vec<u32> =
        bundles.iter().rev().map(|sealed| u32::try_from(sealed.makings.len()).unwrap_or(u32::MAX)).collect();
    let directory = match former.amended(changes, &all, &folder)? {
        Ok(whole) => {
            amended.made.extend(whole.made);
            amended.kept.extend(whole.kept);
            whole.directory
        }
        Err(error) => return Some(Err(failed(error))),
    };
    Some(contents((bundles, standing), &directory, names).map(|contents| amended.made.push(contents)))
}

/// A bundle of which some documents are others.
struct Rewriting<'a> {
    sealed: &'a Sealed,
    standing: &'a Standing,
    now: &'a dyn Now,
    read: Fetch<'a>,
}

/// The files of a bundle, where they stand, and what its documents that are others said before and say now.
type Rewritten = (Vec<File>, Standing, Vec<(u32, [Own; 2])>);

impl Rewriting<'_> {
    fn rewritten(&self, documents: &[usize]) -> Option<Result<Rewritten, Words>> {
        let Sealed { bundle, filed, makings, .. } = self.sealed;
        let head = self.standing.head(&bundle.name, self.read)?;
        let spots = head.texts(&bundle.name).filter(|spots| spots.len() == makings.len())?;
        let listed = head.cards(&bundle.name)?;
        let mut opening = BundlePieces { read: self.read, open: BTreeMap::new() };
        let (mut texts, mut cards, mut said) = (BundleTexts::default(), Vec::new(), Vec::new());
        for (document, spot) in spots.iter().enumerate() {
            let at = bundle.leads[document].at;
            let card = self.now.card(at);
            let before = opening.piece(spot)?;
            if documents.contains(&document) {
                let old = says(&folded(before, &card.url)?);
                let (piece, blocks) = match text(&self.now.entry(at)) {
                    Ok(made) => made,
                    Err(words) => return Some(Err(words)),
                };
                let cards = opened(opening.piece(listed.get(document / LISTED)?)?)?;
                let cards: Vec<Filed> = serde_json::from_slice(&cards).ok()?;
                let old = narrowed(old, cards.get(document % LISTED)?.values());
                let new = narrowed(says(&blocks), filed[document].values());
                said.push((u32::try_from(document).ok()?, [old, new]));
                texts.put(&piece);
            } else {
                texts.put(before);
            }
            cards.push(card);
        }
        Some(shelved(self.sealed, &cards, texts).map(|(files, standing)| (files, standing, said)))
    }
}

/// Takes pieces of a bundle out of its files, each of which is read once.
struct BundlePieces<'a> {
    read: Fetch<'a>,
    open: BTreeMap<String, Vec<u8>>,
}

impl BundlePieces<'_> {
    /// The piece at a spot; nothing if its file is not as it was.
    fn piece(&mut self, (path, from, length): &(String, usize, usize)) -> Option<&[u8]> {
        if !self.open.contains_key(path) {
            self.open.insert(path.clone(), (self.read)(path)?);
        }
        self.open[path].get(*from..from + length)
    }
}

/// What a document of these folded blocks says.
fn says(blocks: &[String]) -> Own {
    let mut lexicon = Lexicon::default();
    let said = lexicon.read(blocks);
    own(&said, &lexicon.close())
}

/// Notes what is other in a document of a bundle.
fn note(changes: &mut [Changes; TABLES], (bundle, document): (usize, u32), old: &Own, new: &Own) {
    for (changes, (old, new)) in changes.iter_mut().zip(old.iter().zip(new)) {
        let gone = old.keys().filter(|word| !new.contains_key(*word)).map(|word| (word, None));
        let is_other = |(word, own): &(&Vec<u8>, &Vec<u8>)| old.get(*word) != Some(*own);
        let other = new.iter().filter(is_other).map(|(word, own)| (word, Some(own.clone())));
        for (word, own) in gone.chain(other) {
            changes.entry(word.clone()).or_default().entry(bundle).or_default().push((document, own));
        }
    }
}
