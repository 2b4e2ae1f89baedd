//! One line for each diagnostic, in the shape that editors jump by.
//!
//! The severity stays English in either language, since editors look for the word.

use super::atlas::Atlas;
use super::visible::visible;
use super::{DrawingStyle, Language, severity_name};
use crate::diag::Diagnostic;

/// `path:line:column: error[code]: message`, each on a line of its own.
pub(super) fn draw(diagnostics: &[Diagnostic], atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic, atlas, style)).collect()
}

fn line(diagnostic: &Diagnostic, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    format!(
        "{}: {}[{}]: {}\n",
        place(diagnostic, atlas, style),
        severity_name(diagnostic),
        diagnostic.code,
        visible(diagnostic.message.get(style.language)),
    )
}

/// `  path:line:column: code: message (reason)`.
pub(super) fn allowed(
    diagnostic: &Diagnostic,
    reason: &str,
    atlas: &Atlas<'_>,
    style: &DrawingStyle<'_>,
) -> String {
    let (place, code) = (place(diagnostic, atlas, style), diagnostic.code);
    let message = visible(diagnostic.message.get(style.language));
    let reason = visible(reason);
    match style.language {
        Language::Chinese => format!("  {place}: {code}: {message}（{reason}）\n"),
        Language::English => format!("  {place}: {code}: {message} ({reason})\n"),
    }
}

/// `path:line:column`, or the path alone where nothing more is known.
pub(super) fn place(diagnostic: &Diagnostic, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let path = style.stand.path(&diagnostic.path);
    let at = atlas.place(&diagnostic.path, diagnostic.span);
    let at = at.map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
    format!("{}{at}", visible(path.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::PathReader;
    use super::super::samples::{PATH, TEXT, hint, mistake, remark, sources};
    use super::*;
    use crate::diag::Words;

    const ENGLISH: DrawingStyle<'_> = DrawingStyle {
        format: super::super::DiagnosticFormat::Short,
        language: Language::English,
        color: false,
        detail: super::super::Detail::Folded,
        stand: PathReader { folder: "", way: "" },
        about: super::super::SiteCaption { title: "", day: None },
    };

    #[test]
    fn a_path_leads_from_where_its_reader_stands() {
        let sources = sources(&[(PATH, TEXT)]);
        let notes = [hint()];
        let atlas = Atlas::new(&notes, &sources);
        for (way, path) in [
            ("", PATH.to_owned()),
            ("sites/a", format!("sites/a/{PATH}")),
            ("../..", format!("../../{PATH}")),
        ] {
            let style = DrawingStyle { stand: PathReader { folder: "/b", way }, ..ENGLISH };
            assert!(draw(&notes, &atlas, &style).starts_with(&format!("{path}:3:10: ")), "{way}");
        }
    }

    #[test]
    fn a_line_has_place_code_and_message() {
        let diagnostics = [mistake(), remark()];
        let sources = sources(&[(PATH, TEXT)]);
        let atlas = Atlas::new(&diagnostics, &sources);
        assert_eq!(
            draw(&diagnostics, &atlas, &ENGLISH),
            "content/hefei/2024.md:3:10: error[date/format]: `written` must be a date\n\
             content/hefei/2024/名单,1.pdf: warning[attachment/unlisted]: \
             an attachment is not listed\n"
        );
    }

    #[test]
    fn a_note_says_so() {
        let sources = sources(&[(PATH, TEXT)]);
        let notes = [hint()];
        let atlas = Atlas::new(&notes, &sources);
        assert_eq!(
            draw(&notes, &atlas, &ENGLISH),
            "content/hefei/2024.md:3:10: note[date/unknown]: a date worth a look\n"
        );
    }

    #[test]
    fn a_message_can_make_no_second_line() {
        let words = Words::new("甲\n乙\u{1b}[2J", "");
        let diagnostics = [Diagnostic::error("yaml/syntax", "a\nb.md", words)];
        let sources = sources(&[]);
        let atlas = Atlas::new(&diagnostics, &sources);
        assert_eq!(
            draw(&diagnostics, &atlas, &DrawingStyle { language: Language::Chinese, ..ENGLISH }),
            "a\\nb.md: error[yaml/syntax]: 甲\\n乙\\u{1b}[2J\n"
        );
    }
}
