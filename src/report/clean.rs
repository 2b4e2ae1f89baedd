//! HTML inside Markdown. Reports come from many hands: what could run, load or deceive is
//! taken out before it reaches a page, and the author is told.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// Classes that the program itself writes into a text.
const CLASSES: [(&str, &[&str]); 10] = [
    ("a", &["permalink", "footnote-back"]),
    ("b", &["head"]),
    ("data", &["figure"]),
    ("div", &["table", "footnote-definition"]),
    (
        "p",
        &[
            "run-in",
            "level-1",
            "level-2",
            "level-3",
            "level-4",
            "inner-heading",
        ],
    ),
    ("span", &["ordinal"]),
    ("td", &["start", "center", "end"]),
    ("th", &["start", "center", "end"]),
    ("sup", &["footnote-reference", "footnote-definition-label"]),
    ("h2", &["level-1", "level-2", "level-3", "level-4"]),
];

/// Classes of headings.
const LEVELS: [&str; 4] = ["level-1", "level-2", "level-3", "level-4"];

/// `html` without anything that could run or load from elsewhere. Only `ids` may stay: an
/// author's own would take the place of a section's.
pub(super) fn clean(html: &str, ids: &BTreeSet<String>) -> String {
    let mut builder = ammonia::Builder::default();
    for (tag, classes) in CLASSES {
        builder.add_allowed_classes(tag, classes);
    }
    for tag in ["h3", "h4", "h5", "h6"] {
        builder.add_allowed_classes(tag, LEVELS);
    }
    let ids = ids.clone();
    builder
        .add_tags(["data", "section", "u"])
        .add_generic_attributes(["id", "lang"])
        .add_tag_attributes("data", ["value"])
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .add_tag_attributes("a", ["aria-label"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None)
        .attribute_filter(
            move |element, attribute, value| match (element, attribute) {
                (_, "id") => ids.contains(value).then_some(value.into()),
                ("img", "src") => {
                    (!value.contains("//") && !value.contains('\\')).then_some(value.into())
                }
                _ => Some(value.into()),
            },
        );
    builder.clean(html).to_string()
}

/// A warning if `html`, a piece of an author's own, holds something that will be taken out.
pub(super) fn removed(source: &Source, html: &str, span: Span) -> Option<Diagnostic> {
    let what = forbidden(html)?;
    let words = Words::new(
        format!("HTML 中的 `{what}` 不会发布"),
        format!("`{what}` in this HTML is not published"),
    );
    Some(
        Diagnostic::warning("html/removed", source.path(), words)
            .at(span)
            .help(
                "报告里只保留文字、表格和图片；样式由主题决定",
                "a report keeps its text, tables and pictures; the theme decides how they look",
            ),
    )
}

fn forbidden(html: &str) -> Option<String> {
    let default = ammonia::Builder::default();
    let allowed = default.clone_tags();
    let lower = html.to_ascii_lowercase();
    for tag in lower.split('<').skip(1) {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !name.is_empty()
            && !allowed.contains(name.as_str())
            && !matches!(name.as_str(), "section" | "u" | "data")
        {
            return Some(format!("<{name}>"));
        }
        let attributes = tag
            .split_whitespace()
            .skip(1)
            .filter_map(|part| part.split_once('=').map(|(name, _)| name));
        let mut attributes = attributes;
        if let Some(name) =
            attributes.find(|name| name.starts_with("on") || matches!(*name, "style" | "srcdoc"))
        {
            return Some(name.to_owned());
        }
    }
    ["javascript:", "vbscript:", "data:"]
        .iter()
        .find(|word| lower.contains(*word))
        .map(|word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str) -> String {
        clean(html, &BTreeSet::from(["sec-1".to_owned()]))
    }

    #[test]
    fn nothing_that_runs_stays() {
        for html in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "<p style=\"position:fixed\">x</p>",
            "<form action=/x><input></form>",
            "<img src=\"https://evil.example/x.png\">",
            "<meta http-equiv=refresh content=0>",
        ] {
            let clean = cleaned(html);
            for word in [
                "script", "onerror", "iframe", "style", "form", "evil", "meta",
            ] {
                assert!(!clean.contains(word), "{html} became {clean}");
            }
        }
    }

    #[test]
    fn what_the_program_wrote_stays() {
        let html = "<h2 id=\"sec-1\" class=\"level-1\"><span class=\"ordinal\">一、</span>甲</h2><data class=\"figure\" value=\"7\">7件</data>";
        assert_eq!(cleaned(html), html);
        assert_eq!(cleaned("<p id=\"page-main\">x</p>"), "<p>x</p>");
    }

    #[test]
    fn the_author_is_told_what_goes() {
        let source = Source::new("a.md", "<script>x</script>");
        assert!(removed(&source, "<script>", Span::new(0..8)).is_some());
        assert!(removed(&source, "<td style=\"color:red\">", Span::new(0..8)).is_some());
        assert!(removed(&source, "<table><tr><td colspan=\"2\">", Span::new(0..8)).is_none());
        assert!(removed(&source, "</td>", Span::new(0..8)).is_none());
    }
}
