//! Which part of a build has which place. Every machine works that out by itself from the list of files.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::diag::Words;

/// One part of so many, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuildShare {
    /// Which part.
    pub part: usize,
    /// How many parts there are.
    pub of: usize,
}

/// No build has more parts.
const MOST: usize = 10_000;

impl std::str::FromStr for BuildShare {
    type Err = Words;

    fn from_str(text: &str) -> Result<Self, Words> {
        let numbers =
            text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((part, of)) if (1..=of).contains(&part) && of <= MOST => Ok(Self { part, of }),
            _ => Err(Words::new(
                format!("`{text}` 不是一份；写成 2/4 这样，表示四份中的第二份（最多 {MOST} 份）"),
                format!("`{text}` is no part; 2/4 is the second of four (there can be {MOST})"),
            )),
        }
    }
}

/// Which part has which place. Comparisons stay together, since a place is never parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How many parts there are.
    count: usize,
    /// The part of each place, counted from one, by slug.
    parts: BTreeMap<String, usize>,
}

/// A byte of a text weighs as much as this many of a file that is passed on, which is only looked through.
const LIGHTER: u64 = 32;

/// The place whose folder a file lies in, if a part alone reads it: descriptions of places are for all.
#[must_use]
pub fn place_of(path: &Utf8Path) -> Option<&str> {
    let mut steps = path.as_str().split('/');
    let (top, slug, name) = (steps.next()?, steps.next()?, steps.next()?);
    let is_description = name == "_index.md" && steps.next().is_none();
    (top == "content" && !is_description).then_some(slug)
}

impl Cut {
    /// Cuts the places of a list of files with their sizes into `count` parts of about the same weight: the
    /// heaviest place first, each to the part that is lightest by then.
    #[must_use]
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a Utf8Path, u64)>, count: usize) -> Self {
        let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
        for (path, size) in files {
            let Some(slug) = place_of(path) else { continue };
            let weight = if path.extension() == Some("md") { size } else { size / LIGHTER };
            *weights.entry(slug).or_default() += weight;
        }
        let mut places: Vec<(&str, u64)> = weights.into_iter().collect();
        places.sort_by_key(|(slug, weight)| (Reverse(*weight), *slug));
        let mut filled: Vec<(u64, usize)> = (1..=count).map(|part| (0, part)).collect();
        let mut parts = BTreeMap::new();
        for (slug, weight) in places {
            let Some(lightest) = filled.iter_mut().min() else { break };
            // A place without a byte still goes somewhere else than all others of the kind.
            lightest.0 += weight + 1;
            parts.insert(slug.to_owned(), lightest.1);
        }
        Self { count, parts }
    }

    /// How many parts there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The part that has a place, by slug; none has one without files of its own.
    #[must_use]
    pub fn of_place(&self, slug: &str) -> Option<usize> {
        self.parts.get(slug).copied()
    }

    /// The part that reads the file at `path`; nothing where all do.
    #[must_use]
    pub fn of_path(&self, path: &Utf8Path) -> Option<usize> {
        self.of_place(place_of(path)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_part_is_told_by_two_numbers() {
        assert_eq!("2/4".parse(), Ok(BuildShare { part: 2, of: 4 }));
        for bad in ["", "2", "0/4", "5/4", "a/b", "1/0", "1/10001", "-1/2", "1/2/3"] {
            assert!(bad.parse::<BuildShare>().is_err(), "{bad}");
        }
    }

    #[test]
    fn all_read_what_is_of_no_place() {
        let of = |path: &str| place_of(Utf8Path::new(path)).map(str::to_owned);
        for path in
            ["site.yaml", "content/index.md", "content/about.md", "content/a/_index.md", "static/a/b/c"]
        {
            assert_eq!(of(path), None, "{path}");
        }
        for path in
            ["content/a/2020.md", "content/a/2020/index.md", "content/a/2020/_index.md", "content/a/x.png"]
        {
            assert_eq!(of(path).as_deref(), Some("a"), "{path}");
        }
    }

    proptest! {
        /// Each place is in one part, whatever the order of the files, and no part is heavier than the
        /// lightest by more than one place.
        #[test]
        fn a_cut_is_even_and_the_same_for_all(
            sizes in proptest::collection::vec(0u64..1000, 0..40), count in 1usize..6,
        ) {
            let files: Vec<_> = sizes.iter().enumerate().map(|(at, size)| (format!("content/p{at}/2020.md"), *size)).collect();
            let listed = || files.iter().map(|(path, size)| (Utf8Path::new(path), *size));
            let cut = Cut::of(listed(), count);
            prop_assert_eq!(&cut, &Cut::of(listed().collect::<Vec<_>>().into_iter().rev(), count));
            let mut weights = vec![0; count];
            for (path, size) in listed() {
                let part = cut.of_path(path);
                prop_assert!(part.is_some_and(|part| (1..=count).contains(&part)));
                weights[part.unwrap() - 1] += size + 1;
            }
            let heaviest = sizes.iter().max().map_or(0, |size| size + 1);
            prop_assert!(weights.iter().max().unwrap() - weights.iter().min().unwrap() <= heaviest);
        }
    }
}
