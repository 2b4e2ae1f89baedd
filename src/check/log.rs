//! Whether the record of publications is what was signed: a record that was rewritten is not published.

use crate::archive::Archive;
use crate::diag::{Diagnostic, Words};
use crate::proof;
use crate::publications::checkpoint_path;
use crate::tlog::Checkpoint;

/// What is wrong with the signed head of the record, if there is one.
pub(super) fn check(archive: &Archive) -> Option<Diagnostic> {
    let path = checkpoint_path();
    let source = archive.sources.text(&path)?;
    let wrong = |words: Words| {
        Diagnostic::error("change/checkpoint", &*path, words).help(
            "从版本库取回 publications/ 里的文件；检查点由 xiangwei publish --sign 写入",
            "take the files of publications/ back from your version control; the checkpoint is written by xiangwei publish --sign",
        )
    };
    match Checkpoint::read(source.text()) {
        Err(doubt) => Some(wrong(doubt.words())),
        Ok(signed) => {
            let is_whole = proof::is_of(&proof::tree(&archive.log), &signed.head);
            (!is_whole).then(|| wrong(proof::rewritten(&signed)))
        }
    }
}
