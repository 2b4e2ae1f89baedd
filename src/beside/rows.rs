//! The figures of a comparison as the rows of a table. A page has hundreds of them, so that they are
//! written here and not by a template.

use pulldown_cmark_escape::escape_html;

use super::{FigurePair, FigureRows};

/// What stands where there is nothing to tell.
const NOTHING: &str = "—";

/// The rows of these figures: a name, the figure of either year, and by how much it changed.
pub(super) fn rows(figures: &[FigurePair]) -> FigureRows {
    let mut html = String::with_capacity(256 * figures.len());
    for figure in figures {
        html.push_str("<tr><th scope=\"row\">");
        linked(&mut html, figure.here.as_deref(), &figure.label);
        html.push_str("</th><td>");
        linked(&mut html, Some(&figure.before_href), &figure.before_text);
        html.push_str("</td><td>");
        linked(&mut html, Some(&figure.after_href), &figure.after_text);
        html.push_str("</td><td class=\"");
        html.push_str(figure.trend);
        html.push_str("\">");
        escape(&mut html, figure.change.as_deref().unwrap_or(NOTHING));
        html.push_str("</td><td>");
        escape(&mut html, figure.percent.as_deref().unwrap_or(NOTHING));
        html.push_str("</td></tr>\n");
    }
    FigureRows { count: figures.len(), html }
}

fn linked(html: &mut String, href: Option<&str>, text: &str) {
    let Some(href) = href else {
        return escape(html, text);
    };
    html.push_str("<a href=\"");
    escape(html, href);
    html.push_str("\">");
    escape(html, text);
    html.push_str("</a>");
}

fn escape(html: &mut String, text: &str) {
    // A string takes everything that is written to it.
    let _ = escape_html(html, text);
}
