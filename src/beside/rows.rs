//! The figures of a comparison as the rows of a table. A page has hundreds of them, so that they are
//! written here and not by a template, and with no more than it takes: the cell behind a cell ends it,
//! and a first cell that heads its row needs no attribute to say so.

use std::collections::BTreeSet;

use pulldown_cmark_escape::escape_html;

use super::{FigurePair, FigureRows};

/// What stands where there is nothing to tell.
const NOTHING: &str = "—";

/// The rows of these figures: a name, the figure of either year, and by how much it changed.
pub(super) fn rows(figures: &[FigurePair]) -> FigureRows {
    let mut html = String::with_capacity(256 * figures.len());
    let mut met = BTreeSet::new();
    let mut last = None;
    for figure in figures {
        html.push_str("<tr");
        // An indicator has an address, once: where it is told again, its sentence has one.
        if let Some(id) = figure.indicator.as_deref().filter(|id| met.insert(*id)) {
            html.push_str(" id=f-");
            html.push_str(id);
        }
        html.push_str("><th>");
        match &figure.here {
            // The address of a sentence has letters, figures and hyphens alone, so that HTML needs no quotation marks.
            // Of several figures of a sentence the first leads to it.
            Some(here) if last.replace(here) != Some(here) => {
                html.extend(["<a href=", here, ">"]);
                escape(&mut html, &figure.label);
                html.push_str("</a>");
            }
            _ => escape(&mut html, &figure.label),
        }
        html.push_str("<td>");
        linked(&mut html, figure.source(&figure.before_href), &figure.before_text);
        html.push_str("<td>");
        linked(&mut html, figure.source(&figure.after_href), &figure.after_text);
        html.push_str("<td>");
        escape(&mut html, figure.change.as_deref().unwrap_or(NOTHING));
        html.push_str("<td>");
        escape(&mut html, figure.percent.as_deref().unwrap_or(NOTHING));
        html.push('\n');
    }
    FigureRows { count: figures.len(), html }
}

impl FigurePair {
    /// Where a figure leads: to itself in its report, where it has a place there. Of any other its name
    /// leads to the sentence on this page, and that stands below a link to its section.
    fn source<'h>(&self, href: &'h str) -> Option<&'h str> {
        (self.here.is_none() || href.contains("#fig-")).then_some(href)
    }
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
