//! Files in `content/` that no page is made from and no document names: what each is likely to be,
//! and where it would belong.

use camino::Utf8Path;

use crate::archive::Archive;
use crate::diag::{Diagnostic, Words};
use crate::source::Blob;

/// Formats in which reports are written and passed on, and what people call them. The texts of a site are
/// Markdown; nothing reads these.
const DOCUMENTS: [(&str, (&str, &str)); 13] = [
    ("doc", WORD),
    ("docx", WORD),
    ("wps", (" WPS 文件", "a WPS document")),
    ("odt", WRITER),
    ("rtf", WRITER),
    ("pages", WRITER),
    ("pdf", (" PDF 文件", "a PDF")),
    ("ofd", (" OFD 文件", "an OFD document")),
    ("html", PAGE),
    ("htm", PAGE),
    ("mht", PAGE),
    ("txt", ("纯文本文件", "a plain text")),
    ("tex", (" TeX 文件", "a TeX document")),
];

const WORD: (&str, &str) = (" Word 文件", "a Word document");
const WRITER: (&str, &str) = ("文字处理文件", "a word processor's document");
const PAGE: (&str, &str) = ("网页文件", "a web page");

/// Whether a file is the log of how the report beside it was imported or mended, which stays unpublished.
pub(super) fn is_log(archive: &Archive, path: &Utf8Path) -> bool {
    let stem = [".import.json", ".fmt.json"].iter().find_map(|end| path.as_str().strip_suffix(end));
    stem.is_some_and(|stem| archive.sources.text(Utf8Path::new(&format!("{stem}.md"))).is_some())
}

/// What is to be said of a file that nothing names.
pub(super) fn complaint(archive: &Archive, blob: &Blob) -> Diagnostic {
    let path = &*blob.path;
    if let Some(name) = markdown_name(path) {
        return misnamed(path, &name);
    }
    let ending = path.extension().unwrap_or_default().to_lowercase();
    let document = DOCUMENTS.iter().find(|(known, _)| *known == ending);
    match document {
        Some((_, called)) if !has_document_beside(archive, path) => unread(path, called.0, called.1),
        _ => unlisted(archive, path),
    }
}

/// The name that a file has whose name only fails to say that it is Markdown: `2019.MD`,
/// `2019.md.txt`, `_index.markdown`.
fn markdown_name(path: &Utf8Path) -> Option<String> {
    let lower = path.file_name()?.to_lowercase();
    let plain = lower.strip_suffix(".txt").filter(|name| is_markdown(name)).unwrap_or(&lower);
    let (stem, _) = plain.rsplit_once('.').filter(|_| is_markdown(plain))?;
    Some(format!("{stem}.md"))
}

fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "md" | "markdown" | "mdown" | "mkd" | "mdx" | "md_")
}

/// Whether a document stands in the folder of its own that `path` is in.
fn has_document_beside(archive: &Archive, path: &Utf8Path) -> bool {
    path.parent().is_some_and(|folder| archive.sources.text(&folder.join("index.md")).is_some())
}

fn misnamed(path: &Utf8Path, name: &str) -> Diagnostic {
    let words = Words::new(
        "扩展名不是 .md，这个文件没有读取",
        "the name does not end with .md, so this file is not read",
    );
    Diagnostic::warning("file/unread", path, words)
        .help(format!("改名为 {name}"), format!("rename it to {name}"))
}

fn unread(path: &Utf8Path, zh: &str, en: &str) -> Diagnostic {
    let words = Words::new(
        format!("这是{zh}，不会成为网页，也不会发布"),
        format!("this is {en}; no page is made from it, and it is not published"),
    );
    let mut parts = path.components().map(|part| part.as_str()).skip(1);
    let place = parts.next().filter(|part| !part.contains('.'));
    let (place_zh, place_en) = (place.unwrap_or("地方"), place.unwrap_or("PLACE"));
    let year = year(path);
    let (year_zh, year_en) = (year.unwrap_or("年份"), year.unwrap_or("YEAR"));
    Diagnostic::warning("file/unread", path, words).help(
        format!(
            "网页由 Markdown 文件生成：运行 `xiangwei import {path} --place {place_zh} --year {year_zh}` 导入；如果要供下载，\
             把报告改存为 content/{place_zh}/{year_zh}/index.md，这个文件放在它旁边，列入它的 `attachments`"
        ),
        format!(
            "pages are made from Markdown: run `xiangwei import {path} --place {place_en} --year {year_en}` to import it; \
             to offer it for download, let the report be content/{place_en}/{year_en}/index.md, put this file \
             beside it and list it among its `attachments`"
        ),
    )
}

/// The year that is named on the way to a file.
fn year(path: &Utf8Path) -> Option<&str> {
    let mut runs = path.as_str().split(|c: char| !c.is_ascii_digit());
    runs.rfind(|run| run.len() == 4 && ("1949".."2100").contains(run))
}

fn unlisted(archive: &Archive, path: &Utf8Path) -> Diagnostic {
    let words = Words::new("没有文件列出它，不会发布", "no document names it, so it is not published");
    let diagnostic = Diagnostic::warning("attachment/unlisted", path, words);
    let folder = path.parent().unwrap_or(path);
    let name = path.file_name().unwrap_or_default();
    let document = folder.join("index.md");
    match archive.sources.text(&document) {
        Some(_) => diagnostic.help(
            format!("在 {document} 里写 `attachments: [{{ file: {name} }}]`，或移走"),
            format!("write `attachments: [{{ file: {name} }}]` in {document}, or take it away"),
        ),
        None => diagnostic.help(
            "附件放在报告旁边：报告存为 content/地方/年份/index.md，附件放在同一文件夹，列入报告的 `attachments`；不用的文件请移走",
            "an attachment lies beside its report, which is content/PLACE/YEAR/index.md then and lists it among its \
             `attachments`; take away what is not needed",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_means_markdown_is_told() {
        for (path, name) in [
            ("content/a/2019.MD", Some("2019.md")),
            ("content/a/2019.md.txt", Some("2019.md")),
            ("content/a/_index.markdown", Some("_index.md")),
            ("content/a/2019.txt", None),
            ("content/a/2019.docx", None),
        ] {
            assert_eq!(markdown_name(path.into()).as_deref(), name, "{path}");
        }
    }

    #[test]
    fn the_year_is_the_last_that_is_named() {
        assert_eq!(year("content/a/2019/报告2020.docx".into()), Some("2020"));
        assert_eq!(year("content/a/440700.docx".into()), None);
    }
}
