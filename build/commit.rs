//! The commit that the program is built from, for `xiangwei --version`: asked of git where the
//! sources lie in a repository of their own, read from what Cargo notes in a packaged crate, and
//! unknown anywhere else. No clock is read, so the same sources say the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many digits of a commit's name are shown, everywhere the same: git itself shows more of
/// them in a larger repository.
const DIGITS: usize = 7;

/// What Cargo notes of the commit in a packaged crate.
const NOTE: &str = ".cargo_vcs_info.json";

/// What is known of the commit of the sources in a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Commit {
    /// The commit and its date, in brackets, behind a space; empty where nothing is known.
    pub(crate) words: String,
    /// The files that change when another commit is checked out or made.
    pub(crate) watched: Vec<PathBuf>,
}

/// The commit of the sources in `folder`.
pub(crate) fn of(folder: &Path) -> Commit {
    match fs::read_to_string(folder.join(NOTE)) {
        Ok(note) => Commit { words: noted(&note).map(in_brackets).unwrap_or_default(), watched: vec![] },
        // Sources without a repository may lie in somebody else's, whose commits say nothing of them.
        Err(_) if !folder.join(".git").exists() => Commit::default(),
        Err(_) => {
            Commit { words: last(folder).map(in_brackets).unwrap_or_default(), watched: watched(folder) }
        }
    }
}

fn in_brackets(words: String) -> String {
    format!(" ({words})")
}

fn short(name: &str) -> Option<&str> {
    name.get(..DIGITS).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The commit that Cargo noted, which has no date: `{"git": {"sha1": "…"}}`.
fn noted(note: &str) -> Option<String> {
    let (_, behind) = note.split_once("\"sha1\"")?;
    short(behind.split('"').nth(1)?).map(str::to_owned)
}

/// The last commit, and the day on which it was made.
fn last(folder: &Path) -> Option<String> {
    let said = git(folder, &["log", "-1", "--format=%H %cs"])?;
    let (name, day) = said.split_once(' ')?;
    Some(format!("{} {day}", short(name)?))
}

/// `HEAD` names a branch, and the branch a commit: in a file of its own, or among the packed ones
/// until the next commit makes that file. What is not there is not watched, since Cargo would take it
/// for changed every time; its folder is, in which it will be made.
fn watched(folder: &Path) -> Vec<PathBuf> {
    let branch = git(folder, &["symbolic-ref", "-q", "HEAD"]);
    let names = ["HEAD", "packed-refs"].into_iter().chain(branch.as_deref());
    let paths = names.filter_map(|name| Some((name, git(folder, &["rev-parse", "--git-path", name])?)));
    paths.filter_map(|(name, path)| existing(name, &folder.join(path))).collect()
}

fn existing(name: &str, path: &Path) -> Option<PathBuf> {
    let is_branch = name.starts_with("refs/");
    path.ancestors()
        .take(if is_branch { name.split('/').count() } else { 1 })
        .find(|path| path.exists())
        .map(Path::to_owned)
}

/// What git answers, if it does. Whoever builds the program runs it anyway, so a repository that
/// belongs to another user, as in a container, is not suspicious.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mut command = Command::new("git");
    command.current_dir(&folder).env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
    command.arg("-c").arg(format!("safe.directory={}", folder.display()));
    let output = command.args(["-c", "log.showSignature=false"]).args(arguments).output().ok()?;
    let said = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    Some(said.trim_end().to_owned()).filter(|said| !said.is_empty())
}
