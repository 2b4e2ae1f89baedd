//! Code frames for a terminal, drawn by the renderer that cargo uses.
//!
//! The renderer counts the columns of the words it is given and places one character a cell.
//! Since it is given cut lines and wide characters, it draws two stand-ins that are no
//! characters, and this room puts right what they stand for.

use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use camino::Utf8Path;
use unicode_width::UnicodeWidthChar;

use super::atlas::{Atlas, LineIndex};
use super::excerpt::{Excerpt, pointable};
use super::folding::{AlikeFindings, fold};
use super::short;
use super::visible::visible;
use super::{DrawingStyle, Language};
use crate::diag::{Diagnostic, Severity};
use crate::source::Span;

/// Stands for a path; the renderer writes its own idea of line and column behind it.
const PATH: char = '\u{fdd0}';
/// Fills the second cell of a wide character in a label, or the carets to its right would
/// stand too far to the left.
const FILL: char = '\u{fdd1}';
/// Wider than any frame, so that the renderer never cuts a line on its own.
const WIDEST: usize = 10_000;
/// Labels up to this many lines away share a snippet with their neighbour.
const NEAR: usize = 12;

/// Of the rest of a sort, so many places are listed.
const LISTED: usize = 10;

/// Of many places of one kind a frame shows the first ones; JSON and SARIF list more.
const MOST_LABELS: usize = 5;

/// Frames with an empty line behind each, the places of those that are folded away, and how many
/// there are of all.
pub(super) fn draw(diagnostics: &[Diagnostic], atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let folded = fold(diagnostics, style.detail);
    let mut drawn = String::new();
    for diagnostic in folded.shown {
        drawn.push_str(&frame(diagnostic, atlas, style));
        drawn.push_str("\n\n");
    }
    for sort in &folded.sorts {
        drawn.push_str(&rest(sort, atlas, style));
        drawn.push('\n');
    }
    if !folded.sorts.is_empty() {
        drawn.push_str(
            style
                .language
                .pick("帮助: 加 `--verbose` 逐处显示\n\n", "help: `--verbose` shows each of them\n\n"),
        );
    }
    drawn.push_str(&summary(diagnostics, style.language));
    drawn.push('\n');
    drawn
}

/// How many more there are of a sort, and where, a line for each of the first.
fn rest(sort: &AlikeFindings<'_>, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let AlikeFindings { severity, code, rest } = sort;
    let (count, name) = (rest.len(), name(*severity, style.language));
    let mut drawn = match style.language {
        Language::Chinese => format!("{name}[{code}]: 还有 {count} 处\n"),
        Language::English => format!("{name}[{code}]: {count} more\n"),
    };
    for diagnostic in rest.iter().take(LISTED) {
        let place = short::place(diagnostic, atlas, style);
        drawn.push_str(&format!("  {place}: {}\n", visible(diagnostic.message.get(style.language))));
    }
    let unlisted = &rest[LISTED.min(count)..];
    let files: BTreeSet<_> = unlisted.iter().map(|diagnostic| &diagnostic.path).collect();
    drawn.push_str(&match (style.language, unlisted.len(), files.len()) {
        (_, 0, _) => String::new(),
        (Language::Chinese, count, files) => format!("  另有 {count} 处，在 {files} 个文件里\n"),
        (Language::English, count, 1) => format!("  and {count} more in one file\n"),
        (Language::English, count, files) => format!("  and {count} more in {files} files\n"),
    });
    drawn
}

fn frame(diagnostic: &Diagnostic, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let language = style.language;
    let views = views(diagnostic, atlas, language);
    let title = level(diagnostic.severity, language)
        .primary_title(visible(diagnostic.message.get(language)))
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    if views.first().is_none_or(|view| !view.is_primary()) {
        group =
            group.element(Origin::path(visible(style.stand.path(&diagnostic.path).as_str()).into_owned()));
    }
    let excerpts: Vec<Excerpt> = views.iter().map(MarkedPart::excerpt).collect();
    let snippets = views.iter().zip(&excerpts).map(|(view, excerpt)| view.snippet(excerpt));
    let mut groups = vec![group.elements(snippets)];
    if let Some(help) = &diagnostic.help {
        let level = Level::HELP.with_name(language.pick("帮助", "help"));
        groups.push(Group::with_title(level.secondary_title(visible(help.get(language)))));
    }
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    restore(&renderer.term_width(WIDEST).render(&groups), &views, style)
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.with_name(name(severity, language))
}

fn name(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => language.pick("错误", "error"),
        Severity::Warning => language.pick("警告", "warning"),
        Severity::Note => language.pick("提示", "note"),
    }
}

/// A place to point at, with what is said there.
struct FrameMark<'a> {
    range: Range<usize>,
    kind: AnnotationKind,
    words: Option<&'a str>,
}

/// Marks of one text that are near enough to be seen together.
struct MarkedPart<'a> {
    path: &'a Utf8Path,
    chart: &'a LineIndex<'a>,
    marks: Vec<FrameMark<'a>>,
}

/// The views of a diagnostic, the one of its own place first.
fn views<'a>(diagnostic: &'a Diagnostic, atlas: &'a Atlas<'_>, language: Language) -> Vec<MarkedPart<'a>> {
    let mut views: Vec<MarkedPart<'a>> = Vec::new();
    let mut see = |path: &'a Utf8Path, span: Span, kind, words| {
        let Some(chart) = atlas.chart(path) else {
            return;
        };
        let range = pointable(chart, chart.clamp(span));
        let mark = FrameMark { range, kind, words };
        match views.iter_mut().find(|view| view.path == path && view.is_near(&mark)) {
            Some(view) => view.marks.push(mark),
            None => views.push(MarkedPart { path, chart, marks: vec![mark] }),
        }
    };
    if let Some(span) = diagnostic.span {
        let here = diagnostic.here.as_ref().map(|words| words.get(language));
        see(&diagnostic.path, span, AnnotationKind::Primary, here);
    }
    for label in diagnostic.labels.iter().take(MOST_LABELS) {
        let words = Some(label.words.get(language));
        see(&label.path, label.span, AnnotationKind::Context, words);
    }
    views
}

impl MarkedPart<'_> {
    /// Whether this is the view of a diagnostic's own place.
    fn is_primary(&self) -> bool {
        self.marks.iter().any(|mark| mark.kind == AnnotationKind::Primary)
    }

    /// Whether `mark` stands within a few lines of this view's first one.
    fn is_near(&self, mark: &FrameMark<'_>) -> bool {
        let line = |mark: &FrameMark<'_>| self.chart.line_of(mark.range.start);
        self.marks.first().is_some_and(|first| line(first).abs_diff(line(mark)) <= NEAR)
    }

    /// The words of its marks and around them.
    fn excerpt(&self) -> Excerpt {
        let ranges: Vec<_> = self.marks.iter().map(|mark| mark.range.clone()).collect();
        Excerpt::new(self.chart, &ranges)
    }

    fn snippet<'b>(&self, excerpt: &'b Excerpt) -> Snippet<'b, Annotation<'b>> {
        Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line)
            .path(PATH.to_string())
            .annotations(self.marks.iter().map(|mark| self.annotation(mark, excerpt)))
    }

    fn annotation<'b>(&self, mark: &FrameMark<'_>, excerpt: &Excerpt) -> Annotation<'b> {
        let locate = |offset| excerpt.locate(self.chart, offset);
        let (start, end) = (locate(mark.range.start), locate(mark.range.end));
        mark.kind.span(start..end).label(mark.words.map(filled))
    }

    /// The path, line and column that stand over the view.
    fn heading(&self, style: &DrawingStyle<'_>) -> String {
        let path = style.stand.path(self.path);
        let path = visible(path.as_str());
        match self.marks.first() {
            Some(mark) => {
                let place = self.chart.place(Span::new(mark.range.clone()));
                format!("{path}:{}:{}", place.line, place.column)
            }
            None => path.into_owned(),
        }
    }
}

/// `words` with a stand-in behind each wide character.
fn filled(words: &str) -> String {
    let mut filled = String::with_capacity(words.len() * 2);
    for c in visible(words).chars() {
        filled.push(c);
        filled.extend((1..c.width().unwrap_or(1)).map(|_| FILL));
    }
    filled
}

/// What the renderer drew, with true headings and without stand-ins.
fn restore(drawn: &str, views: &[MarkedPart<'_>], style: &DrawingStyle<'_>) -> String {
    let mut headings = views.iter().map(|view| view.heading(style));
    let mut restored = String::with_capacity(drawn.len());
    let mut in_heading = false;
    for c in drawn.chars() {
        match c {
            FILL => {}
            PATH => {
                restored.extend(headings.next());
                in_heading = true;
            }
            c if in_heading && (c == ':' || c.is_ascii_digit()) => {}
            c => {
                restored.push(c);
                in_heading = false;
            }
        }
    }
    restored
}

/// "3 errors, 1 warning": how many there are of each severity.
fn summary(diagnostics: &[Diagnostic], language: Language) -> String {
    let parts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let of = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
        part(severity, of.count(), language)
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(language.pick("，", ", "))
}

/// How many of one severity; nothing is not worth counting.
fn part(severity: Severity, count: usize, language: Language) -> Option<String> {
    let name = name(severity, language);
    match (language, count) {
        (_, 0) => None,
        (Language::Chinese, _) => Some(format!("{count} 处{name}")),
        (Language::English, 1) => Some(format!("1 {name}")),
        (Language::English, _) => Some(format!("{count} {name}s")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{PATH as AT, TEXT, find, hint, mistake, remark, sources};
    use super::super::{Detail, DiagnosticFormat, draw as draw_all};
    use super::*;
    use crate::diag::Words;
    use unicode_width::UnicodeWidthStr;

    fn plain(diagnostics: &[Diagnostic], texts: &[(&str, &str)], language: Language) -> String {
        let style = DrawingStyle { format: DiagnosticFormat::Frame, language, ..DrawingStyle::default() };
        draw_all(diagnostics, &sources(texts), &style)
    }

    /// The words over each run of `sign` in the first line that has one, by columns.
    fn pointed(drawn: &str, sign: char) -> Vec<String> {
        let lines: Vec<&str> = drawn.lines().collect();
        let is_pointing = |line: &&str| line.contains(sign) && line.trim().starts_with("| ");
        let below = lines.iter().position(is_pointing).expect("something is pointed at");
        let mut over = lines[below - 1].chars();
        let mut words = vec![String::new()];
        let mut column = 0;
        for c in lines[below].chars() {
            // A wide character is over the sign below its first column.
            let mut above = String::new();
            while column < c.width().unwrap_or(0) {
                let Some(next) = over.next() else { break };
                column += next.width().unwrap_or(0);
                above.push(next);
            }
            column = column.saturating_sub(c.width().unwrap_or(0));
            match words.last_mut() {
                Some(last) if c == sign => last.push_str(&above),
                Some(last) if !last.is_empty() => words.push(String::new()),
                _ => {}
            }
        }
        words.retain(|words| !words.is_empty());
        words
    }

    #[test]
    fn a_frame_shows_the_words_the_label_and_the_help() {
        let drawn = plain(&[mistake(), remark()], &[(AT, TEXT)], Language::English);
        let expected = "\
error[date/format]: `written` must be a date
 --> content/hefei/2024.md:3:10
  |
2 | title: 报告
  |        ---- this report
3 | written: 二〇二四年三月
  |          ^^^^^^^^^^^^^^ expected a date such as 2024-03-02
  |
help: write year, month and day in digits

warning[attachment/unlisted]: an attachment is not listed
--> content/hefei/2024/名单,1.pdf

1 error, 1 warning
";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_frame_speaks_chinese_and_carets_stand_under_wide_characters() {
        let drawn = plain(&[mistake()], &[(AT, TEXT)], Language::Chinese);
        assert!(drawn.starts_with("错误[date/format]: `written` 应为日期\n"));
        assert!(drawn.contains("\n帮助: 用数字写明年、月、日\n"));
        assert_eq!(pointed(&drawn, '^'), ["二〇二四年三月"]);
        assert_eq!(pointed(&drawn, '-'), ["报告"]);
    }

    /// So many remarks on as many files, and one error.
    fn many(count: usize) -> Vec<Diagnostic> {
        let remark = |at| {
            Diagnostic::warning(
                "attachment/unlisted",
                format!("a/{at:03}.pdf"),
                Words::new("未列出", "not listed"),
            )
        };
        (0..count).map(remark).chain([mistake()]).collect()
    }

    #[test]
    fn many_of_one_sort_are_folded_and_none_is_lost() {
        let drawn = plain(&many(15), &[(AT, TEXT)], Language::English);
        assert_eq!(drawn.matches("warning[attachment/unlisted]: not listed").count(), 3, "{drawn}");
        let expected = "\nwarning[attachment/unlisted]: 12 more\n  a/003.pdf: not listed\n";
        assert!(drawn.contains(expected), "{drawn}");
        let end = "  a/012.pdf: not listed\n  and 2 more in 2 files\n\nhelp: `--verbose` shows each of them\n\n1 error, 15 warnings\n";
        assert!(drawn.ends_with(end), "{drawn}");
        assert_eq!(drawn.matches("error[date/format]").count(), 1);
        let few = plain(&many(5), &[(AT, TEXT)], Language::Chinese);
        assert_eq!(few.matches("警告[attachment/unlisted]: 未列出").count(), 5, "{few}");
        assert!(
            plain(&many(7), &[(AT, TEXT)], Language::Chinese)
                .contains("警告[attachment/unlisted]: 还有 4 处\n")
        );
    }

    #[test]
    fn who_wishes_sees_all_or_errors_alone() {
        let all = many(15);
        let drawn = |detail| {
            let style = DrawingStyle { language: Language::English, detail, ..DrawingStyle::default() };
            draw_all(&all, &sources(&[(AT, TEXT)]), &style)
        };
        assert_eq!(drawn(Detail::Whole).matches("not listed\n-->").count(), 15);
        let errors = drawn(Detail::Errors);
        assert!(errors.starts_with("error[date/format]") && !errors.contains("not listed"), "{errors}");
        assert!(errors.ends_with("\n\n1 error, 15 warnings\n"), "{errors}");
        let style = DrawingStyle {
            format: DiagnosticFormat::Short,
            detail: Detail::Errors,
            ..DrawingStyle::default()
        };
        assert_eq!(draw_all(&all, &sources(&[(AT, TEXT)]), &style).lines().count(), 16);
    }

    #[test]
    fn a_note_is_a_frame_like_the_others() {
        let drawn = plain(&[hint()], &[(AT, TEXT)], Language::Chinese);
        assert!(drawn.starts_with("提示[date/unknown]: 日期值得一看\n"), "{drawn}");
        assert_eq!(pointed(&drawn, '^'), ["二〇二四年三月"]);
    }

    #[test]
    fn a_wide_label_does_not_push_the_carets_behind_it() {
        let text = format!("甲{}乙丙{}丁", "字".repeat(24), "文".repeat(20));
        let label = |words: &str| Words::new(words, "");
        let diagnostic = Diagnostic::error("number/index", AT, label("说明"))
            .at(find(&text, "丁"))
            .here("这里", "")
            .label(AT.into(), find(&text, "甲"), label("前面的"))
            .label(AT.into(), find(&text, "乙丙"), label("中间的"));
        let drawn = plain(&[diagnostic], &[(AT, &text)], Language::Chinese);
        assert_eq!(pointed(&drawn, '^'), ["丁"]);
        assert_eq!(pointed(&drawn, '-'), ["甲", "乙丙"]);
    }

    #[test]
    fn a_cut_line_keeps_its_true_column() {
        let text = format!("一\n{}错字{}", "前".repeat(1_000_000), "后".repeat(1_000_000));
        let diagnostic = Diagnostic::warning("html/removed", AT, Words::new("", "")).at(find(&text, "错字"));
        let drawn = plain(&[diagnostic], &[(AT, &text)], Language::English);
        assert!(drawn.contains("--> content/hefei/2024.md:2:1000001\n"));
        assert_eq!(pointed(&drawn, '^'), ["错字"]);
        assert!(drawn.lines().all(|line| line.width() <= WIDTH), "{drawn}");
    }

    /// A cut line, its number and its margin are no wider than this.
    const WIDTH: usize = 130;

    #[test]
    fn labels_far_off_and_in_other_files_have_headings_of_their_own() {
        let text = format!("甲\n{}乙\n", "\n".repeat(99));
        let diagnostic = Diagnostic::error("number/duplicate", "b.md", Words::new("", "twice"))
            .at(find(&text, "甲"))
            .label("a.md".into(), Span::new(0..6), Words::new("", "the other"))
            .label("b.md".into(), find(&text, "乙"), Words::new("", "far off"));
        let drawn = plain(&[diagnostic], &[("a.md", "报告1"), ("b.md", &text)], Language::English);
        let expected = "\
error[number/duplicate]: twice
   --> b.md:1:1
    |
  1 | 甲
    | ^^
    |
   ::: a.md:1:1
    |
  1 | 报告1
    | ---- the other
    |
   ::: b.md:101:1
    |
101 | 乙
    | -- far off

1 error
";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_mark_over_a_few_lines_is_drawn_along_its_side() {
        let text = "甲\n乙丙\n丁戊\n";
        let diagnostic = Diagnostic::warning("template/syntax", AT, Words::new("", "open"))
            .at(Span::new(4..17))
            .here("", "never closed");
        let drawn = plain(&[diagnostic], &[(AT, text)], Language::English);
        let expected = "\
warning[template/syntax]: open
 --> content/hefei/2024.md:2:1
  |
2 | / 乙丙
3 | | 丁戊
  | |____^ never closed

1 warning
";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn nothing_in_a_file_acts_on_the_terminal() {
        let text = "title: \u{1b}[2J\u{9b}31m\u{202e}乱\r\u{fdd0}\u{fdd1}\n";
        let hostile = || Words::new("\u{1b}[1m\n\u{9b}", "\u{1b}[1m\n\u{9b}");
        let diagnostic = Diagnostic::error("yaml/syntax", "a\u{1b}\u{fdd0}.md", hostile())
            .at(find(text, "乱"))
            .here("\u{7}", "\u{7}")
            .label("a\u{1b}\u{fdd0}.md".into(), Span::new(7..8), hostile())
            .help("\u{8}", "\u{8}");
        let texts = [("a\u{1b}\u{fdd0}.md", text)];
        let drawn = plain(&[diagnostic], &texts, Language::English);
        assert!(!drawn.contains(|c| c != '\n' && super::super::visible::is_hidden(c)), "{drawn}");
        assert!(drawn.contains("--> a\\u{1b}\\u{fdd0}.md:1:17\n"), "{drawn}");
        assert_eq!(pointed(&drawn, '^'), ["乱"]);
    }

    #[test]
    fn colours_are_there_when_they_are_asked_for() {
        let style = DrawingStyle { color: true, ..DrawingStyle::default() };
        let drawn = draw_all(&[mistake()], &sources(&[(AT, TEXT)]), &style);
        assert!(drawn.contains("\u{1b}[") && drawn.contains("content/hefei/2024.md:3:10"));
    }

    #[test]
    fn the_last_line_counts_what_there_is() {
        let all = [mistake(), mistake(), remark()];
        assert_eq!(summary(&all, Language::English), "2 errors, 1 warning");
        assert_eq!(summary(&all, Language::Chinese), "2 处错误，1 处警告");
        assert_eq!(summary(&all[2..], Language::Chinese), "1 处警告");
        assert_eq!(summary(&[mistake(), hint()], Language::English), "1 error, 1 note");
        assert_eq!(summary(&[hint()], Language::Chinese), "1 处提示");
        assert_eq!(plain(&[], &[], Language::Chinese), "");
    }
}
