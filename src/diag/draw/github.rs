//! Workflow commands of GitHub: each becomes a remark on the line of the change.
//!
//! A command is one line of output, so its values are escaped as the runner undoes it: `%`
//! and line ends everywhere, and in properties also the `:` and `,` that separate them.

use super::atlas::Atlas;
use super::visible::visible;
use super::{DrawingStyle, Language, severity_name};
use crate::diag::{Diagnostic, Severity};

/// One command for each diagnostic.
pub(super) fn draw(diagnostics: &[Diagnostic], atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    diagnostics.iter().map(|diagnostic| command(diagnostic, atlas, style)).collect()
}

fn command(diagnostic: &Diagnostic, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let level = match diagnostic.severity {
        Severity::Note => "notice",
        Severity::Error | Severity::Warning => severity_name(diagnostic),
    };
    format!(
        "::{level} file={}{},title={}::{}\n",
        property(style.stand.path(&diagnostic.path).as_str()),
        position(diagnostic, atlas),
        property(diagnostic.code),
        message(diagnostic, style.language),
    )
}

/// The end's column is said only on the line of the start, as GitHub has it.
fn position(diagnostic: &Diagnostic, atlas: &Atlas<'_>) -> String {
    let Some(place) = atlas.place(&diagnostic.path, diagnostic.span) else {
        return String::new();
    };
    let start = format!(",line={},col={},endLine={}", place.line, place.column, place.end_line);
    if place.line == place.end_line { format!("{start},endColumn={}", place.end_column) } else { start }
}

/// The message, and what to do about it on a line below.
fn message(diagnostic: &Diagnostic, language: Language) -> String {
    let words = [Some(&diagnostic.message), diagnostic.here.as_ref(), diagnostic.help.as_ref()];
    let lines: Vec<String> = words.into_iter().flatten().map(|words| value(words.get(language))).collect();
    lines.join("%0A")
}

fn value(text: &str) -> String {
    visible(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    value(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{PATH, TEXT, hint, mistake, remark, sources};
    use super::*;
    use crate::diag::Words;

    fn drawn(diagnostics: &[Diagnostic]) -> String {
        let sources = sources(&[(PATH, TEXT)]);
        let style = DrawingStyle { language: Language::English, ..DrawingStyle::default() };
        draw(diagnostics, &Atlas::new(diagnostics, &sources), &style)
    }

    #[test]
    fn a_command_names_file_line_and_code() {
        assert_eq!(
            drawn(&[mistake()]),
            "::error file=content/hefei/2024.md,line=3,col=10,endLine=3,endColumn=17,\
             title=date/format::`written` must be a date%0Aexpected a date such as 2024-03-02\
             %0Awrite year, month and day in digits\n"
        );
    }

    #[test]
    fn a_note_is_a_notice() {
        assert!(drawn(&[hint()]).starts_with("::notice file=content/hefei/2024.md,line=3,"));
    }

    #[test]
    fn separators_in_properties_are_escaped() {
        assert_eq!(
            drawn(&[remark()]),
            "::warning file=content/hefei/2024/名单%2C1.pdf,title=attachment/unlisted::\
             an attachment is not listed\n"
        );
    }

    #[test]
    fn a_message_cannot_start_a_command() {
        let words = Words::new("", "40.02% :: a,b\n::error::\r\u{1b}");
        let drawn = drawn(&[Diagnostic::error("yaml/syntax", "a:b%.md", words)]);
        assert_eq!(
            drawn,
            "::error file=a%3Ab%25.md,title=yaml/syntax::\
             40.02%25 :: a,b\\n::error::\\r\\u{1b}\n"
        );
    }
}
