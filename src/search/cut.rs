//! Which documents are indexed together.

use std::collections::BTreeMap;

use crate::exports::Lead;

/// As many documents as a bundle should hold: fewer cost more requests of a query, more cost more work where one of
/// them changes. Of the newest year, where most changes are, half as many.
pub const MOST: usize = 2000;

/// Documents that are indexed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The name of its folder, by the years it holds: `2015-2018`, or `2024-part-2` for a part
    /// of one year.
    pub name: String,
    /// Its documents, newest first.
    pub leads: Vec<Lead>,
}

/// The bundles of at most `most` documents, newest first. All are together if they are no more. Else years are put
/// together from the oldest on, the newest by itself, so that what is published in a year changes no
/// older bundle; a year too large for one bundle is parted by place.
#[must_use]
pub fn bundles(leads: Vec<Lead>, most: usize) -> Vec<Bundle> {
    let is_small = leads.len() <= most;
    let mut years: BTreeMap<i16, Vec<Lead>> = BTreeMap::new();
    for lead in leads {
        years.entry(lead.year).or_default().push(lead);
    }
    let newest = if is_small { None } else { years.pop_last() };
    let mut bundles = older(years.into_values(), most);
    bundles.extend(newest.into_iter().flat_map(|(_, year)| older([year], most.div_ceil(2))));
    bundles.reverse();
    bundles
}

/// The bundles of some years, which come from the oldest on; the oldest first.
fn older(years: impl IntoIterator<Item = Vec<Lead>>, most: usize) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    let mut open: Vec<Lead> = Vec::new();
    for year in years {
        if open.len() + year.len() > most {
            bundles.extend(whole(std::mem::take(&mut open)));
        }
        match year.len() > most {
            true => bundles.extend(parts(year, most)),
            false => open.extend(year),
        }
    }
    bundles.extend(whole(open));
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

/// Newest first, by year; then by day and address, which is the order of results.
fn ordered(mut leads: Vec<Lead>) -> Vec<Lead> {
    leads.sort_by(|lead, other| lead.rank().cmp(&other.rank()));
    leads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i16, count: usize) -> Vec<Lead> {
        let url = |at: usize| format!("/place-{at}/{year}/");
        (0..count)
            .map(|at| Lead { at, year, place: format!("place-{at}"), published: None, url: url(at) })
            .collect()
    }

    fn shape(leads: Vec<Lead>) -> Vec<(String, usize)> {
        bundles(leads, 500).into_iter().map(|bundle| (bundle.name, bundle.leads.len())).collect()
    }

    #[test]
    fn a_new_year_is_by_itself_and_changes_nothing_older() {
        let old = [year(2019, 200), year(2020, 200), year(2021, 200)].concat();
        let expected = [("2021".into(), 200), ("2019-2020".into(), 400)];
        assert_eq!(shape(old.clone()), expected);
        let expected = [("2022".into(), 250), ("2021".into(), 200), ("2019-2020".into(), 400)];
        assert_eq!(shape([old, year(2022, 250)].concat()), expected);
        assert_eq!(shape(year(2019, 500)), [("2019".into(), 500)]);
        assert_eq!(shape(Vec::new()), []);
    }

    #[test]
    fn a_large_year_is_parted_and_none_is_lost() {
        let parts = shape([year(2020, 1000), year(2021, 3)].concat());
        assert_eq!(parts[0], ("2021".into(), 3));
        assert_eq!(parts.iter().map(|(_, count)| count).sum::<usize>(), 1003);
        assert!(parts.iter().all(|(_, count)| *count <= 500), "{parts:?}");
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
    fn the_newest_come_first_then_by_day_and_address() {
        let mut leads = [year(2019, 2), year(2020, 3)].concat();
        leads[2].published = Some("2021-03-01".into());
        let bundles = bundles(leads, MOST);
        let order: Vec<_> = bundles[0].leads.iter().map(|lead| &*lead.url).collect();
        let newest = ["/place-1/2020/", "/place-2/2020/", "/place-0/2020/"];
        assert_eq!(order, [&newest[..], &["/place-0/2019/", "/place-1/2019/"]].concat());
    }
}
