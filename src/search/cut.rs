//! Which documents are indexed together.

use std::collections::BTreeMap;

use super::fit::is_fit;
use super::pack::hash;
use crate::exports::Lead;

/// As many documents as a bundle holds at most, or half of them: fewer cost more requests of a query, more cost more work
/// where one of them is added.
pub const MOST: usize = 1000;

/// Documents that are indexed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The name of its folder, by the years it holds: `2015-2018`, or `2024-1f0c5b7a9e21` where others have the same.
    pub name: String,
    /// Its documents, newest first.
    pub leads: Vec<Lead>,
}

/// The bundles of at most `most` documents, newest first, and so their documents, in the order of results. All are together
/// if they are no more. Else they are cut from the oldest on at addresses that are fit for it, so that a document more
/// changes its own bundle, and seldom the next.
#[must_use]
pub fn bundles(mut leads: Vec<Lead>, most: usize) -> Vec<Bundle> {
    leads.sort_by(|lead, other| lead.rank().cmp(&other.rank()));
    let least = if leads.len() <= most { most } else { most / 2 };
    let is_end = |open: &[Lead], next: &Lead| {
        open.len() >= most || open.len() >= least && is_fit(next.url.as_bytes(), (most / 4).max(1))
    };
    let mut bundles = Vec::new();
    let mut open: Vec<Lead> = Vec::new();
    for lead in leads.into_iter().rev() {
        if is_end(&open, &lead) {
            bundles.extend(bundle(std::mem::take(&mut open)));
        }
        open.push(lead);
    }
    bundles.extend(bundle(open));
    bundles.reverse();
    told_apart(bundles)
}

/// A bundle of documents that come from the oldest on; none of no documents.
fn bundle(mut leads: Vec<Lead>) -> Option<Bundle> {
    leads.reverse();
    let (first, last) = (leads.last()?.year, leads.first()?.year);
    let name = if first == last { first.to_string() } else { format!("{first}-{last}") };
    Some(Bundle { name, leads })
}

/// Has bundles of the same years be called after their oldest document, too.
fn told_apart(mut bundles: Vec<Bundle>) -> Vec<Bundle> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    bundles.iter().for_each(|bundle| *times.entry(bundle.name.clone()).or_default() += 1);
    for Bundle { name, leads } in &mut bundles {
        if times[name] > 1 {
            let oldest = leads.last().map_or("", |lead| &lead.url);
            *name = format!("{name}-{}", hash(oldest.as_bytes()));
        }
    }
    bundles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i16, count: usize) -> Vec<Lead> {
        let url = |at: usize| format!("/place-{at}/{year}/");
        (0..count)
            .map(|at| Lead {
                at: crate::listing::Idx::in_test(at),
                year,
                place: format!("place-{at}"),
                published: None,
                url: url(at),
            })
            .collect()
    }

    /// The bundles by their years, and how many documents each has.
    fn shape(leads: Vec<Lead>) -> Vec<(String, usize)> {
        let years = |bundle: &Bundle| bundle.name.split('-').take(2).collect::<Vec<_>>().join("-");
        bundles(leads, 500).iter().map(|bundle| (years(bundle), bundle.leads.len())).collect()
    }

    #[test]
    fn few_documents_are_one_bundle() {
        assert_eq!(shape(year(2019, 500)), [("2019".into(), 500)]);
        assert_eq!(shape([year(2019, 200), year(2020, 200)].concat()), [("2019-2020".into(), 400)]);
        assert_eq!(shape(Vec::new()), []);
    }

    #[test]
    fn many_are_cut_and_none_is_lost() {
        let bundles = bundles([year(2020, 3000), year(2021, 100)].concat(), 500);
        assert!((7..=13).contains(&bundles.len()), "{}", bundles.len());
        assert!(bundles.iter().skip(1).all(|bundle| (250..=500).contains(&bundle.leads.len())));
        let ranks: Vec<_> = bundles.iter().flat_map(|bundle| &bundle.leads).map(Lead::rank).collect();
        assert!(ranks.len() == 3100 && ranks.is_sorted());
        let names: std::collections::BTreeSet<_> = bundles.iter().map(|bundle| &bundle.name).collect();
        assert_eq!(names.len(), bundles.len());
    }

    #[test]
    fn a_document_more_changes_few_bundles_and_a_new_year_no_old_one() {
        let old = [year(2019, 1500), year(2020, 1500)].concat();
        let urls = |leads: Vec<Lead>| -> Vec<Vec<String>> {
            let bundles = bundles(leads, 500).into_iter();
            bundles.map(|bundle| bundle.leads.into_iter().map(|lead| lead.url).collect()).collect()
        };
        let before = urls(old.clone());
        let changed = |after: &[Vec<String>]| before.iter().filter(|bundle| !after.contains(bundle)).count();
        for at in [0, 700, 1600, 2999] {
            let mut more = old.clone();
            more.push(Lead { url: format!("{}more/", old[at].url), ..old[at].clone() });
            let after = changed(&urls(more));
            assert!((1..=3).contains(&after), "{after} of {}", before.len());
        }
        assert!(changed(&urls([old, year(2021, 1000)].concat())) <= 1);
    }

    #[test]
    fn small_bundles_hold_every_document_once() {
        for most in [1, 2, 7] {
            let bundles = bundles([year(2020, 9), year(2021, 3)].concat(), most);
            let names: std::collections::BTreeSet<_> = bundles.iter().map(|bundle| &bundle.name).collect();
            assert_eq!(bundles.iter().map(|bundle| bundle.leads.len()).sum::<usize>(), 12);
            assert!(names.len() > 1 && names.len() == bundles.len(), "{names:?}");
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
