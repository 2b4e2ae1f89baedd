//! HTML inside Markdown. Reports come from many hands: what could run, load or deceive is
//! taken out before it reaches a page, and the author is told.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;

use super::tags::{Tag, tags};
use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// Classes that the program itself writes into a text.
const CLASSES: [(&str, &[&str]); 11] = [
    ("aside", &["editors-note"]),
    ("a", &["permalink", "footnote-back"]),
    ("b", &["head"]),
    ("data", &["figure"]),
    ("div", &["table", "footnote-definition"]),
    ("p", &["run-in", "level-1", "level-2", "level-3", "level-4", "inner-heading", "label"]),
    ("span", &["ordinal"]),
    ("td", &["start", "center", "end"]),
    ("th", &["start", "center", "end"]),
    ("sup", &["footnote-reference", "footnote-definition-label"]),
    ("h2", &["level-1", "level-2", "level-3", "level-4"]),
];

/// Elements that a text may have besides those that are always safe.
const ADDED: [&str; 3] = ["data", "section", "u"];

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
        .add_tags(ADDED)
        .add_generic_attributes(["id", "lang"])
        .add_tag_attributes("data", ["value"])
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .add_tag_attributes("a", ["aria-label"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "id") => ids.contains(value).then_some(value.into()),
            ("img", "src") => (!value.contains("//") && !value.contains('\\')).then_some(value.into()),
            _ => Some(value.into()),
        });
    builder.clean(html).to_string()
}

/// A warning if `html`, a piece of an author's own, holds something that will be taken out.
pub(super) fn removed(source: &Source, html: &str, span: Span) -> Option<Diagnostic> {
    let what = forbidden(html)?;
    let words =
        Words::new(format!("HTML 中的 `{what}` 不会发布"), format!("`{what}` in this HTML is not published"));
    Some(Diagnostic::warning("html/removed", source.path(), words).at(span).help(
        "报告里只保留文字、表格和图片；样式由主题决定",
        "a report keeps its text, tables and pictures; the theme decides how they look",
    ))
}

fn forbidden(html: &str) -> Option<String> {
    let default = ammonia::Builder::default();
    let allowed = default.clone_tags();
    for tag in tags(html) {
        let name = tag.name.as_str();
        if !allowed.contains(name) && !ADDED.contains(&name) {
            return Some(format!("<{name}>"));
        }
        let runs = |name: &String| name.starts_with("on") || matches!(name.as_str(), "style" | "srcdoc");
        if let Some(name) = tag.attributes().find(runs) {
            return Some(name);
        }
        if name == "img" && tag.address().is_some_and(|source| html[source].contains("//")) {
            return Some("<img>".into());
        }
    }
    let lower = html.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"]
        .iter()
        .find(|word| lower.contains(*word))
        .map(|word| (*word).to_owned())
}

/// What clean HTML still needs: links get their final addresses, pictures that show nothing
/// go, those that say nothing say so, and tables scroll by themselves.
pub(super) fn finish(html: &str, title: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    let mut finish = Finish { html, at: 0, out: String::with_capacity(html.len() + 256) };
    let mut tables = Tables { title, count: 0, depth: 0, in_region: false, added: Vec::new() };
    for tag in tags(html) {
        match (tag.name.as_str(), tag.closes) {
            ("a", false) => finish.link(&tag, resolve),
            ("img", false) => finish.picture(&tag, resolve),
            ("table", closes) => {
                finish.copy_to(if closes { tag.range.end } else { tag.range.start });
                finish.out.push_str(&tables.around(closes));
            }
            _ => {}
        }
        let region = tag.name == "div" && tag.attribute("class").is_some_and(|class| &html[class] == "table");
        tables.in_region = region && !tag.closes;
    }
    finish.copy_to(html.len());
    finish.out
}

/// HTML that is copied with changes.
struct Finish<'a> {
    html: &'a str,
    at: usize,
    out: String,
}

impl Finish<'_> {
    fn copy_to(&mut self, end: usize) {
        self.out.push_str(&self.html[self.at..end]);
        self.at = end;
    }

    /// Puts the final address in the place of the one that is written there.
    fn address(&mut self, range: Range<usize>, to: &str) {
        self.copy_to(range.start);
        // Writing to a string cannot fail.
        let _ = escape_html(&mut self.out, to);
        self.at = range.end;
    }

    fn link(&mut self, tag: &Tag<'_>, resolve: &dyn Fn(&str) -> Option<String>) {
        let Some(range) = tag.address() else {
            return;
        };
        let to = resolve(&unescape(&self.html[range.clone()]));
        self.address(range, &to.unwrap_or_else(|| "#".into()));
    }

    fn picture(&mut self, tag: &Tag<'_>, resolve: &dyn Fn(&str) -> Option<String>) {
        let to =
            tag.address().and_then(|range| Some((resolve(&unescape(&self.html[range.clone()]))?, range)));
        self.copy_to(tag.range.start);
        let Some((to, range)) = to else {
            self.at = tag.range.end;
            return;
        };
        if tag.attribute("alt").is_none() {
            self.out.push_str("<img alt=\"\"");
            self.at += "<img".len();
        }
        self.address(range, &to);
    }
}

/// The tables of a text: each of an author's own gets a region that scrolls.
struct Tables<'a> {
    title: &'a str,
    count: usize,
    depth: usize,
    in_region: bool,
    added: Vec<bool>,
}

impl Tables<'_> {
    /// What stands before a table, or behind it.
    fn around(&mut self, closes: bool) -> String {
        if closes {
            self.depth = self.depth.saturating_sub(1);
            let added = self.added.pop().unwrap_or_default();
            return if added { "</div>".into() } else { String::new() };
        }
        let add = self.depth == 0 && !self.in_region;
        self.depth += 1;
        self.added.push(add);
        if !add {
            return String::new();
        }
        self.count += 1;
        let mut region = String::from("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        let _ = escape_html(&mut region, &format!("{} [{}]", self.title, self.count));
        region + "\">"
    }
}

/// The text of an attribute in clean HTML, where only these are escaped.
fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
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
            for word in ["script", "onerror", "iframe", "style", "form", "evil", "meta"] {
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
