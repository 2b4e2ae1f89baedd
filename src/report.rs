//! One file of the archive, read: what its author says of the document, and the document.
//!
//! A report knows its own file and nothing else: whether its place exists or its links lead
//! anywhere is for the archive to say. Reading never fails; what is wrong comes along.

mod accept;
mod article;
mod bind;
pub mod body;
mod evidence;
pub mod html;
pub mod matter;
mod prose;
pub(crate) mod signs;
mod tasks;
mod write;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, Registry};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::route::{Address, Route};
use crate::source::{Source, Span};

pub use body::{Body, Link, Section};
pub use matter::{Amount, Extent, Matter, Published, Qualifier, Quantity, Status};
pub use tasks::Task;
pub use write::write;

/// A document of a place and a year.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// Place, year and name, from the path.
    pub address: Address,
    /// What its author says of it.
    pub matter: Matter,
    /// The text, as places in the source.
    pub body: Body,
    /// Its figures, each bound to its words, in the order of the registry.
    pub figures: Vec<Figure>,
    /// The tasks that it sets, in the order of the text or as they are declared.
    pub tasks: Vec<Task>,
}

/// A declared value and the words that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The indicator.
    pub indicator: String,
    /// What is declared: a value, a bound or a range.
    pub amount: Amount,
    /// Where figure and unit stand in the source; `None` where they come from an attachment
    /// or are broken by markup.
    pub span: Option<Span>,
    /// The anchor of the section, if the words stand in one.
    pub anchor: Option<Box<str>>,
    /// The sentence, or the row of the table.
    pub sentence: Box<str>,
}

impl Figure {
    /// The place on the page to link to.
    #[must_use]
    pub fn fragment(&self) -> String {
        match (&self.span, &self.anchor) {
            (Some(_), _) => format!("fig-{}", self.indicator),
            (None, Some(anchor)) => anchor.to_string(),
            (None, None) => String::new(),
        }
    }
}

impl Figure {
    /// The same place as a link on the document's page; empty where there is none.
    #[must_use]
    pub fn href(&self) -> String {
        match self.fragment() {
            fragment if fragment.is_empty() => fragment,
            fragment => format!("#{}", crate::config::encode(&fragment)),
        }
    }
}

impl Report {
    /// The address of its page.
    #[must_use]
    pub fn route(&self) -> Route {
        self.address.route()
    }

    /// The folder of its file, where its attachments are.
    #[must_use]
    pub fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }
}

/// Reads the document in `source`, which stands at `address`.
#[must_use]
pub fn parse(source: &Source, address: Address, settings: (&Config, &Registry)) -> Diagnosed<Option<Report>> {
    let (config, registry) = settings;
    let mut diagnostics = Vec::new();
    let Some((matter_span, body_span)) = split(source) else {
        return Diagnosed { value: None, diagnostics: vec![no_matter(source)] };
    };
    let matter = matter::read(source, matter_span, matter::Surroundings { address: &address, config })
        .into(&mut diagnostics);
    let body = body::read(source, body_span, matter.as_ref()).into(&mut diagnostics);
    let Some(matter) = matter else {
        return Diagnosed { value: None, diagnostics };
    };
    let mut body = body;
    body.body.links.extend(wrapper_links(source, &matter).into(&mut diagnostics));
    let figures = bind::bind(source, (&matter, &body, registry), address.year.get()).into(&mut diagnostics);
    let tasks = tasks::read(source, &matter, &body).into(&mut diagnostics);
    let mut acceptance = accept::Acceptance::new(source, &matter, &body.body.sections);
    acceptance.sift(&mut diagnostics);
    let mut signs = signs::of_report(source, &body, &acceptance.quoted());
    signs.sift(|code, place| acceptance.takes(code, Some(place)));
    diagnostics.extend(signs.complaints(source));
    diagnostics.extend(acceptance.unused());
    let report = Report { path: source.path().to_owned(), address, matter, body: body.body, figures, tasks };
    Diagnosed { value: Some(report), diagnostics }
}

/// The links of a wrapper that stands in the front matter, and what is wrong with its text; each is
/// complained of there.
fn wrapper_links(source: &Source, matter: &Matter) -> Diagnosed<Vec<Link>> {
    let Some(text) = matter.wrapper.as_ref().and_then(|wrapper| wrapper.text.as_ref()) else {
        return Diagnosed::fine(Vec::new());
    };
    let alone = Source::new(source.path(), text.value.as_str());
    let read = body::read(&alone, Span::new(0..text.value.len()), None);
    // Its headings are no sections, and places in it are not those of the file.
    let counts = |diagnostic: &Diagnostic| !diagnostic.code.starts_with("ordinal/");
    let there = |diagnostic: Diagnostic| Diagnostic { labels: Vec::new(), ..diagnostic.at(text.span) };
    let diagnostics = read.diagnostics.into_iter().filter(counts).map(there);
    let links = read.value.body.links.into_iter().map(|link| Link { span: text.span, ..link });
    Diagnosed { value: links.collect(), diagnostics: diagnostics.collect() }
}

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
