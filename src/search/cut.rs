//! Which documents are indexed together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::exports::Lead;

/// As many documents as an index should hold: fewer cost more files, more cost more memory.
pub const MOST: usize = 500;

/// Documents that are indexed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The name of its folder, by the years it holds: `2015-2018`, or `2024-part-2` for a part
    /// of one year.
    pub name: String,
    /// Its documents, newest first.
    pub leads: Vec<Lead>,
}

/// The bundles of at most `most` documents, newest first. Years are put together from the oldest
/// on, so that a new year changes no bundle but the newest; a year too large for one bundle is
/// parted by place.
#[must_use]
pub fn bundles(leads: Vec<Lead>, most: usize) -> Vec<Bundle> {
    let mut years: BTreeMap<i16, Vec<Lead>> = BTreeMap::new();
    for lead in leads {
        years.entry(lead.year).or_default().push(lead);
    }
    let mut bundles = Vec::new();
    let mut open: Vec<Lead> = Vec::new();
    for (_, year) in years {
        if open.len() + year.len() > most {
            bundles.extend(whole(std::mem::take(&mut open)));
        }
        match year.len() > most {
            true => bundles.extend(parts(year, most)),
            false => open.extend(year),
        }
    }
    bundles.extend(whole(open));
    bundles.reverse();
    bundles
}

/// One bundle of whole years; none of no documents.
fn whole(leads: Vec<Lead>) -> Option<Bundle> {
    let (first, last) = (leads.first()?.year, leads.last()?.year);
    let name = if first == last { first.to_string() } else { format!("{first}-{last}") };
    Some(Bundle { name, leads: ordered(leads) })
}

/// A large year in parts. A place keeps its part as long as the number of parts stays.
fn parts(year: Vec<Lead>, most: usize) -> Vec<Bundle> {
    let count = year.len().div_ceil((most * 4 / 5).max(1));
    let mut parts: BTreeMap<usize, Vec<Lead>> = BTreeMap::new();
    for lead in year {
        parts.entry(share(&lead.place) % count).or_default().push(lead);
    }
    let name = |part: usize, leads: &[Lead]| format!("{}-part-{}", leads[0].year, part + 1);
    parts
        .into_iter()
        .map(|(part, leads)| Bundle { name: name(part, &leads), leads: ordered(leads) })
        .collect()
}

/// A number that spreads places evenly and never changes for a place (FNV-1a).
fn share(place: &str) -> usize {
    let mixed =
        place.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    usize::try_from(mixed >> 8).unwrap_or_default()
}

/// Newest first; hits that score alike come in this order.
fn ordered(mut leads: Vec<Lead>) -> Vec<Lead> {
    leads.sort_by(|lead, other| {
        (Reverse(lead.year), &lead.place, lead.at).cmp(&(Reverse(other.year), &other.place, other.at))
    });
    leads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i16, count: usize) -> Vec<Lead> {
        (0..count).map(|at| Lead { at, year, place: format!("place-{at}") }).collect()
    }

    fn shape(leads: Vec<Lead>) -> Vec<(String, usize)> {
        bundles(leads, MOST).into_iter().map(|bundle| (bundle.name, bundle.leads.len())).collect()
    }

    #[test]
    fn small_years_are_together_and_a_new_one_changes_only_the_newest() {
        let old = [year(2019, 200), year(2020, 200), year(2021, 200)].concat();
        let expected = [("2021".into(), 200), ("2019-2020".into(), 400)];
        assert_eq!(shape(old.clone()), expected);
        let expected = [("2021-2022".into(), 500), ("2019-2020".into(), 400)];
        assert_eq!(shape([old, year(2022, 300)].concat()), expected);
        assert_eq!(shape(Vec::new()), []);
    }

    #[test]
    fn a_large_year_is_parted_and_none_is_lost() {
        let parts = shape([year(2020, 1000), year(2021, 3)].concat());
        assert_eq!(parts[0], ("2021".into(), 3));
        assert_eq!(parts.iter().map(|(_, count)| count).sum::<usize>(), 1003);
        assert!(parts.iter().all(|(_, count)| *count <= MOST), "{parts:?}");
        assert_eq!(parts[1].0, "2020-part-3");
    }

    #[test]
    fn small_bundles_hold_every_document_once() {
        for most in [1, 2, 7] {
            let bundles = bundles([year(2020, 9), year(2021, 3)].concat(), most);
            let names: Vec<_> = bundles.iter().map(|bundle| &bundle.name).collect();
            assert_eq!(bundles.iter().map(|bundle| bundle.leads.len()).sum::<usize>(), 12);
            assert!(names.len() > 1 && names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        }
    }

    #[test]
    fn the_newest_come_first() {
        let leads = [year(2019, 2), year(2020, 1)].concat();
        let years: Vec<_> = bundles(leads, MOST)[0].leads.iter().map(|lead| lead.year).collect();
        assert_eq!(years, [2020, 2019, 2019]);
    }
}
