//! Files that stand beside documents: those that are named are there and may be published;
//! those that nobody names are not published, and the editor is told.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::strays;
use crate::ask::Planned;
use crate::diag::{Diagnostic, Words};
use crate::outline::Subject;
use crate::report::PublicationStatus;
use crate::source::{Blob, FileNature};

/// Formats that a browser shows or saves and never runs.
const PUBLISHABLE: [&str; 28] = [
    "pdf", "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "odt", "ods", "odp",
    "rtf", "txt", "csv", "json", "zip", "7z", "rar", "jpg", "jpeg", "png", "gif", "webp", "mp3", "mp4",
];

/// A complaint about every file that is missing, may not be published, or is named nowhere.
pub(super) fn check(site: &Planned<'_>) -> Vec<Diagnostic> {
    let archive = site.archive;
    let mut found = Vec::new();
    let public = archive.reports.iter().filter(|report| report.matter.status != PublicationStatus::Withdrawn);
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
    let published: BTreeSet<&Utf8Path> = site
        .outline
        .routes()
        .filter_map(|(_, subject)| match subject {
            Subject::Copy(path) => Some(path.as_path()),
            _ => None,
        })
        .collect();
    // The files of a document that was withdrawn stay where they are, and that they go out no more is meant.
    let withdrawn =
        archive.reports.iter().filter(|report| report.matter.status == PublicationStatus::Withdrawn);
    let withdrawn = withdrawn.filter(|report| report.path.file_name() == Some("index.md"));
    let withheld: BTreeSet<&Utf8Path> = withdrawn.filter_map(|report| report.path.parent()).collect();
    let is_withheld = |blob: &Blob| blob.path.parent().is_some_and(|folder| withheld.contains(folder));
    let beside = archive.sources.blobs().iter().filter(|blob| blob.path.starts_with("content"));
    found.extend(beside.filter_map(|blob| match published.contains(&*blob.path) {
        true => of_file(blob),
        false if strays::is_log(archive, &blob.path) || is_withheld(blob) => None,
        false => Some(strays::complaint(archive, blob)),
    }));
    found
}

/// A complaint about a file that is published.
fn of_file(blob: &Blob) -> Option<Diagnostic> {
    let ending = blob.path.extension().unwrap_or_default().to_lowercase();
    if !PUBLISHABLE.contains(&ending.as_str()) {
        let words = Words::new(
            format!("`.{ending}` 文件不能作附件"),
            format!("a `.{ending}` file cannot be an attachment"),
        );
        return Some(Diagnostic::error("attachment/kind", &*blob.path, words).help(
            "它可能在读者的浏览器里运行；改为 PDF、OFD、表格或图片",
            "it could run in a reader's browser; make it a PDF, OFD, table or picture",
        ));
    }
    of_bytes(blob, &ending)
}

/// A complaint about a file whose bytes are not what its ending says.
fn of_bytes(blob: &Blob, ending: &str) -> Option<Diagnostic> {
    let danger = match blob.nature {
        FileNature::Markup => Some(("网页或带脚本的图形", "a web page or a drawing that can hold scripts")),
        FileNature::Program => Some(("程序或脚本", "a program or a script")),
        FileNature::Both => Some(("藏有网页代码的文件", "a document with a web page in it")),
        _ => None,
    };
    if let Some((zh, en)) = danger {
        let words = Words::new(
            format!("名称是 `.{ending}`，内容却是{zh}"),
            format!("it is called `.{ending}` and is {en}"),
        );
        return Some(Diagnostic::error("attachment/kind", &*blob.path, words).help(
            "它可能在读者的浏览器或电脑里运行；从来源重新取得文件",
            "it could run in a reader's browser or computer; get the file from its source again",
        ));
    }
    (!natures(ending).contains(&blob.nature)).then(|| {
        let words = Words::new(
            format!("内容不是 `.{ending}` 的格式"),
            format!("its bytes are not those of a `.{ending}` file"),
        );
        Diagnostic::warning("attachment/content", &*blob.path, words).help(
            "读者会打不开；从来源重新取得文件，或改正扩展名",
            "readers cannot open it; get the file from its source again, or correct its ending",
        )
    })
}

/// What a file with this ending can be. Office documents with a password are in the container of
/// older ones, what is called `.doc` is often RTF or docx, and browsers show a picture of any kind
/// whatever it is called.
fn natures(ending: &str) -> &'static [FileNature] {
    match ending {
        "pdf" => &[FileNature::Pdf],
        "docx" | "xlsx" | "pptx" => &[FileNature::Zip, FileNature::Ole],
        "ofd" | "odt" | "ods" | "odp" | "zip" => &[FileNature::Zip],
        "doc" | "xls" | "ppt" | "wps" | "et" | "dps" => &[FileNature::Ole, FileNature::Zip, FileNature::Rtf],
        "rtf" => &[FileNature::Rtf],
        "7z" => &[FileNature::SevenZip],
        "rar" => &[FileNature::Rar],
        "jpg" | "jpeg" | "png" | "gif" | "webp" => &[FileNature::Picture],
        "mp3" => &[FileNature::Mp3],
        "mp4" => &[FileNature::Mp4],
        _ => &[FileNature::Text],
    }
}
