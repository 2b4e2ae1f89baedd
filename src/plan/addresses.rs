//! Old addresses that lead on, and files that stand in the way of addresses.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Plan, Subject};
use crate::diag::{Diagnostic, Words};
use crate::route::Route;
use crate::source::Spanned;

impl Plan<'_> {
    pub(super) fn add_aliases(&mut self) -> Vec<Diagnostic> {
        let archive = self.archive;
        let mut diagnostics = Vec::new();
        for report in &archive.reports {
            for alias in &report.matter.aliases {
                diagnostics.extend(self.add_alias(alias, report.route(), &report.path));
            }
        }
        for place in archive.places.values().filter(|place| !archive.is_empty(&place.slug)) {
            let route = Route::page([&place.slug]);
            for alias in &place.aliases {
                match self.add_alias(alias, route.clone(), &place.path) {
                    Some(complaint) => diagnostics.push(complaint),
                    None => self.add_below(&alias.value, &route),
                }
            }
        }
        diagnostics
    }

    fn add_alias(&mut self, alias: &Spanned<Route>, to: Route, path: &Utf8Path) -> Option<Diagnostic> {
        let first = alias.value.first();
        let small = first.to_ascii_lowercase();
        let is_ours = crate::route::RESERVED.contains(&&*small) && small != "about";
        let reserved = is_ours || small == "manifest.json";
        let words = match (reserved, self.outline.subjects.contains_key(&alias.value)) {
            (true, _) => Words::new(
                format!("`{first}` 是本站保留的名称"),
                format!("the site needs the name `{first}` for itself"),
            ),
            (false, true) => Words::new(
                format!("旧地址 {} 已是本站的地址", alias.value),
                format!("the alias {} is an address of the site already", alias.value),
            ),
            (false, false) => {
                self.add(alias.value.clone(), Subject::Redirect(to));
                return None;
            }
        };
        let complaint = Diagnostic::error("route/alias", path, words).at(alias.span);
        Some(complaint.help("删去或改写这个旧地址", "remove or change this alias"))
    }

    /// Leads on from what stood below the old address of a place to what stands below the new one;
    /// files are there under both. An address with something of its own keeps it.
    fn add_below(&mut self, old: &Route, new: &Route) {
        if !old.is_page() {
            return;
        }
        let below = self.outline.subjects.range(new.clone()..);
        let below = below.take_while(|(route, _)| route.as_str().starts_with(new.as_str())).skip(1);
        let moved: Vec<(Route, Subject)> = below
            .filter_map(|(route, subject)| {
                let rest = route.as_str().strip_prefix(new.as_str())?;
                let subject = match subject {
                    Subject::Redirect(_) | Subject::Copy(_) | Subject::Markdown(_) | Subject::Feed(_) => {
                        subject.clone()
                    }
                    _ if route.is_page() => Subject::Redirect(route.clone()),
                    _ => return None,
                };
                Some((old.below(rest), subject))
            })
            .collect();
        for (route, subject) in moved {
            self.outline.subjects.entry(route).or_insert(subject);
        }
    }

    /// A file cannot stand where other addresses need a folder: `/a.html` and `/a.html/b/`.
    /// It is complained of once, however many addresses need it.
    pub(super) fn folders_in_the_way(&self) -> Vec<Diagnostic> {
        let folders = self.folders();
        let is_folder = |route: &Route| match route.is_page() {
            true => folders.contains(&*format!("{route}index.html")),
            false => folders.contains(route.as_str()),
        };
        // A page's own file is in the way of few sites, and of most it need not be asked.
        let may_be_page = folders.iter().any(|folder| folder.ends_with("/index.html"));
        let routes = self.routes().filter(|(route, _)| may_be_page || !route.is_page());
        let both = routes.filter(|(route, _)| is_folder(route));
        let complaint = |(route, subject): (&Route, &Subject)| {
            let output = route.output();
            let words = Words::new(
                format!("文件 /{output} 占了一个文件夹的位置"),
                format!("the file /{output} is where the site needs a folder"),
            );
            let below = format!("{}/", route.as_str().trim_end_matches('/'));
            let is_below = |(other, _): &(&Route, &Subject)| other.as_str().starts_with(&below);
            // What an author put there can be moved, unlike what the site makes.
            let chosen = match self.origin(subject) == "site.yaml" {
                true => self.routes().find(is_below).map_or(subject, |(_, subject)| subject),
                false => subject,
            };
            let complaint = Diagnostic::error("route/duplicate", self.origin(chosen), words);
            complaint.help("改名或移走这个文件", "rename or move this file")
        };
        both.map(complaint).collect()
    }

    /// Every folder that the finished site needs, such as `/jiangmen/2019`.
    fn folders(&self) -> BTreeSet<&str> {
        let mut folders = BTreeSet::new();
        let mut last = "";
        for (route, _) in self.routes() {
            let mut folder = route.as_str();
            while let Some(at) = folder.rfind('/') {
                folder = &folder[..at];
                // What stands above a folder that was met is known as well.
                if folder == last || !folders.insert(folder) {
                    break;
                }
            }
            last = route.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        }
        folders
    }

    /// The file that an address comes from, for complaints.
    pub(crate) fn origin(&self, subject: &Subject) -> Utf8PathBuf {
        let of_place = |slug: &str| self.archive.places.get(slug).map(|place| place.path.clone());
        let path = match subject {
            Subject::Copy(path) => Some(path.clone()),
            Subject::Report(at) | Subject::Markdown(at) => Some(self.archive.reports[*at].path.clone()),
            Subject::Page(at) => Some(self.archive.pages[*at].path.clone()),
            Subject::Place(slug) | Subject::Years(slug) | Subject::Texts(slug, _) => of_place(slug),
            Subject::Redirect(to) => {
                let report = self.archive.at(to).map(|report| report.path.clone());
                report.or_else(|| of_place(to.first()))
            }
            _ => None,
        };
        path.unwrap_or_else(|| "site.yaml".into())
    }

    /// The files that the page at an address is about, if it is about a few.
    pub(crate) fn files_of(&self, subject: &Subject) -> Vec<&Utf8Path> {
        let archive = self.archive;
        let reports = |all: &[usize]| all.iter().map(|at| &*archive.reports[*at].path).collect();
        match subject {
            Subject::Home => archive.home.iter().map(|page| &*page.path).collect(),
            Subject::Place(slug) => archive.places.get(slug).map(|place| &*place.path).into_iter().collect(),
            Subject::Report(at) | Subject::Markdown(at) => reports(&[*at]),
            Subject::Pair(one, other) => reports(&[*one, *other]),
            Subject::Page(at) => vec![&archive.pages[*at].path],
            Subject::Redirect(to) => archive.at(to).map(|report| &*report.path).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// The complaint about two files whose names are one.
pub(super) fn same_name(path: &Utf8Path, other: &Utf8Path, route: &Route) -> Diagnostic {
    let words = Words::new(
        format!("与 {other} 是同一个地址 {route}，文件名只是 Unicode 编码的形式不同"),
        format!(
            "this has the same address {route} as {other}; their names differ only in the form of Unicode"
        ),
    );
    Diagnostic::error("route/duplicate", path, words)
        .help("改名或移走其中一个", "rename or move one of the two")
}
