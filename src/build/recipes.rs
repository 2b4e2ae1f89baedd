//! What every file of a site was made from: while a page is made, it is written down what it asked;
//! as long as every question still has the same answer, the page need not be made again. In the
//! literature these are verifying traces (Mokhov, Mitchell, Peyton Jones, "Build systems à la carte",
//! 2018). Nobody lists dependencies, since nobody can learn anything but by asking.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Wishes, is_of_theme, is_setting};
use crate::ask::digest::digest;
use crate::ask::{Digest, Planned, Question};
use crate::outline::Subject;
use crate::source::Sources;

/// The recipes of a site, as they last from one build to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipes {
    /// The digest of what everything is made from: settings, theme, wishes.
    head: Digest,
    /// Every question that a file asked, with the digest of its answer.
    questions: Vec<(Question, Digest)>,
    /// The files by their paths.
    files: BTreeMap<Utf8PathBuf, Recipe>,
}

/// What one file was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Recipe {
    /// The digest of what was at the address.
    subject: Digest,
    /// The numbers of the questions.
    asked: Vec<u32>,
}

/// What a file that was just made asked.
pub(super) struct Noted {
    pub(super) path: Utf8PathBuf,
    pub(super) subject: Digest,
    /// `None` where the file is taken over, and so are the questions that it asked.
    pub(super) asked: Option<BTreeSet<Question>>,
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
        serde_json::from_slice(bytes).ok()
    }

    /// Whether everything that all files are made from is as it was.
    #[must_use]
    pub fn is_under(&self, head: Digest) -> bool {
        self.head == head
    }

    /// The text that lasts.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("questions and numbers have a form in JSON")
    }

    /// The questions that the file at `path` asked, each with the digest of its answer.
    pub fn of<'a>(&'a self, path: &Utf8Path) -> impl Iterator<Item = &'a (Question, Digest)> {
        let recipe = self.files.get(path);
        let asked = recipe.into_iter().flat_map(|recipe| &recipe.asked);
        asked.filter_map(|number| self.questions.get(*number as usize))
    }
}

/// The recipes of the last build, held against a site as it is now.
pub(super) struct Held<'a> {
    before: &'a Recipes,
    /// The digest of the answer that each question has now.
    now: Vec<Digest>,
}

impl<'a> Held<'a> {
    /// Asks every question again; nothing where everything is to be made anew.
    pub(super) fn against(site: &Planned<'_>, before: &'a Recipes, head: Digest) -> Option<Self> {
        let now = |(question, _): &(Question, Digest)| site.digest(question);
        before.is_under(head).then(|| Self { before, now: before.questions.par_iter().map(now).collect() })
    }

    /// Whether the file at `path` would be made as it was.
    pub(super) fn is_fresh(&self, path: &Utf8Path, subject: Digest) -> bool {
        let is_same = |number: &u32| {
            let before = self.before.questions.get(*number as usize);
            before.is_some_and(|(_, digest)| self.now[*number as usize] == *digest)
        };
        let recipe = self.before.files.get(path);
        recipe.is_some_and(|recipe| recipe.subject == subject && recipe.asked.iter().all(is_same))
    }
}

/// The recipes of a site whose files were just made, or taken over from the site of `held`.
pub(super) fn written(
    site: &Planned<'_>,
    head: Digest,
    held: Option<&Held<'_>>,
    noted: Vec<Noted>,
) -> Recipes {
    let mut numbers: HashMap<Question, u32> = HashMap::new();
    let mut questions: Vec<Question> = Vec::new();
    let mut number = |question: Question| match numbers.get(&question) {
        Some(number) => *number,
        None => {
            let next = u32::try_from(questions.len()).unwrap_or(u32::MAX);
            numbers.insert(question.clone(), next);
            questions.push(question);
            next
        }
    };
    let mut files = BTreeMap::new();
    for Noted { path, subject, asked } in noted {
        let asked: Vec<u32> = match (asked, held) {
            (Some(asked), _) => asked.into_iter().map(&mut number).collect(),
            (None, Some(held)) => {
                held.before.of(&path).map(|(question, _)| number(question.clone())).collect()
            }
            (None, None) => continue,
        };
        files.insert(path, Recipe { subject, asked });
    }
    // What was asked to hold the last build's recipes against this site is not asked again.
    let asked_again = held.into_iter().flat_map(|held| held.before.questions.iter().zip(&held.now));
    let known: HashMap<&Question, Digest> =
        asked_again.map(|((question, _), digest)| (question, *digest)).collect();
    let told = |question: Question| {
        let digest = known.get(&question).copied().unwrap_or_else(|| site.digest(&question));
        (question, digest)
    };
    Recipes { head, questions: questions.into_par_iter().map(told).collect(), files }
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
    let address = |at: &usize| &site.archive.reports[*at].address;
    match subject {
        Subject::Report(at) | Subject::Markdown(at) => digest(&(subject.name(), address(at))),
        Subject::Pair(before, after) => digest(&(subject.name(), address(before), address(after))),
        Subject::Page(at) => digest(&(subject.name(), site.archive.pages[*at].leaf.route())),
        Subject::Redirect(to) => digest(&(subject.name(), to)),
        Subject::Copy(path) => digest(&(subject.name(), path)),
        // All others say who they are by their addresses.
        _ => digest(subject.name()),
    }
}
