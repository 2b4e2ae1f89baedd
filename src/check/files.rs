//! Files that stand beside documents: those that are named are there and may be published;
//! those that nobody names are not published, and the editor is told.

use std::collections::BTreeSet;

use camino::Utf8Path;

use crate::diag::{Diagnostic, Words};
use crate::plan::{Plan, Subject};
use crate::report::Status;
use crate::source::Blob;

/// Formats that a browser shows or saves and never runs.
const PUBLISHABLE: [&str; 28] = [
    "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "odt", "ods", "odp",
    "rtf", "txt", "csv", "json", "zip", "7z", "rar", "jpg", "jpeg", "png", "gif", "webp", "mp3", "mp4",
];

/// A complaint about every file that is missing, may not be published, or is named nowhere.
pub(super) fn check(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let archive = plan.archive();
    let mut found = Vec::new();
    let public = archive.reports.iter().filter(|report| report.matter.status != Status::Withdrawn);
    for report in public {
        for file in &report.matter.attachments {
            if archive.sources.blob(&file.path.value).is_none() {
                let words = Words::new(
                    format!("找不到附件 {}", file.path.value),
                    format!("there is no attachment {}", file.path.value),
                );
                found.push(
                    Diagnostic::error("attachment/missing", &*report.path, words).at(file.path.span).help(
                        "把文件放在本文件旁边，或改正文件名",
                        "put the file beside this one, or mend its name",
                    ),
                );
            }
        }
    }
    let published: BTreeSet<&Utf8Path> = plan
        .routes()
        .filter_map(|(_, subject)| match subject {
            Subject::Copy(path) => Some(path.as_path()),
            _ => None,
        })
        .collect();
    let beside = archive.sources.blobs().iter().filter(|blob| blob.path.starts_with("content"));
    found.extend(beside.filter_map(|blob| of_file(blob, published.contains(&*blob.path))));
    found
}

fn of_file(blob: &Blob, published: bool) -> Option<Diagnostic> {
    let ending = blob.path.extension().unwrap_or_default().to_lowercase();
    if !published {
        let words = Words::new("没有文件列出它，不会发布", "no document names it, so it is not published");
        return Some(Diagnostic::warning("attachment/unlisted", &*blob.path, words).help(
            "在元数据的 `attachments` 里列出，或移走",
            "list it among the `attachments` of a document, or take it away",
        ));
    }
    if PUBLISHABLE.contains(&ending.as_str()) {
        return None;
    }
    let words = Words::new(
        format!("`.{ending}` 文件不能作附件"),
        format!("a `.{ending}` file cannot be an attachment"),
    );
    Some(Diagnostic::error("attachment/kind", &*blob.path, words).help(
        "它可能在读者的浏览器里运行；改为 PDF、OFD、表格或图片",
        "it could run in a reader's browser; make it a PDF, OFD, table or picture",
    ))
}
