//! What every file of a site was made from: while a page is made, it is written down what it asked;
//! as long as every question still has the same answer, the page need not be made again. In the
//! literature these are verifying traces (Mokhov, Mitchell, Peyton Jones, "Build systems à la carte",
//! 2018). Nobody lists dependencies, since nobody can learn anything but by asking.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};

use camino::Utf8Path;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Wishes, is_of_theme, is_setting};
use crate::archive::{Archive, DocumentId};
use crate::ask::digest::digest;
use crate::ask::{Digest, Planned, Question, QuestionLog};
use crate::outline::Subject;
use crate::source::Sources;

/// The recipes of a site, as they last from one build to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipes {
    /// The digest of what everything is made from: settings, theme, wishes.
    head: Digest,
    /// The digest of all that the site was made from, where its files are all of it.
    whole: Option<Digest>,
    /// Every question that a file asked, with the digest of its answer.
    questions: Vec<(Question, Digest)>,
    /// The files by their paths.
    files: BTreeMap<String, Recipe>,
}

/// What a site is made from, by digests.
#[derive(Clone, Copy)]
pub(super) struct SiteBasis {
    /// Of the settings, the theme and the wishes.
    head: Digest,
    /// Of everything; nothing where the site tells of other sites as well, whose standing is in no file.
    whole: Option<Digest>,
}

impl SiteBasis {
    /// What the site of an archive is made from, which has this head.
    pub(super) fn of(archive: &Archive, head: Digest) -> Self {
        let whole = || {
            let texts = archive.sources.texts().iter().map(|text| (text.path(), text.sha256()));
            let blobs = archive.sources.blobs().iter().map(|blob| (&blob.path, &blob.sha256));
            digest(&(head, texts.collect::<Vec<_>>(), blobs.collect::<Vec<_>>()))
        };
        Self { head, whole: archive.offices.is_empty().then(whole) }
    }
}

/// What one file was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Recipe {
    /// The digest of what was at the address.
    subject: Digest,
    /// The numbers of the questions.
    asked: Box<[u32]>,
}

/// What a file that was just made asked.
pub(super) struct NotedQuestions {
    path: String,
    subject: Digest,
    /// The questions by their numbers; `None` where the file is taken over, and so are they.
    asked: Option<Box<[u32]>>,
}

impl NotedQuestions {
    /// Those of the last build, for a file at `path` that is taken over.
    pub(super) fn as_before(path: &str, subject: Digest) -> Self {
        Self { path: path.into(), subject, asked: None }
    }
}

impl Recipes {
    /// The digest of what every file is made from: the settings, the theme and the wishes.
    #[must_use]
    pub fn head(sources: &Sources, wishes: &Wishes) -> Digest {
        ground(sources, wishes, |path| is_setting(path) || is_of_theme(path))
    }

    /// The recipes in a file of the workplace; `None` where it is damaged.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// Whether all that the site was made from is what it is made from now, and nobody need ask.
    pub(super) fn are_of(&self, basis: SiteBasis) -> bool {
        basis.whole.is_some() && self.whole == basis.whole
    }

    /// Whether everything that all files are made from is as it was.
    #[must_use]
    pub fn is_under(&self, head: Digest) -> bool {
        self.head == head
    }

    /// The bytes that last.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("questions and numbers can be written down")
    }

    /// The questions that the file at `path` asked, each with the digest of its answer.
    pub fn of<'a>(&'a self, path: &Utf8Path) -> impl Iterator<Item = &'a (Question, Digest)> {
        self.asked(path.as_str()).iter().filter_map(|number| self.questions.get(*number as usize))
    }

    /// The numbers of the questions that the file at `path` asked.
    fn asked(&self, path: &str) -> &[u32] {
        self.files.get(path).map_or(&[], |recipe| &recipe.asked)
    }
}

/// The recipes of the last build, and those of this one as its files are made.
pub(super) struct RecipeBook<'a> {
    /// Nothing where everything is made anew.
    held: Option<ComparedRecipes<'a>>,
    numbers: QuestionNumbers<'a>,
    basis: SiteBasis,
}

impl<'a> RecipeBook<'a> {
    /// What the last build has noted, held against a site as it is now.
    pub(super) fn of(site: &Planned<'_>, before: Option<&'a Recipes>, basis: SiteBasis) -> Self {
        let held = before.and_then(|before| ComparedRecipes::against(site, before, basis));
        Self { numbers: QuestionNumbers::behind(held.as_ref()), held, basis }
    }

    /// Whether the file at `path` would be made as it was.
    pub(super) fn is_fresh(&self, path: &str, subject: Digest) -> bool {
        self.held.as_ref().is_some_and(|held| held.is_fresh(path, subject))
    }

    /// The recipe of the file at `path`, which was just made.
    pub(super) fn note(&self, path: &str, subject: Digest, asked: QuestionLog) -> NotedQuestions {
        NotedQuestions { path: path.into(), subject, asked: Some(self.numbers.of(asked.questions())) }
    }

    /// The recipes of the site whose files were made, or taken over. Their questions are numbered in the order of the
    /// files, whoever asked first.
    pub(super) fn written(self, site: &Planned<'_>, noted: Vec<NotedQuestions>) -> Recipes {
        let Self { held, numbers, basis: SiteBasis { head, whole } } = self;
        let held = held.as_ref();
        if let Some(held) = held.filter(|held| held.is_all(&noted)) {
            // A file of which no page tells may be another one.
            return Recipes { whole, ..held.before.clone() };
        }
        let (before, others) = (numbers.before, numbers.others());
        let mut order: Vec<u32> = Vec::new();
        let mut places: Vec<Option<u32>> = vec![None; before.len() + others.len()];
        let mut renumbered = |asked: &[u32]| -> Box<[u32]> {
            let place = |asked: &u32| {
                *places[*asked as usize].get_or_insert_with(|| {
                    order.push(*asked);
                    number(order.len() - 1)
                })
            };
            asked.iter().map(place).collect()
        };
        let mut files = BTreeMap::new();
        for NotedQuestions { path, subject, asked } in noted {
            let asked = match (asked, held) {
                (Some(asked), _) => renumbered(&asked),
                (None, Some(held)) => renumbered(held.before.asked(&path)),
                (None, None) => continue,
            };
            files.insert(path, Recipe { subject, asked });
        }
        // What was asked to hold the last build's recipes against this site is not asked again.
        let told = |number: u32| match (before.get(number as usize), held) {
            (Some((question, _)), Some(held)) => (question.clone(), held.now[number as usize]),
            _ => {
                let question = others[number as usize - before.len()].clone();
                let digest = site.digest(&question);
                (question, digest)
            }
        };
        Recipes { head, whole, questions: order.into_par_iter().map(told).collect(), files }
    }
}

/// So many questions are asked at once by one thread: some answers have all figures in them, and their questions
/// stand side by side.
const FEW: usize = 2;

/// The recipes of the last build, held against a site as it is now.
struct ComparedRecipes<'a> {
    before: &'a Recipes,
    /// The digest of the answer that each question has now.
    now: Vec<Digest>,
}

impl<'a> ComparedRecipes<'a> {
    /// Asks every question again; nothing where everything is to be made anew. From the very same sources all
    /// answers are the same, and nobody need ask.
    fn against(site: &Planned<'_>, before: &'a Recipes, basis: SiteBasis) -> Option<Self> {
        if !before.is_under(basis.head) {
            return None;
        }
        if before.are_of(basis) {
            return Some(Self { before, now: before.questions.iter().map(|(_, digest)| *digest).collect() });
        }
        let questions = before.questions.par_iter().with_max_len(FEW);
        Some(Self { before, now: questions.map(|(question, _)| site.digest(question)).collect() })
    }

    /// Whether the file at `path` would be made as it was.
    fn is_fresh(&self, path: &str, subject: Digest) -> bool {
        let is_same = |number: &u32| {
            let before = self.before.questions.get(*number as usize);
            before.is_some_and(|(_, digest)| self.now[*number as usize] == *digest)
        };
        let recipe = self.before.files.get(path);
        recipe.is_some_and(|recipe| recipe.subject == subject && recipe.asked.iter().all(is_same))
    }

    /// Whether all files are taken over, and none is gone.
    fn is_all(&self, noted: &[NotedQuestions]) -> bool {
        noted.len() == self.before.files.len() && noted.iter().all(|noted| noted.asked.is_none())
    }
}

/// The questions of a build, each with a number by which pages note it: those of the last build have
/// the numbers that they had, and others come behind.
#[derive(Default)]
struct QuestionNumbers<'a> {
    before: &'a [(Question, Digest)],
    /// The questions of the last build, looked up once the first page is made anew.
    known: OnceLock<HashMap<&'a Question, u32>>,
    others: Mutex<HashMap<Question, u32>>,
}

impl<'a> QuestionNumbers<'a> {
    fn behind(held: Option<&ComparedRecipes<'a>>) -> Self {
        Self { before: held.map_or(&[], |held| &held.before.questions), ..Self::default() }
    }

    /// The numbers of what a page asked, in the order of the questions.
    fn of(&self, asked: BTreeSet<Question>) -> Box<[u32]> {
        let known = self.known.get_or_init(|| {
            let numbered = self.before.iter().zip(0..);
            numbered.map(|((question, _), number)| (question, number)).collect()
        });
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let mut number = |question| {
            let next = number(self.before.len() + others.len());
            known.get(&question).copied().unwrap_or_else(|| *others.entry(question).or_insert(next))
        };
        asked.into_iter().map(&mut number).collect()
    }

    /// The questions that the last build did not know, in the order of their numbers.
    fn others(self) -> Vec<Question> {
        let others = self.others.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut others: Vec<(Question, u32)> = others.into_iter().collect();
        others.sort_unstable_by_key(|(_, number)| *number);
        others.into_iter().map(|(question, _)| question).collect()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The digest of the wishes and of the files that `is_wanted` names.
pub(super) fn ground(sources: &Sources, wishes: &Wishes, is_wanted: fn(&Utf8Path) -> bool) -> Digest {
    let texts = sources.texts().iter().filter(|text| is_wanted(text.path()));
    let texts: Vec<_> = texts.map(|text| (text.path(), text.sha256())).collect();
    let blobs = sources.blobs().iter().filter(|blob| is_wanted(&blob.path));
    let blobs: Vec<_> = blobs.map(|blob| (&blob.path, &blob.sha256)).collect();
    digest(&(texts, blobs, format!("{wishes:?}")))
}

/// The digest of what is at an address, by names and addresses and not by places in the archive.
pub(super) fn subject(site: &Planned<'_>, subject: &Subject) -> Digest {
    let address = |at: &DocumentId| &site.archive.reports[*at].address;
    match subject {
        Subject::Report(at) | Subject::Markdown(at) => digest(&(subject.name(), address(at))),
        Subject::Pair(before, after) => digest(&(subject.name(), address(before), address(after))),
        Subject::Page(at) => digest(&(subject.name(), site.archive.pages[*at].leaf.route())),
        Subject::Version(at, number) => digest(&(subject.name(), address(at), number)),
        Subject::Redirect(to) => digest(&(subject.name(), to)),
        Subject::Copy(path) => digest(&(subject.name(), path)),
        // These stand under old addresses of a place as well.
        Subject::Feed(place) => digest(&(subject.name(), place)),
        Subject::Texts(place, kind) => digest(&(subject.name(), place, kind)),
        Subject::DataFile(file) => digest(&(subject.name(), file.path())),
        // All others say who they are by their addresses.
        _ => digest(subject.name()),
    }
}
