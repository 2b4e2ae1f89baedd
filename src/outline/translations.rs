//! The second language of a site: what is of the interface and of lists stands in it once more, below
//! an address of its own. Documents, their comparisons and earlier texts are in the language that they
//! are in, and stand once; pages in every language lead to them there.

use super::Subject;
use super::subject::{Translation, origin};
use crate::archive::Archive;
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::interface::Locale;
use crate::route::Route;

/// What of `made` stands in other languages too, with a complaint about whatever has their addresses.
pub(super) fn translations(archive: &Archive, made: &[(Route, Subject)]) -> Diagnosed<Vec<(Route, Subject)>> {
    let mut all = Diagnosed { value: Vec::new(), diagnostics: Vec::new() };
    for language in archive.config.other_languages() {
        let folder = language.folder();
        let taken = made.iter().find(|(route, _)| route.first() == folder);
        all.diagnostics.extend(taken.map(|(route, subject)| taken_by(archive, language, (route, subject))));
        let translatable = made.iter().filter(|(_, subject)| is_translatable(subject));
        all.value.extend(translatable.map(|(route, subject)| {
            let translation = Translation { language, route: route.clone(), subject: subject.clone() };
            (route.translated(language), Subject::Translated(Box::new(translation)))
        }));
    }
    all
}

/// Whether the page is the program's own words and names, or a file that such a page reads.
fn is_translatable(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Home
            | Subject::Place(_)
            | Subject::Year(..)
            | Subject::Kind(..)
            | Subject::Years(_)
            | Subject::Coverage(_)
            | Subject::Ancestry(_)
            | Subject::Indicators
            | Subject::Indicator(..)
            | Subject::Embed(_)
            | Subject::Search
            | Subject::Contents
            | Subject::Offices
            | Subject::PlaceNames
            | Subject::Data
            | Subject::Log(_)
    )
}

fn taken_by(archive: &Archive, language: Locale, (route, subject): (&Route, &Subject)) -> Diagnostic {
    let (folder, tag) = (language.folder(), language.tag());
    let words = Words::new(
        format!("{route} 的位置要用来放 `{tag}` 的页面"),
        format!("{route} is where the pages in `{tag}` stand"),
    );
    Diagnostic::error("route/duplicate", origin(archive, subject), words).help(
        format!("改名，使网址不以 /{folder}/ 开头；或从 site.yaml 的 `languages` 里去掉 `{tag}`"),
        format!("rename it, so that its address does not begin with /{folder}/, or take `{tag}` out of `languages` in site.yaml"),
    )
}
