//! How diagnostics look: frames for a terminal, one line for an editor, JSON, SARIF, and the
//! commands of GitHub's workflows.
//!
//! Drawing is pure: diagnostics and sources in, a text out. Whatever of a source gets into
//! that text has its control characters written out, since it may end up in a terminal, and its
//! personal numbers masked ([`crate::personal`]), whoever complains about the line, since it ends up in logs.

mod atlas;
mod excerpt;
mod folding;
mod frame;
mod github;
mod html;
mod json;
mod sarif;
mod short;
mod visible;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Diagnostic, Language, Severity};
use crate::personal;
use crate::source::Sources;
use atlas::Atlas;

/// A way to draw diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DiagnosticFormat {
    /// Code frames with the words in question, and a last line that counts them.
    #[default]
    Frame,
    /// `path:line:column: error[code]: message`, as editors read it.
    Short,
    /// One JSON list, with every place in bytes and in lines.
    Json,
    /// One SARIF 2.1.0 log, as code hosts take it in.
    Sarif,
    /// Workflow commands of GitHub, which turn into remarks on a change.
    Github,
    /// A page that stands by itself, for the file: each code once, with its findings.
    Html,
}

/// How diagnostics are to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct DrawingStyle<'a> {
    /// In which way.
    pub format: DiagnosticFormat,
    /// In which language their messages are.
    pub language: Language,
    /// Whether frames are coloured; the other ways never are.
    pub color: bool,
    /// How much of them is drawn as frames; the other ways, which programs read, have all.
    pub detail: Detail,
    /// From where paths lead to files. JSON alone names files by their paths below the site's folder.
    pub stand: PathReader<'a>,
    /// What a page says of the site.
    pub about: SiteCaption<'a>,
}

/// What a page says of the site whose findings it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SiteCaption<'a> {
    /// The site's title; empty where it has none.
    pub title: &'a str,
    /// The day that was named, if one was.
    pub day: Option<&'a str>,
}

/// How much is drawn as frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Detail {
    /// Errors alone; the last line counts the rest as well.
    Errors,
    /// Everything, where many findings are of one sort a few of them and the places of the others.
    #[default]
    Folded,
    /// A frame for each finding.
    Whole,
}

/// Where the reader of paths stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PathReader<'a> {
    /// That folder, as a whole path; empty where nobody knows.
    pub folder: &'a str,
    /// What leads from there to the site's folder; empty where it is that folder.
    pub way: &'a str,
}

impl PathReader<'_> {
    /// What leads from there to the file that stands at `path` below the site's folder.
    fn path(&self, path: &Utf8Path) -> Utf8PathBuf {
        Utf8Path::new(self.way).join(&*personal::mask(path.as_str()))
    }
}

/// All `diagnostics`, in the order given, drawn over the texts that they are about.
///
/// Frames, lines and commands of nothing are an empty text; JSON and SARIF stay documents.
#[must_use]
pub fn draw(diagnostics: &[Diagnostic], sources: &Sources, style: &DrawingStyle<'_>) -> String {
    let atlas = Atlas::new(diagnostics, sources);
    match style.format {
        DiagnosticFormat::Frame => frame::draw(diagnostics, &atlas, style),
        DiagnosticFormat::Short => short::draw(diagnostics, &atlas, style),
        DiagnosticFormat::Json => json::draw(diagnostics, &atlas, style.language),
        DiagnosticFormat::Sarif => sarif::draw(diagnostics, &atlas, style),
        DiagnosticFormat::Github => github::draw(diagnostics, &atlas, style),
        DiagnosticFormat::Html => html::draw(diagnostics, &atlas, style),
    }
}

/// A finding that a site allows, on a line with the reason.
#[must_use]
pub fn allowed(diagnostic: &Diagnostic, reason: &str, sources: &Sources, style: &DrawingStyle<'_>) -> String {
    let atlas = Atlas::new(std::slice::from_ref(diagnostic), sources);
    short::allowed(diagnostic, reason, &atlas, style)
}

/// The name of a severity in the formats that programs read, which are not translated.
fn severity_name(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// What the tests of every format draw.
#[cfg(test)]
mod samples {
    use super::*;
    use crate::diag::Words;
    use crate::source::{Source, Span};

    /// Where `words` stand in `text`.
    pub(super) fn find(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("the words are in the text");
        Span::new(start..start + words.len())
    }

    /// A site of these texts.
    pub(super) fn sources(texts: &[(&str, &str)]) -> Sources {
        let texts = texts.iter().map(|(path, text)| Source::new(*path, *text));
        Sources::new(texts.collect(), Vec::new())
    }

    pub(super) const PATH: &str = "content/hefei/2024.md";
    pub(super) const TEXT: &str = "---\ntitle: 报告\nwritten: 二〇二四年三月\n---\n";

    /// A date in words, as an error with everything an error can have.
    pub(super) fn mistake() -> Diagnostic {
        Diagnostic::error("date/format", PATH, Words::new("`written` 应为日期", "`written` must be a date"))
            .at(find(TEXT, "二〇二四年三月"))
            .here("应写成 2024-03-02 这样", "expected a date such as 2024-03-02")
            .label(PATH.into(), find(TEXT, "报告"), Words::new("这份报告", "this report"))
            .help("用数字写明年、月、日", "write year, month and day in digits")
    }

    /// A warning about a file without a text.
    pub(super) fn remark() -> Diagnostic {
        Diagnostic::warning(
            "attachment/unlisted",
            "content/hefei/2024/名单,1.pdf",
            Words::new("附件没有列出", "an attachment is not listed"),
        )
    }

    /// A note at a place.
    pub(super) fn hint() -> Diagnostic {
        Diagnostic::note("date/unknown", PATH, Words::new("日期值得一看", "a date worth a look"))
            .at(find(TEXT, "二〇二四年三月"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Words;
    use crate::source::Span;
    use proptest::prelude::*;

    const FORMATS: [DiagnosticFormat; 6] = [
        DiagnosticFormat::Frame,
        DiagnosticFormat::Short,
        DiagnosticFormat::Json,
        DiagnosticFormat::Sarif,
        DiagnosticFormat::Github,
        DiagnosticFormat::Html,
    ];

    proptest! {
        #[test]
        fn drawing_is_total_and_shows_nothing_that_acts(
            text in "(?s:.|\n|\r|\t|[报告a〔〕\u{1b}\u{9b}\u{200d}e\u{301}]){0,60}",
            copies in 1usize..20,
            ends in proptest::collection::vec((0u32..400, 0u32..400), 1..4),
        ) {
            let text = text.repeat(copies);
            let words = || Words::new(text.as_str(), text.as_str());
            let mut diagnostic = Diagnostic::error("yaml/syntax", "a.md", words())
                .here(text.as_str(), text.as_str())
                .help(text.as_str(), text.as_str());
            for (start, end) in ends {
                diagnostic = diagnostic.label("a.md".into(), Span { start, end }, words());
                diagnostic = diagnostic.at(Span { start: end, end: start });
            }
            let sources = samples::sources(&[("a.md", &text)]);
            for format in FORMATS {
                let style = DrawingStyle { format, ..DrawingStyle::default() };
                let drawn = draw(std::slice::from_ref(&diagnostic), &sources, &style);
                prop_assert!(!drawn.contains(|c| c != '\n' && visible::is_hidden(c)));
            }
        }
    }
}
