//! Where the front matter of a file ends and its text begins, and what is wrong where that cannot
//! be seen.

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// The spans of front matter and body; `None` without front matter.
pub(crate) fn split(source: &Source) -> Option<(Span, Span)> {
    let text = source.text();
    let start = text.strip_prefix("---\n").map(|_| 4)?;
    let end = match text[start..].starts_with("---\n") {
        true => start,
        false => start + text[start..].find("\n---\n").or_else(|| unterminated(&text[start..]))? + 1,
    };
    let body = (end + 4).min(text.len());
    Some((Span::new(start..end), Span::new(body..text.len())))
}

/// A file may end right after its front matter, without a last line end.
fn unterminated(text: &str) -> Option<usize> {
    text.ends_with("\n---").then(|| text.len() - 4)
}

/// The complaint that a file has no front matter, or none that can be seen as such.
pub(crate) fn no_matter(source: &Source) -> Diagnostic {
    let text = source.text();
    let first = text.lines().next().unwrap_or_default();
    let (at, words, help) = match first {
        "---" => {
            return open_matter(source);
        }
        _ if text.trim_start_matches(is_unseen).is_empty() => (
            Span::default(),
            Words::new("文件是空的", "the file is empty"),
            Words::new(
                "写上元数据：第一行 `---`，接着 `title: 标题` 等，再以一行 `---` 结束",
                "write its front matter: a line `---`, then `title:` and the rest, then a line `---`",
            ),
        ),
        _ if text.trim_start_matches(is_unseen).starts_with("---\n") => (
            Span::default(),
            Words::new("元数据前面有空行或空格", "empty lines or spaces stand before the front matter"),
            Words::new(
                "删去 `---` 前面的空行和空格，让它成为第一行",
                "remove the empty lines and spaces before `---`, so that it is the first line",
            ),
        ),
        _ if is_rule(first) => (
            Span::new(0..first.len()),
            Words::new("第一行应当只有 `---`", "the first line must be `---` and nothing else"),
            Words::new(
                "写三个半角连字符，后面不留空格",
                "write three plain hyphens, and no space after them",
            ),
        ),
        _ => (
            Span::new(0..first.len()),
            Words::new("文件开头没有元数据", "the file does not begin with front matter"),
            Words::new(
                "在第一行之前写上 `---`、`title: 标题` 等各项，再以一行 `---` 结束",
                "before the first line write a line `---`, then `title:` and the rest, then a line `---`",
            ),
        ),
    };
    Diagnostic::error("matter/absent", source.path(), words).at(at).help(help.zh, help.en)
}

/// The complaint that front matter has a beginning and no end.
fn open_matter(source: &Source) -> Diagnostic {
    let words = Words::new("元数据没有结束的一行 `---`", "the front matter has no line `---` at its end");
    let diagnostic = Diagnostic::error("matter/absent", source.path(), words);
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let at = Span::new(start..start + line.trim_end().len());
        if start > 0 && is_rule(line.trim()) {
            return diagnostic.at(at).help(
                "这一行写成 `---`：三个半角连字符，前后不留空格",
                "make this line `---`: three plain hyphens, with no space before or after them",
            );
        }
        start += line.len();
    }
    diagnostic.at(Span::new(0..3)).help(
        "在最后一项之后、正文之前，另起一行写 `---`",
        "write a line `---` after the last key, before the text",
    )
}

/// Whether a line looks like `---`, whatever its dashes and spaces are.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= 2 && line.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '―' | '─'))
}

/// What a reader does not see before the first word.
fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}
