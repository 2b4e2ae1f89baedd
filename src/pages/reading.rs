//! The text of a document and the letter or notice around it, as pages show them and as search reads
//! them.

use crate::ask::Ask;
use crate::report::OpenDocument;
use crate::report::body::LinkTarget;
use crate::report::html::{self, HtmlSetting, MarkedStretch};
use crate::report::plain::{self, PlainBlock};
use crate::source::{Source, Span};
use crate::view::WrapperView;
use crate::words;

/// The main title as it stands in the text, where it says something else than the document's.
pub(crate) fn subtitle(report: &OpenDocument<'_>) -> Option<String> {
    let heading = report.parsed.body.heading.as_ref()?;
    let same =
        crate::han::fold::fold_str(heading.trim()) == crate::han::fold::fold_str(&report.matter.title.value);
    (!same).then(|| heading.trim().to_owned())
}

/// Everything of a document that can be read: the letter or notice around it and its text.
pub(crate) fn words_of(ask: &Ask<'_>, report: &OpenDocument<'_>) -> Vec<PlainBlock> {
    let (main, wrapper) = read(ask, (report, &[]), plain::read);
    wrapper.into_iter().flatten().chain(main).collect()
}

/// The text with these stretches marked, and the letter or notice around it, as HTML.
pub(super) fn bodies(
    ask: &Ask<'_>,
    report: &OpenDocument<'_>,
    stretches: &[MarkedStretch],
) -> (String, Option<WrapperView>) {
    let (main, around) = read(ask, (report, stretches), html::render);
    let wrapper = report.matter.wrapper.as_ref();
    let title = wrapper.and_then(|wrapper| wrapper.title.clone());
    let view = |html| WrapperView {
        role: wrapper.map_or("issuing-notice", |wrapper| wrapper.role.name()),
        title: title.or_else(|| report.parsed.body.wrapper_heading.clone()),
        html,
    };
    (main, around.map(view))
}

/// The text, and the letter or notice around it, each read by `read`.
fn read<T>(
    ask: &Ask<'_>,
    (report, stretches): (&OpenDocument<'_>, &[MarkedStretch]),
    read: impl Fn(&Source, Span, &HtmlSetting<'_>) -> T,
) -> (T, Option<T>) {
    let (source, body) = (report.source, &report.parsed.body);
    let route = report.route();
    let resolve = |target: &LinkTarget, text: &str| ask.resolve((&route, report.folder()), target, text);
    let setting = HtmlSetting {
        body,
        figures: &report.figures,
        marks: &report.parsed.marks,
        stretches,
        title: &report.matter.title.value,
        prefix: "",
        note: words::of(ask.config()).editors_note(),
        resolve: &resolve,
    };
    // One page shows both texts, and each counts its footnotes from one.
    let around = HtmlSetting { prefix: html::AROUND, ..setting };
    let text = report.matter.wrapper.as_ref().and_then(|wrapper| wrapper.text.as_ref());
    let in_front = text.map(|text| html::fragment(source, &text.value, (&around, &read)));
    let in_body = body.wrapper.map(|span| read(source, span, &setting));
    (read(source, body.main, &setting), in_front.or(in_body))
}
