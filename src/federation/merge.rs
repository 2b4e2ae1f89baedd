//! All offices as one archive: their places beside each other and beside the site's own, and the sources of their
//! documents where an archive looks for sources. What two of them claim is told and goes to the one that is named first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8PathBuf;

use super::{AskedOffice, OfficeFault, PlaceRow};
use crate::archive::Archive;
use crate::config::{Level, MemberOffice, Sites};
use crate::diag::Diagnostic;
use crate::offices::{Office, Offices};
use crate::page;
use crate::route::{Address, Leaf, Route, is_slug};
use crate::source::{Source, Sources, TextShelf, sha256_of};
use crate::yaml;

/// What all offices come to.
pub struct MergedOffices {
    /// The sources of their documents and places, as an archive reads them.
    pub texts: Vec<Source>,
    /// The offices, and whose each document is.
    pub offices: Offices,
}

/// A place as it is told apart from others.
#[derive(Clone, Debug)]
struct KnownPlace {
    name: String,
    level: Level,
    code: Option<String>,
}

impl KnownPlace {
    /// Whether this is the place of the row: so it is called, and no code says otherwise.
    fn is(&self, row: &PlaceRow) -> bool {
        let codes = self.code.as_ref().zip(row.code.as_ref());
        self.name == row.name && self.level == row.level && codes.is_none_or(|(own, other)| own == other)
    }
}

/// What the names of addresses stand for so far; nothing where it is no place.
type TakenSlugs = BTreeMap<String, Option<KnownPlace>>;

/// Puts what became of asking each office of `sites`, in this order, beside the site's own sources `own`. `shelf` gives
/// the sources of documents.
#[must_use]
pub fn merge(
    sites: &Sites,
    asked: Vec<AskedOffice>,
    own: &Sources,
    shelf: &Arc<dyn TextShelf>,
) -> MergedOffices {
    let (mut taken, documents) = taken_by(own);
    let all = sites.offices.iter().zip(&asked).map(|(member, asked)| office(member, asked)).collect();
    let mut merged = MergedOffices { texts: Vec::new(), offices: Offices::new(all) };
    for (at, (member, asked)) in sites.offices.iter().zip(asked).enumerate() {
        let Some(copy) = asked.copy else { continue };
        let mut faults = Vec::new();
        let names = settle((member, &copy.places), &mut taken, &mut faults);
        merged.texts.extend(copy.places.iter().filter_map(|row| text(member, row, &names)));
        let mut twice = Vec::new();
        for document in &copy.documents {
            let Some(Some(place)) =
                names.get(document.address.place.as_str()).map(|named| named.slug.as_ref())
            else {
                twice.push(document.address.route());
                continue;
            };
            let address = Address { place: place.clone(), ..document.address.clone() };
            let (here, there) = (address.route(), document.address.route());
            if documents.contains(&address) || merged.offices.has(&here) {
                twice.push(there);
                continue;
            }
            let path = format!("content{}index.md", here.as_str());
            let sha256 = sha256_of(&document.entry.sha256).unwrap_or_default();
            merged.texts.push(Source::known(path, sha256, Arc::clone(shelf)));
            merged.offices.add(here, at, there);
        }
        faults.extend(left_out(
            &twice,
            (
                "没有它的地方，或者同一地址已有另一家的文件",
                "their places are not there, or another office has a document at the same address",
            ),
        ));
        merged.offices.all[at].troubles.extend(faults.into_iter().map(|fault| (fault.code, fault.words)));
    }
    let paths: Vec<_> = merged.texts.iter().map(|text| text.path().to_owned()).collect();
    paths.into_iter().for_each(|path| merged.offices.add_file(path));
    merged
}

fn office(member: &MemberOffice, asked: &AskedOffice) -> Office {
    Office {
        name: member.name.value.clone(),
        title: member.title.clone(),
        title_en: member.title_en.clone(),
        url: member.url.clone(),
        read: asked.read,
        standing: asked.standing,
        is_signed: asked.is_signed,
        documents: 0,
        troubles: asked.faults.iter().map(|fault| (fault.code, fault.words.clone())).collect(),
    }
}

/// The names and the documents that the site's own sources have.
fn taken_by(own: &Sources) -> (TakenSlugs, BTreeSet<Address>) {
    let (mut taken, mut documents) = (TakenSlugs::new(), BTreeSet::new());
    for source in own.texts_below("content".into()) {
        let below = source.path().strip_prefix("content").unwrap_or(source.path());
        match Leaf::of(below) {
            Ok(Leaf::Place(slug)) => {
                let place = page::parse_place(source, slug.clone()).value;
                let known = place.map(|place| KnownPlace {
                    name: place.name.value,
                    level: place.level,
                    code: place.code,
                });
                taken.insert(slug, known);
            }
            Ok(Leaf::Page(slug)) => drop(taken.entry(slug).or_default()),
            Ok(Leaf::Report(address)) => {
                taken.entry(address.place.clone()).or_default();
                documents.insert(address);
            }
            _ => {}
        }
    }
    (taken, documents)
}

/// What a place of an office is called here.
struct NamedPlace {
    /// Its name in addresses; nothing where it is left out.
    slug: Option<String>,
    /// Whether nobody had it before.
    is_new: bool,
}

/// What the places of an office are called here, with a complaint about each whose name another one has.
fn settle<'a>(
    (member, places): (&MemberOffice, &'a [PlaceRow]),
    taken: &mut TakenSlugs,
    faults: &mut Vec<OfficeFault>,
) -> BTreeMap<&'a str, NamedPlace> {
    let mut names = BTreeMap::new();
    for row in places {
        let moved = format!("{}-{}", member.name.value, row.slug);
        let may_be = |slug: &&String| match taken.get(*slug) {
            None => is_slug(slug),
            Some(known) => known.as_ref().is_some_and(|known| known.is(row)),
        };
        let slug = [&row.slug, &moved].into_iter().find(may_be).cloned();
        if slug.as_ref() != Some(&row.slug) {
            faults.push(OfficeFault::place(&row.slug, &row.name, slug.as_deref()));
        }
        let is_new = slug.as_ref().is_some_and(|slug| !taken.contains_key(slug));
        if let Some(slug) = slug.as_ref().filter(|_| is_new) {
            let known = KnownPlace { name: row.name.clone(), level: row.level, code: row.code.clone() };
            taken.insert(slug.clone(), Some(known));
        }
        names.insert(row.slug.as_str(), NamedPlace { slug, is_new });
    }
    names
}

/// The text that says what a place is, of one that nobody had before.
fn text(member: &MemberOffice, row: &PlaceRow, names: &BTreeMap<&str, NamedPlace>) -> Option<Source> {
    let NamedPlace { slug: Some(slug), is_new: true } = names.get(row.slug.as_str())? else { return None };
    let there = row.parent.as_deref().and_then(|parent| names.get(parent)?.slug.as_deref());
    let parent = there.or(member.under.as_deref()).filter(|parent| parent != slug);
    let mut text = format!("---\nname: {}\nlevel: {}\n", yaml::scalar(&row.name), row.level.name());
    let rest = [
        row.name_en.as_ref().map(|name| format!("name_en: {}\n", yaml::scalar(name))),
        row.code.as_ref().map(|code| format!("code: \"{code}\"\n")),
        parent.map(|parent| format!("parent: {parent}\n")),
        row.invented.then(|| "invented: true\n".to_owned()),
    ];
    text.extend(rest.into_iter().flatten());
    text.push_str("---\n");
    Some(Source::new(format!("content/{slug}/_index.md"), text))
}

fn left_out(documents: &[Route], why: (&str, &str)) -> Option<OfficeFault> {
    let first = documents.first()?;
    Some(OfficeFault::documents(documents.len(), first.as_str(), why))
}

/// Takes away the documents in which there is something personal, with a word to their offices, and gives their files.
/// An office may have accepted it with a reason; that reason is not this site's.
#[must_use]
pub fn refused(offices: &mut Offices, diagnostics: &[Diagnostic]) -> BTreeSet<Utf8PathBuf> {
    let is_personal = |found: &&Diagnostic| found.is_error() && found.code.starts_with("personal/");
    let found = diagnostics.iter().filter(is_personal).filter(|found| offices.is_file(&found.path));
    let paths: BTreeSet<Utf8PathBuf> = found.map(|found| found.path.clone()).collect();
    let mut routes: BTreeMap<usize, Vec<Route>> = BTreeMap::new();
    for path in &paths {
        let below = path.strip_prefix("content").unwrap_or(path);
        let Ok(Leaf::Report(address)) = Leaf::of(below) else { continue };
        if let Some(at) = offices.remove(&address.route()) {
            routes.entry(at).or_default().push(address.route());
        }
    }
    let why = ("里面有个人信息", "something personal is in them");
    tell(offices, routes, why);
    paths
}

/// Says of each office how many of its documents an archive has, and which it lacks.
pub fn counted(offices: &mut Offices, archive: &Archive) {
    let there: BTreeSet<Route> = archive.reports.iter().map(|report| report.route()).collect();
    let (mut counts, mut lacking) = (vec![0; offices.all.len()], BTreeMap::<usize, Vec<Route>>::new());
    for (route, at) in offices.documents() {
        match there.contains(route) {
            true => counts[at] += 1,
            false => lacking.entry(at).or_default().push(route.clone()),
        }
    }
    offices.all.iter_mut().zip(counts).for_each(|(office, count)| office.documents = count);
    let why = (
        "本站读不出它们：文种没有登记，或者写法有误",
        "this site cannot read them: a kind that it does not know, or a mistake in how they are written",
    );
    tell(offices, lacking, why);
}

/// Tells offices of documents that are left out.
fn tell(offices: &mut Offices, routes: BTreeMap<usize, Vec<Route>>, why: (&str, &str)) {
    for (at, routes) in routes {
        let fault = left_out(&routes, why);
        offices.all[at].troubles.extend(fault.map(|fault| (fault.code, fault.words)));
    }
}

/// What is wrong with the offices as diagnostics, each at the office's name in `sheet`.
#[must_use]
pub fn office_findings(sites: &Sites, offices: &Offices, sheet: &Source) -> Vec<Diagnostic> {
    let pairs = sites.offices.iter().zip(&offices.all);
    pairs
        .flat_map(|(member, office)| {
            office.troubles.iter().map(|(code, words)| {
                Diagnostic::warning(code, sheet.path(), words.clone()).at(member.name.span)
            })
        })
        .collect()
}
