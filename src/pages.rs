//! What every page shows, as data, before anything is drawn. A view is a pure function of the
//! archive and an address: it is made of answers to what it asks ([`Ask`]) when a page is wanted and
//! forgotten after.

mod ancestry;
mod chart;
mod compare;
mod coverage;
mod document;
mod indicators;
pub(crate) mod labels;
mod lists;
mod offices;
mod past;
mod place;
mod reading;
mod sheet;
mod tasks;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::ask::{Ask, Menu};
use crate::config::{Config, GENERATOR};
use crate::interface::Locale;
use crate::outline::{ANNUAL, Subject};
use crate::route::Route;
use crate::view::{self, Content, Crumb, NavItem, Site, View};
use crate::words;

pub use indicators::SearchFigure;
pub(crate) use indicators::readings;
pub(crate) use reading::{subtitle, words_of};
pub(crate) use sheet::PageSheet;

/// The view of the page at `route`, where `subject` is; `None` for an address without a page.
#[must_use]
pub fn view(ask: &Ask<'_>, route: &Route, subject: &Subject) -> Option<View> {
    let sheet = match subject {
        Subject::Home => lists::home(ask),
        Subject::Place(slug) => place::place(ask, slug)?,
        Subject::Report(at) => document::document(ask, &ask.text(*at)),
        Subject::Year(year, root) => lists::year(ask, *year, root.as_deref()),
        Subject::Kind(kind, year, root) => lists::kind(ask, kind, (*year, root.as_deref()))?,
        Subject::Pair(before, after) => compare::pair(ask, *before, *after),
        Subject::Years(slug) => compare::years(ask, slug),
        Subject::Coverage(root) => coverage::coverage(ask, root.as_deref())?,
        Subject::Ancestry(root) => ancestry::ancestry(ask, root.as_deref())?,
        Subject::Indicators => indicators::indicators(ask),
        Subject::Indicator(at, root) => indicators::indicator(ask, *at, root.as_deref())?,
        Subject::Embed(at) => indicators::embed(ask, *at)?,
        Subject::Search => lists::search(ask),
        Subject::Contents => lists::contents(ask),
        Subject::Offices => offices::offices(ask),
        Subject::Page(at) => lists::plain(ask, ask.page(*at)),
        Subject::Version(at, number) => past::version(ask, *at, *number)?,
        Subject::Log(which) => past::log(ask, *which),
        Subject::Gone(route) => past::gone_document(ask, route)?,
        Subject::NotFound => lists::not_found(ask),
        Subject::Redirect(to) => lists::redirect(ask, to),
        _ => return None,
    };
    Some(finish(ask, (route, subject), sheet))
}

/// What a comparison found, in plain numbers; `None` where `subject` is none.
#[must_use]
pub fn outcome(ask: &Ask<'_>, subject: &Subject) -> Option<view::ComparisonOutcome> {
    match subject {
        Subject::Pair(before, after) => Some(compare::outcome(ask, *before, *after)),
        _ => None,
    }
}

/// The texts of a place and a kind, from which a browser compares any two years.
pub(crate) fn texts(ask: &Ask<'_>, place: &str, kind: &str) -> String {
    compare::texts(ask, place, kind)
}

/// Whether the page of `subject` is about a place that is invented.
fn is_invented(ask: &Ask<'_>, subject: &Subject) -> bool {
    let slug = match subject {
        Subject::Place(slug) | Subject::Years(slug) => slug,
        Subject::Report(at) | Subject::Pair(at, _) | Subject::Version(at, _) => {
            &ask.document(*at).address.place
        }
        Subject::Coverage(Some(root)) | Subject::Ancestry(Some(root)) | Subject::Indicator(_, Some(root)) => {
            root
        }
        _ => return false,
    };
    ask.is_invented(slug)
}

/// The page around a sheet: the same for all.
pub(crate) fn finish(ask: &Ask<'_>, (route, subject): (&Route, &Subject), sheet: PageSheet) -> View {
    let config = ask.config();
    let invented = is_invented(ask, subject);
    let title = match sheet.heading.as_str() {
        heading if heading == config.title => heading.to_owned(),
        heading if invented => {
            format!("{} - {}", words::of(config).invented_example(heading), config.title)
        }
        heading => format!("{heading} - {}", config.title),
    };
    let canonical = config.base.absolute(ask.standing(sheet.canonical.as_ref().unwrap_or(route)).as_str());
    let labels = labels::of(config, &sheet, &canonical);
    View {
        site: site(ask, route),
        page: view::PageFrame {
            template: template(&sheet.content),
            title,
            heading: sheet.heading,
            description: sheet.description,
            address: ask.standing(route).to_string(),
            report_error: report_error(config, &canonical),
            canonical,
            feed: sheet.feed,
            invented,
            robots: sheet.robots,
            labels,
            json_ld: Some(labels::json_ld(ask, &sheet.breadcrumbs, sheet.json_ld)),
            breadcrumbs: crumbs(ask, sheet.breadcrumbs),
        },
        content: sheet.content,
    }
}

/// Where a reader reports an error: the portal's own place for it, or a letter that begins with the address of
/// the page.
fn report_error(config: &Config, page: &str) -> Option<String> {
    let letter = |to: &String| {
        let part = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let subject = part(&words::of(config).error_report(&config.title));
        format!("mailto:{to}?subject={subject}&body={}", part(&format!("{page}\n\n")))
    };
    // A page of this site stands below its base.
    let whole = |url: &String| match url.starts_with('/') {
        true => format!("{}{url}", config.base.href("")),
        false => url.clone(),
    };
    let portal = config.government_site.report_errors_url.as_ref().map(whole);
    portal.or_else(|| config.publisher.email.as_ref().map(letter))
}

fn crumbs(ask: &Ask<'_>, steps: Vec<(String, Option<Route>)>) -> Vec<Crumb> {
    let href = |route: Option<Route>| route.map(|route| ask.href(&route));
    steps.into_iter().map(|(title, route)| Crumb { title, href: href(route) }).collect()
}

fn site(ask: &Ask<'_>, here: &Route) -> Site {
    let config = ask.config();
    let there = |path: &str| Route::file(path).map(|route| ask.href(&route));
    let menu = ask.menu();
    Site {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language,
        direction: config.language.direction(),
        home: ask.href(&Route::home()),
        search: config.search.then(|| ask.href(&Route::page(["search"]))),
        open_search: ask.is_searchable().then(|| config.base.href("/opensearch.xml")),
        feed: config.feeds.then(|| there("feed.xml")).flatten(),
        data: menu.data.then(|| ask.href(&Route::page(["data"]))),
        ancestry: menu.ancestry.then(|| ask.href(&Route::page(["ancestry"]))),
        log: menu.log.then(|| ask.href(&Route::page(["log"]))),
        languages: languages(ask, here),
        contents: menu.newest_year.map(|_| ask.href(&Route::page(["sitemap"]))),
        sitemap: there("sitemap.xml").unwrap_or_default(),
        generator: GENERATOR,
        nav: nav(ask, &menu, here),
        publisher: config.publisher.clone(),
        government_site: config.government_site.clone(),
        origin: config.base.origin().to_owned(),
        license: config.license.clone(),
    }
}

/// The languages of the interface, and where in each a reader of the page at `here` goes on; none where
/// there is one.
fn languages(ask: &Ask<'_>, here: &Route) -> Vec<view::LanguageLink> {
    if ask.languages().count() < 2 {
        return Vec::new();
    }
    let base = &ask.config().base;
    let link = |language: Locale| {
        let own = ask.standing_in(language, here);
        // Everything stands below something that is there in every language, the home page at last.
        let above = || here.above().find_map(|above| ask.standing_in(language, &above));
        let there = own.clone().or_else(above).unwrap_or_else(Route::home);
        view::LanguageLink {
            tag: language.to_string(),
            name: words::in_language(ask.config(), language).language_name(own.is_some()).to_owned(),
            href: base.href(there.as_str()),
            alternate: own.map(|own| base.absolute(own.as_str())),
            current: language == ask.config().language,
        }
    };
    let mut links: Vec<view::LanguageLink> = ask.languages().map(link).collect();
    // What stands in one language alone has nothing that it could be taken for.
    if links.iter().any(|link| link.alternate.is_none()) {
        links.iter_mut().for_each(|link| link.alternate = None);
    }
    links
}

/// The main ways: home, the newest year, the annual reports, indicators, coverage, search, plain
/// pages.
fn nav(ask: &Ask<'_>, menu: &Menu<'_>, here: &Route) -> Vec<NavItem> {
    let words = words::of(ask.config());
    let mut items = vec![(words.home().to_owned(), Route::home())];
    if let Some(year) = menu.newest_year {
        items.push((words.by_year().to_owned(), Route::page(["years", &year.to_string()])));
    }
    if menu.annual_reports {
        items.push((ask.kind_name(ANNUAL), Route::page(["kinds", ANNUAL])));
    }
    if menu.indicators {
        items.push((words.indicators().to_owned(), Route::page(["indicators"])));
    }
    if menu.coverage {
        items.push((words.coverage().to_owned(), Route::page(["coverage"])));
    }
    if menu.offices {
        items.push((words.offices().to_owned(), Route::page(["offices"])));
    }
    if ask.config().search {
        items.push((words.search().to_owned(), Route::page(["search"])));
    }
    items.extend(menu.pages.iter().map(|(title, route)| ((*title).to_owned(), route.clone())));
    let item =
        |(title, route): (String, Route)| NavItem { title, href: ask.href(&route), current: &route == here };
    items.into_iter().map(item).collect()
}

fn template(content: &Content) -> &'static str {
    match content {
        Content::Home(_) => "home",
        Content::Place(_) => "place",
        Content::Document(_) => "document",
        Content::Year(_) => "year",
        Content::Kind(_) => "kind",
        Content::Compare(_) => "compare",
        Content::Years(_) => "years",
        Content::Coverage(_) => "coverage",
        Content::Ancestry(_) => "ancestry",
        Content::Indicators(_) => "indicators",
        Content::Indicator(_) => "indicator",
        Content::Embed(_) => "embed",
        Content::Search(_) => "search",
        Content::Contents(_) => "contents",
        Content::Offices(_) => "offices",
        Content::Data(_) => "data",
        Content::Version(_) => "version",
        Content::Log(_) => "log",
        Content::Gone(_) => "gone",
        Content::Plain(_) => "plain",
        Content::NotFound(_) => "not-found",
        Content::Redirect(_) => "redirect",
    }
}
