//! Who stands at which address. What the program makes comes first; a file that somebody put there
//! gives way to it, and its author is told.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::files::PassedFile;
use super::{Subject, origin};
use crate::archive::Archive;
use crate::diag::{Diagnostic, Words};
use crate::route::Route;

/// What is at every address of a site.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    subjects: BTreeMap<Route, Subject>,
}

impl Addresses {
    /// Every address, in the order of the alphabet.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Route, &Subject)> {
        self.subjects.iter()
    }

    /// What is at an address.
    pub(crate) fn get(&self, route: &Route) -> Option<&Subject> {
        self.subjects.get(route)
    }

    /// Whether something is at an address.
    pub(crate) fn has(&self, route: &Route) -> bool {
        self.subjects.contains_key(route)
    }

    /// What stands below an address.
    pub(super) fn below<'a>(&'a self, route: &'a Route) -> impl Iterator<Item = (&'a Route, &'a Subject)> {
        let behind = self.subjects.range(route.clone()..);
        behind.take_while(|(other, _)| other.as_str().starts_with(route.as_str())).skip(1)
    }

    /// Takes in addresses of the program's own; no two of them are one.
    pub(super) fn settle(&mut self, made: Vec<(Route, Subject)>) {
        self.subjects.extend(made);
    }

    /// Takes in an address where nothing is; whether that was so.
    pub(super) fn settle_if_free(&mut self, route: Route, subject: Subject) -> bool {
        let is_free = !self.has(&route);
        if is_free {
            self.subjects.insert(route, subject);
        }
        is_free
    }

    /// Takes in files that are passed on, with a complaint about each whose address is taken. What
    /// stands beside a document comes with it and is only told of where two names are one in every
    /// form of Unicode.
    pub(super) fn pass_on(&mut self, files: Vec<PassedFile>) -> Vec<Diagnostic> {
        files.into_iter().filter_map(|file| self.pass_on_one(file)).collect()
    }

    fn pass_on_one(&mut self, file: PassedFile) -> Option<Diagnostic> {
        match file {
            PassedFile::Source(route, document) => {
                self.subjects.insert(route, Subject::Markdown(document));
                None
            }
            PassedFile::Beside(route, path) => match self.subjects.get(&route) {
                Some(Subject::Copy(other)) if *other != path => Some(same_name(&path, other, &route)),
                _ => {
                    self.subjects.insert(route, Subject::Copy(path));
                    None
                }
            },
            PassedFile::Static(route, path) if is_kept(&path) || self.has(&route) => {
                Some(ours(&route, &path))
            }
            PassedFile::Static(route, path) => {
                self.subjects.insert(route, Subject::Copy(path));
                None
            }
        }
    }

    /// A file cannot stand where other addresses need a folder: `/a.html` and `/a.html/b/`.
    /// It is complained of once, however many addresses need it.
    pub(super) fn folders_in_the_way(&self, archive: &Archive) -> Vec<Diagnostic> {
        let folders = self.folders();
        let is_folder = |route: &Route| match route.is_page() {
            true => folders.contains(&*format!("{route}index.html")),
            false => folders.contains(route.as_str()),
        };
        // A page's own file is in the way of few sites, and of most it need not be asked.
        let may_be_page = folders.iter().any(|folder| folder.ends_with("/index.html"));
        let routes = self.all().filter(|(route, _)| may_be_page || !route.is_page());
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
            let chosen = match origin(archive, subject) == "site.yaml" {
                true => self.all().find(is_below).map_or(subject, |(_, subject)| subject),
                false => subject,
            };
            let complaint = Diagnostic::error("route/duplicate", origin(archive, chosen), words);
            complaint.help("改名或移走这个文件", "rename or move this file")
        };
        both.map(complaint).collect()
    }

    /// Every folder that the finished site needs, such as `/jiangmen/2019`.
    fn folders(&self) -> BTreeSet<&str> {
        let mut folders = BTreeSet::new();
        let mut last = "";
        for (route, _) in self.all() {
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
}

/// Whether an address of a file in `static/` is the program's, whatever is there. Many disks do not
/// tell capitals from small letters.
fn is_kept(path: &Utf8Path) -> bool {
    let ours = ["manifest.json", "robots.txt", "sitemap.xml", "feed.xml", "feed.css", "opensearch.xml"];
    let below = path.strip_prefix("static").unwrap_or(path);
    let small = below.as_str().to_ascii_lowercase();
    let top = small.split('/').next().unwrap_or_default();
    matches!(top, "assets" | "pagefind" | "manifest.json") || ours.contains(&&*small)
}

/// The complaint about a file of `static/` whose address is the program's.
fn ours(route: &Route, path: &Utf8Path) -> Diagnostic {
    let words =
        Words::new(format!("{route} 已由本站生成"), format!("the site itself has something at {route}"));
    Diagnostic::error("route/duplicate", path, words).help("改名或移走这个文件", "rename or move this file")
}

/// The complaint about two files whose names are one.
fn same_name(path: &Utf8Path, other: &Utf8Path, route: &Route) -> Diagnostic {
    let words = Words::new(
        format!("与 {other} 是同一个地址 {route}，文件名只是 Unicode 编码的形式不同"),
        format!(
            "this has the same address {route} as {other}; their names differ only in the form of Unicode"
        ),
    );
    Diagnostic::error("route/duplicate", path, words)
        .help("改名或移走其中一个", "rename or move one of the two")
}
