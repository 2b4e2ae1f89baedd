//! Old addresses that lead on to where things stand now.

use camino::Utf8Path;

use super::data::{OpenDataFile, Slice, TableFormat};
use super::published::is_of_record;
use super::{Addresses, Subject};
use crate::archive::Archive;
use crate::diag::{Diagnostic, Words};
use crate::route::{Route, is_slug};
use crate::source::Spanned;

/// An old address, and what it is to lead to.
struct Alias<'a> {
    old: &'a Spanned<Route>,
    new: Route,
    /// The file that says so.
    path: &'a Utf8Path,
}

/// Lets the old addresses of documents and places lead on, with a complaint about each that is
/// something else already.
pub(super) fn lead_on(archive: &Archive, addresses: &mut Addresses) -> Vec<Diagnostic> {
    // Those of an office are for its own site to answer.
    let own = archive.reports.iter().filter(|report| !archive.is_elsewhere(report));
    let of_documents = own.flat_map(|report| {
        let alias = |old| Alias { old, new: report.route(), path: &report.path };
        report.matter.aliases.iter().map(alias)
    });
    let mut complaints: Vec<Diagnostic> =
        of_documents.filter_map(|alias| alias.settle(addresses).err()).map(|complaint| *complaint).collect();
    for place in archive.places.values().filter(|place| !archive.is_empty(&place.slug)) {
        for old in &place.aliases {
            let alias = Alias { old, new: Route::page([&place.slug]), path: &place.path };
            match alias.settle(addresses) {
                Ok(()) => alias.settle_below(addresses),
                Err(complaint) => complaints.push(*complaint),
            }
        }
    }
    complaints
}

impl Alias<'_> {
    fn settle(&self, addresses: &mut Addresses) -> Result<(), Box<Diagnostic>> {
        let route = &self.old.value;
        let first = route.first();
        let small = first.to_ascii_lowercase();
        let is_ours = crate::route::RESERVED.contains(&&*small) && small != "about";
        let words = if is_ours || small == "manifest.json" {
            Words::new(
                format!("`{first}` 是本站保留的名称"),
                format!("the site needs the name `{first}` for itself"),
            )
        } else if addresses.settle_if_free(route.clone(), Subject::Redirect(self.new.clone())) {
            return Ok(());
        } else {
            Words::new(
                format!("旧地址 {route} 已是本站的地址"),
                format!("the alias {route} is an address of the site already"),
            )
        };
        let complaint = Diagnostic::error("route/alias", self.path, words).at(self.old.span);
        Err(Box::new(complaint.help("删去或改写这个旧地址", "remove or change this alias")))
    }

    /// The file of the place's figures, which stands among the open data.
    fn figures(&self, addresses: &Addresses) -> Option<(Route, Subject)> {
        let of = |slug: &str| OpenDataFile::Figures(Slice::Place(slug.to_owned()), TableFormat::Csv).route();
        let there = of(self.new.first())?;
        let slug = self.old.value.as_str().trim_matches('/');
        let old = of(slug).filter(|_| is_slug(slug))?;
        Some((old, addresses.get(&there)?.clone()))
    }

    /// Leads on from what stood below the old address of a place to what stands below the new one;
    /// files are there under both. An address with something of its own keeps it.
    fn settle_below(&self, addresses: &mut Addresses) {
        let (old, new) = (&self.old.value, &self.new);
        if !old.is_page() {
            return;
        }
        // Where earlier texts stood is known from the record, and only those lead on that stood there.
        let below = addresses.below(new).filter(|(route, _)| !is_of_record(route));
        let moved = below.filter_map(|(route, subject)| {
            let rest = route.as_str().strip_prefix(new.as_str())?;
            let subject = match subject {
                Subject::Redirect(_) | Subject::Copy(_) | Subject::Markdown(_) | Subject::Feed(_) => {
                    subject.clone()
                }
                _ if route.is_page() => Subject::Redirect(route.clone()),
                _ => return None,
            };
            Some((old.below(rest), subject))
        });
        let moved: Vec<(Route, Subject)> = moved.chain(self.figures(addresses)).collect();
        for (route, subject) in moved {
            addresses.settle_if_free(route, subject);
        }
    }
}
