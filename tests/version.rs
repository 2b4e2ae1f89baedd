//! `--version` says the commit that the program is built from, wherever it is built, and when that
//! must be asked again: `build/commit.rs`, which the build script uses.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test writes folders of its own")]

#[path = "../build/commit.rs"]
mod commit;

use std::fs;
use std::path::Path;
use std::process::Command;

use commit::Commit;
use tempfile::TempDir;

/// A day of commits that is not the day on which the test runs.
const DAY: &str = "2024-02-29";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    for (key, value) in
        [("AUTHOR_NAME", "甲"), ("AUTHOR_EMAIL", "a@example.org"), ("AUTHOR_DATE", "2021-01-01T09:00:00Z")]
    {
        command.env(format!("GIT_{key}"), value);
    }
    for (key, value) in [("NAME", "乙"), ("EMAIL", "b@example.org"), ("DATE", "2024-02-29T23:30:00+08:00")] {
        command.env(format!("GIT_COMMITTER_{key}"), value);
    }
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn commit(folder: &Path) {
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "more"]);
}

/// A repository of one commit, on a branch with a folder in its name.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "work/main"]);
    commit(folder.path());
    folder
}

/// What must be said in `folder`, by git itself.
fn wanted(folder: &Path) -> String {
    format!(" ({} {DAY})", &git(folder, &["rev-parse", "HEAD"])[..7])
}

/// Whether any watched file or folder is other than it was when `change` has been made.
fn is_noticed(folder: &Path, change: impl FnOnce()) -> bool {
    let look = |paths: &[std::path::PathBuf]| -> Vec<String> {
        paths.iter().flat_map(walkdir::WalkDir::new).map(|entry| state(entry.unwrap().path())).collect()
    };
    let Commit { watched, .. } = commit::of(folder);
    assert!(watched.iter().all(|path| path.exists()), "Cargo takes what is missing for changed: {watched:?}");
    let before = look(&watched);
    change();
    watched.iter().any(|path| !path.exists()) || look(&watched) != before
}

fn state(path: &Path) -> String {
    let bytes = if path.is_file() { fs::read(path).unwrap() } else { vec![] };
    format!("{} {}", path.display(), String::from_utf8_lossy(&bytes))
}

/// A folder says its commit, and notices the next one, another branch and a branch packed away.
fn follows(folder: &Path) {
    assert_eq!(commit::of(folder).words, wanted(folder));
    assert!(is_noticed(folder, || commit(folder)));
    assert!(is_noticed(folder, || drop(git(
        folder,
        &["checkout", "--quiet", "-b", &format!("other/{}", wanted(folder).len())]
    ))));
    git(folder, &["pack-refs", "--all"]);
    assert!(is_noticed(folder, || commit(folder)));
    git(folder, &["checkout", "--quiet", "--detach"]);
    assert!(is_noticed(folder, || commit(folder)));
    assert_eq!(commit::of(folder).words, wanted(folder));
}

#[test]
fn a_repository_says_its_last_commit() {
    follows(repository().path());
}

#[test]
fn a_worktree_says_its_own_commit() {
    let repository = repository();
    let folder = tempfile::tempdir().unwrap();
    let worktree = folder.path().join("tree");
    git(repository.path(), &["worktree", "add", "--quiet", "-b", "aside", worktree.to_str().unwrap()]);
    assert!(worktree.join(".git").is_file());
    commit(&worktree);
    assert_ne!(wanted(&worktree), wanted(repository.path()));
    follows(&worktree);
}

#[test]
fn files_that_are_no_commit_are_not_watched() {
    let repository = repository();
    let is_noticed = is_noticed(repository.path(), || {
        fs::write(repository.path().join("notes.md"), "一").unwrap();
        git(repository.path(), &["add", "notes.md"]);
    });
    assert!(!is_noticed);
}

#[test]
fn a_packaged_crate_says_what_was_noted() {
    // Within a repository, whose commits are not those of the crate.
    let repository = repository();
    let package = repository.path().join("package");
    fs::create_dir(&package).unwrap();
    let note = package.join(".cargo_vcs_info.json");
    for (text, words) in [
        (
            "{\n  \"git\": {\n    \"sha1\": \"0123456789abcdef0123456789abcdef01234567\"\n  },\n  \"path_in_vcs\": \"\"\n}",
            " (0123456)",
        ),
        ("{\"git\":{\"dirty\":true,\"sha1\":\"fedcba9876543210fedcba9876543210fedcba98\"}}", " (fedcba9)"),
        ("{\"git\":{\"sha1\":\"七七七七\"}}", ""),
        ("{}", ""),
        ("", ""),
    ] {
        fs::write(&note, text).unwrap();
        assert_eq!(commit::of(&package), Commit { words: words.to_owned(), watched: vec![] }, "{text}");
    }
}

#[test]
fn nothing_is_said_where_nothing_is_known() {
    let repository = repository();
    let sources = repository.path().join("vendor");
    fs::create_dir(&sources).unwrap();
    assert_eq!(commit::of(&sources), Commit::default());
    let empty = tempfile::tempdir().unwrap();
    git(empty.path(), &["init", "--quiet"]);
    assert_eq!(commit::of(empty.path()).words, "");
}

#[test]
fn the_program_says_it() {
    let output = Command::new(env!("CARGO_BIN_EXE_xiangwei")).arg("--version").output().unwrap();
    let words = commit::of(Path::new(env!("CARGO_MANIFEST_DIR"))).words;
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!("xiangwei {}{words}\n", env!("CARGO_PKG_VERSION"))
    );
}
