//! Diagnostics as a page that stands by itself, for the file: each code once, with what it means, what it stands on
//! and its findings in a list that can be folded. Nothing of a source gets into it but as text, and its policy lets
//! nothing run or load.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::atlas::Atlas;
use super::visible::visible;
use super::{DrawingStyle, Language, short};
use crate::diag::{Code, Diagnostic, Severity, explain};

/// Findings of one code and severity.
struct FindingGroup<'a> {
    severity: Severity,
    code: &'a str,
    findings: Vec<&'a Diagnostic>,
}

/// Up to this many findings of a group are shown without unfolding.
const FEW: usize = 5;

/// How it looks, on a screen and on paper, in light and dark.
const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8888;--error:#b3261e;--warning:#8a5300;--note:#2b5797}\
@media (prefers-color-scheme:dark){:root{--error:#ff8a80;--warning:#ffc46b;--note:#9cc4ff}}\
body{font:16px/1.6 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;max-width:60em;margin:2em auto;padding:0 1em}\
h1{font-size:1.6em}h2{font-size:1.15em;margin-bottom:.2em}section{border-top:1px solid var(--line);margin-top:1.5em}\
table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:.25em .6em;border-bottom:1px solid var(--line);vertical-align:top}\
td.count,th.count{text-align:end;font-variant-numeric:tabular-nums}code{overflow-wrap:anywhere}\
.error{color:var(--error)}.warning{color:var(--warning)}.note{color:var(--note)}\
li{margin:.4em 0}.help,.source,.about{font-size:.92em}.about{max-width:45em}\
@media print{body{max-width:none;margin:0;font-size:11pt}section{break-inside:auto}h2{break-after:avoid}li,tr{break-inside:avoid}\
details::details-content{content-visibility:visible;block-size:auto}a{color:inherit;text-decoration:none}}";

/// One page with everything.
pub(super) fn draw(diagnostics: &[Diagnostic], atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let language = style.language;
    let (about, groups) = (style.about, grouped(diagnostics));
    let heading = language.pick("检查报告", "Findings");
    let title = match about.title {
        "" => heading.to_owned(),
        title => format!("{title} · {heading}"),
    };
    let digest = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, Sha256::digest(STYLE.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{}</h1>\n<p>{}</p>\n",
        language.tag(),
        escape(&title),
        escape(&title),
        escape(&provenance(style)),
    );
    if groups.is_empty() {
        let none = language.pick("没有发现问题。", "Nothing was found.");
        page.push_str(&format!("<p>{none}</p>\n"));
    } else {
        page.push_str(&overview(&groups, language));
    }
    groups.iter().for_each(|group| page.push_str(&section(group, atlas, style)));
    page + "</main>\n</body>\n</html>\n"
}

/// By what program the page was made, and on which day where one was named: no clock is asked.
fn provenance(style: &DrawingStyle<'_>) -> String {
    let day = style.about.day.map(|day| match style.language {
        Language::Chinese => format!("，{day}"),
        Language::English => format!(", {day}"),
    });
    format!("xiangwei {}{}", env!("CARGO_PKG_VERSION"), day.unwrap_or_default())
}

/// The findings by severity and code, errors first.
fn grouped(diagnostics: &[Diagnostic]) -> Vec<FindingGroup<'_>> {
    let mut groups: BTreeMap<(Severity, &str), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        groups.entry((diagnostic.severity, diagnostic.code)).or_default().push(diagnostic);
    }
    let group = |((severity, code), findings)| FindingGroup { severity, code, findings };
    groups.into_iter().map(group).collect()
}

/// A line for each group, with its count.
fn overview(groups: &[FindingGroup<'_>], language: Language) -> String {
    let head = [
        language.pick("轻重", "Weighs as"),
        language.pick("代码", "Code"),
        language.pick("含义", "What it means"),
        language.pick("几处", "Count"),
    ];
    let mut table = format!(
        "<table>\n<thead><tr><th>{}</th><th>{}</th><th>{}</th><th class=\"count\">{}</th></tr></thead>\n<tbody>\n",
        head[0], head[1], head[2], head[3]
    );
    for group in groups {
        // Writing into a text cannot fail.
        let _ = writeln!(
            table,
            "<tr><td class=\"{}\">{}</td><td><a href=\"#{}\"><code>{}</code></a></td><td>{}</td><td class=\"count\">{}</td></tr>",
            class(group.severity),
            name(group.severity, language),
            id(group),
            group.code,
            escape(explain(group.code).map_or("", |code| code.title(language))),
            group.findings.len(),
        );
    }
    table + "</tbody>\n</table>\n"
}

/// A group: what its code means and stands on, and its findings.
fn section(group: &FindingGroup<'_>, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let language = style.language;
    let code = explain(group.code);
    let title = code.map_or("", |code| code.title(language));
    let mut text = format!(
        "<section id=\"{}\">\n<h2><span class=\"{}\">{}</span> <code>{}</code> {}</h2>\n",
        id(group),
        class(group.severity),
        name(group.severity, language),
        group.code,
        escape(title),
    );
    text.push_str(&code.map_or_else(String::new, |code| explanation(code, language)));
    let items: String = group.findings.iter().map(|finding| item(finding, atlas, style)).collect();
    let count = group.findings.len();
    let is_open = if count <= FEW { " open" } else { "" };
    let summary = match language {
        Language::Chinese => format!("{count} 处"),
        Language::English => format!("{count} found"),
    };
    let _ = write!(
        text,
        "<details{is_open}><summary>{summary}</summary>\n<ul>\n{items}</ul>\n</details>\n</section>\n"
    );
    text
}

fn explanation(code: &Code, language: Language) -> String {
    let mut text = format!("<p class=\"about\">{}</p>\n", escape(code.text(language)));
    if let Some(source) = code.source(language) {
        let word = language.pick("依据：", "Stands on: ");
        let _ = writeln!(text, "<p class=\"source\">{word}{}</p>", escape(source));
    }
    text
}

/// A finding: where it is, what is wrong, and what to do.
fn item(finding: &Diagnostic, atlas: &Atlas<'_>, style: &DrawingStyle<'_>) -> String {
    let language = style.language;
    let here = finding.here.as_ref().map(|here| format!(" {}", escape(here.get(language))));
    let help = finding.help.as_ref();
    let help = help.map(|help| format!("<div class=\"help\">{}</div>", escape(help.get(language))));
    format!(
        "<li><code>{}</code> {}{}{}</li>\n",
        escape(&short::place(finding, atlas, style)),
        escape(finding.message.get(language)),
        here.unwrap_or_default(),
        help.unwrap_or_default(),
    )
}

fn id(group: &FindingGroup<'_>) -> String {
    format!("{}-{}", class(group.severity), group.code.replace('/', "-"))
}

fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn name(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => language.pick("错误", "Error"),
        Severity::Warning => language.pick("警告", "Warning"),
        Severity::Note => language.pick("说明", "Note"),
    }
}

/// A text.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    // Writing into a text cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut escaped, &visible(text));
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::samples::{PATH, TEXT, hint, mistake, remark, sources};
    use super::super::{DiagnosticFormat, SiteCaption};
    use super::*;
    use crate::diag::Words;

    fn drawn(diagnostics: &[Diagnostic], about: SiteCaption<'_>) -> String {
        let sources = sources(&[(PATH, TEXT)]);
        let style = DrawingStyle {
            format: DiagnosticFormat::Html,
            language: Language::Chinese,
            about,
            ..DrawingStyle::default()
        };
        draw(diagnostics, &Atlas::new(diagnostics, &sources), &style)
    }

    #[test]
    fn findings_of_one_code_are_one_line_with_a_count() {
        let many: Vec<Diagnostic> = (0..52).map(|_| remark()).chain([mistake(), hint()]).collect();
        let page = drawn(&many, SiteCaption { title: "档案", day: Some("2026-04-01") });
        assert!(page.contains("档案 · 检查报告") && page.contains("，2026-04-01"));
        assert_eq!(page.matches("<tr><td").count(), 3);
        assert!(page.contains("<details><summary>52 处</summary>"));
        assert_eq!(page.matches("<details open>").count(), 2);
        assert!(page.contains("content/hefei/2024.md:3:10"));
    }

    #[test]
    fn what_stands_in_a_source_is_text_and_nothing_else() {
        let words = Words::new("<script>alert(1)</script>\"'&\u{1b}", "");
        let page = drawn(&[Diagnostic::error("yaml/syntax", "<b>.md", words)], SiteCaption::default());
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{1b}'));
        assert!(page.contains("&lt;script&gt;"));
        assert!(page.contains("default-src 'none'"));
        assert!(drawn(&[], SiteCaption::default()).contains("没有发现问题"));
    }
}
