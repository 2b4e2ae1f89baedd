//! What is at one address, as it is written: a page that the theme draws of its view, a file that machines read, or
//! a copy.

use camino::Utf8Path;

use crate::archive::Archive;
use crate::ask::{Ask, Planned};
use crate::diag::{self, Diagnostic, Words};
use crate::exports;
use crate::outline::Subject;
use crate::pages;
use crate::render::render;
use crate::route::Route;
use crate::source::{Blob, Source};
use crate::theme::Theme;
use crate::view::{ComparisonOutcome, View};

/// The content of what is at a planned address.
pub enum DrawnContent<'a> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of a text below the site's folder.
    Text(&'a Source),
    /// A copy of a file below the site's folder.
    Copy(&'a Blob),
}

/// Draws the page, or makes the file, that is at a planned address. `build` asks for every one
/// and the preview for the one that a browser asks for; there is no other way to make a page.
///
/// # Errors
/// A diagnostic where the theme's template cannot be drawn, or where the program itself fails.
pub fn draw<'a>(
    site: &'a Planned<'a>,
    theme: &Theme,
    planned: (&Route, &Subject),
) -> Result<DrawnContent<'a>, Box<Diagnostic>> {
    draw_by(&Ask::of(site), site.archive, theme, planned)
}

/// The same, from what `ask` answers.
pub(super) fn draw_by<'a>(
    ask: &Ask<'a>,
    archive: &Archive,
    theme: &Theme,
    planned: (&Route, &Subject),
) -> Result<DrawnContent<'a>, Box<Diagnostic>> {
    let path = path_of(archive, planned.1);
    diag::guarded(path, || drawn_content(ask, theme, planned)).unwrap_or_else(|mut fault| {
        let Words { zh, en } = fault.message;
        let route = planned.0;
        fault.message =
            Words::new(format!("`{route}` 不能生成：{zh}"), format!("`{route}` cannot be made: {en}"));
        Err(fault)
    })
}

/// The file that is to blame for what is at an address.
pub(super) fn path_of<'a>(archive: &'a Archive, subject: &Subject) -> &'a Utf8Path {
    match subject {
        Subject::Report(at) | Subject::Markdown(at) | Subject::Version(at, _) => &archive.reports[*at].path,
        _ => Utf8Path::new("site.yaml"),
    }
}

fn drawn_content<'a>(
    ask: &Ask<'a>,
    theme: &Theme,
    planned: (&Route, &Subject),
) -> Result<DrawnContent<'a>, Box<Diagnostic>> {
    let (ask, planned) = &itself(ask, planned);
    let (_, subject) = *planned;
    if let Subject::Copy(path) = subject
        && let Some(blob) = ask.blob(path)
    {
        return Ok(DrawnContent::Copy(blob));
    }
    if let Subject::Markdown(at) = subject {
        return Ok(DrawnContent::Text(ask.source(*at)));
    }
    let bytes = match view_of(ask, *planned) {
        Some(view) => render(theme, &view)?,
        None => exports::file(ask, subject).unwrap_or_default(),
    };
    Ok(DrawnContent::Bytes(bytes))
}

/// What the page at an address shows; `None` for an address without a page.
#[must_use]
pub fn view(site: &Planned<'_>, route: &Route) -> Option<View> {
    view_of(&Ask::of(site), (route, site.outline.subject(route)?))
}

/// What the comparison at an address found; `None` for an address without one.
#[must_use]
pub fn outcome(site: &Planned<'_>, route: &Route) -> Option<ComparisonOutcome> {
    pages::outcome(&Ask::of(site), site.outline.subject(route)?)
}

/// What is at a planned address, as it stands in the site's own language, and whom to ask of it in
/// the language that it is wanted in.
fn itself<'a, 's>(ask: &Ask<'a>, planned: (&'s Route, &'s Subject)) -> (Ask<'a>, (&'s Route, &'s Subject)) {
    match planned {
        (_, Subject::Translated(translation)) => {
            (ask.speaking(translation.language), (&translation.route, &translation.subject))
        }
        own => (*ask, own),
    }
}

fn view_of(ask: &Ask<'_>, planned: (&Route, &Subject)) -> Option<View> {
    let (ask, (route, subject)) = &itself(ask, planned);
    pages::view(ask, route, subject).or_else(|| exports::view(ask, route, subject))
}
