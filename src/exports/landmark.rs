//! The pages that readers look for by name: places, indicators, plain pages.

use serde::Serialize;

use crate::ask::Ask;
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
    /// All that it may be called: its title, other names, English ones, its code.
    pub names: Vec<String>,
}

/// Every page that readers look for by name: places by their slugs, indicators in the
/// order of the registry, plain pages.
#[must_use]
pub fn landmarks(ask: &Ask<'_>) -> Vec<Landmark> {
    places(ask).chain(indicators(ask)).chain(pages(ask)).collect()
}

fn places(ask: &Ask<'_>) -> impl Iterator<Item = Landmark> {
    let words = words::of(ask.config().language);
    ask.places().map(move |place| {
        let slug = &place.slug;
        let above = place.parent.as_ref().map(|parent| ask.place_name(&parent.value));
        let level = words.level(place.level).to_owned();
        let names = [Some(&place.name.value), place.name_en.as_ref(), Some(slug), place.code.as_ref()];
        Landmark {
            url: format!("/{slug}/"),
            title: ask.place_name(slug),
            detail: above.into_iter().chain([level]).collect::<Vec<_>>().join(" · "),
            names: names.into_iter().flatten().cloned().collect(),
        }
    })
}

fn indicators(ask: &Ask<'_>) -> impl Iterator<Item = Landmark> {
    ask.registry().all().iter().filter_map(|indicator| {
        let names = std::iter::once(&indicator.name).chain(&indicator.name_en).chain(&indicator.aliases);
        Some(Landmark {
            url: ask.indicator_route(indicator)?.to_string(),
            title: indicator.name.clone(),
            detail: [words::of(ask.config().language).indicators, &*indicator.unit].join(" · "),
            names: names.cloned().collect(),
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
    })
}
