//! The pages that readers look for by name: places, indicators, kinds, plain pages. Search also
//! cuts a question apart by these names, so everything that one may be called stands here.

use std::collections::BTreeMap;

use serde::Serialize;

use super::spelled::spelled;
use crate::ask::Ask;
use crate::page::{Level, Place};
use crate::pages::{self, SearchFigure};
use crate::route::Route;
use crate::words;

/// A page that is looked for by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Landmark {
    /// Its address without the base path.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of a like name: where a place lies and its level, what an
    /// indicator is counted in. Empty for a plain page.
    pub detail: String,
    /// All that it may be called: its title, other names, English ones, its code, how it sounds.
    pub names: Vec<String>,
    /// What it is.
    #[serde(flatten)]
    pub sort: LandmarkSort,
    /// How it is told and where it stands in other languages of the site, by their tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub spoken: BTreeMap<String, TranslatedLandmark>,
}

/// A landmark in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TranslatedLandmark {
    /// Its address there.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// What a landmark is, with what search needs of each sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "sort")]
pub enum LandmarkSort {
    /// A place.
    Place {
        /// Its slug.
        id: String,
        /// The slugs of the places that it lies below, from its own upwards.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        over: Vec<String>,
        /// How high it stands, the less the higher.
        level: usize,
        /// How many documents it has of its own.
        count: usize,
    },
    /// An indicator.
    Indicator {
        /// Its id.
        id: String,
        /// Its figures, those of a place together, oldest first. They are written into a file of
        /// their own, because few are read.
        #[serde(skip)]
        readings: Vec<SearchFigure>,
    },
    /// A kind of documents.
    Kind {
        /// Its id.
        id: String,
    },
    /// A plain page.
    Page,
}

/// Every page that readers look for by name: places by their slugs, indicators in the
/// order of the registry, kinds that have documents, plain pages.
#[must_use]
pub fn landmarks(ask: &Ask<'_>) -> Vec<Landmark> {
    let mut all: Vec<Landmark> = in_one_language(ask).collect();
    for language in ask.languages().skip(1) {
        for (landmark, other) in all.iter_mut().zip(in_one_language(&ask.speaking(language))) {
            let Landmark { url, title, detail, .. } = other;
            landmark.spoken.insert(language.to_string(), TranslatedLandmark { url, title, detail });
        }
    }
    all
}

/// The same in the language that `ask` speaks.
fn in_one_language<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = Landmark> + 'a {
    places(ask).chain(indicators(ask)).chain(kinds(ask)).chain(pages(ask))
}

/// A place as a reader picks it: kept short, since a file has all of them.
#[derive(Serialize)]
struct PickedPlace {
    slug: String,
    name: String,
    /// The place that it belongs to, which tells it from others of its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<String>,
    /// What else may be typed for it.
    typed: Vec<String>,
    /// Whether its documents are compared over the years.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    compared: bool,
}

/// The file from which a browser offers places by name, pinyin and code: those that have documents
/// or places with documents, by their slugs.
pub(super) fn place_names(ask: &Ask<'_>) -> String {
    let picked = |place: &Place| {
        let name = ask.place_name(&place.slug);
        PickedPlace {
            slug: place.slug.clone(),
            over: place.parent.as_ref().map(|parent| ask.place_name(&parent.value)),
            typed: names(ask, place)
                .into_iter()
                .filter(|other| *other != name && *other != place.slug)
                .collect(),
            compared: ask.has(&Route::page([&place.slug, "compare"])),
            name,
        }
    };
    let places = ask.places().filter(|place| !ask.is_empty(&place.slug));
    serde_json::to_string(&places.map(picked).collect::<Vec<_>>()).expect("plain values can be written")
}

fn places(ask: &Ask<'_>) -> impl Iterator<Item = Landmark> {
    let words = words::of(ask.config());
    ask.places().map(move |place| {
        let slug = &place.slug;
        let above = place.parent.as_ref().map(|parent| ask.place_name(&parent.value));
        let level = words.level(place.level).to_owned();
        Landmark {
            url: ask.standing(&Route::page([slug])).to_string(),
            title: ask.place_name(slug),
            detail: above.into_iter().chain([level]).collect::<Vec<_>>().join(" · "),
            names: names(ask, place),
            sort: LandmarkSort::Place {
                id: slug.clone(),
                over: ask.lineage(slug).into_iter().rev().skip(1).map(|over| over.slug.clone()).collect(),
                level: place.level as usize,
                count: ask.of_place(slug).len(),
            },
            spoken: BTreeMap::new(),
        }
    })
}

/// What a place may be called, each name once: as it is written, in English, by slug and code; what
/// people say of it, and how that sounds.
pub(super) fn names(ask: &Ask<'_>, place: &Place) -> Vec<String> {
    let written = [Some(&place.name.value), place.name_en.as_ref(), Some(&place.slug), place.code.as_ref()];
    let spoken = spoken(ask, place);
    let sounds: Vec<String> = spoken.iter().flat_map(|name| spelled(name)).collect();
    let mut names: Vec<String> = Vec::new();
    for name in written.into_iter().flatten().chain(&spoken).chain(&sounds) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// What ends the names of places, the longest first.
const ENDINGS: [&str; 22] = [
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "特别合作区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "开发区",
    "街道",
    "地区",
    "新区",
    "林区",
    "省",
    "市",
    "州",
    "县",
    "区",
    "镇",
    "乡",
    "旗",
];

/// What ends the names of peoples before 自治县: 石柱土家族自治县 is called 石柱.
const PEOPLES: [&str; 14] = [
    "土家族",
    "壮族",
    "回族",
    "苗族",
    "侗族",
    "瑶族",
    "彝族",
    "藏族",
    "满族",
    "蒙古族",
    "畲族",
    "黎族",
    "哈尼族",
    "傣族",
];

/// A name without the word for what the place is; `None` where less than two characters are left.
fn short(name: &str) -> Option<&str> {
    let mut bare = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    while let Some(rest) = PEOPLES.iter().find_map(|people| bare.strip_suffix(people)) {
        bare = rest;
    }
    (bare.chars().count() >= 2).then_some(bare)
}

/// What people say for a place: its name without those of the places over it, and without the
/// word for what it is (浦江镇 and 浦江 for 上海市闵行区浦江镇). A department is called after its government.
fn spoken(ask: &Ask<'_>, place: &Place) -> Vec<String> {
    let own = own_name(ask, place);
    if place.level != Level::Department {
        return std::iter::once(own).chain(short(own)).map(str::to_owned).collect();
    }
    let over = place.parent.as_ref().and_then(|parent| ask.place(&parent.value));
    let Some(over) = over.filter(|_| own.len() < place.name.value.len()) else {
        return vec![own.to_owned()];
    };
    spoken(ask, over).iter().map(|name| format!("{name}{own}")).collect()
}

/// The name of a place without what it has in common with the places over it.
fn own_name<'a>(ask: &Ask<'_>, place: &'a Place) -> &'a str {
    let name = place.name.value.as_str();
    let above = ask.lineage(&place.slug).into_iter().rev().skip(1);
    let own = above.filter_map(|over| name.strip_prefix(over.name.value.as_str())).next().unwrap_or(name);
    // Some names tell of a place over them that the archive does not have: 秦皇岛市山海关区.
    let own = match own.split_once('市').filter(|_| place.level != Level::Department) {
        Some((over, rest)) if !over.is_empty() && rest.chars().count() >= 2 => rest,
        _ => own,
    };
    if own.chars().count() >= 2 { own } else { name }
}

fn indicators(ask: &Ask<'_>) -> impl Iterator<Item = Landmark> {
    ask.registry().all().entries().filter_map(|(at, indicator)| {
        let names = std::iter::once(&indicator.name).chain(&indicator.name_en).chain(&indicator.aliases);
        Some(Landmark {
            url: ask.standing(&ask.indicator_route(indicator)?).to_string(),
            title: ask.indicator_name(indicator),
            detail: [words::of(ask.config()).indicators(), &*indicator.unit].join(" · "),
            names: names.cloned().collect(),
            sort: LandmarkSort::Indicator { id: indicator.id.clone(), readings: pages::readings(ask, at) },
            spoken: BTreeMap::new(),
        })
    })
}

fn kinds(ask: &Ask<'_>) -> impl Iterator<Item = Landmark> {
    let known = &ask.config().kinds;
    ask.kinds().into_iter().filter_map(move |(id, count)| {
        let kind = known.get(id)?;
        let called = kind.called.iter().map(|name| (*name).to_owned());
        Some(Landmark {
            url: ask.standing(&Route::page(["kinds", id])).to_string(),
            title: ask.kind_name(id),
            detail: words::of(ask.config()).of_kind(count),
            names: [kind.name.clone(), kind.name_en.clone()].into_iter().chain(called).collect(),
            sort: LandmarkSort::Kind { id: id.to_owned() },
            spoken: BTreeMap::new(),
        })
    })
}

fn pages(ask: &Ask<'_>) -> impl Iterator<Item = Landmark> {
    let titled = ask.pages().iter().filter(|page| !page.title.is_empty());
    titled.map(|page| Landmark {
        url: page.leaf.route().to_string(),
        title: page.title.clone(),
        detail: String::new(),
        names: vec![page.title.clone()],
        sort: LandmarkSort::Page,
        spoken: BTreeMap::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_place_is_called_without_the_word_for_what_it_is() {
        for (name, called) in [
            ("江门市", Some("江门")),
            ("广西壮族自治区", Some("广西")),
            ("石柱土家族自治县", Some("石柱")),
            ("浦江镇", Some("浦江")),
            ("天津经济技术开发区", Some("天津经济技术")),
            ("单县", None),
            ("江门", None),
        ] {
            assert_eq!(short(name), called, "{name}");
        }
    }
}
