//! Documents by year and by kind, and how the lists of them that are too long are split.

use std::collections::BTreeMap;

use super::Subject;
use crate::archive::Archive;
use crate::route::{Route, Year};

/// A list with more rows is split at permanent addresses.
pub(crate) const LONGEST_LIST: usize = 500;

/// The parts of a list and what is in each.
pub(crate) type Parts = BTreeMap<String, Vec<usize>>;

/// The documents of each year and each kind, by their places in the archive. Every part of a list
/// is a page and asks for it, so it is worked out once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// The documents of each year.
    pub(crate) by_year: BTreeMap<Year, Vec<usize>>,
    /// The documents of each kind.
    pub(crate) by_kind: BTreeMap<String, Vec<usize>>,
    /// The parts of the years that are split, by place.
    pub(crate) year_parts: BTreeMap<Year, Parts>,
    /// The documents of each kind by year.
    pub(crate) kind_years: BTreeMap<String, BTreeMap<Year, Vec<usize>>>,
    /// The parts of the years of kinds that are split, by place.
    pub(crate) kind_parts: BTreeMap<(String, Year), Parts>,
}

impl Lists {
    pub(super) fn of(archive: &Archive) -> Self {
        let mut lists = Self::default();
        for (at, report) in archive.reports.iter().enumerate() {
            let (year, kind) = (report.address.year, &report.matter.kind);
            lists.by_year.entry(year).or_default().push(at);
            if !lists.by_kind.contains_key(kind.as_str()) {
                lists.by_kind.insert(kind.clone(), Vec::new());
                lists.kind_years.insert(kind.clone(), BTreeMap::new());
            }
            lists.by_kind.get_mut(kind.as_str()).into_iter().for_each(|all| all.push(at));
            let years = lists.kind_years.get_mut(kind.as_str());
            years.into_iter().for_each(|years| years.entry(year).or_default().push(at));
        }
        for (year, all) in &lists.by_year {
            lists.year_parts.insert(*year, split(archive, all));
        }
        for (kind, years) in &lists.kind_years {
            if lists.by_kind[kind].len() > LONGEST_LIST {
                let parts = |(year, all): (&Year, &Vec<usize>)| ((kind.clone(), *year), split(archive, all));
                lists.kind_parts.extend(years.iter().map(parts));
            }
        }
        lists
    }

    pub(super) fn addresses(&self) -> Vec<(Route, Subject)> {
        let mut addresses = Vec::new();
        for (year, parts) in &self.year_parts {
            let name = year.to_string();
            addresses.push((Route::page(["years", &name]), Subject::Year(*year, None)));
            let part = |root: &String| {
                (Route::page(["years", &name, root]), Subject::Year(*year, Some(root.clone())))
            };
            addresses.extend(parts.keys().map(part));
        }
        for kind in self.by_kind.keys() {
            addresses.push((Route::page(["kinds", kind]), Subject::Kind(kind.clone(), None, None)));
        }
        for ((kind, year), parts) in &self.kind_parts {
            let name = year.to_string();
            let subject = |root| Subject::Kind(kind.clone(), Some(*year), root);
            addresses.push((Route::page(["kinds", kind, &name]), subject(None)));
            let part =
                |root: &String| (Route::page(["kinds", kind, &name, root]), subject(Some(root.clone())));
            addresses.extend(parts.keys().map(part));
        }
        addresses
    }
}

/// The parts of a list too long, by place: that of the topmost places, and where such a
/// part is too long itself, that of the places below it, and so on. No parts of a list
/// that is short enough.
pub(super) fn split(archive: &Archive, reports: &[usize]) -> Parts {
    split_by(archive, reports, |at| &archive.reports[*at].address.place)
}

/// The same for a list of anything that has a place, whose slug `place` tells.
pub(super) fn split_by<'a, T: Copy>(
    archive: &Archive,
    all: &[T],
    place: impl Fn(&T) -> &'a str,
) -> BTreeMap<String, Vec<T>> {
    if all.len() <= LONGEST_LIST {
        return BTreeMap::new();
    }
    let mut parts = BTreeMap::new();
    let mut long = vec![(0, all.to_vec())];
    while let Some((depth, items)) = long.pop() {
        for (slug, part) in by_place_at(archive, depth, (&items, &place)) {
            if part.len() > LONGEST_LIST && !part.iter().all(|item| place(item) == slug) {
                long.push((depth + 1, part));
            } else {
                parts.insert(slug, part);
            }
        }
    }
    parts
}

/// The items by the place that stands at `depth` over theirs, or by their own where that
/// stands higher.
fn by_place_at<'a, T: Copy>(
    archive: &Archive,
    depth: usize,
    (items, place): (&[T], &impl Fn(&T) -> &'a str),
) -> BTreeMap<String, Vec<T>> {
    let mut places: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for item in items {
        let own = place(item);
        let lineage = archive.lineage(own);
        let over = lineage.get(depth).or(lineage.last());
        let slug = over.map_or_else(|| own.to_owned(), |place| place.slug.clone());
        places.entry(slug).or_default().push(*item);
    }
    places
}
