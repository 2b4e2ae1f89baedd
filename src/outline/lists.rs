//! Documents by year and by kind, and how the lists of them that are too long are split.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::Subject;
use crate::archive::{Archive, DocumentId};
use crate::route::{Route, Year};

/// A list with more rows is split at permanent addresses.
pub(crate) const LONGEST_LIST: usize = 500;

/// With fewer rows than this, a part of such a list is no page of its own.
const SHORTEST_PART: usize = 20;

/// The parts of a list that is split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ListParts<T = DocumentId> {
    /// What stands on a page of its own, by the last step of its address: the slug of a place, or the
    /// first two or four digits of division codes.
    pub(crate) groups: BTreeMap<String, Vec<T>>,
    /// What belongs to none of these, and stands on the page of the list itself.
    pub(crate) rest: Vec<T>,
}

impl<T> Default for ListParts<T> {
    fn default() -> Self {
        Self { groups: BTreeMap::new(), rest: Vec::new() }
    }
}

impl<T> ListParts<T> {
    /// Whether the list is split at all; one that is short enough is not.
    pub(crate) fn is_split(&self) -> bool {
        !self.groups.is_empty()
    }
}

/// The documents of each year and each kind, by their places in the archive. Every part of a list
/// is a page and asks for it, so it is worked out once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentLists {
    /// The documents of each year.
    pub(crate) by_year: BTreeMap<Year, Vec<DocumentId>>,
    /// The documents of each kind.
    pub(crate) by_kind: BTreeMap<String, Vec<DocumentId>>,
    /// The parts of the years that are split, by place.
    pub(crate) year_parts: BTreeMap<Year, ListParts>,
    /// The documents of each kind by year.
    pub(crate) kind_years: BTreeMap<String, BTreeMap<Year, Vec<DocumentId>>>,
    /// The parts of the years of kinds that are split, by place.
    pub(crate) kind_parts: BTreeMap<(String, Year), ListParts>,
}

impl DocumentLists {
    pub(super) fn of(archive: &Archive) -> Self {
        let mut lists = Self::default();
        for (at, report) in archive.reports.entries() {
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
        let years = lists.by_year.par_iter();
        lists.year_parts = years.map(|(year, all)| (*year, split(archive, all))).collect();
        for (kind, years) in &lists.kind_years {
            if lists.by_kind[kind].len() > LONGEST_LIST {
                let parts =
                    |(year, all): (&Year, &Vec<DocumentId>)| ((kind.clone(), *year), split(archive, all));
                lists.kind_parts.par_extend(years.par_iter().map(parts));
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
            addresses.extend(parts.groups.keys().map(part));
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
            addresses.extend(parts.groups.keys().map(part));
        }
        addresses
    }
}

/// The parts of a list that is too long for one page; none of one that is short enough.
pub(super) fn split(archive: &Archive, reports: &[DocumentId]) -> ListParts {
    split_by(archive, reports, |at| &archive.reports[*at].address.place)
}

/// The same for a list of anything that has a place, whose slug `place` tells. It is split by the
/// topmost places, and where such a part is too long itself, by the places below it, and so on. What
/// has no place in common with enough others is split by division code, in the same way.
pub(super) fn split_by<'a, T: Copy + Ord>(
    archive: &'a Archive,
    all: &[T],
    place: impl Fn(&T) -> &'a str,
) -> ListParts<T> {
    if all.len() <= LONGEST_LIST {
        return ListParts::default();
    }
    let mut parts = divide(all, |item| over(archive, place(item)));
    if parts.rest.len() > LONGEST_LIST {
        let ListParts { groups, rest } = divide(&parts.rest, |item| districts(archive, place(item)));
        parts.groups.extend(groups);
        parts.rest = rest;
    }
    // A page that does nothing but lead on to one other page helps nobody.
    match parts.groups.len() {
        0 => ListParts::default(),
        1 if parts.rest.is_empty() => ListParts::default(),
        _ => parts,
    }
}

/// A place and those over it, by slug, the topmost first.
fn over<'a>(archive: &'a Archive, slug: &'a str) -> Vec<&'a str> {
    let lineage = archive.lineage(slug);
    if lineage.is_empty() { vec![slug] } else { lineage.into_iter().map(|place| &*place.slug).collect() }
}

/// The beginnings of a place's division code (GB/T 2260) that stand for a province and a prefecture. No
/// slug begins with a figure, so that they are addresses of their own.
fn districts<'a>(archive: &'a Archive, slug: &str) -> Vec<&'a str> {
    let code = archive.places.get(slug).and_then(|place| place.code.as_deref()).unwrap_or_default();
    [2, 4].into_iter().filter_map(|length| code.get(..length)).collect()
}

/// Parts items by the names that `names` gives each of them, the widest first.
fn divide<'a, T: Copy + Ord>(all: &[T], names: impl Fn(&T) -> Vec<&'a str>) -> ListParts<T> {
    let mut parts = ListParts::default();
    let mut long = vec![(0, None, all.to_vec())];
    while let Some((depth, name, items)) = long.pop() {
        let mut left = Vec::new();
        for (name, part) in by_name_at(depth, (&items, &names)) {
            let goes_deeper = || part.iter().any(|item| names(item).len() > depth + 1);
            match name {
                Some(name) if part.len() > LONGEST_LIST && goes_deeper() => {
                    long.push((depth + 1, Some(name), part));
                }
                Some(name) if part.len() >= SHORTEST_PART => drop(parts.groups.insert(name.to_owned(), part)),
                _ => left.extend(part),
            }
        }
        match name {
            Some(name) if left.len() >= SHORTEST_PART => drop(parts.groups.insert(name.to_owned(), left)),
            _ => parts.rest.extend(left),
        }
    }
    parts.groups.values_mut().for_each(|part| part.sort_unstable());
    parts.rest.sort_unstable();
    parts
}

/// The items by their names at `depth`, or by their last where they have fewer.
fn by_name_at<'a, T: Copy>(
    depth: usize,
    (items, names): (&[T], &impl Fn(&T) -> Vec<&'a str>),
) -> BTreeMap<Option<&'a str>, Vec<T>> {
    let mut parts: BTreeMap<Option<&'a str>, Vec<T>> = BTreeMap::new();
    for item in items {
        let names = names(item);
        parts.entry(names.get(depth).or(names.last()).copied()).or_default().push(*item);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many items each part has, and how many are in none.
    fn sizes(items: &[&'static str]) -> (Vec<(String, usize)>, usize) {
        let parts = divide(items, |item| item.split('/').filter(|name| !name.is_empty()).collect());
        (parts.groups.iter().map(|(name, part)| (name.clone(), part.len())).collect(), parts.rest.len())
    }

    fn many(items: &[(&'static str, usize)]) -> Vec<&'static str> {
        items.iter().flat_map(|(item, count)| vec![*item; *count]).collect()
    }

    #[test]
    fn a_part_is_neither_too_long_nor_too_short_where_that_can_be_helped() {
        let items = many(&[("a", 30), ("b/x", 300), ("b/y", 290), ("b", 1), ("b/z", 25), ("c", 19), ("", 7)]);
        let expected = [("a", 30), ("x", 300), ("y", 290), ("z", 25)];
        assert_eq!(sizes(&items), (expected.map(|(name, size)| (name.to_owned(), size)).into(), 27));
        let items = many(&[("b", 15), ("b/x", 480), ("b/y", 10), ("d", 900)]);
        let expected = [("b", 25), ("d", 900), ("x", 480)];
        assert_eq!(sizes(&items), (expected.map(|(name, size)| (name.to_owned(), size)).into(), 0));
    }
}
