//! The memory of a promotion that is under way. The manifest says what an earlier build wrote
//! only once that build is done; between the first file and the manifest, the journal says it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::{Failure, STAGING, read_whole};
use crate::diag::Words;
use crate::site::{FileDigest, Manifest, is_output, is_sha256};

/// The journal's file.
const NAME: &str = "journal.json";

/// Which files of the output folder are ours although its manifest may not say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PromotionJournal {
    /// The name of a file that is not yet whole, in any folder of the output. It is made from
    /// the plan, so that no file of somebody else has it by chance.
    part: String,
    /// Every path that may hold a file of ours, and all digests that such a file can have.
    files: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

impl PromotionJournal {
    /// The journal for going on to `after`, where `before` is in place and perhaps parts of
    /// what `earlier` promised. It leaves out what both manifests tell alike, since one of the
    /// two is always in place.
    pub(super) fn plan(before: &Manifest, earlier: Option<&Self>, after: &Manifest) -> Self {
        let mut files = earlier.map(|journal| journal.files.clone()).unwrap_or_default();
        for (one, other) in [(before, after), (after, before)] {
            let differs = |(path, entry): &(&String, &FileDigest)| other.files().get(*path) != Some(*entry);
            for (path, entry) in one.files().iter().filter(differs) {
                files.entry(path.into()).or_default().insert(entry.sha256.clone());
            }
        }
        Self { part: part_name(&files), files }
    }

    /// The paths that may hold a file of ours.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Utf8Path> {
        self.files.keys().map(Utf8PathBuf::as_path)
    }

    /// Whether a file of ours at `path` can have this digest.
    pub(super) fn knows(&self, path: &Utf8Path, sha256: &str) -> bool {
        self.files.get(path).is_some_and(|digests| digests.contains(sha256))
    }

    /// The name of a file that is not yet whole, in whatever folder.
    pub(super) fn part(&self) -> &str {
        &self.part
    }

    /// The journal that a killed build has left in the folder `work`, if there is one.
    pub(super) fn read(work: &Utf8Path) -> Result<Option<Self>, Failure> {
        let path = work.join(NAME);
        let bytes = match read_whole(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::read(&path)(error)),
        };
        let journal: Option<Self> = serde_json::from_slice(&bytes).ok();
        match journal.filter(Self::is_sound) {
            Some(journal) => Ok(Some(journal)),
            None => Err(Failure::NotOurs {
                path,
                reason: Words::new("内容不是构建日志", "it is not the journal of a build"),
            }),
        }
    }

    /// Writes the journal to the folder `work`, so that it is there wholly or not at all, and on
    /// the disk before the first file of the site is touched.
    pub(super) fn write(&self, work: &Utf8Path) -> Result<(), Failure> {
        let (path, staging) = (work.join(NAME), work.join(STAGING));
        let text = serde_json::to_vec(self).expect("paths and digests are plain strings");
        let write = || {
            fs::create_dir_all(&staging)?;
            let staged = staging.join(NAME);
            let mut file = File::create(&staged)?;
            file.write_all(&text)?;
            file.sync_data()?;
            fs::rename(&staged, &path)
        };
        write().map_err(Failure::write(&path))
    }

    /// Removes the journal from the folder `work`, since it has become true.
    pub(super) fn remove(work: &Utf8Path) -> Result<(), Failure> {
        let path = work.join(NAME);
        fs::remove_file(&path).map_err(Failure::remove(&path))
    }

    fn is_sound(&self) -> bool {
        let known = |(path, digests): (&Utf8PathBuf, &BTreeSet<String>)| {
            is_output(path.as_str()) && digests.iter().all(|digest| is_sha256(digest))
        };
        self.part == part_name(&self.files) && self.files.iter().all(known)
    }
}

fn part_name(files: &BTreeMap<Utf8PathBuf, BTreeSet<String>>) -> String {
    let lines = files.iter().map(|(path, digests)| format!("{path} {digests:?}\n"));
    let plan: String = lines.collect();
    format!(".xiangwei-{}.part", &FileDigest::of(plan.as_bytes()).sha256[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let entry = |(path, text): &(&str, &str)| ((*path).into(), FileDigest::of(text.as_bytes()));
        files.iter().map(entry).collect()
    }

    fn knows(journal: &PromotionJournal, path: &str, text: &str) -> bool {
        journal.knows(path.into(), &FileDigest::of(text.as_bytes()).sha256)
    }

    #[test]
    fn a_journal_names_what_one_manifest_alone_would_not() {
        let before = manifest(&[("same", "1"), ("changed", "1"), ("gone", "1")]);
        let after = manifest(&[("same", "1"), ("changed", "2"), ("new", "2")]);
        let journal = PromotionJournal::plan(&before, None, &after);
        assert_eq!(journal.paths().collect::<Vec<_>>(), ["changed", "gone", "new"]);
        assert!(knows(&journal, "changed", "1") && knows(&journal, "changed", "2"));
        assert!(knows(&journal, "gone", "1") && !knows(&journal, "gone", "2"));
    }

    #[test]
    fn a_journal_remembers_what_an_earlier_one_promised() {
        let (empty, first) = (Manifest::default(), manifest(&[("a", "1")]));
        let killed = PromotionJournal::plan(&empty, None, &first);
        let again = PromotionJournal::plan(&empty, Some(&killed), &manifest(&[("a", "2"), ("b", "2")]));
        assert!(knows(&again, "a", "1") && knows(&again, "a", "2") && knows(&again, "b", "2"));
        let back = PromotionJournal::plan(&first, Some(&again), &first);
        assert!(knows(&back, "a", "1") && knows(&back, "a", "2") && knows(&back, "b", "2"));
    }

    #[test]
    fn a_journal_that_was_tampered_with_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let work = Utf8Path::from_path(folder.path()).unwrap();
        let journal = PromotionJournal::plan(&Manifest::default(), None, &manifest(&[("a", "1")]));
        journal.write(work).unwrap();
        assert_eq!(PromotionJournal::read(work).unwrap(), Some(journal));
        let text = fs::read_to_string(work.join(NAME)).unwrap();
        for tampered in [text.replace("\"a\"", "\"../a\""), text.replace("\"a\"", "\"b\""), "{}".into()] {
            fs::write(work.join(NAME), tampered).unwrap();
            assert!(matches!(PromotionJournal::read(work), Err(Failure::NotOurs { .. })));
        }
    }
}
